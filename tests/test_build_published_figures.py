"""A build shows published figures as they are, people found against what is expected, and the nation's beside both."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
from django.test import override_settings

from stewardship.build import build
from stewardship.measures.published import Published
from stewardship.records.snapshot import latest_snapshot
from stewardship.site.roles import Steward
from stewardship.system.settings import ComparatorPlace
from support.rollback import site  # noqa: F401
from support.site import signed_in, workspace
from support.systems import IDENTITIES, system_of

workspace()
NOW = datetime(2026, 7, 1, 6, 30, tzinfo=UTC)
AREA = """\
from stewardship.care_areas.area import CareArea
from stewardship.measures.measure import against_expected, people, published
from stewardship.people.language import aged

OLD = aged(65)
care_area = CareArea(
    key="old", name="Old age", phase=1, definition="Everyone of 65 and over.", population=OLD, at_risk=None,
    population_measures=[people("Old people", who=OLD, who_in_words="people of 65 and over")],
    outcomes=[
        published("Seen in time", figure="SSNAP:D2", unit="%", better="higher", who_in_words="people admitted",
                  numerator_in_words="people who were seen in time", comparator="FT:1"),
        published("Not sent", figure="SSNAP:D3", unit="%", better="higher", who_in_words="people admitted",
                  numerator_in_words="people who were treated"),
        against_expected("Found", who=OLD, expected="Expected:old", who_in_words="people of 65 and over",
                         numerator_in_words="people found"),
    ],
)
"""
FIGURES = """\
Measure,PlaceCode,PeriodStart,PeriodEnd,Value,LowerLimit,UpperLimit,Source,PublishedDate
SSNAP:D2,ZZS,2025-01-01,2025-12-31,42.7,40.1,45.3,A stroke audit,2026-03-04
SSNAP:D2,ZZS,2023-01-01,2023-12-31,39.0,,,A stroke audit,2024-03-04
SSNAP:D2,E99999999,2025-01-01,2025-12-31,12.0,,,A stroke audit,2026-03-04
FT:1,X1,2025-04-01,2026-03-31,48.0,47.9,48.1,A health atlas,2026-05-06
Expected:old,ZZS,2025-04-01,2026-03-31,50,,,A survey,2026-05-06
"""


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """Forty people of 70 and ten of 30, and what others publish."""
    folder = tmp_path_factory.mktemp("published")
    for name in ("feed", "published", "care_areas"):
        (folder / name).mkdir()
    people = [f"{number},8507,{1956 if number <= 40 else 1996},3,4" for number in range(1, 51)]
    spells = [f"{number},{number},2015-01-01,2026-06-30" for number in range(1, 51)]
    _write(
        folder / "feed" / "PERSON.csv",
        "person_id,gender_concept_id,year_of_birth,month_of_birth,day_of_birth",
        people,
    )
    _write(
        folder / "feed" / "OBSERVATION_PERIOD.csv",
        "observation_period_id,person_id,observation_period_start_date,observation_period_end_date", spells,
    )  # fmt: skip
    (folder / "published" / "figures.csv").write_text(FIGURES)
    (folder / "care_areas" / "old.py").write_text(AREA)
    system = system_of(
        folder / "workspace", folder / "feed", published_figures=folder / "published", areas=("old",),
        care_areas=folder / "care_areas", comparator=ComparatorPlace("X1", "Notional nation"),
    )  # fmt: skip
    build(system, now=NOW, identities=IDENTITIES)
    return Published(latest_snapshot(system.workspace) / "results")


def _write(path, headings, lines):
    path.write_text("\n".join([headings, *lines, ""]))


def figure(published, measure, year=2026):
    (found,) = [
        each
        for each in published.figures("old", measure=measure, place="ZZS", by="everyone")
        if each.period_end == date(year, 6, 30)
    ]
    return found


def test_the_figure_of_the_period_that_ends_in_the_year_is_shown_as_published(published):
    shown = figure(published, "seen-in-time")
    assert (shown.value, shown.lower95, shown.upper95) == (42.7, 40.1, 45.3)
    assert (shown.numerator, shown.denominator) == (None, None)
    assert shown.source == "A stroke audit, published 4 March 2026, for 1 January 2025 to 31 December 2025"
    assert figure(published, "seen-in-time", 2024).value == 39.0
    assert figure(published, "seen-in-time", 2025).reason.startswith(
        "Missing: nothing is published of this place"
    )


def test_people_found_are_rounded_before_they_are_held_against_the_number_expected(published):
    shown = figure(published, "found")
    assert (shown.numerator, shown.value) == (40, 80.0)
    assert shown.source.startswith("50 expected: A survey, published 6 May 2026")
    assert figure(published, "old-people").numerator == 40


def test_what_was_not_supplied_is_missing_with_its_reason(published):
    cards = {card.key: card for card in published.area("old").measures}
    assert cards["not-sent"].missing == "no published figure SSNAP:D3 has been supplied"


def test_the_nations_figure_stands_on_the_card_of_the_measure_that_names_it_alone(published):
    cards = {card.key: card for card in published.area("old").measures}
    assert cards["seen-in-time"].comparator == {
        "place": "Notional nation", "value": 48.0, "lower": 47.9, "upper": 48.1,
        "source": "A health atlas, published 6 May 2026, for 1 April 2025 to 31 March 2026",
    }  # fmt: skip
    assert cards["found"].comparator == cards["old-people"].comparator == {}


def test_a_figure_of_a_place_that_is_not_known_is_told_and_shown_nowhere(published):
    (told,) = [each for each in published.snapshot.findings if "PlaceCode" in each["check"]]
    assert told["check"] == "Rows set aside: PlaceCode is the code of no place known here"


def test_its_page_and_its_file_show_value_limits_publisher_and_day(published):
    browser = signed_in(Steward)
    with override_settings(SNAPSHOTS=published.folder.parents[1]):
        page = browser.get("/care-areas/old/measures/seen-in-time/").content.decode()
        text = browser.get("/care-areas/old/measures/seen-in-time/tables/all.csv").content.decode("utf-8-sig")
    for said in (
        "42.7%",
        "40.1 to 45.3%",
        "A stroke audit, published 4 March 2026",
        "A health atlas, published 6 May 2026",
    ):
        assert said in page
    rows = list(csv.reader(io.StringIO(text.split("\r\n\r\n", 1)[-1])))
    latest = dict(zip(rows[0], rows[-1], strict=True))
    assert (latest["Value"], latest["Lower limit, 95%"]) == ("42.7", "40.1")
    assert latest["Published by"].startswith("A stroke audit, published 4 March 2026")
