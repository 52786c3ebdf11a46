"""Compound files of Microsoft's (OLE: DOC, WPS, XLS, ET), as far as to tell what they hold."""

from __future__ import annotations

__all__ = ["SIGNATURE", "streams"]

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = 512
_ENTRY = 128  # bytes of an entry of the directory


def streams(data: bytes) -> set[str]:
    """The names of the outermost streams; what is embedded in a document has its streams further in.

    Few or none of a damaged file.
    """
    directory = _directory(data)
    names: set[str] = set()
    seen: set[int] = set()
    waiting = [_number(directory, 76)]  # the first entry is the root: the key of what is in it
    while waiting:
        at = waiting.pop()
        if at in seen or (at + 1) * _ENTRY > len(directory):
            continue
        seen.add(at)
        entry = directory[at * _ENTRY : (at + 1) * _ENTRY]
        length = min(max(0, _number(entry, 64, 2) - 2), 62)
        names.add(entry[:length].decode("utf-16-le", "replace"))
        waiting += (_number(entry, 68), _number(entry, 72))
    return names


def _directory(data: bytes) -> bytes:
    """The directory: its sectors one behind the other, as the table of sectors has them."""
    size = 1 << min(_number(data, 30, 2), 16)
    of_table = _sectors_of_table(data, size)
    found: list[bytes] = []
    seen: set[int] = set()
    sector = _number(data, 48)
    while sector not in seen and (sector + 1) * size < len(data):
        seen.add(sector)
        found.append(_sector(data, sector, size))
        block, at = divmod(sector * 4, size)
        if block >= len(of_table):
            break
        sector = _number(_sector(data, of_table[block], size), at)
    return b"".join(found)


def _sectors_of_table(data: bytes, size: int) -> list[int]:
    """Where the table of sectors stands: its first 109 sectors by the header, the others by a chain."""
    found = [_number(data, at) for at in range(76, _HEADER, 4)]
    seen: set[int] = set()
    sector = _number(data, 68)
    while sector not in seen and (sector + 1) * size < len(data):
        seen.add(sector)
        listed = _sector(data, sector, size)
        found += [_number(listed, at) for at in range(0, size - 4, 4)]
        sector = _number(listed, size - 4)
    return found


def _sector(data: bytes, sector: int, size: int) -> bytes:
    return data[(sector + 1) * size : (sector + 2) * size]


def _number(data: bytes, at: int, length: int = 4) -> int:
    """A number in little-endian bytes; one that points nowhere where the bytes end before."""
    end = at + length
    return int.from_bytes(data[at:end], "little") if end <= len(data) else 0xFFFF_FFFF
