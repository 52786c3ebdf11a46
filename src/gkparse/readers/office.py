"""Documents that only an office program reads (DOC, WPS): LibreOffice makes DOCX of them.

It runs apart: in a folder of its own that is removed, with a profile of its own in which macros,
links and updates are off, without input, and for a limited time.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from gkparse.blocks import Block
from gkparse.errors import ReadError
from gkparse.kinds import kind
from gkparse.limits import Limits

__all__ = ["blocks", "convert"]

_MISSING = (
    "a DOC or WPS file needs LibreOffice: apt-get install libreoffice-writer (or save it as DOCX)"
)
_REFUSED = "LibreOffice cannot open it: it is damaged or has a password; save it as DOCX"


def blocks(data: bytes, limits: Limits) -> Iterator[Block]:
    """The paragraphs and tables of a DOC or WPS document."""
    from gkparse.readers import docx  # noqa: PLC0415 (only what is needed is loaded)

    # LibreOffice would take bytes of any other kind for a text.
    if kind(data) != "doc":
        raise ReadError("it is no DOC or WPS document, or it is damaged: save it as DOCX")
    yield from docx.blocks(convert(data, limits), limits)


# ---------------------------------------------------------------- LibreOffice


def convert(data: bytes, limits: Limits) -> bytes:
    """A DOCX with what a document holds that LibreOffice's Writer can open.

    Raises `ReadError` where there is no LibreOffice or it cannot open the document, `LimitError`
    where it takes longer than `limits.seconds` or makes more than `limits.file_bytes` of it.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise ReadError(_MISSING)
    with tempfile.TemporaryDirectory(prefix="gkparse-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source, made = folder / "document.doc", folder / "document.docx"
        settings = folder / "profile" / "user" / "registrymodifications.xcu"
        try:
            settings.parent.mkdir(parents=True)
            settings.write_text(_settings(), encoding="utf-8")
            source.write_bytes(data)
            _run(program, folder, source, limits)
            if not made.is_file():
                raise ReadError(_REFUSED)
            limits.hold("file_bytes", made.stat().st_size, "bytes in LibreOffice's DOCX")
            return made.read_bytes()
        except OSError as error:
            raise ReadError(f"LibreOffice could not be run: {error.strerror or error}") from error


def _run(program: str, folder: Path, source: Path, limits: Limits) -> None:
    """Run LibreOffice until it ends or its time does; nothing that it started is left."""
    profile = (folder / "profile").as_uri()
    options = "--headless --norestore --nologo --nodefault --nolockcheck --nofirststartwizard"
    process = subprocess.Popen(  # noqa: S603 (no shell, and nothing of the document is an argument)
        [program, f"-env:UserInstallation={profile}", *options.split(), "--convert-to",
         "docx:MS Word 2007 XML", "--outdir", str(folder), str(source)],
        cwd=folder, env=_environment(folder), start_new_session=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        process.wait(limits.seconds)
    except subprocess.TimeoutExpired:
        limits.hold("seconds", float("inf"), "seconds for LibreOffice")
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill a program and all that it started."""
    if os.name == "posix":  # pragma: no branch - Windows has no groups of processes
        with contextlib.suppress(ProcessLookupError, PermissionError):  # nothing of it is left
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()


def _environment(folder: Path) -> dict[str, str]:
    """What LibreOffice has to know, with its home in the folder that is removed."""
    known = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    home = str(folder)
    return known | {"HOME": home, "TMPDIR": home, "TEMP": home, "TMP": home, "LANG": "C.UTF-8"}


# By folder and name: no macro runs, no link is followed or brought up to date, no field counted
# anew, and what should ask for the network all the same finds a proxy that is not there.
_SETTINGS: dict[tuple[str, str], str] = {
    ("Office.Common/Security/Scripting", "MacroSecurityLevel"): "3",
    ("Office.Common/Security/Scripting", "DisableMacrosExecution"): "true",
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks"): "true",
    ("Office.Writer/Content/Update", "Link"): "0",
    ("Office.Writer/Content/Update", "Field"): "false",
    ("Office.Writer/Content/Update", "Chart"): "false",
    ("Inet/Settings", "ooInetProxyType"): "2",
    ("Inet/Settings", "ooInetHTTPProxyName"): "127.0.0.1",
    ("Inet/Settings", "ooInetHTTPProxyPort"): "9",
    ("Inet/Settings", "ooInetHTTPSProxyName"): "127.0.0.1",
    ("Inet/Settings", "ooInetHTTPSProxyPort"): "9",
    ("Inet/Settings", "ooInetNoProxy"): "",
}


def _settings() -> str:
    """The settings of LibreOffice's profile."""
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>\n"
        for (path, name), value in _SETTINGS.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        f'xmlns:xs="http://www.w3.org/2001/XMLSchema">\n{items}</oor:items>\n'
    )
