"""Progress: how far a dataset is, as a bar in a terminal or as lines now and then."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from typing import TextIO

import attrs

from gkparse.dataset.shards import Tally

__all__ = ["Progress", "lines", "shown"]

# Seconds between two lines.
_PAUSE = 5.0


@attrs.frozen
class Progress:
    """How far a dataset is: files done of all, reports in them, and what was rejected.

    `taken_over` of the files done were read by an earlier run. Once all are read, `written` of the
    reports are in the dataset.
    """

    files: int
    of: int
    reports: int
    rejected: int
    taken_over: int = 0
    written: int | None = None

    def after(self, tally: Tally) -> Progress:
        """The progress once these files are done, too."""
        return attrs.evolve(
            self,
            files=self.files + tally.files,
            reports=self.reports + tally.reports,
            rejected=self.rejected + tally.rejected.total(),
        )


@contextlib.contextmanager
def shown(stream: TextIO) -> Iterator[Callable[[Progress], None]]:
    """Show progress: in a terminal as a bar, if rich is there, and elsewhere as lines."""
    if stream.isatty() and find_spec("rich"):
        with _bar(stream) as show:
            yield show
    else:
        yield lines(stream)


def lines(
    stream: TextIO, clock: Callable[[], float] = time.monotonic
) -> Callable[[Progress], None]:
    """Print progress as lines, none within five seconds of the one before it."""
    begun = printed = clock()

    def show(now: Progress) -> None:
        nonlocal printed
        if clock() - printed < _PAUSE:
            return
        printed = clock()
        print(_line(now, printed - begun), file=stream, flush=True)

    return show


def _line(now: Progress, seconds: float) -> str:
    if now.written is not None:
        return f"{now.written:,} of {now.reports:,} reports written"
    read = now.files - now.taken_over
    left = _time(seconds / read * (now.of - now.files)) if read else "unknown time"
    return (
        f"{now.files:,} of {now.of:,} files, {read / seconds:,.0f} a second, {left} left; "
        f"{now.reports:,} reports, {now.rejected:,} rejected"
    )


def _time(seconds: float) -> str:
    hours, minutes = divmod(round(seconds) // 60, 60)
    return f"{hours}:{minutes:02}:{round(seconds) % 60:02}"


@contextlib.contextmanager
def _bar(stream: TextIO) -> Iterator[Callable[[Progress], None]]:
    from rich.console import Console  # noqa: PLC0415 - an extra
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        MofNCompleteColumn,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.progress import Progress as Bar  # noqa: PLC0415

    said = TextColumn("{task.fields[said]}")
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), said, TimeRemainingColumn())
    begun = time.monotonic()
    with Bar(*columns, console=Console(file=stream), transient=True) as bar:
        reading = bar.add_task("files", total=None, said="")
        writing = bar.add_task("reports", total=None, said="", visible=False)

        def show(now: Progress) -> None:
            if now.written is None:
                rate = (now.files - now.taken_over) / max(time.monotonic() - begun, 1e-9)
                told = f"{rate:,.0f}/s, {now.rejected:,} rejected"
                bar.update(reading, completed=now.files, total=now.of, said=told)
            else:
                told = "written"
                bar.update(writing, completed=now.written, total=now.reports, said=told, visible=True)

        yield show
