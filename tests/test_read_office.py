"""DOC and WPS: LibreOffice reads them, in a place of its own and with nothing else."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

import gkparse
from building import built, distinct
from compounds import compound
from gkparse.blocks import Grid
from gkparse.errors import LimitError, ReadError
from gkparse.kinds import kind
from gkparse.limits import DEFAULT_LIMITS, Limits
from gkparse.readers.docx import blocks as docx_blocks
from gkparse.readers.office import blocks, convert

OFFICE = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")

def test_what_is_encrypted_or_no_document_is_not_given_to_libreoffice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ReadError, match="no DOC or WPS"):
        list(blocks(compound("EncryptedPackage"), DEFAULT_LIMITS))
    with pytest.raises(ReadError, match="no DOC or WPS"):
        list(blocks(b"a text", DEFAULT_LIMITS))


def test_without_libreoffice_the_message_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ReadError, match="apt-get install libreoffice-writer"):
        list(blocks(compound("WordDocument"), DEFAULT_LIMITS))


# ---------------------------------------------------------------- another program in its place


def put(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> Path:
    """Have a shell script for LibreOffice, and a folder for temporary files."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    temporary = folder / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    return temporary


def test_a_program_that_does_not_end_is_killed_with_all_that_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alive = tmp_path / "alive"
    # A child holds the pipe open as long as it lives.
    subprocess.run(["mkfifo", str(alive)], check=True)
    temporary = put(tmp_path, monkeypatch, f"sleep 600 > {alive} & sleep 600")
    ended = threading.Thread(target=alive.read_bytes)
    ended.start()
    with pytest.raises(LimitError, match=r"seconds=0\.5"):
        convert(b"", Limits(seconds=0.5))
    ended.join(20)
    assert not ended.is_alive()
    assert list(temporary.iterdir()) == []


def test_a_program_that_fails_or_gives_too_much_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = put(tmp_path, monkeypatch, "exit 1")
    with pytest.raises(ReadError, match="cannot open it"):
        convert(b"", DEFAULT_LIMITS)
    (tmp_path / "soffice").write_text(
        "#!/bin/sh\nprintf 123456 > document.docx\n", encoding="utf-8"
    )
    with pytest.raises(LimitError, match="file_bytes=5"):
        convert(b"", Limits(file_bytes=5))
    assert convert(b"", Limits(file_bytes=6)) == b"123456"
    assert list(temporary.iterdir()) == []


def test_a_program_that_cannot_be_run_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, monkeypatch, "")
    (tmp_path / "soffice").write_bytes(b"\0")
    with pytest.raises(ReadError, match="could not be run"):
        convert(b"", DEFAULT_LIMITS)


# ---------------------------------------------------------------- LibreOffice itself


@OFFICE
def test_a_doc_is_read_as_the_docx_that_it_was(tmp_path: Path) -> None:
    numbers = distinct()
    source = tmp_path / "report.docx"
    gkparse.write_docx(built(numbers), source)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "doc", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(source)], check=True, timeout=120, capture_output=True)
    data = (tmp_path / "report.doc").read_bytes()
    assert kind(data) == "doc"
    found, expected = (
        [[(cell.text, cell.row) for cell in each.cells] for each in read if isinstance(each, Grid)]
        for read in (blocks(data, DEFAULT_LIMITS), docx_blocks(source.read_bytes(), DEFAULT_LIMITS))
    )
    assert found == expected
    assert len(found) == 3


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """The address of a server, and what was asked of it."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_GET = do_HEAD = do_OPTIONS = answer  # noqa: N815

        def log_message(self, *args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as listening:
        thread = threading.Thread(target=listening.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{listening.server_port}", asked
        listening.shutdown()
        thread.join()


@OFFICE
def test_nothing_that_a_document_names_is_fetched(server: tuple[str, list[str]]) -> None:
    address, asked = server
    page = f'<html><body><img src="{address}/a.png"><link rel="stylesheet" href="{address}/b.css">1</body></html>'
    assert convert(page.encode(), DEFAULT_LIMITS).startswith(b"PK")
    assert asked == []
