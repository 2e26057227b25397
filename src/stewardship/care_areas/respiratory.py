"""Respiratory care: asthma, chronic obstructive pulmonary disease and other lasting diseases of the lungs."""

from stewardship.care_areas.area import CareArea
from stewardship.care_areas.claims import Claims, bnf, icd10
from stewardship.care_areas.phrases import (
    cost_of_all_care,
    deaths_under_75_of,
    emergency_admissions,
    gp_appointments_per_1000,
    spending_by_ledgers,
)
from stewardship.care_areas.vocabulary import (
    ASTHMA,
    ASTHMA_CONTROL_ASSESSED,
    ASTHMA_REVIEW,
    BREATHLESSNESS_GRADE_3_OR_MORE,
    BRONCHIECTASIS_OR_INTERSTITIAL_DISEASE,
    COPD,
    DEATHS_FROM_RESPIRATORY_DISEASE,
    EMERGENCY_ADMISSION,
    INFLUENZA_VACCINATION,
    INHALER_TECHNIQUE_CHECKED,
    MEDICINES_FOR_ASTHMA_AND_COPD,
    PULMONARY_REHABILITATION,
    SHORT_ACTING_RELIEVER,
    SMOKES,
    SPIROMETRY,
)
from stewardship.measures.measure import (
    cost,
    people,
    proportion,
    rate,
)
from stewardship.people.language import EVERYONE, aged, contacts, deaths, has, prescriptions, recorded
from stewardship.people.periods import until, years

WITH_ASTHMA = has(ASTHMA)
WITH_COPD = has(COPD)
WITH_LUNG_DISEASE = WITH_ASTHMA | WITH_COPD | has(BRONCHIECTASIS_OR_INTERSTITIAL_DISEASE)
AT_RISK = aged(35) & SMOKES & ~WITH_LUNG_DISEASE
COPD_FOUND_LAST_YEAR = has(COPD, within=until(6)) & ~has(COPD, within=until(18))
BREATHLESS = recorded(BREATHLESSNESS_GRADE_3_OR_MORE)
REVIEWED = recorded(ASTHMA_REVIEW) & recorded(ASTHMA_CONTROL_ASSESSED) & recorded(INHALER_TECHNIQUE_CHECKED)

PEOPLE = "people with a lasting lung disease"
LUNG_CLINICS = ("340", "341", "342", "343", "347")

care_area = CareArea(
    key="respiratory",
    name="Respiratory care",
    phase=1,
    definition="Everyone in whom asthma, chronic obstructive pulmonary disease, bronchiectasis or interstitial lung "
               "disease has ever been recorded.",
    population=WITH_LUNG_DISEASE,
    at_risk=AT_RISK,
    population_measures=[
        people("People with a lasting lung disease", who=WITH_LUNG_DISEASE, headline=True,
               who_in_words="people with asthma, chronic obstructive pulmonary disease, bronchiectasis or interstitial "
                            "lung disease"),
        people("People with COPD", who=WITH_COPD, who_in_words="people with chronic obstructive pulmonary disease"),
        people("People at risk of COPD", who=AT_RISK,
               who_in_words="people aged 35 and over who smoke and have no lung disease recorded",
               why="Stopping before lung function is lost prevents the disease."),
    ],
    resources=[
        cost_of_all_care(of=PEOPLE, who=WITH_LUNG_DISEASE, headline=True),
        cost("Medicines for asthma and COPD", of=prescriptions(MEDICINES_FOR_ASTHMA_AND_COPD).cost(),
             who=WITH_LUNG_DISEASE, who_in_words=PEOPLE, numerator_in_words="the cost of inhalers and related "
                                                                            "medicines",
             why="Inhalers are most of what practices spend on the lungs, and most of the carbon too."),
        spending_by_ledgers("Programme budget 11A", "11A", on="obstructive airways disease"),
    ],
    activity=[
        emergency_admissions(of=PEOPLE, who=WITH_LUNG_DISEASE, headline=True),
        gp_appointments_per_1000(PEOPLE, who=WITH_LUNG_DISEASE),
        rate("Chest clinic attendances, per 1,000 people with a lasting lung disease",
             events=contacts(point_of_delivery="outpatient", specialty=LUNG_CLINICS), repeats=True,
             who=WITH_LUNG_DISEASE, better="neither", who_in_words=PEOPLE,
             numerator_in_words="outpatient attendances in chest medicine, sleep medicine and rehabilitation"),
    ],
    burden=[
        proportion("Residents with a lasting lung disease", who=EVERYONE, achieved=WITH_LUNG_DISEASE, better="neither",
                   headline=True, numerator_in_words=PEOPLE),
        proportion("Residents with asthma", who=EVERYONE, achieved=WITH_ASTHMA, better="neither",
                   numerator_in_words="people with asthma recorded",
                   source="Near Quality and Outcomes Framework prevalence, which counts who is 6 or over and was "
                          "treated in the year"),
        deaths_under_75_of("people with COPD", who=WITH_COPD,
                           who_in_words="people with chronic obstructive pulmonary disease"),
    ],
    outcomes=[
        rate("Deaths from respiratory disease under 75, per 100,000 residents", id="RES01", comparator="FT:40701",
             events=deaths(DEATHS_FROM_RESPIRATORY_DISEASE), ages=(0, 74), per=100_000, standardised=True, pool=3,
             better="lower", headline=True, who_in_words="residents under 75",
             numerator_in_words="deaths with a respiratory disease as the underlying cause",
             why="No other cause of death differs as much between rich and poor areas.", source="Fingertips 40701"),
        rate("Emergency admissions for COPD, 35 and over, per 100,000", id="RES02", comparator="FT:92302",
             events=contacts(point_of_delivery=EMERGENCY_ADMISSION, diagnosis=COPD), ages=(35, None), per=100_000,
             standardised=True, better="lower", who_in_words="residents aged 35 and over",
             numerator_in_words="emergency admissions with chronic obstructive pulmonary disease as the primary "
                                "diagnosis",
             why="An attack treated early at home is an admission that does not happen.", source="Fingertips 92302"),
        rate("Emergency admissions for asthma, per 100,000 residents", id="RES03",
             events=contacts(point_of_delivery=EMERGENCY_ADMISSION, diagnosis=ASTHMA), per=100_000, standardised=True,
             better="lower", numerator_in_words="emergency admissions with asthma as the primary diagnosis",
             why="Most attacks that end in hospital had warnings.",
             source="As Fingertips 90810, which counts people under 19"),
        proportion("Influenza vaccination in COPD", id="RES04", who=WITH_COPD,
                   achieved=recorded(INFLUENZA_VACCINATION), better="higher",
                   who_in_words="people with chronic obstructive pulmonary disease",
                   numerator_in_words="people vaccinated against influenza in the year",
                   why="Influenza is what many winter admissions begin with.",
                   source="General practice records; seasons are whole in years that end in March"),
        proportion("Pulmonary rehabilitation offered to breathless people", id="RES05", comparator="QOF:COPD014",
                   who=WITH_COPD & BREATHLESS, achieved=recorded(PULMONARY_REHABILITATION), better="higher",
                   who_in_words="people with chronic obstructive pulmonary disease whose breathlessness was of grade 3 "
                                "or more",
                   numerator_in_words="people offered pulmonary rehabilitation in the year",
                   why="It does more for breathlessness than any inhaler.",
                   source="Quality and Outcomes Framework COPD014"),
        proportion("Asthma review with control and inhaler checked", id="RES06", comparator="QOF:AST007",
                   who=WITH_ASTHMA & aged(6), achieved=REVIEWED, better="higher",
                   who_in_words="people aged 6 and over with asthma",
                   numerator_in_words="people reviewed in the year, with their control assessed and inhaler technique "
                                      "seen",
                   why="Most people use their inhaler wrongly until somebody looks.",
                   source="Near Quality and Outcomes Framework AST007, which also wants attacks counted and a plan"),
        proportion("Too many reliever inhalers", id="RES07", who=WITH_ASTHMA
                   & prescriptions(MEDICINES_FOR_ASTHMA_AND_COPD).any(), better="lower",
                   achieved=prescriptions(SHORT_ACTING_RELIEVER).count() >= 6,
                   who_in_words="people with asthma who were issued any medicine for it",
                   numerator_in_words="people issued short-acting relievers six times or more in the year",
                   why="Whoever needs so many is not under control, and at risk of a dangerous attack.",
                   source="OpenPrescribing; National Review of Asthma Deaths, 2014"),
        proportion("COPD confirmed by spirometry", id="RES08", comparator="QOF:COPD", who=COPD_FOUND_LAST_YEAR,
                   achieved=recorded(SPIROMETRY, within=years(2)), better="higher",
                   who_in_words="people in whom chronic obstructive pulmonary disease was first recorded 6 to 18 "
                                "months before the year's end",
                   numerator_in_words="people with spirometry recorded in the two years to its end",
                   why="Without it, many are treated for a disease that they do not have.",
                   source="Near the Quality and Outcomes Framework, which counts spirometry after a bronchodilator "
                          "from 3 months before to 6 months after diagnosis"),
    ],
    claims=Claims(
        diagnoses=icd10("J09-J18", "J20-J22", "J40-J47", "J60-J70", "J80-J84", "J96", "A15-A19", "E84", "G473"),
        specialties=LUNG_CLINICS,
        medicines=bnf("03"),
        teams=("Respiratory nursing",),
        programmes=("11A", "11B", "11X"),
    ),
)  # fmt: skip
