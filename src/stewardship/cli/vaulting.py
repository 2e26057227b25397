"""`stewardship vault`: who people are, loaded, linked, kept under new keys, and swept."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stewardship import printed
from stewardship.cli.app import HERE, SystemFolder, app
from stewardship.printed import Steps
from stewardship.site import serve as site
from stewardship.system.opened import identities, open_system
from stewardship.system.settings import System
from stewardship.vault.errors import reaching_the_vault
from stewardship.vault.keys import SETTING, Keyring

if TYPE_CHECKING:
    from stewardship.vault.loading import Loaded

vault = typer.Typer(help="The identity vault: who people are, sealed.", no_args_is_help=True)
app.add_typer(vault, name="vault")

File = Annotated[Path, typer.Argument(metavar="FILE", help="CSV file, UTF-8, with a head.")]
Report = Annotated[
    Path | None,
    typer.Option(
        "--report",
        metavar="FILE",
        help="New CSV file for the number and reason of each row that is set aside.",
    ),
]


@vault.command()
def load(file: File, report: Report = None, system: SystemFolder = HERE) -> None:
    """Load demographics: a file whole or not at all. Rows that are wrong are counted and set aside."""
    opened = _opened(system)
    from stewardship.access.log import command_line_actor
    from stewardship.vault.loading import load_people

    with Steps(()) as steps, reaching_the_vault():
        loaded = load_people(
            file, identities=identities(opened), keys=Keyring.from_environment(), now=datetime.now(UTC),
            by=command_line_actor(), report=report, told=_told(file, steps),
        )  # fmt: skip
    _say(loaded, "People kept")


@vault.command("load-crosswalk")
def load_crosswalk(file: File, report: Report = None, system: SystemFolder = HERE) -> None:
    """Load which pseudonyms made elsewhere, and which superseded NHS numbers, stand for whom."""
    opened = _opened(system)
    from stewardship.access.log import command_line_actor
    from stewardship.vault.crosswalk import load_links

    with Steps(()) as steps, reaching_the_vault():
        loaded = load_links(
            file, identities=identities(opened), keys=Keyring.from_environment(), now=datetime.now(UTC),
            by=command_line_actor(), report=report, told=_told(file, steps),
        )  # fmt: skip
    _say(loaded, "Links kept, for the next build")


@vault.command("rotate-key")
def rotate_key(system: SystemFolder = HERE) -> None:
    """Seal everything with the newest key, and say when older keys can go. Safe to stop and to repeat."""
    _opened(system)
    from stewardship.access.log import Action, command_line_actor, record
    from stewardship.vault.rotation import given_up, rotate

    keys, by = Keyring.from_environment(), command_line_actor()
    with Steps(()) as steps, reaching_the_vault():
        record(by=by, did=Action.ROTATE_KEY, via="command")
        for so_far in rotate(keys, datetime.now(UTC)):
            steps(f"Sealing {so_far.of:,} people and links", so_far.done / (so_far.of or 1))
        over = [fingerprint for fingerprint in given_up() if fingerprint in keys]
    printed.said(f"Everything in the vault is under the key {keys.newest.fingerprint}.")
    if over:
        printed.said(
            f"Nothing is under {' and '.join(over)} any more: take the older {'keys' if over[1:] else 'key'} out of "
            f"{SETTING} and start the site again. Keep {'them' if over[1:] else 'it'} as long as you keep back-ups "
            "from before today."
        )
    else:
        printed.said(
            f"To change keys, put a new one first in {SETTING}, start the site again, and repeat this."
        )


@vault.command()
def sweep(system: SystemFolder = HERE) -> None:
    """Remove people who were kept for a piece of work, more than a day ago, that never came to be."""
    _opened(system)
    from stewardship.access.log import command_line_actor
    from stewardship.vault.sweep import sweep as swept

    with reaching_the_vault():
        removed = swept(now=datetime.now(UTC), by=command_line_actor())
    printed.said(f"Removed, because no work refers to them: {removed:,}.")


def _opened(folder: Path) -> System:
    opened = open_system(folder)
    site.migrate(opened.workspace)
    return opened


def _told(file: Path, steps: Steps) -> Callable[[int], None]:
    """Tell how many of a file's rows have been read. One that cannot be read is told of by whoever reads it."""
    try:
        with file.open("rb") as lines:
            many = sum(1 for _ in lines)
    except OSError:
        many = 0
    return lambda read: steps(f"Loading {many:,} rows", min(1.0, read / (many or 1)))


def _say(loaded: "Loaded", what: str) -> None:
    printed.said(f"{what}: {loaded.kept:,}. Rows set aside: {loaded.refused.total():,}.")
    for reason, many in loaded.refused.most_common():
        first = ", ".join(f"{row:,}" for row in loaded.rows[reason])
        more = " and more" if many > len(loaded.rows[reason]) else ""
        printed.said(f"  {many:,}  {reason} (row {first}{more})")
