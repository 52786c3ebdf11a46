"""Named values: rows whose values stand behind the names of their columns, as records and lists of keys have them.

The name beside a value decides, in whatever order the values come. Where the names of a row are not
columns of one part of the form, or not all are known, a value whose column nobody can tell cannot be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TypeAlias

import attrs

from gkparse.form import Block, load
from gkparse.masks import KEY, KEYS, PAIR
from gkparse.pieces import EMPTY, Piece, cut, placed
from gkparse.printed import UNREADABLE
from gkparse.runs import nothing
from gkparse.vocabulary import Entry, Word

__all__ = ["Named", "Pair", "is_label", "is_over", "joined", "lacking", "named", "numbered_apart", "told"]

_SEPARATOR = re.compile(rf"[\t{KEY}{PAIR}]")
_KEY_ENDS = (":", "：", "=")
# What a key may be besides the name of a column: what stands there is a label of its own.
_LABELS = frozenset({"heading", "group", "row"})
_HEADS, _ROWS, _COLUMNS = frozenset({"head"}), frozenset({"row"}), frozenset({"column"})


# A value and the name of its column; None where the form does not know the name.
Pair: TypeAlias = tuple[Word | None, Piece]


@attrs.define(eq=False, repr=False)
class Named:
    """What a line with keys holds: what stands by itself, and values by the names of their columns."""

    rest: tuple[Piece, ...]
    pairs: tuple[Pair, ...]

    @property
    def opens(self) -> bool:
        """Whether it begins with the label of a row."""
        return any(_is(piece, _ROWS) for piece in self.rest)


def named(line: str, form: str) -> tuple[tuple[Piece, ...], Named | None]:
    """The pieces of a line with keys, without those that name no row, and what the keys say of them."""
    rest: list[Piece] = []
    pairs: list[Pair] = []
    shown: list[Piece] = []
    waiting: Pair | None = None  # the name of a column, and a blank cell behind it
    last: Word | None = None  # the name of the column whose value was met last, if nothing has followed
    head: tuple[Piece, ...] = ()  # what is over several columns, if keys follow
    cells = [*_cells(line, form)]
    known = any(piece.word for found, _ in cells for piece in found)
    numbered = any(_is_numbered(found) for found, is_key in cells if is_key)
    for found, is_key in cells:
        if is_key:
            rest += head
            shown += head
            pairs += [waiting] if waiting else []
        name = _name(found, form, numbered=numbered) if is_key else None
        own = not is_key or (name is None and all(_is(piece, _LABELS) for piece in found))
        if own and waiting and not is_key and len(found) == 1 and found[0].value:
            pairs.append((waiting[0], found[0]))
            last = waiting[0]
        elif own and waiting and waiting[0] and not is_key and len(found) == 1 and _has_number(found[0]):
            pairs.append((waiting[0], attrs.evolve(found[0], value=UNREADABLE)))
        elif own:
            if last and pairs[-1][1].blank and len(found) == 1 and found[0].value:
                pairs[-1] = last, found[0]
            elif last and any(piece.value and not piece.blank for piece in found):
                return tuple([piece for each, _ in cells for piece in each]), None  # a column's values
            else:
                rest += found
        last = None if is_key else last
        shown += found if own else ()
        head = found if is_key and not own and not name and all(_is(piece, _HEADS) for piece in found) else ()
        waiting = (name, nothing(found[0].end)) if is_key and not own and not head else None
    if waiting:
        pairs.append(waiting)
    if PAIR in line and not known:
        text = line.strip(EMPTY)
        at = line.index(text)
        # Below a label it may be a column's by a name that the form does not know.
        value = pairs[0][1] if len(pairs) == 1 and not rest else None
        return (Piece(at, at + len(text), text),), Named((), ((None, value),)) if value else None
    return tuple(shown), Named(tuple(rest), tuple(pairs))


def _has_number(piece: Piece) -> bool:
    """Whether a text that is no word has digits."""
    return piece.word is None and any(map(str.isdigit, piece.text))


def _cells(line: str, form: str) -> Iterable[tuple[tuple[Piece, ...], bool]]:
    """The pieces between separators, each with whether they are a key; a blank cell is one."""
    at, before = 0, ""
    for end, sign in [*((found.start(), found[0]) for found in _SEPARATOR.finditer(line)), (len(line), "")]:
        found = placed(at, cut(line[at:end], form))
        if found or "\t" in (sign or before):
            yield found or (nothing(end),), sign in KEYS
        at, before = end + 1, sign


def _column(piece: Piece, *, numbered: bool = False) -> Word | None:
    """The name of a column that a piece is; one with an ordinal may be a label, unless the names are `numbered`."""
    word = piece.word
    if word is None or (word.ordinal and not numbered and _is(piece, _LABELS)):
        return None
    return word if _is(piece, _COLUMNS) else None


def _is_numbered(found: Sequence[Piece]) -> bool:
    """Whether a key is the name of a column with a number before it, and can be nothing else."""
    *ahead, piece = found
    number = (piece.word is not None and piece.word.ordinal) or (ahead and ahead[0].value)
    return bool(number) and _is(piece, _COLUMNS) and not _is(piece, _LABELS)


def _name(found: Sequence[Piece], form: str, *, numbered: bool) -> Word | None:
    """The name of a column that a key is, alone or with the heads over it."""
    if len(found) == 1:
        return _column(found[0], numbered=numbered)
    printed = [piece for piece in found if not (piece.value and piece.value.kind == "mark")]
    if printed and printed[0].value and not numbered:
        return None
    printed = printed[1:] if printed and printed[0].value else printed
    at = next((at for at in (-1, 0) if printed and _is(printed[at], _COLUMNS)), None)
    if at is None or any(piece.value or piece.word is None for piece in printed):
        return None
    own, others = printed[at], [piece for piece in printed if piece is not printed[at]]
    word = own.word
    if word is None or not others:
        return word
    entries = tuple([
        entry for entry in word.entries
        if entry.role == "column" and all(_stands_over(piece, entry, form) for piece in others)
    ])
    key = "".join([piece.word.key for piece in printed if piece.word])
    return attrs.evolve(word, key=key, entries=entries) if entries else None


def is_over(block: Block, head: Entry, column: Entry) -> bool:
    """Whether a head stands over a column."""
    own = block.columns[column.index]
    return head.index < len(block.heads) and block.heads[head.index] in (*own.heads, *own.groups)


def _stands_over(piece: Piece, entry: Entry, form: str) -> bool:
    """Whether a piece is a head that stands over a column."""
    block = load(form).table(entry.table).blocks[entry.block]
    return piece.word is not None and any(
        head.role == "head" and head.table == entry.table and is_over(block, head, entry) for head in piece.word.entries
    )


def _is(piece: Piece, roles: frozenset[str]) -> bool:
    """Whether a piece is a word that may have one of some roles."""
    return piece.word is not None and any(entry.role in roles for entry in piece.word.entries)


def told(pieces: Sequence[Piece], *, known: bool = True) -> Named | None:
    """A row that holds one cell: its label, the name of its column, which may have to be `known`, and its value."""
    if len(pieces) < 3 or not pieces[-1].value or any(piece.value for piece in pieces[:-2] if not piece.blank):
        return None
    name = _column(pieces[-2])
    if name is None and (known or pieces[-2].word or pieces[-2].value):
        return None
    labels = [piece for piece in pieces[:-2] if _is(piece, _LABELS)]
    if not any(_is(piece, _ROWS) for piece in labels):
        return None
    return Named(tuple(labels), ((name, pieces[-1]),))


def is_label(pieces: Sequence[Piece]) -> bool:
    """Whether a row is the label of a row of the form, and nothing else."""
    return len(pieces) == 1 and _is(pieces[0], _ROWS)


def lacking(pieces: Sequence[Piece]) -> tuple[Pair, ...]:
    """What a line says that is a key with nothing behind it: a column, known or not, is blank."""
    last = pieces[-1]
    if len({(piece.start, piece.end) for piece in pieces}) > 1 or not last.text.rstrip("\"'").endswith(_KEY_ENDS):
        return ()
    name = _column(last)
    return ((name, nothing(last.end)),) if name or last.word is None else ()


def numbered_apart(keys: Named) -> Named:
    """A label with a number and one value as a column of that name, where names of columns are numbered."""
    label, *values = keys.rest or (None,)
    if label is None or len(values) != 1 or not values[0].value or keys.pairs:
        return keys
    name = _column(label, numbered=True) if label.word and label.word.ordinal else None
    return Named((), ((name, values[0]),)) if name else keys


def joined(rest: Sequence[Piece], pairs: Sequence[Pair], form: str) -> tuple[Piece, ...]:
    """A row's label and values in the order of the form's columns.

    Where the names are not of one part of the form, or one comes twice, nobody can tell the order. Where other
    values have no key, all stand as they are printed if the names are in order.
    """
    labels = tuple([piece for piece in rest if not piece.blank])
    ways = [_columns(word) for word, _ in pairs if word]
    parts = set(ways[0]).intersection(*ways[1:]) if ways else set()
    own = {(entry.table, entry.block) for piece in rest if piece.word for entry in piece.word.entries if entry.role == "row"}
    parts = parts & own or parts
    # The same names in several parts say the same of their order.
    part = min(parts, default=None)
    places = [way[part] for way in ways] if part else []
    if any(piece.value and not piece.blank for piece in rest):
        cells = sorted([*rest, *(value for _, value in pairs)], key=lambda piece: piece.start)
        if part and places == sorted(places):
            return tuple(cells)  # as they are printed
        return tuple([attrs.evolve(piece, value=UNREADABLE) if piece.value else piece for piece in cells])
    if not part or len(set(places)) < len(places):
        return (*labels, *(attrs.evolve(value, value=UNREADABLE) if len(pairs) > 1 else value for _, value in pairs))
    columns = load(form).table(part[0]).blocks[part[1]].columns
    # Where names come once for each group of columns, a row may be one of these.
    once = len({column.label for column in columns})
    width = once if max(places) < once and (labels or len(pairs) <= once) else len(columns)
    values = dict(zip(places, (value for word, value in pairs if word), strict=True))
    others = [value for word, value in pairs if not word]
    if others and len(values) < width:
        label = max([piece.start for piece in labels], default=-1)
        behind = [(word, value) for word, value in pairs if value.start > label]
        if len(behind) == width and all(word is None or _columns(word)[part] == at for at, (word, _) in enumerate(behind)):
            return (*labels, *(value for _, value in behind))
        if max(places) < once < width:
            # Of which group these are, nobody can tell.
            return (*labels, *(attrs.evolve(value, value=UNREADABLE) for _, value in pairs))
        printed = [value for value in others if not value.blank]
        if printed:
            # Which of these the others are, nobody can tell.
            values |= {at: attrs.evolve(printed[0], value=UNREADABLE) for at in range(width) if at not in values}
    blank = nothing(max(value.end for value in values.values()))
    return (*labels, *(values.get(at, blank) for at in range(width)))


def _columns(word: Word) -> dict[tuple[str, int], int]:
    """The parts of the form that have a column of this name, each with its first place."""
    found: dict[tuple[str, int], int] = {}
    for entry in word.entries:
        if entry.role == "column":
            found.setdefault((entry.table, entry.block), entry.index)
    return found
