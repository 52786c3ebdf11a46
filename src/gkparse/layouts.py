"""Layouts: what each family of tools makes of an official table.

A layout turns a sheet into text. What a family cannot hold, a blank cell for one, is printed as
a mark, so that every text can be read back.
"""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Mapping
from types import MappingProxyType

import attrs

from gkparse.columns import width
from gkparse.sheet import Box, Sheet

__all__ = ["LAYOUTS", "Layout"]

# What stands for a blank cell where nothing would leave no trace.
_MARK = "/"


def _as_it_is(text: str) -> str:
    return text


@attrs.frozen
class Layout:
    """How a family writes a report: its tables, what stands between its parts, and its lines.

    `head` is the pattern of a heading, `blank` what a blank cell prints, `text` how a line of
    running text is written.
    """

    table: Callable[[Sheet], str]
    apart: str = "\n"
    head: str = "{}"
    blank: str = ""
    text: Callable[[str], str] = _as_it_is


# ---------------------------------------------------------------- tabs and line ends


def _tika(sheet: Sheet) -> str:
    """A tab before each cell, an empty line behind a row; a tall cell goes on as a blank one."""
    rows = []
    for at, row in enumerate(sheet.covered()):
        cells = [box.text if box.row == at else "" for box in row]
        rows.append("".join(f"\t{cell}\n" for cell in cells))
    return "\n".join(rows)


def _tabs(sheet: Sheet) -> str:
    return "\n".join("\t".join(row) for row in sheet.grid())


def _lines(sheet: Sheet) -> str:
    return "\n".join(box.text for box in sheet.boxes)


def _stream(sheet: Sheet) -> str:
    return " ".join(box.text for box in sheet.boxes)


def _values_first(sheet: Sheet) -> str:
    lines = []
    for row in sheet.rows():
        numbers = [box.text for box in row if box.role == "value"]
        words = [box.text for box in row if box.role != "value"]
        lines += [" ".join(part) for part in (numbers, words) if part]
    return "\n".join(lines)


# ---------------------------------------------------------------- bars and rules


def _bars(sheet: Sheet) -> str:
    """A bar behind each cell; a cell over n columns has n bars."""
    return "\n".join(
        "".join(f"{box.text} {'|' * box.columns} " for box in row).rstrip() for row in sheet.rows()
    )


def _cell_bars(sheet: Sheet) -> str:
    """A cell a line with a bar behind it, and a line of bars for the columns that it covers."""
    lines = []
    for box in sheet.boxes:
        lines.append(f"{box.text} |")
        if box.columns > 1:
            lines.append("|" * (box.columns - 1))
    return "\n".join(lines)


def _markdown(sheet: Sheet) -> str:
    rows = [f"| {' | '.join(row)} |" for row in sheet.grid()]
    return "\n".join([rows[0], "|" + " --- |" * sheet.columns, *rows[1:]])


def _org(sheet: Sheet) -> str:
    rows = [f"| {' | '.join(row)} |" for row in sheet.grid()]
    return "\n".join([rows[0], "|" + "+".join(["---"] * sheet.columns) + "|", *rows[1:]])


def _ruled(sheet: Sheet, corners: str, bar: str) -> str:
    grid = sheet.grid()
    wide = [max(1, *(width(row[x]) for row in grid)) for x in range(sheet.columns)]
    flat, joints = corners[0], list(corners[1:])

    def rule(left: str, middle: str, right: str) -> str:
        return left + middle.join(flat * (most + 2) for most in wide) + right

    rows = [
        bar + bar.join(f" {c}{' ' * (w - width(c))} " for c, w in zip(row, wide, strict=True)) + bar
        for row in grid
    ]
    between = f"\n{rule(*joints[3:6])}\n"
    return "\n".join([rule(*joints[:3]), between.join(rows), rule(*joints[6:9])])


def _grid(sheet: Sheet) -> str:
    return _ruled(sheet, "-+++++++++", "|")


def _box(sheet: Sheet) -> str:
    return _ruled(sheet, "─┌┬┐├┼┤└┴┘", "│")


def _columns(sheet: Sheet) -> str:
    """Columns of blanks; labels that stand beside each other are one text."""
    grid = [
        [" ".join(filter(None, row[: sheet.labels])), *row[sheet.labels :]] for row in sheet.grid()
    ]
    most = [max(width(row[x]) for row in grid) for x in range(len(grid[0]))]
    return "\n".join(
        "   ".join(c + " " * (w - width(c)) for c, w in zip(row, most, strict=True)).rstrip()
        for row in grid
    )


def _frame(sheet: Sheet) -> str:
    """A data frame as it prints itself: numbered rows and columns, NaN for an empty cell."""
    grid = [[cell or "NaN" for cell in row] for row in sheet.grid()]
    named = [["", *map(str, range(sheet.columns))]]
    named += [[str(at), *row] for at, row in enumerate(grid)]
    wide = [max(width(row[x]) for row in named) for x in range(sheet.columns + 1)]
    return "\n".join(
        "  ".join(" " * (w - width(c)) + c for w, c in zip(wide, row, strict=True)) for row in named
    )


# ---------------------------------------------------------------- formats


def _html(sheet: Sheet) -> str:
    """The official merged cells; heads and labels say what they are the heads of."""
    lines = []
    for row in sheet.rows():
        lines.append("<tr>" + "".join(map(_html_cell, row)) + "</tr>")
    return "\n".join(["<table>", f"<caption>{html.escape(sheet.title)}</caption>", "<tbody>", *lines, "</tbody>", "</table>"])


_SCOPES = {"caption": "colgroup", "corner": "col", "head": "col", "group": "rowgroup", "label": "row"}


def _html_cell(box: Box) -> str:
    spans = f' colspan="{box.columns}"' if box.columns > 1 else ""
    spans += f' rowspan="{box.rows}"' if box.rows > 1 else ""
    if box.role in ("value", "unit"):
        return f"<td{spans}>{html.escape(box.text)}</td>"
    scope = "colgroup" if box.role == "head" and box.columns > 1 else _SCOPES[box.role]
    return f'<th scope="{scope}"{spans}>{html.escape(box.text)}</th>'


def _mediawiki(sheet: Sheet) -> str:
    def cell(box: Box) -> str:
        wide = [f'colspan="{box.columns}"'] if box.columns > 1 else []
        wide += [f'rowspan="{box.rows}"'] if box.rows > 1 else []
        return f"| {' '.join(wide)} | {box.text}" if wide else f"| {box.text}"

    rows = ["\n".join(map(cell, row)) for row in sheet.rows()]
    return "\n".join(['{| class="wikitable"', *(f"|-\n{row}" for row in rows), "|}"])


def _asciidoc(sheet: Sheet) -> str:
    def cell(box: Box) -> str:
        wide = str(box.columns) if box.columns > 1 else ""
        wide += f".{box.rows}" if box.rows > 1 else ""
        return f"{wide}+|{box.text}" if wide else f"|{box.text}"

    rows = [" ".join(map(cell, row)) for row in sheet.rows()]
    return "\n".join([f'[cols="{sheet.columns}*"]', "|===", *rows, "|==="])


def _csv(sheet: Sheet) -> str:
    return "\n".join(",".join(map(_field, row)) for row in sheet.grid())


def _field(text: str) -> str:
    """A field of a row parted by commas; a number needs no quotes."""
    return text if not text or (text.isascii() and '"' not in text and "," not in text) else (
        '"' + text.replace('"', '""') + '"'
    )


def _paragraph(text: str) -> str:
    """A line of text in a file of commas."""
    return _field(text) if "," in text or '"' in text else text


def _json(sheet: Sheet) -> str:
    return "\n".join(json.dumps([c or None for c in row], ensure_ascii=False) for row in sheet.grid())


def _lists(sheet: Sheet) -> str:
    return "\n".join(repr([cell or None for cell in row]) for row in sheet.grid())


# ---------------------------------------------------------------- pages of a document

_LINE = 20


def _pdf(sheet: Sheet) -> str:
    """Lines of a page: a long label wrapped around its values, a group's words in between."""
    lines: list[str] = []
    waiting: list[str] = []
    rows = sheet.rows()
    for row in rows:
        numbers = " ".join(box.text for box in row if box.role == "value")
        labels = [box.text for box in row if box.role == "label"]
        groups = [box.text for box in row if box.role == "group"]
        if not labels:
            lines.append(" ".join(box.text for box in row))
            continue
        waiting += [name[at : at + 4] for name in groups for at in range(0, len(name), 4)]
        label = " ".join([labels[0], *(box.text for box in row if box.role == "unit")])
        if len(label) > _LINE and sheet.labels > 1:
            lines += [label[:_LINE], numbers, label[_LINE:]]
            continue
        lines.append(f"{label} {numbers}".rstrip())
        if waiting and len(label) > 6 and row is not rows[-1]:
            lines.append(waiting.pop(0))
    return "\n".join(lines)


def _html_text(text: str) -> str:
    # Two stars would be read as Markdown's.
    return f"<p>{html.escape(text).replace('*', '&#42;')}</p>"


def _markdown_text(text: str) -> str:
    for sign in "\\*|<>#`[]":
        text = text.replace(sign, "\\" + sign)
    return text


LAYOUTS: Mapping[str, Layout] = MappingProxyType({
    "tika": Layout(_tika),
    "lines": Layout(_lines, blank=_MARK),
    "tabs": Layout(_tabs),
    "commas": Layout(_csv, text=_paragraph),
    "bars": Layout(_bars, blank=_MARK),
    "cell-bars": Layout(_cell_bars, blank=_MARK),
    "markdown": Layout(_markdown, "\n\n", "## {}", text=_markdown_text),
    "org": Layout(_org, "\n\n", "* {}"),
    "grid": Layout(_grid, "\n\n"),
    "box": Layout(_box, "\n\n"),
    "columns": Layout(_columns, "\n\n"),
    "frame": Layout(_frame),
    "html": Layout(_html, head="<h2>{}</h2>", text=_html_text),
    "mediawiki": Layout(_mediawiki, "\n\n", "== {} =="),
    "asciidoc": Layout(_asciidoc, "\n\n", "== {}"),
    "json": Layout(_json),
    "lists": Layout(_lists),
    "stream": Layout(_stream, blank=_MARK),
    # 3 / 8 on a line of its own would number a page.
    "values-first": Layout(_values_first, blank="无"),
    "pdf": Layout(_pdf, blank=_MARK),
})
