"""What holds of any input whatever: the harness in `fuzz/` and the tests of this folder ask the same.

Each function takes an input and raises where something does not hold; an input that is refused as
documented is well.
"""

from __future__ import annotations

import json
import re
import unicodedata
from decimal import Decimal
from functools import cache
from typing import Any

import attrs

import gkparse
from gkparse import Cell, Detection, Diagnostic, Report
from gkparse.arithmetic import assess
from gkparse.form import Form, load
from gkparse.markup import plain, view

__all__ = [
    "hold_as_detected", "hold_as_read", "hold_for_dict", "hold_for_file", "hold_for_report", "hold_for_text", "paths_of",
    "stands_printed", "whole_number",
]

_MISREAD = str.maketrans("OoIl〇零", "001100")
_UNSEEN = ("Cc", "Cf")  # characters of no width
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_SUMS = frozenset({"GK301", "GK302", "GK303", "GK304"})


def hold_for_text(text: str) -> Report | None:
    """`parse`, `parse_all` and `detect` of a text; the report that `parse` gives, if any."""
    detection = gkparse.detect(text)
    try:
        report = gkparse.parse(text)
    except gkparse.NotAReportError:
        assert detection is None, f"detect finds {detection}, parse finds no report"
        assert gkparse.parse_all(text) == []
        return None
    assert report.source == text
    hold_as_read(report)
    hold_as_detected(report, detection)
    if detection and detection.reports > 1:
        for one in gkparse.parse_all(text):
            assert one.source == text
            hold_as_read(one)
    return report


def hold_as_detected(report: Report, detection: Detection | None) -> None:
    """What `detect` says of a text agrees with the report in it, as docs/crawls.md has it."""
    if detection is None:
        read = any(True for _ in report.numbers())
        assert not read or "公开" not in str(report.source), "detect passes over a table"
        return
    assert detection.form == report.form, f"detect says {detection.form}, parse {report.form}"
    several = any(found.code == "GK104" for found in report.diagnostics)
    assert several == (detection.reports > 1) or report.form == "2014", f"detect says {detection.reports} reports"


def hold_as_read(report: Report) -> None:
    """What holds of a report that was read: its places, its values, and what it says of them."""
    source = report.source
    assert source is not None
    form = load(report.form)
    shown = view(source)
    for path, cell in report.cells():
        _hold_cell(form, path, cell, source, shown)
    for found in report.diagnostics:
        _hold_finding(form, found)
        if found.span:
            assert 0 <= found.span.start <= found.span.end <= len(source), found
    _hold_sums(report)


def hold_for_file(data: bytes, limits: gkparse.Limits) -> Report | None:
    """`read` of the bytes of a file; the report that it gives, if any."""
    try:
        report = gkparse.read(data, limits=limits)
    except gkparse.GkparseError as error:
        assert str(error)
        return None
    hold_as_read(report)
    return report


def hold_for_dict(data: Any) -> Report | None:
    """`from_dict` of anything; the report that it gives, if any."""
    try:
        report = gkparse.from_dict(data)
    except ValueError as error:
        assert str(error)
        return None
    return report


def hold_for_report(report: Report) -> None:
    """What is made of a report: its findings, its copies, and how it is stored."""
    _hold_checked(report)
    _hold_stored(report)


def _hold_cell(form: Form, path: str, cell: Cell, source: str, shown: str) -> None:
    if cell.status == "missing":
        assert cell.value is None, path
        assert cell.span is None, path
        return
    assert cell.span is not None, f"{path}: {cell.status} without a place"
    assert source[cell.span.start : cell.span.end] == cell.printed, path
    assert (cell.value is None) == (cell.status in ("blank", "marked")), f"{path}: {cell}"
    if cell.value is not None:
        # One report of several has separators of its own, which the view of the whole text may not show.
        printed = [plain(text[cell.span.start : cell.span.end]) for text in (shown, source)]
        assert any(stands_printed(cell.value, each) for each in printed), f"{path}: {cell.value} of {cell.printed!r}"
        assert whole_number(source, cell.span.start, cell.span.end), f"{path}: cut out of a longer number"
    if not form.fields[path].amount:
        assert not isinstance(cell.value, Decimal), path


def stands_printed(value: int | Decimal, printed: str) -> bool:
    """Whether the digits of a value stand in a text as one number, with its sign.

    >>> stands_printed(1240, "１,240件"), stands_printed(24, "240"), stands_printed(-3, "3")
    (True, False, False)
    """
    digits = "".join(
        unicodedata.normalize("NFKC", sign) if sign.isdecimal() or unicodedata.category(sign)[0] == "P" else sign
        for sign in printed
        if unicodedata.category(sign) not in _UNSEEN
    ).replace(",", "").translate(_MISREAD)
    signed = value >= 0 or any(sign in digits for sign in "-减")
    return signed and any(Decimal(found) == abs(value) for found in _DIGITS.findall(digits))


def whole_number(source: str, start: int, end: int) -> bool:
    """Whether what stands in a place is not a part of a longer run of digits."""
    inner, before, after = source[start:end].strip(), source[max(start - 1, 0) : start], source[end : end + 1]
    return not (inner[:1].isdecimal() and before.isdecimal()) and not (inner[-1:].isdecimal() and after.isdecimal())


@cache
def paths_of(name: str) -> frozenset[str]:
    """What a finding may name: the cells, rows, groups and tables of a form, and what stands around them."""
    named = {"indicators", "sections", "year", "title", "agency"}
    named.update(f"metadata.{each.name}" for each in attrs.fields(gkparse.Metadata))
    for path in load(name).fields:
        parts = path.split(".")
        named.update(".".join(parts[:count]) for count in range(1, len(parts) + 1))
    return frozenset(named)


def _hold_finding(form: Form, found: Diagnostic) -> None:
    assert found.message, found.code
    assert found.message_in("zh"), found.code
    assert paths_of(form.name).issuperset(found.paths), f"{found.code} names {found.paths}"


def _hold_sums(report: Report) -> None:
    """Each sum that is printed whole and fails is named."""
    named = {path for found in report.diagnostics if found.code in _SUMS for path in found.paths}
    for each in assess(report):
        if each.outcome == "fails":
            assert named.issuperset(each.cells), f"{each.total.name} fails in silence: {each.total.whole}"


def _hold_checked(report: Report) -> None:
    """The rules, and the copies that a report makes of itself, raise nothing."""
    for found in gkparse.check(report):
        _hold_finding(load(report.form), found)
    kept = dict(report.numbers())
    for changed in (report.blank_as_zero(), report.reconciled()):
        for path, value in changed.numbers():
            assert kept.get(path) == value or changed.cell(path).status == "inferred", path


def _hold_stored(report: Report) -> None:
    """A report is what it was when it comes back from a store, whose text is JSON."""
    stored = gkparse.to_dict(report)
    back = gkparse.from_dict(json.loads(json.dumps(stored)))
    assert back == report
    assert gkparse.to_dict(back) == stored
