"""Each sum of the form: whether it holds, what is missing of it, and whose fault a failure is."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import gkparse
from building import built, distinct
from expectations import REPORTS, source_of
from families import FAMILIES, Page
from gkparse import Diagnostic, Disputes, Report, Results, arithmetic
from gkparse.arithmetic import assess
from gkparse.form import load
from gkparse.testing import reports
from layouts import LAYOUTS, Numbers, printed, write

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


@pytest.mark.parametrize("form", ["2021", "2019"])
def test_the_cells_of_each_sum_are_found_by_their_place(form: str) -> None:
    for _, paths, sums in arithmetic._by_table(form):
        for total, parts, whole in sums:
            assert (paths[parts], paths[whole]) == (total.parts, total.whole)


def test_both_sides_and_what_is_missing() -> None:
    (each, *_) = assess(reconsideration(8, None, 1, 0, 14))
    assert (each.left, each.right) == (9, 14)
    assert each.missing == ("disputes.reconsideration.corrected",)
    assert next(iter(each.cells)) == TOTAL


def test_a_sum_that_fails_says_what_was_expected() -> None:
    (found,) = gkparse.check(reconsideration(8, 3, 0, 0, 12), select=["GK304"])
    assert (found.arguments["expected"], found.arguments["actual"]) == ("11", "12")
    assert found.paths[0] == TOTAL


@pytest.mark.parametrize(
    ("code", "path", "label", "column"),
    [
        ("GK301", "requests.received.natural_person", "（七）总计", "自然人"),
        ("GK302", "requests.outcomes.granted.research_institution", "（七）总计", "科研机构"),
        ("GK303", "requests.carried_over.other", "二、上年结转政府信息公开申请数量", "总计"),
        ("GK304", "disputes.litigation_direct.pending", "未经复议直接起诉", "总计"),
    ],
)
def test_a_sum_that_fails_is_named_as_the_form_prints_it(code: str, path: str, label: str, column: str) -> None:
    was = NUMBERS[path]
    assert was is not None
    (found,) = gkparse.check(built(NUMBERS.but({path: was + 1})), select=[code])
    assert (found.arguments["label"], found.arguments["column"]) == (label, column)
    assert found.message.startswith(f"{column if code in ('GK301', 'GK302') else label}: ")
    assert int(found.arguments["left"]) == int(found.arguments["right"]) + 1
    assert sum(map(int, found.arguments["parts"].split(" + "))) == int(found.arguments["left"])


def test_a_side_of_nothing_but_zeros_is_written_as_zero() -> None:
    (found,) = gkparse.check(reconsideration(0, 0, 0, 0, 2), select=["GK304"])
    assert found.message.startswith("行政复议: 0 = 0, but the total is 2")
    (found,) = gkparse.check(reconsideration(3, 0, 2, 0, 0), select=["GK304"])
    assert (found.arguments["parts"], found.arguments["whole"]) == ("3 + 2", "0")


# ---------------------------------------------------------------- blanks


def suggested(*rows: Results, code: str = "GK305") -> list[str | None]:
    found = gkparse.check(Report(disputes=Disputes(*rows)), select=[code])
    return [each.suggestion for each in found]


FIRST, SECOND, THIRD = (
    f"disputes.{name}" for name in ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
)


def test_the_one_value_with_which_a_sum_holds_is_suggested() -> None:
    assert suggested(Results(8, None, 1, 0, 14)) == [f"{FIRST}.corrected = 5"]
    assert suggested(Results(8, 3, 1, 0, None)) == [f"{FIRST}.total = 12"]
    both = suggested(Results(8, 3, 0, 0, 11), Results(1, None, 0, 0, 4), Results(5, 1, 0, 0, None))
    assert both == [f"{SECOND}.corrected = 3; {THIRD}.total = 6"]
    assert suggested(Results(1, None, 0, 0, 1), code="GK306") == [f"{FIRST}.corrected = 0"]


def test_no_value_is_suggested_that_no_page_prints_or_that_is_one_of_several() -> None:
    assert suggested(Results(8, None, 1, 0, 4)) == [None]  # less than nothing
    assert suggested(Results(8, None, 1, None, 14)) == [None]
    path = "requests.received.natural_person"
    assert {found.suggestion for found in gkparse.check(built(NUMBERS.but({path: None})), select=["GK305"])} == {
        f"{path} = {NUMBERS[path]}"
    }
    # Its row and its column ask for different values.
    over = "requests.carried_over"
    more = {f"{over}.{name}": int(NUMBERS[f"{over}.{name}"] or 0) + 1 for name in ("natural_person", "total")}
    again = gkparse.check(built(NUMBERS.but({path: None, **more})), select=["GK305"])
    assert {found.suggestion for found in again} == {None}


def test_no_value_is_suggested_in_a_table_in_which_a_sum_fails() -> None:
    blank = Results(1, None, 0, 0, 4)
    assert suggested(Results(8, 3, 0, 0, 12), blank) == [None]
    report = built(NUMBERS.but({"requests.received.total": 1, TOTAL: None}))
    (found,) = gkparse.check(report, select=["GK305"])
    assert found.suggestion == f"{TOTAL} = {NUMBERS[TOTAL]}"


def test_of_the_sums_of_a_kind_those_of_which_something_is_printed_count() -> None:
    (found,) = gkparse.check(Report(disputes=Disputes(Results(1, 0, 0, 0, 1), Results(), Results(2, 0, None, 0, 5))))
    assert (found.arguments["count"], found.arguments["whole"]) == ("1", "2")
    assert (found.arguments["name"], found.arguments["labels"]) == ("A4", "复议后起诉")
    assert found.arguments["missing"] == f"{THIRD}.other"


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


def test_a_sum_with_a_blank_is_named_by_its_row_or_its_column() -> None:
    report = built(NUMBERS.but({"requests.outcomes.granted.natural_person": None}))
    found = gkparse.check(report, select=["GK305"])
    assert {each.arguments["name"]: each.arguments["labels"] for each in found} == {"A2": "自然人", "A3": "（一）予以公开"}


@pytest.mark.parametrize("more", [-1, 0, 1, 3])
def test_as_many_sums_are_named_as_a_message_holds(more: int) -> None:
    rows = [path for path in NUMBERS if path.endswith(".total") and path.startswith("requests.outcomes.")]
    blank = rows[: arithmetic._MOST_LABELS + more]
    found = [each for each in gkparse.check(built(NUMBERS.but(dict.fromkeys(blank))), select=["GK305"])
             if each.arguments["name"] == "A3"]
    labels = [load("2021").fields[path].label.split(" > ")[-2] for path in blank]
    rest = f" … (+{more})" if more > 0 else ""
    assert found[0].arguments["labels"] == "、".join(labels[: arithmetic._MOST_LABELS]) + rest


@pytest.mark.parametrize("row", ["granted", "denied.state_secret", "other_handling.other"])
def test_one_row_for_three_stands_for_no_other_that_is_blank(row: str) -> None:
    stem = "requests.outcomes.other_handling"
    three = [path for path in NUMBERS if path.startswith(f"{stem}.")]
    columns = dict.fromkeys(path.rpartition(".")[2] for path in three)
    combined = {
        f"{stem}.combined.{column}": sum(int(NUMBERS[path] or 0) for path in three if path.endswith(f".{column}"))
        for column in columns
    }
    numbers = NUMBERS.but({**dict.fromkeys(three), **combined})
    blank = numbers.but({f"requests.outcomes.{row}.natural_person": None})
    found = gkparse.check(built(blank))
    expected = [] if row.startswith("other_handling") else [("A2", "1"), ("A3", "1")]
    assert [(each.arguments["name"], each.arguments["count"]) for each in found] == expected


def test_of_the_three_rows_those_are_missing_that_are_blank_unless_the_one_is_printed() -> None:
    stem = "requests.outcomes.other_handling"
    three = [f"{stem}.{name}.natural_person" for name in ("correction_overdue", "fee_overdue", "other")]
    for blank in (three, three[2:], three[:1]):
        found = gkparse.check(built(NUMBERS.but(dict.fromkeys(blank))), select=["GK3"])
        missing = {each.arguments["name"]: each.arguments["missing"].split() for each in found}
        assert missing == {"A2": blank, "A3": blank}
    # What is printed counts, though the one stands beside the three.
    one = f"{stem}.combined.natural_person"
    (found_a2,) = gkparse.check(built(NUMBERS.but({one: 5})), select=["GK302"])
    assert {one, *three} < set(found_a2.paths)
    assert int(found_a2.arguments["left"]) == int(found_a2.arguments["right"]) + 5


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


@pytest.mark.parametrize(
    ("code", "lines", "reading"),
    [
        ("GK205", 0, True), ("GK204", 1, True), ("GK223", -1, True), ("GK205", 2, False), ("GK205", -2, False),
        ("GK208", 0, False), ("GK302", 0, False),
    ],
)
def test_what_was_not_read_beside_a_cell_may_be_a_part_of_it(code: str, lines: int, reading: bool) -> None:
    report = gkparse.parse(write("tika-tall", printed(NUMBERS.but({TOTAL: 0}))))
    span = report.locate(TOTAL)
    assert span is not None
    own = [place.line for path in NUMBERS if path.startswith(f"{FIRST}.") and (place := report.locate(path))]
    line = (max if lines > 0 else min)(own) + lines
    aside = Diagnostic(code, "info", (), span=attrs.evolve(span, line=line))
    assert fault(attrs.evolve(report, diagnostics=(aside,))) == (["reading"] if reading else ["source"])
    nowhere = Diagnostic(code, "info", ())
    assert fault(attrs.evolve(report, diagnostics=(nowhere,))) == ["source"]


@pytest.mark.parametrize(
    ("code", "severity", "path", "reading"),
    [
        ("GK214", "warning", f"{FIRST}.upheld", True), ("GK201", "error", FIRST, True), ("GK103", "error", "disputes", True),
        ("GK214", "info", FIRST, False), ("GK304", "error", FIRST, False), ("GK214", "warning", SECOND, False),
    ],
)
def test_a_doubt_of_a_cell_its_row_or_its_table_is_one_of_the_sum(
    code: str, severity: str, path: str, reading: bool
) -> None:
    report = gkparse.parse(write("tika-tall", printed(NUMBERS.but({TOTAL: 0}))))
    doubt = Diagnostic(code, severity, (path,))  # type: ignore[arg-type]
    assert fault(attrs.evolve(report, diagnostics=(doubt,))) == (["reading"] if reading else ["source"])


def test_how_a_value_was_read_may_be_the_fault_though_nothing_was_found() -> None:
    total = "requests.outcomes.total.natural_person"
    aligned = gkparse.parse(write("lines", printed(NUMBERS.but({total: 5}))))
    assert aligned.cell(total).status == "aligned"
    repaired = gkparse.parse(write("tika-tall", printed(NUMBERS.but({TOTAL: 0})) | {f"{FIRST}.upheld": "l5"}))
    assert repaired.cell(f"{FIRST}.upheld").status == "repaired"
    for report in (aligned, repaired):
        assert set(fault(attrs.evolve(report, diagnostics=()))) == {"reading"}
    blank = gkparse.parse(write("tika-tall", printed(NUMBERS.but({f"{FIRST}.upheld": None}))))
    assert fault(attrs.evolve(blank.blank_as_zero(), diagnostics=())) == ["reading"]


ZEROS = distinct(zeros=0.5)
ZERO = next(path for path in ZEROS if path.startswith("requests.outcomes.denied.") and path.endswith(".other") and not ZEROS[path])
# One more of them than there are.
WRONG = {path: int(ZEROS[path] or 0) + more for path, more in (
    ("requests.outcomes.total.natural_person", 5), ("requests.outcomes.total.total", 5),
    ("requests.carried_forward.natural_person", -5), ("requests.carried_forward.total", -5),
)}


@pytest.mark.parametrize(("printed_there", "whose"), [("0", "source"), ("", "source"), ("/", "unknown")])
@pytest.mark.parametrize("layout", ["tika-tall", "fixed-wide"])
def test_a_row_with_a_blank_is_printed_so_and_one_with_a_mark_is_not_known(
    layout: str, printed_there: str, whose: str
) -> None:
    cells = printed(ZEROS.but(WRONG)) | {ZERO: printed_there}
    report = gkparse.parse(write(layout, cells) if layout in LAYOUTS else FAMILIES[layout](Page(cells)))
    assert report.cell(ZERO).status == {"0": "printed", "": "blank", "/": "marked"}[printed_there]
    assert fault(report) == [whose, whose]


def test_a_number_that_reads_otherwise_with_what_prints_nothing_in_it_is_not_known() -> None:
    report = gkparse.parse(write("tika-tall", printed(NUMBERS.but({TOTAL: 12345}))).replace("12345", "12\u200b345"))
    assert report.value(TOTAL) == 12345
    assert fault(report) == ["unknown"]


@pytest.mark.parametrize(("between", "whose"), [("\t注\t", "unknown"), ("\t注9\t", "unknown"), (" （）\t", "source")])
def test_a_word_between_two_cells_of_a_row_may_be_a_part_of_either(between: str, whose: str) -> None:
    report = gkparse.parse(source_of(REPORTS / "diagnostics" / "GK304-dispute-total.txt"))
    cell = report.locate(f"{FIRST}.upheld")
    assert cell is not None
    assert report.source is not None
    assert fault(gkparse.parse(report.source[: cell.end] + between + report.source[cell.end + 1 :])) == [whose]


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


def test_an_indicator_that_its_parts_do_not_come_to_is_named_with_both_sides() -> None:
    rows = {row.key: row for row in load("2014").indicators}
    row = rows["requests_received"]
    own = tuple(
        gkparse.Indicator(key, rows[key].label, rows[key].unit, value)
        for key, value in zip((row.key, *row.parts), (14, 2, 0, 9, 1), strict=True)
    )
    (found,) = gkparse.check(Report("2014", indicators=own), select=["GK307"])
    assert found.message == f"{row.label}: 2 + 9 + 1 = 12, but the table prints 14"
    assert found.message_in("zh") == f"“{row.label}”：分项 2 + 9 + 1＝12，表中为14"
    assert (found.arguments["expected"], found.arguments["actual"]) == ("12", "14")
    assert found.paths == ("indicators",)


def test_every_part_of_an_indicator_is_one() -> None:
    keys = [row.key for row in load("2014").indicators if row.unit]
    parts = [part for row in load("2014").indicators for part in row.parts]
    assert set(parts) < set(keys)
    assert len(parts) == len(set(parts)) == 28
