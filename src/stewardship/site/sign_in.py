"""How people sign in: by user name or e-mail and a password, with accounts made for them by somebody else."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import ChangePasswordForm, LoginForm
from django.http import HttpRequest
from django.urls import reverse

NOT_RIGHT = "The user name or the password is not right. Check both."


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """No public sign-up; a changed password leads to the account page that says so."""

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
