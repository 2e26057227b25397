"""Adult social care: requests, assessments, reviews, and services with what they cost a week.

Whoever is supported for long has a threshold of their own, passed when the share of people like them who are supported
rises above it with age. So as many are supported at any time as is published, and services begin as people grow old.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from stewardship.synthetic.chance import stream
from stewardship.synthetic.extracts import Extract, chosen, days, identifiers, numbers
from stewardship.synthetic.lives import NEVER, Days, Flags, Whole
from stewardship.synthetic.use.columns import Columns, picked, pounds
from stewardship.synthetic.use.conditions import since
from stewardship.synthetic.use.lists import position
from stewardship.synthetic.use.rates import Expected
from stewardship.synthetic.use.referred import sent_days
from stewardship.synthetic.use.times import Positions

SUPPORTED = 0.0105  # of adults, at home, at any time; adult social care activity and finance 2022-23
COST_A_HEAD = (
    415.0  # gross pounds a year of a resident of any age; adult social care activity and finance 2022-23
)
REQUESTED = 0.050  # by an adult in a year; see `streams.csv`
FUNDED = 0.55  # of people in care homes, by the council; ONS, care homes and estimating the self-funding population
NURSING = 0.35  # of those, in nursing homes
# Of requests: followed by an assessment, and by short support to maximise independence.
ASSESSED, REABLED = 0.55, 0.20
REVIEWED = 1.2  # reviews a year of the supported
REABLEMENT_DAYS, REABLEMENT_WEEKLY = 42, 240
_WEEK = 7
_COUNCILS = (0, 0, 1, 2)  # of each alliance
_REASONS = (
    "Physical Support: Personal care", "Physical Support: Access and mobility only",
    "Support with Memory and Cognition",
    "Learning Disability Support", "Mental Health Support", "Sensory Support: Support for visual impairment",
    "Social Support: Support for social isolation or other",
)  # fmt: skip
_TYPES = ("Request", "Assessment", "Review", "Service")
_SERVICES = (
    "Long Term Support: Community", "Long Term Support: Residential Care", "Long Term Support: Nursing Care",
    "Short Term Support: ST-Max",
)  # fmt: skip
_COMPONENTS = ("Home Support", "Residential Care", "Nursing Care", "Reablement")
_MECHANISMS = ("CASSR Managed Personal Budget", "Direct Payment", "CASSR Commissioned Support")
_OUTCOMES = (
    "Progress to Assessment", "Progress to Short Term Support", "Signposted to other services", "No further action",
    "Progress to Support Planning", "No Change in Package", "Change in Package",
)  # fmt: skip
LIVED = 0.89  # of the weeks of support at home that are expected: counted in 1.2 million made residents


@dataclass(frozen=True)
class Events:
    """Events of social care: kind, service and outcome are positions, -1 for none. weekly: pence."""

    who: Positions
    start: Days
    end: Days
    kind: Positions
    service: Positions
    outcome: Positions
    weekly: Whole


def social_care(expected: Expected, weekly: float, columns: Columns) -> list[Extract]:
    """Events of a batch, sent by the day they begin, or with the first where that is earlier.

    weekly: pounds that a week of support at home costs on average; see `weekly_at_home`.
    """
    rng = stream(expected.plan.seed, expected.people.batch, "social care")
    services = _together(_at_home(rng, expected, weekly), _in_homes(rng, expected))
    events = _together(services, _reviews(rng, expected, services), *_requests(rng, expected))
    people = expected.people
    alliance = expected.places.localities.alliance[expected.places.areas.locality[people.area[events.who]]]
    councils = expected.places.organisations.of("council")
    council = np.array(_COUNCILS)[alliance] % len(councils)
    carer = rng.random(len(people)) < 0.4
    service = events.kind == _TYPES.index("Service")
    mechanism = np.where(
        service & (events.service == 0), people.number[events.who] % 4 == 0, 2 * service - (~service)
    )
    table = {
        "EventID": identifiers(people.batch, len(events.who)),
        "NHSNumber": columns.nhs_number(events.who),
        "LA_Code": chosen(councils, council),
        "Event_Type": chosen(_TYPES, events.kind),
        "Event_Start_Date": days(events.start),
        "Event_End_Date": days(events.end),
        "Event_Outcome": chosen(_OUTCOMES, events.outcome),
        "Client_Type": chosen(["Service User"], np.zeros(len(events.who), dtype=np.int32)),
        "Primary_Support_Reason": chosen(_REASONS, _reasons(expected, events)),
        "Service_Type": chosen(_SERVICES, events.service),
        "Service_Component": chosen(_COMPONENTS, events.service),
        "Delivery_Mechanism": chosen(_MECHANISMS, np.where(service, mechanism, -1)),
        "Accommodation_Status": chosen(
            ["Settled mainstream housing", "Registered care home"],
            people.care_home[events.who].astype(np.int8),
        ),
        "Has_Unpaid_Carer": chosen(["No", "Yes"], carer[events.who].astype(np.int8)),
        "WeeklyCostPence": numbers(events.weekly, events.weekly <= 0),
    }
    return [Extract("social-care", "events", sent_days(events.start, expected.plan), pa.table(table))]


def supported_share(expected: Expected) -> npt.NDArray[np.float64]:
    """Share of people like each who are supported at home: by person and stretch, never falling with time."""
    yearly = expected.yearly[position("social_request")].astype(np.float64)
    adult = expected.stretches.middle - expected.people.birth[:, None] >= 18 * 365.25
    at_home = ~expected.people.care_home[:, None]
    share = np.minimum(yearly * SUPPORTED / REQUESTED, 0.8) * adult * at_home
    share[:, -1] = share[:, :-1].max(axis=1) * (expected.stretches.years[:, -1] > 0)
    return np.maximum.accumulate(share * (expected.stretches.years > 0), axis=1)


def weekly_at_home(reference: Iterable[Expected]) -> float:
    """Pounds a week of support at home with which social care costs what is published, by people of reference.

    Care homes cost what they do, and so does reablement; the rest is for support at home.
    """
    spent, weeks, years = 0.0, 0.0, 0.0
    for expected in reference:
        of_people = expected.stretches.years
        years += float(of_people.sum())
        weeks += float((supported_share(expected) * of_people).sum()) * 365.25 / _WEEK
        homes = NURSING * pounds()["nursing_week"] + (1 - NURSING) * pounds()["residential_week"]
        spent += homes * FUNDED * float(of_people[expected.people.care_home].sum()) * 365.25 / _WEEK
        rates, _ = expected.of("social_request")
        spent += REABLED * REABLEMENT_WEEKLY * REABLEMENT_DAYS / _WEEK * float(rates.sum())
    return (COST_A_HEAD * years - spent) / (weeks * LIVED)


def _at_home(rng: np.random.Generator, expected: Expected, usual: float) -> Events:
    """Long support at home: from the year in which a person's share passes their threshold, until they leave."""
    supported = rng.random(len(expected.people))[:, None] < supported_share(expected)
    supported &= expected.stretches.years > 0
    who = np.flatnonzero(supported.any(axis=1)).astype(np.int32)
    part = supported[who].argmax(axis=1)
    first, last = expected.stretches.first[who, part], expected.stretches.last[who, part]
    around = ((rng.random(len(who)) - 0.5) * (last - first + 1)).astype(np.int32)
    begin = np.maximum(expected.people.start, expected.people.birth)[who]
    earlier = np.maximum(first - rng.exponential(500, len(who)).astype(np.int32), begin)
    start = np.where(part == 0, earlier, np.where(first > begin, first + around, first))
    start = np.maximum(start, np.maximum(begin, expected.people.birth[who] + 18 * 365.25)).astype(np.int32)
    weekly = rng.gamma(6.0, 1 / 6, len(who)) * usual * 100
    return _services(
        expected, who, start, np.zeros(len(who), dtype=np.int32), np.maximum(weekly, 1).astype(np.int64)
    )


def _in_homes(rng: np.random.Generator, expected: Expected) -> Events:
    """Care homes that the council pays for."""
    people = expected.people
    who = np.flatnonzero(funded_in_home(expected)).astype(np.int32)
    nursing = rng.random(len(who)) < NURSING
    start = np.maximum(people.start[who], people.birth[who])
    ago = expected.plan.first - rng.exponential(700, len(who))
    weekly = np.where(nursing, pounds()["nursing_week"], pounds()["residential_week"]) * 100
    return _services(
        expected,
        who,
        np.maximum(start, ago).astype(np.int32),
        1 + nursing.astype(np.int32),
        weekly.astype(np.int64),
    )


def funded_in_home(expected: Expected) -> Flags:
    """Which residents of care homes the council pays for."""
    drawn = stream(expected.plan.seed, expected.people.batch, "funded care homes").random(
        len(expected.people)
    )
    here = expected.stretches.years.sum(axis=1) > 0
    return np.asarray(expected.people.care_home & (drawn < FUNDED) & here)


def _services(expected: Expected, who: Positions, start: Days, service: Positions, weekly: Whole) -> Events:
    until = np.minimum(expected.people.end, expected.people.death)[who]
    end = np.where(until > expected.plan.last, NEVER, until).astype(np.int32)
    kind = np.full(len(who), _TYPES.index("Service"), dtype=np.int32)
    return Events(who, start, end, kind, service, np.full(len(who), -1, dtype=np.int32), weekly)


def _reviews(rng: np.random.Generator, expected: Expected, services: Events) -> Events:
    """Reviews of who is supported for long."""
    begin = np.maximum(services.start + 90, expected.plan.first)
    until = np.minimum(services.end, expected.plan.last)
    years = np.maximum(until - begin, 0) / 365.25
    of = np.repeat(np.arange(len(services.who)), rng.poisson(REVIEWED * years))
    day = (begin[of] + rng.random(len(of)) * (until - begin)[of]).astype(np.int32)
    outcome = np.where(rng.random(len(of)) < 0.7, 5, 6).astype(np.int32)
    return _moments(services.who[of], day, _TYPES.index("Review"), outcome)


def _requests(rng: np.random.Generator, expected: Expected) -> tuple[Events, Events, Events]:
    """Requests for support, the assessments that follow some, and reablement."""
    found = expected.drawn(rng, "social_request")
    adult = found.day - expected.people.birth[found.who] >= 18 * 365.25
    who, day = found.who[adult], found.day[adult]
    drawn = rng.random(len(who))
    outcome = np.digitize(drawn, (ASSESSED, ASSESSED + REABLED, 0.85)).astype(np.int32)
    until = np.minimum(np.minimum(expected.people.end, expected.people.death), expected.plan.last)
    assessed = outcome == 0
    later = day[assessed] + rng.integers(5, 60, int(assessed.sum()), dtype=np.int32)
    there = later <= until[who[assessed]]
    assessments = _moments(
        who[assessed][there],
        later[there],
        _TYPES.index("Assessment"),
        np.full(int(there.sum()), 4, dtype=np.int32),
    )
    reabled = outcome == 1
    end = np.minimum(day[reabled] + REABLEMENT_DAYS, until[who[reabled]])
    many = int(reabled.sum())
    reablement = Events(
        who[reabled], day[reabled], np.where(end >= expected.plan.last, NEVER, end).astype(np.int32),
        np.full(many, 3, dtype=np.int32), np.full(many, 3, dtype=np.int32), np.full(many, -1, dtype=np.int32),
        np.full(many, REABLEMENT_WEEKLY * 100, dtype=np.int64),
    )  # fmt: skip
    return _moments(who, day, 0, outcome), assessments, reablement


def _moments(who: Positions, day: Days, kind: int, outcome: Positions) -> Events:
    """Events of one day, without a service."""
    many = len(who)
    none = np.full(many, -1, dtype=np.int32)
    return Events(
        who, day, day, np.full(many, kind, dtype=np.int32), none, outcome, np.zeros(many, dtype=np.int64)
    )


def _together(*parts: Events) -> Events:
    return Events(
        **{
            name: np.concatenate([getattr(part, name) for part in parts])
            for name in Events.__dataclass_fields__
        }
    )


def _reasons(expected: Expected, events: Events) -> Positions:
    """Why people are supported."""
    has = [
        since(expected.health, key)[events.who] <= events.start
        for key in ("learning_disability", "dementia", "severe_mental_illness", "sight_impairment")
    ]
    usual = picked(
        stream(expected.plan.seed, expected.people.batch, "support reasons"),
        (0.7, 0.2, 0.1),
        len(expected.people),
    )
    return np.select(has, [3, 2, 4, 5], np.array([0, 1, 6])[usual][events.who]).astype(np.int32)
