"""Tokens and the tree: where tables begin and end, and how the grammar is found."""

from __future__ import annotations

from pathlib import Path

import pytest

import gkparse
from building import distinct
from gkparse import grammar
from gkparse.grammar import Part, tree
from gkparse.rows import rows
from gkparse.tokens import tokens
from layouts import LAYOUTS, printed, write

HEADING = "二、主动公开政府信息情况"


def kinds(text: str) -> list[tuple[str, int]]:
    """The tokens of a text, each with how many rows it is."""
    return [(token.type, len(token.rows)) for token in tokens(rows(text, "2021"))]


def parts(text: str) -> list[Part]:
    return tree(tokens(rows(text, "2021")))


def test_rows_whose_order_says_nothing_are_one_token() -> None:
    text = (
        f"今年的报告\n{HEADING}\n第二十条第（一）项\n信息内容\t本年制发件数\n规章\t1\t2\t3\n"
        "页脚\n行政许可\t4\n五、存在的主要问题及改进情况\n水位数据更新慢。\n"
    )
    assert kinds(text) == [
        ("PROSE", 1), ("HEADING", 1), ("PROACTIVE", 0), ("CAPTION", 1), ("LINES", 4), ("HEADING", 1),
        ("PROSE", 1),
    ]


def test_a_table_without_any_value_is_running_text() -> None:
    assert kinds(f"{HEADING}\n规章\n行政许可\n行政处罚\n") == [("HEADING", 1), ("PROSE", 3)]


def test_a_table_ends_before_a_heading_and_before_the_next_table() -> None:
    text = "行政许可\t3\n一、本年新收政府信息公开申请数量\t1\t0\t0\t0\t0\t0\t1\n四、结转下年度继续办理\t2\n"
    assert kinds(text) == [("PROACTIVE", 0), ("LINES", 1), ("REQUESTS", 0), ("LINES", 2)]


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_a_report_is_six_sections_with_three_tables(layout: str) -> None:
    front, *sections = parts(write(layout, printed(distinct())))
    assert front.heading is None
    assert not front.tables
    assert [[table.name for table in section.tables] for section in sections] == [
        [], ["proactive"], ["requests"], ["disputes"], [], [],
    ]
    assert all(section.heading for section in sections)


def test_running_text_is_in_its_section() -> None:
    text = f"前言。\n{HEADING}\n河道水位一天三报。\n行政许可\t3\n六、其他需要报告的事项\n没有。\n"
    front, second, sixth = parts(text)
    assert [text[row.start : row.end] for row in front.prose] == ["前言。"]
    assert [text[row.start : row.end] for row in second.prose] == ["河道水位一天三报。"]
    assert [text[row.start : row.end] for row in sixth.prose] == ["没有。"]


def test_no_text_is_a_tree_of_one_empty_part() -> None:
    (front,) = parts("")
    assert (front.heading, *front.prose, *front.tables) == (None,)


def test_the_grammar_is_found() -> None:
    text = grammar.source()
    assert "report: front section*" in text
    assert "REQUESTS" in text


def test_the_grammar_beside_the_sources_is_the_one_that_is_read() -> None:
    beside = Path(__file__).parents[1] / "grammars" / grammar.GRAMMAR
    if not beside.is_file():
        pytest.skip("the tests run without a checkout around them")
    assert grammar.source() == beside.read_text(encoding="utf-8")


def test_no_type_of_the_parser_generator_is_in_a_report() -> None:
    report = gkparse.parse(write("lines", printed(distinct())))
    assert "lark" not in repr(report).lower()
    assert "Token" not in repr(report)
