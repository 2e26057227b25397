"""Working out the list: one row a pathway to filter and sort by, and the days on which it is on each worklist.

Worked out again whenever something is recorded, and by the nightly load. What a page shows of a day (days waited, days
to a limit, who is on a worklist) is then counted by the database from dates.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from stewardship.cancer.facts import Facts, facts_of, judgements, tracked
from stewardship.cancer.models import (
    Comment,
    ListRow,
    TrackedPathway,
    WorklistDays,
)
from stewardship.cancer.on_lists import Stretch, stretches
from stewardship.rules.cancer.allocation import trust_of
from stewardship.rules.cancer.codes import NON_SPECIFIC_SYMPTOMS, REFERRAL_TYPES
from stewardship.rules.cancer.judgement import Clock, Judgement, Result
from stewardship.rules.cancer.timed.next_step import next_step
from stewardship.rules.cancer.timed.results import open_tests, result_known
from stewardship.rules.cancer.timed.tracked import Tracked

BATCH = 500
HANDED_OVER_BY = 38
FIELDS = [field.name for field in ListRow._meta.concrete_fields if field.name != "pathway"]


def refresh(pathway_ids: Iterable[int], *, as_of: date) -> None:
    """Work out the rows and worklists of these pathways anew. Belongs inside the transaction of what changed them."""
    for some in _batched(sorted(set(pathway_ids))):
        pathways = list(_with_children(TrackedPathway.objects.filter(pk__in=some)))
        last = _last_comments(some)
        rows, days = [], list[WorklistDays]()
        for one in pathways:
            row, on = worked_out(facts_of(one), last.get(one.pk), as_of)
            if row.closed and not on:
                continue
            rows.append(row)
            days += [_days(row, each) for each in on]
        _written(some, rows, days)


def with_a_day_that_came(since: date, as_of: date) -> set[int]:
    """Open pathways of which something was booked, or to be decided, for a day after the first and up to the second.

    Their rows say what would be if it were kept to; nothing else in a row changes with the day.
    """
    came = (since + timedelta(days=1), as_of)
    booked = Q(milestones__booked_on__range=came) | Q(treatments__decided_on__range=came)
    return set(TrackedPathway.objects.open().filter(booked).values_list("pk", flat=True))


def refresh_open(*, as_of: date) -> None:
    """Work out every pathway that is open or still has a row."""
    open_ids = TrackedPathway.objects.open().values_list("pk", flat=True)
    refresh({*open_ids, *ListRow.objects.values_list("pk", flat=True)}, as_of=as_of)


def worked_out(facts: Facts, last: Comment | None, as_of: date) -> tuple[ListRow, Sequence[Stretch]]:
    """The row of one pathway, and its stretches on worklists from that day on."""
    judgement, *later = judgements(facts, as_of)
    known = tracked(facts, judgement)
    one = facts.pathway
    row = ListRow(
        pathway=one, provider=one.provider, also_provider=_also(facts), age_band=one.age_band,
        tumour_group=REFERRAL_TYPES.get(one.referral_type, ""), route=judgement.route.value,
        headline=one.referral_type != NON_SPECIFIC_SYMPTOMS, closed=one.closed_at is not None,
        vanished=one.vanished_at is not None, for_meeting=one.for_meeting,
        escalated=max((each.level for each in facts.escalations if each.answered_at is None), default=0),
    )  # fmt: skip
    _clocks(row, judgement, later)
    _step(row, facts)
    if known is not None:
        _timed(row, known, as_of)
    if last is not None:
        row.last_comment, row.last_comment_at = last.text[:300], last.at
        row.last_comment_by = last.by.name
    return row, stretches(known, as_of) if known is not None else ()


def _clocks(row: ListRow, judgement: Judgement, later: Sequence[Judgement]) -> None:
    """What the clocks say. later: of further treatments, by their 31 days alone."""
    told, treated = judgement.faster_diagnosis, judgement.decision_to_treatment
    referred = judgement.referral_to_treatment
    clock = referred if referred.start is not None else told
    if clock.start is not None:
        row.counts_from = clock.start + timedelta(days=judgement.first_seen_days)
    elif treated.start is not None:
        row.counts_from = treated.start
    row.day_28_on, row.day_31_on, row.day_62_on = _last(told), _last(treated), _last(referred)
    if row.day_31_on is None:
        row.day_31_on = min(filter(None, (_last(each.decision_to_treatment) for each in later)), default=None)
    row.breach_on = min(filter(None, (row.day_28_on, row.day_31_on, row.day_62_on)), default=None)
    row.decided = treated.start is not None
    booked = (clock.will_be for clock in (told, treated, referred))
    row.will_breach = any(each is not None and each.result is Result.BREACH for each in booked)


def _last(clock: Clock) -> date | None:
    """The last day within the standard of a clock that still runs."""
    return clock.target if clock.result is Result.OPEN and clock.stop is None else None


def _step(row: ListRow, facts: Facts) -> None:
    """The first open next action."""
    open_actions = [each for each in facts.actions if each.ended_at is None]
    first = min(open_actions, key=lambda each: (each.due_on, each.pk), default=None)
    if first is None:
        return
    row.step, row.step_verb, row.step_due_on = str(first)[:80], first.verb, first.due_on
    row.step_group, row.step_owner_id, row.step_organisation = (
        first.owner_group,
        first.owner_id,
        first.organisation,
    )


def _timed(row: ListRow, known: Tracked, as_of: date) -> None:
    """What the timed pathway says."""
    if row.closed:
        return
    step = next_step(known, as_of)
    if step is not None:
        row.milestone, row.milestone_due_on = step.milestone.code, step.expected
    if known.told is None:
        row.result_known_on = result_known(known, as_of)
    row.untold = known.ruled_out is not None and known.told is None
    for name, kinds in (("histology", {"histology"}), ("imaging", {"imaging"})):
        waits = [each.done or each.requested for each in open_tests(known, as_of, kinds)]
        if days := [day for day in waits if day is not None]:
            row.waiting_for, row.waiting_since = name, min(days)
            break
    if known.transfer_planned and known.transferred is None:
        row.transfer_due_on = known.day_zero + timedelta(days=HANDED_OVER_BY)
    sent = known.triaged is None or (known.triaged.patient_told and known.triaged.practice_told)
    row.triage_outcome_to_send = not sent


def _also(facts: Facts) -> str:
    """The other provider of a transfer: the receiving one, or the one that referred it to the one that tracks it."""
    for each in facts.transfers:
        both = (each.receiving_provider, trust_of(each.referring_site.upper()))
        if other := next((code for code in both if code and code != facts.pathway.provider), ""):
            return other
    return ""


def _days(row: ListRow, stretch: Stretch) -> WorklistDays:
    return WorklistDays(
        pathway_id=row.pathway_id, worklist=stretch.worklist, first=stretch.first, last=stretch.last,
        provider=row.provider, also_provider=row.also_provider,
    )  # fmt: skip


def _with_children(pathways: QuerySet[TrackedPathway]) -> QuerySet[TrackedPathway]:
    return (
        pathways.select_related("harm_review")
        .prefetch_related(
            "treatments", "milestones", "transfers", "removals", "escalations", "care_reviews",
            "actions", "fit_results",
        )
        .order_by("pk")
    )  # fmt: skip


def _last_comments(pathway_ids: Sequence[int]) -> dict[int, Comment]:
    """The latest comment of each pathway."""
    found = Comment.objects.filter(pathway_id__in=pathway_ids).select_related("by").order_by("at", "pk")
    return {each.pathway_id: each for each in found}


def _written(pathway_ids: Sequence[int], rows: list[ListRow], days: list[WorklistDays]) -> None:
    gone = set(pathway_ids) - {row.pathway_id for row in rows}
    ListRow.objects.filter(pk__in=gone).delete()
    ListRow.objects.bulk_create(
        rows, BATCH, update_conflicts=True, unique_fields=["pathway"], update_fields=FIELDS
    )
    held = {_told(each): each.pk for each in WorklistDays.objects.filter(pathway_id__in=pathway_ids)}
    wanted = {_told(each): each for each in days}
    WorklistDays.objects.filter(pk__in=[held[each] for each in held.keys() - wanted.keys()]).delete()
    WorklistDays.objects.bulk_create([one for told, one in wanted.items() if told not in held], BATCH)


def _told(one: WorklistDays) -> tuple[object, ...]:
    return one.pathway_id, one.worklist, one.first, one.last, one.provider, one.also_provider


def _batched(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[at : at + BATCH] for at in range(0, len(ids), BATCH))
