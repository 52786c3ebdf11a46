"""Disorder: heads of columns that a table prints in another order than the form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise, takewhile
from string import ascii_lowercase, ascii_uppercase

import attrs

from gkparse.folding import fold, simplified
from gkparse.form import Block
from gkparse.named import is_over
from gkparse.pieces import Piece
from gkparse.rows import MOST_CELLS, Line, Row
from gkparse.runs import Slots, numbers_of
from gkparse.shape import Numbers, Shape
from gkparse.vocabulary import Entry, Word

__all__ = [
    "below_others", "columns_differ", "columns_in_disorder", "elsewhere", "groups_in_disorder", "heads_in_disorder",
    "heads_of", "out_of_order", "passed_over", "strangers", "total_leads",
]

# ---------------------------------------------------------------- tables of one row


def heads_in_disorder(shape: Shape, rows: Sequence[Row]) -> bool:
    """Whether the heads of the one row of a table do not stand as they do in the form.

    The columns may be in another order, or the groups above them; or values stand between heads otherwise
    than row by row, or cell by cell, in the order of the form. Totals alone may stand elsewhere: tools put
    them there without moving their values.
    """
    return any(_orders_of(shape, rows))


def groups_in_disorder(shape: Shape, rows: Sequence[Row]) -> bool:
    """Whether the heads above those of the columns were met in another order than the form's."""
    return _orders_of(shape, rows)[1]


# What stands for a value between heads.
_VALUE = "\x01"


def _orders_of(shape: Shape, rows: Sequence[Row]) -> tuple[bool, bool]:
    printed = "".join([text for row in rows for text in _texts(row.line)])
    return _known_orders(shape, printed) if len(printed) <= _SHORT else _orders(shape, printed)


def _texts(line: Line) -> list[str]:
    """The texts of a line, and what stands for its values."""
    traits = line.traits
    # Marks between more texts than they are part heads, and are no values.
    signs = len(line.pieces) - traits.valued > traits.printed
    return [
        # The words of one cell have its text each.
        ("" if at and line.pieces[at - 1].start == piece.start else piece.text) if not (value := piece.value)
        else "" if piece.blank or (signs and value.kind == "mark") else _VALUE
        for at, piece in enumerate(line.pieces)
    ]


def _orders(shape: Shape, printed: str) -> tuple[bool, bool]:
    """Whether the heads of the columns, and those above them, do not stand as they do in the form."""
    plan = _plan(shape)
    # What stands before each run of values, and how many they are.
    runs: list[tuple[str, int]] = []
    ahead = ""
    for part in re.split(f"({_VALUE}+)", printed):
        if not part.startswith(_VALUE):
            ahead += plan.signs(part)
        elif runs and not ahead:
            runs[-1] = runs[-1][0], runs[-1][1] + len(part)
        else:
            runs.append((ahead, len(part)))
            ahead = ""
    met = "".join([signs for signs, _ in runs]) + ahead
    width = shape.widths[0]
    counts = [count for _, count in runs]
    apart = len(runs) > 1 and max(counts) < width
    if apart and sum(counts) == width and not plan.lacks_totals(met):
        apart = plan.contradicts(runs)
    elif apart:
        turns = "".join([f"{signs}<{count}>" for signs, count in runs]) + ahead
        apart = not re.fullmatch(plan.forms, turns)
    return apart or plan.columns_differ(met), plan.groups_differ(met)


@attrs.frozen(eq=False, repr=False)
class _Plan:
    """The heads of the one row of a table, each with a sign: capitals for groups, small letters for columns."""

    heads: dict[str, str]
    own: str  # the groups that hold columns
    results: str  # the columns of one
    totals: str
    forms: str  # a pattern of how heads and values may take turns

    def signs(self, text: str) -> str:
        """The signs of the heads in a text."""
        return "".join([self.heads[head] for head in re.findall("|".join(self.heads), simplified(fold(text).key))])

    def contradicts(self, runs: Sequence[tuple[str, int]]) -> bool:
        """Whether values stand behind heads that are not theirs in the order of the form."""
        at, width, several = 0, len(self.results), 0
        for signs, count in runs:
            columns = [sign for sign in signs if sign in self.results]
            groups = [sign for sign in signs if sign.isupper()]
            own = [sign for sign in groups if sign in self.own]
            if len(columns) == count and any(
                self.results[(at + place) % width] != sign for place, sign in enumerate(columns)
            ):
                return True
            if len(own) == 1 and at % width == 0 and self.own[at // width] != own[0]:
                return True
            # What is above other groups has no cells of its own.
            if groups and (not own or (count == width and signs[-1] == groups[-1] != own[-1])):
                return True
            # As many values as groups behind one column: a row for each column.
            several += len(columns) == 1 and 1 < count < width
            at += count
        return several > 1

    def groups_differ(self, met: str) -> bool:
        """Whether the heads of groups were first met in another order."""
        first = [at for sign in self.own if (at := met.find(sign)) >= 0]
        others = [met.find(sign) for sign in self.heads.values() if sign.isupper() and sign not in self.own]
        return first != sorted(first) or any(0 <= other < met.find(self.own[0]) for other in others)

    def lacks_totals(self, met: str) -> bool:
        """Whether the heads of all columns but those of totals were met, which may stand above the table."""
        return not set(self.totals) & set(met) and set(self.results) <= {*met, *self.totals}

    def columns_differ(self, met: str) -> bool:
        """Whether the heads of columns were all met, so many times each, and in another order."""
        all_met = [sign for sign in met if sign in self.results]
        own = [sign for sign in self.results if sign not in self.totals]
        plain = [sign for sign in all_met if sign not in self.totals]
        times = len(plain) // len(own)
        if sorted(plain) != sorted(own * times):
            return False
        width = len(self.results)
        again = len(all_met) == times * width and all_met == all_met[:width] * times
        return plain != own * times or (again and all_met != [*self.results] * times)


@cache
def _plan(shape: Shape) -> _Plan:
    block = shape.rows[0][0]
    results = dict(zip(dict.fromkeys(column.label for column in block.columns), ascii_lowercase, strict=False))
    groups = dict(zip(block.heads, ascii_uppercase, strict=False))
    own = "".join([groups[name] for name in dict.fromkeys(column.groups[-1] for column in block.columns)])
    totals = {block.columns[at].label for _, whole in shape.columns for at in whole}
    row, others = "".join(results.values()), "".join(set(groups.values()) - set(own))
    between = f"[{others}]*" if others else ""
    title = f"(?:{own[0]}{others})?" if others else ""
    rows = between.join([f"{sign}(?:{row})?<{len(row)}>" for sign in own])
    cells = between.join([sign + "".join([f"{result}<1>" for result in row]) for sign in own])
    return _Plan(
        groups | results, own, row, "".join([results[label] for label in totals]),
        f"{title}(?:(?:{row})?{rows}|{cells})",
    )


# The heads of a table recur from report to report; a longer text is none that does.
_SHORT = 400
_known_orders = lru_cache(maxsize=256)(_orders)


# ---------------------------------------------------------------- tables of several rows


def out_of_order(line: Line, shape: Shape) -> bool:
    """Whether a line holds heads of columns, or those over them, in another order than the form has them.

    That of a total before all others counts in a grid, or where all of them stand behind it: tools put it
    there by itself. Beside the head of the labels, a grid has to name all columns of a part of the table.
    """
    if line.grid and _lacks_heads(line, shape):
        return True
    heads = heads_of(line, shape)
    if len(heads) < 2 or len({entry.block for entry in heads}) > 1:
        return False
    block = shape.table.blocks[heads[0].block]
    totals = {at for _, whole in shape.columns for at in whole}
    columns = [entry for entry in heads if entry.role == "column"]
    if line.grid and _has_moved(line, shape, len(block.columns)):
        return True
    met = [place for entry in _apart(block, heads) for place in _places(block, entry)]
    if len(columns) < len(block.columns) and not line.grid and met[:1] and met[0] in totals:
        met = [at for at in met if at not in totals]
    return any(other < one for one, other in pairwise(met))


def _lacks_heads(line: Line, shape: Shape) -> bool:
    """Whether heads stand beside that of the labels, and no part of the table has just these columns: values may be others'."""
    name = shape.table.name
    beside = [piece for piece in line.pieces if not (piece.value or (piece.word and piece.word.entry("stub", name)))]
    if not beside or not any(piece.word and piece.word.entry("stub", name) for piece in line.pieces):
        return False
    entries = [entry for piece in beside if piece.word for entry in piece.word.entries]
    met = {(entry.block, entry.index) for entry in entries if entry.role == "column" and entry.table == name}
    # With another unit behind it a head is the form's all the same; of the unit more is said.
    bare = {_bare(piece.text) for piece in beside if not piece.word}
    return not any(
        all((at, index) in met or _bare(column.label) in bare for index, column in enumerate(block.columns))
        for at, block in enumerate(shape.table.blocks)
    )


def _bare(head: str) -> str:
    """The key of a head without what stands behind it in brackets."""
    return simplified(fold(re.split("[（(]", head, maxsplit=1)[0]).key)


def _has_moved(line: Line, shape: Shape, width: int) -> bool:
    """Whether more unknown heads stand between two columns than the form has there, and one is not met elsewhere."""
    name = shape.table.name
    columns = [
        _head(piece.word, name) if piece.word else None
        for piece in line.pieces if not (piece.value or (piece.word and piece.word.entry("head", name)))
    ]
    known = [(at, entry.index) for at, entry in enumerate(columns) if entry]
    if len({index for _, index in known}) in (width, 1):
        return False
    return any(other - one > max(1, last - first) for (one, first), (other, last) in pairwise(known))


def _apart(block: Block, heads: Sequence[Entry]) -> Sequence[Entry]:
    """The heads without those that stand beside a column of theirs, as part of its name."""
    over = [
        entry.role != "column" and any(
            near.role == "column" and 0 <= at + step < len(heads) and is_over(block, entry, near)
            for step in (-1, 1, 2) for near in heads[max(0, at + step) : at + step + 1]
        )
        for at, entry in enumerate(heads)
    ]
    return [entry for entry, part in zip(heads, over, strict=True) if not part]


def _places(block: Block, entry: Entry) -> list[int]:
    """The column that a head names, or the first that it stands over."""
    if entry.role == "column":
        return [entry.index]
    head = block.heads[entry.index] if entry.index < len(block.heads) else ""  # the title of a table is one as well
    return [at for at, column in enumerate(block.columns) if head in (*column.heads, *column.groups)][:1]


def heads_of(line: Line, shape: Shape) -> tuple[Entry, ...]:
    """The heads of columns in a line, and those that stand over columns."""
    name = shape.table.name
    words = [piece.word for piece in line.pieces if piece.word]
    return tuple([entry for word in words if (entry := _head(word, name))])


def _head(word: Word, name: str) -> Entry | None:
    """The head that a word is; an ordinal stands before the label of a row."""
    column = word.entry("column", name)
    if column is None:
        return word.entry("head", name) if word.entry("row", name) is None else None
    return None if word.ordinal and word.entry("row", name) else column


def elsewhere(over: Line | None, line: Line, shape: Shape) -> tuple[int, tuple[int, ...]] | None:
    """The row of a line, and where values stand below a head beside those of the form's columns, one of which is blank.

    A head that is printed once more, for each cell that it covers, is one beside them as well.
    """
    if over is None or not (line.grid or len(line.pieces) == len(over.pieces)):
        return None
    name = shape.table.name
    label, row = next(_labels(line, name), (-1, -1))
    own = [*takewhile(lambda piece: not piece.word, line.pieces[label + 1 :])]  # up to another row on the same line
    every = _heads(over)
    first = next((at for at, head in enumerate(every) if head.word and _head(head.word, name)), 0)
    # A label of two cells, that of its group and its own, may stand below one head.
    heads = every[first if len(every) - first == len(own) else label + 1 :]
    if row < 0 or len(own) > len(heads) or sum(not head.value for head in heads) <= shape.widths[row]:
        return None
    pairs = [*zip(heads, own, strict=False)]
    blank = any(piece.blank and head.word and _head(head.word, name) for head, piece in pairs)
    again = {id(head) for before, head in pairwise(heads) if head.text == before.text}
    others = tuple([
        piece.start for head, piece in pairs
        if piece.value and not piece.blank and not head.value and (not head.word or id(head) in again)
    ])
    return (row, others) if blank and others else None


def strangers(
    shape: Shape, rows: Sequence[Row], slots: Mapping[int, Sequence[Piece | None]]
) -> Iterator[tuple[int, Row]]:
    """The rows that were read with a value below a head that is none of the form's."""
    over = None
    for row in rows:
        if heads_of(row.line, shape):
            # Each row below is held against it; no table has more heads.
            over = row.line if len(row.line.pieces) <= MOST_CELLS else None
            continue
        if found := elsewhere(over, row.line, shape):
            at, others = found
            own = {slot.start - row.base for slot in slots.get(at, ()) if slot}
            if not own.isdisjoint(others):
                yield at, row
                continue
        own_rows = [at for _, at in _labels(row.line, shape.table.name)] if len(shape.rows) > 1 else [0]  # which has no label
        at = next((at for at in own_rows if at in slots), -1)
        if over and at >= 0:
            moved = tuple([slot and slot.moved(-row.base) for slot in slots[at]])
            own = {piece.start for piece in row.line.pieces}
            if all(slot is None or slot.start in own for slot in moved) and (
                below_others(over, row.line, shape, at, moved) or passed_over(over, row.line, shape, moved)
            ):
                yield at, row


def _labels(line: Line, name: str) -> Iterator[tuple[int, int]]:
    """The labels of rows in a line: their places, and which rows these are."""
    for at, piece in enumerate(line.pieces):
        if piece.word and (entry := piece.word.entry("row", name)):
            yield at, entry.index


def _heads(line: Line) -> list[Piece]:
    """What stands in each cell of a line of heads: of the words of a cell the last."""
    return [*{piece.start: piece for piece in line.pieces}.values()]


def below_others(over: Line, line: Line, shape: Shape, at: int, slots: Slots) -> bool:
    """Whether the cells that were read of a row stand below other heads than those of their columns, and no sum proves them.

    The heads tell where as many cells stand below them, and they name every column of the row's part of the table. Without
    sums blank ones do not: some tools shift cells, and nothing would prove what was read.
    """
    if not (over.grid and line.grid) or (not shape.columns and any([head.blank for head in over.pieces])):  # noqa: C419 - faster
        return False
    name, block = shape.table.name, shape.block(at)
    heads = [_head(head.word, name) if head.word else None for head in over.pieces]
    columns = [
        (head.index, piece) for head, piece in _stacked(heads, over, line, at, name)
        if head and head.role == "column" and head.block == block
    ]
    below = dict(columns)
    if not len(columns) == len(below) == len(slots):
        return False
    if all(slot is None or slot.start == below[column].start for column, slot in enumerate(slots)):
        return False
    sums = shape.sums(())
    told = tuple([below[column].value for column in range(len(slots))])
    return not sums.hold(numbers_of(slots)) or sums.hold(tuple([value.count if value else 0 for value in told])) is True


def passed_over(over: Line, line: Line, shape: Shape, slots: Slots) -> bool:
    """Whether a blank cell was left out that stands below the head of a column, in a table of one row with a head for each cell.

    A head that is printed once more for each cell that it covers has blanks below it that are none. Of several rows their
    sums and each other tell.
    """
    heads = _heads(over)
    if len(shape.rows) > 1 or not (over.grid and line.grid and len(heads) == len(line.pieces)):
        return False
    taken = {slot.start for slot in slots if slot}
    texts = ["", *(head.text for head in heads), ""]
    return any(
        piece.blank and piece.start not in taken and head.word and (entry := _head(head.word, shape.table.name))
        and entry.role == "column" and head.text not in (texts[at], texts[at + 2])
        for at, (head, piece) in enumerate(zip(heads, line.pieces, strict=True))
    )


def _stacked(
    heads: Sequence[Entry | None], over: Line, line: Line, at: int, name: str
) -> Sequence[tuple[Entry | None, Piece]]:
    """Each head with the cell that stands below it; none where their numbers differ."""
    label = next((place for place, row in _labels(line, name) if row == at), -1)
    if len(heads) == len(line.pieces):
        return [*zip(heads, line.pieces, strict=True)] if heads[label] is None else []  # below a column there is no label
    # Of the head of the labels and the label one may have a cell more.
    first = next((place for place, head in enumerate(heads) if head), 0)
    while first > 1 and not (over.pieces[first - 1].word or over.pieces[first - 1].value):
        first -= 1  # a head that the form does not have
    cells = line.pieces[label + 1 :]
    if cells and cells[0].blank and len(cells) > len(heads) - first:
        cells = cells[1:]  # the second cell of a label that stands in its first
    return [*zip(heads[first:], cells, strict=True)] if len(heads) - first == len(cells) else []


def columns_differ(shape: Shape, met: tuple[Entry, ...], *, keys: bool = False) -> bool:
    """Whether heads were first met in another order than the form's, those of totals aside unless they are `keys`."""
    if len(met) < 2:
        return False
    return (_known_columns if len(met) <= _MOST_HEADS else _columns_differ)(shape, met, keys)


def _columns_differ(shape: Shape, met: tuple[Entry, ...], keys: bool) -> bool:
    totals = set() if keys else {at for _, whole in shape.columns for at in whole}
    places: dict[int, list[int]] = {}
    for entry in dict.fromkeys(met):
        # A page may have the head over some columns a little above those beside it.
        if entry.role == "column" and entry.index not in totals:
            places.setdefault(entry.block, []).append(entry.index)
    return any(other < one for own in places.values() for one, other in pairwise(own))


# More heads are those of no table that recurs.
_MOST_HEADS = 60
_known_columns = lru_cache(maxsize=256)(_columns_differ)


def total_leads(shape: Shape, met: Sequence[Entry], rows: Iterable[Numbers]) -> bool:
    """Whether the head of a total is not behind those of its parts, and rows add up with their first value for it alone.

    Where it is not there, it may be a line above the table.
    """
    columns = [entry.index for entry in met if entry.role == "column"]
    ahead = [total for parts, (total, *_) in shape.columns if total in columns[:1] or {*parts} == {*columns}]
    if not ahead:
        return False
    moved = False
    for numbers in rows:
        own = shape.sums(()).hold(numbers)
        turned = shape.sums(()).hold((*numbers[1:], numbers[0]))
        if own and not turned:
            return False
        moved = moved or (turned is True and not own)
    return moved


def columns_in_disorder(shape: Shape, rows: Sequence[Row]) -> bool:
    """Whether heads of columns stand in another order than the form's, above rows or beside each value."""
    name = shape.table.name
    met: list[Entry] = []
    behind: list[int] = []  # how many values stand behind each

    def differ() -> bool:
        keys = len(behind) > 1 and set(behind) == {1}
        found = columns_differ(shape, tuple(met), keys=keys)
        met.clear()
        behind.clear()
        return found

    for row in rows:
        for piece in row.line.pieces:
            if piece.value:
                if behind:
                    behind[-1] += 1
            elif piece.word:
                head = _head(piece.word, name)
                # Several values stand behind the label of a row, whatever else that may be.
                ends = (behind and behind[-1] > 1) or (head is None and piece.word.entry("row", name))
                if ends and differ():
                    return True
                if head:
                    met.append(head)
                    behind.append(0)
    return differ()
