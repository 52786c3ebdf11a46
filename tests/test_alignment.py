"""Alignment: every way to lay a row over the columns, in order, within a bound."""

from __future__ import annotations

from collections.abc import Iterator
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gkparse
from building import distinct
from gkparse import alignment
from gkparse.alignment import (
    MOST_CANDIDATES,
    MOST_NODES,
    Answer,
    agreed,
    align,
    candidates,
    rejoined,
)
from gkparse.form import load
from gkparse.pieces import Piece, cut
from gkparse.runs import Run, values
from gkparse.shape import Numbers, Sums, shape
from gkparse.spacing import Spacing
from layouts import printed, write


def row(*cells: str) -> list[Piece]:
    """Pieces of a row of cells; "" is a blank one."""
    return list(cut("\t".join(cells), "2021")) if len(cells) > 1 else list(cut(cells[0], "2021"))


def laid(*cells: str, width: int) -> list[tuple[object, ...]]:
    return [values(slots) for slots in candidates(row(*cells), width)]


def test_as_many_values_as_columns_have_one_place() -> None:
    assert laid("1", "2", "3", width=3) == [(1, 2, 3)]


def test_blanks_are_columns_where_the_cells_are_as_many() -> None:
    assert laid("1", "", "3", width=3) == [(1, None, 3)]
    assert laid("", "", "3", width=3) == [(None, None, 3)]


def test_blanks_are_padding_where_the_values_are_as_many() -> None:
    assert laid("", "1", "2", "3", "", width=3) == [(1, 2, 3)]
    assert laid("1", "", "2", "3", width=3) == [(1, 2, 3)]


def test_padding_that_may_be_a_column_leaves_several_ways() -> None:
    found = laid("", "1", "2", "", width=3)
    assert set(found) == {(None, 1, 2), (1, 2, None)}


def test_one_value_too_many_may_be_any_one() -> None:
    assert set(laid("1", "2", "3", "4", width=3)) == {(1, 2, 3), (1, 2, 4), (1, 3, 4), (2, 3, 4)}


def test_two_values_too_many_have_no_place() -> None:
    assert laid("1", "2", "3", "4", "5", width=3) == []


def test_missing_values_may_stand_anywhere_in_order() -> None:
    assert set(laid("1", "2", width=3)) == {(1, 2, None), (1, None, 2), (None, 1, 2)}


def test_a_mark_takes_a_column_and_has_no_number() -> None:
    assert laid("1", "—", "3", width=3) == [(1, None, 3)]


def test_a_cell_repeated_over_a_merged_one_is_one_value() -> None:
    assert laid("5", "5", "5", width=1) == [(5,)]
    assert laid("5", "6", "5", width=1) == []


@given(st.lists(st.sampled_from(["", "1", "2", "3", "/"]), min_size=2, max_size=12),
       st.integers(1, 15))
def test_every_way_keeps_the_order_and_the_bound(cells: list[str], width: int) -> None:
    pieces = row(*cells)
    found = list(candidates(pieces, width))
    assert len(found) <= MOST_CANDIDATES
    place = {id(piece): at for at, piece in enumerate(pieces)}
    for slots in found:
        assert len(slots) == width
        used = [place[id(piece)] for piece in slots if piece is not None]
        assert used == sorted(set(used))


def test_more_ways_than_the_bound_are_not_weighed() -> None:
    assert comb(15, 7) > MOST_CANDIDATES
    assert laid(*"1234567", width=15) == []
    assert comb(15, 10) <= MOST_CANDIDATES
    assert len(laid(*"1234567890", width=15)) == comb(15, 10)


def test_what_all_ways_agree_on_is_kept() -> None:
    assert values(agreed(list(candidates(row("1", "2", "3"), 3)))) == (1, 2, 3)
    assert values(agreed(list(candidates(row("1", "2"), 3)))) == (None, None, None)
    first, second = row("1", "2")
    assert values(agreed([(first, second, None), (first, None, second)])) == (1, None, None)


def test_equal_numbers_are_not_the_same_cell() -> None:
    first, second = row("4", "4")
    assert agreed([(first, None), (second, None)]) == (None, None)


# ---------------------------------------------------------------- a whole table

FORM = load("2021")
SHAPE = shape(FORM, FORM.table("requests"))
WIDTHS = SHAPE.widths
NEVER = 1 << 30
NO_SPACING = Spacing(NEVER, NEVER, NEVER)
NO_SUMS = Sums((), ())


def run(*cells: str, **more: object) -> Run:
    return Run(row(*cells), **more)  # type: ignore[arg-type]


def spaced(*cells: str | int, after: int = 0) -> Run:
    """A run of loose values; a number between them counts the empty lines before the next."""
    pieces: list[Piece] = []
    gaps: list[int] = []
    gap = 0
    for cell in cells:
        if isinstance(cell, int):
            gap = cell
        else:
            pieces += cut(cell, "2021")
            gaps.append(gap)
            gap = 0
    return Run(pieces, loose=True, gaps=gaps, after=after)


def read(answers: dict[int, Answer]) -> dict[int, tuple[tuple[object, ...], bool, bool]]:
    return {at: (values(a.slots), a.sure, a.by_sums) for at, a in answers.items()}


def table(*rows: str) -> dict[int, Run]:
    """Runs of the rows received, carried over, granted, and of the two last."""
    places = (0, 1, 2, 24, 25)
    return {at: run(*cells.split()) for at, cells in zip(places, rows, strict=False) if cells}


def sums(met: dict[int, Run]) -> Sums:
    return SHAPE.sums(met)


def test_whole_rows_are_as_printed_whatever_they_add_up_to() -> None:
    found = align(table("1 2 3 4 5 6 99"), WIDTHS, sums({}), NO_SPACING)
    assert read(found) == {0: ((1, 2, 3, 4, 5, 6, 99), True, False)}


def test_a_missing_zero_is_placed_where_the_balance_of_the_rows_says() -> None:
    runs = table(
        "4 2 0 1 1 0 8", "1 0 0 0 2 0 3", "", "3 2 1 3 0 9", "2 0 0 0 0 0 2",  # one number short
    )
    found = read(align(runs, WIDTHS, sums(runs), NO_SPACING))
    assert found[24] == ((3, 2, None, 1, 3, 0, 9), True, True)


def test_a_row_that_its_own_sum_places_needs_no_other() -> None:
    runs = table("9 1 2 3 4 5 6 21", "1 2 3 4 5 6 21")
    found = read(align(runs, WIDTHS, sums(runs), NO_SPACING))
    assert found[0] == ((1, 2, 3, 4, 5, 6, 21), True, True)


def test_several_ways_that_add_up_leave_what_they_agree_on() -> None:
    runs = table("4 2 1 1 8", "1 1 1 1 1 1 6")
    slots, sure, _ = read(align(runs, WIDTHS, sums(runs), NO_SPACING))[0]
    assert not sure
    assert slots == (None,) * 6 + (8,)


def test_a_sum_that_a_lost_column_may_have_held_places_nothing() -> None:
    # No row prints seven values: whether the last of six is the total is not known.
    runs = table("1 0 0 0 0 1", "2 0 0 0 0 2")
    assert all(not answer.sure for answer in align(runs, WIDTHS, sums(runs), NO_SPACING).values())


def test_more_values_than_any_way_has_leave_a_row_out() -> None:
    assert align(table("1 2 3 4 5 6 7 8 9"), WIDTHS, sums({}), NO_SPACING) == {}


# ---------------------------------------------------------------- the heads and whole rows tell


def test_a_short_row_of_a_grid_stands_as_the_whole_ones() -> None:
    cells = ["", "1", "2", "3", "4", "5", "6", "21", ""]
    holes = ["", "1", "", "3", "", "5", "6", "15", ""]
    runs = {
        0: run(*cells, label_at=0, grid=True), 1: run(*holes, label_at=0, grid=True),
    }
    found = read(align(runs, WIDTHS, NO_SUMS, NO_SPACING))
    assert found[1] == ((1, None, 3, None, 5, 6, 15), True, False)


def test_without_a_whole_row_the_heads_tell() -> None:
    holes = ["", "1", "", "3", "", "5", "6", "", "15", ""]
    runs = {1: run(*holes, label_at=0, grid=True)}
    heads = (2, 3, 4, 5, 6, 7, 9)
    found = read(align(runs, WIDTHS, NO_SUMS, NO_SPACING, heads))
    assert found[1] == ((1, None, 3, None, 5, 6, 15), True, False)


def test_heads_that_leave_a_number_out_tell_nothing() -> None:
    holes = ["7", "1", "", "3", "", "", "", "", "", "2"]
    runs = {1: run(*holes, label_at=0, grid=True)}
    assert align(runs, WIDTHS, NO_SUMS, NO_SPACING, (2, 3, 4, 5, 6, 7, 9)) == {}


# ---------------------------------------------------------------- empty lines


def test_the_distance_of_whole_rows_is_no_blank() -> None:
    whole = spaced(1, "1", 1, "2", 1, "3", 1, "4", 1, "5", 1, "6", 1, "21", after=1)
    learned = Spacing.learn({0: whole}, WIDTHS)
    assert learned is not None
    assert (learned.first, learned.between, learned.blank) == (1, 1, 2)
    assert Spacing.learn({0: spaced("1", "2")}, WIDTHS) is None


def test_more_empty_lines_are_blank_cells() -> None:
    spacing = Spacing(0, 0, 1)
    holes = spaced("1", 1, "3", 2, "6", "10", after=0)
    assert [piece.text for piece in spacing.filled(holes, 7)] == ["1", "", "3", "", "", "6", "10"]
    early = spaced(2, "1", "2", "3", "4", "10")
    assert [piece.text for piece in spacing.filled(early, 7)] == ["", "", "1", "2", "3", "4", "10"]
    late = spaced("1", "2", "3", "4", "5", after=2)
    assert [piece.text for piece in spacing.filled(late, 7)] == ["1", "2", "3", "4", "5", "", ""]


def test_empty_lines_between_all_cells_and_a_blank_one() -> None:
    spacing = Spacing(1, 1, 2)
    holes = spaced(1, "1", 3, "3", 1, "4", 1, "5", 1, "6", 1, "19", after=1)
    assert [piece.text for piece in spacing.filled(holes, 7)] == ["1", "", "3", "4", "5", "6", "19"]


@pytest.mark.parametrize(
    "holes",
    [
        spaced("1", 1, "3", after=0),  # with its blanks it is not whole
        spaced("1", 9, "3", after=9),  # nor with more than fit
        spaced("1", "2", "3", "4", "5", "6", "7", "8"),
    ],
)
def test_empty_lines_that_do_not_make_a_row_whole_are_nothing(holes: Run) -> None:
    assert Spacing(0, 0, 1).filled(holes, 7) is holes.pieces


def test_empty_lines_that_the_sums_belie_are_nothing() -> None:
    runs = {0: spaced("5", "1", 1, "3", "0", "0", "8"), 1: run(*"1 2 3 4 5 6 21".split())}
    answer = align(runs, WIDTHS, sums(runs), Spacing(0, 0, 1))[0]
    assert values(answer.slots)[-1] == 8 or not answer.sure
    good = {0: spaced("5", 1, "3", "0", "0", "0", "8"), 1: run(*"1 2 3 4 5 6 21".split())}
    found = read(align(good, WIDTHS, sums(good), Spacing(0, 0, 1)))
    assert found[0] == ((5, None, 3, 0, 0, 0, 8), True, False)


def test_a_lone_value_is_placed_by_empty_lines_at_a_total_alone() -> None:
    whole = {1: run(*"1 2 3 4 5 6 21".split())}
    total = {0: spaced(6, "8"), **whole}
    assert read(align(total, WIDTHS, sums(total), Spacing(0, 0, 1)))[0] == (
        (None,) * 6 + (8,), True, False,
    )
    for part in (spaced("8", after=6), spaced(2, "8", after=4), spaced(5, "8", after=1)):
        runs = {0: part, **whole}
        assert not align(runs, WIDTHS, sums(runs), Spacing(0, 0, 1))[0].sure


def test_the_distance_is_guessed_where_enough_rows_become_whole() -> None:
    holes = {at: spaced("1", 1, "3", 2, "6", "10") for at in range(3)}
    assert Spacing.guess(holes, WIDTHS) == Spacing(0, 0, 1)
    assert Spacing.guess({0: holes[0]}, WIDTHS) == NO_SPACING


def test_a_row_of_blanks_alone_takes_as_many_empty_lines_as_cells() -> None:
    assert Spacing(0, 0, 1).empty(6, 5, 7) is None
    cells = Spacing(0, 0, 1).empty(7, 5, 7)
    assert cells is not None
    assert [(piece.start, piece.end, piece.blank) for piece in cells] == [(5, 5, True)] * 7
    assert Spacing(1, 1, 2).empty(13, 5, 7) is None
    assert Spacing(1, 1, 2).empty(14, 5, 7) is not None


# ---------------------------------------------------------------- the bound on the work


class Counted(dict[Numbers, object]):
    """A mapping of ways that counts how often one of them is tried."""

    tried = 0

    def __iter__(self) -> Iterator[Numbers]:
        for key in super().__iter__():
            Counted.tried += 1
            yield key


def ways_of(number: int) -> Numbers:
    return (number, 0, 0, 0, 0, 0, number)


@pytest.mark.parametrize("rows", [4, 8, 16])
def test_the_search_stops_at_its_bound_and_has_found_nothing(rows: int) -> None:
    # Every way of every row fits: none is ever ruled out before the last.
    met = tuple(range(2, 2 + rows))
    ways = {at: Counted({ways_of(n): None for n in range(60)}) for at in met}
    Counted.tried = 0
    found = alignment._search(ways, {24: ways_of(30 * rows)}, Sums(SHAPE.columns, ((met, (24,)),)))
    assert Counted.tried <= MOST_NODES + 1
    assert found == {}


def test_a_search_within_its_bound_finds_every_solution() -> None:
    ways = {at: Counted({ways_of(n): None for n in range(3)}) for at in (2, 3)}
    total = Sums(SHAPE.columns, (((2, 3), (24,)),))
    found = alignment._search(ways, {24: ways_of(4)}, total)
    assert found == {2: {ways_of(2)}, 3: {ways_of(2)}}
    found = alignment._search(ways, {24: ways_of(3)}, total)
    assert found == {2: {ways_of(1), ways_of(2)}, 3: {ways_of(1), ways_of(2)}}
    assert alignment._search(ways, {24: ways_of(9)}, total) == {}
    assert alignment._search(ways, {}, total) == {}


# ---------------------------------------------------------------- digits that a tool has split


@pytest.mark.parametrize(
    ("printed", "numbers"),
    [
        ("1 2 3 0 0 0 0 15", (12, 3, 0, 0, 0, 0, 15)),
        ("12 3 0 0 0 0 1 5", (12, 3, 0, 0, 0, 0, 15)),
        # A value too many that adds up without one of the others is no split number.
        ("7 7 0 0 0 0 0 7", ()),
        ("1 1 1 0 0 0 0 12", ()),  # 11 1, or 1 11
        ("1 2 3 0 0 0 0 99", ()),
        ("12 3 0 0 0 0 15", ()),
        ("0 5 0 0 0 0 0 5", ()),
        ("1 2 3 0 0 - 0 15", ()),
    ],
)
def test_a_number_in_two_halves(printed: str, numbers: Numbers) -> None:
    sums = Sums((((0, 1, 2, 3, 4, 5), (6,)),), ())
    assert rejoined(Run(row(*printed.split())), 7, sums) == numbers


def test_a_number_in_two_halves_is_suggested_and_not_taken() -> None:
    numbers = distinct()
    cells = printed(numbers)
    path = "requests.outcomes.granted.natural_person"
    halves = cells[path][:1] + "\t" + cells[path][1:]
    report = gkparse.parse(write("tabs-shifted", cells | {path: halves}))
    (found,) = [each for each in report.diagnostics if each.code == "GK202"]
    assert found.paths == ("requests.outcomes.granted",)
    assert f"{path} = {numbers[path]}; " in (found.suggestion or "")
    assert report.value(path) != numbers[path]
    mended = report.reconciled()
    row = [each for each in numbers if each.startswith("requests.outcomes.granted.")]
    assert [mended.value(each) for each in row] == [numbers[each] for each in row]
