"""Each planted fault is named exactly; `properties/test_arithmetic.py` has the general case."""

from __future__ import annotations

from decimal import Decimal

import pytest

import gkparse
from building import built, distinct
from gkparse.registry import RULES

NUMBERS = distinct()


def test_numbers_that_add_up_have_no_finding() -> None:
    assert gkparse.check(built(NUMBERS)) == ()


def test_a_report_without_tables_has_no_finding() -> None:
    assert gkparse.check(gkparse.Report()) == ()
    assert gkparse.check(gkparse.Report(requests=gkparse.Requests())) == ()


@pytest.mark.parametrize(
    ("code", "path", "total"),
    [
        ("GK301", "requests.received.natural_person", "requests.outcomes.total.natural_person"),
        ("GK301", "requests.carried_forward.other", "requests.outcomes.total.other"),
        ("GK302", "requests.outcomes.granted.research_institution",
         "requests.outcomes.total.research_institution"),
        ("GK302", "requests.outcomes.other_handling.other.total", "requests.outcomes.total.total"),
        ("GK303", "requests.carried_over.other", "requests.carried_over.total"),
        ("GK303", "requests.outcomes.denied.state_secret.natural_person",
         "requests.outcomes.denied.state_secret.total"),
        ("GK304", "disputes.reconsideration.upheld", "disputes.reconsideration.total"),
        ("GK304", "disputes.litigation_direct.pending", "disputes.litigation_direct.total"),
        ("GK304", "disputes.litigation_after_reconsideration.other",
         "disputes.litigation_after_reconsideration.total"),
    ],
)
def test_a_planted_fault_is_named(code: str, path: str, total: str) -> None:
    was = NUMBERS[path]
    assert was is not None
    found = [each for each in gkparse.check(built(NUMBERS.but({path: was + 1})))
             if each.code == code]
    (finding,) = found
    assert finding.severity == "error"
    assert finding.paths[0] == total
    assert path in finding.paths
    assert str(was + 1) in finding.message
    assert str(was + 1) in finding.message_in("zh")


def test_the_message_shows_both_sides() -> None:
    (finding,) = gkparse.check(
        gkparse.Report(disputes=gkparse.Disputes(gkparse.Results(3, 0, 4, 0, 8)))
    )
    assert "3 + 4 = 7" in finding.message
    assert "8" in finding.message
    assert finding.paths == tuple(
        f"disputes.reconsideration.{name}"
        for name in ("total", "upheld", "corrected", "other", "pending")
    )


def test_a_sum_names_its_whole_and_every_part() -> None:
    every = [field.path for field in gkparse.fields() if field.path.startswith("requests.")]
    column = [path for path in every if path.endswith(".natural_person") and "combined" not in path]
    granted, total = (f"requests.outcomes.{name}.natural_person" for name in ("granted", "total"))
    report = built({**dict.fromkeys(column, 0), granted: 3, total: 4})
    (finding,) = [found for found in gkparse.check(report) if found.code == "GK302"]
    parts = [path for path in column if path.startswith("requests.outcomes.") and path != total]
    # A zero may be the wrong one, as a number moved by a column leaves a zero behind.
    assert finding.paths == (total, *parts)


@pytest.mark.parametrize("blank", ["upheld", "total"])
def test_a_sum_with_a_blank_is_not_assessed(blank: str) -> None:
    path = f"disputes.reconsideration.{blank}"
    (found,) = gkparse.check(built(NUMBERS.but({path: None})))
    assert (found.code, found.severity) == ("GK305", "info")


def test_a_combined_row_is_added_in_place_of_the_three() -> None:
    three = [f"requests.outcomes.other_handling.{name}"
             for name in ("correction_overdue", "fee_overdue", "other")]
    columns = [path.rpartition(".")[2] for path in NUMBERS if path.startswith("requests.received.")]
    combined = {
        f"requests.outcomes.other_handling.combined.{column}":
            sum(int(NUMBERS[f"{row}.{column}"] or 0) for row in three)
        for column in columns
    }
    gone = {f"{row}.{column}": None for row in three for column in columns}
    numbers = NUMBERS.but({**gone, **combined})
    assert gkparse.check(built(numbers)) == ()
    path = "requests.outcomes.other_handling.combined.natural_person"
    found = gkparse.check(built(numbers.but({path: combined[path] + 1})))
    assert {each.code for each in found} == {"GK302", "GK303"}


def test_every_rule_is_registered_once() -> None:
    assert len(RULES) == len(set(RULES)) >= 1


def test_parse_reports_what_check_finds() -> None:
    text = "四、政府信息公开行政复议、行政诉讼情况\n" + "\n".join("341" + "0" * 12) + "\n"
    report = gkparse.parse(text.replace("情况\n", "情况\n行政复议\n行政诉讼\n结果维持\n"))
    assert report.disputes is not None
    assert report.disputes.reconsideration.upheld == 3
    found = gkparse.check(report, select=["GK3"])
    assert [each.code for each in found] == ["GK304"]
    assert [each for each in report.diagnostics if each.code == "GK304"] == list(found)


@pytest.mark.parametrize(
    ("select", "ignore", "chosen"),
    [
        ([], [], {"GK304", "GK305"}),
        (["GK3"], [], {"GK304", "GK305"}),
        (["GK304"], [], {"GK304"}),
        ("GK304", (), {"GK304"}),
        ([], ["GK304"], {"GK305"}),
        (["GK3"], ["GK304"], {"GK305"}),
        (["GK304"], ["GK3"], {"GK304"}),
        (["GK304"], ["GK304"], set()),
        (["GK4"], [], set()),
    ],
)
def test_codes_are_selected_and_ignored_as_in_ruff(
    select: list[str], ignore: list[str], chosen: set[str]
) -> None:
    report = gkparse.Report(disputes=gkparse.Disputes(
        gkparse.Results(1, 0, 0, 0, 2), gkparse.Results(1, 0, None, 0, 2)
    ))
    assert {found.code for found in gkparse.check(report, select=select, ignore=ignore)} == chosen


@pytest.mark.parametrize("codes", [["GK9"], ["304"], ["GK304", "X"]])
def test_a_code_that_there_is_not_is_refused(codes: list[str]) -> None:
    with pytest.raises(ValueError, match="no code begins with"):
        gkparse.check(gkparse.Report(), select=codes)
    with pytest.raises(ValueError, match="no code begins with"):
        gkparse.check(gkparse.Report(), ignore=codes)


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity"])
def test_a_value_that_no_page_prints_is_refused(value: str) -> None:
    report = gkparse.Report(proactive=gkparse.Proactive2021(fees=gkparse.Amount(Decimal(value))))
    with pytest.raises(ValueError, match=r"proactive\.fees\.amount is"):
        gkparse.check(report)


def test_a_form_that_there_is_not_is_refused() -> None:
    with pytest.raises(KeyError, match="1999"):
        gkparse.check(gkparse.Report(form="1999"))
