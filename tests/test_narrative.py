"""Numbers in the prose against the tables: what is found, and what is never compared."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from time import perf_counter
from typing import TypeAlias

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

import gkparse
from gkparse import Report, Section, wording
from gkparse.counts import tables
from gkparse.form import load
from gkparse.narrative import Statement, prose, statements
from test_numerals import written

OUTCOMES = "requests.outcomes"
Value: TypeAlias = int | Decimal | None
NUMBERS: dict[str, Value] = {
    **{path: 0 for path, field in load("2021").fields.items() if not field.optional},
    "requests.received.total": 26, "requests.received.natural_person": 20,
    "requests.received.commercial_enterprise": 5, "requests.received.other": 1,
    "requests.carried_over.total": 3, "requests.carried_over.natural_person": 2,
    f"{OUTCOMES}.granted.total": 10, f"{OUTCOMES}.partially_granted.total": 4,
    f"{OUTCOMES}.denied.third_party_rights.total": 2, f"{OUTCOMES}.denied.internal_affairs.total": 1,
    f"{OUTCOMES}.unavailable.not_held.total": 5, f"{OUTCOMES}.unavailable.requires_creation.total": 1,
    f"{OUTCOMES}.not_processed.duplicate.total": 1, f"{OUTCOMES}.other_handling.other.total": 3,
    f"{OUTCOMES}.total.total": 27, "requests.carried_forward.total": 2,
    "proactive.rules.in_force": 1, "proactive.normative_documents.issued": 5,
    "proactive.normative_documents.repealed": 2, "proactive.normative_documents.in_force": 31,
    "proactive.licensing.decisions": 1234, "proactive.penalties.decisions": 45,
    "proactive.compulsory_measures.decisions": 6, "proactive.fees.amount": Decimal("12.35"),
    "disputes.reconsideration.total": 2, "disputes.litigation_direct.total": 1,
    "disputes.litigation_after_reconsideration.total": 3,
}
RECEIVED, OVER, FORWARD = (
    f"requests.{row}.total" for row in ("received", "carried_over", "carried_forward")
)
HANDLED, GRANTED, PARTLY = (
    f"{OUTCOMES}.{row}.total" for row in ("total", "granted", "partially_granted")
)
DENIED, UNAVAILABLE = f"{OUTCOMES}.denied", f"{OUTCOMES}.unavailable"
UNPROCESSED, OTHER = f"{OUTCOMES}.not_processed", f"{OUTCOMES}.other_handling"
NATURAL, LEGAL = "requests.received.natural_person", "requests.received.commercial_enterprise"
DOCUMENTS, RULES = "proactive.normative_documents", "proactive.rules"
LICENSING, PENALTIES = "proactive.licensing.decisions", "proactive.penalties.decisions"
COMPULSORY, FEES = "proactive.compulsory_measures.decisions", "proactive.fees.amount"
RECONSIDERED, LITIGATED = "disputes.reconsideration.total", "disputes.litigation_direct.total"

AGREES, CONTRADICTS, NOT = "agrees", "contradicts", "not comparable"


def reported(text: str, title: str = "总体情况", form: str = "2021", changed: Mapping[str, int | None] | None = None) -> Report:
    """A report whose tables print `NUMBERS` and whose first section says `text`."""
    values: dict[str, Value] = {path: NUMBERS.get(path, 0) for path in load(form).fields
                                if path in NUMBERS or form != "2021"}
    values |= changed or {}
    return Report(form=form, agency="示例县林业局", year=2023, source=f"标题\n{text}\n",
                  sections=(Section(1, title, text),), **tables(form, values))


def zeros(text: str, title: str = "总体情况") -> Report:
    found = reported(text, title)
    paths = dict.fromkeys((path for path, _ in found.cells()), 0)
    return attrs.evolve(found, **tables("2021", paths))


def said(report: Report) -> list[tuple[str, int | Decimal, str]]:
    return [(each.paths[0], each.value, each.outcome) for each in statements(report)]


def starts(found: list[tuple[str, int | Decimal, str]], *wanted: tuple[str, int | Decimal, str]) -> None:
    """Every statement that is found is the wanted one; a group is named by the start of its path."""
    assert len(found) == len(wanted), found
    for each, want in zip(found, wanted, strict=True):
        assert each[0].startswith(want[0]), found
        assert each[1:] == want[1:], found


@pytest.mark.parametrize(
    ("text", "path", "value"),
    [
        # Requests received, in the styles of many hands.
        ("2023年，我局共收到政府信息公开申请26件，均按时答复。", RECEIVED, 26),
        ("全年新收政府信息公开申请26件。", RECEIVED, 26),
        ("本年度受理依申请公开26件，", RECEIVED, 26),
        ("（二）依申请公开情况。2023年度，示例县林业局收到公众提出的政府信息公开申请共计26件", RECEIVED, 26),
        ("县林业局收到26件政府信息公开申请。", RECEIVED, 26),
        ("本机关共受理政府信息依申请公开26件。", RECEIVED, 26),
        ("我局新收到依申请公开政府信息申请26宗。", RECEIVED, 26),
        ("2023年1月1日至2023年12月31日，本机关收到政府信息公开申请二十六件。", RECEIVED, 26),
        ("2023年新收政府信息公开申请数量为26。", RECEIVED, 26),
        ("截至2023年底，共收到政府信息公开申请２６件。", RECEIVED, 26),
        ("共收到公民、法人和其他组织提交的政府信息公开申请26件，较上年增长30%。", RECEIVED, 26),
        ("全年累计接收依申请公开申请26件。", RECEIVED, 26),
        ("二是规范办理。本年收到政府信息公开申请，共26件。", RECEIVED, 26),
        ("較去年有所增加，全年收到政府信息公開申請26件。", RECEIVED, 26),
        ("收到政府資訊公開申請26件。", RECEIVED, 26),
        ("2023年收到政府信息公开申请26件，与2022年（21件）相比增加5件。", RECEIVED, 26),
        ("按照《2022年政务公开工作要点》，我局收到各类政府信息公开申请26件。", RECEIVED, 26),
        ("据统计，2023年1-12月，收到依申请公开26件。", RECEIVED, 26),
        ("公布《方案（2024－2027年）》和2022年度决算。收到政府信息公开申请26件。", RECEIVED, 26),
        ("全年共发布信息300条、收到政府信息公开申请26件。", RECEIVED, 26),
        ("受理的26件政府信息公开申请中，多数已办结。", RECEIVED, 26),
        # Carried over and forward.
        ("上年结转政府信息公开申请3件。", OVER, 3),
        ("2022年度结转依申请公开3件。", OVER, 3),
        ("结转上年度政府信息公开申请3件。", OVER, 3),
        ("依申请公开：结转至下年度继续办理2件。", FORWARD, 2),
        ("政府信息公开申请结转下年度2件。", FORWARD, 2),
        ("依申请公开方面，结转2024年继续办理的申请2件。", FORWARD, 2),
        ("政府信息公开申请2件结转下年。", FORWARD, 2),
        # What became of them.
        ("全年办结政府信息公开申请27件。", HANDLED, 27),
        ("依法答复政府信息公开申请27件。", HANDLED, 27),
        ("政府信息公开申请中，予以公开10件。", GRANTED, 10),
        ("政府信息公开申请中，同意公开的有十件。", GRANTED, 10),
        ("政府信息公开申请办理结果：部分公开4件。", PARTLY, 4),
        ("依申请公开：不予公开3件。", DENIED, 3),
        ("依申请公开：无法提供6件。", UNAVAILABLE, 6),
        ("依申请公开：不予处理1件。", UNPROCESSED, 1),
        ("依申请公开：其他处理3件。", OTHER, 3),
        # Section two.
        ("全年共办理行政许可1234件。", LICENSING, 1234),
        ("2023年，我局作出行政许可决定1,234件。", LICENSING, 1234),
        ("全年作出行政处罚45件。", PENALTIES, 45),
        ("本年度作出行政处罚决定45件。", PENALTIES, 45),
        ("全年实施行政强制6件。", COMPULSORY, 6),
        ("全年实施行政强制措施6起。", COMPULSORY, 6),
        ("全年制发行政规范性文件5件。", f"{DOCUMENTS}.issued", 5),
        ("全年制定规范性文件5份。", f"{DOCUMENTS}.issued", 5),
        ("全年印发5件行政规范性文件。", f"{DOCUMENTS}.issued", 5),
        ("本年废止规范性文件2件。", f"{DOCUMENTS}.repealed", 2),
        ("截至2023年12月31日，现行有效的规范性文件31件。", f"{DOCUMENTS}.in_force", 31),
        ("行政规范性文件现行有效31件。", f"{DOCUMENTS}.in_force", 31),
        ("现行有效规章1件。", f"{RULES}.in_force", 1),
        ("全年行政事业性收费12.35万元。", FEES, Decimal("12.35")),
        ("行政事业性收费金额为123500元。", FEES, Decimal("12.35")),
        ("全年收取行政事业性收费12.35万元，罚没收入3万元。", FEES, Decimal("12.35")),
        # Section four.
        ("因政府信息公开引起的行政复议2件。", RECONSIDERED, 2),
        ("全年发生政府信息公开行政复议案件2起。", RECONSIDERED, 2),
        ("2023年有2件涉及政府信息公开工作的行政复议。", RECONSIDERED, 2),
        ("因政府信息公开被提起行政诉讼4件。", LITIGATED, 4),
        ("涉及政府信息公开的行政诉讼案件共4件。", LITIGATED, 4),
        ("因政府信息公开引起的行政复议2件，均未被纠错。", RECONSIDERED, 2),
    ],
)
def test_one_statement_agrees_and_with_another_number_contradicts(
    text: str, path: str, value: int | Decimal
) -> None:
    starts(said(reported(text)), (path, value, AGREES))
    (one,) = statements(reported(text))
    other = NUMBERS[one.paths[0]]
    assert other is not None
    changed = tables("2021", {**NUMBERS, one.paths[0]: other + 7})
    starts(said(attrs.evolve(reported(text), **changed)), (path, value, CONTRADICTS))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "2023年，我局共收到政府信息公开申请26件，其中自然人申请20件，法人或其他组织申请6件。",
            [(RECEIVED, 26, AGREES), (NATURAL, 20, AGREES), (LEGAL, 6, AGREES)],
        ),
        (
            "本年新收政府信息公开申请26件，上年结转3件，办结27件，结转下年度继续办理2件。",
            [(RECEIVED, 26, AGREES), (OVER, 3, AGREES), (HANDLED, 27, AGREES), (FORWARD, 2, AGREES)],
        ),
        (
            "政府信息公开申请中，予以公开10件，部分公开4件，不予公开3件，无法提供6件，不予处理1件，其他处理3件。",
            [(GRANTED, 10, AGREES), (PARTLY, 4, AGREES), (DENIED, 3, AGREES), (UNAVAILABLE, 6, AGREES),
             (UNPROCESSED, 1, AGREES), (OTHER, 3, AGREES)],
        ),
        (
            "全年收到政府信息公开申请26件，其中予以公开11件，部分公开4件。",
            [(RECEIVED, 26, AGREES), (GRANTED, 11, CONTRADICTS), (PARTLY, 4, AGREES)],
        ),
        (
            "全年制发行政规范性文件5件，废止2件，现行有效30件。",
            [(f"{DOCUMENTS}.issued", 5, AGREES), (f"{DOCUMENTS}.repealed", 2, AGREES),
             (f"{DOCUMENTS}.in_force", 30, CONTRADICTS)],
        ),
        (
            "全年办理行政许可1234件，行政处罚45件，行政强制7件。",
            [(LICENSING, 1234, AGREES), (PENALTIES, 45, AGREES), (COMPULSORY, 7, CONTRADICTS)],
        ),
        (
            "涉及政府信息公开的行政复议2件、行政诉讼5件。",
            [(RECONSIDERED, 2, AGREES), (LITIGATED, 5, CONTRADICTS)],
        ),
        (
            "因政府信息公开引起的行政复议、行政诉讼各2件。",
            [(RECONSIDERED, 2, AGREES), (LITIGATED, 2, CONTRADICTS)],
        ),
        ("政府信息公开行政复议、行政诉讼共6件。", [(RECONSIDERED, 6, AGREES)]),
        ("依申请公开中予以公开和部分公开14件。", [(GRANTED, 14, AGREES)]),
        # A line of a page ends anywhere; a line that begins with an ordinal begins a sentence.
        ("本年收到政府信息\n公开申请 26 \n件。", [(RECEIVED, 26, AGREES)]),
        ("（三）2022年工作回顾\n（四）依申请公开\n收到政府信息公开申请26件", [(RECEIVED, 26, AGREES)]),
    ],
)
def test_a_sentence_states_several_cells(
    text: str, wanted: list[tuple[str, int | Decimal, str]]
) -> None:
    starts(said(reported(text)), *wanted)


NONE = (
    "2023年，我局未收到政府信息公开申请。",
    "全年没有收到依申请公开申请，",
    "本年度未受理政府信息公开申请。",
    "本机关未收到公民、法人或者其他组织提出的政府信息公开申请。",
    "本年无依申请公开事项。",
    "（二）依申请公开。全年收到政府信息公开申请0件。",
    "全年收到政府信息公开申请零件。",
    "未接到群众申请公开政府信息的情况。",
    "全年未收到一件政府信息公开申请。",
)


@pytest.mark.parametrize("text", NONE)
def test_none_received(text: str) -> None:
    starts(said(zeros(text)), (RECEIVED, 0, AGREES))
    starts(said(reported(text)), (RECEIVED, 0, CONTRADICTS))


@pytest.mark.parametrize(
    "text",
    [
        "行政复议、行政诉讼均为0。",
        "未发生因政府信息公开引起的行政复议、行政诉讼。",
        "2023年，我局没有因政府信息公开申请被申请行政复议和提起行政诉讼的情况。",
        "本年度无政府信息公开行政复议和行政诉讼案件。",
        "政府信息公开行政复议、行政诉讼均未发生。",
        "政府信息公开行政复议和诉讼为零。",
        "政府信息公开行政复议0件，行政诉讼0件。",
        "因政府信息公開引發的行政複議、行政訴訟均為0件。",
    ],
)
def test_no_disputes(text: str) -> None:
    title = "政府信息公开行政复议、行政诉讼情况"
    starts(said(zeros(text, title)), (RECONSIDERED, 0, AGREES), (LITIGATED, 0, AGREES))
    starts(said(reported(text, title)), (RECONSIDERED, 0, CONTRADICTS), (LITIGATED, 0, CONTRADICTS))


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("全年无行政事业性收费。", FEES),
        ("行政事业性收费为0。", FEES),
        ("全年未制发行政规范性文件。", f"{DOCUMENTS}.issued"),
        ("本年无上年结转申请，依申请公开工作平稳。", OVER),
        ("全年作出行政处罚决定0件。", PENALTIES),
        ("依申请公开无结转下年度继续办理的申请。", FORWARD),
    ],
)
def test_none_of_other_things(text: str, path: str) -> None:
    starts(said(zeros(text)), (path, 0, AGREES))


@pytest.mark.parametrize(
    "text",
    [
        # Another time.
        "2022年，我局收到政府信息公开申请19件。",
        "2022年收到政府信息公开申请19件，予以公开8件。",
        "去年收到政府信息公开申请19件。",
        "上半年收到政府信息公开申请11件。",
        "一季度收到政府信息公开申请7件。",
        "6月收到政府信息公开申请7件。",
        "2019年以来，累计收到政府信息公开申请119件。",
        "自条例施行以来收到政府信息公开申请119件。",
        "近三年收到政府信息公开申请69件。",
        "2021-2023年，我局收到政府信息公开申请69件。",
        "2021年至2023年收到政府信息公开申请69件。",
        "回顾以往。2022年，我局平稳推进。收到政府信息公开申请19件。",
        "截至目前，收到政府信息公开申请24件。",
        "较上年收到政府信息公开申请19件有所增加。",
        "2021年结转政府信息公开申请5件。",
        # A part.
        "通过网络收到政府信息公开申请15件。",
        "收到网络申请15件、信函申请11件。",
        "当面收到政府信息公开申请3件。",
        "收到政府信息公开申请29件（含上年结转）。",
        "通过网络收到政府信息公开申请15件，予以公开3件。",
        "征地类依申请公开中予以公开3件。",
        "经行政复议后提起政府信息公开行政诉讼3件。",
        "政府信息公开一审行政诉讼1件。",
        # Another body.
        "各乡镇共收到政府信息公开申请15件。",
        "局属单位收到政府信息公开申请3件。",
        "全县共收到政府信息公开申请326件。",
        "县公安局收到政府信息公开申请13件。",
        "向县自然资源局转送收到的政府信息公开申请3件。",
        # Another matter.
        "收到人大代表建议和政协提案办理申请8件。",
        "办理建议提案12件，全部答复12件。",
        "热线受理诉求300件，办结300件。",
        "全年办理行政复议案件120件。",
        "主动公开行政处罚信息300条，行政许可20件。",
        "公示行政许可100件。",
        "减免行政事业性收费20万元。",
        "主动公开规范性文件8件。",
        # Not one number.
        "收到政府信息公开申请近30件。",
        "收到政府信息公开申请约30件。",
        "收到政府信息公开申请30余件。",
        "收到政府信息公开申请30多件。",
        "收到政府信息公开申请1.2万件。",
        "收到政府信息公开申请1万余件。",
        "收到政府信息公开申请二三十件。",
        "收到政府信息公开申请3至5件。",
        "收到政府信息公开申请26.5件。",
        # Not a number of the year.
        "每收到一件政府信息公开申请，都逐件登记。",
        "应答复政府信息公开申请3件。",
        "依法不予公开的，说明理由。",
        "做到收到一件申请，答复一件。",
        "未发生行政复议、行政诉讼败诉案件。",
        "未发生政府信息公开行政复议被纠错的情况。",
        "有无政府信息公开申请，都要登记。",
        "行政许可事项120项。",
        "制定规章制度8件。",
        "不予公开、无法提供12件。",
        "行政复议、行政诉讼分别为1件、2件。",
        "政府信息公开申请办理情况见下表。",
        "申请人未申请行政复议。",
        "培训3次，覆盖120人次，答复咨询35件。",
        "申请提供加急服务12件。",
        # In doubt, no contradiction.
        "2023年，全市各级行政机关共收到政府信息公开申请3210件，办结3190件。",
        "2023年，县政府办公室共收到政府信息公开申请15件，县直部门收到11件。",
        "受理申请25件，同比下降4%；答复24件。",
        "清理规范性文件40件，废止4件，继续有效36件。",
        "行政复议3件，其他情况均无。",
        "法院受理行政诉讼案件12件，开庭审理10件。",
        "共发生涉及政府信息公开工作的行政诉讼7件，其中一审4件、二审3件。",
        "办结33件申请中，自然人30件。",
        "2023年1至11月，收到依申请公开33件。",
        "收到政府信息公开申请33人次。",
        "收到市民来信33件，办结33件；解答咨询12件。",
        "收到县政府转办的依申请公开9件。",
        "受理不动产登记申请5000件。",
        "受理行政许可申请5000件，办结4990件。",
        "收到“12345”热线工单500件，答复500件。",
        "因申请人逾期不补正，其他处理5件。",
        "属于行政执法案卷不予公开2件。",
        "政府信息公开类行政复议1件，其他行政复议20件。",
        "2024年计划收到政府信息公开申请50件。",
        "派出所办理行政处罚案件300件。",
        "作出不予行政许可3件，撤销行政许可3件，注销行政许可4件。",
        "免予行政处罚3件。",
        "收到政府信息公开申请12\n34件。",
        "协助办理政府信息公开申请3件，代县政府答复申请3件。",
        "除3件延期外，答复23件。",
        "未收到政府信息公开申请费用减免请求。",
        "没有收到对我局政府信息公开申请办理的投诉。",
        "行政处罚、行政强制共60件。",
        "行政处罚和行政强制分别为60件和7件。",
        "通过信用中国公示行政许可1300件，行政处罚60件。",
        "通过网络收到政府信息公开申请15件；予以公开3件。",
        "全年共发生行政复议3件、行政诉讼1件，均与政府信息公开无关。",
        "收到行政复议申请40件，其中涉及政府信息公开的3件。",
        "依申请公开工作未收取行政事业性收费。",
        "新收和上年结转政府信息公开申请共30件。",
        "2023年我局无依申请公开。",
        "以县政府名义印发规范性文件3件。",
        "不予公开的5件中，属于国家秘密的1件。",
        "收到非政府信息公开申请3件，收到补正政府信息公开申请3件。",
        "通过网络、信函等渠道共收到政府信息公开申请30件。",
        "局办公室收到政府信息公开申请30件。",
        "依申请公开规范有序，办理其他事项5000件，办结4900件。",
        "受理投诉举报30件，办结30件，依申请公开平稳。",
        "不予处理来信12件，预算结转下年度9项。",
        "市场监管领域作出行政处罚60件，公开行政处罚决定书60份。",
        "我局学习2019年修订的条例，全年收到政府信息公开申请30件。",
    ],
)
def test_not_comparable(text: str) -> None:
    found = said(reported(text))
    assert all(outcome == NOT for _, _, outcome in found), found


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("全年收到政府信息公开申请29件。", RECEIVED),  # with those carried over
        ("全年答复政府信息公开申请24件。", HANDLED),  # without other handling
        ("依申请公开：予以公开14件。", GRANTED),  # with those in part
        ("依申请公开：不予公开4件。", DENIED),  # with those not processed
    ],
)
def test_another_way_to_count_is_no_contradiction(text: str, wanted: str) -> None:
    (one,) = statements(reported(text))
    assert one.paths[0].startswith(wanted)
    assert one.outcome == NOT
    assert one.reason == "it may be counted otherwise"


def test_a_text_that_says_several_numbers_contradicts_nothing() -> None:
    text = "收到政府信息公开申请26件。\n本年收到政府信息公开申请28件。"
    assert said(reported(text)) == [(RECEIVED, 26, AGREES), (RECEIVED, 28, NOT)]
    text = text.replace("26", "25")
    assert said(reported(text)) == [(RECEIVED, 25, NOT), (RECEIVED, 28, NOT)]
    text = "全年收到政府信息公开申请26件，其中受理政府信息公开申请25件。"
    assert said(reported(text)) == [(RECEIVED, 26, AGREES), (RECEIVED, 25, NOT)]


def test_what_follows_a_number_of_other_things_is_not_compared() -> None:
    text = "收到依申请公开26件，政务大厅共办理事项5000件，办结4900件。"
    assert said(reported(text)) == [(RECEIVED, 26, AGREES), (HANDLED, 4900, NOT)]
    text = "收到依申请公开26件。办理人大建议12件、政协提案20件，共办结32件。"
    assert said(reported(text)) == [(RECEIVED, 26, AGREES), (HANDLED, 32, NOT)]


def test_what_a_list_of_other_things_ends_with_is_compared() -> None:
    text = "主动公开政府信息300条，其中政策解读50条；受理依申请公开25件。"
    assert said(reported(text)) == [(RECEIVED, 25, CONTRADICTS)]


def test_the_name_of_the_body_may_be_short() -> None:
    for name, outcome in (("县林业局", CONTRADICTS), ("示例县林业局", CONTRADICTS), ("县农业局", NOT)):
        assert said(reported(f"{name}收到政府信息公开申请25件。")) == [(RECEIVED, 25, outcome)]


@pytest.mark.parametrize("text", NONE[:3])
def test_both_scripts_fold_alike(text: str) -> None:
    assert said(reported(OpenCC("s2t").convert(text))) == said(reported(text))


def test_every_sign_of_the_patterns_has_its_traditional_one() -> None:
    convert = OpenCC("s2t").convert
    patterns = [each for each in vars(wording).values() if isinstance(each, re.Pattern)]
    patterns += [*(form.pattern for form in wording.FORMS), *wording.BODIES.values()]
    signs = set("".join(pattern.pattern for pattern in patterns))
    assert {each for each in signs if wording.folded(convert(each)) != wording.folded(each)} == set()


def test_a_blank_cell_is_not_compared() -> None:
    (one,) = statements(reported("收到政府信息公开申请26件。", changed={RECEIVED: None}))
    assert (one.outcome, one.actual) == (NOT, None)
    assert one.reason == "the table prints no number"
    (one,) = statements(reported("依申请公开：不予公开3件。",
                                 changed={f"{DENIED}.state_secret.total": None}))
    assert one.outcome == NOT


def test_the_form_of_2019_has_cells_of_its_own() -> None:
    other: dict[str, int | None] = dict.fromkeys(
        (path for path in load("2019").fields if path.startswith(f"{OTHER}.")), None)
    other[f"{OTHER}.combined.total"] = 3
    text = "依申请公开：其他处理3件。制发规范性文件5件。现行有效规范性文件9件。行政事业性收费8万元。"
    (one,) = statements(reported(text, form="2019", changed=other))
    assert one.paths == (f"{OTHER}.combined.total",)
    assert one.outcome == AGREES
    text = "全年新制作行政规范性文件5件。"
    produced = {f"{DOCUMENTS}.produced": 4}
    assert said(reported(text, form="2019", changed=produced)) == [(f"{DOCUMENTS}.produced", 5, CONTRADICTS)]
    assert statements(reported(text)) == ()


def test_a_report_without_tables_or_text() -> None:
    assert statements(Report()) == ()
    text = "收到政府信息公开申请26件。"
    report = Report(year=2023, sections=(Section(1, "总体情况", text),))
    assert [each.outcome for each in statements(report)] == [NOT]
    assert statements(attrs.evolve(report, form="2014")) == ()


def test_where_it_is_printed() -> None:
    text = "2023年，我局收到政府信息\n    公开申请 25 件。"
    report = reported(text)
    (one,) = statements(report)
    assert one.printed == "我局收到政府信息公开申请25件"
    assert one.span is not None
    assert report.source is not None
    printed = report.source[one.span.start : one.span.end]
    assert printed == "我局收到政府信息\n    公开申请 25 件"
    assert (one.span.line, one.span.column) == (2, 7)
    tagged = attrs.evolve(report, source="<p>2023年，我局收到政府信息公开<b>申请25</b>件。</p>")
    (one,) = statements(tagged)
    assert one.span is not None
    assert (one.span.start, one.span.line) == (9, 1)
    assert statements(attrs.evolve(report, source=None))[0].span is None
    assert statements(attrs.evolve(report, source="别的"))[0].span is None


def test_the_second_of_two_equal_clauses_stands_second() -> None:
    clause = "收到政府信息公开申请26件。\n"
    first, second = statements(reported(clause * 2))
    assert first.span is not None
    assert second.span is not None
    assert first.span.start < second.span.start


def test_the_finding() -> None:
    (finding,) = prose(reported("2023年，我局收到政府信息公开申请25件。"))
    assert (finding.code, finding.severity, finding.paths) == ("GK501", "warning", (RECEIVED,))
    assert dict(finding.arguments) == {
        "label": "一、本年新收政府信息公开申请数量", "expected": "25",
        "printed": "我局收到政府信息公开申请25件", "actual": "26",
    }
    assert finding.span is not None
    assert "25" in finding.message
    assert "26" in finding.message_in("zh")
    assert list(prose(reported("2023年，我局收到政府信息公开申请26件。"))) == []


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("依申请公开：不予公开9件。", "三、本年度办理结果 > （三）不予公开"),
        ("因政府信息公开被提起行政诉讼9件。", "行政诉讼"),
        ("政府信息公开行政复议、行政诉讼共9件。", "行政复议、行政诉讼"),
        ("全年作出行政处罚9件。", "行政处罚 > 本年处理决定数量"),
        ("全年收到政府信息公开申请26件，其中法人和其他组织9件。",
         "一、本年新收政府信息公开申请数量 > 法人或其他组织"),
    ],
)
def test_the_label_is_what_the_cells_share(text: str, label: str) -> None:
    (finding,) = prose(reported(text))
    assert finding.arguments["label"] == label


# What stands for the section on disputes among the changes, which are cells otherwise.
SECTION_FOUR = ""
ELSEWHERE: list[tuple[str, str, dict[str, int]]] = [
    # The classification of official papers.
    ("全年制发公文120件，主动公开80件，依申请公开20件，不予公开20件。", "云栖县水务局", {RECEIVED: 2, GRANTED: 2, HANDLED: 2}),
    ("落实政府信息公开保密审查，全年审查信息120件，同意公开110件，不予公开10件。", "云栖县水务局", {RECEIVED: 2, GRANTED: 2, HANDLED: 2}),
    # What was answered in time, or of this year's, and the rest of it.
    ("收到政府信息公开申请14件，按期答复12件，延期答复2件。", "云栖县水务局", {RECEIVED: 14, GRANTED: 14, HANDLED: 14}),
    ("收到政府信息公开申请14件，按时办结12件，延期办结2件。", "云栖县水务局", {RECEIVED: 14, GRANTED: 14, HANDLED: 14}),
    ("收到政府信息公开申请14件，其中按时答复12件。", "云栖县水务局", {RECEIVED: 14, GRANTED: 14, HANDLED: 14}),
    ("收到政府信息公开申请14件，其中当年答复12件，结转下年度办理2件；上年结转的1件已答复。", "云栖县水务局", {RECEIVED: 14, GRANTED: 13, HANDLED: 13, OVER: 1, FORWARD: 2}),
    ("收到政府信息公开申请14件，已办结12件，其余2件正在办理中。上年结转1件已办结。", "云栖县水务局", {RECEIVED: 14, GRANTED: 13, HANDLED: 13, OVER: 1, FORWARD: 2}),
    # Those who decide the cases themselves.
    ("我局办理行政复议案件12件。", "云栖县司法局", {SECTION_FOUR: 1}),
    ("受理各类行政复议案件12件，办结11件。", "云栖县司法局", {SECTION_FOUR: 1}),
    ("全年受理行政复议案件120件，其中政府信息公开类9件。", "云栖县人民政府", {RECONSIDERED: 9, SECTION_FOUR: 1}),
    ("县政府收到行政复议申请120件，其中涉及政府信息公开9件。", "云栖县人民政府", {RECONSIDERED: 9, SECTION_FOUR: 1}),
    ("办理行政复议案件21件，行政诉讼案件9件。因政府信息公开引发的行政复议0件。", "云栖县司法局", {SECTION_FOUR: 1}),
    ("政府信息公开行政复议2件，其他行政复议7件，行政诉讼9件。", "云栖县水务局", {RECONSIDERED: 2, SECTION_FOUR: 1}),
    # Of those reconsidered none was brought to court.
    ("行政复议2件，均未提起行政诉讼；直接提起行政诉讼1件。", "云栖县水务局", {RECONSIDERED: 2, LITIGATED: 1, SECTION_FOUR: 1}),
    ("因政府信息公开申请引发行政复议2件，均未引发行政诉讼。未经复议直接起诉1件。", "云栖县水务局", {RECONSIDERED: 2, LITIGATED: 1, SECTION_FOUR: 1}),
    ("行政应诉案件30件。办结行政复议20件。", "云栖县人民政府", {RECONSIDERED: 2, SECTION_FOUR: 1}),
    ("县政府作为复议机关受理涉及政府信息公开的行政复议9件。", "云栖县人民政府", {RECONSIDERED: 3, SECTION_FOUR: 1}),
    # Several bodies.
    ("县政府收到政府信息公开申请10件，县公安局收到5件，县自然资源局收到7件。", "云栖县人民政府", {RECEIVED: 22, GRANTED: 22, HANDLED: 22}),
    ("县政府收到政府信息公开申请10件，县直部门收到12件。", "云栖县人民政府", {RECEIVED: 22, GRANTED: 22, HANDLED: 22}),
    ("县政府制发规范性文件3件，县政府办公室制发规范性文件2件。", "云栖县人民政府", {f"{DOCUMENTS}.issued": 5}),
    ("我局共收到政府信息公开申请12件，县政府转办3件。", "云栖县水务局", {RECEIVED: 15, GRANTED: 15, HANDLED: 15}),
    ("我局收到政府信息公开申请12件、县政府转来3件，共15件。", "云栖县水务局", {RECEIVED: 15, GRANTED: 15, HANDLED: 15}),
    # Persons with those carried over.
    ("收到政府信息公开申请8件，其中自然人3件，法人或其他组织5件。", "云栖县水务局", {RECEIVED: 7, NATURAL: 3, OVER: 1, GRANTED: 8, HANDLED: 8, LEGAL: 4, "requests.carried_over.commercial_enterprise": 1}),
    ("本年度办理政府信息公开申请8件（含上年结转1件），其中自然人3件，法人或其他组织5件。", "云栖县水务局", {RECEIVED: 7, NATURAL: 3, OVER: 1, GRANTED: 8, HANDLED: 8, LEGAL: 4, "requests.carried_over.commercial_enterprise": 1}),
    # Decisions by case, kind and result.
    ("全年办理行政处罚案件30件，结案25件。", "云栖县水务局", {PENALTIES: 25}),
    ("全年办理行政处罚案件30件，作出处罚决定25件。", "云栖县水务局", {PENALTIES: 25}),
    ("共办理行政许可申请100件，准予95件。", "云栖县水务局", {LICENSING: 95}),
    ("作出行政许可决定12件，不予行政许可决定1件。", "云栖县水务局", {LICENSING: 13}),
    ("作出行政许可100件，延续许可5件，变更许可3件。", "云栖县水务局", {LICENSING: 108}),
    ("办理行政许可10件（涉水许可），水保许可20件。", "云栖县水务局", {LICENSING: 30}),
    ("实施行政强制措施5件，行政强制执行2件。", "云栖县水务局", {COMPULSORY: 7}),
    ("依法作出行政处罚15件，简易程序3件。", "云栖县水务局", {PENALTIES: 18}),
    ("全年当场行政处罚3件。", "云栖县水务局", {PENALTIES: 18}),
    ("作出水行政处罚15件。", "云栖县水务局", {PENALTIES: 18}),
    # Channels.
    ("收到书面申请3件，网络申请9件，均已答复。", "云栖县水务局", {RECEIVED: 12, GRANTED: 12, HANDLED: 12}),
    ("收到政府信息公开书面申请3件，网上申请9件。", "云栖县水务局", {RECEIVED: 12, GRANTED: 12, HANDLED: 12}),
    ("收到书面政府信息公开申请3件，网上政府信息公开申请9件。", "云栖县水务局", {RECEIVED: 12, GRANTED: 12, HANDLED: 12}),
    # Subsets by subject, in another clause.
    ("收到涉及征地的政府信息公开申请5件，予以公开3件，其他政府信息公开申请3件。", "云栖县水务局", {RECEIVED: 8, GRANTED: 5, f"{DENIED}.third_party_rights.total": 3, HANDLED: 8}),
    ("本年度收到政府信息公开申请8件。土地类申请中，予以公开3件。", "云栖县水务局", {RECEIVED: 8, GRANTED: 5, f"{DENIED}.third_party_rights.total": 3, HANDLED: 8}),
    ("自然人申请中，予以公开4件；企业申请中，予以公开1件。收到政府信息公开申请5件。", "云栖县水务局", {RECEIVED: 5, GRANTED: 5, HANDLED: 5}),
    ("针对房屋征收的政府信息公开申请5件中，予以公开3件。", "云栖县水务局", {RECEIVED: 8, GRANTED: 5, HANDLED: 8}),
    # Cases new and carried over, those refused, papers of others, and courts.
    ("政府信息公开行政复议新收3件，上年结转1件，共4件。", "云栖县水务局", {RECONSIDERED: 4, SECTION_FOUR: 1}),
    ("新发生政府信息公开行政复议3件，上年结转政府信息公开行政复议1件。", "云栖县水务局", {RECONSIDERED: 4, SECTION_FOUR: 1}),
    ("行政复议3件（含上年结转1件）。", "云栖县水务局", {RECONSIDERED: 2, SECTION_FOUR: 1}),
    ("全年共受理政府信息公开申请10件，不予受理2件。", "云栖县水务局", {RECEIVED: 12, GRANTED: 10, f"{UNPROCESSED}.duplicate.total": 2, HANDLED: 12}),
    ("市政府制定规章2件，废止规章1件。", "云栖市司法局", {}),
    ("开展规范性文件合法性审核，出台12件。", "云栖县水务局", {f"{DOCUMENTS}.issued": 2}),
    ("因政府信息公开提起的行政诉讼案件12件已审结。", "云栖县人民法院", {SECTION_FOUR: 1}),
    ("全市法院受理因政府信息公开提起的行政诉讼12件。", "云栖市中级人民法院", {SECTION_FOUR: 1}),
    # Numbers that the rest of the text completes.
    ("涉密类，未收到政府信息公开申请。", "云栖县水务局", {RECEIVED: 15}),
    ("全年作出行政处罚60件，罚款12万元。交通违法行政处罚5000件。", "云栖县水务局", {PENALTIES: 5060}),
    ("全年征收行政事业性收费120万元，其中上缴省级40万元。", "云栖县水务局", {FEES: 80}),
    ("收到群众提出的申请8件、企业提出的申请4件，依申请公开平稳。", "云栖县水务局", {RECEIVED: 12}),
    ("收到政府信息公开申请12件，另有3件由窗口登记。", "云栖县水务局", {RECEIVED: 15}),
    ("行政复议0件，未发生行政诉讼。法院转来应诉通知2件。", "云栖县水务局", {LITIGATED: 2, SECTION_FOUR: 1}),
    ("收到政府信息公开申请15件，其中重复申请3件。", "云栖县水务局", {RECEIVED: 12}),
]


def among_zeros(text: str, agency: str, changed: Mapping[str, int]) -> Report:
    """A report of zeros but for some cells."""
    title = "政府信息公开行政复议、行政诉讼情况" if SECTION_FOUR in changed else "总体情况"
    values: dict[str, Value] = dict.fromkeys(NUMBERS, 0)
    values |= {path: Decimal(value) if path == FEES else value for path, value in changed.items() if path}
    return Report(form="2021", agency=agency, year=2023, sections=(Section(1, title, text),),
                  **tables("2021", values))


@pytest.mark.parametrize(("text", "agency", "changed"), ELSEWHERE)
def test_what_other_words_make_doubtful_contradicts_nothing(
    text: str, agency: str, changed: Mapping[str, int]
) -> None:
    report = among_zeros(text, agency, changed)
    assert [each for each in statements(report) if each.outcome == CONTRADICTS] == []
    assert list(prose(report)) == []


def test_a_denial_is_none_however_it_is_counted() -> None:
    report = among_zeros("本年度未收到政府信息公开申请。", "云栖县水务局", {RECEIVED: 13})
    assert said(report) == [(RECEIVED, 0, CONTRADICTS)]


@pytest.mark.parametrize(
    ("text", "changed", "wanted"),
    [
        ("收到政府信息公开申请7件，其中自然人5件，法人或其他组织2件。",
         {RECEIVED: 7, NATURAL: 6, LEGAL: 1}, [(NATURAL, 5), (LEGAL, 2)]),
        ("收到政府信息公开申请7件，办结5件。", {RECEIVED: 7, HANDLED: 6}, [(HANDLED, 5)]),
        ("全年办理行政许可125件、行政处罚36件、行政强制2件。",
         {LICENSING: 125, PENALTIES: 34, COMPULSORY: 2}, [(PENALTIES, 36)]),
        ("因政府信息公开被申请行政复议2件。", {RECONSIDERED: 3}, [(RECONSIDERED, 2)]),
        ("行政复议2件，行政诉讼1件。", {RECONSIDERED: 3, LITIGATED: 1, SECTION_FOUR: 1}, [(RECONSIDERED, 2)]),
        ("本机关收到政府信息公开申请12件，上年结转1件。", {RECEIVED: 14, OVER: 1}, [(RECEIVED, 12)]),
    ],
)
def test_what_is_plain_still_contradicts(
    text: str, changed: Mapping[str, int], wanted: list[tuple[str, int]]
) -> None:
    found = statements(among_zeros(text, "云栖县水务局", changed))
    assert [(each.paths[0], each.value) for each in found if each.outcome == CONTRADICTS] == wanted


def test_entities_of_html_are_blanks_where_a_clause_is_looked_up() -> None:
    report = reported("我局收到政府信息公开申请25件。")
    tagged = attrs.evolve(report, source="<p>&ensp;我局收到&nbsp;政府信息公开申请&#160;25&nbsp;件。</p>")
    (one,) = statements(tagged)
    assert one.span is not None
    assert tagged.source is not None
    assert tagged.source[one.span.start : one.span.end] == "我局收到&nbsp;政府信息公开申请&#160;25&nbsp;件"


def test_a_finding_whose_clause_is_not_found_stands_nowhere() -> None:
    (finding,) = prose(attrs.evolve(reported("收到政府信息公开申请25件。"), source="别的"))
    assert finding.span is None
    assert "located" not in finding.arguments


@given(st.integers(0, 99_999_999), st.sampled_from(["{}", "{:,}", "wide", "words"]))
def test_a_number_is_read_however_it_is_written(number: int, style: str) -> None:
    if style == "wide":
        printed = str(number).translate({48 + each: 0xFF10 + each for each in range(10)})
    else:
        printed = written(number) if style == "words" else style.format(number)
    (one,) = statements(reported(f"我局收到政府信息公开申请{printed}件。",
                                 changed={RECEIVED: number}))
    assert one.value == number
    round_words = printed.endswith("万")
    assert one.outcome == (NOT if round_words else AGREES)


_PIECES = ("收到", "政府信息公开", "申请", "12", "件", "行政复议", "、", "行政诉讼", "均为", "0", "。", "，",
           "未", "发生", "结转", "下年度", "2023年", "上年", "一百", "\n", " ", "其中", "予以公开", "的", "万元")


@given(st.lists(st.sampled_from(_PIECES) | st.text(max_size=3), max_size=40).map("".join))
def test_any_text_can_be_read(text: str) -> None:
    report = reported(text)
    for one in statements(report):
        assert isinstance(one, Statement)
        assert one.printed
        assert one.span is None or report.source is not None
    for finding in prose(report):
        assert finding.message


@pytest.mark.parametrize(
    "piece",
    ["收到政府信息公开申请1", "其中", "公开申请", "未发生因政府信息公开", "12,", "因政府", "行政复议、", "2023年",
     "我局收到政府信息公开申请7件，", "<", "年1月1日至", "的", "\n（一）", "一", "了", "行政", "案件", "1,234", "行政处罚8件，", "公开", "；", "结转下年度"],
)
def test_a_long_text_costs_in_proportion(piece: str) -> None:
    def cost(length: int) -> float:
        report = reported(piece * (length // len(piece)))
        began = perf_counter()
        statements(report)
        return perf_counter() - began

    short, long = max(cost(5_000), 0.01), cost(40_000)
    assert long < short * 32


def test_a_report_that_is_parsed() -> None:
    text = "\n".join((
        "示例县林业局2023年政府信息公开工作年度报告", "一、总体情况",
        "2023年，我局未发生因政府信息公开引起的行政复议、行政诉讼。",
        "四、政府信息公开行政复议、行政诉讼情况", "行政复议", "行政诉讼", "结果维持",
        "\n".join("1001" + "0" * 11),
    ))
    report = gkparse.parse(text)
    for one in statements(report):
        assert one.span is not None
        assert report.source is not None
        assert report.source[one.span.start : one.span.end] == one.printed


def test_a_word_for_nothing_is_a_zero() -> None:
    starts(said(reported("行政事业性收费为无。")), ("proactive.fees", Decimal(0), "contradicts"))


def test_a_number_of_neither_rules_nor_documents_is_not_compared() -> None:
    assert said(reported("2023年制发0件，废止3件，现行有效3件。")) == []


def test_what_became_of_requests_of_one_kind_in_the_sentence_before_is_not_compared() -> None:
    starts(said(reported("土地类申请另有台账。予以公开3件。")), (GRANTED, 3, "not comparable"))
