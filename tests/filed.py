"""Reports as a file holds them: paragraphs, and the official tables with their merged cells."""

from __future__ import annotations

from collections.abc import Iterator

from gkparse import Report
from gkparse.blocks import Block, Grid, GridCell, Paragraph
from gkparse.flow import Flow
from gkparse.form import load
from gkparse.parsing import parse_flow
from gkparse.rendering import front, heading
from gkparse.sheet import Sheet, indicator_sheet, sheet

__all__ = ["as_grid", "blocks_of", "read_back"]


def as_grid(drawn: Sheet, page: int | None = None) -> Grid:
    """A table as a file has it."""
    return Grid(
        tuple(GridCell(box.text, box.row, box.column, box.rows, box.columns) for box in drawn.boxes),
        page,
    )


def blocks_of(report: Report) -> Iterator[Block]:
    """A report as the blocks of a file: what stands before section one, sections, tables."""
    form = load(report.form)
    for line in filter(None, (report.title, *front(report))):
        yield Paragraph(line)
    for section in report.sections:
        yield Paragraph(heading(section))
        yield from map(Paragraph, filter(str.strip, section.text.split("\n")))
        for table in form.tables:
            if table.section == section.number and getattr(report, table.name) is not None:
                yield as_grid(sheet(report, table))
    numbers = {section.number for section in report.sections}
    for table in form.tables:
        if table.section not in numbers and getattr(report, table.name) is not None:
            yield as_grid(sheet(report, table))
    if report.indicators:
        yield as_grid(indicator_sheet(report))


def read_back(*blocks: Block) -> Report:
    """The report in some blocks."""
    return parse_flow(Flow.of_blocks(blocks, "file"))
