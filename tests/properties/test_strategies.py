"""What `gkparse.testing` draws: reports as `parse` gives them, and noise that changes no number."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gkparse
from gkparse import Report
from gkparse.form import load
from gkparse.preamble import read_preamble, titled
from gkparse.testing import Noise, noise, renderings, reports

COMBINED, THREE = "combined", ("correction_overdue", "fee_overdue", "other")
SUMMED = [(form, consistent) for form in ("2021", "2019", None) for consistent in (True, False)]


def drawn(report: Report) -> Iterator[tuple[str, object]]:
    """The cells of a report that hold a value."""
    return ((path, cell.value) for path, cell in report.cells() if cell.value is not None)


@given(report=reports())
def test_what_is_drawn_is_stored_and_read_back(report: Report) -> None:
    stored = gkparse.to_dict(report)
    assert gkparse.from_dict(stored) == report
    assert gkparse.from_dict(json.loads(json.dumps(stored))) == report
    assert gkparse.from_json(gkparse.to_json(report)) == report


@pytest.mark.parametrize(("form", "consistent"), SUMMED)
@given(data=st.data())
def test_sums_hold_or_not_as_is_asked(
    form: str | None, consistent: bool, data: st.DataObject
) -> None:
    report = data.draw(reports(form, consistent=consistent))
    sums = [found for found in gkparse.check(report) if found.code in {"GK301", "GK302", "GK303", "GK304"}]
    assert bool(sums) != consistent
    assert report.form == form or form is None


@given(report=reports(consistent=True) | reports(consistent=False))
def test_values_are_such_as_a_form_prints(report: Report) -> None:
    for path, value in drawn(report):
        assert value is not None
        assert path.endswith(".items_change") or value >= 0, path  # type: ignore[operator]
        digits = str(value).partition(".")[0].lstrip("-")
        assert digits.isdecimal(), path
        assert len(digits) <= 8 or not path.startswith("proactive."), path
    met = {path.split(".")[3] for path, _ in drawn(report) if ".other_handling." in path}
    assert COMBINED not in met or met.isdisjoint(THREE)


@given(report=reports("2014"))
def test_indicators_stand_in_the_order_of_the_form(report: Report) -> None:
    rows = [row for row in load("2014").indicators if row.unit]
    assert [found.key for found in report.indicators] == [row.key for row in rows]
    assert [found.unit for found in report.indicators] == [row.unit for row in rows]
    assert (report.proactive, report.requests, report.disputes) == (None, None, None)


@given(report=reports())
def test_title_and_agency_are_such_as_a_page_names(report: Report) -> None:
    if report.title:
        assert str(report.year) in report.title
        assert titled(report.title) == report.agency
    elif report.agency:
        named = read_preamble(f"本报告由{report.agency}编制。", 3 + len(report.agency) + 5)
        assert named.agency == report.agency


@given(report=reports())
def test_every_document_that_a_text_cites_is_cited(report: Report) -> None:
    for section in report.sections:
        for number in re.findall(r"（(\w+〔\d{4}〕\d+号)）", section.text):
            assert number in report.metadata.cited_documents


@given(text=st.text("0一二人行（），。：\t|,1 \n7数"), applied=noise())
def test_noise_is_the_same_each_time(text: str, applied: Noise) -> None:
    assert applied.apply(text) == applied.apply(text)


@given(report=reports(), rendering=renderings(), applied=noise())
def test_only_a_noise_that_says_so_touches_digits(
    report: Report, rendering: str, applied: Noise
) -> None:
    text = gkparse.render(report, rendering)
    if not {"digits", "numbers"} & set(applied.name.split("-")):
        kept = re.findall("[0-9]", applied.apply(text))
        assert kept == re.findall("[0-9]", text)


@given(report=st.from_type(Report))
def test_the_type_alone_draws_reports(report: Report) -> None:
    assert report.form in ("2021", "2019", "2014")
    assert len(report.sections) in (0, 6)
