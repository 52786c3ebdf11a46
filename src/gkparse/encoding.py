"""Encodings: from the bytes of a text to its characters, each as it stands in the file."""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE, lookup
from contextlib import suppress

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
# Python knows encodings that are none of texts, and some that no page is written in.
_OF_PAGES = re.compile(r"ascii|big5|cp\d|euc|gb|hz|iso|koi8|mac|shift|utf-(?!7)")
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)
# Words that a report has in any script: the encoding that gives most of them is right.
_WORDS = (
    *("政府", "信息", "資訊", "公开", "公開", "行政", "报告", "報告", "年度", "规章", "規章"),
    *("申请", "申請", "总计", "總計"),
)
_UNCOMMON = re.compile("[^\\n\\t -~一-鿿，。、：；（）]+")
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
    found: dict[str, str] = {}
    for name in dict.fromkeys(((declared,) if declared else ()) + _LIKELY):
        with suppress(UnicodeDecodeError):
            found[name] = data.decode(name)
    if len(found) > 1:
        # A text with no word of a report in any encoding is what it is first; its characters may be wrong.
        return found[max(found, key=lambda name: _words(data, name))]
    return next(iter(found.values())) if found else _decoded(data, "utf-8")


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
    return _LARGER.get(name, name) if _OF_PAGES.match(name) else None


def _words(data: bytes, name: str) -> tuple[int, int]:
    """How many words of a report the beginning of a text has in an encoding, and common characters."""
    text = data[:_SAMPLE].decode(name, "ignore")
    return sum(map(text.count, _WORDS)), len(_UNCOMMON.sub("", text))
