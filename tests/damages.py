"""Damages that a tool or a hand does to a report, and what the page then still says.

Each takes the text of a sound report; those that take something away also give the cells that
went with it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

import gkparse

__all__ = ["Spans", "cut_off", "doubled", "erased", "inserted", "read", "where", "without_lines"]

Spans = dict[str, tuple[int, int]]


def where(text: str, paths: Iterable[str]) -> Spans:
    """Where each cell of a sound report is printed."""
    report = gkparse.parse(text)
    spans = {path: report.locate(path) for path in paths}
    return {path: (span.start, span.end) for path, span in spans.items() if span}


def read(text: str) -> gkparse.Report | None:
    """The report, or None where the rest of the text is none any more."""
    try:
        return gkparse.parse(text)
    except gkparse.NotAReportError:
        return None


def erased(text: str, span: tuple[int, int]) -> str:
    """The text without what is printed in one cell."""
    start, end = span
    return text[:start] + text[end:]


def inserted(text: str, at: int, more: str) -> str:
    """The text with something more in one place."""
    return text[:at] + more + text[at:]


def without_lines(text: str, lost: Collection[int], spans: Spans) -> tuple[str, dict[str, None]]:
    """The text without some lines, counted round its end, and the cells that began in them."""
    lines = text.split("\n")
    lost = {line % len(lines) for line in lost}
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    gone = [
        path
        for path, (start, _) in spans.items()
        if any(starts[line] <= start < starts[line + 1] for line in lost)
    ]
    kept = "\n".join(line for at, line in enumerate(lines) if at not in lost)
    return kept, dict.fromkeys(gone)


def doubled(text: str, line: int) -> str:
    """The text with one line, counted round its end, printed twice."""
    lines = text.split("\n")
    line %= len(lines)
    return "\n".join([*lines[: line + 1], *lines[line:]])


def cut_off(text: str, at: int, spans: Spans) -> tuple[str, dict[str, None], set[str]]:
    """The text up to a place, the cells behind it, and those of which half a number may be left.

    Half a number without a sum that it belongs to looks whole.
    """
    gone = [path for path, (_, end) in spans.items() if end > at]
    halved = {
        path for path in gone if spans[path][0] < at and path.startswith("proactive.")
    }
    return text[:at], dict.fromkeys(gone), halved
