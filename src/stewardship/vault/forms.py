"""What somebody types to find a person."""

from datetime import date
from typing import Any

from django import forms

from stewardship.records.identity import settled
from stewardship.vault import names
from stewardship.vault.door import Asked

NOTHING = "Enter an NHS number, or a family name and date of birth"
DATE = ("day", "month", "year")
EARLIEST = 1875  # nobody alive was born before


class FindPerson(forms.Form):
    """An NHS number, or a family name and a date of birth, with given names if they are known."""

    nhs_number = forms.CharField(required=False, max_length=20)
    family_name = forms.CharField(required=False, max_length=100)
    given_names = forms.CharField(required=False, max_length=100)
    day = forms.CharField(required=False, max_length=2)
    month = forms.CharField(required=False, max_length=2)
    year = forms.CharField(required=False, max_length=4)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today

    def clean(self) -> dict[str, Any]:
        """Say at which field what is missing or wrong, so that one thing or the other can be looked for."""
        given = self.cleaned_data
        if self.errors:
            return given
        if given["nhs_number"]:
            if settled("nhs number", given["nhs_number"]) is None:
                self.add_error("nhs_number", "That is not an NHS number. Check its ten digits")
        elif not given["family_name"] and not any(given[part] for part in DATE):
            self.add_error("nhs_number", NOTHING)
        else:
            self._check_name_and_birth(given)
        return given

    def asked(self) -> Asked:
        """What to look for, once the form is valid."""
        given = self.cleaned_data
        if given["nhs_number"]:
            return Asked(nhs_number=given["nhs_number"])
        return Asked(
            family_name=given["family_name"], given_names=given["given_names"], birth_date=self._birth(given)
        )

    def _check_name_and_birth(self, given: dict[str, Any]) -> None:
        if not names.parts(given["family_name"]):
            self.add_error("family_name", "Enter the family name")
        born = self._birth(given)
        if born is None:
            self.add_error("day", "Enter the date of birth, such as 3 4 1950")
        elif born.year < EARLIEST:
            self.add_error("day", "Enter the year with four digits")
        elif born > self._today:
            self.add_error("day", "The date of birth must not be after today")

    def _birth(self, given: dict[str, Any]) -> date | None:
        try:
            return date(*(int(given[part]) for part in reversed(DATE)))
        except ValueError:
            return None
