"""Findings as values: what was met, where, how grave, and what to do about it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping
from itertools import accumulate
from types import MappingProxyType
from typing import Literal, TypeAlias

import attrs

from gkparse.codes import CODES, Severity

__all__ = ["MOST_ALIKE", "NOWHERE", "Collector", "Diagnostic", "Language", "Lines", "Place", "Positions", "Severity", "Span"]

Language: TypeAlias = Literal["en", "zh"]


@attrs.frozen
class Place:
    """A place in a file, counted from 1: a page (of a workbook, a sheet), and a cell of a table.

    `table` counts the tables of the file, `row` and `column` the rows and columns of the table; each
    is None where the file has no such thing, or the place is outside of tables.
    """

    page: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None


@attrs.frozen
class Positions:
    """Where the parts of a text stand in the file that it was read from.

    Each part begins at an offset and goes on to the next; of its place there are the numbers.
    """

    _starts: tuple[int, ...] = ()
    _places: tuple[tuple[int | None, ...], ...] = ()

    def at(self, offset: int) -> Place | None:
        """The place of an offset; None where the file tells none."""
        if not self._starts:
            return None
        found = bisect_right(self._starts, offset)
        numbers = self._places[found - 1] if found else ()
        return Place(*numbers) if numbers else None

    def part(self, start: int, end: int) -> Positions:
        """Those of a part of the text, with offsets from its beginning."""
        first = max(bisect_right(self._starts, start) - 1, 0)
        last = bisect_left(self._starts, end)
        starts = tuple([at - start for at in self._starts[first:last]])
        return Positions(starts, self._places[first:last])


# The positions of a text, which stands in no file.
NOWHERE = Positions()


@attrs.frozen
class Span:
    """A place in the source: `source[start:end]`, and `line` and `column`, counted from 1.

    `place` is where that stands in the file that was read, None for a report from a text.
    """

    start: int
    end: int
    line: int
    column: int
    place: Place | None = None

    @classmethod
    def of(cls, source: str, start: int, end: int, positions: Positions = NOWHERE) -> Span:
        """The span of `source[start:end]`, with its line and column found."""
        return cls(
            start,
            end,
            source.count("\n", 0, start) + 1,
            start - source.rfind("\n", 0, start),
            positions.at(start),
        )


class Lines:
    """The lines of a source: they give the span of a place without counting lines anew."""

    def __init__(self, source: str, positions: Positions = NOWHERE) -> None:
        self._source = source
        self._positions = positions
        self._starts: list[int] | None = None  # of lines

    def span(self, start: int, end: int) -> Span:
        """The span of `source[start:end]`."""
        if self._starts is None:
            self._starts = [0, *accumulate([len(line) + 1 for line in self._source.split("\n")])]
        line = bisect_right(self._starts, start)
        return Span(start, end, line, start - self._starts[line - 1] + 1, self._positions.at(start))


# Whose fault it is that printed numbers contradict each other, where that can be told.
_FAULTS: Mapping[Language, Mapping[str, str]] = {
    "en": {"source": "; the page prints it so", "reading": "; the reading may be at fault"},
    "zh": {"source": "；原文如此", "reading": "；也可能是读取有误"},
}
# Where something stands that has no text.
_ON_PAGE: Mapping[Language, str] = {"en": " (page {})", "zh": "（第{}页）"}


def _kept(arguments: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType(dict(arguments))


@attrs.frozen
class Diagnostic:
    """One finding about a report.

    `code` is stable (`"GK201"`; each has a page in the docs), `severity` is `"info"`,
    `"warning"` or `"error"`, `paths` are the dotted paths of the cells, rows or tables
    concerned, `span` is where in the source, `suggestion` is a value that the arithmetic would
    make of it (`path = value`, several parted by `; `), taken by `Report.reconciled` alone.
    `arguments` are the facts that the message is made of: `expected` and `actual` where two
    values are compared, `missing` what a sum lacks, and for a sum that fails `fault`: `"source"`
    where the page prints it so, `"reading"` where a value may have been misread, `"unknown"`.
    """

    code: str
    severity: Severity
    paths: tuple[str, ...] = ()
    span: Span | None = None
    suggestion: str | None = None
    arguments: Mapping[str, str] = attrs.field(
        default=MappingProxyType({}), converter=_kept, hash=False
    )
    _text: str | None = attrs.field(default=None, repr=False, alias="text")

    @property
    def message(self) -> str:
        """What was found, in English, with the printed text."""
        return self.message_in("en")

    def message_in(self, language: Language) -> str:
        """What was found, in English (`"en"`) or Chinese (`"zh"`), with the printed text."""
        if self._text is not None or self.code not in CODES:
            return self._text or self.code
        code = CODES[self.code]
        said = (code.zh if language == "zh" else code.en).format_map(self.arguments)
        page = self.arguments.get("page", "")
        said += _ON_PAGE[language].format(page) if page else ""
        return said + _FAULTS[language].get(self.arguments.get("fault", ""), "")

    def _repr_html_(self) -> str:
        """The finding as a notebook shows it, `gkparse.notebook.findings`."""
        from gkparse.notebook import findings  # noqa: PLC0415 - shows findings

        return findings([self])._repr_html_()

    def __reduce__(self) -> tuple[object, ...]:
        return _restore, (
            self.code, self.severity, self.paths, self.span, self.suggestion, dict(self.arguments),
            self._text,
        )


# Of findings with the same code about the same paths so many are kept; more would say nothing more.
MOST_ALIKE = 1000


class Collector:
    """Gathers the findings about a source as they are met, `MOST_ALIKE` that are alike."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self.diagnostics: list[Diagnostic] = []
        self._alike: Counter[tuple[str, tuple[str, ...]]] | None = None  # counted where they may be too many

    def find(
        self, code: str, paths: tuple[str, ...], start: int = -1, end: int = -1,
        suggestion: str | None = None, **arguments: str,
    ) -> None:
        """Add a finding about what stands from `start` to `end`; without a place where these are -1."""
        if len(self.diagnostics) >= MOST_ALIKE and self._is_told(code, paths):
            return
        span = self._lines.span(start, end) if start >= 0 else None
        self.diagnostics.append(
            Diagnostic(code, CODES[code].severity, paths, span, suggestion, arguments)
        )

    def _is_told(self, code: str, paths: tuple[str, ...]) -> bool:
        """Whether there are enough findings that are alike."""
        if self._alike is None:
            self._alike = Counter((found.code, found.paths) for found in self.diagnostics)
        self._alike[code, paths] += 1
        return self._alike[code, paths] > MOST_ALIKE


def _restore(
    code: str, severity: Severity, paths: tuple[str, ...], span: Span | None,
    suggestion: str | None, arguments: dict[str, str], text: str | None,
) -> Diagnostic:
    return Diagnostic(code, severity, paths, span, suggestion, arguments, text)
