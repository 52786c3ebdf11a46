"""The page: everything in one file that fetches nothing."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from itertools import groupby

import attrs

from gkparse import __version__
from gkparse.audit.audited import INDICATORS, Audited
from gkparse.audit.charts import patterns
from gkparse.audit.elements import Element, both, element, html, plain, script_data
from gkparse.audit.views import index_view, report_view
from gkparse.audit.wording import STATUSES
from gkparse.audit.years import Body, bodies, comparison
from gkparse.dictionary import describe
from gkparse.findings import findings
from gkparse.form import load
from gkparse.model import Report

__all__ = ["page"]


def page(reports: Iterable[tuple[str, Report]], unread: Iterable[tuple[str, str]] = ()) -> str:
    """One HTML page to audit reports with: tables and sources side by side, findings, charts.

    `reports` are reports with the names of their files, of which several may be the same; `unread`
    are files that could not be read, each with the reason. The page holds its own style and script
    and fetches nothing; what a report says is text in it, whatever it looks like. It is written in
    UTF-8. Of reports of one body on several years there is a comparison, with the findings of
    `check_series`. Raises what `gkparse.check` raises.

    >>> import gkparse
    >>> from gkparse.audit import page
    >>> report = gkparse.parse("第二十条第（五）项 行政许可 318")
    >>> made = page([("report.txt", report)])
    >>> made[:15], "https:" in made
    ('<!DOCTYPE html>', False)
    """
    every = _audited(reports)
    several = bodies(every)
    every = _with_series(every, several)
    failed = list(unread)
    style, script = _file("page.css"), _file("page.js")
    alone = len(every) == 1 and not failed
    body = element(
        "body",
        element("a", *both("跳到内容", "Skip to content"), href="#main", class_="skip"),
        _bar(alone=alone),
        element("main", id="main", tabindex=-1),
        element("noscript", element("p", "此页需要 JavaScript。This page needs JavaScript.")),
        patterns(),
    )
    scripts = "\n".join(_scripts(every, several, failed))
    title = every[0].report.title if alone else None
    return (
        '<!DOCTYPE html>\n<html lang="zh-Hans">\n<head>\n<meta charset="utf-8">\n'
        f"{html(element('meta', http_equiv='Content-Security-Policy', content=_policy(style, script)))}\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"{html(element('meta', name='generator', content=f'gkparse {__version__}'))}\n"
        f"{html(element('title', title or '政府信息公开工作年度报告 · gkparse audit'))}\n"
        f"<style>{style}</style>\n</head>\n"
        f"{html(body).removesuffix('</body>')}\n{scripts}\n"
        f"<script>{script}</script>\n</body>\n</html>\n"
    )


# ---------------------------------------------------------------- what is shown


def _audited(reports: Iterable[tuple[str, Report]]) -> list[Audited]:
    """Each report with its findings, and of a source that several share its own part."""
    every = [Audited(file, report, tuple(findings(report))) for file, report in reports]
    found: list[Audited] = []
    for _, group in groupby(every, lambda one: (one.file, id(one.report.source))):
        found += _parted(list(group))
    return found


def _parted(several: Sequence[Audited]) -> list[Audited]:
    """Reports of one source, each with what stands between the values of those around it."""
    places = [[cell.span for _, cell in audited.cells if cell.span] for audited in several]
    if not all(places):
        return list(several)
    starts = [min(span.start for span in spans) for spans in places]
    ends = [max(span.end for span in spans) for spans in places]
    if any(start < end for start, end in zip(starts[1:], ends, strict=False)):
        return list(several)  # they do not stand one after the other
    return [
        attrs.evolve(audited, start=start, end=end)
        for audited, start, end in zip(several, [0, *ends], [*starts[1:], None], strict=False)
    ]


def _with_series(every: Sequence[Audited], several: Sequence[Body]) -> list[Audited]:
    """The reports with what was found between the years, each with what is said of its own year."""
    found = list(every)
    for body in several:
        for number, audited in body.reports.items():
            year = str(audited.report.year)
            alone = sum(each.report.year == audited.report.year for each in body.reports.values()) == 1
            own = tuple(
                # Of several reports on a year it is not known whose place it is.
                each if alone else attrs.evolve(each, span=None)
                for each in body.findings if each.arguments.get("year") == year
            )
            found[number] = attrs.evolve(audited, findings=(*audited.findings, *own))
    return found


# ---------------------------------------------------------------- the file


def _bar(*, alone: bool) -> Element:
    """The line at the top: where one is, and the language of the page's own words."""
    home = element("a", *both("目录", "Index"), href="#index") if not alone else element("span")
    button = element("button", element("span", "EN", lang="en"), " / 中文", type="button", class_="language", aria_label="EN / 中文: 语言 language")
    return element("nav", element("strong", "gkparse audit", lang="en"), home, button, aria_label="gkparse")


def _scripts(
    every: Sequence[Audited], several: Sequence[Body], failed: Sequence[tuple[str, str]]
) -> Iterator[str]:
    """The views as data, each built when it is first looked at."""
    start = "report-0" if len(every) == 1 and not failed else "index"
    yield _data("page", {"start": start, **_words(every)})
    yield _data("index", plain(index_view(every, several, failed)))
    for number, audited in enumerate(every):
        yield _data(f"report-{number}", plain(report_view(audited)))
    for number, body in enumerate(several):
        yield _data(f"body-{number}", plain(comparison(body)))


def _data(name: str, data: object) -> str:
    return f'<script type="application/json" id="data-{name}">{script_data(data)}</script>'


def _words(every: Sequence[Audited]) -> dict[str, object]:
    """What is the same for many reports: the paths of their cells, what these are called, statuses."""
    paths = [tuple(path for path, _ in audited.cells) for audited in every]
    lists = {each: at for at, each in enumerate(dict.fromkeys(paths))}
    named: dict[str, dict[str, Sequence[str]]] = {}
    for name in sorted({audited.report.form for audited in every}):
        form = load(name)
        rows = {f"{INDICATORS}.{row.key}": row.label for row in form.indicators if row.unit}
        labels = rows | {path: field.label for path, field in form.fields.items()}
        named[name] = {path: (label, describe(path)) for path, label in labels.items()}
    return {
        "paths": list(lists),
        "lists": [lists[each] for each in paths],
        "names": named,
        "statuses": {name: told[1:] for name, told in STATUSES.items()},
    }


def _policy(style: str, script: str) -> str:
    """Nothing is allowed but the page's own style and script, told by what they are."""
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


@cache
def _file(name: str) -> str:
    return files("gkparse.audit").joinpath(name).read_text(encoding="utf-8")
