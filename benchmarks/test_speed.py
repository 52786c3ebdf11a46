"""How long the public calls take, one by one; `python -m pytest benchmarks`, or benchmarks/table.py for the docs.

Every text is invented: a report with all its cells in each rendering, the example of the docs, and the fixtures.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from floor import ratio, unmet
from memory import peak
from pytest_benchmark.fixture import BenchmarkFixture

import gkparse
from expectations import source_of
from growing import report_text

ROOT = Path(__file__).parents[1]
TEXTS = {
    **{name: report_text(name) for name in gkparse.RENDERINGS},
    **{f"{path.parent.name}/{path.name}": path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("examples/*.txt"))},
    **{f"reports/{path.name}": source_of(path) for path in sorted(ROOT.glob("tests/reports/*.txt"))},
}
REPORT = gkparse.parse(report_text())
STORED = gkparse.to_dict(REPORT)


@pytest.mark.parametrize("name", TEXTS)
def test_parse(benchmark: BenchmarkFixture, name: str) -> None:
    text = TEXTS[name]
    benchmark.extra_info.update(ratio=ratio(text), unmet=unmet(text), peak=peak(text), size=len(text.encode()))
    assert benchmark(gkparse.parse, text).form in ("2019", "2021")


@pytest.mark.parametrize("name", ["tabs", "lines", "html"])
def test_detect(benchmark: BenchmarkFixture, name: str) -> None:
    assert benchmark(gkparse.detect, TEXTS[name])


def test_detect_a_text_without_a_report(benchmark: BenchmarkFixture) -> None:
    assert benchmark(gkparse.detect, "今日天气晴。" * 1_000) is None


def test_read_a_web_page(benchmark: BenchmarkFixture) -> None:
    page = f"<html><body>{TEXTS['html']}</body></html>".encode()
    assert benchmark(gkparse.read, page) == REPORT


def test_to_dict(benchmark: BenchmarkFixture) -> None:
    assert benchmark(gkparse.to_dict, REPORT) == STORED


def test_from_dict(benchmark: BenchmarkFixture) -> None:
    assert benchmark(gkparse.from_dict, STORED) == REPORT


def test_check(benchmark: BenchmarkFixture) -> None:
    assert isinstance(benchmark(gkparse.check, REPORT), tuple)


@pytest.mark.parametrize("rendering", ["tabs", "html"])
def test_render(benchmark: BenchmarkFixture, rendering: str) -> None:
    assert benchmark(gkparse.render, REPORT, rendering) == TEXTS[rendering]


# ---------------------------------------------------------------- new processes

_PROCESSES = {
    "Python alone": "pass",
    "import attrs": "import attrs",
    "import gkparse": "import gkparse",
    "first parse": "import sys, gkparse; gkparse.parse(sys.stdin.buffer.read().decode())",
}


@pytest.mark.parametrize("name", _PROCESSES)
def test_new_process(benchmark: BenchmarkFixture, name: str) -> None:
    call = [sys.executable, "-c", _PROCESSES[name]]
    # As after an install all modules are compiled, by the rounds that warm up.
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}

    def run() -> None:
        subprocess.run(call, input=TEXTS["tabs"].encode(), check=True, env=environment)  # noqa: S603 - this Python

    benchmark.pedantic(run, rounds=20, warmup_rounds=2)  # type: ignore[no-untyped-call]
