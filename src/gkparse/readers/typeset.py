"""Typeset text: characters with their places, put together to lines as they are read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import attrs

from gkparse.readers.pdfium import UNREADABLE, Char

__all__ = ["Line", "lines", "text_of"]

# Of the size of the font: what stands higher or lower is another line, what is nearer the same
# character drawn twice, what is further apart has a blank between.
_LINE = 0.45
_TWICE = 0.12
_BLANK = 0.25
_BLANK_OF_WIDE = 0.5
_FIRST_WIDE = "\u2e80"


@attrs.frozen
class Line:
    """A line of characters, from left to right; no two of them at one place."""

    chars: tuple[Char, ...]

    @property
    def left(self) -> float:
        return self.chars[0].left

    @property
    def right(self) -> float:
        return max(char.right for char in self.chars)

    @property
    def base(self) -> float:
        return self.chars[0].base

    @property
    def size(self) -> float:
        return max(char.size for char in self.chars)

    @property
    def widest(self) -> float:
        """The widest gap between two of its characters, in sizes of the font."""
        return max((_gap(a, b) for a, b in pairwise(self.chars)), default=0.0)

    @property
    def text(self) -> str:
        """What the line says; a blank that is wider than a character is as many blanks."""
        parts = [self.chars[0].text]
        for before, char in pairwise(self.chars):
            gap = _gap(before, char)
            both_wide = min(before.text, char.text) >= _FIRST_WIDE
            if gap > (_BLANK_OF_WIDE if both_wide else _BLANK):
                parts.append(" " * max(1, int(2 * gap)))
            parts.append(char.text)
        return _whole("".join(parts))

    def laid_out(self, left: float, unit: float) -> str:
        """What the line says, each word in the column of text in which it stands on the page."""
        found = ""
        width = 0
        before: Char | None = None
        for char in self.chars:
            if before is None or _gap(before, char) > _BLANK:
                column = round((char.left - left) / unit)
                blanks = max(column - width, 0 if before is None else 1)
                if before is not None and _gap(before, char) > 1:
                    blanks = max(blanks, 2)
                found += " " * blanks
                width += blanks
            found += char.text
            width += 2 if char.text >= _FIRST_WIDE else 1
            before = char
        return _whole(found)


def lines(chars: Iterable[Char]) -> list[Line]:
    """The lines of upright characters, from above."""
    found: list[list[Char]] = []
    for char in sorted(chars, key=lambda char: char.base):
        if found and char.base - found[-1][0].base <= _LINE * min(char.size, found[-1][0].size):
            found[-1].append(char)
        else:
            found.append([char])
    return [Line(_once(line)) for line in found]


def text_of(chars: Sequence[Char]) -> str:
    """What the characters of a cell say; those that lie on their side in the order of the file."""
    parts = [line.text for line in lines(char for char in chars if char.upright)]
    aside = "".join(char.text for char in chars if not char.upright)
    return "\n".join([*parts, *([_whole(aside)] if aside else [])])


def _gap(before: Char, char: Char) -> float:
    return (char.left - before.right) / max(1e-3, min(before.size, char.size))


def _once(chars: Iterable[Char]) -> tuple[Char, ...]:
    """Characters from left to right: one drawn twice (bold) once, one over another unreadable."""
    found: list[Char] = []
    for char in sorted(chars, key=lambda char: char.left):
        if found and char.left - found[-1].left < _TWICE * min(char.size, found[-1].size):
            same = char.text == found[-1].text
            if same:
                continue
            if char.text.isalnum() and found[-1].text.isalnum():
                found[-1] = found[-1]._replace(text=UNREADABLE)
                continue
        found.append(char)
    return tuple(found)


def _whole(text: str) -> str:
    """Text whose characters beyond the basic plane are whole; half of one is unreadable."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
