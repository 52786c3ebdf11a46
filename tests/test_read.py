"""A file, whatever it is called: what it is, what is read of it, and why it cannot be read."""

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
from compounds import compound
from gkparse.compound import SIGNATURE
from gkparse.kinds import kind
from gkparse.reading import flow_of, read
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


@pytest.mark.parametrize(
    ("data", "known"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"\n\n%PDF-1.4", "pdf"),
        (b"{\\rtf1\\ansi", "rtf"),
        (compound("WordDocument"), "doc"),
        (compound("Workbook"), "xls"),
        (compound("EncryptedPackage"), "encrypted"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>', "doc"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"\x1f\x8b\x08", "archive"),
        (packed("word/document2.xml"), "docx"),
        (packed("xl/workbook.xml"), "xlsx"),
        (packed("content.xml", first=b"application/vnd.oasis.opendocument.text"), "odt"),
        (packed("content.xml", first=b"application/vnd.oasis.opendocument.spreadsheet"), "ods"),
        (packed("a.txt"), "archive"),
        (b"<!DOCTYPE html><p>1", "html"),
        (b"\xef\xbb\xbf \n<!-- saved --><?xml version='1.0'?><HTML xmlns:o='x'>", "html"),
        ("\ufeff<html><body>".encode("utf-16-le"), "html"),
        (b"<meta charset=gbk>", "html"),
        (b"<table><tr><td>1</td></tr></table>", "text"),
        ("# 标题\n<html>".encode(), "text"),
        (b"", "text"),
    ],
)
def test_a_file_is_what_its_content_says(data: bytes, known: str) -> None:
    assert kind(data) == known


@pytest.mark.parametrize(
    ("data", "advice"),
    [
        (b"\x89PNG\r\n\x1a\n", "recognise its text first"),
        (packed("a.txt"), "unpack it first"),
        (compound("EncryptedPackage"), "save it without a password"),
        (compound("PowerPoint Document"), "neither a Word nor an Excel file"),
    ],
)
def test_what_is_not_read_is_told_with_what_to_do(data: bytes, advice: str) -> None:
    with pytest.raises(gkparse.ReadError, match=advice):
        read(data)


def test_a_page_with_many_comments_takes_no_time() -> None:
    assert kind(b"<!---->" * 1000 + b"<p>") == "text"


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


def test_a_file_beyond_the_limits(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    path.write_bytes(b"x" * 11)
    for source in (path, path.read_bytes(), io.BytesIO(b"x" * 11)):
        with pytest.raises(gkparse.LimitError, match=r"bytes in the file than gkparse.Limits\(file_bytes=10\)"):
            read(source, limits=gkparse.Limits(file_bytes=10))
    with pytest.raises(gkparse.LimitError, match=r"characters=10\)"):
        read(path, limits=gkparse.Limits(characters=10))
    assert flow_of(b"x" * 10, gkparse.Limits(file_bytes=10)).source == "x" * 10


def test_a_text_without_a_report() -> None:
    with pytest.raises(gkparse.NotAReportError):
        read("今天天气很好。".encode())


def test_a_tape_archive_is_no_report() -> None:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz"):
        pass
    assert kind(data.getvalue()) == "archive"


@given(data=st.binary() | st.binary().map(b"PK\x03\x04".__add__) | st.binary().map(SIGNATURE.__add__))
def test_any_bytes_have_a_kind_or_are_damaged(data: bytes) -> None:
    try:
        assert kind(data)
    except gkparse.ReadError as error:
        assert "damaged" in str(error) or "neither" in str(error)
