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
from gkparse.form import load
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
