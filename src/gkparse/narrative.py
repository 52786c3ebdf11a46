"""The narrative against the tables: numbers in the prose that state what a cell states.

Patterns find the statements; what stands around one decides whether it may be compared. A false
contradiction is worse than a missed one: in doubt a statement is not comparable.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from itertools import takewhile
from typing import Literal, NamedTuple, TypeAlias

import attrs

from gkparse import wording
from gkparse.diagnostics import Diagnostic, Span
from gkparse.form import load
from gkparse.model import Report, Section
from gkparse.numerals import whole
from gkparse.places import Places
from gkparse.registry import found, rule

__all__ = ["Outcome", "Statement", "prose", "statements"]

Outcome: TypeAlias = Literal["agrees", "contradicts", "not comparable"]


@attrs.frozen
class Statement:
    """A number that the prose of a section says, and what the table says to it.

    `paths` are the cells whose sum is meant, most often one. `printed` is the clause without white
    space; `span` its place in the report's source, None where it was not found. `actual` is the
    value of the table, None where it prints none. `reason` says why a statement is not comparable.
    """

    paths: tuple[str, ...]
    value: int | Decimal
    printed: str
    section: int
    outcome: Outcome
    actual: int | Decimal | None = None
    reason: str = ""
    span: Span | None = None


# How far before a number its sentence may begin, and how far what is said before it counts.
_REACH, _EARLIER = 200, 150


class _Doubt(NamedTuple):
    """Why a statement is not comparable: in any case, or where it differs from the table."""

    always: str = ""
    differing: str = ""


class _Reading:
    """A section's text folded for matching, without white space, and where each sign stands."""

    def __init__(self, report: Report, section: Section) -> None:
        self.report, self.raw = report, section.text
        self.title, self.agency = wording.folded(section.title), wording.folded(report.agency or "")
        breaks = {each.end() - 1 for each in wording.HEADING.finditer(self.raw)}
        breaks |= {each.start() for each in wording.NEW_LINE.finditer(self.raw)}
        # A blank between two digits stays: they are two numbers.
        blanks = {each.start() for each in re.finditer(r"(?<=\d)\s(?=\d)", self.raw)}
        self.at = [at for at, sign in enumerate(self.raw)
                   if not sign.isspace() or at in breaks or at in blanks]
        folded = wording.folded(self.raw)
        self.text = "".join(folded[at] for at in self.at)
        self.stops = [0, *(each.end() for each in wording.STOP.finditer(self.text))]

    def sentence(self, at: int) -> int:
        """Where the sentence around an offset begins; at most a window before it."""
        return max(self.stops[bisect_right(self.stops, at) - 1], at - _REACH)

    def clause(self, at: int) -> int:
        """Where the clause around an offset begins."""
        start = self.sentence(at)
        return max((each.end() for each in wording.CLAUSE.finditer(self.text, start, at)), default=start)

    def rest(self, at: int) -> str:
        """What follows an offset in its sentence; at most a window."""
        following = self.text[at : at + _REACH]
        stop = wording.STOP.search(following)
        return following[: stop.start()] if stop else following

    def printed(self, start: int, end: int) -> str:
        """The section's own text there, without white space."""
        return "".join(self.raw[self.at[start] : self.at[end - 1] + 1].split())


class _Said(NamedTuple):
    """A statement as it is found: topic, value, extent, and what makes it doubtful."""

    topic: str
    value: int | Decimal
    start: int
    end: int
    doubt: _Doubt
    head: _Said | None = None  # the number of requests that a part belongs to


def _said(reading: _Reading) -> list[_Said]:
    """The statements of a section in order, each text read by one form of words alone."""
    taken = bytearray(len(reading.text))
    matches = []
    for form in wording.FORMS:
        for match in form.pattern.finditer(reading.text):
            if not any(taken[match.start() : match.end()]) and _is_whole(match):
                taken[match.start() : match.end()] = b"\1" * len(match[0])
                matches.append((match, form))
    said: list[_Said] = []
    for match, form in sorted(matches, key=lambda each: each[0].start()):
        value = Decimal(0) if form.none else _value(match)
        if value is None or _is_denied(reading.text, match, form):
            continue
        number = value if "fees" in form.topics else int(value)
        for topic in form.topics:
            if topic := _of_documents(reading, match.start(), topic):
                first = reading.sentence(match.start())
                near = takewhile(lambda each: each.start >= first, reversed(said))  # noqa: B023
                head = next((each for each in near if each.topic in wording.REQUESTS), None)
                doubt = _doubt(reading, match, topic, number, said, head)
                said.append(_Said(topic, number, match.start(), match.end(), doubt, head))
    return said


def _is_whole(match: re.Match[str]) -> bool:
    """Whether a number has a unit, or stands alone after a word such as 为."""
    named = match.groupdict()
    if "n" not in named or named["unit"]:
        return True
    before, after = match.string[match.start("n") - 1 : match.start("n")], match.string[match.end() :][:1]
    return before in "为是:" and after in ",。;、)\n"


def _value(match: re.Match[str]) -> Decimal | None:
    """The number of a match, an amount in 万元; None for what is no number of 件."""
    printed = match["n"].replace(",", "")
    if printed[0].isdecimal():
        number = Decimal(printed)
    elif printed == "无":
        number = Decimal(0)
    elif (read := whole(printed)) is not None:
        number = Decimal(read)
    else:
        return None
    unit = match["unit"] or ""
    if unit.endswith("元"):
        scaled = number.scaleb({"元": -4, "万元": 0, "亿元": 4}[unit])
        return number if scaled == number else Decimal(f"{scaled.normalize():f}")
    return number if number == int(number) else None


def _is_denied(text: str, match: re.Match[str], form: wording.Form) -> bool:
    """Whether the words before make something else of it: 每收到一件, 应答复, 有无."""
    before = text[max(0, match.start() - 3) : match.start()]
    if form.none:
        return before.endswith(("有", "否", "如", "若"))
    joint = wording.JOINED.search(before) and form.topics[0] not in wording.REQUESTS
    apart = "n" in match.groupdict() and re.search("[均各都]", text[match.start() : match.start("n")])
    return bool(wording.BEFORE.search(before) or (joint and not apart))


def _of_documents(reading: _Reading, at: int, topic: str) -> str:
    """The topic of 废止3件 and the like: rules or documents, whichever the sentence names last."""
    if not topic.startswith("*"):
        return topic
    sentence = reading.text[reading.sentence(at) : at]
    kinds = {sentence.rfind("规范性文件"): "normative_documents", sentence.rfind("规章"): "rules"}
    return topic.replace("*", kinds[max(kinds)]) if max(kinds) >= 0 else ""


def _doubt(
    reading: _Reading, match: re.Match[str], topic: str, value: int | Decimal, said: list[_Said],
    head: _Said | None,
) -> _Doubt:
    """What speaks against a comparison: words before a statement, most of them in its clause."""
    text, start, end, own = reading.text, match.start(), match.end(), match[0]
    first, clause = reading.sentence(start), reading.clause(start)
    sentence, before, after = text[first:start], text[clause:start], text[end : end + 40]
    named = match.groupdict()
    # A number in between that is of nothing known: what follows may be a part of it.
    stray = bool(said) and wording.COUNT.search(text, max(first, said[-1].end), start)
    part = wording.PART.search(sentence[sentence.rfind(";") + 1 :])
    of_requests = part and "申请" in part.string[: part.start()]
    year = reading.report.year
    # What a comparison says about is another year's number, not what follows it.
    plain = wording.CITED.sub("", sentence)
    years = wording.YEAR.findall(plain)
    timed = wording.WHOLE_YEAR.sub("", ",".join(
        each for each in wording.CLAUSE.split(plain) if not wording.COMPARED.search(each)))
    earlier = wording.OPENING.findall(text, max(0, first - _EARLIER), first)

    always = (
        ("an approximate number", any(named.get(name) for name in ("about", "many", "more"))),
        ("another year", bool(year and years and int(years[-1]) != year)
         or bool(year and (named.get("from") or str(year - 1)) != str(year - 1))
         or bool(year and (named.get("to") or str(year + 1)) != str(year + 1))),
        ("a comparison", wording.COMPARED.search(before)),
        ("another time", wording.OTHER_TIME.search(timed)
         or (wording.RUNNING.search(before) and not wording.WITHIN.search(before))),
        ("another body", wording.OTHER_BODY.search(before)),
        ("another matter",
         (wording.OTHER_MATTER.search(before if wording.OF_REQUESTS.search(own) else sentence)
          and topic not in wording.DISPUTES)
         or ((topic == "received" or topic.startswith("carried")) and not wording.OF_REQUESTS.search(own)
             and wording.DISPUTED.search(sentence))),
        ("a part", (wording.CHANNEL.search(before) and not wording.EVERY_CHANNEL.search(before))
         or (topic in wording.PARTS and head and head.doubt.always)
         or (topic == "received" and of_requests and not own.startswith("新收"))),
        ("with those carried over", topic == "received" and wording.CARRIED_IN.match(after)),
        ("a publication", topic in wording.DECISIONS | {"fees"} and wording.PUBLISHED.search(before)),
        ("one stage or result", topic in wording.DISPUTES and wording.STAGE.search(before)),
        ("fees not charged", topic == "fees" and wording.SPARED.search(before)),
    )
    about = text[max(0, start - _EARLIER) : end]
    rest = wording.PLAIN.sub("", before)
    since = text[head.end if head else first : start]
    differing = (
        ("it may be another year", years if not year else earlier and int(earlier[-1]) != year),
        ("it may be of another body", not _within(rest, reading.agency)
         or wording.OTHER_BODY.search(sentence) or wording.WHOLE_AREA.search(sentence) or wording.SPLIT.search(after)
         or _is_shared(reading, start, end, topic)
         or ("." in topic and any(
             "body" in each.doubt.differing for each in takewhile(lambda each: each.start >= first, reversed(said))))),
        ("it may be counted otherwise", named.get("unit") in wording.LOOSE_UNITS
         or (topic in wording.DECISIONS and re.search("案|申请", own))),
        ("it may be a part", ((topic == "received" or not head) and part)
         or (topic in wording.PARTS | {"handled"} and (
             wording.SUBTOTAL.search(sentence) or (stray and "申请" not in own) or (head and head.doubt.differing)))
         or (topic in wording.DISPUTES and wording.INSTANCE.search(after))
         or _is_share(reading, match, topic, value, since, head)),
        ("it may be about something else", _is_aside(reading, topic, own, sentence, about, head)
         or (topic in wording.OUTCOMES and wording.PAPERS.search(since if head or "申请" in sentence else about))
         or (topic.startswith("carried") and "复议" in reading.title)
         or (topic in wording.DISPUTES and _is_reviewed(reading, sentence + own, value))),
    )
    return _Doubt(*(next((why for why, holds in each if holds), "") for each in (always, differing)))


def _is_share(
    reading: _Reading, match: re.Match[str], topic: str, value: int | Decimal, since: str,
    head: _Said | None,
) -> bool:
    """Whether other words of the sentence make a statement one share of several."""
    start, own, rest = match.start(), match[0], reading.rest(match.end())
    first, before = reading.sentence(start), reading.text[reading.clause(start) : start]
    sentence = reading.text[first:start]
    if topic in wording.DECISIONS:
        kinds = wording.KINDS_OF_MEASURE if topic == "compulsory_measures" else wording.KINDS_OF_DECISION
        return bool(kinds.search(sentence) or kinds.search(rest))
    if topic in wording.DISPUTES:
        return bool(wording.UNENDED.search(sentence + own) or wording.UNENDED.search(rest)
                    or (value == 0 and "公开" not in own and wording.OF_THESE.search(before)))
    if topic == "received":
        ahead = re.search(r"(?:\A|[,;:)])([^,;:]{2,12}),\Z", sentence)  # 涉密类,未收到政府信息公开申请
        return bool((ahead and wording.CHANNEL.search(ahead[1]) and not wording.EVERY_CHANNEL.search(ahead[1]))
                    or "书面" in own or wording.FURTHER.match(rest) or wording.REFUSED.search(rest)
                    or wording.OF_OTHERS.search(rest))
    if topic == "fees":
        return bool(wording.PASSED_ON.search(sentence) or wording.PASSED_ON.search(rest))
    if topic not in wording.OUTCOMES:
        return False
    if wording.SUBJECT.search(since) or wording.OF_OTHERS.search(rest):
        return True
    if not head and wording.SUBJECT_BEFORE.search(reading.text[max(0, start - _EARLIER) : start]):
        return True
    if topic != "handled":
        return False
    less = head and head.topic == "received" and value < head.value
    following = reading.text[match.end() : match.end() + 80].partition("\n")[0]
    return bool(wording.TIMELY.search(before) or (head and wording.PART.search(since))
                or (less and wording.REMAINDER.search(following)))


def _is_shared(reading: _Reading, start: int, end: int, topic: str) -> bool:
    """Whether other bodies nearby have a number of the same thing."""
    verbs = wording.BODIES.get(topic.partition(".")[0])
    if not verbs:
        return False
    text = reading.text
    for window in (text[max(0, start - _EARLIER) : start], text[end : end + 120]):
        for each in verbs.finditer(window):
            name = wording.PLAIN.sub("", wording.CITED.sub("", each["body"]))
            if name and not _within(name, reading.agency):
                return True
    return False


def _is_reviewed(reading: _Reading, words: str, value: int | Decimal) -> bool:
    """Whether the body may decide the cases itself, or represent another, rather than be a party."""
    if "法院" in reading.agency or wording.REVIEWER.search(words):
        return True
    return bool(value and wording.TAKEN.search(words) and not wording.CAUSED.search(words))


def _is_aside(
    reading: _Reading, topic: str, own: str, sentence: str, about: str, head: _Said | None
) -> bool:
    """Whether nothing nearby says that the words are about what the topic's cell counts."""
    if topic in {"natural_person", "legal_person"}:
        return not head or head.topic != "received"
    if topic in wording.REQUESTS | wording.PARTS or topic.startswith("carried"):
        weak = topic == "handled" and not head and "申请" not in own
        # 无依申请公开 may speak of what was disclosed.
        vague = topic == "received" and own.endswith("公开") and not re.search("[收接受]", own)
        return weak or vague or not (wording.OF_REQUESTS.search(about) or "申请" in reading.title)
    if topic in wording.DISPUTES:
        return not (wording.OF_REQUESTS.search(sentence + own) or "复议" in reading.title)
    if topic in wording.DECISIONS:
        return not wording.VERB.search(sentence + own) or bool(wording.PUBLISHED.search(sentence))
    if topic == "fees":  # or those for requests, which section six reports
        return "其他" in reading.title or bool(re.search("公开|信息|申请", sentence))
    return bool(wording.PUBLISHED.search(sentence) or wording.PART.search(sentence)
                or wording.REVIEWED.search(sentence))


def _within(words: str, name: str) -> bool:
    """Whether the characters of a short name stand in a full one in their order; a single one is no name."""
    signs = iter(name)
    return len(words) != 1 and all(sign in signs for sign in words)


# ---------------------------------------------------------------- against the tables


@cache
def _rows(form: str, topic: str) -> tuple[str, ...]:
    fields = load(form).fields
    cells = tuple(
        path for cell in wording.CELLS.get(topic, (topic,)) for path in fields
        if path == cell or (cell.endswith(".") and path.startswith(cell) and path.endswith(".total"))
    )
    return cells if len(cells) >= len(wording.CELLS.get(topic, (topic,))) else ()


def _cells(report: Report, topic: str) -> tuple[str, ...]:
    """The cells of a topic that a report prints: of several rows or the one instead, either."""
    paths = _rows(report.form, topic)
    one = tuple(path for path in paths if ".combined." in path)
    several = tuple(path for path in paths if path not in one)
    if not one:
        return paths
    return several if any(report.value(path) is not None for path in several) else one


def _sum(report: Report, topics: Iterable[str]) -> int | Decimal | None:
    values = [report.value(path) for topic in topics for path in _cells(report, topic)]
    return None if None in values else sum(value for value in values if value is not None)


def _equal(value: int | Decimal, actual: int | Decimal) -> bool:
    """Whether two numbers are one; two amounts, to the decimals that both have."""
    if value == actual or not (isinstance(value, Decimal) and isinstance(actual, Decimal)):
        return value == actual
    exponents = (value.normalize().as_tuple().exponent, actual.normalize().as_tuple().exponent)
    coarse = max(min(0, each) for each in exponents if isinstance(each, int))
    return bool(value and actual) and abs(value - actual) < Decimal(1).scaleb(coarse)


def _compared(report: Report, said: _Said) -> tuple[int | Decimal | None, Outcome, str]:
    actual = _sum(report, (said.topic,))
    if said.doubt.always or actual is None:
        return actual, "not comparable", said.doubt.always or "the table prints no number"
    if _equal(said.value, actual):
        return actual, "agrees", ""
    denied = said.topic == "received" and not said.value  # none is none, however it is counted
    sums = () if denied else wording.OTHERWISE.get(said.topic, ())
    otherwise = said.value in [each for topics in sums if (each := _sum(report, topics)) is not None]
    # The parts of a number that is counted otherwise are so too.
    of_such = said.topic in wording.PARTS and said.head and _compared(report, said.head)[1] == "not comparable"
    reason = said.doubt.differing or ("it may be counted otherwise" if otherwise or of_such else "")
    return actual, "not comparable" if reason else "contradicts", reason


def statements(report: Report) -> tuple[Statement, ...]:
    """What the prose of a report states that its tables state as well, in order of the text.

    >>> import gkparse
    >>> text = "2023年，我局收到政府信息公开申请5件，予以公开3件。行政复议、行政诉讼均为0。"
    >>> report = gkparse.Report(
    ...     form="2021", year=2023,
    ...     requests=gkparse.Requests(received=gkparse.Applicants(total=4)),
    ...     disputes=gkparse.Disputes(gkparse.Results(total=0)),
    ...     sections=(gkparse.Section(1, "总体情况", text),),
    ... )
    >>> for said in statements(report):
    ...     print(said.paths[0], said.value, said.outcome, said.actual)
    requests.received.total 5 contradicts 4
    requests.outcomes.granted.total 3 not comparable None
    disputes.reconsideration.total 0 agrees 0
    disputes.litigation_direct.total 0 not comparable None
    """
    made = []
    places = Places(report.source, report.positions)
    for section in report.sections:
        reading = _Reading(report, section)
        every = _said(reading)
        for said in every:
            if paths := _cells(report, said.topic):
                actual, outcome, reason = _compared(report, said)
                if outcome == "contradicts" and _is_completed(reading, said, every, actual):
                    outcome, reason = "not comparable", "with another number it is the table's"
                start = max(reading.clause(said.start), said.start - 30)
                printed = reading.printed(start, said.end)
                made.append(Statement(paths, said.value, printed, section.number, outcome, actual,
                                      reason, places.find(printed)))
    return tuple(_reconciled(made))


def _start(said: _Said) -> int:
    return said.start


def _is_completed(reading: _Reading, said: _Said, every: list[_Said], actual: int | Decimal | None) -> bool:
    """Whether numbers of nothing known in the sentence make up the difference to the table's."""
    start, end = reading.sentence(said.start), said.end + len(reading.rest(said.end))
    if not said.value:  # what a denial leaves out may have a sentence of its own
        start, end = max(0, said.start - _EARLIER), said.end + _EARLIER
    near = every[bisect_left(every, start, key=_start) : bisect_left(every, end, key=_start)]
    known = [each for each in near if each.topic != said.topic or each is said]
    others = [
        int(each[1]) for each in wording.COUNTED.finditer(reading.text, start, end)
        if not any(one.start <= each.start() < one.end for one in known)
    ]
    return bool(others) and actual in {
        said.value + sign * other for other in (*others, sum(others)) if other for sign in (1, -1)}


def _reconciled(made: list[Statement]) -> Iterator[Statement]:
    """Statements of different numbers for the same cells contradict no table: one may be a part."""
    values = defaultdict[tuple[str, ...], set[int | Decimal]](set)
    all_values = defaultdict[tuple[str, ...], set[int | Decimal]](set)
    for each in made:
        all_values[each.paths].add(each.value)
        if each.outcome != "not comparable":
            values[each.paths].add(each.value)
    for each in made:
        completed = each.actual in {each.value + other for other in all_values[each.paths] - {each.value, 0}}
        if each.outcome == "contradicts" and (completed or len(values[each.paths]) > 1):
            yield attrs.evolve(each, outcome="not comparable", reason="the text says several numbers")
        else:
            yield each


# ---------------------------------------------------------------- the rule


def _label(report: Report, paths: tuple[str, ...]) -> str:
    """What the form prints for cells: the labels that they share."""
    fields = load(report.form).fields
    levels = zip(*(fields[path].label.split(" > ") for path in paths), strict=False)
    shared = [labels[0] for labels in takewhile(lambda each: len(set(each)) == 1, levels)]
    if paths == wording.CELLS["legal_person"]:
        shared.append("法人或其他组织")  # a head over the columns, of which no label speaks
    named = [label for label in shared if label != "总计"]
    return " > ".join(named[-2:]) or "行政复议、行政诉讼"


@rule("GK501")
def prose(report: Report) -> Iterator[Diagnostic]:
    """Numbers in the prose that contradict the cells which they state."""
    for said in statements(report):
        if said.outcome == "contradicts":
            yield found(
                "GK501", report, said.paths, span=said.span, located=False, label=_label(report, said.paths),
                expected=str(said.value), printed=said.printed, actual=str(said.actual),
            )
