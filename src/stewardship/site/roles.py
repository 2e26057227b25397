"""The roles that people sign in with, and what each may do. The page "Who may do what" is made from these.

A role is of one plane, which it has from its base class. A class that breaks the rules of its plane is refused when
it is imported.
"""

from typing import ClassVar

from stewardship import permissions
from stewardship.permissions import (
    ANSWER_CALLS,
    ASK_COUNTS,
    CONFIRM_CANDIDATES,
    EXPORT_ACCESS,
    FIND_PEOPLE,
    KEEP_MEMBERS,
    LOAD_PATHWAYS,
    MERGE_ENTRIES,
    RULE_OUT_CANCER,
    SEE_ACCESS,
    SEE_EXACT_COUNTS,
    SEE_FIGURES,
    SEE_FINDINGS,
    SEE_MEMBERS,
    SEE_PATHWAYS,
    SEE_REGISTER,
    SEE_WAY_IN,
    TAKE_SUMMARY,
    TRACK_PATHWAYS,
    WORK_ON_REGISTER,
    Permission,
    Plane,
)
from stewardship.site.scopes import (
    CurrentCall,
    EveryProvider,
    NoPeople,
    OwnPractice,
    OwnProvider,
    OwnTeamOrPlace,
    Scope,
)


class RoleError(Exception):
    """A role breaks the rules of its plane; the message says which and what to do."""


class Role:
    """What somebody may do while acting in it. A member acts in one role at a time.

    Not to be inherited from directly: a role inherits from the base class of its plane.
    """

    key: ClassVar[str]
    display_name: ClassVar[str]
    purpose: ClassVar[str]
    start: ClassVar[str]  # name of the page it starts on
    may: ClassVar[frozenset[Permission]]
    plane: ClassVar[Plane]
    scope: ClassVar[type[Scope]]

    def __init_subclass__(cls) -> None:
        if "key" in vars(cls):
            _check(cls)


class DirectCareRole(Role):
    """Reads named people, within a scope that the role has to say; a second factor is asked for at every sign-in."""

    plane = Plane.DIRECT_CARE


class PlanningRole(Role):
    """Works on residents without names."""

    plane, scope = Plane.PLANNING, NoPeople


class AggregateRole(Role):
    """Reads figures about groups."""

    plane, scope = Plane.AGGREGATE, NoPeople


class AuditRole(Role):
    """Reads what others read."""

    plane, scope = Plane.AUDIT, NoPeople


class SystemRole(Role):
    """Keeps accounts or data flowing, and reads nobody's record."""

    plane, scope = Plane.SYSTEM, NoPeople


def _check(role: type[Role]) -> None:
    """Refuse a role of no plane or of two, a wrong scope, and a permission of another plane."""
    planes = {vars(base)["plane"] for base in role.__mro__ if "plane" in vars(base)}
    if len(planes) != 1:
        raise RoleError(
            f"{role.__name__} is of {len(planes)} planes. Let it inherit from one base class: DirectCareRole, "
            "PlanningRole, AggregateRole, AuditRole or SystemRole."
        )
    if not set(Role.__annotations__) <= {name for base in role.__mro__ for name in vars(base)}:
        missing = next(name for name in Role.__annotations__ if not hasattr(role, name))
        raise RoleError(f"{role.__name__} does not say its {missing}. Add {missing} = … to the class.")
    _check_scope(role)
    for permission in role.may:
        if role.plane not in permission.planes:
            raise RoleError(
                f"{role.__name__} is of the plane {role.plane.value} and cannot hold the permission "
                f"{permission.key}, which is for {_written(permission.planes)}. Give it to another role."
            )


def _check_scope(role: type[Role]) -> None:
    reaches_people = not issubclass(role.scope, NoPeople)
    if reaches_people != (role.plane is Plane.DIRECT_CARE):
        raise RoleError(
            f"{role.__name__} is of the plane {role.plane.value} and has the scope {role.scope.__name__}. "
            "A direct-care role needs a scope of people; every other role has NoPeople."
        )


def _written(planes: frozenset[Plane]) -> str:
    return " or ".join(sorted(plane.value for plane in planes)) or "no plane"


class Steward(AggregateRole):
    """Looks after a care area with others: sees figures about groups, never about one person."""

    key = "steward"
    display_name = "Steward"
    purpose = "Looks after care areas. Sees figures about groups of people, never about one person."
    start = "care-areas"
    may = frozenset({SEE_FIGURES, SEE_FINDINGS})


class Analyst(PlanningRole):
    """Works on de-identified residents for planning."""

    key = "analyst"
    display_name = "Analyst"
    purpose = "Counts de-identified residents for planning, and reads figures. Never learns who anybody is."
    start = "care-areas"
    may = frozenset({SEE_FIGURES, SEE_FINDINGS, ASK_COUNTS, SEE_EXACT_COUNTS})


class PracticeUser(DirectCareRole):
    """Works in a general practice and cares for the people on its list."""

    key = "practice-user"
    display_name = "GP practice user"
    purpose = "Cares for the people registered with one practice, and finds them by name or number."
    start = "people"
    may = frozenset({FIND_PEOPLE, SEE_REGISTER, WORK_ON_REGISTER})
    scope = OwnPractice


class CancerTracker(DirectCareRole):
    """Keeps each person on a suspected-cancer pathway moving."""

    key = "cancer-tracker"
    display_name = "Cancer tracker"
    purpose = "Keeps each person on a suspected-cancer pathway of one provider moving, and told."
    start = "cancer-list"
    may = frozenset({SEE_PATHWAYS, TRACK_PATHWAYS, RULE_OUT_CANCER, LOAD_PATHWAYS})
    scope = OwnProvider


class MdtCoordinator(DirectCareRole):
    """Prepares the meetings that decide on tests and treatment, and records what they decide."""

    key = "mdt-coordinator"
    display_name = "MDT coordinator"
    purpose = "Prepares the multidisciplinary meetings of one provider, and records what they decide."
    start = "cancer-list"
    may = frozenset({SEE_PATHWAYS, TRACK_PATHWAYS})
    scope = OwnProvider


class CancerManager(DirectCareRole):
    """Answers for one provider's cancer waiting times."""

    key = "cancer-manager"
    display_name = "Cancer manager"
    purpose = (
        "Answers for one provider’s cancer waiting times: sees its pathways and takes what is escalated."
    )
    start = "cancer-list"
    may = frozenset({SEE_PATHWAYS, TRACK_PATHWAYS, RULE_OUT_CANCER, LOAD_PATHWAYS})
    scope = OwnProvider


class SystemCancerManager(DirectCareRole):
    """Answers for the cancer waiting times of every provider, and for handing over between them."""

    key = "cancer-manager-all"
    display_name = "Cancer manager, all providers"
    purpose = "Answers for cancer waiting times across providers: sees pathways of all, and handing over between them."
    start = "cancer-list"
    may = frozenset({SEE_PATHWAYS, TRACK_PATHWAYS})
    scope = EveryProvider


class CancerSteward(AggregateRole):
    """Looks after cancer care with others: sees figures, never a name."""

    key = "cancer-steward"
    display_name = "Cancer steward"
    purpose = "Looks after cancer care. Sees performance, backlog and forecasts; never a name or a pathway."
    start = "care-areas"
    may = frozenset({SEE_FIGURES, SEE_FINDINGS})


class FrailtyClinician(DirectCareRole):
    """Decides who belongs on the frailty register, and assesses and reviews those who do."""

    key = "frailty-clinician"
    display_name = "Frailty clinician"
    purpose = (
        "Decides who of a team or place belongs on the frailty register, assesses them and plans their care."
    )
    start = "frailty-list"
    may = frozenset(
        {SEE_REGISTER, WORK_ON_REGISTER, CONFIRM_CANDIDATES, MERGE_ENTRIES, TAKE_SUMMARY, SEE_WAY_IN}
    )
    scope = OwnTeamOrPlace


class CareCoordinator(DirectCareRole):
    """Sees to it that what was planned for people on the register happens, and that no review lapses."""

    key = "coordinator"
    display_name = "Care coordinator"
    purpose = (
        "Keeps the frailty register of a team or place: reviews, plans, carers, and what others were asked."
    )
    start = "frailty-list"
    may = frozenset(
        {SEE_REGISTER, WORK_ON_REGISTER, CONFIRM_CANDIDATES, MERGE_ENTRIES, TAKE_SUMMARY, SEE_WAY_IN}
    )
    scope = OwnTeamOrPlace


class AdviceLineConsultant(DirectCareRole):
    """Answers the frailty advice line: the person whom the call in hand is about."""

    key = "advice-line-consultant"
    display_name = "Advice-line consultant"
    purpose = "Answers calls about people with frailty, records the advice, and sees whom the call in hand is about."
    start = "advice-line"
    may = frozenset({ANSWER_CALLS, SEE_REGISTER, WORK_ON_REGISTER, TAKE_SUMMARY})
    scope = CurrentCall


class AgeingWellSteward(AggregateRole):
    """Looks after ageing well with others: sees figures, never a name or a call."""

    key = "ageing-well-steward"
    display_name = "Ageing-well steward"
    purpose = (
        "Looks after ageing well. Sees the register’s growth, reviews and the advice line as figures alone."
    )
    start = "care-areas"
    may = frozenset({SEE_FIGURES, SEE_FINDINGS})


class DataManager(SystemRole):
    """Sees to it that partners' data arrive and can be used."""

    key = "data-manager"
    display_name = "Data manager"
    purpose = "Sees to it that partners’ data arrive, and what can be used of them. Sees no figures."
    start = "findings"
    may = frozenset({SEE_FINDINGS})


class Administrator(SystemRole):
    """Keeps the accounts and the jobs. Sees neither people nor figures."""

    key = "administrator"
    display_name = "Administrator"
    purpose = "Lets people in, gives and takes roles, and closes accounts. Sees neither people nor figures."
    start = "members"
    may = frozenset({SEE_MEMBERS, KEEP_MEMBERS})


class PrivacyOfficer(AuditRole):
    """Watches over who reads what. No clinical browsing."""

    key = "privacy-officer"
    display_name = "Privacy officer"
    purpose = "Watches over who has read which record, and why. Reads no clinical record."
    start = "unusual-reading"
    may = frozenset({SEE_ACCESS, EXPORT_ACCESS})


ROLES: dict[str, type[Role]] = {
    role.key: role
    for role in (
        Steward,
        CancerSteward,
        Analyst,
        PracticeUser,
        CancerTracker,
        MdtCoordinator,
        CancerManager,
        SystemCancerManager,
        FrailtyClinician,
        CareCoordinator,
        AdviceLineConsultant,
        AgeingWellSteward,
        DataManager,
        Administrator,
        PrivacyOfficer,
    )
}
PERMISSIONS = tuple(one for one in vars(permissions).values() if isinstance(one, Permission) and one.planes)
