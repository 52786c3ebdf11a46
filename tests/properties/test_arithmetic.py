"""`check` says nothing of sums that hold, and names each one that a changed number breaks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

import gkparse
from building import built
from layouts import PATHS, Numbers
from strategies import arbitrary_numbers, consistent_numbers, counts

SUMMED = [path for path in PATHS if not path.startswith("proactive.")]
ENDS = ("received", "carried_over", "carried_forward")


def sums_of(path: str) -> set[tuple[str, str]]:
    """The sums that a cell belongs to, each as its code and the total that is named first."""
    table, _, rest = path.partition(".")
    row, _, column = rest.rpartition(".")
    if table == "disputes":
        return {("GK304", f"disputes.{row}.total")}
    total = f"requests.outcomes.total.{column}"
    found = {("GK303", f"requests.{row}.total")}
    if row in ENDS:
        found.add(("GK301", total))
    elif row == "outcomes.total":
        found |= {("GK301", total), ("GK302", total)}
    else:
        found.add(("GK302", total))
    return found


SUMS = ("GK301", "GK302", "GK303", "GK304")


def broken(report: gkparse.Report) -> set[tuple[str, str]]:
    return {(found.code, found.paths[0]) for found in gkparse.check(report, select=SUMS)}


@given(numbers=consistent_numbers())
def test_numbers_that_add_up_have_no_finding(numbers: Numbers) -> None:
    assert broken(built(numbers)) == set()


@given(numbers=consistent_numbers(), path=st.sampled_from(SUMMED), value=counts)
def test_one_changed_number_breaks_the_sums_that_it_belongs_to(
    numbers: Numbers, path: str, value: int
) -> None:
    expected = sums_of(path) if value != numbers[path] else set()
    changed = built(numbers.but({path: value}))
    assert broken(changed) == expected
    for found in gkparse.check(changed, select=SUMS):
        assert found.severity == "error"
        assert path in found.paths or value == 0


@given(numbers=consistent_numbers(), path=st.sampled_from(SUMMED))
def test_a_sum_with_a_part_that_is_not_printed_is_not_assessed(numbers: Numbers, path: str) -> None:
    assert broken(built(numbers.but({path: None}))) == set()


@given(numbers=arbitrary_numbers())
def test_a_row_is_found_exactly_where_it_does_not_add_up(numbers: Numbers) -> None:
    rows: dict[str, list[int]] = {}
    for path in SUMMED:
        rows.setdefault(path.rpartition(".")[0], []).append(int(numbers[path] or 0))
    wrong = {f"{row}.total" for row, found in rows.items() if sum(found[:-1]) != found[-1]}
    said = broken(built(numbers))
    assert {path for code, path in said if code in ("GK303", "GK304")} == wrong


@given(numbers=arbitrary_numbers())
def test_checking_changes_nothing_and_says_the_same_twice(numbers: Numbers) -> None:
    report, same = built(numbers), built(numbers)
    assert gkparse.check(report) == gkparse.check(report)
    assert report == same
    assert report.diagnostics == ()
