"""Invented entries of the frailty register, and who works on them."""

from datetime import UTC, date, datetime, timedelta

PRACTICE, NETWORK, ALLIANCE, TEAM = "P81001", "N01", "A01", "FT1"
NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
TODAY = date(2026, 6, 1)
CLINICIAN = "Dr F. Rail, consultant"


def ago(days):
    """A day so many days before today."""
    return TODAY - timedelta(days=days)


def coordinator(name="C. Oordinator", organisation=TEAM):
    """Somebody at the command line who keeps the register."""
    from stewardship.access.log import Actor

    return Actor(member_id=None, name=name, role="coordinator", organisation=organisation)


def place(**changed):
    """Where everybody is registered unless a test says otherwise."""
    from stewardship.frailty.proposing import Place

    usual = {"practice": PRACTICE, "network": NETWORK, "alliance": ALLIANCE, "team": TEAM}
    return Place(**usual | changed)


def found(**changed):
    """Found by nine deficits."""
    from stewardship.frailty.proposing import Found
    from stewardship.frailty.words import Condition, Degree, Route

    usual = {
        "route": Route.EFI, "reason": "9 of 36 deficits, moderate", "seen_on": ago(10),
        "condition": Condition.FRAILTY, "degree": Degree.MODERATE, "evidence": {"deficits": 9},
    }  # fmt: skip
    return Found(**usual | changed)


def candidate(person_id=1001, *, at=None, reasons=None):
    """Somebody who may belong on the register."""
    from stewardship.frailty.proposing import Candidate

    return Candidate(person_id, at or place(), reasons if reasons is not None else [found()])


def proposed(person_id=1001, **changed):
    """An entry that waits to be confirmed."""
    from stewardship.frailty.actions_entry import add_entry

    return add_entry(person_id=person_id, place=place(**changed), found=found(), by=coordinator(), now=NOW)


def told(one, **more):
    """What every action has to be told of an entry that is changed."""
    return {"entry_id": one.pk, "by": coordinator(), "seen_version": again(one).version, "now": NOW, **more}


def added(one, **more):
    """What every action has to be told that only adds to an entry."""
    return {"entry_id": one.pk, "by": coordinator(), "now": NOW, **more}


def entry(person_id=1001, conditions=None, **changed):
    """Somebody on the register, confirmed today with moderate frailty unless a test says otherwise."""
    from stewardship.frailty.actions_entry import confirm

    one = proposed(person_id, **changed)
    confirm(
        **told(
            one, conditions=conditions or {"frailty": "moderate"}, clinician=CLINICIAN,
            reason="Walks with a frame", decided_on=TODAY,
        )
    )  # fmt: skip
    return again(one)


def again(one):
    """The same row as the database has it now."""
    return type(one)._default_manager.get(pk=one.pk)


def viewer(organisation=TEAM, kind="team or place", **more):
    """Who looks."""
    from stewardship.frailty.scope import Viewer

    return Viewer(coordinator(organisation=organisation), kind, organisation, "Care", frozenset(), **more)
