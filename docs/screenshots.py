"""Make the pictures of the audit page in docs/images/, with Chromium, Playwright and Pillow.

What they show is the example, which is invented, and a copy of it with damages. Run it from anywhere
after a change to the page: `python docs/screenshots.py`.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import chdir
from io import BytesIO
from pathlib import Path
from typing import Any

from gkparse import cli

DOCS = Path(__file__).resolve().parent
IMAGES = DOCS / "images"
EXAMPLE = DOCS.parent / "examples" / "qinghe-2023.txt"
# A row is missing, a number misread, a total wrong, a row blank, and one has marks.
DAMAGES = (
    ("行政强制\t5\t\t\n", ""),
    ("\t264\t", "\t26O\t"),
    ("\t17\t4\t1\t1\t1\t1\t25\n", "\t17\t4\t1\t1\t1\t1\t26\n"),
    ("规章\t0\t0\t0", "规章\t\t\t"),
    ("1.属于国家秘密\t1\t0\t0\t0\t0\t0\t1", "1.属于国家秘密\t1\t/\t/\t/\t/\t/\t1"),
)
# The year before, as the example's body might have reported on it.
BEFORE = (
    ("2023年", "2022年"),
    ("2024年", "2023年"),
    ("\t41\t9\t2\t1\t3\t1\t57\n", "\t41\t9\t2\t1\t4\t1\t58\n"),
    ("\t2\t1\t0\t0\t1\t0\t4\n", "\t2\t1\t0\t0\t2\t0\t5\n"),
    ("收到申请57件", "收到申请58件"),
    ("余下4件", "余下5件"),
)
_ARGUMENTS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
_DESKTOP = {"width": 1200, "height": 760}
_PHONE = {"width": 360, "height": 720}


def main() -> None:
    """Write the pages into a folder of their own, and take the pictures."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - tests import this file without it

    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        one, several = _pages(Path(folder))
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=_ARGUMENTS)
            _take(browser, one, "audit-light", _DESKTOP, finding="GK303", locale="en-GB")
            _take(browser, one, "audit-dark", _DESKTOP, finding="GK210", locale="zh-CN", color_scheme="dark")
            _take(browser, one, "audit-phone", _PHONE, finding="GK303", locale="zh-CN", device_scale_factor=1.5)
            _take(browser, several, "audit-index", _DESKTOP, locale="en-GB")
            _take(browser, f"{several}#body-0", "audit-years", _DESKTOP, locale="en-GB")
            browser.close()


def _pages(folder: Path) -> tuple[str, str]:
    """The addresses of a page of one report and of a page of several."""
    text = EXAMPLE.read_text(encoding="utf-8")
    names = {"qinghe-2023.txt": (), "qinghe-2022.txt": BEFORE, "damaged.txt": DAMAGES}
    for name, changes in names.items():
        changed = text
        for before, after in changes:
            changed = changed.replace(before, after)
        (folder / name).write_text(changed, encoding="utf-8")
    water = (folder / "damaged.txt").read_text(encoding="utf-8").replace("林业局", "水务局")
    (folder / "shuiwu-2023.txt").write_text(water, encoding="utf-8")
    (folder / "scan.pdf").write_bytes(b"\xff\xd8\xff\xe0")
    with chdir(folder):  # so that names are those that a reader would give
        cli.main(["audit", "damaged.txt", "-o", "one.html"])
        several = ("qinghe-2023.txt", "qinghe-2022.txt", "shuiwu-2023.txt", "scan.pdf")
        cli.main(["audit", *several, "-o", "several.html"])
    return (folder / "one.html").as_uri(), (folder / "several.html").as_uri()


def _take(browser: Any, address: str, name: str, size: dict[str, int], *, finding: str = "", **options: Any) -> None:
    """Take one picture; a finding that is named is pressed before."""
    from PIL import Image  # noqa: PLC0415 - as above

    context = browser.new_context(viewport=size, **options)
    page = context.new_page()
    page.goto(address)
    if finding:
        page.click(f"button[data-finding]:has-text('{finding}')")
        page.mouse.move(0, 0)
    taken = Image.open(BytesIO(page.screenshot())).convert("RGB")
    # Few colours are on it: with a palette it takes a third of the room.
    taken.quantize(128, dither=Image.Dither.NONE).save(IMAGES / f"{name}.png", optimize=True)
    context.close()


if __name__ == "__main__":
    main()
