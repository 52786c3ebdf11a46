"""Findings for other programs: a JSON object a line, and SARIF 2.1.0 for code-review tools."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeAlias
from urllib.parse import quote

import attrs

from gkparse import __version__
from gkparse.codes import CODES
from gkparse.diagnostics import Diagnostic, Language, Span
from gkparse.model import Report
from gkparse.serialize import diagnostic_to_dict

__all__ = ["Checked", "jsonl", "sarif"]

# A file's name, the report in it, and what was found.
Checked: TypeAlias = tuple[str, Report, Sequence[Diagnostic]]

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def jsonl(checked: Iterable[Checked], language: Language) -> Iterator[str]:
    """A line a finding: the stored shape of a diagnostic, with its file and the facts behind it.

    Keys beside those of `to_dict`: `source`, `line` and `column` (or null), `place` in a file that
    has pages or tables (or null), `arguments`.
    """
    for name, _, found in checked:
        for each in found:
            plain = diagnostic_to_dict(each)
            plain["message"] = each.message_in(language)
            yield json.dumps(
                {
                    "source": name,
                    "line": each.span.line if each.span else None,
                    "column": each.span.column if each.span else None,
                    "place": attrs.asdict(each.span.place) if each.span and each.span.place else None,
                    **plain,
                    "arguments": dict(each.arguments),
                },
                ensure_ascii=False,
            )


def sarif(checked: Sequence[Checked], language: Language) -> Iterator[str]:
    """One SARIF log with a run: every finding is a result, every code that was found a rule."""
    codes = sorted({each.code for *_, found in checked for each in found})
    log = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "gkparse",
                "version": __version__,
                "rules": [_rule(code, language) for code in codes],
            }},
            # Offsets and columns are those of Python's strings.
            "columnKind": "unicodeCodePoints",
            "results": [
                _result(name, report, each, codes.index(each.code), language)
                for name, report, found in checked
                for each in found
            ],
        }],
    }
    yield json.dumps(log, ensure_ascii=False, indent=2)


def _rule(code: str, language: Language) -> dict[str, Any]:
    if code not in CODES:
        return {"id": code}
    known = CODES[code]
    return {
        "id": code,
        "name": known.name,
        "shortDescription": {
            "text": known.title if language == "zh" else known.name.replace("-", " ")
        },
        "fullDescription": {"text": known.zh if language == "zh" else known.en},
        "defaultConfiguration": {"level": _LEVELS[known.severity]},
    }


def _result(
    name: str, report: Report, found: Diagnostic, rule: int, language: Language
) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": {"uri": _uri(name)}}
    if found.span and report.source is not None and not found.span.place:
        location["region"] = _region(report.source, found.span)
    result: dict[str, Any] = {
        "ruleId": found.code,
        "ruleIndex": rule,
        "level": _LEVELS[found.severity],
        "message": {"text": found.message_in(language)},
        "locations": [{
            "physicalLocation": location,
            "logicalLocations": [{"fullyQualifiedName": path} for path in found.paths],
        }],
        "properties": {"arguments": dict(found.arguments)},
    }
    if found.span and found.span.place:
        result["properties"]["place"] = attrs.asdict(found.span.place)
    if found.suggestion:
        result["properties"]["suggestion"] = found.suggestion
    return result


def _region(source: str, span: Span) -> dict[str, int]:
    end = Span.of(source, span.end, span.end)
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": end.line,
        "endColumn": end.column,
        "charOffset": span.start,
        "charLength": span.end - span.start,
    }


def _uri(name: str) -> str:
    """The name of a file as a relative or absolute reference; standard input has none of its own."""
    if name == "-":
        return "stdin"
    return quote(name.replace("\\", "/").encode("utf-8", "surrogateescape"))
