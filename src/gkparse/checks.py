"""Checks: rules over a report, independent of the text that it came from.

A rule is a function from a report to its findings, registered under its code. The printed
arithmetic (A1 to A4 of the form) is the rules that `parse` itself runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import TypeAlias

from gkparse.codes import CODES
from gkparse.diagnostics import Diagnostic
from gkparse.form import Form, Sum, load
from gkparse.model import Report

__all__ = ["RULES", "Rule", "arithmetic", "check", "rule"]

Rule: TypeAlias = Callable[[Report], Iterator[Diagnostic]]

RULES: list[Rule] = []


def rule(function: Rule) -> Rule:
    """Register a rule; `check` runs the rules in the order of their registration."""
    RULES.append(function)
    return function


def check(report: Report) -> tuple[Diagnostic, ...]:
    """Every finding of every rule about a report, also one that was built by hand.

    The report is not changed. A sum with a blank, marked or missing part is not assessed.

    >>> import gkparse
    >>> from gkparse import Disputes, Results
    >>> report = gkparse.Report(disputes=Disputes(Results(1, 0, 0, 0, 2)))
    >>> [(finding.code, finding.paths[0]) for finding in gkparse.check(report)]
    [('GK304', 'disputes.reconsideration.total')]
    """
    return tuple(finding for function in RULES for finding in function(report))


@rule
def arithmetic(report: Report) -> Iterator[Diagnostic]:
    """A1 to A4: the sums that the form prints or implies, FORMAT 2.5."""
    form = load(report.form)
    for total in form.sums:
        if getattr(report, total.table) is not None:
            yield from _sum(report, form, total)


def _sum(report: Report, form: Form, total: Sum) -> Iterator[Diagnostic]:
    parts = _printed({path: report.value(path) for path in total.parts}, form)
    whole = {path: report.value(path) for path in total.whole}
    left, right = _added(parts), _added(whole)
    if left is None or right is None or left == right:
        return
    named = form.fields[total.whole[0]]
    labels = named.label.split(" > ")
    yield Diagnostic(
        total.code,
        CODES[total.code].severity,
        (*total.whole, *parts),
        report.locate(total.whole[0]),
        arguments={
            "label": labels[-2] if len(labels) > 1 else labels[0],
            "column": labels[-1],
            "parts": _written(parts),
            "whole": _written(whole),
            "left": str(left),
            "right": str(right),
        },
    )


def _printed(
    cells: dict[str, int | Decimal | None], form: Form
) -> dict[str, int | Decimal | None]:
    """The parts of a sum without the rows that others are printed instead of."""
    stems = {_stem(path) for path in cells if form.fields[path].optional}
    kinds = {
        (_stem(path), form.fields[path].optional)
        for path, value in cells.items()
        if value is not None
    }

    def replaced(path: str) -> bool:
        optional = form.fields[path].optional
        return (_stem(path), not optional) in kinds or (
            optional and (_stem(path), optional) not in kinds
        )

    return {
        path: value
        for path, value in cells.items()
        if value is not None or _stem(path) not in stems or not replaced(path)
    }


def _stem(path: str) -> str:
    """The path of the group that a cell's row belongs to."""
    return path.rsplit(".", 2)[0]


def _added(cells: dict[str, int | Decimal | None]) -> int | Decimal | None:
    found = list(cells.values())
    return None if None in found else sum(value for value in found if value is not None)


def _written(cells: dict[str, int | Decimal | None]) -> str:
    return " + ".join(str(value) for value in cells.values() if value) or "0"
