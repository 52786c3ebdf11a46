"""Physical columns: fixed ones, those of tools, and cells that have a row of their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import gkparse
from accounting import alarms, misread, unaccounted
from building import distinct
from families import FAMILIES, Page
from gkparse.columns import LEAST_COUNTED, alone, gridded, misplaced, uncounted, unnumbered, width
from gkparse.form import load
from gkparse.physical import arranged
from gkparse.pieces import Piece, cut
from gkparse.printed import read_printed
from gkparse.rows import Row, rows
from gkparse.runs import Run, nothing
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


def centred(table: Sequence[Sequence[str]]) -> str:
    """Fixed columns in whose middle the cells stand, as in the text of a PDF."""
    most = [max(width(row[x]) for row in table) + 2 for x in range(len(table[0]))]
    return "".join(
        "".join(
            " " * ((w - width(c)) // 2) + c + " " * (w - width(c) - (w - width(c)) // 2)
            for c, w in zip(row, most, strict=True)
        ).rstrip() + "\n"
        for row in table
    )


KINDS = ["", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]


@given(st.lists(st.lists(st.sampled_from(["", "", "3", "47", "1290"]), min_size=6, max_size=6), min_size=2, max_size=6))
def test_values_in_the_middle_of_columns_are_read_where_they_stand_or_doubted(parts: list[list[str]]) -> None:
    assume(any(map(any, parts)))
    labels = [row.label for _, row in shape(FORM, FORM.table("requests")).rows][4:]
    table = [
        [label, *own, str(sum(map(int, filter(None, own))) or "")]
        for label, own in zip(labels, parts, strict=False)
    ]
    report = gkparse.parse("三、收到和处理政府信息公开申请情况\n" + centred([KINDS, *table]))
    doubted = {path for found in alarms(report) for path in found.paths}
    rows = [f"requests.{row.name}" for _, row in shape(FORM, FORM.table("requests")).rows][4:]
    for path, row in zip(rows, table, strict=False):
        cells = [cell for cell in FORM.fields if cell.rpartition(".")[0] == path]
        for cell, text in zip(cells, row[1:], strict=True):
            value = report.value(cell)
            assert value == (int(text) if text else None) or not doubted.isdisjoint({cell, path, "requests"})


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


def laid(*cells: tuple[int, str]) -> str:
    """A line with texts at some places of a terminal."""
    line = ""
    for place, text in cells:
        line += " " * (place - width(line)) + text
    return line + "\n"


def filled(*lines: str, headed: bool = False) -> list[list[str]] | None:
    """The texts of each line, "" for what was put where nothing stands."""
    source = "".join(lines) + "\n"
    found = gridded(source, rows(source, "2021"), headed=headed)
    return None if found is None else [said(row.pieces) for row in found]


HEADS = laid((20, "商业企业"), (32, "科研机构"), (44, "其他"))
RULES, ORDERS = "规章", "行政规范性文件"


def valued(label: str, **places: str) -> str:
    """A line with values at places: `_20="5"`."""
    return laid((0, label), *((int(place[1:]), value) for place, value in places.items()))


def test_three_heads_are_columns_whether_or_not_values_stand_under_them() -> None:
    for headed in (False, True):
        found = filled(HEADS, valued(RULES, _20="5", _44="6"), valued(ORDERS, _20="7"), headed=headed)
        assert found is not None
        assert found[1:] == [[RULES, "5", "", "6"], [ORDERS, "7", "", ""]]
    two = laid((20, "商业企业"), (32, "科研机构"))
    found = filled(two, valued(RULES, _20="5", _44="6"), valued(ORDERS, _20="7"))
    assert found is not None
    assert found[1:] == [[RULES, "5", "6"], [ORDERS, "7", ""]]


def test_a_head_before_the_first_value_is_a_column_too() -> None:
    found = filled(HEADS, valued(RULES, _32="5", _44="6"), valued(ORDERS, _44="7"), laid((32, "8"), (44, "9")))
    assert found is not None
    assert found[1:] == [[RULES, "", "5", "6"], [ORDERS, "", "", "7"], ["", "8", "9"]]


def test_blanks_are_known_where_every_value_stands_under_a_head() -> None:
    for text, inferred in (
        (HEADS + valued(RULES, _20="5", _44="6") + valued(ORDERS, _20="7", _32="1"), False),
        (HEADS + valued(RULES, _20="5", _44="6") + valued(ORDERS, _20="7", _50="1"), True),
    ):
        source = f"{text}\n"
        found = gridded(source, rows(source, "2021"))
        assert found is not None
        assert [row.inferred for row in found[1:]] == [inferred, inferred]


def test_a_value_under_no_head_tells_no_columns_where_heads_are_needed() -> None:
    lines = (HEADS, valued(RULES, _20="5", _44="6"), valued(ORDERS, _20="7", _50="1"))
    assert filled(*lines) is not None
    assert filled(*lines, headed=True) is None


def test_heads_and_values_that_end_in_the_same_places_are_columns() -> None:
    ends = [laid((20, "商业企业"), (34, "其他"), (44, "总计")),
            valued(RULES, _26="12", _36="34", _47="1"), valued(ORDERS, _27="5", _46="25")]
    found = filled(*ends, headed=True)
    assert found is not None
    assert found[1:] == [[RULES, "12", "34", "1"], [ORDERS, "5", "", "25"]]


def test_the_head_of_the_labels_is_no_column_though_it_is_wider_than_a_label() -> None:
    found = filled(
        laid((0, "信息内容"), (20, "商业企业"), (34, "其他"), (44, "总计")),
        valued(RULES, _26="12", _36="34", _46="15"), valued(ORDERS, _27="5", _46="25"),
        laid((27, "6"), (46, "26")),
    )
    assert found is not None
    assert found[1:] == [[RULES, "12", "34", "15"], [ORDERS, "5", "", "25"], ["6", "", "26"]]


def test_neither_the_head_of_the_labels_nor_a_number_of_a_row_is_a_column_of_the_others() -> None:
    found = filled(
        laid((0, "信息内容"), (20, "商业企业"), (32, "科研机构"), (44, "其他")),
        valued(RULES, _20="5", _44="6"), valued(ORDERS, _20="7"), laid((32, "8"), (44, "9")),
    )
    assert found is not None
    assert found[1:] == [[RULES, "5", "", "6"], [ORDERS, "7", "", ""], ["", "8", "9"]]
    numbered = filled(laid((0, "1"), (6, RULES), (30, "5"), (40, "6")), laid((6, ORDERS), (30, "7")))
    assert numbered == [["1", RULES, "5", "6"], [ORDERS, "7", ""]]


def test_a_value_that_stands_on_a_line_alone_makes_no_column() -> None:
    found = filled(valued(RULES, _20="5", _44="6"), laid((32, "3")), valued(ORDERS, _20="7", _44="1"))
    assert found == [[RULES, "5", "6"], ["3"], [ORDERS, "7", "1"]]


def test_rows_without_labels_have_columns_from_the_first_place_on() -> None:
    heads = laid((0, "维持"), (10, "纠正"), (20, "其他"))
    found = filled(heads, laid((10, "5"), (20, "6")), laid((20, "7")) + laid((10, "8"), (20, "9")))
    assert found is not None
    assert found[1:] == [["", "5", "6"], ["7"], ["", "8", "9"]]


@pytest.mark.parametrize(
    ("columns", "heads", "told"),
    [(10, 0, True), (11, 0, False), (11, 11, True), (20, 20, True), (21, 21, False), (8, 12, True)],
)
def test_more_places_than_a_form_has_columns_are_none(columns: int, heads: int, told: bool) -> None:
    places = [20 + 8 * at for at in range(max(columns, heads))]
    head = laid(*((place, "其他") for place in places[:heads])) if heads else ""
    values = [(place, "5") for place in places[:columns]]
    if columns < heads:
        values[-1] = (values[-1][0] + 4, "5")  # not all stand under a head
    lines = (head, laid((0, RULES), *values), laid((0, ORDERS), *values[:-1]))
    assert (filled(*lines) is not None) is told


@pytest.mark.parametrize(
    ("place", "rows_beside", "moved"),
    [(33, 5, True), (35, 5, True), (36, 5, False), (31, 5, True), (33, 2, True), (33, 1, False)],
)
def test_a_value_is_moved_if_it_stands_alone_and_a_little_beside_a_column(
    place: int, rows_beside: int, moved: bool
) -> None:
    others = [valued(RULES, _20="5", _32="6")] * rows_beside + [valued(RULES, _20="5")] * (5 - rows_beside)
    found = filled(*others, laid((0, ORDERS), (20, "5"), (place, "7")), valued(RULES, _20="5"))
    assert found is not None
    assert found[0] == [RULES, "5", "6"] if moved else [RULES, "5", *sorted(["6", ""], reverse=place > 32)]
    # What the line of a moved value lacks is not known.
    assert found[5] == ([ORDERS, "5", "7"] if moved else [ORDERS, "5", *sorted(["7", ""], reverse=place < 32)])


def test_a_place_in_which_one_value_stands_is_a_column_if_none_is_beside_it() -> None:
    found = filled(*[valued(RULES, _20="5", _32="6")] * 3, valued(ORDERS, _20="5", _60="7"))
    assert found == [[RULES, "5", "6", ""]] * 3 + [[ORDERS, "5", "", "7"]]


def test_a_row_that_is_filled_stands_where_it_stood() -> None:
    source = valued(RULES, _20="5", _32="6") + "\n\n" + valued(ORDERS, _20="5") + "\n"
    found = gridded(source, before := rows(source, "2021"))
    assert found is not None
    assert [(row.start, row.end, row.gap) for row in found] == [(row.start, row.end, row.gap) for row in before]
    assert [row.gap for row in found] == [0, 2]


def test_a_row_at_the_end_of_the_text_may_be_cut_off() -> None:
    source = valued(RULES, _20="5", _32="6") + valued(ORDERS, _20="5").rstrip("\n")
    found = gridded(source, rows(source, "2021"))
    assert found is not None
    assert [said(row.pieces) for row in found] == [[RULES, "5", "6"], [ORDERS, "5"]]


# ---------------------------------------------------------------- where the values of whole rows stand

Cell: TypeAlias = tuple[int, str] | None
WHOLE: tuple[Cell, ...] = ((20, "5"), (32, "6"), (44, "7"))


def astray(*cells: Sequence[Cell], inferred: Sequence[int] = ()) -> set[int]:
    """The rows whose values stand elsewhere; each cell with its place, None for a blank one."""
    source = "".join(laid((0, RULES), *(cell for cell in own if cell)) for own in cells)
    lines = rows(source, "2021")
    printed = [iter(row.pieces[1:]) for row in lines]
    placed = {
        at: tuple(next(pieces) if cell else nothing(0) for cell in own)
        for at, (own, pieces) in enumerate(zip(cells, printed, strict=True))
    }
    return misplaced(source, lines, placed, inferred)


@pytest.mark.parametrize("inferred", [(), (1,)])
def test_the_values_of_a_row_with_blanks_stand_where_those_of_a_whole_row_do(inferred: tuple[int, ...]) -> None:
    assert astray(WHOLE, ((20, "1"), None, (44, "8")), inferred=inferred) == set()
    assert astray(WHOLE, ((32, "1"), None, (44, "8")), inferred=inferred) == {1}
    assert astray(WHOLE, ((20, "1"), None, (50, "8")), inferred=inferred) == {1}
    assert astray(WHOLE, ((20, "1"), (32, "NaN"), (50, "8")), inferred=inferred) == {1}


@pytest.mark.parametrize(("place", "fits"), [(18, False), (19, True), (20, True), (21, True), (22, False)])
def test_a_value_stands_in_a_column_that_it_reaches_into(place: int, fits: bool) -> None:
    whole: tuple[Cell, ...] = ((20, "55"), (32, "6"), (44, "7"))
    assert astray(whole, ((place, "12"), None, (44, "8"))) == (set() if fits else {1})


def test_a_column_is_as_wide_as_the_values_of_all_whole_rows() -> None:
    later: tuple[Cell, ...] = ((22, "5"), (34, "6"), (46, "7"))
    for whole in ((WHOLE, later), (later, WHOLE)):
        assert astray(*whole, ((21, "1"), None, (45, "8"))) == set()


def test_a_value_that_reaches_into_two_columns_stands_in_none() -> None:
    assert astray(WHOLE, ((20, "1234567890123"), None, (44, "8"))) == {1}


def test_a_whole_row_and_one_of_blanks_alone_stand_nowhere_else() -> None:
    assert astray(((20, "5"), (30, "6")), ((30, "5"), (40, "6"))) == set()
    assert astray(WHOLE, (None, None, None), inferred=(1,)) == set()
    assert astray((None, None, None), inferred=(0,)) == set()


def test_without_a_whole_row_blanks_that_were_inferred_are_doubted() -> None:
    holes: tuple[Cell, ...] = ((20, "1"), None, (44, "8"))
    assert astray(holes, inferred=(0,)) == {0}
    assert astray(holes) == set()
    assert astray(((20, "5"), (32, "6")), holes, inferred=(1,)) == {1}  # of two columns, as in the form of 2019


# ---------------------------------------------------------------- fixed columns of whole pages


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


def test_a_row_without_a_number_keeps_its_first_cell_and_one_cell_counts_nothing() -> None:
    text = "规章\t制发\t废止\n0\t7\n5\n1\t8\n2\t9\n"
    assert [said(row.pieces) for row in unnumbered(physical(text))] == [
        ["规章", "制发", "废止"], ["7"], ["5"], ["8"], ["9"],
    ]


def test_a_row_stands_where_it_stood_without_its_number() -> None:
    before = physical("0\t规章\t1\n1\t行政许可\t7\n2\t行政处罚\t9\n")
    assert [(row.start, row.end) for row in unnumbered(before)] == [(row.start, row.end) for row in before]


@pytest.mark.parametrize(
    ("line", "counts"),
    [("序号\t0\t1\t2\t3", True), ("\t0\t1\t2\t3", True), ("0\t1\t2\t3\t规章\t制发", False), ("0\t1\t2", False),
     ("0\t1\t2\t4", False), ("1\t2\t3\t4", False)],
)
def test_a_row_that_counts_columns_holds_little_else(line: str, counts: bool) -> None:
    found = unnumbered(physical(f"{line}\n规章\t1\t2\t3\n"))
    assert len(found) == (1 if counts else 2)


def test_numbers_that_do_not_count_rows_stay() -> None:
    text = "4\t规章\t1\n6\t行政许可\t7\n7\t行政处罚\t9\n"
    assert [said(row.pieces) for row in unnumbered(physical(text))] == [
        line.split("\t") for line in text.splitlines()
    ]


def test_two_rows_that_happen_to_count_stay() -> None:
    text = "4\t规章\t1\n5\t行政许可\t7\n"
    assert [len(row.pieces) for row in unnumbered(physical(text))] == [3, 3]


def test_numbers_before_labels_go_where_a_row_without_a_label_begins_with_another() -> None:
    text = "0\t规章\t1\n5\t6\n1\t行政许可\t7\n2\t行政处罚\t9\n"
    assert [said(row.pieces) for row in unnumbered(physical(text))] == [
        ["规章", "1"], ["5", "6"], ["行政许可", "7"], ["行政处罚", "9"],
    ]


def counted(*cells: Sequence[str], columns: int) -> tuple[set[int], list[list[str]], bool]:
    """The rows that may begin with a number, the cells of all, and whether the heads still tell."""
    pieces = [
        [Piece(at, at + len(text), text, read_printed(text)) for at, text in enumerate(own)] for own in cells
    ]
    runs = {row: Run(pieces[row]) for row in reversed(range(len(cells)))}
    heads = {1: {0}}
    doubted = uncounted(runs, (columns,) * len(cells), heads)
    return {*doubted}, [said(runs[row].pieces) for row in range(len(cells))], bool(heads)


def test_numbers_behind_labels_go_where_a_row_has_a_value_too_many() -> None:
    table = [["4", "8", "9"], ["5", "7"], ["6", "", "3"], ["7"], ["8", "2", "1"]]
    assert len(table) == LEAST_COUNTED
    assert counted(*table, columns=2) == (set(), [["8", "9"], ["7"], ["", "3"], [""], ["2", "1"]], False)
    assert counted(*table[1:], columns=2) == (set(), table[1:], True)  # too few to count


def test_numbers_behind_labels_may_stand_behind_a_blank() -> None:
    table = [["", str(at), "8", "9"] for at in range(1, 6)]
    assert counted(*table, columns=2)[1] == [["", "8", "9"]] * 5


@pytest.mark.parametrize(
    ("numbers", "doubted"), [("12345", True), ("45678", False), ("12340", False), ("12335", False)]
)
def test_numbers_from_one_on_are_doubted_where_no_row_has_a_value_too_many(numbers: str, doubted: bool) -> None:
    table = [[number, "8"] for number in numbers]
    assert counted(*table, columns=2) == ({*range(5)} if doubted else set(), table, True)


@pytest.mark.parametrize("numbers", ["1 2 3 4 5", "1 2 3 4 7", "2 4 5 6 7"])
def test_some_numbers_may_be_lost_with_their_rows(numbers: str) -> None:
    table = [[number, "8", "9"] for number in numbers.split()]
    assert counted(*table, columns=2)[1] == [["8", "9"]] * 5


@pytest.mark.parametrize("numbers", ["1 2 3 4 8", "1 3 4 6 7", "1 2 3 3 4", "1 2 3 4 6 8", "1 2 3 / 5", "1 2 3.0 4 5"])
def test_other_values_do_not_count_rows(numbers: str) -> None:
    table = [[number, "8", "9"] for number in numbers.split()]
    assert counted(*table, columns=2) == (set(), table, True)


def test_a_row_of_blanks_alone_keeps_the_others_from_being_counted() -> None:
    table = [["1", "8", "9"], [""], ["3", "8"], ["4", "8"], ["5", "8"]]
    assert counted(*table, columns=2) == (set(), table, True)


def test_the_empty_lines_before_a_number_go_with_it() -> None:
    cells = [["4", "8", "9"], ["", "5", "7"], ["6"], ["7", "3"], ["8", "2"]]
    gaps = [[3, 1, 2], [4, 1, 2], [5], [], [1, 0]]
    runs = {
        row: Run([Piece(0, 1, text, read_printed(text)) for text in own], loose=True, gaps=list(lines))
        for row, (own, lines) in enumerate(zip(cells, gaps, strict=True))
    }
    uncounted(runs, (2,) * 5, {})
    assert [said(run.pieces) for run in runs.values()] == [["8", "9"], ["", "7"], [""], ["3"], ["2"]]
    assert [run.gaps for run in runs.values()] == [[1, 2], [4, 2], [5], [], [0]]


def test_a_value_that_shares_its_cell_numbers_no_row() -> None:
    cells = [[attrs.evolve(piece, shared=True) for piece in cut(f"{at} 8 9", "2021")] for at in range(1, 6)]
    runs = {row: Run(pieces) for row, pieces in enumerate(cells)}
    assert uncounted(runs, (2,) * 5, {}) == ()
    assert [said(run.pieces) for run in runs.values()] == [[str(at), "8", "9"] for at in range(1, 6)]


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


def test_blank_rows_before_the_first_cell_are_those_above_it() -> None:
    found = alone(physical("\t\n\t\n规章\t\n\n1"))
    assert [said(row.pieces) for row in found] == [["规章"], ["1"]]
    assert [row.gap for row in found] == [2, 1]


def test_rows_of_blanks_count_as_often_as_they_come_and_cells_stand_where_they_stood() -> None:
    text = "内容\t件数\n规章\t\n\t1\n\t\n\t\n2\t\n\t\n\n3"
    found = alone(physical(text))
    assert [said(row.pieces) for row in found] == [["内容", "件数"], ["规章"], ["1"], ["2"], ["3"]]
    assert [row.gap for row in found] == [0, 0, 0, 2, 2]
    assert [row.after for row in found] == [0, 0, 2, 2, 0]
    assert [(row.start, row.end) for row in found] == [(0, 5), (6, 9), (11, 12), (17, 19), (23, 24)]


@pytest.mark.parametrize("text", ["规章\t1\t2\t3\n1\n", "规章\t制发\t废止\n1\n", "规章\t1\n2\n", "规章\t1\n行政许可\t7\n", "规章\n行政许可\n"])
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
    """A line with texts at some places, counted in characters."""
    line = ""
    for place, text in cells:
        line = line.ljust(place) + text
    return line + "\n"


def placed(source: str) -> list[list[str]] | None:
    found = arranged(source, rows(source, "2021"), 7, shape(FORM, FORM.table("requests")).sums(()))
    return None if found is None else [said(row.pieces) for row in found]


def test_columns_are_not_put_where_a_text_stands_among_the_values() -> None:
    assert placed(stood((0, "一、本年新收政府信息公开申请数量"), (40, "24"), (50, "见说明"), (70, "24"))) is None


def test_columns_are_not_put_where_there_are_too_many_ways() -> None:
    labels = [(4 * at, sign) for at, sign in enumerate("甲乙丙丁戊己庚辛壬")]
    assert placed(stood(*labels, (40, "24"))) is None


def test_a_value_never_stands_beyond_the_last_column() -> None:
    source = "".join((
        stood((0, "一、本年新收政府信息公开申请数量"), (90, "24"), (100, "2"), (110, "26")),
        stood((0, "三、本年度办理结果"), (40, "（一）予以公开"), (60, "8"), (70, "8"), (80, "16")),
    ))
    assert placed(source) is None


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
