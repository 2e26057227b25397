"""The register as a page shows it: how many are on each worklist, and one page of people."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.http import QueryDict

from stewardship.access.log import Action, query_of
from stewardship.frailty.lines import Line, line_of
from stewardship.frailty.models import Entry, Listing, Row
from stewardship.frailty.scope import Viewer
from stewardship.frailty.words import Condition
from stewardship.frailty.worklists import WORKLISTS, counts, on_worklist
from stewardship.vault import door

PAGE = 50  # people a page
EVERYBODY = ("On the register", "Everybody whom a clinician confirmed.")
HEADS = {
    "Register": ("", "to-confirm"),
    "Reviews": ("overdue", "due", "never-reviewed", "after-event", "new-residents"),
    "Plans": ("plan-out-of-date", "no-plan"),
    "People around": ("carers", "no-reply"),
}


@dataclass(frozen=True)
class Wanted:
    """What somebody wants to see, as it stands in an address; nobody's name does. page: from 1."""

    worklist: str = ""
    condition: str = ""
    practice: str = ""
    page: int = 1

    @classmethod
    def of(cls, query: QueryDict) -> "Wanted":
        """As an address says it; what is not understood is left out."""
        page, practice = query.get("page", ""), query.get("practice", "")[:12].upper()
        worklist, condition = query.get("worklist", ""), query.get("condition", "")
        return cls(
            worklist if worklist in WORKLISTS else "",
            condition if condition in Condition.values else "",
            practice if practice.isalnum() else "",
            int(page[:6]) if page.isdecimal() and int(page[:6]) else 1,
        )

    @property
    def narrowed(self) -> bool:
        """Whether anything but the worklist was asked for."""
        return bool(self.condition or self.practice)

    def query(self, **changed: str | int) -> dict[str, str | int]:
        """What an address has to say for this, with some of it changed."""
        said = {
            "worklist": self.worklist, "condition": self.condition, "practice": self.practice,
            "page": self.page, **changed,
        }  # fmt: skip
        return {name: value for name, value in said.items() if value and (name, value) != ("page", 1)}


@dataclass(frozen=True)
class View:
    """A worklist beside the list: its key, name and how many are on it now."""

    key: str
    name: str
    many: int


def chosen(viewer: Viewer, wanted: Wanted, today: date) -> QuerySet[Listing]:
    """Whom worklist and filters leave, in the worklist's order."""
    listed = on_worklist(viewer, wanted.worklist, today)
    if wanted.practice:
        hidden = Entry.objects.filter(practice=wanted.practice, objects_to_sharing=True)
        listed = listed.filter(Q(practice=wanted.practice) | Q(practice="", entry__in=hidden.values("pk")))
    if wanted.condition == Condition.FRAILTY:
        return listed.exclude(entry__row__frailty="")
    if wanted.condition == Condition.END_OF_LIFE:
        return listed.exclude(entry__row__end_of_life="")
    return listed.filter(entry__row__dementia=True) if wanted.condition else listed


def views(viewer: Viewer, today: date) -> dict[str, list[View]]:
    """The worklists with how many are on each, under their headings."""
    many = counts(viewer, today)
    names = {"": EVERYBODY[0], **{key: one.name for key, one in WORKLISTS.items()}}
    return {head: [View(key, names[key], many[key]) for key in keys] for head, keys in HEADS.items()}


def said(wanted: Wanted) -> tuple[str, str]:
    """The name of what is shown, and who is on it."""
    one = WORKLISTS.get(wanted.worklist)
    return (one.name, one.words) if one else EVERYBODY


def page_of(listed: QuerySet[Listing], viewer: Viewer, wanted: Wanted, today: date) -> list[Line]:
    """One page of people with who they are, one event of the access log; whoever may not be shown is left out."""
    first = (wanted.page - 1) * PAGE
    ids = list(listed.values_list("entry_id", flat=True)[first : first + PAGE])
    found = Row.objects.in_bulk(ids)
    person = dict(Entry.objects.filter(pk__in=ids).values_list("pk", "person_id"))
    people = frozenset(person.values())
    if not people:
        return []
    asked = query_of(**{name: str(value) for name, value in wanted.query().items()})
    known = door.of_caseload(
        sorted(people), did=Action.LIST, by=viewer.actor, scope=viewer.reach(people), query=asked
    )
    return [line_of(found[pk], known[person[pk]], today) for pk in ids if pk in found and person[pk] in known]
