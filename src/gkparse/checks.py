"""Checks: every rule over a report, independent of the text that it came from.

The rules stand in modules of their own: `arithmetic` (3xx), `conformity` and `plausibility`
(4xx), `narrative` (5xx). `series` compares the reports of several years (6xx).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

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
    Raises `ValueError` where no code begins as is said.

    >>> import gkparse
    >>> from gkparse import Disputes, Results
    >>> report = gkparse.Report(disputes=Disputes(Results(1, 0, 0, 0, 2)))
    >>> [(finding.code, finding.paths[0]) for finding in gkparse.check(report)]
    [('GK304', 'disputes.reconsideration.total')]
    >>> gkparse.check(report, ignore=["GK304"])
    ()
    """
    selected, ignored = known(select), known(ignore)
    return tuple(
        finding
        for known in list(RULES)
        if any(chosen(code, selected, ignored) for code in known.codes)
        for finding in known.find(report)
        if chosen(finding.code, selected, ignored)
    )


def known(codes: Iterable[str]) -> tuple[str, ...]:
    """Beginnings of codes, each of which is that of a code."""
    asked = (codes,) if isinstance(codes, str) else tuple(codes)
    for begun in asked:
        if not any(code.startswith(begun) for code in CODES):
            raise ValueError(f"no code begins with {begun!r}; docs/diagnostics.md lists them")
    return asked


def chosen(code: str, select: Sequence[str], ignore: Sequence[str]) -> bool:
    """Whether a code is selected (every one is, if nothing is said) and not ignored."""
    wanted = [len(known) for known in select if code.startswith(known)]
    unwanted = [len(known) for known in ignore if code.startswith(known)]
    if not unwanted:
        return bool(wanted) or not select
    return bool(wanted) and max(wanted) > max(unwanted)
