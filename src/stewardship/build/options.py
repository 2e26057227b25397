"""How a source of a system is read, by a build as by a check."""

from datetime import date

from stewardship.records.extracts import ExtractOptions
from stewardship.records.gate import OF_GENERAL_PRACTICE
from stewardship.records.identity import Identities, Naming
from stewardship.records.omop import Options
from stewardship.records.places import Places, invented_places, read_places
from stewardship.system.settings import PlacesSettings, SourceSettings


def places_of(settings: PlacesSettings) -> Places:
    """The places that the settings name; the invented ones where they name none."""
    return read_places(settings.folders) if settings.folders else invented_places()


def areas_known(settings: PlacesSettings, places: Places) -> frozenset[str] | None:
    """The small areas that a home may lie in; None for any, where homes are assigned to them by chance."""
    return None if settings.spread_seed is not None else places.small_areas


def reading_options(
    source: SourceSettings,
    identities: Identities,
    *,
    as_of: date | None,
    today: date,
    small_areas: frozenset[str] | None,
) -> Options:
    """What a reader has to be told of a source.

    as_of: the day figures stand at; None for the source's last day. today: the day of the build. small_areas: codes
    of the areas known to the system; None for any.
    """
    named = source.identifier
    kind = {"kind": source.kind} if source.reader == "extracts" else {}
    return (ExtractOptions if kind else Options)(
        **kind,
        naming=Naming(identities, named.namespace, named.column, named.kind),
        not_after=today,
        source=source.key,
        registers=source.kind in OF_GENERAL_PRACTICE,
        as_of=as_of,
        future_days=source.future_days,
        small_areas=small_areas,
    )
