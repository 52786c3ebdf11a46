"""How much memory one parse takes at most, for each byte of its text.

    python benchmarks/memory.py FILE...

In a process of its own that has read the text once already: what is made on first use, the tables of the form and of
the grammar, is no cost of a parse. Python's own count (tracemalloc), with everything that the report keeps.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_MEASURE = """
import gc, sys, tracemalloc
import gkparse
text = sys.stdin.buffer.read().decode()
def read():
    try:
        gkparse.parse(text)
    except gkparse.NotAReportError:
        pass
read()
gc.collect()
tracemalloc.start()
before, _ = tracemalloc.get_traced_memory()
read()
print(tracemalloc.get_traced_memory()[1] - before)
"""


def peak(text: str) -> float:
    """The most bytes that a parse holds, for each byte of the text in UTF-8."""
    data = text.encode()
    call = [sys.executable, "-c", _MEASURE]
    done = subprocess.run(call, input=data, stdout=subprocess.PIPE, check=True)  # noqa: S603 - this Python
    return int(done.stdout) / len(data)


def main(*files: str) -> None:
    """Print a line for each text."""
    for name in files:
        print(f"{peak(Path(name).read_bytes().decode()):6.1f} {name}")


if __name__ == "__main__":
    main(*sys.argv[1:])
