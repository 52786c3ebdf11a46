"""The codes of all diagnostics: name, severity, and what each says in English and Chinese.

1xx the document, 2xx rows and cells, 3xx the printed arithmetic: what `parse` says. 4xx what a report
should be like, 5xx its prose against its tables, 6xx one year against another: what `check` and
`check_series` add. A code is never reused.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import attrs

__all__ = ["CODES", "Code", "Severity"]

Severity: TypeAlias = Literal["info", "warning", "error"]


@attrs.frozen(eq=False, repr=False)
class Code:
    """A kind of finding: its name, which is its title in English, and its title in Chinese.

    `en` and `zh` are the templates of its message, which a diagnostic's arguments fill.
    """

    code: str
    name: str
    title: str
    severity: Severity
    en: str
    zh: str


_CODES = (
    Code(
        "GK101", "section-missing", "缺少部分", "info",
        "section {label} was not found",
        "未找到“{label}”部分",
    ),
    Code(
        "GK102", "section-title", "标题与格式不同", "info",
        "section {number} bears the title “{printed}”; the form has “{label}” there",
        "第{number}部分标题为“{printed}”，格式规定为“{label}”",
    ),
    Code(
        "GK103", "table-missing", "缺少表格", "error",
        "the table of section {label} was not found: its values are None",
        "未找到“{label}”部分的表格，其数值均为 None",
    ),
    Code(
        "GK104", "several-reports", "多份报告", "warning",
        "the text holds {count} reports one after the other; parse_all reads each of them",
        "文本中有{count}份报告，请用 parse_all 逐份读取",
    ),
    Code(
        "GK105", "other-title", "他单位标题", "warning",
        "the title of a report of another body, {printed}, stands above these tables: "
        "they may be that body's",
        "下列表格之前有另一单位（{printed}）的报告标题，数据可能属于该单位",
    ),
    Code(
        "GK106", "table-picture", "表格为图片", "error",
        "the table of section {label} is a picture: its values are None",
        "“{label}”部分的表格为图片，其数值均为 None",
    ),
    Code(
        "GK107", "another-unread", "另有报告未读", "warning",
        "another report seems to begin here, and none of it can be read",
        "此处似有另一份报告，未能读出",
    ),
    Code(
        "GK201", "row-missing", "缺行", "error",
        "the row {label} was not found: its values are None",
        "未找到“{label}”一行，其数值均为 None",
    ),
    Code(
        "GK202", "row-width", "数值个数不符", "warning",
        "the row {label} prints {found} values and the form has {width} columns: "
        "their places are not certain",
        "“{label}”一行有{found}个数值，格式为{width}列，对应关系不能确定",
    ),
    Code(
        "GK203", "row-conflict", "重复行数值冲突", "error",
        "the row {label} is printed more than once, with different values: none is taken",
        "“{label}”一行重复出现且数值不一致，均未采用",
    ),
    Code(
        "GK204", "stray-number", "栏目外数字", "info",
        "“{printed}” stands beside the columns of the row {label} and is not read as a value of it",
        "“{printed}”位于“{label}”一行的各栏之外，不作为该行数值",
    ),
    Code(
        "GK205", "unclaimed-values", "无主数值", "warning",
        "“{printed}” stands in the table without a row and column that it could belong to",
        "表内“{printed}”找不到所属的行或列",
    ),
    Code(
        "GK206", "row-aligned", "按勾稽关系对应", "info",
        "the row {label} prints {found} values and the form has {width} columns: "
        "the one placement that adds up is taken",
        "“{label}”一行有{found}个数值，格式为{width}列，按唯一符合勾稽关系的方式对应",
    ),
    Code(
        "GK207", "blank", "空白", "info",
        "{label}: {count} of {width} cells are blank",
        "“{label}”一行{width}格中有{count}格空白",
    ),
    Code(
        "GK208", "mark", "符号代替数字", "info",
        "{label}: {count} of {width} cells bear a mark, “{printed}”, and no number",
        "“{label}”一行{width}格中有{count}格为符号“{printed}”，没有数字",
    ),
    Code(
        "GK209", "total-blank", "总计空白", "warning",
        "{label}: no total is printed beside the parts, which add up to {sum}",
        "“{label}”一行总计没有数字，而其余各格有数，其和为{sum}",
    ),
    Code(
        "GK210", "misread-number", "误写数字", "warning",
        "{label}: “{printed}” is read as {value}",
        "“{label}”：“{printed}”读作{value}",
    ),
    Code(
        "GK211", "not-a-count", "非整数件数", "error",
        "{label}: “{printed}” is not a whole number of 件",
        "“{label}”：“{printed}”不是整数件数",
    ),
    Code(
        "GK212", "label-misprint", "栏目名称误写", "info",
        "“{printed}” is read as a misprint of {label}",
        "“{printed}”视为“{label}”之误",
    ),
    Code(
        "GK213", "unit", "单位不符", "warning",
        "{label}: “{printed}” is printed with the unit {unit}, the form's is {expected}",
        "“{label}”：“{printed}”所带单位为{unit}，格式规定为{expected}",
    ),
    Code(
        "GK214", "side-unsure", "名称与数值分列", "warning",
        "it is not certain that the values read of the row {label} are its own: labels and values of "
        "this table stand apart, or in disorder",
        "“{label}”的数值是否属于该行不能确定：本表名称与数值分列各行，或次序错乱",
    ),
    Code(
        "GK215", "unreadable", "不可读", "error",
        "{label}: “{printed}” is no number that can be this cell's: the value is None",
        "“{label}”：“{printed}”不能确定为该格的数值，读作 None",
    ),
    Code(
        "GK216", "blank-doubtful", "空白存疑", "warning",
        "{label}: {count} of {width} cells hold no number, and with zeros there the row does not add up",
        "“{label}”一行{width}格中有{count}格没有数字，按零计算则不符合勾稽关系",
    ),
    Code(
        "GK217", "blank-alone", "孤立空白", "warning",
        "{label}: one cell is blank in a row and a table that print every other value",
        "“{label}”一行仅有一格空白，而表内其余各格均有数值",
    ),
    Code(
        "GK218", "cut", "文本截断", "warning",
        "{label}: “{printed}” is the last of the text, which may have been cut in it",
        "“{label}”：“{printed}”位于文本末尾，可能不完整",
    ),
    Code(
        "GK219", "negative", "负数", "error",
        "{label}: “{printed}” is less than nothing",
        "“{label}”：“{printed}”为负数",
    ),
    Code(
        "GK220", "cells-missing", "缺少单元格", "warning",
        "{label}: nothing was found for {count} of {width} cells, not even a blank",
        "“{label}”一行{width}格中有{count}格未找到任何内容",
    ),
    Code(
        "GK221", "indicators-missing", "缺少指标", "warning",
        "no value was found for {count} of {whole} indicators: {labels}",
        "{whole}项统计指标中有{count}项未找到数值：{labels}",
    ),
    Code(
        "GK222", "column-doubtful", "错列存疑", "warning",
        "{label}: some cells are blank, and in the columns of its values more is printed than their "
        "total: the values may stand in other columns",
        "“{label}”一行有空白，且所在列各数之和超过该列总计，数值可能错列",
    ),
    Code(
        "GK223", "aside", "页码等", "info",
        "“{printed}” stands alone in a table that is whole without it, as a page's number does",
        "“{printed}”单独成行，而表格已完整，视为页码等",
    ),
    Code(
        "GK301", "balance", "收办不平", "error",
        "{column}: received {parts} = {left}, but handled and carried forward {whole} = {right} (A1)",
        "{column}：新收加结转 {parts}＝{left}，办理总计加结转下年度 {whole}＝{right}（勾稽关系）",
    ),
    Code(
        "GK302", "outcomes", "办理结果总计不符", "error",
        "{column}: the outcomes {parts} = {left}, but their total is {right} (A2)",
        "{column}：各项办理结果 {parts}＝{left}，总计为{right}",
    ),
    Code(
        "GK303", "row-total", "行总计不符", "error",
        "{label}: {parts} = {left}, but the total is {right} (A3)",
        "“{label}”：{parts}＝{left}，总计为{right}",
    ),
    Code(
        "GK304", "dispute-total", "复议诉讼总计不符", "error",
        "{label}: {parts} = {left}, but the total is {right} (A4)",
        "“{label}”：{parts}＝{left}，总计为{right}",
    ),
    Code(
        "GK305", "not-assessed", "无法核对", "info",
        "{name}: {count} of {whole} sums cannot be assessed, as a part of them is not printed: {labels}",
        "{name}：{whole}项合计中有{count}项因部分数值未填而无法核对：{labels}",
    ),
    Code(
        "GK306", "holds-with-zeros", "按零相符", "info",
        "{name}: {count} of {whole} sums hold if what is not printed is zero: {labels}",
        "{name}：{whole}项合计中有{count}项在未填各格按零计算时相符：{labels}",
    ),
    Code(
        "GK307", "indicator-total", "指标合计不符", "info",
        "{label}: {parts} = {left}, but the table prints {right}",
        "“{label}”：分项 {parts}＝{left}，表中为{right}",
    ),
    Code(
        "GK401", "year-differs", "年份不一致", "error",
        "the title says {expected}, the period of the figures {actual}",
        "标题年份为{expected}年，数据统计期限为{actual}年",
    ),
    Code(
        "GK402", "prose-year", "正文年份不符", "warning",
        "the report is on {expected}, but a paragraph begins with “{printed}”",
        "报告年度为{expected}年，正文却以“{printed}”开头",
    ),
    Code(
        "GK403", "period-not-a-year", "期限非自然年度", "warning",
        "the figures are those of {actual}, not of a calendar year",
        "数据统计期限为{actual}，不是一个自然年度",
    ),
    Code(
        "GK404", "form-unexpected", "格式与年度不符", "warning",
        "the report on {year} bears the tables of {actual}; those of {expected} were in force",
        "{year}年度报告使用了{actual}年格式的表格，当年应使用{expected}年格式",
    ),
    Code(
        "GK405", "sections-incomplete", "部分不全", "warning",
        "the report lacks {labels}",
        "报告缺少{labels}",
    ),
    Code(
        "GK406", "section-mistitled", "误用标题", "warning",
        "section {number} bears the title of another one, “{printed}”; the form has “{expected}” there",
        "第{number}部分误用了其他部分的标题“{printed}”，格式规定为“{expected}”",
    ),
    Code(
        "GK407", "section-short", "正文过短", "info",
        "section {label} has {count} characters of text",
        "“{label}”部分正文仅{count}字",
    ),
    Code(
        "GK408", "parts-announced", "部分数不符", "warning",
        "the preamble announces {expected} parts, the report has {actual}",
        "引言称报告共{expected}个部分，实有{actual}个部分",
    ),
    Code(
        "GK409", "issued-early", "日期过早", "warning",
        "the report is dated {actual}; the period of its figures ends on {expected}",
        "报告日期为{actual}，统计期限至{expected}止",
    ),
    Code(
        "GK410", "issued-late", "超过公布期限", "warning",
        "the report is dated {actual}; the Regulations have it published by {expected}",
        "报告日期为{actual}，《条例》规定的公布期限为{expected}",
    ),
    Code(
        "GK411", "rules-by-body", "无规章制定权", "warning",
        "{label}: {actual}, but {agency} is no body that can issue rules",
        "“{label}”为{actual}，而{agency}无规章制定权",
    ),
    Code(
        "GK412", "fees-in-yuan", "金额单位可疑", "warning",
        "fees of {actual} 万元 are a great deal for {agency}: the number may be of 元",
        "收费金额{actual}万元对{agency}而言过大，单位可能是元",
    ),
    Code(
        "GK413", "fees-said", "收费表述不符", "warning",
        "section six says “{printed}”, the row of fees prints {actual} 万元",
        "第六部分称“{printed}”，收费金额一行为{actual}万元",
    ),
    Code(
        "GK414", "decisions-are-items", "处理决定误填", "warning",
        "in every row the decisions of the year are the items of last year and their change: "
        "the column asks for cases",
        "各行“处理决定数量”均等于上一年项目数量加本年增减，该栏应填办件数量",
    ),
    Code(
        "GK415", "fee-without-notice", "未说明收费", "warning",
        "{actual} requests ended for a fee that was not paid, but section six tells of no fee",
        "有{actual}件申请因逾期未缴费而终结，第六部分却未说明收费情况",
    ),
    Code(
        "GK416", "all-zero", "全部为零", "info",
        "every number of the report is 0",
        "报告中所有数值均为0",
    ),
    Code(
        "GK417", "section-number", "序号不符", "info",
        "the section “{printed}” is numbered {actual}, in the form it is the section {expected}",
        "“{printed}”部分序号为{actual}，格式规定为第{expected}部分",
    ),
    Code(
        "GK501", "prose-contradicts", "正文与表格矛盾", "warning",
        "the text says {label} {expected}, “{printed}”; the table prints {actual}",
        "正文称{label}为{expected}（“{printed}”），表格为{actual}",
    ),
    Code(
        "GK601", "carry-differs", "结转不一致", "warning",
        "{column}: {year} carries over {actual} from the year before, which carried forward {expected}",
        "{column}：{year}年度上年结转为{actual}，上一年度结转下年度为{expected}",
    ),
    Code(
        "GK602", "stock-differs", "存量不一致", "info",
        "{label}: {actual} were in force at the end of {year}; those of the year before, plus issued, "
        "less repealed, are {expected}",
        "“{label}”：{year}年末现行有效{actual}件，上年末加本年制发减废止应为{expected}件",
    ),
    Code(
        "GK603", "numbers-repeated", "数值雷同", "warning",
        "the {count} numbers of {year} that are not 0 are those of {earlier}",
        "{year}年度的{count}个非零数值与{earlier}年度完全相同",
    ),
    Code(
        "GK604", "prose-repeated", "文字雷同", "warning",
        "section {label} of {year} is that of {earlier} to {share} %",
        "{year}年度“{label}”部分与{earlier}年度有{share}%相同",
    ),
    Code(
        "GK605", "jump", "数值突变", "info",
        "{label}: {actual} in {year}, {expected} in {earlier}",
        "“{label}”：{year}年度为{actual}，{earlier}年度为{expected}",
    ),
    Code(
        "GK606", "year-twice", "同年多份", "warning",
        "{count} reports of {agency} are on {year}, with different numbers: none is compared",
        "{agency}有{count}份{year}年度报告且数值不同，未作比较",
    ),
)

CODES = {code.code: code for code in _CODES}
