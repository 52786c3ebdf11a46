"""RTF: its control words, read in order, to paragraphs and tables.

Libraries for RTF give a text without spans, with what is deleted or hidden in it and without its
pictures, all of which would be wrong numbers here; so the words that matter are read by hand.
"""

from __future__ import annotations

import codecs
import copy
import re
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import TypeAlias

import attrs

from gkparse.blocks import PICTURE, Block, Paragraph
from gkparse.errors import ReadError
from gkparse.limits import Limits
from gkparse.readers.edges import Cell, by_edges
from gkparse.readers.looks import raised, struck

__all__ = ["blocks"]

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?[0-9]{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\",
    re.DOTALL,
)
# Groups that the page does not show, or shows elsewhere.
_UNREAD = frozenset(
    "colortbl stylesheet info filetbl template header headerl headerr headerf footer footerl footerr "
    "footerf footnote annotation fldinst nonshppict nonesttables shprslt sn objdata objclass objname "
    "xe tc tcn rxe txe comment ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn falt panose upr "
    "bkmkstart bkmkend atnid atnauthor formfield datafield listname leveltext levelnumbers".split()
)
# What is read of the groups that a reader may pass over.
_READ = frozenset({"shppict", "shpinst", "nesttableprops"})
# Groups whose content is a picture, or no text.
_PICTURES = frozenset({"pict", "moMath"})
_CHARACTERS = {
    "tab": "\t", "line": "\n", "page": "\n", "column": "\n", "lbr": "\n", "emdash": "—", "endash": "–",
    "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": "\u2003",
    "enspace": "\u2002", "qmspace": "\u2005", "zwj": "", "zwnj": "",
}  # fmt: skip
_SYMBOLS = {b"~": "\u00a0", b"_": "\u2011", b"-": ""}
_CHARSETS = {
    0: "cp1252", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "cp950", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
_PAGES = {
    936: "gb18030",
    54936: "gb18030",
    65001: "utf-8",
    950: "cp950",
    932: "cp932",
    949: "cp949",
}
_EAST_ASIAN = frozenset({"gb18030", "cp950", "cp932", "cp949", "utf-8"})
_SYMBOL_CHARSET = 2


def blocks(data: bytes, limits: Limits) -> Iterator[Block]:
    """The paragraphs and tables of an RTF document."""
    if not data.startswith(b"{\\rtf"):
        raise ReadError("it is no RTF document: it does not begin with {\\rtf")
    yield from _flow(_Reader(limits).read(data), limits)


# ---------------------------------------------------------------- what a document holds


@attrs.frozen
class _Edge:
    """Where a cell ends, and what the file says of its merging."""

    right: int
    flags: frozenset[str]


@attrs.frozen
class _Row:
    """A row: what its cells hold, where they end, and where the first begins."""

    cells: list[list[_Item]]
    edges: list[_Edge]
    left: int


@attrs.frozen
class _Table:
    """A table: its rows."""

    rows: list[_Row]

    @property
    def size(self) -> int:
        return sum(len(row.cells) for row in self.rows)


# A paragraph, or a table.
_Item: TypeAlias = "str | _Table"


# ---------------------------------------------------------------- control words


@attrs.define
class _State:
    """What a group of the file keeps to itself."""

    unread: bool = False
    hidden: bool = False
    deleted: bool = False
    struck: bool = False
    raised: str = ""  # super or sub
    fonts: bool = False  # within the table of fonts
    font: int = -1
    eastern: int = -1  # the font of East Asian characters
    fallback: int = 1  # how many bytes stand behind a Unicode character for readers without it
    level: int = 0  # how deep in tables a paragraph stands
    row: list[_Edge] = attrs.Factory(list)
    left: int = 0


class _Reader:
    """Reads control words to what a document holds."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._state = _State()
        self._states: list[_State] = []
        self._starred = False  # behind \*: the group may be passed over
        self._skip = 0
        self._bytes = bytearray()
        self._units = bytearray()  # UTF-16
        self._parts: list[str] = []
        self._characters = 0
        self._charsets: dict[int, int] = {}
        self._page = "cp1252"
        self._flags: set[str] = set()
        # What the document, and the open cell on each level of tables, hold.
        self._contents: list[list[_Item]] = [[]]
        self._tables: list[_Table] = []
        self._cells: list[list[list[_Item]]] = []

    def read(self, data: bytes) -> list[_Item]:
        """What the document holds; `ReadError` where it ends too early."""
        at = 0
        while at < len(data):
            found = _TOKEN.match(data, at)
            assert found is not None  # every byte begins a token
            at = found.end()
            word, number, hexed, symbol, brace, text = found.groups()
            if word:
                if word == b"bin":
                    at += max(0, int(number or 0))
                self._word(word.decode("ascii"), int(number) if number else None)
            elif hexed:
                self._put(bytes((int(hexed, 16),)))
            elif symbol:
                self._symbol(symbol)
            elif brace:
                self._starred, self._skip = False, 0
                self._flush()
                if brace == b"{":
                    self._states.append(copy.copy(self._state))
                    self._limits.hold("depth", len(self._states) / 10, "levels in the document")
                else:
                    self._state = self._states.pop()
                    if not self._states:
                        self._end(0)
                        self._open(0)
                        return self._contents[0]
            elif text:
                self._put(text)
        raise ReadError("it is an RTF document that is cut off or damaged: fetch it again")

    # ------------------------------------------------------------ characters

    def _put(self, text: bytes) -> None:
        """Text, in the code page of its font."""
        skipped = min(self._skip, len(text))
        self._skip -= skipped
        state = self._state
        if state.unread or state.fonts or state.hidden or state.deleted:
            return
        if self._units and skipped < len(text):
            self._flush()
        self._bytes += text[skipped:]

    def _say(self, text: str) -> None:
        """Characters that are no bytes of a code page."""
        state = self._state
        if not (state.unread or state.hidden or state.deleted):
            self._flush()
            self._parts.append(text)

    def _unicode(self, number: int) -> None:
        """A character, or half of one, in UTF-16."""
        state = self._state
        if not (state.unread or state.hidden or state.deleted):
            if self._bytes:
                self._flush()
            self._units += (number & 0xFFFF).to_bytes(2, "little")
        self._skip = state.fallback

    def _flush(self) -> None:
        """Decode what has come together."""
        text = self._decoded(bytes(self._bytes)) + self._units.decode("utf-16-le", "replace")
        self._bytes.clear()
        self._units.clear()
        if self._state.raised:
            text = raised(text, up=self._state.raised == "super")
        if text:
            self._parts.append(struck(text) if self._state.struck else text)

    def _decoded(self, text: bytes) -> str:
        if self._charsets.get(self._state.font) == _SYMBOL_CHARSET:
            # A picture of a font such as Wingdings, whatever letter stands for it.
            return "".join(chr(0xF000 + each) if each > 0x20 else " " for each in text)
        if text.isascii():
            return text.decode("ascii")
        own, eastern = (
            _CHARSETS.get(self._charsets.get(font, -1), "")
            for font in (self._state.font, self._state.eastern)
        )
        # A Latin font says nothing of Chinese characters: Word shows those in another.
        known = [page for page in (own, self._page, eastern) if page in _EAST_ASIAN]
        for page in (*known, own or self._page):
            try:
                return text.decode(page)
            except UnicodeDecodeError:
                continue
        return text.decode(self._page, "replace")

    # ------------------------------------------------------------ control words

    def _symbol(self, symbol: bytes) -> None:
        """A backslash with something that is no letter."""
        if symbol == b"*":
            self._starred = True
        elif symbol in b"\r\n":
            self._paragraph()
        elif symbol in _SYMBOLS:
            self._say(_SYMBOLS[symbol])
        elif symbol in b"\\{}" or symbol >= b"\x80":
            self._put(symbol)

    def _word(self, word: str, number: int | None) -> None:
        """A control word with its number."""
        state = self._state
        starred, self._starred = self._starred, False
        if word == "u" and number is not None:
            self._unicode(number)
            return
        self._skip = max(0, self._skip - 1)
        if word == "uc":
            state.fallback = max(0, number or 0)
        elif state.unread:
            return
        elif word in _PICTURES:
            self._say(PICTURE)
            state.unread = True
        elif word == "fonttbl":
            state.fonts = True
        elif word in _UNREAD or (starred and word not in _READ):
            state.unread = True
        elif word == "ansicpg":
            self._page = _page(number or 0)
        elif word == "fcharset" and state.fonts:
            self._charsets[state.font] = number or 0
        elif word in _CHARACTERS:
            self._say(_CHARACTERS[word])
        else:
            self._flush()
            if not (self._property(word, number) or self._definition(word, number)):
                self._structure(word)

    def _property(self, word: str, number: int | None) -> bool:
        """A property of characters or of a paragraph; whether it is one."""
        state = self._state
        match word:
            case "f":
                state.font = number or 0
            case "deff" if state.font < 0:
                state.font = number or 0
            case "af":
                state.eastern = number or 0
            case "plain":
                state.hidden = state.deleted = state.struck = False
                state.raised = ""
            case "v":
                state.hidden = number != 0
            case "deleted" | "mvf":
                state.deleted = number != 0
            case "strike" | "striked":
                state.struck = number != 0
            case "super" | "sub" | "nosupersub":
                state.raised = word if number != 0 and word != "nosupersub" else ""
            case "pard":
                state.level = 0
            case "intbl":
                state.level = max(1, state.level)
            case "itap":
                state.level = max(0, number or 0)
            case _:
                return False
        return True

    def _definition(self, word: str, number: int | None) -> bool:
        """A part of what says how wide the cells of a row are and which are merged; whether it is."""
        state = self._state
        match word:
            case "trowd":
                state.row, state.left = [], 0
                self._flags.clear()
            case "trleft":
                state.left = number or 0
            case "clvmgf" | "clvmrg" | "clmgf" | "clmrg":
                self._flags.add(word)
            case "cellx":
                state.row.append(_Edge(number or 0, frozenset(self._flags)))
                self._flags.clear()
            case _:
                return False
        return True

    def _structure(self, word: str) -> None:
        """The end of a paragraph, of a cell or of a row."""
        match word:
            case "par" | "sect":
                self._paragraph()
            case "cell":
                self._cell(1)
            case "nestcell":
                self._cell(max(2, self._state.level))
            case "row":
                self._row(1)
            case "nestrow":
                self._row(max(2, len(self._tables)))
            case _:
                pass

    # ------------------------------------------------------------ paragraphs and tables

    def _paragraph(self) -> None:
        state = self._state
        if not state.unread and not ((state.hidden or state.deleted) and not self._parts):
            self._end(state.level)

    def _end(self, level: int) -> None:
        """End a paragraph on a level of tables."""
        self._flush()
        text = "".join(self._parts)
        self._parts.clear()
        self._characters += len(text)
        self._limits.hold("characters", self._characters, "characters in the document")
        self._open(level)
        self._contents[level].append(text)

    def _open(self, level: int) -> None:
        """Be on a level of tables: those that are deeper are at their end."""
        self._limits.hold("depth", level, "tables within each other")
        while len(self._tables) < level:
            self._tables.append(_Table([]))
            self._cells.append([])
            self._contents.append([])
        while len(self._tables) > level:
            left = self._contents[-1]
            if self._cells[-1]:
                self._finish(len(self._tables))
                left = []
            table = self._tables.pop()
            self._cells.pop()
            self._contents.pop()
            if table.rows:
                self._contents[-1].append(table)
            self._contents[-1] += left

    def _cell(self, level: int) -> None:
        """End a cell, and the last paragraph in it."""
        self._end(level)
        self._cells[level - 1].append(self._contents[level])
        self._contents[level] = []

    def _row(self, level: int) -> None:
        """End a row, with the cells that its definition has."""
        self._flush()
        self._open(level)
        self._finish(level)

    def _finish(self, level: int) -> None:
        if self._parts or any(self._contents[level]):
            self._cell(level)  # a last cell that nothing ended
        cells = self._cells[level - 1]
        state = self._state
        if cells:
            self._tables[level - 1].rows.append(_Row(cells, list(state.row), state.left))
        self._cells[level - 1] = []
        self._contents[level] = []


def _page(number: int) -> str:
    """The name of a code page."""
    name = _PAGES.get(number, f"cp{number}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"


# ---------------------------------------------------------------- blocks


def _flow(items: list[_Item], limits: Limits) -> Iterator[Block]:
    """What a document, or a cell of a layout, holds, in the order in which it is read."""
    for item in items:
        if isinstance(item, str):
            text = item.replace(PICTURE, "")
            if text.strip():
                yield Paragraph(text)
            if PICTURE in item:
                yield Paragraph(PICTURE)
        else:
            marked = [(item.size == 1 or _is_layout(row), row) for row in item.rows]
            for laid_out, rows in groupby(marked, itemgetter(0)):
                if laid_out:
                    for cell in (cell for _, row in rows for cell in row.cells):
                        yield from _flow(cell, limits)
                else:
                    yield by_edges([_cells(row) for _, row in rows], limits)


def _is_layout(row: _Row) -> bool:
    """Whether a row is there for the look: around tables with no fewer cells than it has."""
    inner = (item for cell in row.cells for item in cell if isinstance(item, _Table))
    weight = sum(map(_weight, inner))
    return weight >= max(2, len(row.cells))


def _weight(table: _Table) -> int:
    """How many cells a table within a cell has; none, if it is but a frame around a text."""
    return 0 if table.size == 1 else table.size


def _text(cell: list[_Item]) -> str:
    """The text of a cell; of pictures only where there is nothing else."""
    parts = [_inner(item) if isinstance(item, _Table) else item for item in cell]
    if len(parts) > 1 and isinstance(cell[-2], _Table) and not parts[-1]:
        parts.pop()  # the paragraph that must stand behind a table
    shown = "\n".join(parts)
    text = shown.replace(PICTURE, "").replace("\t", " ")
    return PICTURE if PICTURE in shown and not text.strip() else text


def _inner(table: _Table) -> str:
    """The text of a table within a cell."""
    return "\n".join(" ".join(_text(cell) for cell in row.cells) for row in table.rows)


def _cells(row: _Row) -> list[Cell]:
    """The cells of a row; what has no edge of its own has no width."""
    cells: list[Cell] = []
    left = row.left
    for at in range(max(len(row.cells), len(row.edges))):
        text = _text(row.cells[at]) if at < len(row.cells) else ""
        edge = row.edges[at] if at < len(row.edges) else _Edge(left, frozenset())
        if "clmrg" in edge.flags and cells and not text.strip():
            cells[-1].right = edge.right
        else:
            flags = edge.flags
            cells.append(Cell(text, left, edge.right, "clvmgf" in flags, "clvmrg" in flags))
        left = edge.right
    return cells
