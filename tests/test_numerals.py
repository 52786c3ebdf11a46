"""Chinese numerals: what is written for a number is read as that number."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gkparse.numerals import NUMERALS, whole

SIGNS = "零一二三四五六七八九"


def written(number: int) -> str:
    """A number below 10⁸ as it is written out in full."""
    high, low = divmod(number, 10_000)
    if high:
        gap = "零" if 0 < low < 1_000 else ""
        return written(high) + "万" + (gap + _below(low) if low else "")
    return _below(low)


def _below(number: int) -> str:
    text, gap = "", False
    for unit, sign in ((1_000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            one = "" if sign == "十" and digit == 1 and not text and not gap else SIGNS[digit]
            text += ("零" if gap and text else "") + one + sign
            gap = False
        else:
            gap = True
    return text or "零"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("零", 0), ("〇", 0), ("两", 2), ("十", 10), ("十二", 12), ("二十", 20), ("二十六", 26),
        ("一百", 100), ("一百二十三", 123), ("一百零二", 102), ("一百一十", 110), ("两千零五", 2005),
        ("一千零五十", 1050), ("三万", 30_000), ("一万二千三百四十五", 12_345), ("十万零三", 100_003),
        ("二〇二三", 2023), ("一万零九百九十九", 10_999), ("一万一千", 11_000), ("一二〇", 120), ("二〇", 20), ("五零三", 503),
    ],
)
def test_numerals(text: str, value: int) -> None:
    assert whole(text) == value


@pytest.mark.parametrize(
    "text",
    ["", "件", "二三", "一百五", "百", "百二", "千", "万", "十十", "二三十", "一十百", "一百零", "一百二千",
     "一千五十", "三万五", "12", "一万零一千", "零十"],
)
def test_no_one_number(text: str) -> None:
    assert whole(text) is None


@given(st.integers(0, 99_999_999))
def test_every_number_is_read(number: int) -> None:
    assert whole(written(number)) == number


def _ways(number: int) -> set[str]:
    """A number below 10⁸ in full; 一十 at the beginning of it, or behind 万, is 十 as well."""
    high, myriad, low = written(number).rpartition("万")
    behind = low.removeprefix("零")
    gap = low[: len(low) - len(behind)] if myriad else ""
    ends = {low, gap + behind.removeprefix("一")} if behind.startswith("一十") else {low}
    begins = {high, high.removeprefix("一")} if high.startswith("一十") else {high}
    return {begin + myriad + end for begin in begins for end in ends}


def test_of_all_short_texts_only_those_are_read_in_which_a_number_is_written() -> None:
    """三 and more behave as 二 does."""
    numbers = [int("".join(digits)) for digits in product("012", repeat=8)]
    told = {text: number for number in numbers for text in _ways(number)}
    for text in ("".join(signs) for size in range(1, 6) for signs in product("零一二十百千万", repeat=size)):
        if set(text) <= set("零一二"):
            single = len(text) != 2 or text[1] == "零"
            assert whole(text) == (int(text.translate(str.maketrans("零一二", "012"))) if single else None), text
        else:
            assert whole(text) == told.get(text), text


@pytest.mark.parametrize(
    ("plain", "other"),
    [("零", "〇"), ("零", "○"), ("万", "萬"), ("二", "两"), ("二", "兩")],
)
@pytest.mark.parametrize("number", [2, 10_002, 20_020, 200_202, 2_002_002, 20_020_200])
def test_a_sign_that_is_written_otherwise_is_the_same(number: int, plain: str, other: str) -> None:
    text = written(number)
    assert whole(text.replace(plain, other)) == number


@given(st.text(NUMERALS, max_size=12))
def test_any_text_can_be_read(text: str) -> None:
    value = whole(text)
    assert value is None or value >= 0
