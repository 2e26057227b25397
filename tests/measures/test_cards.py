"""Every measure has a card that reads as English."""

import re

import pytest

from stewardship.care_areas.registry import care_areas
from stewardship.measures.card import card_of
from stewardship.measures.measure import cost_a_person, events_counted, people, proportion, rate
from stewardship.people.code_lists import CodeList, CodeRule
from stewardship.people.language import EVERYONE, aged, contacts, has

ASTHMA = CodeList("asthma", "Asthma", "2026-01-01", (CodeRule("ICD10", "J45", "prefix"),))
SMOKING = CodeList("smoking", "Smoking", "2026-02-02", (CodeRule("ICD10", "F17", "prefix"),))
WITH = {"who": has(ASTHMA), "who_in_words": "people with asthma"}

CARDS = [
    card_of(measure, care_area=area.key, part=part, missing="")
    for area in care_areas()
    for part, measure in area.measures()
]


def card(measure, **more):
    return card_of(measure, care_area="lungs", part="outcomes", **{"missing": "", **more})


@pytest.mark.parametrize("measure, definition", [
    (people("n", **WITH), "The number of people with asthma, at the end of the year."),
    (proportion("n", **WITH, achieved=has(SMOKING), better="lower", numerator_in_words="people who smoke"),
     "Of people with asthma, at the end of the year, the share who smoke."),
    (rate("n", **WITH, events=contacts(), better="lower", numerator_in_words="emergency admissions"),
     "Emergency admissions in the year, per 1,000 person-years of people with asthma."),
    (rate("n", events=contacts(), better="lower", per=100_000, standardised=True, pool=3,
          numerator_in_words="deaths from asthma"),
     "Deaths from asthma in 3 years together, per 100,000 person-years of residents, as if their ages were "
     "those of the European standard."),
    (events_counted("n", **WITH, events=contacts(), unit="contacts", numerator_in_words="GP appointments"),
     "GP appointments in the year, among people with asthma."),
    (cost_a_person("n", **WITH, of=contacts().cost(), numerator_in_words="the cost of all contacts"),
     "The cost of all contacts in the year, divided by the number of people with asthma."),
])  # fmt: skip
def test_the_definition_is_one_sentence_made_from_the_declaration(measure, definition):
    assert card(measure).definition == definition


@pytest.mark.parametrize("made", CARDS, ids=lambda made: made.name)
def test_every_card_of_every_area_is_complete(made):
    assert re.fullmatch(r"[A-Z].{15,}[a-z0-9)]\.", made.definition)
    assert not re.search(
        r"  |\.\.|\bthe year\b.*\bthe year\b.*\bin the year\b|in the year in the year", made.definition
    )
    assert made.method.endswith(".")
    assert made.unit
    for words in (made.numerator, made.denominator):
        assert re.fullmatch(r"[a-zA-Z].*[^.]", words), "words that stand inside a sentence"
    assert made.why == "" or made.why.endswith(".")
    assert made.key
    assert made.better in ("higher", "lower", "neither")


@pytest.mark.parametrize("made", CARDS, ids=lambda made: made.name)
def test_every_card_names_the_code_lists_behind_it_with_version_and_hash(made):
    assert [one["name"] for one in made.code_lists] == sorted({one["name"] for one in made.code_lists})
    for one in made.code_lists:
        assert one["title"]
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", one["version"])
        assert re.fullmatch(r"[0-9a-f]{12}", one["hash"])


def test_a_card_names_the_lists_of_whom_and_of_what():
    made = card(proportion("n", **WITH, achieved=has(SMOKING), better="lower", numerator_in_words="people x"))
    assert [one["name"] for one in made.code_lists] == ["asthma", "smoking"]
    assert made.code_lists[0] == {
        "name": "asthma", "title": "Asthma", "version": "2026-01-01", "hash": ASTHMA.hash,
    }  # fmt: skip


def test_a_measure_about_everyone_needs_no_list():
    assert card(people("n", who=EVERYONE & aged(65), who_in_words="residents")).code_lists == ()


def test_a_card_says_why_there_is_no_figure():
    made = card(people("n", **WITH), missing="no conditions have been sent")
    assert made.missing == "no conditions have been sent"


def test_the_key_of_a_measure_is_its_name_as_an_address():
    made = card(people("HbA1c 58 mmol/mol or under, per 1,000", **WITH))
    assert made.key == "hba1c-58-mmol-mol-or-under-per-1-000"
