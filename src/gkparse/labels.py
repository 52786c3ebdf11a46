"""Labels in pieces: a row's label that the page or a tool has broken over lines and cells.

Each piece of text is a stretch of some label of the table. A label is put together from pieces
that follow each other in it; pieces of the labels that head groups, which stand in a column of
their own and come out in between, are told apart and passed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import zip_longest

import attrs

from gkparse.folding import fold, simplified
from gkparse.form import Form, Table
from gkparse.pieces import Piece
from gkparse.vocabulary import LONGEST, NUMERALS
from gkparse.whole import ODD

__all__ = ["Assembled", "assemble"]

# The least part of a label that its pieces must cover for it to be known.
_LEAST = 0.7
# A stretch that does not begin a label is its own evidence from this length on.
_TELLING = 6


@attrs.define(eq=False)
class Assembled:
    """A row's label and the pieces that it was put together from."""

    row: int
    pieces: list[Piece]
    whole: bool = True


@attrs.define(eq=False)
class _Chain:
    """A label that is being put together: where each label that it may be goes on."""

    ways: dict[int, int]  # label: where its next stretch starts
    pieces: list[Piece]
    covered: int


class _Stretches:
    """Every stretch of every label of a table, and of the heads of its groups."""

    def __init__(self, table: Table) -> None:
        self.labels: list[tuple[int, str]] = []
        self.ordinals: list[int] = []  # of each label
        self.where: dict[str, list[tuple[int, int]]] = {}
        self.groups: set[str] = set()
        self.exact: dict[tuple[str, int], int] = {}
        heads = {group.label for group in table.groups}
        rows = [row for block in table.blocks for row in block.rows]
        for index, row in enumerate(rows):
            if row.label and row.label not in heads:
                folded = fold(row.label)
                self.exact[folded.key, folded.ordinal] = index
                for label in dict.fromkeys((row.label, *row.aliases)):
                    key = fold(label).key
                    number = len(self.labels)
                    self.labels.append((index, key))
                    self.ordinals.append(folded.ordinal)
                    for start, stretch in _stretches(key):
                        self.where.setdefault(stretch, []).append((number, start))
        for group in table.groups:
            for label in (group.label, *group.aliases):
                for text in (label, "".join(filter(str.isalnum, label))):
                    self.groups.update(stretch for _, stretch in _stretches(fold(text).key))

    def length(self, label: int) -> int:
        return len(self.labels[label][1])


def _stretches(key: str) -> Iterator[tuple[int, str]]:
    for start in range(len(key)):
        for end in range(start + 1, len(key) + 1):
            yield start, key[start:end]


@cache
def _of(form: Form, name: str) -> _Stretches:
    return _Stretches(form.table(name))


def assemble(form: Form, table: str, pieces: Iterable[Piece]) -> list[Assembled]:
    """The labels that the pieces of a table make up; a known word ends the label before it."""
    return _Assembly(_of(form, table)).run(pieces)


class _Assembly:
    def __init__(self, stretches: _Stretches) -> None:
        self.stretches = stretches
        self.chain: _Chain | None = None
        self.found: list[Assembled] = []

    def run(self, pieces: Iterable[Piece]) -> list[Assembled]:
        texts = [piece for piece in pieces if not piece.value]
        halved = False
        for piece, following in zip_longest(texts, texts[1:]):
            if halved:
                halved = False
                continue
            if following and not piece.word and (row := self._halves(piece, following)) is not None:
                self._close()
                self.found.append(Assembled(row, [piece, following]))
                halved = True
                continue
            if piece.word and any(entry.role != "group" for entry in piece.word.entries):
                self._close()
            elif not piece.word:
                self._take(piece)
        self._close()
        return self.found

    def _halves(self, piece: Piece, following: Piece) -> int | None:
        """The row whose whole label two pieces are, however short."""
        if len(piece.text) + len(following.text) > LONGEST or ODD.fullmatch(piece.text):
            return None  # what stands for a value is no part of the next label
        folded = fold(piece.text + following.text)
        return self.stretches.exact.get((simplified(folded.key), folded.ordinal))

    def _take(self, piece: Piece) -> None:
        folded = fold(piece.text)
        # The head of a group and a row's label are two words at most.
        if not 0 < len(folded.key) <= 2 * LONGEST:
            return
        key = simplified(folded.key)
        if self._goes_on(key, piece):
            return
        start = self._starts(key, folded.ordinal) or self._starts(key.lstrip(NUMERALS))
        if start is None and key not in self.stretches.groups:
            # Text of two columns run together: the head of a group and a row's label.
            for at in range(1, len(key)):
                one, other = key[:at], key[at:].lstrip(NUMERALS)
                if one in self.stretches.groups and self._goes_on(other, piece):
                    return
                if other in self.stretches.groups and self._goes_on(one, piece):
                    return
                if one in self.stretches.groups and (start := self._starts(other)):
                    key = other
                    break
        if start is not None:
            self._close()
            self.chain = _Chain(start, [piece], len(key))
            self._finish()

    def _goes_on(self, key: str, piece: Piece) -> bool:
        """Whether a stretch goes on where the open label stands; it is added if so."""
        if self.chain is None:
            return False
        places = set(self.stretches.where.get(key, ()))
        ways = {
            label: at + len(key) for label, at in self.chain.ways.items() if (label, at) in places
        }
        if not ways:
            return False
        self.chain.ways = ways
        self.chain.pieces.append(piece)
        self.chain.covered += len(key)
        self._finish()
        return True

    def _starts(self, key: str, ordinal: int = 0) -> dict[int, int] | None:
        """The labels that a stretch may begin, one character behind their number only, or, where it is telling, lie in."""
        places = self.stretches.where.get(key, ())
        starting = {
            label: len(key)
            for label, at in places
            if at == 0 and (len(key) > 1 or 0 < ordinal == self.stretches.ordinals[label])
        }
        if starting:
            return starting
        rows = {self.stretches.labels[label][0] for label, _ in places}
        if len(key) >= _TELLING and len(rows) == 1:
            return {label: at + len(key) for label, at in places}
        return None

    def _finish(self) -> None:
        """Close the open label once nothing can follow."""
        chain = self.chain
        if chain and all(at == self.stretches.length(label) for label, at in chain.ways.items()):
            self._close()

    def _close(self) -> None:
        chain, self.chain = self.chain, None
        if chain is None:
            return
        rows = {
            self.stretches.labels[label][0]
            for label in chain.ways
            if chain.covered >= _LEAST * self.stretches.length(label)
        }
        done = {
            self.stretches.labels[label][0]
            for label, at in chain.ways.items()
            if at == self.stretches.length(label)
        }
        rows = done & rows or rows
        if len(rows) == 1:
            self.found.append(Assembled(rows.pop(), chain.pieces, whole=bool(done)))
