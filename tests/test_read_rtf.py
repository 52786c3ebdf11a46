"""RTF: what its page shows is read, each number in its row and column."""

from __future__ import annotations

import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gkparse
from building import built, distinct
from gkparse.blocks import PICTURE, Block, Grid, GridCell, Paragraph
from gkparse.errors import LimitError, ReadError
from gkparse.limits import DEFAULT_LIMITS, Limits
from gkparse.readers.rtf import blocks


def read(body: str, limits: Limits = DEFAULT_LIMITS) -> list[Block]:
    """The blocks of a document in the code page of Simplified Chinese."""
    return list(blocks(b"{\\rtf1\\ansi\\ansicpg936 " + body.encode("gb18030") + b"}", limits))


def row(*cells: str, edges: tuple[str, ...] = ()) -> str:
    """A row of cells; where `edges` does not say, each is as wide as the others."""
    edges = edges or tuple(f"\\cellx{1000 * at}" for at in range(1, len(cells) + 1))
    filled = "".join(f"\\pard\\intbl {cell}\\cell " for cell in cells)
    return f"\\trowd{''.join(edges)} {filled}\\row\n"


def table(body: str) -> tuple[GridCell, ...]:
    (found,) = read(body)
    assert isinstance(found, Grid)
    return found.cells


def escaped(text: str, page: str) -> str:
    return "".join(f"\\'{each:02x}" for each in text.encode(page))


@pytest.mark.parametrize(
    "printed",
    [
        "行政许可 318", escaped("行政许可", "gb18030") + " 318", "\\u34892 ?\\u25919 ?\\u-29768?\\u21487? 318",
        "\\uc2" + "".join(f"\\u{ord(each)}{escaped(each, 'gb18030')}" for each in "行政许可") + " 318",
        "{\\fonttbl{\\f1\\fcharset136 Ming;}{\\f2\\fcharset0 Arial;}}\\f1 "
        + escaped("行政", "cp950") + "\\f2 " + escaped("许可", "gb18030") + " 318",
        "行政{\\*\\unheard 9}许可{\\v 7} {\\deleted 5}{\\revised 318}{\\*\\annotation 4}{\\footnote 3}",
        "{\\header 9}{\\footer 8}{\\info{\\title 7}}{\\stylesheet{6;}}行政许可 {\\field{\\*\\fldinst =3+4}{\\fldrslt 318}}",
        "行政许可 {\\v 9\\plain 318}", "行政许可 {\\deleted 9\\deleted0 318}",
        "{\\info{\\pict\\bin5 }9{}\\}}行政许可 318",
        "{\\v \\u25919 ?\\emdash 9\\par }行政许可 318",
        escaped("行政", "gb18030") + "\\u-29768 ?\\u21487 ? 318",
    ],
)  # fmt: skip
def test_a_paragraph_is_what_the_page_shows(printed: str) -> None:
    assert read(printed + "\\par") == [Paragraph("行政许可 318")]


def test_half_characters_are_put_together_and_those_behind_them_passed_over() -> None:
    assert read("\\u-10187 ?\\u-9147 ?7\\par") == [Paragraph("\U0001d445" + "7")]
    assert read("\\uc3\\u26412 abc1\\par \\uc0\\u26412 2\\par") == [
        Paragraph("本1"),
        Paragraph("本2"),
    ]


def test_bytes_that_one_code_page_does_not_hold_are_read_in_the_next() -> None:
    font = "{\\fonttbl{\\f1\\fcharset136 Ming;}}\\f1 "
    assert read(font + escaped("囧", "gb18030") + "7\\par") == [Paragraph("囧7")]
    assert read("7\\'ff\\par") == [Paragraph("7\ufffd")]


def test_a_backslash_takes_its_meaning_from_a_brace_and_gives_one_to_a_line_end() -> None:
    assert read("\\{1\\}\\\n2\\\\\\par") == [Paragraph("{1}"), Paragraph("2\\")]


def test_raised_struck_and_symbol_characters_are_no_digits_of_a_number() -> None:
    found = read(
        "12{\\super 3}{\\strike 4}{\\f3 5}\\par".replace(
            "12", "{\\fonttbl{\\f3\\fcharset2 Wingdings;}}12"
        )
    )
    assert found == [Paragraph("12³4\u0336\uf035")]


def test_cells_stand_in_their_rows_and_columns_and_empty_ones_are_there() -> None:
    found = table(row("许可", "1", "") + row("处罚", "", "2\\par 3\\line 4"))
    assert [(cell.text, cell.row, cell.column) for cell in found] == [
        ("许可", 0, 0), ("1", 0, 1), ("", 0, 2), ("处罚", 1, 0), ("", 1, 1), ("2\n3\n4", 1, 2),
    ]  # fmt: skip


def test_columns_come_from_the_edges_of_all_rows() -> None:
    wide = row("头", "9", edges=("\\cellx1000", "\\cellx3000"))
    assert table(wide + row("1", "2", "3")) == (
        GridCell("头", 0, 0), GridCell("9", 0, 1, 1, 2),
        GridCell("1", 1, 0), GridCell("2", 1, 1), GridCell("3", 1, 2),
    )  # fmt: skip


def test_edges_that_hardly_differ_are_one_and_rows_that_begin_later_have_an_empty_cell() -> None:
    near = row("1", "2", edges=("\\trleft-15\\cellx1020", "\\cellx1985"))
    late = row("3", edges=("\\trleft1000\\cellx2000",))
    assert table(row("a", "b") + near + late) == (
        GridCell("a", 0, 0), GridCell("b", 0, 1), GridCell("1", 1, 0), GridCell("2", 1, 1),
        GridCell("", 2, 0), GridCell("3", 2, 1),
    )  # fmt: skip


def test_merged_cells_have_their_spans() -> None:
    first = row(
        "a", "", "c", edges=("\\clvmgf\\clmgf\\cellx1000", "\\clmrg\\cellx2000", "\\cellx3000")
    )
    second = row(
        "hidden", "", "d", edges=("\\clvmrg\\clmgf\\cellx1000", "\\clmrg\\cellx2000", "\\cellx3000")
    )
    assert table(first + second + row("1", "2", "3")) == (
        GridCell("a", 0, 0, 2, 2), GridCell("c", 0, 2), GridCell("d", 1, 2),
        GridCell("1", 2, 0), GridCell("2", 2, 1), GridCell("3", 2, 2),
    )  # fmt: skip


def test_a_row_that_ends_early_has_an_empty_cell_there() -> None:
    short = row("3", edges=("\\cellx1000",))
    assert table(row("a", "b", "c") + short)[3:] == (GridCell("3", 1, 0), GridCell("", 1, 1, 1, 2))


def test_edges_that_make_no_sense_leave_the_cells_in_their_order() -> None:
    assert [(cell.text, cell.column) for cell in table(row("1", "2", "3", edges=("\\cellx9", "\\cellx3")))] == [
        ("1", 0), ("2", 1), ("3", 2),
    ]  # fmt: skip


def test_text_parts_tables() -> None:
    found = read("前\\par " + row("1", "2") + "\\pard 中\\par " + row("3", "4") + "\\pard 后")
    assert [type(each) for each in found] == [Paragraph, Grid, Paragraph, Grid, Paragraph]


def nested(*cells: str) -> str:
    inner = "".join(f"\\pard\\intbl\\itap2 {cell}\\nestcell " for cell in cells)
    edges = "".join(f"\\cellx{500 * at}" for at in range(1, len(cells) + 1))
    return (
        inner
        + f"{{\\*\\nesttableprops\\trowd{edges}\\nestrow}}{{\\nonesttables\\par}}\\pard\\intbl "
    )


def test_a_nested_table_of_one_cell_is_the_text_of_the_cell() -> None:
    assert [cell.text for cell in table(row("许可", nested("31")) + row("处罚", "4"))] == [
        "许可",
        "31",
        "处罚",
        "4",
    ]


def test_a_table_around_tables_or_an_article_is_none() -> None:
    found = read(row("前\\par " + nested("1", "2") + nested("3", "4")) + "\\pard 后\\par")
    grid = Grid(
        (GridCell("1", 0, 0), GridCell("2", 0, 1), GridCell("3", 1, 0), GridCell("4", 1, 1))
    )
    assert found == [Paragraph("前"), grid, Paragraph("后")]


def test_a_row_around_a_table_parts_the_rows_above_and_below_it() -> None:
    found = read(row("1", "2") + row("文\\par " + nested("3", "4")) + row("5", "6"))
    assert [type(each) for each in found] == [Grid, Paragraph, Grid, Grid]


def test_a_small_table_within_a_row_of_numbers_leaves_them_in_their_columns() -> None:
    found = table(row("许可", "1", nested("2", "3"), "4"))
    assert [(cell.text, cell.column) for cell in found] == [
        ("许可", 0),
        ("1", 1),
        ("2 3", 2),
        ("4", 3),
    ]


def test_a_picture_stands_where_nothing_else_does() -> None:
    picture = "{\\*\\shppict{\\pict\\pngblip 3132}}{\\nonshppict{\\pict 33}}"
    assert [cell.text for cell in table(row(picture, "7", "8" + picture))] == [
        PICTURE,
        "7",
        "8" + "",
    ]
    assert read(f"图{picture}\\par") == [Paragraph("图"), Paragraph(PICTURE)]


def test_bytes_of_a_picture_are_no_text() -> None:
    assert read("{\\pict\\bin9 }\\par 12}}3\\par") == [Paragraph("3"), Paragraph(PICTURE)]


@pytest.mark.parametrize(
    "body",
    [b"{\\rtf1 12", b"{\\rtf1 {\\pict\\bin9999999999 1}}", b"{\\rtf1 \\trowd\\cell 1\\row", b"rtf"],
)
def test_a_document_that_is_cut_off_is_a_read_error(body: bytes) -> None:
    with pytest.raises(ReadError, match=r"cut off|no RTF"):
        list(blocks(body, DEFAULT_LIMITS))


@pytest.mark.parametrize("body", ["{" * 100_000, "\\pard\\intbl\\itap99999999 1\\nestcell"])
def test_groups_and_tables_within_each_other_have_a_limit(body: str) -> None:
    with pytest.raises(LimitError, match="depth"):
        read(body)


def test_cells_and_characters_have_limits() -> None:
    with pytest.raises(LimitError, match="cells=5"):
        read(row("1", "2", "3") + row("1", "2", "3"), Limits(cells=5))
    with pytest.raises(LimitError, match="characters=5"):
        read("123456\\par", Limits(characters=5))


WORDS = st.sampled_from(
    "\\trowd \\cellx1000 \\cellx2000 \\cellx-5 \\cell \\row \\intbl \\itap2 \\itap0 \\pard \\par \\nestcell \\nestrow { } "
    "{\\*\\nesttableprops \\clvmgf \\clvmrg \\clmgf \\clmrg \\u21313? \\u-10187? \\'b1 \\'31 12 \\v \\plain \\deleted "
    "{\\pict \\bin3 \\uc9 \\ansicpg99999999 \\ansicpg0 {\\fonttbl \\f1 \\fcharset134 \\trleft-900 \\super \\ \\~".split()
)  # fmt: skip


@given(st.lists(WORDS, max_size=60))
def test_any_words_raise_nothing_else(words: list[str]) -> None:
    with suppress(ReadError, LimitError):
        found = read(" ".join(words) + "}" * 60)
        for each in found:
            places = [
                (row, column)
                for cell in (each.cells if isinstance(each, Grid) else ())
                for row in range(cell.row, cell.row + cell.rows)
                for column in range(cell.column, cell.column + cell.columns)
            ]
            assert len(places) == len(set(places))


@given(st.binary(max_size=200))
def test_any_bytes_raise_nothing_else(data: bytes) -> None:
    with suppress(ReadError, LimitError):
        list(blocks(b"{\\rtf1" + data, DEFAULT_LIMITS))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_report_that_libreoffice_wrote_is_read_whole(tmp_path: Path) -> None:
    numbers = distinct()
    gkparse.write_docx(built(numbers), tmp_path / "report.docx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "rtf", "--outdir", str(tmp_path)]
    subprocess.run(
        [*command, str(tmp_path / "report.docx")], check=True, timeout=120, capture_output=True
    )
    grids = [
        found
        for found in blocks((tmp_path / "report.rtf").read_bytes(), DEFAULT_LIMITS)
        if isinstance(found, Grid)
    ]
    assert [max(cell.column + cell.columns for cell in grid.cells) for grid in grids] == [4, 10, 15]
    printed = [cell.text for grid in grids for cell in grid.cells]
    assert all(str(value) in printed for value in numbers.values())
