"""The kinds of field that forms about a person are made of: choices, sentences, days as they are typed."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms

NOTHING = ("", "")


class Day(forms.Field):
    """A day as it is typed: 21 4 2026, 21/4/2026, 21 April 2026 or 2026-04-21."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Any:
        """The date, None where nothing was typed. Raises ValidationError in words."""
        if isinstance(value, date) or not (written := str(value or "").strip()[:30]):
            return value or None
        found = parsed(written)
        if found is None:
            raise forms.ValidationError(f"Enter {self._what()} as day, month and year, such as 21 4 2026")
        return found

    def prepare_value(self, value: Any) -> Any:
        """As it is typed."""
        return f"{value.day} {value.month} {value.year}" if isinstance(value, date) else value

    def _what(self) -> str:
        return str(self.label or "the date").lower().split(" (")[0]


SHORT_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTHS = {name: at + 1 for at, name in enumerate(SHORT_MONTHS)}


def parsed(written: str) -> date | None:
    """The day that was typed; None where it is none."""
    parts = re.findall(r"[0-9]+|[A-Za-z]+", written)
    if len(parts) != 3:
        return None
    if len(parts[0]) == 4:
        parts.reverse()
    month = MONTHS.get(parts[1][:3].lower(), parts[1])
    try:
        found = date(int(parts[2]), int(month), int(parts[0]))
    except ValueError:
        return None
    return found if 1900 <= found.year < 2200 else None  # a year of two digits is typed anew, not guessed


def choice(
    label: str, choices: Iterable[tuple[Any, Any]], wrong: str, *, required: bool = True
) -> forms.ChoiceField:
    """A field to choose in. wrong: what is said where nothing of the list is chosen."""
    said = {"required": wrong, "invalid_choice": wrong}
    return forms.ChoiceField(label=label, choices=[NOTHING, *choices], required=required, error_messages=said)


def words(label: str, wrong: str = "", *, longest: int = 1000, lines: int = 3) -> forms.CharField:
    """A field for sentences. wrong: what is said where it is empty; without it, it may be."""
    return forms.CharField(
        label=label,
        max_length=longest,
        required=bool(wrong),
        widget=forms.Textarea(attrs={"rows": lines}),
        error_messages={"required": wrong},
    )


def line(label: str, wrong: str = "", *, longest: int = 120) -> forms.CharField:
    """A field for a few words."""
    return forms.CharField(
        label=label, max_length=longest, required=bool(wrong), error_messages={"required": wrong}
    )


def day(label: str, wrong: str = "") -> Day:
    """A field for a day."""
    return Day(label=label, required=bool(wrong), error_messages={"required": wrong})


def whole(wrong: str) -> forms.IntegerField:
    """Which row something is about, from the page."""
    return forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": wrong, "invalid": wrong})


def coded(codes: Mapping[str, str]) -> list[tuple[str, str]]:
    """Codes with their words, to choose among."""
    return [(code, f"{said[:1].upper()}{said[1:]}") for code, said in codes.items()]
