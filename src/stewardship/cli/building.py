"""`stewardship build`, and the snapshots that builds leave."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from stewardship import printed
from stewardship.build import Built, build, rollback, snapshots
from stewardship.cli.app import HERE, Anonymised, AsOf, SystemFolder, app, day_of
from stewardship.measures.published import Published, Snapshot
from stewardship.printed import Step, Steps
from stewardship.records.identity import Identities
from stewardship.records.snapshot import SnapshotError, open_to_others
from stewardship.records.snapshot import snapshots as published
from stewardship.site import serve as site
from stewardship.system.areas import areas_of
from stewardship.system.environment import pseudonym_key
from stewardship.system.opened import identities, open_system
from stewardship.system.settings import SourceSettings, System
from stewardship.vault.errors import reaching_the_vault

DURATIONS = "durations.json"

Summary = Annotated[Path | None, typer.Option(metavar="FILE", help="File to keep the summary in.")]


@app.command("build")
def build_system(
    system: SystemFolder = HERE,
    as_of: AsOf = None,
    anonymised: Anonymised = "",
    summary: Summary = None,
) -> None:
    """Read all sources, and publish a new snapshot."""
    stands_at = day_of(as_of)
    refuse_folder(summary)
    opened = open_system(system, anonymised=anonymised, to_read_sources=True)
    if stands_at is not None:
        opened = replace(opened, as_of=stands_at)
    lasted = _lasted(opened)
    with Steps(plan_of(opened.sources, lasted=lasted)) as steps:
        made, before = build_all(opened, now=datetime.now(UTC), steps=steps)
    _keep_lasted(opened, lasted, steps.lasted)
    printed.summary(opened, made, before=before, seconds=steps.seconds, into=summary)
    if open_to_others(opened.workspace):
        printed.said(
            f"Warning. Other accounts of this computer can look into {opened.workspace}, where people's records are: "
            f"take their rights away, with chmod o= {opened.workspace}."
        )


@app.command("snapshots")
def list_snapshots(system: SystemFolder = HERE) -> None:
    """List the snapshots that are kept."""
    opened = open_system(system)
    kept = snapshots(opened)
    if not kept:
        printed.said(f"Nothing has been built in {opened.folder} yet. Run `stewardship build` first.")
        return
    printed.snapshots_kept(kept[::-1])


@app.command("rollback")
def return_to(
    snapshot: Annotated[str, typer.Argument(metavar="ID", help="Snapshot to go back to, as listed.")],
    system: SystemFolder = HERE,
    summary: Summary = None,
) -> None:
    """Go back to the records of a former snapshot.

    A new snapshot is made of them under today's opt-outs, and today's rules of disclosure control.
    """
    refuse_folder(summary)
    opened = open_system(system)
    with Steps(printed.plan(0, lasted=_lasted(opened))) as steps:
        linked, before = _ready(opened)
        made = rollback(opened, snapshot, now=datetime.now(UTC), identities=linked, progress=steps)
    printed.summary(opened, made, before=before, seconds=steps.seconds, into=summary)


def refuse_folder(summary: Path | None) -> None:
    """SnapshotError where a summary could not be written in the end, before anything is built."""
    if summary is not None and (summary.is_dir() or any(each.is_file() for each in summary.parents)):
        raise SnapshotError(f"--summary {summary} is no file that can be written. Name a file.")


def plan_of(
    sources: Sequence[SourceSettings], *, making: bool = False, lasted: Mapping[str, float] | None = None
) -> tuple[Step, ...]:
    """The steps of a build of these sources. making: whether a system is made up before."""
    partners = [source.key for source in sources if source.reader == "extracts"]
    return printed.plan(len(sources) - len(partners), making=making, partners=partners, lasted=lasted or {})


def build_all(system: System, *, now: datetime, steps: Steps) -> tuple[Built, Snapshot | None]:
    """Build, once keys, care areas and code lists are known to be sound; and what was served until then."""
    linked, before = _ready(system)
    return build(system, now=now, identities=linked, progress=steps), before


def _ready(system: System) -> tuple[Identities, Snapshot | None]:
    """What makes person_id, and what is served now, once keys, care areas and code lists are known to be sound."""
    pseudonym_key(system.keys)
    areas_of(system)
    return identities_and_links(system), served(system)


def identities_and_links(system: System) -> Identities:
    """What makes person_id, with the crosswalk that the vault holds; a demonstration has no vault to ask.

    VaultError where the vault is there and cannot be opened: without it, one person would count as several.
    """
    made = identities(system)
    if system.demonstration:
        return made
    site.migrate(system.workspace)
    from stewardship.vault.crosswalk import crosswalk  # Django's models load only after migrate
    from stewardship.vault.keys import Keyring

    with reaching_the_vault():
        return replace(made, crosswalk=crosswalk(Keyring.from_environment()))


def _lasted(system: System) -> dict[str, float]:
    """Seconds that each step of the last build took; none if that is not known."""
    try:
        told = json.loads((system.workspace / DURATIONS).read_text(encoding="utf-8"))
        return {str(step): float(seconds) for step, seconds in told.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def _keep_lasted(system: System, before: dict[str, float], now: dict[str, float]) -> None:
    """For the next build to foresee. A step that had nothing to do this time is not taken to be quick for ever."""
    lasted = before | {step: max(seconds, before.get(step, 0.0) / 2) for step, seconds in now.items()}
    with suppress(OSError):
        (system.workspace / DURATIONS).write_text(json.dumps(lasted), encoding="utf-8")


def served(system: System) -> Snapshot | None:
    """What the pages show now; None if nothing has been built."""
    found = published(system.workspace)
    return Published(found[-1] / "results").snapshot if found else None
