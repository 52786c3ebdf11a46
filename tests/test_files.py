"""The files of folders: all that are shown, in order, one by one, without end nowhere."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from gkparse.files import files_of, place_of


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with files, in which the test runs."""
    monkeypatch.chdir(tmp_path)
    for name in ("in/c.txt", "in/a/z.txt", "in/a/deep/y.txt", "in/b/x.txt", "in/.git/x", "in/~$c.docx"):
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("今日天气晴", encoding="utf-8")
    return tmp_path


def test_files_come_before_folders_and_both_by_name(folder: Path) -> None:
    expected = ["in/c.txt", "in/a/z.txt", "in/a/deep/y.txt", "in/b/x.txt"]
    assert list(files_of(["in"])) == [str(Path(name)) for name in expected]


def test_what_is_named_is_given_as_it_is_named_even_if_it_is_hidden_or_not_there(folder: Path) -> None:
    named = ["in/b/x.txt", "-", "in/~$c.docx", "gone.txt"]
    assert list(files_of(named)) == named
    assert list(files_of(["in/.git"])) == [str(Path("in/.git/x"))]


def test_a_folder_is_walked_no_further_than_is_asked_for(folder: Path) -> None:
    found = files_of(["in"])
    assert next(found) == str(Path("in/c.txt"))
    assert next(found) == str(Path("in/a/z.txt"))
    Path("in/b/w.txt").write_text("今日天气晴", encoding="utf-8")
    assert str(Path("in/b/w.txt")) in found


def test_a_link_to_a_folder_is_given_and_not_entered(folder: Path) -> None:
    Path("in/a/loop").symlink_to(folder / "in", target_is_directory=True)
    found = list(files_of(["in"]))
    assert found.count(str(Path("in/a/loop"))) == 1
    assert len(found) == 5


def test_a_link_to_a_folder_that_is_named_is_entered(folder: Path) -> None:
    Path("link").symlink_to(folder / "in" / "b", target_is_directory=True)
    assert list(files_of(["link"])) == [str(Path("link/x.txt"))]


def test_a_folder_that_cannot_be_listed_is_given(folder: Path) -> None:
    found = files_of(["in"])
    next(found)
    next(found)  # a is being walked, b waits
    shutil.rmtree("in/b")
    assert list(found)[-1] == str(Path("in/b"))


def test_a_folder_with_nothing_to_read_is_given(folder: Path) -> None:
    Path("empty/inner").mkdir(parents=True)
    Path("empty/.hidden").write_text("")
    assert list(files_of(["empty", "in/b"])) == ["empty", str(Path("in/b/x.txt"))]


def test_a_file_has_one_place_however_it_is_named(folder: Path) -> None:
    Path("link").symlink_to(folder / "in", target_is_directory=True)
    names = ("in/c.txt", "./in/../in/c.txt", "link/c.txt", str(folder / "in" / "c.txt"))
    assert len({place_of(name) for name in names}) == 1
    Path("in/d.txt").symlink_to("c.txt")
    assert place_of("in/d.txt") != place_of("in/c.txt")
