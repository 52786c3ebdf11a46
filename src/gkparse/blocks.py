"""Blocks: what a file holds, in the order in which it is read: paragraphs, and tables as grids.

Every reader of a kind of file gives blocks; nothing after them knows what kind it was.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

import attrs

from gkparse.limits import DEFAULT_LIMITS, Limits

__all__ = ["PICTURE", "Block", "Grid", "GridCell", "Paragraph", "grid"]

# What stands for a picture in a text: Unicode's OBJECT REPLACEMENT CHARACTER.
PICTURE = "\ufffc"


@attrs.frozen
class Paragraph:
    """Running text; a line end in it is one of the page. A picture is the text `PICTURE`.

    `page` counts pages, or the sheets of a workbook, from 1, where the file has them.
    """

    text: str
    page: int | None = None


@attrs.define(unsafe_hash=True)  # never changed; a frozen one takes three times as long to make
class GridCell:
    """A cell of a table: its text, the row and column it begins in, from 0, and how many it covers.

    Its paragraphs are parted by line ends; a cell that holds nothing but a picture has the text
    `PICTURE`.
    """

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@attrs.frozen
class Grid:
    """A table: its cells by row and column, none over another, and the page it stands on."""

    cells: tuple[GridCell, ...]
    page: int | None = None


Block: TypeAlias = Paragraph | Grid


def grid(
    rows: Iterable[Iterable[tuple[str, int, int]]],
    page: int | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Grid:
    """A table from its rows of cells, each a text and how many rows and columns it covers.

    As in HTML, a cell stands in the first column that no cell from above covers, and none reaches
    below the last row. Raises `LimitError` above `limits.cells`.

    >>> [(cell.text, cell.row, cell.column) for cell in grid([[("a", 2, 1), ("b", 1, 1)], [("c", 1, 1)]]).cells]
    [('a', 0, 0), ('b', 0, 1), ('c', 1, 1)]
    """
    found: list[GridCell] = []
    free: dict[int, int] = {}  # the first row in which nothing covers a column any more
    count, most = 0, limits.cells
    listed = [list(row) for row in rows]
    for at, row in enumerate(listed):
        column = 0
        left = len(listed) - at
        for text, high, wide in row:
            while free and free.get(column, 0) > at:
                column += 1
            count += 1
            if high <= 1 and wide <= 1 and count <= most:
                # Most cells: nothing below or beside them is covered.
                found.append(GridCell(text, at, column))
                column += 1
                continue
            below = min(max(1, high), left)
            beside = max(1, wide)
            count += beside * below - 1
            limits.hold("cells", count, "cells in tables")
            taken = range(column, column + beside)
            # Never over a cell from above.
            end = next((place for place in taken if free.get(place, 0) > at), taken.stop)
            free.update(dict.fromkeys(range(column, end), at + below))
            found.append(GridCell(text, at, column, below, end - column))
            column = end
    return Grid(tuple(found), page)
