"""A table that recurs letter for letter is not read again, and says what it would say if it were."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import gkparse
from building import distinct
from expectations import REPORTS, pairs, source_of
from families import FAMILIES, Page, Words
from gkparse.readings import TableReading
from gkparse.tables import MEMORY, Memory
from layouts import printed

TEXTS = [text for folder in (REPORTS, REPORTS / "diagnostics", REPORTS / "found") for text, _ in pairs(folder)]
ABOVE = "某地某局关于去年工作的说明。\n此处没有表格。\n\n"
# Tables that markup makes long are not remembered.
NEVER = ("html",)
BELOW = "\n\n此处也没有表格，只有一句话。\n"


@pytest.fixture(autouse=True)
def _nothing_met() -> Iterator[None]:
    """Each test begins and ends with nothing in memory."""
    forget()
    yield
    forget()


def forget() -> None:
    MEMORY.readings.clear()
    MEMORY.met.clear()


def said(source: str) -> dict[str, Any] | str:
    """What a text says: its report as it is stored, with every place in it; or that it is none."""
    try:
        return gkparse.to_dict(gkparse.parse(source))
    except gkparse.NotAReportError as error:
        return str(error)


def remembered(source: str) -> None:
    """Have the tables of a text in memory."""
    for _ in range(3):
        said(source)


def afresh(source: str) -> dict[str, Any] | str:
    """What a text says where nothing is in memory."""
    forget()
    return said(source)


@pytest.mark.parametrize("text", TEXTS, ids=lambda path: path.stem)
def test_a_table_says_the_same_again_and_elsewhere(text: Path) -> None:
    source = source_of(text)
    variants = [source, ABOVE + source, source + BELOW, source.rstrip(), source[: len(source) * 2 // 3]]
    fresh = [afresh(variant) for variant in variants]
    forget()
    for variant in variants:
        remembered(variant)
    assert [said(variant) for variant in variants] == fresh


@pytest.mark.parametrize("family", FAMILIES)
def test_the_same_tables_of_another_office(family: str) -> None:
    ours = FAMILIES[family](Page(printed(distinct())))
    theirs = ours.replace("青石县水务局", "青石县河道水库管理局")
    assert ours != theirs
    remembered(ours)
    warm = said(theirs)
    assert bool(MEMORY.readings) == (family not in NEVER)
    assert warm == afresh(theirs)


def test_what_empty_lines_mean_is_asked_of_the_table_before_each_time() -> None:
    """Section four lacks a value; where it stood, only the empty lines of section three tell."""
    page = FAMILIES["cell-lines"](Page(printed(distinct()) | {"disputes.litigation_direct.other": ""}))
    titles = Words().headings
    above, rest = page.split(titles[2])
    between, below = rest.split(titles[3])
    tables = (between, between.replace("\n", "\n\n"))
    texts = [f"{above}{titles[2]}{table}{titles[3]}{below}" for table in tables]
    fresh = [afresh(text) for text in texts]
    forget()
    for text in texts:
        remembered(text)
    assert [said(text) for text in texts] == fresh
    assert {key[1] for key in MEMORY.readings} == {"proactive", "requests"}


def test_so_much_is_remembered_and_no_more() -> None:
    memory = Memory(2, 3)
    reading = TableReading({}, ())
    for number in range(10):
        key = ("2021", "requests", (), bytes(number), 0, 0, 0, 2)
        for _ in range(3):
            memory.keep(key, reading, 0)
            assert len(memory.readings) <= 2
            assert len(memory.met) <= 3
        assert key in memory.readings


def test_a_table_that_was_met_twice_is_not_kept() -> None:
    for times in (1, 2):
        said(source_of(TEXTS[0]))
        assert not MEMORY.readings
        assert set(MEMORY.met.values()) == {times}


def test_a_long_table_is_not_remembered() -> None:
    source = FAMILIES["cell-lines"](Page(printed(distinct()))).replace("\n", "\n" + " " * 100)
    remembered(source)
    assert "requests" not in {key[1] for key in MEMORY.readings}
