"""What the page shows of a report: its cells by number, its findings and which cells they concern."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

import attrs

from gkparse.detection import read_rows
from gkparse.diagnostics import Diagnostic, Lines, Severity
from gkparse.flow import Flow
from gkparse.form import load
from gkparse.indicators import read_indicators
from gkparse.model import Cell, CellStatus, Report
from gkparse.sheet import written

__all__ = ["INDICATORS", "Audited"]

INDICATORS = "indicators"


@attrs.frozen(slots=False)  # it remembers what it has worked out
class Audited:
    """A report with its file, its findings, and the part of the source that is its own."""

    file: str
    report: Report
    findings: tuple[Diagnostic, ...]
    start: int = 0
    end: int | None = None

    @cached_property
    def cells(self) -> tuple[tuple[str, Cell], ...]:
        """Every cell with its path, in official order: its number is its place here, from 0."""
        return tuple(_indicators(self.report) if self.report.indicators else self.report.cells())

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of the cell at each path; rows of 2014 are told by their order instead."""
        return {path: number for number, (path, _) in enumerate(self.cells)}

    def concerned(self, found: Diagnostic) -> list[int]:
        """The numbers of the cells that a finding concerns, those of its first path first."""
        every = (number for path in found.paths for number in self.below(path, found))
        return list(dict.fromkeys(every))

    def below(self, path: str, found: Diagnostic) -> list[int]:
        """The numbers of the cells at a path of a finding: a cell's, a row's or a table's."""
        if path == INDICATORS:
            # Rules name the row of 2014 that they mean by its label, which may stand there twice.
            label = found.arguments.get("label")
            named = [at for at, own in enumerate(self.report.indicators) if own.label == label]
            return named if len(named) == 1 else list(range(len(self.cells)))
        if path in self.numbers:
            return [self.numbers[path]]
        stem = f"{path}."
        return [number for number, (own, _) in enumerate(self.cells) if own.startswith(stem)]

    @cached_property
    def doubts(self) -> Mapping[int, Severity]:
        """The gravest that is said of each cell, by itself or its row; notes say nothing of that."""
        worst: dict[int, Severity] = {}
        for found in self.findings:
            if found.severity == "info":
                continue
            for path in found.paths:
                numbers = self.below(path, found)
                # What is said of a table is shown at the table.
                if "." in path or len(numbers) == 1:
                    for number in numbers:
                        if worst.get(number) != "error":
                            worst[number] = found.severity
        return worst

    def of_table(self, name: str) -> list[Diagnostic]:
        """The warnings and errors about a table as a whole."""
        return [
            found for found in self.findings
            if name in found.paths and found.severity != "info" and len(self.concerned(found)) != 1
        ]

    def count(self, severity: Severity) -> int:
        """How many findings are of a severity."""
        return sum(found.severity == severity for found in self.findings)


def _indicators(report: Report) -> Iterator[tuple[str, Cell]]:
    """The rows of the table of 2014 as cells, with their places where they can be told."""
    source = report.source or ""
    pieces: tuple[tuple[int, int] | None, ...] = (None,) * len(report.indicators)
    if source:
        form, rows = read_rows(Flow.of_text(source))
        reading = read_indicators(form, rows) if form.name == report.form else None
        # Only where the text alone says the same are its places those of the report.
        if reading and reading.indicators == report.indicators:
            pieces = tuple((each.start, each.end) if each else None for each in reading.pieces)
    lines = Lines(source, report.positions)
    labels = {row.key for row in load(report.form).indicators}
    for own, place in zip(report.indicators, pieces, strict=True):
        path = f"{INDICATORS}.{own.key}" if own.key in labels else INDICATORS
        span = lines.span(*place) if place else None
        printed = source[span.start : span.end] if span else written(own.value)
        status: CellStatus = "printed"
        if own.value is None:
            status = "marked" if printed.strip() else "blank" if span else "missing"
        yield path, Cell(own.value, printed, status, own.unit or "", span)
