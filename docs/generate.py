"""Write docs/diagnostics.md from the codes, docs/diagnostics.toml and each code's example report.

Run it from anywhere after a change to any of them: `python docs/generate.py`. A test holds the
page equal to what this makes, so that it cannot go out of date.
"""

from __future__ import annotations

import tomllib
from contextlib import chdir, redirect_stdout
from io import StringIO
from pathlib import Path

from gkparse.cli import main as gkparse
from gkparse.codes import CODES, Code

DOCS = Path(__file__).resolve().parent
PAGE = DOCS / "diagnostics.md"
EXAMPLES = DOCS.parent / "tests" / "reports" / "diagnostics"

HEAD = """\
<!-- Made by docs/generate.py from src/gkparse/codes.py and docs/diagnostics.toml: edit those. -->

# Diagnostics · 诊断代码

gkparse never guesses in silence. What it met while reading a report, and what does not add up in
it, are values: `report.diagnostics`, `gkparse.check(report)`, `gkparse check FILE` on the command
line. Each has a stable code, a severity, the dotted paths of the cells, rows or tables concerned,
and the place in the text. A code keeps its meaning for good and is never used again for another.

- **error**: a value is lost, or the printed numbers contradict each other. With
  `gkparse.parse(text, strict=True)` any of these raises `ParseError`.
- **warning**: a value may not be what the page says.
- **info**: what was met on the way; no value is in doubt.

A report that is read whole and adds up has no error and no warning. The examples are what
`gkparse check --notes` prints for the small reports in `tests/reports/diagnostics/`.

诊断代码一经使用，含义不变。`error`：有数值未能读出，或所印数字自相矛盾；`warning`：数值可能与原文不符；
`info`：仅作说明，数值无疑。完整读出且勾稽相符的报告没有 error 和 warning。
"""


def page() -> str:
    """The text of the page."""
    texts = tomllib.loads(DOCS.joinpath("diagnostics.toml").read_text(encoding="utf-8"))
    if differing := sorted(CODES.keys() ^ texts.keys()):
        raise SystemExit(f"docs/diagnostics.toml and gkparse.codes differ: {differing}")
    sections = [_section(code, **texts[code.code]) for code in CODES.values()]
    return "\n".join([HEAD, _overview(), *sections])


def _overview() -> str:
    lines = ["| code | name | severity |", "| --- | --- | --- |"]
    for code in CODES.values():
        anchor = f"{code.code}-{code.name}".lower()
        lines.append(f"| [{code.code}](#{anchor}) | {code.name} | {code.severity} |")
    return "\n".join(lines) + "\n"


def _section(code: Code, means: str, do: str, zh: str) -> str:
    return f"""\
## {code.code} {code.name}

*{code.severity}* · {means}

```text
{_shown(code)}
```

**What to do.** {do}

{zh}
"""


def _shown(code: Code) -> str:
    """The first finding of a code in its example, as a terminal shows it.

    Without such an example, which the tests ask for, it is what the code says.
    """
    name = f"{code.code}-{code.name}.txt"
    if not EXAMPLES.joinpath(name).is_file():
        return f"{code.en}\n{code.zh}"
    with chdir(EXAMPLES), redirect_stdout(StringIO()) as out:
        gkparse(["check", "--notes", name])
    for finding in out.getvalue().split("\n\n"):
        if f": {code.code} " in finding:
            return finding
    return f"{code.en}\n{code.zh}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
