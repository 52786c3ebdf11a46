"""One body year by year: what its reports say of the same cell, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import attrs

from gkparse.agencies import normalize_agency
from gkparse.audit.audited import INDICATORS, Audited
from gkparse.audit.charts import flow_chart
from gkparse.audit.elements import Element, Node, both, element
from gkparse.audit.remarks import code_title, severity_badge
from gkparse.audit.wording import STATUSES
from gkparse.diagnostics import Diagnostic
from gkparse.dictionary import describe
from gkparse.form import FORMS, load
from gkparse.model import Cell
from gkparse.series import check_series
from gkparse.sheet import shown

__all__ = ["Body", "bodies", "comparison"]

# A row of the table of 2014, or one that only some reports print, that a report does not have.
_NOT_FOUND = Cell(None, "", "missing", "")


@attrs.frozen
class Body:
    """A body with its reports by year, by their numbers on the page, and what stands between these."""

    name: str
    reports: Mapping[int, Audited]
    findings: tuple[Diagnostic, ...]


def bodies(every: Sequence[Audited]) -> list[Body]:
    """The bodies of which there are reports on several years; a report without a name is of none."""
    found: dict[str, dict[int, Audited]] = {}
    for number, audited in enumerate(every):
        key = normalize_agency(audited.report.agency or "")
        if key and audited.report.year is not None:
            found.setdefault(key, {})[number] = audited
    several = []
    for own in found.values():
        if len({audited.report.year for audited in own.values()}) > 1:
            ordered = dict(sorted(own.items(), key=lambda pair: pair[1].report.year or 0))
            name = next(reversed(ordered.values())).report.agency or ""
            series = check_series(audited.report for audited in ordered.values())
            several.append(Body(name, ordered, series))
    return several


def comparison(body: Body) -> Element:
    """The years of a body beside one another: findings, the flow of requests, every cell."""
    named = [(_name(body, audited), audited.report) for audited in body.reports.values()]
    drawn = [flow_chart(pair for pair in named if pair[1].form != "2014")]
    found = element("ul", *map(_finding, body.findings), class_="findings") if body.findings else element(
        "p", *both("各年之间没有发现问题。", "Nothing was found between the years."), class_="none"
    )
    return element(
        "article",
        element("h1", body.name),
        element("h2", *both("各年之间", "Between the years")), found,
        element("h2", *both("收办流程", "Flow")), *drawn,
        element("h2", *both("逐年对照", "Year by year")),
        element("div", _table(body), class_="scroll wide", tabindex=0, role="region", aria_label="逐年对照 Year by year"),
        class_="body",
    )


def _finding(found: Diagnostic) -> Element:
    zh, en = code_title(found.code)
    inner = element(
        "p", severity_badge(found), " ", element("code", found.code), " ",
        element("strong", *both(zh, en)), " ", *both(found.message_in("zh"), found.message),
    )
    return element("li", inner)


def _name(body: Body, audited: Audited) -> str:
    """A year; where there are several reports on it, with its file."""
    year = str(audited.report.year)
    same = [each for each in body.reports.values() if each.report.year == audited.report.year]
    return f"{year} ({audited.file})" if len(same) > 1 else year


def _table(body: Body) -> Element:
    heads = [
        element("th", element("a", _name(body, audited), href=f"#report-{number}"), scope="col")
        for number, audited in body.reports.items()
    ]
    head = element("tr", element("th", *both("项目", "cell"), scope="col"), *heads)
    return element("table", element("thead", head), element("tbody", *_rows(body)), class_="years")


def _rows(body: Body) -> Iterator[Element]:
    reports = body.reports.values()
    forms = [form for form in FORMS if any(audited.report.form == form for audited in reports)]
    told = {(path, found.arguments.get("year")): found for found in body.findings for path in found.paths}
    for path, label in _paths(forms):
        cells = [_cell(audited, path, told.get((path, str(audited.report.year)))) for audited in reports]
        if any(cell.attributes["class"] not in ("absent", "missing") for cell in cells):
            yield element("tr", element("th", label, scope="row", title=describe(path)), *cells)


def _paths(forms: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The cells of several forms with their labels, table by table, those of the newest form first."""
    every = {path: label for form in reversed(forms) for path, label in _labels(form).items()}
    ordered = dict.fromkeys(path for form in forms for path in _labels(form))
    tables = dict.fromkeys(path.partition(".")[0] for path in ordered)
    for table in tables:
        yield from ((path, every[path]) for path in ordered if path.partition(".")[0] == table)


@cache
def _labels(form: str) -> Mapping[str, str]:
    """What a form prints at each path."""
    loaded = load(form)
    rows = {f"{INDICATORS}.{row.key}": row.label for row in loaded.indicators if row.unit}
    return rows | {path: field.label for path, field in loaded.fields.items()}


def _cell(audited: Audited, path: str, found: Diagnostic | None) -> Element:
    """What a report says of a cell; what its form does not have is no blank."""
    if path not in _labels(audited.report.form):
        return element("td", "—", element("span", *both("此格式无此项", "not in this form"), class_="spoken"), class_="absent")
    number = audited.numbers.get(path)
    cell = audited.cells[number][1] if number is not None else _NOT_FOUND
    status = STATUSES[cell.status]
    signs: list[Node] = []
    if cell.status != "printed":
        signs = [
            element("span", status.sign, class_="sign", aria_hidden="true"),
            element("span", *both(status.zh, status.en), class_="spoken"),
        ]
    if found:
        signs.append(element("code", found.code, class_=f"flag {found.severity}"))
    return element("td", shown(cell), *signs, class_=cell.status)
