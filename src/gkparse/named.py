"""Named values: rows whose values stand behind the names of their columns, as records and lists of keys have them.

The name beside a value decides, in whatever order the values come. Where the names of a row are not
columns of one part of the form, they are passed over, and the values stand as they are printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import attrs

from gkparse.masks import KEY, KEYS, PAIR
from gkparse.pieces import EMPTY, Piece, cut, placed
from gkparse.printed import BLANK, UNREADABLE
from gkparse.vocabulary import Word

__all__ = ["Named", "joined", "named", "told"]

_SEPARATOR = re.compile(rf"[\t{KEY}{PAIR}]")
# What a key may be besides the name of a column: what stands there is a label of its own.
_LABELS = frozenset({"heading", "group", "row"})
_HEADS, _ROWS = frozenset({"head"}), frozenset({"row"})


@attrs.define(eq=False)
class Named:
    """What a line with keys holds: what stands by itself, and values by the names of their columns."""

    rest: tuple[Piece, ...]
    pairs: tuple[tuple[Word, Piece], ...]

    @property
    def opens(self) -> bool:
        """Whether it begins with the label of a row."""
        return any(_is(piece, _ROWS) for piece in self.rest)


def named(line: str, form: str) -> tuple[tuple[Piece, ...], Named | None]:
    """The pieces of a line with keys, without those that name no row, and what the keys say of them."""
    rest: list[Piece] = []
    pairs: list[tuple[Word, Piece]] = []
    shown: list[Piece] = []
    known = False
    waiting: tuple[Word, Piece] | None = None  # the name of a column, and a blank cell behind it
    head: tuple[Piece, ...] = ()  # what is over several columns, if keys follow
    for found, is_key in _cells(line, form):
        known = known or any(piece.word for piece in found)
        if is_key:
            rest += head
            shown += head
            pairs += [waiting] if waiting else []
        name = _column(found[0]) if is_key and len(found) == 1 else None
        own = not is_key or (name is None and all(_is(piece, _LABELS) for piece in found))
        if own and waiting and not is_key and len(found) == 1 and found[0].value:
            pairs.append((waiting[0], found[0]))
        elif own:
            rest += found
        shown += found if own else ()
        waiting = (name, _nothing(found[0].end)) if name else None
        head = found if is_key and not own and not name and all(_is(piece, _HEADS) for piece in found) else ()
    if waiting:
        pairs.append(waiting)
    if PAIR in line and not known:
        text = line.strip(EMPTY)
        at = line.index(text)
        return (Piece(at, at + len(text), text),), None
    return tuple(shown), Named(tuple(rest), tuple(pairs))


def _nothing(at: int) -> Piece:
    return Piece(at, at, "", BLANK)


def _cells(line: str, form: str) -> Iterable[tuple[tuple[Piece, ...], bool]]:
    """The pieces between separators, each with whether they are a key; a blank cell is one."""
    at, before = 0, ""
    for end, sign in [*((found.start(), found[0]) for found in _SEPARATOR.finditer(line)), (len(line), "")]:
        found = placed(at, cut(line[at:end], form))
        if found or "\t" in (sign or before):
            yield found or (_nothing(end),), sign in KEYS
        at, before = end + 1, sign


def _column(piece: Piece) -> Word | None:
    """The name of a column that a piece is; one with an ordinal is a label."""
    word = piece.word
    if word is None or word.ordinal:
        return None
    return word if any(entry.role == "column" for entry in word.entries) else None


def _is(piece: Piece, roles: frozenset[str]) -> bool:
    """Whether a piece is a word that may have one of some roles."""
    return piece.word is not None and any(entry.role in roles for entry in piece.word.entries)


def told(pieces: Sequence[Piece]) -> Named | None:
    """A row that holds one cell: its label, the name of its column and its value."""
    name = _column(pieces[-2]) if len(pieces) > 2 and pieces[-1].value else None
    labels = [piece for piece in pieces[:-2] if _is(piece, _LABELS)]
    if name is None or not any(_is(piece, _ROWS) for piece in labels) or any(piece.value for piece in pieces[:-2]):
        return None
    return Named(tuple(labels), ((name, pieces[-1]),))


def joined(rest: Sequence[Piece], pairs: Sequence[tuple[Word, Piece]]) -> tuple[Piece, ...]:
    """A row's label and values in the order of the form's columns.

    Where the names are not of one part of the form, or one comes twice, nobody can tell the order; nor can they
    where other values have no name.
    """
    if any(piece.value for piece in rest):
        return _mixed(rest, pairs)
    ways = [_columns(word) for word, _ in pairs]
    parts = set(ways[0]).intersection(*ways[1:]) if ways else set()
    own = {(entry.table, entry.block) for piece in rest if piece.word for entry in piece.word.entries if entry.role == "row"}
    parts = parts & own or parts
    # The same names in several parts say the same of their order.
    part = min(parts, default=None)
    places = [way[part] for way in ways] if part else []
    if not part or len(set(places)) < len(places):
        return (*rest, *(attrs.evolve(value, value=UNREADABLE) if len(pairs) > 1 else value for _, value in pairs))
    values = dict(zip(places, (value for _, value in pairs), strict=True))
    nothing = _nothing(max(value.end for value in values.values()))
    return (*rest, *(values.get(at, nothing) for at in range(max(places) + 1)))


def _mixed(rest: Sequence[Piece], pairs: Sequence[tuple[Word, Piece]]) -> tuple[Piece, ...]:
    """Values of which only some have names, as they are printed; none can be read where the names are in disorder."""
    places = [min(_columns(word).values()) for word, _ in sorted(pairs, key=lambda pair: pair[1].start)]
    cells = sorted([*rest, *(value for _, value in pairs)], key=lambda piece: piece.start)
    if places == sorted(places):
        return tuple(cells)
    return tuple([attrs.evolve(piece, value=UNREADABLE) if piece.value else piece for piece in cells])


def _columns(word: Word) -> dict[tuple[str, int], int]:
    """The parts of the form that have a column of this name, each with its first place."""
    found: dict[tuple[str, int], int] = {}
    for entry in word.entries:
        if entry.role == "column":
            found.setdefault((entry.table, entry.block), entry.index)
    return found
