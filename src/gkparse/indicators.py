"""The statistics table of 2014: indicators, each with its unit and one value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

import attrs

from gkparse.columns import unnumbered
from gkparse.counts import Value
from gkparse.form import Form
from gkparse.model import Indicator
from gkparse.pieces import Piece
from gkparse.rows import Row
from gkparse.vocabulary import Word

__all__ = ["IndicatorReading", "read_indicators"]

# Each unit as it is printed, in either script, and as the form prints it.
_UNITS = {unit: unit for unit in ("条", "件", "次", "篇", "个", "人", "人次", "万元", "元", "条/件", "项")}
_UNITS |= {"條": "条", "個": "个", "萬元": "万元", "項": "项", "條/件": "条/件"}


@attrs.frozen
class IndicatorReading:
    """What was read: the indicators in order, each with its value's piece, and what is missing.

    `unclaimed` are values that stand beside no indicator.
    """

    indicators: tuple[Indicator, ...]
    pieces: tuple[Piece | None, ...]
    missing: tuple[str, ...]
    unclaimed: tuple[Piece, ...]


def read_indicators(form: Form, rows: Iterable[Row]) -> IndicatorReading:
    """Read the rows of a text; a label that the form does not have is kept without a key."""
    physical = list(rows)
    met = [at for at, row in enumerate(physical) if any(map(_is_indicator, row.pieces))]
    for first in (max(0, met[0] - 1), met[0]) if met else ():  # the heads may be numbered as well
        table = slice(first, met[-1] + 1)
        physical[table] = unnumbered(physical[table])
    reader = _Reader(form)
    reader.walk(physical)
    if reader.turned:
        other = _Reader(form, values_first=True)
        other.walk(physical)
        if reader.early is not None or other.count > reader.count:
            reader = other
    return reader.reading()


def _is_indicator(piece: Piece) -> bool:
    return piece.word is not None and any(e.role == "indicator" for e in piece.word.entries)


@attrs.define(eq=False)
class _Open:
    """An indicator whose value has not been met yet."""

    key: str | None
    label: str
    unit: str | None = None
    heading: bool = False
    value: Piece | None = None


class _Reader:
    def __init__(self, form: Form, *, values_first: bool = False) -> None:
        self.form = form
        self.values_first = values_first
        self.before: Piece | None = None  # the last value, where values stand before labels
        self.alone = False  # whether a line holds one text
        self.early: Piece | None = None  # a value before the first label
        self.headed = False  # whether a number stands behind a heading, which has none
        self.at = -1  # the place of the last indicator: labels that recur are told by their order
        self.open: _Open | None = None
        self.found: list[tuple[Indicator, Piece | None]] = []
        self.unclaimed: list[Piece] = []
        self.begun = False

    def walk(self, rows: Iterable[Row]) -> None:
        for row in rows:
            self.alone = len(row.pieces) == 1
            local = self._local(row.pieces)
            for piece in local or row.pieces:
                self._take(piece)
        self._close(None)

    @property
    def turned(self) -> bool:
        """Whether a value stands where only that of the next label can, and none behind the last."""
        early = self.early is not None or self.headed
        return early and bool(self.found) and self.found[-1][1] is None

    @property
    def count(self) -> int:
        """How many indicators have a value."""
        return sum(piece is not None for _, piece in self.found)

    def reading(self) -> IndicatorReading:
        met = {indicator.key for indicator, _ in self.found if indicator.value is not None}
        met |= {indicator.key for indicator, piece in self.found if piece is not None}
        missing = tuple(
            row.label for row in self.form.indicators if row.unit and row.key not in met
        )
        return IndicatorReading(
            tuple(indicator for indicator, _ in self.found),
            tuple(piece for _, piece in self.found),
            missing,
            tuple(self.unclaimed),
        )

    def _local(self, pieces: Sequence[Piece]) -> Sequence[Piece] | None:
        """Open the indicator of a row of a local table: a text, a unit and a value."""
        kept = [piece for piece in pieces if not piece.blank]
        if not self.begun or len(kept) != 3 or kept[0].word or kept[0].value:
            return None
        if kept[1].text not in _UNITS or not kept[2].value:
            return None
        self._close(None)
        self.open = _Open(None, kept[0].text)
        return kept[1:]

    def _take(self, piece: Piece) -> None:
        if piece.word and (place := self._place(piece.word)) is not None:
            self._close(None)
            row = self.form.indicators[place]
            if not self.begun:
                self.early = self.before
            self.at, self.begun = place, True
            self.open = _Open(row.key, piece.text, heading=row.unit is None)
            if self.values_first and row.unit is not None:
                self.open.value, self.before = self.before, None
        elif self.open and piece.text in _UNITS:
            self.open.unit = _UNITS[piece.text]
        elif piece.value and not piece.blank:
            behind_heading = self.open is not None and self.open.heading
            if behind_heading and self.alone and piece.value.kind == "number":
                self.headed = True
                self.early = self.early if self.found else piece
            if self.values_first or not self.begun:
                self.before = piece if self.values_first or self.alone else None
            elif self.open:
                self._close(piece)
            elif self.begun and piece.value.kind == "number":
                self.unclaimed.append(piece)

    def _place(self, word: Word) -> int | None:
        """Which indicator a label is; of those with the same label the next one."""
        places = [entry.index for entry in word.entries if entry.role == "indicator"]
        return next((place for place in places if place > self.at), places[-1] if places else None)

    def _close(self, piece: Piece | None) -> None:
        done, self.open = self.open, None
        if done is None or done.heading:
            return
        piece = piece or done.value
        value: Value = piece.value.value if piece and piece.value else None
        if piece and piece.value and piece.value.unit:
            done.unit = piece.value.unit  # the unit beside the number is the number's
        if isinstance(value, Decimal) and done.unit != "万元" and value == int(value):
            value = int(value)
        self.found.append((Indicator(done.key, done.label, done.unit, value), piece))
