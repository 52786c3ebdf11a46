"""The command line: `gkparse parse`, `show`, `check`, `dataset` and `audit`.

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
from typing import TYPE_CHECKING

from gkparse import __version__
from gkparse.errors import GkparseError
from gkparse.files import files_of
from gkparse.findings import finding_lines, findings, headline, summary
from gkparse.reading import read
from gkparse.registry import load_rules
from gkparse.sarif import jsonl, sarif
from gkparse.serialize import to_dict, to_json
from gkparse.settings import Settings
from gkparse.terminal import WIDTH, Ink, report_lines, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gkparse.diagnostics import Diagnostic, Language
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
        help="文件（文本、网页、Word、WPS、PDF、表格）或文件夹，- 为标准输入 / "
        "files (text, web pages, Word, WPS, PDF, spreadsheets) or folders, - for standard input",
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
        "--lang", choices=("en", "zh"), help="提示语言 / language of the messages (default: en)"
    )
    command.add_argument(
        "--notes", action="store_true", help="同时列出提示 / print notes as well (severity info)"
    )
    command.add_argument(
        "--format", choices=("text", "jsonl", "sarif"), default="text",
        help="输出格式 / how to print the findings (default: text)",
    )
    command.add_argument(
        "--select", metavar="CODES", type=_codes,
        help="只报告这些代码，如 GK3,GK501 / only these codes, or beginnings of codes",
    )
    command.add_argument(
        "--ignore", metavar="CODES", type=_codes, help="忽略这些代码 / not these codes"
    )
    command.set_defaults(run=_check)

    about = "从文件夹到数据集 / every report of files and folders into one table"
    command = commands.add_parser("dataset", help=about, description=about)
    command.add_argument(
        "sources", nargs="+", metavar="DIR", help="文件夹或文件 / folders, or files"
    )
    command.add_argument(
        "-o", "--output", required=True, metavar="FILE",
        help="输出文件 / the table to write: NAME.parquet, NAME.csv or NAME.jsonl",
    )
    command.add_argument(
        "--long", action="store_true", help="每个单元格一行 / a row a cell, not a row a report"
    )
    command.add_argument(
        "--jobs", type=int, metavar="N", help="进程数 / how many processes read (default: all processors)"
    )
    command.set_defaults(run=_dataset)

    about = "生成可在浏览器中核对的网页 / one page to look at: tables, their source, what does not add up"
    command = commands.add_parser("audit", help=about, description=about, parents=[files])
    command.add_argument(
        "-o", "--output", required=True, metavar="FILE",
        help="输出网页，- 为标准输出 / the page to write, - for standard output",
    )
    command.set_defaults(run=_audit)
    return parser


# ---------------------------------------------------------------- commands


def _parse(arguments: argparse.Namespace) -> int:
    # JSON is UTF-8 wherever it goes; a lone surrogate of a file's name becomes a JSON escape.
    _encode("utf-8")
    failed = False
    several = len(arguments.files) > 1 or Path(arguments.files[0]).is_dir()
    for name in files_of(arguments.files):
        report = _read(name)
        if report is None:
            failed = True
        elif not several:
            print(to_json(report, indent=2))
        else:
            print(json.dumps({"source": name, **to_dict(report)}, ensure_ascii=False))
    return int(failed)


def _show(arguments: argparse.Namespace) -> int:
    ink = Ink.of(sys.stdout)
    failed = False
    several = len(arguments.files) > 1 or Path(arguments.files[0]).is_dir()
    for at, name in enumerate(files_of(arguments.files)):
        report = _read(name)
        if report is None:
            failed = True
            continue
        if several:
            print("\n" * (at > 0) + ink(f"==> {visible(name)} <==", "faint"))
        every = findings(report)
        for line in report_lines(report, every, ink, _columns()):
            print(line)
        print()
        for found in every:
            if found.severity != "info":
                print(headline(found, "en", ink))
        counts = Counter(found.severity for found in every)
        print(summary(counts, "en", "gkparse check --notes"))
    return int(failed)


def _check(arguments: argparse.Namespace) -> int:
    try:
        settings = Settings.load(Path.cwd())
        settings = settings.but(arguments.lang, arguments.select, arguments.ignore)
        load_rules()
        settings.verify()
    except ValueError as error:
        print(f"gkparse: {error}", file=sys.stderr)
        return 2
    names = list(files_of(arguments.files))
    reports = ((name, report) for name in names if (report := _read(name)))
    checked = (
        (name, report, found)
        for name, report in reports
        for found in [findings(report, settings.select, settings.ignore)]
    )
    if arguments.format != "text":
        _encode("utf-8")
        printed = sarif if arguments.format == "sarif" else jsonl
        results = list(checked)
        for line in printed(results, settings.lang):
            print(line)
    else:
        results = [_told(*each, settings.lang, arguments.notes) for each in checked]
        counts = Counter(found.severity for *_, all_found in results for found in all_found)
        if results:
            print(summary(counts, settings.lang, "" if arguments.notes else "--notes"))
    failed = any(found.severity == "error" for *_, all_found in results for found in all_found)
    return int(len(results) < len(names) or failed)


def _told(
    name: str, report: Report, found: list[Diagnostic], language: Language, notes: bool
) -> tuple[str, Report, list[Diagnostic]]:
    """Print the findings about a report as soon as they are there."""
    ink = Ink.of(sys.stdout)
    for each in found:
        if each.severity != "info" or notes:
            for line in finding_lines(name, report, each, language, ink):
                print(line)
            print()
    return name, report, found


def _codes(written: str) -> tuple[str, ...]:
    if codes := tuple(filter(None, (code.strip() for code in written.split(",")))):
        return codes
    raise argparse.ArgumentTypeError("no code is given")


def _dataset(arguments: argparse.Namespace) -> int:
    from gkparse.dataset.command import run  # noqa: PLC0415 - for this command alone

    return run(arguments)


def _audit(arguments: argparse.Namespace) -> int:
    from gkparse.audit.command import run  # noqa: PLC0415 - for this command alone

    return run(arguments, _input)


# ---------------------------------------------------------------- reading


def _read(name: str) -> Report | None:
    """Read the report in a file, or say on standard error why there is none."""
    try:
        return read(_input() if name == "-" else Path(name))
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
