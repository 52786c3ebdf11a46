"""One process, two processes, and Spark on two cores: how fast each reads the same reports, and with how much memory.

    python benchmarks/pipelines.py [REPORTS]

Writes so many invented reports (5000, if not said; see benchmarks/dataset.py) and has them read in turn,
each by a process of its own: `gkparse dataset` with one job and with two, and
`df.mapInArrow(gkparse.arrow.parse_batches, …)` in a session `local[2]`, which writes Parquet too. Memory is
the most that was resident of each process, all added up. Starting is measured apart: Java and a session take
seconds, however few the reports. Needs `gkparse[html,arrow]`, pyspark, Java 17, and Linux (`/proc`).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from dataset import write_reports

from gkparse.dataset import build


def by_dataset(folder: str, output: str, jobs: int) -> tuple[int, float, float]:
    """How many reports were read, the seconds of starting (told with the others), and those of all."""
    summary = build(folder, f"{output}.parquet", jobs=jobs)
    return summary.reports, 0.0, summary.seconds


def by_spark(folder: str, output: str, cores: int) -> tuple[int, float, float]:
    """The same with Spark; a row of the table of files is a document."""
    from pyspark.sql import SparkSession  # noqa: PLC0415 - one way of three

    from gkparse.arrow import SPARK_SCHEMA, parse_batches  # noqa: PLC0415

    os.environ["PYSPARK_PYTHON"] = sys.executable
    begun = time.monotonic()
    builder = SparkSession.builder.master(f"local[{cores}]").config("spark.ui.enabled", "false")
    for name in ("spark.driver.host", "spark.driver.bindAddress"):
        builder = builder.config(name, "127.0.0.1")
    spark = builder.config("spark.ui.showConsoleProgress", "false").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    spark.range(1).count()
    started = time.monotonic()
    files = spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(folder)
    documents = files.select("path", "content").repartition(4 * cores)
    documents.mapInArrow(parse_batches, SPARK_SCHEMA).write.mode("overwrite").parquet(output)
    ended = time.monotonic()
    read = spark.read.parquet(output).where("reason is null").count()
    spark.stop()
    return read, started - begun, ended - started


WAYS = {"one process": (by_dataset, 1), "two processes": (by_dataset, 2), "Spark, two cores": (by_spark, 2)}


def measure(way: str, folder: str, output: str) -> None:
    """Read the reports one way, and print what it took."""
    function, many = WAYS[way]
    print(json.dumps(function(folder, output, many)))


def memory_below(process: int) -> dict[int, int]:
    """The most that was resident of a process, and of each below it that still runs, in kB."""
    parents: dict[int, int] = {}
    most: dict[int, int] = {}
    for status in Path("/proc").glob("[0-9]*/status"):
        with suppress(OSError):
            told = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
            parents[int(told["Pid"])] = int(told["PPid"])
            most[int(told["Pid"])] = int(told.get("VmHWM", "0 kB").split()[0])
    below = {process}
    while more := {one for one, parent in parents.items() if parent in below} - below:
        below |= more
    return {one: most[one] for one in below if one in most}


PAUSE = 0.25


def main(reports: str = "5000") -> None:
    """Print a line for each way."""
    count = int(reports)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "reports")
        folder.mkdir()
        write_reports(folder, count)
        for way in WAYS:
            call = [sys.executable, __file__, "--measure", way, str(folder), f"{name}/panel"]
            memory: dict[int, int] = {}
            with subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as run:  # noqa: S603
                while run.poll() is None:
                    memory |= memory_below(run.pid)
                    time.sleep(PAUSE)
                assert run.stdout
                read, starting, seconds = json.loads(run.stdout.read().splitlines()[-1])
            assert read == count, (way, read)
            print(
                f"{way:16}  {count / seconds:6.1f} reports/s ({seconds:.1f} s, and {starting:.1f} s to start), "
                f"{sum(memory.values()) / 1024:.0f} MB in {len(memory)} processes",
                flush=True,
            )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        measure(*sys.argv[2:])
    else:
        main(*sys.argv[1:])
