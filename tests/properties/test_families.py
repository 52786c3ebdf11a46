"""Whatever numbers a page prints, each family of layouts gives them back, or says what it lost."""

from __future__ import annotations

import pytest
from hypothesis import given

import gkparse
from accounting import alarms, misread, unaccounted
from families import FAMILIES, Page
from layouts import Numbers, printed
from strategies import arbitrary_numbers, consistent_numbers, pages

each_family = pytest.mark.parametrize("family", sorted(FAMILIES))
# Families in which a blank cell has a place of its own.
GRIDS = ("asciidoc", "box", "csv", "html", "lists", "markdown", "mediawiki")


def read(family: str, cells: dict[str, str]) -> gkparse.Report:
    return gkparse.parse(FAMILIES[family](Page(cells)))


@each_family
@given(numbers=consistent_numbers())
def test_numbers_that_add_up_are_read_exactly_and_without_alarm(
    family: str, numbers: Numbers
) -> None:
    report = read(family, printed(numbers))
    assert misread(report, numbers) == []
    assert alarms(report) == []
    assert (report.agency, report.year) == ("青石县水务局", 2023)
    assert [section.number for section in report.sections] == [1, 2, 3, 4, 5, 6]


@each_family
@given(numbers=arbitrary_numbers())
def test_numbers_that_do_not_add_up_are_read_exactly_or_named(
    family: str, numbers: Numbers
) -> None:
    assert unaccounted(read(family, printed(numbers)), numbers) == []


@each_family
@given(page=pages())
def test_no_blank_or_mark_moves_a_number_in_silence(
    family: str, page: tuple[Numbers, dict[str, str]]
) -> None:
    numbers, marks = page
    source = FAMILIES[family](Page(printed(numbers) | marks))
    report = gkparse.parse(source)
    assert unaccounted(report, numbers) == []
    if family in GRIDS:
        assert misread(report, numbers) == []
    for path, cell in report.cells():
        if cell.span is None:
            assert cell.status == "missing", path
        else:
            assert source[cell.span.start : cell.span.end] == cell.printed, path
