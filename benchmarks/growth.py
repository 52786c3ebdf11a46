"""How time and memory grow with a text: each of those of tests/growing.py, doubled again and again.

    python benchmarks/growth.py [CHARACTERS [CALL [WORDS OF THE NAME]]]

Each text is made of 25,000 characters, then of twice as many, up to CHARACTERS (default 400,000; 25,600,000 are
some 64 MB), and read by CALL (`parse`, `parse_all`, `detect`; default `parse`). A line has the microseconds of
the processor a character at each size, the exponent of the last two doublings (1 is linear, 2 quadratic),
and the same of memory at its peak (`resource`, so each text has a process of its own). A text that takes longer than
a minute at one size is given up there. Exponents above 1.3 are marked.
"""

from __future__ import annotations

import json
import math
import resource
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import gkparse
from growing import texts

_LEAST = 25_000
_LONGEST = 60.0
_MARKED = 1.3


def measured(name: str, most: int, call: str) -> list[tuple[int, float, int]]:
    """The characters of each size, with the seconds of the processor and the bytes that were resident at most."""
    make, function = dict(texts())[name], getattr(gkparse, call)
    found: list[tuple[int, float, int]] = []
    size = _LEAST
    while size <= most and (not found or found[-1][1] < _LONGEST):
        text = make(size)
        started = time.process_time()
        with suppress(gkparse.NotAReportError):
            function(text)
        taken = time.process_time() - started
        found.append((len(text), taken, 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))
        size *= 2
    return found


def exponent(sizes: list[int], costs: list[float]) -> float:
    """The power of its size with which a text's cost grows, over the last two doublings."""
    if len(sizes) < 3 or min(costs) <= 0 or sizes[-1] == sizes[-3]:
        return math.nan
    return math.log(costs[-1] / costs[-3]) / math.log(sizes[-1] / sizes[-3])


def main(most: str = "400000", call: str = "parse", *words: str) -> None:
    """Print a line for each text."""
    for name, _ in texts():
        if not all(word in name for word in words):
            continue
        own = [sys.executable, __file__, "--measure", name, most, call]
        done = subprocess.run(own, stdout=subprocess.PIPE, check=False)  # noqa: S603 - this script
        if done.returncode:
            print(f"{name:60} ended with {done.returncode}", flush=True)
            continue
        found = json.loads(done.stdout)
        sizes = [size for size, _, _ in found]
        time_power = exponent(sizes, [seconds for _, seconds, _ in found])
        memory_power = exponent(sizes, [float(resident) for _, _, resident in found])
        each = " ".join(f"{1e6 * seconds / size:6.2f}" for size, seconds, _ in found)
        mark = " <<<" if max(time_power, memory_power) > _MARKED else ""
        print(
            f"{name:60} {each} us a character, time ^{time_power:.2f}, memory ^{memory_power:.2f}, "
            f"{found[-1][2] / 2**20:.0f} MB{mark}",
            flush=True,
        )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        print(json.dumps(measured(sys.argv[2], int(sys.argv[3]), sys.argv[4])))
    else:
        main(*sys.argv[1:])
