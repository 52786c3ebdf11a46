"""A damaged report of any family and of either form: each cell is what was written, or is named."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gkparse
from accounting import misread, named, unaccounted
from damages import cut_off, doubled, erased, inserted, read, where, without_lines
from families import FAMILIES, Page
from gkparse.sheet import Sheet
from layouts import Numbers, printed
from strategies import consistent_numbers, consistent_of_2019

# What parts two cells of a row, put before the second one.
BETWEEN = {
    "markdown": " | ", "bar-rows": " | ", "cell-bars": " |\n", "html": "</p></td><td><p>",
    "csv": ",", "mediawiki": "\n| ", "asciidoc": " |", "lists": "', '", "frame": "  ",
    "box": " │ ", "cell-lines": "\n", "one-line": " ", "values-first": " ", "pdf-lines": " ",
    "fixed-wide": "   ", "fixed-narrow": "   ", "fixed-right": "   ",
}
SUMMED = "requests."

each_family = pytest.mark.parametrize("family", sorted(FAMILIES))
# A page of a single line has none to lose.
each_of_lines = pytest.mark.parametrize("family", sorted(set(FAMILIES) - {"one-line"}))
# Where a label or a cell has a line of its own, two losses may hide each other.
each_of_rows = pytest.mark.parametrize(
    "family", sorted(set(FAMILIES) - {"one-line", "cell-bars", "values-first"})
)
# There are many families: a part of the profile's examples for each.
few = settings(max_examples=max(4, settings().max_examples * 2 // 5))
either_form = consistent_numbers() | consistent_of_2019()


def form_of(numbers: Numbers) -> str:
    return "2021" if "proactive.fees.amount" in numbers else "2019"


def write(family: str, numbers: Numbers, **cells: str) -> str:
    """A page with these numbers, but for some cells that are printed otherwise."""
    return FAMILIES[family](Page(printed(numbers) | cells, form=form_of(numbers)))


def rows_of(numbers: Numbers) -> list[str]:
    """The rows of section three, whose every value belongs to a sum."""
    return list(dict.fromkeys(p.rpartition(".")[0] for p in numbers if p.startswith(SUMMED)))


@attrs.frozen
class Disordered(Page):
    """A page on which two rows of section three, with their labels, stand in each other's place."""

    pair: tuple[int, int] = (0, 0)

    def sheet(self, name: str) -> Sheet:
        drawn = super().sheet(name)
        if name != "requests":
            return drawn
        one, two = (3 + at % (drawn.height - 3) for at in self.pair)
        other = {one: two, two: one}
        boxes = [
            # The cells of groups go over the rows of others.
            box if box.role == "group" else attrs.evolve(box, row=other.get(box.row, box.row))
            for box in drawn.boxes
        ]
        boxes.sort(key=lambda box: (box.row, box.column))
        return attrs.evolve(drawn, boxes=tuple(boxes))


def test_every_family_says_what_parts_its_cells() -> None:
    assert set(BETWEEN) == set(FAMILIES)


@each_family
@few
@given(numbers=either_form, data=st.data())
def test_a_number_that_is_erased(family: str, numbers: Numbers, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(list(numbers)))
    text = write(family, numbers)
    report = gkparse.parse(erased(text, where(text, numbers)[path]))
    assert unaccounted(report, numbers.but({path: None})) == []


def unnamed(report: gkparse.Report, numbers: Numbers, gone: dict[str, None]) -> list[str]:
    """The cells that are neither what was written, nor lost with what is gone, nor named."""
    return [
        path
        for path, _, value in unaccounted(report, numbers.but(gone))
        if value != numbers[path]
    ]


@each_of_lines
@few
@given(numbers=either_form, line=st.integers(0, 2000))
def test_a_line_that_is_lost(family: str, numbers: Numbers, line: int) -> None:
    text = write(family, numbers)
    damaged, gone = without_lines(text, {line}, where(text, numbers))
    assert unnamed(gkparse.parse(damaged), numbers, gone) == []


@each_of_rows
@few
@given(numbers=either_form, lost=st.sets(st.integers(0, 2000), min_size=2, max_size=4))
def test_several_lines_that_are_lost(family: str, numbers: Numbers, lost: set[int]) -> None:
    text = write(family, numbers)
    damaged, gone = without_lines(text, lost, where(text, numbers))
    assert unnamed(gkparse.parse(damaged), numbers, gone) == []


@each_family
@few
@given(numbers=either_form, place=st.floats(0, 1))
def test_a_text_that_is_cut_off(family: str, numbers: Numbers, place: float) -> None:
    text = write(family, numbers)
    damaged, gone, halved = cut_off(text, int(len(text) * place), where(text, numbers))
    report = read(damaged)
    if report is not None and report.form == gkparse.parse(text).form:
        left = {path: value for path, value in numbers.but(gone).items() if path not in halved}
        assert unaccounted(report, left) == []


@each_of_lines
@few
@given(numbers=either_form, line=st.integers(0, 2000))
def test_a_line_that_is_printed_twice(family: str, numbers: Numbers, line: int) -> None:
    report = gkparse.parse(doubled(write(family, numbers), line))
    assert unaccounted(report, numbers) == []


@each_family
@few
@given(numbers=either_form, stray=st.just("") | st.integers(0, 99_999).map(str), data=st.data())
def test_a_stray_number_or_empty_cell_before_a_cell(
    family: str, numbers: Numbers, stray: str, data: st.DataObject
) -> None:
    path = data.draw(st.sampled_from(list(numbers)))
    text = write(family, numbers)
    start, _ = where(text, numbers)[path]
    report = gkparse.parse(inserted(text, start, stray + BETWEEN[family]))
    assert unaccounted(report, numbers) == []


@each_family
@few
@given(numbers=either_form, right=st.booleans(), data=st.data())
def test_a_row_that_is_moved_by_one_column(
    family: str, numbers: Numbers, right: bool, data: st.DataObject
) -> None:
    row = data.draw(st.sampled_from(rows_of(numbers)))
    columns = [path for path in numbers if path.rpartition(".")[0] == row]
    cells = [str(numbers[path]) for path in columns]
    moved = ["", *cells[:-1]] if right else [*cells[1:], ""]
    report = gkparse.parse(write(family, numbers, **dict(zip(columns, moved, strict=True))))
    assert unaccounted(report, numbers) == []


@each_family
@few
@given(numbers=either_form, data=st.data())
def test_two_rows_that_have_each_others_numbers(
    family: str, numbers: Numbers, data: st.DataObject
) -> None:
    one, two = data.draw(st.lists(st.sampled_from(rows_of(numbers)), min_size=2, max_size=2))
    swapped = numbers.but({
        path: numbers[path.replace(row, other, 1)]
        for row, other in ((one, two), (two, one))
        for path in numbers
        if path.rpartition(".")[0] == row
    })
    assert misread(gkparse.parse(write(family, swapped)), swapped) == []


@pytest.mark.parametrize("family", sorted(set(FAMILIES) - {"values-first"}))
@few
@given(numbers=either_form, pair=st.tuples(*[st.integers(0, 99)] * 2))
def test_two_rows_in_each_others_place(
    family: str, numbers: Numbers, pair: tuple[int, int]
) -> None:
    page = Disordered(printed(numbers), form=form_of(numbers), pair=pair)
    assert unaccounted(gkparse.parse(FAMILIES[family](page)), numbers) == []


@each_family
@few
@given(numbers=either_form, data=st.data())
def test_letters_for_digits_are_read_and_always_named(
    family: str, numbers: Numbers, data: st.DataObject
) -> None:
    paths = [p for p, value in numbers.items() if {"0", "1"} & set(str(value)) and type(value) is int
             and value >= 0]
    path = data.draw(st.sampled_from(paths))
    letters = str(numbers[path]).translate(str.maketrans("01", data.draw(st.sampled_from(["Ol", "oI"]))))
    report = gkparse.parse(write(family, numbers, **{path: letters}))
    assert unaccounted(report, numbers) == []
    assert {path, path.rpartition(".")[0]} & named(report.diagnostics)
