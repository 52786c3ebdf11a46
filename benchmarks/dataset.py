"""How fast `gkparse dataset` reads a folder, with one process and with two, and how much memory it takes.

    python benchmarks/dataset.py [REPORTS [ENDING]]

Writes so many invented reports (5000, if not said), a web page, a Markdown file and a text in turn,
into a temporary folder, and makes a dataset of them (.parquet, if not said) in turn with one process
and with two, twice. Memory is the most that is resident in the parent and in the largest worker. Where
others use the processors, the seconds tell little, and those of the processors more.
Needs `gkparse[html,arrow]`, and an operating system that counts memory (`resource`).
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import gkparse
from gkparse.dataset import build

EXAMPLE = Path(__file__).parents[1] / "examples" / "qinghe-2023.txt"
RENDERINGS = {"html": ".html", "markdown": ".md", "tika": ".txt"}
PER_FOLDER = 1000
ROUNDS = 2


def write_reports(folder: Path, count: int) -> None:
    """Write reports of so many bodies; each differs from all others by its body's name."""
    report = gkparse.read(EXAMPLE)
    pages = [(gkparse.render(report, name), ending) for name, ending in RENDERINGS.items()]
    for at in range(count):
        text, ending = pages[at % len(pages)]
        inner = folder / f"{at // PER_FOLDER:04}"
        inner.mkdir(exist_ok=True)
        name = f"{chr(0x5100 + at % 5000)}{chr(0x6100 + at // 5000)}县"
        (inner / f"{at:07}{ending}").write_text(text.replace("青禾县", name), encoding="utf-8")


def measure(folder: str, output: str, jobs: int) -> None:
    """Make the dataset, and print what it took; in a process of its own, for the memory's sake."""
    summary = build(folder, output, jobs=jobs)
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    processor = sum(each.ru_utime + each.ru_stime for each in used)
    print(json.dumps([summary.reports, summary.seconds, processor, *(each.ru_maxrss for each in used)]))


def main(reports: str = "5000", ending: str = ".parquet") -> None:
    """Print a line for each dataset that is made."""
    count = int(reports)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "reports")
        folder.mkdir()
        write_reports(folder, count)
        rates: dict[int, list[float]] = {1: [], 2: []}
        for jobs in [1, 2] * ROUNDS:
            call = [sys.executable, __file__, "--measure", str(folder), f"{name}/panel{ending}", str(jobs)]
            done = subprocess.run(call, stdout=subprocess.PIPE, check=True)  # noqa: S603
            read, seconds, processor, parent, worker = json.loads(done.stdout)
            assert read == count
            rates[jobs].append(count / seconds)
            print(
                f"{count} reports, {jobs} jobs: {seconds:7.1f} s ({processor:.1f} s of processors), "
                f"{count / seconds:6.1f} reports/s, parent {parent / 1024:.0f} MB" + f", worker {worker / 1024:.0f} MB" * (jobs > 1),
                flush=True,
            )
        print(f"two processes give {max(rates[2]) / max(rates[1]):.2f} times one")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        measure(sys.argv[2], sys.argv[3], int(sys.argv[4]))
    else:
        main(*sys.argv[1:])
