"""`[tool.gkparse]` of the nearest pyproject.toml."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gkparse.settings import Settings


def write(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    folder.joinpath("pyproject.toml").write_text(text, encoding="utf-8")
    return folder


TABLE = '[tool.gkparse]\nselect = ["GK3"]\nignore = ["GK306"]\nlang = "zh"\n'


def test_the_table_is_read(tmp_path: Path) -> None:
    assert Settings.load(write(tmp_path, TABLE)) == Settings(("GK3",), ("GK306",), "zh")


def test_a_folder_above_may_have_it(tmp_path: Path) -> None:
    write(tmp_path, TABLE)
    below = write(tmp_path / "a" / "b", "[tool.other]\n")
    assert Settings.load(below).lang == "zh"
    nearer = write(tmp_path / "a", '[tool.gkparse]\nlang = "en"\n')
    assert Settings.load(nearer / "b") == Settings()


def test_without_a_table_everything_is_checked(tmp_path: Path) -> None:
    assert Settings.load(write(tmp_path, "[project]\nname = 'x'\n")) == Settings((), (), "en")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[tool.gkparse]\nselected = []\n", "its keys are select, ignore, lang"),
        ('[tool.gkparse]\nselect = "GK3"\n', "select is a list of codes"),
        ("[tool.gkparse]\nignore = [3]\n", "ignore is a list of codes"),
        ('[tool.gkparse]\nlang = "fr"\n', "lang is one of en, zh"),
        ("[tool]\ngkparse = 3\n", "its keys are"),
        ("[tool.gkparse\n", "pyproject.toml: "),
    ],
)
def test_what_cannot_be_meant_is_refused(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=re.escape(complaint)):
        Settings.load(write(tmp_path, text))


@pytest.mark.parametrize("text", ["tool = 3\n", "tool = []\n", "[[tool]]\n", "\ufeff[tool.gkparse]\n"])
def test_a_file_without_a_table_of_ours_says_nothing(tmp_path: Path, text: str) -> None:
    assert Settings.load(write(tmp_path, text)) == Settings()


def test_the_command_line_goes_first() -> None:
    settings = Settings(("GK3",), ("GK306",), "zh")
    assert settings.but(None, None, None) == settings
    assert settings.but("en", ["GK4"], []) == Settings(("GK4",), (), "en")


def test_codes_are_verified() -> None:
    Settings(("GK3",), ("GK306",)).verify()
    for wrong in (Settings(select=("GK9",)), Settings(ignore=("x",))):
        with pytest.raises(ValueError, match="no code begins with"):
            wrong.verify()
