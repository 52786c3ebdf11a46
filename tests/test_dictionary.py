"""The data dictionary holds every field of every form, as the form's data has it, and compares each."""

from __future__ import annotations

import csv
import importlib.util
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from fnmatch import fnmatchcase
from importlib.resources import files
from pathlib import Path
from typing import Any

import attrs
import pytest

import gkparse
from gkparse.dictionary import Entry, Relation, data_dictionary, describe
from gkparse.form import FORMS, load

DOCS = Path(__file__).parents[1] / "docs"
DATA: dict[str, Any] = tomllib.loads(files("gkparse").joinpath("dictionary.toml").read_text(encoding="utf-8"))
ENTRIES = {entry.path: entry for entry in data_dictionary()}
TURNED: dict[Relation, Relation] = {
    "same": "same", "sum": "part", "part": "sum", "changed": "changed",
}  # fmt: skip


def paths(form: str) -> list[str]:
    """The fields of a form: its cells, or the rows of the table of 2014 that have a value."""
    rows = [f"indicators.{row.key}" for row in load(form).indicators if row.unit]
    return [*load(form).fields, *rows]


def above(path: str) -> Iterator[str]:
    """What stands over a cell: its row, its groups, its table."""
    while "." in path:
        path = path.rpartition(".")[0]
        yield path


CELLS = dict.fromkeys(path for form in FORMS for path in load(form).fields)


# ---------------------------------------------------------------- the fields


def test_every_field_of_every_form_is_there_once() -> None:
    assert len(ENTRIES) == len(data_dictionary())
    assert list(ENTRIES) == list(dict.fromkeys(path for form in FORMS for path in paths(form)))
    for form in FORMS:
        assert [path for path, entry in ENTRIES.items() if form in entry.forms] == [
            path for path in ENTRIES if path in paths(form)
        ]


def test_the_forms_have_as_many_fields_as_they_print() -> None:
    always = Counter(
        form for entry in data_dictionary() for form in entry.forms if form not in entry.optional
    )
    assert always == {"2021": 200, "2019": 198, "2014": 58}


@pytest.mark.parametrize("form", ["2021", "2019"])
def test_a_cell_is_as_its_form_has_it(form: str) -> None:
    for field in gkparse.fields(form):
        entry = ENTRIES[field.path]
        assert entry.labels[form] == field.label
        assert (entry.unit or "", entry.article) == (field.unit, field.article)
        assert entry.kind == ("amount" if field.amount else "count")
        assert (form in entry.optional) == field.optional


def test_a_row_of_2014_is_as_its_form_has_it() -> None:
    for row in load("2014").indicators:
        entry = ENTRIES.get(f"indicators.{row.key}")
        assert (entry is None) == (row.unit is None), row.key
        if entry is not None:
            assert (entry.label, entry.unit, entry.article) == (row.label, row.unit, None)
            assert entry.kind == ("amount" if row.unit == "万元" else "count")


def test_the_label_of_a_field_is_that_of_the_newest_form() -> None:
    entry = ENTRIES["proactive.licensing.decisions"]
    assert entry.forms == ("2021", "2019")
    assert entry.label == entry.labels["2021"]
    assert entry.labels["2021"] != entry.labels["2019"]


def test_entries_are_values_that_nobody_changes() -> None:
    entry = ENTRIES["proactive.rules.issued"]
    with pytest.raises(TypeError):
        entry.labels["2019"] = "规章"  # type: ignore[index]
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        entry.unit = "项"  # type: ignore[misc]
    assert len(set(data_dictionary())) == len(data_dictionary())
    assert data_dictionary() is data_dictionary()


# ---------------------------------------------------------------- what they mean


def test_every_place_of_a_report_is_described_in_plain_english() -> None:
    metadata = [f"metadata.{field.name}" for field in attrs.fields(gkparse.Metadata)]
    every = {*CELLS, *(group for path in CELLS for group in above(path)), *ENTRIES, *metadata}
    for path in (*every, *gkparse.to_dict(gkparse.Report())):
        assert re.fullmatch(r"[A-Za-z][A-Za-z0-9 ,:;()'/.-]*[a-z0-9)]", describe(path)), path


def test_no_two_fields_are_described_alike() -> None:
    told = Counter(entry.description for entry in data_dictionary())
    assert [each for each, count in told.items() if count > 1] == []


def test_a_cell_is_described_by_its_row_and_its_column() -> None:
    for path in CELLS:
        assert describe(path).startswith(f"{describe(path.rpartition('.')[0])}: ")
    assert describe("disputes.litigation_direct.pending") == (
        "litigation without reconsideration before it: not yet concluded"
    )


@pytest.mark.parametrize("path", ["", "requests.", "requests.received.men", "proactive.rules.decisions", "Year"])
def test_what_no_report_has_is_a_key_error_that_names_it(path: str) -> None:
    with pytest.raises(KeyError, match=re.escape(repr(path))):
        describe(path)


def test_no_name_stands_in_the_data_in_vain() -> None:
    assert set(DATA["names"]) == {group for path in CELLS for group in above(path)}
    for table, columns in DATA["columns"].items():
        assert set(columns) == {path.rpartition(".")[2] for path in CELLS if path.startswith(f"{table}.")}
    assert set(DATA["columns"]) == {path.partition(".")[0] for path in CELLS}
    assert [f"indicators.{key}" for key in DATA["indicators"]] == paths("2014")


# ---------------------------------------------------------------- what compares


def test_each_field_is_compared_with_the_other_forms() -> None:
    for entry in data_dictionary():
        compared = [each.form for each in entry.comparisons]
        (home,) = set(FORMS) - set(compared)
        assert compared == [form for form in FORMS if form != home], entry.path
        assert home in entry.forms
        assert home not in entry.optional


def test_counterparts_are_fields_of_the_form() -> None:
    for entry in data_dictionary():
        for each in entry.comparisons:
            assert (each.relation == "none") == (not each.paths), entry.path
            assert set(each.paths) <= set(paths(each.form)), entry.path
            if each.relation == "sum":
                assert len(each.paths) > 1, entry.path


def test_counterparts_say_the_same_of_each_other() -> None:
    for entry in data_dictionary():
        for each in entry.comparisons:
            for path in each.paths:
                if path != entry.path:
                    back = [other for other in ENTRIES[path].comparisons if entry.path in other.paths]
                    assert TURNED[each.relation] in {other.relation for other in back}, entry.path


def test_what_is_the_same_or_adds_up_is_in_one_unit() -> None:
    for entry in data_dictionary():
        for each in entry.comparisons:
            if each.relation in ("same", "sum", "part"):
                units = {(ENTRIES[path].unit, ENTRIES[path].kind) for path in each.paths}
                assert units == {(entry.unit, entry.kind)}, entry.path


def test_what_is_not_the_same_has_a_note_in_both_languages() -> None:
    for entry in data_dictionary():
        for each in entry.comparisons:
            noted = each.relation != "same" or each.paths != (entry.path,)
            assert bool(each.note) == bool(each.note_zh)
            assert not noted or each.note, (entry.path, each.form)
            assert not each.note or each.note.endswith(".")
            assert not each.note_zh or each.note_zh.endswith("。")
            assert not each.note_zh or re.search("[\u4e00-\u9fff]", each.note_zh)


@pytest.mark.parametrize("written", DATA["comparisons"], ids=lambda each: each["en"][:40])
def test_a_comparison_stands_for_fields_on_both_sides(written: dict[str, Any]) -> None:
    assert set(written) <= {"older", "newer", "relation", "old", "new", "en", "zh"}
    assert ("relation" in written) == ("old" in written and "new" in written)
    assert written.get("relation") in (None, "same", "sum", "changed")
    for pattern in written.get("old", ()):
        assert any(fnmatchcase(path, pattern) for path in paths(written["older"])), pattern
    for form in written["newer"]:
        assert FORMS.index(form) < FORMS.index(written["older"])
        for pattern in written.get("new", ()):
            assert any(fnmatchcase(path, pattern) for path in paths(form)), pattern


GROUP = "requests.outcomes.other_handling"


@pytest.mark.parametrize(
    ("path", "form", "relation", "counterparts"),
    [
        ("proactive.rules.produced", "2021", "changed", ["proactive.rules.issued"]),
        ("proactive.normative_documents.issued", "2019", "changed", ["proactive.normative_documents.produced"]),
        ("proactive.rules.newly_disclosed", "2021", "none", []),
        ("proactive.rules.total_disclosed", "2021", "none", []),
        ("proactive.rules.in_force", "2019", "none", []),
        ("proactive.normative_documents.repealed", "2019", "none", []),
        ("proactive.licensing.decisions", "2019", "same", ["proactive.licensing.decisions"]),
        ("proactive.licensing.items_last_year", "2021", "none", []),
        ("proactive.other_services.decisions", "2021", "none", []),
        ("proactive.fees.items_last_year", "2021", "none", []),
        ("proactive.fees.amount", "2019", "none", []),
        ("proactive.fees.amount", "2014", "none", []),
        ("proactive.procurement.amount", "2021", "none", []),
        ("requests.received.total", "2019", "same", ["requests.received.total"]),
        ("requests.received.total", "2014", "changed", ["indicators.requests_received"]),
        ("requests.received.natural_person", "2014", "none", []),
        ("requests.carried_over.total", "2014", "none", []),
        (f"{GROUP}.combined.total", "2021", "sum",
         [f"{GROUP}.{row}.total" for row in ("correction_overdue", "fee_overdue", "other")]),
        (f"{GROUP}.other.other", "2019", "part", [f"{GROUP}.combined.other"]),
        ("indicators.litigation_upheld", "2021", "sum",
         ["disputes.litigation_direct.upheld", "disputes.litigation_after_reconsideration.upheld"]),
        ("disputes.litigation_direct.upheld", "2014", "part", ["indicators.litigation_upheld"]),
        ("disputes.reconsideration.pending", "2014", "none", []),
        ("indicators.reply_denied_privacy", "2019", "changed",
         ["requests.outcomes.denied.third_party_rights.total"]),
        ("indicators.request_fees", "2021", "none", []),
        ("indicators.proactive_normative_documents", "2019", "changed",
         ["proactive.normative_documents.newly_disclosed"]),
    ],
)  # fmt: skip
def test_what_compares(path: str, form: str, relation: str, counterparts: list[str]) -> None:
    (found,) = [each for each in ENTRIES[path].comparisons if each.form == form]
    assert (found.relation, list(found.paths)) == (relation, counterparts)


def test_the_tables_of_requests_and_disputes_stay_the_same_but_for_one_group() -> None:
    for path, entry in ENTRIES.items():
        if path.startswith(("requests.", "disputes.")) and not path.startswith(GROUP):
            assert {each.relation for each in entry.comparisons if each.form == "2019"} == {"same"}


# ---------------------------------------------------------------- the published files


def made() -> dict[str, str]:
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    generate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generate)
    return generate.references()  # type: ignore[no-any-return]


def test_the_published_files_are_current() -> None:
    references = made()
    assert set(references) == {"schema.json", "data-dictionary.csv", "data-dictionary.md"}
    for name, text in references.items():
        assert DOCS.joinpath(name).read_text(encoding="utf-8") == text, "run python docs/generate.py"


def compared(entry: Entry, form: str) -> tuple[str, str, str]:
    for each in entry.comparisons:
        if each.form == form:
            return each.relation, " ".join(each.paths), each.note
    return "same", entry.path, ""


def test_a_line_of_the_csv_is_an_entry() -> None:
    with DOCS.joinpath("data-dictionary.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    assert [line["path"] for line in lines] == list(ENTRIES)
    for line in lines:
        entry = ENTRIES[line["path"]]
        assert (line["description"], line["kind"]) == (entry.description, entry.kind)
        assert (line["unit"], line["article"]) == (entry.unit or "", entry.article or "")
        assert line["forms"].split() == list(entry.forms)
        assert line["optional"].split() == list(entry.optional)
        for form in FORMS:
            assert line[f"label_{form}"] == entry.labels.get(form, "")
            told = line[f"relation_{form}"], line[f"counterparts_{form}"], line[f"note_{form}"]
            assert told == compared(entry, form), (entry.path, form)


def test_the_page_has_a_row_for_each_field_and_the_notes_that_it_names() -> None:
    page = DOCS.joinpath("data-dictionary.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z0-9_.]+)` \|(.*)\|$", page, re.MULTILINE)
    assert [path for path, _ in rows] == list(ENTRIES)
    assert {rest.count("|") for _, rest in rows} == {5}
    named = {int(number) for _, rest in rows for number in re.findall(r" \((\d{1,2})\)", rest)}
    notes = [int(number) for number in re.findall(r"^(\d+)\. ", page, re.MULTILINE)]
    assert notes == list(range(1, len(notes) + 1))
    assert named == set(notes)
