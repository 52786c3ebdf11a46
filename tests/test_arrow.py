"""Arrow: what a table holds is what the reports say, and no document stops the others."""

from __future__ import annotations

import ast
import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import attrs
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

import gkparse
from building import built, distinct
from gkparse import (
    Amount,
    Decisions,
    Indicator,
    Limits,
    Metadata,
    Proactive2021,
    Report,
    Section,
    checks,
)
from gkparse.arrow import (
    CELL_SCHEMA,
    PARSED_COLUMNS,
    SCHEMA,
    batches,
    parse_batches,
    schema,
    to_table,
)
from gkparse.diagnostics import Diagnostic
from gkparse.panel import Provenance, cell_rows, columns, rejected_columns, row
from gkparse.registry import Rule
from gkparse.testing import reports
from layouts import printed, write

NUMBERS = distinct()
TEXT = write("tabs-shifted", printed(NUMBERS))
PAGE = gkparse.render(built(NUMBERS), "html").encode()
LICENCES = "proactive.licensing.decisions"
FEES = "proactive.fees.amount"
LINE = "第二十条第（五）项 行政许可 318"


# ---------------------------------------------------------------- the schema


def test_a_field_tells_what_its_column_means() -> None:
    field = SCHEMA.field(LICENCES)
    assert {name.decode(): text.decode() for name, text in field.metadata.items()} == {
        "description": "administrative licensing: decisions made in the year",
        "label": "第二十条第（五）项 > 行政许可 > 本年处理决定数量",
        "article": "20(5)",
        "unit": "件",
        "forms": "2021,2019",
    }
    assert SCHEMA.field("file").metadata.keys() == {b"description"}


def test_each_column_has_the_type_that_holds_it() -> None:
    types = {column.kind: str(SCHEMA.field(column.name).type) for column in columns()}
    assert types == {
        "text": "string",
        "whole": "int64",
        "count": "int64",
        "amount": "decimal128(38, 10)",
        "date": "date32[day]",
        "texts": "list<element: string>",
        "statuses": "map<string, string>",
        "findings": "list<element: struct<code: string, severity: string, message: string, "
        "paths: list<element: string>>>",
        "indicators": "list<element: struct<key: string, label: string, unit: string, "
        "value: decimal128(38, 10)>>",
        "sections": "list<element: struct<number: int64, title: string, text: string>>",
    }


def test_the_schema_is_that_of_the_columns_of_the_panel() -> None:
    assert SCHEMA.names == [column.name for column in columns()]
    assert schema(columns()).equals(SCHEMA, check_metadata=True)
    assert [column.name for column in PARSED_COLUMNS][-2:] == ["reason", "message"]


def test_parquet_keeps_the_schema_and_what_its_columns_mean(tmp_path: Path) -> None:
    table = to_table([built(NUMBERS), Report(form="2014")])
    pq.write_table(table, tmp_path / "panel.parquet")
    kept = pq.read_schema(tmp_path / "panel.parquet")
    assert kept.equals(SCHEMA)
    assert [field.metadata for field in kept] == [field.metadata for field in SCHEMA]
    assert pq.read_table(tmp_path / "panel.parquet").equals(table)


# ---------------------------------------------------------------- values


def plain(value: Any) -> Any:
    """A value of an Arrow table as rows of the panel hold it, but for the places of a decimal."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value.normalize() + 0)
    if isinstance(value, list) and value and isinstance(value[0], tuple):
        return {name: plain(each) for name, each in value}
    if isinstance(value, dict):
        return {name: plain(each) for name, each in value.items()}
    return [plain(each) for each in value] if isinstance(value, list) else value


def as_told(made: dict[str, Any]) -> dict[str, Any]:
    """A row of the panel, its decimals written as `plain` writes them."""
    amounts = {column.name for column in columns() if column.kind == "amount"} | {"value"}
    told: dict[str, Any] = {
        name: plain(Decimal(value)) if name in amounts and value is not None else value
        for name, value in made.items()
    }
    for indicator in told.get("indicators") or ():
        if indicator["value"] is not None:
            indicator["value"] = plain(Decimal(indicator["value"]))
    # Arrow has no empty map that differs from an empty list.
    return {name: value or [] if name in ("statuses", "units") else value for name, value in told.items()}


@given(st.lists(reports(), max_size=3))
def test_a_table_holds_what_the_rows_hold(made: list[Report]) -> None:
    table = to_table(made)
    assert table.schema.equals(SCHEMA, check_metadata=True)
    expected = [as_told(row(each, Provenance(position=at))) for at, each in enumerate(made, 1)]
    assert [plain(each) for each in table.to_pylist()] == expected


@given(st.lists(reports(), max_size=2))
def test_a_long_table_holds_every_cell(made: list[Report]) -> None:
    table = to_table(made, long=True)
    assert table.schema.equals(CELL_SCHEMA, check_metadata=True)
    expected = [
        as_told(cell)
        for at, each in enumerate(made, 1)
        for cell in cell_rows(each, Provenance(position=at))
    ]
    assert [plain(each) for each in table.to_pylist()] == expected


def licences(count: int) -> Report:
    return Report(proactive=Proactive2021(licensing=Decisions(count)))


def fees(amount: str) -> Report:
    return Report(proactive=Proactive2021(fees=Amount(Decimal(amount))))


@pytest.mark.parametrize("count", [2**63 - 1, -(2**63), 0])
def test_the_largest_counts_are_held(count: int) -> None:
    assert to_table([licences(count)])[LICENCES].to_pylist() == [count]


@pytest.mark.parametrize("amount", ["9" * 28 + ".9999999999", "-0.0000000001", "0"])
def test_the_longest_amounts_are_held(amount: str) -> None:
    assert to_table([fees(amount)])[FEES].to_pylist() == [Decimal(amount)]


@pytest.mark.parametrize(
    ("path", "report", "fits_a_decimal"),
    [
        (LICENCES, licences(2**63), True),
        (LICENCES, licences(-(2**63) - 1), True),
        (LICENCES, licences(int("9" * 28)), True),
        (LICENCES, licences(int("9" * 29)), False),
        (FEES, fees("0.123456789012"), False),
        (FEES, fees("9" * 29), False),
        (FEES, fees("1E+400"), False),
    ],
)
def test_a_number_that_does_not_fit_is_null_and_says_so_and_never_rounded(
    path: str, report: Report, fits_a_decimal: bool
) -> None:
    around = [licences(1), report, fees("2")]
    table = to_table(around)
    assert table[path][1].as_py() is None
    said = [dict(each).get(path) for each in table["statuses"].to_pylist()]
    assert said[1] == "unfit"
    assert "unfit" not in (said[0], said[2])
    cells = {cell["path"]: cell for cell in to_table([report], long=True).to_pylist()}
    assert cells[path]["value"] == (report.value(path) if fits_a_decimal else None)
    assert cells[path]["status"] == ("printed" if fits_a_decimal else "unfit")
    assert [cell["status"] for each, cell in cells.items() if each != path].count("unfit") == 0


@pytest.mark.parametrize("count", [3.7, 3.0, Decimal("3.7"), True], ids=repr)
def test_a_count_that_is_no_int_is_never_cut_to_one(count: Any) -> None:
    table = to_table([licences(1), licences(count), attrs.evolve(licences(2), year=count)])
    assert table[LICENCES].to_pylist() == [1, None, 2]
    assert table["year"].to_pylist() == [None] * 3
    said = [dict(each) for each in table["statuses"].to_pylist()]
    assert [LICENCES in each for each in said] == [False, True, False]
    assert [each.get("year") for each in said] == [None, None, "unfit"]


def test_what_does_not_fit_beside_the_cells_is_told_as_well() -> None:
    report = Report(
        form="2014", year=10**30,
        indicators=(Indicator("replies", "答复数", "件", 1), Indicator(None, "其中", "件", 10**30)),
    )  # fmt: skip
    (made,) = to_table([report]).to_pylist()
    assert made["year"] is None
    assert [each["value"] for each in made["indicators"]] == [1, None]
    assert dict(made["statuses"]) == {"year": "unfit", "indicators.2": "unfit"}


def test_the_status_of_a_cell_is_its_own_where_something_beside_it_does_not_fit() -> None:
    rows = to_table([attrs.evolve(licences(3), year=10**30)], long=True).to_pylist()
    assert {row["year"] for row in rows} == {None}
    (cell,) = [row for row in rows if row["path"] == LICENCES]
    assert (cell["value"], cell["status"]) == (3, "printed")


@pytest.mark.parametrize("long", [False, True])
def test_a_surrogate_that_stands_alone_is_written_as_an_escape(long: bool) -> None:
    report = Report(
        form="2014", agency="甲\udce9", metadata=Metadata(cited_documents=("\ud800号",)),
        sections=(Section(1, "概述", "\udfff。"),), indicators=(Indicator(None, "\udc80", "件", 1),),
    )  # fmt: skip
    (made,) = to_table([report], long=long).to_pylist()
    assert made["agency"] == "甲\\udce9"
    if not long:
        assert made["metadata.cited_documents"] == ["\\ud800号"]
        assert made["sections"][0]["text"] == "\\udfff。"


# ---------------------------------------------------------------- batches


def counted(rows: int, text: str = "") -> Iterator[dict[str, Any]]:
    made = row(Report(sections=(Section(1, "概述", text),)))
    yield from (made | {"position": at} for at in range(rows))


@pytest.mark.parametrize(("rows", "most"), [(0, 0), (1, 1), (256, 256), (600, 256)])
def test_batches_are_bounded_by_rows_and_keep_their_order(rows: int, most: int) -> None:
    made = list(batches(counted(rows), columns()))
    assert max((batch.num_rows for batch in made), default=0) == most
    assert [at for batch in made for at in batch["position"].to_pylist()] == list(range(rows))


def test_batches_are_bounded_by_the_texts_that_they_hold() -> None:
    made = list(batches(counted(5, "文" * 4_500_000), columns()))
    assert [batch.num_rows for batch in made] == [2, 2, 1]


def test_a_batch_comes_before_the_rows_behind_it_are_asked_for() -> None:
    def rows() -> Iterator[dict[str, Any]]:
        yield from counted(256)
        raise AssertionError("a row was asked for too early")

    assert next(batches(rows(), columns())).num_rows == 256


def test_rows_of_any_columns_can_be_made_a_table() -> None:
    made = [{"file": "a", "sha256": None, "position": None, "reason": "ReadError", "message": "甲"}]
    (batch,) = batches(made, rejected_columns())
    assert batch.to_pylist() == made


# ---------------------------------------------------------------- documents

POISONED: dict[str, tuple[bytes | None, str]] = {
    "null": (None, "ReadError"),
    "empty": (b"", "NotAReportError"),
    "no report": ("今日天气晴".encode(), "NotAReportError"),
    "random": (hashlib.sha512(b"1").digest() * 9, "ReadError"),
    "half a package": (b"PK\x03\x04" + bytes(60), "ReadError"),
    "no encoding": (b"\xff\x00x", "ReadError"),
}


def parsed(made: Sequence[dict[str, Any]], **options: Any) -> list[dict[str, Any]]:
    documents = pa.RecordBatch.from_pylist(list(made))
    rows = [each for batch in parse_batches([documents], **options) for each in batch.to_pylist()]
    assert all(list(each) == [column.name for column in PARSED_COLUMNS] for each in rows)
    return rows


def test_a_document_is_read_as_gkparse_reads_it_alone() -> None:
    (made,) = parsed([{"content": PAGE, "path": "a.html", "length": 3}])
    assert made["reason"] is made["message"] is None
    del made["reason"], made["message"]
    provenance = Provenance("a.html", hashlib.sha256(PAGE).hexdigest(), 1)
    assert plain(made) == as_told(row(gkparse.read(PAGE), provenance))


@pytest.mark.parametrize("name", ["path", "url", "file"])
def test_a_document_is_named_by_any_of_three_columns(name: str) -> None:
    (made,) = parsed([{"text": LINE, name: "https://example.cn/1"}])
    assert (made["file"], made[LICENCES]) == ("https://example.cn/1", 318)


def test_each_report_of_a_text_has_a_row() -> None:
    made = parsed([{"text": TEXT + "\n" + TEXT.replace("青石县", "白石县")}])
    assert [(each["position"], each["agency"]) for each in made] == [
        (1, "青石县水务局"), (2, "白石县水务局"),
    ]  # fmt: skip
    assert made[0]["sha256"] == made[1]["sha256"]


def test_content_goes_before_text_which_stands_in_where_it_is_null() -> None:
    other = LINE.replace("318", "17")
    made = parsed([{"content": LINE.encode(), "text": other}, {"content": None, "text": other}])
    assert [each[LICENCES] for each in made] == [318, 17]


@pytest.mark.parametrize(
    "kind", ["string", "large_string", "string_view", "binary", "large_binary", "binary_view"]
)
def test_any_type_of_texts_and_bytes_is_taken(kind: str) -> None:
    made = pa.array([LINE.encode(), None]).cast(pa.string() if "str" in kind else pa.binary())
    documents = pa.record_batch({"content": made.cast(getattr(pa, kind)())})
    (read,) = parse_batches([documents])
    assert read[LICENCES].to_pylist() == [318, None]


def test_a_column_of_words_told_by_number_is_taken() -> None:
    documents = pa.record_batch({"text": pa.array([LINE, LINE]).dictionary_encode()})
    (read,) = parse_batches([documents])
    assert read[LICENCES].to_pylist() == [318, 318]


@pytest.mark.parametrize("name", POISONED)
def test_what_cannot_be_read_is_a_row_that_says_why_between_the_others(name: str) -> None:
    poison, reason = POISONED[name]
    made = parsed([{"content": each, "path": str(at)} for at, each in enumerate((PAGE, poison, PAGE))])
    assert [each["file"] for each in made] == ["0", "1", "2"]
    assert [each["reason"] for each in made] == [None, reason, None]
    assert made[1]["message"]
    assert made[1]["sha256"] == (poison if poison is None else hashlib.sha256(poison).hexdigest())
    empty = set(made[1]) - {"file", "sha256", "reason", "message"}
    assert {made[1][name] for name in empty} == {None}
    assert made[0]["content"] == made[2]["content"] == row(built(NUMBERS))["content"]


def test_a_text_that_is_not_utf8_is_a_row_that_says_what_to_do() -> None:
    broken = pa.array(["行政许可".encode("gb18030"), LINE.encode()], pa.binary())
    text = pa.StringArray.from_buffers(2, *broken.buffers()[1:])
    (read,) = parse_batches([pa.record_batch({"text": text, "path": text})])
    assert read["reason"].to_pylist() == ["ReadError", None]
    assert "give it as binary content" in read["message"][0].as_py()
    assert read["file"].to_pylist() == ["\\xd0\\xd0\\xd5\\xfe\\xd0\\xed\\xbf\\xc9", LINE]


@given(st.lists(st.binary(max_size=200) | st.none(), max_size=8))
def test_no_bytes_stop_the_others_and_none_are_lost(contents: list[bytes | None]) -> None:
    documents = pa.record_batch({"content": pa.array([*contents, PAGE], pa.binary())})
    rows = [each for batch in parse_batches([documents, documents]) for each in batch.to_pylist()]
    sums = [None if each is None else hashlib.sha256(each).hexdigest() for each in (*contents, PAGE)]
    assert [each["sha256"] for each in rows] == sums + sums
    assert all((each["reason"] is None) == (each["content"] is not None) for each in rows)
    assert rows[-1]["reason"] is None


def test_a_limit_that_is_passed_is_a_reason() -> None:
    made = parsed([{"text": TEXT}, {"text": LINE}], limits=Limits(characters=100))
    assert [each["reason"] for each in made] == ["LimitError", None]


def test_documents_are_read_one_batch_after_the_other() -> None:
    def documents() -> Iterator[Any]:
        yield pa.record_batch({"text": [LINE] * 256})
        raise AssertionError("a batch was asked for too early")

    assert next(parse_batches(documents())).num_rows == 256


def test_no_documents_give_no_batches() -> None:
    assert list(parse_batches([])) == []
    assert list(parse_batches([pa.record_batch({"text": pa.array([], pa.string())})])) == []


@pytest.mark.parametrize("columns", [{"body": ["甲"]}, {"content": [1], "path": ["a"]}])
def test_documents_without_content_or_text_are_misuse(columns: dict[str, list[Any]]) -> None:
    told = ", ".join(f"{name}: " for name in columns).rstrip()[:5]
    with pytest.raises(ValueError, match=rf"need a column content .* there are {told}"):
        list(parse_batches([pa.record_batch(columns)]))


def failing(error: type[Exception], agency: str) -> Rule:
    """A rule that fails on the reports of a body, as one that somebody adds may."""

    def find(report: Report) -> Iterator[Diagnostic]:
        if report.agency == agency:
            raise error("no more")
        yield from ()

    return Rule(("GK301",), find)


@pytest.mark.parametrize("error", [RuntimeError, RecursionError, KeyError])
def test_a_defect_is_a_reason_and_the_others_are_read(
    error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "RULES", [failing(error, "青石县水务局")])
    made = parsed([{"text": TEXT}, {"text": TEXT.replace("青石县", "白石县")}])
    assert [each["reason"] for each in made] == [error.__name__, None]
    assert "no more" in made[0]["message"]


def test_where_memory_is_gone_the_work_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "RULES", [failing(MemoryError, "青石县水务局")])
    with pytest.raises(MemoryError):
        parsed([{"text": TEXT}])


# ---------------------------------------------------------------- data frames


def test_a_report_is_a_table_of_its_cells() -> None:
    report = gkparse.parse(TEXT)
    assert pa.table(report).equals(to_table([report], long=True))


def test_a_report_is_a_data_frame_of_polars() -> None:
    polars = pytest.importorskip("polars", reason="polars is not here")
    frame = polars.DataFrame(gkparse.parse(TEXT))
    assert dict(zip(frame["path"], frame["value"], strict=True)) == dict(NUMBERS)


def test_a_report_is_a_data_frame_of_pandas() -> None:
    pandas = pytest.importorskip("pandas", "2.2", reason="pandas is not here")
    if not hasattr(pandas.DataFrame, "from_arrow"):
        pytest.skip("pandas before 3.0 reads a report by pyarrow.table(report).to_pandas()")
    frame = pandas.DataFrame.from_arrow(gkparse.parse(TEXT))
    assert dict(zip(frame["path"], frame["value"], strict=True)) == dict(NUMBERS)


# ---------------------------------------------------------------- imports


def test_gkparse_is_imported_without_pyarrow() -> None:
    program = "import sys, gkparse, gkparse.panel, gkparse.model; print('pyarrow' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", program], text=True).strip() == "False"


def test_without_pyarrow_it_is_said_how_to_install_it() -> None:
    program = (
        "import sys; sys.modules['pyarrow'] = None\n"
        "import gkparse\n"
        "try: gkparse.Report().__arrow_c_stream__()\n"
        "except ImportError as error: print(error)"
    )
    told = subprocess.check_output([sys.executable, "-c", program], text=True).strip()
    assert told == "gkparse.arrow needs pyarrow: pip install 'gkparse[arrow]'"


# ---------------------------------------------------------------- the notebook

NOTEBOOK = Path(__file__).parents[1] / "examples" / "panel.ipynb"


def code_cells() -> list[dict[str, Any]]:
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code"]


@pytest.mark.skipif(not NOTEBOOK.is_file(), reason="runs a notebook of the sources, which are not here")
def test_the_notebook_runs_and_shows_what_it_shows(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its plot is drawn where matplotlib is there; all else must run without."""
    monkeypatch.chdir(NOTEBOOK.parent)
    monkeypatch.setenv("MPLBACKEND", "agg")
    names: dict[str, Any] = {}
    ran = 0
    for cell in code_cells():
        if "plot" in cell["metadata"].get("tags", ()) and find_spec("matplotlib") is None:
            continue
        *steps, last = ast.parse("".join(cell["source"])).body
        exec(compile(ast.Module(steps, []), NOTEBOOK.name, "exec"), names)  # noqa: S102
        value = None
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), NOTEBOOK.name, "eval"), names)  # noqa: S307
        else:
            exec(compile(ast.Module([last], []), NOTEBOOK.name, "exec"), names)  # noqa: S102
        printed_here = capsys.readouterr().out
        for output in cell["outputs"]:
            if output["output_type"] == "execute_result":
                assert repr(value) == "".join(output["data"]["text/plain"])
            elif output["output_type"] == "stream":
                assert printed_here == "".join(output["text"])
        ran += 1
    assert ran >= 5
    assert not names["folder"].exists()
