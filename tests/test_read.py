"""A file, whatever it is called: what it is, its text, and why it cannot be read."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gkparse
from building import distinct
from gkparse import reading
from gkparse.reading import kind, read, text_of
from layouts import printed, write

TEXT = write("tabs-shifted", printed(distinct()))
REPORT = gkparse.parse(TEXT)


def packed(*names: str, first: bytes = b"") -> bytes:
    """A ZIP file with some parts."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        if first:
            archive.writestr("mimetype", first)
        for name in names:
            archive.writestr(name, b"<x/>")
    return data.getvalue()


@pytest.mark.parametrize("name", ["report.txt", "报告 2023.html", "report.pdf", "none"])
def test_a_path_whatever_its_name(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(TEXT.encode("gb18030"))
    assert read(path) == read(str(path)) == REPORT
    assert read(path).source == TEXT


@pytest.mark.parametrize("given_as", [bytes, bytearray, memoryview, io.BytesIO])
def test_bytes_and_open_files(given_as: Any) -> None:
    assert read(given_as(TEXT.encode())) == REPORT


def test_a_file_open_in_text_mode_is_misuse() -> None:
    with pytest.raises(TypeError, match="open in binary mode"):
        read(io.StringIO(TEXT))  # type: ignore[arg-type]


@pytest.mark.parametrize("source", [None, 3, ["a.txt"], TEXT])
def test_what_is_no_source_is_misuse(source: Any) -> None:
    with pytest.raises(TypeError, match=r"gkparse\.read takes"):
        read(source)


def test_a_page_of_html() -> None:
    page = f"<!DOCTYPE html><meta charset=gbk>{gkparse.render(REPORT, 'html')}"
    assert read(page.encode("gbk")) == REPORT


# ---------------------------------------------------------------- what cannot be read


@pytest.mark.parametrize(
    ("data", "known", "advice"),
    [
        (b"%PDF-1.7\n", "pdf", "it is a PDF file, and gkparse reads text and HTML"),
        (b"{\\rtf1\\ansi", "rtf", "it is a RTF file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "doc or xls", "it is a DOC OR XLS file"),
        (b"\x89PNG\r\n\x1a\n", "picture", "recognise its text first"),
        (b"\xff\xd8\xff\xe0", "picture", "recognise its text first"),
        (b"\x1f\x8b\x08", "archive", "unpack it first"),
        (packed("word/document.xml"), "docx", "it is a DOCX file"),
        (packed("xl/workbook.xml"), "xlsx", "it is a XLSX file"),
        (packed("content.xml", first=b"application/vnd.oasis.opendocument.text"), "odt", "it is a ODT file"),
        (packed("content.xml", first=b"application/vnd.oasis.opendocument.spreadsheet"), "ods", "it is a ODS file"),
        (packed("a.txt"), "archive", "unpack it first"),
    ],
)
def test_other_kinds_are_named_with_what_to_do(data: bytes, known: str, advice: str) -> None:
    assert kind(data) == known
    with pytest.raises(gkparse.ReadError, match=advice):
        read(data)


def test_a_packed_file_that_is_cut_off() -> None:
    with pytest.raises(gkparse.ReadError, match="cut off or damaged"):
        read(packed("word/document.xml")[:40])


def test_a_path_that_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(gkparse.ReadError, match="No such file"):
        read(tmp_path / "none.txt")
    with pytest.raises(gkparse.ReadError):
        read(tmp_path)
    with pytest.raises(gkparse.ReadError, match="null"):
        read("a\0b")


def test_a_file_beyond_the_limit(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", 10)
    path = tmp_path / "large.txt"
    path.write_bytes(b"x" * 11)
    for source in (path, b"x" * 11, io.BytesIO(b"x" * 11)):
        with pytest.raises(gkparse.LimitError, match="more than 10 bytes"):
            read(source)
    assert text_of(b"x" * 10) == "x" * 10


def test_a_text_without_a_report() -> None:
    with pytest.raises(gkparse.NotAReportError):
        read("今天天气很好。".encode())


def test_a_tape_archive_is_no_report() -> None:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz"):
        pass
    assert kind(data.getvalue()) == "archive"


@given(data=st.binary() | st.binary().map(b"PK\x03\x04".__add__))
def test_any_bytes_have_a_kind_or_are_damaged(data: bytes) -> None:
    try:
        assert kind(data)
    except gkparse.ReadError as error:
        assert "damaged" in str(error)
