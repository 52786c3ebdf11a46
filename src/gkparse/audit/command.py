"""The command `gkparse audit`: what it reads, where the page goes, and how it ends."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from gkparse.audit.pages import page
from gkparse.errors import GkparseError
from gkparse.files import files_of, place_of
from gkparse.model import Report
from gkparse.reading import read_all
from gkparse.registry import load_rules
from gkparse.terminal import visible

__all__ = ["run"]

_STANDARD = "-"


def run(arguments: argparse.Namespace, standard_input: Callable[[], bytes]) -> int:
    """Write the page that is asked for; what stands in the way is said on standard error.

    Gives 0, 1 where a file could not be read (the page lists it), 2 for misuse; raises `OSError`
    where it cannot write.
    """
    output = arguments.output
    try:
        names = _inputs(arguments.files, output)
        load_rules()
    except ValueError as error:
        print(f"gkparse: {visible(str(error))}", file=sys.stderr)
        return 2
    reports: list[tuple[str, Report]] = []
    unread: list[tuple[str, str]] = []
    for name in names:
        try:
            source = standard_input() if name == _STANDARD else Path(name)
            reports += [(name, report) for report in read_all(source)]
        except (GkparseError, OSError) as error:
            unread.append((name, str(error)))
            print(f"gkparse: {visible(name)}: {visible(str(error))}", file=sys.stderr)
    # Bytes: the policy of the page names its script by what it is, to the line end.
    made = page(reports, unread).encode()
    if output == _STANDARD:
        sys.stdout.buffer.write(made)
    else:
        Path(output).write_bytes(made)
    return int(bool(unread))


def _inputs(given: list[str], output: str) -> list[str]:
    """The files to read; not a page that stands among them from the time before."""
    names = list(files_of(given))
    if output == _STANDARD:
        return names
    path = Path(output)
    if path.is_dir():
        raise ValueError(f"{output}: it is a folder")
    if not path.parent.is_dir():
        raise ValueError(f"{output}: there is no folder {path.parent}")
    names = [name for name in names if name == _STANDARD or place_of(name) != place_of(output)]
    # An output that is a link may lead to a file of a folder, too.
    for name in (*given, *names) if path.exists() else ():
        if name != _STANDARD and Path(name).exists() and path.samefile(name):
            raise ValueError(f"{output}: the page would replace what it is made of")
    return names
