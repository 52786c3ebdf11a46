"""The preamble: what a report says about itself before its first section and after its last.

Only bounded windows near the first heading and the end of the text are read, and the numbers of
cited documents are found by their last character, so a long document costs little more.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

import attrs

from gkparse.folding import fold
from gkparse.markup import has_invisible, invisible, plain
from gkparse.masks import unescaped
from gkparse.model import Metadata

__all__ = ["LONGEST_END", "Preamble", "number", "read_preamble", "titled", "years_of"]


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


# How far before the first heading the title is sought: at first, and where markup is thick; the
# end of a text, where signature and date stand; and the opening of section one.
_NEAR, _FAR, _TAIL, _OPENING = 8_000, 64_000, 3_000, 400
# How much of a view, at its end, may have signature and date.
LONGEST_END = _NEAR


def read_preamble(source: str, body: int, end: str = "") -> Preamble:
    """What stands around the sections of a report.

    `body` is the offset of the first section heading, or `len(source)` where there is none; `end` is the end of
    the text without its markup, if it has any.
    """
    first = body if body < len(source) else 0
    head, titles = "", list[_Title]()
    for reach in (_NEAR, _FAR):
        start = max(0, first - reach)  # without a heading, the title can only be at the top
        head = _clean(source[start : min(body, start + reach)])
        titles = _titles(head)
        if titles or start == 0:
            break
    prose = "".join(head.split())
    period_start, period_end = _period(prose)
    said = period_start.year if period_start else None
    opened = next((y for y in _YEAR.finditer(source, body, body + _OPENING) if y[2]), None)
    opening = number(opened[1]) if opened else None
    title = max(titles, key=lambda found: found.rank(said), default=None)
    if not title:
        # Some PDF tools print the lines of a page upwards: the title comes below its text.
        below = _titles(_clean(source[body : body + _NEAR]))
        right = (found for found in below if found.year and found.year == (said or opening))
        title = next(right, None)
    agency, year = (title.agency, title.year) if title else (None, None)
    if not _is_organ(agency):
        named, told = _told(head, prose)
        agency, year = named or agency, year or said or told
    issued, signer = _signature(source, first, agency)
    if not issued and end:
        issued, signer = _signature(end, 0, agency)
    if not issued and "文日期" in prose and (written := re.search(_WRITTEN, prose)):
        issued = _date(*written.groups())
    return Preamble(
        title=title.text if title else None,
        agency=agency or signer,
        year=year or said or opening,
        metadata=Metadata(
            period_start=period_start,
            period_end=period_end,
            issue_date=issued,
            cited_documents=_citations(source),
            **_contact(head[title.end :] if title in titles else head),
        ),
    )


@lru_cache(maxsize=2048)
def titled(line: str) -> str | None:
    """The body that a short line names as the title of its report, or None for any other line."""
    if "公" not in line:
        return None
    return next((found.agency for found in _titles(_clean(line)) if _is_organ(found.agency)), None)


def years_of(title: str) -> set[int]:
    """The years that a title names."""
    return {number(found[1]) for found in _YEAR.finditer(title)}


# ---------------------------------------------------------------- cleaning

# Those that few texts need are compiled where they are used, here and below.
_BLOCK = r"(?i)</?(?:p|div|br|h[1-6]|t[dhr]|table|title|li|ul|para)\b[^<>]*>"
_TAG = r"</?[A-Za-z!?][^<>]*>"
_LINK = r"\[([^\[\]]*)\](?:\{[^{}]*\}|\([^()]*\))"
_RADICAL = re.compile(r"[⺀-⿟]")
_COMMAND = r"\\[A-Za-z]{2,20}\*?"  # of TeX
_PINYIN = r"\([a-zà-ǜ]{1,7}\)"
_GAP = re.compile(r"[ \xa0\u3000]{3,}|,{2,}")
_FILLER = re.compile(r"(?:(?:NaN|nan|None|Unnamed: \d+|Col\d+) *)+|[-=:+]{2,}")


def _clean(text: str) -> str:
    """The cells and lines of a text without markup, blanks at their ends, fillers and repeats."""
    if "&" in text:
        text = unescaped(text)
    if "<" in text:
        text = re.sub(_TAG, "", re.sub(_BLOCK, "\n", text))
    if has_invisible(text):
        text = plain(invisible(text))
    if "[" in text:
        text = re.sub(_LINK, r"\1", text)
    if "(" in text:
        text = re.sub(_PINYIN, "", text)
    if "\\" in text:
        text = re.sub(_COMMAND, "\n", text)
    # PDF fonts give radicals for the characters that look the same.
    text = _RADICAL.sub(lambda found: fold(found[0]).key or found[0], text)
    text = text.replace("|", "\n").replace("\t", "\n").replace('","', "\n")
    text = text.replace("**", "").replace("'''", "")
    if any(gap in text for gap in ("  ", ",,", "\xa0\xa0", "\u3000" * 3)):
        text = _GAP.sub("\n", text)
    lines = [""]
    for line in text.splitlines():
        kept = line.strip(" \u3000\xa0\ufeff*#=`'\",{}\\")
        if kept.startswith("《") and kept.find("》") == len(kept) - 1:
            kept = kept[1:-1]  # nothing but a title
        if kept and kept != lines[-1] and not _FILLER.fullmatch(kept):
            lines.append(kept)
    return "\n".join(lines[1:])


# ---------------------------------------------------------------- numbers and dates

_FIGURE = "0-9０-９〇○零OＯ一二三四五六七八九"
_NUM = f"{_FIGURE}十"
# A set of many characters takes a tenth of a thousandth of a second to compile: each has as few as it can.
_DIGITS = rf"[2２二]\s*[0０〇○零OＯ](?:\s*[{_FIGURE}]){{2}}"
_YEAR = re.compile(rf"({_DIGITS})(?<![{_FIGURE}]{{5}})(\s*年)?(?:\s*年?\s*度)?")
_VALUES = str.maketrans("〇○零一二三四五六七八九OＯ", "00012345678900")
_DAY = rf"(?:\s*[{_NUM}]){{1,3}}"
_DATE = re.compile(rf"(?:({_DIGITS})\s*年)?({_DAY})\s*月({_DAY})\s*日")
# What stands between the first and the last day of a period.
_TO = re.compile(rf"[^{_NUM}。；;]{{0,4}}?[至到—–\-－~～][^{_NUM}。；;次翌]{{0,3}}(?=[{_NUM}])")
_COUNTED = re.compile(
    r"(?:[统統][计計]|期[限间間]|[时時區区][限间間]|周期|[数數][据據])[^。；;]{0,24}\Z"
)
# The date of writing in the metadata that a page prints above the title.
_WRITTEN = rf"文日期[:：]?({_DIGITS})[年/.-]([{_NUM}]{{1,3}})[月/.-]([{_NUM}]{{1,3}})"


def number(printed: str) -> int:
    """The value of a number in digits of any width or in Chinese numerals up to 九十九."""
    text = "".join(printed.split()).translate(_VALUES)
    tens, ten, ones = text.partition("十")
    return int(tens or 1) * 10 + int(ones or 0) if ten else int(text)


def _date(year: str, month: str, day: str) -> date | None:
    """The date, or None where the calendar has no such day."""
    try:
        return date(number(year), number(month), number(day))
    except ValueError:
        return None


def _period(prose: str) -> tuple[date | None, date | None]:
    """First and last day of the figures; both None where one of them is damaged."""
    at = 3
    while (at := prose.find("年", at + 1)) >= 0:
        first = _DATE.match(prose, at - 4)
        to = _TO.match(prose, first.end()) if first and first[1] else None
        last = _DATE.match(prose, to.end()) if to else None
        if first and last and _COUNTED.search(prose, max(0, at - 34), at - 4):
            start = _date(first[1], first[2], first[3])
            end = _date(last[1] or first[1], last[2], last[3])
            return (start, end) if start and end and start < end else (None, None)
    return None, None


# ---------------------------------------------------------------- title, agency and year


def _spaced(words: str) -> str:
    """A pattern of words, each character of which blanks and a line end may precede."""
    return "".join(rf"\s*{part}" for part in re.findall(r"\[[^]]*\]|.", words))


# 政府信息公开工作年度报告 and its variants, in any script, broken anywhere.
_REPORT = re.compile(
    rf"[政信資资]{_spaced('[府务務息讯訊]')}(?:{_spaced('[信資资][息讯訊]')})?{_spaced('公[开開]')}"
    rf"(?:{_spaced('[和与與及、]政[务務]公[开開]')})?(?:{_spaced('工作')})?(?:{_spaced('情[况況]')})?"
    rf"(?:{_spaced('的')})?(?:\s*{_DIGITS})?(?:\s*年)?(?:\s*度)?(?:{_spaced('工作')})?"
    rf"(?:{_spaced('[总總][结結]')})?(?:{_spaced('[报報]告')}|{_spaced('年[报報]')})"
)
_SUFFIX = re.compile(
    rf"[ \u3000]*[（(][^（()），。\n]{{1,12}}[)）]|\s*[（(]?{_DIGITS}\s*年?\s*度?[)）]?(?=\n|\Z)"
)
# What follows such words in a sentence; a title is followed by nothing, or by a text glued to it.
_SENTENCE = re.compile(
    r"\s*[。，；、》”’」』,;)）]|[编編的和及与與由已进進等中予包共全涵如格有关關公]|[（(]以下"
)
_PROSE = re.compile(r"[编編][制製](?!委)|[公发發][布佈]|[根依][据據]|按照|[现現][将將]")
_INSIDE = frozenset("，。；、《“‘「『,;")
_EDGE = re.compile(r"[>»\"'{}:：\[\]【】《》“”‘’「」『』_,，。;；、!！?？/\\—–.．=+•◆★-]")
# Words of a page that a tool may have glued to the title.
_PAGE = re.compile(
    r"(?=[年正首网網打分关關搜大标標])"
    r"(?:年[报報]|正文|首[页頁]|[网網]站|打印|分享|[关關][闭閉]|搜[索尋]|大\s*中\s*小|[标標][题題])\s*"
    r"|\A[（(]?(?!2\s*0)[0-9]+[次)）]?\s*|\A@?[A-Za-z]{1,20}\s+"
)
_ORGAN = re.compile(
    r"(?!我|本(?!溪)|[该該)）、·])[㐀-鿿（）()、·]+"
    r"[省市县縣区區州盟旗镇鎮乡鄉村府局厅廳委办辦会會院心所站队隊处處道部署学學校馆館园園团團厂廠"
    r"司行社场場关關段库庫级級组組科股室台臺联聯协協狱獄师師木]"
    r"(?<![网網]站)(?<!大[厅廳])(?<![专專][区區])(?:[（(][^\W\d_a-zA-Z]+[)）])?"
)
_YEAR_LINE = re.compile(rf"[（(]?[{_NUM}年度\s]{{1,8}}[)）]?")
# How far before the words of the report a title may begin; the longest agency that may be the end
# of a name broken at the line's end.
_REACH, _PART = 100, 3


class _Title(NamedTuple):
    """A title that stands by itself, what it says, and where it ends."""

    text: str
    agency: str | None
    year: int | None
    end: int
    alone: bool

    def rank(self, said: int | None) -> tuple[bool, bool, bool, bool, int]:
        """A title with a year and a body first, of the year `said`, nearest to the text."""
        dated = self.year is not None
        whole, right = dated and _is_organ(self.agency), dated and self.year == said
        return whole, right, dated, self.alone, self.end


def _titles(head: str) -> list[_Title]:
    """Every title in cleaned text: own lines, or words that a tool glued into a longer line."""
    titles = []
    for found in _REPORT.finditer(head):
        if _SENTENCE.match(head, found.end()):
            continue
        run, sign = _before(head, found.start())
        if sign in _INSIDE or _PROSE.search(run):
            continue
        glued = max((word.end() for word in _PAGE.finditer(run)), default=0)
        alone = not (sign or glued)
        lines = _above(head, found.start(), run) if alone else [run[glued:]]
        end = suffix.end() if (suffix := _SUFFIX.match(head, found.end())) else found.end()
        report = head[found.start() : end]
        year, agency = _split("".join(lines), report)
        if alone and not agency:
            below = "".join(head[end : end + 60].partition("\n")[2].partition("\n")[0].split())
            agency = below if _is_organ(below) else None
        if _is_organ(agency) or (year and (alone or not agency)):
            last = (lines.pop() + report).split("\n")
            text = "".join(line.strip() for line in (*lines, *last))
            if agency and text.startswith(agency * 2):
                text = text.removeprefix(agency)
            titles.append(_Title(text, agency, year, end, alone))
    return titles


def _before(head: str, at: int) -> tuple[str, str]:
    """The words of a line directly before an offset, and the sign that they follow, if any."""
    start = max(head.rfind("\n", max(0, at - _REACH), at) + 1, at - _REACH, 0)
    for sign in _EDGE.finditer(head, start, at):
        start = sign.end()
    return head[start:at].lstrip(), head[start - 1 : start].strip() if start else ""


def _above(head: str, at: int, run: str) -> list[str]:
    """The lines of a title, of which `run` before `at` is the last: those above name the agency."""
    lines = [run]
    year, agency = _split(run, "")
    top = head.find("\n", at - _REACH, at) + 1 if at > _REACH else 0
    for line in reversed(head[top:at].split("\n")[:-1]):
        named = agency is not None and len(agency) > _PART
        if year and named:
            break
        tight = "".join(line.split())
        rest = _YEAR.sub("", tight)
        dated = not year and (_YEAR_LINE.fullmatch(line) or (rest != tight and _is_organ(rest)))
        if dated or (not named and _is_organ(tight)):
            lines.insert(0, line)
            year, agency = _split("".join(lines), "")
        elif not (year and tight.isdecimal()):  # else a row number that a data frame printed
            break
    return lines


def _split(text: str, report: str) -> tuple[int | None, str | None]:
    """Year and agency in what stands before the words of the report, or the year within them."""
    found = _YEAR.search(text)
    agency = "".join((text[: found.start()] + text[found.end() :] if found else text).split())
    for extra in ("（）", "()", "关于", "關於"):
        agency = agency.removeprefix(extra).removesuffix(extra)
    if not found:
        agency = agency.removesuffix("度").removesuffix("年")  # its digits stand on the line above
    half = len(agency) // 2
    if half > 1 and agency[:half] == agency[half:]:
        agency = agency[half:]  # the name of the page and that of the title, glued
    if agency.endswith("人民"):
        agency += "政府"  # of 人民政府信息公开
    found = found or _YEAR.search(report)
    return number(found[1]) if found else None, agency or None


def _is_organ(text: str | None) -> bool:
    """Whether a text can be the name of a body, by its last character."""
    return text is not None and len(text) <= 32 and bool(_ORGAN.fullmatch(text))


# ---------------------------------------------------------------- where the title names no agency

_NAME = "([㐀-鿿（）]{3,40}?)"
_BYLINE = rf"[报報]告由{_NAME}(?:[按依遵]照|[根依][据據]|[编編][制製写寫]|[负負][责責])"
_CONTACT = rf"[请請](?:[与與]|[联聯][系繫絡]){_NAME}(?:[联聯][系繫絡]|[，,（(；;])"
_ISSUER = (
    rf"(?:[发發][布佈文]|公[开開])(?:[机機]?[构構关關]|[单單]位)\s*+[:：]?\s*+{_NAME}(?=\s|\Z)"
)
_OFFICE = re.compile(r"(?<=[局委厅廳心院])[办辦](?:公室)?\Z")


def _told(head: str, prose: str) -> tuple[str | None, int | None]:
    """The agency from the sentences or metadata above section one, and a year told with it."""
    if not (agency := _first_organ(_BYLINE, prose)):
        for found in _REPORT.finditer(head):
            run = _before(head, found.start())[0]
            verb = max((word.end() for word in _PROSE.finditer(run)), default=0)
            year, named = _split(run[verb:], found[0])
            if year and _is_organ(named):
                return named, year
        agency = _first_organ(_ISSUER, head) or _first_organ(_CONTACT, prose)
    return agency, None


def _first_organ(pattern: str, text: str) -> str | None:
    """The first name that a pattern finds and that can be a body's, without its office."""
    names = (_OFFICE.sub("", found[1]) for found in re.finditer(pattern, text))
    return next(filter(_is_organ, names), None)


# ---------------------------------------------------------------- signature

_OWN_START = re.compile(r"(?:\A|[\n\t|>])[^\w\n]*(?:\d{1,3}[^\w\n]{2,})?\Z")
_OWN_END = re.compile(r"[^\w\n<|]*(?:[\n<|]|\Z|NaN|nan|None)")
_CAPTION = re.compile(r"(?:日期|[时時][间間])[\s:：|]*\Z")


def _signature(source: str, body: int, agency: str | None) -> tuple[date | None, str | None]:
    """The date on a line of its own at the end of a report, and the body that signs above it."""
    tail = source[max(body, len(source) - _TAIL) :]
    if "</" in tail or "]{" in tail or "⽇" in tail:
        tail = _clean(source[max(body, len(source) - _NEAR) :])
    at = len(tail)
    while (at := tail.rfind("日", 0, at)) > 0:
        found = next((date for date in _DATE.finditer(tail, max(0, at - 40), at + 1) if date.end() > at), None)
        if not found or not found[1] or tail[found.start() - 1 : found.start()].translate(_VALUES).isdecimal():
            continue
        before = tail[max(0, found.start() - 80) : found.start()]
        own = _OWN_START.search(before) and _OWN_END.match(tail, at + 1)
        glued = agency is not None and "".join(before.split()).endswith(agency)
        if (own or glued) and not _CAPTION.search(before):
            signer = "" if agency else "".join(_clean(before).rpartition("\n")[2].split())
            return _date(*found.groups()), signer if _is_organ(signer) else None
    return None, None


# ---------------------------------------------------------------- contact

_LABEL = re.compile(r"[地邮郵电電致传傳]\s*[址编編政遞话話电電真]")
_KINDS = {"地": "address", "邮": "postcode", "郵": "postcode", "传": "fax", "傳": "fax"}
_PHONE = re.compile(
    r"\s*+(?:[（(][^（()）\d]{1,6}[)）]|[号號]\s*+[码碼])?\s*+[:：为為是]?\s*+"
    r"((?:[(（]\s*+\d{3,4}\s*+[)）]\s*+)?\d[\d ]*(?:\s*+[—–－‐―-]\s*+\d[\d ]*)*"
    r"(?:\n\d[\d ]*(?=\s*[，,；;。）)]))?"
    r"(?:\s*+(?:[、/，,]|转|轉|或)\s*+\d[\d—–－-]{2,}(?![\d年月]))*)"
)
_STOP = r"；;，,。、()（）:："
_PRINTED = {
    # An address ends with its line, unless that is broken shortly before a stop.
    "address": re.compile(
        rf"(?<![网網站箱件P]地址)\s*+[:：为為]\s*+([^{_STOP}\n]{{2,60}}?(?:（[^（）\n]{{1,20}}）)?"
        rf"(?:(?<![号號室楼樓层層厦廈])\n[^{_STOP}\n]{{1,12}}(?=\s*[{_STOP}]))?)"
        rf"(?=[{_STOP}\n]|\Z|\s*(?:[邮郵]\s*[编編政]|[联聯]\s*[系繫絡]|[电電]\s*[话話]))"
    ),
    "postcode": re.compile(r"(?:\s*+[编編码碼區號]){0,2}\s*+[:：为為是]?\s*+(\d(?:\s?\d){5})(?! ?\d)"),
    "phone": _PHONE,
    "fax": _PHONE,
}
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_WEBSITE = re.compile(r"(?:https?[:：]//|www\.)[A-Za-z0-9][A-Za-z0-9./_~%?=&#:-]*")
_PLACEHOLDER = re.compile(r"[×xX]{2}|具[体體]|某")


def _contact(prose: str) -> dict[str, str]:
    """The parts of the contact that the sentences of a preamble print, each the first time."""
    found: dict[str, str] = {}
    for label in _LABEL.finditer(prose):
        kind = _KINDS.get(label[0][0], "phone")
        if kind not in found and (printed := _PRINTED[kind].match(prose, label.end())):
            value = "".join(line.strip() for line in printed[1].split("\n"))
            if kind == "postcode":
                value = "".join(value.split())
            enough = kind == "address" or sum(map(str.isdecimal, value)) >= 5
            if enough and not _PLACEHOLDER.search(value):
                found[kind] = value
    if (at := prose.find("@")) > 0 and (email := _EMAIL.search(prose, max(0, at - 64), at + 64)):
        found["email"] = email[0]
    if ("http" in prose or "www." in prose) and (website := _WEBSITE.search(prose)):
        found["website"] = website[0].rstrip(".:-?&#=")
    return found


# ---------------------------------------------------------------- cited documents

_COUNT = r"\s*[0-9０-９](?:\s*[0-9０-９]){0,3}\s*[号號]"
_SERIAL = re.compile(
    rf"[〔\[［(（【]\s*[0-9０-９](?:\s*[0-9０-９]){{3}}\s*[〕\]］)）】]\s*第?{_COUNT}"
    rf"|令\s*第?{_COUNT}|第{_COUNT}\s*令"
)
_ISSUED_BY = r"[㐀-鿿]+\Z"
# Words of a sentence before the abbreviation of the body that issued the document.
_CLAUSE = (
    r"(?:.*(?:[根依][据據]|[依遵参參]照|按照?|[见見的为為]|[关關][于於]|[印转轉下颁頒][发發]|[贯貫][彻徹]|落[实實]|[执執]行"
    r"|以及|文件|通知|精神|要求))?(?:[和及与與或由以经經在](?![政府党黨委办辦发發]))?"
)


def _citations(source: str) -> tuple[str, ...]:
    """The document numbers of a text, such as 国办函〔2020〕109号, in order and each once."""
    ends = []
    for sign in "号號":
        at = -1
        while (at := source.find(sign, at + 1)) >= 0:
            if at and (source[at - 1].isdecimal() or source[at - 1].isspace()):
                ends.append(at)
    cited: dict[str, None] = {}
    for at in sorted(ends):
        start = max(0, at - 48)
        for serial in _SERIAL.finditer(source, start, at + 3):
            before = "".join(source[start : serial.start()].split())[-12:]
            name = re.search(_ISSUED_BY, before) if serial.end() > at else None
            if name and (issuer := re.sub(_CLAUSE, "", name[0], count=1)):
                cited.setdefault(issuer + "".join(serial[0].split()))
    return tuple(cited)
