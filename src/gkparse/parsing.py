"""From text to report: the stages in their order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache
from typing import TypeGuard

import attrs

from gkparse.arithmetic import arithmetic
from gkparse.codes import CODES
from gkparse.detection import read_rows, rendering, starts
from gkparse.diagnostics import Diagnostic, Lines
from gkparse.errors import NotAReportError, ParseError
from gkparse.flow import Flow
from gkparse.form import FORMS, Column, Sum, Table, join, load
from gkparse.form import Row as FormRow
from gkparse.grammar import Part, tree
from gkparse.indicators import read_indicators
from gkparse.markup import plain
from gkparse.model import CellStatus, Indicator, Placed, Report, Section, Value, tables
from gkparse.pieces import Piece
from gkparse.preamble import read_preamble, titled
from gkparse.printed import Printed
from gkparse.readings import MOST_UNCLAIMED, Finding, RowReading, TableReading
from gkparse.rows import Row
from gkparse.runs import numbers_of
from gkparse.tables import read_table
from gkparse.tokens import heading, tokens

__all__ = ["parse", "parse_flow"]

_ORDINAL = re.compile(
    r"[\s#*=\\]*[（(]?[一二三四五六七八九十\d０-９]{1,3}[)）]?\s*\\?[、.．,，:：)）]\s*"
)
# A table that leaves more cells blank than these does so on purpose, and so does a column that
# prints less than so many values for each of them.
_FEW_BLANKS = 3
_MOST_PRINTED = 8
_LONGEST_TITLE = 120
_TABLE_KINDS = ("PROACTIVE", "REQUESTS", "DISPUTES")
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
    return _Parser(flow).report()


class _Parser:
    """One parse: what is read of the text is gathered here."""

    def __init__(self, flow: Flow) -> None:
        self.flow, self.source, self.view = flow, flow.source, flow.view
        self.form, self.rows = read_rows(flow)
        self.tokens = list(tokens(self.rows))
        self.values: dict[str, Value] = {}
        self.placed: dict[str, Placed] = {}
        self.diagnostics: list[Diagnostic] = []
        self.lines = Lines(flow.source, flow.positions)
        # Rows whose printed total is not what their parts come to with zeros for blanks.
        self.unbalanced: list[tuple[str, tuple[str, ...], list[Piece]]] = []
        self.whole = True  # whether every table and row was found
        self.alone: list[tuple[str, Piece]] = []  # blank cells
        self.flagged: set[str] = set()  # what a warning or an error names already
        self.lone: set[str] = set()  # cells of rows with one blank cell

    def report(self) -> Report:
        parts = tree(self.tokens)
        if self.form.indicators:
            indicators = self._indicators()
        else:
            indicators = ()
            self._tables(parts)
        sections = self._sections(parts)
        # The title stands before section one, also where a tool has put the pages in disorder.
        headed = sorted((self._number(part) != 1, part.heading.start) for part in parts if part.heading)
        body = headed[0][1] if headed else len(self.source)
        preamble = read_preamble(self.source, body)
        if not any(found.code == "GK104" for found in self.diagnostics):
            self._other_body(preamble.agency)
        report = Report(
            form=self.form.name,
            title=preamble.title,
            agency=preamble.agency,
            year=preamble.year,
            metadata=preamble.metadata,
            **tables(self.form.name, self.values),
            indicators=indicators,
            sections=sections,
            source=self.source,
            rendering=self.flow.kind or rendering(self.source, self.tokens),
            positions=self.flow.positions,
            placed=self.placed,
        )
        report = attrs.evolve(report, diagnostics=tuple(self.diagnostics))
        return attrs.evolve(report, diagnostics=(*report.diagnostics, *arithmetic(report)))

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
            self._find("GK104", (), begun[1], begun[1], count=str(len(begun)))
        reading: TableReading | None = None
        for table in self.form.tables:
            physical = [row for found in printed if found.name == table.name for row in found.rows]
            reading = read_table(self.form, table, physical, self.view, reading)
            self._take(table.name, reading)
        self._doubt()

    def _other_body(self, agency: str | None) -> None:
        """Say which tables stand below the title of another body's report."""
        kinds = [token.type for token in self.tokens]
        first = kinds.index("HEADING") if "HEADING" in kinds else len(kinds)
        for at in range(first, len(kinds)):
            row = self.tokens[at].row
            if kinds[at] != "PROSE" or row is None or row.end - row.start > _LONGEST_TITLE:
                continue
            other = titled(self.source[row.start : row.end])
            below = [kind.lower() for kind in kinds[at:] if kind in _TABLE_KINDS]
            if other and agency and below and other not in agency and agency not in other:
                self._find("GK105", tuple(below), row.start, row.end, printed=other)
                return

    def _indicators(self) -> tuple[Indicator, ...]:
        """Read the statistics table of 2014."""
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
        apart = any(token.row is None for token in tokens(self.flow.rows(FORMS[0])))
        if 2 * again > len(met) or apart:
            self._find("GK104", ("indicators",), count="2")
        for piece in reading.unclaimed[:MOST_UNCLAIMED]:
            self._find("GK205", ("indicators",), piece.start, piece.end, printed=piece.text)
        if reading.missing:
            whole = sum(row.unit is not None for row in self.form.indicators)
            self._find("GK221", ("indicators",), count=str(len(reading.missing)), whole=str(whole),
                       labels="；".join(reading.missing))
        return reading.indicators

    def _doubt(self) -> None:
        """Flag blanks that stand alone, and what stands at the end of a text that breaks off."""
        if self.whole and not self.alone and not self.unbalanced:
            return
        blank, printed = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
        for path, place in self.placed.items():
            (blank if place.status == "blank" else printed)[_column(path)] += 1
        flagged = {path for found in self.diagnostics for path in found.paths
                   if found.severity != "info"}
        for path, piece in self.alone:
            known = self.flow.positions.at(piece.start)
            if path in flagged or (known and known.table):  # a cell of a file is there for certain
                continue
            column = _column(path)
            few = sum(count for other, count in blank.items() if other[0] == column[0])
            lone = few <= _FEW_BLANKS and path in self.lone
            if lone or blank[column] * _MOST_PRINTED <= printed[column]:
                label = self.form.fields[path].label.split(" > ")[-2]
                self._find("GK217", (path,), piece.start, piece.end, label=label)
        for row, parts, pieces in self.unbalanced:
            # Where a table prints totals alone, blank parts say nothing.
            if row == row.partition(".")[0] or any(printed[_column(part)] for part in parts):
                label = self.form.fields[parts[0]].label.split(" > ")[-2]
                self._find("GK216", (parts[0].rpartition(".")[0],), pieces[0].start,
                           pieces[-1].end, label=label, count=str(len(pieces)),
                           width=str(len(parts) + 1))
        if self.whole or not self.placed:
            return
        last = max(self.placed, key=lambda path: self.placed[path].end)
        place = self.placed[last]
        rest = self.source[place.end :]
        if "\n" not in rest and not rest.strip("|│┃║┆┊ \t"):
            row = last.rpartition(".")[0]
            self._find("GK218", (row,), place.start, place.end,
                       label=self.form.fields[last].label.split(" > ")[-2],
                       printed=self.source[place.start : place.end])

    # ------------------------------------------------------------ sections

    def _number(self, part: Part) -> int:
        """The number of a section: its ordinal as printed, or that of its title in the form."""
        assert part.heading is not None
        word = heading(part.heading)
        assert word is not None
        return word.ordinal or word.entries[0].index

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
            text = "\n".join(
                plain(self.view[row.start : row.end]).strip()
                for row in part.prose
                if not _numbers_alone(row)
            )
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

    def _take(self, name: str, reading: TableReading) -> None:
        """Put what was read of a table into the report's cells, with its findings."""
        table = self.form.table(name)
        flat = [(block, row) for block in table.blocks for row in block.rows]
        for finding in reading.findings:
            self._found(name, [row for _, row in flat], finding)
        self.flagged = {
            path for found in self.diagnostics if found.severity != "info" for path in found.paths
        }
        if not reading.rows:
            self._lost(table)
            self.whole = False
            return
        conflicts = {
            row for found in reading.findings if found.code == "GK203" for row in found.rows
        }
        alternatives = _alternatives(table, reading)
        stems = {_stem(row) for _, row in flat if row.optional}
        stems -= {_stem(flat[at][1]) for at in reading.rows}
        for at, (block, row) in enumerate(flat):
            path = join(name, row.name)
            found = reading.rows.get(at)
            if at in alternatives:
                continue
            if found is not None:
                self._row(path, row, block.columns, found)
            else:
                for column in block.columns:
                    self.values[join(path, column.name)] = None
                if at not in conflicts:
                    # Of rows that one row may stand for, that one is missing as well.
                    group = (join(name, _stem(row)),) if _stem(row) in stems else ()
                    self._find("GK201", (path, *group), label=row.label)
                    self.whole = False
        for at in alternatives:
            pieces = [piece for piece in reading.rows[at].slots if piece] if at in reading.rows else []
            if pieces:
                paths = [name] + [
                    join(name, row.name)
                    for other, (_, row) in enumerate(flat)
                    if other == at or (_stem(row) == _stem(flat[at][1]) and other not in reading.rows)
                ]
                self._find("GK205", tuple(paths), pieces[0].start, pieces[-1].end,
                           printed=" ".join(piece.text for piece in pieces))

    def _lost(self, table: Table) -> None:
        """Say that a table was not found, or that a picture stands in its place."""
        label = self.form.sections[table.section - 1].label
        headings = [token.row for token in self.tokens if token.type == "HEADING" and token.row]
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

    def _found(self, name: str, flat: list[FormRow], finding: Finding) -> None:
        paths = tuple(path for row in finding.rows for path in self._paths(name, flat[row]))
        if finding.code == "GK205" or not paths:
            paths = (name, *paths)
        arguments = dict(finding.arguments)
        if finding.rows:
            arguments.setdefault("label", self._row_label(name, flat[finding.rows[0]]))
        suggestion = None
        if values := arguments.pop("joined", "").split():
            cells = [path for path in self.form.fields if path.startswith(tuple(f"{row}." for row in paths))]
            suggestion = "; ".join(f"{path} = {value}" for path, value in zip(cells, values, strict=True))
        self._find(finding.code, paths, finding.start, finding.end, suggestion, **arguments)

    def _paths(self, table: str, row: FormRow) -> tuple[str, ...]:
        """The paths of a row: its own, or those of its groups of columns where it has no name."""
        if row.name:
            return (join(table, row.name),)
        (block,) = self.form.table(table).blocks
        return tuple(
            dict.fromkeys(join(table, column.name.rpartition(".")[0]) for column in block.columns)
        )

    def _row_label(self, table: str, row: FormRow) -> str:
        """The printed label of a row; of the table's section for a row that has none."""
        return row.label or self.form.sections[self.form.table(table).section - 1].label

    def _row(
        self, path: str, row: FormRow, columns: tuple[Column, ...], reading: RowReading
    ) -> None:
        """Put one row into the report's cells."""
        label = self._row_label(path.partition(".")[0], row)
        blank: list[Piece] = []
        marked: list[Piece] = []
        lost: list[str] = []
        usual: CellStatus = "aligned" if reading.aligned else "printed"
        for cell, column, piece in zip(_cells(path, columns), columns, reading.slots, strict=True):
            if piece is not None and not column.amount and _is_count(piece.value):
                self.values[cell] = piece.value.value
                self.placed[cell] = Placed(usual, piece.start, piece.end)
                continue
            if piece is None or piece.value is None:
                self.values[cell] = None
                lost.append(cell)
                continue
            value, status = self._value(cell, label, column, piece)
            if status == "printed":
                status = usual
            if status == "blank":
                blank.append(piece)
            elif piece.value.kind == "mark":
                marked.append(piece)
            self.values[cell] = value
            self.placed[cell] = Placed(status, piece.start, piece.end, unit=piece.value.unit)
        width = str(len(columns))
        if lost and path not in self.flagged:
            printed = [piece for piece in reading.slots if piece]
            self._find("GK220", tuple(lost), printed[0].start if printed else -1,
                       printed[-1].end if printed else -1, label=label, count=str(len(lost)),
                       width=width)
        if blank:
            self._blank(path, columns, reading, blank)
            self._find("GK207", (path,), blank[0].start, blank[-1].end,
                       label=label, count=str(len(blank)), width=width)
            self._totals(label, _cells(path, columns), reading)
        if marked:
            self._find("GK208", (path,), marked[0].start, marked[-1].end, label=label,
                       count=str(len(marked)), width=width, printed=marked[0].text)

    def _blank(
        self, path: str, columns: tuple[Column, ...], reading: RowReading, blank: list[Piece]
    ) -> None:
        """Keep what the blank cells of a row leave open until the whole report is read."""
        paths = _cells(path, columns)
        numbers = dict(zip(paths, numbers_of(reading.slots), strict=True))
        for total in _sums_within(self.form.name, paths):
            if len(total.whole) == 1:
                whole = self.placed.get(total.whole[0])
                added = sum(numbers[part] for part in total.parts)
                if whole and whole.status != "blank" and added != numbers[total.whole[0]]:
                    self.unbalanced.append((path, total.parts, blank))
        numbered = any(piece and piece.value and piece.value.kind == "number"
                       for piece in reading.slots)
        if len(blank) == 1 and (numbered or len(columns) == 1):
            self.lone.update(paths)
        self.alone.extend(
            (cell, piece)
            for cell, piece in zip(paths, reading.slots, strict=True)
            if piece and piece.blank
        )

    def _value(
        self, path: str, label: str, column: Column, piece: Piece
    ) -> tuple[Value, CellStatus]:
        printed = piece.value
        assert printed is not None
        place = (path,), piece.start, piece.end
        if printed.kind == "unreadable":
            self._find("GK215", *place, label=label, printed=piece.text)
        if printed.kind != "number":
            return None, "blank" if piece.blank else "marked"
        value = printed.value
        if printed.unit in ("元", "万元") and column.unit not in ("", printed.unit):
            self._find("GK213", *place, label=label, printed=piece.text, unit=printed.unit,
                       expected=column.unit)
        if column.amount:
            value = Decimal(0 if value is None else value)
        elif isinstance(value, Decimal):
            if value != value.to_integral_value():
                self._find("GK211", *place, label=label, printed=piece.text)
                return None, "marked"
            value = int(value)
        if value is not None and value < 0 and not column.signed:
            self._find("GK219", *place, label=label, printed=piece.text)
        if printed.repaired:
            self._find("GK210", *place, label=label, printed=piece.text, value=str(value))
            return value, "repaired"
        return value, "printed"

    def _totals(self, label: str, paths: tuple[str, ...], reading: RowReading) -> None:
        """Say where a total is blank beside printed parts, and what they add up to."""
        cells = dict(zip(paths, reading.slots, strict=True))
        for total in _sums_within(self.form.name, paths):
            whole = total.whole[0]
            if len(total.whole) > 1:
                continue
            parts = [self.values[part] for part in total.parts]
            slot = cells[whole]
            added = sum(part for part in parts if part is not None)
            if slot is None or not slot.blank or (None in parts and not added):
                continue
            self._find("GK209", (whole, whole.rpartition(".")[0]), slot.start, slot.end,
                       suggestion=None if None in parts else f"{whole} = {added}",
                       label=label, sum=str(added))

    # ------------------------------------------------------------ findings

    def _find(
        self, code: str, paths: tuple[str, ...], start: int = -1, end: int = -1,
        suggestion: str | None = None, **arguments: str,
    ) -> None:
        span = self.lines.span(start, end) if start >= 0 else None
        self.diagnostics.append(
            Diagnostic(code, CODES[code].severity, paths, span, suggestion, arguments)
        )


@cache
def _cells(path: str, columns: tuple[Column, ...]) -> tuple[str, ...]:
    """The paths of a row's cells; as many as the forms have."""
    return tuple(join(path, column.name) for column in columns)


@cache
def _sums_within(form: str, cells: tuple[str, ...]) -> tuple[Sum, ...]:
    """The sums whose parts and total stand in one row."""
    return tuple(
        total for total in load(form).sums
        if total.whole[0] in cells and total.parts[0] in cells
    )


def _is_count(printed: Printed | None) -> TypeGuard[Printed]:
    """Whether what is printed is a count and nothing else."""
    return (
        printed is not None
        and type(printed.value) is int
        and printed.value >= 0
        and not printed.repaired
        and printed.unit is None
    )


def _numbers_alone(row: Row) -> bool:
    """Whether a row outside the tables numbers columns, or is otherwise no text."""
    return len(row.pieces) > _FEW_BLANKS and all(piece.value for piece in row.pieces)


def _column(path: str) -> tuple[str, str]:
    """The table and the column of a cell."""
    return path.partition(".")[0], path.rpartition(".")[2]


def _stem(row: FormRow) -> str:
    """The group that a row belongs to."""
    return row.name.rpartition(".")[0]


def _alternatives(table: Table, reading: TableReading) -> set[int]:
    """The rows that are not to be read, as others are printed instead of them."""
    rows = [row for block in table.blocks for row in block.rows]
    stems = {_stem(row) for row in rows if row.optional}
    printed = {(_stem(rows[at]), rows[at].optional) for at in reading.rows}
    return {
        at
        for at, row in enumerate(rows)
        if _stem(row) in stems
        and ((_stem(row), False) in printed if row.optional else (
            (_stem(row), True) in printed and (_stem(row), False) not in printed
        ))
    } | {
        at for at, row in enumerate(rows)
        if row.optional and not {(_stem(row), True), (_stem(row), False)} & printed
    }
