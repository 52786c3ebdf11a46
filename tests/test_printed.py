"""Printed values: numbers in every spelling, marks, blanks, and what is no value."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gkparse.blocks import PICTURE
from gkparse.printed import BLANK, Printed, read_overwritten, read_printed


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0), ("7", 7), ("11398889", 11398889), ("0.7", Decimal("0.7")),
        ("１２", 12), ("1,234", 1234), ("12,345,678", 12345678), ("1，234", 1234),
        ("24.0", Decimal("24.0")), ("96171.6", Decimal("96171.6")),
        ("59237.2449", Decimal("59237.2449")),
        ("+3", 3), ("-14", -14), ("减4", -4), ("增加2", 2), ("增2", 2), ("减少 4", -4), ("－5", -5), ("＋ 5", 5),
        ("-1.50", Decimal("-1.50")), ("1,234.5", Decimal("1234.5")), ("1，234.50", Decimal("1234.50")),
        ("9" * 15, 10**15 - 1), ("999,999,999,999,999", 10**15 - 1), ("５，０００", 5000),
        ("〇", 0), ("零", 0), ("“12”", 12), ("'1,234'", 1234), ('"5.5"', Decimal("5.5")), ("‘０’", 0),
    ],
)
def test_a_number_in_any_spelling(text: str, value: int | Decimal) -> None:
    printed = read_printed(text)
    assert printed is not None
    assert (printed.kind, printed.value, printed.unit, printed.repaired) == (
        "number", value, None, False,
    )
    assert type(printed.value) is type(value)


@pytest.mark.parametrize("text", ["128.57000000000001", "-0.30000000000000004", "7729.999999999999"])
def test_a_number_with_the_rounding_of_a_binary_one_is_as_printed_and_said_to_be_odd(text: str) -> None:
    assert read_printed(text) == Printed("number", Decimal(text), repaired=True)


@pytest.mark.parametrize(("text", "value"), [("007", 7), ("00", 0), ("010907", 10907), ("０1", 1), ("01.5", Decimal("1.5"))])
def test_a_number_that_begins_with_a_zero_is_said_to_be_repaired(text: str, value: int | Decimal) -> None:
    assert read_printed(text) == Printed("number", value, repaired=True)


@pytest.mark.parametrize("text", ["-0", "- 0", "－0件", "-0.00"])
def test_a_zero_that_is_less_than_nothing_is_said_to_be_repaired(text: str) -> None:
    printed = read_printed(text)
    assert printed is not None
    assert (printed.value, printed.repaired) == (0, True)
    plain = read_printed(text.replace("-", "减少").replace("－", "减少"))
    assert plain is not None
    assert not plain.repaired


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [("3件", 3, "件"), ("251000元", 251000, "元"), ("592万元", 592, "万元"),
     ("12.5 万元", Decimal("12.5"), "万元"), ("0 件", 0, "件"), ("6宗", 6, "宗"),
     *((f"5{unit}", 5, unit) for unit in ("条", "项", "个", "起", "次", "篇", "部", "件次", "人次")),
     ("5\u3000件", 5, "件"), ("-3件", -3, "件"), ("5件（其中3件免收）", 5, "件")],
)
def test_a_unit_printed_with_the_number(text: str, value: int | Decimal, unit: str) -> None:
    printed = read_printed(text)
    assert printed is not None
    assert (printed.value, printed.unit) == (value, unit)


@pytest.mark.parametrize("text", ["22（其中修订 16 件）", "22 (含自然失效6件)"])
def test_a_remark_behind_a_number_is_no_part_of_it(text: str) -> None:
    printed = read_printed(text)
    assert printed is not None
    assert (printed.kind, printed.value) == ("number", 22)


@pytest.mark.parametrize("text", ["/", "-", "—", "——", "－", "／", "无", "無", "N/A", "n/a", "\\", "--", "–", "―",
                                  "未发生", "未發生", "无数据", "無數據", "暂无", "暫無", "没有", "沒有", "不涉及", "不适用", "不適用"])
def test_a_mark_is_no_number(text: str) -> None:
    printed = read_printed(text)
    assert printed is not None
    assert (printed.kind, printed.value) == ("mark", None)


@pytest.mark.parametrize("text", ["", "NaN", "nan", ".nan", "None", "null", "NULL", "<NA>", '""', "''"])
def test_nothing_and_what_tools_print_for_nothing_is_blank(text: str) -> None:
    assert read_printed(text) is BLANK


@pytest.mark.parametrize("text", ["...", "…", "……"])
def test_what_stands_for_cells_that_a_tool_left_out_is_no_mark(text: str) -> None:
    assert read_printed(text) == Printed("cut")


@pytest.mark.parametrize("text", [PICTURE, "²12", "1²2", "①", "①5", "12⒉3", "③④", "５①2", "1O①"])
def test_what_would_read_as_other_digits_is_unreadable(text: str) -> None:
    assert read_printed(text) == Printed("unreadable")


@pytest.mark.parametrize("sign", "⁰¹²³⁴⁹₀₉")
def test_a_raised_digit_beside_digits_is_unreadable_whatever_else_is_said(sign: str) -> None:
    assert read_printed(f"约3{sign}件") == Printed("unreadable")
    assert read_printed(f"约{sign}件") is None


@pytest.mark.parametrize("sign", "⁰¹²³⁴⁹₀₉①⑳⒈⓿❶➓㈠㈩㊀㊉*†‡§")
def test_every_sign_of_a_footnote_is_one_behind_a_number_alone(sign: str) -> None:
    assert read_printed(f"12{sign}") == Printed("number", 12, repaired=True)
    assert read_printed(f"12{sign}{sign}") == Printed("number", 12, repaired=True)
    assert read_printed(f"12{sign}3") in (None, Printed("unreadable"))


@pytest.mark.parametrize(
    ("text", "value"),
    [("5①", 5), ("5 ①", 5), ("12²", 12), ("5*", 5), ("5†‡", 5), ("1.5§", Decimal("1.5")), ("３²", 3), ("１２⒈", 12),
     ("240㊀", 240), ("-7①", -7)],
)
def test_the_mark_of_a_footnote_is_no_digit_and_said_to_be_repaired(text: str, value: int | Decimal) -> None:
    assert read_printed(text) == Printed("number", value, repaired=True)


@pytest.mark.parametrize(
    ("text", "value"),
    [("1O", 10), ("l2", 12), ("I", 1), ("O", 0), ("o7", 7), ("O1234567", 1_234_567)],
)
def test_a_letter_read_as_a_digit_is_said_to_be_repaired(text: str, value: int) -> None:
    assert read_printed(text) == Printed("number", value, repaired=True)


@pytest.mark.parametrize(
    "text",
    ["规章", "2023年", "1.2.3", "3-5", "12,34", "第3", "0100-5550123", "1e5", "0x10", "十二",
     "1 2", "()", "（其中修订16件）", "2023-01-01", "9" * 16, "1" * 200, "٣件件", ".", "....", "1.", "1,2345", "1.5.",
     "９" * 16, "1,999,999,999,999,999", "“12", "12”", "“”", "零零", "O12345678", "-O", "无①", "/①", "5件①", "5((3))",
     "5(a)(b)", "1234,567", ",123", "½", "1½", "(5)", "5万", f"5({'注' * 61})", f"5{' ' * 100}件"],
)
def test_what_is_no_value(text: str) -> None:
    assert read_printed(text) is None


def test_a_remark_has_a_length_and_a_cell_too() -> None:
    assert read_printed("5()") == read_printed(f"5({'注' * 60})") == Printed("number", 5)
    assert read_printed(f"“1.{'0' * 19}”") == Printed("number", Decimal(1), repaired=True)
    assert read_printed(f"“1.{'0' * 20}”") is None
    assert read_printed(f"5{' ' * 98}件") == Printed("number", 5, "件")
    assert read_printed(f"5{' ' * 99}件") is None


@pytest.mark.parametrize(
    ("text", "count"), [("7", 7), ("-3件", -3), ("1O", 10), ("1.0", 0), ("/", 0), ("", 0), ("①", 0)]
)
def test_what_a_value_counts_is_nothing_unless_it_is_a_whole_number(text: str, count: int) -> None:
    printed = read_printed(text)
    assert printed is not None
    assert printed.count == count


@pytest.mark.parametrize(
    ("text", "plain"), [("0", True), ("1,234", True), ("-3", False), ("3件", False), ("1O", False), ("1.0", False), ("/", False)]
)
def test_a_plain_value_is_a_count_and_nothing_else(text: str, plain: bool) -> None:
    printed = read_printed(text)
    assert printed is not None
    assert printed.plain is plain


@pytest.mark.parametrize("text", ["12万\ufffd", "3\ufffd五", *(f"12{numeral}" for numeral in "零〇一二三四五六七八九十百千万亿")])
def test_a_number_before_another_numeral_is_not_read(text: str) -> None:
    assert read_overwritten(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("12请", 12), ("1.5，（", Decimal("1.5")), ("0\ufffd", 0), ("9" * 15 + "\ufffd", 10**15 - 1),
     ("1.123456元", Decimal("1.123456")), ("12" + "数" * 8, 12)],
)
def test_a_number_over_the_rest_of_another_text_is_read_and_said_to_be_repaired(
    text: str, value: int | Decimal
) -> None:
    printed = read_overwritten(text)
    assert printed == Printed("number", value, repaired=True)
    assert type(printed.value) is type(value)


@pytest.mark.parametrize(
    "text", ["12", "12a", "请12", "9" * 16 + "请", "1.1234567请", "12" + "数" * 9, "12请3", "1..5请", "-1请", "请", "1.请"]
)
def test_what_is_no_number_over_another_text(text: str) -> None:
    assert read_overwritten(text) is None


@given(st.integers(0, 10**15 - 1))
def test_every_count_is_read_as_it_is(number: int) -> None:
    printed = read_printed(str(number))
    grouped = read_printed(f"{number:,}")
    assert printed is not None
    assert grouped is not None
    assert printed.value == grouped.value == number


@given(st.decimals(0, 10**9, places=4, allow_nan=False, allow_infinity=False))
def test_every_amount_is_read_to_the_last_decimal(number: Decimal) -> None:
    printed = read_printed(f"{number:f}")
    assert printed is not None
    assert printed.value == number
    assert str(printed.value) == f"{number:f}"


@given(st.text())
def test_any_text_is_a_value_or_none(text: str) -> None:
    printed = read_printed(text)
    assert printed is None or printed.kind in ("number", "mark", "blank", "unreadable")
    if printed is not None:
        assert (printed.value is not None) == (printed.kind == "number")


def test_a_mark_in_words_may_have_blanks_between_its_characters() -> None:
    assert read_printed("不涉 及") == read_printed("未 发\u3000生") == read_printed("无")
    assert read_printed("- -") is None
