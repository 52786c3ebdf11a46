"""Alignment: every way to lay a row over the columns, in order, within a bound."""

from __future__ import annotations

from collections.abc import Iterator
from math import comb

import attrs
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
    _Leads,
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


def test_padding_never_takes_the_place_of_a_value() -> None:
    assert laid("", "", "", "1", width=2) == [(None, 1)]
    assert laid("1", "2", "", "", width=3) == [(1, 2, None)]
    assert laid("", "", "", "1", "2", width=3) == [(None, 1, 2)]
    assert laid("", "1", "", "", "", width=4) == [(None, 1, None, None), (1, None, None, None)]


def test_several_values_of_one_cell_have_a_place_only_if_there_is_one_for_each() -> None:
    shared = [attrs.evolve(piece, shared=True) for piece in row("1", "2")]
    assert list(candidates(shared, 3)) == []
    assert list(candidates([*row("0"), *shared], 2)) == []
    assert list(candidates([*row("0"), *shared], 3)) == [(*row("0"), *shared)]


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
    pieces = row("5", "5")
    assert [slots[0] is pieces[0] for slots in candidates(pieces, 1)] == [True]


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
PARTS = Sums((((0, 1), (2,)),), ())  # two parts and their total
FIVE = Sums((((0, 1, 2, 3), (4,)),), ())


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


PROACTIVE = shape(FORM, FORM.table("proactive"))


@pytest.mark.parametrize(
    ("own", "others", "grid", "sure"),
    [
        (1, "7", False, False), (1, "7 7", False, True), (1, "", False, True), (1, "NaN", False, True),
        (1, "7", True, False), (12, "7", False, False),
        (12, "7", True, True),  # no digits of one number: the table goes on with fewer cells
    ],
)
def test_a_value_printed_twice_is_one_only_where_others_are_printed_as_often(
    own: int, others: str, grid: bool, sure: bool
) -> None:
    runs = {2: run(str(own), str(own), grid=grid)} | ({3: run(*others.split(), grid=grid)} if others else {})
    found = align(runs, PROACTIVE.widths, NO_SUMS, NO_SPACING)
    assert (values(found[2].slots), found[2].sure) == ((own,), sure)
    # One that is printed once is what it is.
    assert 3 not in found or found[3].sure


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


@pytest.mark.parametrize(
    ("cells", "label_at", "sure"),
    [
        (("", "2", "3"), 0, False),
        (("2", "3", ""), 0, False),
        (("2", "", "3"), 0, True),
        (("", "2", "3"), -1, True),
        (("", "2", "3"), 1, True),  # whole rows have their label elsewhere
        (("", "", ""), 0, True),
        (("", "", "2", "3", ""), 0, True),
    ],
)
def test_a_row_with_a_blank_at_its_end_that_is_shorter_than_all_whole_rows_is_doubted(
    cells: tuple[str, ...], label_at: int, sure: bool
) -> None:
    runs = {0: run("1", "2", "3", "", "", label_at=0), 1: run(*cells, label_at=label_at)}
    answer = align(runs, (3, len(cells)), NO_SUMS, NO_SPACING)[1]
    assert values(answer.slots) == tuple(int(cell) if cell else None for cell in cells)
    assert answer.sure is sure


def test_without_labels_a_row_with_a_blank_at_its_end_is_not_doubted() -> None:
    runs = {0: run("1", "2", "3", "", ""), 1: run("", "2", "3")}
    assert read(align(runs, (3, 3), NO_SUMS, NO_SPACING))[1] == ((None, 2, 3), True, False)


def test_where_whole_rows_have_a_blank_first_a_number_there_numbers_the_row_unless_sums_tell() -> None:
    whole = run("", "1", "2", "3", grid=True)
    for cells, expected in (
        (("9", "3", "", "3"), ((3, None, 3), True, False)),
        (("1", "2", "", "3"), ((1, 2, 3), True, True)),
        (("1", "2", "", "4"), ((2, None, 4), True, False)),
        (("1", "2", "3", "4"), ((2, 3, 4), True, False)),  # no cell of it is blank
    ):
        runs = {0: whole, 1: run(*cells, grid=True)}
        assert read(align(runs, (3, 3), PARTS, NO_SPACING))[1] == expected


def test_a_number_before_the_columns_of_whole_rows_is_none_of_the_row_without_a_label_alone() -> None:
    for label_at, sure in ((-1, True), (0, False)):
        whole = run("", "1", "2", "3", label_at=label_at, grid=True)
        more = run("9", "1", "2", "3", label_at=label_at, grid=True)
        answer = align({0: whole, 1: more}, (3, 3), NO_SUMS, NO_SPACING)[1]
        assert answer.sure is sure
    runs = {0: run("1", "2", "3", "", grid=True), 1: run("1", "", "3", "9", grid=True)}
    assert not align(runs, (3, 3), NO_SUMS, NO_SPACING)[1].sure


def test_most_whole_rows_tell_where_the_columns_stand() -> None:
    kinds = (("", "1", "2", "3"), ("1", "2", "3", ""), ("4", "5", "6", ""), ("", "", "9", ""))
    runs = {at: run(*cells, label_at=0, grid=True) for at, cells in enumerate(kinds)}
    assert read(align(runs, (3,) * 4, NO_SUMS, NO_SPACING))[3] == ((None, None, 9), True, False)


@pytest.mark.parametrize(
    ("cells", "label_at", "heads", "numbers"),
    [
        (("", "", "9", ""), 1, (3, 4, 5), (None, 9, None)),
        (("", "", "9", ""), 0, (2, 3, 4), (None, 9, None)),
        (("", "9", "", ""), 1, (1, 2, 3), None),  # the label stands under the first head
        (("", "9", "", ""), 1, (0, 2, 3), None),
        (("", "9"), 0, (1, 2, 3), None),  # the row ends before the last head
        (("", "", "9", ""), 0, (1, 2), None),  # of another table
    ],
)
def test_heads_tell_by_their_place_behind_the_label(
    cells: tuple[str, ...], label_at: int, heads: tuple[int, ...], numbers: tuple[object, ...] | None
) -> None:
    own = run(*cells, label_at=label_at, grid=True)
    answer = align({0: own}, (3,), NO_SUMS, NO_SPACING, heads).get(0)
    if numbers is None:
        assert answer is None or not answer.sure
    else:
        assert answer is not None
        assert (values(answer.slots), answer.sure) == (numbers, True)


# ---------------------------------------------------------------- a number of the row, blanks that a tool took

def laid_out(own: Run, width: int, sums: Sums) -> tuple[tuple[object, ...], bool, bool]:
    """A row that is all of its table."""
    return read(align({0: own}, (width,), sums, NO_SPACING))[0]


@pytest.mark.parametrize(
    ("cells", "sure"),
    [
        (("0 0", "4", "40", "0", "1", "", "45"), False),
        (("0", "", "0 4", "40", "0", "1", "45"), False),
        (("0 0", "4", "40", "0", "1", "45", ""), False),
        (("", "0 0", "4", "40", "0", "1", "45"), True),
        (("0 0", "4", "40", "0", "1", "45"), True),
        (("0", "0", "4", "40", "0", "1", "", "45"), True),
    ],
)
def test_a_row_with_two_values_in_a_cell_and_none_in_another_behind_its_first_is_doubted(
    cells: tuple[str, ...], sure: bool
) -> None:
    found = laid_out(run(*cells, label_at=1), 7, sums({}))
    assert found == ((0, 0, 4, 40, 0, 1, 45), sure, False)


def grid(*rows: str) -> dict[int, Run]:
    """Rows of a grid, each with the number of cells left of its label before a colon."""
    split = [row.split(":") for row in rows]
    return {at: run(*cells.split(" "), label_at=int(lead), grid=True) for at, (lead, cells) in enumerate(split)}


def certain(*rows: str) -> list[bool]:
    runs = grid(*rows)
    found = align(runs, (3,) * len(runs), Sums((), ()), NO_SPACING)
    return [found[row].sure for row in runs]


def test_a_row_whose_values_stand_in_other_cells_than_those_of_others_is_doubted_if_a_blank_parts_them() -> None:
    assert certain("0:2  1 3", "0:3 1 12 ") == [False, True]
    assert certain("0:2  1 3", "0:3  1 12") == [True, True]
    assert certain("0:2 1 3 ", "0: 3 1 12") == [True, True]
    assert certain("0:2 1 3 ", "1:3 1 12 ") == [True, True]
    held = grid("0:1  2 3", "0:3 1 4 ")
    found = align(held, (3, 3), PARTS, NO_SPACING)
    assert [found[row].sure for row in held] == [False, True]  # though the sum of each holds


def test_a_row_that_a_blank_parts_as_no_other_row_is_doubted_unless_its_sum_holds() -> None:
    assert certain("0:2  1 3", "1:3 1 12 ") == [False, True]
    summed = grid("0:2  1 3", "1:3 1 12 ")
    found = align(summed, (3, 3), Sums((((0, 1), (2,)),), ()), NO_SPACING)
    assert [found[row].sure for row in summed] == [True, True]


def test_a_blank_beside_the_label_is_doubted_where_a_deeper_row_lacks_a_cell() -> None:
    assert certain("0: 3 4", "1:1 2") == [False, False]
    assert certain("0: 3 4", "1:1 2 3") == [True, True]
    assert certain("1: 3 4", "1:1 2") == [True, False]
    assert certain("0:1 3 4", "1:1 2") == [True, False]
    assert certain("0: 3 4", "1:1 2", "0:1 2")[0] is False
    assert certain("-1: 3 4", "0:1 2") == [True, False]  # its label is a line of its own
    assert certain("0:  3 4", "1:1 2") == [True, False]  # the blank stands right of all labels
    assert certain("1:  3 4", "2:1 2") == [True, False]


@pytest.mark.parametrize(("first", "other", "sure"), [(True, True, False), (False, True, True), (True, False, True)])
def test_a_blank_is_beside_a_label_in_a_grid_alone(first: bool, other: bool, sure: bool) -> None:
    runs = {0: run("", "3", "4", label_at=0, grid=first), 1: run("1", "2", label_at=1, grid=other)}
    assert align(runs, (3, 3), NO_SUMS, NO_SPACING)[0].sure is sure


@pytest.mark.parametrize(("first", "other", "sure"), [(0, 0, False), (0, 1, True), (1, 1, True), (-1, 0, True)])
def test_a_blank_before_two_values_in_a_cell_is_doubted_where_no_label_stands_further_right(
    first: int, other: int, sure: bool
) -> None:
    crowded = Run(list(cut("\t1 234\t133", "2021")), label_at=first, grid=True)
    runs = {0: crowded, 1: grid(f"{other}:1 2 3")[0]}
    assert align(runs, (3, 3), Sums((), ()), NO_SPACING)[0].sure is sure


@pytest.mark.parametrize(("first", "other", "sure"), [(True, False, False), (False, True, True)])
def test_the_labels_of_a_grid_alone_tell_how_far_right_labels_stand(first: bool, other: bool, sure: bool) -> None:
    crowded = Run(list(cut("\t1 234\t133", "2021")), label_at=0, grid=first)
    runs = {0: crowded, 1: run("1", "2", "3", label_at=0 if other else 1, grid=other)}
    assert align(runs, (3, 3), NO_SUMS, NO_SPACING)[0].sure is sure


def test_the_first_value_of_a_row_without_a_label_may_number_it() -> None:
    assert laid_out(run("3", "5", "", "5", grid=True), 3, PARTS) == ((5, None, 5), True, True)
    assert laid_out(run("1", "5", "", "6", grid=True), 3, PARTS) == ((1, 5, 6), True, True)
    assert not laid_out(run("1", "5", "", "6", grid=True), 3, NO_SUMS)[1]
    # Where a tool has left cells out, it is not known how many there were.
    assert align({0: run("3", "…", "", "5", grid=True)}, (3,), PARTS, NO_SPACING) == {}


@pytest.mark.parametrize(
    ("cells", "more"),
    [
        (("3", "5", "", "5"), {"label_at": 0, "grid": True}),
        (("3", "5", "", "5"), {"loose": True}),
        (("", "5", "3", "5"), {"grid": True}),
    ],
)
def test_else_a_value_numbers_nothing(cells: tuple[str, ...], more: dict[str, object]) -> None:
    numbers = tuple(int(cell) for cell in cells if cell)
    assert laid_out(run(*cells, **more), 3, PARTS) == (numbers, True, False)


def test_blanks_that_were_only_inferred_give_way_to_sums() -> None:
    assert laid_out(run("5", "", "4", grid=True), 3, PARTS) == ((5, None, 4), True, False)
    assert laid_out(run("5", "", "4", grid=True, inferred=True), 3, PARTS) == ((None,) * 3, False, False)
    assert laid_out(run("4", "", "4", grid=True, inferred=True), 3, PARTS) == ((4, None, 4), True, False)
    numbers, sure, by_sums = laid_out(run("2", "3", "", "", "5", grid=True, inferred=True), 5, FIVE)
    assert (numbers, sure, by_sums) == ((2, 3, None, None, 5), True, False)


def test_blanks_around_a_row_that_a_tool_has_stripped_are_where_the_sum_holds() -> None:
    assert laid_out(run("2", "", "3", "5", grid=True), 5, FIVE) == ((None, 2, None, 3, 5), True, True)
    assert laid_out(run("5", "", "5", grid=True), 5, FIVE) == ((None, None, 5, None, 5), True, True)
    last = Sums((((0, 1), (3,)),), ())
    assert laid_out(run("5", "", "5", grid=True), 4, last) == ((None, 5, None, 5), True, True)
    own = run("12", "", "12", grid=True)
    slots = align({0: own}, (5,), Sums((((0, 1, 2), (3,)),), ()), NO_SPACING)[0].slots
    places = [(slot.start, slot.end) for slot in slots if slot]
    assert places == [(0, 0), (0, 2), (3, 3), (4, 6), (6, 6)]


@pytest.mark.parametrize(
    "own",
    [
        run("2", "", "3", "5", grid=True, label_at=0),  # a label stands before the first cell
        run("2", "", "3", "5", grid=True, cut=True),  # the text ends here
        run("2", "", "3", "5", grid=True, inferred=True),
        run("2", "", "3", "5"),
        run("2", "3", "5", grid=True),  # no blank between values shows that blanks are kept
        run("", "2", "3", "5", grid=True),
        run("2", "", "3", "6", grid=True),
    ],
)
def test_else_blanks_around_a_row_are_not_known(own: Run) -> None:
    assert not laid_out(own, 5, FIVE)[1]


def test_two_ways_to_put_blanks_around_a_row_are_none() -> None:
    alike = Sums((((0,), (2,)), ((1,), (3,))), ())
    assert not laid_out(run("5", "", "5", grid=True), 4, alike)[1]


def test_zeros_that_are_too_few_stand_from_the_first_column_on_and_are_not_certain() -> None:
    assert laid_out(run("0", "0", "0", label_at=0), 5, FIVE) == ((0, 0, 0, None, None), False, False)
    assert laid_out(run("0", "0", "0", label_at=0), 3, PARTS) == ((0, 0, 0), True, False)
    # Without a label the first column may be the one that is lost.
    assert laid_out(run("0", "0", "0"), 5, FIVE) == ((None,) * 5, False, False)
    two = {0: run("0", label_at=0), 1: run("1", "0", "1", "0", "2", label_at=0)}
    assert read(align(two, (3, 5), FIVE, NO_SPACING)) == {
        0: ((0, None, None), False, False), 1: ((1, 0, 1, 0, 2), True, False),
    }
    ones = {0: run("3", "9", "3", label_at=0), 1: run("1", "1", label_at=0)}
    ends = Sums((((0,), (2,)),), ())
    assert read(align(ones, (3, 3), ends, NO_SPACING))[1] == ((1, None, 1), True, True)
    shared = [attrs.evolve(piece, shared=True) for piece in row("0", "0")]
    assert align({0: Run(shared, label_at=0)}, (5,), FIVE, NO_SPACING) == {}
    assert comb(15, 7) > MOST_CANDIDATES
    assert align({0: run(*"0000000", label_at=0)}, (15,), FIVE, NO_SPACING) == {}


# ---------------------------------------------------------------- what sums choose


def test_a_row_whose_numbers_are_certain_does_not_keep_the_others_from_being_chosen() -> None:
    runs = {0: run("0", "/", label_at=0), 1: run("9", "1", "2", "3", label_at=0)}
    assert read(align(runs, (3, 3), PARTS, NO_SPACING)) == {
        0: ((0, None, None), False, False), 1: ((1, 2, 3), True, True),
    }


@pytest.mark.parametrize("number", ["5", "0"])
def test_one_of_several_equal_values_stands_for_no_column(number: str) -> None:
    assert laid_out(run(*[number] * 4), 3, NO_SUMS) == ((int(number),) * 3, True, False)


@pytest.mark.parametrize(
    ("cells", "width", "numbers"),
    [
        (("", "0", "0", ""), 3, (None, None, None)),
        (("", "/", ""), 2, (None, None)),
        (("/", "/", "", "5"), 3, (None, None, 5)),
        (("0", "/", "0", "0"), 3, (None, None, None)),
        (("0", "0", "/"), 2, (None, None)),
        (("0", "/"), 3, (None, None, None)),
    ],
)
def test_zeros_marks_and_blanks_whose_place_is_open_are_not_certain(
    cells: tuple[str, ...], width: int, numbers: tuple[object, ...]
) -> None:
    assert laid_out(run(*cells, grid=True), width, NO_SUMS) == (numbers, False, False)


ENDS = Sums((((0, 1), (3,)),), ())


@pytest.mark.parametrize(
    ("whole", "stated"),
    [
        (("1", "2", "9", "3"), True),
        (("1", "2", "9", "4"), False),
        (("1", "2", "", "3"), False),  # it prints no more than the other
        (("0", "0", "0", "0"), False),
    ],
)
@pytest.mark.parametrize("label_at", [-1, 0])
def test_a_whole_row_that_adds_up_says_that_totals_are_printed(
    whole: tuple[str, ...], stated: bool, label_at: int
) -> None:
    runs = {0: run(*whole, label_at=label_at), 1: run("4", "5", "9", label_at=label_at)}
    found = read(align(runs, (4, 4), ENDS, NO_SPACING))[1]
    if stated:
        assert found == ((4, 5, None, 9), True, True)
    else:
        assert not found[1]


@pytest.mark.parametrize(
    ("rows", "stated"), [("459 123 336 729", False), ("459 123 336 729 819", True),
                         ("459 123 336 729 000", False), ("459 123 336 729 819 112", True),
                         ("459 123 336 729 819 113", False), ("459 123 336 729 819 000", True)]
)
def test_enough_rows_that_end_with_their_sum_say_it_too(rows: str, stated: bool) -> None:
    runs = {at: run(*row) for at, row in enumerate(rows.split())}
    found = read(align(runs, (4,) * len(runs), ENDS, NO_SPACING))[0]
    assert found == (((4, 5, None, 9), True, True) if stated else ((4, 5, None, 9), False, False))


def test_a_row_as_long_as_the_table_needs_no_other_to_tell_that_totals_are_printed() -> None:
    first_is_last = Sums((((0,), (2,)),), ())
    own = run("4", "4", "", grid=True, inferred=True)
    assert laid_out(own, 3, first_is_last) == ((4, None, 4), True, True)


def test_a_row_without_sums_of_its_own_is_chosen_by_those_over_rows() -> None:
    runs = {0: run("1", "0", "2"), 1: run("1", "0", "2", "7")}
    equal = (((0,), (1,)),)
    assert read(align(runs, (3, 3), Sums((), equal), NO_SPACING))[1] == ((1, 0, 2), True, True)
    assert not align(runs, (3, 3), NO_SUMS, NO_SPACING)[1].sure


def test_sums_over_rows_choose_nothing_that_the_sums_of_a_row_belie() -> None:
    runs = {0: run("1", "1", "3"), 1: run("1", "1", "3", "7")}
    found = read(align(runs, (3, 3), Sums(PARTS.columns, (((0,), (1,)),)), NO_SPACING))
    assert found == {0: ((1, 1, 3), True, False), 1: ((1, 1, 3), False, False)}


# ---------------------------------------------------------------- the edge of a table

MIXED = (3, 2)  # as in the form of 2019: some rows have fewer cells than the table is wide


@pytest.mark.parametrize(
    ("cells", "grid", "numbers"),
    [
        (("7", "8", "8"), True, (7, 8)),
        (("NaN", "8", "NaN"), False, (None, 8)),
        (("NaN", "8", "NaN"), True, (None, 8)),
        (("", "8", ""), True, (None, 8)),
        (("7", "", ""), True, (7, None)),
    ],
)
def test_a_last_cell_that_reaches_to_the_edge_covers_blanks_and_itself(
    cells: tuple[str, ...], grid: bool, numbers: tuple[object, ...]
) -> None:
    runs = {0: run("1", "2", "3", label_at=0, grid=grid), 1: run(*cells, label_at=0, grid=grid)}
    assert read(align(runs, MIXED, NO_SUMS, NO_SPACING))[1] == (numbers, True, False)


@pytest.mark.parametrize(
    ("cells", "more"),
    [
        (("7", "8", "9"), {"label_at": 0, "grid": True}),  # another number
        (("7", "8", "/"), {"label_at": 0, "grid": True}),
        (("7", "8", "8"), {"label_at": 0, "grid": False}),  # no cell is known
        (("7", "8", "8"), {"label_at": -1, "grid": True}),
        (("", "8", ""), {"label_at": -1, "grid": True}),
        (("", "8", ""), {"label_at": 0, "grid": False}),  # nothing is printed in its blanks
    ],
)
def test_what_stands_behind_a_narrow_row_is_else_one_value_too_many(
    cells: tuple[str, ...], more: dict[str, object]
) -> None:
    runs = {0: run("1", "2", "3", label_at=0), 1: run(*cells, **more)}
    assert not align(runs, MIXED, NO_SUMS, NO_SPACING)[1].sure


def test_the_last_cell_alone_reaches_to_the_edge() -> None:
    runs = {0: run("1", "2", "3", "4", label_at=0, grid=True), 1: run("7", "8", "9", "9", label_at=0, grid=True)}
    assert read(align(runs, (4, 3), NO_SUMS, NO_SPACING))[1] == ((7, 8, 9), True, False)


@pytest.mark.parametrize(("cells", "grid"), [(("7", "8", "8", "9"), True), (("7", "8", "NaN", "9"), False)])
def test_a_last_cell_covers_no_other_number_behind_what_it_covers(cells: tuple[str, ...], grid: bool) -> None:
    runs = {0: run("1", "2", "3", "4", label_at=0, grid=grid), 1: run(*cells, label_at=0, grid=grid)}
    answer = align(runs, (4, 2), NO_SUMS, NO_SPACING).get(1)
    assert answer is None or not answer.sure


def test_a_row_as_wide_as_its_table_has_no_cell_at_the_edge() -> None:
    runs = {0: run("1", "2", "3", "3", label_at=0, grid=True), 1: run("4", "5", label_at=0, grid=True)}
    assert not align(runs, MIXED, NO_SUMS, NO_SPACING)[0].sure


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


def test_more_empty_lines_before_a_row_than_it_has_cells_are_as_many_blank_ones_as_make_it_add_up() -> None:
    answers = align({0: spaced(9, "3", "3")}, (5,), FIVE, Spacing(0, 0, 1))
    assert read(answers)[0] == ((None, None, None, 3, 3), True, False)


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


def test_a_sum_of_which_a_row_is_not_there_keeps_no_other_from_telling() -> None:
    ways = {at: dict.fromkeys(map(ways_of, range(3))) for at in (2, 3)}
    total = Sums((), (((5, 6), (7,)), ((2, 3), (24,))))
    assert alignment._search(ways, {24: ways_of(4)}, total) == {2: {ways_of(2)}, 3: {ways_of(2)}}


def test_a_row_that_has_no_way_at_all_leaves_no_solution() -> None:
    ways: dict[int, dict[Numbers, object]] = {2: {}, 3: dict.fromkeys(map(ways_of, range(3)))}
    assert alignment._search(ways, {24: ways_of(4)}, Sums((), (((2, 3), (24,)),))) == {}
    ways = {2: {}, 3: dict.fromkeys(map(ways_of, range(3)))}
    assert alignment._search(ways, {24: ways_of(4)}, Sums((), (((2,), (24,)),))) == {}


def test_rows_that_are_certain_and_do_not_add_up_leave_no_solution() -> None:
    ways = {2: dict.fromkeys(map(ways_of, range(3)))}
    known = {3: ways_of(1), 24: ways_of(2), 25: ways_of(2)}
    assert alignment._search(ways, known, Sums((), (((2, 3), (24,)), ((25,), (24,))))) == {2: {ways_of(1)}}
    assert alignment._search(ways, known, Sums((), (((2, 3), (24,)), ((25,), (3,))))) == {}


def test_a_row_that_two_sums_want_otherwise_leaves_no_solution() -> None:
    ways = {2: dict.fromkeys(map(ways_of, range(3)))}
    known = {3: ways_of(1), 24: ways_of(2)}
    assert alignment._search(ways, known, Sums((), (((2,), (24,)), ((2, 3), (24,))))) == {}
    assert alignment._search(ways, known, Sums((), (((2,), (3,)), ((2, 3), (24,))))) == {2: {ways_of(1)}}


@pytest.mark.parametrize(("ways", "found"), [(MOST_NODES, {2: {ways_of(7)}}), (MOST_NODES + 1, {})])
def test_the_bound_itself_is_within_it(ways: int, found: dict[int, set[Numbers]]) -> None:
    tried = {2: dict.fromkeys(map(ways_of, range(ways)))}
    assert alignment._search(tried, {24: ways_of(7)}, Sums((), (((2,), (24,)),))) == found


def test_the_rows_with_the_fewest_ways_come_first() -> None:
    ways = {2: Counted(dict.fromkeys(map(ways_of, range(100)))), 3: Counted({ways_of(1): None})}
    Counted.tried = 0
    alignment._search(ways, {24: ways_of(4)}, Sums((), (((2, 3), (24,)),)))
    assert Counted.tried == 101


# ---------------------------------------------------------------- digits that a tool has split


@pytest.mark.parametrize(
    ("printed", "numbers"),
    [
        ("1 2 3 0 0 0 0 15", (12, 3, 0, 0, 0, 0, 15)),
        ("12 3 0 0 0 0 1 5", (12, 3, 0, 0, 0, 0, 15)),
        # A value too many that adds up without one of the others is no split number.
        ("7 7 0 0 0 0 0 7", ()),
        ("1 2 0 0 0 0 3 15", ()),  # 12 and 3, or 1 and 2
        ("1 1 1 0 0 0 0 12", ()),  # 11 1, or 1 11
        ("1 2 3 0 0 0 0 99", ()),
        ("12 3 0 0 0 0 15", ()),
        ("0 5 0 0 0 0 0 5", ()),
        ("1 2 3 0 0 - 0 15", ()),
        ("05 1 0 0 0 0 0 51", ()),  # no number begins with 0
    ],
)
def test_a_number_in_two_halves(printed: str, numbers: Numbers) -> None:
    sums = Sums((((0, 1, 2, 3, 4, 5), (6,)),), ())
    assert rejoined(row(*printed.split()), 7, sums) == numbers


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


def test_two_values_in_one_cell_have_moved_the_others_of_their_row() -> None:
    whole = Run(row("", "1", "2", "3", "4", "10"), label_at=0)
    pieces = row("", "5", "6", "7", "8", "26")
    both = [attrs.evolve(piece, shared=True) for piece in pieces[1:3]]
    leads = _Leads(None)
    leads.learn(whole, tuple(whole.pieces[1:]))
    assert leads.place(Run(pieces, label_at=0), 5) == tuple(pieces[1:])
    assert leads.place(Run([pieces[0], *both, *pieces[3:]], label_at=0), 5) is None


# ---------------------------------------------------------------- columns of other rows alike


def test_a_row_that_leaves_out_a_cell_where_another_alike_has_a_value_is_doubted() -> None:
    far = run("", "", "", "7", label_at=0, grid=True)  # the last cell is another column's, or the first nobody's
    alone = align({0: far}, (3,), NO_SUMS, NO_SPACING)
    assert read(alone) == {0: ((None, None, 7), True, False)}
    other = run("4", "", "9", "", label_at=0, grid=True)
    both = align({0: far, 1: other}, (3, 3), NO_SUMS, NO_SPACING)
    assert read(both)[0] == ((None, None, 7), False, False)
    # What stands in another place, or has other columns, tells nothing.
    for unlike in (attrs.evolve(other, label_at=1), run("4", "", "9", label_at=0, grid=True)):
        assert align({0: far, 1: unlike}, (3, 3), NO_SUMS, NO_SPACING)[0].sure
    assert align({0: far, 1: run("4", "", "9", "", label_at=0, grid=True)}, (3, 4), NO_SUMS, NO_SPACING)[0].sure


def test_rows_whose_labels_stand_further_right_end_in_the_same_cell() -> None:
    far = run("", "", "", "", "7", label_at=0, grid=True)
    beside = run("4", "", "", "", label_at=1, grid=True)
    assert not align({0: far, 1: beside}, (3, 3), NO_SUMS, NO_SPACING)[0].sure
    behind = run("", "4", "", "", label_at=1, grid=True)
    assert align({0: far, 1: behind}, (3, 3), NO_SUMS, NO_SPACING)[0].sure


def test_a_row_that_ends_before_those_whose_labels_stand_elsewhere_has_lost_a_cell_behind_its_blank() -> None:
    whole = {0: run("", "", "1", "2", "3", label_at=0), 1: run("4", "5", "9", label_at=2)}
    short = run("", "0", "5", label_at=1)
    assert not align({**whole, 2: short}, (3,) * 3, NO_SUMS, NO_SPACING)[2].sure
    # Rows that end in several cells tell nothing, nor does one whose own cells are all printed.
    uneven = {**whole, 3: run("4", "5", "9", label_at=3), 2: short}
    assert align(uneven, (3,) * 4, NO_SUMS, NO_SPACING)[2].sure
    assert align({**whole, 2: run("7", "0", "5", label_at=1)}, (3,) * 3, NO_SUMS, NO_SPACING)[2].sure
    assert align({1: whole[1], 2: short}, (3,) * 3, NO_SUMS, NO_SPACING)[2].sure  # one kind of row is not enough


def test_sums_do_not_make_a_row_certain_that_is_too_short_for_the_blank_that_it_begins_with() -> None:
    total = Sums((((0, 1, 2), (3,)),), (((0, 1), (2,)),))  # two rows add up to a third
    runs = {
        0: run("", "1", "2", "3", "6", label_at=0),
        1: run("", "5", "5", label_at=0),
        2: run("", "1", "7", "3", "11", label_at=0),
    }
    assert read(align(runs, (4,) * 3, total, NO_SPACING))[1] == ((None, 5, None, 5), False, True)
    runs[1] = run("5", "5", label_at=0)
    assert align(runs, (4,) * 3, total, NO_SPACING)[1].sure
