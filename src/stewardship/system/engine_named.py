"""The engine that the settings name, and what this machine lacks to run it."""

import os
import re
import shutil
from importlib.util import find_spec

from stewardship.system.section import Section
from stewardship.system.settings import EngineName

_HERE = re.compile(r"local\[([1-9][0-9]{0,3}|\*)\]")
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"  # of a name: RFC 1123, section 2.1
_LONGEST_HOST, _LAST_PORT = 253, 65_535
_HOST = re.compile(rf"({_LABEL}(?:\.{_LABEL})*):([1-9][0-9]{{0,4}})")


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
    if master and not _is_address(master):
        section.wrong(
            "master",
            "master is not an address of Spark: write spark://HOST:PORT, or local[2] for two threads of this machine.",
        )
    return master


def _is_address(master: str) -> bool:
    """Whether it is threads of this machine, or one or more hosts and ports that can be."""
    if not master.startswith("spark://"):
        return bool(_HERE.fullmatch(master))
    hosts = [_HOST.fullmatch(each) for each in master.removeprefix("spark://").split(",")]
    return all(each and len(each[1]) <= _LONGEST_HOST and int(each[2]) <= _LAST_PORT for each in hosts)
