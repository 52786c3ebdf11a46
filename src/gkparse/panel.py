"""The panel: a report as a row of a table, its cells as rows of another, and what was no report.

Which columns there are is said once, here, in plain Python; `gkparse.arrow` and the dataset command
make Arrow, Parquet, CSV and JSON Lines of it. A row holds what JSON can: Decimals and dates are
strings, as in `gkparse.to_dict`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from functools import cache
from typing import Any, Literal, TypeAlias

import attrs

import gkparse
from gkparse.agencies import normalize_agency
from gkparse.diagnostics import Diagnostic
from gkparse.dictionary import data_dictionary, describe
from gkparse.divisions import find
from gkparse.findings import findings
from gkparse.form import load
from gkparse.model import Metadata, Report
from gkparse.serialize import diagnostic_to_dict, to_dict

__all__ = [
    "Column",
    "Kind",
    "Provenance",
    "cell_columns",
    "cell_rows",
    "columns",
    "rejected_columns",
    "rejected_row",
    "row",
]

# text, date: a string. whole: an int about the report. count: an int that the page prints. amount:
# a decimal string. texts: strings. statuses: strings by path. findings, indicators, sections: dicts.
Kind: TypeAlias = Literal[
    "text", "whole", "count", "amount", "date", "texts", "statuses", "findings", "indicators",
    "sections",
]  # fmt: skip


@attrs.frozen
class Column:
    """A column of a table: its name, the kind of its values, and what they mean.

    `description` is English. A cell of the form has also the `label` that the newest of its `forms`
    prints (`table > row > column`), the `article` of the Regulations and the `unit` of the form:
    what a page prints instead stands in the row's `units`.
    """

    name: str
    kind: Kind
    description: str
    label: str | None = None
    article: str | None = None
    unit: str | None = None
    forms: tuple[str, ...] = ()


@attrs.frozen
class Provenance:
    """Where a report comes from: its file, the SHA-256 of the file, and which report of it, from 1."""

    file: str | None = None
    sha256: str | None = None
    position: int = 1


# ---------------------------------------------------------------- columns


def _of_report(name: str, kind: Kind) -> Column:
    """A column of what a report has beside its tables."""
    return Column(name, kind, describe(name))


_FILE = Column("file", "text", "the file, as it was named")
_SHA256 = Column("sha256", "text", "the SHA-256 of the bytes of the file, in hexadecimal digits")
_POSITION = Column("position", "whole", "which report of the file it is, from 1")
_FORM = _of_report("form", "text")
_AGENCY = _of_report("agency", "text")
_AGENCY_KEY = Column("agency_key", "text", "the key under which reports of one body are matched")
_YEAR = _of_report("year", "whole")

_BEFORE = (
    _FILE,
    _SHA256,
    _POSITION,
    Column("gkparse", "text", "the version of gkparse that read it"),
    _FORM,
    Column("rendering", "text", "how the tables stand in the text, or the kind of file"),
    _AGENCY,
    _AGENCY_KEY,
    Column("division_code", "text", "the code of the body's division, GB/T 2260, six digits"),
    Column("division_level", "text", "the level of the body"),
    Column("division_status", "text", "how certain the division is; null without gkparse[divisions]"),
    _of_report("title", "text"),
    _YEAR,
)
_METADATA_KINDS: Mapping[str, Kind] = {
    "period_start": "date", "period_end": "date", "issue_date": "date", "cited_documents": "texts",
}  # fmt: skip
_AFTER = (
    _of_report("indicators", "indicators"),
    _of_report("sections", "sections"),
    Column("statuses", "statuses", "by path, the status of each cell that is not plainly printed"),
    Column("units", "statuses", "by path, the unit of each cell whose unit is not the form's"),
    Column("findings", "findings", "code, severity, message and paths of each finding"),
    Column("errors", "whole", "how many findings are errors"),
    Column("warnings", "whole", "how many findings are warnings"),
    Column("content", "text", "the SHA-256 of what the report says: equal reports have an equal one"),
)


@cache
def columns() -> tuple[Column, ...]:
    """The columns of the wide table, a row a report, in their order.

    Provenance and what the report is; `metadata.*`; every cell of the forms of 2021 and 2019, named
    by its path; the indicators of 2014, sections, statuses, units and findings.

    >>> [column.unit for column in columns() if column.name == "proactive.fees.amount"]
    ['万元']
    """
    metadata = tuple(
        _of_report(f"metadata.{field.name}", _METADATA_KINDS.get(field.name, "text"))
        for field in attrs.fields(Metadata)
    )
    return (*_BEFORE, *metadata, *_cells(), *_AFTER)


def _cells() -> Iterator[Column]:
    """A column for each cell of any form."""
    for entry in data_dictionary():
        if not entry.path.startswith("indicators."):
            yield Column(
                entry.path, entry.kind, entry.description,
                entry.label, entry.article, entry.unit, entry.forms,
            )  # fmt: skip


_CELL_COLUMNS = (
    _FILE,
    _SHA256,
    _POSITION,
    _FORM,
    _AGENCY,
    _AGENCY_KEY,
    _YEAR,
    Column("path", "text", "the dotted path of the cell; of a row of 2014, indicators and its key"),
    Column("label", "text", "what the form prints for the cell, or the page for a row of 2014"),
    Column("value", "amount", "the number that the page prints; null if it prints none"),
    Column("printed", "text", "the text as it stands on the page; null for a row of 2014"),
    Column("status", "text", "how the one became the other; null for a row of 2014"),
    Column("unit", "text", "the unit of the value, as printed or the form's"),
    Column("start", "whole", "where the printed text starts in the source, in characters from 0"),
    Column("end", "whole", "where the printed text ends in the source, exclusive"),
    Column("line", "whole", "the line of the source, from 1"),
    Column("column", "whole", "the character in the line, from 1"),
    Column("page", "whole", "the page or sheet of the file, from 1"),
    Column("table", "whole", "the table of the file, from 1"),
    Column("row", "whole", "the row of that table, from 1"),
    Column("table_column", "whole", "the column of that table, from 1"),
)
_REJECTED_COLUMNS = (
    _FILE,
    _SHA256,
    Column("position", "whole", "which report of the file it would be, from 1; null for all of it"),
    Column("reason", "text", "the name of the error, such as NotAReportError"),
    Column("message", "text", "what was wrong, and what to do about it"),
)


def cell_columns() -> tuple[Column, ...]:
    """The columns of the long table, a row a cell, in their order."""
    return _CELL_COLUMNS


def rejected_columns() -> tuple[Column, ...]:
    """The columns of the table of what could not be read, in their order."""
    return _REJECTED_COLUMNS


# ---------------------------------------------------------------- rows


def row(report: Report, provenance: Provenance = Provenance()) -> dict[str, Any]:
    """A report as a row: a value for each of `columns()`, in their order; None where it has none.

    A cell that is None is blank, marked or missing, which `statuses` tells, or the report's form
    does not have it. Raises `ValueError` where a value is not finite, as `check` does.

    >>> import gkparse
    >>> report = gkparse.parse("第二十条第（五）项 行政许可 318")
    >>> made = row(report, Provenance("licences.txt"))
    >>> made["file"], made["proactive.licensing.decisions"], made["proactive.penalties.decisions"]
    ('licences.txt', 318, None)
    >>> made["statuses"]["proactive.penalties.decisions"]
    'missing'
    """
    stored, found, division = to_dict(report), findings(report), find(report.agency)
    severities = [each.severity for each in found]
    form = load(report.form)
    told = _told(report, provenance) | {
        "gkparse": gkparse.__version__,
        "rendering": report.rendering,
        "title": report.title,
        "division_code": division and division.code,
        "division_level": division and division.level,
        "division_status": division and division.status,
        **{name: stored[name] for name in ("indicators", "sections")},
        "statuses": {
            path: cell["status"] for path, cell in stored["cells"].items() if cell["status"] != "printed"
        },
        "units": {
            path: cell["unit"]
            for path, cell in stored["cells"].items()
            if cell["unit"] != form.fields[path].unit
        },
        "findings": [_finding(each) for each in found],
        "errors": severities.count("error"),
        "warnings": severities.count("warning"),
        "content": _content(report),
    }
    for name in ("metadata", "proactive", "requests", "disputes"):
        told.update(_leaves(name, stored[name]))
    return {column.name: told.get(column.name) for column in columns()}


def cell_rows(report: Report, provenance: Provenance = Provenance()) -> Iterator[dict[str, Any]]:
    """The cells of a report as rows, each with a value for each of `cell_columns()`.

    A report of 2014 has no cells: its indicators are given, of which status and place are not known.

    >>> import gkparse
    >>> report = gkparse.parse("第二十条第（五）项 行政许可 318")
    >>> [(each["path"], each["value"], each["line"]) for each in cell_rows(report) if each["value"]]
    [('proactive.licensing.decisions', '318', 1)]
    """
    told, fields = _told(report, provenance), load(report.form).fields
    blank = dict.fromkeys(column.name for column in cell_columns()) | told
    for path, cell in report.cells():
        span = cell.span
        place = span.place if span else None
        made = blank | {
            "path": path,
            "label": fields[path].label,
            "value": None if cell.value is None else str(cell.value),
            "printed": cell.printed,
            "status": cell.status,
            "unit": cell.unit,
        }
        if span:
            made |= {"start": span.start, "end": span.end, "line": span.line, "column": span.column}
        if place:
            made |= {"page": place.page, "table": place.table, "row": place.row}
            made["table_column"] = place.column
        yield made
    for indicator in report.indicators:
        yield blank | {
            "path": ".".join(filter(None, ("indicators", indicator.key))),
            "label": indicator.label,
            "value": None if indicator.value is None else str(indicator.value),
            "unit": indicator.unit,
        }


def rejected_row(provenance: Provenance, error: BaseException) -> dict[str, Any]:
    """What could not be read as a row: a value for each of `rejected_columns()`.

    >>> rejected_row(Provenance("photo.txt"), gkparse.NotAReportError("no annual report"))["reason"]
    'NotAReportError'
    """
    return {
        "file": provenance.file,
        "sha256": provenance.sha256,
        "position": None,
        "reason": type(error).__name__,
        "message": str(error),
    }


# ---------------------------------------------------------------- values


def _told(report: Report, provenance: Provenance) -> dict[str, Any]:
    """What both tables have of a report."""
    return {
        "file": provenance.file,
        "sha256": provenance.sha256,
        "position": provenance.position,
        "form": report.form,
        "agency": report.agency,
        "agency_key": None if report.agency is None else normalize_agency(report.agency),
        "year": report.year,
    }


def _finding(found: Diagnostic) -> dict[str, Any]:
    stored = diagnostic_to_dict(found)
    return {name: stored[name] for name in ("code", "severity", "message", "paths")}


def _leaves(path: str, node: Any) -> Iterator[tuple[str, Any]]:
    """The values of a stored tree, by dotted path."""
    if not isinstance(node, dict):
        yield path, node
        return
    for name, below in node.items():
        yield from _leaves(f"{path}.{name}", below)


def _content(report: Report) -> str:
    """The SHA-256 of what `==` compares: that of equal reports is equal."""
    return hashlib.sha256(json.dumps(_compared(report)).encode("ascii")).hexdigest()


# Takes trailing zeros off any number and rounds none.
_EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)


def _compared(value: Any) -> Any:
    """What `==` compares of a value, in one way for all that are equal: 18 and 18.00 are."""
    if attrs.has(type(value)):
        return {
            field.name: _compared(getattr(value, field.name) if field.eq_key is None
                                  else field.eq_key(getattr(value, field.name)))
            for field in attrs.fields(type(value))
            if field.eq
        }  # fmt: skip
    if isinstance(value, tuple):
        return [_compared(each) for each in value]
    if isinstance(value, int | Decimal):
        return str(_EXACT.normalize(Decimal(value))) if value else "0"
    return value.isoformat() if isinstance(value, date) else value
