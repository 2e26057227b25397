"""Phrases that care areas share mean the same of whichever people."""

import pytest

from stewardship.care_areas import phrases
from stewardship.care_areas.registry import care_areas
from stewardship.care_areas.vocabulary import ALL_CARE, DIABETES
from stewardship.people.language import aged, has

WHO = has(DIABETES)
OF = "people with diabetes"


@pytest.mark.parametrize("measure, name", [
    (phrases.cost_of_all_care(of=OF, who=WHO), "Cost of all care of people with diabetes"),
    (phrases.emergency_admissions(of=OF, who=WHO), "Emergency admissions of people with diabetes"),
    (phrases.emergency_admissions_per_1000(OF, who=WHO), "Emergency admissions, per 1,000 people with diabetes"),
    (phrases.gp_appointments_per_1000(OF, who=WHO), "GP appointments, per 1,000 people with diabetes"),
    (phrases.community_contacts_per_1000(OF, who=WHO), "Community contacts, per 1,000 people with diabetes"),
    (phrases.outpatient_attendances_per_1000(OF, who=WHO), "Outpatient attendances, per 1,000 people with diabetes"),
    (phrases.emergency_department_attendances_per_1000(OF, who=WHO),
     "Emergency department attendances, per 1,000 people with diabetes"),
    (phrases.deaths_of(OF, who=WHO, better="lower"), "Deaths of people with diabetes, per 1,000"),
])  # fmt: skip
def test_a_phrase_is_named_by_its_people_and_is_about_them(measure, name):
    assert (measure.name, measure.who, measure.who_in_words) == (name, WHO, OF)


def test_people_may_be_told_to_the_letter_where_the_name_is_shorter():
    measure = phrases.cost_of_all_care(of=OF, who=WHO, who_in_words="people with diabetes of any type")
    assert (measure.name, measure.who_in_words) == (
        "Cost of all care of people with diabetes",
        "people with diabetes of any type",
    )


def test_deaths_under_75_are_of_those_under_75():
    measure = phrases.deaths_under_75_of(OF, who=WHO)
    assert (measure.who, measure.who_in_words) == (WHO & aged(0, 74), "people with diabetes under 75")


def test_the_category_of_a_programme_is_told_as_ledgers_have_it():
    measure = phrases.spending_by_ledgers("Programme budget 4A", "04A", on="diabetes")
    assert measure.programme == "04A"
    assert measure.source == "Programme budgeting category 4A, as the organisations' ledgers have it"


def test_all_care_is_the_same_in_every_care_area():
    """Money of people with several conditions is compared between areas."""
    of_all = [m for area in care_areas() for _, m in area.measures() if m.name.startswith("Cost of all care")]
    assert len(of_all) == 16
    assert {(m.numerator, m.numerator_in_words) for m in of_all} == {(ALL_CARE, phrases.EVERY_COST)}
