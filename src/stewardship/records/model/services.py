"""The canonical tables of adult social care, and of pathways through services."""

from stewardship.records.model.declared import DATE, INTEGER, PERSON_ID, TEXT, Column, Table

# Source: adult social care client level data, the values of Event_Type and Client_Type.
CARE_EVENTS = ("request", "assessment", "service", "review")
CARE_CLIENTS = ("service user", "carer", "carer known by association")

SOCIAL_CARE = Table(
    "social_care", "One row an event of adult social care: a request, an assessment, a service or a review.",
    ("source", "event_id"),
    (
        Column("event_id", INTEGER, "The source's own number for the event.", required=True),
        PERSON_ID,
        Column("local_authority", TEXT, "Code of the council."),
        Column("event_type", TEXT, "What kind of event it is.", required=True, values=CARE_EVENTS),
        Column("client_type", TEXT, "Whether the person is cared for, or a carer.", values=CARE_CLIENTS),
        Column("support_reason", TEXT, "Primary support reason."),
        Column("service_type", TEXT, "Kind of service, such as Long Term Support: Community."),
        Column("component", TEXT, "Component of the service, such as Home Support."),
        Column("mechanism", TEXT, "How it is paid for and arranged, such as Direct Payment."),
        Column("start", DATE, "First day.", required=True),
        Column("end", DATE, "Last day; empty while a service goes on.", not_before="start", may_be_future=True),
        Column("outcome", TEXT, "What came of the event."),
        Column("accommodation", TEXT, "Accommodation status."),
        Column("unpaid_carer", TEXT, "Whether an unpaid carer is known, as sent."),
        Column("weekly_cost_pence", INTEGER, "Cost of a service in pence a week.", at_least=0),
    ),
)  # fmt: skip

PATHWAY_KINDS = {
    "cancer": "Cancer pathway",
    "case_finding": "Prostate case finding",
    "referral_to_treatment": "Consultant-led referral to treatment",
    "community": "Referral to a community service",
    "mental_health": "Referral to a mental health service",
}
# Events of any pathway, and the milestones of the timed cancer pathways.
PATHWAY_EVENTS = {
    "referral_received": "The referral was received",
    "upgraded": "A consultant made it an urgent suspicion of cancer",
    "triaged": "The referral was triaged",
    "first_seen": "First appointment or first test",
    "test": "A test was requested, done or reported",
    "biopsy": "A biopsy was taken or reported",
    "discussed": "Listed or discussed at the multidisciplinary meeting",
    "ruled_out": "The person was told that it is not cancer",
    "told": "The person was told: the end of the faster diagnosis pathway",
    "staged": "Staging was complete",
    "transferred": "Care was transferred to another provider",
    "decision_to_treat": "The decision to treat was made",
    "treated": "Treatment began",
    "discharged": "The service discharged the person",
    "invited": "The person was invited to case finding",
    "consented": "The person consented to be tested",
    "tested": "The test of case finding was done",
    "raised": "A raised result was reported",
    "referred": "The person was referred because of it",
    "found": "The person was told of a cancer that case finding found",
}

PATHWAY_EVENT = Table(
    "pathway_event", "One row a dated event of a pathway; what is told of the whole pathway stands in each.",
    ("source", "kind", "pathway_id", "event", "milestone", "date", "modality", "detail"),
    (
        Column("pathway_id", INTEGER, "The source's own number for the pathway or referral.", required=True),
        PERSON_ID,
        Column("kind", TEXT, "Kind of pathway.", required=True, values=tuple(PATHWAY_KINDS)),
        Column("event", TEXT, "What happened.", required=True, values=tuple(PATHWAY_EVENTS)),
        Column("date", DATE, "Day of the event; of one that is booked, it lies ahead.", required=True,
               may_be_future=True),
        Column("provider", TEXT, "Code of the organisation where it happened."),
        Column("service", TEXT, "Code of the service or team."),
        Column("milestone", TEXT, "Code of the milestone of a timed pathway, as sent; empty in a record of "
               "waiting times."),
        Column("reason", TEXT, "Code of the reason: why the person was referred, or why the faster diagnosis pathway "
               "ended."),
        Column("exclusion_reason", TEXT, "Code of why a faster diagnosis pathway was left out; 01 is read as a death "
               "before being told."),
        Column("adjustment_days", INTEGER, "Days by which the wait up to the event is shortened.", at_least=0),
        Column("treatment_event", TEXT, "Cancer treatment event type; 01 is a first definitive treatment."),
        Column("modality", TEXT, "Cancer treatment modality."),
        Column("detail", TEXT, "What else the source says of the event."),
        Column("source_of_referral", TEXT, "Of the pathway: source of referral."),
        Column("priority", TEXT, "Of the pathway: priority type; 3 is urgent."),
        Column("referral_type", TEXT, "Of the pathway: cancer suspected, in two digits."),
        Column("status", TEXT, "Of the pathway: cancer patient status."),
        Column("diagnosis", TEXT, "Of the pathway: primary diagnosis, ICD-10 without dots."),
        Column("morphology", TEXT, "Of the pathway: BCC for a basal cell carcinoma."),
        Column("stage", TEXT, "Of the pathway: stage at diagnosis."),
        Column("investigating_provider", TEXT, "Of the pathway: code of the provider accountable for the "
               "investigating phase, where two share it."),
    ),
)  # fmt: skip
