"""A tracked pathway as the rules read it: the waiting times' pathway, and what the timed pathways have to know.

Facts of the upload record stand before milestones of the same thing; a booked day that has passed without having been
confirmed counts for nothing.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import cast

from stewardship.cancer.models import (
    CareReview,
    Escalation,
    FitResult,
    HarmReview,
    MilestoneEvent,
    NextAction,
    Removal,
    TrackedPathway,
    Transfer,
    Treatment,
)
from stewardship.cancer.words import RemovalReason, ReviewState, Specific
from stewardship.rules.cancer import pathway as waits
from stewardship.rules.cancer.allocation import trust_of
from stewardship.rules.cancer.clocks import is_reportable
from stewardship.rules.cancer.codes import ALL_DECLINED, EndReason, Leaving, Route
from stewardship.rules.cancer.judge import judge
from stewardship.rules.cancer.judgement import Judgement
from stewardship.rules.cancer.route import route_of
from stewardship.rules.cancer.timed.fit import Comparator, Fit
from stewardship.rules.cancer.timed.milestones import timed_pathway_of
from stewardship.rules.cancer.timed.tracked import Action, Dates, Raised, Review, Tracked, Triaged, as_judged

MISSED = "3"
SKIN_OTHER = "C44"  # skin cancers other than melanoma have no care reviews
LEFT_BECAUSE = {RemovalReason.DIED: Leaving.DIED, RemovalReason.PRIVATE: Leaving.PRIVATE}
NOT_LEAVING = {
    RemovalReason.RULED_OUT, RemovalReason.TREATED, RemovalReason.DECLINED, RemovalReason.INTERVAL_SCAN,
    RemovalReason.EXCLUDED,
}  # fmt: skip
KIND = {
    Specific.CT: "imaging", Specific.MRI: "imaging", Specific.PET: "imaging", Specific.ULTRASOUND: "imaging",
    Specific.ENDOSCOPY: "endoscopy", Specific.BIOPSY: "histology", Specific.HISTOLOGY: "histology",
    Specific.BLOODS: "test", Specific.FIT: "test",
}  # fmt: skip


@dataclass(frozen=True)
class Facts:
    """A pathway with everything that the rules ask of it. transfers: the latest first."""

    pathway: TrackedPathway
    treatments: list[Treatment] = field(default_factory=list)
    milestones: list[MilestoneEvent] = field(default_factory=list)
    transfers: list[Transfer] = field(default_factory=list)
    removal: Removal | None = None
    actions: list[NextAction] = field(default_factory=list)
    escalations: list[Escalation] = field(default_factory=list)
    harm_review: HarmReview | None = None
    reviews: list[CareReview] = field(default_factory=list)
    fit: FitResult | None = None

    def milestone(self, *codes: str) -> MilestoneEvent | None:
        """The first of these milestones that is recorded."""
        return next((each for each in self.milestones if each.code in codes), None)


def facts_of(pathway: TrackedPathway) -> Facts:
    """The facts of one saved pathway; what was prefetched is not asked for again."""
    return Facts(
        pathway,
        list(pathway.treatments.all()),
        list(pathway.milestones.all()),
        sorted(pathway.transfers.all(), key=lambda each: each.pk, reverse=True),
        next((each for each in pathway.removals.all() if each.undone_at is None), None),
        list(pathway.actions.all()),
        list(pathway.escalations.all()),
        getattr(pathway, "harm_review", None),
        list(pathway.care_reviews.all()),
        max(pathway.fit_results.all(), key=lambda each: (each.made_at, each.pk), default=None),
    )


def judged(pathway: TrackedPathway, *, as_of: date) -> Judgement:
    """What the waiting-time rules say of a pathway as it stands, saved or not, with its saved treatments."""
    return judge(waiting_pathway(facts_of(pathway), as_of), as_of=as_of)


def judgements(facts: Facts, as_of: date) -> list[Judgement]:
    """The pathway's own judgement, then one for each further treatment, by its 31 days alone."""
    pathway = facts.pathway
    first = judge(waiting_pathway(facts, as_of), as_of=as_of)
    later = (
        waits.Pathway(
            diagnosis=pathway.diagnosis, basal_cell=bool(pathway.morphology), treatment=_treatment(each)
        )
        for each in facts.treatments[1:]
    )
    return [first, *(judge(each, as_of=as_of) for each in later)]


def route(pathway: TrackedPathway) -> Route:
    """The route that the coded fields give."""
    return route_of(
        priority=pathway.priority_type,
        source_of_referral=pathway.source_of_referral,
        referral_type=pathway.referral_type,
        upgraded=pathway.upgraded_on is not None,
    )


def waiting_pathway(facts: Facts, as_of: date) -> waits.Pathway:
    """The pathway and its first treatment as the waiting-time rules read them on a day."""
    one, removal = facts.pathway, facts.removal
    missed, rebooked = _missed(one)
    told_later = _booked(facts.milestone("TOLD", "RULEOUT"), as_of)
    seen_later = _booked(facts.milestone("FSEEN"), as_of)
    left = removal if removal and removal.reason not in NOT_LEAVING else None
    received = next((each.received_on for each in facts.transfers if each.received_on), None)
    return waits.Pathway(
        route=route(one),
        referral_type=one.referral_type,
        received=one.received_on,
        upgraded=one.upgraded_on,
        upgrade_provider=one.upgrade_site,
        missed=missed,
        rebooked=rebooked,
        first_seen=one.first_seen_on or seen_later,
        first_seen_provider=one.first_seen_site,
        told=one.faster_diagnosis_end_on or told_later,
        end_reason=one.faster_diagnosis_end_reason,
        exclusion_reason=one.faster_diagnosis_exclusion,
        left=left.on if left else None,
        left_because=LEFT_BECAUSE.get(RemovalReason(left.reason), Leaving.OTHER) if left else Leaving.OTHER,
        diagnosis=one.diagnosis,
        basal_cell=bool(one.morphology),
        investigating_provider=one.accountable_provider or _investigating(facts),
        transferred=received or _booked(facts.milestone("IPT"), as_of),
        treatment=_first_treatment(facts, as_of),
    )


def tracked(facts: Facts, judgement: Judgement) -> Tracked | None:
    """What worklists and the timed pathway have to know; None where no day is there to count from."""
    one = facts.pathway
    treatment = facts.treatments[0] if facts.treatments else None
    start = one.upgraded_on if judgement.route is Route.UPGRADE else one.received_on
    start = start or (treatment.decided_on if treatment else None)
    if start is None:
        return None
    transfer = facts.transfers[0] if facts.transfers else None
    told, removal = facts.milestone("TOLD", "RULEOUT"), facts.removal
    transfer_done = facts.milestone("IPT")
    made = Tracked(
        timed_pathway=timed_pathway_of(one.referral_type, one.diagnosis, chosen=one.sub_pathway),
        clock_start=start,
        milestones=tuple(_dates(each) for each in facts.milestones),
        actions=tuple(_action(each) for each in facts.actions if not each.dropped),
        escalations=tuple(_raised(each) for each in facts.escalations),
        triaged=_triaged(one),
        fit=_fit(facts.fit),
        first_seen=one.first_seen_on,
        told=one.faster_diagnosis_end_on or (told.done_on if told else None),
        ruled_out=one.ruled_out_on,
        practice_told=one.practice_told_on,
        decided=treatment.decided_on if treatment else None,
        transfer_planned=bool(facts.transfers) or bool(transfer_done and transfer_done.requested_on),
        transferred=(transfer.received_on if transfer else None)
        or (transfer_done.done_on if transfer_done else None),
        treatment_booked=_day(facts.milestone("FDT")),
        treated=treatment.started_on if treatment else None,
        harm_reviewed=facts.harm_review.reviewed_on
        if facts.harm_review and facts.harm_review.completed_at
        else None,
        diagnosed=_diagnosed(one),
        reviews=tuple(_review(each) for each in facts.reviews),
        closed=removal.on if removal else None,
        cancer_ended=(treatment.started_on if treatment else None)
        or (removal.on if removal and one.diagnosis else None),
        vanished=one.vanished_at.date() if one.vanished_at else None,
    )
    return as_judged(made, judgement)


def _diagnosed(one: TrackedPathway) -> date | None:
    """The diagnosis of a cancer that has care reviews: as recorded, else the day the person was told of one."""
    told_of_cancer = one.faster_diagnosis_end_reason == EndReason.CANCER and one.diagnosis[:3] != SKIN_OTHER
    reviewed = told_of_cancer and is_reportable(one.diagnosis, bool(one.morphology))
    return one.diagnosed_on or (one.faster_diagnosis_end_on if reviewed else None)


def _missed(one: TrackedPathway) -> tuple[date | None, date | None]:
    """The missed first appointment and its rebooking; where only their days were sent, days that come to the same."""
    if one.rebooked_on is not None or one.first_appointment_dna_on is not None:
        return one.first_appointment_dna_on, one.rebooked_on
    start = one.upgraded_on or one.received_on
    if start is None or not one.first_seen_adjustment or one.first_seen_adjustment_reason != MISSED:
        return None, None
    return start, start + timedelta(days=one.first_seen_adjustment)


def _first_treatment(facts: Facts, as_of: date) -> waits.Treatment | None:
    booked = _booked(facts.milestone("FDT"), as_of)
    if _declined(facts):
        decided = facts.treatments[0].decided_on if facts.treatments else None
        return waits.Treatment(decided=decided, modality=ALL_DECLINED)
    if not facts.treatments:
        return waits.Treatment(started=booked) if booked else None
    return _treatment(facts.treatments[0], booked)


def _declined(facts: Facts) -> bool:
    """Whether somebody left because they declined all treatment, also where no record of it says modality 98."""
    left = facts.removal is not None and facts.removal.reason == RemovalReason.DECLINED
    return left and not any(each.started_on for each in facts.treatments)


def _treatment(one: Treatment, booked: date | None = None) -> waits.Treatment:
    start, end = one.pause_from, one.pause_to
    if start is None and one.pause_days and one.decided_on is not None:
        start, end = one.decided_on, one.decided_on + timedelta(days=one.pause_days)
    return waits.Treatment(
        decided=one.decided_on,
        started=one.started_on or booked,
        event_type=one.event_type,
        modality=one.modality,
        care_setting=one.setting,
        pause_from=start,
        pause_to=end,
        pause_reason=one.pause_reason,
        provider=one.site,
    )


def _investigating(facts: Facts) -> str:
    """The one provider that referred on. Of several it is not known which is accountable, and nor is it of none."""
    referring = {
        trust_of(each.referring_site): each.referring_site for each in facts.transfers if each.referring_site
    }
    return next(iter(referring.values())) if len(referring) == 1 else ""


def _booked(event: MilestoneEvent | None, as_of: date) -> date | None:
    """A day that is booked and has not come."""
    if event is None or event.done_on is not None or event.booked_on is None:
        return None
    return event.booked_on if event.booked_on > as_of else None


def _day(event: MilestoneEvent | None) -> date | None:
    return None if event is None or event.done_on else event.booked_on


def _dates(one: MilestoneEvent) -> Dates:
    return Dates(
        code=one.code, requested=one.requested_on, booked=one.booked_on, done=one.done_on, reported=one.reported_on,
        not_needed=one.not_needed, kind=KIND.get(Specific(one.test), "") if one.test else "",
    )  # fmt: skip


def _action(one: NextAction) -> Action:
    return Action(owner=one.owner_group, due=one.due_on, done=one.completed_on)


def _raised(one: Escalation) -> Raised:
    answered = one.answered_at.date() if one.answered_at else None
    return Raised(level=one.level, on=one.at.date(), answered=answered)


def _fit(row: FitResult | None) -> Fit | None:
    if row is None:
        return None
    return Fit(
        value=None if row.tenths is None else Decimal(row.tenths) / 10,
        comparator=cast(Comparator, row.comparator),
        sampled=row.sampled_on,
        resulted=row.resulted_on,
        missing_because=row.missing_because,
    )


def _triaged(one: TrackedPathway) -> Triaged | None:
    if one.triage_outcome_on is None:
        return None
    return Triaged(
        outcome=one.triage_outcome,
        decided=one.triage_outcome_on,
        patient_told=one.triage_patient_told_on,
        practice_told=one.triage_practice_told_on,
    )


def _review(one: CareReview) -> Review:
    if one.state == ReviewState.DECLINED:
        return Review(months=one.months, declined=one.on)
    return Review(months=one.months, done=one.on, by_practice=one.state == ReviewState.DONE)
