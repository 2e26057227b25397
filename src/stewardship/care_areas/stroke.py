"""Stroke care: everyone who has had a stroke or a transient ischaemic attack."""

from stewardship.care_areas.area import CareArea
from stewardship.care_areas.claims import Claims, bnf, icd10
from stewardship.care_areas.phrases import (
    community_contacts_per_1000,
    cost_of_all_care,
    cost_of_all_care_for_each,
    deaths_of,
    emergency_admissions_per_1000,
    spending_by_ledgers,
)
from stewardship.care_areas.vocabulary import (
    ACUTE_STROKE,
    ATRIAL_FIBRILLATION,
    BLOOD_PRESSURE_140_OVER_90_OR_LESS,
    DEATHS_FROM_STROKE,
    EMERGENCY_ADMISSION,
    HYPERTENSION,
    STROKE,
    TRANSIENT_ISCHAEMIC_ATTACK,
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
from stewardship.people.language import EVERYONE, contacts, deaths, has

WITH_STROKE = has(STROKE)
WITH_STROKE_OR_ATTACK = WITH_STROKE | has(TRANSIENT_ISCHAEMIC_ATTACK)
AT_RISK = has(ATRIAL_FIBRILLATION) & ~WITH_STROKE_OR_ATTACK
STROKE_ADMISSIONS = contacts(point_of_delivery=EMERGENCY_ADMISSION, diagnosis=ACUTE_STROKE)

PEOPLE = "people who have had a stroke or transient ischaemic attack"
AUDIT = "Sentinel Stroke National Audit Programme"
ADMITTED = "people admitted with a stroke"

care_area = CareArea(
    key="stroke",
    name="Stroke care",
    phase=1,
    definition="Everyone in whom a stroke or transient ischaemic attack has ever been recorded.",
    population=WITH_STROKE_OR_ATTACK,
    at_risk=AT_RISK,
    population_measures=[
        people("People who have had a stroke or transient ischaemic attack", who=WITH_STROKE_OR_ATTACK,
               who_in_words=PEOPLE, headline=True),
        people("People who have had a stroke", who=WITH_STROKE, who_in_words="people who have had a stroke"),
        people("People with atrial fibrillation and no stroke yet", who=AT_RISK,
               who_in_words="people with atrial fibrillation and no stroke or transient ischaemic attack recorded",
               why="Their strokes are the most severe, and most can be prevented."),
    ],
    resources=[
        cost_of_all_care(of=PEOPLE, who=WITH_STROKE_OR_ATTACK, headline=True),
        cost_of_all_care_for_each("person who has had a stroke or transient ischaemic attack",
                                  who=WITH_STROKE_OR_ATTACK, who_in_words=PEOPLE),
        spending_by_ledgers("Programme budget 10B", "10B", on="cerebrovascular disease"),
    ],
    activity=[
        events_counted("Emergency admissions with a stroke", events=STROKE_ADMISSIONS, unit="admissions", headline=True,
                       numerator_in_words="emergency admissions with a stroke as the primary diagnosis"),
        community_contacts_per_1000(PEOPLE, who=WITH_STROKE_OR_ATTACK),
        emergency_admissions_per_1000(PEOPLE, who=WITH_STROKE_OR_ATTACK),
    ],
    burden=[
        proportion("Residents who have had a stroke or transient ischaemic attack", who=EVERYONE,
                   achieved=WITH_STROKE_OR_ATTACK, better="neither", headline=True, numerator_in_words=PEOPLE,
                   source="Quality and Outcomes Framework prevalence"),
        deaths_of(PEOPLE, who=WITH_STROKE_OR_ATTACK, better="lower"),
    ],
    outcomes=[
        rate("Deaths from stroke under 75, per 100,000 residents", id="STK01", comparator="FT:91167",
             events=deaths(DEATHS_FROM_STROKE), ages=(0, 74), per=100_000, standardised=True, pool=3, better="lower",
             headline=True, who_in_words="residents under 75",
             numerator_in_words="deaths with a stroke or its consequences as the underlying cause",
             why="Treated blood pressure and fibrillation prevent most of them.", source="Fingertips 91167"),
        rate("Stroke admissions, per 100,000 residents", id="STK02", events=STROKE_ADMISSIONS, per=100_000,
             standardised=True, better="lower",
             numerator_in_words="emergency admissions with a stroke as the primary diagnosis",
             why="It shows whether prevention reaches those who need it.",
             source="Hospital stays, ICD-10 I61, I63 and I64"),
        published("Stroke unit within 4 hours", figure="SSNAP:stroke unit within 4 hours", id="STK03", unit="%",
                  better="higher", who_in_words=ADMITTED,
                  numerator_in_words="people who reached a stroke unit within 4 hours",
                  why="More people live, and live independently, who are cared for on a stroke unit.",
                  source=f"{AUDIT}, domain 2"),
        published("Nine tenths of the stay on a stroke unit", figure="SSNAP:90% of stay on stroke unit", id="STK04",
                  unit="%", better="higher", who_in_words=ADMITTED,
                  numerator_in_words="people who spent nine tenths of their stay or more on a stroke unit",
                  why="The benefit of a stroke unit comes with every day on it.", source=f"{AUDIT}, domain 2"),
        published("Thrombolysis", figure="SSNAP:thrombolysis", id="STK05", unit="%", better="higher",
                  who_in_words="people admitted with a stroke that is no bleeding",
                  numerator_in_words="people given medicine to dissolve the clot",
                  why="In the first hours a clot can be dissolved before the brain behind it is lost.",
                  source=f"{AUDIT}, domain 3"),
        published("Thrombectomy", figure="SSNAP:thrombectomy", id="STK06", unit="%", better="higher",
                  who_in_words=ADMITTED, numerator_in_words="people whose clot was drawn out of the artery",
                  why="It turns the gravest strokes into ones that people walk away from.", source=AUDIT),
        published("Early supported discharge", figure="SSNAP:early supported discharge", id="STK07", unit="%",
                  better="higher", who_in_words="people discharged alive after a stroke",
                  numerator_in_words="people treated at home by an early supported discharge team",
                  why="At home, with a team, people regain more than in a hospital bed.",
                  source=f"{AUDIT}, domains 8 to 10"),
        share_of_events("Died within 30 days of admission with a stroke", id="STK08", comparator="SSNAP:mortality",
                        of=STROKE_ADMISSIONS, better="lower",
                        that=STROKE_ADMISSIONS.followed_by(deaths(), within_days=30, counted_from="start"),
                        over_in_words="emergency admissions with a stroke as the primary diagnosis",
                        numerator_in_words="admissions followed by death within 30 days of their first day",
                        why="It is the plainest outcome of the first days of care.",
                        source=f"As the {AUDIT}, which adjusts for how severe strokes were; this does not"),
        unavailable("High-risk transient ischaemic attack seen within 24 hours", id="STK09", statistic="proportion",
                    unit="%", who_in_words="people referred after a transient ischaemic attack at high risk of a "
                                           "stroke",
                    numerator_in_words="people seen within 24 hours", better="higher",
                    because="no times of referral and of being seen in clinics for transient ischaemic attack have "
                            "been sent",
                    why="A stroke is likeliest in the days that follow.", source="Local clinics; no national figure"),
        proportion("Blood pressure after a stroke at 140/90 or less", better="higher",
                   who=WITH_STROKE_OR_ATTACK & has(HYPERTENSION), achieved=BLOOD_PRESSURE_140_OVER_90_OR_LESS,
                   who_in_words="people with hypertension who have had a stroke or transient ischaemic attack",
                   numerator_in_words="people whose latest blood pressure in the year is 140/90 or less",
                   why="Blood pressure is what most often brings the next stroke."),
    ],
    claims=Claims(
        diagnoses=icd10("I60-I69", "G45", "G81"),
        specialties=("328", "329"),
        medicines=bnf("0208", "0209"),
        programmes=("10B",),
    ),
)  # fmt: skip
