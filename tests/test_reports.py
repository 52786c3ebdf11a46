"""Every report in `reports/` is read as the `.expected` file beside it says."""

from __future__ import annotations

import re
from pathlib import Path

import attrs
import pytest

import gkparse
from expectations import REPORTS, Expected, pairs, source_of
from gkparse.codes import CODES

WHOLE = pairs(REPORTS)
DIAGNOSTICS = pairs(REPORTS / "diagnostics")
FOUND = pairs(REPORTS / "found")
# Codes that `check`, `check_series` and `parse_all` find, and `parse` does not.
CHECKED, SERIES, SEVERAL = ("GK305", "GK306", "GK307", "GK4", "GK5"), "GK6", "GK107"
EVERY = [*WHOLE, *DIAGNOSTICS, *FOUND]


def name(path: Path) -> str:
    return path.stem if path.suffix == ".txt" else ""


def read(path: Path) -> gkparse.Report:
    """The report in a text; where its name begins with a code of `check`, with its findings."""
    code, source = path.name[:5], source_of(path)
    if code.startswith(SERIES):
        reports = gkparse.parse_all(source)
        return attrs.evolve(reports[-1], diagnostics=gkparse.check_series(reports))
    if code == SEVERAL:
        return gkparse.parse_all(source)[-1]
    report = gkparse.parse(source)
    if code.startswith(CHECKED):
        return attrs.evolve(report, diagnostics=gkparse.check(report, select=CHECKED))
    return report


@pytest.mark.parametrize(("text", "expected"), EVERY, ids=name)
def test_a_report_is_read_as_expected(text: Path, expected: Path) -> None:
    assert Expected.read(expected).differences(read(text)) == []


@pytest.mark.parametrize("text", [text for text, _ in EVERY], ids=name)
def test_every_value_stands_where_its_span_says(text: Path) -> None:
    source = source_of(text)
    report = gkparse.parse(source)
    for path, cell in report.cells():
        if cell.span is None:
            assert cell.value is None, path
        else:
            assert source[cell.span.start : cell.span.end] == cell.printed, path
    for found in report.diagnostics:
        if found.span is not None:
            assert 0 <= found.span.start <= found.span.end <= len(source), found


@pytest.mark.parametrize("text", [text for text, _ in EVERY], ids=name)
def test_a_report_survives_storing(text: Path) -> None:
    report = gkparse.parse(source_of(text))
    assert gkparse.from_dict(gkparse.to_dict(report)) == report
    assert gkparse.from_json(gkparse.to_json(report)) == report


def test_the_whole_reports_state_every_cell() -> None:
    assert len(WHOLE) >= 5
    for text, expected in WHOLE:
        keys = Expected.read(expected).facts
        missing = [
            path for path, _ in gkparse.parse(source_of(text)).cells()
            if not any(path == key or path.startswith(f"{key}.") for key in keys)
        ]
        assert missing == [], expected.name


def test_every_code_has_an_example_that_shows_it() -> None:
    shown = {}
    for text, expected in DIAGNOSTICS:
        code = re.match(r"GK\d{3}(?=-)", text.name)
        assert code, f"{text.name}: the name begins with the code that it shows"
        assert code[0] in {found for found, _, _ in Expected.read(expected).flags}, text.name
        shown[code[0]] = text.name
    assert sorted(shown) == sorted(code for code in CODES if code.startswith("GK"))


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        ("year 2023\nno warnings", "line 1: no fact"),
        ("year = 2023", "or say `no warnings`"),
        ("flag GK201 error requests.received\nno warnings", "or say `no warnings`"),
    ],
)
def test_an_expected_file_that_says_nothing_is_refused(
    written: str, complaint: str, tmp_path: Path
) -> None:
    path = tmp_path / "x.expected"
    path.write_text(written, encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape(complaint)):
        Expected.read(path)


def test_an_expected_file_finds_every_kind_of_difference(tmp_path: Path) -> None:
    path = tmp_path / "x.expected"
    path.write_text(
        "year = 2022\nagency = none\nproactive.rules = 1 2 4\n"
        "status proactive.fees.amount = blank\nflag GK201 error requests.received\n",
        encoding="utf-8",
    )
    report = gkparse.Report(
        year=2023,
        proactive=gkparse.Proactive2021(rules=gkparse.DocumentCounts(1, 2, 3)),
        diagnostics=(gkparse.Diagnostic("GK103", "error", ("disputes",)),),
    )
    assert Expected.read(path).differences(report) == [
        "year: expected '2022', read '2023'",
        "proactive.rules: expected '1 2 4', read '1 2 3'",
        "status proactive.fees.amount: expected 'blank', read 'missing'",
        "not flagged: GK201 error requests.received",
        "not expected: GK103 error disputes",
    ]
