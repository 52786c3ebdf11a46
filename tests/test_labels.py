"""Labels in pieces: what lines and cells have broken is put together, or left alone."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gkparse.folding import fold
from gkparse.form import load
from gkparse.labels import Assembled, assemble
from gkparse.pieces import Piece, cut

FORM = load("2021")
ROWS = [row for block in FORM.table("requests").blocks for row in block.rows]
LONG = [row for row in ROWS if len(fold(row.label).key) >= 10 and not row.optional]


def pieces(*texts: str) -> list[Piece]:
    """The pieces of some lines."""
    return [piece for text in texts for piece in cut(text, "2021")]


def put(*texts: str) -> list[tuple[str, str]]:
    """The rows that some lines make up, with the pieces of each."""
    return [(ROWS[each.row].name, _said(each)) for each in assemble(FORM, "requests", pieces(*texts))]


def _said(found: Assembled) -> str:
    return "|".join(piece.text for piece in found.pieces)


CONFIRM = "outcomes.not_processed.confirm_or_reissue"
OVERDUE = "outcomes.other_handling.correction_overdue"
FEE = "outcomes.other_handling.fee_overdue"


@pytest.mark.parametrize(
    "lines",
    [
        ("5.要求行政机关确认或重新", "出具已获取信息"),
        ("5.要求行政机关", "确认或重新出", "具已获取信息"),
        ("5．要求行政机关确", "認或重新出具已獲取信息"),
        ("5.要求行政机关确认", "或 重 新 出 具 已 获 取", "信息"),
        ("要求行政机关确认或重新", "出具已获取信息"),
    ],
)
def test_a_label_over_several_lines(lines: tuple[str, ...]) -> None:
    ((row, _),) = put(*lines)
    assert row == CONFIRM


def test_values_between_the_lines_of_a_label_are_no_part_of_it() -> None:
    assert put("5.要求行政机关确认或重新", "1 2 3 4 5 6 21", "出具已获取信息") == [
        (CONFIRM, "5.要求行政机关确认或重新|出具已获取信息"),
    ]


def test_two_labels_that_begin_alike_are_told_apart() -> None:
    assert put(
        "1.申请人无正当理由逾期不", "补正、行政机关不再处理其政府", "信息公开申请",
        "2.申请人逾期未按收费通知要", "求缴纳费用、行政机关不再处理其", "政府信息公开申请",
    ) == [
        (OVERDUE, "1.申请人无正当理由逾期不|补正、行政机关不再处理其政府|信息公开申请"),
        (FEE, "2.申请人逾期未按收费通知要|求缴纳费用、行政机关不再处理其|政府信息公开申请"),
    ]


def test_pieces_of_a_group_in_between_are_passed_over() -> None:
    assert put(
        "（五）不予", "5.要求行政机关确认或重新", "处理", "出具已获取信息",
    ) == [(CONFIRM, "5.要求行政机关确认或重新|出具已获取信息")]
    assert put("三、本", "1.申请人无正当理由逾期不补", "年度办", "正、行政机关不再处理其政府信", "理结果",
               "息公开申请")[0][0] == OVERDUE


@pytest.mark.parametrize(
    "lines",
    [
        ("（六）其2.申请人逾期未按收费通知要求缴纳", "他处理费用、行政机关不再处理其政府信息公开申请"),
        ("2.申请人逾期未按收费通知要求缴纳", "他处理费用、行政机关不再处理其政府信息公开申请"),
    ],
)
def test_a_label_glued_to_the_head_of_its_group(lines: tuple[str, ...]) -> None:
    assert [row for row, _ in put(*lines)] == [FEE]


def test_characters_that_are_missing_at_the_end_leave_a_label_known() -> None:
    (found,) = assemble(FORM, "requests", pieces("5.要求行政机关确认或", "重新出具已获"))
    assert ROWS[found.row].name == CONFIRM
    assert not found.whole


def test_a_piece_from_the_middle_of_one_label_alone_is_telling() -> None:
    (found,) = assemble(FORM, "requests", pieces("逾期不补正、行政机关不再处理其政府", "信息公开申请"))
    assert ROWS[found.row].name == OVERDUE


@pytest.mark.parametrize(
    "lines",
    [
        (), ("今日天气晴",), ("申请",), ("5.要求行政",), ("公开申请",), ("1", "2"),
        ("行政机关不再处理其政府信息公开申请",),  # the end of two labels
        ("5.要求行政机关确认或重新", "河道水位一天三报"),
    ],
)
def test_too_little_of_a_label_is_none(lines: tuple[str, ...]) -> None:
    assert put(*lines) == []


def test_a_word_of_the_form_ends_the_label_before_it() -> None:
    assert put("5.要求", "总计", "行政机关确认或重新出具已获取信息") == [
        (CONFIRM, "行政机关确认或重新出具已获取信息")
    ]
    assert put("5.要求行政机关", "总计", "确认或重新出具已获取信息") == []
    assert put("5.要求行政机关", "1.属于国家秘密", "确认") == []


@given(row=st.sampled_from(LONG), places=st.lists(st.floats(0.05, 0.95), min_size=1, max_size=4))
def test_a_label_broken_anywhere_is_that_label_or_none(row: object, places: list[float]) -> None:
    label: str = getattr(row, "label")  # noqa: B009
    at = sorted({max(4, int(len(label) * place)) for place in places} | {0, len(label)})
    lines = [label[a:b] for a, b in pairwise(at)]
    assert {name for name, _ in put(*lines)} <= {getattr(row, "name")}  # noqa: B009


@given(row=st.sampled_from(LONG), place=st.floats(0.3, 0.8))
def test_a_label_broken_in_two_is_found(row: object, place: float) -> None:
    label: str = getattr(row, "label")  # noqa: B009
    at = max(5, int(len(label) * place))
    found = put(label[:at], label[at:])
    assert [name for name, _ in found] in ([getattr(row, "name")], [])  # noqa: B009
    if not any(piece.word for piece in pieces(label[:at], label[at:])):
        assert found != []


def test_a_label_s_rest_that_runs_into_the_head_of_a_group_goes_on_with_its_label() -> None:
    (own,) = put("1.属于国", "家秘密三、本年度办理结果")
    assert own == ("outcomes.denied.state_secret", "1.属于国|家秘密三、本年度办理结果")
