"""Pages to blocks: each ruled table as a grid, the text around it line by line, in reading order."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from statistics import median

from gkparse.blocks import PICTURE, Block, Grid, GridCell, Paragraph
from gkparse.limits import Limits
from gkparse.readers.pdfium import UNREADABLE, Box, Char, Page, Rule
from gkparse.readers.ruled import Place, Table, tables
from gkparse.readers.typeset import Line, lines, text_of

__all__ = ["page_blocks"]

# Of the page: how wide and high a picture is that may hold a table, and the margins of numbers.
_WIDE, _HIGH = 0.3, 0.08
_MARGIN = 0.13
# So many characters over a picture say that it is the ground of the page.
_GROUND = 20
# A gap in a line, in sizes of its font, that parts columns.
_COLUMN_GAP = 2.0
_NUMBER = re.compile(
    r"[-—–─－·•~～\s]*(?P<bare>\d{1,4})[-—–─－·•~～\s]*|第\s*\d{1,4}\s*页.{0,12}|\d{1,4}\s*/\s*\d{1,4}"
)


def page_blocks(page: Page, limits: Limits) -> list[Block]:
    """The blocks of a page from its top to its foot."""
    page = _without_strikes(page)
    ruled = _data_tables(page)
    within: list[list[Char]] = [[] for _ in ruled]
    around: list[Char] = []
    for char in page.chars:
        at = next((at for at, table in enumerate(ruled) if _holds(table.box, _middle(char))), None)
        (around if at is None else within[at]).append(char)
    found: list[tuple[float, list[Block]]] = []
    for table, chars in zip(ruled, within, strict=True):
        limits.hold("cells", sum(p.rows * p.columns for p in table.places), "cells in tables")
        found.append((table.box[1], [_grid(page, table, chars)]))
    for box in _pictures(page, ruled):
        found.append((box[1], [Paragraph(PICTURE, page.number)]))
    if not page.chars and not found and page.inked((0, 0, page.width, page.height)):
        found.append((0.0, [Paragraph(PICTURE, page.number)]))
    found.sort(key=lambda each: each[0])
    return list(_in_order(page, found, _without_number(page, lines(around))))


def _in_order(
    page: Page, found: Sequence[tuple[float, list[Block]]], text: Sequence[Line]
) -> Iterator[Block]:
    """The text between the tables and pictures, and these."""
    at = 0
    for top, blocks in found:
        end = at
        while end < len(text) and text[end].base <= top + _SLACK:
            end += 1
        yield from _flow(text[at:end], page.number)
        yield from blocks
        at = end
    yield from _flow(text[at:], page.number)


_SLACK = 2.0


# ---------------------------------------------------------------- struck text


def _without_strikes(page: Page) -> Page:
    """The page with struck characters unreadable, and without the lines that strike them."""
    bases = sorted((char.base, at) for at, char in enumerate(page.chars) if char.upright)
    heights = [base for base, _ in bases]
    most = max((char.size for char in page.chars), default=0.0)
    chars, rules = list(page.chars), []
    for rule in page.rules:
        struck = []
        if rule.along and bases:
            first, last = bisect_left(heights, rule.at), bisect_right(heights, rule.at + most)
            struck = [at for _, at in bases[first:last] if _strikes(rule, page.chars[at])]
        if struck and _no_longer(rule, [page.chars[at] for at in struck]):
            for at in struck:
                chars[at] = chars[at]._replace(text=UNREADABLE)
        else:
            rules.append(rule)
    return page._replace(chars=chars, rules=rules)


def _strikes(rule: Rule, char: Char) -> bool:
    across = rule.start <= (char.left + char.right) / 2 <= rule.end
    return across and 0.15 * char.size <= char.base - rule.at <= 0.55 * char.size


def _no_longer(rule: Rule, struck: Sequence[Char]) -> bool:
    """Whether a line goes with what it strikes, and is none of a table's."""
    wide = max(char.right for char in struck) - min(char.left for char in struck)
    return rule.end - rule.start <= wide + 2 * struck[0].size


# ---------------------------------------------------------------- tables


def _data_tables(page: Page) -> list[Table]:
    """The tables of a page but those around others, which only lay them out."""
    found = tables(page.rules)
    return [
        table
        for table in found
        if not any(other is not table and _within(other.box, table.box) for other in found)
    ]


def _within(inner: Box, outer: Box) -> bool:
    return _holds(outer, inner[:2]) and _holds(outer, inner[2:])


def _holds(box: Box, point: Sequence[float]) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def _middle(char: Char) -> tuple[float, float]:
    return (char.left + char.right) / 2, (char.top + char.bottom) / 2


def _grid(page: Page, table: Table, chars: Sequence[Char]) -> Grid:
    """A table with the text of its cells."""
    lattice = {
        (row, column): at
        for at, place in enumerate(table.places)
        for row in range(place.row, place.row + place.rows)
        for column in range(place.column, place.column + place.columns)
    }
    xs = _edges((p.column, p.box[0], p.column + p.columns, p.box[2]) for p in table.places)
    ys = _edges((p.row, p.box[1], p.row + p.rows, p.box[3]) for p in table.places)

    def cell(x: float, y: float) -> int | None:
        column = min(max(0, bisect_right(xs, x) - 1), len(xs) - 2)
        row = min(max(0, bisect_right(ys, y) - 1), len(ys) - 2)
        return lattice.get((row, column))

    held: dict[int | None, list[Char]] = defaultdict(list)
    for run in _runs(chars):
        places = [cell(*_middle(char)) for char in run]
        if len(set(places)) > 1 and run[0].upright:
            # A word runs over the side of its cell: it stands where its middle does.
            middle = (run[0].left + run[-1].right) / 2, _middle(run[0])[1]
            places = [cell(*middle)] * len(run)
        for at, char in zip(places, run, strict=True):
            held[at].append(char)
    texts = [
        text_of(held[at]) if at in held else _picture_in(page, place)
        for at, place in enumerate(table.places)
    ]
    # A row with some text is one of the table, also where no line closes its corner.
    filled = {place.row for place, text in zip(table.places, texts, strict=True) if text}
    cells = [
        GridCell(text, place.row, place.column, place.rows, place.columns)
        for place, text in zip(table.places, texts, strict=True)
        if text or not place.outside or (place.row in filled and place.row > 0)
    ]
    return Grid(tuple(cells), page.number)


def _edges(spans: Iterator[tuple[int, float, int, float]]) -> list[float]:
    """The places of the edges of rows, or columns, in order."""
    found: dict[int, float] = {}
    for first, start, last, end in spans:
        found[first], found[last] = start, end
    return [found[at] for at in sorted(found)]


# Characters of one word touch, but for so much of their size.
_WITHIN_WORD = 0.12


def _runs(chars: Sequence[Char]) -> Iterator[list[Char]]:
    """Characters that the file draws one after the other as one word."""
    run: list[Char] = []
    for char in chars:
        if run and not (
            char.base == run[-1].base
            and abs(char.left - run[-1].right) <= _WITHIN_WORD * char.size
            and char.text.isascii() == run[-1].text.isascii()
        ):
            yield run
            run = []
        run.append(char)
    if run:
        yield run


# Points, or parts of a cell, beside its lines that are looked at for ink.
_INSET, _INSET_PART = 5.0, 0.25
_NARROWEST = 6.0  # points: no narrower cell holds anything


def _picture_in(page: Page, place: Place) -> str:
    """`PICTURE` where a cell without text is not blank to the eye."""
    left, top, right, bottom = place.box
    if min(right - left, bottom - top) < _NARROWEST:
        return ""
    x, y = min(_INSET, _INSET_PART * (right - left)), min(_INSET, _INSET_PART * (bottom - top))
    return PICTURE if page.inked((left + x, top + y, right - x, bottom - y)) else ""


# ---------------------------------------------------------------- pictures


def _pictures(page: Page, ruled: Sequence[Table]) -> list[Box]:
    """The pictures that are large enough to hold a table, and neither ground nor part of one."""
    return [
        box
        for box in _together(page.pictures)
        if box[2] - box[0] >= _WIDE * page.width
        and box[3] - box[1] >= _HIGH * page.height
        and not any(_within(box, table.box) or _within(table.box, box) for table in ruled)
        and sum(_holds(box, _middle(char)) for char in page.chars) < _GROUND
        and page.inked(box)
    ]


def _together(boxes: Sequence[Box]) -> list[Box]:
    """Pictures, those that are stacked without a gap as one: scans come in strips."""
    found: list[Box] = []
    for box in sorted(boxes, key=lambda box: box[1]):
        above = found[-1] if found else None
        if (
            above
            and box[1] <= above[3] + _SLACK
            and min(box[2], above[2]) - max(box[0], above[0]) >= 0.8 * (box[2] - box[0])
        ):
            left, right = min(above[0], box[0]), max(above[2], box[2])
            found[-1] = (left, above[1], right, max(above[3], box[3]))
        else:
            found.append(box)
    return found


# ---------------------------------------------------------------- running text


def _without_number(page: Page, text: list[Line]) -> list[Line]:
    """The lines but the page's number at its head or its foot."""
    return [
        line
        for at, line in enumerate(text)
        if not (at in (0, len(text) - 1) and _is_number(page, line))
    ]


def _is_number(page: Page, line: Line) -> bool:
    if _MARGIN * page.height < line.base < (1 - _MARGIN) * page.height:
        return False
    said = line.text.strip()
    found = _NUMBER.fullmatch(said)
    if not found:
        return False
    # Without a sign around it a number is the page's only where it counts as the file does.
    return not said.isdigit() or int(said) == page.number


def _flow(text: Sequence[Line], number: int) -> Iterator[Paragraph]:
    """Lines as they are read: one column of prose after the other, columns of a table kept apart."""
    gutter = _gutter(text)
    if gutter is not None:
        yield from _flow([part for line in text if (part := _part(line, 0, gutter))], number)
        yield from _flow([part for line in text if (part := _part(line, gutter, 1e9))], number)
    elif any(line.widest >= _COLUMN_GAP for line in text):
        left = min(line.left for line in text)
        unit = median(line.size for line in text) / 2
        for line in text:
            yield Paragraph(line.laid_out(left, unit), number)
    else:
        for line in text:
            yield Paragraph(line.text, number)


def _part(line: Line, left: float, right: float) -> Line | None:
    chars = tuple(char for char in line.chars if left <= char.left < right)
    return Line(chars) if chars else None


# Prose in two columns: so many lines at least, so many of them on both sides, so full.
_LEAST_LINES = 6
_BOTH = 0.6
_FULL = 0.75


def _gutter(text: Sequence[Line]) -> float | None:
    """Where the second of two columns of prose begins; None where it is not certain."""
    if len(text) < _LEAST_LINES:
        return None
    left, right = min(line.left for line in text), max(line.right for line in text)
    starts = [
        b.left for line in text for a, b in zip(line.chars, line.chars[1:], strict=False)
        if b.left - a.right >= line.size and 0.4 <= (b.left - left) / (right - left) <= 0.65
    ]  # fmt: skip
    if not starts:
        return None
    gutter = median(starts) - 1
    size = median(line.size for line in text)
    both = []
    for line in text:
        before, after = _part(line, 0, gutter), _part(line, gutter, 1e9)
        if before and before.right > gutter:
            return None
        if before and after:
            both.append((before, after))
    if len(both) < max(_LEAST_LINES, _BOTH * len(text)):
        return None
    ends = max(before.right for before, _ in both)
    full = sum(
        before.right - before.left >= _FULL * (ends - left)
        and after.right - after.left >= _FULL * (right - gutter)
        and max(before.widest, after.widest) < _COLUMN_GAP
        for before, after in both
    )
    return gutter if full >= _FULL * len(both) and gutter - ends >= size / 2 else None
