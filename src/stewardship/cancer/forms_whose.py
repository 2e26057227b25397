"""Who somebody is, as it is typed: for a pathway that is added by hand, or that came under a wrong number."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from stewardship.cancer.fields import day, line, words
from stewardship.vault.person import Person
from stewardship.vault.rows import DEMOGRAPHICS, RowError, person_of


class Whose(forms.Form):
    """Who somebody is."""

    nhs_number = line("NHS number", "Enter the NHS number", longest=20)
    family_name = line("Family name", "Enter the family name")
    given_names = line("Given names")
    birth_date = day("Date of birth (day month year)", "Enter the date of birth")
    practice = line("GP practice’s code", longest=12)


class WhoseInstead(Whose):
    """Whose a pathway is that came under a wrong number."""

    reason = words("How this is known", "Say how this is known", longest=300, lines=2)


def person_typed(given: Mapping[str, Any], today: date) -> Person:
    """Who was typed in a form that asks whose a pathway is. Raises ValidationError in words."""
    row = {name: given[name] for name in ("nhs_number", "family_name", "given_names", "practice")}
    row["birth_date"] = given["birth_date"].isoformat()
    try:
        return person_of(dict.fromkeys(DEMOGRAPHICS, "") | row, today)
    except RowError as wrong:
        raise forms.ValidationError(f"{str(wrong).replace('_', ' ').capitalize()}.") from None
