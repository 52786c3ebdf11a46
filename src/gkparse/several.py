"""Several reports in one text, one after the other."""

from __future__ import annotations

from itertools import pairwise

import attrs

from gkparse.detection import read_rows, starts
from gkparse.diagnostics import Lines
from gkparse.errors import NotAReportError
from gkparse.flow import Flow
from gkparse.model import Report
from gkparse.parsing import parse
from gkparse.tokens import tokens

__all__ = ["parse_all"]


def parse_all(text: str) -> list[Report]:
    """Read every report of a text that holds several bodies' reports one after the other.

    Places are offsets into the whole text. The list is empty where the text holds no report;
    raises `TypeError` for anything but a `str`.

    >>> import gkparse
    >>> gkparse.parse_all("今日天气晴")
    []
    """
    if not isinstance(text, str):
        raise TypeError(f"gkparse.parse_all takes a str, not {type(text).__name__}")
    _, found = read_rows(Flow.of_text(text))
    begun = starts(list(tokens(found)))
    reports = []
    for start, end in pairwise((*begun, len(text))):
        try:
            report = parse(text[start:end])
        except NotAReportError:
            continue
        reports.append(_moved(report, text, start) if start else report)
    return reports


def _moved(report: Report, source: str, offset: int) -> Report:
    """A report of a part of a text, its places told in the whole text."""
    lines = Lines(source)
    return attrs.evolve(
        report,
        source=source,
        placed={
            path: place._replace(start=place.start + offset, end=place.end + offset)
            for path, place in report._placed.items()
        },
        diagnostics=tuple(
            attrs.evolve(found, span=lines.span(found.span.start + offset, found.span.end + offset))
            if found.span
            else found
            for found in report.diagnostics
        ),
    )
