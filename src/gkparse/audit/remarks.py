"""Findings as a list: code, severity and message, what was expected, and the cells concerned."""

from __future__ import annotations

from collections.abc import Iterator

from gkparse.audit.audited import Audited
from gkparse.audit.elements import Element, both, element
from gkparse.audit.wording import SEVERITIES
from gkparse.codes import CODES
from gkparse.diagnostics import Diagnostic
from gkparse.sheet import written

__all__ = ["code_title", "finding_list", "severity_badge"]


def finding_list(audited: Audited) -> Iterator[Element]:
    """The findings about a report, gravest first; notes can be folded away."""
    every = list(enumerate(audited.findings))
    grave = [(at, found) for at, found in every if found.severity != "info"]
    notes = [(at, found) for at, found in every if found.severity == "info"]
    grave.sort(key=lambda pair: pair[1].severity != "error")
    if not every:
        yield element("p", *both("没有发现问题。", "Nothing was found."), class_="none")
    if grave:
        yield element("ul", *(_item(audited, at, found) for at, found in grave), class_="findings")
    if notes:
        words = both(f"提示 {len(notes)} 条", f"{len(notes)} notes" if len(notes) > 1 else "1 note")
        items = element("ul", *(_item(audited, at, found) for at, found in notes), class_="findings")
        yield element("details", element("summary", *words), items, class_="notes")


def code_title(code: str) -> tuple[str, str]:
    """What a code is called, in Chinese and English; a rule of another package has no name here."""
    known = CODES.get(code)
    return (known.title, known.name.replace("-", " ")) if known else (code, code)


def severity_badge(found: Diagnostic) -> Element:
    """A severity as a sign and a word."""
    told = SEVERITIES[found.severity]
    return element("span", f"{told.sign} ", *both(told.zh, told.en), class_=f"badge {found.severity}")


def _item(audited: Audited, at: int, found: Diagnostic) -> Element:
    """A finding: a button that leads to its cells, and what is known beside its message."""
    zh, en = code_title(found.code)
    cells = " ".join(map(str, audited.concerned(found)))
    button = element(
        "button",
        severity_badge(found), " ",
        element("code", found.code), " ",
        element("strong", *both(zh, en)), " ",
        *both(found.message_in("zh"), found.message),
        type="button", data_finding=at, data_cells=cells, aria_pressed="false",
    )
    more = [each for each in (_facts(audited, found), _suggestion(found)) if each]
    return element("li", button, *more)


def _facts(audited: Audited, found: Diagnostic) -> Element | None:
    """What was expected and what is there; where these are of no single cell, that is said."""
    if not {"expected", "actual"} <= found.arguments.keys():
        return None
    expected, actual = found.arguments["expected"], found.arguments["actual"]
    first = audited.concerned(found)[:1]
    own = bool(first) and written(audited.cells[first[0]][1].value) == actual
    zh, en = ("应为", "expected") if own else ("核对：应为", "checked: expected")
    return element("p", *both(f"{zh} {expected}，实为 {actual}", f"{en} {expected}, actual {actual}"), class_="facts")


def _suggestion(found: Diagnostic) -> Element | None:
    if not found.suggestion:
        return None
    return element("p", *both("建议：", "suggestion: "), element("code", found.suggestion), class_="suggestion")
