"""Boxes: what stands in a page and in the cells of its tables, as it is gathered in a walk through it."""

from __future__ import annotations

import re
from itertools import chain
from typing import TypeAlias

import attrs

from gkparse.blocks import PICTURE, Grid
from gkparse.readers.elements import Style
from gkparse.readers.looks import raised, struck

__all__ = ["BLANK", "Cell", "Flow", "Row", "Table", "is_layout", "shown_rows"]

# ---------------------------------------------------------------- text

# White space that is none of the page.
BLANK = " \t\n\r\f"
_BLANKS = re.compile(f"[{BLANK}]+")
_LINE_END = re.compile("(?<! ) *\r?\n")
# Of these alone nothing is seen.
_NOTHING = re.compile("[\\s\u200b-\u200d\u2060\ufeff\u00ad]*")
_UPRIGHT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉", "0123456789" * 2)
_RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉.,\\s]+")

_Item: TypeAlias = str | Grid


@attrs.define(eq=False)
class Flow:
    """What stands in a page or in a cell: paragraphs and tables, and the paragraph that is open."""

    items: list[_Item] = attrs.Factory(list)
    text: str = ""  # that of a cell, known at its end
    inner: int = 0  # how many cells that hold anything are in its tables
    icon: bool = False  # there is a picture, perhaps a small one
    raised: bool = False  # digits of it are raised or lowered
    blank: bool = True  # a blank here would not show
    _parts: list[str] = attrs.Factory(list)
    _picture: bool = False

    def write(self, text: str, style: Style) -> None:
        """Add text to the open paragraph, its white space as it is shown."""
        if style.looks:
            text = self._look(text, style)
        if not style.preserved:
            text = _BLANKS.sub(" ", text)
            if self.blank:
                text = text.removeprefix(" ")
        if text:
            self._parts.append(text)
            self.blank = text[-1] in " \n"

    def _look(self, text: str, style: Style) -> str:
        """Text that is not as other text: none of its digits is part of a number beside it."""
        if not style.visible:
            return " "  # it takes room
        # Struck first: a raised digit is none to be struck, but may be alone in its cell.
        text = struck(text) if style.struck else text
        if not style.script:
            return text
        shown = raised(text, up=style.script == "sup")
        self.raised = self.raised or shown != text
        return shown

    def end_line(self) -> None:
        """End a line of the open paragraph."""
        self._parts.append("\n")
        self.blank = True

    def show(self, small: bool) -> None:
        """Put a picture where the text stands."""
        self.icon = True
        self._picture = self._picture or not small

    def end(self) -> None:
        """End the open paragraph."""
        if self._parts:
            text = "".join(self._parts)
            self._parts = []
            self.blank = True
            if not _NOTHING.fullmatch(text):
                if "\n" in text:
                    text = _LINE_END.sub("\n", text).strip("\n")
                self.items.append(text.rstrip(" "))
                self._picture = False
        if self._picture:
            self.items.append(PICTURE)
            self._picture = False

    def ended(self) -> list[_Item]:
        """All that stands in it."""
        self.end()
        return self.items

    def close(self) -> None:
        """End a cell: all that stands in it is its text, a table in it cell by cell."""
        self.end()
        shown = self.items
        if self.inner:
            shown = [text for item in shown for text in _texts(item)]
        lines = [text for text in shown if isinstance(text, str) and text != PICTURE]
        self.text = "\n".join(lines) or (PICTURE if self.icon else "")
        if self.raised and _RAISED.fullmatch(self.text):
            self.text = self.text.translate(_UPRIGHT)


def _texts(item: _Item) -> list[str]:
    """The texts in an item that are not blank."""
    return [item] if isinstance(item, str) else [cell.text for cell in item.cells if cell.text]


# ---------------------------------------------------------------- tables

_ARTICLE_LINE, _ARTICLE_LINES = 40, 3
_DATA_CELLS, _DATA_ROWS = 3, 2


@attrs.define(eq=False)
class Cell(Flow):
    """A cell: what stands in it, and how many rows (0: all that follow) and columns it covers."""

    rows: int = 1
    columns: int = 1
    markup: str = ""  # by which it is to be remembered
    before: int = 0  # how many cells there were when it was begun

    def again(self) -> Cell:
        """Another cell with the same markup."""
        return Cell(
            self.items, self.text, 0, self.icon, self.raised, rows=self.rows, columns=self.columns
        )

    @property
    def article(self) -> bool:
        """Whether it holds paragraphs of prose."""
        lines = chain.from_iterable(i.split("\n") for i in self.items if isinstance(i, str))
        return sum(len(line) >= _ARTICLE_LINE for line in lines) >= _ARTICLE_LINES


@attrs.define(eq=False)
class Row:
    """A row: the cells that begin in it."""

    cells: list[Cell] = attrs.Factory(list)
    flat: bool = False  # it has no height


@attrs.define(eq=False)
class Table:
    """A table: its rows by the groups they stand in."""

    groups: list[tuple[str, list[Row]]] = attrs.Factory(list)
    grouped: bool = False  # the last group is still open
    open: bool = False  # the last row is still open

    def group(self, tag: str) -> None:
        """Begin a group of rows; no cell reaches out of it."""
        self.groups.append((tag, []))
        self.grouped, self.open = True, False

    def row(self, flat: bool) -> None:
        """Begin a row."""
        if not self.grouped:
            self.group("")
        self.groups[-1][1].append(Row(flat=flat))
        self.open = True

    def add(self, cell: Cell) -> None:
        """Add a cell to the open row."""
        if not self.open:
            self.row(flat=False)
        self.groups[-1][1][-1].cells.append(cell)

    def ordered(self) -> list[list[Row]]:
        """The groups as they are shown: the first head first, the first foot last."""
        names = [name for name, _ in self.groups]
        groups = [rows for _, rows in self.groups]
        head = [groups[names.index("thead")]] if "thead" in names else []
        foot = [groups[names.index("tfoot")]] if "tfoot" in names else []
        moved = {id(rows) for rows in head + foot}
        return head + [rows for rows in groups if id(rows) not in moved] + foot


def shown_rows(groups: list[list[Row]]) -> list[list[Cell]]:
    """The rows of a table as they are shown; no cell of them reaches out of its group."""
    last = next((rows for rows in reversed(groups) if rows), [])
    # Word ends a table with a row of no height that only says how wide the columns are.
    while last and last[-1].flat and not any(cell.text for cell in last[-1].cells):
        last.pop()
    for rows in groups:
        for at, row in enumerate(rows):
            left = len(rows) - at
            for cell in row.cells:
                if cell.rows != 1:
                    cell.rows = min(cell.rows or left, left)
    return [row.cells for rows in groups for row in rows]


def is_layout(rows: list[list[Cell]], cells: list[Cell]) -> bool:
    """Whether a table only places things: a single cell, other tables, or an article.

    A table within a cell of data, small beside the table it stands in, does not make it one; nor
    does prose in a table with rows of data.
    """
    if len(cells) < 2:
        return True
    filled = [[cell for cell in row if cell.text] for row in rows]
    inner = sum([cell.inner for cell in cells])
    if inner:
        own = sum(not cell.inner for row in filled for cell in row)
        alone = any(len(row) == 1 and row[0].inner for row in filled)
        return alone or 4 * inner > own
    if sum(len(row) >= _DATA_CELLS for row in filled) >= _DATA_ROWS:
        return False
    return any(cell.article for cell in cells)
