"""Rows: the pieces of a text grouped as the page's tables had them, as far as the text shows.

A line is a row, except in the layout that rich-text handlers write: there every cell is a line
that begins with a tab, and an empty line ends the row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

import attrs

from gkparse.pieces import EMPTY, Piece, cut, is_rule, placed
from gkparse.vocabulary import vocabulary

__all__ = ["Row", "is_prose", "moved", "rows"]

# A line of nothing else holds blank cells, or parts rows.
_BLANK_CELLS = " \t\r|"
_SENTENCE = re.compile(r"[。；！？]")
# Text longer than this that is no word of the form is prose, not a piece of a label.
_PROSE = 40


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

    @property
    def prose(self) -> bool:
        """Whether the row is running text."""
        return (
            len(self.pieces) == 1
            and not self.pieces[0].value
            and not self.pieces[0].word
            and is_prose(self.pieces[0].text)
        )


def is_prose(text: str) -> bool:
    """Whether a text that is no word of a form is too long for a label, or has a sentence's end."""
    return len(text) > _PROSE or _SENTENCE.search(text) is not None


def moved(row: Row, offset: int) -> Row:
    """A row of a part of a text, its places told in the whole text."""
    if not offset:
        return row
    pieces = placed(offset, row.pieces)
    return attrs.evolve(row, start=row.start + offset, end=row.end + offset, pieces=pieces)


def rows(source: str, form: str) -> list[Row]:
    """The rows of a view of a text that hold anything, in order."""
    tabs = source.count("\t")
    if tabs and source.count("\n\t") + source.startswith("\t") == tabs:
        return list(_indented(source, form))
    found = _lines(source, form)
    if sum(map(_crowded, found)) >= _LEAST_CROWDED:
        return [alone for row in found for alone in _apart(row)]
    return found


# So many rows' labels beyond the first of their line say that lines do not end with rows.
_LEAST_CROWDED = 2


def _crowded(row: Row) -> int:
    """How many labels of rows and headings stand in a line beyond the one that it may have."""
    if len(row.pieces) < 3:
        return 0
    met = {
        (entry.role, entry.index)
        for piece in row.pieces
        if piece.word and len(piece.word.key) > 2
        for entry in piece.word.entries[:1]
        if entry.role in ("row", "heading", "indicator")
    }
    return max(0, len(met) - 1)


def _apart(row: Row) -> Iterator[Row]:
    """Each piece of a line as a row of its own."""
    for piece in row.pieces:
        yield Row(piece.start, piece.end, (piece,))


def _lines(source: str, form: str) -> list[Row]:
    found: list[Row] = []
    bands: list[int] = []  # how many rules stand above each row
    start = gap = rules = 0
    lines = source.split("\n")
    borders = _borders(lines)
    for line in lines:
        ruled = is_rule(line)
        rules += ruled
        end = start + len(line)
        pieces = placed(start, cut(line, form, borders))
        if pieces:
            row = Row(start, end, pieces, gap, grid=any(bar in line for bar in "\t|│┃║┆┊"))
            found.append(row)
            bands.append(rules)
            rules += ruled
            gap = 0
        elif not line.strip(_BLANK_CELLS):
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
    open_row: list[Piece] = []
    cell = 0  # where the open cell starts, behind its tab
    start = 0
    for line in source.split("\n"):
        end = start + len(line)
        if line.startswith("\t"):
            if open_row:
                _close(source, open_row, cell, start - 1, form)
            else:
                row = start
            open_row.append(_NO_PIECE)
            cell = start + 1
        elif open_row and line.strip():
            pass  # the open cell goes on
        else:
            if open_row:
                _close(source, open_row, cell, start - 1, form)
                yield Row(row, start - 1, tuple(open_row), grid=True)
                open_row = []
            if pieces := placed(start, cut(line, form)):
                yield Row(start, end, pieces)
        start = end + 1
    if open_row:
        _close(source, open_row, cell, len(source), form)
        yield Row(row, len(source), tuple(open_row), grid=True)


_NO_PIECE = Piece(0, 0, "")


def _close(source: str, row: list[Piece], start: int, end: int, form: str) -> None:
    """Put the piece of the cell that ends at `end` into the last place of its row."""
    text = source[start:end]
    pieces = cut(text, form) if "\n" not in text else cut(text.replace("\n", " "), form)
    if len(pieces) == 1:
        row[-1] = placed(start, pieces)[0]
    elif not pieces:
        row.pop()
        row.append(placed(start, cut("\t", form))[0])
    else:
        row[-1:] = placed(start, pieces)
