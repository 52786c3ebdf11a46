"""Rules on what a report must be like: its years, form, sections, parts and dates.

Sources: the formats of 2019 and 2021 (国办公开办函〔2019〕60号, 〔2021〕30号) and articles 49 and 50
of the Regulations, as FORMAT 1.1, 2.1, 3 and 6.5 tell of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache, lru_cache

from gkparse.agencies import is_department, is_government, level
from gkparse.diagnostics import Diagnostic, Span
from gkparse.folding import fold, simplified
from gkparse.form import load
from gkparse.model import Report, Section
from gkparse.places import once
from gkparse.preamble import number, years_of
from gkparse.registry import found, rule

__all__ = ["meant"]

# The first year of each form, the newest first; the form of 2014 was allowed in 2019 as well.
_SINCE = ((2021, "2021"), (2019, "2019"), (2014, "2014"))
_TRANSITION = (2019, "2014")
# The first year whose reports the Regulations of 2019 are about.
_NEW_REGULATIONS = 2019
# Sections that tell of a year's work, and how many characters say next to nothing.
_TOLD, _FEW = (1, 5), 40
# How far into a report its preamble may announce the parts.
_PREAMBLE = 6_000
# So much of a section's text tells which year it is about.
_BEGINNING = 300
_FIGURE = "[0-9０-９〇一二三四五六七八九十]"
# A sentence on the report or the text, or a list of what is told in it; annexes are no sections.
_PARTS = re.compile(
    rf"(?:[报報]告|全文|本文|情[况況][^。；;\n]{{0,40}}?情[况況])(?:(?!附[件表录錄])[^。；;\n]){{0,300}}?(?<!第)(?<!{_FIGURE})({_FIGURE}{{1,3}})"
    r"(?:个|個|大)*部分(?:组成|組成|内容|內容|构成|構成|[，,。；;：:）)])"
)
_OPENING = re.compile(
    rf"\s*(?:[（(]?{_FIGURE}{{1,3}}[)）、.．]\s*)?(([2２二]{_FIGURE}{{3}})年)(?:度)?\s*[，,本我全]"
)


@rule("GK401")
def title_and_period(report: Report) -> Iterator[Diagnostic]:
    """The year of the title is that of the figures."""
    said, start = years_of(report.title or ""), report.metadata.period_start
    # A line above the title may hold another year, as that of the document's number.
    if said and start and start.year not in said:
        yield found("GK401", report, expected=str(max(said)), actual=str(start.year))


@rule("GK402")
def prose_year(report: Report) -> Iterator[Diagnostic]:
    """The overview does not begin with another year, as one copied from last year's does."""
    first = next((each for each in report.sections if meant(report.form, each) == 1), None)
    opening = _OPENING.match(first.text) if first else None
    year = _count(opening[2]) if opening else None
    if not first or not opening or None in (year, report.year) or year == report.year:
        return
    # Where the report's own year follows, the other one is only what it is compared with.
    if report.year not in years_of(first.text[:_BEGINNING]):
        span = once(report.source, opening[1], report.positions)
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
    if not (report.proactive or report.requests or report.disputes or report.indicators):
        return  # without a table it has no form
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
    for own in sorted(titles.keys() & set(_TOLD)):
        if told.get(own, _FEW) < _FEW:
            yield found("GK407", report, label=titles[own], count=str(told[own]))


def meant(form: str, section: Section) -> int:
    """Which section of the form a section is by its title, else by its number."""
    return _told(form, section.title) or section.number


@lru_cache(maxsize=1024)
def _told(form: str, title: str) -> int | None:
    """Which section of the form has a title, as any script writes it."""
    return _numbers(form).get(simplified(fold(title).key))


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
    end = _preamble_end(report.source, report.sections[0])
    announced = [
        (said, count) for said in _PARTS.finditer(report.source, 0, end)
        if (count := _count(said[1])) is not None
    ]
    if announced and len(report.sections) not in {count for _, count in announced}:
        said, count = announced[0]
        yield found(
            "GK408", report, span=Span.of(report.source, said.start(1), said.end(), report.positions),
            expected=str(count), actual=str(len(report.sections)),
        )


@rule("GK409", "GK410")
def issued_in_time(report: Report) -> Iterator[Diagnostic]:
    """The date is after the period's end and within the time that the Regulations give."""
    issued = report.metadata.issue_date
    if issued is None or report.year is None or not date.min.year <= report.year < date.max.year:
        return
    end = report.metadata.period_end or date(report.year, 12, 31)
    latest = _deadline(report.agency, report.year)
    if issued <= end:
        yield found("GK409", report, expected=str(end), actual=str(issued))
    elif latest and issued > latest:
        yield found("GK410", report, expected=str(latest), actual=str(issued))


def _deadline(agency: str | None, year: int) -> date | None:
    """When a body has to publish; None for one that the Regulations do not name.

    Until the reports on 2018 31 March for all (2007, article 31); since then 31 January for
    departments and 31 March for governments from the county up (2019, article 49).
    """
    if agency is None or level(agency) == "township":
        return None
    if is_government(agency) or (is_department(agency) and year < _NEW_REGULATIONS):
        return date(year + 1, 3, 31)
    return date(year + 1, 1, 31) if is_department(agency) else None


def _count(figures: str) -> int | None:
    """The value of digits or numerals; None where they are no number."""
    try:
        return number(figures)
    except ValueError:
        return None


def _preamble_end(source: str, first: Section) -> int:
    """Where the first section begins at the latest: its text stands there."""
    begun = source.find(first.text[:20], 0, _PREAMBLE) if first.text else -1
    return begun if begun >= 0 else _PREAMBLE
