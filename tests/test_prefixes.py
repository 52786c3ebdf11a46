"""Prefixes: signs of quotations and comments, and numbers of lines, before each line of a text."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

import pytest

import gkparse
from building import distinct
from gkparse.prefixes import may_be_prefixed, unprefixed
from layouts import PATHS, printed, write

TEXT = [f"{place}县的{place}个乡镇" for place in "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸"]
# Each with the number of the line and the line.
PREFIXES: dict[str, Callable[[int, str], str]] = {
    "mail": lambda _, line: f"> {line}",
    "mail without blanks": lambda _, line: f">{line}",
    "comments": lambda _, line: f"# {line}",
    "comments of C": lambda _, line: f"// {line}",
    "a list": lambda _, line: f"- {line}" if line else line,
    "numbers": lambda number, line: f"{number}: {line}",
    "numbers without blanks": lambda number, line: f"{number}:{line}",
    "numbers and points": lambda number, line: f"{number}. {line}",
    "numbers in brackets": lambda number, line: f"[{number}]{line}",
    "numbers of an editor": lambda number, line: f"{number:4} | {line}",
    "numbers and tabs": lambda number, line: f"{number:6}\t{line}",
}


def number(printed: str) -> Decimal:
    """What a cell prints, without thousands set apart."""
    return Decimal(re.sub(r"[^\d.]", "", printed))


def prefixed(lines: list[str], prefix: Callable[[int, str], str]) -> str:
    return "\n".join(prefix(number, line) for number, line in enumerate(lines, 1))


@pytest.mark.parametrize("prefix", PREFIXES.values(), ids=PREFIXES)
@pytest.mark.parametrize("layout", ["tabs-shifted", "lines", "tika-tall", "tika-broken"])
def test_each_number_is_read_behind_a_prefix(layout: str, prefix: Callable[[int, str], str]) -> None:
    alone = write(layout, printed(distinct(7, 0.5)))
    text = prefixed(alone.split("\n"), prefix)
    report = gkparse.parse(text)
    assert dict(report.numbers()) == dict(gkparse.parse(alone).numbers())
    for path in PATHS:
        cell = report.cell(path)
        assert cell.span is not None
        assert number(text[cell.span.start : cell.span.end]) == cell.value, path


@pytest.mark.parametrize("prefix", PREFIXES.values(), ids=PREFIXES)
def test_a_prefix_is_blank_and_every_other_character_stays_where_it_is(prefix: Callable[[int, str], str]) -> None:
    text = prefixed(TEXT, prefix)
    assert may_be_prefixed(text)
    shown = unprefixed(text)
    assert len(shown) == len(text)
    assert [line.strip() for line in shown.split("\n")] == TEXT
    assert all(own in (sign, " ", "\n") for own, sign in zip(shown, text, strict=True))


def test_a_tab_behind_a_prefix_begins_the_line() -> None:
    shown = unprefixed(prefixed([f"\t{line}" for line in TEXT], PREFIXES["mail"]))
    assert shown.startswith(f"  \t{TEXT[0]}  \n\t{TEXT[1]}  \n")


@pytest.mark.parametrize(
    "text",
    [
        "\n".join([f"> {line}" for line in TEXT[:19]]),  # too few lines
        "\n".join([f"> {line}" for line in TEXT] + TEXT[:2]),  # a quotation before a text
        prefixed(TEXT, lambda number, line: f"{number * 2}. {line}"),  # no numbers of lines
        prefixed(TEXT, lambda number, line: f"{number % 10} {line}"),
        "\n".join([f"-{number}" for number in range(30)]),  # numbers below zero
    ],
)
def test_what_stands_before_some_lines_or_counts_something_else_is_no_prefix(text: str) -> None:
    assert unprefixed(text) == text


def test_one_line_of_many_may_have_been_added_without_its_prefix() -> None:
    text = prefixed(TEXT, PREFIXES["mail"])
    assert unprefixed(f"{text}\n完")[:2] == "  "


def test_a_text_that_begins_with_no_prefix_is_not_looked_through() -> None:
    assert not may_be_prefixed("  青禾县林业局")
    assert unprefixed("2023年\n县里的河") == "2023年\n县里的河"
    assert not may_be_prefixed("")


def test_lines_that_all_begin_with_a_tab_are_indented() -> None:
    text = write("lines", printed(distinct(7, 0.5)))
    indented = "\n".join(f"\t{line}" for line in text.split("\n"))
    assert dict(gkparse.parse(indented).numbers()) == dict(gkparse.parse(text).numbers())
