"""Write docs/diagnostics.md from the codes, docs/diagnostics.toml and the example report.

Run it from anywhere after a change to any of them: `python docs/generate.py`. A test holds the
page equal to what this makes, so that it cannot go out of date.
"""

from __future__ import annotations

import re
import tempfile
import tomllib
from contextlib import chdir, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

from gkparse.cli import main as gkparse
from gkparse.codes import CODES, Code

DOCS = Path(__file__).parent
PAGE = DOCS / "diagnostics.md"
EXAMPLE = DOCS.parent / "examples" / "qinghe-2023.txt"

HEAD = """\
<!-- Made by docs/generate.py from src/gkparse/codes.py and docs/diagnostics.toml: edit those. -->

# Diagnostics

gkparse never guesses in silence. What it met while reading a report, and what does not add up in
it, are values: `report.diagnostics`, `gkparse.check(report)`, `gkparse check FILE` on the command
line. Each has a stable code, a severity, the dotted paths of the cells, rows or tables concerned,
and the place in the text. A code keeps its meaning for good and is never used again for another.

- **error**: a value is lost, or the printed numbers contradict each other. With
  `gkparse.parse(text, strict=True)` any of these raises `ParseError`.
- **warning**: a value may not be what the page says.
- **info**: what was met on the way; every value is certain.

A report that is read whole and adds up has no error and no warning.

诊断代码一经使用，含义不变。`error`：有数值未能读出，或所印数字自相矛盾；`warning`：数值可能与原文不符；
`info`：仅作说明，数值无疑。完整读出且勾稽相符的报告没有 error 和 warning。

The examples are what `gkparse check --notes` prints for the report in `examples/`, after the one
change that each code needs.
"""


def page() -> str:
    """The text of the page."""
    texts = tomllib.loads(DOCS.joinpath("diagnostics.toml").read_text(encoding="utf-8"))
    if missing := [code for code in (*CODES, *texts) if code not in CODES or code not in texts]:
        raise SystemExit(f"docs/diagnostics.toml and gkparse.codes differ in {missing}")
    return "\n".join([HEAD, _overview(), *(_section(CODES[c], texts[c]) for c in CODES)])


def _overview() -> str:
    lines = ["| code | name | severity |", "| --- | --- | --- |"]
    for code in CODES.values():
        anchor = f"{code.code}-{code.name}".lower()
        lines.append(f"| [{code.code}](#{anchor}) | {code.name} | {code.severity} |")
    return "\n".join(lines) + "\n"


def _section(code: Code, text: dict[str, Any]) -> str:
    lines = [f"## {code.code} {code.name}", "", f"*{code.severity}* · {text['means']}", ""]
    if edits := text.get("edit"):
        lines += ["```text", _finding(code.code, edits), "```", ""]
    else:
        lines += ["```text", code.en, code.zh, "```", ""]
    return "\n".join([*lines, f"**What to do.** {text['do']}", "", text["zh"], ""])


def _finding(code: str, edits: list[tuple[str, str]]) -> str:
    """The first finding of a code in the example report after some edits, as a terminal shows it."""
    report = EXAMPLE.read_text(encoding="utf-8")
    for pattern, replacement in edits:
        report, count = re.subn(pattern, replacement, report, count=1)
        if not count:
            raise SystemExit(f"{code}: the example report has no {pattern!r}")
    with tempfile.TemporaryDirectory() as folder, chdir(folder), redirect_stdout(StringIO()) as out:
        Path("report.txt").write_text(report, encoding="utf-8")
        gkparse(["check", "--notes", "report.txt"])
    for block in out.getvalue().split("\n\n"):
        if code in block:
            return block.strip("\n")
    raise SystemExit(f"{code}: the edited example does not give it:\n{out.getvalue()}")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
