"""Whole pages whose numbers are known, damaged several times over: each number is what was written, or named.

Of one page cells are erased, or lines are lost, or something is added, never two of these: with a number for one that is
gone, no reader could tell. Line ends and blanks between cells change on any page.
"""

from __future__ import annotations

import random
import re

import gkparse
from accounting import unaccounted
from building import distinct
from damages import Spans, read, where
from families import FAMILIES, Page
from gkparse.testing import _EVERY
from layouts import LAYOUTS, PATHS, Numbers, printed, write

__all__ = ["damaged", "hold_for_page"]

_LAYOUTS = sorted(set(LAYOUTS) - {"tabs-short"})
_NOISES = [each for each in _EVERY if "digits" not in each.name and "numbers" not in each.name]
# In these a cell has a line of its own: lines that are lost may leave a row that looks whole.
_LINED = ("lines", "cell-bars", "cell-lines", "values-first", "tika-broken", "tika-tall", "one-line", "pdf-lines")

_Change = tuple[int, int, str]
_CELL_END = re.compile(r"(?<=\S)[\t ]+(?=\S)")


def hold_for_page(seed: bytes) -> gkparse.Report | None:
    """A page that a seed makes: no number of it is wrong in silence."""
    name, text, written, changes = damaged(random.Random(seed))  # noqa: S311 - no secret
    report = read(text)
    if report is not None:
        wrong = unaccounted(report, written)
        assert wrong == [], f"{name} {changes} {wrong}"
    return report


def damaged(chance: random.Random) -> tuple[str, str, Numbers, list[str]]:
    """A layout, a page in it, the numbers that it still has, and what was done to it."""
    name = chance.choice((*_LAYOUTS, *FAMILIES))
    numbers = distinct(chance.randrange(1 << 30), chance.choice((0, 0.5, 0.9)))
    cells = printed(numbers)
    text = write(name, cells) if name in LAYOUTS else FAMILIES[name](Page(cells))
    spans = where(text, PATHS)
    kinds = chance.choice(("erased", "erased", "added", "none", *(("lines",) if name not in _LINED else ())))
    changes: list[_Change] = []
    gone: set[str] = set()
    if kinds == "erased":
        gone = set(_some(chance, list(spans)))
        changes += [(*spans[path], "") for path in gone]
    elif kinds == "added":
        changes += [_added(chance, text, spans) for _ in range(chance.randint(1, 3))]
    elif kinds == "lines":
        start = text.find("\n", chance.randrange(len(text))) + 1
        end = start
        for _ in range(chance.choice((1, 1, 1, 2, 4))):
            end = text.find("\n", end) + 1 or len(text)
        changes.append((start, end, ""))
        gone = {path for path, (at, _) in spans.items() if start <= at < end}
    moved = [_moved(chance, text) for _ in range(chance.choice((0, 0, 1, 1, 2)))]
    done = [kinds, *sorted(gone)]
    for start, end, put in sorted({*changes, *(each for each in moved if each)}, reverse=True):
        text = text[:start] + put + text[end:]
        done.append(f"{start}:{end}:{put!r}")
    if chance.random() < 0.2:
        noise = chance.choice(_NOISES)
        text = noise.apply(text)
        done.append(noise.name)
    return name, text, numbers.but(dict.fromkeys(gone)), done


def _some(chance: random.Random, paths: list[str]) -> list[str]:
    """A few cells of a page: any, or of one row."""
    if chance.random() < 0.5:
        return chance.sample(paths, chance.randint(1, 4))
    row = chance.choice(paths).rpartition(".")[0]
    own = [path for path in paths if path.startswith(row + ".")]
    return chance.sample(own, chance.randint(1, len(own)))


def _added(chance: random.Random, text: str, spans: Spans) -> _Change:
    """A number that stands on a line of its own, or a line printed once more."""
    start = text.rfind("\n", 0, chance.choice(list(spans.values()))[0]) + 1
    if chance.random() < 0.5:
        return start, start, f"{chance.choice((0, 3, 77, 10_500))}\n"
    end = text.find("\n", start) + 1 or len(text)
    return start, start, text[start:end]


def _moved(chance: random.Random, text: str) -> _Change | None:
    """A line end or a blank between cells that is put, or that another takes the place of."""
    found = list(_CELL_END.finditer(text))
    if found and chance.random() < 0.5:
        one = chance.choice(found)
        return one.start(), one.end(), chance.choice(("\n", "\t", "  ", " \t", "\n\n"))
    ends = [match.start() for match in re.finditer(r"(?<=[^\n])\n(?=[^\n])", text)]
    if not ends:
        return None
    at = chance.choice(ends)
    return at, at + 1, chance.choice(("\n\n", " \n", "\r\n", "\n "))

