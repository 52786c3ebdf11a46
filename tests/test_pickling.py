"""Every public object can be pickled, copied and put into a set; what travels between workers is whole."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given

import gkparse
from building import built, distinct
from gkparse import testing
from layouts import printed, write

PAGE = write("tabs-shifted", printed(distinct().but({"requests.received.total": 1})))
READ = gkparse.parse(PAGE)


def pickled(protocol: int) -> Callable[[Any], Any]:
    def there_and_back(one: Any) -> Any:
        return pickle.loads(pickle.dumps(one, protocol))  # noqa: S301

    return there_and_back


WAYS: dict[str, Callable[[Any], Any]] = {
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    **{f"pickle-{protocol}": pickled(protocol) for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1)},
}
each_way = pytest.mark.parametrize("way", WAYS.values(), ids=list(WAYS))


def classes() -> list[type]:
    """The public classes that are no errors."""
    every = (getattr(gkparse, name) for name in gkparse.__all__)
    return [each for each in every if isinstance(each, type) and not issubclass(each, Exception)]


def instances(of: type) -> list[Any]:
    """Some objects of a public class, with one of nothing but defaults where it has these."""
    found = FULL.get(of, [])
    whole = all(field.default is not attrs.NOTHING for field in attrs.fields_dict(of).values())
    return [of(), *found] if whole else found


FULL: dict[type, list[Any]] = {
    gkparse.Report: [READ, READ.reconciled(), gkparse.from_json(gkparse.to_json(READ)), built(distinct())],
    gkparse.Cell: [cell for _, cell in READ.cells()],
    gkparse.Span: [cell.span for _, cell in READ.cells() if cell.span],
    gkparse.Diagnostic: [*READ.diagnostics, *gkparse.check(READ), gkparse.Diagnostic("GK103", "error", text="as it was")],
    gkparse.Detection: [gkparse.detect(PAGE)],
    gkparse.Field: list(gkparse.fields("2019")),
    gkparse.Limits: [gkparse.Limits(seconds=1.5)],
    gkparse.Place: [gkparse.Place(1, 2, 3, 4)],
    gkparse.Metadata: [READ.metadata, gkparse.Metadata(issue_date=date(2024, 1, 30))],
    gkparse.Section: list(READ.sections),
    gkparse.Indicator: [gkparse.Indicator("key", "label", "万元", Decimal("1.50"))],
    gkparse.Statement: [
        gkparse.Statement(("requests.received.total",), 3, "收到3件", 1, "agrees", 3, span=gkparse.Span(0, 4, 1, 1)),
    ],
}  # fmt: skip


def test_there_are_objects_of_every_public_class() -> None:
    assert READ.diagnostics
    assert [each.__name__ for each in classes() if not instances(each)] == []


@each_way
@pytest.mark.parametrize("of", classes(), ids=lambda of: of.__name__)
def test_a_copy_is_equal_and_has_the_same_hash(of: type, way: Callable[[Any], Any]) -> None:
    for one in instances(of):
        back = way(one)
        assert type(back) is of
        assert back == one
        assert hash(back) == hash(one)
        assert repr(back) == repr(one)


@each_way
def test_a_copy_of_a_report_knows_all_that_is_not_compared(way: Callable[[Any], Any]) -> None:
    for report in instances(gkparse.Report):
        back = way(report)
        assert list(back.cells()) == list(report.cells())
        assert back.diagnostics == report.diagnostics
        assert [found.message_in("zh") for found in back.diagnostics] == [
            found.message_in("zh") for found in report.diagnostics
        ]
        assert (back.source, back.rendering, back.positions) == (report.source, report.rendering, report.positions)


@each_way
def test_a_copy_of_a_finding_says_the_same_in_both_languages(way: Callable[[Any], Any]) -> None:
    for found in FULL[gkparse.Diagnostic]:
        back = way(found)
        assert (back.message, back.message_in("zh")) == (found.message, found.message_in("zh"))
        assert back.arguments == found.arguments


@each_way
@pytest.mark.parametrize("of", [gkparse.GkparseError, gkparse.LimitError, gkparse.NotAReportError,
                                gkparse.ParseError, gkparse.ReadError])
def test_a_copy_of_an_error_says_the_same(of: type[Exception], way: Callable[[Any], Any]) -> None:
    error = of("what was sought, and what was found")
    back = way(error)
    assert type(back) is of
    assert str(back) == str(error)


@each_way
def test_a_copy_of_a_strict_error_has_its_diagnostics(way: Callable[[Any], Any]) -> None:
    with pytest.raises(gkparse.ParseError) as caught:
        gkparse.parse(PAGE, strict=True)
    assert way(caught.value).diagnostics == READ.diagnostics


@each_way
@given(report=testing.reports())
def test_any_report_that_was_built_by_hand_can_be_copied(way: Callable[[Any], Any], report: gkparse.Report) -> None:
    back = way(report)
    assert back == report
    assert hash(back) == hash(report)
    assert len({report, back}) == 1


@pytest.mark.parametrize("name", [name for name in gkparse.__all__ if callable(getattr(gkparse, name))])
def test_every_public_call_is_pickled_by_its_name(name: str) -> None:
    value = getattr(gkparse, name)
    assert pickled(pickle.HIGHEST_PROTOCOL)(value) is value
    assert copy.deepcopy(value) is value
