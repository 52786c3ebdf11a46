"""Heads of columns, and of their groups, in another order than the form's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import permutations

import pytest

import gkparse
from accounting import alarms, is_named, misread, named
from gkparse.disorder import (
    columns_in_disorder,
    groups_in_disorder,
    heads_in_disorder,
    out_of_order,
)
from gkparse.form import load
from gkparse.rows import Row, rows
from gkparse.shape import Shape, shape

FORM = load("2021")
PROACTIVE, REQUESTS, DISPUTES = (shape(FORM, table) for table in FORM.tables)
KINDS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
RESULTS = ["结果维持", "结果纠正", "其他结果", "尚未审结"]
GROUPS = ["行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉"]


def lined(text: str) -> list[Row]:
    return rows(text, "2021")


def disordered(text: str, own: Shape = REQUESTS) -> bool:
    return any(out_of_order(row.line, own) for row in lined(text))


@pytest.mark.parametrize("sign", ["\t", " | ", "  "])
def test_heads_in_the_order_of_the_form_are_in_order(sign: str) -> None:
    assert not disordered(sign.join(KINDS))
    assert not disordered(sign.join(["自然人", "法人或其他组织", "总计"]))
    assert not disordered(sign.join(KINDS[1:6]))


@pytest.mark.parametrize("sign", ["\t", " | ", "  "])
@pytest.mark.parametrize("at", range(6))
def test_two_heads_that_have_changed_places_are_not(sign: str, at: int) -> None:
    heads = [*KINDS[:at], KINDS[at + 1], KINDS[at], *KINDS[at + 2 :]]
    assert disordered(sign.join(heads))


def test_a_total_before_others_counts_in_a_grid_alone_unless_all_stand_there() -> None:
    assert disordered("总计\t自然人\t法人或其他组织")
    assert not disordered("总计  自然人  法人或其他组织")
    assert disordered("  ".join(["总计", *KINDS[:6]]))


@pytest.mark.parametrize("sign", ["\t", " | "])
@pytest.mark.parametrize(
    ("heads", "moved"),
    [
        ("本年制发件数 上年 去年 现行有效件数", True),
        ("本年制发件数 上年 现行有效件数", False),  # one stands there in the form
        ("本年制发件数 上年 本年废止件数", True),
        ("本年制发件数 上年 去年 本年废止件数 现行有效件数", False),  # all are known
        ("本年制发件数 上年 去年 本年制发件数", False),
        ("本年制发件数 1 2 现行有效件数", False),
    ],
)
def test_more_unknown_heads_between_two_in_a_grid_than_the_form_has_there_are_in_disorder(
    heads: str, moved: bool, sign: str
) -> None:
    assert disordered(heads.replace(" ", sign), PROACTIVE) == moved
    assert not disordered(heads.replace(" ", "  "), PROACTIVE)


def test_the_head_over_others_is_no_unknown_one_between_them() -> None:
    assert not disordered("自然人\t法人或其他组织\t商业企业")
    assert disordered("自然人\t法人或其他组织\t上年\t商业企业")


def test_an_ordinal_tells_the_label_of_a_row_from_the_head_of_the_same_name() -> None:
    assert disordered("其他\t自然人")
    assert not disordered("3.其他\t自然人")
    assert disordered("总计\t自然人")
    assert not disordered("（七）总计\t自然人")


def test_heads_of_several_blocks_are_in_no_order() -> None:
    assert not disordered("本年处理决定数量\t本年制发件数", PROACTIVE)
    assert disordered("信息内容\t现行有效件数\t本年制发件数\t本年废止件数", PROACTIVE)


@pytest.mark.parametrize("order", [*permutations(RESULTS)])
def test_results_in_any_other_order_are_in_disorder(order: tuple[str, ...]) -> None:
    text = "\n".join([*GROUPS, *[*order, "总计"] * 3])
    assert heads_in_disorder(DISPUTES, lined(text)) == (list(order) != RESULTS)


@pytest.mark.parametrize("order", [*permutations(GROUPS)])
def test_groups_are_in_order_where_those_with_columns_are_and_none_is_above_them(order: tuple[str, ...]) -> None:
    found = lined("\n".join([*order, *[*RESULTS, "总计"] * 3]))
    own = [group for group in order if group != GROUPS[1]]
    right = own == [GROUPS[0], *GROUPS[2:]] and order.index(GROUPS[0]) < order.index(GROUPS[1])
    assert groups_in_disorder(DISPUTES, found) != right
    assert heads_in_disorder(DISPUTES, found) != right


def test_heads_that_are_not_all_there_tell_nothing() -> None:
    assert not heads_in_disorder(DISPUTES, lined("行政复议\n结果纠正\n结果维持\n行政诉讼\n"))
    long = "\n".join([*GROUPS, *[*RESULTS, "总计"] * 3, "说明文字" * 200])
    assert not heads_in_disorder(DISPUTES, lined(long))


HEAD = "信息内容\t{}\t{}\t{}\n规章\t1\t2\t3\n行政规范性文件\t4\t5\t6\n行政许可\t7\n行政处罚\t8\n行政强制\t9\n行政事业性收费\t0\n"
COLUMNS = ("本年制发件数", "本年废止件数", "现行有效件数")


@pytest.mark.parametrize("order", [*permutations(COLUMNS)])
@pytest.mark.parametrize("sign", ["\t", " | "])
def test_every_row_of_a_table_whose_heads_are_in_disorder_is_doubted(order: tuple[str, ...], sign: str) -> None:
    report = gkparse.parse(HEAD.format(*order).replace("\t", sign))
    doubted = {path for found in alarms(report) if found.code == "GK214" for path in found.paths}
    names = ("rules", "normative_documents", "licensing", "penalties", "compulsory_measures", "fees")
    assert doubted == (set() if order == COLUMNS else {f"proactive.{name}" for name in names})


SWAPPED = (
    "<p>四、政府信息公开行政复议、行政诉讼情况</p><table>"
    "<tr><td colspan=10>{0}</td><td colspan=5>{1}</td></tr>"
    "<tr><td colspan=5>未经复议直接起诉</td><td colspan=5>复议后起诉</td>{2}</tr><tr>{3}</tr><tr>{4}</tr></table>"
)


def test_groups_in_disorder_put_the_table_of_a_file_in_doubt() -> None:
    cells = [f"<td>{result}</td>" for result in [*RESULTS, "总计"]]
    numbers = "".join(f"<td>{number}</td>" for number in (1, 2, 3, 4, 10, 5, 6, 7, 8, 26, 0, 0, 1, 0, 1))
    tall = "".join(cell.replace("<td", "<td rowspan=2") for cell in cells)
    page = SWAPPED.format("行政诉讼", "行政复议", tall, "".join(cells * 2), numbers)
    report = gkparse.read(f"<html><body>{page}</body></html>".encode())
    doubted = {path for found in alarms(report) if found.code == "GK214" for path in found.paths}
    assert doubted == {
        "disputes.reconsideration", "disputes.litigation_direct", "disputes.litigation_after_reconsideration",
    }


# ---------------------------------------------------------------- values between the heads of section four

OWN = [GROUPS[0], *GROUPS[2:]]
COLUMN = [*RESULTS, "总计"]
VALUES = {OWN[0]: (1, 0, 2, 0, 3), OWN[1]: (0, 4, 0, 1, 5), OWN[2]: (2, 2, 0, 3, 7)}
SECTION = "四、政府信息公开行政复议、行政诉讼情况\n{}\n五、存在的主要问题及改进情况\n"
PATHS = [f"disputes.{name}" for name in ("reconsideration", "litigation_direct", "litigation_after_reconsideration")]
Lines = list[list[str]]


def lines_of(values: Iterable[int]) -> list[str]:
    return [str(value) if value else "/" for value in values]


def group_rows(order: Sequence[str], columns: Sequence[str] = COLUMN) -> Lines:
    at = [COLUMN.index(column) for column in columns]
    return [["类别", *columns], *[[group, *lines_of(VALUES[group][i] for i in at)] for group in order]]


def group_blocks(order: Sequence[str], columns: Sequence[str] = COLUMN) -> Lines:
    at = [COLUMN.index(column) for column in columns]
    return [row for group in order for row in ([group], [*columns], lines_of(VALUES[group][i] for i in at))]


def pairs(order: Sequence[str], columns: Sequence[str] = COLUMN) -> Lines:
    found: Lines = []
    for group in order:
        found.append([group])
        found += [[column, *lines_of([VALUES[group][COLUMN.index(column)]])] for column in columns]
    return found


def result_rows(order: Sequence[str], columns: Sequence[str] = COLUMN) -> Lines:
    return [
        ["结果", *order],
        *[[column, *lines_of(VALUES[group][COLUMN.index(column)] for group in order)] for column in columns],
    ]


def disputed(rows: Lines, sign: str) -> gkparse.Report:
    return gkparse.parse(SECTION.format("\n".join(sign.join(row) for row in rows)))


NAMES = ("upheld", "corrected", "other", "pending", "total")
WRITTEN = {
    f"{path}.{name}": value or None
    for path, group in zip(PATHS, OWN, strict=True) for name, value in zip(NAMES, VALUES[group], strict=True)
}


def is_doubted(report: gkparse.Report) -> bool:
    """Whether each value is None or named, also one that is right by chance."""
    paths = named(report.diagnostics)
    return all(is_named(path, paths, lost=report.value(path) is None) for path in WRITTEN)


def is_right(report: gkparse.Report) -> bool:
    return not misread(report, WRITTEN) and not named(report.diagnostics) & {"disputes", *PATHS}


SIGNS = ["\t", " | ", " ", "\n"]


@pytest.mark.parametrize("rows", [group_rows, group_blocks, pairs])
@pytest.mark.parametrize("sign", SIGNS)
def test_rows_and_cells_in_the_order_of_the_form_are_read(rows: Callable[..., Lines], sign: str) -> None:
    report = disputed(rows(OWN), sign)
    # A mark behind one blank may be of the label.
    assert is_right(report) or (rows is pairs and sign == " " and is_doubted(report))


@pytest.mark.parametrize("rows", [group_rows, group_blocks, pairs])
@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("order", [*permutations(OWN)][1:])
def test_rows_of_groups_in_any_other_order_are_doubted(
    rows: Callable[..., Lines], sign: str, order: tuple[str, ...]
) -> None:
    assert is_doubted(disputed(rows(order), sign))


@pytest.mark.parametrize("rows", [group_rows, group_blocks, pairs])
@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("at", range(4))
def test_rows_whose_columns_have_changed_places_are_doubted(
    rows: Callable[..., Lines], sign: str, at: int
) -> None:
    columns = [*COLUMN[:at], COLUMN[at + 1], COLUMN[at], *COLUMN[at + 2 :]]
    assert is_doubted(disputed(rows(OWN, columns), sign))


@pytest.mark.parametrize("sign", SIGNS)
def test_rows_whose_total_is_the_first_column_are_doubted(sign: str) -> None:
    rows = group_rows(OWN, ["总计", *RESULTS])
    assert is_doubted(disputed([rows[0][1:], *rows[1:]], sign))


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("order", [*permutations(OWN)])
def test_a_row_for_each_result_is_doubted(sign: str, order: tuple[str, ...]) -> None:
    assert is_doubted(disputed(result_rows(order), sign))


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("at", range(1, 5))
def test_a_row_of_litigation_as_a_whole_is_doubted(sign: str, at: int) -> None:
    rows = group_rows(OWN)
    rows.insert(at, [GROUPS[1], *lines_of(map(sum, zip(VALUES[OWN[1]], VALUES[OWN[2]], strict=True)))])
    assert is_doubted(disputed(rows, sign))
    # Also where it stands for a group that is not there.
    assert is_doubted(disputed([row for row in rows if row[0] != OWN[2]], sign))


def test_values_that_a_tool_has_set_between_heads_are_doubted_where_one_stands_behind_another_column() -> None:
    own = ["0\n0", "0", "2", "0", "2"]
    ahead = ["其他结果\n结果纠正", "尚未审结", "结果维持", "", "总计"]
    wide = [*GROUPS[:2], *COLUMN, "7\n0\n0\n3\n10", GROUPS[2], *[x for pair in zip(ahead, own, strict=True) for x in pair]]
    report = gkparse.parse(SECTION.format("\n".join([*wide, GROUPS[3], *COLUMN, "0\n0\n2\n0\n2"])))
    assert is_doubted(report)


def test_marks_that_part_heads_are_no_values() -> None:
    heads = [f"{GROUPS[0]} - {column}" for column in COLUMN]
    heads += [f"{GROUPS[1]} - {group} - {column}" for group in GROUPS[2:] for column in COLUMN]
    report = disputed([heads, lines_of(value for group in OWN for value in VALUES[group])], " | ")
    assert is_right(report)


@pytest.mark.parametrize("order", [*permutations(OWN)])
@pytest.mark.parametrize("rows", [group_rows, group_blocks, result_rows])
def test_a_table_of_a_file_that_is_laid_out_otherwise_is_doubted(
    rows: Callable[..., Lines], order: tuple[str, ...]
) -> None:
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows(order))
    page = SECTION.format(f"<table>{cells}</table>").replace("\n", "<br>")
    assert is_doubted(gkparse.read(f"<html><body>{page}</body></html>".encode()))


def test_a_text_that_is_no_head_parts_no_values() -> None:
    wide = [*GROUPS, *COLUMN * 3, *"12345678", "单位：件", *"12345678"]
    assert not heads_in_disorder(DISPUTES, lined("\n".join(wide)))
    wide[-9] = OWN[0]
    assert heads_in_disorder(DISPUTES, lined("\n".join(wide)))


# ---------------------------------------------------------------- heads on several lines

FEW = "{}\n一、本年新收政府信息公开申请数量\n{}\n二、上年结转政府信息公开申请数量\n{}\n"


@pytest.mark.parametrize("at", range(5))
@pytest.mark.parametrize("sign", ["\n", "\n\t"])
def test_heads_on_lines_of_their_own_that_have_changed_places_put_every_row_in_doubt(at: int, sign: str) -> None:
    heads = [*KINDS[:at], KINDS[at + 1], KINDS[at], *KINDS[at + 2 :]]
    for order, doubted in ((heads, True), (KINDS, False)):
        text = FEW.format(*(sign.join(map(str, row)) for row in (order, (0, 0, 0, 0, 0, 4, 4), (0,) * 7)))
        names = named(gkparse.parse(text).diagnostics)
        assert ({"requests.received", "requests.carried_over"} <= names) == doubted


@pytest.mark.parametrize("order", [*permutations(COLUMNS)])
def test_a_whole_table_is_doubted_where_its_heads_on_lines_of_their_own_are_in_disorder(order: tuple[str, ...]) -> None:
    report = gkparse.parse(HEAD.format(*order).replace("\t", "\n"))
    doubted = {path for found in alarms(report) if found.code == "GK214" for path in found.paths}
    assert bool(doubted) == (order != COLUMNS)
    assert [report.value(f"proactive.rules.{name}") for name in ("issued", "repealed", "in_force")] == [1, 2, 3]


def test_heads_that_stand_over_others_are_in_order_by_their_place_on_the_line() -> None:
    assert not disordered("自然人\t法人或其他组织\t总计")
    assert disordered("法人或其他组织\t自然人\t总计")
    assert disordered("自然人  总计  法人或其他组织")
    # A page may have the head over some columns a little above those beside it.
    assert not columns_in_disorder(REQUESTS, lined("法人或其他组织\n自然人  总计\n商业企业  科研机构\n"))


def test_the_label_of_a_row_that_may_be_a_head_is_none_above_the_heads_of_the_next_page() -> None:
    head = "\t".join(KINDS)
    assert not columns_in_disorder(REQUESTS, lined(f"其他\t0\t0\t0\t0\t0\t1\t1\n{head}\n总计\t0\t0\t0\t0\t0\t1\t1"))
    assert columns_in_disorder(REQUESTS, lined("自然人  1\n总计  3\n其他  2"))
    assert not columns_in_disorder(REQUESTS, lined("自然人  1\n其他  2\n总计  3"))


RECEIVED = ("5\t0\t0\t0\t0\t0\t5", "9\t4\t5\t0\t0\t0\t0")


@pytest.mark.parametrize("sign", ["\n", "  "])
@pytest.mark.parametrize("between", [RECEIVED, RECEIVED[::-1]])
def test_rows_that_add_up_with_their_first_value_alone_are_doubted_under_a_total_before_the_others(
    sign: str, between: tuple[str, str]
) -> None:
    rows = [row.replace("\t", sign) for row in between]
    both = {"requests.received", "requests.carried_over"}
    assert both <= named(gkparse.parse(FEW.format(sign.join(["总计", *KINDS[:6]]), *rows)).diagnostics)
    # Tools put the head there without moving the values, as a row shows that adds up as in the form alone.
    rows[1 if between == RECEIVED else 0] = sign.join("4500009")
    names = named(gkparse.parse(FEW.format(f"总计\n自然人\n法人或其他组织\n{sign.join(KINDS[1:6])}", *rows)).diagnostics)
    assert not both & names


def test_a_column_more_is_told_where_two_rows_stand_on_one_line() -> None:
    text = (
        "第二十条第（五）项\n信息内容\t本年处理决定数量\t\t\t上年合计\n行政许可\t61\t\t\t59\n"
        "第二十条第（六）项\n信息内容\t本年处理决定数量\t\t\t上年合计\n行政处罚\t44\t\t\t27\n"
        "行政强制\t\t\t\t23 第二十条第（八）项\t\t\t\t\n信息内容\t本年收费金额（单位：万元）\t\t\t上年合计\n行政事业性收费\t393.19\t\t\t6\n"
    )
    report = gkparse.parse(text)
    flagged = {path for found in report.diagnostics if found.severity != "info" for path in found.paths}
    assert report.value("proactive.compulsory_measures.decisions") in (None, 23)
    assert "proactive.compulsory_measures" in flagged
