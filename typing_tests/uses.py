"""User code that must type-check under mypy strict and pyright strict; nothing here is run."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, assert_type

import gkparse
from gkparse.codes import Code
from gkparse.registry import found, rule


def reading(text: str, path: Path, data: bytes) -> None:
    assert_type(gkparse.parse(text), gkparse.Report)
    assert_type(gkparse.parse(text, strict=True), gkparse.Report)
    assert_type(gkparse.parse_all(text), list[gkparse.Report])
    assert_type(gkparse.read(path), gkparse.Report)
    assert_type(gkparse.read(str(path)), gkparse.Report)
    assert_type(gkparse.read(data, limits=gkparse.Limits(pages=50, seconds=20)), gkparse.Report)
    with path.open("rb") as file:
        assert_type(gkparse.read(file), gkparse.Report)
        assert_type(gkparse.read_all(file), list[gkparse.Report])
    detection = gkparse.detect(text)
    assert_type(detection, gkparse.Detection | None)
    if detection is not None:
        assert_type(detection.form, str)
        assert_type(detection.reports, int)


def a_report(report: gkparse.Report) -> None:
    assert_type(report.form, str)
    assert_type(report.agency, str | None)
    assert_type(report.year, int | None)
    assert_type(report.metadata.issue_date, date | None)
    assert_type(report.metadata.cited_documents, tuple[str, ...])
    assert_type(report.indicators, tuple[gkparse.Indicator, ...])
    assert_type(report.sections, tuple[gkparse.Section, ...])
    assert_type(report.diagnostics, tuple[gkparse.Diagnostic, ...])
    assert_type(report.blank_as_zero(), gkparse.Report)
    assert_type(report.reconciled(), gkparse.Report)
    for section in report.sections:
        assert_type((section.number, section.title, section.text), tuple[int, str, str])
    for indicator in report.indicators:
        assert_type(indicator.key, str | None)
        assert_type(indicator.value, int | Decimal | None)


def its_tables(report: gkparse.Report) -> None:
    match report.proactive:
        case gkparse.Proactive2021() as table:
            assert_type(table.rules.in_force, int | None)
            assert_type(table.licensing.decisions, int | None)
            assert_type(table.fees.amount, Decimal | None)
        case gkparse.Proactive2019() as table:
            assert_type(table.licensing.items_change, int | None)
            assert_type(table.procurement.amount, Decimal | None)
        case None:
            pass
    if report.requests is not None:
        assert_type(report.requests.received, gkparse.Applicants)
        assert_type(report.requests.outcomes.denied.state_secret.total, int | None)
        assert_type(report.requests.outcomes.other_handling.combined.natural_person, int | None)
    if report.disputes is not None:
        assert_type(report.disputes.litigation_direct, gkparse.Results)
        assert_type(report.disputes.reconsideration.pending, int | None)


def its_cells(report: gkparse.Report) -> None:
    for path, cell in report.cells():
        assert_type(path, str)
        assert_type(cell, gkparse.Cell)
        assert_type(cell.value, int | Decimal | None)
        assert_type(
            cell.status,
            Literal["printed", "blank", "marked", "missing", "aligned", "repaired", "inferred"],
        )
        assert_type(cell.span, gkparse.Span | None)
    assert_type(report.value("requests.received.total"), int | Decimal | None)
    assert_type(dict(report.numbers()), dict[str, int | Decimal])
    span = report.locate("requests.received.total")
    if span is not None:
        assert_type((span.start, span.end, span.line, span.column), tuple[int, int, int, int])
        assert_type(span.place, gkparse.Place | None)
    for field in gkparse.fields("2021"):
        assert_type((field.path, field.label, field.unit), tuple[str, str, str])


def checking(reports: list[gkparse.Report]) -> None:
    assert_type(gkparse.check(reports[0]), tuple[gkparse.Diagnostic, ...])
    for finding in gkparse.check(reports[0], select=["GK3"], ignore={"GK305", "GK306"}):
        assert_type(finding.code, str)
        assert_type(finding.severity, Literal["info", "warning", "error"])
        assert_type(finding.paths, tuple[str, ...])
        assert_type(finding.suggestion, str | None)
        assert_type(finding.message_in("zh"), str)
    assert_type(gkparse.check_series(reports), tuple[gkparse.Diagnostic, ...])
    gkparse.check_series((report for report in reports), key=lambda report: report.agency)
    for statement in gkparse.statements(reports[0]):
        assert_type(statement, gkparse.Statement)


def storing(report: gkparse.Report, path: Path) -> None:
    assert_type(gkparse.to_dict(report), dict[str, Any])
    assert_type(gkparse.from_dict(gkparse.to_dict(report)), gkparse.Report)
    assert_type(gkparse.to_json(report), str)
    assert_type(gkparse.from_json(gkparse.to_json(report)), gkparse.Report)
    assert_type(gkparse.json_schema(), dict[str, Any])
    for rendering in gkparse.RENDERINGS:
        assert_type(gkparse.render(report, rendering, script="traditional", width="half"), str)
    gkparse.write_docx(report, path)
    gkparse.write_docx(report, str(path))


def by_hand() -> gkparse.Report:
    received = gkparse.Applicants(natural_person=3, total=3)
    return gkparse.Report(
        agency="青禾县林业局",
        year=2023,
        proactive=gkparse.Proactive2021(fees=gkparse.Amount(Decimal("0.5"))),
        requests=gkparse.Requests(received=received),
    )


def failing(text: str) -> tuple[gkparse.Diagnostic, ...]:
    try:
        gkparse.parse(text, strict=True)
    except gkparse.NotAReportError as error:
        assert_type(error, gkparse.NotAReportError)
    except gkparse.ParseError as error:
        return error.diagnostics
    except gkparse.GkparseError:
        raise
    return ()


BUSY = Code("XY001", "busy", "申请较多", "info", "{count} requests came", "收到{count}件申请")


@rule(BUSY)
def busy(report: gkparse.Report) -> Iterator[gkparse.Diagnostic]:
    total = report.value("requests.received.total")
    if total is not None and total > 9_999:
        yield found(BUSY.code, report, ["requests.received.total"], count=str(total))


# A rule stays the function that it was.
assert_type(next(busy(by_hand())), gkparse.Diagnostic)
