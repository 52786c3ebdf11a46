"""Tables: the physical rows of one, read in the way that they allow.

Where the cells of a file are known, `grids` reads them; a table with every row and every value in
its place, `whole`; any other, `matching`.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from gkparse.disorder import groups_in_disorder
from gkparse.form import Form, Table
from gkparse.pieces import stretch
from gkparse.readings import Finding, TableReading
from gkparse.rows import Row
from gkparse.shape import shape
from gkparse.vocabulary import vocabulary
from gkparse.whole import whole_table

__all__ = ["read_table"]


def read_table(
    form: Form,
    table: Table,
    rows: Sequence[Row],
    view: str = "",
    before: TableReading | None = None,
) -> TableReading:
    """Read the physical rows of one table; `before` is what was read of the one before."""
    own = shape(form, table)

    def matched() -> TableReading:
        from gkparse.matching import match  # noqa: PLC0415 - most tables are whole, and it takes long to load

        return match(form, own, rows, view, before)

    gridded = _is_grid(rows)
    if gridded:
        from gkparse.grids import grid_lines, read_grid  # noqa: PLC0415 - files alone have grids

        lines = grid_lines(own, rows)
        if any(line.head for line in lines):
            reading = read_grid(own, vocabulary(form.name), lines)
            return _doubted(reading) if len(own.rows) == 1 and groups_in_disorder(own, rows) else reading
    if whole := whole_table(own, rows):
        # Only a later table that is not whole has to know what empty lines mean.
        return attrs.evolve(whole, spacing=lambda: matched().spacing())
    # Where no head tells a column, only a row with as many cells as there are columns is read.
    return read_grid(own, vocabulary(form.name), lines) if gridded and lines else matched()


def _doubted(reading: TableReading) -> TableReading:
    """A reading whose rows may have their values under other heads."""
    found = [
        Finding("GK214", *stretch([piece for piece in row.slots if piece]), (at,)) for at, row in reading.rows.items()
    ]
    return attrs.evolve(reading, findings=[*reading.findings, *found])


def _is_grid(rows: Sequence[Row]) -> bool:
    """Whether the cells of a table are known: every row with values is one of a grid."""
    if not any([row.line.cells for row in rows]):  # noqa: C419 - this is faster, and most tables have none
        return False
    return all(row.cells is not None for row in rows if row.traits.printed)
