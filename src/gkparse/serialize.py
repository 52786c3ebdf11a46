"""The stored shape of a report: plain dicts and JSON, both ways.

The tree has the names of the model. Decimals and dates are strings; `"cells"` tells of every cell
that is not plainly printed; `"schema"` names the shape, whose readers stay valid.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import attrs

from gkparse.diagnostics import Diagnostic, Span
from gkparse.form import load
from gkparse.model import Indicator, Metadata, Placed, Report, Section, Value, tables

__all__ = ["SCHEMA", "diagnostic_to_dict", "from_dict", "from_json", "to_dict", "to_json"]

SCHEMA = "gkparse.report/1"


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
    """A report as JSON text, with Chinese characters as they are."""
    return json.dumps(to_dict(report), ensure_ascii=False, indent=indent)


def from_dict(data: Mapping[str, Any]) -> Report:
    """The report of a stored dict. It has no source, so `locate` gives None.

    Raises `ValueError` where the dict is not of a shape that this version reads.
    """
    try:
        return _report(data)
    except (KeyError, TypeError, AttributeError, ArithmeticError) as error:
        raise ValueError(f"not a stored report of {SCHEMA}: {error!r}") from error


def from_json(text: str) -> Report:
    """The report of a stored JSON text; raises as `from_dict` does."""
    return from_dict(json.loads(text))


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
        path: _value(_lookup(data, path), amount=field.amount)
        for path, field in form.fields.items()
        if data[path.partition(".")[0]] is not None
    }
    metadata = dict(data["metadata"])
    for name in ("period_start", "period_end", "issue_date"):
        metadata[name] = date.fromisoformat(metadata[name]) if metadata[name] else None
    metadata["cited_documents"] = tuple(metadata["cited_documents"])
    return Report(
        form=form.name,
        title=_text_or_none(data["title"]),
        agency=_text_or_none(data["agency"]),
        year=_year(data["year"]),
        metadata=Metadata(**metadata),
        **tables(form.name, values),
        indicators=tuple(
            Indicator(**{**entry, "value": _value(entry["value"], amount=False)})
            for entry in data["indicators"]
        ),
        sections=tuple(
            Section(section["number"], _text(section["title"]), _text(section["text"]))
            for section in data["sections"]
        ),
        diagnostics=tuple(
            Diagnostic(
                found["code"],
                found["severity"],
                tuple(found["paths"]),
                _span(found["span"]),
                found.get("suggestion"),
                text=found["message"],
            )
            for found in data["diagnostics"]
        ),
        placed={
            path: Placed(cell["status"], printed=cell["printed"], unit=cell["unit"])
            for path, cell in data["cells"].items()
            if cell["status"] != "missing"
        },
    )


def _span(stored: Sequence[int] | None) -> Span | None:
    """A stored span; without the source its line and column are not known, and 0."""
    if stored is None:
        return None
    start, end = stored
    return Span(start, end, 0, 0)


def _lookup(data: Mapping[str, Any], path: str) -> Any:
    node: Any = data
    for name in path.split("."):
        node = node[name]
    return node


def _value(value: Any, *, amount: bool) -> Value:
    if isinstance(value, bool):
        raise TypeError(f"{value!r} is no stored value")
    if value is None or (isinstance(value, int) and not amount):
        return value
    if isinstance(value, str | int) and (number := Decimal(value)).is_finite():
        return number
    raise TypeError(f"{value!r} is no stored value")


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _text_or_none(value: Any) -> str | None:
    return None if value is None else _text(value)


def _year(value: Any) -> int | None:
    if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
        raise TypeError(f"{value!r} is no year")
    return value
