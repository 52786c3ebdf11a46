"""Looks: what a word processor's styles say of a text that bears on how its numbers read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar

import attrs

__all__ = ["PLAIN", "Look", "inherited", "raised", "struck"]

_Key = TypeVar("_Key")
_DIGITS = "0123456789０１２３４５６７８９"
_RAISED = str.maketrans(_DIGITS, "⁰¹²³⁴⁵⁶⁷⁸⁹" * 2)
_LOWERED = str.maketrans(_DIGITS, "₀₁₂₃₄₅₆₇₈₉" * 2)
_STROKE = "\u0336"


@attrs.frozen
class Look:
    """Whether a text is hidden, struck out, above (1) or below (-1) the line; None: nothing is said."""

    hidden: bool | None = None
    struck: bool | None = None
    level: int | None = None

    def over(self, below: Look) -> Look:
        """The same, with what is below it where it says nothing."""
        return Look(
            below.hidden if self.hidden is None else self.hidden,
            below.struck if self.struck is None else self.struck,
            below.level if self.level is None else self.level,
        )

    def shown(self, text: str) -> str:
        """A text so that none of its digits reads as part of a number to which it does not belong.

        >>> "12" + Look(level=1).shown("1)")
        '12¹)'
        """
        if self.level:
            text = raised(text, up=self.level > 0)
        return struck(text) if self.struck else text


PLAIN = Look()


def raised(text: str, *, up: bool) -> str:
    """A text above or below the line, with the digits that Unicode has for it."""
    return text.translate(_RAISED if up else _LOWERED)


def struck(text: str) -> str:
    """A text that is struck out: each digit bears a stroke."""
    return re.sub(r"\d", lambda found: found[0] + _STROKE, text)


def inherited(styles: Mapping[_Key, tuple[_Key, Look]]) -> dict[_Key, Look]:
    """The whole look of each style, from the one that it is based on and its own."""
    looks: dict[_Key, Look] = {}
    for key in styles:
        chain: dict[_Key, None] = {}
        at = key
        while at in styles and at not in looks and at not in chain:
            chain[at] = None
            at = styles[at][0]
        look = looks.get(at, PLAIN)
        for each in reversed(chain):
            look = looks[each] = styles[each][1].over(look)
    return looks
