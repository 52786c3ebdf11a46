"""Rows: lines, and the indented cells of rich-text handlers."""

from __future__ import annotations

import pytest

from gkparse.rows import Row, rows
from layouts import tika


def shown(source: str) -> list[list[str]]:
    return [
        ["".join(piece.text.split()) for piece in row.pieces]
        for row in rows(source, "2021") if row.pieces
    ]


def at(source: str) -> list[str]:
    return [source[row.start : row.end] for row in rows(source, "2021") if row.pieces]


def test_a_line_is_a_row() -> None:
    source = "二、主动公开政府信息情况\n规章\t1\t2\t3\n\n行政许可\t4\n"
    assert shown(source) == [["二、主动公开政府信息情况"], ["规章", "1", "2", "3"], ["行政许可", "4"]]
    assert at(source) == ["二、主动公开政府信息情况", "规章\t1\t2\t3", "行政许可\t4"]


def test_indented_cells_are_a_row_up_to_the_empty_line() -> None:
    source = tika([["规章", "1", "2", "3"], ["行政许可", "4"]])
    assert shown(source) == [["规章", "1", "2", "3"], ["行政许可", "4"]]
    (first, second) = [row for row in rows(source, "2021") if row.pieces]
    assert source[first.pieces[0].start : first.pieces[0].end] == "规章"
    assert source[second.pieces[1].start : second.pieces[1].end] == "4"


def test_a_blank_indented_cell_is_a_blank_piece() -> None:
    (row,) = rows(tika([["规章", "", "2", ""]]), "2021")
    assert [piece.blank for piece in row.pieces] == [False, True, False, True]


def test_a_label_of_one_character_a_line_is_one_piece() -> None:
    assert shown(tika([["结\n果\n维\n持", "1"]])) == [["结果维持", "1"]]
    (row,) = rows(tika([["结\n果\n维\n持", "1"]]), "2021")
    assert row.pieces[0].word is not None


def test_text_around_indented_cells_is_rows_of_its_own() -> None:
    source = f"三、收到和处理政府信息公开申请情况\n{tika([['规章', '1']])}\n年底汇总。\n"
    assert shown(source) == [["三、收到和处理政府信息公开申请情况"], ["规章", "1"], ["年底汇总。"]]


def test_one_tab_within_a_line_makes_all_lines_rows() -> None:
    assert shown("\t规章\t1\n\t2\n") == [["", "规章", "1"], ["", "2"]]


def test_a_last_row_without_its_empty_line_is_a_row() -> None:
    assert shown("\t规章\n\t1\n\t2") == [["规章", "1", "2"]]


def test_long_text_and_sentences_are_prose_and_labels_are_not() -> None:
    def prose(text: str) -> bool:
        (row,) = rows(text, "2021")
        return isinstance(row, Row) and row.traits.prose

    assert prose("这一年收到的申请都已答复。")
    assert prose("木" * 41)
    assert not prose("木" * 40)
    assert not prose("行政许可")
    assert not prose("2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请")
    assert not prose("行政许可\t3")


MENU = "首页 行政许可 行政处罚 行政强制 行政事业性收费\n"


@pytest.mark.parametrize("menu", [MENU, MENU.replace(" ", "\t"), MENU.replace(" ", " | ")])
def test_a_menu_does_not_part_the_rows_of_a_grid(menu: str) -> None:
    table = "规章\t\t\t12\n行政规范性文件\t\t3\t12\n行政许可\t7\n行政处罚\t8\n行政强制\t9\n"
    assert shown(menu + table)[-5:] == [
        ["规章", "", "", "12"], ["行政规范性文件", "", "3", "12"], ["行政许可", "7"], ["行政处罚", "8"], ["行政强制", "9"],
    ]


def test_lines_that_hold_several_labels_with_their_values_are_no_rows() -> None:
    assert shown("行政许可 7 行政处罚 8\n行政强制 9 行政事业性收费 0\n") == [
        [text] for text in ("行政许可", "7", "行政处罚", "8", "行政强制", "9", "行政事业性收费", "0")
    ]
    assert shown("行政许可\t7\t行政处罚\t8\t行政强制\n9\t行政事业性收费\t0\n") == [
        [text] for text in ("行政许可", "7", "行政处罚", "8", "行政强制", "9", "行政事业性收费", "0")
    ]
