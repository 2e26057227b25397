"""What a summary says of a person: values alone, so that the document and the page say the same thing.

Everything that may not be known may be empty; what writes it says so in words, and never leaves it out.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, repr=False, kw_only=True)
class Person:
    """Who it is about. number: ten digits. hidden: the national flag; then address and phone are empty."""

    number: str
    family: str
    given: str
    born: date
    address: str = ""
    postcode: str = ""
    phone: str = ""
    hidden: bool = False


@dataclass(frozen=True, repr=False, kw_only=True)
class Condition:
    """One of the three. key, degree_key: as the register keeps them; name, degree: as they are shown."""

    key: str
    name: str
    since: date
    assessor: str
    degree_key: str = ""
    degree: str = ""


@dataclass(frozen=True, repr=False, kw_only=True)
class Score:
    """A score with its version. count: of deficits, where it is known."""

    title: str
    value: Decimal
    version: str
    on: date
    assessor: str
    count: int | None = None
    band: str = ""
    doubt: str = ""

    @property
    def said(self) -> str:
        """The score without its version."""
        value = f"{self.count} of 36 deficits" if self.count is not None else f"{self.value.normalize():f}"
        return f"{value}, {self.band}" if self.band else value


@dataclass(frozen=True, repr=False, kw_only=True)
class Medicines:
    """Allergies and the count of medicines, as they were checked on a day."""

    on: date
    checked_by: str
    allergies: tuple[str, ...] = ()
    none_known: bool = False
    count: int | None = None
    reviewed_on: date | None = None


@dataclass(frozen=True, repr=False, kw_only=True)
class Plan:
    """The plan of care that counts. stands: its age in words; old: it may be out of date."""

    agreed_on: date
    matters: str
    clinician: str
    stands: str
    old: bool = False
    contingency: str = ""
    ceiling: str = ""
    place_of_care: str = ""
    place_of_death: str = ""


@dataclass(frozen=True, repr=False, kw_only=True)
class Respect:
    """A ReSPECT form. stands, old: as of a plan. withdrawn_on: it does not hold any more, and why."""

    signed_on: date
    cpr: str
    focus: str
    guidance: str
    reasons: str
    diagnoses: str
    involvement: str
    has_capacity: bool
    legal_proxy: bool
    clinician: str
    role: str
    stands: str
    old: bool = False
    registration: str = ""
    senior: str = ""
    comfort: int | None = None
    value: str = ""
    fear: str = ""
    other_plans: str = ""
    contacts: str = ""
    medicines: str = ""
    devices: str = ""
    reviewed_on: date | None = None
    withdrawn_on: date | None = None
    withdrawn_because: str = ""


@dataclass(frozen=True, repr=False, kw_only=True)
class Step:
    """What is done for a goal."""

    what: str
    owner: str
    due_on: date
    done_on: date | None = None
    dropped_because: str = ""


@dataclass(frozen=True, repr=False, kw_only=True)
class Goal:
    """What somebody wants to reach."""

    goal: str
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, repr=False, kw_only=True)
class Problem:
    """What troubles somebody and is not resolved."""

    domain: str
    problem: str
    since: date
    goals: tuple[Goal, ...] = ()


@dataclass(frozen=True, repr=False, kw_only=True)
class Contact:
    """Somebody to speak to. kind: in words. professional: it is their work."""

    kind: str
    name: str
    relationship: str = ""
    phone: str = ""
    details: str = ""
    professional: bool = False


@dataclass(frozen=True, repr=False, kw_only=True)
class Service:
    """A service that the person has."""

    kind: str
    since: date
    provider: str = ""
    details: str = ""


@dataclass(frozen=True, repr=False, kw_only=True)
class Sharing:
    """What was said last about sharing."""

    objects: bool
    basis: str
    on: date
    organisation: str = ""
    details: str = ""


@dataclass(frozen=True, repr=False, kw_only=True)
class Summary:
    """Everything that is said of a person.

    stands: where the entry stands, in words; on_register: a clinician confirmed it, and it has not ended. way_in:
    whether there is a key safe, in words; None for whoever may not see it. respect: the form that counts;
    withdrawn: forms that were withdrawn, the latest signed first. made_by, role, organisation: who makes the summary.
    """

    person: Person
    stands: str
    on_register: bool
    owner: str
    team: str
    practice: str
    care_home: str
    made_by: str
    role: str
    organisation: str
    made_at: datetime
    care_home_since: date | None = None
    lives_alone: bool | None = None
    way_in: str | None = None
    died_on: date | None = None
    died_at: str = ""
    objects: bool = False
    conditions: tuple[Condition, ...] = ()
    scores: tuple[Score, ...] = ()
    medicines: Medicines | None = None
    plan: Plan | None = None
    respect: Respect | None = None
    withdrawn: tuple[Respect, ...] = ()
    problems: tuple[Problem, ...] = ()
    contacts: tuple[Contact, ...] = ()
    services: tuple[Service, ...] = ()
    sharing: Sharing | None = None

    @property
    def later_withdrawn(self) -> Respect | None:
        """A form that was signed later than the one that counts, and withdrawn; or the last one where none counts."""
        last = self.withdrawn[0] if self.withdrawn else None
        if last is None or self.respect is None or last.signed_on >= self.respect.signed_on:
            return last
        return None
