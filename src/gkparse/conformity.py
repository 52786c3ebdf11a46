"""Rules on what a report must be like: its years, form, sections, parts and dates.

Sources: the formats of 2019 and 2021 (国办公开办函〔2019〕60号, 〔2021〕30号) and articles 49 and 50
of the Regulations, as FORMAT 1.1, 2.1, 3 and 6.5 tell of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache

from gkparse.agencies import is_government, level
from gkparse.diagnostics import Diagnostic, Span
from gkparse.folding import fold, simplified
from gkparse.form import load
from gkparse.model import Report, Section
from gkparse.preamble import number, year_of
from gkparse.registry import found, rule

__all__ = ["meant"]

# The first year of each form, the newest first; the form of 2014 was allowed in 2019 as well.
_SINCE = ((2021, "2021"), (2019, "2019"), (2014, "2014"))
_TRANSITION = (2019, "2014")
# Sections that tell of a year's work, and how many characters say next to nothing.
_TOLD, _FEW = (1, 5), 40
# How far into a report its preamble may announce the parts.
_PREAMBLE = 6_000
_FIGURE = "[0-9０-９〇一二三四五六七八九十]"
_PARTS = re.compile(rf"(?<!第)({_FIGURE}{{1,3}})(?:个|個|大)*部分(?:组成|組成|内容|內容|构成|構成|[，,。；;：:）)])")
_OPENING = re.compile(
    rf"\s*(?:[（(]?{_FIGURE}{{1,3}}[)）、.．]\s*)?(([2２二]{_FIGURE}{{3}})年)(?:度)?\s*[，,、本我全]"
)


@rule("GK401")
def title_and_period(report: Report) -> Iterator[Diagnostic]:
    """The year of the title is that of the figures."""
    said, start = year_of(report.title or ""), report.metadata.period_start
    if said and start and said != start.year:
        yield found("GK401", report, expected=str(said), actual=str(start.year))


@rule("GK402")
def prose_year(report: Report) -> Iterator[Diagnostic]:
    """The overview does not begin with another year, as one copied from last year's does."""
    for section in report.sections:
        opening = _OPENING.match(section.text)
        if section.number == 1 and opening and report.year and number(opening[2]) != report.year:
            span = _found_once(report, opening[1])
            yield found("GK402", report, span=span, expected=str(report.year), printed=opening[1])


@rule("GK403")
def calendar_year(report: Report) -> Iterator[Diagnostic]:
    """The figures are those of a calendar year (article 49: of the year before)."""
    start, end = report.metadata.period_start, report.metadata.period_end
    if start and end and (start, end) != (date(start.year, 1, 1), date(start.year, 12, 31)):
        yield found("GK403", report, actual=f"{start} – {end}", expected=str(start.year))


@rule("GK404")
def form_of_the_year(report: Report) -> Iterator[Diagnostic]:
    """The tables are those that were in force in the year (FORMAT 0)."""
    expected = next((form for since, form in _SINCE if report.year and report.year >= since), None)
    if expected and report.form != expected and (report.year, report.form) != _TRANSITION:
        yield found("GK404", report, year=str(report.year), expected=expected, actual=report.form)


@rule("GK405", "GK406", "GK417")
def sections(report: Report) -> Iterator[Diagnostic]:
    """All sections of the form are there, under their own titles and numbers (article 50)."""
    titles = {title.number: title.label for title in load(report.form).sections}
    if not report.sections or not titles:
        return
    placed = [(section, meant(report.form, section)) for section in report.sections]
    right = {own for section, own in placed if section.number == own}
    lacking = [label for at, label in titles.items() if at not in {own for _, own in placed}]
    for section, own in placed:
        label = titles.get(section.number)
        # A heading that bears its section's number and title may stand elsewhere once more.
        if own == section.number or section.number in right:
            continue
        if own not in right:
            yield found(
                "GK417", report, printed=section.title, expected=str(own),
                actual=str(section.number),
            )
        elif label is not None:
            lacking = [each for each in lacking if each != label]
            yield found(
                "GK406", report, number=str(section.number), printed=section.title,
                expected=label.partition("、")[2],
            )
    if lacking:
        yield found("GK405", report, labels="、".join(f"“{label}”" for label in lacking))


@rule("GK407")
def sections_say_something(report: Report) -> Iterator[Diagnostic]:
    """The sections that tell of the year's work say more than a line."""
    told: dict[int, int] = {}
    for section in report.sections:
        own = meant(report.form, section)
        told[own] = told.get(own, 0) + sum(sign.isalnum() for sign in section.text)
    titles = {title.number: title.label for title in load(report.form).sections}
    for own in _TOLD:
        if told.get(own, _FEW) < _FEW:
            yield found("GK407", report, label=titles[own], count=str(told[own]))


def meant(form: str, section: Section) -> int:
    """Which section of the form a section is by its title, else by its number."""
    return _numbers(form).get(simplified(fold(section.title).key), section.number)


@cache
def _numbers(form: str) -> Mapping[str, int]:
    return {
        fold(label).key: title.number
        for title in load(form).sections
        for label in (title.label, *title.aliases)
    }


@rule("GK408")
def parts_announced(report: Report) -> Iterator[Diagnostic]:
    """The preamble announces as many parts as there are."""
    if report.source is None or not report.sections:
        return
    announced = _PARTS.search(report.source, 0, _preamble_end(report.source, report.sections[0]))
    if announced and number(announced[1]) != len(report.sections):
        yield found(
            "GK408", report, span=Span.of(report.source, announced.start(), announced.end()),
            expected=str(number(announced[1])), actual=str(len(report.sections)),
        )


@rule("GK409", "GK410")
def issued_in_time(report: Report) -> Iterator[Diagnostic]:
    """The date is after the period's end and within the time of article 49."""
    issued = report.metadata.issue_date
    if issued is None or report.year is None:
        return
    end = report.metadata.period_end or date(report.year, 12, 31)
    latest = _deadline(report.agency, report.year)
    if issued <= end:
        yield found("GK409", report, expected=str(end), actual=str(issued))
    elif latest and issued > latest:
        yield found("GK410", report, expected=str(latest), actual=str(issued))


def _deadline(agency: str | None, year: int) -> date | None:
    """Article 49: departments by 31 January, governments by 31 March; townships are not named."""
    if agency is None or level(agency) == "township":
        return None
    return date(year + 1, 3, 31) if is_government(agency) else date(year + 1, 1, 31)


def _preamble_end(source: str, first: Section) -> int:
    """Where the first section begins at the latest: its text stands there."""
    begun = source.find(first.text[:20], 0, _PREAMBLE) if first.text else -1
    return begun if begun >= 0 else _PREAMBLE


def _found_once(report: Report, printed: str) -> Span | None:
    """The place of a text that the source has once."""
    source = report.source or ""
    at = source.find(printed)
    if at < 0 or source.find(printed, at + 1) >= 0:
        return None
    return Span.of(source, at, at + len(printed))
