"""Values by the names of their columns, where names have units, numbers or heads, are unknown, or stand in sentences."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

import pytest

import gkparse
from accounting import alarms, named, unaccounted
from building import distinct
from layouts import PATHS, Numbers
from test_formats import FRONT, PROSE, TITLES, Rec, held, long, page, records

HEADS = {"自然人": "申请人情况", "总计": "申请人情况"}
ALIASES = {"自然人": "个人", "结果维持": "维持", "本年制发件数": "制发"}
# How each writes the name of a column, by its place in the form.
NAMES: dict[str, Callable[[str, int], str]] = {
    "unit": lambda name, _: name if "单位" in name else f"{name}（件）",
    "unit behind a stroke": lambda name, _: name if "单位" in name else f"{name}/件",
    "number": lambda name, at: f"{at + 1}.{name}",
    "number and blank": lambda name, at: f"{at + 1} {name}",
    "number in brackets": lambda name, at: f"（{at + 1}）{name}",
    "Traditional": lambda name, _: name.replace("数", "數").replace("结", "結").replace("总计", "總計"),
}
# What stands over a column, before its name or behind it; the first and the last have a head that the others lack.
KINDS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
OVER = {
    f"{before}{sign}{after}".strip("|"): (before, sign, after)
    for before, sign, after in (("head", "/", ""), ("head", "-", ""), ("head", ".", ""), ("heads", "·", ""), ("", "（", "head"))
}


def renamed(tables: list[list[Rec]], name: Callable[[str, int], str]) -> list[list[Rec]]:
    return [
        [Rec(r.label, {name(key, at): value for at, (key, value) in enumerate(r.values.items())}) for r in table]
        for table in tables
    ]


def backwards(table: list[Rec]) -> str:
    return json.dumps([{"项目": r.label, **{k: str(v) for k, v in reversed(r.values.items())}} for r in table], ensure_ascii=False)


def outline(table: list[Rec]) -> str:
    return "\n".join(f"- **{r.label}**\n" + "\n".join(f"  - {k}：{v}" for k, v in reversed(r.values.items())) for r in table)


@pytest.mark.parametrize(
    ("name", "write"), [(name, write) for name in NAMES for write in (backwards, outline) if (name, write) != ("number and blank", outline)]
)
def test_names_with_units_and_numbers_decide(name: str, write: Callable[[list[Rec]], str]) -> None:
    numbers = distinct(41)
    held(page([write(table) for table in renamed([*records(numbers)], NAMES[name])], "## {}"), numbers)


@pytest.mark.parametrize("over", OVER)
def test_names_with_the_heads_over_them_decide(over: str) -> None:
    before, sign, after = OVER[over]
    numbers = distinct(42)

    def name(key: str, _: int) -> str:
        if key not in KINDS:
            return key
        own = [HEADS.get(key, "法人或其他组织")]
        own = ["申请人情况", *own] if before == "heads" and own[0] not in HEADS.values() else own
        return f"{key}（{own[-1]}）" if after else sign.join([*own, key])

    tables = [*records(numbers)]
    tables[1:2] = renamed(tables[1:2], name)
    held(page([backwards(table) for table in tables], "## {}"), numbers)


def test_all_results_in_one_object_stand_by_their_groups_and_names() -> None:
    numbers = distinct(43)
    tables = [*records(numbers)]
    cells = {f"{r.label}-{k}": str(v) for r in tables[2] for k, v in reversed(r.values.items())}
    results = json.dumps(cells, ensure_ascii=False)
    held(page([backwards(tables[0]), backwards(tables[1]), results], "## {}"), numbers)


@pytest.mark.parametrize("write", [backwards, outline])
def test_a_name_that_the_form_does_not_know_puts_its_cell_alone_in_doubt(write: Callable[[list[Rec]], str]) -> None:
    numbers = distinct(44)
    tables = renamed([*records(numbers)], lambda name, _: ALIASES.get(name, name))
    report = gkparse.parse(page([write(table) for table in tables], "## {}"))
    assert unaccounted(report, numbers) == []
    own = ("requests.received.natural_person", "proactive.rules.issued", "disputes.litigation_direct.upheld")
    assert {*own} <= named(report.diagnostics)
    assert report.value("requests.received.total") == numbers["requests.received.total"]
    assert report.value("proactive.rules.in_force") == numbers["proactive.rules.in_force"]


def test_a_number_by_another_name_beside_all_columns_is_none_of_theirs() -> None:
    numbers = distinct(45)
    tables = [
        [Rec(r.label, {**r.values, "序号": at}) for at, r in enumerate(table, 1)] for table in records(numbers)
    ]
    held(page([backwards(table) for table in tables], "## {}"), numbers)


def test_a_tab_before_a_value_is_no_other_cell() -> None:
    numbers = distinct(50)
    text = page([backwards(table) for table in records(numbers)], "## {}")
    held(text.replace('": "', '": \t"'), numbers)


def test_the_values_of_a_column_are_no_row() -> None:
    numbers = distinct(46)
    *others, results = records(numbers)
    columns = {key: [str(r.values[key]) for r in results] for key in results[0].values}
    table = json.dumps({"项目": [r.label for r in results], **columns}, ensure_ascii=False)
    report = gkparse.parse(page([*map(backwards, others), table], "## {}"))
    assert unaccounted(report, numbers) == []


@pytest.mark.parametrize("end", ["", "。", "；"])
@pytest.mark.parametrize("apart", ["；", "，", "、"])
def test_sentences_may_end_with_a_sign(end: str, apart: str) -> None:
    numbers = distinct(47)

    def sentences(table: list[Rec]) -> str:
        lines = [f"{r.label}：{apart.join(f'{k} {v}' for k, v in reversed(r.values.items()))}" for r in table]
        # Not each: the others tell that these are records.
        return "\n".join(line + (end if at % 2 else "") for at, line in enumerate(lines))

    held(page([sentences(table) for table in records(numbers)], "## {}"), numbers)


def test_names_with_nothing_behind_them_are_blank() -> None:
    numbers = distinct(48)
    numbers["requests.received.natural_person"] = numbers["requests.carried_over.other"] = None
    tables = [*records(numbers)]
    lines = "\n".join(
        "\n".join([r.label, *(f"{k}：{'' if v is None else v}" for k, v in r.values.items())]) for r in tables[1]
    )
    report = gkparse.parse(page([outline(tables[0]), lines, outline(tables[2])], "## {}"))
    assert {path for path in PATHS if report.value(path) != numbers[path]} == set()


def test_cells_of_a_column_by_an_unknown_name_do_not_part_a_row() -> None:
    numbers = distinct(49)
    tables = renamed([*records(numbers)], lambda name, _: ALIASES.get(name, name))
    report = gkparse.parse(page([long("\t")(table) for table in tables]))
    assert unaccounted(report, numbers) == []
    assert report.value("requests.received.total") == numbers["requests.received.total"]


def test_cells_that_are_alike_are_no_row_that_recurs() -> None:
    kinds = "\n".join(f"二、上年结转政府信息公开申请数量-{kind}\t0" for kind in KINDS)
    numbers = Numbers({path: 0 if path.startswith("requests.carried_over.") else None for path in PATHS})
    report = gkparse.parse(f"{FRONT}\n{TITLES[1]}\n自然人\n{kinds}\n")
    assert unaccounted(report, numbers) == []


# ---------------------------------------------------------------- heads of tables


def table(heads: list[str], rows: list[list[str]], sign: str = "\t") -> str:
    return "\n".join([FRONT, *PROSE, TITLES[1], *(sign.join(row) for row in (["", *heads], *rows)), "五、存在的主要问题及改进情况\n没有。"])


ROWS = [["一、本年新收政府信息公开申请数量", *"5000005"], ["二、上年结转政府信息公开申请数量", *"0300003"]]


@pytest.mark.parametrize("name", [
    "{head}/{own}", "{head}-{own}", "{head}·{own}", "{head}{own}", "{head} {own}", "{own}（{head}）", "{head}/{own}（件）", "{own}(件)",
])  # fmt: skip
@pytest.mark.parametrize("sign", ["\t", " | ", "  "])
def test_heads_that_stand_in_a_cell_with_those_over_them_are_in_order(name: str, sign: str) -> None:
    heads = [name.format(head=HEADS.get(kind, "法人或其他组织"), own=kind) for kind in KINDS]
    alike = [path for found in alarms(gkparse.parse(table(heads, ROWS, sign))) if found.code == "GK214" for path in found.paths]
    assert alike == []
    swapped = [*heads[:4], heads[5], heads[4], heads[6]]
    assert {"requests.received", "requests.carried_over"} <= named(gkparse.parse(table(swapped, ROWS, sign)).diagnostics)


@pytest.mark.parametrize(("at", "unknown"), [(0, "个人"), (3, "公益"), (4, "法律机构")])
def test_an_unknown_head_that_has_moved_puts_every_row_in_doubt(at: int, unknown: str) -> None:
    heads = [*KINDS]
    heads[at] = unknown
    moved = [*heads[:at], *heads[at + 1 : at + 2], unknown, *heads[at + 2 :]]
    for order, doubted in ((heads, False), (moved, True)):
        names = named(gkparse.parse(table(order, ROWS)).diagnostics)
        assert ({"requests.received", "requests.carried_over"} <= names) == doubted


@pytest.mark.parametrize("sign", ["-", "/", "", " - ", "·"])
@pytest.mark.parametrize("part", ["\t", " | ", "  "])
def test_results_with_their_groups_in_one_cell_are_in_order(sign: str, part: str) -> None:
    results = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    groups = (["行政复议"], ["行政诉讼", "未经复议直接起诉"], ["行政诉讼", "复议后起诉"])
    values = part.join(map(str, (1, 2, 3, 4, 10, 5, 6, 7, 8, 26, 9, 10, 11, 12, 42)))
    for order, doubted in ((results, False), ((results[0], results[2], results[1], *results[3:]), True)):
        heads = part.join(sign.join([*group, result]) for group in groups for result in order)
        names = named(gkparse.parse(f"{FRONT}\n{TITLES[2]}\n{heads}\n{values}\n五、存在的主要问题及改进情况\n没有。\n").diagnostics)
        assert ("disputes.reconsideration" in names) == doubted


BLOCK = "{front}\n二、主动公开政府信息情况\n信息内容\t本年制发件数\t本年废止件数\t现行有效件数\t{head}\n{rows}\n"


@pytest.mark.parametrize(("head", "values"), [("备注", ["无", ""]), ("行次", ["1", "2"])])
def test_what_stands_below_another_head_is_no_value_beside_a_blank(head: str, values: list[str]) -> None:
    rows = f"规章\t\t344\t2319\t{values[0]}\n行政规范性文件\t6854\t7791\t5418\t{values[1]}"
    text = BLOCK.format(front=FRONT, head=head, rows=rows) + f"信息内容\t本年处理决定数量\t{head}\n行政许可\t\t{values[0]}\n"
    written: Mapping[str, int | None] = {
        "proactive.rules.issued": None, "proactive.rules.repealed": 344, "proactive.rules.in_force": 2319,
        "proactive.normative_documents.in_force": 5418, "proactive.licensing.decisions": None,
    }  # fmt: skip
    assert unaccounted(gkparse.parse(text), written) == []


# ---------------------------------------------------------------- what nobody can tell

ABOVE = "松原屯林场2022年政府信息公开工作年度报告\n一、总体情况\n无。\n"
REQUESTS = "三、收到和处理政府信息公开申请情况\n"
LABEL = "一、本年新收政府信息公开申请数量"
COLUMNS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")


def told_of(line: str) -> tuple[list[object], set[str]]:
    """The values of the first row of section three, and what warnings and errors name."""
    report = gkparse.parse(f"{ABOVE}{REQUESTS}{line}\n二、上年结转政府信息公开申请数量\t0\t0\t0\t0\t0\t0\t0\n")
    paths = [field.path for field in gkparse.fields() if field.path.startswith("requests.received.")]
    return [report.value(path) for path in paths], named(report.diagnostics)


def record(**names: str) -> str:
    return json.dumps({"项目": LABEL, **dict(zip(COLUMNS, "1234562", strict=True)), **names}, ensure_ascii=False)


def test_a_text_with_digits_beside_a_name_is_no_number() -> None:
    values, doubted = told_of(record(科研机构="共3约4"))
    assert values == [1, 2, None, 4, 5, 6, 2]
    assert any(path.startswith("requests.received") for path in doubted)


@pytest.mark.parametrize("key", ["5 总计", "甲乙丙 自然人", "自然人 甲乙丙"])
def test_a_key_that_is_more_than_a_name_is_not_taken_for_it(key: str) -> None:
    values, doubted = told_of(json.dumps({"项目": LABEL, **dict(zip(COLUMNS[:6], "123456", strict=True)), key: "21"}, ensure_ascii=False))
    right: list[object] = [1, 2, 3, 4, 5, 6, 21]
    assert [value for value, one in zip(values, right, strict=True) if value not in (one, None)] == []
    assert values == right or {"requests", "requests.received"} & doubted or any(p.startswith("requests.received") for p in doubted)


def test_values_of_which_one_has_no_key_stay_as_printed_or_are_not_read() -> None:
    names = [f"'{name}' => '{value}'" for name, value in zip(COLUMNS[1:], (2, 3, 4, 5, 6, 21), strict=True)]
    values, doubted = told_of(f"['{LABEL}', '1', {', '.join(names)}]")
    assert values == [1, 2, 3, 4, 5, 6, 21]
    values, doubted = told_of(f"['{LABEL}', '1', {', '.join(reversed(names))}]")
    assert values == [None] * 7
    assert "requests.received.total" in doubted


def test_names_of_two_tables_tell_no_order() -> None:
    values, doubted = told_of(json.dumps({"项目": LABEL, "自然人": "1", "本年制发件数": "2", "总计": "3"}, ensure_ascii=False))
    assert set(values) == {None}
    assert any(path.startswith("requests.received") for path in doubted)


def test_an_unknown_name_with_nothing_beside_it_leaves_the_others() -> None:
    values, _ = told_of(json.dumps({"项目": LABEL, "自然人": "1", "总计": "1", "备考": ""}, ensure_ascii=False))
    assert values == [1, None, None, None, None, None, 1]


def test_more_names_than_a_row_has_values_are_no_row() -> None:
    many = "".join(f"- 第{at}甲类：{at}条\n" for at in range(70))
    values, _ = told_of(f"- {LABEL}：\n  - 自然人：1\n{many}")
    assert values[1:] == [None] * 6


@pytest.mark.parametrize("end", ["", "；", "。"])
def test_running_text_of_single_keys_and_values_keeps_its_signs(end: str) -> None:
    lines = "".join(f"登出{kind}类消息：{at}条{end}\n" for at, kind in enumerate("甲乙丙丁戊己庚辛壬癸"))
    report = gkparse.parse(f"松原屯林场2022年政府信息公开工作年度报告\n一、总体情况\n{lines}二、主动公开政府信息情况\n规章\t1\t2\t3\n行政许可\t5\n")
    assert report.sections[0].text == lines.strip()
