"""A table of the form by index: its rows in official order, their widths, and its sums."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from functools import cache
from typing import TypeAlias

import attrs

from gkparse.form import Block, Form, Row, Table, join

__all__ = ["Numbers", "Shape", "Sums", "shape"]

Numbers: TypeAlias = tuple[int, ...]


@attrs.frozen(eq=False, repr=False)
class Sums:
    """The sums of a table by index: of columns within each row, and of rows in each column."""

    columns: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]
    rows: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]

    def hold(self, numbers: Numbers) -> bool | None:
        """Whether the sums within a row hold; None where they are about zeros and blanks alone."""
        if not any(numbers) or not self.columns:
            return None
        return all(
            sum(numbers[part] for part in parts) == sum(numbers[part] for part in whole)
            for parts, whole in self.columns
        )


    def allow(self, numbers: Numbers) -> bool:
        """Whether the sums within a row hold, or nothing but a total is printed."""
        wholes = {at for _, whole in self.columns for at in whole}
        return self.hold(numbers) is not False or all(
            at in wholes for at, number in enumerate(numbers) if number
        )


@attrs.frozen(eq=False, repr=False)
class Shape:
    """A table of the form, its rows flattened; `needed` are those that every report prints."""

    table: Table
    rows: tuple[tuple[Block, Row], ...]
    widths: tuple[int, ...]
    columns: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]
    totals: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]
    needed: tuple[int, ...]

    def block(self, index: int) -> int:
        """The block in which a row stands."""
        own = self.rows[index][0]
        return next(at for at, block in enumerate(self.table.blocks) if block is own)

    def first(self, block: int) -> int:
        """The index of the first row of a block."""
        return sum(len(other.rows) for other in self.table.blocks[:block])

    def belied(
        self, placed: Mapping[int, Numbers], blank: Mapping[int, Container[int]]
    ) -> set[int]:
        """The rows with blanks whose values may stand in other columns.

        Counts are never negative: where one side of a sum over rows is printed whole and the
        other comes to more, whatever is blank in it, some value stands in the wrong column.
        """
        found: set[int] = set()
        for parts, whole in self.totals:
            for more, less in ((parts, whole), (whole, parts)):
                if any(row not in placed for row in less) or placed.keys().isdisjoint(more):
                    continue
                sides = [[placed[row] for row in side if row in placed] for side in (more, less)]
                over, under = set(), set()
                for column, (one, other) in enumerate(
                    zip(*(map(sum, zip(*side, strict=True)) for side in sides), strict=True)
                ):
                    if one > other and not any(column in blank[row] for row in less):
                        over.add(column)
                    elif one < other:
                        under.add(column)
                found.update(
                    row
                    for row in more
                    if row in placed
                    and any(placed[row][column] for column in over)
                    and any(column in blank[row] for column in under or range(len(placed[row])))
                )
        return found

    def sums(self, met: Container[int]) -> Sums:
        """The sums over the rows that were met; one that misses a row says nothing."""
        totals = []
        for parts, whole in self.totals:
            needed = {row for row in (*parts, *whole) if not self.rows[row][1].optional}
            present = tuple(row for row in parts if row in met)
            missing = [row for row in needed if row not in met]
            if not any(self._stands_for(row, missing) for row in present) and missing:
                continue
            totals.append((present, whole))
        return Sums(self.columns, tuple(totals))

    def _stands_for(self, row: int, missing: Sequence[int]) -> bool:
        """Whether one row is printed instead of all the missing ones."""
        name = self.rows[row][1].name
        return self.rows[row][1].optional and all(
            self.rows[other][1].name.rpartition(".")[0] == name.rpartition(".")[0]
            for other in missing
        )


@cache
def shape(form: Form, table: Table) -> Shape:
    """The rows of a table in official order, and its sums by index."""
    flat = tuple((block, row) for block in table.blocks for row in block.rows)
    block = flat[0][0]
    rows = {join(table.name, row.name): at for at, (_, row) in enumerate(flat)}
    columns, totals = [], []
    for total in (total for total in form.sums if total.table == table.name):
        within = {join(table.name, flat[0][1].name, c.name): i for i, c in enumerate(block.columns)}
        if set(total.parts + total.whole) <= set(within):
            columns.append((
                tuple(within[path] for path in total.parts),
                tuple(within[path] for path in total.whole),
            ))
        stems = [
            [path.removesuffix("." + block.columns[0].name) for path in paths]
            for paths in (total.parts, total.whole)
        ]
        if all(stem in rows for side in stems for stem in side):
            totals.append((tuple(rows[s] for s in stems[0]), tuple(rows[s] for s in stems[1])))
    widths = tuple(len(block.columns) for block, _ in flat)
    needed = tuple(at for at, (_, row) in enumerate(flat) if not row.optional)
    return Shape(table, flat, widths, tuple(columns), tuple(totals), needed)
