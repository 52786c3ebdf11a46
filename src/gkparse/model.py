"""What a report is: the typed object model that `gkparse.parse` gives.

Every class is frozen and has slots. A count is `int | None` (件), an amount `Decimal | None`
(万元). Zero is only ever a printed zero; `Report.cell` tells why a value is `None`. The tables stand in `counts`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import Any, Literal, NamedTuple, TypeAlias, cast

import attrs

from gkparse.counts import Disputes, Proactive2019, Proactive2021, Requests, Value, tables
from gkparse.diagnostics import NOWHERE, Diagnostic, Lines, Positions, Span
from gkparse.form import FORMS, Field, load

__all__ = [
    "Cell", "CellStatus", "Indicator", "Metadata", "Placed", "Report", "Section",
]

CellStatus: TypeAlias = Literal[
    "printed", "blank", "marked", "missing", "aligned", "repaired", "inferred"
]


def _squeezed(text: str) -> str:
    return "".join(text.split())


# ---------------------------------------------------------------- the report around the tables


@attrs.frozen
class Metadata:
    """What a report says about itself beside its numbers, as printed; None where it does not.

    `period_start` and `period_end` are the first and the last day that the report counts,
    `issue_date` is the day under it. `cited_documents` are the numbers of documents
    (国办公开办函〔2021〕30号) in the order of the text, each once.
    """

    period_start: date | None = None
    period_end: date | None = None
    issue_date: date | None = None
    address: str | None = None
    postcode: str | None = None
    phone: str | None = None
    fax: str | None = None
    email: str | None = None
    website: str | None = None
    cited_documents: tuple[str, ...] = ()


@attrs.frozen
class Section:
    """A section: its number, its title without the ordinal, and its text without the tables.

    Title and text are as printed; two are equal where they are but for white space.
    """

    number: int
    title: str = attrs.field(eq=_squeezed)
    text: str = attrs.field(eq=_squeezed, repr=False)


@attrs.frozen
class Indicator:
    """A row of the statistics table of 2014 (国办发〔2014〕32号).

    `key` is a stable name, None for a row that the table does not have; `label` and `unit` are as
    printed, `unit` None where none is. `value` is an `int` for a count, a `Decimal` for an amount, None
    where there is none.
    """

    key: str | None
    label: str
    unit: str | None
    value: Value


@attrs.frozen
class Cell:
    """A value of the form and where it comes from.

    `value` is the typed value; `printed` the text as it stands on the page ("" where nothing
    is printed); `status` says how the one became the other; `unit` is 件 or 万元; `span` tells
    where in the source, or None.
    """

    value: Value
    printed: str
    status: CellStatus
    unit: str
    span: Span | None = None


class Placed(NamedTuple):
    """Where a value was found: offsets into the source, how it was read, a unit printed with it."""

    status: CellStatus
    start: int = -1
    end: int = -1
    printed: str | None = None
    unit: str | None = None


@attrs.frozen
class Report:
    """An annual report on open government information (政府信息公开工作年度报告).

    `==` compares what the report says: form, title, agency, year, metadata, tables, indicators
    and sections (their text up to white space); not how it was read (diagnostics, places,
    source).

    >>> import gkparse
    >>> report = gkparse.Report(form="2021", agency="示例县林业局", year=2023)
    >>> report.requests is None
    True
    >>> report.cell("requests.received.total").status
    'missing'
    """

    form: str = "2021"
    title: str | None = None
    agency: str | None = None
    year: int | None = None
    metadata: Metadata = Metadata()
    proactive: Proactive2021 | Proactive2019 | None = None
    requests: Requests | None = None
    disputes: Disputes | None = None
    indicators: tuple[Indicator, ...] = ()
    sections: tuple[Section, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = attrs.field(default=(), eq=False, repr=False)
    source: str | None = attrs.field(default=None, eq=False, repr=False)
    rendering: str | None = attrs.field(default=None, eq=False, repr=False)
    _placed: Mapping[str, Placed] = attrs.field(
        factory=dict, eq=False, repr=False, alias="placed"
    )
    positions: Positions = attrs.field(default=NOWHERE, eq=False, repr=False)

    def value(self, path: str) -> Value:
        """The value at a dotted path of the form; `KeyError` if the form has no such cell."""
        return self._value(self._field(path))

    def values(self, paths: tuple[str, ...]) -> tuple[Value, ...]:
        """The values at several paths of a table that the report has, all at once."""
        return cast(tuple[Value, ...], _getter(*paths)(self))

    def cell(self, path: str) -> Cell:
        """The cell at a dotted path such as `"requests.received.total"`.

        Raises `KeyError` if the report's form has no such cell.
        """
        return self._cell(self._field(path), self._span)

    def cells(self) -> Iterator[tuple[str, Cell]]:
        """Every cell of the report's form as (path, `Cell`), in official order.

        Rows that only some reports print come where they are printed.
        """
        lines = Lines(self.source or "", self.positions)
        fields = load(self.form).fields
        printed = {
            path.rpartition(".")[0] for path, field in fields.items()
            if field.optional and (path in self._placed or self._value(field) is not None)
        }
        for path, field in fields.items():
            if not field.optional or path.rpartition(".")[0] in printed:
                yield path, self._cell(field, lines.span)

    def numbers(self) -> Iterator[tuple[str, int | Decimal]]:
        """Every cell that has a value as (path, value), in official order.

        >>> import gkparse
        >>> report = gkparse.Report(disputes=gkparse.Disputes(gkparse.Results(total=0)))
        >>> list(report.numbers())
        [('disputes.reconsideration.total', 0)]
        """
        for path, field in load(self.form).fields.items():
            value = self._value(field)
            if value is not None:
                yield path, value

    def locate(self, path: str) -> Span | None:
        """Where the cell at `path` was printed, or None. Raises `KeyError` as `cell` does."""
        return self.cell(path).span

    def __repr__(self) -> str:
        # As short as it may be: `gkparse.to_dict` has the numbers, `gkparse show` draws the tables.
        known = self.numbers() if self.form in FORMS else ()
        numbers = sum(1 for _ in known) + sum(own.value is not None for own in self.indicators)
        grave = [found.severity for found in self.diagnostics]
        counts = ((numbers, "number"), *((grave.count(name), name) for name in ("error", "warning")))
        told = ", ".join(f"{count} {name}{'s' * (count != 1)}" for count, name in counts)
        return f"<Report agency={self.agency!r} year={self.year!r} form={self.form!r}: {told}>"

    def _repr_html_(self) -> str:
        """The report as a notebook shows it, `gkparse.notebook.report`."""
        from gkparse.notebook import report  # noqa: PLC0415 - shows reports

        return report(self)._repr_html_()

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The cells as Arrow's tools take them, `polars.DataFrame(report)`: `gkparse.arrow.CELL_SCHEMA`."""
        from gkparse.arrow import to_table  # noqa: PLC0415 - needs an extra

        return to_table([self], long=True).__arrow_c_stream__(requested_schema)

    def blank_as_zero(self) -> Report:
        """A copy in which blank cells are 0, each with the status `"inferred"`.

        Cells that bear a mark such as `/`, and cells that were not found, stay None.
        """
        blank = [path for path, cell in self.cells() if cell.status == "blank"]
        return self._inferred({
            path: Decimal(0) if load(self.form).fields[path].amount else 0 for path in blank
        })

    def reconciled(self) -> Report:
        """A copy with the suggestions of its findings taken, each with the status `"inferred"`.

        A suggestion is what the printed arithmetic leaves as the only way for a value: one that
        is blank, or one that contradicts the others. What the page prints stays in the cell's
        `printed`. Where two suggestions disagree, neither is taken.

        >>> import gkparse
        >>> one = gkparse.Report(disputes=gkparse.Disputes(gkparse.Results(8, 3, 0, 0, 0)))
        >>> mended = one.reconciled()
        >>> mended.disputes.reconsideration.total, mended.cell("disputes.reconsideration.total").status
        (11, 'inferred')
        """
        from gkparse.suggestions import suggested  # noqa: PLC0415 - the rules check reports

        return self._inferred(suggested(self))

    def _inferred(self, changed: Mapping[str, Value]) -> Report:
        """A copy with other values in some cells."""
        values = {
            path: self.value(path)
            for path in load(self.form).fields
            if getattr(self, path.partition(".")[0]) is not None
        }
        placed = dict(self._placed)
        for path, value in changed.items():
            values[path] = value
            before = placed.get(path) or Placed("inferred", printed=self.cell(path).printed)
            placed[path] = before._replace(status="inferred")
        return attrs.evolve(self, **tables(self.form, values), placed=placed)

    def _field(self, path: str) -> Field:
        try:
            return load(self.form).fields[path]
        except KeyError:
            raise KeyError(
                f"the form of {self.form} has no cell {path!r}; gkparse.fields({self.form!r}) "
                "lists its cells"
            ) from None

    def _value(self, field: Field) -> Value:
        try:
            return cast(Value, _getter(field.path)(self))
        except AttributeError:  # there is no such table, or it is that of another form
            return None

    def _span(self, start: int, end: int) -> Span:
        return Span.of(self.source or "", start, end, self.positions)

    def _cell(self, field: Field, span: Callable[[int, int], Span]) -> Cell:
        value = self._value(field)
        place = self._placed.get(field.path)
        if place is None:
            if value is None:
                return Cell(None, "", "missing", field.unit)
            return Cell(value, str(value), "printed", field.unit)
        unit = place.unit or field.unit
        if place.start < 0 or self.source is None:
            return Cell(value, place.printed or "", place.status, unit)
        at = span(place.start, place.end)
        return Cell(value, self.source[place.start : place.end], place.status, unit, at)


@cache
def _getter(*paths: str) -> Callable[[Report], Any]:
    """What gives the value at a path, or the values at several at once."""
    return attrgetter(*paths)
