"""The gate before detection: what every text with a table of the form has, told without reading it.

A report says 公开, and a table begins at a word of the form that stands apart: nothing but an
ordinal, marks and markup are between it and the next blank, cell or line. A text without both is
passed over; so is one whose only words are those of any page, where no value stands behind one. What
the later stages undo is allowed for: Traditional characters, radicals, blanks and tags within a word,
escapes. So the gate errs on one side only: it lets in too much.
"""

from __future__ import annotations

import re
from enum import IntEnum
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import attrs

from gkparse.folding import fold, simplified
from gkparse.form import FORMS
from gkparse.markup import _TAG, _is_string, _shown, view
from gkparse.pieces import is_rule
from gkparse.printed import _NUMBER, _ZEROS, MARKS, read_printed
from gkparse.tokens import common_words
from gkparse.vocabulary import LONGEST, NUMERALS, Word, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["may_hold_table"]

# ---------------------------------------------------------------- characters

# What may be a character of a word: ideographs, radicals, and signs that hold one, such as ㈠.
_LETTERS = "⺀-⿟〸-〺㆐-㆟㈠-㏿㐀-鿿豈-﫿"
# Beside a word it makes both another text: an ideograph that is no numeral.
_BESIDE = "[{}豈-﫿]".format(
    "".join(
        f"{chr(one + 1)}-{chr(other - 1)}"
        for one, other in pairwise((0x33FF, *sorted(map(ord, NUMERALS[10:])), 0xA000))
        if other - one > 1
    )
)
# What reads as another character only beside some: those of a Taiwan word, or of a phrase.
_IN_PHRASES = ("资信", "讯息", "档文", "案件", "专项", "案目", "覆复", "祇只", "衹只", "俱具")
# What may stand between two characters of a word: no letter; or markup, which may hold letters.
_PLAIN = f"[^{_LETTERS}]*+"
_MARKUP = (
    rf"(?:[^{_LETTERS}<\[{{]++|<!--(?:(?!-->).){{0,2000}}+-->|<[^<>]*+>"
    r"|\[bookmark:[^\]\n]{0,80}+\]|\{[^{}]*+\}|[<\[{])*+"
)
_NEXT = re.compile(f"(?={_PLAIN}(.?)){_MARKUP}(.?)", re.DOTALL)
_BOUND = re.compile(f"(?!{_BESIDE})")


@cache
def _readings() -> dict[str, str]:
    """For a printed character, what it may be in a key, if not itself alone."""
    signs = [
        chr(at)
        for found in re.finditer("(.)-(.)", _LETTERS)
        for at in range(ord(found[1]), ord(found[2]) + 1)
    ]
    # Between two others no character is an ordinal.
    folded = [fold(f"中{sign}中").key[1:-1] for sign in signs]
    shown = simplified("\n".join(folded)).split("\n")
    reads_of = {sign: {sign, read} for sign, read in zip(signs, shown, strict=True) if len(read) == 1}
    for pair in _IN_PHRASES:
        for reads in reads_of.values():
            if pair[0] in reads:
                reads.add(pair[1])
    return {sign: "".join(reads) for sign, reads in reads_of.items() if len(reads) > 1}


# ---------------------------------------------------------------- words

# Below the headings of these sections a table may begin without any of its words.
_SECTIONS = (2, 3, 4)


class _Level(IntEnum):
    """What a word by itself says of a text: no table, one if a value stands behind it, a table."""

    NONE = 0
    COMMON = 1
    TELLING = 2


@attrs.define(eq=False)
class _Node:
    """How words begin: what may follow, whether this is one, and what that says."""

    after: dict[str, _Node] = attrs.field(factory=dict)
    word: bool = False
    level: _Level = _Level.NONE

    def next(self, sign: str) -> list[_Node]:
        """What a printed character may lead to."""
        reads = _readings().get(sign, sign)
        return [self.after[read] for read in reads if read in self.after]


def _level(word: Word) -> _Level:
    """What a word says of a text: whether a table may begin at it."""
    if any(
        entry.role == "indicator" or (entry.role == "heading" and entry.index in _SECTIONS)
        for entry in word.entries
    ):
        return _Level.TELLING
    if not word.table:
        return _Level.NONE
    return _Level.COMMON if word.key in common_words() else _Level.TELLING


@cache
def _words() -> _Node:
    """All words of all forms, as a tree of their characters; digits in them are passed over."""
    root = _Node()
    for form in FORMS:
        for key, word in vocabulary(form)._words.items():
            node = root
            for sign in key:
                if not sign.isascii():
                    node = node.after.setdefault(sign, _Node())
            node.word = True
            node.level = max(node.level, _level(word))
    return root


@cache
def _variants() -> dict[str, list[str]]:
    """For a character of keys, what may be printed for it beside itself."""
    variants: dict[str, list[str]] = {}
    for sign, reads in _readings().items():
        for read in reads:
            variants.setdefault(read, []).append(sign)
    return variants


def _printed(signs: Iterable[str]) -> str:
    """All that may be printed for some characters of keys."""
    return "".join(sorted({printed for sign in signs for printed in (sign, *_variants().get(sign, ()))}))


# What a rule of a table has where others cross it.
_CROSSING = r"(?<=[─-╿])|(?<=\+)[-=:][-=:+]"


@cache
def _begun() -> re.Pattern[str]:
    """Where a word may begin, or rules may cross; both in one, since a search costs most.

    A word shows by two of its characters, with nothing before that it is part of; `run` is what
    stands there without anything between, as long as the longest word and one character more.
    """
    root = _words()
    first = _printed(root.after)
    second = _printed(sign for node in root.after.values() for sign in node.after)
    gap = rf"(?:{_PLAIN}|[^{_LETTERS}<\[{{]*+(?=[<\[{{]){_MARKUP})"
    run = rf"(?P<run>[{_LETTERS}]{{1,{LONGEST + 1}}}+)"
    word = rf"(?<!{_BESIDE}.)(?<![─-╿+])(?={gap}[{second}])(?<=(?={run}).)"
    return re.compile(f"[─-╿+{first}](?:{word}|(?<=[─-╿+])(?:{_CROSSING}))", re.DOTALL)


@cache
def _said() -> re.Pattern[str]:
    """公开, which every report says, with whatever stands between."""
    return re.compile(f"公{_PLAIN}[{_printed('开')}]")


@attrs.frozen
class _Found:
    """What stands at a place: a telling word, or where common ones end, counted from there.

    `onward` are the characters that may go on behind the end of what was looked at.
    """

    telling: bool = False
    ends: tuple[int, ...] = ()
    onward: frozenset[str] = frozenset()


@lru_cache(8192)
def _of_run(run: str) -> _Found | None:
    """The words that characters without anything between begin with, if any."""
    found = _walked(run, 0)
    return found if found.telling or found.ends or found.onward else None


def _next(text: str, at: int) -> re.Match[str]:
    """The next characters of a word: behind what prints none, and behind markup; empty at the end."""
    found = _NEXT.match(text, at)
    assert found is not None
    return found


def _words_at(text: str, start: int, run: str) -> _Found | None:
    """The words that stand apart at a place, alone or run together, if any; `run` stands there."""
    found = _of_run(run)
    if found and found.onward:
        end = _next(text, start + len(run))
        if end[1] in found.onward or end[2] in found.onward:
            return _walked(text, start)
    return found if found and (found.telling or found.ends) else None


def _behind(text: str, at: int) -> tuple[int, ...]:
    """Where these stand."""
    if "㐀" <= text[at : at + 1] <= "鿿":
        return (at,)
    found = _next(text, at)
    return found.start(1), found.start(2)


def _walked(text: str, start: int) -> _Found:
    """The same for a text that may go on, whatever stands between its characters."""
    # With the letters so far, and what the words before say.
    ways = [(start, _words(), 1, _Level.NONE)]
    met = set(ways)
    ends, cut = list[int](), list[_Node]()
    while ways:
        at, node, letters, said = ways.pop()
        if at == len(text):
            cut.append(node)
            continue
        for child in node.next(text[at]):
            level = max(said, child.level)
            if child.word and level and _BOUND.match(text, at + 1):
                if level is _Level.TELLING:
                    return _Found(telling=True)
                ends.append(at + 1 - start)
            if letters == LONGEST:
                continue
            onward = [(end, child, letters + 1, said) for end in _behind(text, at + 1) if child.after]
            if child.word and at + 1 < len(text):  # one that stands apart from this is found by itself
                onward.append((at + 1, _words(), letters + 1, level))
            ways += [way for way in onward if way not in met]
            met.update(onward)
    return _Found(ends=tuple(ends), onward=frozenset(_printed(sign for node in cut for sign in node.after)))


# ---------------------------------------------------------------- common words

# What parts the items of a menu, or cells; behind the bar of a cell there may be attributes.
_PARTING = r"[\s\x00│┃║┆┊>»›·•]++|\|(?![ \t]*+[\w-]++[ \t]*+=)"
# What a page does not show, where it is read as HTML.
_HIDDEN = (
    r"&(?:nbsp|gt|raquo|middot);|<!--(?:(?!-->).){0,2000}+-->|</?(?!script\b|style\b|head\b)[a-zA-Z][^<>]*+>"
    r"|<(?P<name>script|style|head)\b[^<>]*+>.{0,2000}?(?<!\\)</(?P=name)\b[^<>]*+>"
)


@cache
def _value_signs() -> str:
    """The ideographs with which a value begins."""
    signs = {sign for sign in {*_NUMBER.pattern, *_ZEROS} if read_printed(sign) or read_printed(f"{sign}1")}
    return "".join(sorted(sign for sign in signs | {mark[0] for mark in MARKS} if "㐀" <= sign <= "鿿"))


@cache
def _valued(page: bool) -> re.Pattern[str]:
    """A value behind a word, in a page or another text: whatever is no ideograph, or begins a value.

    The number of a page of print may stand between.
    """
    parting = f"(?:{_PARTING}|{_HIDDEN})*+" if page else f"(?:{_PARTING})*+"
    return re.compile(rf"{parting}(?:[^㐀-鿿]|[{_value_signs()}]|第\s*\d)", re.DOTALL | re.IGNORECASE)


def _is_page(text: str) -> bool:
    """Whether the tags and comments of a text are masked as they stand."""
    # Where such a tag ends, no separators of the text's own are masked before.
    return "</t" in text and ("\\" not in text or not _is_string(text))


_LONGEST_TAG = 2000
# A bookmark is masked before, with the beginning of a tag that it may hold.
_LONGEST_BOOKMARK = 100


def _in_tag(text: str, start: int) -> bool:
    """Whether a place in a page is within a tag."""
    at = text.rfind("<", max(0, start - _LONGEST_TAG), start)
    tag = re.compile(_TAG).match(text, at, start + _LONGEST_TAG) if at >= 0 else None
    if tag is None or tag.end() <= start:
        return False
    return "[bookmark:" not in text[max(0, at - _LONGEST_BOOKMARK) : start]


# ---------------------------------------------------------------- the gate

# Ideographs written as numbers, and 公 among them.
_NUMBERED = re.compile(r"&#(?:0*[1-9]\d{4}|[xX]0*[2-9a-fA-F][0-9a-fA-F]{3});")
_ESCAPED = re.compile(r"\\u[2-9a-fA-F][0-9a-fA-F]{3}")
_SPELT = (re.compile(r"&#(?:0*20844|[xX]0*516[cC]);"), re.compile(r"\\u516[cC]"))


def may_hold_table(text: str) -> bool:
    r"""Whether a text may hold a table of the form; where it is False, detection finds none.

    >>> from gkparse.gate import may_hold_table
    >>> may_hold_table("政府信息公开\n行政许可\t5"), may_hold_table("政府信息公开：办理行政许可5件")
    (True, False)
    """
    if not ("公" in text and _said().search(text)) and not any(s.search(text) for s in _SPELT):
        return False
    if _NUMBERED.search(text) or ("\\" in text and _ESCAPED.search(text) and _is_string(text)):
        text = view(text)
    level = _highest(text)
    if level is _Level.COMMON and _is_page(text):  # it may stand in a script or a comment
        level = _highest(_shown(text), page=True)
    return level is not _Level.NONE


def _highest(text: str, *, page: bool | None = None) -> _Level:
    """What the words of a text say of it; common ones count if a value stands behind."""
    text += "\n"  # so that a word that ends the text stands apart as any other does
    ruled: bool | None = None
    highest = _Level.NONE
    for begun in _begun().finditer(text):
        if (run := begun["run"]) is None:
            # Rules part rows of several lines, which cut words.
            ruled = is_rule(text) if ruled is None else ruled
            if ruled:
                return _Level.TELLING
        elif (words := _words_at(text, begun.start(), run)) and (words.telling or not highest):
            page = _is_page(text) if page is None else page
            if _is_shown(text, begun.start(), words, page=page):
                if words.telling:
                    return _Level.TELLING
                highest = _Level.COMMON
    return highest


def _is_shown(text: str, start: int, words: _Found, *, page: bool) -> bool:
    """Whether words at a place are seen, and common ones have a value behind."""
    if not (words.telling or any(_valued(page).match(text, start + end) for end in words.ends)):
        return False
    return not (page and _in_tag(text, start))
