"""What an administrator types about members."""

from typing import Any

from django import forms

from stewardship.site.roles import ROLES


def _text(say: str, limit: int, *, required: bool = True) -> forms.CharField:
    return forms.CharField(max_length=limit, required=required, error_messages={"required": say})


def _role() -> forms.ChoiceField:
    choices = [("", "Choose a role"), *((role.key, role.display_name) for role in ROLES.values())]
    return forms.ChoiceField(
        choices=choices, error_messages={"required": "Choose a role", "invalid_choice": "Choose a role"}
    )


class LetIn(forms.Form):
    """Somebody new."""

    display_name = _text("Enter their name", 120)
    username = _text("Enter a user name", 60)
    email = forms.EmailField(required=False)
    role = _role()
    organisation = _text("", 20, required=False)

    def clean(self) -> dict[str, Any]:
        """User names are written small."""
        typed = super().clean() or self.cleaned_data
        return {**typed, "username": typed.get("username", "").lower()}


class Details(forms.Form):
    """A member's name and addresses."""

    display_name = _text("Enter their name", 120)
    email = forms.EmailField(required=False)
    provider_subject = _text("", 255, required=False)


class GiveRole(forms.Form):
    """One more role."""

    role = _role()
    organisation = _text("", 20, required=False)


class Reason(forms.Form):
    """Why a second factor is taken away."""

    why = _text("Enter the reason, and how you made sure that it is they who ask", 300)


class FirstPassword(forms.Form):
    """A password that a member chooses."""

    password1 = _text("Enter a password", 200)
    password2 = _text("Enter the password again", 200)

    def clean(self) -> dict[str, Any]:
        """Both are the same."""
        typed = super().clean() or self.cleaned_data
        if typed.get("password1") and typed.get("password2") and typed["password1"] != typed["password2"]:
            self.add_error("password2", "This is not the same as above. Type both again.")
        return typed
