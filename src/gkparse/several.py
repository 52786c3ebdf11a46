"""Several reports in one text or file, one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import attrs

from gkparse.detection import starts
from gkparse.diagnostics import Collector, Lines
from gkparse.errors import NotAReportError
from gkparse.flow import Flow
from gkparse.model import Report
from gkparse.parsing import Parser, parse_flow

__all__ = ["parse_all", "reports_of"]

_HEAD = re.compile("<head[ >]", re.IGNORECASE)


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
    try:
        return reports_of(Flow.of_text(text))
    except NotAReportError:
        return []


def reports_of(flow: Flow) -> list[Report]:
    """Every report of a text whose rows are known; raises `NotAReportError` where there is none."""
    parser = Parser(flow)
    begun = starts(parser.tokens)
    if len(begun) == 1:
        return [parser.report()]
    reports: list[Report] = []
    left: list[int] = []  # where parts begin in which no report can be read
    none = NotAReportError("no annual report in this text")
    lines = Lines(flow.source, flow.positions)
    for start, end in pairwise((*_with_heads(begun, flow.source), len(flow.source))):
        try:
            reports.append(_moved(parse_flow(flow.part(start, end)), flow, lines, start))
        except NotAReportError as error:
            none = error
            left.append(start)
    if not reports:
        raise none
    if left:
        reports[-1] = _with_left(reports[-1], flow, left)
    return reports


def _with_heads(begun: Sequence[int], source: str) -> Iterator[int]:
    """Where each report begins, with the head of its web page: its title is none of the report before."""
    yield begun[0]
    for before, start in pairwise(begun):
        head = max((found.start() for found in _HEAD.finditer(source, before, start)), default=start)
        # A head above a table is that of the report before, or of both.
        yield start if "<td" in source[head:start].lower() else head


def _with_left(report: Report, flow: Flow, left: Sequence[int]) -> Report:
    """The last report of a text, with a finding for each part that looks like another and cannot be read."""
    collector = Collector(Lines(flow.source, flow.positions))
    for start in left:
        collector.find("GK107", (), start, start + 1)
    return attrs.evolve(report, diagnostics=(*report.diagnostics, *collector.diagnostics))


def _moved(report: Report, flow: Flow, lines: Lines, offset: int) -> Report:
    """A report of a part of a text, its places told in the whole text."""
    return attrs.evolve(
        report,
        source=flow.source,
        positions=flow.positions,
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
