"""Values of a table that a tool has written column by column, with marks among them."""

from __future__ import annotations

import pytest

import gkparse
from accounting import unaccounted
from layouts import FORM, PATHS, Numbers

TABLE = FORM.table("requests")
LABELS = [row.label for block in TABLE.blocks for row in block.rows if not row.optional]
ROWS = [row.name for block in TABLE.blocks for row in block.rows if not row.optional]
COLUMNS = [column.name for column in TABLE.blocks[0].columns]
# One applicant of one kind, and one of another.
WRITTEN = Numbers({
    "requests.received.natural_person": 5, "requests.received.other": 2, "requests.received.total": 7,
    "requests.outcomes.granted.natural_person": 5, "requests.outcomes.granted.total": 5,
    "requests.outcomes.total.natural_person": 5, "requests.outcomes.total.total": 5,
    "requests.carried_forward.other": 2, "requests.carried_forward.total": 2,
})


@pytest.mark.parametrize("mark", ["/", "—", "-"])
@pytest.mark.parametrize("sign", ["\n", " "])
def test_values_written_column_by_column_are_doubted_or_named(mark: str, sign: str) -> None:
    columns = [[str(WRITTEN.get(f"requests.{row}.{column}", mark)) for row in ROWS] for column in COLUMNS]
    text = "\n".join([*LABELS, *[sign.join(column) for column in columns]])
    report = gkparse.parse(f"三、收到和处理政府信息公开申请情况\n{text}\n")
    written = {path: WRITTEN.get(path) for path in PATHS if path.startswith("requests.")}
    assert unaccounted(report, written) == []


@pytest.mark.parametrize("mark", ["/", "—", "0"])
def test_values_written_row_by_row_behind_all_labels_are_read(mark: str) -> None:
    values = [str(WRITTEN.get(f"requests.{row}.{column}", mark)) for row in ROWS for column in COLUMNS]
    report = gkparse.parse("\n".join(["三、收到和处理政府信息公开申请情况", *LABELS, *values, ""]))
    blank = 0 if mark == "0" else None
    assert {path: report.value(path) for path in PATHS if path.startswith("requests.")} == {
        path: WRITTEN.get(path, blank) for path in PATHS if path.startswith("requests.")
    }
    assert not [found for found in report.diagnostics if found.code == "GK214"]
