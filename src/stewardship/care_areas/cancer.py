"""Cancer: everyone in whom a cancer other than non-melanoma skin cancer has been recorded."""

from stewardship.care_areas.area import CareArea
from stewardship.care_areas.claims import Claims, bnf, icd10
from stewardship.care_areas.phrases import (
    cost_of_all_care,
    cost_of_all_care_for_each,
    emergency_admissions,
    spending_by_ledgers,
)
from stewardship.care_areas.vocabulary import (
    BOWEL_CANCER_SCREENING,
    CANCER,
    CANCER_CARE_REVIEW,
    DEATHS_FROM_CANCER,
    EMERGENCY_ADMISSION,
)
from stewardship.measures.cancer.declared import people_waiting, share_of_pathways
from stewardship.measures.measure import (
    people,
    proportion,
    published,
    rate,
)
from stewardship.people.language import EVERYONE, aged, contacts, deaths, has, of_sex, recorded
from stewardship.people.periods import YEAR, months, until, years
from stewardship.rules.cancer.judgement import Standard

WITH_CANCER = has(CANCER)
OF_SCREENING_AGE = aged(50, 74) | (aged(25, 49) & of_sex("female"))
NEWLY_DIAGNOSED = has(CANCER, within=YEAR) & ~has(CANCER, within=until(12))
DIAGNOSED_THE_YEAR_BEFORE = has(CANCER, within=until(12)) & ~has(CANCER, within=until(24))

PEOPLE = "people in whom cancer has been recorded"
CANCER_CLINICS = ("370", "800", "303", "503", "260", "173", "103")
ON_PATHWAYS = "people on pathways of suspected or known cancer"

care_area = CareArea(
    key="cancer",
    name="Cancer",
    phase=1,
    definition="Everyone in whom a cancer has ever been recorded, other than skin cancer that is no melanoma.",
    population=WITH_CANCER,
    at_risk=OF_SCREENING_AGE & ~WITH_CANCER,
    population_measures=[
        people("People with cancer", who=WITH_CANCER, who_in_words=PEOPLE, headline=True),
        people("People diagnosed with cancer in the year", who=NEWLY_DIAGNOSED,
               who_in_words="people whose first cancer was recorded in the year"),
        people("People of an age for cancer screening", who=OF_SCREENING_AGE & ~WITH_CANCER,
               who_in_words="people aged 50 to 74, and women aged 25 to 49, without cancer recorded",
               why="Screening finds cancers of bowel, breast and the neck of the womb early."),
    ],
    resources=[
        cost_of_all_care(of="people with cancer", who=WITH_CANCER, who_in_words=PEOPLE, headline=True),
        cost_of_all_care_for_each("person with cancer", who=WITH_CANCER, who_in_words=PEOPLE),
        spending_by_ledgers("Programme budget 2", "02", on="cancers and tumours"),
    ],
    activity=[
        emergency_admissions(of="people with cancer", who=WITH_CANCER, who_in_words=PEOPLE, headline=True),
        rate("Cancer clinic attendances, per 1,000 people with cancer",
             events=contacts(point_of_delivery="outpatient", specialty=CANCER_CLINICS), repeats=True, who=WITH_CANCER,
             better="neither", who_in_words=PEOPLE,
             numerator_in_words="outpatient attendances in oncology, haematology, breast and chest surgery"),
        rate("Day cases and regular attendances for cancer, per 1,000 people with cancer",
             events=contacts(point_of_delivery=("day_case", "regular_attender"), diagnosis=CANCER), repeats=True,
             who=WITH_CANCER, better="neither", who_in_words=PEOPLE,
             numerator_in_words="day cases and regular attendances with cancer as the primary diagnosis, most of them "
                                "for chemotherapy"),
    ],
    burden=[
        proportion("Residents with cancer", who=EVERYONE, achieved=WITH_CANCER, better="neither", headline=True,
                   numerator_in_words=PEOPLE, source="Quality and Outcomes Framework prevalence, which counts cancers "
                                                     "found since April 2003"),
        rate("Deaths from cancer, per 100,000 residents", events=deaths(DEATHS_FROM_CANCER), per=100_000,
             standardised=True, better="lower", numerator_in_words="deaths with cancer as the underlying cause"),
    ],
    outcomes=[
        share_of_pathways("Told within 28 days whether it is cancer", id="CAN01",
                          standard=Standard.FASTER_DIAGNOSIS, better="higher", headline=True, who_in_words=ON_PATHWAYS,
                          over_in_words="referrals with suspected cancer, or with breast symptoms, and urgent "
                                        "screening referrals, that ended with being told",
                          numerator_in_words="referrals told within 28 days of being received",
                          why="Four weeks of not knowing are long enough.",
                          source="Cancer waiting times, faster diagnosis standard"),
        share_of_pathways("Treated within 62 days of referral", id="CAN02",
                          standard=Standard.REFERRAL_TO_TREATMENT, better="higher", headline=True,
                          who_in_words=ON_PATHWAYS,
                          over_in_words="first treatments of cancer after an urgent referral, screening or a "
                                        "consultant's upgrade",
                          numerator_in_words="first treatments that began within 62 days",
                          why="Some cancers grow beyond cure in the time that people wait.",
                          source="Cancer waiting times, 62-day standard"),
        people_waiting("People waiting over 62 days", id="CAN03", over_days=62, better="lower",
                       who_in_words="people who wait on a pathway of suspected or known cancer for more than 62 days, "
                                    "non-specific symptoms not counted",
                       why="It shows today what the standard of treatment will show in months.",
                       source="Cancer waiting times, tracking list"),
        share_of_pathways("Treated within 31 days of the decision", id="CAN04",
                          standard=Standard.DECISION_TO_TREATMENT, better="higher", who_in_words=ON_PATHWAYS,
                          over_in_words="treatments of cancer, first and later",
                          numerator_in_words="treatments that began within 31 days of the decision to treat",
                          why="Once treatment is agreed there is nothing left to wait for but capacity.",
                          source="Cancer waiting times, 31-day standard"),
        published("Cancers found at stage 1 or 2", figure="FT:93671", id="CAN05", unit="%", better="higher",
                  who_in_words="people whose cancer was staged when it was found",
                  numerator_in_words="people whose cancer was found at stage 1 or 2",
                  why="Cancers found early can mostly be cured.", source="National Disease Registration Service"),
        rate("Deaths from cancer under 75, per 100,000 residents", id="CAN06", comparator="FT:40501",
             events=deaths(DEATHS_FROM_CANCER), ages=(0, 74), per=100_000, standardised=True, pool=3, better="lower",
             who_in_words="residents under 75", numerator_in_words="deaths with cancer as the underlying cause",
             why="Cancer takes more years of life before 75 than any other disease.", source="Fingertips 40501"),
        proportion("Bowel cancer screening", id="CAN07", comparator="FT:91720", who=aged(60, 74), better="higher",
                   achieved=recorded(BOWEL_CANCER_SCREENING, within=months(30)), headline=True,
                   who_in_words="residents aged 60 to 74",
                   numerator_in_words="people screened in the two and a half years to the year's end",
                   why="Growths found by screening can be taken out before they are cancer.",
                   source="Bowel cancer screening programme; Fingertips 91720"),
        proportion("Cancer found in an emergency", id="CAN08", comparator="NDRS:emergency presentation", during=True,
                   who=NEWLY_DIAGNOSED, better="lower",
                   achieved=contacts(point_of_delivery=EMERGENCY_ADMISSION, diagnosis=CANCER).any(),
                   who_in_words="people whose first cancer was recorded in the year",
                   numerator_in_words="people admitted in emergency with cancer as the primary diagnosis in that year",
                   why="Cancers that come to light in a crisis are found late.",
                   source="Near the emergency route of the National Disease Registration Service, which counts only "
                          "who came that way first"),
        proportion("Cancer care review", id="CAN09", comparator="QOF:CAN005", who=DIAGNOSED_THE_YEAR_BEFORE,
                   achieved=recorded(CANCER_CARE_REVIEW, within=years(2)), better="higher",
                   who_in_words="people whose first cancer was recorded in the year before",
                   numerator_in_words="people reviewed by their practice since",
                   why="Treatment ends sooner than what it leaves behind.",
                   source="Quality and Outcomes Framework CAN005, which counts within a year of diagnosis"),
        published("Alive one year after diagnosis of cancer", figure="NHSOF:1.4", id="CAN10", unit="%", better="higher",
                  who_in_words="people diagnosed with cancer, beside others of their age",
                  numerator_in_words="people who lived a year, were cancer the only danger",
                  why="It sums up how early cancers are found and how well they are treated.",
                  source="NHS Outcomes Framework 1.4, net survival index"),
    ],
    claims=Claims(
        diagnoses=icd10("C00-C97", "D00-D09", "D37-D48", "Z511", "Z512"),
        specialties=CANCER_CLINICS,
        medicines=bnf("0801", "0803"),
        teams=("Specialist palliative care",),
        programmes=("02",),
    ),
)  # fmt: skip
