"""Physical columns: fixed ones, those of tools, and cells that have a row of their own."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

import gkparse
from accounting import alarms, misread, unaccounted
from building import distinct
from families import FAMILIES, Page
from gkparse.columns import alone, gridded, unnumbered, width
from gkparse.form import load
from gkparse.physical import arranged
from gkparse.pieces import Piece
from gkparse.rows import Row, rows
from gkparse.shape import shape
from layouts import PATHS, printed

FORM = load("2021")

ROWS = [
    ["一、本年新收政府信息公开申请数量", "12", "3", "45"],
    ["二、上年结转政府信息公开申请数量", "1", "", "2"],
    ["（一）予以公开", "", "7", "7"],
    ["2.重复申请", "", "", ""],
    ["3.要求提供公开出版物", "100", "20", ""],
]


def lines(measure: object, *, right: bool = False, table: Sequence[Sequence[str]] = ROWS) -> str:
    """Fixed columns of blanks by terminal width or by characters, at the left or the right."""
    count = width if measure is width else len
    most = [max(count(row[x]) for row in table) for x in range(len(table[0]))]
    return "".join(
        "   ".join(
            " " * (w - count(c)) + c if right and at else c + " " * (w - count(c))
            for at, (c, w) in enumerate(zip(row, most, strict=True))
        ).rstrip() + "\n"
        for row in table
    )


def said(pieces: Sequence[Piece]) -> list[str]:
    return [piece.text for piece in pieces]


@pytest.mark.parametrize(("text", "columns"), [("", 0), ("ab1", 3), ("规章", 4), ("（1）", 5), ("①", 1)])
def test_a_wide_character_takes_two_columns(text: str, columns: int) -> None:
    assert width(text) == columns


# ---------------------------------------------------------------- fixed columns


@pytest.mark.parametrize("measure", [width, len])
@pytest.mark.parametrize("right", [False, True], ids=["left", "right"])
def test_a_place_without_a_value_is_a_blank_cell(measure: object, right: bool) -> None:
    source = lines(measure, right=right)
    found = gridded(source, rows(source, "2021"))
    assert found is not None
    assert [said(row.pieces)[1:] for row in found if len(row.pieces) > 1] == [
        row[1:] for row in ROWS if any(row[1:])
    ]
    assert all(row.grid and row.inferred for row in found if len(row.pieces) > 1)


def test_a_blank_cell_stands_where_it_would_be_printed() -> None:
    source = lines(width)
    found = gridded(source, rows(source, "2021"))
    assert found is not None
    for row in found:
        places = [(piece.start, piece.end) for piece in row.pieces]
        assert places == sorted(places)
        assert all(row.start <= start <= end <= row.end for start, end in places)


def test_a_value_beside_its_column_makes_no_column_and_its_row_tells_nothing() -> None:
    table = [[f"{at}.重复申请", "5", "6", "7"] for at in range(1, 7)]
    source = lines(width, table=table).split("\n")
    source[2] = source[2].replace("6", " 6").replace("7", "", 1)
    text = "\n".join(source)
    found = gridded(text, rows(text, "2021"))
    assert found is not None
    assert said(found[2].pieces)[1:] == ["5", "6"]
    assert not found[2].inferred
    assert said(found[1].pieces)[1:] == ["5", "6", "7"]


def test_lines_in_which_values_stand_anywhere_have_no_columns() -> None:
    text = "\n".join(f"{at}.重复申请{' ' * at}5{' ' * (3 * at % 7 + 1)}6" for at in range(1, 16))
    assert gridded(text, rows(text, "2021")) is None
    assert gridded("", []) is None


@pytest.mark.parametrize("family", ["fixed-wide", "fixed-narrow", "fixed-right"])
def test_blanks_of_a_fixed_column_are_none_where_they_stand(family: str) -> None:
    numbers = distinct(zeros=0.4)
    # The table of section four has no labels in its row that would tell where columns are.
    zeros = [path for path in numbers if numbers[path] == 0 and path.startswith("requests.")]
    numbers = numbers.but(dict.fromkeys(zeros))
    assert len(zeros) > 40
    report = gkparse.parse(FAMILIES[family](Page(printed(numbers))))
    assert misread(report, numbers) == []
    assert {report.cell(path).status for path, value in numbers.items() if value is None} == {"blank"}


def test_a_number_that_a_fixed_column_lost_is_not_taken_for_a_blank_in_silence() -> None:
    numbers = distinct()
    path = "requests.outcomes.denied.internal_affairs.research_institution"
    report = gkparse.parse(FAMILIES["fixed-wide"](Page(printed(numbers.but({path: None})))))
    assert unaccounted(report, numbers.but({path: None})) == []
    assert alarms(report) != []


# ---------------------------------------------------------------- numbers of rows and columns


def physical(text: str) -> list[Row]:
    return rows(text, "2021")


def test_the_numbers_of_rows_and_columns_go() -> None:
    found = unnumbered(physical("0\t1\t2\t3\n0\t规章\t1\t2\n1\t行政许可\t7\t8\n2\t行政处罚\t9\t5\n"))
    assert [said(row.pieces) for row in found] == [
        ["规章", "1", "2"], ["行政许可", "7", "8"], ["行政处罚", "9", "5"],
    ]


def test_numbers_that_do_not_count_rows_stay() -> None:
    text = "4\t规章\t1\n6\t行政许可\t7\n7\t行政处罚\t9\n"
    assert [said(row.pieces) for row in unnumbered(physical(text))] == [
        line.split("\t") for line in text.splitlines()
    ]


def test_two_rows_that_happen_to_count_stay() -> None:
    text = "4\t规章\t1\n5\t行政许可\t7\n"
    assert [len(row.pieces) for row in unnumbered(physical(text))] == [3, 3]


def test_an_index_is_no_value_however_short_the_table_is() -> None:
    numbers = distinct()
    for blank in (None, "disputes.reconsideration.total", "disputes.litigation_direct.upheld"):
        but = numbers.but({blank: None} if blank else {})
        report = gkparse.parse(FAMILIES["frame"](Page(printed(but))))
        assert unaccounted(report, but) == []
        assert misread(report, but) == []


# ---------------------------------------------------------------- a cell a row


def test_a_cell_a_row_loses_the_blanks_around_it_and_counts_empty_rows() -> None:
    found = alone(physical("规章\t\n\n1\t\n\t\n2\t\n3\t"))
    assert [said(row.pieces) for row in found] == [["规章"], ["1"], ["2"], ["3"]]
    assert [row.gap for row in found] == [0, 1, 1, 0]
    assert [row.after for row in found] == [1, 1, 0, 0]


@pytest.mark.parametrize("text", ["规章\t1\t2\t3\n1\n", "规章\t1\n行政许可\t7\n", "规章\n行政许可\n"])
def test_rows_of_several_cells_are_left_alone(text: str) -> None:
    before = physical(text)
    assert alone(before) is before


def test_a_full_grid_has_a_text_for_each_place() -> None:
    page = Page(printed(distinct()))
    for name, columns in (("proactive", 4), ("requests", 10), ("disputes", 15)):
        assert {len(row) for row in page.sheet(name).grid()} == {columns}


def test_bars_for_a_merged_cell_are_no_blank_cell_of_the_row() -> None:
    # A cell a line: `||` stands for the two columns that the label covers, ` |` for a blank cell.
    but = distinct().but(dict.fromkeys(PATHS, 0)).but({"requests.received.total": None})
    report = gkparse.parse(FAMILIES["cell-bars"](Page(printed(but))))
    assert unaccounted(report, but) == []


# ---------------------------------------------------------------- columns that hold nothing


def stood(*cells: tuple[int, str]) -> str:
    """A line with texts at some places."""
    line = ""
    for place, text in cells:
        line = line.ljust(place) + text
    return line + "\n"


def placed(source: str) -> list[list[str]] | None:
    found = arranged(source, rows(source, "2021"), 7, shape(FORM, FORM.table("requests")).sums(()))
    return None if found is None else [said(row.pieces) for row in found]


def test_columns_that_no_line_shows_are_put_where_the_rows_add_up() -> None:
    source = "".join((
        stood((0, "商业企业"), (40, "科研机构"), (50, "社会公益组织"), (60, "法律服务机构"), (70, "其他")),
        stood((0, "一、本年新收政府信息公开申请数量"), (40, "24"), (70, "2"), (80, "26")),
        stood((0, "三、本年度办理结果"), (40, "（一）予以公开"), (50, "8"), (84, "8")),
    ))
    found = placed(source)
    assert found is not None
    assert found[1][1:] == ["24", "", "", "2", "", "", "26"]
    assert found[2][2:] == ["8", "", "", "", "", "", "8"]


def test_columns_that_may_be_in_several_places_are_left_alone() -> None:
    source = "".join((
        stood((0, "一、本年新收政府信息公开申请数量"), (40, "24"), (70, "2"), (80, "26")),
        stood((0, "二、上年结转政府信息公开申请数量"), (40, "1"), (80, "1")),
    ))
    assert placed(source) is None
