"""What the tests of the audit page look at: reports with all that can be shown, and trees."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import gkparse
from gkparse import Report
from gkparse.audit.audited import Audited
from gkparse.audit.elements import Element, Node
from gkparse.findings import findings

__all__ = ["DAMAGED", "EXAMPLE", "INDICATORS", "audited", "classes", "damaged", "every", "said", "year_before"]

EXAMPLE = (Path(__file__).parents[1] / "examples" / "qinghe-2023.txt").read_text(encoding="utf-8")
# A row that is missing, a misread number, a wrong total, a blank row, a row of marks.
DAMAGED = (
    EXAMPLE.replace("行政强制\t5\t\t\n", "")
    .replace("\t264\t", "\t26O\t")
    .replace("\t17\t4\t1\t1\t1\t1\t25\n", "\t17\t4\t1\t1\t1\t1\t26\n")
    .replace("规章\t0\t0\t0", "规章\t\t\t")
    .replace("1.属于国家秘密\t1\t0\t0\t0\t0\t0\t1", "1.属于国家秘密\t1\t/\t/\t/\t/\t/\t1")
)
# The table of 2014: a row is blank, another bears a mark.
INDICATORS = """\
青禾县档案馆2016年政府信息公开工作年度报告
统计指标\t单位\t统计数
（一）收到申请数\t件\t14
1.当面申请数\t件\t2
2.传真申请数\t件\t
3.网络申请数\t件\t9
4.信函申请数\t件\t/
"""


def damaged() -> Report:
    """The example with its damages."""
    return gkparse.parse(DAMAGED)


def year_before() -> Report:
    """A report of the example's body on the year before, which carries other numbers forward."""
    text = EXAMPLE.replace("2023年", "2022年").replace("2024年", "2023年")
    for before, after in (
        ("\t41\t9\t2\t1\t3\t1\t57\n", "\t41\t9\t2\t1\t4\t1\t58\n"),
        ("\t2\t1\t0\t0\t1\t0\t4\n", "\t2\t1\t0\t0\t2\t0\t5\n"),
        ("收到申请57件", "收到申请58件"),
        ("余下4件", "余下5件"),
    ):
        text = text.replace(before, after)
    return gkparse.parse(text)


def audited(report: Report, file: str = "report.txt") -> Audited:
    """A report as the page takes it."""
    return Audited(file, report, tuple(findings(report)))


def every(node: Node, name: str, **attributes: str) -> list[Element]:
    """The elements of a tree with a name and, if asked for, attributes."""
    return [
        found for found in _below(node)
        if found.name == name
        and all(found.attributes.get(key.rstrip("_").replace("_", "-")) == value for key, value in attributes.items())
    ]


def said(node: Node, language: str = "en") -> str:
    """The text of a tree, that of the page's own in one language."""
    if isinstance(node, str):
        return node
    if "ui" in classes(node) and not node.attributes["lang"].startswith(language):
        return ""
    return "".join(said(child, language) for child in node.children)


def classes(node: Element) -> list[str]:
    """The classes of an element."""
    return node.attributes.get("class", "").split()


def _below(node: Node) -> Iterator[Element]:
    if isinstance(node, Element):
        yield node
        for child in node.children:
            yield from _below(child)
