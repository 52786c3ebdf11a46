"""The index of a dataset: which files there are, and which of their reports are the same.

It is an SQLite file, so that no number of files is held in memory. Nothing in it is ever committed:
it lasts as long as the run, and while it does no other run can write the same dataset.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import attrs

from gkparse.files import place_of

__all__ = ["Batch", "Index"]

_TABLES = """\
BEGIN EXCLUSIVE;
CREATE TABLE files (place BLOB UNIQUE, name BLOB, size INTEGER, modified INTEGER);
CREATE TABLE contents (content TEXT PRIMARY KEY, address TEXT) WITHOUT ROWID;
CREATE TABLE versions (agency_key TEXT, year INTEGER, content TEXT, PRIMARY KEY (agency_key, year, content))
WITHOUT ROWID;
"""
# A batch is work for about a second: what a kill may cost, and the most that progress may lag.
_MOST_FILES = 32
_MOST_BYTES = 32 * 1024 * 1024


@attrs.frozen
class Batch:
    """Files that are read by one worker into one shard, which is called by the key.

    The key is made of all that decides what the shard holds. `fatal` tells of the files that have
    ended workers, by their places among the files: how these ended.
    """

    key: str
    files: tuple[str, ...]
    fatal: Mapping[int, str] = attrs.field(factory=dict)


class Index:
    """The files of a dataset in the order of the walk, and the contents of their reports.

    Raises `BlockingIOError` where another run has the index, and `OSError` where it cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._database = sqlite3.connect(path, timeout=0, isolation_level=None)
        try:
            self._database.execute("PRAGMA synchronous = OFF")  # nothing is to outlast this run
            self._database.executescript(_TABLES)
        except sqlite3.DatabaseError as error:
            self._database.close()
            if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                raise BlockingIOError(f"{path.parent}: another run is writing into it") from None
            raise OSError(f"{path}: {error}") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()
        if isinstance(error, sqlite3.OperationalError):  # such as a full disk
            raise OSError(f"{self._path}: {error}") from error

    # ------------------------------------------------------------ files

    def add(self, names: Iterable[str]) -> int:
        """Take files up, each once however often it is named; gives how many there are."""
        self._database.executemany(
            "INSERT OR IGNORE INTO files VALUES (?, ?, ?, ?)", map(_file, names)
        )
        (count,) = self._database.execute("SELECT count(*) FROM files").fetchone()
        return int(count)

    def batches(self, options: str) -> Iterator[Batch]:
        """The files in batches, in the order of the walk; `options` is what else decides the shards."""
        several: list[tuple[str, int, int]] = []
        total = 0
        rows = self._database.execute("SELECT name, size, modified FROM files ORDER BY rowid")
        for name, size, modified in rows:
            if several and (len(several) == _MOST_FILES or total + size > _MOST_BYTES):
                yield _batch(options, several)
                several, total = [], 0
            several.append((os.fsdecode(name), size, modified))
            total += size
        if several:
            yield _batch(options, several)

    # ------------------------------------------------------------ contents

    def note(self, address: str, content: str, agency_key: str | None, year: int | None) -> None:
        """Take a report up; they must come in the order of the dataset."""
        self._database.execute("INSERT OR IGNORE INTO contents VALUES (?, ?)", (content, address))
        if agency_key is not None and year is not None:
            self._database.execute(
                "INSERT OR IGNORE INTO versions VALUES (?, ?, ?)", (agency_key, year, content)
            )

    def duplicate_of(self, address: str, content: str) -> str | None:
        """The address of the first report with this content, if it is another one."""
        query = "SELECT address FROM contents WHERE content = ?"
        ((first,),) = self._database.execute(query, (content,))
        return None if first == address else str(first)

    def versions(self, agency_key: str | None, year: int | None) -> int | None:
        """How many different reports there are of a body on a year; None where either is not known."""
        if agency_key is None or year is None:
            return None
        query = "SELECT count(*) FROM versions WHERE agency_key = ? AND year = ?"
        ((count,),) = self._database.execute(query, (agency_key, year))
        return int(count)

    def in_versions(self) -> int:
        """How many bodies' years have more than one version."""
        ((count,),) = self._database.execute(
            "SELECT count(*) FROM (SELECT 1 FROM versions GROUP BY agency_key, year HAVING count(*) > 1)"
        )
        return int(count)


def _file(name: str) -> tuple[bytes, bytes, int, int]:
    """A file's place, name, size and time; of one that is not there, the two are 0."""
    place = os.fsencode(place_of(name))
    try:
        found = Path(name).stat()
    except OSError:
        return place, os.fsencode(name), 0, 0
    return place, os.fsencode(name), found.st_size, found.st_mtime_ns


def _batch(options: str, several: list[tuple[str, int, int]]) -> Batch:
    told = json.dumps([options, several]).encode("ascii")
    return Batch(hashlib.sha256(told).hexdigest(), tuple(name for name, *_ in several))
