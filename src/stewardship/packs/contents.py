"""What stands in the pack of a care area: what its page shows, read by the same functions, in the same order."""

from datetime import UTC, datetime, time

from stewardship.measures.published import PARTS, PlaceCard, Snapshot
from stewardship.packs.blocks import Block, Pack, Section, Tile, Words
from stewardship.packs.evidence import (
    expected_blocks,
    gaps_blocks,
    measures_blocks,
    money_blocks,
    variation_blocks,
)
from stewardship.packs.months import months_blocks
from stewardship.packs.pictures import Draw, chart_tables, pictures
from stewardship.packs.worked_out import hidden_blocks, worked_out_blocks
from stewardship.profiles import words
from stewardship.profiles.area_charts import area_charts
from stewardship.profiles.charts import Chart
from stewardship.profiles.figures import AreaFigures
from stewardship.profiles.gaps_charts import gap_charts
from stewardship.profiles.minute import in_a_minute
from stewardship.profiles.money import money_by_kind
from stewardship.profiles.strip import five_parts
from stewardship.profiles.trend_charts import months_charts
from stewardship.profiles.variation_charts import funnel_charts

OTHER_PARTS = tuple(part for part in PARTS if part != "outcomes")


def pack_of(figures: AreaFigures, draw: Draw) -> Pack:
    """The pack of a care area at a place. draw: the picture of a drawing as SVG, or NotDrawnError."""
    snapshot = figures.published.snapshot
    return Pack(
        title=figures.area.name,
        about=figures.area.definition,
        place=place_words(figures.place),
        period=words.period(*figures.period),
        sources=f"From {sources(snapshot)}; figures at {words.day(snapshot.as_of)}.",
        snapshot=snapshot.id,
        made=made_at(snapshot),
        notes=snapshot.notes,
        minute=tuple(Words(one.more, one.finding) for one in in_a_minute(figures)),
        tiles=tuple(Tile(one.name, one.number, one.what) for one in five_parts(figures)),
        sections=tuple(section for section in _sections(figures, draw) if section.blocks),
    )


def _sections(figures: AreaFigures, draw: Draw) -> list[Section]:
    gaps, funnels, closer = gap_charts(figures), funnel_charts(figures), area_charts(figures)
    months, by_kind = months_charts(figures), money_by_kind(figures)
    money = [by_kind] if by_kind is not None else []
    charts: list[Chart] = [*gaps, *funnels, *months, *money, *closer]
    return [
        Section("Before you rely on this", hidden_blocks(figures)),
        Section(words.PARTS["outcomes"], measures_blocks(figures, "outcomes")),
        Section("Gaps", (*pictures(gaps, draw), *gaps_blocks(figures))),
        Section("Variation", (*pictures(funnels, draw), *variation_blocks(figures))),
        Section("Trend", (*pictures(months, draw), *months_blocks(figures))),
        Section("Money", money_blocks(figures, pictures(money, draw))),
        Section("Looking closer", pictures(closer, draw)),
        *(Section(words.PARTS[part], _part(figures, part)) for part in OTHER_PARTS),
        Section("The figures of the pictures", chart_tables(charts)),
        Section("How it is worked out", worked_out_blocks(figures)),
    ]


def _part(figures: AreaFigures, part: str) -> tuple[Block, ...]:
    expected = expected_blocks(figures) if part == "population" else ()
    return (*measures_blocks(figures, part), *expected)


def place_words(place: PlaceCard) -> str:
    """A place with the people it is of: Blank Marsh, by GP practice."""
    return f"{place.name}, {place.basis}" if place.basis else place.name


def sources(snapshot: Snapshot) -> str:
    """The names of the sources, as one list."""
    return words.and_list([str(source["name"]) for source in snapshot.sources])


def made_at(snapshot: Snapshot) -> datetime:
    """When the snapshot was built; the beginning of its as-of date where that is not a moment."""
    try:
        built = datetime.fromisoformat(snapshot.built_at)
    except ValueError:
        built = datetime.combine(snapshot.as_of, time(), UTC)
    return built if built.tzinfo else built.replace(tzinfo=UTC)
