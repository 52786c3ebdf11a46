"""Printed values: numbers in every spelling, marks, blanks, and what is no value."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gkparse.printed import BLANK, read_printed


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0), ("7", 7), ("11398889", 11398889), ("007", 7),
        ("１２", 12), ("1,234", 1234), ("12,345,678", 12345678), ("1，234", 1234),
        ("24.0", Decimal("24.0")), ("96171.6", Decimal("96171.6")),
        ("59237.2449", Decimal("59237.2449")),
        ("+3", 3), ("-14", -14), ("减4", -4), ("增加2", 2),
    ],
)
def test_a_number_in_any_spelling(text: str, value: int | Decimal) -> None:
    printed = read_printed(text)
    assert printed is not None
    assert (printed.kind, printed.value, printed.unit, printed.repaired) == (
        "number", value, None, False,
    )
    assert type(printed.value) is type(value)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [("3件", 3, "件"), ("251000元", 251000, "元"), ("592万元", 592, "万元"),
     ("12.5 万元", Decimal("12.5"), "万元"), ("0 件", 0, "件"), ("6宗", 6, "宗")],
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


@pytest.mark.parametrize("text", ["/", "-", "—", "——", "－", "／", "无", "無", "N/A"])
def test_a_mark_is_no_number(text: str) -> None:
    printed = read_printed(text)
    assert printed is not None
    assert (printed.kind, printed.value) == ("mark", None)


@pytest.mark.parametrize("text", ["", "NaN", "nan", "None", "<NA>"])
def test_nothing_and_what_tools_print_for_nothing_is_blank(text: str) -> None:
    assert read_printed(text) is BLANK


@pytest.mark.parametrize(("text", "value"), [("1O", 10), ("l2", 12), ("I", 1), ("O", 0)])
def test_a_letter_read_as_a_digit_is_said_to_be_repaired(text: str, value: int) -> None:
    printed = read_printed(text)
    assert printed is not None
    assert (printed.value, printed.repaired) == (value, True)


@pytest.mark.parametrize(
    "text",
    ["规章", "2023年", "1.2.3", "3-5", "12,34", "第3", "0100-5550123", "1e5", "0x10", "十二",
     "1 2", "()", "（其中修订16件）", "2023-01-01", "9" * 16, "1" * 200, "٣件件", "."],
)
def test_what_is_no_value(text: str) -> None:
    assert read_printed(text) is None


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
