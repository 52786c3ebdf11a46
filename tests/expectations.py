"""Reading of `.expected` files: what a report beside them must be read as.

The format is for people: one fact a line, described in `reports/README.md`.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fnmatch import fnmatchcase
from pathlib import Path

import attrs

from accounting import alarms
from gkparse import Report
from gkparse.form import load

__all__ = ["REPORTS", "Expected", "pairs", "source_of"]

REPORTS = Path(__file__).parent / "reports"


@attrs.define
class Expected:
    """The facts of one file: what is said, each by its key, and the findings it lists."""

    facts: dict[str, str] = attrs.field(factory=dict)
    flags: set[tuple[str, str, str]] = attrs.field(factory=set)
    no_warnings: bool = False

    @classmethod
    def read(cls, path: Path) -> Expected:
        """The facts of a file; `ValueError` names a line that cannot be understood."""
        expected = cls()
        for number, printed in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            line = printed.strip()
            if not line or line.startswith("#"):
                continue
            if line == "no warnings":
                expected.no_warnings = True
            elif line.startswith("flag "):
                code, severity, *paths = line.split()[1:]
                expected.flags.update((code, severity, each) for each in paths or [""])
            elif "=" in line:
                key, _, value = line.partition("=")
                expected.facts[key.strip()] = value.strip()
            else:
                raise ValueError(f"{path.name}, line {number}: no fact in {line!r}")
        if expected.no_warnings == any(severity != "info" for _, severity, _ in expected.flags):
            raise ValueError(
                f"{path.name}: list each warning and error with `flag`, or say `no warnings`"
            )
        return expected

    def differences(self, report: Report) -> list[str]:
        """Every fact that a report does not bear out, in words."""
        found = [
            f"{key}: expected {value!r}, read {read!r}"
            for key, value in self.facts.items()
            if (read := _said(report, key)) != " ".join(value.split())
        ]
        flagged = {
            (each.code, each.severity, path)
            for each in report.diagnostics
            for path in each.paths or ("",)
        }
        alarmed = {
            (each.code, each.severity, path) for each in alarms(report) for path in each.paths
        }
        flags = set(self._each_flag(report.form))
        found += [f"not flagged: {' '.join(flag)}" for flag in sorted(flags - flagged)]
        found += [f"not expected: {' '.join(flag)}" for flag in sorted(alarmed - flags)]
        return found


    def _each_flag(self, form: str) -> Iterator[tuple[str, str, str]]:
        """The flags, with one for every cell that a path with `*` stands for."""
        for code, severity, path in self.flags:
            if "*" not in path:
                yield code, severity, path
                continue
            for field in load(form).fields.values():
                if fnmatchcase(field.path, path) and not field.optional:
                    yield code, severity, field.path


def _said(report: Report, key: str) -> str:
    """What a report says under a key, in the way that `.expected` files write it."""
    if key == "sections":
        return " / ".join(section.title for section in report.sections)
    if key.startswith("section "):
        (text,) = [each.text for each in report.sections if each.number == int(key.split()[1])]
        return " ".join(text.split())
    if key.startswith("status "):
        return report.cell(key.removeprefix("status ").strip()).status
    if key.startswith("printed "):
        return report.cell(key.removeprefix("printed ").strip()).printed
    if key.startswith("place "):
        span = report.locate(key.removeprefix("place ").strip())
        return f"{span.line}:{span.column}" if span else "none"
    if key.startswith("indicator "):
        (own,) = [own for own in report.indicators if own.key == key.split()[1]]
        return f"{_shown(own.value)} {own.unit}"
    if key.startswith("unit "):
        return report.cell(key.removeprefix("unit ").strip()).unit
    if paths := _paths(report, key):
        return " ".join(_shown(report.value(path)) for path in paths)
    node: object = report
    for name in key.split("."):
        node = getattr(node, name)
    if isinstance(node, tuple):
        return " / ".join(map(str, node))
    return "none" if node is None else " ".join(str(node).split())


def _paths(report: Report, key: str) -> list[str]:
    """The cells of a row, group or table; rows that only some reports print where they are."""
    fields = load(report.form).fields.values()
    found = [field for field in fields if field.path == key or field.path.startswith(f"{key}.")]
    printed = {path for path, _ in report.cells()}
    always = [field.path for field in found if not field.optional or field.path in printed]
    return always or [field.path for field in found]


def _shown(value: int | Decimal | None) -> str:
    return "none" if value is None else str(value)


def source_of(path: Path) -> str:
    """The text of a report, its line ends as they are."""
    return path.read_bytes().decode("utf-8")


def pairs(folder: Path) -> list[tuple[Path, Path]]:
    """Every report of a folder with its `.expected` file, whether there is one or not."""
    return [(path, path.with_suffix(".expected")) for path in sorted(folder.glob("*.txt"))]
