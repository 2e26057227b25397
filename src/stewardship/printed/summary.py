"""The summary of a build that a manager can forward: exact counts of rows, unlike the pages."""

import io
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from rich.console import Console
from rich.markup import escape

from stewardship.measures.disclosure import FEWEST_PEOPLE, counts_to_publish
from stewardship.measures.published import Snapshot
from stewardship.printed.found import failing, reading, supplied
from stewardship.printed.plain import OUT, paragraph, said, table
from stewardship.records.findings import Reading
from stewardship.records.manifest import About, Ruled
from stewardship.records.opt_outs import OptOutList
from stewardship.records.row_checks import plain_day
from stewardship.system.settings import System

FILE_COLUMNS = 110


class Made(Protocol):
    """What a build made."""

    @property
    def readings(self) -> Sequence[Reading]:
        """What was read of each source."""

    @property
    def supplied(self) -> Sequence[Reading]:
        """What was read beside the sources: ledgers, published figures."""

    @property
    def snapshot(self) -> Snapshot:
        """What is published."""

    @property
    def left_out(self) -> int:
        """How many people opt-outs leave out, exactly."""

    @property
    def about(self) -> About:
        """What is to be known of the records as a whole."""

    @property
    def parsed(self) -> dict[str, tuple[str, ...]]:
        """The files that were parsed, by the key of their source."""


def summary(
    system: System, made: Made, *, before: Snapshot | None, seconds: float, into: Path | None = None
) -> None:
    """Print what was read, found and made, and what is different from the snapshot before; and keep it in a file."""
    _summary(system, made, before, seconds, OUT)
    if into is not None:
        page = Console(file=io.StringIO(), width=FILE_COLUMNS, highlight=False, force_terminal=False)
        _summary(system, made, before, seconds, page)
        into.parent.mkdir(parents=True, exist_ok=True)
        into.write_text(page.file.getvalue(), encoding="utf-8")  # type: ignore[attr-defined]


def _summary(system: System, made: Made, before: Snapshot | None, seconds: float, out: Console) -> None:
    snapshot = made.snapshot
    out.print(
        f"\n[bold]{escape(system.name)}[/bold]: snapshot {snapshot.id}, built in {lasted(seconds)}.",
        soft_wrap=True,
    )
    out.print(f"Figures stand at {plain_day(snapshot.as_of)}.\n")
    _sources(made, out)
    out.print()
    paragraph(out, _opt_outs(made))
    for one in made.readings:
        out.print(f"\n\n[bold]{one.source}[/bold]")
        reading(one, out)
    for one in made.supplied:
        out.print(f"\n\n[bold]{one.source}[/bold]\n")
        supplied(one, out)
    for area in snapshot.with_strategy:
        could = sum(not card.missing for card in area.measures)
        paragraph(out, f"{area.name}: {could} of {len(area.measures)} measures could be made.", "  ")
    if different := changes(before, snapshot):
        out.print(f"\n[bold]Since snapshot {before.id if before else ''}[/bold]\n")
        for line in different:
            paragraph(out, line, "  ")
    for note in snapshot.notes:
        out.print()
        paragraph(out, f"Note. {note}")


def _sources(made: Made, out: Console) -> None:
    shown = table("Source", right=("People", "Rows read", "Loaded", "Set aside", "To look into", "Files"))
    for one in made.readings:
        sent = [file.file for file in one.files if not file.absent]
        parsed = len(made.parsed.get(one.source, sent))
        numbers = (
            one.people,
            sum(file.read for file in one.files),
            sum(file.loaded for file in one.files),
            sum(file.quarantined for file in one.files),
            len(failing(one.findings)),
        )
        what = "all as before" if not parsed else "parsed" if parsed >= len(sent) else f"{parsed} parsed"
        shown.add_row(one.source, *(f"{number:,}" for number in numbers), what)
    out.print(shown)


def _opt_outs(made: Made) -> str:
    """Which opt-outs were applied, and how many people they leave out as far as that may be said."""
    left = f" They leave out {_so_many(made.left_out)}." if made.about.opt_outs else ""
    return f"{_applied(made.about)}{left} {_anonymised(made.about)}".rstrip()


def _applied(about: About) -> str:
    listed = about.opt_outs
    if listed is None:
        return "No opt-outs were applied."
    return (
        f"Opt-outs were applied as listed on {plain_day(listed.as_of)} ({listed.file}, {listed.rows:,} rows)."
    )


def _anonymised(about: About) -> str:
    basis = about.ruled.anonymised if about.ruled else ""
    return f"The data are anonymised: {_ended(basis)}" if basis else ""


def _ended(sentence: str) -> str:
    """With one full stop."""
    return f"{sentence.rstrip('.')}."


def opt_outs_listed(system: System, listed: OptOutList | None, people: int) -> None:
    """What the list of opt-outs holds. people: how many have an opt-out that stands, whatever its kind, exactly."""
    if listed is None:
        said(f"No list of opt-outs is named. The data are anonymised: {system.anonymised}.")
        return
    told = f"The list of opt-outs ({listed.file}) is of {plain_day(listed.as_of)}"
    said(f"{told}. It can be read, and is recent enough. Opted out are: {_so_many(people)}.")


def _so_many(people: int) -> str:
    """How many people, as far as that may be said."""
    (count,) = counts_to_publish({"people": people}).values()
    if count is None:
        return f"{FEWEST_PEOPLE - 1} people or fewer"
    return f"about {count:,} people" if count else "nobody"


def changes(before: Snapshot | None, after: Snapshot) -> list[str]:
    """What is different from the snapshot before, a sentence each; nothing if there was none."""
    if before is None:
        return []
    told = []
    if before.as_of != after.as_of:
        told.append(f"Figures stand at {plain_day(after.as_of)}, no longer at {plain_day(before.as_of)}.")
    told += _people(before, after)
    told += _measures(before, after)
    return told or ["Nothing is different in sources, people, care areas and measures."]


def _people(before: Snapshot, after: Snapshot) -> list[str]:
    """Sources that are new or gone, and how many people more or fewer, as far as that is published."""
    was = {source["name"]: source["people"] for source in before.sources}
    now = {source["name"]: source["people"] for source in after.sources}
    new = [f"{name} is new." for name in now if name not in was]
    gone = [f"{name} is no longer a source." for name in was if name not in now]
    other = [
        f"{name}: about {now[name]:,} people, {abs(now[name] - was[name]):,} "
        f"{'more' if now[name] > was[name] else 'fewer'}."
        for name in now
        if None not in (now[name], was.get(name)) and now[name] != was[name]
    ]
    return new + gone + other


def _measures(before: Snapshot, after: Snapshot) -> list[str]:
    was, now = ({area.key: area for area in each.areas} for each in (before, after))
    told = [f"The care area {now[key].name} is new." for key in now if key not in was]
    told += [f"The care area {was[key].name} is gone." for key in was if key not in now]
    for key in now:
        if key in was:
            old, new = ({card.name: card.missing for card in area.measures} for area in (was[key], now[key]))
            told += [
                f"{now[key].name}: {name} can be made now." for name in new if old.get(name) and not new[name]
            ]
            told += [
                f"{now[key].name}: {name} can no longer be made: {why}."
                for name, why in new.items()
                if why and old.get(name) == ""
            ]
    return told


def lasted(seconds: float) -> str:
    """How long something took."""
    if seconds < 90:
        return f"{seconds:.0f} seconds"
    if seconds < 5400:
        return f"{seconds / 60:.0f} minutes"
    return f"{seconds / 3600:.1f} hours"


class Kept(Protocol):
    """A snapshot that is kept: when it was built (ISO text), of which sources, and what is to be known of it."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def built(self) -> str: ...  # noqa: D102
    @property
    def as_of(self) -> date: ...  # noqa: D102
    @property
    def sources(self) -> Sequence[str]: ...  # noqa: D102
    @property
    def people(self) -> int: ...  # noqa: D102
    @property
    def note(self) -> str: ...  # noqa: D102
    @property
    def served(self) -> bool: ...  # noqa: D102
    @property
    def about(self) -> About | None: ...  # noqa: D102


def snapshots_kept(kept: Sequence[Kept]) -> None:
    """The snapshots that can be returned to, each with what is to be known of it."""
    for each in kept:
        built = datetime.fromisoformat(each.built)
        OUT.print(f"[bold]{each.id}[/bold]{'  served' if each.served else ''}")
        told = (
            f"Built on {plain_day(built.date())} at {built:%H:%M}, from {', '.join(each.sources)}: {each.people:,} "
            f"people. Figures stand at {plain_day(each.as_of)}. {each.note}"
        )
        paragraph(OUT, told, "  ", first="  ")
        if each.about and each.about.ruled:
            paragraph(OUT, f"{_ruled(each.about.ruled)} {_applied(each.about)}", "  ", first="  ")


def _ruled(ruled: Ruled) -> str:
    """What a snapshot was made for, on what basis, and who ruled so."""
    national = f", and the national opt-out {ruled.national_opt_out}" if ruled.national_opt_out else ""
    anonymised = f" Anonymised: {_ended(ruled.anonymised)}" if ruled.anonymised else ""
    return (
        f"Made for {ruled.use}, row {ruled.row} of the decision table{national}: ruled by {ruled.ruled_by} on "
        f"{plain_day(ruled.ruled_on)}. Lawful basis: {_ended(ruled.basis)}{anonymised}"
    )
