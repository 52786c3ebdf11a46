"""The floor of a text: the least that a reader in Python must do with it, timed beside `gkparse.parse`.

Each line is cut into cells, each cell stripped and looked up, and what is digits made an int, once.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Collection

import gkparse
from gkparse import pieces, rows
from gkparse.tables import MEMORY

_ROUNDS = 40
# The floor is so short that its clock is read once for several.
_TOGETHER = 5


def floor(text: str, known: Collection[str]) -> list[int]:
    """The numbers of a text whose cells are parted by tabs and line ends."""
    numbers = []
    for line in text.split("\n"):
        for part in line.split("\t"):
            cell = part.strip()
            if cell.isdigit():
                numbers.append(int(cell))
            else:
                cell in known  # noqa: B015 - what it costs is what is sought
    return numbers


def ratio(text: str) -> float:
    """How many times the floor a parse takes: the ratio of the medians, both timed in turns."""
    known = {cell.strip() for line in text.split("\n") for cell in line.split("\t")}
    least, ours = [], []
    for _ in range(_ROUNDS):
        least.append(_seconds(lambda: [floor(text, known) for _ in range(_TOGETHER)]) / _TOGETHER)
        ours.append(_seconds(lambda: gkparse.parse(text)))
    return statistics.median(ours) / statistics.median(least)


def unmet(text: str) -> float:
    """How many seconds a parse takes if neither a line nor a table of the text was met before: the median."""
    found = []
    for _ in range(_ROUNDS):
        for memory in (rows._known_lines, rows._known_cells, rows._known_texts, pieces._cut_short):
            memory.cache_clear()
        MEMORY.readings.clear()
        MEMORY.met.clear()
        found.append(_seconds(lambda: gkparse.parse(text)))
    return statistics.median(found)


def _seconds(function: Callable[[], object]) -> float:
    started = time.perf_counter()
    function()
    return time.perf_counter() - started
