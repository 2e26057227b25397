"""The roles that people sign in with, and what each may do. The page "Who may do what" is made from these."""

from typing import ClassVar

from stewardship.permissions import SEE_FIGURES, SEE_FINDINGS, SEE_MEMBERS, Permission


class Role:
    """What somebody may do while acting in it. A member acts in one role at a time."""

    key: ClassVar[str]
    display_name: ClassVar[str]
    purpose: ClassVar[str]
    start: ClassVar[str]  # name of the page it starts on
    may: ClassVar[frozenset[Permission]]


class Steward(Role):
    """Looks after a care area with others: sees figures about groups, never about one person."""

    key = "steward"
    display_name = "Steward"
    purpose = "Looks after care areas. Sees figures about groups of people, never about one person."
    start = "care-areas"
    may = frozenset({SEE_FIGURES, SEE_FINDINGS})


class Administrator(Role):
    """Keeps the accounts and watches over the data's arrival. Sees no figures."""

    key = "administrator"
    display_name = "Administrator"
    purpose = "Keeps accounts, and watches what was found in the data that arrived. Sees no figures."
    start = "members"
    may = frozenset({SEE_MEMBERS, SEE_FINDINGS})


ROLES: dict[str, type[Role]] = {role.key: role for role in (Steward, Administrator)}
PERMISSIONS = (SEE_FIGURES, SEE_FINDINGS, SEE_MEMBERS)
