"""Building: the files that are named into a dataset."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, TypeAlias

import attrs

import gkparse
from gkparse.dataset.index import Batch, Index
from gkparse.dataset.output import ENDINGS, load_libraries, write
from gkparse.dataset.progress import Progress
from gkparse.dataset.shards import Entry, Options, Shard
from gkparse.dataset.workers import read_batches
from gkparse.files import files_of, place_of
from gkparse.limits import DEFAULT_LIMITS, Limits
from gkparse.panel import Column, cell_columns, columns, rejected_columns

__all__ = ["Summary", "build"]

_Path: TypeAlias = str | os.PathLike[str]

# What only the whole of a dataset can tell of a report, at the end of each of its rows.
_DUPLICATES = (
    Column("duplicate_of", "text", "file#position of the first report that says exactly the same"),
    Column("versions", "whole", "how many different reports of its agency_key and year there are"),
)


@attrs.frozen
class Summary:
    """What became of the files: every one of them is among the reports or the rejected.

    `errors` is the number of reports with a finding of severity error, `warnings` that of the
    others with a warning. `rejected` counts what could not be read by reason, the name of an error.
    `duplicates` are reports that say the same as one before them; `versions` is how many bodies'
    years have reports that differ. `taken_over` of the files were read by an earlier run that did
    not come to its end. `seconds` is the time it all took.
    """

    output: Path
    quarantine: Path
    files: int
    reports: int
    errors: int
    warnings: int
    rejected: Mapping[str, int]
    duplicates: int
    versions: int
    taken_over: int
    seconds: float


def build(
    sources: _Path | Iterable[_Path],
    output: _Path,
    *,
    long: bool = False,
    jobs: int | None = None,
    limits: Limits = DEFAULT_LIMITS,
    progress: Callable[[Progress], None] | None = None,
) -> Summary:
    """Write every report of some files and folders into a table, a row a report.

    The ending of `output` says what is written: `.parquet`, `.csv` or `.jsonl`; an existing file is
    replaced. If `long`, there is a row a cell. What could not be read, and why, stands in a second
    table beside it, such as `panel.quarantine.parquet`. The columns are those of `gkparse.panel`,
    and `duplicate_of` and `versions`.

    `jobs` processes read, as many as there are processors if None; with 1, this process does. While
    it runs, and after it was ended, what was read stands in a folder beside the output, such as
    `panel.parquet.parts`: the same call goes on from there. The rules of installed packages are run,
    as on the command line. `progress` is called now and then with how far it is.

    Raises `ValueError` for a source that does not exist and an output that cannot be meant,
    `ImportError` where pyarrow is needed and missing, `OSError` where the output cannot be written,
    and nothing for whatever is in the files.

    >>> import tempfile
    >>> from pathlib import Path
    >>> from gkparse.dataset import build
    >>> with tempfile.TemporaryDirectory() as name:
    ...     folder = Path(name, "reports")
    ...     folder.mkdir()
    ...     _ = Path(folder, "a.txt").write_text("第二十条第（五）项 行政许可 318", encoding="utf-8")
    ...     _ = Path(folder, "b.txt").write_text("今日天气晴", encoding="utf-8")
    ...     summary = build(folder, Path(name, "panel.csv"), jobs=1)
    >>> summary.files, summary.reports, dict(summary.rejected)
    (2, 1, {'NotAReportError': 1})
    """
    named = [sources] if isinstance(sources, (str, os.PathLike)) else sources
    target = _Target.of(Path(output), [os.fspath(source) for source in named])
    jobs = (os.cpu_count() or 1) if jobs is None else jobs
    if jobs < 1:
        raise ValueError(f"{jobs} jobs cannot read anything")
    options = Options(long, limits)
    begun = time.monotonic()
    target.parts.mkdir(exist_ok=True)
    with Index(target.parts / _INDEX) as index:
        files = index.add(target.inputs())
        run = _Run(target, index, options, progress or (lambda _: None))
        taken_over = run.read(jobs, files)
        counted = run.put_together()
    target.clean()
    return Summary(
        output=target.output,
        quarantine=target.quarantine,
        files=files,
        **counted,
        taken_over=taken_over,
        seconds=time.monotonic() - begun,
    )


# ---------------------------------------------------------------- where it goes

_INDEX = "index.sqlite"
# What a run leaves in the folder of its parts, if it does not come to its end.
_OURS = re.compile(r"[0-9a-f]{64}\.(jsonl|tmp)|index\.sqlite(-journal)?|(output|quarantine)\.[a-z]+")


@attrs.frozen
class _Target:
    """The files that are written, and what they are made of."""

    output: Path
    quarantine: Path
    parts: Path
    sources: list[str]

    @classmethod
    def of(cls, output: Path, sources: list[str]) -> _Target:
        if output.suffix not in ENDINGS:
            raise ValueError(f"{output}: a dataset is called NAME{' or NAME'.join(ENDINGS)}")
        if not output.parent.is_dir():
            raise ValueError(f"{output}: there is no folder {output.parent}")
        quarantine = output.with_name(f"{output.stem}.quarantine{output.suffix}")
        for written in (output, quarantine):
            if written.is_dir():
                raise ValueError(f"{written}: it is a folder")
        load_libraries(output.suffix)
        for source in sources:
            if not Path(source).exists():
                raise ValueError(f"{source}: there is no such file or folder")
            for written in (output, quarantine):
                if written.exists() and written.samefile(source):
                    raise ValueError(f"{written}: the dataset would replace what it is made of")
        return cls(output, quarantine, output.with_name(f"{output.name}.parts"), sources)

    def inputs(self) -> Iterator[str]:
        """The files to read: without those that an earlier run has written, or this one writes."""
        written = {place_of(str(path)) for path in (self.output, self.quarantine, self.parts)}
        for name in files_of(self.sources):
            if written.isdisjoint([place := place_of(name), place.parent]):
                yield name

    def clean(self) -> None:
        """Remove the parts, and their folder if nothing else is in it."""
        for path in self.parts.iterdir():
            if _OURS.fullmatch(path.name):
                path.unlink()
        if not any(self.parts.iterdir()):
            self.parts.rmdir()


# ---------------------------------------------------------------- how it is made


class _Run:
    """The two halves of a run: files into shards, shards into tables."""

    def __init__(
        self, target: _Target, index: Index, options: Options, progress: Callable[[Progress], None]
    ) -> None:
        self._target, self._index, self._options = target, index, options
        self._progress = progress
        self._decisive = json.dumps([attrs.asdict(options), _reader()])

    def _batches(self) -> Iterator[tuple[Batch, Shard]]:
        for batch in self._index.batches(self._decisive):
            yield batch, Shard.of(self._target.parts, batch)

    def read(self, jobs: int, files: int) -> int:
        """Read what has no shard yet; gives how many files had one."""
        now = Progress(0, files, 0, 0)
        for _, shard in self._batches():
            if shard.path.exists():
                now = now.after(shard.tally())
        now = attrs.evolve(now, taken_over=now.files)
        self._progress(now)
        missing = (batch for batch, shard in self._batches() if not shard.path.exists())
        work = read_batches(missing, self._target.parts, self._options, jobs)
        with closing(work):  # which ends the workers
            for done in work:
                if done.tally:
                    now = now.after(done.tally)
                self._progress(attrs.evolve(now, files=now.files + done.of_others))
        return now.taken_over

    def put_together(self) -> dict[str, Any]:
        """Write both tables from the shards; gives what the summary counts."""
        counts: Counter[str] = Counter()
        rejected: Counter[str] = Counter()
        for _, shard in self._batches():
            rejected += shard.tally().rejected
            for entry in shard.entries():
                self._index.note(entry.address, entry.content, entry.agency_key, entry.year)
                counts["reports"] += 1
                counts["errors"] += entry.errors > 0
                counts["warnings"] += entry.warnings > 0 and not entry.errors
        ending = self._target.output.suffix
        made = self._target.parts / f"quarantine{ending}", self._target.parts / f"output{ending}"
        write(made[0], rejected_columns(), self._rejected())
        write(made[1], self._columns(), self._rows(counts))
        made[0].replace(self._target.quarantine)
        made[1].replace(self._target.output)
        return {
            **{name: counts[name] for name in ("reports", "errors", "warnings", "duplicates")},
            "rejected": dict(rejected.most_common()),
            "versions": self._index.in_versions(),
        }

    def _columns(self) -> tuple[Column, ...]:
        return (*(cell_columns() if self._options.long else columns()), *_DUPLICATES)

    def _rows(self, counts: Counter[str]) -> Iterator[dict[str, Any]]:
        """The rows of all reports; counts the duplicates among them."""
        names = [column.name for column in self._columns()]
        now = Progress(0, 0, counts["reports"], 0, written=0)
        for _, shard in self._batches():
            entries = shard.entries()
            told = [self._told(entry) for entry in entries]
            counts["duplicates"] += sum(first is not None for first, _ in told)
            for at, values in shard.rows():
                yield dict(zip(names, (*values, *told[at]), strict=True))
            now = attrs.evolve(now, written=(now.written or 0) + len(entries))
            self._progress(now)

    def _told(self, entry: Entry) -> tuple[str | None, int | None]:
        return (
            self._index.duplicate_of(entry.address, entry.content),
            self._index.versions(entry.agency_key, entry.year),
        )

    def _rejected(self) -> Iterator[dict[str, Any]]:
        names = [column.name for column in rejected_columns()]
        for _, shard in self._batches():
            for values in shard.rejected():
                yield dict(zip(names, values, strict=True))


def _reader() -> list[Any]:
    """What else decides how a file is read: this code, the packages beside it, and LibreOffice."""
    home = Path(gkparse.__file__).parent
    code = [path for path in sorted(home.rglob("*")) if path.suffix in (".py", ".toml")]
    packages = {path.name for folder in sys.path for path in Path(folder).glob("*.dist-info")}
    return [
        gkparse.__version__,
        [(str(path), path.stat().st_mtime_ns) for path in code],
        sorted(packages),
        shutil.which("soffice") or shutil.which("libreoffice"),
    ]
