"""Epilepsy: everyone in whom it has been recorded."""

from stewardship.care_areas.area import CareArea
from stewardship.care_areas.own import code_list
from stewardship.care_areas.phrases import cost_of_all_care
from stewardship.measures.measure import people, proportion, rate
from stewardship.people.language import contacts, has

EPILEPSY = code_list("epilepsy")
WITH_EPILEPSY = has(EPILEPSY)
PEOPLE = "people with epilepsy"

care_area = CareArea(
    key="epilepsy",
    name="Epilepsy",
    phase=3,
    definition="Everyone in whom epilepsy has ever been recorded.",
    population=WITH_EPILEPSY,
    at_risk=None,
    population_measures=[
        people("People with epilepsy", who=WITH_EPILEPSY, who_in_words=PEOPLE, headline=True),
    ],
    resources=[cost_of_all_care(of=PEOPLE, who=WITH_EPILEPSY, headline=True)],
    activity=[
        rate("Emergency admissions for epilepsy, per 1,000 people with it",
             events=contacts(point_of_delivery="emergency_admission", diagnosis=EPILEPSY), who=WITH_EPILEPSY,
             better="lower", who_in_words=PEOPLE,
             numerator_in_words="emergency admissions with epilepsy as the primary diagnosis",
             why="Fits that bring people to hospital can often be prevented."),
    ],
    outcomes=[
        proportion("Seen by neurology in the year", who=WITH_EPILEPSY, better="higher",
                   achieved=contacts(point_of_delivery="outpatient", specialty=("400",)).any(),
                   who_in_words=PEOPLE, numerator_in_words="people with an attendance in neurology"),
    ],
)  # fmt: skip
