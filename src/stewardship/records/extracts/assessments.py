"""What general practices, and services through them, send of scores: frailty, risk, what patients report."""

from stewardship.records.extracts.shape import FileKind, Fills, day, number, own_number, text

ASSESSMENTS = FileKind(
    "assessments", ("general practice", "community", "linked"),
    (
        own_number("AssessmentID"),
        text("Tool", needed=True, becomes="tool"),
        number("Score", becomes="score"),
        day("AssessmentDate", needed=True, becomes="date"),
        text("Setting", becomes="setting"),
    ),
    (
        Fills(
            "assessment",
            {
                "event_id": "event_id",
                "tool": "Tool",
                "score": "Score",
                "date": "AssessmentDate",
                "setting": "Setting",
            },
        ),
    ),
    key=("AssessmentID",),
    seen=("date",),
)  # fmt: skip
