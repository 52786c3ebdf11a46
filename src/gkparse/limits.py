"""Limits: how much a file may ask of the machine that reads it."""

from __future__ import annotations

import attrs

from gkparse.errors import LimitError

__all__ = ["DEFAULT_LIMITS", "Limits"]

_MEGABYTE = 1024 * 1024


@attrs.frozen(kw_only=True)
class Limits:
    """How much `gkparse.read` takes of a file before it raises `LimitError`.

    `file_bytes` of the file itself; `unpacked_bytes` and `parts` of a packed one (DOCX, XLSX, ODT);
    `elements` of its XML; `characters` of its text; `cells` of its tables, a merged one counted with all places that it
    covers; `depth` of tables or elements within each other; `pages` of a PDF, or sheets of a
    workbook; `seconds` that another process, such as LibreOffice or the one for a PDF, may take.

    >>> import gkparse
    >>> gkparse.read(b"0" * 1001, limits=gkparse.Limits(file_bytes=1000))
    Traceback (most recent call last):
        ...
    gkparse.errors.LimitError: more bytes in the file than gkparse.Limits(file_bytes=1000) allows
    """

    file_bytes: int = 256 * _MEGABYTE
    unpacked_bytes: int = 256 * _MEGABYTE
    parts: int = 10_000
    elements: int = 3_000_000
    characters: int = 20_000_000
    cells: int = 1_000_000
    depth: int = 100
    pages: int = 500
    seconds: float = 120.0

    def hold(self, name: str, met: float, what: str) -> None:
        """Raise `LimitError` if `met` is more than the limit `name`; `what` says of what."""
        most = getattr(self, name)
        if met > most:
            raise LimitError(f"more {what} than gkparse.Limits({name}={most}) allows")


DEFAULT_LIMITS = Limits()
