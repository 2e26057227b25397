"""The engines of a system: one that reads partners' files, and the one that its settings name for all that follows."""

import warnings
from pathlib import Path

from stewardship.records.engine import Engine
from stewardship.records.engines import ExpressionEngine
from stewardship.records.spark_traffic import protection
from stewardship.system.environment import spark_secret
from stewardship.system.settings import System


def reading_engine(system: System, scratch: Path) -> Engine:
    """The engine that reads partners' files, file by file, whatever works the records out."""
    return Engine(scratch=scratch, memory=system.memory, threads=system.threads)


def expression_engine(system: System, scratch: Path) -> ExpressionEngine:
    """The engine that works the records out from canonical tables onward. NotThereError if it cannot be had."""
    if system.engine == "duckdb":
        return reading_engine(system, scratch)
    # Rows come and go as Arrow: Spark's own doubts about the version of pandas have no bearing here.
    warnings.filterwarnings(
        "ignore", message="PySpark does not yet fully support pandas", category=FutureWarning
    )
    from stewardship.records.spark import SparkEngine  # an extra, and a second to load

    return SparkEngine(
        master=system.master, scratch=scratch, memory=system.memory or "4GB", secret=spark_secret()
    )


def refuse_silent_engine(system: System) -> None:
    """NotThereError if the engine that the settings name does not answer, or records would travel to it in clear: known
    before anything has been read."""
    if system.engine == "spark":
        protection(system.master, spark_secret())
        from stewardship.records.spark import refuse_silence

        refuse_silence(system.master)
