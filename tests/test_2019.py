"""The form of 2019 and its mixtures with that of 2021: told by their labels, never by the year."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

import gkparse
from accounting import alarms, misread
from families import FAMILIES, Page, Words, paths

GROUP = "requests.outcomes.other_handling"
CHANGE = "proactive.licensing.items_change"
AMOUNT = "proactive.procurement.amount"


def numbers(form: str, *, combined: bool) -> dict[str, int | Decimal | None]:
    """Numbers that add up, no two rows of a table alike."""
    every = paths(form, combined=combined)
    found: dict[str, int | Decimal | None] = {path: at for at, path in enumerate(every, 2)}
    rows = list(dict.fromkeys(p.rpartition(".")[0] for p in every if p.startswith("requests.")))
    columns = [path.rpartition(".")[2] for path in every if path.startswith("requests.received.")]
    outcomes = [row for row in rows if ".outcomes." in row and row != "requests.outcomes.total"]
    for column in columns[:-1]:
        total = sum(int(found[f"{row}.{column}"] or 0) for row in outcomes)
        found[f"requests.outcomes.total.{column}"] = total
        found[f"requests.received.{column}"] = (
            total + int(found[f"requests.carried_forward.{column}"] or 0)
            - int(found[f"requests.carried_over.{column}"] or 0)
        )
    for row in rows:
        found[f"{row}.total"] = sum(int(found[f"{row}.{column}"] or 0) for column in columns[:-1])
    for group in ("reconsideration", "litigation_direct", "litigation_after_reconsideration"):
        parts = ("upheld", "corrected", "other", "pending")
        found[f"disputes.{group}.total"] = sum(int(found[f"disputes.{group}.{p}"] or 0) for p in parts)
    return found


def report(
    form: str, *, combined: bool, family: str = "bar-rows", year: int = 2023,
    but: Mapping[str, str] | None = None,
) -> gkparse.Report:
    cells = {path: str(value) for path, value in numbers(form, combined=combined).items()}
    words = Words(title=f"青石县水务局{year}年政府信息公开工作年度报告")
    return gkparse.parse(FAMILIES[family](Page({**cells, **(but or {})}, words, form)))


@pytest.mark.parametrize("combined", [True, False], ids=["one-row", "three-rows"])
@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("year", [2019, 2023])
@pytest.mark.parametrize("family", ["bar-rows", "cell-lines", "csv", "one-line", "html", "fixed-wide"])
def test_the_labels_tell_the_form_and_the_rows_are_read_as_printed(
    form: str, combined: bool, year: int, family: str
) -> None:
    read = report(form, combined=combined, family=family, year=year)
    assert (read.form, read.year) == (form, year)
    assert misread(read, numbers(form, combined=combined)) == []
    assert alarms(read) == []
    absent = [path for path in gkparse.fields(form) if path.path.startswith(GROUP)
              and (f"{GROUP}.combined" in path.path) != combined]
    assert {read.cell(field.path).status for field in absent} == {"missing"}


@pytest.mark.parametrize(
    ("printed", "value"),
    [("+3", 3), ("-3", -3), ("减4", -4), ("减少4", -4), ("增5", 5), ("增加5", 5), ("0", 0),
     ("＋7", 7), ("+173", 173)],
)
def test_a_change_may_be_signed(printed: str, value: int) -> None:
    read = report("2019", combined=True, but={CHANGE: printed})
    assert read.value(CHANGE) == value
    assert read.cell(CHANGE).printed == printed
    assert alarms(read) == []


@pytest.mark.parametrize("path", ["proactive.licensing.items_last_year", "proactive.penalties.decisions"])
def test_another_count_may_not_be_negative(path: str) -> None:
    read = report("2019", combined=True, but={path: "-3"})
    assert read.value(path) == -3
    assert [(found.code, found.severity, found.paths) for found in alarms(read)] == [
        ("GK219", "error", (path,))
    ]


@pytest.mark.parametrize(
    ("printed", "value", "unit"),
    [("251000元", "251000", "元"), ("52.15", "52.15", ""), ("592万元", "592", "万元"),
     ("8,040", "8040", "")],
)
def test_an_amount_keeps_the_unit_that_is_printed_with_it(
    printed: str, value: str, unit: str
) -> None:
    cell = (read := report("2019", combined=True, but={AMOUNT: printed})).cell(AMOUNT)
    assert (cell.value, cell.printed, cell.unit) == (Decimal(value), printed, unit)
    assert alarms(read) == []


def test_the_tables_of_the_two_forms_are_never_merged() -> None:
    one = report("2019", combined=True).proactive
    two = report("2021", combined=True).proactive
    assert isinstance(one, gkparse.Proactive2019)
    assert isinstance(two, gkparse.Proactive2021)


def test_a_cell_of_the_other_form_is_a_key_error_that_names_the_form() -> None:
    with pytest.raises(KeyError, match="2019"):
        report("2019", combined=True).cell("proactive.rules.issued")


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_one_row_that_is_missing_is_said_of_the_group(form: str) -> None:
    cells = {p: str(v) for p, v in numbers(form, combined=True).items()}
    lines = FAMILIES["bar-rows"](Page(cells, form=form)).split("\n")
    lines = [line for line in lines if not line.startswith("（六）其他处理")]
    found = alarms(gkparse.parse("\n".join(lines)))
    assert {each.code for each in found} == {"GK201"}
    assert all(GROUP in each.paths for each in found)


@pytest.mark.parametrize("family", ["bar-rows", "cell-lines"])
@pytest.mark.parametrize("combined", [True, False], ids=["one-row", "three-rows"])
def test_the_form_of_2019_survives_storing(family: str, combined: bool) -> None:
    read = report("2019", combined=combined, family=family)
    assert gkparse.from_json(gkparse.to_json(read)) == read
