"""Whatever numbers are written in a layout that was seen, they are what is read."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gkparse
from accounting import alarms, misread, unaccounted
from layouts import LAYOUTS, PATHS, Numbers, lines, printed, tabs_shifted, tabs_short, write
from strategies import arbitrary_numbers, consistent_numbers, pages

WHOLE = sorted(set(LAYOUTS) - {"tabs-short"})
GRIDS = sorted(set(WHOLE) - {"lines"})


def without_totals(numbers: Numbers) -> Numbers:
    """What a page still says that has lost the column of totals of section three."""
    lost = {path for path in numbers if path.startswith("requests.") and path.endswith(".total")}
    return numbers.but(dict.fromkeys(lost))


@pytest.mark.parametrize("layout", WHOLE)
@given(numbers=consistent_numbers())
def test_numbers_that_add_up_are_read_exactly_and_without_alarm(
    layout: str, numbers: Numbers
) -> None:
    report = gkparse.parse(write(layout, printed(numbers)))
    assert misread(report, numbers) == []
    assert alarms(report) == []


@pytest.mark.parametrize("layout", WHOLE)
@given(numbers=arbitrary_numbers())
def test_numbers_that_do_not_add_up_are_read_exactly(layout: str, numbers: Numbers) -> None:
    report = gkparse.parse(write(layout, printed(numbers)))
    assert misread(report, numbers) == []


@given(numbers=st.one_of(consistent_numbers(), arbitrary_numbers()))
def test_a_lost_column_is_none_and_named(numbers: Numbers) -> None:
    report = gkparse.parse(tabs_short(printed(numbers)))
    assert unaccounted(report, without_totals(numbers)) == []
    rows = {path.rpartition(".")[0] for path in PATHS if path.startswith("requests.")}
    flagged = {path for found in alarms(report) for path in found.paths}
    assert [row for row in rows if not {row, f"{row}.total", "requests"} & flagged] == []


@given(numbers=consistent_numbers())
def test_a_lost_column_leaves_the_others_exact(numbers: Numbers) -> None:
    report = gkparse.parse(tabs_short(printed(numbers)))
    assert misread(report, without_totals(numbers)) == []


@given(
    numbers=consistent_numbers(),
    lost=st.sampled_from([
        f"outcomes.not_processed.{name}"
        for name in ("duplicate", "publication", "excessive", "confirm_or_reissue")
    ]),
)
def test_labels_may_shift_from_any_row_of_a_group(numbers: Numbers, lost: str) -> None:
    report = gkparse.parse(tabs_shifted(printed(numbers), lost))
    assert misread(report, numbers) == []
    assert alarms(report) == []


@given(numbers=consistent_numbers(), spaced=st.lists(st.booleans(), min_size=1, max_size=9))
def test_en_spaces_behind_any_number_change_nothing(numbers: Numbers, spaced: list[bool]) -> None:
    report = gkparse.parse(lines(printed(numbers), spaced))
    assert misread(report, numbers) == []


@pytest.mark.parametrize("layout", ["tika-broken", "tika-tall"])
@given(page=pages())
def test_blanks_and_marks_of_a_grid_are_none_where_they_stand(
    layout: str, page: tuple[Numbers, dict[str, str]]
) -> None:
    numbers, marks = page
    report = gkparse.parse(write(layout, printed(numbers) | marks))
    assert unaccounted(report, numbers) == []


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
@given(page=pages())
def test_no_blank_or_mark_moves_a_number_in_silence(
    layout: str, page: tuple[Numbers, dict[str, str]]
) -> None:
    numbers, marks = page
    report = gkparse.parse(write(layout, printed(numbers) | marks))
    if layout == "tabs-short":
        numbers = without_totals(numbers)
    assert unaccounted(report, numbers) == []


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
@given(page=pages())
def test_every_span_points_at_what_is_printed(layout: str, page: tuple[Numbers, dict[str, str]]) -> None:
    source = write(layout, printed(page[0]) | page[1])
    report = gkparse.parse(source)
    for path, cell in report.cells():
        assert report.locate(path) == cell.span
        if cell.span is None:
            assert cell.status == "missing"
            continue
        span = cell.span
        assert source[span.start : span.end] == cell.printed
        line = source.split("\n")[span.line - 1]
        assert line[span.column - 1 :].startswith(cell.printed.partition("\n")[0])
        if cell.value is not None:
            assert Decimal(cell.printed) == cell.value
