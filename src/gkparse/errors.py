"""What gkparse raises. Where work can go on, a `Diagnostic` is returned instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gkparse.diagnostics import Diagnostic

__all__ = ["GkparseError", "LimitError", "NotAReportError", "ParseError", "ReadError"]


class GkparseError(Exception):
    """The root of the errors below: what a text or a file can do wrong.

    A wrong argument is a `TypeError`, `ValueError` or `KeyError`, as elsewhere in Python.
    """


class NotAReportError(GkparseError, ValueError):
    """The text holds no annual report; the message says what was looked for and what was found."""


class ParseError(GkparseError, ValueError):
    """`parse(text, strict=True)` met at least one diagnostic of severity `error`.

    `diagnostics` is the tuple of all diagnostics of the report that was read.
    """

    diagnostics: tuple[Diagnostic, ...]

    def __init__(self, message: str, diagnostics: tuple[Diagnostic, ...] = ()) -> None:
        super().__init__(message)
        self.diagnostics = diagnostics

    def __reduce__(self) -> tuple[type[ParseError], tuple[str, tuple[Diagnostic, ...]]]:
        return type(self), (str(self), self.diagnostics)


class ReadError(GkparseError):
    """A file cannot be read, or written; the message says why and what to do about it.

    What is missing, such as an extra, is named with the command that installs it.
    """


class LimitError(GkparseError):
    """A documented limit was passed; the message names the limit and what was met."""
