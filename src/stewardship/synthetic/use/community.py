"""Community services: referrals and contacts, among them crises and the coordinated care of people with frailty."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from stewardship.synthetic.chance import stream
from stewardship.synthetic.extracts import Extract, chosen, days, identifiers, numbers
from stewardship.synthetic.lives import NEVER, Days, Flags
from stewardship.synthetic.use.changes import Crises, Enrolled
from stewardship.synthetic.use.choosing import suited
from stewardship.synthetic.use.columns import Columns, picked, pounds, spread_cost
from stewardship.synthetic.use.lists import rows
from stewardship.synthetic.use.own_years import drawn_by_own_year
from stewardship.synthetic.use.rates import Expected
from stewardship.synthetic.use.referred import Referred, referred, sent_days
from stewardship.synthetic.use.times import Happened, Positions, repeated

COORDINATION, CRISIS = "Frailty care coordination", "Urgent community response"
BETWEEN_VISITS = 21  # days, of coordinated care
_BANDS, _EDGES = ("under_5", "under_18", "under_65", "under_80", "from_80"), (5, 18, 65, 80)
_SOURCES = ("GP practice", "Hospital", "Self or family", "Community nurse", "Care home", "Social care")
_SOURCE_SHARES = (0.45, 0.25, 0.12, 0.08, 0.05, 0.05)
_MEDIA, _MEDIUM_SHARES = ("Face to face", "Telephone", "Video"), (0.82, 0.16, 0.02)
_SEEN, _SEEN_SHARES = ("Attended", "Did not attend", "Cancelled"), (0.94, 0.03, 0.03)


@dataclass(frozen=True)
class _Care:
    """Contacts of every service with their referrals. names: of the services. closed: of each referral."""

    names: list[str]
    contacts: Happened
    together: Referred
    closed: Days
    at_once: Flags


def community(expected: Expected, columns: Columns, crises: Crises, enrolled: Enrolled) -> list[Extract]:
    """Referrals, sent by the day they are received, and contacts, sent by their day."""
    rng = stream(expected.plan.seed, expected.people.batch, "community")
    care = _care(rng, expected, crises, enrolled)
    identity = identifiers(expected.people.batch, len(care.closed))
    referrals = _referrals(rng, columns, care, identity)
    contacts = _contacts(rng, expected, columns, care, identity)
    day = care.contacts.day[care.together.contact]
    return [
        Extract("community", "referrals", sent_days(care.together.received, expected.plan), referrals),
        Extract("community", "contacts", day, contacts),
    ]


def _care(rng: np.random.Generator, expected: Expected, crises: Crises, enrolled: Enrolled) -> _Care:
    """Everything that community services do. Crises, and coordinated care, are seen on the day of referral."""
    names = [*(row["service"] for row in rows("community")), CRISIS, COORDINATION]
    usual, visits = drawn_by_own_year(rng, expected, "community"), _visits(expected, enrolled)
    service = [
        _services(rng, expected, usual),
        np.full(len(crises), names.index(CRISIS)),
        np.full(len(visits), names.index(COORDINATION)),
    ]
    each = np.arange(len(crises), dtype=np.int32) % 256  # crises have referrals of their own
    contacts = Happened(
        np.concatenate([usual.who, crises.who, visits.who]),
        np.concatenate([usual.stretch, each, visits.stretch]),
        np.concatenate([usual.day, crises.day, visits.day]),
    )
    of = np.concatenate(service).astype(np.int32)
    at_once = (names.index(CRISIS), names.index(COORDINATION))
    together = referred(rng, expected.plan, expected.people, contacts, of, at_once)
    coordinated = together.service == names.index(COORDINATION)
    closed = np.where(coordinated, _leaving(expected, together.who), together.closed).astype(np.int32)
    return _Care(names, contacts, together, closed, np.isin(together.service, at_once))


def _referrals(rng: np.random.Generator, columns: Columns, care: _Care, identity: pa.Array) -> pa.Table:
    source = picked(rng, _SOURCE_SHARES, len(identity))
    return pa.table(
        {
            "ReferralID": identity,
            "NHSNumber": columns.nhs_number(care.together.who),
            "ReferralReceivedDate": days(care.together.received),
            "ServiceType": chosen(care.names, care.together.service),
            "SourceOfReferral": chosen(_SOURCES, source),
            "ServiceDischargeDate": days(care.closed),
        }
    )


def _contacts(
    rng: np.random.Generator, expected: Expected, columns: Columns, care: _Care, identity: pa.Array
) -> pa.Table:
    together = care.together
    who = care.contacts.who[together.contact]
    codes = expected.places.organisations.of("community provider")
    locality = expected.places.areas.locality[expected.people.area[who]]
    seen = np.where(care.at_once[together.referral], 0, picked(rng, _SEEN_SHARES, len(who)))
    weight = rng.standard_gamma(9.0, len(who)) * (seen == 0)
    return pa.table(
        {
            "CareContactID": identifiers(expected.people.batch, len(who)),
            "ReferralID": identity.take(pa.array(together.referral)),
            "NHSNumber": columns.nhs_number(who),
            "CareContactDate": days(care.contacts.day[together.contact]),
            "ServiceType": chosen(care.names, together.service[together.referral]),
            "ConsultationMedium": chosen(_MEDIA, picked(rng, _MEDIUM_SHARES, len(who))),
            "AttendanceStatus": chosen(_SEEN, seen),
            "OrganisationCodeProvider": chosen(codes, locality % len(codes)),
            "CostPence": numbers(spread_cost(pounds()["community"], weight)),
        }
    )


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
