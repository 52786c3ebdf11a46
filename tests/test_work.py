"""Work stays linear in the length of a text: steps are counted, never timed.

Each hostile text is read at one length and at the double of it: what is called, met and kept may
double with it, and a little more.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import TYPE_CHECKING

import pytest

import gkparse
from gkparse import columns, labels, pieces, readings
from gkparse.alignment import MOST_CANDIDATES, candidates
from gkparse.form import load
from gkparse.markup import view
from gkparse.pieces import cut
from gkparse.rows import rows
from gkparse.runs import Run
from gkparse.tokens import tokens
from layouts import HEADINGS, PATHS, write
from reports_of_work import HOSTILE

if TYPE_CHECKING:
    from _typeshed import TraceFunction

ENDING = "\n" + "\n".join(HEADINGS) + "\n"
LENGTH = 1000
# Twice the text is at most so many times the work.
MOST = 2.4


class Steps:
    """Counts the calls of functions of gkparse, and of the programs' lines that they run."""

    def __init__(self) -> None:
        self.count = 0

    def _event(self, frame: FrameType, event: str, _argument: object) -> TraceFunction | None:
        if "gkparse" not in frame.f_code.co_filename:
            return None
        self.count += 1
        return self._event

    def of(self, work: Callable[[], object]) -> int:
        before = sys.gettrace()
        self.count = 0
        sys.settrace(self._event)
        try:
            work()
        finally:
            sys.settrace(before)
        return self.count


def parse(text: str) -> None:
    with suppress(gkparse.NotAReportError):
        gkparse.parse(text)


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_twice_the_text_is_twice_the_steps(name: str) -> None:
    make = HOSTILE[name]
    parse(make(10) + ENDING)  # what is made once is not counted
    one, two = (Steps().of(lambda n=n: parse(make(n) + ENDING)) for n in (LENGTH, 2 * LENGTH))  # type: ignore[misc]
    assert two <= MOST * one + 10_000, (one, two)


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_what_is_made_of_a_text_is_no_longer_than_it(name: str) -> None:
    text = HOSTILE[name](LENGTH) + ENDING
    shown = view(text)
    assert len(shown) == len(text)
    found = rows(shown, "2021")
    assert len(found) <= len(text) + 1
    # A piece of a glued text is there once for each of its words.
    assert sum(len(row.pieces) for row in found) <= len(text) + len(found)
    assert len(list(tokens(found))) <= 2 * len(found) + 1
    form = load("2021")
    every = [piece for row in found for piece in row.pieces]
    assert sum(len(each.pieces) for each in labels.assemble(form, "requests", every)) <= len(every)


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_findings_are_bounded_or_one_a_place(name: str) -> None:
    text = HOSTILE[name](LENGTH) + ENDING
    try:
        report = gkparse.parse(text)
    except gkparse.NotAReportError:
        return
    assert len(report.diagnostics) <= 1000


def test_ways_to_lay_a_row_are_bounded_however_long_it_is() -> None:
    for length in (8, 15, 20, 100, 10_000):
        row = [cut("7", "2021")[0]] * length
        for width in (1, 3, 7, 15):
            assert sum(1 for _ in candidates(row, width)) <= MOST_CANDIDATES
        blank = list(cut("\t" * length + "7" + "\t" * length, "2021"))
        assert sum(1 for _ in candidates(blank, 15)) <= 15
        assert len(Run(blank).printed) == 1


def test_physical_columns_are_bounded() -> None:
    text = "\n".join(f"2.重复申请{' ' * (at % 997)}1  2" for at in range(2000))
    found = rows(text, "2021")
    grid = columns.gridded(text, found)
    assert grid is None or sum(len(row.pieces) for row in grid) <= 20 * len(found)


def test_what_is_remembered_of_texts_is_bounded() -> None:
    for at in range(10_000):
        cut(f"河道水位{at}", "2021")
    information = pieces._cut_short.cache_info()
    assert information.maxsize is not None
    assert information.currsize <= information.maxsize


def test_values_that_no_row_claims_are_named_up_to_a_bound() -> None:
    text = write("tabs-shifted", dict.fromkeys(PATHS, "0"))
    stray = "\n".join(["7\t8\t9", "河道"] * 3000)
    report = gkparse.parse(text.replace("四、结转", f"{stray}\n四、结转", 1))
    found = [each for each in report.diagnostics if each.code == "GK205"]
    assert 0 < len(found) <= 3 * readings.MOST_UNCLAIMED
