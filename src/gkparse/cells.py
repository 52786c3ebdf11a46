"""Cells: the rows of a table whose cells are known, with what merged cells hold in each of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TypeAlias

import attrs

from gkparse.blocks import GridCell
from gkparse.markup import plain
from gkparse.pieces import EMPTY, Piece, cut, placed
from gkparse.printed import BLANK, UNREADABLE, read_printed
from gkparse.rows import Known, Row
from gkparse.traits import is_prose

__all__ = ["Laid", "Line", "table_rows"]

# The head of a table names at least so many columns, or one and what they are of.
_LEAST_HEADS = 2
_OF_HEADS = frozenset({"column", "head", "stub", "note"})


@attrs.frozen(eq=False)
class Laid:
    """A cell of a table that stands in a text from `start` to `end`."""

    cell: GridCell
    start: int
    end: int


@attrs.frozen
class Line:
    """A row of a table: the cells that begin in it, and those from above that cover it."""

    begun: Sequence[Laid]
    above: Sequence[Laid] = ()


_Pieces: TypeAlias = tuple[Piece, ...]


def table_rows(lines: Sequence[Line], view: str, form: str, grid_id: int = 0) -> Iterator[Row]:
    """The rows of a table that stands in a view, in the words of a form.

    A blank or a mark in a merged cell stands for each column and row that the cell covers; of a
    number there nothing tells whose it is, so it is unreadable in each.
    """
    held = {laid: _held(laid, view, form) for line in lines for laid in line.begun}
    reaching = [_reaching(line, held) for line in lines]
    torn = {laid for row in reaching for laid in row}
    edges: list[int] = []  # where the columns begin that the last head names
    for line, above in zip(lines, reaching, strict=True):
        found = [piece for laid in line.begun for piece in held[laid]]
        if _is_head(found):
            # The lowest heads name the columns; those above them may reach over parts of one.
            edges = sorted(laid.cell.column for laid in (*line.begun, *line.above))
        else:
            row = line.begun
            if above:
                row = sorted((*line.begun, *above), key=lambda laid: laid.cell.column)
            found = []
            for laid in row:
                spread = _spread(laid, held[laid], edges, torn=laid in torn)
                if laid in above:  # what is printed stands in the row above
                    at = found[-1].end if found else line.begun[0].start
                    spread = tuple(attrs.evolve(piece, start=at, end=at) for piece in spread)
                found += spread
        yield Row(
            line.begun[0].start, line.begun[-1].end, _lone(found), grid=True,
            cells=tuple(_known(line, held)), grid_id=grid_id,
        )


def _known(line: Line, held: dict[Laid, _Pieces]) -> Iterator[Known]:
    """The cells that stand in a row, from left to right."""
    row = line.begun[0].cell.row
    laid_out = line.begun
    if line.above:
        laid_out = sorted((*line.begun, *line.above), key=lambda laid: laid.cell.column)
    for laid in laid_out:
        cell = laid.cell
        start = cell.column
        yield Known(start, start + cell.columns, held[laid], cell.row != row, laid.start)


def _held(laid: Laid, view: str, form: str) -> _Pieces:
    """What a cell holds: one value, blank or text; several where it holds several values."""
    text = view[laid.start : laid.end]
    return placed(laid.start, _short(text, form) if len(text) <= _SHORT else _read(text, form))


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


def _is_value(pieces: _Pieces) -> bool:
    return len(pieces) == 1 and pieces[0].value is not None


def _reaching(line: Line, held: dict[Laid, _Pieces]) -> frozenset[Laid]:
    """The cells from above that are values of a row which has a label and other values of its own."""
    if not line.above:
        return frozenset()
    labels = [laid.cell.column for laid in line.begun if not _is_value(held[laid])]
    values = [laid.cell.column for laid in line.begun if _is_value(held[laid])]
    if not labels or not values or max(values) < min(labels):
        return frozenset()
    return frozenset(
        laid for laid in line.above if laid.cell.column > min(labels) and _is_value(held[laid])
    )


def _is_head(pieces: Sequence[Piece]) -> bool:
    """Whether a row names the columns below it."""
    if any(piece.value and not piece.blank for piece in pieces):
        return False
    words = [piece.word for piece in pieces if piece.word]
    named = sum(any(entry.role in _OF_HEADS for entry in word.entries) for word in words)
    return named >= _LEAST_HEADS


def _spread(laid: Laid, pieces: _Pieces, edges: Sequence[int], *, torn: bool) -> _Pieces:
    """What a merged cell holds in each of the columns that it covers."""
    if not _is_value(pieces) or (laid.cell.columns == 1 and not torn):
        return pieces
    first = laid.cell.column
    covered = bisect_left(edges, first + laid.cell.columns) - bisect_left(edges, first)
    (piece,) = pieces
    assert piece.value is not None
    if piece.value.kind not in ("blank", "mark") and (torn or covered > 1):
        piece = attrs.evolve(piece, value=UNREADABLE)
    return (piece,) * max(1, covered)


def _lone(pieces: Sequence[Piece]) -> _Pieces:
    """The pieces of a row; prose and headings that stand in a row of blank cells alone."""
    printed = [piece for piece in pieces if not piece.blank]
    if len(printed) == 1 and not printed[0].value:
        word = printed[0].word
        if is_prose(printed[0].text) if word is None else word.entries[0].role == "heading":
            return tuple(printed)
    return tuple(pieces)
