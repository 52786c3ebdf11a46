"""Rendering: a report as text again, and its options."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import attrs
import pytest

import gkparse
from building import built, distinct
from families import FAMILIES, Page, paths
from gkparse.rendering import front, heading
from layouts import PATHS, printed, write

EXAMPLE = Path(__file__).parents[1] / "examples" / "qinghe-2023.txt"


@pytest.fixture(scope="module")
def report() -> gkparse.Report:
    return gkparse.parse(EXAMPLE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("rendering", gkparse.RENDERINGS)
def test_a_published_report_is_read_back(rendering: str, report: gkparse.Report) -> None:
    again = gkparse.parse(gkparse.render(report, rendering))
    assert again == report
    assert [found for found in again.diagnostics if found.severity != "info"] == []


@pytest.mark.parametrize("rendering", gkparse.RENDERINGS)
def test_every_value_stands_where_it_is_printed(rendering: str, report: gkparse.Report) -> None:
    text = gkparse.render(report, rendering)
    for path, cell in gkparse.parse(text).cells():
        assert cell.span is not None, path
        assert text[cell.span.start : cell.span.end] == cell.printed == str(report.value(path)), path


@pytest.mark.parametrize("rendering", gkparse.RENDERINGS)
@pytest.mark.parametrize(
    "options",
    [{"script": "traditional"}, {"width": "half"}, {"script": "traditional", "width": "half"}],
    ids=str,
)
def test_the_form_s_words_are_written_as_asked_and_the_report_s_own_stay(
    rendering: str, options: dict[str, str], report: gkparse.Report
) -> None:
    text = gkparse.render(report, rendering, **options)  # type: ignore[arg-type]
    assert gkparse.parse(text) == report
    if options.get("script"):
        assert "政府信息公開申請" in text or rendering == "pdf"


@pytest.mark.parametrize("rendering", ["markdown", "html", "tabs", "grid"])
def test_rows_may_do_without_their_numbers(rendering: str, report: gkparse.Report) -> None:
    text = gkparse.render(report, rendering, ordinals=False)
    assert "5.要求行政机关" not in text
    again = gkparse.parse(text)
    assert again.requests == report.requests
    assert again.disputes == report.disputes


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ({"rendering": "word"}, "no rendering 'word'; there are tika, "),
        ({"rendering": "html", "script": "latin"}, "'latin' is neither 'simplified' nor 'traditional'"),
        ({"rendering": "html", "width": "wide"}, "'wide' is neither 'full' nor 'half'"),
    ],
)
def test_what_there_is_not_is_refused(
    arguments: dict[str, str], complaint: str, report: gkparse.Report
) -> None:
    with pytest.raises(ValueError, match=complaint):
        gkparse.render(report, **arguments)  # type: ignore[arg-type]


# ---------------------------------------------------------------- what a page looks like


def test_html_has_captions_scopes_and_the_official_merged_cells(report: gkparse.Report) -> None:
    text = gkparse.render(report, "html")
    assert text.count("<caption>") == text.count("<table>") == 3
    assert '<th scope="rowgroup" rowspan="22">三、本年度办理结果</th>' in text
    assert '<th scope="colgroup" colspan="5">法人或其他组织</th>' in text
    assert '<th scope="row" colspan="3">一、本年新收政府信息公开申请数量</th>' in text
    assert "<td></td>" not in text


def test_markdown_is_one_table_a_section(report: gkparse.Report) -> None:
    text = gkparse.render(report, "markdown")
    rules = [line for line in text.split("\n") if "---" in line and set(line) <= set("|- ")]
    assert [rule.count("---") for rule in rules] == [4, 10, 15]


@pytest.mark.parametrize("rendering", ["html", "markdown"])
def test_text_that_is_markup_is_shown_as_text(rendering: str, report: gkparse.Report) -> None:
    hostile = "<script>alert(1)</script> | **粗** <b>表</b>。"
    section = gkparse.Section(1, "总体情况", hostile)
    text = gkparse.render(attrs.evolve(report, sections=(section, *report.sections[1:])), rendering)
    assert "<script>" not in text
    assert gkparse.parse(text).sections[0].text == hostile


# ---------------------------------------------------------------- blanks, marks, missing tables


@pytest.mark.parametrize("rendering", gkparse.RENDERINGS)
def test_blanks_stay_blank_and_never_become_zeros(rendering: str) -> None:
    cells = {**distinct(7), "proactive.fees.amount": Decimal("12.50")}
    gone = dict.fromkeys(PATHS[20:25])
    report = gkparse.parse(write("tika-broken", printed({**cells, **gone})))
    again = gkparse.parse(gkparse.render(report, rendering))
    assert {path: again.value(path) for path in gone} == gone


def test_a_mark_is_printed_as_it_stands() -> None:
    cells = {**printed(distinct(7)), PATHS[20]: "—"}
    text = gkparse.render(gkparse.parse(write("tika-broken", cells)), "tabs")
    assert "\t—\t" in text


def test_a_table_that_is_not_there_is_not_printed(report: gkparse.Report) -> None:
    text = gkparse.render(attrs.evolve(report, requests=None), "lines")
    assert "本年新收" not in text
    assert gkparse.parse(text).requests is None


# ---------------------------------------------------------------- tables as they stood


@pytest.mark.parametrize("layout", ["tika-broken", "tika-tall"])
def test_a_text_of_indented_cells_gives_its_tables_back(layout: str) -> None:
    source = write(layout, printed(distinct(7)))
    text = gkparse.render(gkparse.parse(source), "tika")
    start, end = source.index("\t第二十条第（一）项"), source.index("五、")
    blocks = [block for block in source[start:end].split("\n\n\n") if "\t" in block]
    assert [block for block in blocks if block.strip("\n").split("\n", 1)[-1] not in text] == []


def test_a_value_that_has_changed_is_printed_in_the_old_place() -> None:
    source = write("tika-broken", printed(distinct(7)))
    report = gkparse.parse(source)
    assert report.disputes is not None
    old = report.disputes.reconsideration
    new = attrs.evolve(
        report, disputes=attrs.evolve(report.disputes, reconsideration=attrs.evolve(old, upheld=777))
    )
    text = gkparse.render(new, "tika")
    assert gkparse.parse(text).disputes == new.disputes
    assert text.count("777") == 1


def test_a_blank_that_counts_as_zero_is_printed_as_zero() -> None:
    source = write("tika-broken", {**printed(distinct(7)), PATHS[30]: ""})
    text = gkparse.render(gkparse.parse(source).blank_as_zero(), "tika")
    assert gkparse.parse(text).value(PATHS[30]) == 0


# ---------------------------------------------------------------- other forms, other parts


@pytest.mark.parametrize("rendering", gkparse.RENDERINGS)
def test_the_form_of_2019(rendering: str) -> None:
    cells = {path: str(at + 1) for at, path in enumerate(paths("2019"))}
    report = gkparse.parse(FAMILIES["markdown"](Page(cells, form="2019")))
    again = gkparse.parse(gkparse.render(report, rendering))
    assert (again.form, again.proactive, again.requests, again.disputes) == (
        "2019", report.proactive, report.requests, report.disputes,
    )


def test_the_preamble_says_what_is_known() -> None:
    metadata = gkparse.Metadata(address="柳荫路9号", postcode="001122", phone="0100-5550123")
    assert front(gkparse.Report(metadata=metadata)) == [
        "联系方式：地址：柳荫路9号；邮编：001122；电话：0100-5550123。"
    ]
    assert front(gkparse.Report(agency="青石县水务局")) == ["本报告由青石县水务局编制。"]
    assert front(gkparse.Report()) == []
    assert heading(gkparse.Section(6, "其他需要报告的事项", "")) == "六、其他需要报告的事项"


def test_a_report_built_by_hand_is_rendered() -> None:
    report = built({"disputes.reconsideration.upheld": 3, "disputes.reconsideration.total": 3})
    assert gkparse.parse(gkparse.render(report, "columns")).disputes == report.disputes
