"""Separators that a text shows by itself: what stands between the numbers of whole rows parts cells."""

from __future__ import annotations

import pytest

from gkparse.separators import parted


def cells(text: str) -> list[list[str]]:
    """The cells of each line, parted by tabs, without what is masked."""
    return [line.replace("\0", "").split("\t") for line in text.split("\n")]


ROWS = [["行政许可", *(str(at + more) for more in range(7))] for at in range(10)]


@pytest.mark.parametrize("sign", [";", "→", " ~ ", "||", "\t\t"])
def test_what_parts_the_numbers_of_whole_rows_parts_cells(sign: str) -> None:
    text = "\n".join(sign.join(row) for row in ROWS)
    found = parted(text)
    assert len(found) == len(text)
    assert [[cell.strip() for cell in row] for row in cells(found)] == ROWS


def test_two_tabs_part_cells_also_where_no_row_is_whole() -> None:
    short = [row[:4] for row in ROWS]
    text = "\n".join("\t\t".join(row) for row in short)
    assert cells(parted(text)) == short
    mixed = text.replace("\t\t", "\t", 1)
    assert parted(mixed) == mixed  # one of them may be a blank cell


def test_a_text_without_separators_of_its_own_is_as_it_was() -> None:
    for text in ("", "行政许可\t1\t2\n行政处罚\t3\t4", "2023年1月1日;12;3"):
        assert parted(text) is text


@pytest.mark.parametrize("name", ["column_{}", "f{}_", "V{}", "Field {}", "Unnamed: {}"])
def test_the_numbered_names_of_columns_have_no_sign_between_them(name: str) -> None:
    text = "\n".join(",".join(map(name.format, range(10))) for _ in range(2))
    assert parted(text) is text
