"""Numbers that a body can hardly have meant, and those that it can."""

from __future__ import annotations

from decimal import Decimal

import attrs
import pytest

import gkparse
from gkparse import Report, Section
from gkparse.counts import Value, tables

FEES = "proactive.fees.amount"
UNPAID = "requests.outcomes.other_handling.fee_overdue.total"


def of(values: dict[str, Value], agency: str | None = "云栖县档案馆", form: str = "2021") -> Report:
    return Report(form, agency=agency, year=2023 if form == "2021" else 2020, **tables(form, values))


def codes(report: Report) -> list[str]:
    return [found.code for found in gkparse.check(report, select=["GK2", "GK411", "GK412", "GK413", "GK414", "GK415", "GK416"])]


def six(report: Report, text: str) -> Report:
    return attrs.evolve(report, sections=(Section(6, "其他需要报告的事项", text),))


def test_less_than_nothing() -> None:
    (found,) = gkparse.check(of({"requests.received.other": -3}), select=["GK2"])
    assert (found.code, found.severity, found.paths) == ("GK219", "error", ("requests.received.other",))
    assert "-3" in found.message


def test_a_change_of_items_may_be_negative() -> None:
    assert codes(of({"proactive.licensing.items_change": -2}, form="2019")) == []


def test_a_part_of_a_case() -> None:
    (found,) = gkparse.check(of({"proactive.licensing.decisions": Decimal("2.5")}))
    assert (found.code, found.paths) == ("GK211", ("proactive.licensing.decisions",))
    assert codes(of({FEES: Decimal("2.5")})) == []


@pytest.mark.parametrize(
    ("agency", "told"),
    [
        ("云栖县档案馆", True),
        ("云栖县人民政府", True),
        ("云栖县松岭镇人民政府", True),
        ("桐江省水利厅", True),
        ("桐江省人民政府", False),
        ("国家文物局", False),
        (None, False),
    ],
)
def test_who_issues_rules(agency: str | None, told: bool) -> None:
    assert ("GK411" in codes(of({"proactive.rules.issued": 2}, agency))) == told
    assert codes(of({"proactive.rules.issued": 0, "proactive.rules.in_force": 4}, agency)) == []
    assert ("GK411" in codes(of({"proactive.rules.produced": 1}, agency, "2019"))) == told


@pytest.mark.parametrize(
    ("agency", "amount", "told"),
    [
        ("云栖县档案馆", "999999.99", False),
        ("云栖县档案馆", "1000000.01", True),
        ("云栖县松岭镇人民政府", "100001", True),
        ("北京市海淀区人民政府", "1500000", False),
        ("深圳市人民政府", "1500000", False),
        ("桐江省交通运输厅", "2000000", False),
        (None, "99999999", False),
    ],
)
def test_fees_that_look_like_yuan(agency: str | None, amount: str, told: bool) -> None:
    assert ("GK412" in codes(of({FEES: Decimal(amount)}, agency))) == told


@pytest.mark.parametrize(
    ("text", "amount", "told"),
    [
        ("本年收取信息处理费1200元。", "0.00", True),
        ("本年收取信息处理费1200元。", "0.12", False),
        ("本年收取信息处理费共计1,200元。", "0.05", True),
        # A row in whole 万元 cannot show 1200元.
        ("本年收取信息处理费1200元。", "0", False),
        ("本年收取信息处理费12000元。", "0", True),
        ("本年收取信息处理费12000元。", "1.1999", True),
        ("本年收取信息处理费12000元。", "1.2000", False),
        ("本年收取信息处理费1.5万元。", "1", False),
        ("本年收取信息处理费2万元。", "1", True),
        ("本年收取信息处理费0元。", "0.00", False),
        ("本年未收取信息处理费。", "35.2", False),
        ("本年未收取行政事业性收费。", "35.2", True),
        ("本年未收取行政事业性收费。", "0.01", True),
        ("本年未收取行政事业性收费。", "0", False),
        ("2022年度收取信息处理费500元，2023年度未收取。", "0.00", False),
        ("每件收取信息处理费100元；本年度没有发生。", "0.00", False),
        ("如超过30件，收取信息处理费100元/件。", "0.00", False),
        ("拟收取信息处理费800元，申请人逾期未缴纳。", "0.00", False),
        ("各乡镇收取信息处理费共计500元。", "0.00", False),
        ("全县各级行政机关共收取信息处理费1.2万元。", "0.00", False),
        ("依申请公开未收取行政事业性收费。", "3", False),
        ("向申请人未收取行政事业性收费。", "3", False),
        ("2022年度未收取行政事业性收费。", "3", False),
        ("无收取行政事业性收费以外的费用。", "3", False),
        ("2023年，我局未收取行政事业性收费。", "3", True),
        ("（一）收取信息处理费共计1200元，依规上缴。", "0.00", True),
    ],
)
def test_what_section_six_says_of_fees(text: str, amount: str, told: bool) -> None:
    assert ("GK413" in codes(six(of({FEES: Decimal(amount)}), text))) == told


def test_fees_are_not_compared_where_there_is_no_row() -> None:
    text = "本年收取信息处理费1200元。"
    assert codes(six(of({FEES: None}), text)) == []
    assert codes(six(of({"proactive.fees.items_last_year": 0}, form="2019"), text)) == []


def rows(*numbers: tuple[int | None, int | None, int | None]) -> Report:
    names = ("licensing", "other_services", "penalties", "compulsory_measures")
    columns = ("items_last_year", "items_change", "decisions")
    return of(
        {f"proactive.{name}.{column}": value for name, row in zip(names, numbers, strict=False)
         for column, value in zip(columns, row, strict=True)},
        form="2019",
    )


@pytest.mark.parametrize(
    ("report", "told"),
    [
        (rows((22, 1, 23), (6, -2, 4)), True),
        (rows((22, 1, 23), (0, 0, 0), (318, 12, 330)), True),
        (rows((22, 1, 23), (6, -2, 5)), False),
        (rows((22, 1, 23)), False),
        (rows((0, 0, 0), (0, 0, 0)), False),
        (rows((22, None, 22), (6, -2, 4)), False),
        (rows((1, 0, 1), (30, 2, 0), (250, 0, 0), (1, 0, 1)), False),
        (rows((3, 0, 3), (2, 0, 2)), False),
    ],
)
def test_decisions_that_are_items(report: Report, told: bool) -> None:
    assert ("GK414" in codes(report)) == told


def test_a_fee_that_was_not_paid_wants_a_word_on_fees() -> None:
    report = of({UNPAID: 2})
    assert codes(report) == [], "without sections nothing can be missing from them"
    assert codes(six(report, "无。")) == ["GK415"]
    assert codes(six(report, "依规发出收费通知2件，均逾期未缴。")) == []
    assert codes(six(of({UNPAID: 0}), "无。")) == []
    assert codes(six(Report("2014"), "无。")) == []
    elsewhere = (Section(1, "总体情况", "发出收费通知1件，申请人逾期未缴费。"), Section(6, "其他需要报告的事项", "无。"))
    assert codes(attrs.evolve(report, sections=elsewhere)) == []
    assert codes(attrs.evolve(report, sections=elsewhere[:0])) == []


def test_a_number_of_very_many_decimals() -> None:
    report = of({FEES: Decimal("0." + "0" * 30)})
    assert codes(six(report, "本年收取信息处理费200元。")) == ["GK413"]


def test_nothing_but_zeros() -> None:
    zeros = dict.fromkeys((field.path for field in gkparse.fields() if not field.optional), 0)
    assert codes(of({**zeros, FEES: Decimal(0)})) == ["GK416"]
    assert codes(of({**zeros, FEES: Decimal(0), "proactive.licensing.decisions": 1})) == []
    assert codes(of({"proactive.licensing.decisions": 0})) == []


@pytest.mark.parametrize(
    ("report", "code", "paths", "message"),
    [
        (of({"requests.received.other": -3}), "GK219", ("requests.received.other",),
         "一、本年新收政府信息公开申请数量 > 其他: “-3” is less than nothing"),
        (of({"proactive.licensing.decisions": Decimal("2.5")}), "GK211", ("proactive.licensing.decisions",),
         "第二十条第（五）项 > 行政许可 > 本年处理决定数量: “2.5” is not a whole number of 件"),
        (of({"proactive.rules.issued": 2}), "GK411", ("proactive.rules.issued",),
         "第二十条第（一）项 > 规章 > 本年制发件数: 2, but 云栖县档案馆 is no body that can issue rules"),
        (of({FEES: Decimal("1000000.01")}), "GK412", (FEES,),
         "fees of 1000000.01 万元 are a great deal for 云栖县档案馆: the number may be of 元"),
        (six(of({FEES: Decimal("0.00")}), "无。本年收取信息处理费1200元。"), "GK413", (FEES,),
         "section six says “本年收取信息处理费1200元”, the row of fees prints 0.00 万元"),
        (rows((22, 1, 23), (0, 0, 0), (318, 12, 330)), "GK414",
         ("proactive.licensing.decisions", "proactive.penalties.decisions"),
         "in every row the decisions of the year are the items of last year and their change: the column asks for cases"),
        (six(of({UNPAID: 2}), "无。"), "GK415", (UNPAID,),
         "2 requests ended for a fee that was not paid, but section six tells of no fee"),
    ],
)
def test_a_finding_names_what_it_is_about_as_it_is_printed(
    report: Report, code: str, paths: tuple[str, ...], message: str
) -> None:
    (found,) = gkparse.check(report, select=[code])
    assert (found.paths, found.message) == (paths, message)


def test_what_a_body_should_print_is_told_beside_what_it_does() -> None:
    (found,) = gkparse.check(of({"proactive.rules.issued": 2}), select=["GK411"])
    assert (found.arguments["actual"], found.arguments["expected"]) == ("2", "0")


def test_fees_at_the_bound_are_within_it() -> None:
    assert codes(of({FEES: Decimal(1_000_000)})) == []


@pytest.mark.parametrize(
    "text", ["2022年度收取信息处理费500元。本年收取信息处理费1200元。", "无。\n本年收取信息处理费1200元", "无；本年收取信息处理费1200元；"]
)
def test_each_sentence_of_section_six_is_read(text: str) -> None:
    assert codes(six(of({FEES: Decimal("0.00")}), text)) == ["GK413"]


def test_what_section_six_says_is_shown_where_it_stands() -> None:
    said = "本年收取信息处理费1200元"
    report = attrs.evolve(six(of({FEES: Decimal("0.00")}), f"无。{said}。"), title="云栖县档案馆2023年政府信息公开工作年度报告")
    read = gkparse.parse(gkparse.render(report, "tabs"))
    (found,) = gkparse.check(read, select=["GK413"])
    assert found.span is not None
    assert read.source is not None
    assert read.source[found.span.start : found.span.end] == said
    twice = gkparse.parse(f"{read.source}\n{said}。\n")
    assert [each.span for each in gkparse.check(twice, select=["GK413"])] == [None, None]


def test_fewer_decisions_than_tell_and_fewer_numbers_than_tell() -> None:
    assert codes(rows((9, 1, 10), (2, 0, 2))) == ["GK414"]
    assert codes(rows((8, 1, 9), (2, 0, 2))) == []
    assert codes(rows((9, 1, 10))) == []
    few = [field.path for field in gkparse.fields() if field.path.startswith("requests.") and not field.optional]
    assert codes(of(dict.fromkeys(few[:20], 0))) == ["GK416"]
    assert codes(of(dict.fromkeys(few[:19], 0))) == []
