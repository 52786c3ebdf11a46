"""Shards: what a batch of files gave, in a file of its own, which is whole or not there.

A shard is JSON Lines. Its first line counts and names what is in it; each other line is a row: the
number of the report that it belongs to (None: it was rejected) and its values, in the order of the
columns.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import attrs

from gkparse.dataset.index import Batch
from gkparse.errors import ReadError
from gkparse.limits import Limits
from gkparse.model import Report
from gkparse.panel import (
    Column,
    Provenance,
    cell_columns,
    cell_rows,
    columns,
    rejected_columns,
    rejected_row,
    row,
)
from gkparse.reading import read_all

__all__ = ["Entry", "Options", "Shard", "Tally", "WorkerDied"]


class WorkerDied(Exception):  # noqa: N818 - its name stands in the data, as a reason
    """A file ended the process that read it."""


@attrs.frozen
class Options:
    """What the user asks for: a row a cell, not a report; how much a file may ask for."""

    long: bool
    limits: Limits


class Entry(NamedTuple):
    """What the index has to know of a report, and what the summary counts."""

    address: str
    content: str
    agency_key: str | None
    year: int | None
    errors: int
    warnings: int


@attrs.frozen
class Tally:
    """How many files were read, and what was in them: reports, and by reason what was rejected."""

    files: int
    reports: int
    rejected: Counter[str]


@attrs.frozen
class Shard:
    """A shard by its path."""

    path: Path

    @classmethod
    def of(cls, folder: Path, batch: Batch) -> Shard:
        """The shard of a batch, which need not be there yet."""
        return cls(folder / f"{batch.key}.jsonl")

    def write(self, batch: Batch, options: Options) -> Iterator[int]:
        """Read the files of a batch and write what they hold; gives the place of each as it is begun.

        Raises `OSError` where the shard cannot be written, and nothing for what is in the files.
        """
        entries: list[Entry] = []
        rejected: Counter[str] = Counter()
        lines: list[str] = []
        for place, name in enumerate(batch.files):
            yield place
            for made in _results(name, batch.fatal.get(place), options):
                belongs = "[null" if made.entry is None else f"[{len(entries)}"
                lines += (f"{belongs},{values}]" for values in made.rows)
                if made.entry is None:
                    rejected[made.reason] += 1
                else:
                    entries.append(made.entry)
        head = {"files": len(batch.files), "entries": entries, "rejected": rejected}
        unfinished = self.path.with_suffix(".tmp")
        with unfinished.open("wb") as file:
            for line in (_encode(head), *lines):
                # A surrogate that stands alone is to come back as it was.
                file.write(line.encode("utf-8", "surrogatepass") + b"\n")
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(self.path)

    def tally(self) -> Tally:
        """How much is in it."""
        head = self._head()
        return Tally(head["files"], len(head["entries"]), Counter(head["rejected"]))

    def entries(self) -> list[Entry]:
        """The reports in it."""
        return [Entry(*each) for each in self._head()["entries"]]

    def rows(self) -> Iterator[tuple[int, list[Any]]]:
        """The rows of reports: which of the entries each belongs to, and its values."""
        for line in self._lines():
            if not line.startswith(_REJECTED):
                at, values = _decoded(line)
                yield at, values

    def rejected(self) -> Iterator[list[Any]]:
        """The rows of what was rejected: their values."""
        for line in self._lines() if self._head()["rejected"] else ():
            if line.startswith(_REJECTED):
                _, values = _decoded(line)
                yield values

    def _lines(self) -> Iterator[bytes]:
        with self.path.open("rb") as file:
            next(file)
            yield from file

    def _head(self) -> dict[str, Any]:
        with self.path.open("rb") as file:
            head: dict[str, Any] = json.loads(file.readline())
        return head


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
_REJECTED = b"[null"
_PIECE = 1024 * 1024


def _decoded(line: bytes) -> Any:
    return json.loads(line.decode("utf-8", "surrogatepass"))


# ---------------------------------------------------------------- what is in a file


class _Result(NamedTuple):
    """A report that was read, or why there is none: the values of its rows, encoded."""

    rows: list[str]
    entry: Entry | None = None
    reason: str = ""


def _results(name: str, fatal: str | None, options: Options) -> Iterator[_Result]:
    """What a file holds: whatever is wrong with it, the work goes on."""
    # No table can hold a name that is no text: a byte of it that is none is written \xff.
    file = os.fsencode(name).decode("utf-8", "backslashreplace")
    source = Provenance(file)
    try:
        data, sha256 = _content(name, options.limits)
        source = Provenance(file, sha256)
        if fatal:
            raise WorkerDied(f"the process that read it was {fatal}, and so was another after it")
        reports = read_all(data, limits=options.limits)
    except Exception as error:
        yield _rejected(source, None, error)
        return
    for position, report in enumerate(reports, 1):
        source = Provenance(file, sha256, position)
        try:
            yield _read(report, source, options)
        except Exception as error:
            yield _rejected(source, position, error)


def _read(report: Report, source: Provenance, options: Options) -> _Result:
    told = row(report, source)
    names = ("content", "agency_key", "year", "errors", "warnings")
    entry = Entry(f"{source.file}#{source.position}", *(told[name] for name in names))
    if options.long:
        return _Result([_values(each, cell_columns()) for each in cell_rows(report, source)], entry)
    return _Result([_values(told, columns())], entry)


def _rejected(source: Provenance, position: int | None, error: Exception) -> _Result:
    told = rejected_row(source, error) | {"position": position}
    return _Result([_values(told, rejected_columns())], reason=told["reason"])


def _values(row: Mapping[str, Any], columns: Sequence[Column]) -> str:
    return _encode([row[column.name] for column in columns])


def _content(name: str, limits: Limits) -> tuple[bytes, str]:
    """The bytes of a file, or one more than `limits` allows, and the SHA-256 of all of them."""
    path = Path(name)
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise ReadError("it is a folder that is empty, is a link or cannot be listed")
        if not stat.S_ISREG(mode):  # whoever opens a pipe waits for its other end
            raise ReadError("it is no file but a pipe or a device")
        with path.open("rb") as file:
            data = file.read(limits.file_bytes + 1)
            digest = hashlib.sha256(data)
            while more := file.read(_PIECE):
                digest.update(more)
    except OSError as error:
        raise ReadError(error.strerror or str(error)) from error
    return data, digest.hexdigest()
