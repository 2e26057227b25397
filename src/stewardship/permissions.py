"""What a page or an action may be asked of: the permissions, and how a view declares the one it needs.

A view without a declaration is refused to everybody. Roles, which hold permissions, live with the site.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

View = TypeVar("View", bound=Callable[..., object])


@dataclass(frozen=True)
class Permission:
    """One thing that a role may or may not do; `words` completes "may …"."""

    key: str
    words: str


ANYONE = Permission("anyone", "open this page without signing in")
SIGNED_IN = Permission("signed-in", "use their own account")
SEE_FIGURES = Permission("see-figures", "see published figures about groups of people, and download them")
SEE_FINDINGS = Permission("see-findings", "see what was found in the data that the partners sent")
SEE_MEMBERS = Permission("see-members", "see who may sign in, and in which roles")
KEEP_MEMBERS = Permission(
    "keep-members", "let people in, give and take roles, and close accounts; never their own"
)
ASK_COUNTS = Permission(
    "ask-counts", "count residents by an expression of their own, under disclosure control"
)
SEE_EXACT_COUNTS = Permission("see-exact-counts", "see such counts exactly, for de-identified work only")
FIND_PEOPLE = Permission("find-people", "find a named person within their scope")
SEE_ACCESS = Permission("see-access", "see who has looked at a record, and what reading was unusual")


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
