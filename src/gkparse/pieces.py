"""Pieces: the physical cells of a line, each with its place and what it says by itself.

A line is cut at tabs and bars, and at blanks where that sets values apart from a label or known
words from each other. Lines recur within a report and from report to report, so what a short line
holds is remembered, within a bound.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

import attrs

from gkparse.markup import plain
from gkparse.masks import NOTHING
from gkparse.printed import (
    BLANK,
    CUT_CHARACTER,
    MARKS,
    STAND_INS,
    UNREADABLE,
    Printed,
    read_overwritten,
    read_printed,
)
from gkparse.vocabulary import LONGEST, Vocabulary, Word, vocabulary

__all__ = ["EMPTY", "Piece", "cut", "is_rule", "placed", "stretch"]


@attrs.define(eq=False, weakref_slot=False)  # never changed; a frozen one takes three times as long to make
class Piece:
    """A physical cell, with offsets into its line: a value, a word of the form, or other text."""

    start: int
    end: int
    text: str
    value: Printed | None = None
    word: Word | None = None
    shared: bool = False  # one of several values in one cell

    @property
    def blank(self) -> bool:
        return self.value is BLANK

    def moved(self, offset: int) -> Piece:
        """The piece, its place told in a text of which its line is a part."""
        return Piece(self.start + offset, self.end + offset, self.text, self.value, self.word, self.shared)


# What may stand around a text in a view without being part of it.
EMPTY = NOTHING + "".join(map(chr, (*range(9, 14), *range(28, 33), 0x85, 0xA0, 0x1680)))
EMPTY += "".join(map(chr, (*range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000)))
# The bar first that may part cells as well as border a table.
_BARS = ("|", "│", "┃", "║", "┆", "┊")
_SEPARATOR = re.compile(r"[\t|│┃║┆┊]")
_RULE = re.compile(r"[\s|+\-=:─━═│┃┄┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬╭╮╰╯╪╞╡]*\Z")
_RULED = re.compile(r"-{3}|={3}|[─━═┄]{2}|\+[-=:]")
_CROSSING = re.compile("[├┼┤┬┴╞╪╡╠╬╣┌└+]")  # what all of the next have, found sooner
_CROSSED = re.compile(r"[├┼┤┬┴╞╪╡╠╬╣┌└]|\+[-=:]+\+|[-=]{2}\+[-=]{2}")
_WIDE_GAP = re.compile(r"[^\S　]{2,}|　{2,}")
_ORDINAL = re.compile(r"[（(][一二三四五六七八九十]+[)）]|\d\\?[.、．]")
_LATIN = re.compile(r"\b(?!(?:NaN|nan|None|null)\b)[A-Za-z]{3}")
# A label, or none, and a number that is parted at its point or comma.
_HALVES = re.compile(r"(?:(.*\S)\s+)??(\d+(?:\s+[.,，．]\s*|[.,，．]\s+)\d+)")
# A line that only numbers the page.
_PAGE = re.compile(
    r"\s*(?:[-–—]+\s*\d{1,4}\s*(?:of\s*\d{1,4}\s*)?[-–—]+|第\s*\d{1,4}\s*页.{0,12}"
    r"|(?:Page\s*)?\d{1,4}\s*(?:of|/)\s*\d{1,4})\s*"
)
# Values one after the other, as no sentence has them.
_VALUES = re.compile(r"(?<!\s)(?:\s+(?:[\d/—-][\d,.]*|NaN|nan|None)(?!\S)){3}")
# So many numbers between blanks, without a sentence's end, are a table on one line.
_NUMBERS = re.compile(r"(?<!\S)\d[\d,.]*(?!\S)")
_MANY_NUMBERS = 10
_SENTENCE = re.compile(r"[。；！？]")
# What is no part of a cell's text: a page number before it or glued to its end.
_NOISE = re.compile(r"-\s?\d{1,3}\s?-(?=[^\s\d]|\Z)\s*")
_PAGE_AFTER = re.compile(r"(?<=\S)-\s?\d{1,3}\s?-\Z")
# Of more ways to end a word, those are passed over where none does.
_MANY_STOPS = 8
# Tokens of so few characters may be those of one word.
_FEW = 2
# Words and signs with which a number is no exact one, before it and behind it: also a point that stood within it.
_VAGUE = frozenset("约 約 大约 大約 近 逾 超 超过 超過 不足 不到 不少于 至少 至多 大于 大於 小于 小於 < > ≤ ≥ ≈ ~ ～ ＜ ＞".split())
_VAGUE_BEHIND = frozenset("余 餘 多 以上 以下 左右 . ．".split())
# A remembered line; a longer one is prose or will not recur.
_SHORT = 160
# The longest text, less its blanks, in which words are sought between blanks.
_PHRASE = 200
# The longest line of heads, each with those over it.
_HEADS = 600


def is_rule(line: str) -> bool:
    """Whether a line draws a rule of a table, as a whole or beside the text of a tall cell."""
    return _CROSSING.search(line) is not None and _CROSSED.search(line) is not None


def cut(line: str, form: str, borders: tuple[bool, bool] = (True, True)) -> tuple[Piece, ...]:
    """The pieces of a line without its end; none for an empty line or a drawn rule.

    `borders` says whether a bar at the start, or the end, of the line is the table's border.
    """
    return _cut_short(line, form, borders) if len(line) <= _SHORT else _cut(line, form, borders)


def _cut(line: str, form: str, borders: tuple[bool, bool]) -> tuple[Piece, ...]:
    words = vocabulary(form)
    if _RULE.match(line) and _RULED.search(line):
        return ()
    if not _SEPARATOR.search(line):
        return () if _PAGE.fullmatch(line) else tuple(_phrase(line, 0, words))
    if "|" in line and not line.strip(EMPTY + "|"):
        return ()
    bounds = [0, *(at for found in _SEPARATOR.finditer(line) for at in found.span()), len(line)]
    spans = list(zip(bounds[::2], bounds[1::2], strict=True))
    # A bar at either edge of a line closes a cell and opens none.
    edged = line.strip(EMPTY)
    if edged.endswith(_BARS[borders[1] ^ 1 :]):
        spans.pop()
    if edged.startswith(_BARS[borders[0] ^ 1 :]):
        spans = spans[1:]
    pieces: list[Piece] = []
    damaged = CUT_CHARACTER in line
    for start, end in spans:
        found = _phrase(line[start:end], start, words)
        if damaged and found and not (len(found) == 1 and (found[0].value or found[0].word)):
            text = line[found[0].start : found[-1].end]
            if value := read_overwritten(text):
                found = [Piece(found[0].start, found[-1].end, text, value)]
        if len(found) > 1 and sum(bool(piece.value) for piece in found) > 1:
            found = [attrs.evolve(piece, shared=bool(piece.value)) for piece in found]
        pieces.extend(found or [Piece(start, end, "", BLANK)])
    return tuple(pieces)


def placed(offset: int, pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The pieces of a part of a text, their places told in the whole text."""
    if not offset:
        return pieces
    # As `moved` does, without a call for each.
    return tuple(
        [Piece(p.start + offset, p.end + offset, p.text, p.value, p.word, p.shared) for p in pieces]
    )


_cut_short = lru_cache(maxsize=8192)(_cut)


def stretch(pieces: Sequence[Piece]) -> tuple[int, int]:
    """Where some pieces stand: in a disordered text they do not come in the order of the form."""
    if len(pieces) == 1:
        return pieces[0].start, pieces[0].end  # as most do
    return min([piece.start for piece in pieces]), max([piece.end for piece in pieces])


def _phrase(text: str, offset: int, words: Vocabulary) -> list[Piece]:
    """The pieces of a text without separators other than blanks; none where it is blank."""
    stripped = text.strip(EMPTY)
    if not stripped:
        return []
    if found := _NOISE.match(stripped):
        stripped = stripped[found.end() :]
        offset += found.end()
    elif stripped.endswith("-") and (found := _PAGE_AFTER.search(stripped)):
        stripped = stripped[: found.start()]
    if not stripped:
        return []
    offset += len(text) - len(text.lstrip(EMPTY))
    single = _piece(stripped, offset, words)
    if single.value or (single.word and not _is_marked(single.word, stripped)):
        return [single]
    long = len(stripped) > _PHRASE and len("".join(stripped.split())) > _PHRASE
    prose = _SENTENCE.search(stripped) or (long and len(_NUMBERS.findall(stripped)) < _MANY_NUMBERS)
    if prose and not (len(stripped.split(None, 3)) > 3 and _VALUES.search(stripped)):
        heads = len(stripped) <= _HEADS and not _SENTENCE.search(stripped)
        return (heads and _glued(stripped, offset, _tokens(stripped), words)) or [single]
    tokens = _tokens(stripped)
    if len(tokens) > 1 and len(stripped) <= _SHORT and (found := _HALVES.fullmatch(stripped)) and (not found[1] or words.lookup(found[1])):
        label = [_piece(found[1], offset, words)] if found[1] else []
        return [*label, Piece(offset + found.start(2), offset + found.end(2), found[2], UNREADABLE)]
    if len(tokens) == 1:
        glued = words.split(stripped) if len(stripped) < _PHRASE else ()
        return [attrs.evolve(single, word=word) for word in glued] or [single]
    first, last = 0, len(tokens)
    while last and read_printed(plain(stripped[slice(*tokens[last - 1])])):
        last -= 1
    while first < last and read_printed(plain(stripped[slice(*tokens[first])])):
        first += 1
    if len(stripped) <= _SHORT and _LATIN.search(stripped, tokens[first][0] if first < last else len(stripped), tokens[last - 1][1] if last else 0):
        return [single]  # a number in a foreign text is part of it, as in "page 1"
    if 0 < first < last and first == 1 and last == len(tokens):
        first = 0  # a number before a text is part of it, as in "2023 年"
    pieces = [
        *(_piece(stripped[a:b], offset + a, words) for a, b in tokens[:first]),
        *_between(stripped, offset, tokens[first:last], words),
        *(_piece(stripped[a:b], offset + a, words) for a, b in tokens[last:]),
    ]
    known = len(pieces) > 1 and any(p.word or p.value for p in pieces)
    return _exact(stripped, offset, pieces) if known else _glued(stripped, offset, tokens, words) or [single]


def _exact(text: str, offset: int, pieces: list[Piece]) -> list[Piece]:
    """The pieces of a text, a number as one with a word beside it that makes it less than exact, and not to be read."""
    found = pieces[:1]
    for piece in pieces[1:]:
        last = found[-1]
        number = piece.value is not None and not piece.blank
        vague = (number and last.text in _VAGUE) or (piece.text in _VAGUE_BEHIND and last.value and not last.blank)
        # A sign that stands far before a number stands for another.
        apart = last.text in STAND_INS and _WIDE_GAP.fullmatch(text, last.end - offset, piece.start - offset)
        if vague and not apart:
            found[-1] = Piece(last.start, piece.end, text[last.start - offset : piece.end - offset], UNREADABLE)
        elif number and last.word and last.text[-1:] in _VAGUE:
            found.append(attrs.evolve(piece, value=UNREADABLE))  # the sign is part of the label
        else:
            found.append(piece)
    return found


def _tokens(text: str) -> list[tuple[int, int]]:
    return [(found.start(), found.end()) for found in re.finditer(r"\S+", text)]


def _glued(text: str, offset: int, tokens: Sequence[tuple[int, int]], words: Vocabulary) -> list[Piece]:
    """The words of a text of which each token runs several together; the first may be anything."""
    start, end = tokens[0]
    pieces = [] if words.split(text[start:end]) else [Piece(offset + start, offset + end, text[start:end])]
    for start, end in tokens[len(pieces) :]:
        if text[start:end] in MARKS:
            pieces.append(_piece(text[start:end], offset + start, words))
            continue
        glued = words.split(text[start:end])
        if not glued:
            return []
        pieces += [Piece(offset + start, offset + end, text[start:end], word=word) for word in glued]
    return pieces


def _is_marked(word: Word, text: str) -> bool:
    """Whether a row's label has a mark behind it: that is its value, though keys know no marks."""
    behind = text.rsplit(maxsplit=1)[-1]
    start = len(text) - len(behind)
    marked = behind in MARKS or _stands_in(text, len(text[:start].rstrip()), start, len(text))
    return marked and any(entry.role == "row" for entry in word.entries)


def _stands_in(text: str, before: int, start: int, end: int) -> bool:
    """Whether nothing but signs stand there, further from what ends before them than a blank."""
    signs = text[start] in STAND_INS and not text[start:end].strip(STAND_INS)
    return signs and _WIDE_GAP.fullmatch(text, before, start) is not None


def _between(
    text: str, offset: int, tokens: list[tuple[int, int]], words: Vocabulary
) -> list[Piece]:
    """Pieces of a text: known words, the longest first, and what stands between them."""
    pieces: list[Piece] = []
    known = any(words.lookup(text[a:b]) for a, b in tokens) or _VALUES.search(text)
    loose: tuple[int, int] | None = None
    at = 0
    while at < len(tokens):
        for stop in _stops(text, tokens, at, words):
            a, b = tokens[at][0], tokens[stop - 1][1]
            found = _piece(text[a:b], offset + a, words)
            # Values between words are values; in other text a number is part of what it says.
            if found.word and _goes_on(text, tokens, at, stop):
                continue
            if found.word or (known and found.value):
                loose = None
                pieces.append(found)
                at = stop
                break
        else:
            a, b = tokens[at]
            apart = loose and _WIDE_GAP.fullmatch(text[loose[1] : a])
            if loose and not apart and not _ORDINAL.match(text, a):
                a = loose[0]
                pieces.pop()
            loose = (a, b)
            pieces.append(Piece(offset + a, offset + b, text[a:b]))
            at += 1
    return pieces


def _goes_on(text: str, tokens: list[tuple[int, int]], at: int, stop: int) -> bool:
    """Whether a word whose characters are parted by blanks is only part of a longer one."""
    return (
        stop - at > 1
        and stop < len(tokens)
        and all(end - start == 1 for start, end in tokens[at + 1 : stop + 1])
        and tokens[stop][0] - tokens[stop - 1][1] == 1
        and not text[tokens[stop][0]].isdigit()
    )


def _reach(text: str, tokens: list[tuple[int, int]], at: int) -> int:
    """Behind which token a word that begins at one may end: blanks may part its characters.

    A mark such as / is a value, never a part of a word.
    """
    stop = at
    while stop < min(len(tokens), at + LONGEST):
        start, end = tokens[stop]
        if text[start:end] in MARKS or (stop > at and _stands_in(text, tokens[stop - 1][1], start, end)):
            return max(stop, at + 1)
        if end - start > _FEW and stop >= at + 4:
            break
        stop += 1
    return max(stop, min(len(tokens), at + 1))


def _stops(
    text: str, tokens: list[tuple[int, int]], at: int, words: Vocabulary
) -> Iterable[int]:
    """Behind which tokens a word that begins at one may end, the farthest first, and behind that one."""
    last = _reach(text, tokens, at)
    if last - at > _MANY_STOPS:
        first = tokens[at][0]
        most, stop = words.reach(text[first : min(tokens[last - 1][1], first + _SHORT)]), at
        while stop < last and most >= 0:
            most -= sum(map(str.isalnum, text[slice(*tokens[stop])]))
            stop += most >= 0
        last = max(stop, at + 1)
    return range(last, at, -1)


def _piece(text: str, offset: int, words: Vocabulary) -> Piece:
    if NOTHING in text:
        offset += len(text) - len(text.lstrip(EMPTY))
        text = text.strip(EMPTY)
        end = offset + len(text)
        text = plain(text)
    else:
        end = offset + len(text)
    value = read_printed(text)
    word = None if value or len(text) > _SHORT else words.lookup(text)
    return Piece(offset, end, text, value, word)
