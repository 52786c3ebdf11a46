"""Rows: the pieces of a text grouped as the page's tables had them, as far as the text shows.

A line is a row, except in the layout that rich-text handlers write: there every cell is a line
that begins with a tab, and an empty line ends the row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

import attrs

from gkparse.masks import KEY, PAIR
from gkparse.named import Named, Pair, is_label, joined, lacking, named, numbered_apart, told
from gkparse.pieces import EMPTY, Piece, cut, is_rule, placed
from gkparse.printed import BLANK, Printed
from gkparse.traits import Traits, traits
from gkparse.vocabulary import Word, vocabulary

if TYPE_CHECKING:
    from gkparse.whole import Said

__all__ = ["MOST_CELLS", "Known", "Line", "Row", "moved", "recurs", "rows"]

# A line of nothing else holds blank cells, or parts rows.
_BLANKS = EMPTY + "|"


@attrs.define(eq=False, repr=False)  # never changed
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


@attrs.define(eq=False, repr=False)
class Line:
    """A line, wherever it stands: its pieces, whose places are told in it, and what they are by themselves.

    `grid` says whether tabs or bars part its cells, `ruled` whether it draws a rule, `blank` whether
    it holds nothing; `inferred` whether blank pieces stand where a fixed column holds no value; `named`
    is what its keys say, if it has any. In the grid of a file, `grid_id`, its `cells` are known.
    """

    pieces: tuple[Piece, ...]
    grid: bool = False
    ruled: bool = False
    blank: bool = False
    inferred: bool = False
    named: Named | None = None
    cells: tuple[Known, ...] | None = None
    grid_id: int = 0
    said: dict[str, Said] = attrs.field(factory=dict)  # by a table, see `whole`
    traits: Traits = attrs.field(init=False, default=attrs.Factory(lambda self: traits(self.pieces), takes_self=True))


class Row:
    """A physical row: where it stands in the source, and its pieces with their own places.

    `gap` and `after` count the empty lines before and behind it. `line` has its pieces as they are
    wherever it stands: from `base` on their places are told in it.
    """

    # By hand: one is made for every line, and attrs would take longer to.
    __slots__ = ("_placed", "after", "base", "end", "exact", "gap", "line", "start")

    def __init__(self, start: int, end: int, line: Line, base: int, gap: int = 0) -> None:
        self.start: int = start
        self.end: int = end
        self.line: Line = line
        self.base: int = base
        self.gap: int = gap
        self.after: int = 0
        self.exact: bool = True  # characters that stand under each other do so on the page
        self._placed: tuple[Piece, ...] | None = None

    @classmethod
    def of(
        cls, start: int, end: int, pieces: Sequence[Piece], gap: int = 0, *, grid: bool = False,
        after: int = 0, inferred: bool = False,
    ) -> Row:
        """A row of pieces that have their places in the source."""
        row = cls(start, end, Line(tuple(pieces), grid, inferred=inferred), 0, gap)
        row.after = after
        return row

    def lone(self, piece: Piece) -> Row:
        """A piece of its line as a row of its own."""
        start, end = self.base + piece.start, self.base + piece.end
        make = _known_lone if end - start <= _SHORT else _lone
        return Row(start, end, make(end - start, piece.text, piece.value, piece.word, piece.shared), start)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Its pieces with their places in the source."""
        if self._placed is None:
            self._placed = placed(self.base, self.line.pieces)
        return self._placed

    def move(self, offset: int) -> None:
        """Let it stand elsewhere, with its pieces."""
        self.start += offset
        self.end += offset
        self.base += offset
        self._placed = None

    def forget(self) -> None:
        """Let go of its pieces, which are made anew when they are asked for."""
        self._placed = None

    @property
    def grid(self) -> bool:
        """Whether tabs or bars part its cells."""
        return self.line.grid

    @property
    def inferred(self) -> bool:
        """Whether blank pieces stand where a fixed column holds no value."""
        return self.line.inferred

    @property
    def cells(self) -> tuple[Known, ...] | None:
        """Its cells, where they are known."""
        return self.line.cells

    @property
    def grid_id(self) -> int:
        """Which grid of a file it stands in."""
        return self.line.grid_id

    @property
    def traits(self) -> Traits:
        """What the row is by itself."""
        return self.line.traits


def recurs(row: Row) -> bool:
    """Whether a row is short enough for its line to be remembered: then it is the same wherever it stands."""
    return row.end - row.start <= _SHORT


def moved(found: list[Row], offset: int, *, exact: bool = True) -> list[Row]:
    """The rows of a part of a text, their places told in the whole text from now on."""
    if offset or not exact:
        for row in found:
            row.move(offset)
            row.exact = exact
    return found


def rows(source: str, form: str) -> list[Row]:
    """The rows of a view of a text that hold anything, in order."""
    tabs = source.count("\t")
    if tabs and source.count("\n\t") + source.startswith("\t") == tabs:
        indented = list(_indented(source, form))
        if tabs <= MOST_CELLS or not any([len(row.line.pieces) > MOST_CELLS for row in indented]):  # noqa: C419 - faster
            return indented
        source = source.replace("\t", " ")  # the empty lines between rows are lost, or every line is indented
    found = _lines(source, form)
    odd = [row for row in found if row.line.traits.odd]
    if (KEY in source or PAIR in source or _told(odd)) and (by_name := _by_name(found, form)):
        return by_name
    if odd and _is_stream(found):
        return [row.lone(piece) for row in found for piece in row.line.pieces]
    return found


def _is_stream(found: Sequence[Row]) -> bool:
    """Whether lines do not end with rows: several hold more than one label.

    Where tabs or bars part most values, lines without them, such as a menu, tell nothing; nor do few of them
    beside many that hold a label with its values.
    """
    gridded = [row.line.traits for row in found if row.line.grid]
    others = [row.line.traits for row in found if not row.line.grid]
    grid = sum([traits.printed for traits in gridded]) > sum([traits.printed for traits in others])
    own = gridded if grid else others
    crowded = [traits.crowded for traits in own if traits.crowded]
    valued = sum([traits.printed > 0 and traits.worded for traits in own]) if grid else 0
    return sum(crowded) >= _LEAST_CROWDED and 2 * len(crowded) >= valued


# So many rows' labels beyond the first of their line say that lines do not end with rows.
_LEAST_CROWDED = 2


# No row of a form has so many values.
_MOST_PAIRS = 60
# No table has a row of so many cells.
MOST_CELLS = 100
# So many rows of one cell each, with the name of its column, are a table.
_LEAST_TOLD = 10


def _told(found: Sequence[Row]) -> bool:
    """Whether enough rows are a cell each: its label, the name of its column and its value."""
    return len(found) >= _LEAST_TOLD and sum([told(row.line.pieces) is not None for row in found]) >= _LEAST_TOLD


def _by_name(found: Sequence[Row], form: str) -> list[Row]:
    """The rows with the values of each together, in the order that their names have in the form."""
    joining: list[Row] = []
    rest: tuple[Piece, ...] = ()
    pairs: list[Pair] = []
    done: list[Row] = []

    def end() -> None:
        nonlocal rest
        if any(word for word, _ in pairs):
            first, last = joining[0], joining[-1]
            cells = joined(rest, pairs, form)
            done.append(Row.of(first.start, last.end, cells, first.gap, grid=True, after=last.after))
        else:
            done.extend(joining)
        joining.clear()
        pairs.clear()
        rest = ()

    numbered = any(word and word.ordinal for row in found if row.line.named for word, _ in row.line.named.pairs)
    for row in found:
        if len(pairs) > _MOST_PAIRS:
            end()
        keys = row.line.named or told(row.line.pieces, known=False)
        keys = numbered_apart(keys) if keys and numbered else keys
        if keys is None:
            if joining and (name := lacking(row.line.pieces)):
                joining.append(row)
                pairs += [(word, value.moved(row.base)) for word, value in name]
                continue
            end()
            if is_label(row.line.pieces):
                joining.append(row)
                rest = row.pieces
            else:
                done.append(row)
            continue
        if not (joining or keys.rest or any(word for word, _ in keys.pairs)):
            done.append(row)
            continue
        own = placed(row.base, keys.rest)
        again = keys.opens and [piece.text for piece in own] != [piece.text for piece in rest]
        again = again or not {word.key for word, _ in pairs if word}.isdisjoint(word.key for word, _ in keys.pairs if word)
        if again or (keys.rest and not keys.opens) or not joining:
            end()
            rest = own
        joining.append(row)
        pairs += [(word, value.moved(row.base)) for word, value in keys.pairs]
    end()
    return done


def _line(text: str, form: str, borders: tuple[bool, bool]) -> Line:
    if KEY in text or PAIR in text:
        pieces, keys = named(text, form)
        return Line(pieces, grid=True, named=keys)
    return Line(
        cut(text, form, borders),
        grid=any(map(text.__contains__, "\t|│┃║┆┊")),
        ruled=is_rule(text),
        blank=not text.strip(_BLANKS),
    )


class _Lines(dict[str, Line]):
    """Lines by their text, as they recur within a report and from report to report; so many at most."""

    def __init__(self, make: Callable[[str], Line]) -> None:
        self.make = make

    def __missing__(self, text: str) -> Line:
        line = self.make(text)
        if len(text) <= _SHORT:
            if len(self) >= _MOST_LINES:
                self.clear()
            self[text] = line
        return line


# A longer line is prose.
_SHORT = 160
_MOST_LINES = 4096


def _lone(length: int, text: str, value: Printed | None, word: Word | None, shared: bool) -> Line:
    return Line((Piece(0, length, text, value, word, shared),))


_known_lone = lru_cache(maxsize=_MOST_LINES)(_lone)


@cache
def _known_lines(form: str, borders: tuple[bool, bool]) -> _Lines:
    return _Lines(lambda text: _line(text, form, borders))


def _lines(source: str, form: str) -> list[Row]:
    found: list[Row] = []
    start = gap = 0
    texts = source.split("\n")
    known = _known_lines(form, _borders(texts))
    lines = [known[text] for text in texts]
    for text, line in zip(texts, lines, strict=True):
        end = start + len(text)
        if line.pieces:
            found.append(Row(start, end, line, start, gap))
            gap = 0
        elif line.blank:
            gap += 1
            if found:
                found[-1].after = gap
        start = end + 1
    return _ruled(found, lines, form) if any([line.ruled for line in lines]) else found  # noqa: C419 - faster


def _ruled(found: list[Row], lines: Sequence[Line], form: str) -> list[Row]:
    """The rows with those joined that stand between two rules and hold one row of values."""
    bands: list[int] = []  # how many rules stand above each row
    rules = 0
    for line in lines:
        rules += line.ruled
        if line.pieces:
            bands.append(rules)
            rules += line.ruled
    joined: list[Row] = []
    for above, band in groupby(zip(bands, found, strict=True), key=lambda pair: pair[0]):
        own = [row for _, row in band]
        valued = [row for row in own if any(p.value and not p.blank for p in row.pieces)]
        widths = {len(row.pieces) for row in own}
        whole = above < rules and len(own) > 1 and len(valued) < 2 and len(widths) == 1 and widths != {1}
        parts = [*zip(*(row.pieces for row in own), strict=True)] if whole and all(row.grid for row in own) else []
        if parts and not any(map(_is_mixed, parts)):
            cells = tuple(_cell(cell, form) for cell in parts)
            first, last = own[0], own[-1]
            joined.append(Row.of(first.start, last.end, cells, first.gap, grid=True, after=last.after))
        else:
            joined.extend(own)
    return joined


def _is_mixed(parts: tuple[Piece, ...]) -> bool:
    """Whether a head and a value stand above each other: they are no cell on two lines."""
    return any(piece.value and not piece.blank for piece in parts) and any(not piece.value for piece in parts)


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


# A row of such cells: lines that hold something, the first of which begins with a tab.
_CELLS = re.compile(r"\t[^\n]*(?:\n(?=\t|[^\n]*[^\s\x00])[^\n]*)*")


def _indented(source: str, form: str) -> Iterator[Row]:
    """Rows of cells that are lines of their own: a tab opens a cell, an empty line ends the row."""
    at = 0
    known = _known_cells(form)
    for found in _CELLS.finditer(source):
        yield from _texts(source, at, found.start(), form)
        at = found.end()
        yield Row(found.start(), at, known[found[0]], found.start())
    yield from _texts(source, at, len(source), form)


def _texts(source: str, start: int, end: int, form: str) -> Iterator[Row]:
    """The lines between such rows."""
    known = _known_texts(form)
    for text in source[start:end].split("\n"):
        if text and (line := known[text]).pieces:
            yield Row(start, start + len(text), line, start)
        start += len(text) + 1


def _cells(text: str, form: str) -> Line:
    """The row that some cells are, each of which begins with a tab."""
    pieces: list[Piece] = []
    start = 1
    for cell in text[1:].split("\n\t"):
        found = cut(cell.replace("\n", " "), form)
        pieces += placed(start, found or _EMPTY_CELL)
        start += len(cell) + 2
    return Line(tuple(pieces), grid=True)


_EMPTY_CELL = (Piece(0, 0, "", BLANK),)


@cache
def _known_cells(form: str) -> _Lines:
    return _Lines(lambda text: _cells(text, form))


@cache
def _known_texts(form: str) -> _Lines:
    return _Lines(lambda text: Line(cut(text, form)))
