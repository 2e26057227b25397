"""Results published: figures made, passed through disclosure control, and written beside what the snapshot says
of itself."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path

from stewardship.build.measuring import figures, place_cards
from stewardship.care_areas.area import CareArea
from stewardship.care_areas.registry import care_areas
from stewardship.measures import disclosure
from stewardship.measures.card import card_of
from stewardship.measures.layout import GROUPS
from stewardship.measures.measure import Measure
from stewardship.measures.published import AreaCard, Snapshot, write_figures, write_snapshot
from stewardship.people.periods import years_ending
from stewardship.people.table import linked_levels, people_table
from stewardship.records.findings import Reading
from stewardship.records.opened import Records
from stewardship.records.places import Places
from stewardship.records.progress import Progress


def publish(
    folder: Path,
    records: Records,
    reading: Reading,
    places: Places,
    notes: Sequence[str],
    *,
    now: datetime,
    progress: Progress,
) -> Snapshot:
    """Make the figures of every care area in a snapshot being built, and write its `results`."""
    periods = years_ending(reading.as_of)
    areas = care_areas()
    progress("Describing residents", 0.0)
    people = records.engine.keep("people", people_table(records, periods))
    linked = linked_levels(people, records.engine)
    published = place_cards(places.place, as_of=reading.as_of, linked=linked)
    results = folder / "results"
    results.mkdir()
    tables, missing = figures(people, records, areas, periods, published, progress=progress)
    for area in areas:
        write_figures(results, area.key, tables[area.key])
    snapshot = Snapshot(
        id=folder.name.removeprefix(".building-"),
        as_of=reading.as_of,
        built_at=now.astimezone(UTC).isoformat(timespec="seconds"),
        sources=({"name": reading.source, "reader": "OMOP CDM", "people": reading.people},),
        files=tuple(disclosure.counts_to_publish(asdict(file)) for file in reading.files),
        findings=tuple(
            disclosure.counts_to_publish(asdict(replace(finding, first=""))) for finding in reading.findings
        ),
        notes=(*notes, *_notes_on_places(linked)),
        periods=tuple((period.start, period.end) for period in periods),
        disclosure=disclosure.RULE,
        deprivation_edition=places.deprivation_edition,
        places=tuple(published),
        areas=tuple(_area_card(area, missing) for area in areas),
        groups={by: list(groups) for by, groups in GROUPS.items()},
    )
    write_snapshot(results, snapshot)
    return snapshot


def _notes_on_places(linked: Collection[str]) -> list[str]:
    if linked:
        return []
    return [
        "Nobody in these data has a practice or a home in the places given, so there are figures for the whole "
        "system only."
    ]


def _area_card(area: CareArea, missing: dict[Measure, str]) -> AreaCard:
    cards = tuple(
        card_of(measure, care_area=area.key, part=part, missing=missing.get(measure, ""))
        for part, measure in area.measures()
    )
    return AreaCard(area.key, area.name, area.phase, area.definition, cards)
