"""A PDF is read as it shows: its ruled tables as grids, and nothing that does not show."""

from __future__ import annotations

import json
import re
import sys
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import confined
import gkparse
from building import built, distinct
from gkparse.blocks import PICTURE, Block, Grid, GridCell, Paragraph
from gkparse.errors import LimitError, ReadError
from gkparse.form import load
from gkparse.limits import DEFAULT_LIMITS, Limits
from gkparse.readers.pagination import page_blocks
from gkparse.readers.pdf import _confine, blocks
from gkparse.readers.pdfium import pages
from gkparse.sheet import sheet

UNREADABLE = "\ufffd"

# ---------------------------------------------------------------- a small writer of PDFs

FONTS = (
    "<< /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> "
    "/F2 << /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H "
    "/DescendantFonts [<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light "
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /DW 1000 "
    "/FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 4 "
    "/FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /StemV 93 >> >>] >> >>"
)


def pdf(
    *contents: str,
    page: str = "/MediaBox [0 0 595 842]",
    objects: Sequence[str | bytes] = (),
    resources: str = "",
    catalog: str = "",
    trailer: str = "",
) -> bytes:
    """A PDF with a page for each content; further objects are numbered from 10."""
    first = 10 + len(objects)
    kids = [first + 2 * at for at in range(len(contents))]
    numbered: dict[int, bytes] = {
        1: f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
        2: f"<< /Type /Pages /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] /Count {len(kids)} >>".encode(),
        3: f"<< /Font {FONTS} {resources} >>".encode(),
    }
    for at, body in enumerate(objects):
        numbered[10 + at] = body.encode("latin-1") if isinstance(body, str) else body
    for kid, content in zip(kids, contents, strict=True):
        numbered[kid] = (
            f"<< /Type /Page /Parent 2 0 R {page} /Resources 3 0 R /Contents {kid + 1} 0 R >>"
        ).encode()
        numbered[kid + 1] = stream(content.encode("latin-1"))
    return whole(numbered, trailer)


def stream(data: bytes, entries: str = "") -> bytes:
    return f"<< /Length {len(data)} {entries} >>\nstream\n".encode() + data + b"\nendstream"


def whole(numbered: dict[int, bytes], trailer: str = "") -> bytes:
    found = b"%PDF-1.7\n"
    places = {}
    for number, body in numbered.items():
        places[number] = len(found)
        found += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(found)
    found += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        found += f"{number} 1\n{place:010} 00000 n \n".encode()
    size = max(numbered) + 1
    return found + f"trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF".encode()


def text(x: float, y: float, said: str, size: float = 9, more: str = "") -> str:
    """A text at a place; its ASCII in Helvetica, else in Song."""
    code = f"({said})" if said.isascii() else f"<{said.encode('utf-16-be').hex()}>"
    return f"BT {more} /F{1 if said.isascii() else 2} {size} Tf {x} {y} Td {code} Tj ET\n"


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    return f"{x0} {y0} m {x1} {y1} l S\n"


def box(x: float, y: float, wide: float, high: float, colour: str = "0 0 0") -> str:
    return f"q {colour} rg {x} {y} {wide} {high} re f Q\n"


def table(
    rows: Sequence[Sequence[str]], x: float = 50, y: float = 700, wide: float = 100, high: float = 20
) -> str:
    """A ruled table whose cells are alike."""
    across, down = len(rows[0]), len(rows)
    found = "".join(line(x, y - at * high, x + across * wide, y - at * high) for at in range(down + 1))
    found += "".join(line(x + at * wide, y, x + at * wide, y - down * high) for at in range(across + 1))
    for r, row in enumerate(rows):
        for c, said in enumerate(row):
            if said:
                found += text(x + c * wide + 5, y - (r + 1) * high + 6, said)
    return found


def read(data: bytes, limits: Limits = DEFAULT_LIMITS) -> list[Block]:
    """What a PDF says that breaks nothing, read in this process: it shows which lines are run."""
    return [block for page in pages(data, limits) for block in page_blocks(page, limits)]


def apart(data: bytes, limits: Limits = DEFAULT_LIMITS) -> list[Block]:
    """The same as users have it: read in a process of its own."""
    return list(blocks(data, limits))


def grids(data: bytes) -> list[list[list[str]]]:
    """The tables of a PDF as rows of texts, where no cell is merged."""
    found = []
    for block in read(data):
        if isinstance(block, Grid):
            rows: dict[int, list[str]] = {}
            for cell in block.cells:
                rows.setdefault(cell.row, []).append(cell.text)
            found.append(list(rows.values()))
    return found


def lines(data: bytes) -> list[str]:
    return [block.text for block in read(data) if isinstance(block, Paragraph)]


SMALL = [["item", "first", "second"], ["alpha", "12", ""], ["beta", "", "34"]]


# ---------------------------------------------------------------- tables


def test_what_is_read_in_a_process_of_its_own_is_what_is_read_here() -> None:
    data = pdf(text(50, 760, "一、总体情况") + table(SMALL) + "q 300 0 0 200 50 300 cm " + IMAGE.format(1, 1, 0, 0) + "Q\n")
    assert [type(block) for block in apart(data)] == [Paragraph, Grid, Paragraph]
    assert apart(data) == read(data)


def test_a_table_is_read_by_its_lines_with_its_blank_cells() -> None:
    assert grids(pdf(table(SMALL))) == [SMALL]


def test_text_around_a_table_stands_before_and_behind_it_with_its_page() -> None:
    data = pdf(text(50, 760, "一、总体情况") + table(SMALL) + text(50, 600, "end"), text(50, 700, "next"))
    before, grid, after, last = read(data)
    assert before == Paragraph("一、总体情况", 1)
    assert isinstance(grid, Grid)
    assert grid.page == 1
    assert (after, last) == (Paragraph("end", 1), Paragraph("next", 2))


def test_merged_cells_cover_what_their_lines_enclose() -> None:
    content = "".join((
        "50 600 300 60 re S\n",  # the frame
        line(150, 640, 350, 640), line(50, 620, 350, 620),
        line(150, 600, 150, 660), line(250, 600, 250, 640),
        text(55, 640, "tall"), text(155, 646, "wide"), text(155, 626, "1"), text(255, 626, "2"),
        text(55, 606, "x"), text(155, 606, "3"), text(255, 606, "4"),
    ))  # fmt: skip
    (grid,) = read(pdf(content))
    assert isinstance(grid, Grid)
    assert set(grid.cells) == {
        GridCell("tall", 0, 0, 2, 1), GridCell("wide", 0, 1, 1, 2), GridCell("1", 1, 1),
        GridCell("2", 1, 2), GridCell("x", 2, 0), GridCell("3", 2, 1), GridCell("4", 2, 2),
    }  # fmt: skip


def _sides(kind: str) -> str:
    """The lines of a table of two rows and three columns, each drawn in its own way."""
    across = [(50, y, 350, y) for y in (700, 680, 660)]
    down = [(x, 660, x, 700) for x in (50, 150, 250, 350)]
    if kind == "thin boxes":
        return "".join(
            box(x0, y0, max(x1 - x0, 0.5), max(y1 - y0, 0.5)) for x0, y0, x1, y1 in across + down
        )
    if kind == "double":
        return "".join(
            line(x0 + d, y0 + d, x1 + d, y1 + d) for x0, y0, x1, y1 in across + down for d in (0, 2)
        )
    if kind == "dashes":
        return "".join(
            line(x, y, x + 3, y) for y in (700, 680, 660) for x in range(50, 350, 5)
        ) + "".join(line(x, y, x, y + 2) for x in (50, 150, 250, 350) for y in range(660, 700, 4))
    if kind == "boxes":
        return "".join(f"{x} {y} 100 20 re S\n" for x in (50, 150, 250) for y in (660, 680))
    if kind == "open sides":
        return "".join(line(*each) for each in across + down[1:-1])
    if kind == "a form":
        return "/X1 Do\n"
    if kind == "scaled":
        return "q 2 0 0 2 0 0 cm " + "".join(
            line(*(value / 2 for value in each)) for each in across + down
        ) + "Q\n"
    raise ValueError(kind)


@pytest.mark.parametrize(
    "kind", ["thin boxes", "double", "dashes", "boxes", "open sides", "a form", "scaled"]
)
def test_lines_part_cells_however_they_are_drawn(kind: str) -> None:
    said = "".join(
        text(x + 5, y + 6, f"{x}") for x in (50, 150, 250) for y in (680, 660) if (x, y) != (150, 660)
    )
    inner = "".join(line(x / 2, 330, x / 2, 350) for x in (50, 150, 250, 350)) + "".join(
        line(25, y / 2, 175, y / 2) for y in (700, 680, 660)
    )
    form = stream(inner.encode(), "/Type /XObject /Subtype /Form /BBox [0 0 999 999] /Matrix [2 0 0 2 0 0]")
    data = pdf(_sides(kind) + said, objects=[form], resources="/XObject << /X1 10 0 R >>")
    assert grids(data) == [[["50", "150", "250"], ["50", "", "250"]]]


def test_a_number_that_runs_over_the_side_of_its_cell_stays_whole() -> None:
    rows = [["a", "b", "c"], ["", "", ""]]
    wide = text(97, 686, "1234567890", 9)  # from within the first cell into the second
    (found,) = grids(pdf(table(rows, y=720, wide=70) + wide))
    assert found[1] == [PICTURE, "1234567890", ""]  # the first cell is not blank to the eye


def test_lines_of_a_cell_are_parted_and_a_word_drawn_twice_is_read_once() -> None:
    content = "50 640 200 60 re S\n" + line(150, 640, 150, 700)
    content += text(55, 685, "upper") + text(55, 672, "lower") + text(155, 680, "77") + text(155.3, 680, "77")
    assert grids(pdf(content)) == [[["upper\nlower", "77"]]]


def test_a_table_without_a_text_is_one_of_blanks() -> None:
    assert grids(pdf(table([["", ""], ["", ""]]))) == [[["", ""], ["", ""]]]


def test_lines_drawn_as_parts_of_one_path_part_cells() -> None:
    across = "".join(f"50 {y} m 250 {y} l " for y in (700, 680, 660))
    down = "".join(f"{x} 660 m {x} 700 l " for x in (50, 150, 250))
    assert grids(pdf(f"{across}{down}S\n" + text(155, 666, "7"))) == [[["", ""], ["", "7"]]]


def test_lines_that_are_not_drawn_part_nothing() -> None:
    shape = "".join(f"50 {y} 100 20 re 150 {y} 100 20 re " for y in (660, 680))
    assert lines(pdf(f"{shape}n\n" + text(155, 666, "7"))) == ["7"]
    assert grids(pdf(f"{shape}S\n" + text(155, 666, "7"))) == [[["", ""], ["", "7"]]]


def test_a_line_to_nowhere_draws_nothing() -> None:
    assert lines(pdf("50 700 m 90 700 m S\n" + text(50, 600, "7"))) == ["7"]


FRAME = "50 600 300 100 re S\n"


def test_a_line_that_crosses_little_of_a_table_parts_nothing() -> None:
    assert lines(pdf(FRAME + line(200, 690, 200, 700) + text(60, 650, "7"))) == ["7"]


def test_an_area_that_is_no_box_is_read_as_the_places_that_make_it() -> None:
    inner = line(150, 600, 150, 650) + line(150, 650, 250, 650) + line(250, 600, 250, 700)
    (grid,) = read(pdf(FRAME + inner + text(60, 680, "corner") + text(160, 620, "7")))
    assert isinstance(grid, Grid)
    assert set(grid.cells) == {
        GridCell("corner", 0, 0), GridCell("", 0, 1), GridCell("", 1, 0), GridCell("7", 1, 1),
        GridCell("", 0, 2, 2, 1),
    }  # fmt: skip


@pytest.mark.parametrize(("wide", "found"), [(5.5, ""), (12, PICTURE)])
def test_what_shows_between_two_lines_too_near_for_a_cell_is_no_picture(wide: float, found: str) -> None:
    across = line(50, 700, 200, 700) + line(50, 680, 200, 680)
    down = "".join(line(x, 680, x, 700) for x in (50, 50 + wide, 120, 200))
    mark = box(52, 688, wide - 3.5, 4) + box(52, 684, wide - 3.5, 2)
    data = pdf(across + down + mark + text(75, 686, "a") + text(130, 686, "1"))
    assert grids(data) == [[[found, "a", "1"]]]


def test_a_frame_around_a_page_is_no_table() -> None:
    data = pdf("30 30 530 780 re S\n" + text(50, 770, "title") + table(SMALL))
    assert lines(data) == ["title"]
    assert grids(data) == [SMALL]


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_page_that_is_turned_is_read_upright(turned: int) -> None:
    matrix = {90: "0 1 -1 0 842 0", 180: "-1 0 0 -1 595 842", 270: "0 -1 1 0 0 595"}[turned]
    size = "/MediaBox [0 0 842 595]" if turned != 180 else "/MediaBox [0 0 595 842]"
    content = f"q {matrix} cm\n{table(SMALL, y=560)}Q\n"
    assert grids(pdf(content, page=f"{size} /Rotate {turned}")) == [SMALL]
    assert grids(pdf(content, page=size)) == [SMALL]  # also where only its text is


# ---------------------------------------------------------------- what does not show


def _in_cell(content: str, **more: str) -> str:
    """What the one cell without a text of its own holds, when this is drawn into it."""
    rows = [["item", "number"], ["alpha", ""]]
    (found,) = grids(pdf(table(rows) + content, **more))
    return found[1][1]


HIDDEN = text(155, 666, "99")


@pytest.mark.parametrize(
    "content",
    [
        text(155, 666, "99", more="1 g"),
        text(155, 666, "99", more="3 Tr"),
        HIDDEN + box(152, 662, 90, 16, "1 1 1"),
        "q 0 0 1 1 re W n " + HIDDEN + "Q\n",
        "/OC /Off BDC " + HIDDEN + "EMC\n",
    ],
    ids=["white", "invisible", "covered", "clipped", "layer"],
)
def test_a_number_that_does_not_show_is_not_read(content: str) -> None:
    data = pdf(
        table([["item", "number"], ["alpha", ""]]) + content,
        objects=["<< /Type /OCG /Name (off) >>"],
        resources="/Properties << /Off 10 0 R >>",
        catalog="/OCProperties << /OCGs [10 0 R] /D << /OFF [10 0 R] >> >>",
    )
    assert grids(data) == [[["item", "number"], ["alpha", ""]]]


def test_a_number_outside_what_the_page_shows_is_not_read() -> None:
    content = table(SMALL) + text(50, 830, "98") + text(560, 700, "99")
    assert lines(pdf(content, page="/MediaBox [0 0 595 842] /CropBox [0 0 550 800]")) == []


def test_white_on_dark_is_read() -> None:
    assert _in_cell(box(150, 660, 100, 20) + text(155, 666, "42", more="1 1 1 rg")) == "42"


@pytest.mark.parametrize(
    "content",
    [
        "q 30 0 0 14 160 663 cm BI /W 2 /H 2 /BPC 8 /CS /G /F /AHx ID 00ff00ff> EI Q\n",
        box(160, 664, 12, 10),
        "2 w 160 664 m 165 676 l 172 664 l 160 664 l B\n",
    ],
    ids=["picture", "blackened", "outlines"],
)
def test_a_cell_that_shows_something_is_not_blank(content: str) -> None:
    assert _in_cell(content) == PICTURE


def test_a_blackened_number_is_no_blank() -> None:
    assert _in_cell(text(155, 666, "99") + box(154, 664, 14, 12)) == UNREADABLE * 2


def test_a_struck_number_is_not_read() -> None:
    found = _in_cell(text(155, 666, "99") + line(154, 669, 166, 669) + text(175, 666, "7"))
    assert "9" not in found
    assert found.endswith("7")


def test_a_watermark_is_no_text_of_the_cells_under_it() -> None:
    mark = "BT 0.8 g /F1 60 Tf 0.7 0.7 -0.7 0.7 120 600 Tm (8888) Tj ET\n"
    assert _in_cell(mark) == ""


def test_glyphs_without_characters_stay_as_unreadable_ones() -> None:
    glyph = stream(b"500 0 0 0 400 700 d1 0 0 400 700 re f")
    font = (
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 500 700] /FontMatrix [0.001 0 0 0.001 0 0] "
        "/CharProcs << /g1 10 0 R >> /Encoding << /Type /Encoding /Differences [200 /g1] >> "
        "/FirstChar 200 /LastChar 200 /Widths [500] >>"
    )
    content = table([["item", "number"], ["alpha", ""]])
    content += "BT /F3 9 Tf 155 666 Td <c8c8> Tj ET\n"
    data = pdf(content, objects=[glyph, font]).replace(b"/Font << /F1", b"/Font << /F3 11 0 R /F1")
    cell = grids(data)[0][1][1]
    assert cell
    assert not any(letter.isdigit() for letter in cell)


def test_a_character_drawn_twice_is_read_once_whatever_the_file_draws_between() -> None:
    again = text(155, 666, "1") + text(180, 666, "2") + text(155.3, 666, "1")
    assert _in_cell(again).split() == ["1", "2"]
    assert _in_cell(text(155, 666, "1") + text(155.2, 668, "1")) == "1"  # as a shadow


def test_two_digits_at_one_place_are_neither() -> None:
    assert _in_cell(text(155, 666, "1") + text(155.3, 666, "7")) == UNREADABLE
    assert _in_cell(text(155, 666, "1") + text(155.3, 666, ",")) == "1,"  # an overlap that reads


def with_font(content: str, *objects: str | bytes) -> bytes:
    """A PDF whose font F3 is the first of further objects."""
    return pdf(content, objects=objects).replace(b"/Font << /F1", b"/Font << /F3 10 0 R /F1")


def test_a_glyph_that_stands_for_several_characters_is_read_as_them() -> None:
    says = b"begincmap 1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfchar <41> <00660069> endbfchar endcmap"
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 11 0 R >>"
    assert lines(with_font("BT /F3 9 Tf 50 700 Td (BAB) Tj ET", font, stream(says))) == ["BfiB"]


def test_a_font_that_says_that_it_is_many_lines_high_does_not_move_its_characters() -> None:
    font = FONTS[FONTS.index("/F2") + 3 : -3].replace("-254 1000 880", "-3254 1000 3880")
    font = font.replace("/Ascent 880 /Descent -120", "/Ascent 3880 /Descent -3120")
    cells = table([["", ""], ["", ""]], high=12)
    said = f"BT /F3 9 Tf 55 691 Td <{'其他'.encode('utf-16-be').hex()}> Tj ET\n"
    assert grids(with_font(cells + said, font)) == [[["其他", ""], ["", ""]]]


def test_a_note_that_shows_on_a_page_is_read_with_it() -> None:
    look = stream(
        b"BT /F1 9 Tf 1 5 Td (77) Tj ET",
        "/Type /XObject /Subtype /Form /BBox [0 0 50 20] /Resources 3 0 R",
    )
    note = "<< /Type /Annot /Subtype /FreeText /F 4 /Rect [50 600 100 620] /AP << /N 10 0 R >> >>"
    page = "/MediaBox [0 0 595 842] /Annots [11 0 R]"
    assert lines(pdf(text(50, 700, "above"), page=page, objects=[look, note])) == ["above", "77"]


# ---------------------------------------------------------------- pictures

IMAGE = "q {} 0 0 {} {} {} cm BI /W 2 /H 2 /BPC 8 /CS /G /F /AHx ID 00ff00ff> EI Q\n"


def test_a_large_picture_stands_at_its_place_and_a_logo_is_none() -> None:
    content = text(50, 800, "logo") + IMAGE.format(20, 20, 300, 795)
    content += text(50, 700, "before") + IMAGE.format(400, 200, 50, 450) + text(50, 400, "after")
    assert lines(pdf(content)) == ["logo", "before", PICTURE, "after"]


def test_a_scanned_page_is_a_picture_also_with_the_text_of_an_ocr_under_it() -> None:
    scan = IMAGE.format(595, 842, 0, 0)
    assert lines(pdf(scan)) == [PICTURE]
    assert lines(pdf(scan + text(50, 700, "123", more="3 Tr"))) == [PICTURE]
    assert lines(pdf(text(400, 700, "123") + scan)) == [PICTURE]


def test_strips_of_a_scan_are_one_picture() -> None:
    assert lines(pdf("".join(IMAGE.format(595, 20, 0, y) for y in range(0, 842, 20)))) == [PICTURE]


def test_a_page_that_shows_something_without_text_is_a_picture() -> None:
    assert lines(pdf(box(100, 100, 300, 300))) == [PICTURE]
    assert lines(pdf(box(100, 100, 300, 300) + text(50, 700, "said"))) == ["said"]


def test_a_blank_page_holds_nothing() -> None:
    assert read(pdf("", text(50, 700, "second"))) == [Paragraph("second", 2)]


# ---------------------------------------------------------------- running text


@pytest.mark.parametrize("said", ["- 2 -", "2", "2 / 7"])
def test_the_number_of_a_page_is_left_out(said: str) -> None:
    foot = text(290, 40, said)
    assert lines(pdf(text(50, 700, "one"), text(50, 700, "two") + foot)) == ["one", "two"]


def test_a_number_that_is_not_the_pages_stays() -> None:
    assert lines(pdf(text(50, 700, "one") + text(290, 40, "318"))) == ["one", "318"]


def test_columns_without_lines_stay_apart_and_below_each_other() -> None:
    rows = [("alpha", "12", "5"), ("beta", "", "77")]
    content = "".join(
        text(x, 700 - 20 * at, said) for at, row in enumerate(rows)
        for x, said in zip((50, 200, 300), row, strict=True) if said
    )  # fmt: skip
    upper, lower = lines(pdf(content))
    assert upper.split() == ["alpha", "12", "5"]
    assert lower.split() == ["beta", "77"]
    assert upper.index("5") == lower.index("77")


def test_two_columns_of_prose_are_read_one_after_the_other() -> None:
    words = "".join(
        text(50, 700 - 14 * at, "左栏的文字一行一行写满了这一栏为止")
        + text(250, 700 - 14 * at, "右栏的文字也是一行一行写满了为止")
        for at in range(8)
    )
    found = lines(pdf(words))
    assert [said[0] for said in found] == ["左"] * 8 + ["右"] * 8


LEFT, RIGHT = "左栏的文字一行一行写满了这一栏为止", "右栏的文字也是一行一行写满了为止"


def beside(*pairs: tuple[str, str]) -> list[str]:
    """The first words of each line of a page with texts in two columns."""
    content = "".join(
        text(x, 700 - 14 * at, said)
        for at, pair in enumerate(pairs) for x, said in zip((50, 250), pair, strict=True) if said
    )  # fmt: skip
    return [said.split()[0][:3] for said in lines(pdf(content))]


def test_a_column_of_prose_may_end_before_the_other() -> None:
    read_down = ["左栏的"] * 8 + ["左独行"] + ["右栏的"] * 8
    assert beside(*[(LEFT, RIGHT)] * 8, ("左独行", "")) == read_down


def test_columns_are_not_parted_where_a_line_runs_over_both() -> None:
    assert beside(*[(LEFT, RIGHT)] * 8, ("横" + LEFT + LEFT, "")) == ["左栏的"] * 8 + ["横左栏"]


def test_columns_are_not_parted_where_few_lines_are_in_both() -> None:
    assert beside(*[(LEFT, RIGHT)] * 4, *[("左独行", "")] * 5) == ["左栏的"] * 4 + ["左独行"] * 5


def test_columns_of_numbers_are_no_prose() -> None:
    words = "".join(text(50, 700 - 14 * at, "label") + text(320, 700 - 14 * at, "31") for at in range(8))
    assert all(said.split() == ["label", "31"] for said in lines(pdf(words)))


# ---------------------------------------------------------------- whole reports


def drawn(report: gkparse.Report) -> bytes:
    """A report with a page for each official table, drawn as other programs draw it."""
    pages = []
    for each in load(report.form).tables:
        found = ""
        for cell in sheet(report, each).boxes:
            x, y = 20 + 50 * cell.column, 780 - 20 * (cell.row + cell.rows)
            found += f"{x} {y} {50 * cell.columns} {20 * cell.rows} re S\n"
            size = min(9.0, 90 / max(1, len(cell.text)) * cell.columns)
            if cell.text:
                found += text(x + 2, y + 10 * cell.rows - 3, cell.text, min(size, 45 * cell.columns / len(cell.text)))
        pages.append(found)
    return pdf(*pages, page="/MediaBox [0 0 850 842]")


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([0, 0.5]), st.data())
def test_a_report_is_read_back_with_its_blanks(seed: int, zeros: float, data: st.DataObject) -> None:
    numbers = distinct(seed, zeros)
    blank = data.draw(st.sets(st.sampled_from(sorted(numbers)), max_size=20))
    report = built(numbers.but(dict.fromkeys(blank)))
    found = [block for block in read(drawn(report)) if isinstance(block, Grid)]
    expected = [sheet(report, each).boxes for each in load("2021").tables]
    assert [set(grid.cells) for grid in found] == [
        {GridCell(b.text, b.row, b.column, b.rows, b.columns) for b in boxes} for boxes in expected
    ]


# ---------------------------------------------------------------- a process of its own


def answer(data: bytes, limits: Limits = DEFAULT_LIMITS) -> dict[str, Any]:
    """What the process of its own answers."""
    asked = json.dumps(attrs.asdict(limits)).encode() + b"\n" + data
    found = json.loads(confined.run("from gkparse.readers.pdf import serve; serve()", asked))
    assert isinstance(found, dict)
    return found


ENDLESS = pdf("", page="/MediaBox [0 0 900000000 0.01]")  # a page that no memory holds


def test_the_process_answers_with_blocks_or_with_what_is_wrong() -> None:
    assert answer(pdf(text(50, 700, "7"))) == {"blocks": [{"text": "7", "page": 1}]}
    assert answer(pdf(table([["1", ""]]))) == {
        "blocks": [{"cells": [["1", 0, 0, 1, 1], ["", 0, 1, 1, 1]], "page": 1}]
    }
    assert list(answer(pdf(table(SMALL)), Limits(cells=2))) == ["limit"]
    assert list(answer(b"no PDF")) == ["error"]
    assert "asks for too much memory" in answer(ENDLESS)["error"]


def test_the_process_takes_no_more_than_it_is_given_and_writes_no_file() -> None:
    resource = pytest.importorskip("resource", reason="a system without limits")
    code = "import resource; from gkparse.readers.pdf import _confine; _confine(2**31, 1.5); " + "".join(
        f"print(resource.getrlimit({what}));"
        for what in (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_CORE, resource.RLIMIT_FSIZE)
    )
    taken = [(2**31, 2**31), (3, 3), (0, 0), (0, 0)]
    assert confined.run(code).decode().splitlines() == [str(each) for each in taken]


def test_where_the_system_has_no_limits_only_time_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resource", None)
    _confine(1, 1)
    assert lines(pdf(text(50, 700, "7"))) == ["7"]


def test_a_process_that_does_not_start_or_breaks_down_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    data = pdf(text(50, 700, "7"))
    with monkeypatch.context() as changed:
        changed.setenv("PYTHONMALLOC", "none of those")  # no Python starts with it
        with pytest.raises(ReadError, match="pdfium breaks down on it"):
            apart(data)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "nowhere"))
    with pytest.raises(ReadError, match="read by another Python process, and none starts"):
        apart(data)


# ---------------------------------------------------------------- hostile files

# ---------------------------------------------------------------- hostile files


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"no PDF", pdf()], ids=["", "head", "none", "no page"])
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    for reader in (read, apart):
        with pytest.raises(ReadError, match="cut off or damaged"):
            reader(data)


def test_a_page_that_is_none_is_refused() -> None:
    data = pdf(text(50, 700, "1"), text(50, 700, "2"))
    broken = data[::-1].replace(b"/Type /Page "[::-1], b"/Type /Gone "[::-1], 1)[::-1]
    with pytest.raises(ReadError, match="page 2 of the PDF is damaged"):
        read(broken)


def test_a_pdf_without_pages_is_refused() -> None:
    empty = {1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [] /Count 0 >>"}
    with pytest.raises(ReadError, match="cut off or damaged"):
        read(whole(empty))


def test_a_file_with_a_password_is_refused() -> None:
    crypt = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{'41' * 32}> /U <{'42' * 32}> /P -4 >>"
    with pytest.raises(ReadError, match="encrypted: save it without a password"):
        read(pdf(text(50, 700, "1"), trailer=f"{crypt} /ID [<00> <00>]"))


def test_limits_hold() -> None:
    data = pdf(*[table(SMALL)] * 3)
    for limits in (Limits(pages=2), Limits(characters=20), Limits(cells=8)):
        with pytest.raises(LimitError) as here:
            read(data, limits)
        with pytest.raises(LimitError, match=re.escape(str(here.value))):
            apart(data, limits)
    with pytest.raises(LimitError):
        apart(data, Limits(file_bytes=100))


def test_a_page_larger_than_any_paper_is_refused() -> None:
    with pytest.raises(ReadError, match="larger than any paper"):
        read(pdf(text(1, 1, "1"), page="/MediaBox [0 0 900000 900000]"))


def test_more_pixels_than_there_may_be_are_not_painted() -> None:
    image = stream(b"", "/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /BitsPerComponent 1 /ColorSpace /DeviceGray")
    content = "q 500 0 0 500 0 0 cm /X1 Do Q"
    with pytest.raises(LimitError, match="pixels"):
        read(pdf(content, objects=[image], resources="/XObject << /X1 10 0 R >>"))


def _form(content: str) -> bytes:
    return stream(
        content.encode(),
        "/Type /XObject /Subtype /Form /BBox [0 0 999 999] /Resources << /XObject << "
        + " ".join(f"/X{at} {10 + at} 0 R" for at in range(12)) + " >> >>",
    )  # fmt: skip


def _bomb() -> bytes:
    return stream(zlib.compress(b"0 0 m 9 9 l S\n" * 4_000_000, 9), "/Filter /FlateDecode")


HOSTILE = {
    "a form in itself": pdf("/X0 Do", objects=[_form("/X0 Do")], resources="/XObject << /X0 10 0 R >>"),
    "forms in forms": pdf(
        "/X0 Do",
        objects=[_form(f"/X{at + 1} Do " * 10) for at in range(11)] + [_form("0 0 m 9 9 l S")],
        resources="/XObject << /X0 10 0 R >>",
    ),
    "deep states": pdf("q " * 200_000),
    "deep arrays": pdf("[" * 200_000),
    "deep objects": pdf("", objects=["[" * 100_000]),
    "a bomb": pdf("/X0 Do", objects=[_bomb()]).replace(b"/Contents 12 0 R", b"/Contents 10 0 R"),
    "pages in themselves": whole({
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>",
    }),
    "a table of tables before": pdf(text(50, 700, "1"), trailer="/Prev 9"),
    "many lines": pdf("".join(line(at % 500, at % 800, at % 500 + 9, at % 800) for at in range(50_000))),
    "a lattice": pdf(
        "".join(line(at, 0, at, 800) + line(0, at, 590, at) for at in range(1, 590, 1))
    ),
    "numbers past all bounds": pdf("1e38 0 0 1e38 1e38 1e38 cm " + table(SMALL)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends_in_blocks_or_is_refused(name: str) -> None:
    try:
        found = apart(HOSTILE[name], Limits(seconds=4))
    except (ReadError, LimitError):
        return
    assert all(isinstance(block, (Paragraph, Grid)) for block in found)


def _changed(data: bytes, changes: Iterable[tuple[int, bytes]]) -> bytes:
    found = bytearray(data)
    for at, put in changes:
        place = at % len(found)
        found[place : place + len(put)] = put
    return bytes(found)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 10_000), st.binary(min_size=1, max_size=6)), max_size=12),
    st.integers(1, 10_000),
)
def test_any_damage_ends_in_blocks_or_is_refused(changes: list[tuple[int, bytes]], length: int) -> None:
    data = _changed(pdf(text(50, 760, "一、总体情况") + table(SMALL)), changes)[: length + 500]
    try:
        apart(data, Limits(seconds=30))
    except (ReadError, LimitError):
        return
