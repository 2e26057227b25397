"""A build sends nothing to a cluster in clear, and a cluster with a secret is worked with by that secret alone."""

import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from stewardship.build import build
from stewardship.records.snapshot import SnapshotError
from stewardship.system.environment import OF_SPARK, load_environment, spark_secret
from support import two_feeds
from support.engines import lacking
from support.spark import cluster
from support.systems import IDENTITIES, source_of, system_of

SECRET = "a-secret-of-the-tests-of-forty-letters--"  # nobody's
NOW = datetime(2026, 7, 1, tzinfo=UTC)

# Adds numbers up on a cluster, then looks for the secret where every account of this machine may read.
ADD_UP = """
import os, sys
from pathlib import Path
import pyarrow as pa, pyarrow.parquet as pq
from stewardship.records.spark import SparkEngine
from stewardship.system.environment import spark_secret

folder, secret = Path(sys.argv[2]), spark_secret()
numbers = pa.table({"n": pa.array(range(1000), pa.int64())})
pq.write_table(numbers, folder / "numbers.parquet")
engine = SparkEngine(master=sys.argv[1], scratch=folder / "scratch", memory="512MB", secret=secret)
table = engine.parquet([folder / "numbers.parquet"], numbers.schema)
print("sum", engine.ibis.to_pyarrow(table.n.sum()))
context = engine.session.sparkContext
print("on", [context.getConf().get(f"spark.{each}") for each in ("authenticate", "network.crypto.enabled")])
processes = [path for path in Path("/proc").glob("[0-9]*/cmdline")]
seen = []
for path in processes:
    try:
        seen.append(path.read_bytes())
    except OSError:
        continue
print("processes", any(b"stewardship" in each for each in seen), any(secret.encode() in each for each in seen))
engine.close()
"""


def test_a_build_stops_before_anything_is_read_where_records_would_travel_in_clear(tmp_path, monkeypatch):
    monkeypatch.delenv(OF_SPARK, raising=False)
    source = source_of(two_feeds.linked(tmp_path / "feed"))
    system = system_of(tmp_path / "workspace", source, engine="spark", master="spark://192.0.2.1:7077")
    said = []
    with pytest.raises(
        SnapshotError,
        match=r"^The build stopped: the Spark master spark://192\.0\.2\.1:7077 is on another machine",
    ):
        build(system, now=NOW, identities=IDENTITIES, progress=lambda what, done: said.append(what))
    assert not said


def test_the_secret_stands_in_the_file_of_keys(tmp_path):
    (tmp_path / "stewardship.env").write_text(f"{OF_SPARK}= {SECRET}\n")
    environment: dict[str, str] = {}
    load_environment(tmp_path, environment)
    assert spark_secret(environment) == SECRET
    assert spark_secret({}) == ""


@pytest.mark.skipif(bool(lacking()), reason=lacking())
def test_a_cluster_with_a_secret_is_worked_with_and_its_secret_stands_in_no_list_of_processes(tmp_path):
    with cluster(SECRET) as address:
        done = subprocess.run(
            [sys.executable, "-c", ADD_UP, address, str(tmp_path)],
            env=os.environ | {OF_SPARK: SECRET, "SPARK_LOCAL_IP": "127.0.0.1"},
            capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
    assert done.stdout.splitlines() == ["sum 499500", "on ['true', 'true']", "processes True False"], (
        done.stderr
    )
    assert SECRET not in done.stdout + done.stderr
