"""Ageing well: older people with frailty, dementia or a need of end of life care."""

from stewardship.care_areas.area import CareArea
from stewardship.care_areas.claims import Claims
from stewardship.care_areas.phrases import (
    community_contacts_per_1000,
    cost_of_all_care,
    cost_of_all_care_for_each,
    deaths_of,
    emergency_admissions,
    gp_appointments_per_1000,
    spending_by_ledgers,
)
from stewardship.care_areas.vocabulary import (
    ADVANCE_CARE_PLAN,
    DEMENTIA,
    EMERGENCY_ADMISSION,
    EMERGENCY_ADMISSIONS,
    FALL_AS_EXTERNAL_CAUSE,
    FRAILTY,
    HIP_FRACTURE,
    HISTORY_OF_FALLS,
    MILD_FRAILTY,
    PALLIATIVE_CARE,
)
from stewardship.measures.measure import (
    against_expected,
    people,
    proportion,
    published,
    rate,
)
from stewardship.people.language import EVERYONE, aged, contacts, deaths, has, points, recorded
from stewardship.people.periods import years
from stewardship.rules.scores.hospital_frailty import HOSPITAL_FRAILTY

WITH_FRAILTY = aged(65) & has(FRAILTY)
WITH_DEMENTIA = aged(65) & has(DEMENTIA)
IN_NEED = aged(65) & (has(FRAILTY) | has(DEMENTIA) | has(PALLIATIVE_CARE))
AT_RISK = aged(65) & (has(MILD_FRAILTY) | has(HISTORY_OF_FALLS)) & ~IN_NEED
FRAIL_IN_HOSPITAL = aged(75) & (
    points(HOSPITAL_FRAILTY, within=years(2), of=EMERGENCY_ADMISSIONS) >= 5 * HOSPITAL_FRAILTY.scale
)
DIED = deaths().any()
LATE_ADMISSIONS = EMERGENCY_ADMISSIONS.followed_by(deaths(), within_days=90, counted_from="start")

PEOPLE = "people aged 65 and over with frailty, dementia or end of life need"

care_area = CareArea(
    key="ageing-well",
    name="Ageing well",
    phase=1,
    definition="Everyone aged 65 and over in whom moderate or severe frailty, dementia or a need of palliative care "
               "has been recorded. It stands beside the other care areas, as their people are also its own.",
    population=IN_NEED,
    at_risk=AT_RISK,
    population_measures=[
        people("People with frailty, dementia or end of life need", who=IN_NEED, who_in_words=PEOPLE, headline=True),
        people("People aged 65 and over with moderate or severe frailty", who=WITH_FRAILTY,
               who_in_words="people aged 65 and over with moderate or severe frailty"),
        people("People aged 65 and over at risk of frailty", who=AT_RISK,
               who_in_words="people aged 65 and over with mild frailty or falls, and none of frailty, dementia and end "
                            "of life need",
               why="Strength, balance and company put frailty off."),
    ],
    resources=[
        cost_of_all_care(of="people with frailty, dementia or end of life need", who=IN_NEED, who_in_words=PEOPLE,
                         headline=True, why="Much of it is spent in crises that care at home could have met."),
        cost_of_all_care_for_each("person with frailty, dementia or end of life need", who=IN_NEED,
                                  who_in_words=PEOPLE),
        spending_by_ledgers("Programme budget 5B", "05B", on="dementia and delirium"),
    ],
    activity=[
        emergency_admissions(of="people with frailty, dementia or end of life need", who=IN_NEED, who_in_words=PEOPLE,
                             headline=True),
        gp_appointments_per_1000("people with frailty, dementia or end of life need", who=IN_NEED, who_in_words=PEOPLE),
        community_contacts_per_1000("people with frailty, dementia or end of life need", who=IN_NEED,
                                    who_in_words=PEOPLE),
    ],
    burden=[
        proportion("Residents aged 65 and over with frailty, dementia or end of life need", who=aged(65),
                   achieved=IN_NEED, better="neither", headline=True, who_in_words="residents aged 65 and over",
                   numerator_in_words=PEOPLE),
        proportion("Residents aged 65 and over with dementia", who=aged(65), achieved=WITH_DEMENTIA, better="neither",
                   who_in_words="residents aged 65 and over",
                   numerator_in_words="people aged 65 and over with dementia recorded"),
        proportion("Residents aged 65 and over with moderate or severe frailty", who=aged(65), achieved=WITH_FRAILTY,
                   better="neither", who_in_words="residents aged 65 and over",
                   numerator_in_words="people aged 65 and over with moderate or severe frailty recorded"),
        proportion("Residents on the palliative care register", who=EVERYONE, achieved=has(PALLIATIVE_CARE),
                   better="neither", who_in_words="residents of any age",
                   numerator_in_words="people of any age with palliative or end of life care recorded",
                   why="About one resident in a hundred is in the last year of life; who is known can say what matters "
                       "to them."),
        deaths_of("people with frailty, dementia or end of life need", who=IN_NEED, who_in_words=PEOPLE,
                  better="neither"),
    ],
    outcomes=[
        rate("Emergency admissions after a fall, 65 and over, per 100,000", id="AGE01", comparator="FT:22401",
             events=contacts(point_of_delivery=EMERGENCY_ADMISSION, diagnosis=FALL_AS_EXTERNAL_CAUSE, primary=False),
             ages=(65, None), per=100_000, standardised=True, better="lower", headline=True,
             who_in_words="residents aged 65 and over",
             numerator_in_words="emergency admissions with a fall among their diagnoses as an external cause",
             why="A fall often begins the loss of independence, and many falls can be prevented.",
             source="Fingertips 22401, which besides wants an injury as the primary diagnosis"),
        rate("Hip fractures, 65 and over, per 100,000", id="AGE02", comparator="FT:41401",
             events=contacts(point_of_delivery=EMERGENCY_ADMISSION, diagnosis=HIP_FRACTURE),
             ages=(65, None), per=100_000, standardised=True, better="lower",
             who_in_words="residents aged 65 and over",
             numerator_in_words="emergency admissions with a hip fracture as the primary diagnosis",
             why="Few people walk as well again after breaking a hip.", source="Fingertips 41401"),
        against_expected("Dementia found, against the number expected", id="AGE03", comparator="FT:92949",
                         who=WITH_DEMENTIA, expected="Expected:dementia 65 and over", better="higher",
                         who_in_words="people aged 65 and over expected to have dementia, whether or not it is known",
                         numerator_in_words="people aged 65 and over with dementia recorded",
                         why="Who has no diagnosis gets neither a plan nor support.",
                         source="Fingertips 92949; prevalence of the Cognitive Function and Ageing Study II"),
        against_expected("Frailty found, against the number expected", id="AGE04", who=WITH_FRAILTY,
                         expected="Expected:moderate or severe frailty 65 and over", better="higher",
                         who_in_words="people aged 65 and over expected to have moderate or severe frailty",
                         numerator_in_words="people aged 65 and over with moderate or severe frailty recorded",
                         why="Care can be planned only with those who are known to be frail.",
                         source="Frailty register of the system's practices"),
        proportion("Advance care plan", id="AGE05", who=WITH_FRAILTY | has(PALLIATIVE_CARE), better="higher",
                   achieved=recorded(ADVANCE_CARE_PLAN),
                   who_in_words="people aged 65 and over with moderate or severe frailty, and people of any age on the "
                                "palliative care register",
                   numerator_in_words="people whose advance care plan was made or looked at in the year",
                   why="People who have said what matters to them are less often taken to hospital against their wish.",
                   source="General practice records, codes of advance care planning"),
        proportion("Deaths in the usual place of residence", id="AGE06", during=True, who=aged(65) & DIED,
                   achieved=deaths(place=("Home", "Care home")).any(), better="higher",
                   who_in_words="residents who died aged 65 and over",
                   numerator_in_words="people who died at home or in a care home",
                   why="Most people wish to die where they live.",
                   source="Civil registration of deaths; the other side of Fingertips 93474"),
        published("Still at home 91 days after reablement", figure="ASCOF:2D", id="AGE07", unit="%", better="higher",
                  who_in_words="people aged 65 and over discharged from hospital into reablement",
                  numerator_in_words="people who were at home on day 91",
                  why="It tells whether reablement gave people back their independence.",
                  source="Adult Social Care Outcomes Framework 2D"),
        rate("Emergency bed days of people frail by their diagnoses, per 1,000", id="AGE08",
             events=EMERGENCY_ADMISSIONS.nights(), repeats=True, who=FRAIL_IN_HOSPITAL, better="lower",
             who_in_words="residents aged 75 and over whose diagnoses of emergency admissions in two years come to 5 "
                          "or more on the Hospital Frailty Risk Score",
             numerator_in_words="nights in hospital after emergency admissions",
             why="Each week in a hospital bed costs an older person strength that is hard to win back.",
             source="Hospital Frailty Risk Score, Gilbert and others 2018"),
        proportion("Three or more emergency admissions in the last 90 days of life", id="AGE09", during=True, who=DIED,
                   achieved=LATE_ADMISSIONS.count(within=years(2)) >= 3, better="lower",
                   who_in_words="residents who died",
                   numerator_in_words="people admitted in emergency three times or more in their last 90 days",
                   why="It is the mark of an end of life that nobody had planned for.",
                   source="Hospital stays and civil registration of deaths"),
    ],
    claims=Claims(overlay=True),
)  # fmt: skip
