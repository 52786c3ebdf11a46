"""Charts: bars that say what is printed and what is not, each beside its numbers as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

import attrs

from gkparse.audit.elements import Element, Node, both, element
from gkparse.counts import Value
from gkparse.dictionary import describe
from gkparse.form import load
from gkparse.model import Report
from gkparse.sheet import sheet, written

__all__ = ["flow_chart", "patterns", "report_charts"]

# Pixels: how high a bar is.
_BAR = 14


@attrs.frozen
class _Amount:
    """A sum of cells: what the printed ones come to, and how many of them are not printed."""

    zh: str
    en: str
    value: int | Decimal = 0
    missing: int = 0
    of: int = 1

    @classmethod
    def of_cells(cls, zh: str, en: str, values: Sequence[Value]) -> _Amount:
        printed = [value for value in values if value is not None]
        return cls(zh, en, sum(printed), len(values) - len(printed), len(values))

    @property
    def known(self) -> bool:
        """Whether anything of it is printed."""
        return self.missing < self.of

    def said(self) -> tuple[str, str]:
        """The number, or what is missing of it; never a zero that is not printed."""
        number = written(self.value)
        if not self.missing:
            return number, number
        if not self.known:
            return "未印数字", "no number printed"
        return (
            f"{number}（另有 {self.missing}/{self.of} 项未印数字）",
            f"{number} ({self.missing} of {self.of} cells without a number)",
        )


@attrs.frozen
class _Bar:
    """A row of a chart: its name, and its parts from left to right."""

    zh: str
    en: str
    parts: tuple[_Amount, ...]


def report_charts(report: Report) -> Iterator[Element]:
    """The charts of a report: outcomes by kind, requests by applicant, results of disputes."""
    if report.requests is not None:
        # The form prints no number for some kinds: that is said.
        zh, en = "办理结果（各类为其下各行总计之和）", "Outcomes by kind (sums of the totals of their rows)"
        yield _chart(zh, en, [_alone(each) for each in _outcomes(report)])
        yield _chart("申请人", "Requests by applicant", [_alone(each) for each in _applicants(report)])
    if report.disputes is not None:
        yield _chart("复议和诉讼结果", "Reconsideration and litigation", list(_disputes(report)))


def flow_chart(reports: Iterable[tuple[str, Report]]) -> Element:
    """What comes in and what goes out in each year, by the name of the year or of its file."""
    bars = []
    for name, report in reports:
        def amount(row: str, zh: str, en: str, report: Report = report) -> _Amount:
            return _Amount.of_cells(zh, en, [_printed(report, f"requests.{row}.total")])

        into = amount("carried_over", "上年结转", "carried over"), amount("received", "本年新收", "received")
        out = amount("outcomes.total", "办理结果", "concluded"), amount("carried_forward", "结转下年", "carried forward")
        # A part has the same pattern in both bars of a year: what stays is striped.
        bars += [
            _Bar(f"{name} 收", f"{name} in", (into[1], into[0])),
            _Bar(f"{name} 办", f"{name} out", out),
        ]
    return _chart("申请的收办与结转", "Received, concluded, carried forward", bars)


def patterns() -> Element:
    """The fillings of all charts, which tell parts apart in black and white; once a page."""
    lines = (None, "M-2,2 l4,-4 M0,8 l8,-8 M6,10 l4,-4", "M4,0 v8 M0,4 h8", None)
    drawn = [
        element(
            "pattern",
            element("rect", width=8, height=8, class_=f"ground fill-{at}"),
            *([element("path", d=line, class_="stroke")] if line else []),
            *([element("circle", cx=4, cy=4, r=1.4, class_="dot")] if at == 3 else []),
            id=f"fill-{at}", width=8, height=8, patternUnits="userSpaceOnUse",
        )
        for at, line in enumerate(lines)
    ]
    return element("svg", element("defs", *drawn), width=0, height=0, aria_hidden="true", class_="patterns")


# ---------------------------------------------------------------- what is counted


def _alone(amount: _Amount) -> _Bar:
    return _Bar(amount.zh, amount.en, (amount,))


def _outcomes(report: Report) -> Iterator[_Amount]:
    """Each kind of outcome, from the totals of the rows that the report prints."""
    table = load(report.form).table("requests")
    stems = [box.path.rpartition(".")[0] for box in sheet(report, table).boxes if box.path.endswith(".total")]
    rows = [row for row in table.blocks[0].rows if f"requests.{row.name}" in stems]
    groups = {group.name: group.label for group in table.groups}
    kinds: dict[str, list[str]] = {}
    for row in rows:
        depth = row.name.split(".")
        if depth[0] == "outcomes" and depth[1] != "total":
            kinds.setdefault(".".join(depth[:2]), []).append(row.name)
    for kind, names in kinds.items():
        first = next(row for row in rows if row.name == names[0])
        label = groups[first.groups[-1]] if len(first.groups) > 1 else first.label
        values = [_printed(report, f"requests.{name}.total") for name in names]
        yield _Amount.of_cells(_bare(label), describe(f"requests.{kind}"), values)


def _applicants(report: Report) -> Iterator[_Amount]:
    row = "requests.received"
    for column in load(report.form).table("requests").blocks[0].columns:
        if column.name != "total":
            path = f"{row}.{column.name}"
            english = describe(path).removeprefix(f"{describe(row)}: ")
            yield _Amount.of_cells(column.label, english, [_printed(report, path)])


def _disputes(report: Report) -> Iterator[_Bar]:
    columns = load(report.form).table("disputes").blocks[0].columns
    stems = dict.fromkeys(column.name.rpartition(".")[0] for column in columns)
    for stem in stems:
        own = [each for each in columns if each.name.startswith(f"{stem}.") and not each.name.endswith(".total")]
        path = f"disputes.{stem}"
        parts = tuple(
            _Amount.of_cells(
                each.label, describe(f"disputes.{each.name}").removeprefix(f"{describe(path)}: "),
                [_printed(report, f"disputes.{each.name}")],
            )
            for each in own
        )
        yield _Bar(own[0].groups[-1], describe(path), parts)


def _printed(report: Report, path: str) -> Value:
    """The value that a page prints; one that was inferred is none."""
    cell = report.cell(path)
    return None if cell.status == "inferred" else cell.value


def _bare(label: str) -> str:
    """A label without its ordinal and what it explains in brackets: （二）部分公开（…）."""
    return label.partition("）")[2].partition("（")[0] or label


# ---------------------------------------------------------------- how it is drawn


def _chart(zh: str, en: str, bars: Sequence[_Bar]) -> Element:
    largest = max((sum(part.value for part in bar.parts) for bar in bars), default=0)
    legend: list[Node] = []
    if bars and len(bars[0].parts) > 1:
        legend = [element("ul", *_keys(bars), class_="keys")]
    return element(
        "figure",
        element("figcaption", *both(zh, en)),
        *legend,
        element(
            "div",
            element("div", *(node for bar in bars for node in _drawn(bar, largest)), class_="bars"),
            _numbers(zh, en, bars),
            class_="drawn",
        ),
        class_="chart",
    )


def _keys(bars: Sequence[_Bar]) -> Iterator[Element]:
    """What each filling says; bars whose parts have other names say it for themselves."""
    for at in range(len(bars[0].parts)):
        zh = " / ".join(dict.fromkeys(bar.parts[at].zh for bar in bars))
        en = " / ".join(dict.fromkeys(bar.parts[at].en for bar in bars))
        sample = element("rect", width="100%", height="100%", fill=f"url(#fill-{at})", class_="part")
        yield element("li", element("svg", sample, width=22, height=12, aria_hidden="true"), " ", *both(zh, en))


def _drawn(bar: _Bar, largest: int | Decimal) -> Iterator[Node]:
    """A bar below its name; widths are shares of the picture's, so that it fits wherever it stands."""
    said = [part.said() for part in bar.parts]
    names = both(
        f"{bar.zh}：{' + '.join(zh for zh, _ in said)}", f"{bar.en}: {' + '.join(en for _, en in said)}"
    )
    yield element("p", *names, aria_hidden="true")
    inner: list[Node] = [element("title", f"{bar.zh} {bar.en}"), element("desc", _described(bar))]
    left = Decimal(0)
    for filling, part in enumerate(bar.parts):
        # A share of nothing, or of what counts below zero, has no width.
        size = Decimal(part.value) * 100 / Decimal(largest) if largest > 0 and part.value > 0 else Decimal(0)
        if size:
            inner.append(element(
                "rect", x=f"{left:.3f}%", width=f"{size:.3f}%", height=_BAR, fill=f"url(#fill-{filling})", class_="part",
            ))
            left += size
    if any(part.missing for part in bar.parts):
        # An open end: more may belong to it than is printed.
        inner.append(element("line", x1=f"{left:.3f}%", x2="100%", y1=_BAR / 2, y2=_BAR / 2, class_="open"))
    yield element("svg", *inner, width="100%", height=_BAR, role="img")


def _described(bar: _Bar) -> str:
    return ", ".join(
        f"{part.zh} {part.en}: {' '.join(dict.fromkeys(part.said()))}" for part in bar.parts
    )


def _numbers(zh: str, en: str, bars: Sequence[_Bar]) -> Element:
    """The numbers of a chart as a table."""
    several = bool(bars) and len(bars[0].parts) > 1
    rows = [
        element(
            "tr",
            element("th", *both(bar.zh, bar.en), scope="row", rowspan=len(bar.parts) if several else None)
            if at == 0 else "",
            *([element("td", *both(part.zh, part.en))] if several else []),
            element("td", *both(*part.said()), class_="number"),
        )
        for bar in bars
        for at, part in enumerate(bar.parts)
    ]
    return element("table", element("caption", *both(f"{zh}：数字", f"{en}: numbers"), class_="spoken"), *rows, class_="numbers")
