"""Over any numbers: a report like the form has no finding, and a planted fault is named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import gkparse
from gkparse import Metadata, Report, Section
from gkparse.counts import Value, tables
from gkparse.form import load
from gkparse.testing import reports

AGENCY = "桐江省人民政府"
YEARS = {"2021": 2023, "2019": 2020}
PROSE = "全年登出各类消息一百余条，网站由专人维护，公文逐件审核，办事指南按季更新，机关干部都到场听讲，办事大厅设有查阅点。"
# What is only information about blanks and zeros.
NOTES = {"GK305", "GK306", "GK416"}


def stated(report: Report) -> str:
    """Sentences that say what the tables say."""
    told = ""
    for path, words in (
        ("requests.received.total", "全年新收政府信息公开申请{}件。"),
        ("requests.outcomes.granted.total", "其中予以公开{}件。"),
        ("disputes.reconsideration.total", "因政府信息公开被申请行政复议{}件。"),
    ):
        if report.value(path) is not None:
            told += words.format(report.value(path))
    return told


@st.composite
def calm(draw: st.DrawFn) -> Report:
    """A report on a year of its form that says nothing but what its tables say."""
    form = draw(st.sampled_from(sorted(YEARS)))
    report = draw(reports(form, consistent=True))
    year = YEARS[form]
    texts = [PROSE + stated(report), "", "", "", PROSE, "依规发出收费通知。"]
    sections = tuple(
        Section(title.number, title.label.partition("、")[2], text)
        for title, text in zip(load(form).sections, texts, strict=True)
    )
    return attrs.evolve(
        report, title=f"{AGENCY}{year}年政府信息公开工作年度报告", agency=AGENCY, year=year,
        metadata=Metadata(date(year, 1, 1), date(year, 12, 31), date(year + 1, 3, 20)),
        sections=sections, indicators=(),
    )


def codes(report: Report) -> set[str]:
    return {found.code for found in gkparse.check(report)} - NOTES


def but(report: Report, changed: dict[str, Value]) -> Report:
    """A report with other values in some cells."""
    form = load(report.form)
    values = {path: report.value(path) for path in form.fields}
    return attrs.evolve(report, **tables(report.form, values | changed))


def section(report: Report, number: int, text: str) -> Report:
    return attrs.evolve(report, sections=tuple(
        attrs.evolve(each, text=text) if each.number == number else each for each in report.sections
    ))


def dated(report: Report, **data: date) -> Report:
    return attrs.evolve(report, metadata=attrs.evolve(report.metadata, **data))  # type: ignore[arg-type]


def year(report: Report) -> int:
    assert report.year is not None
    return report.year


@given(report=calm())
def test_a_report_like_the_form_has_no_finding(report: Report) -> None:
    if report.form == "2019":  # by chance, the decisions may be the items
        assume("GK414" not in codes(report))
    assert codes(report) == set()


FAULTS: dict[str, Callable[[Report], Report]] = {
    "GK219": lambda report: but(report, {"proactive.rules.issued" if report.form == "2021" else "proactive.rules.produced": -4}),
    "GK401": lambda report: dated(report, period_start=date(2015, 1, 1), period_end=date(2015, 12, 31)),
    "GK402": lambda report: section(report, 1, f"{year(report) - 1}年，{PROSE}"),
    "GK403": lambda report: dated(report, period_end=date(year(report), 11, 30)),
    "GK404": lambda report: attrs.evolve(report, year={"2021": 2020, "2019": 2023}[report.form], title=None, metadata=Metadata()),
    "GK405": lambda report: attrs.evolve(report, sections=(*report.sections[:4], report.sections[5])),
    "GK406": lambda report: attrs.evolve(report, sections=(
        *report.sections[:3], attrs.evolve(report.sections[3], title=report.sections[2].title), *report.sections[4:])),
    "GK407": lambda report: section(report, 5, "无。"),
    "GK409": lambda report: dated(report, issue_date=date(year(report), 12, 31)),
    "GK410": lambda report: dated(report, issue_date=date(year(report) + 1, 4, 1)),
    "GK417": lambda report: attrs.evolve(report, sections=(
        *report.sections[:4], attrs.evolve(report.sections[4], number=6), attrs.evolve(report.sections[5], number=7))),
}


@pytest.mark.parametrize("code", FAULTS)
@given(report=calm())
def test_a_planted_fault_is_named_and_nothing_else(code: str, report: Report) -> None:
    assert codes(FAULTS[code](report)) - codes(report) == {code}


@given(report=calm(), more=st.integers(1, 999))
def test_a_sentence_that_says_another_number_is_named(report: Report, more: int) -> None:
    total = report.value("disputes.reconsideration.total")
    assume(total is not None)
    wrong = section(report, 1, f"{PROSE}因政府信息公开被申请行政复议{int(total or 0) + more}件。")
    (found,) = gkparse.check(wrong, select=["GK5"])
    assert found.paths == ("disputes.reconsideration.total",)
    assert (found.arguments["expected"], found.arguments["actual"]) == (str(int(total or 0) + more), str(total))


@given(report=calm(), amount=st.integers(1, 9))
def test_fees_that_the_text_denies_are_named(report: Report, amount: int) -> None:
    assume(report.form == "2021" and report.proactive is not None)
    paid = section(but(report, {"proactive.fees.amount": Decimal(amount)}), 6, "未收取行政事业性收费。")
    assert "GK413" in codes(paid)
