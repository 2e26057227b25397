"""The pages about a member's own account: a first password, the second factor, and staying signed in."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.contrib.auth import logout, update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stewardship.permissions import ANYONE, SIGNED_IN, needs
from stewardship.site import invitations
from stewardship.site.account_log import note, switched_role
from stewardship.site.member_forms import FirstPassword
from stewardship.site.members import end_sessions
from stewardship.site.middleware import act_in
from stewardship.site.models import Member
from stewardship.site.sessions import ends_at, idle_until


@needs(SIGNED_IN)
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """The member's own account: name, roles and switching between them, and what was done to it."""
    changed = request.GET.get("changed", "")
    events = _member(request).account_events.select_related("by")[:20]
    return render(request, "site/account.jinja", {"changed": changed, "events": events})


@needs(SIGNED_IN)
@require_POST
def switch_role(request: HttpRequest) -> HttpResponse:
    """Act in another role that the member holds, from now on."""
    wanted = request.POST.get("holding", "")
    holding = next((one for one in _member(request).held if str(one.pk) == wanted), None)
    if holding is None:
        raise Http404("You do not hold that role.")
    request.session["holding"] = holding.pk
    act_in(request, holding)
    switched_role(request)
    return redirect("home")


@needs(SIGNED_IN)
@require_safe
def stay(request: HttpRequest) -> HttpResponse:
    """Opening this page keeps the member signed in, as every page does; it says until when."""
    times = {"until": idle_until(request), "at_most": ends_at(request)}
    return render(request, "site/stay.jinja", times)


@needs(ANYONE)
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest, secret: str) -> HttpResponse:
    """Where a link from an administrator leads: set a password."""
    member = invitations.invited(secret, timezone.now())
    form = FirstPassword(request.POST or None)
    if member is None:
        return render(request, "site/welcome-no-good.jinja", {"said": invitations.NO_GOOD}, status=404)
    if form.is_valid():
        try:
            invitations.accept(secret=secret, password=form.cleaned_data["password1"], now=timezone.now())
        except ValidationError as error:
            form.add_error("password1", error.messages)
        else:
            return redirect("account_login")
    return render(request, "site/welcome.jinja", {"form": form, "one": member})


class SetUp(ActivateTOTPView):  # type: ignore[misc]
    """Set up an app as second factor. Other sessions of the member end; this one goes on with it."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Once its first code was right."""
        answer: HttpResponse = super().form_valid(form)
        member = _member(self.request)
        end_sessions(member)
        member.save(update_fields=["sessions_ended"])
        update_session_auth_hash(self.request, member)
        record_authentication(self.request, member, "mfa", type="totp")
        note(member=member, did="Second factor set up", by=member)
        return answer


class Remove(DeactivateTOTPView):  # type: ignore[misc]
    """Give the app up for another. All sessions end: the next sign-in sets up the new one."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Once it was confirmed."""
        super().form_valid(form)
        member = _member(self.request)
        end_sessions(member)
        member.save(update_fields=["sessions_ended"])
        note(member=member, did="Second factor given up for another", by=member)
        logout(self.request)
        return redirect("account_login")


class NewCodes(GenerateRecoveryCodesView):  # type: ignore[misc]
    """Make new recovery codes in place of the old."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Once it was confirmed."""
        answer: HttpResponse = super().form_valid(form)
        note(member=_member(self.request), did="New recovery codes made", by=_member(self.request))
        return answer


def _member(request: HttpRequest) -> Member:
    assert isinstance(request.user, Member)
    return request.user
