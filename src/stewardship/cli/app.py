"""The command line's application, and the options that several commands take."""

import re
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from stewardship import __version__


class WholeSentences(TyperGroup):
    """Lists commands with the whole first sentence of their help, in as many lines as it takes."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the commands, in the order they were added."""
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl(
                [(name, command.get_short_help_str(limit=1000)) for name, command in commands if command]
            )


app = typer.Typer(
    cls=WholeSentences,
    name="stewardship",
    help="Look after a million people as one: build figures from partners' data and serve them.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


class DayError(Exception):
    """What was given as a day is none; the message says how a day is written."""


SystemFolder = Annotated[
    Path,
    typer.Option(
        "--system",
        "-s",
        metavar="FOLDER",
        envvar="STEWARDSHIP_SYSTEM",
        show_envvar=False,
        help="Folder of the system, with its system.toml. Default: STEWARDSHIP_SYSTEM, else this folder.",
        show_default=False,
    ),
]
"""The system that a command works on; its default is always `HERE`. Open it with `open_system`."""

HERE = Path()

Port = Annotated[
    int, typer.Option(metavar="NUMBER", help="Port to serve on; 0 takes a free one.", min=0, max=65535)
]
Host = Annotated[
    str, typer.Option(metavar="ADDRESS", help="Address to serve on. The default is this computer only.")
]
PlacesFolders = Annotated[
    list[Path] | None,
    typer.Option(
        "--places",
        metavar="FOLDER",
        help="Folder of place look-ups and deprivation; may be given more than once.",
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="YYYY-MM-DD", help="Day the figures stand at. Default: last day of the data."
    ),
]
Anonymised = Annotated[
    str,
    typer.Option(
        metavar="BASIS",
        help="On what basis the data were anonymised before they came, where system.toml does not say.",
    ),
]
FutureDays = Annotated[
    int,
    typer.Option(
        metavar="NUMBER",
        min=0,
        max=36_500,
        help="Days after the last day of the data beyond which a date is set aside.",
    ),
]


def day_of(written: str | None) -> date | None:
    """The day of an `--as-of`; raises DayError for what is none."""
    if written is None:
        return None
    day = day_in("--as-of", written)
    if not 1900 <= day.year < 2200:
        raise DayError(f"--as-of {written} is not a day of 1900 to 2199, for which figures can be made.")
    return day


def day_in(option: str, written: str) -> date:
    """The day that an option names; raises DayError for what is none."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise DayError(
            f"{option} {written} is not a day: write year, month and day, for example 2026-03-31."
        ) from None


def key_of(folder: Path) -> str:
    """A folder's name as the key of a source: small letters, digits and dashes."""
    return "-".join(re.findall(r"[a-z0-9]+", folder.resolve().stem.lower())) or "omop"


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"stewardship {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit."),
    ] = False,
) -> None:
    """Look after a million people as one: build figures from partners' data and serve them."""
