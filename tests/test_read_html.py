"""Web pages: what a browser shows of them, with tables by their structure."""

from __future__ import annotations

import sys
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gkparse
from building import built, distinct
from gkparse.blocks import PICTURE, Grid, GridCell, Paragraph
from gkparse.errors import GkparseError, LimitError, ReadError
from gkparse.limits import DEFAULT_LIMITS, Limits
from gkparse.readers import html

# Cells as pages have them, some of them with what no other cell should take over.
CELLS = [
    "<td>3</td>", "<td>4</td>", "<td></td>", "<td rowspan=2>甲</td>", "<td rowspan=0>乙</td>",
    "<td colspan=2>丙</td>", "<td hidden>7</td>", "<th>3</th>", "<td><s>3</s></td>",
    "<td>3<sup>1</sup></td>", "<td><img width=99 src=a></td>", "<td><table><tr><td>5</table></td>",
    "<td><p>3<p>4</td>", "<td><select><option>1<option selected>2</select></td>",
]  # fmt: skip


def blocks(page: str, limits: Limits = DEFAULT_LIMITS) -> list[Paragraph | Grid]:
    return list(html.blocks(page.encode(), limits))


def paragraphs(page: str) -> list[str]:
    found = blocks(page)
    assert all(isinstance(block, Paragraph) for block in found), found
    return [block.text for block in found if isinstance(block, Paragraph)]


def table(page: str) -> Grid:
    """The one table of a page."""
    [found] = (block for block in blocks(page) if isinstance(block, Grid))
    return found


def rows(page: str) -> list[list[str]]:
    """The texts of the one table, row by row."""
    cells = table(page).cells
    return [[c.text for c in cells if c.row == row] for row in sorted({c.row for c in cells})]


def cell(content: str) -> str:
    """The text of a cell that holds this, beside another."""
    [[first, second]] = rows(f"<table><tr><td>行政许可</td><td>{content}</td></tr></table>")
    assert first == "行政许可"
    return second


# ---------------------------------------------------------------- text


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("<p> 青石县 \n\t 水务局 </p>", ["青石县 水务局"]),
        ("<p>青石<b>县</b><span>水务局</span></p>", ["青石县水务局"]),
        ("<p>青石县 <b> 水务局</b></p>", ["青石县 水务局"]),
        ("<p>青石县<br> 水务局<br></p>", ["青石县\n水务局"]),
        ("<p>\u3000\u3000青石县</p>", ["\u3000\u3000青石县"]),
        ("<p>3&nbsp;&nbsp;4&lt;5&#65288;</p>", ["3\xa0\xa04<5（"]),
        ("<div>青石县<p>水务局</p>年报</div>", ["青石县", "水务局", "年报"]),
        ("<ul><li>青石县<li>水务局</ul>", ["青石县", "水务局"]),
        ("<pre>  青石县   3\n  水务局   4\n</pre>", ["  青石县   3\n  水务局   4"]),
        ("<p style='white-space: pre-wrap'>3   4</p>", ["3   4"]),
        ("<p>&nbsp;</p><p>\u3000</p><p>\u200b</p>", []),
        ("<p>有<del>三</del><s>四</s><ins>五</ins>件</p>", ["有三四五件"]),
        ("<p style='display:inline'>3</p><p style='display:inline'>4</p>", ["34"]),
        ("<div style='display:flex'><span>3</span><span>4</span></div>", ["3", "4"]),
        ("<p>3<span style='display:inline-block'>4</span></p>", ["3", "4"]),
        ("<p><math><mn>12</mn></math></p>", ["12"]),
        ("青石县<!-- 水务局", ["青石县"]),
        ("", []),
    ],
)
def test_white_space_and_lines_are_those_of_a_browser(page: str, shown: list[str]) -> None:
    assert paragraphs(page) == shown


@pytest.mark.parametrize(
    "unseen",
    [
        "<title>7</title>",
        "<script>7</script>",
        "<style>7</style>",
        "<template>7</template>",
        "<noscript>7</noscript>",
        "<!--[if gte mso 9]>7<![endif]-->",
        "<span hidden>7</span>",
        "<span style='display:none'>7</span>",
        "<span style='color:red; DISPLAY : None !important'>7</span>",
        "<span style='mso-hide:all'>7</span>",
        "<div style='mso-element:comment-list'>7</div>",
        "<span style='visibility:hidden'>7</span>",
        "<dialog>7</dialog>",
        "<input type=hidden value=7>",
        "<input type=checkbox value=7>",
        "<o:p></o:p>",
        "<?xml:namespace prefix = o />",
    ],
)
def test_what_is_not_shown_is_not_read(unseen: str) -> None:
    assert paragraphs(f"<p>甲</p>{unseen}<p>乙</p>") == ["甲", "乙"]
    assert cell(f"3{unseen}") == "3"
    assert cell(unseen) == ""


def test_conditional_markup_of_word_shows_its_content() -> None:
    assert cell("<![if !supportEmptyParas]>3<![endif]><o:p></o:p>") == "3"
    assert cell("<!--[if !mso]><!-->3<!--<![endif]-->") == "3"


def test_something_invisible_leaves_its_room() -> None:
    assert cell("12<span style='visibility:hidden'>3</span>4") == "12 4"
    assert cell("<p style='visibility:hidden'>3<b style='visibility:visible'>4</b></p>") == "4"


@pytest.mark.parametrize(
    ("field", "shown"),
    [
        ("<input value=12>", "12"),
        ("<input type=text value=12 readonly>", "12"),
        ("<select><option>3<option selected>4</select>", "4"),
        ("<select><option>3<option>4</select>", "3"),
        ("<select><option label=5>3</select>", "5"),
        ("<select multiple><option>3<option selected>4</select>", "3 4"),
        ("<textarea>\n12</textarea>", "12"),
    ],
)
def test_fields_hold_what_they_show(field: str, shown: str) -> None:
    assert cell(field) == shown


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("12<sup>1</sup>", "12¹"),
        ("12<sub>３</sub>", "12₃"),
        ("12<span style='vertical-align:super'>[4]</span>", "12[⁴]"),
        ("<sup>1</sup>12", "¹12"),
        ("<p>12</p><p><sup>1</sup></p>", "12\n¹"),
        ("<sup>12</sup>", "12"),
        ("<p style='vertical-align:super'>12</p>", "12"),
        ("1<sup style='vertical-align:baseline'>2</sup>", "12"),
    ],
)
def test_a_raised_digit_is_no_digit_of_the_number_beside_it(content: str, text: str) -> None:
    assert cell(content) == text


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<s>12</s>34", "1\u03362\u033634"),
        ("<del>1<b>2</b></del>", "1\u03362\u0336"),
        ("<strike>３</strike>件", "３\u0336件"),
        ("<span style='text-decoration: underline line-through'>7</span>", "7\u0336"),
        ("<span style='color:red;TEXT-DECORATION-LINE:line-through'>7<i style='text-decoration:none'>8</i></span>", "7\u03368\u0336"),
        ("<sup><s>1</s></sup>", "¹\u0336"),
        ("<span style='text-decoration:underline'>7</span><ins>8</ins>", "78"),
    ],
)
def test_a_digit_that_is_struck_out_bears_a_stroke(content: str, text: str) -> None:
    assert cell(content) == text


# ---------------------------------------------------------------- pictures


@pytest.mark.parametrize("unseen", ["<img src=a.png>", "<svg><path/></svg>", "<canvas></canvas>"])
def test_a_cell_of_nothing_but_a_picture_says_so(unseen: str) -> None:
    assert cell(unseen) == PICTURE
    assert cell(f"<p>&nbsp;{unseen}</p>") == PICTURE
    assert cell(f"12 {unseen}") == "12"


def test_an_icon_is_a_picture_in_a_cell_and_nothing_in_the_text() -> None:
    icon, spacer = "<img width=16 height=16>", "<img style='width:1px' height=20>"
    assert cell(icon) == PICTURE  # it may be that of a digit
    assert cell(spacer) == ""
    assert paragraphs(f"<p>甲</p><p>{icon}</p><p>{spacer}</p><p><img width=600></p>") == ["甲", PICTURE]


def test_a_picture_that_is_hidden_is_none() -> None:
    assert cell("<img style='display:none'>") == ""
    assert cell("<p style='visibility:hidden'><img></p>") == ""


# ---------------------------------------------------------------- cells


def test_cells_have_their_places_and_spans() -> None:
    page = "<table><tr><th colspan=2>甲<td rowspan=2>乙<tr><td>丙<td>3</table>"
    assert table(page).cells == (
        GridCell("甲", 0, 0, 1, 2),
        GridCell("乙", 0, 2, 2, 1),
        GridCell("丙", 1, 0),
        GridCell("3", 1, 1),
    )


@pytest.mark.parametrize(
    ("attribute", "high", "wide"),
    [
        ("rowspan=0", 3, 1),
        ("rowspan=99999999", 3, 1),
        ("rowspan=-2", 1, 1),
        ("rowspan='+2'", 2, 1),
        ("rowspan", 1, 1),
        ("colspan=0", 1, 1),
        ("colspan=' 2px'", 1, 2),
        ("colspan=two", 1, 1),
        ("colspan=1000000", 1, 1000),
        ("colspan=１２", 1, 1),
    ],
)
def test_spans_are_read_as_html_says(attribute: str, high: int, wide: int) -> None:
    first = table(f"<table><tr><td {attribute}>甲<td>1<tr><td>2<tr><td>3</table>").cells[0]
    assert (first.rows, first.columns) == (high, wide)


def test_no_cell_reaches_out_of_its_group_of_rows() -> None:
    page = "<table><thead><tr><td rowspan=3>甲<td>乙</thead><tbody><tr><td>1<td>2</table>"
    assert table(page).cells == (
        GridCell("甲", 0, 0),
        GridCell("乙", 0, 1),
        GridCell("1", 1, 0),
        GridCell("2", 1, 1),
    )


def test_the_head_stands_above_and_the_foot_below() -> None:
    page = "<table><tfoot><tr><td>总计<td>7<tbody><tr><td>甲<td>3<thead><tr><td>项<td>数</table>"
    assert rows(page) == [["项", "数"], ["甲", "3"], ["总计", "7"]]


def test_paragraphs_of_a_cell_are_its_lines() -> None:
    assert cell("<p>商业</p><p> 企业 </p>") == "商业\n企业"
    assert cell("商业<br>企业<br>") == "商业\n企业"
    assert cell("<div><div>12</div></div>\n") == "12"


def test_blank_cells_are_cells() -> None:
    page = "<table><tr><td>甲<td><td>&nbsp;<td><p></p><td>4</table>"
    assert rows(page) == [["甲", "", "", "", "4"]]


def test_hidden_cells_and_rows_take_no_place() -> None:
    page = """<table><tr><td>甲<td style="display:none">1<td>2<tr hidden><td>乙<td>3
        <tr style="display:none"><td>丙<td>4<tr><td>丁<td>5<tbody style="display:none"><tr><td>6</table>"""
    assert rows(page) == [["甲", "2"], ["丁", "5"]]


def test_a_row_of_no_height_at_the_end_is_no_row() -> None:
    last = "<tr height=0><td width=60></td><td width=40></td></tr>"
    page = f"<table><tr><td>甲<td>1</tr><![if !supportMisalignedColumns]>{last}<![endif]></table>"
    assert rows(page) == [["甲", "1"]]
    # With something in it, it is shown.
    assert rows(page.replace("<td width=40>", "<td>2")) == [["甲", "1"], ["", "2"]]


def test_text_of_a_table_outside_of_its_cells_stands_before_it() -> None:
    found = blocks("<table><caption>表一</caption>单位：件<tr><td>甲<td>1</table>")
    assert [block.text for block in found if isinstance(block, Paragraph)] == ["单位：件", "表一"]
    assert isinstance(found[-1], Grid)


@pytest.mark.parametrize(
    "page",
    [
        """<div style="display:table"><div style="display:table-row"><span style="display:table-cell">甲</span>
        <div style="display: table-cell">1</div></div></div>""",
        "<div role=table><div role=row><span role=rowheader>甲</span><span role=cell>1</span></div></div>",
        "<div style='display:table'><p style='display:table-cell'>甲</p><p style='display:table-cell'>1</p></div>",
    ],
)
def test_tables_made_of_other_elements_are_tables(page: str) -> None:
    assert rows(page) == [["甲", "1"]]


# ---------------------------------------------------------------- tables in tables

DATA = "<table><tr><td>行政许可<td>12<tr><td>行政处罚<td>34</table>"
READ = [["行政许可", "12"], ["行政处罚", "34"]]


def test_a_table_around_tables_is_flow() -> None:
    page = f"<table><tr><td>首页<td><p>正文</p>{DATA}<p>附注</p></table>"
    first, second, grid, last = blocks(page)
    assert [first, second, last] == [Paragraph("首页"), Paragraph("正文"), Paragraph("附注")]
    assert isinstance(grid, Grid)
    assert rows(page) == READ


def test_tables_in_many_tables_are_read_in_their_order() -> None:
    page = f"甲{DATA}乙{DATA.replace('12', '56')}丙"
    for _ in range(20):
        page = f"<table><tr><td></td><td>{page}</td></tr></table>"
    kinds = [block.text if isinstance(block, Paragraph) else len(block.cells) for block in blocks(page)]
    assert kinds == ["甲", 4, "乙", 4, "丙"]


def test_a_table_of_one_cell_is_flow_and_in_a_cell_its_text() -> None:
    assert paragraphs("<table><tr><td><p>一</p><p>二</p></table>") == ["一", "二"]
    assert cell("<table><tr><td>12</table>") == "12"


def test_a_small_table_in_a_table_of_data_leaves_the_data_in_their_places() -> None:
    numbers = "".join(f"<tr><td>行{n}<td>{n}<td>{n + 40}" for n in range(9))
    inner = "<table><tr><td>甲<td>乙</table>"
    page = f"<table><tr><td>项目<td>{inner}<td>数{numbers}</table>"
    assert rows(page)[0] == ["项目", "甲\n乙", "数"]
    assert rows(page)[1:] == [[f"行{n}", str(n), str(n + 40)] for n in range(9)]


def test_a_blank_table_in_a_cell_is_a_blank_cell() -> None:
    assert cell("<table><tr><td><td></table>") == ""


def test_an_article_in_a_cell_is_flow_unless_rows_of_data_stand_beside_it() -> None:
    prose = "全年公开信息若干件。" * 8
    article = f"<tr><td>一、总体情况<td><p>{prose}</p><p>{prose}</p><p>{prose}</p>"
    assert paragraphs(f"<table>{article}</table>") == ["一、总体情况", *[prose] * 3]
    data = "<tr><td>甲<td>1<td>2<tr><td>乙<td>3<td>4"
    assert rows(f"<table>{article}{data}</table>") == [
        ["一、总体情况", "\n".join([prose] * 3)],
        ["甲", "1", "2"],
        ["乙", "3", "4"],
    ]


# ---------------------------------------------------------------- whole pages


def test_every_number_of_a_rendered_report_stands_in_its_place() -> None:
    numbers = distinct()
    page = gkparse.render(built(numbers), "html")
    cells = [c.text for block in blocks(page) if isinstance(block, Grid) for c in block.cells]
    printed = [text for text in cells if text.replace(".", "").isdigit()]
    assert sorted(map(Decimal, printed)) == sorted(Decimal(str(value)) for value in numbers.values())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_page_is_read_in_its_encoding(encoding: str) -> None:
    page = "<meta charset=gb2312><p>政府信息公开年度报告</p>"
    assert list(html.blocks(page.encode(encoding), DEFAULT_LIMITS)) == [Paragraph("政府信息公开年度报告")]


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Z", "Cf", "Cs"]), max_size=6)


@given(st.lists(st.lists(TEXTS, min_size=3, max_size=3), min_size=2, max_size=6))
def test_every_cell_is_read_as_it_was_written(texts: list[list[str]]) -> None:
    def written(text: str) -> str:
        return text.replace("&", "&amp;").replace("<", "&lt;")

    lines = ["".join(f"<td>{written(text)}</td>" for text in row) for row in texts]
    page = "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"
    assert rows(page) == texts


TAGS = st.sampled_from(
    """<table> </table> <tr> </tr> <td> </td> <td/rowspan=2> <td/colspan=3> <div> </div> <p> </p> <b> </b>
    <select> <option> </select> <svg> </svg> <style> </style> <pre> <br> <img> <!-- --> <template>
    <div/style=display:table> <div/style=display:table-row> <div/style=display:table-cell> <caption> <thead>
    <td/style=display:none> <textarea> </textarea> <math> <input/value=3> 1 2 甲 \0 < & <![CDATA[ ]]>""".split(" ")
)


@given(st.lists(TAGS, max_size=60).map("".join))
def test_any_markup_gives_blocks(page: str) -> None:
    for block in blocks(page.replace("/style", " style").replace("<td/", "<td ")):
        if isinstance(block, Grid):
            taken = [
                (cell.row + down, cell.column + right)
                for cell in block.cells
                for down in range(cell.rows)
                for right in range(cell.columns)
            ]
            assert len(taken) == len(set(taken))
        else:
            assert block.text


@settings(max_examples=200)
@given(st.binary(max_size=200))
def test_any_bytes_give_blocks_or_an_error_of_gkparse(data: bytes) -> None:
    try:
        found = list(html.blocks(b"<table><tr><td>" + data, DEFAULT_LIMITS))
    except GkparseError:
        return
    assert all(isinstance(block, (Paragraph, Grid)) for block in found)


# ---------------------------------------------------------------- limits


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 100_000,
        "<span>" * 100_000 + "</x>" * 100_000,
        "<table><tr><td>" * 10_000,
        "<svg>" * 100_000,
        "<svg><div></div><path/></svg>" * 20_000,
        "<svg>" + "<g>" * 50_000,
        "<svg>" + "<style><g><g><g></style>" * 20_000,
        '<div a="</div>">' * 100_000,
        "<div><!-- </div> -->" * 100_000,
        "<div><script>'</div>'</script>" * 50_000,
        "".join(f"<p><font size={n}>" for n in range(50_000)),
        "".join(f"<font size={n}>" for n in range(500)) + "<p>" * 300_000,
        "<p " + " ".join(f"a{n}" for n in range(50_000)) + ">",
    ],
    ids=range(13),
)
def test_a_page_whose_elements_stay_open_is_refused_before_it_costs_time(page: str) -> None:
    with pytest.raises(LimitError, match=r"depth|characters"):
        blocks(page)


@pytest.mark.parametrize(
    "page",
    [
        "<b><i>1</b></i>" * 5_000,
        "<div><font>1</div>" * 500,
        "<p><svg><path d=1 /><circle/></svg>1" * 5_000,
        "<p><svg><g><path d=1></path></g></svg>1" * 5_000,
        "<p>1<li>2<table><tr><td>3<td>4</table>" * 2_000,
        "<p>1</p><script>if (a<b) s = '<div><div><div>';</script>" * 2_000,
        "<!-- <div> --><br><img src='<div>'>" * 5_000 + "1",
    ],
    ids=range(7),
)
def test_a_careless_page_is_read(page: str) -> None:
    assert blocks(page)


@pytest.mark.parametrize(
    ("page", "limits"),
    [
        ("<p>123456789", Limits(characters=5)),
        ("<table><tr><td>1<td>2<td>3</table>", Limits(cells=2)),
        ("<table><tr><td colspan=3>1<td>2</table>", Limits(cells=3)),
        ("<table><tr><td rowspan=2>1<td>2<tr><td>3</table>", Limits(cells=3)),
        ("<table><tr><td>1<td>2</table>" * 3, Limits(cells=5)),
        ("<table><tr><td>1<table><tr><td>2", Limits(depth=1)),
        ("<div>" * 30 + "1", Limits(depth=2)),
    ],
)
def test_limits_hold(page: str, limits: Limits) -> None:
    assert blocks(page)
    with pytest.raises(LimitError):
        blocks(page, limits)


# ---------------------------------------------------------------- cells that recur


def test_a_cell_that_is_struck_out_where_it_stands_is_not_the_one_that_was_met_before() -> None:
    assert rows("<table><tr><td>3</td><td>4</td></tr></table>") == [["3", "4"]]
    struck = "<table><tr style='text-decoration: line-through'><td>3</td><td>4</td></tr></table>"
    assert rows(struck) != [["3", "4"]]
    assert rows("<table><tr><td>3</td><td>4</td></tr></table>") == [["3", "4"]]


def test_a_cell_over_several_rows_reaches_as_far_as_each_table_lets_it() -> None:
    row = "<tr><td>4</td></tr>"
    short = "<table><tr><td rowspan=5>甲</td><td>4</td></tr>" + row + "</table>"
    long = "<table><tr><td rowspan=5>甲</td><td>4</td></tr>" + row * 3 + "</table>"
    assert [table(page).cells[0].rows for page in (long, short, long)] == [4, 2, 4]


@pytest.mark.parametrize("tag", ["td", "th"])
def test_what_follows_a_hidden_cell_is_not_remembered_as_it(tag: str) -> None:
    hidden = f"<{tag} hidden>7</{tag}>"
    page = f"<table><tr>{hidden}<td>3</td><td>4</td></tr></table>"
    assert rows(page) == rows(page) == [["3", "4"]]
    styled = f"<table><tr>{hidden}</tr></table><div style='display:table'><div style='display:table-row'>"
    styled += "<div style='display:table-cell'>3</div><div style='display:table-cell'>4</div></div></div>"
    assert rows(styled) == rows(styled) == [["3", "4"]]
    assert rows(page) == [["3", "4"]]


@settings(max_examples=50)
@given(st.lists(st.lists(st.sampled_from(CELLS), min_size=2, max_size=4), min_size=2, max_size=6))
def test_a_page_is_read_as_if_it_were_the_first(written: list[list[str]]) -> None:
    page = "<table>" + "".join(f"<tr>{''.join(row)}</tr>" for row in written) + "</table>"
    html._CELLS.clear()
    first = blocks(page)
    assert blocks(page) == first
    assert blocks(f"<div>{page}</div>") == first


def test_white_space_between_cells_is_none_of_theirs_also_where_they_recur() -> None:
    page = "<table>" + "<tr>\n<td>甲</td>\n<td>3</td>\n</tr>" * 3 + "</table>"
    assert rows(page) == rows(page) == [["甲", "3"]] * 3


def test_known_cells_are_forgotten_when_there_are_too_many() -> None:
    html._CELLS.clear()
    page = "<table>" + "".join(f"<tr><td>甲<td>{n}</tr>" for n in range(html._MOST_CELLS + 10)) + "</table>"
    blocks(page)
    assert 0 < len(html._CELLS) <= html._MOST_CELLS


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "selectolax.lexbor", None)
    with pytest.raises(ReadError, match="selectolax"):
        blocks("<p>甲")
