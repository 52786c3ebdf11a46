"""Agencies: the key that reports of one body are matched by, and what a name says of its body.

A name is all that there is to go by: no table of places is asked, so what a name alone does not
settle (鼓楼区 of which city, 市 of which rank) stays open. Sources: FORMAT 1.1, 9.1, 9.6 and 9.7.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from gkparse.folding import fold, simplified

__all__ = [
    "SMALLER",
    "WORDS",
    "Level",
    "Seat",
    "is_department",
    "is_government",
    "issues_rules",
    "level",
    "may_be_several",
    "normalize_agency",
    "seat_of",
]

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
    "中国证券监督管理委员会 中国银行保险监督管理委员会 中国银行业监督管理委员会 中国保险监督管理委员会 "
    # As they call themselves for short.
    "科技部 工信部 人社部 人力资源社会保障部 住建部 住房城乡建设部 文旅部 国家发展改革委 国家发改委 国家卫生健康委 国家卫健委 "
    "国家民委 中国证监会 中国银保监会 中国银监会 中国保监会 金融监管总局 市场监管总局 国家互联网信息办公室 国家网信办".split()
)
_NATIONAL_FORM = re.compile(r"国务院[^省市县区]*|国家(?!级)[^局委署省县区州]{2,14}(?:局|委员会|署)")
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
WORDS = re.compile(
    r"^(?:行政公署|行署)|城乡(?=[建规居管融统环一综社养])|城镇(?=[化居职建集企土保更])|乡村|乡镇|村镇|社区|区域|区划|辖区|灾区|区块|市场|城市|市政(?!府)|市容|市民|[省市县]直|县域"
)
# What stands in the name of a body of a smaller unit.
SMALLER = re.compile(r"[省市县区旗镇乡]|街道|苏木|自治州|地区|分局|分院|派出所|管委会|行署|行政公署")
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
# District offices and towns: 城区街道 is all one name, 开发区…街道 is not.
_ABOVE = re.compile(r"[市县区](?!街道|[镇乡])")
_GOVERNMENT = re.compile(r"(.*[省市县区旗州盟镇乡木])政府$")

# What departments of local governments are for, in the order of the organisation plans. Offices
# that are the party's since 2018 (档案局, 新闻出版局) and those of dual leadership (气象局) are left out.
_TOPICS = (
    "发展和改革 发展改革 发改 教育 体育 科学技术 科技 工业和信息化 工业信息化 工信 经济和信息化 经济信息化 经信 "
    "民族宗教事务 民族事务 宗教事务 民族宗教 公安 民政 司法 财政 人力资源和社会保障 人力资源社会保障 人社 自然资源 国土资源 "
    "规划 生态环境 环境保护 住房和城乡建设 住房城乡建设 住房和建设 住房建设 住建 住房保障 城乡建设 城乡规划 城市管理 "
    "城市综合管理 综合行政执法 综合执法 行政执法 交通运输 交通 水利 水务 农业农村 农业 农牧 畜牧 兽医 林业 草原 园林 绿化 "
    "海洋 渔业 商务 商贸 文化 广播电视 广电 旅游发展 旅游 文物 卫生健康 卫健 卫生 计划生育 中医药 退役军人事务 应急管理 "
    "审计 市场监督管理 市场监管 药品监督管理 食品药品监督管理 知识产权 统计 医疗保障 医保 粮食 物资储备 能源 地方金融监督管理 "
    "行政审批服务 行政审批 政务服务 大数据发展 大数据 数据 机关事务 乡村振兴 扶贫开发 税务 人民防空 工商行政管理 "
    "质量技术监督 安全生产监督管理"
).split()
_TOPIC = re.compile("|".join(sorted(_TOPICS, key=len, reverse=True)))
_BETWEEN = re.compile(r"(?:和|与|及|监督|管理)*")
# Committees are named one by one, as most (安全生产委员会) are no departments.
_COMMITTEES = re.compile(
    "(?:发展和?改革|教育|科学技术|经济和?信息化|工业和信息化|民族事务|民族宗教事务|住房和?城乡建设|城乡建设|城市管理|交通运输|交通"
    "|农业农村|农业|商务|卫生健康|卫生和计划生育|国有资产监督管理|规划和自然资源|文化和旅游发展|文化和旅游|旅游发展)(?:委员会|委)"
    "|(?:发改|卫健|卫计|国资|教|科|经信|住建|民|民宗)委"
)
_NO_DEPARTMENT = re.compile(
    "中共|共产党|党[委组校工]|政协|政治协商|人大|人民代表大会|法院|检察院|纪委|监委|监察|工委|工会|大学|学院|学校|中学|小学|医院|公司"
)
# Departments of the State Council; what is a sign of a party's organ is none for sure.
_OF_STATE = re.compile(r"(?!中国).*(?<!档案)(?<!保密)(?<!密码管理)(?<!公务员)(?<!电影)(?<!版权)(?:部|委|委员会|局)")


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


class Seat(NamedTuple):
    """A key without scope and system, the kinds and names of its units, and what follows them."""

    key: str
    kinds: tuple[str, ...]
    names: tuple[str, ...]
    rest: str


@lru_cache(4096)
def seat_of(name: str) -> Seat:
    """The units that a name begins with, from the highest down."""
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
    return Seat(own, tuple(kinds), tuple(names), rest)


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

    A department has the level of its seat: 青石县水务局 is `"county"`, 青石省水利厅 `"province"`. A 区 of
    北京, 天津, 上海 or 重庆 is of the rank of a prefecture where the name says the city. None:
    市 that no lower or higher unit explains (prefecture or county), 新区, 开发区 and other zones,
    branches (分局), and names without a unit. Source: FORMAT 9.7.

    >>> from gkparse.agencies import level
    >>> [level(name) for name in ("青石县水务局", "青石省水利厅", "青石市水务局", "国家税务总局")]
    ['county', 'province', None, 'national']
    """
    seat = seat_of(name)
    if seat.key in _NATIONAL or _NATIONAL_FORM.fullmatch(seat.key):
        return "national"
    if _TOWNSHIP.search(seat.key):
        return "township"
    if not seat.kinds or SMALLER.search(WORDS.sub("", seat.rest)):
        return None
    kind = seat.kinds[-1]
    if kind == "province":
        return "province"
    if kind == "prefecture":
        return "prefecture"
    if kind == "county":
        above = seat.names[-2] if len(seat.names) > 1 else ""
        of_city = seat.names[-1].endswith("区") and seat.kinds[-2:-1] == ("province",)
        return "prefecture" if of_city and above.endswith("市") else "county"
    return None


def is_government(name: str) -> bool:
    """Whether a body is a people's government itself, not its office, a department or an outpost.

    A unit alone stands for its government (青石县2023年…报告). False for 街道办事处 and 行政公署, which are
    outposts, for zones and their 管委会, and where the name does not say it. The State Council is
    the central people's government. Source: FORMAT 1.1, 9.1.

    >>> from gkparse.agencies import is_government
    >>> [is_government(name) for name in ("青石县人民政府", "青石县", "青石县人民政府办公室")]
    [True, True, False]
    """
    seat = seat_of(name)
    if seat.key == "国务院":
        return True
    if found := _GOVERNMENT.match(seat.key):
        return not (found[1].endswith("区") and found[1][:-1].endswith(_ZONES))
    if _TOWNSHIP.search(seat.key):
        return seat.key.endswith(("镇", "乡", "苏木"))
    return bool(seat.kinds) and not seat.rest and not seat.names[-1].endswith(("地区", "盟"))


def is_department(name: str) -> bool:
    """Whether a body is a department of a government at county level or above, for certain.

    True where a unit is followed by nothing but what such departments are called: topics with 局 or
    厅 (交通运输局, 税务局), and committees that are known to be departments (卫生健康委员会); also ministries,
    commissions and offices (局) of the State Council. False for all else, also where the name
    does not settle it: offices of governments, which often publish the report of their level,
    branches (分局), zones and their departments, bodies of the party, of congresses, conferences,
    courts and procuratorates, schools, hospitals, companies, archives, names without a unit.
    Source: FORMAT 1.1; article 49 of the Regulations, whose 31 January is for departments.

    >>> from gkparse.agencies import is_department
    >>> [is_department(name) for name in ("青石县水务局", "青石县人民政府办公室", "青石县供电公司", "水务局")]
    [True, False, False, False]
    """
    seat = seat_of(name)
    if _NO_DEPARTMENT.search(seat.key):
        return False
    if level(name) == "national":
        return bool(_OF_STATE.fullmatch(seat.key))
    if not seat.kinds:
        return False
    body = seat.rest.removeprefix("政府")
    if _COMMITTEES.fullmatch(body):
        return True
    if not body.endswith(("局", "厅")):
        return False
    left = _TOPIC.sub("", body[:-1])
    return left != body[:-1] and bool(_BETWEEN.fullmatch(left))


def may_be_several(name: str) -> bool:
    """Whether bodies of several places bear the name: it begins with a town or a 区, with nothing above.

    >>> from gkparse.agencies import may_be_several
    >>> [may_be_several(name) for name in ("城关镇人民政府", "青石县城关镇人民政府", "鼓楼区水务局")]
    [True, False, True]
    """
    seat = seat_of(name)
    if len(seat.names) == 1 and seat.names[0].endswith("区"):
        return True
    return not seat.names and bool(_TOWNSHIP.search(seat.key)) and not _ABOVE.search(seat.key)


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
    seat, rank = seat_of(name), level(name)
    if rank == "national":
        return None if seat.key.startswith("国务院") else True
    if rank in ("county", "township") or (rank and seat.kinds[-1] == "county"):
        return False
    if rank is None:
        department = seat.kinds and _LOCAL_DEPARTMENT.search(seat.rest)
        return False if department and not seat.rest.startswith("政府") else None
    if seat.names[-1].endswith(("地区", "盟")):
        return False
    if seat.rest in ("", "政府"):
        return True
    return None if seat.rest.startswith("政府") else False
