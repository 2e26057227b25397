"""Whom the records hold, against how many people are known to live here and to be on practices' lists."""

import math
from collections import Counter
from dataclasses import dataclass

from stewardship.records.places import memberships
from stewardship.records.quality.counts import CheckCount
from stewardship.records.quality.gathered import CouldNotRunError, Gathered, Row

ROUNDING = 2  # people that rounding to fives may add or take away
CHANCE = 3  # standard errors of the number left out of one place
FEWEST_PEOPLE = 8  # as in `measures.disclosure`, which is a floor above
SAMPLE_UNDER = (
    0.5  # of the residents: fewer are a sample, or what has come so far, of which no place can be judged
)


def residents_of_places(gathered: Gathered) -> list[CheckCount]:
    """People registered here, by the local authority of the home and in all, against its usual residents."""
    residents = gathered.places.residents
    if not residents:
        raise CouldNotRunError("no population of any small area has been supplied")
    authority = _authorities(gathered)
    homes: Counter[str] = Counter()
    for row in gathered.homes:
        if row["small_area"] in residents:
            homes[row["small_area"]] += row["people"]
    if not homes:
        raise CouldNotRunError("nobody's home lies in a small area whose population is known")
    _refuse_a_sample(sum(homes.values()), sum(residents.values()))
    left_out = LeftOut.of(gathered)
    live: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for code, people in residents.items():
        for place in ("the whole system", authority.get(code, "")):
            live[place] += people
            found[place] += homes[code]
    return [
        left_out.against("residents", found[place], people, place)
        for place, people in sorted(live.items())
        if place
    ]


def lists_of_practices(gathered: Gathered) -> list[CheckCount]:
    """People registered with each practice, against its published list."""
    patients = gathered.places.patients
    if patients is None:
        raise CouldNotRunError("no published lists of practices have been supplied")
    lists: Counter[str] = Counter()
    for row in patients.to_pylist():
        lists[row["practice"]] += row["patients"]
    found: Counter[str] = Counter()
    for row in gathered.registered:
        if row["practice"] in lists:
            found[row["practice"]] += row["people"]
    if not found:
        raise CouldNotRunError("nobody is registered with a practice whose list has been supplied")
    _refuse_a_sample(sum(found.values()), sum(lists.values()))
    left_out = LeftOut.of(gathered)
    return [
        left_out.against("practice-lists", found[practice], people, practice)
        for practice, people in sorted(lists.items())
    ]


@dataclass(frozen=True)
class LeftOut:
    """Whose records are held back, who live here and are on lists all the same: people seen, and people in all, as
    disclosure control lets them be known."""

    seen: int
    people: int

    @classmethod
    def of(cls, gathered: Gathered) -> "LeftOut":
        """Of the records of a snapshot."""
        seen = _as_published(sum(row["people"] for row in gathered.people))
        return cls(seen, seen + _as_published(gathered.records.left_out()))

    def against(self, check: str, found: int, published: int, where: str) -> CheckCount:
        """How far the people found at a place are from those of whom it is known that they are there, less the share
        that is left out everywhere: beyond what rounding, and chance in who is left out, may come to."""
        expected = round(published * self.seen / self.people) if self.people else published
        share = f"{1 - self.seen / self.people:.0%}" if self.people > self.seen else ""
        note = f"less the {share} of people who are left out by their opt-outs" if share else ""
        left_out = 1 - self.seen / self.people if self.people else 0.0
        by_chance = CHANCE * math.sqrt(published * left_out * (1 - left_out))
        away = max(0, math.ceil(abs(_as_published(found) - expected) - ROUNDING - by_chance))
        return CheckCount(check, "registration", "", away, expected, where, note=note)


def _as_published(found: int) -> int:
    """A number of people as disclosure control lets it be known, so that its distance from a number that
    everybody knows tells no more than that."""
    return (found + 2) // 5 * 5 if found >= FEWEST_PEOPLE else 0


def _refuse_a_sample(found: int, published: int) -> None:
    if found < SAMPLE_UNDER * published:
        raise CouldNotRunError(
            "the records hold fewer than half of the people who live here: they are a sample, or not all practices send"
        )


def _authorities(gathered: Gathered) -> dict[str, str]:
    """The name of the local authority in which each small area lies."""
    rows = memberships(gathered.places.place, gathered.as_of)
    place = {row["code"]: row for row in rows if row["hierarchy"] == "residence"}
    found = {}
    for code, row in place.items():
        above: Row | None = row
        while above and above["level"] != "local_authority":
            above = place.get(above["parent"])
        if row["level"] == "small_area" and above:
            found[code] = above["name"]
    return found
