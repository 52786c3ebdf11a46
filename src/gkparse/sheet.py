"""Sheets: the official tables as they stand on paper, in boxes that go over rows and columns.

What shows a table to people draws a sheet: the terminal, every rendering, the official document.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import takewhile
from typing import Literal, TypeAlias

import attrs

from gkparse.counts import Value
from gkparse.form import Block, Row, Table, join, load
from gkparse.model import Cell, Report

__all__ = ["Box", "Role", "Sheet", "indicator_sheet", "sheet", "shown", "written"]

Role: TypeAlias = Literal["caption", "corner", "head", "group", "label", "unit", "value"]


@attrs.frozen
class Box:
    """A cell on paper: its text, where it stands and over how many rows and columns it goes.

    A value has the `path` of its cell.
    """

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    role: Role = "value"
    path: str = ""


@attrs.frozen
class Sheet:
    """A table on paper: its boxes from the top down and from left to right.

    `labels` columns stand left of those with values; `breaks` are the rows above which a block,
    its heads or a group begins.
    """

    title: str
    boxes: tuple[Box, ...]
    labels: int
    columns: int
    breaks: frozenset[int]

    @property
    def height(self) -> int:
        """How many rows the sheet has."""
        return max(box.row + box.rows for box in self.boxes)

    def rows(self) -> list[list[Box]]:
        """The boxes that begin in each row."""
        found: list[list[Box]] = [[] for _ in range(self.height)]
        for box in self.boxes:
            found[box.row].append(box)
        return found

    def covered(self) -> list[list[Box]]:
        """The boxes that stand in each row, also those that have begun above it."""
        found: list[list[Box]] = [[] for _ in range(self.height)]
        for box in self.boxes:
            for row in range(box.row, box.row + box.rows):
                found[row].append(box)
        return [sorted(row, key=lambda box: box.column) for row in found]

    def grid(self) -> list[list[str]]:
        """The texts of every row and column; a box has its text in its first place alone."""
        found = [[""] * self.columns for _ in range(self.height)]
        for box in self.boxes:
            found[box.row][box.column] = box.text
        return found


def indicator_sheet(report: Report) -> Sheet:
    """The statistics table of 2014 with the indicators of a report, under their headings."""
    form = load(report.form)
    places = {row.key: at for at, row in enumerate(form.indicators)}
    lines: list[tuple[str, str, str]] = []
    begun = 0
    for own in report.indicators:
        place = places.get(own.key or "", begun - 1)
        headings = [row for row in form.indicators[begun : place + 1] if row.unit is None]
        lines.extend((row.label, "——", "") for row in headings)
        begun = max(begun, place + 1)
        lines.append((own.label, own.unit or "", written(own.value)))
    heads = tuple(
        Box(head, 0, at, role="head") for at, head in enumerate(form.heads[1:])
    )
    boxes = [*heads]
    for at, (label, unit, value) in enumerate(lines, 1):
        boxes += [Box(label, at, 0, role="label"), Box(unit, at, 1, role="unit")]
        boxes.append(Box(value, at, 2, role="unit" if unit == "——" else "value"))
    return Sheet(form.heads[0], tuple(boxes), 1, 3, frozenset({0, 1, len(lines) + 1}))


def written(value: Value) -> str:
    """A number as a page prints it; nothing for None."""
    if value is None:
        return ""
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def sheet(report: Report, table: Table) -> Sheet:
    """A table of the form with the values of a report."""
    return _Layout(report, table).sheet()


class _Layout:
    """A table that is laid out from the top down."""

    def __init__(self, report: Report, table: Table) -> None:
        self.report, self.table = report, table
        self.groups = {group.name: group.label for group in table.groups}
        rows = [row for block in table.blocks for row in block.rows]
        self.depth = max(len(self.labels(row)) for row in rows)
        self.edge = self.depth + max(len(block.columns) for block in table.blocks)
        self.boxes: list[Box] = []
        self.breaks = {0}
        self.height = 0

    def sheet(self) -> Sheet:
        for block in self.table.blocks:
            # The last column of a block that has few reaches to the edge of the table.
            edges = [*range(self.depth, self.depth + len(block.columns)), self.edge]
            self.head(block, edges)
            self.body(block, edges)
        boxes = sorted(self.boxes, key=lambda box: (box.row, box.column))
        return Sheet(self.table.title, tuple(boxes), self.depth, self.edge, frozenset(self.breaks))

    def labels(self, row: Row) -> tuple[str, ...]:
        """The labels of a row, from its outermost group to its own; none if it has none."""
        return tuple(filter(None, (*(self.groups[name] for name in row.groups), row.label)))

    def head(self, block: Block, edges: Sequence[int]) -> None:
        """Put the caption of a block and the heads of its columns."""
        if block.caption:
            self.boxes.append(
                Box(block.caption, self.height, 0, columns=self.edge, role="caption")
            )
            self.height += 1
        paths = [(*column.heads, *column.groups, column.label) for column in block.columns]
        levels = max(map(len, paths))
        if self.depth:
            corner = self.table.stub or self.table.note or ""
            self.boxes.append(Box(corner, self.height, 0, levels, self.depth, "corner"))
        for label, level, at, count, span in _merged(paths):
            size = edges[at + count] - edges[at]
            self.boxes.append(Box(label, self.height + level, edges[at], span, size, "head"))
        self.breaks.update(range(self.height, self.height + levels + 1))
        self.height += levels

    def body(self, block: Block, edges: Sequence[int]) -> None:
        """Put the rows of a block."""
        rows = [row for row in block.rows if self.printed(block, row)]
        for label, level, at, count, span in _merged([self.labels(row) for row in rows]):
            role: Role = "label" if level + span == self.depth else "group"
            self.boxes.append(Box(label, self.height + at, level, count, span, role))
        groups = rows[0].groups
        for row in rows:
            if row.groups != groups:
                self.breaks.add(self.height)
                groups = row.groups
            stem = join(self.table.name, row.name)
            for at, column in enumerate(block.columns):
                path = join(stem, column.name)
                size = edges[at + 1] - edges[at]
                text = shown(self.report.cell(path))
                self.boxes.append(Box(text, self.height, edges[at], 1, size, path=path))
            self.height += 1
        self.breaks.add(self.height)

    def printed(self, block: Block, row: Row) -> bool:
        """Whether a row is shown: of several and the one that may stand for them, what is there."""
        paths = [join(self.table.name, row.name, column.name) for column in block.columns]
        there = any(self.report.cell(path).status != "missing" for path in paths)
        if there or row.optional:
            return there
        stem = row.name.rpartition(".")[0]
        return not any(
            other.optional and other.name.rpartition(".")[0] == stem and self.printed(block, other)
            for other in block.rows
        )


def shown(cell: Cell) -> str:
    """What a cell prints: its number, its mark, or nothing."""
    if cell.value is None and cell.status == "marked":
        return cell.printed
    return written(cell.value)


def _merged(paths: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, int, int, int, int]]:
    """Merge equal beginnings of paths: label, level, first path, how many paths, levels."""
    depth = max(map(len, paths))
    for at, path in enumerate(paths):
        for level, label in enumerate(path):
            if level == len(path) - 1:
                yield label, level, at, 1, depth - level
                continue
            stem = path[: level + 1]
            if at == 0 or paths[at - 1][: level + 1] != stem:
                same = takewhile(stem.__eq__, (other[: level + 1] for other in paths[at:]))
                yield label, level, at, len(list(same)), 1
