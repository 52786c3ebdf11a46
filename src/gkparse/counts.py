"""What the official tables hold: a class for each table, each group of rows and each row.

Every class is frozen and has slots. A count is `int | None` (件), an amount `Decimal | None` (万元). The
attribute names are those of the form's data (`gkparse/forms/`); a test holds the two equal.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache, lru_cache
from itertools import accumulate
from types import MappingProxyType
from typing import Any, TypeAlias

import attrs

__all__ = [
    "Amount", "Applicants", "Decisions", "Denied", "Disputes", "DocumentCounts",
    "DocumentCounts2019", "Items", "ItemsAndDecisions", "NotProcessed", "OtherHandling",
    "Outcomes", "Proactive2019", "Proactive2021", "Procurement", "Requests", "Results",
    "Unavailable", "Value", "tables",
]

Value: TypeAlias = int | Decimal | None


# ---------------------------------------------------------------- table of section two


@attrs.frozen
class DocumentCounts:
    """Rules (规章) or normative documents (行政规范性文件), in 件; article 20(1) of the Regulations."""

    issued: int | None = None
    repealed: int | None = None
    in_force: int | None = None


@attrs.frozen
class Decisions:
    """Decisions of the year (本年处理决定数量), in 件; articles 20(5) and 20(6) of the Regulations."""

    decisions: int | None = None


@attrs.frozen
class Amount:
    """Fees charged in the year (本年收费金额), in 万元, ten thousand yuan; article 20(8)."""

    amount: Decimal | None = None


@attrs.frozen
class DocumentCounts2019:
    """Rules or normative documents in the form of 2019, in 件; article 20(1)."""

    produced: int | None = None
    newly_disclosed: int | None = None
    total_disclosed: int | None = None


@attrs.frozen
class Items:
    """Items (事项) of last year and their change, in 项; the change is negative for fewer."""

    items_last_year: int | None = None
    items_change: int | None = None


@attrs.frozen
class ItemsAndDecisions:
    """Items of last year, their change (项), and the decisions of the year (件)."""

    items_last_year: int | None = None
    items_change: int | None = None
    decisions: int | None = None


@attrs.frozen
class Procurement:
    """Central procurement (政府集中采购): projects, and the amount as printed, not scaled.

    Whether that is 元 or 万元 says `report.cell("proactive.procurement.amount").unit`, "" where the page
    does not. Article 20(9).
    """

    projects: int | None = None
    amount: Decimal | None = None


@attrs.frozen
class Proactive2019:
    """The table of section two in the form of 2019: twenty-two cells under article 20."""

    rules: DocumentCounts2019 = DocumentCounts2019()
    normative_documents: DocumentCounts2019 = DocumentCounts2019()
    licensing: ItemsAndDecisions = ItemsAndDecisions()
    other_services: ItemsAndDecisions = ItemsAndDecisions()
    penalties: ItemsAndDecisions = ItemsAndDecisions()
    compulsory_measures: ItemsAndDecisions = ItemsAndDecisions()
    fees: Items = Items()
    procurement: Procurement = Procurement()


@attrs.frozen
class Proactive2021:
    """The table of section two in the form of 2021: ten cells under article 20."""

    rules: DocumentCounts = DocumentCounts()
    normative_documents: DocumentCounts = DocumentCounts()
    licensing: Decisions = Decisions()
    penalties: Decisions = Decisions()
    compulsory_measures: Decisions = Decisions()
    fees: Amount = Amount()


# ---------------------------------------------------------------- table of section three


@attrs.frozen
class Applicants:
    """One row of the table of requests: a count for each kind of applicant, in 件.

    Natural persons (自然人) and five kinds of legal persons and other organizations, in the order of
    the form; `total` (总计) is the printed one and never summed up.

    >>> import gkparse
    >>> gkparse.Applicants(natural_person=3, other=1).total is None
    True
    """

    natural_person: int | None = None
    commercial_enterprise: int | None = None
    research_institution: int | None = None
    public_welfare_organization: int | None = None
    legal_service_organization: int | None = None
    other: int | None = None
    total: int | None = None


@attrs.frozen
class Denied:
    """（三）不予公开: the eight grounds on which disclosure was denied, articles 14 to 16 and 36."""

    state_secret: Applicants = Applicants()
    prohibited_by_law: Applicants = Applicants()
    security_and_stability: Applicants = Applicants()
    third_party_rights: Applicants = Applicants()
    internal_affairs: Applicants = Applicants()
    process_information: Applicants = Applicants()
    enforcement_case_file: Applicants = Applicants()
    administrative_inquiry: Applicants = Applicants()


@attrs.frozen
class Unavailable:
    """（四）无法提供: the information could not be provided, articles 29(2), 30, 36 and 38."""

    not_held: Applicants = Applicants()
    requires_creation: Applicants = Applicants()
    unclear_after_correction: Applicants = Applicants()


@attrs.frozen
class NotProcessed:
    """（五）不予处理: the request was not processed, articles 35, 36(6), 38 and 39."""

    petition_or_complaint: Applicants = Applicants()
    duplicate: Applicants = Applicants()
    publication: Applicants = Applicants()
    excessive: Applicants = Applicants()
    confirm_or_reissue: Applicants = Applicants()


@attrs.frozen
class OtherHandling:
    """（六）其他处理: three rows, or `combined` where one row stands for them; articles 30 and 42.

    What is not printed is None: a form prints either the three or `combined`.
    """

    correction_overdue: Applicants = Applicants()
    fee_overdue: Applicants = Applicants()
    other: Applicants = Applicants()
    combined: Applicants = Applicants()


@attrs.frozen
class Outcomes:
    """三、本年度办理结果: what became of the requests, by the articles 36 to 39 of the Regulations.

    `total` is the printed row （七）总计.
    """

    granted: Applicants = Applicants()
    partially_granted: Applicants = Applicants()
    denied: Denied = Denied()
    unavailable: Unavailable = Unavailable()
    not_processed: NotProcessed = NotProcessed()
    other_handling: OtherHandling = OtherHandling()
    total: Applicants = Applicants()


@attrs.frozen
class Requests:
    """The table of section three: requests received, handled and carried over, in 件.

    `received` and `carried_over` (from last year) come to `outcomes.total` and `carried_forward` (to
    the next), which `gkparse.check` holds against each other (GK301). Articles 27 to 42.
    """

    received: Applicants = Applicants()
    carried_over: Applicants = Applicants()
    outcomes: Outcomes = Outcomes()
    carried_forward: Applicants = Applicants()


# ---------------------------------------------------------------- table of section four


@attrs.frozen
class Results:
    """One group of the table of section four: results of reconsideration or litigation, in 件.

    结果维持, 结果纠正, 其他结果, 尚未审结 and 总计, the printed one; article 51 of the Regulations.
    """

    upheld: int | None = None
    corrected: int | None = None
    other: int | None = None
    pending: int | None = None
    total: int | None = None


@attrs.frozen
class Disputes:
    """The table of section four: administrative reconsideration (行政复议) and litigation (行政诉讼).

    Litigation is brought directly (未经复议直接起诉) or after reconsideration (复议后起诉). In 件.
    """

    reconsideration: Results = Results()
    litigation_direct: Results = Results()
    litigation_after_reconsideration: Results = Results()


# ---------------------------------------------------------------- values into tables

_TABLES: Mapping[str, Mapping[str, type]] = {
    "2014": {},
    "2019": {"proactive": Proactive2019, "requests": Requests, "disputes": Disputes},
    "2021": {"proactive": Proactive2021, "requests": Requests, "disputes": Disputes},
}


# Rows of counts and blanks of a table by their paths.
Rows: TypeAlias = Mapping[str, tuple[int | None, ...]]


def tables(
    form: str, values: Mapping[str, Value], rows: Rows = MappingProxyType({})
) -> dict[str, Any]:
    """The tables of a form as model objects, from values by dotted path; absent ones are None.

    A table is None where no path of it is in `values`. `rows` has rows that are nothing but counts and blanks,
    whose values need not be in `values`.
    """
    return {
        name: _build(part, values, rows)
        if any(map(rows.__contains__, part.rows)) or any(map(values.__contains__, part.paths)) else None
        for name, cls in _TABLES[form].items()
        for part in [_part(cls, name)]
    }


@attrs.frozen(eq=False, repr=False)
class _Part:
    """A table class, or a part of one, where the values in it stand, and its rows."""

    cls: type
    paths: tuple[str, ...]
    rows: tuple[str, ...]
    parts: tuple[_Part, ...] = ()


def _build(part: _Part, values: Mapping[str, Value], rows: Rows) -> Any:
    known = tuple(map(rows.get, part.rows))
    if all(known):
        return _known(part, known)
    if part.parts:
        return part.cls(*[_build(inner, values, rows) for inner in part.parts])
    return part.cls(*map(values.get, part.paths))


@lru_cache(maxsize=4096)
def _known(part: _Part, rows: tuple[tuple[int | None, ...], ...]) -> Any:
    """A part of nothing but counts and blanks; equal ones, as those of zeros, are one object."""
    if not part.parts:
        return part.cls(*rows[0])
    ends = accumulate(len(inner.rows) for inner in part.parts)
    return part.cls(*[_known(inner, rows[end - len(inner.rows) : end]) for inner, end in zip(part.parts, ends, strict=True)])


@cache
def _part(cls: type, prefix: str) -> _Part:
    """The parts of a table class whose values stand under a dotted path."""
    named = [(f"{prefix}.{field.name}", field.default) for field in attrs.fields(cls)]
    if all(default is None for _, default in named):
        return _Part(cls, tuple(path for path, _ in named), (prefix,))
    inner: list[tuple[type, str]] = [(type(default), path) for path, default in named]
    parts = tuple(_part(*each) for each in inner)
    paths = tuple(path for part in parts for path in part.paths)
    return _Part(cls, paths, tuple(row for part in parts for row in part.rows), parts)
