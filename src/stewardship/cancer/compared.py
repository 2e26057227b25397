"""Two versions of the same form, field by field, in the words of the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.forms import Form

from stewardship.cancer.models import TrackedPathway


@dataclass(frozen=True)
class Compared:
    """One field: what is there now, what was typed, and whether they differ."""

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
        Compared(str(field.label).split(" (")[0], said(now, field.name), said(yours, field.name))
        for field in yours.visible_fields()
    ]
    return [one for one in pairs if one.now or one.yours]


def untouched(typed: Mapping[str, str], now: Form, pathway: TrackedPathway, seen: int) -> dict[str, str]:
    """What was typed, with what stands now in every field that whoever typed it had left as they saw it.

    So that deciding for one's own version takes back nothing that somebody else corrected meanwhile in another field.
    now: the form as the pathway stands. seen: the version that the form was made from.
    """
    before = pathway.history.filter(version=seen).order_by("-history_id").first()
    if before is None:
        return dict(typed)
    yours = dict(typed)
    for name, field in now.fields.items():
        if name not in now.initial:
            continue
        try:
            left = (field.clean(typed.get(name, "")) or None) == (getattr(before, name) or None)
        except ValidationError:
            continue
        if left:
            yours[name] = str(field.prepare_value(now.initial[name]) or "")
    return yours


def said(form: Form, name: str) -> str:
    """What a field says: the words of a choice, 21 April 2026 for a day, else what was typed."""
    written = form[name].value()
    read = form.cleaned_data.get(name) if form.is_bound else form.initial.get(name)
    value = read if isinstance(read, date) else written
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    choices = dict(getattr(form.fields[name], "choices", ()))
    return str(choices.get(value, value) or "") if choices else str(value or "").strip()


def named(rows: list[Compared], button: str, usual: str) -> str:
    """What a button says: the value that it makes stand where one alone differs, as in "Change it to 21 April 2026".

    button: "Keep" or "Change it to". usual: what it says where several differ. What stands nowhere yet, such as a
    comment, is not one of them.
    """
    differing = [one for one in rows if one.differs and one.now]
    if len(differing) != 1 or not differing[0].yours:
        return usual
    return f"{button} {differing[0].now if button == 'Keep' else differing[0].yours}"
