"""The JSON Schema takes everything that `to_dict` gives, and nothing that `from_dict` does not read."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import event, given
from hypothesis import strategies as st

import gkparse
from building import built, distinct
from expectations import REPORTS, pairs, source_of
from gkparse.form import FORMS, load
from gkparse.schema import json_schema
from gkparse.testing import reports

SCHEMA = json_schema()
VALIDATOR = jsonschema.Draft202012Validator(
    SCHEMA, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
)
DOCS = Path(__file__).parents[1] / "docs"
TEXTS = [text for folder in ("", "diagnostics", "found") for text, _ in pairs(REPORTS / folder)]


def complaints(stored: Any) -> list[str]:
    return [f"{each.json_path}: {each.message[:200]}" for each in VALIDATOR.iter_errors(stored)]


def full() -> gkparse.Report:
    """A report with something in every place: tables, metadata, sections, cells, findings."""
    report = gkparse.parse(gkparse.render(built(distinct().but({"disputes.reconsideration.total": 1})), "html"))
    metadata = gkparse.Metadata(
        date(2023, 1, 1), date(2023, 12, 31), date(2024, 1, 12), "柳荫路9号", "001122", "5550123",
        "5550124", "a@example.org", "www.example.org", ("国办公开办函〔2021〕30号",),
    )
    return gkparse.Report(
        "2021", "示例县2023年政府信息公开工作年度报告", "示例县林业局", 2023, metadata, report.proactive,
        report.requests, report.disputes, (gkparse.Indicator("staff_total", "人员数", "人", 3),),
        (gkparse.Section(1, "总体情况", "没有。"),), report.diagnostics,
    )  # fmt: skip


STORED = gkparse.to_dict(full())


def changed(path: str, value: Any) -> dict[str, Any]:
    """The full report with another value at a path; list items are numbered."""
    stored = copy.deepcopy(STORED)
    node: Any = stored
    *above, last = path.split(".")
    for name in above:
        node = node[int(name) if name.isdigit() else name]
    node[last] = value
    return stored


# ---------------------------------------------------------------- the schema itself


def test_it_is_a_schema_of_2020_12_and_plain_json() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert SCHEMA["$id"] == "urn:gkparse:report:1"
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA


def test_each_call_gives_one_of_its_own() -> None:
    def empty(node: Any) -> None:
        for each in node.values() if isinstance(node, dict) else node:
            if isinstance(each, dict | list):
                empty(each)
        node.clear()

    empty(json_schema())
    assert json_schema() == SCHEMA


def test_the_published_one_is_current() -> None:
    published = json.loads(DOCS.joinpath("schema.json").read_text(encoding="utf-8"))
    assert published == SCHEMA, "run python docs/generate.py"


def objects(node: Any) -> Iterator[dict[str, Any]]:
    """Every schema of an object with properties."""
    if isinstance(node, list):
        for each in node:
            yield from objects(each)
    elif isinstance(node, dict):
        if node.get("type") == "object" and "properties" in node:
            yield node
        for each in node.values():
            yield from objects(each)


def test_every_object_is_closed_and_says_what_it_holds() -> None:
    every = list(objects(SCHEMA))
    assert len(every) == 1 + len(SCHEMA["$defs"])
    for schema in every:
        assert schema["additionalProperties"] is False
        assert schema["description"]
        assert set(schema["properties"]) - set(schema["required"]) <= {"suggestion"}
        for name, told in schema["properties"].items():
            assert told["description"], name


def definition(schema: dict[str, Any]) -> dict[str, Any]:
    return SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]]  # type: ignore[no-any-return]


@pytest.mark.parametrize("form", ["2021", "2019"])
def test_each_cell_has_the_label_unit_and_article_of_its_form(form: str) -> None:
    branch = next(each for each in SCHEMA["allOf"] if each["if"]["properties"]["form"]["const"] == form)
    for path, field in load(form).fields.items():
        table, *names = path.split(".")
        told = {**SCHEMA["properties"], **branch["then"]["properties"]}
        node = definition(told[table]["anyOf"][0])
        row: dict[str, Any] = {}
        for name in names[:-1]:
            row = node["properties"][name]
            node = definition(row)
        cell = node["properties"][names[-1]]
        assert f"{row['x-label']} > {cell['x-label']}" == field.label
        assert cell.get("x-unit", "") == field.unit
        assert row.get("x-article") == field.article
        assert (form in row.get("x-optional", ())) == field.optional
        assert ("string" in cell["type"]) == field.amount


def test_the_tables_bear_their_titles() -> None:
    for table in load("2021").tables:
        assert SCHEMA["properties"][table.name]["x-label"] == table.title


def test_the_rows_of_2014_are_told_by_key() -> None:
    told = SCHEMA["$defs"]["Indicator"]["properties"]["key"]["x-keys"]
    assert {key: (each["x-label"], each["x-unit"]) for key, each in told.items()} == {
        row.key: (row.label, row.unit) for row in load("2014").indicators if row.unit
    }


def test_the_paths_of_cells_are_those_of_the_form() -> None:
    for branch in SCHEMA["allOf"]:
        form = branch["if"]["properties"]["form"]["const"]
        names = branch["then"]["properties"]["cells"]["propertyNames"]
        assert (names["enum"] if names else []) == list(load(form).fields)
    assert [each["if"]["properties"]["form"]["const"] for each in SCHEMA["allOf"]] == list(FORMS)


def test_making_it_needs_no_validator() -> None:
    code = "import sys, gkparse.schema as s; s.json_schema(); sys.exit('jsonschema' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# ---------------------------------------------------------------- what it takes


@given(report=reports())
def test_it_takes_every_report(report: gkparse.Report) -> None:
    for each in (report, report.blank_as_zero(), report.reconciled()):
        stored = gkparse.to_dict(each)
        assert complaints(stored) == []
        assert complaints(json.loads(gkparse.to_json(each))) == []


@pytest.mark.parametrize("text", TEXTS, ids=lambda path: path.stem)
def test_it_takes_what_is_parsed(text: Path) -> None:
    report = gkparse.parse(source_of(text))
    for each in (report, report.blank_as_zero(), report.reconciled()):
        assert complaints(gkparse.to_dict(each)) == []


def test_the_texts_hold_every_form_and_statuses_of_most_kinds() -> None:
    stored = [gkparse.to_dict(gkparse.parse(source_of(text))) for text in TEXTS]
    assert {each["form"] for each in stored} == set(FORMS)
    statuses = {cell["status"] for each in stored for cell in each["cells"].values()}
    assert statuses >= {"printed", "blank", "marked", "missing", "aligned", "repaired"}
    assert any("suggestion" in found for each in stored for found in each["diagnostics"])


@pytest.mark.parametrize(
    "report",
    [
        gkparse.Report(),
        full(),
        built(distinct()),
        gkparse.Report(form="2014"),
        gkparse.Report(form="2014", indicators=(gkparse.Indicator(None, "其他", None, Decimal("2.5")),)),
        gkparse.Report(form="2019", proactive=gkparse.Proactive2019(fees=gkparse.Items(3, -2))),
        gkparse.Report(proactive=gkparse.Proactive2021(fees=gkparse.Amount(Decimal("1E+3")))),
        gkparse.Report(proactive=gkparse.Proactive2021(fees=gkparse.Amount(Decimal("-0.0000001")))),
        gkparse.Report(proactive=gkparse.Proactive2021(fees=gkparse.Amount(Decimal("0E-8")))),
        gkparse.Report(requests=gkparse.Requests(gkparse.Applicants(-1, 10**30))),
    ],
    ids=["nothing", "full", "numbers", "2014", "local-row", "2019", "power", "tiny", "zero", "large"],
)
def test_it_takes_reports_built_by_hand(report: gkparse.Report) -> None:
    assert complaints(gkparse.to_dict(report)) == []


# ---------------------------------------------------------------- what it refuses


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("schema", "gkparse.report/2"), ("form", "2020"), ("form", 2021), ("title", 3), ("year", "2023"),
        ("year", 2023.5), ("metadata", None), ("metadata.period_start", "2023-2-1"),
        ("metadata.period_start", "20230101"), ("metadata.issue_date", "2023-02-30"),
        ("metadata.issue_date", ""), ("metadata.postcode", 1122), ("metadata.cited_documents", None),
        ("metadata.cited_documents", "国办公开办函〔2021〕30号"), ("metadata.note", "x"),
        ("proactive", {}), ("proactive.rules", None), ("proactive.rules.issued", "0"),
        ("proactive.rules.issued", 0.5), ("proactive.rules.issued", True), ("proactive.rules.issued", ""),
        ("proactive.fees.amount", 18), ("proactive.fees.amount", 18.62), ("proactive.fees.amount", "18,62"),
        ("proactive.fees.amount", "NaN"), ("proactive.fees.amount", ""), ("proactive.fees.amount", " 18"),
        ("proactive.fees.amount", "１８"), ("proactive.fees.amount", "1_8"), ("proactive.fees.amount", "+18"),
        ("proactive.fees.amount", "18万元"), ("requests.received", {}), ("requests.received.total", "57"),
        ("requests.outcomes.denied.total", 3), ("requests.subtotal", {}), ("disputes", []),
        ("disputes.reconsideration.pending", "/"), ("indicators", None), ("indicators.0.value", "三"),
        ("indicators.0.unit", 1), ("sections.0.number", "一"), ("sections.0.text", None), ("cells", []),
        ("cells", {"proactive.rules.produced": {"status": "blank", "printed": "", "unit": "件"}}),
        ("cells", {"requests.received": {"status": "blank", "printed": "", "unit": "件"}}),
        ("cells", {"requests.received.total": {"status": "empty", "printed": "", "unit": "件"}}),
        ("cells", {"requests.received.total": {"status": "blank", "printed": None, "unit": "件"}}),
        ("cells", {"requests.received.total": {"status": "blank", "unit": "件"}}),
        ("diagnostics.0.severity", "fatal"), ("diagnostics.0.code", ""), ("diagnostics.0.paths", "requests"),
        ("diagnostics.0.span", [1]), ("diagnostics.0.span", [1, 2, 3]), ("diagnostics.0.span", [-1, 2]),
        ("diagnostics.0.suggestion", None), ("diagnostics.0.line", 3), ("rendering", "html"),
    ],
    ids=str,
)  # fmt: skip
def test_it_refuses(path: str, value: object) -> None:
    assert complaints(STORED) == []
    assert complaints(changed(path, value)) != []


@pytest.mark.parametrize("key", list(STORED))
def test_it_refuses_a_report_that_lacks_a_key(key: str) -> None:
    assert complaints({name: value for name, value in STORED.items() if name != key}) != []


@pytest.mark.parametrize(("form", "other"), [("2019", "2021"), ("2021", "2019")])
def test_a_table_of_another_form_is_refused(form: str, other: str) -> None:
    tables: dict[str, gkparse.Proactive2019 | gkparse.Proactive2021] = {
        "2019": gkparse.Proactive2019(), "2021": gkparse.Proactive2021(),
    }  # fmt: skip
    assert complaints(gkparse.to_dict(gkparse.Report(form, proactive=tables[form]))) == []
    assert complaints(gkparse.to_dict(gkparse.Report(form, proactive=tables[other]))) != []


@pytest.mark.parametrize("table", ["proactive", "requests", "disputes"])
def test_the_form_of_2014_has_no_tables(table: str) -> None:
    lone = {"schema": STORED["schema"], **gkparse.to_dict(gkparse.Report(form="2014"))}
    assert complaints(lone) == []
    assert complaints({**lone, table: STORED[table]}) != []


def places(node: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Where the parts of a stored report stand, from the outermost in."""
    inside = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, each in inside:
        yield (*path, key)
        yield from places(each, (*path, key))


def at(node: Any, path: tuple[str | int, ...]) -> Any:
    for key in path:
        node = node[key]
    return node


@st.composite
def placed(draw: st.DrawFn) -> tuple[dict[str, Any], tuple[str | int, ...]]:
    """A stored report and a place in it, the deep ones no likelier than those at the top."""
    stored = draw(st.just(STORED) | reports().map(gkparse.to_dict))
    every = list(places(stored))
    depth = draw(st.sampled_from(sorted({len(path) for path in every})))
    return copy.deepcopy(stored), draw(st.sampled_from([path for path in every if len(path) == depth]))


@given(found=placed(), data=st.data())
def test_it_refuses_any_part_of_a_wrong_type(
    found: tuple[dict[str, Any], tuple[str | int, ...]], data: st.DataObject
) -> None:
    stored, (*above, last) = found
    holder = at(stored, tuple(above))
    plain = not isinstance(holder[last], dict | list)
    holder[last] = data.draw(
        st.sampled_from((0.5, True, False, {"x": 1}, [[0]]) if plain else (0, 0.5, True, "", "0"))
    )
    assert complaints(stored) != []


@given(found=placed())
def test_it_refuses_any_object_with_a_key_too_few_or_too_many(
    found: tuple[dict[str, Any], tuple[str | int, ...]],
) -> None:
    stored, path = found
    node = at(stored, path)
    holder = node if isinstance(node, dict) else at(stored, path[:-1])
    if isinstance(holder, list):
        holder = stored
    holder["no_such_key"] = None
    assert complaints(stored) != []
    del holder["no_such_key"]
    for key in [key for key in holder if path[0] != "cells" and key != "suggestion"][:3]:
        value = holder.pop(key)
        assert complaints(stored) != []
        holder[key] = value


# ---------------------------------------------------------------- the schema and from_dict

# What may stand somewhere in a stored report, and what only nearly may.
_VALUES = st.one_of(
    st.none(), st.integers(), st.sampled_from([10**40, -1, 0]), st.text(max_size=3),
    st.sampled_from([
        "0", "-0", "007", "1E+9", "1E-9", "0.50", "2024-02-29", "2023-02-29", "9999-12-31", "0000-01-01",
        "2023-01-01\n", "1.5\n", "printed", "missing", "inferred", "error", "2014", "2019", "2021",
    ]),
    st.sampled_from([[], {}, [0, 0], ["requests"]]),
)  # fmt: skip


@given(found=placed(), value=_VALUES)
def test_what_it_takes_from_dict_reads(
    found: tuple[dict[str, Any], tuple[str | int, ...]], value: object
) -> None:
    stored, (*above, last) = found
    at(stored, tuple(above))[last] = value
    taken = complaints(stored) == []
    event(f"taken: {taken}")
    if taken:
        assert complaints(gkparse.to_dict(gkparse.from_dict(stored))) == []


def test_what_json_schema_cannot_tell_from_a_whole_number_from_dict_refuses() -> None:
    stored = changed("requests.received.total", 5.0)
    assert complaints(stored) == []
    with pytest.raises(ValueError, match="no stored"):
        gkparse.from_dict(stored)
