"""What general practices send: who is registered, where they live, and what was recorded, read, issued and booked.

Source: field names of the project's list of data sources, section 1, row "GP extract"; ethnic category and sex as in
the NHS Data Dictionary.
"""

from stewardship.records.extracts.shape import Counted, FileKind, Fills, code, day, number, own_number, whole

_OF = ("general practice", "linked")

MEDICATIONS = FileKind(
    "medications", _OF,
    (
        own_number("IssueID"),
        day("IssueDate", needed=True, becomes="day issued"),
        code("BNFCode", becomes="code, of the BNF"),
        code("DMDCode", becomes="code, of dm+d, where there is no BNF code"),
        number("Quantity", becomes="quantity"),
        whole("NetIngredientCostPence", becomes="cost in pence"),
    ),
    (
        Fills(
            "medication",
            {
                "event_id": "event_id",
                "system": "CASE WHEN BNFCode IS NOT NULL THEN 'BNF' ELSE 'DMD' END",
                "code": "coalesce(BNFCode, DMDCode)",
                "date": "IssueDate",
                "quantity": "Quantity",
                "cost_pence": "NetIngredientCostPence",
            },
        ),
    ),
    key=("IssueID",),
    seen=("date",),
)  # fmt: skip

APPOINTMENTS = FileKind(
    "appointments", _OF,
    (
        own_number("AppointmentID"),
        code("PracticeCode", becomes="provider"),
        day("BookedDate"),
        day("StartDate", needed=True, becomes="start and end"),
        code("Status", needed=True, values=("Attended", "Did not attend", "Cancelled"), becomes="attended only"),
        code("StaffGroup"),
    ),
    (
        Fills(
            "activity",
            {
                "activity_id": "event_id",
                "point_of_delivery": "'gp_appointment'",
                "provider": "PracticeCode",
                "start": "StartDate",
                "end": "StartDate",
            },
            where="Status = 'Attended'",
        ),
    ),
    key=("AppointmentID",),
    seen=("start",),
    counted=(
        Counted("Appointments that were not attended", "Status <> 'Attended'", "They are no contact."),
    ),
)  # fmt: skip

GENERAL_PRACTICE = (MEDICATIONS, APPOINTMENTS)
