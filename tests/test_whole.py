"""Whole tables: a label of every row, each followed by all its values; anything else is none."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

import gkparse
from building import built, distinct
from damaged_pages import damaged
from expectations import REPORTS, source_of
from gkparse.form import load
from gkparse.rows import rows
from gkparse.shape import shape
from gkparse.tables import Memory
from gkparse.tokens import extents
from gkparse.whole import whole_table
from layouts import LAYOUTS, PATHS, printed, write

FORM = load("2021")
SHAPES = {table.name: shape(FORM, table) for table in FORM.tables}
NUMBERS = distinct()


def whole(text: str, table: str = "requests") -> list[object] | None:
    """The values of a table in a text, row by row, if it is whole."""
    found = rows(text, "2021")
    own = [found[first:last] for name, first, last in extents(found) if name == table]
    reading = whole_table(SHAPES[table], own[0]) if len(own) == 1 else None
    if reading is None:
        return None
    return [
        slot.value.value if slot and slot.value else None
        for at in sorted(reading.rows) for slot in reading.rows[at].slots
    ]


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_what_is_whole_is_what_was_written_in_every_layout(layout: str) -> None:
    text = write(layout, printed(NUMBERS))
    for table, own in SHAPES.items():
        found = whole(text, table)
        if found is not None:
            written = [NUMBERS[path] for path in PATHS if path.startswith(f"{table}.")]
            assert list(map(str, found)) == list(map(str, written)), own.table.name


@pytest.mark.parametrize("table", sorted(SHAPES))
@pytest.mark.parametrize("layout", ["tabs-shifted", "lines"])
def test_most_layouts_are_whole(layout: str, table: str) -> None:
    text = write(layout, printed(NUMBERS))
    assert whole(text, table) == [NUMBERS[path] for path in PATHS if path.startswith(f"{table}.")]


def test_a_table_of_one_row_is_not_whole_where_its_heads_are_in_disorder() -> None:
    text = write("tabs-shifted", printed(NUMBERS))
    changed = text.replace("结果 维持\t结果 纠正", "结果 纠正\t结果 维持")
    assert changed != text
    assert whole(changed, "disputes") is None


def without(text: str, line: str) -> str:
    assert text.count(f"\n{line}\n") == 1
    return text.replace(f"\n{line}\n", "\n")


DAMAGES: dict[str, Callable[[str], str]] = {
    "a value lost": lambda text: without(text, str(NUMBERS["requests.outcomes.granted.other"])),
    "a value doubled": lambda text: text.replace("（二）部分公开", "7\n（二）部分公开", 1),
    "a label lost": lambda text: without(text, "2.重复申请"),
    "a label doubled": lambda text: text.replace("\n2.重复申请\n", "\n2.重复申请\n2.重复申请\n", 1),
    "a label doubled that is a head too": lambda text: text.replace("\n3.其他\n", "\n3.其他\n3.其他\n", 1),
    "a text behind a label": lambda text: text.replace("\n2.重复申请\n", "\n2.重复申请\n注\n", 1),
    "two labels exchanged": lambda text: text.replace("2.重复申请", "x").replace("3.要求提供公开出版物", "2.重复申请").replace("x", "3.要求提供公开出版物"),
    "a sign for a value": lambda text: without(text, str(NUMBERS["requests.received.other"])).replace("二、上年结转", "?\n二、上年结转"),
    "a text among the values": lambda text: text.replace(f"\n{NUMBERS['requests.received.other']}\n", f"\n{NUMBERS['requests.received.other']}\n注\n", 1),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_damaged_is_not_whole(damage: str) -> None:
    text = gkparse.render(built(NUMBERS), "lines")
    changed = DAMAGES[damage](text)
    assert changed != text
    assert whole(changed) is None


def test_heads_of_groups_that_are_exchanged_are_those_of_no_whole_table() -> None:
    text = write("tabs-shifted", printed(NUMBERS))
    heads, changed = "\t自然人\t法人或其他组织\t", "\t法人或其他组织\t自然人\t"
    assert text.count(heads) == 1
    assert whole(text.replace(heads, changed)) is None


def test_rows_in_another_order_than_the_form_are_not_whole() -> None:
    text = write("tabs-shifted", printed(NUMBERS))
    first = next(line for line in text.split("\n") if "重复申请" in line)
    second = next(line for line in text.split("\n") if "要求提供公开出版物" in line)
    assert text.count(f"{first}\n{second}\n") == 1
    assert whole(text.replace(f"{first}\n{second}\n", f"{second}\n{first}\n")) is None


def test_a_table_whose_totals_stand_before_their_parts_is_not_whole() -> None:
    lines = gkparse.render(built(NUMBERS), "lines").split("\n")
    lines.remove("总计")  # the first is the head of the column
    lines.insert(lines.index("自然人"), "总计")
    text = "\n".join(lines)
    assert whole(text) is not None  # heads of totals are put there by tools, without their values
    for row in {path.rpartition(".")[0] for path in PATHS if path.startswith("requests.")}:
        own = [str(NUMBERS[path]) for path in PATHS if path.rpartition(".")[0] == row]
        assert text.count("\n".join(own)) == 1
        text = text.replace("\n".join(own), "\n".join([own[-1], *own[:-1]]))
    assert whole(text) is None


@pytest.mark.parametrize("before", ["规章\n", "规章\n9\n"])
def test_a_row_that_was_begun_before_it_is_met_whole_is_not_whole(before: str) -> None:
    text = write("tabs-shifted", printed(NUMBERS))
    line = next(line for line in text.split("\n") if line.startswith("规章"))
    assert whole(text, "proactive") is not None
    assert whole(text.replace(line, before + line), "proactive") is None


def test_a_row_of_a_grid_is_whole_where_its_values_stand_together_below_the_heads_of_the_form() -> None:
    text = write("tabs-shifted", printed(NUMBERS))
    line = next(line for line in text.split("\n") if line.startswith("二、上年结转"))
    heads = next(line for line in text.split("\n") if "商业企业" in line)
    remarks = "\t\t自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计\t备注"
    label = line.split("\t")[0]
    together = text.replace(line, f"{label}\t\t\t1\t2\t3\t4\t5\t15\t30")
    assert whole(together) is not None
    assert whole(together.replace(heads, remarks)) is None
    assert whole(text.replace(line, f"{label}\t\t1\t\t2\t3\t4\t5\t15\t30")) is None


@pytest.mark.parametrize(
    ("rules", "documents", "told"),
    [
        ("1\t\t2\t3", "4\t\t5\t6", True),  # another column stands between those of the form
        ("1\t\t2\t3", "4\t5\t6\t", False),
        ("1\t\t2\t3", "4\t5\t\t6", False),
        ("1\t\t2\t3", "4\t5\t6", False),  # no other row has as many cells
        ("\t1\t2\t3", "4\t5\t6\t", True),  # no blank parts them
        ("1\t2\t3\t", "4\t5\t6", True),
    ],
)
def test_a_blank_between_values_is_none_of_the_form_where_another_row_has_it_too(
    rules: str, documents: str, told: bool
) -> None:
    lines = write("tabs-shifted", printed(NUMBERS)).split("\n")
    for label, cells in (("规章", rules), ("行政规范性文件", documents)):
        (at,) = [at for at, line in enumerate(lines) if line.startswith(f"{label}\t")]
        lines[at] = f"{label}\t{cells}"
    found = whole("\n".join(lines), "proactive")
    assert (found[:6] if found else None) == ([1, 2, 3, 4, 5, 6] if told else None)


def test_a_blank_between_values_of_one_row_alone_is_none_of_the_form_where_sums_tell() -> None:
    text = write("tabs-shifted", printed(NUMBERS))
    line = next(line for line in text.split("\n") if line.startswith("二、上年结转"))
    label = line.split("\t")[0]
    assert whole(text.replace(line, f"{label}\t\t1\t\t2\t3\t4\t5\t15\t30\t")) is not None


def test_a_text_among_the_values_of_the_one_row_of_a_table_is_none_of_a_whole_one() -> None:
    text = gkparse.render(built(NUMBERS), "lines")
    first = f"\n{NUMBERS['disputes.reconsideration.upheld']}\n"
    assert text.count(first) == 1
    assert whole(text.replace(first, f"{first}注\n"), "disputes") is None
    assert whole(text.replace(first, f"\n注{first}"), "disputes") == whole(text, "disputes") != None  # noqa: E711


def test_a_row_that_lacks_a_value_takes_none_from_the_next_line() -> None:
    # A cell was lost, and the next row begins with a stray number.
    text = write("tika-broken", printed(NUMBERS))
    lines = text.split("\n")
    at = next(at for at, line in enumerate(lines) if "5.要求行政机关确认" in line) + 1
    assert lines[at].strip() == str(NUMBERS["requests.outcomes.not_processed.confirm_or_reissue.natural_person"])
    assert whole("\n".join(lines[:at] + lines[at + 1 :])) is None


def test_a_value_left_of_a_label_is_told_and_the_table_is_whole() -> None:
    text = write("tabs-shifted", printed(NUMBERS))
    line = next(line for line in text.split("\n") if "保护第三方合法权益" in line)
    report = gkparse.parse(text.replace(line, f"6\t{line}"))
    assert [report.value(path) for path in PATHS] == [NUMBERS[path] for path in PATHS]
    (found,) = report.diagnostics
    assert (found.code, found.paths) == ("GK204", ("requests.outcomes.denied.third_party_rights",))
    assert found.span is not None
    assert report.source is not None
    assert report.source[found.span.start : found.span.end] == "6"
    assert "“6”" in found.message


@pytest.mark.parametrize(("strays", "told"), [(2, True), (3, False)])
def test_values_left_of_several_labels_may_number_their_rows(strays: int, told: bool) -> None:
    lines = write("tabs-shifted", printed(NUMBERS)).split("\n")
    first = next(at for at, line in enumerate(lines) if "保护第三方合法权益" in line)
    numbered = [f"6\t{line}" if first <= at < first + strays else line for at, line in enumerate(lines)]
    assert (whole("\n".join(numbered)) is not None) is told


def test_numbers_of_rows_are_no_values_left_of_their_labels() -> None:
    lines = write("tabs-shifted", printed(NUMBERS)).split("\n")
    start = next(at for at, line in enumerate(lines) if line.startswith("一、本年新收"))
    numbered = [
        f"{at - start}\t{line}" if start <= at < start + 20 else line for at, line in enumerate(lines)
    ]
    report = gkparse.parse("\n".join(numbered))
    assert [report.value(path) for path in PATHS] == [NUMBERS[path] for path in PATHS]


def test_as_many_values_on_either_side_of_a_label_are_not_whole() -> None:
    text = write("tabs-shifted", printed(NUMBERS))
    line = next(line for line in text.split("\n") if line.startswith("行政许可"))
    assert whole(text, "proactive") is not None
    assert whole(text.replace(line, f"9\t{line}"), "proactive") is None


def test_a_line_says_the_same_in_every_text() -> None:
    text = write("tabs-shifted", printed(NUMBERS))
    assert whole(text) == whole(f"{text}\n") == whole(f"上一页\n\n{text}")


def test_a_label_that_is_a_head_too_is_told_by_what_comes_next() -> None:
    # 其他 heads a column above the rows, and is a row of its own among them.
    text = write("tabs-shifted", printed(NUMBERS))
    assert text.count("其他") > 2
    assert whole(text.replace("3.其他\t", "其他\t")) == whole(text) != None  # noqa: E711


def test_padding_beside_whole_rows_is_no_blank_cell() -> None:
    text = write("tabs-shifted", printed(NUMBERS))
    padded = "\n".join(f"{line}\t" if line[:1] in "一二四" and line.count("\t") > 6 else line for line in text.split("\n"))
    assert padded != text
    assert whole(padded) == whole(text)


def told(text: str) -> object:
    """Each value of a text and where it stands, and what is said of them."""
    try:
        report = gkparse.parse(text)
    except gkparse.NotAReportError as error:
        return str(error)
    return [(path, cell.value, cell.printed, cell.span) for path, cell in report.cells()], report.diagnostics


def hold_alike(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """That pairing and alignment find in whole tables just what is found without them."""
    found = told(text)
    with monkeypatch.context() as patched:
        patched.setattr("gkparse.tables.whole_table", lambda *_: None)
        patched.setattr("gkparse.tables.MEMORY", Memory(1, 1))
        assert told(text) == found


@pytest.mark.parametrize("path", sorted(REPORTS.rglob("*.txt")), ids=lambda path: path.stem)
def test_a_whole_table_says_what_pairing_and_alignment_find(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hold_alike(source_of(path), monkeypatch)


# Pages on which some wrong condition of `whole` was once seen to show.
TELLING = (16, 41, 42, 92, 124, 126, 203, 217, 245, 252, 357, 765, 940, 1085, 1130)


@pytest.mark.parametrize("seed", [*(f"whole-{number}" for number in range(100)), *(f"dm{number}" for number in TELLING)])
def test_a_page_with_damage_is_never_read_as_whole_where_it_is_not(seed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    hold_alike(damaged(random.Random(seed.encode()))[1], monkeypatch)  # noqa: S311 - the same pages each time
