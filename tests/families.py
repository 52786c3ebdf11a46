"""Writers of whole reports in the families of layouts beyond the seeds' own.

A page is drawn once, as its tables stand on paper: cells that go over several columns or rows.
Each family is what some kind of tool makes of that. As in `layouts`, they live in the tests alone.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TypeAlias

import attrs

from gkparse.columns import width
from gkparse.form import Block, Row, Table, join, load
from layouts import HEADINGS, OTHER, OVERVIEW, PROBLEMS, RESULTS, Grid, Printed

__all__ = ["FAMILIES", "Drawn", "Page", "Words", "paths"]

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


@attrs.frozen
class Cell:
    """A cell on paper, and over how many columns and rows it goes."""

    text: str
    across: int = 1
    down: int = 1
    value: bool = False


Drawn: TypeAlias = list[list[Cell]]


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

    def table(self, name: str) -> Table:
        return load(self.form).table(name)

    def printed(self, table: str, row: Row, block: Block) -> list[Cell]:
        found = [self.cells[join(table, row.name, column.name)] for column in block.columns]
        return [Cell(printed, value=True) for printed in found]

    def proactive(self) -> Drawn:
        table = self.table("proactive")
        drawn: Drawn = []
        for block in table.blocks:
            drawn.append([Cell(block.caption or "", 4)])
            heads = [Cell(table.stub or ""), *(Cell(column.label) for column in block.columns)]
            rows = [[Cell(r.label), *self.printed("proactive", r, block)] for r in block.rows]
            for row in (heads, *rows):
                drawn.append([*row[:-1], attrs.evolve(row[-1], across=5 - len(row))])
        return drawn

    def requests(self) -> Drawn:
        table = self.table("requests")
        (block,) = table.blocks
        labels = {group.name: group.label for group in table.groups}
        rows = [r for r in block.rows if join("requests", r.name, "total") in self.cells]
        names = [column.label for column in block.columns]
        drawn: Drawn = [
            [Cell(table.note or "", 3, 3), Cell(block.heads[0], 7)],
            [Cell(names[0], 1, 2), Cell(block.heads[1], 5), Cell(names[-1], 1, 2)],
            [*map(Cell, names[1:-1])],
        ]
        seen: set[str] = set()
        for row in rows:
            line = []
            for group in row.groups:
                if group not in seen:
                    line.append(Cell(labels[group], 1, sum(group in r.groups for r in rows)))
                    seen.add(group)
            line.append(Cell(row.label, 3 - len(row.groups)))
            drawn.append([*line, *self.printed("requests", row, block)])
        return drawn

    def disputes(self) -> Drawn:
        (block,) = self.table("disputes").blocks
        heads = block.heads
        return [
            [Cell(heads[0], 5), Cell(heads[1], 10)],
            [*(Cell(name, 1, 2) for name in RESULTS), Cell(heads[2], 5), Cell(heads[3], 5)],
            [*map(Cell, RESULTS * 2)],
            self.printed("disputes", block.rows[0], block),
        ]


def spread(drawn: Drawn, *, again: bool = False) -> Grid:
    """The full grid: a cell's text in its first place, or `again` in each that it covers."""
    taken: dict[tuple[int, int], str] = {}
    for y, row in enumerate(drawn):
        x = 0
        for cell in row:
            while (y, x) in taken:
                x += 1
            for down in range(cell.down):
                for across in range(cell.across):
                    taken[y + down, x + across] = cell.text if again or not (down or across) else ""
    columns = max(x for _, x in taken) + 1
    return [[taken.get((y, x), "") for x in range(columns)] for y in range(len(drawn))]


def text(page: Page, table: Callable[[Drawn], str], apart: str = "\n", head: str = "{}") -> str:
    """A report whose tables are written in one way, and its other lines as they are."""
    words = page.words
    titles = [head.format(title) for title in words.headings]
    return apart.join([
        head.replace("#", "", 1).format(words.title), words.front, titles[0], *words.overview,
        titles[1], table(page.proactive()), titles[2], table(page.requests()),
        titles[3], table(page.disputes()), titles[4], words.problems, titles[5], words.other,
    ]) + "\n"


# ---------------------------------------------------------------- bars


def markdown(page: Page) -> str:
    """Markdown tables, a merged cell followed by empty ones."""

    def table(drawn: Drawn) -> str:
        rows = [f"| {' | '.join(row)} |" for row in spread(drawn)]
        rule = "|" + " --- |" * len(drawn[-1])
        return "\n".join([rows[0], rule, *rows[1:]])

    return text(page, table, "\n\n", "## {}")


def bar_rows(page: Page) -> str:
    """A row a line, a bar behind each cell; a cell over n columns has n bars."""

    def table(drawn: Drawn) -> str:
        return "\n".join(
            "".join(f"{cell.text} {'|' * cell.across} " for cell in row).rstrip() for row in drawn
        )

    return text(page, table)


def cell_bars(page: Page) -> str:
    """A cell a line, a bar behind it; for a cell over several columns a line of bars."""

    def table(drawn: Drawn) -> str:
        lines = []
        for row in drawn:
            for cell in row:
                lines.append(f"{cell.text} |")
                if cell.across > 1:
                    lines.append("|" * (cell.across - 1))
        return "\n".join(lines)

    return text(page, table)


# ---------------------------------------------------------------- formats


def html_page(page: Page) -> str:
    """HTML with merged cells and attributes that hold digits."""

    def table(drawn: Drawn) -> str:
        lines = ['<table border="1" style="width:96%">']
        for row in drawn:
            lines.append("<tr>")
            for cell in row:
                across = f' colspan="{cell.across}"' if cell.across > 1 else ""
                down = f' rowspan="{cell.down}"' if cell.down > 1 else ""
                lines.append(
                    f'<td{across}{down}><p style="font-size:10.5pt">{html.escape(cell.text)}</p></td>'
                )
            lines.append("</tr>")
        return "\n".join([*lines, "</table>"])

    words = page.words
    tables = [table(page.proactive()), table(page.requests()), table(page.disputes())]
    body = [f"<h1>{words.title}</h1>", f"<p>{words.front}</p>", f"<h2>{words.headings[0]}</h2>"]
    body += [f"<p>{line}</p>" for line in words.overview]
    for title, part in zip(words.headings[1:4], tables, strict=True):
        body += [f"<h2>{title}</h2>", part]
    body += [f"<h2>{words.headings[4]}</h2>", f"<p>{words.problems}</p>"]
    body += [f"<h2>{words.headings[5]}</h2>", f"<p>{words.other}&nbsp;</p>"]
    head = "<head><meta charset=utf-8><style>td { padding: 3px }</style></head>"
    return "\n".join(["<!DOCTYPE html>", "<html>", head, "<body>", *body, "</body></html>", ""])


def csv(page: Page) -> str:
    """Values parted by commas, texts in quotes."""

    def field(cell: str) -> str:
        return cell if not cell or (cell[0].isdecimal() and cell[-1].isdecimal()) else f'"{cell}"'

    def table(drawn: Drawn) -> str:
        return "\n".join(",".join(map(field, row)) for row in spread(drawn))

    return text(page, table)


def mediawiki(page: Page) -> str:
    """MediaWiki tables, each cell a line, with attributes for merged cells."""

    def cell(cell: Cell) -> str:
        wide = [f'colspan="{cell.across}"'] if cell.across > 1 else []
        wide += [f'rowspan="{cell.down}"'] if cell.down > 1 else []
        return f"| {' '.join(wide)} | {cell.text}" if wide else f"| {cell.text}"

    def table(drawn: Drawn) -> str:
        rows = ["\n".join(map(cell, row)) for row in drawn]
        return "\n".join(['{| class="wikitable"', *(f"|-\n{row}" for row in rows), "|}"])

    return text(page, table, "\n\n", "== {} ==")


def asciidoc(page: Page) -> str:
    """AsciiDoc tables with spans before the bar."""

    def cell(cell: Cell) -> str:
        wide = str(cell.across) if cell.across > 1 else ""
        wide += f".{cell.down}" if cell.down > 1 else ""
        return f"{wide}+^|{cell.text}" if wide else f"|{cell.text}"

    def table(drawn: Drawn) -> str:
        columns = sum(each.across for each in drawn[0])
        rows = [" ".join(map(cell, row)) for row in drawn]
        return "\n".join([f'[cols="{columns}*"]', "|===", *rows, "|==="])

    return text(page, table, "\n\n", "== {}")


def lists(page: Page) -> str:
    """Lists of rows as Python prints them, an empty cell None."""

    def table(drawn: Drawn) -> str:
        return "\n".join(repr([cell or None for cell in row]) for row in spread(drawn))

    return text(page, table)


def frame(page: Page) -> str:
    """Data frames as they print themselves: numbered rows and columns, NaN for an empty cell."""

    def table(drawn: Drawn) -> str:
        grid = [[cell or "NaN" for cell in row] for row in spread(drawn)]
        named = [["", *map(str, range(len(grid[0])))]]
        named += [[str(at), *row] for at, row in enumerate(grid)]
        wide = [max(width(row[x]) for row in named) for x in range(len(named[0]))]
        return "\n".join(
            "  ".join(" " * (most - width(cell)) + cell for most, cell in zip(wide, row, strict=True))
            for row in named
        )

    return text(page, table)


def box(page: Page) -> str:
    """Tables drawn with lines, a wide character as two columns."""

    def table(drawn: Drawn) -> str:
        grid = spread(drawn)
        wide = [max(1, *(width(row[x]) for row in grid)) for x in range(len(grid[0]))]

        def rule(left: str, middle: str, right: str) -> str:
            return left + middle.join("─" * (most + 2) for most in wide) + right

        rows = [
            "│" + "│".join(f" {c}{' ' * (w - width(c))} " for c, w in zip(row, wide, strict=True)) + "│"
            for row in grid
        ]
        return "\n".join([
            rule("┌", "┬", "┐"), f"\n{rule('├', '┼', '┤')}\n".join(rows), rule("└", "┴", "┘"),
        ])

    return text(page, table)


# ---------------------------------------------------------------- lines of text


def cell_lines(page: Page) -> str:
    """A cell a line."""
    return text(page, lambda drawn: "\n".join(cell.text for row in drawn for cell in row))


def one_line(page: Page) -> str:
    """Everything on one line, a blank between cells."""
    return text(page, lambda drawn: " ".join(cell.text for row in drawn for cell in row), " ")


def values_first(page: Page) -> str:
    """The values of each row on a line before that of its label."""

    def table(drawn: Drawn) -> str:
        lines = []
        for row in drawn:
            numbers = [cell.text for cell in row if cell.value]
            words = [cell.text for cell in row if not cell.value]
            lines += [" ".join(part) for part in (numbers, words) if part]
        return "\n".join(lines)

    return text(page, table)


def _parted(drawn: Drawn) -> Iterator[tuple[list[Cell], str, list[str]]]:
    """The rows of section three below its heads: new groups, the label, the values."""
    for row in drawn[3:]:
        yield row[:-8], row[-8].text, [cell.text for cell in row[-7:]]


def pdf_lines(page: Page) -> str:
    """Lines as a page has them: a long label wrapped around its values, a group's in between."""
    columns = ("商业企 科研机 社会公益 法律服务", "其他", "业 构 组织 机构")

    def table(drawn: Drawn) -> str:
        if len(drawn) == 4:
            return "\n".join(" ".join(cell.text for cell in row) for row in drawn)
        if len(drawn[0]) == 1:
            return "\n".join(" ".join(cell.text for cell in row) for row in drawn)
        note, heads = drawn[0][0].text, [cell.text for cell in drawn[1]]
        lines = [heads[1], note[:22], f"{heads[0]} {heads[2]}", note[22:], *columns]
        waiting: list[str] = []
        for groups, label, values in _parted(drawn):
            for group in groups:
                name = group.text
                waiting += [name[at : at + 4] for at in range(0, len(name), 4)]
            numbers = " ".join(values)
            if len(label) > 20:
                lines += [label[:20], numbers, label[20:]]
            else:
                lines.append(f"{label} {numbers}")
                if waiting and len(label) > 6:
                    lines.append(waiting.pop(0))
        return "\n".join(lines)

    return text(page, table)


def fixed(page: Page, *, wide: bool = True, right: bool = False) -> str:
    """Fixed columns of blanks; `wide` says that a wide character is two columns, else it is one.

    Values stand at the left of their column, or at its `right`.
    """
    measure = width if wide else len

    def table(drawn: Drawn) -> str:
        grid = [row for row in spread(drawn) if any(row)]
        labels = 3 if len(grid[0]) == 10 else 1 if len(grid[0]) == 4 else 0
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
    "markdown": markdown,
    "bar-rows": bar_rows,
    "cell-bars": cell_bars,
    "html": html_page,
    "csv": csv,
    "mediawiki": mediawiki,
    "asciidoc": asciidoc,
    "lists": lists,
    "frame": frame,
    "box": box,
    "cell-lines": cell_lines,
    "one-line": one_line,
    "values-first": values_first,
    "pdf-lines": pdf_lines,
    "fixed-wide": fixed,
    "fixed-narrow": partial(fixed, wide=False),
    "fixed-right": partial(fixed, right=True),
}
