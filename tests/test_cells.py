"""Merged cells: what they hold stands for every column and row that they cover, or is flagged."""

from __future__ import annotations

from collections.abc import Callable

import attrs
import pytest

from accounting import alarms
from building import built, distinct
from filed import as_grid, read_back
from gkparse import Report
from gkparse.blocks import Grid, GridCell
from gkparse.cells import GridRow, Laid, part_of, table_rows
from gkparse.form import load
from gkparse.masks import NOTHING
from gkparse.pieces import Piece
from gkparse.rows import Known, Row
from gkparse.sheet import Box, sheet

FORM = load("2021")
NUMBERS = distinct()
REPORT = built(NUMBERS)
DRAWN = {table.name: sheet(REPORT, table) for table in FORM.tables}
COLUMNS = [path for path in NUMBERS if path.startswith("requests.carried_over.")]


def box(path: str) -> Box:
    """Where a cell stands in the official table."""
    (found,) = [each for drawn in DRAWN.values() for each in drawn.boxes if each.path == path]
    return found


def read_with(change: Callable[[GridCell], GridCell | None], table: str = "requests") -> Report:
    """The report in the official tables, of which one has other cells, or lacks some."""
    tables = {name: as_grid(drawn) for name, drawn in DRAWN.items()}
    cells = filter(None, map(change, tables[table].cells))
    tables[table] = Grid(tuple(cells))
    return read_back(*tables.values())


def merged(first: str, last: str, text: str) -> Callable[[GridCell], GridCell | None]:
    """A table in which the cells from one to another are one, with this text."""
    top, end = box(first), box(last)

    def change(cell: GridCell) -> GridCell | None:
        if (cell.row, cell.column) == (top.row, top.column):
            rows, columns = end.row - top.row + 1, end.column + end.columns - top.column
            return GridCell(text, top.row, top.column, rows, columns)
        inside = top.row <= cell.row <= end.row and top.column <= cell.column <= end.column
        return None if inside else cell

    return change


def others_hold(report: Report, *changed: str) -> bool:
    """Whether every cell but these is what it was."""
    return all(report.value(path) == REPORT.value(path) for path in NUMBERS if path not in changed)


@pytest.mark.parametrize(("text", "status"), [("", "blank"), ("/", "marked")])
def test_one_cell_for_a_whole_row(text: str, status: str) -> None:
    report = read_with(merged(COLUMNS[0], COLUMNS[-1], text))
    assert {report.cell(path).status for path in COLUMNS} == {status}
    assert others_hold(report, *COLUMNS)


def test_one_cell_for_some_columns_leaves_the_others_in_their_place() -> None:
    report = read_with(merged(COLUMNS[1], COLUMNS[3], ""))
    assert [report.cell(path).status for path in COLUMNS] == [
        "printed", "blank", "blank", "blank", "printed", "printed", "printed",
    ]
    assert others_hold(report, *COLUMNS[1:4])


def test_a_number_in_a_cell_for_several_columns_belongs_to_none_for_certain() -> None:
    report = read_with(merged(COLUMNS[1], COLUMNS[2], "7"))
    assert report.value(COLUMNS[1]) is report.value(COLUMNS[2]) is None
    flagged = {path for found in alarms(report) for path in found.paths}
    assert {COLUMNS[1], COLUMNS[2]} <= flagged
    assert others_hold(report, *COLUMNS[1:3])


@pytest.mark.parametrize(("text", "status"), [("", "blank"), ("—", "marked")])
def test_one_cell_for_two_rows_moves_nothing(text: str, status: str) -> None:
    first, last = "requests.outcomes.denied.internal_affairs.other", "requests.outcomes.denied.process_information.other"
    report = read_with(merged(first, last, text))
    assert report.cell(first).status == report.cell(last).status == status
    assert others_hold(report, first, last)


def test_a_number_in_a_cell_for_two_rows_belongs_to_none_for_certain() -> None:
    first, last = "requests.outcomes.denied.internal_affairs.other", "requests.outcomes.denied.process_information.other"
    report = read_with(merged(first, last, "7"))
    assert report.value(first) is report.value(last) is None
    flagged = {path for found in alarms(report) for path in found.paths}
    assert {first, last} <= flagged
    assert others_hold(report, first, last)


def test_the_one_value_of_a_wide_column_is_one() -> None:
    # The value of section 20(5) goes over three columns on paper.
    assert box("proactive.licensing.decisions").columns == 3
    report = read_with(
        lambda cell: attrs.evolve(cell, text="")
        if (cell.row, cell.column) == (box("proactive.licensing.decisions").row, 1)
        else cell,
        "proactive",
    )
    assert report.cell("proactive.licensing.decisions").status == "blank"
    assert others_hold(report, "proactive.licensing.decisions")


def test_a_row_that_is_two_rows_high_is_one_row() -> None:
    at = box(COLUMNS[0]).row

    def change(cell: GridCell) -> GridCell:
        if cell.row > at:
            return attrs.evolve(cell, row=cell.row + 1)
        return attrs.evolve(cell, rows=cell.rows + 1) if cell.row + cell.rows > at else cell

    assert read_with(change) == REPORT


def test_rows_of_empty_cells_say_nothing() -> None:
    drawn = [as_grid(each) for each in DRAWN.values()]
    empty = [
        Grid((*each.cells, *(
            GridCell("", max(c.row + c.rows for c in each.cells), at)
            for at in range(max(c.column + c.columns for c in each.cells))
        )))
        for each in drawn
    ]
    report = read_back(*empty)
    assert report == REPORT
    assert alarms(report) == []


@pytest.mark.parametrize("printed", ["12 7", "12\n7"])
def test_two_numbers_in_one_cell_are_flagged(printed: str) -> None:
    path = COLUMNS[2]
    place = box(path)
    report = read_with(
        lambda cell: attrs.evolve(cell, text=printed)
        if (cell.row, cell.column) == (place.row, place.column)
        else cell
    )
    assert report.value(path) in (None, 12, 7)
    flagged = {found for each in alarms(report) for found in each.paths}
    assert any(path == each or path.startswith(f"{each}.") for each in flagged)
    assert others_hold(report, *COLUMNS)


# ---------------------------------------------------------------- from cells in a text to a row


def laid(view: str, row: int = 0, **more: int) -> GridRow:
    """The cells of a row that stand between tabs in a view."""
    begun, at = [], 0
    for column, text in enumerate(view.split("\t")):
        begun.append(Laid(GridCell(text, row, column, **more), at, at + len(text)))
        at += len(text) + 1
    return GridRow(begun)


def row_of(view: str) -> Row:
    (row,) = table_rows([laid(view)], view, "2021", 7)
    return row


def cells_of(row: Row) -> tuple[Known, ...]:
    assert row.cells is not None
    return row.cells


def held(view: str) -> tuple[Piece, ...]:
    return tuple(row_of(view).pieces)


def test_what_a_cell_holds_stands_where_it_is_printed_without_what_is_around_it() -> None:
    view = "规章\t 12 \t\t　\t说明"
    assert [(piece.start, piece.end, piece.text) for piece in held(view)] == [
        (0, 2, "规章"), (4, 6, "12"), (8, 8, ""), (9, 10, ""), (11, 13, "说明"),
    ]
    assert [piece.blank for piece in held(view)] == [False, False, True, True, False]
    row = row_of(view)
    assert (row.start, row.end, row.grid, row.grid_id) == (0, 13, True, 7)
    assert [(cell.start, cell.end, cell.above) for cell in cells_of(row)] == [(at, at + 1, False) for at in range(5)]
    assert [cell.origin for cell in cells_of(row)] == [0, 3, 8, 9, 11]
    assert [(piece.start, piece.text) for cell in cells_of(row) for piece in cell.pieces] == [
        (piece.start, piece.text) for piece in held(view)
    ]


def test_what_prints_nothing_is_no_part_of_what_a_cell_says() -> None:
    found = held(f"1{NOTHING}2\t规{NOTHING}则\t{NOTHING}\t7")
    assert [(piece.start, piece.end, piece.text) for piece in found] == [(0, 3, "12"), (4, 7, "规则"), (8, 9, ""), (10, 11, "7")]
    assert [piece.value.value for piece in found if piece.value] == [12, None, 7]
    assert [(piece.start, piece.end) for piece in held(f"{NOTHING}12{NOTHING}\t7")] == [(1, 3), (5, 6)]


def test_a_cell_of_nothing_but_a_line_is_a_text() -> None:
    assert [(piece.start, piece.end, piece.text) for piece in held(" =====\t7")] == [(1, 6, "====="), (7, 8, "7")]


@pytest.mark.parametrize("wide", [0, 79, 80, 81, 200])
def test_a_long_cell_is_read_as_a_short_one(wide: int) -> None:
    blank = " " * wide
    assert [(piece.start, piece.text) for piece in held(f"规章\t{blank}12")] == [(0, "规章"), (3 + wide, "12")]
    assert [(piece.start, piece.text) for piece in held(f"规章\t{blank}")] == [(0, "规章"), (3, "")]
    assert [(piece.start, piece.word is not None) for piece in held(f"{blank}规章\t7")] == [(wide, True), (wide + 3, False)]


def test_several_values_of_a_cell_share_it_and_words_do_not() -> None:
    assert [(piece.text, piece.shared) for piece in held("规章\t3  4")] == [("规章", False), ("3", True), ("4", True)]
    two = held("规章  12\t5")
    assert [(piece.text, piece.shared) for piece in two] == [("规章", False), ("12", False), ("5", False)]
    mixed = held("规章  12  13\t5")
    assert [piece.shared for piece in mixed] == [False, True, True, False]


@pytest.mark.parametrize(
    ("view", "texts"),
    [
        ("\t总体情况\t", ["总体情况"]),
        ("\t规章\t", ["", "规章", ""]),
        ("\t12\t", ["", "12", ""]),
        ("\t总体情况\t规章", ["", "总体情况", "规章"]),
        ("本年度，全局上下认真落实政府信息公开条例，各项工作稳步推进，取得了新的成效。\t", None),
        ("其他文字\t", ["其他文字", ""]),
    ],
)
def test_prose_and_headings_stand_alone_in_a_row_of_blanks(view: str, texts: list[str] | None) -> None:
    assert [piece.text for piece in held(view)] == (view.split("\t")[:1] if texts is None else texts)


def test_a_cell_stands_in_each_row_that_it_covers_with_its_place_above() -> None:
    view = "公开\t规章\t1\n许可\t2"
    high = Laid(GridCell("公开", 0, 0, rows=2), 0, 2)
    first = GridRow([high, Laid(GridCell("规章", 0, 1, columns=2), 3, 5), Laid(GridCell("1", 0, 3), 6, 7)])
    second = GridRow([Laid(GridCell("许可", 1, 1, columns=2), 8, 10), Laid(GridCell("2", 1, 3), 11, 12)], [high])
    one, two = table_rows([first, second], view, "2021")
    assert one.grid_id == two.grid_id == 0
    assert [(cell.start, cell.end, cell.above, cell.origin) for cell in cells_of(one)] == [
        (0, 1, False, 0), (1, 3, False, 3), (3, 4, False, 6),
    ]
    assert [(cell.start, cell.end, cell.above, cell.origin) for cell in cells_of(two)] == [
        (0, 1, True, 0), (1, 3, False, 8), (3, 4, False, 11),
    ]
    assert cells_of(two)[0].pieces == cells_of(one)[0].pieces
    assert [piece.text for piece in two.pieces] == ["许可", "2"]
    assert (two.start, two.end) == (8, 12)


def test_a_part_of_a_table_has_its_rows_at_their_places_in_it() -> None:
    high, low = Laid(GridCell("a", 0, 0, rows=3), 10, 11), Laid(GridCell("b", 1, 1, rows=2), 12, 13)
    lines = [GridRow([high]), GridRow([low], [high]), GridRow([Laid(GridCell("c", 2, 2), 20, 22)], [high, low])]
    found = part_of(lines, 12, 20)
    assert [[(each.start, each.end) for each in line.begun] for line in found] == [[(0, 1)]]
    assert [list(line.above) for line in found] == [[]], "what begins before it is not there"
    found = part_of(lines, 11, 21)
    assert [[(each.cell.text, each.start, each.end) for each in line.begun] for line in found] == [
        [("b", 1, 2)], [("c", 9, 11)],
    ]
    assert [list(line.above) for line in found] == [[], [found[0].begun[0]]]
    assert len(part_of(lines, 10, 20)) == 2
