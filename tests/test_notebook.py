"""Notebooks: what reports, findings and years show of themselves, and that it stays in its place."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from html.parser import HTMLParser
from importlib.resources import files
from itertools import accumulate
from types import SimpleNamespace
from typing import Any

import attrs
import pytest
from hypothesis import given

import gkparse
from audits import EXAMPLE, INDICATORS, damaged, year_before
from building import built, distinct
from gkparse import Diagnostic, Indicator, Report, notebook
from gkparse.diagnostics import Language
from gkparse.dictionary import describe
from gkparse.findings import findings
from gkparse.testing import reports

CHROMIUM = shutil.which("chromium")
_ARGUMENTS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
_HOSTILE = "</style></script><script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">\u202e\x00$5$"


@attrs.frozen
class Read:
    """An element of what is shown, as a browser would read it."""

    name: str
    attributes: dict[str, str | None]
    text: list[str] = attrs.field(factory=list)

    @property
    def said(self) -> str:
        return "".join(self.text)

    @property
    def classes(self) -> list[str]:
        return (self.attributes.get("class") or "").split()


class Reader(HTMLParser):
    """Reads HTML into elements, each with all text within it; what opens must close."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[Read] = []
        self.open: list[Read] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(Read(tag, dict(attrs)))
        self.elements.append(self.open[-1])

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().name == tag

    def handle_data(self, data: str) -> None:
        for each in self.open:
            each.text.append(data)


def shown(one: Any) -> list[Read]:
    """The elements that something shows in a notebook."""
    return Reader(one._repr_html_()).elements


def values_of(one: Any) -> list[Read]:
    """The cells with values, in the order of the tables."""
    return [each for each in with_class(shown(one), "value") if each.name == "td"]


def with_class(elements: list[Read], *classes: str) -> list[Read]:
    return [each for each in elements if set(classes) <= set(each.classes)]


def root(elements: list[Read]) -> Read:
    (found,) = with_class(elements, "gkparse-view")
    return found


def hostile() -> Report:
    """A report that would be a program if it could."""
    report = gkparse.parse(EXAMPLE.replace("行政许可\t264", "行政许可\t2;<b>64"))
    metadata = attrs.evolve(report.metadata, website="javascript:alert(1)", address=_HOSTILE)
    return attrs.evolve(report, title=_HOSTILE, agency=_HOSTILE, metadata=metadata)


def series_of(*years: int, agency: str = "青禾县林业局") -> list[Report]:
    return [Report(agency=agency, year=year) for year in years]


# ---------------------------------------------------------------- a report in a terminal


def test_a_report_is_told_in_one_short_line() -> None:
    assert repr(gkparse.parse(EXAMPLE)) == (
        "<Report agency='青禾县林业局' year=2023 form='2021': 200 numbers, 0 errors, 0 warnings>"
    )
    assert repr(damaged()) == (
        "<Report agency='青禾县林业局' year=2023 form='2021': 191 numbers, 3 errors, 1 warning>"
    )


def test_a_blank_cell_is_no_number_and_a_zero_is_one() -> None:
    assert ": 1 number, " in repr(built({"proactive.rules.issued": 0, "proactive.rules.repealed": None}))


def test_the_numbers_of_2014_are_its_indicators() -> None:
    own = (Indicator("a", "甲", "件", 0), Indicator(None, "乙", None, None), Indicator(None, "丙", "万元", Decimal("1.5")))
    assert repr(Report(form="2014", indicators=own)) == (
        "<Report agency=None year=None form='2014': 2 numbers, 0 errors, 0 warnings>"
    )


def test_a_report_of_an_unknown_form_can_still_be_told() -> None:
    assert repr(Report(form="1999")) == (
        "<Report agency=None year=None form='1999': 0 numbers, 0 errors, 0 warnings>"
    )


def test_what_a_report_says_cannot_steer_a_terminal() -> None:
    assert repr(Report(agency="局\x1b[2J\u202e")).startswith(r"<Report agency='局\x1b[2J\u202e' ")


@given(reports())
def test_a_report_is_told_in_one_line_whatever_it_holds(report: Report) -> None:
    told = repr(report)
    assert told.isprintable()
    numbers = len(list(report.numbers())) + sum(own.value is not None for own in report.indicators)
    assert f": {numbers} number" in told


# ---------------------------------------------------------------- a report in a notebook


def test_a_report_shows_each_number_in_the_official_tables_with_its_name_in_english() -> None:
    report = gkparse.parse(EXAMPLE)
    values = values_of(report)
    assert [each.said for each in values] == [cell.printed for _, cell in report.cells()]
    for each, (path, cell) in zip(values, report.cells(), strict=True):
        assert cell.span
        assert each.attributes["title"] == f"{describe(path)} · {cell.span.line}:{cell.span.column}"


def test_how_a_cell_was_read_is_told_by_more_than_colour() -> None:
    report = damaged()
    cells = dict(zip((path for path, _ in report.cells()), values_of(report), strict=True))
    misread = cells["proactive.licensing.decisions"]
    assert {"repaired", "doubt-warning"} <= set(misread.classes)
    assert "≈" in misread.said
    assert "“26O”" in (misread.attributes["title"] or "")
    assert cells["proactive.rules.issued"].said.split()[:1] == ["blank,"], "and no zero"
    assert "not found" in cells["proactive.compulsory_measures.decisions"].said
    assert cells["requests.outcomes.denied.state_secret.other"].said.startswith("/")


def test_findings_tables_and_charts_are_there_and_the_source_is_not() -> None:
    elements = shown(damaged())
    heads = [each.said for each in elements if each.attributes.get("role") == "heading"]
    assert heads == [
        "青禾县林业局2023年政府信息公开工作年度报告", "Findings", "Tables", "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况",
    ]
    assert [each.said for each in elements if each.name == "summary"] == ["4 notes", "Charts"]
    assert "expected 25, actual 26" in root(elements).said
    assert not [each for each in elements if each.name in ("aside", "mark", "pre")]


def test_the_table_of_2014_shows_itself() -> None:
    report = gkparse.parse(INDICATORS)
    values = values_of(report)
    assert [each.text[:1] for each in values] == [["14"], ["2"], ["?"], ["9"], ["/"]]
    assert (values[0].attributes["title"] or "").startswith("requests received")


@pytest.mark.parametrize(("language", "own", "other"), [("en", "Findings", "发现的问题"), ("zh", "发现的问题", "Findings")])
def test_one_language_is_shown_and_the_other_is_under_the_pointer(language: Language, own: str, other: str) -> None:
    elements = shown(notebook.report(damaged(), language=language))
    (head,) = [each for each in with_class(elements, "h2") if each.said == own]
    (inner,) = [each for each in elements if each.name == "span" and each.said == own and each.attributes.get("title") == other]
    assert head.said == inner.said
    assert other not in root(elements).said


def test_a_row_of_which_one_cell_alone_was_found_shows_the_others_as_not_found() -> None:
    row = "requests.outcomes.other_handling.combined"
    elements = shown(built({f"{row}.total": 4}))
    (line,) = [each for each in elements if each.name == "tr" and "（六）其他处理" in each.said]
    assert line.said.count("not found") == 6
    assert line.text[-4:-3] == ["4"], line.text


@given(reports())
def test_every_report_shows_each_of_its_numbers(report: Report) -> None:
    values = values_of(report)
    numbers = [value for _, value in report.numbers()] + [own.value for own in report.indicators if own.value is not None]
    printed = Counter(text for each in values for text in each.text[:1])
    assert Counter(format(value, "f" if isinstance(value, Decimal) else "d") for value in numbers) <= printed


# ---------------------------------------------------------------- lists


def test_reports_are_a_table_with_what_checking_them_finds() -> None:
    view = notebook.reports([damaged(), *series_of(2022)])
    rows = [each.said for each in shown(view) if each.name == "tr"]
    assert rows[0] == "BodyYearFormFindings"
    assert rows[1].startswith("青禾县林业局20232021✕ 3 errors ! 1 warning ")
    assert repr(view) == f"{damaged()!r}\n{series_of(2022)[0]!r}"


def test_a_list_of_many_shows_twenty_and_says_how_many_more() -> None:
    view = notebook.reports(series_of(*range(1, 1255)))
    elements = shown(view)
    assert len([each for each in elements if each.name == "tr"]) == 1 + 20
    assert [each.said for each in with_class(elements, "counts")] == ["1,254 reports", "… 1,234 more"]
    assert repr(view).splitlines()[20:] == ["… 1,234 more"]
    assert len(view._repr_html_()) < 30_000


def test_a_list_of_twenty_is_shown_whole() -> None:
    view = notebook.reports(series_of(*range(1, 21)))
    assert [each.said for each in with_class(shown(view), "counts")] == ["20 reports"]
    assert len(repr(view).splitlines()) == 20


def test_findings_say_where_they_stand_and_what_they_concern() -> None:
    found = next(each for each in damaged().diagnostics if each.code == "GK210")
    elements = shown(found)
    assert "misread number" in root(elements).said
    assert found.message in root(elements).said
    (path,) = [each for each in elements if each.said == found.paths[0]]
    assert path.attributes["title"] == describe(found.paths[0])
    assert found.span
    assert f"{found.span.line}:{found.span.column} " in with_class(elements, "facts")[0].said


def test_many_findings_and_many_paths_stay_short() -> None:
    paths = tuple(path for path, _ in built(distinct()).cells())
    many = [Diagnostic("GK201", "error", paths, arguments={"label": "甲"})] * 1000
    elements = shown(notebook.findings(many))
    assert len([each for each in elements if each.name == "li"]) == 20
    counts = [each.said for each in with_class(elements, "counts")]
    assert counts == ["… 192 more"] * 20 + ["… 980 more"]
    inside = shown(Report(diagnostics=tuple(many)))
    listed = with_class(inside, "findings")[0]
    assert listed.said.endswith(" more")
    assert len([each for each in inside if each.name == "li" and "row missing" in each.said]) == 20


def test_no_findings_say_so() -> None:
    assert root(shown(notebook.findings([]))).said == "Nothing was found."
    assert repr(notebook.findings([])) == ""


def test_the_years_of_a_body_stand_side_by_side() -> None:
    view = notebook.series([gkparse.parse(EXAMPLE), year_before(), *series_of(2023, agency="青禾县档案馆")])
    elements = shown(view)
    assert "GK601" in root(elements).said
    assert "档案馆" not in root(elements).said, "one year is no series"
    (head,) = [each for each in elements if each.name == "tr" and each.said.startswith("cell")]
    assert head.said == "cell20222023"
    assert not [each for each in elements if each.name == "a"], "the page's links lead nowhere here"
    assert repr(view) == "青禾县林业局: 2022, 2023; 5 findings"


def test_without_several_years_it_is_said_that_there_is_no_series() -> None:
    assert root(shown(notebook.series(series_of(2023)))).said == "No body has reports on several years."


def test_of_many_bodies_some_are_shown_and_the_rest_is_counted() -> None:
    several = [each for at in range(30) for each in series_of(2022, 2023, agency=f"青禾县第{at}局")]
    view = notebook.series(several)
    assert len(with_class(shown(view), "years")) == 5
    assert [each.said for each in with_class(shown(view), "counts")] == ["… 25 more"]
    assert repr(view).splitlines()[20:] == ["… 10 more"]


def test_the_findings_of_a_series_stay_a_tuple() -> None:
    found = gkparse.check_series([gkparse.parse(EXAMPLE), year_before()])
    assert type(found) is tuple
    assert repr(notebook.findings(found)).count("GK601") == 3


def test_a_view_of_a_report_is_its_tables_in_a_terminal() -> None:
    lines = repr(notebook.report(gkparse.parse(EXAMPLE))).splitlines()
    assert lines[0] == "青禾县林业局2023年政府信息公开工作年度报告"
    assert any("一、本年新收政府信息公开申请数量              │     41 │" in line for line in lines)


# ---------------------------------------------------------------- what is broken


@pytest.mark.parametrize(
    "broken",
    [
        Report(form="1999"),
        Report(diagnostics=(Diagnostic("GK201", "error"),)),  # a message without its facts
        Report(diagnostics=(Diagnostic("XX001", "error", ("no.such.path",), text="一"),)),
        Report(requests=gkparse.Requests(received=gkparse.Results())),  # type: ignore[arg-type]
        Report(title="年报", source="", sections=(gkparse.Section(9, "", ""),)),
        attrs.evolve(damaged(), source=None),
        Report(form="2014"),
        Report(form="2014", indicators=(Indicator(None, "", None, None),)),
        built({"proactive.fees.amount": Decimal("NaN")}),
        built({"requests.received.total": 10**5000}),
    ],
    ids=["form", "message", "paths", "classes", "sections", "source", "empty", "indicator", "NaN", "digits"],
)
def test_a_broken_report_shows_what_it_can(broken: Report) -> None:
    assert root(shown(broken)).said
    assert root(shown(notebook.reports([broken, gkparse.parse(EXAMPLE)]))).said.endswith("青禾县林业局20232021")
    assert repr(notebook.report(broken))
    for found in broken.diagnostics:
        assert root(shown(found)).said
        assert repr(notebook.findings([found]))


def test_what_cannot_be_shown_says_why() -> None:
    said = root(shown(Report(form="1999"))).said
    assert said == "not shown: KeyError: \"gkparse knows no form '1999'\""
    assert repr(notebook.report(Report(form="1999"))) == said


# ---------------------------------------------------------------- safety


def test_what_a_report_says_is_text() -> None:
    bad = hostile()
    for view in (bad, notebook.reports([bad]), notebook.findings(findings(bad)), notebook.series([bad, attrs.evolve(bad, year=2022)])):
        elements = shown(view)
        assert not {each.name for each in elements} & {"script", "img", "a", "b", "iframe", "form", "input", "button"}
        assert not [key for each in elements for key in each.attributes if key.startswith("on") or key in ("href", "src")]
        assert len([each for each in elements if each.name == "style"]) == 1
    assert "<script>document" in root(shown(bad)).said
    assert "<U+202E>" in root(shown(bad)).said


def test_mathjax_is_told_to_leave_it_alone() -> None:
    assert {"tex2jax_ignore", "mathjax_ignore"} <= set(root(shown(hostile())).classes)


def test_nothing_is_fetched() -> None:
    html = notebook.series([gkparse.parse(EXAMPLE), year_before()])._repr_html_() + damaged()._repr_html_()
    assert "http" not in html
    assert "@import" not in html
    assert {part.split(")")[0][:6] for part in html.split("url(")[1:]} == {"#fill-"}


def test_ids_are_never_the_same_twice() -> None:
    report = damaged()
    ids = [each.attributes["id"] for _ in range(3) for each in shown(report) if "id" in each.attributes]
    assert len(ids) == len(set(ids)) == 12
    html = report._repr_html_()
    own = {each.attributes["id"] for each in Reader(html).elements if "id" in each.attributes}
    assert {part.split(")")[0] for part in html.split("url(#")[1:]} <= own


def test_the_style_is_that_of_the_audit_page_within_a_view_alone() -> None:
    style = notebook._style()
    assert style.startswith(".gkparse-view.gkparse-view.gkparse-view {\n")
    inside = style[style.index("{") :].rstrip()
    depths = list(accumulate((letter == "{") - (letter == "}") for letter in inside))
    assert depths.index(0) == len(depths) - 1, "nothing stands outside of it"
    page = files("gkparse.audit").joinpath("page.css").read_text(encoding="utf-8")
    for line in page.splitlines():
        if line.startswith((".official", ".value", ".badge", ".part")):
            assert line in style
    assert "prefers-color-scheme" not in style, "the notebook has a theme of its own"
    assert "@page" not in style
    assert ":root" not in style
    for before, _ in notebook._PAGE:
        assert before in page, "what is replaced is there"


# ---------------------------------------------------------------- IPython


def formatted(shell: Any, value: object) -> dict[str, str]:
    data: dict[str, str] = shell.display_formatter.format(value)[0]
    return data


@pytest.fixture
def shell() -> Any:
    formatters = pytest.importorskip("IPython.core.formatters", reason="IPython is not installed")
    return SimpleNamespace(display_formatter=formatters.DisplayFormatter())


def test_importing_changes_nothing_in_ipython(shell: Any) -> None:
    assert "text/html" not in formatted(shell, [damaged()])
    assert "text/html" in formatted(shell, damaged())
    assert formatted(shell, damaged())["text/plain"] == repr(damaged())


def test_the_extension_shows_lists_of_reports_and_of_findings_and_no_others(shell: Any) -> None:
    report = damaged()
    notebook.load_ipython_extension(shell)
    assert "2 reports" in formatted(shell, [report, report])["text/html"]
    assert "misread number" in formatted(shell, report.diagnostics)["text/html"]
    for other in ([], (), [1, 2], [report, 1], [report.diagnostics[0], report], (report.metadata,)):
        assert list(formatted(shell, other)) == ["text/plain"]
    notebook.unload_ipython_extension(shell)
    assert list(formatted(shell, [report])) == ["text/plain"]


def test_unloading_leaves_what_another_has_put_there(shell: Any) -> None:
    notebook.load_ipython_extension(shell)
    shell.display_formatter.formatters["text/html"].for_type(list, _other)
    notebook.unload_ipython_extension(shell)
    assert formatted(shell, [1])["text/html"] == "<b>other</b>"
    assert list(formatted(shell, (damaged(),))) == ["text/plain"]


def _other(_: object) -> str:
    return "<b>other</b>"


# ---------------------------------------------------------------- in a browser

Opened = Callable[..., Any]
# What JupyterLab says of tables and headings in an output, and a page that is white or black.
_LAB = """
body { background: white; color: black } body[data-jp-theme-light="false"] { background: #111; color: white }
:not(.jp-RenderedMarkdown).jp-RenderedHTMLCommon td { text-align: right; padding: 0.5em; border: none }
.jp-RenderedHTMLCommon tbody tr:nth-child(odd) { background: #cccccc }
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright for Python is not installed")
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=_ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def opened(browser: Any) -> Iterator[Opened]:
    """Opens a page as a notebook with outputs; nothing may be complained of or asked for."""
    contexts: list[Any] = []
    troubles: list[str] = []

    def open_page(*outputs: str, light: str = "true", **options: Any) -> Any:
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda told: troubles.append(told.text))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("request", lambda asked: troubles.append(asked.url))
        own = '<table id="own"><tbody><tr><td class="value">1</td></tr></tbody></table><h2 id="head">h</h2><p class="chart" id="p">p</p>'
        page.set_content(
            f'<!DOCTYPE html><html lang="en"><title>notebook</title><style>{_LAB}</style>'
            f'<body data-jp-theme-light="{light}"><main><h1>notebook</h1>{own}<div id="outputs"></div></main></body></html>'
        )
        # As Jupyter puts them there: no script in them runs.
        for output in outputs:
            page.evaluate(
                """(html) => { const one = document.createElement('div');
                one.className = 'jp-RenderedHTMLCommon'; one.innerHTML = html; document.getElementById('outputs').append(one); }""",
                output,
            )
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []


def style_of(page: Any, selector: str, name: str) -> str:
    found: str = page.locator(selector).first.evaluate(f"(one) => getComputedStyle(one).getPropertyValue({name!r})")
    return found


def test_the_style_does_not_reach_the_notebook(opened: Opened) -> None:
    told = []
    for outputs in ((), (damaged()._repr_html_(),)):
        page = opened(*outputs)
        told.append(page.evaluate("""() => ['own', 'head', 'p'].flatMap((id) => [document.getElementById(id), ...document.getElementById(id).querySelectorAll('*')])
          .concat(document.body, document.documentElement)
          .map((one) => [...getComputedStyle(one)].filter((name) => !/height|size|perspective-origin|transform-origin/.test(name)).map((name) => name + getComputedStyle(one).getPropertyValue(name)))"""))
    assert told[0] == told[1]


def test_the_style_of_the_notebook_does_not_reach_the_tables(opened: Opened) -> None:
    page = opened(damaged()._repr_html_())
    assert style_of(page, ".official td.value", "text-align") == "center"
    assert style_of(page, ".official td.value", "border-top-style") == "solid"
    assert style_of(page, ".official tr:nth-child(odd)", "background-color") == "rgba(0, 0, 0, 0)"


@pytest.mark.parametrize(("light", "scheme", "paper"), [
    ("true", "light", "rgb(251, 250, 246)"), ("true", "dark", "rgb(251, 250, 246)"),
    ("false", "light", "rgb(22, 21, 19)"), ("false", "dark", "rgb(22, 21, 19)"),
])
def test_the_theme_of_the_notebook_counts_not_that_of_the_system(opened: Opened, light: str, scheme: str, paper: str) -> None:
    page = opened(damaged()._repr_html_(), light=light, color_scheme=scheme)
    assert style_of(page, ".gkparse-view", "background-color") == paper
    assert style_of(page, ".official .value", "color") == style_of(page, ".gkparse-view", "color")


def test_on_paper_it_is_black_on_white(opened: Opened) -> None:
    page = opened(damaged()._repr_html_(), light="false")
    page.emulate_media(media="print")
    assert style_of(page, ".gkparse-view", "background-color") == "rgb(255, 255, 255)"
    assert style_of(page, ".gkparse-view", "color") == "rgb(0, 0, 0)"


def test_nothing_in_a_report_runs(opened: Opened) -> None:
    bad = hostile()
    page = opened(bad._repr_html_(), notebook.reports([bad])._repr_html_())
    assert page.title() == "notebook"
    assert page.locator("#outputs script, #outputs img").count() == 0


@pytest.mark.parametrize(("light", "width"), [("true", 400), ("false", 1100)])
def test_axe_finds_no_violation(opened: Opened, light: str, width: int) -> None:
    pytest.importorskip("axe_playwright_python", reason="axe-playwright-python, which holds axe-core, is not installed")
    several = [damaged(), gkparse.parse(EXAMPLE)]
    views = (
        damaged(), damaged(), gkparse.parse(INDICATORS), notebook.reports(several * 15), notebook.findings(damaged().diagnostics),
        notebook.series([several[1], year_before()]), Report(form="1999"), notebook.report(several[1], language="zh"),
    )
    page = opened(
        *(view._repr_html_() for view in views), light=light, viewport={"width": width, "height": 900}
    )
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run().then((told) => told.violations.map((each) => [each.id, each.nodes.map((node) => node.html)]))")
    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "what is wide scrolls by itself"
