"""Suggestions: the one change that would make every sum of a table hold, where there is one.

Nothing is changed here: a finding offers the suggestion, `Report.reconciled` alone takes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

from gkparse.arithmetic import Assessed, assess
from gkparse.model import Report, Value

__all__ = ["explained", "suggested"]

Change: TypeAlias = tuple[tuple[str, int], ...]

# Where more sums of a table fail than these, no single change explains them.
_MOST_FAILING = 12


def explained(report: Report, failing: Sequence[Assessed]) -> dict[tuple[str, ...], str]:
    """For each sum that fails, by its total, the one change that mends it and all that fail with it.

    A change is another value in a cell, or that of two cells in each other's place; it is written
    as `Diagnostic.suggestion` has it, `path = value`, parted by `; `. Sums fail together that
    share a cell.
    """
    holding = [each for each in assess(report) if each.outcome in ("holds", "holds with zeros")]
    found: dict[tuple[str, ...], str] = {}
    for group in _together(failing):
        if len(group) > _MOST_FAILING:
            continue
        ways = {*_single(group, holding), *_swapped(group, holding)}
        if len(ways) == 1:
            written = "; ".join(f"{path} = {value}" for path, value in ways.pop())
            found.update((each.total.whole, written) for each in group)
    return found


def _together(failing: Sequence[Assessed]) -> list[list[Assessed]]:
    """Sums that share cells, directly or through others."""
    groups: list[tuple[set[str], list[Assessed]]] = []
    for each in failing:
        cells, own = set(each.cells), [each]
        apart = []
        for known, others in groups:
            if known.isdisjoint(cells):
                apart.append((known, others))
            else:
                cells |= known
                own = [*others, *own]
        groups = [*apart, (cells, own)]
    return [own for _, own in groups]


def suggested(report: Report) -> dict[str, int | Decimal]:
    """The values that the findings about a report suggest; none where two of them disagree."""
    from gkparse.checks import check  # noqa: PLC0415 - the rules suggest, and this gathers

    values: dict[str, set[str]] = {}
    for finding in (*report.diagnostics, *check(report)):
        for change in (finding.suggestion or "").split("; "):
            path, equals, value = change.partition(" = ")
            if equals:
                values.setdefault(path, set()).add(value)
    return {
        path: Decimal(only) if "." in (only := written.copy().pop()) else int(only)
        for path, written in values.items()
        if len(written) == 1
    }


def _single(failing: Sequence[Assessed], holding: Sequence[Assessed]) -> Iterator[Change]:
    """Each cell that stands in every sum that fails and in no other, with the value it needs."""
    fixed = {path for each in holding for path in each.cells}
    shared = set.intersection(*(set(each.cells) for each in failing))
    for path in failing[0].cells:
        if path not in shared or path in fixed:
            continue
        needed = {_needed(each, path) for each in failing}
        if len(needed) == 1 and min(needed) >= 0:
            yield ((path, needed.pop()),)


def _needed(each: Assessed, path: str) -> int:
    """The value with which a cell makes a sum hold."""
    value = int(each.cells[path] or 0)
    lacking = int(each.right - each.left)
    return value + lacking if path in each.parts else value - lacking


def _swapped(failing: Sequence[Assessed], holding: Sequence[Assessed]) -> Iterator[Change]:
    """Each two cells of a row or column that make every sum hold in each other's place."""
    values: dict[str, Value] = {}
    for each in (*failing, *holding):
        values.update(each.cells)
    touched = [set(each.cells) for each in failing]
    rows: dict[str, list[str]] = {}
    for path in values:
        rows.setdefault(path.rpartition(".")[0], []).append(path)
        rows.setdefault("." + path.rpartition(".")[2], []).append(path)
    for line in rows.values():
        for at, one in enumerate(line):
            for two in line[at + 1 :]:
                a, b = values[one], values[two]
                if a is None or b is None or a == b:
                    continue
                if any(one not in cells and two not in cells for cells in touched):
                    continue
                if all(_holds(each, {one: b, two: a}) for each in (*failing, *holding)):
                    yield tuple(sorted(((one, int(b)), (two, int(a)))))


def _holds(each: Assessed, changed: Mapping[str, Value]) -> bool:
    """Whether a sum holds with some values changed."""
    if changed.keys().isdisjoint(each.cells):
        return each.left == each.right

    def added(cells: Mapping[str, Value]) -> Value:
        return sum(changed.get(path, value) or 0 for path, value in cells.items())

    return added(each.parts) == added(each.whole)
