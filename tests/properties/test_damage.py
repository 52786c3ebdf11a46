"""A damaged report is still read: each cell is what was written, or a warning names it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gkparse
from accounting import alarms, misread, unaccounted
from damages import cut_off, doubled, erased, inserted, read, where, without_lines
from layouts import LAYOUTS, PATHS, Numbers, printed, write
from strategies import consistent_numbers

WHOLE = sorted(set(LAYOUTS) - {"tabs-short"})

each_layout = pytest.mark.parametrize("layout", WHOLE)


@each_layout
@given(numbers=consistent_numbers(), path=st.sampled_from(PATHS))
def test_a_number_that_is_erased(layout: str, numbers: Numbers, path: str) -> None:
    text = write(layout, printed(numbers))
    report = gkparse.parse(erased(text, where(text, PATHS)[path]))
    assert unaccounted(report, numbers.but({path: None})) == []


@each_layout
@given(numbers=consistent_numbers(), line=st.integers(0, 600))
def test_a_line_that_is_lost(layout: str, numbers: Numbers, line: int) -> None:
    text = write(layout, printed(numbers))
    damaged, gone = without_lines(text, {line}, where(text, PATHS))
    assert unaccounted(gkparse.parse(damaged), numbers.but(gone)) == []


@each_layout
@given(numbers=consistent_numbers(), lost=st.sets(st.integers(0, 600), min_size=2, max_size=4))
def test_several_lines_that_are_lost(layout: str, numbers: Numbers, lost: set[int]) -> None:
    text = write(layout, printed(numbers))
    damaged, gone = without_lines(text, lost, where(text, PATHS))
    assert unaccounted(gkparse.parse(damaged), numbers.but(gone)) == []


@each_layout
@given(numbers=consistent_numbers(), line=st.integers(0, 600))
def test_a_line_that_is_printed_twice(layout: str, numbers: Numbers, line: int) -> None:
    report = gkparse.parse(doubled(write(layout, printed(numbers)), line))
    assert unaccounted(report, numbers) == []


@each_layout
@given(numbers=consistent_numbers(), place=st.floats(0, 1))
def test_a_text_that_is_cut_off(layout: str, numbers: Numbers, place: float) -> None:
    text = write(layout, printed(numbers))
    damaged, gone, halved = cut_off(text, int(len(text) * place), where(text, PATHS))
    report = read(damaged)
    if report is not None:
        left = {path: value for path, value in numbers.but(gone).items() if path not in halved}
        assert unaccounted(report, left) == []


@each_layout
@given(numbers=consistent_numbers(), path=st.sampled_from(PATHS), stray=st.integers(0, 99_999))
def test_a_stray_number_before_a_cell(
    layout: str, numbers: Numbers, path: str, stray: int
) -> None:
    text = write(layout, printed(numbers))
    start, _ = where(text, PATHS)[path]
    apart = "\n" if layout == "lines" else "\n\t" if layout.startswith("tika") else "\t"
    report = gkparse.parse(inserted(text, start, f"{stray}{apart}"))
    assert unaccounted(report, numbers) == []


@each_layout
@given(numbers=consistent_numbers(), place=st.floats(0, 1), stray=st.integers(0, 99_999))
def test_a_stray_number_on_a_line_of_its_own(
    layout: str, numbers: Numbers, place: float, stray: int
) -> None:
    lines = write(layout, printed(numbers)).split("\n")
    lines.insert(int(len(lines) * place), str(stray))
    report = gkparse.parse("\n".join(lines))
    assert unaccounted(report, numbers) == []


@each_layout
@given(numbers=consistent_numbers(), pair=st.tuples(*[st.sampled_from(PATHS[10:])] * 2))
def test_two_cells_in_each_others_place(
    layout: str, numbers: Numbers, pair: tuple[str, str]
) -> None:
    one, two = pair
    swapped = numbers.but({one: numbers[two], two: numbers[one]})
    report = gkparse.parse(write(layout, printed(swapped)))
    assert misread(report, swapped) == []
    if numbers[one] != numbers[two]:
        paths = {path for found in alarms(report) for path in found.paths}
        assert paths & {one, two}
    else:
        assert alarms(report) == []
