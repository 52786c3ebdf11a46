"""No text makes `parse` raise anything but `NotAReportError`."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

import gkparse
from expectations import REPORTS, pairs, source_of
from gkparse.form import load

TEXTS = [source_of(text) for folder in (REPORTS, REPORTS / "diagnostics")
         for text, _ in pairs(folder)]
LINES = [text.split("\n") for text in TEXTS]
LABELS = [
    *(title.label for title in load("2021").sections),
    *(part for field in gkparse.fields() for part in field.label.split(" > ")),
]
# Characters that readers of text trip over: separators, marks, digits of every kind, markup.
ODD = "\t\n\r |│-—/.,，、。（）()[]<>&;:：0１２٣²½一二三十〇年月日第项⼆⺠\u2002\u3000\xa0\ufeff\x00\x07\x0c\u2028\ud7ff𝟘🏮e+_\\?O l"


def read(text: str) -> None:
    """Parse a text; whatever comes of it is whole in itself."""
    try:
        report = gkparse.parse(text)
    except gkparse.NotAReportError as error:
        assert "no annual report" in str(error)
        return
    for _, cell in report.cells():
        if cell.span is not None:
            assert text[cell.span.start : cell.span.end] == cell.printed
    for found in report.diagnostics:
        assert found.message
        assert found.message_in("zh")
    gkparse.check(report)
    assert gkparse.from_json(gkparse.to_json(report)) == report


@given(text=st.text())
def test_any_text(text: str) -> None:
    read(text)


@given(text=st.lists(st.sampled_from(LABELS) | st.text(ODD, max_size=4), max_size=80).map("".join))
def test_labels_of_the_form_among_odd_characters(text: str) -> None:
    read(text)


@given(
    cells=st.lists(st.sampled_from(LABELS) | st.integers(0, 99).map(str), max_size=120),
    separator=st.sampled_from(["\t", "\n", "\n\t", " ", "|", " | ", "\n\n", "  "]),
)
def test_labels_and_numbers_in_any_order(cells: list[str], separator: str) -> None:
    read(separator.join(cells))


@given(text=st.sampled_from(TEXTS), start=st.floats(0, 1), end=st.floats(0, 1))
def test_any_stretch_of_a_report(text: str, start: float, end: float) -> None:
    read(text[int(len(text) * start) : int(len(text) * end)])


@given(one=st.sampled_from(TEXTS), two=st.sampled_from(TEXTS), cut=st.floats(0, 1))
def test_two_reports_run_together(one: str, two: str, cut: float) -> None:
    read(one[: int(len(one) * cut)] + two)


@st.composite
def fragments(draw: st.DrawFn) -> str:
    """Some lines of one of the reports."""
    rows = draw(st.sampled_from(LINES))
    start = draw(st.integers(0, len(rows) - 1))
    return "\n".join(rows[start : start + draw(st.integers(1, 60))])


@given(parts=st.lists(fragments(), min_size=2, max_size=9), between=st.sampled_from(["\n", "\t", "|", ""]))
def test_fragments_of_reports_in_any_mixture(parts: list[str], between: str) -> None:
    read(between.join(parts))


@given(text=st.sampled_from(TEXTS), seed=st.integers(0, 2**32))
def test_the_lines_of_a_report_in_any_order(text: str, seed: int) -> None:
    lines = text.split("\n")
    random.Random(seed).shuffle(lines)  # noqa: S311
    read("\n".join(lines))


@given(
    text=st.sampled_from(TEXTS),
    changes=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 3), st.text(ODD, max_size=3)),
                     min_size=1, max_size=20),
)
def test_a_report_with_odd_characters_anywhere(
    text: str, changes: list[tuple[float, int, str]]
) -> None:
    for place, erased, put in changes:
        at = int(len(text) * place)
        text = text[:at] + put + text[at + erased :]
    read(text)
