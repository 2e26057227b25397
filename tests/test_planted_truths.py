"""What is planted in a synthetic system is found by what its pages say, and where nothing is planted, nothing is.

The system has as many residents as a demonstration, told of for one year. Beside it stands the same system with nothing
planted. How large a system has to be is told in docs/synthetic-data.md.
"""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from stewardship.build import build
from stewardship.cli.demonstrating import sources_of
from stewardship.measures.published import Published
from stewardship.measures.statistics import EUROPEAN_STANDARD_2013
from stewardship.profiles.cancer_case_finding import case_finding_chart
from stewardship.profiles.cancer_groups import waits_charts
from stewardship.profiles.cancer_performance import performance_charts
from stewardship.profiles.cancer_read import CancerFigures
from stewardship.profiles.differences import NONE_DIFFERS, groups_said
from stewardship.profiles.figures import AreaFigures
from stewardship.profiles.gaps import gap
from stewardship.profiles.gaps_read import unequal
from stewardship.profiles.lines import group_lines
from stewardship.profiles.minute import gap_sentence
from stewardship.profiles.variation import funnel, outside, placed
from stewardship.profiles.variation_words import side
from stewardship.records.snapshot import latest_snapshot
from stewardship.synthetic.lives import Plan
from stewardship.synthetic.mortality import death_rates
from stewardship.synthetic.partners import PLACES
from stewardship.synthetic.synthesise import TRUTH, synthesise
from stewardship.system.settings import PlacesSettings
from support.command import environment
from support.made_records import LAST_DAY
from support.systems import IDENTITIES, system_of

RESIDENTS, YEARS, SEED = 60_000, 1, 1
SENDING = ("general-practice", "hospital", "deaths", "cancer")  # those whose files these measures are made of
NOW = datetime(2026, 7, 1, 6, 30, tzinfo=UTC)
AREAS = ("musculoskeletal", "diabetes", "mental-health-and-learning-disabilities", "cancer", "lives")
LIVES = """\
from stewardship.care_areas.area import CareArea
from stewardship.measures.measure import people, rate
from stewardship.people.language import aged, deaths

YOUNGER = aged(0, 74)
care_area = CareArea(
    key="lives", name="Lives", phase=1, definition="Everyone under 75.", population=YOUNGER, at_risk=None,
    population_measures=[people("Residents under 75", who=YOUNGER, who_in_words="residents under 75")],
    outcomes=[
        rate("Deaths under 75, per 100,000 residents", events=deaths(), ages=(0, 74), per=100_000, standardised=True,
             better="lower", who_in_words="residents under 75", numerator_in_words="deaths"),
    ],
)
"""
DEATHS = "Deaths under 75, per 100,000 residents"
OPIOIDS = "Strong opioids, items per 1,000 people without cancer"
OPIOIDS_EACH = "Strong opioids, items per 100 people issued any"
DEPRESSION = "Residents aged 18 and over with depression"
PLANNED_CARE = "Outpatient attendances, per 1,000 people with diabetes"


class Pages:
    """What pages are made of: the whole system's figures, by care area."""

    def __init__(self, folder: Path) -> None:
        self.published = published_of(folder)
        truth = folder / "files" / TRUTH
        self.truth = {each["key"]: each for each in json.loads(truth.read_text(encoding="utf-8"))["planted"]}

    def area(self, key):
        return AreaFigures(self.published, self.published.area(key), self.published.system)

    def measure(self, area, name):
        """The care area's figures, and the card of the measure of that name."""
        figures = self.area(area)
        return figures, next(card for card in figures.area.measures if card.name == name)

    @property
    def cancer(self):
        """What is published of cancer pathways."""
        return CancerFigures(self.published)

    def worse_months(self):
        """Months that the control chart of the 28 days marks as worse, of twelve or so that are shown."""
        told = performance_charts(self.cancer)[0]
        shown = [row for row in told.table.rows if row[1].endswith("%")]
        assert len(shown) > 10
        return [row[0] for row in shown if row[-1].startswith("Worse")]

    def named(self, name, level):
        """Codes of the places outside the funnel of a measure of the musculoskeletal page, with their side."""
        figures, card = self.measure("musculoskeletal", name)
        rows = funnel(figures, card, level)
        return {row.place: side(row) for row in outside(rows)}, placed(rows)

    def by_ethnic_group(self, area, name):
        """The value of each group as a part of everyone's, and what the page says of the groups."""
        figures, card = self.measure(area, name)
        everyone = figures.here(card)
        lines = group_lines(figures, card, "ethnic group", (figures.period,))
        parts = {
            line.group: line.figure.value / everyone.value for line in lines if line.figure.value is not None
        }
        return parts, groups_said(card, everyone, lines, "ethnic group")


def published_of(folder: Path) -> Published:
    files, own = folder / "files", folder / "care_areas"
    own.mkdir()
    (own / "lives.py").write_text(LIVES)
    sending = [source for source in sources_of(files) if source.key in SENDING]
    system = system_of(
        folder / "workspace", *sending, places=PlacesSettings((files / PLACES,)), areas=AREAS, care_areas=own
    )
    build(system, now=NOW, identities=IDENTITIES)
    return Published(latest_snapshot(system.workspace) / "results")


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    folder = tmp_path_factory.mktemp("planted")
    synthesise(Plan(RESIDENTS, YEARS, SEED, LAST_DAY), folder / "files", threads=2)
    return Pages(folder)


@pytest.fixture(scope="module")
def unplanted(tmp_path_factory):
    folder = tmp_path_factory.mktemp("unplanted")
    size = [str(each) for each in (RESIDENTS, YEARS, SEED)]
    subprocess.run(
        [sys.executable, "-m", "support.unplanted", str(folder / "files"), *size],
        cwd=Path(__file__).parent, env=environment(), check=True,
    )  # fmt: skip
    return Pages(folder)


def planted_ratio():
    """Deaths under 75 of the most deprived fifth over the least, by the rates that were planted, ages as standard."""
    standard = np.array([1_000, 4_000, *list(EUROPEAN_STANDARD_2013.values())[1:15]])
    rates = death_rates()[:, :, : len(standard)].mean(axis=0) @ standard
    return rates[0] / rates[4]


def test_the_gap_in_length_of_life_is_found_with_its_size(planted):
    figures, card = planted.measure("lives", DEATHS)
    found = gap(figures, card)
    assert found.is_ratio
    assert found.beyond_chance
    assert found.size > 1
    assert found.lower < planted_ratio() < found.upper
    assert 2 < planted_ratio() < 3
    row = unequal(figures, card)
    assert row.slope_lower95 > 0
    assert row.excess_lower95 > 0
    assert gap_sentence(figures).finding.startswith(
        f"Clearest gap: deaths under 75, per 100,000 residents, {found.words} as high in the most deprived fifth"
    )


def test_no_gap_is_found_where_all_live_equally_long(unplanted):
    figures, card = unplanted.measure("lives", DEATHS)
    found = gap(figures, card)
    assert found.lower < 1 < found.upper
    assert found.upper < planted_ratio()
    assert unequal(figures, card).slope_lower95 < 0 < unequal(figures, card).slope_upper95
    assert gap_sentence(figures).finding == "No gap by deprivation is larger than chance allows."


def test_the_unusual_practice_is_named_and_no_other(planted):
    (practice,) = planted.truth["unusual-prescribing"]["where"]
    named, told = planted.named(OPIOIDS, "practice")
    assert named == {practice: "worse"}
    assert len(told) > 10


def test_its_network_alone_is_named_for_how_much_each_person_is_given(planted):
    """Of few practices is it shown how many people have any; of most networks it is."""
    (practice,) = planted.truth["unusual-prescribing"]["where"]
    named, told = planted.named(OPIOIDS_EACH, "network")
    assert named == {planted.published.place(practice).parent: "worse"}
    assert len(told) > 15


def test_nobody_is_named_for_it_where_every_practice_is_as_usual(planted, unplanted):
    (practice,) = planted.truth["unusual-prescribing"]["where"]
    assert unplanted.truth["unusual-prescribing"]["realised"]["items_added"] == 0
    assert practice not in unplanted.named(OPIOIDS, "practice")[0]
    named, told = unplanted.named(OPIOIDS_EACH, "network")
    assert named == {}
    assert len(told) > 15


def test_the_group_with_more_need_is_seen_to_have_it(planted, unplanted):
    """About half of the black residents are of the group with 1.4 times the illness."""
    parts, said = planted.by_ethnic_group("mental-health-and-learning-disabilities", DEPRESSION)
    assert said == "Black higher than everyone, beyond chance"
    assert 1.15 < parts["Black"] < 1.5
    parts, said = unplanted.by_ethnic_group("mental-health-and-learning-disabilities", DEPRESSION)
    assert said == NONE_DIFFERS
    assert 0.9 < parts["Black"] < 1.1


def test_the_same_group_is_seen_to_get_less_planned_care_for_its_need(planted, unplanted):
    """About half of them get 0.6 times what others with the same need get: together about 0.76 times."""
    got, _ = planted.by_ethnic_group("diabetes", PLANNED_CARE)
    assert min(got, key=got.get) == "Black"
    otherwise, _ = unplanted.by_ethnic_group("diabetes", PLANNED_CARE)
    assert 0.65 < got["Black"] / otherwise["Black"] < 0.9


def test_the_dip_in_capacity_is_the_one_month_that_the_control_chart_marks(planted):
    """From 13 June to 19 July work was lost; the backlog that is shown is week by week the one that was planted."""
    assert planted.truth["cancer-backlog"]["parameters"]["dip_to"] == "2025-07-19"
    assert planted.worse_months() == ["July 2025"]
    there = planted.truth["cancer-backlog"]["realised"]["over_62_days"]
    shown = {str(row["week"]): row["count"] for row in planted.cancer.weeks("over 62") if row["count"]}
    assert len(shown.keys() & there.keys()) > 45
    assert {week: there[week] for week in shown.keys() & there.keys()} == {
        week: count for week, count in shown.items() if week in there
    }


def test_no_month_is_marked_where_no_capacity_was_lost(unplanted):
    realised = unplanted.truth["cancer-backlog"]["realised"]
    assert realised["over_62_days"] == realised["over_62_days_without_it"]
    assert unplanted.worse_months() == []


def test_black_men_alone_are_seen_to_consent_less_often_to_case_finding(planted):
    realised = planted.truth["prostate-case-finding"]["realised"]
    assert realised["consented"]["Black"] < 0.7 * realised["consented_without_it"]["Black"]
    assert case_finding_chart(planted.cancer).said == (
        "No fifth of deprivation consented more or less often than everyone, beyond chance. "
        "Consented less often than everyone, beyond chance: Black."
    )


def test_nobody_is_seen_to_consent_less_often_where_all_do_alike(unplanted):
    assert case_finding_chart(unplanted.cancer).said == (
        "No fifth of deprivation consented more or less often than everyone, beyond chance. "
        "No ethnic group consented more or less often than everyone, beyond chance."
    )


def test_nobody_is_seen_to_wait_longer_since_no_gap_in_waits_is_planted(planted, unplanted):
    for pages in (planted, unplanted):
        headings = [chart.heading for chart in waits_charts(pages.cancer)]
        assert len(headings) == 3
        assert all(each.endswith("more or less often than everyone, beyond chance") for each in headings)
