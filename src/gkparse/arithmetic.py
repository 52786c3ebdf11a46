"""A1 to A4: the sums that the form prints or implies (FORMAT 2.5), and what each comes to.

A blank is not zero: a sum with a part that is not printed is never a contradiction.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Literal, TypeAlias

import attrs

from gkparse.diagnostics import Diagnostic
from gkparse.form import Form, Sum, load
from gkparse.markup import view
from gkparse.model import Report, Value
from gkparse.registry import found, rule

__all__ = ["Assessed", "Fault", "Outcome", "arithmetic", "assess"]

Fault: TypeAlias = Literal["source", "reading", "unknown"]
Outcome: TypeAlias = Literal["holds", "fails", "holds with zeros", "not assessed"]
# Of more sums than these, only the first are named in a message.
_MOST_LABELS = 6
# Severities of findings that say that a value may not be what the page says.
_DOUBTS = ("warning", "error")


@attrs.frozen
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
    form = load(report.form)
    for total in form.sums:
        if getattr(report, total.table) is not None:
            parts = _printed({path: report.value(path) for path in total.parts}, form)
            yield Assessed(total, parts, {path: report.value(path) for path in total.whole})


@rule("GK301", "GK302", "GK303", "GK304")
def arithmetic(report: Report) -> Iterator[Diagnostic]:
    """A1 to A4: what is printed contradicts itself."""
    from gkparse.suggestions import explained  # noqa: PLC0415 - only where something fails

    failing = [each for each in assess(report) if each.outcome == "fails"]
    if not failing:
        return
    mended = explained(report, failing)
    for each in failing:
        row, column = _labels(load(report.form), each.total)
        yield found(
            each.total.code,
            report,
            (*each.total.whole, *each.parts),
            suggestion=mended.get(each.total.whole),
            label=row,
            column=column,
            parts=_written(each.parts),
            whole=_written(each.whole),
            left=str(each.left),
            right=str(each.right),
            expected=str(each.left),
            actual=str(each.right),
            fault=_fault(report, each),
        )


@rule("GK305", "GK306")
def not_assessed(report: Report) -> Iterator[Diagnostic]:
    """The sums in which something is not printed: whether they hold with zeros there."""
    form = load(report.form)
    groups: dict[tuple[str, str, Outcome], list[Assessed]] = {}
    counts: dict[tuple[str, str], int] = {}
    for each in assess(report):
        kind = (each.total.name, each.total.table)
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
            suggestion=_only_values(sums) or None,
            name=name,
            count=str(len(sums)),
            whole=str(counts[name, table]),
            labels="、".join(labels[:_MOST_LABELS]) + more,
            missing=" ".join(dict.fromkeys(path for each in sums for path in each.missing)),
        )


def _only_values(sums: list[Assessed]) -> str:
    """The one value that each cell can have that is all that is missing of its sums."""
    values: dict[str, set[int | Decimal]] = {}
    for each in sums:
        if len(each.missing) == 1:
            (path,) = each.missing
            behind = each.left - each.right if path in each.whole else each.right - each.left
            values.setdefault(path, set()).add(behind)
    return "; ".join(
        f"{path} = {min(only)}" for path, only in values.items() if len(only) == 1 and min(only) >= 0
    )


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


def _fault(report: Report, each: Assessed) -> Fault:
    """Whether the page prints a sum that fails, or its reading may be wrong."""
    if report.source is None:
        return "unknown"
    rows = {path.rpartition(".")[0] for path in each.cells}
    doubted = {
        path
        for finding in report.diagnostics
        if finding.severity in _DOUBTS and not finding.code.startswith("GK3")
        for path in finding.paths
    }
    own = {*each.cells, *rows, each.total.table}
    for path in each.cells:
        if report.cell(path).status in ("aligned", "repaired", "inferred"):
            return "reading"
    if not doubted.isdisjoint(own):
        return "reading"
    text = view(report.source)
    return "source" if all(_again(report, row, text) for row in rows) else "unknown"


def _again(report: Report, row: str, text: str) -> bool:
    """Whether a row, written again with what parts its cells, is what stands on the page."""
    cells = [report.cell(path) for path in _row(report.form, row)]
    spans = [cell.span for cell in cells]
    end = None
    for cell, span in zip(cells, spans, strict=True):
        if span is None or cell.status not in ("printed", "blank"):
            return False
        if end is not None and (span.start < end or _word(text[end : span.start])):
            return False
        end = span.end
    return True


def _word(between: str) -> bool:
    return any(sign.isalnum() for sign in between)


@cache
def _row(form: str, stem: str) -> tuple[str, ...]:
    """The cells of a row."""
    return tuple(path for path in load(form).fields if path.rpartition(".")[0] == stem)


# ---------------------------------------------------------------- sides of a sum


def _labels(form: Form, total: Sum) -> tuple[str, str]:
    """The row and the column that a sum is named by."""
    labels = form.fields[total.whole[0]].label.split(" > ")
    return labels[-2] if len(labels) > 1 else labels[0], labels[-1]


def _named(form: Form, total: Sum) -> str:
    """The row or the column that a sum goes over."""
    row, column = _labels(form, total)
    stems = {path.rpartition(".")[0] for path in total.parts + total.whole}
    return row if len(stems) == 1 else column


def _printed(cells: dict[str, Value], form: Form) -> dict[str, Value]:
    """The parts of a sum without the rows that others are printed instead of."""
    stems = {_stem(path) for path in cells if form.fields[path].optional}
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
