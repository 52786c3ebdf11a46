"""The source beside the tables: the text as it was read, with each printed value marked in it."""

from __future__ import annotations

from itertools import pairwise

from gkparse.audit.audited import Audited
from gkparse.audit.elements import Element, Node, both, element

__all__ = ["source_text"]


def source_text(audited: Audited) -> Element:
    """The source of a report, its values and what is found in it marked; its sections, if it has none."""
    report = audited.report
    if report.source is None:
        words = both(
            "此报告不含原文（来自已存储的数据），下列为其各部分文字。",
            "This report has no source (it was stored): these are its sections.",
        )
        sections = [
            part for own in report.sections
            for part in (element("h3", own.title), element("p", own.text, class_="prose"))
        ]
        return element("div", element("p", *words, class_="none"), *sections, class_="source")
    end = len(report.source) if audited.end is None else audited.end
    inner = list[Node](_marked(audited, report.source, audited.start, end))
    if audited.start:
        inner.insert(0, element("span", *both("（前文略）\n", "(what stands before is left out)\n"), class_="cut"))
    if end < len(report.source):
        inner.append(element("span", *both("\n（后文略）", "\n(what follows is left out)"), class_="cut"))
    return element("pre", *inner, class_="source")


def _marked(audited: Audited, source: str, start: int, end: int) -> list[Node]:
    """The text from `start` to `end`, cut wherever a cell or a finding begins or ends."""
    spans = [
        (f"c{number}", cell.span) for number, (_, cell) in enumerate(audited.cells) if cell.span
    ] + [(f"f{at}", found.span) for at, found in enumerate(audited.findings) if found.span]
    cuts = {start, end}
    begins: dict[int, list[str]] = {}
    ends: dict[int, list[str]] = {}
    points: dict[int, list[str]] = {}
    for name, span in spans:
        first, last = max(span.start, start), min(span.end, end)
        if first > last:
            continue
        cuts |= {first, last}
        if first == last:  # a blank cell takes no room
            points.setdefault(first, []).append(name)
        else:
            begins.setdefault(first, []).append(name)
            ends.setdefault(last, []).append(name)
    nodes: list[Node] = []
    here: list[str] = []
    ordered = sorted(cuts)
    for at, following in pairwise([*ordered, end]):
        here = [name for name in here if name not in ends.get(at, ())] + begins.get(at, [])
        if at in points:
            nodes.append(_mark("", points[at]))
        if at < following:
            text = source[at:following]
            nodes.append(_mark(text, here) if here else text)
    return nodes


def _mark(text: str, names: list[str]) -> Element:
    """A stretch of the source with the numbers of its cells and findings."""
    cells = " ".join(name[1:] for name in names if name[0] == "c")
    found = " ".join(name[1:] for name in names if name[0] == "f")
    if not cells:
        return element("span", text, class_="found", data_finding=found)
    blank = both("空白", "blank") if not text else ()
    return element(
        "mark", text, *blank,
        class_=None if text else "blank",
        data_cells=cells,
        data_finding=found or None,
    )
