"""What somebody types about allergies and medicines."""

from django import forms

from stewardship.vault.fields import choice, day, line, words


class MedicinesChecked(forms.Form):
    """Allergies and the count of medicines, as somebody checked them."""

    allergies = words("Allergies and what they do, one a line", longest=1000, lines=4)
    none_known = choice(
        "No known allergies: somebody asked", (("yes", "Yes, none is known"), ("no", "No, they are named above")),
        "Choose whether any allergy is known",
    )  # fmt: skip
    medicines = forms.IntegerField(
        label="How many medicines", required=False, widget=forms.TextInput, min_value=0, max_value=99,
        error_messages={"invalid": "Enter a whole number from 0 to 99"},
    )  # fmt: skip
    reviewed_on = day("Last structured medication review (day month year)")
    on = day("Checked on (day month year)", "Enter the day")
    checked_by = line("Checked by, and their role", "Name who checked", longest=150)
