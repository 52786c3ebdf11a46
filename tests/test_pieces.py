"""Pieces: where a line is cut, and where each piece stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gkparse.form import load
from gkparse.pieces import cut


def texts(line: str) -> list[str]:
    return [piece.text for piece in cut(line, "2021")]


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        ("规章\t0\t12\t3", ["规章", "0", "12", "3"]),
        ("规章\t\t12\t", ["规章", "", "12", ""]),
        ("规章 | 0 | 12 | 3", ["规章", "0", "12", "3"]),
        ("| 规章 | 0 | | 3 |", ["规章", "0", "", "3"]),
        ("规章 0 12 3", ["规章", "0", "12", "3"]),
        ("1\t/\t3", ["1", "/", "3"]),
        ("1 | / | 3 |", ["1", "/", "3"]),
        ("规章  1,234  /  3", ["规章", "1,234", "/", "3"]),
        ("信息内容 本年制发件数 本年废止件数 现行有效件数",
         ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]),
        ("结果 维持\t结果 纠正", ["结果 维持", "结果 纠正"]),
        ("2. 其他法律行政法规禁止公开 1 2", ["2. 其他法律行政法规禁止公开", "1", "2"]),
        ("\u20020\u2002", ["0"]),
        ("", []),
        ("   \u3000 ", []),
        ("| --- | --- |", []),
        ("├────┼────┤", []),
        ("+------+------+", []),
    ],
)
def test_a_line_is_cut_into_its_cells(line: str, pieces: list[str]) -> None:
    assert texts(line) == pieces


@pytest.mark.parametrize(
    "line",
    [
        "2023 年，中心登出 73 条。",
        "全年共收到12件申请，其中3件转下年。",
        "柳荫路 9 号",
    ],
)
def test_running_text_stays_in_one_piece(line: str) -> None:
    (piece,) = cut(line, "2021")
    assert piece.text == line
    assert piece.value is None


def test_what_a_piece_says_by_itself() -> None:
    label, number, mark, blank = cut("行政许可\t3\t/\t", "2021")
    assert label.word is not None
    assert [entry.role for entry in label.word.entries] == ["row"]
    assert number.value is not None
    assert number.value.value == 3
    assert number.word is None
    assert mark.value is not None
    assert mark.value.kind == "mark"
    assert not mark.blank
    assert blank.blank


def test_a_label_with_a_number_in_it_is_no_value() -> None:
    for field in load("2021").fields.values():
        for part in field.label.split(" > "):
            assert all(piece.value is None for piece in cut(part, "2021")), part


@given(st.text("规章行政许可12 0\t|/—\u2002\u3000，。（）一、abO", max_size=60))
def test_pieces_stand_in_order_where_they_say(line: str) -> None:
    end = 0
    for piece in cut(line, "2021"):
        assert end <= piece.start <= piece.end <= len(line)
        if not piece.blank:
            assert line[piece.start : piece.end] == piece.text
            end = piece.end


@given(st.lists(st.integers(0, 10**8), min_size=1, max_size=15))
def test_numbers_in_a_row_of_tabs_are_all_there(numbers: list[int]) -> None:
    pieces = cut("\t".join(map(str, numbers)), "2021")
    assert [piece.value and piece.value.value for piece in pieces] == numbers


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        ("规章\t约 155\t3", ["规章", "约 155", "3"]),
        ("规章 约 155 3", ["规章", "约 155", "3"]),
        ("规章\t约   155\t3", ["规章", "约   155", "3"]),
        ("规章\t~ 20\t3", ["规章", "~ 20", "3"]),
        ("规章\t100 余\t3", ["规章", "100 余", "3"]),
        ("规章 100 余 3", ["规章", "100 余", "3"]),
        ("行政事业性收费\t12857 .", ["行政事业性收费", "12857 ."]),
        ("行政许可  ≥  20", ["行政许可  ≥", "20"]),
    ],
)
def test_a_number_that_is_no_exact_one_is_not_read(line: str, pieces: list[str]) -> None:
    found = cut(line, "2021")
    assert [piece.text for piece in found] == pieces
    vague = found[1].value
    assert vague is None or vague.kind == "unreadable"
    assert line[found[1].start : found[1].end] == pieces[1]


def test_a_word_that_makes_no_number_less_than_exact_stands_by_itself() -> None:
    assert texts("行政许可 多 20") == ["行政许可", "多", "20"]
    assert texts("行政许可 约 /") == ["行政许可", "约 /"]
    # Neither a label nor what stands for nothing is a number.
    assert texts("约 行政许可 20") == ["约", "行政许可", "20"]
    assert texts("规章 约 NaN 3") == ["规章", "约", "NaN", "3"]
    assert texts("规章 NaN 余 3") == ["规章", "NaN", "余", "3"]
    apart = cut("规章  ~  3  5", "2021")  # it stands for a value of its own
    assert [(piece.text, piece.value and piece.value.value) for piece in apart[1:]] == [("~", None), ("3", 3), ("5", 5)]
    assert texts("规章\t0 \x00\x00 77") == ["规章", "0", "", "77"]  # nothing stands between them


def test_a_word_makes_a_number_less_than_exact_in_any_cell_of_a_line() -> None:
    assert texts("规章\t行政许可 约 155 3") == ["规章", "行政许可", "约 155", "3"]
    assert texts("规章\t行政许可  ~  3  5") == ["规章", "行政许可", "~", "3", "5"]


def test_a_label_behind_one_that_ends_with_such_a_sign_is_a_label() -> None:
    first, label, number = cut("行政许可  ≥  规章 20", "2021")
    assert (first.text, label.text, label.value) == ("行政许可  ≥", "规章", None)
    assert number.value is not None
    assert number.value.value == 20


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        ("行政许可   ·   NaN  33", ["行政许可", "·", "NaN", "33"]),
        ("规章  ××", ["规章", "××"]),
        ("（一）予以公开   □   2", ["（一）予以公开", "□", "2"]),
        # One blank before it, and the sign is part of the label, as are those that labels have.
        ("规章 * 3", ["规章 *", "3"]),
        ("一  、  本年新收政府信息公开申请数量  3", ["一  、  本年新收政府信息公开申请数量", "3"]),
        ("现行有效   *件数  3", ["现行有效   *件数", "3"]),
    ],
)
def test_a_sign_far_behind_a_label_stands_for_a_value(line: str, pieces: list[str]) -> None:
    assert texts(line) == pieces
