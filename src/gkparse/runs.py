"""Runs: the values and blanks of a table that stand together, before their columns are known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import attrs

from gkparse.pieces import Piece
from gkparse.printed import BLANK
from gkparse.shape import Numbers

__all__ = ["Run", "Slots", "nothing", "numbers_of", "parted", "values"]

Slots: TypeAlias = tuple[Piece | None, ...]


@attrs.define(eq=False)
class Run:
    """Values and blanks that stand together.

    `label_at` is where the row's label stands among the cells of a physical row, -1 without one;
    `grid` says that tabs or bars part the cells of that row.
    A loose run is one piece a physical row; `gaps` counts the empty lines before each of its
    pieces, `after` those behind the last. `cut` says that the text ends here. Directly above it stands the
    head of a column of these blocks of the form (`under`), or none.
    """

    pieces: list[Piece]
    label_at: int = -1
    loose: bool = False
    grid: bool = False
    inferred: bool = False  # its blanks are only where no value stands
    aligned: bool = False  # paired with its label by order
    gaps: list[int] = attrs.field(factory=list)
    after: int = 0
    cut: bool = False
    under: frozenset[int] = frozenset()

    @property
    def spaced(self) -> bool:
        """Whether the empty lines between the pieces are known."""
        return self.loose and len(self.gaps) == len(self.pieces)

    @property
    def printed(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.value is not BLANK]


def values(slots: Sequence[Piece | None]) -> tuple[object, ...]:
    """The numbers in the columns, None where a column holds none."""
    return tuple([piece.value.value if piece and piece.value else None for piece in slots])


def numbers_of(slots: Slots) -> Numbers:
    """The numbers in the columns, 0 where a column holds none."""
    return tuple([piece.value.count if piece and piece.value else 0 for piece in slots])


def nothing(at: int) -> Piece:
    """A blank cell that takes no room in the text."""
    return Piece(at, at, "", BLANK)


def parted(places: Sequence[int]) -> bool:
    """Whether a cell without a value stands between values that stand in these."""
    return len(places) > 0 and places[-1] - places[0] >= len(places)
