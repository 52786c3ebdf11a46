"""The command line: `gkparse parse`, `show` and `check`.

Each command takes files, or `-` for standard input, and gives back its exit status. Results go to
standard output, what stands in their way to standard error, and nothing is written anywhere else.
"""

from __future__ import annotations

import argparse
import errno
import io
import json
import os
import shutil
import sys
from collections import Counter
from contextlib import suppress
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING

from gkparse import __version__
from gkparse.checks import check
from gkparse.errors import GkparseError
from gkparse.parsing import parse
from gkparse.serialize import to_dict, to_json
from gkparse.terminal import WIDTH, Ink, report_lines, visible, width

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gkparse.diagnostics import Diagnostic, Language, Severity, Span
    from gkparse.model import Report

__all__ = ["main"]

_ABOUT = """\
读取政府信息公开工作年度报告：数字、所在位置，以及存疑之处。
Read Chinese open-government-information annual reports: their numbers, where each of them
stands, and what is doubtful."""

_STATUS = """\
exit status: 0 done; 1 a file could not be read, or check found an error; 2 misuse"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status.

    0: done; 1: `check` found an error, or a file could not be read. Misuse ends in `SystemExit`
    with 2, as argparse has it. A reader that closes the pipe has seen enough: that is no failure.
    """
    _encode()
    try:
        arguments = _parser().parse_args(argv)
        status: int = arguments.run(arguments)
        print(end="", flush=True)
    except BrokenPipeError:
        _abandon()
        return 0
    except OSError as error:  # such as a full disk; a file that cannot be read ends nothing
        _abandon()
        print(f"gkparse: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "gkparse",
        description=_ABOUT,
        epilog=_STATUS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"gkparse {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    files = argparse.ArgumentParser(add_help=False)
    files.add_argument(
        "files", nargs="+", metavar="FILE",
        help="UTF-8 文本文件，- 为标准输入 / text files in UTF-8, - for standard input",
    )

    about = "输出 JSON，多个文件时每行一个 / print JSON, a line a report for several files"
    command = commands.add_parser("parse", help=about, description=about, parents=[files])
    command.set_defaults(run=_parse)

    about = "在终端显示三张表 / show the three tables, and what is flagged in them"
    command = commands.add_parser("show", help=about, description=about, parents=[files])
    command.set_defaults(run=_show)

    about = "核对并指出问题所在 / say what is wrong, and where"
    command = commands.add_parser("check", help=about, description=about, parents=[files])
    command.add_argument(
        "--lang", choices=("en", "zh"), default="en", help="提示语言 / language of the messages"
    )
    command.add_argument(
        "--notes", action="store_true", help="同时列出提示 / print notes as well (severity info)"
    )
    command.set_defaults(run=_check)
    return parser


# ---------------------------------------------------------------- commands


def _parse(arguments: argparse.Namespace) -> int:
    # JSON is UTF-8 wherever it goes; a lone surrogate of a file's name becomes a JSON escape.
    _encode("utf-8")
    failed = False
    for name in arguments.files:
        report = _read(name)
        if report is None:
            failed = True
        elif len(arguments.files) == 1:
            print(to_json(report, indent=2))
        else:
            print(json.dumps({"source": name, **to_dict(report)}, ensure_ascii=False))
    return int(failed)


def _show(arguments: argparse.Namespace) -> int:
    ink = Ink.of(sys.stdout)
    failed = False
    for at, name in enumerate(arguments.files):
        report = _read(name)
        if report is None:
            failed = True
            continue
        if len(arguments.files) > 1:
            print("\n" * (at > 0) + ink(f"==> {visible(name)} <==", "faint"))
        findings = _findings(report)
        for line in report_lines(report, findings, ink, _columns()):
            print(line)
        print()
        for found in findings:
            if found.severity != "info":
                print(_headline(found, "en", ink))
        counts = Counter(found.severity for found in findings)
        print(_summary(counts, "en", "gkparse check --notes"))
    return int(failed)


def _check(arguments: argparse.Namespace) -> int:
    ink = Ink.of(sys.stdout)
    read = 0
    counts: Counter[Severity] = Counter()
    for name in arguments.files:
        report = _read(name)
        if report is None:
            continue
        read += 1
        for found in _findings(report):
            counts[found.severity] += 1
            if found.severity != "info" or arguments.notes:
                for line in _finding(name, report, found, arguments.lang, ink):
                    print(line)
                print()
    if read:
        print(_summary(counts, arguments.lang, "" if arguments.notes else "--notes"))
    return int(read < len(arguments.files) or counts["error"] > 0)


# ---------------------------------------------------------------- reading


def _read(name: str) -> Report | None:
    """Read the report in a file, or say on standard error why there is none."""
    try:
        data = _input() if name == "-" else Path(name).read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as error:
        reason = error.strerror or str(error)
    except UnicodeDecodeError as error:
        byte = error.object[error.start]
        reason = f"not UTF-8 (byte {byte:#04x} at offset {error.start}); convert it first"
    else:
        try:
            return parse(text)
        except GkparseError as error:
            reason = str(error)
    print(f"gkparse: {visible(name)}: {visible(reason)}", file=sys.stderr)
    return None


def _input() -> bytes:
    buffer = getattr(sys.stdin, "buffer", None)
    if buffer is None:
        raise OSError(errno.EBADF, "standard input is closed")
    return bytes(buffer.read())


def _findings(report: Report) -> list[Diagnostic]:
    """List what reading and checking found, in the order of the text; what has no place last."""
    # `check` repeats the arithmetic, which the reading has done.
    known = {(found.code, found.paths) for found in report.diagnostics}
    more = [found for found in check(report) if (found.code, found.paths) not in known]
    return sorted(
        [*report.diagnostics, *more],
        key=lambda found: found.span.start if found.span else len(report.source or ""),
    )


# ---------------------------------------------------------------- findings as a compiler shows them

_SEVERITIES: Mapping[Language, Mapping[Severity, str]] = {
    "en": {"error": "error", "warning": "warning", "info": "info"},
    "zh": {"error": "错误", "warning": "警告", "info": "提示"},
}
_WHERE: Mapping[Language, str] = {"en": "where", "zh": "位置"}
_ZEROS: Mapping[Language, str] = {"en": "and {} cells of 0", "zh": "以及{}个为0的单元格"}
_HELP: Mapping[Language, str] = {"en": "help", "zh": "建议"}
# Of more cells than these, those that hold 0 are counted, not listed.
_MOST_PATHS = 8
# Of a place that goes over more lines than this, the middle is left out.
_MOST_LINES = 4
# How many columns of a line are shown around a place.
_WINDOW = 92


def _headline(found: Diagnostic, language: Language, ink: Ink) -> str:
    severity = ink(_SEVERITIES[language][found.severity], found.severity)
    return f"{ink(found.code, 'strong')} {severity}: {visible(found.message_in(language))}"


def _finding(
    name: str, report: Report, found: Diagnostic, language: Language, ink: Ink
) -> Iterator[str]:
    """Show a finding with its place, the printed text there, what it concerns and what may help."""
    spans = _spans(report, found.paths)
    place = f"{visible(name)}:"
    gutter = 1
    excerpt: list[tuple[str, str]] = []
    if found.span and report.source is not None:
        place += f"{found.span.line}:{found.span.column}:"
        excerpt = list(_excerpt(report.source, found.span, [*spans.values()]))
        gutter = max(len(number) for number, _ in excerpt)
    yield f"{ink(place, 'strong')} {_headline(found, language, ink)}"
    for number, text in [("", ""), *excerpt] if excerpt else []:
        shown = text if number else ink(text, found.severity)
        yield f"{ink(f'{number:>{gutter}} |', 'faint')} {shown}".rstrip()
    many = len(found.paths) > _MOST_PATHS
    zeros = {path for path in spans if many and report.value(path) == 0}
    where = [
        f"{path}\xa0({spans[path].line}:{spans[path].column})"
        if path in spans and spans[path] != found.span
        else path
        for path in found.paths
        if path not in zeros
    ]
    if zeros:
        where.append(_ZEROS[language].format(len(zeros)))
    for word, text in ((_WHERE, ", ".join(where)), (_HELP, found.suggestion or "")):
        lead = f"{'':{gutter}} = {word[language]}: "
        lines = wrap(visible(text), WIDTH - width(lead), break_long_words=False)
        for at, line in enumerate(lines):
            margin = " " * width(lead) if at else ink(lead, "faint")
            yield margin + line.replace("\xa0", " ")


def _spans(report: Report, paths: Sequence[str]) -> dict[str, Span]:
    """Find where the cells among the paths are printed; rows and tables have no one place."""
    spans = {}
    for path in paths:
        try:
            span = report.locate(path)
        except KeyError:
            continue
        if span:
            spans[path] = span
    return spans


def _excerpt(source: str, span: Span, others: Sequence[Span]) -> Iterator[tuple[str, str]]:
    """Show the lines of a place, each with its number, and marks below what is meant.

    `^` stands under the place, `-` under the other cells concerned that are on its lines.
    """
    start = source.rfind("\n", 0, span.start) + 1
    stop = source.find("\n", max(span.start, span.end - 1))
    lines = source[start : stop if stop >= 0 else len(source)].split("\n")
    for at, line in enumerate(lines):
        if len(lines) <= _MOST_LINES or at < _MOST_LINES - 2 or at == len(lines) - 1:
            places = [(each.start - start, each.end - start) for each in (span, *others)]
            text, marks = _marked(line.rstrip("\r"), places)
            yield str(span.line + at), text
            if at == 0 or line.strip():
                yield "", marks
        elif at == _MOST_LINES - 2:
            yield "...", ""
        start += len(line) + 1


def _marked(line: str, places: Sequence[tuple[int, int]]) -> tuple[str, str]:
    """Cut a line to a window around the first of some places, and mark all of them below it."""
    (first, last), *others = [(max(start, 0), min(end, len(line))) for start, end in places]
    printed = line[first:last]
    if printed.strip():
        first += len(printed) - len(printed.lstrip())
        last -= len(printed) - len(printed.rstrip())
    else:
        last = first + 1  # where nothing is printed is a place, too
    line += " "  # and so is the end of a line
    low = high = first
    room = _WINDOW
    while room > 0 and high < last:
        room -= width(_glyph(line[high]))
        high += 1
    while room > 0 and (low > 0 or high < len(line)):
        if low > 0:
            low -= 1
            room -= width(_glyph(line[low]))
        if high < len(line):
            room -= width(_glyph(line[high]))
            high += 1
    text, marks = ("…", " ") if low else ("", "")
    for at in range(low, high):
        glyph = _glyph(line[at])
        other = any(start <= at < end for start, end in others)
        text += glyph
        marks += ("^" if first <= at < last else "-" if other else " ") * width(glyph)
    return text.rstrip() + "…" * (high < len(line) - 1), marks.rstrip()


def _glyph(character: str) -> str:
    return "→ " if character == "\t" else visible(character)


def _summary(counts: Mapping[Severity, int], language: Language, hint: str) -> str:
    """Count what was found; `hint` is how to see the notes, if they were not shown."""
    errors, warnings, notes = (counts.get(key, 0) for key in _SEVERITIES["en"])
    if language == "zh":
        text = f"错误 {errors} 个，警告 {warnings} 个，提示 {notes} 条"
        return text + (f"（加 {hint} 列出）" if notes and hint else "")
    named = (("error", errors), ("warning", warnings), ("note", notes))
    text = ", ".join(f"{count} {name}{'s' * (count != 1)}" for name, count in named)
    return text + (f" (use {hint} to see them)" if notes and hint else "")


# ---------------------------------------------------------------- standard output


def _columns() -> int:
    """Give the columns that tables may take: those of the terminal, within reason."""
    terminal = shutil.get_terminal_size((WIDTH, 24)).columns
    return min(WIDTH, terminal) if sys.stdout and sys.stdout.isatty() else WIDTH


def _encode(encoding: str | None = None) -> None:
    """Never fail for want of a character: what cannot be encoded is escaped."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding=encoding, errors="backslashreplace")


def _abandon() -> None:
    """Write nothing more, so that Python does not complain when it flushes at its end."""
    with suppress(OSError, ValueError):
        output = sys.stdout.fileno()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, output)
        os.close(nowhere)
