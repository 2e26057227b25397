"""Views of the list that members keep."""

from django.core.exceptions import ValidationError
from django.db import transaction

from stewardship.access.log import Actor
from stewardship.cancer.models import SavedView

MOST = 40


class StaleViewError(Exception):
    """Somebody else, or the same member elsewhere, changed the view first. view: as it is now."""

    def __init__(self, view: SavedView) -> None:
        super().__init__("Your change is not saved: someone else changed this first.")
        self.view = view


@transaction.atomic
def save_view(
    *,
    name: str,
    query: str,
    shared: bool,
    by: Actor,
    view_id: int | None = None,
    seen_version: int = 0,
) -> SavedView:
    """Keep filters and order of the list under a name; view_id: change that view. query: as in the page's address."""
    if by.member_id is None:
        raise ValidationError("Views are kept by members who are signed in.")
    if view_id is None:
        _room(by.member_id)
        view = SavedView(owner_id=by.member_id, organisation=by.organisation)
    else:
        view = SavedView.objects.select_for_update().get(pk=view_id, owner_id=by.member_id)
        if view.version != seen_version:
            raise StaleViewError(view)
        view.version += 1
    view.name, view.query, view.shared = name.strip(), query, shared
    view.full_clean()
    view.save()
    return view


@transaction.atomic
def forget_view(*, view_id: int, by: Actor) -> None:
    """Remove one of one's own views."""
    SavedView.objects.filter(pk=view_id, owner_id=by.member_id).delete()


def _room(member_id: int) -> None:
    if SavedView.objects.filter(owner_id=member_id).count() >= MOST:
        raise ValidationError(f"You keep {MOST} views already. Remove one first.")
