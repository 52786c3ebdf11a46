"""Records: the lists and objects of a program's output are rows whose cells are parted by tabs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gkparse.masks import NOTHING
from gkparse.records import records


def shown(text: str) -> list[list[str]]:
    """The cells of the rows that a text shows, blank ones left out."""
    view = records(text).replace(NOTHING, "")
    rows = [[cell.strip() for cell in line.split("\t") if cell.strip()] for line in view.split("\n")]
    return [row for row in rows if row]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ('[["规章", "1", "2"], ["行政许可", 3]]', [["规章", "1", "2"], ["行政许可", "3"]]),
        ('[{"label": "规章", "n": 1},\n {"label": "行政许可", "n": 3}]', [["规章", "1"], ["行政许可", "3"]]),
        ("[('规章', None),\n ('行政许可', 3)]", [["规章", "None"], ["行政许可", "3"]]),
        ('["规章", "1"', [["规章", "1"]]),
    ],
)
def test_an_inner_list_or_object_is_a_row_and_keys_are_no_cells(text: str, rows: list[list[str]]) -> None:
    assert shown(text) == rows


@given(st.text("[]{}(),:\"'\\n1规 \n", max_size=40))
def test_a_view_is_as_long_as_its_text(text: str) -> None:
    assert len(records(text)) == len(text)


def test_escapes_within_a_string_are_the_characters_they_stand_for() -> None:
    text = "['\\u3000规章', '1\\xa0', '2\\u2002', '3']\n"
    view = records(text)
    assert len(view) == len(text)
    assert [cell.replace("\x00", "").strip() for cell in view.split("\t")] == ["规章", "1", "2", "3"]


def test_a_long_string_keeps_its_lines_and_tabs() -> None:
    prose = "县里的河" * 40
    view = records(f'{{"content": "{prose}\\n规章\\t1\\t2\\r\\n完"}}')
    assert [line.strip(" \x00") for line in view.replace("\x00", "").split("\n")] == [prose, "规章\t1\t2", "完", ""]


def test_a_comma_between_two_lines_of_a_page_parts_no_cells() -> None:
    # As the tags are masked: a cell begins with a tab.
    text = '["\t\0\0\0规章\\n",\n "\t\0\0\0\\n",\n "\t\0\0\0003\\n"]'
    view = records(text)
    assert len(view) == len(text)
    assert [cell.strip(" \0") for cell in view.replace(NOTHING, "").strip().split("\t")] == ["规章", "", "3"]
