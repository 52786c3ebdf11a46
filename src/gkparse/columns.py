"""Physical columns: those that tools add to a table, and those that a layout hides.

Where the values of a table's lines start, or end, in few places, those places are its columns;
a line without a value in one of them has a blank cell there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Mapping, Sequence
from itertools import pairwise
from typing import TypeAlias
from unicodedata import east_asian_width

from gkparse.pieces import Piece
from gkparse.printed import BLANK
from gkparse.rows import Row
from gkparse.runs import Run, Slots, nothing

__all__ = ["LEAST_COUNTED", "alone", "edges", "gridded", "misplaced", "uncounted", "unnumbered", "width"]

# More places than these are no columns of a form.
_MOST_COLUMNS = 20
_BESIDE = 3
# So many numbers that follow each other before all else number the rows.
_LEAST_NUMBERED = 3


def width(text: str) -> int:
    """How many columns of a terminal a text takes: two for a wide character."""
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def gridded(view: str, rows: Sequence[Row], *, headed: bool = False) -> list[Row] | None:
    """The rows with a blank piece for each column that they leave out, or None without columns.

    If `headed`, every value must stand under a head: no sums will tell whether it is misplaced.

    Some tools count a wide character as two columns and some as one; some align values to the
    left and some to the right: the count in which values stand in the fewest places is right.
    """
    # The last says whether every value stands under a head: else a place may be no column's.
    best: tuple[tuple[int, int], list[list[int]], list[int], set[int], bool] | None = None
    for measure in (width, len):
        both = [edges(view, row, measure) for row in rows]
        for side in (0, 1):
            stands = [[edge[side] for edge in found] for found in both]
            values = {
                place
                for row, found in zip(rows, stands, strict=True)
                if len(row.pieces) > 1
                for piece, place in zip(row.pieces, found, strict=True)
                if piece.value
            }
            words = {
                place
                for row, found in zip(rows, stands, strict=True)
                if len(found) > 2 and not any(piece.value for piece in row.pieces)
                for place in found
            }
            found = len(values), len(values | words)
            if headed and not values <= words:
                continue
            if values and (best is None or found < best[0]):
                best = found, stands, sorted(values | words), values, values <= words
    if best is None or best[0][1] > _MOST_COLUMNS:
        return None
    if best[0][0] > _MOST_COLUMNS // 2 and not best[4]:
        return None
    _, stood, places, valued, told = best
    standing = Counter(place for found in stood for place in found)
    # A value that stands a little beside a column has been moved: its row tells no columns.
    moved = {
        place
        for place in places
        if standing[place] == 1
        and any(0 < abs(place - other) <= _BESIDE and standing[other] > 1 for other in places)
    }
    # The head of the labels stands over no column: the widest label goes beyond it.
    labels = max(
        (
            found[0] for row, found in zip(rows, stood, strict=True)
            if not row.pieces[0].value and any(piece.value for piece in row.pieces)
        ),
        default=-1,
    )
    places = [place for place in places if place not in moved and (place > labels or place in valued)]
    return [
        # A row at the end of the text may have been cut off.
        row if moved.intersection(found) or row.end == len(view) else _filled(row, found, places, told)
        for row, found in zip(rows, stood, strict=True)
    ]


def edges(view: str, row: Row, measure: Callable[[str], int]) -> list[tuple[int, int]]:
    """Where each piece of a line starts and ends."""
    found = []
    at, place = row.start, 0
    for piece in row.pieces:
        place += measure(view[at : piece.start])
        start = place
        place += measure(view[piece.start : piece.end])
        at = piece.end
        found.append((start, place))
    return found


def _filled(row: Row, edges: list[int], places: list[int], told: bool) -> Row:
    """A row with a blank piece in each place behind its label where nothing stands."""
    if len(row.pieces) < 2:
        return row
    label = -1 if row.pieces[0].value else edges[0]
    free = [place for place in places if place > label and place not in edges]
    pieces: list[Piece] = []
    for _, piece in sorted(
        [*zip(edges, row.pieces, strict=True), *((place, None) for place in free)],
        key=lambda pair: pair[0],
    ):
        at = pieces[-1].end if pieces else row.start
        pieces.append(piece or Piece(at, at, "", BLANK))
    return Row.of(row.start, row.end, pieces, row.gap, grid=True, inferred=not told)


def misplaced(
    view: str, lines: Sequence[Row], placed: Mapping[int, Slots], inferred: Container[int]
) -> set[int]:
    """The rows with blanks whose values do not stand where those of whole rows do.

    `lines` are the rows as they are printed, `placed` has the columns of each row of the form. Where no
    row is whole, nothing tells but heads: rows whose blanks were `inferred` without them are doubted.
    """
    ways = [_stands(view, lines, placed, measure) for measure in (width, len)]
    _, found, columns = min(ways, key=lambda way: way[0])
    return {
        row for row, own in found.items()
        if None in own and any(own)
        and not (_fits(own, columns[len(own)]) if len(own) in columns else row not in inferred)
    }


_Stand: TypeAlias = tuple[int, int]


def _stands(
    view: str, lines: Sequence[Row], placed: Mapping[int, Slots], measure: Callable[[str], int]
) -> tuple[int, dict[int, list[_Stand | None]], dict[int, list[_Stand]]]:
    """Where the values of each row stand by a count, and the columns of whole rows by how many they are.

    First, how wide those are: the right count has the narrowest.
    """
    stands = {
        id(piece): edge
        for row in lines for piece, edge in zip(row.pieces, edges(view, row, measure), strict=True)
    }
    found = {
        row: [stands.get(id(slot)) if slot and not slot.blank else None for slot in slots]
        for row, slots in placed.items()
    }
    columns: dict[int, list[_Stand]] = {}
    for own in found.values():
        whole = [edge for edge in own if edge]
        if len(whole) == len(own):
            known = columns.get(len(own), whole)
            columns[len(own)] = [(min(a, c), max(b, d)) for (a, b), (c, d) in zip(known, whole, strict=True)]
    return sum(end - start for own in columns.values() for start, end in own), found, columns


def _fits(own: Sequence[_Stand | None], columns: Sequence[_Stand]) -> bool:
    """Whether each value stands in its column and in no other."""
    return all(
        [other for other, (low, high) in enumerate(columns) if edge[0] < high and low < edge[1]] == [at]
        for at, edge in enumerate(own) if edge
    )


def unnumbered(physical: Sequence[Row]) -> Sequence[Row]:
    """The rows without the numbers that data-frame tools print before each row and column."""
    kept = [row for row in physical if not row.line.traits.counting]
    beginning = [at for at, row in enumerate(kept) if len(row.line.pieces) > 1 and row.line.pieces[0].value]
    labelled = [at for at in beginning if not kept[at].line.pieces[1].value]
    numbered = _following(kept, beginning) or (_following(kept, labelled) if labelled != beginning else set())
    return [
        Row.of(row.start, row.end, row.pieces[1:]) if at in numbered else row
        for at, row in enumerate(kept)
    ]


def _following(rows: Sequence[Row], places: Sequence[int]) -> set[int]:
    """The rows among some whose first numbers follow each other, if all do."""
    found = {at: seen.value for at in places if (seen := rows[at].line.pieces[0].value) and isinstance(seen.value, int)}
    if len(found) < _LEAST_NUMBERED or any(b != a + 1 for a, b in pairwise(found.values())):
        return set()
    return {*found}


# Fewer rows than these may begin with numbers that follow each other by chance.
LEAST_COUNTED = 5


def uncounted(runs: Mapping[int, Run], widths: Sequence[int], heads: dict[int, set[int]]) -> Sequence[int]:
    """Leave out the numbers that count the rows behind their labels; the rows that may begin with one.

    A row with more values than columns shows that these numbers are none of the form's; the places of the
    `heads` say nothing then.
    """
    if len(runs) < LEAST_COUNTED:
        return ()
    own = [runs[row] for row in sorted(runs)]
    firsts = [next((at for at, piece in enumerate(run.pieces) if not piece.blank), 0) for run in own]
    counts = [run.pieces[at] for run, at in zip(own, firsts, strict=True)]
    numbers = [piece.value.value if piece.value and not piece.shared else None for piece in counts]
    steps = [
        other - one if isinstance(one, int) and isinstance(other, int) else 0 for one, other in pairwise(numbers)
    ]
    # Where rows are lost, so are their numbers.
    if min(steps) < 1 or max(steps) > _BESIDE or 4 * steps.count(1) < 3 * len(steps):
        return ()
    if not any(len(run.printed) > widths[row] for row, run in runs.items()):
        return [*runs] if numbers[0] == 1 else ()
    heads.clear()
    for run, at in zip(own, firsts, strict=True):
        run.pieces[at : at + 1] = [nothing(run.pieces[at].start)] if len(run.pieces) == 1 else []
        del run.gaps[at : at + (len(run.gaps) > len(run.pieces))]
    return ()


def alone(physical: Sequence[Row]) -> Sequence[Row]:
    """The rows of a table whose every cell has a row of its own, without blanks around the cells.

    A row of blanks alone counts as an empty line, as it is not known to be a cell.
    """
    if any(sum([piece.value is not BLANK for piece in row.line.pieces]) > 2 for row in physical):
        return physical
    full = [[piece for piece in row.pieces if not piece.blank] for row in physical]
    if not any(
        len(pieces) == 1 and pieces[0].value for pieces in full
    ) or any(len(p) == 2 and any(x.value for x in p) for p in full):
        return physical
    kept: list[Row] = []
    gap = 0
    for row, pieces in zip(physical, full, strict=True):
        gap += row.gap
        if pieces:
            kept.append(Row.of(pieces[0].start, row.end, pieces, gap, after=row.after))
            gap = 0
        else:
            gap += 1
            if kept:
                kept[-1].after = gap + row.after
    return kept
