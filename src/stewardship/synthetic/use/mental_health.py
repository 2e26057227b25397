"""Mental health services: referrals and contacts, those of talking therapies among them."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from stewardship.synthetic.chance import stream
from stewardship.synthetic.extracts import Extract, chosen, constant, days, identifiers, numbers
from stewardship.synthetic.lives import Flags
from stewardship.synthetic.use.columns import Columns, picked, pounds, spread_cost
from stewardship.synthetic.use.conditions import since
from stewardship.synthetic.use.own_years import drawn_by_own_year
from stewardship.synthetic.use.rates import Expected
from stewardship.synthetic.use.referred import Referred, referred, sent_days
from stewardship.synthetic.use.spells import served
from stewardship.synthetic.use.times import Happened, Positions

# Few people have many contacts: the rate of a person in a year is multiplied by a gamma variable of this shape and mean
# 1, so that there are about 0.09 referrals a person-year. Source of 0.09: mental health services monthly statistics.
CLUSTERING, OF_THERAPY = 0.018, 0.04
# Team types as the mental health services data set codes them: community, crisis, children, old age, learning
# disability, early intervention, eating disorders, talking therapies.
_TEAMS = ("A06", "A02", "C02", "A08", "B02", "A14", "A13", "TT")
_TALKING = len(_TEAMS) - 1
_SOURCES, _SOURCE_SHARES = ("A1", "B1", "C1", "D1", "H1", "P1"), (0.55, 0.2, 0.05, 0.05, 0.1, 0.05)
_REASONS = ("01", "03", "04", "05", "06", "12", "13", "18")
_REASON_SHARES = (0.08, 0.05, 0.22, 0.06, 0.32, 0.09, 0.08, 0.10)
_MECHANISMS, _MECHANISM_SHARES = ("01", "02", "11"), (0.66, 0.24, 0.10)
_ATTENDED, _ATTENDED_SHARES = ("5", "6", "2", "3", "4"), (0.83, 0.01, 0.05, 0.08, 0.03)


def mental_health(expected: Expected, columns: Columns) -> tuple[list[Extract], Happened, Flags]:
    """Referrals and contacts; and all contacts of talking therapies that would be, with which of them are."""
    people, plan = expected.people, expected.plan
    rng = stream(plan.seed, people.batch, "mental health")
    care = drawn_by_own_year(rng, expected, "mental_health", CLUSTERING)
    therapy = drawn_by_own_year(rng, expected, "talking_therapy", OF_THERAPY)
    kept = served(rng, expected, therapy.who)
    given = therapy.kept(kept)
    found = Happened(
        *(
            np.concatenate([getattr(each, part) for each in (care, given)])
            for part in ("who", "stretch", "day")
        )
    )
    team = np.concatenate([_teams(expected, care), np.full(len(given), _TALKING)]).astype(np.int32)
    together = referred(rng, plan, people, found, team)
    identity = identifiers(people.batch, len(together.who))
    sent = [
        Extract(
            "mental-health",
            "referrals",
            sent_days(together.received, plan),
            _referrals(rng, columns, together, identity),
        ),
        Extract(
            "mental-health",
            "contacts",
            found.day[together.contact],
            _contacts(rng, expected, columns, found, together, identity),
        ),
    ]
    return sent, therapy, kept


def _referrals(
    rng: np.random.Generator, columns: Columns, together: Referred, identity: pa.Array
) -> pa.Table:
    return pa.table(
        {
            "UniqServReqID": identity,
            "NHSNumber": columns.nhs_number(together.who),
            "ReferralRequestReceivedDate": days(together.received),
            "SourceOfReferralMH": chosen(_SOURCES, picked(rng, _SOURCE_SHARES, len(identity))),
            "PrimReasonReferralMH": chosen(_REASONS, picked(rng, _REASON_SHARES, len(identity))),
            "ServTeamTypeRefToMH": chosen(_TEAMS, together.service),
            "ServDischDate": days(together.closed),
        }
    )


def _contacts(
    rng: np.random.Generator,
    expected: Expected,
    columns: Columns,
    found: Happened,
    together: Referred,
    identity: pa.Array,
) -> pa.Table:
    who, team = found.who[together.contact], together.service[together.referral]
    attended = picked(rng, _ATTENDED_SHARES, len(who))
    provider = expected.places.organisations.of("mental health provider")[0]
    return pa.table(
        {
            "CareContactID": identifiers(expected.people.batch, len(who)),
            "UniqServReqID": identity.take(pa.array(together.referral)),
            "NHSNumber": columns.nhs_number(who),
            "CareContDate": days(found.day[together.contact]),
            "ServTeamTypeRefToMH": chosen(_TEAMS, team),
            "ConsMechanismMH": chosen(_MECHANISMS, picked(rng, _MECHANISM_SHARES, len(who))),
            "AttendOrDNACode": chosen(_ATTENDED, attended),
            "OrganisationCodeProvider": constant(provider, len(who)),
            "CostPence": numbers(_pence(rng, team == _TALKING, attended < 2)),
        }
    )


def _teams(expected: Expected, found: Happened) -> Positions:
    """The team that sees a person: by age and disability first, then by what is needed."""
    people, health = expected.people, expected.health
    age = (found.day - people.birth[found.who]) / 365.25
    has = {
        key: since(health, key)[found.who] <= found.day
        for key in ("learning_disability", "eating_disorder", "severe_mental_illness", "self_harm")
    }
    often = people.number[found.who] % 5
    return np.select(
        [
            age < 18,
            has["learning_disability"],
            has["eating_disorder"] & (often < 3),
            age >= 70,
            has["severe_mental_illness"] & (age < 35) & (often < 2),
            has["self_harm"] & (often < 3),
        ],
        [2, 4, 6, 3, 5, 1],
        0,
    ).astype(np.int32)


def _pence(rng: np.random.Generator, talking: Flags, attended: Flags) -> npt.NDArray[np.int64]:
    spread = rng.standard_gamma(9.0, len(talking)) * attended
    pence = np.empty(len(talking), dtype=np.int64)
    for those, unit in ((talking, "talking_therapy"), (~talking, "mental_health")):
        pence[those] = spread_cost(pounds()[unit], spread[those])
    return pence
