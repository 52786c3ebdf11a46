"""The command `gkparse dataset`: what it says, where, and how it ends."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawls import report_of, write_crawl
from gkparse import cli
from gkparse.dataset import Progress, build
from gkparse.dataset.progress import lines, shown


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of files, beside which the test runs."""
    monkeypatch.chdir(tmp_path)
    return write_crawl(Path("in"), 20)


def said(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> list[str]:
    """What the command says on standard error; standard output stays empty."""
    assert cli.main(["dataset", *arguments]) == status
    out, err = capsys.readouterr()
    assert out == ""
    return err.splitlines()


def test_the_summary_counts_what_became_of_the_files(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "again.txt").write_text(report_of(1, "青禾乙县林业局", 2021), encoding="utf-8")
    (folder / "other.txt").write_text(report_of(2, "青禾乙县林业局", 2021), encoding="utf-8")
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    told = said(capsys, "in", "-o", "panel.csv", "--jobs", "1")
    # Of a report of one table much is missing: each has errors.
    assert re.sub(r"in [\d.]+ s", "in no time", told[0]) == (
        "panel.csv: 20 reports of 23 files in no time; 20 with errors, 0 with warnings only"
    )
    assert told[1:] == [
        "panel.quarantine.csv: 3 rejected (2 NotAReportError, 1 ReadError)",
        "1 duplicate; 1 year of a body in several versions",
    ]


def test_findings_and_rejected_files_are_no_failure(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "weather.txt").write_text("今日天气晴", encoding="utf-8")
    told = said(capsys, str(folder / "weather.txt"), "-o", "panel.jsonl", "--jobs", "1")
    assert told[0].startswith("panel.jsonl: 0 reports of 1 file in ")
    assert told[1] == "panel.quarantine.jsonl: 1 rejected (1 NotAReportError)"


def test_long_gives_a_row_a_cell(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "in", "-o", "cells.csv", "--long", "--jobs", "1")
    assert Path("cells.csv").read_text(encoding="utf-8-sig").startswith("file,sha256,position,form,")
    assert ",proactive.licensing.decisions," in Path("cells.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["in", "-o", "panel.xlsx"], "panel.xlsx: a dataset is called NAME.parquet or NAME.csv or NAME.jsonl"),
        (["in", "-o", "gone/panel.csv"], "gone/panel.csv: there is no folder gone"),
        (["gone", "-o", "panel.csv"], "gone: there is no such file or folder"),
        (["-", "-o", "panel.csv"], "-: there is no such file or folder"),
        (["in", "-o", "panel.csv", "--jobs", "0"], "0 jobs cannot read anything"),
    ],
)
def test_misuse_says_why_and_ends_with_2(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], reason: str
) -> None:
    assert said(capsys, *arguments, status=2) == [f"gkparse: {reason}"]
    assert [path.name for path in Path().iterdir()] == ["in"]


def test_an_output_is_asked_for(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["dataset", "in"])
    assert ended.value.code == 2
    assert "-o" in capsys.readouterr().err


def test_an_output_that_cannot_be_written_ends_with_1(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("panel.csv.parts").write_text("in the way", encoding="utf-8")
    (told,) = said(capsys, "in", "-o", "panel.csv", "--jobs", "1", status=1)
    assert "panel.csv.parts" in told


def test_what_was_taken_over_is_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupt(now: Progress) -> None:
        if now.files == now.of:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(folder, "panel.csv", jobs=1, progress=interrupt)
    told = said(capsys, "in", "-o", "panel.csv", "--jobs", "1")
    assert told[-1] == "20 files taken over from the run before"


# ---------------------------------------------------------------- progress


def test_lines_come_every_five_seconds_with_rate_and_time_left() -> None:
    stream = io.StringIO()
    moments: Iterator[float] = iter([0.0, 1.0, 8.0, 8.0, 9.0, 3700.0, 3700.0])
    show = lines(stream, lambda: next(moments))
    show(Progress(1, 1000, 1, 0))
    show(Progress(180, 1000, 80, 2, taken_over=100))
    show(Progress(200, 1000, 90, 2, taken_over=100))
    show(Progress(1000, 1000, 900, 2, taken_over=100, written=450))
    assert stream.getvalue().splitlines() == [
        "180 of 1,000 files, 10 a second, 0:01:22 left; 80 reports, 2 rejected",
        "450 of 900 reports written",
    ]


def test_nothing_is_guessed_of_the_time_left_before_a_file_is_read() -> None:
    stream = io.StringIO()
    moments: Iterator[float] = iter([0.0, 6.0, 6.0])
    lines(stream, lambda: next(moments))(Progress(64, 1000, 60, 0, taken_over=64))
    assert stream.getvalue() == "64 of 1,000 files, 0 a second, unknown time left; 60 reports, 0 rejected\n"


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_in_a_terminal_a_bar_shows_files_rate_and_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    stream = Terminal()
    with shown(stream) as show:
        show(Progress(0, 1000, 0, 0))
        show(Progress(250, 1000, 240, 7))
        show(Progress(1000, 1000, 990, 10, written=330))
    text = stream.getvalue()
    assert "330/990" in text
    assert "1000/1000" in text or "250/1000" in text
    assert "rejected" in text
    assert "/s" in text


def test_elsewhere_nothing_is_drawn() -> None:
    stream = io.StringIO()
    with shown(stream) as show:
        show(Progress(0, 1000, 0, 0))
    assert stream.getvalue() == ""
