"""Dermatology: lasting conditions of the skin, and skin cancer."""

from stewardship.care_areas.area import CareArea
from stewardship.care_areas.claims import Claims, bnf, icd10
from stewardship.care_areas.phrases import (
    cost_of_all_care_for_each,
    spending_by_ledgers,
    waiting_under_18_weeks,
)
from stewardship.care_areas.vocabulary import (
    ALANINE_AMINOTRANSFERASE,
    BLOOD_COUNT,
    ECZEMA,
    KIDNEY_FUNCTION,
    PSORIASIS,
    SKIN_CANCER,
    SKIN_CONDITIONS,
    SKIN_OPERATION,
    SYSTEMIC_TREATMENT,
)
from stewardship.measures.cancer.declared import share_of_pathways
from stewardship.measures.measure import (
    events_counted,
    people,
    proportion,
    published,
    rate,
    ratio_of_events,
    unavailable,
)
from stewardship.measures.schemes import HOSPITAL_STATISTICS
from stewardship.people.language import aged, contacts, deaths, has, prescriptions, procedures, recorded
from stewardship.people.periods import months
from stewardship.rules.cancer.judgement import Standard

WITH_SKIN_CONDITION = has(SKIN_CONDITIONS)
SKIN_CLINICS = ("257", "330")
ON_SYSTEMIC_TREATMENT = (has(PSORIASIS) | has(ECZEMA)) & prescriptions(SYSTEMIC_TREATMENT).any(months(6))
BLOOD_TESTED = (
    recorded(BLOOD_COUNT, within=months(3))
    & recorded(KIDNEY_FUNCTION, within=months(3))
    & recorded(ALANINE_AMINOTRANSFERASE, within=months(3))
)

PEOPLE = "people with a lasting skin condition or skin cancer"
ON_PATHWAYS = "people on pathways of suspected skin cancer"
SUSPECTED_SKIN_CANCER = "08"  # referral type

care_area = CareArea(
    key="dermatology",
    name="Dermatology",
    phase=2,
    definition="Everyone in whom psoriasis, eczema, acne, rosacea or a skin cancer has ever been recorded.",
    population=WITH_SKIN_CONDITION,
    at_risk=None,
    population_measures=[
        people("People with a skin condition", who=WITH_SKIN_CONDITION, who_in_words=PEOPLE, headline=True),
        people("People on systemic treatment for their skin", who=ON_SYSTEMIC_TREATMENT,
               who_in_words="people with psoriasis or eczema who were issued a medicine that calms the immune system "
                            "in the last six months"),
    ],
    resources=[
        cost_of_all_care_for_each("person with a skin condition", who=WITH_SKIN_CONDITION, who_in_words=PEOPLE,
                                  headline=True),
        spending_by_ledgers("Programme budget 14", "14", on="problems of the skin"),
    ],
    activity=[
        events_counted("Skin clinic attendances", unit="attendances", headline=True,
                       events=contacts(point_of_delivery="outpatient", specialty=SKIN_CLINICS),
                       numerator_in_words="outpatient attendances in dermatology"),
        rate("First skin clinic attendances, per 1,000 residents", standardised=True, better="neither",
             events=contacts(point_of_delivery="outpatient", specialty=SKIN_CLINICS, attendance="first"),
             numerator_in_words="first outpatient attendances in dermatology"),
        rate("Operations on the skin, per 1,000 residents", standardised=True, better="neither",
             events=procedures(SKIN_OPERATION), numerator_in_words="skin lesions cut out or destroyed in hospital"),
    ],
    burden=[
        proportion("Residents with psoriasis", who=aged(0), achieved=has(PSORIASIS), better="neither",
                   who_in_words="residents", numerator_in_words="people in whom psoriasis has ever been recorded",
                   headline=True),
        proportion("Residents with eczema", who=aged(0), achieved=has(ECZEMA), better="neither",
                   who_in_words="residents", numerator_in_words="people in whom eczema has ever been recorded"),
        rate("Deaths from skin cancer, per 100,000 residents", events=deaths(SKIN_CANCER), per=100_000,
             standardised=True, pool=5, better="lower",
             numerator_in_words="deaths with skin cancer as the underlying cause"),
    ],
    outcomes=[
        share_of_pathways("Told within 28 days, suspected skin cancer", id="DER01", better="higher",
                          standard=Standard.FASTER_DIAGNOSIS, suspected=SUSPECTED_SKIN_CANCER, who_in_words=ON_PATHWAYS,
                          scheme=HOSPITAL_STATISTICS,  # who has cancer is no wait
                          over_in_words="urgent referrals with suspected skin cancer that ended with being told",
                          numerator_in_words="referrals told within 28 days of being received",
                          why="Skin is the largest stream of suspected cancer: nearly everyone is waiting for good "
                              "news.",
                          source="NHS England, cancer waiting times"),
        share_of_pathways("Urgent skin referrals that are not cancer", id="DER02", better="neither", that="ruled out",
                          standard=Standard.FASTER_DIAGNOSIS, suspected=SUSPECTED_SKIN_CANCER, who_in_words=ON_PATHWAYS,
                          scheme=HOSPITAL_STATISTICS,  # who has cancer is no wait
                          over_in_words="urgent referrals with suspected skin cancer that ended with being told",
                          numerator_in_words="referrals whose people were told that it is not cancer",
                          why="Where nearly all are harmless, a look at a picture first spares a journey and a wait.",
                          source="NHS England, cancer waiting times"),
        unavailable("Skin referrals answered by advice or picture", id="DER03", statistic="proportion", unit="%",
                    better="higher", who_in_words="referrals to dermatology",
                    numerator_in_words="people answered by advice, or by a look at a picture",
                    because="no record of referrals for advice has been sent",
                    why="Much of the skin can be judged from a good picture within days.",
                    source="NHS e-Referral Service"),
        waiting_under_18_weeks("dermatology", id="DER04", treatment_function="330",
                               who_in_words="people waiting for dermatology",
                               why="A painful or spreading skin does not get better while it waits."),
        ratio_of_events("Follow-ups for each first attendance, dermatology", id="DER05", better="lower",
                        of=contacts(point_of_delivery="outpatient", specialty=SKIN_CLINICS, attendance="follow-up"),
                        to=contacts(point_of_delivery="outpatient", specialty=SKIN_CLINICS, attendance="first"),
                        over_in_words="the first attendances",
                        numerator_in_words="follow-up attendances in dermatology",
                        why="Each follow-up that helps nobody is a first appointment somebody waits for.",
                        source="Hospital outpatients", headline=True),
        published("Melanoma found at stage 1 or 2", id="DER06", figure="NDRS:melanoma stage 1 or 2", unit="%",
                  better="higher", who_in_words="people with a melanoma of known stage",
                  numerator_in_words="people whose melanoma was found at stage 1 or 2",
                  why="Found early, melanoma is nearly always cured.",
                  source="National Disease Registration Service"),
        proportion("Blood tests up to date on systemic treatment", id="DER07", who=ON_SYSTEMIC_TREATMENT,
                   achieved=BLOOD_TESTED, better="higher",
                   who_in_words="people with psoriasis or eczema on a medicine that calms the immune system",
                   numerator_in_words="people with blood count, kidney and liver all tested in the last three months",
                   why="These medicines can harm blood, kidney and liver before anything is felt.",
                   source="British Association of Dermatologists, guidance on systemic treatment"),
    ],
    claims=Claims(
        diagnoses=icd10("D22-D23", "L00-L88", "L90-L99"),
        specialties=SKIN_CLINICS,
        medicines=bnf("13"),
        programmes=("14",),
    ),
)  # fmt: skip
