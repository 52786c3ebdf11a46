"""Heads of columns, and of their groups, in another order than the form's."""

from __future__ import annotations

from itertools import permutations

import pytest

import gkparse
from accounting import alarms
from gkparse.disorder import groups_in_disorder, heads_in_disorder, out_of_order
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


def test_heads_of_several_blocks_are_in_no_order() -> None:
    assert not disordered("本年处理决定数量\t本年制发件数", PROACTIVE)
    assert disordered("信息内容\t现行有效件数\t本年制发件数\t本年废止件数", PROACTIVE)


@pytest.mark.parametrize("order", [*permutations(RESULTS)])
def test_results_in_any_other_order_are_in_disorder(order: tuple[str, ...]) -> None:
    text = "\n".join([*GROUPS, *[*order, "总计"] * 3])
    assert heads_in_disorder(DISPUTES, lined(text)) == (list(order) != RESULTS)


@pytest.mark.parametrize("order", [*permutations(GROUPS)])
def test_groups_are_in_order_where_those_that_stand_beside_each_other_are(order: tuple[str, ...]) -> None:
    found = lined("\n".join([*order, *[*RESULTS, "总计"] * 3]))
    right = order.index(GROUPS[0]) < order.index(GROUPS[1]) and order.index(GROUPS[2]) < order.index(GROUPS[3])
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
