"""`gkparse.testing`: what it offers, what it refuses, and what its noises do to a line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import Phase, find, settings
from hypothesis import strategies as st

import gkparse
from gkparse.testing import NOISES, Noise, noise, renderings, reports

ONCE = settings(database=None, max_examples=200, phases=[Phase.generate, Phase.shrink])


def named(name: str) -> Noise:
    return find(noise(), lambda found: found.name == name, settings=ONCE)


@pytest.mark.parametrize("form", ["2020", "", "2008"])
def test_a_form_that_there_is_not(form: str) -> None:
    with pytest.raises(ValueError, match="there are 2021, 2019, 2014"):
        reports(form)


def test_a_form_without_sums_cannot_break_one() -> None:
    with pytest.raises(ValueError, match="no sums"):
        reports("2014", consistent=False)


def test_every_rendering_is_drawn_from() -> None:
    assert find(renderings(), bool, settings=ONCE) == gkparse.RENDERINGS[0]


def test_the_smallest_report_is_of_zeros_and_has_no_text() -> None:
    report = find(reports("2021", consistent=True), bool, settings=ONCE)
    assert {cell.value for _, cell in report.cells()} == {0}
    assert [section.text for section in report.sections] == [""] * 6
    assert report.agency is None


def test_what_breaks_a_sum_shrinks_to_one_number() -> None:
    report = find(reports("2019", consistent=False), bool, settings=ONCE)
    values = [cell.value for _, cell in report.cells()]
    assert sum(bool(value) for value in values) == 1
    assert max(value for value in values if value is not None) == 1


def test_noises_have_stable_names() -> None:
    assert len(set(NOISES)) == len(NOISES)
    assert {"no-break-spaces", "kangxi-radicals", "crlf", "page-numbers", "traditional-s2t"} < set(NOISES)
    for name in NOISES:
        assert named(name).tool


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("no-break-spaces", "规章\t0\t1 2", "规章\t\xa00\xa0\t\xa01\xa0\xa02\xa0"),
        ("ideographic-spaces", "| 0 |", "|\u30000\u3000|"),
        ("en-spaces", "0\n12\n", "0\u2002\n12\u2002\n"),
        ("trailing-spaces", "规章\n\n0", "规章  \n\n0  "),
        ("byte-order-mark", "规章", "\ufeff规章"),
        ("zero-width-characters", "件数\t0", "件数\u200b\t\u200b0"),
        ("kangxi-radicals", "二、行政", "⼆、⾏政"),
        ("crlf", "规章\n0", "规章\r\n0"),
        ("blank-lines", "规章\n0", "规章\n\n0"),
        ("bookmarks", "甲\n没有。", "[bookmark: _Hlk]甲\n[bookmark: _GoBack]没有。"),
        ("traditional-s2t", "总计", "總計"),
        ("traditional-s2tw", "总计", "總計"),
        ("traditional-s2twp", "文件", "檔案"),
        ("traditional-s2hk", "总计", "總計"),
        ("full-width-digits", "共12件\t12", "共12件\t１２"),
        ("decimal-digits", "24\t2.5", "24.0\t2.5"),
        ("thousands-separators", "1234\t999", "1,234\t999"),
        ("thousands-separators", "规章,1234,0012", '规章,"1,234",0012'),
        ("half-width-punctuation", "（一）甲，乙：", "(一)甲,乙:"),
        ("half-width-punctuation", "甲，乙,1,2,3", "甲，乙,1,2,3"),
        ("pinyin", "规章", "规(guī)章"),
        ("page-headers", "甲", "政府信息公开专栏\n甲\n政府信息公开专栏\n"),
        ("page-numbers", "甲\n" * 31, "甲\n" * 30 + "- 1 -\n甲\n\n- 2 -\n"),
        ("page-numbers", "<td>\n" * 3 + "</td>", "<td>\n" * 3 + "</td>\n- 1 -\n"),
        ("page-numbers-of-all", "甲", "甲\n第1页 共8页\n"),
        ("page-numbers-glued", "31", "31- 1 -\n"),
        ("page-breaks", "甲", "甲\n\f"),
        ("html-comments", "甲\n", "<!-- 正文开始 -->\n甲\n<!-- 正文结束 -->\n"),
    ],
)
def test_what_a_noise_does(name: str, before: str, after: str) -> None:
    assert named(name).apply(before) == after


@pytest.mark.parametrize("name", ["navigation", "portal-footer", "index-numbers"])
def test_what_stands_around_a_report_leaves_it_whole(name: str) -> None:
    assert "\n甲\n" in f"\n{named(name).apply('甲')}\n"


@pytest.mark.parametrize("name", NOISES)
def test_attributes_of_markup_stay(name: str) -> None:
    if not name.startswith(("crlf", "blank", "byte")):
        assert '<th colspan="5">' in named(name).apply('<th colspan="5">规章</th>')


def test_a_text_is_drawn_as_tools_leave_it() -> None:
    assert find(noise("总计"), lambda text: "總" in text, settings=ONCE) == "總計"


@pytest.mark.parametrize("first", ["hypothesis", "gkparse.testing", "gkparse"])
def test_the_entry_point_may_name_the_module(first: str, tmp_path: Path) -> None:
    about = tmp_path / "plugin-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: plugin\nVersion: 1\n")
    (about / "entry_points.txt").write_text("[hypothesis]\ngkparse = gkparse.testing\n")
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import {first}, hypothesis, gkparse;"
        "hypothesis.strategies.from_type(gkparse.Report).validate();"
        "sys.exit('gkparse.testing' not in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_type_alone_is_enough() -> None:
    assert isinstance(find(st.from_type(gkparse.Report), bool, settings=ONCE), gkparse.Report)


def test_nothing_else_imports_hypothesis() -> None:
    code = "import sys, gkparse; [getattr(gkparse, n) for n in gkparse.__all__]; sys.exit('hypothesis' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
