"""Community services: referrals and contacts, among them crises and the coordinated care of people with frailty."""

import numpy as np
import pyarrow as pa

from stewardship.synthetic.chance import stream
from stewardship.synthetic.extracts import Extract, chosen, days, identifiers, numbers
from stewardship.synthetic.lives import NEVER, Days
from stewardship.synthetic.use.changes import Crises, Enrolled
from stewardship.synthetic.use.choosing import suited
from stewardship.synthetic.use.columns import Columns, picked, pounds, spread_cost
from stewardship.synthetic.use.lists import rows
from stewardship.synthetic.use.rates import Expected
from stewardship.synthetic.use.referred import referred, sent_days
from stewardship.synthetic.use.times import Happened, Positions, repeated

COORDINATION, CRISIS = "Frailty care coordination", "Urgent community response"
BETWEEN_VISITS = 21  # days, of coordinated care
_BANDS, _EDGES = ("under_5", "under_18", "under_65", "under_80", "from_80"), (5, 18, 65, 80)
_SOURCES = ("GP practice", "Hospital", "Self or family", "Community nurse", "Care home", "Social care")
_SOURCE_SHARES = (0.45, 0.25, 0.12, 0.08, 0.05, 0.05)
_MEDIA, _MEDIUM_SHARES = ("Face to face", "Telephone", "Video"), (0.82, 0.16, 0.02)
_SEEN, _SEEN_SHARES = ("Attended", "Did not attend", "Cancelled"), (0.94, 0.03, 0.03)


def community(expected: Expected, columns: Columns, crises: Crises, enrolled: Enrolled) -> list[Extract]:
    """Referrals, sent by the day they are received, and contacts, sent by their day."""
    people, plan = expected.people, expected.plan
    rng = stream(plan.seed, people.batch, "community")
    services = [row["service"] for row in rows("community")]
    found = expected.drawn(rng, "community")
    service = _services(rng, expected, found)
    visits = _visits(expected, enrolled)
    crisis, coordination = len(services), len(services) + 1
    each = np.arange(len(crises), dtype=np.int32) % 256  # crises have referrals of their own
    everything = Happened(
        np.concatenate([found.who, crises.who, visits.who]),
        np.concatenate([found.stretch, each, visits.stretch]),
        np.concatenate([found.day, crises.day, visits.day]),
    )
    of = np.repeat([crisis, coordination], [len(crises), len(visits)])
    together = referred(rng, plan, people, everything, np.concatenate([service, of]).astype(np.int32))
    coordinated = together.service == coordination
    at_once = coordinated | (together.service == crisis)
    received = np.where(at_once, together.first, together.received).astype(np.int32)
    names = [*services, CRISIS, COORDINATION]
    codes = expected.places.organisations.of("community provider")
    identity = identifiers(people.batch, len(together.who))
    referrals = {
        "ReferralID": identity,
        "NHSNumber": columns.nhs_number(together.who),
        "ReferralReceivedDate": days(received),
        "ServiceType": chosen(names, together.service),
        "SourceOfReferral": chosen(
            _SOURCES, np.where(coordinated, 0, picked(rng, _SOURCE_SHARES, len(received)))
        ),
        "ServiceDischargeDate": days(
            np.where(coordinated, _leaving(expected, together.who), together.closed)
        ),
    }
    who, day = everything.who[together.contact], everything.day[together.contact]
    many = len(who)
    locality = expected.places.areas.locality[people.area[who]]
    seen = np.where(at_once[together.referral], 0, picked(rng, _SEEN_SHARES, many))
    contacts = {
        "CareContactID": identifiers(people.batch, many),
        "ReferralID": identity.take(pa.array(together.referral)),
        "NHSNumber": columns.nhs_number(who),
        "CareContactDate": days(day),
        "ServiceType": chosen(names, together.service[together.referral]),
        "ConsultationMedium": chosen(_MEDIA, picked(rng, _MEDIUM_SHARES, many)),
        "AttendanceStatus": chosen(_SEEN, seen),
        "OrganisationCodeProvider": chosen(codes, locality % len(codes)),
        "CostPence": numbers(spread_cost(pounds()["community"], rng.standard_gamma(9.0, many) * (seen == 0))),
    }
    return [
        Extract("community", "referrals", sent_days(received, plan), pa.table(referrals)),
        Extract("community", "contacts", day, pa.table(contacts)),
    ]


def _services(rng: np.random.Generator, expected: Expected, found: Happened) -> Positions:
    """A service for each contact; most contacts of a person in a year are with the same one."""
    begins = np.append(True, (found.who[1:] != found.who[:-1]) | (found.stretch[1:] != found.stretch[:-1]))
    first = np.flatnonzero(begins[: len(found)])
    of = np.cumsum(begins[: len(found)]) - 1
    table = rows("community")
    usual, other = (
        suited(
            rng, table, _BANDS, _EDGES, expected.people, expected.health, found.who[first], found.day[first]
        )
        for _ in range(2)
    )
    elsewhere = rng.random(len(found), dtype=np.float32) < 0.2
    return np.asarray(np.where(elsewhere, other[of], usual[of]), dtype=np.int32)


def _visits(expected: Expected, enrolled: Enrolled) -> Happened:
    """Visits of coordinated care, every three weeks from the day of enrolment, for as long as people are there."""
    until = _leaving(expected, enrolled.who)
    many = np.maximum((np.minimum(until, expected.plan.last) - enrolled.since) // BETWEEN_VISITS + 1, 0)
    of = repeated(many)
    step = np.arange(len(of)) - np.repeat(np.cumsum(many) - many, many)
    day = enrolled.since[of] + BETWEEN_VISITS * step
    return Happened(enrolled.who[of], np.zeros(len(of), dtype=np.int32), day.astype(np.int32))


def _leaving(expected: Expected, who: Positions) -> Days:
    """The last day people are there, NEVER for those who are on the last day of all data."""
    until = np.minimum(expected.people.end, expected.people.death)[who]
    return np.asarray(np.where(until > expected.plan.last, NEVER, until), dtype=np.int32)
