"""Compound files of Microsoft's, built by hand: a header, a table of sectors, a directory."""

from __future__ import annotations

import struct

__all__ = ["compound", "large"]

_NONE = 0xFFFFFFFF
_SECTOR = 512


def compound(*names: str, inner: str = "") -> bytes:
    """A compound file with streams of these names, the third within the second where `inner` names it."""
    header = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(_SECTOR, b"\0"))
    struct.pack_into("<H", header, 30, 9)
    struct.pack_into("<I", header, 48, 1)
    struct.pack_into("<I", header, 68, _NONE)
    struct.pack_into("<109I", header, 76, 0, *[_NONE] * 108)
    entries = [_entry("Root Entry", child=1)]
    for at, name in enumerate(names, 1):
        after = at + 1 if at < len(names) else _NONE
        entries.append(
            _entry(name, after=after, child=len(names) + 1 if inner and at == 1 else _NONE)
        )
    if inner:
        entries.append(_entry(inner))
    directory = b"".join(entries)
    sectors = -(-len(directory) // _SECTOR)
    chain = [0xFFFFFFFD, *range(2, sectors + 1), 0xFFFFFFFE]
    table = struct.pack("<128I", *chain, *[_NONE] * (128 - len(chain)))
    return bytes(header) + table + directory.ljust(sectors * _SECTOR + 1, b"\0")


def _entry(name: str, after: int = _NONE, child: int = _NONE) -> bytes:
    """An entry of the directory, with the one that follows it and the first that is in it."""
    text = name.encode("utf-16-le")
    return struct.pack("<64sHBB3I", text, len(text) + 2, 2, 1, _NONE, after, child).ljust(128, b"\0")


def large(name: str, *, listed: bool = True) -> bytes:
    """A compound file whose directory lies beyond the sectors that the header's own table reaches.

    Of the two sectors of the directory the stream of this name is in the second; where the rest of
    the table is not `listed`, nothing says which sector that is.
    """
    reached = 109 * _SECTOR // 4
    header = bytearray(compound()[:_SECTOR])
    struct.pack_into("<I", header, 48, reached)
    struct.pack_into("<I", header, 68, 0 if listed else _NONE)
    struct.pack_into("<109I", header, 76, *[_NONE] * 109)
    further = struct.pack("<128I", 1, *[_NONE] * 127)
    table = struct.pack("<128I", reached + 1, 0xFFFFFFFE, *[_NONE] * 126)
    entries = [_entry("Root Entry", child=1), *(_entry(f"{at}", after=at + 1) for at in range(1, 4))]
    directory = b"".join([*entries, _entry(name)]).ljust(2 * _SECTOR, b"\0")
    before = (further + table).ljust(reached * _SECTOR, b"\0")
    return bytes(header) + before + directory + b"\0"
