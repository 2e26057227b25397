"""Serve an invented workspace in a process of its own: python served.py FOLDER. Prints its address."""

import os
import sys
from pathlib import Path

from stewardship.site.serve import migrate, serve
from support import people
from support.advice_calls import LINE
from support.register import TEAM
from support.register_people import register_people, with_everything
from support.site import PASSWORD, PRACTICE
from support.tracked import PROVIDER
from support.whole import publish_whole


def main(workspace: Path) -> None:
    os.environ |= {
        "STEWARDSHIP_DEMONSTRATION": "yes",
        "STEWARDSHIP_LOG_KEY": "a key for the log of a site under test",
        "STEWARDSHIP_VAULT_KEYS": people.OLD_KEY,
        "STEWARDSHIP_PSEUDONYM_KEY": people.PSEUDONYM_KEY,
    }
    publish_whole(workspace)
    migrate(workspace)
    from django.utils import timezone

    from stewardship.site.members import create_member
    from stewardship.site.roles import (
        Administrator,
        AdviceLineConsultant,
        CancerSteward,
        CancerTracker,
        CareCoordinator,
        DataManager,
        PracticeUser,
        Steward,
    )

    roles = {
        "steward": [Steward],
        "administrator": [Administrator],
        "manager": [DataManager],
        "both": [Steward, Administrator],
        "cancersteward": [CancerSteward],
    }
    for username, held in roles.items():
        create_member(
            username=username,
            display_name=f"Sam {username.capitalize()}",
            password=PASSWORD,
            roles=held,
            by=None,
        )
    create_member(
        username="practice",
        display_name="Sam Practice",
        password=PASSWORD,
        roles=[PracticeUser],
        by=None,
        organisation=PRACTICE,
    )
    for username in ("tracker", "tracker2"):
        create_member(
            username=username,
            display_name=f"Sam {username.capitalize()}",
            password=PASSWORD,
            roles=[CancerTracker],
            by=None,
            organisation=PROVIDER,
        )
    create_member(
        username="consultant",
        display_name="Dr Sam Consultant",
        password=PASSWORD,
        roles=[AdviceLineConsultant],
        by=None,
        organisation=LINE,
    )
    create_member(
        username="coordinator",
        display_name="Sam Keeper",
        password=PASSWORD,
        roles=[CareCoordinator],
        by=None,
        organisation=TEAM,
    )
    people.load(people.written(workspace / "people.csv", people.shown()))
    (workspace / "people.csv").unlink()
    with_everything(register_people(timezone.now())[0], timezone.now())
    serve(workspace, port=0, ready=lambda address: print(address, flush=True))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
