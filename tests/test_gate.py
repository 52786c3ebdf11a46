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
from gkparse.gate import _IN_PHRASES, _opening, _readings, may_hold_table
from gkparse.testing import noise, renderings, reports
from gkparse.tokens import tokens
from gkparse.vocabulary import vocabulary
from layouts import LAYOUTS, printed, write
from test_2019 import numbers as numbers_of_2019

CELLS = printed(distinct())
CELLS_2019 = {path: str(value) for path, value in numbers_of_2019("2019", combined=True).items()}
SAID = "政府信息公开\n"
TEXTS = [source_of(text) for folder in (REPORTS, REPORTS / "diagnostics") for text, _ in pairs(folder)]
# The words at which a table may begin, and the rest.
OPENING = sorted({key for form in FORMS for key, word in vocabulary(form)._words.items() if _opening(word)})
OTHERS = sorted({key for form in FORMS for key in vocabulary(form)._words} - set(OPENING))
each_opening = st.sampled_from(OPENING)


def has_table(text: str) -> bool:
    """Whether detection without the gate finds a table."""
    form, found = read_rows(Flow.of_text(text))
    return bool(form.indicators) or any(token.row is None for token in tokens(found))


def agrees(text: str) -> None:
    if not may_hold_table(text):
        assert gkparse.detect(text) is None
        assert "公开" not in text or not has_table(text)


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
    assert may_hold_table(SAID + apart.join(key))


@given(key=each_opening, ordinal=st.sampled_from(["1.", "（一）", "一、", "十", "㈠", "2", "“", "**", "\ufeff"]))
def test_an_ordinal_or_a_mark_before_a_word_lets_it_pass(key: str, ordinal: str) -> None:
    assert may_hold_table(f"{SAID}{ordinal}{key} 5")


@given(key=each_opening, other=st.sampled_from([*OPENING, *OTHERS]))
def test_words_that_are_run_together_pass(key: str, other: str) -> None:
    assert may_hold_table(f"{SAID}{key}{other}")
    assert may_hold_table(f"{SAID}{other}{key}\t5")


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
     "公开" + "行政许可，" * 5_000 + "的", "公开" + "总计其他" * 10_000, "公开" + "行{" * 20_000, "公开" + "+" * 50_000],
    ids=["signs", "tags", "comments", "blanks", "commas", "run together", "braces", "crossings"],
)
def test_hostile_texts_are_told_in_the_time_of_a_page(text: str) -> None:
    assert isinstance(may_hold_table(text), bool)
