"""What a person sees in a terminal: text made harmless and measured, and the official tables.

Text is measured as a terminal draws it: a wide character takes two columns, one of ambiguous
width (such as “ or │) one. Whatever a report prints goes through `visible` before it is shown.
"""

from __future__ import annotations

import os
import re
import unicodedata
from functools import lru_cache
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, Literal, TextIO

import attrs

from gkparse.form import load
from gkparse.sheet import indicator_sheet, sheet, written

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gkparse.diagnostics import Diagnostic, Severity
    from gkparse.form import Table
    from gkparse.model import Cell, CellStatus, Report
    from gkparse.sheet import Box, Sheet

__all__ = ["WIDTH", "Ink", "report_lines", "visible", "width", "wrap"]

# The columns of a terminal that tables and findings keep to, if they can.
WIDTH = 100

_STYLES = {"error": "1;31", "warning": "1;33", "info": "36", "strong": "1", "faint": "2"}
# What has no glyph of its own: controls, formats (also those that turn the direction of text),
# lone surrogates, and the separators of lines and paragraphs.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_ORDINAL = re.compile(r"\d{1,2}\.|[（(].[)）]")
_CLOSING = frozenset("、，。；：！？）》”’」』,.;:!?)%")
_OPENING = frozenset("（《“‘「『(")


@attrs.frozen
class Ink:
    """Colours, or none: `ink(text, style)` is the text as a terminal is told to draw it."""

    on: bool = False

    @classmethod
    def of(cls, stream: TextIO | None) -> Ink:
        """Colours where the stream is a terminal that has them, unless `NO_COLOR` is set."""
        # The older console of Windows prints the codes themselves.
        able = "WT_SESSION" in os.environ if os.name == "nt" else os.environ.get("TERM") != "dumb"
        return cls(able and not os.environ.get("NO_COLOR") and bool(stream and stream.isatty()))

    def __call__(self, text: str, style: str) -> str:
        """Colour a text in a style such as `"error"` or `"faint"`; `""` leaves it plain."""
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if self.on and text and style else text


# ---------------------------------------------------------------- text


def visible(text: str) -> str:
    r"""Replace every character that could steer a terminal by one that is seen.

    >>> visible("总计\x1b[2J16")
    '总计␛[2J16'
    """
    return text if text.isprintable() else "".join(map(_visible, text))


@lru_cache(maxsize=4096)
def _visible(character: str) -> str:
    if unicodedata.category(character) not in _UNSEEN:
        return character
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"<U+{code:04X}>"


def width(text: str) -> int:
    """How many columns of a terminal a text takes.

    >>> width("总计 16")
    7
    """
    return len(text) if text.isascii() else sum(map(_width, text))


@lru_cache(maxsize=4096)
def _width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def wrap(text: str, columns: int) -> list[str]:
    """Set a label in lines of at most so many columns, as Chinese is set.

    No line begins with a closing mark or ends with an opening one; an item hangs from its number,
    and an ordinal in brackets stands above what it counts if that makes two whole lines.

    >>> wrap("（四）无法提供", 8)
    ['（四）', '无法提供']
    """
    hang = ""
    if found := _ORDINAL.match(text):
        if found[0][0].isdigit():
            hang = " " * len(found[0])
        elif width(text) > columns >= max(width(found[0]), width(text[found.end() :])):
            return [found[0], text[found.end() :]]
    lines = [""]
    for character in text:
        line = lines[-1]
        if width(line + character) <= columns or line in ("", hang):
            lines[-1] += character
            continue
        keep = len(line) - (character in _CLOSING)
        while line[keep - 1 : keep] in _OPENING:
            keep -= 1
        if keep <= len(hang) or width(hang + line[keep:] + character) > columns:
            keep = len(line)
        lines[-1:] = [line[:keep], hang + line[keep:] + character]
    return lines


# ---------------------------------------------------------------- ruled tables

_UP, _RIGHT, _DOWN, _LEFT = 1, 2, 4, 8
_JOINTS = " ╵╶└╷│┌├╴┘─┴┐┤┬┼"


@attrs.frozen
class _Box:
    """A cell of a ruled table; `mark` stands between its text and its right border."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    align: Literal["left", "center", "right"] = "left"
    style: str = ""
    mark: str = ""


def _ruled(
    boxes: Sequence[_Box], widths: Sequence[int], rules: set[int], pad: int, ink: Ink
) -> Iterator[str]:
    """Boxes with rules between their columns, and above those rows that `rules` names."""
    edges = [0, *accumulate(size + pad + 2 for size in widths)]
    rooms = [edges[box.column + box.columns] - edges[box.column] - pad - 2 for box in boxes]
    texts = [wrap(box.text, room) for box, room in zip(boxes, rooms, strict=True)]
    heights = [1] * max(box.row + box.rows for box in boxes)
    for box, text in sorted(zip(boxes, texts, strict=True), key=lambda pair: pair[0].rows):
        rows = range(box.row, box.row + box.rows)
        room = sum(heights[row] for row in rows) + len(rules.intersection(rows[1:]))
        heights[rows[-1]] += max(0, len(text) - room)
    # The line on which each row begins, below the rule above it.
    tops = [
        sum(heights[:row]) + len(rules.intersection(range(row + 1)))
        for row in range(len(heights) + 1)
    ]
    joints = [[0] * (edges[-1] + 1) for _ in range(tops[-1])]
    placed: list[tuple[int, int, str, str]] = []
    for box, room, text in zip(boxes, rooms, texts, strict=True):
        left, right, below = edges[box.column], edges[box.column + box.columns], box.row + box.rows
        first, end = tops[box.row], tops[below] - (below in rules)
        for y in range(first, end):
            joints[y][left] |= _UP | _DOWN
            joints[y][right] |= _UP | _DOWN
        for y, side, row in ((first - 1, _DOWN, box.row), (end, _UP, below)):
            if row in rules:
                joints[y][left] |= side | _RIGHT
                joints[y][right] |= side | _LEFT
                for x in range(left + 1, right):
                    joints[y][x] |= _LEFT | _RIGHT
        top = first + (end - first - len(text)) // 2 if box.rows > 1 else first
        placed.append((top, right - 1, box.mark, box.style))
        for y, line in enumerate(text, top):
            spare = room - width(line)
            shift = {"left": 0, "center": spare // 2, "right": spare}[box.align]
            placed.append((y, left + 1 + pad + shift, line, box.style))
    drawn = [[_JOINTS[joint] for joint in line] for line in joints]
    for y, x, line, style in placed:
        if size := width(line):
            drawn[y][x : x + size] = [ink(line, style), *[""] * (size - 1)]
    return ("".join(line) for line in drawn)


# ---------------------------------------------------------------- the official tables


def report_lines(
    report: Report, findings: Sequence[Diagnostic], ink: Ink, columns: int = WIDTH
) -> Iterator[str]:
    """Show what a report is, and its tables laid out as the form has them.

    A cell without a number shows why, and `!` stands at each cell that a warning or an error of
    `findings` names. The tables keep to so many columns of the terminal if they can.
    """
    yield ink(visible(report.title or "(no title was found)"), "strong")
    days = report.metadata.period_start, report.metadata.period_end
    for name, fact in (
        ("agency", report.agency),
        ("year", report.year),
        ("period", " – ".join(str(day or "?") for day in days) if any(days) else None),
        ("form", report.form),
    ):
        yield ink(f"{name:<8}", "faint") + visible(str(fact or "?"))
    marks: dict[str, Severity] = {}
    for found in sorted(findings, key=lambda found: found.severity == "error"):
        if found.severity != "info":
            marks |= dict.fromkeys(found.paths, found.severity)
    form = load(report.form)
    statuses: set[CellStatus] = set()
    if form.indicators:
        drawn = indicator_sheet(report)
        yield ""
        yield ink(drawn.title, "strong") + (ink(" !", marks["indicators"]) if "indicators" in marks else "")
        if report.indicators:
            yield from _Sheet(report, drawn, marks).lines(columns, ink)
        else:
            yield "  (this table was not found)"
    for table in form.tables:
        mark = ink(" !", marks[table.name]) if table.name in marks else ""
        yield ""
        yield ink(form.sections[table.section - 1].label, "strong") + mark
        if getattr(report, table.name) is None:
            yield "  (this table was not found)"
            continue
        shown_table = _Sheet(report, sheet(report, table), marks, table)
        statuses |= shown_table.statuses
        yield from shown_table.lines(columns, ink)
    legend = {
        "· blank": "blank" in statuses,
        "? not found": "missing" in statuses,
        "– no number": any(own.value is None for own in report.indicators),
        "! flagged": bool(marks),
    }
    if any(legend.values()):
        yield ink("     ".join(text for text, used in legend.items() if used), "faint")


# Widths: of the labels over groups of rows, the least that a row's label is squeezed into, the
# most that a value takes before it wraps, a head that is never wrapped, a word of a head.
_GROUPS = (4, 8)
_LEAST_LABEL = 14
_MOST_VALUE = 12
_WHOLE_HEAD = 6
_WORD = 4


class _Sheet:
    """A table of a report as boxes, laid out from the top down; that of 2014 is no `Table`."""

    def __init__(
        self, report: Report, drawn: Sheet, marks: Mapping[str, Severity], table: Table | None = None
    ) -> None:
        self.report, self.table, self.marks = report, table, marks
        self.statuses: set[CellStatus] = set()
        self.depth, self.across = drawn.labels, drawn.columns - drawn.labels
        self.rules = set(drawn.breaks)
        self.boxes = [self.box(box) for box in drawn.boxes]

    def box(self, box: Box) -> _Box:
        """Give a box of the table as it is drawn: a value with its status and what is said of it."""
        place = box.row, box.column, box.rows, box.columns
        if box.role != "value":
            # The labels of 2014 are those that the report prints.
            return _Box(visible(box.text), *place, "center" if box.role == "head" else "left")
        if not box.path:
            # How an indicator was read is not kept: what bears no number may be blank or a mark.
            return _Box(box.text or "–", *place, "right", "" if box.text else "faint")
        cell = self.report.cell(box.path)
        self.statuses.add(cell.status)
        text, style = _shown(cell)
        mark = self.mark(box.path, box.path.rpartition(".")[0])
        return _Box(text, *place, "right", mark or style, "!" if mark else "")

    def mark(self, path: str, stem: str) -> Severity | Literal[""]:
        """Find the gravest that is said of a cell, by its path or one up to its row's."""
        found = set()
        while len(path) >= len(stem):
            found.add(self.marks.get(path))
            path = path.rpartition(".")[0]
        return "error" if "error" in found else "warning" if "warning" in found else ""

    def lines(self, columns: int, ink: Ink) -> Iterator[str]:
        """Draw the table; where it is too wide heads wrap, then labels, then margins go."""
        for narrow, pad in ((False, 1), (True, 1), (True, 0)):
            sizes = self.sizes(narrow=narrow)
            excess = sum(sizes) + (pad + 2) * len(sizes) + 1 - columns
            if narrow and self.depth and excess > 0:
                label = sizes[self.depth - 1]
                sizes[self.depth - 1] = max(label - excess, min(label, _LEAST_LABEL))
                excess -= label - sizes[self.depth - 1]
            if excess <= 0:
                break
        # Where not even one column fits beside the labels, nothing is won by cutting.
        least = sum(sizes[: self.depth]) + max(sizes[self.depth :]) + (pad + 2) * (self.depth + 1) + 1
        parts = _apart(self.table) if self.table and excess > 0 and least <= columns else []
        if len(parts) > 1:
            for part in parts:
                drawn = sheet(self.report, part)
                yield from _Sheet(self.report, drawn, self.marks, part).lines(columns, ink)
        else:
            yield from _ruled(self.boxes, sizes, self.rules, pad, ink)

    def sizes(self, *, narrow: bool) -> list[int]:
        """How wide each column is; if `narrow`, heads wrap after every word of two characters."""
        sizes = [*_GROUPS[: max(0, self.depth - 1)], *[1] * (self.across + min(1, self.depth))]
        for box in self.boxes:
            if box.columns > 1 or box.column < self.depth - 1:
                continue
            need = width(box.text)
            if box.align == "right":
                need = min(need, _MOST_VALUE)
            elif box.align == "center" and narrow and need > _WHOLE_HEAD:
                need = _WORD
            sizes[box.column] = max(sizes[box.column], need)
        return sizes


def _apart(table: Table) -> list[Table]:
    """Cut a table into one for each of the heads over its columns, or in halves, for a narrow terminal."""
    block, *others = table.blocks
    if others:
        return [table]
    parts = [tuple(part) for _, part in groupby(block.columns, key=lambda column: column.groups[:1])]
    if len(parts) == 1:
        middle = (len(block.columns) + 1) // 2
        parts = [part for part in (block.columns[:middle], block.columns[middle:]) if part]
    return [
        attrs.evolve(table, blocks=(attrs.evolve(block, columns=columns, heads=()),))
        for columns in parts
    ]


def _shown(cell: Cell) -> tuple[str, str]:
    """Say what stands for a cell, and in which style."""
    if cell.value is not None:
        return written(cell.value), ""
    if cell.status == "blank":
        return "·", "faint"
    return (visible(cell.printed) if cell.status == "marked" else "") or "?", ""
