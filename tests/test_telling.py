"""Telling: which version of the form a report's labels are of."""

from __future__ import annotations

import pytest

from gkparse.rows import rows
from gkparse.telling import Tells, older, tells, told

# Heads and labels that only one version of the form has.
OF_2019 = "本年新公开数量"
OF_2021 = "本年废止件数"


def version(*lines: str) -> str:
    found = [row.traits.tells for row in rows("\n".join(lines), "2021") if row.traits.texts]
    return older(told(found)) or "2021"


def test_a_label_of_an_older_form_tells_that_form() -> None:
    assert version("信息内容\t本年新制作数量\t本年新公开数量\t对外公开总数量") == "2019"


def test_labels_of_every_form_tell_the_newest() -> None:
    assert version("规章\t1\t2\t3", "行政许可\t4") == "2021"


def test_a_year_tells_nothing() -> None:
    assert version("2019年度报告", "规章\t1\t2\t3") == "2021"


def test_more_words_of_the_newest_form_than_of_an_older_one_are_of_the_newest() -> None:
    assert version(f"{OF_2019}\t{OF_2021}\t本年制发件数\t现行有效件数") == "2021"


@pytest.mark.parametrize("text", [f"{OF_2019[:4]}\n{OF_2019[4:]}", f"{OF_2019[:2]}\t{OF_2019[2:]}"])
def test_the_halves_of_a_head_tell_as_much_as_the_whole(text: str) -> None:
    assert version(text) == "2019"


def test_a_value_between_two_halves_does_not_part_them() -> None:
    assert version(OF_2019[:4], "7", OF_2019[4:]) == "2019"


def test_a_long_text_between_two_halves_parts_them() -> None:
    assert version(OF_2019[:4], "河道水位一天三报。" * 12, OF_2019[4:]) == "2021"


def test_a_table_on_one_line_is_told_by_its_parts() -> None:
    line = " ".join([*("水位" * 2 for _ in range(40)), OF_2019])
    assert tells([(line, False)]).told == tells([(OF_2019, True)]).told != ()


def test_what_a_line_tells_is_open_on_both_sides() -> None:
    assert tells([]) == Tells()
    assert tells([("本年", False), ("新公开", False)])[1:] == ("本年", "新公开")
    # A word of the form is no second half; it may be a first one.
    assert tells([("规章", True)])[1:] == ("", "规章")
    assert tells([("规章", True), ("数量", False)])[1:] == ("", "数量")
    assert tells([("水" * 200, False), ("数量", False)])[1:] == ("", "数量")
