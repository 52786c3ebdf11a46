"""Encodings: from the bytes of a text to its characters, each as it stands in the file."""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE, lookup

from gkparse.errors import ReadError

__all__ = ["decode"]

# The longer mark first: that of UTF-32 begins with that of UTF-16.
_MARKS = (
    (BOM_UTF32_LE, "utf-32"),
    (BOM_UTF32_BE, "utf-32"),
    (BOM_UTF8, "utf-8-sig"),
    (BOM_UTF16_LE, "utf-16"),
    (BOM_UTF16_BE, "utf-16"),
)
# Tried in this order where nothing says which it is; Big5 with what Hong Kong adds.
_LIKELY = ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
# What pages say they are written in and what they are written in: a larger set of the same kind.
_LARGER = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "ascii": "utf-8", "iso8859-1": "cp1252"}
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)
# Words that a report has in any script: the encoding that gives most of them is right.
_WORDS = re.compile("政府|[信資][息訊]|公[开開]|行政|[报報]告|年度|[规規]章|[申总總][请請计計]")
_COMMON = re.compile("[\\n\\t -~一-鿿，。、：；（）]")
_SAMPLE, _HEAD = 64_000, 4_096


def decode(data: bytes) -> str:
    r"""The text in some bytes: UTF-8, UTF-16, UTF-32, GB18030 or Big5, with its byte order mark or not.

    A byte order mark decides, then UTF-8 where all bytes are of it, then the encoding in which most
    words of a report appear; of several, the one that an HTML page declares of itself. Line ends stay as they are.
    Raises `ReadError` where no encoding fits every byte; the message names the first byte that does
    not.

    >>> decode("总计\t3".encode("gb18030"))
    '总计\t3'
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _decoded(data, name)
    if b"\0" not in data[:_HEAD]:
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            pass  # which encoding it is, its words tell
    # What a page declares is likely, but pages are often in another encoding than they say.
    declared = _declared(data[:_HEAD])
    found = [name for name in ((declared,) if declared else ()) + _LIKELY if _fits(data, name)]
    best = max(found, key=lambda name: _words(data, name), default=None)
    # A text with no word of a report in any encoding is what it is first; its characters may be wrong.
    return data.decode(best) if best else _decoded(data, "utf-8")


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        byte = data[error.start : error.start + 1].hex()
        raise ReadError(
            f"the text is in no encoding that is known: as {name.upper()} the byte 0x{byte} at offset "
            f"{error.start} is wrong; save it as UTF-8 again"
        ) from None


def _declared(head: bytes) -> str | None:
    """The encoding that a page says it is written in, as Python knows it."""
    found = _DECLARED.search(head)
    if not found:
        return None
    try:
        name = lookup((found[1] or found[2]).decode("ascii")).name
    except (LookupError, UnicodeDecodeError):
        return None
    return _LARGER.get(name, name)


def _fits(data: bytes, name: str) -> bool:
    try:
        data.decode(name)
    except UnicodeDecodeError:
        return False
    return True


def _words(data: bytes, name: str) -> tuple[int, int]:
    """How many words of a report the beginning of a text has in an encoding, and common characters."""
    text = data[:_SAMPLE].decode(name, "ignore")
    return len(_WORDS.findall(text)), len(_COMMON.findall(text))
