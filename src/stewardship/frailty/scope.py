"""Whom somebody sees: by team or place, by their practice's list, by the call in hand; never against an objection.

Every list, page and action reads entries through a `Viewer`. Somebody who objects to sharing is seen by the
organisation that owns their entry and by nobody else; figures count them all the same, being made without a viewer.
"""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest

from stewardship.access.log import Actor, actor_of
from stewardship.frailty.models import Entry, Listing
from stewardship.frailty.models_entry import Entries
from stewardship.permissions import (
    CONFIRM_CANDIDATES,
    MERGE_ENTRIES,
    TAKE_SUMMARY,
    WORK_ON_REGISTER,
    Permission,
)
from stewardship.vault.door import Reach

PRACTICE, TEAM_OR_PLACE = "practice", "team or place"
BY_CODE = ("team", "network", "alliance", "owner")  # any of which the code of a team or place may be
NOBODY = Q(pk__in=[])


@dataclass(frozen=True)
class Viewer:
    """Who looks, in the role they act in.

    kind, organisation: of their scope: a practice's list, or the team or place they work for. in_hand: person_ids of
    the calls that they are answering now, which are all that a consultant of the advice line reaches.
    """

    actor: Actor
    kind: str
    organisation: str
    purpose: str
    may: frozenset[Permission]
    in_hand: frozenset[int] = frozenset()

    def entries(self) -> Entries:
        """Every entry that they may see now, of whatever state but merged."""
        return Entry.objects.standing().filter(self.seen())

    def seen(self) -> Q:
        """Which entries they may see."""
        own = Q(owner=self.organisation) if self.organisation else NOBODY
        return (self._within() | Q(person_id__in=self.in_hand)) & (Q(objects_to_sharing=False) | own)

    def listed(self) -> Q:
        """Which listings they may see. A code is that of one column, by whose index lists are read and counted.

        Whom an objection to sharing hides is left out of these columns where listings are made.
        """
        if self.in_hand:
            return Q(entry__in=Entry.objects.standing().filter(self.seen()))
        if not self.organisation:
            return NOBODY
        if self.kind == PRACTICE:
            return Q(practice=self.organisation)
        if self.kind != TEAM_OR_PLACE:
            return NOBODY
        held = [name for name in BY_CODE if Listing.objects.filter(**{name: self.organisation}).exists()]
        return Q(*((name, self.organisation) for name in held), _connector=Q.OR) if held else NOBODY

    def _within(self) -> Q:
        if not self.organisation:
            return NOBODY
        if self.kind == PRACTICE:
            return Q(practice=self.organisation)
        if self.kind == TEAM_OR_PLACE:
            return Q(*((name, self.organisation) for name in BY_CODE), _connector=Q.OR)
        return NOBODY

    @property
    def can(self) -> dict[str, bool]:
        """What the pages offer them."""
        return {
            "may_work": WORK_ON_REGISTER in self.may,
            "may_confirm": CONFIRM_CANDIDATES in self.may,
            "may_merge": MERGE_ENTRIES in self.may,
            "may_take": TAKE_SUMMARY in self.may,
        }

    def reach(self, person_ids: frozenset[int]) -> Reach:
        """These people, whose entries were found within the scope a moment ago.

        A practice is shown those alone who are registered with it at this moment, whatever an entry says.
        """
        if self.kind == PRACTICE:
            return Reach(PRACTICE, self.organisation, self.purpose)
        return Reach(self.kind, self.organisation, self.purpose, caseload=person_ids)


def viewer_of(request: HttpRequest, in_hand: frozenset[int] = frozenset()) -> Viewer:
    """Who looks. in_hand: whom the calls that they are answering now are about."""
    role, held_for = request.role, request.organisation  # type: ignore[attr-defined]
    if role.scope.organisation and not held_for:
        raise PermissionDenied
    return Viewer(actor_of(request), role.scope.organisation, held_for, role.purpose, role.may, in_hand)
