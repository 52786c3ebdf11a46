"""`read_all`: several bodies' reports in one file, each read as if it stood alone."""

from __future__ import annotations

from itertools import chain

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import gkparse
from building import built, distinct
from filed import blocks_of, read_back
from gkparse import Report
from gkparse.blocks import Paragraph
from gkparse.flow import Flow
from gkparse.several import reports_of


def report(agency: str, seed: int, year: int = 2023) -> Report:
    """A report of a body, with numbers of its own."""
    return attrs.evolve(
        built(distinct(seed)),
        agency=agency,
        year=year,
        title=f"{agency}{year}年政府信息公开工作年度报告",
    )


WATER, SCHOOLS, GRAIN = report("青石县水务局", 1), report("红枫市教育局", 2), report("野菊镇粮站", 3, 2022)
ALL = [WATER, SCHOOLS, GRAIN]


def alone(one: Report) -> Report:
    return read_back(*blocks_of(one))


def filed(*of: Report) -> Flow:
    return Flow.of_blocks(chain.from_iterable(map(blocks_of, of)), "docx")


def test_each_report_of_a_file_is_read_as_if_it_stood_alone() -> None:
    found = reports_of(filed(*ALL))
    assert found == [alone(each) for each in ALL]
    assert [each.agency for each in found] == [each.agency for each in ALL]


def test_places_are_those_in_the_whole_file() -> None:
    found = reports_of(filed(*ALL))
    for number, each in enumerate(found):
        span = each.locate("requests.received.total")
        assert span is not None
        assert span.place is not None
        assert each.source is not None
        assert each.source[span.start : span.end] == each.cell("requests.received.total").printed
        assert span.place.table == 3 * number + 2
        assert each.source == found[0].source


def test_findings_stand_in_the_whole_file() -> None:
    wrong = attrs.evolve(SCHOOLS, disputes=gkparse.Disputes(gkparse.Results(1, 0, 0, 0, 9)))
    _, second = reports_of(filed(WATER, wrong))
    found = second.diagnostics[-1]
    assert found.paths[0].startswith("disputes.reconsideration")
    assert found.span is not None
    assert found.span.place is not None
    assert found.span.place.table == 6


def test_a_file_with_one_report_gives_that_one() -> None:
    assert reports_of(filed(WATER)) == [alone(WATER)]


@pytest.mark.parametrize("rendering", ["html", "tabs", "markdown"])
def test_a_file_is_read_by_its_content(rendering: str) -> None:
    page = "\n\n".join(gkparse.render(each, rendering) for each in ALL)
    if rendering == "html":
        page = f"<html><body>{page}</body></html>"
    assert gkparse.read_all(page.encode()) == [
        gkparse.parse(gkparse.render(each, rendering)) for each in ALL
    ]


def test_text_between_the_reports_is_none_of_theirs() -> None:
    blocks = [*blocks_of(WATER), Paragraph("以下是另一个单位的报告。"), *blocks_of(GRAIN)]
    assert [each.agency for each in reports_of(Flow.of_blocks(blocks, "docx"))] == [WATER.agency, GRAIN.agency]


def test_a_file_without_a_report_is_told_from_one_with_some() -> None:
    with pytest.raises(gkparse.NotAReportError):
        gkparse.read_all("今日天气晴".encode())


@given(st.lists(st.integers(1, 40), min_size=1, max_size=4))
def test_what_is_read_of_a_file_is_what_is_read_of_its_parts(seeds: list[int]) -> None:
    of = [report(f"青石县第{number}小学", seed, 2019 + number) for number, seed in enumerate(seeds, 1)]
    assert reports_of(filed(*of)) == [alone(each) for each in of]
