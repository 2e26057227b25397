"""What the page of a pathway says: verdict, clocks with their reasons, the timeline, the work and its history."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from textwrap import shorten
from typing import Any

from stewardship.cancer.advised import advised
from stewardship.cancer.facts import facts_of, judged, tracked
from stewardship.cancer.lines import due, near
from stewardship.cancer.models import Author, TrackedPathway
from stewardship.cancer.providers import provider_said
from stewardship.cancer.timeline import Step, picture
from stewardship.cancer.words import Standard
from stewardship.rules.cancer.codes import REFERRAL_TYPES, ROUTES
from stewardship.rules.cancer.judgement import Allocation, Clock, Judgement, Result
from stewardship.rules.cancer.timed.milestones import Milestone, code_words, timed_pathways
from stewardship.rules.cancer.timed.next_step import next_step
from stewardship.rules.cancer.timed.progress import Standing, State, standings, unplanned
from stewardship.rules.cancer.timed.stretches import bottleneck
from stewardship.rules.cancer.timed.tracked import Dates, Tracked
from stewardship.rules.cancer.timed.worklists import worklists

WIDE, NARROW = 760, 350
FIRST_COMMENTS = 6


@dataclass(frozen=True)
class ClockSaid:
    """One clock in words. kind: "breach", "run" or "". why: each reason with the rule that gave it."""

    name: str
    said: str
    dates: str
    kind: str
    why: tuple[tuple[str, str], ...]


def page_of(one: TrackedPathway, today: date) -> dict[str, Any]:
    """Everything but who it is, and the forms."""
    facts, judgement = facts_of(one), judged(one, as_of=today)
    known = tracked(facts, judgement)
    comments = list(one.comments.select_related("by"))
    shown: dict[str, Any] = {
        "verdict": verdict(one, judgement),
        "about": about(one),
        "clocks": clocks(judgement, today),
        "route": ROUTES[judgement.route],
        "waiting": judgement.waiting,
        "counted_for": counted_for(judgement.allocation),
        "actions": [each for each in facts.actions if each.ended_at is None],
        "ended": [each for each in facts.actions if each.ended_at is not None],
        "escalations": list(one.escalations.select_related("by", "answered_by")),
        "transfers": facts.transfers,
        "reasons": list(one.delay_reasons.select_related("by")),
        "removal": facts.removal,
        "letters": list(facts.removal.letters.order_by("to")) if facts.removal else [],
        "comments": comments,
        "first_comments": comments[:FIRST_COMMENTS],
        "differences": list(one.differences.filter(settled_at=None)),
        "history": history(one),
        "due": lambda day: due(day, today),
        "advice": advised(one, known, today),
        "needs_reason": _unexplained(one, judgement),
        **on_timeline(known, today),
    }
    return shown


def verdict(one: TrackedPathway, judgement: Judgement) -> str:
    """The heading of the page: Waiting 71 days, 9 over the limit."""
    if one.closed_at is not None:
        removal = one.removals.filter(undone_at=None).first()
        return f"Off the list: {removal.get_reason_display().lower()}" if removal else "Off the list"
    clock = judgement.referral_to_treatment
    limit = 62
    if clock.days is None:
        clock, limit = judgement.faster_diagnosis, 28
    if clock.days is None:
        clock, limit = judgement.decision_to_treatment, 31
    if clock.days is None:
        return "On the list, with no clock running"
    over = clock.days - limit
    many = f"{clock.days} day{'' if clock.days == 1 else 's'}"
    return (
        f"Waiting {many}, {over} over the limit" if over > 0 else f"Waiting {many}, {-over} left of {limit}"
    )


def about(one: TrackedPathway) -> str:
    """Lower gastrointestinal, referral of 4 February 2026."""
    group = REFERRAL_TYPES.get(one.referral_type, "suspected cancer")
    words = f"{group[:1].upper()}{group[1:]}"
    return f"{words}, referral of {written(one.received_on)}" if one.received_on else words


def clocks(judgement: Judgement, today: date) -> list[ClockSaid]:
    """The three clocks, as a card each."""
    return [
        _clock("28 days: told", judgement.faster_diagnosis, "Told", today),
        _clock("31 days: decision to treatment", judgement.decision_to_treatment, "Treated", today),
        _clock("62 days: referral to treatment", judgement.referral_to_treatment, "Treated", today),
    ]


def _clock(name: str, clock: Clock, stopped: str, today: date) -> ClockSaid:
    why = tuple((one.rule, one.words) for one in clock.why)
    if clock.result is Result.EXCLUDED or clock.days is None:
        return ClockSaid(name, UNCOUNTED.get(clock.result, "No clock"), "", "", why)
    over = -(clock.days_to_breach(today) or 0)
    state = f"{over} over" if over > 0 else f"{-over} left" if clock.stop is None else "within the limit"
    said = f"{stopped} on day {clock.days}, {state}" if clock.stop else f"Day {clock.days}, {state}, running"
    kind = "breach" if over > 0 else "" if clock.stop else "run"
    return ClockSaid(name, said, _dates(clock, today), kind, why)


UNCOUNTED = {Result.EXCLUDED: "Not counted", Result.OPEN: "Not started"}


def counted_for(allocation: Allocation) -> str:
    """Which providers the 62 days are counted for, and by which rule; empty until they are."""
    shares = [each for each in (allocation.investigating, allocation.treating) if each and each.patients]
    told = " and ".join(
        f"{provider_said(each.provider) or 'an unknown provider'} counts {PATIENTS[each.patients]}"
        for each in shares
    )
    breach = any(each.breaches for each in shares)
    why = "; ".join(f"{one.words} ({one.rule})" for one in allocation.why)
    return f"Of the 62 days, {told}, {'over' if breach else 'within'} the limit: {why}." if shares else ""


PATIENTS = {0.5: "half a patient", 1: "one patient"}


def _dates(clock: Clock, today: date) -> str:
    start = f"From {written(clock.start)}" if clock.start else ""
    end = f" to {written(clock.stop)}" if clock.stop else ""
    taken = sum(each.days for each in clock.adjustments)
    less = f" {taken} days are taken off." if taken else " No day is taken off."
    last = ""
    if clock.target and not clock.stop:
        word = "limit was" if clock.target < today else "last day within it:"
        ahead = f", {near(clock.target, today)}" if today <= clock.target else ""
        last = f"; {word} {written(clock.target)}{ahead}"
    will = ""
    if clock.will_be:
        result = "within" if clock.will_be.result is Result.MET else "over"
        will = f" As booked for {written(clock.will_be.stop)}: {clock.will_be.days} days, {result} the limit."
    return f"{start}{end}{last}.{less}{will}"


def on_timeline(known: Tracked | None, today: date) -> dict[str, Any]:
    """The timeline with its words, the next step of the timed pathway and the worklists that somebody is on."""
    if known is None:
        return {"steps": [], "pictures": [], "finding": "", "timed": "", "step": None, "on_lists": []}
    all_steps = [(each, _step(each, known)) for each in standings(known, today)]
    steps = [step for each, step in all_steps if each.state is not State.NOT_NEEDED]
    steps += [_further(each, known) for each in unplanned(known) if not each.not_needed]
    day = known.day(today)
    drawn = [one for one in steps if one.target is not None]
    slow = bottleneck(known, today)
    finding = "No step has taken longer than the timed pathway"
    if slow:
        took = f"{slow.lost} day{'' if slow.lost == 1 else 's'} longer than planned"
        finding = f"From “{_name(slow.after)}” to “{_name(slow.before)}” took {took}"
    return {
        "steps": steps,
        "pictures": [picture(_short(drawn, 26), day, WIDE), picture(_short(drawn, 17), day, NARROW)],
        "finding": finding,
        "timed": timed_pathways()[known.timed_pathway].name,
        "step": next_step(known, today),
        "on_lists": [one for one in worklists() if one.holds(known, today)],
        "said_steps": _said(steps),
    }


def _step(one: Standing, known: Tracked) -> Step:
    booked = one.dates.booked
    late = f"{one.late_by} day{'' if one.late_by == 1 else 's'}"
    state = {
        State.DONE_ON_TIME: "on time",
        State.DONE_LATE: f"{late} late",
        State.OVERDUE: f"{late} overdue",
        State.DUE_SOON: "due soon",
        State.NOT_YET_DUE: "not yet due",
        State.NOT_NEEDED: f"not needed: {one.why_not}",
    }[one.state]
    return Step(
        name=_name(one.milestone),
        target=one.milestone.day,
        done=None if one.on is None else known.day(one.on),
        booked=None if booked is None else known.day(booked),
        state=state,
    )


def _further(one: Dates, known: Tracked) -> Step:
    """A test or another thing that the timed pathway has no target for."""
    return Step(
        name=code_words(one.code),
        target=None,
        done=None if one.done is None else known.day(one.done),
        booked=None if one.booked is None else known.day(one.booked),
        state="no target day",
    )


def _name(milestone: Milestone) -> str:
    """The name of a milestone without what it consists of."""
    return re.split(r"[,;]| with | and ", milestone.words)[0]


def _short(steps: Sequence[Step], longest: int) -> list[Step]:
    """Names short enough to stand beside the picture."""
    return [replace(one, name=shorten(one.name, longest, placeholder="…")) for one in steps]


def _said(steps: Sequence[Step]) -> str:
    """The timeline as sentences, for who does not see it."""
    return ". ".join(_sentence(one) for one in steps)


def _sentence(one: Step) -> str:
    if one.done is None:
        due = "" if one.target is None else f"target day {one.target}, "
        return f"{one.name}: {due}{one.state}"
    return f"{one.name}: day {one.done}" + ("" if one.target is None else f" (target {one.target})")


def _unexplained(one: TrackedPathway, judgement: Judgement) -> list[str]:
    """The waits that are over their limit and have no reason yet: one has to be given."""
    given = set(one.delay_reasons.values_list("standard", flat=True))
    told = (
        (Standard.DAYS_28, "28 days", judgement.faster_diagnosis),
        (Standard.DAYS_31, "31 days", judgement.decision_to_treatment),
        (Standard.DAYS_62, "62 days", judgement.referral_to_treatment),
    )
    if Standard.UPGRADE in given:
        given.add(Standard.DAYS_62)
    return [words for key, words, clock in told if clock.is_over(judgement.as_of) and key not in given]


def history(one: TrackedPathway) -> list[tuple[Any, str, str]]:
    """When, what and by whom, latest first."""
    rows = list(one.history.order_by("-history_date", "-history_id")[:60])
    names = dict(
        Author.objects.filter(pk__in={row.history_user_id for row in rows}).values_list("pk", "name")
    )
    return [
        (row.history_date, row.history_change_reason or "", names.get(row.history_user_id, ""))
        for row in rows
    ]


def written(when: date) -> str:
    """16 April 2026."""
    return f"{when.day} {when:%B %Y}"
