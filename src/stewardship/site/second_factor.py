"""The second factor: who has to have one, how its secrets are kept, and how its codes are taken.

Everybody has one but the members of a demonstration. Whoever signs in without one reaches the page that sets it up,
and no other.
"""

import base64
from collections.abc import Callable
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.utils import is_mfa_enabled
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from markupsafe import Markup

from stewardship.permissions import ANYONE, permission_of

SETTING_UP = frozenset({"mfa_activate_totp", "account_logout", "account_reauthenticate"})
TAKEN_FOR = 120  # seconds: longer than a code is good for


class SecondFactor:
    """Leads whoever is signed in without a second factor to the page that sets it up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing to do before the view is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """None lets the view answer."""
        if permission_of(view) == ANYONE or not request.user.is_authenticated or was_asked(request):
            return None
        if is_mfa_enabled(request.user):
            logout(request)  # no way of signing in leads here, so none is trusted
            return redirect_to_login(request.get_full_path())
        match = request.resolver_match
        return None if match and match.url_name in SETTING_UP else redirect("mfa_activate_totp")


def was_asked(request: HttpRequest) -> bool:
    """Whether this session began with a second factor, or needs none."""
    records = get_authentication_records(request, request.user)
    return settings.DEMONSTRATION or any(one["method"] == "mfa" or one.get("had_mfa") for one in records)


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets are encrypted with a key made from the site's own; messages say what to type."""

    error_messages = {  # noqa: RUF012  (allauth's own shape)
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "That code is not right, or was used already. Wait for the next one and type it.",
        "unreadable": "No code can be checked for you: the site's key is another one than when you set this up. Ask "
        "your administrator to put the key back, or to take your second factor away.",
    }

    def encrypt(self, text: str) -> str:
        """A secret as the database keeps it."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """A secret as it is. Raises InvalidToken after the site's key was replaced."""
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def get_totp_label(self, user: Any) -> str:
        """What the app on the phone calls the account."""
        return str(user.get_username())

    def build_totp_svg(self, url: str) -> Markup:
        """The picture to scan, as an element of a page."""
        drawn = super().build_totp_svg(url)
        return Markup(drawn[drawn.index("<svg") :])  # noqa: S704  (drawn by qrcode, which escapes nothing of ours)


def _cipher() -> Fernet:
    made = HKDF(SHA256(), length=32, salt=None, info=b"second factors").derive(settings.SECRET_KEY.encode())
    return Fernet(base64.urlsafe_b64encode(made))


class _TakenOnce:
    """A code that was typed is not taken again while it would still be good."""

    user: Any
    cleaned_data: dict[str, str]

    def clean_code(self) -> str:
        typed = "".join(filter(str.isalnum, self.cleaned_data["code"]))
        if not cache.add(f"typed-code:{self.user.pk}:{typed}", "y", timeout=TAKEN_FOR):
            raise Adapter().validation_error("incorrect_code")
        try:
            return str(super().clean_code())  # type: ignore[misc]
        except InvalidToken:
            raise Adapter().validation_error("unreadable") from None


class _SaysWhatToType:
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].error_messages["required"] = "Enter the code"  # type: ignore[attr-defined]


class AskedCode(_TakenOnce, _SaysWhatToType, AuthenticateForm):  # type: ignore[misc]
    """The code asked for after the password."""


class ConfirmingCode(_TakenOnce, _SaysWhatToType, ReauthenticateForm):  # type: ignore[misc]
    """The code asked for before something sensitive."""


class FirstCode(_TakenOnce, _SaysWhatToType, ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new app, which shows that it was set up."""
