"""What a report must be like: years, form, sections, parts, dates. Fixtures show each once more."""

from __future__ import annotations

from datetime import date

import attrs
import pytest
from hypothesis import given

import gkparse
from gkparse import Metadata, Report, Section
from gkparse.form import load
from gkparse.testing import reports

TITLES = [title.label.partition("、")[2] for title in load("2021").sections]
LONG = "全年登出各类消息一百余条，培训两次，网站由专人维护，新设查阅点一处，机关干部都到场听讲，办事指南已全部更新。"


def sections(*pairs: tuple[int, str], text: str = LONG) -> tuple[Section, ...]:
    return tuple(Section(number, title, text) for number, title in pairs)


WHOLE = sections(*enumerate(TITLES, 1))


def codes(report: Report) -> list[str]:
    return [found.code for found in gkparse.check(report, select=["GK40", "GK410", "GK417"])]


def said(report: Report, code: str) -> dict[str, str]:
    (found,) = gkparse.check(report, select=[code])
    return dict(found.arguments)


def on(year: int = 2023, agency: str = "云栖县档案馆", form: str = "2021", **metadata: object) -> Report:
    return Report(form, f"{agency}{year}年政府信息公开工作年度报告", agency, year,
                  Metadata(**metadata), sections=WHOLE)  # type: ignore[arg-type]


def test_a_report_like_the_form_has_no_finding() -> None:
    report = on(
        issue_date=date(2024, 1, 17), period_start=date(2023, 1, 1), period_end=date(2023, 12, 31)
    )
    assert codes(report) == []


def test_a_section_s_title_under_a_number_of_no_section_is_no_finding_where_it_stands_as_well() -> None:
    report = attrs.evolve(on(), sections=(*WHOLE, Section(9, TITLES[0], LONG)))
    assert gkparse.check(report, select=["GK405", "GK406", "GK417"]) == ()
    assert gkparse.check(attrs.evolve(report, sections=report.sections[1:]), select=["GK417"]) != ()


# ---------------------------------------------------------------- years


def test_title_and_period() -> None:
    report = on(period_start=date(2022, 1, 1), period_end=date(2022, 12, 31))
    assert said(report, "GK401") == {"expected": "2023", "actual": "2022"}
    assert codes(attrs.evolve(report, title=None)) == []


@pytest.mark.parametrize(
    ("opening", "told"),
    [
        ("2022年，", True),
        ("（一）2022年度，", True),
        ("２０２２年，", True),
        ("二〇二二年，", True),
        ("2022年我局", True),
        ("2023年，", False),
        ("2022年以来，", False),
        ("2022年12月，", False),
        ("根据2022年，", False),
        ("2022年起，", False),
        ("2021年、2022年、2023年", False),
        ("2022年，市里评估名列第一。2023年，", False),
        ("二十十三年，", False),
    ],
)
def test_another_year_at_the_head_of_section_one(opening: str, told: bool) -> None:
    report = attrs.evolve(on(), sections=sections((1, TITLES[0]), text=opening + LONG))
    assert ("GK402" in codes(report)) == told


def test_another_year_in_another_section_is_no_finding() -> None:
    report = attrs.evolve(on(), sections=(*WHOLE[:4], Section(5, TITLES[4], "2024年，" + LONG), WHOLE[5]))
    assert codes(report) == []


def test_the_place_of_the_other_year() -> None:
    source = f"云栖县档案馆2023年政府信息公开工作年度报告\n一、总体情况\n2021年，{LONG}\n" + "\n".join(
        title.label for title in load("2021").sections[1:]
    )
    (found,) = gkparse.check(gkparse.parse(source), select=["GK402"])
    assert found.span is not None
    assert source[found.span.start : found.span.end] == "2021年"


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        (date(2023, 1, 1), date(2023, 12, 31), False),
        (date(2023, 1, 1), date(2023, 11, 30), True),
        (date(2022, 12, 1), date(2023, 11, 30), True),
    ],
)
def test_the_period_is_a_calendar_year(start: date, end: date, told: bool) -> None:
    report = attrs.evolve(on(period_start=start, period_end=end), title=None)
    assert ("GK403" in codes(report)) == told


# ---------------------------------------------------------------- form


@pytest.mark.parametrize(
    ("year", "form", "expected"),
    [
        (2013, "2014", None), (2014, "2014", None), (2018, "2014", None), (2018, "2021", "2014"),
        (2019, "2019", None), (2019, "2014", None), (2019, "2021", "2019"),
        (2020, "2019", None), (2020, "2014", "2019"), (2020, "2021", "2019"),
        (2021, "2021", None), (2023, "2019", "2021"), (2026, "2021", None),
    ],
)
def test_the_form_of_a_year(year: int, form: str, expected: str | None) -> None:
    tables = gkparse.Disputes(gkparse.Results(1, 0, 0, 0, 1))
    found = gkparse.check(Report(form, year=year, disputes=tables), select=["GK404"])
    assert [each.arguments["expected"] for each in found] == ([expected] if expected else [])


# ---------------------------------------------------------------- sections


def test_a_section_that_is_not_there() -> None:
    report = attrs.evolve(on(), sections=WHOLE[:5])
    assert said(report, "GK405")["labels"] == "“六、其他需要报告的事项”"


def test_tables_alone_lack_no_sections() -> None:
    assert codes(Report(year=2023)) == []


def test_the_title_of_another_section_that_is_there_as_well() -> None:
    report = attrs.evolve(on(), sections=(*WHOLE[:3], Section(4, TITLES[2], ""), *WHOLE[4:]))
    assert codes(report) == ["GK406"]
    assert said(report, "GK406") == {"number": "4", "printed": TITLES[2], "expected": TITLES[3]}


def test_a_title_under_another_number() -> None:
    moved = sections((1, TITLES[0]), (2, TITLES[1]), (3, TITLES[2]), (4, TITLES[3]), (6, TITLES[4]), (7, TITLES[5]))
    assert codes(attrs.evolve(on(), sections=moved)) == ["GK417", "GK417"]
    found = gkparse.check(attrs.evolve(on(), sections=moved), select=["GK417"])
    assert [each.arguments["expected"] for each in found] == ["5", "6"]


def test_a_title_in_other_words_is_that_of_its_section() -> None:
    other = "因政府信息公开工作被申请行政复议、提起行政诉讼情况"
    report = attrs.evolve(on(), sections=(*WHOLE[:3], Section(1, other, ""), *WHOLE[4:]))
    assert codes(report) == [], "a list number that a tool lost is no section's"


def test_a_heading_of_a_part_that_bears_a_section_s_title_is_none_of_these() -> None:
    parts = (WHOLE[0], Section(1, TITLES[1], LONG), *WHOLE[1:])
    assert codes(attrs.evolve(on(), sections=parts)) == []


def test_a_title_in_traditional_script_is_known() -> None:
    traditional = "收到和處理政府信息公開申請情況"
    report = attrs.evolve(on(), sections=(*WHOLE[:3], Section(4, traditional, ""), *WHOLE[4:]))
    assert codes(report) == ["GK406"]


@pytest.mark.parametrize(
    ("text", "told"), [("", True), ("暂无。", True), ("无" * 39, True), ("有" * 40, False), (LONG, False)]
)
def test_sections_that_say_next_to_nothing(text: str, told: bool) -> None:
    report = attrs.evolve(on(), sections=(*WHOLE[:4], Section(5, TITLES[4], text), WHOLE[5]))
    assert ("GK407" in codes(report)) == told
    report = attrs.evolve(on(), sections=(*WHOLE[:5], Section(6, TITLES[5], text)))
    assert "GK407" not in codes(report), "section six has often nothing to say"


@pytest.mark.parametrize(
    ("preamble", "announced"),
    [
        ("全文包括总体情况等八个部分。", "8"),
        ("本报告由6个部分组成。", None),
        ("本报告由六部分组成。", None),
        ("本报告共十大部分，包括概述。", "10"),
        ("详见第五部分。", None),
        ("涉及三个部门。", None),
        ("公开平台由网站、公告栏、微信三部分组成。本报告由六部分组成。", None),
        ("我局由办公室、执法科、信息科三个部分组成。", None),
        ("本报告由总体情况等和附件七部分组成。", None),
        ("本报告由十十部分组成。", None),
        ("概述。主动公开情况、依申请公开情况、会议培训情况等九个部分。", "9"),
    ],
)
def test_the_parts_that_the_preamble_announces(preamble: str, announced: str | None) -> None:
    text = "\n".join(["云栖县档案馆2023年政府信息公开工作年度报告", preamble,
                      *(f"{title.label}\n{LONG}" for title in load("2021").sections)])
    found = gkparse.check(gkparse.parse(text), select=["GK408"])
    assert [each.arguments["expected"] for each in found] == ([announced] if announced else [])


# ---------------------------------------------------------------- dates


@pytest.mark.parametrize(
    ("agency", "issued", "code"),
    [
        ("云栖县档案馆", date(2024, 1, 1), None),
        ("云栖县档案馆", date(2024, 1, 31), None),
        ("云栖县水务局", date(2024, 2, 1), "GK410"),
        ("云栖县人民政府", date(2024, 3, 31), None),
        ("云栖县人民政府", date(2024, 4, 1), "GK410"),
        # It may publish the report of its level, which has until 31 March.
        ("云栖县人民政府办公室", date(2024, 2, 1), None),
        ("云栖大学", date(2024, 3, 20), None),
        ("云栖县人民法院", date(2024, 3, 20), None),
        ("云栖县松岭镇人民政府", date(2024, 5, 1), None),
        ("云栖县档案馆", date(2023, 12, 31), "GK409"),
        ("云栖县松岭镇人民政府", date(2023, 12, 19), "GK409"),
    ],
)
def test_the_date_of_a_report(agency: str, issued: date, code: str | None) -> None:
    assert codes(on(agency=agency, issue_date=issued)) == ([code] if code else [])


@pytest.mark.parametrize(("year", "late"), [(2017, False), (2018, False), (2019, True)])
def test_the_regulations_of_2007_gave_departments_until_march(year: int, late: bool) -> None:
    form = "2014" if year < 2019 else "2019"
    report = on(year, "云栖县水务局", form, issue_date=date(year + 1, 3, 20))
    assert ("GK410" in codes(report)) == late


@pytest.mark.parametrize("year", [0, -1, 9999, 10**20])
def test_years_that_no_calendar_has(year: int) -> None:
    report = attrs.evolve(on(issue_date=date(2024, 1, 1)), year=year)
    assert {"GK409", "GK410"}.isdisjoint(codes(report))


def test_a_title_with_the_year_of_a_document_number() -> None:
    report = on(period_start=date(2023, 1, 1), period_end=date(2023, 12, 31))
    numbered = attrs.evolve(report, title="云档〔2024〕3号 云栖县档案馆2023年政府信息公开工作年度报告")
    assert codes(numbered) == []


def test_a_report_without_a_table_has_no_form() -> None:
    assert codes(attrs.evolve(on(2016), sections=())) == []


def test_a_report_with_the_table_of_another_form_is_checked() -> None:
    odd = Report("2021", proactive=gkparse.Proactive2019(), sections=WHOLE)
    assert codes(odd) == []


def test_without_a_year_no_date_is_late() -> None:
    assert codes(attrs.evolve(on(issue_date=date(2030, 1, 1)), year=None)) == []


@given(report=reports())
def test_no_report_is_too_odd_to_be_checked(report: Report) -> None:
    for found in gkparse.check(report):
        assert found.message
        assert found.message_in("zh")
        assert set(found.paths) <= {*load(report.form).fields} | {"indicators"}
