"""Reports built by hand: from numbers alone, without a text."""

from __future__ import annotations

import random
from collections.abc import Mapping
from decimal import Decimal

from gkparse import Report
from gkparse.counts import tables
from gkparse.form import join
from layouts import PATHS, Numbers
from strategies import COLUMNS, GROUPS, OUTCOMES

__all__ = ["built", "distinct"]


def built(numbers: Mapping[str, int | Decimal | None]) -> Report:
    """A report with these numbers and nothing else."""
    return Report(**tables("2021", numbers))


def distinct(seed: int = 1, zeros: float = 0) -> Numbers:
    """Numbers for every cell that add up, hardly two of them alike.

    `zeros` is how many of the parts in sections three and four are 0; none, if not said.
    """
    chance = random.Random(seed)  # noqa: S311
    sample = chance.sample(range(1, 10_000), 400)
    fresh = iter(sample[:10] + [0 if chance.random() < zeros else each for each in sample[10:]])
    numbers: dict[str, int | Decimal | None] = {}
    for path in PATHS:
        if path.startswith("proactive."):
            numbers[path] = next(fresh)
    numbers["proactive.fees.amount"] = Decimal(sample[-1]) / 100
    for column in COLUMNS[:-1]:
        outcomes = [next(fresh) for _ in OUTCOMES]
        over, forward = next(fresh), next(fresh)
        received = sum(outcomes) + forward - over
        names = (*OUTCOMES, "outcomes.total", "carried_over", "carried_forward", "received")
        values = (*outcomes, sum(outcomes), over, forward, received)
        numbers |= {join("requests", n, column): v for n, v in zip(names, values, strict=True)}
    for name in (*OUTCOMES, "outcomes.total", "carried_over", "carried_forward", "received"):
        parts = [int(numbers[join("requests", name, column)] or 0) for column in COLUMNS[:-1]]
        numbers[join("requests", name, "total")] = sum(parts)
    for group in GROUPS:
        results = [next(fresh) for _ in range(4)]
        names = ("upheld", "corrected", "other", "pending", "total")
        both = zip(names, (*results, sum(results)), strict=True)
        numbers |= {join("disputes", group, name): value for name, value in both}
    return Numbers({path: numbers[path] for path in PATHS})
