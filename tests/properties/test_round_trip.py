"""What is rendered is read back, in every rendering, and through what tools do to its text."""

from __future__ import annotations

from typing import get_args

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gkparse
from accounting import alarms, unaccounted
from gkparse import Report
from gkparse.rendering import Script, Width
from gkparse.testing import NOISES, noise, renderings, reports

each_kind = pytest.mark.parametrize(
    ("form", "consistent"),
    [("2021", True), ("2021", False), ("2019", True), ("2019", False), ("2014", None)],
)
each_rendering = pytest.mark.parametrize("rendering", gkparse.RENDERINGS)
# There are many renderings: a part of the profile's examples for each.
few = settings(max_examples=max(4, settings().max_examples // 3))


def assert_read_back(report: Report, source: str) -> None:
    read = gkparse.parse(source)
    assert keyed(read) == keyed(report)
    for path, cell in read.cells():
        assert cell.span is not None or cell.status == "missing", path
        if cell.span is not None:
            assert source[cell.span.start : cell.span.end] == cell.printed, path


def keyed(report: Report) -> Report:
    """A report whose indicators are named by their keys alone: a label is what a page prints."""
    named = (attrs.evolve(own, label="") if own.key else own for own in report.indicators)
    return attrs.evolve(report, indicators=tuple(named))


def moved(report: Report, read: Report) -> list[object]:
    """What a text no longer says of a report's numbers, and no warning names."""
    assert read.form == report.form
    lost: list[object] = [*unaccounted(read, {path: cell.value for path, cell in report.cells()})]
    flagged = any("indicators" in found.paths for found in alarms(read))
    said = [(indicator.key, indicator.value) for indicator in read.indicators]
    written = [(indicator.key, indicator.value) for indicator in report.indicators]
    return lost + [pair for pair in written if pair not in said and not flagged]


@each_kind
@each_rendering
@few
@given(data=st.data())
def test_what_is_rendered_is_read_back(
    rendering: str, form: str, consistent: bool | None, data: st.DataObject
) -> None:
    report = data.draw(reports(form, consistent=consistent))
    source = gkparse.render(report, rendering)
    assert_read_back(report, source)
    assert gkparse.parse(source).indicators == report.indicators


@each_rendering
@few
@given(report=reports(), script=st.sampled_from(get_args(Script)),
       width=st.sampled_from(get_args(Width)), ordinals=st.booleans())
def test_the_words_of_the_form_may_be_written_otherwise(
    rendering: str, report: Report, script: Script, width: Width, ordinals: bool
) -> None:
    assert_read_back(
        report, gkparse.render(report, rendering, script=script, width=width, ordinals=ordinals)
    )


@given(report=reports())
def test_a_text_of_tikas_comes_back_byte_for_byte(report: Report) -> None:
    text = gkparse.render(report, "tika")
    assert gkparse.render(gkparse.parse(text), "tika") == text


@pytest.mark.parametrize("name", NOISES)
@given(report=reports(), rendering=renderings(), data=st.data())
def test_noise_moves_no_number_in_silence(
    name: str, report: Report, rendering: str, data: st.DataObject
) -> None:
    applied = data.draw(noise().filter(lambda known: known.name == name))
    read = gkparse.parse(applied.apply(gkparse.render(report, rendering)))
    assert moved(report, read) == []
