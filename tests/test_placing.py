"""Places: where the cells of whole rows stand is worked out when it is asked for."""

from __future__ import annotations

import copy
import pickle
from concurrent.futures import ThreadPoolExecutor

import pytest

import gkparse
from building import distinct
from gkparse.model import Placed
from gkparse.pieces import Piece
from gkparse.placing import Places
from gkparse.printed import BLANK, read_printed
from gkparse.readings import RowReading
from layouts import PATHS, printed, write

# Line ends within a part of a text: the numbers stand at 0 and at 3.
SLOTS = (Piece(0, 2, "12", read_printed("12")), Piece(3, 4, "5", read_printed("5")))
CELLS = ("requests.received.other", "requests.received.total")


def kept() -> Places:
    places = Places()
    places.add(CELLS, "aligned", RowReading(((100, SLOTS),), None, aligned=True))
    return places


def test_places_are_those_in_the_whole_text() -> None:
    assert dict(kept()) == {
        "requests.received.other": Placed("aligned", 100, 102),
        "requests.received.total": Placed("aligned", 103, 104),
    }


def test_each_line_of_a_row_has_its_own_offset() -> None:
    reading = RowReading(((100, SLOTS[:1]), (200, SLOTS[1:])), None, aligned=True)
    assert [(slot.start, slot.end) for slot in reading.slots if slot] == [(100, 102), (203, 204)]


def test_a_column_without_a_piece_has_no_place() -> None:
    places = Places()
    places.add(CELLS, "printed", RowReading.of((None, SLOTS[1]), None, aligned=False))
    assert list(places) == ["requests.received.total"]


def test_what_is_put_later_stands_behind_what_was_there() -> None:
    places = kept()
    assert len(places) == 2
    blank = RowReading.of((Piece(7, 7, "", BLANK),), None, aligned=False)
    places.add(("disputes.reconsideration.total",), "printed", blank)
    places.add(("proactive.rules.issued",), "printed", RowReading.of(SLOTS[:1], None, aligned=False))
    assert list(places) == [*CELLS, "disputes.reconsideration.total", "proactive.rules.issued"]
    assert len(places) == 4
    assert places["disputes.reconsideration.total"] == Placed("blank", 7, 7)
    assert "requests.received.total" in places
    with pytest.raises(KeyError):
        places["requests.carried_over.total"]


def test_places_that_were_never_asked_for_are_pickled_and_copied() -> None:
    for made in (pickle.loads(pickle.dumps(kept())), copy.deepcopy(kept())):  # noqa: S301 - its own
        assert made == dict(kept())


def test_a_cell_that_was_read_otherwise_has_its_own_place() -> None:
    other = Placed("repaired", 100, 102, unit="件")
    places = Places()
    reading = RowReading(((100, SLOTS),), None, aligned=True)
    places.add(CELLS, "aligned", reading, {CELLS[0]: other})
    told = {CELLS[0]: "repaired", CELLS[1]: "aligned"}
    assert dict(places.statuses()) == told
    assert places[CELLS[0]] == other
    assert dict(places.statuses()) == told  # also once the places have been worked out
    assert places[CELLS[1]] == Placed("aligned", 103, 104)


def test_threads_that_ask_at_once_are_told_the_same() -> None:
    for _ in range(50):
        places = kept()
        with ThreadPoolExecutor(4) as pool:
            told = list(pool.map(lambda _, own=places: dict(own), range(4)))
        assert told == [dict(kept())] * 4


@pytest.mark.parametrize("layout", ["tabs-shifted", "lines", "tika-broken"])
def test_every_value_of_a_report_stands_at_its_place(layout: str) -> None:
    numbers = distinct()
    report = gkparse.parse(write(layout, printed(numbers)))
    for path in PATHS:
        cell = report.cell(path)
        assert cell.printed == str(numbers[path]), path
        assert cell.span is not None
        assert report.source is not None
        assert report.source[cell.span.start : cell.span.end] == cell.printed


def test_a_report_read_twice_shares_no_places_with_the_other() -> None:
    text = write("tabs-shifted", printed(distinct()))
    one, other = gkparse.parse(text), gkparse.parse("\n" + text)
    for path in PATHS:
        first, second = one.cell(path).span, other.cell(path).span
        assert first is not None
        assert second is not None
        assert (first.start + 1, first.line + 1) == (second.start, second.line)
