"""The words of the form: which label, heading or head a printed text is.

Built from the form's data. A text is looked up by its key: as it stands, in Simplified script,
then by one bounded search for a misprint, which is taken only with a margin to the next word.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Literal, TypeAlias

import attrs

from gkparse.folding import Folded, fold, simplified
from gkparse.form import Form, load

__all__ = ["LONGEST", "NUMERALS", "Entry", "Role", "Vocabulary", "Word", "vocabulary"]

Role: TypeAlias = Literal[
    "heading", "caption", "stub", "note", "head", "column", "group", "row", "indicator"
]


@attrs.frozen
class Entry:
    """One thing that a word may be: its role, its table, and its index there.

    For a row the index counts the rows of the table, for a column those of its block, for a
    caption the blocks; for a heading it is the section's number, for an indicator its place.
    """

    role: Role
    table: str = ""
    index: int = 0
    block: int = 0


@attrs.frozen(cache_hash=True)
class Word:
    """A printed text that the form knows: what it may be, its ordinal, and its misprint if any.

    `table` is the one table that it belongs to; none for a word that several share, or a very
    short one.
    """

    key: str
    entries: tuple[Entry, ...]
    ordinal: int = 0
    label: str = ""
    misprint: bool = False
    table: str = attrs.field(init=False, eq=False)

    @table.default
    def _only_table(self) -> str:
        tables = {entry.table for entry in self.entries if entry.table}
        return tables.pop() if len(tables) == 1 and len(self.key) >= _LEAST_TELLING else ""

    def entry(self, role: Role, table: str) -> Entry | None:
        """The first entry of a role in a table."""
        for entry in self.entries:
            if entry.role == role and entry.table == table:
                return entry
        return None


# A key of fewer characters may be a piece of another word.
_LEAST_TELLING = 3
# The longest label has 37 characters; no word of the form is longer, however it is spelt.
LONGEST = 60
# A printed text of more characters is no word, whatever marks stand in it.
_LONGEST_PRINTED = 160

_VALUE_FIRST = re.compile(r"\W*[\d.,]+\s")
# Where a tool has cut a text off, and the least that must be left of a label for it to be known.
_CUT_OFF = re.compile(r"(?:\ufffd|…|\.{3})\Z")
_LEAST_BEGUN = 4
# What a head says of its numbers.
_UNIT = re.compile(r"(?<=[^\W\d_])\s*(?:[（(]\s*(?:[单單]位\s*[:：]?\s*)?(?:[件条條项項]|[万萬]元)\s*[）)]|[/／](?:[件条條项項]|[万萬]元)(?!\w))")
NUMERALS = "0123456789一二三四五六七八九十"


class Vocabulary:
    """Every word of a form, by key."""

    def __init__(self, form: Form) -> None:
        self._entries: dict[str, list[Entry]] = {}
        self._labels: dict[str, str] = {}
        for title in form.sections:
            self._add((title.label, *title.aliases), Entry("heading", "", title.number))
        for table in form.tables:
            count = 0
            self._add((table.title,), Entry("head", table.name))
            if table.stub:
                self._add((table.stub,), Entry("stub", table.name))
            if table.note:
                self._add((table.note,), Entry("note", table.name))
            for number, group in enumerate(table.groups):
                self._add((group.label, *group.aliases), Entry("group", table.name, number))
            for number, block in enumerate(table.blocks):
                if block.caption:
                    entry = Entry("caption", table.name, number, number)
                    self._add((block.caption,), entry)
                for place, head in enumerate(block.heads):
                    self._add((head,), Entry("head", table.name, place, number))
                for place, column in enumerate(block.columns):
                    entry = Entry("column", table.name, place, number)
                    self._add((column.label, *column.aliases), entry)
                for row in block.rows:
                    if row.label:
                        entry = Entry("row", table.name, count, number)
                        self._add((row.label, *row.aliases), entry)
                    count += 1
        for head in form.heads:
            self._add((head,), Entry("head"))
        for number, indicator in enumerate(form.indicators):
            self._add((indicator.label, *indicator.aliases), Entry("indicator", "", number))
        self._words = {key: Word(key, tuple(found)) for key, found in self._entries.items()}
        self._counts = {key: Counter(key) for key in self._words if len(key) >= 5}
        self._remembered: Callable[[str], Word | None] = lru_cache(maxsize=4096)(self._lookup)
        self.reach: Callable[[str], int] = lru_cache(maxsize=4096)(self._reach)
        self.split: Callable[[str], tuple[Word, ...]] = lru_cache(maxsize=1024)(self._split)
        self.nearest: Callable[[str], Word | None] = lru_cache(maxsize=1024)(self._nearest)

    def _add(self, labels: tuple[str, ...], entry: Entry) -> None:
        for label in labels:
            key = fold(label).key
            self._labels.setdefault(key, labels[0])
            entries = self._entries.setdefault(key, [])
            if entry not in entries:
                entries.append(entry)

    def lookup(self, text: str) -> Word | None:
        """The word that a printed text is, or None. Remembered, within a bound; a longer text is no word."""
        return self._remembered(text) if len(text) <= _LONGEST_PRINTED else None

    def _reach(self, text: str) -> int:
        """Behind how many letters and digits of a text the longest word ends that it may begin with."""
        if len(unicodedata.normalize("NFKC", text)) != len(text):
            return len(text)  # a character that is several: they cannot be counted
        key = fold(text).key
        keys = {way for simple in {key, simplified(key)} for way in (simple, simple.lstrip(NUMERALS))}
        ends = [
            len(key) - len(way) + end
            for way in keys
            for end in range(1, min(len(way), LONGEST) + 1)
            if way[:end] in self._words
        ]
        return sum(map(str.isalnum, text)) - len(key) + max(ends, default=0)

    def _lookup(self, text: str) -> Word | None:
        folded = fold(text)
        key = folded.key
        if len(key) > LONGEST:
            return None
        if key not in self._words and not key.isascii():
            key = simplified(key)
        if key not in self._words and not _VALUE_FIRST.match(text):
            key = key.lstrip(NUMERALS)  # an ordinal that lost its point
        if key not in self._words and (bare := _UNIT.sub("", text)) != text:
            return self._remembered(bare)
        return self._found(key, folded) if key in self._words else None

    def _nearest(self, text: str) -> Word | None:
        """The word that a printed text is a misprint of, or None. Remembered, within a bound."""
        folded = fold(text)
        key = simplified(folded.key)
        near = self._begun(key) if _CUT_OFF.search(text) else self._near(key)
        return self._found(near, folded, misprint=True) if near else None

    def _split(self, text: str) -> tuple[Word, ...]:
        """The words that a printed text runs together; none where it holds anything else."""
        key = simplified(fold(_UNIT.sub("", text)).key)
        found: list[Word] = []
        at = 0
        while at < len(key) <= LONGEST:
            for end in range(len(key), at + 1, -1):
                if word := self._words.get(key[at:end]):
                    found.append(word)
                    at = end
                    break
            else:
                return ()
        return tuple(found)

    def _found(self, key: str, folded: Folded, *, misprint: bool = False) -> Word:
        word = self._words[key]
        return attrs.evolve(
            word, ordinal=folded.ordinal, label=self._labels[key], misprint=misprint
        )

    def _begun(self, key: str) -> str | None:
        """The one key that begins as the rest of a label does, whose end was cut off."""
        begun = key.rstrip("\ufffd….")
        if len(begun) < _LEAST_BEGUN:
            return None
        found = [other for other in self._words if other.startswith(begun)]
        return found[0] if len(found) == 1 else None

    def _near(self, key: str) -> str | None:
        """The one key within a fifth of the length of edits, if the next one is twice as far."""
        if not 5 <= len(key) <= LONGEST:
            return None
        letters = Counter(key)
        best, second, found = LONGEST, LONGEST, None
        for other, counts in self._counts.items():
            bound = max(1, min(len(key), len(other)) // 5)
            # Edits are at least the letters that the longer one has in excess.
            if max(len(key), len(other)) - (letters & counts).total() > 2 * bound:
                continue
            distance = _distance(key, other)
            if distance < best:
                best, second, found = distance, best, other if distance <= bound else None
            else:
                second = min(second, distance)
        return found if second >= 2 * best else None


def _distance(one: str, other: str) -> int:
    """Levenshtein's distance."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (a != b))
    return row[-1]


@cache
def vocabulary(form: str) -> Vocabulary:
    """The words of a version of the form."""
    return Vocabulary(load(form))
