"""Grids: tables whose cells are known. Their heads tell the columns, their labels the rows.

What stands in a row and under a head of the form is the value of that cell, whatever it is: a blank
is blank for certain, and what is no value is one that cannot be read. Nothing is placed by order or
by arithmetic, and no row takes what stands in another.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

import attrs

from gkparse.heads import Head, heads_of
from gkparse.pieces import Piece, stretch
from gkparse.printed import UNREADABLE
from gkparse.readings import MOST_SOUGHT, MOST_UNCLAIMED, Finding, RowReading, TableReading
from gkparse.rows import Known, Row
from gkparse.runs import values
from gkparse.shape import Shape
from gkparse.vocabulary import Vocabulary, Word

__all__ = ["GridLine", "grid_lines", "read_grid"]

# So many numbers that follow each other, from 0 or 1, number columns or rows.
_LEAST_NUMBERS = 3
# So much of what was printed is quoted in a message.
_QUOTED = 80


@attrs.frozen(eq=False)
class GridLine:
    """A row that is no head: its cells, and the head above it."""

    row: Row
    cells: tuple[Known, ...]
    head: Head | None


def grid_lines(shape: Shape, rows: Sequence[Row]) -> list[GridLine]:
    """The rows of a table whose cells are known that are no heads."""
    return [GridLine(row, row.cells, head) for row, head in heads_of(shape, rows) if row.cells]


def read_grid(shape: Shape, words: Vocabulary, lines: Sequence[GridLine]) -> TableReading:
    """What a table says whose cells are known."""
    return _Reader(shape, words).read(lines)


class _Reader:
    def __init__(self, shape: Shape, words: Vocabulary) -> None:
        self.shape, self.words, self.name = shape, words, shape.table.name
        self.bare = len(shape.rows) == 1  # its row has no label
        self.findings: dict[Finding, None] = {}  # in order, each once
        self.found: dict[int, RowReading] = {}
        # Values under no head of the form, by grid and place, and whether they have another head.
        self.outside: dict[tuple[int, int, bool], list[tuple[int, Piece]]] = defaultdict(list)
        # The first row that each cell stands in, and the cells that stand in several.
        self.owners: dict[int, int] = {}
        self.torn: set[int] = set()
        self.conflicts: set[int] = set()
        self.sought = 0  # how many texts were compared with every label

    def read(self, lines: Sequence[GridLine]) -> TableReading:
        unclaimed: list[Piece] = []
        rows: list[tuple[int, GridLine, int]] = []
        for line in self._joined(lines):
            index, label = self._row(line)
            if index is not None:
                rows.append((index, line, label))
                for cell in line.cells[label + 1 :]:
                    if self.owners.setdefault(cell.origin, index) != index:
                        self.torn.add(cell.origin)
            elif not _counts(line.row.pieces):
                unclaimed += (
                    piece for cell in line.cells if not cell.above
                    for piece in cell.pieces if piece.value and not piece.blank
                )
        for index, line, label in rows:
            self._take(index, line, label)
        self._say_outside()
        for piece in unclaimed[:MOST_UNCLAIMED]:
            self._find("GK205", (piece,), (), printed=piece.text[:_QUOTED])
        return TableReading(self.found, list(self.findings), gridded=True)

    # ------------------------------------------------------------ which row

    def _row(self, line: GridLine) -> tuple[int | None, int]:
        """The row of the form that a line is, and which of its cells is the label."""
        if self.bare:
            # Its values alone, or blanks, as many as there are heads.
            filled = line.head is not None and len(line.cells) == len(line.head.cells)
            valued = all(piece.value for cell in line.cells for piece in cell.pieces)
            own = line.head is not None and line.head.grid_id == line.row.grid_id
            own = own or len(line.cells) == self.shape.widths[0]  # on the next page
            printed = own and line.row.traits.printed and not _counts(line.row.pieces)
            return (0 if printed or (filled and valued) else None), -1
        texts = [(at, _text(cell)) for at, cell in enumerate(line.cells) if not cell.above]
        texts = [(at, text) for at, text in texts if text]
        # The label is the last text; where that is none, a label in several cells, or one left of it.
        alone = [(at, self._own(line.cells[at])) for at, _ in texts]
        if alone and alone[-1][1]:
            return alone[-1][1] - 1, alone[-1][0]
        for first in range(len(texts) - 1):
            together = "".join(text for _, text in texts[first:])
            if index := self._known(self.words.lookup(together)):
                return index - 1, texts[-1][0]
        for at, index in reversed(alone):
            if index:
                return index - 1, at
        if len(texts) == 1 and self.sought < MOST_SOUGHT:
            self.sought += 1
            ((at, text),) = texts
            near = self._known(self.words.nearest(text))
            if near:
                self._find("GK212", line.cells[at].pieces, (near - 1,), printed=text)
                return near - 1, at
        return None, -1

    def _own(self, cell: Known) -> int:
        words = [piece.word for piece in cell.pieces if piece.word]
        return self._known(words[0]) if len(words) == 1 else 0

    def _known(self, word: Word | None) -> int:
        """The number of the row that a word is the label of, from 1; 0 for none."""
        entry = word.entry("row", self.name) if word else None
        return entry.index + 1 if entry else 0

    def _joined(self, lines: Sequence[GridLine]) -> Iterator[GridLine]:
        """The lines, two halves of a row that the end of a page has parted as one."""
        waiting: GridLine | None = None
        for line in lines:
            whole = self._whole(waiting, line) if waiting else None
            if waiting and not whole:
                yield waiting
            waiting = whole or line
        if waiting:
            yield waiting

    def _whole(self, upper: GridLine, lower: GridLine) -> GridLine | None:
        """The row of which two lines are halves, if neither is a row by itself and both together are."""
        same_page = upper.row.grid_id == lower.row.grid_id
        if self.bare or same_page or len(upper.cells) != len(lower.cells):
            return None
        if all(self._row(line)[0] is not None for line in (upper, lower)):
            return None
        texts = ["".join(_text(line.cells[at]) for line in (upper, lower)) for at in range(len(upper.cells))]
        at = max((at for at, text in enumerate(texts) if text), default=-1)
        word = self.words.lookup(texts[at]) if at >= 0 else None
        if not self._known(word):
            return None
        cells = []
        for place, (one, other) in enumerate(zip(upper.cells, lower.cells, strict=True)):
            printed = [cell for cell in (one, other) if any(not p.blank for p in cell.pieces)]
            if place == at:
                pieces = (attrs.evolve(one.pieces[0], text=texts[at], value=None, word=word),)
                cells.append(attrs.evolve(one, pieces=pieces))
            elif len(printed) == 2 and not _text(one):
                cells.append(attrs.evolve(one, pieces=(*one.pieces, *other.pieces)))
            else:
                cells.append(attrs.evolve(printed[0] if printed else one, above=one.above))
        return GridLine(upper.row, tuple(cells), upper.head)

    # ------------------------------------------------------------ which column

    def _take(self, index: int, line: GridLine, label: int) -> None:
        """Put the cells of a line under the columns of its row."""
        width = self.shape.widths[index]
        own = line.cells[label + 1 :]
        leaf = line.cells[label] if label >= 0 else None
        slots: list[Piece | None] = [None] * width
        columns = line.head.columns(self.shape, index, leaf) if line.head else {}
        going_on = not line.head or line.head.grid_id != line.row.grid_id
        if going_on and len(own) == width:
            pairs = [(at, at) for at in range(width)]
        elif line.head:
            pairs = [(columns.get(head, -1 - head), at) for head, at in line.head.under(own, leaf)]
        else:
            pairs = []
        several = Counter([at for _, at in pairs]) if len(pairs) > len(own) else {}
        for column, at in pairs:
            if column >= 0:
                slots[column] = self._value(own[at], shared=several.get(at, 1) > 1)
            elif line.head:  # pragma: no branch - without one a cell is under a column of the form
                self._put_outside(index, line, own[at], told=line.head.is_foreign(-1 - column))
        paired = {at for _, at in pairs}
        if len(paired) < len(own):
            for at, cell in enumerate(own):
                if at not in paired:
                    self._put_outside(index, line, cell, told=False)
        for cell in line.cells[: max(label, 0)]:
            self._put_outside(index, line, cell, told=True)
        if self.bare and not any(slots):
            return  # its heads tell no column of the form
        self._keep(index, RowReading.of(tuple(slots), leaf.pieces[-1] if leaf else None, aligned=False))

    def _put_outside(self, index: int, line: GridLine, cell: Known, *, told: bool) -> None:
        """Keep a value that stands under no head of the form; `told`: under another one."""
        for piece in cell.pieces:
            if piece.value and not piece.blank and not cell.above:
                self.outside[line.row.grid_id, cell.start, told].append((index, piece))

    def _value(self, cell: Known, *, shared: bool) -> Piece:
        """The one value of a cell; what is no value, several, or another's too, cannot be read."""
        piece, value = cell.pieces[0], cell.pieces[0].value
        if len(cell.pieces) == 1 and value:
            torn = shared or cell.origin in self.torn
            if not torn or value.kind in ("blank", "mark"):
                return piece
        return attrs.evolve(piece, value=UNREADABLE)

    def _keep(self, index: int, reading: RowReading) -> None:
        """Keep what was read of a row; where it was met again it must say the same."""
        before = self.found.get(index)
        said = [any(slot and not slot.blank for slot in each.slots) for each in (before, reading) if each]
        if index in self.conflicts:
            return
        if before is None or not said[0]:
            self.found[index] = reading
        elif said[1] and values(before.slots) != values(reading.slots):
            pieces = [slot for slot in (*before.slots, *reading.slots) if slot]
            self._find("GK203", pieces, (index,))
            del self.found[index]
            self.conflicts.add(index)

    def _say_outside(self) -> None:
        """Say which values stand under no head of the form, if these do not number the rows."""
        named: dict[tuple[int, bool], list[Piece]] = defaultdict(list)
        for (_, _, told), met in self.outside.items():
            numbers = [piece.value.value for _, piece in met if piece.value]
            if len(met) >= _LEAST_NUMBERS and all(
                isinstance(one, int) and isinstance(other, int) and other in (one + 1, 1)
                for one, other in pairwise((0, *numbers))
            ):
                continue
            for index, piece in met:
                named[index, told].append(piece)
        for (index, told), pieces in named.items():
            label = self.shape.rows[index][1].label
            printed = " ".join(piece.text for piece in pieces[:MOST_UNCLAIMED])[:_QUOTED]
            self._find("GK204" if told else "GK205", pieces[:1], (index,), printed=printed, label=label)

    def _find(
        self, code: str, pieces: Sequence[Piece], rows: tuple[int, ...], **arguments: str
    ) -> None:
        found = Finding(code, *stretch(pieces), rows, tuple(arguments.items()))
        self.findings[found] = None


def _text(cell: Known) -> str:
    """The text of a cell that holds no value."""
    pieces = cell.pieces
    if len(pieces) == 1:
        return "" if pieces[0].value else pieces[0].text
    return "".join([p.text for p in pieces]) if not any(p.value for p in pieces) else ""


def _counts(pieces: Sequence[Piece]) -> bool:
    """Whether a row numbers the columns."""
    printed = [piece.value.value for piece in pieces if piece.value and not piece.blank]
    first = printed[0] if printed else None
    return len(printed) >= _LEAST_NUMBERS and isinstance(first, int) and first in (0, 1) and (
        printed == [*range(first, first + len(printed))]
    )
