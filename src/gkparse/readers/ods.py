"""ODS: the sheets of a workbook, from its XML, in which each cell has its text as it is shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias
from xml.etree.ElementTree import Element

from gkparse.blocks import PICTURE
from gkparse.errors import ReadError
from gkparse.limits import Limits
from gkparse.readers.formats import formatted
from gkparse.readers.looks import raised, struck
from gkparse.readers.packages import Package, xml
from gkparse.readers.sheets import Sheet, real, whole

__all__ = ["sheets"]

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_GROUPS = frozenset(f"{_TABLE}table-{each}" for each in ("row-group", "header-rows", "rows",
    "column-group", "header-columns", "columns"))  # fmt: skip
_CELLS = frozenset({f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"})
_BLANKS = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_UNREAD = frozenset({f"{_OFFICE}annotation", f"{_TEXT}note", f"{_TEXT}ruby-text", f"{_DRAW}frame"})
_MANIFEST = "META-INF/manifest.xml"


def sheets(package: Package, limits: Limits) -> Iterator[Sheet | None]:
    """The sheets of an ODS, in which each cell has its text as shown; None for one that is hidden."""
    if _MANIFEST in package.names and b"encryption-data" in package.read(_MANIFEST):
        raise ReadError("it is encrypted: save it without a password")
    root = xml(package.read("content.xml"), limits)
    looks = {
        style.get(f"{_STYLE}name", ""): frozenset(look for each in style for look in _looks(each))
        for style in root.iter(f"{_STYLE}style")
    }
    for table in root.findall(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table"):
        hidden = "hidden" in looks.get(table.get(f"{_TABLE}style-name", ""), ())
        yield None if hidden else _table(table, looks, limits)


_Looks: TypeAlias = dict[str, frozenset[str]]


def _looks(properties: Element) -> Iterator[str]:
    """What the properties of a style say that changes what a table or a number reads as."""
    if properties.get(f"{_TABLE}display") == "false":
        yield "hidden"
    if any(
        properties.get(f"{_STYLE}text-line-through-{of}", "none") != "none"
        for of in ("style", "type")
    ):
        yield "struck"
    # `super 58%`, or how far above the line in percent.
    position = properties.get(f"{_STYLE}text-position", "0%").partition(" ")[0]
    if position not in {"", "0%"}:
        yield "sub" if position.startswith(("sub", "-")) else "super"


def _table(table: Element, looks: _Looks, limits: Limits) -> Sheet:
    """One sheet of an ODS."""
    sheet = Sheet()
    row = column = written = 0
    for each in _children(table):
        if each.tag == f"{_TABLE}shapes":
            sheet.pictures += [(0, 0)] * (each.find(f"{_DRAW}frame") is not None)
        elif each.tag == f"{_TABLE}table-column":
            count = _repeated(each, "number-columns-repeated")
            if each.get(f"{_TABLE}visibility", "visible") != "visible":
                sheet.hidden_columns.append((column, column + count - 1))
            column += count
        elif each.tag == f"{_TABLE}table-row":
            count = _repeated(each, "number-rows-repeated")
            if each.get(f"{_TABLE}visibility", "visible") != "visible":
                sheet.hidden_rows.append((row, row + count - 1))
            for at, copies, cell in _row(each):
                text = _shown_text(cell, looks)
                high = _repeated(cell, "number-rows-spanned")
                wide = _repeated(cell, "number-columns-spanned")
                if not text and high == wide == 1:
                    continue
                written += count * copies
                limits.hold("cells", written, "cells in a sheet")
                for place in ((row + a, at + b) for a in range(count) for b in range(copies)):
                    sheet.texts[place] = text
                    if high > 1 or wide > 1:
                        sheet.merged.append((place, (place[0] + high - 1, place[1] + wide - 1)))
            row += count
    return sheet


def _children(table: Element) -> Iterator[Element]:
    """What a sheet holds, groups opened: its shapes, its columns, its rows."""
    waiting = [iter(table)]
    while waiting:
        for each in waiting[-1]:
            if each.tag in _GROUPS:
                waiting.append(iter(each))
                break
            yield each
        else:
            waiting.pop()


def _row(row: Element) -> Iterator[tuple[int, int, Element]]:
    """The cells of a row that none covers: the column of each, how often it is repeated, itself."""
    column = 0
    for cell in row:
        if cell.tag in _CELLS:
            copies = _repeated(cell, "number-columns-repeated")
            if cell.tag == f"{_TABLE}table-cell":
                yield column, copies, cell
            column += copies


def _repeated(element: Element, name: str) -> int:
    return max(1, whole(element.get(f"{_TABLE}{name}", "1"), "sheet"))


def _shown_text(cell: Element, looks: _Looks) -> str:
    """The text of a cell; of one that was written without it, its value."""
    own = looks.get(cell.get(f"{_TABLE}style-name", ""), frozenset())
    lines = [_line(each, own, looks) for each in cell if each.tag == f"{_TEXT}p"]
    text = "\n".join(lines)
    if not text.strip() and next(cell.iter(f"{_DRAW}frame"), None) is not None:
        return PICTURE
    if lines:
        return text
    value = cell.get(f"{_OFFICE}value")
    if value is not None:
        return formatted(real(value), "General")
    kinds = ("string", "date", "boolean", "time")
    return next((found for kind in kinds if (found := cell.get(f"{_OFFICE}{kind}-value"))), "")


def _line(paragraph: Element, own: frozenset[str], looks: _Looks) -> str:
    """The text of a paragraph, in which raised digits, and those that are struck out, show."""
    found: list[str] = []
    waiting: list[tuple[Element | str, frozenset[str]]] = [(paragraph, own)]
    while waiting:
        each, look = waiting.pop()
        if isinstance(each, str):
            text = raised(each, up="super" in look) if look & {"super", "sub"} else each
            found.append(struck(text) if "struck" in look else text)
        elif each.tag == f"{_TEXT}s":
            found.append(" " * min(whole(each.get(f"{_TEXT}c", "1"), "text"), 1000))
        elif each.tag in _BLANKS:
            found.append(_BLANKS[each.tag])
        elif each.tag not in _UNREAD:
            within = look | looks.get(each.get(f"{_TEXT}style-name", ""), frozenset())
            for inner in reversed(each):
                waiting += ((inner.tail or "", within), (inner, within))
            waiting.append((each.text or "", within))
    return "".join(found)
