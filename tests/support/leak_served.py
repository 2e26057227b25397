"""Serve a site with people in its vault, a practice user, a privacy officer and pages that fail: FOLDER PEOPLE.CSV."""

import os
import sys
from pathlib import Path

from stewardship.site.serve import migrate, serve
from support.people import OLD_KEY, PSEUDONYM_KEY
from support.site import NOTE, PASSWORD
from support.snapshots import publish


def main(workspace: Path, people: Path) -> None:
    os.environ |= {
        "STEWARDSHIP_DEMONSTRATION": "yes",
        "STEWARDSHIP_LOG_KEY": "a key for the log of a site under test",
        "STEWARDSHIP_VAULT_KEYS": OLD_KEY,
        "STEWARDSHIP_PSEUDONYM_KEY": PSEUDONYM_KEY,
    }
    publish(workspace, notes=(NOTE,))
    migrate(workspace)
    from django.conf import settings

    from stewardship.site.members import create_member
    from stewardship.site.roles import PracticeUser, PrivacyOfficer, Steward
    from support.people import load

    load(people)
    members = {"doctor": PracticeUser, "officer": PrivacyOfficer, "steward": Steward}
    for username, role in members.items():
        create_member(
            username=username, display_name=f"Sam {username.capitalize()}", password=PASSWORD, roles=[role], by=None,
            organisation="P81001" if role is PracticeUser else "",
        )  # fmt: skip
    busy()
    settings.ROOT_URLCONF = "support.failing_urls"
    serve(workspace, port=0, ready=lambda address: print(address, flush=True))


def busy() -> None:
    """Somebody who opened more people than care allows."""
    from stewardship.access.log import Action, Actor, record

    for person in range(1, 66):
        record(
            by=Actor(member_id=900, name="Dr B. Busy", role="practice-user"), did=Action.VIEW, about=[person]
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
