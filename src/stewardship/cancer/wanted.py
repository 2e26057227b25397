"""What somebody wants to see of the list: the filters and the order, as they stand in an address. Nobody's name is."""

from dataclasses import dataclass, fields, replace
from datetime import date, timedelta

from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.http import QueryDict

from stewardship.cancer.models_list import ListRow

PAGE = 50  # people a page

WAITING, LIMIT, STEP, PERSON_ADDED = "waiting", "limit", "step", "newest"
SORTS = {
    WAITING: "Longest wait first",
    LIMIT: "Next limit first",
    STEP: "Next step due first",
    PERSON_ADDED: "Shortest wait first",
}
RISKS = {
    "passed": "A limit has passed",
    "week": "A limit within 7 days",
    "fortnight": "A limit within 14 days",
    "booked": "Booked too late",
    "escalated": "Escalated",
}
BANDS = {
    "over104": "Over 104 days",
    "to104": "63 to 104 days",
    "to62": "29 to 62 days",
    "to28": "0 to 28 days",
}


@dataclass(frozen=True)
class Wanted:
    """Filters of the list; each is empty where it does not matter. page: from 1."""

    worklist: str = ""
    group: str = ""
    provider: str = ""
    milestone: str = ""
    age: str = ""
    owner: str = ""
    risk: str = ""
    band: str = ""
    sort: str = WAITING
    page: int = 1

    @classmethod
    def of(cls, query: QueryDict) -> "Wanted":
        """As an address says it; what is not understood is left out."""
        said = {one.name: query.get(one.name, "")[:60] for one in fields(cls)}
        written = {name: value if value.isprintable() else "" for name, value in said.items()}
        sort = written.pop("sort")
        page = written.pop("page")
        return cls(
            **written,
            sort=sort if sort in SORTS else WAITING,
            page=int(page[:6]) if page.isdecimal() and int(page[:6]) else 1,
        )

    def query(self, **changed: str | int) -> dict[str, str | int]:
        """What an address has to say for this, with some of it changed; what says nothing is left out."""
        one = replace(self, **changed)  # type: ignore[arg-type]
        usual = Wanted()
        kept = {each.name: getattr(one, each.name) for each in fields(one)}
        return {name: value for name, value in kept.items() if value != getattr(usual, name)}

    @property
    def narrowed(self) -> bool:
        """Whether anything but the worklist and the order was asked for."""
        return bool(set(self.query()) - {"worklist", "sort", "page"})


def narrowed(rows: QuerySet[ListRow], wanted: Wanted, today: date) -> QuerySet[ListRow]:
    """The rows that the filters leave; worklists are for `worklists`."""
    asked = Q()
    for field, value in (
        ("tumour_group", wanted.group),
        ("milestone", wanted.milestone),
        ("age_band", wanted.age),
        ("step_group", wanted.owner),
    ):
        if value:
            asked &= Q(**{field: value})
    if wanted.provider:
        asked &= Q(provider=wanted.provider) | Q(also_provider=wanted.provider)
    if wanted.risk in RISKS:
        asked &= at_risk(wanted.risk, today)
    if wanted.band in BANDS:
        asked &= in_band(wanted.band, today)
    return rows.filter(asked)


def at_risk(risk: str, today: date) -> Q:
    """Rows whose next limit has passed or is near, that are booked too late, or that were escalated."""
    if risk == "passed":
        return Q(breach_on__lt=today)
    if risk in {"week", "fortnight"}:
        return Q(breach_on__range=(today, today + timedelta(days=7 if risk == "week" else 14)))
    return Q(will_breach=True) if risk == "booked" else Q(escalated__gt=0)


def in_band(band: str, today: date) -> Q:
    """Rows of a band of days waited: over 104; 63 to 104; 29 to 62; 0 to 28."""

    def waited(days: int) -> date:
        return today - timedelta(days=days)

    return {
        "over104": Q(counts_from__lt=waited(104)),
        "to104": Q(counts_from__range=(waited(104), waited(63))),
        "to62": Q(counts_from__range=(waited(62), waited(29))),
        "to28": Q(counts_from__gte=waited(28)) | Q(counts_from__isnull=True),
    }[band]


def order(sort: str) -> list[OrderBy]:
    """How rows are put in order; everything ends with the pathway, so that no page shows anybody twice."""
    first = {
        WAITING: F("counts_from").asc(nulls_last=True),
        LIMIT: F("breach_on").asc(nulls_last=True),
        STEP: F("step_due_on").asc(nulls_first=True),
        PERSON_ADDED: F("counts_from").desc(nulls_last=True),
    }[sort]
    return [first, F("pathway_id").asc()]
