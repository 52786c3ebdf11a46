"""What is written is what was given, whatever it is, in each kind of file."""

from __future__ import annotations

import csv
import json
import tempfile
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gkparse.dataset.output import ENDINGS, load_libraries, write
from gkparse.panel import Column

COLUMNS = (
    Column("name", "text", "a text"),
    Column("count", "count", "a number", label="表 > 行", unit="件", forms=("2021",)),
    Column("amount", "amount", "a decimal"),
    Column("day", "date", "a day"),
    Column("texts", "texts", "several texts"),
    Column("statuses", "statuses", "texts by path"),
)
_texts = st.text(st.characters(exclude_categories=()), max_size=8)  # surrogates that stand alone, too
_rows = st.lists(
    st.fixed_dictionaries({
        "name": st.none() | _texts,
        "count": st.none() | st.integers(-(10**12), 10**12),
        "amount": st.none() | st.decimals(-(10**9), 10**9, places=4).map(str),
        "day": st.none() | st.dates().map(str),
        "texts": st.lists(_texts, max_size=2),
        "statuses": st.dictionaries(st.sampled_from(["a.b", "a.c"]), st.sampled_from(["blank", "missing"])),
    }),
    max_size=5,
)
Row = dict[str, Any]


def written(ending: str, rows: list[Row]) -> Path:
    path = Path(tempfile.mkdtemp()) / f"table{ending}"
    write(path, COLUMNS, rows)
    return path


def told(text: str) -> str:
    """How a text is written that UTF-8 cannot hold."""
    return text.encode("utf-8", "backslashreplace").decode()


@given(_rows)
def test_json_lines_hold_every_row_as_it_was(rows: list[Row]) -> None:
    lines = written(".jsonl", rows).read_text(encoding="utf-8").split("\n")
    assert [json.loads(line) for line in lines[:-1]] == rows
    assert lines[-1] == ""


@given(_rows)
def test_csv_holds_every_text_and_number_as_it_was_and_all_else_as_json(rows: list[Row]) -> None:
    with written(".csv", rows).open(encoding="utf-8-sig", newline="") as file:
        found = list(csv.DictReader(file))
    assert len(found) == len(rows)
    for row, read in zip(rows, found, strict=True):
        assert list(read) == [column.name for column in COLUMNS]
        for name in ("name", "count", "amount", "day"):
            assert read[name] == ("" if row[name] is None else told(str(row[name])))
        assert json.loads(read["statuses"]) == row["statuses"]
        assert json.loads(read["texts"]) == row["texts"]


@given(_rows)
def test_parquet_holds_every_value_in_its_type(rows: list[Row]) -> None:
    found = pq.read_table(written(".parquet", rows)).to_pylist()
    assert len(found) == len(rows)
    for row, read in zip(rows, found, strict=True):
        assert read["count"] == row["count"]
        assert read["name"] == (None if row["name"] is None else told(row["name"]))
        assert (None if read["day"] is None else str(read["day"])) == row["day"]
        assert (None if read["amount"] is None else read["amount"].normalize()) == (
            None if row["amount"] is None else type(read["amount"])(row["amount"]).normalize()
        )
        assert dict(read["statuses"]) == row["statuses"]


def test_rows_are_taken_one_by_one_and_stand_in_row_groups_of_some_size() -> None:
    taken = []

    def rows() -> Any:
        for at in range(1_000):
            taken.append(at)
            yield {"name": f"{at}" * 20_000, "count": at, "amount": None, "day": None, "texts": [], "statuses": {}}

    path = Path(tempfile.mkdtemp()) / "table.parquet"
    write(path, COLUMNS, rows())
    held = pq.ParquetFile(path)
    assert held.metadata.num_rows == len(taken) == 1_000
    assert 1 < held.num_row_groups < 10
    assert held.metadata.row_group(0).column(0).compression == "ZSTD"
    assert held.read(columns=["count"])["count"].to_pylist() == taken


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_table_that_cannot_be_written_is_an_error_of_the_system(ending: str, tmp_path: Path) -> None:
    load_libraries(ending)
    with pytest.raises(OSError, match="gone"):
        write(tmp_path / "gone" / f"table{ending}", COLUMNS, [])
