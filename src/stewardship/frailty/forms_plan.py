"""What somebody types about assessments, problems, plans, emergency plans, meetings and other teams.

What is checked here is how it is written; whether it can be is a matter of the actions.
"""

from typing import Any

from django import forms

from stewardship.frailty.words import (
    CarePlace,
    CprDecision,
    Domain,
    Focus,
)
from stewardship.vault.fields import choice, day, line, whole, words

YES_NO = (("yes", "Yes"), ("no", "No"))


def _yes(label: str, wrong: str) -> forms.ChoiceField:
    return choice(label, YES_NO, wrong)


class Assessed(forms.Form):
    """A comprehensive assessment: one field a domain."""

    on = day("Assessed on (day month year)", "Enter the day")
    assessor = line("Assessed by, and their role", "Name who assessed the person", longest=150)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for domain in Domain:
            self.fields[domain.value] = words(domain.label, longest=2000, lines=2)


class NewProblem(forms.Form):
    """A problem, with what the person wants to reach."""

    domain = choice("Domain", Domain.choices, "Choose the domain")
    problem = words("Problem", "Write the problem", longest=300, lines=2)
    goal = words("Goal, in the person’s words", longest=300, lines=2)


class NewGoal(forms.Form):
    """One more goal."""

    goal = words("Goal, in the person’s words", "Write the goal", longest=300, lines=2)
    problem_id = whole("Open the entry again, and choose the problem")


class NewStep(forms.Form):
    """What is done for a goal, by whom and by when."""

    what = words("Action", "Write what is to be done", longest=300, lines=2)
    owner = line("Owner", "Say who does it")
    due_on = day("By (day month year)", "Enter the day by which it is due")
    organisation = line("Code of their team, if another", longest=20)
    goal_id = whole("Open the entry again, and choose the goal")


class StepDone(forms.Form):
    """An action was done, or is dropped."""

    done_on = day("Done on (day month year)")
    dropped_because = words("Or why it is not needed any more", longest=300, lines=2)
    step_id = whole("Open the entry again, and choose the action")


class Resolved(forms.Form):
    """A problem is resolved."""

    ended_on = day("Resolved on (day month year)", "Enter the day")
    reason = words("How", "Say how it was resolved", longest=300, lines=2)
    problem_id = whole("Open the entry again, and choose the problem")


class Planned(forms.Form):
    """A plan of care."""

    agreed_on = day("Agreed on (day month year)", "Enter the day")
    clinician = line("Agreed with, by name and role", "Name who agreed it", longest=150)
    matters = words("What matters to me", "Write what matters to the person", longest=2000)
    contingency = words("What to do if", longest=2000)
    ceiling = words("Ceiling of escalation", longest=500, lines=2)
    place_of_care = choice("Preferred place of care", CarePlace.choices, "Choose", required=False)
    place_of_death = choice("Preferred place of death", CarePlace.choices, "Choose", required=False)


class Respect(forms.Form):
    """A ReSPECT form. Reasons and wishes come first: audits find them missing most."""

    signed_on = day("Signed on (day month year)", "Enter the day it was signed")
    value = words("What I most value", "Write what the person most values")
    fear = words("What I most fear", longest=1000)
    comfort = choice(
        "What matters most, from 0 (length of life) to 10 (comfort)",
        [(str(level), str(level)) for level in range(11)], "Choose from 0 to 10", required=False,
    )  # fmt: skip
    reasons = words("Reasons for the recommendations", "Write the reasons")
    focus = choice("Focus of care", Focus.choices, "Choose the focus")
    guidance = words("Specific guidance", "Write the guidance", longest=2000)
    cpr = choice("Cardiopulmonary resuscitation", CprDecision.choices, "Choose")
    diagnoses = words("Diagnoses and circumstances", "Write the diagnoses", longest=2000)
    other_plans = words("Other plans, and where they are", longest=500, lines=2)
    legal_proxy = _yes("Legal proxy", "Choose whether there is a legal proxy")
    has_capacity = _yes("Has capacity for this", "Choose whether they have capacity")
    involvement = words("How the person, or who for them, took part", "Write who took part")
    clinician = line("Signed by", "Name the clinician", longest=150)
    clinician_role = line("Role", "Enter the role", longest=80)
    registration = line("Registration number", longest=20)
    senior_clinician = line("Senior responsible clinician", longest=150)
    emergency_contacts = words("Emergency contacts", longest=500, lines=2)
    medicines = words("Anticipatory medicines", longest=500, lines=2)
    oxygen_and_devices = words("Oxygen and devices", longest=500, lines=2)


class WithdrawRespect(forms.Form):
    """A ReSPECT form does not hold any more."""

    withdrawn_on = day("Withdrawn on (day month year)", "Enter the day")
    reason = words("Why", "Say why the form is withdrawn", longest=300, lines=2)
    plan_id = whole("Open the entry again, and choose the form")


class ConfirmRespect(forms.Form):
    """A ReSPECT form was looked at and still holds."""

    reviewed_on = day("Looked at on (day month year)", "Enter the day")
    plan_id = whole("Open the entry again, and choose the form")


class Met(forms.Form):
    """What a multidisciplinary meeting said."""

    on = day("Held on (day month year)", "Enter the day")
    attendees = words("Who was there, by name and role", "Say who was there", longest=500, lines=2)
    discussion = words("Discussion", "Write what was said", longest=4000)
    actions = words("Actions", longest=2000, lines=2)


class AskTeam(forms.Form):
    """Another team is asked."""

    to = line("Code of the team asked", "Enter the team’s code", longest=20)
    what = words("What is asked of them", "Write what is asked", longest=500, lines=2)
    reply_by = day("Reply wanted by (day month year)", "Enter the day")


class Replied(forms.Form):
    """What the team replied."""

    reply = words("Their reply")
    dropped_because = words("Or why none is needed any more", longest=300, lines=2)
    ask_id = whole("Open the entry again, and choose what was asked")
