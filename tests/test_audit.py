"""The audit page as a file: what is in it, what a report cannot make of it, and the command."""

from __future__ import annotations

import io
import json
import re
import sys
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gkparse
from audits import DAMAGED, EXAMPLE, damaged, year_before
from gkparse import Report, Section, cli
from gkparse.audit import page
from gkparse.audit.elements import both, element, flat, html, plain, script_data

# What a report may say to become more than text.
HOSTILE = (
    "</script><script>alert(1)</script>",
    "<svg onload=alert(1)>",
    "<!--<script>",
    "]]>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "&lt;b&gt;",
    "\u2028\u2029",
    "\ud800",
    "甲\u202e乙\u2066",
    "\x00\x1b[2J",
)


class _Parts(HTMLParser):
    """The elements of a page in the order in which a browser meets them, and what scripts hold."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.held: list[tuple[dict[str, str | None], str]] = []
        self._open: dict[str, str | None] | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]
        self._open = dict(attrs) if tag in ("script", "style") else None

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            self.held.append((self._open, data))
            self._open = None


def data_of(text: str) -> dict[str, Any]:
    """The data of each view of a page, by name."""
    return {
        str(own["id"]).removeprefix("data-"): json.loads(held)
        for own, held in _Parts(text).held if own.get("type") == "application/json"
    }


def texts(tree: Any) -> list[str]:
    """Every text of a view."""
    if isinstance(tree, str):
        return [tree]
    return [text for child in tree[2:] for text in texts(child)]


# ---------------------------------------------------------------- elements


def test_an_element_is_written_with_its_attributes_and_children() -> None:
    made = element("p", "甲 ", element("b", "1"), class_="a b", data_cell=0, title=None)
    assert html(made) == '<p class="a b" data-cell="0">甲 <b>1</b></p>'
    assert plain(made) == ["p", {"class": "a b", "data-cell": "0"}, "甲 ", ["b", {}, "1"]]


def test_an_element_that_holds_nothing_is_not_closed() -> None:
    assert html(element("input", type="search")) == '<input type="search">'


def test_a_text_of_the_page_is_there_in_both_languages() -> None:
    assert [html(each) for each in both("甲", "A")] == [
        '<span class="ui" lang="zh-Hans">甲</span>', '<span class="ui" lang="en">A</span>',
    ]


def test_parts_that_are_missing_leave_nothing() -> None:
    assert list(flat("a", None, ["b", element("c")])) == ["a", "b", element("c")]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_never_becomes_markup(text: str) -> None:
    made = html(element("td", text, title=text))
    assert _Parts(made).names == ["td"]
    assert "\u202e" not in made
    assert "\x00" not in made
    made.encode()  # no surrogate is left alone


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("甲\u202e乙", "甲<U+202E>乙"),
        ("\x00", "␀"),
        ("\ud800", "<U+D800>"),
        ("a\r\nb\tc", "a\nb\tc"),
        ("a\rb", "a␍b"),
        ("\u2028", "<U+2028>"),
        ("全角\u3000空格\xa0", "全角\u3000空格\xa0"),
    ],
)
def test_what_has_no_glyph_is_shown(text: str, shown: str) -> None:
    assert plain(text) == shown


@given(st.text(st.characters(exclude_categories=())))
def test_data_is_no_markup_and_read_back_as_it_was(text: str) -> None:
    written = script_data([text])
    assert not re.search("[<>&\u2028\u2029]", written)
    assert json.loads(written.encode()) == [text] or any("\ud800" <= sign <= "\udfff" for sign in text)


# ---------------------------------------------------------------- the page


def test_the_page_is_one_file_that_names_no_address() -> None:
    made = page([("a.txt", damaged())])
    parts = _Parts(made)
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", made)
    assert {"link", "img", "iframe", "object", "base"}.isdisjoint(parts.names)
    assert [each for each in parts.attributes if each[1] in ("src", "action", "style")] == []
    assert {value for _, name, value in parts.attributes if name == "href"} == {"#main"}


def test_the_policy_allows_the_style_and_the_script_and_nothing_else() -> None:
    made = page([("a.txt", damaged())])
    (policy,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">', made)
    rules = dict(rule.split(" ", 1) for rule in policy.replace("&#x27;", "'").split("; "))
    allowed = {}
    for own, held in _Parts(made).held:
        if own.get("type") != "application/json":
            kind = "style" if own == {} and "{" in held and "use strict" not in held else "script"
            allowed[f"{kind}-src"] = f"'sha256-{b64encode(sha256(held.encode()).digest()).decode()}'"
    assert rules == {
        "default-src": "'none'", "base-uri": "'none'", "form-action": "'none'",
        "require-trusted-types-for": "'script'", "trusted-types": "'none'", **allowed,
    }
    assert len(allowed) == 2
    assert made.index("Content-Security-Policy") < made.index("<style>")


def test_the_policy_stands_before_all_that_it_governs() -> None:
    names = _Parts(page([])).names
    assert names[:4] == ["html", "head", "meta", "meta"]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_of_a_report_becomes_an_element(text: str) -> None:
    plain_page = _Parts(page([("a", Report(title="题", agency="局", year=2023))]))
    report = Report(
        title=text, agency=text, year=2023, metadata=gkparse.Metadata(website=text, address=text),
        sections=(Section(1, text, text),), source=text,
    )
    made = page([(text, report)])
    assert _Parts(made).names == plain_page.names
    made.encode()


@pytest.mark.parametrize("text", HOSTILE)
def test_files_that_could_not_be_read_are_text_too(text: str) -> None:
    made = page([], [(text, text)])
    assert _Parts(made).names == _Parts(page([], [("a", "b")])).names
    listed = texts(data_of(made)["index"])
    assert sum(plain(text) in each for each in listed) == 2


def test_a_javascript_address_is_no_link() -> None:
    website = "javascript:alert(1)"
    views = data_of(page([("a", Report(title="题", metadata=gkparse.Metadata(website=website)))]))
    assert website in texts(views["report-0"])
    assert website not in json.dumps(_attributes(views["report-0"]))


def _attributes(tree: Any) -> list[dict[str, str]]:
    if isinstance(tree, str):
        return []
    return [tree[1], *(found for child in tree[2:] for found in _attributes(child))]


def test_every_reference_of_a_view_is_within_the_page() -> None:
    views = data_of(page([("a", damaged()), ("b", year_before())], [("c", "gone")]))
    references = {
        attributes["href"] for name, view in views.items() if name != "page"
        for attributes in _attributes(view) if "href" in attributes
    }
    assert references == {"#report-0", "#report-1", "#body-0"}
    handlers = [key for name, view in views.items() if name != "page" for own in _attributes(view) for key in own if key.startswith("on")]
    assert handlers == []


def test_one_report_is_shown_at_once_and_several_by_an_index() -> None:
    one, two = ("a.txt", damaged()), ("b.txt", year_before())
    assert data_of(page([one]))["page"]["start"] == "report-0"
    assert data_of(page([one, two]))["page"]["start"] == "index"
    assert data_of(page([one], [("c.txt", "gone")]))["page"]["start"] == "index"
    assert data_of(page([]))["page"]["start"] == "index"


def test_the_title_of_the_page_is_that_of_a_single_report() -> None:
    assert "<title>青禾县林业局2023年政府信息公开工作年度报告</title>" in page([("a", damaged())])


def test_every_character_of_the_source_is_there_once() -> None:
    report = damaged()
    view = data_of(page([("a", report)]))["report-0"]
    (pre,) = [tree for tree in _trees(view) if tree[0] == "pre"]
    # The words for those who hear a blank cell are the page's own.
    shown = "".join(text for text in _own(pre))
    assert shown == report.source


def _trees(tree: Any) -> list[Any]:
    if isinstance(tree, str):
        return []
    return [tree, *(found for child in tree[2:] for found in _trees(child))]


def _own(tree: Any) -> list[str]:
    if isinstance(tree, str):
        return [tree]
    if tree[1].get("class") == "ui":
        return []
    return [text for child in tree[2:] for text in _own(child)]


def test_equal_input_gives_an_equal_page() -> None:
    assert page([("a", damaged())]) == page([("a", damaged())])


def test_the_paths_of_cells_stand_there_once_for_all_reports_of_a_form() -> None:
    told = data_of(page([("a", gkparse.parse(EXAMPLE)), ("b", year_before())]))["page"]
    assert len(told["paths"]) == 1
    assert told["lists"] == [0, 0]
    assert told["paths"][0][:2] == ["proactive.rules.issued", "proactive.rules.repealed"]
    label, english = told["names"]["2021"]["requests.received.total"]
    assert label.endswith("总计")
    assert english == "requests newly received in the year: from all applicants"


def test_reports_of_one_file_each_have_their_own_part_of_its_text() -> None:
    text = EXAMPLE + "\n" + EXAMPLE.replace("青禾县林业局", "青禾县水务局").replace("264", "999")
    reports = gkparse.parse_all(text)
    assert len(reports) == 2
    views = data_of(page([("both.txt", report) for report in reports]))
    first, second = ("".join(texts(_pre(views[f"report-{at}"]))) for at in (0, 1))
    assert "264" in first
    assert "999" not in first
    assert "青禾县水务局2023年政府信息公开工作年度报告" in second
    assert "后文略" in first
    assert "前文略" in second


def _pre(view: Any) -> Any:
    return next(tree for tree in _trees(view) if tree[0] == "pre")


def test_one_report_that_is_given_twice_is_shown_whole_twice() -> None:
    report = gkparse.parse(EXAMPLE)
    views = data_of(page([("a.txt", report), ("a.txt", report)]))
    assert "".join(_own(_pre(views["report-0"]))) == EXAMPLE
    assert "".join(_own(_pre(views["report-1"]))) == EXAMPLE


def test_a_report_is_told_what_contradicts_the_year_before() -> None:
    views = data_of(page([("b.txt", gkparse.parse(EXAMPLE)), ("a.txt", year_before())]))
    assert "GK601" in texts(views["report-0"])
    assert "GK601" not in texts(views["report-1"])


def test_of_two_reports_on_a_year_none_is_said_to_hold_the_place() -> None:
    other = gkparse.parse(EXAMPLE.replace("\t264\t", "\t265\t"))
    reports = [("a", gkparse.parse(EXAMPLE)), ("b", other), ("c", year_before())]
    views = data_of(page(reports))
    assert all("GK606" in texts(views[f"report-{at}"]) for at in (0, 1))
    assert "GK606" not in texts(views["report-2"])


# ---------------------------------------------------------------- the index


def _rows(view: Any) -> list[Any]:
    table = next(tree for tree in _trees(view) if tree[1].get("class") == "reports")
    return [tree for tree in _trees(table) if tree[0] == "tr" and "data-form" in tree[1]]


def test_the_index_says_of_each_report_what_it_can_be_found_by() -> None:
    index = data_of(page([("in/Kept.txt", damaged()), ("b.txt", year_before())]))["index"]
    first = _rows(index)[0][1]
    assert first["data-severity"] == "error warning"
    assert {"GK201", "GK207", "GK210", "GK303"} <= set(first["data-code"].split())
    assert first["data-form"] == "2021"
    assert all(word in first["data-search"] for word in ("青禾县林业局", "2023", "in/kept.txt"))
    assert _rows(index)[1][1]["data-severity"] == "clean"


def test_the_index_offers_the_codes_and_forms_that_are_there_with_their_numbers() -> None:
    index = data_of(page([("a", damaged()), ("b", year_before())]))["index"]
    offered = {tree[1]["value"]: texts(tree)[0] for tree in _trees(index) if tree[0] == "option"}
    assert offered["2021"] == "2021（2）"
    assert offered["GK303"] == "GK303 行总计不符 row total（1）"
    assert "GK999" not in offered


def test_the_index_lists_what_could_not_be_read_and_why() -> None:
    index = texts(data_of(page([], [("scan.pdf", "it is a picture")]))["index"])
    assert "scan.pdf" in index
    assert "it is a picture" in index
    assert "0 reports, 1 file not read" in index


def test_a_report_without_a_name_is_listed_by_its_title_or_file() -> None:
    index = data_of(page([("a.txt", Report(title="某报告")), ("b.txt", Report())]))["index"]
    named = [texts(next(tree for tree in _trees(row) if tree[0] == "a"))[0] for row in _rows(index)]
    assert named == ["某报告", "b.txt"]


# ---------------------------------------------------------------- the command


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which the test runs, with a report and what is none."""
    monkeypatch.chdir(tmp_path)
    folder = Path("in")
    folder.mkdir()
    (folder / "a.txt").write_text(EXAMPLE, encoding="utf-8")
    (folder / "b.txt").write_text(DAMAGED, encoding="utf-8")
    return folder


def test_the_command_writes_the_page_and_says_nothing(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["audit", "in", "-o", "audit.html"]) == 0
    assert capsys.readouterr() == ("", "")
    views = data_of(Path("audit.html").read_text(encoding="utf-8"))
    assert [name for name in views if name.startswith("report")] == ["report-0", "report-1"]
    assert sorted(path.name for path in Path().iterdir()) == ["audit.html", "in"]


def test_findings_are_no_failure(files: Path) -> None:
    assert cli.main(["audit", str(files / "b.txt"), "-o", "audit.html"]) == 0


def test_a_file_that_cannot_be_read_is_listed_and_the_status_is_1(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (files / "weather.txt").write_text("今日天气晴", encoding="utf-8")
    assert cli.main(["audit", "in", "gone.txt", "-o", "audit.html"]) == 1
    told = capsys.readouterr().err.splitlines()
    assert [line.split(": ")[1] for line in told] == ["in/weather.txt", "gone.txt"]
    index = texts(data_of(Path("audit.html").read_text(encoding="utf-8"))["index"])
    assert {"in/weather.txt", "gone.txt"} <= set(index)
    assert "2 reports, 2 files not read" in index


def test_every_report_of_a_file_is_shown(files: Path) -> None:
    (files / "c.txt").write_text(EXAMPLE + EXAMPLE.replace("林业", "水务"), encoding="utf-8")
    assert cli.main(["audit", str(files / "c.txt"), "-o", "audit.html"]) == 0
    views = data_of(Path("audit.html").read_text(encoding="utf-8"))
    assert [name for name in views if name.startswith("report")] == ["report-0", "report-1"]


def test_a_hyphen_is_standard_output_in_utf_8(
    files: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert cli.main(["audit", str(files / "a.txt"), "-o", "-"]) == 0
    out = capfdbinary.readouterr().out.decode()
    assert out.startswith("<!DOCTYPE html>")
    assert "report-0" in data_of(out)


def test_a_hyphen_is_standard_input_as_well(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(DAMAGED.encode("gb18030"))))
    assert cli.main(["audit", "-", "-o", "audit.html"]) == 0
    views = data_of(Path("audit.html").read_text(encoding="utf-8"))
    assert "GK303" in texts(views["report-0"])


def test_an_input_is_never_replaced(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = files / "a.txt"
    assert cli.main(["audit", str(own), "-o", "in/../in/a.txt"]) == 2
    assert "would replace what it is made of" in capsys.readouterr().err
    assert own.read_text(encoding="utf-8") == EXAMPLE


def test_an_input_in_a_folder_is_not_replaced_through_a_link(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("audit.html").symlink_to(files / "a.txt")
    assert cli.main(["audit", "in", "-o", "audit.html"]) == 2
    assert "would replace what it is made of" in capsys.readouterr().err
    assert (files / "a.txt").read_text(encoding="utf-8") == EXAMPLE


def test_the_page_of_the_time_before_is_not_read(files: Path) -> None:
    assert cli.main(["audit", "in", "-o", "in/audit.html"]) == 0
    first = (files / "audit.html").read_bytes()
    assert cli.main(["audit", "in", "-o", "in/audit.html"]) == 0
    assert (files / "audit.html").read_bytes() == first


@pytest.mark.parametrize(
    ("output", "reason"),
    [("in", "it is a folder"), ("nowhere/audit.html", "there is no folder")],
)
def test_misuse_is_told_before_anything_is_read(
    files: Path, capsys: pytest.CaptureFixture[str], output: str, reason: str
) -> None:
    assert cli.main(["audit", "in", "-o", output]) == 2
    assert reason in capsys.readouterr().err


def test_an_output_must_be_named(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["audit", "in"])
    assert ended.value.code == 2
    assert "--output" in capsys.readouterr().err


def test_a_page_that_cannot_be_written_is_no_success(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["audit", "in", "-o", f"{'long' * 100}.html"]) == 1
    assert capsys.readouterr().err.startswith("gkparse: ")


def test_a_report_that_was_stored_is_shown_without_a_source() -> None:
    stored = gkparse.from_dict(gkparse.to_dict(damaged()))
    view = data_of(page([("a.json", stored)]))["report-0"]
    assert not [tree for tree in _trees(view) if tree[0] in ("pre", "mark")]
    assert "总体情况" in texts(view)


def test_the_pictures_of_the_docs_are_there_and_small() -> None:
    docs = Path(__file__).parents[1] / "docs"
    named = re.findall(r"images/[\w-]+\.png", (docs / "audit.md").read_text(encoding="utf-8"))
    assert {f"images/{path.name}" for path in (docs / "images").glob("audit-*.png")} >= set(named)
    assert len(named) == 5
    assert all((docs / name).stat().st_size < 150_000 for name in named)
