"""Masks: what stands in a view where the source has something that prints nothing."""

from __future__ import annotations

__all__ = ["KEY", "KEYS", "NOTHING", "PAIR", "RAISED", "masked", "one_line", "unescaped"]

# Reads as no character at all, so that a view is as long as its source.
NOTHING = "\x00"
# Stand behind a key: in a record, and in a line of text that may also be any other.
KEY, PAIR = "\ufdd0", "\ufdd1"  # no characters: no text has them
KEYS = frozenset({KEY, PAIR})
# Digits that belong to no number on the line are raised ones in the view.
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def masked(text: str, *, first: str = NOTHING) -> str:
    """A mask as long as a text: `first`, then nothing."""
    return first + NOTHING * (len(text) - len(first)) if text else ""


def one_line(text: str) -> str:
    """A text as long, without line ends and tabs."""
    return text.replace("\n", " ").replace("\t", " ").replace("\r", " ")


def unescaped(text: str) -> str:
    """A text with the characters that its entities stand for."""
    from html import unescape  # noqa: PLC0415 - its table is large, and few texts have entities

    return unescape(text)
