"""Pairing: labels and values of a table that stand in rows of their own.

Between two places of the form that are certain, what was met is paired by the side of the label
on which the table's values stand, or by the order of the form where the counts agree. What the
table does not make certain is flagged, and what is left over is said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TypeAlias

import attrs

from gkparse.pieces import Piece
from gkparse.runs import Run, numbers_of, values
from gkparse.shape import Shape

__all__ = ["Label", "Pairing"]


@attrs.define(eq=False)
class Label:
    """A row's label that was met.

    `weak` says that it may be the head of a group instead, `ahead` counts the pieces of a broken
    label that are still to come, `gap` the empty lines behind it, `bound` that its values were
    found; `blank` are blank cells behind it, its own unless values turn up in a row of their own.
    """

    row: int
    piece: Piece
    weak: bool = False
    ahead: int = 0
    gap: int = 0
    bound: bool = False
    blank: Run | None = None


# So many whole rows say that a value that stands alone is no row.
_ENOUGH_WHOLE = 5
# So many runs may stand on the other side of their label, or be parted from it.
_FEW = 3
# A float is a place in the form that is certain, None a word that is no row's label.
Event: TypeAlias = Label | Run | float | None


class Pairing:
    """The labels and runs of one table, in the order in which they were met.

    After `pair`, `bound` holds the runs of each row with its label, `empty` the labels without
    values, `unsure` the rows whose values may not be theirs and `unclaimed` the runs left over.
    """

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.width: int = max(shape.widths)
        self.events: list[Event] = []
        self.bound: dict[int, list[tuple[Run, Piece | None]]] = {}
        self.empty: dict[int, Label] = {}
        self.unsure: list[tuple[Label, Run]] = []
        self.unclaimed: list[Run] = []
        self.paired: list[tuple[Label, Run]] = []
        self.near: dict[int, set[int]] = {}  # by a run's identity: the rows met around it

    # ------------------------------------------------------------ what is met

    def bind(self, label: Label, run: Run) -> None:
        """Take a run as a row's own; the label of a row may have it on several lines."""
        if label.bound and run.loose:
            self.bound[label.row][-1][0].pieces.extend(run.pieces)
            return
        label.bound = True
        self.bound.setdefault(label.row, []).append((run, label.piece))
        self.events.append(float(label.row))

    def meet(self, item: Event) -> None:
        """Keep what no physical row has bound; a run goes on with the one before it."""
        last = self.events[-1] if self.events else None
        if isinstance(item, Run) and isinstance(last, Run):
            together = last.loose and (item.loose or len(item.pieces) < self.width)
            wrapped = not (last.grid or item.grid)
            if together or (wrapped and len(last.pieces) + len(item.pieces) <= self.width):
                last.pieces.extend(item.pieces)
                last.gaps.extend(item.gaps)
                last.after = item.after
                return
        if item is not None or last is not None:
            self.events.append(item)

    # ------------------------------------------------------------ what belongs together

    def pair(self) -> None:
        """Pair what was met."""
        if len(self.shape.rows) == 1:
            self._single()
            return
        if not any([isinstance(item, Label | Run) for item in self.events]):  # noqa: C419 - faster
            return
        for item in self.events:
            if isinstance(item, Label) and item.row in self.bound and (cells := self._blank(item)):
                self.bound[item.row].append((cells, item.piece))  # it is printed again
        self._join_heads()
        self._mend()
        self._deal()
        self._settle_weak()
        if len(set(self.shape.widths)) == 1:
            self._part()
            self._set_aside()
        if not any(isinstance(item, Label | Run) for item in self.events):
            return
        values_first, certain = self._orientation()
        self._neighbours()
        known = {
            item.row: item
            for item in self.events
            if isinstance(item, Label) and item.row not in self.bound
        }
        gaps = list(self._gaps(known))
        # Where somewhere the order of the form says otherwise, the side of a label says nothing.
        certain = certain and all(
            len(runs) != len(between)
            or {id(run) for _, run in _beside(items, values_first)} == set(map(id, runs))
            for _, items, between, _ in gaps
            if (runs := [item for item in items if isinstance(item, Run)])
        )
        for low, items, between, rows in gaps:
            free = [label for label in between if label.row in known]
            if not free and self._unlabelled(items, rows):
                continue
            for label in self._gap(items, free, values_first, certain, self._sound(low)):
                known.pop(label.row, None)
        if any(len(run.pieces) >= self.width for run in self.unclaimed):
            # Where a whole row is left over, the others may have other labels.
            self.unsure.extend(self.paired)
            self.unsure.extend(self._run_together())
        for label in known.values():
            if label.blank:
                self.bound[label.row] = [(label.blank, label.piece)]
            else:
                self.empty[label.row] = label

    def _gaps(
        self, known: dict[int, Label]
    ) -> Iterator[tuple[float, list[Label | Run], list[Label], list[int]]]:
        """What was met behind each certain place, and the labels and rows that belong there."""
        rows = [row for row, (_, form_row) in enumerate(self.shape.rows) if not form_row.optional]
        low = -1.0
        items: list[Label | Run] = []
        for item in (*self.events, float("inf")):
            if isinstance(item, float):
                yield (
                    low,
                    items,
                    [known[row] for row in sorted(known) if low < row < item],
                    [row for row in rows if low < row < item and row not in self.bound],
                )
                low, items = item, []
            elif item is not None:
                items.append(item)

    def _unlabelled(self, items: list[Label | Run], rows: list[int]) -> bool:
        """Give runs whose labels are lost to the rows that belong there, if they are as many."""
        runs = [item for item in items if isinstance(item, Run)]
        if not runs or [len(run.pieces) for run in runs] != [self.shape.widths[r] for r in rows]:
            return False
        for row, run in zip(rows, runs, strict=True):
            run.aligned = True
            self.bound.setdefault(row, []).append((run, None))
            self.unsure.append((Label(row, run.pieces[0]), run))
        return True

    def _run_together(self) -> list[tuple[Label, Run]]:
        """The rows on one line of a table whose others are not: a line end may have been lost there."""
        found = [
            (Label(row, piece), run)
            for row, own in self.bound.items()
            for run, piece in own
            if piece and not run.aligned
        ]
        return found if len(found) < len(self.unsure) else []

    def _sound(self, place: float) -> bool:
        """Whether the row at a certain place has all its values, and not the next row's; else some may be met behind it."""
        if place not in self.bound:
            return True
        run, _ = self.bound[int(place)][-1]
        width, count = self.shape.widths[int(place)], len(run.pieces)
        # A single value may be printed once for each column that its cell covers.
        return count >= width and (width == 1 or count < 2 * width)

    def _gap(
        self,
        items: list[Label | Run],
        between: list[Label],
        values_first: bool,
        certain: bool,
        sound: bool,
    ) -> list[Label]:
        """Pair what stands between two certain places; the labels that were paired."""
        runs = [item for item in items if isinstance(item, Run)]
        pairs = _beside(items, values_first)
        # A run that is too long hides a label, unless there is one run a label anyway.
        fitting = all(len(run.pieces) <= self.width for run in runs)
        sure = certain and sound and len(pairs) == len(runs) and (fitting or 2 * len(runs) == len(items))
        rows = [item.row for item in items if isinstance(item, Label)]
        in_order = rows == sorted(rows) and len(runs) == len(between)
        sides = [set(_beside(items, first)) for first in (values_first, not values_first)]
        # Every run may stand beside its label, on the side that the heads of groups hide.
        beside = in_order and any(len(side) == len(runs) for side in sides)
        if not sure and in_order and (self._whole(runs) or len(runs) == 1 or beside):
            pairs = list(zip(between, runs, strict=True))
            # Where many stand beside another label on either side, a loss has made the counts equal.
            sure = sound and min(len(side - set(pairs)) for side in sides) <= _FEW and not self._marked(runs)
        if 2 * self._fitting(pairs) <= len(pairs) and self._fitting(_beside(items, not values_first)):
            sure = False  # few runs are whole rows of these labels, and some are of those on their other side
        for label, run in pairs:
            run.aligned = True
            self.bound.setdefault(label.row, []).append((run, label.piece))
            # A row with blank cells of its own has no values elsewhere; a tool may have stripped the last of them.
            if sure and not (label.blank and len(label.blank.pieces) >= self.shape.widths[label.row] - 1):
                self.paired.append((label, run))
            else:
                self.unsure.append((label, run))
        paired = {id(run) for _, run in pairs}
        self._leave(run for run in runs if id(run) not in paired)
        return [label for label, _ in pairs]

    def _fitting(self, pairs: Sequence[tuple[Label, Run]]) -> int:
        """How many labels have as many values as their rows have columns."""
        return sum(len(run.pieces) == self.shape.widths[label.row] for label, run in pairs)

    def _blank(self, label: Label) -> Run | None:
        """The blank cells behind a label, if there is one for each column."""
        cells = label.blank
        return cells if cells and len(cells.pieces) >= self.shape.widths[label.row] else None

    def _whole(self, runs: Iterable[Run]) -> bool:
        """Whether each run is a row, and none is belied by the sums within a row."""
        sums = self.shape.sums(())
        return all(
            len(run.pieces) == self.width
            and (
                sums.hold(numbers_of(tuple(run.pieces))) is not False
                # A row with a blank or a mark says nothing.
                or None in values(run.pieces)
            )
            for run in runs
        )

    def _marked(self, runs: Iterable[Run]) -> bool:
        """Whether a run with marks does not add up with zeros for them: values may stand column by column."""
        sums = self.shape.sums(())
        return any(
            len(run.pieces) == self.width
            and None in values(run.pieces)
            and not any(piece.blank for piece in run.pieces)
            and sums.hold(numbers_of(tuple(run.pieces))) is False
            for run in runs
        )

    def _orientation(self) -> tuple[bool, bool]:
        """Whether values stand before their label, and whether that is certain.

        The ends of the table tell, and the heads of groups, which never part a label from its
        own values.
        """
        votes = Counter[bool]()
        placed = [item for item in self.events if isinstance(item, Label | Run)]
        votes[isinstance(placed[0], Run)] += 1
        votes[isinstance(placed[-1], Label)] += 1
        for before, mark, after in zip(self.events, self.events[1:], self.events[2:], strict=False):
            if mark is None and isinstance(before, Label) and isinstance(after, Run):
                votes[True] += 1
            if mark is None and isinstance(before, Run) and isinstance(after, Label):
                votes[False] += 1
        return votes[True] > votes[False], not (votes[True] and votes[False])

    def _neighbours(self) -> None:
        """Remember which rows were met directly before and behind each run."""
        for events in (self.events, self.events[::-1]):
            last: int | None = None
            for item in events:
                if isinstance(item, Run):
                    self.near.setdefault(id(item), set()).update(() if last is None else (last,))
                elif isinstance(item, Label):
                    last = item.row
                elif isinstance(item, float) and item >= 0 and item == int(item):
                    last = int(item)

    def _settle_weak(self) -> None:
        """A label that may head a group is a row's where its values follow at once."""
        following = [*self.events[1:], None]
        self.events = [
            None if isinstance(item, Label) and item.weak and not isinstance(after, Run) else item
            for item, after in zip(self.events, following, strict=bool(self.events))
        ]

    def _join_heads(self) -> None:
        """Leave out a mark alone between heads: the stroke of 本年增/减 on a line of its own."""
        around = zip([0.0, *self.events], self.events, [*self.events[1:], 0.0], strict=False)
        self.events = [
            item
            for before, item, after in around
            if before is not None or after is not None or not isinstance(item, Run)
            or [piece.value.kind for piece in item.pieces if piece.value] != ["mark"]
        ]

    def _mend(self) -> None:
        """Add to a row that is not whole the values that follow it, if then it adds up."""
        kept: list[Event] = []
        for item in self.events:
            last = kept[-1] if kept else None
            if isinstance(item, Run) and isinstance(last, float) and last in self.bound:
                run, _ = self.bound[int(last)][-1]
                width = self.shape.widths[int(last)]
                if len(run.pieces) < width == len(run.pieces) + len(item.pieces):
                    whole = run.pieces + item.pieces
                    if self.shape.sums(()).hold(numbers_of(tuple(whole))) is not False:
                        run.pieces = whole
                        continue
            kept.append(item)
        self.events = kept

    def _deal(self) -> None:
        """Give labels of one value each, of which the first has all their values, its own to each.

        Only where the table prints zeros, so that none of these labels has its cell left blank.
        """
        bound = [run for found in self.bound.values() for run, _ in found]
        runs = bound + [event for event in self.events if isinstance(event, Run)]
        if not any(0 in values(run.pieces) for run in runs):
            return
        dealt: list[Event] = []
        at = 0
        while at < len(self.events):
            item, last = self.events[at], dealt[-1] if dealt else None
            at += 1
            dealt.append(item)
            if not (isinstance(item, Run) and isinstance(last, Label) and item.loose):
                continue
            behind = self.events[at : at + len(item.pieces)]
            labels = [event for event in behind[: len(item.pieces) - 1] if isinstance(event, Label)]
            single = all(self.shape.widths[label.row] == 1 for label in (last, *labels))
            if not labels or len(labels) < len(item.pieces) - 1 or not single:
                continue
            if len(behind) == len(item.pieces) and isinstance(behind[-1], Label | Run):
                continue
            each = [Run([piece], loose=True) for piece in item.pieces]
            dealt[-1] = each[0]
            for label, run in zip(labels, each[1:], strict=True):
                dealt.extend((label, run))
            at += len(labels)
        self.events = dealt

    def _part(self) -> None:
        """Part a run of loose values that is as long as several rows."""
        parted: list[Event] = []
        for item in self.events:
            many, rest = divmod(len(item.pieces), self.width) if isinstance(item, Run) else (0, 0)
            if isinstance(item, Run) and item.loose and many > 1 and not rest:
                parted.extend(
                    Run(item.pieces[at : at + self.width], loose=True)
                    for at in range(0, len(item.pieces), self.width)
                )
            else:
                parted.append(item)
        self.events = parted

    def _set_aside(self) -> None:
        """Leave lone values out of a table whose rows of values are whole: they number pages."""
        whole = sum(isinstance(e, Run) and len(e.pieces) == self.width for e in self.events)
        whole += sum(isinstance(event, float) for event in self.events)
        if whole < _ENOUGH_WHOLE:
            return
        self._neighbours()
        lone = [event for event in self.events if isinstance(event, Run) and len(event.pieces) == 1]
        self._leave(lone)
        aside = {id(run) for run in lone}
        self.events = [event for event in self.events if id(event) not in aside]

    def _single(self) -> None:
        """The values of a table that has one row and no label for it."""
        runs = [item for item in self.events if isinstance(item, Run)]
        whole = [run for run in runs if len(run.printed) == self.width]
        if len({values(run.printed) for run in whole}) == 1:
            chosen = whole[0]
        elif len(runs) == 1:
            chosen = runs[0]
        elif runs and sum(len(run.pieces) for run in runs) == self.width:
            chosen = Run([piece for run in runs for piece in run.pieces])
        else:
            self._leave(runs)
            return
        self.bound[0] = [(chosen, None)]
        used = {id(piece) for piece in chosen.pieces}
        said = values(chosen.printed)
        others = [run for run in runs if id(run.pieces[0]) not in used and values(run.printed) != said]
        if sum(number is not None for run in others for number in values(run.printed)) > _FEW:
            self.unsure.append((Label(0, chosen.pieces[0]), chosen))  # they may be what is left of another row
        self._leave(others)

    def _leave(self, runs: Iterable[Run]) -> None:
        self.unclaimed.extend(
            run for run in runs if any(value is not None for value in values(run.pieces))
        )


def _beside(items: list[Label | Run], values_first: bool) -> list[tuple[Label, Run]]:
    """The labels with a run beside them, on the side on which the table has its values."""
    return [
        (one, two)
        for one, two in pairwise(items[::-1] if values_first else items)
        if isinstance(one, Label) and isinstance(two, Run)
    ]
