"""Readings: what was read of a table, row by row, and what was met on the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias, cast

import attrs

from gkparse.pieces import Piece, stretch
from gkparse.printed import BLANK, Printed
from gkparse.runs import Slots
from gkparse.spacing import Spacing

__all__ = [
    "MOST_SOUGHT", "MOST_UNCLAIMED", "Counts", "Finding", "RowReading", "TableReading", "left_of", "plain",
    "quoted",
]

# The values of a row, None for a blank and where none was found.
Counts: TypeAlias = tuple[int | None, ...]

# So many runs of values that no row claims are named; the rest would say nothing more.
MOST_UNCLAIMED = 50
# So many texts of a table are compared with every label for a misprint; it is dear.
MOST_SOUGHT = 200
# So much of what was printed is quoted in a message.
_QUOTED = 80


@attrs.frozen(eq=False)
class Finding:
    """A finding before it has a message: its code, the rows concerned by index, and its place."""

    code: str
    start: int
    end: int
    rows: tuple[int, ...] = ()
    arguments: tuple[tuple[str, str], ...] = ()

    def moved(self, offset: int) -> Finding:
        """The same finding so much further on."""
        return Finding(self.code, self.start + offset, self.end + offset, self.rows, self.arguments)


@attrs.define(eq=False, weakref_slot=False)
class RowReading:
    """What was read of a row: a piece or None for each column, its label, how it was placed.

    `parts` are its pieces, with places that are told from an offset on, unless they are known as they
    are in the source; `numbers` are its values, where each is a count and nothing else, or blank.
    """

    parts: tuple[tuple[int, Slots], ...]
    label: Piece | None
    aligned: bool
    numbers: Counts | None = None
    _known: Slots | None = None

    @classmethod
    def of(cls, slots: Slots, label: Piece | None, *, aligned: bool) -> RowReading:
        """What was read of a row whose pieces have their places in the source."""
        return cls((), label, aligned, plain(slots), slots)

    def moved(self, offset: int) -> RowReading:
        """The same row where it stands so much further on."""
        parts = self.parts if self._known is None else ((0, self._known),)
        return RowReading(
            tuple([(base + offset, pieces) for base, pieces in parts]),
            self.label and self.label.moved(offset), self.aligned, self.numbers,
        )

    @property
    def slots(self) -> Slots:
        """A piece or None for each column, with its place in the source."""
        if self._known is not None:
            return self._known
        found: list[Piece | None] = []
        for base, pieces in self.parts:
            found += [piece and piece.moved(base) for piece in pieces] if base else pieces
        return tuple(found)

    @property
    def said(self) -> tuple[Printed | None, ...]:
        """What each column says, wherever it stands."""
        slots = self._known if self._known is not None else [p for _, part in self.parts for p in part]
        return tuple([piece.value if piece else None for piece in slots])


def plain(slots: Sequence[Piece | None]) -> Counts | None:
    """The values of a row, None for a blank and where none was found, if all others are counts and nothing else."""
    found = [piece.value if piece else BLANK for piece in slots]
    numbers = tuple([said.value for said in found if said is not None and (said.plain or said is BLANK)])
    return cast(Counts, numbers) if len(numbers) == len(slots) else None


def left_of(label: str, pieces: Sequence[Piece], rows: tuple[int, ...] = ()) -> Finding:
    """That values left of a label are not read."""
    arguments = (("printed", quoted(pieces)), ("label", label))
    return Finding("GK204", *stretch(pieces), rows, arguments)


def quoted(pieces: Sequence[Piece]) -> str:
    """What is printed there, as a message has it."""
    return " ".join([piece.text for piece in pieces])[:_QUOTED]


@attrs.frozen(eq=False, repr=False)
class TableReading:
    """What was read of a table: its rows by index, and what was met on the way.

    `spacing` tells what empty lines mean in it, where whole rows tell; `gridded` says that its cells
    are those of a file, where a blank is there for certain.
    """

    rows: dict[int, RowReading]
    findings: Sequence[Finding]
    spacing: Callable[[], Spacing | None] = lambda: None
    gridded: bool = False

    def moved(self, offset: int, spacing: Callable[[], Spacing | None]) -> TableReading:
        """The same table where it stands so much further on."""
        rows = {at: row.moved(offset) for at, row in self.rows.items()}
        findings = [found.moved(offset) for found in self.findings] if offset else self.findings
        return TableReading(rows, findings, spacing, self.gridded)
