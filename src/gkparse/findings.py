"""Findings as a compiler shows them: place, message, the printed line, and carets under it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap

from gkparse.checks import check, chosen
from gkparse.diagnostics import Diagnostic, Language, Severity, Span
from gkparse.model import Report
from gkparse.terminal import WIDTH, Ink, visible, width

__all__ = ["finding_lines", "findings", "headline", "summary"]

def findings(
    report: Report, select: Sequence[str] = (), ignore: Sequence[str] = ()
) -> list[Diagnostic]:
    """List what reading and checking found, in the order of the text; what has no place last.

    `select` and `ignore` are codes as `check` has them.
    """
    # `check` repeats some of what the reading has found.
    known = {(found.code, found.paths) for found in report.diagnostics if found.paths}
    more = [
        found for found in check(report, select=select, ignore=ignore)
        if (found.code, found.paths) not in known
    ]
    read = [found for found in report.diagnostics if chosen(found.code, select, ignore)]
    return sorted(
        [*read, *more],
        key=lambda found: found.span.start if found.span else len(report.source or ""),
    )


_SEVERITIES: Mapping[Language, Mapping[Severity, str]] = {
    "en": {"error": "error", "warning": "warning", "info": "info"},
    "zh": {"error": "错误", "warning": "警告", "info": "提示"},
}
_WHERE: Mapping[Language, str] = {"en": "where", "zh": "位置"}
_PLACES: Mapping[Language, tuple[str, ...]] = {
    "en": ("page {}", "table {}", "row {}", "column {}"),
    "zh": ("第{}页", "表{}", "第{}行", "第{}列"),
}
_ZEROS: Mapping[Language, str] = {"en": "and {} cells of 0", "zh": "以及{}个为0的单元格"}
_HELP: Mapping[Language, str] = {"en": "help", "zh": "建议"}
# Of more cells than these, those that hold 0 are counted, not listed.
_MOST_PATHS = 8
# Of a place that goes over more lines than this, the middle is left out.
_MOST_LINES = 4
# How many columns of a line are shown around a place.
_WINDOW = 92


def headline(found: Diagnostic, language: Language, ink: Ink) -> str:
    """The code, severity and message of a finding."""
    severity = ink(_SEVERITIES[language][found.severity], found.severity)
    return f"{ink(found.code, 'strong')} {severity}: {visible(found.message_in(language))}"


def finding_lines(
    name: str, report: Report, found: Diagnostic, language: Language, ink: Ink
) -> Iterator[str]:
    """Show a finding with its place, the printed text there, what it concerns and what may help."""
    spans = _spans(report, found.paths)
    place = f"{visible(name)}:"
    gutter = 1
    excerpt: list[tuple[str, str]] = []
    if found.span and report.source is not None:
        place += f"{place_of(found.span, language)}:"
        excerpt = list(_excerpt(report.source, found.span, [*spans.values()]))
        gutter = max(len(number) for number, _ in excerpt)
    yield f"{ink(place, 'strong')} {headline(found, language, ink)}"
    for number, text in [("", ""), *excerpt] if excerpt else []:
        shown = text if number else ink(text, found.severity)
        yield f"{ink(f'{number:>{gutter}} |', 'faint')} {shown}".rstrip()
    many = len(found.paths) > _MOST_PATHS
    zeros = {path for path in spans if many and report.value(path) == 0}
    where = [
        f"{path}\xa0({place_of(spans[path], language)})".replace(" ", "\xa0")
        if path in spans and spans[path] != found.span
        else path
        for path in found.paths
        if path not in zeros
    ]
    if zeros:
        where.append(_ZEROS[language].format(len(zeros)))
    for word, text in ((_WHERE, ", ".join(where)), (_HELP, found.suggestion or "")):
        lead = f"{'':{gutter}} = {word[language]}: "
        lines = wrap(visible(text), WIDTH - width(lead), break_long_words=False)
        for at, line in enumerate(lines):
            margin = " " * width(lead) if at else ink(lead, "faint")
            yield margin + line.replace("\xa0", " ")


def place_of(span: Span, language: Language) -> str:
    """Tell a place: line and column of a text, or page, table, row and column of a file."""
    place = span.place
    if place is None:
        return f"{span.line}:{span.column}"
    numbers = (place.page, place.table, place.row, place.column)
    said = [words.format(at) for words, at in zip(_PLACES[language], numbers, strict=True) if at]
    return (", " if language == "en" else "").join(said)


def _spans(report: Report, paths: Sequence[str]) -> dict[str, Span]:
    """Find where the cells among the paths are printed; rows and tables have no one place."""
    spans = {}
    for path in paths:
        try:
            span = report.locate(path)
        except KeyError:
            continue
        if span:
            spans[path] = span
    return spans


def _excerpt(source: str, span: Span, others: Sequence[Span]) -> Iterator[tuple[str, str]]:
    """Show the lines of a place, each with its number, and marks below what is meant.

    `^` stands under the place, `-` under the other cells concerned that are on its lines.
    """
    start = source.rfind("\n", 0, span.start) + 1
    stop = source.find("\n", max(span.start, span.end - 1))
    lines = source[start : stop if stop >= 0 else len(source)].split("\n")
    for at, line in enumerate(lines):
        if len(lines) <= _MOST_LINES or at < _MOST_LINES - 2 or at == len(lines) - 1:
            places = [(each.start - start, each.end - start) for each in (span, *others)]
            text, marks = _marked(line.rstrip("\r"), places)
            yield str(span.line + at), text
            if at == 0 or line.strip():
                yield "", marks
        elif at == _MOST_LINES - 2:
            yield "...", ""
        start += len(line) + 1


def _marked(line: str, places: Sequence[tuple[int, int]]) -> tuple[str, str]:
    """Cut a line to a window around the first of some places, and mark all of them below it."""
    (first, last), *others = [(max(start, 0), min(end, len(line))) for start, end in places]
    printed = line[first:last]
    if printed.strip():
        first += len(printed) - len(printed.lstrip())
        last -= len(printed) - len(printed.rstrip())
    else:
        last = first + 1  # where nothing is printed is a place, too
    line += " "  # and so is the end of a line
    low = high = first
    room = _WINDOW
    while room > 0 and high < last:
        room -= width(_glyph(line[high]))
        high += 1
    while room > 0 and (low > 0 or high < len(line)):
        if low > 0:
            low -= 1
            room -= width(_glyph(line[low]))
        if high < len(line):
            room -= width(_glyph(line[high]))
            high += 1
    text, marks = ("…", " ") if low else ("", "")
    for at in range(low, high):
        glyph = _glyph(line[at])
        other = any(start <= at < end for start, end in others)
        text += glyph
        marks += ("^" if first <= at < last else "-" if other else " ") * width(glyph)
    return text.rstrip() + "…" * (high < len(line) - 1), marks.rstrip()


def _glyph(character: str) -> str:
    return "→ " if character == "\t" else visible(character)


def summary(counts: Mapping[Severity, int], language: Language, hint: str) -> str:
    """Count what was found; `hint` is how to see the notes, if they were not shown."""
    errors, warnings, notes = (counts.get(key, 0) for key in _SEVERITIES["en"])
    if language == "zh":
        text = f"错误 {errors} 个，警告 {warnings} 个，提示 {notes} 条"
        return text + (f"（加 {hint} 列出）" if notes and hint else "")
    named = (("error", errors), ("warning", warnings), ("note", notes))
    text = ", ".join(f"{count} {name}{'s' * (count != 1)}" for name, count in named)
    return text + (f" (use {hint} to see them)" if notes and hint else "")
