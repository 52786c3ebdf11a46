"""The preamble: what a report says about itself before its first section and after its last.

Title, agency and year, the period of the figures, the contact, the date of issue, and the numbers
of the documents it cites. Only bounded windows near the first heading and the end of the text are
read (the citations alone are sought everywhere), so the cost does not grow with the document.
"""

from __future__ import annotations

import html
import re
from datetime import date
from typing import NamedTuple

import attrs

from gkparse.folding import fold
from gkparse.model import Metadata

__all__ = ["Preamble", "read_preamble"]


@attrs.frozen
class Preamble:
    """Who reports on which year, as printed, and the report's `Metadata`.

    The lines of the title are joined and markup is left out; blanks within a line stay. The agency
    keeps the script of the source and has no blanks. What nothing in the text says is None.
    """

    title: str | None
    agency: str | None
    year: int | None
    metadata: Metadata


def read_preamble(source: str, body: int) -> Preamble:
    """What stands around the sections of a report.

    `body` is the offset of the first section heading, or `len(source)` where there is none.
    """
    head, titles = "", list[_Mention]()
    for reach in (_NEAR, _FAR):
        # Without a heading the title can only be at the top.
        start = max(0, body - reach) if body < len(source) else 0
        head = _clean(source[start : min(body, start + reach)])
        titles = _mentions(head)
        if start == 0 or any(found.title for found in titles):
            break
    prose = "".join(head.split())
    period_start, period_end = _period(prose)
    first_year = _YEAR.search(source, body, min(len(source), body + _OPENING))
    opening = _number(first_year[1]) if first_year and first_year["unit"] else None
    known = period_start.year if period_start else None
    best = max(titles, key=lambda found: found.rank(known), default=None)
    if best is None or not best.title:
        # Some PDF tools print the lines of a page upwards, the title below the text.
        expected = known or opening
        after = _mentions(_clean(source[body : body + _NEAR]))
        best = next((m for m in after if m.title and m.year == expected and m.organ), best)
    issued, signature = _signature(source[max(body, len(source) - _TAIL) :], best and best.agency)
    issued = issued or _written(prose)
    agency = (best and best.agency) or _named(prose) or signature
    year = (best and best.year) or known or opening
    contact = _contact(head[best.end :] if best and best.title else head)
    return Preamble(
        title=best.title if best else None,
        agency=agency,
        year=year,
        metadata=Metadata(
            period_start=period_start,
            period_end=period_end,
            issue_date=issued,
            cited_documents=_citations(source),
            **contact,
        ),
    )


# How far before the first heading to look for the title: at first, and where markup is thick.
_NEAR, _FAR = 8_000, 64_000
# The end of a text, where signature and date stand, and the opening of section one.
_TAIL, _OPENING = 3_000, 400


# ---------------------------------------------------------------- cleaning

_BLOCK = re.compile(r"</?(?:p|div|br|h[1-6]|t[dhr]|table|title|li|ul|para)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z!?][^<>]*>")
_BOOKMARK = re.compile(r"\[bookmark:[^\]\n]*\]")
_LINK = re.compile(r"\[([^\[\]]*)\](?:\{[^{}]*\}|\([^()]*\))")
_RADICAL = re.compile(r"[⺀-⿟]")
_PINYIN = re.compile(r"\([a-zü-ǜā-žǎ-ǜ]{1,7}\)")
_GAP = re.compile(r"[ \xa0]{3,}|,{2,}")
_FILLER = re.compile(r"(?:NaN|nan|None|Unnamed: \d+|Col\d+|[\W_])*")
_EDGES = " \u3000\xa0\ufeff*#=`'\",\\"


def _clean(text: str) -> str:
    """The cells and lines of a text without markup, blanks at their ends, fillers and repeats."""
    if "&" in text:
        text = html.unescape(text)
    if "<" in text:
        text = _TAG.sub("", _BLOCK.sub("\n", text))
    if "[" in text:
        text = _LINK.sub(r"\1", _BOOKMARK.sub("", text))
    if "(" in text:
        text = _PINYIN.sub("", text)
    text = _readable(text).replace("|", "\n").replace("\t", "\n").replace('","', "\n")
    text = _GAP.sub("\n", text.replace("**", "").replace("'''", ""))
    lines: list[str] = []
    for line in text.splitlines():
        kept = line.strip(_EDGES)
        if kept and not (lines and lines[-1] == kept) and not _FILLER.fullmatch(kept):
            lines.append(kept)
    return "\n".join(lines)


def _readable(text: str) -> str:
    """A text with the radicals that PDF fonts give for characters read as those characters."""
    return _RADICAL.sub(lambda found: fold(found[0]).key or found[0], text)


# ---------------------------------------------------------------- numbers and dates

_FIGURES = "0-9０-９〇○零一二三四五六七八九十"
_VALUES = str.maketrans("〇○零一二三四五六七八九OＯ", "00012345678900")
_DAY = rf"([{_FIGURES}]{{1,3}})月([{_FIGURES}]{{1,3}})日"
_PERIOD = re.compile(
    r"(?:[统統][计計]|期[限间間]|[时時區区][限间間]|周期|[数數][据據])[^。；;]{0,24}?"
    rf"(?<![{_FIGURES}])([{_FIGURES}]{{4}})年{_DAY}[^{_FIGURES}。；;]{{0,4}}?"
    rf"[至到—–\-－~～][^{_FIGURES}。；;次翌]{{0,3}}(?:([{_FIGURES}]{{4}})年)?{_DAY}"
)
_WRITTEN = re.compile(
    rf"[成发發]文日期[:：]?([{_FIGURES}]{{4}})[年/.-]([{_FIGURES}]{{1,3}})[月/.-]([{_FIGURES}]{{1,3}})"
)


def _number(printed: str) -> int:
    """The value of a number in digits of any width or in Chinese numerals up to 九十九."""
    text = "".join(printed.split()).translate(_VALUES)
    tens, ten, ones = text.partition("十")
    return int(tens or 1) * 10 + int(ones or 0) if ten else int(text)


def _date(year: str, month: str, day: str) -> date | None:
    """The date, or None where the calendar has no such day."""
    try:
        return date(_number(year), _number(month), _number(day))
    except ValueError:
        return None


def _period(prose: str) -> tuple[date | None, date | None]:
    """First and last day of the figures; both None where one of them is damaged."""
    if found := _PERIOD.search(prose):
        start = _date(found[1], found[2], found[3])
        end = _date(found[4] or found[1], found[5], found[6])
        if start and end and start < end:
            return start, end
    return None, None


def _written(prose: str) -> date | None:
    """The date of writing (成文日期) in the metadata that a page prints above the title."""
    found = _WRITTEN.search(prose) if "文日期" in prose else None
    return _date(*found.groups()) if found else None


# ---------------------------------------------------------------- title, agency and year


def _loose(words: str) -> str:
    """A pattern that lets blanks and line ends stand between the characters of `words`."""
    return r"\s*".join(re.findall(r"\[[^]]*\]|\(\?:|[()|]\??|.", words))


_YEAR_TEXT = rf"[2２二]\s*[0０〇○零OＯ]\s*[{_FIGURES}]\s*[{_FIGURES}]"
_YEAR = re.compile(rf"(?<![{_FIGURES}])({_YEAR_TEXT})(?P<unit>\s*年)?\s*度?")
_INFORMATION = f"(?:{_loose('信息')}|{_loose('[资資][讯訊]')})"
_REPORT = re.compile(
    rf"(?:政\s*[府务務]\s*(?:{_INFORMATION}\s*)?|{_INFORMATION}\s*){_loose('公[开開]')}"
    rf"(?:\s*[和与與及、]\s*{_loose('政[务務]公[开開]')})?(?:\s*{_loose('工作')})?"
    rf"(?:\s*{_loose('情[况況]')})?(?:\s*的)?(?:\s*{_YEAR_TEXT}\s*年)?(?:\s*年?\s*度)?"
    rf"(?:\s*{_loose('工作')})?\s*(?:{_loose('[总總][结結]')}\s*)?"
    rf"(?:{_loose('[报報]告')}|年\s*[报報])"
)
_SUFFIX = re.compile(r"[ \u3000]*[（(][^（()），。\n]{1,12}[)）]")
# What follows a mention in a sentence; a title is followed by nothing, or by the text glued to it.
_SENTENCE = re.compile(r"\s*[。，；、》”’」』,;)）]|[编編的和及与與已进進等中]|如下")
_OPENED = frozenset("，。；、《“‘「『,;（(")
_EDGE = re.compile(r"[^>»:：\[\]【】《》“”‘’「」『』_,，。;；、!！?？/\\—=+•·◆★\n]*\Z")
# Words of a page that a tool glued to the title, up to the last of them.
_PAGE = re.compile(
    r".*(?:年[报報]|正文|首[页頁]|[网網]站|打印|分享|[关關][闭閉]|搜[索尋]|中\s+小(?=\s)|[标標][题題])",
    re.DOTALL,
)
_VERB = re.compile(r".*(?:[编編公发發][制製布佈]|[现現][将將]|[关關][于於])", re.DOTALL)
_ORGAN = re.compile(
    r"[㐀-鿿（）()、]*[局厅廳委办辦府会會院心所队隊处處镇鎮乡鄉道县縣区區市省部署校馆館团團司行社"
    r"场場旗盟州关關段库庫园園级級组組科股室台臺村厂廠署站](?:[（(][㐀-鿿]+[)）])?"
)
_NO_ORGAN = re.compile(r"(?:[网網]站|大[厅廳]|[专專][区區]|[^㐀-鿿]?[我本该該].|[专專][栏欄])\Z")
# The longest agency that may be the end of a name broken at the line's end.
_SHORT = 3
_NUMERALS = re.compile(rf"[{_FIGURES}年度\s]{{1,8}}")


class _Mention(NamedTuple):
    """A place that names a report: a title of its own, or (`title` is None) words of a sentence."""

    title: str | None
    agency: str | None
    year: int | None
    organ: bool
    end: int

    def rank(self, year: int | None) -> tuple[bool, bool, bool, bool, int]:
        """A whole title first, then that of the right year, then the one nearest to the text."""
        right = year is not None and self.year == year
        return self.title is not None, self.organ, right, self.year is not None, self.end


def _mentions(head: str) -> list[_Mention]:
    """Every place in cleaned text that names an annual report."""
    return [_mention(head, found) for found in _REPORT.finditer(head)]


def _mention(head: str, found: re.Match[str]) -> _Mention:
    base = max(0, found.start() - 200)
    before = head[base : found.start()].split("\n")
    same = _EDGE.search(before[-1])
    run = same[0] if same else ""
    opened = before[-1][: len(before[-1]) - len(run)][-1:]
    suffix = _SUFFIX.match(head, found.end())
    end = suffix.end() if suffix else found.end()
    sentence = opened in _OPENED and bool(opened) or bool(_SENTENCE.match(head, found.end()))
    if sentence and not suffix:
        run = _VERB.sub("", run)
    run = _PAGE.sub("", run).lstrip()
    lines = [run]
    if not opened and len(run) == len(before[-1].lstrip()):
        lines = _above(before[:-1], run)
    text = "\n".join((*lines, found[0], suffix[0] if suffix else ""))
    year, agency = _split("".join(lines), found[0] + (suffix[0] if suffix else ""))
    if not agency and not sentence and not opened:
        agency = _below(head, end)
    organ = bool(agency and _is_organ(agency))
    title = None if sentence or not (year or organ) else _joined(text)
    return _Mention(title, agency if title or organ else None, year, organ, end)


def _above(before: list[str], run: str) -> list[str]:
    """The lines of a title whose last begins with `run`: those above go on to the agency."""
    lines = [run]
    for line in reversed(before[-6:]):
        year, agency = _split("".join(lines), "")
        named = agency is not None and len(agency) > _SHORT
        if year and named:
            break
        tight = "".join(line.split())
        rest = _YEAR.sub("", tight)
        if year is None and (_NUMERALS.fullmatch(line) or (rest != tight and _is_organ(rest))):
            lines.insert(0, line)
        elif not named and _is_organ(tight):
            lines.insert(0, line)
        elif not (year and tight.isdecimal()):  # else a row number that a data frame printed
            break
    return lines


def _below(head: str, end: int) -> str | None:
    """An agency on the line below its title."""
    line = head[end : end + 60].partition("\n")[2].partition("\n")[0]
    tight = "".join(line.split())
    return tight if _is_organ(tight) else None


def _split(text: str, report: str) -> tuple[int | None, str | None]:
    """Year and agency in what stands before the words of the report, or the year within them."""
    found = _YEAR.search(text)
    rest = text[: found.start()] + text[found.end() :] if found else text
    agency = "".join(rest.split()).removeprefix("关于").removeprefix("關於")
    if found is None:
        agency = agency.removesuffix("度").removesuffix("年")  # its digits stand on the line above
    half = len(agency) // 2
    if half > 1 and agency[:half] == agency[half:]:
        agency = agency[half:]  # the page's name and the title's, glued
    if agency.endswith("人民"):
        agency += "政府"  # of 人民政府信息公开
    found = found or _YEAR.search(report)
    return _number(found[1]) if found else None, agency or None


def _is_organ(text: str) -> bool:
    """Whether a text is the name of a body, by its last character."""
    return 2 <= len(text) <= 40 and bool(_ORGAN.fullmatch(text)) and not _NO_ORGAN.search(text)


def _joined(text: str) -> str:
    return "".join(line.strip() for line in text.split("\n"))


_BYLINE = re.compile(r"[报報]告由([㐀-鿿（）]{3,40}?)(?:[按依遵]照|根[据據]|依[据據]|[编編][制製写寫]|[负負][责責])")
_ISSUER = re.compile(r"(?:[发發][布佈文]|公[开開])(?:[机機]?[构構关關]|[单單]位)[:：]([㐀-鿿（）]{3,40}?)(?=[^㐀-鿿（）]|成文|[发發][布佈文]|$)")
_CONTACT = re.compile(r"(?:[与與]|[联聯][系繫絡])([㐀-鿿（）]{3,40}?)(?:[联聯][系繫絡]|[，,（(；;])")
_OFFICE = re.compile(r"(?<=[局委厅廳心院])(?:[办辦]公室|[办辦])\Z")


def _named(prose: str) -> str | None:
    """The agency from the sentences of the preamble, or from the metadata of the page."""
    for pattern in (_BYLINE, _ISSUER, _CONTACT):
        for found in pattern.finditer(prose):
            name = _OFFICE.sub("", found[1])
            if _is_organ(name):
                return name
    return None


# ---------------------------------------------------------------- signature

_SIGNED = re.compile(
    rf"(?<![{_FIGURES}])({_YEAR_TEXT})\s*年\s*([{_FIGURES}](?:\s*[{_FIGURES}]){{0,2}})"
    rf"\s*月\s*([{_FIGURES}](?:\s*[{_FIGURES}]){{0,2}})\s*日\Z"
)
_OWN_START = re.compile(r"(?:\A|[\n|>])[^\w\n]*(?:\d{1,3}[^\w\n]{2,})?\Z")
_OWN_END = re.compile(r"[^\w\n<|]*(?:\n|<|\||\Z|NaN|nan|None)")
_CAPTION = re.compile(r"(?:日期|[时時][间間])[\s:：|]*\Z")


def _signature(tail: str, agency: str | None) -> tuple[date | None, str | None]:
    """The date on a line of its own at the end of a report, and the body that signs above it."""
    if "⽇" in tail or "⽉" in tail:
        tail = _readable(tail)
    tail = tail.replace("\t", "|")
    at = len(tail)
    while (at := tail.rfind("日", 0, at)) >= 0:
        found = _SIGNED.search(tail, max(0, at - 40), at + 1)
        if not found:
            continue
        before = tail[max(0, found.start() - 80) : found.start()]
        own = _OWN_START.search(before) and _OWN_END.match(tail, at + 1)
        glued = agency is not None and "".join(before.split()).endswith(agency)
        if (own or glued) and not _CAPTION.search(before):
            above = _clean(before).rpartition("\n")[2]
            signer = "".join(above.split())
            return _date(*found.groups()), signer if _is_organ(signer) else None
    return None, None


# ---------------------------------------------------------------- contact

_LABEL = re.compile(
    r"(?P<address>(?<![网網站箱件IP])地\s*址\s*[:：为為])"
    r"|(?P<postcode>[邮郵]\s*(?:[编編]|政\s*[编編]\s*[码碼]|遞\s*區\s*號))"
    r"|(?P<phone>[电電]\s*[话話]|致\s*[电電])|(?P<fax>[传傳]\s*真)"
)
_ADDRESS = re.compile(
    r"\s*([^；;，,。、()（）]{2,60}?(?:（[^（）]{1,20}）[^；;，,。、()（）]{0,20}?)?)"
    r"\s*(?:[；;，,。、()（）]|[邮郵]\s*[编編政]|[联聯]\s*[系繫絡]|[电電]\s*[话話]|[传傳]\s*真)"
)
_LINE = re.compile(r"\s*([^；;，,。、()（）\n]{2,60})")
_POSTCODE = re.compile(r"\s*[:：为為是]?\s*(\d(?: ?\d){5})(?! ?\d)")
_PHONE = re.compile(
    r"\s*(?:[（(][^（()）\d]{1,6}[)）]|[号號]\s*[码碼])?\s*[:：为為是]?\s*"
    r"((?:[(（]\s*\d{3,4}\s*[)）]\s*)?\d[\d ]*(?:\s*[—–－‐―-]\s*\d[\d ]*)*"
    r"(?:\s*(?:[、/，,]|转|轉|或)\s*\d[\d—–－-]{2,}(?![\d年月]))*)"
)
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_WEBSITE = re.compile(r"(?:https?[:：]//|www\.)[A-Za-z0-9][A-Za-z0-9./_~%?=&#:-]*")
_PLACEHOLDER = re.compile(r"[×xX]{2}|具[体體]|某")


def _contact(prose: str) -> dict[str, str]:
    """The parts of the contact that the sentences of a preamble print, each the first time."""
    found: dict[str, str] = {}
    for label in _LABEL.finditer(prose):
        kind = label.lastgroup or ""
        value = _contact_value(kind, prose, label.end())
        if value and kind not in found and not _PLACEHOLDER.search(value):
            found[kind] = value
    if (at := prose.find("@")) > 0 and (email := _EMAIL.search(prose, max(0, at - 64), at + 64)):
        found["email"] = email[0]
    if ("http" in prose or "www." in prose) and (website := _WEBSITE.search(prose)):
        found["website"] = website[0].rstrip(".:-?&#=")
    return found


def _contact_value(kind: str, prose: str, at: int) -> str | None:
    if kind == "address":
        matched = _ADDRESS.match(prose, at) or _LINE.match(prose, at)
    else:
        matched = (_POSTCODE if kind == "postcode" else _PHONE).match(prose, at)
    if not matched:
        return None
    value = _joined(matched[1]).strip()
    if kind == "postcode":
        return value.replace(" ", "")
    return value if kind == "address" or sum(map(str.isdecimal, value)) >= 5 else None


# ---------------------------------------------------------------- cited documents

_COUNT = r"\s*[0-9０-９](?:\s*[0-9０-９]){0,3}\s*[号號]"
_SERIAL = re.compile(
    r"[〔\[［(（【]\s*[0-9０-９](?:\s*[0-9０-９]){3}\s*[〕\]］)）】]\s*第?" + _COUNT
)
_ORDER = re.compile(rf"令\s*第?{_COUNT}|第{_COUNT}\s*令")
_NAME = re.compile(r"[㐀-鿿]+\Z")
# Words of a sentence before the abbreviation of the body that issued the document.
_CLAUSE = re.compile(
    r".*(?:[据據照按]|[关關][于於]|[印转轉下颁頒][发發]|[贯貫][彻徹]|落[实實]|[执執]行|以及"
    r"|[见見的为為]|文件|通知|精神|要求)"
)
_JOINT = re.compile(r"\A[和及与與或由以经經在](?![政府党黨委办辦发發])")


def _citations(source: str) -> tuple[str, ...]:
    """The document numbers of a text, such as 国办函〔2020〕109号, in order and each once."""
    ends = []
    for sign in "号號":
        at = source.find(sign)
        while at >= 0:
            ends.append(at)
            at = source.find(sign, at + 1)
    cited: dict[str, None] = {}
    for at in sorted(ends):
        last = source[at - 1 : at]
        if not (last.isdecimal() or last.isspace()):
            continue
        window = source[max(0, at - 40) : at + 3]
        for pattern in (_SERIAL, _ORDER):
            serial = pattern.search(window)
            if not serial:
                continue
            before = "".join(window[max(0, serial.start() - 24) : serial.start()].split())
            if name := _NAME.search(before):
                issuer = _JOINT.sub("", _CLAUSE.sub("", name[0]))
                if issuer:
                    cited.setdefault(issuer + "".join(serial[0].split()))
    return tuple(cited)
