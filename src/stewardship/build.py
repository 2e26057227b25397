"""A build: from a partner's files to published results, in a new snapshot."""

import json
import shutil
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from stewardship.care_areas.area import CareArea
from stewardship.care_areas.registry import care_areas
from stewardship.measures import disclosure
from stewardship.measures.card import card_of
from stewardship.measures.chosen import Chosen
from stewardship.measures.coverage import Coverage
from stewardship.measures.facts import Facts, facts_in
from stewardship.measures.figures import figures_of, missing_figures
from stewardship.measures.layout import GROUPS, Layout
from stewardship.measures.measure import Measure
from stewardship.measures.published import AreaCard, PlaceCard, Snapshot, write_figures, write_snapshot
from stewardship.measures.sums import add_up, batches
from stewardship.people.periods import Period, years_ending
from stewardship.people.table import PLACE_COLUMNS, linked_levels, people_table
from stewardship.records.engine import Engine
from stewardship.records.findings import Reading
from stewardship.records.omop import SourceError, read_omop
from stewardship.records.opened import Records
from stewardship.records.places import Places, invented_places, memberships, read_places, spread_over_places
from stewardship.records.progress import Progress, silent
from stewardship.records.snapshot import new_snapshot


@dataclass(frozen=True)
class Source:
    """What a build reads.

    folder: an OMOP folder or DuckDB file. places: folders of lookups and deprivation; empty for the package's
    own invented places. spread_seed: assign homes by chance with this seed; None: as the source says. as_of:
    None for the last day of activity or registration in the data.
    """

    folder: Path
    name: str = "omop"
    places: tuple[Path, ...] = ()
    spread_seed: int | None = None
    as_of: date | None = None
    future_days: int = 31
    memory: str = "4GB"
    notes: tuple[str, ...] = ()


def build(
    workspace: Path, source: Source, *, now: datetime, progress: Progress = silent
) -> tuple[Reading, Snapshot]:
    """Build a snapshot in the workspace and publish it; returns what was read, exactly, and what is published.

    Raises SourceError or PlacesError for what cannot be read, BuildInProgressError while another build is
    under way; whatever is raised, the snapshot before is untouched.
    """
    with new_snapshot(workspace, started=now) as folder:
        engine = Engine(scratch=folder / "scratch", memory=source.memory)
        try:
            reading, places, notes = read(source, folder / "records", engine, now=now, progress=progress)
            records = Records(folder / "records", engine, reading.present)
            snapshot = _publish(folder, records, reading, places, notes, now=now, progress=progress)
        finally:
            engine.close()
        shutil.rmtree(folder / "scratch")
    return reading, snapshot


def read(
    source: Source, into: Path, engine: Engine, *, now: datetime, progress: Progress = silent
) -> tuple[Reading, Places, list[str]]:
    """Read a source and its places into canonical tables; and what must be said on every page.

    Raises SourceError where nobody could be loaded: pages about nobody would take the place of good ones.
    """
    into.mkdir(parents=True)
    places = read_places(source.places) if source.places else invented_places()
    reading = read_omop(
        source.folder,
        into,
        engine=engine,
        source=source.name,
        as_of=source.as_of,
        not_after=now.date(),
        future_days=source.future_days,
        small_areas=None if source.spread_seed is not None else places.small_areas,
        progress=progress,
    )
    if not reading.people:
        raise SourceError(
            f"{source.folder} holds nobody: no row of PERSON could be loaded, so nothing was built. "
            "`stewardship check` says what was found."
        )
    places.write(into)
    exact = json.dumps(asdict(reading), default=_plain, ensure_ascii=False, indent=1)
    (into / "reading.json").write_text(exact, encoding="utf-8")
    notes = list(source.notes)
    if source.spread_seed is not None:
        notes.append(spread_over_places(into, places, seed=source.spread_seed, engine=engine))
    return reading, places, notes


def _publish(
    folder: Path,
    records: Records,
    reading: Reading,
    places: Places,
    notes: Sequence[str],
    *,
    now: datetime,
    progress: Progress,
) -> Snapshot:
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


def figures(
    people: Any,
    records: Records,
    areas: Sequence[CareArea],
    periods: Sequence[Period],
    places: Sequence[PlaceCard],
    *,
    progress: Progress = silent,
) -> tuple[dict[str, pa.Table], dict[Measure, str]]:
    """Every care area's published figures by its key, and why measures are missing.

    people: the people table, kept in the engine. Each event table is read once for the measures of all areas.
    """
    coverage = Coverage(records)
    wanted = list(dict.fromkeys(measure for area in areas for _, measure in area.measures()))
    missing = {measure: reason for measure in wanted if (reason := coverage.missing(measure))}
    made = [measure for measure in wanted if measure not in missing]
    layout = Layout(len(periods), places)
    progress("Gathering facts", 0.0)
    facts = Facts(records, _facts_of(made), periods)
    found = {measure: missing_figures(measure, why, layout, periods) for measure, why in missing.items()}
    chosen = Chosen(people, facts, made, records.engine)
    for batch in batches(made):
        progress("Adding up measures", 0.2 + 0.8 * len(found) / max(1, len(wanted)))
        for measure, sums in add_up(chosen, facts, batch, records.engine).items():
            found[measure] = figures_of(measure, sums, layout, periods)
    progress("Adding up measures", 1.0)
    tables = {
        area.key: pa.concat_tables([found[measure] for _, measure in area.measures()]) for area in areas
    }
    return tables, missing


def place_cards(place: pa.Table, *, as_of: date, linked: Collection[str] = PLACE_COLUMNS) -> list[PlaceCard]:
    """The places that figures are published for, the system first: those that people are counted in.

    linked: the levels that anybody is linked to; the others have no cards. Small areas are too small to
    publish. Alliances are counted by practice where anybody is linked to one, else by home.
    """
    rows = [row for row in memberships(place, as_of) if row["level"] in ("system", *linked)]
    by_practice = any(row["level"] == "practice" for row in rows)
    chosen: dict[str, PlaceCard] = {}
    for row in sorted(rows, key=lambda row: (_LEVELS.index(row["level"]), row["name"], row["code"])):
        if row["level"] == "alliance" and (row["hierarchy"] == "registration") != by_practice:
            continue
        basis = {"registration": "by GP practice", "residence": "by home"}[row["hierarchy"]]
        card = PlaceCard(row["code"], row["name"], row["level"], row["parent"] or "", basis)
        chosen.setdefault(row["code"], card if row["level"] != "system" else replace(card, basis=""))
    return list(chosen.values())


_LEVELS = ("system", "alliance", "network", "practice", "local_authority", "neighbourhood")


def _facts_of(measures: Sequence[Measure]) -> list[Any]:
    expressions = [part for m in measures for part in (m.who, m.numerator) if part is not None]
    return [fact for expression in expressions for fact in facts_in(expression)]


def _area_card(area: CareArea, missing: dict[Measure, str]) -> AreaCard:
    cards = tuple(
        card_of(measure, care_area=area.key, part=part, missing=missing.get(measure, ""))
        for part, measure in area.measures()
    )
    return AreaCard(area.key, area.name, area.phase, area.definition, cards)


def _plain(value: object) -> object:
    return sorted(value) if isinstance(value, frozenset) else str(value)
