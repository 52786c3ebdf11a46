"""Whole pages that a tool has flattened oddly, in ways that touch every line, are read exactly."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

import gkparse
from accounting import misread
from building import distinct
from families import FAMILIES, Page, text
from gkparse.form import load
from gkparse.sheet import Sheet
from layouts import Printed, printed, write

AMOUNTS = {path for path, field in load("2021").fields.items() if field.amount}


def unit(path: str) -> str:
    return "万元" if path in AMOUNTS else "件"


def joined(sign: str) -> Callable[[Sheet], str]:
    return lambda sheet: "\n".join(sign.join(row) for row in sheet.grid())


def quoted(page: str) -> str:
    return "".join(f"> {line}\n" for line in page.split("\n"))


WRITERS: dict[str, Callable[[Printed], str]] = {
    "mail": lambda cells: quoted(FAMILIES["lists"](Page(cells))),
    "forum": lambda cells: quoted(FAMILIES["mediawiki"](Page(cells))),
    "rich text without empty lines": lambda cells: re.sub(r"\n{2,}", "\n", write("tika-tall", cells)),
    "commas and units": lambda cells: text(Page({p: cell + unit(p) for p, cell in cells.items()}), joined(",")),
    "semicolons and units": lambda cells: text(Page({p: f"{cell} {unit(p)}" for p, cell in cells.items()}), joined("；")),
    "wide bars and thousands": lambda cells: text(
        Page({p: re.sub(r"^(\d+)(\d{3})$", r"\1,\2", cell) for p, cell in cells.items()}), joined("｜")
    ),
    "semicolons and decimals": lambda cells: text(
        Page({p: cell if "." in cell else f"{cell}.0" for p, cell in cells.items()}), joined(";")
    ),
}


@pytest.mark.parametrize("zeros", [0, 0.9])
@pytest.mark.parametrize("name", WRITERS)
def test_is_read_exactly(name: str, zeros: float) -> None:
    numbers = distinct(7, zeros)
    report = gkparse.parse(WRITERS[name](printed(numbers)))
    assert misread(report, numbers) == []
