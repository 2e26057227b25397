"""Invented pathways on the tracking list, and who works on them."""

from datetime import UTC, date, datetime, timedelta

PROVIDER = "RZ1"
NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
TODAY = date(2026, 6, 1)


def day(number: int, received: date = date(2026, 5, 1)) -> date:
    """A day of a pathway, by default one received on 1 May 2026."""
    return received + timedelta(days=number)


def tracker(name="T. Racker"):
    """Somebody at the command line who tracks pathways."""
    from stewardship.access.log import Actor

    return Actor(member_id=None, name=name, role="cancer-tracker", organisation=PROVIDER)


def pathway(identifier="PW-1", **fields):
    """A pathway of an urgent referral for lower gastrointestinal cancer, received on 1 May 2026, on the list."""
    from stewardship.cancer.changing import author_of, keep
    from stewardship.cancer.models import TrackedPathway
    from stewardship.cancer.rows import refresh

    author = author_of(tracker())
    told = {
        "identifier": identifier, "issuer": PROVIDER, "person_id": 1000 + TrackedPathway.objects.count(),
        "provider": PROVIDER, "source": "hand", "priority_type": "3", "source_of_referral": "03",
        "referral_type": "07", "received_on": date(2026, 5, 1), "age_band": "70-79", "made_at": NOW,
        "made_by": author,
    }  # fmt: skip
    made = TrackedPathway(**told | fields)
    keep(made, "added", author, NOW)
    refresh([made.pk], as_of=TODAY)
    return made


def told(one, **more):
    """What every action has to be told of a pathway."""
    return {"pathway_id": one.pk, "by": tracker(), "seen_version": one.version, "now": NOW, **more}


def again(one):
    """The pathway as the database has it now."""
    return type(one).objects.get(pk=one.pk)
