"""Packages: the parts of a packed file (DOCX, XLSX, ODT) and their XML, within limits."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from typing import cast
from xml.etree.ElementTree import Element, ParseError, XMLPullParser
from zipfile import BadZipFile, ZipFile

from gkparse.errors import ReadError
from gkparse.limits import Limits

__all__ = ["Package", "xml"]

# A document type in the encodings that XML may have without saying so: it may define entities.
_DOCTYPE = re.compile(rb"<\0?!\0?D\0?O\0?C\0?T\0?Y\0?P\0?E")
_CHUNK = 64 * 1024
_ENCRYPTED = 0x1
_DAMAGED = "it is a packed file that is cut off or damaged: fetch it again"


class Package:
    """A packed file. Nothing of it is written anywhere.

    Raises `ReadError` where it is damaged, `LimitError` where it has more parts than `limits.parts`
    or they come to more than `limits.unpacked_bytes`.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        try:
            self._file = ZipFile(io.BytesIO(data))
        except (BadZipFile, ValueError, NotImplementedError, OverflowError):
            raise ReadError(_DAMAGED) from None
        entries = self._file.infolist()
        limits.hold("parts", len(entries), "parts in the packed file")
        # No part gives more than it declares: zipfile stops there, and its checksum is wrong then.
        unpacked = sum(entry.file_size for entry in entries)
        limits.hold("unpacked_bytes", unpacked, "bytes in the packed file")
        self.names: frozenset[str] = frozenset(entry.filename for entry in entries)

    def read(self, name: str) -> bytes:
        """The bytes of a part; `ReadError` where there is none, or it is encrypted or damaged."""
        try:
            if self._file.getinfo(name).flag_bits & _ENCRYPTED:
                raise ReadError("it is encrypted: save it without a password")
            return self._file.read(name)
        except KeyError:
            raise ReadError(f"it has no part {name!r}: it is damaged, or not what it seems") from None
        except (BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError):
            raise ReadError(_DAMAGED) from None


def xml(data: bytes, limits: Limits) -> Element:
    """The root of an XML part, whose names are `{namespace}name`.

    Raises `ReadError` where it is no XML or declares a document type (entities, references to other
    files), `LimitError` for more than `limits.elements`, or some nested deeper than ten times
    `limits.depth`.
    """
    if _DOCTYPE.search(data):
        raise ReadError("its XML declares a document type, as no office document does: it is not read")
    parser: XMLPullParser[Element] = XMLPullParser(("start", "end"))
    depth = count = 0
    root: Element | None = None
    try:
        for at in range(0, len(data), _CHUNK):
            parser.feed(data[at : at + _CHUNK])
            for event, found in cast(Iterator[tuple[str, Element]], parser.read_events()):
                if event == "start":
                    depth += 1
                    count += 1
                    root = found if root is None else root
                    # Each level of a document's own nesting takes several elements.
                    limits.hold("depth", depth / 10, "levels in the document")
                    limits.hold("elements", count, "elements in its XML")
                else:
                    depth -= 1
        parser.close()
    except (ParseError, LookupError, ValueError) as error:  # the others of an encoding that expat does not know
        raise ReadError(f"its XML is damaged: {error}") from None
    if root is None:  # pragma: no cover - what has no element is damaged, and expat has said so
        raise ReadError("its XML is empty")
    return root
