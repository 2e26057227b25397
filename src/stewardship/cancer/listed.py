"""The list as a page shows it: who is on it, how many are on each worklist, and one page of people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from stewardship.access.log import Action, query_of
from stewardship.cancer.lines import Line, line_of
from stewardship.cancer.models_list import ListRow
from stewardship.cancer.models_pathway import TrackedPathway
from stewardship.cancer.models_worklist import WorklistDays
from stewardship.cancer.scope import Viewer
from stewardship.cancer.wanted import BANDS, PAGE, WAITING, Wanted, in_band, narrowed, order
from stewardship.rules.cancer.timed.worklists import worklists
from stewardship.vault import door

MINE = {"my-due": "My steps due today", "my-overdue": "My steps overdue"}
MEETING = "meeting"
HEADS = {  # the worklists beside the list, in groups; those of TOML that are not named here come last
    "Limits": ("over-104", "over-62", "approaching-62", "transfers-due", "approaching-38", "over-28", "approaching-28"),
    "To tell": ("result-known-not-told", "ruled-out-not-notified", "teledermatology-to-send"),
    "Stuck": (
        "no-next-action", "next-action-overdue", "first-appointment-not-booked", "waiting-for-histology",
        "waiting-for-imaging", "vanished",
    ),
    "After": ("harm-review-due", "care-reviews-due"),
}  # fmt: skip


@dataclass(frozen=True)
class View:
    """A worklist beside the list: its key, name and how many are on it now."""

    key: str
    name: str
    many: int


@dataclass(frozen=True)
class Totals:
    """How many people the filters leave: all, over 62 days, of these in the national count, and by band of days."""

    people: int
    over: int
    counted: int
    bands: Mapping[str, int]


def rows_of(viewer: Viewer) -> QuerySet[ListRow]:
    """The rows of the open pathways that somebody may see, and of closed ones that still owe something."""
    rows = ListRow.objects.all()
    if viewer.provider:
        rows = rows.filter(Q(provider=viewer.provider) | Q(also_provider=viewer.provider))
    return rows


def chosen(viewer: Viewer, wanted: Wanted, today: date) -> QuerySet[ListRow]:
    """The rows that the filters and the worklist leave."""
    rows = narrowed(rows_of(viewer), wanted, today)
    if wanted.worklist == MEETING:
        return rows.filter(for_meeting=True, closed=False)
    if wanted.worklist in MINE:
        return rows.filter(_mine(viewer, wanted.worklist, today))
    if wanted.worklist:
        on = WorklistDays.objects.filter(worklist=wanted.worklist, first__lte=today, last__gte=today)
        return rows.filter(pathway__in=on.values("pathway"))
    return rows.filter(closed=False)


def totals(rows: QuerySet[ListRow], today: date) -> Totals:
    """Counted by one question."""
    over = Q(day_62_on__isnull=False, counts_from__lt=today - timedelta(days=62))
    counts = {f"band_{band}": Count("pk", filter=in_band(band, today)) for band in BANDS}
    found = rows.aggregate(
        people=Count("pk"),
        over=Count("pk", filter=over),
        counted=Count("pk", filter=over & Q(headline=True)),
        **counts,
    )
    bands = {band: found[f"band_{band}"] for band in BANDS}
    return Totals(found["people"], found["over"], found["counted"], bands)


def views(viewer: Viewer, today: date) -> dict[str, list[View]]:
    """The worklists with how many are on each now, by the heading that they stand under."""
    on = WorklistDays.objects.filter(first__lte=today, last__gte=today)
    if viewer.provider:
        on = on.filter(Q(provider=viewer.provider) | Q(also_provider=viewer.provider))
    many = dict(on.values_list("worklist").annotate(many=Count("pk")))
    rows = rows_of(viewer).filter(closed=False)
    own = rows.aggregate(
        everybody=Count("pk"),
        meeting=Count("pk", filter=Q(for_meeting=True)),
        **{key.replace("-", "_"): Count("pk", filter=_mine(viewer, key, today)) for key in MINE},
    )
    mine = [View(key, name, own[key.replace("-", "_")]) for key, name in MINE.items()]
    names = {one.key: one.name for one in worklists()}
    heads = {head: [key for key in keys if key in names] for head, keys in HEADS.items()}
    placed = {key for keys in heads.values() for key in keys}
    heads["More"] = [key for key in names if key not in placed]
    shown = {head: [View(key, names[key], many.get(key, 0)) for key in keys] for head, keys in heads.items()}
    team = [View("", "Everybody open", own["everybody"]), View(MEETING, "For the meeting", own["meeting"])]
    return {"Mine": mine, "Team": team, **{head: found for head, found in shown.items() if found}}


def page_of(
    rows: QuerySet[ListRow], viewer: Viewer, wanted: Wanted, today: date, *, masked: bool
) -> list[Line]:
    """One page of people, with who they are unless names are hidden: one event of the access log for all of them."""
    first = (wanted.page - 1) * PAGE
    ids = list(rows.order_by(*order(wanted.sort)).values_list("pk", flat=True)[first : first + PAGE])
    person = dict(TrackedPathway.objects.filter(pk__in=ids).values_list("pk", "person_id"))
    found = ListRow.objects.select_related("step_owner").in_bulk(ids)
    people = frozenset(person.values())
    known: dict[int, door.Shown] = {}
    if people and not masked:
        asked = query_of(**{name: str(value) for name, value in wanted.query().items()})
        known = door.of_caseload(
            sorted(people), did=Action.LIST, by=viewer.actor, scope=viewer.reach(people), query=asked
        )
    return [
        line_of(found[pk], known.get(person[pk]), today, provider=not viewer.provider)
        for pk in ids
        if pk in found
    ]


def band_of(line: Line) -> str:
    """The band of days that a line stands under."""
    days = line.days or 0
    return "over104" if days > 104 else "to104" if days > 62 else "to62" if days > 28 else "to28"


def by_band(lines: list[Line], wanted: Wanted) -> list[tuple[str, list[Line]]]:
    """Lines under their bands where they are in the order of days waited; else all under none."""
    if wanted.sort != WAITING:
        return [("", lines)]
    found: dict[str, list[Line]] = {}
    for one in lines:
        found.setdefault(band_of(one), []).append(one)
    return list(found.items())


def _mine(viewer: Viewer, key: str, today: date) -> Q:
    late = Q(step_due_on__lt=today) if key == "my-overdue" else Q(step_due_on=today)
    return Q(step_owner=viewer.actor.member_id) & late
