"""The grammar of a report: Lark's LALR parser over row-sized tokens, kept behind two functions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
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
    return _parser().parse(found)  # type: ignore[return-value]


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

        def lex(self, found: Iterable[Token]) -> Iterator[LarkToken]:  # type: ignore[override]
            for kind, rows in _units(found):
                token = LarkToken(kind, "")
                token.value = rows
                yield token

    def printed(name: str) -> Any:
        def build(_self: object, children: list[Any]) -> Printed:
            return Printed(name, tuple(_rows(children)))

        return build

    class Parts(Transformer[Any, Any]):
        report = list
        proactive = printed("proactive")
        requests = printed("requests")
        disputes = printed("disputes")

        def front(self, children: list[Any]) -> Part:
            return _part(None, children)

        def section(self, children: list[Any]) -> Part:
            return _part(children[0].value[0], children[1:])

        def table(self, children: list[Any]) -> Printed:
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


def _rows(children: Iterable[Any]) -> Iterator[Row]:
    for child in children:
        if isinstance(child, list):  # an item
            yield from _rows(child)
        else:
            yield from child.value


def _part(heading: Row | None, children: list[Any]) -> Part:
    tables = tuple(child for child in children if isinstance(child, Printed))
    prose = _rows(child for child in children if not isinstance(child, Printed))
    return Part(heading, tuple(prose), tables)
