"""Contacts and stays, each once for every bundle that it counts towards, and those that something follows."""

from collections.abc import Sequence
from typing import Any

import ibis

from stewardship.measures.bundles import Bundle, only_with_traits, width_of
from stewardship.measures.fact import Fact, Following
from stewardship.measures.stretches import small_table
from stewardship.measures.wanted import Wanted, given_columns, of_their_audience
from stewardship.people.events import ANYHOW
from stewardship.people.joins import Keyed, fan_out, look_up

_KIND = ("point_of_delivery", "specialty")
_ANY_OTHER = -1  # the number of all points of delivery, and of all specialties, that no fact names
_OF_CONTACT = ("source", "activity_id", "person_id", "start", "cost_pence", *_KIND)
_TRAITS = ("end", "attendance", "department", "urgency", "minutes", "response_minutes")
_A_CONTACT = ("source", "activity_id", "person_id")


def contacts(wanted: Wanted, bundles: Sequence[Bundle], coded: Any) -> Any:
    """Contacts of the kinds asked for; those asked for by diagnosis only if they carry it.

    coded: the codes picked out (`coded_activity`), made when it is called for.
    """
    needs = any(_needs_traits(fact) for bundle in bundles for fact in bundle.facts)
    activity = wanted.records.table("activity").select(*_OF_CONTACT, *(_TRAITS if needs else ()))
    if needs:  # a stay whose last day lies after the data, such as 2099, is one that goes on
        ended = activity.end <= ibis.literal(wanted.periods[-1].end)
        activity = activity.mutate(end=ibis.ifelse(ended, activity.end, ibis.null("date")))
    if wanted.members is not None:  # most contacts go before they are repeated for each bundle
        whose, everyone = _whose(wanted, bundles, coded)
        activity = look_up(activity, whose, ["person_id"], keep_all=everyone)
    events = only_with_traits(_of_kinds(wanted, activity, bundles), bundles)
    if wanted.members is not None:
        events = of_their_audience(events)
    return _carrying(events, coded()) if any(bundle.asked for bundle in bundles) else events


def followed(wanted: Wanted, bundles: Sequence[Bundle], coded: Any) -> Any:
    """Contacts of the kinds asked for after which what has to follow them begins."""
    events = wanted.records.engine.keep("contacts_to_follow", contacts(wanted, bundles, coded))
    asked = {bundle.followed: number for number, bundle in enumerate(bundles)}
    of_bundle = [list(asked).index(bundle.followed) for bundle in bundles]
    told = small_table(list(enumerate(of_bundle)), ("bundle", "following"), ("int16", "int16"))
    events = look_up(events, Keyed(told, ("bundle",)), ["bundle"])
    keys = (*_A_CONTACT, "following")
    found = [
        _pairs(wanted, events.filter(events.following == number), following, coded).select(*keys)
        for number, following in enumerate(asked)
        if following is not None
    ]
    return look_up(events, Keyed(ibis.union(*found).distinct() if len(found) > 1 else found[0].distinct(), keys),
                   keys, keep_all=False)  # fmt: skip


def _pairs(wanted: Wanted, events: Any, following: Following, coded: Any) -> Any:
    """Contacts with every event that follows them in time."""
    after = _days_of(wanted, following.by, coded)
    pairs = fan_out(events, after, ["person_id"])
    since = pairs.day.delta(pairs[following.counted_from], unit="day")
    another = pairs.other.isnull() | (pairs.other != pairs.activity_id) | (pairs.other_source != pairs.source)
    return pairs.filter((since >= 0) & (since <= following.within_days) & another)


def _days_of(wanted: Wanted, fact: Fact, coded: Any) -> Any:
    """The days on which the events of a fact begin, of anybody: person_id, day, other_source, other."""
    if fact.table == "death":
        death = wanted.records.table("death")
        rows = death.filter(death.place.isin(fact.places)) if fact.places else death
        if fact.codes is not None:
            listed = fact.codes.among(wanted.present("death"))
            known = small_table(listed, ("system", "code"), ("string", "string"))
            rows = look_up(rows, Keyed(known, ("system", "code")), ["system", "code"], keep_all=False)
        return rows.select(
            "person_id", day=rows.date, other_source=ibis.null("string"), other=ibis.null("int64")
        )
    rows = contacts(wanted, [Bundle((fact,), 0, None)], coded)
    return rows.select("person_id", day=rows.start, other_source=rows.source, other=rows.activity_id)


def _needs_traits(fact: Fact) -> bool:
    return fact.traits != ANYHOW or fact.followed is not None or fact.gives in ("nights", "response minutes")


def _of_kinds(wanted: Wanted, activity: Any, bundles: Sequence[Bundle]) -> Any:
    """Contacts, once for each bundle that their point of delivery and specialty count towards."""
    kinds = [
        {name: number for number, name in enumerate(sorted({name for each in said for name in each}))}
        for said in (
            [fact.points_of_delivery for bundle in bundles for fact in bundle.facts],
            [fact.specialties for bundle in bundles for fact in bundle.facts],
        )
    ]
    for column, numbers in zip(_KIND, kinds, strict=True):
        known = small_table(list(numbers.items()), (column, f"{column}_number"), ("string", "int16"))
        activity = look_up(activity, Keyed(known, (column,)), [column])
    others = {f"{column}_number": activity[f"{column}_number"].fill_null(_ANY_OTHER) for column in _KIND}
    counted = _counted_by_kind(wanted, bundles, *kinds)
    return fan_out(activity.mutate(**others), counted, [f"{column}_number" for column in _KIND])


def _counted_by_kind(
    wanted: Wanted, bundles: Sequence[Bundle], points: dict[str, int], specialties: dict[str, int]
) -> Any:
    """(point of delivery, specialty) -> bundle, by their numbers."""
    width, rows = width_of(bundles), []
    for number, bundle in enumerate(bundles):
        asked = None if bundle.asked is None else wanted.asked[bundle.asked]
        for point, of_point in ((None, _ANY_OTHER), *points.items()):
            for specialty, of_specialty in ((None, _ANY_OTHER), *specialties.items()):
                counts = [_counts(fact, point, specialty) for fact in bundle.facts]
                if any(counts):
                    gives = bundle.gives(counts, width)
                    rows.append((of_point, of_specialty, number, bundle.audience, asked, *gives))
    names = (*(f"{column}_number" for column in _KIND), "bundle", "audience", "asked", *given_columns(width))
    return small_table(rows, names, ("int16", "int16", "int16", "int64", "int16", *["int16"] * width))


def _counts(fact: Fact, point: str | None, specialty: str | None) -> bool:
    return (not fact.points_of_delivery or point in fact.points_of_delivery) and (
        not fact.specialties or specialty in fact.specialties
    )


def _carrying(events: Any, coded: Any) -> Any:
    """Of contacts that are asked for by diagnosis only those that carry it, as a diagnosis of the same person."""
    of_contact = (*_A_CONTACT, "asked")
    carried = coded.filter(coded.of_contact).select(*of_contact).distinct()
    events = look_up(events, Keyed(carried.mutate(carries=True), of_contact), of_contact)
    return events.filter(events.asked.isnull() | events.carries.fill_null(False))


def _whose(wanted: Wanted, bundles: Sequence[Bundle], coded: Any) -> tuple[Keyed, bool]:
    """People with their audiences, those who carry a diagnosis asked of everyone with them; and whether contacts of
    all others are wanted too."""
    assert wanted.members is not None
    of_everyone = [bundle.asked for bundle in bundles if not bundle.audience]
    if not of_everyone or None in of_everyone:
        return wanted.members, bool(of_everyone)
    picked = coded()
    carrying = picked.filter(picked.asked.isin([wanted.asked[asked] for asked in of_everyone if asked]))
    carrying = carrying.select("person_id", audiences=ibis.literal(0, "int64"))
    people = wanted.members.table.select("person_id", "audiences").union(carrying)
    whose = people.group_by("person_id").aggregate(audiences=people.audiences.max())
    return Keyed(whose, ("person_id",)), False
