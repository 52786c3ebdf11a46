"""Web pages: from their bytes to blocks, as a browser would show them, tables by their structure.

The tree is selectolax's (lexbor), which builds it as the HTML standard says. It is walked once and
without recursion. What a page hides is not read; styles count where they stand in an element.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

import attrs

from gkparse.blocks import PICTURE, Block, Grid, Paragraph, grid
from gkparse.encoding import decode
from gkparse.errors import ReadError
from gkparse.limits import Limits
from gkparse.readers.elements import (
    Attributes,
    Declared,
    Role,
    Style,
    declared,
    handed_down,
    is_hidden,
    role_of,
)
from gkparse.readers.nesting import hold_nesting

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

__all__ = ["blocks"]


def blocks(data: bytes, limits: Limits) -> Iterator[Block]:
    """The paragraphs and tables of a web page, in the order of the page.

    Digits that are raised or lowered are Unicode's superscripts and subscripts (`12¹`), so that
    the mark of a footnote is no digit of the number before it; a cell of nothing else is a number.
    """
    try:
        from selectolax.lexbor import (  # noqa: PLC0415
            LexborDocumentOptions,
            LexborHTMLParser,
            SelectolaxError,
        )
    except ImportError:
        raise ReadError("a web page needs selectolax: pip install 'gkparse[html]'") from None
    text = decode(data)
    limits.hold("characters", len(text), "characters in the page")
    hold_nesting(text, limits)
    try:
        # With its events on, lexbor takes quadratic time for a list of options.
        root = LexborHTMLParser(text, options=LexborDocumentOptions.WO_EVENTS).root
    except SelectolaxError as error:
        raise ReadError(f"the web page cannot be read: {error}") from None
    page = _Page(limits)
    if root is not None:
        page.read(root)
    for item in page.flow.ended():
        yield Paragraph(item) if isinstance(item, str) else item


# ---------------------------------------------------------------- text

_BLANKS = re.compile("[ \t\n\r\f]+")
_LINE_END = re.compile("(?<! ) *\r?\n")
# Of these alone nothing is seen.
_NOTHING = re.compile("[\\s\u200b-\u200d\u2060\ufeff\u00ad]*")
_DIGITS = "0123456789０１２３４５６７８９"
_SCRIPTS = {
    "sup": str.maketrans(_DIGITS, "⁰¹²³⁴⁵⁶⁷⁸⁹" * 2),
    "sub": str.maketrans(_DIGITS, "₀₁₂₃₄₅₆₇₈₉" * 2),
}
_UPRIGHT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉", "0123456789" * 2)
_RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉.,\\s]+")

_Item: TypeAlias = str | Grid


@attrs.define(eq=False)
class _Flow:
    """What stands in a page or in a cell: paragraphs and tables, and the paragraph that is open."""

    items: list[_Item] = attrs.Factory(list)
    text: str = ""  # that of a cell, known at its end
    inner: int = 0  # how many cells that hold anything are in its tables
    icon: bool = False  # there is a picture, perhaps a small one
    raised: bool = False  # digits of it are raised or lowered
    _parts: list[str] = attrs.Factory(list)
    _blank: bool = True  # a blank here would not show
    _picture: bool = False

    def write(self, text: str, style: Style) -> None:
        """Add text to the open paragraph, its white space as it is shown."""
        if self._blank and not style.preserved and not text.strip(" \t\n\r\f"):
            return
        if not style.visible:
            text = " "  # it takes room
        if style.script:
            raised = text.translate(_SCRIPTS[style.script])
            self.raised = self.raised or raised != text
            text = raised
        if not style.preserved:
            text = _BLANKS.sub(" ", text)
            if self._blank:
                text = text.removeprefix(" ")
        if text:
            self._parts.append(text)
            self._blank = text[-1] in " \n"

    def end_line(self) -> None:
        """End a line of the open paragraph."""
        self._parts.append("\n")
        self._blank = True

    def show(self, small: bool) -> None:
        """Put a picture where the text stands."""
        self.icon = True
        self._picture = self._picture or not small

    def end(self) -> None:
        """End the open paragraph."""
        if self._parts:
            text = "".join(self._parts)
            self._parts = []
            self._blank = True
            if not _NOTHING.fullmatch(text):
                self.items.append(_LINE_END.sub("\n", text).strip("\n").rstrip(" "))
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
        shown = self.ended()
        if self.inner:
            shown = [text for item in shown for text in _texts(item)]
        lines = [text for text in shown if text != PICTURE and isinstance(text, str)]
        self.text = "\n".join(lines) or (PICTURE if self.icon else "")
        if self.raised and _RAISED.fullmatch(self.text):
            self.text = self.text.translate(_UPRIGHT)


def _texts(item: _Item) -> list[str]:
    """The texts in an item that are not blank."""
    return [item] if isinstance(item, str) else [cell.text for cell in item.cells if cell.text]


# ---------------------------------------------------------------- tables

_NUMBER = re.compile(r"[ \t\n\f\r]*\+?([0-9]{1,9})")
_NO_HEIGHT = re.compile(r"\s*0+(?:\.0*)?[a-z]*\s*")
_WIDEST, _HIGHEST = 1000, 65534  # the bounds of HTML
_ARTICLE_LINE, _ARTICLE_LINES = 40, 3
_DATA_CELLS, _DATA_ROWS = 3, 2


def _number(value: str | None) -> int | None:
    """A number as HTML reads it from the beginning of an attribute."""
    found = _NUMBER.match(value) if value else None
    return int(found[1]) if found else None


@attrs.define(eq=False)
class _Cell:
    """A cell: what stands in it, and how many rows (0: all that follow) and columns it covers."""

    flow: _Flow
    rows: int
    columns: int

    @property
    def article(self) -> bool:
        """Whether it holds paragraphs of prose."""
        lines = chain.from_iterable(i.split("\n") for i in self.flow.items if isinstance(i, str))
        return sum(len(line) >= _ARTICLE_LINE for line in lines) >= _ARTICLE_LINES


@attrs.define(eq=False)
class _Row:
    cells: list[_Cell] = attrs.Factory(list)
    flat: bool = False  # it has no height


@attrs.define(eq=False)
class _Table:
    """A table: its rows by the groups they stand in."""

    groups: list[tuple[str, list[_Row]]] = attrs.Factory(list)
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
        self.groups[-1][1].append(_Row(flat=flat))
        self.open = True

    def cell(self, rows: int, columns: int) -> _Flow:
        """Begin a cell: what will stand in it."""
        if not self.open:
            self.row(flat=False)
        flow = _Flow()
        self.groups[-1][1][-1].cells.append(_Cell(flow, rows, columns))
        return flow

    def ordered(self) -> list[list[_Row]]:
        """The groups as they are shown: the first head first, the first foot last."""
        names = [name for name, _ in self.groups]
        groups = [rows for _, rows in self.groups]
        head = [groups[names.index("thead")]] if "thead" in names else []
        foot = [groups[names.index("tfoot")]] if "tfoot" in names else []
        moved = {id(rows) for rows in head + foot}
        return head + [rows for rows in groups if id(rows) not in moved] + foot


def _spanned(groups: list[list[_Row]]) -> Iterator[list[tuple[_Cell, int, int]]]:
    """The rows of a table as shown: each cell with how many rows and columns it covers."""
    last = next((rows for rows in reversed(groups) if rows), [])
    # Word ends a table with a row of no height that only says how wide the columns are.
    while last and last[-1].flat and not any(cell.flow.text for cell in last[-1].cells):
        last.pop()
    for rows in groups:
        for at, row in enumerate(rows):
            left = len(rows) - at
            yield [(cell, min(cell.rows or left, left), cell.columns) for cell in row.cells]


def _is_layout(rows: list[list[_Cell]]) -> bool:
    """Whether a table only places things: a single cell, other tables, or an article.

    A table within a cell of data, small beside the table it stands in, does not make it one; nor
    does prose in a table with rows of data.
    """
    cells = [cell for row in rows for cell in row]
    if len(cells) < 2:
        return True
    filled = [[cell for cell in row if cell.flow.text] for row in rows]
    inner = sum(cell.flow.inner for cell in cells)
    if inner:
        own = sum(not cell.flow.inner for row in filled for cell in row)
        alone = any(len(row) == 1 and row[0].flow.inner for row in filled)
        return alone or 4 * inner > own
    if sum(len(row) >= _DATA_CELLS for row in filled) >= _DATA_ROWS:
        return False
    return any(cell.article for cell in cells)


# ---------------------------------------------------------------- the page

# The sides in pixels up to which a picture in the text is an icon, and in a cell a spacer.
_ICON, _SPACER = 32, 3
_UNSHOWN_INPUTS = frozenset({"hidden", "checkbox", "radio", "image", "file", "password", "range", "color"})


def _sides(given: Attributes, style: Declared) -> list[int]:
    """The sides of a picture in pixels, as far as they are given."""
    sides: list[int] = []
    for side in ("width", "height"):
        value = style.get(side) or given.get(side) or ""
        found = re.fullmatch(r"\s*(\d{1,6})(?:\.\d*)?\s*(?:px)?\s*", value)
        if found:
            sides.append(int(found[1]))
    return sides


def _element(tag: str, given: Attributes, around: Style) -> tuple[Role, Declared, Style | None]:
    """What an element is, what its style declares, and what it hands down; nothing if it is unseen."""
    style = declared(given.get("style") or "")
    role = role_of(tag, given, style, around)
    if role == "unread" or is_hidden(given, style):
        return role, style, None
    return role, style, handed_down(tag, role, style, around)


class _Page:
    """The state of a walk through a page."""

    def __init__(self, limits: Limits) -> None:
        self.flow = _Flow()  # the innermost
        self._limits = limits
        self._cells = 0
        self._known: dict[tuple[object, ...], tuple[Role, Declared, Style | None]] = {}
        # The tables and flows that are open around, innermost last; a table is within `flow`.
        self._open: list[_Table | _Flow] = []
        self._tables = 0

    def read(self, root: LexborNode) -> None:
        """Walk through the tree."""
        node: LexborNode | None = root
        style = Style()
        path: list[tuple[LexborNode, Role, Style]] = []  # what is left again, and the style around it
        deepest = 0
        while node is not None:
            tag = node.tag or ""
            if tag == "-text":
                self.flow.write(node.text_content or "", style)
            elif not tag.startswith("-"):
                role, inner = self._enter(node, tag, style)
                child = node.first_child if inner else None
                if inner and child:
                    path.append((node, role, style))
                    if len(path) > deepest:
                        deepest = len(path)
                        self._limits.hold("depth", deepest / 10, "levels in the page")
                    node, style = child, inner
                    continue
                if inner and role != "inline":
                    self._leave(role)
            node = node.next
            while node is None and path:
                parent, role, style = path.pop()
                if role != "inline":
                    self._leave(role)
                node = parent.next

    def _enter(self, node: LexborNode, tag: str, around: Style) -> tuple[Role, Style | None]:
        """Begin an element; without a style, what it holds is not to be read."""
        given = node.attributes
        # Pages have few elements that differ in these.
        key: tuple[object, ...] = (tag, around)
        if given:
            key += given.get("style"), given.get("role"), "hidden" in given, "open" in given
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = _element(tag, given, around)
        role, style, inner = known
        if role == "inline" or inner is None:
            return role, inner
        if role == "break":
            self.flow.end_line()
        elif role in ("picture", "unseen"):
            self._picture(role, given, style, inner)
        elif role == "input":
            if (given.get("type") or "").lower() not in _UNSHOWN_INPUTS:
                self.flow.write(given.get("value") or "", inner)
        elif role == "select":
            self.flow.write("\n".join(_chosen(node)), inner)
        else:
            return self._begin(role, tag, given, style), inner
        return role, None

    def _picture(self, role: Role, given: Attributes, style: Declared, inner: Style) -> None:
        """A picture, or what else is no text."""
        sides = _sides(given, style)
        if inner.visible and min(sides, default=_SPACER + 1) > _SPACER:
            self.flow.show(small=role == "unseen" or min(sides, default=_ICON + 1) <= _ICON)

    def _begin(self, role: Role, tag: str, given: Attributes, style: Declared) -> Role:
        """Begin a block, a table, or a part of one; a part that is in no table is a block."""
        around = self._open[-1] if self._open else None
        if role == "table":
            self.flow.end()
            self._open.append(_Table())
            self._tables += 1
            self._limits.hold("depth", self._tables, "tables within each other")
        elif isinstance(around, _Table) and role == "group":
            around.group(tag)
        elif isinstance(around, _Table) and role == "row":
            height = style.get("height") or given.get("height") or ""
            around.row(flat=bool(_NO_HEIGHT.fullmatch(height)))
        elif isinstance(around, _Table) and role == "cell":
            rows, columns = _spans(given)
            self._count(columns)
            self._open.append(self.flow)
            self.flow = around.cell(rows, columns)
        else:
            self.flow.end()
            return "block"
        return role

    def _leave(self, role: Role) -> None:
        """End an element that was begun."""
        if role == "block":
            self.flow.end()
        elif role == "table":
            table = self._open.pop()
            assert isinstance(table, _Table)
            self._tables -= 1
            self._end_table(table)
        elif role == "cell":
            self.flow.close()
            outer = self._open.pop()
            assert isinstance(outer, _Flow)
            self.flow = outer
        elif role in ("group", "row"):
            table = self._open[-1]
            assert isinstance(table, _Table)
            table.open = False
            table.grouped = table.grouped and role == "row"

    def _end_table(self, table: _Table) -> None:
        """Put a table into the flow it stands in, or what it places."""
        self.flow.end()
        rows = list(_spanned(table.ordered()))
        if _is_layout([[cell for cell, _, _ in row] for row in rows]):
            for cell, _, _ in chain.from_iterable(rows):
                self.flow.items.extend(cell.flow.items)
                self.flow.inner += cell.flow.inner
                self.flow.icon = self.flow.icon or cell.flow.icon
                self.flow.raised = self.flow.raised or cell.flow.raised
            return
        self._count(sum((high - 1) * wide for _, high, wide in chain.from_iterable(rows)))
        written = [[(cell.flow.text, high, wide) for cell, high, wide in row] for row in rows]
        self.flow.items.append(grid(written, limits=self._limits))
        for cell, _, _ in chain.from_iterable(rows):
            self.flow.inner += bool(cell.flow.text)
            self.flow.icon = self.flow.icon or cell.flow.icon

    def _count(self, cells: int) -> None:
        """Count cells, of all tables together: each alone may be small."""
        self._cells += cells
        self._limits.hold("cells", self._cells, "cells in tables")


def _spans(given: Attributes) -> tuple[int, int]:
    """How many rows and columns a cell covers; 0 rows are all that follow."""
    rows = _number(given.get("rowspan"))
    columns = _number(given.get("colspan"))
    return 1 if rows is None else min(rows, _HIGHEST), min(columns or 1, _WIDEST)


def _chosen(select: LexborNode) -> list[str]:
    """What a field of options shows: the one that is chosen, or all of a list."""
    options = [(option.attributes, option.text()) for option in select.css("option")]
    shown = [given.get("label") or text.strip() for given, text in options]
    given = select.attributes
    if "multiple" in given or (_number(given.get("size")) or 1) > 1:
        return shown
    chosen = [text for text, (given, _) in zip(shown, options, strict=True) if "selected" in given]
    return chosen[-1:] or shown[:1]
