"""The codes of all diagnostics: name, severity, and what each says in English and Chinese.

1xx the document, 2xx rows and cells, 3xx the printed arithmetic. A code is never reused.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import attrs

__all__ = ["CODES", "Code", "Severity"]

Severity: TypeAlias = Literal["info", "warning", "error"]


@attrs.frozen
class Code:
    """A kind of finding: `en` and `zh` are templates that a diagnostic's arguments fill."""

    code: str
    name: str
    severity: Severity
    en: str
    zh: str


_CODES = (
    Code(
        "GK101", "section-missing", "info",
        "section {label} was not found",
        "未找到“{label}”部分",
    ),
    Code(
        "GK102", "section-title", "info",
        "section {number} bears the title “{printed}”; the form has “{label}” there",
        "第{number}部分标题为“{printed}”，格式规定为“{label}”",
    ),
    Code(
        "GK103", "table-missing", "error",
        "the table of section {label} was not found: its values are None",
        "未找到“{label}”部分的表格，其数值均为 None",
    ),
    Code(
        "GK104", "several-reports", "warning",
        "the text holds {count} reports one after the other; parse_all reads each of them",
        "文本中有{count}份报告，请用 parse_all 逐份读取",
    ),
    Code(
        "GK105", "other-title", "warning",
        "the title of a report of another body, {printed}, stands above these tables: "
        "they may be that body's",
        "下列表格之前有另一单位（{printed}）的报告标题，数据可能属于该单位",
    ),
    Code(
        "GK201", "row-missing", "error",
        "the row {label} was not found: its values are None",
        "未找到“{label}”一行，其数值均为 None",
    ),
    Code(
        "GK202", "row-width", "warning",
        "the row {label} prints {found} values and the form has {width} columns: "
        "their places are not certain",
        "“{label}”一行有{found}个数值，格式为{width}列，对应关系不能确定",
    ),
    Code(
        "GK203", "row-conflict", "error",
        "the row {label} is printed more than once, with different values: none is taken",
        "“{label}”一行重复出现且数值不一致，均未采用",
    ),
    Code(
        "GK204", "stray-number", "info",
        "“{printed}” stands left of the label {label} and is not read as a value of its row",
        "“{printed}”位于“{label}”左侧，不作为该行数值",
    ),
    Code(
        "GK205", "unclaimed-values", "warning",
        "“{printed}” stands in the table without a row that it could belong to",
        "表内“{printed}”找不到所属的行",
    ),
    Code(
        "GK206", "row-aligned", "info",
        "the row {label} prints {found} values and the form has {width} columns: "
        "the one placement that adds up is taken",
        "“{label}”一行有{found}个数值，格式为{width}列，按唯一符合勾稽关系的方式对应",
    ),
    Code(
        "GK207", "blank", "info",
        "{label}: {count} of {width} cells are blank",
        "“{label}”一行{width}格中有{count}格空白",
    ),
    Code(
        "GK208", "mark", "info",
        "{label}: {count} of {width} cells bear a mark, “{printed}”, and no number",
        "“{label}”一行{width}格中有{count}格为符号“{printed}”，没有数字",
    ),
    Code(
        "GK209", "total-blank", "warning",
        "{label}: the total is blank beside printed parts, which add up to {sum}",
        "“{label}”一行总计空白，而其余各格有数，其和为{sum}",
    ),
    Code(
        "GK210", "misread-number", "warning",
        "{label}: “{printed}” is read as {value}",
        "“{label}”：“{printed}”读作{value}",
    ),
    Code(
        "GK211", "not-a-count", "error",
        "{label}: “{printed}” is not a whole number of 件: the value is None",
        "“{label}”：“{printed}”不是整数件数，数值为 None",
    ),
    Code(
        "GK212", "label-misprint", "info",
        "“{printed}” is read as a misprint of {label}",
        "“{printed}”视为“{label}”之误",
    ),
    Code(
        "GK213", "unit", "warning",
        "{label}: “{printed}” is printed with the unit {unit}, the form's is {expected}",
        "“{label}”：“{printed}”所带单位为{unit}，格式规定为{expected}",
    ),
    Code(
        "GK214", "side-unsure", "warning",
        "{label} and its values stand in rows of their own, and it is not certain that values "
        "and label that stand beside each other belong together",
        "“{label}”与数值分列各行，二者是否对应不能确定",
    ),
    Code(
        "GK215", "unreadable", "error",
        "{label}: “{printed}” is no number: the value is None",
        "“{label}”：“{printed}”不是数值，读作 None",
    ),
    Code(
        "GK216", "blank-doubtful", "warning",
        "{label}: {count} of {width} cells are blank, and with zeros there the row does not add up",
        "“{label}”一行{width}格中有{count}格空白，按零计算则不符合勾稽关系",
    ),
    Code(
        "GK217", "blank-alone", "warning",
        "{label}: one cell is blank in a row and a table that print every other value",
        "“{label}”一行仅有一格空白，而表内其余各格均有数值",
    ),
    Code(
        "GK218", "cut", "warning",
        "{label}: “{printed}” is the last of the text, which may have been cut in it",
        "“{label}”：“{printed}”位于文本末尾，可能不完整",
    ),
    Code(
        "GK219", "negative", "error",
        "{label}: “{printed}” is less than nothing",
        "“{label}”：“{printed}”为负数",
    ),
    Code(
        "GK220", "cells-missing", "warning",
        "{label}: nothing was found for {count} of {width} cells, not even a blank",
        "“{label}”一行{width}格中有{count}格未找到任何内容",
    ),
    Code(
        "GK221", "indicators-missing", "warning",
        "no value was found for {count} of {whole} indicators: {labels}",
        "{whole}项统计指标中有{count}项未找到数值：{labels}",
    ),
    Code(
        "GK222", "column-doubtful", "warning",
        "{label}: some cells are blank, and in the columns of its values more is printed than their "
        "total: the values may stand in other columns",
        "“{label}”一行有空白，且所在列各数之和超过该列总计，数值可能错列",
    ),
    Code(
        "GK223", "aside", "info",
        "“{printed}” stands alone in a table that is whole without it, as a page's number does",
        "“{printed}”单独成行，而表格已完整，视为页码等",
    ),
    Code(
        "GK301", "balance", "error",
        "{column}: received {parts} = {left}, but handled and carried forward {whole} = {right} (A1)",
        "{column}：新收加结转 {parts}＝{left}，办理总计加结转下年度 {whole}＝{right}（勾稽关系）",
    ),
    Code(
        "GK302", "outcomes", "error",
        "{column}: the outcomes {parts} = {left}, but their total is {right} (A2)",
        "{column}：各项办理结果 {parts}＝{left}，总计为{right}",
    ),
    Code(
        "GK303", "row-total", "error",
        "{label}: {parts} = {left}, but the total is {right} (A3)",
        "“{label}”：{parts}＝{left}，总计为{right}",
    ),
    Code(
        "GK304", "dispute-total", "error",
        "{label}: {parts} = {left}, but the total is {right} (A4)",
        "“{label}”：{parts}＝{left}，总计为{right}",
    ),
)

CODES = {code.code: code for code in _CODES}
