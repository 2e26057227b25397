"""The engine that the settings name, and what this machine lacks to run it."""

import os
import re
import shutil
from importlib.util import find_spec

from stewardship.system.section import Section
from stewardship.system.settings import EngineName

_MASTER = re.compile(r"local\[(\d+|\*)\]|spark://[^\s,/:]+:\d+(,[^\s,/:]+:\d+)*")


def engine_named(section: Section) -> tuple[EngineName, str]:
    """The engine, and the address of its master: empty for DuckDB, which has none."""
    name = section.choice("engine", ("duckdb", "spark"), "duckdb")
    if name != "spark":
        if section.text("master", ""):
            section.wrong(
                "master",
                'master is an address of Spark, which is not the engine. Write engine = "spark" too.',
            )
        return "duckdb", ""
    if section.notes.there and (lacking := lacking_for_spark()):
        section.wrong("engine", f'engine is "spark", but {lacking}')
    return "spark", _master(section)


def lacking_for_spark() -> str:
    """What this machine lacks to speak to Spark, and what to do about it, as a clause; empty if nothing."""
    if find_spec("pyspark") is None:
        return 'PySpark is not installed. Install it with `pip install "stewardship[spark]"`.'
    if not os.environ.get("JAVA_HOME") and not shutil.which("java"):
        return (
            "there is no Java on this machine. Install version 17 or later (on Debian, the package "
            "default-jre-headless), or say in JAVA_HOME where it is."
        )
    return ""


def _master(section: Section) -> str:
    master = section.text("master")
    if master and not _MASTER.fullmatch(master):
        section.wrong(
            "master",
            "master is not an address of Spark: write spark://HOST:PORT, or local[2] for two threads of this machine.",
        )
    return master
