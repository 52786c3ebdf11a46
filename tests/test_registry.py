"""Rules of others: registered with their codes, run with ours, selected like ours."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import EntryPoint, EntryPoints

import pytest

import gkparse
from gkparse import Diagnostic, Report, checks, registry
from gkparse.codes import CODES, Code
from gkparse.registry import RULES, found, load_rules, rule

BUSY = Code("ZZ901", "busy", "申请较多", "warning", "{count} requests", "{count}件申请")


@pytest.fixture
def busy(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A rule of another package, for one test."""
    monkeypatch.setattr(registry, "RULES", RULES[:])
    monkeypatch.setattr(checks, "RULES", registry.RULES)

    @rule(BUSY)
    def many(report: Report) -> Iterator[Diagnostic]:
        total = report.value("requests.received.total")
        if total is not None and total > 10:
            yield found("ZZ901", report, ["requests.received.total"], count=str(total))

    yield
    del CODES["ZZ901"]


REPORT = Report(requests=gkparse.Requests(gkparse.Applicants(total=12)))


@pytest.mark.usefixtures("busy")
def test_a_rule_of_another_package_is_run() -> None:
    (finding,) = gkparse.check(REPORT, select=["ZZ"])
    assert (finding.code, finding.severity) == ("ZZ901", "warning")
    assert (finding.message, finding.message_in("zh")) == ("12 requests", "12件申请")
    assert finding.paths == ("requests.received.total",)
    assert gkparse.check(REPORT, ignore=["ZZ901"], select=["ZZ"]) == ()


@pytest.mark.usefixtures("busy")
def test_a_code_is_taken_once() -> None:
    rule(BUSY)
    with pytest.raises(ValueError, match="ZZ901 is taken by busy"):
        rule(Code("ZZ901", "other", "其他", "info", "other", "其他"))


def test_a_code_of_ours_is_known_by_name() -> None:
    with pytest.raises(KeyError):
        rule("GK999")


def test_a_finding_stands_where_its_first_printed_path_does() -> None:
    text = "第二十条第（五）项\n信息内容\t本年处理决定数量\n行政许可\t318\n"
    report = gkparse.parse(text)
    finding = found("GK416", report, ["proactive", "proactive.rules.issued", "proactive.licensing.decisions"])
    assert finding.span == report.locate("proactive.licensing.decisions")
    assert found("GK416", report, ["proactive.licensing.decisions"], located=False).span is None
    assert found("GK416", report).span is None
    assert found("GK416", report, ["proactive"]).span is None


def test_installed_rules_are_imported_for_the_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    point = EntryPoint("nothing", "gkparse.no_such_module", "gkparse.rules")
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: EntryPoints([point]).select(group=group))
    with pytest.raises(ModuleNotFoundError):
        load_rules()


def test_every_code_of_check_has_a_rule() -> None:
    gkparse.check(Report())  # the rules are imported with it
    ruled = {code for known in RULES for code in known.codes}
    expected = {code for code in CODES if code[:3] in ("GK3", "GK4", "GK5")}
    assert expected <= ruled
