"""The blocks of a file as one text: what is read of them, and where it stands."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import gkparse
from accounting import alarms
from building import built, distinct
from filed import as_grid, blocks_of, read_back
from gkparse import LimitError, Limits, Place
from gkparse.blocks import PICTURE, Block, Grid, GridCell, Paragraph, grid
from gkparse.flow import Flow
from gkparse.form import load
from gkparse.sheet import sheet
from gkparse.testing import reports

FORM = load("2021")
# What says that a number's place is not certain.
UNSURE = {"GK201", "GK202", "GK203", "GK204", "GK205", "GK206", "GK214", "GK215", "GK217", "GK220"}
REPORT = built(distinct())
SHEET = {table.name: sheet(REPORT, table) for table in FORM.tables}
TABLES = [as_grid(drawn) for drawn in SHEET.values()]


@pytest.mark.parametrize(
    ("form", "consistent"),
    [("2021", True), ("2021", False), ("2019", True), ("2019", False), ("2014", None)],
)
@given(data=st.data())
def test_a_report_in_grids_is_read_back(
    form: str, consistent: bool | None, data: st.DataObject
) -> None:
    report = data.draw(reports(form, consistent=consistent))
    found = read_back(*blocks_of(report))
    assert found == report
    assert found.source is not None
    for path, cell in found.cells():
        if cell.span:
            assert found.source[cell.span.start : cell.span.end] == cell.printed, path
    if consistent:
        assert UNSURE.isdisjoint(alarm.code for alarm in alarms(found))


def test_every_number_tells_its_place_in_the_file() -> None:
    found = read_back(*(attrs.evolve(table, page=at) for at, table in enumerate(TABLES, 2)))
    for number, drawn in enumerate(SHEET.values(), 1):
        for box in drawn.boxes:
            if box.path:
                span = found.locate(box.path)
                assert span is not None
                assert span.place == Place(number + 1, number, box.row + 1, box.column + 1)


def test_a_blank_cell_tells_its_place_too() -> None:
    numbers = distinct() | {"requests.carried_over.other": None}
    tables = [as_grid(sheet(built(numbers), table)) for table in FORM.tables]
    cell = read_back(*tables).cell("requests.carried_over.other")
    assert cell.status == "blank"
    assert cell.span
    assert cell.span.place == Place(None, 2, 5, 9)


def test_a_text_has_no_places_but_its_own() -> None:
    span = gkparse.parse(gkparse.render(REPORT, "tabs")).locate("requests.received.total")
    assert span is not None
    assert span.place is None


def test_prose_tells_its_page_and_what_has_none_tells_none() -> None:
    flow = Flow.of_blocks([Paragraph("一", 3), TABLES[0], Paragraph("二")], "file")
    assert flow.positions.at(0) == Place(3)
    assert flow.positions.at(flow.source.index("二", 5)) is not None
    assert flow.positions.at(len(flow.source) - 1) is None


# ---------------------------------------------------------------- how files hold the text


def test_an_article_in_a_cell_is_running_text() -> None:
    article = "一、总体情况\n全年公开信息十条。\n二、主动公开政府信息情况"
    report = read_back(grid([[(article, 1, 1)]]), *TABLES)
    assert [(each.number, each.text) for each in report.sections[:2]] == [
        (1, "全年公开信息十条。"), (2, ""),
    ]


def test_a_sheet_that_holds_everything_in_rows() -> None:
    rows = [
        [("一、总体情况", 1, 1), ("", 1, 1), ("", 1, 1)],
        [("全年公开信息十条。\n其中三条为新增。", 1, 1), ("", 1, 1), ("", 1, 1)],
        [("四、政府信息公开行政复议、行政诉讼情况", 1, 3)],
    ]
    report = read_back(grid(rows), *TABLES)
    assert [each.text for each in report.sections] == ["全年公开信息十条。\n其中三条为新增。", ""]
    assert report.requests == REPORT.requests


def test_bars_and_line_ends_within_a_cell_part_nothing() -> None:
    cells = [attrs.evolve(c, text=c.text.replace("公益", "公\n益").replace("机构", "│机构")) for c in TABLES[1].cells]
    assert read_back(TABLES[0], Grid(tuple(cells)), TABLES[2]) == REPORT


def test_invisible_characters_within_a_cell() -> None:
    cells = [attrs.evolve(c, text="\u200b".join(c.text)) for c in TABLES[2].cells]
    assert read_back(*TABLES[:2], Grid(tuple(cells))) == REPORT


def test_running_text_between_tables_may_be_of_any_rendering() -> None:
    text = gkparse.render(attrs.evolve(REPORT, proactive=None, disputes=None), "bars")
    assert read_back(TABLES[0], Paragraph(text), TABLES[2]) == REPORT


# ---------------------------------------------------------------- pictures


def test_a_picture_in_place_of_a_number_is_never_a_blank() -> None:
    changed = {"requests.received.other": PICTURE, "disputes.litigation_direct.other": PICTURE}
    tables = [
        Grid(tuple(
            attrs.evolve(cell, text=changed.get(box.path, cell.text))
            for cell, box in zip(as_grid(drawn).cells, drawn.boxes, strict=True)
        ))
        for drawn in SHEET.values()
    ]
    report = read_back(*tables)
    for path in changed:
        assert report.cell(path).value is None
        assert report.cell(path).status == "marked"
        assert any(found.code == "GK215" and path in found.paths for found in alarms(report))


def test_a_picture_beside_a_text_or_a_number_is_no_part_of_it() -> None:
    cells = [attrs.evolve(c, text=f"{c.text} {PICTURE}" if c.text else "") for c in TABLES[1].cells]
    assert read_back(TABLES[0], Grid(tuple(cells)), TABLES[2]) == REPORT


@pytest.mark.parametrize("text", ["{}" + PICTURE, PICTURE + "{}", "1" + PICTURE + "{}"])
def test_a_picture_at_a_digit_may_be_one(text: str) -> None:
    place = next(box for box in SHEET["requests"].boxes if box.path == "requests.received.other")
    cells = [
        attrs.evolve(c, text=text.format(c.text)) if (c.row, c.column) == (place.row, place.column) else c
        for c in TABLES[1].cells
    ]
    report = read_back(TABLES[0], Grid(tuple(cells)), TABLES[2])
    assert report.value(place.path) is None
    assert any(found.code == "GK215" and place.path in found.paths for found in alarms(report))


def test_a_table_that_is_a_picture_is_said_to_be_one() -> None:
    blocks: list[Block] = [
        Paragraph("二、主动公开政府信息情况", 1), TABLES[0],
        Paragraph("三、收到和处理政府信息公开申请情况", 2), Paragraph(PICTURE, 3),
        Paragraph("四、政府信息公开行政复议、行政诉讼情况", 4), TABLES[2],
    ]
    report = read_back(*blocks)
    (found,) = [found for found in report.diagnostics if found.code == "GK106"]
    assert found.paths == ("requests",)
    assert found.span
    assert found.span.place == Place(3)
    assert "(page 3)" in found.message
    assert "（第3页）" in found.message_in("zh")
    assert report.requests is None


def test_a_file_of_pictures_alone_is_no_report_and_says_why() -> None:
    with pytest.raises(gkparse.NotAReportError, match="2 of its parts are pictures"):
        read_back(Paragraph(PICTURE, 1), Paragraph(PICTURE, 2))


def test_a_picture_is_no_part_of_the_text_of_a_section() -> None:
    report = read_back(Paragraph("一、总体情况"), Paragraph(PICTURE), Paragraph("无。"), *TABLES)
    assert report.sections[0].text == "无。"


# ---------------------------------------------------------------- limits


def test_more_characters_than_allowed() -> None:
    with pytest.raises(LimitError, match=r"characters=10\)"):
        Flow.of_blocks([Paragraph("x" * 10)], "file", Limits(characters=10))
    assert Flow.of_blocks([Paragraph("x" * 9)], "file", Limits(characters=10)).source == "x" * 9 + "\n"


def test_more_cells_than_allowed_merged_ones_counted_in_full() -> None:
    assert grid([[("", 1, 3)], [("", 1, 1)]], limits=Limits(cells=4)).cells[0].columns == 3
    with pytest.raises(LimitError, match=r"cells=4\)"):
        grid([[("", 1, 3)], [("", 1, 2)]], limits=Limits(cells=4))
    with pytest.raises(LimitError):
        grid([[("", 1, 10**9)]])


@given(st.lists(st.lists(st.tuples(st.just("x"), st.integers(-1, 4), st.integers(-1, 4)), max_size=5), max_size=6))
def test_the_cells_of_a_grid_never_lie_over_each_other(rows: list[list[tuple[str, int, int]]]) -> None:
    taken: set[tuple[int, int]] = set()
    for cell in grid(rows).cells:
        places = {
            (row, column)
            for row in range(cell.row, cell.row + cell.rows)
            for column in range(cell.column, cell.column + cell.columns)
        }
        assert places
        assert taken.isdisjoint(places)
        assert cell.row + cell.rows <= len(rows)
        taken |= places


def test_a_cell_that_is_alone() -> None:
    assert grid([[("a", 0, 0)]]).cells == (GridCell("a", 0, 0),)
