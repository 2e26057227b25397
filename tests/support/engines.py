"""The engines that records are worked out with, for tests that hold on every one of them."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from stewardship.records.engine import Engine
from stewardship.records.engines import ExpressionEngine

ENGINES = ("duckdb", "spark")
MASTER = os.environ.get("STEWARDSHIP_TEST_SPARK", "local[2]")

# Small tables are worth neither many tasks nor machine code that is made better while it runs.
SPARK_DEFAULTS = """\
spark.sql.shuffle.partitions 2
spark.default.parallelism 2
spark.driver.extraJavaOptions -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
spark.executor.extraJavaOptions -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
"""


def lacking() -> str:
    """What this machine lacks to run Spark, in words; empty if it can."""
    if find_spec("pyspark") is None:
        return "PySpark is not installed"
    return "" if os.environ.get("JAVA_HOME") or shutil.which("java") else "there is no Java on this machine"


def opened(name: str, folder: Path) -> ExpressionEngine:
    """An engine that works in a folder."""
    if name == "duckdb":
        return Engine(scratch=folder / "scratch", memory="1GB", threads=2)
    from stewardship.records.spark import SparkEngine

    return SparkEngine(master=MASTER, scratch=folder / "scratch", memory="1GB")


@contextmanager
def spark_application() -> Iterator[ExpressionEngine]:
    """A Spark application that every Spark engine of this process shares meanwhile: to start one takes seconds."""
    with tempfile.TemporaryDirectory(prefix="stewardship-spark-") as folder:
        (Path(folder) / "spark-defaults.conf").write_text(SPARK_DEFAULTS, encoding="utf-8")
        os.environ |= {"SPARK_CONF_DIR": folder, "SPARK_LOCAL_IP": "127.0.0.1"}
        engine = opened("spark", Path(folder))
        try:
            yield engine
        finally:
            engine.close()


def workers_used(engine: ExpressionEngine) -> int:
    """How many executors of a cluster have finished tasks of the application."""
    from stewardship.records.spark import SparkEngine

    assert isinstance(engine, SparkEngine)
    found = engine.session.sparkContext._jsc.sc().statusStore().executorList(False)
    told = [found.apply(number) for number in range(found.size())]
    return sum(each.id() != "driver" and each.completedTasks() > 0 for each in told)
