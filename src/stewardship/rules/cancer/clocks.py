"""The three clocks. Every date has happened by the day that is judged on; `judge` sees to that.

Source: rules R1 to R7 of docs/cancer-waiting-times.md.
"""

from datetime import date

from stewardship.rules.cancer.adjustments import clock_start
from stewardship.rules.cancer.codes import (
    ALL_DECLINED,
    FIRST_TREATMENTS,
    NOT_COUNTED_LATER,
    EndReason,
    Route,
)
from stewardship.rules.cancer.judgement import Adjustment, Clock, Result, Why
from stewardship.rules.cancer.pathway import Pathway, Treatment
from stewardship.rules.cancer.running import earliest, ran, still_open

DIED_BEFORE_BEING_TOLD = "01"  # exclusion reason; that this is its meaning is to be verified
IN_SITU_OF_THE_BREAST = "D05"

NO_ROUTE = Clock(Result.NOT_APPLICABLE, (Why("R3", "no cancer route, so no 28 or 62 days"),))
NO_UPGRADE_28 = Clock(Result.NOT_APPLICABLE, (Why("R3", "upgrades have no 28 days"),))
NOT_BEGUN = Clock(Result.NOT_APPLICABLE, (Why("R1", "the clock had not started"),))
NO_TREATMENT = Clock(Result.NOT_APPLICABLE, (Why("R7", "no decision to treat"),))
NOT_FIRST = Clock(
    Result.NOT_APPLICABLE,
    (Why("R6", "subsequent treatment, recurrence, progression and transformation have no 62 days"),),
)
LEFT = Clock(Result.NOT_APPLICABLE, (Why("R6", "left before any treatment"),))
CLOSED = {
    EndReason.RULED_OUT: Clock(Result.NOT_APPLICABLE, (Why("R6", "cancer was ruled out"),)),
    EndReason.INTERVAL_SCAN: Clock(Result.NOT_APPLICABLE, (Why("R6", "closed until the interval scan"),)),
    EndReason.EXCLUDED: Clock(Result.NOT_APPLICABLE, (Why("R6", "excluded without treatment"),)),
}
DECLINED_62 = Clock(Result.EXCLUDED, (Why("R6", "all treatment was declined"),))
DECLINED_31 = Clock(Result.EXCLUDED, (Why("R7", "all treatment was declined"),))
NOT_REPORTABLE_62 = Clock(Result.EXCLUDED, (Why("R6", "the diagnosis is not a reportable cancer"),))
NOT_REPORTABLE_31 = Clock(Result.EXCLUDED, (Why("R7", "the diagnosis is not a reportable cancer"),))
PALLIATIVE_LATER = Clock(
    Result.EXCLUDED,
    (Why("R7", "palliative care and active monitoring are not counted as subsequent treatments"),),
)
AWAITS_DECISION = Clock(Result.OPEN, (Why("R7", "waits for the decision to treat"),))


def faster_diagnosis(
    pathway: Pathway, as_of: date | None, limit: int, first_seen: Adjustment | None
) -> Clock:
    """From receipt of the referral to the day the person is told, or the decision to treat if that is earlier."""
    if pathway.route is Route.UPGRADE:
        return NO_UPGRADE_28
    start = clock_start(pathway)
    if start is None:
        return NO_ROUTE if pathway.route is Route.NONE else NOT_BEGUN
    decided = pathway.treatment.decided if pathway.treatment else None
    stop = earliest(pathway.told, decided)
    adjustments = (first_seen,) if first_seen else ()
    if stop is None and pathway.left is not None:
        excluded = Why("R3", f"{pathway.left_because.value}, and had not been told")
        return ran(start, pathway.left, limit, adjustments, excluded, Result.EXCLUDED)
    if stop is None:
        return still_open(start, as_of, limit, adjustments, NOT_TOLD)
    if pathway.end_reason == EndReason.EXCLUDED:
        return _excluded(pathway, start, stop, limit, adjustments)
    if not pathway.end_reason and decided is None:
        awaits = Why("R2", "counted once it is recorded why the 28 days ended")
        return ran(start, stop, limit, adjustments, awaits, Result.OPEN)
    by_decision = pathway.told is None or (decided is not None and decided < pathway.told)
    return ran(start, stop, limit, adjustments, STOPPED_BY_DECISION if by_decision else STOPPED_BY_TELLING)


def _excluded(
    pathway: Pathway, start: date, stop: date, limit: int, adjustments: tuple[Adjustment, ...]
) -> Clock:
    """End reason 03 leaves a pathway out, but for exclusion reason 01 after the limit: that is a breach (R3)."""
    late = ran(start, stop, limit, adjustments, EXCLUDED_LATE)
    if pathway.exclusion_reason == DIED_BEFORE_BEING_TOLD and late.result is Result.BREACH:
        return late
    return ran(start, stop, limit, adjustments, EXCLUDED, Result.EXCLUDED)


NOT_TOLD = Why("R2", "not yet told")
STOPPED_BY_DECISION = Why("R2", "stopped by the decision to treat, which came before the person was told")
STOPPED_BY_TELLING = Why("R2", "stopped on the day the person was told")
EXCLUDED_LATE = Why("R3", "excluded for reason 01 after the limit, which counts as a breach")
EXCLUDED = Why("R3", "excluded, so not counted")


def decision_to_treatment(
    pathway: Pathway, as_of: date | None, limit: int, paused: Adjustment | None, referral: Clock
) -> Clock:
    """From the decision to treat (or the earliest clinically appropriate date) to treatment, first or subsequent.

    `referral` is the 62-day clock: as long as it is open, a pathway without a decision waits for one.
    """
    treatment = pathway.treatment or NOTHING_YET
    if treatment.modality == ALL_DECLINED:
        return DECLINED_31
    if treatment.decided is None and treatment.started is None:
        return AWAITS_DECISION if referral.result is Result.OPEN else NO_TREATMENT
    if is_subsequent(treatment) and treatment.modality in NOT_COUNTED_LATER:
        return PALLIATIVE_LATER
    still_waits = treatment.started is None and referral.result is Result.OPEN
    if is_another_diagnosis(pathway) and not still_waits:
        return NOT_REPORTABLE_31
    adjustments = (paused,) if paused else ()
    if treatment.decided is None:
        return Clock(Result.OPEN, (Why("R7", "counted once the decision to treat is recorded"),))
    if treatment.started is None:
        if pathway.left is not None:
            return LEFT
        return still_open(treatment.decided, as_of, limit, adjustments, Why("R7", "not yet treated"))
    early = treatment.decided > treatment.started
    start = treatment.started if early else treatment.decided
    return ran(start, treatment.started, limit, adjustments, DECIDED_LATER if early else FROM_DECISION)


DECIDED_LATER = Why("R7", "treated before the decision to treat, so the wait is 0")
FROM_DECISION = Why("R7", "from the decision to treat to treatment")


def referral_to_treatment(
    pathway: Pathway,
    as_of: date | None,
    limit: int,
    first_seen: Adjustment | None,
    paused: Adjustment | None,
) -> Clock:
    """From receipt of the referral, or the upgrade, to the first treatment of a reportable cancer."""
    start = clock_start(pathway)
    if start is None:
        return NO_ROUTE if pathway.route is Route.NONE else NOT_BEGUN
    treatment = pathway.treatment or NOTHING_YET
    if treatment.modality == ALL_DECLINED:
        return DECLINED_62
    if is_subsequent(treatment):
        return NOT_FIRST
    adjustments = tuple(each for each in (first_seen, paused) if each)
    since = SINCE_UPGRADE if pathway.route is Route.UPGRADE else SINCE_RECEIPT
    if treatment.started is not None:
        return _treated(pathway, treatment, start, limit, adjustments, since)
    if pathway.left is not None:
        return LEFT
    to_be_treated = treatment.decided is not None and not is_another_diagnosis(pathway)
    closed = None if to_be_treated else CLOSED.get(pathway.end_reason)  # type: ignore[call-overload]  # a reason is the string it stands for
    return closed or still_open(start, as_of, limit, adjustments, since)


NOTHING_YET = Treatment()
SINCE_UPGRADE = Why("R6", "from the consultant's upgrade")
SINCE_RECEIPT = Why("R6", "from receipt of the referral")


def _treated(
    pathway: Pathway,
    treatment: Treatment,
    start: date,
    limit: int,
    adjustments: tuple[Adjustment, ...],
    since: Why,
) -> Clock:
    """A first treatment: counted once its diagnosis, decision and kind are recorded, and only if it is a cancer."""
    assert treatment.started is not None  # the caller has looked
    lacking = _lacking(pathway.diagnosis, treatment)
    if lacking:
        awaits = Why("R6", f"treated, and counted once {lacking} is recorded")
        return ran(start, treatment.started, limit, adjustments, awaits, Result.OPEN)
    if not is_reportable(pathway.diagnosis, pathway.basal_cell):
        return NOT_REPORTABLE_62
    return ran(start, treatment.started, limit, adjustments, since)


def _lacking(diagnosis: str, treatment: Treatment) -> str:
    if not diagnosis:
        return "the diagnosis"
    if treatment.decided is None:
        return "the decision to treat"
    return "" if treatment.event_type else "the kind of treatment"


def is_subsequent(treatment: Treatment) -> bool:
    """Whether a treatment is known not to be the first of a cancer."""
    return bool(treatment.event_type) and treatment.event_type not in FIRST_TREATMENTS


def is_another_diagnosis(pathway: Pathway) -> bool:
    """Whether a diagnosis that is not reportable is recorded. Until treatment or ruling out it may change."""
    return bool(pathway.diagnosis) and not is_reportable(pathway.diagnosis, pathway.basal_cell)


def is_reportable(diagnosis: str, basal_cell: bool) -> bool:
    """Whether ICD-10 C00 to C97 or D05, other than a carcinoma of basal cells in C44 (R6)."""
    code = diagnosis[:3].upper()
    if code == IN_SITU_OF_THE_BREAST:
        return True
    return code[:1] == "C" and "00" <= code[1:] <= "97" and not (basal_cell and code == "C44")
