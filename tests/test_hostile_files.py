"""Files made to hurt: each ends in a clear `ReadError` or `LimitError`, soon, and nothing else happens."""

from __future__ import annotations

import io
import socket
import struct
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

import gkparse
from building import built, distinct
from compounds import compound
from gkparse import LimitError, Limits, ReadError
from gkparse.reading import read

_RELATED = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
    'Id="r" Target="word/document.xml" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/officeDocument"/></Relationships>'
)
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
)


def packed(*parts: tuple[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts:
            package.writestr(name, part)
    return data.getvalue()


def docx(body: str, head: str = "") -> bytes:
    document = f"{head}<w:document {_W}><w:body>{body}</w:body></w:document>"
    return packed(("_rels/.rels", _RELATED), ("word/document.xml", document))


def xlsx(cells: str, head: str = "") -> bytes:
    return packed(
        ("xl/workbook.xml", f'<workbook {_SHEET} xmlns:r="r"><sheets><sheet name="a" r:id="s"/></sheets></workbook>'),
        ("xl/_rels/workbook.xml.rels", '<Relationships><Relationship Id="s" Type="x/worksheet" Target="sheet.xml"/></Relationships>'),
        ("xl/sheet.xml", f"{head}<worksheet {_SHEET}>{cells}</worksheet>"),
    )


def odt(body: str, head: str = "") -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr(
            "content.xml",
            f"{head}<office:document-content {_ODF}><office:body><office:text>{body}</office:text>"
            "</office:body></office:document-content>",
            zipfile.ZIP_DEFLATED,
        )
    return data.getvalue()


def pdf(*objects: str) -> bytes:
    """A PDF with some objects, of which the first is its root."""
    data = bytearray(b"%PDF-1.7\n")
    places = []
    for number, each in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{each}\nendobj\n".encode("latin-1")
    start = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    data += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    data += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF".encode()
    return bytes(data)


def declared(data: bytes, size: int) -> bytes:
    """A packed file whose last part says that it is so large."""
    at = data.rindex(b"PK\x01\x02")
    return data[: at + 24] + struct.pack("<I", size) + data[at + 28 :]


@pytest.fixture(autouse=True)
def _nothing_else(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No connection is opened, and nothing is left in the folder for temporary files."""

    def refused(*arguments: object) -> NoReturn:
        raise AssertionError(f"a connection: {arguments}")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


# ---------------------------------------------------------------- packed files


@pytest.mark.parametrize("make", [docx, xlsx, odt])
def test_a_part_that_unpacks_to_more_than_the_limit(make: Callable[[str], bytes]) -> None:
    bomb = make(" " * 10_000_000)
    assert len(bomb) < 100_000
    with pytest.raises(LimitError, match="unpacked_bytes=1000000"):
        read(bomb, limits=Limits(unpacked_bytes=1_000_000))


@pytest.mark.parametrize("make", [docx, xlsx])
def test_a_part_that_says_it_holds_two_gigabytes(make: Callable[[str], bytes]) -> None:
    with pytest.raises(LimitError, match="unpacked_bytes"):
        read(declared(make(""), 2**31))


@pytest.mark.parametrize("make", [docx, xlsx])
def test_a_part_that_holds_more_than_it_says(make: Callable[[str], bytes]) -> None:
    with pytest.raises(ReadError, match="damaged"):
        read(declared(make(" " * 100_000), 10))


def test_more_parts_than_the_limit() -> None:
    many = packed(*((f"word/{number}", b"") for number in range(200)))
    with pytest.raises(LimitError, match="parts=100"):
        read(many, limits=Limits(parts=100))


ENTITIES = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
EXTERNAL = '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd" [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize("head", [ENTITIES, EXTERNAL])
@pytest.mark.parametrize("make", [docx, xlsx, odt])
def test_entities_and_references_to_other_files_are_refused(
    make: Callable[[str, str], bytes], head: str
) -> None:
    with pytest.raises(ReadError, match="declares a document type"):
        read(make("", head))


@pytest.mark.parametrize("make", [docx, odt])
def test_more_elements_than_the_limit(make: Callable[[str], bytes]) -> None:
    with pytest.raises(LimitError, match="elements=1000"):
        read(make("<w:p/>".replace("w:p", "text:p") * 2000 if make is odt else "<w:p/>" * 2000),
             limits=Limits(elements=1000))


# ---------------------------------------------------------------- tables


@pytest.mark.parametrize(
    "data",
    [
        b"<html>" + b"<table><tr><td>" * 10_000,
        docx("<w:tbl><w:tr><w:tc>" * 10_000 + "</w:tc></w:tr></w:tbl>" * 10_000),
        odt(
            "<table:table><table:table-row><table:table-cell>" * 10_000
            + "</table:table-cell></table:table-row></table:table>" * 10_000
        ),
        rb"{\rtf1 " + b"{" * 10_000 + b"}" * 10_001,
        rb"{\rtf1 \itap10000 1\nestcell}",
    ],
    ids=["html", "docx", "odt", "rtf groups", "rtf tables"],
)
def test_ten_thousand_tables_in_each_other(data: bytes) -> None:
    with pytest.raises(LimitError, match="depth"):
        read(data)


@pytest.mark.parametrize(
    "data",
    [
        b"<html>" + b"<table>" + b"<tr><td colspan=1000000 rowspan=1000000>1</td></tr>" * 2000,
        docx('<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2000000"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'),
        odt(
            '<table:table><table:table-row table:number-rows-repeated="2147483647"><table:table-cell>'
            "<text:p>1</text:p></table:table-cell></table:table-row></table:table>"
        ),
        xlsx('<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
             '<mergeCells><mergeCell ref="A1:XFD1048576"/><mergeCell ref="B2:XFC1048575"/></mergeCells>'
             .replace('<row r="1">', '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row><row r="1">')),
    ],
    ids=["html", "docx", "odt", "xlsx"],
)
def test_cells_that_cover_millions(data: bytes) -> None:
    with pytest.raises(LimitError, match="cells"):
        read(data)


# ---------------------------------------------------------------- PDF

PAGE = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 4 0 R /Resources {} >>"


@pytest.mark.parametrize(
    "data",
    [
        pdf("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>"),
        pdf("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", "3 0 R"),
        pdf("<< /Type /Catalog /Pages 1 0 R >>"),
        b"%PDF-1.7\n" + b"startxref\n9\n%%EOF",
        b"%PDF-1.7\n1 0 obj << /Length 99999999999 >> stream\n",
        b"%PDF-1.7\n" + b"[" * 100_000,
    ],
    ids=["tree of itself", "page of itself", "root of itself", "table of itself", "cut off", "arrays"],
)
def test_a_pdf_that_turns_in_circles_or_is_cut_off(data: bytes) -> None:
    with pytest.raises((ReadError, gkparse.NotAReportError)):
        read(data)


def test_forms_of_a_pdf_that_draw_themselves() -> None:
    form = "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F 5 0 R >> >> /Length 6 >>\nstream\n/F Do \nendstream"
    data = pdf(
        "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        PAGE.format("<< /XObject << /F 5 0 R >> >>"), "<< /Length 6 >>\nstream\n/F Do \nendstream", form,
    )
    with pytest.raises((ReadError, LimitError, gkparse.NotAReportError)):
        read(data, limits=Limits(seconds=20))


def test_more_pages_than_the_limit() -> None:
    kids = " ".join(["3 0 R"] * 50)
    data = pdf(
        "<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count 50 >>",
        PAGE.format("<< >>"), "<< /Length 0 >>\nstream\n\nendstream",
    )
    with pytest.raises(LimitError, match="pages=10"):
        read(data, limits=Limits(pages=10))


# ---------------------------------------------------------------- cut off


def test_files_that_are_cut_off_are_named_or_hold_what_is_left(tmp_path: Path) -> None:
    report = built(distinct())
    gkparse.write_docx(report, tmp_path / "report.docx")
    whole = (tmp_path / "report.docx").read_bytes()
    (tmp_path / "report.docx").unlink()
    for share in range(1, 10):
        with pytest.raises(ReadError, match="cut off or damaged"):
            read(whole[: len(whole) * share // 10])
    page = gkparse.render(report, "html")
    for share in range(5, 10):
        found = read(page[: len(page) * share // 10].encode())
        named = {path for each in found.diagnostics if each.severity != "info" for path in each.paths}
        for path, cell in found.cells():
            if cell.value != report.value(path):
                assert any(path == each or path.startswith(f"{each}.") for each in named), path
    assert list(tmp_path.iterdir()) == []


# ---------------------------------------------------------------- what is not installed


@pytest.mark.parametrize(
    ("module", "data", "extra"),
    [
        ("selectolax.lexbor", b"<html><p>1", "html"),
        ("pypdfium2", b"%PDF-1.7\n", "pdf"),
        ("xlrd", compound("Workbook"), "xlsx"),
    ],
)
def test_a_library_that_is_missing_is_named_with_its_extra(
    module: str, data: bytes, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(ReadError, match=rf"pip install 'gkparse\[{extra}\]'"):
        read(data)
