"""Strategies: tables of numbers that add up, that need not, and pages with blanks and marks."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from families import paths
from gkparse.form import join, load
from layouts import PATHS, Numbers

__all__ = ["arbitrary_numbers", "consistent_numbers", "consistent_of_2019", "counts", "pages"]

FORM = load("2021")
COLUMNS = tuple(column.name for column in FORM.table("requests").blocks[0].columns)
OUTCOMES = tuple(
    row.name
    for row in FORM.table("requests").blocks[0].rows
    if row.name.startswith("outcomes.") and row.name != "outcomes.total" and not row.optional
)
GROUPS = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")

counts = st.one_of(
    st.just(0), st.integers(0, 9), st.integers(0, 999), st.integers(0, 99_999_999)
)
# Parts of sums stay small enough for their totals to have eight digits at most.
_parts = st.one_of(st.just(0), st.integers(0, 9), st.integers(0, 999), st.integers(0, 99_999))
amounts = st.one_of(
    st.just(Decimal(0)),
    st.decimals(0, 99_999_999, allow_nan=False, allow_infinity=False, places=2),
    st.decimals(0, 99_999, allow_nan=False, allow_infinity=False, places=4),
    st.integers(0, 99_999_999).map(Decimal),
)

_changes = st.integers(-999, 999)
_COMBINED = ("correction_overdue", "fee_overdue", "other")


@st.composite
def _proactive(draw: st.DrawFn) -> Numbers:
    paths = [path for path in PATHS if path.startswith("proactive.")]
    numbers = Numbers({path: draw(counts) for path in paths if not FORM.fields[path].amount})
    return numbers.but({path: draw(amounts) for path in paths if FORM.fields[path].amount})


@st.composite
def _filled(draw: st.DrawFn, paths: list[str], each: st.SearchStrategy[int]) -> Numbers:
    """A number for each path: drawn one by one, or, as in most reports, 0 but for a few."""
    few = draw(st.none() | st.dictionaries(st.sampled_from(paths), each, max_size=12))
    if few is not None:
        return Numbers({path: few.get(path, 0) for path in paths})
    row = draw(st.lists(each, min_size=len(paths), max_size=len(paths)))
    return Numbers(zip(paths, row, strict=True))


@st.composite
def consistent_numbers(draw: st.DrawFn) -> Numbers:
    """Numbers for every cell of the form that add up as A1 to A4 say."""
    numbers = draw(_proactive())
    cells = [join("requests", name, column) for name in (*OUTCOMES, "carried_forward")
             for column in COLUMNS[:-1]]
    numbers |= draw(_filled(cells, _parts))
    for column in COLUMNS[:-1]:
        total = sum(int(numbers[join("requests", name, column)] or 0) for name in OUTCOMES)
        handled = total + int(numbers[join("requests.carried_forward", column)] or 0)
        over = draw(st.one_of(st.just(0), st.integers(0, handled)))
        numbers[join("requests.outcomes.total", column)] = total
        numbers[join("requests.carried_over", column)] = over
        numbers[join("requests.received", column)] = handled - over
    for name in (*OUTCOMES, "outcomes.total", "received", "carried_over", "carried_forward"):
        row = [int(numbers[join("requests", name, column)] or 0) for column in COLUMNS[:-1]]
        numbers[join("requests", name, "total")] = sum(row)
    for group in GROUPS:
        row = draw(st.lists(_parts, min_size=4, max_size=4))
        names = ("upheld", "corrected", "other", "pending", "total")
        both = zip(names, (*row, sum(row)), strict=True)
        numbers |= {join("disputes", group, name): value for name, value in both}
    return Numbers({path: numbers[path] for path in PATHS})


@st.composite
def consistent_of_2019(draw: st.DrawFn) -> Numbers:
    """Numbers that add up for a page of the form of 2019, with one row for three or without."""
    numbers = draw(consistent_numbers())
    combined = draw(st.booleans())
    every = paths("2019", combined=combined)
    for path in every:
        field = load("2019").fields[path]
        if field.path.startswith("proactive."):
            changed = path.endswith(".items_change")
            numbers[path] = draw(amounts) if field.amount else draw(_changes if changed else counts)
        elif ".combined." in path:
            three = (path.replace("combined", name) for name in _COMBINED)
            numbers[path] = sum(int(numbers[one] or 0) for one in three)
    return Numbers({path: numbers[path] for path in every})


@st.composite
def arbitrary_numbers(draw: st.DrawFn) -> Numbers:
    """Numbers for every cell of the form that need not add up."""
    numbers = draw(_proactive())
    rest = [path for path in PATHS if path not in numbers]
    return numbers.but(draw(_filled(rest, counts)))


@st.composite
def pages(draw: st.DrawFn) -> tuple[Numbers, dict[str, str]]:
    """Numbers some of which are not printed, and the marks that stand in some of their cells."""
    numbers = draw(st.one_of(consistent_numbers(), arbitrary_numbers()))
    empty = draw(st.sets(st.sampled_from(PATHS), max_size=40))
    marks = draw(st.dictionaries(st.sampled_from(PATHS), st.sampled_from("/—-无"), max_size=9))
    return numbers.but(dict.fromkeys(empty | set(marks))), marks
