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
from gkparse.counts import Proactive2019, Proactive2021
from gkparse.form import join, load
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


def test_no_name_of_a_form_opens_another_file(tmp_path: Path) -> None:
    own = files("gkparse").joinpath("forms", "2021.toml").read_text(encoding="utf-8")
    Path(tmp_path, "mine.toml").write_text(own, encoding="utf-8")
    with pytest.raises(KeyError, match="knows no form"):
        load(str(tmp_path / "mine"))
    stored = gkparse.to_dict(gkparse.Report()) | {"form": str(tmp_path / "mine")}
    with pytest.raises(ValueError, match="knows no form"):
        gkparse.from_dict(stored)


def test_the_data_is_read_once() -> None:
    assert load("2021") is FORM
    assert gkparse.fields() == gkparse.fields("2021")


def test_the_fields_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        FORM.fields["x"] = FORM.fields["proactive.fees.amount"]  # type: ignore[index]
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        FORM.name = "2022"  # type: ignore[misc]


# ---------------------------------------------------------------- the form of 2019


def test_the_form_of_2019_has_198_cells() -> None:
    always = [field.path for field in gkparse.fields("2019") if not field.optional]
    tables = Counter(path.partition(".")[0] for path in always)
    assert tables == {"proactive": 22, "requests": 161, "disputes": 15}
    assert len(set(always)) == 198


def test_in_the_form_of_2019_one_row_stands_for_the_three_other_ones() -> None:
    group = "requests.outcomes.other_handling"
    rows = {f.path.rpartition(".")[0]: f.optional for f in gkparse.fields("2019") if group in f.path}
    assert rows == {
        f"{group}.correction_overdue": True, f"{group}.fee_overdue": True,
        f"{group}.other": True, f"{group}.combined": False,
    }


def test_what_the_two_forms_share_is_the_same() -> None:
    one, two = load("2019"), load("2021")
    assert (one.name, one.basis) == ("2019", "国办公开办函〔2019〕60号")
    assert [attrs.asdict(each) for each in one.sections] == [attrs.asdict(each) for each in two.sections]
    assert [attrs.asdict(each) for each in one.sums] == [attrs.asdict(each) for each in two.sums]
    assert attrs.asdict(one.table("disputes")) == attrs.asdict(two.table("disputes"))
    for path, field in one.fields.items():
        if not path.startswith("proactive."):
            assert attrs.evolve(field, optional=False) == attrs.evolve(
                two.fields[path], optional=False
            )


def test_in_the_form_of_2019_changes_are_signed_and_nothing_else() -> None:
    signed = {
        join(table.name, row.name, column.name)
        for table in load("2019").tables for block in table.blocks
        for row in block.rows for column in block.columns if column.signed
    }
    assert signed == {path for path in load("2019").fields if path.endswith(".items_change")}
    assert len(signed) == 5
    assert not any(
        column.signed for table in FORM.tables for block in table.blocks for column in block.columns
    )


def test_in_the_form_of_2019_the_amount_of_procurement_has_no_unit_of_its_own() -> None:
    amounts = {field.path: field.unit for field in gkparse.fields("2019") if field.amount}
    assert amounts == {"proactive.procurement.amount": ""}
    units = {field.unit for field in gkparse.fields("2019") if not field.amount}
    assert units == {"件", "项"}


# ---------------------------------------------------------------- the specification


def official(name: str, form: str = "2021") -> list[str]:
    entries: list[list[str]] = json.loads(LABELS.read_text(encoding="utf-8"))[form][name]
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
@pytest.mark.parametrize("form", ["2021", "2019"])
def test_every_label_of_the_specification_is_a_word(form: str) -> None:
    words = vocabulary(form)
    tables = json.loads(LABELS.read_text(encoding="utf-8"))[form]
    names = [name for name in tables if name.startswith(("table", "sections"))]
    assert {"sections", "table2", "table3_rows", "table3_columns", "table4"} <= set(names)
    for name in names:
        for entry in tables[name]:
            for label in entry[0].split(" > "):
                assert words.lookup(label) is not None, label


@spec
def test_titles_and_cells_of_the_form_of_2019_are_those_of_the_specification() -> None:
    assert [title.label for title in load("2019").sections] == official("sections", "2019")
    labels = [field.label for field in gkparse.fields("2019") if not field.optional]
    columns = [label.rpartition(" > ")[2] for label in official("table3_columns", "2019")]
    assert labels == [
        *official("table2", "2019"),
        *(f"{row} > {column}" for row in official("table3_rows", "2019") for column in columns),
        *official("table4", "2019"),
    ]


# ---------------------------------------------------------------- the model


def attributes(cls: type, prefix: str) -> Iterator[str]:
    """Every path of values that an attrs class has, by what its attributes are by default."""
    for field in attrs.fields(cls):
        path = join(prefix, field.name)
        if attrs.has(type(field.default)):
            yield from attributes(type(field.default), path)
        else:
            yield path


@pytest.mark.parametrize(("form", "proactive"), [("2021", Proactive2021), ("2019", Proactive2019)])
def test_the_model_and_the_form_have_the_same_paths_in_the_same_order(
    form: str, proactive: type
) -> None:
    model = [
        *attributes(proactive, "proactive"),
        *attributes(gkparse.Requests, "requests"),
        *attributes(gkparse.Disputes, "disputes"),
    ]
    assert model == [field.path for field in gkparse.fields(form)]


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


@pytest.mark.parametrize(("form", "least"), [("2021", 20), ("2019", 1)])
def test_labels_stand_in_the_data_and_nowhere_else(form: str, least: int) -> None:
    package = files("gkparse")
    data = tomllib.loads(package.joinpath("forms", f"{form}.toml").read_text(encoding="utf-8"))
    labels = {
        row["label"]
        for table in data["tables"] for block in table["blocks"] for row in block["rows"]
        if len(row["label"]) > 6
    }
    assert len(labels) > least
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
