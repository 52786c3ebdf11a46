"""Story: the blocks of a word processor's document, while its elements go by.

It has flows within each other: the text itself, and that of each cell and text box. Which
tables hold data and which only lay out a page is settled here, when a table ends.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from xml.etree.ElementTree import Element

import attrs

from gkparse.blocks import PICTURE, Block, Grid, GridCell, Paragraph
from gkparse.errors import ReadError
from gkparse.limits import Limits

__all__ = ["Cell", "Story", "Table", "count", "walk"]


def walk(
    root: Element, enter: Callable[[Element], Iterable[Element]], leave: Callable[[Element], None]
) -> None:
    """Visit the elements in the order of the document; `enter` gives those to visit within one."""
    opened: list[tuple[Element, Iterator[Element]]] = [(root, iter(enter(root)))]
    while opened:
        element, within = opened[-1]
        child = next(within, None)
        if child is None:
            leave(element)
            opened.pop()
        else:
            opened.append((child, iter(enter(child))))


def count(printed: str | None) -> int:
    """A number of rows or columns as a file states it; 1 where it states none that makes sense."""
    if printed is None or not re.fullmatch(r"[0-9]+", printed := printed.strip()):
        return 1
    # More digits than any limit has are as good as all of them.
    return max(1, int(printed[:15]))


@attrs.define(eq=False)
class Cell:
    """A cell of a table: where it stands, how much it covers, and what it holds."""

    row: int
    column: int
    columns: int = 1
    rows: int = 1
    blocks: list[Block] = attrs.field(factory=list)
    drawn: bool = True  # False of a place that its row leaves out

    @property
    def nested(self) -> bool:
        """Whether it holds a table that is more than its text."""
        return any(isinstance(block, Grid) for block in self.blocks)

    @property
    def text(self) -> str:
        """Its paragraphs; `PICTURE` where it holds one and no words."""
        lines = [block.text for block in self.blocks if isinstance(block, Paragraph)]
        text = "\n".join(line for line in lines if line != PICTURE)
        # A picture beside a number may be a part of it: neither can be read then.
        if not any(map(str.isalpha, text)) and any(PICTURE in line for line in lines):
            return PICTURE
        return text.strip("\n").replace("\t", " ") if text.strip() else ""


@attrs.define(eq=False)
class Table:
    """A table that is open: its cells so far, the row, and the next column in it."""

    cells: list[Cell] = attrs.field(factory=list)
    row: int = -1
    column: int = 0
    over: dict[int, Cell] = attrs.field(factory=dict)  # the last cell in each column

    def covered(self, column: int) -> bool:
        """Whether a cell from above, or one to the left, covers a column in this row."""
        cell = self.over.get(column)
        return cell is not None and cell.row + cell.rows > self.row

    def put(self, cell: Cell) -> None:
        """Take in a cell of this row; where another from above is in its way, it is cut off."""
        beside = range(cell.column + 1, cell.column + cell.columns)
        end = next(filter(self.covered, beside), cell.column + cell.columns)
        cell.columns, self.column = 0, cell.column
        self.cells.append(cell)
        self.take(cell, end - cell.column)

    def take(self, cell: Cell, columns: int) -> None:
        """Let a cell cover the next columns."""
        self.over.update(dict.fromkeys(range(self.column, self.column + columns), cell))
        cell.columns += columns
        self.column += columns

    def blocks(self) -> Iterator[Block]:
        """A grid, or what the cells hold where the table, or some of its rows, lays out a page."""
        for cell in self.cells:
            cell.rows = min(cell.rows, self.row + 1 - cell.row)
            if cell.nested:
                cell.blocks = [kept for block in cell.blocks for kept in _plain(block)]
        if len(self.cells) == 1:
            yield from self.cells[0].blocks
            return
        layout = {cell.row for cell in self.cells if cell.nested}
        by_row = sorted(self.cells, key=lambda cell: cell.row)
        for nested, found in groupby(by_row, key=lambda cell: cell.row in layout):
            cells = list(found)
            if nested or (layout and _single(cells)):
                for cell in cells:
                    yield from cell.blocks
            else:
                yield _grid(cells)


def _plain(block: Block) -> tuple[Block, ...]:
    """A table within a cell as that cell's text, where no more than one of its cells has any."""
    if isinstance(block, Paragraph):
        return (block,)
    texts = [cell.text for cell in block.cells if cell.text]
    return (block,) if len(texts) > 1 else tuple(map(Paragraph, texts))


def _single(cells: list[Cell]) -> bool:
    """Whether no row has more than one cell that holds anything."""
    held = [cell.row for cell in cells if cell.text]
    return len(held) == len(set(held))


def _grid(cells: list[Cell]) -> Grid:
    """The cells of rows that follow each other as a grid of its own."""
    first, last = cells[0].row, cells[-1].row
    return Grid(
        tuple(
            GridCell(
                cell.text, cell.row - first, cell.column, min(cell.rows, last + 1 - cell.row), cell.columns
            )
            for cell in cells
        )
    )


@attrs.define(eq=False)
class _Flow:
    """Text that runs by itself: its blocks so far, the open paragraph, and the open table."""

    blocks: list[Block] = attrs.field(factory=list)
    parts: list[str] = attrs.field(factory=list)
    behind: list[Block] = attrs.field(factory=list)  # what is anchored in the open paragraph
    table: Table | None = None


class Story:
    """The blocks of a document as they come, within limits."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._flows = [_Flow()]
        self._places = 0
        self.shown: int = 0  # characters and pictures so far

    # ---------------------------------------------------------------- paragraphs

    def write(self, text: str) -> None:
        """Add to the open paragraph."""
        self.shown += self.hold_text(len(text))
        self._flows[-1].parts.append(text)

    def hold_text(self, length: int) -> int:
        """The length of a text that there is still room for."""
        self._limits.hold("characters", self.shown + length, "characters in the document")
        return length

    @property
    def empty(self) -> bool:
        """Whether the open paragraph holds nothing yet."""
        return not any(self._flows[-1].parts)

    def picture(self) -> None:
        """A picture in the open paragraph: it stands behind it."""
        self.shown += 1
        self._flows[-1].behind.append(Paragraph(PICTURE))

    def end_paragraph(self, *, shown: bool = True) -> None:
        """End the open paragraph; one that is not `shown` is forgotten."""
        flow = self._flows[-1]
        if shown:
            flow.blocks.append(Paragraph("".join(flow.parts)))
            flow.blocks.extend(flow.behind)
        flow.parts, flow.behind = [], []

    # ---------------------------------------------------------------- flows

    @property
    def inner(self) -> bool:
        """Whether this is the text of a cell or a text box."""
        return len(self._flows) > 1

    def open_flow(self) -> None:
        """A cell or a text box begins."""
        self._flows.append(_Flow())
        self._limits.hold("depth", len(self._flows) - 1, "levels in the document")

    def close_flow(self) -> list[Block]:
        """A cell or a text box ends: what it held."""
        self._flush()
        if len(self._flows) == 1 or self._flows[-1].table:  # pragma: no cover - no reader ends what it has not begun
            raise _damaged()
        return self._flows.pop().blocks

    def close_box(self) -> None:
        """A text box ends: what it held comes behind the paragraph that it is anchored in."""
        self._flows[-2].behind.extend(self.close_flow())

    def _flush(self) -> None:
        """End a paragraph that nothing else ends."""
        if self._flows[-1].parts or self._flows[-1].behind:
            self.end_paragraph()

    # ---------------------------------------------------------------- tables

    @property
    def table(self) -> Table:
        """The table whose rows come now."""
        if (table := self._flows[-1].table) is None:
            raise _damaged()
        return table

    def open_table(self) -> None:
        """A table begins."""
        self._flush()
        if self._flows[-1].table:
            raise _damaged()
        self._flows[-1].table = Table()

    def open_row(self) -> None:
        """A row of the open table begins."""
        self.table.row += 1
        self.table.column = 0

    def place(self, cell: Cell) -> None:
        """Put a cell into the open table."""
        table = self.table
        if table.row < 0:
            raise _damaged()
        self.hold(cell.columns * cell.rows)
        table.put(cell)

    def widen(self, cell: Cell, columns: int) -> None:
        """Let a cell of this row cover more columns."""
        self.hold(columns)
        self.table.take(cell, columns)

    def hold(self, places: int) -> None:
        """Count places of tables, before anything is made of them."""
        self._places += places
        self._limits.hold("cells", self._places, "cells in tables")

    def close_table(self) -> None:
        """The open table ends."""
        table, flow = self.table, self._flows[-1]
        flow.table = None
        self._flush()
        flow.blocks.extend(table.blocks())

    # ---------------------------------------------------------------- end

    def blocks(self) -> Iterator[Block]:
        """All blocks, at the end; empty paragraphs are not among them."""
        self._flush()
        for block in self._flows[0].blocks:
            if isinstance(block, Grid) or block.text.strip():
                yield block


def _damaged() -> ReadError:
    return ReadError("its tables are damaged: open it in a word processor and save it again")
