"""The inputs that a run begins with: what the tests have, renderings of invented reports, and short tables.

    PYTHONPATH=src python fuzz/seeds.py FOLDER [TARGET...]

lays them into a folder, for some of the targets `text`, `short` (texts of a few rows, and what earlier runs have kept of
these), `file`, `dict` and `page`, or for all. `python fuzz/seeds.py --keep FOLDER` keeps the short texts of a
folder, where libFuzzer's `-merge=1` has left the few that reach all, in fuzz/corpus. Everything is invented or generated.
"""

from __future__ import annotations

import hashlib
import io
import json
import random
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1] / "tests")]

import gkparse
import test_formats as formats
import test_read_odt as odt
import test_read_rtf as rtf
import test_read_spreadsheet as workbook
from building import built, distinct
from expectations import REPORTS, pairs, source_of
from families import FAMILIES, Page
from gkparse.form import FORMS, load
from gkparse.sheet import Sheet, sheet
from layouts import LAYOUTS, printed, write

__all__ = ["SEEDS", "lay"]

TITLE = "青禾县林业局2023年政府信息公开工作年度报告"
_ROW = gkparse.Results(upheld=2, corrected=1, other=0, pending=0, total=3)
# A report with the smallest of the tables.
REPORT = gkparse.Report(
    title=TITLE, agency="青禾县林业局", year=2023,
    proactive=gkparse.Proactive2021(licensing=gkparse.Decisions(318)),
    disputes=gkparse.Disputes(_ROW, _ROW, _ROW),
)


def texts() -> Iterator[str]:
    """What the tests have, and whole reports in every layout."""
    for folder in (REPORTS, REPORTS / "diagnostics", REPORTS / "found"):
        for path, _ in pairs(folder):
            yield source_of(path)
    report = built(distinct(1, 0.7))
    for rendering in gkparse.RENDERINGS:
        yield gkparse.render(report, rendering)
    for family in FAMILIES.values():
        yield family(Page(printed(distinct(2, 0.8))))
    for layout in LAYOUTS:
        yield write(layout, printed(distinct(3, 0.8)))
    numbers = distinct(4, 0.8)
    yield from (formats.page([table(drawn) for drawn in formats.sheets(numbers)]) for table in formats.FORMATS.values())
    yield from (formats.page([table(each) for each in formats.records(numbers)]) for table in formats.NAMED.values())


def pieces() -> Iterator[str]:
    """A few rows of each table of each form, short: most of what can go wrong needs no more."""
    chance = random.Random(7)
    for name in FORMS:
        form = load(name)
        for table in form.tables:
            for block in table.blocks:
                for apart in ("\t", "\n", " ", "|", ","):
                    heads = [column.label for column in block.columns]
                    rows = chance.sample(block.rows, min(4, len(block.rows)))
                    lines = [apart.join(heads)]
                    for row in rows:
                        values = [str(chance.choice((0, 1, 3, 12, 40))) for _ in heads]
                        lines.append(apart.join((row.label, *values)))
                    yield "\n".join(("政府信息公开", block.caption or table.title, *lines))
        rows = chance.sample(form.indicators, min(8, len(form.indicators)))
        for apart in ("\t", "\n"):
            yield "\n".join(f"{row.label}{apart}{row.unit or ''}{apart}{chance.randint(0, 50)}" for row in rows)


def stored() -> Iterator[str]:
    """Reports as JSON."""
    yield gkparse.to_json(REPORT)
    for path, _ in pairs(REPORTS / "diagnostics"):
        try:
            yield gkparse.to_json(gkparse.parse(source_of(path)))
        except gkparse.NotAReportError:
            continue


def files() -> Iterator[bytes]:
    """Small files of each kind that is read without another program."""
    drawn = [sheet(REPORT, load("2021").table(name)) for name in ("proactive", "disputes")]
    yield odt.written("".join((odt.text(TITLE), *map(odt.as_odt, drawn))))
    for each in drawn:
        grid = rows(each)
        yield workbook.xlsx(workbook.data(*(
            f'<c t="inlineStr"><is><t>{value}</t></is></c>' for line in grid for value in line
        )))
        yield workbook.ods("<table:table>{}</table:table>".format("".join(
            "<table:table-row>{}</table:table-row>".format("".join(
                f"<table:table-cell><text:p>{value}</text:p></table:table-cell>" for value in line
            )) for line in grid
        )))
        body = "".join(rtf.row(*line) for line in grid)
        yield b"{\\rtf1\\ansi\\ansicpg936 " + f"{TITLE}\\par {body}".encode("gb18030") + b"}"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.docx"
        gkparse.write_docx(REPORT, path)
        yield slim(path.read_bytes())
    for rendering in ("html", "tabs", "markdown", "commas"):
        text = gkparse.render(REPORT, rendering)
        for encoding in ("utf-8", "gb18030", "utf-16"):
            yield text.encode(encoding)


def rows(drawn: Sheet) -> list[list[str]]:
    """The texts of a table on paper, row by row; empty where a merged cell goes on."""
    grid = [[""] * max(box.column + box.columns for box in drawn.boxes)
            for _ in range(max(box.row + box.rows for box in drawn.boxes))]
    for box in drawn.boxes:
        grid[box.row][box.column] = box.text
    return grid


def slim(document: bytes) -> bytes:
    """A Word document without the parts that say nothing of its text."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as whole, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in whole.namelist():
            if name.endswith(("document.xml", ".rels", "Types].xml")):
                packed.writestr(zipfile.ZipInfo(name), whole.read(name))
    return made.getvalue()


KEPT = Path(__file__).resolve().parent / "corpus" / "short.jsonl"
_LONGEST_KEPT = 700


def short() -> Iterator[str]:
    """Pieces of tables, and what earlier runs have made of them."""
    yield from pieces()
    if KEPT.exists():
        yield from map(json.loads, KEPT.read_text(encoding="utf-8").strip().split("\n"))


def _encoded(texts: Iterator[str]) -> Iterator[bytes]:
    return (text.encode("utf-8", "surrogatepass") for text in texts)


# The letter of each target, and what makes its inputs.
SEEDS: dict[str, tuple[bytes, Callable[[], Iterator[bytes]]]] = {
    "text": (b"t", lambda: _encoded(texts())),
    "short": (b"t", lambda: _encoded(short())),
    "file": (b"f", files),
    "dict": (b"d", lambda: _encoded(stored())),
    "page": (b"p", lambda: iter((b"1",))),
}


def lay(target: str, folder: Path) -> int:
    """Write the seeds of a target into a folder; gives back how many."""
    folder.mkdir(parents=True, exist_ok=True)
    letter, made = SEEDS[target]
    names = set()
    for data in made():
        name = hashlib.sha256(letter + data).hexdigest()[:16]
        (folder / name).write_bytes(letter + data)
        names.add(name)
    return len(names)


def keep(folder: Path) -> int:
    """Keep the short texts of a folder as lines of JSON; gives back how many."""
    inputs = (path.read_bytes() for path in sorted(folder.iterdir()))
    found = {data[1:].decode("utf-8", "replace") for data in inputs
             if data[:1] == b"t" and len(data) <= _LONGEST_KEPT} - set(pieces())
    KEPT.parent.mkdir(exist_ok=True)
    KEPT.write_text("".join(f"{json.dumps(text, ensure_ascii=False)}\n" for text in sorted(found)), encoding="utf-8")
    return len(found)


def main(arguments: list[str]) -> None:
    """Lay the seeds, or keep a corpus."""
    if arguments[0] == "--keep":
        sys.stdout.write(f"{keep(Path(arguments[1]))} texts kept\n")
        return
    for target in arguments[1:] or SEEDS:
        sys.stdout.write(f"{target}: {lay(target, Path(arguments[0]))}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
