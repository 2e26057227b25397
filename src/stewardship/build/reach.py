"""Whether the list of opt-outs is whole, and reaches the people whose records it is to be applied to."""

from collections.abc import Sequence
from datetime import date

import pyarrow.compute as pc

from stewardship.measures.disclosure import FEWEST_PEOPLE, counts_to_publish
from stewardship.records.manifest import SourceEntry
from stewardship.records.model import OPT_OUT_KINDS
from stewardship.records.opt_out_files import OptOutError
from stewardship.records.opt_outs import OptOutList, kept_opt_outs
from stewardship.records.snapshot import snapshots
from stewardship.system.settings import System

MOST_GONE = 0.05  # of the opt-outs that stood: more than end from one list to the next
FEWEST_GONE = 8


def refuse_cut_off(system: System, opt_outs: OptOutList | None, *, today: date) -> None:
    """Raises OptOutError if many of the opt-outs that the last snapshot was made under stand no longer.

    A list that is cut off at the end of a line reads like any other. The settings state its number of rows where its
    sender says that so many have ended.
    """
    before = None if opt_outs is None else _kept(system)
    if system.opt_outs is None or opt_outs is None or before is None:
        return
    stood, gone = _stood_and_gone(before, opt_outs, today)
    if gone >= FEWEST_GONE and gone > MOST_GONE * stood and system.opt_outs.rows != opt_outs.rows.num_rows:
        told = counts_to_publish({"stood": stood, "gone": gone})
        raise OptOutError(
            f"Of about {told['stood']:,} opt-outs that stood when the last snapshot was made, about {told['gone']:,} "
            f"are gone from {opt_outs.file}: it may have been cut off, and those people would be counted again. "
            "Nothing is built. Send the list again, whole. Where its sender says that they have ended, state under "
            "[opt_outs] how many rows it has by the sender's count, such as rows = 1204."
        )


def _kept(system: System) -> OptOutList | None:
    """The list that the last snapshot was made under, of those that were made under one."""
    lists = (
        kept_opt_outs(folder / "records", oldest_days=0) for folder in reversed(snapshots(system.workspace))
    )
    return next((each for each in lists if each), None)


def _stood_and_gone(before: OptOutList, now: OptOutList, today: date) -> tuple[int, int]:
    """How many opt-outs stood by the list before, and how many of them stand no longer."""
    stood = gone = 0
    for kind in OPT_OUT_KINDS:
        were = before.standing([kind], today)
        stood += len(were)
        gone += len(were) - (pc.sum(pc.is_in(were, value_set=now.standing([kind], today))).as_py() or 0)
    return stood, gone


def namespaces_of(system: System) -> dict[str, str]:
    """The namespace of each source's identifiers, by the source's key."""
    return {source.key: source.identifier.namespace for source in system.sources}


def refuse_unlinked(system: System, sources: Sequence[SourceEntry]) -> None:
    """Raises OptOutError if too many people of a source have no link by which an opt-out would find them.

    sources: as they were read. Where one names people as the list does, it needs no links. The settings state how
    many without a link are put up with.
    """
    if system.opt_outs is None:
        return
    allowed = {source.key: source.unlinked_at_most for source in system.sources}
    for source in sources:
        crossed = source.namespace != system.opt_outs.identifier.namespace
        if crossed and source.unlinked > allowed.get(source.key, 0.0) * source.people:
            raise OptOutError(_unlinked(source))


def in_words(people: int) -> str:
    """How many people, as far as that may be said."""
    (count,) = counts_to_publish({"people": people}).values()
    return f"{FEWEST_PEOPLE - 1} people or fewer" if count is None else f"about {count:,} people"


def _unlinked(source: SourceEntry) -> str:
    return (
        f"The crosswalk has no link for {in_words(source.unlinked)} of {source.key}, out of "
        f"{in_words(source.people)}: should they have opted out, they would be counted. Load a crosswalk that "
        "names them, with `stewardship vault load-crosswalk`, then build again. Where it is ruled that some may stay "
        "without a link, state their share under that [[source]], such as unlinked_at_most = 0.02."
    )
