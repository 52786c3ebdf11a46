"""The model: cells and where they are from, equality, copies."""

from __future__ import annotations

import copy
import pickle
from datetime import date
from decimal import Decimal
from typing import Any

import attrs
import pytest

import gkparse
from building import built, distinct
from gkparse import (
    Applicants,
    Cell,
    Diagnostic,
    DocumentCounts,
    Metadata,
    Proactive2021,
    Report,
    Requests,
    Section,
    Span,
)
from layouts import PATHS, printed, write

SOURCE = (
    "二、主动公开政府信息情况\n第二十条第（一）项\n"
    "信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n规章\t7\t\t/\n"
)


def test_a_report_without_tables_has_every_cell_missing() -> None:
    report = Report()
    cells = dict(report.cells())
    assert tuple(cells) == PATHS
    assert set(cells.values()) == {
        Cell(None, "", "missing", "件"), Cell(None, "", "missing", "万元"),
    }


def test_a_value_that_was_set_by_hand_is_printed_without_a_place() -> None:
    report = Report(requests=Requests(received=Applicants(natural_person=4, total=0)))
    assert report.cell("requests.received.natural_person") == Cell(4, "4", "printed", "件")
    assert report.cell("requests.received.total") == Cell(0, "0", "printed", "件")
    assert report.cell("requests.received.other").status == "missing"
    assert report.locate("requests.received.total") is None
    assert report.value("requests.received.natural_person") == 4


def test_a_cell_knows_where_it_was_printed() -> None:
    report = gkparse.parse(SOURCE)
    cell = report.cell("proactive.rules.issued")
    at = SOURCE.index("7")
    assert cell == Cell(7, "7", "printed", "件", Span(at, at + 1, 4, 4))
    assert report.locate("proactive.rules.issued") == cell.span


def test_a_blank_cell_and_a_marked_one_are_none_and_say_why() -> None:
    report = gkparse.parse(SOURCE)
    blank, marked = report.cell("proactive.rules.repealed"), report.cell("proactive.rules.in_force")
    assert (blank.value, blank.printed, blank.status) == (None, "", "blank")
    assert (marked.value, marked.printed, marked.status) == (None, "/", "marked")
    assert report.cell("proactive.licensing.decisions").status == "missing"


@pytest.mark.parametrize("path", ["", "requests", "requests.received", "requests.received.x", "x.y"])
def test_a_path_that_the_form_has_not_is_a_key_error_that_says_what_to_do(path: str) -> None:
    report = gkparse.parse(SOURCE)
    for method in (report.cell, report.locate, report.value):
        with pytest.raises(KeyError) as caught:
            method(path)
        message = str(caught.value)
        assert repr(path).strip("'") in message
        assert "gkparse.fields('2021')" in message.replace("\\", "")


def test_the_optional_row_shows_only_where_it_is_printed() -> None:
    path = "requests.outcomes.other_handling.combined.total"
    report = Report(requests=Requests())
    assert path not in dict(report.cells())
    assert report.cell(path).status == "missing"
    row = gkparse.OtherHandling(combined=Applicants(total=3))
    report = Report(requests=Requests(outcomes=gkparse.Outcomes(other_handling=row)))
    assert dict(report.cells())[path].value == 3


def test_cells_come_in_official_order_with_their_values() -> None:
    numbers = distinct()
    cells = list(built(numbers).cells())
    assert [path for path, _ in cells] == list(PATHS)
    assert {path: cell.value for path, cell in cells} == numbers


# ---------------------------------------------------------------- blank as zero


def test_blanks_become_zero_and_say_that_they_are_inferred() -> None:
    report = gkparse.parse(SOURCE)
    filled = report.blank_as_zero()
    cell = filled.cell("proactive.rules.repealed")
    assert (cell.value, cell.status) == (0, "inferred")
    assert filled.cell("proactive.rules.issued") == report.cell("proactive.rules.issued")
    assert filled.value("proactive.rules.in_force") is None
    assert filled.value("proactive.licensing.decisions") is None
    assert report.value("proactive.rules.repealed") is None
    assert filled != report


def test_a_blank_amount_becomes_a_decimal() -> None:
    text = write("tika-tall", printed(distinct()) | {"proactive.fees.amount": ""})
    value = gkparse.parse(text).blank_as_zero().value("proactive.fees.amount")
    assert value == 0
    assert isinstance(value, Decimal)


def test_a_table_that_is_not_there_stays_away() -> None:
    assert Report().blank_as_zero() == Report()


def test_filling_twice_changes_nothing_more() -> None:
    filled = gkparse.parse(SOURCE).blank_as_zero()
    assert filled.blank_as_zero() == filled


# ---------------------------------------------------------------- equality


def test_equality_is_about_what_is_said_not_how_it_was_read() -> None:
    one = gkparse.parse(SOURCE)
    two = attrs.evolve(one, diagnostics=(), source=None, placed={})
    assert one == two
    assert hash(one) == hash(two)
    assert gkparse.parse("\n\n" + SOURCE) == one
    assert gkparse.parse(SOURCE.replace("7", "8")) != one


@pytest.mark.parametrize(
    "changed",
    [
        {"form": "2019"}, {"title": "年报"}, {"agency": "青石县水务局"}, {"year": 2023},
        {"metadata": Metadata(phone="0100-5550123")},
        {"metadata": Metadata(period_end=date(2023, 12, 31))},
        {"proactive": Proactive2021(rules=DocumentCounts(0))},
        {"requests": Requests()},
        {"disputes": gkparse.Disputes()},
        {"sections": (Section(6, "其他需要报告的事项", "无"),)},
        {"indicators": (gkparse.Indicator("x", "x", None, 1),)},
    ],
)
def test_every_part_of_what_is_said_counts(changed: dict[str, Any]) -> None:
    assert attrs.evolve(Report(), **changed) != Report()


@pytest.mark.parametrize(
    "changed",
    [{"diagnostics": (Diagnostic("GK103", "error", ("requests",)),)}, {"source": "x"}],
)
def test_how_it_was_read_does_not_count(changed: dict[str, Any]) -> None:
    assert attrs.evolve(Report(), **changed) == Report()


def test_white_space_in_sections_does_not_count_and_other_text_does() -> None:
    one = Section(6, "其他需要报告的事项", "今年没有\n别的 事。")
    assert one == Section(6, "其他需要 报告的事项", "今年没有别的事。 ")
    assert hash(one) == hash(Section(6, "其他需要报告的事项", "今年没有别的事。"))
    assert one != Section(6, "其他需要报告的事项", "今年没有别的事!")
    assert one != Section(5, "其他需要报告的事项", "今年没有别的事。")


def test_zero_is_not_blank() -> None:
    assert Applicants(total=0) != Applicants()


# ---------------------------------------------------------------- frozen, copied, pickled


def test_a_report_cannot_be_changed() -> None:
    report = Report()
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        report.year = 2023  # type: ignore[misc]
    with pytest.raises((AttributeError, TypeError)):
        report.something = 1  # type: ignore[attr-defined]


@pytest.mark.parametrize("layout", ["tika-broken", "lines", "tabs-short"])
def test_a_report_is_whole_after_pickling_and_copying(layout: str) -> None:
    report = gkparse.parse(write(layout, printed(distinct())))
    for back in (pickle.loads(pickle.dumps(report)), copy.deepcopy(report)):  # noqa: S301
        assert back == report
        assert back.diagnostics == report.diagnostics
        assert [found.message for found in back.diagnostics] == [
            found.message for found in report.diagnostics
        ]
        assert dict(back.cells()) == dict(report.cells())
        assert back.source == report.source


def test_a_report_shows_itself_in_one_piece() -> None:
    report = gkparse.parse(write("lines", printed(distinct())))
    assert report.agency is not None
    assert report.agency in repr(report)
    assert "diagnostics" not in repr(report)
