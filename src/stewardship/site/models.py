"""People who sign in, the roles they hold, how they were invited, and what was done to their accounts."""

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac

from stewardship.site.roles import ROLES, Role


def _both_or_neither(name: str, one: str, other: str) -> models.CheckConstraint:
    """Who and when: both set, or both empty."""
    both = {f"{field}__isnull": False for field in (one, other)}
    neither = {f"{field}__isnull": True for field in (one, other)}
    return models.CheckConstraint(condition=Q(**both) | Q(**neither), name=name)


class Member(AbstractBaseUser):
    """A person who signs in.

    sessions_ended: how often all of the member's sessions were ended; a session of an earlier count is over.
    provider_subject: by what name the organisation's own sign-in service knows the member; "" if not known yet.
    version: grows with every change that somebody else could be making too.
    """

    username = models.CharField(
        max_length=60,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9][a-z0-9._-]*$", "Use small letters, digits, dots and dashes.")],
    )
    display_name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    provider_subject = models.CharField(max_length=255, blank=True)
    joined_at = models.DateTimeField(default=timezone.now)
    reopened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="accounts_closed"
    )
    demonstration = models.BooleanField(default=False)
    sessions_ended = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    objects = BaseUserManager["Member"]()

    class Meta:
        ordering: ClassVar[list[str]] = ["display_name", "username"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            _both_or_neither("an_account_is_closed_by_somebody", "closed_at", "closed_by"),
            models.UniqueConstraint(
                Lower("email"), condition=~Q(email=""), name="an_e_mail_address_is_of_one_member"
            ),
            models.UniqueConstraint(
                fields=["provider_subject"],
                condition=~Q(provider_subject=""),
                name="a_subject_is_of_one_member",
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Whether the account is open, as Django asks it."""
        return self.closed_at is None

    @property
    def held(self) -> list["RoleHolding"]:
        """The roles held now, in the order they are declared in."""
        order = list(ROLES)
        now = [one for one in self.holdings.all() if one.ended_at is None and one.role in ROLES]
        return sorted(now, key=lambda one: (order.index(one.role), one.organisation))

    @property
    def roles(self) -> list[type[Role]]:
        """The classes of the roles held now, each once."""
        return list(dict.fromkeys(one.role_class for one in self.held))

    def dormant_since(self, now: datetime) -> datetime | None:
        """When the account fell asleep for want of a sign-in, or None if it has not."""
        used = max(filter(None, (self.last_login, self.joined_at, self.reopened_at)))
        asleep = used + settings.DORMANT_AFTER
        return asleep if asleep <= now else None

    def get_session_auth_hash(self) -> str:
        """What a session carries of the account: another password, or an end of all sessions, makes it void."""
        kept = f"{self.password}|{self.sessions_ended}"
        return salted_hmac("stewardship.site.models.Member", kept, algorithm="sha256").hexdigest()


class RoleHolding(models.Model):
    """That a member holds, or held, a role.

    organisation: code of the practice or provider that the role is held for; "" where its scope needs none.
    given_by: empty when it was given at the server's command line.
    """

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="holdings")
    role = models.CharField(max_length=40)
    organisation = models.CharField(max_length=20, blank=True)
    given_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="roles_given")
    given_at = models.DateTimeField(default=timezone.now)
    ended_by = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, blank=True, related_name="roles_ended"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["member", "role", "organisation"],
                condition=Q(ended_at__isnull=True),
                name="a_role_is_held_once",
            ),
            _both_or_neither("a_role_is_ended_by_somebody", "ended_at", "ended_by"),
        ]

    def __str__(self) -> str:
        return f"{self.member} is {self.title}"

    @property
    def role_class(self) -> type[Role]:
        """The role itself."""
        return ROLES[self.role]

    @property
    def title(self) -> str:
        """The role's name, with the organisation it is held for."""
        name = self.role_class.display_name if self.role in ROLES else self.role
        return f"{name}, {self.organisation}" if self.organisation else name


class Invitation(models.Model):
    """A link with which a member sets a password, once, before it expires. Only the link's hash is kept."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="invitations")
    link_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="invitations_made")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Invitation of {self.member}"


class AccountEvent(models.Model):
    """Something that was done to an account, in words. Rows are added, never changed.

    by: empty when it was done at the server's command line. why: the reason, where one is asked for.
    """

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="account_events")
    at = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="did_to_accounts")
    did = models.CharField(max_length=200)
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.member}: {self.did}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row; refuses to change one."""
        if self.pk is not None:
            raise TypeError("What was done to an account is not rewritten.")
        super().save(*args, **kwargs)
