"""A1 to A4: the sums that the form prints or implies (FORMAT 2.5), and what each comes to.

A blank is not zero: a sum with a part that is not printed is never a contradiction.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache, cached_property
from typing import Literal, TypeAlias

import attrs

from gkparse.counts import Value
from gkparse.diagnostics import Diagnostic
from gkparse.form import Form, Sum, load
from gkparse.markup import view
from gkparse.model import Cell, Report
from gkparse.printed import read_printed
from gkparse.registry import found, rule

__all__ = ["Assessed", "Fault", "Outcome", "arithmetic", "assess"]

Fault: TypeAlias = Literal["source", "reading", "unknown"]
Outcome: TypeAlias = Literal["holds", "fails", "holds with zeros", "not assessed"]
# Of more sums than these, only the first are named in a message.
_MOST_LABELS = 6
# Severities of findings that say that a value may not be what the page says.
_DOUBTS = ("warning", "error")
# Findings on what stands in a table and is no value of it: it may be a part of one.
_ASIDES = ("GK204", "GK205", "GK223")


@attrs.frozen(eq=False, repr=False)
class Assessed:
    """A sum of the form in a report: the values of its two sides, and whether they are equal.

    `parts` and `whole` are by path; rows that others are printed instead of are left out.
    """

    total: Sum
    parts: Mapping[str, Value]
    whole: Mapping[str, Value]

    @property
    def left(self) -> int | Decimal:
        """What the parts come to, with zero for what is not printed."""
        return _added(self.parts)

    @property
    def right(self) -> int | Decimal:
        """What the total comes to, with zero for what is not printed."""
        return _added(self.whole)

    @property
    def missing(self) -> tuple[str, ...]:
        """The cells whose value is not printed."""
        return tuple(path for path, value in self.cells.items() if value is None)

    @property
    def cells(self) -> Mapping[str, Value]:
        """The values of both sides, the total first."""
        return {**self.whole, **self.parts}

    @property
    def outcome(self) -> Outcome:
        """`"fails"` only where every part is printed."""
        if self.missing:
            return "holds with zeros" if self.left == self.right else "not assessed"
        return "holds" if self.left == self.right else "fails"


def assess(report: Report) -> Iterator[Assessed]:
    """Every sum of the report's form whose table the report has.

    >>> import gkparse
    >>> from gkparse import Disputes, Results
    >>> report = gkparse.Report(disputes=Disputes(Results(1, 0, 0, 0, 2), Results(1, 0, 0, None, 1)))
    >>> [found.outcome for found in assess(report)]
    ['fails', 'holds with zeros', 'holds with zeros']
    """
    for total in load(report.form).sums:
        if getattr(report, total.table) is not None:
            yield _assessed(report, total)


def _assessed(report: Report, total: Sum) -> Assessed:
    parts = {path: report.value(path) for path in total.parts}
    whole = {path: report.value(path) for path in total.whole}
    return Assessed(total, _printed(parts, load(report.form)), whole)


def _summed(report: Report) -> Iterator[tuple[str, ...]]:
    """The cells that stand in sums, of each table that the report has."""
    for table, paths, _ in _by_table(report.form):
        if getattr(report, table) is not None:
            yield paths


def _uneven(report: Report) -> Iterator[Sum]:
    """The sums whose sides differ, with zero for what is not printed: no other fails."""
    for table, paths, sums in _by_table(report.form):
        if getattr(report, table) is not None:
            numbers = [value or 0 for value in report.values(paths)]
            for total, parts, whole in sums:
                if sum(numbers[parts]) != sum(numbers[whole]):
                    yield total


_Indexed: TypeAlias = tuple[Sum, slice, slice]


@cache
def _by_table(name: str) -> tuple[tuple[str, tuple[str, ...], tuple[_Indexed, ...]], ...]:
    """The tables of a form that have sums: their cells, and where those of each sum stand among them."""
    form = load(name)
    found = []
    for table in dict.fromkeys(total.table for total in form.sums):
        own = [total for total in form.sums if total.table == table]
        paths = [path for path in form.fields if path.startswith(f"{table}.")]
        at = {path: place for place, path in enumerate(paths)}
        sums = tuple((total, _places(at, total.parts), _places(at, total.whole)) for total in own)
        found.append((table, tuple(paths), sums))
    return tuple(found)


def _places(at: Mapping[str, int], paths: Sequence[str]) -> slice:
    """Where the cells of one side of a sum stand: as far from each other as the first two."""
    first, *others = [at[path] for path in paths]
    step = others[0] - first if others else 1
    assert others == [first + step * (place + 1) for place in range(len(others))], paths
    return slice(first, first + step * len(paths), step)


@rule("GK301", "GK302", "GK303", "GK304")
def arithmetic(report: Report) -> Iterator[Diagnostic]:
    """A1 to A4: what is printed contradicts itself."""
    from gkparse.suggestions import explained  # noqa: PLC0415 - only where something fails

    assessed = (_assessed(report, total) for total in _uneven(report))
    failing = [each for each in assessed if each.outcome == "fails"]
    if not failing:
        return
    mended = explained(report, failing)
    faults = _Faults(report)
    for each in failing:
        fault = faults.of(each)
        row, column = _labels(load(report.form), each.total)
        yield found(
            each.total.code,
            report,
            (*each.total.whole, *each.parts),
            # Where the reading may be wrong, no other number of the page is.
            suggestion=None if fault == "reading" else mended.get(each.total.whole),
            label=row,
            column=column,
            parts=_written(each.parts),
            whole=_written(each.whole),
            left=str(each.left),
            right=str(each.right),
            expected=str(each.left),
            actual=str(each.right),
            fault=fault,
        )


@rule("GK305", "GK306")
def not_assessed(report: Report) -> Iterator[Diagnostic]:
    """The sums in which something is not printed: whether they hold with zeros there."""
    if not any(None in report.values(paths) for paths in _summed(report)):
        return
    form = load(report.form)
    groups: dict[tuple[str, str, Outcome], list[Assessed]] = {}
    counts: dict[tuple[str, str], int] = {}
    lone: dict[str, set[int | Decimal]] = {}
    broken: set[str] = set()
    for each in assess(report):
        kind = (each.total.name, each.total.table)
        if each.outcome == "fails":
            broken.add(each.total.table)
        if len(each.missing) == 1:
            lone.setdefault(each.missing[0], set()).add(_lacking(each))
        # Where nothing is printed, as in a row that only some reports have, nothing is to be assessed.
        if len(each.missing) == len(each.cells):
            continue
        counts[kind] = counts.get(kind, 0) + 1
        if each.missing:
            groups.setdefault((*kind, each.outcome), []).append(each)
    for (name, table, outcome), sums in groups.items():
        labels = [_named(form, each.total) for each in sums]
        more = f" … (+{len(labels) - _MOST_LABELS})" if len(labels) > _MOST_LABELS else ""
        yield found(
            "GK306" if outcome == "holds with zeros" else "GK305",
            report,
            tuple(each.total.whole[0] for each in sums),
            suggestion=None if table in broken else _only_values(sums, lone),
            name=name,
            count=str(len(sums)),
            whole=str(counts[name, table]),
            labels="、".join(labels[:_MOST_LABELS]) + more,
            missing=" ".join(dict.fromkeys(path for each in sums for path in each.missing)),
        )


def _lacking(each: Assessed) -> int | Decimal:
    """The value with which the only cell that is missing of a sum makes it hold."""
    behind = each.left - each.right
    return behind if each.missing[0] in each.whole else -behind


def _only_values(
    sums: list[Assessed], lone: Mapping[str, set[int | Decimal]]
) -> str | None:
    """The cells that are all that is missing of their sums, with the one value that mends each."""
    own = dict.fromkeys(each.missing[0] for each in sums if len(each.missing) == 1)
    certain = [(path, min(lone[path])) for path in own if len(lone[path]) == 1]
    return "; ".join(f"{path} = {value}" for path, value in certain if value >= 0) or None


@rule("GK307")
def indicators(report: Report) -> Iterator[Diagnostic]:
    """The rows of the table of 2014 that others should come to (FORMAT 5.2); it prints no sums."""
    values = {own.key: own.value for own in report.indicators if own.key and own.value is not None}
    for row in load(report.form).indicators:
        parts = {key: values[key] for key in row.parts if key in values}
        if not parts or len(parts) < len(row.parts) or row.key not in values:
            continue
        left, right = _added(parts), values[row.key]
        if left != right:
            yield found(
                "GK307", report, ["indicators"], label=row.label, parts=_written(parts),
                left=str(left), right=str(right), expected=str(left), actual=str(right),
            )


# ---------------------------------------------------------------- who is at fault


class _Faults:
    """Whose fault it is that a sum fails, with what is told once for a whole report."""

    def __init__(self, report: Report) -> None:
        self.report = report
        doubts = [found for found in report.diagnostics if not found.code.startswith("GK3")]
        self.doubted = {
            path for found in doubts if found.severity in _DOUBTS for path in found.paths
        }
        self.asides = [found.span.line for found in doubts if found.code in _ASIDES and found.span]

    @cached_property
    def text(self) -> str:
        """The source without its markup."""
        return view(self.report.source or "")

    @cached_property
    def rows(self) -> Mapping[str, list[Cell]]:
        """The cells of each row, whose places are sought once."""
        rows: dict[str, list[Cell]] = {}
        for path, cell in self.report.cells():
            rows.setdefault(path.rpartition(".")[0], []).append(cell)
        return rows

    def of(self, each: Assessed) -> Fault:
        if self.report.source is None:
            return "unknown"
        rows = dict.fromkeys(path.rpartition(".")[0] for path in each.cells)
        if not self.doubted.isdisjoint({*each.cells, *rows, each.total.table}):
            return "reading"
        cells = [cell for row in rows for cell in self.rows[row]]
        if any(cell.status in ("aligned", "repaired", "inferred") for cell in cells):
            return "reading"
        if any(self._beside(cell) for cell in cells):
            return "reading"
        return "source" if all(self._again(row) for row in rows) else "unknown"

    def _beside(self, cell: Cell) -> bool:
        """Whether something that was not read stands on the line of a cell or beside it."""
        return cell.span is not None and any(abs(cell.span.line - line) <= 1 for line in self.asides)

    def _again(self, row: str) -> bool:
        """Whether the values of a row, printed again in order, are what stands on the page."""
        end = None
        for cell in self.rows[row]:
            if cell.span is None or cell.status not in ("printed", "blank"):
                return False
            read = read_printed(cell.printed.strip())
            if cell.value != (read.value if read else None):
                return False  # the report says something else by now
            if end is not None and (
                cell.span.start < end or _word(self.text[end : cell.span.start])
            ):
                return False
            end = cell.span.end
        return True


def _word(between: str) -> bool:
    return any(sign.isalnum() for sign in between)


# ---------------------------------------------------------------- sides of a sum


def _labels(form: Form, total: Sum) -> tuple[str, str]:
    """The row and the column that a sum is named by."""
    labels = form.fields[total.whole[0]].label.split(" > ")
    return labels[-2], labels[-1]


def _named(form: Form, total: Sum) -> str:
    """The row or the column that a sum goes over."""
    row, column = _labels(form, total)
    stems = {path.rpartition(".")[0] for path in total.parts + total.whole}
    return row if len(stems) == 1 else column


def _printed(cells: dict[str, Value], form: Form) -> dict[str, Value]:
    """The parts of a sum without the rows that others are printed instead of."""
    stems = {_stem(path) for path in cells if form.fields[path].optional}
    if not stems:
        return cells
    kinds = {
        (_stem(path), form.fields[path].optional)
        for path, value in cells.items()
        if value is not None
    }

    def replaced(path: str) -> bool:
        optional = form.fields[path].optional
        return (_stem(path), not optional) in kinds or (
            optional and (_stem(path), optional) not in kinds
        )

    return {
        path: value
        for path, value in cells.items()
        if value is not None or _stem(path) not in stems or not replaced(path)
    }


def _stem(path: str) -> str:
    """The path of the group that a cell's row belongs to."""
    return path.rsplit(".", 2)[0]


def _added(cells: Mapping[str, Value]) -> int | Decimal:
    return sum(value for value in cells.values() if value is not None)


def _written(cells: Mapping[str, Value]) -> str:
    return " + ".join(str(value) for value in cells.values() if value) or "0"
