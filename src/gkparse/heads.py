"""Heads: what the heads of a table whose cells are known say of its columns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import attrs

from gkparse.rows import Known, Row
from gkparse.shape import Shape
from gkparse.vocabulary import Entry

__all__ = ["Head", "heads_of"]

# A row with a number for at least so many heads is still one of heads.
_HEADS_A_NUMBER = 3


@attrs.frozen(eq=False)
class Head:
    """The lowest heads of a table, from left to right, each with the columns that it may name."""

    grid_id: int
    cells: tuple[Known, ...]
    named: tuple[tuple[Entry, ...], ...]
    # Most labels of a table reach over the same columns.
    _columns: dict[tuple[int, int, int], dict[int, int]] = attrs.field(factory=dict, init=False)
    _heads: dict[tuple[int, int], list[int]] = attrs.field(factory=dict, init=False)
    _stands: dict[tuple[object, ...], list[tuple[int, int]]] = attrs.field(factory=dict, init=False)

    def behind(self, label: Known | None) -> list[int]:
        """The heads that stand right of a label; all that name columns, if it stands under one."""
        key = (label.start, label.end) if label else (-1, -1)
        if key not in self._heads:
            self._heads[key] = self._behind(label)
        return self._heads[key]

    def _behind(self, label: Known | None) -> list[int]:
        if label and self._under_name(label):
            return [at for at, own in enumerate(self.named) if own]
        return [
            at for at, head in enumerate(self.cells)
            if label is None or (head.start > label.start and head.end > label.end)
        ]

    def columns(self, shape: Shape, index: int, label: Known | None) -> dict[int, int]:
        """Which column of the form each head names, for the block of a row."""
        block = shape.block(index)
        key = (block, label.start, label.end) if label else (block, -1, -1)
        if key not in self._columns:
            self._columns[key] = self._named(shape, index, label)
        return self._columns[key]

    def _named(self, shape: Shape, index: int, label: Known | None) -> dict[int, int]:
        """Which column each head names, told by its words and its place.

        A word that names several columns names them in the order of its occurrences. Where there are
        as many heads as columns, one that is no word of the form is misprinted.
        """
        block = shape.block(index)
        bare = len(shape.rows) == 1
        heads = self.behind(label)
        named = {
            at: own for at in heads
            if (own := tuple(entry.index for entry in self.named[at] if entry.block == block))
        }
        if len(heads) == shape.widths[index] and 2 * len(named) >= len(heads):
            in_order = dict(zip(heads, range(len(heads)), strict=True))
            fitting = all(in_order[at] in own for at, own in named.items())
            told = all(bare or at in named or (self.is_printed(at) and not self.named[at]) for at in heads)
            if fitting and told:
                return in_order
        found: dict[int, int] = {}
        for own, places in _gathered(named).items():
            # A word that names several columns names each of them, or nothing tells which.
            if len(own) == len(places):
                found |= dict(zip(places, own, strict=True))
        if len(set(found.values())) < len(found) or (bare and [found[at] for at in sorted(found)] != sorted(found.values())):
            return {}  # which group a head of table four is of, only its place tells
        return found

    def _under_name(self, label: Known) -> bool:
        """Whether a label stands where a column is named: the row is moved against its heads."""
        return any(
            own and head.start < label.end and label.start < head.end
            for head, own in zip(self.cells, self.named, strict=True)
        )

    def is_foreign(self, at: int) -> bool:
        """Whether a head has a text that is none of the form."""
        return self.is_printed(at) and not any(piece.word for piece in self.cells[at].pieces)

    def is_printed(self, at: int) -> bool:
        """Whether a head has a text."""
        return any(piece.text for piece in self.cells[at].pieces)

    def under(self, cells: Sequence[Known], label: Known | None) -> list[tuple[int, int]]:
        """The heads that the cells of a row stand under, each with the cell; none that edges do not tell.

        A row with as many cells as there are heads, none of them merged, whose edges are not quite in
        line or which is moved as a whole, has one under each.
        """
        edges = tuple([(cell.start, cell.end) for cell in cells])
        key = (edges, label.start, label.end) if label else (edges, -1, -1)
        if key not in self._stands:
            self._stands[key] = list(self._under(edges, label))
        return self._stands[key]

    def _under(
        self, edges: tuple[tuple[int, int], ...], label: Known | None
    ) -> Iterator[tuple[int, int]]:
        heads = self.behind(label)
        starts = {self.cells[at].start: place for place, at in enumerate(heads)}
        ends = {self.cells[at].end: place for place, at in enumerate(heads)}
        moved = label is not None and self._under_name(label)
        spans = [(starts.get(start), ends.get(end)) for start, end in edges]
        merged = any(first is not None and last is not None and last > first for first, last in spans)
        if moved or not (merged or all(None not in span for span in spans)):
            if len(heads) == len(edges):
                yield from zip(heads, range(len(edges)), strict=True)
                return
            if moved:
                return
        for cell, (first, last) in enumerate(spans):
            if first is not None and last is not None:
                yield from ((heads[place], cell) for place in range(first, last + 1))


def _gathered(named: dict[int, tuple[int, ...]]) -> dict[tuple[int, ...], list[int]]:
    """The places of the heads that may name the same columns."""
    found: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for at, own in named.items():
        found[own].append(at)
    return found


def heads_of(shape: Shape, rows: Sequence[Row]) -> Iterator[tuple[Row, Head | None]]:
    """The rows that are no heads, each with the head above it."""
    head: Head | None = None
    above: list[Row] = []
    for row in rows:
        if row.cells is None:
            continue
        if _is_head(shape, row):
            if above and above[-1].grid_id != row.grid_id:
                above = []
            above.append(row)
            continue
        if above:
            head, above = _whole(head, _lowest(shape, above)), []
        yield row, head


def _is_head(shape: Shape, row: Row) -> bool:
    """Whether a row names columns; 其他 and 总计 alone name a row as well."""
    name = shape.table.name
    words = [piece.word for piece in row.pieces if piece.word]
    columns = [word for word in words if word.entry("column", name)]
    if row.traits.printed:
        return len(columns) >= _HEADS_A_NUMBER * row.traits.printed  # the row has a number of its own
    return len(columns) > 1 or any(
        not word.entry("row", name)
        for word in words
        if word.entry("column", name) or word.entry("head", name)
    )


def _lowest(shape: Shape, rows: Sequence[Row]) -> Head:
    """The lowest heads of some rows of heads; what is blank there is named above it."""
    lowest = rows[-1].cells or ()
    named = []
    for cell in lowest:
        own = _columns(shape, cell)
        for row in reversed(rows[:-1]):
            if own or any(piece.text for piece in cell.pieces):
                break
            over = [other for other in row.cells or () if (other.start, other.end) == (cell.start, cell.end)]
            own = _columns(shape, over[0]) if over else ()
        named.append(own)
    return Head(rows[-1].grid_id, tuple(lowest), tuple(named))


def _whole(before: Head | None, head: Head) -> Head:
    """A head that repeats only the upper part of the one before it stands for the whole of that."""
    if before is None:
        return head
    known = {(cell.start, cell.end): own for cell, own in zip(before.cells, before.named, strict=True) if own}
    again = {(cell.start, cell.end): own for cell, own in zip(head.cells, head.named, strict=True) if own}
    if len(again) < len(known) and again.items() <= known.items():
        return Head(head.grid_id, before.cells, before.named)
    return head


def _columns(shape: Shape, cell: Known) -> tuple[Entry, ...]:
    return tuple(
        entry for piece in cell.pieces if piece.word for entry in piece.word.entries
        if entry.role == "column" and entry.table == shape.table.name
    )
