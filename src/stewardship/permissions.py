"""What a page or an action may be asked of: the permissions, and how a view declares the one it needs.

A view without a declaration is refused to everybody. Roles, which hold permissions, live with the site.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

View = TypeVar("View", bound=Callable[..., object])


class Plane(Enum):
    """What kind of data a role sees. A role is of one plane.

    Source: the three planes of data of the information governance page, section 1; audit and keeping the system,
    its section 5.
    """

    DIRECT_CARE = "direct care"
    PLANNING = "de-identified planning"
    AGGREGATE = "aggregate"
    AUDIT = "audit"
    SYSTEM = "keeping the system"

    @property
    def sees(self) -> str:
        """What the plane shows, in a sentence."""
        return _SEEN[self]


_SEEN = {
    Plane.DIRECT_CARE: "Named people, for whom one’s own organisation cares.",
    Plane.PLANNING: "Residents without names or numbers, and counts of them.",
    Plane.AGGREGATE: "Figures about groups of people, after disclosure control.",
    Plane.AUDIT: "Who read what, and why. No clinical records.",
    Plane.SYSTEM: "Accounts, arrivals of data and builds. Nobody’s records.",
}


@dataclass(frozen=True)
class Permission:
    """One thing that a role may or may not do; `words` completes "may …".

    planes: of which planes a role that holds it can be; with none, no role can hold it.
    """

    key: str
    words: str
    planes: frozenset[Plane] = frozenset()


ANYONE = Permission("anyone", "open this page without signing in")
SIGNED_IN = Permission("signed-in", "use their own account")
SEE_FIGURES = Permission(
    "see-figures",
    "see published figures about groups of people, and download them",
    frozenset({Plane.AGGREGATE, Plane.PLANNING}),
)
SEE_FINDINGS = Permission(
    "see-findings",
    "see what was found in the data that the partners sent",
    frozenset({Plane.AGGREGATE, Plane.PLANNING, Plane.SYSTEM}),
)
SEE_MEMBERS = Permission("see-members", "see who may sign in, and in which roles", frozenset({Plane.SYSTEM}))
KEEP_MEMBERS = Permission(
    "keep-members",
    "let people in, give and take roles, and close accounts; never their own",
    frozenset({Plane.SYSTEM}),
)
ASK_COUNTS = Permission(
    "ask-counts",
    "count residents by an expression of their own, under disclosure control",
    frozenset({Plane.PLANNING}),
)
SEE_EXACT_COUNTS = Permission(
    "see-exact-counts", "see such counts exactly, for de-identified work only", frozenset({Plane.PLANNING})
)
FIND_PEOPLE = Permission(
    "find-people", "find a named person within their scope", frozenset({Plane.DIRECT_CARE})
)
SEE_PATHWAYS = Permission(
    "see-pathways",
    "see the people on suspected-cancer pathways within their scope",
    frozenset({Plane.DIRECT_CARE}),
)
TRACK_PATHWAYS = Permission(
    "track-pathways",
    "comment on a pathway, set its next step, record what happened, escalate and transfer",
    frozenset({Plane.DIRECT_CARE}),
)
RULE_OUT_CANCER = Permission(
    "rule-out-cancer",
    "record that cancer is ruled out and the person told, and make the letters",
    frozenset({Plane.DIRECT_CARE}),
)
LOAD_PATHWAYS = Permission(
    "load-pathways",
    "load the nightly files of pathways, and add a pathway by hand",
    frozenset({Plane.DIRECT_CARE}),
)
SEE_REGISTER = Permission(
    "see-register",
    "see the people on the frailty register within their scope",
    frozenset({Plane.DIRECT_CARE}),
)
WORK_ON_REGISTER = Permission(
    "work-on-register",
    "record assessments, plans, reviews and contacts on the frailty register, and ask other teams",
    frozenset({Plane.DIRECT_CARE}),
)
CONFIRM_CANDIDATES = Permission(
    "confirm-candidates",
    "record a clinician’s decision on who belongs on the frailty register, and end an entry",
    frozenset({Plane.DIRECT_CARE}),
)
MERGE_ENTRIES = Permission(
    "merge-entries",
    "merge two entries of the frailty register that are of one person, and take them apart again",
    frozenset({Plane.DIRECT_CARE}),
)
ANSWER_CALLS = Permission(
    "answer-calls",
    "answer the advice line, record the advice, and find whom the call in hand is about",
    frozenset({Plane.DIRECT_CARE}),
)
TAKE_SUMMARY = Permission(
    "take-summary",
    "print a person’s frailty summary for an ambulance crew, and take it away as a file",
    frozenset({Plane.DIRECT_CARE}),
)
SEE_WAY_IN = Permission(
    "see-way-in",
    "see on a person’s frailty summary whether there is a key safe",
    frozenset({Plane.DIRECT_CARE}),
)
SEE_ACCESS = Permission(
    "see-access", "see who has looked at a record, and what reading was unusual", frozenset({Plane.AUDIT})
)
EXPORT_ACCESS = Permission(
    "export-access", "take who has looked at a record away as a file", frozenset({Plane.AUDIT})
)


def needs(permission: Permission) -> Callable[[View], View]:
    """Declare the permission that a view needs; the site refuses everybody else."""

    def declare(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]
        return view

    return declare


def permission_of(view: Callable[..., object]) -> Permission | None:
    """The permission that a view declares; None if it declares none, which means nobody may open it."""
    declared = getattr(view, "permission", None)
    return declared if isinstance(declared, Permission) else None
