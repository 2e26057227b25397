"""Children and young people: everyone under 18."""

from stewardship.care_areas.area import CareArea
from stewardship.care_areas.claims import Claims
from stewardship.care_areas.phrases import (
    community_contacts_per_1000,
    cost_of_all_care_for_each,
    emergency_department_attendances_per_1000,
    outpatient_attendances_per_1000,
    spending_by_ledgers,
)
from stewardship.care_areas.vocabulary import (
    ASTHMA,
    CHILDBIRTH,
    EMERGENCY_ADMISSION,
    EMERGENCY_ADMISSIONS,
    EPILEPSY,
    LIVE_BIRTH,
    MEASLES_MUMPS_AND_RUBELLA_VACCINATION,
    SMOKES,
)
from stewardship.measures.measure import (
    events_counted,
    people,
    proportion,
    published,
    rate,
    unavailable,
)
from stewardship.people.language import aged, contacts, deaths, has, in_group, recorded
from stewardship.people.periods import EVER

CHILDREN = aged(0, 17)
IN_CARE_OR_CARING = CHILDREN & in_group("looked-after child or care leaver", "young carer")
GAVE_BIRTH = contacts(diagnosis=CHILDBIRTH).any()

PEOPLE = "children and young people under 18"

care_area = CareArea(
    key="children-and-young-people",
    name="Children and young people",
    phase=2,
    definition="Everyone under 18.",
    population=CHILDREN,
    at_risk=IN_CARE_OR_CARING,
    population_measures=[
        people("Children and young people", who=CHILDREN, who_in_words=PEOPLE, headline=True),
        people("Children under 5", who=aged(0, 4), who_in_words="children under 5"),
        people("Children in care and young carers", who=IN_CARE_OR_CARING,
               who_in_words="children and young people in care, or caring for somebody, as their practice knows",
               why="They start with more against them, and often stand at nobody's door."),
    ],
    resources=[
        cost_of_all_care_for_each("child or young person", who=CHILDREN, who_in_words=PEOPLE, headline=True),
        spending_by_ledgers("Programme budget 19", "19", on="newborn babies"),
    ],
    activity=[
        events_counted("Emergency department attendances of children and young people", unit="attendances",
                       events=contacts(point_of_delivery="emergency_department"), who=CHILDREN, who_in_words=PEOPLE,
                       numerator_in_words="emergency department attendances", headline=True),
        events_counted("Births in hospital", unit="births", events=contacts(diagnosis=LIVE_BIRTH, primary=False),
                       who=aged(0, 0), who_in_words="babies under 1", numerator_in_words="births in hospital"),
        emergency_department_attendances_per_1000("children under 5", who=aged(0, 4)),
        outpatient_attendances_per_1000("children and young people", who=CHILDREN, who_in_words=PEOPLE),
        community_contacts_per_1000("children and young people", who=CHILDREN, who_in_words=PEOPLE,
                                    counting="contacts with health visitors, school nurses and other community "
                                             "services"),
    ],
    burden=[
        proportion("Children aged 6 to 17 with asthma", who=aged(6, 17), achieved=has(ASTHMA), better="neither",
                   who_in_words="children and young people aged 6 to 17", headline=True,
                   numerator_in_words="people in whom asthma has ever been recorded"),
        proportion("Children and young people with epilepsy", who=CHILDREN, achieved=has(EPILEPSY), better="neither",
                   who_in_words=PEOPLE, numerator_in_words="people in whom epilepsy has ever been recorded"),
        rate("Deaths from 1 to 17, per 100,000", events=deaths(), who=aged(1, 17), per=100_000, pool=5,
             better="lower", who_in_words="children and young people aged 1 to 17",
             numerator_in_words="deaths from any cause"),
    ],
    outcomes=[
        published("School readiness", id="CYP01", figure="FT:90631", unit="%", better="higher",
                  who_in_words="children assessed at the end of Reception",
                  numerator_in_words="children with a good level of development",
                  why="Where a child stands at five tells much of where the adult will stand.",
                  source="Department for Education, early years foundation stage profile",
                  comparator="FT:90631"),
        proportion("Infant mortality, per 1,000", id="CYP02", per=1_000, during=True, who=aged(0, 0),
                   achieved=deaths().any(), better="lower", who_in_words="babies born in the year, and those who died",
                   numerator_in_words="people who died before their first birthday",
                   why="It tells of poverty and of care before and after birth at once.",
                   source="near Fingertips 92196, which counts live births", comparator="FT:92196"),
        rate("Emergency admissions for asthma under 19, per 100,000", id="CYP03", per=100_000, better="lower",
             events=contacts(point_of_delivery=EMERGENCY_ADMISSION, diagnosis=ASTHMA), who=aged(0, 18),
             who_in_words="residents under 19",
             numerator_in_words="emergency admissions with asthma as the primary diagnosis",
             why="Nearly every attack that needs a bed could have been prevented.", source="Fingertips 90810",
             comparator="FT:90810"),
        proportion("Measles, mumps and rubella, first dose by age 2", id="CYP04", who=aged(2, 2), better="higher",
                   achieved=recorded(MEASLES_MUMPS_AND_RUBELLA_VACCINATION, within=EVER), headline=True,
                   who_in_words="children aged 2", numerator_in_words="people vaccinated at least once",
                   why="Measles comes back where fewer than 95 in 100 children are vaccinated.",
                   source="near COVER statistics, which count doses before the second birthday",
                   comparator="COVER:MMR 24 months"),
        proportion("Children and young people seen by mental health services", id="CYP05", who=CHILDREN,
                   achieved=contacts(point_of_delivery="mental_health").any(), better="higher", who_in_words=PEOPLE,
                   numerator_in_words="people with at least one contact in the year",
                   why="Half of lasting mental illness begins before 15; most who need help do not get it.",
                   source="NHS England, mental health services data set", comparator="MHSDS:CYP access"),
        published("Obesity in Year 6", id="CYP06", figure="FT:92033", unit="%", better="lower",
                  who_in_words="children measured in Year 6", numerator_in_words="children with obesity",
                  why="Obesity at eleven mostly stays for life.", source="National Child Measurement Programme",
                  comparator="FT:92033"),
        unavailable("Children under 10 waiting for a tooth to be taken out", id="CYP07", statistic="count",
                    unit="people", who_in_words="children under 10", better="lower",
                    numerator_in_words="children waiting for a tooth to be taken out in hospital",
                    because="no list of who waits for treatment in hospital has been sent",
                    why="They wait in pain, and miss school.", source="NHS England, waiting list minimum data set"),
        unavailable("Nurse contact in the first year of epilepsy, with a learning disability or autism", id="CYP08",
                    statistic="proportion", unit="%", better="higher",
                    who_in_words="children newly found to have epilepsy who have a learning disability or autism",
                    numerator_in_words="people seen by an epilepsy nurse within a year",
                    because="no record of contacts with epilepsy nurses has been sent",
                    why="Fits are more dangerous, and harder to see, in a child who cannot tell of them.",
                    source="Epilepsy12 audit"),
        proportion("Smoking at the time of giving birth", id="CYP09", who=GAVE_BIRTH, achieved=SMOKES, better="lower",
                   who_in_words="women who gave birth in hospital in the year",
                   numerator_in_words="people whom their practice knows to smoke",
                   why="It is the one cause of early and small babies that can be changed within a pregnancy.",
                   source="near Fingertips 93085, which takes the midwife's record at delivery", comparator="FT:93085"),
        rate("Emergency admissions under 18, per 1,000", id="CYP10", repeats=True, better="lower",
             events=EMERGENCY_ADMISSIONS, who=CHILDREN, who_in_words=PEOPLE,
             numerator_in_words="emergency admissions for any reason",
             why="Much of it can be cared for at home, with advice that comes in time.",
             source="Fingertips 92702", comparator="FT:92702"),
    ],
    claims=Claims(
        ages=(0, 17),
        specialties=("142", "171", "223", "258", "263", "270", "290", "291", "420", "421", "422", "424"),
        teams=("Health visiting", "School nursing", "Community paediatrics"),
        programmes=("18", "19"),
    ),
)  # fmt: skip
