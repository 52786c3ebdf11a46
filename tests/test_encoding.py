"""The text in some bytes, whatever encoding it is in and whatever it says of itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gkparse
from building import built, distinct
from gkparse.encoding import decode
from gkparse.testing import renderings

TEXT = "青石县水务局2023年政府信息公开工作年度报告\r\n规章\t0\t1\t23\n行政规范性文件\t4\t1\t9\n"
TRADITIONAL = "青石縣水務局2023年政府資訊公開工作年度報告\n規章\t0\t1\t23\n"
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "gbk", "gb2312")


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_simplified_script(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-be", "big5", "big5hkscs", "gb18030"])
def test_traditional_script(encoding: str) -> None:
    assert decode(TRADITIONAL.encode(encoding)) == TRADITIONAL


@pytest.mark.parametrize("rendering", gkparse.RENDERINGS)
@pytest.mark.parametrize("encoding", ["gb18030", "utf-16-le", "utf-16-be"])
def test_every_rendering(rendering: str, encoding: str) -> None:
    text = gkparse.render(built(distinct()), rendering)
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("gb2312", "gb18030"),
        ("GBK", "gb18030"),
        ("big5", "gb18030"),  # pages are often in another encoding than they say
        ("utf-8", "gb18030"),
        ("gb2312", "utf-8"),
        ("no-such-encoding", "gb18030"),
        ("big5", "big5hkscs"),
    ],
)
def test_what_a_page_declares(declared: str, encoding: str) -> None:
    text = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={declared}"></head><p>' + (
        TRADITIONAL if encoding == "big5hkscs" else TEXT
    )
    assert decode(text.encode(encoding)) == text


def test_a_declaration_decides_where_no_word_does() -> None:
    page = '<meta charset="big5"><p>第三項</p>'
    assert decode(page.encode("big5")) == page
    other = "<?xml version='1.0' encoding='GB2312'?><p>第三项</p>"
    assert decode(other.encode("gb2312")) == other


def test_bytes_of_no_encoding() -> None:
    with pytest.raises(gkparse.ReadError, match=r"as UTF-8 the byte 0xff at offset 0 is wrong"):
        decode(b"\xff")
    with pytest.raises(gkparse.ReadError, match=r"as UTF-16 the byte"):
        decode("\ufeff总计".encode("utf-16-le")[:-1])


def test_nothing_is_an_empty_text() -> None:
    assert decode(b"") == ""


@given(text=st.text(st.characters(codec="utf-8", exclude_characters="\0\ufeff")))
def test_utf_8_is_read_as_it_is(text: str) -> None:
    assert decode(text.encode()) == text
    assert decode(b"\xef\xbb\xbf" + text.encode()) == text


@given(data=st.binary())
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        assert isinstance(decode(data), str)
    except gkparse.ReadError as error:
        assert "save it as UTF-8" in str(error)


@given(rendering=renderings(), encoding=st.sampled_from(["gb18030", "utf-16-le", "utf-16-be"]))
def test_reports_come_back(rendering: str, encoding: str) -> None:
    report = built(distinct(3, zeros=0.8))
    assert gkparse.read(gkparse.render(report, rendering).encode(encoding)) == report


@pytest.mark.parametrize("name", ["base64", "rot13", "idna", "undefined", "unicode_escape", "utf-7", "zlib"])
def test_what_is_no_encoding_of_pages_is_not_heeded(name: str) -> None:
    page = f"<meta charset={name}>政府信息公开工作年度报告"
    assert decode(page.encode("gb18030")) == page
