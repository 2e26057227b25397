"""What somebody types about coming onto the register, being reviewed, leaving it and merging.

What is checked here is how it is written; whether it can be is a matter of the actions.
"""

from typing import Any

from django import forms

from stewardship.frailty.words import (
    CarePlace,
    Condition,
    Degree,
    Ended,
    Outcome,
)
from stewardship.vault.fields import choice, day, line, whole, words

YES_NO = (("yes", "Yes"), ("no", "No"))
HELD = (("yes", "Yes"), *((degree.value, degree.label) for degree in Degree))
SEVERITIES = [one for one in HELD if one[0] in {"mild", "moderate", "severe"}]
STAGES = [one for one in HELD if one[0] in {"A", "B", "C", "D"}]
SUBJECTS = (
    ("plan", "The plan of care"),
    ("dementia", "The dementia care plan"),
    ("respect", "The ReSPECT form"),
    ("plan,dementia", "The plan of care and the dementia care plan"),
    ("plan,respect", "The plan of care and the ReSPECT form"),
    ("dementia,plan,respect", "All three"),
)


class Confirm(forms.Form):
    """A clinician confirms: which of the three conditions, and why."""

    frailty = choice("Frailty", [("yes", "Yes, severity not known"), *SEVERITIES], "Choose", required=False)
    dementia = choice("Dementia", [("yes", "Yes")], "Choose", required=False)
    end_of_life = choice(
        "Nearing the end of life", [("yes", "Yes, stage not known"), *STAGES], "Choose", required=False
    )
    clinician = line("Clinician who decided, and their role", "Name the clinician who decided", longest=150)
    decided_on = day("Decided on (day month year)", "Enter the day of the decision")
    reason = words("The clinician’s reason", "Give the clinician’s reason")

    def clean(self) -> dict[str, Any]:
        """At least one of the three."""
        given = self.cleaned_data
        if not any(given.get(name) for name in Condition.values):
            self.add_error("frailty", "Choose at least one of frailty, dementia and nearing the end of life")
        return given


class Reject(forms.Form):
    """A clinician says that somebody does not belong on the register."""

    clinician = line("Clinician who decided, and their role", "Name the clinician who decided", longest=150)
    decided_on = day("Decided on (day month year)", "Enter the day of the decision")
    reason = words("The clinician’s reason", "Give the clinician’s reason")


class Reviewed(forms.Form):
    """A review that was held."""

    held_on = day("Held on (day month year)", "Enter the day the review was held")
    subjects = choice("What it looked at", SUBJECTS, "Choose what the review looked at")
    face_to_face = choice("Face to face", YES_NO, "Choose whether it was face to face")
    reviewer = line("Reviewed by, and their role", "Name who held the review", longest=150)
    outcome = choice("Outcome", Outcome.choices, "Choose what came of it")
    next_on = day("Next review agreed for, if sooner than usual")
    note = words("Note", longest=2000)


class Hold(forms.Form):
    """One more condition, or the same one to another degree."""

    condition = choice("Condition", Condition.choices, "Choose the condition")
    degree = choice("Severity or stage", [*SEVERITIES, *STAGES], "Choose from the list", required=False)
    diagnosed_on = day("Since (day month year)", "Enter since when")
    assessor = line("Assessed by, and their role", "Name who assessed the person", longest=150)
    evidence = words("What it rests on")


class EndCondition(forms.Form):
    """A condition does not hold any more."""

    condition = choice("Condition", Condition.choices, "Choose the condition")
    ended_on = day("Ended on (day month year)", "Enter the day")
    reason = words("Why it does not hold any more", "Say why it does not hold any more")


ENDED_BY_HAND = [each for each in Ended.choices if each[0] != Ended.NOT_FOUND]


class EndEntry(forms.Form):
    """The entry ends."""

    because = choice("Why the entry ends", ENDED_BY_HAND, "Choose why the entry ends")
    ended_on = day("On (day month year)", "Enter the day")
    died_at = choice("Place of death, if they died", CarePlace.choices, "Choose", required=False)
    reason = words("How it is known", "Say how it is known")


class Reopen(forms.Form):
    """An entry was ended or rejected by mistake."""

    reason = words("Why the entry is opened again", "Say why the entry is opened again")


class TakeApart(forms.Form):
    """Two entries that were merged are of two people."""

    reason = words("How it is known that they are two people", "Say how it is known", longest=500)
    merge_id = whole("Open the entry again, and choose the merge")


class MergeWith(forms.Form):
    """Another entry is of the same person."""

    reason = words("How it is known that both are one person", "Say how it is known", longest=500)
    duplicate_id = whole("Look for the other entry again")
    duplicate_version = whole("Look for the other entry again")
