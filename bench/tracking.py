"""Time the tracking list beside a floor, in one run: `python bench/tracking.py [PATHWAYS]`; 20,000 open ones by default.

The floor asks the same database by hand for the same fifty rows, opens the same fifty envelopes, and appends one line
to a file and syncs it: no counts, no worklists, no page. Pages are asked of the site in this process, signed in, with
the access log written. Medians of so many askings each, in milliseconds; where other programs run, more time passes than work is done.
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
GROUPS = ("07", "08", "01", "11", "09", "06", "03", "17")
STEPS = (("book", "clinic", "booking"), ("chase", "ct", "imaging"), ("await", "histology", "pathology"))
PAGES = {
    "everybody": "/cancer/",
    "page 200": "/cancer/?page=200",
    "over 62 days": "/cancer/?worklist=over-62",
    "no next action": "/cancer/?worklist=no-next-action",
    "one tumour group": "/cancer/?group=skin",
    "a limit within 7 days, next limit first": "/cancer/?risk=week&sort=limit",
    "owner, age and milestone": "/cancer/?owner=imaging&age=60-69&milestone=FSEEN",
    "the meeting": "/cancer/meeting/",
}


def fill(many: int, today: date) -> tuple[float, float]:
    """So many open pathways, a quarter of them without a next step; seconds of writing people, and of working rows out."""
    from django.utils import timezone

    from stewardship.access.log import Actor
    from stewardship.cancer.base import Author
    from stewardship.cancer.models import Comment, MilestoneEvent, NextAction, TrackedPathway
    from stewardship.cancer.rows import refresh_open
    from stewardship.vault.person import Person, Who
    from stewardship.vault.writing import write_identities

    by, now = Actor(None, "bench", "cancer-tracker", "RZ1"), timezone.now()
    people = [
        Person(
            Who(number, FAMILIES[at % 8], GIVEN[at % 6], date.fromordinal(700_000 + at * 37 % 30_000)),
            practice="P81001",
        )
        for at, number in enumerate(islice(numbers(), many))
    ]
    began = time.perf_counter()
    ids = write_identities(people, by=by)
    written = time.perf_counter() - began
    author = Author.objects.create(name="bench", role="cancer-tracker", organisation="RZ1")
    pathways = TrackedPathway.objects.bulk_create(
        [
            TrackedPathway(
                identifier=f"PW{at:06d}", issuer="RZ1", person_id=person_id, provider="RZ1", practice="P81001",
                age_band=("50-59", "60-69", "70-79")[at % 3], source_of_referral="03", priority_type="3",
                referral_type=GROUPS[at % 8], received_on=today - timedelta(days=int(120 * (at % 997) ** 2 / 997**2)),
                source="file", made_at=now, made_by=author,
            )
            for at, person_id in enumerate(ids)
        ],
        2000,
    )  # fmt: skip
    MilestoneEvent.objects.bulk_create(
        [MilestoneEvent(pathway=one, code="TRI", done_on=one.received_on) for one in pathways[::2]]
        + [
            MilestoneEvent(pathway=one, code="TEST1", requested_on=one.received_on, test="ct")
            for one in pathways[::3]
        ],
        2000,
    )
    NextAction.objects.bulk_create(
        [
            NextAction(
                pathway=one, verb=STEPS[at % 3][0], specific=STEPS[at % 3][1], owner_group=STEPS[at % 3][2],
                due_on=today + timedelta(days=at % 21 - 7), made_at=now, made_by=author,
            )
            for at, one in enumerate(pathways)
            if at % 4
        ],
        2000,
    )  # fmt: skip
    Comment.objects.bulk_create(
        [
            Comment(pathway=one, kind="tracking", text="Rang the ward; slot asked for.", at=now, by=author)
            for one in pathways
        ],
        2000,
    )
    began = time.perf_counter()
    refresh_open(as_of=today)
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
    from stewardship.cancer.models import ListRow
    from stewardship.vault.keys import Keyring
    from stewardship.vault.models import Identity
    from stewardship.vault.person import opened_who

    keys = Keyring.from_environment()

    def ask() -> None:
        rows = list(
            ListRow.objects.order_by("counts_from", "pk").values_list("pathway__person_id", "step")[:50]
        )
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
    from django.utils import timezone

    from stewardship.site import urls as _urls  # noqa: F401  (an edit while this runs is not read)
    from stewardship.site.members import create_member
    from stewardship.site.roles import CancerTracker
    from stewardship.vault import pace

    pace.MOST_OF_CASELOAD = 10**6
    password = "harbour-lemon-cart"
    who = create_member(
        username="bench",
        display_name="Bench",
        password=password,
        roles=[CancerTracker],
        by=None,
        organisation="RZ1",
    )
    written, worked_out = fill(many, timezone.localdate())
    print(
        f"{many:,} open pathways: people kept in {written:.1f} s, rows and worklists worked out in {worked_out:.1f} s"
    )
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(who, backend="stewardship.site.standing.Accounts")
    least, _ = median_ms(floor(folder))
    print(f"{'floor: fifty rows and names by hand':45}{least:8.1f} ms")
    worst = 0.0
    for name, address in PAGES.items():
        assert browser.get(address).status_code == 200, address
        took, own = median_ms(lambda address=address: browser.get(address))
        worst = max(worst, took)
        print(f"{name:45}{took:8.1f} ms  {took / least:6.1f} of the floor, {own:5.0f} ms of work")
    print(
        f"slowest median {worst:.0f} ms; the limit is {LIMIT_MS} ms: {'kept' if worst <= LIMIT_MS else 'NOT KEPT'}"
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000, Path(made))
