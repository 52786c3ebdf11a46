"""Word documents: what is shown, and nothing else, in the cell where it stands."""

from __future__ import annotations

import io
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gkparse
from building import built, distinct
from filed import as_grid
from gkparse.blocks import PICTURE, Block, Grid, GridCell, Paragraph
from gkparse.errors import LimitError, ReadError
from gkparse.form import load
from gkparse.limits import DEFAULT_LIMITS, Limits
from gkparse.readers import docx
from gkparse.sheet import sheet

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
NAMES = (
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def relations(kind: str, target: str, base: str = "http://x/relationships") -> str:
    return (
        f'<Relationships xmlns="{RELATIONS}">'
        f'<Relationship Id="r1" Type="{base}/{kind}" Target="{target}"/></Relationships>'
    )


def package(parts: dict[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return stream.getvalue()


def document(body: str, space: str = TRANSITIONAL) -> str:
    return f'<w:document xmlns:w="{space}" {NAMES}><w:body>{body}</w:body></w:document>'


def written(body: str, styles: str = "", space: str = TRANSITIONAL) -> bytes:
    return package(
        {
            "_rels/.rels": relations("officeDocument", "/text/main.xml"),
            "text/main.xml": document(body, space),
            "text/_rels/main.xml.rels": relations("styles", "looks.xml"),
            "text/looks.xml": f'<w:styles xmlns:w="{space}">{styles}</w:styles>',
        }
    )


def read(data: bytes, limits: Limits = DEFAULT_LIMITS) -> list[Block]:
    return list(docx.blocks(data, limits))


def shown(body: str, styles: str = "") -> list[Block]:
    return read(written(body, styles))


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(content: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def text(printed: str) -> str:
    return paragraph(run(printed))


def cell(content: str, properties: str = "") -> str:
    held = content if content.startswith("<") else text(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{held}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def span(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


BEGUN, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
DRAWN = "<w:drawing><wp:inline><a:graphic><a:graphicData uri='picture'/></a:graphic></wp:inline></w:drawing>"
FLOATING = f"<w:r>{DRAWN}</w:r>"


def in_cell(content: str, styles: str = "") -> str:
    """What a cell beside another reads as."""
    (found,) = shown(table(row(cell("甲"), cell(content))), styles)
    assert isinstance(found, Grid)
    first, second = found.cells
    assert (first.text, second.column) == ("甲", 1)
    return second.text


def places(block: Block) -> list[tuple[str, int, int, int, int]]:
    assert isinstance(block, Grid)
    return [(each.text, each.row, each.column, each.rows, each.columns) for each in block.cells]


def field(code: str, *result: str) -> str:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    parted = mark("separate") + "".join(result) if result else ""
    return f"{mark('begin')}<w:r><w:instrText>{code}</w:instrText></w:r>{parted}{mark('end')}"


def box(content: str) -> str:
    inner = f"<w:txbxContent>{content}</w:txbxContent>"
    uri = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
    return (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wp:anchor><wp:docPr/><a:graphic>"
        f"<a:graphicData uri='{uri}'>{inner}</a:graphicData></a:graphic></wp:anchor></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:shape>{inner}</v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


# ---------------------------------------------------------------- whole documents


def test_the_official_form_is_read_cell_by_cell(tmp_path: Path) -> None:
    report = built(distinct())
    gkparse.write_docx(report, tmp_path / "report.docx")
    grids = [each for each in read((tmp_path / "report.docx").read_bytes()) if isinstance(each, Grid)]
    tables = load(report.form).tables
    assert grids == [as_grid(sheet(report, each)) for each in tables]


def test_both_namespaces_of_word_are_read() -> None:
    body = text("前") + table(row(cell("甲"), cell("3")))
    assert read(written(body)) == read(written(body, space=STRICT))


def test_the_main_part_is_the_one_that_the_package_names() -> None:
    parts: dict[str, str | bytes] = {
        "word/document.xml": document(text("旧")),
        "_rels/.rels": relations("officeDocument", "word/document2.xml"),
        "word/document2.xml": document(text("新")),
    }
    assert read(package(parts)) == [Paragraph("新")]


def test_paragraphs_stand_in_order_and_empty_ones_are_left_out() -> None:
    assert shown(text("一") + text(" ") + "<w:p/>" + text("二")) == [Paragraph("一"), Paragraph("二")]


# ---------------------------------------------------------------- merged cells


def test_cells_merged_downwards_and_sideways_cover_their_places() -> None:
    (found,) = shown(
        table(
            row(cell("甲", BEGUN), cell("乙", span(2))),
            row(cell("", GOES_ON), cell("1"), cell("2")),
            row(cell("", GOES_ON), cell("3"), cell("4")),
            row(cell("丙"), cell("5"), cell("")),
        )
    )
    assert places(found) == [
        ("甲", 0, 0, 3, 1), ("乙", 0, 1, 1, 2), ("1", 1, 1, 1, 1), ("2", 1, 2, 1, 1),
        ("3", 2, 1, 1, 1), ("4", 2, 2, 1, 1), ("丙", 3, 0, 1, 1), ("5", 3, 1, 1, 1), ("", 3, 2, 1, 1),
    ]  # fmt: skip


def test_what_stands_in_the_rest_of_a_merged_cell_is_not_shown() -> None:
    (found,) = shown(table(row(cell("甲", BEGUN), cell("1")), row(cell("9", GOES_ON), cell("2"))))
    assert [each[0] for each in places(found)] == ["甲", "1", "2"]


@pytest.mark.parametrize("above", ["", span(2) + BEGUN])
def test_a_cell_that_goes_on_from_none_is_its_own(above: str) -> None:
    (found,) = shown(table(row(cell("甲", above), cell("1")), row(cell("乙", GOES_ON), cell("2"))))
    assert ("乙", 1, 0, 1, 1) in places(found)


def test_a_row_between_ends_a_merged_cell() -> None:
    rows = (row(cell(f"{at}", each), cell("1")) for at, each in enumerate((BEGUN, "", GOES_ON)))
    (found,) = shown(table(*rows))
    assert [each for each in places(found) if each[2] == 0] == [
        ("0", 0, 0, 1, 1), ("1", 1, 0, 1, 1), ("2", 2, 0, 1, 1),
    ]  # fmt: skip


def test_cells_merged_in_the_old_way_lose_nothing() -> None:
    old = '<w:hMerge w:val="restart"/>', "<w:hMerge/>"
    (found,) = shown(table(row(cell("甲", old[0]), cell("乙", old[1]), cell("3"))))
    assert places(found) == [("甲\n乙", 0, 0, 1, 2), ("3", 0, 2, 1, 1)]


def test_a_row_that_begins_late_and_ends_early_has_empty_cells_there() -> None:
    shift = '<w:gridBefore w:val="2"/><w:gridAfter w:val="1"/>'
    (found,) = shown(table(row(cell("3"), properties=shift)))
    assert places(found) == [
        ("", 0, 0, 1, 1), ("", 0, 1, 1, 1), ("3", 0, 2, 1, 1), ("", 0, 3, 1, 1),
    ]  # fmt: skip


def test_edges_that_do_not_quite_meet_make_no_column() -> None:
    def widths(*each: int) -> str:
        return "<w:tblGrid>" + "".join(f'<w:gridCol w:w="{wide}"/>' for wide in each) + "</w:tblGrid>"

    rows = (
        row(cell("甲", span(2)), cell("乙", span(2))),
        row(cell("1"), cell("2", span(3))),
        row(cell("3", span(2)), cell("4"), properties='<w:gridAfter w:val="1"/>'),
    )
    expected = [
        ("甲", 0, 0, 1, 1), ("乙", 0, 1, 1, 1), ("1", 1, 0, 1, 1), ("2", 1, 1, 1, 1),
        ("3", 2, 0, 1, 1), ("4", 2, 1, 1, 1),
    ]  # fmt: skip
    drawn = table(*rows)
    (found,) = shown(drawn.replace("<w:tblGrid/>", widths(600, 5, 600, 12)))
    assert places(found) == expected
    (wide,) = shown(drawn.replace("<w:tblGrid/>", widths(600, 300, 600, 300)))
    assert ("乙", 0, 2, 1, 2) in places(wide)
    # Nor do they part what is merged.
    tall = table(
        row(cell("甲", span(2) + BEGUN), cell("1")), row(cell("", GOES_ON), cell("2", span(2)))
    )
    (merged,) = shown(tall.replace("<w:tblGrid/>", widths(600, 5, 600)))
    assert places(merged) == [("甲", 0, 0, 2, 1), ("1", 0, 1, 1, 1), ("2", 1, 1, 1, 1)]
    # A cell of its own, however narrow, is a column.
    own = drawn.replace("</w:tbl>", row(*map(cell, "5678")) + "</w:tbl>")
    (narrow,) = shown(own.replace("<w:tblGrid/>", widths(600, 5, 600, 12)))
    assert ("乙", 0, 2, 1, 2) in places(narrow)


def test_rows_and_cells_in_content_controls_and_insertions_are_in_place() -> None:
    def control(content: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"

    rows = control(row(cell("甲"), control(cell(control(text("1"))))))
    inserted = f"<w:ins>{row(cell('乙'), cell('2'), properties='<w:ins/>')}</w:ins>"
    custom = f"<w:customXml><w:customXmlPr/>{row(cell('丙'), cell('3'))}</w:customXml>"
    (found,) = shown(control(table(rows, inserted, custom)))
    assert [each[:3] for each in places(found)] == [
        ("甲", 0, 0), ("1", 0, 1), ("乙", 1, 0), ("2", 1, 1), ("丙", 2, 0), ("3", 2, 1),
    ]  # fmt: skip


# ---------------------------------------------------------------- changes


def test_deleted_and_moved_text_is_out_and_inserted_text_in() -> None:
    deleted = "<w:del><w:r><w:delText>1</w:delText></w:r></w:del>"
    moved = f"<w:moveFrom>{run('2')}</w:moveFrom>"
    inserted = f"<w:ins>{run('3')}{deleted}</w:ins><w:moveTo>{run('4')}</w:moveTo>"
    assert in_cell(paragraph(deleted + moved + inserted)) == "34"


@pytest.mark.parametrize("mark", ["<w:del/>", "<w:moveFrom/>", "<w:vanish/>", "<w:specVanish/>"])
def test_a_paragraph_whose_end_is_deleted_goes_on_in_the_next(mark: str) -> None:
    first = paragraph(run("1"), f"<w:rPr>{mark}</w:rPr>")
    assert in_cell(first + text("2")) == "12"
    assert in_cell(text("1") + text("2")) == "1\n2"


def test_deleted_rows_and_cells_are_out() -> None:
    gone = row(cell("乙"), cell("9"), properties="<w:del/>")
    rows = row(cell("甲"), cell("7", "<w:cellDel/>"), cell("1")), gone, row(cell("丙"), cell("2"))
    (found,) = shown(table(*rows))
    assert [each[:3] for each in places(found)] == [
        ("甲", 0, 0), ("1", 0, 1), ("丙", 1, 0), ("2", 1, 1),
    ]  # fmt: skip


def test_a_merged_cell_whose_first_row_is_deleted_begins_in_the_next() -> None:
    first = row(cell("甲", BEGUN), cell("9"), properties="<w:del/>")
    (found,) = shown(table(first, *(row(cell("", GOES_ON), cell(f"{n}")) for n in (1, 2))))
    assert places(found) == [("", 0, 0, 2, 1), ("1", 0, 1, 1, 1), ("2", 1, 1, 1, 1)]


def test_an_earlier_look_of_a_changed_paragraph_does_not_count() -> None:
    before = "<w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr>"
    assert in_cell(paragraph(f"<w:r>{before}<w:t>5</w:t></w:r>")) == "5"


# ---------------------------------------------------------------- text


def test_text_in_links_tags_and_overrides_is_read() -> None:
    parts = "".join(
        f"<w:{name}>{run(each)}</w:{name}>"
        for name, each in zip(("hyperlink", "smartTag", "bdo", "dir"), "1234", strict=True)
    )
    around = "<w:bookmarkStart/><w:proofErr/><w:commentRangeStart/>"
    assert in_cell(paragraph(around + parts)) == "1234"


def test_tabs_and_line_ends_are_those_of_the_page() -> None:
    broken = paragraph(f"{run('a')}<w:r><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/></w:r>{run('d')}")
    assert shown(broken) == [Paragraph("a\tb\nc\nd")]
    assert in_cell(broken) == "a b\nc\nd"


def test_blanks_at_the_ends_of_a_text_count_only_where_they_are_kept() -> None:
    kept, dropped = '<w:t xml:space="preserve"> 1 </w:t>', "<w:t>\n 2\t</w:t>"
    assert shown(paragraph(f"{run('a')}<w:r>{kept}{dropped}</w:r>")) == [Paragraph("a 1 2")]


def test_hyphens_and_symbols_are_characters_or_pictures() -> None:
    def symbol(font: str, code: str) -> str:
        return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'

    hyphens = "<w:r><w:noBreakHyphen/><w:t>3</w:t><w:softHyphen/></w:r>"
    assert in_cell(paragraph(hyphens)) == "-3"
    assert in_cell(paragraph(symbol("宋体", "2212") + run("3"))) == "−3"
    for unknown in (("Wingdings", "0031"), ("Symbol", "F031"), ("宋体", "E000"), ("宋体", "x")):
        assert in_cell(paragraph(run("1") + symbol(*unknown))) == PICTURE


@pytest.mark.parametrize("level", ["superscript", "subscript"])
def test_no_digit_above_or_below_the_line_reads_as_part_of_a_number(level: str) -> None:
    properties = f'<w:vertAlign w:val="{level}"/>'
    styles = (
        f'<w:style w:styleId="base"><w:rPr>{properties}</w:rPr></w:style>'
        '<w:style w:styleId="note"><w:basedOn w:val="base"/></w:style>'
    )
    expected = {"superscript": "12¹", "subscript": "12₁"}[level]
    assert in_cell(paragraph(run("12") + run("1", properties))) == expected
    assert in_cell(paragraph(run("12") + run("1", '<w:rStyle w:val="note"/>')), styles) == expected
    on_the_line = '<w:rStyle w:val="note"/><w:vertAlign w:val="baseline"/>'
    assert in_cell(paragraph(run("12") + run("1", on_the_line)), styles) == "121"


def test_struck_digits_read_as_no_number() -> None:
    assert in_cell(paragraph(run("12", "<w:strike/>") + run("13"))) == "1\u03362\u033613"
    assert in_cell(paragraph(run("12", '<w:strike w:val="0"/>') + run("13"))) == "1213"


def test_notes_leave_no_digit_behind_a_number() -> None:
    mark = '<w:r><w:footnoteReference w:id="1"/></w:r><w:r><w:commentReference w:id="2"/></w:r>'
    assert in_cell(paragraph(run("12") + mark)) == "12"


def test_what_stands_above_a_text_as_its_reading_is_no_part_of_it() -> None:
    ruby = f"<w:ruby><w:rt>{run('zhang')}</w:rt><w:rubyBase>{run('章')}</w:rubyBase></w:ruby>"
    assert in_cell(paragraph(f"<w:r>{ruby}</w:r>")) == "章"


def test_hidden_text_is_not_read() -> None:
    assert in_cell(paragraph(run("1") + run("2", "<w:vanish/>") + run("3"))) == "13"
    assert in_cell(paragraph(run("1", '<w:vanish w:val="false"/>'))) == "1"


def test_text_that_a_style_hides_is_not_read() -> None:
    styles = (
        '<w:style w:styleId="base"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="unseen"><w:basedOn w:val="base"/></w:style>'
        '<w:style w:styleId="round"><w:basedOn w:val="round"/></w:style>'
    )
    by_style = '<w:rStyle w:val="unseen"/>'
    assert in_cell(paragraph(run("1") + run("2", by_style)), styles) == "1"
    assert in_cell(paragraph(run("1"), '<w:pStyle w:val="unseen"/>'), styles) == ""
    # Twice switched is switched off again; what the text itself says goes first.
    assert in_cell(paragraph(run("1", by_style), '<w:pStyle w:val="base"/>'), styles) == "1"
    assert in_cell(paragraph(run("1", by_style + '<w:vanish w:val="0"/>')), styles) == "1"
    assert in_cell(paragraph(run("1", '<w:rStyle w:val="round"/>')), styles) == "1"


def test_mathematics_on_one_line_is_text_and_all_else_a_picture() -> None:
    def math(content: str) -> str:
        return paragraph(f"<m:oMath>{content}</m:oMath>")

    one = "<m:r><m:t>1</m:t></m:r>"
    assert in_cell(math(one + one)) == "11"
    assert in_cell(math(f"<m:f><m:num>{one}</m:num><m:den>{one}</m:den></m:f>")) == PICTURE
    assert in_cell(math(f"{one}<m:sSup><m:e>{one}</m:e><m:sup>{one}</m:sup></m:sSup>")) == PICTURE


# ---------------------------------------------------------------- fields


def test_of_a_field_the_result_is_read_and_not_the_code() -> None:
    inner = field("PAGE 8", run("9"))
    assert in_cell(paragraph(field("=SUM(ABOVE) 7", run("12")))) == "12"
    assert in_cell(paragraph(field(f"IF </w:instrText></w:r>{inner}<w:r><w:instrText>", run("5")))) == "5"
    assert in_cell(paragraph(f'<w:fldSimple w:instr="=1+1">{run("2")}</w:fldSimple>')) == "2"
    assert in_cell(paragraph(field(f"IF </w:instrText>{DRAWN}<w:instrText>", run("5")))) == "5"
    assert in_cell(paragraph("<w:r><w:instrText>=1+1</w:instrText></w:r>" + run("2"))) == "2"


def test_a_field_beside_a_drawing_that_has_a_choice_ends_where_it_ends() -> None:
    drawn = box(paragraph(field("PAGE", run("3"))))
    first, second = shown(paragraph(field("=1+1", run("2")) + drawn))
    assert (first, second) == (Paragraph("2"), Paragraph("3"))


@pytest.mark.parametrize("code", [r"EQ \o\ac(○,3)", "FORMDROPDOWN", "AUTONUM", "PAGE", ""])
def test_a_field_that_shows_what_the_file_does_not_hold_is_a_picture(code: str) -> None:
    assert in_cell(paragraph(field(code))) == PICTURE
    assert in_cell(paragraph(field(code, run("")))) == PICTURE
    assert in_cell(paragraph(f'<w:fldSimple w:instr="{code}"/>')) == PICTURE


@pytest.mark.parametrize("code", ["XE word", "TC word", "HYPERLINK x", "FORMTEXT"])
def test_a_field_that_shows_nothing_is_nothing(code: str) -> None:
    assert in_cell(paragraph(run("4") + field(code))) == "4"
    assert in_cell(paragraph(field(code, run("")))) == ""


def test_a_field_that_is_never_ended_hides_nothing() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    cells = cell(paragraph(begin + run("1"))), cell(paragraph(run("2") + end))
    (found,) = shown(paragraph(begin) + table(row(*cells)))
    assert [each[0] for each in places(found)] == ["1", "2"]


def test_the_code_of_a_hidden_field_is_not_shown() -> None:
    hidden = field("XE word").replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>")
    assert in_cell(paragraph(hidden + run("4"))) == "4"


# ---------------------------------------------------------------- pictures and text boxes


@pytest.mark.parametrize(
    "drawn",
    [
        DRAWN,
        "<w:pict><v:shape><v:imagedata/></v:shape></w:pict>",
        "<w:object><v:shape><v:imagedata/></v:shape></w:object>",
    ],
)
def test_a_picture_is_a_paragraph_of_its_own_and_the_text_of_a_cell_without_any(drawn: str) -> None:
    content = f"<w:r>{drawn}</w:r>"
    assert shown(paragraph(run("图") + content) + text("后")) == [
        Paragraph("图"), Paragraph(PICTURE), Paragraph("后"),
    ]  # fmt: skip
    assert in_cell(paragraph(content)) == PICTURE
    assert in_cell(paragraph(run("图") + content)) == "图"


def test_beside_a_picture_no_number_of_a_cell_is_read() -> None:
    assert in_cell(paragraph(run("1") + FLOATING)) == PICTURE


def test_a_part_of_another_format_is_a_picture_where_it_stands() -> None:
    assert shown(text("前") + "<w:altChunk/>" + text("后")) == [
        Paragraph("前"), Paragraph(PICTURE), Paragraph("后"),
    ]  # fmt: skip


def test_lines_and_hidden_drawings_are_nothing() -> None:
    line = "<w:pict><v:line/></w:pict>"
    unseen = '<w:pict><v:shape style="visibility: hidden"><v:imagedata/></v:shape></w:pict>'
    hidden = DRAWN.replace("<a:graphic>", '<wp:docPr hidden="1"/><a:graphic>')
    for each in (line, unseen, hidden):
        assert in_cell(paragraph(f"<w:r>{each}</w:r>{run('6')}")) == "6"


def test_a_text_box_stands_once_behind_its_paragraph_and_within_its_cell() -> None:
    assert shown(paragraph(run("前") + box(text("框") + table(row(cell("甲"), cell("1"))))) + text("后")) == [
        Paragraph("前"),
        Paragraph("框"),
        Grid((GridCell("甲", 0, 0), GridCell("1", 0, 1))),
        Paragraph("后"),
    ]
    assert in_cell(paragraph(box(text("7")))) == "7"


def test_a_number_that_word_gives_an_empty_paragraph_of_a_cell_cannot_be_read() -> None:
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>'
    assert in_cell(paragraph("", numbered)) == PICTURE
    assert in_cell(paragraph(run("5"), numbered)) == "5"
    assert in_cell(paragraph("", numbered.replace('"3"', '"0"'))) == ""
    assert shown(paragraph(run("行政许可"), numbered)) == [Paragraph("行政许可")]


# ---------------------------------------------------------------- tables within tables


def test_a_table_around_everything_is_but_its_layout() -> None:
    inner = text("前") + table(row(cell("甲"), cell("1"))) + text("后")
    expected = [Paragraph("前"), Grid((GridCell("甲", 0, 0), GridCell("1", 0, 1))), Paragraph("后")]
    assert shown(table(row(cell(inner)))) == expected
    assert shown(table(row(cell("页眉"), cell("")), row(cell(inner, span(2))))) == [
        Paragraph("页眉"), *expected,
    ]  # fmt: skip
    assert shown(table(row(cell(table(row(cell(inner))))))) == expected


def test_a_table_of_one_cell_in_a_cell_is_its_text() -> None:
    assert in_cell(table(row(cell("8"))) + "<w:p/>") == "8"
    assert in_cell(table(row(cell(""), cell("8"))) + "<w:p/>") == "8"


def test_rows_around_one_that_holds_a_table_stay_in_their_columns() -> None:
    nested = cell(table(row(cell("乙"), cell("2"))) + "<w:p/>", span(2))
    found = shown(table(row(cell("甲"), cell("1")), row(nested), row(cell("丙"), cell(""), cell("3"))))
    assert [block for block in found if block != Paragraph("")] == [
        Grid((GridCell("甲", 0, 0), GridCell("1", 0, 1))),
        Grid((GridCell("乙", 0, 0), GridCell("2", 0, 1))),
        Grid((GridCell("丙", 0, 0), GridCell("", 0, 1), GridCell("3", 0, 2))),
    ]


# ---------------------------------------------------------------- hostile and damaged files


def test_deep_nesting_passes_the_limit() -> None:
    for opened in ("<w:tbl><w:tr><w:tc>", "<w:sdt>"):
        with pytest.raises(LimitError, match="depth"):
            shown(opened * 10_000)
    nested = 6 * "<w:tbl><w:tr><w:tc>" + 6 * "</w:tc></w:tr></w:tbl>"
    assert read(written(nested), Limits(depth=6)) == []
    with pytest.raises(LimitError, match="depth"):
        read(written(nested), Limits(depth=5))


@pytest.mark.parametrize("wide", ["1000001", "9" * 5000])
def test_more_places_than_the_limit_are_not_made(wide: str) -> None:
    merged = table(row(cell("甲", f'<w:gridSpan w:val="{wide}"/>')))
    shifted = table(row(cell("甲"), properties=f'<w:gridBefore w:val="{wide}"/>'))
    old = table(row(cell("甲"), cell("", f'<w:hMerge/><w:gridSpan w:val="{wide}"/>')))
    for each in (merged, shifted, old):
        with pytest.raises(LimitError, match="cells"):
            shown(each)


def test_a_number_of_columns_that_is_none_is_one() -> None:
    for wide in ("", "0", "-3", "x", "２"):
        (found,) = shown(table(row(cell("甲", f'<w:gridSpan w:val="{wide}"/>'), cell("1"))))
        assert [each[2] for each in places(found)] == [0, 1]


def test_more_text_than_the_limit_is_not_read() -> None:
    with pytest.raises(LimitError, match="characters"):
        read(written(text("字" * 11)), Limits(characters=10))


@pytest.mark.parametrize(
    "body", ["<w:tc/>", "<w:tr/>", "<w:tbl><w:tc/></w:tbl>", "<w:tbl><w:tbl/></w:tbl>"]
)
def test_parts_of_tables_without_their_table_are_damage(body: str) -> None:
    with pytest.raises(ReadError, match="tables are damaged"):
        shown(body)


MAIN = "word/document.xml"
NAMED = {"_rels/.rels": relations("officeDocument", MAIN)}


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({}, "no part '_rels/.rels'"),
        ({"_rels/.rels": relations("image", MAIN)}, "names no main part"),
        ({"_rels/.rels": "<nothing"}, "XML is damaged"),
        (NAMED, f"no part '{MAIN}'"),
        ({**NAMED, MAIN: "<workbook/>"}, "no Word document"),
        ({**NAMED, MAIN: document("").encode()[:-9]}, "XML is damaged"),
        ({**NAMED, MAIN: b"\xb1\xa8\xb8\xe6"}, "XML is damaged"),
        ({**NAMED, MAIN: "<!DOCTYPE x [<!ENTITY a 'b'>]>" + document("")}, "document type"),
    ],
)
def test_a_damaged_package_is_named(parts: dict[str, str | bytes], message: str) -> None:
    with pytest.raises(ReadError, match=message):
        read(package(parts))


@pytest.mark.parametrize("encoding", ["UTF-48", "gb18030", "utf-7"])
def test_an_encoding_that_xml_does_not_have_is_named(encoding: str) -> None:
    parts = {"_rels/.rels": relations("officeDocument", "/word/document.xml")}
    main = f'<?xml version="1.0" encoding="{encoding}"?>' + document("")
    with pytest.raises(gkparse.ReadError, match=r"its XML is damaged: .*encoding"):
        gkparse.read(package({**parts, "word/document.xml": main}))


def test_another_encoding_is_read_where_the_part_declares_it() -> None:
    main = ('<?xml version="1.0" encoding="UTF-16"?>' + document(text("报告"))).encode("utf-16")
    assert read(package({**NAMED, MAIN: main})) == [Paragraph("报告")]


FORM = written(
    text("前") + table(row(cell("甲", BEGUN), cell("1")), row(cell("", GOES_ON), cell(text("2") + DRAWN)))
)


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


PIECES = st.sampled_from(
    [
        "<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>1</w:t>", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>",
        "<w:tc>", "</w:tc>", "<w:tc><w:tcPr><w:vMerge/><w:gridSpan w:val='2'/></w:tcPr>", "<w:txbxContent>",
        "</w:txbxContent>", "<w:tc><w:tcPr><w:hMerge/></w:tcPr>", "<w:fldChar w:fldCharType='begin'/>",
        "<w:fldChar w:fldCharType='end'/>", "<w:fldChar w:fldCharType='separate'/>", "<w:object/>",
        "<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>", "<w:fldSimple>", "</w:fldSimple>",
    ]
)  # fmt: skip


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=40))
def test_no_order_of_elements_raises_anything_else(pieces: list[str]) -> None:
    body, opened = [], list[str]()
    for piece in pieces:
        name = piece.strip("</").replace(">", " ").split()[0]
        if not piece.startswith("</"):
            body.append(piece)
            if not piece.endswith("/>") and "</w:t>" not in piece:
                opened.append(name)
        elif name in opened:
            while (last := opened.pop()) != name:
                body.append(f"</{last}>")
            body.append(piece)
    body += [f"</{name}>" for name in reversed(opened)]
    try:
        found = shown("".join(body))
    except ReadError as error:
        assert "damaged" in str(error)
        return
    for block in found:
        if isinstance(block, Grid):
            covered = [
                (down, along)
                for each in block.cells
                for down in range(each.row, each.row + each.rows)
                for along in range(each.column, each.column + each.columns)
            ]
            assert len(covered) == len(set(covered))
