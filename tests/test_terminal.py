from __future__ import annotations

import io
import unicodedata
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gkparse.counts import tables
from gkparse.diagnostics import Diagnostic
from gkparse.form import load
from gkparse.model import Indicator, Metadata, Placed, Report, Section
from gkparse.terminal import WIDTH, Ink, report_lines, visible, width, wrap

if TYPE_CHECKING:
    from collections.abc import Mapping

FORM = load("2021")
PATHS = [path for path, field in FORM.fields.items() if not field.optional]
LABELS = sorted(
    {row.label for table in FORM.tables for block in table.blocks for row in block.rows}
    | {column.label for table in FORM.tables for b in table.blocks for column in b.columns}
    | {table.note or "" for table in FORM.tables}
)


def report(
    values: Mapping[str, int | Decimal | None] | None = None,
    placed: Mapping[str, Placed] | None = None,
    title: str = "青禾县林业局2023年政府信息公开工作年度报告",
) -> Report:
    """A report of an invented body, 0 in every cell that is not given."""
    numbers: dict[str, int | Decimal | None] = dict.fromkeys(PATHS, 0)
    return Report(
        title=title,
        agency="青禾县林业局",
        year=2023,
        **tables("2021", numbers | dict(values or {})),
        placed=dict(placed or {}),
    )


def shown(it: Report, *findings: Diagnostic, columns: int = WIDTH) -> list[str]:
    return list(report_lines(it, findings, Ink(), columns))


def table(lines: list[str], title: str) -> list[str]:
    """The lines of a table, from below its title to the end of its box."""
    start = next(at for at, line in enumerate(lines) if line.startswith(title)) + 1
    end = next((at for at in range(start, len(lines)) if not lines[at].strip()), len(lines))
    return [line for line in lines[start:end] if line[:1] in "┌├│└"]


def cells(lines: list[str], label: str) -> list[str]:
    """What stands in the row of a label, right of it."""
    (line,) = [line for line in lines if label in line]
    return [cell.strip() for cell in line[line.index(label) :].split("│")[1:-1]]


# ---------------------------------------------------------------- text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("总计 16", "总计 16"),
        ("\x1b[31m红", "␛[31m红"),
        ("a\tb\nc\r", "a␉b␊c␍"),
        ("\x00\x7f", "␀␡"),
        ("\x9b2J", "<U+009B>2J"),  # a control sequence in one character
        ("\u202e61\u202c", "<U+202E>61<U+202C>"),  # would show the digits the other way round
        ("\ufeff政\u200b府", "<U+FEFF>政<U+200B>府"),
        ("\u2028", "<U+2028>"),
        ("\ud800", "<U+D800>"),
        ("　\xa0“·”", "　\xa0“·”"),
    ],
)
def test_what_would_steer_a_terminal_is_shown_instead(text: str, expected: str) -> None:
    assert visible(text) == expected


@given(st.text())
@example("\x1b]0;x\x07")
def test_nothing_visible_steers_a_terminal(text: str) -> None:
    seen = visible(text)
    assert not {unicodedata.category(one) for one in seen} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert visible(seen) == seen


@pytest.mark.parametrize(
    ("text", "columns"),
    [("", 0), ("abc", 3), ("总计", 4), ("（七）总计", 10), ("“”—·│", 5), ("ｱ０", 3), ("e\u0301", 1)],
)
def test_width_is_what_a_terminal_draws(text: str, columns: int) -> None:
    assert width(text) == columns


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        ("", 4, [""]),
        ("结果维持", 8, ["结果维持"]),
        ("结果维持", 4, ["结果", "维持"]),
        ("（四）无法提供", 8, ["（四）", "无法提供"]),
        ("（四）无法提供", 14, ["（四）无法提供"]),
        ("（四）无法提供", 6, ["（四）", "无法提", "供"]),
        ("2.没有现成信息", 10, ["2.没有现成", "  信息"]),
        ("甲乙，丙", 4, ["甲", "乙，", "丙"]),  # no line begins with a closing mark
        ("甲“乙”", 4, ["甲", "“乙”"]),  # and none ends with an opening one
        ("（（（（甲", 4, ["（（", "（（", "甲"]),
        ("1234567", 3, ["123", "456", "7"]),
    ],
)
def test_labels_wrap_as_chinese_is_set(text: str, columns: int, lines: list[str]) -> None:
    assert wrap(text, columns) == lines


@given(st.one_of(st.sampled_from(LABELS), st.text("甲乙（，。“”）1.ab", max_size=30)), st.integers(5, 40))
def test_wrapping_loses_nothing_and_keeps_to_its_columns(text: str, columns: int) -> None:
    lines = wrap(text, columns)
    assert "".join(line.lstrip() if at else line for at, line in enumerate(lines)) == text
    assert max(map(width, lines)) <= columns


# ---------------------------------------------------------------- colours


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def colourful(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("WT_SESSION", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.mark.usefixtures("colourful")
def test_colours_are_for_terminals() -> None:
    assert Ink.of(Terminal()).on
    assert not Ink.of(io.StringIO()).on
    assert not Ink.of(None).on


@pytest.mark.usefixtures("colourful")
def test_no_color_is_respected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert not Ink.of(Terminal()).on
    monkeypatch.setenv("NO_COLOR", "")  # an empty one does not count: no-color.org
    assert Ink.of(Terminal()).on


@pytest.mark.usefixtures("colourful")
@pytest.mark.parametrize(
    ("system", "variable", "value", "on"),
    [
        ("posix", "TERM", "dumb", False),
        ("nt", "TERM", "dumb", True),
        ("nt", "WT_SESSION", None, False),
        ("posix", "WT_SESSION", None, True),
    ],
)
def test_colours_need_a_terminal_that_has_them(
    monkeypatch: pytest.MonkeyPatch, system: str, variable: str, value: str | None, on: bool
) -> None:
    if value is None:
        monkeypatch.delenv(variable)
    else:
        monkeypatch.setenv(variable, value)
    with monkeypatch.context() as patch:
        patch.setattr("gkparse.terminal.os.name", system)
        found = Ink.of(Terminal()).on
    assert found is on


def test_ink_colours_a_text_and_ends_the_colour() -> None:
    assert Ink(on=True)("错", "error") == "\x1b[1;31m错\x1b[0m"
    assert Ink(on=True)("错", "") == "错"
    assert Ink(on=True)("", "error") == ""
    assert Ink()("错", "error") == "错"


# ---------------------------------------------------------------- the tables


def test_the_table_of_section_two_is_laid_out_as_the_form_has_it() -> None:
    it = report(
        {
            "proactive.rules.issued": 1,
            "proactive.normative_documents.in_force": 27,
            "proactive.licensing.decisions": 1042,
            "proactive.fees.amount": Decimal("3.50"),
        }
    )
    assert table(shown(it), "二、") == [
        "┌─────────────────────────────────────────────────────────────┐",
        "│ 第二十条第（一）项                                          │",
        "├────────────────┬──────────────┬──────────────┬──────────────┤",
        "│ 信息内容       │ 本年制发件数 │ 本年废止件数 │ 现行有效件数 │",
        "├────────────────┼──────────────┼──────────────┼──────────────┤",
        "│ 规章           │            1 │            0 │            0 │",
        "│ 行政规范性文件 │            0 │            0 │           27 │",
        "├────────────────┴──────────────┴──────────────┴──────────────┤",
        "│ 第二十条第（五）项                                          │",
        "├────────────────┬────────────────────────────────────────────┤",
        "│ 信息内容       │              本年处理决定数量              │",
        "├────────────────┼────────────────────────────────────────────┤",
        "│ 行政许可       │                                       1042 │",
        "├────────────────┴────────────────────────────────────────────┤",
        "│ 第二十条第（六）项                                          │",
        "├────────────────┬────────────────────────────────────────────┤",
        "│ 信息内容       │              本年处理决定数量              │",
        "├────────────────┼────────────────────────────────────────────┤",
        "│ 行政处罚       │                                          0 │",
        "│ 行政强制       │                                          0 │",
        "├────────────────┴────────────────────────────────────────────┤",
        "│ 第二十条第（八）项                                          │",
        "├────────────────┬────────────────────────────────────────────┤",
        "│ 信息内容       │         本年收费金额（单位：万元）         │",
        "├────────────────┼────────────────────────────────────────────┤",
        "│ 行政事业性收费 │                                       3.50 │",
        "└────────────────┴────────────────────────────────────────────┘",
    ]


def test_the_table_of_section_four_is_laid_out_as_the_form_has_it() -> None:
    it = report({"disputes.reconsideration.upheld": 2, "disputes.litigation_direct.total": 13})
    assert table(shown(it), "四、") == [
        "┌─────────────────────────────┬───────────────────────────────────────────────────────────┐",
        "│          行政复议           │                         行政诉讼                          │",
        "├─────┬─────┬─────┬─────┬─────┼─────────────────────────────┬─────────────────────────────┤",
        "│     │     │     │     │     │      未经复议直接起诉       │         复议后起诉          │",
        "│结果 │结果 │其他 │尚未 │总计 ├─────┬─────┬─────┬─────┬─────┼─────┬─────┬─────┬─────┬─────┤",
        "│维持 │纠正 │结果 │审结 │     │结果 │结果 │其他 │尚未 │总计 │结果 │结果 │其他 │尚未 │总计 │",
        "│     │     │     │     │     │维持 │纠正 │结果 │审结 │     │维持 │纠正 │结果 │审结 │     │",
        "├─────┼─────┼─────┼─────┼─────┼─────┼─────┼─────┼─────┼─────┼─────┼─────┼─────┼─────┼─────┤",
        "│   2 │   0 │   0 │   0 │   0 │   0 │   0 │   0 │   0 │  13 │   0 │   0 │   0 │   0 │   0 │",
        "└─────┴─────┴─────┴─────┴─────┴─────┴─────┴─────┴─────┴─────┴─────┴─────┴─────┴─────┴─────┘",
    ]


def test_the_table_of_section_three_has_its_heads_over_its_columns() -> None:
    assert table(shown(report()), "三、")[:9] == [
        "┌───────────────────────────────────────────────┬──────────────────────────────────────────────────┐",
        "│                                               │                    申请人情况                    │",
        "│                                               ├────────┬──────────────────────────────────┬──────┤",
        "│ （本列数据的勾稽关系为：第一项加第二项之和，  │        │          法人或其他组织          │      │",
        "│ 等于第三项加第四项之和）                      │        ├──────┬──────┬──────┬──────┬──────┤      │",
        "│                                               │ 自然人 │ 商业 │ 科研 │ 社会 │ 法律 │ 其他 │ 总计 │",
        "│                                               │        │ 企业 │ 机构 │ 公益 │ 服务 │      │      │",
        "│                                               │        │      │      │ 组织 │ 机构 │      │      │",
        "├───────────────────────────────────────────────┼────────┼──────┼──────┼──────┼──────┼──────┼──────┤",
    ]


def test_the_table_of_section_three_has_its_groups_beside_their_rows() -> None:
    lines = table(shown(report({"requests.outcomes.unavailable.not_held.total": 21})), "三、")
    start = next(at for at, line in enumerate(lines) if "1.本机关" in line) - 1
    assert lines[start : start + 5] == [
        "│      ├──────────┼─────────────────────────────┼────────┼──────┼──────┼──────┼──────┼──────┼──────┤",
        "│      │ （四）   │ 1.本机关不掌握相关政府信息  │      0 │    0 │    0 │    0 │    0 │    0 │   21 │",
        "│ 三、 │ 无法提供 │ 2.没有现成信息需要另行制作  │      0 │    0 │    0 │    0 │    0 │    0 │    0 │",
        "│ 本年 │          │ 3.补正后申请内容仍不明确    │      0 │    0 │    0 │    0 │    0 │    0 │    0 │",
        "│ 度办 ├──────────┼─────────────────────────────┼────────┼──────┼──────┼──────┼──────┼──────┼──────┤",
    ]


def test_every_number_stands_in_the_row_and_the_column_of_its_labels() -> None:
    it = report({path: at for at, path in enumerate(PATHS)})
    lines = table(shown(it), "三、")
    block = FORM.table("requests").blocks[0]
    numbers = [
        [cell.strip() for cell in line.split("│")[-8:-1]]
        for line in lines[9:]
        if line.rstrip("│ ")[-1:].isdigit()
    ]
    assert numbers == [
        [str(it.value(f"requests.{row.name}.{column.name}")) for column in block.columns]
        for row in block.rows
        if not row.optional
    ]
    (four,) = [line for line in table(shown(it), "四、") if any(map(str.isdigit, line))]
    assert [cell.strip() for cell in four.split("│")[1:-1]] == [
        str(it.value(path)) for path in PATHS if path.startswith("disputes.")
    ]


@pytest.mark.parametrize("columns", [80, 90, 100])
def test_every_label_of_the_form_is_there_whole(columns: int) -> None:
    text = "".join(shown(report(), columns=columns))
    for label in LABELS:
        letters = {one for one in label if not one.isspace()}
        assert letters <= set(text), label
    # Labels that are wrapped, read down their own column of the table.
    rows = table(shown(report(), columns=columns), "三、")
    down = "".join(line.split("│")[3].strip() for line in rows if line.count("│") == 11)
    assert "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请" in down


def test_a_cell_without_a_number_shows_why() -> None:
    it = report(
        {
            "proactive.rules.issued": None,
            "proactive.rules.repealed": None,
            "proactive.rules.in_force": None,
            "proactive.licensing.decisions": 7,
        },
        {
            "proactive.rules.issued": Placed("blank"),
            "proactive.rules.repealed": Placed("marked", printed="／\x1b[2J"),
            "proactive.licensing.decisions": Placed("repaired", printed="T"),
        },
    )
    lines = shown(it)
    assert cells(lines, "规章") == ["·", "／␛[2J", "?"]
    assert cells(lines, "行政许可") == ["7"]
    assert lines[-1] == "· blank     ? not found"
    assert shown(report())[-1].startswith("└"), "there is no legend where nothing needs one"


def test_a_mark_of_many_words_wraps_in_its_cell() -> None:
    path = "requests.received.other"
    it = report({path: None}, {path: Placed("marked", printed="本年度无此类情况发生")})
    lines = table(shown(it), "三、")
    assert {width(line) for line in lines} == {width(lines[0])}
    (at,) = [at for at, line in enumerate(lines) if "一、本年新收" in line]
    assert [line.split("│")[-3].strip() for line in lines[at : at + 2]] == ["本年度无此类", "情况发生"]


def test_a_table_that_was_not_found_says_so_in_one_line() -> None:
    lines = shown(attrs.evolve(report(), requests=None), Diagnostic("GK103", "error", ("requests",)))
    at = lines.index("三、收到和处理政府信息公开申请情况 !")
    assert lines[at + 1 : at + 3] == ["  (this table was not found)", ""]
    assert "? not found" not in lines[-1], "the cells of a lost table are not shown"


def test_what_is_flagged_is_marked() -> None:
    lines = shown(
        report({"requests.received.total": 15}),
        Diagnostic("GK303", "error", ("requests.received.total", "requests.received.other")),
        Diagnostic("GK202", "warning", ("requests.carried_over",)),
        Diagnostic("GK207", "info", ("requests.carried_forward",)),
        Diagnostic("GK213", "warning", ("proactive.fees.amount",)),
        Diagnostic("GK205", "warning", ("disputes",)),
    )
    assert cells(lines, "一、本年新收") == ["0", "0", "0", "0", "0", "0!", "15!"]
    assert cells(lines, "二、上年结转") == ["0!"] * 7
    assert cells(lines, "四、结转下年度") == ["0"] * 7
    assert cells(lines, "行政事业性收费") == ["0!"]
    assert "四、政府信息公开行政复议、行政诉讼情况 !" in lines
    assert lines[-1] == "! flagged"
    assert len({width(line) for line in table(lines, "三、")}) == 1


def test_a_finding_of_a_whole_table_is_marked_at_its_title_alone() -> None:
    lines = shown(report(), Diagnostic("GK205", "warning", ("requests",)))
    assert "三、收到和处理政府信息公开申请情况 !" in lines
    assert not any("!" in line for line in table(lines, "三、"))


def test_an_error_is_coloured_before_a_warning() -> None:
    path = "requests.received.total"
    for findings in (
        [Diagnostic("GK303", "error", (path,)), Diagnostic("GK209", "warning", (path,))],
        [Diagnostic("GK209", "warning", ("requests.received",)), Diagnostic("GK303", "error", (path,))],
    ):
        (line,) = [
            line for line in report_lines(report(), findings, Ink(on=True)) if "一、本年新收" in line
        ]
        assert line.endswith("\x1b[1;31m0\x1b[0m\x1b[1;31m!\x1b[0m│")


def test_colours_change_nothing_but_colours() -> None:
    findings = [Diagnostic("GK303", "error", ("requests.received",))]
    drawn = list(report_lines(report(), findings, Ink(on=True)))
    plain = list(report_lines(report(), findings, Ink()))
    codes = ("\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[1;31m", "\x1b[1;33m")
    for code in codes:
        drawn = [line.replace(code, "") for line in drawn]
    assert drawn == plain


def test_one_row_that_stands_for_three_is_shown_in_their_place() -> None:
    stem = "requests.outcomes.other_handling"
    columns = [column.name for column in FORM.table("requests").blocks[0].columns]
    gone: dict[str, int | Decimal | None] = {
        f"{stem}.{row}.{column}": None
        for row in ("correction_overdue", "fee_overdue", "other")
        for column in columns
    }
    lines = shown(report(gone | {f"{stem}.combined.{column}": 4 for column in columns}))
    assert cells(lines, "（六）其他处理") == ["4"] * 7
    assert not any("3.其他" in line for line in lines)
    assert not any("? not found" in line for line in lines), "nothing that is shown is lost"
    lines = shown(report(gone | {f"{stem}.combined.total": 4}))
    assert cells(lines, "（六）其他处理") == ["?"] * 6 + ["4"], "one that is printed in part, too"
    assert cells(shown(report(gone)), "3.其他") == ["?"] * 7, "rows that are simply lost stay"


def test_above_the_tables_stands_what_the_report_is() -> None:
    assert shown(report())[:6] == [
        "青禾县林业局2023年政府信息公开工作年度报告",
        "agency  青禾县林业局",
        "year    2023",
        "period  ?",
        "form    2021",
        "",
    ]
    assert shown(Report())[:4] == ["(no title was found)", "agency  ?", "year    ?", "period  ?"]


def test_a_period_of_which_one_day_is_known_shows_the_other_as_unknown() -> None:
    metadata = Metadata(period_start=date(2023, 1, 1), period_end=date(2023, 12, 31))
    assert shown(Report(metadata=metadata))[3] == "period  2023-01-01 – 2023-12-31"
    assert shown(Report(metadata=Metadata(period_end=date(2023, 12, 31))))[3] == (
        "period  ? – 2023-12-31"
    )


def test_text_of_the_report_cannot_steer_the_terminal() -> None:
    it = attrs.evolve(
        report(title="报告\x1b[2J\r\n"), agency="\x9b31m局", sections=(Section(1, "\x1b", "\x1b"),)
    )
    lines = shown(it)
    assert lines[0] == "报告␛[2J␍␊"
    assert lines[1] == "agency  <U+009B>31m局"
    assert not any("\x1b" in line for line in lines)


@pytest.mark.parametrize("columns", [80, 84, 92, 100, 120])
def test_tables_keep_to_the_columns_there_are(columns: int) -> None:
    it = report({"requests.outcomes.total.total": 9876, "proactive.licensing.decisions": 1234567})
    assert max(map(width, shown(it, columns=columns))) <= columns


def test_a_table_too_wide_for_the_terminal_is_cut_between_its_heads() -> None:
    it = report({"disputes.litigation_after_reconsideration.total": 3})
    lines = table(shown(it, columns=80), "四、")
    assert [line for line in lines if line.startswith("┌")] == [lines[0], lines[7]]
    assert "行政复议" in lines[1]
    assert "行政诉讼" in lines[8]
    assert cells(lines[7:], "│    0 │")[-1] == "3"


@pytest.mark.parametrize("columns", [44, 48, 60, 70])
def test_a_table_without_heads_to_cut_at_is_cut_between_its_columns(columns: int) -> None:
    it = report({path: at for at, path in enumerate(PATHS)})
    lines = shown(it, columns=columns)
    assert max(map(width, lines)) <= columns
    numbers = [cell.strip() for line in lines for cell in line.split("│")[1:-1]]
    for path, at in zip(PATHS, range(len(PATHS)), strict=True):
        assert str(at) in numbers, f"{path} is shown whatever the columns"


def test_where_not_even_one_column_fits_a_table_is_not_cut() -> None:
    lines = table(shown(report(), columns=20), "三、")
    assert len([line for line in lines if line.startswith("┌")]) == 1


@pytest.mark.parametrize("columns", [80, 100])
def test_the_form_of_2019_keeps_to_the_columns_there_are(columns: int) -> None:
    fields = [path for path, field in load("2019").fields.items() if not field.optional]
    it = Report(form="2019", **tables("2019", {path: 1000 + at for at, path in enumerate(fields)}))
    lines = shown(it, columns=columns)
    assert max(map(width, lines)) <= columns
    numbers = [cell.strip() for line in lines for cell in line.split("│")[1:-1]]
    assert [str(1000 + at) in numbers for at in range(len(fields))] == [True] * len(fields)


# ---------------------------------------------------------------- the table of 2014

INDICATORS = (
    Indicator("requests", "（一）收到申请数", "件", 14),
    Indicator(None, "2.传真申请数", "件", None),
    Indicator(None, "（四）政府信息公开专项经费\x1b[2J", "万元", Decimal("3.50")),
)


def test_the_statistics_table_of_2014_is_shown() -> None:
    lines = table(shown(Report(form="2014", indicators=INDICATORS)), "政府信息公开情况统计表")
    assert lines == [
        "┌────────────────────────────────┬──────┬────────┐",
        "│            统计指标            │ 单位 │ 统计数 │",
        "├────────────────────────────────┼──────┼────────┤",
        "│ （一）收到申请数               │ 件   │     14 │",
        "│ 2.传真申请数                   │ 件   │      – │",
        "│ （四）政府信息公开专项经费␛[2J │ 万元 │   3.50 │",
        "└────────────────────────────────┴──────┴────────┘",
    ]


def test_an_indicator_without_a_number_is_no_zero_and_is_explained() -> None:
    assert shown(Report(form="2014", indicators=INDICATORS))[-1] == "– no number"
    assert shown(Report(form="2014", indicators=INDICATORS[:1]))[-1].startswith("└")


def test_a_finding_about_indicators_is_marked_at_their_title() -> None:
    lines = shown(Report(form="2014", indicators=INDICATORS), Diagnostic("GK221", "warning", ("indicators",)))
    assert "政府信息公开情况统计表 !" in lines
    assert lines[-1] == "– no number     ! flagged"


def test_a_report_of_2014_without_indicators_says_so() -> None:
    assert shown(Report(form="2014"))[-1] == "  (this table was not found)"


@pytest.mark.parametrize("columns", [40, 60, 100])
def test_indicators_keep_to_the_columns_there_are(columns: int) -> None:
    long = Indicator(None, "（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）", "条", 12)
    lines = shown(Report(form="2014", indicators=(*INDICATORS, long)), columns=columns)
    assert max(map(width, lines)) <= columns
    assert len({width(line) for line in table(lines, "政府信息公开情况统计表")}) == 1


values = st.none() | st.integers(-9, 10**13) | st.decimals(0, 10**6, places=2)
texts = st.text("甲—/无\x1b\u0301“1.（）", max_size=14)


@given(st.data(), st.integers(60, 130))
def test_whatever_a_report_holds_its_tables_are_straight(data: st.DataObject, columns: int) -> None:
    paths = data.draw(st.lists(st.sampled_from(PATHS), max_size=6, unique=True))
    given_values = {path: data.draw(values) for path in paths}
    placed = {
        path: Placed(data.draw(st.sampled_from(["blank", "marked"])), printed=data.draw(texts))
        for path, value in given_values.items()
        if value is None
    }
    lines = shown(
        report(given_values, placed), Diagnostic("GK202", "warning", tuple(paths)), columns=columns
    )
    assert not any("\x1b" in line for line in lines)
    box = 0
    for line in lines:
        if line.startswith("┌"):
            box = width(line)
        if line[:1] in "┌├│└" and line:
            assert width(line) == box
            assert line[-1] in "┐┤│┘"


def test_a_table_of_several_blocks_is_not_cut_where_it_is_too_wide() -> None:
    drawn = shown(report(), columns=28)
    assert sum("本年制发件数"[:2] in line for line in drawn) == sum(
        "本年制发件数"[:2] in line for line in shown(report())
    )
