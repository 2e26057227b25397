"""What a privacy officer types. What names a person is never put back into a page."""

from typing import Any

from django import forms

from stewardship.access.alerts import OUTCOMES
from stewardship.access.people import NobodyMeantError, people_meant

ENTER = "Enter an NHS number, or a pseudonym"


class WhichRecord(forms.Form):
    """Whose record is meant. `people`: the person_ids, once the form is valid. before: only events numbered lower."""

    who = forms.CharField(max_length=200, error_messages={"required": ENTER})
    before = forms.IntegerField(required=False, min_value=1)

    people: list[int]

    def clean_who(self) -> str:
        """The people meant, as pseudonyms: the number that was typed goes no further."""
        try:
            self.people = people_meant(self.cleaned_data["who"])
        except NobodyMeantError as error:
            raise forms.ValidationError(str(error)) from None
        return " ".join(map(str, self.people))


class Judgement(forms.Form):
    """How an alert is closed. until: how far it went when it was judged."""

    outcome = forms.ChoiceField(
        choices=[(one, one) for one in OUTCOMES],
        error_messages={"required": "Choose justified or not justified"},
    )
    words = forms.CharField(max_length=1000, error_messages={"required": "Say how you know"})
    until = forms.IntegerField(min_value=1)

    def clean(self) -> dict[str, Any]:
        """Words without spaces at their ends."""
        typed = super().clean() or self.cleaned_data
        return {**typed, "words": typed.get("words", "").strip()}
