"""Nesting: whether the elements of a web page stand so deep that building their tree takes too long.

An HTML parser looks through the elements that are open at nearly every tag. Where many stay open, as
in a page made to hurt, its time is quadratic; so the tags are counted first.
"""

from __future__ import annotations

import re

from gkparse.limits import Limits

__all__ = ["hold_nesting"]

# One attribute of a tag, and what follows the name of a tag, as the HTML standard cuts them.
_ATTRIBUTE = r"""
    [^\s/>][^\s/>=]*+
    (?:\s*+=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>"'][^\s>]*+)?+)?+
"""
_REST = rf"((?:[\s/]++|{_ATTRIBUTE})*+)(?:>|\Z)"
_ATTRIBUTES = re.compile(_ATTRIBUTE, re.VERBOSE | re.ASCII)
# A comment, an element that holds only text, a tag, or other markup; each begins with "<" and
# cannot fail far behind it, so that the whole is linear.
_MARKUP = re.compile(
    rf"""<(?:
        !--(?:-?>|[^-]*+(?:-(?!-!?>)[^-]*+)*+(?:--!?>|\Z))
      | (iframe|noembed|noframes|script|style|textarea|title|xmp)(?=[\s/>]){_REST}((?:[^<]++|<(?!/\1))*+)
      | (/?)([a-z][^\s/>]*+){_REST}
      | !\[CDATA\[.*?(?:\]\]>|\Z)
      | [!?/][^>]*+
    )""",
    re.VERBOSE | re.DOTALL | re.ASCII | re.IGNORECASE,
)
# Attributes are compared with each other; shorter tags have few.
_LONG = 500
# So far up an end tag looks for its element.
_NEAR = 10
_VOID = frozenset(
    "area base basefont bgsound br col embed frame hr image img input keygen link meta param source "
    "track wbr".split()
)
# Each of these ends the one before it: they do not stand in each other but through other elements.
_ENDED = frozenset(
    "body caption colgroup dd dt head html li option p tbody td tfoot th thead tr".split()
)
_ALONE = _VOID | _ENDED
# What stays open in spite of the end of its block is opened again in the next, each time.
_FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())
_LETTERS = "".join(sorted({name[0] + name[0].upper() for name in _FORMATTING}))
# The first letters again, as they are told from others faster without regard to case.
_FORMAT = re.compile(rf"<(?=[{_LETTERS}])(?:{'|'.join(sorted(_FORMATTING))})[\s/>]", re.IGNORECASE)
# Below these a page costs little, whatever it holds: its tags, those that are opened again with each
# tag, its length, and that of a tag with its attributes.
_FEW_TAGS, _FEW_ELEMENTS, _SHORT_PAGE, _SHORT_TAG = 8_000, 1_000_000, 500_000, 8_000
# What an element that is opened again takes, in characters.
_WEIGHT = 4
_INLINE = _FORMATTING | frozenset("del ins label span sub sup".split())
_FOREIGN = frozenset({"math", "svg"})
# In a drawing, what else than these ends it, or may.
_DRAWN = frozenset(
    "animate circle clippath defs ellipse fegaussianblur filter g line lineargradient marker mask path "
    "pattern polygon polyline radialgradient rect stop symbol text tspan use".split()
)


def hold_nesting(text: str, limits: Limits) -> None:
    """Raise `LimitError` for a page whose elements are nested too deep, on the average of its tags.

    An end tag ends an element only where it surely does. So the depth may be counted too high; ten
    times `limits.depth` on the average leave room for that.
    """
    if _is_harmless(text):
        return
    opened: list[str] = []
    drawing: int | None = None  # where in `opened` a drawing begins that is surely open
    drawings = 0  # how many may be
    tags = work = formatting = again = 0
    for found in _MARKUP.finditer(text):
        holder, given, held, end, name, attributes = found.groups()
        tags += 1
        again += formatting
        work += len(opened)
        if holder:
            work += _compared(given)
            if drawings:
                # In a drawing, what it holds may be elements.
                opened.extend("<" * (1 + held.count("<")))
                drawing = None
            continue
        if not name:
            continue
        name = name.lower()
        if end:
            if drawing is not None and name in _FOREIGN:
                del opened[drawing:]
                drawings -= 1
            elif name in opened[-_NEAR:] and _ended(opened, name):
                formatting -= name in _FORMATTING
                drawings -= name in _FOREIGN
            if drawing is not None and (len(opened) <= drawing or name not in _DRAWN):
                drawing = None
            continue
        if len(attributes) >= _LONG:
            work += _compared(attributes)
        if drawing is not None:
            if name not in _DRAWN:
                drawing = None
            elif attributes.endswith("/"):
                continue
        if name in _ALONE:
            continue
        if name in _FOREIGN:
            drawing = len(opened)
            drawings += 1
        opened.append(name)
        formatting += name in _FORMATTING
    limits.hold("depth", work / max(tags, 1) / 10, "levels in the page")
    limits.hold("characters", again * _WEIGHT, "elements in the page that are never ended")


def _is_harmless(text: str) -> bool:
    """Whether a page is too small to cost much; this is known faster than its tags are."""
    if len(text) > _SHORT_PAGE:
        return False
    tags = text.count("<") + 1
    if tags > _FEW_TAGS or _has_long_tag(text):
        return False
    return tags * len(_FORMAT.findall(text)) <= _FEW_ELEMENTS


def _has_long_tag(text: str) -> bool:
    """Whether a tag with the text behind it may be long."""
    at, last = -1, len(text) - _SHORT_TAG - 1
    # The last tag that begins near enough, again and again.
    while at < last:
        near = text.rfind("<", at + 1, at + _SHORT_TAG + 2)
        if near < 0:
            return True
        at = near
    return False


def _ended(opened: list[str], name: str) -> bool:
    """End an element if nothing but running text is open in it, and say whether it was."""
    at = len(opened) - 1
    while at and opened[at] in _INLINE and opened[at] != name:
        at -= 1
    if opened[at] != name:
        return False
    # What is open in a block ends with it, but for what is opened again.
    opened[at:] = [
        inner for inner in opened[at + 1 :] if name in _INLINE or inner in _FORMATTING
    ]
    return True


def _compared(attributes: str) -> int:
    """How often the attributes of a tag are compared with each other."""
    count = sum(1 for _ in _ATTRIBUTES.finditer(attributes))
    return count * count // 2
