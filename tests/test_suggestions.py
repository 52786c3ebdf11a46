"""Suggestions: offered where one change explains everything, and taken by `reconciled` alone."""

from __future__ import annotations

from decimal import Decimal

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import gkparse
from building import built, distinct
from gkparse import Diagnostic, Disputes, Report, Results
from gkparse.suggestions import suggested
from layouts import PATHS, Numbers, printed, write
from strategies import consistent_numbers

NUMBERS = distinct()
ROW = "requests.outcomes.granted."
INNER = [
    path for path in PATHS
    if path.startswith("requests.") and not path.endswith(".total") and "outcomes.total" not in path
]


def suggestions(numbers: Numbers) -> set[str | None]:
    return {found.suggestion for found in gkparse.check(built(numbers)) if found.severity == "error"}


def test_the_only_cell_in_both_sums_that_fail() -> None:
    path = ROW + "other"
    right = NUMBERS[path]
    assert suggestions(NUMBERS.but({path: 12345})) == {f"{path} = {right}"}


def test_two_values_in_each_other_s_place() -> None:
    one, two = ROW + "natural_person", ROW + "other"
    swapped = NUMBERS.but({one: NUMBERS[two], two: NUMBERS[one]})
    assert suggestions(swapped) == {f"{one} = {NUMBERS[one]}; {two} = {NUMBERS[two]}"}


def test_a_total_of_zero_beside_parts_has_one_explanation() -> None:
    report = Report(disputes=Disputes(Results(8, 3, 0, 0, 0)))
    (found,) = gkparse.check(report, select=["GK304"])
    assert found.suggestion == "disputes.reconsideration.total = 11"


def test_several_explanations_are_none() -> None:
    report = Report(disputes=Disputes(Results(8, 3, 0, 0, 12)))
    (found,) = gkparse.check(report, select=["GK304"])
    assert found.suggestion is None


def test_groups_that_share_no_cell_are_explained_apart() -> None:
    report = Report(disputes=Disputes(Results(8, 3, 0, 0, 0), Results(1, 0, 0, 0, 4), Results(0, 2, 3, 0, 0)))
    found = gkparse.check(report, select=["GK304"])
    assert [each.suggestion for each in found] == [
        "disputes.reconsideration.total = 11", None,
        "disputes.litigation_after_reconsideration.total = 5",
    ]


def test_a_report_in_which_much_fails_has_no_explanation() -> None:
    wrong = {path: 77_000 + at for at, path in enumerate(INNER[:40])}
    assert suggestions(NUMBERS.but(wrong)) == {None}


def test_a_blank_total_has_one_value() -> None:
    path = "disputes.reconsideration.total"
    report = built(NUMBERS.but({path: None}))
    (found,) = gkparse.check(report, select=["GK305"])
    assert found.suggestion == f"{path} = {NUMBERS[path]}"


def test_two_blanks_in_a_sum_have_no_value() -> None:
    group = "disputes.reconsideration."
    report = built(NUMBERS.but({group + "upheld": None, group + "other": None}))
    (found,) = gkparse.check(report, select=["GK305"])
    assert found.suggestion is None


# ---------------------------------------------------------------- taken


def test_reconciled_takes_what_is_suggested_and_says_so() -> None:
    path = ROW + "other"
    report = gkparse.parse(write("tabs-shifted", printed(NUMBERS.but({path: 12345}))))
    mended = report.reconciled()
    assert mended.value(path) == NUMBERS[path]
    assert mended.cell(path).status == "inferred"
    assert mended.cell(path).printed == "12345", "what is printed is kept"
    assert report.value(path) == 12345, "the report itself is not changed"
    assert [each for each in gkparse.check(mended, select=["GK30"]) if each.severity == "error"] == []
    assert [path for path, cell in mended.cells() if cell.status == "inferred"] == [path]


def test_a_report_without_suggestions_is_as_it_was() -> None:
    report = gkparse.parse(write("tabs-shifted", printed(NUMBERS)))
    assert report.reconciled() == report
    assert list(report.reconciled().cells()) == list(report.cells())


def test_a_report_built_by_hand_is_reconciled() -> None:
    mended = Report(disputes=Disputes(Results(8, 3, 0, 0, None))).reconciled()
    assert mended.disputes is not None
    assert mended.disputes.reconsideration.total == 11
    assert mended.cell("disputes.reconsideration.total").status == "inferred"


A, B = "requests.received.other", "disputes.reconsideration.other"


@pytest.mark.parametrize(
    ("written", "taken"),
    [
        ((f"{A} = 3",), {A: 3}),
        ((f"{A} = 3; {B} = 4", f"{A} = 3"), {A: 3, B: 4}),
        ((f"{A} = 3", f"{A} = 4"), {}),
        (("proactive.fees.amount = 0.25",), {"proactive.fees.amount": Decimal("0.25")}),
        # Words of help, also those of rules of others.
        (("read the page again",), {}),
        (("foo = bar",), {}),
        ((f"{A} = -3",), {}),
        ((None,), {}),
    ],
)
def test_suggestions_that_disagree_are_not_taken(
    written: tuple[str | None, ...], taken: dict[str, int]
) -> None:
    found = tuple(Diagnostic("GK305", "info", suggestion=each) for each in written)
    assert suggested(Report(diagnostics=found)) == taken


def test_a_suggestion_that_leaves_a_sum_that_fails_is_not_taken() -> None:
    results = "disputes.reconsideration"
    for corrected, other, taken in ((1, 2, True), (9, 9, False)):
        said = Diagnostic("GK305", "info", suggestion=f"{results}.corrected = {corrected}; {results}.other = {other}")
        report = Report(disputes=Disputes(Results(8, None, None, 0, 11)), diagnostics=(said,))
        assert bool(suggested(report)) is taken


def test_a_suggestion_for_no_cell_of_the_form_is_left_alone() -> None:
    found = (Diagnostic("GK305", "info", suggestion="proactive.moon = 3"),)
    assert Report(diagnostics=found).reconciled() == Report()


@given(numbers=consistent_numbers(), path=st.sampled_from(INNER), value=st.integers(0, 99_999_999))
def test_a_planted_fault_is_explained_by_itself_or_not_at_all(
    numbers: Numbers, path: str, value: int
) -> None:
    for suggestion in suggestions(numbers.but({path: value})) - {None}:
        assert suggestion is not None
        assert f"{path} = {numbers[path]}" in suggestion


@given(numbers=consistent_numbers(), path=st.sampled_from(INNER))
def test_reconciled_gives_back_what_was_lost(numbers: Numbers, path: str) -> None:
    mended = built(numbers.but({path: None})).reconciled()
    assert mended.value(path) == numbers[path]


# ---------------------------------------------------------------- what a second reader broke


def test_suggestions_that_exclude_each_other_are_not_taken() -> None:
    # The row says 2 where the column leaves none, and a total that no column bears out.
    zeros = Numbers(dict.fromkeys(PATHS, 0))
    row = {f"requests.{name}.{column}": 3
           for name in ("received", "outcomes.granted", "outcomes.total")
           for column in ("commercial_enterprise", "total")}
    numbers = zeros.but({
        **row, "requests.received.total": 5,
        "requests.received.natural_person": None, "requests.carried_over.natural_person": None,
    })
    report = built(numbers)
    assert report.reconciled() == report


def test_a_blank_beside_a_total_that_may_be_wrong_has_no_value() -> None:
    zeros = Numbers(dict.fromkeys(PATHS, 0))
    numbers = zeros.but({"requests.received.natural_person": None, "requests.received.total": 1})
    mended = built(numbers).reconciled()
    assert mended.value("requests.received.total") == 1
    assert mended.value("requests.received.natural_person") is None


def test_a_suggestion_of_the_reading_is_not_taken_where_the_value_is_another_by_now() -> None:
    text = write("tabs-shifted", printed(NUMBERS.but({"disputes.reconsideration.total": 0})))
    report = gkparse.parse(text)
    assert any(found.suggestion for found in report.diagnostics)
    corrected = attrs.evolve(report, disputes=built(NUMBERS).disputes)
    assert corrected.reconciled() == corrected


def test_parts_of_cases_have_no_suggestion() -> None:
    odd = Results(Decimal("1.5"), Decimal("1.7"), 0, 0, 0)  # type: ignore[arg-type]
    report = Report(disputes=Disputes(odd))
    assert {found.suggestion for found in gkparse.check(report, select=["GK304"])} == {None}
    assert report.reconciled() == report
