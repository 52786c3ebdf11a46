"""Output: rows into a file, of the kind that the ending of its name says."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, TypeAlias

from gkparse.panel import Column

__all__ = ["ENDINGS", "load_libraries", "write"]

Rows: TypeAlias = Iterable[Mapping[str, Any]]

# So much of a Parquet file can be read without the rest; it is held in memory until it is whole.
_ROW_GROUP = 32 * 1024 * 1024
# The kinds of values that a field of CSV holds as they are.
_PLAIN = ("text", "whole", "count", "amount", "date")


def load_libraries(ending: str) -> None:
    """Import what a kind of file needs; raises `ImportError`, which says what to install."""
    if ending == ".parquet":
        import_module("gkparse.arrow")


def write(path: Path, columns: Sequence[Column], rows: Rows) -> None:
    """Write rows into a file of the kind that its ending says, and see it on the disk.

    Raises `OSError` where it cannot be written.
    """
    _WRITERS[path.suffix](path, columns, rows)
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _write_parquet(path: Path, columns: Sequence[Column], rows: Rows) -> None:
    import pyarrow as pa  # noqa: PLC0415 - an extra
    import pyarrow.parquet as pq  # noqa: PLC0415

    from gkparse import arrow  # noqa: PLC0415

    schema = arrow.schema(columns)
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        waiting: list[pa.RecordBatch] = []
        size = 0
        for batch in arrow.batches(rows, columns):
            waiting.append(batch)
            size += batch.nbytes
            if size > _ROW_GROUP:
                writer.write_table(pa.Table.from_batches(waiting, schema))
                waiting, size = [], 0
        if waiting:
            writer.write_table(pa.Table.from_batches(waiting, schema))


def _write_csv(path: Path, columns: Sequence[Column], rows: Rows) -> None:
    """What is no number, text or date is JSON. Excel knows UTF-8 by the mark at its beginning."""
    plain = {column.name: column.kind in _PLAIN for column in columns}
    with path.open("w", encoding="utf-8-sig", errors="backslashreplace", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(plain)
        for row in rows:
            writer.writerow(
                row[name] if simple or row[name] is None else json.dumps(row[name], ensure_ascii=False)
                for name, simple in plain.items()
            )


def _write_jsonl(path: Path, columns: Sequence[Column], rows: Rows) -> None:
    names = [column.name for column in columns]
    # A surrogate that stands alone becomes an escape, which is as good in JSON.
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
        for row in rows:
            file.write(json.dumps({name: row[name] for name in names}, ensure_ascii=False) + "\n")


_WRITERS: Mapping[str, Callable[[Path, Sequence[Column], Rows], None]] = {
    ".parquet": _write_parquet,
    ".csv": _write_csv,
    ".jsonl": _write_jsonl,
}
ENDINGS = tuple(_WRITERS)
