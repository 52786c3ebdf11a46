"""Flow: what is read as one text, with the rows of its tables and the place of each cell.

A flattened text is running text throughout, in which rows are found by their layout. The blocks of a
file are laid out as such a text, paragraphs as lines and the rows of a table as lines parted by tabs;
there the grid says what is a row and a cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter

import attrs

from gkparse.blocks import PICTURE, Block, Grid, Paragraph
from gkparse.cells import GridRow, Laid, part_of, table_rows
from gkparse.diagnostics import NOWHERE, Positions
from gkparse.limits import DEFAULT_LIMITS, Limits
from gkparse.markup import invisible, view
from gkparse.masks import NOTHING
from gkparse.rows import Row, moved, rows
from gkparse.traits import is_prose

__all__ = ["Flow"]

# What would part cells, were it not within one.
_SEPARATORS = "\n\t\r\x07\f|│┃║┆┊"
_AT_DIGIT = re.compile(f"\\d{PICTURE}|{PICTURE}\\d")
_PARTED = re.compile(f"[{re.escape(_SEPARATORS)}]")
_WITHIN = str.maketrans(_SEPARATORS, " " * len(_SEPARATORS))


# Of these kinds of files, characters of running text do not stand in columns as they are laid out.
_TYPESET = frozenset({"pdf"})


@attrs.frozen(eq=False, repr=False)
class _Stretch:
    """A part of the text: running text, or a table with its rows of cells."""

    start: int
    end: int
    table: tuple[GridRow, ...] = ()


@attrs.frozen(eq=False, repr=False)
class Flow:
    """A text, its view (the same with markup masked), and the positions of its parts in a file.

    `kind` is the kind of the file, empty for a text.
    """

    source: str
    view: str
    _stretches: tuple[_Stretch, ...]
    positions: Positions = NOWHERE
    kind: str = ""

    @classmethod
    def of_text(cls, source: str) -> Flow:
        """A flattened text of any rendering."""
        return cls(source, view(source), (_Stretch(0, len(source)),))

    @classmethod
    def of_blocks(cls, blocks: Iterable[Block], kind: str, limits: Limits = DEFAULT_LIMITS) -> Flow:
        """The blocks of a file; raises `LimitError` above `limits.characters`."""
        return _Layout(limits).laid(blocks, kind)

    def part(self, start: int, end: int) -> Flow:
        """A part of the text as one of its own, with offsets from its beginning."""
        if not self.kind:
            return Flow.of_text(self.source[start:end])
        stretches = tuple(
            _Stretch(
                max(part.start, start) - start,
                min(part.end, end) - start,
                part_of(part.table, start, end),
            )
            for part in self._stretches
            if part.start < end and start < part.end
        )
        positions = self.positions.part(start, end)
        return Flow(self.source[start:end], self.view[start:end], stretches, positions, self.kind)

    def rows(self, form: str) -> list[Row]:
        """The rows of the text in the words of a form, in order."""
        found: list[Row] = []
        for number, part in enumerate(self._stretches):
            if part.table:
                found += table_rows(part.table, self.view, form, number)
            else:
                shown = self.view[part.start : part.end]
                exact = self.kind not in _TYPESET
                found += moved(rows(shown, form), part.start, exact=exact)
        return found

    def pictures(self, start: int, end: int) -> list[int]:
        """Where pictures stand in a part of the text."""
        found, at = list[int](), self.source.find(PICTURE, start, end)
        while at >= 0:
            found.append(at)
            at = self.source.find(PICTURE, at + 1, end)
        return found


class _Layout:
    """Blocks that are laid out as text, one after the other."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.source: list[str] = []
        self.view: list[str] = []
        self.end = 0
        self.stretches: list[_Stretch] = []
        # Where each part begins, and the numbers of its place: page, table, row and column.
        self.starts: list[int] = []
        self.places: list[tuple[int | None, ...]] = []

    def laid(self, blocks: Iterable[Block], kind: str) -> Flow:
        tables = 0
        for block in blocks:
            if isinstance(block, Paragraph):
                self.running(block.text, (block.page,) if block.page else ())
            else:
                tables += 1
                self.table(block, tables)
        shown = "".join(self.view)
        stretches = tuple(_merged(self.stretches))
        parts = [
            shown[part.start : part.end] if part.table else view(shown[part.start : part.end])
            for part in stretches
        ]
        positions = Positions(tuple(self.starts), tuple(self.places))
        return Flow("".join(self.source), "".join(parts), stretches, positions, kind)

    def put(self, text: str, shown: str) -> None:
        self.limits.hold("characters", self.end + len(text), "characters")
        self.source.append(text)
        self.view.append(shown)
        self.end += len(text)

    def running(self, text: str, place: tuple[int | None, ...]) -> None:
        """Lay a text out as lines of its own."""
        start, text = self.end, f"{text}\n"
        self.starts.append(start)
        self.places.append(place)
        self.put(text, text.replace(PICTURE, NOTHING))
        self.stretches.append(_Stretch(start, self.end))

    def table(self, block: Grid, number: int) -> None:
        """Lay a table out, a line a row; a row that holds nothing but prose is running text."""
        start = self.end
        lines: list[GridRow] = []
        above: list[Laid] = []
        for row, group in groupby(block.cells, attrgetter("row")):
            begun = list(group)
            if above:
                above = [laid for laid in above if laid.cell.row + laid.cell.rows > row]
            printed = [] if above else [cell for cell in begun if cell.text.strip()]
            if len(printed) == 1 and is_prose(printed[0].text):
                self.stretches.append(_Stretch(start, self.end, tuple(lines)))
                self.running(printed[0].text, (block.page, number, row + 1, printed[0].column + 1))
                start, lines = self.end, []
                continue
            texts = [cell.text for cell in begun]
            line = "\t".join(texts)
            if _PARTED.search("".join(texts)):
                texts = [text.translate(_WITHIN) for text in texts]
                line = "\t".join(texts)
            laid: list[Laid] = []
            at, page, first = self.end, block.page, row + 1
            for cell, text in zip(begun, texts, strict=True):
                self.places.append((page, number, first, cell.column + 1))
                end = at + len(text)
                laid.append(Laid(cell, at, end))
                at = end + 1
            self.starts += [each.start for each in laid]
            shown = "\t".join(map(_shown, texts)) if PICTURE in line else line
            self.put(f"{line}\n", f"{invisible(shown)}\n")
            lines.append(GridRow(laid, tuple(above)))
            above += [each for each in laid if each.cell.rows > 1]
        self.stretches.append(_Stretch(start, self.end, tuple(lines)))


def _shown(text: str) -> str:
    """A cell without the pictures beside its text; one alone, or at a digit, is what cannot be read."""
    kept = text.strip() == PICTURE or _AT_DIGIT.search(text)
    return text if kept else text.replace(PICTURE, NOTHING)


def _merged(stretches: Iterable[_Stretch]) -> Iterator[_Stretch]:
    """The stretches without empty ones; running text that nothing parts is one."""
    printed = (part for part in stretches if part.start < part.end)
    for in_table, group in groupby(printed, lambda part: bool(part.table)):
        parts = list(group)
        if in_table:
            yield from parts
        else:
            yield _Stretch(parts[0].start, parts[-1].end)
