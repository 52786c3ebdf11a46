"""`detect`: the form, the layout and the number of reports, without reading one."""

from __future__ import annotations

import random

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import gkparse
from building import distinct
from expectations import REPORTS, pairs, source_of
from families import FAMILIES, Page
from gkparse.form import load
from layouts import HEADINGS, LAYOUTS, PATHS, printed, write
from test_2019 import numbers as numbers_of_2019
from test_parsing import ARTICLE, BLANK, STATUTE

CELLS = printed(distinct())
CELLS_2019 = {path: str(value) for path, value in numbers_of_2019("2019", combined=True).items()}

RENDERINGS = {
    "asciidoc": "asciidoc", "bar-rows": "bars", "box": "grid", "cell-bars": "lines",
    "cell-lines": "lines", "csv": "commas", "fixed-narrow": "columns", "fixed-right": "columns",
    "fixed-wide": "columns", "frame": "columns", "html": "html", "lists": "lists",
    "markdown": "markdown", "mediawiki": "mediawiki", "one-line": "stream", "pdf-lines": "columns",
    "values-first": "columns",
}
SEEDS = {
    "tika-broken": "tika", "tika-tall": "tika", "lines": "lines", "tabs-shifted": "tabs",
    "tabs-short": "tabs",
}
TEXTS = [source_of(text) for folder in (REPORTS, REPORTS / "diagnostics")
         for text, _ in pairs(folder)]
LABELS = [
    *(title.label for title in load("2021").sections),
    *(row.label for row in load("2014").indicators),
    *(part for form in ("2021", "2019") for field in gkparse.fields(form)
      for part in field.label.split(" > ")),
]
each_family = pytest.mark.parametrize("family", sorted(FAMILIES))

NEWS = """水务局召开政府信息公开工作年度会议
1月12日，水务局召开会议，总结2023年政府信息公开工作，部署2024年任务。
会议指出，全年主动公开政府信息128条，收到和处理政府信息公开申请16件，没有行政复议、行政诉讼。
会议要求，一要抓好主动公开，二要规范依申请公开，三要在3月31日前公布年度报告。
"""

NOTICE = """关于做好2023年政府信息公开工作年度报告编制工作的通知
各科室：
按《中华人民共和国政府信息公开条例》第四十九条，请于1月20日前报送以下材料。
一、总体情况不超过800字，包括主动公开、依申请公开、监督保障三个方面。
二、表格中没有数值的，填写“0”，不要留空；各列的勾稽关系为第一项加第二项之和，等于第三项加第四项之和。
三、联系电话：0100-5550123。
"""

GUIDE = """青石县水务局政府信息公开指南
一、公开范围
（一）机构职能；（二）法规文件；（三）水位数据。
二、申请办法
1.填写申请表。2.当面、邮寄或者网上提交。3.20个工作日内答复。
三、行政复议、行政诉讼
认为政府信息公开工作侵犯合法权益的，可以在60日内申请行政复议，或者在6个月内提起行政诉讼。
"""


def detected(text: str) -> tuple[str, str, int]:
    found = gkparse.detect(text)
    assert found is not None
    return found.form, found.rendering, found.reports


# ---------------------------------------------------------------- what it finds


def test_every_family_is_told_of_here() -> None:
    assert set(RENDERINGS) == set(FAMILIES)
    assert set(SEEDS) == set(LAYOUTS)


@each_family
def test_a_family_and_the_form_of_2021_are_told(family: str) -> None:
    assert detected(FAMILIES[family](Page(CELLS))) == ("2021", RENDERINGS[family], 1)


@each_family
def test_a_family_and_the_form_of_2019_are_told(family: str) -> None:
    page = Page(CELLS_2019, form="2019")
    assert detected(FAMILIES[family](page)) == ("2019", RENDERINGS[family], 1)


@each_family
def test_zeros_alone_are_told_as_well(family: str) -> None:
    page = Page(dict.fromkeys(PATHS, "0"))
    assert detected(FAMILIES[family](page)) == ("2021", RENDERINGS[family], 1)


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_the_layouts_of_the_seeds_are_told(layout: str) -> None:
    assert detected(write(layout, CELLS)) == ("2021", SEEDS[layout], 1)


@each_family
def test_the_family_is_the_one_that_the_report_says_too(family: str) -> None:
    text = FAMILIES[family](Page(CELLS))
    assert gkparse.parse(text).rendering == RENDERINGS[family]


@pytest.mark.parametrize("between", ["", "\n\n附：另一份报告。\n\n"], ids=["nothing", "prose"])
@pytest.mark.parametrize("reports", [2, 3])
@each_family
def test_reports_one_after_the_other_are_counted(family: str, reports: int, between: str) -> None:
    text = between.join([FAMILIES[family](Page(CELLS))] * reports)
    assert detected(text)[2] == reports == len(gkparse.parse_all(text))


@each_family
def test_the_lines_around_a_report_change_nothing(family: str) -> None:
    text = FAMILIES[family](Page(CELLS))
    assert detected(f"{GUIDE}\n{text}\n{NEWS}") == ("2021", RENDERINGS[family], 1)


@pytest.mark.parametrize("end", ["\r\n", "\n\n"], ids=["windows", "doubled"])
def test_other_line_ends_change_nothing(end: str) -> None:
    text = FAMILIES["bar-rows"](Page(CELLS)).replace("\n", end)
    assert detected(text) == ("2021", "bars", 1)


def test_a_statistics_table_of_2014_is_told() -> None:
    rows = "\n".join(f"{row.label}\t{row.unit or '——'}\t7" for row in load("2014").indicators)
    found = gkparse.detect(f"青石县水务局2016年政府信息公开工作年度报告\n统计指标\t单位\t统计数\n{rows}\n")
    assert found is not None
    assert (found.form, found.reports) == ("2014", 1)


def test_the_year_of_the_title_decides_nothing() -> None:
    text = FAMILIES["bar-rows"](Page(CELLS))
    for year in (2008, 2016, 2019, 2031):
        assert detected(text.replace("2023", str(year))) == ("2021", "bars", 1)


def test_what_is_detected_is_a_value() -> None:
    text = FAMILIES["csv"](Page(CELLS))
    one, two = gkparse.detect(text), gkparse.detect(text)
    assert one == two == gkparse.Detection("2021", "commas", 1)
    assert hash(one) == hash(two)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        one.form = "2019"  # type: ignore[misc]


# ---------------------------------------------------------------- what is none


@pytest.mark.parametrize(
    "text",
    ["", " \n\t\n", "今日天气晴", "1\n2\n3\n", ARTICLE, STATUTE, ARTICLE * 40, BLANK, NEWS, NOTICE,
     GUIDE, NEWS + NOTICE + GUIDE, HEADINGS[0], "\n".join(HEADINGS), "\n无\n".join(HEADINGS),
     "政府信息公开\n" * 5000, "政府信息公开年报" + "0" * 100_000, "政府信息公开{}", "政府信息公开\x00\ud800",
     "<html>政府信息公开</html>", "政府信息公开" + "\t1" * 10_000, "政府信息公开\n" + "|" * 10_000,
     "政府信息公开" + "[" * 5000, "政府信息公开<td" * 3000, '政府信息公开\n"' + '",' * 5000],
    ids=["empty", "white", "weather", "numbers", "article", "statute", "long-article",
         "blank-table", "news", "notice", "guide", "all-three", "heading", "headings",
         "headings-filled", "word", "digits", "json", "surrogate", "html", "tabs", "bars",
         "brackets", "tags", "quotes"],
)
def test_what_holds_no_table_with_values_is_none(text: str) -> None:
    assert gkparse.detect(text) is None


@pytest.mark.parametrize("family", sorted(set(FAMILIES) - {"frame"}))
@pytest.mark.parametrize("form", ["2021", "2019"])
def test_a_blank_form_is_none(family: str, form: str) -> None:
    cells = dict.fromkeys(CELLS if form == "2021" else CELLS_2019, "")
    assert gkparse.detect(FAMILIES[family](Page(cells, form=form))) is None


@pytest.mark.parametrize("given", [b"", b"\xe4", None, 3, ["text"], object], ids=repr)
def test_only_text_is_looked_at(given: object) -> None:
    with pytest.raises(TypeError, match=f"takes a str, not {type(given).__name__}"):
        gkparse.detect(given)  # type: ignore[arg-type]


# ---------------------------------------------------------------- any text

SIGN = "政府信息公开"


def agrees(text: str) -> None:
    """What is detected in a text that names its subject is what `parse` makes of it."""
    found = gkparse.detect(text)
    try:
        report = gkparse.parse(text)
    except gkparse.NotAReportError:
        report = None
    if SIGN in text and report and (report.proactive or report.requests or report.disputes):
        assert found is not None
    if found is not None and report is not None:
        assert (found.form, found.rendering) == (report.form, report.rendering)
        counts = [each.arguments["count"] for each in report.diagnostics if each.code == "GK104"]
        assert counts == ([str(found.reports)] if found.reports > 1 else [])


@given(text=st.text())
def test_no_text_makes_it_raise(text: str) -> None:
    agrees(text)
    agrees(SIGN + text)


@given(
    cells=st.lists(st.sampled_from(LABELS) | st.integers(0, 99).map(str) | st.text(max_size=3),
                   max_size=80),
    apart=st.sampled_from(["\t", "\n", "\n\t", " ", " | ", "\n\n", ","]),
)
def test_labels_and_numbers_in_any_order_agree_with_parse(cells: list[str], apart: str) -> None:
    agrees(apart.join([SIGN, *cells]))


@given(text=st.sampled_from(TEXTS), start=st.floats(0, 1), end=st.floats(0, 1))
def test_any_stretch_of_a_report_agrees_with_parse(text: str, start: float, end: float) -> None:
    agrees(f"{SIGN}\n{text[int(len(text) * start) : int(len(text) * end)]}")


@given(text=st.sampled_from(TEXTS), seed=st.integers(0, 2**32))
def test_lines_in_any_order_agree_with_parse(text: str, seed: int) -> None:
    lines = text.split("\n")
    random.Random(seed).shuffle(lines)  # noqa: S311
    agrees("\n".join([SIGN, *lines]))


@given(one=st.sampled_from(TEXTS), two=st.sampled_from(TEXTS), cut=st.floats(0, 1))
def test_two_reports_run_together_agree_with_parse(one: str, two: str, cut: float) -> None:
    agrees(SIGN + "\n" + one[: int(len(one) * cut)] + two)


@pytest.mark.parametrize("text", TEXTS)
def test_every_report_of_the_tests_is_detected(text: str) -> None:
    agrees(f"{SIGN}\n{text}")


def test_lines_are_told_where_a_few_of_them_hold_several_cells() -> None:
    text = "二、主动公开政府信息情况\n行政许可 7 行政处罚 8\n行政强制 9 行政事业性收费 0\n规章\n1\n2\n3\n行政规范性文件\n4\n5\n6\n"
    found = gkparse.detect(text)
    assert found is not None
    assert found.rendering == "lines"
