"""Write the pages of docs/diagnostics/ from the codes, docs/diagnostics.toml and each code's example.

Run it from anywhere after a change to any of them: `python docs/generate.py`. A test holds the
pages equal to what this makes, so that they cannot go out of date.
"""

from __future__ import annotations

import tomllib
from contextlib import chdir, redirect_stdout
from io import StringIO
from pathlib import Path

from gkparse import check_series, parse_all
from gkparse.cli import main as gkparse
from gkparse.codes import CODES, Code

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

诊断代码一经使用，含义不变。`error`：有数值未能读出，或所印数字自相矛盾；`warning`：数值可能与原文不符；
`info`：仅作说明，数值无疑。完整读出且勾稽相符的报告没有 error 和 warning。
"""


def pages() -> dict[str, str]:
    """The text of each page by its name below docs/."""
    texts = tomllib.loads(DOCS.joinpath("diagnostics.toml").read_text(encoding="utf-8"))
    if differing := sorted(CODES.keys() ^ texts.keys()):
        raise SystemExit(f"docs/diagnostics.toml and gkparse.codes differ: {differing}")
    found = {INDEX: f"{HEAD}\n{_overview()}"}
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
    if code.code.startswith("GK6"):
        series = check_series(parse_all(example.read_text(encoding="utf-8")))
        return next(f"{each.code} {each.severity}: {each.message}" for each in series if each.code == code.code)
    with chdir(EXAMPLES), redirect_stdout(StringIO()) as out:
        gkparse(["check", "--notes", "--select", code.code, example.name])
    for finding in out.getvalue().split("\n\n"):
        if f": {code.code} " in finding:
            return finding
    return f"{code.en}\n{code.zh}"


if __name__ == "__main__":
    DOCS.joinpath("diagnostics").mkdir(exist_ok=True)
    for name, text in pages().items():
        DOCS.joinpath(name).write_text(text, encoding="utf-8")
