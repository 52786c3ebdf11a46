"""Ruled tables: the cells that the straight lines of a page part from each other.

The lines that touch each other make one table. Its outer edges part cells also where no line is
drawn there, as many tables are open at their sides.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import attrs

from gkparse.readers.pdfium import Box, Rule

__all__ = ["Place", "Table", "tables"]

# Points: lines of a table so near each other are one, and parts so near a line are of it; ends so
# near a line touch it; dashes so near are a line.
_SAME = 5.0
_STRAIGHT = 0.5
_TOUCH = 4.0
_DASH = 5.0
_SHORTEST = 4.0
# So much of a cell's side must be drawn to be one.
_WALL = 0.5
# A table of more places than this is a drawing.
_MOST_PLACES = 20_000


@attrs.frozen
class Place:
    """A cell of a table: the row and column it begins in, how many it covers, and its box.

    `outside` says that it lies at a corner of the table which no line closes: if nothing stands in
    it, it is no cell.
    """

    row: int
    column: int
    rows: int
    columns: int
    box: Box
    outside: bool


@attrs.frozen
class Table:
    """A table with two columns or more: its places by row and column, and its box."""

    places: tuple[Place, ...]
    box: Box


def tables(rules: Sequence[Rule]) -> list[Table]:
    """The tables that these lines draw, from above."""
    drawn = _joined(rules, _STRAIGHT)
    found = [table for group in _touching(drawn) if (table := _table(_joined(group, _SAME)))]
    return sorted(found, key=lambda table: (table.box[1], table.box[0]))


def _joined(rules: Sequence[Rule], apart: float) -> list[Rule]:
    """Lines as one that are one to the eye: dots and dashes, the sides of cells, double lines."""
    found: list[Rule] = []
    for along in (True, False):
        ordered = sorted(rule for rule in rules if rule.along is along)
        for band in _bands(ordered, apart):
            at = (band[0].at + band[-1].at) / 2
            band.sort(key=lambda rule: rule.start)
            start, end = band[0].start, band[0].end
            for rule in band:
                if rule.start > end + _DASH:
                    found.append(Rule(along, at, start, end))
                    start, end = rule.start, rule.end
                end = max(end, rule.end)
            found.append(Rule(along, at, start, end))
    return [rule for rule in found if rule.end - rule.start >= _SHORTEST]


def _bands(ordered: Sequence[Rule], apart: float) -> Iterator[list[Rule]]:
    """Runs of lines that stand at one place, none further from the first than `apart`."""
    band: list[Rule] = []
    for rule in ordered:
        if band and rule.at - band[0].at > apart:
            yield band
            band = []
        band.append(rule)
    if band:
        yield band


def _touching(rules: Sequence[Rule]) -> list[list[Rule]]:
    """The lines in groups, those of one group touching each other by some way."""
    parent = list(range(len(rules)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    down = sorted((rule.at, at) for at, rule in enumerate(rules) if not rule.along)
    widths = [at for at, _ in down]
    for at, rule in enumerate(rules):
        if rule.along:
            first = bisect_left(widths, rule.start - _TOUCH)
            last = bisect_right(widths, rule.end + _TOUCH)
            for _, other in down[first:last]:
                if rules[other].start - _TOUCH <= rule.at <= rules[other].end + _TOUCH:
                    parent[root(other)] = root(at)
    groups: dict[int, list[Rule]] = defaultdict(list)
    for at, rule in enumerate(rules):
        groups[root(at)].append(rule)
    return list(groups.values())


def _edges(across: Iterable[Rule], beside: Iterable[Rule]) -> list[float]:
    """Where cells may end: at the lines across, and where those beside them end."""
    edges = sorted({rule.at for rule in across})
    ends = [rule.start for rule in beside] + [rule.end for rule in beside]
    if not edges or not ends:
        return edges
    first, last = min(ends), max(ends)
    return [
        *([first] if first < edges[0] - _DASH else []),
        *edges,
        *([last] if last > edges[-1] + _DASH else []),
    ]


def _table(rules: Sequence[Rule]) -> Table | None:
    """The table that these lines draw; None where they part nothing into columns."""
    down = [rule for rule in rules if not rule.along]
    along = [rule for rule in rules if rule.along]
    xs, ys = _edges(down, along), _edges(along, down)
    if len(xs) < 3 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > _MOST_PLACES:
        return None
    beside, above = _walls(down, xs, ys), _walls(along, ys, xs)
    areas = list(_areas(xs, ys, beside, above))
    columns = _used(edge for area in areas for edge in (area[0], area[2]))
    rows = _used(edge for area in areas for edge in (area[1], area[3]))
    if len(columns) < 3:
        return None
    places = [
        Place(
            rows[top],
            columns[left],
            rows[bottom] - rows[top],
            columns[right] - columns[left],
            (xs[left], ys[top], xs[right], ys[bottom]),
            _outside((left, top, right, bottom), len(xs), len(ys), beside, above),
        )
        for left, top, right, bottom in areas
    ]
    places.sort(key=lambda place: (place.row, place.column))
    return Table(tuple(places), (xs[0], ys[0], xs[-1], ys[-1]))


def _walls(rules: Iterable[Rule], edges: Sequence[float], marks: Sequence[float]) -> set[tuple[int, int]]:
    """Which stretches between two marks are drawn at which edge."""
    place = {edge: at for at, edge in enumerate(edges)}
    found: set[tuple[int, int]] = set()
    drawn: dict[tuple[int, int], float] = defaultdict(float)
    for rule in rules:
        at = place[rule.at]
        first = max(0, bisect_right(marks, rule.start) - 1)
        for stretch in range(first, len(marks) - 1):
            low, high = marks[stretch], marks[stretch + 1]
            if low >= rule.end:
                break
            drawn[at, stretch] += min(high, rule.end) - max(low, rule.start)
            if drawn[at, stretch] >= _WALL * (high - low):
                found.add((at, stretch))
    return found


_Area = tuple[int, int, int, int]


def _areas(
    xs: Sequence[float], ys: Sequence[float], beside: set[tuple[int, int]], above: set[tuple[int, int]]
) -> Iterator[_Area]:
    """The areas, by their edges, that no line parts; one that is no box as its single places."""
    seen: set[tuple[int, int]] = set()
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            if (column, row) in seen:
                continue
            area = _area((column, row), len(xs), len(ys), beside, above)
            seen |= area
            left, right = min(x for x, _ in area), max(x for x, _ in area) + 1
            top, bottom = min(y for _, y in area), max(y for _, y in area) + 1
            if len(area) == (right - left) * (bottom - top):
                yield left, top, right, bottom
            else:
                yield from ((x, y, x + 1, y + 1) for x, y in area)


def _area(
    start: tuple[int, int], wide: int, high: int,
    beside: set[tuple[int, int]], above: set[tuple[int, int]],
) -> set[tuple[int, int]]:  # fmt: skip
    found = {start}
    waiting = [start]
    while waiting:
        x, y = waiting.pop()
        for place, wall in (
            ((x + 1, y), (x + 1, y) in beside),
            ((x - 1, y), (x, y) in beside),
            ((x, y + 1), (y + 1, x) in above),
            ((x, y - 1), (y, x) in above),
        ):
            within = 0 <= place[0] < wide - 1 and 0 <= place[1] < high - 1
            if within and not wall and place not in found:
                found.add(place)
                waiting.append(place)
    return found


def _used(edges: Iterable[int]) -> dict[int, int]:
    """The place of each edge among those that some cell has."""
    return {edge: at for at, edge in enumerate(sorted(set(edges)))}


def _outside(
    area: _Area, wide: int, high: int, beside: set[tuple[int, int]], above: set[tuple[int, int]]
) -> bool:
    left, top, right, bottom = area
    open_beside = (left == 0 and any((0, y) not in beside for y in range(top, bottom))) or (
        right == wide - 1 and any((wide - 1, y) not in beside for y in range(top, bottom))
    )
    open_above = (top == 0 and any((0, x) not in above for x in range(left, right))) or (
        bottom == high - 1 and any((high - 1, x) not in above for x in range(left, right))
    )
    return open_beside and open_above
