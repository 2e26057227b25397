"""The vault's tables. What is in them in the clear: pseudonyms, practice codes, random words, dates of keeping."""

import secrets
from typing import ClassVar

from django.db import models


def new_handle() -> str:
    """128 random bits, as they stand in an address."""
    return secrets.token_urlsafe(16)


class Key(models.Model):
    """A vault key that was used here, by its fingerprint. given_up_at: when nothing was left under it."""

    fingerprint = models.CharField(max_length=16, primary_key=True)
    taken_up_at = models.DateTimeField()
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "vault_key"

    def __str__(self) -> str:
        return self.fingerprint


class Identity(models.Model):
    """One person. who, where: envelopes, `stewardship.vault.person`; where may be empty.

    person_id: the pseudonym that records and work use. handle: what stands for the person in an address. load:
    which file of demographics they came with; "" for somebody made for a piece of work. version: counts writings.
    """

    person_id = models.BigIntegerField(primary_key=True)
    handle = models.CharField(max_length=22, unique=True, default=new_handle)
    practice = models.CharField(max_length=12, blank=True)
    who = models.BinaryField()
    where = models.BinaryField()
    key = models.ForeignKey(Key, on_delete=models.PROTECT)
    load = models.CharField(max_length=22, blank=True)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "vault_identity"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["made_at"], condition=models.Q(load=""), name="made_for_work"),
        ]

    def __str__(self) -> str:
        return self.handle


class Index(models.Model):
    """A blind index that a person is found by."""

    person = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="indexes")
    value = models.BinaryField(max_length=16)

    class Meta:
        db_table = "vault_index"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["value", "person"], name="a_person_is_indexed_once_by_a_value"),
        ]

    def __str__(self) -> str:
        return f"index {self.pk}"


class Link(models.Model):
    """That an identifier of a namespace stands for a person: a pseudonym made elsewhere, or a superseded NHS number.

    value: blind index of namespace and identifier. identifier: envelope. was: the person_id that the identifier
    makes by itself, which records and work of before may hold. person_id: whom it stands for.
    """

    namespace = models.CharField(max_length=60)
    value = models.BinaryField(max_length=16, unique=True)
    identifier = models.BinaryField()
    was = models.BigIntegerField(unique=True)
    person_id = models.BigIntegerField(db_index=True)
    key = models.ForeignKey(Key, on_delete=models.PROTECT)

    class Meta:
        db_table = "vault_link"

    def __str__(self) -> str:
        return f"link {self.pk}"
