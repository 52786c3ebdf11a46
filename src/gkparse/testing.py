"""Hypothesis strategies: reports such as `parse` gives, and what tools do to their texts.

Needs Hypothesis (`pip install gkparse[testing]`); nothing else in gkparse imports this module.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, TypeAlias, overload

import attrs
from hypothesis import strategies as st

from gkparse.arithmetic import arithmetic
from gkparse.counts import Value, tables
from gkparse.form import FORMS, Form, load
from gkparse.model import Indicator, Metadata, Report, Section

if TYPE_CHECKING:
    from opencc import OpenCC

__all__ = ["NOISES", "Noise", "noise", "renderings", "reports"]

_Numbers: TypeAlias = dict[str, Value]


# ---------------------------------------------------------------- words


def _hanzi(without: str) -> str:
    """The 3755 common characters of GB 2312, without some."""
    rows = (bytes((high, low)) for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF))
    common = b"".join(rows).decode("gb2312", errors="ignore")
    return "".join(sorted(set(common) - set(without)))


# What would make a word of other words: numerals, dates, verbs of a preamble, captions of a page.
_TELLING = (
    "一二三四五六七八九十零两百千万亿年月日号度公开报告编制写根据依遵按照负责现将发布我本该站网正首页打印"
    "分享关闭搜索标题地址邮编电话传真某具与联系请和及由元件条项其他总计无"
    "局厅委办处会心院府省市县区州镇乡旗大专"
)
_HANZI = _hanzi(_TELLING)
_RANKS = ("县", "", "市", "区", "省", "镇", "乡", "自治州", "经济技术开发区")
_BODIES = (
    "水务局", "局", "人民政府", "人民政府办公室", "林业局", "委员会", "公安局", "税务局",
    "街道办事处", "管理委员会", "档案馆", "卫生健康委员会", "财政厅", "气象局（本级机关）",
    "（高新区）管理委员会",
)
_DOCUMENTS = ("国办函〔2020〕109号", "国办公开办函〔2021〕30号", "国务院令第711号")
_ISSUERS = ("国办发", "国办函", "国办公开办函", "鲁政办发", "政办字")

_names = st.text(_HANZI, min_size=2, max_size=5)
_agencies = st.builds(
    lambda name, rank, body: f"{name}{rank}{body}",
    _names, st.sampled_from(_RANKS), st.sampled_from(_BODIES),
)  # fmt: skip
_documents = st.sampled_from(_DOCUMENTS) | st.builds(
    lambda issuer, year, number: f"{issuer}〔{year}〕{number}号",
    st.sampled_from(_ISSUERS), st.integers(2008, 2040), st.integers(1, 999),
)  # fmt: skip
_latin = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=9)
_contacts = st.fixed_dictionaries({}, optional={
    "address": st.builds(
        lambda town, road, number, part: f"{town}市{road}路{number}号{part}",
        _names, _names, st.integers(1, 999), st.sampled_from(("", "附楼", "（政务中心）")),
    ),
    "postcode": st.integers(10_000, 859_999).map("{:06}".format),
    "phone": (_dialled := st.builds(
        lambda area, sign, number: f"{area}{sign}{number}",
        st.sampled_from(("010", "0537")), st.sampled_from(("-", "—")),
        st.integers(2_000_000, 89_999_999),
    ) | st.integers(20_000_000, 89_999_999).map(str)),
    "fax": _dialled,
    "email": st.builds(lambda name, host: f"{name}@{host}.gov.cn", _latin, _latin),
    "website": st.builds(
        lambda sign, host, path: f"{sign}{host}.gov.cn{path}",
        st.sampled_from(("http://www.", "https://", "www.")), _latin,
        st.sampled_from(("", "/", "/zwgk/index.html")),
    ),
})  # fmt: skip


@cache
def _labels(form: str) -> tuple[str, ...]:
    """The words of a form, as they may stand in a sentence."""
    every = (label for field in load(form).fields.values() for label in field.label.split(" > "))
    return tuple(dict.fromkeys(every))


# ---------------------------------------------------------------- running text

# Sentences longer than the misprints of any label: {n} a number, {w} words, {l} a label.
_SENTENCES = (
    "{w}。",
    "（一）主动公开。全年通过门户网站登出各类消息{n}条，比上年增加{n}条，{w}。",
    "（二）依申请公开情况。收到的申请有{n}件，答复{n}件，均在法定期限内办结，{w}。",
    "一是{w}，{w}；二是有{n}处晚了{n}个季度。",
    "其中属于“{l}”这一类的有{n}件，占全部数量的{n}%，{w}。",
    "{l}与{l}两栏的数字由各股室分别填报并核对，{w}。",
    "按照《中华人民共和国政府信息公开条例》的要求，{w}。",
    "收取的信息处理费共计{n}.{n}万元，{w}、{w}。",
    "{w}：{w}！{w}？",
)
_DATED = ("{y}年，{w}，统计数据截至{y}年12月31日24时。", "比{y}年多{n}件，{w}。")
_CITING = "认真落实上级文件（{d}）的各项要求，{w}。"
_words = st.lists(st.text(_HANZI, min_size=2, max_size=12), min_size=1, max_size=3).map("，".join)
_numbers = st.integers(0, 9) | st.integers(0, 99_999_999)
_SLOT = re.compile(r"\{(\w)\}")


@st.composite
def _sentence(draw: st.DrawFn, form: str, year: int | None) -> str:
    patterns = (*_SENTENCES, _CITING, *(_DATED if year else ()))
    slots: Mapping[str, st.SearchStrategy[object]] = {
        "n": _numbers, "w": _words, "d": _documents, "y": st.just(year),
        "l": st.sampled_from(_labels(form)),
    }  # fmt: skip
    return _SLOT.sub(lambda slot: str(draw(slots[slot[1]])), draw(st.sampled_from(patterns)))


@st.composite
def _sections(draw: st.DrawFn, form: str, year: int | None) -> tuple[Section, ...]:
    sentence = _sentence(form, year)
    paragraph = st.lists(sentence, min_size=1, max_size=2).map("".join)
    found = []
    for title in load(form).sections:
        # What stands beside a table is short, if there is anything.
        most = 1 if title.number in {table.section for table in load(form).tables} else 3
        text = "\n".join(draw(st.lists(paragraph, max_size=most)))
        found.append(Section(title.number, title.label.partition("、")[2], text))
    return tuple(found)


_CITED = re.compile(r"（([^（）]+号)）")


def _cited(sections: Iterable[Section]) -> list[str]:
    """The numbers of documents in the text of sections."""
    return [number for section in sections for number in _CITED.findall(section.text)]


# ---------------------------------------------------------------- numbers

_FEW = 8
_amounts = st.builds(
    lambda digits, places: Decimal(digits).scaleb(-places), _numbers, st.sampled_from((0, 2, 4))
)


@st.composite
def _filled(draw: st.DrawFn, paths: list[str]) -> dict[str, int]:
    """A count for each path: 0 but for a few, or every one small, or every one large."""
    shape = draw(st.sampled_from(("sparse", "sparse", "small", "large")))
    if shape == "sparse":
        few = draw(st.dictionaries(
            st.sampled_from(paths), st.integers(0, 9) | st.integers(0, 9_999_999), max_size=_FEW
        ))  # fmt: skip
        return {path: few.get(path, 0) for path in paths}
    each = st.integers(0, 9 if shape == "small" else 99_999)
    return dict(zip(paths, draw(st.lists(each, min_size=len(paths), max_size=len(paths))), strict=True))


def _blanks(paths: list[str]) -> st.SearchStrategy[frozenset[str]]:
    """A few cells that are blank, or none."""
    return st.just(frozenset[str]()) | st.frozensets(st.sampled_from(paths), max_size=6)


def _printed(form: Form, *, combined: bool) -> list[str]:
    """The cells of a report: one row for the three of other handling, or the three."""
    group = "requests.outcomes.other_handling."
    return [
        path for path in form.fields
        if not path.startswith(group) or path.startswith(group + "combined.") == combined
    ]  # fmt: skip


def _add(form: Form, numbers: _Numbers) -> None:
    """Make every sum hold, from the parts up."""

    def whole(paths: Iterable[str]) -> int:
        return sum(int(numbers.get(path) or 0) for path in paths)

    for total in form.sums:
        if total.name == "A2":
            numbers[total.whole[0]] = whole(total.parts)
    for total in form.sums:
        if total.name == "A1":  # what was received comes from what became of it
            received, over = total.parts
            numbers[over] = min(whole((over,)), whole(total.whole))
            numbers[received] = whole(total.whole) - whole((over,))
    for total in form.sums:
        if total.name not in ("A1", "A2") and total.whole[0] in numbers:
            numbers[total.whole[0]] = whole(total.parts)


@st.composite
def _cells(draw: st.DrawFn, form: Form, consistent: bool | None) -> _Numbers:
    """A value for each cell of a form, None for some."""
    paths = _printed(form, combined=draw(st.booleans()) != (form.name == "2019"))
    summed = [path for path in paths if not path.startswith("proactive.")]
    numbers: _Numbers = {**draw(_filled([path for path in paths if path not in summed]))}
    for path, count in numbers.items():
        if form.fields[path].amount:
            numbers[path] = draw(_amounts)
        elif path.endswith(".items_change") and draw(st.booleans()):
            numbers[path] = -int(count or 0)
    numbers |= draw(_filled(summed))
    if consistent is not None or draw(st.booleans()):
        _add(form, numbers)
    if not consistent:
        numbers |= draw(st.dictionaries(st.sampled_from(summed), _numbers, max_size=_FEW))
    numbers |= dict.fromkeys(draw(_blanks(paths)))
    if consistent is False and not _broken(form, numbers):
        whole = draw(st.sampled_from(_assessed(form, numbers)))
        numbers[whole] = int(numbers[whole] or 0) + draw(st.integers(1, 9))
    return numbers


def _broken(form: Form, numbers: _Numbers) -> bool:
    return any(True for _ in arithmetic(Report(form.name, **tables(form.name, numbers))))


def _assessed(form: Form, numbers: _Numbers) -> list[str]:
    """The totals of the sums that no blank cell keeps from being assessed."""
    return [
        total.whole[0]
        for total in form.sums
        if not any(path in numbers and numbers[path] is None for path in total.parts + total.whole)
        and all(path in numbers for path in total.whole)
    ]


@st.composite
def _indicators(draw: st.DrawFn, form: Form) -> tuple[Indicator, ...]:
    """The rows of the statistics table that have a value, None for some."""
    rows = [row for row in form.indicators if row.unit]
    counts = draw(_filled([row.key for row in rows]))
    blank = draw(_blanks(list(counts)))
    found = []
    for row in rows:
        value: Value = draw(_amounts) if row.unit == "万元" else counts[row.key]
        found.append(Indicator(row.key, row.label, row.unit, None if row.key in blank else value))
    return tuple(found)


# ---------------------------------------------------------------- reports


@st.composite
def _report(draw: st.DrawFn, name: str, consistent: bool | None) -> Report:
    form = load(name)
    year = draw(st.none() | st.integers(2008, 2040)) if draw(st.booleans()) else 2023
    agency = draw(st.none() | _agencies)
    told = draw(st.booleans()) if year else False  # whether the period is printed
    titled = year is not None and (not told or draw(st.booleans()))
    dated = draw(st.none() | st.integers(0, 119))
    issued = date((year or 2023) + 1, 1, 1) + timedelta(days=dated) if dated is not None else None
    sections = draw(_sections(name, year))
    cited = [*draw(st.lists(_documents, max_size=2)), *_cited(sections)]
    if sections and issued and agency and draw(st.booleans()):
        last = sections[-1]
        signed = f"{last.text}\n{agency}\n{issued.year}年{issued.month}月{issued.day}日".strip()
        sections = (*sections[:-1], attrs.evolve(last, text=signed))
    numbers = draw(_cells(form, consistent)) if form.tables else {}
    # The form of 2019 is told by the table of section two; without its sums nothing is broken.
    lost = "" if consistent is False else draw(st.sampled_from(("",) * 4 + ("disputes", "requests")))
    return Report(
        form=name,
        title=f"{agency or ''}{year}年政府信息公开工作年度报告" if titled else None,
        agency=agency,
        year=year,
        metadata=Metadata(
            period_start=date(year, 1, 1) if year and told else None,
            period_end=date(year, 12, 31) if year and told else None,
            issue_date=issued,
            cited_documents=tuple(dict.fromkeys(cited)),
            **draw(_contacts),
        ),
        **tables(name, {p: value for p, value in numbers.items() if not p.startswith(f"{lost}.")}),
        indicators=draw(_indicators(form)) if form.indicators else (),
        sections=sections,
    )


def reports(
    form: str | None = None, *, consistent: bool | None = None
) -> st.SearchStrategy[Report]:
    """A strategy for reports such as `parse` gives, with title, metadata, tables and text.

    `form` is `"2021"`, `"2019"` or `"2014"`, None for any of them. With `consistent=True` every
    sum of the form's arithmetic (A1 to A4) that is printed holds, with `consistent=False` at least
    one does not; None gives both. Some cells are blank, and some tables are missing. Raises
    `ValueError` for a form that there is not, and where a form without sums is to break one.

    >>> from hypothesis.strategies import SearchStrategy
    >>> import gkparse.testing
    >>> isinstance(gkparse.testing.reports("2021", consistent=True), SearchStrategy)
    True
    """
    if form is not None and form not in FORMS:
        raise ValueError(f"no form {form!r}; there are {', '.join(FORMS)}")
    able = [name for name in FORMS if consistent is not False or load(name).sums]
    if form is not None and form not in able:
        raise ValueError(f"the form of {form} has no sums that could be broken")
    return st.sampled_from([form] if form else able).flatmap(
        lambda name: _report(name, consistent)
    )


def renderings() -> st.SearchStrategy[str]:
    """A strategy for the names of the renderings that `gkparse.render` writes.

    >>> from hypothesis.strategies import SearchStrategy
    >>> import gkparse.testing
    >>> isinstance(gkparse.testing.renderings(), SearchStrategy)
    True
    """
    from gkparse.rendering import RENDERINGS  # noqa: PLC0415 - needed for this alone

    return st.sampled_from(RENDERINGS)


# ---------------------------------------------------------------- noise


@attrs.frozen
class Noise:
    """Something that tools do to a text without changing what its tables say.

    `name` is stable, `tool` says what does it, and `apply` gives a text as the tool leaves it,
    always the same. Where `digits` or `numbers` is part of the name, the text has other digits
    afterwards; no other noise adds or rewrites any.
    """

    name: str
    tool: str
    apply: Callable[[str], str] = attrs.field(repr=False)


# A number with a cell of its own; not the value of an attribute.
_ALONE = re.compile(
    r"(?<![^\s|│,\"'>;])(?<!=[\"'])([+-]?\d+(?:\.\d+)?)(?![^\s|│,\"'<;])", re.ASCII
)
_SPACED = re.compile(rf" ?{_ALONE.pattern} ?", re.ASCII)
# Files in which no page ends and commas may part cells.
_FILE = re.compile(r"</t|^\{\||^\|===|^\[|^[^,\n]*(?:,[^,\n]*){3}$|NaN", re.MULTILINE)
_PAGE = 30
_RADICALS = str.maketrans("一二人八十止行自文金高方无大民见长门", "⼀⼆⼈⼋⼗⽌⾏⾃⽂⾦⾼⽅⽆⼤⺠⻅⻓⻔")
_GLOSSES = str.maketrans({
    sign: f"{sign}({sound})" for sign, sound in zip("信规数请计强费", "xìn guī shù qǐng jì qiáng fèi".split(), strict=True)
})
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_NARROW = str.maketrans("（）：；", "():;")


def _between(blank: str) -> Callable[[str], str]:
    """Put a blank on both sides of each number, in place of a space if there is one."""
    return lambda text: _SPACED.sub(lambda found: f"{blank}{found[1]}{blank}", text)


def _paged(foot: Callable[[int], str]) -> Callable[[str], str]:
    """Put something behind every page; a file that has no pages has one end."""

    def ended(text: str) -> str:
        lines = text.split("\n")
        size = len(lines) if _FILE.search(text) else _PAGE
        return "".join(
            "\n".join(lines[at : at + size]) + foot(at // size + 1)
            for at in range(0, len(lines), size)
        )

    return ended


def _around(before: str, after: str) -> Callable[[str], str]:
    return lambda text: before + text + after


def _converted(config: str) -> Callable[[str], str]:
    return lambda text: str(_converter(config).convert(text))


@cache
def _converter(config: str) -> OpenCC:
    from opencc import OpenCC  # noqa: PLC0415 - heavy, and needed for this alone

    return OpenCC(config)


def _zero_width(text: str) -> str:
    return _ALONE.sub("\u200b\\1", text).replace("数", "数\u200b").replace("政", "\u200d政")


def _bookmarked(text: str) -> str:
    lines = text.split("\n")
    marked = [f"[bookmark: _GoBack]{line}" if "。" in line else line for line in lines]
    return "[bookmark: _Hlk]" + "\n".join(marked)


def _grouped(text: str) -> str:
    def grouped(found: re.Match[str]) -> str:
        if not found[1].isdecimal() or int(found[1]) < 1000 or found[1][0] == "0":
            return found[1]
        quote = '"' if "," in (text[: found.start()][-1:], text[found.end() :][:1]) else ""
        return f"{quote}{int(found[1]):,}{quote}"

    return _ALONE.sub(grouped, text)


def _narrowed(text: str) -> str:
    text = text.translate(_NARROW)
    return text if _FILE.search(text) else text.replace("，", ",")


_HEAD = "政府信息公开专栏"
_NAVIGATION = "首页 > 政务公开 > 政府信息公开年报\n字体：【大 中 小】 打印 分享到：\n"
_FOOTER = "\n相关链接\n网站地图 | 联系我们 | 关于我们\n主办单位：办公室 版权所有\n"
_INDEX = "索引号：11370400MB/2024-00012\n发布日期：2024-01-30 15:44\n浏览次数：36次\n"

_EVERY = (
    Noise("no-break-spaces", "Word and browsers: around numbers", _between("\xa0")),
    Noise("ideographic-spaces", "typists: around numbers", _between("\u3000")),
    Noise("en-spaces", "web editors: behind each number", lambda text: _ALONE.sub("\\1\u2002", text)),
    Noise("trailing-spaces", "text exports: at the end of lines",
          lambda text: re.sub(r"(?<=\S)$", "  ", text, flags=re.MULTILINE)),
    Noise("byte-order-mark", "Windows editors: before the text", _around("\ufeff", "")),
    Noise("zero-width-characters", "web editors: before numbers and within labels", _zero_width),
    Noise("kangxi-radicals", "PDF readers: for characters that look the same", lambda text: text.translate(_RADICALS)),
    Noise("crlf", "Windows programs: as line ends", lambda text: text.replace("\n", "\r\n")),
    Noise("blank-lines", "converters from Word: behind each line", lambda text: text.replace("\n", "\n\n")),
    Noise("bookmarks", "Word's text export: before the title and running text", _bookmarked),
    Noise("traditional-s2t", "mirrors: OpenCC over the whole page", _converted("s2t")),
    Noise("traditional-s2tw", "mirrors: OpenCC for Taiwan", _converted("s2tw")),
    Noise("traditional-s2twp", "mirrors: OpenCC with the words of Taiwan", _converted("s2twp")),
    Noise("traditional-s2hk", "mirrors: OpenCC for Hong Kong", _converted("s2hk")),
    Noise("full-width-digits", "typists: in cells", lambda text: _ALONE.sub(lambda found: found[1].translate(_WIDE), text)),
    Noise("decimal-digits", "data frames: a column of floats prints 24 as 24.0",
          lambda text: _ALONE.sub(lambda found: found[1] + ".0" * ("." not in found[1]), text)),
    Noise("thousands-separators", "spreadsheets: quoted where commas part the cells", _grouped),
    Noise("half-width-punctuation", "web editors: where it parts no cells", _narrowed),
    Noise("pinyin", "hijacked mirrors: in brackets behind a character", lambda text: text.translate(_GLOSSES)),
    Noise("page-headers", "PDF readers: the running head of each page",
          lambda text: _HEAD + _paged(f"\n{_HEAD}\n".format)("\n" + text)),
    Noise("page-numbers", "PDF readers: at the foot of each page", _paged("\n- {} -\n".format)),
    Noise("page-numbers-of-all", "office programs: at the foot of each page", _paged("\n第{}页 共8页\n".format)),
    Noise("page-numbers-glued", "pypdf: behind the last line of a page", _paged("- {} -\n".format)),
    Noise("page-breaks", "pdftotext: a form feed behind each page", _paged(lambda _: "\n\f")),
    Noise("navigation", "crawlers: around the report", _around(_NAVIGATION, "\n上一篇：没有了\n【关闭窗口】\n")),
    Noise("portal-footer", "crawlers: below the report", _around("", _FOOTER)),
    Noise("index-numbers", "government portals: the data of the document above it", _around(_INDEX, "")),
    Noise("html-comments", "content management systems: around the text",
          _around("<!-- 正文开始 -->\n", "<!-- 正文结束 -->\n")),
)  # fmt: skip

NOISES: tuple[str, ...] = tuple(applied.name for applied in _EVERY)


@overload
def noise(text: None = None) -> st.SearchStrategy[Noise]: ...
@overload
def noise(text: str) -> st.SearchStrategy[str]: ...
def noise(text: str | None = None) -> st.SearchStrategy[Noise] | st.SearchStrategy[str]:
    """A strategy for what tools do to a text, one `Noise` for each name of `NOISES`.

    With `text`, a strategy for that text as each of the tools leaves it.

    >>> from hypothesis.strategies import SearchStrategy
    >>> import gkparse.testing
    >>> isinstance(gkparse.testing.noise(), SearchStrategy)
    True
    >>> gkparse.testing.NOISES[:2]
    ('no-break-spaces', 'ideographic-spaces')
    """
    every = st.sampled_from(_EVERY)
    return every if text is None else every.map(lambda applied: applied.apply(text))


def _register() -> None:
    """Make `from_type(gkparse.Report)` draw from `reports`, whoever imports Hypothesis."""
    st.register_type_strategy(Report, lambda _: reports())


# The entry point names this module alone: Hypothesis may load it while it is being imported itself.
_register()
