"""OpenDocument texts (ODT) as blocks: the body as a word processor shows it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from xml.etree.ElementTree import Element

import attrs

from gkparse.blocks import Block
from gkparse.errors import ReadError
from gkparse.limits import Limits
from gkparse.readers.looks import PLAIN, Look, inherited
from gkparse.readers.packages import Package, xml
from gkparse.readers.story import Cell, Story, count, walk

__all__ = ["blocks"]

_MANIFEST = "META-INF/manifest.xml"


def blocks(data: bytes, limits: Limits) -> Iterator[Block]:
    """The paragraphs and tables of an ODT, in order.

    Raises `ReadError` where it is damaged, encrypted or no text document, `LimitError` where it
    asks for more than `limits`.
    """
    package = Package(data, limits)
    if _MANIFEST in package.names and b"encryption-data" in package.read(_MANIFEST):
        raise ReadError("it is encrypted: save it without a password")
    root = xml(package.read("content.xml"), limits)
    text = next((part for body in root for part in body if _name(part.tag) == "office:text"), None)
    if text is None:
        raise ReadError("it holds no text document: save it as .odt")
    parts = [root]
    if "styles.xml" in package.names:
        parts.insert(0, xml(package.read("styles.xml"), limits))
    reader = _Reader(_looks(parts), limits)
    walk(text, reader.enter, reader.leave)
    return reader.story.blocks()


# ---------------------------------------------------------------- names

_SPACES = {
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office",
    "urn:oasis:names:tc:opendocument:xmlns:style:1.0": "style",
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text",
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table",
    "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0": "draw",
    "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0": "loext",
}
_URIS = {prefix: uri for uri, prefix in _SPACES.items()}


@lru_cache(maxsize=1024)
def _name(tag: str) -> str:
    """A tag as `text:p`; one of another namespace as `:name`."""
    space, _, name = tag.removeprefix("{").rpartition("}")
    return f"{_SPACES.get(space, '')}:{name}"


def _get(element: Element, name: str) -> str | None:
    """An attribute by its name as `text:p`."""
    prefix, _, local = name.partition(":")
    return element.get(f"{{{_URIS[prefix]}}}{local}")


# ---------------------------------------------------------------- the looks of text


def _look(style: Element) -> Look:
    """What the text properties of a style say themselves."""
    found = PLAIN
    for properties in style:
        if _name(properties.tag) == "style:text-properties":
            display = _get(properties, "text:display")
            line = _get(properties, "style:text-line-through-style")
            position = _get(properties, "style:text-position")
            found = Look(
                None if display is None else display == "none",
                None if line is None else line != "none",
                None if position is None else _level(position),
            )
    return found


def _level(position: str) -> int:
    """Whether a position such as `super 58%` or `-33% 58%` is above or below the line."""
    if position.startswith(("sub", "-")):
        return -1
    return 0 if re.match(r"0+(\.0*)?%", position) else 1


def _looks(parts: list[Element]) -> dict[tuple[str, str], Look]:
    """The look of each style, by its family and name."""
    styles: dict[tuple[str, str], tuple[tuple[str, str], Look]] = {}
    for style in (style for part in parts for group in part for style in group):
        if _name(style.tag) == "style:style":
            family = _get(style, "style:family") or ""
            parent = _get(style, "style:parent-style-name") or ""
            styles[family, _get(style, "style:name") or ""] = (family, parent), _look(style)
    return inherited(styles)


# ---------------------------------------------------------------- the body

# What is not shown where it stands, and numbers that a list gives to its items.
_UNREAD = frozenset(
    "text:tracked-changes text:note text:number text:script text:ruby-text office:annotation "
    "office:forms text:table-of-content-source text:illustration-index-source "
    "text:table-index-source text:object-index-source text:user-index-source "
    "text:alphabetical-index-source text:bibliography-source".split()
)
_SHAPES = frozenset(
    f"draw:{name}"
    for name in "caption circle connector custom-shape ellipse line measure path polygon polyline rect "
    "regular-polygon text-box".split()
)
_CELLS = frozenset({"table:table-cell", "table:covered-table-cell"})
# Text stands in elements of these namespaces alone: elsewhere it is a title, data, or a formula.
_TEXTUAL = ("text:", "loext:")
_BLANKS = re.compile("[ \t\r\n]+")


@attrs.define(eq=False)
class _Paragraph:
    """A paragraph that is open."""

    blank: bool = True  # whether a blank that comes now goes into the one before it
    shown: bool = True


class _Reader:
    """The elements of a body as they go by."""

    def __init__(self, looks: dict[tuple[str, str], Look], limits: Limits) -> None:
        self.story = Story(limits)
        self._known = looks
        self._open: list[str] = []  # the names of the open elements; "" of one that is not read
        self._looks = [PLAIN]  # of each open paragraph and span
        self._paragraphs: list[_Paragraph | None] = []  # None where a cell or a shape begins
        self._cells: list[list[Cell]] = []  # the open cells, several where one is repeated
        self._rows: list[int] = []  # the place of each open row's first cell among its table's

    def enter(self, element: Element) -> Iterable[Element]:
        """Take in the beginning of an element; what is to be visited within it."""
        name = _name(element.tag)
        within = () if self._unshown(name, element) else self._begin(name, element)
        self._open.append("" if within == () else name)
        if within != () and name.startswith(_TEXTUAL):
            self._text(element.text)
        return within

    def leave(self, element: Element) -> None:
        """Take in the end of an element, and the text behind it."""
        name = self._open.pop()
        if name in ("text:p", "text:h"):
            self._end_paragraph()
        elif name in ("text:span", "text:a"):
            self._looks.pop()
        elif name in _CELLS:
            self._paragraphs.pop()
            held = self.story.close_flow()
            for cell in self._cells.pop():
                cell.blocks = held
        elif name == "table:table-row":
            self._end_row(element)
        elif name == "table:table":
            self.story.close_table()
        elif name in _SHAPES:
            self._paragraphs.pop()
            self.story.close_box()
            self._anchor()
        if self._open and self._open[-1].startswith(_TEXTUAL):
            self._text(element.tail)

    def _begin(self, name: str, element: Element) -> Iterable[Element]:
        """What is to be visited in an element; nothing if it is not read."""
        if name in ("text:p", "text:h"):
            self._paragraphs.append(_Paragraph())
            self._looks.append(self._look("paragraph", element))
        elif name in ("text:span", "text:a"):
            self._looks.append(self._look("text", element).over(self._looks[-1]))
        elif name == "text:s":
            self._write(" " * self.story.hold_text(count(_get(element, "text:c"))))
        elif name in ("text:tab", "text:line-break"):
            self._write("\t" if name == "text:tab" else "\n")
        elif name == "text:hidden-paragraph":
            if self._paragraphs and self._paragraphs[-1]:
                self._paragraphs[-1].shown = _get(element, "text:is-hidden") != "true"
        elif name == "table:table":
            self.story.open_table()
        elif name == "table:table-row":
            self.story.open_row()
            self._rows.append(len(self.story.table.cells))
        elif name in _CELLS:
            self._begin_cell(name, element)
        else:
            return self._begin_drawn(name, element)
        return element

    # ---------------------------------------------------------------- text

    def _look(self, family: str, element: Element) -> Look:
        return self._known.get((family, _get(element, "text:style-name") or ""), PLAIN)

    def _unshown(self, name: str, element: Element) -> bool:
        """Whether an element shows nothing where it stands."""
        return (
            name in _UNREAD
            or _get(element, "text:display") == "none"
            or _get(element, "draw:display") == "none"
            or (_get(element, "text:is-hidden") == "true" and name != "text:hidden-paragraph")
            or _get(element, "table:visibility") in ("collapse", "filter")
            or (name.startswith("draw:") and bool(self._looks[-1].hidden))
        )

    def _text(self, text: str | None) -> None:
        """Add characters of the file: several blanks are one, and none begins a paragraph."""
        if not text or not self._paragraphs or not (paragraph := self._paragraphs[-1]):
            return
        text = _BLANKS.sub(" ", text)
        if paragraph.blank:
            text = text.removeprefix(" ")
        if text:
            self._write(text)
            paragraph.blank = text.endswith(" ")

    def _write(self, text: str) -> None:
        """Add what is shown as text."""
        look = self._looks[-1]
        if look.hidden or not self._paragraphs or not (paragraph := self._paragraphs[-1]):
            return
        paragraph.blank = False
        self.story.write(look.shown(text))

    def _end_paragraph(self) -> None:
        self._looks.pop()
        paragraph = self._paragraphs.pop()
        listed = bool(self._open) and self._open[-1] in ("text:list-item", "text:numbered-paragraph")
        # A number that the list gives is all that stands there.
        if listed and self.story.inner and self.story.empty:
            self.story.picture()
        self.story.end_paragraph(shown=paragraph is None or paragraph.shown)

    # ---------------------------------------------------------------- what is drawn

    def _begin_drawn(self, name: str, element: Element) -> Iterable[Element]:
        """A picture, a shape with text, or what only holds others."""
        if name in _SHAPES:
            self.story.open_flow()
            self._paragraphs.append(None)
        elif name == "draw:frame":
            # Several contents of a frame are one, for programs that know more or less.
            for child in element:
                if _name(child.tag) in ("draw:text-box", "table:table"):
                    return [child]
            self._picture()
            return ()
        elif name == "draw:control":
            self._picture()
            return ()
        return element

    def _picture(self) -> None:
        self.story.picture()
        self._anchor()

    def _anchor(self) -> None:
        """What is drawn outside of a paragraph stands for itself."""
        if not self._paragraphs or self._paragraphs[-1] is None:
            self.story.end_paragraph()

    # ---------------------------------------------------------------- tables

    def _begin_cell(self, name: str, element: Element) -> None:
        """A cell; one that is covered takes a place of its own only where nothing covers it."""
        table = self.story.table
        repeated = _repeated(element, "table:number-columns-repeated", self.story)
        covered = name != "table:table-cell"
        columns = 1 if covered else count(_get(element, "table:number-columns-spanned"))
        rows = 1 if covered else count(_get(element, "table:number-rows-spanned"))
        cells: list[Cell] = []
        for _ in range(repeated):
            if covered and table.covered(table.column):
                table.column += 1
            else:
                cells.append(self._put(columns, rows))
        self._cells.append(cells)
        self._paragraphs.append(None)
        self.story.open_flow()

    def _put(self, columns: int, rows: int) -> Cell:
        """A cell at the next place that no other covers."""
        table = self.story.table
        while table.covered(table.column):
            table.column += 1
        cell = Cell(table.row, table.column, columns, rows)
        self.story.place(cell)
        # The places that it covers are written out behind it.
        table.column = cell.column + 1
        return cell

    def _end_row(self, element: Element) -> None:
        """The end of a row, which may stand for several."""
        cells = self.story.table.cells[self._rows.pop() :]
        for _ in range(_repeated(element, "table:number-rows-repeated", self.story) - 1):
            self.story.open_row()
            for cell in cells:
                self._put(cell.columns, cell.rows).blocks = cell.blocks


def _repeated(element: Element, name: str, story: Story) -> int:
    """How often something is repeated."""
    repeated = count(_get(element, name))
    story.hold(repeated - 1)
    return repeated
