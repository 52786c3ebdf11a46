"""A column beside those of the form: what a row prints is read below its own head, or doubted."""

from __future__ import annotations

import random

import pytest

import gkparse
from accounting import alarms, unaccounted

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
COLUMNS = (
    "natural_person", "commercial_enterprise", "research_institution", "public_welfare_organization",
    "legal_service_organization", "other", "total",
)
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
    return "三、收到和处理政府信息公开申请情况\n" + "\n".join(lines) + "\n", written


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


HEAD = "项目\t自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计\n"
TITLE = "三、收到和处理政府信息公开申请情况\n"


@pytest.mark.parametrize(
    ("head", "row", "doubted"),
    [
        pytest.param("项目\t\t" + HEAD[3:], "一、本年新收政府信息公开申请数量\t\t\t5\t0\t0\t0\t0\t5\n", False, id="as the heads say"),
        pytest.param("项目\t去年\t" + HEAD[3:], "一、本年新收政府信息公开申请数量\t0\t\t0\t0\t0\t0\t0\t0\n", True, id="zeros, one of last year"),
        pytest.param("项目\t去年\t" + HEAD[3:], "一、本年新收政府信息公开申请数量\t7\t1\t2\t\t3\t0\t0\t6\n", None, id="a blank among numbers"),
    ],
)
def test_cells_below_their_heads(head: str, row: str, doubted: bool | None) -> None:
    report = gkparse.parse(TITLE + head + row)
    named = {path for found in alarms(report) for path in found.paths if found.code != "GK201"}
    if doubted is not None:
        assert ("requests.received" in named) == doubted
    assert report.requests is not None
    right = report.requests.received == gkparse.Applicants(1, 2, None, 3, 0, 0, 6)
    assert right or doubted is not None or "requests.received" in named


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
    report = gkparse.parse(TITLE + HEAD + "\t".join(["一、本年新收政府信息公开申请数量", *cells.split()]) + "\n")
    told = {(found.code, each) for found in alarms(report) if found.code in ("GK209", "GK216") for each in found.paths}
    assert ((code, path) in told) if code else not told
