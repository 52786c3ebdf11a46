"""Sheets: what a sheet of a workbook holds, and the table that it shows of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import accumulate
from typing import TypeAlias

import attrs

from gkparse.blocks import PICTURE, Block, Grid, GridCell, Paragraph
from gkparse.errors import ReadError
from gkparse.limits import Limits

__all__ = ["Place", "Sheet", "block", "real", "whole"]

Place: TypeAlias = tuple[int, int]
# Where a sheet ends, in XLS, XLSX and ODS.
_LAST_ROWS = frozenset({65_535, 1_048_575})
_LAST_COLUMNS = frozenset({255, 1023, 16_383})
_DAMAGED = "its {} is damaged: {!r} is no number"
# The first and the last of rows or columns.
_Stretch: TypeAlias = tuple[int, int]


@attrs.define
class Sheet:
    """What a sheet holds by place, hidden or not; a merged range is its first and last place."""

    texts: dict[Place, str] = attrs.Factory(dict)
    merged: list[tuple[Place, Place]] = attrs.Factory(list)
    hidden_rows: list[_Stretch] = attrs.Factory(list)
    hidden_columns: list[_Stretch] = attrs.Factory(list)
    pictures: list[Place] = attrs.Factory(list)


def block(sheet: Sheet, page: int, limits: Limits) -> Block | None:
    """The table that a sheet shows; a picture where it shows nothing else; None where it is empty."""
    texts = {place: text for place, text in sheet.texts.items() if text.strip()}
    if not texts:
        return Paragraph(PICTURE, page) if sheet.pictures else None
    for place in sheet.pictures:
        texts.setdefault(place, PICTURE)
    rows, columns = _size(texts, sheet.merged)
    limits.hold("cells", rows * columns, "cells in a sheet")
    row_at = _shown(sheet.hidden_rows, rows)
    column_at = _shown(sheet.hidden_columns, columns)
    cells: list[GridCell] = []
    covered: set[Place] = set()
    area = 0
    for (top, left), (last_row, last_column) in sheet.merged:
        below, beside = min(last_row + 1, rows), min(last_column + 1, columns)
        area += max(0, below - top) * max(0, beside - left)
        limits.hold("cells", area, "cells in merged ranges")
        places = {(row, column) for row in range(top, below) for column in range(left, beside)}
        if not places or places & covered:
            continue
        high, wide = row_at[below] - row_at[top], column_at[beside] - column_at[left]
        covered |= places
        if high and wide:
            # A merged cell whose first row is hidden shows its text in what is left of it.
            text = texts.get((top, left)) or next(
                (PICTURE for at in sheet.pictures if at in places), ""
            )
            cells.append(GridCell(text, row_at[top], column_at[left], high, wide))
    for row in range(rows):
        for column in range(columns):
            shown = row_at[row + 1] > row_at[row] and column_at[column + 1] > column_at[column]
            if shown and (row, column) not in covered:
                cells.append(GridCell(texts.get((row, column), ""), row_at[row], column_at[column]))
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Grid(tuple(cells), page) if cells else None


def _size(texts: Mapping[Place, str], merged: Iterable[tuple[Place, Place]]) -> tuple[int, int]:
    """How many rows and columns hold text; an empty cell beyond the last is not of the table."""
    ends = list(texts)
    for first, (row, column) in merged:
        if first in texts:
            # A title merged over all columns of the sheet does not widen the table.
            ends.append((0 if row in _LAST_ROWS else row, 0 if column in _LAST_COLUMNS else column))
    return max(row for row, _ in ends) + 1, max(column for _, column in ends) + 1


def _shown(hidden: Iterable[_Stretch], count: int) -> list[int]:
    """For each of `count` rows or columns, and for their end, how many before it are shown."""
    changes = [0] * (count + 1)
    for first, last in hidden:
        changes[min(max(first, 0), count)] += 1
        changes[min(max(last, first) + 1, count)] -= 1
    return [0, *accumulate(int(covers == 0) for covers in accumulate(changes[:count]))]


def whole(text: str, what: str) -> int:
    """A whole number that is not negative, of at most nine digits."""
    if not re.fullmatch("[0-9]{1,9}", text):
        raise ReadError(_DAMAGED.format(what, text[:40]))
    return int(text)


def real(text: str) -> float:
    """A number."""
    try:
        return float(text)
    except ValueError:
        raise ReadError(_DAMAGED.format("cell", text[:40])) from None
