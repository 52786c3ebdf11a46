"""Printed values: what a cell that holds a number, a mark or nothing says."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

import attrs

from gkparse.blocks import PICTURE

__all__ = ["BLANK", "CUT", "CUT_CHARACTER", "MARKS", "REST", "STAND_INS", "UNREADABLE", "Printed", "read_overwritten", "read_printed"]


@attrs.frozen
class Printed:
    """A printed value.

    `kind` is `"number"`, `"mark"` (such as `/` or `—`), `"blank"`, or `"unreadable"` for a text
    with digits that is no number, `"cut"` where a tool has left cells out; `unit` is the unit printed with the number, `repaired` whether
    a misprint was read through. One that is `plain` is a count and nothing else.
    """

    kind: str
    value: int | Decimal | None = None
    unit: str | None = None
    repaired: bool = False
    plain: bool = attrs.field(init=False, eq=False, repr=False)
    count: int = attrs.field(init=False, eq=False, repr=False)  # zero for anything else

    @plain.default
    def _plain(self) -> bool:
        return type(self.value) is int and self.value >= 0 and not (self.repaired or self.unit)

    @count.default
    def _count(self) -> int:
        return self.value if isinstance(self.value, int) else 0


BLANK = Printed("blank")
UNREADABLE = Printed("unreadable")
CUT = Printed("cut")
_MARK = Printed("mark")

MARKS = frozenset({"/", "\\", "-", "--", "—", "——", "–", "―", "无", "無", "N/A", "n/a",
                    "未发生", "未發生", "无数据", "無數據", "暂无", "暫無", "没有", "沒有", "空", "不涉及", "不适用",
                    "不適用"})
# Signs that stand where a value would and are no mark for none: what they mean, nobody can tell.
STAND_INS = "?？!！*＊#×✕✗✓√~～…=＝·•_\ufffd□■○●◯"
# The rest of a number that a line end has cut at its point, or before the comma of its thousands.
REST = re.compile(r"[.．·,，]\d{1,6}(?:万?元|件)?")
_ZEROS = frozenset({"〇", "零"})
# What stands where a tool has left out what did not fit.
_CUT = frozenset({"...", "…", "……"})
# What stands for a character of which a tool has cut off bytes.
CUT_CHARACTER = "\ufffd"
# A number over the rest of another text, whose characters were cut: the tool counted bytes.
# Not compiled before it is needed, as hardly a text does.
_OVERWRITTEN = r"(\d{1,15}(?:\.\d{1,6})?)(?:(?![零〇一二三四五六七八九十百千万亿])[\ufffd㐀-鿿、，（）“”\s]){1,8}\Z"
# What data-frame tools print for an empty cell.
_EMPTY = frozenset({"NaN", "nan", ".nan", "None", "null", "NULL", "<NA>", '""', "''"})
# A number in quotation marks, as some writers of text put it.
_QUOTED = re.compile(r"[\"'“‘](\d[\d,.]{0,20})[\"'”’]")
# The mark of a footnote behind a number, which would read as a digit of it.
_NOTE = re.compile(r"(?<=[\d\s])[⁰¹²³⁴-⁹₀-₉①-⓿❶-➓㈠-㈩㊀-㊉*†‡§]+\Z")
_RAISED, _FLAT = re.compile("[⁰¹²³⁴-⁹₀-₉]"), re.compile("[0-9０-９]")
_NUMBER = re.compile(
    r"""(?P<sign>[+\-]|增加?|减少?)?\s*
    (?P<digits>\d{1,3}(?:,\d{3})+|\d+)
    (?P<decimals>\.\d+)?\s*
    (?P<unit>万元|元|件次|人次|件|条|项|个|宗|起|次|篇|部)?
    (?:\s*\([^()]{0,60}\))?  # a remark such as （其中修订16件）
    \Z""",
    re.VERBOSE,
)
# More digits than a page prints of an amount: those at the end are the rounding of a binary number.
_FLOAT = 15
# O and l for 0 and 1: read, and always flagged.
_MISREAD = re.compile(r"[\dOoIl]{1,8}\Z")
_MISREAD_DIGITS = str.maketrans("OoIl", "0011")


def read_printed(text: str) -> Printed | None:
    """What a cell's text says, or None where it is no value.

    `text` has no blanks around it. The text itself is never changed: callers keep its place.
    """
    return _known(text) if len(text) <= _SHORT else _read(text)


def _read(text: str) -> Printed | None:
    if not text:
        return BLANK
    if text.isascii() and text.isdigit():
        return Printed("number", int(text), repaired=_is_padded(text)) if len(text) <= 15 else None
    if len(text) > 100:
        return None
    if text in _CUT:
        return CUT
    if text == PICTURE:
        return UNREADABLE
    if text in MARKS:
        return _MARK
    if text in _EMPTY:
        return BLANK
    if text in _ZEROS:
        return Printed("number", 0)
    if quoted := _QUOTED.fullmatch(text):
        text = quoted[1]
    note = _NOTE.search(text)
    if note is None and _RAISED.search(text) and _FLAT.search(text):
        return UNREADABLE  # a mark before or within a number would read as digits of it
    plain = unicodedata.normalize("NFKC", text[: note.start()] if note else text)
    if plain in MARKS or (not text.isascii() and "".join(plain.split()) in MARKS):
        return _MARK
    found = _NUMBER.match(plain)
    if not found and not _MISREAD.match(plain):
        return None
    if not text.isascii() and any(map(_of_digits, text[: note.start()] if note else text)):
        return UNREADABLE
    if found:
        return _number(found, repaired=note is not None)
    return Printed("number", int(plain.translate(_MISREAD_DIGITS)), repaired=True)


# What most cells hold, small numbers and marks, recurs.
_SHORT = 16
_known = lru_cache(maxsize=4096)(_read)


def _of_digits(sign: str) -> bool:
    """Whether a character is no digit and would read as some, as ① and ⒈ would."""
    return not sign.isdecimal() and any(map(str.isdecimal, unicodedata.normalize("NFKC", sign)))


def read_overwritten(text: str) -> Printed | None:
    """The number that a cell begins with, where the rest is what is left of another text."""
    found = re.match(_OVERWRITTEN, text)
    return Printed("number", _exact(found[1]), repaired=True) if found else None


def _exact(digits: str) -> int | Decimal:
    return Decimal(digits) if "." in digits else int(digits)


def _is_padded(digits: str) -> bool:
    """Whether a number begins with a zero that nobody prints: a tool has joined two cells, or split one."""
    return len(digits) > 1 and digits[0] == "0"


def _number(found: re.Match[str], *, repaired: bool) -> Printed | None:
    digits = found["digits"].replace(",", "")
    if len(digits) > 15:
        return None
    sign = -1 if found["sign"] and found["sign"][0] in "-减" else 1
    if found["decimals"]:
        value: int | Decimal = sign * Decimal(digits + found["decimals"])
    else:
        value = sign * int(digits)
    # Nobody prints less than nothing of nothing: the sign belongs to a list, or is a mark for none.
    odd = (found["sign"] == "-" and not value) or len(f"{digits}{found['decimals'] or ''}") > _FLOAT + 1
    return Printed("number", value, found["unit"], repaired or odd or _is_padded(digits))
