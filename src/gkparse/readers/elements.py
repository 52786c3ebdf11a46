"""Elements of a web page: what each is for the reader, by its name, its style and its role.

What styles say counts where it stands in the element itself: style sheets are not read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, TypeAlias

import attrs

__all__ = ["PLAIN", "Attributes", "Declared", "Role", "Style", "declared", "handed_down", "is_hidden", "role_of"]

Role: TypeAlias = Literal[
    "inline", "block", "unread", "table", "group", "row", "cell", "caption", "flex",
    "break", "picture", "unseen", "input", "select",
]  # fmt: skip

_NAMES: dict[Role, str] = {
    "block": """address article aside blockquote body center dd details dialog dir div dl dt fieldset
        figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li
        listing main menu nav ol p plaintext pre search section summary ul xmp""",
    # A browser that runs scripts shows nothing of `noscript`.
    "unread": """base colgroup col datalist head link meta noembed noframes noscript param script
        source style template title track""",
    "table": "table",
    "group": "tbody thead tfoot",
    "row": "tr",
    "cell": "td th",
    "caption": "caption",
    "break": "br",
    "picture": "img",
    "unseen": "applet audio canvas embed iframe object svg video",
    "input": "input",
    "select": "select",
}
_ROLES: dict[str, Role] = {name: role for role, names in _NAMES.items() for name in names.split()}
# What `display` and `role` make of elements that are no part of a table by their names.
_DISPLAYS: dict[str, Role] = {
    "inline": "inline",
    "contents": "inline",
    "block": "block",
    "inline-block": "block",
    "list-item": "block",
    "flex": "flex",
    "inline-flex": "flex",
    "grid": "flex",
    "inline-grid": "flex",
    "table": "table",
    "inline-table": "table",
    "table-row-group": "group",
    "table-header-group": "group",
    "table-footer-group": "group",
    "table-row": "row",
    "table-cell": "cell",
    "table-caption": "caption",
}
_ARIA: dict[str, Role] = {
    "table": "table",
    "grid": "table",
    "rowgroup": "group",
    "row": "row",
    "cell": "cell",
    "gridcell": "cell",
    "columnheader": "cell",
    "rowheader": "cell",
}
_PLAIN = frozenset({"inline", "block"})
_PRESERVED = frozenset({"pre", "listing", "plaintext", "textarea", "xmp"})

_DECLARATION = re.compile(
    r"(?:^|;)\s*(display|visibility|white-space|vertical-align|mso-hide|mso-element|width|height)"
    r"\s*:\s*([\w.-]+)",
    re.IGNORECASE,
)
_STRUCK = frozenset({"del", "s", "strike"})
_LINE = re.compile(r"(?:^|;)\s*text-decoration(?:-line)?\s*:[^;]*\bline-through\b", re.IGNORECASE)

Attributes: TypeAlias = Mapping[str, str | None]
Declared: TypeAlias = Mapping[str, str]


@attrs.frozen
class Style:
    """What an element hands down to what it holds."""

    visible: bool = True
    preserved: bool = False  # white space is shown as it stands
    script: str = ""  # raised: sup, lowered: sub
    parted: bool = False  # each element in it is a block, as in a flex box
    struck: bool = False  # a line goes through the text
    looks: bool = attrs.field(init=False, eq=False)  # text in it is not as it stands in the page

    @looks.default
    def _looks(self) -> bool:
        return not self.visible or bool(self.script) or self.struck


# That of most elements, always the same object.
PLAIN = Style()


def declared(style: str) -> Declared:
    """The declarations in a `style` attribute that decide what is shown."""
    found = {name.lower(): value.lower() for name, value in _DECLARATION.findall(style)}
    if _LINE.search(style):
        found["text-decoration"] = "line-through"
    return found


def is_hidden(given: Attributes, style: Declared) -> bool:
    """Whether an element takes no place on the page."""
    display = style.get("display")
    return (
        display == "none"
        or ("hidden" in given and display is None)
        or style.get("mso-hide") == "all"
        or style.get("mso-element", "").startswith("comment")
        or style.get("visibility") == "collapse"
    )


def role_of(tag: str, given: Attributes, style: Declared, around: Style) -> Role:
    """What an element is for the reader."""
    role = _ROLES.get(tag, "inline")
    if tag == "dialog" and "open" not in given:
        return "unread"
    if role in _PLAIN:
        role = _DISPLAYS.get(style.get("display", ""), role)
        if around.parted and role == "inline":
            role = "block"
        role = _ARIA.get(given.get("role") or "", role)
    return role


def handed_down(tag: str, role: Role, style: Declared, around: Style) -> Style:
    """What an element hands down to what it holds."""
    visible, preserved, script = around.visible, around.preserved, around.script
    if tag in _PRESERVED:
        preserved = True
    elif role == "inline":
        place = style.get("vertical-align", tag)
        script = {"super": "sup", "sup": "sup", "sub": "sub"}.get(place, script)
    if "visibility" in style:
        visible = style["visibility"] != "hidden"
    if "white-space" in style:
        preserved = style["white-space"].startswith(("pre", "break"))
    # What is struck around it, it cannot undo.
    struck = around.struck or tag in _STRUCK or "text-decoration" in style
    found = Style(visible, preserved, script, role == "flex", struck)
    return PLAIN if found == PLAIN else found
