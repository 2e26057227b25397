"""Working out what the register is filtered and sorted by: one narrow row an entry, anew after every change."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Model, QuerySet

from stewardship.frailty.models import (
    Ask,
    Assessment,
    Carer,
    Decision,
    EmergencyPlan,
    Entry,
    Event,
    Held,
    Identification,
    Listing,
    Plan,
    Review,
    Row,
    Score,
)
from stewardship.frailty.standing import Known, next_dates
from stewardship.frailty.stretches import listings
from stewardship.frailty.words import Condition, Decided, State

BATCH = 500
COPIED = ("state", "practice", "network", "alliance", "owner", "team", "care_home", "objects_to_sharing")
FIELDS = [field.name for field in Row._meta.concrete_fields if field.name != "entry"]


def refresh(entry_ids: Iterable[int]) -> None:
    """Work out the rows of these entries. Belongs inside the transaction of what changed them."""
    ids = sorted(set(entry_ids))
    for at in range(0, len(ids), BATCH):
        some = ids[at : at + BATCH]
        entries = list(Entry.objects.standing().filter(pk__in=some))
        Row.objects.filter(pk__in=set(some) - {one.pk for one in entries}).delete()
        rows = worked_out(entries)
        Row.objects.bulk_create(
            rows, BATCH, update_conflicts=True, unique_fields=["entry"], update_fields=FIELDS
        )
        Listing.objects.filter(entry_id__in=some).delete()
        Listing.objects.bulk_create([one for row in rows for one in listings(row)], BATCH)


def worked_out(entries: Sequence[Entry]) -> list[Row]:
    """The rows of these entries, each with what hangs on the entries merged into it."""
    stands_for = {one.pk: one.pk for one in entries}
    merged = Entry.objects.filter(merged_into__in=[one.pk for one in entries])
    stands_for |= dict(merged.values_list("pk", "merged_into_id"))
    known = known_of(entries, stands_for)
    routes = _by_entry(Identification.objects.order_by("seen_on", "pk"), stands_for)
    proposed = _by_entry(
        Decision.objects.filter(decided__in=[Decided.PROPOSED, Decided.PROPOSED_AGAIN, Decided.REOPENED]),
        stands_for,
    )
    rows = []
    for one in entries:
        row = Row(entry=one, **{name: getattr(one, name) for name in COPIED})
        row.route = routes[one.pk][-1].route if routes[one.pk] else ""
        row.proposed_on = max((each.on for each in proposed[one.pk]), default=None)
        if row.state == State.ON_REGISTER:
            _living(row, known[one.pk])
        rows.append(row)
    return rows


def known_of(entries: Sequence[Entry], stands_for: Mapping[int, int]) -> dict[int, Known]:
    """What rules ask of each entry. stands_for: by entry, the one it is merged into, or itself."""
    found = {
        model: _by_entry(rows, stands_for)
        for model, rows in (
            (Held, Held.objects.filter(ended_on=None).order_by("diagnosed_on", "pk")),
            (Score, Score.objects.filter(scale="cfs", withdrawn_at=None).order_by("on", "pk")),
            (Review, Review.objects.order_by("held_on", "pk")),
            (Plan, Plan.objects.order_by("agreed_on", "pk")),
            (Assessment, Assessment.objects.filter(complete=True).order_by("on", "pk")),
            (
                EmergencyPlan,
                EmergencyPlan.objects.filter(withdrawn_on=None).order_by("signed_on", "signed_at", "pk"),
            ),
            (Event, Event.objects.order_by("on", "pk")),
            (Carer, Carer.objects.filter(ended_on=None, assessed_on=None, declined_on=None)),
            (Ask, Ask.objects.filter(replied_on=None, dropped_because="")),
            (Decision, Decision.objects.filter(decided=Decided.CONFIRMED).order_by("on", "pk")),
        )
    }
    return {
        one.pk: Known(
            entry=one,
            conditions=found[Held][one.pk],
            levels=found[Score][one.pk],
            reviews=found[Review][one.pk],
            plans=found[Plan][one.pk],
            assessments=found[Assessment][one.pk],
            emergency_plans=found[EmergencyPlan][one.pk],
            events=found[Event][one.pk],
            unassessed=found[Carer][one.pk],
            asks=found[Ask][one.pk],
            confirmed=found[Decision][one.pk],
        )
        for one in entries
    }


def _living(row: Row, known: Known) -> None:
    """What holds of somebody on the register."""
    for one in known.conditions:
        if one.condition == Condition.FRAILTY:
            row.frailty = one.degree or "known"
        elif one.condition == Condition.DEMENTIA:
            row.dementia = True
        else:
            row.end_of_life = one.degree or "?"
    for name, value in vars(next_dates(known)).items():
        setattr(row, name, value)
    row.reviewed_on = max((each.held_on for each in known.reviews), default=None)
    row.unassessed_carer = min((each.since for each in known.unassessed), default=None)
    row.reply_due_on = min((each.reply_by for each in known.asks), default=None)


def _by_entry(rows: QuerySet[Any], stands_for: Mapping[int, int]) -> Mapping[int, list[Any]]:
    found: dict[int, list[Model]] = defaultdict(list)
    for one in rows.filter(entry_id__in=stands_for):
        found[stands_for[one.entry_id]].append(one)
    return found
