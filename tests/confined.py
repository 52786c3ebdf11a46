"""Code run in a process of its own that may not write a file, and what coverage saw of it.

A process that limits itself so cannot store what was covered in it; it answers with it instead.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys

import coverage

_MEASURED = """
import json, sys
import coverage
measured = coverage.Coverage(data_file=None, branch=True, source_pkgs=["gkparse"])
measured.start()
{code}
measured.stop()
seen = measured.get_data()
print(json.dumps({{name: seen.arcs(name) for name in seen.measured_files()}}), file=sys.stderr)
"""


def run(code: str, given: bytes = b"") -> bytes:
    """What code prints that reads `given`; its standard error is not its own."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", _MEASURED.format(code=code)],
        input=given,
        capture_output=True,
        env={
            **{name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")},
            "PYTHONPATH": os.pathsep.join(path or "." for path in sys.path),
        },
        check=True,
    )
    if current := coverage.Coverage.current():
        current.get_data().add_arcs(
            {name: [(a, b) for a, b in arcs] for name, arcs in json.loads(done.stderr).items()}
        )
    return done.stdout
