"""The series: rules between the reports of one body on different years.

What one report says of the year before is held against that year's report; what hardly stays the
same for a year, or hardly changes so much, is told. Sources: FORMAT 2.5 (A6, A7), 3.4, 6.5, 6.7.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TypeAlias, cast

from gkparse.agencies import normalize_agency
from gkparse.diagnostics import Diagnostic, Span
from gkparse.form import load
from gkparse.model import Report, Section, Value
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
# A number that others add up to is no evidence of its own: one request alone fills six cells.
_ADDED = re.compile(r"^(?:requests\..*|disputes\..*)\.total$|^requests\.outcomes\.total\.")
_ENOUGH = 5
_PROSE = (1, 5, 6)
_LONG, _SHINGLE, _ALIKE = 80, 5, 90  # characters, characters, percent
# What differs from year to year even in a text that was copied, and what says nothing.
_PASSING = re.compile(r"[\W_\d〇零一二两三四五六七八九十百千万亿年度]+")
_LINE = re.compile(r"[^\n]{10,}")
# What GK606 calls the body where no report names it.
_UNNAMED = "本机关"


def check_series(reports: Iterable[Report]) -> tuple[Diagnostic, ...]:
    """The findings between the years of each body: GK601 to GK606, by body, year and code.

    Reports are of one body where `normalize_agency` gives the same key; where no report names its
    agency, all are taken for one body's. Left out are reports without year, reports without agency
    beside others that have one, and reports in the form of 2014, which has indicators alone. The
    order of the reports does not matter. A cell that is None on either side is not compared.

    Carry-over (GK601) and stock (GK602) are compared between consecutive years, numbers (GK603),
    prose (GK604) and jumps (GK605) between a report and the one before it, also over a gap. Of
    several reports on one year that do not contradict each other the fullest counts; where they do
    (GK606), none is compared. Paths and span are those of the later report; counts are in 件.
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
        for body in _bodies(reports)
        for finding in _body(body)
    )


# ---------------------------------------------------------------- reports, by body and year


class _Year:
    """A report and what is compared of it, made when it is first asked for."""

    def __init__(self, report: Report, agency: str, year: int) -> None:
        self.report, self.agency, self.year = report, agency, year

    @cached_property
    def numbers(self) -> Mapping[str, Value]:
        """The value of every cell that has one, by path."""
        every = ((path, _value(self.report, path)) for path in load(self.report.form).fields)
        return {path: value for path, value in every if value is not None}

    @cached_property
    def prose(self) -> Mapping[int, tuple[Section, frozenset[str]]]:
        """The sections that are long enough to compare, by number, with their shingles."""
        long: dict[int, tuple[Section, frozenset[str]]] = {}
        for section in self.report.sections:
            text = _PASSING.sub("", section.text) if section.number in _PROSE else ""
            if len(text) >= _LONG:
                pieces = (text[at : at + _SHINGLE] for at in range(len(text) - _SHINGLE + 1))
                long.setdefault(section.number, (section, frozenset(pieces)))
        return long

    def finding(
        self, code: str, paths: Sequence[str] = (), span: Span | None = None, **arguments: str
    ) -> Diagnostic:
        named = {"agency": self.agency, "year": str(self.year)}
        return found(code, self.report, paths, span, **named, **arguments)


_Body: TypeAlias = dict[int, list[_Year]]


def _bodies(reports: Iterable[Report]) -> Iterator[_Body]:
    """The reports of each body by year, the bodies in the order of their keys."""
    every = list(reports)
    for report in every:
        if not isinstance(report, Report):
            raise TypeError(f"check_series compares Reports, not {type(report).__name__}")
    keys = [normalize_agency(report.agency or "") for report in every]
    bodies: dict[str, _Body] = {}
    for key, report in zip(keys, every, strict=True):
        if report.year is not None and report.form in _COMPARED and (key or not any(keys)):
            one = _Year(report, report.agency if report.agency and key else _UNNAMED, report.year)
            bodies.setdefault(key, {}).setdefault(report.year, []).append(one)
    for _, body in sorted(bodies.items()):
        yield body


def _body(years: _Body) -> Iterator[Diagnostic]:
    """The findings on one body, year by year."""
    earlier: _Year | None = None
    for year in sorted(years):
        later = _agreed(years[year])
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
    if sum(not _ADDED.match(path) for path in told) >= _ENOUGH:
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


def _value(report: Report, path: str) -> Value:
    """The value at a path, also where the table of another form was put into the report."""
    node: object = report
    for name in path.split("."):
        node = getattr(node, name, None)
    return cast(Value, node)


def _labels(year: _Year, path: str) -> list[str]:
    return load(year.report.form).fields[path].label.split(" > ")


def _start(report: Report, section: Section) -> Span | None:
    """Where the first line of a section stands in the source; None where it is not found once."""
    line, source = _LINE.search(section.text), report.source or ""
    at = source.find(line[0]) if line else -1
    if line is None or at < 0 or source.find(line[0], at + 1) >= 0:
        return None
    return Span.of(source, at, at + len(line[0]))
