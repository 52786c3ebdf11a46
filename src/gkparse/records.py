"""Records: tables written as lists and objects, by JSON, Python or YAML in one line a row.

A key of ASCII says nothing that the form does not know; any other is marked as one. What closes a list or
an object ends a row.
"""

from __future__ import annotations

import re

from gkparse.masks import KEY, NOTHING, masked

__all__ = ["is_records", "records"]

# These are compiled where they are needed, as few texts are records. The shape that is printed above a data frame
# is none.
_OPENED = (
    r"(?m)^(?![^\S\n]*shape[:=]? ?\(\d+, ?\d+\)[^\S\n]*$)[^\S\n]*(?:[A-Za-z_]\w{0,30}(?:[ =:]{1,3}|(?=\())|INSERT INTO[^\n(]{0,80}(?:\([^()\n]{0,400}\)[^\n(]{0,20})?)?"
    r"(?:- ?)?(?P<record>[\[{(])\s*(?:[\[{(\"']|\d+\s*(?:[:,]|=>)|None|null|NaN|nan|NULL|[A-Za-z_]\w{0,30}=|array\()"
    r"|^[^\S\n]*(?:- \[(?=[^\[\]\n]{1,200}[,\]\n])|(?P<list>\[)(?=[^\[\]\n\"',]{0,200},[^\[\]\n\"']{0,400}\],?[^\S\n]*$))"
)
# What every such line has; a sign is found much sooner than the beginning of a line.
_SIGNS = "[{("
_BRACKET = (
    r"(?<=- )\[(?=[^\[\]\n])|\[(?=[^\[\]\n\"',]{0,200},[^\[\]\n\"']{0,400}\],?[^\S\n]*(?:\n|\Z))"
    r"|[\[{(]\s*(?:[\[{(\"']|\d+\s*(?:[:,]|=>)|None|null|NaN|nan|NULL|[A-Za-z_]\w{0,30}=|array\()"
)
# Inside of a string: a quote and a line end without their escapes have a mask behind them.
_INSIDES = tuple(rf"{quote}(?:[^{quote}\\\n]|\\.|\n\x00)*+" for quote in "\"'")
_STRING = "|".join(f"{inside}(?:{inside[0]}\\x00{inside[1:]})*+{inside[0]}" for inside in _INSIDES)
# One that is not closed is passed over at once where it has such quotes, as it would be sought from each of them.
_OPEN = "|".join(f"{inside}(?:{inside[0]}\\x00{inside[1:]})++" for inside in _INSIDES)
_SIGN = (
    rf"(?P<string>(?<!\\)(?:{_STRING}))(?P<key>\s*(?::|=>))?|(?P<open>(?<!\\)(?:{_OPEN}))"
    r"|(?<=[{(,\s])(?:Index=\d+,|\d+\s*(?::|=>)|[^\W\d]\w{0,60}=>?|[A-Za-z_]\w{0,30}(?=\())|[\[{(]|[\]})](?:\s*,)?|[,\n]"
)
# Behind a key, or before one: what holds more than one row.
_ROWS = r"\s*(?:[\"'][^\"'\n]{1,80}[\"']\s*:\s*)?[\[{]"
# Behind a comma, a string that begins with the mask of a tag of a table: the tags of a page part its cells.
_TAGGED = r"\s*[\"']\x00*+[\t\n]"
# A text this long in a record is prose, or has tables: its line ends and tabs are kept.
_PROSE = 120
_ENDS = {"\\n": "\n", "\\t": "\t"}
_ESCAPED = re.compile(r"\\(?:[nrt]|x(?P<byte>[0-9a-fA-F]{2})|u(?P<code>[0-9a-fA-F]{4}))")


def is_records(text: str) -> bool:
    """Whether some line begins a list or an object."""
    return any([_opens(text, sign) for sign in _SIGNS]) and re.search(_OPENED, text) is not None  # noqa: C419 - faster


def _opens(text: str, sign: str) -> bool:
    """Whether a bracket is followed by what begins a list or an object."""
    at = text.find(sign)
    begins = re.compile(_BRACKET) if at >= 0 else None
    while begins and at >= 0 and not begins.match(text, at):
        at = text.find(sign, at + 1)
    return at >= 0


def records(text: str) -> str:
    """A view of a text in which the records are rows of cells parted by tabs."""
    parts: list[str] = []
    at = 0
    begins = re.compile(_OPENED)
    while opened := begins.search(text, at):
        parts.append(text[at : opened.start()])
        at = opened.start(opened.lastgroup) if opened.lastgroup else opened.start()
        parts.append(NOTHING * (at - opened.start()))
        at = _record(text, at, parts)
    return "".join((*parts, text[at:]))


def _record(text: str, start: int, parts: list[str]) -> int:
    """Put the view of the outermost list that begins in a line; where it ends."""
    at, depth, behind = start, 0, False
    more, tagged = re.compile(_ROWS), re.compile(_TAGGED)
    for token in re.compile(_SIGN).finditer(text, start):
        parts.append(text[at : token.start()] if depth else NOTHING * (token.start() - at))
        at = token.end()
        found = token[0]
        if token["open"]:
            parts.append(found)
            continue
        if token["string"] and not token["key"]:
            inner = found[1:-1]
            parts.append(NOTHING + (_unescaped(inner) if "\\" in inner else inner) + NOTHING)
            behind = False
            continue
        if token["key"] and not found.isascii():
            inner = token["string"][1:-1]
            parts.append(NOTHING + inner + KEY + NOTHING * (len(found) - len(inner) - 2))
            behind = True
            continue
        first = NOTHING
        if found[0] in "[{(":
            depth += 1
            first = "\n" if behind and more.match(text, at) else NOTHING
        elif found[0] in "]})":
            depth -= 1
            first = "\n"
        elif found == ",":
            first = "\n" if more.match(text, at) else NOTHING if tagged.match(text, at) else "\t"
        elif found == "\n":
            first = " " if depth else "\n"
        behind = False
        parts.append(first + NOTHING * (len(found) - 1))
        if depth <= 0:
            break
    return at


def _unescaped(inner: str) -> str:
    """The inside of a string with its escapes masked."""
    ends = _ENDS if len(inner) > _PROSE else {}

    def mark(found: re.Match[str]) -> str:
        code = found["code"] or found["byte"]
        return masked(found[0], first=chr(int(code, 16)) if code else ends.get(found[0], " "))

    return _ESCAPED.sub(mark, inner)
