"""The stored shape: what it holds, that it comes back, and what is refused."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import attrs
import pytest

import gkparse
from building import built, distinct
from gkparse import Metadata, Report, Section
from layouts import PATHS, printed, write

NUMBERS = distinct()
FULL = gkparse.parse(write("tika-tall", printed(NUMBERS)))


def stored() -> dict[str, Any]:
    return json.loads(gkparse.to_json(FULL))  # type: ignore[no-any-return]


def test_the_shape() -> None:
    assert list(stored()) == [
        "schema", "form", "title", "agency", "year", "metadata", "proactive", "requests",
        "disputes", "indicators", "sections", "cells", "diagnostics",
    ]
    assert stored()["schema"] == "gkparse.report/1"
    assert stored()["form"] == "2021"
    assert stored()["metadata"]["period_start"] == "2023-01-01"
    assert stored()["sections"][0]["number"] == 1


@pytest.mark.parametrize("path", PATHS[::13])
def test_a_value_stands_at_its_path(path: str) -> None:
    node: Any = stored()
    for name in path.split("."):
        node = node[name]
    value = NUMBERS[path]
    assert node == (str(value) if isinstance(value, Decimal) else value)
    assert type(node) is (str if isinstance(value, Decimal) else int)


def test_it_holds_plain_values_only() -> None:
    def walk(value: object) -> None:
        if isinstance(value, dict):
            for key, each in value.items():
                assert type(key) is str
                walk(each)
        elif isinstance(value, list):
            for each in value:
                walk(each)
        else:
            assert value is None or type(value) in (str, int)

    walk(gkparse.to_dict(FULL))
    assert json.loads(json.dumps(gkparse.to_dict(FULL))) == gkparse.to_dict(FULL)


def test_chinese_stays_readable_in_json() -> None:
    assert "青石县水务局" in gkparse.to_json(FULL)
    assert "\n" not in gkparse.to_json(FULL)
    assert gkparse.to_json(FULL, indent=2).startswith('{\n  "schema"')


def test_cells_hold_only_what_is_not_plainly_printed() -> None:
    assert gkparse.to_dict(FULL)["cells"] == {}
    text = write("tika-tall", printed(NUMBERS) | {
        PATHS[0]: "/", PATHS[1]: "", "proactive.licensing.decisions": "1,234",
    })
    assert gkparse.to_dict(gkparse.parse(text))["cells"] == {
        PATHS[0]: {"status": "marked", "printed": "/", "unit": "件"},
        PATHS[1]: {"status": "blank", "printed": "", "unit": "件"},
        "proactive.licensing.decisions": {"status": "printed", "printed": "1,234", "unit": "件"},
    }


def test_diagnostics_are_stored_with_their_place() -> None:
    text = write("tika-tall", printed(NUMBERS.but({"disputes.reconsideration.total": 1})))
    report = gkparse.parse(text)
    (found,) = [each for each in report.diagnostics if each.severity == "error"]
    (plain,) = [each for each in gkparse.to_dict(report)["diagnostics"]
                if each["severity"] == "error"]
    assert found.span is not None
    assert plain["code"] == "GK304"
    assert plain["message"] == found.message
    assert plain["paths"] == list(found.paths)
    assert text[slice(*plain["span"])] == "1"


@pytest.mark.parametrize(
    "report",
    [
        Report(),
        Report(form="2021", title="年报", agency="青石县水务局", year=2023),
        Report(metadata=Metadata(date(2023, 1, 1), date(2023, 12, 31), date(2024, 1, 12),
                                 "柳荫路9号", "001122", "0100-5550123", "0100-5550124",
                                 "a@example.org", "www.example.org", ("国办公开办函〔2021〕30号",))),
        Report(sections=(Section(1, "总体情况", "一\n二"), Section(6, "其他", ""))),
        Report(indicators=(gkparse.Indicator(None, "回应事件数", "次", 3),
                           gkparse.Indicator("x", "y", None, None))),
        Report(proactive=gkparse.Proactive2021()),
        built(NUMBERS),
        FULL,
    ],
    ids=["nothing", "names", "metadata", "sections", "indicators", "empty-table", "tables", "parsed"],
)
def test_a_report_comes_back(report: Report) -> None:
    back = gkparse.from_dict(gkparse.to_dict(report))
    assert back == report
    assert gkparse.from_json(gkparse.to_json(report)) == report
    assert gkparse.to_dict(back) == gkparse.to_dict(report)


def test_what_comes_back_has_the_types_of_the_model() -> None:
    back = gkparse.from_dict(gkparse.to_dict(FULL))
    assert isinstance(back.value("proactive.fees.amount"), Decimal)
    assert isinstance(back.metadata.period_start, date)
    assert back.locate("proactive.fees.amount") is None
    assert back.source is None


@pytest.mark.parametrize(
    "change",
    [
        {"schema": "gkparse.report/2"}, {"schema": None}, {"form": "1999"}, {"form": None},
        {"metadata": None}, {"metadata": {}}, {"proactive": {}}, {"proactive": []},
        {"requests": {"received": {}}}, {"disputes": 3}, {"sections": [{}]}, {"sections": None},
        {"diagnostics": [{"code": "GK103"}]}, {"cells": None}, {"indicators": [{"x": 1}]},
    ],
    ids=str,
)
def test_what_is_no_stored_report_is_a_value_error(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"stored (report|value)"):
        gkparse.from_dict({**gkparse.to_dict(FULL), **change})


@pytest.mark.parametrize("key", list(gkparse.to_dict(Report())))
def test_a_stored_report_without_one_of_its_keys_is_refused(key: str) -> None:
    plain = gkparse.to_dict(FULL)
    del plain[key]
    with pytest.raises(ValueError, match=r"not a stored report of gkparse\.report/1"):
        gkparse.from_dict(plain)


@pytest.mark.parametrize("value", [1.5, "viel", [], {}, True])
def test_a_count_that_is_none_is_refused(value: object) -> None:
    plain = stored()
    plain["requests"]["received"]["total"] = value
    with pytest.raises(ValueError, match="stored"):
        gkparse.from_dict(plain)


@pytest.mark.parametrize("text", ["", "{", "[]", "3", "null", '"x"', "[" * 100_000], ids=lambda text: text[:5])
def test_json_that_is_no_stored_report_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the decoder's message or ours
        gkparse.from_json(text)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("year", "2023"), ("year", True), ("title", 5), ("agency", ["a"]),
        ("sections", [{"number": 1, "title": "总体情况", "text": None}]),
        ("sections", [{"number": 1, "title": 3, "text": ""}]),
    ],
)
def test_a_stored_report_of_another_type_is_refused(key: str, value: object) -> None:
    stored = gkparse.to_dict(gkparse.Report())
    with pytest.raises(ValueError, match="not a stored report"):
        gkparse.from_dict({**stored, key: value})


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "sNaN"])
def test_a_stored_value_that_no_page_prints_is_refused(amount: str) -> None:
    report = gkparse.Report(proactive=gkparse.Proactive2021())
    stored = gkparse.to_dict(report)
    stored["proactive"]["fees"]["amount"] = amount
    with pytest.raises(ValueError, match="no stored"):
        gkparse.from_dict(stored)


def change(data: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """Put a value at a path of a stored report."""
    *above, last = path.split("/")
    node: Any = data
    for name in above:
        node = node[int(name) if isinstance(node, list) else name]
    node[last] = value
    return data


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("extra", 1),
        ("requests/received/elderly", 3),
        ("metadata/mayor", "某人"),
        ("metadata/cited_documents", "国办发〔2099〕1号"),
        ("metadata/address", 5),
        ("metadata/issue_date", "20240112"),
        ("requests/received/total", "3"),
        ("requests/received/total", 3.0),
        ("proactive/fees/amount", 18),
        ("form", "2014"),
        ("title", 7),
        ("year", "2023"),
        ("sections/0/number", True),
        ("sections/0/heading", "总体情况"),
        ("cells/requests.received.everyone", {"status": "blank", "printed": "", "unit": "件"}),
        ("cells/requests.received.total", {"status": "guessed", "printed": "", "unit": "件"}),
        ("cells/requests.received.total", {"status": "missing", "printed": "", "unit": "件"}),
    ],
)
def test_nothing_of_a_stored_report_is_lost_in_silence(path: str, value: Any) -> None:
    assert gkparse.from_dict(stored()) == FULL
    with pytest.raises(ValueError, match="not a stored report"):
        gkparse.from_dict(change(stored(), path, value))


@pytest.mark.parametrize(
    ("name", "value"), [("severity", "fatal"), ("paths", [5]), ("paths", "xy"), ("extra", 1), ("span", [0.5, 2]), ("message", None)]
)
def test_a_stored_finding_is_one_that_gkparse_makes(name: str, value: Any) -> None:
    report = gkparse.Report(disputes=gkparse.Disputes(gkparse.Results(1, 1, 1, 1, 5)))
    data = gkparse.to_dict(attrs.evolve(report, diagnostics=gkparse.check(report)))
    assert gkparse.from_dict(data).diagnostics
    data["diagnostics"][0][name] = value
    with pytest.raises(ValueError, match="not a stored report"):
        gkparse.from_dict(data)
