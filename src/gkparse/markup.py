"""Markup: a view of the source, of the same length, in which markup is blanks, tabs and line ends.

What a format uses to part rows becomes a line end, what parts cells a tab; what prints nothing
becomes `NOTHING`, which reads as no character at all. Every offset stays, so a place in the view
is the place in the source.
"""

from __future__ import annotations

import re

from gkparse.formats import FORMATS, Format, is_keyed, keyed
from gkparse.masks import NOTHING, RAISED, masked, one_line, unescaped
from gkparse.prefixes import may_be_prefixed, unprefixed
from gkparse.records import is_records, records
from gkparse.separators import parted

__all__ = ["has_invisible", "invisible", "plain", "view", "without_escapes"]


def view(source: str) -> str:
    """The source with its markup masked; the source itself where it has none."""
    text = source
    signs = _signs(text)
    for each in _FORMATS:
        if (not each.signs or not signs.isdisjoint(each.signs)) and each.is_met(text):
            shown = each.mask(text)
            if shown is not text:
                text, signs = shown, _signs(shown)
    return text


def _signs(text: str) -> set[str]:
    """The signs of formats that a text has."""
    # Where there is nothing else, a character is found much sooner.
    bare = text.encode("ascii", "ignore").decode("ascii")
    return {sign for sign in _ASCII if sign in bare} | {sign for sign in _OTHER if sign in text}


def plain(text: str) -> str:
    """A stretch of a view as it reads: without what prints nothing."""
    return text.replace(NOTHING, "")


# ---------------------------------------------------------------- characters that print nothing

# Marks of no width, of the direction of writing, of the kind of glyph, and hyphens that are not printed.
_UNSEEN = "\ufeff\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\u00ad\ufe0e\ufe0f"
_INVISIBLE = re.compile(f"[{_UNSEEN}]|\\[bookmark:[^\\]\\n]{{0,80}}\\]")
# Word's mark at the end of a cell, and what ends a line or a page beside the usual sign: also those that show its end.
_ENDS = "\f\v\x1c\x1d\x1e\x85\u2028\u2029¶↵⏎␤"
_MARKS = str.maketrans({"\x07": "\t", **dict.fromkeys(_ENDS, "\n")})
_SHOWN_ENDS = f"[{_ENDS}](?=[ \t\r]*\n)"


def has_invisible(text: str) -> bool:
    """Whether a text has characters that print nothing."""
    return ("[" in text and "[bookmark:" in text) or any(map(text.__contains__, _UNSEEN))


def invisible(text: str) -> str:
    """A text whose characters that print nothing are masked."""
    return _INVISIBLE.sub(lambda found: masked(found[0]), text)


def _marks(text: str) -> str:
    # Where a line ends anyway, such a sign says nothing.
    return re.sub(_SHOWN_ENDS, NOTHING, text).translate(_MARKS)


def _returns(text: str) -> str:
    return text.replace("\r", "\n")


def _blanks(text: str) -> str:
    return text.replace("\xa0", " ")


# Patterns that few texts need are compiled where they are used.

# ---------------------------------------------------------------- HTML

_TAG = r"(?<!\\)<\x00*+(/?)\x00*+([a-zA-Z][a-zA-Z0-9:]*(?:-[a-z]+)*)(?:\s[^<>]*)?/?>|&[#\w]{2,10};"
# The same where names of tags are words of the page's own; such a name may also be a title in brackets.
_OWN_TAGS = "</[（(㐀-鿿]"
_OWN_TAG = rf"{_TAG}|<(/?)([（(㐀-鿿][^<>/&=]{{0,80}})>"
_UNSHOWN = r"(?i)<!--|-->|(?<!\\)<(/?)(style|script|head(?=[^<>]*>\s*<))\b[^<>]*>"
_LONGEST_ROW = 2000
_CELL = frozenset({"td", "th", "cell", "entry", "tc", "table-cell"})
_ROWS = frozenset({"tr", "row", "table-row"})
_TABLES = frozenset({"table", "tbl"})
# What is in these belongs to no number on the line.
_OFF_THE_LINE = frozenset({"del", "s", "strike", "sub", "sup"})
_BLOCK = frozenset(
    "address article aside blockquote br caption center dd div dl dt footer h1 h2 h3 h4 h5 h6 "
    "header hr li main nav ol p pre section ul".split()
)


def _html(text: str) -> str:
    text = _shown(text)
    parts: list[str] = []
    at = depth = 0
    in_row = raised = False
    inner = -1  # how deep in a cell of XML, whose rows need no table around them; else less than 0
    tags = re.finditer(_OWN_TAG if re.search(_OWN_TAGS, text) else _TAG, text)
    for found in tags:
        between = text[at : found.start()]
        between = between.translate(RAISED) if raised else between
        parts.append(one_line(between) if depth or inner >= 0 else between)
        at = found.end()
        name, closing = (found[2] or "").lower().rpartition(":")[2], bool(found[1]) or found[0].startswith("</")
        name = name or (found[0][1:-1] if found[0][0] == "<" else "")
        empty = found[0].endswith("/>")
        first = NOTHING
        if name in _OFF_THE_LINE or name in _CELL:
            raised = name not in _CELL and not closing
        if name in _TABLES:
            depth = max(0, depth - 1) if closing else depth + 1
            first, in_row = "\n", False
        elif name in _ROWS:
            first, in_row = "\n", False
            inner = 0 if name == "row" and not (closing or empty) else -1
        elif name and inner >= 0:
            if inner == 0 and not closing:
                first, in_row = ("\t" if in_row else " "), True
            inner += 0 if empty else -1 if closing else 1
        elif name in _CELL and not closing:
            first, in_row = ("\t" if in_row else " "), True
        elif name in _BLOCK:
            first = " " if depth or _barred(text, found.start()) else "\n"
        elif found[0].startswith("&"):
            first = unescaped(found[0])[:1].replace("\n", " ")
        parts.append(masked(found[0], first=first))
    parts.append(text[at:])
    return "".join(parts)


def _shown(text: str) -> str:
    """The text without what a browser does not show: comments, styles, scripts and the head."""
    parts: list[str] = []
    at, opened = 0, None
    for found in re.finditer(_UNSHOWN, text):
        name = (found[2] or "!").lower()
        closing = bool(found[1]) or found[0] == "-->"
        if opened is None and not closing:
            opened = found.start(), name
        elif opened and closing and opened[1] == name:
            parts.extend((text[at : opened[0]], masked(text[opened[0] : found.end()], first="\n")))
            at, opened = found.end(), None
    return "".join((*parts, text[at:]))


def _barred(text: str, at: int) -> bool:
    """Whether a place lies in a row of a Markdown table."""
    start = text.rfind("\n", max(0, at - _LONGEST_ROW), at) + 1
    return text.startswith("|", start)


# ---------------------------------------------------------------- Markdown and Pandoc

_SPAN = r"\[([^\[\]]*)\](\{[^{}]*\})"
_ESCAPE = r"(?m)\\\\?(?=[ \t]*$)|\\(?=[^\w\s])|\*{2,3}|(?<![^\s|])_{2}(?=\S)|(?<=\S)_{2}(?![^\s|])"


# Spans stand in spans, the innermost of which is met first. Where no bars part cells they stand in columns
# of blanks, which do not stay under each other if all is masked.
_DEEPEST = 4


def _spans(text: str) -> str:
    for _ in range(_DEEPEST if "|" in text else 1):
        text, count = re.subn(_SPAN, lambda found: NOTHING + found[1] + NOTHING + masked(found[2]), text)
        if not count:
            break
    return text


def _escapes(text: str) -> str:
    return re.sub(_ESCAPE, lambda found: masked(found[0]), text)


# ---------------------------------------------------------------- MediaWiki

_WIKI_TABLE = r"(?m)^(?:\{\||\|\})"
_WIKI_MARK = (
    r"\n\|-[^\n]*|\n[|!](?:[ \t]*[\w-]+[ \t]*=[ \t]*(?:\"[^\"]*\"|\w+)[ \t]*)*(?:\|(?!\|))?"
    r"|\|\||!!|\n"
)


def _wiki(text: str) -> str:
    fresh = True  # whether the next cell is the first of its row

    def mark(found: re.Match[str]) -> str:
        nonlocal fresh
        if found[0].startswith("\n|-"):
            fresh = True
            return masked(found[0], first="\n")
        if found[0] == "\n":
            return " "
        first, fresh = " " if fresh else "\t", False
        return masked(found[0], first=first)

    def shown(inner: str) -> str:
        nonlocal fresh
        fresh = True
        attributes, end, inner = inner.replace("\t", " ").partition("\n")  # there a tab is a blank
        return NOTHING * len(attributes) + re.sub(_WIKI_MARK, mark, end + inner)

    parts: list[str] = []
    at, opened = 0, -1
    for found in re.finditer(_WIKI_TABLE, text):
        if found[0] == "{|" and opened < 0:
            opened = found.start()
        elif found[0] == "|}" and opened >= 0:
            parts.extend((text[at:opened], NOTHING * 2, shown(text[opened + 2 : found.start()]), NOTHING * 2))
            at, opened = found.end(), -1
    if opened >= 0:
        # A table that is not closed ends before the next heading.
        end = text.find("\n==", opened)
        end = end if end >= 0 else len(text)
        parts.extend((text[at:opened], NOTHING * 2, shown(text[opened + 2 : end])))
        at = end
    return "".join((*parts, text[at:]))


# ---------------------------------------------------------------- AsciiDoc

_ASCIIDOC = r"(?<!\S)(?:\d{0,2}(?:\.\d{1,2})?[+*])?[<^>]?(?:\.[<^>])?[adehlmsv]?(?=\|)"


# The list of attributes above a table.
_ATTRIBUTES = r"(?m)^\[[^\]\n]{0,400}\][ \t]*$"


def _asciidoc(text: str) -> str:
    text = re.sub(_ATTRIBUTES, lambda found: masked(found[0]), text)
    return re.sub(_ASCIIDOC, lambda found: masked(found[0]), text)


# ---------------------------------------------------------------- rows of values parted by commas

_FIELD = r"(?: ?\"(?:[^\"]|\"\")*\"|[^,\"\n]*)"
_CSV_ROW = rf"(?m)^(?:{_FIELD}(?:,{_FIELD})+|\"(?:[^\"\n]|\"\")+\")\r?$"
_CSV_MARK = r"\"((?:[^\"]|\"\")*)\"|,"
_CSV_VALUE = r" ?[\"\x00]*(?:[\d.]{1,12}(?: ?[件条项个宗元]| ?万元)?|[/—-]|)[\"\x00]* ?(?=,|\r?$)"
_CSV_VALUES = rf"(?:^|,){_CSV_VALUE}"
_CSV_BEHIND = rf",{_CSV_VALUE}"
_CSV_INDICATOR = (
    r"\"?[^,\"]{2,80}\"?,\"?[^,\"\d]{0,9}\"?,\"?[\s\x00]*[\d.]{1,12}[\s\x00]*\"?\r?"
)
_LEAST_INDICATORS = 10
# So many rows with three values and more make the commas of a text those of a table.
_LEAST_ROWS = 3
# Of so many rows of heads the last stands above a row of values.
_MOST_HEADS = 3


def _is_csv(text: str) -> bool:
    if text.count(",") < _LEAST_ROWS * 3:
        return False
    behind, values = re.compile(_CSV_BEHIND), re.compile(_CSV_VALUES)
    seen = indicators = end = 0
    while (comma := text.find(",", end)) >= 0:
        start, end = text.rfind("\n", end, comma) + 1 or end, text.find("\n", comma)
        end = end if end >= 0 else len(text)
        line = text[start:end]
        commas = line.count(",")
        # All but the first stand behind a comma, which is found much sooner.
        some = commas >= 3 and len(behind.findall(line)) >= 2
        if some and len(values.findall(line)) >= 3:
            seen += 1
        elif commas == 2 and re.fullmatch(_CSV_INDICATOR, line):
            indicators += 1
        if seen >= _LEAST_ROWS or indicators >= _LEAST_INDICATORS:
            return True
    return False


def _heads(text: str, row: re.Match[str]) -> bool:
    """Whether a row without values stands above one with values and as many commas."""
    commas = row[0].count(",")
    below = text[row.end() + 1 : row.end() + _LONGEST_ROW].split("\n") if commas > 1 else []
    for line in [line for line in below if line.strip()][:_MOST_HEADS]:  # some writers end each line twice
        if line.count(",") != commas:
            return False
        if re.search(_CSV_VALUES, line):
            return True
    return False


def _csv(text: str) -> str:
    def mark(found: re.Match[str]) -> str:
        if found[0] == ",":
            return "\t"
        return NOTHING + one_line(found[1]) + NOTHING

    def row(found: re.Match[str]) -> str:
        line = found[0]
        if not line.startswith('"') and not re.search(_CSV_VALUES, line) and not _heads(text, found):
            return line
        return re.sub(_CSV_MARK, mark, line)

    return re.sub(_CSV_ROW, row, text)


# ---------------------------------------------------------------- quotes and escapes

# A whole text that a tool has written as one string.
_ESCAPE_OF = r"\\(?:([nrtv/\"'])|u([0-9a-fA-F]{4}))"
_ESCAPED_AS = {"n": "\n", "r": "\n", "v": "\n", "t": "\t"}
_LEAST_ESCAPES = 40
# What a string in JSON has for the signs of tags.
_ESCAPED_TAGS = ("<\\/t", "\\u003ct", '=\\"')
_LEAST_TAGS = 3


def _is_string(text: str) -> bool:
    """Whether line ends, or characters, are written as escapes throughout, or those of tags are."""
    often = max(text.count("\\n") - text.count("\n"), text.count("\\u")) >= _LEAST_ESCAPES
    if often and text.count("', '") + text.count('", "') >= _LEAST_ESCAPES:
        return False  # many strings, each the cell of a list, some with line ends
    return often or any(text.count(sign) >= _LEAST_TAGS for sign in _ESCAPED_TAGS)


def _string(text: str) -> str:
    def mark(found: re.Match[str]) -> str:
        if found[0] == "\\r" and text.startswith("\\n", found.end()):
            return NOTHING * 2
        first = chr(int(found[2], 16)) if found[2] else _ESCAPED_AS.get(found[1], found[1])
        return masked(found[0], first="\t" if first == "\v" else first)

    return re.sub(_ESCAPE_OF, mark, text)


# Tags that are written as entities, and text whose characters are.
_ENTITY = r"&(?:amp;)?(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|lt|gt|quot|nbsp|ensp|emsp|thinsp);|&amp;"
_ENTITIES = ("&lt;/", "&#", "nbsp;", "&ensp;", "&emsp;")


def _entities(text: str) -> str:
    return re.sub(_ENTITY, lambda found: masked(found[0], first=unescaped(found[0].replace("&amp;", "&"))), text)


def without_escapes(source: str, at: int) -> tuple[str, int]:
    """A text, without escapes where its lines or characters are written as such, and where a place of it is then."""
    if "\\" in source and _is_string(source):
        shown = _string(source)
    elif source.count("&#") >= _LEAST_ESCAPES:
        shown = _entities(source)
    else:
        return source, at
    above = plain(shown[:at])
    return above + plain(shown[at:]), len(above)


# A cell of a row parted by tabs that is quoted as it holds a line end.
_QUOTED = (
    r"(?m)(?:(?<=\t)|^)\"([^\"\t\n]{0,80}\n[^\"\t]{0,80})\"(?=[\t\r\n])"
)


# Lines each of which is a string.
_STRING = r"(?m)^([^\S\n]*\")([^\"\n]*)(\",?[^\S\n]*)$"
_LEAST_STRINGS = 20


def _quoted(text: str) -> str:
    if text.count('"\n') + text.count('",\n') >= _LEAST_STRINGS:
        text = re.sub(_STRING, lambda found: masked(found[1]) + found[2] + masked(found[3]), text)
    return re.sub(_QUOTED, lambda found: NOTHING + one_line(found[1]) + NOTHING, text)


# A data frame's head of several rows: its last name is the column's own.
_NAMES = r"\((?:'[^'\n]*', )+'([^'\n]*)'\)"


def _names(text: str) -> str:
    return re.sub(
        _NAMES, lambda found: masked(found[0][: -len(found[1]) - 2]) + found[1] + masked("')"), text
    )


# In the order in which they nest.
_FORMATS: tuple[Format, ...] = (
    Format("\\", _is_string, _string),
    Format("\xa0", lambda text: " " not in text, _blanks),
    Format("", may_be_prefixed, unprefixed),
    *FORMATS,
    Format("&", lambda text: "</" not in text and any(map(text.__contains__, _ENTITIES)), _entities),
    Format("", lambda text: "</t" not in text and "{|" not in text, parted),
    Format(f"[{_UNSEEN}", has_invisible, invisible),
    Format(f"\x07{_ENDS}", bool, _marks),
    Format("\r", lambda text: "\n" not in text, _returns),
    Format("<", lambda text: "</" in text or "<br" in text or f"<{NOTHING}" in text, _html),
    Format("{", lambda text: "]{" in text, _spans),
    Format("{", lambda text: "\n{|" in text, _wiki),
    Format("|", lambda text: "|===" in text, _asciidoc),
    Format("[{(", is_records, records),
    Format("'", lambda text: "', '" in text, _names),
    Format("_", lambda text: text.count("_|") > _LEAST_ROWS, lambda text: text.replace("_", " ")),
    Format('"', lambda text: any(map(text.__contains__, ('\t"', '"\t', '"\n', '",\n'))), _quoted),
    Format(",", _is_csv, _csv),
    Format(":：=", is_keyed, keyed),
    Format("\\", lambda text: "\\n" in text, lambda text: text.replace("\\n", "  ")),
    Format("\\*_", lambda text: "\\" in text or "**" in text or "__" in text, _escapes),
)
_ASCII, _OTHER = (
    frozenset(sign for each in _FORMATS for sign in each.signs if sign.isascii() == ascii_) for ascii_ in (True, False)
)
