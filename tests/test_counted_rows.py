"""Numbers that count the rows of a table behind their labels, beside cells that are blank."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

import gkparse
from accounting import is_named, named

ROWS = ["规章", "行政规范性文件", "行政许可", "行政处罚", "行政强制", "行政事业性收费"]
HEADS = ["本年制发件数", "本年废止件数", "现行有效件数"]
NAMES = ["rules", "normative_documents", "licensing", "penalties", "compulsory_measures", "fees"]
CELLS = ["issued", "repealed", "in_force"], ["decisions"], ["amount"]
PATHS = [
    [f"proactive.{name}.{cell}" for cell in CELLS[0 if at < 2 else 1 if at < 5 else 2]] for at, name in enumerate(NAMES)
]
VALUES = [["12", "0", "31"], ["40", "7", "55"], ["203"], ["64"], ["9"], ["0"]]
EACH = [(row, at) for row in range(6) for at in range(len(VALUES[row]))]


def lines(values: Sequence[Sequence[str]], *, head: str = "行次", start: int = 1) -> list[list[str]]:
    """A table with a column of numbers behind that of the labels."""
    found = [["信息内容", head, *HEADS]]
    return found + [[label, str(start + at), *own] for at, (label, own) in enumerate(zip(ROWS, values, strict=True))]


def but(row: int, at: int) -> list[list[str]]:
    return [["" if (row, at) == (r, c) else value for c, value in enumerate(own)] for r, own in enumerate(VALUES)]


def wrong(report: gkparse.Report, values: Sequence[Sequence[str]]) -> list[str]:
    """The cells that are neither what was written nor named."""
    paths = named(report.diagnostics)
    written = {path: value for own, found in zip(PATHS, values, strict=True) for path, value in zip(own, found, strict=True)}
    return [
        path for path, value in written.items()
        if report.value(path) != (int(value) if value else None)
        and not is_named(path, paths, lost=report.value(path) is None)
    ]


@pytest.mark.parametrize("sign", ["\t", " | ", "  ", "\n"])
@pytest.mark.parametrize("start", [1, 4])
def test_rows_are_read_without_the_numbers_that_count_them(sign: str, start: int) -> None:
    report = gkparse.parse("\n".join(sign.join(row) for row in lines(VALUES, start=start)))
    assert wrong(report, VALUES) == []
    assert [report.value(own[0]) for own in PATHS] == [int(own[0]) for own in VALUES]


@pytest.mark.parametrize("sign", ["\t", " | ", "  ", "\n"])
@pytest.mark.parametrize("head", ["行次", ""])
@pytest.mark.parametrize(("row", "at"), EACH)
def test_no_number_of_a_row_is_taken_for_a_value_beside_a_blank(sign: str, head: str, row: int, at: int) -> None:
    values = but(row, at)
    text = "\n".join(sign.join(own) for own in lines(values, head=head))
    assert wrong(gkparse.parse(text), values) == []


@pytest.mark.parametrize("lost", range(6))
def test_numbers_count_rows_one_of_which_is_lost(lost: int) -> None:
    table = lines(but(1, 0))
    del table[lost + 1]
    report = gkparse.parse("\n".join("\t".join(row) for row in table))
    kept = [at for at in range(6) if at != lost]
    values = but(1, 0)
    assert [path for path in wrong(report, values) if any(path in PATHS[at] for at in kept)] == []


def test_rows_that_may_begin_with_their_number_are_doubted_where_none_has_one_value_too_many() -> None:
    values = [["12", "31"], ["40", "55"], [], [], [], []]
    text = "\n".join("  ".join(row) for row in lines(values))
    assert {f"proactive.{name}" for name in NAMES} <= named(gkparse.parse(text).diagnostics)


@pytest.mark.parametrize("blank", [False, True])
def test_numbers_before_labels_that_stand_behind_their_values_are_left_out(*, blank: bool) -> None:
    values = but(0, 1) if blank else VALUES
    table = [f"{'  '.join(value for value in own if value)}\n{at}  {ROWS[at]}" for at, own in enumerate(values, 1 - 1)]
    report = gkparse.parse("\n".join(["信息内容", *HEADS, *table]))
    assert wrong(report, values) == []


def test_values_that_follow_each_other_in_a_few_rows_are_values() -> None:
    text = "规章\t1\t0\t3\n行政规范性文件\t2\t0\t4\n行政许可\t3\n行政处罚\t4\n"
    assert gkparse.parse(text).value("proactive.licensing.decisions") == 3
