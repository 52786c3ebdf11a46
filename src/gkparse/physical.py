"""Physical columns of which some hold nothing at all: neither a label nor a value shows them.

Where every cell begins in the column of its own number, whatever spans it should have, a row's
values stand as many columns to the right as it has labels. Columns that no line shows are put
where the sums within all rows hold, if only one way does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations_with_replacement, islice
from math import comb

from gkparse.alignment import MOST_CANDIDATES
from gkparse.columns import edges, width
from gkparse.pieces import Piece
from gkparse.rows import Row
from gkparse.runs import nothing, numbers_of
from gkparse.shape import Sums

__all__ = ["arranged"]

# More places than these are no columns of a form.
_MOST_PLACES = 20
# A line of so many texts shows columns beside each other.
_HEADS = 5


def arranged(view: str, rows: Sequence[Row], columns: int, sums: Sums) -> list[Row] | None:
    """The rows with a blank piece for each column that they leave out.

    None where the columns show themselves, or where their places are not certain.
    """
    found = [_arranged(view, rows, columns, sums, measure) for measure in (len, width)]
    whole = [each for each in found if each]
    return whole[0] if len(whole) == 1 else None


def _arranged(
    view: str, rows: Sequence[Row], columns: int, sums: Sums, measure: Callable[[str], int]
) -> list[Row] | None:
    starts = [[start for start, _ in edges(view, row, measure)] for row in rows]
    valued = [
        (row, at)
        for row, at in zip(rows, starts, strict=True)
        if len(row.pieces) > 1 and row.pieces[-1].value and not row.grid
    ]
    places = sorted({place for at in starts if len(at) > 1 for place in at})
    labels = max((_labels(row) for row, _ in valued), default=0)
    hidden = labels + columns - len(places)
    if not valued or hidden <= 0 or len(places) > _MOST_PLACES:
        return None
    if not all(_plain(row) for row, _ in valued):
        return None
    number = {place: at for at, place in enumerate(places)}
    beside = {
        number[place]
        for row, at in zip(rows, starts, strict=True)
        if len(at) >= _HEADS and not any(piece.value for piece in row.pieces)
        for place in at[:-1]
    }
    free = [at for at in range(len(places)) if at not in beside]
    if not free or comb(len(free) + hidden - 1, hidden) > MOST_CANDIDATES:
        return None
    ways = (
        found
        for gaps in combinations_with_replacement(free, hidden)
        if (found := _filled(valued, number, gaps, columns, sums))
    )
    first = list(islice(ways, 2))
    if len(first) != 1:
        return None
    return [first[0].get(id(row), row) for row in rows]


def _plain(row: Row) -> bool:
    """Whether a row holds labels and then values, and nothing that parts them."""
    count = _labels(row)
    texts = all(any(map(str.isalnum, piece.text)) for piece in row.pieces[:count])
    return texts and all(piece.value for piece in row.pieces[count:])


def _labels(row: Row) -> int:
    """How many pieces stand before the first value of a row."""
    return next(at for at, piece in enumerate(row.pieces) if piece.value)


def _filled(
    valued: Sequence[tuple[Row, list[int]]],
    number: dict[int, int],
    gaps: Sequence[int],
    columns: int,
    sums: Sums,
) -> dict[int, Row] | None:
    """The rows with columns added behind some places, if then each of them adds up."""
    found = {}
    for row, at in valued:
        count = _labels(row)
        slots: list[Piece | None] = [None] * columns
        for place, piece in zip(at[count:], row.pieces[count:], strict=True):
            column = number[place] + sum(gap < number[place] for gap in gaps) - count
            if not 0 <= column < columns:
                return None
            slots[column] = piece
        if sums.hold(numbers_of(tuple(slots))) is False:
            return None
        cells = [slot or nothing(row.pieces[-1].end) for slot in slots]
        found[id(row)] = Row.of(
            row.start, row.end, (*row.pieces[:count], *cells), row.gap, grid=True, inferred=True
        )
    return found
