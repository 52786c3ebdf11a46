"""The public names, and that importing the package loads nothing heavy."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
import types
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, get_type_hints

import attrs
import pytest

import gkparse
from gkparse.form import FORMS

# What docs/compatibility.md promises beside the package itself.
MODULES = (
    "arrow", "audit", "codes", "dataset", "dictionary", "divisions", "notebook", "registry", "testing",
)


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


def test_type_checkers_are_told_of_the_same_names_from_the_same_modules() -> None:
    lines = inspect.getsource(gkparse).partition("if TYPE_CHECKING:\n")[2].partition("\n\n")[0]
    told = {
        module: tuple(re.findall(r"\w+", names))
        for module, names in re.findall(r"from gkparse\.(\w+) import (\([^)]*\)|.+)", lines)
    }
    assert told == gkparse._HOMES


def test_a_star_import_gives_the_public_names() -> None:
    names: dict[str, object] = {}
    exec("from gkparse import *", names)  # noqa: S102
    assert set(names) - {"__builtins__"} == set(gkparse.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'prase'"):
        getattr(gkparse, "prase")  # noqa: B009


# ---------------------------------------------------------------- the public modules


def public(module: str) -> Iterator[tuple[str, Any]]:
    """The functions and classes that a module makes public, by name."""
    made = import_module(f"gkparse.{module}" if module else "gkparse")
    for name in made.__all__:
        value = getattr(made, name)
        if inspect.isfunction(value) or inspect.isclass(value):
            yield f"{module}.{name}".lstrip("."), value


PUBLIC = dict(each for module in ("", *MODULES) for each in public(module))
CLASSES: dict[str, Any] = {name: value for name, value in PUBLIC.items() if inspect.isclass(value)}


def own(cls: type) -> Iterator[tuple[str, Callable[..., Any]]]:
    """The public methods and properties that a class defines itself."""
    for name, value in vars(cls).items():
        plain = value.fget if isinstance(value, property) else getattr(value, "__func__", value)
        if not name.startswith("_") and inspect.isfunction(plain):
            yield name, plain


METHODS = {
    f"{name}.{method}": function for name, cls in CLASSES.items() for method, function in own(cls)
}


@pytest.mark.parametrize("name", MODULES)
def test_a_public_module_says_what_it_makes_public(name: str) -> None:
    module = import_module(f"gkparse.{name}")
    listed = list(module.__all__)
    assert inspect.getdoc(module)
    assert len(listed) == len(set(listed))
    assert [each for each in listed if not hasattr(module, each)] == []
    assert [each for each in listed if each.startswith("_")] == []


@pytest.mark.parametrize("name", MODULES)
def test_a_public_module_has_no_other_names_of_its_own(name: str) -> None:
    module = import_module(f"gkparse.{name}")
    defined = {
        each for each, value in vars(module).items()
        if getattr(value, "__module__", None) == module.__name__ and not each.startswith("_")
    }
    assert defined - set(module.__all__) == set()


def test_every_module_of_the_package_says_what_it_makes_public() -> None:
    home = Path(gkparse.__file__).parent
    without = {
        path.relative_to(home).as_posix()
        for path in home.rglob("*.py")
        if not re.search(r"^__all__", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert {name for name in without if not name.startswith("readers/")} <= {"__main__.py"}


@pytest.mark.parametrize("name", [*PUBLIC, *METHODS])
def test_everything_public_is_documented(name: str) -> None:
    said = inspect.getdoc({**PUBLIC, **METHODS}[name])
    assert said is not None
    assert said.partition("\n\n")[0].endswith((".", ":")), "the first paragraph is a sentence"
    # attrs and dataclasses write one themselves where a class has none.
    assert not said.startswith(f"{name.rpartition('.')[2]}(")


# They write a file, load what is installed or belong to a shell; `rule` shows `found`.
WITHOUT_EXAMPLE = {
    "write_docx", "registry.load_rules", "registry.found", "notebook.load_ipython_extension",
    "notebook.unload_ipython_extension",
}


@pytest.mark.parametrize("name", [name for name, value in PUBLIC.items() if inspect.isfunction(value)])
def test_the_docstring_of_a_function_has_an_example(name: str) -> None:
    assert (">>>" in (inspect.getdoc(PUBLIC[name]) or "")) == (name not in WITHOUT_EXAMPLE)


@pytest.mark.parametrize("name", [name for name in METHODS if name.startswith("Report.")])
def test_the_types_of_what_a_report_does_can_be_looked_up(name: str) -> None:
    assert "return" in get_type_hints(METHODS[name])


@pytest.mark.parametrize("name", [name for name, cls in CLASSES.items() if attrs.has(cls)])
def test_a_public_class_is_frozen_and_has_slots(name: str) -> None:
    cls = CLASSES[name]
    assert "__slots__" in vars(cls)
    assert all(field.type for field in attrs.fields(cls))
    whole = object.__new__(cls)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(whole, attrs.fields(cls)[0].name, None)


def test_a_table_says_its_unit_or_its_articles() -> None:
    tables = {name: cls for name, cls in CLASSES.items() if cls.__module__ == "gkparse.counts"}
    assert len(tables) > 15
    assert [
        name for name, cls in tables.items()
        if not re.search("件|项|万元|article", inspect.getdoc(cls) or "")
    ] == []


@pytest.mark.parametrize("form", FORMS)
def test_every_dotted_path_is_a_way_through_the_public_classes(form: str) -> None:
    report = gkparse.Report(form=form)
    for field in gkparse.fields(form):
        assert report.value(field.path) is None
        assert field.path.isascii()
        # The form of 2019 prints 采购总金额 without a unit: the page's own counts.
        assert field.unit or field.path == "proactive.procurement.amount"


# ---------------------------------------------------------------- what is loaded


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
