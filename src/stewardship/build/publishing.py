"""Results published: figures made, passed through disclosure control, and written beside what the snapshot says
of itself."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from pathlib import Path

from stewardship.build.boundaries import publish_boundaries
from stewardship.build.budgeting import budget_figures, unit_costs_of
from stewardship.build.cancer_waits import publish_cancer_waits
from stewardship.build.checked import check, write_found
from stewardship.build.measuring import Made, figures, place_cards
from stewardship.build.supplied import readings_of_supplied
from stewardship.care_areas.area import CareArea
from stewardship.care_areas.registry import strategy
from stewardship.measures import disclosure
from stewardship.measures.budget_published import write_budget
from stewardship.measures.cancer.published import write_cancer
from stewardship.measures.card import card_of
from stewardship.measures.derived import write_derived
from stewardship.measures.frailty.calls_published import write_frailty
from stewardship.measures.layout import PUBLISHED_GROUPS
from stewardship.measures.measure import Measure
from stewardship.measures.months import write_months
from stewardship.measures.published import (
    EVERYONE,
    AreaCard,
    Published,
    Snapshot,
    write_figures,
    write_snapshot,
)
from stewardship.measures.published_figures import comparators
from stewardship.people.periods import years_ending
from stewardship.people.table import linked_levels, people_of
from stewardship.records.findings import Reading
from stewardship.records.manifest import About, read_manifest
from stewardship.records.opened import Records
from stewardship.records.places import Places
from stewardship.records.progress import Progress
from stewardship.records.snapshot import SnapshotError, snapshots
from stewardship.system.areas import areas_of
from stewardship.system.settings import System

READERS = {"omop": "OMOP CDM", "extracts": "partners' own extracts"}


def publish(
    folder: Path,
    records: Records,
    readings: Sequence[Reading],
    places: Places,
    about: About,
    *,
    system: System,
    now: datetime,
    progress: Progress,
) -> Snapshot:
    """Make the figures of every care area in a snapshot being built, and write its `results`.

    readings: what was read of each source. about: what is to be known of the records as a whole.
    """
    as_of, periods = about.as_of, years_ending(about.as_of)
    areas, costs = areas_of(system), unit_costs_of(system)
    aims = None if system.areas else strategy()  # a system that names its care areas has those alone
    measured = areas if aims is None else (*areas, aims)
    checked = check(records, places, system.thresholds, as_of=as_of, progress=progress)
    progress("Describing residents", 0.0)
    people = people_of(records, periods).kept(records.engine)
    linked = linked_levels(people, records.engine)
    published = place_cards(places.place, as_of=as_of, linked=linked)
    results, supplied = folder / "results", readings_of_supplied(folder / "records")
    results.mkdir()
    before = exact_totals(snapshots(system.workspace))
    # What asks the engine nothing fills the cores meanwhile: to forecast, to write, to work out what follows.
    with ThreadPoolExecutor(2) as meanwhile:
        made = figures(
            people,
            records,
            measured,
            periods,
            published,
            exact_before=before,
            beside=meanwhile,
            progress=progress,
        )
        beside = _comparators(records, measured, system, as_of)
        snapshot = Snapshot(
            id=folder.name.removeprefix(".building-"),
            as_of=as_of,
            built_at=now.astimezone(UTC).isoformat(timespec="seconds"),
            sources=_sources(records, readings, system),
            files=tuple(
                disclosure.counts_to_publish({"source": one.source, **asdict(file)})
                for one in [*readings, *supplied]
                for file in one.files
            ),
            findings=tuple(_findings([*readings, *supplied])),
            notes=(*about.notes, *filter(None, [about.note]), *_notes_on_places(linked)),
            periods=tuple((period.start, period.end) for period in periods),
            disclosure=disclosure.RULE,
            deprivation_edition=places.deprivation_edition,
            places=tuple(published),
            areas=tuple(_area_card(area, made.missing, beside) for area in areas),
            groups=PUBLISHED_GROUPS,
            strategy=None if aims is None else _area_card(aims, made.missing, beside),
        )
        writing = [meanwhile.submit(each, results, made) for each in (_write_cancer, _write_frailty)]
        writing += [
            meanwhile.submit(_write, results, card, made, snapshot) for card in snapshot.with_strategy
        ]
        budgets = budget_figures(
            people, records, areas, periods, published,
            costs=costs, children_first=system.children_first, progress=progress,
        )  # fmt: skip
        for each in writing:
            each.result()
    write_budget(results, budgets)
    publish_boundaries(folder)
    publish_cancer_waits(folder)
    write_found(folder, checked, records, areas, read_manifest(folder / "records"))
    write_snapshot(results, snapshot)
    return snapshot


def _write(results: Path, area: AreaCard, made: Made, snapshot: Snapshot) -> None:
    write_figures(results, area.key, made.figures[area.key])
    write_months(results, area.key, made.months[area.key])
    write_derived(results, area, made.figures[area.key], snapshot)


def _write_cancer(results: Path, made: Made) -> None:
    for name, table in made.cancer().items():
        write_cancer(results, name, table)


def _write_frailty(results: Path, made: Made) -> None:
    for name, table in made.frailty().items():
        write_frailty(results, name, table)


def _sources(records: Records, readings: Sequence[Reading], system: System) -> tuple[dict[str, object], ...]:
    """Each source with how many of its people are seen, fit to be published."""
    people = records.people_by_source()
    readers = {source.key: READERS[source.reader] for source in system.sources}
    return tuple(
        {
            "name": one.source,
            "reader": readers.get(one.source, ""),
            **disclosure.counts_to_publish({"people": people[one.source]}),
        }
        for one in readings
    )


def _findings(readings: Sequence[Reading]) -> Iterator[dict[str, object]]:
    """What was found in the files. Counts of people are of people as received: the checks count those who are seen."""
    for one in readings:
        for finding in one.findings:
            if not finding.of_people:
                told = asdict(replace(finding, first=""))
                yield disclosure.counts_to_publish({"source": one.source, **told})


def exact_totals(published: Sequence[Path]) -> dict[tuple[str, int], set[int]]:
    """Headline counts of the undivided system in snapshots that are there already, as they were shown: by measure and
    by how many years before the last. SnapshotError for a snapshot that another version of the software left."""
    shown: dict[tuple[str, int], set[int]] = {}
    for folder in published:
        try:
            for measure, before, count in _headlines(Published(folder / "results")):
                shown.setdefault((measure, before), set()).add(count)
        except (TypeError, KeyError, ValueError) as error:
            raise SnapshotError(
                f"The snapshot {folder.name} was made by another version and cannot be compared with what is to be "
                f"published: take {folder} away, then build again."
            ) from error
    return shown


def _headlines(results: Published) -> Iterator[tuple[str, int, int]]:
    """Measure, years before the last, and count, of every headline count of the undivided system."""
    where = {"place": results.system.code, "by": EVERYONE}
    for area in results.snapshot.areas:
        for card in area.measures:
            if card.headline and card.statistic == "count" and not card.missing:
                figures_shown = results.figures(area.key, measure=card.key, **where)
                for before, figure in enumerate(reversed(figures_shown)):
                    if figure.numerator is not None:
                        yield card.key, before, figure.numerator


def _notes_on_places(linked: Collection[str]) -> list[str]:
    if linked:
        return []
    return [
        "Nobody in these data has a practice or a home in the places given, so there are figures for the whole "
        "system only."
    ]


def _comparators(
    records: Records, areas: Sequence[CareArea], system: System, as_of: date
) -> dict[Measure, dict[str, object]]:
    """What the comparator place has, where the settings name one, of measures whose figure was supplied."""
    if system.comparator is None:
        return {}
    measures = [measure for area in areas for _, measure in area.measures()]
    return comparators(records, measures, system.comparator.place, system.comparator.name, as_of)


def _area_card(
    area: CareArea, missing: dict[Measure, str], beside: Mapping[Measure, dict[str, object]]
) -> AreaCard:
    cards = tuple(
        replace(
            card_of(measure, care_area=area.key, part=part, missing=missing.get(measure, "")),
            comparator=beside.get(measure, {}),
        )
        for part, measure in area.measures()
    )
    return AreaCard(area.key, area.name, area.phase, area.definition, cards)
