"""What the filters of the list can be set to, and what a worklist is called."""

from stewardship.cancer.forms import MILESTONES
from stewardship.cancer.lines import group
from stewardship.cancer.listed import MEETING, MINE, rows_of
from stewardship.cancer.nightly.checking import AGES
from stewardship.cancer.providers import provider_said
from stewardship.cancer.scope import Viewer
from stewardship.cancer.wanted import Wanted
from stewardship.cancer.words import OwnerGroup
from stewardship.rules.cancer.timed.milestones import code_words
from stewardship.rules.cancer.timed.worklists import worklists

Choices = list[tuple[str, str]]


def choices_of(viewer: Viewer) -> dict[str, Choices]:
    """By filter: values and their words. Tumour groups and providers are those of people on the list."""
    rows = rows_of(viewer)
    return {
        "group": [
            (value, group(value))
            for value, _ in _found(rows.values_list("tumour_group", flat=True).distinct())
        ],
        "provider": []
        if viewer.provider
        else [
            (code, provider_said(code))
            for code, _ in _found(rows.values_list("provider", flat=True).distinct())
        ],
        "milestone": [(code, code_words(code)) for code in MILESTONES],
        "age": [(words, words) for *_, words in (*AGES, (80, 120, "80 and over"))],
        "owner": [(value, str(words)) for value, words in OwnerGroup.choices],
    }


def _found(values: object) -> Choices:
    return [(value, value) for value in sorted(filter(None, values))]  # type: ignore[call-overload]


def worklist_said(wanted: Wanted) -> tuple[str, str]:
    """The name of what is shown, and who is on it."""
    if wanted.worklist in MINE:
        return MINE[wanted.worklist], "Steps that you own."
    if wanted.worklist == MEETING:
        return "For the meeting", "Put forward to be talked about."
    found = next((one for one in worklists() if one.key == wanted.worklist), None)
    return (found.name, found.words) if found else ("Everybody open", "Everybody who is on the list.")
