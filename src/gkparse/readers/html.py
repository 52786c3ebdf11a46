"""Web pages: from their bytes to blocks, as a browser would show them, tables by their structure.

The tree is selectolax's (lexbor), which builds it as the HTML standard says. It is walked once and
without recursion. What a page hides is not read; styles count where they stand in an element.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

import attrs

from gkparse.blocks import Block, Paragraph, grid
from gkparse.encoding import decode
from gkparse.errors import ReadError
from gkparse.limits import Limits
from gkparse.readers.boxes import BLANK, Cell, Flow, Table, is_layout, shown_rows
from gkparse.readers.elements import (
    PLAIN,
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
    except SelectolaxError as error:  # pragma: no cover - lexbor has no memory left
        raise ReadError(f"the web page cannot be read: {error}") from None
    page = _Page(limits, _WRITTEN * len(text))
    page.read(root)
    for item in page.flow.ended():
        yield Paragraph(item) if isinstance(item, str) else item


# ---------------------------------------------------------------- the page

_NUMBER = re.compile(r"[ \t\n\f\r]*\+?([0-9]{1,9})")
_NO_HEIGHT = re.compile(r"\s*0+(?:\.0*)?[a-z]*\s*")
_WIDEST, _HIGHEST = 1000, 65534  # the bounds of HTML
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


# Cells without a table in them, by their markup, where nothing around them has a style: a blank, a small
# number, a label recur within a page and from page to page of a site. Begun anew when there are too many.
_CELLS: dict[str, Cell] = {}
_MOST_CELLS, _LONGEST_CELL = 8192, 1000
# So often the markup of a page may be written again, as cells stand in cells.
_WRITTEN = 2

# Lexbor's number of a text among its tags.
_TEXT = 2
_PARTS = frozenset({"table", "group", "row", "cell"})
_BLOCKS = frozenset({"block", "caption", "flex"})


class _Page:
    """The state of a walk through a page."""

    def __init__(self, limits: Limits, written: int) -> None:
        self.flow = Flow()  # the innermost
        self._written = written  # so much markup may still be written
        self._limits = limits
        self._cells = 0
        self._rules: dict[Style, _Rules] = {}
        # The tables and flows that are open around, innermost last; a table is within `flow`.
        self._open: list[Table | Flow] = []
        self._tables = 0
        self._cell_tags: set[int] = set()  # lexbor's numbers of those that have been met
        # The cell that was not known last, and its markup, if it is to be remembered.
        self._unknown: tuple[LexborNode | None, str] = None, ""

    def read(self, root: LexborNode | None) -> None:
        """Walk through the tree; for most nodes nothing is called."""
        node = root
        rules, flow = self._within(PLAIN), self.flow
        path: list[tuple[LexborNode, Role, _Rules]] = []  # what is left again, and the rules around it
        most = self._limits.depth * 10
        while node is not None:
            tag = node.tag_id
            if tag == _TEXT:
                text = node.text_content or ""
                # Most of it only parts the tags in the source of the page.
                if text.strip(BLANK) or not flow.blank or rules.around.preserved:
                    flow.write(text, rules.around)
            elif tag in self._cell_tags and self._recall(node, rules.around):
                # Between cells there is nothing but white space.
                after = node.next
                if after is not None and after.tag_id == _TEXT:
                    node = after
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
        if tag in {"td", "th"}:
            self._cell_tags.add(node.tag_id)
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
            self._open.append(Table())
            self._tables += 1
            self._limits.hold("depth", self._tables, "tables within each other")
        elif not isinstance(around, Table):
            self.flow.end()
            return "block"
        elif role == "cell":
            unknown, markup = self._unknown
            cell = Cell(markup=markup if unknown is node else "", before=self._cells)
            if "rowspan" in given or "colspan" in given:
                cell.rows, cell.columns = _spans(given)
            around.add(cell)
            self._count(cell.columns)
            self._open.append(self.flow)
            self.flow = cell
        elif role == "row":
            height = rule.style.get("height") or given.get("height") or ""
            around.row(flat=bool(_NO_HEIGHT.fullmatch(height)))
        else:
            around.group(node.tag or "")
        return role

    def _recall(self, node: LexborNode, around: Style) -> bool:
        """Whether a cell is known by its markup; then it is added without a look at what is in it."""
        table = self._open[-1] if self._open else None
        if around is not PLAIN or self._written <= 0 or not isinstance(table, Table):
            return False
        markup = node.html or ""
        self._written -= len(markup)
        known = _CELLS.get(markup)
        if known is None:
            self._unknown = node, markup if len(markup) <= _LONGEST_CELL else ""
            return False
        # One that covers several rows is cut where its table ends.
        table.add(known if known.rows == 1 else known.again())
        self._count(known.columns)
        return True

    def _leave(self, role: Role) -> None:
        """End an element that was begun."""
        if role == "block":
            self.flow.end()
        elif role == "cell":
            cell = self.flow
            assert isinstance(cell, Cell)
            cell.close()
            if cell.markup and cell.before + cell.columns == self._cells:
                if len(_CELLS) >= _MOST_CELLS:
                    _CELLS.clear()
                _CELLS[cell.markup] = cell.again()
            outer = self._open.pop()
            assert isinstance(outer, Flow)
            self.flow = outer
        elif role == "table":
            table = self._open.pop()
            assert isinstance(table, Table)
            self._tables -= 1
            self._end_table(table)
        else:
            table = self._open[-1]
            assert isinstance(table, Table)
            table.open = False
            table.grouped = table.grouped and role == "row"

    def _end_table(self, table: Table) -> None:
        """Put a table into the flow it stands in, or what it places."""
        flow = self.flow
        flow.end()
        rows = shown_rows(table.ordered())
        cells = list(chain.from_iterable(rows))
        flow.icon = flow.icon or any(cell.icon for cell in cells)
        if is_layout(rows, cells):
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


def _number(value: str | None) -> int | None:
    """A number as HTML reads it from the beginning of an attribute."""
    found = _NUMBER.match(value) if value else None
    return int(found[1]) if found else None


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
