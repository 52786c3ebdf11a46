"""Spreadsheets: what a sheet shows is read, and nothing that it does not show."""

from __future__ import annotations

import io
import shutil
import struct
import subprocess
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gkparse
from building import built, distinct
from gkparse.blocks import PICTURE, Block, Grid, GridCell, Paragraph
from gkparse.errors import LimitError, ReadError
from gkparse.limits import DEFAULT_LIMITS, Limits
from gkparse.readers.formats import formatted
from gkparse.readers.spreadsheet import blocks

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LINKS = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
RELATIONS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'


def packed(parts: Mapping[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return file.getvalue()


def xlsx(
    *sheets: str,
    strings: str = "",
    styles: str = "",
    state: str = "",
    more: Mapping[str, str] | None = None,
) -> bytes:
    """A workbook of sheets, each the XML within its root; `state` is that of the first."""
    listed = "".join(
        f'<sheet name="s{at}" sheetId="{at}" r:id="k{at}"{f" state={state!r}" if state and at == 1 else ""}/>'
        for at in range(1, len(sheets) + 1)
    )
    relations = "".join(
        f'<Relationship Id="k{at}" Type="x/worksheet" Target="worksheets/sheet{at}.xml"/>'
        for at in range(1, len(sheets) + 1)
    )
    relations += '<Relationship Id="a" Type="x/sharedStrings" Target="/xl/strings.xml"/>'
    relations += '<Relationship Id="b" Type="x/styles" Target="styles.xml"/>'
    return packed(
        {
            "xl/workbook.xml": f"<workbook {MAIN} {LINKS}><sheets>{listed}</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": f"<Relationships {RELATIONS}>{relations}</Relationships>",
            "xl/strings.xml": f"<sst {MAIN}>{strings}</sst>",
            "xl/styles.xml": f"<styleSheet {MAIN}>{styles}</styleSheet>",
            **{
                f"xl/worksheets/sheet{at}.xml": f"<worksheet {MAIN}>{sheet}</worksheet>"
                for at, sheet in enumerate(sheets, 1)
            },
            **(more or {}),
        }
    )


def ods(table: str, styles: str = "", manifest: str = "") -> bytes:
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (
            ("table", "table"), ("office", "office"), ("text", "text"), ("style", "style"), ("draw", "drawing"),
        )
    )  # fmt: skip
    content = (
        f"<office:document-content{names}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    return packed(
        {"content.xml": content, "META-INF/manifest.xml": f"<manifest>{manifest}</manifest>"}
    )


def data(*cells: str) -> str:
    """The cells of one row."""
    return f"<sheetData><row>{''.join(cells)}</row></sheetData>"


def read(file: bytes, limits: Limits = DEFAULT_LIMITS) -> list[Block]:
    return list(blocks(file, limits))


def cells(file: bytes) -> list[GridCell]:
    (found,) = read(file)
    assert isinstance(found, Grid)
    return list(found.cells)


def texts(file: bytes) -> list[str]:
    return [cell.text for cell in cells(file)]


# ---------------------------------------------------------------- XLSX


def test_each_cell_has_its_place_and_an_empty_one_is_there() -> None:
    sheet = (
        '<sheetData><row r="2"><c r="B2"><v>41</v></c></row><row><c><v>7</v></c></row></sheetData>'
    )
    found = [(cell.text, cell.row, cell.column) for cell in cells(xlsx(sheet))]
    assert found == [("", 0, 0), ("", 0, 1), ("", 1, 0), ("41", 1, 1), ("7", 2, 0), ("", 2, 1)]


def test_strings_are_read_with_their_runs_and_without_their_phonetic_guide() -> None:
    strings = (
        "<si><t>行政许可</t></si><si><r><t>行政</t></r><r><t>处罚</t></r><rPh><t>chǔ</t></rPh></si>"
        "<si><t>一_x000D_\n二</t></si>"
    )
    row = data(*(f'<c t="s"><v>{at}</v></c>' for at in range(3)))
    assert texts(xlsx(row, strings=strings)) == ["行政许可", "行政处罚", "一\n二"]


def test_raised_digits_and_those_that_are_struck_out_are_no_digits_of_a_number() -> None:
    strings = (
        '<si><r><t>12</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>3</t></r></si>'
        "<si><r><rPr><strike/></rPr><t>4</t></r><r><t>5</t></r></si>"
    )
    styles = '<fonts><font/><font><strike/></font></fonts><cellXfs><xf/><xf fontId="1"/></cellXfs>'
    row = data('<c t="s"><v>0</v></c>', '<c t="s"><v>1</v></c>', '<c s="1"><v>8</v></c>')
    assert texts(xlsx(row, strings=strings, styles=styles)) == ["12³", "4\u03365", "8\u0336"]


def test_a_merged_cell_covers_its_range_and_what_is_behind_it_is_not_shown() -> None:
    sheet = data("<c><v>1</v></c>", "<c><v>2</v></c>", "<c><v>3</v></c>")
    sheet += '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>'
    assert cells(xlsx(sheet)) == [
        GridCell("1", 0, 0, 2, 2), GridCell("3", 0, 2), GridCell("", 1, 2),
    ]  # fmt: skip


def test_a_title_merged_over_the_whole_sheet_does_not_widen_the_table() -> None:
    sheet = '<sheetData><row><c t="str"><v>题</v></c></row><row><c/><c r="B2"><v>5</v></c></row></sheetData>'
    sheet += '<mergeCells><mergeCell ref="A1:XFD1"/></mergeCells>'
    assert [(cell.text, cell.columns) for cell in cells(xlsx(sheet))] == [
        ("题", 2),
        ("", 1),
        ("5", 1),
    ]


@pytest.mark.parametrize(
    ("columns", "row"), [('<cols><col min="2" max="2" hidden="1"/></cols>', ""), ("", 'hidden="1"')]
)
def test_hidden_rows_and_columns_are_not_read(columns: str, row: str) -> None:
    hidden = f"<row {row}><c><v>9</v></c><c><v>8</v></c></row>"
    sheet = f"{columns}<sheetData><row><c><v>1</v></c><c><v>2</v></c></row>{hidden}</sheetData>"
    assert texts(xlsx(sheet)) == (["1", "9"] if columns else ["1", "2"])


def test_a_merged_cell_is_as_large_as_what_is_shown_of_it() -> None:
    sheet = '<cols><col min="1" max="1" hidden="1"/></cols>' + data(
        "<c><v>1</v></c>", "<c/>", "<c><v>3</v></c>"
    )
    sheet += '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'
    assert cells(xlsx(sheet)) == [GridCell("1", 0, 0), GridCell("3", 0, 1)]


def test_a_merged_range_beyond_all_text_is_nothing() -> None:
    sheet = data("<c><v>1</v></c>") + '<mergeCells><mergeCell ref="D4:F9"/><mergeCell ref="C1:D1"/></mergeCells>'
    assert cells(xlsx(sheet)) == [GridCell("1", 0, 0)]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheets_are_counted_and_not_read(state: str) -> None:
    row = data("<c><v>1</v></c>")
    assert [found.page for found in read(xlsx(row, row, row, state=state))] == [2, 3]


def test_an_empty_sheet_has_no_table() -> None:
    assert read(xlsx("<sheetData/>", data("<c/>"))) == []


def test_a_text_within_its_cell_is_read_as_one_of_the_strings() -> None:
    said = '<c t="inlineStr"><is><r><t>行政</t></r><r><t>许可</t></r></is></c>'
    row = data(said, '<c t="inlineStr"/>', "<c><v>7</v></c>")
    assert texts(xlsx(row)) == ["行政许可", "", "7"]


def test_what_is_no_cell_of_a_row_takes_no_place() -> None:
    assert texts(xlsx(data("<c><v>1</v></c>", "<extLst/>", "<c><v>2</v></c>"))) == ["1", "2"]


def test_a_merged_cell_of_which_nothing_is_shown_is_none() -> None:
    sheet = '<cols><col min="1" max="2" hidden="1"/></cols>' + data(
        "<c><v>1</v></c>", "<c/>", "<c><v>3</v></c>"
    )
    assert cells(xlsx(sheet + '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>')) == [GridCell("3", 0, 0)]


def test_errors_and_truths_are_there_and_no_blanks() -> None:
    row = data('<c t="e"><v>#DIV/0!</v></c>', '<c t="b"><v>1</v></c>', "<c><f>SUM(A1:A2)</f></c>")
    assert texts(xlsx(row)) == ["#DIV/0!", "TRUE", "=SUM(A1:A2)"]


def test_the_number_format_of_a_cell_is_what_it_shows() -> None:
    styles = (
        '<numFmts><numFmt numFmtId="170" formatCode="0&quot;件&quot;"/></numFmts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="1"/><xf numFmtId="170"/><xf numFmtId="31"/>'
        '<xf numFmtId="12"/></cellXfs>'
    )
    row = data(
        *(f'<c s="{at}"><v>{value}</v></c>' for at, value in enumerate((12.4, 12.4, 5, 45316, 5.5)))
    )
    assert texts(xlsx(row, styles=styles)) == [
        "12.4",
        "12",
        "5件",
        "2024年1月25日",
        '=TEXT(5.5,"format 12")',
    ]


def test_a_sheet_that_shows_no_zeros_shows_none() -> None:
    views = '<sheetViews><sheetView showZeros="0"/></sheetViews>'
    assert texts(xlsx(views + data("<c><v>0</v></c>", "<c><v>10</v></c>"))) == ["", "10"]


def drawn(anchored: str, sheet: str) -> bytes:
    relation = '<Relationship Id="d" Type="x/drawing" Target="../drawings/d.xml"/>'
    place = "<from><col>1</col><row>0</row></from>"
    more = {
        "xl/worksheets/_rels/sheet1.xml.rels": f"<Relationships {RELATIONS}>{relation}</Relationships>",
        "xl/drawings/d.xml": f"<wsDr><oneCellAnchor>{place}{anchored}</oneCellAnchor></wsDr>",
    }
    return xlsx(sheet, more=more)


def test_a_picture_stands_where_nothing_else_does() -> None:
    row = data("<c><v>1</v></c>", "<c/>", "<c><v>3</v></c>")
    assert texts(drawn("<pic/>", row)) == ["1", PICTURE, "3"]
    assert texts(drawn("<sp><txBody><p><r><t>2</t></r></p></txBody></sp>", row)) == [
        "1",
        PICTURE,
        "3",
    ]
    assert read(drawn("<pic/>", "<sheetData/>")) == [Paragraph(PICTURE, 1)]


def test_a_line_over_the_cells_and_a_drawing_that_is_not_there_are_no_pictures() -> None:
    row = data("<c><v>1</v></c>", "<c/>", "<c><v>3</v></c>")
    assert texts(drawn("<cxnSp/>", row)) == ["1", "", "3"]
    file = drawn("<pic/>", row)
    with zipfile.ZipFile(io.BytesIO(file)) as package:
        parts = {name: package.read(name).decode() for name in package.namelist()}
    del parts["xl/drawings/d.xml"]
    assert texts(packed(parts)) == ["1", "", "3"]


def test_a_picture_within_a_cell_is_one() -> None:
    row = data(
        '<c t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>', "<c><v>3</v></c>"
    )
    assert texts(xlsx(row)) == [PICTURE, "3"]


# ---------------------------------------------------------------- ODS


def test_the_text_of_an_ods_is_what_it_shows() -> None:
    row = (
        '<table:table-row><table:table-cell office:value="12.4"><text:p>12</text:p></table:table-cell>'
        '<table:table-cell office:value="3"/><table:table-cell table:number-columns-repeated="2"/>'
        "<table:table-cell><text:p>a<text:s text:c='2'/>b</text:p><text:p>c</text:p>"
        "<office:annotation><text:p>9</text:p></office:annotation></table:table-cell>"
        '<table:table-cell office:value="0"><text:p/></table:table-cell>'
        "<table:table-cell><text:p>7</text:p></table:table-cell></table:table-row>"
    )
    assert texts(ods(f"<table:table>{row}</table:table>")) == [
        "12",
        "3",
        "",
        "",
        "a  b\nc",
        "",
        "7",
    ]


def test_spans_repeats_and_hidden_parts_of_an_ods() -> None:
    styles = '<style:style style:name="gone"><style:table-properties table:display="false"/></style:style>'
    row = "<table:table-row{}><table:table-cell{}><text:p>{}</text:p></table:table-cell>{}</table:table-row>"
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    table = (
        '<table:table table:style-name="gone">' + row.format("", "", 1, "") + "</table:table><table:table>"
        '<table:table-column/><table:table-column table:visibility="collapse"/><table:table-column/>'
        + row.format("", ' table:number-rows-spanned="2"', 2, cell.format(3) + cell.format(4))
        + "<table:table-row-group><table:table-row><table:covered-table-cell><text:p>5</text:p>"
        "</table:covered-table-cell>" + cell.format(6) + cell.format(7) + "</table:table-row>"
        "</table:table-row-group>"
        + row.format(' table:visibility="filter"', "", 8, "")
        + row.format(' table:number-rows-repeated="2"', "", 9, "")
        + "</table:table>"
    )  # fmt: skip
    (found,) = read(ods(table, styles))
    assert isinstance(found, Grid)
    assert found.page == 2
    assert found.cells == (
        GridCell("2", 0, 0, 2, 1), GridCell("4", 0, 1), GridCell("7", 1, 1),
        GridCell("9", 2, 0), GridCell("", 2, 1), GridCell("9", 3, 0), GridCell("", 3, 1),
    )  # fmt: skip


def test_an_ods_marks_raised_and_struck_digits_and_pictures() -> None:
    styles = (
        '<style:style style:name="up"><style:text-properties style:text-position="33% 58%"/></style:style>'
        '<style:style style:name="out"><style:text-properties style:text-line-through-style="solid"/></style:style>'
    )
    row = (
        "<table:table-row><table:table-cell><text:p>12<text:span text:style-name='up'>3</text:span></text:p>"
        "</table:table-cell><table:table-cell table:style-name='out'><text:p>8</text:p></table:table-cell>"
        "<table:table-cell><draw:frame><draw:image/></draw:frame></table:table-cell></table:table-row>"
    )
    assert texts(ods(f"<table:table>{row}</table:table>", styles)) == ["12³", "8\u0336", PICTURE]


def test_a_picture_over_the_cells_of_an_ods_is_one() -> None:
    table = "<table:table><table:shapes>{}</table:shapes></table:table>"
    assert read(ods(table.format("<draw:frame/>"))) == [Paragraph(PICTURE, 1)]
    assert read(ods(table.format("<draw:line/>"))) == []


def test_tabs_and_lines_of_an_ods_are_shown_and_its_notes_are_not() -> None:
    row = (
        "<table:table-row><table:table-cell><text:p>a<text:tab/>b<text:line-break/>c"
        "<text:note><text:p>9</text:p></text:note></text:p></table:table-cell>"
        "<text:soft-page-break/><table:table-cell><text:p>7</text:p></table:table-cell></table:table-row>"
    )
    assert texts(ods(f"<table:table>{row}</table:table>")) == ["a\tb\nc", "7"]


def test_an_encrypted_ods_says_so() -> None:
    with pytest.raises(ReadError, match="encrypted"):
        read(ods("", manifest="<encryption-data/>"))


# ---------------------------------------------------------------- number formats


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (0.1 + 0.2, "General", "0.3"), (3.0, "General", "3"), (1e-7, "General", "0.0000001"),
        (1e21, "General", "1" + "0" * 21), (12.5, "0", "13"), (-12.5, "0", "-13"), (-0.3, "0", "0"),
        (12.4, "0.00", "12.40"), (1234567.5, "#,##0.0", "1,234,567.5"), (7, "000", "007"),
        (0.125, "0.0%", "12.5%"), (-3, "0_);(0)", "(3)"), (0, "0;-0;;@", ""), (5, ";;;", ""), (0, "#", ""),
        (5, '"共"0\\件', "共5件"), (12.5, "0.##", "12.5"), (0, '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "-"),
        (5, "[Red]0", "5"), (5, "[$¥-804]0", "¥5"), (45316, "yyyy/m/d", "2024/1/25"),
        (45316, 'yyyy"年"mm"月"', "2024年01月"), (45316, "[$-804]m月d日", "1月25日"),
        (5.5, "# ?/?", '=TEXT(5.5,"# ?/?")'), (5, "[DBNum1]General", '=TEXT(5,"[DBNum1]General")'),
        (12345, '0!.0,"万"', '=TEXT(12345,"0!.0,"万"")'), (5, "0.00E+00", '=TEXT(5,"0.00E+00")'),
        (5, "[>3]0;General", '=TEXT(5,"[>3]0;General")'), (45316, "h:mm", '=TEXT(45316,"h:mm")'),
        (12345, "0,", '=TEXT(12345,"0,")'), (-1, "yyyy/m/d", '=TEXT(-1,"yyyy/m/d")'),
        (59, "yyyy/m/d", '=TEXT(59,"yyyy/m/d")'), (3_000_000, "yyyy", '=TEXT(3000000,"yyyy")'),
        ("无", "0", "无"), ("无", ";;;", ""), ("无", '0;0;0;@"件"', "无件"), ("无", "[DBNum1]General", "无"),
    ],
)  # fmt: skip
def test_a_value_reads_as_its_format_shows_it(value: float | str, code: str, shown: str) -> None:
    assert formatted(value, code) == shown


def test_days_are_counted_from_the_year_of_the_workbook() -> None:
    assert formatted(59, "yyyy/m/d", from_1904=True) == "1904/2/29"
    assert formatted(59, "yyyy/m/d") == '=TEXT(59,"yyyy/m/d")'  # spreadsheets do not agree on it


@given(
    st.floats(allow_nan=False, allow_infinity=False),
    st.text('0#?.,;%@-+/()E[]"\\_*!yMdGeneral年件 '),
)
def test_any_format_gives_a_text(value: float, code: str) -> None:
    assert isinstance(formatted(value, code), str)


@given(
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.sampled_from(["General", "0", "0_ ", "#,##0", "0;-0", "@"]),
)
def test_a_whole_number_keeps_its_digits(value: int, code: str) -> None:
    assert int(formatted(float(value), code).replace(",", "")) == value


# ---------------------------------------------------------------- damaged and hostile files


@pytest.mark.parametrize(
    "sheet",
    [
        data('<c r="XFD1048576"><v>1</v></c>'),
        data("<c><v>1</v></c>") + '<mergeCells><mergeCell ref="A1:ZZZ9999999"/></mergeCells>',
        '<sheetData><row r="900000000"><c><v>1</v></c><c><v>2</v></c></row></sheetData>',
    ],
)
def test_a_sheet_that_is_far_too_large_passes_the_limit(sheet: str) -> None:
    with pytest.raises(LimitError, match="cells"):
        read(xlsx(sheet))


def test_repeats_pass_the_limit_before_they_are_made() -> None:
    row = (
        '<table:table-row table:number-rows-repeated="99999"><table:table-cell '
        'table:number-columns-repeated="9999"><text:p>1</text:p></table:table-cell></table:table-row>'
    )
    with pytest.raises(LimitError, match="cells"):
        read(ods(f"<table:table>{row}</table:table>"))


def test_more_sheets_than_the_limit_are_refused() -> None:
    row = data("<c><v>1</v></c>")
    with pytest.raises(LimitError, match="pages=1"):
        read(xlsx(row, row), Limits(pages=1))


@pytest.mark.parametrize(
    "sheet",
    [
        data('<c r="?1"><v>1</v></c>'), data("<c><v>1..2</v></c>"), data('<c t="s"><v>7</v></c>'),
        data('<c t="s"><v>x</v></c>'), '<sheetData><row r="-1"><c/></row></sheetData>', "<sheetData>",
    ],
)  # fmt: skip
def test_a_damaged_sheet_is_a_read_error(sheet: str) -> None:
    with pytest.raises(ReadError, match="damaged"):
        read(xlsx(sheet))


def test_a_part_with_a_document_type_is_refused() -> None:
    file = packed(
        {"xl/workbook.xml": f'<!DOCTYPE workbook [<!ENTITY a "1">]><workbook {MAIN}>&a;</workbook>'}
    )
    with pytest.raises(ReadError, match="document type"):
        read(file)


WHOLE = xlsx(
    data("<c><v>1</v></c>", '<c t="s"><v>0</v></c>')
    + '<mergeCells><mergeCell ref="A1:A2"/></mergeCells>',
    strings="<si><t>一</t></si>",
)


@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=8))
def test_bytes_that_are_damaged_raise_nothing_else(at: int, new: bytes) -> None:
    with suppress(ReadError, LimitError):
        read(WHOLE[:at] + new + WHOLE[at + len(new) :])


def test_an_encrypted_package_says_so() -> None:
    file = bytearray(xlsx(data("<c><v>1</v></c>")))
    for sign, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # in each part's own head, and in the list of all
        at = -1
        while (at := file.find(sign, at + 1)) >= 0:
            file[at + flags] |= 1
    with pytest.raises(ReadError, match="it is encrypted: save it without a password"):
        read(bytes(file))


@pytest.mark.parametrize("part", ["", "<!-- nothing -->"])
def test_a_part_without_an_element_is_damaged(part: str) -> None:
    with pytest.raises(ReadError, match="its XML is damaged"):
        read(xlsx("", more={"xl/worksheets/sheet1.xml": part}))


# ---------------------------------------------------------------- files of another program

XLS = pytest.mark.skipif(find_spec("xlrd") is None, reason="xlrd is not installed")
OFFICE = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


def saved(folder: Path, file: Path, kind: str) -> bytes:
    """A file as LibreOffice saves it in another format."""
    profile = (folder / "profile").as_uri()
    options = [
        "--headless",
        f"-env:UserInstallation={profile}",
        "--convert-to",
        kind,
        "--outdir",
        str(folder),
    ]
    options += ["--infilter=HTML (StarCalc)"] if file.suffix == ".html" else []
    subprocess.run(["soffice", *options, str(file)], check=True, timeout=120, capture_output=True)
    return (folder / f"{file.stem}.{kind}").read_bytes()


@OFFICE
@XLS
def test_a_report_is_the_same_in_xlsx_xls_and_ods(tmp_path: Path) -> None:
    numbers = distinct()
    page = tmp_path / "report.html"
    page.write_text(gkparse.render(built(numbers), "html"), encoding="utf-8")
    found = [read(saved(tmp_path, page, kind)) for kind in ("xlsx", "xls", "ods")]
    assert found[0] == found[1] == found[2]
    (sheet,) = found[0]
    assert isinstance(sheet, Grid)
    printed = {cell.text for cell in sheet.cells}
    assert {str(value) for value in numbers.values()} <= printed


TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
# What other programs ask of a workbook with one sheet.
TYPED = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{TYPES}.worksheet+xml"/>'
    f'<Override PartName="/xl/strings.xml" ContentType="{TYPES}.sharedStrings+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{TYPES}.styles+xml"/></Types>',
    "_rels/.rels": f'<Relationships {RELATIONS}><Relationship Id="w" Target="xl/workbook.xml" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>',
}


@OFFICE
@XLS
def test_formats_and_hidden_parts_are_the_same_in_xls_and_ods(tmp_path: Path) -> None:
    styles = (
        '<fonts count="2"><font/><font><strike/></font></fonts><fills><fill/></fills><borders><border/></borders>'
        '<cellStyleXfs><xf/></cellStyleXfs><cellXfs><xf/><xf numFmtId="1" applyNumberFormat="1"/>'
        '<xf fontId="1" applyFont="1"/></cellXfs>'
    )
    sheet = (
        '<cols><col min="3" max="3" width="9" hidden="1"/></cols><sheetData>'
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1" s="1"><v>12.4</v></c><c r="C1"><v>7</v></c>'
        '<c r="D1" s="2"><v>5</v></c></row><row r="2" hidden="1"><c r="A2"><v>8</v></c></row>'
        '<row r="3"><c r="A3"><v>2</v></c><c r="D3" t="e"><v>#DIV/0!</v></c></row></sheetData>'
        '<mergeCells count="1"><mergeCell ref="A3:B3"/></mergeCells>'
    )
    file = xlsx(sheet, styles=styles, more=TYPED)
    expected = [("1", 1), ("12", 1), ("5\u0336", 1), ("2", 2), ("#DIV/0!", 1)]
    assert [(cell.text, cell.columns) for cell in cells(file)] == expected
    source = tmp_path / "book.xlsx"
    source.write_bytes(real_types(file))
    for kind in ("xls", "ods"):
        found = saved(tmp_path, source, kind)
        assert [(cell.text, cell.columns) for cell in cells(found)] == expected


@OFFICE
@XLS
def test_truths_raised_digits_and_zeros_that_do_not_show_are_the_same_in_xls(tmp_path: Path) -> None:
    strings = (
        '<si><r><t>12</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>3</t></r></si>'
        "<si><r><t>5</t></r><r><rPr><strike/></rPr><t>4</t></r></si>"
    )
    row = data(
        '<c r="A1" t="b"><v>1</v></c>', '<c r="B1" t="b"><v>0</v></c>', '<c r="C1"><v>0</v></c>',
        '<c r="D1" t="s"><v>0</v></c>', '<c r="E1" t="s"><v>1</v></c>',
    )  # fmt: skip
    views = '<sheetViews><sheetView showZeros="0" workbookViewId="0"/></sheetViews>'
    file = xlsx(views + row, strings=strings, styles="<fonts><font/></fonts>", more=TYPED)
    source = tmp_path / "book.xlsx"
    source.write_bytes(real_types(file))
    assert texts(file) == ["TRUE", "FALSE", "", "12³", "54\u0336"]
    assert texts(saved(tmp_path, source, "xls")) == texts(file)


@XLS
def test_an_encrypted_xls_says_so() -> None:
    begin = struct.pack("<8H", 0x0809, 12, 0x0600, 5, 0, 1997, 0, 6)
    with pytest.raises(ReadError, match="it is encrypted: save it without a password"):
        read(begin + struct.pack("<5H", 0x002F, 6, 0, 1, 1))


def real_types(file: bytes) -> bytes:
    """A workbook whose relations have their names in full, as other programs ask."""
    whole = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    with zipfile.ZipFile(io.BytesIO(file)) as package:
        parts = {name: package.read(name).decode() for name in package.namelist()}
    return packed({name: text.replace('"x/', f'"{whole}') for name, text in parts.items()})


@OFFICE
@XLS
def test_a_damaged_xls_is_a_read_error(tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    page.write_text("<table><tr><td>1</td></tr></table>", encoding="utf-8")
    file = saved(tmp_path, page, "xls")
    for at in range(0, len(file), 97):
        with suppress(ReadError, LimitError):
            read(file[:at] + b"\xff\xff\x00\xff" + file[at + 4 :])
    with pytest.raises(ReadError, match="damaged"):
        read(file[:600])
