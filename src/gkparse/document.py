"""Documents: a report as the official form in a Word file, with the optional python-docx."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from gkparse.errors import ReadError
from gkparse.form import load
from gkparse.model import Report, Section
from gkparse.rendering import front, heading
from gkparse.sheet import Box, Sheet, indicator_sheet, sheet

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import ParagraphStyle
    from docx.table import Table

__all__ = ["write_docx"]

_Part: TypeAlias = Section | Sheet

# Millimetres: the text area of GB/T 9704 on A4, and the blank beside the text of a cell.
_PAGE, _MARGINS, _WIDTH, _PADDING = (210, 297), (37, 26, 35, 28), 156, 0.8
_BODY, _CELL = "Body Text", "Form Cell"
_HEADS = frozenset({"caption", "corner", "head"})
# What XML 1.0 cannot hold.
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_docx(report: Report, path: str | os.PathLike[str]) -> None:
    """Write a report to `path` as a Word document (.docx) in the official form, on A4 paper.

    Title, preamble, the sections with their text and, behind it, the official tables with merged
    cells (件, 万元 as the form says). The date of issue stands at the end on the right where the
    report ends with it, and in the preamble otherwise. What is blank in the report is blank in the
    document. Equal reports give equal bytes: the file bears the report's date of issue, or
    1 January of its year, and nobody's name. A character that XML cannot hold becomes U+FFFD.
    An existing file is replaced, and nothing else is written.

    Raises `ReadError` if the extra `docx` is not installed, and `OSError` if `path` cannot be
    written.

        from gkparse.document import write_docx

        write_docx(gkparse.read("report.html"), "report.docx")
    """
    try:
        from docx import Document as new_document  # noqa: PLC0415, N813
        from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415
    except ImportError as error:
        raise ReadError(
            "a Word document needs python-docx: pip install 'gkparse[docx]'"
        ) from error
    document = new_document()
    _lay_out(document)
    _describe(document, report)
    if report.title:
        document.add_paragraph(_clean(report.title), "Title")
    for line in front(report):
        document.add_paragraph(_clean(line), _BODY)
    for part in _parts(report):
        if isinstance(part, Sheet):
            _draw(document, part)
            # Word would make one of two tables that nothing parts.
            document.add_paragraph(style=_CELL)
            continue
        document.add_paragraph(_clean(heading(part)), "Heading 1")
        lines = [line.strip() for line in part.text.splitlines() if line.strip()]
        signed = _signed(report, lines) if part is report.sections[-1] else len(lines)
        for at, line in enumerate(lines):
            paragraph = document.add_paragraph(_clean(line), _BODY)
            if at >= signed:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    made = io.BytesIO()
    document.save(made)
    Path(path).write_bytes(_timeless(made))


def _parts(report: Report) -> Iterator[_Part]:
    """The sections as they come, each followed by its table; tables without one in their place."""
    form = load(report.form)
    tables = [table for table in form.tables if getattr(report, table.name) is not None]
    last = {section.number: at for at, section in enumerate(report.sections)}
    for at, section in enumerate(report.sections):
        while tables and tables[0].section not in last and tables[0].section < section.number:
            yield sheet(report, tables.pop(0))
        yield section
        for table in [own for own in tables if last.get(own.section) == at]:
            tables.remove(table)
            yield sheet(report, table)
    for table in tables:
        yield sheet(report, table)
    if report.indicators:
        yield indicator_sheet(report)


def _signed(report: Report, lines: list[str]) -> int:
    """Where the signature begins: the date of issue at the end, and the agency above it."""
    day, at = report.metadata.issue_date, len(lines)
    if day and lines and "".join(lines[-1].split()) == f"{day.year}年{day.month}月{day.day}日":
        at -= 1
        if at and "".join(lines[at - 1].split()) == report.agency:
            at -= 1
    return at


def _clean(text: str) -> str:
    """A text without what XML cannot hold."""
    return _ILLEGAL.sub(lambda found: " " if found[0].isspace() else "\ufffd", text)


# ---------------------------------------------------------------- page, styles, properties


def _lay_out(document: Document) -> None:
    """Give an empty document its page and the styles of what comes."""
    from docx.enum.style import WD_STYLE_TYPE  # noqa: PLC0415
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Mm, Pt  # noqa: PLC0415

    page = document.sections[0]
    page.page_width, page.page_height = map(Mm, _PAGE)
    page.top_margin, page.right_margin, page.bottom_margin, page.left_margin = map(Mm, _MARGINS)
    styles = document.styles
    for language in styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    styles.add_style(_CELL, WD_STYLE_TYPE.PARAGRAPH)
    for name, face, size, before, after in (
        ("Normal", "仿宋", 16, 0, 0),
        (_BODY, "仿宋", 16, 0, 0),
        (_CELL, "宋体", 9, 1, 1),
        ("Title", "宋体", 22, 0, 24),
        ("Heading 1", "黑体", 16, 12, 6),
    ):
        style: ParagraphStyle = styles[name]
        _face(style, face)
        style.font.size = Pt(size)
        spacing = style.paragraph_format
        spacing.space_before, spacing.space_after = Pt(before), Pt(after)
        spacing.line_spacing = 1.0 if name == _CELL else 1.5
    title: ParagraphStyle = styles["Title"]
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for rule in list(title.element.iter(qn("w:pBdr"))):
        rule.getparent().remove(rule)
    body: ParagraphStyle = styles[_BODY]
    body.paragraph_format.first_line_indent = Pt(32)  # two characters


def _face(style: ParagraphStyle, name: str) -> None:
    """Set the typeface of a style: `name` for Chinese, black and upright for all."""
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import RGBColor  # noqa: PLC0415

    style.font.bold = False
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()  # the typefaces of a theme would go before these
    for script in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{script}"), "Times New Roman")
    fonts.set(qn("w:eastAsia"), name)
    fonts.set(qn("w:hint"), "eastAsia")  # quotation marks are Chinese ones


def _describe(document: Document, report: Report) -> None:
    """Set the properties of the file: the title and the date of the report, and nobody's name."""
    day = report.metadata.issue_date
    if not day and report.year and 1000 <= report.year <= 9999:
        day = date(report.year, 1, 1)
    properties = document.core_properties
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.title = _clean(report.title or "")[:255]  # more is not allowed
    properties.language = "zh-CN"
    properties.created = properties.modified = datetime.combine(day or date(1980, 1, 1), time())


def _timeless(made: io.BytesIO) -> bytes:
    """A zip file whose entries bear neither the time nor the system of their making."""
    out = io.BytesIO()
    with ZipFile(made) as found, ZipFile(out, "w") as kept:
        for name in found.namelist():
            entry = ZipInfo(name)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            entry.compress_type = ZIP_DEFLATED
            kept.writestr(entry, found.read(name))
    return out.getvalue()


# ---------------------------------------------------------------- tables


def _draw(document: Document, drawn: Sheet) -> None:
    """Add a table with borders, its cells merged as the boxes of the sheet are."""
    from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT  # noqa: PLC0415
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415
    from docx.shared import Mm  # noqa: PLC0415

    table = document.add_table(drawn.height, drawn.columns, "Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    style = document.styles[_CELL].style_id
    widths = [Mm(width) for width in _widths(drawn)]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    held = _held(drawn)
    places = [row.cells for row in table.rows]
    for row in places:
        for cell, width in zip(row, widths, strict=True):
            cell.width = width
            cell.paragraphs[0]._p.style = style  # by its id: python-docx's own way is slow
    for box in drawn.boxes:
        end = places[box.row + box.rows - 1][box.column + box.columns - 1]
        cell = places[box.row][box.column]
        if box.rows > 1 or box.columns > 1:
            cell = cell.merge(end)
        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        (text,) = cell.paragraphs
        text.add_run(_clean(box.text))
        text.alignment = (
            WD_ALIGN_PARAGRAPH.LEFT if box.role == "label" else WD_ALIGN_PARAGRAPH.CENTER
        )
        text.paragraph_format.keep_with_next = box.row in held
    _set_rows(table, _repeated(drawn.boxes))


def _set_rows(table: Table, repeated: int) -> None:
    """Narrow the cells, keep each row on one page and repeat the first ones on every page."""
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Mm  # noqa: PLC0415

    padding = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(Mm(_PADDING).twips))
        margin.set(qn("w:type"), "dxa")
        padding.append(margin)
    # The schema has the margins before the look.
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(padding)
    for at, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if at < repeated:
            properties.append(OxmlElement("w:tblHeader"))


def _repeated(boxes: tuple[Box, ...]) -> int:
    """How many rows are heads of the whole table; none if heads recur, one for each block."""
    first = min(box.row for box in boxes if box.role not in _HEADS)
    return first if all(box.row < first for box in boxes if box.role in _HEADS) else 0


def _held(drawn: Sheet) -> set[int]:
    """The rows that stay on a page with the next: heads, and those of groups that are not long."""
    held = {box.row for box in drawn.boxes if box.role in _HEADS}
    for first, end in pairwise(sorted({*drawn.breaks, drawn.height})):
        if end - first <= 10:
            held.update(range(first, end - 1))
    return held


def _widths(drawn: Sheet) -> list[float]:
    """The widths of the columns in millimetres: values are narrow, the innermost label is wide."""
    labels = [1.5] * (drawn.labels - 1) + [drawn.labels + 1.0] * (drawn.labels > 0)
    shares = [*labels, *[1.0] * (drawn.columns - drawn.labels)]
    return [_WIDTH * share / sum(shares) for share in shares]
