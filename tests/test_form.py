"""The form as data: its cells, labels and sums, and that the model says the same."""

from __future__ import annotations

import ast
import json
import tomllib
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import attrs
import pytest

import gkparse
from gkparse.form import join, load
from gkparse.model import Proactive2021
from gkparse.vocabulary import vocabulary

FORM = load("2021")
LABELS = Path(__file__).parents[2] / "shared" / "spec" / "labels.json"

spec = pytest.mark.skipif(not LABELS.is_file(), reason="no ../shared beside this checkout")


def printed_always() -> list[gkparse.Field]:
    return [field for field in gkparse.fields("2021") if not field.optional]


# ---------------------------------------------------------------- cells


def test_the_form_of_2021_has_two_hundred_cells() -> None:
    tables = Counter(field.path.partition(".")[0] for field in printed_always())
    assert tables == {"proactive": 10, "requests": 175, "disputes": 15}


def test_paths_are_unique_and_in_official_order() -> None:
    paths = [field.path for field in gkparse.fields()]
    assert len(set(paths)) == len(paths)
    tables = [path.partition(".")[0] for path in paths]
    assert tables == sorted(tables, key=("proactive", "requests", "disputes").index)
    assert paths[0] == "proactive.rules.issued"
    assert paths[-1] == "disputes.litigation_after_reconsideration.total"


def test_one_row_may_stand_for_the_three_other_ones() -> None:
    optional = {field.path.rpartition(".")[0] for field in gkparse.fields() if field.optional}
    assert optional == {"requests.outcomes.other_handling.combined"}


def test_only_the_fees_are_an_amount() -> None:
    assert [field.path for field in gkparse.fields() if field.amount] == ["proactive.fees.amount"]
    units = {field.unit: field.amount for field in gkparse.fields()}
    assert units == {"件": False, "万元": True}


def test_each_cell_of_sections_two_and_three_names_its_article() -> None:
    for field in printed_always():
        without = field.path.startswith("disputes.") or field.path.startswith((
            "requests.outcomes.total.", "requests.outcomes.other_handling.other.",
        ))
        assert (field.article is None) == without, field.path


def test_an_unknown_form_is_a_key_error_that_names_it() -> None:
    with pytest.raises(KeyError, match="1999"):
        gkparse.fields("1999")
    with pytest.raises(KeyError, match=r"'\.\./2021'"):
        load("../2021")


def test_the_data_is_read_once() -> None:
    assert load("2021") is FORM
    assert gkparse.fields() == gkparse.fields("2021")


def test_the_fields_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        FORM.fields["x"] = FORM.fields["proactive.fees.amount"]  # type: ignore[index]
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        FORM.name = "2022"  # type: ignore[misc]


# ---------------------------------------------------------------- the specification


def official(name: str) -> list[str]:
    entries: list[list[str]] = json.loads(LABELS.read_text(encoding="utf-8"))["2021"][name]
    return [entry[0] for entry in entries]


@spec
def test_section_titles_are_those_of_the_specification() -> None:
    assert [title.label for title in FORM.sections] == official("sections")


@spec
def test_cells_of_section_two_are_those_of_the_specification() -> None:
    fields = [field for field in printed_always() if field.path.startswith("proactive.")]
    assert [field.label for field in fields] == official("table2")


@spec
def test_rows_and_columns_of_section_three_are_those_of_the_specification() -> None:
    fields = [field.label for field in printed_always() if field.path.startswith("requests.")]
    columns = [label.rpartition(" > ")[2] for label in official("table3_columns")]
    assert fields == [
        f"{row} > {column}" for row in official("table3_rows") for column in columns
    ]


@spec
def test_every_label_of_the_specification_is_a_word() -> None:
    words = vocabulary("2021")
    tables = json.loads(LABELS.read_text(encoding="utf-8"))["2021"]
    names = [name for name in tables if name.startswith("table") or name == "sections"]
    assert {"table2", "table3_rows", "table3_columns"} <= set(names)
    for name in names:
        for entry in tables[name]:
            for label in entry[0].split(" > "):
                assert words.lookup(label) is not None, label


# ---------------------------------------------------------------- the model


def attributes(cls: type, prefix: str) -> Iterator[str]:
    """Every path of values that an attrs class has, by what its attributes are by default."""
    for field in attrs.fields(cls):
        path = join(prefix, field.name)
        if attrs.has(type(field.default)):
            yield from attributes(type(field.default), path)
        else:
            yield path


def test_the_model_and_the_form_have_the_same_paths_in_the_same_order() -> None:
    model = [
        *attributes(Proactive2021, "proactive"),
        *attributes(gkparse.Requests, "requests"),
        *attributes(gkparse.Disputes, "disputes"),
    ]
    assert model == [field.path for field in gkparse.fields("2021")]


def test_the_tables_of_the_form_are_attributes_of_a_report() -> None:
    names = {field.name for field in attrs.fields(gkparse.Report)}
    assert {table.name for table in FORM.tables} <= names


# ---------------------------------------------------------------- sums


def test_the_sums_of_the_form() -> None:
    assert Counter(total.name for total in FORM.sums) == {"A1": 7, "A2": 7, "A3": 25 + 1, "A4": 3}


def test_the_parts_of_each_sum() -> None:
    optional = {field.path for field in gkparse.fields() if field.optional}
    sizes = {
        "A1": {(2, 2)}, "A2": {(21, 1)}, "A3": {(6, 1)}, "A4": {(4, 1)},
    }
    for total in FORM.sums:
        parts = [part for part in total.parts if total.name == "A3" or part not in optional]
        assert (len(parts), len(total.whole)) in sizes[total.name], total
        assert {*total.parts, *total.whole} <= set(FORM.fields)
        assert not set(total.parts) & set(total.whole)


def test_every_cell_of_sections_three_and_four_is_in_a_sum() -> None:
    summed = {path for total in FORM.sums for path in (*total.parts, *total.whole)}
    assert summed == {path for path in FORM.fields if not path.startswith("proactive.")}


# ---------------------------------------------------------------- one place


def test_labels_stand_in_the_data_and_nowhere_else() -> None:
    package = files("gkparse")
    data = tomllib.loads(package.joinpath("forms", "2021.toml").read_text(encoding="utf-8"))
    labels = {
        row["label"]
        for table in data["tables"] for block in table["blocks"] for row in block["rows"]
        if len(row["label"]) > 6
    }
    assert len(labels) > 20
    modules = [path for path in package.iterdir() if path.name.endswith(".py")]
    assert len(modules) > 15
    for path in modules:
        literals = "\n".join(strings(ast.parse(path.read_text(encoding="utf-8"))))
        assert [label for label in labels if label in literals] == [], path.name


def strings(tree: ast.AST) -> Iterator[str]:
    """Every string of a module that is not documentation."""
    documentation = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in documentation:
            yield str(node.value)
