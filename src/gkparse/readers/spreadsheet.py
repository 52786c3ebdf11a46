"""Spreadsheets (XLSX, XLS, ODS): each visible sheet a table, each cell the text that it shows.

A cell stores a value; what it shows is the value in its number format, and what a sheet shows are
its rows and columns that are not hidden. A library that gives values alone gives wrong numbers, so
XLSX and ODS are read from their XML, and XLS with xlrd, which gives the formats.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from gkparse.blocks import Block
from gkparse.errors import ReadError
from gkparse.limits import Limits
from gkparse.readers import ods, xlsx
from gkparse.readers.formats import formatted
from gkparse.readers.looks import raised, struck
from gkparse.readers.packages import Package
from gkparse.readers.sheets import Place, Sheet, block

__all__ = ["blocks"]


def blocks(data: bytes, limits: Limits) -> Iterator[Block]:
    """The visible sheets of a workbook, each with its number among all sheets as its page."""
    if data.startswith(b"PK"):
        package = Package(data, limits)
        sheets = (xlsx if xlsx.WORKBOOK in package.names else ods).sheets(package, limits)
    else:
        sheets = _xls(data)
    characters = 0
    for page, sheet in enumerate(sheets, 1):
        limits.hold("pages", page, "sheets in the workbook")
        if sheet is None:
            continue
        characters += sum(map(len, sheet.texts.values()))
        limits.hold("characters", characters, "characters in the workbook")
        found = block(sheet, page, limits)
        if found is not None:
            yield found


# ---------------------------------------------------------------- XLS

_LIBRARY = "an XLS file needs xlrd: pip install 'gkparse[xlsx]'"


def _xls(data: bytes) -> Iterator[Sheet | None]:
    """The sheets of an XLS; None for one that is hidden."""
    try:
        import xlrd  # noqa: PLC0415 (only who reads XLS needs it)
    except ImportError:
        raise ReadError(_LIBRARY) from None
    try:
        # What xlrd has to say of a file goes nowhere.
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, ragged_rows=True, logfile=io.StringIO()
        )
        found: list[Sheet | None] = []
        for sheet in book.sheets():
            found.append(None if sheet.visibility else _sheet_of_xls(book, sheet, xlrd))
    except Exception as error:  # of damaged bytes xlrd raises whatever comes
        if "encrypted" in str(error).lower():
            raise ReadError("it is encrypted: save it without a password") from None
        raise ReadError(f"it is no workbook that can be read, or it is damaged: {error}") from None
    yield from found


def _sheet_of_xls(book: Any, found: Any, xlrd: Any) -> Sheet:
    """One sheet of an XLS."""
    sheet = Sheet()
    for at, row in found.rowinfo_map.items():
        if row.hidden or row.height == 0:
            sheet.hidden_rows.append((at, at))
    for at, column in found.colinfo_map.items():
        if column.hidden or column.width == 0:
            sheet.hidden_columns.append((at, at))
    for top, below, left, beside in found.merged_cells:
        sheet.merged.append(((top, left), (below - 1, beside - 1)))
    for row in range(found.nrows):
        for column, cell in enumerate(found.row(row)):
            if cell.ctype not in {xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK}:
                sheet.texts[row, column] = _text(book, found, (row, column), cell, xlrd)
    return sheet


def _text(book: Any, sheet: Any, place: Place, cell: Any, xlrd: Any) -> str:
    """What a cell of an XLS shows."""
    style = book.xf_list[cell.xf_index]
    if cell.ctype == xlrd.XL_CELL_ERROR:
        text = xlrd.error_text_from_code.get(cell.value, "#ERROR")
    elif cell.ctype == xlrd.XL_CELL_BOOLEAN:
        text = "TRUE" if cell.value else "FALSE"
    elif cell.value == 0 and not sheet.show_zero_values:
        text = ""
    else:
        code = book.format_map[style.format_key].format_str
        text = formatted(_marked(book, sheet, place, cell.value), code, bool(book.datemode))
    return struck(text) if book.font_list[style.font_index].struck_out else text


def _marked(book: Any, sheet: Any, place: Place, value: float | str) -> float | str:
    """A value; if a text of several fonts, raised digits, and those that are struck out, show."""
    runs = sheet.rich_text_runlist_map.get(place)
    if not runs or not isinstance(value, str):
        return value
    parts = [value[: runs[0][0]]]
    for (start, font), (end, _) in pairwise((*runs, (len(value), 0))):
        look, text = book.font_list[font], value[start:end]
        if look.escapement:
            text = raised(text, up=look.escapement == 1)
        parts.append(struck(text) if look.struck_out else text)
    return "".join(parts)
