"""What tools cut off or write over, and cells that hold a line end: read where nothing else can be meant."""

from __future__ import annotations

import pytest

import gkparse
from accounting import alarms, misread, named, unaccounted
from building import built, distinct
from families import FAMILIES, Page
from gkparse.form import load
from gkparse.markup import plain, view
from gkparse.pieces import cut
from gkparse.vocabulary import vocabulary
from layouts import HEADINGS, PATHS, printed, write

NUMBERS = distinct(11)
BARS = FAMILIES["bar-rows"](Page(printed(NUMBERS)))
FORM = load("2021")
OUTCOMES = [row.name for row in FORM.table("requests").blocks[0].rows
            if row.name.startswith("outcomes.") and row.name != "outcomes.total" and not row.optional]


def codes(report: gkparse.Report) -> list[str]:
    return [found.code for found in alarms(report)]


# ---------------------------------------------------------------- labels cut off

CORRECTION = "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"
ROW = "requests.outcomes.other_handling.correction_overdue"


@pytest.mark.parametrize("mark", ["…", "...", "\ufffd", "……", "\ufffd\ufffd"])
@pytest.mark.parametrize("length", [10, 14, 20])
def test_a_label_that_was_cut_off_is_known_by_its_beginning(mark: str, length: int) -> None:
    text = BARS.replace(CORRECTION, CORRECTION[:length] + mark)
    report = gkparse.parse(text)
    assert misread(report, NUMBERS) == []
    assert alarms(report) == []
    (found,) = [each for each in report.diagnostics if each.code == "GK212"]
    assert (found.severity, found.paths) == ("info", (ROW,))
    assert found.arguments["printed"] == CORRECTION[:length] + mark


@pytest.mark.parametrize("family", ["markdown", "csv", "html", "mediawiki", "box", "lists"])
def test_a_label_that_was_cut_off_is_known_in_every_grid(family: str) -> None:
    text = FAMILIES[family](Page(printed(NUMBERS))).replace(CORRECTION, CORRECTION[:13] + "…")
    report = gkparse.parse(text)
    assert misread(report, NUMBERS) == []
    assert alarms(report) == []


def test_beginnings_of_several_labels_are_none() -> None:
    words = vocabulary("2021")
    assert words.nearest("（一）政府信息…") is None
    for label in ("本年", "2.申请", "1.", "…"):
        assert words.nearest(label + "…") is None


@pytest.mark.parametrize("begun", ["申请人逾期未按收费…", "2.申请人逾期未…", "申请人逾期未按收费通知\ufffd"])
def test_a_beginning_of_one_label_is_that_label(begun: str) -> None:
    word = vocabulary("2021").nearest(begun)
    assert word is not None
    assert word.misprint
    entry = word.entry("row", "requests")
    assert entry is not None
    assert FORM.table("requests").blocks[0].rows[entry.index].name == "outcomes.other_handling.fee_overdue"


def test_a_text_that_is_only_short_is_no_label() -> None:
    assert vocabulary("2021").nearest("申请人逾期未按收") is None
    text = BARS.replace(CORRECTION, CORRECTION[:13])
    assert unaccounted(gkparse.parse(text), NUMBERS) == []
    assert ROW in named(gkparse.parse(text).diagnostics)


@pytest.mark.parametrize("length", range(9))
def test_a_label_of_which_little_is_left_is_right_or_flagged(length: int) -> None:
    text = BARS.replace(CORRECTION, CORRECTION[:length] + "…")
    assert unaccounted(gkparse.parse(text), NUMBERS) == []


# ---------------------------------------------------------------- numbers over another text


@pytest.mark.parametrize(
    ("cell", "value"),
    [("45\ufffd\ufffd", 45), ("0\ufffd业性收费", 0), ("12业性收费\ufffd", 12), ("7、行政\ufffd", 7)],
)
def test_a_number_over_the_rest_of_a_text_is_read_and_flagged(cell: str, value: int) -> None:
    path = "proactive.licensing.decisions"
    report = gkparse.parse(FAMILIES["bar-rows"](Page(printed(NUMBERS) | {path: cell})))
    assert misread(report, NUMBERS.but({path: value})) == []
    assert [(found.code, found.severity, found.paths) for found in alarms(report)] == [
        ("GK210", "warning", (path,))
    ]
    assert report.cell(path).printed == cell
    assert report.cell(path).status == "repaired"


def test_a_number_over_the_rest_of_a_text_needs_a_cut_character_in_its_line() -> None:
    path = "proactive.fees.amount"
    line = next(line for line in BARS.split("\n") if line.startswith("行政事业性收费"))
    amount = str(NUMBERS[path])
    cells = {"with": f"行政事\ufffd\ufffd | {amount}业性收费 |", "without": f"行政事业性收费 | {amount}业性收费 |"}
    with_, without = (
        gkparse.parse(BARS.replace(line, cells[which])) for which in ("with", "without")
    )
    assert without.value(path) is None
    assert {path, "proactive.fees"} & named(without.diagnostics)
    assert unaccounted(with_, NUMBERS) == []
    assert {path, "proactive.fees"} & named(with_.diagnostics)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("行政许可\t45\ufffd\ufffd", [("行政许可", None), ("45\ufffd\ufffd", 45)]),
        ("行政许可\t0业性收费\t\ufffd", [("行政许可", None), ("0业性收费", 0), ("\ufffd", None)]),
        ("行政许可\t12.5\ufffd", [("行政许可", None), ("12.5\ufffd", 12.5)]),
        ("行政许可\t0业性收费", [("行政许可", None), ("0业性收费", None)]),
        ("行政许可\t\ufffd45", [("行政许可", None), ("\ufffd45", None)]),
    ],
)
def test_cells_of_a_line_in_which_characters_were_cut(
    line: str, found: list[tuple[str, float | None]]
) -> None:
    pieces = cut(line, "2021")
    assert [(p.text, p.value and p.value.value) for p in pieces] == found
    assert all(p.value is None or p.value.repaired for p in pieces)


def test_a_long_rest_of_a_text_is_no_number() -> None:
    (_, piece) = cut("行政许可\t16件申请都已答复完毕并且公开\ufffd", "2021")
    assert piece.value is None


# ---------------------------------------------------------------- cells that hold a line end


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_quoted_cell_at_the_start_of_a_line_is_one_cell(end: str) -> None:
    source = f'"结果{end}维持"\t"结果\n纠正"\t总计{end}1\t2\t3{end}'
    shown = plain(view(source)).split("\n")
    assert ["".join(cell.split()) for cell in shown[0].split("\t")] == ["结果维持", "结果纠正", "总计"]
    assert len(view(source)) == len(source)


def test_a_quoted_cell_at_the_start_of_a_row_of_values_is_its_label() -> None:
    text = write("tabs-shifted", printed(NUMBERS)).replace(
        "行政处罚\t", '"行政\n处罚"\t'
    ).replace("行政强制\t", '"行政强\n制"\t')
    assert text.count('"') == 4
    report = gkparse.parse(text)
    assert misread(report, NUMBERS) == []
    assert alarms(report) == []


def test_quoted_heads_of_section_four_change_nothing() -> None:
    text = write("tabs-shifted", printed(NUMBERS))
    head, _, rest = text.partition(HEADINGS[3])
    rest = rest.replace("结果 维持", '"结果\n维持"').replace("其他 结果", '"其他\n结果"')
    assert rest.count('"') == 12
    report = gkparse.parse(head + HEADINGS[3] + rest)
    assert misread(report, NUMBERS) == []
    assert alarms(report) == []
    for path in PATHS:
        cell = report.cell(path)
        assert cell.printed == str(NUMBERS[path])


@pytest.mark.parametrize(
    "source", ['他说"好\n的"\t就走', '"好"\t1\n', '"好\n', '"甲\n乙" 丙\t1\n'],
    ids=["within", "no-line-end", "open", "no-tab-behind"],
)
def test_other_quotes_stay_as_they_are(source: str) -> None:
    assert view(source) == source


# ---------------------------------------------------------------- sums name all their parts

SUMMED = ["natural_person", "other", "total"]


@pytest.mark.parametrize("column", SUMMED)
@pytest.mark.parametrize("row", ["outcomes.granted", "outcomes.denied.state_secret", "outcomes.total"])
def test_a_column_that_does_not_add_up_names_every_outcome_also_zeros(
    column: str, row: str
) -> None:
    numbers = distinct(3, zeros=0.8)
    zeros = [name for name in OUTCOMES if numbers[f"requests.{name}.{column}"] == 0]
    path = f"requests.{row}.{column}"
    report = built(numbers.but({path: int(numbers[path] or 0) + 1}))
    (found,) = [each for each in gkparse.check(report) if each.code == "GK302"]
    assert found.paths == (
        f"requests.outcomes.total.{column}", *(f"requests.{name}.{column}" for name in OUTCOMES)
    )
    assert column == "total" or len(zeros) > 5
    assert {f"requests.{name}.{column}" for name in zeros} <= set(found.paths)


@pytest.mark.parametrize("family", ["bar-rows", "cell-lines", "one-line"])
def test_a_number_moved_to_another_row_is_named_with_the_zero_that_it_left(family: str) -> None:
    one, two = "requests.outcomes.granted.natural_person", "requests.outcomes.denied.state_secret.natural_person"
    zeros = dict.fromkeys(PATHS, 0)
    numbers = NUMBERS.but(zeros | {two: 4, "requests.outcomes.total.natural_person": 5})
    report = gkparse.parse(FAMILIES[family](Page(printed(numbers))))
    assert misread(report, numbers) == []
    sums = [each for each in report.diagnostics if each.code == "GK302"]
    assert sums
    assert {one, two} <= set(sums[0].paths)


def test_a_balance_and_a_row_that_do_not_add_up_name_all_of_theirs() -> None:
    numbers = NUMBERS.but(dict.fromkeys(PATHS, 0) | {"requests.received.other": 2})
    found = {each.code: each.paths for each in gkparse.check(built(numbers))}
    assert found["GK301"] == tuple(
        f"requests.{row}.other"
        for row in ("outcomes.total", "carried_forward", "received", "carried_over")
    )
    assert found["GK303"] == ("requests.received.total", *(
        f"requests.received.{column.name}"
        for column in FORM.table("requests").blocks[0].columns[:-1]
    ))


def test_a_sum_of_section_four_names_its_zeros() -> None:
    numbers = NUMBERS.but(dict.fromkeys(PATHS, 0) | {"disputes.litigation_direct.total": 3})
    (found,) = gkparse.check(built(numbers))
    assert found.paths == tuple(
        f"disputes.litigation_direct.{name}"
        for name in ("total", "upheld", "corrected", "other", "pending")
    )
