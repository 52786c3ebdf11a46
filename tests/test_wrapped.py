"""A report within what programs wrap around text: strings, records, commands, other ends of lines.

What it says is the same as where it stands by itself: every number, who reports on which year, and the date.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

import gkparse

REPORT = Path(__file__).parents[1].joinpath("examples/qinghe-2023.txt").read_text(encoding="utf-8")
TITLE = REPORT.partition("\n")[0]
RECORD = {"url": "a.example/1.html", "title": TITLE, "content": REPORT}


def lines(before: str = "", behind: str = "") -> str:
    """The report with something before and behind each of its lines."""
    return "".join(f"{before}{line}{behind}\n" for line in REPORT.split("\n"))


WRAPPED = {
    "a string of JSON": json.dumps(REPORT, ensure_ascii=False),
    "a string of JSON in ASCII": json.dumps(REPORT),
    "an object of JSON": json.dumps(RECORD, ensure_ascii=False),
    "an object of JSON in ASCII": json.dumps(RECORD),
    "an object of JSON on several lines": json.dumps(RECORD, ensure_ascii=False, indent=2),
    "an object whose text has quotes": json.dumps({"content": REPORT.replace("。", "\"。'")}, ensure_ascii=False),
    "a string of Python": repr(REPORT),
    "a dict of Python": repr(RECORD),
    "a dict of Python whose text has both quotes": repr({"content": REPORT.replace("。", "\"。'")}),
    "a list of lines": json.dumps(REPORT.split("\n"), ensure_ascii=False),
    "a notebook": json.dumps({"cells": [{"source": [f"{line}\n" for line in REPORT.split("\n")]}]}, ensure_ascii=False),
    "line ends as escapes": REPORT.replace("\n", "\\r\\n"),
    "front matter": f'---\ntitle: "{TITLE}"\n---\n{REPORT}',
    "old line ends": REPORT.replace("\n", "\r"),
    "line ends of Windows": REPORT.replace("\n", "\r\n"),
    "separators of lines": REPORT.replace("\n", "\u2028"),
    "vertical tabs": REPORT.replace("\n", "\v"),
    "next lines": REPORT.replace("\n", "\x85"),
    "pilcrows": lines(behind="¶"),
    "arrows": lines(behind=" ↵"),
    "arrows for line ends": REPORT.replace("\n", "⏎"),
    "line breaks of Markdown": lines(behind="\\"),
    "line breaks of Markdown behind a blank": lines(behind=" \\"),
    "characters as entities": "".join(f"&#{ord(sign)};" if ord(sign) > 127 else sign for sign in REPORT),
    "blanks as entities": REPORT.replace("\t", "\t&nbsp;"),
    "blanks as entities twice": REPORT.replace("\t", "&amp;nbsp;\t"),
    "wide blanks as entities": REPORT.replace("\t", "\t&ensp;&emsp;"),
    "marks of direction": lines("\u202a", "\u202c").replace("\t", "\u2069\t\u2066"),
    "a quotation": lines("> "),
    "strings on lines of their own": lines('"', '"'),
    "strings with commas": lines('  "', '",'),
    "numbered lines": "".join(f"{number}) {line}\n" for number, line in enumerate(REPORT.split("\n"), 1)),
    "a comment": lines("# "),
}


def who_and_when(report: gkparse.Report) -> dict[str, object]:
    """What a report says of itself, but for its website: a record has the page's."""
    return {
        "title": report.title, "agency": report.agency, "year": report.year,
        "issued": report.metadata.issue_date, "from": report.metadata.period_start, "to": report.metadata.period_end,
        "phone": report.metadata.phone, "email": report.metadata.email, "address": report.metadata.address,
        "cited": report.metadata.cited_documents,
    }


@pytest.mark.parametrize("wrapped", WRAPPED.values(), ids=WRAPPED)
def test_a_report_says_the_same_whatever_is_wrapped_around_it(wrapped: str) -> None:
    alone, report = gkparse.parse(REPORT), gkparse.parse(wrapped)
    assert dict(report.numbers()) == dict(alone.numbers())
    assert who_and_when(report) == who_and_when(alone)
    assert [found for found in report.diagnostics if found.severity != "info"] == []
    for path, value in report.numbers():
        cell = report.cell(path)
        assert cell.span is not None
        assert wrapped[cell.span.start : cell.span.end] == str(value), path


@pytest.mark.parametrize("text", [REPORT.replace("\n", "¶"), REPORT.replace("\n", "↵\n")])
def test_what_ends_a_line_is_no_text_of_a_section(text: str) -> None:
    assert [section.text for section in gkparse.parse(text).sections] == [
        section.text for section in gkparse.parse(REPORT).sections
    ]


TITLES: dict[str, Callable[[str], str]] = {
    "a section of LaTeX": r"\section*{{{}}}".format,
    "a section of LaTeX with a label": r"\section{{{}}}\label{{sec:one}}".format,
    "large and bold in LaTeX": r"{{\Large\bfseries {}\par}}".format,
    "bold and large in LaTeX": r"\textbf{{\Large {}}}".format,
    "in the middle in LaTeX": r"\begin{{center}}{}\end{{center}}".format,
    "a chapter of Texinfo": "@chapter {}".format,
    "a heading of man": ".SH {}".format,
    "a heading of Textile": "h1. {}".format,
    "marks of a title": "《{}》".format,
    "a value of YAML": "title: {}".format,
    "a value of YAML in single quotes": "title: '{}'".format,
    "a value of JSON": '"title": "{}",'.format,
}


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
def test_a_title_is_read_without_its_commands_and_quotes(title: Callable[[str], str]) -> None:
    report = gkparse.parse(REPORT.replace(TITLE, title(TITLE), 1))
    assert (report.title, report.agency, report.year) == (TITLE, "青禾县林业局", 2023)


def cells(text: str, between: str, blank: str) -> str:
    """A text with the cells of its tables between other signs, and something in blank ones."""
    rows = [between.join([cell or blank for cell in row.split("\t")]) if "\t" in row else row for row in text.split("\n")]
    return "\n".join(rows)


@pytest.mark.parametrize("between", ["\t", "\n", "\n\n", "|"])
@pytest.mark.parametrize("blank", ["&nbsp;", "&#160;", "&ensp;", "\xa0", "\u3000"])
def test_a_blank_is_one_however_it_is_written_where_tags_were_taken_away(between: str, blank: str) -> None:
    gaps = re.sub(r"(?m)(?<=\t)0(?=\t|$)", "", REPORT)
    alone, report = gkparse.parse(gaps), gkparse.parse(cells(gaps, between, blank))
    assert dict(report.numbers()) == dict(alone.numbers())
    assert not any(value == 0 for _, value in report.numbers())


def test_marks_within_a_title_are_no_part_of_it() -> None:
    report = gkparse.parse(REPORT.replace(TITLE, TITLE[:2] + "\u200b\u2060" + TITLE[2:], 1))
    assert (report.title, report.agency, report.year) == (TITLE, "青禾县林业局", 2023)


OTHER = REPORT.replace("青禾县林业局", "白石县水利局")
SEVERAL = {
    "a record a line": "".join(json.dumps({"content": text}, ensure_ascii=False) + "\n" for text in (REPORT, OTHER)),
    "a record a line in ASCII": "".join(json.dumps({"content": text}) + "\n" for text in (REPORT, OTHER)),
    "a list of records": json.dumps([{"title": "a", "content": text} for text in (REPORT, OTHER)], ensure_ascii=False),
    "a string": json.dumps(f"{REPORT}\n\n{OTHER}"),
    "old line ends": f"{REPORT}\n\n{OTHER}".replace("\n", "\r"),
}


@pytest.mark.parametrize("text", SEVERAL.values(), ids=SEVERAL)
def test_several_reports_are_told_apart_within_records(text: str) -> None:
    reports = gkparse.parse_all(text)
    assert [report.agency for report in reports] == ["青禾县林业局", "白石县水利局"]
    for report in reports:
        assert dict(report.numbers()) == dict(gkparse.parse(REPORT).numbers())
    found = gkparse.detect(text)
    assert found is not None
    assert found.reports == 2


@pytest.mark.parametrize("wrapped", WRAPPED.values(), ids=WRAPPED)
def test_a_wrapped_report_is_detected(wrapped: str) -> None:
    found = gkparse.detect(wrapped)
    assert found is not None
    assert (found.form, found.reports) == ("2021", 1)
