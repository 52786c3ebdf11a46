"""Tables: the physical rows of one, read in the way that they allow.

Where the cells of a file are known, `grids` reads them; a table with every row and every value in
its place, `whole`; any other, `matching`. A table that recurs letter for letter, as those of zeros alone
do from office to office, is not read again.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import TypeAlias

import attrs

from gkparse.disorder import groups_in_disorder
from gkparse.form import Form, Table
from gkparse.pieces import stretch
from gkparse.readings import Finding, TableReading
from gkparse.rows import Line, Row, recurs
from gkparse.shape import Shape, shape
from gkparse.spacing import Spacing
from gkparse.vocabulary import vocabulary
from gkparse.whole import whole_table

__all__ = ["MEMORY", "Memory", "read_table"]


def read_table(
    form: Form,
    table: Table,
    rows: Sequence[Row],
    view: str = "",
    before: TableReading | None = None,
) -> TableReading:
    """Read the physical rows of one table; `before` is what was read of the one before."""
    own = shape(form, table)
    asked = False  # whether the table before had to be asked what empty lines mean

    def ask() -> Spacing | None:
        nonlocal asked
        asked = True
        return before.spacing() if before else None

    def matched() -> TableReading:
        from gkparse.matching import match  # noqa: PLC0415 - most tables are whole, and it takes long to load

        return match(form, own, rows, view, TableReading({}, (), ask))

    def spacing() -> Spacing | None:
        return matched().spacing()

    gridded = _is_grid(rows)
    if gridded:
        from gkparse.grids import grid_lines, read_grid  # noqa: PLC0415 - files alone have grids

        lines = grid_lines(own, rows)
        if any(line.head for line in lines):
            reading = read_grid(own, vocabulary(form.name), lines)
            return _doubted(reading) if len(own.rows) == 1 and groups_in_disorder(own, rows) else reading
    key = _key(form.name, table.name, rows, view)
    if key and (known := MEMORY.readings.get(key)):
        start, reading = known
        return reading.moved(rows[0].start - start, spacing)
    if whole := whole_table(own, rows):
        # Only a later table that is not whole has to know what empty lines mean.
        reading = attrs.evolve(whole, spacing=spacing)
    # Where no head tells a column, only a row with as many cells as there are columns is read.
    elif gridded and lines:
        return read_grid(own, vocabulary(form.name), lines)
    else:
        reading = matched()
        if _is_list(own, table.name, rows, reading):
            reading = _doubted(reading)
    if key and not asked and all(map(recurs, rows)):
        MEMORY.keep(key, reading, rows[0].start)
    return reading


# What a table is read from: its form and name, its lines and where each begins in it, its text as a whole, the
# empty lines around it, and how much of the text is left behind.
Key: TypeAlias = tuple[str, str, tuple[Line, ...], bytes, int, int, int, int]

# A longer table recurs in no other text; one that was met so often will be met again.
_LONGEST, _OFTEN = 8000, 3


def _key(form: str, table: str, rows: Sequence[Row], view: str) -> Key | None:
    """What tells whether a table was met before; None for one that is not remembered."""
    if not rows or not rows[0].exact or rows[-1].end - rows[0].start > _LONGEST:
        return None
    first, end = rows[0].start, rows[-1].end
    left = 0 if end == len(view) else 1 if not view[end:].strip() else 2
    starts = array("q", [row.start - first for row in rows]).tobytes()
    lines = tuple([row.line for row in rows])
    # The lines pin down what they hold, the hash what stands between them; the text itself takes too much room.
    return form, table, lines, starts, hash(view[first:end]), rows[0].gap, rows[-1].after, left


class Memory:
    """Readings of tables that were met often, at most so many; of as many others, how often they were met."""

    def __init__(self, most: int, most_met: int) -> None:
        self.most = most
        self.most_met = most_met
        self.readings: dict[Key, tuple[int, TableReading]] = {}  # each with where its table began
        self.met: dict[int, int] = {}

    def keep(self, key: Key, reading: TableReading, start: int) -> None:
        """Keep a reading of a table that begins there, if its table was met often enough before."""
        met = hash(key)
        times = self.met.get(met, 0) + 1
        if times < _OFTEN:
            if len(self.met) >= self.most_met:
                self.met.clear()
            self.met[met] = times
            return
        if len(self.readings) >= self.most:
            self.readings.clear()
        self.readings[key] = start, attrs.evolve(reading, spacing=_nothing)


def _nothing() -> None:
    """What a reading that is kept knows of the table before."""


MEMORY = Memory(128, 8192)


def _is_list(own: Shape, table: str, rows: Sequence[Row], reading: TableReading) -> bool:
    """Whether it is some labels, each before its value, without captions and heads, as a list outside tables has them."""
    valued = [row for row in rows if row.line.traits.printed]
    if not valued or len(reading.rows) == len(own.rows) or any(row.grid or len(row.line.pieces) != 2 for row in valued):
        return False
    words = [piece.word for row in rows for piece in row.line.pieces if piece.word]
    return not any(word.entry(role, table) for word in words for role in ("caption", "column"))


def _doubted(reading: TableReading) -> TableReading:
    """A reading whose rows may have other values than those that were read."""
    found = [
        Finding("GK214", *stretch(printed), (at,))
        for at, row in reading.rows.items() if (printed := [piece for piece in row.slots if piece])
    ]
    return attrs.evolve(reading, findings=[*reading.findings, *found])


def _is_grid(rows: Sequence[Row]) -> bool:
    """Whether the cells of a table are known: every row with values is one of a grid."""
    if not any([row.line.cells for row in rows]):  # noqa: C419 - this is faster, and most tables have none
        return False
    return all(row.cells is not None for row in rows if row.traits.printed)
