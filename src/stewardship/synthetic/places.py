"""The places of a synthetic system: small areas where people live, and practices where they are registered.

Four alliances of five localities, each with the ages, deprivation and ethnic groups of a real one; 27 networks, and as
many practices and small areas as the residents fill. Names and codes cannot be taken for real ones: the ONS starts no
code with X, and no organisation has a code that begins with ZZ and P, N, S, T or a digit.
"""

from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from stewardship.synthetic.chance import stream
from stewardship.synthetic.lives import NEVER, Plan, Share, Small
from stewardship.synthetic.place_names import (
    area_names,
    authority_names,
    neighbourhood_names,
    network_names,
    practice_names,
)
from stewardship.synthetic.place_shapes import (
    Areas,
    Authorities,
    Localities,
    Neighbourhoods,
    Networks,
    Organisations,
    Places,
    Practices,
)
from stewardship.synthetic.tables import published

__all__ = [
    "SYSTEM",
    "SYSTEM_CODE",
    "WITHIN_NETWORK",
    "Places",
    "fifth_shares",
    "locality_shares",
    "places_of",
]

SYSTEM_CODE, SYSTEM = "ZZS", "Exampleshire"
RESIDENTS_OF_A_PRACTICE, RESIDENTS_OF_AN_AREA = 8_300, 1_650
FEWEST_PRACTICES, FEWEST_AREAS = 2, 4  # of a network
SMALL_AREAS_OF_ENGLAND = 33_755  # LSOAs of 2021
AREAS_OF_A_NEIGHBOURHOOD = 4
WITHIN_NETWORK = 0.92  # share of people whose practice is in the network of their home
_MIXED = 2.0  # how far, in tenths, the deprivation of areas of one network is from order: standard deviation
_NO_BATCH = 2**32 - 1  # of people: what is drawn for the system as a whole


@lru_cache(maxsize=4)
def places_of(plan: Plan) -> Places:
    """The places of a plan; the same plan always has the same."""
    rng = stream(plan.seed, _NO_BATCH, "places")
    localities, alliances, in_locality = _localities()
    networks = _networks(in_locality)
    areas = _areas(rng, plan, networks)
    authorities, neighbourhoods, neighbourhood = _residence(areas, networks)
    areas = replace(areas, neighbourhood=neighbourhood, name=area_names(neighbourhoods.name, neighbourhood))
    practices = _practices(plan, networks, areas)
    of_network, choice = _choices(practices, areas, len(networks.code))
    bodies = published("organisations")
    return Places(
        alliances=alliances,
        localities=localities,
        networks=networks,
        practices=practices,
        areas=areas,
        neighbourhoods=neighbourhoods,
        authorities=authorities,
        organisations=Organisations(
            *([row[column] for row in bodies] for column in ("code", "name", "kind"))
        ),
        practices_of_network=of_network,
        choice=choice,
    )


def locality_shares() -> Share:
    """Share of residents of each locality."""
    rows = published("age_structure")
    found = [sum(float(row[f"locality_{number}"]) for row in rows) for number in range(1, 6)]
    return np.array(found) / sum(found)


def fifth_shares() -> Share:
    """Share of residents of each deprivation fifth, the most deprived first."""
    found = np.zeros(5)
    for row, share in zip(published("deprivation"), locality_shares(), strict=True):
        areas = np.array([float(row[f"tenth_{tenth}"]) for tenth in range(1, 11)]).reshape(5, 2).sum(axis=1)
        found += share * areas / areas.sum()
    return found


def shared_out(total: int, weights: Share, least: npt.NDArray[np.integer] | int = 0) -> Small:
    """Whole numbers in proportion to weights that add up to a total; none is smaller than `least`."""
    fewest = np.broadcast_to(np.asarray(least), np.shape(weights))
    share = np.asarray(weights) / np.sum(weights)
    exact = total * share
    if (exact < fewest).any():
        exact = fewest + (total - fewest.sum()) * share
    whole: Small = np.floor(exact).astype(np.int16)
    whole[np.argsort(whole - exact, kind="stable")[: total - int(whole.sum())]] += 1
    return whole


def _localities() -> tuple[Localities, list[str], Small]:
    rows = published("localities")
    alliances = list(dict.fromkeys(row["alliance"] for row in rows))
    of = np.array([alliances.index(row["alliance"]) for row in rows], dtype=np.int16)
    networks = np.repeat(np.arange(len(rows), dtype=np.int16), [int(row["networks"]) for row in rows])
    return Localities([row["code"] for row in rows], [row["name"] for row in rows], of), alliances, networks


def _networks(locality: Small) -> Networks:
    names = network_names(len(locality))
    return Networks([f"ZZN{number:02}" for number in range(1, len(names) + 1)], names, locality)


def _areas(rng: np.random.Generator, plan: Plan, networks: Networks) -> Areas:
    in_locality = np.bincount(networks.locality)
    total = max(round(plan.residents / RESIDENTS_OF_AN_AREA), FEWEST_AREAS * len(networks.code))
    counts = shared_out(total, locality_shares(), FEWEST_AREAS * in_locality)
    tenths: list[Small] = []
    network: list[Small] = []
    wanting = np.zeros(10)  # of each tenth, what rounding has left out so far
    for locality, (row, count) in enumerate(zip(published("deprivation"), counts, strict=True)):
        weights = np.array([float(row[f"tenth_{tenth}"]) for tenth in range(1, 11)])
        wanting += count * weights / weights.sum()
        given = shared_out(int(count), np.maximum(wanting, 0))
        wanting -= given
        tenth = np.repeat(np.arange(1, 11), given)
        tenth = tenth[np.argsort(tenth + rng.normal(0, _MIXED, len(tenth)), kind="stable")]
        own = np.flatnonzero(networks.locality == locality)
        size = shared_out(int(count), 0.7 + 0.6 * rng.random(len(own)), FEWEST_AREAS)
        tenths.append(tenth.astype(np.int16))
        network.append(np.repeat(rng.permutation(own), size).astype(np.int16))
    of = np.concatenate(network)
    order = np.argsort(of, kind="stable")
    return _described(np.concatenate(tenths)[order], of[order], networks)


def _described(tenth: Small, network: Small, networks: Networks) -> Areas:
    number = np.arange(1, len(tenth) + 1)
    within = (number * 7 % 61 + 0.5) / 61  # spreads ranks over the tenth
    rank = ((tenth - 1 + within) * SMALL_AREAS_OF_ENGLAND / 10).astype(np.int32) + 1
    return Areas(
        code=[f"X01{each:06}" for each in number],
        name=[""] * len(number),
        tenth=tenth,
        rank=rank,
        locality=networks.locality[network],
        network=network,
        neighbourhood=np.zeros(len(number), dtype=np.int16),
    )


def _residence(areas: Areas, networks: Networks) -> tuple[Authorities, Neighbourhoods, Small]:
    """Local authorities of whole networks, and neighbourhoods of about four small areas within a network."""
    authority_of: list[int] = []
    locality_of: list[int] = []
    for locality, row in enumerate(published("localities")):
        many, parts = int(row["networks"]), int(row["authorities"])
        authority_of.extend(len(locality_of) + place * parts // many for place in range(many))
        locality_of.extend([locality] * parts)
    neighbourhood = np.zeros(len(areas.code), dtype=np.int16)
    authority: list[int] = []
    for network in range(len(networks.code)):
        own = np.flatnonzero(areas.network == network)
        parts = max(1, len(own) // AREAS_OF_A_NEIGHBOURHOOD)
        neighbourhood[own] = len(authority) + np.arange(len(own)) * parts // len(own)
        authority.extend([authority_of[network]] * parts)
    authorities = Authorities(
        [f"X07{number:06}" for number in range(1, len(locality_of) + 1)],
        authority_names(len(locality_of)),
        np.array(locality_of, dtype=np.int16),
    )
    codes = [f"X05{number:06}" for number in range(1, len(authority) + 1)]
    names = neighbourhood_names(len(authority))
    return authorities, Neighbourhoods(codes, names, np.array(authority, dtype=np.int16)), neighbourhood


def _practices(plan: Plan, networks: Networks, areas: Areas) -> Practices:
    total = max(round(plan.residents / RESIDENTS_OF_A_PRACTICE), FEWEST_PRACTICES * len(networks.code))
    patients = np.bincount(areas.network, minlength=len(networks.code)).astype(np.float64)
    counts = shared_out(total, patients, FEWEST_PRACTICES)
    network = np.repeat(np.arange(len(counts), dtype=np.int16), counts)
    number = np.arange(1, total + 1)
    closing = int(np.flatnonzero(network == np.argmax(counts))[-1])
    closed, successor = np.full(total, NEVER, dtype=np.int32), np.full(total, -1, dtype=np.int16)
    closed[closing] = _month_end(plan, 0.55)
    successor[closing] = closing - 1
    formerly, joined = np.full(total, -1, dtype=np.int16), np.full(total, -NEVER, dtype=np.int32)
    changing = int(np.flatnonzero(network == 1)[0])
    formerly[changing], joined[changing] = 2, _month_end(plan, 0.35) + 1
    return Practices(
        code=[f"ZZP{each:03}" for each in number],
        name=practice_names(network),
        network=network,
        share=(1.0 + number * 5 % 7 / 4) * (successor < 0),
        closed=closed,
        successor=successor,
        formerly=formerly,
        joined=joined,
    )


def _month_end(plan: Plan, share: float) -> int:
    """The last day of the month before so much of the years told has passed."""
    day = date(1970, 1, 1) + timedelta(days=plan.first + round(share * (plan.last - plan.first)))
    return (day.replace(day=1) - date(1970, 1, 1)).days - 1


def _choices(practices: Practices, areas: Areas, networks: int) -> tuple[Small, Share]:
    """Practices of each network, and the chances of each for who lives in an area: large and near ones draw more."""
    most = int(np.bincount(practices.network).max())
    of_network = np.full((networks, most), -1, dtype=np.int16)
    choice = np.ones((len(areas.code), most))
    for network in range(networks):
        own, home = np.flatnonzero(practices.network == network), np.flatnonzero(areas.network == network)
        of_network[network, : len(own)] = own
        away = np.subtract.outer(
            (np.arange(len(home)) + 0.5) / len(home), (np.arange(len(own)) + 0.5) / len(own)
        )
        weight = practices.share[own] * np.exp(-np.abs(away) * len(own))
        choice[home, : len(own)] = np.cumsum(weight, axis=1) / weight.sum(axis=1, keepdims=True)
    return of_network, choice
