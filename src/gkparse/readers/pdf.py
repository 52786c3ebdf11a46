"""Reads a PDF: its ruled tables by their lines, all else as the lines of its pages.

pdfium takes it apart in a process of its own, which has so much memory and so much time: a file
can be made to take more of both than any machine has, or to break pdfium, and pdfium must not be
called by two threads at once.
"""

from __future__ import annotations

import importlib.util
import json
import math
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import attrs

from gkparse.blocks import Block, Grid, GridCell, Paragraph
from gkparse.errors import LimitError, ReadError
from gkparse.limits import Limits

__all__ = ["blocks", "serve"]

_SERVE = "from gkparse.readers.pdf import serve; serve()"
# What the process may use beside what the limits say: pdfium, Python and painted pages.
_MEMORY = 1024 * 1024 * 1024
_BROKEN = "pdfium breaks down on it: it is damaged, or asks for too much memory; print it to a new PDF"


def blocks(data: bytes, limits: Limits) -> Iterator[Block]:
    """The blocks of a PDF, page by page, numbered from 1.

    A text that does not show is not read, nor is one that OCR has laid under a picture: where a page
    is a picture, it is a picture. A character that shows and cannot be read is U+FFFD.
    """
    if importlib.util.find_spec("pypdfium2") is None:
        raise ReadError("a PDF needs pypdfium2: pip install 'gkparse[pdf]'")
    limits.hold("file_bytes", len(data), "bytes in the file")
    yield from map(_block, _asked(data, limits))


def _asked(data: bytes, limits: Limits) -> list[Any]:
    """What the process of its own answers."""
    paths = os.pathsep.join(path or "." for path in sys.path)
    try:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-P", "-c", _SERVE],
            input=json.dumps(attrs.asdict(limits)).encode() + b"\n" + data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": paths},
            timeout=limits.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        limits.hold("seconds", math.inf, "seconds for the PDF")
        raise  # pragma: no cover - no limit allows endless seconds: the line above has raised
    except OSError as error:
        raise ReadError(f"a PDF is read by another Python process, and none starts: {error}") from None
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        raise ReadError(_BROKEN) from None
    if "limit" in answer:
        raise LimitError(answer["limit"])
    if "error" in answer:
        raise ReadError(answer["error"])
    return list(answer["blocks"])


def _block(found: dict[str, Any]) -> Block:
    if "text" in found:
        return Paragraph(found["text"], found["page"])
    return Grid(tuple(GridCell(*cell) for cell in found["cells"]), found["page"])


def serve() -> None:
    """Read the PDF on standard input, and write its blocks to standard output."""
    limits = Limits(**json.loads(sys.stdin.buffer.readline()))
    data = sys.stdin.buffer.read()
    _confine(_MEMORY + 4 * limits.unpacked_bytes + 4 * len(data), limits.seconds)
    answer: dict[str, Any]
    try:
        answer = {"blocks": list(_plain(data, limits))}
    except LimitError as error:
        answer = {"limit": str(error)}
    except ReadError as error:
        answer = {"error": str(error)}
    except MemoryError:
        answer = {"error": _BROKEN}
    json.dump(answer, sys.stdout)
    sys.stdout.flush()


def _plain(data: bytes, limits: Limits) -> Iterator[dict[str, Any]]:
    # Neither is needed by the process that asks.
    from gkparse.readers.pagination import page_blocks  # noqa: PLC0415
    from gkparse.readers.pdfium import pages  # noqa: PLC0415

    for page in pages(data, limits):
        for block in page_blocks(page, limits):
            if isinstance(block, Paragraph):
                yield {"text": block.text, "page": block.page}
            else:
                yield {"cells": [attrs.astuple(cell) for cell in block.cells], "page": block.page}


def _confine(memory: int, seconds: float) -> None:
    """Take from this process what it has no business to use, where the system can."""
    try:
        import resource  # noqa: PLC0415
    except ImportError:  # not on Windows, where only time is limited
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(seconds) + 1, math.ceil(seconds) + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
