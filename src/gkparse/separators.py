"""Separators that a text shows by itself: whatever stands between the numbers of whole rows.

Scripts join cells with anything: semicolons, arrows, two tabs, a sign that no page has. Where the
same sign parts all the numbers of several rows, it parts cells in the whole text.
"""

from __future__ import annotations

import re
from collections import Counter
from unicodedata import category

from gkparse.masks import NOTHING
from gkparse.printed import MARKS

__all__ = ["parted"]

# A whole row of the table of section three; a shorter one may be a date or an address. What parts
# cells anyway, blanks and single tabs or a comma, is passed over at once. Like `_ALONE` it is compiled
# where it is needed, as few texts need it.
_WHOLE = (
    r"(?<![\d.,])\d{1,9}(?![^\S\t]*(?:\t[^\S\t]+)*\t?\d|,\s*\d)([^\d\n㐀-鿿]{1,12}?)(?:\d{1,9}\1){5}(?=\d)"
)
# The same with numbers that have a unit, thousands set apart, or decimals.
_NUMBER = r"\d{1,9}(?:,\d{3})*(?:\.\d{1,6})?(?:[^\S\n\t]?(?:件|万元))?"
_ODD_WHOLE = rf"(?<![\d.,]){_NUMBER}([^\w\s,.|│┃║┆┊\"']{{1,3}})(?:{_NUMBER}\1){{5}}(?=\d)"
# The same with blanks beside the sign that fill a column up.
_PADDED = r"(?<![\d.,])\d{1,9}[^\S\n]*([^\d\s㐀-鿿]{1,3})[^\S\n]*(?:\d{1,9}[^\S\n]*\1[^\S\n]*){5}(?=\d)"
_LEAST = 2
# A text parts its cells with one or two signs; each is a pass over all of it.
_MOST_SIGNS = 20
# What else than blanks, tabs, bars and Chinese characters stands between numbers: six times in a whole row, if it
# parts them. Behind most digits it cannot, as the next sign tells. (A range of all Chinese characters takes
# a thousandth of a second to compile.)
_BETWEEN = re.compile(
    r"[0-9０-９](?![0-9\n]|\t[0-9])(?:[^\S\n]?(?:件|万元))?[^\S\n]*+(?:(?![\s|│┃\"'])(?:[^\w\n]|[A-Za-z_]){1,12}(?=\d)|\|\||(?<=\t\t))"
)
# What parts cells or lines anyway, what the numbered names of columns have between them, and what HTML is read by.
_KNOWN = re.compile(r"\s+|,\s*|_?,\s*[A-Za-z][\w :]*|.*(?:[|│┃║┆┊\t\"']|</|/>).*", re.DOTALL)
_DOUBLED = frozenset({"\t\t", "||"})
_TABS, _SINGLE = re.compile(r"\t+"), re.compile(r"(?<!\t)\t(?!\t)")
_LEAST_TABS = 20
# A sign between blanks that stands so often in so many lines; no mark for a value, no bar,
# no quotes around nothing.
_ALONE = r"(?<=\s)[^\w\s\x00㐀-鿿|│┃║┆┊/\\—–.…?*+\"'-]{1,2}(?=\s)"
_LEAST_ALONE = 6
# Where these part cells, such a sign is what a cell holds.
_GRID = re.compile(r"[\t|│┃║┆┊]")
# So few lines hold whole tables in one of them, sentences too.
_FEW_LINES = 40
_SENTENCE = "。"


def parted(text: str) -> str:
    """A view of a text in which its own separators are tabs; the text itself if it has none."""
    learned: list[str] = []
    if len(_BETWEEN.findall(text)) >= 6 * _LEAST:
        seen = Counter(found[1] for found in re.finditer(_WHOLE, text))
        seen = seen or Counter(found[1] for found in re.finditer(_PADDED, text))
        seen = seen or Counter(found[1] for found in re.finditer(_ODD_WHOLE, text))
        often = seen.most_common(_MOST_SIGNS)
        learned = [sign for sign, count in often if count >= _LEAST and _unknown(sign) and not _is_mark(sign, text)]
    tabs = _TABS.findall(text) if "\t\t" in text and not _SINGLE.search(text) else []
    if len(tabs) >= _LEAST_TABS and all(len(found) % 2 == 0 for found in tabs):
        learned.append("\t\t")
    short = [word for word in text.split() if len(word) < 3 and not word.isalnum()]
    if len(short) >= _LEAST_ALONE**2 and len(re.findall(_ALONE, text)) >= _LEAST_ALONE**2:
        rows = Counter(
            sign
            for line in text.split("\n")
            if not _GRID.search(line)
            for sign, count in Counter(re.findall(_ALONE, line)).items()
            if count >= _LEAST_ALONE
        )
        often = rows.most_common(_MOST_SIGNS)
        learned.extend(sign for sign, count in often if count >= _LEAST_ALONE and not _in_cells(sign, text))
    for sign in sorted(set(learned), key=len, reverse=True):
        text = _tabbed(text, sign)
    return text


def _unknown(sign: str) -> bool:
    return (NOTHING not in sign and _KNOWN.fullmatch(sign) is None) or sign.strip(" ") in _DOUBLED


def _is_mark(sign: str, text: str) -> bool:
    """Whether a sign may also stand in a cell, for none: then nobody can tell one from the other."""
    core = sign.strip(" ")
    twice = core + (" " if sign.endswith(" ") else "") + core
    return core in MARKS and twice in text and any(twice in line and re.search(r"\d", line) for line in text.split("\n"))


def _in_cells(sign: str, text: str) -> bool:
    """Whether a sign stands alone in cell after cell, for none: what parts them has something between."""
    sign = re.escape(sign)
    return re.search(rf"{sign}(?:[^\S\n]+{sign}){{2}}", text) is not None


def _closes(core: str) -> bool:
    """Whether a sign closes one bracket and opens the next."""
    return category(core[0]) in ("Pe", "Pf", "Sm") and category(core[-1]) in ("Ps", "Pi", "Sm")


def _unbracketed(line: str, core: str) -> str:
    """A line without the brackets that its first cell opens and its last one closes."""
    start, end = len(line) - len(line.lstrip()), len(line.rstrip())
    if line[start] == core[-1]:
        line = f"{line[:start]}{NOTHING}{line[start + 1 :]}"
    return f"{line[: end - 1]}{NOTHING}{line[end:]}" if line[end - 1] == core[0] else line


def _tabbed(text: str, sign: str) -> str:
    """A text in whose table rows a sign is a tab."""
    core = sign.strip(" ") or sign
    mask = "\t" + NOTHING * (len(core) - 1)
    lines = text.split("\n")
    if len(core) > 1 and _closes(core):
        lines = [_unbracketed(line, core) if core in line else line for line in lines]
    few = len(lines) <= _FEW_LINES
    # A sign of several characters is no punctuation of a sentence.
    return "\n".join(
        line.replace(core, mask)
        if core in line and (few or len(core) > 1 or _SENTENCE not in line)
        else line
        for line in lines
    )
