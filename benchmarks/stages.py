"""Where the time of a parse goes: the share of each stage, by the modules that do its work.

    python benchmarks/stages.py [FILE...]

Python's profiler counts what is spent in each module, with what it calls of C and of the standard library; the more
calls, the more of its own time it adds, so that these are shares and no times. Without a FILE, of reports in five
layouts, each read as often as any other.
"""

from __future__ import annotations

import cProfile
import pstats
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import gkparse
from growing import report_text

LAYOUTS = ("tika", "lines", "tabs", "markdown", "html")
_ROUNDS = 200
_LEAST_SHARE = 0.01
# A module that is not named here is shown by its own name.
STAGES = {
    "markup": "markup, formats, masks, prefixes, records, separators",
    "rows, pieces and words": "rows, named, pieces, printed, traits, vocabulary, folding, flow",
    "which form": "detection, telling",
    "tokens": "tokens",
    "tree (Lark)": "grammar, lark",
    "whole tables": "whole, disorder, tables, readings",
    "tables that are not whole": "matching, labels, pairing, alignment, columns, physical, runs, shape, spacing, numbers",
    "cells and what is found about them": "filling, placing, diagnostics, codes",
    "arithmetic": "arithmetic",
    "preamble": "preamble",
    "model": "model, counts, form",
    "parsing": "parsing",
}
_STAGE_OF = {module: stage for stage, modules in STAGES.items() for module in modules.split(", ")}


def shares(texts: list[str]) -> dict[str, float]:
    """The share of each stage in reading some texts, the greatest first."""
    for text in texts:
        gkparse.parse(text)  # what is made on first use is no part of a parse
    profile = cProfile.Profile()
    profile.enable()
    for _ in range(_ROUNDS):
        for text in texts:
            gkparse.parse(text)
    profile.disable()
    spent: Counter[str] = Counter()
    for (file, _, _), (_, _, own, _, callers) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        if stage := _stage(file):
            spent[stage] += own
        else:
            for (caller, _, _), (_, _, part, _) in callers.items():
                spent[_stage(caller) or "other"] += part
    return {stage: seconds / spent.total() for stage, seconds in spent.most_common()}


def _stage(file: str) -> str:
    """The stage of a module of gkparse or Lark; none of any other."""
    path = Path(file)
    if "lark" in path.parts:
        return _STAGE_OF["lark"]
    return _STAGE_OF.get(path.stem, path.stem) if path.parent.name == "gkparse" else ""


def lines(*files: str) -> Iterator[str]:
    """A table of the stages."""
    texts = [Path(name).read_bytes().decode() for name in files] or [report_text(name) for name in LAYOUTS]
    yield "| stage | share |"
    yield "| --- | ---: |"
    for stage, share in shares(texts).items():
        if share >= _LEAST_SHARE:
            yield f"| {stage} | {100 * share:.0f} % |"


if __name__ == "__main__":
    print("\n".join(lines(*sys.argv[1:])))
