"""Rules on numbers that a body can hardly have meant, each with its source in FORMAT 3.2 and 6.5."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_DOWN, Decimal

from gkparse.agencies import issues_rules, level
from gkparse.conformity import meant
from gkparse.counts import Proactive2019
from gkparse.diagnostics import Diagnostic
from gkparse.form import load
from gkparse.model import Report
from gkparse.places import once
from gkparse.registry import found, rule

__all__: list[str] = []

# Fees of more than so many 万元 are beyond what bodies of a level collect: a milliard yuan at the
# township, ten in a county (FORMAT 6.7); larger bodies, and those of unknown level, may have them.
_MOST_FEES = {"township": 100_000, "county": 1_000_000}
_ISSUED = {"2021": "proactive.rules.issued", "2019": "proactive.rules.produced"}
_FEES = "proactive.fees.amount"
_UNPAID = "requests.outcomes.other_handling.fee_overdue.total"
# So many printed numbers say that a report was filled in, and all of them are zero.
_ENOUGH = 20
_OTHER = 6
# What may stand before a statement on fees for it to be the body's own, of the whole year.
_OWN = (
    r"(?:在|于|(?P<year>20\d\d)年度?|本年度?|今年|全年|年内|我[局委厅办馆站中心镇乡县市区]+|本(?:机关|单位|部门|局|委|厅|办|镇|街道)"
    r"|依规|依法|共计?|合计|累计|[，,：:（()）一二三四五六七八九十、\s])*"
)
_CHARGED = re.compile(
    _OWN + r"收取(?:政府信息公开)?信息处理费(?:用)?(?:共计|合计|总计|共|为)?\s*"
    r"(?P<count>[0-9][0-9,]{0,12}(?:\.[0-9]{1,4})?)\s*(?P<ten>万?)元(?=[，,。；;]|\Z)"
)
_NO_FEES = re.compile(_OWN + r"(?:未|没有)收取?(?:任何)?行政事业性?收费(?=[。；;]|\Z)")
_SENTENCES = re.compile(r"[^。；;\n]+")
_OF_FEES = re.compile("[缴交收]费|费用|处理费|[缴交]纳|[繳交收]費|費用|處理費|[繳交]納")
# A column of so few decisions may be that of items by chance.
_FEW_DECISIONS = 10
# More decimals than this no page prints.
_MOST_DECIMALS = 6


@rule("GK219")
def not_negative(report: Report) -> Iterator[Diagnostic]:
    """Every count is nothing or more, but for a change of items (2019)."""
    for path, value in report.numbers():
        if value < 0 and not path.endswith(".items_change"):
            printed = report.cell(path).printed
            yield found("GK219", report, [path], label=_label(report, path), printed=printed)


@rule("GK211")
def whole_numbers(report: Report) -> Iterator[Diagnostic]:
    """Every count is a whole number of 件."""
    form = load(report.form)
    for path, value in report.numbers():
        if isinstance(value, Decimal) and not form.fields[path].amount:
            printed = report.cell(path).printed
            yield found("GK211", report, [path], label=_label(report, path), printed=printed)


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
    most = _MOST_FEES.get(level(report.agency) or "") if report.agency else None
    if report.agency and amount is not None and most is not None and amount > most:
        yield found("GK412", report, [_FEES], agency=report.agency, actual=str(amount))


@rule("GK413")
def fees_said(report: Report) -> Iterator[Diagnostic]:
    """What section six says of fees is within what the row of fees prints."""
    amount = _amount(report)
    if amount is None:
        return
    # A row that prints fewer decimals says less: what it cannot show is no contradiction.
    unit = Decimal(1).scaleb(max(int(amount.as_tuple().exponent), -_MOST_DECIMALS))
    for sentence in _SENTENCES.findall(_other_matters(report)):
        denied, said = _NO_FEES.match(sentence), _CHARGED.match(sentence)
        either = denied or said
        year = either["year"] if either else None
        if year is not None and int(year) != report.year:
            continue
        charged = Decimal(0)
        if said:
            charged = Decimal(said["count"].replace(",", "")) / (1 if said["ten"] else 10_000)
        if (denied and amount > 0) or charged.quantize(unit, ROUND_DOWN) > amount:
            printed = sentence.strip()
            yield found(
                "GK413", report, [_FEES], once(report.source, printed, report.positions), located=False,
                printed=printed, actual=str(amount),
            )


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
    whole = {
        name: row for name, row in rows.items()
        if None not in (row.items_last_year, row.items_change, row.decisions)
    }
    filled = [name for name, row in whole.items() if row.decisions]
    told = len(filled) > 1 and max(whole[name].decisions for name in filled) >= _FEW_DECISIONS
    if told and all(
        row.decisions == row.items_last_year + row.items_change for row in whole.values()
    ):
        yield found("GK414", report, [f"proactive.{name}.decisions" for name in filled])


@rule("GK415")
def fee_without_notice(report: Report) -> Iterator[Diagnostic]:
    """Requests that ended for an unpaid fee had a notice, of which section six or another tells."""
    six = any(meant(report.form, each) == _OTHER for each in report.sections)
    count = report.value(_UNPAID) if _UNPAID in load(report.form).fields else None
    if six and count and not any(_OF_FEES.search(each.text) for each in report.sections):
        yield found("GK415", report, [_UNPAID], actual=str(count))


@rule("GK416")
def all_zero(report: Report) -> Iterator[Diagnostic]:
    """A report of nothing but zeros is rare; a template that nobody filled in is not."""
    values = [value for _, value in report.numbers()]
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
