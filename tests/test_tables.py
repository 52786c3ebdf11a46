"""Reading a table: which label and column a number belongs to."""

from __future__ import annotations

from decimal import Decimal

import pytest

import gkparse
from building import distinct
from families import FAMILIES, Page
from gkparse import Report
from layouts import printed, write

# What texts of one table have besides.
ELSEWHERE = ("GK101", "GK103", "GK201", "GK301", "GK302", "GK303", "GK304")


def read(table: str, text: str) -> dict[str, tuple[object, ...]]:
    """The values of every row of a table of which anything was read, by its name."""
    rows: dict[str, list[str]] = {}
    for path in (field.path for field in gkparse.fields() if field.path.startswith(table)):
        rows.setdefault("" if table == "disputes" else path.rpartition(".")[0], []).append(path)
    report = parsed(text)
    return {
        row.removeprefix(f"{table}."): tuple(report.value(path) for path in paths)
        for row, paths in rows.items()
        if any(report.cell(path).status != "missing" for path in paths)
    }


def codes(text: str) -> list[str]:
    return sorted(each.code for each in parsed(text).diagnostics if each.code not in ELSEWHERE)


def parsed(text: str) -> Report:
    try:
        return gkparse.parse(f"{text}\n")
    except gkparse.NotAReportError:
        return Report()


RULES = "第二十条第（一）项\n信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n"


@pytest.mark.parametrize(
    "text",
    [
        "规章\t1\t2\t3",
        "规章 1 2 3",
        "规章 | 1 | 2 | 3 |",
        "| 规章 | 1 | 2 | 3 |",
        "规章\n1\n2\n3",
        "规章\n\n1\n\n2\n\n3",
        "規章\t１\t２\t３",
    ],
)
def test_a_label_and_its_values_in_any_shape(text: str) -> None:
    assert read("proactive", RULES + text) == {"rules": (1, 2, 3)}


def test_a_row_may_be_printed_twice_if_it_says_the_same() -> None:
    more = "\n行政许可\t5"
    assert read("proactive", RULES + "规章\t1\t2\t3\n规章\t1\t2\t3" + more) == {
        "rules": (1, 2, 3), "licensing": (5,),
    }
    assert read("proactive", RULES + "规章\t1\t2\t3\n规章\t1\t2\t4" + more) == {"licensing": (5,)}
    assert codes(RULES + "规章\t1\t2\t3\n规章\t1\t2\t4" + more) == ["GK203"]


def test_a_conflict_is_told_of_also_where_it_is_all_that_the_table_has() -> None:
    assert codes(RULES + "规章\t1\t2\t3\n规章\t1\t2\t4") == ["GK203"]


def test_heads_are_no_rows_and_a_row_of_the_same_name_is_one() -> None:
    text = (
        "自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计\n"
        "一、本年新收政府信息公开申请数量\t1\t2\t3\t4\t5\t6\t21\n"
        "3.其他\t1\t0\t0\t0\t0\t0\t1\n"
        "（七）总计\t7\t1\t1\t1\t1\t1\t12\n"
    )
    assert read("requests", text) == {
        "received": (1, 2, 3, 4, 5, 6, 21),
        "outcomes.other_handling.other": (1, 0, 0, 0, 0, 0, 1),
        "outcomes.total": (7, 1, 1, 1, 1, 1, 12),
    }


def test_the_head_of_a_group_before_its_first_row_is_no_row() -> None:
    text = "（六）其他处理\t1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请" + "\t1" * 6 + "\t6"
    assert read("requests", text) == {
        "outcomes.other_handling.correction_overdue": (1, 1, 1, 1, 1, 1, 6),
    }


def test_one_row_may_stand_for_the_three() -> None:
    text = "（六）其他处理" + "\t1" * 6 + "\t6\n（七）总计" + "\t2" * 6 + "\t12"
    assert read("requests", text) == {
        "outcomes.other_handling.combined": (1, 1, 1, 1, 1, 1, 6),
        "outcomes.total": (2, 2, 2, 2, 2, 2, 12),
    }


def test_a_number_left_of_the_label_is_told_of_and_not_read() -> None:
    text = "0\t1.属于国家秘密\t1\t2\t3\t4\t5\t6\t21"
    assert read("requests", text) == {"outcomes.denied.state_secret": (1, 2, 3, 4, 5, 6, 21)}
    assert codes(text) == ["GK204"]


def named(text: str, code: str) -> list[tuple[str, ...]]:
    return [found.paths for found in parsed(text).diagnostics if found.code == code]


def test_a_number_beside_a_label_names_its_row_and_one_beside_another_word_the_table() -> None:
    row = "1.属于国家秘密\t1\t2\t3\t4\t5\t6\t21"
    assert named(f"0\t{row}", "GK204") == [("requests.outcomes.denied.state_secret",)]
    assert named(f"0\t（三）不予公开\n{row}", "GK204") == [("requests",)]


def test_values_that_no_row_claims_name_the_table_and_the_rows_around_them() -> None:
    text = RULES + "规章\t1\t2\t3\n\t\t7\t8\n行政规范性文件\t4\t5\t6"
    assert named(text, "GK205") == [
        ("proactive", "proactive.rules", "proactive.normative_documents")
    ]


def test_a_row_in_conflict_is_not_missing_as_well() -> None:
    text = RULES + "规章\t1\t2\t3\n规章\t1\t2\t4\n行政规范性文件\t4\t5\t6"
    assert named(text, "GK203") == [("proactive.rules",)]
    assert ("proactive.rules",) not in named(text, "GK201")


def test_a_misprinted_label_is_read_and_said() -> None:
    row = "\t1\t2\t3\t4\t5\t6\t21"
    text = f"2.重复申请{row}\n3.要求提供公开出饭物{row}\n（七）总计{row}"
    assert read("requests", text)["outcomes.not_processed.publication"] == (1, 2, 3, 4, 5, 6, 21)
    assert named(text, "GK212") == [("requests.outcomes.not_processed.publication",)]


ROW = "outcomes.denied.state_secret"


def test_a_sum_places_values_only_where_the_table_prints_its_totals() -> None:
    # Without a whole row, 1 to 5 and 15 may be six kinds of applicants as well as five and a total.
    longer = "1.属于国家秘密 9 1 2 3 4 5 6 21"
    short = "1.属于国家秘密 1 2 3 4 5 15"
    assert named(longer, "GK206") == [(f"requests.{ROW}",)]
    assert named(short, "GK206") == []
    assert named(short, "GK202") == [(f"requests.{ROW}",)]
    assert read("requests", longer) == {ROW: (1, 2, 3, 4, 5, 6, 21)}


@pytest.mark.parametrize("short", ["\t1\t2\t3\t4\t5\t6", "\t1\t2"])
def test_a_row_that_is_too_short_is_flagged(short: str) -> None:
    assert "GK202" in codes(f"1.属于国家秘密{short}")


def test_a_value_too_many_is_left_out_where_only_one_way_adds_up() -> None:
    text = "1.属于国家秘密\t9\t1\t2\t3\t4\t5\t6\t21"
    assert read("requests", text) == {"outcomes.denied.state_secret": (1, 2, 3, 4, 5, 6, 21)}
    assert codes(text) == ["GK206"]


def test_a_table_of_one_row_takes_the_numbers_that_are_as_many_as_its_columns() -> None:
    heads = "行政复议\t行政诉讼\n结果维持\t结果纠正\t其他结果\t尚未审结\t总计\n"
    row = "1\t2\t3\t4\t10\t5\t6\t7\t8\t26\t0\t0\t0\t0\t0"
    expected = {"": (1, 2, 3, 4, 10, 5, 6, 7, 8, 26, 0, 0, 0, 0, 0)}
    assert read("disputes", heads + row) == expected
    assert read("disputes", heads + row.replace("\t", "\n")) == expected
    assert read("disputes", heads + row.replace("\t", " ")) == expected
    assert codes(heads + row) == []


def test_nothing_is_read_of_nothing() -> None:
    assert read("proactive", "") == {}
    assert read("requests", "供水公告\n河道水位") == {}


def test_a_value_that_stands_alone_is_the_one_blank_total_that_it_comes_to() -> None:
    total = "requests.outcomes.granted.total"
    cells = {path: str(value) for path, value in distinct().items()}
    text = FAMILIES["bar-rows"](Page({**cells, total: ""}))
    above, below = text.split("\n二、上年结转", 1)
    row, rest = below.split("\n", 2)[1:]
    printed = f"{above}\n二、上年结转{below.split(chr(10), 1)[0]}\n{row}\n\t{cells[total]}\n{rest}"
    report = parsed(printed)
    assert report.value(total) == int(cells[total])
    assert ("GK206", ("requests.outcomes.granted",)) in {(each.code, each.paths) for each in report.diagnostics}
    assert parsed(printed.replace(f"\n\t{cells[total]}\n", "\n\t7\n")).value(total) is None


def test_a_row_of_which_only_blanks_are_left_is_blank() -> None:
    cells = {path: str(value) for path, value in distinct().items()}
    row = {path for path in cells if path.startswith("requests.outcomes.granted.")}
    report = parsed(FAMILIES["cell-lines"](Page({**cells, **dict.fromkeys(row, "")})))
    assert {report.cell(path).status for path in row} == {"blank"}
    assert all(report.value(path) == value for path, value in distinct().items() if path not in row)


def test_where_a_table_prints_totals_alone_blank_parts_say_nothing() -> None:
    cells = {path: str(value) if path.endswith(".total") else "" for path, value in distinct().items()}
    report = parsed(FAMILIES["box"](Page(cells)))
    assert not [path for path in named_of(report, "GK216") if path.startswith("requests")]


def named_of(report: gkparse.Report, code: str) -> list[str]:
    return [path for found in report.diagnostics if found.code == code for path in found.paths]


def test_numbers_under_a_heading_that_no_label_tells_are_told_of() -> None:
    text = "二、主动公开政府信息情况\n12 24\n0\n1\n\t91\n1\n0\n1\n五、存在的主要问题及改进情况\n行政处罚\t7\n"
    report = parsed(text)
    assert [path for path, cell in report.cells() if cell.value is not None] == ["proactive.penalties.decisions"]
    assert set(named_of(report, "GK205")) == {"proactive", "proactive.penalties"}


def test_a_blank_beside_marks_alone_is_not_doubted() -> None:
    for beside, doubted in (("/", []), ("4", ["proactive.rules.in_force", "proactive.rules"])):
        report = parsed(f"{RULES}规章\t{beside}\t/\t\n行政规范性文件\t4\t5\t6")
        assert report.cell("proactive.rules.in_force").status == "blank"
        assert named_of(report, "GK217") == doubted


# ---------------------------------------------------------------- the unit that a head names

FEES = "第二十条第（八）项\n信息内容\t{}\n行政事业性收费\t{}\n"


@pytest.mark.parametrize(
    ("head", "unit"),
    [
        ("本年收费金额（单位：万元）", "万元"), ("本年收费金额", "万元"), ("本年收费金额（萬元）", "万元"),
        ("本年收费金额（单位：元）", "元"), ("本年收费金额（元）", "元"), ("本年收费金额(单位:千元)", "千元"),
        ("本年收費金額（單位：億元）", "亿元"), ("本年收费金额 单位：元", "元"),
    ],
)
def test_the_unit_that_the_head_of_the_fees_names_is_theirs(head: str, unit: str) -> None:
    report = gkparse.parse(FEES.format(head, "1234.5"))
    cell = report.cell("proactive.fees.amount")
    assert (cell.value, cell.unit) == (Decimal("1234.5"), unit)
    flagged = [found.arguments["unit"] for found in report.diagnostics if found.code == "GK213"]
    assert flagged == ([] if unit == "万元" else [unit])


def test_the_unit_of_the_number_itself_goes_before_that_of_its_head() -> None:
    report = gkparse.parse(FEES.format("本年收费金额（单位：元）", "3万元"))
    assert report.cell("proactive.fees.amount").unit == "万元"
    assert not [found for found in report.diagnostics if found.code == "GK213"]


def test_a_unit_that_stands_elsewhere_is_none_of_the_fees() -> None:
    report = gkparse.parse("附表一甲（元）\n" + FEES.replace("信息内容\t{}\n", "").format("5"))
    assert report.cell("proactive.fees.amount").unit == "万元"


_REST = "行政许可\t203\n行政处罚\t64\n行政强制\t9\n行政事业性收费\t0\n"


@pytest.mark.parametrize(
    "rows",
    [
        "信息内容  本年制发件数  本年废止件数  现行有效件数  备注\n规章  2  NaN  1  3\n行政规范性文件  3  1  12  NaN\n",
        f"信息内容\t本年制发件数\t本年废止件数\t现行有效件数\t备注\n规章\n\t2\t\t1\t3\n行政规范性文件\n\t3\t1\t12\t\n{_REST[8:]}",
        f"信息内容\t本年制发件数\t本年废止件数\t现行有效件数\t备注\n规章\n\t2\t\t1\t3\n行政规范性文件\t3\t1\t12\n{_REST}",
    ],
    ids=["between blanks", "below labels", "below one label"],
)
def test_a_number_of_another_column_behind_a_blank_is_doubted(rows: str) -> None:
    report = parsed(f"二、主动公开政府信息情况\n{rows}")
    assert ("GK202", ("proactive.rules",)) in {(each.code, each.paths) for each in report.diagnostics}


# ---------------------------------------------------------------- a blank alone, and what it may have moved


def test_a_blank_alone_puts_its_row_in_doubt_unless_sums_over_rows_hold_for_each_of_its_cells() -> None:
    numbers = distinct(3, 0.5)
    row = next(
        path.rpartition(".")[0] for path, number in numbers.items()
        if path.startswith("requests.outcomes.denied.") and path.endswith(".other") and not number
        and numbers[path.replace(".other", ".total")]
    )
    cells = printed(numbers) | {f"{row}.other": ""}
    assert named_of(parsed(write("lines", cells)), "GK217") == [f"{row}.other"]
    one, other = (f"requests.outcomes.total.{name}" for name in ("research_institution", "public_welfare_organization"))
    cells[one] += "1"
    assert named_of(parsed(write("lines", cells)), "GK217") == [f"{row}.other"]
    # The total of the row is no value that the blank one could have changed places with.
    total = {"requests.outcomes.total.total": cells["requests.outcomes.total.total"] + "1"}
    assert named_of(parsed(write("lines", cells | total)), "GK217") == [f"{row}.other"]
    # A value that has moved leaves one column and comes into another.
    cells[other] += "1"
    assert named_of(parsed(write("lines", cells)), "GK217") == [f"{row}.other", row]


def test_a_blank_among_nothing_but_zeros_puts_all_groups_of_its_row_in_doubt() -> None:
    zeros = {path: "0" for path in distinct() if path.startswith("disputes.")}
    text = write("lines", printed(distinct()) | zeros | {"disputes.reconsideration.upheld": ""})
    groups = [f"disputes.{name}" for name in ("reconsideration", "litigation_direct", "litigation_after_reconsideration")]
    assert named_of(parsed(text), "GK217") == ["disputes.reconsideration.upheld", *groups]
