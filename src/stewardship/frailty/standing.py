"""What rules say of an entry: its reviews and its plans, by the dated intervals that are configured."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from stewardship.frailty.models import (
    Ask,
    Assessment,
    Carer,
    Decision,
    EmergencyPlan,
    Entry,
    Event,
    Held,
    Plan,
    Review,
    Score,
)
from stewardship.frailty.words import Condition, Outcome, State
from stewardship.rules.frailty import reviews
from stewardship.rules.frailty.conditions import Severity, Stage
from stewardship.rules.frailty.intervals import Interval, Subject, in_force, intervals, months_after
from stewardship.rules.frailty.plans import PlanStanding, plan_standing, respect_standing
from stewardship.rules.frailty.reviews import Happened, ReviewStanding, ReviewState, Situation

FAR = date(9999, 12, 31)  # what is recorded has happened: nothing is left out as still to come
NEW_RESIDENT = "new-care-home-resident"


@dataclass(frozen=True)
class Known:
    """What rules ask of an entry, each in the order of its days; of a merged one too.

    conditions: that still hold. levels: of the Clinical Frailty Scale. assessments: complete ones. emergency_plans:
    that were not withdrawn. unassessed: carers. asks: without a reply. confirmed: decisions.
    """

    entry: Entry
    conditions: Sequence[Held] = ()
    levels: Sequence[Score] = ()
    reviews: Sequence[Review] = ()
    plans: Sequence[Plan] = ()
    assessments: Sequence[Assessment] = ()
    emergency_plans: Sequence[EmergencyPlan] = ()
    events: Sequence[Event] = ()
    unassessed: Sequence[Carer] = ()
    asks: Sequence[Ask] = ()
    confirmed: Sequence[Decision] = ()

    @property
    def since(self) -> date:
        """On the register since."""
        return self.confirmed[-1].on if self.confirmed else self.entry.made_at.date()

    @property
    def plan_looked_at(self) -> date | None:
        """The day on which the plan was agreed, or last found to be still right."""
        if not self.plans:
            return None
        agreed: date = self.plans[-1].agreed_on
        held = (each.held_on for each in self.reviews if each.outcome == Outcome.STILL_RIGHT)
        return max((agreed, *(day for day in held if day >= agreed)))

    @property
    def respect_looked_at(self) -> date | None:
        """The day of the emergency plan that counts: signed, or confirmed since."""
        if not self.emergency_plans:
            return None
        last = self.emergency_plans[-1]
        return last.signed_on if last.reviewed_on is None else max(last.signed_on, last.reviewed_on)

    @property
    def home_since(self) -> date | None:
        """Since when the seven working days of a new resident of a care home count: the move, or the register."""
        moved = self.entry.care_home_since
        return None if moved is None or not self.entry.care_home else max(moved, self.since)


@dataclass(frozen=True)
class NextDates:
    """The dates of an entry's row that rules decide; see `Row`."""

    review_due_on: date | None
    first_due_on: date | None
    never_reviewed: bool
    event_due_on: date | None
    plan_until: date | None
    no_plan: bool
    home_plan_due_on: date | None


def next_dates(known: Known) -> NextDates:
    """Of somebody on the register."""
    found = standings(known, FAR)
    after = {row.key for row in intervals().after}
    first = [each.due for each in found if each.state is ReviewState.NEVER_REVIEWED]
    regular = [
        each.due
        for each in found
        if each.why.key not in after and each.state is not ReviewState.NEVER_REVIEWED
    ]
    events = [each.due for each in found if each.why.key in after]
    looked_at = known.plan_looked_at
    return NextDates(
        review_due_on=min((*regular, *_agreed(known)), default=None),
        first_due_on=min(first, default=None),
        never_reviewed=bool(first),
        event_due_on=min(events, default=None),
        plan_until=None if looked_at is None else months_after(looked_at, intervals().plan_months),
        no_plan=looked_at is None,
        home_plan_due_on=_home_plan_due(known),
    )


def standings(known: Known, as_of: date) -> tuple[ReviewStanding, ...]:
    """Every review that somebody is to have, and how it stands on a day; death and leaving cancel them all."""
    return reviews.review_standings(situation(known), _held(known), as_of)


def situation(known: Known) -> Situation:
    """What decides on somebody's reviews. Of what happened, only what came after they were on the register counts."""
    degrees = {one.condition: one.degree for one in known.conditions}
    severity, stage = degrees.get(Condition.FRAILTY, ""), degrees.get(Condition.END_OF_LIFE, "")
    left = known.entry.state == State.ENDED
    return Situation(
        since=known.since,
        severity=Severity(severity) if severity else None,
        cfs=int(known.levels[-1].value) if known.levels else None,
        stage=Stage(stage) if stage else None,
        dementia=Condition.DEMENTIA in degrees,
        respect_on=known.respect_looked_at,
        happened=tuple(
            Happened(what=each.kind, on=each.on) for each in known.events if each.on >= known.since
        ),
        left=known.entry.ended_on if left else None,
        why_left=known.entry.get_ended_because_display().lower() if left else "",
    )


def plan_words(known: Known, as_of: date) -> PlanStanding:
    """How the plan of care stands on a day, in words."""
    return plan_standing(known.plan_looked_at, as_of)


def respect_words(known: Known, as_of: date) -> PlanStanding:
    """How the emergency plan stands on a day, in words; what happened since changes the condition."""
    return respect_standing(known.respect_looked_at, as_of, changed=[each.on for each in known.events])


def _held(known: Known) -> list[reviews.Held]:
    return [
        reviews.Held(
            on=each.held_on,
            subjects=frozenset(Subject(one) for one in each.subjects),
            face_to_face=each.face_to_face,
        )
        for each in known.reviews
    ]


def _agreed(known: Known) -> list[date]:
    """A day that was agreed at the last review for the next one; sooner than the interval's, it counts."""
    last = known.reviews[-1] if known.reviews else None
    return [last.next_on] if last is not None and last.next_on is not None else []


def _home_plan_due(known: Known) -> date | None:
    since = known.home_since
    if since is None:
        return None
    moved = known.entry.care_home_since or since
    assessed = any(each.on >= moved for each in known.assessments)
    planned = any(each.agreed_on >= moved for each in known.plans)
    return None if assessed and planned else _new_resident(since).due(since)


def _new_resident(on: date) -> Interval:
    found = in_force(intervals().after, NEW_RESIDENT, on)
    if found is None:
        raise KeyError(f"reviews.toml has no [[after]] of the key {NEW_RESIDENT}.")
    return found
