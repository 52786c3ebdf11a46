"""Texts that can be made as long as one likes: what `parse` must read in time and memory that grow with them alone.

`SHAPES` are whole documents that grow; `SIGNS` are what a hostile text repeats, alone or at a place in a report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache

import attrs

import gkparse
from building import built, distinct
from gkparse import Section

__all__ = ["PLACES", "SHAPES", "SIGNS", "filled", "repeated", "report_text", "texts"]

_PROSE = "本机关坚持以公开为常态，不公开为例外，及时回应了群众关心的12个问题，办结率比上年提高3.5个百分点。\n"
_LABELS = tuple(dict.fromkeys(part for field in gkparse.fields() for part in field.label.split(" > ")))
_TITLES = (
    "总体情况", "主动公开政府信息情况", "收到和处理政府信息公开申请情况",
    "政府信息公开行政复议、行政诉讼情况", "存在的主要问题及改进情况", "其他需要报告的事项",
)  # fmt: skip


@cache
def report_text(rendering: str = "tabs", seed: int = 1) -> str:
    """A whole report whose numbers are distinct."""
    sections = (Section(number, title, _PROSE.strip()) for number, title in enumerate(_TITLES, 1))
    report = attrs.evolve(
        built(distinct(seed)), title="青石县水务局2023年政府信息公开工作年度报告", agency="青石县水务局", year=2023, sections=tuple(sections)
    )
    return gkparse.render(report, rendering)


def filled(unit: str, size: int) -> str:
    """A unit again and again, up to so many characters, and once at least."""
    return unit * max(1, size // len(unit))


# ---------------------------------------------------------------- documents that grow


def _lines(*lines: str) -> Callable[[int], str]:
    return lambda size: filled("\n".join(lines) + "\n", size)


def _reports(rendering: str) -> Callable[[int], str]:
    return lambda size: filled(report_text(rendering) + "\n", size)


def _with_table(rendering: str) -> Callable[[int], str]:
    """A report whose middle row recurs."""

    def grown(size: int) -> str:
        text = report_text(rendering)
        at = text.index("重复申请")
        start, end = text.rindex("\n", 0, at), text.index("\n", at)
        return text[:start] + filled(text[start:end], size) + text[end:]

    return grown


_HTML_ROW = "<tr><td>行政许可</td><td>5</td><td></td></tr>\n"

SHAPES: Mapping[str, Callable[[int], str]] = {
    "a report, then prose": lambda size: report_text() + filled(_PROSE, size),
    "prose, then a report": lambda size: filled(_PROSE, size) + report_text(),
    "prose without a report": _lines(_PROSE),
    "prose in Traditional script": _lines("本機關堅持以公開為常態，不公開為例外，及時回應群眾關心的12個問題。"),
    "reports on one line": lambda size: filled(report_text("stream").replace("\n", " ") + " ", size),
    "one line of prose": lambda size: filled(_PROSE.strip(), size),
    "one line of words": lambda size: filled(" ".join(_LABELS) + " ", size),
    "one line of words and numbers": lambda size: filled(" 12 ".join(_LABELS) + " ", size),
    "labels": _lines(*_LABELS),
    "labels run together": lambda size: filled("".join(_LABELS), size),
    "labels in cells": lambda size: filled("\t".join(_LABELS) + "\t", size),
    "labels and numbers, a line each": _lines(*(f"{label}\n{at}" for at, label in enumerate(_LABELS))),
    "a table in lines whose cells recur": _with_table("lines"),
    "rows of a table in HTML": lambda size: f"<table>{filled(_HTML_ROW, size)}</table>",
    "a row with cells without end": lambda size: "行政许可\t" + filled("12\t", size),
    "headings": _lines(*(f"{number}、{title}" for number, title in zip("一二三四五六", _TITLES, strict=True))),
    "titles": _lines("青石县水务局2023年政府信息公开工作年度报告"),
    "titles run together": lambda size: filled("青石县水务局2023年政府信息公开工作年度报告", size),
    "a row parted by ever other signs": lambda size: "".join(f"12{sign * 2}" * 6 + "5\n" for sign in map(chr, range(0x2190, 0x2190 + size // 20)) for _ in "ab"),
    "words and numbers, no two stretches alike": lambda size: " ".join(
        f"{_LABELS[at * at % 71 % len(_LABELS)]} {at % 97}" for at in range(size // 8)
    ),
    "characters of words, no two stretches alike": lambda size: " ".join("规章总计其他"[at * at % 7919 % 6] for at in range(size // 2)),
    "empty lines between a label and its values": lambda size: report_text("lines").replace("重复申请\n", "重复申请\n" + "\n" * size, 1),
    "empty lines between values": lambda size: report_text("lines").replace("\n", "\n" * (size // 400 + 1)),
    "a label with many values, and more of its rows": lambda size: (
        report_text().replace("行政许可\t", filled("行政许可\t1\n结果\n2\n", size) + "行政许可\t" + filled("1\t", size), 1)
    ),
    "rows below a line of heads": lambda size: (
        "三、收到和处理政府信息公开申请情况\n项目\t" + filled("自然人\t商业企业\t", size // 2) + "\n" + filled("一、本年新收政府信息公开申请数量\t1\t\t\t3\n", size // 2)
    ),
    "rules between rows": _lines("+----+----+", "| 行政许可 | 5 |"),
    "titles of other bodies below a report": lambda size: report_text() + filled("白石县教育局2023年政府信息公开工作年度报告\n", size),
    "own titles within a report": lambda size: report_text().replace(
        "\n三、", "\n" + filled("青石县水务局2023年政府信息公开工作年度报告\n", size) + "三、", 1
    ),
    "escaped quotes in a list": lambda size: '["' + filled('\\"', size),
    **{f"a table in {name} whose row recurs": _with_table(name) for name in gkparse.RENDERINGS if name not in ("lines", "tika", "stream")},
    **{f"reports in {name}": _reports(name) for name in gkparse.RENDERINGS},
    "indicators of 2014": _lines("主动公开政府信息数\t条\t12", "收到行政复议申请数\t件\t3"),
}


# ---------------------------------------------------------------- what hostile texts repeat

SIGNS: tuple[str, ...] = tuple(dict.fromkeys((
    # digits, blanks and separators
    "1", "12 ", "12\n", "12\t", "1,", "1.", "1;", "1 ; ", "12 → ", "1\t\t", "1||", "1 | ", "１", "²", "-", "- 1 - ", "0.", "/", "—",
    "\n", "\r", "\r\n", "\t", "\u2003", "\v ", "\n\t", "\t\n", " ", " \n", "\u3000", "\xa0", "|", "||", "| ", "|\n", "│", "│\n", "┼", "├─", "+-", "+--+\n",
    "---", "---\n", "|---", "|---|\n", "=", "===", "===\n", ",", ",,", ", ", ",\n", ";", "; ", "；", "。", "，", ".", "·", "…", ":", "：", "_", "_|", "__", "**", "***", "#", "# ", "*", "* ",
    # brackets and quotes
    "(", ")", "()", "（", "）", "（）", "((", "[", "]", "[]", "[[", "]{", "[a]{", "{", "}", "{}", "{|", "\n{|", "\n{|\n|}", "\n{|\n|-\n", "|}", "\n|-", "\n|a=\"b\" ", "\n|a=b ", "|===", "|===\n", "\n[",
    '"', '""', '",', ',"', '"a","', '"a"\n', '\t"', '\t"a\n', '"\t', "'", "','", "', '", "('a', ", "('a', 'b')", "“", "”", "《", "》", "<", ">", "<>",
    "[1,", "[1, 2]\n", "\n[1", '["', '["a", ', '{"a": ', "{'a': ", '[["a"], ', "\n[[", "None", "NaN ", "nan, ", "- [1\n", "a = [1\n",
    # markup
    "</", "<a", "<a ", "<a>", "</a>", "<td>", "<td", "</td>", "<tr>", "<tr><td>", "<table>", "</table>", "<table><tr><td>", "<br", "<br>", "<p>", "<!--", "-->", "<!-- -->", "<!---", "<style>", "</style>", "<script>", "<head>", "<head><td>", "<style><script>", "\\<", "<\x00", "<\x00<",
    "&", "&lt;", "&lt;/", "&#", "&#20844;", "&nbsp;", "&amp;lt;", "&#x516c;", "<a b=\"", "<a\n",
    "\\", "\\\\", "\\n", "\\t", "\\u", "\\u516c", '\\"', "\\n\\n", "\\|", "\\*", "{\\rtf1", "\\par ", "[bookmark:", "[bookmark:a]", "[bookmark:[", "](", "[a](", "[a](b)",
    "\x00", "\x07", "\f", "\v", "\x1c", "\ufeff", "\u200b", "\xad", "\ufffc", "\ufffd", "\u2028", "\ud7ff", "\ud800", "𝟘", "🏮",
    # other formats
    "\x1b[", "\x1b[0m", "[0m", "\x08", '="', '="1",', "\t'1", "&1\\\\\n", "&';\\\\", " a&\\\\ ", "\\begin{tabular}", "\\begin{tabular}{l}&\\\\", "\\multicolumn{", "\\multicolumn{2}{c}{1}&", "\\hline[", "\\hline{", "\\textsuperscript{", "^{", "{{",
    "\\startxtable\\startxrow", "\\bTABLE\\bTR[", "\\bTABLE\\bTR", "@multitable", "<@multitable", "@multitable\n@item ", "@tab ", "table(columns", "table(columns [", "], [", "|_. ", "|<. 1", "[table", "[table][td", "[td]", "|*1", "|*1*", "|`", "\nT{\n", ".TS\n", "|(((", ")))", "- - ", "- - 1\n", "* - 1\n  - ", "\n- ", "\n• 1", "•", "](a", "[a](b ",
    "<row>", "<row><cell>", "<cell>1", "</row>", "<规章>", "INSERT INTO ", "INSERT INTO t (", "array(", "1=>", "Index=1, ", "a=1, ", "总计：1；", "总计 1；", "规章：1，", "规章: ", "规章：总计 1；", "：1\n", "=1\n", '"总计": ', '{"总计": ', '{"总计": "1"}, ', "\ufdd0", "\ufdd1", "总计\ufdd11", "总计\ufdd01\t", "/12", "12——", "\\1", "12//",
    # prefixes of lines, strings within records, and what ends a line
    "> ", "> \n", ">\n", "1: \n", "1. \n", "[1]\n", "¶", "¶\n", "↵ \n", "\\r", "\\r\\n", "\\u0031", '["\\u0031', "\\x31", '["a","\x00', '"\x00', '["\x00', "'\x00", '"\n\x00',
    '\\"', '"1"\n', ' "1",\n', "\u202a", "\u2069", "\ufe0f", "&ensp;", "&amp;nbsp;", "&amp;", "\\section{", "\\large ", "title: '",
    # words of a report
    "公", "公开", "公 ", "公<", "公 <", "政", "信息", "政府", "政府信息", "政府信息公开", "政府信息公开\n", "政府信息公开 ", "政府信息公开工作", "年度报告", "政府信息公开工作年度报告", "政府信息公开工作年度报告\n", "政\n", "政 ",
    "2", "20", "2023", "2023年", "2023年\n", "2023 ", "2 0 2 3 ", "二〇二三年", "年", "年度", "月", "日", "2023年1月1日", "2023年1月1日\n", "2023年1月1日至", "2023年1月1日至2023年12月31日", "统计", "统计期限2023年1月1日", "文日期", "号", "〔2021〕", "〔2021〕30号", "国办公开办函〔2021〕30号", "国办〔", "〔", "〕",
    "局", "市局", "人民政府", "局办公室", "报告由", "请与", "请与局", "请联系", "公开机构", "公开机构：", "公布单位局", "编制", "根据", "由",
    "电话", "电话：", "电话：1", "0123-", "0123-4567", "邮编：", "邮箱", "a@", "a@b.", "@", "www.", "http://", "http://a.", "地址：", "地址：路", "传真：", "网址：", "（网址", "（联系", "路1号",
    "一", "十", "一、", "一、\n", "三、", "三、\n", "三、 ", "（一）", "（一）\n", "(一)", "1.", "1、", "第", "第 ", "第1页", "第一项", "第二十条",
    "总计", "总计\n", "总计 ", "总计\t", "总计|", "总计\n1\n", "其他", "其他\n", "其 他 ", "自然人\t", "行政许可", "行政许可\n", "行政许可 ", "行政许可\t", "行政许可\n1\n", "行政许可\t1\n", "行政许可\t1\t2\t3\n", "行政许可|1|\n", "行政许可 1 ", "行\n政\n许\n可\n", "行 政 许 可 ", "行 ", "行", "行政", "行政 ", "行政\n", "行政许\n", "予以公开\t1\t2\t3\t4\t5\t6\t21\n", "予以公开\n1\n2\n3\n4\n5\n6\n21\n", "予以公开\n", "重复申请\n", "重复\n申请\n", "1\n予以公开\n", "本年新收\n", "规章\t1\t1\t1\n", "规章\t1\n", "结果维持\t", "1\t2\t3\t4\t5\n", "1 2 3 4 5\n", "1\t2\t3\t4\t5\t6\t21\n", "收费", "元", "万元", "件", "5件", "资訊", "資訊", "檔", "專", "⼆", "⺠", "㈠", "①", "Ⅰ", "é", "xíng", "(xíng)", "行(xíng)", "Col1 ", "Unnamed: 1 ", "page 1 ", "1 of 2\n", "abc ", "a", "A ", "+\n", "1\n\n", "\n1", "\t1", "\t1\n", "\t1\n\n", "\t行政许可\n\t1\n\n",
)))  # fmt: skip


def _inside(grown: str) -> str:
    """A text in the middle of the table of section three."""
    text = report_text()
    at = text.index("\n", text.index("重复申请"))
    return text[:at] + grown + text[at:]


_LEADS = (
    "公开机构", "电话", "电话：", "邮编", "地址：", "报告由", "请与", "2023年", "2023年1月", "统计期限2023年1月1日至", "成文日期：", "[a](", "（",
    "政府信息公开工作", "http://", "第1号令",
)


def _led(grown: str) -> str:
    """A text behind each word that something may follow which a report says about itself."""
    each = grown[: len(grown) // len(_LEADS)]
    return "\n".join(lead + each for lead in _LEADS) + "\n" + _PROSE


PLACES: Mapping[str, Callable[[str], str]] = {
    "alone": str,
    "below a report": lambda grown: report_text() + "\n" + grown,
    "above a report": lambda grown: grown + "\n" + report_text(),
    "in a table": _inside,
    "in a table of lines": lambda grown: report_text("lines").replace("重复申请", "重复申请\n" + grown, 1),
    "in a table with rules": lambda grown: report_text("markdown").replace("重复申请", "重复申请 " + grown, 1),
    "behind the words of a preamble": lambda grown: report_text().replace(_PROSE, _led(grown), 1),
    "in a cell of a page": lambda grown: report_text("html").replace("重复申请", grown, 1),
}


def texts() -> Iterator[tuple[str, Callable[[int], str]]]:
    """Each text by its name, as a function of its size."""
    yield from SHAPES.items()
    for sign in SIGNS:
        for place in PLACES:
            yield f"{sign!r} {place}", repeated(sign, place)


def repeated(sign: str, place: str) -> Callable[[int], str]:
    """A sign again and again at a place, as a function of how much of it there is."""
    return lambda size: PLACES[place](filled(sign, size))
