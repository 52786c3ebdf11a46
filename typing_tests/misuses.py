"""What type checkers must refuse: every line that bears an ignore is an error, or the ignore is."""

# pyright: standard
from __future__ import annotations

import gkparse
from gkparse.registry import rule


def a_blank_is_no_number(report: gkparse.Report) -> int:
    assert report.requests is not None
    return 1 + report.requests.received.total  # type: ignore[operator] # pyright: ignore[reportOperatorIssue]


def a_table_may_be_missing(report: gkparse.Report) -> None:
    report.requests.received  # type: ignore[union-attr] # pyright: ignore[reportOptionalMemberAccess]


def a_table_is_that_of_its_form(table: gkparse.Proactive2021) -> None:
    table.procurement  # type: ignore[attr-defined] # pyright: ignore[reportAttributeAccessIssue]


def a_report_is_frozen(report: gkparse.Report) -> None:
    report.year = 2023  # type: ignore[misc] # pyright: ignore[reportAttributeAccessIssue]


def a_text_is_no_file(data: bytes) -> None:
    gkparse.parse(data)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]


def strict_is_given_by_name(text: str) -> None:
    gkparse.parse(text, True)  # type: ignore[call-arg] # pyright: ignore[reportCallIssue]


def an_amount_is_no_float() -> None:
    gkparse.Amount(0.1)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]


def a_detection_may_be_none(text: str) -> None:
    gkparse.detect(text).form  # type: ignore[union-attr] # pyright: ignore[reportOptionalMemberAccess]


def messages_are_in_two_languages(finding: gkparse.Diagnostic) -> None:
    finding.message_in("de")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]


def a_script_is_one_of_two(report: gkparse.Report) -> None:
    gkparse.render(report, "html", script="latin")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]


def one_limit_is_a_number() -> None:
    gkparse.Limits(pages="many")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]


def what_is_not_public_is_not_there() -> None:
    gkparse.prase  # type: ignore[attr-defined] # pyright: ignore[reportAttributeAccessIssue]


@rule("GK304")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
def a_rule_gives_findings(report: gkparse.Report) -> str:
    return str(report)
