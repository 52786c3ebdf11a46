"""Keys of printed labels: what only looks different is folded away, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gkparse.folding import fold, simplified


@pytest.mark.parametrize(
    ("printed", "key", "ordinal"),
    [
        ("行政许可", "行政许可", 0),
        ("一、本年新收政府信息公开申请数量", "本年新收政府信息公开申请数量", 1),
        ("1、 总体情况", "总体情况", 1),
        ("（三）不予公开", "不予公开", 3),
        ("(三) 不予公开", "不予公开", 3),
        ("5. 属于三类内部事务信息", "属于三类内部事务信息", 5),
        ("８．属于行政查询事项", "属于行政查询事项", 8),
        ("十、附件", "附件", 10),
        ("十二、附件", "附件", 12),
        ("二十、附件", "附件", 20),
        ("二十三、附件", "附件", 23),
        ("三安全一稳定", "三安全一稳定", 0),
        ("第二十条第（一）项", "第二十条第一项", 0),
        ("第二十条  第(一)项", "第二十条第一项", 0),
    ],
)
def test_ordinals_are_told_from_labels(printed: str, key: str, ordinal: int) -> None:
    assert fold(printed) == (key, ordinal)


@pytest.mark.parametrize(
    "printed",
    [
        "本年收费金额（单位：万元）",
        "本年收费金额(单位:万元)",
        "本年收费金额 （单位： 万元 ）",
        "本年\n收费\n金额\n（单位：万元）",
        "[bookmark: _GoBack]本年收费金额（单位：万元）",
        "<b>本年收费金额</b>（单位：万元）",
        "本年收费金额&nbsp;（单位：万元）",
        "本年收费(fèi)金额(é)（单位：万元）",
        "**本年收费金额**\\(单位：万元\\)",
        "本年收费⾦额（单位：万元）",
    ],
)
def test_what_only_looks_different_has_one_key(printed: str) -> None:
    assert fold(printed).key == "本年收费金额单位万元"


@pytest.mark.parametrize(
    ("radical", "character"),
    [("⺠", "民"), ("⻅", "见"), ("⻓", "长"), ("⻔", "门"), ("⻛", "风"), ("⻥", "鱼"), ("⻬", "齐"),
     ("⼆", "二"), ("⼗", "十"), ("⽌", "止"), ("⾏", "行"), ("⽂", "文"), ("⽆", "无")],
)
def test_radicals_of_both_blocks_are_characters(radical: str, character: str) -> None:
    assert fold(f"某{radical}某").key == f"某{character}某"


def test_brackets_that_hold_no_pinyin_stay_part_of_the_label() -> None:
    assert fold("规章(zhāng)").key == "规章"
    assert fold("规章(试行)").key == "规章试行"
    assert fold("规章(2)").key == "规章2"


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("行政規範性文件", "行政规范性文件"),
        ("其他法律行政法規禁止公開", "其他法律行政法规禁止公开"),
        ("法律服務機構", "法律服务机构"),
        ("總計", "总计"),
        ("行政许可", "行政许可"),
        ("程序", "程序"),
    ],
)
def test_traditional_script_becomes_simplified(printed: str, key: str) -> None:
    assert simplified(printed) == key


@given(st.text())
def test_folding_takes_any_text_and_is_idempotent_in_its_characters(text: str) -> None:
    key, ordinal = fold(text)
    assert all(character.isalnum() for character in key)
    assert ordinal >= 0


@given(st.text("後門裏麵乾幹鐘檔案於屬徵雲臺灣复議abc一〇", max_size=30))
def test_conversion_keeps_the_length(text: str) -> None:
    assert len(simplified(text)) == len(text)


def mainland_characters() -> list[str]:
    """The 6,763 characters of GB 2312."""
    cells = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    return [cell.decode("gb2312") for cell in cells if cell.decode("gb2312", "ignore")]


def test_characters_of_the_mainland_are_left_as_opencc_leaves_them() -> None:
    characters = mainland_characters()
    assert len(characters) == 6763
    # With 縣, which is none of them, a key goes through OpenCC.
    assert [simplified(each) for each in characters] == simplified("\n".join([*characters, "縣"])).split("\n")[:-1]


@given(st.text(st.sampled_from("乾於後徵藉覆沈麽反答口以助船默文信公开政府" + "".join(mainland_characters()[:400])), max_size=12))
def test_words_of_the_mainland_are_left_as_opencc_leaves_them(text: str) -> None:
    assert simplified(text) == simplified(f"{text}\n縣").removesuffix("\n县")


@pytest.mark.parametrize(("printed", "key"), [("答覆", "答复"), ("沈船", "沉船"), ("藉口", "借口"), ("沈阳", "沈阳")])
def test_phrases_are_converted_though_each_character_is_one_of_the_mainland(printed: str, key: str) -> None:
    assert simplified(printed) == key
