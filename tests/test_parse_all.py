"""`parse_all`: several bodies' reports in one text, each read as if it stood alone."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import attrs
import pytest

import gkparse
from accounting import alarms, misread, named, unaccounted
from building import built, distinct
from damages import doubled, erased, inserted, where, without_lines
from families import FAMILIES, Page, Words, paths
from layouts import HEADINGS, LAYOUTS, PATHS, Numbers, printed, write
from test_2019 import numbers as numbers_of_2019

BETWEEN = "\n上一份到此为止。下面是另一个机关的年度报告，版式不同，请一并查阅。\n\n"


@attrs.frozen
class Body:
    """A body, its report's year and form, and the family of layouts that it prints in."""

    agency: str
    year: int
    family: str
    form: str = "2021"
    seed: int = 1

    @property
    def numbers(self) -> Numbers:
        if self.form == "2019":
            return Numbers(numbers_of_2019("2019", combined=self.seed % 2 == 0))
        return distinct(self.seed)

    @property
    def text(self) -> str:
        words = Words(
            title=f"{self.agency}{self.year}年政府信息公开工作年度报告",
            front=f"{self.agency}编制本报告，数据的统计期限自{self.year}年1月1日起至{self.year}年12月31日止。",
            other=f"{self.agency}没有别的事项。",
        )
        return FAMILIES[self.family](Page(printed(self.numbers), words, self.form))


WATER = Body("青石县水务局", 2023, "bar-rows", seed=1)
WELFARE = Body("白塔区民政局", 2020, "cell-lines", "2019", seed=2)
SCHOOLS = Body("红枫市教育局", 2022, "html", seed=3)
GRAIN = Body("野菊镇粮站", 2021, "csv", seed=4)
FORESTS = Body("柏林县林业局", 2019, "fixed-wide", "2019", seed=5)
BOOKS = Body("云台县图书馆", 2024, "pdf-lines", seed=6)

SEVERAL = [
    (WATER, WATER),
    (WATER, WELFARE),
    (WELFARE, WATER),
    (SCHOOLS, GRAIN),
    (FORESTS, SCHOOLS),
    (WATER, WELFARE, SCHOOLS),
    (GRAIN, FORESTS, BOOKS),
    (BOOKS, SCHOOLS, WELFARE),
]
each_text = pytest.mark.parametrize(
    "bodies", SEVERAL, ids=lambda bodies: "+".join(body.family for body in bodies)
)
each_gap = pytest.mark.parametrize("between", ["", "\n", BETWEEN], ids=["nothing", "line", "prose"])


def joined(bodies: tuple[Body, ...], between: str = BETWEEN) -> str:
    return between.join(body.text for body in bodies)


def begun(text: str, report: gkparse.Report) -> int:
    """Where the first number of a report stands."""
    return min(cell.span.start for _, cell in report.cells() if cell.span)


# ---------------------------------------------------------------- each is read as it stands


@each_text
@each_gap
def test_each_report_is_read_whole_and_without_alarm(
    bodies: tuple[Body, ...], between: str
) -> None:
    reports = gkparse.parse_all(joined(bodies, between))
    assert [(each.agency, each.year, each.form) for each in reports] == [
        (body.agency, body.year, body.form) for body in bodies
    ]
    for report, body in zip(reports, bodies, strict=True):
        assert misread(report, body.numbers) == []
        assert alarms(report) == []
        assert [section.number for section in report.sections] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    "bodies", [(WATER, WELFARE, GRAIN), (FORESTS, BOOKS, FORESTS), (SCHOOLS, WELFARE), (GRAIN, WATER)]
)
def test_a_report_among_others_is_what_it_is_alone(bodies: tuple[Body, ...]) -> None:
    reports = gkparse.parse_all(joined(bodies, "\n"))
    assert reports == [gkparse.parse(body.text) for body in bodies]


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
@pytest.mark.parametrize("first", [True, False])
def test_the_layouts_of_the_seeds_stand_beside_others(layout: str, first: bool) -> None:
    seed = write(layout, printed(WATER.numbers))
    texts = [seed, WELFARE.text] if first else [WELFARE.text, seed]
    reports = gkparse.parse_all(BETWEEN.join(texts))
    assert [report.form for report in reports] == (["2021", "2019"] if first else ["2019", "2021"])
    assert unaccounted(reports[not first], WATER.numbers) == []
    assert misread(reports[first], WELFARE.numbers) == []


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_every_family_is_told_from_itself_with_another_form(family: str) -> None:
    bodies = (attrs.evolve(WATER, family=family), attrs.evolve(WELFARE, family=family))
    reports = gkparse.parse_all(joined(bodies))
    assert [report.form for report in reports] == ["2021", "2019"]
    for report, body in zip(reports, bodies, strict=True):
        assert misread(report, body.numbers) == []


def test_one_report_alone_is_what_parse_gives() -> None:
    (report,) = gkparse.parse_all(WATER.text)
    alone = gkparse.parse(WATER.text)
    assert report == alone
    assert report.diagnostics == alone.diagnostics
    assert dict(report.cells()) == dict(alone.cells())


@pytest.mark.parametrize("title", HEADINGS[1:4])
def test_the_rest_of_a_report_behind_a_whole_one_changes_nothing_in_silence(title: str) -> None:
    rest = attrs.evolve(WATER, agency="红枫市教育局", seed=9).text
    first, *_ = gkparse.parse_all(WATER.text + BETWEEN + rest[rest.index(title) :])
    assert unaccounted(first, WATER.numbers) == []


def part_of(agency: str, seed: int, *names: str) -> gkparse.Report:
    """A report of which only some tables were printed, and no heading."""
    title = f"{agency}2023年政府信息公开工作年度报告"
    whole = attrs.evolve(built(distinct(seed)), agency=agency, year=2023, title=title)
    lost: dict[str, Any] = dict.fromkeys({"proactive", "requests", "disputes"} - {*names})
    return attrs.evolve(whole, **lost)


@pytest.mark.parametrize("rendering", ["tabs", "html", "markdown", "lines"])
@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        (["requests"], ["proactive", "disputes"]),
        (["proactive"], ["requests", "disputes"]),
        (["proactive", "requests"], ["disputes"]),
        (["proactive", "requests"], ["proactive", "requests", "disputes"]),
    ],
)
def test_tables_of_two_bodies_that_make_one_report_together_are_doubted(
    upper: list[str], lower: list[str], rendering: str
) -> None:
    parts = part_of(WATER.agency, 1, *upper), part_of(SCHOOLS.agency, 2, *lower)
    text = "\n".join(gkparse.render(part, rendering) for part in parts)
    (report,) = gkparse.parse_all(text)
    (found,) = (each for each in report.diagnostics if each.code == "GK105")
    assert found.severity == "warning"
    other, tables = (SCHOOLS, lower) if report.agency == WATER.agency else (WATER, upper)
    assert set(found.paths) == set(tables)
    assert other.agency in found.message


@pytest.mark.parametrize("rendering", gkparse.RENDERINGS)
@pytest.mark.parametrize("between", ["", "\n", " "], ids=["nothing", "line", "blank"])
def test_the_last_number_above_a_title_is_no_part_of_it(rendering: str, between: str) -> None:
    every = ["proactive", "requests", "disputes"]
    bodies = [part_of(body.agency, body.seed, *every) for body in (WATER, SCHOOLS, GRAIN)]
    text = between.join(gkparse.render(each, rendering) for each in bodies)
    assert gkparse.parse_all(text) == bodies


# ---------------------------------------------------------------- places


@each_text
@each_gap
def test_places_are_those_of_the_whole_text(bodies: tuple[Body, ...], between: str) -> None:
    text = joined(bodies, between)
    for report, body in zip(gkparse.parse_all(text), bodies, strict=True):
        for path in body.numbers:
            cell = report.cell(path)
            assert cell.span is not None, path
            assert text[cell.span.start : cell.span.end] == cell.printed
            assert report.locate(path) == cell.span
            assert text.count("\n", 0, cell.span.start) + 1 == cell.span.line
            line = text.split("\n")[cell.span.line - 1]
            assert line[cell.span.column - 1 :].startswith(cell.printed)


@each_text
def test_the_places_of_one_report_lie_before_those_of_the_next(bodies: tuple[Body, ...]) -> None:
    text = joined(bodies)
    reports = gkparse.parse_all(text)
    ends = [
        (begun(text, report), max(cell.span.end for _, cell in report.cells() if cell.span))
        for report in reports
    ]
    assert all(one[1] <= two[0] for one, two in pairwise(ends))


def test_findings_are_placed_in_the_whole_text() -> None:
    marked = printed(WATER.numbers) | {
        "proactive.licensing.decisions": "7O", "requests.received.natural_person": "—",
        "disputes.reconsideration.total": "",
    }
    text = WELFARE.text + BETWEEN + FAMILIES["bar-rows"](Page(marked))
    _, report = gkparse.parse_all(text)
    found = {each.code: each for each in report.diagnostics if each.span}
    assert set(found) >= {"GK207", "GK208", "GK209", "GK210"}
    for code, shown in (("GK210", "7O"), ("GK208", "—")):
        span = found[code].span
        assert span is not None
        assert text[span.start : span.end] == shown
        assert (span.line, span.column) == (
            text.count("\n", 0, span.start) + 1, span.start - text.rfind("\n", 0, span.start)
        )
    assert all(each.span.start > len(WELFARE.text) for each in found.values() if each.span)


# ---------------------------------------------------------------- what stands between


@each_text
def test_what_stands_between_is_lost_to_no_report(bodies: tuple[Body, ...]) -> None:
    reports = gkparse.parse_all(joined(bodies))
    for report, body in zip(reports, bodies, strict=True):
        assert report.sections[-1].text.startswith(f"{body.agency}没有别的事项。")
        assert report.title == f"{body.agency}{body.year}年政府信息公开工作年度报告"
    told = [section.text for report in reports for section in report.sections]
    assert sum("上一份到此为止" in text for text in told) == len(bodies) - 1


@pytest.mark.parametrize("before", [BETWEEN, "目录\n一\n二\n\n", "全年登出消息128条。\n" * 30])
def test_what_stands_before_the_first_report_moves_nothing(before: str) -> None:
    text = before + joined((WATER, SCHOOLS))
    reports = gkparse.parse_all(text)
    assert [report.agency for report in reports] == [WATER.agency, SCHOOLS.agency]
    for report, body in zip(reports, (WATER, SCHOOLS), strict=True):
        assert misread(report, body.numbers) == []
        assert alarms(report) == []
        for _, cell in report.cells():
            assert cell.span is None or text[cell.span.start : cell.span.end] == cell.printed


@pytest.mark.parametrize(
    "text",
    ["", "\n\n", "今日天气晴", BETWEEN * 20, "1\n2\n3\n" * 50, HEADINGS[0],
     "全年公开政府信息128条，收到申请16件。\n" * 40],
    ids=["empty", "white", "weather", "prose", "numbers", "heading", "article"],
)
def test_a_text_without_a_report_has_none(text: str) -> None:
    assert gkparse.parse_all(text) == []


@pytest.mark.parametrize("given", [b"", None, 3, ["text"]], ids=repr)
def test_only_text_is_read(given: object) -> None:
    with pytest.raises(TypeError, match=f"takes a str, not {type(given).__name__}"):
        gkparse.parse_all(given)  # type: ignore[arg-type]


@each_text
def test_parse_of_several_reports_says_so(bodies: tuple[Body, ...]) -> None:
    report = gkparse.parse(joined(bodies))
    (found,) = [each for each in report.diagnostics if each.code == "GK104"]
    assert found.severity == "warning"
    assert found.arguments["count"] == str(len(bodies))


# ---------------------------------------------------------------- one of them is damaged

ROW = "requests.outcomes.denied.third_party_rights"
PATH = f"{ROW}.natural_person"


def damaged(body: Body, damage: str) -> tuple[str, Numbers, set[str]]:
    """The text of a body's damaged report, what it still says, and a cell, row or table to name."""
    text, numbers = body.text, body.numbers
    spans = where(text, numbers)
    start, end = spans[PATH]
    line = text.count("\n", 0, start)
    if damage == "erased":
        return erased(text, spans[PATH]), numbers.but({PATH: None}), {PATH, ROW}
    if damage == "line lost":
        left, gone = without_lines(text, {line}, spans)
        return left, numbers.but(gone), {ROW, PATH}
    if damage == "another number":
        return f"{text[:start]}9{text[start:]}", numbers.but({
            PATH: int(f"9{text[start:end]}"),
        }), {PATH}
    if damage == "twice and otherwise":
        other = doubled(text, line)
        return inserted(other, where(text, [PATH])[PATH][0], "9"), numbers, {ROW, PATH}
    table = text.index(HEADINGS[3])
    lost = {path: None for path in numbers if path.startswith("disputes.")}
    rest = text.index(HEADINGS[4])
    return text[:table] + text[rest:], numbers.but(lost), {"disputes"}


@pytest.mark.parametrize("at", [0, 1, 2])
@pytest.mark.parametrize(
    "damage", ["erased", "line lost", "another number", "twice and otherwise", "table lost"]
)
def test_one_that_is_damaged_flags_only_its_own(at: int, damage: str) -> None:
    bodies = (
        WATER, attrs.evolve(SCHOOLS, family="markdown"), attrs.evolve(WELFARE, family="csv"),
    )
    text, numbers, expected = damaged(bodies[at], damage)
    texts = [body.text for body in bodies]
    texts[at] = text
    reports = gkparse.parse_all(BETWEEN.join(texts))
    assert len(reports) == 3
    for place, (report, body) in enumerate(zip(reports, bodies, strict=True)):
        if place == at:
            assert unaccounted(report, numbers) == []
            assert named(report.diagnostics) & expected
        else:
            assert misread(report, body.numbers) == []
            assert alarms(report) == []


def test_a_text_that_is_cut_in_its_last_report_leaves_the_others_whole() -> None:
    text = joined((WATER, WELFARE, SCHOOLS))
    last = text.rindex(HEADINGS[3])
    first, second, third = gkparse.parse_all(text[:last])
    assert alarms(first) == []
    assert alarms(second) == []
    assert {path for found in alarms(third) for path in found.paths} == {"disputes"}
    kept = {p: v for p, v in SCHOOLS.numbers.items() if not p.startswith("disputes.")}
    assert misread(third, kept) == []


def test_a_report_without_a_number_is_none_of_them() -> None:
    blank = FAMILIES["bar-rows"](Page(dict.fromkeys(PATHS, "")))
    reports = gkparse.parse_all(WATER.text + BETWEEN + blank)
    assert misread(reports[0], WATER.numbers) == []
    assert [report.value(path) for report in reports[1:] for path in PATHS] == (
        [None] * len(PATHS) * (len(reports) - 1)
    )


def test_every_cell_of_a_form_is_told_of_in_each_report() -> None:
    one, two = gkparse.parse_all(joined((WATER, WELFARE)))
    assert {path for path, _ in one.cells()} >= set(paths("2021"))
    assert {path for path, _ in two.cells()} >= set(paths("2019", combined=True))


def test_where_no_part_of_a_text_is_a_report_there_is_none() -> None:
    assert gkparse.parse_all(",,,尚未审结总计\n,,,0\n要求提供公开出版物,,,1") == []
