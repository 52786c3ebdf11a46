"""Series of reports: quiet where the years agree, and one planted fault is named exactly."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import gkparse
from building import built, distinct
from gkparse.codes import CODES
from gkparse.counts import tables
from gkparse.model import Report, Section
from gkparse.series import check_series
from gkparse.testing import reports
from layouts import PATHS, Numbers
from strategies import COLUMNS

AGENCY = "青石县水务局"
LABELS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
STOCKS = {"rules": "规章", "normative_documents": "行政规范性文件"}
STABLE = dict.fromkeys(
    ("proactive.licensing.decisions", "proactive.penalties.decisions"), 100
)  # fmt: skip
PROSE = (
    "本单位认真贯彻落实条例要求，坚持以公开为常态、不公开为例外，健全工作机制，细化公开目录，规范公开程序，"
    "加强门户网站建设，拓宽公开渠道，及时回应社会关切，切实保障公民、法人和其他组织依法获取政府信息，"
    "提高政府工作的透明度，充分发挥政府信息对人民群众生产生活和经济社会活动的服务作用，全年主动公开{}条。"
)
OTHER = (
    "今年以来，围绕水资源管理这条主线，举办河长制专题培训，向沿河村庄发放明白纸，把节水奖补、灌溉定额和"
    "工程招标的消息送到田间地头；又请老党员担任义务监督员，逐月核对公示栏，发现遗漏当场补齐，听取意见后"
    "修订了查阅点制度，窗口增设了触摸屏，方便老人查询，受到好评，共计{}次。"
)


def reported(
    numbers: Mapping[str, int | Decimal | None], year: int | None, **other: Any
) -> Report:
    return attrs.evolve(built(numbers), **{"agency": AGENCY, "year": year, **other})


def of_2019(numbers: Mapping[str, int | Decimal | None], year: int) -> Report:
    """A report of the form of 2019 with the numbers that it has a cell for."""
    paths = {field.path for field in gkparse.fields("2019")}
    known = {path: value for path, value in numbers.items() if path in paths}
    return Report(form="2019", agency=AGENCY, year=year, **tables("2019", known))


def series(years: int = 3, seed: int = 1, zeros: float = 0) -> list[Numbers]:
    """The numbers of years one after the other that go on from each other."""
    found: list[Numbers] = []
    for number in range(years):
        numbers = distinct(seed + number, zeros).but(STABLE)
        if found:
            before = found[-1]
            carried = {
                f"requests.carried_over.{column}": before[f"requests.carried_forward.{column}"]
                for column in COLUMNS
            }
            rows = [f"proactive.{name}" for name in STOCKS]
            stock = {
                f"{row}.in_force": int(before[f"{row}.in_force"] or 0)
                + int(numbers[f"{row}.issued"] or 0)
                - int(numbers[f"{row}.repealed"] or 0)
                for row in rows
            }
            numbers = numbers.but({**carried, **stock})
        found.append(numbers)
    return found


def dated(numbers: Iterable[Numbers], first: int = 2021) -> list[Report]:
    return [reported(each, year) for year, each in enumerate(numbers, first)]


def codes(found: Iterable[gkparse.Diagnostic]) -> list[str]:
    return [each.code for each in found]


def written(text: str, count: int, year: int, number: int = 5) -> Report:
    section = Section(number, "存在的主要问题及改进情况", text.replace("{}", str(count)))
    return Report(agency=AGENCY, year=year, sections=(section,))


# ---------------------------------------------------------------- a series that agrees


def test_years_that_go_on_from_each_other_have_no_finding() -> None:
    assert check_series(dated(series(4))) == ()


def test_nothing_and_one_report_have_no_finding() -> None:
    assert check_series([]) == ()
    assert check_series(iter([reported(distinct(), 2023)])) == ()


def test_the_order_of_the_reports_does_not_matter() -> None:
    years = dated(distinct(seed) for seed in range(4))
    assert check_series(years) == check_series(years[::-1]) != ()


@pytest.mark.parametrize("wrong", [[None], ["2023"], "text", [{"year": 2023}], [Report(), 1]])
def test_what_is_no_report_is_refused(wrong: Any) -> None:
    with pytest.raises(TypeError, match="compares Reports, not"):
        check_series(wrong)


# ---------------------------------------------------------------- which reports are compared

UNLIKE = (distinct(1), distinct(2))


def test_bodies_are_matched_by_their_keys() -> None:
    one, two = (reported(numbers, year) for numbers, year in zip(UNLIKE, (2022, 2023), strict=True))
    assert check_series([one, attrs.evolve(two, agency="青石縣 水務局")])
    assert check_series([one, attrs.evolve(two, agency="白石县水务局")]) == ()


def test_a_report_without_year_is_left_out() -> None:
    one, two = UNLIKE
    assert check_series([reported(one, 2022), reported(two, None)]) == ()


def test_reports_without_agency_are_one_bodys_only_among_themselves() -> None:
    one, two = UNLIKE
    nameless = [reported(one, 2022, agency=None), reported(two, 2023, agency=" ")]
    found = check_series(nameless)
    assert "GK601" in codes(found)
    assert {each.arguments["agency"] for each in found} == {"本机关"}
    assert check_series([*nameless, reported(one, 2023)]) == ()


def test_the_form_of_2014_and_unknown_forms_are_left_out() -> None:
    two = UNLIKE[1]
    for form in ("2014", "2008"):
        old = Report(form=form, agency=AGENCY, year=2022, indicators=(gkparse.Indicator("a", "b", "件", 9),))
        assert check_series([old, reported(two, 2023), attrs.evolve(old, year=2024)]) == ()


def test_findings_stand_by_body_year_and_code() -> None:
    a, b = ([reported(distinct(seed), 2020 + seed, agency=name) for seed in range(3)]
            for name in ("白石县水务局", AGENCY))
    found = check_series([*b, *a])
    order = [(each.arguments["agency"], each.arguments["year"], each.code) for each in found]
    assert order == sorted(order)
    assert len({each[0] for each in order}) == 2


# ---------------------------------------------------------------- GK601: carried over


@pytest.mark.parametrize(("column", "label"), list(zip(COLUMNS, LABELS, strict=True)))
def test_a_carry_over_that_differs_is_named_by_its_column(column: str, label: str) -> None:
    one, two, three = series()
    path = f"requests.carried_over.{column}"
    was = int(two[path] or 0)
    (finding,) = check_series(dated([one, two.but({path: was + 1}), three]))
    assert (finding.code, finding.severity, finding.paths) == ("GK601", "warning", (path,))
    assert finding.arguments == {
        "agency": AGENCY, "year": "2022", "column": label, "actual": str(was + 1), "expected": str(was),
    }  # fmt: skip
    assert label in finding.message
    assert label in finding.message_in("zh")


@pytest.mark.parametrize("blank", ["carried_over", "carried_forward"])
def test_a_blank_carry_over_is_not_compared(blank: str) -> None:
    gone = {f"requests.{blank}.{column}": None for column in COLUMNS}
    one, two = (distinct(seed).but(gone) for seed in (1, 2))
    assert "GK601" not in codes(check_series(dated([one, two])))


def test_a_gap_of_years_is_not_compared_for_what_goes_on() -> None:
    one, two = UNLIKE
    found = check_series([reported(one, 2021), reported(two, 2023)])
    assert not {"GK601", "GK602"} & set(codes(found))


def test_the_carry_over_is_compared_across_the_forms() -> None:
    one, two = series(2)
    path = "requests.carried_over.natural_person"
    after = two.but({path: int(two[path] or 0) + 2})
    assert check_series([of_2019(one, 2020), reported(two, 2021)]) == ()
    (finding,) = check_series([of_2019(one, 2020), reported(after, 2021)])
    assert (finding.code, finding.paths) == ("GK601", (path,))


def test_a_finding_stands_where_the_later_report_prints_the_cell() -> None:
    titled = [
        attrs.evolve(report, title=f"{AGENCY}{report.year}年政府信息公开工作年度报告")
        for report in dated(UNLIKE)
    ]
    one, two = (gkparse.parse(gkparse.render(report, "tika")) for report in titled)
    found = [each for each in check_series([one, two]) if each.code == "GK601"]
    assert found
    for each in found:
        assert each.span == two.locate(each.paths[0]) is not None


# ---------------------------------------------------------------- GK602: in force


@pytest.mark.parametrize(("name", "label"), list(STOCKS.items()))
def test_a_stock_that_differs_is_named(name: str, label: str) -> None:
    one, two = series(2)
    row = f"proactive.{name}"
    was = int(two[f"{row}.in_force"] or 0)
    (finding,) = check_series(dated([one, two.but({f"{row}.in_force": was - 1})]))
    assert (finding.code, finding.severity) == ("GK602", "info")
    assert finding.paths == (f"{row}.in_force", f"{row}.issued", f"{row}.repealed")
    assert finding.arguments == {
        "agency": AGENCY, "year": "2022", "label": label, "actual": str(was - 1), "expected": str(was),
    }  # fmt: skip


@pytest.mark.parametrize("blank", ["issued", "repealed", "in_force"])
def test_a_stock_with_a_blank_is_not_compared(blank: str) -> None:
    gone = {f"proactive.{name}.{blank}": None for name in STOCKS}
    one, two = series(2)
    other = {f"proactive.{name}.in_force": 1 for name in STOCKS}
    assert check_series(dated([one, two.but({**other, **gone})])) == ()


def test_what_2019_disclosed_is_no_stock() -> None:
    one, two = series(2)
    before = of_2019({**one, "proactive.rules.total_disclosed": 1}, 2020)
    assert check_series([before, reported(two, 2021)]) == ()


# ---------------------------------------------------------------- GK603: the same numbers


def same(numbers: Mapping[str, int | Decimal | None]) -> list[gkparse.Diagnostic]:
    """What is found where two years report the same."""
    both = Numbers({**dict.fromkeys(PATHS, 0), **numbers})
    found = check_series([reported(both, 2021), reported(both, 2023)])
    return [each for each in found if each.code == "GK603"]


def test_the_same_numbers_twice_are_told() -> None:
    numbers = distinct()
    (finding,) = same(numbers)
    assert finding.severity == "warning"
    assert finding.paths == ("proactive", "requests", "disputes")
    assert finding.arguments == {
        "agency": AGENCY, "year": "2023", "earlier": "2021",
        "count": str(sum(value != 0 for value in numbers.values())),
    }  # fmt: skip


def test_one_number_that_differs_is_enough() -> None:
    one = distinct()
    two = one.but({"disputes.litigation_direct.other": 0})
    assert "GK603" not in codes(check_series(dated([one, two])))


def test_cells_that_only_one_of_them_has_do_not_count() -> None:
    one = distinct()
    two = one.but({"disputes.litigation_direct.other": None})
    assert "GK603" in codes(check_series(dated([one, two])))


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ((10, 10, 10, 1, 1), True),
        ((10, 10, 10, 1, 0), False),
        ((10, 10, 9, 9, 9), False),
        ((10, 10, 10, 10, None), False),
        ((9, 9, 9, 9, 9), False),
    ],
)
def test_few_and_small_numbers_may_be_the_same_by_chance(
    numbers: tuple[int | None, ...], told: bool
) -> None:
    five = [path for path in PATHS if path.startswith("requests.outcomes.denied.") and "natural" in path]
    assert bool(same(dict(zip(five, numbers, strict=False)))) == told


ENOUGH = dict(zip(("issued", "repealed"), (12, 3), strict=True))
FOUR = {
    **{f"proactive.normative_documents.{name}": value for name, value in ENOUGH.items()},
    "proactive.licensing.decisions": 40, "proactive.penalties.decisions": 50,
}  # fmt: skip


@pytest.mark.parametrize(
    ("path", "counts"),
    [
        ("proactive.compulsory_measures.decisions", True),
        ("proactive.fees.amount", True),
        ("requests.outcomes.granted.natural_person", True),
        ("disputes.reconsideration.upheld", True),
        # stocks
        ("proactive.rules.in_force", False),
        ("requests.carried_over.natural_person", False),
        ("requests.carried_forward.natural_person", False),
        ("disputes.reconsideration.pending", False),
        # sums, and what was counted before
        ("requests.received.natural_person", False),
        ("requests.outcomes.total.natural_person", False),
        ("requests.outcomes.granted.total", False),
        ("disputes.reconsideration.total", False),
        ("disputes.litigation_after_reconsideration.upheld", False),
    ],
)
def test_stocks_and_what_was_counted_before_do_not_count(path: str, counts: bool) -> None:
    assert bool(same({**FOUR, path: 30})) == counts


def test_items_of_2019_that_did_not_change_do_not_count() -> None:
    rows = ("licensing", "other_services", "penalties", "compulsory_measures", "fees")
    stocks = {f"proactive.{row}.items_last_year": 90 for row in rows}
    stocks |= {f"proactive.{row}.items_change": 0 for row in rows}
    stocks |= {"proactive.rules.total_disclosed": 30, "proactive.normative_documents.total_disclosed": 44}
    few = {"proactive.normative_documents.produced": 12, "proactive.normative_documents.newly_disclosed": 12,
           "proactive.licensing.decisions": 40}  # fmt: skip
    more = {f"proactive.{row}.decisions": 17 for row in rows[1:4]}
    blank = dict.fromkeys((field.path for field in gkparse.fields("2019")), 0)
    for numbers, told in (({**stocks, **few}, []), ({**stocks, **few, **more}, ["GK603"])):
        years = [of_2019({**blank, **numbers}, year) for year in (2019, 2020)]
        assert codes(check_series(years)) == told


def test_a_small_report_of_two_like_years_is_not_accused() -> None:
    requests = {f"requests.{row}.{column}": 1 for row in ("received", "outcomes.granted", "outcomes.total")
                for column in ("natural_person", "total")}  # fmt: skip
    assert not same({
        **requests, "proactive.normative_documents.in_force": 3, "proactive.licensing.decisions": 2,
        "proactive.penalties.decisions": 1,
    })  # fmt: skip


def test_one_request_a_year_that_was_granted_is_no_repetition() -> None:
    rows = ("received", "outcomes.granted", "outcomes.total")
    assert not same({f"requests.{row}.{col}": 1 for row in rows for col in ("natural_person", "total")})


def test_the_same_numbers_in_two_forms_are_not_told() -> None:
    numbers = distinct()
    assert "GK603" not in codes(check_series([of_2019(numbers, 2020), reported(numbers, 2021)]))


# ---------------------------------------------------------------- GK604: the same prose


@pytest.mark.parametrize("number", [1, 5])
def test_prose_that_was_copied_but_for_its_numbers_is_told(number: int) -> None:
    (finding,) = check_series([written(PROSE, 12, 2022, number), written(PROSE, 345, 2023, number)])
    assert (finding.code, finding.severity, finding.paths) == ("GK604", "warning", ())
    assert finding.arguments == {
        "agency": AGENCY, "year": "2023", "earlier": "2022", "label": "存在的主要问题及改进情况",
        "share": "100",
    }  # fmt: skip


def test_years_white_space_and_punctuation_are_no_difference() -> None:
    one = written("2022年，" + PROSE, 12, 2022)
    two = written("二〇二三年度\n" + PROSE.replace("，", " ， ").replace("。", "\n"), 7, 2023)
    assert codes(check_series([one, two])) == ["GK604"]


def test_a_share_is_told_as_it_is() -> None:
    (finding,) = check_series([
        written(PROSE, 12, 2022), written(PROSE.replace("透明度", "公信力"), 12, 2023)
    ])  # fmt: skip
    assert 90 <= int(finding.arguments["share"]) < 100


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (PROSE, OTHER),
        (PROSE, PROSE + OTHER),
        (PROSE[:60], PROSE[:60]),
        ("１２３，四五六。" * 40, "１２３，四五六。" * 40),
        ("", ""),
    ],
)
def test_other_and_short_prose_is_not(one: str, two: str) -> None:
    assert check_series([written(one, 1, 2022), written(two, 1, 2023)]) == ()


@pytest.mark.parametrize("number", [2, 3, 4, 6, 7])
def test_prose_beside_the_tables_and_section_six_are_not_compared(number: int) -> None:
    assert check_series([written(PROSE, 1, year, number) for year in (2022, 2023)]) == ()


@pytest.mark.parametrize("title", ["其他需要报告的事项", "其它需要报告的事项"])
def test_section_six_is_not_compared_under_another_number(title: str) -> None:
    years = [written(PROSE, 1, year) for year in (2022, 2023)]
    assert check_series([
        attrs.evolve(report, sections=(attrs.evolve(report.sections[0], title=title),))
        for report in years
    ]) == ()  # fmt: skip


def test_copied_prose_has_its_place() -> None:
    later = attrs.evolve(written(PROSE, 1, 2023), source="五、存在的主要问题\n" + PROSE.format(1))
    (finding,) = check_series([written(PROSE, 1, 2022), later])
    assert finding.span is not None
    assert later.source is not None
    assert later.source[finding.span.start : finding.span.end] == PROSE.format(1)


# ---------------------------------------------------------------- GK605: jumps


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("proactive.licensing.decisions", "行政许可"),
        ("proactive.penalties.decisions", "行政处罚"),
        ("requests.received.total", "一、本年新收政府信息公开申请数量"),
        ("requests.outcomes.total.total", "（七）总计"),
    ],
)
@pytest.mark.parametrize("old", [False, True])
def test_a_jump_is_told(path: str, label: str, old: bool) -> None:
    one, two = Numbers({path: 10}), Numbers({path: 51})
    before = of_2019(one, 2020) if old else reported(one, 2020)
    (finding,) = check_series([before, reported(two, 2022)])
    assert (finding.code, finding.severity, finding.paths) == ("GK605", "info", (path,))
    assert finding.arguments == {
        "agency": AGENCY, "year": "2022", "earlier": "2020", "label": label, "actual": "51",
        "expected": "10",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("one", "two", "jumps"),
    [
        (10, 50, False), (50, 10, False), (51, 10, True), (10, 51, True), (9, 49, False), (1, 49, False),
        (0, 50, True), (50, 0, True), (0, 49, False), (None, 900, False), (900, None, False), (0, 0, False),
    ],
)  # fmt: skip
def test_where_a_jump_begins(one: int | None, two: int | None, jumps: bool) -> None:
    path = "requests.received.total"
    found = check_series(dated([Numbers({path: one}), Numbers({path: two})]))
    assert codes(found) == ["GK605"] * jumps


# ---------------------------------------------------------------- GK606: a year twice


def test_two_reports_of_one_year_that_differ_are_told_and_not_compared() -> None:
    one, two, three = series()
    wrong = two.but({"requests.carried_over.total": 0})
    reports_ = [*dated([one, two, three]), reported(wrong, 2022)]
    (finding,) = check_series(reports_)
    assert (finding.code, finding.severity, finding.paths) == ("GK606", "warning", ())
    assert finding.arguments == {"agency": AGENCY, "year": "2022", "count": "2"}


def test_the_same_report_twice_is_one() -> None:
    years = dated(series())
    assert check_series([*years, *years]) == ()


def test_of_two_reports_that_agree_the_fuller_is_compared() -> None:
    one, two = series(2)
    wrong = two.but({"requests.carried_over.total": 0})
    less = wrong.but({"requests.carried_over.total": None})
    assert codes(check_series([*dated([one, less]), reported(wrong, 2022)])) == ["GK601"]


@pytest.mark.parametrize("agency", ["城关镇人民政府", "红旗街道办事处", "鼓楼区水务局", None, " "])
def test_reports_of_two_places_of_one_name_are_not_held_against_each_other(agency: str | None) -> None:
    here, there = dated(series(seed=1)), dated(series(seed=20))
    alike = [attrs.evolve(each, agency=agency) for each in (*here, *there)]
    assert check_series(alike) == ()
    assert check_series(alike[:4]) == ()  # one year of the other place says that there are two
    assert check_series(alike[:3]) == ()
    changed = attrs.evolve(alike[1], requests=alike[4].requests)
    assert "GK601" in codes(check_series([alike[0], changed, alike[2]]))


def test_a_town_below_its_county_is_one_body() -> None:
    one, two = UNLIKE
    both = [reported(numbers, 2023, agency="青石县城关镇人民政府") for numbers in (one, two)]
    assert codes(check_series(both)) == ["GK606"]


# ---------------------------------------------------------------- a key of the caller's


def test_a_key_says_which_reports_are_of_one_body() -> None:
    places = {"a": dated(series(seed=1)), "b": dated(series(seed=20))}
    coded = {
        id(report): place for place, years in places.items() for report in years
    }
    every = [report for years in places.values() for report in years]
    assert {each.code for each in check_series(every)} == {"GK606"}
    assert check_series(every, key=lambda report: coded[id(report)]) == ()
    assert check_series(every, key=lambda _: None) == ()


def test_with_a_key_names_do_not_matter() -> None:
    one, two = UNLIKE
    for agency in ("城关镇人民政府", None):
        both = [reported(numbers, 2023, agency=agency) for numbers in (one, two)]
        (finding,) = check_series(both, key=lambda _: "330100")
        assert (finding.code, finding.arguments["agency"]) == ("GK606", agency or "本机关")
    renamed = [reported(one, 2022, agency="青石县国土资源局"), reported(two, 2023, agency=None)]
    assert "GK601" in codes(check_series(renamed, key=lambda _: "330100"))
    assert check_series(renamed) == ()


def test_a_key_of_none_leaves_a_report_out() -> None:
    one, two, three = dated(series())
    wrong = reported(distinct(9), 2022)
    assert check_series([one, two, wrong, three], key=lambda each: None if each is wrong else "") == ()


# ---------------------------------------------------------------- in general


@pytest.mark.parametrize(
    "value", [Decimal("NaN"), Decimal("sNaN"), Decimal("-Infinity"), Decimal("9E+999999"), 10**5000],
    ids=("nan", "snan", "infinite", "high", "long"),
)
def test_what_is_no_number_is_not_compared(value: Any) -> None:
    odd = dict.fromkeys((
        "proactive.fees.amount", "proactive.rules.in_force", "requests.received.total",
        "requests.carried_over.total",
    ), value)  # fmt: skip
    one, two, three = series()
    assert check_series(dated([one.but(odd), two, three])) == ()
    assert check_series(dated([one, two.but(odd), three])) == ()
    assert check_series([*dated([one, two, three]), reported(two.but(odd), 2022)]) == ()


@pytest.mark.parametrize("year", [0, -1, 10_000, 10**20, 10**5000], ids=range(5))
def test_a_year_that_is_none_is_left_out(year: int) -> None:
    one, two = UNLIKE
    assert check_series([reported(one, year), reported(two, year + 1), reported(two, year)]) == ()


def test_a_table_of_another_form_is_not_compared() -> None:
    proactive = of_2019(dict.fromkeys(PATHS, 100), 2020).proactive
    one, two = series(2)
    assert check_series([reported(one, 2021), reported(two, 2022, proactive=proactive)]) == ()


@given(seed=st.integers(0, 999), years=st.integers(1, 4), zeros=st.sampled_from([0, 0.5, 1]), data=st.data())
def test_one_planted_fault_in_a_series_is_the_one_that_is_named(
    seed: int, years: int, zeros: float, data: st.DataObject
) -> None:
    numbers = series(years + 1, seed, zeros)
    watched = {"GK601", "GK602", "GK606"}
    assert not watched & set(codes(check_series(dated(numbers))))
    at = data.draw(st.integers(1, years))
    row = data.draw(st.sampled_from([f"requests.carried_over.{column}" for column in COLUMNS]
                                    + [f"proactive.{name}.issued" for name in STOCKS]))
    numbers[at] = numbers[at].but({row: int(numbers[at][row] or 0) + data.draw(st.integers(1, 9))})
    (finding,) = [each for each in check_series(dated(numbers)) if each.code in watched]
    assert row in finding.paths
    assert finding.arguments["year"] == str(2021 + at)


@given(every=st.lists(reports() | st.builds(
    Report, form=st.sampled_from(("2021", "2019", "2014", "x")), year=st.none() | st.integers(-1, 3),
    agency=st.none() | st.text(max_size=3) | st.just(AGENCY),
    proactive=st.sampled_from((None, gkparse.Proactive2019(), gkparse.Proactive2021())),
), max_size=6), one=st.booleans())  # fmt: skip
def test_any_reports_are_compared_and_every_message_is_whole(every: list[Report], one: bool) -> None:
    if one:
        every = [attrs.evolve(report, agency=AGENCY) for report in every]
    found = check_series(every)
    for each in found:
        assert each.severity == CODES[each.code].severity
        assert all(isinstance(value, str) for value in each.arguments.values())
        assert each.message
        assert each.message_in("zh")
    assert {(f.code, f.paths, f.arguments["year"]) for f in found} == {
        (f.code, f.paths, f.arguments["year"]) for f in check_series(reversed(every))
    }


def test_the_work_grows_with_the_number_of_reports_alone() -> None:
    chance = random.Random(1)  # noqa: S311
    names = [f"{chance.choice('东南西北')}{chance.choice('山水石林')}{at}县水务局" for at in range(200)]
    several = [reported(distinct(), year, agency=name) for name in names for year in range(2019, 2024)]
    started = time.perf_counter()
    check_series(several)
    assert time.perf_counter() - started < 20
