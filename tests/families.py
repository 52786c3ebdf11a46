"""Whole reports in the families of layouts beyond the seeds' own, with any text in any cell.

The tables are those that `gkparse.render` writes; what stands around them, and what no rendering
writes (a page of the web, columns of other widths), is the tests' own.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from functools import partial

import attrs

from gkparse import Report
from gkparse.columns import width
from gkparse.counts import tables
from gkparse.form import load
from gkparse.layouts import LAYOUTS
from gkparse.sheet import Box, Sheet, sheet
from layouts import HEADINGS, OTHER, OVERVIEW, PROBLEMS, Printed

__all__ = ["FAMILIES", "Page", "Words", "paths"]

_COMBINED = "outcomes.other_handling.combined"


@attrs.frozen
class Words:
    """What a report says beside its numbers."""

    title: str = "青石县水务局2023年政府信息公开工作年度报告"
    front: str = "青石县水务局编制本报告，数据的统计期限自2023年1月1日起至2023年12月31日止。"
    overview: tuple[str, ...] = OVERVIEW
    problems: str = PROBLEMS
    other: str = OTHER
    headings: tuple[str, ...] = HEADINGS


def paths(form: str = "2021", *, combined: bool = False) -> tuple[str, ...]:
    """The cells of a page; with `combined`, one row stands for the three of other handling."""
    group = "requests.outcomes.other_handling."
    return tuple(
        path
        for path in load(form).fields
        if not path.startswith(group) or combined == (_COMBINED in path)
    )


@attrs.frozen
class Page:
    """A page of a form: its words, and the printed text of each cell by path."""

    cells: Printed
    words: Words = Words()
    form: str = "2021"

    def sheet(self, name: str) -> Sheet:
        """A table on paper, with the texts of its cells."""
        report = Report(self.form, **tables(self.form, dict.fromkeys(self.cells, 0)))
        drawn = sheet(report, load(self.form).table(name))
        boxes = [attrs.evolve(box, text=self.cells[box.path]) if box.path else box for box in drawn.boxes]
        return attrs.evolve(drawn, boxes=tuple(boxes))


def text(page: Page, table: Callable[[Sheet], str], apart: str = "\n", head: str = "{}") -> str:
    """A report whose tables are written in one way, and its other lines as they are."""
    words = page.words
    titles = [head.format(title) for title in words.headings]
    return apart.join([
        head.replace("#", "", 1).format(words.title), words.front, titles[0], *words.overview,
        titles[1], table(page.sheet("proactive")), titles[2], table(page.sheet("requests")),
        titles[3], table(page.sheet("disputes")), titles[4], words.problems, titles[5], words.other,
    ]) + "\n"


def rendered(name: str) -> Callable[[Page], str]:
    """The family of a rendering, with blank cells that are blank."""
    layout = LAYOUTS[name]
    return lambda page: text(page, layout.table, layout.apart, layout.head)


def web_page(page: Page) -> str:
    """HTML as web editors leave it: paragraphs in the cells, attributes that hold digits."""

    def cell(box: Box) -> str:
        across = f' colspan="{box.columns}"' if box.columns > 1 else ""
        down = f' rowspan="{box.rows}"' if box.rows > 1 else ""
        return (
            f'<td{across}{down}><p style="font-size:10.5pt">{html.escape(box.text)}</p></td>'
        )

    def table(drawn: Sheet) -> str:
        lines = ['<table border="1" style="width:96%">']
        for row in drawn.rows():
            lines += ["<tr>", *map(cell, row), "</tr>"]
        return "\n".join([*lines, "</table>"])

    words = page.words
    drawn = [table(page.sheet(name)) for name in ("proactive", "requests", "disputes")]
    body = [f"<h1>{words.title}</h1>", f"<p>{words.front}</p>", f"<h2>{words.headings[0]}</h2>"]
    body += [f"<p>{line}</p>" for line in words.overview]
    for title, part in zip(words.headings[1:4], drawn, strict=True):
        body += [f"<h2>{title}</h2>", part]
    body += [f"<h2>{words.headings[4]}</h2>", f"<p>{words.problems}</p>"]
    body += [f"<h2>{words.headings[5]}</h2>", f"<p>{words.other}&nbsp;</p>"]
    head = "<head><meta charset=utf-8><style>td { padding: 3px }</style></head>"
    return "\n".join(["<!DOCTYPE html>", "<html>", head, "<body>", *body, "</body></html>", ""])


def one_line(page: Page) -> str:
    """Everything on one line, a blank between cells."""
    return text(page, LAYOUTS["stream"].table, " ")


def fixed(page: Page, *, wide: bool = True, right: bool = False) -> str:
    """Fixed columns of blanks; `wide` says that a wide character is two columns, else it is one.

    Values stand at the left of their column, or at its `right`.
    """
    measure = width if wide else len

    def table(drawn: Sheet) -> str:
        grid = [row for row in drawn.grid() if any(row)]
        labels = drawn.labels
        rows = [[" ".join(filter(None, row[:labels])), *row[labels:]] for row in grid]
        most = [max(measure(row[x]) for row in rows) for x in range(len(rows[0]))]
        lines = []
        for row in rows:
            gaps = [" " * (full - measure(cell)) for full, cell in zip(most, row, strict=True)]
            both = list(zip(row, gaps, strict=True))
            cells = [gap + cell if right and at else cell + gap for at, (cell, gap) in enumerate(both)]
            lines.append("   ".join(cells).rstrip())
        return "\n".join(lines)

    return text(page, table)


FAMILIES: Mapping[str, Callable[[Page], str]] = {
    "markdown": rendered("markdown"),
    "bar-rows": rendered("bars"),
    "cell-bars": rendered("cell-bars"),
    "html": web_page,
    "csv": rendered("commas"),
    "mediawiki": rendered("mediawiki"),
    "asciidoc": rendered("asciidoc"),
    "lists": rendered("lists"),
    "frame": rendered("frame"),
    "box": rendered("box"),
    "cell-lines": rendered("lines"),
    "one-line": one_line,
    "values-first": rendered("values-first"),
    "pdf-lines": rendered("pdf"),
    "fixed-wide": fixed,
    "fixed-narrow": partial(fixed, wide=False),
    "fixed-right": partial(fixed, right=True),
}
