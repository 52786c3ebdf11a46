"""The five real reports beside the checkout, where they are there, by the project's scorer."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import gkparse

SHARED = Path(__file__).parents[2] / "shared"
SEEDS = sorted((SHARED / "seeds").glob("*.txt"))

pytestmark = pytest.mark.skipif(not SEEDS, reason="no ../shared beside this checkout")


def test_the_scorer_finds_nothing_to_say() -> None:
    package = Path(gkparse.__file__).parents[1]
    done = subprocess.run(
        [sys.executable, str(SHARED / "accept" / "score.py"), str(SHARED / "seeds")],
        check=False, capture_output=True, encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(package), "PYTHONUTF8": "1"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (line,) = done.stdout.splitlines()
    assert line.startswith("5 cases: 5/5 recoverable ones exact")
    assert "0 silent; 0 false alarms; 0 metadata differ; 0 crashed" in line


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
def test_every_cell_of_a_seed_knows_where_it_was_printed(path: Path) -> None:
    source = path.read_bytes().decode("utf-8")
    report = gkparse.parse(source)
    cells = dict(report.cells())
    assert len(cells) == 200
    for cell in cells.values():
        assert cell.span is not None or cell.status == "missing"
        if cell.span is not None:
            assert source[cell.span.start : cell.span.end] == cell.printed
    assert gkparse.from_json(gkparse.to_json(report)) == report


# What a careful reader finds in them, beside what is only information: (code, first path, fault).
READ_BY_EYE = {
    "seeds/004*.txt": [("GK406", None, None), ("GK408", None, None)],
    "real/hongze-2023-pdf[!t]*.txt": [
        ("GK304", "disputes.reconsideration.total", "source"),
        ("GK304", "disputes.litigation_after_reconsideration.total", "source"),
    ],
    "real/hongze-2023-py*.txt": [
        ("GK304", "disputes.reconsideration.total", "source"),
        ("GK304", "disputes.litigation_after_reconsideration.total", "source"),
    ],
    "real/*.html": [],
    "seeds/00[0-3]*.txt": [],
}
REAL = [(path, found) for pattern, found in READ_BY_EYE.items() for path in sorted(SHARED.glob(pattern))]


@pytest.mark.parametrize(("path", "expected"), REAL, ids=[path.name for path, _ in REAL])
def test_a_real_report_has_the_findings_of_a_careful_reader(
    path: Path, expected: list[tuple[str, str | None, str | None]]
) -> None:
    found = gkparse.check(gkparse.parse(path.read_bytes().decode("utf-8")))
    said = [
        (each.code, each.paths[0] if each.paths else None, each.arguments.get("fault"))
        for each in found if each.severity != "info"
    ]
    assert said == expected


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
def test_the_prose_of_a_seed_agrees_with_its_tables(path: Path) -> None:
    said = gkparse.statements(gkparse.parse(path.read_bytes().decode("utf-8")))
    assert [each for each in said if each.outcome == "contradicts"] == []
