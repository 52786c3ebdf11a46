"""Changes to texts, stored reports and packed files that keep them nearly what they were.

Bytes that are changed at random are hardly ever a table. These take, drop, double, swap and cut what a report is
made of: lines, cells, numbers, words, separators.
"""

from __future__ import annotations

import io
import json
import random
import re
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

from words import CELLS, LABELS, MARKUP, NUMBERS, ODD, SEPARATORS

__all__ = ["crossed", "crossed_bytes", "mutated_file", "mutated_stored", "mutated_text"]

_CELL_ENDS = re.compile(r"[\t|│,]| {2,}|\n")
_NUMBER = re.compile(r"\d+")
_MOST_EDITS = 4
_LONGEST_WORD = 12

_Edit = Callable[[random.Random, str], str]


def mutated_text(text: str, chance: random.Random) -> str:
    """A text after a few changes."""
    for _ in range(chance.randint(1, _MOST_EDITS)):
        text = chance.choice(_EDITS)(chance, text)
    return text


def crossed(one: str, two: str, chance: random.Random) -> str:
    """The first lines of a text and the last of another, or lines of the second within the first."""
    first, second = one.split("\n"), two.split("\n")
    at, start = chance.randint(0, len(first)), chance.randint(0, len(second))
    if chance.random() < 0.5:
        return "\n".join(first[:at] + second[start:])
    return "\n".join(first[:at] + second[start : start + chance.randint(1, 6)] + first[at:])


def crossed_bytes(one: bytes, two: bytes, chance: random.Random) -> bytes:
    """The beginning of some bytes and the end of others."""
    return one[: chance.randint(0, len(one))] + two[chance.randint(0, len(two)) :]


# ---------------------------------------------------------------- lines


def _lines(chance: random.Random, text: str) -> str:
    """A line, or a few, dropped, doubled, moved or swapped with another."""
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    end = at + chance.choice((1, 1, 1, 2, 5))
    other = chance.randrange(len(lines))
    kind = chance.randrange(5)
    if kind == 0:
        del lines[at:end]
    elif kind == 1:
        lines[end:end] = lines[at:end]
    elif kind == 2:
        lines[at], lines[other] = lines[other], lines[at]
    elif kind == 3:
        moved = lines[at:end]
        del lines[at:end]
        lines[other:other] = moved
    else:
        lines[at:at] = [""] * chance.randint(1, 3)
    return "\n".join(lines)


def _joined(chance: random.Random, text: str) -> str:
    """Two lines run together, or one cut in two."""
    ends = [found.start() for found in re.finditer("\n", text)]
    if ends and chance.random() < 0.5:
        at = chance.choice(ends)
        return text[:at] + chance.choice(("", " ", "\t")) + text[at + 1 :]
    at = chance.randint(0, len(text))
    return f"{text[:at]}\n{text[at:]}"


def _one_line(chance: random.Random, text: str) -> str:
    """A line made of a label and numbers."""
    apart = chance.choice(SEPARATORS[:8])
    numbers = [chance.choice(NUMBERS[:6]) for _ in range(chance.randint(0, 8))]
    lines = text.split("\n")
    lines.insert(chance.randint(0, len(lines)), apart.join((chance.choice(LABELS), *numbers)))
    return "\n".join(lines)


# ---------------------------------------------------------------- cells


def _cells(chance: random.Random, text: str) -> str:
    """A cell dropped with or without its separator, doubled, swapped with the next, or another."""
    ends = list(_CELL_ENDS.finditer(text))
    if len(ends) < 3:
        return _words(chance, text)
    at = chance.randrange(len(ends) - 2)
    one, two, three = ends[at : at + 3]
    first, second = text[one.end() : two.start()], text[two.end() : three.start()]
    made = chance.choice((
        "", f"{two[0]}{second}", f"{first}{two[0]}{first}{two[0]}{second}", f"{second}{two[0]}{first}",
        f"{first}{second}", f"{chance.choice(CELLS)}{two[0]}{second}", f"{chance.choice(NUMBERS)}{two[0]}{second}",
        f"{first}{two[0]}{two[0]}{second}", f"{two[0]}{second}",
    ))  # fmt: skip
    return text[: one.end()] + made + text[three.start() :]


def _separators(chance: random.Random, text: str) -> str:
    """One separator for another: all of them, those of a line, or one."""
    one, two = chance.choice(("\t", "|", "\n", " ", ",", "，")), chance.choice(SEPARATORS)
    kind = chance.randrange(3)
    if kind == 0:
        return text.replace(one, two)
    found = [match.start() for match in re.finditer(re.escape(one), text)]
    if not found:
        return text
    at = chance.choice(found)
    if kind == 1:
        return text[:at] + two + text[at + len(one) :]
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    return text[:start] + text[start:end].replace(one, two) + text[end:]


# ---------------------------------------------------------------- numbers and words


def _numbers(chance: random.Random, text: str) -> str:
    """A number made another: a digit changed, added or dropped, or all of it."""
    found = list(_NUMBER.finditer(text))
    if not found:
        return _words(chance, text)
    number = chance.choice(found)
    at = chance.randint(number.start(), number.end())
    kind = chance.randrange(5)
    if kind == 0:
        return text[: number.start()] + chance.choice(NUMBERS) + text[number.end() :]
    if kind == 1:
        return text[: number.start()] + chance.choice(CELLS) + text[number.end() :]
    if kind == 2:
        return text[:at] + str(chance.randrange(10)) + text[at:]
    if kind == 3:
        return text[:at] + chance.choice((".", ",", " ", "\n", "．", "-", "O", "")) + text[at:]
    return text[: number.start()] + str(chance.randrange(1000)) + text[number.end() :]


def _words(chance: random.Random, text: str) -> str:
    """A word of the form, a number, a mark, markup or an odd character put somewhere."""
    at = chance.randint(0, len(text))
    word = chance.choice(chance.choice((LABELS, NUMBERS, CELLS, SEPARATORS, MARKUP, ODD)))
    if chance.random() < 0.3:
        word += chance.choice(SEPARATORS)
    return text[:at] + word + text[at + chance.choice((0, 0, 0, 1, len(word))) :]


def _erased(chance: random.Random, text: str) -> str:
    """A few characters erased, or the beginning or the end of all."""
    at = chance.randint(0, len(text))
    if chance.random() < 0.2:
        return text[:at] if chance.random() < 0.5 else text[at:]
    return text[:at] + text[at + chance.randint(1, _LONGEST_WORD) :]


def _spread(chance: random.Random, text: str) -> str:
    """A stretch put somewhere else once more."""
    start = chance.randint(0, len(text))
    at = chance.randint(0, len(text))
    return text[:at] + text[start : start + chance.choice((3, 10, 40, 200))] + text[at:]


_EDITS: Sequence[_Edit] = (_lines, _lines, _joined, _one_line, _cells, _cells, _separators, _numbers, _numbers, _words, _erased, _spread)


# ---------------------------------------------------------------- stored reports

_LEAVES: Sequence[Any] = (
    None, 0, -1, 1, 7, 10**15, 10**30, True, 1.5, float("inf"), "", "0", "-0", "1E+5", "1E+999999", "NaN", "Infinity", "12.50", " 3 ",
    "１２", "2023-01-01", "20230101", "2023-W01-1", [], {}, [1], "printed", "blank", "inferred", "missing", "GK303", "error", "2014", "2019",
    "2021", "\ud800", "\x00",
)  # fmt: skip


def mutated_stored(data: Any, chance: random.Random) -> Any:
    """A stored report after a few changes to what it holds."""
    for _ in range(chance.randint(1, _MOST_EDITS)):
        nodes = list(_nodes(data))
        if not nodes:
            return chance.choice(_LEAVES)
        holder, key = chance.choice(nodes)
        kind = chance.randrange(6)
        if kind == 0:
            del holder[key]
        elif kind == 1:
            _, other = chance.choice(nodes)
            if isinstance(holder, dict):
                holder[str(other)] = holder[key]
        elif kind == 2:
            other_holder, other = chance.choice(nodes)
            if other in other_holder if isinstance(other_holder, dict) else other < len(other_holder):
                holder[key] = json.loads(json.dumps(other_holder[other]))
        else:
            holder[key] = chance.choice(_LEAVES)
        data = json.loads(json.dumps(data))
    return data


def _nodes(data: Any) -> list[tuple[Any, Any]]:
    """Every place of a tree, as what holds it and its key there."""
    found: list[tuple[Any, Any]] = []
    keys = data if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ()
    for key in keys:
        found.append((data, key))
        found += _nodes(data[key])
    return found


# ---------------------------------------------------------------- files


def mutated_file(data: bytes, chance: random.Random, mutate: Callable[[bytes], bytes]) -> bytes:
    """A file changed as bytes, or one of the parts of a packed one as a text."""
    if data[:2] != b"PK" or chance.random() < 0.1:
        return mutated_bytes(data, chance, mutate)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = {name: packed.read(name) for name in packed.namelist()}
    except Exception:  # a packed file that is broken by now
        return mutate(data)
    told = [name for name in parts if name.endswith(".xml")]
    if not told:
        return mutate(data)
    large = [name for name in told if len(parts[name]) > 1500]
    name = chance.choice(large or told)
    parts[name] = mutated_bytes(parts[name], chance, mutate)
    if chance.random() < 0.05:
        del parts[chance.choice(list(parts))]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for part, content in parts.items():
            packed.writestr(zipfile.ZipInfo(part), content)
    return out.getvalue()


def mutated_bytes(data: bytes, chance: random.Random, mutate: Callable[[bytes], bytes]) -> bytes:
    """Bytes after a change: of elements where there are any, of text, or of bytes."""
    kind = chance.random()
    if kind < 0.3:
        return mutate(data)
    text = data.decode("utf-8", "surrogateescape")
    changed = _elements(chance, text) if kind < 0.7 and "<" in text else mutated_text(text, chance)
    return changed.encode("utf-8", "surrogatepass" if kind > 0.95 else "replace")


_TAG = re.compile(r"<[^<>]*>")


def _elements(chance: random.Random, text: str) -> str:
    """A tag dropped, doubled, moved, or with another number; or a stretch between two tags."""
    tags = list(_TAG.finditer(text))
    if len(tags) < 2:
        return _words(chance, text)
    one, two = sorted(chance.choices(tags, k=2), key=re.Match.start)
    kind = chance.randrange(5)
    if kind == 0:
        return text[: one.start()] + text[one.end() :]
    if kind == 1:
        return text[: one.start()] + two[0] + text[one.start() :]
    if kind == 2:
        near = tags[min(tags.index(one) + chance.randint(1, 12), len(tags) - 1)]
        return text[: near.end()] + text[one.start() : near.end()] + text[near.end() :]
    if kind == 3:
        near = tags[min(tags.index(one) + chance.randint(1, 12), len(tags) - 1)]
        return text[: one.start()] + text[near.end() :]
    numbers = list(_NUMBER.finditer(one[0]))
    if not numbers:
        return text[: one.start()] + text[two.start() : two.end()] + text[one.end() :]
    number = chance.choice(numbers)
    made = one[0][: number.start()] + chance.choice(("0", "1", "2", "7", "-1", "1000000", "99999999999")) + one[0][number.end() :]
    return text[: one.start()] + made + text[one.end() :]
