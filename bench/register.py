"""Time the frailty register beside a floor, in one run: `python bench/register.py [ENTRIES]`; 110,000 by default.

The floor asks the same database by hand for fifty rows, opens the same fifty envelopes, and appends one line to a file
and syncs it: no counts, no worklists, no page. Pages are asked of the site in this process, signed in, with the access
log written. Medians of so many askings each, in milliseconds.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from vault import FAMILIES, GIVEN, numbers

ASKED, LIMIT_MS = 15, 200
PLACES = ("A01", "A02", "A03", "A04")
WORKLISTS = (
    "to-confirm", "overdue", "due", "never-reviewed", "after-event", "new-residents", "plan-out-of-date", "no-plan",
    "carers", "no-reply",
)  # fmt: skip
MANY_AT_ONCE = 5000


def fill(many: int, today: date) -> tuple[float, float]:
    """So many entries over four alliances, a tenth of them to be confirmed; seconds of people kept, of rows worked out."""
    from django.utils import timezone

    from stewardship.access.log import Actor
    from stewardship.frailty.base import Author
    from stewardship.frailty.models import Ask, Carer, Decision, Entry, Event, Held, Plan, Review
    from stewardship.frailty.rows import refresh
    from stewardship.vault.person import Person, Who
    from stewardship.vault.writing import write_identities

    by, now = Actor(None, "bench", "coordinator", "A01"), timezone.now()
    people = (
        Person(
            Who(number, FAMILIES[at % 8], GIVEN[at % 6], date.fromordinal(700_000 + at * 37 % 15_000)),
            practice=f"P{81000 + at % 150}",
        )
        for at, number in enumerate(islice(numbers(), many))
    )
    began, ids = time.perf_counter(), list[int]()
    while some := list(islice(people, MANY_AT_ONCE)):
        ids += write_identities(some, by=by)
    written = time.perf_counter() - began
    author = Author.objects.create(name="bench", role="coordinator", organisation="A01")
    said = {"at": now, "by": author}
    for first in range(0, many, MANY_AT_ONCE):
        entries = Entry.objects.bulk_create(
            [
                Entry(
                    person_id=ids[at], practice=f"P{81000 + at % 150}", network=f"N{at % 27:02}", owner=f"P{81000 + at % 150}",
                    alliance=PLACES[at % 4], team=f"FT{at % 4}", state="to_confirm" if at % 10 == 0 else "on_register",
                    care_home=f"CH{at % 90}" if at % 9 == 0 else "",
                    care_home_since=today - timedelta(days=at % 700) if at % 9 == 0 else None,
                    made_at=now, made_by=author,
                )
                for at in range(first, min(many, first + MANY_AT_ONCE))
            ],
            1000,
        )  # fmt: skip
        on = [one for one in entries if one.state == "on_register"]

        def ago(one: Entry, most: int) -> date:
            return today - timedelta(days=one.pk * 7919 % most)

        Held.objects.bulk_create(
            [
                Held(
                    entry=one, condition="frailty", degree=("mild", "moderate", "severe")[one.pk % 3],
                    diagnosed_on=ago(one, 900), assessor="bench", **said,
                )
                for one in on
            ]
            + [
                Held(entry=one, condition="dementia", diagnosed_on=ago(one, 900), assessor="bench", **said)
                for one in on
                if one.pk % 4 == 0
            ],
            1000,
        )  # fmt: skip
        Decision.objects.bulk_create(
            [
                Decision(
                    entry=one,
                    decided="confirmed",
                    on=ago(one, 900),
                    clinician="bench",
                    reason="bench",
                    **said,
                )
                for one in on
            ]
            + [Decision(entry=one, decided="proposed", on=ago(one, 900), **said) for one in entries],
            1000,
        )
        Review.objects.bulk_create(
            [
                Review(
                    entry=one, held_on=ago(one, 450), subjects=["plan", "dementia"], face_to_face=True,
                    reviewer="bench", outcome="changed", **said,
                )
                for one in on
                if one.pk % 7
            ],
            1000,
        )  # fmt: skip
        Plan.objects.bulk_create(
            [
                Plan(entry=one, agreed_on=ago(one, 450), matters="My garden", clinician="bench", **said)
                for one in on
                if one.pk % 5
            ],
            1000,
        )
        Event.objects.bulk_create(
            [
                Event(entry=one, kind="admission", on=ago(one, 60), source="bench", **said)
                for one in on
                if one.pk % 11 == 0
            ],
            1000,
        )
        Carer.objects.bulk_create(
            [Carer(entry=one, name="bench", since=ago(one, 400), **said) for one in on if one.pk % 6 == 0],
            1000,
        )
        Ask.objects.bulk_create(
            [
                Ask(
                    entry=one, to="SC1", what="bench", asked_on=today - timedelta(days=40),
                    reply_by=today - timedelta(days=one.pk % 30), **said,
                )
                for one in on
                if one.pk % 13 == 0
            ],
            1000,
        )  # fmt: skip
    began = time.perf_counter()
    refresh(Entry.objects.values_list("pk", flat=True))
    return written, time.perf_counter() - began


def median_ms(what: Callable[[], object]) -> tuple[float, float]:
    """Medians of so many askings, after one that is not counted: on the wall's clock, and of this process's own work."""
    what()
    times = []
    for _ in range(ASKED):
        began, worked = time.perf_counter(), time.process_time()
        what()
        times.append(((time.perf_counter() - began) * 1000, (time.process_time() - worked) * 1000))
    waited, own = zip(*times, strict=True)
    return statistics.median(waited), statistics.median(own)


def floor(folder: Path) -> Callable[[], object]:
    """Fifty rows, fifty envelopes and one durable line, by hand."""
    from stewardship.frailty.models import Row
    from stewardship.vault.keys import Keyring
    from stewardship.vault.models import Identity
    from stewardship.vault.person import opened_who

    keys = Keyring.from_environment()

    def ask() -> None:
        rows = list(Row.objects.order_by("pk").values_list("entry__person_id", "frailty")[:50])
        for one in Identity.objects.filter(person_id__in=[row[0] for row in rows]):
            opened_who(keys, one)
        with (folder / "line").open("a") as file:
            file.write("x\n")
            file.flush()
            os.fsync(file.fileno())

    return ask


def main(many: int, folder: Path) -> None:
    os.environ |= {
        "STEWARDSHIP_DEMONSTRATION": "yes",
        "STEWARDSHIP_LOG_KEY": "a key for the log of a bench which is long enough",
        "STEWARDSHIP_VAULT_KEYS": "a key for the vault of a bench which is long enough",
        "STEWARDSHIP_PSEUDONYM_KEY": "cHNldWRvbnltIGtleSBvZiBhIHNpdGUgdW5kZXIgdHM=",
    }
    from stewardship.site.serve import migrate

    migrate(folder)
    from django.test import Client
    from django.urls import reverse
    from django.utils import timezone

    from stewardship.frailty.models import Entry
    from stewardship.site.members import create_member
    from stewardship.site.roles import CareCoordinator
    from stewardship.vault import pace

    pace.MOST_OF_CASELOAD = 10**6
    written, worked_out = fill(many, timezone.localdate())
    print(f"{many:,} entries: people kept in {written:.1f} s, rows worked out in {worked_out:.1f} s")
    least, _ = median_ms(floor(folder))
    print(f"{'floor: fifty rows and names by hand':45}{least:8.1f} ms")
    one = Entry.objects.filter(alliance="A01", state="on_register").order_by("pk")[100].pk
    here = reverse("frailty-list")
    pages = {
        "everybody": here,
        "everybody, page 200": f"{here}?page=200",
        "one practice": f"{here}?practice=P81000",
    }
    pages |= {key: f"{here}?worklist={key}" for key in WORKLISTS}
    pages |= {
        "an entry": reverse("frailty-entry", args=[one]),
        "a form": reverse("frailty-act", args=[one, "review"]),
    }
    worst = 0.0
    for place in ("A01", "N04", "FT1"):
        who = create_member(
            username=f"bench-{place}".lower(), display_name="Bench", password="harbour-lemon-cart",
            roles=[CareCoordinator], by=None, organisation=place,
        )  # fmt: skip
        browser = Client(SERVER_NAME="localhost")
        browser.force_login(who, backend="stewardship.site.standing.Accounts")
        print(f"seen by {place}")
        for name, address in (
            pages if place == "A01" else {"everybody": here, "overdue": f"{here}?worklist=overdue"}
        ).items():
            assert browser.get(address).status_code == 200, address
            took, own = median_ms(lambda browser=browser, address=address: browser.get(address))
            worst = max(worst, took)
            print(f"{name:45}{took:8.1f} ms  {took / least:6.1f} of the floor, {own:5.0f} ms of work")
    kept = "kept" if worst <= LIMIT_MS else "NOT KEPT"
    print(f"slowest median {worst:.0f} ms; the limit is {LIMIT_MS} ms: {kept}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 110_000, Path(made))
