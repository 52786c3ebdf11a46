"""Reading: from a file, whatever it is called, to the report in it."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path
from typing import IO, Literal, TypeAlias

from gkparse.encoding import decode
from gkparse.errors import LimitError, ReadError
from gkparse.model import Report
from gkparse.parsing import parse

__all__ = ["MOST_BYTES", "Kind", "Source", "kind", "read", "text_of"]

Kind: TypeAlias = Literal[
    "text", "pdf", "docx", "xlsx", "odt", "ods", "rtf", "doc or xls", "picture", "archive"
]
Source: TypeAlias = str | os.PathLike[str] | bytes | bytearray | memoryview | IO[bytes]

# A text of more bytes than this is no report, nor a hundred of them.
MOST_BYTES = 256 * 1024 * 1024

_BEGINNINGS: tuple[tuple[bytes, Kind], ...] = (
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc or xls"),
    (b"\x89PNG\r\n", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"II*\0", "picture"),
    (b"MM\0*", "picture"),
    (b"\x1f\x8b", "archive"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
)
# A part that a packed format has and no other.
_PARTS: tuple[tuple[str, Kind], ...] = (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"))
_OPEN_DOCUMENT: tuple[tuple[bytes, Kind], ...] = (
    (b"application/vnd.oasis.opendocument.text", "odt"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "ods"),
)
_ADVICE: dict[Kind, str] = {
    "picture": "it is a picture: recognise its text first (OCR)",
    "archive": "it is an archive: unpack it first",
}


def read(source: Source) -> Report:
    """Read one report from a file: its path, its bytes, or a file that is open in binary mode.

    What a file is tells its content, not its name: text in any of the encodings of
    `gkparse.encoding.decode`, as plain text or as markup such as HTML. Raises `ReadError` for a file
    that cannot be opened or is of another kind (a document, a picture: the message says what to
    do), `LimitError` above `gkparse.reading.MOST_BYTES`, `NotAReportError` where the text holds no
    report, and `TypeError` for anything but such a source.

    >>> import gkparse
    >>> page = "<p>第二十条第（五）项</p><table><tr><td>行政许可</td><td>318</td></tr></table>"
    >>> gkparse.read(page.encode("gb18030")).value("proactive.licensing.decisions")
    318
    """
    return parse(text_of(source))


def text_of(source: Source) -> str:
    """The text in a file; raises as `read` does."""
    data = _bytes(source)
    found = kind(data)
    if found != "text":
        advice = _ADVICE.get(
            found, f"it is a {found.upper()} file, and gkparse reads text and HTML: save it as one of them"
        )
        raise ReadError(advice)
    return decode(data)


def kind(data: bytes) -> Kind:
    """What a file is, by its first bytes; what nothing else claims is text.

    Raises `ReadError` for a packed file that is damaged.
    """
    for beginning, known in _BEGINNINGS:
        if data.startswith(beginning):
            return known
    return _packed(data) if data.startswith(b"PK\x03\x04") else "text"


def _packed(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = set(packed.namelist())
    except zipfile.BadZipFile:
        raise ReadError("it is a packed file that is cut off or damaged: fetch it again") from None
    for part, known in _PARTS:
        if part in names:
            return known
    # The first part of an OpenDocument is its type, not compressed.
    return next((known for mark, known in _OPEN_DOCUMENT if mark in data[:200]), "archive")


def _bytes(source: Source) -> bytes:
    if isinstance(source, str) and "\n" in source:
        raise TypeError("gkparse.read takes a path or bytes; gkparse.parse takes a text")
    if isinstance(source, (str, os.PathLike)):
        try:
            with Path(source).open("rb") as file:
                return _limited(file)
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            raise ReadError(reason) from error
    if isinstance(source, (bytes, bytearray, memoryview)):
        return _limited(io.BytesIO(source))
    if hasattr(source, "read"):
        return _limited(source)
    raise TypeError(f"gkparse.read takes a path, bytes or a binary file, not {type(source).__name__}")


def _limited(file: IO[bytes]) -> bytes:
    data = file.read(MOST_BYTES + 1)
    if not isinstance(data, bytes):
        raise TypeError("gkparse.read takes a file that is open in binary mode, 'rb'")
    if len(data) > MOST_BYTES:
        raise LimitError(f"the file has more than {MOST_BYTES} bytes (gkparse.reading.MOST_BYTES)")
    return data
