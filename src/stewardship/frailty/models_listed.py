"""What lists of the register are read from: one narrow row an entry, and its stretches on worklists."""

from typing import ClassVar

from django.db import models

from stewardship.frailty.base import code, day
from stewardship.frailty.models_entry import Entry
from stewardship.frailty.words import State


class Row(models.Model):
    """What the register is filtered and sorted by: one narrow row an entry, worked out by `stewardship.frailty.rows`.

    Nothing here depends on the day; what is due on a day is told by comparing dates. All of them are empty for whoever
    is not on the register. review_due_on: of the next regular review of somebody who had one. first_due_on: of the
    first one, of somebody who never had one; never_reviewed says so. event_due_on: by when they are to be reviewed
    after an admission or a fall. plan_until: last day on which the plan is not out of date; None without one, which
    no_plan says. home_plan_due_on: by when a new care-home resident needs assessment and plan. unassessed_carer: since
    when a carer has no assessment. reply_due_on: of the first ask of another team that has no reply yet.
    """

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, primary_key=True, related_name="row")
    state = models.CharField(max_length=12, choices=State)
    practice = code(12)
    network = code()
    alliance = code()
    owner = code()
    team = code()
    care_home = code()
    objects_to_sharing = models.BooleanField(default=False)
    frailty = code(8)
    dementia = models.BooleanField(default=False)
    end_of_life = code(1)
    proposed_on = day()
    route = code()
    review_due_on = day()
    reviewed_on = day()
    never_reviewed = models.BooleanField(default=False)
    first_due_on = day()
    no_plan = models.BooleanField(default=False)
    event_due_on = day()
    plan_until = day()
    home_plan_due_on = day()
    unassessed_carer = day()
    reply_due_on = day()

    class Meta:
        db_table = "frailty_row"

    def __str__(self) -> str:
        return f"row of entry {self.entry_id}"


SEEN_BY = ("team", "network", "alliance", "owner", "practice")


class Listing(models.Model):
    """That an entry is on a worklist from a day until another, both included; worklist "" is the register itself.

    since: the date that orders the list, oldest first. team, network, alliance, owner, practice: by which somebody sees
    the entry, empty where an objection to sharing forbids it, so that a list is read and counted from one index.
    """

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="listings")
    worklist = models.CharField(max_length=20, blank=True)
    since = models.DateField()
    first = models.DateField()
    last = models.DateField()
    team = code()
    network = code()
    alliance = code()
    owner = code()
    practice = code(12)

    class Meta:
        db_table = "frailty_listing"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["entry", "worklist"], name="on_a_worklist_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=[name, "worklist", "since", "entry", "first", "last"], name=f"lists_of_a_{name}"
            )
            for name in ("team", "network", "alliance", "owner", "practice")
        ]

    def __str__(self) -> str:
        return f"{self.worklist}: entry {self.entry_id}"
