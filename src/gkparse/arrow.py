r"""Arrow: the tables of `gkparse.panel` as Arrow has them, for data frames, Parquet and Spark.

Needs PyArrow (`pip install 'gkparse[arrow]'`). A number that its type cannot hold exactly is never
rounded: it is null, and its status is `"unfit"`. A surrogate that stands alone, which UTF-8 cannot
hold, is written as an escape such as `\udce9`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Context, Decimal, Inexact, InvalidOperation
from typing import Any

from gkparse.errors import ReadError
from gkparse.flow import Flow
from gkparse.limits import DEFAULT_LIMITS, Limits
from gkparse.model import Report
from gkparse.panel import (
    Column,
    Kind,
    Provenance,
    cell_columns,
    cell_rows,
    columns,
    rejected_columns,
    rejected_row,
    row,
)
from gkparse.reading import read_all
from gkparse.several import reports_of

try:
    import pyarrow as pa
except ImportError as _missing:
    raise ImportError("gkparse.arrow needs pyarrow: pip install 'gkparse[arrow]'") from _missing

__all__ = [
    "CELL_SCHEMA",
    "PARSED_COLUMNS",
    "SCHEMA",
    "SPARK_SCHEMA",
    "batches",
    "parse_batches",
    "schema",
    "to_table",
]

# ---------------------------------------------------------------- types


def _listed(entry: pa.DataType) -> pa.DataType:
    """A list, its entries called as Parquet and Spark call them."""
    return pa.list_(pa.field("element", entry))


_DIGITS, _PLACES = 38, 10  # the most that Arrow's decimal128 and Spark's DECIMAL hold
_TYPES: Mapping[Kind, tuple[pa.DataType, str]] = {
    "text": (pa.string(), "STRING"),
    "whole": (pa.int64(), "BIGINT"),
    "count": (pa.int64(), "BIGINT"),
    "amount": (pa.decimal128(_DIGITS, _PLACES), f"DECIMAL({_DIGITS},{_PLACES})"),
    "date": (pa.date32(), "DATE"),
    "texts": (_listed(pa.string()), "ARRAY<STRING>"),
    "statuses": (pa.map_(pa.string(), pa.string()), "MAP<STRING,STRING>"),
}
# What each entry of a list holds.
_ENTRIES: Mapping[Kind, Mapping[str, Kind]] = {
    "findings": {"code": "text", "severity": "text", "message": "text", "paths": "texts"},
    "indicators": {"key": "text", "label": "text", "unit": "text", "value": "amount"},
    "sections": {"number": "whole", "title": "text", "text": "text"},
}


def _type(kind: Kind) -> pa.DataType:
    if kind in _ENTRIES:
        return _listed(pa.struct([(name, _type(held)) for name, held in _ENTRIES[kind].items()]))
    return _TYPES[kind][0]


def _spark_type(kind: Kind) -> str:
    if kind in _ENTRIES:
        held = ",".join(f"`{name}`:{_spark_type(each)}" for name, each in _ENTRIES[kind].items())
        return f"ARRAY<STRUCT<{held}>>"
    return _TYPES[kind][1]


def schema(columns: Iterable[Column]) -> pa.Schema:
    """The Arrow schema of columns; what a column means stands in the metadata of its field.

    These are `description` and, for cells of the form, `label`, `article`, `unit` and `forms`, as
    `gkparse.panel.Column` has them; `forms` are parted by commas.

    >>> field = SCHEMA.field("proactive.fees.amount")
    >>> str(field.type), field.metadata[b"unit"].decode(), field.metadata[b"forms"]
    ('decimal128(38, 10)', '万元', b'2021')
    """
    return pa.schema([
        pa.field(column.name, _type(column.kind), metadata=_meaning(column)) for column in columns
    ])


def _meaning(column: Column) -> dict[str, str]:
    told = {
        "description": column.description,
        "label": column.label,
        "article": column.article,
        "unit": column.unit,
        "forms": ",".join(column.forms),
    }
    return {name: text for name, text in told.items() if text}


# The columns of `parse_batches`: those of a report, and why what was no report was rejected.
PARSED_COLUMNS: tuple[Column, ...] = (
    *columns(),
    *(column for column in rejected_columns() if column.name in ("reason", "message")),
)
SCHEMA: pa.Schema = schema(columns())
CELL_SCHEMA: pa.Schema = schema(cell_columns())
# What `parse_batches` gives, in the words of Spark.
SPARK_SCHEMA: str = ", ".join(
    f"`{column.name}` {_spark_type(column.kind)}" for column in PARSED_COLUMNS
)

# ---------------------------------------------------------------- values

_EXACT = Context(prec=_DIGITS, traps=[Inexact, InvalidOperation])
_STEP = Decimal(1).scaleb(-_PLACES)


def _whole(value: int) -> int | None:
    # In a report that was built by hand anything may stand.
    return value if type(value) is int and -(2**63) <= value < 2**63 else None


def _amount(value: str | int) -> Decimal | None:
    try:
        number = _EXACT.quantize(Decimal(value), _STEP)
    except ArithmeticError:
        return None
    return number if number.is_finite() else None


def _text(value: str) -> str:
    return value.encode("utf-8", "backslashreplace").decode("utf-8")


# Each gives None for what the type cannot hold.
_FIT: Mapping[Kind, Callable[[Any], Any]] = {
    "text": _text,
    "whole": _whole,
    "count": _whole,
    "amount": _amount,
    "date": date.fromisoformat,
    "texts": lambda value: [_text(each) for each in value],
    "statuses": lambda value: [(_text(path), _text(told)) for path, told in value.items()],
}


def _fitted(value: Any, kind: Kind, path: str, unfit: list[str]) -> Any:
    """A value of a row as Arrow takes it; the path of one that its type cannot hold is told."""
    if value is None:
        return None
    if kind in _ENTRIES:
        return [
            {
                name: _fitted(each[name], held, f"{path}.{at}", unfit)
                for name, held in _ENTRIES[kind].items()
            }
            for at, each in enumerate(value, 1)
        ]
    fitted = _FIT[kind](value)
    if fitted is None:
        unfit.append(path)
    return fitted


def _array(values: Sequence[Any], column: Column, unfit: dict[int, list[str]]) -> pa.Array:
    """The values of a column; `unfit` is told, by row, the paths of those that do not fit."""
    kind = _type(column.kind)
    # Arrow takes 3.7 for 3.
    whole = column.kind in ("whole", "count") and {*map(type, values)} <= {int, type(None)}
    if whole or column.kind == "text":
        try:
            return pa.array(values, kind)  # most often Arrow takes them as they are
        except (OverflowError, ValueError):
            pass
    fitted = []
    for at, value in enumerate(values):
        paths: list[str] = []
        fitted.append(_fitted(value, column.kind, column.name, paths))
        if paths:
            unfit.setdefault(at, []).extend(paths)
    return pa.array(fitted, kind)


# ---------------------------------------------------------------- batches

# A batch has no more rows, and hardly more characters of sections.
_MOST_ROWS, _MOST_CHARACTERS = 256, 8_000_000


def batches(
    rows: Iterable[Mapping[str, Any]], columns: Sequence[Column]
) -> Iterator[pa.RecordBatch]:
    """Rows such as `gkparse.panel` makes, as batches of a bounded size, one after the other.

    Each row has a value for each column; what else it has is left out. Their schema is
    `schema(columns)`.

    >>> rows = [{"file": "a.txt"}, {"file": "b.txt"}]
    >>> [batch.num_rows for batch in batches(rows, columns()[:1])]
    [2]
    """
    made = schema(columns)
    waiting: list[Mapping[str, Any]] = []
    characters = 0
    for each in rows:
        waiting.append(each)
        characters += sum(len(section["text"]) for section in each.get("sections") or ())
        if len(waiting) == _MOST_ROWS or characters > _MOST_CHARACTERS:
            yield _batch(waiting, columns, made)
            waiting, characters = [], 0
    if waiting:
        yield _batch(waiting, columns, made)


def _batch(
    rows: Sequence[Mapping[str, Any]], columns: Sequence[Column], made: pa.Schema
) -> pa.RecordBatch:
    values = {column.name: [row[column.name] for row in rows] for column in columns}
    unfit: dict[int, list[str]] = {}
    arrays = {column.name: _array(values[column.name], column, unfit) for column in columns}
    for at, paths in unfit.items():
        if "statuses" in values:
            values["statuses"][at] = values["statuses"][at] | dict.fromkeys(paths, "unfit")
        elif "status" in values and "value" in paths:
            values["status"][at] = "unfit"
    for column in columns:
        if unfit and column.name in ("statuses", "status"):
            arrays[column.name] = _array(values[column.name], column, unfit)
    return pa.RecordBatch.from_arrays([*arrays.values()], schema=made)


def to_table(reports: Iterable[Report], *, long: bool = False) -> pa.Table:
    """Reports as an Arrow table: a row a report (`SCHEMA`) or, if `long`, a row a cell (`CELL_SCHEMA`).

    `file` and `sha256` are null; `position` says which of the reports it is, from 1. A number is
    null where the report has None, or where its type cannot hold it, and then its status is
    `"unfit"`. Raises `ValueError` where a value of a report is not finite.

    >>> import gkparse
    >>> report = gkparse.parse("第二十条第（五）项 行政许可 318")
    >>> to_table([report])["proactive.licensing.decisions"].to_pylist()
    [318]
    >>> long = to_table([report], long=True).to_pylist()
    >>> [(cell["path"], cell["value"]) for cell in long if cell["status"] == "printed"]
    [('proactive.licensing.decisions', Decimal('318.0000000000'))]
    """
    numbered = ((report, Provenance(position=at)) for at, report in enumerate(reports, 1))
    if long:
        cells = (cell for each in numbered for cell in cell_rows(*each))
        return pa.Table.from_batches(batches(cells, cell_columns()), CELL_SCHEMA)
    return pa.Table.from_batches(batches((row(*each) for each in numbered), columns()), SCHEMA)


# ---------------------------------------------------------------- documents

_SOURCES, _NAMES = ("content", "text"), ("path", "url", "file")
_TEXTS = (pa.string(), pa.large_string(), pa.string_view(), pa.null())
_BYTES = (pa.binary(), pa.large_binary(), pa.binary_view())


def parse_batches(
    documents: Iterable[pa.RecordBatch], *, limits: Limits = DEFAULT_LIMITS
) -> Iterator[pa.RecordBatch]:
    """Read batches of documents: a row for each report, and for each document that has none.

    A document is a row with its `content` (binary: a file of any kind that `gkparse.read` reads) or
    its `text` (string), and with its name in `path`, `url` or `file` (string), if it has one; other
    columns are left out. The batches that come out have `PARSED_COLUMNS`: those of `SCHEMA`, then `reason`,
    the name of the error, and `message` where a document could not be read: nothing is lost, and no
    document raises. Memory is bounded by the batch that is read and `limits`.

    This is a function for Spark: `df.mapInArrow(parse_batches, SPARK_SCHEMA)`. Raises `ValueError`
    where the documents have neither column, and `MemoryError` where there is no memory left.

    >>> documents = pa.record_batch({"text": ["第二十条第（五）项 行政许可 318", None]})
    >>> (read,) = parse_batches([documents])
    >>> read["proactive.licensing.decisions"].to_pylist(), read["reason"].to_pylist()
    ([318, None], [None, 'ReadError'])
    """
    rows = (made for batch in documents for made in _parsed(batch, limits))
    return batches(rows, PARSED_COLUMNS)


def _parsed(documents: pa.RecordBatch, limits: Limits) -> Iterator[dict[str, Any]]:
    """The rows of a batch of documents."""
    sources, names = _columns(documents, _SOURCES), _columns(documents, _NAMES)
    if not sources:
        told = ", ".join(f"{field.name}: {field.type}" for field in documents.schema)
        raise ValueError(
            f"documents need a column content (binary) or text (string); there are {told or 'none'}"
        )
    for at in range(documents.num_rows):
        name, _ = _first(names, at)
        file = None if name is None else name.decode("utf-8", "backslashreplace")
        yield from _document(*_first(sources, at), file, limits)


def _columns(documents: pa.RecordBatch, names: Iterable[str]) -> list[tuple[pa.Array, bool]]:
    """The columns of some names that hold texts or bytes, as bytes; whether each holds texts."""
    found = []
    for name in names:
        for at in documents.schema.get_all_field_indices(name):
            kind = documents.schema.field(at).type
            kind = kind.value_type if pa.types.is_dictionary(kind) else kind
            if kind in _TEXTS or kind in _BYTES:
                found.append((documents.column(at).cast(pa.large_binary()), kind in _TEXTS))
    return found


def _first(columns: Iterable[tuple[pa.Array, bool]], at: int) -> tuple[bytes | None, bool]:
    """The value of a row in the first column that has one, and whether it is a text."""
    found = ((values[at].as_py(), text) for values, text in columns if values[at].is_valid)
    return next(found, (None, False))


def _document(
    data: bytes | None, text: bool, file: str | None, limits: Limits
) -> list[dict[str, Any]]:
    """The rows of the reports of a document, or the one that says why there are none."""
    sha256 = None if data is None else hashlib.sha256(data).hexdigest()
    blank = dict.fromkeys(column.name for column in PARSED_COLUMNS)
    try:
        return [
            blank | row(report, Provenance(file, sha256, at))
            for at, report in enumerate(_reports(data, text, limits), 1)
        ]
    except MemoryError:
        raise
    except Exception as error:  # whatever a document does, the others are read
        return [blank | rejected_row(Provenance(file, sha256), error)]


def _reports(data: bytes | None, text: bool, limits: Limits) -> list[Report]:
    if data is None:
        raise ReadError("there is nothing to read: it is null")
    if not text:
        return read_all(data, limits=limits)
    try:
        told = data.decode("utf-8")
    except UnicodeDecodeError as error:  # Spark makes strings of any bytes
        raise ReadError(f"the text is not UTF-8, give it as binary content: {error}") from error
    limits.hold("characters", len(told), "characters")
    return reports_of(Flow.of_text(told))
