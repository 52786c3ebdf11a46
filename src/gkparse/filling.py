"""Filling: what was read of the tables becomes the cells of the report, and what is doubtful is said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache, lru_cache

import attrs

from gkparse.counts import Value
from gkparse.diagnostics import Collector, Diagnostic
from gkparse.flow import Flow
from gkparse.form import Column, Form, Sum, join, load
from gkparse.form import Row as FormRow
from gkparse.markup import plain
from gkparse.model import CellStatus, Placed
from gkparse.pieces import Piece, stretch
from gkparse.placing import Places
from gkparse.printed import BLANK
from gkparse.readings import Counts, Finding, RowReading, TableReading
from gkparse.runs import Slots

__all__ = ["Filling"]

# A table that leaves more cells blank than these does so on purpose, and so does a column that
# prints less than so many values for each of them.
_FEW_BLANKS = 3
_MOST_PRINTED = 8


# What says that there is none.
_NONE = frozenset({"blank", "mark"})

# The head of an amount, and the unit that it names behind that.
_AMOUNT = ("收费金额", "收費金額")
_GAP = r"[\s\x00]*"
_LEADING_ZERO = re.compile(r"[0０]\d")
_HEAD_UNIT = re.compile(
    rf"收[费費]金[额額]{_GAP}(?:[（(]{_GAP}(?:[单單]位{_GAP}[:：]?)?|[单單]位{_GAP}[:：]?){_GAP}([十百千万萬亿億]?{_GAP}元)"
)


class Filling:
    """The cells of a report's tables: their values, where each stands, and what is found on the way."""

    def __init__(self, form: Form, flow: Flow, collector: Collector) -> None:
        self.form: Form = form
        self.flow: Flow = flow
        self.source: str = flow.source
        self.diagnostics: list[Diagnostic] = collector.diagnostics
        self._find = collector.find
        self.values: dict[str, Value] = {}
        self.rows: dict[str, Counts] = {}  # those of plain counts and blanks, and those that are not printed
        self.placed: Places = Places()
        # Rows whose printed total is not what their parts come to with zeros for blanks.
        self.unbalanced: list[tuple[str, tuple[str, ...], list[Piece]]] = []
        self.whole: bool = True  # whether every table and row was found
        self.alone: list[tuple[str, Piece]] = []  # blank cells
        self.flagged: set[str] | None = None  # what a warning or an error names already, once it is asked for
        self.lone: set[str] = set()  # those of rows with one blank cell

    def take(self, name: str, reading: TableReading) -> bool:
        """Put what was read of a table into the cells, with its findings; whether there was any of it."""
        lines = _lines(self.form.name, name)
        for finding in reading.findings:
            self._found(name, lines, finding)
        self.flagged = None
        if not reading.rows:
            self.whole = False
            return False
        conflicts = {
            row for found in reading.findings if found.code == "GK203" for row in found.rows
        }
        members = _members(self.form.name, name)
        alternatives = _alternatives(members, reading)
        stems = {line.stem for line in members.values()}
        stems -= {line.stem for at, line in members.items() if at in reading.rows}
        rows, places = self.rows, self.placed
        for at, line in enumerate(lines):
            found = reading.rows.get(at)
            if at in alternatives:
                rows.update(line.nothing)
            elif found is not None and found.numbers and not line.amounts:
                for row, own in line.groups:
                    rows[row] = found.numbers[own]
                places.add(line.cells, "aligned" if found.aligned else "printed", found)
                if None in found.numbers:
                    self._gaps(line, found.slots, found.numbers, certain=reading.gridded)
            elif found is not None:
                self._row(line, found, certain=reading.gridded)
            else:
                rows.update(line.nothing)
                if at not in conflicts:
                    # Of rows that one row may stand for, that one is missing as well.
                    group = (join(name, line.stem),) if line.stem in stems else ()
                    self._find("GK201", (line.path, *group), label=line.row.label)
                    self.whole = False
        for at in alternatives:
            pieces = [piece for piece in reading.rows[at].slots if piece] if at in reading.rows else []
            if pieces:
                paths = [name] + [
                    line.path
                    for other, line in enumerate(lines)
                    if other == at or (line.stem == lines[at].stem and other not in reading.rows)
                ]
                self._find("GK205", tuple(paths), *stretch(pieces),
                           printed=" ".join(piece.text for piece in pieces))
        return True

    def doubt(self) -> None:
        """Flag blanks that stand alone, and what stands at the end of a text that breaks off."""
        # A cell of a file is there for certain.
        positions = self.flow.positions
        alone = [
            (path, piece) for path, piece in self.alone
            if not ((known := positions.at(piece.start)) and known.table)
        ]
        if alone:
            self.flagged = None
            alone = [(path, piece) for path, piece in alone if path not in self._flagged()]
        if alone or self.unbalanced:
            self._lonely(alone)
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

    def _flagged(self) -> set[str]:
        """What a warning or an error names already."""
        if self.flagged is None:
            self.flagged = {path for found in self.diagnostics if found.severity != "info" for path in found.paths}
        return self.flagged

    def _lonely(self, alone: Sequence[tuple[str, Piece]]) -> None:
        """Flag blanks that stand alone among printed values, and rows whose blanks are not zeros."""
        blank, printed = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
        for path, status in self.placed.statuses():
            (blank if status == "blank" else printed)[_column(path)] += 1
        numbers: Mapping[str, Value] = {}
        for path, piece in alone:
            column = _column(path)
            few = sum(count for other, count in blank.items() if other[0] == column[0])
            lone = few <= _FEW_BLANKS and path in self.lone
            if lone or blank[column] * _MOST_PRINTED <= printed[column]:
                label = self.form.fields[path].label.split(" > ")[-2]
                numbers = numbers or self._numbers()
                self._find("GK217", self._around(path, numbers), piece.start, piece.end, label=label)
        for row, parts, pieces in self.unbalanced:
            # Where a table prints totals alone, blank parts say nothing.
            if row == row.partition(".")[0] or any(printed[_column(part)] for part in parts):
                label = self.form.fields[parts[0]].label.split(" > ")[-2]
                self._find("GK216", (parts[0].rpartition(".")[0],), *stretch(pieces),
                           label=label, count=str(len(pieces)), width=str(len(parts) + 1))

    def _numbers(self) -> Mapping[str, Value]:
        """The value of each cell, once the tables are read."""
        lines = [line for table in self.form.tables for line in _lines(self.form.name, table.name)]
        plain = {
            cell: value for line in lines for row, own in line.groups
            for cell, value in zip(line.cells[own], self.rows.get(row, ()), strict=False)
        }
        return {**plain, **self.values}

    def _around(self, path: str, numbers: Mapping[str, Value]) -> tuple[str, ...]:
        """A blank cell, and its row where no sums over rows tell that the row's other values have not moved."""
        line = next(line for line in _lines(self.form.name, path.partition(".")[0]) if path in line.cells)
        own, held = {*line.cells} - {whole for total, *_ in line.sums for whole in total.whole}, set[str]()
        for total in self.form.sums:
            cells = {*total.parts, *total.whole}
            parts, whole = (sum([numbers.get(cell) or 0 for cell in side]) for side in (total.parts, total.whole))
            if parts == whole and not (cells.isdisjoint(own) or cells <= {*line.cells}):
                held |= cells
        if not any(numbers.get(cell) for cell in line.cells):
            return (path, *line.paths)
        # A value that has moved leaves one column and comes into another.
        return (path,) if len(own - held) < 2 else (path, path.rpartition(".")[0])

    def _found(self, name: str, lines: Sequence[_Line], finding: Finding) -> None:
        paths = tuple([path for row in finding.rows for path in lines[row].paths])
        if finding.code == "GK205" or not paths:
            paths = (name, *paths)
        arguments = dict(finding.arguments)
        if finding.rows:
            arguments.setdefault("label", lines[finding.rows[0]].label)
        suggestion = None
        if values := arguments.pop("joined", "").split():
            cells = [path for path in self.form.fields if path.startswith(tuple(f"{row}." for row in paths))]
            suggestion = "; ".join(f"{path} = {value}" for path, value in zip(cells, values, strict=True))
        self._find(finding.code, paths, finding.start, finding.end, suggestion, **arguments)

    def _row(self, line: _Line, reading: RowReading, *, certain: bool) -> None:
        """Put one row into the report's cells; `certain`: what is blank in it is blank on the page."""
        values, slots = self.values, reading.slots
        others: dict[str, Placed] = {}
        usual: CellStatus = "aligned" if reading.aligned else "printed"
        marked: list[Piece] = []
        for cell, column, piece in zip(line.cells, line.columns, slots, strict=True):
            if piece is None or (said := piece.value) is None or said is BLANK:
                values[cell] = None
            elif said.plain and not column.amount:
                values[cell] = said.value
            else:
                unit = said.unit or (self._head_unit(piece) if column.amount and column.unit else None)
                value, status = self._value(line, cell, column, piece, unit)
                if status == "printed":
                    status = usual
                elif said.kind == "mark":
                    marked.append(piece)
                values[cell] = value
                others[cell] = Placed(status, piece.start, piece.end, unit=unit)
        self.placed.add(line.cells, usual, reading, others)
        self._gaps(line, slots, tuple([values[cell] for cell in line.cells]), certain=certain)
        if marked:
            self._find("GK208", (line.path,), *stretch(marked), label=line.label,
                       count=str(len(marked)), width=str(len(slots)), printed=marked[0].text)

    def _gaps(self, line: _Line, slots: Slots, values: Sequence[Value], *, certain: bool) -> None:
        """Say which cells of a row were not found, which are blank, and where that leaves a sum undone."""
        lost: list[str] = []
        alone: list[tuple[str, Piece]] = []
        marked = False
        for cell, piece in zip(line.cells, slots, strict=True):
            if piece is None or (said := piece.value) is None:
                lost.append(cell)
            elif said is BLANK:
                alone.append((cell, piece))
            elif said.kind == "mark":
                marked = True
        if lost and line.path not in self._flagged():
            printed = [piece for piece in slots if piece]
            self._find("GK220", tuple(lost), *(stretch(printed) if printed else ()),
                       label=line.label, count=str(len(lost)), width=str(len(slots)))
        if alone:
            blank = [piece for _, piece in alone]
            if not certain:
                self.alone += alone
                if len(alone) == 1 and (len(slots) == 1 or any(map(_is_number, slots))):
                    self.lone.add(alone[0][0])
            self._find("GK207", (line.path,), *stretch(blank),
                       label=line.label, count=str(len(blank)), width=str(len(slots)))
        if alone or marked:
            self._unsummed(line, slots, values)

    def _unsummed(self, line: _Line, slots: Slots, values: Sequence[Value]) -> None:
        """Say where a total has no number beside printed parts; keep rows whose sum fails with zeros for what is none."""
        for total, at, parts in line.sums:
            slot = slots[at]
            if slot is None or slot.value is None:
                continue
            printed = [values[part] for part in parts]
            added = sum([value for value in printed if value])
            if slot.value.kind not in _NONE:
                empty = [piece for part in parts if (piece := slots[part]) and piece.value and piece.value.kind in _NONE]
                # Zeros for blanks are not what the page means.
                if empty and added != (values[at] or 0):
                    self.unbalanced.append((line.path, total.parts, empty))
            # A mark says that there is none, as zeros do.
            elif added or (slot.value is BLANK and None not in printed):
                whole = line.cells[at]
                self._find("GK209", (whole, whole.rpartition(".")[0]), slot.start, slot.end,
                           suggestion=None if None in printed else f"{whole} = {added}",
                           label=line.label, sum=str(added))

    def _value(
        self, line: _Line, path: str, column: Column, piece: Piece, unit: str | None
    ) -> tuple[Value, CellStatus]:
        printed, label = piece.value, line.label
        assert printed is not None
        place = (path,), piece.start, piece.end
        if printed.kind == "unreadable":
            self._find("GK215", *place, label=label, printed=piece.text)
        if printed.kind != "number":
            return None, "marked"
        value = printed.value
        if unit and unit.endswith("元") and column.unit not in ("", unit):
            self._find("GK213", *place, label=label, printed=piece.text, unit=unit,
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
            # Who cuts or joins cells leaves zeros that nobody prints, and moves the other values of a row.
            moved = not line.sums and len(line.cells) > 1 and _LEADING_ZERO.match(piece.text)
            paths = (path, line.path) if moved else (path,)
            self._find("GK210", paths, piece.start, piece.end, label=label, printed=piece.text, value=str(value))
            return value, "repaired"
        return value, "printed"

    def _head_unit(self, piece: Piece) -> str | None:
        """The unit that the head above an amount names, where it is not the form's 万元."""
        view = self.flow.view
        found = _HEAD_UNIT.match(view, max(0, *(view.rfind(head, 0, piece.start) for head in _AMOUNT)))
        unit = "".join(plain(found[1]).split()) if found else ""
        unit = unit.replace("萬", "万").replace("億", "亿")
        return unit if unit not in ("", "万元") else None


@attrs.frozen(eq=False, repr=False)
class _Line:
    """A row of a form: its path, its columns, and the paths of its cells.

    `paths` are what names it in a finding: its own, or those of its groups of columns where it has no name; `groups`
    says which of its cells are in each of them, `nothing` what they hold where it is not printed. `label` is as
    printed, or that of the table's section where it has none. `sums` are those whose parts and one total stand in it,
    with the places of the total and the parts.
    """

    row: FormRow
    path: str
    paths: tuple[str, ...]
    label: str
    stem: str
    columns: tuple[Column, ...]
    amounts: bool
    cells: tuple[str, ...]
    sums: tuple[tuple[Sum, int, tuple[int, ...]], ...]
    groups: tuple[tuple[str, slice], ...]
    nothing: Mapping[str, Counts]

    @classmethod
    def of(cls, form: Form, table: str, row: FormRow, columns: tuple[Column, ...]) -> _Line:
        path = join(table, row.name)
        cells = tuple(join(path, column.name) for column in columns)
        sums = tuple(
            (total, cells.index(total.whole[0]), tuple(map(cells.index, total.parts)))
            for total in form.sums
            if len(total.whole) == 1 and total.whole[0] in cells and total.parts[0] in cells
        )
        amounts = any(column.amount for column in columns)
        stems = [cell.rpartition(".")[0] for cell in cells]
        groups = tuple((stem, slice(stems.index(stem), stems.index(stem) + stems.count(stem))) for stem in dict.fromkeys(stems))
        nothing: dict[str, Counts] = {stem: (None,) * stems.count(stem) for stem in stems}
        label = row.label or form.sections[form.table(table).section - 1].label
        paths = (path,) if row.name else tuple(nothing)
        return cls(row, path, paths, label, _stem(row), columns, amounts, cells, sums, groups, nothing)


@cache
def _lines(form: str, table: str) -> tuple[_Line, ...]:
    """The rows of a table of a form."""
    whole = load(form)
    blocks = whole.table(table).blocks
    return tuple(_Line.of(whole, table, row, block.columns) for block in blocks for row in block.rows)


def _is_number(piece: Piece | None) -> bool:
    return piece is not None and piece.value is not None and piece.value.kind == "number"


@lru_cache(maxsize=1024)
def _column(path: str) -> tuple[str, str]:
    """The table and the column of a cell."""
    return path.partition(".")[0], path.rpartition(".")[2]


def _stem(row: FormRow) -> str:
    """The group that a row belongs to."""
    return row.name.rpartition(".")[0]


@cache
def _members(form: str, table: str) -> Mapping[int, _Line]:
    """The rows of a table of which some may be printed instead of others, by index."""
    lines = _lines(form, table)
    stems = {line.stem for line in lines if line.row.optional}
    return {at: line for at, line in enumerate(lines) if line.stem in stems}


def _alternatives(members: Mapping[int, _Line], reading: TableReading) -> set[int]:
    """The rows that are not to be read, as others are printed instead of them."""
    printed = {(line.stem, line.row.optional) for at, line in members.items() if at in reading.rows}
    left = set()
    for at, line in members.items():
        ordinary, optional = (line.stem, False) in printed, (line.stem, True) in printed
        if (ordinary or not optional) if line.row.optional else (optional and not ordinary):
            left.add(at)
    return left
