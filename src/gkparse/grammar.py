"""The grammar of a report: Lark's LALR parser over row-sized tokens, kept behind two functions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from gkparse.rows import Row
from gkparse.tokens import Token

if TYPE_CHECKING:
    from lark import Lark

__all__ = ["Part", "Printed", "tree"]

GRAMMAR = "report.lark"


@attrs.frozen(eq=False)
class Printed:
    """A table as it stands in a document: its name and its rows."""

    name: str
    rows: tuple[Row, ...]


@attrs.frozen(eq=False)
class Part:
    """A section or what stands before the first one: heading, running text and tables, in order."""

    heading: Row | None
    prose: tuple[Row, ...]
    tables: tuple[Printed, ...]


def tree(found: Iterable[Token]) -> list[Part]:
    """The parts of a document: what stands before the first heading, then each section."""
    kinds: list[str] = []
    rows: list[tuple[Row, ...]] = []
    for kind, own in _units(found):
        kinds.append(kind)
        rows.append(tuple(own))
    outline = _known_outline if len(kinds) <= _MOST_KINDS else _outline
    return [_part(part, rows) for part in outline(tuple(kinds))]


@attrs.frozen
class _Outline:
    """A part of a document by the numbers of its tokens; -1 for the heading that the first one lacks."""

    heading: int
    prose: tuple[int, ...]
    tables: tuple[tuple[str, tuple[int, ...]], ...]


def _part(part: _Outline, rows: Sequence[tuple[Row, ...]]) -> Part:
    return Part(
        rows[part.heading][0] if part.heading >= 0 else None,
        _joined(part.prose, rows),
        tuple(Printed(name, _joined(own, rows)) for name, own in part.tables),
    )


def _joined(own: Iterable[int], rows: Sequence[tuple[Row, ...]]) -> tuple[Row, ...]:
    return tuple(chain.from_iterable(rows[at] for at in own))


def _outline(kinds: tuple[str, ...]) -> tuple[_Outline, ...]:
    """The parts of a document with tokens of these kinds."""
    return tuple(_parser().parse(kinds))  # type: ignore[arg-type]


# Reports have their parts in few orders; a longer one is hardly met again.
_MOST_KINDS = 200
_known_outline = lru_cache(maxsize=512)(_outline)


def source() -> str:
    """The text of the grammar, from the installed package or from a checkout."""
    packaged = files("gkparse").joinpath("grammars", GRAMMAR)
    if packaged.is_file():
        return packaged.read_text(encoding="utf-8")
    # An editable install has no copy of grammars/: it stands beside src/.
    return (Path(__file__).parents[2] / "grammars" / GRAMMAR).read_text(encoding="utf-8")


@cache
def _parser() -> Lark:
    # Lark is imported where it is first used: importing gkparse stays light.
    from lark import Lark, Transformer  # noqa: PLC0415
    from lark import Token as LarkToken  # noqa: PLC0415
    from lark.lexer import Lexer  # noqa: PLC0415

    class Rows(Lexer):
        """Lark's view of tokens that are made already."""

        def __init__(self, _conf: object) -> None:
            pass

        def lex(self, kinds: Iterable[str]) -> Iterator[LarkToken]:  # type: ignore[override]
            for at, kind in enumerate(kinds):
                token = LarkToken(kind, "")
                token.value = at
                yield token

    def printed(name: str) -> Any:
        def build(_self: object, children: list[Any]) -> tuple[str, tuple[int, ...]]:
            return name, tuple(_numbers(children))

        return build

    class Parts(Transformer[Any, Any]):
        report = list
        proactive = printed("proactive")
        requests = printed("requests")
        disputes = printed("disputes")

        def front(self, children: list[Any]) -> _Outline:
            return _outlined(-1, children)

        def section(self, children: list[Any]) -> _Outline:
            return _outlined(children[0].value, children[1:])

        def table(self, children: list[Any]) -> tuple[str, tuple[int, ...]]:
            return children[0]  # type: ignore[no-any-return]

        def item(self, children: list[Any]) -> list[Any]:
            return children

    return Lark(source(), start="report", parser="lalr", lexer=Rows, transformer=Parts())


# The kinds of rows whose order the grammar leaves open.
_LINES = frozenset({"HEADS", "GROUP", "ROW", "VALUES", "TEXT"})


def _units(found: Iterable[Token]) -> Iterator[tuple[str, list[Row]]]:
    """The tokens of the grammar with their rows; neighbours are one where it says nothing of order."""
    open_kind, rows = "", list[Row]()
    for token in found:
        kind = "LINES" if token.type in _LINES else token.type
        own = [] if token.row is None else [token.row]
        if kind == open_kind and kind in ("LINES", "PROSE"):
            rows += own
            continue
        if open_kind:
            yield open_kind, rows
        open_kind, rows = kind, own
    if open_kind:
        yield open_kind, rows


def _numbers(children: Iterable[Any]) -> Iterator[int]:
    for child in children:
        if isinstance(child, list):  # an item
            yield from _numbers(child)
        else:
            yield child.value


def _outlined(heading: int, children: list[Any]) -> _Outline:
    tables = tuple(child for child in children if isinstance(child, tuple))
    prose = tuple(_numbers(child for child in children if not isinstance(child, tuple)))
    return _Outline(heading, prose, tables)
