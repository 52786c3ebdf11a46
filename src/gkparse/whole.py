"""Whole tables: the label of every row of the form, in order, each followed by all its numbers.

Nothing is left to find out in such a table, so that it needs neither pairing nor alignment. Most
tables are whole, in whatever layout.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from gkparse.folding import fold, simplified
from gkparse.pieces import Piece
from gkparse.rows import Row
from gkparse.runs import RowReading
from gkparse.shape import Shape

__all__ = ["ODD", "heads_in_disorder", "whole_table"]

# What may stand for a value without being one, where every cell is a line.
ODD = re.compile(
    r"[?？!！*＊#×✕✗xX✓√~～…=＝.·•_\ufffd□■○●◯]{1,3}|\d[\d.,]*\d[%％*＊?？]?|\d[%％*＊?？]"
)


def whole_table(shape: Shape, rows: Sequence[Row]) -> dict[int, RowReading] | None:
    """What a whole table says, by the index of its rows; None for any other table."""
    name, widths, needed = shape.table.name, shape.widths, shape.needed
    bare = len(shape.rows) == 1  # its row has no label
    found: dict[int, RowReading] = {}
    label: Piece | None = None
    home: Row | None = None  # the physical row of the label
    numbers: list[Piece] = []
    left = widths[0] if bare else 0  # how many numbers the open row lacks
    for row in rows:
        for piece in row.pieces:
            if (value := piece.value) is not None:
                if value.kind == "number" and left and not piece.shared:
                    numbers.append(piece)
                    left -= 1
                    if not left:
                        aligned = home is not row and not bare
                        found[needed[len(found)]] = RowReading(tuple(numbers), label, aligned)
                        numbers = []
                elif value.kind != "blank":
                    return None
                continue
            if numbers or (left and not bare) or (not piece.word and ODD.fullmatch(piece.text)):
                return None
            entry = piece.word.entry("row", name) if piece.word else None
            if entry is None:
                continue
            if len(found) < len(needed) and entry.index == needed[len(found)]:
                label, home, left = piece, row, widths[entry.index]
            elif piece.word and not (piece.word.entry("group", name) or piece.word.entry("column", name)):
                return None
    if len(found) < len(needed) or (bare and heads_in_disorder(shape, rows)):
        return None
    return found


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
