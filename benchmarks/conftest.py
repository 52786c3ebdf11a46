"""The benchmarks use the reports that the tests invent."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "tests")]

# They are programs of their own, some with needs of their own.
collect_ignore = ["dataset.py", "detect.py", "pipelines.py", "read_page.py"]
