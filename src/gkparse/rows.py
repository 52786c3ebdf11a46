"""Rows: the pieces of a text grouped as the page's tables had them, as far as the text shows.

A line is a row, except in the layout that rich-text handlers write: there every cell is a line
that begins with a tab, and an empty line ends the row.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

import attrs

from gkparse.pieces import EMPTY, Piece, cut, is_rule, placed
from gkparse.printed import BLANK
from gkparse.traits import Traits, traits
from gkparse.vocabulary import vocabulary

__all__ = ["Known", "Row", "moved", "rows"]

# A line of nothing else holds blank cells, or parts rows.
_BLANK_CELLS = " \t\r|"
@attrs.define(eq=False)  # never changed
class Known:
    """A cell of a grid in a row: from which column to before which it reaches, and what it holds.

    One that began above the row has its place and its text there; `origin` is one for all rows that
    a cell covers.
    """

    start: int
    end: int
    pieces: tuple[Piece, ...]
    above: bool
    origin: int


@attrs.define(eq=False)
class Row:
    """A physical row: where it stands in the source, and its pieces with their own places.

    `gap` and `after` count the empty lines before and behind it; `grid` says whether tabs or bars
    part its cells.
    """

    start: int
    end: int
    pieces: tuple[Piece, ...]
    gap: int = 0
    grid: bool = False
    after: int = 0
    inferred: bool = False  # blank pieces stand where a fixed column holds no value
    exact: bool = True  # characters that stand under each other do so on the page
    cells: tuple[Known, ...] | None = None  # where they are known, in the grid of a file
    grid_id: int = 0
    _traits: Traits | None = None

    @property
    def traits(self) -> Traits:
        """What the row is by itself."""
        if self._traits is None:
            self._traits = traits(self.pieces)
        return self._traits


def moved(found: list[Row], offset: int, *, exact: bool = True) -> list[Row]:
    """The rows of a part of a text, their places told in the whole text from now on."""
    for row in found:
        row.start, row.end, row.exact = row.start + offset, row.end + offset, exact
        row.pieces = placed(offset, row.pieces)
    return found


def rows(source: str, form: str) -> list[Row]:
    """The rows of a view of a text that hold anything, in order."""
    tabs = source.count("\t")
    if tabs and source.count("\n\t") + source.startswith("\t") == tabs:
        return list(_indented(source, form))
    found = _lines(source, form)
    if sum(row.traits.crowded for row in found) >= _LEAST_CROWDED:
        return [alone for row in found for alone in _apart(row)]
    return found


# So many rows' labels beyond the first of their line say that lines do not end with rows.
_LEAST_CROWDED = 2


def _apart(row: Row) -> Iterator[Row]:
    """Each piece of a line as a row of its own."""
    for piece in row.pieces:
        yield Row(piece.start, piece.end, (piece,))


@attrs.frozen(eq=False)
class _Line:
    """A line, wherever it stands: its pieces and what they are."""

    pieces: tuple[Piece, ...]
    traits: Traits | None
    ruled: bool
    grid: bool
    blank: bool


def _line(line: str, form: str, borders: tuple[bool, bool]) -> _Line:
    pieces = cut(line, form, borders)
    return _Line(
        pieces,
        traits(pieces) if pieces else None,
        ruled=is_rule(line),
        grid=any(bar in line for bar in "\t|│┃║┆┊"),
        blank=not line.strip(_BLANK_CELLS),
    )


# Lines recur within a report and from report to report; a longer one is prose.
_SHORT = 160
_short_line = lru_cache(maxsize=4096)(_line)


def _lines(source: str, form: str) -> list[Row]:
    found: list[Row] = []
    bands: list[int] = []  # how many rules stand above each row
    start = gap = rules = 0
    lines = source.split("\n")
    borders = _borders(lines)
    for line in lines:
        read = _short_line(line, form, borders) if len(line) <= _SHORT else _line(line, form, borders)
        rules += read.ruled
        end = start + len(line)
        if read.pieces:
            pieces = placed(start, read.pieces)
            found.append(Row(start, end, pieces, gap, grid=read.grid, traits=read.traits))
            bands.append(rules)
            rules += read.ruled
            gap = 0
        elif read.blank:
            gap += 1
            if found:
                found[-1].after = gap
        start = end + 1
    return _ruled(found, bands, rules, form) if rules else found


def _ruled(found: list[Row], bands: list[int], rules: int, form: str) -> list[Row]:
    """The rows with those joined that stand between two rules and hold one row of values."""
    joined: list[Row] = []
    for above, band in groupby(zip(bands, found, strict=True), key=lambda pair: pair[0]):
        lines = [row for _, row in band]
        valued = [row for row in lines if any(p.value and not p.blank for p in row.pieces)]
        widths = {len(row.pieces) for row in lines}
        whole = above < rules and len(lines) > 1 and len(valued) < 2 and len(widths) == 1 and widths != {1}
        if whole and all(row.grid for row in lines):
            cells = tuple(_cell(cell, form) for cell in zip(*(row.pieces for row in lines), strict=True))
            joined.append(
                Row(lines[0].start, lines[-1].end, cells, lines[0].gap, grid=True, after=lines[-1].after)
            )
        else:
            joined.extend(lines)
    return joined


def _cell(parts: tuple[Piece, ...], form: str) -> Piece:
    """A cell whose text stands on several lines; its place is that of the first."""
    printed = [piece for piece in parts if not piece.blank]
    if len(printed) < 2:
        return printed[0] if printed else parts[0]
    text = "".join(piece.text for piece in printed)
    return attrs.evolve(printed[0], text=text, word=vocabulary(form).lookup(text), value=None)


def _borders(lines: list[str]) -> tuple[bool, bool]:
    """Whether a bar at the start, or the end, of a line is its border; else it parts two cells."""
    barred = [line.strip(EMPTY) for line in lines if "|" in line and line.strip(EMPTY + "|")]
    return (
        all(line.startswith("|") for line in barred),
        not barred or 2 * sum(line.endswith("|") for line in barred) > len(barred),
    )


def _indented(source: str, form: str) -> Iterator[Row]:
    """Rows of cells that are lines of their own: a tab opens a cell, an empty line ends the row."""
    start, row = 0, -1  # where the open row begins
    for line in (*source.split("\n"), ""):
        if line.startswith("\t"):
            row = start if row < 0 else row
        elif row < 0 or not line.strip():  # otherwise the open cell goes on
            if row >= 0:
                yield _row_of_cells(source[row : start - 1], row, form)
                row = -1
            if line and (pieces := placed(start, cut(line, form))):
                yield Row(start, start + len(line), pieces)
        start += len(line) + 1


def _row_of_cells(text: str, start: int, form: str) -> Row:
    read = _short_cells(text, form) if len(text) <= _SHORT else _cells(text, form)
    return Row(start, start + len(text), placed(start, read.pieces), grid=True, traits=read.traits)


def _cells(text: str, form: str) -> _Line:
    """The row that some cells are, each of which begins with a tab."""
    pieces: list[Piece] = []
    start = 1
    for cell in text[1:].split("\n\t"):
        found = cut(cell.replace("\n", " "), form)
        pieces += placed(start, found or _EMPTY_CELL)
        start += len(cell) + 2
    held = tuple(pieces)
    return _Line(held, traits(held), ruled=False, grid=True, blank=False)


_EMPTY_CELL = (Piece(0, 0, "", BLANK),)
_short_cells = lru_cache(maxsize=4096)(_cells)
