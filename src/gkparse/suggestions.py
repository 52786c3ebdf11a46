"""Suggestions: the one change that would make every sum of a table hold, where there is one.

Nothing is changed here: a finding offers the suggestion, `Report.reconciled` alone takes it.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

from gkparse.arithmetic import Assessed, assess
from gkparse.counts import Value
from gkparse.form import load
from gkparse.model import Report

__all__ = ["explained", "suggested"]

Change: TypeAlias = tuple[tuple[str, int], ...]

# Where more sums of a table fail than these, no single change explains them.
_MOST_FAILING = 12
_CHANGE = re.compile(r"([a-z_.]{1,99}) = (\d{1,18}(?:\.\d{1,9})?)")


def explained(report: Report, failing: Sequence[Assessed]) -> dict[tuple[str, ...], str]:
    """For each sum that fails, by its total, the one change that mends it and all that fail with it.

    A change is another value in a cell, or that of two cells in each other's place; it is written
    as `Diagnostic.suggestion` has it, `path = value`, parted by `; `. Sums fail together that
    share a cell.
    """
    # A change that a sum with a blank part cannot bear out explains nothing.
    open_ = {path for each in assess(report) if each.missing for path in each.cells}
    holding = [each for each in assess(report) if each.outcome == "holds"]
    found: dict[tuple[str, ...], str] = {}
    for group in _together(failing):
        whole = all(isinstance(value, int) for each in group for value in each.cells.values())
        if len(group) > _MOST_FAILING or not whole:
            continue
        every = {*_single(group, holding), *_swapped(group, holding)}
        ways = {way for way in every if open_.isdisjoint(path for path, _ in way)}
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
    """The values that the findings about a report suggest, for tables that they mend.

    What the reading suggested counts where the value is not there; what `check` finds, as the
    report is now. Of a table in which suggestions disagree, or leave a sum that fails, none is taken.
    """
    from gkparse.checks import check  # noqa: PLC0415 - the rules suggest, and this gathers

    values: dict[str, set[int | Decimal]] = {}
    fields = load(report.form).fields
    read = [_changes(each.suggestion, fields) for each in report.diagnostics]
    read = [
        changes for changes in read
        if all(report.value(path) in (None, value) for path, value in changes.items())
    ]
    checked = [_changes(each.suggestion, fields) for each in check(report, select=["GK3"])]
    for changes in (*read, *checked):
        for path, value in changes.items():
            values.setdefault(path, set()).add(value)
    spoilt = {path.partition(".")[0] for path, only in values.items() if len(only) > 1}
    changed = {path: min(only) for path, only in values.items()}
    for each in assess(report):
        if changed.keys() & each.cells.keys() and not _holds(each, changed):
            spoilt.add(each.total.table)
    return {path: value for path, value in changed.items() if path.partition(".")[0] not in spoilt}


def _changes(suggestion: str | None, fields: Container[str]) -> dict[str, int | Decimal]:
    """The values of a suggestion by path; nothing of one that is only a word of help."""
    return {
        said[1]: Decimal(said[2]) if "." in said[2] else int(said[2])
        for part in (suggestion or "").split("; ")
        if (said := _CHANGE.fullmatch(part)) and said[1] in fields
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

    def filled(cells: Mapping[str, Value]) -> list[Value]:
        return [changed.get(path, value) for path, value in cells.items()]

    parts, whole = filled(each.parts), filled(each.whole)
    # What is not printed yet cannot be held against it.
    if None in (*parts, *whole):
        return True
    return sum(value or 0 for value in parts) == sum(value or 0 for value in whole)
