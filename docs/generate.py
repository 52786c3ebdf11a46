"""Write what is made of data: the pages of the codes, the form, the data dictionary and the JSON Schema.

The pages of docs/diagnostics/ come from the codes, docs/diagnostics.toml and each code's example, the
others from the form's data. The words of docs/form.md stand in docs/form.md.in, where `{{name}}` is
what is filled in. Run it from anywhere after a change to any of them:
`python docs/generate.py`. Tests hold the files equal to what this makes, so that they cannot go out
of date.
"""

from __future__ import annotations

import csv
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from contextlib import chdir, redirect_stdout
from io import StringIO
from pathlib import Path

from gkparse import check_series, parse_all
from gkparse.cli import main as gkparse
from gkparse.codes import CODES, Code
from gkparse.dictionary import Comparison, Entry, data_dictionary, describe
from gkparse.form import FORMS, Sum, Table, join, load
from gkparse.schema import json_schema

DOCS = Path(__file__).resolve().parent
INDEX = "diagnostics.md"
EXAMPLES = DOCS.parent / "tests" / "reports" / "diagnostics"

MADE = "<!-- Made by docs/generate.py from src/gkparse/codes.py and docs/diagnostics.toml: edit those. -->"
HEAD = f"""\
{MADE}

# Diagnostics · 诊断代码

gkparse never guesses in silence. What it met while reading a report, and what does not add up in
it, are values: `report.diagnostics`, `gkparse.check(report)`, `gkparse check FILE` on the command
line. Each has a stable code, a severity, the dotted paths of the cells, rows or tables concerned,
and the place in the text. A code keeps its meaning for good and is never used again for another.

- **error**: a value is lost, or the printed numbers contradict each other. With
  `gkparse.parse(text, strict=True)` any of these raises `ParseError`.
- **warning**: a value may not be what the page says.
- **info**: what was met on the way; no value is in doubt.

1xx to 3xx are what `parse` says: the document, its rows and cells, the printed arithmetic. A report
that is read whole and adds up has no error and no warning of these. 4xx (what a report should be
like) and 5xx (its prose against its tables) are what `check` adds, 6xx what `check_series` finds
between years: they say that something deserves a look, not that a number was read wrongly. The
examples are what `gkparse check --notes` prints for the small reports in `tests/reports/diagnostics/`.

`--select` and `--ignore` take codes or their beginnings (`--select GK3,GK501`), and so do
`gkparse.check(report, select=["GK3"])` and a table in `pyproject.toml`:

```toml
[tool.gkparse]
ignore = ["GK416", "GK6"]
lang = "zh"
```

诊断代码一经使用，含义不变。`error`：有数值未能读出，或所印数字自相矛盾；`warning`：数值可能与原文不符；`info`：仅作说明，数值无疑。完整读出且勾稽相符的报告没有 error 和 warning。
"""

TREE = """
```{toctree}
:hidden:
:glob:

diagnostics/*
```
"""


def pages() -> dict[str, str]:
    """The text of each page by its name below docs/."""
    texts = tomllib.loads(DOCS.joinpath("diagnostics.toml").read_text(encoding="utf-8"))
    if differing := sorted(CODES.keys() ^ texts.keys()):
        raise SystemExit(f"docs/diagnostics.toml and gkparse.codes differ: {differing}")
    found = {INDEX: f"{HEAD}\n{_overview()}{TREE}"}
    for code in CODES.values():
        found[f"diagnostics/{code.code}.md"] = _page(code, **texts[code.code])
    return found


def _overview() -> str:
    lines = ["| code | name | 名称 | severity | says · 含义 |", "| --- | --- | --- | --- | --- |"]
    for code in CODES.values():
        link = f"[{code.code}](diagnostics/{code.code}.md)"
        lines.append(f"| {link} | {code.name} | {code.title} | {code.severity} | {code.en} · {code.zh} |")
    return "\n".join(lines) + "\n"


def _page(code: Code, means: str, do: str, zh: str) -> str:
    return f"""\
{MADE}

# {code.code} {code.name} · {code.title}

*{code.severity}* · {means}

```text
{_shown(code)}
```

**What to do.** {do}

{zh}

The text of the example is `tests/reports/diagnostics/{code.code}-{code.name}.txt`. [All codes · 全部代码](../diagnostics.md)
"""


def _shown(code: Code) -> str:
    """The first finding of a code in its example, as a terminal shows it.

    Without such an example, which the tests ask for, it is what the code says.
    """
    example = EXAMPLES.joinpath(f"{code.code}-{code.name}.txt")
    if not example.is_file():
        return f"{code.en}\n{code.zh}"
    if code.code.startswith(("GK6", "GK107")):
        reports = parse_all(example.read_text(encoding="utf-8"))
        found = (*check_series(reports), *reports[-1].diagnostics)
        return next(f"{each.code} {each.severity}: {each.message}" for each in found if each.code == code.code)
    with chdir(EXAMPLES), redirect_stdout(StringIO()) as out:
        gkparse(["check", "--notes", "--select", code.code, example.name])
    for finding in out.getvalue().split("\n\n"):
        if f": {code.code} " in finding:
            return finding
    return f"{code.en}\n{code.zh}"


# ---------------------------------------------------------------- the data dictionary

DICTIONARY = """\
<!-- Made by docs/generate.py from src/gkparse/forms/ and src/gkparse/dictionary.toml: edit those. -->

# Data dictionary · 数据字典

Every field of every form: {counts}. [The form explained](form.md) is where to begin.
The same as a table for programs is [data-dictionary.csv](data-dictionary.csv) (UTF-8), and in Python
`gkparse.dictionary.data_dictionary()`. What a report has beside its tables stands in the
[schema](schema.md).

- **path**: its place in a report, and the name of its column in a dataset. A row of the table of
  2014 has none of its own: `indicators.` and its key stand for it.
- **unit**: as the form prints it. A count is a whole number; what is in 万元 (ten thousand yuan), or
  has no unit of its own, is a decimal number.
- **article**: of the Regulations of 2019 (国务院令第711号). The tables do not print it.
- **forms**: the forms that have the field; in brackets where only some reports print it.
- **compared**: what another form has for it. *same*: the same quantity; *sum*: it is the sum of the
  fields there; *part*: the field there holds more than it; *changed*: near, but not the same;
  *none*: nothing there says it. Numbers in brackets are those of the [notes](#notes--说明) at the end.

每行一个字段：path 为路径，也是数据集中的列名；printed 为表上所印标签；unit 为所印单位；article 为《条例》（国务院令第711号）条款，表上不印；forms 为有此字段的格式，加括号的仅部分报告印有。“compared”一栏说明与其他年度格式的可比性：same 口径相同；sum 等于对方各项之和；part 为对方一项的组成部分；changed 相近但口径有变；none 无对应项。括号内数字为文末说明的序号。
"""
COLUMNS = (
    "| path | meaning | printed · 所印 | unit | article | forms | compared · 可比性 |\n"
    "| --- | --- | --- | --- | --- | --- | --- |"
)


def references() -> dict[str, str]:
    """The text of the schema and of the data dictionary by their names below docs/."""
    return {
        "schema.json": json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n",
        "data-dictionary.csv": _as_csv(),
        "data-dictionary.md": _as_page(),
    }


def _as_csv() -> str:
    """A line for each field; of each form its label, what it has for the field, and the notes."""
    out = StringIO()
    names = ("path", "description", "kind", "unit", "article", "forms", "optional")
    of_forms = ("label", "relation", "counterparts", "note", "note_zh")
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow([*names, *(f"{name}_{form}" for form in FORMS for name in of_forms)])
    for entry in data_dictionary():
        others = {each.form: each for each in entry.comparisons}
        lines.writerow([
            entry.path, entry.description, entry.kind, entry.unit, entry.article,
            " ".join(entry.forms), " ".join(entry.optional),
            *(
                value
                for form in FORMS
                for each in [others.get(form, Comparison(form, "same", (entry.path,)))]
                for value in (
                    entry.labels.get(form), each.relation, " ".join(each.paths), each.note, each.note_zh,
                )
            ),
        ])  # fmt: skip
    return out.getvalue()


def _as_page() -> str:
    notes: dict[tuple[str, str], int] = {}
    always = Counter(
        form for entry in data_dictionary() for form in entry.forms if form not in entry.optional
    )
    counts = ", ".join(f"{always[form]} of the form of {form}" for form in FORMS)
    lines = [DICTIONARY.format(counts=counts).rstrip()]
    table = ("", "")
    for entry in data_dictionary():
        if table != (entry.path.partition(".")[0], entry.forms[0]):
            table = entry.path.partition(".")[0], entry.forms[0]
            lines += [f"\n## {_heading(*table)}\n", COLUMNS]
        lines.append(f"| {' | '.join(_columns(entry, notes))} |")
    lines += ["\n## Notes · 说明\n", *(f"{at}. {en} {zh}" for (en, zh), at in notes.items())]
    return "\n".join(lines) + "\n"


def _heading(table: str, form: str) -> str:
    """What a table is called: its forms and its printed title."""
    cells = {name: [path for path in load(name).fields if path.startswith(f"{table}.")] for name in FORMS}
    title = load(form).table(table).title if cells[form] else load(form).heads[0]
    return f"{title} ({', '.join(name for name in FORMS if name == form or cells[name] == cells[form] != [])})"


def _columns(entry: Entry, notes: dict[tuple[str, str], int]) -> Iterator[str]:
    """What the page says of a field, column by column; notes are numbered as they are met."""
    yield f"`{entry.path}`"
    yield entry.description
    yield "; ".join(dict.fromkeys(entry.labels.values()))
    yield entry.unit or ""
    yield entry.article or ""
    yield ", ".join(f"({form})" if form in entry.optional else form for form in entry.forms)
    compared = []
    for each in entry.comparisons:
        paths = ", ".join(f"`{path}`" for path in each.paths if path != entry.path)
        number = notes.setdefault((each.note, each.note_zh), len(notes) + 1) if each.note else None
        compared.append(
            f"{each.form}: {each.relation}" + f" {paths}" * bool(paths) + f" ({number})" * bool(number)
        )
    yield "; ".join(compared)


# ---------------------------------------------------------------- the form

# Of a sum with more parts than these, the first and the last are shown.
_MOST_PARTS = 5


def form_page() -> str:
    """The words of docs/form.md.in with what the form's data says."""
    form, trial = load("2021"), load("2019")
    filled = {
        "basis-2021": form.basis,
        "basis-2019": trial.basis,
        "basis-2014": load("2014").basis,
        **{f"cells-{name}": str(_always(name)) for name in FORMS},
        "sections": "\n".join(f"- {title.label}" for title in form.sections),
        "proactive": _blocks(form.table("proactive")),
        "proactive-2019": _blocks(trial.table("proactive")),
        "note": form.table("requests").note or "",
        "applicants": _heads(form.table("requests")),
        "requests": _rows(form.table("requests")),
        "disputes": _heads(form.table("disputes")),
        "sums": _sums(form.sums),
        "indicators": _outline(),
    }
    words = DOCS.joinpath("form.md.in").read_text(encoding="utf-8")
    made = "<!-- Made by docs/generate.py from src/gkparse/forms/ and docs/form.md.in: edit those. -->"
    return f"{made}\n\n{re.sub('{{(.+?)}}', lambda found: filled[found[1]], words)}"


def _always(form: str) -> int:
    """How many values every report in a form prints."""
    return sum(form in entry.forms and form not in entry.optional for entry in data_dictionary())


def _lines(*rows: tuple[str, ...]) -> str:
    """A table of Markdown; the first row is its head."""
    shown = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([shown[0], "|" + " --- |" * len(rows[0]), *shown[1:]])


def _blocks(table: Table) -> str:
    """The rows of a table, each with its caption and its columns."""
    return _lines(
        ("caption", "row", "path", "columns"),
        *(
            (
                block.caption or "", row.label, f"`{table.name}.{row.name}`",
                ", ".join(f"{column.label} `.{column.name}`" for column in block.columns),
            )
            for block in table.blocks
            for row in block.rows
        ),
    )  # fmt: skip


def _heads(table: Table) -> str:
    """The columns of a table of one block."""
    (block,) = table.blocks
    (row, *_) = block.rows
    return _lines(
        ("column", "name", "meaning"),
        *(
            (" > ".join((*(column.groups or column.heads[1:]), column.label)), f"`{column.name}`",
             describe(join(table.name, row.name, column.name)).rpartition(": ")[2])
            for column in block.columns
        ),
    )  # fmt: skip


def _rows(table: Table) -> str:
    """The rows of a table with their groups, articles and meanings."""
    (block,) = table.blocks
    groups = {group.name: group.label for group in table.groups}
    return _lines(
        ("row", f"path below `{table.name}.`", "article", "meaning"),
        *(
            (
                " > ".join((*(groups[name] for name in row.groups[1:]), row.label)),
                f"`{row.name}`" + " (some reports)" * row.optional,
                row.article or "",
                describe(join(table.name, row.name)),
            )
            for row in block.rows
        ),
    )


def _sums(sums: tuple[Sum, ...]) -> str:
    """The kinds of sums, with how many there are between cells that every report prints."""
    fields = load("2021").fields
    found: dict[str, list[Sum]] = {}
    for each in sums:
        if not any(fields[path].optional for path in each.whole):
            found.setdefault(each.name, []).append(each)
    return _lines(
        ("sum", "code", "says", "how many"),
        *(
            (name, f"[{first.code}](diagnostics/{first.code}.md)", _equation(first), str(len(found[name])))
            for name, (first, *_) in found.items()
        ),
    )


def _equation(each: Sum) -> str:
    """A sum by the labels in which its cells differ: those of its rows, or those of its columns."""
    labels = [load("2021").fields[path].label.split(" > ") for path in (*each.parts, *each.whole)]
    level = -2 if len({label[-1] for label in labels}) == 1 else -1
    terms = [label[level] for label in labels]
    parts, whole = terms[: len(each.parts)], terms[len(each.parts) :]
    if len(parts) > _MOST_PARTS:
        parts = [parts[0], "…", parts[-1]]
    return f"{' + '.join(parts)} = {' + '.join(whole)}"


def _outline() -> str:
    """The headings of the table of 2014, each with the number of its rows that have a value."""
    parts: list[tuple[str, list[str]]] = []
    for row in load("2014").indicators:
        if re.match("[一二三四五六七八九十]+、", row.label):
            parts.append((row.label, []))
        if row.unit:
            parts[-1][1].append(row.unit)
    return _lines(
        ("part", "rows with a value", "units"),
        *((label, str(len(units)), ", ".join(dict.fromkeys(units))) for label, units in parts),
    )


if __name__ == "__main__":
    DOCS.joinpath("diagnostics").mkdir(exist_ok=True)
    for name, text in (pages() | references() | {"form.md": form_page()}).items():
        DOCS.joinpath(name).write_text(text, encoding="utf-8")
