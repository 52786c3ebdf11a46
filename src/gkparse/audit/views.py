"""The views of the page: a report with its source beside it, and the index of all reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from gkparse.audit.audited import Audited
from gkparse.audit.charts import report_charts
from gkparse.audit.elements import Element, Node, both, element
from gkparse.audit.remarks import code_title, finding_list
from gkparse.audit.source import source_text
from gkparse.audit.tables import legend, official_tables
from gkparse.audit.wording import SEVERITIES
from gkparse.audit.years import Body
from gkparse.form import load

__all__ = ["index_view", "report_view"]

_UNTITLED = "（无标题）"


def report_view(audited: Audited) -> Element:
    """A report: what it is, what was found, its tables and charts, and the source beside them."""
    report = audited.report
    return element(
        "article",
        element("header", element("p", audited.file, class_="file"), element("h1", report.title or _UNTITLED), _facts(audited)),
        element(
            "div",
            element(
                "div",
                element("section", element("h2", *both("发现的问题", "Findings")), *finding_list(audited), class_="remarks"),
                element("section", element("h2", *both("三张表" if report.form != "2014" else "统计表", "Tables")), legend(audited), *official_tables(audited)),
                element("section", element("h2", *both("图示", "Charts")), *_drawn(audited), class_="charts"),
                class_="sheets",
            ),
            element(
                "aside",
                element("div", element("p", *both("指向或选中一个单元格，即见其在原文中的位置；方向键移动，回车键换到另一边。", "Point at a cell, or select one, to see where it is printed. Arrow keys move, Enter changes sides.")), class_="card", tabindex=0, role="status", aria_label="单元格 Cell"),
                element("div", source_text(audited), class_="pane", tabindex=0, role="region", aria_label="原文 Source"),
                aria_label="原文与位置 Source and place",
            ),
            class_="sides",
        ),
        class_="report", data_form=report.form,
    )


def index_view(
    every: Sequence[Audited], bodies: Sequence[Body], unread: Sequence[tuple[str, str]]
) -> Element:
    """All reports with search and filters, the bodies with several years, and the files not read."""
    parts: list[Node] = [
        element("h1", *both("报告目录", "Reports")),
        element(
            "p",
            *both(
                f"{len(every)} 份报告，{len(unread)} 个文件未能读取",
                f"{_count(len(every), 'report')}, {_count(len(unread), 'file')} not read",
            ),
            class_="counts",
        ),
    ]
    if unread:
        parts += [element("h2", *both("未能读取", "Not read")), _unread(unread)]
    if bodies:
        parts += [element("h2", *both("逐年对照", "Year by year")), _bodies(bodies)]
    if every:
        parts += [element("h2", *both("全部报告", "All reports")), _filters(every), _reports(every)]
    return element("article", *parts, class_="index")


def _count(number: int, name: str) -> str:
    return f"{number} {name}{'s' * (number != 1)}"


# ---------------------------------------------------------------- a report


def _facts(audited: Audited) -> Element:
    """What a report says of itself; what it does not say is left out."""
    report, data = audited.report, audited.report.metadata
    period = " – ".join(str(day or "?") for day in (data.period_start, data.period_end))
    basis = load(report.form).basis
    told: Sequence[tuple[str, str, object]] = (
        ("机关", "body", report.agency or "?"),
        ("年度", "year", report.year or "?"),
        ("格式", "form", f"{report.form}（{basis}）"),
        ("统计期限", "period", period if data.period_start or data.period_end else None),
        ("发文日期", "issued", data.issue_date),
        ("依据文件", "cites", "、".join(data.cited_documents)),
        ("地址", "address", data.address),
        ("邮编", "postcode", data.postcode),
        ("电话", "phone", data.phone),
        ("传真", "fax", data.fax),
        ("电子邮箱", "email", data.email),
        ("网址", "website", data.website),
    )
    pairs = (
        element("div", element("dt", *both(zh, en)), element("dd", str(value)))
        for zh, en, value in told if value
    )
    return element("dl", *pairs, class_="facts")


def _drawn(audited: Audited) -> Iterator[Element]:
    charts = list(report_charts(audited.report))
    yield from charts or [element("p", *both("没有可画的表格。", "There is no table to draw."), class_="none")]


# ---------------------------------------------------------------- the index


def _unread(unread: Sequence[tuple[str, str]]) -> Element:
    items = (element("li", element("strong", file), " ", reason) for file, reason in unread)
    return element("ul", *items, class_="unread")


def _bodies(bodies: Sequence[Body]) -> Element:
    items = []
    for at, body in enumerate(bodies):
        years = "、".join(dict.fromkeys(str(audited.report.year) for audited in body.reports.values()))
        found: list[Node] = [" ", element("span", *both(f"{len(body.findings)} 条", _count(len(body.findings), "finding")), class_="badge info")] if body.findings else []
        items.append(element("li", element("a", body.name, href=f"#body-{at}"), f" {years}", *found))
    return element("ul", *items, class_="bodies")


def _filters(every: Sequence[Audited]) -> Element:
    codes = Counter(code for audited in every for code in {found.code for found in audited.findings})
    forms = Counter(audited.report.form for audited in every)
    severities = {
        "error": "有错误 with errors", "warning": "有警告 with warnings", "clean": "无错误和警告 neither",
    }
    listed = {code: f"{code} {' '.join(dict.fromkeys(code_title(code)))}（{codes[code]}）" for code in sorted(codes)}
    return element(
        "form",
        element("label", *both("搜索", "Search"), " ", element("input", type="search", name="search", autocomplete="off")),
        _choice("severity", "程度", "Severity", severities),
        _choice("code", "代码", "Code", listed),
        _choice("form", "格式", "Form", {form: f"{form}（{count}）" for form, count in sorted(forms.items())}),
        element("p", class_="shown", role="status"),
        class_="filters", role="search",
    )


def _choice(name: str, zh: str, en: str, options: Mapping[str, str]) -> Element:
    every = element("option", "全部 all", value="")
    inner = (element("option", text, value=value) for value, text in options.items())
    return element("label", *both(zh, en), " ", element("select", every, *inner, name=name))


def _reports(every: Sequence[Audited]) -> Element:
    heads = (("机关", "Body"), ("年度", "Year"), ("格式", "Form"), ("发现的问题", "Findings"), ("文件", "File"))
    head = element("tr", *(element("th", *both(*words), scope="col") for words in heads))
    rows = (_row(number, audited) for number, audited in enumerate(every))
    table = element("table", element("thead", head), element("tbody", *rows), class_="reports")
    return element("div", table, class_="scroll", tabindex=0, role="region", aria_label="全部报告 All reports")


def _row(number: int, audited: Audited) -> Element:
    report = audited.report
    name = report.agency or report.title or audited.file or _UNTITLED
    counts: list[Node] = []
    for severity, told in SEVERITIES.items():
        if count := audited.count(severity):
            counts += [element("span", f"{told.sign} {count} ", *both(told.zh, f"{told.en}{'s' * (count > 1)}"), class_=f"badge {severity}"), " "]
    severities = [severity for severity in ("error", "warning") if audited.count(severity)]
    return element(
        "tr",
        element("th", element("a", name, href=f"#report-{number}"), scope="row"),
        element("td", str(report.year or "?")),
        element("td", report.form),
        element("td", *counts),
        element("td", audited.file, class_="file"),
        data_search=" ".join((name, report.title or "", str(report.year or ""), audited.file)).lower(),
        data_severity=" ".join(severities) or "clean",
        data_code=" ".join(sorted({found.code for found in audited.findings})),
        data_form=report.form,
    )
