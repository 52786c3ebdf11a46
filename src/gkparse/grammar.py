"""The grammar of a report: Lark's LALR parser over row-sized tokens, kept behind two functions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache, lru_cache
from pkgutil import get_data
from typing import TYPE_CHECKING, Any, NamedTuple

import attrs

from gkparse.rows import Row
from gkparse.tokens import Token

if TYPE_CHECKING:
    from lark import Lark

__all__ = ["Part", "Printed", "tree"]

GRAMMAR = "report.lark"


class Printed(NamedTuple):
    """A table as it stands in a document: its name and its rows."""

    name: str
    rows: Sequence[Row]


class Part(NamedTuple):
    """A section or what stands before the first one: heading, running text and tables, in order."""

    heading: Row | None
    prose: Sequence[Row]
    tables: Sequence[Printed]


def tree(found: Sequence[Token]) -> list[Part]:
    """The parts of a document: what stands before the first heading, then each section."""
    outline = _known_outline if len(found) <= _MOST_KINDS else _outline
    return [_part(part, found) for part in outline(tuple([token.type for token in found]))]


@attrs.frozen(eq=False, repr=False)
class _Outline:
    """A part of a document by the numbers of its tokens; -1 for the heading that the first one lacks."""

    heading: int
    prose: tuple[int, ...]
    tables: tuple[tuple[str, tuple[int, ...]], ...]


def _part(part: _Outline, found: Sequence[Token]) -> Part:
    return Part(
        found[part.heading].rows[0] if part.heading >= 0 else None,
        _joined(part.prose, found),
        [Printed(name, _joined(own, found)) for name, own in part.tables],
    )


def _joined(own: Sequence[int], found: Sequence[Token]) -> Sequence[Row]:
    parts = [found[at].rows for at in own if found[at].rows]
    return parts[0] if len(parts) == 1 else [row for part in parts for row in part]


def _outline(kinds: tuple[str, ...]) -> tuple[_Outline, ...]:
    """The parts of a document with tokens of these kinds."""
    return tuple(_parser().parse(kinds))  # type: ignore[arg-type]


# Reports have their parts in few orders; a longer one is hardly met again.
_MOST_KINDS = 200
_known_outline = lru_cache(maxsize=512)(_outline)


def source() -> str:
    """The text of the grammar, from the installed package or, of which an editable install has no copy, beside src/."""
    found = None
    with suppress(FileNotFoundError):
        found = get_data("gkparse", f"grammars/{GRAMMAR}")
    found = found or get_data("gkparse", f"../../grammars/{GRAMMAR}")
    assert found is not None
    return found.decode()


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
