"""Markup: a view is as long as its source, and what a format adds prints nothing in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from families import FAMILIES, Page
from gkparse.markup import plain, view
from gkparse.masks import NOTHING
from layouts import PATHS

# What the formats are made of, and what stands in their cells.
BITS = [
    "<table>", "</table>", "<tr>", "</tr>", "<td>", "<td colspan=2>", "</td>", "<br/>", "<p>",
    "<!--", "-->", "<style>", "</style>", "&nbsp;", "&lt;", "&#12288;", "&amp", "<", ">", "[", "]",
    "]{", "{lang=zh}", "\n{|", "\n|-", "\n| ", "\n|}", "||", "!!", "\n! ", "|===", ".2+^|", "2+|",
    '"', '""', ",", "\n", "\r\n", "\t", '\t"', "[None, ", "', '", "('", "')", "null", "\\n", "\\.",
    "\\|", "**", "***", "__", "_|", "\x07", "\f", "\ufeff", "\u200b", "\u00ad", "[bookmark: a]",
    "规章", "行政许可", "1", "0", "12.5", " ", "|", "\x00",
]


def cells(source: str) -> list[list[str]]:
    """The cells of a view, row by row, without blanks around them; rows of nothing left out."""
    shown = [plain(line) for line in view(source).split("\n")]
    rows = [[cell.strip() for cell in line.split("\t")] for line in shown]
    return [row for row in rows if any(row)]


# ---------------------------------------------------------------- of any text


@given(st.text())
def test_a_view_is_as_long_as_its_source(source: str) -> None:
    assert len(view(source)) == len(source)


@given(st.lists(st.sampled_from(BITS), max_size=60).map("".join))
def test_a_view_of_broken_markup_is_as_long_as_its_source(source: str) -> None:
    assert len(view(source)) == len(source)


@given(st.lists(st.sampled_from(BITS), max_size=60).map("".join))
def test_what_a_view_shows_stands_where_the_source_has_it(source: str) -> None:
    # An entity shows a character that the source writes in other ones.
    source = source.replace("&", "")
    for one, other in zip(source, view(source), strict=True):
        assert other == one or other in (NOTHING, " ", "\t", "\n")


@given(st.text("一二三年月日。，（） \n\t0123456789abc|-"))
def test_a_plain_text_is_its_own_view(source: str) -> None:
    assert view(source) == source or source.count(",") or "|" in source


@pytest.mark.parametrize(
    "source",
    ["", "规章\t1\t2\t3\n", "规章 | 1 | 2 |\n", "规章\n1\n2\n3\n", "| 规章 | 1 |\n|---|---|\n",
     "（一）予以公开，1件，2件，3件。\n", "数量 < 5 且 > 2\n", "a, b, c, d\n", "他说\"好\"，就走了。\n"],
)
def test_a_report_without_markup_is_its_own_view(source: str) -> None:
    assert view(source) is source


@pytest.mark.parametrize("family", ["bar-rows", "cell-bars", "cell-lines", "one-line", "box",
                                    "pdf-lines", "fixed-wide", "values-first"])
def test_a_plain_family_is_its_own_view(family: str) -> None:
    source = FAMILIES[family](Page(dict.fromkeys(PATHS, "7")))
    assert view(source) is source


def test_plain_leaves_out_what_prints_nothing() -> None:
    assert plain(f"{NOTHING}规{NOTHING * 3}章 1{NOTHING}") == "规章 1"


# ---------------------------------------------------------------- HTML


def test_a_row_of_html_is_a_line_and_a_cell_is_behind_a_tab() -> None:
    source = '<table border="1"><tr><td>规章</td><td>1</td></tr><tr><th>行政许可</th><td>7</td></tr></table>'
    assert cells(source) == [["规章", "1"], ["行政许可", "7"]]


def test_digits_in_attributes_are_no_values() -> None:
    source = '<tr height=20><td colspan="3" style="width:10.5pt">规章</td><td>1</td></tr>'
    assert cells(source) == [["规章", "1"]]


def test_line_ends_within_a_cell_are_blanks() -> None:
    source = "<table>\n<tr>\n<td>社会\n公益<br/>组织</td>\n<td>\n1\n</td>\n</tr>\n</table>"
    assert [[cell.replace(" ", "") for cell in row] for row in cells(source)] == [
        ["社会公益组织", "1"]
    ]


def test_what_is_not_shown_is_not_read() -> None:
    source = "<head><title>1</title></head><style>td{width:9px}</style><script>var a=3;</script><p>规章</p>"
    assert cells(source) == [["规章"]]
    assert cells("<p>规章<!-- 5 --></p>") == [["规章"]]


@pytest.mark.parametrize(("entity", "shown"), [("&nbsp;", "\xa0"), ("&lt;", "<"), ("&#48;", "0"),
                                               ("&#x33;", "3"), ("&middot;", "·")])
def test_an_entity_is_its_character(entity: str, shown: str) -> None:
    assert plain(view(f"<p>规章{entity}</p>")).strip("\n") == f"规章{shown}"


def test_a_break_in_a_row_of_bars_does_not_end_the_row() -> None:
    source = "| 社会公益<br />组织 | 1 |\n"
    assert view(source).count("\n") == 1


def test_tables_within_tables_keep_their_rows() -> None:
    source = "<table><tr><td><table><tr><td>规章</td><td>1</td></tr></table></td></tr></table>"
    assert ["规章", "1"] in cells(source)


# ---------------------------------------------------------------- Markdown, MediaWiki, AsciiDoc


def test_a_span_of_pandoc_is_its_text() -> None:
    assert plain(view("[规章]{lang=\"zh-CN\"}\t[0]{.underline}")) == "规章\t0"


def test_escapes_and_stress_print_nothing() -> None:
    assert plain(view("**规章** | 128640\\.57 | \\- | __7__")) == "规章 | 128640.57 | - | 7"


def test_an_escaped_line_end_is_a_blank() -> None:
    assert plain(view("社会公益\\n组织\t1")).split() == ["社会公益", "组织", "1"]


def test_a_wiki_table_has_rows_and_cells() -> None:
    source = (
        '\n{|\n! 规章 !! 1\n|-\n| colspan="2" rowspan=3 | 行政许可\n| 7\n'
        "|-\n|行政处罚||8||\n|}\n"
    )
    assert [[cell for cell in row if cell] for row in cells(source)] == [
        ["规章", "1"], ["行政许可", "7"], ["行政处罚", "8"],
    ]


def test_text_around_a_wiki_table_is_as_it_was() -> None:
    source = "一、总体情况 || 5\n{|\n|-\n| 规章\n|}\n六、其他 || 6\n"
    assert view(source).split("\n")[0] == "一、总体情况 || 5"
    assert view(source).split("\n")[-2] == "六、其他 || 6"


def test_spans_of_asciidoc_are_no_values() -> None:
    source = "|===\n.22+^|三、本年度办理结果 2+|（一）予以公开 |1 3.2+<.^|备注\n|===\n"
    shown = plain(view(source))
    assert [cell.strip() for cell in shown.split("\n")[1].split("|")] == [
        "", "三、本年度办理结果", "（一）予以公开", "1", "备注",
    ]


# ---------------------------------------------------------------- commas, lists, tuples

CSV = "规章,1,2,3\n行政规范性文件,4,5,6\n（一）予以公开,7,,9\n"


def test_commas_of_rows_of_values_part_cells() -> None:
    assert cells(CSV)[0] == ["规章", "1", "2", "3"]
    assert cells(CSV)[2] == ["（一）予以公开", "7", "", "9"]


def test_a_comma_in_quotes_parts_nothing() -> None:
    source = CSV + '"（二）部分公开(区分处理的,只计这一情形)",1,"1,234",3\n"社会公益\n组织","8",,\n'
    rows = cells(source)
    assert rows[3] == ["（二）部分公开(区分处理的,只计这一情形)", "1", "1,234", "3"]
    assert rows[4][0].replace(" ", "") == "社会公益组织"
    assert rows[4][1:] == ["8", "", ""]


def test_commas_of_sentences_part_nothing() -> None:
    sentence = "全年登出消息128条,其中水位46条,公告82条,都按时。"
    assert view(CSV + sentence).split("\n")[-1] == sentence
    assert view(sentence) is sentence


def test_a_quoted_cell_between_tabs_is_one_cell() -> None:
    source = '行政复议\t"未经复议\n直接起诉"\t5\n'
    ((one, two, three),) = cells(source)
    assert (one, two.replace(" ", ""), three) == ("行政复议", "未经复议直接起诉", "5")


@pytest.mark.parametrize(
    "source",
    [
        "['规章', '1', '', None]\n['行政许可', '7', None, None]\n",
        '["规章", "1", "", null]\n["行政许可", "7", null, null]\n',
        "[['规章', '1', '', None], ['行政许可', '7', None, None]]\n",
        "[None, '规章', 1, '', None]\n[None, '行政许可', 7, None]\n",
    ],
)
def test_a_list_of_rows_is_rows_of_cells(source: str) -> None:
    found = [[c for c in row if c not in ("", "None", "null")] for row in cells(source)]
    assert found == [["规章", "1"], ["行政许可", "7"]]


def test_a_line_end_in_a_listed_text_is_a_blank() -> None:
    ((one, two, *_),) = cells("['社会公益\\n组织', '1', None]\n")
    assert (one.split(), two) == (["社会公益", "组织"], "1")


def test_a_head_of_several_names_is_its_last_one() -> None:
    source = "| ('第二十条第（一）项', '信息内容') | ('第二十条第（一）项', '本年制发件数') |\n"
    assert [cell.strip() for cell in plain(view(source)).strip("|\n").split("|")] == [
        "信息内容", "本年制发件数",
    ]


# ---------------------------------------------------------------- single characters


def test_marks_of_words_cells_and_pages_part_cells_and_lines() -> None:
    assert view("规章\x071\x07\f行政许可") == "规章\t1\t\n行政许可"


@pytest.mark.parametrize("invisible", ["\ufeff", "\u200b", "\u200d", "\u2060", "\u00ad",
                                       "[bookmark: _GoBack]", "[bookmark: OLE_LINK3]"])
def test_what_cannot_be_seen_prints_nothing(invisible: str) -> None:
    assert plain(view(f"规{invisible}章")) == "规章"
