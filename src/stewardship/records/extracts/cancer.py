"""What cancer registers send: pathways of the waiting times' record, and milestones of the timed pathways.

Source: fields of the national cancer waiting times monitoring data set, version 12.1, and the milestones of NHS
England's timed pathways, as the project's pages on both list them.
"""

from stewardship.records.extracts.own_numbers import number_of
from stewardship.records.extracts.shape import (
    Counted,
    FileKind,
    Fills,
    Heading,
    code,
    day,
    own_number,
    text,
    whole,
)
from stewardship.records.extracts.words import icd10

_OF = ("cancer", "linked")

# Headings of the days of a pathway, the event of each, and what the record says of that event alone.
_DAYS: dict[str, tuple[str, dict[str, str]]] = {
    "ReferralReceivedDate": ("referral_received", {}),
    "ConsultantUpgradeDate": ("upgraded", {}),
    "DateFirstSeen": (
        "first_seen",
        {"provider": "FirstSeenProvider", "adjustment_days": "FirstSeenAdjustmentDays"},
    ),
    "FasterDiagnosisEndDate": (
        "told",
        {
            "provider": "FasterDiagnosisProvider",
            "reason": "FasterDiagnosisEndReason",
            "exclusion_reason": "FasterDiagnosisExclusionReason",
        },
    ),
    "TransferDate": ("transferred", {}),
    "DecisionToTreatDate": ("decision_to_treat", {}),
    "TreatmentStartDate": (
        "treated",
        {
            "provider": "TreatmentProvider",
            "adjustment_days": "TreatmentAdjustmentDays",
            "treatment_event": "TreatmentEventType",
            "modality": "TreatmentModality",
        },
    ),
}
_EVENTS = [event for event, _ in _DAYS.values()]


def _at_the_event(column: str) -> str:
    """SQL of a column that each event of a pathway has from a heading of its own, or not at all."""
    own = {place: said[column] for place, (_, said) in enumerate(_DAYS.values(), 1) if column in said}
    return "CASE place " + " ".join(f"WHEN {place} THEN {heading}" for place, heading in own.items()) + " END"


def _said(heading: str) -> str:
    """SQL of what a heading says, as text; no days of adjustment say nothing."""
    return f"nullif({heading}::VARCHAR, '0')"


_UNDATED = " OR ".join(
    f"({dated} IS NULL AND coalesce({', '.join(_said(each) for each in said.values())}) IS NOT NULL)"
    for dated, (_, said) in _DAYS.items()
    if said
)

PATHWAYS = FileKind(
    "pathways", _OF,
    (
        own_number("PathwayID"),
        code("SourceOfReferral", becomes="source of referral"),
        code("PriorityType", becomes="priority"),
        code("ReferralType", becomes="cancer suspected"),
        *(day(heading, becomes=f"date of the event {event}") for heading, (event, _) in _DAYS.items()),
        code("FirstSeenProvider", becomes="provider"),
        whole("FirstSeenAdjustmentDays", becomes="adjustment in days"),
        code("FasterDiagnosisEndReason", becomes="reason"),
        code("FasterDiagnosisExclusionReason", becomes="exclusion reason"),
        code("FasterDiagnosisProvider", becomes="provider"),
        code("PatientStatus", becomes="status"),
        code("PrimaryDiagnosisICD", becomes="diagnosis"),
        code("MorphologyFlag", becomes="morphology"),
        code("Stage", becomes="stage"),
        code("AccountableInvestigatingProvider", becomes="investigating provider"),
        code("TreatmentEventType", becomes="treatment event type"),
        code("TreatmentModality", becomes="modality"),
        whole("TreatmentAdjustmentDays", becomes="adjustment in days"),
        code("TreatmentProvider", becomes="provider"),
    ),
    (
        Fills(
            "pathway_event",
            {
                "pathway_id": "event_id",
                "kind": "'cancer'",
                "event": f"{_EVENTS}[place]",
                "date": "each",
                **{
                    column: _at_the_event(column)
                    for column in (
                        "provider", "reason", "exclusion_reason", "adjustment_days", "treatment_event", "modality",
                    )
                },
                "source_of_referral": "SourceOfReferral",
                "priority": "PriorityType",
                "referral_type": "ReferralType",
                "status": "PatientStatus",
                "diagnosis": icd10("PrimaryDiagnosisICD"),
                "morphology": "MorphologyFlag",
                "stage": "Stage",
                "investigating_provider": "AccountableInvestigatingProvider",
            },
            each=tuple(_DAYS),
        ),
    ),
    key=("PathwayID",),
    seen=("date",),
    counted=(
        Counted(
            "Pathways that tell of an event without its day", _UNDATED,
            "What they tell of it is left out. Send the day with it.", fails=True,
        ),
    ),
)  # fmt: skip

_TESTS = tuple(f"TEST{number}" for number in range(1, 10))
# Milestones of the timed pathways, and the event that each is.
MILESTONES = {
    "REF": "referral_received",
    "TRI": "triaged",
    "FSEEN": "first_seen",
    **dict.fromkeys(("TEST", *_TESTS), "test"),
    "BX": "biopsy",
    "RULEOUT": "ruled_out",
    "MDT": "discussed",
    "TOLD": "told",
    "STAGE": "staged",
    "IPT": "transferred",
    "DTT": "decision_to_treat",
    "FDT": "treated",
}

EVENTS = FileKind(
    "events", _OF,
    (
        own_number("PathwayEventID"),
        Heading("PathwayID", "event", needed=True, becomes="the pathway it belongs to"),
        code("EventType", needed=True, values=tuple(MILESTONES), becomes="event, and milestone as sent"),
        day("EventDate", needed=True, becomes="date"),
        code("Provider", becomes="provider"),
        text("Detail", becomes="detail"),
    ),
    (
        Fills(
            "pathway_event",
            {
                "pathway_id": number_of("pathways", "PathwayID"),
                "kind": "'cancer'",
                "event": "CASE EventType "
                + " ".join(f"WHEN '{sent}' THEN '{event}'" for sent, event in MILESTONES.items())
                + " END",
                "date": "EventDate",
                "provider": "Provider",
                "milestone": "EventType",
                "detail": "Detail",
            },
        ),
    ),
    key=("PathwayEventID",),
    seen=("date",),
)  # fmt: skip

# Headings of the days of prostate case finding, and the event of each.
CASE_FINDING_DAYS = {
    "InvitedDate": "invited",
    "ConsentedDate": "consented",
    "TestedDate": "tested",
    "RaisedDate": "raised",
    "ReferredDate": "referred",
    "FoundDate": "found",
}

CASE_FINDING = FileKind(
    "case-finding", _OF,
    (
        own_number("CaseFindingID"),
        *(day(heading, becomes=f"date of the event {event}") for heading, event in CASE_FINDING_DAYS.items()),
    ),
    (
        Fills(
            "pathway_event",
            {
                "pathway_id": "event_id",
                "kind": "'case_finding'",
                "event": f"{list(CASE_FINDING_DAYS.values())}[place]",
                "date": "each",
            },
            each=tuple(CASE_FINDING_DAYS),
        ),
    ),
    key=("CaseFindingID",),
    seen=("date",),
)  # fmt: skip

CANCER = (PATHWAYS, EVENTS, CASE_FINDING)
