"""Rendering: a report as text again, in any layout that the parser reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Literal, TypeAlias

import attrs

from gkparse.counts import Value
from gkparse.detection import read_rows
from gkparse.flow import Flow
from gkparse.folding import numeral
from gkparse.form import load
from gkparse.layouts import LAYOUTS, Layout
from gkparse.model import Report, Section
from gkparse.printed import read_printed
from gkparse.sheet import Sheet, indicator_sheet, sheet, written
from gkparse.tokens import extents

if TYPE_CHECKING:
    from opencc import OpenCC

__all__ = ["RENDERINGS", "Script", "Width", "front", "heading", "render"]

RENDERINGS: tuple[str, ...] = tuple(LAYOUTS)
Script: TypeAlias = Literal["simplified", "traditional"]
Width: TypeAlias = Literal["full", "half"]

_ORDINAL = re.compile(r"\A(?:（[一二三四五六七八九十]+）|\d+\.|[一二三四五六七八九十]+、)")
_NARROW = str.maketrans("（），、：；“”", "(),,:;\"\"")


def render(
    report: Report,
    rendering: str,
    *,
    script: Script = "simplified",
    width: Width = "full",
    ordinals: bool = True,
) -> str:
    """A report as text: title, preamble, sections and official tables, in one of `RENDERINGS`.

    `script` and `width` say how the words of the form are written, `ordinals` whether its rows are
    numbered; what the report itself says, and every number, stays as it is. `parse` reads the text
    back: `parse(render(r, x)) == r`. A blank cell is blank where the layout can hold one, and a
    mark such as `/` elsewhere. Where a report was read from a text of the rendering `"tika"`, that
    rendering gives its tables back byte for byte, with the values that have changed.

    Raises `ValueError` for a rendering, script or width that there is not.

    >>> import gkparse
    >>> report = gkparse.Report(disputes=gkparse.Disputes(gkparse.Results(1, 0, 0, 0, 1)))
    >>> print(gkparse.render(report, "stream").splitlines()[-1][-29:])
    1 0 0 0 1 / / / / / / / / / /
    """
    if rendering not in LAYOUTS:
        raise ValueError(f"no rendering {rendering!r}; there are {', '.join(RENDERINGS)}")
    words = _Words(script, width, ordinals)
    layout = LAYOUTS[rendering]
    kept = _kept(report) if rendering == "tika" else {}
    parts = [layout.text(report.title)] if report.title else []
    parts += map(layout.text, front(report))
    tables = dict(_tables(report, layout, words)) | kept
    met = set()
    for section in report.sections:
        met.add(section.number)
        parts.append(layout.head.format(escape(heading(section), quote=False)))
        parts += [layout.text(line) for line in section.text.split("\n") if line.strip()]
        parts += [text for (number, _), text in tables.items() if number == section.number]
    parts += [text for (number, _), text in tables.items() if number not in met]
    text = layout.apart.join(parts) + "\n"
    return _page(report, text) if rendering == "html" else text


def front(report: Report) -> list[str]:
    """The paragraphs that say what a report is, whose, about which time, and whom to ask."""
    data = report.metadata
    lines = []
    cited = f"根据{'、'.join(data.cited_documents)}的要求，" if data.cited_documents else ""
    by = f"本报告由{report.agency}编制。" if report.agency else ""
    if cited or by:
        lines.append(f"{cited}{by}" if by else f"{cited}编制本报告。")
    if data.period_start and data.period_end:
        lines.append(f"本报告所列数据的统计期限自{_day(data.period_start)}起至{_day(data.period_end)}止。")
    contact = [
        f"{label}：{value}"
        for label, value in (
            ("地址", data.address), ("邮编", data.postcode), ("电话", data.phone),
            ("传真", data.fax), ("电子邮箱", data.email), ("网址", data.website),
        )
        if value
    ]
    last = report.sections[-1].text if report.sections else ""
    if data.issue_date and _day(data.issue_date) not in "".join(last.split()):
        lines.append(f"发文日期：{_day(data.issue_date)}")
    if contact:
        lines.append(f"联系方式：{'；'.join(contact)}。")
    return lines


def heading(section: Section) -> str:
    """The heading of a section with its ordinal."""
    return f"{numeral(section.number)}、{section.title}"


@attrs.frozen
class _Words:
    """How the words of the form are written."""

    script: Script
    width: Width
    ordinals: bool

    def __attrs_post_init__(self) -> None:
        for value, known in ((self.script, ("simplified", "traditional")), (self.width, ("full", "half"))):
            if value not in known:
                raise ValueError(f"{value!r} is neither {known[0]!r} nor {known[1]!r}")

    def __call__(self, text: str) -> str:
        if not self.ordinals:
            text = _ORDINAL.sub("", text)
        if self.script == "traditional":
            text = _converter().convert(text)
        return text.translate(_NARROW) if self.width == "half" else text


def _tables(report: Report, layout: Layout, words: _Words) -> Iterator[tuple[tuple[int, str], str]]:
    """The tables of a report as text, by section and name."""
    form = load(report.form)
    if report.indicators:
        yield (0, "indicators"), layout.table(_worded(indicator_sheet(report), layout, words))
    for table in form.tables:
        if getattr(report, table.name) is not None:
            drawn = _worded(sheet(report, table), layout, words)
            yield (table.section, table.name), layout.table(drawn)


def _worded(drawn: Sheet, layout: Layout, words: _Words) -> Sheet:
    """A sheet with the words of the form as they are asked for, and its blanks as a layout has them."""
    boxes = [
        attrs.evolve(box, text=box.text or layout.blank if box.role == "value" else words(box.text))
        for box in drawn.boxes
    ]
    return attrs.evolve(drawn, boxes=tuple(boxes))


def _kept(report: Report) -> dict[tuple[int, str], str]:
    """The tables of a report as they stand in its source, with the values that have changed."""
    if report.source is None or report.rendering != "tika":
        return {}
    _, rows = read_rows(Flow.of_text(report.source))
    found = list(extents(rows))
    form = load(report.form)
    kept = {}
    for table in form.tables:
        own = [(rows[first].start, rows[last - 1].end) for name, first, last in found if name == table.name]
        if len(own) == 1 and getattr(report, table.name) is not None:
            kept[table.section, table.name] = _changed(report, *own[0]) + "\n"
    return kept


def _changed(report: Report, start: int, end: int) -> str:
    """A stretch of a report's source with the values that it does not print any more."""
    assert report.source is not None
    parts, at = [], start
    places = sorted(
        (cell.span.start, cell.span.end, written(cell.value))
        for _, cell in report.cells()
        if cell.span and start <= cell.span.start and cell.value != _read(cell.printed)
    )
    for first, last, value in places:
        if at <= first and last <= end:
            parts += [report.source[at:first], value]
            at = last
    return "".join((*parts, report.source[at:end]))


def _read(printed: str) -> Value:
    """The number that a printed text says."""
    found = read_printed(printed.strip())
    return found.value if found else None


def _page(report: Report, body: str) -> str:
    title = escape(report.title or "政府信息公开工作年度报告")
    return (
        '<!DOCTYPE html>\n<html lang="zh">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{title}</title>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


@cache
def _converter() -> OpenCC:
    # OpenCC is heavy, and needed for Traditional words alone.
    from opencc import OpenCC  # noqa: PLC0415

    return OpenCC("s2t")
