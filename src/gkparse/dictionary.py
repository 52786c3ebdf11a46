"""The data dictionary: what each field of the forms means, and what compares between the forms.

Labels, units and articles are those of the form's data; the English names and what is known of
comparability stand in `dictionary.toml` beside this module.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

import attrs

from gkparse.form import FORMS, load

__all__ = ["Comparison", "Entry", "Kind", "Relation", "data_dictionary", "describe"]

# count: a whole number. amount: a decimal number.
Kind: TypeAlias = Literal["count", "amount"]
# What a field is to its counterparts in another form: the same quantity, their sum, a part of them,
# near to them but not the same, or without any.
Relation: TypeAlias = Literal["same", "sum", "part", "changed", "none"]

_Facts: TypeAlias = tuple[Relation, tuple[str, ...], str, str]
_INDICATORS = "indicators"


@attrs.frozen
class Comparison:
    """How a field stands to the fields of another form.

    `relation` is `"same"`, `"sum"` (it is the sum of the fields at `paths`), `"part"` (they hold
    more than it), `"changed"` (they are near, and the note says how they differ) or `"none"`.
    `note` is English, `note_zh` Chinese; both are empty where there is nothing to say.
    """

    form: str
    relation: Relation
    paths: tuple[str, ...]
    note: str = ""
    note_zh: str = ""


@attrs.frozen
class Entry:
    """A field of the forms: a cell, or a row of the table of 2014.

    `path` is its place in the model, for a row of 2014 `indicators.` and its key. `description`
    is English, `labels` what each of its `forms` prints, ` > ` between levels. `unit` is that of
    the forms, None where they print none; `article` that of the Regulations of 2019 behind it.
    `optional` are the forms in which only some reports print it. `comparisons` tell of each other
    form; a field that two forms share is compared from the newest that always prints it.
    """

    path: str
    description: str
    kind: Kind
    unit: str | None
    article: str | None
    labels: Mapping[str, str] = attrs.field(hash=False)
    optional: tuple[str, ...]
    comparisons: tuple[Comparison, ...]

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms in which it exists, the newest first."""
        return tuple(self.labels)

    @property
    def label(self) -> str:
        """What the newest of its forms prints."""
        return next(iter(self.labels.values()))


@cache
def data_dictionary() -> tuple[Entry, ...]:
    """Every field of every form, in official order, those of the newest form first.

    >>> from gkparse.dictionary import data_dictionary
    >>> entry = next(each for each in data_dictionary() if each.path == "proactive.rules.issued")
    >>> entry.description, entry.label, entry.unit, entry.article, entry.forms
    ('rules of departments and local governments: issued in the year', '第二十条第（一）项 > 规章 > 本年制发件数', '件', '20(1)', ('2021',))
    >>> [(each.form, each.relation, each.paths) for each in entry.comparisons]
    [('2019', 'changed', ('proactive.rules.produced',)), ('2014', 'none', ())]
    """
    return (*_cells(), *_rows_of_2014())


def describe(path: str) -> str:
    """What stands at a dotted path of a report, in English.

    A path is that of a cell, a row, a group or a table of any form, of a row of the table of 2014
    (`indicators.` and its key), or of what a report has beside its tables. Raises `KeyError` where
    no report has anything there.

    >>> from gkparse.dictionary import describe
    >>> describe("requests.received.total")
    'requests newly received in the year: from all applicants'
    >>> describe("metadata.issue_date")
    'the day on which the report was issued'
    """
    try:
        return _descriptions()[path]
    except KeyError:
        raise KeyError(f"no report has anything at {path!r}") from None


# ---------------------------------------------------------------- entries


def _cells() -> Iterator[Entry]:
    for path in dict.fromkeys(path for name in FORMS for path in load(name).fields):
        found = {name: load(name).fields[path] for name in FORMS if path in load(name).fields}
        newest = next(iter(found.values()))
        optional = tuple(name for name, field in found.items() if field.optional)
        home = next(name for name in found if name not in optional)
        yield Entry(
            path,
            describe(path),
            "amount" if newest.amount else "count",
            newest.unit or None,
            newest.article,
            MappingProxyType({name: field.label for name, field in found.items()}),
            optional,
            _compared(path, home),
        )


def _rows_of_2014() -> Iterator[Entry]:
    for name in FORMS:
        for row in load(name).indicators:
            if row.unit is None:  # a heading
                continue
            path = f"{_INDICATORS}.{row.key}"
            kind: Kind = "amount" if row.unit == "万元" else "count"
            labels, compared = MappingProxyType({name: row.label}), _compared(path, name)
            yield Entry(path, describe(path), kind, row.unit, None, labels, (), compared)


def _compared(path: str, home: str) -> tuple[Comparison, ...]:
    """How a field of one form stands to each of the others."""
    found = []
    for form in FORMS:
        if form == home:
            continue
        written = _facts(home, form)
        assert path in written or path in _paths(form), f"no comparison of {path} with {form}"
        relation, paths, note, note_zh = written.get(path, ("same", (path,), "", ""))
        found.append(Comparison(form, relation, paths, note, note_zh))
    return tuple(found)


# ---------------------------------------------------------------- the data


@cache
def _data() -> Mapping[str, Any]:
    text = files("gkparse").joinpath("dictionary.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(text))


@cache
def _descriptions() -> Mapping[str, str]:
    """The English description of each path."""
    data = _data()
    found = {**data["report"], **data["names"]}
    found |= {f"{_INDICATORS}.{key}": name for key, name in data[_INDICATORS].items()}
    for form in FORMS:
        for path in load(form).fields:
            row, _, column = path.rpartition(".")
            found[path] = f"{data['names'][row]}: {data['columns'][path.partition('.')[0]][column]}"
    return MappingProxyType(found)


@cache
def _paths(form: str) -> frozenset[str]:
    """The paths of a form's fields."""
    rows = (f"{_INDICATORS}.{row.key}" for row in load(form).indicators if row.unit)
    return frozenset((*load(form).fields, *rows))


_TURNED: Mapping[Relation, Relation] = {"sum": "part"}


@cache
def _facts(home: str, other: str) -> Mapping[str, _Facts]:
    """What is written down of the fields of one form against those of another, by path."""
    found: dict[str, _Facts] = {}
    newer = FORMS.index(home) < FORMS.index(other)
    older_form, newer_form = (other, home) if newer else (home, other)
    for written in _data()["comparisons"]:
        if written["older"] != older_form or newer_form not in written["newer"]:
            continue
        notes = written["en"], written["zh"]
        relation: Relation = written.get("relation", "none")
        relation = _TURNED.get(relation, relation) if newer else relation
        for sides in _sides(written.get("old", ()), written.get("new", ()), older_form, newer_form):
            own, others = reversed(sides) if newer else sides
            for path in own:
                assert path not in found, f"two comparisons of {path} with {other}"
                found[path] = relation, others, *notes
    return MappingProxyType(found)


def _sides(
    old: Sequence[str], new: Sequence[str], older: str, newer: str
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The old and new paths that are held against each other, each `*` filled in."""
    if not new:
        yield from (((path,), ()) for pattern in old for path in _matching(pattern, older))
    elif not old:
        yield from (((), (path,)) for pattern in new for path in _matching(pattern, newer))
    else:
        for filling in _matching(old[0], older).values():
            olds = tuple(pattern.replace("*", filling) for pattern in old)
            news = tuple(pattern.replace("*", filling) for pattern in new)
            if _paths(older).issuperset(olds) and _paths(newer).issuperset(news):
                yield olds, news


def _matching(pattern: str, form: str) -> dict[str, str]:
    """The paths of a form that a pattern stands for, each with what its `*` is."""
    expression = re.compile(re.escape(pattern).replace(r"\*", "(.+)"))
    return {
        path: "".join(met.groups())
        for path in sorted(_paths(form))
        if (met := expression.fullmatch(path))
    }
