"""Contacts of a made system: as many as are published, by whom they should be, and never of who is not there."""

import re
from dataclasses import replace
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from stewardship.records.codes import define_snomed_check
from stewardship.records.engine import Engine
from stewardship.synthetic.deaths import deaths
from stewardship.synthetic.health import health_of
from stewardship.synthetic.lives import NEVER, Plan
from stewardship.synthetic.places import places_of
from stewardship.synthetic.population import people_of
from stewardship.synthetic.use import prepared, use_of
from stewardship.synthetic.use.conditions import since
from stewardship.synthetic.use.counting import Counted, compared_use
from stewardship.synthetic.use.lists import rows
from stewardship.synthetic.use.rates import is_known
from stewardship.synthetic.use.times import stretches_of

PLAN = Plan(100_000, 5, 11, date(2026, 3, 31))
BATCHES = 4
# Fewer people than it takes have these: what chance leaves of them at 80,000 residents is more than 3 per cent.
LOOSE = {
    "adult social care": 0.08,
    "mental health": 0.08,
    "community": 0.05,
    "talking": 0.08,
    "in pregnancy": 0.05,
}

HEADINGS = {
    "appointments": "AppointmentID NHSNumber PracticeCode BookedDate StartDate Status StaffGroup CostPence",
    "apc": "NHSNumber DateOfBirth Sex EthnicGroup LSOA21 PracticeCodeOfRegisteredGP OrganisationCodeProvider "
    "SiteCodeOfTreatment HospitalProviderSpellNumber EpisodeNumber LastEpisodeInSpellIndicator PatientClassification "
    "AdmissionMethodHospitalProviderSpell StartDateHospitalProviderSpell DischargeDateFromHospitalProviderSpell "
    "DischargeMethod DischargeDestination StartDateConsultantEpisode EndDateConsultantEpisode MainSpecialtyCode "
    "TreatmentFunctionCode SpellCoreHRG CostPence "
    + " ".join(f"DiagnosisICD_{number:02}" for number in range(1, 13))
    + " "
    + " ".join(f"ProcedureOPCS_{number:02}" for number in range(1, 9)),
    "op": "NHSNumber DateOfBirth Sex EthnicGroup LSOA21 OrganisationCodeProvider AttendanceIdentifier AppointmentDate "
    "AttendedOrDidNotAttend FirstAttendance OutcomeOfAttendance ConsultationMediumUsed TreatmentFunctionCode "
    "ReferralRequestReceivedDate SourceOfReferralForOutpatients PriorityType CoreHRG CostPence ProcedureOPCS_01 "
    "ProcedureOPCS_02 DiagnosisICD_01",
    "ecds": "NHSNumber DateOfBirth Sex EthnicGroup LSOA21 OrganisationCodeProvider AttendanceIdentifier DepartmentType "
    "ArrivalMode ArrivalDateTime DepartureDateTime Acuity ChiefComplaintSNOMED DiagnosisSNOMED_01 DiagnosisSNOMED_02 "
    "DischargeDestination CostPence",
    "ambulance": "IncidentID NHSNumber IncidentDate Category Conveyed ResponseMinutes CostPence",
    "calls-111": "CallID NHSNumber CallDate Disposition CostPence",
    "advice-line": "CallID NHSNumber CallDate CallerType Reason IntendedAction AdviceType CostPence",
    "events": "EventID NHSNumber LA_Code Event_Type Event_Start_Date Event_End_Date Event_Outcome Client_Type "
    "Primary_Support_Reason Service_Type Service_Component Delivery_Mechanism Accommodation_Status Has_Unpaid_Carer "
    "WeeklyCostPence",
    "community/referrals": "ReferralID NHSNumber ReferralReceivedDate ServiceType SourceOfReferral "
    "ServiceDischargeDate",
    "community/contacts": "CareContactID ReferralID NHSNumber CareContactDate ServiceType ConsultationMedium "
    "AttendanceStatus OrganisationCodeProvider CostPence",
    "mental-health/referrals": "UniqServReqID NHSNumber ReferralRequestReceivedDate SourceOfReferralMH "
    "PrimReasonReferralMH ServTeamTypeRefToMH ServDischDate",
    "mental-health/contacts": "CareContactID UniqServReqID NHSNumber CareContDate ServTeamTypeRefToMH ConsMechanismMH "
    "AttendOrDNACode OrganisationCodeProvider CostPence",
}


class Batch:
    def __init__(self, number, plan=PLAN, ready=None):
        self.places = places_of(plan)
        self.people = people_of(plan, self.places, number)
        self.health = health_of(plan, self.people)
        self.ready = ready
        self.plan = plan
        self.years = stretches_of(plan, self.people).years.sum(axis=1)

    def use(self):
        self.extracts, self.planted = use_of(self.plan, self.places, self.people, self.health, self.ready)
        return self

    def table(self, name):
        return next(each.rows for each in self.extracts if name in (each.kind, f"{each.partner}/{each.kind}"))

    def who(self, table):
        return self.table(table)["NHSNumber"].combine_chunks().indices.to_numpy()

    def day(self, table, column):
        values = self.table(table)[column]
        return values.cast(pa.timestamp("s")).cast(pa.date32()).cast(pa.int32()).combine_chunks()

    def rate(self, table, those, rows_of=None):
        """Rows a person-year of some people."""
        who = self.who(table) if rows_of is None else self.who(table)[rows_of]
        return np.bincount(who, minlength=len(self.people))[those].sum() / self.years[those].sum()

    def emergencies(self):
        """Rows of the first episode of emergency admissions."""
        apc = self.table("apc")
        method = apc["AdmissionMethodHospitalProviderSpell"].cast(pa.string())
        return np.asarray(pc.starts_with(method, "2")) & (apc["EpisodeNumber"].to_numpy() == 1)


@pytest.fixture(scope="module")
def ready():
    plan = replace(PLAN, seed=0)
    batches = [Batch(number, plan) for number in range(4)]
    return prepared(plan, places_of(plan), [(each.people, each.health) for each in batches])


@pytest.fixture(scope="module")
def made(ready):
    return [Batch(number, ready=ready).use() for number in range(BATCHES)]


@pytest.fixture(scope="module")
def counted(made):
    found = Counted()
    for batch in made:
        found.add(PLAN, batch.people, batch.extracts)
    return found


def test_contacts_and_cost_a_head_are_as_published(counted):
    apart = {
        row.figure: row.apart
        for row in compared_use(counted)
        if abs(row.apart)
        > next((loose for word, loose in LOOSE.items() if word in row.figure), row.tolerance)
    }
    assert not apart


def test_whoever_is_discharged_as_dead_is_registered_as_dead_in_hospital(made):
    for batch in made:
        died = np.asarray(pc.equal(batch.table("apc")["DischargeMethod"].cast(pa.string()), "4"))
        told = deaths(PLAN, batch.people, batch.health).rows["PlaceOfDeath"].cast(pa.string())
        in_hospital = np.flatnonzero(batch.people.death <= PLAN.last)[np.asarray(pc.equal(told, "Hospital"))]
        assert died.any()
        assert set(batch.who("apc")[died].tolist()) <= set(in_hospital.tolist())


def test_who_dies_in_a_department_does_so_once_after_everything_else_and_not_in_a_stay(made):
    many = 0
    for batch in made:
        people, place = batch.people, deaths(PLAN, batch.people, batch.health).rows["PlaceOfDeath"]
        ecds, apc = batch.table("ecds"), batch.table("apc")
        died = np.asarray(pc.equal(ecds["DischargeDestination"].cast(pa.string()), "305398007"))
        dying, day = batch.who("ecds")[died], batch.day("ecds", "ArrivalDateTime").to_numpy()
        many += len(dying)
        assert (day[died] == people.death[dying]).all()
        assert len(set(dying.tolist())) == len(dying)
        on_that_day = np.isin(batch.who("ecds"), dying) & (day == people.death[batch.who("ecds")])
        assert on_that_day.sum() == len(dying), "they come once on that day"
        of_stay = batch.who("apc")[batch.emergencies()]
        ends = apc["DischargeDateFromHospitalProviderSpell"].cast(pa.int32()).to_numpy()[batch.emergencies()]
        assert (ends < people.death[of_stay])[np.isin(of_stay, dying)].all()
        in_a_stay = batch.who("apc")[np.asarray(pc.equal(apc["DischargeMethod"].cast(pa.string()), "4"))]
        assert not set(in_a_stay.tolist()) & set(dying.tolist())
        registered = np.flatnonzero(people.death <= PLAN.last)
        told = dict(zip(registered.tolist(), place.to_pylist(), strict=True))
        assert {told[who] for who in dying.tolist()} <= {"Hospital"}
    assert many > 50, "there is something to see"


def test_stays_have_as_many_episodes_and_codes_as_published(counted):
    episodes = counted.of("episode").contacts
    assert episodes / counted.of("spell").contacts == pytest.approx(1.2, rel=0.03)
    assert counted.of("diagnosis").contacts / episodes == pytest.approx(6, rel=0.05)
    assert counted.of("procedure").contacts / episodes == pytest.approx(1.5, rel=0.05)
    assert counted.a_head("mental_health_referral") == pytest.approx(0.09, rel=0.1)


def test_people_known_for_frailty_have_15_appointments_and_55_community_contacts(made):
    known = np.concatenate([is_known(batch.health) for batch in made])
    years = np.concatenate([batch.years for batch in made])
    for table, published in (("appointments", 15), ("community/contacts", 55)):
        contacts = np.concatenate(
            [np.bincount(batch.who(table), minlength=len(batch.people)) for batch in made]
        )
        assert contacts[known].sum() / years[known].sum() == pytest.approx(published, rel=0.15)


@pytest.mark.parametrize(
    "more, less",
    [
        (lambda p, h: p.fifth == 1, lambda p, h: p.fifth == 5),
        (
            lambda p, h: p.age(PLAN.last) >= 80,
            lambda p, h: (p.age(PLAN.last) >= 40) & (p.age(PLAN.last) < 60),
        ),
        (lambda p, h: p.age(PLAN.last) < 5, lambda p, h: (p.age(PLAN.last) >= 5) & (p.age(PLAN.last) < 18)),
        (lambda p, h: h.deficits >= 9, lambda p, h: (h.deficits >= 5) & (h.deficits < 9)),
        (lambda p, h: h.onset["copd"] < NEVER, lambda p, h: h.onset["copd"] == NEVER),
        (lambda p, h: p.death < NEVER, lambda p, h: p.death == NEVER),
    ],
    ids=["poorer", "older", "infants", "frailer", "with a disease of the lungs", "dying"],
)
def test_some_are_admitted_as_emergencies_more_than_others(made, more, less):
    batch = made[0]
    first = batch.emergencies()
    of_more, of_less = (batch.rate("apc", each(batch.people, batch.health), first) for each in (more, less))
    assert of_more > 1.2 * of_less


def test_contacts_are_fewer_at_weekends_and_emergencies_more_in_winter(made):
    booked = np.concatenate([batch.day("appointments", "StartDate").to_numpy() for batch in made[:1]])
    assert np.isin((booked + 3) % 7, (5, 6)).mean() < 0.03
    days = np.concatenate(
        [batch.day("apc", "StartDateHospitalProviderSpell").to_numpy()[batch.emergencies()] for batch in made]
    )
    month = days.astype("datetime64[D]").astype("datetime64[M]").astype(int) % 12
    assert np.isin(month, (11, 0, 1)).sum() > 1.08 * np.isin(month, (5, 6, 7)).sum()


WHEN = {
    "appointments": ["BookedDate", "StartDate"],
    "apc": [
        "StartDateHospitalProviderSpell",
        "DischargeDateFromHospitalProviderSpell",
        "EndDateConsultantEpisode",
    ],
    "op": ["AppointmentDate"],
    "ecds": ["ArrivalDateTime"],
    "ambulance": ["IncidentDate"],
    "calls-111": ["CallDate"],
    "advice-line": ["CallDate"],
    "events": ["Event_Start_Date"],
    "community/referrals": ["ReferralReceivedDate"],
    "community/contacts": ["CareContactDate"],
    "mental-health/referrals": ["ReferralRequestReceivedDate"],
    "mental-health/contacts": ["CareContDate"],
}


@pytest.mark.parametrize("table", WHEN)
def test_nobody_has_a_contact_who_is_not_there(made, table):
    batch = made[0]
    people, who = batch.people, batch.who(table)
    begin, end = np.maximum(people.start, people.birth)[who], np.minimum(people.end, people.death)[who]
    for column in WHEN[table]:
        day = batch.day(table, column).to_numpy()
        assert (day >= begin).all()
        assert (day <= np.minimum(end, PLAN.last)).all()


@pytest.mark.parametrize(
    "table, column",
    [
        ("community/referrals", "ReferralReceivedDate"),
        ("mental-health/referrals", "ReferralRequestReceivedDate"),
    ],
)
def test_referrals_are_received_in_every_month_of_the_year_alike_and_in_every_year(made, table, column):
    day = np.concatenate([batch.day(table, column).to_numpy() for batch in made])
    told = day[(day >= PLAN.first) & (day <= PLAN.last)]
    month = told.astype("datetime64[D]").astype("datetime64[M]")
    days = np.arange(PLAN.first, PLAN.last + 1).astype("datetime64[D]").astype("datetime64[M]")
    in_month = np.bincount(month.astype(int) % 12) / np.bincount(days.astype(int) % 12)
    assert in_month / in_month.mean() == pytest.approx(1, abs=0.08)
    in_year = np.histogram(told, np.linspace(PLAN.first, PLAN.last + 1, PLAN.years + 1))[0]
    assert in_year / in_year.mean() == pytest.approx(1, abs=0.08)


def test_stays_are_sent_when_they_are_over_and_some_are_not_on_the_last_day(made):
    first = [batch.table("apc").filter(pc.equal(batch.table("apc")["EpisodeNumber"], 1)) for batch in made]
    begin, end = (
        np.concatenate([each[column].cast(pa.int32()).to_numpy() for each in first])
        for column in ("StartDateHospitalProviderSpell", "DischargeDateFromHospitalProviderSpell")
    )
    assert end.max() <= PLAN.last
    same_weekday = [np.count_nonzero(end == PLAN.last - 7 * week) for week in range(11)]
    assert same_weekday[0] < 1.5 * np.mean(same_weekday[1:])
    of_last_days, before = ((end - begin)[begin > PLAN.last - 14], (end - begin)[begin <= PLAN.last - 365])
    assert np.mean(of_last_days >= 7) < 0.5 * np.mean(before >= 7), "long stays are not over yet"


@pytest.mark.parametrize("table", HEADINGS)
def test_headings_are_those_of_the_partner(made, table):
    assert made[0].table(table).column_names == HEADINGS[table].split()


@pytest.mark.parametrize("extract", range(12))
def test_each_row_is_sent_on_a_day_of_the_years_told(made, extract):
    sent = made[0].extracts[extract]
    assert sent.sent.dtype == np.int32
    assert len(sent.sent) == sent.rows.num_rows
    assert PLAN.first <= sent.sent.min() <= sent.sent.max() <= PLAN.last


def test_episodes_lie_within_their_stay_and_follow_each_other(made):
    apc = made[0].table("apc")
    spell = apc["HospitalProviderSpellNumber"].to_numpy()
    number, last = apc["EpisodeNumber"].to_numpy(), apc["LastEpisodeInSpellIndicator"].to_pylist()
    begin, end, first_day, last_day = (
        apc[column].cast(pa.int32()).to_numpy()
        for column in (
            "StartDateConsultantEpisode", "EndDateConsultantEpisode",
            "StartDateHospitalProviderSpell", "DischargeDateFromHospitalProviderSpell",
        )
    )  # fmt: skip
    same = spell[1:] == spell[:-1]
    assert (number[1:][same] == number[:-1][same] + 1).all()
    assert (number[1:][~same] == 1).all()
    assert (begin[1:][same] == end[:-1][same]).all()
    assert ((begin == first_day) == (number == 1))[number == 1].all()
    assert (begin >= first_day).all()
    assert (end <= last_day).all()
    assert (begin <= end).all()
    is_last = np.append(~same, True)
    assert ((np.array(last) == "1") == is_last).all()
    assert (end == last_day)[is_last].all()
    cost = apc["CostPence"]
    assert cost.null_count == (number > 1).sum()


@pytest.mark.parametrize(
    "column, pattern",
    [*((f"DiagnosisICD_{n:02}", r"[A-Z]\d{2}[\dX]") for n in range(1, 13)),
     *((f"ProcedureOPCS_{n:02}", r"[A-Z]\d{3}") for n in range(1, 9)),
     ("TreatmentFunctionCode", r"\d{3}"), ("MainSpecialtyCode", r"\d{3}"), ("SpellCoreHRG", r"[A-Z]{2}\d{2}[A-Z]")],
)  # fmt: skip
def test_codes_are_written_as_in_hospital_data(made, column, pattern):
    found = pc.unique(made[0].table("apc")[column].cast(pa.string())).to_pylist()
    assert all(code is None or re.fullmatch(pattern, code) for code in found)


def test_codes_have_no_gaps_and_no_repeats(made):
    apc = made[0].table("apc")
    for columns in (
        [f"DiagnosisICD_{n:02}" for n in range(1, 13)],
        [f"ProcedureOPCS_{n:02}" for n in range(1, 9)],
    ):
        filled = np.column_stack([np.asarray(apc[column].is_valid()) for column in columns])
        assert (filled[:, :-1] >= filled[:, 1:]).all()
    assert apc["DiagnosisICD_01"].null_count == 0


def test_nobody_is_treated_for_what_they_cannot_have(made):
    batch = made[0]
    apc = batch.table("apc")
    who, first = batch.who("apc"), apc["DiagnosisICD_01"].cast(pa.string())
    assert batch.people.female[who[np.asarray(pc.starts_with(first, "O"))]].all()
    assert not batch.people.female[who[np.asarray(pc.equal(first, "N40X"))]].any()
    day = apc["StartDateHospitalProviderSpell"].cast(pa.int32()).to_numpy()
    copd = np.asarray(pc.equal(first, "J441"))
    assert copd.any()
    assert (batch.health.onset["copd"][who[copd]] <= day[copd]).all()


def tied():
    """Diagnoses that are only ever first for people with a condition, and the conditions."""
    found = {}
    for row in rows("reasons"):
        found.setdefault(row["diagnosis"], set()).add(row["condition"] if row["only"] == "Y" else "")
    return {code: conditions for code, conditions in found.items() if "" not in conditions}


def test_the_main_diagnosis_of_a_stay_is_of_someone_who_has_it(made):
    seen = set()
    for batch in made:
        apc = batch.table("apc")
        who, day = batch.who("apc"), apc["StartDateHospitalProviderSpell"].cast(pa.int32()).to_numpy()
        first = np.array(apc["DiagnosisICD_01"].cast(pa.string()).to_pylist())
        for code, conditions in tied().items():
            own = np.flatnonzero(first == code)
            onset = np.min([since(batch.health, condition)[who[own]] for condition in conditions], axis=0)
            assert (onset <= day[own]).all(), code
            seen |= {code} if len(own) else set()
    assert len(seen) > 0.9 * len(tied())


def test_cancers_and_lasting_diseases_are_tied_to_those_who_have_them():
    lasting = re.compile("C[0-8]|N18|M0[56]|K5[01]|E1[01]|J4[45]|G40|F20|F03|F102|H35|H40|I50[01]|I702")
    loose = {row["reason"] for row in rows("reasons") if lasting.match(row["diagnosis"])} - {
        row["reason"] for row in rows("reasons") if row["only"] == "Y"
    }
    assert loose == {"heart_failure_new"}, "whose first sign is the admission"


def test_complaints_are_snomed_codes(tmp_path):
    codes = {row["complaint"] for row in rows("reasons") if row["complaint"]}
    codes |= {row[column] for row in rows("urgent") for column in ("complaint", "diagnosis")}
    engine = Engine(scratch=tmp_path)
    define_snomed_check(engine)
    wrong = "SELECT c FROM (SELECT unnest(?) AS c) WHERE NOT is_snomed_concept(c)"
    assert engine.rows(wrong, [sorted(codes)]) == []


def test_a_referral_comes_before_its_contacts_and_ends_after_them(made):
    batch = made[0]
    for partner, key, received, closed, day in (
        ("community", "ReferralID", "ReferralReceivedDate", "ServiceDischargeDate", "CareContactDate"),
        ("mental-health", "UniqServReqID", "ReferralRequestReceivedDate", "ServDischDate", "CareContDate"),
    ):
        referrals, contacts = batch.table(f"{partner}/referrals"), batch.table(f"{partner}/contacts")
        row = np.searchsorted(referrals[key].to_numpy(), contacts[key].to_numpy())
        assert (referrals[key].to_numpy()[row] == contacts[key].to_numpy()).all()
        begin = referrals[received].cast(pa.int32()).to_numpy()[row]
        end = referrals[closed].cast(pa.int32()).fill_null(PLAN.last).to_numpy()[row]
        of = contacts[day].cast(pa.int32()).to_numpy()
        assert (begin <= of).all()
        assert (of <= end).all()


def test_the_same_batch_is_made_the_same_again(made, ready):
    again = Batch(1, ready=ready).use()
    assert all(
        one.rows.equals(other.rows) and (one.sent == other.sent).all()
        for one, other in zip(made[1].extracts, again.extracts, strict=True)
    )
    assert made[1].planted == again.planted


def test_no_event_has_the_number_of_another(made):
    for table, key in (
        ("ecds", "AttendanceIdentifier"),
        ("community/contacts", "CareContactID"),
        ("events", "EventID"),
    ):
        numbers = np.concatenate([batch.table(table)[key].to_numpy() for batch in made])
        assert (np.diff(np.sort(numbers)) > 0).all()


@pytest.mark.parametrize("years", [1, 2, 3])
def test_a_system_of_few_years_can_be_made(years, ready):
    plan = Plan(1_500, years, 3, date(2024, 2, 29))
    batch = Batch(0, plan, ready).use()
    assert sum(len(each.sent) for each in batch.extracts) > 5_000 * years
    assert all(each.sent.max(initial=plan.first) <= plan.last for each in batch.extracts)
