"""Prefixes: what programs put before each line of a text, to quote it, to make a comment of it, or to number it."""

from __future__ import annotations

import re
from itertools import pairwise

__all__ = ["may_be_prefixed", "unprefixed"]

# A sign at the beginning of a text that may stand before each of its lines; of a list only with a blank behind it.
# Few texts have any: the patterns are compiled where they are used.
_OF_LISTS = "-*+•·"
_SIGN = rf"\s*(?P<sign>>|#+|//|%|;|!|[{_OF_LISTS}](?=\s))"
_NUMBER = r"[^\S\n]*(?:[\[(（Ll] ?)?(?P<number>\d{1,7})(?:\t|(?: ?[\])）:.：、|,])+ ?|(?=\s) ?)"
_BEGINNINGS = frozenset(f">#/%;!{_OF_LISTS}[(（Ll0123456789")
# So far a text may begin with blanks.
_BLANKS = 200
_LEAST_LINES = 20
# Of twenty lines one may have been added later.
_LEAST_SHARE = 0.95


def may_be_prefixed(text: str) -> bool:
    """Whether a text begins as one does whose lines have a prefix."""
    begun = text[:_BLANKS].lstrip()
    return begun[:1] in _BEGINNINGS and (re.match(_SIGN, begun) or re.match(_NUMBER, begun)) is not None


def unprefixed(text: str) -> str:
    """A view of a text with blanks for what stands before nearly each of its lines, in front of the line end."""
    sign = re.match(_SIGN, text)
    if sign and 4 * text.count("\n" + sign["sign"]) < text.count("\n"):
        return text  # as most that begin with a heading of Markdown
    prefix = re.compile(_prefix(sign["sign"]) if sign else _NUMBER)
    lines = text.split("\n")
    found = [prefix.match(line) for line in lines]
    own = [each for each in found if each]
    if len(own) < max(_LEAST_LINES, _LEAST_SHARE * sum(not line.isspace() for line in lines if line)):
        return text
    if not sign and any(int(one["number"]) + 1 != int(other["number"]) for one, other in pairwise(own)):
        return text
    ends = [each.end() if each else 0 for each in found]
    shown = [line[end:] + " " * behind for line, end, behind in zip(lines, ends, [*ends[1:], 0], strict=True)]
    return " " * ends[0] + "\n".join(shown)


def _prefix(sign: str) -> str:
    """A pattern of a sign with the blank behind it, without which one of a list is none."""
    return f"{re.escape(sign)}(?: |(?=\\s)|$)" if sign in _OF_LISTS else f"{re.escape(sign)} ?"
