"""A damaged report is still read: each cell is what was written, or a warning names it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gkparse
from accounting import alarms, misread, unaccounted
from layouts import LAYOUTS, PATHS, Numbers, printed, write
from strategies import consistent_numbers

WHOLE = sorted(set(LAYOUTS) - {"tabs-short"})

each_layout = pytest.mark.parametrize("layout", WHOLE)


def where(text: str) -> dict[str, tuple[int, int]]:
    """Where each cell of a sound report is printed."""
    report = gkparse.parse(text)
    spans = {path: report.locate(path) for path in PATHS}
    return {path: (span.start, span.end) for path, span in spans.items() if span}


def read(text: str) -> gkparse.Report | None:
    """The report, or None where the rest of the text is none any more."""
    try:
        return gkparse.parse(text)
    except gkparse.NotAReportError:
        return None


@each_layout
@given(numbers=consistent_numbers(), path=st.sampled_from(PATHS))
def test_a_number_that_is_erased(layout: str, numbers: Numbers, path: str) -> None:
    text = write(layout, printed(numbers))
    start, end = where(text)[path]
    report = gkparse.parse(text[:start] + text[end:])
    assert unaccounted(report, numbers.but({path: None})) == []


@each_layout
@given(numbers=consistent_numbers(), line=st.integers(0, 600))
def test_a_line_that_is_lost(layout: str, numbers: Numbers, line: int) -> None:
    text = write(layout, printed(numbers))
    lines = text.split("\n")
    line %= len(lines)
    start = sum(len(each) + 1 for each in lines[:line])
    end = start + len(lines[line])
    gone = {path for path, span in where(text).items() if start <= span[0] <= end}
    report = gkparse.parse("\n".join(lines[:line] + lines[line + 1 :]))
    left = numbers.but(dict.fromkeys(gone))
    assert unaccounted(report, left) == []


@each_layout
@given(numbers=consistent_numbers(), lost=st.sets(st.integers(0, 600), min_size=2, max_size=4))
def test_several_lines_that_are_lost(layout: str, numbers: Numbers, lost: set[int]) -> None:
    text = write(layout, printed(numbers))
    lines = text.split("\n")
    lost = {line % len(lines) for line in lost}
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    gone = {
        path
        for path, (start, _) in where(text).items()
        if any(starts[line] <= start < starts[line + 1] for line in lost)
    }
    report = gkparse.parse("\n".join(line for at, line in enumerate(lines) if at not in lost))
    assert unaccounted(report, numbers.but(dict.fromkeys(gone))) == []


@each_layout
@given(numbers=consistent_numbers(), line=st.integers(0, 600))
def test_a_line_that_is_printed_twice(layout: str, numbers: Numbers, line: int) -> None:
    lines = write(layout, printed(numbers)).split("\n")
    line %= len(lines)
    report = gkparse.parse("\n".join([*lines[: line + 1], *lines[line:]]))
    assert unaccounted(report, numbers) == []


@each_layout
@given(numbers=consistent_numbers(), place=st.floats(0, 1))
def test_a_text_that_is_cut_off(layout: str, numbers: Numbers, place: float) -> None:
    text = write(layout, printed(numbers))
    cut = int(len(text) * place)
    report = read(text[:cut])
    if report is None:
        return
    spans = where(text)
    left = {path: value if spans[path][1] <= cut else None for path, value in numbers.items()}
    # Half a number without a sum that it belongs to looks whole.
    for path, (start, end) in spans.items():
        if start < cut < end and path.startswith("proactive."):
            del left[path]
    assert unaccounted(report, left) == []


@each_layout
@given(numbers=consistent_numbers(), path=st.sampled_from(PATHS), stray=st.integers(0, 99_999))
def test_a_stray_number_before_a_cell(
    layout: str, numbers: Numbers, path: str, stray: int
) -> None:
    text = write(layout, printed(numbers))
    start, _ = where(text)[path]
    apart = "\n" if layout == "lines" else "\n\t" if layout.startswith("tika") else "\t"
    report = gkparse.parse(f"{text[:start]}{stray}{apart}{text[start:]}")
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
