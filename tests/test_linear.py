"""What a text costs grows with its length and no faster, whatever stands in it; and no text makes `parse` hang.

Steps are counted, not timed: each call is one, and each item that a generator gives. What C does within a step is for the
clocks of `benchmarks/growth.py`, and for the texts below on which it once took hours.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from types import FrameType

import pytest

import gkparse
from gkparse import rows
from gkparse.diagnostics import MOST_ALIKE
from growing import PLACES, SHAPES, filled, repeated, report_text

_SIZE = 2_000
# Twice the text may cost so many times as much; 2 is linear, 4 quadratic.
_MOST = 2.2
_CALLS = frozenset({"call", "c_call"})
_FEW = 300
# What recurs in a hostile text, and leads through Python that could look back or ahead.
_SIGNS = (
    "12\t", "12\n", "1 ; ", "\n", "\n\t", "| ", "|\n", "+--+\n", "<td>", "<!--", "（", '"a",', '\t"a\n', '["a", ', "\\n", "三、\n", "总计\n", "总计 ",
    "总计\n1\n", "行政许可\t1\n", "行 政 许 可 ", "重复\n申请\n", "1\t2\t3\t4\t5\n", "2023年1月1日\n", "政府信息公开工作年度报告\n",
)  # fmt: skip


def steps(function: Callable[[str], object], text: str) -> int:
    """How many calls, of Python and of C, a function makes that reads a text."""
    count = 0

    def met(_frame: FrameType, event: str, _told: object) -> None:
        nonlocal count
        count += event in _CALLS

    before = sys.getprofile()
    sys.setprofile(met)
    try:
        function(text)
    except gkparse.NotAReportError:
        pass
    finally:
        sys.setprofile(before)
    return count


def growth(function: Callable[[str], object], make: Callable[[int], str], size: int = _SIZE) -> float:
    """How many times as many steps as a text one of twice the length costs."""
    one, two = make(size), make(2 * size)
    for lines in (rows._known_lines, rows._known_cells, rows._known_texts):
        lines.cache_clear()  # a full one would be emptied while steps are counted
    steps(function, two)  # what is made on first use, and remembered, is there from now on
    # A few steps more or less, where a text costs hardly any, say nothing.
    return steps(function, two) / (steps(function, one) + _FEW)


@pytest.mark.parametrize("name", SHAPES)
def test_a_document_costs_steps_in_proportion_to_its_length(name: str) -> None:
    rendering = name.removeprefix("reports in ")
    whole = rendering if rendering in gkparse.RENDERINGS else "stream"
    size = 2 * (len(report_text(whole)) + 1) if name.startswith("reports") else _SIZE
    assert growth(gkparse.parse, SHAPES[name], size) <= _MOST


@pytest.mark.parametrize("place", PLACES)
def test_a_hostile_text_costs_steps_in_proportion_to_its_length(place: str) -> None:
    size = 8_000 if "words" in place else 1_000  # there it is dealt out to many
    worst = {
        sign: times
        for sign in _SIGNS
        if (times := growth(gkparse.parse, repeated(sign, place), size)) > _MOST
    }
    assert worst == {}


def test_the_count_tells_a_quadratic_function_from_a_linear_one() -> None:
    def line(text: str) -> int:
        return sum(map(str.isdigit, text)) + sum(one == "1" for one in text)

    def square(text: str) -> int:
        return sum(one == other for one in text for other in text)

    assert growth(line, "1".__mul__, 1_000) <= _MOST
    assert growth(square, "1".__mul__, 100) > 3


# ---------------------------------------------------------------- what once took hours: no clock, but an end

_LONG = 400_000


@pytest.mark.parametrize("cell", ["1", "一", "1,", "行政", "[bookmark:"])
def test_a_long_text_in_a_cell_is_one_unreadable_value(cell: str) -> None:
    whole = report_text()
    at = whole.index("重复申请")
    start = whole.index("\t", at) + 1
    report = gkparse.parse(whole[:start] + filled(cell, _LONG) + whole[whole.index("\t", start) :])
    assert report.requests is not None
    duplicate = report.requests.outcomes.not_processed.duplicate
    assert duplicate.natural_person is None
    assert any("requests.outcomes.not_processed.duplicate" in path for found in report.diagnostics for path in found.paths)


@pytest.mark.parametrize("rendering", ["lines", "values-first"])
def test_empty_lines_without_end_are_no_cells_without_end(rendering: str) -> None:
    text = report_text(rendering)
    at = text.index("\n", text.index("规章"))
    report = gkparse.parse(text[:at] + "\n" * _LONG + text[at:])
    assert report.form == "2021"


@pytest.mark.parametrize("blank", ["\u2003", "\v", "\t", " \n"])
@pytest.mark.parametrize("word", ["联系电话", "邮政编码", "地址：", "公开机构", "请与", "1月"])
def test_blanks_without_end_behind_a_word_of_the_preamble_are_passed_over(word: str, blank: str) -> None:
    report = gkparse.parse(report_text().replace("本机关坚持", f"{word}{filled(blank, _LONG // 4)}。本机关坚持", 1))
    assert report.diagnostics == ()


def test_escaped_quotes_without_end_open_no_string_each() -> None:
    text = '["' + filled('\\"', _LONG) + "\n" + report_text()
    assert gkparse.parse(text).form == "2021"


@pytest.mark.parametrize("signs", ["<@multitable", "/12", "12——", "\\1", "&';\\\\", "\\bTABLE\\bTR[td", "<" + "\0" * 30])
def test_signs_of_formats_without_end_are_passed_over(signs: str) -> None:
    assert gkparse.parse(filled(signs, _LONG) + "\n" + report_text()).form == "2021"


def test_signs_that_part_cells_are_few_however_many_there_are() -> None:
    rows = "".join(f"{'12' + chr(sign) * 2}" * 6 + "5\n" for sign in range(0x2190, 0x2190 + 4_000) for _ in range(2))
    assert gkparse.parse(rows + report_text()).form == "2021"


def test_a_long_blank_line_in_a_text_with_bars_is_no_rule() -> None:
    text = report_text("bars").replace("\n", "\n" + " " * _LONG + "x\n", 1)
    assert gkparse.parse(text).rendering == "bars"


def test_each_of_many_reports_is_read_without_a_look_at_all_others() -> None:
    text = report_text("lines").replace("\n7365\n", "\n\n") + "\n"
    assert text.count("\n") > 250
    assert len(gkparse.parse_all(text * 3)) == 3
    assert growth(gkparse.parse_all, text.__mul__, 8) <= _MOST


# ---------------------------------------------------------------- what is kept of very many findings


@pytest.mark.parametrize(
    ("line", "code"),
    [("总计\n1\n", "GK204"), ("三、总体情况\n", "GK102")],
)
def test_of_findings_that_are_alike_a_thousand_are_kept(line: str, code: str) -> None:
    text = PLACES["in a cell of a page"](line * 5_000) if code == "GK204" else report_text() + "\n" + line * 5_000
    found = Counter((each.code, each.paths) for each in gkparse.parse(text).diagnostics)
    assert max(found.values()) == MOST_ALIKE == found[next(key for key in found if key[0] == code)]
