"""Datasets: every report of every file in a row, exactly as `gkparse.panel` has it, or a reason why not."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import attrs
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

import gkparse
from crawls import report_of, write_crawl
from gkparse import Limits, Report, panel, render
from gkparse.dataset import Progress, Summary, build
from gkparse.dataset.index import Index
from gkparse.testing import reports

Make: TypeAlias = Callable[..., Summary]


def jsonl(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def names_in(folder: str) -> list[str]:
    return sorted(path.name for path in Path(folder).iterdir())


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, beside which the test runs."""
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    return Path("in")


def made(**options: Any) -> list[dict[str, Any]]:
    """The rows that are made of the folder."""
    build("in", "panel.jsonl", jobs=1, **options)
    return jsonl(Path("panel.jsonl"))


def rejected() -> dict[str, tuple[str, str]]:
    """Of each file that was rejected, the reason and the message."""
    rows = jsonl(Path("panel.quarantine.jsonl"))
    return {Path(row["file"]).name: (row["reason"], row["message"]) for row in rows}


def write(name: str, text: str | bytes) -> Path:
    path = Path("in", name)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


# ---------------------------------------------------------------- rows


@given(st.lists(reports(), min_size=1, max_size=3))
def test_a_row_is_what_the_panel_has_of_the_report(several: list[Report]) -> None:
    with tempfile.TemporaryDirectory() as name:
        top = Path(name)
        expected: list[dict[str, Any]] = []
        cells: list[dict[str, Any]] = []
        for at, report in enumerate(several):
            path = top / f"{at}.html"
            path.write_text(render(report, "html"), encoding="utf-8")
            source = panel.Provenance(str(path), hashlib.sha256(path.read_bytes()).hexdigest(), 1)
            expected.append(panel.row(gkparse.read(path), source))
            cells += panel.cell_rows(gkparse.read(path), source)
        for long, rows in ((False, expected), (True, cells)):
            build(top, top / "panel.jsonl", jobs=1, long=long)
            found = jsonl(top / "panel.jsonl")
            for row in found:
                del row["duplicate_of"], row["versions"]
            assert found == rows


def test_the_columns_are_those_of_the_panel_and_what_only_a_dataset_knows(folder: Path) -> None:
    write("a.txt", report_of(318))
    (row,) = made()
    own = ["duplicate_of", "versions"]
    assert list(row) == [*(column.name for column in panel.columns()), *own]
    assert list(made(long=True)[0]) == [*(column.name for column in panel.cell_columns()), *own]


def test_every_report_of_a_file_has_a_row_and_says_which_it_is(folder: Path) -> None:
    example = Path(__file__).parents[1] / "examples" / "qinghe-2023.txt"
    text = example.read_text(encoding="utf-8")
    bodies = ("青禾县林业局", "白石县水务局", "青禾县林业局")
    write("a.txt", "\n".join(text.replace("青禾县林业局", body) for body in bodies))
    rows = made()
    assert [(row["position"], row["agency"]) for row in rows] == [*enumerate(bodies, 1)]
    assert [row["duplicate_of"] for row in rows] == [None, None, f"{Path('in/a.txt')}#1"]
    assert {row["requests.received.total"] for row in rows} == {57}


def test_three_kinds_of_files_hold_the_same(folder: Path) -> None:
    write_crawl(folder, 40)
    for ending in ("jsonl", "csv", "parquet"):
        build(folder, f"panel.{ending}", jobs=1)
    lines, texts = jsonl(Path("panel.jsonl")), table(Path("panel.csv"))
    parquet = pq.read_table("panel.parquet").to_pylist()
    names = ("file", "sha256", "position", "year", "proactive.licensing.decisions", "duplicate_of")
    for line, text, arrow in zip(lines, texts, parquet, strict=True):
        assert list(line) == list(text) == list(arrow)
        assert [line[name] for name in names] == [arrow[name] for name in names]
        assert ["" if line[name] is None else str(line[name]) for name in names] == [
            text[name] for name in names
        ]
        assert json.loads(text["findings"]) == line["findings"] == arrow["findings"]
    assert pq.read_table("panel.quarantine.parquet").num_rows == len(table(Path("panel.quarantine.csv")))


def test_parquet_says_what_its_columns_mean(folder: Path) -> None:
    write("a.txt", report_of(318))
    build(folder, "panel.parquet", jobs=1)
    field = pq.read_schema("panel.parquet").field("proactive.licensing.decisions")
    assert field.metadata[b"label"].decode().endswith("行政许可 > 本年处理决定数量")
    assert b"file#position" in pq.read_schema("panel.parquet").field("duplicate_of").metadata[b"description"]


def test_a_blank_cell_is_no_zero_in_any_of_them(folder: Path) -> None:
    write("a.txt", report_of(0))
    build(folder, "panel.csv", jobs=1)
    (row,) = table(Path("panel.csv"))
    assert (row["proactive.licensing.decisions"], row["proactive.penalties.decisions"]) == ("0", "")
    build(folder, "panel.parquet", jobs=1)
    (held,) = pq.read_table("panel.parquet").to_pylist()
    assert (held["proactive.licensing.decisions"], held["proactive.penalties.decisions"]) == (0, None)


def test_csv_holds_numbers_and_texts_as_they_are_even_if_a_spreadsheet_takes_them_for_formulas(
    folder: Path,
) -> None:
    Path("=1+1.txt").write_text(report_of(999_999_999_999), encoding="utf-8")
    build("=1+1.txt", "panel.csv", jobs=1)
    (row,) = table(Path("panel.csv"))
    assert row["proactive.licensing.decisions"] == "999999999999"
    assert row["file"] == "=1+1.txt"


def test_csv_begins_with_the_mark_by_which_excel_knows_utf_8(folder: Path) -> None:
    write("a.txt", report_of(318))
    build(folder, "panel.csv", jobs=1)
    assert Path("panel.csv").read_bytes().startswith(b"\xef\xbb\xbffile,")


def test_a_name_that_is_no_text_is_written_with_its_bytes_told(folder: Path) -> None:
    write(os.fsdecode(b"\xc7\xe0.txt"), report_of(318))
    for ending, rows in (("jsonl", jsonl), ("csv", table)):
        build(folder, f"panel.{ending}", jobs=1)
        assert rows(Path(f"panel.{ending}"))[0]["file"] == str(Path("in", r"\xc7\xe0.txt"))
    build(folder, "panel.parquet", jobs=1)
    assert pq.read_table("panel.parquet")["file"].to_pylist() == [str(Path("in", r"\xc7\xe0.txt"))]


# ---------------------------------------------------------------- what could not be read


def test_what_could_not_be_read_is_told_with_its_reason(folder: Path) -> None:
    good = write("a.txt", report_of(318))
    write("empty.txt", "")
    write("weather.txt", "今日天气晴")
    write("photo.jpg", b"\xff\xd8\xff\xe0")
    write("broken.docx", b"PK\x03\x04 and no more")
    write("large.txt", "很长" * 1000)
    (folder / "dangling.txt").symlink_to("gone.txt")
    (folder / "link").symlink_to(folder.resolve(), target_is_directory=True)
    os.mkfifo(folder / "pipe.txt")
    summary = build(folder, "panel.jsonl", jobs=1, limits=Limits(file_bytes=2000))
    found = rejected()
    assert {name: reason for name, (reason, _) in found.items()} == {
        "broken.docx": "ReadError",
        "dangling.txt": "ReadError",
        "empty.txt": "NotAReportError",
        "large.txt": "LimitError",
        "link": "ReadError",
        "photo.jpg": "ReadError",
        "pipe.txt": "ReadError",
        "weather.txt": "NotAReportError",
    }
    assert found["dangling.txt"][1] == "No such file or directory"
    assert "file_bytes=2000" in found["large.txt"][1]
    assert "is a link" in found["link"][1]
    assert "pipe" in found["pipe.txt"][1]
    assert [row["file"] for row in jsonl(Path("panel.jsonl"))] == [str(good)]
    assert (summary.files, summary.reports) == (9, 1)
    assert summary.rejected == {"ReadError": 5, "NotAReportError": 2, "LimitError": 1}


def test_a_rejected_file_is_known_by_its_hash_even_if_it_was_too_large_to_read(folder: Path) -> None:
    path = write("large.txt", "很长" * 1000)
    build(folder, "panel.jsonl", jobs=1, limits=Limits(file_bytes=2000))
    (row,) = jsonl(Path("panel.quarantine.jsonl"))
    assert row["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert row["position"] is None


@pytest.mark.parametrize("ending", ["jsonl", "csv", "parquet"])
def test_nothing_rejected_and_nothing_read_are_tables_too(folder: Path, ending: str) -> None:
    path = write("a.txt", report_of(318))
    assert build(folder, f"panel.{ending}", jobs=1).rejected == {}
    assert Path(f"panel.quarantine.{ending}").is_file()
    path.write_text("今日天气晴", encoding="utf-8")
    assert build(folder, f"panel.{ending}", jobs=1).reports == 0
    assert Path(f"panel.{ending}").is_file()


def test_an_empty_folder_is_told(folder: Path) -> None:
    assert build(folder, "panel.jsonl", jobs=1).rejected == {"ReadError": 1}
    assert "it is a folder that is empty" in rejected()["in"][1]


# ---------------------------------------------------------------- duplicates and versions

BODIES = ("青禾县林业局", "白石县水务局", "乌有市档案馆")


@given(st.lists(
    st.tuples(st.sampled_from(BODIES), st.integers(2020, 2021), st.integers(1, 3), st.booleans()),
    min_size=1, max_size=8,
))  # fmt: skip
def test_duplicates_and_versions_are_those_that_comparing_all_reports_finds(
    files: list[tuple[str, int, int, bool]],
) -> None:
    with tempfile.TemporaryDirectory() as name:
        top = Path(name)
        for at, (agency, year, number, spaced) in enumerate(files):
            text = report_of(number, agency, year)
            (top / f"{at}.txt").write_text(text + "\n\n" * spaced, encoding="utf-8")
        summary = build(top, top / "panel.jsonl", jobs=1)
        rows = jsonl(top / "panel.jsonl")
        said = [file[:3] for file in files]
        for at, row in enumerate(rows):
            first = said.index(said[at])
            assert row["duplicate_of"] == (None if first == at else f"{top / f'{first}.txt'}#1")
            assert row["versions"] == len({each for each in said if each[:2] == said[at][:2]})
        assert summary.duplicates == len(said) - len(set(said))
        several = {each[:2] for each in said if len({v for v in said if v[:2] == each[:2]}) > 1}
        assert summary.versions == len(several)


def test_a_report_without_body_or_year_has_no_versions(folder: Path) -> None:
    write("a.txt", "第二十条第（五）项 行政许可 318")
    write("b.txt", "第二十条第（五）项 行政许可 319")
    assert [row["versions"] for row in made()] == [None, None]


def test_the_cells_of_a_duplicate_say_so_too(folder: Path) -> None:
    for name in ("a.txt", "b.txt"):
        write(name, report_of(318))
    found = {(Path(row["file"]).name, row["duplicate_of"]) for row in made(long=True)}
    assert found == {("a.txt", None), ("b.txt", f"{Path('in/a.txt')}#1")}


def test_a_file_that_is_named_twice_is_read_once(folder: Path) -> None:
    path = write("a.txt", report_of(318))
    Path("link").symlink_to("in", target_is_directory=True)
    assert build(["in", path, "./in", "link"], "panel.jsonl", jobs=1).files == 1


# ---------------------------------------------------------------- where it is written


def test_what_a_dataset_writes_is_not_read_by_the_next(folder: Path) -> None:
    write_crawl(folder, 5)
    first = build(folder, folder / "panel.csv", jobs=1)
    content = (folder / "panel.csv").read_bytes()
    Path("link").symlink_to("in", target_is_directory=True)
    for output in (folder / "panel.csv", Path("link/panel.csv")):
        again = build(folder, output, jobs=1)
        assert attrs.evolve(again, seconds=0, output=Path(), quarantine=Path()) == attrs.evolve(
            first, seconds=0, output=Path(), quarantine=Path()
        )
        assert (folder / "panel.csv").read_bytes() == content


def test_nothing_is_left_but_the_two_tables(folder: Path) -> None:
    write_crawl(folder, 5)
    build(folder, "panel.parquet", jobs=1)
    assert names_in(".") == ["in", "panel.parquet", "panel.quarantine.parquet"]


def test_a_file_of_the_user_among_the_parts_stays(folder: Path) -> None:
    write("a.txt", report_of(318))
    Path("panel.csv.parts").mkdir()
    Path("panel.csv.parts/notes.txt").write_text("mine", encoding="utf-8")
    build(folder, "panel.csv", jobs=1)
    assert names_in("panel.csv.parts") == ["notes.txt"]


@pytest.mark.parametrize(
    ("source", "output", "reason"),
    [
        ("in", "panel.xlsx", "a dataset is called NAME.parquet or NAME.csv or NAME.jsonl"),
        ("in", "panel", "a dataset is called NAME"),
        ("in", "gone/panel.csv", "there is no folder gone"),
        ("in", "folder.csv", "it is a folder"),
        ("gone", "panel.csv", "gone: there is no such file or folder"),
        ("in/a.csv", "in/a.csv", "would replace what it is made of"),
        ("in/b.quarantine.csv", "in/b.csv", r"in/b\.quarantine\.csv: .* would replace what it is made of"),
        ("in", "folder.quarantine.csv", "it is a folder"),
        ("in", "other.csv", r"other\.quarantine\.csv: it is a folder"),
    ],
)
def test_what_cannot_be_meant_is_refused_before_anything_is_read_or_written(
    folder: Path, source: str, output: str, reason: str
) -> None:
    written = [write(name, report_of(318)) for name in ("a.csv", "b.quarantine.csv")]
    folders = ["folder.csv", "folder.quarantine.csv", "other.quarantine.csv"]
    for name in folders:
        Path(name).mkdir()
    with pytest.raises(ValueError, match=reason):
        build(source, output, jobs=1)
    assert names_in(".") == [*folders[:2], "in", folders[2]]
    assert [path.read_text(encoding="utf-8") for path in written] == [report_of(318)] * 2


def test_no_jobs_are_refused(folder: Path) -> None:
    with pytest.raises(ValueError, match="0 jobs cannot read anything"):
        build(folder, "panel.csv", jobs=0)


def test_two_runs_do_not_write_the_same_dataset(folder: Path) -> None:
    write("a.txt", report_of(318))
    Path("panel.csv.parts").mkdir()
    with Index(Path("panel.csv.parts/index.sqlite")), pytest.raises(OSError, match="another run"):
        build(folder, "panel.csv", jobs=1)
    assert not Path("panel.csv").exists()
    assert build(folder, "panel.csv", jobs=1).reports == 1


def test_a_dataset_that_cannot_be_written_leaves_the_one_before(folder: Path) -> None:
    write("a.txt", report_of(318))
    build(folder, "panel.csv", jobs=1)
    before = Path("panel.csv").read_bytes()
    Path("panel.csv.parts").write_text("in the way", encoding="utf-8")
    with pytest.raises(OSError, match="exists"):
        build(folder, "panel.csv", jobs=1)
    assert Path("panel.csv").read_bytes() == before


# ---------------------------------------------------------------- going on


class StoppedError(Exception):
    """What the progress of these tests raises."""


def stopped(folder: Path, files: int, **options: Any) -> None:
    """Begin a dataset, and stop when so many files are done."""

    def progress(now: Progress) -> None:
        if now.files >= files:
            raise StoppedError

    with pytest.raises(StoppedError):
        build(folder, "panel.jsonl", jobs=1, progress=progress, **options)


def test_progress_counts_up_to_all_files_and_all_reports(folder: Path) -> None:
    write_crawl(folder, 70)
    told: list[Progress] = []
    summary = build(folder, "panel.jsonl", jobs=1, progress=told.append)
    reading = [now for now in told if now.written is None]
    assert [now.files for now in reading] == sorted(now.files for now in reading)
    assert {now.of for now in reading} == {70}
    last = reading[-1]
    assert (last.files, last.reports) == (70, summary.reports)
    assert last.rejected == sum(summary.rejected.values()) == 70 - summary.reports
    assert told[-1].written == told[-1].reports == summary.reports


def test_the_same_call_goes_on_and_ends_with_the_same(folder: Path) -> None:
    write_crawl(folder, 100)
    whole = build(folder, "panel.jsonl", jobs=1)
    expected = [Path(name).read_bytes() for name in ("panel.jsonl", "panel.quarantine.jsonl")]
    for files, taken_over in ((0, 0), (31, 0), (32, 32), (70, 64), (100, 100)):
        stopped(folder, files)
        summary = build(folder, "panel.jsonl", jobs=1)
        assert summary.taken_over == taken_over
        assert attrs.evolve(summary, taken_over=0, seconds=whole.seconds) == whole
        found = [Path(name).read_bytes() for name in ("panel.jsonl", "panel.quarantine.jsonl")]
        assert found == expected


def test_what_has_changed_in_between_is_read_again(folder: Path) -> None:
    write_crawl(folder, 70)
    stopped(folder, 64)
    changed = sorted(folder.rglob("*.txt"))[1]
    changed.write_text(report_of(12345), encoding="utf-8")
    summary = build(folder, "panel.jsonl", jobs=1)
    assert summary.taken_over == 32
    rows = {row["file"]: row["proactive.licensing.decisions"] for row in jsonl(Path("panel.jsonl"))}
    assert rows[str(changed)] == 12345


def test_what_was_read_with_other_options_is_not_taken_over(folder: Path) -> None:
    write_crawl(folder, 70)
    stopped(folder, 64, long=True)
    assert build(folder, "panel.jsonl", jobs=1).taken_over == 0
    stopped(folder, 64, limits=Limits(cells=1))
    assert build(folder, "panel.jsonl", jobs=1).taken_over == 0


def test_a_shard_that_was_not_finished_is_none(folder: Path) -> None:
    write_crawl(folder, 40)
    stopped(folder, 32)
    (shard,) = Path("panel.jsonl.parts").glob("*.jsonl")
    shard.rename(shard.with_suffix(".tmp"))
    assert build(folder, "panel.jsonl", jobs=1).taken_over == 0
    assert not Path("panel.jsonl.parts").exists()
