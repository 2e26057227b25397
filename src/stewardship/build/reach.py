"""Whether the list of opt-outs reaches the people whose records it is to be applied to."""

from collections.abc import Sequence

from stewardship.measures.disclosure import FEWEST_PEOPLE, counts_to_publish
from stewardship.records.manifest import SourceEntry
from stewardship.records.opt_out_files import OptOutError
from stewardship.system.settings import System


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
