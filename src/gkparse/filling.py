"""Filling: what was read of the tables becomes the cells of the report, and what is doubtful is said."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from functools import cache
from typing import TypeGuard

from gkparse.diagnostics import Collector
from gkparse.flow import Flow
from gkparse.form import Column, Form, Sum, Table, join, load
from gkparse.form import Row as FormRow
from gkparse.model import CellStatus, Placed, Value
from gkparse.pieces import Piece
from gkparse.printed import Printed
from gkparse.readings import Finding, RowReading, TableReading
from gkparse.runs import numbers_of

__all__ = ["Filling"]

# A table that leaves more cells blank than these does so on purpose, and so does a column that
# prints less than so many values for each of them.
_FEW_BLANKS = 3
_MOST_PRINTED = 8


class Filling:
    """The cells of a report's tables: their values, where each stands, and what is found on the way."""

    def __init__(self, form: Form, flow: Flow, collector: Collector) -> None:
        self.form, self.flow, self.source = form, flow, flow.source
        self.diagnostics, self._find = collector.diagnostics, collector.find
        self.values: dict[str, Value] = {}
        self.placed: dict[str, Placed] = {}
        # Rows whose printed total is not what their parts come to with zeros for blanks.
        self.unbalanced: list[tuple[str, tuple[str, ...], list[Piece]]] = []
        self.whole = True  # whether every table and row was found
        self.alone: list[tuple[str, Piece]] = []  # blank cells
        self.flagged: set[str] = set()  # what a warning or an error names already
        self.lone: set[str] = set()  # cells of rows with one blank cell

    def take(self, name: str, reading: TableReading) -> bool:
        """Put what was read of a table into the cells, with its findings; whether there was any of it."""
        table = self.form.table(name)
        flat = [(block, row) for block in table.blocks for row in block.rows]
        for finding in reading.findings:
            self._found(name, [row for _, row in flat], finding)
        self.flagged = {
            path for found in self.diagnostics if found.severity != "info" for path in found.paths
        }
        if not reading.rows:
            self.whole = False
            return False
        conflicts = {
            row for found in reading.findings if found.code == "GK203" for row in found.rows
        }
        alternatives = _alternatives(table, reading)
        stems = {_stem(row) for _, row in flat if row.optional}
        stems -= {_stem(flat[at][1]) for at in reading.rows}
        for at, (block, row) in enumerate(flat):
            path = join(name, row.name)
            found = reading.rows.get(at)
            if at in alternatives:
                continue
            if found is not None:
                self._row(path, row, block.columns, found)
            else:
                for column in block.columns:
                    self.values[join(path, column.name)] = None
                if at not in conflicts:
                    # Of rows that one row may stand for, that one is missing as well.
                    group = (join(name, _stem(row)),) if _stem(row) in stems else ()
                    self._find("GK201", (path, *group), label=row.label)
                    self.whole = False
        for at in alternatives:
            pieces = [piece for piece in reading.rows[at].slots if piece] if at in reading.rows else []
            if pieces:
                paths = [name] + [
                    join(name, row.name)
                    for other, (_, row) in enumerate(flat)
                    if other == at or (_stem(row) == _stem(flat[at][1]) and other not in reading.rows)
                ]
                self._find("GK205", tuple(paths), pieces[0].start, pieces[-1].end,
                           printed=" ".join(piece.text for piece in pieces))
        return True

    def doubt(self) -> None:
        """Flag blanks that stand alone, and what stands at the end of a text that breaks off."""
        if self.whole and not self.alone and not self.unbalanced:
            return
        blank, printed = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
        for path, place in self.placed.items():
            (blank if place.status == "blank" else printed)[_column(path)] += 1
        flagged = {path for found in self.diagnostics for path in found.paths
                   if found.severity != "info"}
        for path, piece in self.alone:
            known = self.flow.positions.at(piece.start)
            if path in flagged or (known and known.table):  # a cell of a file is there for certain
                continue
            column = _column(path)
            few = sum(count for other, count in blank.items() if other[0] == column[0])
            lone = few <= _FEW_BLANKS and path in self.lone
            if lone or blank[column] * _MOST_PRINTED <= printed[column]:
                label = self.form.fields[path].label.split(" > ")[-2]
                # In a row without sums nothing tells that its other values have not moved.
                summed = any(path in (*total.parts, *total.whole) for total in self.form.sums)
                paths = (path,) if summed else (path, path.rpartition(".")[0])
                self._find("GK217", paths, piece.start, piece.end, label=label)
        for row, parts, pieces in self.unbalanced:
            # Where a table prints totals alone, blank parts say nothing.
            if row == row.partition(".")[0] or any(printed[_column(part)] for part in parts):
                label = self.form.fields[parts[0]].label.split(" > ")[-2]
                self._find("GK216", (parts[0].rpartition(".")[0],), pieces[0].start,
                           pieces[-1].end, label=label, count=str(len(pieces)),
                           width=str(len(parts) + 1))
        if self.whole or not self.placed:
            return
        last = max(self.placed, key=lambda path: self.placed[path].end)
        place = self.placed[last]
        rest = self.source[place.end :]
        if self.flow.kind:
            rest = rest.removesuffix("\n")  # which is no part of the file
        if "\n" not in rest and not rest.strip("|│┃║┆┊ \t"):
            row = last.rpartition(".")[0]
            self._find("GK218", (row,), place.start, place.end,
                       label=self.form.fields[last].label.split(" > ")[-2],
                       printed=self.source[place.start : place.end])

    def _found(self, name: str, flat: list[FormRow], finding: Finding) -> None:
        paths = tuple(path for row in finding.rows for path in self._paths(name, flat[row]))
        if finding.code == "GK205" or not paths:
            paths = (name, *paths)
        arguments = dict(finding.arguments)
        if finding.rows:
            arguments.setdefault("label", self._row_label(name, flat[finding.rows[0]]))
        suggestion = None
        if values := arguments.pop("joined", "").split():
            cells = [path for path in self.form.fields if path.startswith(tuple(f"{row}." for row in paths))]
            suggestion = "; ".join(f"{path} = {value}" for path, value in zip(cells, values, strict=True))
        self._find(finding.code, paths, finding.start, finding.end, suggestion, **arguments)

    def _paths(self, table: str, row: FormRow) -> tuple[str, ...]:
        """The paths of a row: its own, or those of its groups of columns where it has no name."""
        if row.name:
            return (join(table, row.name),)
        (block,) = self.form.table(table).blocks
        return tuple(
            dict.fromkeys(join(table, column.name.rpartition(".")[0]) for column in block.columns)
        )

    def _row_label(self, table: str, row: FormRow) -> str:
        """The printed label of a row; of the table's section for a row that has none."""
        return row.label or self.form.sections[self.form.table(table).section - 1].label

    def _row(
        self, path: str, row: FormRow, columns: tuple[Column, ...], reading: RowReading
    ) -> None:
        """Put one row into the report's cells."""
        label = self._row_label(path.partition(".")[0], row)
        blank: list[Piece] = []
        marked: list[Piece] = []
        lost: list[str] = []
        usual: CellStatus = "aligned" if reading.aligned else "printed"
        for cell, column, piece in zip(_cells(path, columns), columns, reading.slots, strict=True):
            if piece is not None and not column.amount and _is_count(piece.value):
                self.values[cell] = piece.value.value
                self.placed[cell] = Placed(usual, piece.start, piece.end)
                continue
            if piece is None or piece.value is None:
                self.values[cell] = None
                lost.append(cell)
                continue
            value, status = self._value(cell, label, column, piece)
            if status == "printed":
                status = usual
            if status == "blank":
                blank.append(piece)
            elif piece.value.kind == "mark":
                marked.append(piece)
            self.values[cell] = value
            self.placed[cell] = Placed(status, piece.start, piece.end, unit=piece.value.unit)
        width = str(len(columns))
        if lost and path not in self.flagged:
            printed = [piece for piece in reading.slots if piece]
            self._find("GK220", tuple(lost), printed[0].start if printed else -1,
                       printed[-1].end if printed else -1, label=label, count=str(len(lost)),
                       width=width)
        if blank:
            self._blank(path, columns, reading, blank)
            self._find("GK207", (path,), blank[0].start, blank[-1].end,
                       label=label, count=str(len(blank)), width=width)
            self._totals(label, _cells(path, columns), reading)
        if marked:
            self._find("GK208", (path,), marked[0].start, marked[-1].end, label=label,
                       count=str(len(marked)), width=width, printed=marked[0].text)

    def _blank(
        self, path: str, columns: tuple[Column, ...], reading: RowReading, blank: list[Piece]
    ) -> None:
        """Keep what the blank cells of a row leave open until the whole report is read."""
        paths = _cells(path, columns)
        numbers = dict(zip(paths, numbers_of(reading.slots), strict=True))
        for total in _sums_within(self.form.name, paths):
            if len(total.whole) == 1:
                whole = self.placed.get(total.whole[0])
                added = sum(numbers[part] for part in total.parts)
                if whole and whole.status != "blank" and added != numbers[total.whole[0]]:
                    self.unbalanced.append((path, total.parts, blank))
        numbered = any(piece and piece.value and piece.value.kind == "number"
                       for piece in reading.slots)
        if len(blank) == 1 and (numbered or len(columns) == 1):
            self.lone.update(paths)
        self.alone.extend(
            (cell, piece)
            for cell, piece in zip(paths, reading.slots, strict=True)
            if piece and piece.blank
        )

    def _value(
        self, path: str, label: str, column: Column, piece: Piece
    ) -> tuple[Value, CellStatus]:
        printed = piece.value
        assert printed is not None
        place = (path,), piece.start, piece.end
        if printed.kind == "unreadable":
            self._find("GK215", *place, label=label, printed=piece.text)
        if printed.kind != "number":
            return None, "blank" if piece.blank else "marked"
        value = printed.value
        if printed.unit in ("元", "万元") and column.unit not in ("", printed.unit):
            self._find("GK213", *place, label=label, printed=piece.text, unit=printed.unit,
                       expected=column.unit)
        if column.amount:
            value = Decimal(0 if value is None else value)
        elif isinstance(value, Decimal):
            if value != value.to_integral_value():
                self._find("GK211", *place, label=label, printed=piece.text)
                return None, "marked"
            value = int(value)
        if value is not None and value < 0 and not column.signed:
            self._find("GK219", *place, label=label, printed=piece.text)
        if printed.repaired:
            self._find("GK210", *place, label=label, printed=piece.text, value=str(value))
            return value, "repaired"
        return value, "printed"

    def _totals(self, label: str, paths: tuple[str, ...], reading: RowReading) -> None:
        """Say where a total is blank beside printed parts, and what they add up to."""
        cells = dict(zip(paths, reading.slots, strict=True))
        for total in _sums_within(self.form.name, paths):
            whole = total.whole[0]
            if len(total.whole) > 1:
                continue
            parts = [self.values[part] for part in total.parts]
            slot = cells[whole]
            added = sum(part for part in parts if part is not None)
            if slot is None or not slot.blank or (None in parts and not added):
                continue
            self._find("GK209", (whole, whole.rpartition(".")[0]), slot.start, slot.end,
                       suggestion=None if None in parts else f"{whole} = {added}",
                       label=label, sum=str(added))


@cache
def _cells(path: str, columns: tuple[Column, ...]) -> tuple[str, ...]:
    """The paths of a row's cells; as many as the forms have."""
    return tuple(join(path, column.name) for column in columns)


@cache
def _sums_within(form: str, cells: tuple[str, ...]) -> tuple[Sum, ...]:
    """The sums whose parts and total stand in one row."""
    return tuple(
        total for total in load(form).sums
        if total.whole[0] in cells and total.parts[0] in cells
    )


def _is_count(printed: Printed | None) -> TypeGuard[Printed]:
    """Whether what is printed is a count and nothing else."""
    return (
        printed is not None
        and type(printed.value) is int
        and printed.value >= 0
        and not printed.repaired
        and printed.unit is None
    )


def _column(path: str) -> tuple[str, str]:
    """The table and the column of a cell."""
    return path.partition(".")[0], path.rpartition(".")[2]


def _stem(row: FormRow) -> str:
    """The group that a row belongs to."""
    return row.name.rpartition(".")[0]


def _alternatives(table: Table, reading: TableReading) -> set[int]:
    """The rows that are not to be read, as others are printed instead of them."""
    rows = [row for block in table.blocks for row in block.rows]
    stems = {_stem(row) for row in rows if row.optional}
    printed = {(_stem(rows[at]), rows[at].optional) for at in reading.rows}
    return {
        at
        for at, row in enumerate(rows)
        if _stem(row) in stems
        and ((_stem(row), False) in printed if row.optional else (
            (_stem(row), True) in printed and (_stem(row), False) not in printed
        ))
    } | {
        at for at, row in enumerate(rows)
        if row.optional and not {(_stem(row), True), (_stem(row), False)} & printed
    }
