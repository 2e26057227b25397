"""Nothing reads people's records but through the gate."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import stewardship

SRC = Path(stewardship.__file__).parent
MODULES = {path.relative_to(SRC).as_posix(): path for path in SRC.rglob("*.py")}

# What only the gate may make: (module it stands in, name).
MADE_AT_THE_GATE = {("records.opened", "Records"), ("records.seen", "Seen"), ("records.gate", "Permit")}

# Every module that knows of Parquet files, and what it reads or writes in them.
KNOW_PARQUET = {
    "records/opened.py": "the canonical tables, for whom the gate lets through",
    "records/seen.py": "where a source's canonical tables stand, of which it says whose rows are seen",
    "records/opt_outs.py": "the list of opt-outs kept with a build",
    "records/opt_out_files.py": "a list of opt-outs as it is sent",
    "records/files.py": "a partner's feed, before it is anybody's canonical row",
    "records/staging.py": "a partner's feed, staged while it is read",
    "records/quarantine.py": "rows set aside, written while a feed is read",
    "records/omop/writing.py": "the canonical tables of a feed, written",
    "records/omop/counted.py": "the canonical tables of a feed, counted as soon as they are written",
    "records/omop/unused.py": "headings of tables and files that nothing is read from",
    "records/superseded.py": "numbers that a newer one took the place of, kept with a build",
    "records/extracts/parts.py": "a partner's file, read into parts of canonical tables",
    "records/extracts/counted.py": "what was made of a partner's file, counted as soon as it is written",
    "records/extracts/written.py": "how parts of canonical tables are packed",
    "records/extracts/pooled.py": "who a source's people are, of all its files together, written",
    "records/extracts/resent.py": "the own numbers of rows, to find those sent again",
    "records/extracts/spells.py": "hospital stays, written of their episodes",
    "records/extracts/found.py": "a source's people and homes, counted as soon as they are written",
    "records/extracts/read.py": "parts of canonical tables, counted and listed as soon as they are written",
    "records/cancer_waits/kept.py": "official statistics of organisations, in which nobody is, written and read",
    "records/places/places.py": "places and organisations, written",
    "records/places/spread.py": "homes by chance, written into a feed's own tables while it is read",
    "synthetic/delivering.py": "files of a system that does not exist, written",
    "synthetic/cancer/tracked.py": "pathways of a system that does not exist, read for its tracking list",
    "synthetic/panel.py": "tables by month of a system that does not exist, written",
    "build/feeds.py": "feeds just read, searched for two people under one number",
    "build/written.py": "feeds just read, put into a snapshot, their people and organisations counted and named",
    "build/former.py": "the names of columns of a former snapshot, compared with today's",
    "records/engine.py": "whatever files it is given to read",
    "records/spark.py": "whatever files it is given to read",
    "records/supplied.py": "ledgers and published figures, in which nobody is, written while they are read",
    "build/supplied.py": "ledgers and published figures, in which nobody is, put into a snapshot",
    "measures/attack/follows.py": "derived figures, as one who tries to recover counts reads them",
    "measures/attack/money.py": "published budgets, as one who tries to recover counts reads them",
    "measures/attack/months.py": "published events by month, as one who tries to recover counts reads them",
    "measures/budget_published.py": "the published budget",
    "measures/cancer/published.py": "published figures of cancer",
    "measures/derived/files.py": "what is worked out from published figures",
    "measures/months.py": "published events by month",
    "measures/frailty/calls_published.py": "published figures of the advice line",
    "measures/looked_up.py": "published figures, a place at a time",
    "measures/published.py": "published figures",
}


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def called(module: ast.Module) -> Iterator[str]:
    """The names of what a module calls, without what they are attributes of."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            match node.func:
                case ast.Name(id=name) | ast.Attribute(attr=name):
                    yield name


def imported(module: ast.Module) -> set[tuple[str, str]]:
    """(module of ours, name) of what a module imports, whatever it calls it."""
    return {
        (node.module.removeprefix("stewardship."), alias.name)
        for node in ast.walk(module)
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    }


def said(module: ast.Module) -> Iterator[str]:
    """Every name and every text of a module, but for its docstrings."""
    texts = {
        id(node.body[0].value)
        for node in ast.walk(module)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(module):
        match node:
            case ast.Constant(value=str(text)) if id(node) not in texts:
                yield text
            case ast.Name(id=name) | ast.Attribute(attr=name):
                yield name
            case ast.alias(name=name):
                yield name


@pytest.mark.parametrize("where, name", sorted(MADE_AT_THE_GATE))
def test_only_the_gate_makes_records_and_permits(where, name):
    makers = {
        path
        for path, file in MODULES.items()
        if name in called(module := tree(file))
        and ((where, name) in imported(module) or path == f"{where.replace('.', '/')}.py")
    }
    assert makers == {"records/gate.py"}


@pytest.mark.parametrize("module", ["records.opened", "records.seen", "records.gate"])
def test_what_the_gate_makes_is_known_by_its_own_name(module):
    """So that the test above finds whoever makes it: no module is imported whole, and no name changed."""
    package, _, name = module.rpartition(".")
    for path, file in MODULES.items():
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.Import):
                assert f"stewardship.{module}" not in [alias.name for alias in node.names], path
            if isinstance(node, ast.ImportFrom) and node.module == f"stewardship.{package}":
                assert name not in [alias.name for alias in node.names], path
            if isinstance(node, ast.ImportFrom) and node.module == f"stewardship.{module}":
                assert not [alias for alias in node.names if alias.asname], path


def test_whoever_reads_or_writes_parquet_is_known_by_name():
    found = {
        path for path, file in MODULES.items() if any("parquet" in text.lower() for text in said(tree(file)))
    }
    assert found - KNOW_PARQUET.keys() == set(), "say here what it reads, or open it at the gate"
    assert KNOW_PARQUET.keys() - found == set(), "no longer true"


def test_no_room_above_the_build_knows_parquet():
    """Whatever makes figures, answers questions or shows pages has records from the gate, or published figures."""
    rooms = {path.partition("/")[0] for path in KNOW_PARQUET}
    assert rooms == {"records", "synthetic", "build", "measures"}
    assert sorted(path for path in KNOW_PARQUET if path.startswith("measures/")) == [
        "measures/attack/follows.py", "measures/attack/money.py", "measures/attack/months.py",
        "measures/budget_published.py", "measures/cancer/published.py", "measures/derived/files.py",
        "measures/frailty/calls_published.py", "measures/looked_up.py", "measures/months.py", "measures/published.py",
    ]  # fmt: skip
