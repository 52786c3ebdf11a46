"""What the audit page shows of a report: tables, source, findings, charts, and years."""

from __future__ import annotations

import re
from decimal import Decimal

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import gkparse
from audits import EXAMPLE, INDICATORS, audited, classes, damaged, every, said, year_before
from building import built, distinct
from gkparse import (
    Applicants,
    Diagnostic,
    Disputes,
    Indicator,
    Outcomes,
    Report,
    Requests,
    Results,
    Span,
)
from gkparse.audit.audited import Audited
from gkparse.audit.charts import flow_chart, patterns, report_charts
from gkparse.audit.elements import Element
from gkparse.audit.remarks import finding_list
from gkparse.audit.source import source_text
from gkparse.audit.tables import legend, official_tables
from gkparse.audit.views import index_view, report_view
from gkparse.audit.wording import STATUSES
from gkparse.audit.years import bodies, comparison
from gkparse.form import load
from gkparse.model import Cell, CellStatus, Placed
from gkparse.sheet import shown
from gkparse.testing import reports


def cells(of: Audited) -> dict[str, Element]:
    """The values of the tables of a report by their paths."""
    found = [cell for table in official_tables(of) for cell in every(table, "td") if "value" in classes(cell)]
    return {of.cells[int(cell.attributes["data-cell"])][0]: cell for cell in found}


def text(cell: Element) -> str:
    """What stands in a cell itself."""
    return "".join(child for child in cell.children if isinstance(child, str))


# ---------------------------------------------------------------- tables


@given(reports())
def test_every_value_of_a_report_stands_in_its_tables_as_it_is(report: Report) -> None:
    found = cells(audited(report))
    for path, cell in report.cells():
        if path in found:
            assert text(found[path]) == shown(cell)
            assert cell.status in classes(found[path])
        else:
            assert cell.value is None


@pytest.mark.parametrize("form", ["2021", "2019"])
def test_the_tables_have_all_cells_of_the_form_merged_as_issued(form: str) -> None:
    report = gkparse.parse(gkparse.render(built(distinct()), "html")) if form == "2021" else Report(
        form="2019", proactive=gkparse.Proactive2019(), requests=Requests(), disputes=Disputes(),
    )
    tables = [every(found, "table")[0] for found in official_tables(audited(report))]
    assert len(tables) == 3
    for table in tables:
        rows = every(table, "tr")
        taken: set[tuple[int, int]] = set()
        for at, row in enumerate(rows):
            column = 0
            for cell in row.children:
                assert isinstance(cell, Element)
                while (at, column) in taken:
                    column += 1
                high, wide = (int(cell.attributes.get(key, 1)) for key in ("rowspan", "colspan"))
                here = {(at + down, column + right) for down in range(high) for right in range(wide)}
                assert not here & taken
                taken |= here
        width = max(column for _, column in taken) + 1
        assert len(taken) == width * len(rows)  # nothing is left open
    assert len(cells(audited(report))) >= 198


def test_a_blank_a_mark_a_missing_and_a_zero_are_four_things() -> None:
    found = cells(audited(damaged()))
    blank, mark, missing, zero = (
        found[f"{path}"] for path in (
            "proactive.rules.issued", "requests.outcomes.denied.state_secret.other",
            "proactive.compulsory_measures.decisions", "requests.outcomes.denied.prohibited_by_law.other",
        )
    )
    assert [text(each) for each in (blank, mark, missing, zero)] == ["", "/", "", "0"]
    assert [classes(each)[1] for each in (blank, mark, missing, zero)] == ["blank", "marked", "missing", "printed"]
    assert [said(each) for each in (blank, missing)] == [
        " blank, which is not zero", "? not found✕ error",
    ]


def test_a_repaired_value_tells_what_stands_in_the_source() -> None:
    cell = cells(audited(damaged()))["proactive.licensing.decisions"]
    assert text(cell) == "260"
    assert cell.attributes["data-printed"] == "26O"
    assert {"repaired", "doubt-warning"} <= set(classes(cell))


@pytest.mark.parametrize("status", [status for status in STATUSES if status != "printed"])
def test_no_status_is_told_by_colour_alone(status: CellStatus) -> None:
    own = attrs.evolve(audited(damaged()))
    own.__dict__["cells"] = (("disputes.reconsideration.total", Cell(None, "/", status, "件")),)
    drawn = legend(own)
    (item,) = every(drawn, "li")
    assert STATUSES[status].en in said(item)
    assert STATUSES[status].zh in said(item, "zh")
    assert status in classes(every(item, "span")[0])


def test_inferred_values_are_told_from_printed_ones() -> None:
    found = cells(audited(damaged().blank_as_zero()))
    cell = found["proactive.rules.issued"]
    assert text(cell) == "0"
    assert "inferred" in classes(cell)
    assert "inferred, not printed" in said(cell)


def test_a_row_that_is_doubted_marks_its_cells_and_a_note_marks_none() -> None:
    own = audited(damaged())
    doubted = {own.cells[number][0]: severity for number, severity in own.doubts.items()}
    assert doubted["proactive.compulsory_measures.decisions"] == "error"
    assert doubted["proactive.licensing.decisions"] == "warning"
    assert doubted["requests.outcomes.granted.total"] == "error"
    assert "proactive.rules.issued" not in doubted


def test_what_is_said_of_a_table_stands_at_the_table() -> None:
    report = gkparse.parse("第二十条第（五）项 行政许可 318")
    own = audited(report)
    sections = list(official_tables(own))
    headed = {section.attributes["data-table"]: said(every(section, "h3")[0]) for section in sections}
    assert headed["requests"] == "三、收到和处理政府信息公开申请情况 GK103"
    assert "This table was not found" in said(sections[1])
    (none,) = every(sections[1], "p")
    numbers = [int(number) for number in none.attributes["data-cells"].split()]
    assert {own.cells[number][0].partition(".")[0] for number in numbers} == {"requests"}
    assert len(numbers) == len([path for path, _ in own.cells if path.startswith("requests.")])


@pytest.mark.parametrize(
    ("label", "english"),
    [
        ("第二十条第（一）项", "article 20(1) of the Regulations"),
        ("规章", "rules of departments and local governments"),
        ("本年制发件数", "issued in the year"),
        ("（三）不予公开", "requests denied"),
        ("三、本年度办理结果", "outcomes of the year"),
        ("自然人", "from natural persons"),
        ("行政复议", "administrative reconsideration"),
        ("结果维持", "upheld"),
        ("行政诉讼", "litigation without reconsideration before it; litigation after reconsideration"),
    ],
)
def test_a_label_says_in_english_what_it_stands_over(label: str, english: str) -> None:
    report = gkparse.parse(EXAMPLE)
    heads = [head for table in official_tables(audited(report)) for head in every(table, "th")]
    assert {head.attributes["title"] for head in heads if text(head) == label} == {english}


def test_every_label_of_the_form_says_something_in_english() -> None:
    report = gkparse.parse(EXAMPLE)
    heads = [head for table in official_tables(audited(report)) for head in every(table, "th")]
    assert [text(head) for head in heads if not head.attributes.get("title")] == []


def test_a_cell_of_a_file_tells_its_place_in_both_languages() -> None:
    page = gkparse.render(gkparse.parse(EXAMPLE), "html").encode()
    cell = cells(audited(gkparse.read(page)))["proactive.licensing.decisions"]
    assert re.fullmatch(r"table 1, row \d+, column \d+", cell.attributes["data-place"])
    assert re.fullmatch(r"表1第\d+行第\d+列", cell.attributes["data-place-zh"])


# ---------------------------------------------------------------- the table of 2014


def test_the_rows_of_2014_have_their_places_and_marks() -> None:
    own = audited(gkparse.parse(INDICATORS))
    found = {path.removeprefix("indicators."): cell for path, cell in own.cells}
    assert found["requests_received"].printed == "14"
    assert found["requests_in_person"].span is not None
    assert (found["requests_by_fax"].value, found["requests_by_letter"].status) == (None, "marked")
    assert [text(cell) for cell in cells(own).values()] == ["14", "2", "", "9", "/"]


def test_a_finding_about_a_row_of_2014_concerns_that_row() -> None:
    wrong = INDICATORS.replace("\t/", "\t1").replace("传真申请数\t件\t", "传真申请数\t件\t0")
    own = audited(gkparse.parse(wrong))
    (sums,) = [found for found in own.findings if found.code == "GK307"]
    (number,) = own.concerned(sums)
    assert own.cells[number][0] == "indicators.requests_received"
    doubted = attrs.evolve(own, findings=(attrs.evolve(sums, severity="warning"),))
    assert doubted.doubts == {number: "warning"}


def test_a_row_of_2014_without_a_source_has_no_place() -> None:
    rows = (Indicator("requests_received", "（一）收到申请数", "件", 3), Indicator(None, "自定义", "次", None))
    own = Audited("a", Report(form="2014", indicators=rows), ())
    assert [(path, cell.status, cell.span) for path, cell in own.cells] == [
        ("indicators.requests_received", "printed", None), ("indicators", "missing", None),
    ]
    assert [text(each) for table in official_tables(own) for each in every(table, "td") if "value" in classes(each)] == ["3", ""]


def test_a_row_of_2014_that_is_not_what_its_source_says_has_no_place() -> None:
    report = gkparse.parse(INDICATORS)
    assert any(cell.span for _, cell in audited(report).cells)
    first, *others = report.indicators
    changed = attrs.evolve(report, indicators=(attrs.evolve(first, value=15), *others))
    assert [cell.span for _, cell in audited(changed).cells] == [None] * len(report.indicators)


# ---------------------------------------------------------------- the source


def test_of_a_part_of_a_text_nothing_is_marked_that_stands_outside() -> None:
    report = gkparse.parse(EXAMPLE)
    middle = EXAMPLE.index("三、收到和处理")
    parts = Audited("a", report, (), end=middle), Audited("a", report, (), start=middle)
    upper, lower = (set(_marks(part)) for part in parts)
    assert upper | lower == set(_marks(Audited("a", report, ())))
    assert {path.partition(".")[0] for path in upper} == {"proactive"}
    assert {path.partition(".")[0] for path in lower} == {"requests", "disputes"}


def _marks(of: Audited) -> dict[str, list[str]]:
    """The marked text of each cell by its path."""
    found: dict[str, list[str]] = {}
    for mark in every(source_text(of), "mark"):
        for number in mark.attributes["data-cells"].split():
            found.setdefault(of.cells[int(number)][0], []).append(text(mark))
    return found


@pytest.mark.parametrize("rendering", gkparse.RENDERINGS)
def test_every_printed_value_is_marked_where_it_stands(rendering: str) -> None:
    report = gkparse.parse(gkparse.render(built(distinct()), rendering))
    own = audited(report)
    marks = _marks(own)
    for path, cell in own.cells:
        if cell.span:
            assert "".join(marks[path]) == cell.printed
        else:
            assert path not in marks


def test_a_blank_cell_has_a_mark_without_text() -> None:
    own = audited(damaged())
    assert _marks(own)["proactive.rules.issued"] == [""]
    blank = [mark for mark in every(source_text(own), "mark") if "blank" in classes(mark)]
    assert all(said(mark) == "blank" for mark in blank)


@given(st.data())
def test_the_source_is_whole_however_findings_lie_over_it(data: st.DataObject) -> None:
    report = gkparse.parse(EXAMPLE)
    place = st.integers(0, len(EXAMPLE))
    pairs = data.draw(st.lists(st.tuples(place, place), max_size=6))
    found = tuple(
        Diagnostic("GK205", "warning", (), Span.of(EXAMPLE, min(pair), max(pair))) for pair in pairs
    )
    whole = source_text(Audited("a", report, found))
    parts = [text(part) if isinstance(part, Element) else part for part in whole.children]
    assert "".join(parts) == EXAMPLE
    for at, pair in enumerate(pairs):
        told = [
            part for part in whole.children
            if isinstance(part, Element) and str(at) in part.attributes.get("data-finding", "").split()
        ]
        assert "".join(map(text, told)) == EXAMPLE[min(pair) : max(pair)]


def test_a_value_that_stands_for_several_cells_is_marked_for_each() -> None:
    paths = ("disputes.reconsideration.upheld", "disputes.reconsideration.total")
    report = Report(
        disputes=Disputes(Results(1, None, None, None, 1)), source="共1件",
        placed={path: Placed("printed", 1, 2) for path in paths},
    )
    assert _marks(audited(report)) == {path: ["1"] for path in paths}
    assert len(every(source_text(audited(report)), "mark")) == 1


# ---------------------------------------------------------------- findings


def test_findings_stand_gravest_first_and_notes_are_folded() -> None:
    parts = list(finding_list(audited(damaged())))
    codes = [said(code) for code in every(parts[0], "code") if re.fullmatch(r"GK\d+", said(code))]
    assert codes == ["GK303", "GK302", "GK201", "GK210"]
    assert [part.name for part in parts] == ["ul", "details"]
    severities = [classes(badge)[1] for badge in every(parts[0], "span") if "badge" in classes(badge)]
    assert severities == sorted(severities, key=["error", "warning"].index)


def test_a_finding_has_its_message_in_both_languages_and_leads_to_its_cells() -> None:
    own = audited(damaged())
    (button,) = [each for part in finding_list(own) for each in every(part, "button") if "GK303" in said(each)]
    assert "but the total is 26 (A3)" in said(button)
    assert "总计为26" in said(button, "zh")
    paths = [own.cells[int(number)][0] for number in button.attributes["data-cells"].split()]
    assert paths[0] == "requests.outcomes.granted.total"
    assert len(paths) == 7


def test_a_finding_says_what_was_expected_and_what_would_mend_it() -> None:
    own = audited(damaged())
    (item,) = [each for part in finding_list(own) for each in every(part, "li") if "GK303" in said(each)]
    facts, suggestion = every(item, "p")
    assert said(facts) == "expected 25, actual 26"
    assert said(facts, "zh") == "应为 25，实为 26"
    assert said(suggestion) == "suggestion: requests.outcomes.granted.total = 25"


def test_what_two_sums_come_to_is_not_said_of_a_single_cell() -> None:
    report = gkparse.parse(EXAMPLE.replace("\t3\t1\t0\t0\t0\t0\t4\n", "\t4\t0\t0\t0\t0\t0\t4\n"))
    own = audited(report)
    items = [each for part in finding_list(own) for each in every(part, "li") if "GK301" in said(each)]
    assert items
    for item in items:
        assert said(every(item, "p")[0]).startswith("checked: expected ")


def test_a_rule_of_another_package_is_named_by_its_code() -> None:
    own = Audited("a", Report(), (Diagnostic("XY1", "warning", text="it rains"),))
    assert "XY1 XY1 it rains" in said(next(iter(finding_list(own))))


def test_a_report_without_findings_says_so() -> None:
    (only,) = finding_list(Audited("a", Report(), ()))
    assert said(only) == "Nothing was found."


# ---------------------------------------------------------------- charts


def _numbers(chart: Element) -> dict[str, str]:
    """The numbers that stand beside a chart."""
    rows = every(every(chart, "table")[0], "tr")
    return {said(every(row, "th")[0]) if every(row, "th") else said(every(row, "td")[0]): said(every(row, "td")[-1]) for row in rows}


def test_outcomes_are_the_sums_of_their_rows() -> None:
    charts = list(report_charts(gkparse.parse(EXAMPLE)))
    assert list(_numbers(charts[0]).values()) == ["25", "6", "13", "8", "4", "1"]
    assert list(_numbers(charts[1]).values()) == ["41", "9", "2", "1", "3", "1"]


@pytest.mark.parametrize("form", ["2021", "2019"])
def test_other_handling_counts_the_one_row_that_stands_for_three(form: str) -> None:
    outcomes = Outcomes(other_handling=gkparse.OtherHandling(combined=Applicants(total=7)))
    report = Report(form=form, requests=Requests(outcomes=outcomes))
    outcome = list(_numbers(next(iter(report_charts(report)))).values())
    assert outcome[-1] == "7"


def test_what_is_not_printed_is_no_zero_in_a_chart() -> None:
    report = Report(requests=Requests(received=Applicants(natural_person=3)), disputes=Disputes(Results(0, None, 1, 0, 1)))
    _, applicants, disputes = report_charts(report)
    assert list(_numbers(applicants).values()) == ["3", *["no number printed"] * 5]
    drawn = every(applicants, "svg")
    assert len(every(drawn[0], "rect")) == 1
    assert every(drawn[1], "rect") == []
    assert len(every(drawn[1], "line")) == 1  # an open end
    said_of = said(every(every(disputes, "svg", role="img")[0], "desc")[0])
    assert "upheld: 0" in said_of
    assert "corrected: 未印数字 no number printed" in said_of


def test_a_sum_of_cells_says_how_many_are_not_printed() -> None:
    denied = gkparse.Denied(state_secret=Applicants(total=2))
    report = Report(requests=Requests(outcomes=Outcomes(denied=denied)))
    numbers = list(_numbers(next(iter(report_charts(report)))).values())
    assert numbers[2] == "2 (7 of 8 cells without a number)"


def test_inferred_zeros_are_not_drawn_as_printed_ones() -> None:
    page = EXAMPLE.replace("\t41\t9\t2\t1\t3\t1\t57\n", "\t41\t\t2\t1\t3\t1\t57\n")
    report = gkparse.parse(page).blank_as_zero()
    assert report.value("requests.received.commercial_enterprise") == 0
    assert list(_numbers(list(report_charts(report))[1]).values())[1] == "no number printed"


@given(reports())
def test_no_bar_is_wider_than_its_picture(report: Report) -> None:
    for chart in report_charts(report):
        for bar in every(chart, "svg", role="img"):
            widths = [Decimal(part.attributes["width"].rstrip("%")) for part in every(bar, "rect")]
            assert sum(widths) <= Decimal("100.01")


def test_every_picture_has_a_title_a_description_and_a_table() -> None:
    for chart in report_charts(gkparse.parse(EXAMPLE)):
        for bar in every(chart, "svg", role="img"):
            assert said(every(bar, "title")[0])
            assert said(every(bar, "desc")[0])
        assert len(every(chart, "table")) == 1
        assert said(every(chart, "figcaption")[0])


def test_parts_are_told_by_patterns_and_each_pattern_is_there() -> None:
    there = {pattern.attributes["id"] for pattern in every(patterns(), "pattern")}
    (disputes,) = [chart for chart in report_charts(gkparse.parse(EXAMPLE)) if "litigation" in said(chart)]
    used = {part.attributes["fill"] for part in every(disputes, "rect")}
    assert len(used) == 4
    assert used <= {f"url(#{name})" for name in there}


def test_the_flow_shows_what_comes_in_and_what_goes_out_year_by_year() -> None:
    chart = flow_chart([("2022", year_before()), ("2023", gkparse.parse(EXAMPLE))])
    bars = [said(name) for name in every(every(chart, "div", class_="bars")[0], "p")]
    assert bars == ["2022 in: 58 + 4", "2022 out: 57 + 5", "2023 in: 57 + 4", "2023 out: 57 + 4"]
    assert "received / concluded" in said(chart)


def test_the_flow_of_a_year_without_a_table_is_not_zero() -> None:
    chart = flow_chart([("2023", Report())])
    assert every(every(chart, "div", class_="bars")[0], "rect") == []
    assert "no number printed" in said(chart)


# ---------------------------------------------------------------- years


def _comparison(*reports: Report) -> Element:
    (body,) = bodies([audited(report) for report in reports])
    return comparison(body)


def _row(view: Element, label: str) -> list[Element]:
    (table,) = every(view, "table", class_="years")
    (row,) = [row for row in every(table, "tr") if said(every(row, "th")[0]) == label]
    return every(row, "td")


def test_the_years_of_a_body_stand_in_order_whatever_its_name_is_written_like() -> None:
    second = attrs.evolve(gkparse.parse(EXAMPLE), agency="青禾縣林業局")
    view = _comparison(second, year_before())
    (table,) = every(view, "table", class_="years")
    heads = every(every(table, "thead")[0], "a")
    assert [said(head) for head in heads] == ["2022", "2023"]
    assert [head.attributes["href"] for head in heads] == ["#report-1", "#report-0"]
    received = _row(view, "一、本年新收政府信息公开申请数量 > 总计")
    assert [text(cell) for cell in received] == ["58", "57"]


def test_what_contradicts_the_year_before_is_shown_at_its_cell() -> None:
    view = _comparison(year_before(), gkparse.parse(EXAMPLE))
    before, after = _row(view, "二、上年结转政府信息公开申请数量 > 总计")
    assert every(before, "code") == []
    assert [said(code) for code in every(after, "code")] == ["GK601"]
    assert "GK601" in said(every(view, "ul", class_="findings")[0])


def test_a_blank_is_no_zero_and_what_a_form_does_not_have_is_no_blank() -> None:
    old = Report(form="2019", agency="某局", year=2020, proactive=gkparse.Proactive2019(rules=gkparse.DocumentCounts2019(produced=0)))
    new = attrs.evolve(damaged(), agency="某局")
    view = _comparison(old, new)
    issued = _row(view, "第二十条第（一）项 > 规章 > 本年制发件数")
    assert [classes(cell) for cell in issued] == [["absent"], ["blank"]]
    assert [said(cell) for cell in issued] == ["—not in this form", "blank, which is not zero"]
    produced = _row(view, "第二十条第（一）项 > 规章 > 本年新制作数量")
    assert [text(cell) for cell in produced] == ["0", "—"]


def test_the_rows_of_2014_are_compared_too() -> None:
    first = gkparse.parse(INDICATORS)
    view = _comparison(attrs.evolve(first, year=2015), first)
    assert [text(cell) for cell in _row(view, "（一）收到申请数")] == ["14", "14"]
    assert [text(cell) for cell in _row(view, "4.信函申请数")] == ["/", "/"]


def test_two_reports_on_a_year_are_told_apart_by_their_files() -> None:
    every_report = [audited(gkparse.parse(EXAMPLE), "a.txt"), audited(damaged(), "b.txt"), audited(year_before(), "c.txt")]
    (body,) = bodies(every_report)
    (table,) = every(comparison(body), "table", class_="years")
    assert [said(head) for head in every(table, "a")] == ["2022", "2023 (a.txt)", "2023 (b.txt)"]
    assert "GK606" in said(comparison(body))


@pytest.mark.parametrize(
    "several",
    [
        [Report(agency="甲局", year=2022), Report(agency="甲局", year=2022)],
        [Report(agency="甲局", year=2022), Report(agency="乙局", year=2023)],
        [Report(year=2022), Report(year=2023)],
        [Report(agency="甲局"), Report(agency="甲局", year=2023)],
    ],
)
def test_what_is_not_several_years_of_one_body_is_not_compared(several: list[Report]) -> None:
    assert bodies([audited(report) for report in several]) == []


# ---------------------------------------------------------------- views


def test_a_report_tells_what_it_says_of_itself_and_leaves_out_what_it_does_not() -> None:
    view = report_view(audited(gkparse.parse(EXAMPLE), "in/a.txt"))
    (facts,) = every(view, "dl")
    told = {said(every(pair, "dt")[0]): said(every(pair, "dd")[0]) for pair in every(facts, "div")}
    assert told["body"] == "青禾县林业局"
    assert told["year"] == "2023"
    assert told["form"] == "2021（国办公开办函〔2021〕30号）"
    assert told["period"] == "2023-01-01 – 2023-12-31"
    assert "fax" not in told
    assert "in/a.txt" in said(view)


def test_a_report_that_says_nothing_of_itself_can_be_shown() -> None:
    view = report_view(audited(Report()))
    assert said(every(view, "h1")[0]) == "（无标题）"
    assert said(view).count("This table was not found") == 3


@pytest.mark.parametrize("form", ["2021", "2019", "2014"])
def test_a_report_of_any_form_can_be_shown(form: str) -> None:
    view = report_view(audited(Report(form=form)))
    assert load(form).basis in said(view)


@given(reports())
def test_any_report_can_be_shown(report: Report) -> None:
    own = audited(report)
    assert said(every(report_view(own), "h1")[0]) == (report.title or "（无标题）")
    assert said(index_view([own], [], []))
