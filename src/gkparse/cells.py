"""Cells: the rows of a table whose cells are known, each with all cells that stand in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import TypeAlias

import attrs

from gkparse.blocks import GridCell
from gkparse.markup import plain
from gkparse.pieces import EMPTY, Piece, cut, placed
from gkparse.printed import BLANK, read_printed
from gkparse.rows import Known, Line, Row
from gkparse.traits import is_prose

__all__ = ["GridRow", "Laid", "part_of", "table_rows"]


@attrs.define(eq=False, repr=False)  # never changed
class Laid:
    """A cell of a table that stands in a text from `start` to `end`."""

    cell: GridCell
    start: int
    end: int


@attrs.define(eq=False, repr=False)
class GridRow:
    """A row of a table: the cells that begin in it, and those from above that cover it."""

    begun: Sequence[Laid]
    above: Sequence[Laid] = ()



def part_of(lines: Sequence[GridRow], start: int, end: int) -> tuple[GridRow, ...]:
    """The rows of a table in a part of its text, with offsets from its beginning."""
    own = [line for line in lines if start <= line.begun[0].start < end]
    laid = {
        each: Laid(each.cell, each.start - start, each.end - start) for line in own for each in line.begun
    }
    return tuple(
        GridRow([laid[each] for each in line.begun], [laid[each] for each in line.above if each in laid])
        for line in own
    )


_Pieces: TypeAlias = tuple[Piece, ...]


def table_rows(lines: Sequence[GridRow], view: str, form: str, grid_id: int = 0) -> Iterator[Row]:
    """The rows of a table that stands in a view, in the words of a form."""
    held: dict[Laid, _Pieces] = {}
    for line in lines:
        found: list[Piece] = []
        cells: list[Known] = []
        for laid in line.begun:
            cell, pieces = laid.cell, _held(laid, view, form)
            found += pieces
            cells.append(Known(cell.column, cell.column + cell.columns, pieces, False, laid.start))
            if cell.rows > 1:
                held[laid] = pieces
        for laid in line.above:
            cell = laid.cell
            cells.append(Known(cell.column, cell.column + cell.columns, held[laid], True, laid.start))
        if line.above:
            cells.sort(key=attrgetter("start"))
        start, end = line.begun[0].start, line.begun[-1].end
        yield Row(start, end, Line(_lone(found), grid=True, cells=tuple(cells), grid_id=grid_id), 0)


def _held(laid: Laid, view: str, form: str) -> _Pieces:
    """What a cell holds: one value, blank or text; several where it holds several values."""
    start, end = laid.start, laid.end
    text = view[start:end]
    return placed(start, _short(text, form) if end - start <= _SHORT else _read(text, form))


def _read(text: str, form: str) -> _Pieces:
    bare = text.strip(EMPTY)
    if not bare:
        return (Piece(0, len(text), "", BLANK),)
    start = text.index(bare)
    if value := read_printed(plain(bare)):
        return (Piece(start, start + len(bare), plain(bare), value),)
    found = placed(start, cut(bare, form)) or (Piece(start, start + len(bare), plain(bare)),)
    if sum(bool(piece.value) for piece in found) > 1:
        return tuple(attrs.evolve(piece, shared=bool(piece.value)) for piece in found)
    return found


# Labels and small numbers recur from report to report.
_SHORT = 80
_short = lru_cache(maxsize=8192)(_read)


def _lone(pieces: Sequence[Piece]) -> _Pieces:
    """The pieces of a row; prose and headings that stand in a row of blank cells alone."""
    printed = [piece for piece in pieces if not piece.blank]
    if len(printed) == 1 and not printed[0].value:
        word = printed[0].word
        if is_prose(printed[0].text) if word is None else word.entries[0].role == "heading":
            return tuple(printed)
    return tuple(pieces)
