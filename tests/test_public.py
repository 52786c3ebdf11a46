"""The public names, and that importing the package loads nothing heavy."""

from __future__ import annotations

import inspect
import subprocess
import sys
import types

import pytest

import gkparse


@pytest.mark.parametrize("name", gkparse.__all__)
def test_every_public_name_is_there_and_documented(name: str) -> None:
    value = getattr(gkparse, name)
    if name not in ("__version__", "RENDERINGS"):
        assert inspect.getdoc(value)
        assert value.__module__.startswith("gkparse.")
        assert value.__name__ == name


def test_the_names_are_sorted_once_each_and_what_dir_says() -> None:
    assert gkparse.__all__ == sorted(set(gkparse.__all__), key=lambda name: (not name.isupper(), name))
    assert dir(gkparse) == sorted(gkparse.__all__)


def test_nothing_else_can_be_got_out_of_the_package() -> None:
    listed = set(gkparse.__all__)
    homes = {name for names in gkparse._HOMES.values() for name in names}
    assert homes | {"__version__"} == listed
    public = {
        name for name, value in vars(gkparse).items()
        if not name.startswith("_") and not isinstance(value, types.ModuleType)
    }
    assert public - listed - {"annotations", "TYPE_CHECKING", "Any", "import_module"} == set()


def test_a_star_import_gives_the_public_names() -> None:
    names: dict[str, object] = {}
    exec("from gkparse import *", names)  # noqa: S102
    assert set(names) - {"__builtins__"} == set(gkparse.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'prase'"):
        getattr(gkparse, "prase")  # noqa: B009


def loaded_after(statement: str) -> set[str]:
    """The top-level modules that a statement loads in a fresh interpreter."""
    program = (
        f"import sys; before = set(sys.modules); {statement}\n"
        "print(*{name.partition('.')[0] for name in set(sys.modules) - before})"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        check=True, capture_output=True, encoding="utf-8",
    )
    return set(done.stdout.split())


def test_importing_the_package_loads_nothing_heavy() -> None:
    loaded = loaded_after("import gkparse")
    assert "gkparse" in loaded
    assert loaded & {"lark", "opencc", "attr", "attrs", "json", "decimal", "tomllib", "html"} == set()


def test_the_model_needs_neither_the_grammar_nor_the_converter() -> None:
    loaded = loaded_after("import gkparse; gkparse.Report(); gkparse.fields()")
    assert "attr" in loaded
    assert loaded & {"lark", "opencc"} == set()


def test_parsing_simplified_text_loads_the_grammar() -> None:
    loaded = loaded_after("import gkparse; gkparse.parse('规章\\t1\\t2\\t3\\n行政许可\\t4')")
    assert "lark" in loaded
