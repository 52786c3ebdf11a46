"""Writes docs/families.md: how each family of renderings is read, measured on samples.

    python docs/measure_families.py ../shared

The samples are texts with their true numbers beside them, and the scorer that stands with them
says which values are right, flagged or silently wrong.
"""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import gkparse

PAGE = Path(__file__).with_name("families.md")
FOLDERS = ("seeds", "renderings", "real")
HEAD = """# Accuracy · 读取效果

What gkparse makes of each family of layouts, measured on the samples of the project (published
reports, and invented ones that real extractors have flattened) by `docs/measure_families.py`. *Exact*:
every value of the report is right. *Flagged*: every value that is not right is None or has a
warning that names it. *Silent*: some value is wrong and nothing says so. Texts from which the
tables are gone, or the numbers' places with them, stand in a column of their own: there a flag or
`NotAReportError` is right.

本表以项目样本（已公布的报告，以及经各种工具转换的虚构报告）实测。exact：全部数值正确；flagged：凡不正确的数值均为空或附有警告；silent：有数值错误而无提示；not recoverable：文本中表格或数字的位置已经丢失，应有提示或拒读。

| family | samples | exact | flagged | silent | not recoverable |
|---|---:|---:|---:|---:|---:|
"""

KNOWN = """
## What may still escape · 已知的局限

Other damaged or oddly flattened texts, made to find what is not among these samples, showed values that were wrong
with nothing to say so. What is known, and is not mended:

- values of section two, which has no sums, that a tool has moved from one row to another as a whole;
- the table of section four where a PDF tool writes all values in scrambled order behind the heads and the sums hold by
  chance;
- a head over several columns in another place than in the form, where each head has a line of its own;
- a column beside those of the form without a head, or a number of the row behind its values in lines parted by
  blanks, where the form's own cell is blank; one with a head where no tabs or bars part cells;
- a table without its column of totals beside a column that the form does not have; of two years' tables, the one of this
  year where nearly all its cells are marks that the form does not know;
- a line of a name and its number above a table that leaves that cell blank; 其他 alone for the row （六）其他 of 2019;
- heads or names of columns that the form does not know, in another order than its own: all of them, or several that have
  changed places with each other;
- heads of section two that are another year's or the other form's, where neither tabs nor bars part cells; in the other
  tables one such head among those of the form;
- one number a line: empty lines that are no cells among values; a table that is printed twice, with a blank row; a column
  of totals before the others beside blanks;
- a column beside those of the form where the labels have two heads and one cell; a row that has lost one blank at its
  end; columns among characters without width;
- a bar that character recognition has made of a 1 beside a number, and zeros that it has misread in two rows running;
- lines that a tool has refilled at a width: a number of section two cut among its digits, rows of Markdown that begin and
  end anywhere, the groups of table four in fixed columns;
- a page number on a line of its own, or the number of the next row, behind a row that has lost a blank cell; a column
  before the others where a sum that the page prints wrong holds with it by chance;
- fixed columns whose blanks are squeezed to a few; cells with quotation marks around line ends; line ends in the
  cells of a printed frame; tags of a page in a notebook; chunks of a text that overlap; lines that are lost, two within
  three rows, where values stand before their labels.

A number that is wrong in silence is the gravest defect there is: please report it with its text, by the form for it.

除上述样本外，另以专门损坏或以少见方式展平的文本查找，曾发现有数值错误而无提示的情形。已知而尚未解决的有：第二部分（无勾稽关系）整行数值被工具移到另一行；PDF
工具将第四部分的数值打乱次序、全部置于表头之后，而合计恰好成立；表头各占一行，而统辖数栏的表头与格式次序不同；格式之外另有一栏而无表头（或不以制表符、竖线分列），或以空格分列的行末有行次，而应填单元格空白；缺总计栏而另有格式之外的栏；两年的表并列而本年各格几乎全为格式所无的符号；表前另有一行“名称＋数字”而表内该格空白；2019年格式中“（六）其他”只印“其他”；栏名均不能辨认，或有几个不能辨认的栏名互换位置，而次序与格式不同；第二部分的栏名属其他年度或另一格式，而不以制表符、竖线分列（其他各表则为格式栏名中个别如此）；一格一行时，数值之间的空行并非单元格，或同一张表打印两次而有空白行，或总计栏在前而有空白；格式之外另有一栏，而栏目名称表头两格、各行一格；行末少一个空白单元格；以位置分列而夹有零宽字符；识别时把数字旁的1认作竖线，或把相连两行的0误认；按固定宽度重新折行而切断数字或错开各行；丢失一个空白单元格的行之后另有单独成行的页码或下一行行次；格式之外的一栏在前，而原文不符的合计加上该栏恰好成立；固定列宽的空格被压缩；单元格引号内含换行；打印的数据框单元格内含换行；笔记本内的网页标记；文本分块重叠；数值在标签之前的版式三行之内丢失两行。数值错误而无提示是最严重的缺陷，请附原文报告。
"""


def scorer(shared: Path) -> Any:
    """The module that scores samples, from the folder that holds them."""
    spec = importlib.util.spec_from_file_location("score", shared / "accept" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def measured(shared: Path) -> str:
    """The page, from what is read of the samples in a folder."""
    score = scorer(shared)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for folder in FOLDERS:
        for path, truth, recoverable in score.cases(shared / folder):
            if path.suffix != ".txt":
                continue
            text = path.read_bytes().decode("utf-8")
            found = gkparse.detect(text)
            counts[found.rendering if found else "no table"][outcome(score, text, truth, recoverable)] += 1
    lines = []
    for family in [*sorted(set(counts) - {"no table"}), *({"no table"} & set(counts)), "all"]:
        count = counts[family] if family != "all" else sum(counts.values(), Counter())
        lines.append(
            f"| {family} | {count.total()} | {count['exact']} | {count['flagged']} "
            f"| {count['silent']} | {count['not recoverable']} |\n"
        )
    return HEAD + "".join(lines) + KNOWN


def outcome(score: Any, text: str, truth: dict[str, Any], recoverable: bool) -> str:
    """How one sample is read."""
    try:
        parsed = gkparse.to_dict(gkparse.parse(text))
    except gkparse.NotAReportError:
        return "flagged" if recoverable else "not recoverable"
    said = score.score(parsed, truth)
    if said["silent"]:
        return "silent"
    if not recoverable:
        return "not recoverable"
    return "exact" if said["right"] == said["cells"] else "flagged"


if __name__ == "__main__":
    PAGE.write_text(measured(Path(sys.argv[1])), encoding="utf-8")
