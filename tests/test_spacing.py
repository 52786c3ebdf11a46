"""Spacing: which empty lines are blank cells, where every cell of a table is a line of its own."""

from __future__ import annotations

import attrs
import pytest

from gkparse.pieces import Piece
from gkparse.runs import Run, nothing
from gkparse.shape import Sums
from gkparse.spacing import NO_SPACING, Distances, Spacing
from test_alignment import run, spaced

SUM = Sums((((0, 1, 2), (3,)),), ())  # three parts and their total


def said(pieces: list[Piece] | None) -> list[str] | None:
    return None if pieces is None else [piece.text for piece in pieces]


def apart(own: Run) -> Run:
    """A run whose pieces stand each at a place of its own."""
    return attrs.evolve(own, pieces=[piece.moved(10 * at) for at, piece in enumerate(own.pieces, 1)])


# ---------------------------------------------------------------- what whole rows tell


def test_whole_rows_tell_the_usual_distances_and_the_least_lines_behind() -> None:
    runs = {
        0: spaced(2, "1", 1, "2", 1, "3", after=2),
        1: spaced(2, "4", 1, "5", 1, "6", after=3),
        2: spaced("7", 1, "8", 3, "9", after=1),
        3: spaced(2, "1", 2, "3", after=2),  # a blank cell takes one line more
    }
    assert Spacing.learn(runs, (3,) * 4) == Spacing(2, 1, 1, after=1, firsts=frozenset({0}))
    del runs[3]
    assert Spacing.learn(runs, (3,) * 3) == Spacing(2, 1, 2, after=1, firsts=frozenset({0}))


def test_a_row_of_two_cells_tells_what_one_cell_or_a_row_on_one_line_cannot() -> None:
    assert Spacing.learn({0: spaced(1, "1", 2, "2", after=3)}, (2,)) == Spacing(1, 2, 3, after=3)
    assert Spacing.learn({0: spaced(1, "1")}, (1,)) is None
    assert Spacing.learn({0: run("1", "2")}, (2,)) is None
    assert Spacing.learn({0: spaced(1, "1", 2, "2")}, (3,)) is None
    blank = spaced(1, "1", 2, "2")
    blank.pieces[1] = nothing(9)
    assert Spacing.learn({0: blank}, (2,)) is None


def test_a_later_table_has_the_same_distances_and_blank_cells_of_its_own() -> None:
    own = Spacing(2, 1, 2, after=4)
    holes = {0: spaced(2, "1", 2, "3", after=3)}
    assert own.adapted(holes, (3,)) == Spacing(2, 1, 1, after=3)
    assert attrs.evolve(own, after=1).adapted(holes, (3,)) == Spacing(2, 1, 1, after=1)
    assert own.adapted({}, (3,)) == Spacing(2, 1, 2, after=0)
    assert Spacing(0, 0, 5, after=2).adapted({0: run("1", "2")}, (3,)) == Spacing(0, 0, 5, after=0)
    both = {**holes, 1: spaced(2, "1", 2, "3", after=2)}
    assert own.adapted(both, (3, 3)).after == 2


def test_whole_rows_tell_the_distances_or_else_the_table_before() -> None:
    before = Spacing(2, 1, 2, after=4)
    whole = {0: spaced(1, "1", 2, "2", after=3), 1: run("5")}
    assert Distances(whole, (2, 2), lambda: before).spacing == Spacing(1, 2, 3, after=3)
    holes = {0: spaced(2, "1", 2, "3", after=3), 1: run("5")}
    assert Distances(holes, (3, 3), lambda: before).spacing == Spacing(2, 1, 1, after=3)
    assert Distances(holes, (3, 3), lambda: None).spacing is None


# ---------------------------------------------------------------- what rows with blanks tell


@pytest.mark.parametrize(("distance", "blank"), [(0, 1), (1, 2), (1, 1), (2, 3), (2, 2)])
def test_the_distance_at_which_most_rows_become_whole_is_theirs(distance: int, blank: int) -> None:
    holes = {at: spaced(distance, "1", distance + blank, "3", distance, "4") for at in range(3)}
    assert Spacing.guess(holes, (4,) * 3) == Spacing(distance, distance, blank)


@pytest.mark.parametrize(
    ("own", "width"),
    [
        (spaced(3, "1", 7, "3"), 3),  # so far apart no page prints cells
        (run("1", "2", "3"), 3),
        (spaced("5"), 1),
        (spaced("1", 2, "3"), 3),  # where cells stand close, a blank one takes one line
        (spaced("1", 1, "3"), 4),
    ],
)
def test_rows_that_tell_no_distance(own: Run, width: int) -> None:
    assert Spacing.guess(dict.fromkeys(range(3), own), (width,) * 3) == NO_SPACING


def test_two_cells_tell_a_distance_and_so_few_rows_do_not() -> None:
    assert Spacing.guess(dict.fromkeys(range(3), spaced(1, "5")), (2,) * 3) == Spacing(0, 0, 1)
    assert Spacing.guess(dict.fromkeys(range(3), spaced(3, "5")), (2,) * 3) == Spacing(1, 1, 2)
    assert Spacing.guess(dict.fromkeys(range(2), spaced(1, "5")), (2,) * 2) == NO_SPACING


@pytest.mark.parametrize(("fitting", "others", "told"), [(3, 3, True), (3, 4, True), (3, 5, False), (4, 4, True), (4, 6, False)])
def test_half_of_the_rows_have_to_become_whole(fitting: int, others: int, told: bool) -> None:
    rows = [spaced("1", 1, "3")] * fitting + [spaced(9, "1", 8, "3")] * others
    guessed = Spacing.guess(dict(enumerate(rows)), (3,) * len(rows))
    assert guessed == (Spacing(0, 0, 1) if told else NO_SPACING)


# ---------------------------------------------------------------- the cells of a row


@pytest.mark.parametrize(
    ("own", "spacing", "cells"),
    [
        (spaced(1, "1", "2", after=1), Spacing(1, 0, 1), ["1", "2", ""]),
        (spaced(2, "1", "2"), Spacing(1, 0, 1), ["", "1", "2"]),
        (spaced("1", "2", after=1), Spacing(1, 0, 1), ["1", "2"]),  # fewer lines than stand there anyway
        (spaced(1, "1", "2", after=1), Spacing(1, 0, 1, after=1), ["1", "2"]),
        (spaced(1, "1", "2", after=2), Spacing(1, 0, 1, after=1), ["1", "2", ""]),
        (spaced(1, "1", "2", after=1), Spacing(1, 0, 2), ["1", "2"]),
        (spaced(1, "1", "2", after=2), Spacing(1, 0, 2), ["1", "2", ""]),
        (spaced(1, "1", 1, "2"), Spacing(1, 0, 2), ["1", "2"]),  # half a blank cell
        (spaced(1, "1", 4, "2"), Spacing(1, 0, 2), ["1", "2"]),  # more than a row holds
        (spaced(1, "1", 2, "2"), Spacing(1, 0, 2), ["1", "", "2"]),
        (spaced(1, "1", 2, "2", "3"), Spacing(1, 0, 2), ["1", "2", "3"]),  # whole as it is
    ],
)
def test_lines_beyond_the_distance_are_blank_cells_if_they_make_the_row_whole(
    own: Run, spacing: Spacing, cells: list[str]
) -> None:
    assert said(spacing.filled(own, 3)) == cells


def test_blank_cells_stand_where_their_lines_do() -> None:
    own = apart(spaced(1, "12", 1, "345", after=1))
    places = [(piece.start, piece.end) for piece in Spacing(0, 0, 1).filled(own, 5)]
    first, second = own.pieces
    assert places == [
        (first.start,) * 2, (first.start, first.end), (second.start,) * 2, (second.start, second.end), (second.end,) * 2,
    ]


def test_a_whole_row_is_what_it_is() -> None:
    own = spaced(1, "1", 1, "2")
    assert Spacing(1, 1, 2).filled(own, 2) is own.pieces


@pytest.mark.parametrize(
    "own",
    [
        attrs.evolve(spaced("1", 1, "2"), cut=True),
        attrs.evolve(spaced("1", 1, "2"), loose=False),
        attrs.evolve(spaced("1", 1, "2"), gaps=[0]),
    ],
)
def test_a_row_of_which_not_every_line_is_known_has_no_blank_cells(own: Run) -> None:
    assert Spacing(0, 0, 1).filled(own, 3) is own.pieces


@pytest.mark.parametrize(
    ("own", "firsts", "cells"),
    [
        (spaced(2, "1", "2", after=1), {0}, ["1", "2", ""]),  # two blank cells first are too many
        (spaced(1, "1", "2"), {0}, ["", "1", "2"]),
        (spaced(3, "1", "2"), {0}, ["", "1", "2"]),
        (spaced("1", "2", after=1), {0}, ["1", "2", ""]),
        (spaced(2, "1", "2", after=1), {1}, ["1", "2"]),  # one blank cell first, or one behind
        (spaced(2, "1", "2"), {1, 0}, ["", "1", "2"]),
        (spaced(7, "1", "2"), {0}, ["1", "2"]),
    ],
)
def test_where_whole_rows_begin_otherwise_each_beginning_is_weighed(
    own: Run, firsts: set[int], cells: list[str]
) -> None:
    assert said(Spacing(2, 0, 1, firsts=frozenset(firsts)).filled(own, 3)) == cells


def test_lines_that_are_no_whole_blank_cell_are_no_beginning() -> None:
    spacing = Spacing(4, 0, 2, firsts=frozenset({1}))
    assert said(spacing.filled(spaced(3, "1", "2"), 3)) == ["", "1", "2"]
    assert said(spacing.filled(spaced(2, "1", "2"), 3)) == ["1", "2"]


# ---------------------------------------------------------------- blank cells first, where the sum tells


@pytest.mark.parametrize(
    ("own", "spacing", "cells"),
    [
        (spaced(9, "3", "3"), Spacing(0, 0, 1), ["", "", "3", "3"]),
        (spaced(1, "3", "3", after=9), Spacing(0, 0, 1), None),  # no more than the lines before it
        (spaced(2, "3", "3"), Spacing(0, 0, 1), ["", "", "3", "3"]),
        (spaced(3, "3", "3"), Spacing(1, 0, 1), ["", "", "3", "3"]),
        (spaced(2, "3", "3"), Spacing(1, 0, 1), None),
        (spaced(4, "3", "3"), Spacing(0, 0, 2), ["", "", "3", "3"]),
        (spaced(3, "3", "3"), Spacing(0, 0, 2), None),
        (spaced(9, "3", "4"), Spacing(0, 0, 1), None),
        (spaced(9, "0", "0", after=9), Spacing(0, 0, 1), None),
        (spaced("1", "2", "3", "6"), Spacing(5, 0, 1), ["1", "2", "3", "6"]),
        (spaced(1, "3", 1, "3"), Spacing(0, 0, 1), ["", "3", "", "3"]),
        (spaced(2, "3", 1, "3"), Spacing(0, 0, 1), None),  # one before each, or two before the first
    ],
)
def test_a_row_has_as_many_blank_cells_first_as_make_it_add_up(
    own: Run, spacing: Spacing, cells: list[str] | None
) -> None:
    assert said(spacing.led(own, 4, SUM)) == cells


def test_what_other_rows_begin_with_is_nothing_where_the_sum_tells() -> None:
    own = apart(spaced(9, "30", "30"))
    found = Spacing(0, 0, 1, firsts=frozenset({1})).led(own, 4, SUM)
    assert found is not None
    assert [(piece.start, piece.end) for piece in found] == [
        (own.pieces[0].start,) * 2, (own.pieces[0].start,) * 2, *((piece.start, piece.end) for piece in own.pieces),
    ]


def test_a_row_on_one_line_has_no_blank_cells_first() -> None:
    assert Spacing(0, 0, 1).led(run("3", "3"), 4, SUM) is None


def test_of_two_ways_to_begin_none_is_taken() -> None:
    alike = Sums((((0,), (2,)), ((1,), (3,))), ())
    assert Spacing(0, 0, 1).led(spaced(9, "3", 1, "3", after=9), 4, alike) is None


@pytest.mark.parametrize(("gap", "blank"), [(6, False), (7, True), (8, True)])
def test_a_row_of_blanks_takes_a_line_for_its_first_cell_and_the_blanks_of_the_others(gap: int, blank: bool) -> None:
    cells = Spacing(2, 0, 2).empty(gap, 5, 3)
    assert (said(cells) == ["", "", ""]) is blank
    assert [(cell.start, cell.end) for cell in cells or ()] == [(5, 5)] * 3 * blank


# ---------------------------------------------------------------- values that stand apart behind a row


def test_zeros_that_are_whole_with_a_blank_before_one_that_stands_apart_are_one_too_many() -> None:
    spacing = Spacing(0, 0, 1)
    assert spacing.overfull(spaced("0", 0, "0", 1, "0", 1, "0"), 4)  # 0 0 _ 0, and a 0 behind
    assert spacing.overfull(spaced("0", 2, "0", 1, "0"), 4) is False  # not as many as columns
    assert not spacing.overfull(spaced("0", 0, "0", 1, "0", 0, "0"), 4)  # a page may end between two of its cells
    assert not spacing.overfull(spaced("0", 0, "0", 0, "0", 1, "0"), 4)
    assert not spacing.overfull(spaced("0", 0, "0", 2, "0", 1, "0"), 4)  # two blanks: whole before the third
    assert not spacing.overfull(spaced("1", 0, "0", 1, "0", 1, "1"), 4)  # sums tell
    assert not spacing.overfull(run("0", "0", "0", "0"), 4)


def test_a_distance_that_cells_of_another_row_do_not_have_between_them_is_none() -> None:
    runs = {row: spaced(2, "7") for row in range(4)}
    assert Spacing.guess(runs, (3,) * 4) == Spacing(0, 0, 1)  # two blank cells and a value
    runs = {row: spaced(3, "7") for row in range(4)}
    assert Spacing.guess(runs, (3,) * 4) == Spacing(1, 1, 1)  # the first line is no cell
    runs[4] = spaced(1, "4", 0, "9", after=1)
    assert Spacing.guess(runs, (3,) * 5) == NO_SPACING  # but here none stands between two cells
