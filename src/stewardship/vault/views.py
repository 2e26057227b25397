"""Finding a person, and the page of one. What identifies anybody stands in the page alone: never in its address."""

from collections.abc import Callable, Mapping
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from stewardship.access.asked import keep, kept
from stewardship.access.log import AccessLogError, actor_of
from stewardship.permissions import FIND_PEOPLE, needs
from stewardship.rules.nhs_number import as_shown
from stewardship.vault import door
from stewardship.vault.errors import RefusedError, TooOftenError, VaultError
from stewardship.vault.forms import FindPerson
from stewardship.vault.words import aged

OTHER_ROLE = (
    "Nobody was looked for. You switched role after this page was opened, perhaps in another tab: you act as {now} "
    "now. Switch back at the top of the page, or look again as {now}."
)
WORDS = {"aged": aged, "shown_number": as_shown}


class OtherRoleError(Exception):
    """A form was made for a role that its member has left since."""


def told_plainly(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer with a page that says why nobody is shown."""

    @wraps(view)
    def answer(request: HttpRequest, **named: str) -> HttpResponse:
        try:
            return view(request, **named)
        except RefusedError as said:
            raise Http404(str(said)) from None
        except OtherRoleError as said:
            return render(request, "vault/closed.jinja", {"said": said, "often": False}, status=409)
        except TooOftenError as said:
            return render(request, "vault/closed.jinja", {"said": said, "often": True}, status=429)
        except (VaultError, AccessLogError) as said:
            return render(request, "vault/closed.jinja", {"said": said, "often": False}, status=503)

    return answer


@needs(FIND_PEOPLE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@told_plainly
def find_person(request: HttpRequest) -> HttpResponse:
    """A form. What was typed is in no address, and waits sealed until whoever is meant is shown."""
    today = timezone.localdate()
    if request.method == "POST":
        form = FindPerson(request.POST, today=today)
        typed = {name: request.POST.get(name, "") for name in (*form.fields, "holding")}
        same_role(request, typed)
        return redirect("people-found", keep(request, typed))
    door.ready()
    return render(request, "vault/find.jinja", {"form": FindPerson(today=today), "found": None})


@needs(FIND_PEOPLE)
@never_cache
@require_safe
@told_plainly
def people_found(request: HttpRequest, asked: str) -> HttpResponse:
    """Whoever was found, and below them the form again. Each time that it is opened is a search of its own."""
    today, typed = timezone.localdate(), kept(request, asked)
    if typed is None:
        return redirect("people")
    same_role(request, typed)
    form, found = FindPerson(typed, today=today), None
    if form.is_valid():
        found = door.find(form.asked(), by=actor_of(request), scope=reach_of(request))
    page = {"form": form, "found": found, "today": today, "not_shown": door.NOT_SHOWN}
    return render(request, "vault/find.jinja", page | WORDS)


@needs(FIND_PEOPLE)
@never_cache
@require_safe
@told_plainly
def person(request: HttpRequest, handle: str) -> HttpResponse:
    """One person: who they are, and how to reach them unless that is hidden."""
    shown = door.person_at(handle, by=actor_of(request), scope=reach_of(request))
    return render(request, "vault/person.jinja", {"shown": shown, "today": timezone.localdate()} | WORDS)


def same_role(request: HttpRequest, typed: Mapping[str, str]) -> None:
    """Raise OtherRoleError where what was typed was meant for another role, or another practice, than acted in now."""
    now = request.holding  # type: ignore[attr-defined]
    if typed.get("holding") and typed["holding"] != str(now.pk):
        raise OtherRoleError(OTHER_ROLE.format(now=now.title))


def reach_of(request: HttpRequest) -> door.Reach:
    """Which people the role acted in reaches, now."""
    role = request.role  # type: ignore[attr-defined]
    return door.Reach(
        kind=role.scope.organisation,
        organisation=request.organisation,  # type: ignore[attr-defined]
        standing_reason=role.purpose,
    )
