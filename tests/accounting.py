"""What a report owes for each cell: the number that was written, or a warning that names it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from gkparse import Diagnostic, Report

__all__ = ["alarms", "is_named", "misread", "named", "unaccounted"]


def misread(
    report: Report, written: Mapping[str, int | Decimal | None]
) -> list[tuple[str, object, object]]:
    """Each cell that is not what was written: its path, what was written and what was read."""
    return [
        (path, value, report.value(path))
        for path, value in written.items()
        if report.value(path) != value
    ]


def alarms(report: Report) -> list[Diagnostic]:
    """The diagnostics that are more than information."""
    return [found for found in report.diagnostics if found.severity != "info"]


def named(diagnostics: Iterable[Diagnostic]) -> set[str]:
    """The paths that warnings and errors name."""
    return {path for found in diagnostics if found.severity != "info" for path in found.paths}


def is_named(path: str, paths: set[str], *, lost: bool) -> bool:
    """Whether a cell or its row is named; for a lost value its group or table counts as well."""
    parts = path.split(".")
    shortest = 1 if lost else len(parts) - 1
    return any(".".join(parts[:count]) in paths for count in range(shortest, len(parts) + 1))


def unaccounted(
    report: Report, written: Mapping[str, int | Decimal | None]
) -> list[tuple[str, object, object]]:
    """Each cell that is neither what was written nor named: its path, what was written and read."""
    paths = named(report.diagnostics)
    return [
        (path, value, read)
        for path, value, read in misread(report, written)
        if not is_named(path, paths, lost=read is None)
    ]
