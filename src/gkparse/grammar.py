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
            for token in found:
                lark_token = LarkToken(token.type, "")
                lark_token.value = token.row
                yield lark_token

    def printed(name: str) -> Any:
        def build(_self: object, children: list[Any]) -> Printed:
            rows = [child.value for child in _flat(children) if child.value is not None]
            return Printed(name, tuple(rows))

        return build

    class Parts(Transformer[Any, Any]):
        report = list
        proactive = printed("proactive")
        requests = printed("requests")
        disputes = printed("disputes")

        def front(self, children: list[Any]) -> Part:
            return _part(None, children)

        def section(self, children: list[Any]) -> Part:
            return _part(children[0].value, children[1:])

        def table(self, children: list[Any]) -> Printed:
            return children[0]  # type: ignore[no-any-return]

        def item(self, children: list[Any]) -> list[Any]:
            return children

    return Lark(source(), start="report", parser="lalr", lexer=Rows, transformer=Parts())


def _flat(children: Iterable[Any]) -> Iterator[Any]:
    for child in children:
        if isinstance(child, list):
            yield from child
        else:
            yield child


def _part(heading: Row | None, children: list[Any]) -> Part:
    tables = tuple(child for child in children if isinstance(child, Printed))
    prose = tuple(child.value for child in children if not isinstance(child, Printed))
    return Part(heading, prose, tables)
