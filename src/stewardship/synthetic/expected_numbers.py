"""How many people of each place would be expected to have a condition, from surveys of people of their ages."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from stewardship.synthetic.listed import YOUNGEST, Listed
from stewardship.synthetic.lives import Share, Small
from stewardship.synthetic.places import SYSTEM_CODE, Places
from stewardship.synthetic.tables import published


def expected_numbers(places: Places, listed: Listed, years: int) -> Iterator[tuple[str, str, int, int]]:
    """Id, place, how many years before the last, and how many people: of the system, its alliances, networks and
    practices, local authorities and neighbourhoods. Fewer in earlier years, as the list tells."""
    ages = {place: of_age for kind in _ages(places, listed) for place, of_age in kind.items()}
    for row in published("expected"):
        shares = np.array([float(row[f"aged_{youngest}"]) for youngest in YOUNGEST])
        for place, of_age in ages.items():
            for year in range(years):
                people = float(of_age @ shares) * float(row["a_year"]) ** -year
                yield row["id"], place, year, round(people)


def residents_of_places(places: Places, listed: Listed) -> dict[str, int]:
    """Everybody on the lists, of the system, the alliances and the local authorities."""
    system, alliances, _, _, authorities, _ = _ages(places, listed)
    of = {**system, **alliances, **authorities}
    return {place: round(float(of_age.sum())) for place, of_age in of.items()}


def _ages(places: Places, listed: Listed) -> tuple[Mapping[str, Share], ...]:
    """People by age group of each place: the system, alliances, networks, practices, local authorities,
    neighbourhoods. Those of a practice are taken to be as old as others of the small areas they live in."""
    areas, networks = places.areas, places.networks
    by_area = listed.by_age.astype(np.float64)
    there = np.maximum(by_area.sum(axis=1, keepdims=True), 1)
    by_practice = listed.by_practice @ (by_area / there)
    by_network = _added(by_practice, places.practices.network, len(networks.code))
    by_locality = _added(by_network, networks.locality, len(places.localities.code))
    by_ward = _added(by_area, areas.neighbourhood, len(places.neighbourhoods.code))
    return (
        {SYSTEM_CODE: by_area.sum(axis=0)},
        _named(places.alliance_codes, _added(by_locality, places.localities.alliance, len(places.alliances))),
        _named(networks.code, by_network),
        _named(places.practices.code, by_practice),
        _named(
            places.authorities.code,
            _added(by_ward, places.neighbourhoods.authority, len(places.authorities.code)),
        ),
        _named(places.neighbourhoods.code, by_ward),
    )


def _added(rows: Share, into: Small, many: int) -> Share:
    """Rows added up by the place that each lies in."""
    found = np.zeros((many, rows.shape[1]))
    np.add.at(found, into, rows)
    return found


def _named(codes: Sequence[str], rows: Share) -> dict[str, Share]:
    return dict(zip(codes, rows, strict=True))
