"""gkparse reads Chinese open-government-information annual reports (政府信息公开工作年度报告).

`parse` turns the flattened text of a report into a typed `Report`; every number in it is exactly
what the page prints and knows where it stands, or a diagnostic says why not.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gkparse.agencies import normalize_agency
    from gkparse.checks import check
    from gkparse.counts import (
        Amount,
        Applicants,
        Decisions,
        Denied,
        Disputes,
        DocumentCounts,
        DocumentCounts2019,
        Items,
        ItemsAndDecisions,
        NotProcessed,
        OtherHandling,
        Outcomes,
        Proactive2019,
        Proactive2021,
        Procurement,
        Requests,
        Results,
        Unavailable,
    )
    from gkparse.detection import Detection, detect
    from gkparse.diagnostics import Diagnostic, Place, Span
    from gkparse.document import write_docx
    from gkparse.errors import GkparseError, LimitError, NotAReportError, ParseError, ReadError
    from gkparse.form import Field, fields
    from gkparse.limits import Limits
    from gkparse.model import Cell, Indicator, Metadata, Report, Section
    from gkparse.narrative import Statement, statements
    from gkparse.parsing import parse
    from gkparse.reading import read, read_all
    from gkparse.rendering import RENDERINGS, render
    from gkparse.schema import json_schema
    from gkparse.serialize import from_dict, from_json, to_dict, to_json
    from gkparse.series import check_series
    from gkparse.several import parse_all

__version__ = "0.1.0"

# Where each public name lives: a module is imported when a name of it is first used.
_HOMES = {
    "agencies": ("normalize_agency",),
    "checks": ("check",),
    "counts": (
        "Amount", "Applicants", "Decisions", "Denied", "Disputes", "DocumentCounts",
        "DocumentCounts2019", "Items", "ItemsAndDecisions", "NotProcessed", "OtherHandling",
        "Outcomes", "Proactive2019", "Proactive2021", "Procurement", "Requests", "Results",
        "Unavailable",
    ),
    "detection": ("Detection", "detect"),
    "diagnostics": ("Diagnostic", "Place", "Span"),
    "document": ("write_docx",),
    "errors": ("GkparseError", "LimitError", "NotAReportError", "ParseError", "ReadError"),
    "form": ("Field", "fields"),
    "limits": ("Limits",),
    "model": ("Cell", "Indicator", "Metadata", "Report", "Section"),
    "narrative": ("Statement", "statements"),
    "parsing": ("parse",),
    "reading": ("read", "read_all"),
    "rendering": ("RENDERINGS", "render"),
    "schema": ("json_schema",),
    "serialize": ("from_dict", "from_json", "to_dict", "to_json"),
    "series": ("check_series",),
    "several": ("parse_all",),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "RENDERINGS",
    "Amount",
    "Applicants",
    "Cell",
    "Decisions",
    "Denied",
    "Detection",
    "Diagnostic",
    "Disputes",
    "DocumentCounts",
    "DocumentCounts2019",
    "Field",
    "GkparseError",
    "Indicator",
    "Items",
    "ItemsAndDecisions",
    "LimitError",
    "Limits",
    "Metadata",
    "NotAReportError",
    "NotProcessed",
    "OtherHandling",
    "Outcomes",
    "ParseError",
    "Place",
    "Proactive2019",
    "Proactive2021",
    "Procurement",
    "ReadError",
    "Report",
    "Requests",
    "Results",
    "Section",
    "Span",
    "Statement",
    "Unavailable",
    "__version__",
    "check",
    "check_series",
    "detect",
    "fields",
    "from_dict",
    "from_json",
    "json_schema",
    "normalize_agency",
    "parse",
    "parse_all",
    "read",
    "read_all",
    "render",
    "statements",
    "to_dict",
    "to_json",
    "write_docx",
]


# Type checkers know the names above, and a misspelt one is an error to them.
if not TYPE_CHECKING:  # pragma: no branch - here it is never true

    def __getattr__(name: str) -> Any:
        if name not in _HOME:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return __all__
