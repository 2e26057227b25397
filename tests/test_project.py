"""The promises that the project makes about itself."""

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
PROJECT = tomllib.loads(PYPROJECT)["project"]
CONSTRAINTS = (ROOT / "constraints.txt").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")

RUNTIME = [Requirement(line) for line in PROJECT["dependencies"]]
TESTS = [Requirement(line) for line in PROJECT["optional-dependencies"]["test"]]
OURS = ("src", "tests", "docs", "bench", "frontend", ".ci")
TEXT = {".py", ".md", ".toml", ".txt", ".json", ".css", ".js", ".jinja", ".html", ".csv", ""}
NOT_SAID = re.compile(
    r"https?://[^/\s]*(pypi|npmjs|pythonhosted|debian)|(?<![\w.}])/(work|root|tmp|home|Users)/\w"
)


def written_by_people() -> Iterator[Path]:
    """The project's text files, without what tools fetched or made."""
    nested = (path for folder in OURS for path in (ROOT / folder).rglob("*"))
    for path in (*ROOT.glob("*"), *nested):
        made = {"vendor", "__pycache__", "node_modules"} & set(path.parts)
        if not made and path.is_file() and path.suffix in TEXT and path.name[:9] != ".coverage":
            yield path


def applies(marker: Marker, extras: frozenset[str]) -> bool:
    """Whether a requirement with this marker is wanted here, for any of the extras asked for."""
    return any(marker.evaluate({"extra": extra}) for extra in extras)


def needed_by(requirements: list[Requirement]) -> set[str]:
    """Names of the distributions that these requirements bring in here, each followed to its own."""
    found: set[tuple[str, frozenset[str]]] = set()
    waiting = list(requirements)
    while waiting:
        wanted = waiting.pop()
        name, extras = canonicalize_name(wanted.name), frozenset(wanted.extras | {""})
        if (name, extras) in found:
            continue
        found.add((name, extras))
        further = map(Requirement, distribution(name).requires or [])
        waiting += [line for line in further if not line.marker or applies(line.marker, extras)]
    return {name for name, _ in found}


def pinned() -> dict[str, str]:
    """The version of each distribution in the constraints file."""
    lines = [line for line in CONSTRAINTS.splitlines() if line and not line.startswith("#")]
    pairs = [line.split("==") for line in lines]
    return {canonicalize_name(name): version for name, version in pairs}


def licence(name: str) -> str:
    """What a distribution says its licence is, in one line."""
    metadata = distribution(name).metadata
    classifiers = [line for line in metadata.get_all("Classifier", []) if line.startswith("License ::")]
    stated = (metadata.get("License") or "").strip().splitlines()
    return metadata.get("License-Expression") or " ".join(classifiers) or (stated[0] if stated else "")


@pytest.mark.parametrize("requirement", RUNTIME + TESTS, ids=lambda requirement: requirement.name)
def test_every_dependency_has_a_range_and_a_line_of_reason(requirement):
    line = next(line for line in PYPROJECT.splitlines() if line.strip().startswith(f'"{requirement.name}'))
    assert requirement.specifier
    assert re.search(r"#\s*\w+", line)


@pytest.mark.parametrize("requirement", RUNTIME + TESTS, ids=lambda requirement: requirement.name)
def test_every_dependency_is_pinned_within_its_range(requirement):
    assert requirement.specifier.contains(pinned()[canonicalize_name(requirement.name)])


def test_what_the_dependencies_need_is_pinned_too():
    assert needed_by(RUNTIME + TESTS) - pinned().keys() == set()


def test_the_constraints_hold_versions_only():
    assert not re.search(r"://|@|^-|/", "\n".join(CONSTRAINTS.splitlines()[3:]), re.MULTILINE)


@pytest.mark.parametrize("name", sorted(needed_by(RUNTIME)))
def test_nothing_that_runs_is_under_a_licence_that_binds_its_users(name):
    assert licence(name)
    assert not re.search(r"(?<!L)\bA?GPL|Affero|GNU General Public", licence(name))


@pytest.mark.parametrize("module", ["stewardship.measures.statistics", "stewardship.rules"])
def test_statistics_and_rules_load_neither_django_nor_an_engine(module):
    loads = f"import sys, {module}; print(*{{'django', 'duckdb', 'ibis', 'pyarrow'}} & sys.modules.keys())"
    loaded = subprocess.run([sys.executable, "-c", loads], capture_output=True, text=True, check=True)
    assert loaded.stdout.split() == []


def test_ci_runs_the_test_command_of_the_readme_as_written():
    command = next(line for line in README.splitlines() if line.endswith("-m pytest") and "venv" in line)
    assert command in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


def test_both_commands_of_the_readme_install_the_pinned_versions():
    installs = [line for line in README.splitlines() if "pip install" in line]
    assert len(installs) >= 2
    assert all("-c constraints.txt" in line for line in installs)


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(((?!https?:)[^)#]+)", README))))
def test_every_link_of_the_readme_leads_somewhere(link):
    assert (ROOT / link).exists()


def test_the_project_speaks_of_itself_only():
    """No address of a package registry, no path of somebody's machine."""
    said = {
        path.relative_to(ROOT).as_posix(): found[0]
        for path in written_by_people()
        if (found := NOT_SAID.search(path.read_text(encoding="utf-8")))
    }
    assert said == {}


def test_a_module_is_short_enough_to_be_one_idea():
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in (ROOT / "src").rglob("*.py")
        if path.parent.name != "migrations"  # written by Django
    }
    assert {path: length for path, length in lengths.items() if length > 400} == {}
