"""Batches and shards: the pieces of which a dataset is made, and which a kill leaves behind."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawls import report_of
from gkparse import Limits
from gkparse.dataset.index import Batch, Index
from gkparse.dataset.shards import Options, Shard, Tally
from gkparse.dataset.workers import read_batches

OPTIONS = Options(long=False, limits=Limits())
_MEGABYTE = 1024 * 1024


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Index]:
    """An index, in the folder where the test runs."""
    monkeypatch.chdir(tmp_path)
    with Index(Path("index.sqlite")) as made:
        yield made


def file(name: str, size: int = 0) -> str:
    """A file of a size that takes no room."""
    with Path(name).open("wb") as opened:
        opened.truncate(size)
    return name


def sizes(index: Index) -> list[int]:
    return [len(batch.files) for batch in index.batches("")]


# ---------------------------------------------------------------- batches


def test_what_sqlite_cannot_do_is_an_error_of_the_file(tmp_path: Path) -> None:
    with Index(tmp_path / "index.sqlite") as made:
        made._database.execute("PRAGMA query_only = ON")  # it can write no more, as on a disk that is full
        with pytest.raises(OSError, match=r"index\.sqlite"), made:
            made.add(["a.txt"])


def test_batches_are_of_32_files_in_their_order(index: Index) -> None:
    names = [file(f"{at}.txt") for at in range(70)]
    assert index.add(names) == 70
    assert sizes(index) == [32, 32, 6]
    assert [name for batch in index.batches("") for name in batch.files] == names


def test_a_batch_has_no_more_than_so_many_bytes_but_for_a_file_that_has_more_itself(index: Index) -> None:
    index.add([file("a", 20 * _MEGABYTE), file("b", 12 * _MEGABYTE), file("c", 1), file("d", 99 * _MEGABYTE), file("e")])
    assert [batch.files for batch in index.batches("")] == [("a", "b"), ("c",), ("d",), ("e",)]


def test_no_file_is_no_batch(index: Index) -> None:
    assert index.add([]) == 0
    assert sizes(index) == []


def key(name: str, size: int, seconds: int, options: str) -> str:
    """The key of a batch of one file."""
    os.utime(file(name, size), (seconds, seconds))
    with Index(Path(":memory:")) as index:
        index.add([name])
        (batch,) = index.batches(options)
    return batch.key


@pytest.mark.usefixtures("index")
def test_the_key_of_a_batch_tells_name_size_time_and_options() -> None:
    same = {key("a.txt", 5, 1_000, "") for _ in range(2)}
    others = {
        key("b.txt", 5, 1_000, ""), key("a.txt", 6, 1_000, ""),
        key("a.txt", 5, 1_001, ""), key("a.txt", 5, 1_000, "long"),
    }  # fmt: skip
    assert (len(same), len(others), same & others) == (1, 4, set())


def test_an_index_that_was_left_by_a_run_that_ended_is_begun_anew(index: Index) -> None:
    with Index(Path("other.sqlite")) as first:
        first.add([file("a.txt")])
    with Index(Path("other.sqlite")) as second:
        assert second.add([]) == 0


def test_an_index_that_is_damaged_is_told_with_its_path(index: Index) -> None:
    Path("damaged.sqlite").write_text("no database, but a text that is long enough" * 99, encoding="utf-8")
    with pytest.raises(OSError, match=r"damaged\.sqlite: file is not a database"):
        Index(Path("damaged.sqlite"))


def test_two_have_no_index_at_once(index: Index) -> None:
    with pytest.raises(BlockingIOError, match="another run is writing into it"):
        Index(Path("index.sqlite"))


_reports = st.tuples(st.sampled_from("abc"), st.sampled_from(["key", None]), st.sampled_from([2020, 2021, None]))


@given(st.lists(_reports, max_size=12))
def test_the_index_tells_the_first_of_equal_reports_and_counts_versions(
    several: list[tuple[str, str | None, int | None]],
) -> None:
    with Index(Path(":memory:")) as index:
        for at, report in enumerate(several):
            index.note(f"{at}#1", *report)
        contents = [content for content, *_ in several]
        versions = Counter(report[1:] for report in set(several) if None not in report)
        for at, (content, key, year) in enumerate(several):
            first = contents.index(content)
            assert index.duplicate_of(f"{at}#1", content) == (None if first == at else f"{first}#1")
            assert index.versions(key, year) == (versions[key, year] or None)
        assert index.in_versions() == sum(count > 1 for count in versions.values())


# ---------------------------------------------------------------- shards


def shard_of(*names: str, options: Options = OPTIONS, fatal: dict[int, str] | None = None) -> Shard:
    batch = Batch("0" * 64, names, fatal or {})
    shard = Shard.of(Path(), batch)
    assert list(shard.write(batch, options)) == [*range(len(names))]
    return shard


@pytest.mark.usefixtures("index")
def test_a_shard_holds_every_file_as_reports_or_as_rejected() -> None:
    Path("a.txt").write_text(report_of(1), encoding="utf-8")
    Path("b.txt").write_text("今日天气晴", encoding="utf-8")
    Path("c.txt").write_text(report_of(3), encoding="utf-8")
    shard = shard_of("a.txt", "b.txt", "c.txt")
    assert shard.tally() == Tally(3, 2, Counter({"NotAReportError": 1}))
    assert [entry.address for entry in shard.entries()] == ["a.txt#1", "c.txt#1"]
    assert [(at, values[0]) for at, values in shard.rows()] == [(0, "a.txt"), (1, "c.txt")]
    assert [values[0] for values in shard.rejected()] == ["b.txt"]


@pytest.mark.usefixtures("index")
def test_the_rows_of_cells_belong_to_the_report_they_are_of() -> None:
    for number, name in enumerate(("a.txt", "b.txt")):
        Path(name).write_text(report_of(number), encoding="utf-8")
    shard = shard_of("a.txt", "b.txt", options=Options(long=True, limits=Limits()))
    found = {(at, values[0]) for at, values in shard.rows()}
    assert found == {(0, "a.txt"), (1, "b.txt")}
    assert shard.tally().reports == 2


@pytest.mark.usefixtures("index")
def test_a_file_that_ends_workers_is_not_read() -> None:
    for name in ("a.txt", "b.txt"):
        Path(name).write_text(report_of(1), encoding="utf-8")
    shard = shard_of("a.txt", "b.txt", fatal={0: "ended by signal 9 (Killed)"})
    ((name, sha256, position, reason, message),) = shard.rejected()
    assert (name, position, reason) == ("a.txt", None, "WorkerDied")
    assert len(sha256) == 64
    assert message == "the process that read it was ended by signal 9 (Killed), and so was another after it"


@pytest.mark.usefixtures("index")
def test_a_shard_is_there_only_when_it_is_whole() -> None:
    Path("a.txt").write_text(report_of(1), encoding="utf-8")
    batch = Batch("0" * 64, ("a.txt",))
    shard = Shard.of(Path(), batch)
    work = shard.write(batch, OPTIONS)
    next(work)
    assert not shard.path.exists()
    assert list(work) == []
    lines = shard.path.read_text(encoding="utf-8").splitlines()
    assert json.loads(lines[0])["files"] == 1
    assert len(lines) == 2


@pytest.mark.usefixtures("index")
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_shard_that_cannot_be_written_ends_the_work_with_the_reason(jobs: int) -> None:
    Path("a.txt").write_text(report_of(1), encoding="utf-8")
    with pytest.raises(FileNotFoundError):
        list(read_batches([Batch("0" * 64, ("a.txt",))], Path("gone"), OPTIONS, jobs))


@pytest.mark.usefixtures("index")
@pytest.mark.parametrize("jobs", [1, 3])
def test_every_batch_is_told_once_when_it_is_done(jobs: int) -> None:
    batches = []
    for at in range(5):
        Path(f"{at}.txt").write_text(report_of(at), encoding="utf-8")
        batches.append(Batch(str(at), (f"{at}.txt", "gone.txt")))
    done = list(read_batches(iter(batches), Path(), OPTIONS, jobs))
    tallies = [each.tally for each in done if each.tally]
    assert tallies == [Tally(2, 1, Counter({"ReadError": 1}))] * 5
    assert max(each.of_others for each in done) <= jobs
    assert sorted(path.stem for path in Path().glob("*.jsonl")) == [*"01234"]
