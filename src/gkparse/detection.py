"""Detection: whether a text holds reports, of which form, in which layout, and where each begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, TypeAlias

import attrs

from gkparse.flow import Flow
from gkparse.form import FORMS, Form, load
from gkparse.rows import Row
from gkparse.telling import older, told
from gkparse.tokens import TABLES, Token, heading, tokens

__all__ = ["Detection", "Rendering", "detect", "read_rows", "rendering", "starts"]

Rendering: TypeAlias = Literal[
    "tika", "lines", "tabs", "commas", "bars", "markdown", "grid", "columns", "html",
    "mediawiki", "asciidoc", "lists", "stream",
]

_TITLE = re.compile(r"(?:信息|資訊|政務|政务)(?:公开|公開).{0,30}(?:报告|報告|年报|年報)\W*$")
_DATE = re.compile(r"\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\W*$")
_LONGEST_TITLE = 80
_LONGEST_NAME = 30


@attrs.frozen
class Detection:
    """What a text holds.

    `form` is `"2021"`, `"2019"` or `"2014"`, `rendering` the family of its layout, `reports` how many
    reports stand in it one after the other.
    """

    form: str
    rendering: Rendering
    reports: int


def detect(text: str) -> Detection | None:
    """Whether a text holds an annual report with its tables, without reading them; else None.

    Raises `TypeError` for anything but a `str`.

    >>> import gkparse
    >>> gkparse.detect("今日天气晴") is None
    True
    """
    if not isinstance(text, str):
        raise TypeError(f"gkparse.detect takes a str, not {type(text).__name__}")
    from gkparse.gate import may_hold_table  # noqa: PLC0415 - its tables are dear, and `parse` needs none

    if not may_hold_table(text):
        return None
    form, found = read_rows(Flow.of_text(text))
    opened = tokens(found)
    if not form.indicators and not any(token.type in TABLES for token in opened):
        return None
    return Detection(form.name, rendering(text, opened), len(starts(opened)))


def read_rows(flow: Flow) -> tuple[Form, list[Row]]:
    """The form whose labels a text has, and its rows in the words of that form."""
    newest = FORMS[0]
    found = flow.rows(newest)
    name = older(told([row.line.traits.tells for row in found if row.line.traits.texts]))
    if not name:
        return load(newest), found
    del found  # as much memory as those of the older form need
    return load(name), flow.rows(name)


def rendering(source: str, opened: Sequence[Token]) -> Rendering:
    """The family of a text's layout, for filtering and for telling what went wrong."""
    table = _valued(opened)
    if "<" in source and _TAGS.search(source) and any("<td" in source[row.start : row.end].lower() for row in table):
        return "html"
    if "|" in source:
        for sign, name in _SIGNS_OF:
            if sign in source:
                return name
    counts = [row.line.traits.valued for row in table]
    whole = [row for row, count in zip(table, counts, strict=True) if count > 2]
    if 2 * len(whole) > len(counts) - counts.count(0):
        return _row_wise(source, whole)
    if any(row.grid for row in whole):
        return "tika"
    return "lines" if "\n" in source.strip() and len(table) > 1 and _lined(source, table) else "stream"


_TAGS = re.compile("<[Tt][Dd]")
_SIGNS_OF: tuple[tuple[str, Rendering], ...] = (
    ("\n{|", "mediawiki"),
    ("|===", "asciidoc"),
)


def _valued(opened: Sequence[Token]) -> list[Row]:
    """The rows of the tables that are labels or values."""
    table = ""
    found: list[Row] = []
    for token in opened:
        if token.type in TABLES:
            table = token.type.lower()
        elif token.type == "LINES":
            found += [
                row for row in token.rows
                if (traits.kind(table) in _OWN if (traits := row.line.traits).worded else traits.valued)
            ]
    return found


# What rows of a table are that are no heads.
_OWN = frozenset({"ROW", "VALUES"})


def _lined(source: str, table: Sequence[Row]) -> bool:
    """Whether most cells have a line of their own."""
    ends = source.count("\n", table[0].start, table[-1].end)
    if ends >= len(table) - 1 and all([row.base == row.start for row in table]):  # noqa: C419 - this is faster
        return len(table) > 2
    ends = 0
    for one, other in pairwise(table):
        ends += source.find("\n", one.end, other.start) >= 0
        if 2 * ends > len(table):
            return True
    return False


def _row_wise(source: str, table: Sequence[Row]) -> Rendering:
    """The layout of a text whose table rows are lines."""
    line = source[table[0].start : table[0].end]
    if "\n" in line:
        return "tika"
    if line.lstrip().startswith("["):
        return "lists"
    if "\t" in line:
        return "tabs"
    if "│" in line or "┃" in line or "\n+-" in source:
        return "grid"
    if "|" in line:
        return "markdown" if re.search(r"^[^\S\n]*+\|?[-:| ]{5,}+$", source, re.MULTILINE) else "bars"
    return "commas" if "," in line else "columns"


def starts(opened: Sequence[Token]) -> list[int]:
    """Where each report of a text begins; a text with one report begins at 0."""
    places = [place for token in opened if (place := _place(token)) is not None]
    if places and places[0] <= 2 and all(one < other for one, other in pairwise(places)):
        return [0]  # each once, in order, from the first or second section on, as in most texts
    begun = [0]
    met: set[float] = set()
    since: list[Row] = []  # the rows since the last heading or table
    for token in opened:
        place = _place(token)
        if place is not None:
            # All tables may stand behind the last section, and a contents list before the first.
            if place == _PLACES["PROACTIVE"]:
                anew = place in met
            else:
                anew = place < min(met, default=0) + 1 and not met.isdisjoint(_PLACES.values())
            if anew and max(met) >= _PLACES["DISPUTES"]:
                begun.append(_title(since, token))
                met = set()
            met.add(place)
            since = []
        if token.type != "HEADING":
            since += token.rows
    return begun


# Where the tables stand among the six headings.
_PLACES = {"PROACTIVE": 2.5, "REQUESTS": 3.5, "DISPUTES": 4.5}


def _place(token: Token) -> float | None:
    """Where a heading or a table stands in a report; None for any other token."""
    if token.type == "HEADING":
        word = heading(token.rows[0])
        return float(word.entries[0].index) if word else None
    return _PLACES.get(token.type)


def _title(rows: Sequence[Row], token: Token) -> int:
    """Where a report begins whose first heading or table follows some rows of text."""
    for at in range(len(rows) - 1, -1, -1):
        text = "".join(piece.text for piece in rows[at].pieces)
        if len(text) <= _LONGEST_TITLE and _TITLE.search(text):
            above = "".join(p.text for p in rows[at - 1].pieces) if at else ""
            named = 0 < len(above) <= _LONGEST_NAME and not _DATE.search(above)
            # A number there is the last of the table above.
            named = named and not any(p.value for p in rows[at - 1].pieces)
            return rows[at - 1].start if named and not rows[at].gap else rows[at].start
    if token.rows:
        return token.rows[0].start
    return rows[-1].end if rows else 0
