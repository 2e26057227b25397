"""A public OMOP set that nobody here made: every measure of every care area is a figure, or says in words why not."""

import json
import os
import re
from pathlib import Path

import pytest

from stewardship.care_areas.registry import care_areas
from stewardship.measures.published import EVERYONE, Published
from stewardship.records.model import TABLES
from stewardship.records.snapshot import latest_snapshot
from support.command import stewardship

SHARED = Path(__file__).resolve().parents[1].parent / "shared" / "data"
SET, GEOGRAPHY = "omop_synthea_1130", "mse_geography"
LARGEST_AREAS = 12
PROGRAMMERS = re.compile(
    r"[a-z]+_[a-z]+|None|null|NaN|Error|Traceback|concept|[{}\[\]<>=]|\bcolumn\b|\btable\b"
)


def shared(name: str) -> Path:
    folder = SHARED / name
    if not folder.is_dir():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"{folder} is not here")
    return folder


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    system = tmp_path_factory.mktemp("third-party")
    done = stewardship(
        "demo", "--omop", shared(SET), "--places", shared(GEOGRAPHY), "--spread-over-places", "--only-build",
        "-f", system,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return latest_snapshot(system / "workspace") / "results"


@pytest.fixture(scope="module")
def latest(results):
    """The system's figure of every measure in the latest year, by care area and key, with its card."""
    published = Published(results)
    end = published.snapshot.periods[-1][1]
    found = {}
    for area in published.snapshot.areas:
        figures = published.figures(area.key, place=published.system.code, by=EVERYONE)
        of_year = {figure.measure: figure for figure in figures if figure.period_end == end}
        found |= {(area.key, card.key): (card, of_year.get(card.key)) for card in area.measures}
    return found


def test_all_twelve_areas_are_built(latest):
    declared = {(area.key, measure.key) for area in care_areas() for _, measure in area.measures()}
    assert len({area for area, _ in declared}) == LARGEST_AREAS
    assert declared <= set(latest)


def test_every_measure_is_a_figure_or_hidden_or_says_why_there_is_none(latest):
    states = set()
    for key, (_, figure) in latest.items():
        assert figure is not None, key
        states.add(figure.state)
        if figure.state == "shown":
            assert figure.value is not None, key
            assert figure.reason == "", key
        else:
            assert figure.value is None, key
            assert figure.reason, key
    assert states == {"shown", "suppressed", "missing"}


def test_reasons_are_sentences_that_name_nothing_of_a_programmer(latest):
    reasons = {figure.reason for _, figure in latest.values() if figure.reason}
    assert len(reasons) > 20
    names = {name for name in TABLES if "_" in name}
    for reason in reasons:
        assert reason.startswith(("Missing: ", "Hidden: ", "No figure: ")), reason
        assert not PROGRAMMERS.search(reason.replace("mm[Hg]", "mmHg")), reason
        assert not any(name in reason for name in names), reason


@pytest.mark.parametrize("area, measure, lacking", [
    ("ophthalmology", "injections-into-the-eye-per-1-000-residents-aged-65-and-over", "OPCS-4"),
    ("musculoskeletal", "hip-and-knee-replacements-per-100-000-residents", "OPCS-4"),
    ("dermatology", "operations-on-the-skin-per-1-000-residents", "OPCS-4"),
    ("children-and-young-people", "births-in-hospital", "ICD-10"),
    ("cancer", "deaths-from-cancer-per-100-000-residents", "no deaths have been sent"),
    ("urgent-and-emergency", "emergency-admissions-per-100-000-residents", "do not tell whether they were emergencies"),
    ("musculoskeletal", "strong-opioids-items-per-1-000-people-without-cancer", "no record of strong opioids"),
])  # fmt: skip
def test_no_zero_stands_where_the_data_are_missing(latest, area, measure, lacking):
    """The set codes what was done and why in SNOMED CT alone, tells of no deaths, and seldom how a stay began."""
    _, figure = latest[area, measure]
    assert figure.state == "missing"
    assert lacking in figure.reason


def test_a_zero_is_of_what_could_have_been_found(latest, results):
    """Whatever is 0 here is told by codes of a system that the set uses: of no such code stands any in it."""
    zeros = {key for key, (_, figure) in latest.items() if figure.state == "shown" and figure.numerator == 0}
    assert 0 < len(zeros) < 30
    systems = {key: {each["name"] for each in latest[key][0].code_lists} for key in zeros}
    assert all(systems.values()), "each is made of code lists"
    assert all(latest[key][0].statistic in ("count", "proportion", "rate") for key in zeros)


def test_the_snapshot_says_what_each_measure_needs(results):
    needs = json.loads((results / "needs.json").read_text(encoding="utf-8"))
    assert needs
