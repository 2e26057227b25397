"""Whom whoever answers the advice line sees: the person of the call in hand, and of calls with something still to do.

A call is in hand while it is a draft of one's own; for a week after it ended; and until its follow-up is done, its
summaries are sent and its person is matched. Calls of one's own line alone.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from stewardship.access.log import Actor, actor_of
from stewardship.frailty import scope
from stewardship.frailty.models import AdviceCall, Draft, Entry, LineCall
from stewardship.vault.door import Reach

IN_HAND = timedelta(days=7)
CONSULTANT = "advice-line-consultant"  # key of the role that answers the line


@dataclass(frozen=True)
class OnTheLine:
    """Who answers the line of an organisation. register: what they see of the register, by person of a call."""

    actor: Actor
    organisation: str
    purpose: str
    request: HttpRequest

    def drafts(self) -> QuerySet[Draft]:
        """Their own calls that have not ended."""
        return Draft.objects.filter(
            owner_id=self.actor.member_id, organisation=self.organisation, ended_at=None
        )

    def calls(self) -> QuerySet[AdviceCall]:
        """Every call of the line that has ended."""
        return AdviceCall.objects.filter(organisation=self.organisation)

    def in_hand(self, now: datetime) -> QuerySet[AdviceCall]:
        """Calls whose person may be shown now."""
        open_ = (
            Q(ended_at__gte=now - IN_HAND)
            | Q(follow_up_at__isnull=False, follow_up_done_at=None)
            | Q(letters__isnull=False, letters__sent_at=None)
        )
        return self.calls().filter(open_).distinct()

    def line_calls(self) -> QuerySet[LineCall]:
        """What the telephony portal listed of the line."""
        return LineCall.objects.filter(organisation=self.organisation)

    def entry_of(self, person_id: int | None) -> Entry | None:
        """The entry of the person of a call, as far as it may be shown: not against an objection to sharing."""
        if person_id is None:
            return None
        viewer = scope.viewer_of(self.request, in_hand=frozenset({person_id}))
        return viewer.entries().filter(person_id=person_id).first()

    def reach(self, person_ids: frozenset[int] = frozenset(), *, in_call: bool = False) -> Reach:
        """These people of calls in hand; in_call: whoever the call on the line is about, to be looked for."""
        return Reach("provider", self.organisation, self.purpose, caseload=person_ids, in_call=in_call)


def on_the_line(request: HttpRequest) -> OnTheLine:
    """Who asks, in the role they act in."""
    role, organisation = request.role, request.organisation  # type: ignore[attr-defined]
    if not organisation:
        raise PermissionDenied
    return OnTheLine(actor_of(request), organisation, role.purpose, request)


def colleagues(organisation: str) -> list[tuple[str, str]]:
    """Who may own a follow-up of this line: those who answer it now, by key and name."""
    holds = Q(holdings__role=CONSULTANT, holdings__organisation=organisation, holdings__ended_at=None)
    found = get_user_model().objects.filter(holds).distinct().order_by("pk")
    return [(str(one.pk), str(one)) for one in found]
