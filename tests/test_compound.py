"""What a compound file of Microsoft's holds, told by the names of its streams."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compounds import compound, large
from gkparse.compound import SIGNATURE, streams
from gkparse.errors import ReadError
from gkparse.kinds import kind


@pytest.mark.parametrize(
    ("names", "known"),
    [
        (("CompObj", "1Table", "WordDocument"), "doc"), (("Workbook",), "xls"), (("Book", "Other"), "xls"),
        (("EncryptionInfo", "EncryptedPackage"), "encrypted"),
        (("a", "b", "c", "d", "e", "f", "WordDocument"), "doc"),
    ],
)  # fmt: skip
def test_the_outermost_streams_tell_what_a_file_is(names: tuple[str, ...], known: str) -> None:
    data = compound(*names)
    assert streams(data) == set(names)
    assert kind(data) == known


def test_a_workbook_within_a_document_leaves_it_a_document() -> None:
    assert kind(compound("ObjectPool", "WordDocument", inner="Workbook")) == "doc"
    assert kind(compound("MBD", "Workbook", inner="WordDocument")) == "xls"


def test_the_directory_of_a_large_file_is_found_by_the_rest_of_its_table() -> None:
    assert streams(large("WordDocument")) == {"1", "2", "3", "WordDocument"}
    assert streams(large("WordDocument", listed=False)) == {"1", "2", "3"}


@pytest.mark.parametrize("names", [(), ("PowerPoint Document",)])
def test_other_files_are_named_with_what_to_do(names: tuple[str, ...]) -> None:
    with pytest.raises(ReadError, match="save it as DOCX or XLSX"):
        kind(compound(*names))


@given(st.lists(st.tuples(st.integers(8, 2000), st.sampled_from([0, 1, 9, 255])), max_size=30))
def test_a_damaged_directory_has_an_end(damage: list[tuple[int, int]]) -> None:
    data = bytearray(compound("CompObj", "WordDocument", "Workbook"))
    for at, value in damage:
        data[at % len(data)] = value
    assert len(streams(bytes(data))) <= 4


@given(st.binary(max_size=2000))
def test_any_bytes_have_few_streams(data: bytes) -> None:
    assert len(streams(SIGNATURE + data)) <= 16
