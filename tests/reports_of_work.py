"""Texts that would make a careless reader work without end: each by a name, of any length."""

from __future__ import annotations

from collections.abc import Callable, Mapping

__all__ = ["HOSTILE"]

_RULES = "第二十条第（一）项\n信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n"
_HEADS = "自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计\n"
_ROW = "一、本年新收政府信息公开申请数量"
_WHOLE = "\t1\t2\t3\t4\t5\t6\t21\n"
_CSV = "规章,1,2,3\n" * 4


def _times(text: str, before: str = "", after: str = "") -> Callable[[int], str]:
    return lambda count: before + text * count + after


HOSTILE: Mapping[str, Callable[[int], str]] = {
    "bars": _times("|"),
    "bars-in-a-row": _times("|", f"{_RULES}规章 ", "1 | 2 | 3\n"),
    "bars-alone-on-lines": _times("|\n", f"{_RULES}规章 |\n", "1 |\n"),
    "numbers-on-a-line": _times("1 ", f"{_RULES}规章 "),
    "numbers-on-lines": _times("1\n", f"{_RULES}规章\n"),
    "numbers-between-tabs": _times("1\t", f"{_RULES}规章\t"),
    "numbers-behind-commas": _times("1,", _CSV),
    "digits": _times("1"),
    "brackets": _times("["),
    "round-brackets": _times("（"),
    "bookmarks": _times("[bookmark:"),
    "spans": _times("[1]{", "[规章]{lang=zh}"),
    "tags": _times("<td>", _RULES),
    "broken-tags": _times("<td "),
    "comments": _times("<!--", "</p>"),
    "styles": _times("<style>", "</p>"),
    "wiki-tables": _times("\n{|\n|-\n| 1"),
    "asciidoc-spans": _times(".2+^|", "|===\n"),
    "lists": _times("[None, '\n"),
    "empty-lines": _times("\n"),
    "empty-lines-and-a-list": _times("\n", "", "['规章', '1']\n"),
    "blanks": _times(" ", _RULES, "x"),
    "quotes": _times('"', _CSV),
    "quoted-lines": _times('"a,""\n', _CSV),
    "quotes-behind-tabs": _times('\t"a\n', _RULES),
    "names": _times("'a', '", "('"),
    "stars": _times("*"),
    "backslashes": _times("\\"),
    "label-halves": _times("5.要求行政机关确认或重新\n", _HEADS, f"{_ROW}{_WHOLE}"),
    "label-halves-and-numbers": _times("5.要求行政机关确认或重新\n1\n", _HEADS),
    "label-glued": _times("总计", _HEADS),
    "labels-and-numbers": _times("总计 1 ", _HEADS),
    "a-row-again-and-again": _times(f"{_ROW}{_WHOLE}", _HEADS),
    "a-short-row-again-and-again": _times(f"{_ROW}\t1\t2\n", _HEADS),
    "labels-without-values": _times(f"{_ROW}\n", _HEADS, "1\n"),
    "values-without-labels": _times("7\t8\t9\n\n河道\n", f"{_HEADS}{_ROW}{_WHOLE}"),
    "headings": _times("二、主动公开政府信息情况\n"),
    "tables": _times(f"二、主动公开政府信息情况\n{_RULES}规章\t1\t2\t3\n"),
    "misprints": lambda count: _HEADS + "".join(
        f"{at}.要求提供公开出饭物{chr(0x4E00 + at)}\n" for at in range(count)
    ) + _ROW + _WHOLE,
    "fixed-columns": lambda count: _HEADS.replace("\t", "   ") + "".join(
        f"{_ROW}{' ' * (at % 97)}1   2\n" for at in range(count)
    ),
    "cells-of-tika": _times("\t1\n", "\t规章\n"),
    "a-cell-of-many-lines": _times("x\n", "\t规章\n"),
    "nothing": _times("\x00"),
    "addresses": _times("地址："),
    "dates": _times("自2023年1月1日起"),
    "titles": _times("水务局2023年政府信息公开工作年度报告\n"),
}
