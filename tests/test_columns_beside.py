"""A column beside those of the form: what a row prints is read below its own head, or doubted."""

from __future__ import annotations

import random

import pytest

import gkparse
from accounting import alarms, unaccounted
from gkparse.disorder import below_others, elsewhere
from gkparse.form import load
from gkparse.rows import Line, rows
from gkparse.shape import shape
from strategies import COLUMNS, GROUPS

HEADS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
ROWS = {
    "received": ("一、本年新收政府信息公开申请数量", ""),
    "carried_over": ("二、上年结转政府信息公开申请数量", ""),
    "outcomes.granted": ("三、本年度办理结果", "（一）予以公开"),
    "outcomes.denied.state_secret": ("（三）不予公开", "1.属于国家秘密"),
    "outcomes.denied.prohibited_by_law": ("", "2.其他法律行政法规禁止公开"),
    "outcomes.total": ("", "（七）总计"),
    "carried_forward": ("四、结转下年度继续办理", ""),
}
LABEL = ROWS["received"][0]
TITLE = "三、收到和处理政府信息公开申请情况\n"
HEAD = "\t".join(["项目", *HEADS]) + "\n"
BESIDE = "\t".join(["项目", *HEADS, "去年"]) + "\n"
Cells = dict[str, int | None]


def page(chance: random.Random, sign: str, place: int, *, cells: int, heads: int) -> tuple[str, Cells]:
    """Some rows of section three with a column more; the labels take so many cells, and the head over them."""
    head = [*HEADS]
    head.insert(place, chance.choice(["2021年总计", "上年同期", "备注"]))
    lines = [sign.join([*["项目", ""][:heads], *head])]
    written: Cells = {}
    for row, label in ROWS.items():
        values = [chance.choice([None, None, 0, chance.randrange(1, 90)]) for _ in range(6)]
        values.append(sum(value or 0 for value in values))
        written |= {f"requests.{row}.{column}": value for column, value in zip(COLUMNS, values, strict=True)}
        printed = ["" if value is None else str(value) for value in values]
        printed.insert(place, chance.choice(["", "/", str(chance.randrange(99))]))
        lines.append(sign.join([*(label if cells == 2 else [label[1] or label[0]]), *printed]))
    return TITLE + "\n".join(lines) + "\n", written


# Who writes CSV writes as many cells in each row.
LABELLED = [
    (sign, cells, heads) for sign in ("\t", "|", " | ", ",") for cells in (1, 2) for heads in (1, 2) if sign != "," or cells == heads
]


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize(("sign", "cells", "heads"), LABELLED)
@pytest.mark.parametrize("place", [0, 3, 7])
def test_a_column_beside_those_of_the_form_moves_no_value_in_silence(
    seed: int, sign: str, place: int, cells: int, heads: int
) -> None:
    text, written = page(random.Random(seed), sign, place, cells=cells, heads=heads)  # noqa: S311
    assert unaccounted(gkparse.parse(text), written) == []


def test_cells_as_their_heads_say_are_not_doubted() -> None:
    report = gkparse.parse(f"{TITLE}项目\t\t{HEAD[3:]}{LABEL}\t\t\t5\t0\t0\t0\t0\t5\n")
    assert report.requests is not None
    assert report.requests.received == gkparse.Applicants(None, 5, 0, 0, 0, 0, 5)
    assert "requests.received" not in {path for found in alarms(report) for path in found.paths}


@pytest.mark.parametrize(
    ("cells", "own"),
    [
        pytest.param("0\t\t0\t0\t0\t0\t0\t0", (None, 0, 0, 0, 0, 0, 0), id="zeros, one of last year"),
        pytest.param("7\t1\t2\t\t3\t0\t0\t6", (1, 2, None, 3, 0, 0, 6), id="a blank among numbers"),
    ],
)
def test_what_is_of_last_year_is_no_cell_of_this_one(cells: str, own: tuple[int | None, ...]) -> None:
    report = gkparse.parse(f"{TITLE}项目\t去年\t{HEAD[3:]}{LABEL}\t{cells}\n")
    paths = [f"requests.received.{column}" for column in COLUMNS]
    assert unaccounted(report, dict(zip(paths, own, strict=True))) == []


@pytest.mark.parametrize(
    ("cells", "code", "path"),
    [
        ("3 / / / / / /", "GK209", "requests.received.total"),
        ("3 / 0 0 0 0 5", "GK216", "requests.received"),
        ("/ / / / / / /", "", ""),
        ("3 / / / / / 3", "", ""),
        ("0 0 0 0 0 0 /", "", ""),
    ],
)
def test_a_mark_says_zero_to_the_sum_of_its_row(cells: str, code: str, path: str) -> None:
    report = gkparse.parse(TITLE + HEAD + "\t".join([LABEL, *cells.split()]) + "\n")
    told = {(found.code, each) for found in alarms(report) if found.code in ("GK209", "GK216") for each in found.paths}
    assert ((code, path) in told) if code else not told


REQUESTS = shape(load("2021"), load("2021").table("requests"))


def line(text: str) -> Line:
    (only,) = rows(text.strip("\n"), "2021")
    return only.line


@pytest.mark.parametrize(
    ("over", "row", "found"),
    [
        (BESIDE, f"{LABEL}\t\t1\t0\t0\t0\t0\t1\t9", (0, ["9"])),
        (BESIDE, f"{LABEL}\t\t1\t0\t0\t0\t0\t1\t/", (0, ["/"])),
        # Nothing is blank, nothing is printed beside, or the blank cell is the one beside.
        (BESIDE, f"{LABEL}\t0\t1\t0\t0\t0\t0\t1\t9", None),
        (BESIDE, f"{LABEL}\t\t1\t0\t0\t0\t0\t1\t", None),
        (BESIDE, f"{LABEL}\t0\t1\t0\t0\t0\t0\t1\t", None),
        # Heads of the form's columns alone, or none, or more cells than heads.
        (HEAD, f"{LABEL}\t\t1\t0\t0\t0\t0\t1", None),
        (BESIDE, f"{LABEL}\t\t1\t0\t0\t0\t0\t1\t9\t9\t9", None),
        # A line that is no row, and one whose cells are not known.
        (BESIDE, "\t\t1\t0\t0\t0\t0\t1\t9", None),
        (BESIDE, f"{LABEL}  1  0  0  0  0  1  9", None),
        # A head that is printed again for its second cell; a label of two cells below one head.
        (HEAD.replace("自然人\t", "自然人\t自然人\t"), f"{LABEL}\t\t4\t1\t0\t0\t0\t0\t5", (0, ["4"])),
        (BESIDE, "三、本年度办理结果\t（一）予以公开\t\t1\t0\t0\t0\t0\t1\t9", (2, ["9"])),
    ],
)
def test_what_stands_elsewhere_than_in_a_column_of_the_form(over: str, row: str, found: tuple[int, list[str]] | None) -> None:
    own = line(row)
    told = elsewhere(line(over), own, REQUESTS)
    texts = {piece.start: piece.text for piece in own.pieces}
    assert (told and (told[0], [texts[start] for start in told[1]])) == found
    assert elsewhere(None, own, REQUESTS) is None


@pytest.mark.parametrize(
    ("over", "row", "first", "moved"),
    [
        # The cell of the row that was read for 自然人, and those behind it for the others.
        (BESIDE, f"{LABEL}\t\t0\t0\t0\t0\t0\t0\t", 1, False),
        (BESIDE, f"{LABEL}\t\t0\t0\t0\t0\t0\t0\t", 2, True),
        # A sum that holds proves what was read, unless it holds below the heads as well.
        (BESIDE, f"{LABEL}\t1\t2\t3\t0\t0\t0\t0\t5", 2, False),
        (BESIDE, f"{LABEL}\t\t4\t0\t0\t0\t0\t4\t0", 2, True),
        (BESIDE, f"{LABEL}\t0\t4\t0\t0\t0\t4\t8\t8", 2, True),
        # Heads that name a column twice, or not all of them, or of another number than the cells.
        (BESIDE.replace("去年", "总计"), f"{LABEL}\t\t0\t0\t0\t0\t0\t0\t", 2, False),
        (BESIDE.replace("其他", "其它人员"), f"{LABEL}\t\t0\t0\t0\t0\t0\t0\t", 2, False),
        (BESIDE, f"{LABEL}\t\t\t\t0\t0\t0\t0\t0\t0\t", 2, False),
        # One cell more for the head of the labels, or for the label.
        (BESIDE.replace("项目", "项目\t"), f"{LABEL}\t\t0\t0\t0\t0\t0\t0\t", 1, False),
        (BESIDE.replace("项目", "项目\t"), f"{LABEL}\t\t0\t0\t0\t0\t0\t0\t", 2, True),
        (BESIDE, f"{LABEL}\t\t\t0\t0\t0\t0\t0\t0\t", 3, True),
        (BESIDE, f"{LABEL}\t\t\t0\t0\t0\t0\t0\t0\t", 2, False),
        ("项目\t去年\t" + HEAD[3:], "三、本年度办理结果\t（一）予以公开\t\t\t0\t0\t0\t0\t0\t0", 2, True),
    ],
)
def test_cells_that_were_read_below_other_heads(over: str, row: str, first: int, moved: bool) -> None:
    own = line(row)
    at = 2 if "予以公开" in row else 0
    slots = own.pieces[first : first + 7]
    assert below_others(line(over), own, REQUESTS, at, slots) == moved


@pytest.mark.parametrize("sign", ["\t", "|"])
@pytest.mark.parametrize("beside", ["上年数", "备注"])
def test_a_column_beside_those_of_section_two_moves_no_value_in_silence(sign: str, beside: str) -> None:
    head = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数", beside]
    lines = [head, ["规章", "", "0", "", ""], ["行政规范性文件", "", "290", "136", "-"], ["信息内容", "本年处理决定数量"], ["行政许可", "7"]]
    report = gkparse.parse("二、主动公开政府信息情况\n第二十条第（一）项\n" + "\n".join(map(sign.join, lines)) + "\n")
    names = ("issued", "repealed", "in_force")
    written = dict(zip([f"proactive.rules.{name}" for name in names], (None, 0, None), strict=True))
    written |= zip([f"proactive.normative_documents.{name}" for name in names], (None, 290, 136), strict=True)
    assert unaccounted(report, written) == []


RESULTS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
OVER = ["行政复议", "未经复议直接起诉", "复议后起诉"]


def disputes(cells: list[str], place: int, sign: str, *, again: bool) -> str:
    """The table of section four with a column more; the heads over the results stand `again` above each of them, or once."""
    over = [name for group in OVER for name in (group, *[group if again else ""] * 4)]
    over.insert(place, "案件总数" if again else "")
    heads = RESULTS * 3
    heads.insert(place, "案件总数")
    return "四、政府信息公开行政复议、行政诉讼情况\n" + "\n".join(map(sign.join, (over, heads, cells))) + "\n"


@pytest.mark.parametrize("again", [True, False])
@pytest.mark.parametrize("sign", ["\t", " | "])
@pytest.mark.parametrize(
    ("cells", "place"),
    [
        # A blank cell of the form's, and as many others as the form has columns.
        ("_ 0 0 0 0 0 0 0 12 12 5 9 0 0 14 /", 15),
        ("0 0 0 _ 0 0 0 0 0 0 31 6 0 0 0 6", 10),
        # The same where the sums hold without it by chance.
        ("0 0 0 0 0 21 0 0 4 25 0 8 0 _ 8 16", 15),
    ],
)
def test_a_blank_below_a_head_is_a_cell_in_a_table_of_one_row(cells: str, place: int, sign: str, again: bool) -> None:
    printed = ["" if cell == "_" else cell for cell in cells.split()]
    own = [int(cell) if cell else None for cell in (*printed[:place], *printed[place + 1 :])]
    paths = [f"disputes.{group}.{name}" for group in GROUPS for name in ("upheld", "corrected", "other", "pending", "total")]
    report = gkparse.parse(disputes(printed, place, sign, again=again))
    assert unaccounted(report, dict(zip(paths, own, strict=True))) == []


def test_a_label_below_the_head_of_a_column_says_that_heads_and_cells_do_not_stand_under_each_other() -> None:
    head = line("\t".join(HEADS))
    row = line(f"{LABEL}\t4\t2\t1\t1\t0\t8")
    slots = (*row.pieces[1:3], None, *row.pieces[3:])
    assert not below_others(head, row, REQUESTS, 0, slots)
