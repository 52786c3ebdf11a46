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
from gkparse.readers.looks import raised, struck
from gkparse.readers.nesting import hold_nesting

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

__all__ = ["blocks"]


def blocks(data: bytes, limits: Limits) -> Iterator[Block]:
    """The paragraphs and tables of a web page, in the order of the page.

    Digits that are raised or lowered are Unicode's superscripts and subscripts (`12¹`), so that
    the mark of a footnote is no digit of the number before it; a cell of nothing else is a number.
    Digits that are struck out bear a stroke.
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

_BLANK = " \t\n\r\f"
_BLANKS = re.compile(f"[{_BLANK}]+")
_LINE_END = re.compile("(?<! ) *\r?\n")
# Of these alone nothing is seen.
_NOTHING = re.compile("[\\s\u200b-\u200d\u2060\ufeff\u00ad]*")
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
class _Cell(_Flow):
    """A cell: what stands in it, and how many rows (0: all that follow) and columns it covers."""

    rows: int = 1
    columns: int = 1

    @property
    def article(self) -> bool:
        """Whether it holds paragraphs of prose."""
        lines = chain.from_iterable(i.split("\n") for i in self.items if isinstance(i, str))
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

    def cell(self, given: Attributes) -> _Cell:
        """Begin a cell."""
        if not self.open:
            self.row(flat=False)
        cell = _Cell()
        if "rowspan" in given or "colspan" in given:
            cell.rows, cell.columns = _spans(given)
        self.groups[-1][1][-1].cells.append(cell)
        return cell

    def ordered(self) -> list[list[_Row]]:
        """The groups as they are shown: the first head first, the first foot last."""
        names = [name for name, _ in self.groups]
        groups = [rows for _, rows in self.groups]
        head = [groups[names.index("thead")]] if "thead" in names else []
        foot = [groups[names.index("tfoot")]] if "tfoot" in names else []
        moved = {id(rows) for rows in head + foot}
        return head + [rows for rows in groups if id(rows) not in moved] + foot


def _shown(groups: list[list[_Row]]) -> list[list[_Cell]]:
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


def _is_layout(rows: list[list[_Cell]], cells: list[_Cell]) -> bool:
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


@attrs.define(eq=False)
class _Rule:
    """What elements of one kind are, what their style declares, and the rules for what they hold."""

    role: Role  # "unread", too, where they are hidden
    style: Declared
    inner: _Rules


class _Rules(dict[object, _Rule]):
    """The rules for elements that stand in the same style, by what tells their kinds apart."""

    def __init__(self, around: Style) -> None:
        super().__init__()
        self.around = around


# Lexbor's number of a text among its tags.
_TEXT = 2
_PARTS = frozenset({"table", "group", "row", "cell"})
_BLOCKS = frozenset({"block", "caption", "flex"})


class _Page:
    """The state of a walk through a page."""

    def __init__(self, limits: Limits) -> None:
        self.flow = _Flow()  # the innermost
        self._limits = limits
        self._cells = 0
        self._rules: dict[Style, _Rules] = {}
        # The tables and flows that are open around, innermost last; a table is within `flow`.
        self._open: list[_Table | _Flow] = []
        self._tables = 0

    def read(self, root: LexborNode) -> None:
        """Walk through the tree; for most nodes nothing is called."""
        node: LexborNode | None = root
        rules, flow = self._within(Style()), self.flow
        path: list[tuple[LexborNode, Role, _Rules]] = []  # what is left again, and the rules around it
        most = self._limits.depth * 10
        while node is not None:
            tag = node.tag_id
            if tag == _TEXT:
                text = node.text_content or ""
                # Most of it only parts the tags in the source of the page.
                if text.strip(_BLANK) or not flow.blank or rules.around.preserved:
                    flow.write(text, rules.around)
            else:
                given = node.attributes
                key: object = tag
                if given:
                    key = tag, given.get("style")
                    if "role" in given or "hidden" in given or "open" in given:
                        key = key, given.get("role"), "hidden" in given, "open" in given
                rule = rules.get(key) or self._learn(key, node, given, rules)
                role = rule.role
                if role != "inline" and role != "unread":  # noqa: PLR1714 - this is faster
                    role = self._begin(rule, node, given)
                    flow = self.flow
                if role != "unread":
                    child = node.first_child
                    if child is not None:
                        path.append((node, role, rules))
                        if len(path) > most:
                            self._limits.hold("depth", len(path) / 10, "levels in the page")
                        node, rules = child, rule.inner
                        continue
                    if role != "inline":
                        self._leave(role)
                        flow = self.flow
            node = node.next
            while node is None and path:
                parent, role, rules = path.pop()
                if role != "inline":
                    self._leave(role)
                    flow = self.flow
                node = parent.next

    def _within(self, around: Style) -> _Rules:
        """The rules for elements in a style."""
        found = self._rules.get(around)
        if found is None:
            found = self._rules[around] = _Rules(around)
        return found

    def _learn(self, key: object, node: LexborNode, given: Attributes, rules: _Rules) -> _Rule:
        """The rule for a kind of elements that is met for the first time in its style."""
        tag, around = node.tag or "", rules.around
        style = declared(given.get("style") or "")
        role = role_of(tag, given, style, around)
        if tag.startswith("-") or is_hidden(given, style):
            role = "unread"
        inner = self._within(handed_down(tag, role, style, around))
        rule = rules[key] = _Rule(role, style, inner)
        return rule

    def _begin(self, rule: _Rule, node: LexborNode, given: Attributes) -> Role:
        """Begin an element: what it is where it stands; of what is "unread" the rest is not read."""
        role = rule.role
        if role in _BLOCKS:
            self.flow.end()
            return "block"
        if role in _PARTS:
            return self._begin_part(rule, node, given)
        if role == "break":
            self.flow.end_line()
        elif role in ("picture", "unseen"):
            self._picture(rule, given)
        elif role == "select":
            self.flow.write("\n".join(_chosen(node)), rule.inner.around)
        elif (given.get("type") or "").lower() not in _UNSHOWN_INPUTS:
            self.flow.write(given.get("value") or "", rule.inner.around)
        return "unread"

    def _picture(self, rule: _Rule, given: Attributes) -> None:
        """A picture, or what else is no text."""
        sides = _sides(given, rule.style)
        if rule.inner.around.visible and min(sides, default=_SPACER + 1) > _SPACER:
            small = rule.role == "unseen" or min(sides, default=_ICON + 1) <= _ICON
            self.flow.show(small=small)

    def _begin_part(self, rule: _Rule, node: LexborNode, given: Attributes) -> Role:
        """Begin a table, or a part of one; a part that is in no table is a block."""
        role = rule.role
        around = self._open[-1] if self._open else None
        if role == "table":
            self.flow.end()
            self._open.append(_Table())
            self._tables += 1
            self._limits.hold("depth", self._tables, "tables within each other")
        elif not isinstance(around, _Table):
            self.flow.end()
            return "block"
        elif role == "cell":
            cell = around.cell(given)
            self._count(cell.columns)
            self._open.append(self.flow)
            self.flow = cell
        elif role == "row":
            height = rule.style.get("height") or given.get("height") or ""
            around.row(flat=bool(_NO_HEIGHT.fullmatch(height)))
        else:
            around.group(node.tag or "")
        return role

    def _leave(self, role: Role) -> None:
        """End an element that was begun."""
        if role == "block":
            self.flow.end()
        elif role == "cell":
            self.flow.close()
            outer = self._open.pop()
            assert isinstance(outer, _Flow)
            self.flow = outer
        elif role == "table":
            table = self._open.pop()
            assert isinstance(table, _Table)
            self._tables -= 1
            self._end_table(table)
        else:
            table = self._open[-1]
            assert isinstance(table, _Table)
            table.open = False
            table.grouped = table.grouped and role == "row"

    def _end_table(self, table: _Table) -> None:
        """Put a table into the flow it stands in, or what it places."""
        flow = self.flow
        flow.end()
        rows = _shown(table.ordered())
        cells = list(chain.from_iterable(rows))
        flow.icon = flow.icon or any(cell.icon for cell in cells)
        if _is_layout(rows, cells):
            for cell in cells:
                flow.items.extend(cell.items)
                flow.inner += cell.inner
                flow.raised = flow.raised or cell.raised
            return
        self._count(sum([(cell.rows - 1) * cell.columns for cell in cells if cell.rows > 1]))
        written = [[(cell.text, cell.rows, cell.columns) for cell in row] for row in rows]
        flow.items.append(grid(written, limits=self._limits))
        flow.inner += len([cell for cell in cells if cell.text])

    def _count(self, cells: int) -> None:
        """Count cells, of all tables together: each alone may be small."""
        self._cells += cells
        if self._cells > self._limits.cells:
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
