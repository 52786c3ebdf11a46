"""The registry of rules: what `gkparse.check` runs, ours and those that others add.

A rule is a function from a report to its findings, registered under the codes that it may find.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

import attrs

from gkparse.codes import CODES, Code
from gkparse.diagnostics import Diagnostic, Span
from gkparse.model import Report

__all__ = ["RULES", "Find", "Rule", "found", "load_rules", "rule"]

Find: TypeAlias = Callable[[Report], Iterator[Diagnostic]]


@attrs.frozen(eq=False, repr=False)
class Rule:
    """A function that looks for something, and the codes of what it may find."""

    codes: tuple[str, ...]
    find: Find


RULES: list[Rule] = []


def rule(*codes: Code | str) -> Callable[[Find], Find]:
    """Register a function as a rule under codes: those of gkparse by name, others as `Code`.

    `gkparse.check` runs the rules in the order of their registration. Raises `ValueError` for a
    `Code` whose code is taken, and `KeyError` for a name that is none.

    >>> import gkparse
    >>> from gkparse.codes import Code
    >>> from gkparse.registry import found, rule
    >>> busy = Code("XY001", "busy", "申请较多", "info", "{count} requests were received", "收到{count}件申请")
    >>> @rule(busy)
    ... def many(report):
    ...     total = report.value("requests.received.total")
    ...     if total and total > 9_999:
    ...         yield found(busy.code, report, ["requests.received.total"], count=str(total))
    >>> crowded = gkparse.Report(requests=gkparse.Requests(gkparse.Applicants(total=12_000)))
    >>> [finding.message_in("zh") for finding in gkparse.check(crowded, select=["XY"])]
    ['收到12000件申请']
    """
    for code in codes:
        if isinstance(code, Code):
            if CODES.setdefault(code.code, code) != code:
                raise ValueError(f"the code {code.code} is taken by {CODES[code.code].name}")
        else:
            CODES[code]  # a KeyError says which name is none
    names = tuple(code.code if isinstance(code, Code) else code for code in codes)

    def register(function: Find) -> Find:
        RULES.append(Rule(names, function))
        return function

    return register


def load_rules() -> None:
    """Import what installed packages name in the entry-point group `gkparse.rules`.

    The command line does so, `gkparse.check` does not: in Python whoever wants the rules of a
    package imports it.
    """
    from importlib.metadata import entry_points  # noqa: PLC0415 - slow, and needed for this alone

    for point in entry_points(group="gkparse.rules"):
        point.load()


def found(
    code: str,
    report: Report,
    paths: Sequence[str] = (),
    span: Span | None = None,
    suggestion: str | None = None,
    *,
    located: bool = True,
    **arguments: str,
) -> Diagnostic:
    """A finding of a registered code; it stands where the first of its paths is printed.

    Unless it is `located` elsewhere, which `span` may say or nobody know. `arguments` are the facts
    that the code's messages are made of.
    """
    if located and span is None and paths:
        span = next((place for path in paths if (place := _place(report, path))), None)
    return Diagnostic(code, CODES[code].severity, tuple(paths), span, suggestion, arguments)


def _place(report: Report, path: str) -> Span | None:
    try:
        return report.locate(path)
    except KeyError:  # a row or a table has no one place
        return None
