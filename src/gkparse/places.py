"""Places: where a text that was read out of a source stands in it."""

from __future__ import annotations

import re
from functools import cached_property

from gkparse.diagnostics import NOWHERE, Lines, Positions, Span

__all__ = ["Places", "once"]


def once(source: str | None, printed: str, positions: Positions = NOWHERE) -> Span | None:
    """The place of a text that a source has once.

    >>> once("2022年，2023年，", "2023年")
    Span(start=6, end=11, line=1, column=7, place=None)
    """
    at = source.find(printed) if source and printed else -1
    if source is None or at < 0 or source.find(printed, at + 1) >= 0:
        return None
    return Span.of(source, at, at + len(printed), positions)


class Places:
    """Clauses looked up in a source whose white space and markup do not count, one after another."""

    # How often a clause may be missing before no more are sought: each time is a whole reading.
    _PATIENCE = 16

    def __init__(self, source: str | None, positions: Positions = NOWHERE) -> None:
        self.positions = positions
        self.source: str | None = source
        self.missed: int = 0 if source else self._PATIENCE
        self.next: int = 0
        self.at: list[int] = []

    @cached_property
    def text(self) -> str:
        """The source without white space, tags and the entities of HTML, which are blanks most often."""
        source = self.source or ""
        for piece in re.finditer(r"<[^<>\n]{1,400}>|\s+|&[a-zA-Z#0-9]{1,8};|([^<&\s]+|[<&])", source):
            if piece[1]:
                self.at.extend(range(piece.start(), piece.end()))
        return "".join(source[at] for at in self.at)

    @cached_property
    def lines(self) -> Lines:
        return Lines(self.source or "", self.positions)

    def find(self, clause: str) -> Span | None:
        """Where a clause without white space stands, if anywhere: after the last one, or before it."""
        if self.missed >= self._PATIENCE:
            return None
        text = self.text
        start = text.find(clause, self.next)
        if start < 0:
            self.missed += 1
            start = text.find(clause)
        if start < 0:
            return None
        self.next = start + 1
        return self.lines.span(self.at[start], self.at[start + len(clause) - 1] + 1)
