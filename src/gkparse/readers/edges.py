"""Edges: a table whose cells have places on the page, as columns."""

from __future__ import annotations

import attrs

from gkparse.blocks import Grid, GridCell
from gkparse.limits import Limits

__all__ = ["Cell", "by_edges"]

# Edges of rows that are nearer than this, in twentieths of a point, are one: no digit fits between.
_NEAR = 90
# A row that begins or ends so much beside the others is not meant to.
_BESIDE = 240


@attrs.define
class Cell:
    """A cell: its text, its edges, and whether it may go on below or goes on from above."""

    text: str
    left: int
    right: int
    begins: bool = False
    goes_on: bool = False


def by_edges(rows: list[list[Cell]], limits: Limits) -> Grid:
    """A table from rows of cells: the edges of all of them, taken together, part its columns."""
    places = _places(rows)
    width = max(last for row in places for _, last in row)
    limits.hold("cells", len(rows) * width, "cells in a table")
    found: list[GridCell] = []
    above: dict[tuple[int, int], int] = {}  # the merged cells that may go on, by their columns
    for at, (row, spans) in enumerate(zip(rows, places, strict=True)):
        going: dict[tuple[int, int], int] = {}
        end = 0
        for cell, (first, last) in zip(row, spans, strict=True):
            if first > end:
                found.append(GridCell("", at, end, 1, first - end))
            end = last
            merged = above.get((first, last)) if cell.goes_on else None
            if merged is not None:
                found[merged] = attrs.evolve(found[merged], rows=at - found[merged].row + 1)
                going[first, last] = merged
                continue
            if cell.begins or cell.goes_on:
                going[first, last] = len(found)
            found.append(GridCell(cell.text, at, first, 1, last - first))
        if end < width:
            found.append(GridCell("", at, end, 1, width - end))
        above = going
    return Grid(tuple(found))


def _places(rows: list[list[Cell]]) -> list[list[tuple[int, int]]]:
    """The columns of each cell, from the first to before the last."""
    left, right = min(row[0].left for row in rows), max(row[-1].right for row in rows)
    for row in rows:
        if row[0].left - left < _BESIDE:
            row[0].left = left
        if right - row[-1].right < _BESIDE:
            row[-1].right = right
    for near in (_NEAR, 0):
        columns: dict[int, int] = {}
        first = None
        for edge in sorted(
            {edge for row in rows for cell in row for edge in (cell.left, cell.right)}
        ):
            if first is None or edge - first > near:
                first = edge
            columns[edge] = first
        order = {edge: at for at, edge in enumerate(sorted(set(columns.values())))}
        places = [
            [(order[columns[cell.left]], order[columns[cell.right]]) for cell in row]
            for row in rows
        ]
        if all(first < last for row in places for first, last in row):
            return places
    # Edges that make no sense: the cells are one behind the other.
    return [[(at, at + 1) for at in range(len(row))] for row in rows]
