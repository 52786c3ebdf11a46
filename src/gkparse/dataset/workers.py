"""Workers: the processes that read the batches, and what becomes of a batch whose worker ends.

Each has one batch at a time, tells as it begins a file, and writes the shard. One that ends without
having been told to (killed for want of memory, or by a library that broke) is replaced and its batch
read again; a file during which workers ended twice is rejected. Workers end with their parent,
however that ends.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, TypeAlias

import attrs

from gkparse.dataset.index import Batch
from gkparse.dataset.shards import Options, Shard, Tally
from gkparse.registry import load_rules

__all__ = ["Done", "read_batches"]

_STRIKES = 2
# How long a worker that is told to end may take to put away what it has begun, such as LibreOffice.
_GRACE = 10.0
_NOT_STARTED = (
    "a process that is to read files ended before it began: a script that calls "
    "gkparse.dataset.build does so under `if __name__ == \"__main__\":`, or with jobs=1"
)


@attrs.frozen
class Done:
    """How far the work is: a batch that was finished, if one was, and how many files of others."""

    tally: Tally | None
    of_others: int


def read_batches(
    batches: Iterable[Batch], folder: Path, options: Options, jobs: int
) -> Generator[Done, None, None]:
    """Read batches into shards, in so many processes; one job is done in this process.

    Raises `OSError` where a shard cannot be written, and `RuntimeError` where no process starts.
    """
    if jobs > 1:
        yield from _Workers(folder, options, jobs).read(batches)
        return
    load_rules()
    for batch in batches:
        shard = Shard.of(folder, batch)
        for place in shard.write(batch, options):
            yield Done(None, place)
        yield Done(shard.tally(), 0)


# ---------------------------------------------------------------- in the parent

# None: the worker has started. An int: the place of the file that it begins.
_Message: TypeAlias = Tally | OSError | int | None


@attrs.define(eq=False)
class _Worker:
    """A process, the parent's end of its pipe, its batch, and the file that it has begun."""

    process: multiprocessing.process.BaseProcess
    pipe: Connection
    batch: Batch | None = None
    file: int = 0
    started: bool = False

    @classmethod
    def start(cls, folder: Path, options: Options) -> _Worker:
        context = multiprocessing.get_context("spawn")
        ours, its = context.Pipe()
        process = context.Process(target=_work, args=(its, folder, options), daemon=True)
        with _uninterrupted():
            process.start()
        its.close()
        return cls(process, ours)

    def give(self, batch: Batch) -> None:
        self.batch, self.file = batch, 0
        with contextlib.suppress(OSError):  # that it has ended is seen when it is waited for
            self.pipe.send(batch)


class _Workers:
    def __init__(self, folder: Path, options: Options, jobs: int) -> None:
        self._folder, self._options, self._jobs = folder, options, jobs
        self._workers: list[_Worker] = []
        self._again: list[Batch] = []
        self._strikes: Counter[str] = Counter()

    def read(self, batches: Iterable[Batch]) -> Iterator[Done]:
        waiting = iter(batches)
        try:
            while self._supply(waiting):
                busy = [worker for worker in self._workers if worker.batch]
                ready = wait([worker.pipe for worker in busy])
                for worker in busy:
                    if worker.pipe in ready:
                        tally = self._heard(worker)
                        yield Done(tally, sum(each.file for each in self._workers))
        finally:
            self._end()

    def _supply(self, waiting: Iterator[Batch]) -> bool:
        """Give each idle worker a batch, as long as there are some; gives whether any is busy."""
        while True:
            idle = next((worker for worker in self._workers if worker.batch is None), None)
            if idle is None and len(self._workers) == self._jobs:
                return True
            batch = self._again.pop() if self._again else next(waiting, None)
            if batch is None:
                return any(worker.batch for worker in self._workers)
            if idle is None:
                idle = _Worker.start(self._folder, self._options)
                self._workers.append(idle)
            idle.give(batch)

    def _heard(self, worker: _Worker) -> Tally | None:
        """Take a message of a worker, or that it has ended; gives what it has finished."""
        try:
            message: _Message = worker.pipe.recv()
        except (EOFError, OSError):
            self._lost(worker)
            return None
        if isinstance(message, OSError):
            raise message
        if isinstance(message, Tally):
            worker.batch, worker.file = None, 0
            return message
        worker.started = True
        worker.file = message or 0
        return None

    def _lost(self, worker: _Worker) -> None:
        """Have a batch read again whose worker has ended, without a file that ends workers."""
        if not worker.started:
            raise RuntimeError(_NOT_STARTED)
        self._workers.remove(worker)
        worker.process.join()
        worker.pipe.close()
        batch, file = worker.batch, worker.file
        assert batch
        if file in batch.fatal:  # which it has not read
            raise RuntimeError(f"a process that read nothing was {_end_of(worker.process)}")
        self._strikes[batch.files[file]] += 1
        if self._strikes[batch.files[file]] == _STRIKES:
            batch = attrs.evolve(batch, fatal={**batch.fatal, file: _end_of(worker.process)})
        self._again.append(batch)

    def _end(self) -> None:
        """End all workers; those that take too long are killed."""
        for worker in self._workers:
            worker.process.terminate()
        for worker in self._workers:
            worker.process.join(_GRACE)
            worker.process.kill()
            worker.process.join()
            worker.pipe.close()


def _end_of(process: multiprocessing.process.BaseProcess) -> str:
    code = process.exitcode or 0
    if code >= 0:
        return f"ended with status {code}"
    return f"ended by signal {-code} ({signal.strsignal(-code)})"


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Have a process that is started here not see Ctrl-C, which is the parent's business."""
    if sys.platform == "win32":  # pragma: no cover - there is no such mask
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# ---------------------------------------------------------------- in a worker


def _work(pipe: Connection, folder: Path, options: Options) -> None:
    """Read batches until the parent sends no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _terminated)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    load_rules()
    with contextlib.suppress(EOFError, ConnectionError):  # the parent has ended
        pipe.send(None)
        while True:
            batch: Batch = pipe.recv()
            shard = Shard.of(folder, batch)
            try:
                for place in shard.write(batch, options):
                    pipe.send(place)
                message: _Message = shard.tally()
            except ConnectionError:
                raise
            except OSError as error:
                message = error
            pipe.send(message)


def _terminated(*_: Any) -> None:
    """End by an exception, so that a program or a folder that was begun is put away."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # once: nothing is to disturb that
    raise SystemExit(128 + signal.SIGTERM)


def _end_with_parent() -> None:
    """Wait for the parent's end, in a thread, and end then: gently at first."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    for _ in range(round(_GRACE)):
        # Again and again: a signal that comes just before a system call does not end its waiting.
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(1)
    os._exit(1)  # pragma: no cover - a worker that holds out for all these seconds
