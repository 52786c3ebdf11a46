"""Number formats: what the cell of a spreadsheet shows of its value."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeAlias

__all__ = ["BUILT_IN", "formatted"]

# The formats that a file names by number only, as a Chinese program shows them.
_CHINESE = {
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
    31: 'yyyy"年"m"月"d"日"',
}
BUILT_IN: dict[int, str] = dict(enumerate(("General", "0", "0.00", "#,##0", "#,##0.00"))) | {
    9: "0%", 10: "0.00%", 14: "yyyy/m/d", 37: "#,##0_);(#,##0)", 38: "#,##0_);(#,##0)",
    39: "#,##0.00_);(#,##0.00)", 40: "#,##0.00_);(#,##0.00)", 49: "@",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', 43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
} | _CHINESE  # fmt: skip
_TOKEN = re.compile(
    r"""(?P<blank>[_*].|\[(?:\$-[^\]]*|Black|Red|Blue|Green|White|Yellow|Cyan|Magenta|Color ?\d+)\])
    |"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|\[\$(?P<currency>[^\]-]+)[^\]]*\]
    |(?P<part>;)|(?P<date>yyyy|yy|mm?|dd?)(?![a-z])|(?P<digits>[0#?.,]+)|(?P<general>General)|(?P<text>@)
    |(?P<percent>%)|(?P<slash>/)|(?P<sign>[-+$() :~^&'{}<>=]|[^\x00-\x7f])""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_Token: TypeAlias = tuple[str, str]


def formatted(value: float | str, code: str, from_1904: bool = False) -> str:
    """What a cell shows of a value in a number format, as far as both are told by the file.

    Of a format that is not known, the value and the format in the words of a formula, which no one
    takes for a number.

    >>> formatted(12.5, "0"), formatted(0.125, "0.0%"), formatted(5.5, "# ?/?")
    ('13', '12.5%', '=TEXT(5.5,"# ?/?")')
    """
    text = value if isinstance(value, str) else _plain(value)
    if code in {"General", "@", ""}:
        return text
    parts = _parts(code)
    if isinstance(value, str):
        shown = _text(value, parts)
    elif any(kind == "date" for part in parts or [] for kind, _ in part):
        shown = _date(value, parts or [], from_1904)
    else:
        shown = _number(value, parts or [])
    return f'=TEXT({text},"{code}")' if shown is None else shown


def _plain(value: float) -> str:
    """A number with at most 15 digits that count, as a sheet shows it, never with an exponent."""
    text = f"{Decimal(f'{value:.15g}'):f}"
    return "0" if text == "-0" else text


def _parts(code: str) -> list[list[_Token]] | None:
    """The parts of a format, for numbers above, below and at zero, and texts; None if not known."""
    parts: list[list[_Token]] = [[]]
    at = 0
    while at < len(code):
        found = _TOKEN.match(code, at)
        if found is None:
            return None
        at = found.end()
        kind = found.lastgroup or ""
        if kind == "part":
            parts.append([])
        else:
            parts[-1].append((kind, found[kind]))
    return parts if len(parts) <= 4 else None


def _text(value: str, parts: list[list[_Token]] | None) -> str | None:
    """A text in a format: only the fourth part, or one with an `@`, is for texts."""
    if parts is None:
        return value
    part = parts[-1]
    if len(parts) < 4 and ("text", "@") not in part:
        return value
    kinds = {kind for kind, _ in part}
    return None if kinds & {"digits", "date"} else _put(part, {"text": value})


def _number(value: float, parts: list[list[_Token]]) -> str | None:
    """A number in a format of one place for digits; None in any other."""
    numbers = parts[:3]
    if not parts:
        return None
    at = 1 if value < 0 and len(numbers) > 1 else 2 if value == 0 and len(numbers) > 2 else 0
    part = numbers[at]
    kinds = [kind for kind, _ in part]
    if "slash" in kinds:
        return None  # a fraction
    if kinds.count("digits") + kinds.count("general") > 1 or ("text" in kinds and len(parts) == 1):
        return None
    exact = Decimal(f"{value:.15g}") * 100 ** kinds.count("percent")
    pattern = next((text for kind, text in part if kind == "digits"), "")
    digits = _digits(abs(exact), pattern) if pattern else _plain(abs(float(exact)))
    if digits is None:
        return None
    shown = _put(part, {"digits": digits, "general": digits})
    return f"-{shown}" if value < 0 and at == 0 and digits.strip("0.,") else shown


def _digits(value: Decimal, pattern: str) -> str | None:
    """A number that is not negative in a pattern such as `#,##0.00`; None in one that scales it."""
    whole, _, fraction = pattern.partition(".")
    if "." in fraction or "," in fraction or whole.endswith(",") or value >= 10**30:
        return None
    rounded = value.quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP)
    front, _, behind = f"{rounded:f}".partition(".")
    front = front.lstrip("0").rjust(whole.count("0"), "0")
    if "," in whole:
        front = f"{int(front or 0):,}".rjust(len(front), "0") if front.strip("0") else front
    least = len(fraction.rstrip("#?"))
    behind = behind[:least] + behind[least:].rstrip("0")
    return front + ("." + behind if "." in pattern else "")


def _date(value: float, parts: list[list[_Token]], from_1904: bool) -> str | None:
    """A day in a format of years, months and days; None in any other."""
    part = parts[0]
    if value < 0 or value >= 2_958_466 or any(kind in {"digits", "general"} for kind, _ in part):
        return None
    # For a day before March 1900 spreadsheets do not agree.
    if not from_1904 and value < 61:
        return None
    day = (date(1904, 1, 1) if from_1904 else date(1899, 12, 30)) + timedelta(int(value))
    shown = {"yyyy": f"{day.year:04}", "yy": f"{day.year % 100:02}", "mm": f"{day.month:02}"}
    shown |= {"m": str(day.month), "dd": f"{day.day:02}", "d": str(day.day)}
    return "".join(
        shown[text.lower()] if kind == "date" else _put([(kind, text)], {}) for kind, text in part
    )


def _put(part: list[_Token], values: dict[str, str]) -> str:
    """A part of a format with values in their places."""
    literal = {"quoted", "escaped", "currency", "sign", "percent", "slash"}
    return "".join(values.get(kind, text if kind in literal else "") for kind, text in part).strip()
