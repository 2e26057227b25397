"""Ophthalmology: conditions of the eye that last or threaten sight."""

from stewardship.care_areas.area import CareArea
from stewardship.care_areas.claims import Claims, bnf, icd10
from stewardship.care_areas.phrases import (
    cost_of_all_care_for_each,
    spending_by_ledgers,
    waiting_under_18_weeks,
)
from stewardship.care_areas.vocabulary import (
    CATARACT,
    CATARACT_SURGERY,
    DIABETES,
    DIABETIC_EYE_DISEASE,
    EYE_CONDITIONS,
    EYE_INJECTION,
    GLAUCOMA,
    MACULAR_DEGENERATION,
    RETINAL_SCREENING,
    SIGHT_IMPAIRMENT,
)
from stewardship.measures.measure import (
    events_counted,
    people,
    proportion,
    published,
    rate,
    unavailable,
)
from stewardship.people.language import aged, contacts, has, procedures, recorded

WITH_EYE_CONDITION = has(EYE_CONDITIONS) | has(DIABETIC_EYE_DISEASE)
AT_RISK = has(DIABETES) & aged(12) & ~WITH_EYE_CONDITION
EYE_CLINICS = ("130", "216", "460", "461", "655", "662")
EYE_DOCTORS = ("130", "216", "460")

PEOPLE = "people with an eye condition that lasts or threatens sight"
CERTIFIED = "people newly certified as sight impaired"

care_area = CareArea(
    key="ophthalmology",
    name="Ophthalmology",
    phase=2,
    definition="Everyone in whom cataract, glaucoma, macular degeneration, diabetic eye disease, another disease of "
               "the retina or impaired sight has ever been recorded.",
    population=WITH_EYE_CONDITION,
    at_risk=AT_RISK,
    population_measures=[
        people("People with an eye condition", who=WITH_EYE_CONDITION, who_in_words=PEOPLE, headline=True),
        people("People with diabetes whose eyes are still well", who=AT_RISK,
               who_in_words="people aged 12 and over with diabetes and no eye condition recorded",
               why="Diabetic eye disease does not show until it is late, and can be halted before."),
    ],
    resources=[
        cost_of_all_care_for_each("person with an eye condition", who=WITH_EYE_CONDITION, who_in_words=PEOPLE,
                                  headline=True),
        spending_by_ledgers("Programme budget 08", "08", on="problems of vision"),
    ],
    activity=[
        events_counted("Eye clinic attendances", unit="attendances", headline=True,
                       events=contacts(point_of_delivery="outpatient", specialty=EYE_CLINICS),
                       numerator_in_words="outpatient attendances in eye clinics"),
        rate("Eye clinic attendances, per 1,000 residents aged 65 and over", repeats=True, better="neither",
             events=contacts(point_of_delivery="outpatient", specialty=EYE_CLINICS), who=aged(65),
             who_in_words="residents aged 65 and over", numerator_in_words="outpatient attendances in eye clinics"),
        rate("Injections into the eye, per 1,000 residents aged 65 and over", repeats=True, better="neither",
             events=procedures(EYE_INJECTION), who=aged(65), who_in_words="residents aged 65 and over",
             numerator_in_words="injections into the eye",
             why="They save sight in wet macular degeneration, if they come in time and go on."),
    ],
    burden=[
        proportion("Residents aged 65 and over with impaired sight", who=aged(65), achieved=has(SIGHT_IMPAIRMENT),
                   better="neither", who_in_words="residents aged 65 and over",
                   numerator_in_words="people whose practice has recorded impaired sight", headline=True),
        proportion("Residents aged 65 and over with cataract", who=aged(65), achieved=has(CATARACT), better="neither",
                   who_in_words="residents aged 65 and over",
                   numerator_in_words="people in whom cataract has ever been recorded"),
        proportion("Residents aged 40 and over with glaucoma", who=aged(40), achieved=has(GLAUCOMA), better="neither",
                   who_in_words="residents aged 40 and over",
                   numerator_in_words="people in whom glaucoma has ever been recorded",
                   why="Half of glaucoma is not known to anybody."),
        proportion("Residents aged 65 and over with macular degeneration", who=aged(65), better="neither",
                   achieved=has(MACULAR_DEGENERATION), who_in_words="residents aged 65 and over",
                   numerator_in_words="people in whom macular degeneration has ever been recorded"),
    ],
    outcomes=[
        published("Sight loss from macular degeneration", id="OPH01", figure="FT:41201", unit="per 100,000",
                  better="lower", who_in_words="residents aged 65 and over", numerator_in_words=CERTIFIED,
                  why="Treatment in time keeps the sight of most.", source="Fingertips 41201",
                  comparator="FT:41201"),
        published("Sight loss from glaucoma", id="OPH02", figure="FT:41202", unit="per 100,000", better="lower",
                  who_in_words="residents aged 40 and over", numerator_in_words=CERTIFIED,
                  why="Found early and followed, glaucoma seldom takes sight.", source="Fingertips 41202",
                  comparator="FT:41202"),
        published("Sight loss from diabetic eye disease", id="OPH03", figure="FT:41203", unit="per 100,000",
                  better="lower", who_in_words="residents aged 12 and over", numerator_in_words=CERTIFIED,
                  why="Screening and laser have made it rare; it should be rarer.", source="Fingertips 41203",
                  comparator="FT:41203"),
        rate("Cataract operations at 65 and over, per 100,000", id="OPH04", events=procedures(CATARACT_SURGERY),
             ages=(65, None), per=100_000, standardised=True, better="neither",
             who_in_words="residents aged 65 and over", numerator_in_words="cataract operations",
             why="A low rate may be unmet need: people who cannot see well fall, and stop going out.",
             source="Fingertips 94035", comparator="FT:94035", headline=True),
        unavailable("Eye follow-ups late by more than a quarter", id="OPH05", statistic="proportion", unit="%",
                    better="lower", who_in_words="eye clinic follow-ups that are due",
                    numerator_in_words="people whose follow-up is late by more than a quarter of the time planned",
                    because="no list of follow-ups with the day they are due has been sent",
                    why="Sight is lost while people wait to be seen again, more than while they wait to be seen first.",
                    source="Local lists of follow-ups"),
        waiting_under_18_weeks("ophthalmology", id="OPH06", treatment_function="130",
                               who_in_words="people waiting for ophthalmology",
                               why="No other specialty sees as many people, and sight does not wait."),
        proportion("Diabetic eye screening", id="OPH07", who=has(DIABETES) & aged(12), better="higher",
                   achieved=recorded(RETINAL_SCREENING), who_in_words="people aged 12 and over with diabetes",
                   numerator_in_words="people screened in the year",
                   why="It finds harm that laser can halt before anything is noticed.",
                   source="near the national programme, which counts those invited: at low risk every second year",
                   comparator="DESP:uptake"),
        rate("First eye clinic attendances, per 1,000 residents", id="OPH08", standardised=True, better="neither",
             events=contacts(point_of_delivery="outpatient", specialty=EYE_DOCTORS, attendance="first"),
             numerator_in_words="first outpatient attendances with an eye doctor",
             why="Where need is greatest and few are seen first, people lose sight unseen: look at the gap.",
             source="Hospital outpatients"),
    ],
    claims=Claims(
        diagnoses=icd10("H00-H59"),
        specialties=EYE_CLINICS,
        medicines=bnf("11"),
        programmes=("08",),
    ),
)  # fmt: skip
