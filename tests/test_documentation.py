"""The pages say the same in both languages, name what there is, and what is made of data is current."""

from __future__ import annotations

import doctest
import importlib
import re
import runpy
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PACKAGE = ROOT / "src" / "gkparse"

checkout = pytest.mark.skipif(not PACKAGE.is_dir(), reason="the sources are not here")

# A page in English, and the same in Chinese.
PAIRS = [
    (page.with_name(page.name.replace(".zh.md", ".md")), page)
    for page in (ROOT / "README.zh.md", *sorted(DOCS.glob("*.zh.md")))
]
each_pair = pytest.mark.parametrize(
    ("english", "chinese"), [pytest.param(*pair, id=pair[0].name) for pair in PAIRS]
)
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)")
_MODULE = re.compile(r"\b([a-z_]+(?:/[a-z_]+)*)\.py\b")
# More is too much to read at once.
_MOST_LINES = 250


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def blocks(page: Path, *languages: str) -> list[str]:
    """The blocks of a page in some languages, without what its own language makes different."""
    return [
        re.sub(r" --lang zh| *#.*", "", found[2])
        for found in _BLOCK.finditer(text(page))
        if found[1] in languages
    ]


def examples(page: Path) -> list[doctest.Example]:
    return doctest.DocTestParser().get_examples(text(page))


# ---------------------------------------------------------------- two languages


def test_there_are_pages_in_both_languages() -> None:
    assert {english.name for english, _ in PAIRS} >= {"README.md", "quickstart.md", "howto-publish.md"}
    assert all(english.is_file() for english, _ in PAIRS)


@each_pair
def test_both_pages_run_the_same_and_show_the_same(english: Path, chinese: Path) -> None:
    """Messages are in the language of the page; code and severity stand before them in both."""
    ours, theirs = examples(english), examples(chinese)
    assert [each.source for each in ours] == [
        each.source.replace('message_in("zh")', "message") for each in theirs
    ]
    for one, other in zip(ours, theirs, strict=True):
        if ".message" in one.source:
            assert [line.split()[:2] for line in one.want.splitlines()] == [
                line.split()[:2] for line in other.want.splitlines()
            ]
        else:
            assert one.want == other.want


@each_pair
def test_both_pages_show_the_same_commands(english: Path, chinese: Path) -> None:
    assert blocks(english, "sh", "toml", "text") == blocks(chinese, "sh", "toml", "text")
    ours, theirs = blocks(english, "console"), blocks(chinese, "console")
    assert [shown.splitlines()[0] for shown in ours] == [shown.splitlines()[0] for shown in theirs]
    assert [shown.count("\n") for shown in ours] == [shown.count("\n") for shown in theirs]


@each_pair
def test_both_pages_have_the_same_parts(english: Path, chinese: Path) -> None:
    for part in (r"^#+ ", r"^\| ", r"^!\["):
        ours, theirs = (re.findall(part, text(page), re.MULTILINE) for page in (english, chinese))
        assert ours == theirs, part


# ---------------------------------------------------------------- what the pages name


@pytest.mark.parametrize("page", [page for pair in PAIRS for page in pair], ids=lambda page: page.name)
def test_every_link_leads_to_a_file(page: Path) -> None:
    links = _LINK.findall(text(page))
    assert links
    assert [link for link in links if not page.parent.joinpath(link).is_file()] == []


@checkout
def test_the_picture_of_the_architecture_names_what_there_is() -> None:
    drawn = ElementTree.parse(DOCS / "images" / "architecture.svg")  # noqa: S314 - our own file
    words = " ".join(drawn.getroot().itertext())
    modules = set(_MODULE.findall(words))
    assert len(modules) > 10
    assert {name for name in modules if not (PACKAGE / f"{name}.py").is_file()} == set()
    assert (ROOT / "grammars" / "report.lark").is_file()
    assert "grammars/report.lark" in words


@checkout
def test_the_page_of_the_architecture_names_what_there_is() -> None:
    modules = {name.removeprefix("src/gkparse/") for name in _MODULE.findall(text(DOCS / "architecture.md"))}
    modules -= {"docs/generate"}
    assert len(modules) > 40
    assert {name for name in modules if not (PACKAGE / f"{name}.py").is_file()} == set()


# Promised beside the package itself; each with what it needs only when it is used.
PROMISED = ("gkparse", "gkparse.arrow", "gkparse.audit", "gkparse.dataset", "gkparse.dictionary",
            "gkparse.divisions", "gkparse.notebook")  # fmt: skip


@pytest.mark.parametrize("module", PROMISED)
def test_every_promised_name_is_on_the_page_of_public_names(module: str) -> None:
    directives = re.compile(r"^\.\. (?:auto\w+|py:data):: ((?:\w+\.)*\w+)$", re.MULTILINE)
    named = {name.removeprefix(f"{module}.") for name in directives.findall(text(DOCS / "api.md"))}
    promised = set(importlib.import_module(module).__all__) - {"__version__"}
    assert promised - named == set()


def test_both_pages_of_promises_name_the_same_modules() -> None:
    for page in ("api.md", "compatibility.md"):
        for module in (*PROMISED[1:], "gkparse.testing", "gkparse.registry", "gkparse.codes"):
            assert module in text(DOCS / page), (page, module)


# ---------------------------------------------------------------- what is made, and how long


@checkout
def test_the_page_of_the_form_is_current() -> None:
    made = runpy.run_path(str(DOCS / "generate.py"))["form_page"]()
    assert made == text(DOCS / "form.md"), "run python docs/generate.py"
    assert "{{" not in made


def test_no_page_that_is_written_by_hand_is_too_long() -> None:
    long = {
        page.name: lines
        for page in (ROOT / "README.md", ROOT / "README.zh.md", *DOCS.glob("*.md"))
        if not text(page).startswith("<!-- Made by")
        and (lines := len(text(page).splitlines())) > _MOST_LINES
    }
    assert long == {}
