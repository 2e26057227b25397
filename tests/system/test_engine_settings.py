"""Which engine works the records out: what can be said of it, and what is said where it cannot be had."""

import socket
from datetime import UTC, datetime

import pytest

from stewardship.build import build
from stewardship.records.snapshot import SnapshotError
from stewardship.system import engine_named
from stewardship.system.mistakes import SettingsError
from stewardship.system.reading import read_system
from support import two_feeds
from support.engines import lacking
from support.system_folder import SETTINGS, system_folder
from support.systems import IDENTITIES, source_of, system_of

SPARK = 'engine = "spark"\nmaster = "spark://spark.example.org:7077"\n'


def read(folder, said, **given):
    system_folder(folder, SETTINGS.replace("[engine]\n", f"[engine]\n{said}"))
    return read_system(folder, **given)


def test_without_a_word_it_is_duckdb(tmp_path):
    system = read(tmp_path, "")
    assert (system.engine, system.master) == ("duckdb", "")


@pytest.mark.parametrize("master", ["spark://10.0.0.5:7077", "spark://a:7077,b:7077", "local[2]", "local[*]"])
def test_spark_is_named_with_its_master(tmp_path, master):
    system = read(tmp_path, f'engine = "spark"\nmaster = "{master}"\n', files_there=False)
    assert (system.engine, system.master) == ("spark", master)


@pytest.mark.parametrize("said, sentence", [
    ('engine = "sprak"\n', 'engine is "sprak", which is not known. Did you mean "spark"?'),
    ('engine = "spark"\n', "master is missing in [engine]. Add it."),
    ('engine = "spark"\nmaster = "yarn"\n',
     "master is not an address of Spark: write spark://HOST:PORT, or local[2] for two threads of this machine."),
    ('master = "local[2]"\n',
     'master is an address of Spark, which is not the engine. Write engine = "spark" too.'),
])  # fmt: skip
def test_a_mistake_is_told_in_a_sentence(tmp_path, said, sentence):
    with pytest.raises(SettingsError) as error:
        read(tmp_path, said, files_there=False)
    assert [mistake.sentence for mistake in error.value.mistakes] == [sentence]


@pytest.mark.parametrize("master", [
    "spark://a..b:7077", f"spark://{'a' * 64}:7077", f"spark://{'a.' * 130}b:7077", "spark://u@h:7077",
    "spark://h:99999", "spark://h:0", "spark://h:07077", "spark://h", "spark://:7077", "spark://h:7077,",
    "spark://h:7077/x", "spark://-h:7077", "spark://h_:7077", "spark://münchen:7077", "spark://h\\n:7077",
    "spark://h:٧٠٧٧", "local[0]", "local[]", "local[٢]", "local[-1]", "local", "yarn", "k8s://h:443",
])  # fmt: skip
def test_what_is_no_address_of_spark_is_no_master(tmp_path, master):
    with pytest.raises(SettingsError, match="master is not an address of Spark"):
        read(tmp_path, f'engine = "spark"\nmaster = "{master}"\n', files_there=False)


def test_without_java_it_is_said_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(engine_named, "find_spec", lambda name: object())
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(
        SettingsError, match=r"there is no Java on this machine\. Install version 17 or later"
    ):
        read(tmp_path, SPARK)


def test_without_the_extra_it_is_said_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(engine_named, "find_spec", lambda name: None)
    with pytest.raises(
        SettingsError, match=r'PySpark is not installed\. Install it with `pip install "stewardship'
    ):
        read(tmp_path, SPARK)


@pytest.mark.skipif(bool(lacking()), reason=lacking())
def test_a_master_that_does_not_answer_stops_a_build_before_anything_is_read(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        nobody = f"spark://127.0.0.1:{taken.getsockname()[1]}"
    source = source_of(two_feeds.linked(tmp_path / "feed"))
    system = system_of(tmp_path / "workspace", source, engine="spark", master=nobody)
    said = []
    with pytest.raises(SnapshotError) as error:
        build(
            system,
            now=datetime(2026, 7, 1, tzinfo=UTC),
            identities=IDENTITIES,
            progress=lambda what, done: said.append(what),
        )
    assert str(error.value) == (
        f"The build stopped: the Spark master {nobody} did not answer within 10 seconds: see that it is running and "
        "that this machine may reach it, or correct `master` under [engine]. Nothing was published, and the snapshot "
        "before is served as it was."
    )
    assert not said
