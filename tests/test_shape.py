"""The shape of a table: rows, widths and sums by index."""

from __future__ import annotations

import attrs
import pytest

from gkparse.form import load
from gkparse.shape import Shape, shape


def of(form: str, table: str) -> Shape:
    return shape(load(form), load(form).table(table))


REQUESTS = of("2021", "requests")


@pytest.mark.parametrize(
    ("form", "table", "widths"),
    [
        ("2021", "proactive", (3, 3, 1, 1, 1, 1)), ("2021", "requests", (7,) * 26),
        ("2021", "disputes", (15,)), ("2019", "proactive", (3, 3, 3, 3, 3, 3, 2, 2)),
        ("2019", "requests", (7,) * 26), ("2019", "disputes", (15,)),
    ],
)
def test_rows_are_in_official_order_with_their_widths(
    form: str, table: str, widths: tuple[int, ...]
) -> None:
    found = of(form, table)
    assert found.widths == widths
    assert [row for _, row in found.rows] == [
        row for block in load(form).table(table).blocks for row in block.rows
    ]


def test_the_first_row_of_each_block() -> None:
    assert [of("2021", "proactive").first(block) for block in range(4)] == [0, 2, 3, 5]
    assert [of("2019", "proactive").first(block) for block in range(5)] == [0, 2, 4, 6, 7]


def test_the_block_of_each_row() -> None:
    found = of("2021", "proactive")
    assert [found.block(row) for row in range(6)] == [0, 0, 1, 2, 2, 3]


def test_a_shape_has_the_sums_of_the_form_by_index_and_the_rows_that_every_report_prints() -> None:
    found = of("2021", "requests")
    assert found.columns == (((0, 1, 2, 3, 4, 5), (6,)),)
    assert found.totals == (((0, 1), (24, 25)), (tuple(range(2, 24)), (24,)))
    assert found.needed == tuple(at for at in range(26) if at != 23)
    assert of("2021", "proactive").needed == tuple(range(6))
    assert of("2021", "disputes").totals == ()


def test_the_sums_within_a_row() -> None:
    assert REQUESTS.columns == (((0, 1, 2, 3, 4, 5), (6,)),)
    assert of("2021", "disputes").columns == tuple(
        ((at, at + 1, at + 2, at + 3), (at + 4,)) for at in (0, 5, 10)
    )
    assert of("2021", "proactive").columns == ()


def test_sums_hold_or_do_not_or_say_nothing() -> None:
    sums = REQUESTS.sums(())
    assert sums.hold((1, 2, 3, 4, 5, 6, 21)) is True
    assert sums.hold((1, 2, 3, 4, 5, 6, 20)) is False
    assert sums.hold((0,) * 7) is None
    assert of("2021", "proactive").sums(()).hold((1, 2, 3)) is None


def test_a_total_that_stands_alone_is_allowed() -> None:
    sums = REQUESTS.sums(())
    assert sums.allow((1, 2, 3, 4, 5, 6, 21))
    assert sums.allow((0,) * 7)
    assert sums.allow((0, 0, 0, 0, 0, 0, 8))
    assert not sums.allow((1, 0, 0, 0, 0, 0, 8))
    assert not sums.allow((8, 0, 0, 0, 0, 0, 0))
    assert of("2021", "disputes").sums(()).allow((0, 0, 0, 0, 3) * 3)
    assert not of("2021", "disputes").sums(()).allow((0, 0, 0, 0, 3, 1, 0, 0, 0, 3, 0, 0, 0, 0, 0))


# Rows 0 and 1 come to row 2.
ADDED = attrs.evolve(REQUESTS, totals=(((0, 1), (2,)),))
NONE: frozenset[int] = frozenset()


@pytest.mark.parametrize(
    ("placed", "blank", "doubtful"),
    [
        # More than the total in the first column, less in the second, where row 0 is blank.
        ({0: (5, 0, 0), 1: (1, 0, 0), 2: (1, 5, 0)}, {0: {1}}, {0}),
        ({0: (5, 0, 0), 1: (1, 0, 0), 2: (1, 5, 0)}, {0: {1}, 1: {1}}, {0, 1}),
        ({0: (5, 0, 0), 1: (1, 0, 0), 2: (1, 5, 0)}, {0: {2}}, set()),
        ({0: (5, 0, 0), 1: (1, 0, 0), 2: (1, 5, 0)}, {}, set()),
        ({0: (5, 0, 0), 1: (1, 0, 0), 2: (6, 0, 0)}, {0: {1}}, set()),
        # Where no column has less, any blank may be the place.
        ({0: (5, 0, 0), 1: (1, 0, 0), 2: (1, 0, 0)}, {0: {2}}, {0}),
        ({0: (5, 0, 0), 1: (0, 0, 1), 2: (1, 0, 0)}, {1: {1}}, {1}),
        # The total is blank there itself, or is not there.
        ({0: (5, 0, 0), 1: (1, 0, 0), 2: (0, 5, 0)}, {0: {1}, 2: {0}}, set()),
        ({0: (5, 0, 0), 1: (1, 0, 0)}, {0: {1}}, set()),
        ({2: (5, 0, 0)}, {2: {1}}, set()),
        ({0: (5, 0, 0), 2: (1, 5, 0)}, {0: {1}}, {0}),
        # It is the total that stands in another column.
        ({0: (0, 5, 0), 1: (0, 1, 0), 2: (9, 0, 0)}, {2: {1}}, {2}),
        ({0: (0, 5, 0), 2: (9, 0, 0)}, {2: {1}}, set()),
    ],
)
def test_rows_with_blanks_whose_numbers_come_to_more_than_a_total_are_doubted(
    placed: dict[int, tuple[int, ...]], blank: dict[int, set[int]], doubtful: set[int]
) -> None:
    assert ADDED.belied(placed, {row: blank.get(row, NONE) for row in placed}) == doubtful


def test_a_total_is_weighed_though_the_row_beside_it_is_not_there() -> None:
    two = attrs.evolve(REQUESTS, totals=(((0, 1), (2, 3)),))
    placed = {0: (0, 5, 0), 1: (0, 1, 0), 2: (9, 0, 0)}
    assert two.belied(placed, {0: NONE, 1: NONE, 2: {1}}) == {2}


def test_a_sum_that_misses_a_row_keeps_no_other_from_being_one() -> None:
    assert REQUESTS.sums(set(range(2, 23)) | {24}).rows == ((tuple(range(2, 23)), (24,)),)


ALL = set(range(26))
COMBINED = 23
THREE = {20, 21, 22}


def test_the_sums_of_rows_need_every_row() -> None:
    balance = ((0, 1), (24, 25))
    assert REQUESTS.sums(ALL - {COMBINED}).rows == (balance, (tuple(range(2, 23)), (24,)))
    assert REQUESTS.sums(set()).rows == ()
    # Without a row of outcomes only the printed balance is left.
    assert REQUESTS.sums(ALL - {COMBINED, 5}).rows == (balance,)


def test_one_row_stands_for_the_three_and_never_beside_them() -> None:
    def parts(met: set[int]) -> tuple[int, ...]:
        return max((parts for parts, _ in REQUESTS.sums(met).rows), key=len)

    assert THREE.issubset(parts(ALL - {COMBINED}))
    assert COMBINED in parts(ALL - THREE)
    assert not THREE & set(parts(ALL - THREE))


@pytest.mark.parametrize("lost", [{20}, {20, 21}, {20, 21, 22}])
def test_without_some_of_the_three_nothing_is_summed(lost: set[int]) -> None:
    assert {parts for parts, _ in REQUESTS.sums(ALL - {COMBINED} - lost).rows} == {(0, 1)}


def test_in_the_form_of_2019_the_three_stand_for_the_one() -> None:
    met = [of("2019", "requests").sums(ALL - lost).rows for lost in ({COMBINED}, THREE)]
    assert [parts for _, (parts, _) in met] == [
        tuple(range(2, 23)), (*range(2, 20), COMBINED),
    ]


def test_a_shape_is_made_once() -> None:
    assert of("2021", "requests") is REQUESTS
