"""The pages on which an administrator keeps the accounts of others."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stewardship.permissions import KEEP_MEMBERS, SEE_MEMBERS, needs
from stewardship.site import accounts, invitations, members
from stewardship.site.member_forms import Details, GiveRole, LetIn, Reason
from stewardship.site.members import StaleError
from stewardship.site.models import Member
from stewardship.site.roles import ROLES
from stewardship.site.sessions import confirmed_lately
from stewardship.site.templating import link

View = Callable[..., HttpResponse]

DONE = {
    "details": "The details are saved.",
    "given": "The role is given. They are signed out, and act in it when they sign in again.",
    "taken": "The role is taken away, and they are signed out.",
    "closed": "The account is closed, and they are signed out.",
    "opened": "The account is open again.",
    "factor": "The second factor is taken away, and they are signed out. They set up a new one when they sign in.",
}
LONGER = timedelta(hours=1)  # what was typed on a page that was confirmed is not lost for having taken long


def confirmed(view: View) -> View:
    """Ask for the password or a code again first, if that was some time ago."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if confirmed_lately(request, LONGER if request.method == "POST" else None):
            return view(request, *args, **kwargs)
        here = reverse("members") if request.method == "POST" else request.get_full_path()
        if get_adapter().get_reauthentication_methods(request.user):
            return redirect(link("account_reauthenticate", next=here))
        logout(request)  # who has neither password nor code here confirms by signing in again
        return redirect_to_login(here)

    return answer


@needs(SEE_MEMBERS)
@require_safe
def everybody(request: HttpRequest) -> HttpResponse:
    """Everybody who may sign in, or once could."""
    listed = list(Member.objects.prefetch_related("holdings"))
    with_factor = set(Authenticator.objects.values_list("user_id", flat=True))
    return render(
        request,
        "site/members.jinja",
        {"members": listed, "with_factor": with_factor, "now": timezone.now()},
    )


@needs(KEEP_MEMBERS)
@confirmed
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Let somebody in, and show the link for them once."""
    form = LetIn(request.POST or None)
    if form.is_valid():
        try:
            return _let_in(request, form)
        except ValidationError as error:
            _tell(form, error)
    return render(request, "site/member-new.jinja", {"form": form, "roles": ROLES.values()})


def _let_in(request: HttpRequest, form: LetIn) -> HttpResponse:
    typed, now = form.cleaned_data, timezone.now()
    role = ROLES[typed.pop("role")]
    with transaction.atomic():
        made = members.let_in(**typed, role=role, by=_by(request), now=now)
        secret = invitations.invite(member_id=made.pk, by=_by(request), seen_version=made.version, now=now)
    return _link_page(request, made, secret)


def _link_page(request: HttpRequest, member: Member, secret: str) -> HttpResponse:
    address = request.build_absolute_uri(reverse("welcome", args=[secret]))
    return render(request, "site/member-link.jinja", {"one": member, "address": address})


@needs(SEE_MEMBERS)
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One member's account."""
    return _page(request, pk, done=DONE.get(request.GET.get("done", ""), ""))


@needs(KEEP_MEMBERS)
@confirmed
@require_POST
def details(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the name and addresses."""
    form = Details(request.POST)

    def act(by: Member, version: int) -> object:
        return members.change_details(member_id=pk, **form.cleaned_data, by=by, seen_version=version)

    return _change(request, pk, "details", act, form=form, name="details_form")


@needs(KEEP_MEMBERS)
@confirmed
@require_POST
def give_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Give one more role."""
    form = GiveRole(request.POST)

    def act(by: Member, version: int) -> object:
        role, organisation = ROLES[form.cleaned_data["role"]], form.cleaned_data["organisation"]
        return members.give_role(
            member_id=pk,
            role=role,
            organisation=organisation,
            by=by,
            seen_version=version,
            now=timezone.now(),
        )

    return _change(request, pk, "given", act, form=form, name="role_form")


@needs(KEEP_MEMBERS)
@confirmed
@require_POST
def end_role(request: HttpRequest, pk: int, holding: int) -> HttpResponse:
    """Take a role away."""

    def act(by: Member, version: int) -> object:
        return members.end_role(
            member_id=pk, holding_id=holding, by=by, seen_version=version, now=timezone.now()
        )

    return _change(request, pk, "taken", act)


@needs(KEEP_MEMBERS)
@confirmed
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the account."""

    def act(by: Member, version: int) -> object:
        return accounts.close_account(member_id=pk, by=by, seen_version=version, now=timezone.now())

    return _change(request, pk, "closed", act)


@needs(KEEP_MEMBERS)
@confirmed
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the account again."""

    def act(by: Member, version: int) -> object:
        return accounts.reopen_account(member_id=pk, by=by, seen_version=version, now=timezone.now())

    return _change(request, pk, "opened", act)


@needs(KEEP_MEMBERS)
@confirmed
@require_POST
def reset_second_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a lost second factor away."""
    form = Reason(request.POST)

    def act(by: Member, version: int) -> object:
        return accounts.reset_second_factor(
            member_id=pk, why=form.cleaned_data["why"], by=by, seen_version=version, now=timezone.now()
        )

    return _change(request, pk, "factor", act, form=form, name="reason_form")


@needs(KEEP_MEMBERS)
@confirmed
@require_POST
def new_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a link with which the member sets a password, and show it once."""
    made: list[str] = []

    def act(by: Member, version: int) -> object:
        made.append(invitations.invite(member_id=pk, by=by, seen_version=version, now=timezone.now()))
        return made

    answer = _change(request, pk, "", act)
    return _link_page(request, _member(pk), made[0]) if made else answer


def _change(
    request: HttpRequest,
    pk: int,
    done: str,
    act: Callable[[Member, int], object],
    *,
    form: Form | None = None,
    name: str = "",
) -> HttpResponse:
    """Do it, and lead back to the member's page; or show there what was wrong, or that somebody was first."""
    _member(pk)
    if form is not None and not form.is_valid():
        return _page(request, pk, **{name: form})
    try:
        act(_by(request), _seen(request))
    except StaleError as stale:
        return _conflict(request, stale.member, form)
    except ValidationError as error:
        if form is None:
            return _page(request, pk, problem=" ".join(error.messages))
        _tell(form, error)
        return _page(request, pk, **{name: form})
    return redirect(link("member", pk, done=done))


def _page(request: HttpRequest, pk: int, **more: Any) -> HttpResponse:
    found = _member(pk)
    kept = {name: getattr(found, name) for name in ("display_name", "email", "provider_subject")}
    shown: Mapping[str, Any] = {
        "one": found,
        "version": found.version,
        "roles": ROLES.values(),
        "details_form": Details(initial=kept),
        "role_form": GiveRole(),
        "reason_form": Reason(),
        "has_factor": Authenticator.objects.filter(user=found).exists(),
        "dormant_since": found.dormant_since(timezone.now()),
        "events": found.account_events.select_related("by"),
    }
    return render(request, "site/member.jinja", {**shown, **more})


def _conflict(request: HttpRequest, now: Member, form: Form | None) -> HttpResponse:
    """Both versions, and two buttons that name what they do."""
    sent = [
        (key, value) for key, value in request.POST.items() if key not in ("csrfmiddlewaretoken", "version")
    ]
    both = form.cleaned_data.items() if isinstance(form, Details) else ()
    compared = [(key, getattr(now, key), value) for key, value in both]
    latest = now.account_events.select_related("by").first()
    shown = {"one": now, "sent": sent, "compared": compared, "latest": latest}
    return render(request, "site/member-conflict.jinja", shown, status=409)


def _tell(form: Form, error: ValidationError) -> None:
    """Put each message beside the field it is about, or at the top."""
    said = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    for field, messages in said.items():
        for message in messages:
            form.add_error(field if field in form.fields else None, message)


def _member(pk: int) -> Member:
    return get_object_or_404(Member.objects.prefetch_related("holdings"), pk=pk)


def _by(request: HttpRequest) -> Member:
    assert isinstance(request.user, Member)
    return request.user


def _seen(request: HttpRequest) -> int:
    written = request.POST.get("version", "")
    if not written.isdecimal():
        raise Http404("The form did not say which version it was made from. Load the page again.")
    return int(written[:9])
