"""Two versions of one form, field by field, in the words of the page."""

from dataclasses import dataclass
from datetime import date

from django.forms import Form


@dataclass(frozen=True)
class Compared:
    """One field: what stands there now, what was typed, and whether they differ."""

    label: str
    now: str
    yours: str

    @property
    def differs(self) -> bool:
        """Whether the two say different things."""
        return self.now != self.yours


def compared(now: Form, yours: Form) -> list[Compared]:
    """Every field that says anything, of either."""
    pairs = [
        Compared(str(field.label).split(" (")[0], _said(now, field.name), _said(yours, field.name))
        for field in yours.visible_fields()
    ]
    return [one for one in pairs if one.now or one.yours]


def _said(form: Form, name: str) -> str:
    """What a field says: the words of a choice, 21 April 2026 for a day, else what was typed."""
    read = form.cleaned_data.get(name) if form.is_bound else form.initial.get(name)
    if isinstance(read, date):
        return f"{read.day} {read:%B %Y}"
    value = form[name].value()
    choices = dict(getattr(form.fields[name], "choices", ()))
    return str(choices.get(value, value) or "") if choices else str(value or "").strip()
