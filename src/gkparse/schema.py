"""The stored shape as JSON Schema, made from the classes of the model and the form's data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from inspect import getdoc
from itertools import takewhile
from types import NoneType, UnionType
from typing import Any, Literal, TypeAlias, get_args, get_origin, get_type_hints

import attrs

from gkparse.counts import tables
from gkparse.diagnostics import Severity
from gkparse.dictionary import describe
from gkparse.form import FORMS, Field, join, load
from gkparse.model import CellStatus, Indicator, Report
from gkparse.serialize import SCHEMA

__all__ = ["json_schema"]

_Schema: TypeAlias = dict[str, Any]

# How each type of the model is stored. A Decimal is a string such as "18.62" or "1E+3".
_PLAIN: Mapping[Any, _Schema] = {
    NoneType: {"type": "null"},
    int: {"type": "integer"},
    str: {"type": "string"},
    Decimal: {"type": "string", "pattern": "^-?[0-9]+(\\.[0-9]+)?(E[+-][0-9]{1,9})?$"},
    date: {
        "type": "string",
        "format": "date",
        "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
    },
}


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of what `gkparse.to_dict` gives.

    Every field has its English description and, where a form prints one, its Chinese label
    (`x-label`), unit (`x-unit`) and article of the Regulations (`x-article`); `x-optional` names
    the forms in which only some reports print it, `x-keys` the rows of the table of 2014. What the
    schema takes, `gkparse.from_dict` reads, but for one thing: 5.0 is a whole number to JSON
    Schema, and is none to gkparse.

    >>> import gkparse
    >>> from gkparse.schema import json_schema
    >>> schema = json_schema()
    >>> schema["$id"], schema["required"] == list(gkparse.to_dict(gkparse.Report()))
    ('urn:gkparse:report:1', True)
    >>> schema["$defs"]["Proactive2021"]["properties"]["licensing"]["x-label"]
    '第二十条第（五）项 > 行政许可'
    """
    definitions = _Definitions()
    types = get_type_hints(Report)
    properties: _Schema = {"schema": {"const": SCHEMA}, "form": {"enum": list(FORMS)}}
    for field in attrs.fields(Report):
        if field.eq and field.name not in properties:  # what == compares is what is stored
            properties[field.name] = definitions.typed(types[field.name], field.name)
    properties["cells"] = {"type": "object", "additionalProperties": {"$ref": "#/$defs/Cell"}}
    properties["diagnostics"] = {"type": "array", "items": {"$ref": "#/$defs/Diagnostic"}}
    for name in properties:
        own = name in _tables(FORMS[0])
        properties[name] |= _told(name, FORMS[0]) if own else {"description": describe(name)}
    definitions.made[Indicator.__name__]["properties"]["key"]["x-keys"] = _keys()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{SCHEMA.replace('.', ':').replace('/', ':')}",
        "title": SCHEMA,
        **_object(properties, "An annual report on open government information (政府信息公开工作年度报告)."),
        "allOf": [_of_form(name, properties) for name in FORMS],
        "$defs": definitions.made | {"Cell": _cell(), "Diagnostic": _diagnostic()},
    }


class _Definitions:
    """The classes of the model as definitions, each made where it is first met."""

    def __init__(self) -> None:
        self.made: dict[str, _Schema] = {}

    def typed(self, hint: Any, path: str, form: str | None = None) -> _Schema:
        """How values of a type are stored that stand at a path, of the tables of a form."""
        if get_origin(hint) is UnionType:
            return _either([self.typed(each, path, form) for each in get_args(hint)])
        if get_origin(hint) is tuple:
            return {"type": "array", "items": self.typed(get_args(hint)[0], path, form)}
        if hint in _PLAIN:
            return dict(_PLAIN[hint])
        if hint.__name__ not in self.made:
            self.made[hint.__name__] = {}  # holds its place before those of its parts
            self.made[hint.__name__] = self._defined(hint, path, form or _form_of(hint))
        return {"$ref": f"#/$defs/{hint.__name__}"}

    def _defined(self, cls: type, path: str, form: str | None) -> _Schema:
        types = get_type_hints(cls)
        properties = {}
        for field in attrs.fields(cls):
            below = join(path, field.name)
            told = _told(below, form) if form else {"description": describe(below)}
            properties[field.name] = self.typed(types[field.name], below, form) | told
        return _object(properties, " ".join((getdoc(cls) or "").split()))


def _object(properties: _Schema, description: str, optional: Sequence[str] = ()) -> _Schema:
    """An object that has these properties and no others."""
    return {
        "description": description,
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


def _either(schemas: Sequence[_Schema]) -> _Schema:
    """What is one of several: plain types in one, others as they are."""
    if any("type" not in schema for schema in schemas):
        return {"anyOf": list(schemas)}
    merged = {key: value for schema in schemas for key, value in schema.items()}
    return merged | {"type": [schema["type"] for schema in schemas]}


# ---------------------------------------------------------------- tables


def _tables(form: str) -> dict[str, type]:
    """The classes of the tables of a form, by name."""
    built = tables(form, dict.fromkeys(load(form).fields))
    return {name: type(table) for name, table in built.items()}


def _form_of(cls: type) -> str | None:
    """The newest form that has a table of this class; None for what is no table."""
    return next((form for form in FORMS if cls in _tables(form).values()), None)


def _told(path: str, form: str) -> _Schema:
    """What a form tells of a path: of a column for a cell, else of a row, a group or a table.

    Rows share their class, and with it what is told of their columns.
    """
    every = load(form).fields
    if cell := every.get(path):
        return {
            "description": describe(path).removeprefix(f"{describe(path.rpartition('.')[0])}: "),
            "x-label": cell.label.rpartition(" > ")[2],
            **({"x-unit": cell.unit} if cell.unit else {}),
        }
    below = [field for field in every.values() if field.path.startswith(f"{path}.")]
    articles = {field.article for field in below}
    return {
        "description": describe(path),
        "x-label": " > ".join(_shared(below)) or load(form).table(path).title,
        **({"x-article": below[0].article} if len(articles) == 1 and below[0].article else {}),
        **({"x-optional": optional} if (optional := _optional(below)) else {}),
    }


def _optional(cells: Sequence[Field]) -> list[str]:
    """The forms in which only some reports print any of some cells."""
    every = [load(name).fields for name in FORMS]
    return [
        name
        for name, fields in zip(FORMS, every, strict=True)
        if all(cell.path in fields and fields[cell.path].optional for cell in cells)
    ]


def _shared(cells: Sequence[Field]) -> list[str]:
    """The labels that stand over all of some cells, from the outermost in."""
    labels = [cell.label.split(" > ")[:-1] for cell in cells]
    return [each[0] for each in takewhile(lambda level: len(set(level)) == 1, zip(*labels, strict=False))]


def _of_form(name: str, properties: _Schema) -> _Schema:
    """What holds for the reports of one form alone: their tables and the paths of their cells."""
    own = _tables(name)
    narrower: _Schema = {}
    for table in _tables(FORMS[0]):
        wanted = [dict(_PLAIN[NoneType])]
        if table in own:
            wanted.insert(0, {"$ref": f"#/$defs/{own[table].__name__}"})
        if wanted != properties[table]["anyOf"]:  # else all forms have the same
            narrower[table] = {"anyOf": wanted}
    paths = list(load(name).fields)
    narrower["cells"] = {"propertyNames": {"enum": paths} if paths else False}
    return {"if": {"properties": {"form": {"const": name}}}, "then": {"properties": narrower}}


# ---------------------------------------------------------------- what is stored of no class


def _cell() -> _Schema:
    return _object(
        {
            "status": _enum(CellStatus) | {"description": describe("cells.status")},
            "printed": _PLAIN[str] | {"description": describe("cells.printed")},
            "unit": _PLAIN[str] | {"description": describe("cells.unit")},
        },
        "How a value of the form was read.",
    )


def _diagnostic() -> _Schema:
    offset = {"type": "integer", "minimum": 0}
    span = {"type": ["array", "null"], "prefixItems": [offset, offset], "items": False, "minItems": 2}
    properties: _Schema = {
        "code": {"type": "string", "minLength": 1},
        "severity": _enum(Severity),
        "message": _PLAIN[str],
        "paths": {"type": "array", "items": dict(_PLAIN[str])},
        "span": span,
        "suggestion": _PLAIN[str],
    }
    told = {name: schema | {"description": describe(f"diagnostics.{name}")} for name, schema in properties.items()}
    return _object(told, "One finding about the report.", optional=("suggestion",))


def _keys() -> _Schema:
    """What is told of the rows of the table of 2014, by key."""
    return {
        row.key: {
            "description": describe(f"indicators.{row.key}"), "x-label": row.label, "x-unit": row.unit,
        }
        for form in FORMS
        for row in load(form).indicators
        if row.unit
    }


def _enum(literal: Any) -> _Schema:
    """The values of a Literal."""
    assert get_origin(literal) is Literal
    return {"enum": list(get_args(literal))}
