"""What a project sets for the command line: the table `[tool.gkparse]` of its pyproject.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

import attrs

from gkparse.checks import known
from gkparse.diagnostics import Language

__all__ = ["Settings"]

_FILE = "pyproject.toml"
_KEYS = ("select", "ignore", "lang")


@attrs.frozen
class Settings:
    """Codes to select and to ignore, and the language of messages."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    lang: Language = "en"

    @classmethod
    def load(cls, folder: Path) -> Settings:
        """The settings of the nearest pyproject.toml in a folder or above it, as ruff has it.

        A file without the table `[tool.gkparse]` is not meant. Raises `ValueError` where the file
        is no TOML, or the table has a key or a value that it cannot have.
        """
        for place in (folder, *folder.parents):
            path = place / _FILE
            if not path.is_file():
                continue
            try:
                tools = tomllib.loads(path.read_text(encoding="utf-8-sig")).get("tool")
            except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
                raise ValueError(f"{path}: {error}") from None
            if isinstance(tools, dict) and "gkparse" in tools:
                return cls._of(tools["gkparse"], path)
        return cls()

    @classmethod
    def _of(cls, table: object, path: Path) -> Settings:
        where = f"{path}, [tool.gkparse]"
        if not isinstance(table, dict) or table.keys() - set(_KEYS):
            raise ValueError(f"{where}: its keys are {', '.join(_KEYS)}")
        for key in ("select", "ignore"):
            codes = table.get(key, [])
            if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
                raise ValueError(f"{where}: {key} is a list of codes, such as [\"GK3\"]")
        if table.get("lang", "en") not in get_args(Language):
            raise ValueError(f"{where}: lang is one of {', '.join(get_args(Language))}")
        return cls(
            tuple(table.get("select", ())), tuple(table.get("ignore", ())), table.get("lang", "en")
        )

    def but(
        self, lang: Language | None, select: Sequence[str] | None, ignore: Sequence[str] | None
    ) -> Settings:
        """The settings with what the command line says instead."""
        return Settings(
            self.select if select is None else tuple(select),
            self.ignore if ignore is None else tuple(ignore),
            lang or self.lang,
        )

    def verify(self) -> None:
        """Raise `ValueError` where a code is none; rules of other packages may add some."""
        known(self.select)
        known(self.ignore)
