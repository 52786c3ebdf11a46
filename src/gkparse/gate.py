"""The gate before detection: what every text with a table of the form has, told without reading it.

A report says 公开, and a table begins at a word of the form that stands apart: nothing but an
ordinal, marks and markup are between it and the next blank, cell or line. A text without both is
passed over. What the later stages undo is allowed for: Traditional characters, radicals, blanks
and tags within a word, escapes. So the gate errs on one side only: it lets in too much.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise

import attrs

from gkparse.folding import fold, simplified
from gkparse.form import FORMS
from gkparse.markup import _is_string, view
from gkparse.pieces import is_rule
from gkparse.vocabulary import LONGEST, NUMERALS, Word, vocabulary

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
# What may stand between two words that a text runs together: no blank.
_GLUED = re.compile(_MARKUP.replace(f"[^{_LETTERS}", rf"[^\s{_LETTERS}", 1), re.DOTALL)
_GAP, _MARKED = re.compile(_PLAIN), re.compile(_MARKUP, re.DOTALL)
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


@attrs.define(eq=False)
class _Node:
    """How words begin: what may follow, whether this is one, and whether a table may begin at it."""

    after: dict[str, _Node] = attrs.field(factory=dict)
    word: bool = False
    opens: bool = False

    def next(self, sign: str) -> list[_Node]:
        """What a printed character may lead to."""
        reads = _readings().get(sign, sign)
        return [self.after[read] for read in reads if read in self.after]


def _opening(word: Word) -> bool:
    """Whether a table may begin at a word."""
    return bool(word.table) or any(
        entry.role == "indicator" or (entry.role == "heading" and entry.index in _SECTIONS)
        for entry in word.entries
    )


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
            node.opens |= _opening(word)
    return root


def _printed(signs: set[str]) -> str:
    """A class of all that may be printed for some characters of keys."""
    variants = {sign for sign, reads in _readings().items() if not signs.isdisjoint(reads)}
    return f"[{''.join(sorted(signs | variants))}]"


# What a rule of a table has where others cross it.
_CROSSING = r"(?<=[─-╿])|(?<=\+)[-=:][-=:+]"


@cache
def _begun() -> re.Pattern[str]:
    """Where a word may begin, or rules may cross; both in one, since a search costs most.

    A word shows by two of its characters, with nothing before that it is part of.
    """
    root = _words()
    first = _printed(set(root.after))
    second = _printed({sign for node in root.after.values() for sign in node.after})
    gap = rf"(?:{_PLAIN}|[^{_LETTERS}<\[{{]*+(?=[<\[{{]){_MARKUP})"
    word = rf"(?P<word>)(?<![─-╿+])(?<!{_BESIDE}.)(?={gap}{second})"
    return re.compile(f"[─-╿+{first[1:]}(?:{_CROSSING}|{word})", re.DOTALL)


@cache
def _said() -> re.Pattern[str]:
    """公开, which every report says, with whatever stands between."""
    return re.compile(f"公{_PLAIN}{_printed({'开'})}")


# Enough of a text to tell nearly always; it ends at no place within markup.
_NEAR = re.compile(r"(?:[^<\[{]{1,24}+|<(?!!--)[^<>]{0,200}+>){0,10}+")


def _word_at(text: str, start: int) -> bool:
    """Whether a word at which a table may begin stands apart at a place, alone or run together with others."""
    near = _NEAR.match(text, start)
    told = _told(near[0]) if near else None
    return bool(_walked(text, start)) if told is None else told


@lru_cache(8192)
def _told(near: str) -> bool | None:
    """The same for the beginning of a text; None where it takes more of the text to tell."""
    return _walked(near, 0)


def _behind(text: str, at: int) -> tuple[int, ...]:
    """Where the next character of a word may stand: behind what prints none, and behind markup."""
    if "㐀" <= text[at : at + 1] <= "鿿":
        return (at,)
    ends = _GAP.match(text, at), _MARKED.match(text, at)
    return tuple({end.end() for end in ends if end})


def _walked(text: str, start: int) -> bool | None:
    """The same; None where it hangs on what follows the end of the text."""
    # With the letters so far, and whether one of the words before opens a table.
    ways = [(start, _words(), 1, False)]
    met = set(ways)
    cut = False
    while ways:
        at, node, letters, opened = ways.pop()
        if at == len(text):
            cut = True
            continue
        for child in node.next(text[at]):
            opens = opened or child.opens
            if child.word and opens and at + 1 == len(text):
                cut = True
            elif child.word and opens and _BOUND.match(text, at + 1):
                return True
            if letters == LONGEST:
                continue
            onward = [(end, child, letters + 1, opened) for end in _behind(text, at + 1)]
            if child.word and (glued := _GLUED.match(text, at + 1)):
                onward.append((glued.end(), _words(), letters + 1, opens))
            ways += [way for way in onward if way not in met]
            met.update(onward)
    return None if cut else False


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
    if _NUMBERED.search(text) or (_is_string(text) and _ESCAPED.search(text)):
        text = view(text)
    text += "\n"  # so that a word that ends the text stands apart as any other does
    ruled = False  # rules part rows of several lines, which cut words
    for found in _begun().finditer(text):
        if found["word"] is None:
            ruled = ruled or is_rule(text)
        if ruled or (found["word"] is not None and _word_at(text, found.start())):
            return True
    return False
