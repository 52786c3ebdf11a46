"""Telling: which version of the form the texts of a report are of.

The newest form is tried first; words that only an older one has decide for that one, never the year
of the report. Heads of columns, which tools break in two, are told by their halves as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias

import attrs

from gkparse.form import FORMS
from gkparse.vocabulary import LONGEST, Word, vocabulary

__all__ = ["Tells", "Told", "older", "tells", "told"]

# So many labels that the newest form does not have, and more than it has alone, say that a report
# has an older one; the oldest has so many that some may stand in any text.
_LEAST_OWN = {"2019": 1, "2014": 8}
_MANY_PARTS = 20
# A longer part is no word, and nothing to remember.
_LONGEST_PART = 160
# The heads of columns, which tell the forms apart, are shorter, and so are their halves.
_LONGEST_HALVED = 16

# An older form, whether it lacks the word, and the word itself.
Told: TypeAlias = tuple[str, bool, Word]


class Tells(NamedTuple):
    """What the texts of a line tell, the one that may go on with a text above, and the last."""

    told: tuple[Told, ...] = ()
    opens: str = ""
    ends: str = ""


_NOTHING = Tells()  # what most lines tell


def tells(texts: Iterable[tuple[str, bool]]) -> Tells:
    """What the texts of a line tell of the form, each with whether it is a word of a form."""
    found: set[Told] = set()
    opens, ends, first = "", "", True
    for text, known in texts:
        if len(text) >= LONGEST:
            ends = ""
            if len(parts := text.split()) > _MANY_PARTS:
                found.update(*(_telling(part) for part in parts if len(part) <= _LONGEST_PART))  # a table on one line
        else:
            found.update(_telling(text) if known else _telling_of_any(text))
            if not known:
                opens = text if first else opens
                found.update(_halved(ends, text))
            ends = text
        first = False
    return Tells(tuple(found), opens, ends) if found or opens or ends else _NOTHING


def told(lines: Iterable[Tells]) -> set[Told]:
    """What the lines that have texts tell, in their order."""
    found: set[Told] = set()
    ends = ""
    for own, opens, last in lines:
        if own:
            found.update(own)
        if opens and ends:
            found.update(_halved(ends, opens))
        ends = last
    return found


def older(found: set[Told]) -> str | None:
    """The older form that the texts are of; None for the newest."""
    for name in FORMS[1:]:
        own = sum([form == name and not newer for form, newer, _ in found])
        if own >= _LEAST_OWN[name] and own > sum([form == name and newer for form, newer, _ in found]):
            return name
    return None


def _halved(one: str, other: str) -> Sequence[Told]:
    """What two texts tell as the halves of one."""
    return _telling(one + other) if one and len(one) + len(other) <= _LONGEST_HALVED else ()


@lru_cache(maxsize=4096)
def _telling_of_any(text: str) -> tuple[Told, ...]:
    """What a text tells of the form, as a whole and in its parts between blanks."""
    return tuple(word for part in {text, *text.split()} for word in _telling(part))


@lru_cache(maxsize=4096)
def _telling(text: str) -> tuple[Told, ...]:
    """What a text tells of the form: the older ones that alone have it, or, as a head, have not."""
    newest, *others = FORMS
    newer = vocabulary(newest).lookup(text)
    found: list[Told] = []
    for name in others:
        own = vocabulary(name).lookup(text)
        if own and not newer:
            found.append((name, False, attrs.evolve(own, label="", ordinal=0)))
        elif newer and not own and any(entry.role == "column" for entry in newer.entries):
            found.append((name, True, attrs.evolve(newer, label="", ordinal=0)))
    return tuple(found)
