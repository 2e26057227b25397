"""People who sign in, and the roles they hold."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone

from stewardship.site.roles import ROLES, Role


class Member(AbstractBaseUser):
    """A person who signs in."""

    username = models.CharField(
        max_length=60,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9][a-z0-9._-]*$", "Use small letters, digits, dots and dashes.")],
    )
    display_name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    objects = BaseUserManager["Member"]()

    class Meta:
        ordering: ClassVar[list[str]] = ["display_name", "username"]

    def __str__(self) -> str:
        return self.display_name

    @property
    def roles(self) -> list[type[Role]]:
        """The roles held, in the order they are declared in."""
        held = {holding.role for holding in self.holdings.all()}
        return [role for key, role in ROLES.items() if key in held]


class RoleHolding(models.Model):
    """That a member holds a role; given_by is empty when it was given at the server's command line."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="holdings")
    role = models.CharField(max_length=40, choices=[(key, role.display_name) for key, role in ROLES.items()])
    given_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="roles_given")
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["member", "role"], name="a_role_is_held_once"),
        ]

    def __str__(self) -> str:
        return f"{self.member} is {self.get_role_display()}"
