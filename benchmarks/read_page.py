"""How long `gkparse.read` takes for a web page, beside `pandas.read_html` on the same bytes.

    python benchmarks/read_page.py PAGE.html

Both are timed alternately in one run, in milliseconds; pandas gives tables of text, gkparse the whole
report. Needs `gkparse[html]`, pandas and lxml.
"""

from __future__ import annotations

import io
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd

import gkparse

ROUNDS = 60


def timed(function: Callable[[], object]) -> float:
    """Milliseconds of one call."""
    started = time.perf_counter()
    function()
    return 1000 * (time.perf_counter() - started)


def main(page: str) -> None:
    """Print the least and the median of each."""
    data = Path(page).read_bytes()
    ways: dict[str, Callable[[], object]] = {
        "gkparse.read": lambda: gkparse.read(data),
        "pandas.read_html": lambda: pd.read_html(io.BytesIO(data), flavor="lxml", encoding="utf-8"),
    }
    for function in ways.values():
        function()
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, function in ways.items():
            taken[name].append(timed(function))
    for name, times in taken.items():
        print(f"{name:18} least {min(times):6.2f} ms, median {statistics.median(times):6.2f} ms")


if __name__ == "__main__":
    main(*sys.argv[1:])
