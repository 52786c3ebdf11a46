"""The panel: what a row says of a report, a cell and a rejected file, and that none of it is lost."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given

import gkparse
from building import built, distinct
from gkparse import Amount, Indicator, Metadata, Proactive2021, Report, Requests, Section
from gkparse.divisions import find
from gkparse.findings import findings
from gkparse.form import FORMS
from gkparse.panel import (
    Provenance,
    cell_columns,
    cell_rows,
    columns,
    rejected_columns,
    rejected_row,
    row,
)
from gkparse.testing import reports
from layouts import printed, write

HERE = Provenance("reports/a.txt", "0" * 64, 2)
NUMBERS = distinct()
TEXT = write("tabs-shifted", printed(NUMBERS))
CELLS = {column.name: column for column in columns() if column.forms}


def names(table: tuple[Any, ...]) -> list[str]:
    return [column.name for column in table]


# ---------------------------------------------------------------- columns


@pytest.mark.parametrize("table", [columns(), cell_columns(), rejected_columns()])
def test_no_column_stands_twice_and_each_is_described(table: tuple[Any, ...]) -> None:
    assert len(set(names(table))) == len(table)
    assert all(column.description for column in table)


def test_every_cell_of_every_form_is_a_column() -> None:
    fields = {field.path: field for form in FORMS for field in gkparse.fields(form)}
    assert CELLS.keys() == fields.keys()
    for path, column in CELLS.items():
        forms = [form for form in FORMS if path in {f.path for f in gkparse.fields(form)}]
        newest = next(field for field in gkparse.fields(forms[0]) if field.path == path)
        assert column.forms == tuple(forms)
        assert column.kind == ("amount" if newest.amount else "count")
        assert (column.label, column.article) == (newest.label, newest.article)
        assert (column.unit or "") == newest.unit


def test_every_field_of_the_metadata_is_a_column() -> None:
    told = [name for name in names(columns()) if name.startswith("metadata.")]
    assert told == [f"metadata.{field.name}" for field in attrs.fields(Metadata)]


def test_provenance_comes_first_and_what_was_found_last() -> None:
    assert names(columns())[:5] == ["file", "sha256", "position", "gkparse", "form"]
    assert names(columns())[-4:] == ["findings", "errors", "warnings", "content"]


# ---------------------------------------------------------------- a row a report


def test_a_row_holds_every_number_of_the_page_under_its_path() -> None:
    made = row(gkparse.parse(TEXT), HERE)
    assert {path: made[path] for path in NUMBERS} == {
        path: str(value) if isinstance(value, Decimal) else value for path, value in NUMBERS.items()
    }
    assert made["statuses"] == made["units"] == {}


def test_a_row_tells_where_it_comes_from() -> None:
    made = row(gkparse.parse(TEXT), HERE)
    assert (made["file"], made["sha256"], made["position"]) == ("reports/a.txt", "0" * 64, 2)
    assert made["gkparse"] == gkparse.__version__
    assert (made["form"], made["year"]) == ("2021", 2023)
    assert made["agency"] == made["agency_key"] == "青石县水务局"
    assert made["rendering"] == gkparse.parse(TEXT).rendering


def test_the_key_is_that_of_the_body_and_the_agency_as_printed() -> None:
    made = row(Report(agency="青石縣水務局"))
    assert (made["agency"], made["agency_key"]) == ("青石縣水務局", "青石县水务局")


def test_the_division_is_that_of_the_body_with_how_certain_it_is() -> None:
    for agency in ("沭阳县发展和改革局", "鼓楼区水务局", None):
        made, division = row(Report(agency=agency)), find(agency)
        told = (made["division_code"], made["division_level"], made["division_status"])
        expected = (division.code, division.level, division.status) if division else (None,) * 3
        assert told == expected


def test_a_blank_cell_is_none_and_its_status_says_so() -> None:
    path = "requests.received.natural_person"
    made = row(gkparse.parse(write("tabs-shifted", printed(NUMBERS.but({path: None})))))
    assert made[path] is None
    assert made["statuses"][path] == "blank"


def test_a_cell_that_the_form_does_not_have_is_none_without_a_status() -> None:
    made = row(built(NUMBERS))
    of_2019 = [path for path, column in CELLS.items() if column.forms == ("2019",)]
    assert of_2019
    assert {made[path] for path in of_2019} == {None}
    assert not made["statuses"].keys() & set(of_2019)


def test_a_table_that_is_lost_is_missing_cell_by_cell() -> None:
    made = row(Report(form="2021"))
    assert set(made["statuses"].values()) == {"missing"}
    assert len(made["statuses"]) == 200


def test_the_unit_of_a_page_that_is_not_the_forms_is_told() -> None:
    path = "proactive.fees.amount"
    report = gkparse.parse(write("tabs-shifted", printed(NUMBERS) | {path: "251000元"}))
    assert report.cell(path).unit == "元"
    made = row(report)
    assert (made[path], made["units"]) == ("251000", {path: "元"})


def test_findings_are_those_of_reading_and_of_checking() -> None:
    report = gkparse.parse(write("tabs-shifted", printed(NUMBERS.but({"requests.received.total": 1}))))
    made = row(report)
    found = findings(report)
    assert [each["code"] for each in made["findings"]] == [each.code for each in found]
    assert made["errors"] == sum(each.severity == "error" for each in found) > 0
    assert made["warnings"] == sum(each.severity == "warning" for each in found)
    assert {*made["findings"][0]} == {"code", "severity", "message", "paths"}


def test_a_report_of_2014_has_its_indicators() -> None:
    report = Report(form="2014", indicators=(Indicator("replies", "（三）申请答复数", "件", 7),))
    assert row(report)["indicators"] == [
        {"key": "replies", "label": "（三）申请答复数", "unit": "件", "value": 7}
    ]


def test_dates_and_documents_are_plain() -> None:
    made = row(Report(metadata=Metadata(issue_date=date(2024, 1, 31), cited_documents=("国办1号",))))
    assert made["metadata.issue_date"] == "2024-01-31"
    assert made["metadata.cited_documents"] == ["国办1号"]


def test_what_is_no_number_is_refused() -> None:
    report = Report(proactive=Proactive2021(fees=Amount(Decimal("NaN"))))
    with pytest.raises(ValueError, match="no page prints that"):
        row(report)


@given(reports())
def test_a_row_has_each_column_in_order_and_json_can_hold_it(report: Report) -> None:
    made = row(report, HERE)
    assert list(made) == names(columns())
    assert json.loads(json.dumps(made)) == made


@given(reports())
def test_a_row_says_of_every_cell_what_the_report_says(report: Report) -> None:
    made = row(report)
    for path, cell in report.cells():
        assert made[path] == (str(cell.value) if isinstance(cell.value, Decimal) else cell.value)
        assert made["statuses"].get(path, "printed") == cell.status
        assert made["units"].get(path, CELLS[path].unit or "") == cell.unit


# ---------------------------------------------------------------- content


def content(report: Report) -> str:
    made = row(report)["content"]
    assert isinstance(made, str)
    return made


@given(reports(), reports())
def test_content_is_equal_where_reports_are(one: Report, other: Report) -> None:
    assert (content(one) == content(other)) == (one == other)
    assert content(gkparse.from_dict(gkparse.to_dict(one))) == content(one)


def fees(amount: Any) -> Report:
    return Report(proactive=Proactive2021(fees=Amount(amount)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (fees(Decimal("18.60")), fees(Decimal("18.6"))),
        (fees(Decimal(1800)), fees(Decimal("1.8E3"))),
        (fees(Decimal("0.00")), fees(Decimal("-0"))),
        (fees(Decimal("9" * 40)), fees(Decimal("9" * 40 + ".0"))),
        (Report(sections=(Section(1, "概述", "甲 乙\n丙"),)), Report(sections=(Section(1, "概 述", "甲乙丙"),))),
        (Report(rendering="html", source="甲"), Report()),
    ],
)
def test_what_is_written_in_two_ways_is_one_content(one: Report, other: Report) -> None:
    assert one == other
    assert content(one) == content(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (fees(Decimal("18.6")), fees(Decimal("18.61"))),
        (fees(Decimal("9" * 40)), fees(Decimal("9" * 39 + "8"))),
        (fees(Decimal(0)), fees(None)),
        (Report(requests=None), Report(requests=Requests())),
        (Report(title="甲 乙"), Report(title="甲乙")),
        (Report(form="2019"), Report(form="2021")),
    ],
)
def test_what_differs_has_another_content(one: Report, other: Report) -> None:
    assert one != other
    assert content(one) != content(other)


@pytest.mark.parametrize("rendering", gkparse.RENDERINGS)
def test_the_same_report_in_another_rendering_has_the_same_content(rendering: str) -> None:
    report = gkparse.parse(TEXT)
    assert content(gkparse.parse(gkparse.render(report, rendering))) == content(report)


# ---------------------------------------------------------------- a row a cell


def test_a_cell_knows_its_report_its_value_and_its_place() -> None:
    report = gkparse.parse(TEXT)
    made = {each["path"]: each for each in cell_rows(report, HERE)}
    assert list(made) == list(NUMBERS)
    for path, value in NUMBERS.items():
        cell, span = made[path], report.locate(path)
        assert span is not None
        assert (cell["file"], cell["position"], cell["year"]) == ("reports/a.txt", 2, 2023)
        assert cell["value"] == cell["printed"] == TEXT[cell["start"] : cell["end"]] == str(value)
        assert (cell["line"], cell["column"]) == (span.line, span.column)
        assert (cell["status"], cell["label"]) == ("printed", CELLS[path].label)


def test_a_cell_of_a_file_knows_its_table_row_and_column() -> None:
    report = gkparse.read(gkparse.render(built(NUMBERS), "html").encode())
    for path, cell in zip(NUMBERS, cell_rows(report), strict=True):
        span = report.locate(path)
        assert span is not None
        assert span.place is not None
        place = (cell["page"], cell["table"], cell["row"], cell["table_column"])
        assert place == (span.place.page, span.place.table, span.place.row, span.place.column)


def test_a_cell_that_is_not_there_has_a_row_that_says_so() -> None:
    made = list(cell_rows(Report()))
    assert len(made) == 200
    assert {each["status"] for each in made} == {"missing"}
    assert {each["value"] for each in made} == {each["start"] for each in made} == {None}


def test_the_indicators_of_2014_are_rows_with_or_without_a_key() -> None:
    indicators = (Indicator("replies", "答复数", "件", 7), Indicator(None, "其中", None, None))
    made = list(cell_rows(Report(form="2014", indicators=indicators)))
    told = [(each["path"], each["label"], each["value"], each["unit"]) for each in made]
    assert told == [("indicators.replies", "答复数", "7", "件"), ("indicators", "其中", None, None)]
    assert {each["status"] for each in made} == {None}


@given(reports())
def test_cells_have_each_column_in_order_and_none_is_lost(report: Report) -> None:
    made = list(cell_rows(report, HERE))
    assert len(made) == len(list(report.cells())) + len(report.indicators)
    assert all(list(each) == names(cell_columns()) for each in made)
    assert json.loads(json.dumps(made)) == made
    values = [cell.value for _, cell in report.cells()] + [each.value for each in report.indicators]
    assert [each["value"] and Decimal(each["value"]) for each in made] == values


# ---------------------------------------------------------------- what was no report


@pytest.mark.parametrize(
    "error",
    [gkparse.NotAReportError("no tables"), gkparse.ReadError("no such file"), RecursionError("deep")],
)
def test_a_rejected_row_says_what_and_why(error: Exception) -> None:
    made = rejected_row(HERE, error)
    assert list(made) == names(rejected_columns())
    assert (made["file"], made["sha256"]) == (HERE.file, HERE.sha256)
    assert (made["reason"], made["message"]) == (type(error).__name__, str(error))
