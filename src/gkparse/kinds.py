"""Kinds: what a file is, told by its content and never by its name."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Literal, TypeAlias

from gkparse.compound import SIGNATURE, streams
from gkparse.errors import ReadError

__all__ = ["Kind", "kind"]

Kind: TypeAlias = Literal[
    "text", "html", "pdf", "docx", "xlsx", "xls", "odt", "ods", "rtf", "doc", "encrypted",
    "picture", "archive",
]

_BEGINNINGS: tuple[tuple[bytes, Kind], ...] = (
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"II*\0", "picture"),
    (b"MM\0*", "picture"),
    (b"\x1f\x8b", "archive"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
)
# A folder that a packed format has and no other.
_FOLDERS: tuple[tuple[str, Kind], ...] = (("word/", "docx"), ("xl/", "xlsx"))
_OPEN_DOCUMENT: tuple[tuple[bytes, Kind], ...] = (
    (b"application/vnd.oasis.opendocument.text", "odt"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "ods"),
)
# The stream of a compound file that a program writes and no other.
_STREAMS: tuple[tuple[str, Kind], ...] = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
)
# A page says what it is in its first tag; a fragment is text with some markup in it.
_PAGE = re.compile(
    rb"(?>\s|\xef\xbb\xbf|\xff\xfe|\xfe\xff|<!--.{0,2000}?-->|<\?.{0,200}?>)*+<(?:!doctype\s+html|html|head|body|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
_WORD_XML = re.compile(rb"<\?mso-application\s+progid=\"Word\.Document\"\?>")
_HEAD = 8_192
_LEADING = 1_024


def kind(data: bytes) -> Kind:
    """What a file is; what nothing else claims is text.

    Raises `ReadError` for a packed file that is damaged.

    >>> kind(b"%PDF-1.7"), kind("总计".encode("gb18030"))
    ('pdf', 'text')
    """
    for beginning, known in _BEGINNINGS:
        if data.startswith(beginning):
            return known
    if data.startswith(b"PK\x03\x04"):
        return _packed(data)
    if data.startswith(SIGNATURE):
        return _compound(data)
    if b"%PDF-" in data[:_LEADING]:  # readers of PDF take what stands before it for nothing
        return "pdf"
    head = data[:_HEAD].replace(b"\0", b"")  # UTF-16, as far as its tags go
    if _PAGE.match(head):
        return "html"
    return "doc" if _WORD_XML.search(head) else "text"


def _packed(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = packed.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError):
        raise ReadError("it is a packed file that is cut off or damaged: fetch it again") from None
    for folder, known in _FOLDERS:
        if any(name.startswith(folder) for name in names):
            return known
    # The first part of an OpenDocument is its type, not compressed.
    return next((known for mark, known in _OPEN_DOCUMENT if mark in data[:200]), "archive")


def _compound(data: bytes) -> Kind:
    names = streams(data)
    for name, known in _STREAMS:
        if name in names:
            return known
    raise ReadError("it is neither a Word nor an Excel file, nor WPS's, or damaged: save it as DOCX or XLSX")
