"""Musculoskeletal: painful and inflamed joints, back pain, and thin bones."""

from stewardship.care_areas.area import CareArea
from stewardship.care_areas.claims import Claims, bnf, icd10
from stewardship.care_areas.phrases import (
    cost_of_all_care_for_each,
    spending_by_ledgers,
    waiting_under_18_weeks,
)
from stewardship.care_areas.vocabulary import (
    BACK_PAIN,
    BONE_SPARING_MEDICINES,
    CANCER,
    EMERGENCY_ADMISSION,
    FRAGILITY_FRACTURE,
    HIP_FRACTURE,
    HIP_OR_KNEE_REPLACEMENT,
    MUSCULOSKELETAL_CONDITIONS,
    OSTEOARTHRITIS,
    OSTEOPOROSIS,
    RHEUMATOID_ARTHRITIS,
    SPINAL_INJECTION,
    STRONG_OPIOIDS,
)
from stewardship.measures.measure import (
    events_counted,
    people,
    proportion,
    published,
    rate,
    share_of_events,
    unavailable,
)
from stewardship.people.language import aged, contacts, deaths, has, prescriptions, procedures

WITH_CONDITION = has(MUSCULOSKELETAL_CONDITIONS)
AFTER_FRAGILITY_FRACTURE = aged(50) & has(FRAGILITY_FRACTURE) & has(OSTEOPOROSIS)
AT_RISK = aged(50) & has(FRAGILITY_FRACTURE) & ~has(OSTEOPOROSIS)
ORTHOPAEDIC_CLINICS = ("108", "110", "111", "115")
HIP_FRACTURES = contacts(point_of_delivery=EMERGENCY_ADMISSION, diagnosis=HIP_FRACTURE)

PEOPLE = "people with a lasting musculoskeletal condition"

care_area = CareArea(
    key="musculoskeletal",
    name="Musculoskeletal",
    phase=2,
    definition="Everyone in whom osteoarthritis, rheumatoid arthritis, back pain, osteoporosis, a fragility fracture, "
               "gout or a like condition has ever been recorded.",
    population=WITH_CONDITION,
    at_risk=AT_RISK,
    population_measures=[
        people("People with a musculoskeletal condition", who=WITH_CONDITION, who_in_words=PEOPLE, headline=True),
        people("People with a fragility fracture and no osteoporosis recorded", who=AT_RISK,
               who_in_words="people aged 50 and over with a fragility fracture in whom osteoporosis is not recorded",
               why="One such fracture foretells the next, and treatment halves the risk."),
    ],
    resources=[
        cost_of_all_care_for_each("person with a musculoskeletal condition", who=WITH_CONDITION, who_in_words=PEOPLE,
                                  headline=True),
        spending_by_ledgers("Programme budget 15", "15", on="musculoskeletal problems"),
    ],
    activity=[
        events_counted("Orthopaedic clinic attendances", unit="attendances", headline=True,
                       events=contacts(point_of_delivery="outpatient", specialty=ORTHOPAEDIC_CLINICS),
                       numerator_in_words="outpatient attendances in orthopaedics and spinal surgery"),
        rate("Hip and knee replacements, per 100,000 residents", per=100_000, standardised=True, better="neither",
             events=procedures(HIP_OR_KNEE_REPLACEMENT), numerator_in_words="hips and knees replaced",
             why="Need is greatest where people are poorest; operations are not."),
        rate("Physiotherapy attendances, per 1,000 people with a musculoskeletal condition", repeats=True,
             better="neither", events=contacts(point_of_delivery="outpatient", specialty=("650",)),
             who=WITH_CONDITION, who_in_words=PEOPLE, numerator_in_words="outpatient attendances in physiotherapy"),
    ],
    burden=[
        proportion("Residents aged 45 and over with osteoarthritis", who=aged(45), achieved=has(OSTEOARTHRITIS),
                   better="neither", who_in_words="residents aged 45 and over", headline=True,
                   numerator_in_words="people in whom osteoarthritis has ever been recorded"),
        proportion("Residents aged 16 and over with rheumatoid arthritis", who=aged(16),
                   achieved=has(RHEUMATOID_ARTHRITIS), better="neither", who_in_words="residents aged 16 and over",
                   numerator_in_words="people in whom rheumatoid arthritis has ever been recorded",
                   source="Quality and Outcomes Framework prevalence, 16 and over"),
        proportion("Residents aged 50 and over with osteoporosis", who=aged(50), achieved=has(OSTEOPOROSIS),
                   better="neither", who_in_words="residents aged 50 and over",
                   numerator_in_words="people in whom osteoporosis has ever been recorded",
                   why="Where the register is small, thin bones are not missing but not found."),
        proportion("Residents with back pain", who=aged(0), achieved=has(BACK_PAIN), better="neither",
                   who_in_words="residents", numerator_in_words="people in whom back pain has ever been recorded",
                   why="No other condition takes more years of good health."),
    ],
    outcomes=[
        published("Gain after a hip or knee replacement", id="MSK01", figure="PROMs:Oxford hip and knee gain",
                  unit="points", better="higher", who_in_words="people asked before and after a replacement",
                  numerator_in_words="the mean gain in points of the Oxford score",
                  why="Only the person can say whether the operation helped.",
                  source="NHS England, patient reported outcome measures"),
        waiting_under_18_weeks("orthopaedics", id="MSK02", treatment_function="110",
                               who_in_words="people waiting for trauma and orthopaedics",
                               why="Pain and weakness grow while people wait, and some of it stays."),
        published("Waiting over a year, orthopaedics", id="MSK03", figure="RTT:110 over 52 weeks", unit="people",
                  better="lower", who_in_words="people waiting for trauma and orthopaedics",
                  numerator_in_words="people who have waited over 52 weeks",
                  why="Nobody should wait a year for an operation.",
                  source="NHS England, consultant-led referral to treatment waiting times"),
        share_of_events("Deaths within 30 days of a hip fracture", id="MSK04", of=HIP_FRACTURES,
                        that=HIP_FRACTURES.followed_by(deaths(), within_days=30, counted_from="start"),
                        who=aged(60), better="lower",
                        who_in_words="residents aged 60 and over",
                        over_in_words="emergency admissions with a broken hip at 60 and over",
                        numerator_in_words="admissions of people who died within 30 days",
                        why="An operation within a day and a half, and care for the whole person, save lives.",
                        source="near the National Hip Fracture Database, which also weighs how ill people were",
                        comparator="NHFD:30-day mortality"),
        proportion("Bone-sparing treatment after a fragility fracture", id="MSK05", who=AFTER_FRAGILITY_FRACTURE,
                   achieved=prescriptions(BONE_SPARING_MEDICINES).any(), better="higher", headline=True,
                   who_in_words="people aged 50 and over with a fragility fracture and osteoporosis",
                   numerator_in_words="people issued a bone-sparing medicine in the year",
                   why="It prevents the next fracture, and the next may be the hip.",
                   source="Quality and Outcomes Framework, osteoporosis", comparator="QOF:OST"),
        published("Early inflammatory arthritis seen within three weeks", id="MSK06",
                  figure="NEIAA:seen within 3 weeks", unit="%", better="higher",
                  who_in_words="people referred with suspected inflammatory arthritis",
                  numerator_in_words="people assessed within three weeks",
                  why="Joints are destroyed in the first months.",
                  source="National Early Inflammatory Arthritis Audit"),
        unavailable("In work with a musculoskeletal condition", id="MSK07", statistic="proportion", unit="%",
                    better="higher", who_in_words="people of working age with a musculoskeletal condition",
                    numerator_in_words="people in work", because="no survey of who is in work has been sent",
                    why="Staying in work keeps people well.", source="A survey of people of working age"),
        rate("Injections into the spine for pain, per 100,000 residents", id="MSK08", per=100_000, standardised=True,
             better="lower", events=procedures(SPINAL_INJECTION),
             numerator_in_words="injections into the spine for pain",
             why="For back pain without a known cause they do not help, and should not be done.",
             source="near the national list of evidence-based interventions, which leaves out trapped nerves"),
        rate("Strong opioids, items per 1,000 people without cancer", id="MSK09", repeats=True, better="lower",
             events=prescriptions(STRONG_OPIOIDS), who=aged(18) & ~has(CANCER),
             who_in_words="residents aged 18 and over without a record of cancer",
             numerator_in_words="items of strong opioids",
             why="They seldom help pain that lasts, and do much harm.", source="OpenPrescribing"),
    ],
    claims=Claims(
        diagnoses=icd10("M00-M99"),
        specialties=("108", "110", "111", "115", "191", "325", "410", "650", "653", "658"),
        medicines=bnf("0606", "10"),
        teams=("Musculoskeletal physiotherapy", "Podiatry"),
        programmes=("07A", "15"),
    ),
)  # fmt: skip
