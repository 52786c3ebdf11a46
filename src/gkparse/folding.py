"""Keys: what is left of a printed label once everything that only looks different is folded away.

Width, blanks, punctuation, ordinals, compatibility radicals, pinyin glosses, bookmarks and markup
go; Traditional script becomes Simplified. Only keys are folded, never the source.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Folded", "fold", "numeral", "simplified"]

_SIGNS = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九")

# Radicals of the supplement (U+2E80-2EFF) that PDF fonts give for characters; NFKC leaves them.
_RADICALS = str.maketrans(
    "⺁⺟⺠⺫⺮⺼⻁⻄⻅⻆⻉⻋⻓⻔⻘⻚⻛⻜⻝⻢⻣⻤⻥⻧⻩⻬⻮⻰⻳",
    "厂母民目竹肉虎西见角贝车长门青页风飞食马骨鬼鱼卤黄齐齿龙龟",
)
_MARKUP = re.compile(r"\[bookmark:[^\]\n]{0,80}\]|<[^<>]{1,200}>|&(?:nbsp|#160|amp|quot);|\\(?=[^\w\s])")
# Letters but those of ASCII, which makes a pattern faster to compile than the range of characters does.
_PINYIN = re.compile(r"(?<=[^\W\d_a-zA-Z])\([a-zà-ǜ]{1,7}\)")
_ORDINAL = re.compile(
    r"[\W_]*(?:\(\s*([一二三四五六七八九十\d]{1,3})\s*\)|([一二三四五六七八九十\d]{1,3})\s*[、.,:)])"
)
# Words of the form that conversions with Taiwan phrases exchange, after t2s.
_TAIWAN = (("资讯", "信息"), ("档案", "文件"), ("专案", "项目"))
# Characters of GB 2312 that OpenCC's t2s converts all the same, alone or in a phrase.
_CONVERTED = frozenset("乾於後徵藉覆沈麽麴夥菸薹捱摺吒甯榘醣拚袷镟")
_NOISE = re.compile(r"[\W_]+")
_DIGITS = {digit: number for number, digit in enumerate("一二三四五六七八九十", 1)}


class Folded(NamedTuple):
    """A key, and the number of the ordinal that stood before it (0 where there was none)."""

    key: str
    ordinal: int


def fold(text: str) -> Folded:
    """The key of a printed label, still in its own script, and its ordinal."""
    text = unicodedata.normalize("NFKC", _MARKUP.sub("", text)).translate(_RADICALS)
    text = _PINYIN.sub("", text)
    ordinal = 0
    if found := _ORDINAL.match(text):
        ordinal = _number(found[1] or found[2])
        text = text[found.end() :]
    return Folded(_NOISE.sub("", text), ordinal)


def numeral(number: int) -> str:
    """A number up to 99 in Chinese numerals."""
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else _SIGNS[tens]) + ("十" if tens else "") + _SIGNS[ones]


def _number(digits: str) -> int:
    if digits.isascii():
        return int(digits)
    if digits.startswith("十"):
        return 10 + _DIGITS.get(digits[1:], 0)
    tens, _, ones = digits.partition("十")
    return _DIGITS.get(tens, 0) * (10 if "十" in digits else 1) + _DIGITS.get(ones, 0)


def simplified(key: str) -> str:
    """A key in Simplified script and mainland words, character by character."""
    converted = key if _is_simplified(key) else _converter()(key)
    for taiwan, mainland in _TAIWAN:
        converted = converted.replace(taiwan, mainland)
    return converted if len(converted) == len(key) else key


def _is_simplified(key: str) -> bool:
    """Whether OpenCC leaves a key as it is: its characters are of the mainland's own set, GB 2312.

    Most texts are, and to see it takes a twentieth of the time.
    """
    try:
        key.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return _CONVERTED.isdisjoint(key)


@cache
def _converter() -> Callable[[str], str]:
    """OpenCC's t2s, whichever of the packages that are named opencc is installed."""
    from opencc import OpenCC  # noqa: PLC0415 - heavy, and needed for Traditional text alone

    # A config in the constructor: `set_conversion` on a shared converter is not thread-safe.
    try:
        converter = OpenCC("t2s")
    except Exception:  # pragma: no cover - the C++ package, which is not installed beside the other
        converter = OpenCC("t2s.json")  # it wants the file's name
    lock = threading.Lock()

    def convert(text: str) -> str:
        with lock:
            return str(converter.convert(text))

    return convert
