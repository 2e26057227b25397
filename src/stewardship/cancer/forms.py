"""What somebody types about a pathway: one form for each thing that can be done. What is checked here is how it is
written; whether it can be is a matter of the actions."""

import re

from django import forms

from stewardship.cancer.fields import choice, coded, day, line, whole, words
from stewardship.cancer.words import (
    CommentKind,
    Harm,
    Level,
    OwnerGroup,
    RemovalReason,
    ReviewState,
    Specific,
    Standard,
    ToldHow,
    ToldWhom,
    TriageOutcome,
    Verb,
)
from stewardship.rules.cancer.codes import (
    DELAY_REASONS,
    FIRST_SEEN_DELAY_REASONS,
    MODALITIES,
    PAUSE_REASONS,
    TREATMENT_EVENTS,
)
from stewardship.rules.cancer.timed.filter_tests import filter_tests
from stewardship.rules.cancer.timed.milestones import code_words, timed_pathways

STAYS = "stays"
MILESTONES = (
    "TRI", "FSEEN", "TEST1", "TEST2", "TEST3", "TEST4", "BX", "MDT", "STAGE", "SDC", "TOLD", "IPT", "DTT", "FDT",
)  # fmt: skip


class Comment(forms.Form):
    """A comment, which is added to and never changed."""

    text = words("Comment", "Write the comment", longest=4000)
    kind = choice("About", CommentKind.choices, "Choose what the comment is about")


class NextStep(forms.Form):
    """What is done next, whose it is and by when, with a comment if there is something to say."""

    verb = choice("Next step", Verb.choices, "Choose the next step")
    specific = choice("What", Specific.choices, "Choose what it is about", required=False)
    owner_group = choice("Owner", OwnerGroup.choices, "Choose who owes it")
    owner_id = choice("Person, if one is named", (), "Choose somebody of the list", required=False)
    due_on = day("By (day month year)", "Enter the day by which it is due")
    comment = words("Comment (added to the record, cannot be changed later)", longest=4000, lines=2)
    action_id = forms.IntegerField(widget=forms.HiddenInput, required=False)
    back = forms.CharField(widget=forms.HiddenInput, required=False, max_length=300)


class Done(forms.Form):
    """That a next step was done."""

    completed_on = day("Done on (day month year)", "Enter the day on which it was done")
    action_id = whole("Open the pathway again, and choose the step")


class Drop(forms.Form):
    """That a next step is not needed."""

    reason = words("Why it is not needed any more", "Say why the step is not needed any more", longest=255)
    action_id = whole("Open the pathway again, and choose the step")


class Delays(forms.Form):
    """The reason for a wait that was too long, where one is asked for."""

    delay_code = choice(
        "Reason for the delay, if a limit has passed",
        DELAY_REASONS.items(),
        "Choose a reason",
        required=False,
    )
    delay_comment = words("More about the delay (needed for “other”)", lines=2)


class RuleOut(Delays):
    """That cancer is ruled out: who was told, when and how."""

    told_whom = choice("Who was told", ToldWhom.choices, "Choose who was told")
    told_on = day("Told on (day month year)", "Enter the day on which they were told")
    told_how = choice("How", ToldHow.choices, "Choose how they were told")
    ruled_out_on = day("Ruled out by a clinician on, if before that day")
    note = words("Advice for the letter (optional; the patient reads it)")

    field_order = ("told_whom", "told_on", "told_how", "ruled_out_on", "note")


class Remove(Delays):
    """That somebody leaves the list for another reason."""

    reason = choice(
        "Reason",
        [one for one in RemovalReason.choices if one[0] != RemovalReason.RULED_OUT],
        "Choose the reason",
    )
    on = day("Day of what ended it", "Enter the day")
    note = words("More about it (optional)")

    field_order = ("reason", "on", "note")


class FoundAgain(forms.Form):
    """That somebody who vanished from the nightly file is still on the pathway."""

    reason = words("Why they stay on the list", "Say why they stay on the list", longest=300)


class PutBack(forms.Form):
    """That somebody was taken off by mistake."""

    reason = words("Why they go back on the list", "Say why they go back on the list", longest=300)


class Delay(forms.Form):
    """Why a wait was too long."""

    standard = choice("Which wait", Standard.choices, "Choose the wait")
    code = choice("Reason", {**FIRST_SEEN_DELAY_REASONS, **DELAY_REASONS}.items(), "Choose the reason")
    comment = words("More about it (needed for “other”)")


class Escalate(forms.Form):
    """That somebody above is told."""

    level = choice("Level", Level.choices, "Choose the level")
    to = line("Who is told", "Enter who is told, by name or office")
    reason = words("Why", "Say why this is escalated")


class Answer(forms.Form):
    """What those above answered."""

    answer = words("Answer", "Write the answer")
    escalation_id = whole("Open the pathway again, and choose the escalation")


class Milestone(forms.Form):
    """What happened at one milestone, or is asked for or booked."""

    code = choice("Milestone", [(code, code_words(code)) for code in MILESTONES], "Choose the milestone")
    test = choice("What kind of test", Specific.choices, "Choose the kind", required=False)
    requested_on = day("Asked for on")
    booked_on = day("Booked for")
    done_on = day("Done on")
    reported_on = day("Reported on")
    not_needed = line("Why it is not needed, if it is left out", longest=200)
    left_empty = choice(
        "Dates that are left empty here",
        [(STAYS, "Stay as they are recorded"), ("goes", "Are taken away")],
        "Choose what becomes of them",
        required=False,
    )


class Told(Delays):
    """That somebody was told that it is cancer."""

    told_on = day("Told on (day month year)", "Enter the day on which they were told")
    diagnosis = line("Diagnosis (ICD-10), if it is known", longest=6)

    field_order = ("told_on", "diagnosis")


class Treated(forms.Form):
    """The first treatment: decided, and begun."""

    decided_on = day("Decision to treat, or earliest clinically appropriate date")
    event_type = choice(
        "Which treatment", coded(TREATMENT_EVENTS), "Choose which treatment it is", required=False
    )
    modality = choice("Kind of treatment", coded(MODALITIES), "Choose the kind", required=False)
    started_on = day("Treatment started on")
    site = line("Treated at (site’s code)", longest=9)
    pause_from = day("Paused from")
    pause_to = day("Paused until")
    pause_reason = choice("Why it was paused", coded(PAUSE_REASONS), "Choose why", required=False)
    reason = words("How this is known, or why it is corrected", "Say how this is known", longest=300, lines=2)


class PlanTransfer(forms.Form):
    """That another provider is asked to take somebody on."""

    referring_site = line("From (site’s code)", "Enter the code of the site that refers", longest=9)
    receiving_site = line("To (site’s code)", "Enter the code of the site that is to treat", longest=9)
    requested_on = day("Asked for on (day month year)", "Enter the day on which it was asked for")


class ReceiveTransfer(forms.Form):
    """That the other provider has what it needs."""

    received_on = day("Agreed data received on", "Enter the day on which the agreed data were received")
    transfer_id = whole("Open the pathway again, and choose the transfer")


class Triage(forms.Form):
    """The one outcome of a teledermatology review."""

    outcome = choice("Outcome", TriageOutcome.choices, "Choose the outcome")
    decided_on = day("Pictures reviewed on (day month year)", "Enter the day of the review")


class TriageSent(forms.Form):
    """That the outcome was sent."""

    patient_told_on = day("Patient told on")
    practice_told_on = day("Practice told on")


class Fit(forms.Form):
    """A faecal immunochemical test."""

    value = line("Micrograms of haemoglobin per gram, such as 10, <4 or >400", longest=10)
    sampled_on = day("Sample taken on")
    resulted_on = day("Result known on")
    analyser = line("Analyser", longest=60)
    missing_because = line("Why there is no result, if there is none", longest=200)

    def clean_value(self) -> tuple[str, int | None]:
        """Comparator, and tenths of a microgram."""
        written = self.cleaned_data["value"].replace(" ", "")
        found = re.fullmatch(r"([<>]?)(\d{1,5})(?:\.(\d))?", written)
        if written and not found:
            raise forms.ValidationError(
                "Enter the result as a number, with < or > where the analyser gives a limit"
            )
        if not found:
            return "", None
        return found[1], int(found[2]) * 10 + int(found[3] or 0)


class FilterTest(forms.Form):
    """One of the tests before a referral."""

    test = choice("Test", [(test.code, test.words) for test in filter_tests()], "Choose the test")
    done_on = day("Done on (day month year)", "Enter the day of the test")
    abnormal = choice("Result", [("no", "Normal"), ("yes", "Abnormal")], "Choose the result", required=False)


class HarmFound(forms.Form):
    """What a clinical harm review found."""

    reviewed_on = day("Reviewed on (day month year)", "Enter the day of the review")
    physical = choice("Physical harm", Harm.choices, "Choose the physical harm")
    psychological = choice("Psychological harm", Harm.choices, "Choose the psychological harm")
    root_cause = words("Root cause", "Write what the root cause was", longest=4000)
    to_patient_safety_on = day("Sent to patient safety on, if the harm is severe")


class CareReviewed(forms.Form):
    """What became of a care review."""

    months = choice("Which review", [("3", "3 months"), ("12", "12 months")], "Choose the review")
    state = choice("What became of it", ReviewState.choices, "Choose what became of it")
    on = day("On (day month year)", "Enter the day")


class Correct(forms.Form):
    """Dates and codes that were wrong. What was there stays in the history."""

    received_on = day("Referral received")
    first_appointment_dna_on = day("First appointment missed")
    rebooked_on = day("Rebooked")
    first_seen_on = day("First seen")
    ruled_out_on = day("Cancer ruled out by a clinician")
    faster_diagnosis_end_on = day("Told")
    diagnosed_on = day("Diagnosed")
    practice_told_on = day("Practice told")
    upgraded_on = day("Upgraded by a consultant")
    diagnosis = line("Diagnosis (ICD-10)", longest=6)
    sub_pathway = choice(
        "Timed pathway, if not that of the referral",
        [(key, pathway.name) for key, pathway in timed_pathways().items()],
        "Choose the timed pathway",
        required=False,
    )
    reason = words("Why it is corrected", "Say why this is corrected", longest=300, lines=2)


class Meeting(forms.Form):
    """Whether somebody is talked about in the next tracking meeting."""

    wanted = choice("On the meeting’s list", [("yes", "Yes"), ("no", "No")], "Choose")


class Nothing(forms.Form):
    """A thing that needs no more than to be done."""
