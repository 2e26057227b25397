"""Spark, for records that one machine cannot add up. The only module that knows it.

It is given the same Ibis expressions as DuckDB. Where the two understand an expression differently, `_Compiler` says
in Spark's words what it means on DuckDB, so that no expression has to know where it runs. Built-in functions alone:
no Python is run by a worker.
"""

import re
import shutil
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.operations as ops
import pyarrow as pa
import sqlglot as sg
from ibis.backends.pyspark import Backend
from ibis.backends.pyspark.datatypes import PySparkSchema
from ibis.backends.sql.compilers.base import NULL, STAR
from ibis.backends.sql.compilers.pyspark import PySparkCompiler
from ibis.formats.pyarrow import PyArrowData
from py4j.protocol import Py4JError
from pyspark import SparkConf, SparkContext
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.types import StructType

from stewardship.records.engines import EngineError, NoMemoryError, NoRoomError, NotThereError
from stewardship.records.spark_traffic import addresses, protection, stays_here

ANSWERS_WITHIN = 10  # seconds
WORKERS_WITHIN = 60  # seconds in which a worker has to take on the work


class _Compiler(PySparkCompiler):  # type: ignore[misc]
    """Ibis expressions in Spark's SQL, with the meaning that they have on DuckDB."""

    def visit_CountStar(self, op: Any, *, arg: Any, where: Any) -> Any:  # noqa: N802  # Ibis calls it so
        """No rows at all are 0 rows, and not nothing."""
        return self.f.count(STAR) if where is None else self.f.count_if(where)

    def visit_IsNull(self, op: Any, *, arg: Any) -> Any:  # noqa: N802
        """What is not a number is not nothing."""
        return arg.is_(NULL)

    def visit_NotNull(self, op: Any, *, arg: Any) -> Any:  # noqa: N802
        """What is not a number is something."""
        return arg.is_(sg.not_(NULL))

    def visit_DateTruncate(self, op: Any, *, arg: Any, unit: Any) -> Any:  # noqa: N802
        """The first day of a month is a day, and not a moment of it."""
        return self.f.anon.trunc(arg, unit.singular)

    def visit_Cast(self, op: Any, *, arg: Any, to: Any) -> Any:  # noqa: N802
        """The whole number nearest to another, and of two as near the even one, not the next towards 0."""
        if op.arg.dtype.is_floating() and to.is_integer():
            arg = self.f.anon.rint(arg)
        return super().visit_Cast(op, arg=arg, to=to)


class _Backend(Backend):  # type: ignore[misc]
    """Rows come and go as Arrow: pandas would make of a large whole number beside a null a number that is near it."""

    compiler = _Compiler()

    def to_pyarrow(
        self, expr: Any, /, *, params: Any = None, limit: Any = None, **given: Any
    ) -> pa.Table | pa.ChunkedArray | pa.Scalar:
        table = expr.as_table()
        self._run_pre_execute_hooks(table)
        rows = self._session.sql(self.compile(table, params=params, limit=limit)).toArrow()
        return expr.__pyarrow_result__(PyArrowData.convert_table(rows, table.schema()))

    def rows_of(self, expression: Any) -> DataFrame:
        """The rows of an expression, not worked out yet."""
        self._run_pre_execute_hooks(expression)
        rows: DataFrame = self._session.sql(self.compile(expression))
        return rows

    def _register_in_memory_table(self, op: ops.InMemoryTable) -> None:
        self._session.createDataFrame(op.data.to_pyarrow(op.schema)).createOrReplaceTempView(op.name)


_Backend.register_options()


class SparkEngine:
    """An application of a Spark cluster, or of Spark inside this process.

    master: `spark://HOST:PORT`, or `local[N]` for N threads here. memory: of each worker, such as 4GB. secret: that of
    the cluster, which a master on another machine needs. The workers have to find the files, and the scratch folder to
    write to, under the same paths as this machine. NotThereError if the master does not answer or gives no worker, or
    if records would travel in clear. An engine that is opened while another is open shares its application, and nothing
    else.
    """

    def __init__(self, *, master: str, scratch: Path, memory: str = "4GB", secret: str = "") -> None:
        scratch.mkdir(parents=True, exist_ok=True)
        running = SparkSession.getActiveSession()
        with self.failures():
            first = running or _started(master, scratch, memory, secret)
            self._session = first.newSession()
            self._session.conf.set("spark.sql.caseSensitive", "true")
            self._session.conf.set("spark.sql.ansi.enabled", "true")  # a sum that is too large is no sum
            self.ibis: Any = _Backend().connect(self._session)
        self._owned = first if running is None else None
        self._scratch, self._kept = scratch, dict[str, Path]()

    @property
    def session(self) -> SparkSession:
        """The Spark session that expressions run in."""
        return self._session

    def parquet(self, paths: Sequence[Path], schema: pa.Schema) -> Any:
        """The rows of Parquet files, one or more, as one Ibis table with the columns of the schema in its order."""
        return self._read(paths, PySparkSchema.from_ibis(ibis.schema(schema)), ibis.util.gen_name("parquet"))

    def keep(self, name: str, expression: Any) -> Any:
        """Work an Ibis expression out once and keep its rows, in the scratch folder, under that name.

        They are files because Spark would otherwise think through all that led to them at every mention of them.
        """
        columns = PySparkSchema.from_ibis(expression.schema())
        rows = self.ibis.rows_of(expression).to(columns)  # where Spark has 4 bytes for what is said to have 8
        folder = self._scratch / ibis.util.gen_name(name)
        rows.write.parquet(f"file:{folder}")
        if name in self._kept:
            shutil.rmtree(self._kept[name])
        self._kept[name] = folder
        return self._read([folder], columns, name)

    def repeated(self, numbers: Any) -> Any:
        """The whole numbers that stand more than once in an Ibis expression of one column, as an Ibis table of that
        column, each once."""
        (name,) = numbers.columns
        there = numbers.filter(numbers[name].notnull())
        counted = there.group_by(name).aggregate(times=there.count())
        return self.keep("repeated", counted.filter(counted.times > 1).select(name))

    def _read(self, paths: Sequence[Path], columns: StructType, name: str) -> Any:
        self._session.read.schema(columns).parquet(*map(_location, paths)).createOrReplaceTempView(name)
        return self.ibis.table(name)

    @contextmanager
    def failures(self) -> Iterator[None]:
        """Whatever the engine cannot do meanwhile, in an Ibis expression too, is raised as an EngineError."""
        try:
            yield
        except (PySparkException, Py4JError) as error:
            raise _failed(error) from error

    def close(self) -> None:
        """Let go of what is kept, and of the application if it is this engine's own."""
        for folder in self._kept.values():
            shutil.rmtree(folder)
        self._kept.clear()
        if self._owned is not None:
            self._owned.stop()


def refuse_silence(master: str) -> None:
    """NotThereError if nothing answers at the address of a master."""
    there = addresses(master)
    if not there or any(_answers(host, port) for host, port in there):
        return
    raise NotThereError(
        f"the Spark master {master} did not answer within {ANSWERS_WITHIN} seconds: see that it is running and that "
        "this machine may reach it, or correct `master` under [engine]"
    )


def _answers(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), timeout=ANSWERS_WITHIN).close()
    except (OSError, UnicodeError, OverflowError):  # the latter two: no machine can have that name or port
        return False
    return True


def _started(master: str, scratch: Path, memory: str, secret: str) -> SparkSession:
    protected = protection(master, secret)
    refuse_silence(master)
    here = master.startswith("local")
    given = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "OFF",  # what goes wrong is raised, and said in a sentence
        "spark.driver.memory" if here else "spark.executor.memory": f"{_mebibytes(memory)}m",
    }
    if here:
        given["spark.local.dir"] = str(scratch)
    if stays_here(master):  # no port is opened to other machines
        given |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    _start_java(given | {"spark.master": master})
    builder = SparkSession.builder.master(master).appName("stewardship")
    for key, value in (given | protected).items():
        builder = builder.config(key, value)
    try:
        session = builder.getOrCreate()
    except Py4JError as error:
        if here or "IllegalStateException" not in str(error):
            raise
        raise NotThereError(
            f"the Spark master {master} answered, but did not let this machine in: see that the secret of the cluster "
            "is the one in stewardship.env, and that the cluster authenticates and encrypts if there is one"
        ) from error
    if not here:
        _refuse_no_workers(session, master)
    return session


def _start_java(given: dict[str, str]) -> None:
    """Start what Spark runs in without its secret, which would stand in the list of processes for everybody to read."""
    SparkContext._ensure_initialized(conf=SparkConf(loadDefaults=False).setAll(list(given.items())))


def _refuse_no_workers(session: SparkSession, master: str) -> None:
    """A master without workers takes work on, and never does it."""
    last = time.monotonic() + WORKERS_WITHIN
    while _executors(session) == 0:
        if time.monotonic() > last:
            session.stop()
            raise NotThereError(
                f"the Spark master {master} answered, but no worker took the work on within {WORKERS_WITHIN} seconds: "
                "see that workers are running and have the memory that is asked for under [engine]"
            )
        time.sleep(0.1)


def _executors(session: SparkSession) -> int:
    """How many executors are there for the application, beside the process that asks."""
    return len(session.sparkContext._jsc.sc().statusTracker().getExecutorInfos()) - 1


def _failed(error: Exception) -> EngineError:
    """What went wrong by its name alone: Spark's own words quote what stands in rows."""
    said = str(error)
    if "No space left on device" in said or "Disk quota exceeded" in said:
        return NoRoomError("Spark has no room to write")
    if "OutOfMemoryError" in said:
        return NoMemoryError("Spark ran out of memory")
    condition = error.getCondition() if isinstance(error, PySparkException) else None
    causes = re.findall(r"\b(?:[a-z]\w*\.)+([A-Z]\w*(?:Exception|Error))\b", said)
    return EngineError(f"Spark stopped with {condition or (causes or [type(error).__name__])[-1]}")


def _location(path: Path) -> str:
    """A path as Spark is to read it: it takes some characters for patterns."""
    return "file:" + re.sub(r"[*?\[\]{}\\]", r"\\\g<0>", str(path))


def _mebibytes(memory: str) -> int:
    number, prefix = re.match(r"([\d.]+) ?([KMGT])", memory).groups()  # type: ignore[union-attr]
    return max(1, int(float(number) * 1024.0 ** ("KMGT".index(prefix) - 1)))
