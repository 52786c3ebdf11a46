"""Word documents: the official form with merged cells, from which the report is read again."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import attrs
import pytest

import gkparse
import test_indicators
from accounting import alarms
from building import built, distinct
from families import FAMILIES, Page, Words, paths
from gkparse.document import write_docx
from gkparse.form import load
from gkparse.model import Metadata, Report, Section
from gkparse.sheet import Sheet, indicator_sheet, sheet, written
from layouts import OTHER

docx = pytest.importorskip("docx")

from docx.oxml.ns import qn  # noqa: E402
from docx.table import Table  # noqa: E402

SIGNED = Words(other=f"{OTHER}\n青石县水务局\n2024年1月20日")
FORMS = [("2021", False), ("2021", True), ("2019", True), ("2019", False)]
each_form = pytest.mark.parametrize(("form", "combined"), FORMS)
BLANK, MARKED = "requests.received.other", "proactive.licensing.decisions"


def parsed(
    form: str = "2021", combined: bool = False, words: Words = SIGNED,
    but: Mapping[str, str] | None = None,
) -> Report:
    """A report that is read from a page, with a number of its own in each cell."""
    numbers = {path: str(at) for at, path in enumerate(paths(form, combined=combined), 2)}
    return gkparse.parse(FAMILIES["html"](Page({**numbers, **(but or {})}, words, form)))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "report.docx"


def text(path: Path) -> str:
    """What a simple program makes of a document: a row a line, a merged cell once."""
    seen: set[object] = set()
    lines: list[str] = []
    for part in docx.Document(str(path)).iter_inner_content():
        if not isinstance(part, Table):
            lines.append(part.text)
            continue
        for row in part.rows:
            fresh = {cell._tc: cell.text for cell in row.cells if cell._tc not in seen}
            lines.append("\t".join(fresh.values()))
            seen.update(fresh)
    return "\n".join(lines)


def boxes(table: Table) -> list[tuple[str, int, int, int, int]]:
    """The cells of a table as they are merged: text, row, column, rows, columns."""
    places: dict[object, list[tuple[int, int]]] = {}
    texts: dict[object, str] = {}
    for y, row in enumerate(table.rows):
        for x, cell in enumerate(row.cells):
            places.setdefault(cell._tc, []).append((y, x))
            texts[cell._tc] = cell.text
    found = []
    for tc, own in places.items():
        (top, left), (bottom, right) = min(own), max(own)
        assert len(own) == (bottom - top + 1) * (right - left + 1)
        found.append((texts[tc], top, left, bottom - top + 1, right - left + 1))
    return sorted(found, key=lambda box: box[1:3])


def meant(drawn: Sheet) -> list[tuple[str, int, int, int, int]]:
    return [(box.text, box.row, box.column, box.rows, box.columns) for box in drawn.boxes]


def kept(report: Report, path: Path) -> None:
    write_docx(report, path)
    again = gkparse.parse(text(path))
    assert again == report
    assert [found.code for found in alarms(again)] == [found.code for found in alarms(report)]


# ---------------------------------------------------------------- what a document holds


@each_form
def test_cells_are_merged_as_on_the_sheet(form: str, combined: bool, path: Path) -> None:
    report = parsed(form, combined)
    write_docx(report, path)
    found = [boxes(table) for table in docx.Document(str(path)).tables]
    assert found == [meant(sheet(report, table)) for table in load(form).tables]


@each_form
def test_every_number_is_printed_in_its_own_cell(form: str, combined: bool, path: Path) -> None:
    report = parsed(form, combined)
    write_docx(report, path)
    printed = [box[0] for table in docx.Document(str(path)).tables for box in boxes(table)]
    values = [written(cell.value) for _, cell in report.cells() if cell.value is not None]
    assert len(values) == len(paths(form, combined=combined))
    assert [value for value in printed if value.isdecimal()] == values


def test_the_document_has_the_look_of_the_form(path: Path) -> None:
    write_docx(parsed(), path)
    document = docx.Document(str(path))
    page = document.sections[0]
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
    assert document.paragraphs[0].style.name == "Title"
    titles = [part.text for part in document.paragraphs if part.style.name == "Heading 1"]
    assert titles == [title.label for title in load("2021").sections]
    used = {part.style.name for part in document.paragraphs} | {"Form Cell"}
    for name in used:
        fonts = document.styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) in {"仿宋", "宋体", "黑体"}
        assert not any("Theme" in key for key in fonts.attrib)
    repeated = [len(table._tbl.xpath("w:tr[w:trPr/w:tblHeader]")) for table in document.tables]
    assert repeated == [0, 3, 3]  # the heads of section two are those of one block each
    requests = document.tables[1].rows
    held = [bool(row.cells[-1].paragraphs[0].paragraph_format.keep_with_next) for row in requests]
    assert held[:3] == [True] * 3  # a page never ends below a head
    assert not all(held[3:])
    assert all(table.style.name == "Table Grid" for table in document.tables)


def test_a_signature_stands_on_the_right(path: Path) -> None:
    write_docx(parsed(), path)
    ends = docx.Document(str(path)).paragraphs[-3:]
    assert [(part.text, int(part.alignment or 0)) for part in ends] == [
        (OTHER, 0), ("青石县水务局", 2), ("2024年1月20日", 2),
    ]


def test_what_stands_above_a_date_and_is_not_the_agency_is_no_signature(path: Path) -> None:
    write_docx(attrs.evolve(parsed(), agency="青石县林业局"), path)
    ends = docx.Document(str(path)).paragraphs[-2:]
    assert [(part.text, int(part.alignment or 0)) for part in ends] == [
        ("青石县水务局", 0), ("2024年1月20日", 2),
    ]


# ---------------------------------------------------------------- what is read again


@each_form
def test_a_report_is_read_again(form: str, combined: bool, path: Path) -> None:
    report = parsed(form, combined)
    assert report.metadata.issue_date == date(2024, 1, 20)
    kept(report, path)


def test_a_report_that_adds_up_is_read_again_without_an_alarm(path: Path) -> None:
    printed = {name: str(value) for name, value in distinct().items()}
    report = gkparse.parse(FAMILIES["html"](Page(printed)))
    assert alarms(report) == []
    kept(report, path)


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_blanks_and_marks_stay(form: str, path: Path) -> None:
    report = parsed(form, form == "2019", but={
        BLANK: "", "requests.received.total": "", MARKED: "/", "disputes.reconsideration.total": "—",
    })
    kept(report, path)
    again = gkparse.parse(text(path))
    for cell in (BLANK, MARKED, "disputes.reconsideration.total"):
        assert again.cell(cell).status == report.cell(cell).status != "printed"


def test_an_empty_table_stays(path: Path) -> None:
    kept(parsed(but=dict.fromkeys(paths(), "")), path)


def test_a_date_of_issue_that_no_section_prints_is_in_the_document(path: Path) -> None:
    report = parsed(words=Words())
    known = attrs.evolve(report.metadata, issue_date=date(2024, 3, 9), phone="0100-5550123")
    kept(attrs.evolve(report, metadata=known), path)


def test_the_table_of_2014_is_read_again(path: Path) -> None:
    report = gkparse.parse(test_indicators.write("tabs"))
    kept(report, path)
    (table,) = docx.Document(str(path)).tables
    assert boxes(table) == meant(indicator_sheet(report))


def test_tables_stand_in_their_place_where_there_are_no_sections(path: Path) -> None:
    report = built(distinct())
    write_docx(report, path)
    tables = docx.Document(str(path)).tables
    assert [boxes(table) for table in tables] == [
        meant(sheet(report, table)) for table in load("2021").tables
    ]
    write_docx(attrs.evolve(report, sections=(Section(1, "甲", ""), Section(4, "乙", ""))), path)
    parts = docx.Document(str(path)).iter_inner_content()
    shown = ["#" if isinstance(part, Table) else part.text for part in parts]
    assert [part for part in shown if part] == ["一、甲", "#", "#", "四、乙", "#"]


def test_an_empty_report_is_an_empty_document(path: Path) -> None:
    write_docx(Report(), path)
    assert text(path) == ""


# ---------------------------------------------------------------- what must not go wrong


HOSTILE = "甲\x00\x1b乙\x0b丙\ud800丁\ufffe<w:t>&amp;]]>\t\x85戊\U0001f600"


def test_what_xml_cannot_hold_is_replaced_where_it_stands(path: Path) -> None:
    metadata = Metadata(address=HOSTILE, cited_documents=(HOSTILE,))
    sections = (Section(1, HOSTILE, HOSTILE), Section(2, "乙", "\x0c\n \n"))
    report = attrs.evolve(
        parsed(), title=HOSTILE * 40, agency=HOSTILE, metadata=metadata, sections=sections
    )
    write_docx(report, path)
    lines = [part.text for part in docx.Document(str(path)).paragraphs]
    assert lines[0] == "甲\ufffd\ufffd乙 丙\ufffd丁\ufffd<w:t>&amp;]]>\t\x85戊\U0001f600" * 40
    assert [line for line in lines if line][-4:] == [
        "甲\ufffd\ufffd乙", "丙\ufffd丁\ufffd<w:t>&amp;]]>", "戊\U0001f600", "二、乙",
    ]


def test_equal_reports_give_equal_bytes(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_docx(parsed(), path)
    first = path.read_bytes()
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    write_docx(parsed(), str(path))
    assert path.read_bytes() == first
    with ZipFile(path) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize(
    ("year", "issued", "expected"),
    [
        (2023, date(2024, 1, 20), datetime(2024, 1, 20)),
        (2023, None, datetime(2023, 1, 1)),
        (None, None, datetime(1980, 1, 1)),
        (0, None, datetime(1980, 1, 1)),
        (99_999, None, datetime(1980, 1, 1)),
    ],
)
def test_the_file_bears_the_date_of_the_report_and_no_name(
    year: int | None, issued: date | None, expected: datetime, path: Path
) -> None:
    write_docx(Report(title="题", year=year, metadata=Metadata(issue_date=issued)), path)
    found = docx.Document(str(path)).core_properties
    assert (found.created.replace(tzinfo=None), found.modified.replace(tzinfo=None)) == (expected,) * 2
    assert (found.author, found.last_modified_by, found.comments) == ("", "", "")
    assert found.title == "题"


def test_amounts_are_written_out(path: Path) -> None:
    numbers = distinct().but({"proactive.fees.amount": Decimal("1E+5")})
    write_docx(built(numbers), path)
    assert "\t100000" in text(path)


def test_without_the_extra_the_error_says_what_to_do(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(gkparse.ReadError, match=r"pip install 'gkparse\[docx\]'"):
        write_docx(Report(), path)
    assert not path.exists()


def test_nothing_else_is_written(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path.write_bytes(b"an older file that is longer" * 10_000)
    write_docx(parsed(), path)
    assert list(tmp_path.iterdir()) == [path]
    assert text(path)
    with pytest.raises(FileNotFoundError):
        write_docx(parsed(), tmp_path / "none" / "report.docx")
    assert list(tmp_path.iterdir()) == [path]
