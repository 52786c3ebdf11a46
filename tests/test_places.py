"""Where a text that was read out of a source stands in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gkparse.places import Places, once


@pytest.mark.parametrize(
    ("source", "printed", "start"),
    [
        ("甲乙丙", "乙", 1), ("甲乙乙", "乙", None), ("甲", "乙", None), ("", "乙", None), (None, "乙", None),
        ("甲", "", None), ("乙乙乙", "乙乙", None),
    ],
)
def test_a_text_that_stands_once(source: str | None, printed: str, start: int | None) -> None:
    span = once(source, printed)
    assert (span.start if span else None) == start


def test_white_space_markup_and_entities_do_not_count() -> None:
    source = "<p>收到申请 \n 1<b>2</b>&ensp;件</p>"
    span = Places(source).find("收到申请12件")
    assert span is not None
    assert source[span.start : span.end] == "收到申请 \n 1<b>2</b>&ensp;件"


def test_clauses_are_found_one_after_another_and_again_from_the_start() -> None:
    places = Places("一件。二件。一件。")
    found = [places.find(clause) for clause in ("一件", "一件", "二件", "三件")]
    assert [span and span.start for span in found] == [0, 6, 3, None]


def test_after_many_clauses_that_are_missing_no_more_are_sought() -> None:
    places = Places("一件")
    assert [places.find("二件") for _ in range(Places._PATIENCE)] == [None] * Places._PATIENCE
    assert places.find("一件") is None
    assert Places(None).find("一件") is None


@given(st.text("甲乙 \n<>&", max_size=40), st.text("甲乙", min_size=1, max_size=4))
def test_what_is_found_is_the_clause(source: str, clause: str) -> None:
    span = Places(source).find(clause)
    if span is not None:
        place = source[span.start : span.end]
        assert place[0] == clause[0]
        assert place[-1] == clause[-1]
