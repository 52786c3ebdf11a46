"""Writers of reports in the five layouts of the seeds, from the form's data and given numbers.

They live in the tests alone: what they write is what the parser must read back. A writer takes
the printed text of every cell by its path and gives the text of a whole report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import TypeAlias

from opencc import OpenCC

from gkparse.form import Form, Row, Table, join, load

__all__ = ["LAYOUTS", "PATHS", "Grid", "Numbers", "Printed", "printed", "tika", "write"]

Printed: TypeAlias = Mapping[str, str]
Grid: TypeAlias = list[list[str]]

FORM: Form = load("2021")
PATHS = tuple(path for path, field in FORM.fields.items() if not field.optional)
AGENCY, YEAR = "青石县水务局", 2023


class Numbers(dict[str, int | Decimal | None]):
    """A value for every cell by path; shown without the zeros."""

    def __repr__(self) -> str:
        shown = {path: value for path, value in self.items() if value != 0}
        return f"Numbers({shown!r}, 0 elsewhere)"

    def but(self, changed: Mapping[str, int | Decimal | None]) -> Numbers:
        """A copy with other values at some paths."""
        return Numbers({**self, **changed})


def printed(numbers: Mapping[str, int | Decimal | None]) -> dict[str, str]:
    """How a page prints these numbers; a None is a blank cell."""
    return {path: "" if value is None else str(value) for path, value in numbers.items()}


def write(layout: str, cells: Printed) -> str:
    """A report in one of the layouts."""
    return LAYOUTS[layout](cells)


# ---------------------------------------------------------------- what all layouts share


def _rows(table: Table) -> Iterator[tuple[Row, list[str]]]:
    """The rows of a table that every report prints, with the paths of their cells."""
    for block in table.blocks:
        for row in block.rows:
            if not row.optional:
                yield row, [join(table.name, row.name, column.name) for column in block.columns]


def _proactive(cells: Printed) -> Grid:
    table = FORM.table("proactive")
    grid: Grid = []
    for block in table.blocks:
        grid.append([block.caption or ""])
        grid.append([table.stub or "", *(column.label for column in block.columns)])
        for row in block.rows:
            values = [cells[join("proactive", row.name, c.name)] for c in block.columns]
            grid.append([row.label, *values])
    return grid


def _groups(row: Row, seen: set[str]) -> list[str]:
    """The cells left of a row's label: a group's label once, then the rest of its merged cell."""
    labels = {group.name: group.label for group in FORM.table("requests").groups}
    found = ["" if name in seen else labels[name] for name in row.groups]
    seen.update(row.groups)
    return found


def _disputes(cells: Printed) -> list[str]:
    ((_, paths),) = _rows(FORM.table("disputes"))
    return [cells[path] for path in paths]


RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")

HEADINGS = tuple(title.label for title in FORM.sections)

TITLE = f"{AGENCY}{YEAR}年政府信息公开工作年度报告"
FRONT = (
    f"本报告由{AGENCY}编制。数据的统计期限自{YEAR}年1月1日起至{YEAR}年12月31日止。"
    "如有疑问，请与局办公室联系（地址：青石县柳荫路9号；邮编：001122；电话：0100-5550123）。"
)
OVERVIEW = (
    "（一）主动公开。这一年水务局在县里的网站上登出各类消息128条，其中河道水位46条、供水公告82条。",
    "（二）依申请公开。收件、登记、答复都有专人，平均用时9个工作日。",
)
PROBLEMS = "一是小水库的数据更新慢，有3处晚了一个季度；二是图表不多。明年先从水位数据做起。"
OTHER = "本年未收取信息处理费，没有别的事项。"


# ---------------------------------------------------------------- Tika's indented cells


def tika(grid: Grid) -> str:
    """What Tika's rich-text handler writes: a tab before each cell, an empty line after a row."""
    return "".join("".join(f"\t{cell}\n" for cell in row) + "\n" for row in grid)


def _vertical(label: str) -> str:
    return "\n".join(label)


def _requests_body(cells: Printed, results: str, stray: str = "") -> Grid:
    seen: set[str] = set()
    grid: Grid = []
    for row, paths in _rows(FORM.table("requests")):
        groups = _groups(row, seen)
        if groups and groups[0]:
            groups[0] = results
        elif groups and groups[-1].startswith("（六）"):
            groups[0] = stray
        grid.append([*groups, row.label, *(cells[path] for path in paths)])
    return grid


def tika_broken(cells: Printed) -> str:
    """Vertical labels, a head broken in three, ghost rows, a stray 0, a bookmark."""
    note = FORM.table("requests").note or ""
    requests = [
        [note, "申请人情况"],
        ["", "自然人", "法人或其他组织", "总计"],
        ["", "", "商业", "科研", "社会\n公益\n组织", "法律\n服务\n机构", "其他", ""],
        ["", "", "企业", "机构", "", "", "", ""],
        *_requests_body(cells, "三、本年度办理结果", stray="0"),
    ]
    upright = [_vertical(label) for label in RESULTS]
    disputes = [
        ["行政复议", "行政诉讼"],
        [*upright, "未经复议直接起诉", "复议后起诉"],
        *([""] * 7 for _ in range(2)),
        [*[""] * 5, *upright, *upright],
        *([""] * 15 for _ in range(3)),
        _disputes(cells),
    ]
    return "\n".join((
        AGENCY, TITLE.removeprefix(AGENCY), "", FRONT, HEADINGS[0], *OVERVIEW,
        HEADINGS[1], tika(_proactive(cells)),
        HEADINGS[2], tika(requests),
        HEADINGS[3], tika(disputes),
        HEADINGS[4], PROBLEMS, HEADINGS[5], f"[bookmark: _GoBack]{OTHER}", " \n",
    ))


def tika_tall(cells: Printed) -> str:
    """A tall cell of twelve blank lines that cuts the table; section four under a wrong title."""
    note = FORM.table("requests").note or ""
    columns = [column.label for column in FORM.table("requests").blocks[0].columns]
    requests = [
        [note, "申请人情况"],
        ["", columns[0], "法人或其他组织", columns[-1]],
        ["", "", *columns[1:-1], ""],
        *_requests_body(cells, "\n" * 13 + "三、本年度办理结果"),
    ]
    disputes = [
        ["行政复议", "行政诉讼"],
        [*RESULTS, "未经复议直接起诉", "复议后起诉"],
        [*[""] * 5, *RESULTS, *RESULTS],
        _disputes(cells),
    ]
    return "\n".join((
        f"[bookmark: OLE_LINK3]{YEAR}年{AGENCY}", "政府信息公开工作年度报告", "", FRONT,
        "1、 总体情况", *OVERVIEW,
        HEADINGS[1], "全年登出供水公告82条，其中停水5条。", tika(_proactive(cells)) + "\n",
        HEADINGS[2], tika(requests) + "\n",
        "四、" + HEADINGS[2].partition("、")[2], tika(disputes) + "\n",
        HEADINGS[4], f"[bookmark: _GoBack]{PROBLEMS}", HEADINGS[5], OTHER,
        "", "", "", AGENCY, f"{YEAR + 1}年1月12日", "",
    ))


# ---------------------------------------------------------------- one cell a line, Traditional


@cache
def _converter() -> OpenCC:
    return OpenCC("s2t")


@cache
def _traditional(text: str) -> str:
    """Traditional script with the words of Taiwan that converters put in."""
    converted: str = _converter().convert(text)
    return converted.replace("文件", "檔案").replace("門戶網站", "入口網站").translate(_NARROW)


_NARROW = str.maketrans("（），：；", "(),:;")


def lines(cells: Printed, spaced: Sequence[bool] = (True, False, False)) -> str:
    """One cell a line in Traditional script, en spaces after numbers, page words at the end."""
    note = FORM.table("requests").note or ""
    labels = {group.name: group.label for group in FORM.table("requests").groups}
    count = 0

    def number(text: str) -> str:
        nonlocal count
        count += 1
        return text + "\u2002" if spaced[count % len(spaced)] else text

    requests = [
        note, "申请人情况", "自然人", "法人或其他组织", "总计",
        "商业", "企业", "科研", "机构", "社会公益组织", "法律服务机构", "其他",
    ]
    seen: set[str] = set()
    out: list[str] = []
    for row, paths in _rows(FORM.table("requests")):
        out.extend(labels[name] for name in row.groups if name not in seen)
        seen.update(row.groups)
        out.append(row.label)
        out.extend(number(cells[path]) for path in paths)
    disputes = ["行政复议", "行政诉讼", *RESULTS, "未经复议直接起诉", "复议后起诉", *RESULTS * 2]
    return "\n".join((
        _traditional(TITLE), "", _traditional(FRONT), "", _traditional(HEADINGS[0]),
        *map(_traditional, OVERVIEW),
        _traditional(HEADINGS[1]),
        *(cell if i and cell[:1].isdecimal() else _traditional(cell)
          for row in _proactive(cells) for i, cell in enumerate(row)),
        *map(_traditional, (HEADINGS[2], *requests, *out)),
        *map(_traditional, (HEADINGS[3], *disputes)), *_disputes(cells),
        *map(_traditional, (HEADINGS[4], PROBLEMS, HEADINGS[5], OTHER)),
        "", "相關閱讀", "", "回到頂部", "", "聯絡我們", "",
    ))


# ---------------------------------------------------------------- rows of tabs


def _narrow(label: str) -> str:
    """A label as these pages print it: half-width brackets, a blank behind the ordinal."""
    label = label.replace("，", ", ")
    if label[0] == "（":
        return label.replace("（", "(").replace("）", ") ", 1).replace("）", ")")
    return label.replace(".", ". ", 1) if label[0].isdigit() else label


def _tab_rows(cells: Printed, lost: str, keep: int) -> list[list[str]]:
    """The rows of the table of section three, from `lost` on with a label column fewer.

    `keep` is how many of the seven columns are left.
    """
    seen: set[str] = set()
    shifted = False
    grid: Grid = []
    for row, paths in _rows(FORM.table("requests")):
        shifted = shifted or row.name == lost
        head = [_narrow(group) if group else "" for group in _groups(row, seen)]
        if row.groups and row.groups[0] == "results" and head[0]:
            head[0] = "三、本年度办理结果"
        if shifted and row.groups:
            head = head[1:]
            if row.groups[-1] == "not_processed":
                head = []
        left = [*head, _narrow(row.label)]
        if len(left) == 1 and not (keep == 7 and shifted and row.groups == ("results",)):
            left.append("")
        numbers = [cells[path] for path in paths][:keep]
        line = [*left, *numbers]
        grid.append([*line, *[""] * (3 + keep - len(line))])
    return grid


def _tabbed(grid: Grid) -> list[str]:
    return ["\t".join(row) for row in grid]


def _tabs(cells: Printed, requests: Grid, title: str, glue: str) -> str:
    proactive = [[*row, *[""] * (4 - len(row))] for row in _proactive(cells)]
    repealed = proactive[1].index("本年废止件数")
    proactive[1][repealed] = "本年度止件数"
    names = [label[:2] + glue + label[2:] if len(label) == 4 else label for label in RESULTS]
    disputes = [
        ["行政复议", *[""] * 4, "行政诉讼", *[""] * 9],
        [*names, "未经复议直接起诉", *[""] * 4, "复议后起诉", *[""] * 4],
        [*[""] * 5, *names, *names],
        _disputes(cells),
    ]
    return "\n".join((
        "", "", title, "", FRONT, "", HEADINGS[0], "", *OVERVIEW, "", HEADINGS[1], "",
        *_tabbed(proactive), "", HEADINGS[2], "", *_tabbed(requests), "",
        HEADINGS[3], "", *_tabbed(disputes), "", HEADINGS[4], "", PROBLEMS, "",
        HEADINGS[5], "", OTHER, "",
    ))


def tabs_shifted(cells: Printed, lost: str = "outcomes.not_processed.confirm_or_reissue") -> str:
    """Rows of tabs, from one row on with the labels one column to the left."""
    note = "(" + (FORM.table("requests").note or "").strip("（）") + ")"
    columns = [column.label for column in FORM.table("requests").blocks[0].columns]
    requests = [
        [note, "", "申请人情况", *[""] * 5, columns[-1], ""],
        ["", "", columns[0], "法人或其他组织", *[""] * 6],
        ["", "", "", *columns[1:-1], "", ""],
        *_tab_rows(cells, lost, 7),
    ]
    return _tabs(cells, requests, f"{AGENCY} {YEAR} 年政府信息公开工作年度报告", " ")


def tabs_short(cells: Printed, lost: str = "outcomes.not_processed.duplicate") -> str:
    """Rows of tabs that have lost the column of totals."""
    note = "(" + (FORM.table("requests").note or "").strip("（）") + ")"
    columns = [column.label for column in FORM.table("requests").blocks[0].columns]
    requests = [
        [note, "", "申请人情况", *[""] * 5, columns[-1]],
        ["", "", columns[0], "法人或其他组织", *[""] * 5],
        ["", "", *columns[1:-1], "", ""],
        *_tab_rows(cells, lost, 6),
    ]
    return _tabs(cells, requests, f"{AGENCY} {YEAR} 年度政府信息公开 工作年度报告", "")


LAYOUTS: Mapping[str, Callable[[Printed], str]] = {
    "tika-broken": tika_broken,
    "lines": lines,
    "tabs-shifted": tabs_shifted,
    "tabs-short": tabs_short,
    "tika-tall": tika_tall,
}
