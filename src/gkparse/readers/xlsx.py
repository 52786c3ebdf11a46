"""XLSX: the sheets of a workbook, from its XML."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import attrs

from gkparse.blocks import PICTURE
from gkparse.errors import ReadError
from gkparse.limits import Limits
from gkparse.readers.formats import BUILT_IN, formatted
from gkparse.readers.looks import raised, struck
from gkparse.readers.packages import Package, xml
from gkparse.readers.sheets import Place, Sheet, real, whole

__all__ = ["WORKBOOK", "sheets"]

WORKBOOK = "xl/workbook.xml"
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
# A picture in a cell, as WPS writes it.
_CELL_PICTURE = "DISPIMG("


def sheets(package: Package, limits: Limits) -> Iterator[Sheet | None]:
    """The sheets of an XLSX; None for one that is hidden or no worksheet."""
    workbook = xml(package.read(WORKBOOK), limits)
    parts = _related(package, WORKBOOK, limits)
    shared: list[str] = []
    styles: list[tuple[str, bool]] = []
    for kind, name in parts.values():
        if kind == "sharedStrings":
            shared = [_string(each) for each in _named(xml(package.read(name), limits), "si")]
        elif kind == "styles":
            styles = _styles(xml(package.read(name), limits))
    book = _Book(
        shared, styles, any(_true(each, "date1904") for each in _named(workbook, "workbookPr"))
    )
    for each in _named(workbook, "sheet"):
        link = next((value for name, value in each.attrib.items() if name.endswith("}id")), "")
        kind, name = parts.get(link, ("", ""))
        if kind == "worksheet" and each.get("state", "visible") == "visible":
            yield _worksheet(package, name, book, limits)
        else:
            yield None


@attrs.frozen
class _Book:
    """What the cells of an XLSX point to: strings, number formats by style, the first day."""

    shared: list[str]
    styles: list[tuple[str, bool]]  # the code of the number format; whether struck out
    from_1904: bool

    def text(self, cell: Element, zeros: bool) -> str:
        """What a cell shows; without `zeros`, nothing for a zero."""
        style = whole(cell.get("s", "0"), "style")
        code, is_struck = self.styles[style] if style < len(self.styles) else ("General", False)
        text = self._text(cell, code, zeros)
        return struck(text) if is_struck else text

    def _text(self, cell: Element, code: str, zeros: bool) -> str:
        kind = cell.get("t", "n")
        found = {_name(each): each for each in cell}
        formula = found["f"].text or "" if "f" in found else ""
        if _CELL_PICTURE in formula:
            return PICTURE
        value = (found["v"].text or "") if "v" in found else ""
        if kind == "inlineStr":
            return formatted(_string(found["is"]) if "is" in found else "", code)
        if not value:
            # A formula that no program has calculated yet: what it would show is not in the file.
            return f"={formula}" if "f" in found and kind == "n" else ""
        if kind == "s":
            at = whole(value, "index of strings")
            if at >= len(self.shared):
                raise ReadError(f"its strings are damaged: there is no string {at}")
            return formatted(self.shared[at], code)
        if kind == "str":
            return formatted(_unescaped(value), code)
        if kind == "b":
            return "FALSE" if value == "0" else "TRUE"
        if kind != "n":
            return value  # an error such as #DIV/0!, or a date in words
        number = real(value)
        return formatted(number, code, self.from_1904) if number or zeros else ""


def _worksheet(package: Package, name: str, book: _Book, limits: Limits) -> Sheet:
    """One sheet of an XLSX."""
    root = xml(package.read(name), limits)
    sheet = Sheet()
    zeros = not any(each.get("showZeros") in {"0", "false"} for each in _named(root, "sheetView"))
    for each in _named(root, "col"):
        if _true(each, "hidden") or each.get("width") in {"0", "0.0"}:
            first, last = (whole(each.get(side, "1"), "column") - 1 for side in ("min", "max"))
            sheet.hidden_columns.append((first, last))
    at = -1
    for row in _named(root, "row"):
        at = whole(row.get("r", str(at + 2)), "row") - 1
        if _true(row, "hidden") or row.get("ht") in {"0", "0.0"}:
            sheet.hidden_rows.append((at, at))
        column = -1
        for cell in row:
            if _name(cell) == "c":
                place = _place(cell.get("r", ""), (at, column + 1))
                column = place[1]
                sheet.texts[place] = book.text(cell, zeros)
    for each in _named(root, "mergeCell"):
        begin, _, end = each.get("ref", "").partition(":")
        start = _place(begin, (0, 0))
        sheet.merged.append((start, _place(end, start)))
    for kind, drawing in _related(package, name, limits).values():
        if kind == "drawing" and drawing in package.names:
            sheet.pictures += _pictures(xml(package.read(drawing), limits))
    return sheet


def _pictures(drawing: Element) -> Iterator[Place]:
    """Where pictures and text boxes over the cells of a sheet begin."""
    for anchor in drawing:
        names = {_name(each) for each in anchor.iter()}
        if "pic" in names or any(each.text for each in anchor.iter() if _name(each) == "t"):
            start = {
                _name(each): each.text or "0" for mark in _named(anchor, "from") for each in mark
            }
            yield whole(start.get("row", "0"), "picture"), whole(start.get("col", "0"), "picture")


def _related(package: Package, name: str, limits: Limits) -> dict[str, tuple[str, str]]:
    """The parts that a part points to: by key, the last word of their kind, and their names."""
    folder, file = posixpath.split(name)
    relations = f"{folder}/_rels/{file}.rels"
    if relations not in package.names:
        return {}
    return {
        each.get("Id", ""): (
            each.get("Type", "").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, each.get("Target", ""))).lstrip("/"),
        )
        for each in xml(package.read(relations), limits)
    }


def _styles(root: Element) -> list[tuple[str, bool]]:
    """Of each style the code of the number format, and whether it strikes out."""
    own = {each.get("numFmtId"): each.get("formatCode", "") for each in _named(root, "numFmt")}
    fonts = [_struck(font) for group in root if _name(group) == "fonts" for font in group]
    found: list[tuple[str, bool]] = []
    for each in (style for group in _named(root, "cellXfs") for style in group):
        key = each.get("numFmtId", "0")
        code = own.get(key) or BUILT_IN.get(whole(key, "number format"), f"format {key}")
        font = whole(each.get("fontId", "0"), "font")
        found.append((code, font < len(fonts) and fonts[font]))
    return found


def _string(item: Element) -> str:
    """The text of a string with or without runs, without its phonetic guide."""
    return _unescaped("".join(map(_run, (item, *(each for each in item if _name(each) == "r")))))


def _run(run: Element) -> str:
    """The text of a run, in which raised digits, and those that are struck out, show."""
    text = "".join(t.text or "" for t in run if _name(t) == "t")
    marks = [mark for mark in run if _name(mark) == "rPr"]
    for look in (each for mark in marks for each in mark):
        if _name(look) == "vertAlign" and look.get("val") in {"superscript", "subscript"}:
            text = raised(text, up=look.get("val") == "superscript")
    return struck(text) if any(map(_struck, marks)) else text


def _struck(font: Element) -> bool:
    return any(_name(each) == "strike" and each.get("val", "1") in {"1", "true"} for each in font)


def _unescaped(text: str) -> str:
    """A text with the characters that XML cannot hold; line ends as they are."""
    text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _place(reference: str, otherwise: Place) -> Place:
    """The row and column of a reference such as `B3`."""
    if not reference:
        return otherwise
    found = _REFERENCE.fullmatch(reference.replace("$", ""))
    if not found:
        raise ReadError(f"its sheet is damaged: {reference!r} is no place")
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1


def _name(element: Element) -> str:
    """The name of an element without its namespace: of the strict format it is another one."""
    return element.tag.rpartition("}")[2]


def _named(root: Element, name: str) -> Iterator[Element]:
    return (each for each in root.iter() if _name(each) == name)


def _true(element: Element, name: str) -> bool:
    return element.get(name) in {"1", "true"}
