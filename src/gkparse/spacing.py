"""Spacing: what empty lines mean where every cell of a table is a line of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

import attrs

from gkparse.pieces import Piece
from gkparse.runs import Run, nothing, numbers_of
from gkparse.shape import Sums

__all__ = ["NO_SPACING", "Distances", "Spacing"]

# So many rows that become whole tell what empty lines mean; a distance that no text has.
_ENOUGH = 3
_NEVER = 1 << 30


@attrs.frozen
class Spacing:
    """What empty lines mean where every cell is a line: blank cells, or only a distance.

    So many lines stand before the first cell and between cells anyway; more are blank cells, each
    of so many lines as `blank` says; at least `after` lines stand behind the last one.
    `firsts` are other numbers of lines before the first cell, as of labels that span columns.
    """

    first: int
    between: int
    blank: int
    after: int = 0
    firsts: frozenset[int] = frozenset()

    @classmethod
    def learn(cls, runs: Mapping[int, Run], widths: Sequence[int]) -> Spacing | None:
        """The distances in whole rows, if there are any."""
        whole = [
            run for row, run in runs.items()
            if run.spaced and len(run.printed) == len(run.pieces) == widths[row] > 1
        ]
        if not whole:
            return None
        first = _usual([run.gaps[0] for run in whole])
        between = _usual([gap for run in whole for gap in run.gaps[1:]])
        after = min(run.after for run in whole)
        spacing = cls._fitting(runs, widths, [(first, between)])
        firsts = frozenset(run.gaps[0] for run in whole) - {first}
        return attrs.evolve(spacing, after=after, firsts=firsts)

    def adapted(self, runs: Mapping[int, Run], widths: Sequence[int]) -> Spacing:
        """The same distances, with blank cells as they are in other rows."""
        after = min((run.after for run in runs.values() if run.spaced), default=0)
        fitting = self._fitting(runs, widths, [(self.first, self.between)], self.blank)
        return attrs.evolve(fitting, after=min(after, self.after))

    @classmethod
    def guess(cls, runs: Mapping[int, Run], widths: Sequence[int]) -> Spacing:
        """The distance at which the most rows become whole, if they are enough to tell."""
        least = min([gap for run in runs.values() if run.spaced for gap in run.gaps[1:]], default=2)
        spacing = cls._fitting(runs, widths, [(distance, distance) for distance in range(min(least, 2) + 1)])
        spaced = [(row, run) for row, run in runs.items() if run.spaced and widths[row] > 1]
        if spacing._whole(spaced, widths) < max(_ENOUGH, len(spaced) // 2):
            return NO_SPACING
        return spacing

    @classmethod
    def _fitting(
        cls,
        runs: Mapping[int, Run],
        widths: Sequence[int],
        distances: Sequence[tuple[int, int]],
        *likely: int,
    ) -> Spacing:
        """Of some distances, the one at which the most rows become whole."""
        spaced = [(row, run) for row, run in runs.items() if run.spaced and widths[row] > 1]
        # A blank cell has a line of its own, or only the distance to the next one.
        ways = [
            cls(first, between, blank)
            for first, between in distances
            for blank in (*likely, between + 1, between or 1)
        ]
        return max(ways, key=lambda way: way._whole(spaced, widths))

    def _whole(self, spaced: Iterable[tuple[int, Run]], widths: Sequence[int]) -> int:
        return sum(len(self.filled(run, widths[row])) == widths[row] for row, run in spaced)

    def filled(self, run: Run, width: int, lead: int | None = None) -> list[Piece]:
        """The pieces of a loose run with its blank cells, if with them it is whole.

        `lead` blank cells come first; without it, as many as the empty lines say.
        """
        if not run.spaced or run.cut or len(run.pieces) >= width:
            return run.pieces
        if lead is None and self.firsts:
            # The lines before the first cell are the label's, or some of them are blank cells.
            extras = [run.gaps[0] - first for first in (self.first, *self.firsts)]
            leads = {extra // self.blank for extra in extras if extra >= 0 == extra % self.blank}
            ways = [self._from_first(run, width, blanks) for blanks in leads]
            whole = [way for way in ways if len(way) == width]
            return whole[0] if len(whole) == 1 else run.pieces
        return self._from_first(run, width, lead)

    def _from_first(self, run: Run, width: int, lead: int | None = None) -> list[Piece]:
        filled = [] if lead is None else [nothing(run.pieces[0].start)] * lead
        for at, (gap, piece) in enumerate(zip(run.gaps, run.pieces, strict=True)):
            extra = gap - (self.between if at else self.first)
            if at or lead is None:
                if extra < 0 or extra % self.blank:
                    return run.pieces
                filled.extend([nothing(piece.start)] * (extra // self.blank))
            filled.append(piece)
        missing = width - len(filled)
        if missing < 0 or (missing and run.after < self.after + missing * self.blank):
            return run.pieces
        return filled + [nothing(run.pieces[-1].end)] * missing

    def overfull(self, run: Run, width: int) -> bool:
        """Whether a row of zeros is whole with its blank cells, before values that stand apart behind it."""
        if not run.spaced or len(run.pieces) != width or any(numbers_of(tuple(run.pieces))):
            return False
        cells = 1
        for gap in run.gaps[1:]:
            apart = gap > self.between
            if apart and cells == width:
                return True
            cells += 1 + (gap - self.between) // self.blank if apart else 1
        return False

    def led(self, run: Run, width: int, sums: Sums) -> list[Piece] | None:
        """The pieces of a loose run with as many blank cells first as make it add up.

        Before the first row of a table stand more empty lines than its cells account for. Those between cells may
        be no cells either, where as many lines more before the first one make it whole.
        """
        if not run.spaced:
            return None
        most = min(width, max(0, run.gaps[0] - self.first) // self.blank)
        ways = [
            pieces
            for lead in range(most + 1)
            if len(pieces := self.filled(run, width, lead)) == width
        ]
        lead = width - len(run.pieces)
        if lead <= most and any(gap > self.between for gap in run.gaps[1:]):
            ways.append([nothing(run.pieces[0].start)] * lead + run.pieces)
        ways = [pieces for pieces in ways if sums.hold(numbers_of(tuple(pieces)))]
        return ways[0] if len(ways) == 1 else None

    def empty(self, gap: int, at: int, width: int) -> list[Piece] | None:
        """Blank cells for a row of nothing else, if that many empty lines stand in its place."""
        if gap < self.first + 1 + self.blank * (width - 1):
            return None
        return [nothing(at)] * width


class Distances:
    """What empty lines mean in a table: as its whole rows tell, or those of the table before.

    Few tables have to know; only what tells it is kept.
    """

    def __init__(
        self, runs: Mapping[int, Run], widths: Sequence[int], before: Callable[[], Spacing | None]
    ) -> None:
        self._runs = {row: run for row, run in runs.items() if run.spaced}
        self._widths = widths
        self._before = before

    @cached_property
    def spacing(self) -> Spacing | None:
        """The distances, if anything tells them."""
        if learned := Spacing.learn(self._runs, self._widths):
            return learned
        before = self._before()
        return before.adapted(self._runs, self._widths) if before else None


# Where empty lines mean nothing.
NO_SPACING = Spacing(_NEVER, _NEVER, _NEVER)


def _usual(gaps: list[int]) -> int:
    return Counter(gaps).most_common(1)[0][0]
