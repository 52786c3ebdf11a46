"""Reading: from a file, whatever it is called, to the report or the reports in it."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import IO, Protocol, TypeAlias, cast

from gkparse.blocks import Block
from gkparse.encoding import decode
from gkparse.errors import ReadError
from gkparse.flow import Flow
from gkparse.kinds import Kind, kind
from gkparse.limits import DEFAULT_LIMITS, Limits
from gkparse.model import Report
from gkparse.parsing import parse_flow
from gkparse.several import reports_of

__all__ = ["Source", "flow_of", "read", "read_all"]

Source: TypeAlias = str | os.PathLike[str] | bytes | bytearray | memoryview | IO[bytes]

# The module of each kind of file; its library is imported when such a file is read.
_READERS: dict[Kind, str] = {
    "html": "html",
    "docx": "docx",
    "odt": "odt",
    "xlsx": "spreadsheet",
    "xls": "spreadsheet",
    "ods": "spreadsheet",
    "rtf": "rtf",
    "doc": "office",
    "pdf": "pdf",
}
_ADVICE: dict[Kind, str] = {
    "picture": "it is a picture: recognise its text first (OCR)",
    "archive": "it is an archive: unpack it first",
    "encrypted": "it is encrypted: save it without a password",
}


class _Reader(Protocol):
    def blocks(self, data: bytes, limits: Limits) -> Iterable[Block]: ...


def read(source: Source, *, limits: Limits = DEFAULT_LIMITS) -> Report:
    """Read one report from a file: its path, its bytes, or a file that is open in binary mode.

    What a file is tells its content, not its name: text in any of the encodings of
    `gkparse.encoding.decode`; a web page; DOCX, DOC and WPS, ODT, RTF; XLSX, XLS and ODS; PDF. Of
    a file with tables, `report.locate(path).place` tells page, table, row and column, and
    `report.source` is its text as it was read, a line for each paragraph and row.

    Raises `ReadError` for a file that cannot be opened or read, or whose library or program is not
    installed (the message says what to do), `LimitError` for one that asks for more than `limits`,
    `NotAReportError` where there is no report in it, and `TypeError` for anything but such a
    source. Nothing is fetched, run or written but a temporary folder for DOC and WPS files.

    >>> import gkparse
    >>> page = "第二十条第（五）项 行政许可 318"
    >>> gkparse.read(page.encode("gb18030")).value("proactive.licensing.decisions")
    318
    """
    return parse_flow(flow_of(source, limits))


def read_all(source: Source, *, limits: Limits = DEFAULT_LIMITS) -> list[Report]:
    """Read every report of a file that holds several bodies' reports one after the other.

    Places are those in the whole file. It takes what `read` takes and raises as `read` does.

    >>> import gkparse
    >>> page = "第二十条第（五）项 行政许可 318"
    >>> [report.value("proactive.licensing.decisions") for report in gkparse.read_all(page.encode())]
    [318]
    """
    return reports_of(flow_of(source, limits))


def flow_of(source: Source, limits: Limits = DEFAULT_LIMITS) -> Flow:
    """The text of a file with what its tables tell of it; raises as `read` does."""
    data = _bytes(source, limits)
    found = kind(data)
    if found == "text":
        text = decode(data)
        limits.hold("characters", len(text), "characters")
        return Flow.of_text(text)
    if found not in _READERS:
        raise ReadError(_ADVICE[found])
    reader = cast(_Reader, import_module(f"gkparse.readers.{_READERS[found]}"))
    return Flow.of_blocks(reader.blocks(data, limits), found, limits)


def _bytes(source: Source, limits: Limits) -> bytes:
    if isinstance(source, str) and "\n" in source:
        raise TypeError("gkparse.read takes a path or bytes; gkparse.parse takes a text")
    if isinstance(source, (str, os.PathLike)):
        try:
            with Path(source).open("rb") as file:
                return _limited(file, limits)
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            raise ReadError(reason) from error
    if isinstance(source, (bytes, bytearray, memoryview)):
        return _limited(io.BytesIO(source), limits)
    if hasattr(source, "read"):
        return _limited(source, limits)
    raise TypeError(f"gkparse.read takes a path, bytes or a binary file, not {type(source).__name__}")


def _limited(file: IO[bytes], limits: Limits) -> bytes:
    data = file.read(limits.file_bytes + 1)
    if not isinstance(data, bytes):
        raise TypeError("gkparse.read takes a file that is open in binary mode, 'rb'")
    limits.hold("file_bytes", len(data), "bytes in the file")
    return data
