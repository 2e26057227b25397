"""Who people are and where they live, as an OMOP feed tells it."""

from datetime import date

import pytest

from stewardship.records.model import UNDATED_HOME
from support.omop_feed import BUILD_DAY, Feed, finding

PERSON = (
    "person_id,gender_concept_id,gender_source_value,year_of_birth,month_of_birth,day_of_birth,"
    "birth_datetime,"
    "race_concept_id,race_source_value,ethnicity_source_value,location_id,care_site_id\n"
)


@pytest.mark.parametrize(
    "born, expected",
    [
        ("1950,3,4,", (date(1950, 3, 4), "day")),
        ("1950,3,,", (date(1950, 3, 1), "month")),
        ("1950,,,", (date(1950, 7, 1), "year")),
        ("1950,,,1950-03-04 00:00:00", (date(1950, 3, 4), "day")),
        (",,,1950-03-04", (date(1950, 3, 4), "day")),
    ],
)
def test_date_of_birth_as_far_as_it_is_known(feed, born, expected):
    feed.write("PERSON.csv", f"{PERSON}1,8507,M,{born},,,,,\n").read(as_of=BUILD_DAY)
    assert feed.rows("person", "birth_date", "birth_precision") == [expected]


@pytest.mark.parametrize(
    "concept, word, sex",
    [("8507", "", "male"), ("8532", "M", "female"), ("0", "F", "female"), ("", "male", "male"),
     ("", "1", "male"),
     ("", "2", "female"), ("0", "", "unknown"), ("8521", "other", "unknown"), ("", "9", "unknown")],
)  # fmt: skip
def test_sex(feed, concept, word, sex):
    feed.write("PERSON.csv", f"{PERSON}1,{concept},{word},1950,1,1,,,,,,\n").read(as_of=BUILD_DAY)
    assert feed.rows("person", "sex") == [(sex,)]


@pytest.mark.parametrize(
    "concept, race, ethnicity, group",
    [
        ("8527", "white", "irish", "White"),
        ("8516", "black", "african", "Black"),
        ("8515", "asian", "chinese", "Asian"),
        ("8515", "A", "", "Asian"),                 # another country's letter: the concept goes first
        ("0", "A", "", "White"),                    # the NHS code for British
        ("0", "R", "", "Asian"),                    # Chinese
        ("0", "G", "", "Mixed"),
        ("0", "", "P", "Black"),
        ("0", "S", "", "Other"),
        ("0", "Z", "", "Not known"),                # not stated
        ("0", "99", "", "Not known"),
        ("", "White - British", "", "White"),
        ("", "Asian or Asian British - Pakistani", "", "Asian"),
        ("", "Mixed: White and Black Caribbean", "", "Mixed"),
        ("", "Other ethnic groups - Chinese", "", "Asian"),
        ("0", "Unknown", "irish", "Not known"),     # race was asked and is not known
        ("0", "hispanic", "mexican", "Not known"),  # none of the five groups
        ("0", "", "", "Not known"),
        ("8552", "", "", "Not known"),
    ],
)  # fmt: skip
def test_ethnic_group_is_never_guessed(feed, concept, race, ethnicity, group):
    feed.write("PERSON.csv", f"{PERSON}1,8507,M,1950,1,1,,{concept},{race},{ethnicity},,\n").read(
        as_of=BUILD_DAY
    )
    assert feed.rows("person", "ethnic_group") == [(group,)]


def with_homes(feed: Feed) -> Feed:
    return feed.write(
        "PERSON.csv",
        PERSON
        + "".join(f"{n},8507,M,195{n},1,1,,,,,{n},\n" for n in range(1, 6))
        + "6,8507,M,1956,1,1,,,,,,\n",
    ).write(
        "LOCATION.csv",
        "location_id,location_source_value\n1,E01000001\n2,Z00000002\n3,12 High Street\n4,E01999999\n",
    )


def test_a_home_in_a_known_area_or_an_english_small_area(feed):
    reading = with_homes(feed).read(as_of=BUILD_DAY, small_areas=frozenset({"E01000001", "Z00000002"}))
    assert feed.rows("address", "person_id", "small_area", "start", "end") == [
        (1, "E01000001", UNDATED_HOME, None),
        (2, "Z00000002", UNDATED_HOME, None),
        (4, "E01999999", UNDATED_HOME, None),
    ]
    assert finding(reading, "People whose home is outside the areas known here").count == 1
    assert finding(reading, "People whose home has no code of a small area").count == 2
    assert finding(reading, "People with no home").count == 1


def test_known_areas_may_have_codes_of_any_kind(feed):
    with_homes(feed).read(as_of=BUILD_DAY, small_areas=frozenset({"12 High Street"}))
    assert feed.rows("address", "person_id") == [(1,), (3,), (4,)]


def test_without_known_areas_whatever_looks_like_an_areas_code_is_taken(feed):
    with_homes(feed).read(as_of=BUILD_DAY)
    assert feed.rows("address", "person_id") == [(1,), (2,), (4,)]


def test_practice_comes_from_the_persons_care_site(feed):
    feed.write(
        "PERSON.csv", PERSON + "1,8507,M,1950,1,1,,,,,,7\n2,8507,M,1950,1,1,,,,,,8\n3,8507,M,1950,1,1,,,,,,\n"
    )
    feed.write(
        "CARE_SITE.csv",
        "care_site_id,care_site_name,care_site_source_value,place_of_service_source_value\n"
        "7,High Street Surgery,F81001,\n8,,Y02222,\n9,County Hospital,RAJ01,\n10,Third "
        "Surgery,F81003,General Practice\n"
        "11,Nameless,,\n12,County Hospital again,RAJ01,\n",
    )
    feed.write(
        "OBSERVATION_PERIOD.csv",
        "observation_period_id,person_id,observation_period_start_date,observation_period_end_date\n"
        "1,1,2020-01-01,2022-01-01\n2,2,2020-01-01,2023-01-01\n3,3,2020-01-01,2023-06-30\n",
    ).read(as_of=BUILD_DAY)
    assert feed.rows("registration", "person_id", "practice") == [(1, "F81001"), (2, "Y02222"), (3, None)]
    assert feed.rows("organisation", "code", "name", "role") == [
        ("F81001", "High Street Surgery", "practice"),
        ("F81003", "Third Surgery", "practice"),
        ("RAJ01", "County Hospital", "provider"),
        ("Y02222", "Y02222", "practice"),
    ]
    assert feed.set_aside() == [
        ("CARE_SITE.csv", 5, "care_site_source_value", "care_site_source_value is empty")
    ]
