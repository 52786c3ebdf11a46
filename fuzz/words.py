"""What inputs are made of: the words of the form, numerals, marks, separators and markup.

    python fuzz/words.py > DICTIONARY

writes them as a dictionary of libFuzzer.
"""

from __future__ import annotations

import sys

from gkparse.form import FORMS, load
from gkparse.printed import MARKS

__all__ = ["CELLS", "LABELS", "MARKUP", "NUMBERS", "ODD", "SEPARATORS", "entry", "labels"]

SEPARATORS = ("\t", "\n", "\n\t", " | ", "|", ",", "  ", " ", "\u3000", "\n\n", "│", "、", "，", "\r\n", "&nbsp;", "</td><td>", "\\t")
NUMBERS = (
    "0", "1", "7", "12", "240", "1,234", "12.5", "-3", "+4", "１２", "〇", "零", "一", "十二", "O", "l", "26O", "1.0",
    "3件", "8.5万元", "85000元", "2023", "99999999", "1234567890123456", "00", "5*", "12①", "²", "½", "1e3", "0x1F",
    "５，０００", "3 4", "1.2.3", "20%", "−5", "－6",
)
CELLS = (
    *sorted(MARKS), "", "NaN", "None", "null", "<NA>", "...", "…", "\ufffc", "\ufffd", "3\ufffd", "（其中修订16件）",
    "7（含结转）",
)
MARKUP = (
    "<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", '<td colspan="2">', '<td rowspan="3">', "<th>", "<br>", "<p>",
    "</p>", "<!--", "-->", "<script>", "</script>", "&amp;", "&#x516c;", "&nbsp;", "[bookmark: _GoBack]", "{|", "|-", "|}",
    "| --- |", "|===", "+---+---+", "┌──┬──┐", "[", "]", '"', "'", "{{", "}}", "\\n", "\\u516c", "**", "==", "```",
)
ODD = (
    "\x00", "\x07", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029", "\u200b", "\u200d", "\ufeff", "\xa0", "\xad",
    "\u2002", "\u202e", "\ud7ff", "⼀", "⺠", "𝟘", "🈚", "㈠", "①", "Ⅳ", "٣", "०", "(xìn)", "合计：", "政府信息公开", "（", "）", "：",
    "第1页", "- 2 -", "第二十条第（五）项", "2023年", "12月31日", "某县林业局2023年政府信息公开工作年度报告", "单位：件", "万元",
)


def labels() -> tuple[str, ...]:
    """The labels, headings and heads of every form, and the spellings seen for them."""
    found: dict[str, None] = {}
    for name in FORMS:
        form = load(name)
        for title in form.sections:
            found |= dict.fromkeys((title.label, *title.aliases))
        for table in form.tables:
            found |= dict.fromkeys((table.title, table.stub or "", table.note or ""))
            for group in table.groups:
                found |= dict.fromkeys((group.label, *group.aliases))
            for block in table.blocks:
                found |= dict.fromkeys((block.caption or "", *block.heads))
                for each in (*block.columns, *block.rows):
                    found |= dict.fromkeys((each.label or "", *each.aliases))
        found |= dict.fromkeys(form.heads)
        for row in form.indicators:
            found |= dict.fromkeys((row.label, *row.aliases))
    found.pop("", None)
    return tuple(found)


LABELS = labels()


def entry(word: str) -> str:
    """A line of a dictionary: the bytes of a word, those that are no plain ASCII escaped."""
    escaped = "".join(
        chr(byte) if 0x20 <= byte < 0x7F and byte not in b'"\\' else f"\\x{byte:02x}"
        for byte in word.encode("utf-8", "surrogatepass")
    )
    return f'"{escaped}"'


if __name__ == "__main__":
    every = dict.fromkeys((*LABELS, *NUMBERS, *CELLS, *SEPARATORS, *MARKUP, *ODD))
    sys.stdout.write("".join(f"{entry(word)}\n" for word in every if word))
