"""Traits: what a row is by itself, wherever it stands: a heading, prose, words of a table, values."""

from __future__ import annotations

import re
from collections.abc import Sequence

import attrs

from gkparse.named import told
from gkparse.pieces import Piece
from gkparse.telling import Tells, tells
from gkparse.vocabulary import Word

__all__ = ["Traits", "is_prose", "traits"]

_SENTENCE = re.compile(r"[。；！？]")
# Text longer than this that is no word of the form is prose, not a piece of a label.
_PROSE = 40
# A line of fewer pieces is not crowded; a key of fewer characters may be a piece of another word.
_LEAST_PIECES = 3
_LEAST_KEY = 3
# So many numbers that follow each other count columns.
_LEAST_COUNTED = 4
# The first role that a row holds names its token.
_KINDS = (
    ("caption", "CAPTION"),
    ("note", "HEADS"),
    ("stub", "HEADS"),
    ("head", "HEADS"),
    ("row", "ROW"),
    ("column", "HEADS"),
    ("group", "GROUP"),
)


@attrs.define(eq=False, repr=False)
class Traits:
    """What a row is: its heading if it is one and nothing else, the one table whose words it has.

    `printed` counts its values, `valued` those and its blank cells; `crowded` counts
    the labels and headings beyond the one that a line may have; `texts` says whether it has texts, words of the
    form or others, and `tells` what they tell of its version; `counting` says that its
    values are 0, 1, 2 and so on. `odd` rows are crowded ones, and such as are one cell with its label and the
    name of its column.
    """

    heading: Word | None
    owner: str
    printed: int
    valued: int
    worded: bool
    blank: bool
    prose: bool
    crowded: int
    counting: bool
    odd: bool
    texts: bool
    _words: tuple[Word, ...]
    tells: Tells
    _kinds: dict[str, str] | None = None

    def kind(self, table: str) -> str:
        """The type of its token within a table."""
        otherwise = "VALUES" if self.valued else "TEXT"
        if not self._words:
            return otherwise
        if self._kinds is None:
            self._kinds = {}
        kind = self._kinds.get(table)
        if kind is None:
            roles = {
                entry.role for word in self._words for entry in word.entries if entry.table == table
            }
            kind = next((kind for role, kind in _KINDS if role in roles), otherwise)
            self._kinds[table] = kind
        return kind


def traits(pieces: Sequence[Piece]) -> Traits:
    """What a row with these pieces is."""
    words: list[Word] = []
    texts: list[tuple[str, bool]] = []
    printed = blank = 0
    for piece in pieces:
        if piece.value is None:
            texts.append((piece.text, piece.word is not None))
            if piece.word:
                words.append(piece.word)
        elif piece.blank:
            blank += 1
        else:
            printed += 1
    alone = words[0] if len(words) == 1 and len(pieces) - blank == 1 else None
    owners = {word.table for word in words if word.table}
    crowded = _crowded(words) if len(pieces) >= _LEAST_PIECES else 0
    return Traits(
        heading=alone if alone and alone.entries[0].role == "heading" else None,
        owner=owners.pop() if len(owners) == 1 else "",
        printed=printed,
        valued=printed + blank,
        worded=bool(words),
        blank=blank == len(pieces),
        prose=len(pieces) == 1 and not words and bool(texts) and is_prose(texts[0][0]),
        crowded=crowded,
        counting=printed >= max(_LEAST_COUNTED, len(pieces) - 1) and _counts(pieces),
        odd=crowded > 0 or (len(words) > 1 and told(pieces) is not None),
        texts=bool(texts),
        words=tuple(words),
        tells=tells(texts),
    )


def is_prose(text: str) -> bool:
    """Whether a text that is no word of a form is too long for a label, or has a sentence's end."""
    return len(text) > _PROSE or _SENTENCE.search(text) is not None


def _crowded(words: Sequence[Word]) -> int:
    met = {
        (word.entries[0].role, word.entries[0].index)
        for word in words
        if len(word.key) >= _LEAST_KEY and word.entries[0].role in ("row", "heading", "indicator")
    }
    return max(0, len(met) - 1)


def _counts(pieces: Sequence[Piece]) -> bool:
    printed = [piece.value.value for piece in pieces if piece.value and not piece.blank]
    return printed == [*range(len(printed))]
