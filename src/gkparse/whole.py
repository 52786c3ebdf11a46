"""Whole tables: the label of every row of the form, in order, each followed by all its values.

Nothing is left to find out in such a table, so that it needs neither pairing nor alignment. Most
tables are whole, in whatever layout; a blank counts as a value where the cells of its row are known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from gkparse.columns import LEAST_COUNTED
from gkparse.disorder import (
    below_others,
    columns_differ,
    elsewhere,
    heads_in_disorder,
    heads_of,
    out_of_order,
    passed_over,
    total_leads,
)
from gkparse.pieces import Piece, placed
from gkparse.printed import REST, STAND_INS
from gkparse.readings import Counts, Finding, RowReading, TableReading, left_of, plain
from gkparse.rows import MOST_CELLS, Line, Row
from gkparse.runs import numbers_of, parted
from gkparse.shape import Numbers, Shape
from gkparse.vocabulary import Entry, Word

__all__ = ["ODD", "Said", "blank_columns", "said", "stands_for_value", "whole_table"]

_PRINTED = frozenset({"number", "mark"})
_CELLS = _PRINTED | {"blank"}
# The number of a row or a heading.
_ORDINAL = re.compile(r"\d{1,2}\\?[.、．]\W*")
# A text among the values of a row, which is no value, is not longer.
_LONGEST_ODD = 12
# What may stand for a value without being one, where every cell is a line.
# Also a number that a line end has cut at its point, before or behind that.
ODD = re.compile(rf"[.xX{STAND_INS}]{{1,3}}|\d[\d.,]*\d[%％*＊?？]?|\d[%％*＊?？]|{REST.pattern}|\d{{3,}}[.．]")


def whole_table(shape: Shape, rows: Sequence[Row]) -> TableReading | None:
    """What a whole table says; None for any other table."""
    table = _Whole(shape)
    if not table.read(rows) or (len(shape.rows) == 1 and heads_in_disorder(shape, rows)):
        return None
    return TableReading(table.found, [table.stray(row, said) for row, said in table.strays])


class Said(NamedTuple):
    """What a line says in a table by itself, wherever it stands.

    Most say all of `row`: its `label` and behind that its values, a piece for each column (`slots`); where
    blanks stand beside them that no column accounts for, `padded` has the label's place, the cells behind it and theirs; `numbers` are those values, where every one is
    a count and nothing else, and `before` is what is printed left of the label. An `idle` line has neither
    value nor label; `texts` says whether it has other text, `disorder` whether that is heads of columns in
    another order than the form's. A `lone` one is a single value. It may say
    something else where the next row is one of `unless`: their labels head groups or columns as well.
    Whatever stands around it, all that is printed behind the piece `own`, the label of `row`, is that row's.
    """

    row: int = -1
    slots: tuple[Piece, ...] = ()
    numbers: Counts | None = None
    padded: tuple[int, ...] = ()
    before: tuple[Piece, ...] = ()
    label: str = ""
    idle: bool = False
    texts: bool = False
    lone: bool = False
    unless: tuple[int, ...] = ()
    own: int = -1
    disorder: bool = False
    heads: tuple[Entry, ...] = ()


class _Whole:
    """A table that is read as a whole one, as long as it is one."""

    def __init__(self, shape: Shape) -> None:
        self.shape, self.name, self.needed = shape, shape.table.name, shape.needed
        self.bare: bool = len(shape.rows) == 1  # its row has no label
        self.found: dict[int, RowReading] = {}
        self.next: int = self.needed[0]  # the row that the table lacks next; -1 behind the last
        self.differ = False  # whether heads of columns stand in another order than the form's
        self.gaps = False  # whether some cells are blank
        # The rows that have more cells than the form has columns, and in which of these their values stand.
        self.padded: dict[tuple[int, ...], list[tuple[int, ...]]] = {}
        self.strays: list[tuple[Row, Said]] = []  # rows with values left of their label
        self.label: Piece | None = None  # of the open row
        self.home: Row | None = None  # the physical row of the label
        self.values: list[tuple[Row, Piece]] = []
        self.heads: list[Entry] = []  # those above the row that the table lacks next
        self.first: tuple[Entry, ...] = ()  # those above the first rows
        self.over: Line | None = None  # the line with heads that was met last
        self.left: int = shape.widths[0] if self.bare else 0  # how many values the open row lacks

    def read(self, rows: Sequence[Row]) -> bool:
        """Read the rows; whether they are a whole table."""
        name, bare = self.name, self.bare
        at, end = 0, len(rows)
        while at < end:
            row = rows[at]
            at += 1
            says = row.line.said.get(name) or said(row.line, self.shape)
            if says.disorder:
                return False
            if self.next in says.unless:
                if not self.cells(row):
                    return False
            elif says.idle:
                if says.texts and (self.values or (self.left and not bare)):
                    return False
                self.heads += says.heads
                if says.heads or (bare and says.texts):
                    self.over = row.line if len(row.line.pieces) <= MOST_CELLS else None
            elif says.lone:
                run = rows[at - 1 : at - 1 + self.left] if not self.values else ()
                if run and self.run(run):
                    at += len(run) - 1
                elif not self.take(row, row.line.pieces[0]):
                    return False
            elif says.slots and says.row == self.next and not self.values and bool(self.left) == bare:
                if says.before:
                    self.strays.append((row, says))
                if says.padded:
                    if self.over and (
                        elsewhere(self.over, row.line, self.shape)
                        or below_others(self.over, row.line, self.shape, says.row, says.slots)
                        or passed_over(self.over, row.line, self.shape, says.slots)
                    ):
                        return False
                    self.padded.setdefault((*says.padded[:2], len(says.slots)), []).append(says.padded)
                self.keep(RowReading(((row.base, says.slots),), None, False, says.numbers))
            elif not self.cells(row):
                return False
        # Of a row that is alone in this, only its sum can tell.
        alike = not any(
            any(parted(way[2:]) for way in ways) and (len({*ways}) > 1 or (len(ways) == 1 and not self.shape.columns))
            for ways in self.padded.values()
        )
        if self.differ or self.counted() or total_leads(self.shape, self.first, self.numbers()):
            return False
        whole = self.next < 0 and len(self.strays) <= _MOST_STRAYS and alike
        return whole and not (self.gaps and (self.padded or self.belied()))

    def cells(self, row: Row) -> bool:
        """Read a row cell by cell; whether it may be one of a whole table."""
        pieces = row.line.pieces
        if self.bare and self.left and not self.values and (cells := _cells(row, 0, self.left)):
            self.blanks(row, cells)
            return True
        for at, piece in enumerate(pieces):
            if (value := piece.value) is not None:
                if value.kind in _PRINTED and self.left and not piece.shared:
                    if not self.take(row, piece):
                        return False
                elif value.kind != "blank" or (self.values and self.left):
                    return False  # where the blank stands says which column a value is of
                elif self.home is row:
                    self.padded.setdefault((), [])
                continue
            if self.values or (self.left and not self.bare) or _is_odd(piece):
                return False
            entry = piece.word.entry("row", self.name) if piece.word else None
            if entry is None or piece.word is None:
                continue
            if entry.index == self.next:
                width = self.shape.widths[entry.index]
                if cells := _cells(row, at + 1, width):
                    self.blanks(row, cells)
                    return True
                self.label, self.home, self.left = piece, row, width
            elif not _is_head(piece.word, self.name):
                return False
        return True

    def run(self, rows: Sequence[Row]) -> bool:
        """Take the values of the open row, if these rows are each one of them."""
        found = [row.line.said.get(self.name) or said(row.line, self.shape) for row in rows]
        if len(found) < self.left or not all([said.lone for said in found]):  # noqa: C419 - this is faster
            return False
        parts = tuple([(row.base, row.line.pieces) for row in rows])
        counts = tuple([said.numbers[0] for said in found if said.numbers])
        numbers = counts if len(counts) == len(found) else None
        if _is_uneven(numbers, rows):
            return False
        self.keep(RowReading(parts, None, not self.bare, numbers))
        return True

    def take(self, row: Row, piece: Piece) -> bool:
        """Take a value for the open row; whether there is one that it can belong to."""
        if not self.left:
            return False
        if self.values:
            first = self.values[0][0]
            if row is not first and not (_loose(row) and _loose(first)):
                return False
        self.values.append((row, piece))
        self.left -= 1
        if not self.left:
            parts = tuple([(own.base, (value,)) for own, value in self.values])
            aligned = self.home is not row and not self.bare
            numbers = plain([value for _, value in self.values])
            if _is_uneven(numbers, [own for own, _ in self.values]):
                return False
            self.keep(RowReading(parts, None, aligned, numbers))
            self.values = []
        return True

    def blanks(self, row: Row, cells: tuple[Piece, ...]) -> None:
        """Take a row some of whose cells are blank."""
        self.gaps = True
        self.keep(RowReading(((row.base, cells),), None, False, plain(cells)))

    def keep(self, reading: RowReading) -> None:
        self.found[self.next] = reading
        self.left = 0
        if self.heads:
            met = tuple(self.heads)
            self.differ = self.differ or columns_differ(self.shape, met)
            self.first = self.first or met
            self.heads = []
        self.next = self.needed[len(self.found)] if len(self.found) < len(self.needed) else -1

    def counted(self) -> bool:
        """Whether the first values count the rows, and may be none of the form's."""
        for count, reading in enumerate(self.found.values(), 1):
            if not reading.numbers or reading.numbers[0] != count:
                return False
        return len(self.found) >= LEAST_COUNTED

    def belied(self) -> bool:
        """Whether blanks leave more in a column than its total."""
        numbers = dict(zip(self.found, self.numbers(), strict=True))
        return bool(self.shape.belied(numbers, blank_columns(self.found)))

    def numbers(self) -> Iterator[Numbers]:
        """The numbers of each row, 0 where a column holds none."""
        return (numbers_of(reading.slots) for reading in self.found.values())

    def stray(self, row: Row, said: Said) -> Finding:
        """That values left of a label are not read."""
        return left_of(said.label, placed(row.base, said.before), (said.row,))


# Where more rows than these begin with a value, it may number them.
_MOST_STRAYS = 2


def said(line: Line, shape: Shape) -> Said:
    """What a line says in a table, worked out once."""
    found = line.said.get(shape.table.name)
    if found is None:
        found = line.said[shape.table.name] = _said(line, shape)
    return found


def _said(line: Line, shape: Shape) -> Said:
    pieces = line.pieces
    name, bare = shape.table.name, len(shape.rows) == 1
    values = [(at, piece) for at, piece in enumerate(pieces) if piece.value and not piece.blank]
    if any(map(_is_odd, pieces)) or not all(_is_printed(value) for _, value in values):
        return Said()
    words = [] if bare else [(at, piece.word) for at, piece in enumerate(pieces) if piece.word]
    rows = [(at, word, entry.index) for at, word in words if (entry := word.entry("row", name))]
    heads = tuple([index for _, word, index in rows if _is_head(word, name)])
    if not values and len(heads) == len(rows):
        texts = any(not piece.value for piece in pieces)
        # Where a row has no label, blank cells may be the row.
        disorder = texts and not bare and out_of_order(line, shape)
        over = heads_of(line, shape) if texts and not bare else ()
        return Said(idle=True, texts=texts, unless=heads, disorder=disorder, heads=over) if texts or not bare else Said()
    if len(pieces) == len(values) == 1:
        return Said(lone=True, numbers=plain(pieces))
    if not rows and not bare:
        return Said()
    label, row = (rows[-1][0], rows[-1][2]) if rows else (-1, 0)
    before = tuple([piece for at, piece in values if at < label])
    slots = tuple([piece for at, piece in values if at > label])
    behind = pieces[label + 1 :]
    others = any(at != label and index not in heads for at, _, index in rows)
    # As many values on either side of a label may be its own.
    whole = len(before) < len(slots) == shape.widths[row]
    alone = len(rows) == 1 and slots and not before
    own = label if alone and _is_own(pieces, label, name, shape.widths[row]) else -1
    if others or not whole or not all(piece.value for piece in behind):
        return Said(row, own=own)
    return Said(
        row, slots, plain(slots), _padded(label, behind) if len(behind) > len(slots) else (), before,
        label=pieces[label].text if label >= 0 else "",
        unless=tuple([index for index in heads if index != row]),
        own=own,
    )


def _padded(label: int, behind: Sequence[Piece]) -> tuple[int, ...]:
    """Where a label stands, how many cells there are behind it, and which of them hold values."""
    return label, len(behind), *[at for at, piece in enumerate(behind) if not piece.blank]


def _is_own(pieces: Sequence[Piece], label: int, table: str, width: int) -> bool:
    """Whether a label can be nothing else, and what stands left of it says nothing of the table."""
    ahead, behind = pieces[:label], pieces[label + 1 :]
    words = [piece.word for piece in pieces if piece.word]
    return (
        len(ahead) < width
        and all(piece.word or piece.blank for piece in ahead)
        and all(piece.value for piece in behind)
        and not any(word.entry(role, table) for word in words for role in ("column", "caption"))
        and words[-1].entry("group", table) is None
    )


def _is_printed(piece: Piece) -> bool:
    """Whether a value is a number or a mark, and the only one of its cell."""
    return piece.value is not None and piece.value.kind in _PRINTED and not piece.shared


def _is_odd(piece: Piece) -> bool:
    """Whether a text may stand for a value without being one."""
    return not (piece.word or piece.value) and ODD.fullmatch(piece.text) is not None


def stands_for_value(row: Row, at: int, view: str, before: bool, behind: bool) -> bool:
    """Whether a text behind a label stands where a value would; `before` and `behind` say where values stand."""
    pieces, text = row.pieces, row.pieces[at].text
    if _is_digits(text) or ODD.fullmatch(text):
        return True
    if not row.grid or pieces[at].word or len(text) > _LONGEST_ODD:
        return False
    between = view[pieces[at].end : pieces[at + 1].start] if at + 1 < len(pieces) else ""
    if between.isspace() and "\t" not in between:
        return False  # a word before a value in its cell
    # Behind the last value it may be a remark, before the first one only a number in words is a value.
    return behind and (before or (not _ORDINAL.match(text) and any(map(str.isdecimal, text))))


def _is_digits(text: str) -> bool:
    """Whether a text is digits with at most a word of two characters behind them, and is no ordinal."""
    # A pattern for this takes longer to compile than all tables of a report to read.
    word = [at for at, sign in enumerate(text) if "㐀" <= sign <= "鿿"]
    ahead = text[: word[0]] if word else text
    short = len(word) < 2 or (len(word) == 2 and word[1] == word[0] + 1)
    return short and any(map(str.isdecimal, ahead)) and not _ORDINAL.fullmatch(text)


def _is_head(word: Word, table: str) -> bool:
    """Whether the label of a row may be the head of a group or a column."""
    return word.entry("group", table) is not None or word.entry("column", table) is not None


def _is_uneven(numbers: Counts | None, rows: Sequence[Row]) -> bool:
    """Whether a cell may be blank between zeros that have lines of their own, and the last of them be of none."""
    return numbers is not None and not any(numbers) and len({row.gap for row in rows[1:]}) > 1


def _loose(row: Row) -> bool:
    """Whether a row is one piece: every cell has a line of its own."""
    return len(row.line.pieces) == 1


def _cells(row: Row, start: int, width: int) -> tuple[Piece, ...]:
    """The cells of a grid from one on, if they are as many as the columns and some hold nothing."""
    cells = row.line.pieces[start:]
    if not row.grid or row.inferred or len(cells) != width:
        return ()
    kinds = {piece.value.kind if piece.value and not piece.shared else "" for piece in cells}
    return cells if "blank" in kinds and kinds & _PRINTED and kinds <= _CELLS else ()


def blank_columns(rows: Mapping[int, RowReading]) -> dict[int, set[int]]:
    """The columns in which each row holds nothing."""
    return {
        row: {at for at, slot in enumerate(reading.slots) if slot is None or slot.blank}
        for row, reading in rows.items()
    }
