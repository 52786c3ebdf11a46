"""Alignment: every way to lay a row over the columns, in order, within a bound."""

from __future__ import annotations

from math import comb

from hypothesis import given
from hypothesis import strategies as st

from gkparse.alignment import MOST_CANDIDATES, agreed, candidates, values
from gkparse.pieces import Piece, cut


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
