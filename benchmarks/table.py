"""The tables of docs/performance.md, measured now: what stands there between the marks is replaced.

    python benchmarks/table.py

Runs `python -m pytest benchmarks` and benchmarks/stages.py, some four minutes on a quiet machine.
"""

from __future__ import annotations

import datetime
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import stages

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "performance.md"
CALLS = {
    "test_detect[tabs]": "`detect`, a report in tabs",
    "test_detect_a_text_without_a_report": "`detect`, 6,000 characters of prose",
    "test_read_a_web_page": "`read`, a web page",
    "test_to_dict": "`to_dict`",
    "test_from_dict": "`from_dict`",
    "test_check": "`check`",
    "test_render[tabs]": "`render`, in tabs",
    "test_render[html]": "`render`, as HTML",
}
PROCESSES = ("Python alone", "import attrs", "import gkparse", "first parse")

Measured = Mapping[str, Mapping[str, Any]]


def measured() -> Measured:
    """What pytest-benchmark says of each benchmark, by its name."""
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder, "benchmarks.json")
        call = [sys.executable, "-m", "pytest", "benchmarks", "-q", f"--benchmark-json={output}"]
        paths = os.pathsep.join(filter(None, (str(ROOT / "src"), os.environ.get("PYTHONPATH"))))
        subprocess.run(call, check=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": paths})  # noqa: S603 - this Python
        found = json.loads(output.read_text(encoding="utf-8"))["benchmarks"]
    return {each["name"]: each for each in found}


def lines(found: Measured) -> Iterator[str]:
    """The tables."""
    yield f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} processors, {datetime.date.today()}."
    yield ""
    yield "| text | bytes | milliseconds | times the floor | milliseconds, not met before | memory, times the text |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    for name, each in found.items():
        if name.startswith("test_parse["):
            told = each["extra_info"]
            text = name.removeprefix("test_parse[").removesuffix("]")
            took = 1000 * each["stats"]["median"]
            first = 1000 * told["unmet"]
            yield f"| {text} | {told['size']:,} | {took:.2f} | {told['ratio']:.1f} | {first:.2f} | {told['peak']:.1f} |"
    yield ""
    yield "| call | milliseconds |"
    yield "| --- | ---: |"
    for name, label in CALLS.items():
        yield f"| {label} | {1000 * found[name]['stats']['median']:.2f} |"
    yield ""
    least = {name: 1000 * found[f"test_new_process[{name}]"]["stats"]["min"] for name in PROCESSES}
    yield "| a new process, the least of twenty | milliseconds | above Python alone |"
    yield "| --- | ---: | ---: |"
    for name, took in least.items():
        yield f"| {name} | {took:.0f} | {took - least['Python alone']:.0f} |"


def put(mark: str, text: str) -> None:
    """Replace what stands in the page between two marks."""
    page = PAGE.read_text(encoding="utf-8")
    begin, end = f"<!-- {mark} -->\n", f"<!-- end of {mark} -->"
    before, _, rest = page.partition(begin)
    _, _, after = rest.partition(end)
    assert rest, f"{PAGE} has no {begin}"
    PAGE.write_text(f"{before}{begin}\n{text}\n\n{end}{after}", encoding="utf-8")


if __name__ == "__main__":
    put("measured", "\n".join(lines(measured())))
    put("stages", "\n".join(stages.lines()))
