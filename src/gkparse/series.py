"""The series: rules between the reports of one body on different years.

What one report says of the year before is held against that year's report; what hardly stays the
same for a year, or hardly changes so much, is told. Sources: FORMAT 2.5 (A6, A7), 3.4, 6.5, 6.7.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeAlias

from gkparse.agencies import may_be_several, normalize_agency
from gkparse.counts import Value
from gkparse.diagnostics import Diagnostic, Span
from gkparse.form import load
from gkparse.model import Report, Section
from gkparse.places import once
from gkparse.registry import found

__all__ = ["check_series"]

# The forms whose tables can be compared; that of 2014 has indicators alone.
_COMPARED = ("2021", "2019")
_CARRIED, _FORWARD = "requests.carried_over.", "requests.carried_forward."
_STOCKS = ("proactive.rules", "proactive.normative_documents")
# What both forms count alike and a body has much of, FORMAT 3.4.
_COUNTED = (
    "proactive.licensing.decisions",
    "proactive.penalties.decisions",
    "requests.received.total",
    "requests.outcomes.total.total",
)
_TIMES, _LEAST = 5, 50  # FORMAT 6.7: jumps above 5x or below 0.2x; small numbers jump by chance
# What is no evidence of its own that a table was used again: what others add up to (one request
# alone fills six cells), what stays from year to year as long as nothing happens, and what counts
# a thing a second time: a request received is one handled, a document produced one disclosed.
_NOT_COUNTED = re.compile(
    r"\.(?:total|in_force|total_disclosed|items_last_year|items_change|pending|newly_disclosed|projects)$"
    r"|^requests\.(?:received|carried_over|carried_forward|outcomes\.total)\."
    r"|^disputes\.litigation_after_reconsideration\."
)
_ENOUGH, _LARGE, _ENOUGH_LARGE = 5, 10, 3
_MOST = 10**18  # no body counts so far; what is above, or NaN, is no number to compare
_YEARS = range(1, 10_000)
_PROSE = (1, 5)  # section six is stock wording
_OTHER = ("其他", "其它")  # section six where its number is another's
_LONG, _SHINGLE, _ALIKE = 80, 5, 90  # characters, characters, percent
# What differs from year to year even in a text that was copied, and what says nothing.
_PASSING = re.compile(r"[\W_\d〇零一二两三四五六七八九十百千万亿年度]+")
_LINE = re.compile(r"[^\n]{10,}")
# What GK606 calls the body where no report names it.
_UNNAMED = "本机关"


def check_series(
    reports: Iterable[Report], *, key: Callable[[Report], str | None] | None = None
) -> tuple[Diagnostic, ...]:
    """The findings between the years of each body: GK601 to GK606, by body, year and code.

    Reports are of one body where `key`, called with each, gives the same text, such as a code of the
    place; it leaves out those for which it gives None. Without `key`, the key is that of
    `normalize_agency`; where no report names its agency, all are taken for one body's, and those
    without agency beside others that have one are left out. Left out are also reports without a year
    from 1 to 9999, and those in the form of 2014, which has indicators alone. The order of the
    reports does not matter. A cell that is None on either side is not compared.

    Carry-over (GK601) and stock (GK602) are compared between consecutive years, numbers (GK603),
    prose (GK604) and jumps (GK605) between a report and the one before it, also over a gap. Of
    several reports on one year that do not contradict each other the fullest counts; where they do
    (GK606), none is compared. Without `key`, contradictory reports that bear no name, or one that several
    bodies may bear (城关镇人民政府), are taken for those of several bodies: nothing is told of them, on
    no year. Paths and span are those of the later report; counts are in 件.
    Raises `TypeError` for what is not a `Report`. Source: FORMAT 2.5 (A6, A7), 3.4, 6.5, 6.7.

    >>> import gkparse
    >>> from gkparse import Applicants, Report, Requests
    >>> first = Report(agency="青石县水务局", year=2022, requests=Requests(carried_forward=Applicants(total=3)))
    >>> second = Report(agency="青石縣水務局", year=2023, requests=Requests(carried_over=Applicants(total=2)))
    >>> [(finding.code, finding.paths) for finding in gkparse.check_series([second, first])]
    [('GK601', ('requests.carried_over.total',))]
    """
    return tuple(
        finding
        for body, several in _bodies(reports, key)
        for finding in _body(body, several)
    )


# ---------------------------------------------------------------- reports, by body and year


class _Year:
    """A report and what is compared of it, made when it is first asked for."""

    def __init__(self, report: Report, agency: str, year: int) -> None:
        self.report, self.agency, self.year = report, agency, year

    @cached_property
    def numbers(self) -> Mapping[str, Value]:
        """The value of every cell that has one, by path."""
        every = ((path, self.report.value(path)) for path in load(self.report.form).fields)
        return {path: value for path, value in every if _usable(value)}

    @cached_property
    def prose(self) -> Mapping[int, tuple[Section, frozenset[str]]]:
        """The sections that are long enough to compare, by number, with their shingles."""
        long: dict[int, tuple[Section, frozenset[str]]] = {}
        for section in self.report.sections:
            compared = section.number in _PROSE and not section.title.startswith(_OTHER)
            text = _PASSING.sub("", section.text) if compared else ""
            if len(text) >= _LONG:
                pieces = (text[at : at + _SHINGLE] for at in range(len(text) - _SHINGLE + 1))
                long.setdefault(section.number, (section, frozenset(pieces)))
        return long

    def finding(
        self, code: str, paths: Sequence[str] = (), span: Span | None = None, **arguments: str
    ) -> Diagnostic:
        facts: dict[str, Any] = {"agency": self.agency, "year": str(self.year), **arguments}
        return found(code, self.report, paths, span, **facts)


_Body: TypeAlias = dict[int, list[_Year]]


def _bodies(
    reports: Iterable[Report], key: Callable[[Report], str | None] | None
) -> Iterator[tuple[_Body, bool]]:
    """The reports of each body by year, by their keys, and whether they may be several bodies'."""
    every = list(reports)
    for report in every:
        if not isinstance(report, Report):
            raise TypeError(f"check_series compares Reports, not {type(report).__name__}")
    keys = [(key or _named)(report) for report in every]
    bodies: dict[str, _Body] = {}
    doubtful: set[str] = set()
    for own, report in zip(keys, every, strict=True):
        if own is None or (key is None and not own and any(keys)):
            continue
        if report.year is None or report.year not in _YEARS or report.form not in _COMPARED:
            continue
        name = (report.agency or "") if _named(report) else ""
        one = _Year(report, name or _UNNAMED, report.year)
        bodies.setdefault(own, {}).setdefault(report.year, []).append(one)
        if key is None and (not name or may_be_several(name)):
            doubtful.add(own)
    for own, body in sorted(bodies.items()):
        yield body, own in doubtful


def _named(report: Report) -> str:
    return normalize_agency(report.agency or "")


def _usable(value: Value) -> bool:
    """Whether a value is a number that can be compared, added and written."""
    if isinstance(value, Decimal) and not value.is_finite():
        return False
    return isinstance(value, int | Decimal) and -_MOST < value < _MOST


def _body(years: _Body, several: bool) -> Iterator[Diagnostic]:
    """The findings on one body, year by year; none if it is seen to be several."""
    fullest = {year: _agreed(years[year]) for year in sorted(years)}
    if several and None in fullest.values():
        return
    earlier: _Year | None = None
    for year, later in fullest.items():
        if later is None:
            yield years[year][0].finding("GK606", count=str(len(years[year])))
            continue
        if earlier:
            if year == earlier.year + 1:
                yield from _carried(earlier, later)
                yield from _stocks(earlier, later)
            yield from _repeated(earlier, later)
            yield from _copied(earlier, later)
            yield from _jumps(earlier, later)
        earlier = later


def _agreed(reports: list[_Year]) -> _Year | None:
    """The fullest of the reports on one year, the first of equals; None if any contradicts it."""
    fullest = max(reports, key=lambda one: len(one.numbers))
    for one in reports:
        if any(fullest.numbers.get(path, value) != value for path, value in one.numbers.items()):
            return None
    return fullest


# ---------------------------------------------------------------- what must go on


def _carried(earlier: _Year, later: _Year) -> Iterator[Diagnostic]:
    """A6: what is carried over is what the year before carried forward, in each column."""
    for path, actual in later.numbers.items():
        column = path.removeprefix(_CARRIED)
        expected = earlier.numbers.get(_FORWARD + column)
        if column != path and expected is not None and actual != expected:
            yield later.finding(
                "GK601", [path], column=_labels(later, path)[-1],
                actual=str(actual), expected=str(expected),
            )  # fmt: skip


def _stocks(earlier: _Year, later: _Year) -> Iterator[Diagnostic]:
    """A7: what was in force, and what was issued, less what was repealed, is in force."""
    for row in _STOCKS:
        paths = [f"{row}.{name}" for name in ("in_force", "issued", "repealed")]
        actual, issued, repealed = map(later.numbers.get, paths)
        before = earlier.numbers.get(paths[0])
        # The form of 2019 counts what was disclosed, which is not what is in force.
        if actual is None or issued is None or repealed is None or before is None:
            continue
        expected = before + issued - repealed
        if actual != expected:
            yield later.finding(
                "GK602", paths, label=_labels(later, paths[0])[-2],
                actual=str(actual), expected=str(expected),
            )  # fmt: skip


# ---------------------------------------------------------------- what hardly stays or changes


def _repeated(earlier: _Year, later: _Year) -> Iterator[Diagnostic]:
    """The numbers of two years are hardly all the same."""
    if earlier.report.form != later.report.form:
        return
    both = [path for path in later.numbers if path in earlier.numbers]
    if any(later.numbers[path] != earlier.numbers[path] for path in both):
        return
    told = [path for path in both if later.numbers[path]]
    counted = [path for path in told if not _NOT_COUNTED.search(path)]
    large = sum((later.numbers[path] or 0) >= _LARGE for path in counted)
    if len(counted) >= _ENOUGH and large >= _ENOUGH_LARGE:
        tables = dict.fromkeys(path.partition(".")[0] for path in told)
        yield later.finding(
            "GK603", list(tables), later.report.locate(told[0]),
            count=str(len(told)), earlier=str(earlier.year),
        )  # fmt: skip


def _copied(earlier: _Year, later: _Year) -> Iterator[Diagnostic]:
    """The prose of two years is hardly the same but for its numbers (内容雷同)."""
    for number in _PROSE:
        if number not in earlier.prose or number not in later.prose:
            continue
        (_, before), (section, after) = earlier.prose[number], later.prose[number]
        shared = len(before & after)
        share = 100 * shared // (len(before) + len(after) - shared)
        if share >= _ALIKE:
            yield later.finding(
                "GK604", span=_start(later.report, section), label=section.title or str(number),
                earlier=str(earlier.year), share=str(share),
            )  # fmt: skip


def _jumps(earlier: _Year, later: _Year) -> Iterator[Diagnostic]:
    """What a body has much of hardly grows or shrinks to more than five times or a fifth."""
    for path in _COUNTED:
        actual, expected = later.numbers.get(path), earlier.numbers.get(path)
        if actual is None or expected is None:
            continue
        least, most = sorted((actual, expected))
        if most >= _LEAST and most > _TIMES * least:
            yield later.finding(
                "GK605", [path], label=_labels(later, path)[-2], actual=str(actual),
                expected=str(expected), earlier=str(earlier.year),
            )  # fmt: skip


# ---------------------------------------------------------------- cells and places


def _labels(year: _Year, path: str) -> list[str]:
    return load(year.report.form).fields[path].label.split(" > ")


def _start(report: Report, section: Section) -> Span | None:
    """Where the first line of a section stands in the source; None where it is not found once."""
    line = _LINE.search(section.text)
    return once(report.source, line[0], report.positions) if line else None
