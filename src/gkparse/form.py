"""The official form as data: its sections, tables, labels, units and arithmetic.

Each version of the form is one file in `gkparse/forms/`. Vocabulary, model names (by test),
rendering order and sums all follow from it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pkgutil import get_data
from types import MappingProxyType
from typing import Any

import attrs

__all__ = [
    "FORMS",
    "Block",
    "Column",
    "Field",
    "Form",
    "IndicatorRow",
    "Row",
    "Sum",
    "Table",
    "Title",
    "fields",
    "load",
]


# The forms that are read, the newest first.
FORMS = ("2021", "2019", "2014")


@attrs.frozen(eq=False, repr=False)
class Title:
    """The title of a section, with its ordinal, and the spellings seen for it."""

    number: int
    label: str
    aliases: tuple[str, ...] = ()


@attrs.frozen(eq=False, repr=False)
class Column:
    """A column of a block: its name in the model, printed label and unit.

    `groups` are labels above it that name its cells, `heads` labels above it that do not.
    """

    name: str
    label: str
    unit: str
    groups: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    amount: bool = False
    signed: bool = False


@attrs.frozen(eq=False, repr=False)
class Row:
    """A row of a block: its path below the table, printed label, groups and article.

    `optional` marks a row that only some reports print.
    """

    name: str
    label: str
    groups: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    article: str | None = None
    optional: bool = False


@attrs.frozen(eq=False, repr=False)
class Group:
    """A label that stands over several rows."""

    name: str
    label: str
    aliases: tuple[str, ...] = ()


@attrs.frozen(eq=False, repr=False)
class Block:
    """Rows under one set of columns; `heads` are labels that stand over the columns."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str | None = None
    article: str | None = None
    heads: tuple[str, ...] = ()


@attrs.frozen(eq=False, repr=False)
class Table:
    """One of the official tables.

    `note` is the printed arithmetic, `stub` the head of the labels, `title` what the table is
    called where it needs a name of its own.
    """

    name: str
    section: int
    title: str
    blocks: tuple[Block, ...]
    groups: tuple[Group, ...] = ()
    stub: str | None = None
    note: str | None = None


@attrs.frozen(eq=False, repr=False)
class IndicatorRow:
    """A row of the statistics table of 2014; one without a unit is a heading.

    `parts` are the keys of the rows that should come to it.
    """

    key: str
    label: str
    unit: str | None = None
    aliases: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


@attrs.frozen
class Field:
    """A cell of the form.

    `path` is its place in the model (`"requests.received.total"`), `label` what the form prints,
    ` > ` between levels, `unit` 件 or 万元, `article` the article of the Regulations
    (国务院令第711号) behind it, `amount` whether it may have decimals, `optional` whether only
    some reports print it.
    """

    path: str
    label: str
    unit: str
    article: str | None = None
    amount: bool = False
    optional: bool = False


@attrs.frozen(eq=False, repr=False)
class Sum:
    """One sum of the form's arithmetic: the values at `parts` add up to those at `whole`."""

    code: str
    name: str
    table: str
    parts: tuple[str, ...]
    whole: tuple[str, ...]


@attrs.frozen(eq=False, repr=False)
class Form:
    """One version of the form."""

    name: str
    basis: str
    sections: tuple[Title, ...]
    tables: tuple[Table, ...]
    sums: tuple[Sum, ...]
    fields: Mapping[str, Field]
    indicators: tuple[IndicatorRow, ...] = ()
    heads: tuple[str, ...] = ()  # of the columns of the indicators

    def table(self, name: str) -> Table:
        """The table of that name."""
        return next(table for table in self.tables if table.name == name)


def join(*parts: str) -> str:
    """A dotted path; empty parts leave no dot."""
    return ".".join(part for part in parts if part)


@cache
def load(name: str) -> Form:
    """The form of a version, `"2021"`, `"2019"` or `"2014"`; `KeyError` if gkparse knows no such version."""
    if name not in FORMS:  # a stored report may say anything: no file is opened for it
        raise KeyError(f"gkparse knows no form {name!r}")
    packaged = get_data("gkparse", f"forms/{name}.toml")
    assert packaged is not None
    data = tomllib.loads(packaged.decode())
    tables = tuple(_table(table) for table in data["tables"])
    if "base" in data:
        return _derived(load(data["base"]), data, {table.name: table for table in tables})
    return Form(
        name=data["form"],
        basis=data["basis"],
        sections=tuple(Title(**_tuples(title)) for title in data["sections"]),
        tables=tables,
        sums=tuple(found for entry in data["sums"] for found in _sums(entry, tables)),
        fields=_by_path(tables),
        indicators=tuple(IndicatorRow(**_tuples(row)) for row in data.get("indicators", ())),
        heads=tuple(data.get("heads", ())),
    )


def _derived(base: Form, data: Mapping[str, Any], own: Mapping[str, Table]) -> Form:
    """A form that differs from another in some tables, and in which rows are always printed."""
    optional = dict.fromkeys(data["required"], False) | dict.fromkeys(data["optional"], True)

    def adapted(table: Table, row: Row) -> Row:
        path = join(table.name, row.name)
        return attrs.evolve(row, optional=optional.get(path, row.optional))

    tables = tuple(
        own.get(table.name)
        or attrs.evolve(
            table,
            blocks=tuple(
                attrs.evolve(block, rows=tuple(adapted(table, row) for row in block.rows))
                for block in table.blocks
            ),
        )
        for table in base.tables
    )
    return attrs.evolve(
        base,
        name=data["form"],
        basis=data["basis"],
        tables=tables,
        fields=_by_path(tables),
    )


def _by_path(tables: tuple[Table, ...]) -> Mapping[str, Field]:
    return MappingProxyType({field.path: field for t in tables for field in _fields(t)})


def fields(form: str = "2021") -> tuple[Field, ...]:
    """Every cell of a form, in official order.

    Raises `KeyError` if gkparse knows no such form.

    >>> import gkparse
    >>> len([field for field in gkparse.fields("2021") if not field.optional])
    200
    >>> gkparse.fields("2021")[0].label
    '第二十条第（一）项 > 规章 > 本年制发件数'
    """
    return tuple(load(form).fields.values())


def _tuples(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}


def _table(data: Mapping[str, Any]) -> Table:
    blocks = tuple(
        Block(
            columns=tuple(Column(**_tuples(column)) for column in block["columns"]),
            rows=tuple(Row(**_tuples(row)) for row in block["rows"]),
            caption=block.get("caption"),
            article=block.get("article"),
            heads=tuple(block.get("heads", ())),
        )
        for block in data["blocks"]
    )
    groups = tuple(Group(**_tuples(group)) for group in data.get("groups", ()))
    return Table(
        data["name"], data["section"], data["title"], blocks, groups, data.get("stub"), data.get("note")
    )


def _fields(table: Table) -> list[Field]:
    groups = {group.name: group.label for group in table.groups}
    return [
        Field(
            path=join(table.name, row.name, column.name),
            label=" > ".join(
                label
                for label in (
                    block.caption,
                    *(groups[name] for name in row.groups),
                    row.label,
                    *column.groups,
                    column.label,
                )
                if label
            ),
            unit=column.unit,
            article=row.article or block.article,
            amount=column.amount,
            optional=row.optional,
        )
        for block in table.blocks
        for row in block.rows
        for column in block.columns
    ]


def _sums(data: Mapping[str, Any], tables: tuple[Table, ...]) -> list[Sum]:
    table = next(table for table in tables if table.name == data["table"])
    (block,) = table.blocks
    rows, columns = data.get("rows"), data.get("columns")
    found = []
    if rows is not None:
        whole = tuple(rows["whole"])
        parts = tuple(
            row.name
            for row in block.rows
            for name in rows["parts"]
            if row.name not in whole
            and (row.name == name or (name.endswith("*") and row.name.startswith(name[:-1])))
        )
        for column in block.columns:
            found.append((parts, whole, "", column.name))
    if columns is not None:
        for row in block.rows:
            found.append((tuple(columns["parts"]), tuple(columns["whole"]), row.name, ""))
    return [
        Sum(
            data["code"],
            data["name"],
            table.name,
            tuple(join(table.name, before, name, after) for name in parts),
            tuple(join(table.name, before, name, after) for name in whole),
        )
        for parts, whole, before, after in found
    ]
