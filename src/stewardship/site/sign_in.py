"""How people sign in: by user name or e-mail and a password, with accounts made for them by somebody else."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from stewardship.access.actors import client_address
from stewardship.site.models import Member
from stewardship.site.sessions import confirmed_lately
from stewardship.site.standing import member_called, refusal

NOT_RIGHT = "The user name or the password is not right. Check both."


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """No public sign-up and no e-mail; accounts that may not be used here are told why, once the password is right."""

    error_messages = {  # noqa: RUF012  (allauth's own shape)
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": NOT_RIGHT,
        "email_password_mismatch": NOT_RIGHT,
        "enter_current_password": "The password you have now is not right. Type it again.",
        "too_many_login_attempts": "Too many attempts. Wait five minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by an administrator."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Member | None:
        """Whoever is known by a user name and an e-mail address spends the same attempts with both."""
        typed = credentials.get("email") or credentials.get("username") or ""
        named = found.username if (found := member_called(typed)) else typed.casefold()
        asked: Member | None = super().authenticate(
            request, username=named, password=credentials.get("password")
        )
        return asked

    def pre_login(self, request: HttpRequest, user: Member, **more: Any) -> HttpResponse | None:
        """Refuse closed and dormant accounts, and those of the other kind of workspace. None goes on."""
        if refusal(user, timezone.now()):
            return self.respond_user_inactive(request, user)
        return None

    def respond_user_inactive(self, request: HttpRequest, user: Member) -> HttpResponse:
        """The page that says why the account cannot be used."""
        said = refusal(user, timezone.now())
        return render(request, "account/account_inactive.jinja", {"said": said}, status=403)

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that attempts are counted by: the one that the access log has."""
        return client_address(request)

    def is_reauthentication_required(self, *, app: str, **_: Any) -> bool:
        """Whether a password or code is asked for again: not where it was typed a moment ago, to sign in."""
        return not confirmed_lately(self.request) and bool(
            self.get_reauthentication_methods(self.request.user)
        )

    def get_login_stages(self) -> list[str]:
        """What is asked for besides: no code of ours after the organisation's service has asked for one of its own."""
        stages: list[str] = super().get_login_stages()
        records = self.request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
        if any(one.get("had_mfa") for one in records):
            stages.remove("allauth.mfa.stages.AuthenticateStage")
        return stages

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Nothing: this site sends no e-mail."""

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Where a member goes after changing the password."""
        return reverse("account") + "?changed=password"


class SignIn(LoginForm):  # type: ignore[misc]
    """The sign-in form with messages that say what to type."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].error_messages["required"] = "Enter your user name or e-mail address"
        self.fields["password"].error_messages["required"] = "Enter your password"


class NewPassword(ChangePasswordForm):  # type: ignore[misc]
    """The password form with messages that say what to type."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].error_messages["required"] = "Enter the password you have now"
        self.fields["password1"].error_messages["required"] = "Enter a new password"
        self.fields["password2"].error_messages["required"] = "Enter the new password again"


class Confirm(ReauthenticateForm):  # type: ignore[misc]
    """The password asked for before something sensitive."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].error_messages["required"] = "Enter your password"
