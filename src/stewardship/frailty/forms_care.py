"""What somebody types about scores, contacts, carers, services, what happened and sharing.

What is checked here is how it is written; whether it can be is a matter of the actions.
"""

from django import forms

from stewardship.frailty.words import (
    Basis,
    ContactKind,
    EventKind,
    ServiceKind,
)
from stewardship.rules.frailty.scales import SCALES
from stewardship.vault.fields import choice, day, line, whole, words

YES_NO = (("yes", "Yes"), ("no", "No"))


def _yes(label: str, wrong: str) -> forms.ChoiceField:
    return choice(label, YES_NO, wrong)


class Scored(forms.Form):
    """A score."""

    scale = choice("Scale", [(key, one.title) for key, one in SCALES.items()], "Choose the scale")
    value = forms.DecimalField(
        label="Score", required=False, max_digits=8, decimal_places=4, widget=forms.TextInput,
        error_messages={"invalid": "Enter the score as a number"},
    )  # fmt: skip
    count = forms.IntegerField(
        label="Deficits counted, for the eFI", required=False, widget=forms.TextInput, min_value=0, max_value=36,
        error_messages={"invalid": "Enter a whole number from 0 to 36"},
    )  # fmt: skip
    edition = line("Version of the scale", "Say which version it is", longest=40)
    on = day("Taken on (day month year)", "Enter the day")
    assessor = line("Assessed by, and their role", "Name who assessed the person", longest=150)


class WithdrawScore(forms.Form):
    """A score was wrong."""

    score_id = whole("Open the entry again, and choose the score")
    reason = words("Why it is withdrawn", "Say why the score is withdrawn", longest=300)


class ContactOf(forms.Form):
    """Somebody to speak to."""

    kind = choice("Who they are", ContactKind.choices, "Choose who they are")
    name = line("Name", "Enter the name")
    relationship = line("Relationship or role", longest=60)
    phone = line("Phone", longest=40)
    details = words("More", longest=500)
    contact_id = forms.IntegerField(widget=forms.HiddenInput, required=False)


class CarerOf(forms.Form):
    """An unpaid carer and their own assessment."""

    name = line("Name", "Enter the name")
    relationship = line("Relationship", longest=60)
    phone = line("Phone", longest=40)
    since = day("Caring since (day month year)", "Enter since when")
    own_needs = words("How they are themselves")
    offered_on = day("Carer’s assessment offered on")
    assessed_on = day("Carer’s assessment held on")
    declined_on = day("Declined on")
    carer_id = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ServiceOf(forms.Form):
    """A service."""

    kind = choice("Service", ServiceKind.choices, "Choose the service")
    provider = line("Provided by")
    from_on = day("Since (day month year)", "Enter since when")
    details = words("More", longest=500)
    service_id = forms.IntegerField(widget=forms.HiddenInput, required=False)


class NoLonger(forms.Form):
    """A contact, carer or service is so no longer."""

    ended_on = day("Until (day month year)", "Enter until when")
    reason = words("Why", "Say why it is so no longer", longest=300)
    row_id = whole("Open the entry again, and choose which one")


class Happened(forms.Form):
    """Something after which a review is due."""

    kind = choice("What happened", EventKind.choices, "Choose what happened")
    on = day("On (day month year)", "Enter the day")
    source = line("Who says so", "Say who told of it", longest=60)


class Shares(forms.Form):
    """What was said about sharing."""

    objects = choice(
        "Sharing the record", (("no", "Agrees to sharing"), ("yes", "Objects to sharing")), "Choose"
    )
    basis = choice("Who decided", Basis.choices, "Choose who decided")
    on = day("Said on (day month year)", "Enter the day")
    details = words("More", longest=500)


class Placed(forms.Form):
    """Who looks after somebody, and where they live."""

    team = line("Code of the team that looks after them", longest=20)
    owner = line("Code of the organisation that answers for the entry", "Enter its code", longest=20)
    care_home = line("Code of the care home; empty for their own home", longest=20)
    care_home_since = day("In the care home since")
    lives_alone = choice("Lives alone", YES_NO, "Choose", required=False)
    key_safe = _yes("Key safe (the code is not kept here)", "Choose whether there is a key safe")


class Bereaved(forms.Form):
    """Those left behind were spoken to."""

    on = day("Spoken to on (day month year)", "Enter the day")
