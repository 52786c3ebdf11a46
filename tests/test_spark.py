"""Spark: `parse_batches` in a real session of two workers, with poisoned rows in the data."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import gkparse
from building import built, distinct
from gkparse.arrow import PARSED_COLUMNS, SPARK_SCHEMA, parse_batches, schema
from gkparse.panel import Provenance, row

pytestmark = [
    pytest.mark.skipif(
        shutil.which("java") is None and "JAVA_HOME" not in os.environ,
        reason="Spark runs on Java, which is not here",
    ),
    # Of the data frames of a pandas that is newer than Spark knows, nothing is used here.
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
]

PARTITIONS = 7  # more than there are workers
LICENCES = "proactive.licensing.decisions"


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A session on this machine alone, with two workers of Python at a time."""
    sql = pytest.importorskip("pyspark.sql", reason="pyspark is not here")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        environment.setenv("PYSPARK_PYTHON", sys.executable)
        folder = tmp_path_factory.mktemp("spark")
        settings = {
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            "spark.local.dir": str(folder),
            "spark.sql.execution.arrow.maxRecordsPerBatch": "2",
            "spark.sql.warehouse.dir": str(folder / "warehouse"),
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
        }
        builder = sql.SparkSession.builder.master("local[2]").appName("gkparse")
        for name, value in settings.items():
            builder = builder.config(name, value)
        session = builder.getOrCreate()
        session.sparkContext.setLogLevel("ERROR")
        yield session
        session.stop()


# ---------------------------------------------------------------- documents


def documents(folder: Path) -> list[tuple[str, bytes | None]]:
    """Reports as web pages, as texts and as a DOCX, with what cannot be read between them."""
    reports = [built(distinct(seed)) for seed in range(1, 9)]
    gkparse.write_docx(reports[0], folder / "report.docx")
    docx = (folder / "report.docx").read_bytes()
    pages = [
        (f"{at}.{rendering}", gkparse.render(report, rendering).encode())
        for at, report in enumerate(reports)
        for rendering in ("html", "tika", "markdown")
    ]
    poison = {
        "random": random.Random(1).randbytes(5_000),  # noqa: S311
        "null": None,
        "empty": b"",
        "cut.docx": docx[: len(docx) // 2],
        "invalid UTF-8": b"\xff\xc0" + pages[0][1][:900],
        "no report": "今日天气晴".encode() * 99,
        "zeros": bytes(3_000),
    }
    return [*pages[:9], *poison.items(), ("report.docx", docx), *pages[9:]]


def alone(name: str, content: bytes | None) -> tuple[Any, ...]:
    """What gkparse gives of a document without Spark: its content, or why there is none."""
    if content is None:
        return (name, None, None, "ReadError")
    sha256 = hashlib.sha256(content).hexdigest()
    try:
        made = row(gkparse.read(content), Provenance(name, sha256))
    except gkparse.GkparseError as error:
        return (name, sha256, None, type(error).__name__)
    return (name, sha256, made["content"], None)


def by_file(table: pa.Table) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = table.to_pylist()
    return sorted(rows, key=lambda each: (each["file"], each["position"] or 0))


# ---------------------------------------------------------------- what must hold


def test_the_words_of_spark_are_the_arrow_schema(spark: Any) -> None:
    from pyspark.sql.pandas.types import from_arrow_schema  # noqa: PLC0415 - an extra

    assert spark.createDataFrame([], SPARK_SCHEMA).schema == from_arrow_schema(schema(PARSED_COLUMNS))


def test_spark_gives_what_gkparse_gives_alone_and_loses_nothing(spark: Any, tmp_path: Path) -> None:
    given = documents(tmp_path)
    frame = spark.createDataFrame(given, "path string, content binary").repartition(PARTITIONS)
    assert frame.rdd.getNumPartitions() == PARTITIONS
    read = by_file(frame.mapInArrow(parse_batches, SPARK_SCHEMA).toArrow())
    told = [(each["file"], each["sha256"], each["content"], each["reason"]) for each in read]
    assert told == sorted(alone(*document) for document in given)
    assert sum(each["reason"] is None for each in read) == 25
    names, contents = zip(*given, strict=True)
    batch = pa.record_batch({"path": names, "content": pa.array(contents, pa.binary())})
    assert read == by_file(pa.Table.from_batches(parse_batches([batch])))


def test_two_processes_of_python_work_at_a_time(spark: Any) -> None:
    def worker(batches: Any) -> Iterator[pa.RecordBatch]:
        from pyspark import BarrierTaskContext  # noqa: PLC0415 - an extra

        BarrierTaskContext.get().barrier()  # waits for the other
        for batch in batches:
            yield pa.record_batch({"process": [os.getpid()] * batch.num_rows})

    frame = spark.range(0, 2, 1, 2).mapInArrow(worker, "process bigint", barrier=True)
    assert len({each.process for each in frame.collect()} - {os.getpid()}) == 2


def test_a_column_with_dots_is_quoted(spark: Any) -> None:
    frame = spark.createDataFrame([("第二十条第（五）项 行政许可 318",), (None,)], "text string")
    read = frame.mapInArrow(parse_batches, SPARK_SCHEMA)
    assert read.where("reason is null").select(f"`{LICENCES}`").first()[0] == 318
    read.createOrReplaceTempView("panel")
    (total,) = spark.sql(f"select sum(`{LICENCES}`) from panel").first()  # noqa: S608
    assert total == 318


def test_a_string_that_is_not_utf8_is_a_reason(spark: Any) -> None:
    frame = spark.sql("select cast(unhex('ffe8a1') as string) as text")
    (made,) = frame.mapInArrow(parse_batches, SPARK_SCHEMA).collect()
    assert (made.reason, made.sha256) == ("ReadError", hashlib.sha256(b"\xff\xe8\xa1").hexdigest())


def test_a_folder_is_read_with_the_names_of_its_files(spark: Any, tmp_path: Path) -> None:
    report = built(distinct())
    tmp_path.joinpath("青石 1.html").write_bytes(gkparse.render(report, "html").encode())
    frame = spark.read.format("binaryFile").load(str(tmp_path))
    (made,) = frame.mapInArrow(parse_batches, SPARK_SCHEMA).collect()
    assert made.file.startswith("file:/")
    assert made.file.endswith("/青石 1.html")
    assert made.content == row(report)["content"]
    assert made[LICENCES] == report.value(LICENCES)


def test_parquet_written_by_spark_has_every_column(spark: Any, tmp_path: Path) -> None:
    page = gkparse.render(built(distinct()), "html").encode()
    frame = spark.createDataFrame([(page,), (None,)], "content binary")
    frame.mapInArrow(parse_batches, SPARK_SCHEMA).write.parquet(str(tmp_path / "panel"))
    kept = spark.read.parquet(str(tmp_path / "panel"))
    assert kept.columns == [column.name for column in PARSED_COLUMNS]
    assert kept.where("reason is not null").count() == 1
