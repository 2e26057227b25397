"""Fifty people who write on the register at the same moment: python writers_at_once.py WRITERS.

In a workspace of its own, with a connection each. Prints, as JSON, what is there afterwards.
"""

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

sys.path.insert(0, str(Path(__file__).parents[1]))

from support.site import workspace


def main(writers: int) -> None:
    workspace()
    from django.db import connections

    from stewardship.access.models import AccessEvent
    from stewardship.frailty.models import Contact, Entry, Plan
    from support.register import entry

    one = entry(1001)
    start, before = one.version, AccessEvent.objects.count()
    same_moment = Barrier(writers)

    def at_once(work):
        def run(place):
            same_moment.wait()
            try:
                return work(place)
            finally:
                connections.close_all()

        with ThreadPoolExecutor(writers) as pool:
            return list(pool.map(run, range(writers)))

    again = at_once(lambda place: _tried_until_saved(one.pk, place))
    history = list(one.history.order_by("version").values_list("version", flat=True))
    told = AccessEvent.objects.count() - before
    one.refresh_from_db()
    version = one.version
    refused = at_once(lambda place: _tried_once(one.pk, version, place))
    met = at_once(_met)
    print(
        json.dumps({
            "contacts": sorted(Contact.objects.values_list("name", flat=True)),
            "problems": sorted(one.problems.values_list("problem", flat=True)),
            "versions": history,
            "start": start,
            "told": told,
            "again": sum(again),
            "plans": Plan.objects.filter(entry=one).count(),
            "refused": [each for each in refused if each],
            "met": len(set(met)),
            "met_versions": Entry.objects.get(person_id=2002).version,
            "met_reasons": Entry.objects.get(person_id=2002).identifications.count(),
        })
    )  # fmt: skip


def _tried_until_saved(entry_id: int, place: int) -> int:
    """Add a problem, which needs no version, and a contact, which does: whoever was overtaken looks and tries again."""
    from stewardship.frailty.actions_care import record_contact
    from stewardship.frailty.actions_work import add_problem
    from stewardship.frailty.changing import StaleError
    from stewardship.frailty.models import Entry
    from support.register import NOW, coordinator

    by = coordinator(f"Writer {place:02}")
    add_problem(entry_id=entry_id, domain="falls", problem=f"problem {place:02}", by=by, now=NOW)
    overtaken = 0
    while True:
        seen = Entry.objects.get(pk=entry_id).version
        try:
            record_contact(
                entry_id=entry_id,
                kind="next_of_kin",
                name=f"contact {place:02}",
                by=by,
                seen_version=seen,
                now=NOW,
            )
        except StaleError:
            overtaken += 1
        else:
            return overtaken


def _tried_once(entry_id: int, version: int, place: int) -> str:
    """Agree a plan from the version that all of them saw: what was typed, of those who were refused."""
    from stewardship.frailty.actions_plan import agree_plan
    from stewardship.frailty.changing import StaleError
    from support.register import CLINICIAN, NOW, TODAY, coordinator

    try:
        agree_plan(
            entry_id=entry_id, agreed_on=TODAY, matters=f"plan {place:02}", clinician=CLINICIAN,
            by=coordinator(f"Writer {place:02}"), seen_version=version, now=NOW,
        )  # fmt: skip
    except StaleError as stale:
        return str(stale.tried["matters"])
    return ""


def _met(place: int) -> int:
    """Everybody meets the same person, whom nobody knew."""
    from stewardship.frailty.actions_entry import add_entry
    from support.register import NOW, coordinator, found
    from support.register import place as registered

    return add_entry(
        person_id=2002, place=registered(), found=found(evidence={"met by": place}),
        by=coordinator(f"Writer {place:02}"), now=NOW,
    ).pk  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]))
