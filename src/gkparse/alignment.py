"""Alignment: which printed value of a row stands in which column.

A row that prints as many values as the table has columns needs none of this. Else every way to
lay what is printed over the columns is a candidate; the place of the cells, then the printed
arithmetic, choose among them. One answer is taken; where several are left, only what all of them
agree on is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from math import comb
from typing import TypeAlias

from gkparse.pieces import Piece

__all__ = ["MOST_CANDIDATES", "Slots", "agreed", "candidates", "values"]

Slots: TypeAlias = tuple[Piece | None, ...]

# The bound on the work for one row: more ways than these are not weighed, and the row is flagged.
MOST_CANDIDATES = 3003


def candidates(pieces: Sequence[Piece], width: int) -> Iterator[Slots]:
    """Every way to lay the values and blanks of a row over `width` columns, in order.

    Blanks around the values may be padding; a value too many may be any one of them.
    None at all where there would be more than `MOST_CANDIDATES`.
    """
    printed = [piece for piece in pieces if not piece.blank]
    if len(pieces) == width or len(printed) == width:
        yield tuple(pieces if len(pieces) == width else printed)
    elif len(printed) > width:
        if len(printed) == width + 1:
            for left_out in range(width, -1, -1):
                yield (*printed[:left_out], *printed[left_out + 1 :])
    elif len(pieces) > width:
        filled = [at for at, piece in enumerate(pieces) if not piece.blank]
        first, last = (filled[0], filled[-1]) if filled else (0, 0)
        if not filled:
            yield tuple(pieces[:width])
            return
        for start in range(max(0, last - width + 1), min(first, len(pieces) - width) + 1):
            yield tuple(pieces[start : start + width])
        if first == 0 and len(pieces) == width + 1:
            yield tuple(pieces[1:])  # the first may number the row
    elif comb(width, len(pieces)) <= MOST_CANDIDATES:
        for places in combinations(range(width), len(pieces)):
            slots: list[Piece | None] = [None] * width
            for place, piece in zip(places, pieces, strict=True):
                slots[place] = piece
            yield tuple(slots)


def values(slots: Slots) -> tuple[object, ...]:
    """The numbers in the columns, None where a column holds none."""
    return tuple(piece.value.value if piece and piece.value else None for piece in slots)


def agreed(found: Sequence[Slots]) -> Slots:
    """What all candidates have in common, column by column."""
    return tuple(
        column[0] if len({id(piece) for piece in column}) == 1 else None
        for column in zip(*found, strict=True)
    )


Adds: TypeAlias = Callable[[Slots], bool | None]
