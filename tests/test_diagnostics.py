"""Diagnostics and their codes: messages in both languages, spans, values."""

from __future__ import annotations

import pickle
import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gkparse import Diagnostic, Span
from gkparse.codes import CODES, Code


def names(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


@pytest.mark.parametrize("code", CODES.values(), ids=list(CODES))
def test_a_code_is_well_formed(code: Code) -> None:
    assert re.fullmatch(r"GK\d{3}", code.code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", code.name)
    assert code.severity in ("info", "warning", "error")
    assert re.fullmatch("[㐀-鿿]{2,9}", code.title)
    assert names(code.en) == names(code.zh)
    assert set(re.findall(r"[^\x00-\x7f]", code.en)) <= set("“”件万元")
    assert re.search(r"[㐀-鿿]", code.zh)


def test_codes_and_names_are_unique_and_in_order() -> None:
    assert list(CODES) == sorted(CODES)
    assert len({code.name for code in CODES.values()}) == len(CODES)
    assert len({code.title for code in CODES.values()}) == len(CODES)
    assert all(key == code.code for key, code in CODES.items())


@pytest.mark.parametrize("code", CODES.values(), ids=list(CODES))
def test_a_message_is_filled_in_both_languages(code: Code) -> None:
    arguments = {name: f"<{name}>" for name in names(code.en)}
    found = Diagnostic(code.code, code.severity, arguments=arguments)
    assert found.message == found.message_in("en")
    for message in (found.message_in("en"), found.message_in("zh")):
        assert all(value in message for value in arguments.values())
    assert found.message_in("zh") != found.message


def test_a_stored_message_is_kept_as_it_was() -> None:
    assert Diagnostic("GK999", "info", text="of a later version").message == "of a later version"
    assert Diagnostic("GK103", "error", text="as it was").message_in("zh") == "as it was"
    assert Diagnostic("GK999", "info").message == "GK999"


def test_a_diagnostic_is_a_value() -> None:
    one = Diagnostic("GK103", "error", ("requests",), Span(0, 1, 1, 1), None, {"number": "3"})
    same = Diagnostic("GK103", "error", ("requests",), Span(0, 1, 1, 1), None, {"number": "3"})
    other = Diagnostic("GK103", "error", ("disputes",), Span(0, 1, 1, 1), None, {"number": "3"})
    assert one == same
    assert hash(one) == hash(same)
    assert one != other
    assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301
    with pytest.raises(TypeError):
        one.arguments["number"] = "4"  # type: ignore[index]


def test_arguments_are_copied() -> None:
    arguments = {"number": "3", "label": "三"}
    found = Diagnostic("GK103", "error", arguments=arguments)
    arguments["label"] = "四"
    assert "section 三" in found.message


@given(st.text("ab\n\t一", max_size=40), st.data())
def test_a_span_counts_lines_and_columns_from_one(source: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(source)))
    end = data.draw(st.integers(start, len(source)))
    span = Span.of(source, start, end)
    lines = source.split("\n")
    assert (span.start, span.end) == (start, end)
    assert sum(len(line) + 1 for line in lines[: span.line - 1]) + span.column - 1 == start
    assert 1 <= span.column <= len(lines[span.line - 1]) + 1
