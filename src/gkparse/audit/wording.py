"""The words of the page itself, in Chinese and English, and the signs of statuses."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from gkparse.diagnostics import Severity
from gkparse.model import CellStatus

__all__ = ["SEVERITIES", "STATUSES", "Status"]


class Status(NamedTuple):
    """How a status is shown: a sign beside the value, and what it says."""

    sign: str
    zh: str
    en: str


STATUSES: Mapping[CellStatus, Status] = MappingProxyType({
    "printed": Status("", "原文所印", "printed"),
    "aligned": Status("↦", "按次序或勾稽关系归位", "printed, placed by order or arithmetic"),
    "repaired": Status("≈", "按误印还原", "printed, read through a misprint"),
    "blank": Status("", "空白（不是零）", "blank, which is not zero"),
    "marked": Status("", "印有符号", "bears a mark, no number"),
    "missing": Status("?", "未找到", "not found"),
    "inferred": Status("+", "推算，非原文所印", "inferred, not printed"),
})
SEVERITIES: Mapping[Severity, Status] = MappingProxyType({
    "error": Status("✕", "错误", "error"),
    "warning": Status("!", "警告", "warning"),
    "info": Status("·", "提示", "note"),
})
