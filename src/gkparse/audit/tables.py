"""The official tables as elements: merged cells as issued, and how each value was read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gkparse.audit.audited import INDICATORS, Audited
from gkparse.audit.elements import Element, Node, both, element, flat
from gkparse.audit.wording import SEVERITIES, STATUSES, Status
from gkparse.dictionary import describe
from gkparse.findings import place_of
from gkparse.form import load
from gkparse.model import CellStatus
from gkparse.sheet import Box, Sheet, indicator_sheet, sheet, shown

__all__ = ["legend", "official_tables", "value_cell"]


def official_tables(audited: Audited) -> Iterator[Element]:
    """The tables of a report's form, each under its heading; one that was not found says so."""
    report = audited.report
    form = load(report.form)
    if form.indicators:
        drawn = indicator_sheet(report)
        yield _section(audited, INDICATORS, drawn.title, drawn)
    for table in form.tables:
        there = getattr(report, table.name) is not None
        title = form.sections[table.section - 1].label
        yield _section(audited, table.name, title, sheet(report, table) if there else None)


def value_cell(audited: Audited, number: int, box: Box) -> Element:
    """A value with what tells how it was read: a class, a sign, and words for who hears the page."""
    _, cell = audited.cells[number]
    text = shown(cell)
    doubt = audited.doubts.get(number)
    signs: list[Node] = []
    if cell.status != "printed":
        signs += _sign(*STATUSES[cell.status])
    if doubt:
        signs += _sign(*SEVERITIES[doubt])
    said = place_of(cell.span, "en") if cell.span else None
    said_zh = place_of(cell.span, "zh") if cell.span else None
    return element(
        "td", text, *signs,
        class_=f"value {cell.status}{f' doubt-{doubt}' if doubt else ''}",
        colspan=box.columns if box.columns > 1 else None,
        data_cell=number,
        data_place=said,
        data_place_zh=said_zh if said_zh != said else None,
        # What stands in the source, where that is not what is shown.
        data_printed=cell.printed if cell.printed.strip() not in ("", text) else None,
    )


def legend(audited: Audited) -> Element:
    """What each of the signs says that the tables of a report bear."""
    met = {cell.status for _, cell in audited.cells}
    doubts = set(audited.doubts.values())
    kinds: list[tuple[str, str, Status]] = [
        (f"value {name}", _SAMPLES.get(name, ""), told) for name, told in STATUSES.items() if name in met
    ]
    kinds += [(f"value doubt-{name}", "12", told) for name, told in SEVERITIES.items() if name in doubts]
    return element(
        "ul",
        *(
            element("li", element("span", sample, *_mark(told.sign), class_=kind), " ", *both(told.zh, told.en))
            for kind, sample, told in kinds
        ),
        class_="legend",
    )


# What stands for a value in the legend, where one would show something.
_SAMPLES: Mapping[CellStatus, str] = {
    "printed": "12", "aligned": "12", "repaired": "12", "inferred": "12", "marked": "/",
}


def _section(audited: Audited, name: str, title: str, drawn: Sheet | None) -> Element:
    flags = [
        element("span", found.code, class_=f"flag {found.severity}") for found in audited.of_table(name)
    ]
    heading = element("h3", title, *(node for flag in flags for node in (" ", flag)))
    if drawn is None:
        words = both("未找到此表，其中数值均为缺失。", "This table was not found: its values are missing.")
        # It stands for all of its cells.
        numbers = [at for path, at in audited.numbers.items() if path.startswith(f"{name}.")]
        none = element("p", *words, class_="none", tabindex=-1, data_cells=" ".join(map(str, numbers)))
        return element("section", heading, none, class_="table", data_table=name)
    return element(
        "section", heading, element("div", _table(audited, name, title, drawn), class_="scroll"),
        class_="table", data_table=name,
    )


def _table(audited: Audited, name: str, title: str, drawn: Sheet) -> Element:
    numbers = iter(range(len(audited.cells)))
    rows = []
    for boxes in drawn.rows():
        cells = []
        for box in boxes:
            if box.role != "value":
                english = _indicator(audited, box, drawn) if name == INDICATORS else _english(box, drawn, audited.report.form, name)
                cells.append(_label(box, english))
                continue
            number = audited.numbers[box.path] if box.path else next(numbers)
            cells.append(value_cell(audited, number, box))
        rows.append(element("tr", *cells))
    return element("table", *rows, class_=f"official {name}", role="grid", aria_label=title)


def _label(box: Box, english: str) -> Element:
    role = "th" if box.text else "td"
    scope = "row" if box.role in ("label", "group") else "col"
    if box.rows * box.columns > 1 and box.role != "corner":
        scope = f"{scope}group" if (box.rows if scope == "row" else box.columns) > 1 else scope
    return element(
        role, box.text,
        class_=box.role,
        scope=scope if role == "th" else None,
        rowspan=box.rows if box.rows > 1 else None,
        colspan=box.columns if box.columns > 1 else None,
        title=(english or None) if box.text else None,
    )


# ---------------------------------------------------------------- what labels say in English


def _english(box: Box, drawn: Sheet, form: str, table: str) -> str:
    """What a label says in English: what the dictionary says of the cells that it stands over."""
    paths = [value.path for value in _covered(box, drawn)]
    if box.role == "corner" or not paths:
        return describe(table)
    if box.role == "caption":
        article = load(form).fields[paths[0]].article
        return f"article {article} of the Regulations" if article else ""
    stems = list(dict.fromkeys(path.rpartition(".")[0] for path in paths))
    if box.role in ("label", "group"):
        return describe(_shared(stems))
    columns = list(dict.fromkeys(map(_column, paths)))
    if len(columns) == 1:
        return columns[0]
    return "; ".join(map(describe, stems) if not drawn.labels else columns)


def _covered(box: Box, drawn: Sheet) -> Sequence[Box]:
    """The values that a label stands beside or over, down to where other heads begin."""
    values = [value for value in drawn.boxes if value.path]
    if box.role in ("label", "group"):
        return [value for value in values if box.row <= value.row < box.row + box.rows]
    below = [
        value for value in values
        if value.row >= box.row + box.rows
        and value.column < box.column + box.columns and box.column < value.column + value.columns
    ]
    first = min((value.row for value in below), default=0)
    end = min(
        (head.row for head in drawn.boxes if head.role in ("caption", "head") and head.row > first),
        default=drawn.height,
    )
    return [value for value in below if value.row < end]


def _shared(stems: Sequence[str]) -> str:
    """The row, or the group of rows, that holds them all."""
    first, *others = [stem.split(".") for stem in stems]
    while any(other[: len(first)] != first for other in others):
        first.pop()
    return ".".join(first)


def _column(path: str) -> str:
    """What the column of a cell says."""
    return describe(path).removeprefix(f"{describe(path.rpartition('.')[0])}: ")


def _indicator(audited: Audited, box: Box, drawn: Sheet) -> str:
    """What a row of 2014 says, by its key: some labels stand there twice."""
    rows = [value.row for value in drawn.boxes if value.role == "value"]
    if box.role != "label" or box.row not in rows:
        return ""
    path, _ = audited.cells[rows.index(box.row)]
    return describe(path) if path != INDICATORS else ""


# ---------------------------------------------------------------- signs


def _mark(sign: str) -> list[Node]:
    return [element("span", sign, class_="sign", aria_hidden="true")] if sign else []


def _sign(sign: str, zh: str, en: str) -> Sequence[Node]:
    spoken = element("span", *flat(" ", both(zh, en)), class_="spoken")
    return [*_mark(sign), spoken]
