"""The gate before detection: it keeps out no text in which a table would be found."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

import gkparse
from building import distinct
from expectations import REPORTS, pairs, source_of
from families import FAMILIES, Page
from gkparse.detection import read_rows
from gkparse.flow import Flow
from gkparse.folding import simplified
from gkparse.form import FORMS
from gkparse.gate import _IN_PHRASES, _level, _readings, _value_signs, may_hold_table
from gkparse.printed import read_printed
from gkparse.testing import noise, renderings, reports
from gkparse.tokens import TABLES, common_words, tokens
from gkparse.vocabulary import vocabulary
from layouts import LAYOUTS, printed, write
from test_2019 import numbers as numbers_of_2019

CELLS = printed(distinct())
CELLS_2019 = {path: str(value) for path, value in numbers_of_2019("2019", combined=True).items()}
SAID = "政府信息公开\n"
TEXTS = [source_of(text) for folder in (REPORTS, REPORTS / "diagnostics") for text, _ in pairs(folder)]
# The words at which a table may begin, those of them that other pages have as well, and the rest.
OPENING = sorted({key for form in FORMS for key, word in vocabulary(form)._words.items() if _level(word)})
COMMON = sorted(set(OPENING) & common_words())
OTHERS = sorted({key for form in FORMS for key in vocabulary(form)._words} - set(OPENING))
each_opening = st.sampled_from(OPENING)
each_telling = st.sampled_from(sorted(set(OPENING) - set(COMMON)))


def has_table(text: str) -> bool:
    """Whether detection without the gate finds a table."""
    form, found = read_rows(Flow.of_text(text))
    return bool(form.indicators) or any(token.type in TABLES for token in tokens(found))


def agrees(text: str) -> None:
    if not may_hold_table(text):
        assert gkparse.detect(text) is None
        assert "公开" not in text or not has_table(text)


def test_words_that_are_run_together_without_end_are_followed_no_further_than_any_word_is_long() -> None:
    assert not may_hold_table("部分公开" * 40)
    agrees("部分公开" * 40)
    agrees("部分公开" * 40 + "\n规章\t3")


# ---------------------------------------------------------------- reports pass


@pytest.mark.parametrize("text", TEXTS)
def test_every_report_of_the_tests_with_a_table_passes(text: str) -> None:
    assert may_hold_table(text) or not has_table(text)


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_every_family_passes(family: str) -> None:
    assert may_hold_table(FAMILIES[family](Page(CELLS)))
    assert may_hold_table(FAMILIES[family](Page(CELLS_2019, form="2019")))


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_the_layouts_of_the_seeds_pass(layout: str) -> None:
    assert may_hold_table(write(layout, CELLS))


@given(report=reports(), data=st.data())
def test_every_rendering_of_any_report_passes_whatever_a_tool_does_to_it(
    report: gkparse.Report, data: st.DataObject
) -> None:
    text = gkparse.render(report, data.draw(renderings()))
    agrees(text)
    agrees(data.draw(noise(text)))


# ---------------------------------------------------------------- one word is enough


def test_each_word_at_which_a_table_may_begin_passes_on_its_own() -> None:
    assert [key for key in OPENING if not may_hold_table(f"{SAID}{key}\t5\n")] == []


@given(
    key=each_opening, seed=st.integers(0, 2**32),
    between=st.sampled_from([" ", "　", "\n", "\u200b", "·", "</b><b>", '<i title="中">', "[bookmark: 中]", "<!-- 中 -->"]),
)
def test_a_word_cut_anywhere_passes(key: str, seed: int, between: str) -> None:
    at = random.Random(seed).randrange(1, len(key))  # noqa: S311
    assert may_hold_table(f"{SAID}<td>{key[:at]}{between}{key[at:]}</td><td>5</td>")


@given(key=each_opening, apart=st.sampled_from(["", " ", "　", "\n"]))
def test_a_word_one_character_at_a_time_passes(key: str, apart: str) -> None:
    assert may_hold_table(f"{SAID}{apart.join(key)}\t5")


@given(key=each_opening, ordinal=st.sampled_from(["1.", "（一）", "一、", "十", "㈠", "2", "“", "**", "\ufeff"]))
def test_an_ordinal_or_a_mark_before_a_word_lets_it_pass(key: str, ordinal: str) -> None:
    assert may_hold_table(f"{SAID}{ordinal}{key} 5")


@given(key=each_opening, other=st.sampled_from([*OPENING, *OTHERS]))
def test_words_that_are_run_together_pass(key: str, other: str) -> None:
    assert may_hold_table(f"{SAID}{key}{other} 5")
    assert may_hold_table(f"{SAID}{other}{key}\t5")


@given(key=each_telling, other=st.sampled_from([*OPENING, *OTHERS]))
def test_a_word_that_no_other_page_has_passes_without_a_value(key: str, other: str) -> None:
    assert may_hold_table(f"{SAID}{key}")
    assert may_hold_table(f"{SAID}{key}{other}")
    assert may_hold_table(f"{SAID}{other}\n{key}")


@pytest.mark.parametrize("config", ["s2t", "s2tw", "s2twp", "s2hk"])
def test_every_word_passes_in_traditional_script(config: str) -> None:
    convert = OpenCC(config).convert
    printed_words = [convert(key) for key in OPENING]
    read = [word for word in printed_words if any(vocabulary(form).lookup(word) for form in FORMS)]
    assert len(read) > 150
    assert [word for word in read if not may_hold_table(f"政府資訊公開\n{word}\t5")] == []


@given(key=each_opening, data=st.data())
def test_any_character_that_reads_as_another_may_stand_for_it(key: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(key) - 1))
    signs = [sign for sign, reads in _readings().items() if key[at] in reads]
    sign = data.draw(st.sampled_from([key[at], *signs]))
    assert may_hold_table(f"{SAID}{key[:at]}{sign}{key[at + 1:]}\t5")


def test_what_reads_as_another_only_beside_some_is_all_told() -> None:
    for phrase, sign, read in (("資訊", "资", "信"), ("檔案", "案", "件"), ("專案", "专", "项"), ("答覆", "覆", "复"),
                               ("傢俱", "俱", "具")):
        assert read in simplified(phrase)
        assert sign + read in _IN_PHRASES


@pytest.mark.parametrize(
    "spelt",
    ["".join(f"&#{ord(sign)};" for sign in "信息公开 行政许可 5"),
     "".join(f"&#x{ord(sign):x};" for sign in "信息公开 行政许可 5"),
     "信息公开 " + "".join(f"&#{ord(sign)};" for sign in "行政许可 5"),
     "".join(f"\\u{ord(sign):04x}" for sign in "政府信息公开工作年度报告的各项数字和说明都写在这里\n行政许可 5\n行政处罚 6\n行政强制 7\n")],
    ids=["decimal", "hexadecimal", "in part", "strings"],
)
def test_characters_that_are_written_as_numbers_pass(spelt: str) -> None:
    assert may_hold_table(spelt)
    assert gkparse.detect(spelt) is not None


def test_words_that_rules_cut_over_lines_pass() -> None:
    text = SAID + "+----+---+\n| 行政 | 5 |\n| 许可 |   |\n+----+---+\n| 行政 | 6 |\n| 处罚 |   |\n+----+---+\n"
    assert has_table(text)
    assert may_hold_table(text)


# ---------------------------------------------------------------- damaged and other texts


@given(text=st.sampled_from(TEXTS), start=st.floats(0, 1), length=st.integers(5, 600))
def test_the_gate_changes_nothing_for_any_stretch(text: str, start: float, length: int) -> None:
    at = int(len(text) * start)
    agrees(SAID + text[at : at + length])


@given(text=st.sampled_from(TEXTS), seed=st.integers(0, 2**32),
       dust=st.sampled_from(["\t", "\n", "|", " ", "5", "无", "。", "、", "一", "<b>", "&nbsp;", "\x00", "(", "_"]))
def test_the_gate_changes_nothing_for_any_damage(text: str, seed: int, dust: str) -> None:
    chance = random.Random(seed)  # noqa: S311
    lines = [line for line in text.split("\n") if chance.random() < 0.2]
    signs = list(SAID + "\n".join(lines))
    for _ in range(20):
        signs.insert(chance.randrange(len(signs)), dust)
    agrees("".join(signs))


@given(text=st.text() | st.text("政府信息公开行许可处罚公 \n\t5|<>&#;[{"))
def test_no_text_makes_it_raise(text: str) -> None:
    agrees(text)
    agrees(SAID + text)


# ---------------------------------------------------------------- words that other pages have, too

MENU = ["行政许可", "行政处罚", "行政强制", "行政事业性收费", "规范性文件", "行政复议"]
FOOT = '<p>浏览次数： <span>123</span></p>'


def page(body: str) -> str:
    return f"<html><head><title>政府信息公开</title></head><body>\n{body}\n</body></html>"


MENUS = {
    "lines": "政府信息公开\n" + "\n".join(MENU) + "\n首页\n",
    "bars": "政府信息公开\n" + " | ".join([*MENU, "首页"]),
    "steps": "政府信息公开 > 行政许可 > 正文",
    "items": page("".join(f"<li><a href='/a'>{word}</a></li>\n" for word in MENU) + f"<p>水务局简介</p>{FOOT}"),
    "titles": page("".join(f'<a href="/a" title="{word}">{word}</a>' for word in [*MENU, "首页"]) + FOOT),
    "cells": page("<table><tr>" + "".join(f"<td>{word}</td>" for word in MENU) + f"</tr></table>正文{FOOT}"),
    "blanks": page("".join(f"<li>&nbsp;{word}&nbsp;·</li>" for word in MENU) + f"正文{FOOT}"),
    "comment": page(f"<!-- 行政许可 5 --><li>行政处罚</li><!-- 菜单 <b> 5 --><p>正文</p>{FOOT}"),
    "script": page("<li>行政处罚</li><script>var a = '行政许可', b = 5;</script><style>p{}</style><p>正文</p>" + FOOT),
}
each_menu = pytest.mark.parametrize("menu", sorted(MENUS))


@each_menu
def test_a_menu_of_words_of_the_form_is_no_report_and_is_kept_out(menu: str) -> None:
    text = MENUS[menu]
    assert not may_hold_table(text)
    assert not has_table(text)
    assert gkparse.detect(text) is None
    with pytest.raises(gkparse.NotAReportError):
        gkparse.parse(text)


@each_menu
def test_a_report_below_a_menu_is_found(menu: str) -> None:
    text = MENUS[menu].replace("</body></html>", "") + FAMILIES["html"](Page(CELLS))
    found = gkparse.detect(text)
    assert found is not None
    assert found.form == "2021"


def test_a_text_without_any_other_word_of_the_form_needs_a_value_behind_one() -> None:
    assert gkparse.detect(f"{SAID}行政许可\n行政处罚\n这里有说明\n5\n") is None
    for other in ("第二十条第（五）项", "本年处理决定数量", "二、主动公开政府信息情况", "结果维持"):
        assert gkparse.detect(f"{SAID}{other}\n行政许可\n件\n5\n") is not None


@pytest.mark.parametrize("value", ["5", "１２", "1,234", "0.5", "零", "〇", "/", "—", "无", "無", "未发生", "暂无", "没有", "不涉及",
                                   "减少3", "+3", "…", "l0", "\ufffc"])
@pytest.mark.parametrize("between", ["\t", "\n", " ", "　", "\n\n", " | ", "</td>\n<td title='无效'>", "</b><!-- 共计 --> ",
                                     "\n第 3 页 共 5 页\n", "\n- 3 -\n", "&nbsp; "])
def test_a_word_with_a_value_behind_passes(value: str, between: str) -> None:
    assert may_hold_table(f"{SAID}行政许可{between}{value}\n")
    assert may_hold_table(page(f"<td>行政许可{between}{value}</td>"))


@pytest.mark.parametrize("value", ["5", "１２", "1,234", "0.5", "零", "/", "—", "无", "暂无", "减少3", "…", "\ufffc"])
def test_a_value_in_the_next_cell_is_behind_a_word(value: str) -> None:
    for between in ("\t", "\n", "\n\n", " | ", "\n第 3 页 共 5 页\n", "\n- 3 -\n"):
        assert gkparse.detect(f"{SAID}行政许可{between}{value}\n") is not None
    assert gkparse.detect(page(f"<table><tr><td>行政许可</td><td title='件'><!-- 共计 -->{value}</td></tr></table>")) is not None


@pytest.mark.parametrize("key", COMMON)
def test_each_common_word_has_its_value_behind_it(key: str) -> None:
    assert not may_hold_table(f"{SAID}{key}\n")
    assert not may_hold_table(f"{SAID}5\n{key}\n首页\n")
    assert gkparse.detect(f"{SAID}{key}\t5\n") is not None


def test_no_other_ideograph_begins_a_value() -> None:
    ideographs = [chr(at) for at in range(0x3400, 0xA000)]
    begins = {sign for sign in ideographs if read_printed(sign) or read_printed(f"{sign}1") or read_printed(f"{sign}5件")}
    assert begins <= set(_value_signs())
    assert set("无無零减增") <= set(_value_signs())
    assert not set("中行件一第") & set(_value_signs())


SEPARATORS = [
    "\t", "\n", "\n\t", " ", "　", " | ", "|", "||", "\n| ", "\n|-\n| ", "\n|- 中文\n|", "|样式=\"中\"|", "\n! ", "\n{|\n", "\n|}\n",
    "<td>", "</td><td>", '</td>\n<td title="中文">', '</a></li>\n<li><a title="行政处罚">', "<br>", "</b>", "<!-- 中 <b> 5 -->",
    "<script>var a='中文';</script>", "<style>中</style>", "<script>", "</script>", "<!--", "-->", "<head>", "</head>", '<a title="',
    '">', " title='", "'>", "<中文>", "< 5 >", "<x-y 中 ", "<", ">", "&nbsp;", " &gt; ", "&mdash;", "&中文;", "&#53;", "&lt;td title=中&gt;",
    "\n第 3 页\n", "\n第3页 共5页\n", "\n- 3 -\n", "[bookmark: 中]", "[bookmark:<a ]", "{.中}", "]{.中}", "[", "[cols=中]\n", "\n|===\n",
    "\\n", "\\t", "\\<", "\\", ",", "，", "：", '\n中文 = ["', "('中', '", "')", "\x00", "\u200b", "\x07", "\f", " · ", "»", "(", "（", "、", "/",
    "\n---\n", "_", "**", "!",
]
VALUES = ["5", "1,234", "无", "—", "/", "零", "暂无", "没有", "增5", "０", "①", "\ufffc", "…", "5件", "“5”", "l0", "NaN", "N/A", "⽆"]


@given(data=st.data(), head=st.sampled_from([SAID, "<title>公开</title>\n", "\n{|\n| 公开\n", "</td>公开\n", "公开" + "\\n" * 60]))
def test_the_gate_changes_nothing_for_common_words_with_anything_between(data: st.DataObject, head: str) -> None:
    # Few kinds of separators, as a page has.
    kinds = data.draw(st.lists(st.sampled_from(SEPARATORS), min_size=1, max_size=3))
    words = st.sampled_from([*COMMON, *COMMON, "规章", "其他", "总计", "首页", "这里是一句话。", *VALUES])
    parts = data.draw(st.lists(st.tuples(words, st.sampled_from(["\n", "\t", *kinds])), min_size=2, max_size=8))
    agrees(head + "".join(f"{word}{between}" for word, between in parts))


# ---------------------------------------------------------------- what is kept out


@pytest.mark.parametrize(
    "text",
    ["", "a" * 1000, "<html><body>a</body></html>", "今日天气晴", "行政许可\t5", "政府信息公开",
     "政府信息公开：全年办理行政许可事项5件。", "政府信息公开\n办理行政许可的规定\n",
     '<li><a title="政府信息公开年报">政府信息公开年报</a></li>' * 50,
     "政府信息公开\n不予公开的，应当说明理由。\n予以公开的政府信息\n",
     "公开 function f(){return \"[\\u4e00-\\u9fa5]\"+1}"],
    ids=["empty", "ascii", "html", "weather", "not said", "said alone", "sentence", "title", "links", "statute",
         "script"],
)
def test_pages_without_a_word_of_its_own_are_kept_out(text: str) -> None:
    assert not may_hold_table(text)
    assert gkparse.detect(text) is None


@pytest.mark.parametrize("key", OTHERS)
def test_a_word_at_which_no_table_begins_is_none_alone(key: str) -> None:
    assert not may_hold_table(f"{SAID}{key}\n")


@pytest.mark.parametrize(
    "text",
    [SAID * 20_000, "公开" + "行<" * 20_000, "公开" + "行<!--" * 5_000, "公开行" + " " * 200_000 + "政",
     "公开" + "行政许可，" * 5_000 + "的", "公开" + "总计其他" * 10_000, "公开" + "十行政许可" * 8_000,
     "公开</t" + "行政许可<!--" * 4_000, "公开</t" + "行政许可<script>" * 4_000 + "</script>", "公开</t<a " + "行政许可 " * 20_000,
     "公开</t" + '行政许可"' * 20_000, "公开" + "行政许可\n" * 20_000, "公开" + "+-- a" * 20_000, "公开" + "行{" * 20_000, "公开" + "+" * 50_000],
    ids=["signs", "tags", "comments", "blanks", "commas", "run together", "numerals",
         "comments behind words", "scripts behind words", "words in a tag", "quotes", "menu", "no crossings", "braces", "crossings"],
)
def test_hostile_texts_are_told_in_the_time_of_a_page(text: str) -> None:
    assert isinstance(may_hold_table(text), bool)
