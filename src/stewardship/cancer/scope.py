"""Whose pathways somebody sees: those of their own provider, or of every one, as their role says."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from stewardship.access.log import Actor, actor_of
from stewardship.cancer.models_pathway import Pathways, TrackedPathway
from stewardship.permissions import LOAD_PATHWAYS, RULE_OUT_CANCER, TRACK_PATHWAYS, Permission
from stewardship.vault.door import Reach


@dataclass(frozen=True)
class Viewer:
    """Who looks, in the role they act in. provider: code of the one whose pathways they see; "" for every one."""

    actor: Actor
    provider: str
    purpose: str
    may: frozenset[Permission]

    def pathways(self) -> Pathways:
        """Every pathway, open or closed, that they may see."""
        return TrackedPathway.objects.all().within(self.provider)

    @property
    def can(self) -> dict[str, bool]:
        """What the pages offer them."""
        return {
            "may_track": TRACK_PATHWAYS in self.may,
            "may_rule_out": RULE_OUT_CANCER in self.may,
            "may_load": LOAD_PATHWAYS in self.may,
        }

    def reach(self, person_ids: frozenset[int]) -> Reach:
        """These people, whose pathways were found within the scope a moment ago."""
        return Reach("provider", self.provider, self.purpose, caseload=person_ids)


def viewer_of(request: HttpRequest) -> Viewer:
    """Who looks. A role that is held for a provider sees that provider's pathways and no others."""
    role, provider = request.role, request.organisation  # type: ignore[attr-defined]
    if role.scope.organisation and not provider:
        raise PermissionDenied
    return Viewer(actor_of(request), provider if role.scope.organisation else "", role.purpose, role.may)
