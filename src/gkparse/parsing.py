"""From text to report: the stages in their order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import attrs

from gkparse.arithmetic import arithmetic
from gkparse.counts import tables
from gkparse.detection import read_rows, rendering, starts
from gkparse.diagnostics import Collector, Lines
from gkparse.errors import NotAReportError, ParseError
from gkparse.filling import Filling
from gkparse.flow import Flow
from gkparse.form import FORMS, Form, Table
from gkparse.grammar import Part, tree
from gkparse.markup import plain, without_escapes
from gkparse.masks import KEY, PAIR
from gkparse.model import Indicator, Report, Section
from gkparse.preamble import LONGEST_END, read_preamble, titled
from gkparse.readings import MOST_UNCLAIMED, TableReading
from gkparse.rows import Row
from gkparse.tables import read_table
from gkparse.tokens import TABLES, Token, heading, tokens

__all__ = ["Parser", "parse", "parse_flow"]

_ORDINAL = re.compile(
    r"[\s#*=\\]*[（(]?[一二三四五六七八九十\d０-９]{1,3}[)）]?\s*\\?[、.．,，:：)）]\s*"
)
# Signs that stand around keys and values.
_SIGNS = frozenset(":：=,，;；、。\"'-•·")
# So many values in a row outside the tables are no text.
_FEW_VALUES = 3
_LONGEST_TITLE = 120
_BEGINNINGS = TABLES | {"HEADING"}
_MONEY = ("元", "万元")
# A text without a table is a report only if it has as many of the six headings as this.
_LEAST_HEADINGS = 3


def parse(text: str, *, strict: bool = False) -> Report:
    """Read one annual report from flattened text.

    Every number is what the page prints, with its place (`report.cell(path)`), or it is None and
    a diagnostic says why. Raises `TypeError` for anything but a `str`, `NotAReportError` where
    the text holds no such report and, with `strict=True`, `ParseError` if any diagnostic is an
    error.

    >>> import gkparse
    >>> gkparse.parse("今日天气晴")
    Traceback (most recent call last):
        ...
    gkparse.errors.NotAReportError: no annual report in this text: ...
    """
    if not isinstance(text, str):
        raise TypeError(f"gkparse.parse takes a str, not {type(text).__name__}")
    report = parse_flow(Flow.of_text(text))
    if strict and any(found.severity == "error" for found in report.diagnostics):
        errors = [found for found in report.diagnostics if found.severity == "error"]
        raise ParseError(
            f"{len(errors)} errors, first: {errors[0].code} {errors[0].message}", report.diagnostics
        )
    return report


def parse_flow(flow: Flow) -> Report:
    """Read one annual report from a text whose rows are known; raises as `parse` does."""
    return Parser(flow).report()


class Parser:
    """One parse: what is read of the text is gathered here."""

    def __init__(self, flow: Flow) -> None:
        self.flow: Flow = flow
        self.source: str = flow.source
        self.view: str = flow.view
        self.form: Form
        self.rows: list[Row]
        self.form, self.rows = read_rows(flow)
        self.tokens: list[Token] = tokens(self.rows)
        self.collector: Collector = Collector(Lines(flow.source, flow.positions))
        self._find = self.collector.find
        self.filling: Filling = Filling(self.form, flow, self.collector)
        self.several: bool = False  # whether several reports stand in the text

    def report(self) -> Report:
        """The report; raises `NotAReportError` where there is none. To be asked for once."""
        parts = tree(self.tokens)
        layout = self.flow.kind or rendering(self.source, self.tokens)
        # The title stands before section one, also where a tool has put the pages in disorder.
        headed = sorted((self._number(part) != 1, part.heading.start) for part in parts if part.heading)
        body = headed[0][1] if headed else len(self.source)
        last = max(body if body < len(self.source) else 0, len(self.source) - LONGEST_END)
        end = self.view[last:] if self.view[last:] != self.source[last:] else ""
        preamble = read_preamble(*without_escapes(self.source, body), plain(end))
        indicators: tuple[Indicator, ...] = ()
        if self.form.indicators:
            indicators = self._indicators()
        else:
            self._tables(parts)
        sections = self._sections(parts)
        if not self.several:
            self._other_body(preamble.agency)
        # The report takes as much memory again as the rows that it is made of.
        del parts
        self.rows, self.tokens = [], []
        report = Report(
            form=self.form.name,
            title=preamble.title,
            agency=preamble.agency,
            year=preamble.year,
            metadata=preamble.metadata,
            **tables(self.form.name, self.filling.values, self.filling.rows),
            indicators=indicators,
            sections=sections,
            source=self.source,
            rendering=layout,
            positions=self.flow.positions,
            placed=self.filling.placed,
            diagnostics=tuple(self.collector.diagnostics),
        )
        uneven = tuple(arithmetic(report))
        return attrs.evolve(report, diagnostics=report.diagnostics + uneven) if uneven else report

    def _tables(self, parts: Sequence[Part]) -> None:
        """Read the three tables into the report's cells."""
        printed = [table for part in parts for table in part.tables]
        headings = {self._number(part) for part in parts if part.heading}
        if not printed and len(headings) < _LEAST_HEADINGS:
            seen = len(self.flow.pictures(0, len(self.source)))
            raise NotAReportError(
                "no annual report in this text: neither one of the three official tables nor "
                f"{_LEAST_HEADINGS} of the six section headings was found"
                + (f"; {seen} of its parts are pictures: recognise their text first (OCR)" if seen else "")
            )
        begun = starts(self.tokens)
        if len(begun) > 1:
            self.several = True
            self._find("GK104", (), begun[1], begun[1], count=str(len(begun)))
        reading: TableReading | None = None
        for table in self.form.tables:
            physical = [row for found in printed if found.name == table.name for row in found.rows]
            reading = read_table(self.form, table, physical, self.view, reading)
            if not self.filling.take(table.name, reading):
                self._lost(table)
        self.filling.doubt()

    def _other_body(self, agency: str | None) -> None:
        """Say which tables stand below the title of another body's report."""
        kinds = [token.type for token in self.tokens]
        first = next((at for at, kind in enumerate(kinds) if kind in _BEGINNINGS), len(kinds))
        titles = list(self._titles())
        lower = [title for title in titles if title[0] >= first]
        if not lower:
            return
        # Without a heading above the tables, the agency may be that of a title below some of them.
        upper = [title for title in titles if title[0] < first][-1:] if kinds[first] != "HEADING" else []
        last = max((at for at, kind in enumerate(kinds) if kind in TABLES), default=-1)
        for at, row, other in (*upper, *lower):
            if at > last:
                return
            if not agency or other in agency or agency in other:
                continue
            end = lower[0][0] if at < first else len(kinds)
            below = [kind.lower() for kind in kinds[at:end] if kind in TABLES]
            self._find("GK105", tuple(below), row.start, row.end, printed=other)
            return

    def _titles(self) -> Iterator[tuple[int, Row, str]]:
        """The rows that may be titles of reports, by the numbers of their tokens, each with its body."""
        for at, token in enumerate(self.tokens):
            for row in token.rows if token.type == "PROSE" else ():
                short = row.end - row.start <= _LONGEST_TITLE
                if short and (other := titled(self.source[row.start : row.end])):
                    yield at, row, other

    def _indicators(self) -> tuple[Indicator, ...]:
        """Read the statistics table of 2014."""
        from gkparse.indicators import read_indicators  # noqa: PLC0415 - few reports are of 2014

        reading = read_indicators(self.form, self.rows)
        units = {row.key: row.unit for row in self.form.indicators}
        for indicator, piece in zip(reading.indicators, reading.pieces, strict=True):
            if piece and piece.value and piece.value.repaired:
                self._find("GK210", ("indicators",), piece.start, piece.end,
                           label=indicator.label, printed=piece.text, value=str(indicator.value))
        for indicator, piece in zip(reading.indicators, reading.pieces, strict=True):
            own = units.get(indicator.key or "")
            if own in _MONEY and indicator.unit in _MONEY and own != indicator.unit:
                self._find("GK213", ("indicators",), piece.start if piece else -1,
                           piece.end if piece else -1, label=indicator.label,
                           printed=piece.text if piece else "", unit=str(indicator.unit),
                           expected=str(own))
        met = Counter(indicator.key for indicator in reading.indicators if indicator.key)
        again = sum(count > 1 for count in met.values())
        apart = any(token.type in TABLES for token in tokens(self.flow.rows(FORMS[0])))
        if 2 * again > len(met) or apart:
            self.several = True
            self._find("GK104", ("indicators",), count="2")
        for piece in reading.unclaimed[:MOST_UNCLAIMED]:
            self._find("GK205", ("indicators",), piece.start, piece.end, printed=piece.text)
        if reading.missing:
            whole = sum(row.unit is not None for row in self.form.indicators)
            self._find("GK221", ("indicators",), count=str(len(reading.missing)), whole=str(whole),
                       labels="；".join(reading.missing))
        return reading.indicators

    # ------------------------------------------------------------ sections

    def _number(self, part: Part) -> int:
        """The number of a section: its ordinal as printed, or that of its title in the form."""
        assert part.heading is not None
        word = heading(part.heading)
        assert word is not None
        return word.ordinal or word.entries[0].index

    def _shown(self, row: Row) -> str:
        """A row of running text without markup; its signs are no marks of keys."""
        shown = self.view[row.start : row.end]
        if KEY not in shown and PAIR not in shown:
            return plain(shown)
        printed = self.source[row.start : row.end]
        return plain("".join([sign if sign in _SIGNS else own for sign, own in zip(printed, shown, strict=True)]))

    def _sections(self, parts: Iterable[Part]) -> tuple[Section, ...]:
        found = []
        for part in parts:
            if part.heading is None:
                continue
            number = self._number(part)
            piece = next(piece for piece in part.heading.pieces if piece.word)
            assert piece.word is not None
            printed = plain(self.view[piece.start : piece.end])
            title = _ORDINAL.sub("", printed, count=1).strip(" *#=\\")
            text = "\n".join([self._shown(row).strip() for row in part.prose if not _numbers_alone(row)])
            found.append(Section(number, title, text))
            if number <= len(self.form.sections) and number != piece.word.entries[0].index:
                self._find(
                    "GK102", (), piece.start, piece.end,
                    number=str(number), printed=title, label=self.form.sections[number - 1].label,
                )
        numbers = {section.number for section in found}
        for official in self.form.sections:
            if official.number not in numbers:
                self._find("GK101", (), number=str(official.number), label=official.label)
        return tuple(found)

    # ------------------------------------------------------------ tables

    def _lost(self, table: Table) -> None:
        """Say that a table was not found, or that a picture stands in its place."""
        label = self.form.sections[table.section - 1].label
        headings = [token.rows[0] for token in self.tokens if token.type == "HEADING"]
        ends = [*(row.start for row in headings[1:]), len(self.source)]
        for row, end in zip(headings, ends, strict=False):
            word = heading(row)
            if word and word.entries[0].index == table.section:
                for at in self.flow.pictures(row.end, end)[:1]:
                    place = self.flow.positions.at(at)
                    page = str(place.page) if place and place.page else ""
                    self._find("GK106", (table.name,), at, at + 1, label=label, page=page)
                    return
        self._find("GK103", (table.name,), number=str(table.section), label=label)

def _numbers_alone(row: Row) -> bool:
    """Whether a row outside the tables numbers columns, or is otherwise no text."""
    pieces = row.line.pieces
    return len(pieces) > _FEW_VALUES and all(piece.value for piece in pieces)
