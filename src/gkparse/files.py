"""Files: those that are named, and those in the folders that are."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

__all__ = ["files_of", "place_of"]

# Word and WPS leave a file ~$NAME beside one that is open.
_HIDDEN = (".", "~$")


def files_of(given: Iterable[str]) -> Iterator[str]:
    """The files that are named, each folder with all files in it that are not hidden, in order.

    The files of a folder come before those of the folders in it, both by name. A folder within
    that is a link is not entered, for it may lead in a circle; it is given itself, as is one that
    cannot be listed and one that is named and holds nothing: who reads it is told so.

    >>> list(files_of(["-", "no such file"]))
    ['-', 'no such file']
    """
    for name in given:
        if name == "-" or not Path(name).is_dir():
            yield name
            continue
        empty = True
        for each in _below(name):
            empty = False
            yield each
        if empty:
            yield name


def place_of(name: str) -> Path:
    """Where a file stands, however it is named; of a file that is a link, where the link does."""
    path = Path(name)
    return path.parent.resolve() / path.name


def _below(top: str) -> Iterator[str]:
    """What a folder and the folders in it hold, one folder at a time."""
    waiting = [top]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                shown = {
                    entry.name: entry.is_dir(follow_symlinks=False)
                    for entry in entries
                    if not entry.name.startswith(_HIDDEN)
                }
        except OSError:
            yield folder
            continue
        yield from (str(Path(folder, name)) for name in sorted(shown) if not shown[name])
        waiting += (str(Path(folder, name)) for name in sorted(shown, reverse=True) if shown[name])
