"""Formats of converters, data tools and terminals: their tables are read whole, every value where it is printed."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

import attrs
import pytest

import gkparse
from building import built, distinct
from gkparse.form import join, load
from gkparse.markup import view
from gkparse.sheet import Box, Sheet, sheet
from layouts import PATHS, Numbers

FORM = load("2021")
FRONT = "松原屯林场2022年政府信息公开工作年度报告"
TITLES = ("二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况")
PROSE = ("一、总体情况", "全年登出消息74条。")


def sheets(numbers: Numbers) -> list[Sheet]:
    report = built(numbers)
    return [sheet(report, table) for table in FORM.tables]


def page(tables: Sequence[str], head: str = "{}", between: str = "\n\n") -> str:
    """A report of a title, a paragraph and three tables."""
    parts = [head.format(FRONT), head.format(PROSE[0]), PROSE[1]]
    for title, table in zip(TITLES, tables, strict=True):
        parts += [head.format(title), table]
    return between.join(parts) + "\n"


def spans(box: Box, columns: str, rows: str, apart: str) -> str:
    given = [columns.format(box.columns)] if box.columns > 1 else []
    return apart.join([*given, rows.format(box.rows)] if box.rows > 1 else given)


# ---------------------------------------------------------------- how each writes a table


def tex(drawn: Sheet) -> str:
    """LaTeX, each row on lines of its own, with what covers several columns, as pandoc writes it."""

    def cell(box: Box) -> str:
        text = box.text.replace("%", "\\%")
        if box.rows > 1:
            text = f"\\multirow{{{box.rows}}}{{*}}{{{text}}}"
        return f"\\multicolumn{{{box.columns}}}{{@{{}}l@{{}}}}{{%\n{text}}}" if box.columns > 1 else text

    rows = " \\\\\n\\cmidrule(lr){2-3}\n".join(" &\n".join(map(cell, row)) for row in drawn.rows())
    opened = "\\begin{longtable}[]{@{}\n  >{\\raggedright}p{(\\linewidth - 6\\tabcolsep) * \\real{0.2500}}l@{}}\n\\toprule\\noalign{}\n"
    return f"{opened}{rows} \\\\\n\\bottomrule\n\\end{{longtable}}"


def bare_tex(drawn: Sheet) -> str:
    return "\n".join(f"{' & '.join(row)} \\\\" for row in drawn.grid())


def minipages(drawn: Sheet) -> str:
    cells = [[f"\\begin{{minipage}}[t]{{0.2\\linewidth}}\\raggedright\n{c}\\strut\n\\end{{minipage}}" for c in row] for row in drawn.grid()]
    return "\\begin{longtable}{ll}\n" + "\n".join(f"{' & '.join(row)}\\tabularnewline" for row in cells) + "\n\\end{longtable}"


def typst(drawn: Sheet) -> str:
    def cell(box: Box) -> str:
        given = spans(box, "colspan: {}", "rowspan: {}", ", ")
        return f"table.cell({given})[{box.text}]" if given else f"[{box.text}]"

    rows = "\n".join("    " + ", ".join(map(cell, row)) + "," for row in drawn.rows())
    return f"#figure(\n  align(center)[#table(\n    columns: {drawn.columns},\n    align: (auto,),\n{rows}\n  )]\n)"


def context(drawn: Sheet) -> str:
    rows = "\n".join(
        "\\startxrow\n" + "\n".join(f"\\startxcell[nc={box.columns}] {box.text} \\stopxcell" for box in row) + "\n\\stopxrow"
        for row in drawn.rows()
    )
    return f"\\startxtable\n\\startxtablebody[body]\n{rows}\n\\stopxtablebody\n\\stopxtable\n"


def texinfo(drawn: Sheet) -> str:
    rows = "\n".join("@item \n" + "\n @tab ".join(row) for row in drawn.grid())
    return f"@multitable {{{'x' * drawn.columns}}}\n{rows}\n@end multitable"


def tbl(drawn: Sheet) -> str:
    rows = "\n".join("T{\n" + "\nT}@T{\n".join(row) + "\nT}" for row in drawn.grid())
    return f".TS\ntab(@);\n{'l ' * drawn.columns}.\n{rows}\n.TE"


def textile(drawn: Sheet) -> str:
    def cell(box: Box) -> str:
        given = spans(box, "\\{}", "/{}", "")
        return f"{given}. {box.text}" if given else f"_. {box.text}" if box.role == "head" else f"<. {box.text}"

    return "\n".join(f"|{'|'.join(map(cell, row))}|" for row in drawn.rows())


def blocks(drawn: Sheet) -> str:
    return "\n".join(" ".join(f"|((({c}\n)))" if c else "|" for c in row) for row in drawn.grid())


def coloured(drawn: Sheet) -> str:
    bar = "\x1b[90m│\x1b[0m"
    return "\n".join(bar + bar.join(f"\x1b[1;32m {c} \x1b[0m" for c in row) + bar for row in drawn.grid())


def xml(drawn: Sheet) -> str:
    def cell(box: Box) -> str:
        return f'    <cell cols="{box.columns}" rows="{box.rows}"><p>{box.text}</p></cell>' if box.text else "    <cell/>"

    rows = "\n".join("  <row>\n" + "\n".join(map(cell, row)) + "\n  </row>" for row in drawn.rows())
    return f"<table>\n{rows}\n</table>"


def own_xml(drawn: Sheet) -> str:
    rows = "\n".join("<row>\n" + "\n".join(f"<c{at}>{c}</c{at}>" for at, c in enumerate(row)) + "\n</row>" for row in drawn.grid())
    return f"<data>\n{rows}\n</data>"


def word_xml(drawn: Sheet) -> str:
    rows = "".join(
        "<w:tr>" + "".join(f"<w:tc><w:p><w:r><w:t>{c}</w:t></w:r></w:p></w:tc>" for c in row) + "</w:tr>" for row in drawn.grid()
    )
    return f"<w:tbl>{rows}</w:tbl>"


def nested(row: str, item: str, indent: str = "  ") -> Callable[[Sheet], str]:
    def table(drawn: Sheet) -> str:
        return "\n".join(f"{row} {item} " + f"\n{indent}{item} ".join(cell or "''" for cell in cells) for cells in drawn.grid())

    return table


def flow_lists(drawn: Sheet) -> str:
    return "\n".join(f"- [{', '.join(c or 'null' for c in row)}]" for row in drawn.grid())


def formulas(drawn: Sheet) -> str:
    return "\n".join(",".join(f'="{c}"' if c[:1].isdigit() and "." not in c[:2] else c for c in row) for row in drawn.grid())


def apostrophes(drawn: Sheet) -> str:
    return "\n".join("\t".join(f"'{box.text}" if box.role == "value" and box.text else box.text for box in row) for row in drawn.covered())


def joined(sign: str) -> Callable[[Sheet], str]:
    return lambda drawn: "\n".join(sign.join(row) for row in drawn.grid())


def padded(drawn: Sheet) -> str:
    return "\n".join(" ;".join(f"{c:<8}" for c in row) for row in drawn.grid())


FORMATS: dict[str, Callable[[Sheet], str]] = {
    "LaTeX": tex, "LaTeX rows alone": bare_tex, "LaTeX minipages": minipages, "typst": typst, "ConTeXt": context,
    "Texinfo": texinfo, "tbl": tbl, "Textile": textile, "XWiki": blocks, "colours": coloured,
    "XML": xml, "XML with tags of its own": own_xml, "XML of Word": word_xml,
    "YAML": nested("-", "-"), "list-table": nested("   *", "-", "     "), "djot": nested("-", "+", "\n  "), "YAML lists": flow_lists,
    "formulas": formulas, "apostrophes": apostrophes, "commas and blanks": joined(", "), "padded semicolons": padded,
}  # fmt: skip


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("zeros", [0, 0.95])
def test_a_table_of_each_format_is_read_whole(name: str, zeros: float) -> None:
    numbers = distinct(31, zeros=zeros)
    text = page([FORMATS[name](drawn) for drawn in sheets(numbers)], "\\section{{{}}}" if "LaTeX" in name else "{}")
    held(text, numbers)


@pytest.mark.parametrize("name", sorted({*FORMATS} - {"colours"}))
def test_blank_cells_stay_blank(name: str) -> None:
    numbers = distinct(32)
    for row in ("requests.received", "requests.outcomes.denied.state_secret", "disputes.reconsideration"):
        numbers |= {path: None for path in PATHS if path.rpartition(".")[0] == row}
    report = gkparse.parse(page([FORMATS[name](drawn) for drawn in sheets(numbers)]))
    wrong = {path for path in PATHS if report.value(path) != numbers[path]}
    doubted = {path for found in report.diagnostics for path in found.paths if found.severity != "info"}
    assert {path for path in wrong if not {path, path.rpartition(".")[0], path.partition(".")[0]} & doubted} == set()


def held(text: str, numbers: Numbers) -> None:
    """Each value is read, stands where it is printed, and nothing is doubted; the text is found to be a report."""
    report = gkparse.parse(text)
    assert len(view(text)) == len(text)
    assert {path: report.value(path) for path in PATHS if report.value(path) != numbers[path]} == {}
    assert [found for found in report.diagnostics if found.severity != "info"] == []
    for path, cell in report.cells():
        if numbers[path] is not None:
            assert cell.span, path
            assert text[cell.span.start : cell.span.end].strip() == str(numbers[path]), path
    found = gkparse.detect(text)
    assert found is not None
    assert (found.form, found.reports) == ("2021", 1)


# ---------------------------------------------------------------- values by the names of their columns


@attrs.frozen
class Rec:
    """A row: its label, and its values by the names of their columns."""

    label: str
    values: dict[str, int | Decimal | None]


def records(numbers: Numbers) -> Iterator[list[Rec]]:
    for table in FORM.tables[:2]:
        yield [
            Rec(row.label, {c.label: numbers[join(table.name, row.name, c.name)] for c in block.columns})
            for block in table.blocks for row in block.rows if not row.optional
        ]
    names = ("行政复议", "未经复议直接起诉", "复议后起诉")
    results = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    cells = [numbers[path] for path in PATHS if path.startswith("disputes.")]
    yield [Rec(name, dict(zip(results, cells[5 * at : 5 * at + 5], strict=True))) for at, name in enumerate(names)]


def turned(record: Rec) -> list[tuple[str, int | Decimal | None]]:
    """The values of a record in an order of its own."""
    found = list(record.values.items())
    random.Random(record.label).shuffle(found)  # noqa: S311
    return found


def objects(table: list[Rec]) -> str:
    return json.dumps([{"项目": r.label, **{k: str(v) for k, v in turned(r)}} for r in table], ensure_ascii=False, indent=1)


def object_lines(table: list[Rec]) -> str:
    return "\n".join(json.dumps({"项目": r.label, **{k: str(v) for k, v in turned(r)}}, ensure_ascii=False) for r in table)


def by_label(table: list[Rec]) -> str:
    return json.dumps({r.label: {k: str(v) for k, v in turned(r)} for r in table}, ensure_ascii=False)


def sentences(colon: str, apart: str) -> Callable[[list[Rec]], str]:
    return lambda table: "\n".join(f"- {r.label}{colon}{apart.join(f'{k} {v}' for k, v in turned(r))}" for r in table)


def outline(colon: str) -> Callable[[list[Rec]], str]:
    return lambda table: "\n".join(f"- **{r.label}**\n" + "\n".join(f"  - {k}{colon}{v}" for k, v in turned(r)) for r in table)


def mapping(table: list[Rec]) -> str:
    return "\n".join(f"  {r.label}:\n" + "\n".join(f"    {k}: '{v}'" for k, v in turned(r)) for r in table)


def long(sign: str) -> Callable[[list[Rec]], str]:
    return lambda table: "\n".join(sign.join((r.label, k, str(v))) for r in table for k, v in turned(r))


NAMED: dict[str, Callable[[list[Rec]], str]] = {
    "JSON": objects, "JSON Lines": object_lines, "JSON by labels": by_label, "sentences": sentences("：", "；"),
    "English signs": sentences(": ", ", "), "outline": outline("："), "YAML": mapping, "equals": outline(" = "),
    "a cell a row": long("\t"), "a cell a line of commas": long(","),
}  # fmt: skip


@pytest.mark.parametrize("name", NAMED)
def test_the_name_beside_a_value_decides_in_whatever_order_they_come(name: str) -> None:
    numbers = distinct(33)
    report_of_named = page([NAMED[name](table) for table in records(numbers)], "## {}")
    if name in ("a cell a row", "a cell a line of commas"):  # there no group's name stands in a cell of its own
        report = gkparse.parse(report_of_named)
        assert {path for path in PATHS if not path.startswith("disputes.") and report.value(path) != numbers[path]} == set()
        return
    held(report_of_named, numbers)


def test_what_is_left_out_of_a_record_is_blank() -> None:
    numbers = distinct(34)
    tables = [*records(numbers)]
    for record in tables[1][:1]:
        del record.values["科研机构"]
        numbers["requests.received.research_institution"] = None
    report = gkparse.parse(page([object_lines(table) for table in tables]))
    assert {path for path in PATHS if report.value(path) != numbers[path]} == set()


def test_addresses_and_telephone_numbers_are_no_values() -> None:
    lines = "\n".join(f"联系电话：0100-5550{at}" for at in range(20))
    text = "政府信息公开\n二、主动公开政府信息情况\n规章\t1\t2\t3\n行政许可\t5\n" + lines
    assert "5550" not in "".join(map(str, gkparse.parse(text).diagnostics))


def test_a_note_in_tex_belongs_to_no_number() -> None:
    text = page([tex(drawn) for drawn in sheets(distinct(35))]).replace("\\\\\n\\bottomrule", "\\\\\n\\bottomrule", 1)
    first = distinct(35)["proactive.rules.issued"]
    report = gkparse.parse(text.replace(f"{first} &", f"{first}\\textsuperscript{{2}} &", 1))
    assert report.value("proactive.rules.issued") in (first, None)


def test_where_a_sign_may_be_a_mark_it_parts_nothing_in_silence() -> None:
    numbers = distinct(36)
    numbers |= {path: None for path in PATHS if path.startswith("requests.outcomes.denied.") and len(path) % 2}
    drawn = [attrs.evolve(s, boxes=tuple(attrs.evolve(b, text=b.text or "-") for b in s.boxes)) for s in sheets(numbers)]
    report = gkparse.parse(page([joined(" - ")(s) for s in drawn]))
    doubted = {path for found in report.diagnostics for path in found.paths if found.severity != "info"}
    wrong = {path for path in PATHS if report.value(path) != numbers[path]}
    parts = {path: {".".join(path.split(".")[:n]) for n in range(1, 6)} for path in wrong}
    assert {path for path in wrong if not parts[path] & doubted} == set()


def test_blanks_that_do_not_break_are_blanks_where_a_text_has_no_others() -> None:
    numbers = distinct(36)
    text = page([nested("-", "-")(drawn) for drawn in sheets(numbers)]).replace(" ", "\xa0")
    held(text, numbers)


def test_an_apostrophe_that_has_its_fellow_is_a_quotation_mark() -> None:
    row = "['规章', \t'8,245', '1', '2']"
    found = view(f"{row}\n" * 3)
    assert "8,245" in found.replace("\0", "")
    assert "8,245" in view("规章\t'8\n行政许可\t'8,245'\n")
    assert view("规章\t'8,12,5\n") == "规章\t\x008,12,5\n"


HEADS = "结果维持|结果纠正|其他结果|尚未审结|总计"


def test_a_line_of_single_dashes_below_the_heads_of_a_markdown_table_is_no_row_of_marks() -> None:
    numbers = distinct(37)
    values = [numbers[path] for path in PATHS if path.startswith("disputes.")]
    row = "|".join(map(str, values))
    text = f"四、政府信息公开行政复议、行政诉讼情况\n\n|行政复议|行政诉讼|\n|-|-|\n|{HEADS}|未经复议直接起诉|复议后起诉|\n|{HEADS}|{HEADS}|\n|{row}|\n"
    assert [gkparse.parse(text).value(path) for path in PATHS if path.startswith("disputes.")] == values


@pytest.mark.parametrize("line", ["|-|-|", "| - | - |", "|:-|-:|", "|--|--|", "-|-"])
def test_the_line_below_the_heads_of_a_markdown_table_is_a_rule(line: str) -> None:
    head, row = ("|信息内容|数量|", "|规章|1|") if line[0] == "|" else ("信息内容|数量", "规章|1")
    for ahead in ("", "\n", "说明\n", "|甲|\n\n"):
        for behind in ("", "\n", "\n说明\n"):
            text = f"{ahead}{head}\n{{}}\n{row}{behind}"
            assert view(text.format(line)) == text.format("-" * len(line))


@pytest.mark.parametrize(
    "text",
    [
        "|甲|乙|\n|-|-|",  # no row below it
        "|甲|乙|\n|-|-|\n",
        "|甲|乙|\n|-|-|\n说明\n",
        "|-|-|\n|甲|乙|",  # no heads above it
        "|-|-|\n|甲|乙|\n",
        "|甲|乙|\n|1|2|\n|-|-|\n|3|4|\n",  # a row of the table
        "\n|甲|乙|\n|1|2|\n|-|-|\n|3|4|\n",
        "|甲|乙|丙|\n|-|-|\n|1|2|\n",  # a cell fewer than heads
        "|甲|乙|\n|-|1|\n|3|4|\n",
        "|甲|乙|\n| | |\n|3|-|\n",
        "甲乙\n- -\n|3|-|\n",
        "|甲\n|-\n|3\n",  # two characters
    ],
)
def test_a_line_of_single_dashes_anywhere_else_is_a_row_of_marks(text: str) -> None:
    assert view(text) == text


@pytest.mark.parametrize("sign", ["×", "?", "□"])
@pytest.mark.parametrize("at", [0, 1, 14])
def test_a_sign_among_the_numbers_of_a_row_without_a_label_moves_none_of_them(sign: str, at: int) -> None:
    cells: list[object] = [*range(1, 16)]
    cells[at] = sign
    text = f"四、政府信息公开行政复议、行政诉讼情况\n\n|{HEADS}|{HEADS}|{HEADS}|\n|{'|'.join(map(str, cells))}|\n"
    report = gkparse.parse(text)
    paths = [path for path in PATHS if path.startswith("disputes.")]
    assert [report.value(path) for path in paths] == [None if place == at else place + 1 for place in range(15)]
    assert paths[at] in {path for found in report.diagnostics if found.code == "GK215" for path in found.paths}


def test_marks_below_heads_are_values_where_nothing_stands_below_them() -> None:
    text = f"四、政府信息公开行政复议、行政诉讼情况\n\n|{HEADS}|{HEADS}|{HEADS}|\n|{'|'.join('-' * 15)}|\n"
    assert {cell.status for path, cell in gkparse.parse(text).cells() if path.startswith("disputes.")} == {"marked"}


def test_a_point_that_an_escape_stands_before_stays_in_its_number() -> None:
    text = page([tex(drawn) for drawn in sheets(distinct(38))])
    report = gkparse.parse(text.replace(".", "\\."))
    assert report.value("proactive.fees.amount") == distinct(38)["proactive.fees.amount"]
