"""Whole tables: a label of every row, each followed by all its values; anything else is none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import gkparse
from building import built, distinct
from gkparse.form import load
from gkparse.rows import rows
from gkparse.shape import shape
from gkparse.tokens import extents
from gkparse.whole import whole_table
from layouts import LAYOUTS, PATHS, printed, write

FORM = load("2021")
SHAPES = {table.name: shape(FORM, table) for table in FORM.tables}
NUMBERS = distinct()
REQUESTS = [path for path in PATHS if path.startswith("requests.")]


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


@pytest.mark.parametrize("layout", ["tabs-shifted", "lines"])
def test_most_layouts_are_whole(layout: str) -> None:
    text = write(layout, printed(NUMBERS))
    assert whole(text) == [NUMBERS[path] for path in REQUESTS]


def without(text: str, line: str) -> str:
    assert text.count(f"\n{line}\n") == 1
    return text.replace(f"\n{line}\n", "\n")


DAMAGES: dict[str, Callable[[str], str]] = {
    "a value lost": lambda text: without(text, str(NUMBERS["requests.outcomes.granted.other"])),
    "a value doubled": lambda text: text.replace("（二）部分公开", "7\n（二）部分公开", 1),
    "a label lost": lambda text: without(text, "2.重复申请"),
    "a label doubled": lambda text: text.replace("\n2.重复申请\n", "\n2.重复申请\n2.重复申请\n", 1),
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
