"""What formats have now and then: signs within cells, tables within tables, and what is left open."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import gkparse
from building import distinct
from gkparse.markup import view
from gkparse.sheet import Sheet
from layouts import PATHS
from test_formats import coloured, held, page, sheets, tex, typst


def marked(sign: str) -> Callable[[Sheet], str]:
    """Markdown rows whose cells stand in a sign of emphasis, code or mathematics."""
    return lambda drawn: "\n".join(
        "| " + " | ".join(f"{sign}{cell}{sign}" if cell else "" for cell in row) + " |" for row in drawn.grid()
    )


def linked(drawn: Sheet) -> str:
    return "\n".join("| " + " | ".join(f"[{cell}](/a/{at})" for at, cell in enumerate(row)) + " |" for row in drawn.grid())


def bulleted(drawn: Sheet) -> str:
    return "\n".join(f"- {box.text}" for row in drawn.rows() for box in row if box.text)


def losing_escapes(drawn: Sheet) -> str:
    return coloured(drawn).replace("\x1b", "")


def bracketed(drawn: Sheet) -> str:
    return "\n".join("【" + "】【".join(row) + "】" for row in drawn.grid())


@pytest.mark.parametrize(
    "table", [marked("*"), marked("_"), marked("`"), marked("$"), linked, bulleted, losing_escapes, bracketed],
    ids=["stars", "lines", "code", "mathematics", "links", "bullets", "escapes lost", "brackets"],
)
def test_signs_around_each_cell_are_no_part_of_it(table: Callable[[Sheet], str]) -> None:
    numbers = distinct(41)
    held(page([table(drawn) for drawn in sheets(numbers)]), numbers)


@pytest.mark.parametrize(("table", "end"), [(tex, "\\end{longtable}"), (typst, ")\n")])
def test_a_table_that_is_left_open_is_read_to_its_end(table: Callable[[Sheet], str], end: str) -> None:
    numbers = distinct(42)
    text = page([table(drawn) for drawn in sheets(numbers)])
    assert text.count(end) >= 3
    cut = text[: text.rindex(end)]
    assert len(view(cut)) == len(cut)
    report = gkparse.parse(cut)
    assert {path for path in PATHS if report.value(path) not in (numbers[path], None)} == set()
    assert report.value("requests.received.total") == numbers["requests.received.total"]


def test_a_table_within_a_table_of_tex_belongs_to_it() -> None:
    numbers = distinct(43)
    text = page([tex(drawn) for drawn in sheets(numbers)])
    label = "一、本年新收政府信息公开申请数量"
    inner = f"\\begin{{tabular}}{{l}}{label}\\end{{tabular}}"
    assert label in text
    held(text.replace(label, inner, 1), numbers)


def test_escaped_signs_of_tex_are_what_they_show() -> None:
    numbers = distinct(44)
    held(page([tex(drawn).replace("总计", "总计\\_") for drawn in sheets(numbers)]), numbers)


def test_commas_above_rows_of_values_part_heads() -> None:
    heads = "类别,结果维持,结果纠正,其他结果,尚未审结,总计\n"
    other = "附注一,附注二,附注三\n附注四,附注五\n"
    rows = "行政复议,1,0,2,0,3\n未经复议直接起诉,4,1,0,0,5\n复议后起诉,0,0,2,1,3\n"
    report = gkparse.parse(f"{other}四、政府信息公开行政复议、行政诉讼情况\n{heads}{rows}")
    assert [report.value(path) for path in PATHS if path.startswith("disputes.")] == [1, 0, 2, 0, 3, 4, 1, 0, 0, 5, 0, 0, 2, 1, 3]


def test_parentheses_quotes_and_tables_within_a_cell_of_typst_are_part_of_it() -> None:
    numbers = distinct(45)
    text = page([typst(drawn) for drawn in sheets(numbers)])
    label = "一、本年新收政府信息公开申请数量"
    assert f"[{label}]" in text
    report = gkparse.parse(text.replace(f"[{label}]", f'[#text("")(#table(columns: 1, [{label}]))]', 1))
    assert {path for path in PATHS if report.value(path) != numbers[path]} == set()


def test_a_cell_of_typst_that_is_left_open_ends_with_the_text() -> None:
    numbers = distinct(46)
    text = page([typst(drawn) for drawn in sheets(numbers)])
    last = str(numbers["disputes.litigation_after_reconsideration.total"])
    cut = text[: text.rindex(last) + len(last)]
    assert len(view(cut)) == len(cut)
    assert gkparse.parse(cut).value("requests.received.total") == numbers["requests.received.total"]


def test_backslashes_and_ampersands_of_running_text_are_no_table_of_tex() -> None:
    text = "甲\\\\乙 & 丙"
    assert view(text).replace("\0", "") == "甲\\乙 & 丙"


def test_spans_within_spans_are_masked_four_deep() -> None:
    assert view("| [[[[1]{.a}]{.b}]{.c}]{.d} |").replace("\0", "") == "| 1 |"
    assert view("| [[[[[1]{.a}]{.b}]{.c}]{.d}]{.e} |").replace("\0", "") == "| [1]{.e} |"


def test_more_rows_without_values_than_heads_have_are_text() -> None:
    rows = "甲,乙,丙,丁,戊,己\n" * 4 + "规章,1,0,2,0,3\n收费,1,2,3,4,10\n其他,1,2,3,4,10\n"
    assert view(rows).split("\n")[:2] == ["甲,乙,丙,丁,戊,己", "甲\t乙\t丙\t丁\t戊\t己"]


def test_rows_of_heads_stand_above_one_with_values() -> None:
    heads = "类别,行政复议,行政复议,行政复议,行政复议,行政复议\n,结果维持,结果纠正,其他结果,尚未审结,总计\n"
    numbers = "件数,1,0,2,0,3\n收费,1,2,3,4,10\n其他,1,2,3,4,10\n"
    assert view(heads + numbers).split("\n")[1] == "\t结果维持\t结果纠正\t其他结果\t尚未审结\t总计"
    assert view(heads + numbers).split("\n")[0] == "类别\t行政复议\t行政复议\t行政复议\t行政复议\t行政复议"
