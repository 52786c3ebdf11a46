"""What is rendered is read back, in every rendering, and through what tools do to its text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gkparse
from accounting import alarms, unaccounted
from gkparse import Report
from gkparse.testing import NOISES, noise, renderings, reports

each_rendering = pytest.mark.parametrize("rendering", gkparse.RENDERINGS)
# There are many renderings: a part of the profile's examples for each.
few = settings(max_examples=max(4, settings().max_examples // 3))


def assert_read_back(report: Report, rendering: str) -> None:
    source = gkparse.render(report, rendering)
    read = gkparse.parse(source)
    assert read == report
    for path, cell in read.cells():
        assert cell.span is not None or cell.status == "missing", path
        if cell.span is not None:
            assert source[cell.span.start : cell.span.end] == cell.printed, path


def moved(report: Report, read: Report) -> list[object]:
    """What a text no longer says of a report's numbers, and no warning names."""
    assert read.form == report.form
    lost: list[object] = [*unaccounted(read, {path: cell.value for path, cell in report.cells()})]
    flagged = any("indicators" in found.paths for found in alarms(read))
    said = [(indicator.key, indicator.value) for indicator in read.indicators]
    written = [(indicator.key, indicator.value) for indicator in report.indicators]
    return lost + [pair for pair in written if pair not in said and not flagged]


@each_rendering
@few
@given(report=reports("2021", consistent=True))
def test_a_report_of_2021_that_adds_up(rendering: str, report: Report) -> None:
    assert_read_back(report, rendering)


@each_rendering
@few
@given(report=reports("2021", consistent=False))
def test_a_report_of_2021_that_does_not_add_up(rendering: str, report: Report) -> None:
    assert_read_back(report, rendering)


@each_rendering
@few
@given(report=reports("2019", consistent=True))
def test_a_report_of_2019_that_adds_up(rendering: str, report: Report) -> None:
    assert_read_back(report, rendering)


@each_rendering
@few
@given(report=reports("2019", consistent=False))
def test_a_report_of_2019_that_does_not_add_up(rendering: str, report: Report) -> None:
    assert_read_back(report, rendering)


@each_rendering
@few
@given(report=reports("2014"))
def test_a_report_of_2014(rendering: str, report: Report) -> None:
    assert_read_back(report, rendering)


@pytest.mark.parametrize("name", NOISES)
@given(report=reports(), rendering=renderings(), data=st.data())
def test_noise_moves_no_number_in_silence(
    name: str, report: Report, rendering: str, data: st.DataObject
) -> None:
    applied = data.draw(noise().filter(lambda known: known.name == name))
    read = gkparse.parse(applied.apply(gkparse.render(report, rendering)))
    assert moved(report, read) == []
