"""The page of families says what a run over the samples gives, where the samples are there."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"


@pytest.mark.skipif(not (SHARED / "renderings").is_dir(), reason="the samples are not beside the checkout")
def test_the_page_of_families_is_current() -> None:
    spec = importlib.util.spec_from_file_location("measure_families", ROOT / "docs" / "measure_families.py")
    assert spec is not None
    assert spec.loader is not None
    families = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(families)
    page = families.measured(SHARED)
    assert page == families.PAGE.read_text(encoding="utf-8")
    assert all(row.split("|")[5].strip() == "0" for row in page.splitlines() if row.startswith("| ") and "samples" not in row)
