"""Many threads or processes at once read what one alone reads, also when none of them has read anything before."""

from __future__ import annotations

import json
import multiprocessing
import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import gkparse
from building import built, distinct
from expectations import REPORTS, pairs, source_of
from layouts import LAYOUTS, printed, write

THREADS = 16
# In every layout, both scripts and each form, so that each has caches of its own to fill.
TEXTS = [
    *(write(layout, printed(distinct(seed))) for seed, layout in enumerate(sorted(LAYOUTS), 1)),
    *(gkparse.render(built(distinct(9)), rendering) for rendering in ("html", "box", "stream", "pdf")),
    *(source_of(text) for text, _ in pairs(REPORTS) if text.stem.startswith(("form", "lines", "one"))),
    source_of(REPORTS / "found" / "indicators-traditional.txt"),
]

TRADITIONAL = source_of(REPORTS / "lines-traditional.txt")

# A fresh interpreter: the texts come as JSON, and all threads begin at once.
_FRESH = """
import json, sys, threading
from concurrent.futures import ThreadPoolExecutor
texts, count = json.load(sys.stdin)
sys.setswitchinterval(1e-3)
import gkparse
together = threading.Barrier(count)
def read(text):
    together.wait()
    report = gkparse.parse(text)
    return [gkparse.to_dict(report), gkparse.detect(text).rendering, len(gkparse.check(report))]
with ThreadPoolExecutor(count) as pool:
    json.dump(list(pool.map(read, texts)), sys.stdout)
"""


def told(text: str) -> list[Any]:
    """What is read of a text, as it can be sent between processes."""
    detection = gkparse.detect(text)
    assert detection is not None
    report = gkparse.parse(text)
    return [gkparse.to_dict(report), detection.rendering, len(gkparse.check(report))]


def together(texts: list[str]) -> list[list[Any]]:
    """What as many threads as there are texts read of them in a new process, none before the others."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", _FRESH],
        input=json.dumps([texts, len(texts)]),
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONPATH": str(Path(gkparse.__file__).parents[1])},
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    found: list[list[Any]] = json.loads(done.stdout)
    return found


ALONE = [told(text) for text in TEXTS]


def test_sixteen_threads_with_cold_caches_read_different_texts_as_one_alone() -> None:
    texts = (TEXTS * 2)[:THREADS]
    assert len(set(texts)) == min(len(TEXTS), THREADS)
    assert together(texts) == (ALONE * 2)[:THREADS]


def test_sixteen_threads_with_cold_caches_read_one_text_as_one_alone() -> None:
    assert together([TRADITIONAL] * THREADS) == [told(TRADITIONAL)] * THREADS


def test_sixteen_threads_that_go_on_reading_disturb_nobody() -> None:
    with ThreadPoolExecutor(THREADS) as pool:
        assert list(pool.map(told, TEXTS * 4)) == ALONE * 4


def test_threads_read_render_and_store_at_once() -> None:
    report = built(distinct())

    def there_and_back(rendering: str) -> gkparse.Report:
        return gkparse.from_json(gkparse.to_json(gkparse.parse(gkparse.render(report, rendering))))

    with ThreadPoolExecutor(THREADS) as pool:
        found = list(pool.map(there_and_back, gkparse.RENDERINGS * 2))
    assert [each.requests for each in found] == [report.requests] * len(found)


def test_one_report_is_read_by_many_threads_at_once() -> None:
    report = gkparse.parse(TEXTS[0])
    with ThreadPoolExecutor(THREADS) as pool:
        found = list(pool.map(lambda _: (gkparse.check(report), dict(report.cells()), hash(report)), range(THREADS * 2)))
    assert all(each == found[0] for each in found)


@pytest.mark.parametrize("method", [name for name in ("fork", "spawn", "forkserver")
                                    if name in multiprocessing.get_all_start_methods()])
def test_workers_read_as_one_alone(method: str) -> None:
    context = multiprocessing.get_context(method)
    with ProcessPoolExecutor(2, mp_context=context) as pool:
        assert list(pool.map(gkparse.parse, TEXTS)) == list(map(gkparse.parse, TEXTS))
        stored = pool.map(gkparse.to_dict, pool.map(gkparse.parse, TEXTS))
        assert list(stored) == [stored for stored, _, _ in ALONE]


def test_what_workers_raise_comes_back_as_it_was() -> None:
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        with pytest.raises(gkparse.NotAReportError, match="no annual report in this text"):
            pool.submit(gkparse.parse, "今日天气晴").result()
        with pytest.raises(gkparse.ParseError) as caught:
            pool.submit(gkparse.parse, source_of(REPORTS / "found" / "amount-beside-zero.txt"), strict=True).result()
    assert {found.code for found in caught.value.diagnostics} >= {"GK202"}


def test_a_process_that_forks_with_warm_caches_goes_on() -> None:
    assert [told(text) for text in TEXTS] == ALONE
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("fork")) as pool:
        assert list(pool.map(told, TEXTS)) == ALONE
    assert [told(text) for text in TEXTS] == ALONE
