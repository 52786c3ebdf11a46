"""Placing: where the cells of a report were found, worked out when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TypeAlias

from gkparse.model import CellStatus, Placed
from gkparse.printed import BLANK
from gkparse.readings import RowReading

__all__ = ["Places"]

# The cells of a row, how they were read, what was read, and the places of those that were read otherwise.
_Row: TypeAlias = tuple[Sequence[str], CellStatus, RowReading, Mapping[str, Placed]]


class Places(Mapping[str, Placed]):
    """Where each cell stands, by its path.

    Rows are kept as they come: most reports are asked for few places, and many for none.
    """

    def __init__(self) -> None:
        self._rows: list[_Row] = []
        self._known: dict[str, Placed] = {}

    def add(
        self, cells: Sequence[str], status: CellStatus, reading: RowReading,
        others: Mapping[str, Placed] = MappingProxyType({}),
    ) -> None:
        """Keep where the cells of a row stand: blank ones, those with a status, and others."""
        self._rows.append((cells, status, reading, others))

    def statuses(self) -> Iterator[tuple[str, CellStatus]]:
        """How each cell was read that was added."""
        yield from [(cell, place.status) for cell, place in self._known.items()]
        for cells, status, reading, others in self._rows:
            for cell, said in zip(cells, reading.said, strict=True):
                if said is not None:
                    yield cell, others[cell].status if cell in others else "blank" if said is BLANK else status

    def known(self) -> Mapping[str, Placed]:
        """The places of all cells, worked out by now."""
        if rows := self._rows:
            known = dict(self._known)
            for cells, status, reading, others in rows:
                for cell, piece in zip(cells, reading.slots, strict=True):
                    if cell in others:
                        known[cell] = others[cell]
                    elif piece is not None and piece.value is not None:
                        own: CellStatus = "blank" if piece.blank else status
                        known[cell] = Placed(own, piece.start, piece.end)
            # In this order, as another thread may ask at the same time.
            self._known, self._rows = known, []
        return self._known

    def __getitem__(self, path: str) -> Placed:
        return self.known()[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self.known())

    def __len__(self) -> int:
        return len(self.known())

    def __reduce__(self) -> tuple[type[dict[str, Placed]], tuple[Mapping[str, Placed]]]:
        return dict, (dict(self.known()),)
