"""What urgent care sends: ambulance incidents, calls to NHS 111, and calls to a consultants' advice line.

Source: the project's pages on data sources and on the advice line, whose fields of a call they are.
"""

from stewardship.records.extracts import words
from stewardship.records.extracts.shape import FileKind, Fills, code, day, number, own_number, text

_OF = ("urgent care", "linked")

AMBULANCE = FileKind(
    "ambulance", _OF,
    (
        own_number("IncidentID"),
        day("IncidentDate", needed=True, becomes="start and end"),
        text("Category", becomes="urgency"),
        code("Conveyed", values=("Y", "N"), becomes="outcome: conveyed or not conveyed"),
        number("ResponseMinutes", becomes="minutes until help came"),
        *words.COST,
    ),
    (
        Fills(
            "activity",
            {
                "activity_id": "event_id",
                "point_of_delivery": "'ambulance'",
                "start": "IncidentDate",
                "end": "IncidentDate",
                **words.costs("actual"),
                "urgency": "Category",
                "response_minutes": "round(ResponseMinutes)",
                "outcome": "CASE Conveyed WHEN 'Y' THEN 'conveyed' WHEN 'N' THEN 'not conveyed' END",
            },
        ),
    ),
    key=("IncidentID",),
    apart=1,
    seen=("start",),
)  # fmt: skip

CALLS_111 = FileKind(
    "calls-111", _OF,
    (
        own_number("CallID"),
        day("CallDate", needed=True, becomes="start and end"),
        text("Disposition", becomes="outcome"),
        *words.COST,
    ),
    (
        Fills(
            "activity",
            {
                "activity_id": "event_id",
                "point_of_delivery": "'nhs_111'",
                "start": "CallDate",
                "end": "CallDate",
                "outcome": "Disposition",
                **words.costs("estimated"),
            },
        ),
    ),
    key=("CallID",),
    apart=2,
    seen=("start",),
)  # fmt: skip

ADVICE_LINE = FileKind(
    "advice-line", _OF,
    (
        own_number("CallID"),
        day("CallDate", needed=True, becomes="start and end"),
        text("CallerType", becomes="who called"),
        text("Reason", becomes="reason"),
        text("IntendedAction", becomes="what the caller would have done"),
        text("AdviceType", becomes="outcome"),
        *words.COST,
    ),
    (
        Fills(
            "activity",
            {
                "activity_id": "event_id",
                "point_of_delivery": "'advice_line'",
                "start": "CallDate",
                "end": "CallDate",
                "referred_by": "CallerType",
                "reason": "Reason",
                "intended": "IntendedAction",
                "outcome": "AdviceType",
                **words.costs("estimated"),
            },
        ),
    ),
    key=("CallID",),
    apart=3,
    seen=("start",),
)  # fmt: skip

URGENT_CARE = (AMBULANCE, CALLS_111, ADVICE_LINE)
