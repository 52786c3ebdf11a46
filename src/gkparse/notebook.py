"""Notebooks: how reports, lists of them, findings and years show themselves in Jupyter.

A `Report` and a `Diagnostic` show themselves as the audit page shows them. For several of them, and
for the years of a body, there are functions here; `%load_ext gkparse.notebook` lets lists and tuples
show themselves, too, as long as that notebook runs.

What a report says is text, whatever it looks like; there is no script, no address and nothing that is
fetched. The style reaches nothing else in the notebook, and has the theme of JupyterLab, VS Code or
Colab.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any
from uuid import uuid4

import attrs

from gkparse.audit.audited import Audited
from gkparse.audit.charts import patterns
from gkparse.audit.elements import Element, Node, both, element, html
from gkparse.audit.remarks import code_title, severity_badge
from gkparse.audit.views import report_view
from gkparse.audit.wording import SEVERITIES
from gkparse.audit.years import bodies, comparison
from gkparse.diagnostics import Diagnostic, Language
from gkparse.dictionary import describe
from gkparse.findings import findings as found_in
from gkparse.findings import headline, place_of
from gkparse.model import Report
from gkparse.terminal import Ink, report_lines, visible

__all__ = [
    "View", "findings", "load_ipython_extension", "report", "reports", "series",
    "unload_ipython_extension",
]

# Of longer lists the rest is counted: rows, paths of a finding, bodies with all their years.
_MOST, _MOST_PATHS, _MOST_BODIES = 20, 8, 5


@attrs.frozen(repr=False)
class View:
    """What shows itself: in a notebook as HTML, elsewhere as plain text, by `repr` and `print`."""

    _nodes: Callable[[], Iterable[Node]]
    _lines: Callable[[], Iterable[str]]
    _language: Language = "en"

    def _repr_html_(self) -> str:
        # Where this raised, a notebook would show a traceback of its own machinery.
        try:
            return _html(list(self._nodes()), self._language)
        except Exception as error:
            return _html([element("p", _failed(error), class_="none")], self._language)

    def __repr__(self) -> str:
        try:
            return "\n".join(self._lines())
        except Exception as error:
            return _failed(error)


def report(one: Report, *, language: Language = "en") -> View:
    """A report as the audit page has it: findings, official tables, charts.

    The page's own words are in `language`, the other under the pointer, as is what each value is
    called and where it stands. Never raises: a report that cannot be shown says why.

    >>> import gkparse
    >>> view = report(gkparse.parse("第二十条第（五）项 行政许可 318"))
    >>> '>318<' in view._repr_html_()
    True
    """
    def nodes() -> Iterator[Node]:
        audited = Audited("", one, tuple(found_in(one)))
        yield patterns()
        yield _titled(report_view(audited), audited)

    return View(nodes, lambda: report_lines(one, found_in(one), Ink()), language)


def reports(several: Iterable[Report], *, language: Language = "en") -> View:
    """Reports as a table: body, year, form, and how many findings. The first 20, and a count.

    >>> import gkparse
    >>> reports([gkparse.Report(agency="青石县水务局", year=2023)] * 22) # doctest: +ELLIPSIS
    <Report agency='青石县水务局' year=2023 form='2021': 0 numbers, 0 errors, 0 warnings>
    ...
    … 2 more
    """
    every = tuple(several)
    return View(lambda: _table(every), lambda: _lines(map(repr, every[:_MOST]), len(every)), language)


def findings(several: Iterable[Diagnostic], *, language: Language = "en") -> View:
    """Findings of one report or several, in the order given. The first 20, and a count.

    >>> import gkparse
    >>> wrong = gkparse.Report(disputes=gkparse.Disputes(gkparse.Results(8, 3, 0, 0, 12)))
    >>> findings(gkparse.check(wrong))
    GK304 error: 行政复议: 8 + 3 = 11, but the total is 12 (A4)
    """
    every = tuple(several)

    def lines() -> Iterator[str]:
        return _lines((headline(each, language, Ink()) for each in every[:_MOST]), len(every))

    return View(lambda: _listed(every), lines, language)


def series(several: Iterable[Report], *, language: Language = "en") -> View:
    """The years of each body side by side, as the audit page has them, with what `check_series` finds.

    Bodies are told apart by `normalize_agency`; one without several years is left out. The first 5
    bodies, and a count.

    >>> import gkparse
    >>> years = [gkparse.Report(agency="青石县水务局", year=year) for year in (2022, 2023)]
    >>> series(years)
    青石县水务局: 2022, 2023; 0 findings
    """
    every = [Audited("", each, ()) for each in several]

    def nodes() -> Iterator[Node]:
        found = bodies(every)
        yield patterns()
        yield from map(comparison, found[:_MOST_BODIES])
        yield from _rest(len(found) - _MOST_BODIES)
        if not found:
            yield element("p", *both("没有一个机关有几年的报告。", "No body has reports on several years."), class_="none")

    def lines() -> Iterator[str]:
        found = bodies(every)
        told = (
            f"{visible(body.name)}: {', '.join(str(each.report.year) for each in body.reports.values())}; "
            f"{len(body.findings)} finding{'s' * (len(body.findings) != 1)}"
            for body in found[:_MOST]
        )
        return _lines(told, len(found))

    return View(nodes, lines, language)


# ---------------------------------------------------------------- IPython


def load_ipython_extension(shell: Any) -> None:
    """Let lists and tuples of reports and of findings show themselves: `%load_ext gkparse.notebook`.

    All other lists and tuples stay as they are; `%unload_ext gkparse.notebook` ends it.
    """
    for kind in (list, tuple):
        shell.display_formatter.formatters["text/html"].for_type(kind, _several)


def unload_ipython_extension(shell: Any) -> None:
    """Show lists and tuples as before."""
    for kind in (list, tuple):
        formatter = shell.display_formatter.formatters["text/html"]
        if formatter.for_type(kind) is _several:
            formatter.pop(kind)


def _several(values: Sequence[object]) -> str | None:
    """A list of reports or of findings as HTML; None for any other."""
    if values and all(isinstance(each, Report) for each in values):
        return reports(values)._repr_html_()  # type: ignore[arg-type] # they are
    if values and all(isinstance(each, Diagnostic) for each in values):
        return findings(values)._repr_html_()  # type: ignore[arg-type] # they are
    return None


# ---------------------------------------------------------------- lists


def _table(every: Sequence[Report]) -> Iterator[Node]:
    """Reports as rows, each with what checking it finds."""
    heads = (("机关", "Body"), ("年度", "Year"), ("格式", "Form"), ("发现的问题", "Findings"))
    head = element("tr", *(element("th", *both(*words), scope="col") for words in heads))
    rows = map(_row, every[:_MOST])
    table = element("table", element("thead", head), element("tbody", *rows), class_="reports")
    zh, en = f"报告 {len(every):,} 份", f"{len(every):,} report{'s' * (len(every) != 1)}"
    yield element("p", *both(zh, en), class_="counts")
    yield element("div", table, class_="scroll")
    yield from _rest(len(every) - _MOST)


def _row(one: Report) -> Element:
    told: list[Node] = []
    try:
        found = found_in(one)
        for severity, words in SEVERITIES.items():
            if count := sum(each.severity == severity for each in found):
                many = both(words.zh, f"{words.en}{'s' * (count > 1)}")
                told += [element("span", f"{words.sign} {count} ", *many, class_=f"badge {severity}"), " "]
    except Exception as error:  # one that cannot be checked does not hide the others
        told = [_failed(error)]
    return element(
        "tr",
        element("th", str(one.agency or one.title or "?"), scope="row"),
        *(element("td", text) for text in (str(one.year or "?"), str(one.form))),
        element("td", *told),
    )


def _listed(every: Sequence[Diagnostic]) -> Iterator[Node]:
    if not every:
        yield element("p", *both("没有发现问题。", "Nothing was found."), class_="none")
    yield element("ul", *map(_item, every[:_MOST]), class_="findings")
    yield from _rest(len(every) - _MOST)


def _item(found: Diagnostic) -> Element:
    """A finding: what it is, where, which cells it concerns, and what may help."""
    zh, en = code_title(found.code)
    told = element(
        "p", severity_badge(found), " ", element("code", found.code), " ",
        element("strong", *both(zh, en)), " ", *both(found.message_in("zh"), found.message),
    )
    where: list[Node] = []
    if found.span:
        where += [*both(place_of(found.span, "zh"), place_of(found.span, "en")), " "]
    for path in found.paths[:_MOST_PATHS]:
        where += [element("code", path, title=_described(path)), " "]
    where += _rest(len(found.paths) - _MOST_PATHS, "span")
    more = [element("p", *where, class_="facts")] if where else []
    if found.suggestion:
        more.append(element("p", *both("建议：", "suggestion: "), element("code", found.suggestion), class_="suggestion"))
    return element("li", told, *more)


def _rest(count: int, name: str = "p") -> Iterator[Element]:
    if count > 0:
        yield element(name, *both(f"…… 另有 {count:,} 项", f"… {count:,} more"), class_="counts")


def _lines(shown: Iterable[str], count: int) -> Iterator[str]:
    yield from shown
    if count > _MOST:
        yield f"… {count - _MOST:,} more"


def _failed(error: Exception) -> str:
    return f"not shown: {type(error).__name__}: {visible(str(error))}"


# ---------------------------------------------------------------- the page's elements in a notebook


def _titled(node: Node, audited: Audited) -> Node:
    """The same with what each value is called, how it was printed and where it stands, as its title."""
    if isinstance(node, str):
        return node
    attributes = dict(node.attributes)
    if node.name == "td" and "data-cell" in attributes:
        path, _ = audited.cells[int(attributes["data-cell"])]
        printed = attributes.get("data-printed")
        told = (_described(path), f"“{printed}”" if printed else None, attributes.get("data-place"))
        attributes["title"] = " · ".join(filter(None, told))
    return Element(node.name, attributes, tuple(_titled(child, audited) for child in node.children))


def _described(path: str) -> str | None:
    """What a path is called in English; nothing for one of another package's rule."""
    try:
        return describe(path)
    except KeyError:
        return None


# What an element of the page is where no script runs: buttons and links lead nowhere, headings are
# none of the notebook's own.
_NAMES: Mapping[str, str] = MappingProxyType({"button": "p", "a": "span", "h1": "div", "h2": "div", "h3": "div"})
_LEFT_OUT = ("data-", "aria-pressed", "tabindex", "type", "href")


def _adapted(node: Node, language: Language, suffix: str) -> Node:
    """An element of the audit page as a notebook can have it: in one language, its ids its own alone."""
    if isinstance(node, str):
        return node
    attributes = {key: value for key, value in node.attributes.items() if not key.startswith(_LEFT_OUT)}
    classes = attributes.get("class", "").split()
    children = tuple(_adapted(child, language, suffix) for child in _spoken(node.children, language))
    name = _NAMES.get(node.name, node.name)
    if attributes.get("role") in ("grid", "region"):  # no keys move in it; a notebook's regions are its own
        del attributes["role"]
    if name == "div" and node.name != name:
        classes.append(node.name)
        attributes |= {"role": "heading", "aria-level": node.name[1]}
    if "scroll" in classes:
        attributes |= {"tabindex": "0", "role": "group", "aria-label": attributes.get("aria-label", "table")}
    if "findings" in classes:
        children = (*children[:_MOST], *(_adapted(each, language, suffix) for each in _rest(len(children) - _MOST, "li")))
    if "charts" in classes:
        name, children = "details", (element("summary", *_inner(children[0])), *children[1:])
    if "id" in attributes:
        attributes["id"] += suffix
    if "fill" in attributes:
        attributes["fill"] = attributes["fill"].replace(")", f"{suffix})")
    if classes:
        attributes["class"] = " ".join(classes)
    return Element(name, attributes, children)


def _inner(node: Node) -> tuple[Node, ...]:
    return (node,) if isinstance(node, str) else node.children


def _spoken(nodes: Sequence[Node], language: Language) -> Iterator[Node]:
    """Nodes without the source, and of words in two languages the one, with the other as its title."""
    for at, node in enumerate(nodes):
        if isinstance(node, str) or (node.name != "aside" and "ui" not in node.attributes.get("class", "").split()):
            yield node
        elif node.name != "aside":
            own = node.attributes["lang"][:2]
            if own == language:
                other = nodes[at + 1 if own == "zh" else at - 1]
                title = "".join(map(str, _inner(other)))
                told = {"title": title} if title != "".join(map(str, node.children)) else {}
                yield Element(node.name, {"lang": node.attributes["lang"], **told}, node.children)


# ---------------------------------------------------------------- HTML and its style

# Three times, so that it goes before what a notebook says of tables; MathJax leaves it alone, for
# which “$5 … $6” would be a formula.
_ROOT = ".gkparse-view" * 3
_CLASSES = "gkparse-view tex2jax_ignore mathjax_ignore"
_DARK = (
    ':is([data-jp-theme-light="false"], html[theme="dark"], [data-theme="dark"], .vscode-dark, '
    ".vscode-high-contrast:not(.vscode-high-contrast-light))"
)
# What the style of the audit page says of a page, said of a part of one.
_PAGE = (
    # The notebook's theme decides, not the system's; paper is light.
    ("@media (prefers-color-scheme: dark) {\n  :root", f"@media screen {{\n  {_DARK} &"),
    ("color-scheme: light dark;", ""),
    ("  @page { size: A4; margin: 15mm; }\n", ""),
    (":root", "&"),
    ("\nbody {", "\n& {"),
    ("  body {", "  & {"),
)
_HEADING = re.compile(r"(?<![\w.#-])h([123])(?=[ ,])")
# Before it what undoes the style of notebooks, after it what is other than on the page.
_BEFORE = """\
table { margin: 0; border: 0; table-layout: auto; color: inherit; font-size: inherit; }
tr { background: none; }
th, td { max-width: none; white-space: normal; background: none; }
ul, dl, dt, dd, li { float: none; margin: 0; padding: 0; font-weight: inherit; }
code { padding: 0; background: none; color: inherit; }
"""
_AFTER = """\
& { padding: .8rem 1rem; border: 1px solid var(--line); overflow-wrap: anywhere; text-align: left; font-size: .9rem; }
.h1:first-child { margin-top: 0; }
.h2 { margin-top: 1.2rem; }
.sides { display: block; }
.value, th[title] { cursor: default; }
.wide { max-height: 32rem; overflow-y: auto; }
.charts > summary { margin: 1.2rem 0 .6rem; font-weight: 600; color: inherit; }
"""


def _html(nodes: Sequence[Node], language: Language) -> str:
    """Nodes of the audit page with their style, and ids that nothing else in a notebook has."""
    suffix = f"-{uuid4().hex[:12]}"
    adapted = (_adapted(node, language, suffix) for node in _spoken(nodes, language))
    root = element("div", *adapted, class_=_CLASSES, lang="zh-Hans")
    return f"<style>{_style()}</style>{html(root)}"


@cache
def _style() -> str:
    """The style of the audit page for what is within a view alone."""
    page = files("gkparse.audit").joinpath("page.css").read_text(encoding="utf-8")
    for before, after in _PAGE:
        page = page.replace(before, after)
    page = _HEADING.sub(r".h\1", page)
    return f"{_ROOT} {{\n{_BEFORE}{page}{_AFTER}}}\n"
