"""Agencies: the key that reports of one body are matched by, and what a name says of its body.

A name is all that there is to go by: no table of places is asked, so what a name alone does not
settle (鼓楼区 of which city, 市 of which rank) stays open. Sources: FORMAT 1.1, 9.1, 9.6 and 9.7.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from gkparse.folding import fold, simplified

__all__ = ["Level", "is_government", "issues_rules", "level", "normalize_agency"]

Level: TypeAlias = Literal["national", "province", "prefecture", "county", "township"]

# ---------------------------------------------------------------- words

# Two ways to write one thing, wherever they stand in a name; each is made shorter, so that the
# key of a key is itself. A county town's district office is named with its government or without.
_SHORTER = (
    (re.compile(r"^(?:中华人民共和国)+(?=.)"), ""),
    (re.compile(r"(?<!人民)(?:人民)+政府"), "政府"),
    (re.compile(r"(?<=[区园城岛])管理委员会"), "管委会"),
    (re.compile(r"街道(?:办事处)+|街道办$"), "街道"),
    (re.compile(r"(?<=[县区市旗])政府(?=[^政府]{1,12}街道$)"), ""),
)
# Traditional characters that GB 2312 has as well, and variants that OpenCC's t2s leaves.
_VARIANTS = str.maketrans(
    "乾菸薹捱摺吒後徵夥甯榘於麴醣麽衞敍谘馀渖昵钜镟锺",
    "干烟苔挨折咤后征伙宁矩于曲糖么卫叙咨余沈昵巨旋钟",
)
# Ministries and others that are known by name; 国家…局 and the like are known by their form.
_NATIONAL = frozenset(
    "外交部 国防部 教育部 科学技术部 工业和信息化部 公安部 国家安全部 民政部 司法部 财政部 自然资源部 "
    "人力资源和社会保障部 生态环境部 住房和城乡建设部 交通运输部 水利部 农业农村部 商务部 文化和旅游部 "
    "退役军人事务部 应急管理部 国土资源部 环境保护部 农业部 文化部 监察部 铁道部 卫生部 信息产业部 建设部 "
    "人事部 劳动和社会保障部 交通部 中国人民银行 审计署 海关总署 中国气象局 中国地震局 中国民用航空局 "
    "中国证券监督管理委员会 中国银行保险监督管理委员会 中国银行业监督管理委员会 中国保险监督管理委员会".split()
)
_NATIONAL_FORM = re.compile(r"国务院[^省市县区]*|国家[^局委署省县区州]{2,14}(?:局|委员会|署)")
# A branch of a national system bears its name before the place: 国家税务总局青石县税务局.
_SYSTEM = re.compile(r"^国家[^局]{1,12}局(?=.)")

# Before 区: what is no district, and what may be one (浦东新区) or not (雄安新区).
_ZONES = tuple(
    "开发 高新 经开 园 景 名胜 保护 度假 保税 综保 示范 试验 实验 合作 工业 产业 集聚 聚集 功能 管理 加工 "
    "自贸 贸易 商务 物流 先行 先导 经济 试点 改革 创新 科技 旅游 生态 集中 起步 协作 监管 仓储 发展 游览 核心 服务 "
    "作业 港务 社 地 片 街 辖 校 院 军 战 行政 灌 库 牧 垦".split()
)
_DOUBTFUL = (*_ZONES, "新", "特", "林", "矿", "港", "自治")
# Prefectures that are neither cities nor 自治州; 地区 and 盟 stand in other names too.
_PREFECTURES = (
    "(?:大兴安岭|阿克苏|喀什|和田|塔城|阿勒泰|阿里)地区|(?:兴安|锡林郭勒|阿拉善)盟"
    "|[^省市县区]{2,6}(?:地区|盟)(?=行政公署|行署)"
)
# What has the character of a unit and is none.
_WORDS = re.compile(
    r"^(?:行政公署|行署)|城乡(?=[建规居管融统环一综社养])|城镇(?=[化居职建集企土保更])|乡村|乡镇|村镇|社区|区域|区划|辖区|灾区|区块|市场|城市|市政(?!府)|市容|市民|[省市县]直|县域"
)
_SMALLER = re.compile(r"[省市县区旗镇乡]|街道|苏木|自治州|地区|分局|分院|派出所|管委会|行署|行政公署")
_PRAISED = re.compile(r"^(?:.*(?:文明|智慧|卫生|海绵|园林|森林|创新|宜居|中心|特大|现代)城|.*和.*)市$")

# The units that a name begins with, the highest first. 市 may lead in 市中区, 市南区 and 市北区.
_IN_NAME = "[^省市县区局厅委署院队]"
_UNITS = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("province", rf"(?:北京|天津|上海|重庆)市(?!场)|{_IN_NAME}{{1,6}}?省|{_IN_NAME}{{2,6}}?自治区(?!域)"),
        ("prefecture", rf"{_PREFECTURES}|{_IN_NAME}{{2,12}}?自治州"),
        ("city", rf"{_IN_NAME}{{2,5}}?市(?!场|容|域|政(?![府务协])|民(?![政族宗]))"),
        ("county", rf"市?{_IN_NAME}{{1,6}}?(?:县(?![域级])|区)|{_IN_NAME}{{2,6}}?旗(?![区县镇乡街渠])"),
        ("county", rf"{_IN_NAME}{{2,16}}?(?:自治县|自治旗|族区)"),
    )
)
_RANKS = {"province": 1, "prefecture": 2, "city": 3, "county": 4}
_TOWNSHIP = re.compile(r"[^省市县区]{2}(?:(?<!乡)(?<!景德)镇|乡|苏木)(?:政府.*)?$|.街道(?:政府.*)?$")
_SCOPE = re.compile(r"[(（][^()（）]*[)）][^\w()（）]*$")
_LOCAL_DEPARTMENT = re.compile(r"(?:局|厅|委员会|中心)$")
_GOVERNMENT = re.compile(r"(.*[省市县区旗州盟镇乡木])政府$")


# ---------------------------------------------------------------- the key


def normalize_agency(name: str) -> str:
    """The key under which reports of one body are matched; "" for a name that says nothing.

    Folded: width (NFKC), radicals of PDF fonts, Traditional script character by character, white
    space, invisible characters, punctuation (brackets go, what is in them stays), an ordinal before
    the name, pinyin glosses and markup. Shortened, as both ways name one body: 人民政府 to 政府,
    街道办事处 to 街道, 区管理委员会 to
    区管委会 (so for 园, 城, 岛); 中华人民共和国 before a name goes, and so does the 人民政府
    of the district before its 街道办事处.

    Not done, as it could merge two bodies: no province or city is removed or added (鼓楼区 is in
    several cities), no scope (（本级机关）), no abbreviation is guessed (发改委), and no name that was
    changed is followed. The key of a key is itself. Raises `TypeError` for a non-`str`.
    Source: FORMAT 9.1 and 9.6.

    >>> import gkparse
    >>> gkparse.normalize_agency("青石縣 人民政府") == gkparse.normalize_agency("青石县政府")
    True
    >>> gkparse.normalize_agency("青石县气象局（本级机关）")
    '青石县气象局本级机关'
    """
    if not isinstance(name, str):
        raise TypeError(f"the name of an agency is a str, not {type(name).__name__}")
    key, before = name, None
    while key != before:  # each step is shorter or folded, so this ends
        before = key
        key = fold(key).key
        if not _plain(key):
            key = "".join(map(_simple, key))
        key = key.translate(_VARIANTS)
        for pattern, shorter in _SHORTER:
            key = pattern.sub(shorter, key)
    return key


def _plain(text: str) -> bool:
    """Whether all characters are those of GB 2312: OpenCC is not loaded for these."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


@lru_cache(4096)
def _simple(sign: str) -> str:
    """A character in Simplified script whatever stands beside it, so that keys do not depend on it."""
    if _plain(sign):
        return sign
    found = simplified(sign)
    return found if found == sign else _simple(found)


# ---------------------------------------------------------------- the seat


class _Seat(NamedTuple):
    """A key without scope and system, the kinds and names of its units, and what follows them."""

    key: str
    kinds: tuple[str, ...]
    names: tuple[str, ...]
    rest: str


@lru_cache(4096)
def _seat(name: str) -> _Seat:
    key = normalize_agency(_SCOPE.sub("", name))
    own = _SYSTEM.sub("", key)
    kinds, names, rest = list[str](), list[str](), own
    while found := _unit(rest, kinds):
        kind, unit = found
        # A city below a city or below an autonomous prefecture is one of county level.
        lower = kind == "city" and kinds and _RANKS[kinds[-1]] in (2, 3)
        kinds.append("county" if lower else kind)
        names.append(unit)
        rest = rest[len(unit) :]
    return _Seat(own, tuple(kinds), tuple(names), rest)


def _unit(text: str, above: list[str]) -> tuple[str, str] | None:
    """The kind and the name of the unit that a text begins with, below those before it."""
    rank = _RANKS[above[-1]] if above else 0
    met = [
        (found.end(), kind, found[0])
        for kind, pattern in _UNITS
        if (_RANKS[kind] > rank or (kind == "city" and above[-1] == "city"))
        and (found := pattern.match(text))
    ]
    if not met:
        return None
    _, kind, unit = min(met, key=lambda each: each[0])
    if kind == "city" and _PRAISED.match(unit):
        return None
    if kind == "county" and unit[:-1].endswith(_DOUBTFUL) and unit[-1] == "区":
        return None
    return kind, unit


def level(name: str) -> Level | None:
    """The level of a body's own seat, by its name alone; None where the name does not settle it.

    A department has the level of its seat: 青石县水务局 is `"county"`, 青石省水利厅 `"province"`. None:
    市 that no lower or higher unit explains (prefecture or county), 新区, 开发区 and other zones,
    branches (分局), and names without a unit. Source: FORMAT 9.7.

    >>> from gkparse.agencies import level
    >>> [level(name) for name in ("青石县水务局", "青石省水利厅", "青石市水务局", "国家税务总局")]
    ['county', 'province', None, 'national']
    """
    seat = _seat(name)
    if seat.key in _NATIONAL or _NATIONAL_FORM.fullmatch(seat.key):
        return "national"
    if _TOWNSHIP.search(seat.key):
        return "township"
    if not seat.kinds or _SMALLER.search(_WORDS.sub("", seat.rest)):
        return None
    kind = seat.kinds[-1]
    if kind == "province":
        return "province"
    if kind == "prefecture":
        return "prefecture"
    return "county" if kind == "county" else None


def is_government(name: str) -> bool:
    """Whether a body is a people's government itself, not its office, a department or an outpost.

    A unit alone stands for its government (青石县2023年…报告). False for 街道办事处 and 行政公署, which are
    outposts, for zones and their 管委会, and where the name does not say it. The State Council is
    the central people's government. Source: FORMAT 1.1, 9.1.

    >>> from gkparse.agencies import is_government
    >>> [is_government(name) for name in ("青石县人民政府", "青石县", "青石县人民政府办公室")]
    [True, True, False]
    """
    seat = _seat(name)
    if seat.key == "国务院":
        return True
    if found := _GOVERNMENT.match(seat.key):
        return not (found[1].endswith("区") and found[1][:-1].endswith(_ZONES))
    if _TOWNSHIP.search(seat.key):
        return seat.key.endswith(("镇", "乡", "苏木"))
    return bool(seat.kinds) and not seat.rest and not seat.names[-1].endswith(("地区", "盟"))


def issues_rules(name: str) -> bool | None:
    """Whether a body may issue rules (规章); None where its name does not settle it.

    True: departments of the State Council, governments of provinces and of 自治州. False: bodies of
    counties and townships, departments of local governments, outposts (盟, 地区). None: 市, which may
    be of county level, the State Council and its offices, offices of governments that may issue
    rules and often report for them, and names without a unit. Source: FORMAT 1.2 (article 20(1)),
    6.7; 立法法 (2023), articles 91 and 93.

    >>> from gkparse.agencies import issues_rules
    >>> [issues_rules(name) for name in ("财政部", "青石县人民政府", "青石市人民政府", "青石市水务局")]
    [True, False, None, False]
    """
    seat, rank = _seat(name), level(name)
    if rank == "national":
        return None if seat.key.startswith("国务院") else True
    if rank in ("county", "township"):
        return False
    if rank is None:
        department = seat.kinds and _LOCAL_DEPARTMENT.search(seat.rest)
        return False if department and not seat.rest.startswith("政府") else None
    if seat.names[-1].endswith(("地区", "盟")):
        return False
    if seat.rest in ("", "政府"):
        return True
    return None if seat.rest.startswith("政府") else False
