"""Disorder: heads of columns that a table prints in another order than the form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from gkparse.folding import fold, simplified
from gkparse.rows import Line, Row
from gkparse.shape import Shape

__all__ = ["groups_in_disorder", "heads_in_disorder", "out_of_order"]


def heads_in_disorder(shape: Shape, rows: Sequence[Row]) -> bool:
    """Whether the heads of the one row of a table were all met, and in another order than the form's.

    Those of the totals aside, which tools put elsewhere without moving their values; or those above them were.
    """
    return any(_orders_of(shape, rows))


def groups_in_disorder(shape: Shape, rows: Sequence[Row]) -> bool:
    """Whether the heads above those of the columns were met in another order than the form's."""
    return _orders_of(shape, rows)[1]


def _orders_of(shape: Shape, rows: Sequence[Row]) -> tuple[bool, bool]:
    printed = "".join(piece.text for row in rows for piece in row.line.pieces if not piece.value)
    return _known_orders(shape, printed) if len(printed) <= _SHORT else _orders(shape, printed)


def _orders(shape: Shape, printed: str) -> tuple[bool, bool]:
    """Whether the heads of the columns, and those above them, come in another order."""
    block = shape.rows[0][0]
    totals = {block.columns[at].label for _, whole in shape.columns for at in whole}
    labels = [column.label for column in block.columns if column.label not in totals]
    key = simplified(fold(printed).key)
    met = re.findall("|".join(dict.fromkeys(labels)), key)
    groups = [key.find(head) for head in block.heads]
    # Two and two stand beside each other.
    beside = zip(groups[::2], groups[1::2], strict=False)
    return sorted(met) == sorted(labels) and met != labels, any(0 <= other < one for one, other in beside)


# The heads of a table recur from report to report; a longer text is none that does.
_SHORT = 400
_known_orders = lru_cache(maxsize=256)(_orders)


def out_of_order(line: Line, shape: Shape) -> bool:
    """Whether a line holds heads of columns in another order than the form has them.

    That of a total counts in a grid, or where all others stand beside it: tools put it elsewhere by itself.
    """
    name = shape.table.name
    words = [piece.word for piece in line.pieces if piece.word]
    found = [entry for word in words if (entry := word.entry("column", name))]
    if len(found) < 2 or len({entry.block for entry in found}) > 1:
        return False
    columns = shape.table.blocks[found[0].block].columns
    totals = {at for _, whole in shape.columns for at in whole}
    met = [entry.index for entry in found]
    if len(met) < len(columns) and not line.grid:
        met = [at for at in met if at not in totals]
    return any(other < one for one, other in pairwise(met))
