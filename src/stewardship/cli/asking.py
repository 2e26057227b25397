"""`stewardship count` and `explain`."""

import csv
from pathlib import Path
from typing import Annotated

import typer

from stewardship import ask
from stewardship.analysis.counting import Group
from stewardship.analysis.names import names
from stewardship.care_areas.registry import care_areas
from stewardship.cli.app import HERE, SystemFolder, app
from stewardship.measures.explained import RESIDENTS, Explanation, explain
from stewardship.people.code_lists import CodeList
from stewardship.people.written import WORDS
from stewardship.records.row_checks import plain_day
from stewardship.system.areas import areas_of
from stewardship.system.opened import open_system
from stewardship.system.reading import SETTINGS

HEADINGS = ("people", "state", "as of", "question", "snapshot", "disclosure control")


@app.command()
def count(
    expression: Annotated[
        str, typer.Argument(metavar="EXPRESSION", help="Such as 'has(DIABETES) & aged(65)'.")
    ] = "",
    by: Annotated[
        str, typer.Option(metavar="WORDS", help="Tell residents apart by this, such as alliance.")
    ] = "",
    member: Annotated[
        str,
        typer.Option(
            metavar="USER NAME", envvar="STEWARDSHIP_MEMBER", help="Who asks: a member who is an analyst."
        ),
    ] = "",
    exact: Annotated[
        bool, typer.Option("--exact", help="Without disclosure control, for de-identified work only.")
    ] = False,
    csv_file: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE", help="File to write the counts to as well.")
    ] = None,
    words: Annotated[
        bool, typer.Option("--words", help="List what can be written in an expression.")
    ] = False,
    system: SystemFolder = HERE,
) -> None:
    """Count the residents for whom an expression holds, from the current snapshot."""
    if words or not expression:
        _list_words(system)
        return
    found = ask.count(expression, by=by, member=member, system=system, exact=exact)
    _print(found)
    if csv_file is not None:
        _write(found, csv_file)


@app.command("explain")
def explain_measure(
    measure: Annotated[
        str, typer.Argument(metavar="MEASURE", help="Name or key of a measure, or part of it.")
    ],
    codes: Annotated[bool, typer.Option("--codes", help="List every code as well.")] = False,
    system: SystemFolder = HERE,
) -> None:
    """Say in words what a measure counts, with its code lists and what has to be read for it."""
    opened = open_system(system) if (system / SETTINGS).is_file() else None
    areas = areas_of(opened) if opened else care_areas()
    all_measures = [(area, part, each) for area in areas for part, each in area.measures()]
    wanted = measure.lower()
    exactly = [row for row in all_measures if wanted in (row[2].key, row[2].name.lower())]
    found = exactly or [row for row in all_measures if wanted in row[2].name.lower() or wanted in row[2].key]
    if len({row[2].key for row in found}) != 1:
        raise ask.AskError(
            _which(measure, sorted({row[2].name for row in found or all_measures}), bool(found))
        )
    area, part, meant = found[0]
    _print_explanation(explain(meant, care_area=area.key, part=part), area.name, codes=codes)


def _which(measure: str, names_there: list[str], several: bool) -> str:
    said = f'Several measures are called like "{measure}"' if several else f'There is no measure "{measure}"'
    return f"{said}. Give one of: {'; '.join(names_there)}."


def _print_explanation(explained: Explanation, area: str, *, codes: bool) -> None:
    card = explained.card
    typer.echo(f"{card.name} ({area}, {card.part})")
    typer.echo(f"\n{card.definition}")
    for title, words in (
        ("Whom it is about", explained.who), ("What is counted", explained.counted), ("Unit", card.unit),
        ("Better", card.better), ("Why it matters", card.why), ("Interval", card.method),
        ("Source", card.source), ("Missing", card.missing),
    ):  # fmt: skip
        if words:
            typer.echo(f"\n{title}: {words}")
    typer.echo("\nCode lists:" if explained.code_lists else "\nCode lists: none")
    for codelist in explained.code_lists:
        _print_list(codelist, codes=codes)
    reads = ", ".join(explained.reads) or "no table of events"
    typer.echo(f"\nRead for it: {reads}; each once, in a pass that all measures of a build share.")
    typer.echo(f"Who lives here ({', '.join(RESIDENTS)}) is read once for all measures.")


def _print_list(codelist: CodeList, *, codes: bool) -> None:
    unit = f", in {codelist.unit}" if codelist.unit else ""
    typer.echo(
        f"  {codelist.title}{unit} ({codelist.name}, version {codelist.version}, {codelist.hash}): "
        f"{len(codelist.rules)} lines"
    )
    for rule in codelist.rules if codes else ():
        typer.echo(f"    {rule.system} {rule.code} ({rule.match}) {rule.term}".rstrip())


def _list_words(system: Path) -> None:
    opened = open_system(system) if (system / SETTINGS).is_file() else None
    typer.echo("Words: " + ", ".join(sorted(WORDS)))
    typer.echo("\nCode lists and phrases: " + ", ".join(sorted(names(opened.code_lists if opened else None))))
    typer.echo("\nSigns: & (and), | (or), ~ (not), < <= > >= +, .between(42, 47), .any(), .count(), .cost()")
    typer.echo("\nFor example: stewardship count 'has(DIABETES) & aged(65)' --by alliance --member a.analyst")


def _print(found: ask.Count) -> None:
    typer.echo(f"Residents on {plain_day(found.as_of)}: {found.question}.")
    if found.missing:
        typer.echo(f"Missing: {found.missing}.")
    widest = max((len(group.name) for group in found.groups), default=0)
    for group in found.groups:
        typer.echo(f"  {group.name:<{widest}}  {_shown(group):>10}")
    typer.echo(f"{found.control} Snapshot {found.snapshot}.")


def _shown(group: Group) -> str:
    return "hidden" if group.people is None else f"{group.people:,}"


def _write(found: ask.Count, path: Path) -> None:
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(
                [
                    found.by or "group",
                    "people",
                    "state",
                    "as of",
                    "question",
                    "snapshot",
                    "disclosure control",
                ]
            )
            for group in found.groups:
                people = "" if group.people is None else group.people
                rows.writerow(
                    [
                        group.name,
                        people,
                        group.state,
                        found.as_of,
                        found.question,
                        found.snapshot,
                        found.control,
                    ]
                )
    except OSError as error:
        raise ask.AskError(f"{path} cannot be written ({error.strerror}). Name another file.") from error
