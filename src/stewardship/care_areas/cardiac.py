"""Cardiac care: coronary heart disease, heart failure, atrial fibrillation and diseased arteries of the legs."""

from stewardship.care_areas.area import CareArea
from stewardship.care_areas.claims import Claims, bnf, icd10
from stewardship.care_areas.phrases import (
    cost_of_all_care,
    cost_of_all_care_for_each,
    deaths_under_75_of,
    emergency_admissions,
    spending_by_ledgers,
    waiting_under_18_weeks,
)
from stewardship.care_areas.vocabulary import (
    ANTICOAGULANT,
    ATHEROSCLEROTIC_DISEASE,
    ATRIAL_FIBRILLATION,
    BLOOD_PRESSURE_140_OVER_90_OR_LESS,
    CARDIOVASCULAR_DISEASE,
    CARDIOVASCULAR_RISK,
    CORONARY_HEART_DISEASE,
    DIABETES,
    EMERGENCY_ADMISSION,
    EMERGENCY_ADMISSIONS,
    HEART_FAILURE,
    HEART_FAILURE_OR_HEART_ATTACK,
    HYPERTENSION,
    LIPID_LOWERING_MEDICINES,
    PERIPHERAL_ARTERIAL_DISEASE,
    STROKE,
    TRANSIENT_ISCHAEMIC_ATTACK,
)
from stewardship.measures.measure import (
    against_expected,
    people,
    proportion,
    published,
    rate,
    share_of_events,
)
from stewardship.people.language import (
    EVERYONE,
    aged,
    contacts,
    deaths,
    has,
    latest,
    of_sex,
    prescriptions,
    weighted,
)

WITH_HEART_DISEASE = (
    has(CORONARY_HEART_DISEASE)
    | has(HEART_FAILURE)
    | has(ATRIAL_FIBRILLATION)
    | has(PERIPHERAL_ARTERIAL_DISEASE)
)
WITH_HYPERTENSION = has(HYPERTENSION)
AT_HIGH_RISK = latest(CARDIOVASCULAR_RISK) >= 10
AT_RISK = (WITH_HYPERTENSION | AT_HIGH_RISK) & ~WITH_HEART_DISEASE
AFTER_HEART_FAILURE_OR_ATTACK = contacts(
    point_of_delivery=EMERGENCY_ADMISSION, diagnosis=HEART_FAILURE_OR_HEART_ATTACK
)

# The CHA2DS2-VASc score. Source: Lip and others, Chest 2010;137:263-72.
STROKE_RISK = weighted(
    (has(HEART_FAILURE), 1),
    (WITH_HYPERTENSION, 1),
    (aged(75), 2),
    (has(DIABETES), 1),
    (has(STROKE) | has(TRANSIENT_ISCHAEMIC_ATTACK), 2),
    (has(CORONARY_HEART_DISEASE) | has(PERIPHERAL_ARTERIAL_DISEASE), 1),
    (aged(65, 74), 1),
    (of_sex("female"), 1),
)

PEOPLE = "people with heart disease"
CARDIAC_CLINICS = ("320", "172", "170", "327", "331", "675", "107")

care_area = CareArea(
    key="cardiac",
    name="Cardiac care",
    phase=1,
    definition="Everyone in whom coronary heart disease, heart failure, atrial fibrillation or peripheral arterial "
               "disease has ever been recorded.",
    population=WITH_HEART_DISEASE,
    at_risk=AT_RISK,
    population_measures=[
        people("People with heart disease", who=WITH_HEART_DISEASE, headline=True,
               who_in_words="people with coronary heart disease, heart failure, atrial fibrillation or peripheral "
                            "arterial disease"),
        people("People with heart failure", who=has(HEART_FAILURE), who_in_words="people with heart failure"),
        people("People at risk of heart disease", who=AT_RISK,
               who_in_words="people without heart disease who have hypertension, or whose latest ten-year risk is 10% "
                            "or more",
               why="Blood pressure and cholesterol are treated with medicines that cost pennies."),
    ],
    resources=[
        cost_of_all_care(of=PEOPLE, who=WITH_HEART_DISEASE, headline=True),
        cost_of_all_care_for_each("person with heart disease", who=WITH_HEART_DISEASE, who_in_words=PEOPLE),
        spending_by_ledgers("Programme budget 10A", "10A", on="coronary heart disease"),
    ],
    activity=[
        emergency_admissions(of=PEOPLE, who=WITH_HEART_DISEASE, headline=True),
        rate("Cardiac clinic attendances, per 1,000 people with heart disease",
             events=contacts(point_of_delivery="outpatient", specialty=CARDIAC_CLINICS), repeats=True,
             who=WITH_HEART_DISEASE, better="neither", who_in_words=PEOPLE,
             numerator_in_words="outpatient attendances in cardiology, heart and vessel surgery and rehabilitation"),
        rate("Planned stays for heart disease, per 1,000 people with heart disease",
             events=contacts(point_of_delivery=("planned_admission", "day_case"), diagnosis=CARDIOVASCULAR_DISEASE),
             who=WITH_HEART_DISEASE, better="neither", who_in_words=PEOPLE,
             numerator_in_words="planned admissions and day cases with a disease of heart or vessels as the primary "
                                "diagnosis"),
    ],
    burden=[
        proportion("Residents with heart disease", who=EVERYONE, achieved=WITH_HEART_DISEASE, better="neither",
                   headline=True, numerator_in_words=PEOPLE),
        proportion("Residents with hypertension", who=EVERYONE, achieved=WITH_HYPERTENSION, better="neither",
                   numerator_in_words="people with hypertension recorded",
                   source="Quality and Outcomes Framework prevalence"),
        deaths_under_75_of(PEOPLE, who=WITH_HEART_DISEASE),
    ],
    outcomes=[
        rate("Deaths from cardiovascular disease under 75, per 100,000 residents", id="CAR01", comparator="FT:40401",
             events=deaths(CARDIOVASCULAR_DISEASE), ages=(0, 74), per=100_000, standardised=True, pool=3,
             better="lower", headline=True, who_in_words="residents under 75",
             numerator_in_words="deaths with a disease of heart or vessels as the underlying cause",
             why="Most of them could have been prevented, and the poorest areas have the most.",
             source="Fingertips 40401"),
        proportion("Hypertension treated to target, under 80", id="CAR02", comparator="QOF:HYP008",
                   who=WITH_HYPERTENSION & aged(0, 79), achieved=BLOOD_PRESSURE_140_OVER_90_OR_LESS, better="higher",
                   who_in_words="people under 80 with hypertension",
                   numerator_in_words="people whose latest blood pressure in the year is 140/90 or less",
                   why="Each 10 points of pressure taken off prevent about one heart attack or stroke in five.",
                   source="Quality and Outcomes Framework HYP008; effect: Ettehad and others, Lancet 2016;387:957-67"),
        against_expected("Hypertension found, against the number expected", id="CAR03", who=WITH_HYPERTENSION,
                         expected="Expected:hypertension", better="higher",
                         who_in_words="people expected to have hypertension, whether or not it has been found",
                         numerator_in_words="people with hypertension recorded",
                         why="High blood pressure is felt only when it has done its harm.",
                         source="Quality and Outcomes Framework register; modelled prevalence"),
        proportion("Anticoagulant in atrial fibrillation", id="CAR04", comparator="QOF:AF008",
                   who=has(ATRIAL_FIBRILLATION) & (STROKE_RISK >= 2), better="higher",
                   achieved=prescriptions(ANTICOAGULANT).any(),
                   who_in_words="people with atrial fibrillation whose CHA2DS2-VASc score is 2 or more",
                   numerator_in_words="people issued an oral anticoagulant in the year",
                   why="It prevents two in three of the strokes that the fibrillation would cause.",
                   source="Quality and Outcomes Framework AF008; effect: Hart and others, Annals of Internal Medicine "
                          "2007;146:857-67"),
        rate("Emergency admissions for heart failure, per 100,000 residents", id="CAR05", per=100_000,
             events=contacts(point_of_delivery=EMERGENCY_ADMISSION, diagnosis=HEART_FAILURE), standardised=True,
             better="lower", numerator_in_words="emergency admissions with heart failure as the primary diagnosis",
             why="With the right medicines and a nurse to call, most of them need not happen.",
             source="NHS Outcomes Framework 2.3i, its part for heart failure"),
        proportion("Lipid-lowering medicine at high risk", id="CAR06", comparator="CVDPREVENT:CVDP lipid",
                   who=has(ATHEROSCLEROTIC_DISEASE) | AT_HIGH_RISK, better="higher",
                   achieved=prescriptions(LIPID_LOWERING_MEDICINES).any(),
                   who_in_words="people with coronary, cerebral or peripheral arterial disease, or a latest ten-year "
                                "risk of 10% or more",
                   numerator_in_words="people issued a statin or another lipid-lowering medicine in the year",
                   why="Statins prevent heart attacks and strokes most in those who are most likely to have one.",
                   source="CVDPREVENT"),
        share_of_events("Readmitted within 30 days of heart failure or heart attack", id="CAR07",
                        of=AFTER_HEART_FAILURE_OR_ATTACK, better="lower",
                        that=AFTER_HEART_FAILURE_OR_ATTACK.followed_by(EMERGENCY_ADMISSIONS, within_days=30),
                        over_in_words="emergency admissions with heart failure or a heart attack as the primary "
                                      "diagnosis",
                        numerator_in_words="admissions followed by another emergency admission within 30 days",
                        why="Coming back so soon often means going home too early or without a plan.",
                        source="As Fingertips 41101, of these diagnoses alone and not adjusted"),
        published("Cardiac rehabilitation begun", figure="NACR:uptake", id="CAR08", unit="%", better="higher",
                  who_in_words="people who had a heart attack, or a narrowed artery opened or bypassed",
                  numerator_in_words="people who began a programme of cardiac rehabilitation",
                  why="Rehabilitation lowers the risk of dying of the heart, and many people miss it.",
                  source="National Audit of Cardiac Rehabilitation"),
        waiting_under_18_weeks("cardiology", id="CAR09", treatment_function="320",
                               who_in_words="people waiting for treatment in cardiology",
                               why="Chest pain and breathlessness should not have to wait."),
    ],
    claims=Claims(
        diagnoses=icd10("I05-I15", "I20-I28", "I30-I50", "R07", "Q20-Q28"),
        specialties=CARDIAC_CLINICS,
        medicines=bnf("0201-0207", "0210-0213"),
        teams=("Heart failure nursing",),
        programmes=("10A", "10C", "10X"),
    ),
)  # fmt: skip
