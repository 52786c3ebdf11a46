"""Elements of a page: what is shown, as a tree in which everything that a report says is text.

A tree is written as HTML, or as plain lists that the page's script builds the same elements from.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from html import escape
from types import MappingProxyType
from typing import Any, TypeAlias

import attrs

from gkparse.terminal import visible

__all__ = ["Element", "Node", "both", "element", "flat", "html", "plain", "script_data"]

_EMPTY = frozenset({"input", "meta"})
# Line ends and tabs are what they are; of CR LF the line end alone is shown.
_LINES = re.compile(r"\r\n|[^\n\t\r]+|\r")
# What could end a script, begin another, or be no character at all.
_UNSAFE = re.compile("[<>&\u2028\u2029\ud800-\udfff]")


@attrs.frozen
class Element:
    """An element: its name, its attributes, and what is in it."""

    name: str
    attributes: Mapping[str, str]
    children: tuple[Node, ...]


Node: TypeAlias = Element | str


def element(name: str, /, *children: Node, **attributes: str | float | None) -> Element:
    """An element; of attributes, `class_` is `class`, `data_path` is `data-path`, None is left out.

    >>> html(element("td", "1 < 2", class_="printed", data_n=3, title=None))
    '<td class="printed" data-n="3">1 &lt; 2</td>'
    """
    named = {
        key.rstrip("_").replace("_", "-"): str(value)
        for key, value in attributes.items()
        if value is not None
    }
    return Element(name, MappingProxyType(named), children)


def both(zh: str, en: str, name: str = "span") -> tuple[Element, Element]:
    """A text of the page's own in both of its languages, of which one is shown."""
    return (
        element(name, zh, class_="ui", lang="zh-Hans"),
        element(name, en, class_="ui", lang="en"),
    )


def flat(*parts: Node | Iterable[Node] | None) -> Iterable[Node]:
    """The nodes of parts that are one node, several or none."""
    for part in parts:
        if isinstance(part, Element | str):
            yield part
        elif part is not None:
            yield from part


def html(node: Node) -> str:
    """A tree as HTML.

    Nothing in it is markup but its elements; what has no glyph is shown by its number.

    >>> html(element("p", "</script>\u202e"))
    '<p>&lt;/script&gt;&lt;U+202E&gt;</p>'
    """
    if isinstance(node, str):
        return escape(_shown(node))
    begun = "".join(f' {key}="{escape(_shown(value))}"' for key, value in node.attributes.items())
    if node.name in _EMPTY:
        return f"<{node.name}{begun}>"
    return f"<{node.name}{begun}>{''.join(map(html, node.children))}</{node.name}>"


def plain(node: Node) -> Any:
    """A tree as lists that JSON can hold: name, attributes, children.

    >>> plain(element("td", "17", class_="printed"))
    ['td', {'class': 'printed'}, '17']
    """
    if isinstance(node, str):
        return _shown(node)
    attributes = {key: _shown(value) for key, value in node.attributes.items()}
    return [node.name, attributes, *map(plain, node.children)]


def script_data(data: object) -> str:
    r"""JSON that can stand in a script element: nothing in it ends that, or is seen as markup.

    >>> script_data(["</script>"])
    '["\\u003c/script\\u003e"]'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _shown(text: str) -> str:
    """A text whose unseen characters are shown, but for its lines and tabs."""
    if text.isprintable():
        return text
    return _LINES.sub(lambda found: "\n" if found[0] == "\r\n" else visible(found[0]), text)
