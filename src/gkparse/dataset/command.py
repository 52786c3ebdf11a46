"""The command `gkparse dataset`: what it prints, and how it ends."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from gkparse.dataset.building import Summary, build
from gkparse.dataset.progress import shown
from gkparse.terminal import visible

__all__ = ["run"]


def run(arguments: argparse.Namespace) -> int:
    """Build the dataset that is asked for; all that is said goes to standard error.

    Gives 0, 2 for misuse, 130 if it was interrupted; raises `OSError` where it cannot write.
    """
    try:
        with shown(sys.stderr) as progress:
            summary = build(
                arguments.sources,
                arguments.output,
                long=arguments.long,
                jobs=arguments.jobs,
                progress=progress,
            )
    except (ValueError, ImportError) as error:
        return _said(2, str(error))
    except KeyboardInterrupt:
        return _said(130, "interrupted: the same command goes on from here")
    for line in _lines(summary):
        print(line, file=sys.stderr)
    return 0


def _said(status: int, reason: str) -> int:
    print(f"gkparse: {visible(reason)}", file=sys.stderr)
    return status


def _lines(summary: Summary) -> Iterator[str]:
    """What a run has done, in a few lines."""
    yield (
        f"{visible(str(summary.output))}: {_count(summary.reports, 'report')} "
        f"of {_count(summary.files, 'file')} in {summary.seconds:,.1f} s; "
        f"{summary.errors:,} with errors, {summary.warnings:,} with warnings only"
    )
    reasons = ", ".join(f"{count:,} {reason}" for reason, count in summary.rejected.items())
    rejected = sum(summary.rejected.values())
    yield f"{visible(str(summary.quarantine))}: {rejected:,} rejected" + (f" ({reasons})" if reasons else "")
    yield (
        f"{_count(summary.duplicates, 'duplicate')}; "
        f"{_count(summary.versions, 'year')} of a body in several versions"
    )
    if summary.taken_over:
        yield f"{_count(summary.taken_over, 'file')} taken over from the run before"


def _count(number: int, name: str) -> str:
    return f"{number:,} {name}{'s' * (number != 1)}"
