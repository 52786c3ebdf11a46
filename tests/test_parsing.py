"""`parse`: what it refuses, what it makes of damaged reports, and strict mode."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

import gkparse
from accounting import alarms, misread
from building import distinct
from gkparse import NotAReportError, ParseError
from layouts import HEADINGS, PATHS, printed, write

NUMBERS = distinct()
LAYOUTS = ["tika-broken", "lines", "tabs-shifted", "tika-tall"]

ARTICLE = """县里今年怎样公开政府信息？记者走访了水务局。
局长说，主动公开政府信息情况比去年好，全年登出128条；收到申请16件，都答复了。
行政许可有71件，行政处罚有8件，都能在网上查到。存在的主要问题是水位数据更新慢。
"""

STATUTE = """第十九条 对涉及公众利益调整的信息，机关要主动公开。
第二十条 机关要按前条主动公开本机关的下列信息：
（一）规章和规范性文件；
（五）办理行政许可的依据、条件、程序以及结果；
（六）行政处罚、行政强制的依据、条件、程序；
（八）行政事业性收费项目及其依据、标准；
第三十六条 对申请，机关分别答复：（一）予以公开；（二）部分公开；（三）不予公开。
"""

BLANK = "\n".join((
    *HEADINGS[1:2], "第二十条第（一）项", "信息内容\t本年制发件数\t本年废止件数\t现行有效件数",
    "规章\t\t\t", "行政规范性文件\t\t\t",
))


@pytest.mark.parametrize("given", [b"", b"\xe4\xb8\x80", None, 3, ["text"], object], ids=repr)
def test_only_text_is_parsed(given: object) -> None:
    with pytest.raises(TypeError, match=f"takes a str, not {type(given).__name__}"):
        gkparse.parse(given)  # type: ignore[arg-type]


def test_strict_is_given_by_name() -> None:
    assert str(inspect.signature(gkparse.parse)) == "(text: 'str', *, strict: 'bool' = False) -> 'Report'"


@pytest.mark.parametrize(
    "text",
    ["", " \n\t\n", "今日天气晴", "1\n2\n3\n", ARTICLE, STATUTE, ARTICLE * 40, BLANK,
     HEADINGS[0], "\n".join(HEADINGS[:2]), "x" * 100_000, "{}", "<html></html>"],
    ids=["empty", "white", "weather", "numbers", "article", "statute", "long", "blank-form",
         "heading", "two-headings", "letters", "json", "html"],
)
def test_what_is_no_report_is_refused_with_what_was_looked_for(text: str) -> None:
    with pytest.raises(NotAReportError) as caught:
        gkparse.parse(text)
    assert "official tables" in str(caught.value)
    assert "headings" in str(caught.value)


def test_a_report_without_numbers_is_no_report_or_says_that_its_tables_are_lost() -> None:
    text = write("tika-tall", dict.fromkeys(PATHS, ""))
    report = gkparse.parse(text)
    assert all(report.value(path) is None for path in PATHS)
    lost = {path for found in alarms(report) for path in found.paths}
    assert lost == {"proactive", "requests", "disputes"}


def test_a_report_of_headings_alone_has_no_tables_and_says_so() -> None:
    report = gkparse.parse("\n无\n".join(HEADINGS) + "\n无\n")
    assert (report.proactive, report.requests, report.disputes) == (None, None, None)
    assert [(found.code, found.paths) for found in alarms(report)] == [
        ("GK103", ("proactive",)), ("GK103", ("requests",)), ("GK103", ("disputes",)),
    ]
    assert [section.number for section in report.sections] == [1, 2, 3, 4, 5, 6]


# ---------------------------------------------------------------- truncated and damaged


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(("heading", "lost"), [
    (1, ("proactive", "requests", "disputes")), (2, ("requests", "disputes")), (3, ("disputes",)),
])
def test_a_text_that_ends_before_a_table_has_none_there(
    layout: str, heading: int, lost: tuple[str, ...]
) -> None:
    text = write(layout, printed(NUMBERS))
    heads = {1: "二", 2: "三", 3: "四"}
    found = re.search(rf"^{heads[heading]}、.*情[况況]$", text, re.MULTILINE)
    assert found is not None
    cut = found.start()
    try:
        report = gkparse.parse(text[:cut])
    except NotAReportError:
        assert heading == 1
        return
    assert misread(report, {
        path: None if path.startswith(lost) else value for path, value in NUMBERS.items()
    }) == []
    flagged = {path for found in alarms(report) for path in found.paths}
    assert flagged == set(lost)
    assert all(getattr(report, table) is None for table in lost)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_text_that_ends_within_a_table_keeps_what_it_has(layout: str) -> None:
    text = write(layout, printed(NUMBERS))
    span = gkparse.parse(text).locate("requests.outcomes.unavailable.not_held.total")
    assert span is not None
    report = gkparse.parse(text[: span.end] + "\n")
    kept = PATHS[: PATHS.index("requests.outcomes.unavailable.not_held.total") + 1]
    assert misread(report, {path: NUMBERS[path] if path in kept else None for path in PATHS}) == []
    rows = {path.rpartition(".")[0] for path in PATHS if path not in kept} - {
        path.rpartition(".")[0] for path in PATHS if path.startswith("disputes.")
    }
    # One row may stand for those of this group, so that it is missing as well.
    rows.add("requests.outcomes.other_handling")
    assert {path for found in alarms(report) for path in found.paths} == {*rows, "disputes"}
    assert {found.code for found in alarms(report)} == {"GK201", "GK103"}
    assert report.cell("requests.carried_forward.total").status == "missing"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_last_number_of_a_text_that_breaks_off_is_flagged(layout: str) -> None:
    text = write(layout, printed(NUMBERS))
    path = "requests.outcomes.unavailable.not_held.total"
    span = gkparse.parse(text).locate(path)
    assert span is not None
    cut = text[: span.end - 1]
    whole, half = gkparse.parse(cut + "\n"), gkparse.parse(cut)
    assert [found for found in whole.diagnostics if found.code == "GK218"] == []
    (found,) = [found for found in half.diagnostics if found.code == "GK218"]
    assert found.paths == (path.rpartition(".")[0],)
    assert found.span is not None
    assert (found.span.start, found.span.end) == (span.start, len(cut))
    others = [(each.code, each.paths) for each in half.diagnostics if each != found]
    assert others == [(each.code, each.paths) for each in whole.diagnostics]
    assert half == whole


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_report_that_is_whole_may_end_without_a_line_end(layout: str) -> None:
    text = write(layout, printed(NUMBERS))
    last = gkparse.parse(text).locate("disputes.litigation_after_reconsideration.total")
    assert last is not None
    assert alarms(gkparse.parse(text[: last.end])) == []


def test_a_row_missing_of_three_that_one_may_stand_for_names_itself_alone() -> None:
    row = "requests.outcomes.other_handling.fee_overdue"
    text = write("tabs-shifted", printed(NUMBERS)).split("\n")
    (at,) = [at for at, line in enumerate(text) if "2. 申请人逾期未按" in line]
    report = gkparse.parse("\n".join(text[:at] + text[at + 1 :]))
    assert [(found.code, found.paths) for found in alarms(report)] == [("GK201", (row,))]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_row_that_is_lost_is_named(layout: str) -> None:
    row = "requests.outcomes.denied.third_party_rights"
    text = write(layout, printed(NUMBERS))
    report = gkparse.parse(text)
    first, last = report.locate(f"{row}.natural_person"), report.locate(f"{row}.total")
    before = report.locate("requests.outcomes.denied.security_and_stability.total")
    assert first is not None
    assert last is not None
    assert before is not None
    damaged = gkparse.parse(text[: before.end] + text[last.end :])
    assert misread(damaged, NUMBERS.but({
        path: None for path in PATHS if path.startswith(f"{row}.")
    })) == []
    assert [(found.code, found.paths) for found in alarms(damaged)] == [("GK201", (row,))]


def test_a_lost_label_among_the_other_handling_is_not_taken_for_the_one_row_form() -> None:
    text = write("lines", printed(NUMBERS)).split("\n")
    (label,) = [at for at, line in enumerate(text) if line.startswith("1.申請人無正當理由")]
    report = gkparse.parse("\n".join(text[:label] + text[label + 1 :]))
    flagged = {path for found in alarms(report) for path in found.paths}
    row = "requests.outcomes.other_handling.correction_overdue"
    assert report.value(f"{row}.total") == NUMBERS[f"{row}.total"] or row in flagged


def test_a_value_on_a_line_of_its_own_is_placed_by_order() -> None:
    report = gkparse.parse(write("lines", printed(NUMBERS)))
    assert report.cell("requests.received.total").status == "aligned"
    assert report.cell("requests.received.total").printed == str(NUMBERS["requests.received.total"])
    report = gkparse.parse(write("tika-tall", printed(NUMBERS)))
    assert report.cell("requests.received.total").status == "printed"


# ---------------------------------------------------------------- strict


@pytest.mark.parametrize("layout", LAYOUTS)
def test_strict_gives_the_report_where_nothing_is_wrong(layout: str) -> None:
    text = write(layout, printed(NUMBERS))
    assert gkparse.parse(text, strict=True) == gkparse.parse(text)


def test_strict_raises_with_all_the_diagnostics() -> None:
    text = write("tika-broken", printed(NUMBERS.but({"disputes.litigation_direct.total": 1})))
    report = gkparse.parse(text)
    with pytest.raises(ParseError) as caught:
        gkparse.parse(text, strict=True)
    assert caught.value.diagnostics == report.diagnostics
    (error,) = [found for found in report.diagnostics if found.severity == "error"]
    assert error.message in str(caught.value)
    assert "GK304" in str(caught.value)


def test_strict_lets_warnings_pass() -> None:
    text = write("tabs-short", printed(NUMBERS))
    report = gkparse.parse(text, strict=True)
    assert {found.severity for found in alarms(report)} == {"warning"}


def test_strict_refuses_no_report_as_ever() -> None:
    with pytest.raises(NotAReportError):
        gkparse.parse("今日天气晴", strict=True)


# ---------------------------------------------------------------- what is never silent


@pytest.mark.parametrize("printed_", ["-5", "减5", "7.5", "1O", "3-5", "7?1", "1 234", "十二"])
def test_a_count_that_is_no_count_is_flagged_or_a_mark(printed_: str) -> None:
    text = write("tika-tall", printed(NUMBERS) | {"proactive.licensing.decisions": printed_})
    flagged = {path for found in alarms(gkparse.parse(text)) for path in found.paths}
    assert flagged & {"proactive.licensing.decisions", "proactive.licensing"}


@pytest.mark.parametrize(
    ("printed_", "value"), [("1,234", 1234), ("１２３", 123), ("12件", 12), (" 7 ", 7), ("24.0", 24)]
)
def test_a_count_in_other_spellings_is_read_and_not_flagged(printed_: str, value: int) -> None:
    text = write("tika-tall", printed(NUMBERS) | {"proactive.licensing.decisions": printed_})
    report = gkparse.parse(text)
    cell = report.cell("proactive.licensing.decisions")
    assert cell.value == value
    assert type(cell.value) is int
    assert cell.printed == printed_.strip()
    assert alarms(report) == []


def test_the_same_text_is_read_the_same_way_twice() -> None:
    text = write("lines", printed(NUMBERS))
    one, two = gkparse.parse(text), gkparse.parse(text)
    assert one == two
    assert one.diagnostics == two.diagnostics
    assert dict(one.cells()) == dict(two.cells())


@pytest.mark.parametrize("layout", LAYOUTS)
def test_line_ends_of_windows_change_nothing(layout: str) -> None:
    text = write(layout, printed(NUMBERS)).replace("\n", "\r\n")
    report = gkparse.parse(text)
    assert misread(report, NUMBERS) == []
    assert alarms(report) == []
    for _, cell in report.cells():
        assert cell.span is not None
        assert text[cell.span.start : cell.span.end] == cell.printed


@pytest.mark.parametrize("menu", [
    "首页\n政府信息公开\n行政许可\n行政处罚\n行政强制\n通知公告\n浏览次数：\n123\n",
    "首页\n行政许可\n行政处罚\n2023\n行政复议\n行政诉讼\n",
])  # fmt: skip
def test_a_menu_above_a_report_is_none_of_its_tables(menu: str) -> None:
    text = Path(__file__).parents[1].joinpath("examples", "qinghe-2023.txt").read_text(encoding="utf-8")
    report = gkparse.parse(menu + text)
    assert report == gkparse.parse(text)
    assert report.diagnostics == ()
    assert len(gkparse.parse_all(menu + text)) == 1


def test_a_menu_alone_is_no_report() -> None:
    with pytest.raises(gkparse.NotAReportError):
        gkparse.parse("首页\n政府信息公开\n行政许可\n行政处罚\n行政强制\n通知公告\n浏览次数：\n123\n")


KEYED = "".join(f"- 登出{kind}类消息：{at}条；其中要闻：1条。\n" for at, kind in enumerate("甲乙丙丁戊己庚辛壬癸", 2))


def test_running_text_with_keys_and_values_is_as_it_is_printed() -> None:
    text = f"青石县水务局2022年政府信息公开工作年度报告\n一、总体情况\n{KEYED}二、主动公开政府信息情况\n规章\t1\t2\t3\n行政许可\t5\n"
    assert gkparse.parse(text).sections[0].text == KEYED.strip()


@pytest.mark.parametrize("line", ["[附表]", "【注】", "(一) 登出消息", "{略}", "[注] 见附表"])
def test_brackets_in_running_text_stay(line: str) -> None:
    text = f"青石县水务局2022年政府信息公开工作年度报告\n一、总体情况\n{line}\n二、主动公开政府信息情况\n规章\t1\t2\t3\n行政许可\t5\n"
    assert gkparse.parse(text).sections[0].text == line
