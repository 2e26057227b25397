"""Nightly files of invented people, as a provider would send them."""

import csv
import io
from datetime import UTC, date, datetime

from support.people import FAMILIES, GIVEN, number
from support.tracked import PROVIDER, tracker

NOW = datetime(2026, 6, 1, 5, 30, tzinfo=UTC)
TODAY = date(2026, 6, 1)


def pathway_row(place=0, **changed):
    """A row of the file of pathways, by the names of the settings; an urgent referral received on 1 May 2026."""
    return {
        "pathway_identifier": f"PW{place:05d}", "issuer": PROVIDER, "nhs_number": number(place * 20),
        "family_name": FAMILIES[place % len(FAMILIES)], "given_name": GIVEN[place % len(GIVEN)],
        "birth_date": f"{1940 + place % 40}-02-03", "sex": "2", "practice": "P81001",
        "contact": f"01632 96{place % 10_000:04d}", "source_of_referral": "03", "priority_type": "3",
        "received": "2026-05-01", "referral_type": "07", "patient_status": "14",
        **changed,
    }  # fmt: skip


def event_row(place=0, milestone="FSEEN", **changed):
    """A row of the file of events."""
    return {"pathway_identifier": f"PW{place:05d}", "issuer": PROVIDER, "milestone": milestone, **changed}


def _file(columns, rows):
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([column.heading for column in columns])
    writer.writerows([[row.get(column.key, "") for column in columns] for row in rows])
    return out.getvalue().encode()


def contents(pathways, events=None):
    """The bytes of a pair of files of these rows; needs no site."""
    from stewardship.cancer.nightly.columns import EVENTS, PATHWAYS

    written = events if events is not None else [event_row(milestone="REF", done="2026-05-01")]
    return _file(PATHWAYS, pathways), _file(EVENTS, written)


def files(pathways, events=None):
    """A pair of files of these rows."""
    from stewardship.cancer.nightly.loading import Files

    of_pathways, of_events = contents(pathways, events)
    return Files("pathways.csv", of_pathways, "events.csv", of_events)


def settings(**more):
    from stewardship.system.cancer import CancerSettings

    return CancerSettings(**more)


def load(sent, *, now=NOW, vanished=None, **more):
    """Load a pair of files."""
    from stewardship.cancer.nightly.loading import load as loaded

    return loaded(sent, settings(**more), by=tracker("N. Loader"), now=now, vanished=vanished)


def preview(sent, *, today=TODAY, vanished=None, **more):
    from stewardship.cancer.nightly.loading import preview as shown

    return shown(sent, settings(**more), today=today, vanished=vanished)


def everything():
    """All that the tracking list has in its database, but for the loads themselves, to see whether it changed."""
    from django.apps import apps

    return {
        model.__name__: list(model.objects.order_by("pk").values())
        for model in apps.get_app_config("cancer").get_models()
        if model.__name__ not in {"Load", "Author"}
    }
