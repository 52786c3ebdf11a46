"""Cells: the rows of a table whose cells are known, with what merged cells hold in each of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

import attrs

from gkparse.blocks import GridCell
from gkparse.markup import plain
from gkparse.pieces import EMPTY, Piece, cut, placed
from gkparse.printed import BLANK, UNREADABLE, read_printed
from gkparse.rows import Row
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


def table_rows(lines: Sequence[Line], view: str, form: str) -> Iterator[Row]:
    """The rows of a table that stands in a view, in the words of a form.

    A blank or a mark in a merged cell stands for each column and row that the cell covers; of a
    number there nothing tells whose it is, so it is unreadable in each.
    """
    held = {laid: _held(laid, view, form) for line in lines for laid in line.begun}
    reaching = [_reaching(line, held) for line in lines]
    torn = {laid for row in reaching for laid in row}
    edges: frozenset[int] = frozenset()  # where the columns begin that the last head names
    for line, above in zip(lines, reaching, strict=True):
        found = [piece for laid in line.begun for piece in held[laid]]
        if _is_head(found):
            # The lowest heads name the columns; those above them may reach over parts of one.
            edges = frozenset(laid.cell.column for laid in (*line.begun, *line.above))
        else:
            row = sorted((*line.begun, *above), key=lambda laid: laid.cell.column)
            found = []
            for laid in row:
                spread = _spread(laid, held[laid], edges, torn=laid in torn)
                if laid in above:  # what is printed stands in the row above
                    at = found[-1].end if found else line.begun[0].start
                    spread = tuple(attrs.evolve(piece, start=at, end=at) for piece in spread)
                found += spread
        yield Row(line.begun[0].start, line.begun[-1].end, _lone(found), grid=True)


def _held(laid: Laid, view: str, form: str) -> _Pieces:
    """What a cell holds: one value, blank or text; several where it holds several values."""
    text = view[laid.start : laid.end]
    bare = text.strip(EMPTY)
    if not bare:
        return (Piece(laid.start, laid.end, "", BLANK),)
    start = laid.start + text.index(bare)
    if value := read_printed(plain(bare)):
        return (Piece(start, start + len(bare), plain(bare), value),)
    found = placed(start, cut(bare, form)) or (Piece(start, start + len(bare), plain(bare)),)
    if sum(bool(piece.value) for piece in found) > 1:
        return tuple(attrs.evolve(piece, shared=bool(piece.value)) for piece in found)
    return found


def _is_value(pieces: _Pieces) -> bool:
    return len(pieces) == 1 and pieces[0].value is not None


def _reaching(line: Line, held: dict[Laid, _Pieces]) -> frozenset[Laid]:
    """The cells from above that are values of a row which has a label and other values of its own."""
    labels = [laid.cell.column for laid in line.begun if not _is_value(held[laid])]
    values = [laid.cell.column for laid in line.begun if _is_value(held[laid])]
    if not labels or not values or max(values) < min(labels):
        return frozenset()
    return frozenset(
        laid for laid in line.above if laid.cell.column > min(labels) and _is_value(held[laid])
    )


def _is_head(pieces: Sequence[Piece]) -> bool:
    """Whether a row names the columns below it."""
    named = [
        piece for piece in pieces
        if piece.word and any(entry.role in _OF_HEADS for entry in piece.word.entries)
    ]
    return len(named) >= _LEAST_HEADS and not any(p.value and not p.blank for p in pieces)


def _spread(laid: Laid, pieces: _Pieces, edges: Iterable[int], *, torn: bool) -> _Pieces:
    """What a merged cell holds in each of the columns that it covers."""
    if not _is_value(pieces):
        return pieces
    first = laid.cell.column
    covered = sum(first <= edge < first + laid.cell.columns for edge in edges)
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
