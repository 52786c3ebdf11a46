"""The words of the form: each label finds itself and nothing else, other words find nothing."""

from __future__ import annotations

import itertools

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gkparse.folding import fold
from gkparse.form import load
from gkparse.vocabulary import Vocabulary, vocabulary

FORM = load("2021")
WORDS = vocabulary("2021")
ROWS = [
    (table.name, index, row)
    for table in FORM.tables
    for index, row in enumerate(row for block in table.blocks for row in block.rows)
    if row.label
]
COLUMNS = [
    (table.name, place, column)
    for table in FORM.tables
    for block in table.blocks
    for place, column in enumerate(block.columns)
]


@pytest.mark.parametrize(("table", "index", "row"), ROWS, ids=lambda each: str(each)[:30])
def test_a_row_finds_itself_and_no_other_row(table: str, index: int, row: object) -> None:
    for label in (getattr(row, "label"), *getattr(row, "aliases")):  # noqa: B009
        word = WORDS.lookup(label)
        assert word is not None, label
        assert not word.misprint
        rows = [entry for entry in word.entries if entry.role == "row"]
        assert [(entry.table, entry.index) for entry in rows] == [(table, index)]
        assert word.ordinal == fold(label).ordinal


def test_a_column_finds_itself_and_no_column_of_another_name() -> None:
    for table, place, column in COLUMNS:
        for label in (column.label, *column.aliases):
            word = WORDS.lookup(label)
            assert word is not None, label
            found = [e for e in word.entries if e.role == "column" and e.table == table]
            assert place in [entry.index for entry in found]
            named = {
                FORM.table(e.table).blocks[e.block].columns[e.index].label
                for e in word.entries if e.role == "column"
            }
            assert named == {column.label}


def test_headings_captions_heads_and_groups_find_themselves() -> None:
    for title in FORM.sections:
        for label in (title.label, *title.aliases):
            word = WORDS.lookup(label)
            assert word is not None, label
            assert [(e.role, e.index) for e in word.entries] == [("heading", title.number)]
    for table in FORM.tables:
        for number, block in enumerate(table.blocks):
            if block.caption:
                word = WORDS.lookup(block.caption)
                assert word is not None
                assert [(e.role, e.block) for e in word.entries] == [("caption", number)]
            for head in block.heads:
                word = WORDS.lookup(head)
                assert word is not None
                assert word.entry("head", table.name) is not None
        for number, group in enumerate(table.groups):
            word = WORDS.lookup(group.label)
            assert word is not None
            entry = word.entry("group", table.name)
            assert entry is not None
            assert entry.index == number


@pytest.mark.parametrize(
    ("printed", "label"),
    [
        ("行政規範性檔案", "行政规范性文件"),
        ("規範性檔案", "行政规范性文件"),
        ("本年度止件数", "本年废止件数"),
        ("規(guī)章", "规章"),
        ("總計(jì)", "总计"),
        ("2.其他法律行政止公开", "2.其他法律行政法规禁止公开"),
        ("(二) 部分公开 (区分处理的, 只计这一情形, 不计其他情形)",
         "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
        ("（二）部分公开", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
        ("3.危及\"三安全⼀稳定\"", "3.危及“三安全一稳定”"),
        ("複議後起訴", "复议后起诉"),
        ("本年收費金額(單位:萬元)", "本年收费金额（单位：万元）"),
        ("本年新收政府信息公开申请数量", "一、本年新收政府信息公开申请数量"),
        ("第二十條 第(一)項(xiàng)", "第二十条第（一）项"),
        ("4.無正當理由大量反覆申請", "4.无正当理由大量反复申请"),
    ],
)
def test_spellings_that_were_seen(printed: str, label: str) -> None:
    word = WORDS.lookup(printed)
    assert word is not None
    assert word.label == label
    assert not word.misprint


@pytest.mark.parametrize(
    "text",
    [
        "河道水位一天三报", "今日天气晴", "供水公告", "群众来信", "申请", "政府", "信息", "公开",
        "其他的话", "总计划", "自然人口", "规章制度", "行政许可证", "本年", "数量", "一、", "（一）",
        "第二十条", "第二十条第（二）项", "主动公开目录", "重复", "结果", "", "123", "处罚",
    ],
)
def test_words_that_are_not_of_the_form_find_nothing(text: str) -> None:
    assert WORDS.lookup(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "河道水位每日上报三次", "这一年的申请都已答复", "群众满意度调查结果", "行政审批改革工作",
        "本年供水公告发布数量", "政府网站运行维护情况", "其他需要说明的问题清单", "年度培训计划安排",
    ],
)
def test_sentences_are_no_misprint_of_anything(text: str) -> None:
    assert WORDS.nearest(text) is None


@pytest.mark.parametrize(
    ("printed", "label"),
    [
        ("行政事业姓收费", "行政事业性收费"),
        ("3.要求提供公开出饭物", "3.要求提供公开出版物"),
        ("4.保护第三方合法权溢", "4.保护第三方合法权益"),
        ("1.信访举报投诉申请", "1.信访举报投诉类申请"),
    ],
)
def test_a_misprint_is_taken_with_a_margin(printed: str, label: str) -> None:
    word = WORDS.nearest(printed)
    assert word is not None
    assert word.label == label
    assert word.misprint


@pytest.mark.parametrize("printed", ["本年废发件数", "本年制止件数", "行政处许"])
def test_a_text_between_two_labels_is_neither(printed: str) -> None:
    assert WORDS.nearest(printed) is None


def test_no_label_is_near_to_another_one() -> None:
    keys = sorted({fold(row.label).key for _, _, row in ROWS})
    for one, two in itertools.permutations(keys, 2):
        word = WORDS.nearest(one)
        assert word is None or word.key != two, (one, two)


@given(
    row=st.sampled_from([row for _, _, row in ROWS if len(fold(row.label).key) >= 8]),
    place=st.floats(0, 0.999),
    other=st.sampled_from("木水火土金石"),
)
def test_one_wrong_character_never_leads_to_another_row(
    row: object, place: float, other: str
) -> None:
    key = fold(getattr(row, "label")).key  # noqa: B009
    at = int(len(key) * place)
    word = WORDS.nearest(key[:at] + other + key[at + 1 :])
    assert word is None or word.key == key


def test_a_label_that_is_listed_twice_is_one_entry() -> None:
    again = Vocabulary(attrs.evolve(FORM, sections=(*FORM.sections, *FORM.sections)))
    for title in FORM.sections:
        assert again.lookup(title.label) == WORDS.lookup(title.label)


def test_a_text_with_a_character_that_is_several_may_begin_with_any_word() -> None:
    assert WORDS.reach("规章件") == len("规章")
    assert WORDS.reach("规章㈠件") == len("规章㈠件")
