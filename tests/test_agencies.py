"""Keys of agencies, and what a name alone says of its body."""

from __future__ import annotations

import subprocess
import sys
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from gkparse.agencies import (
    is_department,
    is_government,
    issues_rules,
    level,
    may_be_several,
    normalize_agency,
)
from gkparse.testing import reports

AGENCIES = reports().map(lambda report: report.agency or "")
# Characters that conversions to Traditional exchange for several, and the words that keys shorten.
NAMES = st.text("人民政府街道办事处区县市管理委员会里裡于於余餘卫衞 （）().、一1a\u200b⺠青石臺", max_size=20)


_converter = cache(OpenCC)


# ---------------------------------------------------------------- the key


@pytest.mark.parametrize(
    ("printed", "other"),
    [
        ("青石县人民政府", "青石县政府"),
        ("青石县人民政府", "青石縣人民政府"),
        ("青石县人民政府办公室", "青石县 政府\n办公室"),
        ("青石县卫生健康局", "青石縣衞生健康局"),
        ("余姚市水务局", "餘姚市水務局"),
        ("于都县水务局", "於都縣水務局"),
        ("青石县红旗街道办事处", "青石县红旗街道"),
        ("青石县红旗街道办事处", "青石县红旗街道办"),
        ("南青区人民政府红旗路街道办事处", "南青区红旗路街道办事处"),
        ("青石经济开发区管理委员会", "青石经济开发区管委会"),
        ("中华人民共和国海关总署", "海关总署"),
        ("青石县气象局（本级机关）", "青石县气象局(本级机关)"),
        ("青石县水务局", "“青石县\u200b水务局”"),
        ("青石县民政局", "⻘石县⺠政局"),
        ("Ａ县水务局", "A县水务局"),
        ("青石县信(xìn)息中心", "青石县信息中心"),
    ],
)
def test_two_ways_to_write_one_body_have_one_key(printed: str, other: str) -> None:
    assert normalize_agency(printed) == normalize_agency(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("青山市鼓楼区水务局", "白山市鼓楼区水务局"),
        ("青山市鼓楼区水务局", "鼓楼区水务局"),
        ("青石县气象局（本级机关）", "青石县气象局"),
        ("青石县气象局", "青石县气象部门"),
        ("青石县人民政府", "青石县人民政府办公室"),
        ("青石省人民政府办公厅", "青石省人民政府办公室"),
        ("青石县红旗镇人民政府", "青石县红旗乡人民政府"),
        ("青石县红旗街道办事处", "青石县红旗街道党工委"),
        ("青石县发展和改革局", "青石县发改局"),
        ("青石市", "青石县"),
        ("青石县档案馆", "青石县文件馆"),
        ("青石城市管理委员会", "青石城市管委会"),
    ],
)
def test_two_bodies_have_two_keys(one: str, other: str) -> None:
    assert normalize_agency(one) != normalize_agency(other)


@pytest.mark.parametrize("name", ["", " \u3000\n", "（）", "\u200b\ufeff", "……"])
def test_what_says_nothing_has_an_empty_key(name: str) -> None:
    assert normalize_agency(name) == ""


def test_a_name_in_simplified_script_needs_no_converter() -> None:
    said = (
        "import sys; from gkparse.agencies import normalize_agency; "
        "normalize_agency('青石县人民政府'); print('opencc' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize("name", [None, 5, b"abc"])
def test_what_is_no_text_is_refused(name: object) -> None:
    with pytest.raises(TypeError, match="str"):
        normalize_agency(name)  # type: ignore[arg-type]


def test_a_long_name_takes_no_longer_than_its_length_says() -> None:
    assert normalize_agency("人民" * 50_000 + "政府") == "政府"
    assert normalize_agency("街道办" * 50_000)
    assert level("(" * 50_000 + "镇政府" * 20_000) == "township"


@given(st.text() | NAMES | AGENCIES)
def test_the_key_of_a_key_is_itself(name: str) -> None:
    key = normalize_agency(name)
    assert normalize_agency(key) == key
    assert not any(sign.isspace() or not sign.isalnum() for sign in key)


@pytest.mark.parametrize("config", ["s2t", "s2tw", "s2hk"])
@given(name=AGENCIES | NAMES)
def test_a_mirror_in_traditional_script_has_the_same_key(config: str, name: str) -> None:
    plain = name.replace("着", "")  # Taiwan prints 著, which stands for itself too
    assert normalize_agency(_converter(config).convert(plain)) == normalize_agency(plain)


@given(AGENCIES | NAMES, st.sampled_from([" ", "\u3000", "\n", "\u200b", "\xa0"]))
def test_blanks_between_characters_change_no_key(name: str, blank: str) -> None:
    folded = normalize_agency(name)
    assert normalize_agency(blank.join(folded)) == folded


# ---------------------------------------------------------------- the level

LEVELS = {
    "national": """
        国务院 国务院办公厅 财政部 中华人民共和国教育部 国家税务总局 国家市场监督管理总局 国家发展和改革委员会
        海关总署 海关总署（本级机关） 审计署 中国人民银行 中国证券监督管理委员会 国家粮食和物资储备局
        科技部 国家发展改革委 国家卫生健康委 住房城乡建设部 中国证监会 国家互联网信息办公室 国家民委
    """,
    "province": """
        青石省 青石省人民政府 青石省水利厅 青石省住房和城乡建设厅 北京市水务局 北京市城市管理委员会 重庆市
        内蒙古自治区人民政府 广西壮族自治区水利厅 国家税务总局上海市税务局 青石省人民政府办公厅
    """,
    "prefecture": """
        凉山彝族自治州人民政府 四川省阿坝藏族羌族自治州水务局 锡林郭勒盟行政公署 大兴安岭地区行政公署
        北京市海淀区人民政府 上海市黄浦区 天津市南开区教育局 重庆市渝中区人民政府办公室
    """,
    "county": """
        青石县水务局 青石县 山东省青石市白石县水务局 青岛市市南区人民政府 济南市市中区教育局 新乡市红旗区
        金乡县人民政府 南部县教育局 南宁市西乡塘区 景宁畲族自治县 科尔沁右翼前旗林业局 鄂温克族自治旗
        积石山保安族东乡族撒拉族自治县人民政府 昌吉回族自治州昌吉市 青山市白石市人民政府 重庆市云阳县
        内蒙古自治区青山区 青石省白石区
        青石县住房和城乡建设局 青石县乡村振兴局 青石县城市管理局 青石县社区服务中心 鼓楼区水务局
        国家税务总局青石县税务局 景德镇市昌江区 乾县人民政府 江西省镇安县 青石縣水務局 梅里斯达斡尔族区
        青石县城镇化办公室 青石县人民政府办公室 新疆维吾尔自治区喀什地区疏附县
    """,
    "township": """
        青石县古城镇人民政府 古城乡 青石县古城乡人民政府 乌兰苏木 青石县红旗街道办事处 红旗街道 青石县红旗街道办
        青石高新技术产业开发区舜华路街道办事处 南青区人民政府红旗路街道办事处 青石镇人民政府办公室
    """,
    None: """
        青石市 青石市水务局 青石市人民政府 山东省青石市教育局 青石市城市管理局 青石市文化市场综合执法局
        青石市创建文明城市办公室 景德镇市 新乡市 桐乡市人民政府 青石市市政管理局 青石市民政局
        浦东新区人民政府 雄安新区管理委员会 青石县经济开发区管理委员会 青石经济技术开发区 自然保护区管理局
        青石工业集中区财政局 神农架林区 北京市公安局朝阳分局 青石县古城镇水务站 中国民用航空中南地区管理局
        国家统计局青石调查总队 中国气象局云栖省气象局 国家级旅游管理局 水务局 本机关 北京大学 香港特别行政区 青石社区 某某
    """,
}  # fmt: skip


@pytest.mark.parametrize(
    ("expected", "name"), [(rank, name) for rank, names in LEVELS.items() for name in names.split()]
)
def test_the_level_of_a_name(expected: str | None, name: str) -> None:
    assert level(name) == expected


@pytest.mark.parametrize(
    "name",
    """
    青石县人民政府 青石县 青石市 北京市 青石省政府 青石镇人民政府 青石乡 凉山彝族自治州人民政府 鼓楼区
    浦东新区人民政府 内蒙古自治区人民政府 国务院 青石縣人民政府 某镇人民政府 正蓝旗人民政府
    """.split(),
)
def test_a_government(name: str) -> None:
    assert is_government(name)


@pytest.mark.parametrize(
    "name",
    """
    青石县人民政府办公室 青石省人民政府办公厅 青石县水务局 红旗街道办事处 锡林郭勒盟行政公署 锡林郭勒盟
    青石经济开发区管理委员会 青石经济开发区 国务院办公厅 财政部 人民政府 水务局 青石县政府采购中心
    """.split(),
)
def test_no_government(name: str) -> None:
    assert not is_government(name)


@pytest.mark.parametrize(
    ("expected", "names"),
    [
        (True, "科技部 国家发展改革委 国家卫生健康委 住房城乡建设部 中国证监会 国家互联网信息办公室 财政部 国家市场监督管理总局 青石省人民政府 北京市 凉山彝族自治州人民政府"),
        (False, ("青石县人民政府 青石县水务局 青石镇人民政府 红旗街道办事处 青石省水利厅 青石市水务局 "
                "北京市海淀区人民政府 北京市海淀区 北京市海淀区水务局 北京市海淀区人民政府办公室 国家税务总局青石市税务局 锡林郭勒盟行政公署 昌吉回族自治州昌吉市人民政府")),
        (None, ("青石市人民政府 青石市 青石市人民政府办公室 青石省人民政府办公厅 国务院 国务院办公厅 水务局 "
               "中国气象局云栖省气象局 国家统计局云栖调查总队 浦东新区人民政府 本机关")),
    ],
)  # fmt: skip
def test_who_issues_rules(expected: bool | None, names: str) -> None:
    assert {name: issues_rules(name) for name in names.split()} == dict.fromkeys(
        names.split(), expected
    )


@pytest.mark.parametrize(
    "name",
    """
    青石县水务局 青石市交通运输局 青石县综合行政执法局 青石县住房和城乡建设局 青石省水利厅 青石省发展和改革委员会
    青石县教育体育局 国家税务总局青石县税务局 青石市人民政府国有资产监督管理委员会 青石县文化广电和旅游局
    青石县市场监督管理局 青石市城市管理和综合执法局 北京市海淀区卫生健康委员会 青石县大数据管理局 青石县公安局
    青石市自然资源和规划局 青石縣水務局 青石县住房和城乡建设局（本级） 青石市发改委 上党区教育局
    财政部 国家税务总局 国家卫生健康委 国家发展和改革委员会 科技部
    """.split(),
)
def test_a_department(name: str) -> None:
    assert is_department(name)


@pytest.mark.parametrize(
    "name",
    """
    青石县人民政府 青石县 青石县人民政府办公室 青石省人民政府办公厅 国务院办公厅 青石县档案馆 青石县档案局 青石县气象局
    中共青石县委宣传部 青石县委宣传部 青石市委组织部 青石区委统战部 青石省委教育委员会 青石县委 中共青石县纪委 青石县监委
    青石县监察委员会 国家监察委员会 国家档案局 青石县人大常委会 青石县人大财政委员会 政协青石县委员会 政协青石县教育委员会
    青石县人民法院 青石县人民检察院 青石县第一中学 青石大学 青石县人民医院 青石县供电公司 青石市供电局 青石县烟草专卖局
    青石县总工会 青石县教育工会 青石县教育工委 青石县教育工作委员会 青石县安全生产委员会 青石县规划委员会 青石县村民委员会
    青石县人民武装部 青石经济开发区财政局 青石经济开发区管理委员会 浦东新区教育局 青石市公安局红旗分局 青石省公安厅交通管理局
    红旗镇财政局 青石县红旗街道办事处 红旗街道 青石县水利工程管理局 青石县政务服务大厅 青石县局 水务局 本机关 委员会 局
    中国人民银行 中国气象局云栖省气象局 国家统计局云栖调查总队
    """.split(),
)
def test_no_department_for_certain(name: str) -> None:
    assert not is_department(name)


def test_a_long_name_of_topics_is_read_in_time() -> None:
    assert not is_department("青石县" + "民族宗教事务管理" * 20_000 + "处局")


@pytest.mark.parametrize(
    ("expected", "names"),
    [
        (True, "城关镇人民政府 城关镇 城关乡人民政府 红旗街道办事处 城区街道办事处 鼓楼区人民政府 鼓楼区水务局"),
        (False, ("青石县城关镇人民政府 青石市鼓楼区人民政府 青石县水务局 青石市 青石开发区红旗街道办事处 "
                "浦东新区红旗镇人民政府 财政部 本机关")),
    ],
)  # fmt: skip
def test_names_of_several_places(expected: bool, names: str) -> None:
    assert {name: may_be_several(name) for name in names.split()} == dict.fromkeys(
        names.split(), expected
    )


@given(st.text() | NAMES | AGENCIES)
def test_any_text_has_an_answer_and_its_key_the_same_level(name: str) -> None:
    assert is_government(name) in (True, False)
    assert not (is_department(name) and (is_government(name) or level(name) == "township"))
    assert may_be_several(name) in (True, False)
    if level(name) in ("county", "township"):
        assert issues_rules(name) is False
    if not set(name) & set("（()）"):  # what is in brackets is no part of the name
        assert level(normalize_agency(name)) == level(name)
