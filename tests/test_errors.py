"""What gkparse raises: how the errors are related, and that they survive a process boundary."""

from __future__ import annotations

import copy
import pickle

import pytest

import gkparse
from gkparse import (
    Diagnostic,
    GkparseError,
    LimitError,
    NotAReportError,
    ParseError,
    ReadError,
)

ERRORS = (NotAReportError, ParseError, ReadError, LimitError)


@pytest.mark.parametrize("error", ERRORS)
def test_every_error_has_one_root(error: type[Exception]) -> None:
    assert issubclass(error, GkparseError)
    assert issubclass(error, ValueError) == (error in (NotAReportError, ParseError))


def test_no_error_is_another_one() -> None:
    for one in ERRORS:
        assert [other for other in ERRORS if issubclass(one, other)] == [one]


@pytest.mark.parametrize("error", [*ERRORS, GkparseError])
def test_an_error_survives_pickling(error: type[Exception]) -> None:
    back = pickle.loads(pickle.dumps(error("was gesucht wurde")))  # noqa: S301
    assert type(back) is error
    assert str(back) == "was gesucht wurde"


def test_a_parse_error_keeps_its_diagnostics() -> None:
    found = (Diagnostic("GK103", "error", ("requests",), arguments={"number": "3", "label": "x"}),)
    for back in (
        pickle.loads(pickle.dumps(ParseError("one error", found))),  # noqa: S301
        copy.copy(ParseError("one error", found)),
    ):
        assert str(back) == "one error"
        assert back.diagnostics == found
        assert back.diagnostics[0].message == found[0].message
    assert ParseError("none").diagnostics == ()


def test_a_real_parse_error_can_be_pickled() -> None:
    with pytest.raises(ParseError) as caught:
        gkparse.parse("规章\t1\t2\t3\n现行有效件数\t行政强制\t4\n行政事业性收费\t5", strict=True)
    back = pickle.loads(pickle.dumps(caught.value))  # noqa: S301
    assert back.diagnostics == caught.value.diagnostics
