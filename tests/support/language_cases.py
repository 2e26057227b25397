"""The worked cases of the language, drawn in tests/people/language, from which its manual is made."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from stewardship.measures import measure
from stewardship.measures.compiler import with_facts
from stewardship.measures.facts import Facts, facts_in
from stewardship.people import language, periods
from stewardship.people.code_lists import CodeList, CodeRule
from stewardship.people.expressions import Answer, Expression
from stewardship.people.table import people_table
from stewardship.records.engines import ExpressionEngine
from stewardship.rules.scores.score import Group, Score
from support.evaluator import Resident, answer, last_day_there, number
from support.small_records import drawn, open_records, opened, write_records

FOLDER = Path(__file__).parents[1] / "people" / "language"
AS_OF = date(2024, 12, 31)
EVENT_TABLES = (
    "condition",
    "observation",
    "medication",
    "activity",
    "activity_code",
    "death",
    "characteristic",
)
TABLES = ("person", "registration", "address", "small_area", *EVENT_TABLES)
NOT_THERE = ""
APART = 1_000  # more than a case has people, or rows of a table

Cells = dict[tuple[str, int], str]  # (name of the person, year in which the year ends) -> as drawn


@dataclass(frozen=True)
class Case:
    """One worked case: what is recorded, what is asked, and the answers by person and year."""

    idea: str
    title: str
    meaning: str
    expression: str
    expected: str
    as_of: date = AS_OF
    tables: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def asked(self) -> Expression:
        """The expression itself."""
        return expression(self.expression)

    @cached_property
    def names(self) -> list[str]:
        """The people of the case, in the order of the expected answers."""
        return [str(row["person"]) for row in drawn(self.expected)]

    @cached_property
    def answers(self) -> Cells:
        """The expected answers."""
        return {
            (str(row["person"]), int(year)): "" if cell is None else f"{cell}"
            for row in drawn(self.expected)
            for year, cell in row.items()
            if year != "person"
        }

    @cached_property
    def years(self) -> tuple[periods.Period, ...]:
        """The five years of the case."""
        return periods.years_ending(self.as_of)

    @cached_property
    def rows(self) -> dict[str, list[dict[str, object]]]:
        """The canonical tables; people who are not drawn are given a birth date and a practice since 2015."""
        rows = {name: self._rows(name) for name in self.tables}
        everybody = range(1, len(self.names) + 1)
        rows.setdefault("person", [{"person_id": who, "birth_date": date(1960, 7, 1)} for who in everybody])
        rows.setdefault("registration", [{"person_id": who, "start": date(2015, 1, 1)} for who in everybody])
        return rows

    def _rows(self, table: str) -> list[dict[str, object]]:
        """Drawn rows with the person's number, and numbers of their own where none are drawn."""
        return [
            {
                "event_id": number,
                "activity_id": number if table == "activity" else None,
                **row,
                **({"person_id": self.names.index(row["person"]) + 1} if "person" in row else {}),
            }
            for number, row in enumerate(drawn(self.tables[table], table), start=1)
        ]


def expression(text: str) -> Expression:
    """The expression that a care area would write so."""
    return eval(text, {"__builtins__": {}}, NAMES)


def by_engine(case: Case, folder: Path) -> Cells:
    """The answers that the engine gives."""
    records = open_records(folder, case.rows)
    people = records.engine.keep("people", people_table(records, case.years))
    facts = Facts(records, facts_in(case.asked), case.years)
    row = with_facts(people, facts, [case.asked])
    asked = row.asked(case.asked) if isinstance(case.asked, Answer) else row.number(case.asked)
    found = row.table.select("period", "person_id", answer=asked).to_pyarrow().to_pylist()
    records.engine.close()
    keys = [(case.names[line["person_id"] - 1], case.years[line["period"]].end.year) for line in found]
    assert len(set(keys)) == len(keys)
    cells = {key: in_words(line["answer"]) for key, line in zip(keys, found, strict=True)}
    return {key: cells.get(key, NOT_THERE) for key in case.answers}


def together(cases: Sequence[Case], folder: Path, engine: ExpressionEngine) -> list[Cells]:
    """The answers of the cases, from records in which the people of all of them stand: as a build asks."""
    write_records(folder / "records", _rows_of_all(cases))
    records = opened(folder, engine)
    years = [year for as_of in sorted({case.as_of for case in cases}) for year in periods.years_ending(as_of)]
    people = engine.keep("people", people_table(records, years))
    facts = Facts(records, [fact for case in cases for fact in facts_in(case.asked)], years)
    row = with_facts(people, facts, [case.asked for case in cases])
    asked = {
        f"answer_{number}": row.asked(case.asked)
        if isinstance(case.asked, Answer)
        else row.number(case.asked)
        for number, case in enumerate(cases)
    }
    found = engine.ibis.to_pyarrow(row.table.select("period", "person_id", **asked)).to_pylist()
    answers: list[Cells] = [dict.fromkeys(case.answers, NOT_THERE) for case in cases]
    for line in found:
        number, who = divmod(line["person_id"], APART)
        case, year = cases[number], years[line["period"]]
        if year in case.years and (key := (case.names[who - 1], year.end.year)) in case.answers:
            answers[number][key] = in_words(line[f"answer_{number}"])
    return answers


def _rows_of_all(cases: Sequence[Case]) -> dict[str, list[dict[str, object]]]:
    """The rows of all cases; the people and events of each have numbers of their own."""
    numbers = ("person_id", "event_id", "activity_id")
    rows: dict[str, list[dict[str, object]]] = {}
    for apart, case in enumerate(cases):
        for table, drawn_rows in case.rows.items():
            rows.setdefault(table, []).extend(
                {**row, **{name: apart * APART + row[name] for name in numbers if row.get(name) is not None}}
                for row in drawn_rows
            )
    return rows


def by_evaluator(case: Case) -> Cells:
    """The answers that the plain evaluator gives."""
    years = {year.end.year: year for year in case.years}
    cells = {}
    for name, year in case.answers:
        who, period = _resident(case, case.names.index(name) + 1), years[year]
        last_day = last_day_there(who, period.start, period.end)
        ask = answer if isinstance(case.asked, Answer) else number
        cells[name, year] = (
            NOT_THERE if last_day is None else in_words(ask(case.asked, who, period.end, last_day))
        )
    return cells


def in_words(value: float | bool | None) -> str:
    """An answer as it is drawn."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.15g}"


def _resident(case: Case, person_id: int) -> Resident:
    mine = {
        name: [row for row in case.rows.get(name, ()) if row.get("person_id") == person_id] for name in TABLES
    }
    person = mine["person"][0]
    full = {
        "observation": {"value": None, "unit": None},
        "activity": {"specialty": None, "cost_pence": None, "end": None},
        "medication": {"cost_pence": None},
        "activity_code": {"activity_id": None, "position": None},
        "death": {"system": None, "code": None},
        "characteristic": {"end": None},
    }
    events = {name: [{**full.get(name, {}), **row} for row in mine[name]] for name in EVENT_TABLES}
    for stay in events["activity"]:  # what ends after the data goes on, as far as anybody knows
        stay["end"] = stay["end"] if stay["end"] and stay["end"] <= case.as_of else None
    return Resident(
        birth_date=person["birth_date"],
        sex=person.get("sex", "female"),
        conditions=events["condition"],
        observations=events["observation"],
        medications=events["medication"],
        activities=events["activity"],
        activity_codes=events["activity_code"],
        death=next(iter(events["death"]), None),
        registrations=mine["registration"],
        characteristics=events["characteristic"],
        ethnic_group=person.get("ethnic_group", "White"),
        fifth=_fifth(mine["address"], case.rows.get("small_area", [])),
    )


def _fifth(homes: list[dict], areas: list[dict]) -> int | None:
    """The fifth of the only home that a case draws."""
    fifths = {area["code"]: area["deprivation_fifth"] for area in areas}
    return fifths.get(homes[0]["small_area"]) if homes else None


@dataclass(frozen=True)
class Idea:
    """One construct of the language and its cases."""

    title: str
    meaning: str
    cases: tuple[Case, ...]


def _code_lists() -> dict[str, CodeList]:
    drawn_lists = read("00-code-lists")
    return {
        name: CodeList(
            name.lower(),
            name.lower(),
            "1",
            tuple(
                CodeRule(str(row["system"]), str(row["code"]), row["match"], str(row["term"]))
                for row in drawn(text, "code list")
            ),
            unit=drawn_lists["units"].get(name, ""),
        )
        for name, text in drawn_lists["lists"].items()
    }


def _scores() -> dict[str, Score]:
    """The scores of the page: lines of one group have its name, its class and its points."""
    return {
        name: Score(name.lower(), name.lower(), "1", "", 1, tuple(_groups(text)))
        for name, text in read("00-code-lists")["scores"].items()
    }


def _groups(text: str) -> Iterator[Group]:
    for row in drawn(text, "code list"):
        code = (str(row["system"]), str(row["code"]), row["match"])
        yield Group(row["group"], int(row["points"]), (code,), row["class"] or "")


def read(name: str) -> dict:
    """One file of the folder."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def ideas() -> list[Idea]:
    """Every construct with its cases, in the manual's order."""
    found = []
    for path in sorted(FOLDER.glob("*.toml")):
        idea = read(path.stem)
        if "case" not in idea:
            continue
        cases = tuple(
            Case(
                idea["title"], case["title"], case["meaning"], case["expression"], case["expected"],
                case.get("as_of", AS_OF), {name: case[name] for name in TABLES if name in case},
            )
            for case in idea["case"]
        )  # fmt: skip
        found.append(Idea(idea["title"], idea["meaning"], cases))
    return found


NAMES = {
    **{name: getattr(language, name) for name in (
        "EVERYONE", "admitted", "aged", "contacts", "counted", "deaths", "has", "in_fifth", "in_group", "latest",
        "of_ethnic_group", "of_sex", "points", "prescriptions", "procedures", "recorded", "weighted",
    )},
    **{name: getattr(periods, name) for name in ("EVER", "YEAR", "months", "until", "years")},
    **{name: getattr(measure, name) for name in ("cost", "people", "proportion", "rate")},
    **_code_lists(),
    **_scores(),
}  # fmt: skip
CASES = [case for idea in ideas() for case in idea.cases]
