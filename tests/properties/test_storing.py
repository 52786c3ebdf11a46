"""What is stored is read back: `from_dict(to_dict(report)) == report`, and through JSON."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given

import gkparse
from building import built
from layouts import LAYOUTS, PATHS, Numbers, printed, write
from strategies import arbitrary_numbers, pages


@given(numbers=arbitrary_numbers())
def test_numbers_come_back(numbers: Numbers) -> None:
    report = built(numbers)
    assert gkparse.from_dict(gkparse.to_dict(report)) == report
    assert gkparse.from_json(gkparse.to_json(report)) == report
    assert hash(gkparse.from_dict(gkparse.to_dict(report))) == hash(report)


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
@given(page=pages())
def test_a_parsed_report_comes_back_with_how_it_was_read(
    layout: str, page: tuple[Numbers, dict[str, str]]
) -> None:
    numbers, marks = page
    report = gkparse.parse(write(layout, printed(numbers) | marks))
    stored = gkparse.from_json(gkparse.to_json(report))
    assert stored == report
    assert gkparse.to_dict(stored) == gkparse.to_dict(report)
    for path in PATHS:
        cell, back = report.cell(path), stored.cell(path)
        assert (back.value, back.status, back.unit) == (cell.value, cell.status, cell.unit)
        assert back.printed == cell.printed
        assert stored.locate(path) is None
    messages = [(found.code, found.severity, found.paths, found.message)
                for found in report.diagnostics]
    assert messages == [(found.code, found.severity, found.paths, found.message)
                        for found in stored.diagnostics]


@given(page=pages())
def test_a_pickled_report_is_whole(page: tuple[Numbers, dict[str, str]]) -> None:
    numbers, marks = page
    report = gkparse.parse(write("tabs-shifted", printed(numbers) | marks))
    back = pickle.loads(pickle.dumps(report))  # noqa: S301
    assert back == report
    assert back.diagnostics == report.diagnostics
    assert list(back.cells()) == list(report.cells())
