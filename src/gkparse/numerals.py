"""Chinese numerals: the value of a whole number that is written in words."""

from __future__ import annotations

__all__ = ["NUMERALS", "whole"]

_DIGITS = {
    sign: value
    for value, signs in enumerate(("零〇○", "一", "二两兩", "三", "四", "五", "六", "七", "八", "九"))
    for sign in signs
}
_UNITS = {"十": 10, "百": 100, "千": 1_000}
_MYRIAD = 10_000

NUMERALS = "".join((*_DIGITS, *_UNITS, "万萬"))


def whole(text: str) -> int | None:
    """The value of a Chinese numeral below 10⁸; None for what is none, or says no one number.

    二三 is two or three, 一百五 may be 105 or 150: neither is a number here.

    >>> whole("一千零二十三"), whole("二〇二三"), whole("十"), whole("二三")
    (1023, 2023, 10, None)
    """
    if text and all(sign in _DIGITS for sign in text):
        several = len(text) == 2 and _DIGITS[text[1]] > 0
        return None if several else int("".join(str(_DIGITS[sign]) for sign in text))
    high, myriad, low = text.replace("萬", "万").partition("万")
    if not myriad:
        return _below_myriad(high)
    upper, gap = _below_myriad(high), low[:1] in ("零", "〇", "○")
    lower = _below_myriad(low[gap:]) if low else 0
    if not upper or lower is None or (low and gap != (0 < lower < _MYRIAD // 10)):
        return None
    return upper * _MYRIAD + lower


def _below_myriad(text: str) -> int | None:
    """The value of a numeral with units up to 千, each less than the one before it."""
    total, unit, digit, gap = 0, _MYRIAD, 0, False
    for at, sign in enumerate(text):
        if (value := _DIGITS.get(sign)) is not None:
            if digit or gap >= (value == 0) > 0 or (value == 0 and at == 0):
                return None
            digit, gap = value, gap or value == 0
        elif sign in _UNITS:
            smaller, beside = _UNITS[sign] < unit, _UNITS[sign] * 10 == unit or at < 2
            digit = digit or (sign == "十" and at == 0)
            if not digit or not smaller or gap == beside:
                return None
            total, unit, digit, gap = total + digit * _UNITS[sign], _UNITS[sign], 0, False
        else:
            return None
    if gap != (digit > 0 and 10 < unit < _MYRIAD):
        return None
    return total + digit if text else None
