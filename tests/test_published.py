"""One report in every kind of file that offices publish, made by the programs they use, reads equal."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

import gkparse
from expectations import REPORTS
from gkparse import Report

EXAMPLE = Path(__file__).parents[1] / "examples" / "qinghe-2023.txt"
# One of each form; of 2021 with zeros for blanks, with blanks, and with one row for three.
TEXTS = {
    "2021": EXAMPLE,
    "2021-blanks": REPORTS / "fixed-columns-blank.txt",
    "2021-one-row": REPORTS / "form2021-one-row.txt",
    "2019": REPORTS / "form2019-three-rows.txt",
}
OFFICE = shutil.which("soffice")
BROWSER = shutil.which("chromium")
office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
browser = pytest.mark.skipif(BROWSER is None, reason="Chromium is not installed")

# Lines around the cells, as every published table has them.
_STYLE = "<style>table { border-collapse: collapse } td, th { border: 1px solid }</style></head>"
_WORKBOOK = "--infilter=HTML (StarCalc)"
_QUIET = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]

File: TypeAlias = Callable[[str, str], Path]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> File:
    """Makes a file of a kind with a report in it, once."""
    folder = tmp_path_factory.mktemp("published")

    def file(name: str, kind: str) -> Path:
        path = folder / f"{name}.{kind}"
        if not path.exists():
            make(read(name), path, folder)
        return path

    return file


def read(name: str) -> Report:
    return gkparse.parse(TEXTS[name].read_text(encoding="utf-8"))


def make(report: Report, path: Path, folder: Path) -> None:
    """Write a report as the ending of a path says."""
    kind = path.suffix[1:]
    page = path.with_suffix(".page.html")
    document = path.with_suffix(".docx")
    page.write_text(gkparse.render(report, "html").replace("</head>", _STYLE), encoding="utf-8")
    gkparse.write_docx(report, document)
    if kind in ("xlsx", "xls", "ods"):
        convert(page, kind, folder, _WORKBOOK)
    elif kind in ("odt", "rtf", "doc", "pdf"):
        convert(document, kind, folder)
    elif kind == "printed":
        profile = f"--user-data-dir={folder / 'browser'}"
        target = f"--print-to-pdf={path}"
        command = ["chromium", *_QUIET, profile, "--no-pdf-header-footer", target, page.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    elif kind == "html":
        page.rename(path)


def convert(source: Path, kind: str, folder: Path, *options: str) -> None:
    """Have LibreOffice write a file in another format, with the same name up to its first dot."""
    copy = source.with_name(source.name.partition(".")[0] + source.suffix)
    if copy != source:
        shutil.copyfile(source, copy)
    profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    command = ["soffice", profile, "--headless", *options, "--convert-to", kind, "--outdir", str(folder), str(copy)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize(
    "kind",
    [
        "html",
        "docx",
        *(pytest.param(kind, marks=office) for kind in ("odt", "rtf", "doc", "pdf", "xlsx", "xls", "ods")),
        pytest.param("printed", marks=browser),
    ],
)
def test_a_report_reads_equal_from_every_kind_of_file(made: File, name: str, kind: str) -> None:
    expected = read(name)
    found = gkparse.read(made(name, kind))
    assert found == expected
    assert {each.code for each in found.diagnostics if each.severity != "info"} == {
        each.code for each in expected.diagnostics if each.severity != "info"
    }
    for path, cell in found.cells():
        if cell.span is not None:
            assert found.source is not None
            assert found.source[cell.span.start : cell.span.end] == cell.printed, path
            assert cell.span.place is not None, path
            assert cell.span.place.column is not None, path
