"""Rules on numbers that a body can hardly have meant, each with its source in FORMAT 3.2 and 6.5."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_DOWN, Decimal

from gkparse.agencies import issues_rules, level
from gkparse.conformity import meant
from gkparse.diagnostics import Diagnostic, Span
from gkparse.form import load
from gkparse.model import Proactive2019, Report
from gkparse.registry import found, rule

__all__: list[str] = []

# Fees of more than so many 万元 are beyond what bodies of a level collect: a milliard yuan at the
# township, ten in a county, a hundred in a prefecture; [OWN], as FORMAT 6.7 proposes.
_MOST_FEES = {"township": 10_000, "county": 100_000, "prefecture": 1_000_000, None: 1_000_000}
_ISSUED = {"2021": "proactive.rules.issued", "2019": "proactive.rules.produced"}
_FEES = "proactive.fees.amount"
_UNPAID = "requests.outcomes.other_handling.fee_overdue.total"
# So many printed numbers say that a report was filled in, and all of them are zero.
_ENOUGH = 20
_OTHER = 6
_CHARGED = re.compile(
    r"收取?(?:政府信息公开)?信息处理费(?:用)?(?:共计|合计|总计|共|为)?\s*([0-9][0-9,]{0,12}(?:\.[0-9]{1,4})?)\s*(万?)元"
)
_NO_FEES = re.compile(r"(?:未|没有|无)收取?(?:任何)?行政事业性?收费")


@rule("GK219")
def not_negative(report: Report) -> Iterator[Diagnostic]:
    """Every count is nothing or more, but for a change of items (2019)."""
    for path, cell in report.cells():
        if cell.value is not None and cell.value < 0 and not path.endswith(".items_change"):
            yield found("GK219", report, [path], label=_label(report, path), printed=cell.printed)


@rule("GK211")
def whole_numbers(report: Report) -> Iterator[Diagnostic]:
    """Every count is a whole number of 件."""
    form = load(report.form)
    for path, cell in report.cells():
        if isinstance(cell.value, Decimal) and not form.fields[path].amount:
            yield found("GK211", report, [path], label=_label(report, path), printed=cell.printed)


@rule("GK411")
def rules_by_a_body(report: Report) -> Iterator[Diagnostic]:
    """Rules are issued by ministries and by governments of provinces and larger cities alone."""
    path = _ISSUED.get(report.form)
    if report.agency and path and report.value(path) and issues_rules(report.agency) is False:
        yield found(
            "GK411", report, [path], label=_label(report, path), agency=report.agency,
            actual=str(report.value(path)), expected="0",
        )


@rule("GK412")
def fees_in_yuan(report: Report) -> Iterator[Diagnostic]:
    """Fees are not so high that they look like 元 in a cell of 万元."""
    amount = _amount(report)
    most = _MOST_FEES.get(level(report.agency) if report.agency else None)
    if report.agency and amount is not None and most is not None and amount > most:
        yield found("GK412", report, [_FEES], agency=report.agency, actual=str(amount))


@rule("GK413")
def fees_said(report: Report) -> Iterator[Diagnostic]:
    """What section six says of fees is within what the row of fees prints."""
    amount = _amount(report)
    text = _other_matters(report)
    if amount is None:
        return
    contradicted = [said[0] for said in _NO_FEES.finditer(text) if amount > 0]
    # A row that prints fewer decimals says less: what it cannot show is no contradiction.
    unit = Decimal(1).scaleb(int(amount.as_tuple().exponent))
    for said in _CHARGED.finditer(text):
        charged = Decimal(said[1].replace(",", "")) / (1 if said[2] else 10_000)
        if charged.quantize(unit, ROUND_DOWN) > amount:
            contradicted.append(said[0])
    for printed in contradicted:
        at = (report.source or "").find(printed)
        span = Span.of(report.source, at, at + len(printed)) if report.source and at >= 0 else None
        yield found("GK413", report, [_FEES], span, printed=printed, actual=str(amount))


@rule("GK414")
def decisions_are_items(report: Report) -> Iterator[Diagnostic]:
    """The form of 2019 asks for decisions; many wrote the number of items instead."""
    table = report.proactive
    if not isinstance(table, Proactive2019):
        return
    rows = {
        name: getattr(table, name)
        for name in ("licensing", "other_services", "penalties", "compulsory_measures")
    }
    filled = {
        name: row for name, row in rows.items()
        if row.decisions and row.items_last_year is not None and row.items_change is not None
    }
    if len(filled) > 1 and all(
        row.decisions == row.items_last_year + row.items_change for row in filled.values()
    ):
        yield found("GK414", report, [f"proactive.{name}.decisions" for name in filled])


@rule("GK415")
def fee_without_notice(report: Report) -> Iterator[Diagnostic]:
    """Requests that ended for an unpaid fee had a notice, of which section six tells."""
    text = _other_matters(report)
    count = report.value(_UNPAID) if _UNPAID in load(report.form).fields else None
    if report.sections and count and "费" not in text and "費" not in text:
        yield found("GK415", report, [_UNPAID], actual=str(count))


@rule("GK416")
def all_zero(report: Report) -> Iterator[Diagnostic]:
    """A report of nothing but zeros is rare; a template that nobody filled in is not."""
    values = [cell.value for _, cell in report.cells() if cell.value is not None]
    if len(values) >= _ENOUGH and not any(values):
        yield found("GK416", report)


def _other_matters(report: Report) -> str:
    """The text of section six, 其他需要报告的事项, where reports tell of fees."""
    return "".join(each.text for each in report.sections if meant(report.form, each) == _OTHER)


def _amount(report: Report) -> Decimal | None:
    """The fees of the year in 万元; the form of 2019 has no such cell."""
    value = report.value(_FEES) if _FEES in load(report.form).fields else None
    return None if value is None else Decimal(value)


def _label(report: Report, path: str) -> str:
    return load(report.form).fields[path].label
