"""What is known of somebody on the register, and what is asked of others: scores, contacts, services, events, asks."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from stewardship.access.authored import both_or_neither
from stewardship.frailty.base import by_author, code, day, kept_history, of_entry, words
from stewardship.frailty.words import Basis, ContactKind, EventKind, ServiceKind


class Score(models.Model):
    """A value of a scale of `stewardship.rules.frailty.scales`.

    count: of deficits, where it is known; it decides, and not a rounded value. version: of scale or algorithm.
    doubt: why it tells less, such as below the age that the scale is meant for. withdrawn_because: typed wrongly.
    """

    entry = of_entry("scores")
    scale = models.CharField(max_length=12)
    value = models.DecimalField(max_digits=8, decimal_places=4)
    count = models.PositiveSmallIntegerField(null=True, blank=True)
    band = words(40)
    doubt = words(120)
    version = models.CharField(max_length=40)
    on = models.DateField()
    assessor = models.CharField(max_length=150)
    at = models.DateTimeField()
    by = by_author()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = by_author(empty=True)
    withdrawn_because = words(300)

    changed_by: Any = None
    history = kept_history()

    class Meta:
        db_table = "frailty_score"
        ordering: ClassVar[list[str]] = ["-on", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            both_or_neither("a_score_is_withdrawn_by_somebody", "withdrawn_at", "withdrawn_by"),
        ]

    def __str__(self) -> str:
        return f"{self.scale} of entry {self.entry_id}"


class Contact(models.Model):
    """Somebody to speak to about the person. name, phone, details: as they gave them. ended_because: no longer so."""

    entry = of_entry("contacts")
    kind = models.CharField(max_length=20, choices=ContactKind)
    name = models.CharField(max_length=120)
    relationship = words(60)
    phone = words(40)
    details = words(500)
    at = models.DateTimeField()
    by = by_author()
    ended_on = day()
    ended_because = words(300)

    changed_by: Any = None
    history = kept_history()

    class Meta:
        db_table = "frailty_contact"
        ordering: ClassVar[list[str]] = ["kind", "pk"]

    def __str__(self) -> str:
        return f"{self.kind} of entry {self.entry_id}"


class Carer(models.Model):
    """Somebody who cares for the person unpaid, and how they are themselves.

    own_needs: what they told of their own health and life. assessed_on: their last carer's assessment; offered_on and
    declined_on: it was offered, and they did not want it.
    """

    entry = of_entry("carers")
    name = models.CharField(max_length=120)
    relationship = words(60)
    phone = words(40)
    own_needs = words(1000)
    since = models.DateField()
    offered_on = day()
    declined_on = day()
    assessed_on = day()
    at = models.DateTimeField()
    by = by_author()
    ended_on = day()
    ended_because = words(300)

    changed_by: Any = None
    history = kept_history()

    class Meta:
        db_table = "frailty_carer"
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return f"carer of entry {self.entry_id}"


class Service(models.Model):
    """A service that the person has, from a day until another or still."""

    entry = of_entry("services")
    kind = models.CharField(max_length=20, choices=ServiceKind)
    provider = words(120)
    details = words(500)
    from_on = models.DateField()
    at = models.DateTimeField()
    by = by_author()
    ended_on = day()
    ended_because = words(300)

    changed_by: Any = None
    history = kept_history()

    class Meta:
        db_table = "frailty_service"
        ordering: ClassVar[list[str]] = ["-from_on", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("from_on")),
                name="a_service_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of entry {self.entry_id}"


class Event(models.Model):
    """Something that happened, after which a review is due. source: who says so; a file, or somebody by hand."""

    entry = of_entry("events")
    kind = models.CharField(max_length=24, choices=EventKind)
    on = models.DateField()
    source = models.CharField(max_length=60)
    at = models.DateTimeField()
    by = by_author()

    class Meta:
        db_table = "frailty_event"
        ordering: ClassVar[list[str]] = ["-on", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["entry", "kind", "on"], name="an_event_is_told_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of entry {self.entry_id}"


class Ask(models.Model):
    """Work asked of another team. Without an answer it stays on "no reply yet" from the day a reply was asked for.

    to: code of the team or organisation. dropped_because: not needed any more.
    """

    entry = of_entry("asks")
    to = models.CharField(max_length=20)
    what = models.CharField(max_length=500)
    asked_on = models.DateField()
    reply_by = models.DateField()
    at = models.DateTimeField()
    by = by_author()
    reply = words(1000)
    replied_on = day()
    replied_by = by_author(empty=True)
    dropped_because = words(300)

    changed_by: Any = None
    history = kept_history()

    class Meta:
        db_table = "frailty_ask"
        ordering: ClassVar[list[str]] = ["reply_by", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            both_or_neither("an_ask_is_answered_by_somebody", "replied_on", "replied_by"),
            models.CheckConstraint(
                condition=Q(reply_by__gte=F("asked_on")), name="a_reply_comes_after_the_ask"
            ),
        ]

    def __str__(self) -> str:
        return f"ask of {self.to} for entry {self.entry_id}"


class Meeting(models.Model):
    """What a multidisciplinary meeting said of the person. attendees: by name and role."""

    entry = of_entry("meetings")
    on = models.DateField()
    attendees = models.CharField(max_length=500)
    discussion = models.CharField(max_length=4000)
    actions = words(2000)
    at = models.DateTimeField()
    by = by_author()

    class Meta:
        db_table = "frailty_meeting"
        ordering: ClassVar[list[str]] = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"meeting about entry {self.entry_id}"


class Sharing(models.Model):
    """What was said about sharing the record: agreed or objected, on what basis; the last one said counts.

    organisation: with whom it is shared beside those whose place or team the person is of; "" for an objection.
    """

    entry = of_entry("sharing")
    objects_to_sharing = models.BooleanField()
    organisation = code()
    basis = models.CharField(max_length=16, choices=Basis)
    details = words(500)
    on = models.DateField()
    at = models.DateTimeField()
    by = by_author()

    class Meta:
        db_table = "frailty_sharing"
        ordering: ClassVar[list[str]] = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"sharing of entry {self.entry_id}"
