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
    from collections.abc import Collection, Iterator, Mapping, Sequence

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
    _encoding(errors="backslashreplace")
    try:
        arguments = _parser().parse_args(argv)
        status: int = arguments.run(arguments)
        print(end="", flush=True)
    except BrokenPipeError:
        _abandon()
        return 0
    except OSError as error:  # those of reading are dealt with at each file
        _abandon()
        print(f"gkparse: cannot write: {error.strerror}", file=sys.stderr)
        return 1
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
    _encoding(encoding="utf-8", errors="backslashreplace")
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
    failed = False
    counts: Counter[Severity] = Counter()
    for name in arguments.files:
        report = _read(name)
        if report is None:
            failed = True
            continue
        for found in _findings(report):
            counts[found.severity] += 1
            if found.severity != "info" or arguments.notes:
                for line in _finding(name, report, found, arguments.lang, ink):
                    print(line)
                print()
    print(_summary(counts, arguments.lang, "" if arguments.notes else "--notes"))
    return int(failed or counts["error"] > 0)


# ---------------------------------------------------------------- reading


def _read(name: str) -> Report | None:
    """Read the report in a file, or say on standard error why there is none."""
    try:
        data = _input() if name == "-" else Path(name).read_bytes()
        return parse(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        byte = error.object[error.start]
        reason = f"not UTF-8 (byte {byte:#04x} at offset {error.start}); convert it first"
    except OSError as error:
        reason = error.strerror or str(error)
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
_HELP: Mapping[Language, str] = {"en": "help", "zh": "建议"}
# Of a place that goes over more lines than this, the middle is left out.
_MOST_LINES = 4


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
        excerpt = list(_excerpt(report.source, found.span, [*spans.values()], ink))
        gutter = max(len(number) for number, _ in excerpt)
    yield f"{ink(place, 'strong')} {_headline(found, language, ink)}"
    for number, text in [("", ""), *excerpt] if excerpt else []:
        yield f"{ink(f'{number:>{gutter}} |', 'faint')} {text}".rstrip()
    where = [
        f"{path}\xa0({spans[path].line}:{spans[path].column})"
        if path in spans and spans[path] != found.span
        else path
        for path in found.paths
    ]
    for word, text in ((_WHERE, ", ".join(where)), (_HELP, found.suggestion or "")):
        lead = f"{'':{gutter}} = {word[language]}: "
        lines = wrap(visible(text), WIDTH - width(lead), break_long_words=False)
        for at, line in enumerate(lines):
            shown = ink(lead, "faint") if at == 0 else " " * width(lead)
            yield shown + line.replace("\xa0", " ")


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


def _excerpt(
    source: str, span: Span, others: Sequence[Span], ink: Ink
) -> Iterator[tuple[str, str]]:
    """Show the lines of a place, numbered, each with marks under what is meant.

    `^` stands under the place, `-` under the other cells concerned that are on the same line.
    """
    lines = []
    number, start = span.line, source.rfind("\n", 0, span.start) + 1
    while not lines or start < span.end:
        end = source.find("\n", start)
        end = len(source) if end < 0 else end
        lines.append((number, start, end))
        number, start = number + 1, end + 1
    kept = lines if len(lines) <= _MOST_LINES else [*lines[: _MOST_LINES - 2], None, lines[-1]]
    for line in kept:
        if line is None:
            yield "...", ""
            continue
        number, start, end = line
        text = source[start:end].rstrip("\r")
        signs = dict.fromkeys(_within(others, start, text), "-")
        signs |= dict.fromkeys(_within([span], start, text), "^")
        ...
