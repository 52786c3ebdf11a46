"""Readings: what was read of a table, row by row, and what was met on the way."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from gkparse.pieces import Piece
from gkparse.runs import Slots
from gkparse.spacing import Spacing

__all__ = ["MOST_SOUGHT", "MOST_UNCLAIMED", "Finding", "RowReading", "TableReading"]

# So many runs of values that no row claims are named; the rest would say nothing more.
MOST_UNCLAIMED = 50
# So many texts of a table are compared with every label for a misprint; it is dear.
MOST_SOUGHT = 200


@attrs.frozen
class Finding:
    """A finding before it has a message: its code, the rows concerned by index, and its place."""

    code: str
    start: int
    end: int
    rows: tuple[int, ...] = ()
    arguments: tuple[tuple[str, str], ...] = ()


@attrs.define
class RowReading:
    """What was read of a row: a piece or None for each column, its label, how it was placed."""

    slots: Slots
    label: Piece | None
    aligned: bool


@attrs.frozen
class TableReading:
    """What was read of a table: its rows by index, and what was met on the way.

    `spacing` tells what empty lines mean in it, where whole rows tell; `gridded` says that its cells
    are those of a file, where a blank is there for certain.
    """

    rows: dict[int, RowReading]
    findings: list[Finding]
    spacing: Callable[[], Spacing | None] = lambda: None
    gridded: bool = False
