"""Word documents (DOCX) as blocks: the body as Word shows it when every change is accepted."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import accumulate
from xml.etree.ElementTree import Element

import attrs

from gkparse.blocks import PICTURE, Block
from gkparse.errors import ReadError
from gkparse.limits import Limits
from gkparse.readers.looks import PLAIN, Look, inherited
from gkparse.readers.packages import Package, xml
from gkparse.readers.story import Cell, Story, Table, count, walk

__all__ = ["blocks"]


def blocks(data: bytes, limits: Limits) -> Iterator[Block]:
    """The paragraphs and tables of a DOCX, in order.

    Raises `ReadError` where it is damaged, encrypted or no Word document, `LimitError` where it
    asks for more than `limits`.
    """
    package = Package(data, limits)
    main = _related(package, "", "officeDocument", limits)
    if main is None:
        raise ReadError("it names no main part: it is damaged, or no Word document")
    root = xml(package.read(main), limits)
    if _name(root.tag) != "w:document":
        raise ReadError("it holds no Word document: save it as .docx")
    styles = _related(package, main, "styles", limits)
    looks = _looks(xml(package.read(styles), limits)) if styles else {}
    reader = _Reader(looks, _ended_fields(root), limits)
    walk(root, reader.enter, reader.leave)
    return reader.story.blocks()


def _related(package: Package, part: str, kind: str, limits: Limits) -> str | None:
    """The part that is the `kind` of another; the package itself is the part ""."""
    folder, file = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{file}.rels")
    if part and relations not in package.names:
        return None
    for found in xml(package.read(relations), limits):
        if found.get("Type", "").endswith(f"/{kind}") and found.get("TargetMode") != "External":
            target = posixpath.join("/", folder, found.get("Target", ""))
            return posixpath.normpath(target).lstrip("/")
    return None


# ---------------------------------------------------------------- names

_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w:",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w:",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m:",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m:",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
}


@lru_cache(maxsize=1024)
def _name(tag: str) -> str:
    """A tag as `w:p`; one of a drawing by its name alone."""
    namespace, _, name = tag.removeprefix("{").rpartition("}")
    return _PREFIXES.get(namespace, "") + name


def _get(element: Element, name: str) -> str | None:
    """An attribute of the element's own namespace."""
    return element.get(f"{element.tag.rpartition('}')[0]}}}{name}")


def _find(element: Element, path: str) -> Element | None:
    """An element within another of the same namespace, by names parted by "/"."""
    found: Element | None = element
    for name in path.split("/"):
        if found is not None:
            found = found.find(f"{found.tag.rpartition('}')[0]}}}{name}")
    return found


def _value(element: Element, path: str) -> str | None:
    """The value of a property; "" where it stands without one."""
    found = _find(element, path)
    return None if found is None else _get(found, "val") or ""


def _on(element: Element, path: str) -> bool | None:
    """Whether a property is switched on; None where nothing is said."""
    value = _value(element, path)
    return None if value is None else value not in ("0", "false", "off")


# ---------------------------------------------------------------- the looks of text


_LEVELS = {"superscript": 1, "subscript": -1, "baseline": 0}


def _look(owner: Element) -> Look:
    """What the properties of an element's text say themselves."""
    if (properties := _find(owner, "rPr")) is None:
        return PLAIN
    lines = (_on(properties, "strike"), _on(properties, "dstrike"))
    return Look(
        _on(properties, "vanish"),
        None if lines == (None, None) else any(lines),
        _LEVELS.get(_value(properties, "vertAlign") or ""),
    )


def _looks(root: Element) -> dict[str, Look]:
    """The look of each style."""
    return inherited(
        {
            _get(style, "styleId") or "": (_value(style, "basedOn") or "", _look(style))
            for style in root
            if _name(style.tag) == "w:style"
        }
    )


def _beside(run: Look, paragraph: Look) -> Look:
    """The style of a run with that of its paragraph: twice switched is switched off again."""
    return Look(
        bool(run.hidden) != bool(paragraph.hidden),
        bool(run.struck) != bool(paragraph.struck),
        paragraph.level if run.level is None else run.level,
    )


# ---------------------------------------------------------------- fields

_CELLS_AND_BOXES = frozenset({"w:tc", "w:txbxContent"})
# Fields that show nothing where the file holds no result; all others show what Word works out.
_SILENT = frozenset(
    "ADVANCE ASK FORMTEXT HYPERLINK INDEX NEXT NEXTIF NOTEREF PRIVATE RD REF SET SKIPIF TA TC TOC XE".split()
)


@attrs.define(eq=False)
class _Field:
    """A field that is open: its code, and how much was shown before its result."""

    code: list[str] = attrs.field(factory=list)
    before: int | None = None

    def silent(self, shown: int) -> bool:
        """Whether there is nothing of it to see beside what was shown until now."""
        kind = "".join(self.code).split(maxsplit=1)
        return bool(kind and kind[0].upper() in _SILENT) or (
            self.before is not None and shown > self.before
        )


def _ended_fields(root: Element) -> frozenset[int]:
    """The marks that begin a field and have one that ends it, in the same cell or text box."""
    ended: set[int] = set()
    if all(_name(element.tag) != "w:fldChar" for element in root.iter()):
        return frozenset()
    begun: list[list[Element]] = [[]]

    def enter(element: Element) -> Iterable[Element]:
        name = _name(element.tag)
        if name in _UNREAD:
            return ()
        if name in _CELLS_AND_BOXES:
            begun.append([])
        elif name == "w:fldChar":
            kind = _get(element, "fldCharType")
            if kind == "begin":
                begun[-1].append(element)
            elif kind == "end" and begun[-1]:
                ended.add(id(begun[-1].pop()))
        elif name == "mc:AlternateContent":
            return _alternative(element)
        return element

    def leave(element: Element) -> None:
        if _name(element.tag) in _CELLS_AND_BOXES:
            begun.pop()

    walk(root, enter, leave)
    return frozenset(ended)


def _alternative(element: Element) -> Iterable[Element]:
    """The one of several contents that stands for all: the first choice."""
    return next(([each] for each in element if _name(each.tag) == "mc:Choice"), element)


# ---------------------------------------------------------------- the body

# What is not shown, and properties, which are asked for where they matter.
_UNREAD = frozenset(
    "w:del w:moveFrom w:delText w:delInstrText w:pPr w:rPr w:tblPr w:tblGrid w:tblPrEx w:trPr w:tcPr "
    "w:sdtPr w:sdtEndPr w:sectPr w:rt w:rubyPr w:ffData w:background m:rPr m:ctrlPr".split()
)
_BREAKS = {"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}
_PICTURES = frozenset(
    "w:object w:altChunk w:subDoc blip imagedata chart relIds contentPart lockedCanvas".split()
)
# Mathematics that stands on one line; all else has digits above, below or within others.
_LINEAR = frozenset("m:oMath m:oMathPara m:oMathParaPr m:r m:t m:rPr m:ctrlPr".split())
_BLANKS = str.maketrans("\t\n\r", "   ")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class _Reader:
    """The elements of a body as they go by."""

    def __init__(self, looks: dict[str, Look], ended: frozenset[int], limits: Limits) -> None:
        self.story = Story(limits)
        self._styles = looks
        self._ended = ended
        self._paragraphs: list[Look] = []  # the look of each open paragraph
        self._runs: list[Look] = []  # the look of each open run
        self._fields: list[_Field] = []
        self._cells: list[Cell] = []  # the open cells
        self._merges: dict[Cell, str] = {}  # how cells are merged with those above and below

    def enter(self, element: Element) -> Iterable[Element]:
        """Take in the beginning of an element; what is to be visited within it."""
        name = _name(element.tag)
        if name in _UNREAD:
            return ()
        if name in ("w:t", "m:t"):
            self._text(element)
        elif name == "w:r":
            return self._begin_run(element)
        elif name == "w:p":
            style = _value(element, "pPr/pStyle")
            self._paragraphs.append(self._styles.get(style or "", PLAIN))
        elif name == "w:tbl":
            self.story.open_table()
        elif name == "w:tr":
            return self._begin_row(element)
        elif name == "w:tc":
            return self._begin_cell(element)
        else:
            return self._begin_other(name, element)
        return element

    def leave(self, element: Element) -> None:
        """Take in the end of an element."""
        name = _name(element.tag)
        if name == "w:r":
            self._runs.pop()
        elif name == "w:p":
            self._end_paragraph(element)
        elif name == "w:tc" and not _deleted_cell(element):
            self._cells.pop().blocks.extend(self.story.close_flow())
        elif name == "w:tr" and not _deleted_row(element):
            self._skip(element, "gridAfter")
        elif name == "w:tbl":
            self._end_table(element)
        elif name == "w:txbxContent":
            self.story.close_box()
        elif name == "w:fldSimple":
            self._end_field()

    # ---------------------------------------------------------------- text

    @property
    def _run(self) -> Look:
        """The look of the text that comes now."""
        return self._runs[-1] if self._runs else PLAIN

    @property
    def _coded(self) -> bool:
        """Whether this is the code of a field."""
        return any(field.before is None for field in self._fields)

    def _write(self, text: str) -> None:
        """Add what is shown as text."""
        if not self._coded:
            self.story.write(self._run.shown(text))

    def _text(self, element: Element) -> None:
        text = (element.text or "").translate(_BLANKS)
        self._write(text if element.get(_SPACE) == "preserve" else text.strip(" "))

    def _begin_run(self, element: Element) -> Iterable[Element]:
        """A run; of a hidden one only the marks of fields count."""
        style = self._styles.get(_value(element, "rPr/rStyle") or "", PLAIN)
        paragraph = self._paragraphs[-1] if self._paragraphs else PLAIN
        self._runs.append(_look(element).over(_beside(style, paragraph)))
        if not self._run.hidden:
            return element
        return [each for each in element if _name(each.tag) in ("w:fldChar", "w:instrText")]

    def _end_paragraph(self, element: Element) -> None:
        self._paragraphs.pop()
        if _deleted_mark(element):
            return  # the next one goes on in it
        numbered = _value(element, "pPr/numPr/numId") not in (None, "0")
        # A number that Word works out is all that stands there.
        if numbered and self.story.inner and self.story.empty:
            self.story.picture()
        self.story.end_paragraph()

    def _begin_other(self, name: str, element: Element) -> Iterable[Element]:
        """All that is no text, run, paragraph or part of a table."""
        if name in _BREAKS:
            self._write(_BREAKS[name])
        elif name == "w:sym":
            self._write(_symbol(element))
        elif name in _PICTURES or (name == "graphicData" and _foreign(element)):
            if not self._coded:
                self.story.picture()
            if name == "w:altChunk":  # it stands between paragraphs
                self.story.end_paragraph()
            return ()
        elif name == "w:txbxContent":
            self.story.open_flow()
        elif name in ("w:fldChar", "w:fldSimple"):
            self._mark(name, element)
        elif name == "w:instrText":
            if self._fields:
                self._fields[-1].code.append(element.text or "")
        elif name == "mc:AlternateContent":
            return _alternative(element)
        elif name.startswith("m:") and name not in _LINEAR:
            self._write(PICTURE)
            return ()
        elif _unseen(element):
            return ()
        return element

    # ---------------------------------------------------------------- fields

    def _mark(self, name: str, element: Element) -> None:
        """A mark of a field: its begin, what parts code and result, its end."""
        kind = _get(element, "fldCharType")
        if name == "w:fldSimple":
            self._fields.append(_Field([_get(element, "instr") or ""], self.story.shown))
        elif kind == "begin" and id(element) in self._ended:
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].before = self.story.shown
        elif kind == "end":
            self._end_field()

    def _end_field(self) -> None:
        if self._fields and not self._fields.pop().silent(self.story.shown):
            self._write("" if self._run.hidden else PICTURE)

    # ---------------------------------------------------------------- tables

    def _begin_row(self, element: Element) -> Iterable[Element]:
        if _deleted_row(element):
            return ()
        self.story.open_row()
        self._skip(element, "gridBefore")
        return element

    def _skip(self, row: Element, name: str) -> None:
        """Empty cells where a row begins later, or ends earlier, than its table."""
        printed = _value(row, f"trPr/{name}")
        if printed in (None, "", "0"):
            return
        table, width = self.story.table, count(printed)
        self.story.hold(width)
        for _ in range(width):
            table.put(Cell(table.row, table.column, drawn=False))

    def _begin_cell(self, element: Element) -> Iterable[Element]:
        if _deleted_cell(element):
            return ()
        table = self.story.table
        cell = Cell(table.row, table.column, count(_value(element, "tcPr/gridSpan")))
        left = table.cells[-1] if table.cells else None
        if left and left.row == cell.row and _value(element, "tcPr/hMerge") in ("", "continue"):
            self.story.widen(left, cell.columns)
            cell = left
        else:
            self.story.place(cell)
            if merge := _merge(element):
                self._merges[cell] = merge
        self._cells.append(cell)
        self.story.open_flow()
        return element

    def _end_table(self, element: Element) -> None:
        table = self.story.table
        _close_up(table, element)
        above: dict[int, Cell] = {}  # the last cell that begins in each column
        kept: list[Cell] = []
        for cell in table.cells:
            over = above.get(cell.column)
            if over and self._merges.get(cell) == "continue" and self._reaches(over, cell):
                over.rows += 1  # what the rest of it holds is not shown
            else:
                kept.append(cell)
                above[cell.column] = cell
        table.cells = kept
        self.story.close_table()

    def _reaches(self, above: Cell, cell: Cell) -> bool:
        """Whether a merged cell from above goes on in one just below, of the same width."""
        just = above.row + above.rows == cell.row
        return just and above.columns == cell.columns and above in self._merges


def _close_up(table: Table, element: Element) -> None:
    """Take out of a table the columns that are only where the edges of its rows do not quite meet.

    Word has a column between any two edges. One that is next to nothing wide and in which no row has
    a cell of its own is no column of the page.
    """
    grid = _find(element, "tblGrid")
    widths = [] if grid is None else [_get(each, "w") or "" for each in grid]
    gaps = {at for at, width in enumerate(widths) if re.fullmatch("[0-9]{1,2}", width)}
    for cell in table.cells:
        if cell.drawn and gaps.issuperset(within := range(cell.column, cell.column + cell.columns)):
            gaps.difference_update(within)
    if not gaps:
        return
    before = [0, *accumulate(at in gaps for at in range(len(widths)))]
    kept: list[Cell] = []
    for cell in table.cells:
        start, end = cell.column, cell.column + cell.columns
        cell.column = start - before[min(start, len(widths))]
        cell.columns = end - before[min(end, len(widths))] - cell.column
        if cell.columns:
            kept.append(cell)
    table.cells = kept


def _merge(cell: Element) -> str:
    """How a cell is merged with those above and below: `restart`, `continue`, or not at all."""
    if (merge := _value(cell, "tcPr/vMerge")) is not None:
        return merge or "continue"
    tracked = _find(cell, "tcPr/cellMerge")
    kind = None if tracked is None else _get(tracked, "vMerge")
    return {"cont": "continue", "rest": "restart"}.get(kind or "", "")


def _deleted_cell(cell: Element) -> bool:
    return _find(cell, "tcPr/cellDel") is not None


def _deleted_row(row: Element) -> bool:
    return bool(_on(row, "trPr/del"))


def _deleted_mark(paragraph: Element) -> bool:
    """Whether the end of a paragraph is deleted, moved away or hidden."""
    mark = _find(paragraph, "pPr/rPr")
    ends = ("del", "moveFrom", "vanish", "specVanish")
    return mark is not None and any(_on(mark, each) for each in ends)


def _symbol(element: Element) -> str:
    """A symbol as its character; those that a font has at places of its own are pictures."""
    code = _get(element, "char") or ""
    font = (_get(element, "font") or "").lower()
    if not re.fullmatch("[0-9A-Fa-f]{1,6}", code) or re.search("symbol|dings", font):
        return PICTURE
    point = int(code, 16)
    private = 0xD800 <= point < 0xF900 or not 0x20 <= point < 0xF0000
    return PICTURE if private else chr(point)


def _foreign(element: Element) -> bool:
    """Whether what is drawn is no shape, group or canvas of Word's own."""
    return "wordprocessing" not in (element.get("uri") or "")


def _unseen(element: Element) -> bool:
    """Whether what is drawn is hidden."""
    return re.search(r"visibility:\s*hidden", element.get("style", "")) is not None or any(
        each.get("hidden") in ("1", "true") for each in element if _name(each.tag) in ("docPr", "cNvPr")
    )
