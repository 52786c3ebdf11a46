"""Alignment: which printed value of a row stands in which column.

A row that prints as many values as the table has columns needs none of this. Else every way to
lay what is printed over the columns is a candidate, and the place of the cells, then the printed
arithmetic, choose among them. One answer is taken; where several are left, only what all of them
agree on is, and the row is flagged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, zip_longest
from math import comb
from typing import TypeAlias

import attrs

from gkparse.pieces import Piece
from gkparse.printed import BLANK, CUT
from gkparse.runs import Run, Slots, nothing, numbers_of, parted, values
from gkparse.shape import Numbers, Sums
from gkparse.spacing import Spacing

__all__ = ["MOST_CANDIDATES", "MOST_NODES", "Answer", "align", "candidates", "rejoined"]

# The bound on the work for one row: more ways than these are not weighed.
MOST_CANDIDATES = 3003
# So many rows that end with their own sum say that a table prints totals.
_ENOUGH_TOTALS = 5
# The bound on the work for a table: a search that takes more steps has found nothing.
MOST_NODES = 20_000


@attrs.frozen
class Answer:
    """The columns of a row; `by_sums` where the arithmetic chose, `sure` where one way was left."""

    slots: Slots
    sure: bool = True
    by_sums: bool = False


def candidates(pieces: Sequence[Piece], width: int) -> Iterator[Slots]:
    """Every way to lay the values and blanks of a row over `width` columns, in order.

    Blanks around the values may be padding; one value too many may be any of them.
    None at all where there would be more than `MOST_CANDIDATES`.
    """
    printed = [piece for piece in pieces if piece.value is not BLANK]
    if any(piece.value is CUT for piece in printed):
        return
    if len(printed) != width and any(piece.shared for piece in printed):
        return  # which of its values a cell is about cannot be known
    if len(pieces) == width or len(printed) == width:
        yield tuple(pieces if len(pieces) == width else printed)
    elif not printed:
        if len(pieces) > width:
            yield tuple(pieces[:width])
    elif len(printed) > width:
        if width == 1 and len({values((piece,)) for piece in printed}) == 1:
            yield (printed[0],)  # a merged cell, printed once for each cell that it covers
        elif len(printed) == width + 1:
            for left_out in range(width, -1, -1):
                yield (*printed[:left_out], *printed[left_out + 1 :])
    elif len(pieces) > width:
        filled = [at for at, piece in enumerate(pieces) if not piece.blank]
        last_start = min(filled[0], len(pieces) - width)
        for start in range(max(0, filled[-1] - width + 1), last_start + 1):
            yield tuple(pieces[start : start + width])
    elif comb(width, len(pieces)) <= MOST_CANDIDATES:
        for places in combinations(range(width), len(pieces)):
            slots: list[Piece | None] = [None] * width
            for place, piece in zip(places, pieces, strict=True):
                slots[place] = piece
            yield tuple(slots)


def rejoined(printed: Sequence[Piece], width: int, sums: Sums) -> Numbers:
    """The numbers of a row with one value too many, two of which are halves of one that was split.

    None at all, unless that is the one way in which the row adds up, no value left out.
    """
    if len(printed) != width + 1 or not all(piece.text.isdecimal() for piece in printed):
        return ()
    if any(sums.hold(numbers_of(slots)) for slots in candidates(printed, width)):
        return ()
    texts = [piece.text for piece in printed]
    ways = {
        (*map(int, texts[:at]), int(texts[at] + texts[at + 1]), *map(int, texts[at + 2 :]))
        for at in range(width)
        if not texts[at].startswith("0")
    }
    holding = [way for way in ways if sums.hold(way)]
    return holding[0] if len(holding) == 1 else ()


def agreed(found: Sequence[Slots]) -> Slots:
    """What all ways have in common, column by column."""
    return tuple(
        column[0] if len({id(piece) for piece in column}) == 1 else None
        for column in zip(*found, strict=True)
    )


def align(
    runs: Mapping[int, Run],
    widths: Sequence[int],
    sums: Sums,
    spacing: Spacing,
    heads: tuple[int, ...] | None = None,
) -> dict[int, Answer]:
    """The columns of each row; a row for which there is no way at all is left out.

    `spacing` is what empty lines mean, `heads` where each column stands in a physical row, as
    the heads of the columns tell.
    """
    answers: dict[int, Answer] = {}
    open_rows: dict[int, list[Slots]] = {}
    leads = _Leads(heads)
    deepest = max([run.label_at for run in runs.values() if run.grid], default=-1)
    for row, run in runs.items():
        width = widths[row]
        pieces = spacing.filled(run, width) if run.loose else run.pieces
        if run.loose and run.spaced and (pieces is run.pieces or not sums.allow(numbers_of(tuple(pieces)))):
            # The empty lines mean something else here.
            pieces = spacing.led(run, width, sums) or run.pieces
        if run.label_at >= 0 and not run.loose and width < len(pieces) == max(widths):
            # The last cell reaches to the edge of the table: what it covers is blank, or repeats it.
            rest = pieces[width :]
            last = values(pieces[width - 1 : width])
            marked = all(piece.blank and piece.text for piece in rest)
            if marked or (run.grid and all(p.blank or values((p,)) == last for p in rest)):
                pieces = pieces[: width]
        if len(run.pieces) < width and (short := _short_of_zeros(run, width)):
            answers[row] = Answer(short, sure=False)
            continue
        found = list(_stripped(run, width, sums) or candidates(pieces, width))
        if found and _numbered(run, width):
            found.append(tuple(run.pieces[1:]))
        if run.inferred and len(found) == 1 and sums.hold(numbers_of(found[0])) is False:
            found = list(candidates(run.printed, width))
        if len(found) == 1:
            answers[row] = Answer(
                found[0], sure=not (_crowded(run, pieces, deepest) or spacing.overfull(run, width)), by_sums=len(pieces) < width
            )
            leads.learn(run, found[0])
        else:
            open_rows[row] = found
    odd = _odd(answers, runs, sums) | _misfits(answers, runs, widths) | _unlike_repeats(answers, runs)
    lacking = max(
        [run.label_at for row, run in runs.items() if run.grid and len(run.pieces) < widths[row]], default=-1
    )
    for row, answer in answers.items():
        if row in odd or leads.unlike(runs[row]) or _beside_label(runs[row], answer.slots, lacking):
            answers[row] = attrs.evolve(answer, sure=False)
    for row in list(open_rows):
        slots = leads.place(runs[row], widths[row])
        doubtful = _numbered(runs[row], widths[row])
        if slots and not (doubtful and _belied(slots, open_rows[row], sums)):
            answers[row] = Answer(slots)
            del open_rows[row]
    if open_rows:
        for row, answer in _by_sums(open_rows, runs, widths, sums, answers):
            # A blank first may be no cell of the row's columns, whatever its sums say.
            answers[row] = attrs.evolve(answer, sure=answer.sure and not leads.unlike(runs[row]))
    return answers


def _stripped(run: Run, width: int, sums: Sums) -> list[Slots]:
    """The one way in which a row that has lost the blanks around it adds up.

    Tools strip lines; the blanks between two values of a grid stay.
    """
    missing = width - len(run.pieces)
    if run.label_at >= 0 or run.cut or missing <= 0:
        return []
    filled = [at for at, piece in enumerate(run.pieces) if not piece.blank]
    if not (run.grid and not run.inferred and filled and len(filled) <= filled[-1] - filled[0]):
        return []
    before, after = nothing(run.pieces[0].start), nothing(run.pieces[-1].end)
    ways: list[Slots] = [
        (*[before] * lead, *run.pieces, *[after] * (missing - lead)) for lead in range(missing + 1)
    ]
    fitting = [way for way in ways if sums.hold(numbers_of(way))]
    return fitting if len(fitting) == 1 else []


def _odd(answers: Mapping[int, Answer], runs: Mapping[int, Run], sums: Sums) -> set[int]:
    """The rows with a value for each column and a blank between them that others do not have there.

    Beside the columns of the form such a table has others, as of remarks. Where neither another row nor a sum tells,
    a number may also stand in two cells, and none in a third.
    """
    places: dict[tuple[int, int, int], dict[int, tuple[int, ...]]] = {}
    for row, answer in answers.items():
        run, width = runs[row], len(answer.slots)
        if len(run.printed) == width < len(run.pieces):
            own = tuple([at for at, piece in enumerate(run.pieces) if not piece.blank])
            places.setdefault((run.label_at, len(run.pieces), width), {})[row] = own
    return {
        row for found in places.values() if len(found) == 1 or len(set(found.values())) > 1
        for row, own in found.items()
        if parted(own) and (len(found) > 1 or sums.hold(numbers_of(answers[row].slots)) is None)
    }


def _misfits(answers: Mapping[int, Answer], runs: Mapping[int, Run], widths: Sequence[int]) -> set[int]:
    """The rows of blanks and values that leave out a cell in which another row of as many cells has a value."""
    filled: dict[tuple[bool, int, int], set[int]] = {}
    # Whether there is a label, the last cell, and how many columns: the same where columns are.
    like = {row: (run.label_at < 0, run.label_at + len(run.pieces), widths[row]) for row, run in runs.items() if not run.loose}
    for row, kind in like.items():
        run = runs[row]
        filled.setdefault(kind, set()).update(run.label_at + at for at, piece in enumerate(run.pieces) if not piece.blank)
    found = set()
    for row in like.keys() & answers.keys():
        run, slots = runs[row], answers[row].slots
        if 0 < len(run.printed) < len(slots) < len(run.pieces):
            own = {id(piece) for piece in slots}
            left = [run.label_at + at for at, piece in enumerate(run.pieces) if id(piece) not in own]
            if not filled[like[row]].isdisjoint(left):
                found.add(row)
    return found


def _unlike_repeats(answers: Mapping[int, Answer], runs: Mapping[int, Run]) -> set[int]:
    """The rows whose one value is printed several times, where others print theirs another number of times.

    A tool that repeats merged cells does so in every row; what only looks so may be the digits of a number. In a
    grid, where a table may go on below with other cells, single digits are.
    """
    times = {row: len(runs[row].printed) for row, answer in answers.items() if len(answer.slots) == 1}
    if len({count for count in times.values() if count}) < 2:
        return set()
    return {
        row
        for row, count in times.items()
        if count > 1 and not (runs[row].grid and len(runs[row].printed[0].text) > 1)
    }


def _beside_label(run: Run, slots: Slots, deepest: int) -> bool:
    """Whether a blank is taken for a cell that stands where the labels of rows do that lack a cell."""
    padding = run.pieces[: deepest - run.label_at] if run.grid and 0 <= run.label_at < deepest else []
    first = slots[0]
    return first is not None and first.blank and any(piece is first for piece in padding)


def _crowded(run: Run, pieces: Sequence[Piece], deepest: int) -> bool:
    """Whether a cell holds several values, and one behind the first value, or all labels, holds none.

    As many values as columns may then be one column's too many, and none of another's.
    """
    if not any(piece.shared for piece in pieces):
        return False
    first = next(at for at, piece in enumerate(pieces) if not piece.blank)
    if run.grid and run.label_at == deepest == 0:
        first = 0  # no label of the table stands further right
    return any(piece.blank for piece in pieces[first:])


def _numbered(run: Run, width: int) -> bool:
    """Whether the first value of a row without a label may number the row, as some cell is blank."""
    return (
        run.label_at < 0
        and not run.loose
        and len(run.pieces) == width + 1
        and not run.pieces[0].blank
        and len(run.printed) < len(run.pieces)
    )


def _belied(slots: Slots, others: Sequence[Slots], sums: Sums) -> bool:
    """Whether the sums of a row hold in another way and not in this one."""
    return sums.hold(numbers_of(slots)) is False and any(
        sums.hold(numbers_of(other)) for other in others
    )


class _Leads:
    """Where the columns stand in a physical row: as in whole rows, or as their heads tell."""

    def __init__(self, heads: tuple[int, ...] | None) -> None:
        self.heads = heads
        self.seen: dict[tuple[int, int], Counter[tuple[int, ...]]] = {}

    def learn(self, run: Run, slots: Slots) -> None:
        if not run.loose and len(run.printed) == len(slots):
            at = {id(piece): place for place, piece in enumerate(run.pieces)}
            places = tuple(at[id(piece)] for piece in slots)
            self.seen.setdefault((run.label_at, len(run.pieces)), Counter())[places] += 1

    def unlike(self, run: Run) -> bool:
        """Whether a row that begins or ends with a blank is not as long as all whole ones."""
        if run.loose or run.label_at < 0 or not (run.pieces[0].blank or run.pieces[-1].blank):
            return False
        lengths = {length for at, length in self.seen if at == run.label_at}
        ends = {at + length for at, length in self.seen if at >= 0}
        if not lengths and len(ends) == 1 < len({at for at, _ in self.seen}):
            lengths = {ends.pop() - run.label_at}  # rows whose labels stand elsewhere all end in one cell
        return bool(lengths) and bool(run.printed) and len(run.pieces) < min(lengths)

    def place(self, run: Run, width: int) -> Slots | None:
        """The columns of a row whose values stand in a grid; None where a number is left out."""
        if counted := self.seen.get((run.label_at, len(run.pieces))):
            places = counted.most_common(1)[0][0]
        elif run.grid and self.heads and self.heads[0] > run.label_at:
            places = tuple(head - run.label_at - 1 for head in self.heads)
        else:
            return None
        if run.loose or len(places) != width or places[-1] >= len(run.pieces):
            return None
        if any(piece.shared for piece in run.pieces):
            return None  # two values in one cell have moved the others
        outside = [piece for at, piece in enumerate(run.pieces) if at not in places]
        numbered = outside == run.pieces[:1] and run.label_at < 0  # by a number of its own
        if numbered or all(piece.blank for piece in outside):
            return tuple(run.pieces[place] for place in places)
        return None


# ---------------------------------------------------------------- by the printed arithmetic


def _by_sums(
    open_rows: Mapping[int, list[Slots]],
    runs: Mapping[int, Run],
    widths: Sequence[int],
    sums: Sums,
    answers: Mapping[int, Answer],
) -> Iterator[tuple[int, Answer]]:
    """Answers for rows that their place has not settled: by the sums of the row, then the table."""
    ways: dict[int, dict[Numbers, list[Slots]]] = {}
    for row, found in open_rows.items():
        by_numbers: dict[Numbers, list[Slots]] = {}
        for slots in found:
            by_numbers.setdefault(numbers_of(slots), []).append(slots)
        if len(by_numbers) == 1:
            yield row, _answer(next(iter(by_numbers.values())), runs[row], widths[row])
            continue
        ways[row] = {n: group for n, group in by_numbers.items() if sums.hold(n)} or by_numbers
    stated = _totals_stated(open_rows, runs, sums, answers)
    solved = _search(ways, {row: numbers_of(a.slots) for row, a in answers.items()}, sums)
    for row, by_numbers in ways.items():
        left = solved.get(row, by_numbers)
        only = next(iter(left)) if len(left) == 1 else None
        holds = only is not None and sums.hold(only)
        told = stated or len(runs[row].pieces) >= widths[row]
        settled = told and (holds or (holds is None and row in solved))
        kept = [slots for n in left for slots in by_numbers[n]]
        if settled:
            yield row, attrs.evolve(_answer(kept, runs[row], widths[row]), by_sums=True)
        elif kept:
            yield row, Answer(_short(runs[row], widths[row]) or agreed(kept), sure=False)


def _totals_stated(
    open_rows: Iterable[int], runs: Mapping[int, Run], sums: Sums, answers: Mapping[int, Answer]
) -> bool:
    """Whether rows print their totals at all; where a column is lost, it may be that one."""
    if any(
        len(answer.slots) == sum(piece is not None and not piece.blank for piece in answer.slots)
        and sums.hold(numbers_of(answer.slots))
        for answer in answers.values()
    ):
        return True
    rows = [numbers_of(tuple(runs[row].printed)) for row in open_rows]
    nonzero = [numbers for numbers in rows if any(numbers)]
    return len(nonzero) >= _ENOUGH_TOTALS and all(
        numbers[-1] == sum(numbers[:-1]) for numbers in nonzero
    )


def _answer(found: Sequence[Slots], run: Run, width: int) -> Answer:
    """The answer where the numbers are certain, and only the place of zeros or blanks may not be."""
    if len(run.printed) > width and len(set(map(values, found))) == 1:
        return Answer(found[0])  # one of several equal values stands for no column
    slots = found[0] if len(found) == 1 else _short(run, width) or agreed(found)
    return Answer(slots, sure=len(found) == 1)


def _short(run: Run, width: int) -> Slots | None:
    """A row of a grid that ends early, read from its first column on; it is flagged."""
    if run.label_at < 0 or run.loose or len(run.pieces) >= width:
        return None
    return (*run.pieces, *[None] * (width - len(run.pieces)))


def _short_of_zeros(run: Run, width: int) -> Slots | None:
    """Such a row if it prints nothing but zeros: wherever they stand, the numbers are the same."""
    if any([piece.value is None or piece.value.value != 0 or piece.shared for piece in run.pieces]):  # noqa: C419
        return None  # as there is nothing to choose, this is much faster than to weigh all ways
    return _short(run, width) if comb(width, len(run.pieces)) <= MOST_CANDIDATES else None


_Total: TypeAlias = tuple[tuple[int, ...], tuple[int, ...]]


def _search(
    ways: Mapping[int, Mapping[Numbers, object]], known: Mapping[int, Numbers], sums: Sums
) -> dict[int, set[Numbers]]:
    """The numbers of each row in every solution of the table's sums; nothing beyond the bound."""
    told = [(parts, whole) for parts, whole in sums.rows if {*parts, *whole} <= {*ways, *known}]
    search = _Search(ways, dict(known), sorted(ways, key=lambda row: len(ways[row])))
    for total in told:
        if not search.closes(total) and any(search.lacking(total)):
            return {}  # what is certain does not add up
    return search.found if any(search.closing) and search.extend(0) else {}


@attrs.define
class _Search:
    """A search for the numbers of some rows with which a table adds up; `found` has those of each."""

    ways: Mapping[int, Mapping[Numbers, object]]
    placed: dict[int, Numbers]
    rows: Sequence[int]
    found: dict[int, set[Numbers]] = attrs.field(factory=dict)
    closing: list[list[_Total]] = attrs.field(init=False)  # the sums that each of the rows is the last of
    nodes: int = 0

    @closing.default
    def _none(self) -> list[list[_Total]]:
        return [[] for _ in self.rows]

    def closes(self, total: _Total) -> bool:
        """Keep a sum for the last of its rows that is sought; whether there is any."""
        sought = [at for at, row in enumerate(self.rows) if row in total[0] or row in total[1]]
        if sought:
            self.closing[sought[-1]].append(total)
        return bool(sought)

    def extend(self, at: int) -> bool:
        """Look for solutions from a row on; False where the bound is met."""
        if at == len(self.rows):
            for row in self.rows:
                self.found.setdefault(row, set()).add(self.placed[row])
            return True
        row = self.rows[at]
        needed = {self.lacking(total, row) for total in self.closing[at]}
        for numbers in self.ways[row]:
            self.nodes += 1
            if self.nodes > MOST_NODES:
                return False
            if needed and needed != {numbers}:
                continue
            self.placed[row] = numbers
            if not self.extend(at + 1):
                return False
        return True

    def lacking(self, total: _Total, row: int = -1) -> Numbers:
        """What a row must come to for a sum to hold; without one, how much more its parts are."""
        sides = ([self.placed[own] for own in side if own != row] for side in total)
        more, less = ([sum(column) for column in zip(*side, strict=True)] for side in sides)
        sign = -1 if row in total[0] else 1
        # A side of which no other row is left is empty.
        return tuple([sign * (one - other) for one, other in zip_longest(more, less, fillvalue=0)])
