"""What stands around the sections: title, agency, year, period, contact, date, citations.

All bodies, places, numbers and dates here are invented.
"""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gkparse.model import Metadata
from gkparse.preamble import Preamble, read_preamble

BODY = "一、总体情况\n本年度公开工作平稳。\n六、其他需要报告的事项\n无。\n"


def read(head: str, body: str = BODY) -> Preamble:
    """What a report says whose first section starts after `head`."""
    return read_preamble(head + body, len(head))


def metadata(head: str, body: str = BODY) -> Metadata:
    return read(head, body).metadata


def lines(*parts: str) -> str:
    return "".join(part + "\n" for part in parts)


# ---------------------------------------------------------------- titles on one line

TITLES = [
    "青禾县林业局2022年政府信息公开工作年度报告",
    "青禾县林业局2022年度政府信息公开工作年度报告",
    "青禾县林业局2022年年度政府信息公开工作年度报告",
    "青禾县林业局2022政府信息公开工作年度报告",
    "2022年青禾县林业局政府信息公开工作年度报告",
    "2022年度青禾县林业局政府信息公开年报",
    "青禾县林业局2022年度政府信息公开年度报告",
    "青禾县林业局2022年政务信息公开年度报告",
    "青禾县林业局2022年政府信息公开和政务公开工作年度报告",
    "青禾县林业局2022年度信息公开工作报告",
    "青禾县林业局2022年度政府信息公开工作的年度报告",
    "青禾县林业局2022年政府信息公开工作情况报告",
    "青禾县林业局关于2022年政府信息公开工作情况的报告",
    "关于青禾县林业局2022年度政府信息公开工作总结报告",
    "青禾县林业局政府信息公开工作2022年度报告",
    "青禾县林业局政府信息公开工作年度报告（2022年度）",
    "青禾县林业局2022年政府信息公开工作年度报告（图片版）",
    "青禾县林业局２０２２年政府信息公开工作年度报告",
    "青禾县林业局二〇二二年政府信息公开工作年度报告",
    "青禾县林业局二○二二年度政府信息公开工作年度报告",
]


@pytest.mark.parametrize("title", TITLES)
def test_a_title_on_one_line_is_read_as_printed(title: str) -> None:
    found = read(lines(title, "现将有关情况公布如下。"))
    assert found.title == title
    assert found.agency == "青禾县林业局"
    assert found.year == 2022


@pytest.mark.parametrize(
    ("title", "agency"),
    [
        ("青禾县人民政府2022年政府信息公开工作年度报告", "青禾县人民政府"),
        ("2022年青禾县人民政府政府信息公开工作年度报告", "青禾县人民政府"),
        ("2022年青禾县人民政府信息公开工作年度报告", "青禾县人民政府"),
        ("青禾县林业局（本级机关）2022年政府信息公开年度报告", "青禾县林业局（本级机关）"),
        ("国家苔藓总局青禾县苔藓局2022年政府信息公开年度报告", "国家苔藓总局青禾县苔藓局"),
        ("青禾高新区管委会2022年政府信息公开年度报告", "青禾高新区管委会"),
        ("卫生中心2022年政府信息公开年度报告", "卫生中心"),
        ("青禾海关2022年政府信息公开年度报告", "青禾海关"),
        (
            "中共青禾县委机构编制委员会办公室2022年政府信息公开年度报告",
            "中共青禾县委机构编制委员会办公室",
        ),
    ],
)
def test_the_agency_is_what_the_title_says_beside_year_and_report(title: str, agency: str) -> None:
    found = read(lines(title))
    assert (found.agency, found.year) == (agency, 2022)


def test_blanks_within_a_line_stay_in_the_title_and_leave_the_agency() -> None:
    found = read(lines("", "  青禾县 林业局 2022 年度政府信息公开 工作年度报告  "))
    assert found.title == "青禾县 林业局 2022 年度政府信息公开 工作年度报告"
    assert found.agency == "青禾县林业局"
    assert found.year == 2022


def test_letters_set_wide_are_read() -> None:
    title = "青 禾 县 林 业 局 2 0 2 2 年 政 府 信 息 公 开 工 作 年 度 报 告"
    found = read(lines(title))
    assert found == Preamble(title, "青禾县林业局", 2022, Metadata())


# ---------------------------------------------------------------- titles on several lines


@pytest.mark.parametrize(
    "printed",
    [
        ("青禾县林业局", "2022年政府信息公开工作年度报告"),
        ("青禾县林业局", "", "", "2022年政府信息公开工作年度报告"),
        ("青禾县林业局2022年", "政府信息公开工作年度报告"),
        ("2022年青禾县林业局", "政府信息公开工作年度报告"),
        ("2022年", "青禾县林业局政府信息公开工作年度报告"),
        ("（2022年度）", "青禾县林业局政府信息公开工作年度报告"),
        ("青禾县林业局", "2022年度", "政府信息公开工作年度报告"),
        ("青禾县林业局", "政府信息公开工作年度报告", "（2022年）"),
        ("青禾县林业局", "政府信息公开工作年度报告", "2022年度"),
        ("青禾县林业局", "2022", "年政府信息公开工作年度报告"),
        ("青禾县林业局", "2", "022", "年政府信息公开工作年度报告"),
        ("青禾县林业局2022年政府信息公开工作年度报", "告"),
        ("青禾县林业局2022年政府信息", "公开工作", "年度报告"),
    ],
)
def test_the_lines_of_a_title_are_joined(printed: tuple[str, ...]) -> None:
    found = read(lines(*printed))
    assert found.title == "".join(printed)
    assert (found.agency, found.year) == ("青禾县林业局", 2022)


@pytest.mark.parametrize(
    ("printed", "agency"),
    [
        (("青禾县人民政府", "办公室", "2022年政府信息公开年度报告"), "青禾县人民政府办公室"),
        (("青禾县人民政府", "办公室2022年政府信息公开年度报告"), "青禾县人民政府办公室"),
        (
            ("青禾高新技术产业开发区管理委", "员会2022年政府信息公开年度报告"),
            "青禾高新技术产业开发区管理委员会",
        ),
    ],
)
def test_a_name_broken_at_the_end_of_a_line_is_whole(printed: tuple[str, ...], agency: str) -> None:
    found = read(lines(*printed))
    assert found.title == "".join(printed)
    assert found.agency == agency


def test_the_agency_may_stand_below_the_title() -> None:
    found = read(lines("2022年政府信息公开工作年度报告", "青禾县林业局", "现将情况公布。"))
    assert (found.title, found.agency) == ("2022年政府信息公开工作年度报告", "青禾县林业局")


def test_a_line_that_is_no_name_is_not_taken_for_the_agency() -> None:
    found = read(lines("机构概况", "专题专栏", "2022年政府信息公开工作年度报告"))
    assert (found.title, found.agency) == ("2022年政府信息公开工作年度报告", None)


@pytest.mark.parametrize("line", ["青禾县政府网站", "网上办事大厅", "政务公开专区", "我局", "该局"])
def test_words_of_a_page_are_no_agency(line: str) -> None:
    assert read(lines(line, "2022年政府信息公开工作年度报告")).agency is None


# ---------------------------------------------------------------- scripts and damage


@pytest.mark.parametrize(
    ("title", "agency"),
    [
        ("青禾縣林業局2022年政府信息公開工作年度報告", "青禾縣林業局"),
        ("青禾縣林業局2022年政府資訊公開工作年度報告", "青禾縣林業局"),
        ("青禾縣林業局2022年政府信息公開工作年度报告", "青禾縣林業局"),
        ("青禾县林業局2022年政府信息公開年報", "青禾县林業局"),
        ("关於青禾縣林業局2022年政务信息公開年度報告", "关於青禾縣林業局"),
    ],
)
def test_traditional_and_half_converted_titles_keep_their_script(title: str, agency: str) -> None:
    found = read(lines(title))
    assert (found.title, found.agency, found.year) == (title, agency, 2022)


def test_radicals_are_read_as_the_characters_they_look_like() -> None:
    found = read(lines("青禾县⼈⺠政府2022年政府信息公开⼯作年度报告"))
    assert found.title == "青禾县人民政府2022年政府信息公开工作年度报告"
    assert found.agency == "青禾县人民政府"


def test_pinyin_glosses_are_left_out() -> None:
    found = read(lines("青禾縣林業局2022年政府信(xìn)息公開工作年度報(bào)告"))
    assert found.title == "青禾縣林業局2022年政府信息公開工作年度報告"


@pytest.mark.parametrize(
    "printed",
    [
        "# {0}{1}\n",
        "# **{0}**\n\n# **{1}**\n",
        "**{0} {1}**\n",
        "*{0}*\n\n*{1}*\n",
        "'''{0}'''\n\n'''{1}'''\n",
        "== {0}{1} ==\n",
        "{0}\n{1}\n=========\n",
        "[bookmark: OLE_LINK2]{0}\n{1}\n",
        "<h1>{0}</h1><h1>{1}</h1>",
        "<p><b>{0}</b><span lang='EN'>{1}</span></p>\n",
        '<p>{0}</p>\n<p class="t\nu">{1}</p>\n',
        '[{0} ]{{style="a"}}[{1}]{{lang="b"}}\n',
        "# [{0}{1}](/a/b.html)\n",
        "{0}&nbsp;{1}\n",
        "| {0}{1} | | |\n|---|---|---|\n",
        "| {0} | {0} | {0} |\n| --- | --- | --- |\n| {1} | {1} | {1} |\n",
        "{0}|2022|年政府信息公开工作年度报告|\n",
        "\t{0}\n\t\n\t{1}\n\t\n",
        '"{0}",,,,\n"{1}",,,,\n',
        '"{0}","{1}"\n',
        "{0}\tNone\tNone\n{1}\tNone\tNone\n",
        "0      {0}      NaN  NaN\n1      {1}      NaN  NaN\n",
        "              {0}\n\n        {1}\n",
        "\ufeff{0}\r\n{1}\r\n",
        "\x0c{0}\x0b{1}\n",
    ],
)
def test_markup_and_cells_around_a_title_are_left_out(printed: str) -> None:
    found = read(printed.format("青禾县林业局", "2022年政府信息公开工作年度报告"))
    assert found.title is not None
    assert "".join(found.title.split()) == "青禾县林业局2022年政府信息公开工作年度报告"
    assert (found.agency, found.year) == ("青禾县林业局", 2022)


def test_a_title_behind_thick_markup_is_found() -> None:
    style = '<span style="font-family:宋体;mso-hansi-font-family:Times">'
    prose = "".join(f"{style}字</span>" for _ in range(400))
    found = read(f"<p>青禾县林业局2022年政府信息公开年度报告</p>\n<p>{prose}。</p>\n")
    assert (found.agency, found.year) == ("青禾县林业局", 2022)


# ---------------------------------------------------------------- furniture of a page

TITLE = "青禾县林业局2022年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    "above",
    [
        "首页 > 政务公开 > 政府信息公开年报\n",
        "青禾县林业局网站\n搜索\n当前位置：首页 > 政务公开 > 信息公开年报\n",
        "索引号：1/2\n发布机构：青禾县人民政府\n发布日期：2023-01-03\n",
        "2021年政府信息公开工作年度报告\n2020年政府信息公开工作年度报告\n",
        "青禾县林业局2021年政府信息公开工作年度报告\n政府信息公开指南\n",
        f"{TITLE}\n发布时间：2023-01-03 来源：青禾县林业局 字体：[大 中 小]\n",
        f"{TITLE}_信息公开年报_青禾县林业局\n",
        "字体：[大 中 小]  打印  分享\n",
        "正文\n",
        "- 1 -\n",
        "青禾县林业局文件\n青林〔2023〕3号\n",
    ],
)
def test_page_furniture_above_a_title_does_not_matter(above: str) -> None:
    found = read(above + lines(TITLE, "现将情况公布。"))
    assert found.title == TITLE
    assert (found.agency, found.year) == ("青禾县林业局", 2022)


@pytest.mark.parametrize(
    "printed",
    [
        f"首页 > 政务公开 > {TITLE}",
        f"标题：{TITLE}",
        f"附件1：{TITLE}",
        f"{TITLE}_信息公开年报_青禾县林业局",
        f"{TITLE} 发布时间：2023-01-03",
        f"{TITLE}.pdf",
        f"青禾县林业局{TITLE}",
        f"来源：青禾县林业局浏览次数：707{TITLE}根据《条例》要求编制。",
        f"首页>信息公开年报{TITLE}发布时间：2023-01-03字体：[大中小]{TITLE}根据《条例》编制。",
        f"网站首页 互动交流 字体：[ 大 中 小 ] {TITLE} 根据《条例》编制。",
    ],
)
def test_a_title_glued_into_a_line_is_cut_out(printed: str) -> None:
    found = read(printed)
    assert found.title == TITLE
    assert (found.agency, found.year) == ("青禾县林业局", 2022)


def test_of_two_titles_the_one_of_the_period_is_taken() -> None:
    head = lines(TITLE, "青禾县林业局2021年政府信息公开工作年度报告")
    assert read(head).year == 2021
    found = read(head + "所列数据统计期限为2022年1月1日至12月31日。\n")
    assert (found.title, found.year) == (TITLE, 2022)


def test_a_link_after_a_label_gives_way_to_a_line_of_its_own() -> None:
    found = read(lines(TITLE, "上一篇：青禾县林业局2021年政府信息公开工作年度报告"))
    assert (found.title, found.year) == (TITLE, 2022)


@pytest.mark.parametrize(
    "sentence",
    [
        "现公布《青禾县林业局2022年政府信息公开工作年度报告》。",
        "根据有关规定，编制青禾县林业局2022年度政府信息公开工作年度报告。",
        "现将青禾县林业局2022年度政府信息公开工作年度报告公布如下：",
        "编制了青禾县林业局2022年度政府信息公开工作年度报告",
        "按照要求，现将2022年政府信息公开年度报告编制情况报告如下：",
        "现公布青禾县林业局2022年政府信息公开年度报告（以下简称《报告》）。",
        "青禾县林业局2022年度政府信息公开工作年度报告由六部分组成。",
        "青禾县林业局2022年度政府信息\n公开工作年度报告。",
    ],
)
def test_a_sentence_that_names_the_report_is_no_title(sentence: str) -> None:
    assert read(lines(sentence)).title is None
    assert read(lines(TITLE, sentence)).title == TITLE


def test_without_a_heading_the_title_at_the_top_is_found() -> None:
    source = TITLE + "\n" + "表格 0 0 0\n" * 5000 + "2020年政府信息公开工作年度报告\n"
    found = read_preamble(source, len(source))
    assert (found.title, found.agency, found.year) == (TITLE, "青禾县林业局", 2022)


def test_a_title_printed_below_the_text_is_found_if_its_year_is_that_of_the_text() -> None:
    below = "一、总体情况\n2022年，工作平稳。\n2022年政府信息公开工作年度报告\n青禾县林业局\n"
    found = read("二、主动公开政府信息情况\n", below)
    assert (found.title, found.agency) == ("2022年政府信息公开工作年度报告", "青禾县林业局")
    other = below.replace("2022年政府", "2021年政府")
    assert read("二、主动公开政府信息情况\n", other).title is None


def test_nothing_is_made_up_where_nothing_is_said() -> None:
    assert read("") == Preamble(None, None, None, Metadata())
    assert read_preamble("", 0) == Preamble(None, None, None, Metadata())
    assert read("规章\t0\t0\t0\n行政许可\t12\n") == Preamble(None, None, None, Metadata())


# ---------------------------------------------------------------- agency and year without a title


@pytest.mark.parametrize(
    "head",
    [
        "本报告由青禾县林业局按照《条例》要求编制。\n",
        "本年度报告由青禾县林业局编制。\n",
        "本報告由青禾县林业局根據條例編制。\n",
        "根据条例要求，编制青禾县林业局2022年度政府信息公开工作年度报告。\n",
        "现将青禾县林业局2022年度政府信息公开工作年度报告公布如下：\n",
        "发布机构：青禾县林业局\n发布日期：2023-01-03\n",
        "发布机构\t青禾县林业局\t成文日期\t2023-01-03\n",
        "如有疑问，请与青禾县林业局联系（地址：林海路8号）。\n",
        "如有疑问，请与青禾县林业局办公室联系。\n",
        "如有疑问，请联系青禾县林业局，电话：5551234。\n",
        "2022年政府信息公开工作年度报告\n本报告由青禾县林业局按照《条例》编制。\n",
        "一图读懂2022年政府信息公开工作年度报告\n本报告由青禾县林业局按照《条例》编制。\n",
    ],
)
def test_without_it_in_a_title_the_agency_comes_from_sentences_or_metadata(head: str) -> None:
    assert read(head).agency == "青禾县林业局"


@pytest.mark.parametrize(
    "head",
    [
        "如有疑问，请与我局办公室联系。\n",
        "如有疑问，请与本机关联系。\n",
        "如有疑问，请致电5551234。\n",
        "根据国务院办公厅政府信息与政务公开办公室的要求编制。\n",
    ],
)
def test_words_that_name_no_body_give_no_agency(head: str) -> None:
    assert read(head).agency is None


def test_the_signature_names_the_agency_where_nothing_else_does() -> None:
    found = read("", BODY + "青禾县林业局\n2023年1月9日\n")
    assert found.agency == "青禾县林业局"
    assert read("", BODY + "欢迎监督\n2023年1月9日\n").agency is None


def test_the_report_of_another_body_is_not_taken_for_this_one() -> None:
    head = (
        "本报告由青禾县林业局按照《条例》编制，参照《白石县水务局2020年政府信息公开年度报告》。\n"
    )
    assert (read(head).agency, read(head).year) == ("青禾县林业局", None)


@pytest.mark.parametrize(
    ("head", "body", "year"),
    [
        ("数据统计期限为2021年1月1日至12月31日。\n", BODY, 2021),
        ("编制青禾县林业局2021年度政府信息公开工作年度报告。\n", BODY, 2021),
        ("", "一、总体情况\n2021年，我局公开信息30条。\n", 2021),
        ("", "一、总体情况\n全年公开信息2021条。\n", None),
        ("青禾县林业局政府信息公开工作年度报告\n", "一、总体情况\n2021年以来，成效明显。\n", 2021),
        (lines(TITLE), "一、总体情况\n2021年以来，成效明显。\n", 2022),
    ],
)
def test_the_year_comes_from_title_then_period_then_text(
    head: str, body: str, year: int | None
) -> None:
    assert read(head, body).year == year


# ---------------------------------------------------------------- period

YEAR_2022 = (date(2022, 1, 1), date(2022, 12, 31))


@pytest.mark.parametrize(
    "sentence",
    [
        "本报告所列数据统计期限自2022年1月1日起至2022年12月31日止。",
        "所列数据的统计期限为2022年1月1日至12月31日。",
        "数据统计区间为2022年1月1日至2022年12月31日",
        "统计数据自2022年1月1日起，至2022年12月31日止。",
        "报告统计数据时限为2022年01月01日到2022年12月31日",
        "统计时间：2022年1月1日—12月31日",
        "统计周期是2022年1月1日-2022年12月31日",
        "所列數據統計時限為2022年1月1日至2022年12月31日。",
        "统计期限为２０２２年１月１日至１２月３１日",
        "统计期限为二〇二二年一月一日至十二月三十一日",
        "统计期限自 2022 年 1 月 1 日起至 2022 年 12 月\n31 日止",
        "统计期限为2022\n年\n1\n月\n1\n日至\n12\n月\n31\n日",
        "统计期限为2022 年 1 ⽉ 1 ⽇起⾄ 2022 年 12 ⽉ 31 ⽇⽌",
        "统计期限为|2022|年|1|月|1|日至|12|月|31|日",
    ],
)
def test_the_period_is_read_in_every_wording(sentence: str) -> None:
    found = metadata(lines(TITLE, sentence))
    assert (found.period_start, found.period_end) == YEAR_2022


def test_a_period_need_not_be_a_calendar_year() -> None:
    found = metadata("统计期限为2020年12月26日至2021年12月25日。\n")
    assert (found.period_start, found.period_end) == (date(2020, 12, 26), date(2021, 12, 25))


@pytest.mark.parametrize(
    "sentence",
    [
        "统计期限为202211日至20221231日",
        "统计期限为2022年11日至2022年1231日",
        "统计期限为2022年1月日起至12月31日",
        "统计期限为2022年1月1日至2022年1231日",
        "统计期限为2022年2月30日至12月31日",
        "统计期限为2022年1月1日至13月31日",
        "统计期限为2022年12月31日至1月1日",
        "统计期限为2021年12月26日至次年12月25日",
        "统计期限为2022年度",
        "统计期限为二〇十二年一月一日至十二月三十一日",
        "2022年1月1日至12月31日开展检查。",
    ],
)
def test_a_damaged_period_or_none_gives_no_dates(sentence: str) -> None:
    found = metadata(lines(TITLE, sentence))
    assert (found.period_start, found.period_end) == (None, None)


def test_a_range_of_dates_in_a_section_is_no_period() -> None:
    body = "一、总体情况\n统计期限为2022年1月1日至12月31日。\n"
    assert metadata(lines(TITLE), body).period_start is None


# ---------------------------------------------------------------- date of issue


@pytest.mark.parametrize(
    "signed",
    [
        "青禾县林业局\n2023年1月9日\n",
        "青禾县林业局\n\n            2023 年 1 月 9 日",
        "青禾县林业局\n二〇二三年一月九日\n",
        "青禾县林业局\n２０２３年１月９日\n",
        "青禾县林业局\n2023\n年\n1\n月\n9\n日\n",
        "青禾县林业局\n2023年1月9日\n- 5 -\n",
        "青禾县林业局\n2023年1⽉9⽇\n",
        "**青禾县林业局**\n\n**2023年1月9日**\n",
        "| 青禾县林业局 | | |\n| 2023年1月9日 | | |\n",
        '"青禾县林业局",,,\n"2023年1月9日",,,\n',
        "青禾县林业局\tNone\n2023年1月9日\tNone\n",
        "70    青禾县林业局   NaN\n71    2023年1月9日   NaN\n",
        "<p>青禾县林业局</p><p><span>2023</span><span>年1月9日</span></p>",
        "青禾县林业局2023年1月9日打印本页 关闭窗口",
        "无。青禾县林业局 2023年1月9日 分享到",
        "青禾县林业局\n2023年1月9日\n上一篇：没有了\n发布日期：2023年3月1日\n",
    ],
)
def test_the_date_of_the_signature_is_the_date_of_issue(signed: str) -> None:
    assert metadata(lines(TITLE), BODY + signed).issue_date == date(2023, 1, 9)


@pytest.mark.parametrize(
    "tail",
    [
        "截至2022年12月31日，共收到申请3件。\n",
        "发布日期：2023年3月1日\n",
        "发布日期\n2023年3月1日\n",
        "2023年2月30日\n",
        "2023年1月\n",
        "20231月9日\n",
    ],
)
def test_other_dates_at_the_end_are_not_the_date_of_issue(tail: str) -> None:
    assert metadata(lines(TITLE), BODY + tail).issue_date is None


@pytest.mark.parametrize(
    "above",
    ["成文日期：2023年01月14日\n", "成文日期\t2023-01-14\n", "发文日期：2023/1/14 文号：无\n"],
)
def test_the_date_of_writing_stands_in_for_a_missing_signature(above: str) -> None:
    head = above + lines(TITLE)
    assert metadata(head).issue_date == date(2023, 1, 14)
    signed = BODY + "青禾县林业局\n2023年1月9日\n"
    assert metadata(head, signed).issue_date == date(2023, 1, 9)


def test_the_date_a_page_was_put_up_is_not_the_date_of_issue() -> None:
    assert metadata("发布日期：2023年01月14日\n" + lines(TITLE)).issue_date is None


# ---------------------------------------------------------------- contact


def test_the_parts_of_a_contact_are_read() -> None:
    found = metadata(
        lines(
            TITLE,
            "本报告可在青禾县政府网站（http://www.qinghe.example/）下载。如有疑问，请与我局联系"
            "（通讯地址：青禾县林海路8号，邮政编码：654321。联系电话：0999-5551234，"
            "传真号码：0999-5554321，电子邮箱：lin_ye@qinghe.example）。",
        )
    )
    assert found == Metadata(
        address="青禾县林海路8号",
        postcode="654321",
        phone="0999-5551234",
        fax="0999-5554321",
        email="lin_ye@qinghe.example",
        website="http://www.qinghe.example/",
    )


def test_a_contact_in_traditional_script_is_read() -> None:
    found = metadata(
        lines(TITLE, "聯繫地址:青禾縣林海路8號;郵遞區號:654321;電話:5551234;傳真:5554321")
    )
    assert (found.address, found.postcode) == ("青禾縣林海路8號", "654321")
    assert (found.phone, found.fax) == ("5551234", "5554321")


@pytest.mark.parametrize(
    ("printed", "phone"),
    [
        ("电话：0999-5551234", "0999-5551234"),
        ("电话:0999—5551234;", "0999—5551234"),
        ("联系电话（传真）：(0999)5551234。", "(0999)5551234"),
        ("电话：（0999）5551234", "（0999）5551234"),
        ("可致电5551234咨询", "5551234"),
        ("电话 ： 0999 - 5551234 ，", "0999 - 5551234"),
        ("电话：０９９９-５５５１２３４", "０９９９-５５５１２３４"),
        ("电话：0999-5551234、5551235，邮编：654321", "0999-5551234、5551235"),
        ("电话：0999-5551234转8012。", "0999-5551234转8012"),
        ("电话：\n0999\n-\n5551234\n，", "0999-5551234"),
        ("电话：0999-5551\n234，邮编", "0999-5551234"),
        ("电\n话：5551234", "5551234"),
        ("电话：5551234，2022年受理", "5551234"),
    ],
)
def test_a_telephone_number_is_kept_as_printed(printed: str, phone: str) -> None:
    assert metadata(lines(TITLE, printed)).phone == phone


@pytest.mark.parametrize(
    ("printed", "address"),
    [
        ("地址：青禾县林海路8号，邮编：654321", "青禾县林海路8号"),
        ("地址：青禾县林海路 8 号；", "青禾县林海路 8 号"),
        ("地址：青禾县林海路8号邮编：654321", "青禾县林海路8号"),
        ("地址：青禾县林海路8号（政务楼3层）；", "青禾县林海路8号（政务楼3层）"),
        ("地址：青禾县林海路\n8号，邮编：654321", "青禾县林海路8号"),
        ("地址：青禾县林海路8号\n本报告可在网站上查阅，欢迎监督。", "青禾县林海路8号"),
        ("地址：青禾县林海路8号\n电话：5551234", "青禾县林海路8号"),
    ],
)
def test_an_address_ends_where_the_next_thing_begins(printed: str, address: str) -> None:
    assert metadata(lines(TITLE, printed)).address == address


@pytest.mark.parametrize(
    ("printed", "postcode"),
    [
        ("邮编：654321", "654321"),
        ("（邮编654321）", "654321"),
        ("邮 编 ： 654321 ，", "654321"),
        ("邮政编码：65\n4321。", "654321"),
        ("邮编：65432", None),
        ("邮编：6543210", None),
    ],
)
def test_a_postcode_has_six_digits(printed: str, postcode: str | None) -> None:
    assert metadata(lines(TITLE, printed)).postcode == postcode


@pytest.mark.parametrize(
    ("printed", "website"),
    [
        (
            "网址：https://www.qinghe.example/ogi/index.html。",
            "https://www.qinghe.example/ogi/index.html",
        ),
        ("“中国青禾”(www.qinghe.example)", "www.qinghe.example"),
        ("见http://qinghe.example.", "http://qinghe.example"),
        ("“中国·青禾”政府门户网站（具体网址）", None),
    ],
)
def test_a_website_comes_from_the_sentences(printed: str, website: str | None) -> None:
    assert metadata(lines(TITLE, printed)).website == website


@pytest.mark.parametrize(
    "printed",
    [
        "地址：××路×号，邮编：××××××，电话：××××",
        "地址：（具体地址），电话：（具体号码）",
        "地址：某路8号",
        "网站地址：青禾县政府门户",
        "邮箱地址：见网站",
        "开通咨询电话，畅通渠道",
    ],
)
def test_placeholders_and_other_words_are_no_contact(printed: str) -> None:
    assert metadata(lines(TITLE, printed)) == Metadata()


def test_the_contact_of_the_page_above_the_title_is_not_the_agencys() -> None:
    head = lines("青禾县政府网站 http://www.qinghe.example 电话：5550000", TITLE)
    assert metadata(head) == Metadata()


# ---------------------------------------------------------------- cited documents


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("《格式》（国办公开办函〔2021〕30号）要求", "国办公开办函〔2021〕30号"),
        ("《條例》(國務院令第711號,以下簡稱", "國務院令第711號"),
        ("（国令第 711 号）", "国令第711号"),
        ("及国办公开办函〔2021〕30号文件的要求", "国办公开办函〔2021〕30号"),
        ("根据青政办秘[2020]12号", "青政办秘[2020]12号"),
        ("按照青政办发［2020］12号精神", "青政办发［2020］12号"),
        ("依据青政发（2020）12号和有关规定", "青政发（2020）12号"),
        ("贯彻落实青办发(2020)12号", "青办发(2020)12号"),
        ("关于转发青政办函【2020】12号的通知", "青政办函【2020】12号"),
        ("以及和政发〔2020〕5号", "和政发〔2020〕5号"),
        ("国办函〔２０２０〕１０９号", "国办函〔２０２０〕１０９号"),
        ("国办公开办函〔2021〕\n30号", "国办公开办函〔2021〕30号"),
        ("（国办公开办函〔\n2021\n〕\n30\n号）", "国办公开办函〔2021〕30号"),
        ("（国办公\n开办函 〔2021〕 30 号）", "国办公开办函〔2021〕30号"),
        ("青林发〔2020〕第7号", "青林发〔2020〕第7号"),
        ("国务院第711号令", "国务院第711号令"),
        ("根据青数据发〔2020〕7号", "青数据发〔2020〕7号"),
    ],
)
def test_a_document_number_is_read_as_printed(printed: str, number: str) -> None:
    assert metadata("", printed).cited_documents == (number,)


def test_numbers_come_in_order_from_the_whole_text_and_once_each() -> None:
    head = "依据国办函〔2020〕109号、國務院令第711號编制。\n"
    body = BODY + "执行国办函〔2020〕109号，另见青政办发〔2022〕4号。\n"
    assert metadata(head, body).cited_documents == (
        "国办函〔2020〕109号",
        "國務院令第711號",
        "青政办发〔2022〕4号",
    )


@pytest.mark.parametrize(
    "printed",
    [
        "青禾县林海路8号",
        "林海路第8号楼",
        "（2022）青01行初12号",
        "〔2021〕30号",
        "第711号",
        "号",
        "编号 2022 号",
    ],
)
def test_other_numbers_are_no_documents(printed: str) -> None:
    assert metadata("", printed).cited_documents == ()


# ---------------------------------------------------------------- any text


@given(
    st.text(
        alphabet="青禾县局20二〇十一年政府信息公开工作度报告月日至统计期限地址电话：，。《》()〔〕号 \n\t|<>[]*"
    ),
    st.integers(0, 300),
)
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_without_an_error(source: str, body: int) -> None:
    found = read_preamble(source, min(body, len(source)))
    assert found.title is None or ("\n" not in found.title and "|" not in found.title)
    assert found.agency is None or not any(map(str.isspace, found.agency))
    for number in found.metadata.cited_documents:
        assert number in "".join(source.split())


@pytest.mark.parametrize(
    "unit",
    [
        "政府信息公开年报",
        "政府信息公开年报\n",
        "政　　",
        "2022年1月1日至",
        "国办发〔2021〕1号",
        "地址：",
        "电话：1 1 1 ",
        "本报告由青",
        "请与青禾县",
        "[bookmark:",
        "[]{",
        "<a",
        "a@",
        "2 0 2 ",
        "NaN ",
        "\n",
    ],
)
def test_the_time_for_a_long_text_grows_no_faster_than_the_text(unit: str) -> None:
    source = unit * (400_000 // len(unit))
    for body in (0, len(source) // 2, len(source)):
        started = time.perf_counter()
        read_preamble(source, body)
        assert time.perf_counter() - started < 5
