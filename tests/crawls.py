"""Small crawls of invented reports, and a rule that does harm where a report asks for it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import gkparse

__all__ = ["command", "harm", "report_of", "write_crawl"]

# What the rule does for the number of licences that the variable names: KIND:NUMBER.
_HARM = """\
import os, signal
from gkparse.codes import Code
from gkparse.registry import rule

if os.environ.get("HARM", "").startswith("again:"):
    # Such a process is killed also where it is only told to reject the file.
    from gkparse.dataset import shards

    shards.WorkerDied = lambda *_: os.kill(os.getpid(), signal.SIGKILL)

@rule(Code("ZZ910", "harm", "有害", "info", "harm", "有害"))
def harm(report):
    kind, _, number = os.environ.get("HARM", "").partition(":")
    if kind and str(report.value("proactive.licensing.decisions")) == number:
        if kind == "raise":
            raise RuntimeError("a rule that fails")
        if kind == "exit":
            os._exit(7)
        if kind == "wait":
            os.kill(os.getppid(), signal.SIGKILL)
            signal.pause()
        if kind == "interrupt":
            os.kill(os.getppid(), signal.SIGINT)
            signal.pause()
        os.kill(os.getppid() if kind == "parent" else os.getpid(), signal.SIGKILL)
    yield from ()
"""


def report_of(number: int, agency: str = "青禾县林业局", year: int = 2023) -> str:
    """The text of a report of few words, told from others by a number of licences."""
    title = f"{agency}{year}年政府信息公开工作年度报告"
    return f"{title}\n第二十条第（五）项\n信息内容\t本年处理决定数量\n行政许可\t{number}\n"


def write_crawl(folder: Path, files: int = 100) -> Path:
    """Reports in folders, some of them the same, some of one body and year, and files that are none."""
    for at in range(files):
        path = folder / f"{at // 40}" / f"{at:03}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = report_of(at % 90, f"青禾{'甲乙丙丁戊己庚辛壬癸'[at % 10]}县林业局", 2020 + at % 3)
        path.write_text(text if at % 13 else "今日天气晴，气温二十度。", encoding="utf-8")
    return folder


def harm(folder: Path) -> Path:
    """An installed package with the rule, in a folder that is to be put on the path."""
    (folder / "harm.py").write_text(_HARM, encoding="utf-8")
    told = folder / "harm-1.0.dist-info"
    told.mkdir()
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: harm\nVersion: 1.0\n")
    (told / "entry_points.txt").write_text("[gkparse.rules]\nharm = harm\n")
    return folder


def command(*arguments: object, path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python with the package that is tested; gives back when all have ended that it started.

    They hold its standard error, too.
    """
    home = str(Path(gkparse.__file__).resolve().parents[1])
    return subprocess.run(
        [sys.executable, *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONPATH": os.pathsep.join((home, str(path)))} | environment,
        timeout=60,
        check=False,
    )
