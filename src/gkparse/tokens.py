"""Tokens: the rows of a text as the grammar sees them, each alone or with others of its kind.

A table begins at the first row with a word that only this table has, and ends before the next
heading or the next table; running text between two of its rows does not end it. What looks like a
table but prints no value at all is running text; so is a menu, whose words other pages have as well,
unless a value stands right behind one of them or anything else of the form is in the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple, TypeAlias

import attrs

from gkparse.folding import fold
from gkparse.form import FORMS, Table, load
from gkparse.printed import REST
from gkparse.rows import Row
from gkparse.traits import Traits
from gkparse.vocabulary import Word

__all__ = ["TABLES", "Token", "common_words", "extents", "heading", "tokens"]

# The tokens that open a table.
TABLES = frozenset({"PROACTIVE", "REQUESTS", "DISPUTES"})


class Token(NamedTuple):
    """What one or several rows of the text are in the grammar; the opening of a table has none.

    Rows of running text that follow each other are one token, and so are those that a table holds
    between its captions: the grammar says nothing of their order.
    """

    type: str
    rows: Sequence[Row]


# A table ends where this many rows of running text follow each other without one of its words.
_MOST_PROSE = 3


def tokens(rows: Sequence[Row]) -> list[Token]:
    """The tokens of a document, in order."""
    found: list[Token] = []
    at = 0
    for name, first, last in extents(rows):
        if at < first:
            found += _outside(rows[at:first])
        found.append(Token(name.upper(), ()))
        found += _inside(rows[first:last], name)
        at = last
    return found + _outside(rows[at:])


def _outside(rows: Sequence[Row]) -> list[Token]:
    """The headings and the running text of rows outside the tables."""
    heads = [at for at, row in enumerate(rows) if row.line.traits.heading]
    return _parted(rows, heads, "HEADING", "PROSE")


def _inside(rows: Sequence[Row], table: str) -> list[Token]:
    """The captions of a table, and what stands between them."""
    heads = [
        at for at, row in enumerate(rows)
        if row.line.traits.worded and row.line.traits.kind(table) == "CAPTION"
    ]
    return _parted(rows, heads, "CAPTION", "LINES")


def _parted(rows: Sequence[Row], heads: Sequence[int], head: str, rest: str) -> list[Token]:
    """Rows of which some are tokens by themselves, and others one with their neighbours."""
    found: list[Token] = []
    start = 0
    for at in heads:
        if start < at:
            found.append(Token(rest, rows[start:at]))
        found.append(Token(head, rows[at : at + 1]))
        start = at + 1
    if start < len(rows):
        found.append(Token(rest, rows[start:]))
    return found


_Extent: TypeAlias = tuple[str, int, int]


def extents(rows: Sequence[Row]) -> list[_Extent]:
    """Each table's name, its first row and the one behind its last."""
    met = list(_met(rows))
    if len({name for name, *_ in met}) == len(met):
        return met
    # Above a report the menu of its page may look like a table of it; what stands below may go on with it.
    told = [any(map(_is_telling, rows[first:last])) for _, first, last in met]
    begun = {name: at for at, (name, *_) in reversed([*enumerate(met)]) if told[at]}
    return [
        extent for at, extent in enumerate(met)
        if told[at] or extent[0] not in begun or (at > begun[extent[0]] and _is_valued(rows[slice(*extent[1:])]))
    ]


def _met(rows: Sequence[Row]) -> Iterator[_Extent]:
    """What looks like a table, in order."""
    name, first, last, prose, printed = "", 0, 0, 0, False
    told: bool | None = None  # whether any row is of a report: asked once, when a table ends
    unread = _Unread()
    for at, row in enumerate(rows):
        traits = row.line.traits
        if name and traits.printed and not traits.worded and prose < _MOST_PROSE and not unread.name:
            last, prose, printed = at + 1, 0, True  # nothing but values, as most rows are
            continue
        title = traits.heading
        owner = "" if title else traits.owner
        if title:
            if found := unread.table():
                yield found
            section = _OF_SECTION.get(title.entries[0].index, "")
            told = True if section else told
            unread = _Unread(section, at + 1)
        begun = unread.first if unread.name == owner and unread.values >= _FEW_VALUES else at
        if unread.name:
            unread.meet(traits, at, owner)
        if name and (title or (owner and owner != name) or prose >= _MOST_PROSE):
            told = any(map(_is_telling, rows)) if told is None else told
            if printed and (told or _is_valued(rows[first:last])):
                yield name, first, last
            name = ""
        if owner and not name:
            name, first, printed = owner, begun, False
        if not name:
            continue
        # A row of the same grid with cells for values is one of the table, whatever its label.
        goes_on = row.cells and traits.valued and not traits.blank and row.grid_id == rows[last - 1].grid_id
        if traits.worded or traits.printed or goes_on:
            last, prose = at + 1, 0
            # In the grid of a file blank cells are cells, and a label with them is a row.
            blank_row = row.cells is not None and traits.valued > 0 and traits.kind(name) == "ROW"
            printed = printed or traits.printed > 0 or blank_row
        elif traits.prose:
            prose += 1
        elif at == last and row.line.pieces and REST.fullmatch(row.line.pieces[0].text):
            last = at + 1  # the last number of a table goes on there
        elif at == last and traits.blank:
            last = at + 1  # blank cells at the end of a table are cells
            above = rows[at - 1].cells
            if row.cells and above and len(row.cells) == len(above) > 1:
                printed = True  # one for each head, in the grid of a file
    if name and printed and ((any(map(_is_telling, rows)) if told is None else told) or _is_valued(rows[first:last])):
        yield name, first, last
    elif found := unread.table():
        yield found


# The tables by the number of their section.
_OF_SECTION = {2: "proactive", 3: "requests", 4: "disputes"}
# So many values below a heading are a table, also where none of its words is whole.
_LEAST_VALUES = 8
# So many values before the first whole word of a table belong to it.
_FEW_VALUES = 3


@cache
def common_words() -> frozenset[str]:
    """The keys of words that pages of any kind have: the acts and remedies that the tables count."""
    labels = (label for form in FORMS for table in load(form).tables for label in _common_labels(table))
    return frozenset(fold(label).key for label in labels)


def _common_labels(table: Table) -> Iterator[str]:
    for block in table.blocks:
        if table.name == "proactive":
            yield from (label for row in block.rows for label in (row.label, *row.aliases))
        elif table.name == "disputes":
            yield from block.heads


def _is_common(word: Word) -> bool:
    return word.table != "" and word.key in common_words()


def _is_telling(row: Row) -> bool:
    """Whether a row has a word of a table that no other page has, or is the heading of its section."""
    traits = row.traits
    if traits.heading:
        return traits.heading.entries[0].index in _OF_SECTION
    words = [piece.word for piece in row.line.pieces if piece.word] if traits.worded else []
    return any(word.table and not _is_common(word) for word in words)


def _is_valued(rows: Sequence[Row]) -> bool:
    """Whether a value stands right behind a common word, or in the grid of a file a cell for one."""
    behind = False
    for row in rows:
        for piece in row.line.pieces:
            if behind and piece.value and (row.cells or not piece.blank):
                return True
            if not piece.blank:
                behind = piece.word is not None and _is_common(piece.word)
    return False


@attrs.define(eq=False, repr=False)
class _Unread:
    """What stands below the heading of a table's section, as long as no word of a table is met."""

    name: str = ""
    first: int = 0
    last: int = 0
    values: int = 0

    def meet(self, traits: Traits, at: int, owner: str) -> None:
        if owner:
            self.name = ""
        elif traits.printed:
            self.values += traits.printed
            self.last = at + 1
        elif traits.prose and not self.values:
            self.first = at + 1

    def table(self) -> _Extent | None:
        """The table that it is, if it is one."""
        if not self.name or self.values < _LEAST_VALUES:
            return None
        return self.name, self.first, self.last


def heading(row: Row) -> Word | None:
    """The word of a row that is the heading of a section, and nothing else."""
    return row.traits.heading
