"""Whole tables: the label of every row of the form, in order, each followed by all its values.

Nothing is left to find out in such a table, so that it needs neither pairing nor alignment. Most
tables are whole, in whatever layout; a blank counts as a value where the cells of its row are known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from gkparse.folding import fold, simplified
from gkparse.pieces import Piece
from gkparse.printed import BLANK
from gkparse.readings import RowReading
from gkparse.rows import Row
from gkparse.runs import numbers_of
from gkparse.shape import Shape

__all__ = ["ODD", "blank_columns", "heads_in_disorder", "whole_table"]

_PRINTED = frozenset({"number", "mark"})
_CELLS = _PRINTED | {"blank"}
# What may stand for a value without being one, where every cell is a line.
ODD = re.compile(
    r"[?？!！*＊#×✕✗xX✓√~～…=＝.·•_\ufffd□■○●◯]{1,3}|\d[\d.,]*\d[%％*＊?？]?|\d[%％*＊?？]"
)


def whole_table(shape: Shape, rows: Sequence[Row]) -> dict[int, RowReading] | None:
    """What a whole table says, by the index of its rows; None for any other table."""
    found = _Whole(shape).read(rows)
    if found is None or (len(shape.rows) == 1 and heads_in_disorder(shape, rows)):
        return None
    return found


class _Whole:
    """A table that is read as a whole one, as long as it is one."""

    def __init__(self, shape: Shape) -> None:
        self.shape, self.name, self.needed = shape, shape.table.name, shape.needed
        self.found: dict[int, RowReading] = {}
        self.gaps = False  # whether some cells are blank
        self.padded = False  # whether some rows have more cells than the form has columns

    def read(self, rows: Sequence[Row]) -> dict[int, RowReading] | None:
        bare = len(self.shape.rows) == 1  # its row has no label
        label: Piece | None = None
        home: Row | None = None  # the physical row of the label
        source: Row | None = None  # the physical row of its first value
        values: list[Piece] = []
        left = self.shape.widths[0] if bare else 0  # how many values the open row lacks
        for row in rows:
            if bare and left and not values and (cells := _cells(row, 0, left)):
                self.take(None, cells, aligned=False)
                left = 0
                continue
            for at, piece in enumerate(row.pieces):
                if (value := piece.value) is not None:
                    if value.kind in _PRINTED and left and not piece.shared:
                        if not values:
                            source = row
                        elif row is not source and not (_loose(row) and source and _loose(source)):
                            return None
                        values.append(piece)
                        left -= 1
                        if not left:
                            self.take(label, tuple(values), aligned=home is not row and not bare)
                            values = []
                    elif value.kind != "blank":
                        return None
                    elif home is row:
                        self.padded = True
                    continue
                if values or (left and not bare) or (not piece.word and ODD.fullmatch(piece.text)):
                    return None
                entry = piece.word.entry("row", self.name) if piece.word else None
                if entry is None or piece.word is None:
                    continue
                if len(self.found) < len(self.needed) and entry.index == self.needed[len(self.found)]:
                    width = self.shape.widths[entry.index]
                    if cells := _cells(row, at + 1, width):
                        self.take(piece, cells, aligned=False)
                        break
                    label, home, left = piece, row, width
                elif not (piece.word.entry("group", self.name) or piece.word.entry("column", self.name)):
                    return None
        if len(self.found) < len(self.needed) or (self.gaps and (self.padded or self.belied())):
            return None
        return self.found

    def take(self, label: Piece | None, slots: tuple[Piece, ...], *, aligned: bool) -> None:
        self.gaps = self.gaps or any([piece.value is BLANK for piece in slots])  # noqa: C419 - this is faster
        self.found[self.needed[len(self.found)]] = RowReading(slots, label, aligned)

    def belied(self) -> bool:
        """Whether blanks leave more in a column than its total."""
        numbers = {row: numbers_of(reading.slots) for row, reading in self.found.items()}
        return bool(self.shape.belied(numbers, blank_columns(self.found)))


def _loose(row: Row) -> bool:
    """Whether a row is one piece: every cell has a line of its own."""
    return len(row.pieces) == 1


def _cells(row: Row, start: int, width: int) -> tuple[Piece, ...]:
    """The cells of a grid from one on, if they are as many as the columns and some hold nothing."""
    cells = row.pieces[start:]
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


def heads_in_disorder(shape: Shape, rows: Sequence[Row]) -> bool:
    """Whether the heads of the columns were all met, and in another order than the form's.

    Those of the totals aside, which tools put elsewhere without moving their values.
    """
    texts = [piece.text for row in rows for piece in row.pieces if not piece.value]
    return _in_disorder(shape, "".join(texts))


@lru_cache(maxsize=256)
def _in_disorder(shape: Shape, printed: str) -> bool:
    columns = shape.rows[0][0].columns
    totals = {columns[at].label for _, whole in shape.columns for at in whole}
    labels = [column.label for column in columns if column.label not in totals]
    met = re.findall("|".join(dict.fromkeys(labels)), simplified(fold(printed).key))
    return sorted(met) == sorted(labels) and met != labels
