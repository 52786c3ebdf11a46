"""The statistics table of 2014: every indicator is read as printed, or the table is named."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gkparse
from accounting import named
from damages import doubled, without_lines
from gkparse.form import load

ROWS = load("2014").indicators
KEYS = [row.key for row in ROWS if row.unit]
TITLE = "青石县水务局2016年政府信息公开工作年度报告"
FRONT = f"{TITLE}\n\n青石县水务局编制本报告。全年登出供水公告82条。\n\n政府信息公开情况统计表\n"
HEADS = ["统计指标", "单位", "统计数"]

Cells: TypeAlias = list[list[str]]
Values: TypeAlias = Mapping[str, int | Decimal | None]


def grid(printed: Mapping[str, str]) -> Cells:
    """The rows of the table below its heads; a heading bears dashes."""
    return [[row.label, row.unit or "——", printed[row.key] if row.unit else "——"] for row in ROWS]


def tabs(rows: Cells) -> str:
    return "\n".join("\t".join(row) for row in [HEADS, *rows])


def cell_lines(rows: Cells) -> str:
    return "\n".join(cell for row in [HEADS, *rows] for cell in row)


def spaced_lines(rows: Cells) -> str:
    return "\n\n".join(cell for row in [HEADS, *rows] for cell in row)


def bars(rows: Cells) -> str:
    lines = [f"| {' | '.join(row)} |" for row in [HEADS, *rows]]
    return "\n".join([lines[0], "|---|---|---|", *lines[1:]])


def blanks(rows: Cells) -> str:
    return "\n".join(" ".join(row) for row in [HEADS, *rows])


def indented(rows: Cells) -> str:
    return "".join("".join(f"\t{cell}\n" for cell in row) + "\n" for row in [HEADS, *rows])


def html(rows: Cells) -> str:
    lines = ["<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in [HEADS, *rows]]
    return "\n".join(["<table>", *lines, "</table>"])


LAYOUTS: Mapping[str, Callable[[Cells], str]] = {
    "tabs": tabs, "cell-lines": cell_lines, "spaced-lines": spaced_lines, "bars": bars,
    "blanks": blanks, "indented": indented, "html": html,
}
each_layout = pytest.mark.parametrize("layout", sorted(LAYOUTS))

VALUES: dict[str, int | Decimal | None] = {key: at * 7 + 3 for at, key in enumerate(KEYS)}


def printed_of(values: Values) -> dict[str, str]:
    return {key: "" if value is None else str(value) for key, value in values.items()}


def write(layout: str, values: Values = VALUES, /, **but: str) -> str:
    return f"{FRONT}{LAYOUTS[layout](grid(printed_of(values) | but))}\n"


def read(report: gkparse.Report) -> dict[str | None, int | Decimal | None]:
    """What was read, by key; of a key that recurs, nothing that is certain."""
    found: dict[str | None, int | Decimal | None] = {}
    for each in report.indicators:
        found[each.key] = None if each.key in found else each.value
    return found


def wrong(report: gkparse.Report, values: Values = VALUES) -> list[tuple[str, object, object]]:
    """What is not read as written: the key, what was written and what was read."""
    found = read(report)
    return [(key, value, found.get(key)) for key, value in values.items() if found.get(key) != value]


def flagged(report: gkparse.Report) -> bool:
    return "indicators" in named(report.diagnostics)


amounts = st.decimals(0, 99_999, allow_nan=False, allow_infinity=False, places=2)
numbers = st.fixed_dictionaries({
    row.key: amounts if row.unit == "万元" else st.integers(0, 99_999_999)
    for row in ROWS if row.unit
})


# ---------------------------------------------------------------- a sound table


@each_layout
def test_every_indicator_is_read_with_its_key_unit_and_value(layout: str) -> None:
    report = gkparse.parse(write(layout))
    assert (report.form, report.agency, report.year) == ("2014", "青石县水务局", 2016)
    assert [(each.key, each.label, each.unit) for each in report.indicators] == [
        (row.key, row.label, row.unit) for row in ROWS if row.unit
    ]
    assert wrong(report) == []
    assert not flagged(report)


@each_layout
@given(values=numbers)
def test_whatever_numbers_it_prints_are_read(layout: str, values: Values) -> None:
    report = gkparse.parse(write(layout, values))
    assert wrong(report, values) == []
    assert not flagged(report)


@each_layout
def test_the_table_has_no_tables_of_the_newer_forms(layout: str) -> None:
    report = gkparse.parse(write(layout))
    assert (report.proactive, report.requests, report.disputes) == (None, None, None)
    assert list(report.cells()) == []


@each_layout
def test_it_survives_storing(layout: str) -> None:
    report = gkparse.parse(write(layout, special_budget="12.50", replies=""))
    assert gkparse.from_json(gkparse.to_json(report)) == report
    assert read(report)["special_budget"] == Decimal("12.5")


def test_a_count_is_an_int_and_an_amount_keeps_its_decimals() -> None:
    report = gkparse.parse(write("tabs", request_fees="0.35", replies="24.0"))
    found = read(report)
    assert (found["request_fees"], found["replies"]) == (Decimal("0.35"), 24)
    assert type(found["replies"]) is int


@pytest.mark.parametrize(
    ("printed", "value"), [("1,234", 1234), ("１２３", 123), (" 7 ", 7), ("0", 0), ("128件", 128)]
)
@each_layout
def test_a_number_in_other_spellings_is_read(layout: str, printed: str, value: int) -> None:
    report = gkparse.parse(write(layout, requests_received=printed))
    assert wrong(report, {**VALUES, "requests_received": value}) == []
    assert not flagged(report)


@each_layout
def test_labels_that_recur_are_told_by_their_order(layout: str) -> None:
    report = gkparse.parse(write(
        layout, reconsideration_corrected="2", litigation_corrected="5",
        reconsideration_other="1", litigation_other="4",
    ))
    found = read(report)
    assert (found["reconsideration_corrected"], found["litigation_corrected"]) == (2, 5)
    assert (found["reconsideration_other"], found["litigation_other"]) == (1, 4)


@pytest.mark.parametrize(
    ("long", "short"),
    [(row.label, row.aliases[0]) for row in ROWS if row.aliases],
)
def test_a_label_without_its_remark_is_the_same(long: str, short: str) -> None:
    report = gkparse.parse(write("tabs").replace(long, short))
    assert wrong(report) == []
    assert not flagged(report)


def test_the_unit_is_the_one_that_is_printed() -> None:
    text = write("tabs").replace("涉及商业秘密\t件", "涉及商业秘密\t次")
    (found,) = [each for each in gkparse.parse(text).indicators if each.key == "reply_denied_trade_secret"]
    assert found.unit == "次"


def test_a_table_without_units_is_read_and_has_none() -> None:
    text = FRONT + "\n".join(
        f"{label}\t{value}" for label, _, value in [HEADS, *grid(printed_of(VALUES))]
    )
    report = gkparse.parse(text + "\n")
    assert wrong(report) == []
    assert {each.unit for each in report.indicators} == {None}
    assert not flagged(report)


# ---------------------------------------------------------------- two columns side by side


def side_by_side(values: Values, apart: str) -> str:
    rows = grid(printed_of(values))
    half = (len(rows) + 1) // 2
    both = zip(rows[:half], [*rows[half:], [""] * 3], strict=False)
    return FRONT + "\n".join(apart.join([*one, *two]) for one, two in [(HEADS, HEADS), *both]) + "\n"


@pytest.mark.parametrize("apart", ["\t", " | "], ids=["tabs", "bars"])
def test_two_columns_side_by_side_are_right_or_flagged(apart: str) -> None:
    report = gkparse.parse(side_by_side(VALUES, apart))
    assert report.form == "2014"
    bad = {key for key, *_ in wrong(report)}
    assert flagged(report) or not bad
    # Only labels that recur may be taken for each other.
    assert bad <= {f"{one}_{two}" for one in ("reconsideration", "litigation")
                   for two in ("corrected", "other")}


# ---------------------------------------------------------------- what a page lacks or adds


@each_layout
@given(key=st.sampled_from(KEYS))
def test_an_indicator_without_a_value_is_none_and_named(layout: str, key: str) -> None:
    report = gkparse.parse(write(layout, **{key: ""}))
    assert wrong(report, {**VALUES, key: None}) == []
    (found,) = [each for each in report.diagnostics if each.code == "GK221"]
    assert (found.severity, found.paths) == ("warning", ("indicators",))
    label = next(row.label for row in ROWS if row.key == key)
    assert found.arguments["labels"] == label
    assert label in found.message


@each_layout
@pytest.mark.parametrize("mark", ["/", "—", "无"])
def test_a_mark_in_place_of_a_value_is_no_number_and_no_zero(layout: str, mark: str) -> None:
    report = gkparse.parse(write(layout, trainees=mark))
    assert wrong(report, {**VALUES, "trainees": None}) == []


def test_a_table_that_is_cut_off_names_how_many_it_lacks() -> None:
    text = write("tabs")
    report = gkparse.parse(text[: text.index("（二）申请办结数")])
    (found,) = [each for each in report.diagnostics if each.code == "GK221"]
    last = KEYS.index("requests_by_letter") + 1
    assert found.arguments["count"] == str(len(KEYS) - last)
    assert wrong(report, {key: VALUES[key] for key in KEYS[:last]}) == []


def test_a_row_of_its_own_is_kept_without_a_key_and_moves_no_other() -> None:
    text = write("tabs").replace(
        "（三）接受培训人员数", "（三）编印水务公开手册数\t个\t77\n（四）接受培训人员数"
    )
    report = gkparse.parse(text)
    (own,) = [each for each in report.indicators if each.key is None]
    assert (own.label, own.unit, own.value) == ("（三）编印水务公开手册数", "个", 77)
    assert wrong(report) == []
    assert not flagged(report)


@each_layout
def test_what_stands_behind_the_table_is_no_value(layout: str) -> None:
    report = gkparse.parse(f"{write(layout)}\n本表由办公室填报，共有58项指标，没有别的事项。\n")
    assert wrong(report) == []
    assert not flagged(report)


# ---------------------------------------------------------------- damage


@each_layout
@given(key=st.sampled_from(KEYS), letters=st.sampled_from(["1O", "l2", "3o", "I7"]))
def test_letters_for_digits_are_read_and_flagged(layout: str, key: str, letters: str) -> None:
    report = gkparse.parse(write(layout, **{key: letters}))
    value = int(letters.translate(str.maketrans("OolI", "0011")))
    assert wrong(report, {**VALUES, key: value}) == []
    (found,) = [each for each in report.diagnostics if each.code == "GK210"]
    assert (found.paths, found.severity) == (("indicators",), "warning")
    assert found.arguments["printed"] == letters


@each_layout
@given(key=st.sampled_from(KEYS), broken=st.sampled_from(["1?3", "12x", "十二", "3-5", "7,1"]))
def test_what_is_no_number_is_none_or_flagged(layout: str, key: str, broken: str) -> None:
    report = gkparse.parse(write(layout, **{key: broken}))
    assert {each for each, *_ in wrong(report)} <= {key}
    assert flagged(report)


@each_layout
@given(key=st.sampled_from(KEYS), stray=st.integers(0, 99_999))
def test_a_second_number_beside_a_value_is_flagged(layout: str, key: str, stray: int) -> None:
    apart = {
        "tabs": "\t", "cell-lines": "\n", "spaced-lines": "\n\n", "bars": " | ", "blanks": " ",
        "indented": "\n\t", "html": "</td><td>",
    }
    report = gkparse.parse(write(layout, **{key: f"{stray}{apart[layout]}{VALUES[key]}"}))
    assert {each for each, *_ in wrong(report)} <= {key}
    assert flagged(report)


@each_layout
@given(line=st.integers(0, 1000))
def test_a_line_that_is_lost_is_flagged_or_changes_nothing(layout: str, line: int) -> None:
    text = write(layout)
    damaged, _ = without_lines(text, {line}, {})
    report = gkparse.parse(damaged)
    assert flagged(report) or not wrong(report)


@each_layout
@given(line=st.integers(0, 1000))
def test_a_line_that_is_printed_twice_is_flagged_or_changes_nothing(layout: str, line: int) -> None:
    report = gkparse.parse(doubled(write(layout), line))
    bad = wrong(report)
    assert flagged(report) or not bad or all(value is None for *_, value in bad)


@each_layout
@given(place=st.floats(0, 1))
def test_a_table_that_breaks_off_is_flagged(layout: str, place: float) -> None:
    text = write(layout)
    table = text.index("一、主动公开情况")
    last = text.rindex(str(VALUES[KEYS[-1]]))
    try:
        report = gkparse.parse(text[: int(table + (last - table) * place)])
    except gkparse.NotAReportError:
        return  # too little is left of the table to tell it by
    assert report.form == "2021" or flagged(report)


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_a_blank_behind_the_last_label_moves_no_other_value(layout: str) -> None:
    text = write(layout, trainees="")
    values = {each.key: each.value for each in gkparse.parse(text).indicators}
    whole = {each.key: each.value for each in gkparse.parse(write(layout)).indicators}
    assert {key for key in whole if values.get(key) != whole[key]} <= {"trainees"}


def test_an_amount_in_another_unit_than_the_form_s_is_flagged_and_not_changed() -> None:
    report = gkparse.parse(write("tabs").replace("七、依申请公开信息收取的费用\t万元", "七、依申请公开信息收取的费用\t元"))
    (found,) = [each for each in report.diagnostics if each.code == "GK213"]
    assert (found.arguments["unit"], found.arguments["expected"]) == ("元", "万元")
    assert found.arguments["printed"] == str(VALUES["request_fees"])
    assert wrong(report) == []
