"""Recording allergies and how many medicines somebody takes."""

from datetime import date, datetime

from django.db import transaction

from stewardship.access.authored import not_later, require
from stewardship.access.log import Actor
from stewardship.frailty.changing import added, author_of, locked
from stewardship.frailty.models import MedicinesCheck


@transaction.atomic
def record_medicines_check(
    *,
    entry_id: int,
    on: date,
    allergies: str,
    none_known: bool,
    medicines: int | None,
    checked_by: str,
    by: Actor,
    now: datetime,
    reviewed_on: date | None = None,
) -> MedicinesCheck:
    """Add what was found on a day; what was found before stays. Raises ValidationError in words.

    allergies: one a line. none_known: somebody asked, and there is none that is known; silence is not taken for that.
    """
    entry = locked(entry_id)
    not_later(on, now, "It was checked")
    not_later(reviewed_on, now, "The medicines were reviewed")
    require(
        bool(allergies.strip()) or none_known,
        "Name the allergies, or say that none is known. If nobody has asked yet, ask first.",
    )
    require(
        not (allergies.strip() and none_known), "Either name allergies or say that none is known, not both."
    )
    require(bool(checked_by.strip()), "Say who checked it.")
    row = MedicinesCheck(
        entry=entry, on=on, allergies=allergies.strip(), none_known=none_known, medicines=medicines,
        reviewed_on=reviewed_on, checked_by=checked_by.strip(), at=now, by=author_of(by),
    )  # fmt: skip
    return added(entry, row, "allergies and medicines checked", by, now)
