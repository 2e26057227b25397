"""Tables as CSV: what they are about in plain words, then a row a figure. Opens in a spreadsheet as it is."""

from collections.abc import Iterable, Sequence

from stewardship.measures.published import EVERYONE, Snapshot
from stewardship.measures.spreadsheets import Cell, to_text
from stewardship.profiles import words
from stewardship.profiles.charts import TakenAway
from stewardship.profiles.lines import Line

COLUMNS = (
    "Part",
    "Measure",
    "Unit",
    "Place",
    "Place code",
    "Level",
    "Counted",
    "By",
    "Group",
    "Period from",
    "Period to",
    "Value",
    "Lower limit, 95%",
    "Upper limit, 95%",
    "Lower limit, 99.8%",
    "Upper limit, 99.8%",
    "Numerator (people, events or pounds)",
    "Denominator (people)",
    "Compared with the whole system",
    "Change over the years",
    "Take care",
    "Source of the definition",
    "Published by",
)


def to_csv(title: str, place: str, snapshot: Snapshot, lines: Iterable[Line]) -> str:
    """The text of the file, beginning with a byte order mark so that spreadsheets read it as UTF-8."""
    return table_to_csv(title, place, snapshot, figures_table(lines))


def figures_table(lines: Iterable[Line]) -> TakenAway:
    """Figures as a table to take away: what each is about, and its numbers, or why it has none."""
    return TakenAway(COLUMNS, tuple(tuple(_row(line)) for line in lines))


def table_to_csv(title: str, place: str, snapshot: Snapshot, table: TakenAway) -> str:
    """The text of a file of another table than of figures, with the same lines before it."""
    return to_text([*_preface(title, place, snapshot), [], table.columns, *table.rows])


def _preface(title: str, place: str, snapshot: Snapshot) -> list[Sequence[Cell]]:
    latest = snapshot.periods[-1]
    sources = words.and_list([str(source["name"]) for source in snapshot.sources])
    return [
        ("Figures", title),
        ("Place", place),
        ("Latest period", words.period(*latest)),
        ("Sources", f"{sources}; figures at {words.day(snapshot.as_of)}"),
        ("Snapshot", f"{snapshot.id}, built {words.moment(snapshot.built_at)}"),
        ("Disclosure control", snapshot.disclosure),
        *(("Take care", note) for note in snapshot.notes),
    ]


def _row(line: Line) -> list[Cell]:
    card, figure = line.card, line.figure
    why = words.state(figure, card)
    about: list[Cell] = [words.PARTS.get(card.part, card.part), card.name, card.unit]
    about += [line.place.name, line.place.code, line.place.level, line.place.basis or "everyone"]
    group = "Everyone" if line.by == EVERYONE else words.group(line.by, line.group)
    about += [line.by.capitalize(), group, line.period[0].isoformat(), line.period[1].isoformat()]
    if why or figure is None:
        return [*about, why, *[None] * 6, "", "", "", card.source, ""]
    limits = (figure.lower95, figure.upper95, figure.lower99_8, figure.upper99_8)
    return [
        *about,
        _rounded(figure.value),
        *(_rounded(limit) for limit in limits),
        _pounds(figure.numerator, card.unit),
        figure.denominator,
        words.COMPARED.get(figure.compared, ""),
        words.CHANGED.get(figure.change, ""),
        figure.caution,
        card.source,
        figure.source or "",
    ]


def _rounded(value: float | None) -> Cell:
    if value is None:
        return None
    return int(value) if float(value).is_integer() else round(value, 4)


def _pounds(numerator: int | None, unit: str) -> Cell:
    return numerator if numerator is None or not unit.startswith("£") else numerator / 100
