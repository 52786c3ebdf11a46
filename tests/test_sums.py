"""Each sum of the form: whether it holds, what is missing of it, and whose fault a failure is."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import gkparse
from building import built, distinct
from expectations import REPORTS, source_of
from gkparse import Diagnostic, Disputes, Report, Results
from gkparse.arithmetic import assess
from gkparse.form import load
from gkparse.testing import reports
from layouts import Numbers, printed, write

NUMBERS = distinct()
TOTAL = "disputes.reconsideration.total"


def outcomes(report: Report) -> list[str]:
    return [each.outcome for each in assess(report)]


def reconsideration(*values: int | None) -> Report:
    return Report(disputes=Disputes(Results(*values)))


@pytest.mark.parametrize(
    ("values", "outcome"),
    [
        ((8, 3, 0, 0, 11), "holds"),
        ((8, 3, 0, 0, 12), "fails"),
        ((8, 3, None, 0, 11), "holds with zeros"),
        ((8, 3, None, 0, 12), "not assessed"),
        ((8, 3, 0, 0, None), "not assessed"),
        ((0, 0, 0, 0, None), "holds with zeros"),
        # More parts than the total has, and still no contradiction: a part is not printed.
        ((8, 3, None, 0, 4), "not assessed"),
    ],
)
def test_what_a_sum_comes_to(values: tuple[int | None, ...], outcome: str) -> None:
    assert outcomes(reconsideration(*values))[0] == outcome


def test_every_row_and_column_of_each_form_is_assessed() -> None:
    for form, rows in (("2021", 25), ("2019", 23)):
        names = [total.name for total in load(form).sums]
        assert names.count("A1") == names.count("A2") == 7
        printed_rows = {
            total.whole[0] for total in load(form).sums
            if total.name == "A3" and not load(form).fields[total.whole[0]].optional
        }
        assert len(printed_rows) == rows
        assert names.count("A4") == 3


def test_both_sides_and_what_is_missing() -> None:
    (each, *_) = assess(reconsideration(8, None, 1, 0, 14))
    assert (each.left, each.right) == (9, 14)
    assert each.missing == ("disputes.reconsideration.corrected",)
    assert next(iter(each.cells)) == TOTAL


def test_a_sum_that_fails_says_what_was_expected() -> None:
    (found,) = gkparse.check(reconsideration(8, 3, 0, 0, 12), select=["GK304"])
    assert (found.arguments["expected"], found.arguments["actual"]) == ("11", "12")
    assert found.paths[0] == TOTAL


# ---------------------------------------------------------------- blanks


def test_sums_with_blanks_are_told_by_rule_and_outcome() -> None:
    report = Report(disputes=Disputes(Results(1, 0, None, 0, 1), Results(1, None, 0, 0, 4)))
    zeros, open_ = sorted(gkparse.check(report, select=["GK305", "GK306"]), key=lambda f: f.code)[::-1]
    assert (zeros.code, zeros.severity, zeros.paths) == ("GK306", "info", (TOTAL,))
    assert zeros.arguments["missing"] == "disputes.reconsideration.other"
    assert (open_.code, open_.severity) == ("GK305", "info")
    assert open_.paths == ("disputes.litigation_direct.total",)
    assert "未经复议直接起诉" in open_.message
    assert open_.message.startswith("A4: 1 of 2 sums")


def test_a_table_of_which_nothing_is_printed_is_not_told_of() -> None:
    assert gkparse.check(Report(requests=gkparse.Requests(), disputes=Disputes())) == ()


def test_of_many_sums_the_first_are_named() -> None:
    blank = {path: None for path in NUMBERS if path.endswith(".total") and path.startswith("requests")}
    (found,) = gkparse.check(built(NUMBERS.but(blank)), select=["GK305"])[:1]
    assert found.arguments["labels"].count("、") <= 40
    assert "…" in found.message


@given(report=reports("2021", consistent=True))
def test_a_blank_is_never_a_contradiction(report: Report) -> None:
    assert [found for found in gkparse.check(report) if found.code[:4] == "GK30" and found.severity == "error"] == []
    for found in gkparse.check(report, select=["GK305", "GK306"]):
        assert all(report.value(path) is None for path in found.arguments["missing"].split())


# ---------------------------------------------------------------- whose fault it is


def fault(report: Report) -> list[str]:
    return [found.arguments["fault"] for found in gkparse.check(report, select=["GK30"])
            if found.severity == "error"]


@pytest.mark.parametrize("layout", ["tika-tall", "tabs-shifted", "lines"])
def test_a_page_that_prints_it_so_is_at_fault(layout: str) -> None:
    report = gkparse.parse(write(layout, printed(NUMBERS.but({TOTAL: 0}))))
    assert fault(report) == ["source"]
    (found,) = [each for each in report.diagnostics if each.code == "GK304"]
    assert found.message.endswith("; the page prints it so")
    assert found.message_in("zh").endswith("；原文如此")


def test_a_report_without_a_page_has_no_one_at_fault() -> None:
    report = built(NUMBERS.but({TOTAL: 0}))
    assert fault(report) == ["unknown"]
    (found,) = gkparse.check(report, select=["GK304"])
    assert found.message.endswith("(A4)")


def test_a_value_that_was_repaired_may_be_misread() -> None:
    cells = printed(NUMBERS.but({TOTAL: 0})) | {"disputes.reconsideration.upheld": "l5"}
    assert fault(gkparse.parse(write("tika-tall", cells))) == ["reading"]


def test_a_value_in_doubt_may_be_misread() -> None:
    report = gkparse.parse(write("tika-tall", printed(NUMBERS.but({TOTAL: 0}))))
    doubt = Diagnostic("GK214", "warning", ("disputes.reconsideration",))
    assert fault(attrs.evolve(report, diagnostics=(doubt,))) == ["reading"]
    elsewhere = Diagnostic("GK214", "warning", ("requests.received",))
    assert fault(attrs.evolve(report, diagnostics=(elsewhere,))) == ["source"]


def test_what_stands_between_the_cells_of_a_row_leaves_it_open() -> None:
    report = gkparse.parse(source_of(REPORTS / "diagnostics" / "GK304-dispute-total.txt"))
    assert fault(report) == ["source"]
    cell = report.locate("disputes.reconsideration.upheld")
    assert cell is not None
    assert report.source is not None
    inserted = report.source[: cell.end] + "件\t" + report.source[cell.end + 1 :]
    assert fault(gkparse.parse(inserted)) != ["reading"]


def test_a_report_that_was_changed_is_not_what_the_page_prints() -> None:
    report = gkparse.parse(write("tika-tall", printed(NUMBERS)))
    assert report.disputes is not None
    changed = attrs.evolve(report.disputes.reconsideration, total=0)
    assert fault(attrs.evolve(report, disputes=attrs.evolve(report.disputes, reconsideration=changed))) == ["unknown"]


def test_a_number_cut_by_a_line_end_is_misread_and_not_the_pages_fault() -> None:
    cells = printed(NUMBERS)
    path = "requests.outcomes.granted.total"
    text = write("tabs-shifted", cells)
    span = gkparse.parse(text).locate(path)
    assert span is not None
    cut = gkparse.parse(text[: span.end - 1] + "\n" + text[span.end - 1 :])
    assert cut.value(path) == int(cells[path][:-1])
    assert set(fault(cut)) == {"reading"}
    assert {found.suggestion for found in gkparse.check(cut, select=["GK30"])} == {None}


@given(numbers=st.sampled_from([NUMBERS]), value=st.integers(0, 9999))
def test_parse_and_check_say_the_same(numbers: Numbers, value: int) -> None:
    report = gkparse.parse(write("tabs-shifted", printed(numbers.but({TOTAL: value}))))
    said = [found for found in report.diagnostics if found.code.startswith("GK3")]
    assert said == [f for f in gkparse.check(report, select=["GK3"]) if f.severity == "error"]


# ---------------------------------------------------------------- the table of 2014


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((12, 2, 0, 9, 1), False),
        ((14, 2, 0, 9, 1), True),
        ((14, 2, None, 9, 1), False),
        ((None, 2, 0, 9, 1), False),
    ],
)
def test_the_parts_of_an_indicator(counts: tuple[int | None, ...], told: bool) -> None:
    rows = {row.key: row for row in load("2014").indicators}
    received = rows["requests_received"]
    own = tuple(
        gkparse.Indicator(key, rows[key].label, rows[key].unit, value)
        for key, value in zip((received.key, *received.parts), counts, strict=True)
    )
    found = gkparse.check(Report("2014", indicators=own), select=["GK307"])
    assert [(each.severity, each.arguments["expected"]) for each in found] == ([("info", "12")] if told else [])


def test_every_part_of_an_indicator_is_one() -> None:
    keys = [row.key for row in load("2014").indicators if row.unit]
    parts = [part for row in load("2014").indicators for part in row.parts]
    assert set(parts) < set(keys)
    assert len(parts) == len(set(parts)) == 28
