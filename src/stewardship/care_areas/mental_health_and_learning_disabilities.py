"""Mental health and learning disabilities: severe mental illness, depression, learning disability and autism."""

from stewardship.care_areas.area import CareArea
from stewardship.care_areas.claims import Claims, bnf, icd10
from stewardship.care_areas.phrases import (
    cost_of_all_care_for_each,
    spending_by_ledgers,
)
from stewardship.care_areas.vocabulary import (
    ALCOHOL_CONSUMPTION,
    AUTISM,
    BODY_MASS_INDEX,
    CHOLESTEROL,
    DEPRESSION,
    EMERGENCY_ADMISSION,
    EMERGENCY_ADMISSIONS,
    HBA1C,
    LEARNING_DISABILITY,
    LEARNING_DISABILITY_CHECK,
    MENTAL_HEALTH_PRESENTATION,
    SELF_HARM,
    SEVERE_MENTAL_ILLNESS,
    SMOKING_STATUS,
    SUICIDE,
    SYSTOLIC,
)
from stewardship.measures.measure import (
    cost,
    events_counted,
    people,
    proportion,
    published,
    rate,
    share_of_events,
    unavailable,
)
from stewardship.people.language import (
    ADMISSIONS,
    aged,
    contacts,
    counted,
    deaths,
    has,
    in_group,
    recorded,
)

WITH_SEVERE_MENTAL_ILLNESS = has(SEVERE_MENTAL_ILLNESS)
WITH_LEARNING_DISABILITY = has(LEARNING_DISABILITY) | in_group("learning disability")
AUTISTIC = has(AUTISM) | in_group("autism")
IN_AREA = WITH_SEVERE_MENTAL_ILLNESS | WITH_LEARNING_DISABILITY | AUTISTIC | has(DEPRESSION)
IN_DISTRESS = contacts(
    point_of_delivery="emergency_department", diagnosis=MENTAL_HEALTH_PRESENTATION, primary=False
)
AT_RISK = IN_DISTRESS.any() & ~IN_AREA
MENTAL_HEALTH_BEDS = ("700", "710", "711", "712", "713", "715", "720", "721", "724", "725")
IN_A_MENTAL_HEALTH_BED = contacts(point_of_delivery=ADMISSIONS, specialty=MENTAL_HEALTH_BEDS)

SIX_PHYSICAL_CHECKS = counted(
    recorded(ALCOHOL_CONSUMPTION),
    recorded(SYSTOLIC),
    recorded(BODY_MASS_INDEX),
    recorded(HBA1C),
    recorded(CHOLESTEROL),
    recorded(SMOKING_STATUS),
)

PEOPLE = "people with severe mental illness, depression, learning disability or autism"
SEVERELY_ILL = "people with severe mental illness"
LEARNING_DISABLED = "people with a learning disability"

care_area = CareArea(
    key="mental-health-and-learning-disabilities",
    name="Mental health and learning disabilities",
    phase=2,
    definition="Everyone in whom severe mental illness, depression, a learning disability or autism has ever been "
               "recorded. Dementia belongs to ageing well.",
    population=IN_AREA,
    at_risk=AT_RISK,
    population_measures=[
        people("People with severe mental illness", who=WITH_SEVERE_MENTAL_ILLNESS, who_in_words=SEVERELY_ILL,
               headline=True),
        people("People with a learning disability", who=WITH_LEARNING_DISABILITY, who_in_words=LEARNING_DISABLED),
        people("People seen in a mental health crisis, without a diagnosis", who=AT_RISK,
               who_in_words="people without any of these conditions recorded who came to an emergency department for "
                            "their mental health in the year",
               why="A first crisis is a chance to be found and helped."),
    ],
    resources=[
        cost("Cost of mental health contacts", of=contacts(point_of_delivery="mental_health").cost(), headline=True,
             numerator_in_words="the cost of every contact with mental health services"),
        cost_of_all_care_for_each("person with severe mental illness", who=WITH_SEVERE_MENTAL_ILLNESS,
                                  who_in_words=SEVERELY_ILL),
        spending_by_ledgers("Programme budget 05X", "05X", on="mental illness"),
        spending_by_ledgers("Programme budget 06", "06", on="learning disability"),
    ],
    activity=[
        events_counted("Mental health contacts", unit="contacts", headline=True,
                       events=contacts(point_of_delivery="mental_health"),
                       numerator_in_words="contacts with mental health services, talking therapies among them"),
        rate("Mental health contacts, per 1,000 people with severe mental illness", repeats=True, better="neither",
             events=contacts(point_of_delivery="mental_health"), who=WITH_SEVERE_MENTAL_ILLNESS,
             who_in_words=SEVERELY_ILL, numerator_in_words="attended contacts with mental health services"),
        rate("Emergency department attendances for mental health, per 1,000 residents", repeats=True, better="lower",
             events=IN_DISTRESS,
             numerator_in_words="emergency department attendances with a diagnosis of mental illness or self-harm"),
        rate("Emergency admissions of people with a learning disability, per 1,000", repeats=True, better="lower",
             events=EMERGENCY_ADMISSIONS, who=WITH_LEARNING_DISABILITY,
             who_in_words=LEARNING_DISABLED, numerator_in_words="emergency admissions for any reason"),
    ],
    burden=[
        proportion("Residents with severe mental illness", who=aged(0), achieved=WITH_SEVERE_MENTAL_ILLNESS,
                   better="neither", who_in_words="residents", numerator_in_words=SEVERELY_ILL, headline=True,
                   source="Quality and Outcomes Framework prevalence, all ages"),
        proportion("Residents aged 18 and over with depression", who=aged(18), achieved=has(DEPRESSION),
                   better="neither", who_in_words="residents aged 18 and over",
                   numerator_in_words="people in whom depression has ever been recorded",
                   source="near the Quality and Outcomes Framework, which counts since April 2006"),
        proportion("Residents with a learning disability", who=aged(0), achieved=WITH_LEARNING_DISABILITY,
                   better="neither", who_in_words="residents", numerator_in_words=LEARNING_DISABLED),
    ],
    outcomes=[
        proportion("Full physical health check, severe mental illness", id="MHL01",
                   who=WITH_SEVERE_MENTAL_ILLNESS, achieved=SIX_PHYSICAL_CHECKS >= 6, better="higher",
                   headline=True, who_in_words=SEVERELY_ILL,
                   numerator_in_words="people with alcohol, blood pressure, body mass index, HbA1c, cholesterol and "
                                      "smoking all checked in the year",
                   why="People with severe mental illness die years early, mostly of illness that such a check finds.",
                   source="NHS England, physical health checks for people with severe mental illness",
                   comparator="NHSE:SMI physical health checks"),
        proportion("Annual health check, learning disability", id="MHL02",
                   who=WITH_LEARNING_DISABILITY & aged(14), achieved=recorded(LEARNING_DISABILITY_CHECK),
                   better="higher", who_in_words="people aged 14 and over with a learning disability",
                   numerator_in_words="people who had their annual health check in the year",
                   why="Illness that a person cannot easily tell of is found by looking for it.",
                   source="NHS England, learning disabilities health check scheme",
                   comparator="NHSE:LD annual health checks"),
        rate("Suicide, per 100,000 residents", id="MHL03", events=deaths(SUICIDE), ages=(10, None), per=100_000,
             standardised=True, pool=3, better="lower", who_in_words="residents aged 10 and over",
             numerator_in_words="deaths by suicide or of undetermined intent",
             why="Many who take their own life were in touch with a service that could have helped.",
             source="Fingertips 41001", comparator="FT:41001"),
        rate("Emergency admissions for self-harm, per 100,000 residents", id="MHL04", per=100_000, standardised=True,
             events=contacts(point_of_delivery=EMERGENCY_ADMISSION, diagnosis=SELF_HARM, primary=False),
             better="lower", numerator_in_words="emergency admissions with self-harm in any position",
             why="Self-harm is the strongest sign of a risk of suicide.", source="Fingertips 21001",
             comparator="FT:21001"),
        rate("Deaths under 75 of people with severe mental illness, per 100,000", id="MHL05",
             who=WITH_SEVERE_MENTAL_ILLNESS, events=deaths(), ages=(15, 74), per=100_000,
             standardised=True, pool=3, better="lower",
             who_in_words="people with severe mental illness aged 15 to 74", numerator_in_words="deaths from any cause",
             why="It counts the years of life that a mental illness still costs.", source="Fingertips 93582",
             comparator="FT:93582"),
        published("Recovery after talking therapies", id="MHL06", figure="IAPT:recovery", unit="%", better="higher",
                  who_in_words="people who finished talking therapies and were ill enough at the start",
                  numerator_in_words="people who moved to recovery",
                  why="Half are expected to recover; where fewer do, therapy comes late, or is too short.",
                  source="NHS England, talking therapies for anxiety and depression"),
        published("Bed days far from home", id="MHL07", figure="MHSDS:inappropriate out of area placements",
                  unit="bed days", better="lower", who_in_words="people in a mental health bed",
                  numerator_in_words="inappropriate out-of-area bed days",
                  why="A person far from home loses the people who help them to get well.",
                  source="NHS England, mental health services data set"),
        proportion("In a mental health bed with a learning disability or autism, per million adults", id="MHL08",
                   per=1_000_000, during=True, who=aged(18), better="lower",
                   achieved=(WITH_LEARNING_DISABILITY | AUTISTIC) & IN_A_MENTAL_HEALTH_BED.any(),
                   who_in_words="residents aged 18 and over",
                   numerator_in_words="people with a learning disability or autism who went into a mental health bed",
                   why="A hospital is no home: most of these stays can be avoided with support where the person lives.",
                   source="near national figures, which count those in a bed at the end of a month"),
        share_of_events("Twelve hours or more in an emergency department, mental health", id="MHL09",
                        of=IN_DISTRESS, better="lower",
                        that=contacts(point_of_delivery="emergency_department", diagnosis=MENTAL_HEALTH_PRESENTATION,
                                      primary=False, minutes=(720, None)),
                        over_in_words="emergency department attendances for mental health",
                        numerator_in_words="attendances of 12 hours or more from arrival to departure",
                        why="People in crisis wait longest, in the place that suits them least.",
                        source="Emergency care data set"),
        unavailable("Median age at death, people with a learning disability", id="MHL10", statistic="amount",
                    unit="years", who_in_words="people with a learning disability who died",
                    numerator_in_words="the middle one of the ages at death", better="higher",
                    because="it needs the middle of the ages of few people, and no measure is made of single ages yet",
                    why="People with a learning disability die about twenty years before others.",
                    source="Learning from lives and deaths (LeDeR)"),
    ],
    claims=Claims(
        diagnoses=icd10("F10-F99", "X60-X84", "Y10-Y34"),
        specialties=("656", "700", "710", "711", "712", "713", "715", "720", "721", "722", "724", "725"),
        medicines=bnf("0401-0404", "0410"),
        teams=("Learning Disability Support", "Mental Health Support"),
        programmes=("05A", "05C", "05D", "05X", "06"),
        points_of_delivery=("mental_health",),
    ),
)  # fmt: skip
