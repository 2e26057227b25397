"""Working out what the register is filtered and sorted by: one narrow row an entry, anew after every change."""

from collections.abc import Iterable, Sequence

from stewardship.frailty.models import Entry, Held, Identification, Row
from stewardship.frailty.words import Condition, State

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
        Row.objects.bulk_create(
            worked_out(entries), BATCH, update_conflicts=True, unique_fields=["entry"], update_fields=FIELDS
        )


def worked_out(entries: Sequence[Entry]) -> list[Row]:
    """The rows of these entries, each with what hangs on the entries merged into it."""
    stands_for = {one.pk: one.pk for one in entries}
    merged = Entry.objects.filter(merged_into__in=[one.pk for one in entries])
    stands_for |= dict(merged.values_list("pk", "merged_into_id"))
    rows = {one.pk: Row(entry=one, **{name: getattr(one, name) for name in COPIED}) for one in entries}
    _found(rows, stands_for)
    living = {pk: row for pk, row in rows.items() if row.state == State.ON_REGISTER}
    _conditions(living, stands_for)
    return list(rows.values())


def _found(rows: dict[int, Row], stands_for: dict[int, int]) -> None:
    told = Identification.objects.filter(entry_id__in=stands_for).order_by("seen_on", "pk")
    for entry_id, route in told.values_list("entry_id", "route"):
        rows[stands_for[entry_id]].route = route


def _conditions(rows: dict[int, Row], stands_for: dict[int, int]) -> None:
    held = Held.objects.filter(entry_id__in=stands_for, ended_on=None).order_by("diagnosed_on", "pk")
    for one in held:
        row = rows.get(stands_for[one.entry_id])
        if row is None:
            continue
        if one.condition == Condition.FRAILTY:
            row.frailty = one.degree or "known"
        elif one.condition == Condition.DEMENTIA:
            row.dementia = True
        else:
            row.end_of_life = one.degree or "?"
