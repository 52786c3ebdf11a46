"""Blanks that a tool took away: placed where the sums leave one way, and flagged where they do not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

import gkparse
from accounting import alarms, misread, named, unaccounted
from building import distinct
from families import FAMILIES, Page
from gkparse.columns import width
from gkparse.form import join, load
from layouts import HEADINGS, PATHS, Numbers, printed

FORM = load("2021")
DISPUTES = [path for path in PATHS if path.startswith("disputes.")]
GROUPS = ("disputes.reconsideration", "disputes.litigation_direct",
          "disputes.litigation_after_reconsideration")
RESULTS = "结果维持\t结果纠正\t其他结果\t尚未审结\t总计"
HEADS = f"{HEADINGS[3]}\n行政复议\t行政诉讼\n{RESULTS}\t未经复议直接起诉\t复议后起诉\n{RESULTS}\t{RESULTS}\n"
END = f"\n{HEADINGS[4]}\n水位数据更新慢。\n"


def disputes(row: str, end: str = END) -> gkparse.Report:
    return gkparse.parse(HEADS + row + end)


def read(report: gkparse.Report) -> list[object]:
    return [report.value(path) for path in DISPUTES]


def codes(report: gkparse.Report, *, table: str = "disputes") -> list[tuple[str, str]]:
    return [(found.code, found.severity) for found in report.diagnostics
            if any(path.startswith(table) for path in found.paths)]


# ---------------------------------------------------------------- blanks stripped from a line

STRIPPED = [
    (["", "3", "", "", "3", *[""] * 9, ""], [None, 3, None, None, 3, *[None] * 10]),
    (["", "", "2", "", "2", "1", "", "", "", "1", "", "", "", "4", "4"],
     [None, None, 2, None, 2, 1, None, None, None, 1, None, None, None, 4, 4]),
    (["", "4", "", "3", "7", "", "1", "", "", "1", "", "2", "", "", "2"],
     [None, 4, None, 3, 7, None, 1, None, None, 1, None, 2, None, None, 2]),
]


@pytest.mark.parametrize(("cells", "values"), STRIPPED)
def test_a_row_that_lost_its_first_blanks_is_placed_by_its_sums(
    cells: list[str], values: list[object]
) -> None:
    report = disputes("\t".join(cells).lstrip("\t"))
    assert read(report) == values
    assert codes(report) == [("GK206", "info"), ("GK207", "info")]
    shown = {report.cell(path).status for path, value in zip(DISPUTES, values, strict=True) if value}
    assert shown == {"aligned"}


def test_a_row_that_lost_one_blank_of_fifteen() -> None:
    row = "3\t\t\t3\t\t\t\t\t\t\t\t\t\t"
    assert row.count("\t") + 1 == 14
    report = disputes(row)
    assert read(report) == [None, 3, None, None, 3, *[None] * 10]
    (found,) = [each for each in report.diagnostics if each.code == "GK206"]
    assert found.paths == GROUPS


@pytest.mark.parametrize(
    "row",
    [
        "3\t\t\t4\t\t\t\t\t\t\t\t\t\t",  # no sum comes out
        "3\t\t\t3\t\t\t\t\t\t5\t\t\t\t4",  # one does not
        "3\t\t\t\t\t\t\t\t\t\t\t\t\t",  # a value that nothing bears out
    ],
)
def test_a_row_that_does_not_add_up_is_not_placed_in_silence(row: str) -> None:
    report = disputes(row)
    assert "GK206" not in {code for code, _ in codes(report)}
    read_ = {path for path in DISPUTES if report.value(path) is not None}
    flagged = named(report.diagnostics)
    assert flagged & {"disputes", *GROUPS}
    assert all(path.rpartition(".")[0] in flagged or path in flagged for path in read_)


def test_a_row_that_the_text_ends_with_may_have_lost_its_end() -> None:
    row = "3\t\t\t3\t\t\t\t\t\t\t\t\t\t"
    report = disputes(row, "")
    assert [code for code, severity in codes(report) if code == "GK206"] == []
    assert alarms(report) != []


def test_a_row_that_adds_up_in_two_places_is_in_neither() -> None:
    report = disputes("6\t\t\t1\t7\t\t2\t\t\t2")
    assert read(report) == [None] * 15
    assert set(GROUPS) <= named(report.diagnostics)


def test_a_row_whose_values_stand_together_tells_nothing_of_its_blanks() -> None:
    report = disputes("\t".join("12345"))
    assert read(report) == [None] * 15
    assert set(GROUPS) & named(report.diagnostics) or "disputes" in named(report.diagnostics)


# ---------------------------------------------------------------- fixed columns without a label


def fixed_columns(cells: Sequence[str], *, right: bool = False) -> str:
    """The fifteen cells of the one row as blanks part them; a blank cell is blanks alone."""
    heads = RESULTS.split("\t") * 3
    full = [max(width(head), width(cell)) for head, cell in zip(heads, cells, strict=True)]

    def line(row: Sequence[str]) -> str:
        gaps = [" " * (most - width(cell)) for most, cell in zip(full, row, strict=True)]
        both = zip(row, gaps, strict=True)
        return "   ".join(gap + cell if right else cell + gap for cell, gap in both).rstrip()

    return f"{line(heads)}\n{line(cells)}"


@pytest.mark.parametrize("right", [False, True], ids=["left", "right"])
@pytest.mark.parametrize(
    "blank",
    [{0}, {14}, {1, 2, 3}, {5, 6, 7, 8}, {0, 2, 7, 11}, {1, 6, 11}],
    ids=lambda blank: "+".join(map(str, sorted(blank))),
)
def test_blanks_under_the_heads_of_fixed_columns_stand_where_they_are(
    blank: set[int], right: bool
) -> None:
    cells = [str(number) for number in distinct(5).values()][-15:]
    values = [None if at in blank else int(cell) for at, cell in enumerate(cells)]
    shown = ["" if at in blank else cell for at, cell in enumerate(cells)]
    text = f"{HEADINGS[3]}\n{fixed_columns(shown, right=right)}{END}"
    written = dict(zip(DISPUTES, values, strict=True))
    assert unaccounted(gkparse.parse(text), written) == []


def test_blank_parts_of_nothing_in_fixed_columns_are_read_and_not_flagged() -> None:
    cells = ["", "3", "", "", "3", *[""] * 4, "", "2", "", "", "1", "3"]
    text = f"{HEADINGS[3]}\n{fixed_columns(cells)}{END}"
    report = gkparse.parse(text)
    assert read(report) == [int(cell) if cell else None for cell in cells]
    assert {severity for _, severity in codes(report)} == {"info"}
    assert {report.cell(path).status for path in DISPUTES if report.value(path) is None} == {"blank"}


# ---------------------------------------------------------------- rows of a label alone

TABLE = FORM.table("requests")
(BLOCK,) = TABLE.blocks
COLUMNS = [column.name for column in BLOCK.columns]
SOUND: Mapping[str, int] = {
    "received": 11, "outcomes.granted": 5, "outcomes.denied.third_party_rights": 3,
    "outcomes.other_handling.other": 2, "outcomes.total": 10, "carried_forward": 1,
}


def requests(rows: Mapping[str, int], *, zeros: Sequence[str] = ()) -> tuple[gkparse.Report, Numbers]:
    """A table of tabs in which a row without a number is its label alone, and its numbers."""
    numbers = Numbers({p: None for p in PATHS if p.startswith("requests.")})
    labels = {group.name: group.label for group in TABLE.groups}
    lines = [HEADINGS[2], "\t".join(column.label for column in BLOCK.columns)]
    seen: set[str] = set()
    for row in BLOCK.rows:
        if row.optional:
            continue
        lines += [labels[name] for name in row.groups if name not in seen]
        seen.update(row.groups)
        if row.name in rows or row.name in zeros:
            number = rows.get(row.name, 0)
            cells = [number, *[None] * 5, number] if row.name in rows else [0] * 7
            numbers |= {join("requests", row.name, name): cell
                        for name, cell in zip(COLUMNS, cells, strict=True)}
            lines.append("\t".join([row.label, *("" if c is None else str(c) for c in cells)]))
        else:
            lines.append(row.label)
    return gkparse.parse("\n".join([*lines, HEADINGS[3], ""])), numbers


def without_values(rows: Mapping[str, int]) -> set[str]:
    return {f"requests.{row.name}" for row in BLOCK.rows if row.name not in rows and not row.optional}


def test_rows_of_a_label_alone_are_blank_where_no_zero_is_printed_and_all_adds_up() -> None:
    report, numbers = requests(SOUND)
    assert misread(report, numbers) == []
    assert {found.code for found in report.diagnostics if found.paths[:1] != ("proactive",)
            and found.severity != "info"} == {"GK103"}
    blank = {path for found in report.diagnostics if found.code == "GK207" for path in found.paths}
    assert blank >= without_values(SOUND)
    for row in without_values(SOUND):
        assert {report.cell(join(row, name)).status for name in COLUMNS} == {"blank"}


@pytest.mark.parametrize("row", ["outcomes.total", "outcomes.granted"])
def test_rows_of_a_label_alone_are_missing_where_the_sum_does_not_come_out(row: str) -> None:
    rows = {**SOUND, row: SOUND[row] + 1}
    report, numbers = requests(rows)
    assert misread(report, numbers) == []
    missing = {found.paths[0] for found in report.diagnostics if found.code == "GK201"}
    outcomes = {path for path in without_values(rows) if path.startswith("requests.outcomes.")}
    assert missing >= outcomes
    assert {found.severity for found in report.diagnostics if found.code == "GK201"} == {"error"}


def test_rows_of_a_label_alone_are_missing_where_a_zero_is_printed() -> None:
    report, numbers = requests(SOUND, zeros=["carried_over"])
    assert misread(report, numbers) == []
    missing = {found.paths[0] for found in report.diagnostics if found.code == "GK201"}
    assert missing == without_values({**SOUND, "carried_over": 0})


def test_a_row_that_lost_its_values_is_missing_as_the_rest_does_not_add_up() -> None:
    report, _ = requests({name: value for name, value in SOUND.items() if name != "outcomes.granted"})
    assert "requests.outcomes.granted" in named(report.diagnostics)
    assert report.cell("requests.outcomes.granted.total").status == "missing"


# ---------------------------------------------------------------- one value in a loose row


def spaced(but: dict[str, str]) -> str:
    """A cell a line, an empty line for a blank cell."""
    cells = printed(distinct(7)) | but
    return FAMILIES["cell-lines"](Page(cells))


ROW = "requests.outcomes.unavailable.not_held"


def only(column: str, value: str = "7") -> dict[str, str]:
    return {join(ROW, name): value if name == column else "" for name in COLUMNS}


@pytest.mark.parametrize("column", COLUMNS)
def test_a_lone_value_among_whole_rows_is_flagged_and_no_part(column: str) -> None:
    report = gkparse.parse(spaced(only(column)))
    assert {ROW, f"{ROW}.{column}"} & named(report.diagnostics)
    assert {report.value(join(ROW, name)) for name in COLUMNS[:-1]} == {None}


@pytest.mark.parametrize("column", COLUMNS)
def test_a_row_of_one_value_leaves_all_others_as_they_are(column: str) -> None:
    written = distinct(7).but({join(ROW, name): 7 if name == column else None for name in COLUMNS})
    assert unaccounted(gkparse.parse(spaced(only(column))), written) == []
