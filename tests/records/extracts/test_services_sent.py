"""Worked examples of what services send: a line of a partner's file, and the canonical rows that it becomes."""

from datetime import date

import pytest

from stewardship.records.extracts.kinds import KINDS
from stewardship.records.model import TABLES
from support.services_sent import ANN, BEN, sent

D = date.fromisoformat
REFERRED = """
ReferralID | NHSNumber | ReferralReceivedDate | ServiceType | SourceOfReferral | ServiceDischargeDate
7 | {ann} | 2026-01-05 | District nursing | General practice | 2026-03-01
8 | {ben} | 2026-02-05 | Podiatry | Hospital |
"""
CONTACTS = """
CareContactID | ReferralID | NHSNumber | CareContactDate | ServiceType | ConsultationMedium | AttendanceStatus | OrganisationCodeProvider | CostPence
1 | 7 | {ann} | 2026-01-09 | District nursing | 01 | Attended | ZZT09 | 5100
2 | 7 | {ann} | 2026-01-16 | District nursing | 01 | Did not attend | ZZT09 | 5100
3 | 8 | {ben} | 2026-02-16 | Podiatry | 02 | 5 | ZZT09 |
4 | 8 | {ben} | 2026-02-17 | Podiatry | 02 | 3 | ZZT09 |
5 | 8 | {ben} | 2026-02-18 | Podiatry | 02 | perhaps | ZZT09 |
"""  # noqa: E501  # a table


def drawn(text):
    return text.format(ann=ANN, ben=BEN)


@pytest.fixture
def read(tmp_path):
    """Reads what a partner of a kind sends, each file drawn as a table."""
    open_ones = []

    def reading(kind, **files):
        context = sent(
            tmp_path / kind, kind, {name.replace("__", "-"): drawn(text) for name, text in files.items()}
        )
        open_ones.append(context)
        return context.__enter__()

    yield reading
    for context in open_ones:
        context.__exit__(None, None, None)


def test_a_referral_to_a_community_service_is_received_and_ends(read):
    found = read("community", referrals=REFERRED)
    columns = ("person_id", "kind", "pathway_id", "event", "date", "service", "source_of_referral")
    assert found.rows("pathway_event", *columns) == [
        ("Ann", "community", 7, "discharged", D("2026-03-01"), "District nursing", "General practice"),
        ("Ann", "community", 7, "referral_received", D("2026-01-05"), "District nursing", "General practice"),
        ("Ben", "community", 8, "referral_received", D("2026-02-05"), "Podiatry", "Hospital"),
    ]
    assert found.failing == []


def test_community_contacts_that_were_attended_are_activity_of_their_referral(read):
    found = read("community", referrals=REFERRED, contacts=CONTACTS)
    columns = ("person_id", "point_of_delivery", "start", "end", "provider", "specialty", "medium", "cost_pence",
               "pathway_id")  # fmt: skip
    day, other = D("2026-01-09"), D("2026-02-16")
    assert found.rows("activity", *columns) == [
        ("Ann", "community", day, day, "ZZT09", "District nursing", "01", 5100, 7),
        ("Ben", "community", other, other, "ZZT09", "Podiatry", "02", None, 8),
    ]
    counted = {each.check: each.count for each in found.reading.findings}
    assert counted["Contacts that were not attended"] == 2
    (aside,) = found.failing
    assert aside.check.startswith("Rows set aside: AttendanceStatus is not one of: 5, 6, Attended")


def test_mental_health_referrals_have_their_reason_and_contacts_their_team(read):
    found = read(
        "mental health",
        referrals="""
UniqServReqID | NHSNumber | ReferralRequestReceivedDate | SourceOfReferralMH | PrimReasonReferralMH | ServTeamTypeRefToMH | ServDischDate
R-1 | {ann} | 2025-11-03 | A1 | 03 | A05 | 2025-12-24
""",  # noqa: E501
        contacts="""
CareContactID | UniqServReqID | NHSNumber | CareContDate | ServTeamTypeRefToMH | ConsMechanismMH | AttendOrDNACode | OrganisationCodeProvider | CostPence
1 | R-1 | {ann} | 2025-11-20 | A05 | 01 | 6 | ZZT08 | 20000
2 | R-1 | {ann} | 2025-11-27 | A05 | 01 | 7 | ZZT08 | 20000
""",  # noqa: E501
    )
    assert found.rows("pathway_event", "event", "date", "reason", "service", "source_of_referral") == [
        ("discharged", D("2025-12-24"), "03", "A05", "A1"),
        ("referral_received", D("2025-11-03"), "03", "A05", "A1"),
    ]
    (contact,) = found.rows("activity", "point_of_delivery", "specialty", "start", "pathway_id")
    assert contact[:3] == ("mental_health", "A05", D("2025-11-20"))
    # a number that is a text is the same number wherever it stands
    assert {contact[3]} == {row[0] for row in found.rows("pathway_event", "pathway_id")}


SOCIAL = """
EventID | NHSNumber | LA_Code | Event_Type | Event_Start_Date | Event_End_Date | Event_Outcome | Client_Type | Primary_Support_Reason | Service_Type | Service_Component | Delivery_Mechanism | Accommodation_Status | Has_Unpaid_Carer | WeeklyCostPence
1 | {ann} | ZZL1 | Request | 2025-10-01 | 2025-10-02 | Progress to Assessment | Service User | | | | | | No |
2 | {ann} | ZZL1 | Service | 2025-11-01 | | | Service User | Physical Support: Personal care | Long Term Support: Community | Home Support | Direct Payment | Settled mainstream housing | Yes | 31500
3 | {ben} | ZZL1 | Service | 2025-11-01 | 2025-10-01 | | Carer | | | | | | | 100
4 | {ben} | ZZL1 | Visit | 2025-11-01 | | | Carer | | | | | | |
"""  # noqa: E501


def test_events_of_social_care_are_kept_whole_and_a_service_that_ends_before_it_starts_is_set_aside(read):
    found = read("social care", events=SOCIAL)
    columns = ("person_id", "event_id", "local_authority", "event_type", "client_type", "support_reason",
               "service_type", "component", "mechanism", "start", "end", "outcome", "accommodation", "unpaid_carer",
               "weekly_cost_pence")  # fmt: skip
    assert found.rows("social_care", *columns) == [
        ("Ann", 1, "ZZL1", "request", "service user", None, None, None, None, D("2025-10-01"), D("2025-10-02"),
         "Progress to Assessment", None, "No", None),
        ("Ann", 2, "ZZL1", "service", "service user", "Physical Support: Personal care",
         "Long Term Support: Community", "Home Support", "Direct Payment", D("2025-11-01"), None, None,
         "Settled mainstream housing", "Yes", 31500),
    ]  # fmt: skip
    assert {each.check for each in found.failing} == {
        "Rows set aside: Event_End_Date is before Event_Start_Date",
        "Rows set aside: Event_Type is not one of: Request, Assessment, Service, Review",
    }


def test_a_cost_is_known_as_its_sender_says_and_a_unit_cost_is_an_estimate(read):
    found = read(
        "urgent care",
        ambulance="""
IncidentID | NHSNumber | IncidentDate | CostPence | CostBasis
1 | {ann} | 2026-05-01 | 33700 |
2 | {ann} | 2026-05-02 | 25200 | apportioned
3 | {ann} | 2026-05-03 | | actual
""",
        calls__111="""
CallID | NHSNumber | CallDate | CostPence
1 | {ann} | 2026-05-04 | 1200
""",
        advice__line="""
CallID | NHSNumber | CallDate
1 | {ann} | 2026-05-05
""",
    )
    assert [row[1:] for row in sorted(found.rows("activity", "start", "cost_pence", "cost_basis"))] == [
        (33700, "actual"), (25200, "apportioned"), (None, None), (1200, "estimated"), (None, None),
    ]  # fmt: skip


def test_urgent_care_is_activity_of_three_kinds_that_are_never_taken_for_one_another(read):
    found = read(
        "urgent care",
        ambulance="""
IncidentID | NHSNumber | IncidentDate | Category | Conveyed | ResponseMinutes | CostPence
1 | {ann} | 2026-05-01 | 2 | Y | 31.6 | 33700
2 | {ben} | 2026-05-02 | 3 | N | 64 | 25200
""",
        calls__111="""
CallID | NHSNumber | CallDate | Disposition
1 | {ann} | 2026-04-30 | Speak to a GP practice
""",
        advice__line="""
CallID | NHSNumber | CallDate | CallerType | Reason | IntendedAction | AdviceType
1 | {ben} | 2026-05-03 | Ambulance crew | Fall | Convey | Stay at home with plan
""",
    )
    columns = ("point_of_delivery", "person_id", "start", "urgency", "outcome", "response_minutes", "cost_pence",
               "referred_by", "reason", "intended")  # fmt: skip
    assert found.rows("activity", *columns) == [
        ("advice_line", "Ben", D("2026-05-03"), None, "Stay at home with plan", None, None, "Ambulance crew", "Fall",
         "Convey"),
        ("ambulance", "Ann", D("2026-05-01"), "2", "conveyed", 32, 33700, None, None, None),
        ("ambulance", "Ben", D("2026-05-02"), "3", "not conveyed", 64, 25200, None, None, None),
        ("nhs_111", "Ann", D("2026-04-30"), None, "Speak to a GP practice", None, None, None, None, None),
    ]  # fmt: skip
    assert len(set(found.rows("activity", "activity_id"))) == 4
    assert found.failing == []


def test_a_death_has_its_causes_without_dots_and_counts_once(read):
    found = read(
        "deaths",
        deaths="""
NHSNumber | DateOfDeath | UnderlyingCauseICD10 | ContributoryCause_01 | ContributoryCause_02 | PlaceOfDeath
{ann} | 2026-02-03 | I21.9 | E11.9 | | Hospital
{ann} | 2026-02-03 | I21.9 | E11.9 | | Hospital
{ben} | 2026-02-04 | | | | Home
""",
    )
    columns = ("person_id", "date", "system", "code", "contributory_1", "contributory_2", "place")
    assert found.rows("death", *columns) == [
        ("Ann", D("2026-02-03"), "ICD10", "I219", "E119", None, "Hospital"),
        ("Ben", D("2026-02-04"), None, None, None, None, "Home"),
    ]


def test_scores_are_kept_under_the_name_of_their_tool(read):
    found = read(
        "general practice",
        assessments="""
AssessmentID | NHSNumber | Tool | Score | AssessmentDate | Setting
1 | {ann} | Electronic Frailty Index | 0.306 | 2026-01-05 | General practice
2 | {ben} | Clinical Frailty Scale | | 2026-01-06 | Hospital
3 | {ben} | | 5 | 2026-01-06 | Hospital
""",
    )
    assert found.rows("assessment", "person_id", "event_id", "tool", "score", "date", "setting") == [
        ("Ann", 1, "Electronic Frailty Index", 0.306, D("2026-01-05"), "General practice"),
        ("Ben", 2, "Clinical Frailty Scale", None, D("2026-01-06"), "Hospital"),
    ]
    assert [each.check for each in found.failing] == ["Rows set aside: Tool is empty"]


def test_no_two_kinds_of_one_partner_have_one_name():
    names = [(kind.name, of) for kind in KINDS for of in kind.of]
    assert len(names) == len(set(names))


def test_what_a_hospital_numbers_from_1_in_each_file_stays_apart(read):
    found = read(
        "hospital",
        op="""
AttendanceIdentifier | NHSNumber | DateOfBirth | AppointmentDate | AttendedOrDidNotAttend | DiagnosisICD_01 | ProcedureOPCS_01
1 | {ann} | 1950-01-01 | 2026-05-01 | 5 | E119 | X851
2 | {ben} | 1950-01-01 | 2026-05-01 | 5 | E109 |
""",  # noqa: E501
        ecds="""
AttendanceIdentifier | NHSNumber | DateOfBirth | ArrivalDateTime | DiagnosisSNOMED_01
1 | {ann} | 1950-01-01 | 2026-05-02 | 44054006
2 | {ben} | 1950-01-01 | 2026-05-03 | 46635009
""",
    )
    numbers = [row[0] for row in found.rows("activity", "activity_id")]
    assert len(set(numbers)) == 4
    codes = found.rows("activity_code", "event_id", "activity_id", "code")
    assert len({row[0] for row in codes}) == 5
    assert {row[1] for row in codes} == set(numbers)


def test_stays_have_every_column_that_other_activity_has(read):
    found = read(
        "hospital",
        apc="""
NHSNumber | DateOfBirth | OrganisationCodeProvider | HospitalProviderSpellNumber | EpisodeNumber | PatientClassification | AdmissionMethodHospitalProviderSpell | StartDateHospitalProviderSpell | DischargeDateFromHospitalProviderSpell | StartDateConsultantEpisode | DiagnosisICD_01
{ann} | 1950-01-01 | ZZT01 | 1 | 1 | 1 | 21 | 2026-05-01 | 2026-05-03 | 2026-05-01 | I219
""",  # noqa: E501
    )
    columns = TABLES["activity"].schema.names
    assert found.columns("activity") == columns
    assert found.rows("activity", "point_of_delivery", "start", "end", "reason") == [
        ("emergency_admission", D("2026-05-01"), D("2026-05-03"), None)
    ]
