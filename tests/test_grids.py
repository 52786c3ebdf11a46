"""Tables whose cells are known: heads tell the columns, labels the rows, and nothing is guessed."""

from __future__ import annotations

from collections.abc import Callable

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounting import alarms, unaccounted
from building import built, distinct
from filed import as_grid, read_back
from gkparse import Report
from gkparse.blocks import PICTURE, Grid, GridCell, grid
from gkparse.form import load
from gkparse.grids import read_grid
from gkparse.readings import MOST_SOUGHT
from gkparse.shape import shape
from gkparse.sheet import sheet
from gkparse.vocabulary import vocabulary

FORM = load("2021")
NUMBERS = distinct()
SHEETS = {table.name: sheet(built(NUMBERS), table) for table in FORM.tables}
GRIDS = {name: as_grid(drawn) for name, drawn in SHEETS.items()}
HEAD = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]
RULES = "proactive.rules"


def section_two(*rows: list[str], head: list[str] = HEAD) -> Report:
    """A table of section two with these rows for rules and documents, and the rest as it should be."""
    own = [[(text, 1, 1) for text in row] for row in ([*head], *rows)]
    rest = [
        [("信息内容", 1, 1), ("本年处理决定数量", 1, 3)], [("行政许可", 1, 1), ("35", 1, 3)],
        [("行政处罚", 1, 1), ("44", 1, 3)], [("行政强制", 1, 1), ("6", 1, 3)],
        [("信息内容", 1, 1), ("本年收费金额（单位：万元）", 1, 3)], [("行政事业性收费", 1, 1), ("0.5", 1, 3)],
    ]
    return read_back(grid([*own, *rest]), GRIDS["requests"], GRIDS["disputes"])


def three(report: Report, row: str = RULES) -> list[object]:
    return [report.value(f"{row}.{column}") for column in ("issued", "repealed", "in_force")]


def flagged(report: Report) -> set[str]:
    return {path for found in alarms(report) for path in found.paths}


def with_column(table: str, at: int, text: Callable[[int], str]) -> Grid:
    """A table with one column more, whose cells say `text` of their row."""
    cells = []
    for cell in GRIDS[table].cells:
        inside = cell.column < at < cell.column + cell.columns
        moved = cell.column + (cell.column >= at)
        cells.append(attrs.evolve(cell, column=moved, columns=cell.columns + inside))
    covered = {
        row for cell in cells if cell.column <= at < cell.column + cell.columns
        for row in range(cell.row, cell.row + cell.rows)
    }
    height = max(cell.row + cell.rows for cell in cells)
    cells += [GridCell(text(row), row, at) for row in range(height) if row not in covered]
    return Grid(tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))))


def read_with(table: str, changed: Grid) -> Report:
    return read_back(*({**GRIDS, table: changed}).values())


# ---------------------------------------------------------------- columns by their heads


def test_columns_in_another_order_are_told_by_their_heads() -> None:
    head = [HEAD[0], HEAD[3], HEAD[1], HEAD[2]]
    assert three(section_two(["规章", "5", "2", "3"], head=head)) == [2, 3, 5]


def test_a_blank_stays_in_its_column_whatever_stands_beside_it() -> None:
    report = section_two(["规章", "7", "", "11", ""], ["行政规范性文件", "", "", "3", ""], head=[*HEAD[:2], "", *HEAD[2:]])
    assert three(report) == [7, 11, None]
    assert three(report, "proactive.normative_documents") == [None, 3, None]
    assert RULES not in flagged(report)


def test_a_column_under_another_head_is_no_column_of_the_form() -> None:
    report = section_two(["规章", "", "6891", "664", "7"], ["行政规范性文件", "1", "2", "3", "8"], head=[*HEAD, "上年合计"])
    assert three(report) == [None, 6891, 664]
    assert [found.code for found in report.diagnostics if found.code == "GK204"] == ["GK204"] * 2


def test_a_column_whose_head_is_not_there_is_missing_and_flagged() -> None:
    report = section_two(["规章", "2", "5", ""], ["行政规范性文件", "7", "18", ""], head=[HEAD[0], HEAD[1], HEAD[3], ""])
    assert three(report) == [2, None, 5]
    assert report.cell(f"{RULES}.repealed").status == "missing"
    assert f"{RULES}.repealed" in flagged(report)


def test_a_misprinted_head_is_told_by_its_place() -> None:
    assert three(section_two(["规章", "2", "3", "5"], head=[HEAD[0], HEAD[1], "本年发止件教", HEAD[3]])) == [2, 3, 5]


@pytest.mark.parametrize("table", ["requests", "disputes"])
@pytest.mark.parametrize("text", [lambda _: "", lambda row: f"注{row}", str])
def test_a_column_more_at_the_end_moves_nothing(table: str, text: Callable[[int], str]) -> None:
    last = max(cell.column + cell.columns for cell in GRIDS[table].cells)
    report = read_with(table, with_column(table, last, text))
    assert unaccounted(report, NUMBERS) == []
    assert report == built(NUMBERS)


def test_edges_that_are_not_in_line_move_nothing() -> None:
    # Word writes a column more where the edge of one cell is a little aside.
    at = 4
    cells = []
    for cell in GRIDS["disputes"].cells:
        begins, ends = cell.column, cell.column + cell.columns
        valued = cell.row == 3
        first = begins + (begins > at or (begins == at and valued))
        last = ends + (ends > at or (ends == at and valued))
        cells.append(attrs.evolve(cell, column=first, columns=last - first))
    assert read_with("disputes", Grid(tuple(cells))) == built(NUMBERS)


# ---------------------------------------------------------------- what is no value


@pytest.mark.parametrize("text", ["#N/A", "TRUE", "共2", "12.", "见附件", "1 2", "1\n2", "3件2件", PICTURE, "12̶", "²12"])
@pytest.mark.parametrize("more", [[], [""], ["", ""]])
def test_a_text_where_a_value_should_stand_is_flagged_and_moves_nothing(text: str, more: list[str]) -> None:
    report = section_two(["规章", text, "3", "5", *more], head=[*HEAD, *more])
    assert three(report) == [None, 3, 5]
    assert f"{RULES}.issued" in flagged(report)
    assert three(section_two(["规章", text, "", "", *more], head=[*HEAD, *more])) == [None, None, None]


def test_a_number_over_two_rows_belongs_to_none_for_certain() -> None:
    drawn = {box.path: box for box in SHEETS["proactive"].boxes if box.path}
    upper = drawn["proactive.penalties.decisions"]
    lower = drawn["proactive.compulsory_measures.decisions"]
    cells = [
        attrs.evolve(cell, rows=2) if (cell.row, cell.column) == (upper.row, upper.column) else cell
        for cell in GRIDS["proactive"].cells
        if (cell.row, cell.column) != (lower.row, lower.column)
    ]
    report = read_with("proactive", Grid(tuple(cells)))
    assert report.value(upper.path) is report.value(lower.path) is None
    assert {upper.path, lower.path} <= flagged(report)


# ---------------------------------------------------------------- rows by their labels


def test_a_blank_row_takes_nothing_from_the_row_below_it() -> None:
    report = section_two(["规章", "", "", ""], ["地方规范", "4", "5", "6"], ["行政规范性文件", "1", "2", "3"])
    assert three(report) == [None, None, None]
    assert report.cell(f"{RULES}.issued").status == "blank"
    assert {found.code for found in alarms(report)} == {"GK205"}


def test_a_row_that_numbers_the_columns_is_none() -> None:
    report = section_two(["栏次", "1", "2", "3"], ["规章", "", "", ""], ["行政规范性文件", "1", "2", "3"])
    assert three(report) == [None, None, None]
    assert alarms(report) == []


def test_numbers_of_the_rows_are_none_of_their_values() -> None:
    rows = [["1", "规章", "", "", ""], ["2", "行政规范性文件", "", "", ""]]
    report = section_two(*rows, head=["序号", *HEAD])
    assert three(report) == three(report, "proactive.normative_documents") == [None] * 3
    assert {report.cell(f"{RULES}.{each}").status for each in ("issued", "repealed", "in_force")} == {"blank"}


@pytest.mark.parametrize(("step", "told"), [(1, False), (7, True)])
def test_numbers_in_their_order_under_no_head_of_the_form_number_the_rows(step: int, told: bool) -> None:
    first = min(box.row for box in SHEETS["requests"].boxes if box.path)
    changed = with_column("requests", 5, lambda row: str(1 + step * (row - first)) if row >= first else "")
    report = read_with("requests", changed)
    assert report.requests == built(NUMBERS).requests
    assert ("GK205" in {found.code for found in alarms(report)}) is told


def headed(table: str, **heads: str) -> Report:
    """A table in which some heads say something else."""
    cells = [attrs.evolve(cell, text=heads.get(cell.text, cell.text)) for cell in GRIDS[table].cells]
    return read_with(table, Grid(tuple(cells)))


@pytest.mark.parametrize(
    ("table", "head", "said"),
    [("disputes", "结果维持", "结果纠正"), ("requests", "商业企业", "科研机构"), ("proactive", "本年废止件数", "本年制发件数"),
     ("proactive", "信息内容", "本年废止件数")],
)
def test_what_stands_under_a_head_that_is_there_twice_is_in_no_wrong_column(table: str, head: str, said: str) -> None:
    report = headed(table, **{head: said})
    lost = {path for path, value in NUMBERS.items() if report.value(path) != value}
    assert lost
    assert {report.value(path) for path in lost} == {None}
    assert {path.rpartition(".")[0] for path in lost} <= {path.rpartition(".")[0] for path in flagged(report)} | flagged(report)


def test_heads_that_recur_in_each_group_tell_nothing_in_another_order() -> None:
    report = headed("disputes", 结果维持="结果纠正", 结果纠正="结果维持")
    assert {report.value(path) for path in NUMBERS if path.startswith("disputes.")} == {None}
    assert "disputes" in {path.partition(".")[0] for path in flagged(report)}


def test_a_label_in_two_cells_and_one_that_is_misprinted() -> None:
    report = section_two(["规", "章", "2", "3", "5"], ["行政", "规范性文件", "7", "8", "9"], head=["信息", *HEAD])
    assert three(report) == [2, 3, 5]
    report = section_two(["规章", "2", "3", "5"], ["行政规范姓文件", "7", "8", "9"])
    assert three(report, "proactive.normative_documents") == [7, 8, 9]
    assert any(found.code == "GK212" for found in report.diagnostics)


def test_a_row_met_again_says_the_same_or_is_none() -> None:
    twice = ["规章", "2", "3", "5"]
    assert three(section_two(twice, twice)) == [2, 3, 5]
    report = section_two(twice, ["规章", "2", "3", "6"])
    assert three(report) == [None, None, None]
    assert any(found.code == "GK203" for found in alarms(report))


def test_a_table_whose_cells_are_all_blank_is_a_table() -> None:
    tables = [as_grid(sheet(built(dict.fromkeys(NUMBERS)), table)) for table in FORM.tables]
    report = read_back(*tables)
    assert {cell.status for _, cell in report.cells()} == {"blank"}
    assert alarms(report) == []


def test_another_table_behind_the_last_gives_it_nothing() -> None:
    drawn = sheet(built(NUMBERS | {path: None for path in NUMBERS if path.startswith("disputes.")}), FORM.tables[2])
    calendar = grid([[(str(day), 1, 1) for day in range(week, week + 7)] for week in (6, 13, 20)])
    report = read_back(GRIDS["proactive"], GRIDS["requests"], as_grid(drawn), calendar)
    assert {report.value(path) for path in NUMBERS if path.startswith("disputes.")} == {None}


# ---------------------------------------------------------------- the end of a page


def parted(label: str, at: int, *, values_above: bool, headed: bool) -> Report:
    """The table of section three, parted within the row of a label, its values in one half."""
    own = next(box for box in SHEETS["requests"].boxes if box.text == label)
    first = min(box.row for box in SHEETS["requests"].boxes if box.path)
    above, below = [], []
    for cell in GRIDS["requests"].cells:
        bottom = cell.row + cell.rows
        if headed and cell.row < first:
            below.append(attrs.evolve(cell, row=cell.row - 100))
        if cell.row <= own.row:
            text = cell.text
            if cell.row == own.row and cell.column == own.column:
                text = label[:at]
            elif cell.row == own.row and cell.column > own.column and not values_above:
                text = ""
            above.append(attrs.evolve(cell, text=text, rows=min(cell.rows, own.row + 1 - cell.row)))
        if bottom > own.row:
            text = cell.text if cell.row > own.row else ""
            if cell.row == own.row and cell.column == own.column:
                text = label[at:]
            elif cell.row == own.row and cell.column > own.column:
                text = "" if values_above else cell.text
            row = max(cell.row, own.row)
            below.append(attrs.evolve(cell, text=text, row=row, rows=bottom - row))
    below.sort(key=lambda cell: (cell.row, cell.column))
    return read_back(
        GRIDS["proactive"], attrs.evolve(Grid(tuple(above)), page=1),
        attrs.evolve(Grid(tuple(below)), page=2), GRIDS["disputes"],
    )


def over_the_page(above: list[str], below: list[str]) -> Report:
    """The table of section two, whose first page ends with one row and whose second begins with another."""
    first, second = ([[(text, 1, 1) for text in row] for row in rows] for rows in ([HEAD, above], [below]))
    rest = [[("信息内容", 1, 1), ("本年处理决定数量", 1, 3)], [("行政许可", 1, 1), ("35", 1, 3)]]
    pages = attrs.evolve(grid(first), page=1), attrs.evolve(grid([*second, *rest]), page=2)
    return read_back(*pages, GRIDS["requests"], GRIDS["disputes"])


def test_values_in_both_halves_of_a_row_that_a_page_parts_are_none_for_certain() -> None:
    report = over_the_page(["规", "1", "", "3"], ["章", "4", "5", ""])
    assert three(report) == [None, 5, 3]
    assert f"{RULES}.issued" in flagged(report)


def test_halves_that_make_no_row_of_the_form_stay_apart() -> None:
    report = over_the_page(["规", "1", "2", "3"], ["则", "", "", ""])
    assert three(report) == [None] * 3
    assert RULES in flagged(report)


LABELS = [box.text for box in SHEETS["requests"].boxes if box.role == "label" and len(box.text) > 4]


@given(
    label=st.sampled_from(LABELS), share=st.floats(0, 1), above=st.booleans(), headed=st.booleans()
)
def test_a_row_that_a_page_parts_is_one_row_or_flagged(
    label: str, share: float, above: bool, headed: bool
) -> None:
    at = 1 + round(share * (len(label) - 2))
    report = parted(label, at, values_above=above, headed=headed)
    assert unaccounted(report, NUMBERS) == []


@pytest.mark.parametrize("headed", [False, True])
@pytest.mark.parametrize("above", [False, True])
def test_a_row_that_a_page_parts_within_its_label_is_read(above: bool, headed: bool) -> None:
    report = parted("4.无正当理由大量反复申请", 7, values_above=above, headed=headed)
    assert report.requests == built(NUMBERS).requests
    assert alarms(report) == []


def test_a_last_row_whose_label_stands_in_two_cells_and_whose_values_are_blank() -> None:
    own = next(box for box in SHEETS["requests"].boxes if box.text == "四、结转下年度继续办理")
    cells = []
    for cell in GRIDS["requests"].cells:
        if (cell.row, cell.column) == (own.row, own.column):
            cells.append(attrs.evolve(cell, text=cell.text[:4], columns=1))
            cells.append(attrs.evolve(cell, text=cell.text[4:], column=1, columns=cell.columns - 1))
        else:
            cells.append(attrs.evolve(cell, text="") if cell.row == own.row else cell)
    report = read_with("requests", Grid(tuple(cells)))
    assert {report.cell(path).status for path in NUMBERS if path.startswith("requests.carried_forward.")} == {"blank"}
    assert not {found.code for found in alarms(report)} & {"GK201", "GK202", "GK220"}


def test_a_head_of_which_the_next_page_repeats_the_upper_part() -> None:
    own = next(box for box in SHEETS["requests"].boxes if box.text == "（七）总计")
    upper = [cell for cell in GRIDS["requests"].cells if cell.row < own.row]
    above = [attrs.evolve(cell, rows=min(cell.rows, own.row - cell.row)) for cell in upper]
    below = [attrs.evolve(cell, rows=min(cell.rows, 2 - cell.row)) for cell in upper if cell.row < 2]
    below += [
        attrs.evolve(cell, row=cell.row - own.row + 2) for cell in GRIDS["requests"].cells if cell.row >= own.row
    ]
    report = read_back(GRIDS["proactive"], Grid(tuple(above), 1), Grid(tuple(below), 2), GRIDS["disputes"])
    assert report == built(NUMBERS)
    assert alarms(report) == []


def test_a_value_that_stands_under_no_head_at_all_is_named() -> None:
    last = max(cell.column for cell in GRIDS["requests"].cells)
    own = next(box for box in SHEETS["requests"].boxes if box.path == "requests.received.total")
    cells = [*GRIDS["requests"].cells, GridCell("9", own.row, last + 1)]
    cells.sort(key=lambda cell: (cell.row, cell.column))
    report = read_with("requests", Grid(tuple(cells)))
    assert "requests.received" in {path for each in alarms(report) for path in each.paths}


def test_a_row_that_contradicts_itself_is_not_taken_when_it_is_met_once_more() -> None:
    rows = [["规章", "2", "3", "5"], ["规章", "2", "3", "6"], ["规章", "2", "3", "7"]]
    assert three(section_two(*rows)) == [None, None, None]


def test_the_work_for_labels_that_are_none_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    sought: list[str] = []
    words = vocabulary("2021")
    monkeypatch.setattr(words, "nearest", sought.append)
    rows = [[f"地方规范之{number}", "", "", ""] for number in range(2 * MOST_SOUGHT)]
    assert three(section_two(["规章", "2", "3", "5"], *rows)) == [2, 3, 5]
    assert len(sought) == MOST_SOUGHT


def test_without_any_head_rows_with_all_cells_are_read_and_no_others() -> None:
    cells = [cell for cell in GRIDS["requests"].cells if cell.row > 2]
    report = read_with("requests", Grid(tuple(cells)))
    assert report == built(NUMBERS)
    own = next(box for box in SHEETS["requests"].boxes if box.path == "requests.carried_over.total")
    left = [cell for cell in cells if (cell.row, cell.column) != (own.row, own.column)]
    report = read_with("requests", Grid(tuple(left)))
    assert unaccounted(report, NUMBERS) == []
    assert report.value("requests.carried_over.natural_person") is None
    assert report.value("requests.received.total") == NUMBERS["requests.received.total"]


def test_a_merged_cell_and_one_too_many_move_nothing() -> None:
    rows = [
        [(text, 1, 1) for text in (*HEAD, "")],
        [("规章", 1, 1), ("", 1, 2), ("5", 1, 1), ("", 1, 1), ("", 1, 1)],
    ]
    report = read_back(grid(rows), GRIDS["requests"], GRIDS["disputes"])
    assert three(report) == [None, None, 5]


def test_a_table_without_rows_says_nothing() -> None:
    found = read_grid(shape(FORM, FORM.table("proactive")), vocabulary("2021"), [])
    assert (found.rows, found.findings) == ({}, [])
