"""Facts that cannot be in that order, said with the column to mend."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from stewardship.cancer.facts import Facts, waiting_pathway
from stewardship.cancer.models import TrackedPathway, Transfer, Treatment
from stewardship.cancer.nightly.columns import PATHWAY_FIELDS, TREATMENT_FIELDS, heading_of
from stewardship.rules.cancer.mistakes import mistakes

_FIELDS = {
    "received": "received_on", "upgraded": "upgraded_on", "missed": "first_appointment_dna_on",
    "rebooked": "rebooked_on", "first_seen": "first_seen_on", "told": "faster_diagnosis_end_on",
    "decided": "decided_on", "started": "started_on", "pause_from": "pause_days", "pause_to": "pause_days",
    "transferred": "transfer", "end_reason": "faster_diagnosis_end_reason",
}  # fmt: skip
MAY_LIE_AHEAD = "decided_on"  # the earliest clinically appropriate date can


class Wrong(NamedTuple):
    """What cannot be. column: heading of the nightly file; sentence: without a name or number of the person."""

    column: str
    sentence: str


def out_of_order(
    pathway: TrackedPathway,
    treatments: list[Treatment],
    today: date,
    transfers: list[Transfer] | None = None,
) -> list[Wrong]:
    """Everything about the facts of a pathway that cannot be."""
    facts = Facts(pathway, treatments, transfers=transfers or [])
    judged = waiting_pathway(facts, today)
    found = [
        Wrong(heading_of(_FIELDS.get(each.field, each.field)), f"{each.words[:1].upper()}{each.words[1:]}.")
        for each in mistakes(judged)
    ]
    return [*found, *_ahead(pathway, treatments, today), *_others(pathway, treatments)]


def _ahead(pathway: TrackedPathway, treatments: list[Treatment], today: date) -> Iterator[Wrong]:
    """What is said to have happened on a day that has not come."""
    records: list[tuple[object, tuple[str, ...]]] = [(pathway, PATHWAY_FIELDS)]
    records += [(each, TREATMENT_FIELDS) for each in treatments]
    for record, fields in records:
        for field in fields:
            value = getattr(record, field)
            if field != MAY_LIE_AHEAD and isinstance(value, date) and value > today:
                yield Wrong(heading_of(field), "It is a day that has not come yet.")


def _others(pathway: TrackedPathway, treatments: list[Treatment]) -> Iterator[Wrong]:
    """What the rules of waiting times do not ask about."""
    asked, received = pathway.decision_to_refer_on, pathway.received_on
    if asked and received and asked > received:
        yield Wrong(
            heading_of("decision_to_refer_on"), "The decision to refer came after the referral was received."
        )
    seen, days = pathway.first_seen_on, pathway.first_seen_adjustment
    start = pathway.upgraded_on or received
    if seen and start and days and start <= seen and days > (seen - start).days:
        yield Wrong(
            heading_of("first_seen_adjustment"),
            "It is more days than there are before the first appointment.",
        )
    for one in treatments:
        if one.pause_days and not one.pause_reason:
            yield Wrong(heading_of("pause_reason"), "A pause needs its reason.")
        if one.pause_days and one.decided_on and one.started_on:
            between = (one.started_on - one.decided_on).days
            if one.pause_days > max(between, 0):
                yield Wrong(
                    heading_of("pause_days"), "It is more days than there are between decision and treatment."
                )
