"""The stored shape of a report: plain dicts and JSON, both ways.

The tree has the names of the model. Decimals and dates are strings; `"cells"` tells of every cell
that is not plainly printed; `"schema"` names the shape, whose readers stay valid.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, get_args

import attrs

from gkparse.counts import Value, tables
from gkparse.diagnostics import Diagnostic, Severity, Span
from gkparse.form import Form, load
from gkparse.model import CellStatus, Indicator, Metadata, Placed, Report, Section

__all__ = ["SCHEMA", "diagnostic_to_dict", "from_dict", "from_json", "to_dict", "to_json"]

SCHEMA = "gkparse.report/1"
_SAID = tuple(field.name for field in attrs.fields(Metadata) if field.name != "cited_documents")


def to_dict(report: Report) -> dict[str, Any]:
    """A report as plain dicts, lists, strings, ints and None; `from_dict` reads it back.

    >>> import gkparse
    >>> gkparse.to_dict(gkparse.Report(agency="示例县林业局", year=2023))["agency"]
    '示例县林业局'
    """
    cells = {
        path: {"status": cell.status, "printed": cell.printed, "unit": cell.unit}
        for path, cell in report.cells()
        if cell.status != "printed"
        or cell.printed != str(cell.value)
        or cell.unit != load(report.form).fields[path].unit
    }
    return {
        "schema": SCHEMA,
        "form": report.form,
        "title": report.title,
        "agency": report.agency,
        "year": report.year,
        "metadata": _plain(report.metadata),
        "proactive": _plain(report.proactive),
        "requests": _plain(report.requests),
        "disputes": _plain(report.disputes),
        "indicators": [_plain(indicator) for indicator in report.indicators],
        "sections": [_plain(section) for section in report.sections],
        "cells": cells,
        "diagnostics": [diagnostic_to_dict(found) for found in report.diagnostics],
    }


def to_json(report: Report, *, indent: int | None = None) -> str:
    """A report as JSON text, with Chinese characters as they are; `from_json` reads it back.

    >>> import gkparse
    >>> gkparse.to_json(gkparse.Report(agency="示例县林业局", year=2023))[:72]
    '{"schema": "gkparse.report/1", "form": "2021", "title": null, "agency": '
    """
    return json.dumps(to_dict(report), ensure_ascii=False, indent=indent)


def from_dict(data: Mapping[str, Any]) -> Report:
    """The report of a stored dict. It has no source, so `locate` gives None.

    Raises `ValueError` where the dict is not of a shape that this version reads, or holds anything
    that a report does not: nothing of it is lost in silence.

    >>> import gkparse
    >>> report = gkparse.Report(disputes=gkparse.Disputes(gkparse.Results(1, 0, 0, 0, 1)))
    >>> gkparse.from_dict(gkparse.to_dict(report)) == report
    True
    """
    try:
        report = _report(data)
    except (KeyError, TypeError, AttributeError, ArithmeticError) as error:
        raise ValueError(f"not a stored report of {SCHEMA}: {error!r}") from error
    stored = to_dict(report)
    for name, value in data.items():
        if name not in stored or (name not in _HOW_READ and value != stored[name]):
            raise ValueError(f"not a stored report of {SCHEMA}: it does not keep {name!r} as it is given")
    return report


# What tells how a report was read, not what it says.
_HOW_READ = frozenset({"cells", "diagnostics"})


def from_json(text: str) -> Report:
    """The report of a stored JSON text. It has no source, so `locate` gives None.

    Raises `ValueError` where the text is no JSON, or not of a shape that `from_dict` reads.

    >>> import gkparse
    >>> gkparse.from_json(gkparse.to_json(gkparse.Report(year=2023))).year
    2023
    """
    try:
        stored = json.loads(text)
    except RecursionError as error:
        raise ValueError(f"not a stored report of {SCHEMA}: it is nested too deep") from error
    return from_dict(stored)


def _plain(value: Any) -> Any:
    if attrs.has(type(value)):
        return {
            field.name: _plain(getattr(value, field.name)) for field in attrs.fields(type(value))
        }
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def diagnostic_to_dict(found: Diagnostic) -> dict[str, Any]:
    """A finding as it is stored with a report; what its message is made of is left out."""
    plain: dict[str, Any] = {
        "code": found.code,
        "severity": found.severity,
        "message": found.message,
        "paths": list(found.paths),
        "span": [found.span.start, found.span.end] if found.span else None,
    }
    if found.suggestion is not None:
        plain["suggestion"] = found.suggestion
    return plain


def _report(data: Mapping[str, Any]) -> Report:
    if data["schema"] != SCHEMA:
        raise ValueError(f"a stored report of {data['schema']!r}; this version reads {SCHEMA}")
    form = load(data["form"])
    values = {
        path: _amount(_lookup(data, path)) if field.amount else _count(_lookup(data, path))
        for path, field in form.fields.items()
        if data[path.partition(".")[0]] is not None
    }
    metadata: dict[str, Any] = {name: _text_or_none(data["metadata"][name]) for name in _SAID}
    for name in ("period_start", "period_end", "issue_date"):
        metadata[name] = date.fromisoformat(metadata[name]) if metadata[name] else None
    metadata["cited_documents"] = tuple(map(_text, data["metadata"]["cited_documents"]))
    return Report(
        form=form.name,
        title=_text_or_none(data["title"]),
        agency=_text_or_none(data["agency"]),
        year=_count(data["year"]),
        metadata=Metadata(**metadata),
        **tables(form.name, values),
        indicators=tuple(
            Indicator(
                _text_or_none(entry["key"]), _text(entry["label"]), _text_or_none(entry["unit"]),
                _amount(entry["value"]) if isinstance(entry["value"], str) else _count(entry["value"]),
            )
            for entry in data["indicators"]
        ),
        sections=tuple(
            Section(_whole(section["number"]), _text(section["title"]), _text(section["text"]))
            for section in data["sections"]
        ),
        diagnostics=tuple(
            Diagnostic(
                _text(found["code"]),
                _one_of(found["severity"], Severity),
                tuple(map(_text, _listed(found["paths"]))),
                _span(found["span"]),
                _text_or_none(found.get("suggestion")),
                text=_text(found["message"]),
            )
            for found in map(_known, data["diagnostics"])
        ),
        placed=_placed(form, data["cells"], values),
    )


def _placed(
    form: Form, cells: Mapping[str, Mapping[str, str]], values: Mapping[str, Value]
) -> dict[str, Placed]:
    """How the cells were read that are not plainly printed."""
    placed = {}
    for path, cell in cells.items():
        status = _one_of(cell["status"], CellStatus)
        if path not in form.fields:
            raise KeyError(path)
        if status == "missing":
            if values.get(path) is not None:
                raise TypeError(f"{path} is missing and has a value")
        else:
            placed[path] = Placed(status, printed=_text(cell["printed"]), unit=_text(cell["unit"]))
    return placed


def _span(stored: Sequence[int] | None) -> Span | None:
    """A stored span; without the source its line and column are not known, and 0."""
    if stored is None:
        return None
    start, end = map(_whole, stored)
    return Span(start, end, 0, 0)


def _lookup(data: Mapping[str, Any], path: str) -> Any:
    node: Any = data
    for name in path.split("."):
        node = node[name]
    return node


def _count(value: Any) -> int | None:
    return None if value is None else _whole(value)


def _amount(value: Any) -> Decimal | None:
    if value is None or (isinstance(value, str) and (number := Decimal(value)).is_finite()):
        return None if value is None else number
    raise TypeError(f"{value!r} is no stored amount")


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{value!r} is no stored number")
    return value


def _one_of(value: Any, literal: Any) -> Any:
    if value not in get_args(literal):
        raise TypeError(f"{value!r} is none of {get_args(literal)}")
    return value


def _known(found: Mapping[str, Any]) -> Mapping[str, Any]:
    """A stored finding, if it has nothing that findings do not have."""
    if unknown := found.keys() - {"code", "severity", "message", "paths", "span", "suggestion"}:
        raise TypeError(f"a finding has no {', '.join(sorted(unknown))}")
    return found


def _listed(value: Any) -> list[Any] | tuple[Any, ...]:
    if not isinstance(value, list | tuple):
        raise TypeError(f"{value!r} is no list")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _text_or_none(value: Any) -> str | None:
    return None if value is None else _text(value)
