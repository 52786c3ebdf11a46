"""Workers: whatever ends them, or the command, no row is lost and none is there twice."""

from __future__ import annotations

import json
import os
import re
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from crawls import command, harm, report_of, write_crawl
from gkparse.dataset import build
from gkparse.dataset.index import Batch
from gkparse.dataset.shards import Options
from gkparse.dataset.workers import _Worker
from gkparse.limits import Limits

# A call of `build` that ends itself when so many shards are there, or reports have been written.
KILLED = """\
import os, signal, sys
from pathlib import Path
from gkparse.dataset import build

def progress(now):
    if now.written is None:
        reached = moment[0] == "shards" and len(list(Path("panel.csv.parts").glob("*.jsonl"))) >= int(moment[1])
    else:
        reached = moment[0] == "written" and now.written >= int(moment[1])
    if reached:
        os.kill(os.getpid(), signal.SIGKILL)

if __name__ == "__main__":
    moment = sys.argv[1:]
    build("in", "panel.csv", jobs=2, progress=progress)
"""
TABLES = ("panel.csv", "panel.quarantine.csv")
# Coverage has code and a lock of its own wherever Python goes on: a signal that ends a worker there
# is told of by Python, or the worker stays.
UNMEASURED = {"COVERAGE_PROCESS_CONFIG": ""}
DATASET = ("-m", "gkparse", "dataset", "in", "-o", "panel.csv")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """The tables that are made of the crawl."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("whole"))
        build(write_crawl(Path("in")), "panel.csv", jobs=1)
        return tables()


@pytest.fixture
def crawl(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: list[bytes]) -> list[bytes]:
    """The crawl is where the test runs; what is to be made of it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "site").mkdir()
    harm(tmp_path / "site")
    write_crawl(Path("in"))
    return whole


def tables() -> list[bytes]:
    return [Path(name).read_bytes() for name in TABLES]


def quarantine() -> dict[str, tuple[str, str]]:
    lines = Path("panel.quarantine.jsonl").read_text(encoding="utf-8").splitlines()
    rows = map(json.loads, lines)
    return {Path(row["file"]).name: (row["reason"], row["message"]) for row in rows}


def test_two_processes_make_what_one_makes(crawl: list[bytes]) -> None:
    done = command(*DATASET, "--jobs", 2, path=Path("site"))
    assert (done.returncode, done.stdout) == (0, "")
    assert tables() == crawl


# ---------------------------------------------------------------- the command is killed


@pytest.mark.parametrize(
    "moment", [("shards", 0), ("shards", 1), ("shards", 3), ("written", 1), ("written", 92)]
)
def test_after_a_kill_the_same_call_ends_with_the_same(
    crawl: list[bytes], moment: tuple[str, int]
) -> None:
    done = command("-c", KILLED, *moment, path=Path("site"), **UNMEASURED)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert not Path("panel.csv").exists()
    shards = len(list(Path("panel.csv.parts").glob("*.jsonl")))
    assert shards >= moment[1] if moment[0] == "shards" else shards == 4
    again = command("-c", KILLED, "never", 0, path=Path("site"))
    assert again.returncode == 0, again.stderr
    assert tables() == crawl
    assert not Path("panel.csv.parts").exists()


@pytest.mark.parametrize("kind", ["parent:1", "parent:64", "wait:50"])
def test_workers_end_with_the_command_and_the_same_command_goes_on(
    crawl: list[bytes], kind: str
) -> None:
    # It is back only when all are gone that hold its standard error: also one that would wait for ever.
    done = command(*DATASET, "--jobs", 2, path=Path("site"), HARM=kind, **UNMEASURED)
    assert (done.returncode, done.stdout) == (-signal.SIGKILL, "")
    assert "Traceback" not in done.stderr
    shards = len(list(Path("panel.csv.parts").glob("*.jsonl")))
    again = command(*DATASET, "--jobs", 2, path=Path("site"))
    assert again.returncode == 0
    assert tables() == crawl
    assert ("taken over" in again.stderr) == (shards > 0)


def test_what_a_worker_has_started_ends_with_the_command(crawl: list[bytes], tmp_path: Path) -> None:
    # A program in LibreOffice's place: it holds a pipe, kills the command, and does not end by itself.
    os.mkfifo("pipe")
    program = tmp_path / "site" / "soffice"
    program.write_text(
        f"#!/bin/sh\nexec 3>{tmp_path / 'pipe'}\n"
        "kill -9 $(cut -d' ' -f4 /proc/$PPID/stat)\nexec tail -f /dev/null\n"
    )
    program.chmod(0o755)
    Path("in/a.doc").write_text('<?mso-application progid="Word.Document"?>')
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    with ThreadPoolExecutor(1) as pool:
        ended = pool.submit(Path("pipe").read_bytes)  # which is so when nobody holds it any more
        done = command(*DATASET, "--jobs", 2, path=Path("site"), PATH=path)
        assert done.returncode == -signal.SIGKILL
        assert ended.result(timeout=60) == b""


def test_one_process_that_is_killed_goes_on_too(crawl: list[bytes]) -> None:
    done = command(*DATASET, "--jobs", 1, path=Path("site"), HARM="self:70")
    assert done.returncode == -signal.SIGKILL
    again = command(*DATASET, "--jobs", 1, path=Path("site"))
    assert tables() == crawl
    assert "64 files taken over" in again.stderr


@pytest.fixture
def heard() -> Iterator[None]:
    """Ctrl-C is heard by programs that are started, as it is not where a shell runs all this behind itself."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heard")
def test_ctrl_c_ends_the_workers_keeps_what_was_read_and_says_what_to_do(crawl: list[bytes]) -> None:
    done = command(*DATASET, "--jobs", 2, path=Path("site"), HARM="interrupt:70")
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr.endswith("gkparse: interrupted: the same command goes on from here\n")
    assert "Traceback" not in done.stderr
    again = command(*DATASET, "--jobs", 2, path=Path("site"))
    assert tables() == crawl
    assert re.search(r"^\d+ files taken over", again.stderr, re.MULTILINE)


# ---------------------------------------------------------------- a worker ends


@pytest.mark.parametrize(
    ("kind", "reason", "message"),
    [
        ("self", "WorkerDied", "ended by signal 9 (Killed)"),
        ("exit", "WorkerDied", "ended with status 7"),
        ("raise", "RuntimeError", "a rule that fails"),
    ],
)
def test_a_file_that_does_harm_is_rejected_and_all_others_are_read(
    crawl: list[bytes], kind: str, reason: str, message: str
) -> None:
    done = command(
        *DATASET[:-1], "panel.jsonl", "--jobs", 2, path=Path("site"), HARM=f"{kind}:7"
    )
    assert done.returncode == 0, done.stderr
    found = {name: told for name, told in quarantine().items() if told[0] != "NotAReportError"}
    assert list(found) == ["007.txt", "097.txt"]
    for told in found.values():
        assert told[0] == reason
        assert message in told[1]
    lines = Path("panel.jsonl").read_text(encoding="utf-8").splitlines()
    read = [Path(json.loads(line)["file"]).name for line in lines]
    assert sorted([*read, *quarantine()]) == [f"{at:03}.txt" for at in range(100)]
    assert f"2 {reason}" in done.stderr


def test_a_process_that_ends_without_reading_ends_the_command(crawl: list[bytes]) -> None:
    done = command(*DATASET, "--jobs", 2, path=Path("site"), HARM="again:7")
    assert done.returncode == 1
    assert "a process that read nothing was ended by signal 9 (Killed)" in done.stderr
    assert not Path("panel.csv").exists()


def test_a_worker_that_nobody_listens_to_ends_by_itself(crawl: list[bytes], tmp_path: Path) -> None:
    worker = _Worker.start(tmp_path, Options(long=False, limits=Limits()))
    assert worker.pipe.recv() is None  # it has started
    worker.give(Batch("1", tuple(map(str, Path("in").glob("0/*.txt")))))
    worker.pipe.close()
    worker.process.join(60)
    assert worker.process.exitcode == 0
    assert not list(tmp_path.glob("*.jsonl"))


def test_a_script_that_does_not_guard_its_call_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("a.txt", "b.txt"):
        (tmp_path / "in" / name).write_text(report_of(318), encoding="utf-8")
    script = tmp_path / "script.py"
    script.write_text(
        "from pathlib import Path\nfrom gkparse.dataset import build\n"
        "home = Path(__file__).parent\nbuild(home / 'in', home / 'panel.csv', jobs=2)\n"
    )
    done = command(script, path=tmp_path)
    assert done.returncode == 1
    assert 'under `if __name__ == "__main__":`, or with jobs=1' in done.stderr
