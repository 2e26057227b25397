"""Urgent and emergency care: how well it works for everyone, whatever brings them to it."""

from stewardship.care_areas.area import CareArea
from stewardship.care_areas.claims import Claims
from stewardship.care_areas.vocabulary import (
    AMBULATORY_CARE_SENSITIVE,
    EMERGENCY_ADMISSION,
    EMERGENCY_ADMISSIONS,
)
from stewardship.measures.measure import (
    cost,
    cost_a_person,
    events_counted,
    mean_of_events,
    people,
    proportion,
    published,
    rate,
    share_of_events,
)
from stewardship.people.language import EVERYONE, contacts, deaths

EMERGENCY_CARE = ("emergency_department", "ambulance", "nhs_111", EMERGENCY_ADMISSION)
ATTENDANCES = contacts(point_of_delivery="emergency_department")
MAJOR_ATTENDANCES = contacts(point_of_delivery="emergency_department", department=("01",))
CATEGORY_2 = contacts(point_of_delivery="ambulance", urgency=("2", "C2"))
STAYS = contacts(point_of_delivery=(EMERGENCY_ADMISSION, "planned_admission"))
USED_IN_THE_YEAR = contacts(point_of_delivery=EMERGENCY_CARE).any()
FREQUENT = ATTENDANCES.count() >= 5

care_area = CareArea(
    key="urgent-and-emergency",
    name="Urgent and emergency care",
    phase=1,
    definition="Everyone: emergency departments, ambulances, NHS 111 and emergency admissions, whatever the reason. It "
               "stands beside the other care areas, to which most of this care also belongs.",
    population=EVERYONE,
    at_risk=FREQUENT,
    population_measures=[
        people("People who used urgent and emergency care", who=USED_IN_THE_YEAR, headline=True,
               who_in_words="people who called NHS 111 or an ambulance, attended an emergency department or were "
                            "admitted in emergency in the year"),
        people("Frequent attenders of emergency departments", who=FREQUENT,
               who_in_words="people who attended emergency departments five times or more in the year",
               why="They come back because what they need is somewhere else."),
    ],
    resources=[
        cost("Cost of urgent and emergency care", of=contacts(point_of_delivery=EMERGENCY_CARE).cost(), headline=True,
             numerator_in_words="the cost of emergency departments, ambulances, NHS 111 and emergency admissions"),
        cost_a_person("Cost of urgent and emergency care for each resident", who=EVERYONE,
                      of=contacts(point_of_delivery=EMERGENCY_CARE).cost(),
                      numerator_in_words="the cost of emergency departments, ambulances, NHS 111 and emergency "
                                         "admissions"),
    ],
    activity=[
        events_counted("Emergency admissions", events=EMERGENCY_ADMISSIONS, unit="admissions", headline=True,
                       numerator_in_words="emergency admissions for any reason"),
        rate("Emergency department attendances, per 1,000 residents", events=ATTENDANCES, repeats=True,
             better="neither", numerator_in_words="attendances at emergency departments of all types"),
        rate("Ambulance incidents, per 1,000 residents", events=contacts(point_of_delivery="ambulance"), repeats=True,
             better="neither", numerator_in_words="incidents that an ambulance answered"),
        rate("Calls to NHS 111, per 1,000 residents", events=contacts(point_of_delivery="nhs_111"), repeats=True,
             better="neither", numerator_in_words="calls to NHS 111"),
    ],
    burden=[
        rate("Emergency admissions, per 100,000 residents", events=EMERGENCY_ADMISSIONS, per=100_000,
             standardised=True, better="lower", headline=True,
             numerator_in_words="emergency admissions for any reason"),
        share_of_events("Died within 30 days of an emergency admission", of=EMERGENCY_ADMISSIONS, better="lower",
                        that=EMERGENCY_ADMISSIONS.followed_by(deaths(), within_days=30, counted_from="start"),
                        over_in_words="emergency admissions",
                        numerator_in_words="emergency admissions followed by death within 30 days of their first day"),
    ],
    outcomes=[
        share_of_events("Four hours in the emergency department", id="UEC01", comparator="A&E:4h", of=ATTENDANCES,
                        that=contacts(point_of_delivery="emergency_department", minutes=(None, 240)), better="higher",
                        headline=True, over_in_words="attendances at emergency departments of all types",
                        numerator_in_words="attendances of four hours or less from arrival to departure",
                        why="Crowded departments are dangerous, above all for older people.",
                        source="Accident and emergency waiting times, NHS England"),
        share_of_events("Twelve hours or more in the emergency department", id="UEC02", comparator="A&E:12h",
                        of=MAJOR_ATTENDANCES, better="lower",
                        that=contacts(point_of_delivery="emergency_department", department=("01",),
                                      minutes=(720, None)),
                        over_in_words="attendances at major emergency departments",
                        numerator_in_words="attendances of twelve hours or more from arrival to departure",
                        why="Whoever waits so long for a bed is likelier to die within the month.",
                        source="Accident and emergency waiting times, NHS England; Jones and others, Emergency "
                               "Medicine Journal 2022;39:168-73"),
        mean_of_events("Response to category 2 ambulance calls", id="UEC03", comparator="AQI:category 2 mean",
                       of=CATEGORY_2.response_minutes(), events=CATEGORY_2, unit="minutes", better="lower",
                       over_in_words="category 2 incidents",
                       numerator_in_words="minutes until help came",
                       why="Strokes and heart attacks are among them.", source="Ambulance Quality Indicators"),
        rate("Emergency admissions that timely care can prevent, per 100,000 residents", id="UEC04",
             comparator="NHSOF:2.3i", per=100_000, standardised=True, better="lower",
             events=contacts(point_of_delivery=EMERGENCY_ADMISSION, diagnosis=AMBULATORY_CARE_SENSITIVE),
             numerator_in_words="emergency admissions with an ambulatory care sensitive condition as the primary "
                                "diagnosis",
             why="It shows what primary and community care could have spared people.",
             source="NHS Outcomes Framework 2.3i and 3a, acute, chronic and vaccine-preventable conditions together"),
        share_of_events("Readmitted in emergency within 30 days", id="UEC05", comparator="FT:41101", of=STAYS,
                        that=STAYS.followed_by(EMERGENCY_ADMISSIONS, within_days=30), better="lower",
                        over_in_words="emergency and planned admissions, without day cases and births",
                        numerator_in_words="stays followed by an emergency admission within 30 days",
                        why="It pairs with short stays: going home early is good only for those who stay there.",
                        source="Near Fingertips 41101, which leaves out some cancers and obstetrics and is adjusted"),
        share_of_events("Same-day emergency care", id="UEC06", of=EMERGENCY_ADMISSIONS, better="higher",
                        that=contacts(point_of_delivery=EMERGENCY_ADMISSION, nights=(0, 0)),
                        over_in_words="emergency admissions",
                        numerator_in_words="emergency admissions that ended on the day they began",
                        why="A day of tests and treatment spares people the night in hospital.",
                        source="Hospital stays"),
        published("Bed days without need of a hospital", figure="SitRep:no criteria to reside", id="UEC07", unit="%",
                  better="lower", who_in_words="days in hospital beds",
                  numerator_in_words="days after the person no longer met the criteria to reside",
                  why="Each such day harms the person in the bed and delays the next.",
                  source="Discharge delays, NHS England"),
        proportion("Residents who attend emergency departments five times or more", id="UEC08", who=EVERYONE,
                   achieved=FREQUENT, better="lower",
                   numerator_in_words="people who attended emergency departments five times or more in the year",
                   why="A plan made together serves them better than one more attendance.",
                   source="Emergency Care Data Set; in per cent, where the list of measures has it per 1,000"),
        rate("Emergency bed days, per 1,000 residents", id="UEC09", events=EMERGENCY_ADMISSIONS.nights(), repeats=True,
             standardised=True, better="lower", numerator_in_words="nights in hospital after emergency admissions",
             why="Where people are poorer they spend more nights in hospital; the gap shows what fairness would save.",
             source="Hospital stays; the gap between the most and the least deprived fifth stands beside it"),
    ],
    claims=Claims(overlay=True, points_of_delivery=EMERGENCY_CARE),
)  # fmt: skip
