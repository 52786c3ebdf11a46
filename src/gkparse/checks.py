"""Checks: every rule over a report, independent of the text that it came from.

The rules stand in modules of their own: `arithmetic` (3xx), `conformity` and `plausibility`
(4xx), `narrative` (5xx). `series` compares the reports of several years (6xx).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from gkparse import arithmetic, conformity, narrative, plausibility  # each registers its rules
from gkparse.codes import CODES
from gkparse.diagnostics import Diagnostic
from gkparse.model import Report
from gkparse.registry import RULES

__all__ = ["check", "chosen", "known"]

_MODULES = (arithmetic, conformity, plausibility, narrative)


def check(
    report: Report, *, select: Iterable[str] = (), ignore: Iterable[str] = ()
) -> tuple[Diagnostic, ...]:
    """Every finding of every rule about a report, also one that was built by hand.

    `select` and `ignore` are codes or beginnings of codes, as in ruff: `["GK3"]` is all of the
    arithmetic; of both, the longer beginning counts. The report is not changed. A sum with a
    blank, marked or missing part is no contradiction: it is not assessed (GK305), or holds if
    that part is zero (GK306). Rules that need the text find nothing in a report without one.
    Raises `ValueError` where no code begins as is said or a value is not finite, and `KeyError` for a form that there is not.

    >>> import gkparse
    >>> from gkparse import Disputes, Results
    >>> report = gkparse.Report(disputes=Disputes(Results(1, 0, 0, 0, 2)))
    >>> [(finding.code, finding.paths[0]) for finding in gkparse.check(report)]
    [('GK304', 'disputes.reconsideration.total')]
    >>> gkparse.check(report, ignore=["GK304"])
    ()
    """
    selected, ignored = known(select), known(ignore)
    for path, value in report.numbers():
        if isinstance(value, Decimal) and not value.is_finite():
            raise ValueError(f"{path} is {value}: no page prints that")
    return tuple(
        finding
        for each in list(RULES)
        if any(chosen(code, selected, ignored) for code in each.codes)
        for finding in each.find(report)
        if chosen(finding.code, selected, ignored)
    )


def known(codes: Iterable[str]) -> tuple[str, ...]:
    """Beginnings of codes, each of which is that of a code."""
    asked = (codes,) if isinstance(codes, str) else tuple(codes)
    for begun in asked:
        if not begun or not any(code.startswith(begun) for code in CODES):
            raise ValueError(f"no code begins with {begun!r}; docs/diagnostics.md lists them")
    return asked


def chosen(code: str, select: Sequence[str], ignore: Sequence[str]) -> bool:
    """Whether a code is selected (every one is, if nothing is said) and not ignored."""
    wanted = [len(begun) for begun in select if code.startswith(begun)]
    unwanted = [len(begun) for begun in ignore if code.startswith(begun)]
    if not unwanted:
        return bool(wanted) or not select
    return bool(wanted) and max(wanted) > max(unwanted)
