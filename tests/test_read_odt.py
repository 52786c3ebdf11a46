"""OpenDocument texts: what is shown, and nothing else, in the cell where it stands."""

from __future__ import annotations

import io
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from building import built, distinct
from filed import as_grid
from gkparse.blocks import PICTURE, Block, Grid, GridCell, Paragraph
from gkparse.errors import LimitError, ReadError
from gkparse.form import load
from gkparse.limits import DEFAULT_LIMITS, Limits
from gkparse.readers import odt
from gkparse.sheet import Sheet, sheet

OASIS = "urn:oasis:names:tc:opendocument:xmlns"
NAMES = " ".join(f'xmlns:{name}="{OASIS}:{name}:1.0"' for name in ("office", "style", "text", "table"))
NAMES += (
    f' xmlns:draw="{OASIS}:drawing:1.0" xmlns:svg="{OASIS}:svg-compatible:1.0" '
    'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
)


def package(parts: dict[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return stream.getvalue()


def content(body: str, styles: str = "") -> str:
    return (
        f"<office:document-content {NAMES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )


def written(body: str, styles: str = "", common: str = "") -> bytes:
    return package(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": content(body, styles),
            "styles.xml": f"<office:document-styles {NAMES}><office:styles>{common}</office:styles>"
            "</office:document-styles>",
        }
    )


def read(data: bytes, limits: Limits = DEFAULT_LIMITS) -> list[Block]:
    return list(odt.blocks(data, limits))


def shown(body: str, styles: str = "", common: str = "") -> list[Block]:
    return read(written(body, styles, common))


def text(printed: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{printed}</text:p>'


def cell(printed: str, rows: int | str = 1, columns: int | str = 1, name: str = "table-cell", more: str = "") -> str:
    held = printed if printed.startswith(("<text:p", "<text:list", "<table", "<draw")) else text(printed)
    spans = f'table:number-rows-spanned="{rows}" table:number-columns-spanned="{columns}"'
    return f"<table:{name} {spans} {more}>{held}</table:{name}>"


COVERED = "<table:covered-table-cell/>"


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def table(*rows: str) -> str:
    return f"<table:table><table:table-column/>{''.join(rows)}</table:table>"


def in_cell(printed: str, styles: str = "", common: str = "") -> str:
    """What a cell beside another reads as."""
    (found,) = shown(table(row(cell("甲"), cell(printed))), styles, common)
    assert isinstance(found, Grid)
    first, second = found.cells
    assert (first.text, second.column) == ("甲", 1)
    return second.text


def places(block: Block) -> list[tuple[str, int, int, int, int]]:
    assert isinstance(block, Grid)
    return [(each.text, each.row, each.column, each.rows, each.columns) for each in block.cells]


def as_odt(drawn: Sheet) -> str:
    """An official table, its covered cells written out."""
    rows: list[list[str]] = [
        [COVERED] * max(box.column + box.columns for box in drawn.boxes)
        for _ in range(max(box.row + box.rows for box in drawn.boxes))
    ]
    for box in drawn.boxes:
        rows[box.row][box.column] = cell(box.text, box.rows, box.columns)
    return table(*(row(*cells) for cells in rows))


# ---------------------------------------------------------------- whole documents


def test_the_official_form_is_read_cell_by_cell() -> None:
    report = built(distinct())
    sheets = [sheet(report, each) for each in load(report.form).tables]
    assert shown("".join(map(as_odt, sheets))) == list(map(as_grid, sheets))


def test_paragraphs_headings_and_lists_stand_in_order() -> None:
    body = (
        "<text:section><text:h>一</text:h><text:p/></text:section>"
        f"<text:list><text:list-item>{text('二')}</text:list-item></text:list>{text('三')}"
    )
    assert shown(body) == [Paragraph("一"), Paragraph("二"), Paragraph("三")]


# ---------------------------------------------------------------- tables


def test_merged_cells_cover_their_places() -> None:
    rows = (
        row(cell("甲", rows=2), cell("乙", columns=2), COVERED),
        row(COVERED, cell("1"), cell("2")),
        row(cell("丙"), cell(""), cell("3")),
    )
    expected = [
        ("甲", 0, 0, 2, 1), ("乙", 0, 1, 1, 2), ("1", 1, 1, 1, 1), ("2", 1, 2, 1, 1),
        ("丙", 2, 0, 1, 1), ("", 2, 1, 1, 1), ("3", 2, 2, 1, 1),
    ]  # fmt: skip
    assert places(shown(table(*rows))[0]) == expected
    # Some programs leave the covered cells out.
    assert places(shown(table(*rows).replace(COVERED, ""))[0]) == expected


def test_a_covered_cell_that_nothing_covers_keeps_its_place() -> None:
    (found,) = shown(table(row(cell("甲"), COVERED, cell("3"))))
    assert [each[:3] for each in places(found)] == [("甲", 0, 0), ("", 0, 1), ("3", 0, 2)]


def test_what_stands_in_a_covered_cell_is_not_shown() -> None:
    (found,) = shown(table(row(cell("甲", columns=2), cell("9", name="covered-table-cell"), cell("3"))))
    assert places(found) == [("甲", 0, 0, 1, 2), ("3", 0, 2, 1, 1)]


def test_no_cell_lies_over_another_or_reaches_below_the_table() -> None:
    rows = row(cell("甲"), cell("乙", rows=9)), row(cell("丙", columns=3), cell("4"))
    (found,) = shown(table(*rows))
    assert places(found) == [
        ("甲", 0, 0, 1, 1), ("乙", 0, 1, 2, 1), ("丙", 1, 0, 1, 1), ("4", 1, 2, 1, 1),
    ]  # fmt: skip


def test_repeated_cells_and_rows_are_as_many_as_are_shown() -> None:
    repeated = cell("0", more='table:number-columns-repeated="2"')
    twice = row(cell("甲"), repeated, more='table:number-rows-repeated="2"')
    group = f"<table:table-header-rows>{twice}"
    (found,) = shown(table(f"{group}</table:table-header-rows>", row(cell("乙"), cell("1"), cell("2"))))
    assert [each[:3] for each in places(found)] == [
        ("甲", 0, 0), ("0", 0, 1), ("0", 0, 2), ("甲", 1, 0), ("0", 1, 1), ("0", 1, 2),
        ("乙", 2, 0), ("1", 2, 1), ("2", 2, 2),
    ]  # fmt: skip


def test_rows_that_are_not_visible_are_out() -> None:
    unseen = row(cell("乙"), cell("9"), more='table:visibility="collapse"')
    (found,) = shown(table(row(cell("甲"), cell("1")), unseen, row(cell("丙"), cell("2"))))
    assert [each[:3] for each in places(found)] == [
        ("甲", 0, 0), ("1", 0, 1), ("丙", 1, 0), ("2", 1, 1),
    ]  # fmt: skip


def test_a_table_around_everything_is_but_its_layout() -> None:
    inner = text("前") + table(row(cell("甲"), cell("1"))) + text("后")
    expected = [Paragraph("前"), Grid((GridCell("甲", 0, 0), GridCell("1", 0, 1))), Paragraph("后")]
    assert shown(table(row(cell(inner)))) == expected
    assert shown(table(row(cell(inner), cell("")))) == expected
    assert in_cell(table(row(cell("8")))) == "8"


def test_a_part_of_a_table_that_is_divided_further_keeps_its_rows() -> None:
    inner = table(row(cell("乙"), cell("1")), row(cell("丙"), cell("2")))
    divided = inner.replace("<table:table>", '<table:table table:is-sub-table="true">')
    assert shown(table(row(cell("甲"), cell("数")), row(cell("三"), cell(divided)))) == [
        Grid((GridCell("甲", 0, 0), GridCell("数", 0, 1))),
        Paragraph("三"),
        Grid((GridCell("乙", 0, 0), GridCell("1", 0, 1), GridCell("丙", 1, 0), GridCell("2", 1, 1))),
    ]


# ---------------------------------------------------------------- text


def test_blanks_are_those_of_the_page() -> None:
    spaced = "\n  a\n <text:span> b </text:span> c<text:s text:c='3'/>d<text:tab/>e<text:line-break/>f"
    assert shown(text(spaced)) == [Paragraph("a b c   d\te\nf")]
    assert in_cell(spaced) == "a b c   d e\nf"
    assert shown(text(" <text:span> </text:span>\n1")) == [Paragraph("1")]
    assert in_cell(text("1") + text("2")) == "1\n2"


def test_text_in_links_fields_and_insertions_is_read() -> None:
    parts = (
        "<text:a>1</text:a><text:bookmark-start/><text:change-start/>2<text:change-end/><text:change/>"
        "<text:page-number>3</text:page-number><loext:content-control>4</loext:content-control>"
        "<text:drop-down><text:label text:value='9'/>5</text:drop-down><text:soft-page-break/>6"
    )
    assert in_cell(parts) == "123456"


@pytest.mark.parametrize(
    "unread",
    [
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>2</text:p></text:note-body></text:note>",
        "<office:annotation><text:p>1</text:p></office:annotation>",
        '<text:hidden-text text:is-hidden="true">1</text:hidden-text>',
        '<text:user-field-get text:display="none">1</text:user-field-get>',
        "<text:script>1</text:script>",
        "<text:ruby-text>1</text:ruby-text>",
        "<svg:desc>1</svg:desc>",
        '<draw:frame draw:display="none"><draw:image/></draw:frame>',
    ],
)
def test_what_is_not_shown_in_a_paragraph_is_not_read(unread: str) -> None:
    assert in_cell(f"12{unread}") == "12"


def test_deleted_text_and_hidden_parts_are_out() -> None:
    changes = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>9</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
    )
    hidden = "".join(
        f"<text:section {how}>{text('9')}</text:section>"
        for how in ('text:display="none"', 'text:display="condition" text:is-hidden="true"')
    )
    field = text('9<text:hidden-paragraph text:is-hidden="true"/>')
    shown_field = text('7<text:hidden-paragraph text:is-hidden="false"/>')
    index = (
        "<text:table-of-content><text:table-of-content-source><text:index-title-template>9"
        "</text:index-title-template></text:table-of-content-source>"
        f"<text:index-body>{text('目录')}</text:index-body></text:table-of-content>"
    )
    body = changes + hidden + field + shown_field + index
    assert shown(body) == [Paragraph("7"), Paragraph("目录")]


def style(name: str, properties: str, family: str = "text", parent: str = "") -> str:
    return (
        f'<style:style style:name="{name}" style:family="{family}" style:parent-style-name="{parent}">'
        f"<style:text-properties {properties}/></style:style>"
    )


def test_only_the_properties_of_a_text_say_how_it_looks() -> None:
    paragraph = "<style:paragraph-properties text:display='none'/>"
    hidden = style("gone", 'text:display="none"').replace("</style:style>", f"{paragraph}</style:style>")
    assert in_cell("1<text:span text:style-name='gone'>2</text:span>", hidden) == "1"
    plain = hidden.replace('<style:text-properties text:display="none"/>', "")
    assert in_cell("1<text:span text:style-name='gone'>2</text:span>", plain) == "12"


def test_text_that_a_style_hides_is_not_read() -> None:
    common = style("base", 'text:display="none"')
    styles = style("own", "", parent="base") + style("seen", 'text:display="true"', parent="base")
    hidden = '1<text:span text:style-name="own">2<text:s/><text:span>3</text:span></text:span>4'
    assert in_cell(hidden, styles, common) == "14"
    assert in_cell(hidden.replace("own", "seen"), styles, common) == "12 34"
    unseen = style("unseen", 'text:display="none"', family="paragraph")
    assert in_cell(text("5", "unseen"), unseen) == ""
    assert in_cell(text("5", "round"), style("round", "", "paragraph", "round")) == "5"


@pytest.mark.parametrize(
    ("position", "expected"),
    [
        ("super 58%", "12¹"), ("33% 58%", "12¹"), ("sub 58%", "12₁"), ("-33% 58%", "12₁"),
        ("0% 100%", "121"),
    ],
)  # fmt: skip
def test_no_digit_above_or_below_the_line_reads_as_part_of_a_number(position: str, expected: str) -> None:
    styles = style("moved", f'style:text-position="{position}"')
    assert in_cell('12<text:span text:style-name="moved">1</text:span>', styles) == expected


def test_struck_digits_read_as_no_number() -> None:
    styles = style("struck", 'style:text-line-through-style="solid"')
    assert in_cell('<text:p><text:span text:style-name="struck">1</text:span>3</text:p>', styles) == "1\u03363"


# ---------------------------------------------------------------- what is drawn

IMAGE = "<draw:frame><svg:title>9</svg:title><draw:image><text:p/></draw:image></draw:frame>"


def framed(printed: str) -> str:
    return f"<draw:frame><draw:text-box>{printed}</draw:text-box><draw:image/></draw:frame>"


@pytest.mark.parametrize(
    "drawn",
    [IMAGE, "<draw:frame><draw:object/><draw:image/></draw:frame>", "<draw:control/>"],
)
def test_a_picture_is_a_paragraph_of_its_own_and_the_text_of_a_cell_without_any(drawn: str) -> None:
    assert shown(text(f"图{drawn}") + text("后")) == [
        Paragraph("图"), Paragraph(PICTURE), Paragraph("后"),
    ]  # fmt: skip
    assert in_cell(text(drawn)) == PICTURE
    assert in_cell(f"图{drawn}") == "图"
    # Beside a picture no number is read: it may be a part of it.
    assert in_cell(f"1{drawn}") == PICTURE


def test_what_is_drawn_between_paragraphs_stands_there() -> None:
    assert shown(text("前") + IMAGE + framed(text("框")) + text("后")) == [
        Paragraph("前"), Paragraph(PICTURE), Paragraph("框"), Paragraph("后"),
    ]  # fmt: skip


def test_a_text_box_stands_behind_its_paragraph_and_within_its_cell() -> None:
    inner = table(row(cell("甲"), cell("1")))
    assert shown(text(f"前{framed(text('框') + inner)}文") + text("后")) == [
        Paragraph("前文"),
        Paragraph("框"),
        Grid((GridCell("甲", 0, 0), GridCell("1", 0, 1))),
        Paragraph("后"),
    ]
    assert in_cell(text(framed(text("7")))) == "7"
    shape = "<draw:g><draw:custom-shape><text:p>8</text:p></draw:custom-shape></draw:g>"
    assert in_cell(text(shape)) == "8"


def test_a_number_that_a_list_gives_an_empty_paragraph_of_a_cell_cannot_be_read() -> None:
    listed = "<text:list><text:list-item><text:p>{}</text:p></text:list-item></text:list>"
    assert in_cell(listed.format("")) == PICTURE
    assert in_cell(listed.format("5")) == "5"


# ---------------------------------------------------------------- hostile and damaged files


@pytest.mark.parametrize("many", [2**31, "9" * 5000])
def test_more_places_than_the_limit_are_not_made(many: int | str) -> None:
    repeated = [
        table(row(cell("甲"), more=f'table:number-rows-repeated="{many}"')),
        table(row(more=f'table:number-rows-repeated="{many}"')),
        table(row(cell("甲", more=f'table:number-columns-repeated="{many}"'))),
        table(row(cell("甲", name="covered-table-cell", more=f'table:number-columns-repeated="{many}"'))),
        table(row(cell("甲", columns=many))),
        table(row(cell("甲", rows=many))),
        text(f'<text:s text:c="{many}"/>'),
    ]
    for each in repeated:
        with pytest.raises(LimitError):
            shown(each)


def test_deep_nesting_passes_the_limit() -> None:
    for opened in ("<table:table><table:table-row><table:table-cell>", "<text:p>", "<draw:text-box>"):
        with pytest.raises(LimitError, match="depth"):
            shown(opened * 10_000)


@pytest.mark.parametrize(
    "body",
    ["<table:table-cell/>", "<table:table-row/>", "<table:table><table:table-cell/></table:table>"],
)
def test_parts_of_tables_without_their_table_are_damage(body: str) -> None:
    with pytest.raises(ReadError, match="tables are damaged"):
        shown(body)


@pytest.mark.parametrize("part", ["content.xml", "encrypted-package"])
def test_an_encrypted_text_is_named(part: str) -> None:
    manifest = f"<m:manifest xmlns:m='{OASIS}:manifest:1.0'><m:encryption-data/></m:manifest>"
    with pytest.raises(ReadError, match="encrypted: save it without a password"):
        read(package({"META-INF/manifest.xml": manifest, part: b"\x8f\x01"}))


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({}, "no part 'content.xml'"),
        ({"content.xml": "<nothing"}, "XML is damaged"),
        ({"content.xml": b"\xb1\xa8\xb8\xe6"}, "XML is damaged"),
        ({"content.xml": "<!DOCTYPE x [<!ENTITY a 'b'>]>" + content("")}, "document type"),
        ({"content.xml": content("").replace("office:text", "office:spreadsheet")}, "no text document"),
    ],
)
def test_a_damaged_package_is_named(parts: dict[str, str | bytes], message: str) -> None:
    with pytest.raises(ReadError, match=message):
        read(package(parts))


NESTED = st.recursive(
    st.sampled_from(
        [text("1"), text(IMAGE), IMAGE, text(framed(text("2"))), "<text:s/>", COVERED, "3", "<text:tab/>"]
    ),
    lambda inner: st.tuples(
        st.sampled_from(
            [
                "text:p", "text:span", "text:list-item", "table:table", "table:table-row", "draw:frame",
                "table:table-cell", "draw:text-box", "draw:g", "text:section", "table:covered-table-cell",
                "table:table-cell table:number-rows-spanned='2' table:number-columns-spanned='2'",
                "table:table-row table:number-rows-repeated='2'", "text:hidden-paragraph",
                "table:table-cell table:number-columns-repeated='2'",
            ]
        ),
        st.lists(inner, max_size=4).map("".join),
    ).map(lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0].split()[0]}>"),
    max_leaves=20,
)  # fmt: skip
CELLS = st.lists(
    st.tuples(st.integers(1, 3), st.integers(1, 3), st.sampled_from(["table-cell", "covered-table-cell"])),
    max_size=4,
)


@settings(max_examples=300)
@given(st.lists(NESTED, max_size=4).map("".join))
def test_no_order_of_elements_raises_anything_else(body: str) -> None:
    try:
        shown(body)
    except ReadError as error:
        assert "damaged" in str(error)


@given(st.lists(CELLS, max_size=4))
def test_no_two_cells_of_a_grid_lie_over_each_other(rows: list[list[tuple[int, int, str]]]) -> None:
    printed = (row(*(cell("1", rows=r, columns=c, name=name) for r, c, name in each)) for each in rows)
    for block in shown(table(*printed)):
        if isinstance(block, Grid):
            covered = [
                (down, along)
                for each in block.cells
                for down in range(each.row, each.row + each.rows)
                for along in range(each.column, each.column + each.columns)
            ]
            assert len(covered) == len(set(covered))


FORM = written(text("前") + table(row(cell("甲", rows=2), cell("1")), row(COVERED, cell("2"))))


@settings(max_examples=300)
@given(st.lists(st.tuples(st.integers(0, len(FORM) - 1), st.integers(0, 255)), max_size=8), st.integers(0, 50))
def test_no_damage_raises_anything_else(changes: list[tuple[int, int]], cut: int) -> None:
    data = bytearray(FORM)
    for at, value in changes:
        data[at] = value
    try:
        read(bytes(data[: len(data) - cut]))
    except (ReadError, LimitError) as error:
        assert str(error)
