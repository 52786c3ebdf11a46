"""Pairing: labels and values in rows of their own; what is not certain is said."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gkparse.form import load
from gkparse.pairing import Event, Label, Pairing
from gkparse.pieces import Piece, cut
from gkparse.runs import Run, nothing, values
from gkparse.shape import Shape, shape

FORM = load("2021")
REQUESTS = shape(FORM, FORM.table("requests"))
PROACTIVE = shape(FORM, FORM.table("proactive"))
DISPUTES = shape(FORM, FORM.table("disputes"))


def label(row: int, *, weak: bool = False) -> Label:
    return Label(row, Piece(0, 1, "x"), weak=weak)


def run(*numbers: int | str, loose: bool = False) -> Run:
    pieces = [cut(str(number), "2021")[0].moved(at) for at, number in enumerate(numbers)]
    return Run(pieces, loose=loose)


def whole(number: int) -> Run:
    """A row of seven values that adds up, told by its first."""
    return run(number, 0, 0, 0, 0, 0, number)


def paired(events: Sequence[Event], of: Shape = REQUESTS) -> Pairing:
    pairing = Pairing(of)
    for event in events:
        pairing.meet(event)
    pairing.pair()
    return pairing


def bound(pairing: Pairing) -> dict[int, list[object]]:
    """The first value of each run of each row."""
    return {row: [values(r.pieces)[0] for r, _ in runs] for row, runs in pairing.bound.items()}


def unsure(pairing: Pairing) -> set[int]:
    return {each.row for each, _ in pairing.unsure}


def met(*events: Event) -> list[Event]:
    """The events that are left of some that were met."""
    pairing = Pairing(REQUESTS)
    for event in events:
        pairing.meet(event)
    return pairing.events


def lengths(events: Sequence[Event]) -> list[int]:
    return [len(event.pieces) for event in events if isinstance(event, Run)]


# ---------------------------------------------------------------- what is met


def test_the_lines_of_a_row_are_one_run_and_a_second_row_another() -> None:
    pairing = Pairing(REQUESTS)
    own = label(0)
    pairing.bind(own, run(1, 2, loose=True))
    pairing.bind(own, run(3, loose=True))
    assert lengths([r for r, _ in pairing.bound[0]]) == [3]
    assert pairing.events == [0.0]
    pairing.bind(own, run(9))
    pairing.bind(own, run(8, loose=True))
    assert [values(r.pieces) for r, _ in pairing.bound[0]] == [(1, 2, 3), (9, 8)]
    assert pairing.events == [0.0, 0.0]
    pairing.bind(label(0), run(7, loose=True))
    assert lengths([r for r, _ in pairing.bound[0]]) == [3, 2, 1]


@pytest.mark.parametrize(
    ("first", "second", "lengths_left"),
    [
        (run(1, loose=True), run(2, loose=True), [2]),
        (run(1, loose=True), run(2, 3, 4), [4]),  # a line of a row that is wrapped
        (run(1, loose=True), whole(2), [1, 7]),
        (run(*range(7), loose=True), run(*range(7), loose=True), [14]),
        (run(1, 2, 3), run(4, 5, 6, 7), [7]),
        (run(1, 2, 3), run(4, 5, 6, 7, 8), [3, 5]),
        (run(1, 2, 3), run(4, loose=True), [4]),
        (whole(1), run(4, loose=True), [7, 1]),
        (Run(run(1, 2).pieces, grid=True), run(4, 5), [2, 2]),
        (run(1, 2), Run(run(4, 5).pieces, grid=True), [2, 2]),
        (Run(run(1, 2).pieces, grid=True), Run(run(4, 5).pieces, grid=True), [2, 2]),
    ],
)
def test_a_run_goes_on_with_the_one_before_it(first: Run, second: Run, lengths_left: list[int]) -> None:
    one, two = (Run(list(each.pieces), loose=each.loose, grid=each.grid) for each in (first, second))
    assert lengths(met(one, two)) == lengths_left
    assert lengths(met(one, None, two))[-1] == len(second.pieces)


def test_a_run_that_goes_on_has_the_empty_lines_of_both() -> None:
    one, two = run(1, loose=True), run(2, loose=True)
    one.gaps, two.gaps, one.after, two.after = [3], [1], 1, 2
    (left,) = met(one, two)
    assert isinstance(left, Run)
    assert (left.gaps, left.after) == ([3, 1], 2)


def test_words_that_are_no_label_part_what_is_met_once() -> None:
    one, two = run(1, loose=True), run(2, loose=True)
    assert met(None, one, None, None, two) == [one, None, two]


# ---------------------------------------------------------------- what belongs together


def test_values_behind_their_labels() -> None:
    pairing = paired([label(0), whole(1), label(1), whole(2), label(2), whole(3)])
    assert bound(pairing) == {0: [1], 1: [2], 2: [3]}
    assert (pairing.unsure, pairing.unclaimed, pairing.empty) == ([], [], {})


def test_values_before_their_labels() -> None:
    pairing = paired([whole(1), label(0), whole(2), label(1), whole(3), label(2)])
    assert bound(pairing) == {0: [1], 1: [2], 2: [3]}
    assert (pairing.unsure, pairing.unclaimed, pairing.empty) == ([], [], {})


def test_values_before_their_labels_between_certain_places() -> None:
    events: list[Event] = [-0.5, run(1), label(3), run(2), label(4), 4.5, run(9), label(5)]
    pairing = paired(events, PROACTIVE)
    assert bound(pairing) == {3: [1], 4: [2], 5: [9]}
    assert (pairing.unsure, pairing.unclaimed) == ([], [])


def test_all_labels_then_all_values_are_paired_by_the_order_of_the_form() -> None:
    pairing = paired([label(0), label(1), label(2), whole(1), whole(2), whole(3)])
    assert bound(pairing) == {0: [1], 1: [2], 2: [3]}
    assert pairing.unsure == []
    pairing = paired([whole(1), whole(2), whole(3), label(0), label(1), label(2)])
    assert bound(pairing) == {0: [1], 1: [2], 2: [3]}
    assert pairing.unsure == []


def test_a_long_run_of_loose_values_is_as_many_rows() -> None:
    loose = run(1, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0, 2, loose=True)
    pairing = paired([label(0), label(1), loose])
    assert bound(pairing) == {0: [1], 1: [2]}
    assert pairing.unsure == []


def test_a_label_without_values_is_empty_and_takes_none() -> None:
    pairing = paired([label(0), whole(1), label(1), label(2), whole(3)])
    assert pairing.bound.keys() | pairing.empty.keys() >= {0, 2}
    assert bound(pairing).get(1) is None or 1 in unsure(pairing)
    assert len(pairing.bound) == 2


def test_values_that_no_label_is_left_for_are_unclaimed_with_the_rows_around_them() -> None:
    pairing = paired([label(0), whole(1), whole(5), label(1), whole(2)])
    assert bound(pairing)[0] == [1]
    assert bound(pairing)[1] == [2]
    (left,) = pairing.unclaimed
    assert values(left.pieces)[0] == 5
    assert pairing.near[id(left)] == {0, 1}
    assert unsure(pairing) == {0, 1}, "the others may have other labels"


@pytest.mark.parametrize(("left", "doubted"), [(whole(5), {0, 4}), (run(5, 6), {0})])
def test_a_whole_row_that_is_left_over_makes_those_elsewhere_unsure_too(left: Run, doubted: set[int]) -> None:
    pairing = Pairing(REQUESTS)
    for event in (label(0), whole(1), left):
        pairing.meet(event)
    for row in range(1, 4):
        pairing.bind(label(row), whole(2))
    for event in (label(4), whole(5)):
        pairing.meet(event)
    pairing.pair()
    assert unsure(pairing) == doubted
    assert [values(r.pieces)[0] for r in pairing.unclaimed] == [5]


def test_runs_whose_labels_are_lost_are_the_rows_between_if_they_are_as_many() -> None:
    pairing = Pairing(REQUESTS)
    pairing.bind(label(0), whole(1))
    for left in (whole(2), None, whole(3)):
        pairing.meet(left)
    pairing.bind(label(3), whole(4))
    pairing.meet(label(4))
    pairing.meet(whole(5))
    pairing.pair()
    assert bound(pairing) == {0: [1], 1: [2], 2: [3], 3: [4], 4: [5]}
    assert unsure(pairing) == {1, 2}
    assert pairing.unclaimed == []
    for row, piece in ((1, None), (2, None), (4, pairing.bound[4][0][1])):
        assert [(r.aligned, of) for r, of in pairing.bound[row]] == [(True, piece)]
    assert [each.piece for each, r in pairing.unsure] == [r.pieces[0] for _, r in pairing.unsure]


@pytest.mark.parametrize("runs", [(whole(2),), (whole(2), whole(3), whole(4)), (whole(2), run(3, 4))])
def test_else_runs_whose_labels_are_lost_are_no_rows(runs: tuple[Run, ...]) -> None:
    pairing = Pairing(REQUESTS)
    pairing.bind(label(0), whole(1))
    for left in runs:
        pairing.meet(Run(list(left.pieces)))
        pairing.meet(None)
    pairing.bind(label(3), whole(9))
    pairing.pair()
    assert pairing.bound.keys() == {0, 3}
    assert lengths(pairing.unclaimed) == lengths(runs)


def test_a_label_without_values_is_empty_with_the_blanks_that_it_has() -> None:
    alone, blank = label(1), label(2)
    blank.blank = Run([nothing(1)] * 7)
    pairing = paired([alone, blank])
    assert pairing.empty == {1: alone}
    assert pairing.bound == {2: [(blank.blank, blank.piece)]}


def blanks(count: int) -> Run:
    return Run([nothing(0)] * count, grid=True)


@pytest.mark.parametrize(("cells", "doubted"), [(5, set()), (6, {4}), (7, {4}), (8, {4})])
def test_a_row_of_blank_cells_has_the_values_of_another_row_only_in_doubt(cells: int, doubted: set[int]) -> None:
    blank = label(4)
    blank.blank = blanks(cells)
    pairing = paired([label(2), whole(1), blank, whole(2), label(5), whole(3)])
    assert (bound(pairing), unsure(pairing)) == ({2: [1], 4: [2], 5: [3]}, doubted)


@pytest.mark.parametrize(("cells", "met"), [(6, [1]), (7, [1, None])])
def test_a_row_of_blank_cells_that_is_bound_elsewhere_is_met_again(cells: int, met: list[int | None]) -> None:
    pairing = Pairing(REQUESTS)
    again = label(4)
    again.blank = blanks(cells)
    pairing.bind(label(4), whole(1))
    pairing.meet(again)
    pairing.pair()
    assert bound(pairing) == {4: met}


def test_a_label_is_certain_of_the_values_behind_it_though_another_has_none() -> None:
    pairing = paired([label(0), whole(1), label(1), label(2), whole(3)])
    assert bound(pairing) == {0: [1], 2: [3]}
    assert unsure(pairing) == set()
    pairing = paired([whole(1), label(0), label(1), whole(3), label(2)])
    assert bound(pairing) == {0: [1], 2: [3]}
    assert unsure(pairing) == set()


def test_where_the_order_of_the_form_pairs_some_the_side_of_a_label_is_not_certain() -> None:
    pairing = Pairing(REQUESTS)
    for event in (label(0), label(1), whole(1), None, whole(2)):
        pairing.meet(event)
    pairing.bind(label(3), whole(4))
    for event in (label(4), whole(5), label(5), label(6), whole(7)):
        pairing.meet(event)
    pairing.pair()
    assert bound(pairing) == {0: [1], 1: [2], 3: [4], 4: [5], 6: [7]}
    assert {4, 6} <= unsure(pairing)


@pytest.mark.parametrize("values_first", [False, True])
def test_a_part_with_as_many_labels_as_rows_keeps_the_side_certain(values_first: bool) -> None:
    pairing = Pairing(REQUESTS)
    before: list[Event] = [label(0), whole(1)]
    behind: list[Event] = [label(2), whole(3), label(3), label(4), whole(5)]
    if values_first:
        before.reverse()
        behind = [behind[at] for at in (1, 0, 2, 4, 3)]
    for event in before:
        pairing.meet(event)
    pairing.bind(label(1), whole(2))
    for event in behind:
        pairing.meet(event)
    pairing.pair()
    assert bound(pairing) == {0: [1], 1: [2], 2: [3], 4: [5]}
    assert unsure(pairing) == set()


def test_a_label_that_comes_again_with_values_is_the_same_row_again() -> None:
    pairing = Pairing(REQUESTS)
    pairing.bind(label(0), whole(1))
    for event in (label(0), whole(2)):
        pairing.meet(event)
    pairing.pair()
    assert bound(pairing) == {0: [1, 2]}


def apart(*events: Event) -> Pairing:
    """What some events come to behind rows of which the order of the form alone tells the labels."""
    pairing = Pairing(REQUESTS)
    before: list[Event] = [label(0), label(1), whole(1), None, whole(2)]
    for event in before:
        pairing.meet(event)
    pairing.bind(label(2), whole(3))
    for event in events:
        pairing.meet(event)
    pairing.pair()
    return pairing


def test_runs_in_the_order_of_the_form_that_stand_beside_their_labels_are_theirs_on_either_side() -> None:
    one, two = run(4, 5, 6), run(5, 6, 7)
    for events in ((label(3), one, label(4), two), (one, label(3), two, label(4))):
        pairing = apart(*events)
        assert {row: bound(pairing)[row] for row in (3, 4)} == {3: [4], 4: [5]}
        assert unsure(pairing) == set()
    pairing = apart(label(3), label(4), one, None, two)
    assert bound(pairing) | {4: [4]} == bound(pairing)
    assert unsure(pairing) == {4}
    assert pairing.unclaimed == [two]


def test_a_stray_mark_before_the_first_of_two_labels_gives_no_row_the_values_of_the_other_unsaid() -> None:
    pairing = paired([run("/"), label(3), whole(1), label(4)])
    assert bound(pairing) == {3: [None], 4: [1]}
    assert unsure(pairing) == {3, 4}


def test_labels_in_another_order_than_the_form_have_the_runs_beside_them_alone() -> None:
    pairing = paired([label(1), label(0), whole(1), whole(2)])
    assert (bound(pairing), unsure(pairing)) == ({0: [1]}, {0})
    assert [values(left.pieces)[0] for left in pairing.unclaimed] == [2]


def test_a_run_behind_a_row_that_lacks_values_is_paired_by_order_in_doubt() -> None:
    for own, doubted in ((whole(1), set[int]()), (run(1, 2), {1, 2})):
        pairing = Pairing(REQUESTS)
        pairing.bind(label(0), own)
        for event in (label(1), label(2), whole(3), whole(4)):
            pairing.meet(event)
        pairing.pair()
        assert (bound(pairing), unsure(pairing)) == ({0: [1], 1: [3], 2: [4]}, doubted)


def test_a_label_alone_has_the_one_run_of_its_part_though_it_was_met_in_another() -> None:
    pairing = Pairing(REQUESTS)
    pairing.meet(label(3))
    pairing.bind(label(1), whole(2))
    pairing.meet(run(4, 5, 6))
    pairing.pair()
    assert (bound(pairing), pairing.unclaimed) == ({1: [2], 3: [4]}, [])


def test_a_label_has_its_values_in_one_part_alone() -> None:
    pairing = Pairing(REQUESTS)
    for event in (label(3), whole(1)):
        pairing.meet(event)
    pairing.bind(label(5), whole(2))
    pairing.bind(label(2), whole(3))
    pairing.meet(whole(9))
    pairing.pair()
    assert bound(pairing) == {3: [1], 5: [2], 2: [3]}
    assert [values(left.pieces)[0] for left in pairing.unclaimed] == [9]


def test_many_rows_that_stand_beside_their_labels_are_theirs_though_the_side_is_not_certain() -> None:
    events: list[Event] = []
    for row in range(3, 8):
        events += [label(row), whole(row)]
    pairing = apart(*events)
    assert {row: bound(pairing)[row] for row in range(3, 8)} == {row: [row] for row in range(3, 8)}
    assert unsure(pairing) == set()


def test_a_label_at_either_end_makes_the_row_between_them_unsure() -> None:
    pairing = paired([label(0), whole(1), label(1)])
    assert (bound(pairing), unsure(pairing), {*pairing.empty}) == ({0: [1]}, {0}, {1})


def test_a_part_of_a_row_that_is_left_over_leaves_the_side_certain_elsewhere() -> None:
    pairing = Pairing(REQUESTS)
    for event in (label(0), whole(1), run(5, 6)):
        pairing.meet(event)
    pairing.bind(label(2), whole(3))
    for event in (label(3), label(4), whole(5)):
        pairing.meet(event)
    pairing.pair()
    assert (bound(pairing), unsure(pairing)) == ({0: [1], 2: [3], 4: [5]}, {0})


def test_a_mark_makes_rows_unsure_that_only_the_order_of_the_form_pairs() -> None:
    marked = run(1, "/", 0, 0, 0, 0, 9)
    assert unsure(paired([label(0), label(1), marked, whole(2)])) == {0, 1}
    assert unsure(paired([label(0), Run(list(marked.pieces)), label(1), whole(2)])) == set()


def test_a_row_with_marks_adds_up_with_zeros_for_them_or_its_values_may_be_of_a_column() -> None:
    pairing = Pairing(REQUESTS)
    assert pairing._marked([whole(1), run(1, "/", 0, 0, 0, 0, 9)])
    assert not pairing._marked([whole(1), run(1, "/", 0, 0, 0, 0, 1)])
    assert not pairing._marked([run(1, "/", 9)])
    assert not pairing._marked([run(1, 0, 0, 0, 0, 0, 9)])
    blank = run(1, "/", 0, 0, 0, 0, 9)
    blank.pieces[2] = nothing(2)
    assert not pairing._marked([blank])


def test_counts_that_a_loss_has_made_equal_say_nothing() -> None:
    five: list[Event] = [label(3), label(4), whole(1), label(5), whole(2), label(6), whole(3), label(7), whole(4), None, whole(5)]
    six: list[Event] = [*five[:-2], label(8), whole(5), None, whole(6)]
    assert unsure(paired(five)) == set()
    assert unsure(paired(six)) == {3, 4, 5, 6, 7, 8}


def test_a_row_that_its_sums_belie_is_no_whole_one_unless_it_has_a_mark() -> None:
    pairing = Pairing(REQUESTS)
    assert pairing._whole([whole(1), whole(2), run(0, 0, 0, 0, 0, 0, 0)])
    assert pairing._whole([run(1, "/", 0, 0, 0, 0, 9)])
    assert not pairing._whole([whole(1), run(1, 0, 0, 0, 0, 0, 9)])
    assert not pairing._whole([whole(1), run(1, 0, 1)])
    assert not pairing._whole([run(1, "/", 1)])


# ---------------------------------------------------------------- what one run holds for several labels


def dealt(*events: Event, zero: bool = False) -> list[tuple[object, ...] | int | float | None]:
    """The rows of labels and the numbers of runs after values were dealt to labels of one value each."""
    pairing = Pairing(PROACTIVE)
    if zero:
        pairing.bind(label(0), run(0, 1, 2))
        pairing.events.clear()
    pairing.events.extend(events)
    pairing._deal()
    assert all(event.loose for event in pairing.events if isinstance(event, Run) and event not in events)
    return [
        event.row if isinstance(event, Label) else values(event.pieces) if isinstance(event, Run) else event
        for event in pairing.events
    ]


def loose(*numbers: int) -> Run:
    return run(*numbers, loose=True)


def test_labels_of_one_value_of_which_the_first_has_all_values_have_one_each() -> None:
    assert dealt(label(3), loose(5, 0), label(4), None) == [3, (5,), 4, (0,), None]
    assert dealt(label(3), loose(5, 0), label(4)) == [3, (5,), 4, (0,)]
    assert dealt(label(3), loose(5, 7), label(4), 4.5, zero=True) == [3, (5,), 4, (7,), 4.5]
    assert dealt(None, label(2), loose(5, 0, 7), label(3), label(4), None) == [None, 2, (5,), 3, (0,), 4, (7,), None]
    both = (label(2), loose(5, 0), label(3), None, label(4), loose(1, 2), label(5), None)
    assert dealt(*both) == [2, (5,), 3, (0,), None, 4, (1,), 5, (2,), None]


@pytest.mark.parametrize(
    "events",
    [
        (label(3), loose(5, 7), label(4), None),  # no zero is printed: a cell may be blank
        (label(3), run(5, 0), label(4), None),  # on one line
        (label(3), loose(5, 0, 7), label(4), None),  # more values than labels
        (label(3), loose(5, 0), None),
        (label(3), loose(0), label(4), None),
        (label(0), loose(5, 0), label(4), None),  # a row of three values
        (label(3), loose(5, 0), label(1), None),
        (label(3), loose(5, 0), label(4), loose(7)),  # the next has its own
        (label(2), loose(5, 0), label(3), label(4)),
        (None, loose(5, 0), label(4), None),
    ],
)
def test_else_no_value_is_dealt(events: tuple[Event, ...]) -> None:
    pairing = Pairing(PROACTIVE)
    pairing.events.extend(events)
    pairing._deal()
    assert pairing.events == list(events)


def test_what_was_dealt_is_paired() -> None:
    pairing = paired([label(3), loose(5, 0), label(4), None], PROACTIVE)
    assert (bound(pairing), unsure(pairing)) == ({3: [5], 4: [0]}, set())


def test_where_no_value_is_dealt_a_later_one_may_be() -> None:
    later = (label(3), loose(7, 0), label(4), None)
    assert dealt(label(2), loose(5), label(1), None, *later)[-5:] == [3, (7,), 4, (0,), None]
    assert dealt(label(2), loose(5, 6), label(2), label(2), None, *later)[-5:] == [3, (7,), 4, (0,), None]


def test_a_loose_run_as_long_as_one_row_or_as_none_is_not_parted() -> None:
    pairing = Pairing(REQUESTS)
    kept: list[Event] = [whole(1), loose(*range(7)), loose(*range(15)), run(*range(14)), label(0), None, 2.5]
    pairing.events.extend(kept)
    pairing._part()
    assert pairing.events == kept
    pairing.events[:] = [loose(*range(21))]
    pairing._part()
    assert [(values(event.pieces)[0], event.loose) for event in pairing.events if isinstance(event, Run)] == [
        (0, True), (7, True), (14, True),
    ]


@pytest.mark.parametrize(("runs", "certain", "aside"), [(5, 0, True), (3, 2, True), (0, 5, True), (4, 0, False), (2, 2, False)])
def test_a_lone_value_among_enough_whole_rows_is_set_aside(runs: int, certain: int, aside: bool) -> None:
    pairing = Pairing(REQUESTS)
    lone, part = run(4), run(5, 6)
    pairing.events.extend([*(whole(at) for at in range(runs)), lone, part, *(float(at) for at in range(certain))])
    pairing._set_aside()
    assert (lone not in pairing.events) is aside
    assert part in pairing.events
    assert pairing.unclaimed == ([lone] if aside else [])
    assert len(pairing.events) == runs + certain + (1 if aside else 2)


def test_a_lone_value_that_is_set_aside_makes_no_row_unsure() -> None:
    events: list[Event] = []
    for row in range(5):
        events += [label(row), whole(row + 1)]
    pairing = paired([*events, run(4)])
    assert (bound(pairing), unsure(pairing)) == ({row: [row + 1] for row in range(5)}, set())
    assert lengths(pairing.unclaimed) == [1]


def test_a_lone_value_is_a_row_where_rows_have_one_column() -> None:
    pairing = Pairing(PROACTIVE)
    for row in range(5):
        pairing.bind(label(row), run(1, 2, 3))
    for event in (label(5), loose(7)):
        pairing.meet(event)
    pairing.pair()
    assert (bound(pairing)[5], pairing.unclaimed) == ([7], [])


def test_a_label_that_may_head_a_group_is_a_word_where_no_values_follow_at_once() -> None:
    pairing = Pairing(REQUESTS)
    head, own, one = label(20, weak=True), label(20), whole(1)
    cases: tuple[tuple[list[Event], list[Event]], ...] = (
        ([head, own, one], [None, own, one]), ([head, one], [head, one]), ([own, None], [own, None]),
        ([head], [None]), ([one, head, None, one], [one, None, None, one]),
    )
    for events, left in cases:
        pairing.events[:] = events
        pairing._settle_weak()
        assert pairing.events == left


def test_what_is_behind_a_row_that_was_completed_is_met_too() -> None:
    pairing = Pairing(REQUESTS)
    pairing.bind(label(0), run(4, 0, 0))
    for event in (run(0, 0, 0, 4), label(1), whole(2)):
        pairing.meet(event)
    pairing.pair()
    assert bound(pairing) == {0: [4], 1: [2]}


def test_values_behind_a_row_that_lacks_some_may_be_its_own() -> None:
    for own, doubted in ((whole(1), set[int]()), (run(1, 2), {1, 3})):
        pairing = Pairing(REQUESTS)
        pairing.bind(label(0), own)
        for event in (label(1), whole(2), label(2), label(3), whole(4)):
            pairing.meet(event)
        pairing.pair()
        assert bound(pairing) == {0: [1], 1: [2], 3: [4]}
        assert unsure(pairing) == doubted


def test_a_run_that_is_too_long_hides_a_label_unless_each_label_has_one() -> None:
    long = [1, 0, 0, 0, 0, 0, 1, 8]
    assert unsure(paired([label(0), run(*long), label(1), label(2), whole(2)])) == {0, 2}
    assert unsure(paired([label(0), run(*long), label(1), whole(2)])) == set()
    assert unsure(paired([label(1), run(*long), label(0), whole(2)])) == set()


def test_ends_that_contradict_each_other_make_the_rows_unsure() -> None:
    pairing = paired([whole(9), label(0), whole(1), label(1), whole(2)])
    assert len(pairing.unclaimed) == 1
    assert unsure(pairing) == set(pairing.bound)


def test_a_head_of_a_group_tells_the_side() -> None:
    pairing = paired([label(0), whole(1), None, label(1), whole(2), None, label(2), whole(3)])
    assert bound(pairing) == {0: [1], 1: [2], 2: [3]}
    assert pairing.unsure == []


@pytest.mark.parametrize(
    ("order", "values_first", "certain"),
    [
        ("RL", True, True),
        ("LR", False, True),
        ("RLR", False, False),
        ("LRL", False, False),
        # A word that is no row's label, such as the head of a group, parts no label from its values.
        ("RL-RL", True, True),
        ("LR-LR", False, True),
        ("RL-RLR", True, False),
        ("R-LRL", True, False),
        ("RL-R-LR", False, False),
        ("RL-RL-R-LR", True, False),
        ("LR-L-RL", False, False),
        ("L-LR-R", False, True),
        ("R-RL-L", True, True),
    ],
)
def test_the_ends_of_a_table_and_the_heads_of_groups_tell_the_side(
    order: str, values_first: bool, certain: bool
) -> None:
    pairing = Pairing(REQUESTS)
    for at, sign in enumerate(order):
        pairing.events.append(None if sign == "-" else label(at) if sign == "L" else whole(at + 1))
    assert pairing._orientation() == (values_first, certain)


def test_the_rows_around_a_run_are_those_met_directly_before_and_behind_it() -> None:
    pairing = Pairing(REQUESTS)
    first, between, last = run(1, 2), run(3, 4), run(5, 6)
    pairing.meet(first)
    pairing.bind(label(0), whole(1))
    pairing.meet(-0.5)
    pairing.meet(between)
    pairing.meet(label(3))
    pairing.meet(last)
    pairing._neighbours()
    assert [pairing.near[id(each)] for each in (first, between, last)] == [{0}, {0, 3}, {3}]


def test_a_certain_place_keeps_what_is_before_and_behind_it_apart() -> None:
    pairing = Pairing(REQUESTS)
    pairing.meet(label(0))
    pairing.meet(whole(1))
    pairing.bind(label(1), whole(2))
    pairing.meet(label(2))
    pairing.meet(whole(3))
    pairing.pair()
    assert bound(pairing) == {0: [1], 1: [2], 2: [3]}
    assert pairing.unsure == []


def test_a_weak_label_is_a_row_only_where_its_values_follow() -> None:
    combined, total = 23, 24
    pairing = paired([label(0), whole(1), label(combined, weak=True), whole(2), label(total), whole(3)])
    assert bound(pairing) == {0: [1], combined: [2], total: [3]}
    pairing = paired([label(0), whole(1), label(combined, weak=True), label(20), whole(2)])
    assert bound(pairing) == {0: [1], 20: [2]}
    assert pairing.unsure == []


def test_a_row_that_is_not_whole_takes_what_completes_it() -> None:
    pairing = Pairing(REQUESTS)
    pairing.bind(label(0), run(4, 0, 0))
    pairing.meet(run(0, 0, 0, 4))
    pairing.bind(label(1), whole(2))
    pairing.pair()
    assert [values(r.pieces) for r, _ in pairing.bound[0]] == [(4, 0, 0, 0, 0, 0, 4)]
    assert pairing.unclaimed == []


def test_the_row_that_was_met_last_takes_what_completes_it() -> None:
    pairing = Pairing(REQUESTS)
    pairing.bind(label(0), run(4, 0, 0))
    pairing.bind(label(0), run(5, 0, 0))
    pairing.meet(run(0, 0, 0, 5))
    pairing.pair()
    assert [values(r.pieces) for r, _ in pairing.bound[0]] == [(4, 0, 0), (5, 0, 0, 0, 0, 0, 5)]


def test_a_row_takes_nothing_that_stands_behind_another_label() -> None:
    pairing = Pairing(REQUESTS)
    pairing.bind(label(0), run(4, 0, 0))
    for event in (label(1), run(0, 0, 0, 4)):
        pairing.meet(event)
    pairing.pair()
    assert {row: [values(r.pieces) for r, _ in own] for row, own in pairing.bound.items()} == {
        0: [(4, 0, 0)], 1: [(0, 0, 0, 4)],
    }


@pytest.mark.parametrize("behind", [run(0, 0, 4), run(0, 0, 0, 4, 9)])
def test_a_row_does_not_take_fewer_or_more_values_than_it_lacks(behind: Run) -> None:
    pairing = Pairing(REQUESTS)
    pairing.bind(label(0), run(4, 0, 0))
    pairing.meet(behind)
    pairing.pair()
    assert [values(r.pieces) for r, _ in pairing.bound[0]] == [(4, 0, 0)]
    assert pairing.unclaimed == [behind]


def test_a_row_does_not_take_what_belies_it() -> None:
    pairing = Pairing(REQUESTS)
    pairing.bind(label(0), run(4, 0, 0))
    pairing.meet(run(0, 0, 0, 9))
    pairing.bind(label(1), whole(2))
    pairing.pair()
    assert [values(r.pieces) for r, _ in pairing.bound[0]] == [(4, 0, 0)]
    assert len(pairing.unclaimed) == 1


def test_a_table_of_one_row_takes_its_only_whole_run() -> None:
    numbers = [1, 0, 0, 0, 1] * 3
    alone = paired([run(1, 2, 3)], DISPUTES)
    assert (bound(alone), alone.unclaimed) == ({0: [1]}, [])
    for events, left in (([run(7), None, run(*numbers)], [1]), ([run(*numbers), None, run(*numbers)], [])):
        assert lengths(paired(events, DISPUTES).unclaimed) == left
    assert bound(paired([None, run(7), None, run(*numbers)], DISPUTES)) == {0: [1]}
    assert bound(paired([run(*numbers), None, run(*numbers)], DISPUTES)) == {0: [1]}
    assert bound(paired([run(*numbers), None, run(*[2, 0, 0, 0, 2] * 3)], DISPUTES)) == {}
    parts = paired([run(*numbers[:5]), None, run(*numbers[5:10]), None, run(*numbers[10:])], DISPUTES)
    assert len(parts.bound[0][0][0].pieces) == 15
    assert parts.unclaimed == []


@pytest.mark.parametrize(("rows", "doubted"), [(2, True), (1, False)])
def test_a_row_on_one_line_is_doubted_where_a_row_is_left_over_and_most_are_on_two(rows: int, doubted: bool) -> None:
    pairing = Pairing(REQUESTS)
    for number in range(rows):
        for item in (whole(10 + number), label(number), None):
            pairing.meet(item)
    pairing.meet(whole(50))
    pairing.meet(None)
    pairing.bind(label(5), whole(60))
    pairing.pair()
    assert [values(left.pieces)[0] for left in pairing.unclaimed] == [50]
    assert (5 in unsure(pairing)) is doubted
    assert all(each.piece for each, _ in pairing.unsure)


def test_a_row_on_one_line_is_not_doubted_where_only_a_part_of_a_row_is_left_over() -> None:
    pairing = Pairing(REQUESTS)
    for item in (whole(10), label(0), None, whole(11), label(1), None, run(5, 6), None):
        pairing.meet(item)
    pairing.bind(label(5), whole(60))
    pairing.pair()
    assert len(pairing.unclaimed) == 1
    assert 5 not in unsure(pairing)


def test_nothing_met_is_nothing_paired() -> None:
    for of in (REQUESTS, PROACTIVE, DISPUTES):
        pairing = paired([], of)
        assert (pairing.bound, pairing.unsure, pairing.unclaimed) == ({}, [], [])
    assert paired([label(0), label(1)]).empty.keys() == {0, 1}
    assert len(paired([whole(1)]).unclaimed) == 1


EVENTS = st.lists(
    st.one_of(
        st.integers(0, 22).map(lambda row: ("label", row)),
        st.integers(1, 99).map(lambda number: ("run", number)),
        st.just(("none", 0)),
    ),
    max_size=40,
)


@given(EVENTS)
def test_every_run_is_bound_once_or_unclaimed(drawn: list[tuple[str, int]]) -> None:
    met: list[Event] = []
    rows: set[int] = set()
    runs: list[Piece] = []
    for kind, number in drawn:
        if kind == "label" and number not in rows:
            met.append(label(number))
            rows.add(number)
        elif kind == "run":
            one = whole(number)
            runs += one.pieces
            met.append(one)
        elif kind == "none":
            met.append(None)
    pairing = paired(met)
    took = [piece for each in pairing.bound.values() for r, _ in each for piece in r.pieces]
    left = [piece for r in pairing.unclaimed for piece in r.pieces]
    assert sorted(map(id, took + left)) == sorted(map(id, runs))
    assert pairing.bound.keys() | pairing.empty.keys() == rows
    assert not pairing.bound.keys() & pairing.empty.keys()
    assert unsure(pairing) <= pairing.bound.keys()
