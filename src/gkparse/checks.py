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
    parts = {path: report.value(path) for path in total.parts if not form.fields[path].optional}
    whole = {path: report.value(path) for path in total.whole}
    for path in total.parts:
        # One row that stands for several is printed instead of them, seldom beside them.
        if form.fields[path].optional and (value := report.value(path)) is not None:
            stem = path.split(".combined")[0]
            parts = {p: v for p, v in parts.items() if not (p.startswith(stem) and v is None)}
            parts[path] = value
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


def _added(cells: dict[str, int | Decimal | None]) -> int | Decimal | None:
    found = list(cells.values())
    return None if None in found else sum(value for value in found if value is not None)


def _written(cells: dict[str, int | Decimal | None]) -> str:
    return " + ".join(str(value) for value in cells.values() if value) or "0"
