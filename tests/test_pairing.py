"""Pairing: labels and values in rows of their own; what is not certain is said."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from gkparse.form import load
from gkparse.pairing import Event, Label, Pairing
from gkparse.pieces import Piece, cut
from gkparse.runs import Run, values
from gkparse.shape import Shape, shape

FORM = load("2021")
REQUESTS = shape(FORM, FORM.table("requests"))
PROACTIVE = shape(FORM, FORM.table("proactive"))
DISPUTES = shape(FORM, FORM.table("disputes"))


def label(row: int, *, weak: bool = False) -> Label:
    return Label(row, Piece(0, 1, "x"), weak=weak)


def run(*numbers: int | str, loose: bool = False) -> Run:
    pieces = [cut(str(number), "2021")[0] for number in numbers]
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


def test_ends_that_contradict_each_other_make_the_rows_unsure() -> None:
    pairing = paired([whole(9), label(0), whole(1), label(1), whole(2)])
    assert len(pairing.unclaimed) == 1
    assert unsure(pairing) == set(pairing.bound)


def test_a_head_of_a_group_tells_the_side() -> None:
    pairing = paired([label(0), whole(1), None, label(1), whole(2), None, label(2), whole(3)])
    assert bound(pairing) == {0: [1], 1: [2], 2: [3]}
    assert pairing.unsure == []


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
    assert bound(paired([None, run(7), None, run(*numbers)], DISPUTES)) == {0: [1]}
    assert bound(paired([run(*numbers), None, run(*numbers)], DISPUTES)) == {0: [1]}
    assert bound(paired([run(*numbers), None, run(*[2, 0, 0, 0, 2] * 3)], DISPUTES)) == {}
    parts = paired([run(*numbers[:5]), None, run(*numbers[5:10]), None, run(*numbers[10:])], DISPUTES)
    assert len(parts.bound[0][0][0].pieces) == 15


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
