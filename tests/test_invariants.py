"""What the harness in `fuzz/` asks of any input, asked here of a few; and that it would tell what is wrong."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import gkparse
from building import built, distinct
from damaged_pages import damaged, hold_for_page
from expectations import REPORTS, pairs, source_of
from gkparse import testing
from gkparse.limits import Limits
from invariants import (
    hold_as_detected,
    hold_as_read,
    hold_for_dict,
    hold_for_file,
    hold_for_report,
    hold_for_text,
    paths_of,
    stands_printed,
    whole_number,
)
from layouts import printed, write

EVERY = [text for folder in (REPORTS, REPORTS / "diagnostics", REPORTS / "found") for text, _ in pairs(folder)]
PAGE = write("tabs-shifted", printed(distinct()))
LIMITS = Limits(file_bytes=1 << 20, characters=1 << 20)
KEPT = Path(__file__).parents[1] / "fuzz" / "corpus" / "short.jsonl"
RECEIVED = "requests.received.total"


# ---------------------------------------------------------------- they hold


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_they_hold_for_every_report_of_the_tests(path: Any) -> None:
    source = source_of(path)
    report = hold_for_text(source)
    assert report is not None
    hold_for_report(report)
    assert hold_for_file(source.encode(), LIMITS) == report


@given(report=testing.reports(), rendering=testing.renderings())
def test_they_hold_for_any_report_in_any_rendering(report: gkparse.Report, rendering: str) -> None:
    read = hold_for_text(gkparse.render(report, rendering))
    assert read == report
    hold_for_report(report)
    assert hold_for_dict(gkparse.to_dict(report)) == report


@given(text=st.text())
def test_they_hold_for_any_text(text: str) -> None:
    hold_for_text(text)


@given(data=st.binary(max_size=2000))
def test_they_hold_for_any_bytes(data: bytes) -> None:
    hold_for_file(data, LIMITS)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=9,
)


@given(data=JSON)
def test_they_hold_for_anything_that_json_may_say(data: Any) -> None:
    assert hold_for_dict(data) is None


@given(name=st.sampled_from(sorted(gkparse.to_dict(built(distinct())))), put=JSON)
def test_they_hold_for_a_stored_report_with_anything_in_a_place(name: str, put: Any) -> None:
    stored = gkparse.to_dict(built(distinct())) | {name: put}
    if (report := hold_for_dict(json.loads(json.dumps(stored)))) is not None:
        hold_for_report(report)


def test_they_hold_for_texts_that_the_harness_has_kept() -> None:
    kept = KEPT.read_text(encoding="utf-8").strip().split("\n")
    assert len(kept) > 500
    failed = {}
    for text in map(json.loads, kept[::5]):  # the harness begins each run with all of them
        try:
            hold_for_text(text)
        except AssertionError as error:
            failed[text] = error
    assert failed == {}


def test_one_report_of_several_has_separators_of_its_own() -> None:
    # Alone, the first one prints -1; those of the second say that a dash parts cells.
    report = hold_for_text(
        "行政强制 3 12 -1 4二十条第（六）项\n上一年项目数量\n其他需要报告的情况\n三、收到和处理政府信息公开申请情况\n"
        "一、本年新收政府信息公开申请数量 - 17 - 9 - 1 - 5 - 7 - 2 - 41\n"
        "二、上年结转政府信息公开申请数量 - 4 - 2 - 3 - 8 - 10 - 11 - 38"
    )
    assert report is not None
    assert [found.code for found in report.diagnostics if found.code == "GK104"] == ["GK104"]


@pytest.mark.parametrize("seed", range(20))
def test_no_number_of_a_damaged_page_is_wrong_in_silence(seed: int) -> None:
    assert hold_for_page(b"%d" % seed) is not None


def test_the_damages_of_a_page_take_numbers_and_leave_the_others() -> None:
    pages = [damaged(random.Random(seed)) for seed in range(40)]  # noqa: S311 - no secret
    assert len({name for name, *_ in pages}) > 10
    assert {done[0] for *_, done in pages} == {"erased", "added", "lines", "none"}
    for _, text, numbers, done in pages:
        assert (None in numbers.values()) or done[0] != "erased"
        assert gkparse.detect(text) is not None


def test_what_is_no_report_gives_none() -> None:
    assert hold_for_text("今日天气晴") is None
    assert hold_for_file("今日天气晴".encode(), LIMITS) is None
    assert hold_for_dict({"schema": "gkparse.report/1"}) is None


# ---------------------------------------------------------------- they would tell

READ = gkparse.parse(PAGE)


def placed(path: str, **other: Any) -> gkparse.Report:
    """The report of the page, with another place of a cell."""
    return attrs.evolve(READ, placed={**READ._placed, path: READ._placed[path]._replace(**other)})


def told(report: gkparse.Report, match: str) -> None:
    hold_as_read(READ)
    with pytest.raises(AssertionError, match=match):
        hold_as_read(report)


def test_a_place_beside_the_number_is_told() -> None:
    span = READ.locate(RECEIVED)
    assert span is not None
    told(placed(RECEIVED, start=span.start + 1), RECEIVED)
    told(placed(RECEIVED, end=span.end - 1), RECEIVED)
    told(placed(RECEIVED, start=-1), f"{RECEIVED}: printed without a place")


def test_a_status_that_says_otherwise_is_told() -> None:
    told(placed(RECEIVED, status="blank"), RECEIVED)
    told(placed(RECEIVED, status="missing"), RECEIVED)


def test_a_value_that_is_not_printed_is_told() -> None:
    assert READ.disputes
    results = attrs.evolve(READ.disputes.reconsideration, upheld=10_000_001)
    disputes = attrs.evolve(READ.disputes, reconsideration=results)
    told(attrs.evolve(READ, disputes=disputes), "disputes.reconsideration.upheld: 10000001 of")


def test_a_sum_that_fails_in_silence_is_told() -> None:
    read = gkparse.parse(write("tabs-shifted", printed(distinct().but({RECEIVED: 1}))))
    hold_as_read(read)
    for code in ("GK301", "GK303"):
        silent = tuple(found for found in read.diagnostics if found.code != code)
        told(attrs.evolve(read, diagnostics=silent), "fails in silence")


@pytest.mark.parametrize(
    ("paths", "span"),
    [(("requests.recieved",), None), ((), gkparse.Span(5, 4, 1, 6)), ((), gkparse.Span(0, 10**9, 1, 1))],
)
def test_a_finding_about_nothing_that_there_is_is_told(paths: tuple[str, ...], span: gkparse.Span | None) -> None:
    found = gkparse.Diagnostic("GK201", "error", paths, span, arguments={"label": "新收"})
    told(attrs.evolve(READ, diagnostics=(found,)), "GK201")


@pytest.mark.parametrize("said", [None, gkparse.Detection("2019", "tabs", 1), gkparse.Detection("2021", "tabs", 2)])
def test_detection_that_says_otherwise_is_told(said: gkparse.Detection | None) -> None:
    hold_as_detected(READ, gkparse.Detection("2021", "tabs", 1))
    with pytest.raises(AssertionError, match="detect"):
        hold_as_detected(READ, said)


# ---------------------------------------------------------------- what is printed


@pytest.mark.parametrize(
    ("value", "text"),
    [(3, "3"), (1240, "1,240"), (1240, "１，２４０件"), (0, "〇"), (0, "零"), (10, "lO"), (-3, "-3"), (-3, "减少3"), (12, "12①"),
     (3, "3（其中修订16件）")],
)
def test_a_value_stands_in_its_text(value: int, text: str) -> None:
    assert stands_printed(value, text)


@pytest.mark.parametrize(("value", "text"), [(24, "240"), (24, "2 4"), (-3, "3"), (11, "①1"), (2, "²"), (0, ""), (0, "/"), (12, "12.5")])
def test_a_value_does_not_stand_in_another_text(value: int, text: str) -> None:
    assert not stands_printed(value, text)


@pytest.mark.parametrize(("start", "end", "whole"), [(1, 3, True), (1, 2, False), (2, 3, False), (0, 3, True), (4, 5, True), (3, 4, True)])
def test_a_place_within_a_longer_number_is_none(start: int, end: int, whole: bool) -> None:
    assert whole_number(" 12 3", start, end) is whole


@pytest.mark.parametrize("form", ["2021", "2019", "2014"])
def test_the_paths_of_a_form_are_its_cells_and_all_above_them(form: str) -> None:
    every = paths_of(form)
    assert every >= {field.path for field in gkparse.fields(form)} | {"indicators", "metadata.issue_date"}
    assert all(path.rpartition(".")[0] in every | {"", "metadata"} for path in every)


ONCE_WRONG = (
    b"2325637078463267437", b"b-29745", b"b-35321", b"b-45039", b"b-57902", b"c-16528", b"c-48003", b"c-51232",
    b"4056936267506850491",
)


@pytest.mark.parametrize("seed", ONCE_WRONG)
def test_no_number_is_wrong_in_silence_any_more(seed: bytes) -> None:
    assert hold_for_page(seed) is not None
