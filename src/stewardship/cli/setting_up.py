"""`stewardship init`, and what else a system is set up with: keys and administrators."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from stewardship import printed
from stewardship.cli.app import HERE, SystemFolder, app
from stewardship.site import serve as site
from stewardship.system.environment import load_environment, new_key
from stewardship.system.making import new_system, refuse_if_taken
from stewardship.system.mistakes import SettingsError
from stewardship.system.opened import DEMONSTRATION, open_system
from stewardship.system.reading import read_system

Username = Annotated[
    str | None, typer.Option(metavar="NAME", help="The administrator's user name. Asked for if not given.")
]
DisplayName = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="The administrator's name as others see it. Asked for if not given."),
]
PasswordFile = Annotated[
    str | None,
    typer.Option(
        metavar="FILE",
        help="File whose first line is the password; - reads it from standard input. Asked for if not given.",
    ),
]


class AdministratorError(Exception):
    """Nobody could be made administrator; the message says why and what to do."""


@dataclass(frozen=True)
class Administrator:
    """Who is to keep the accounts. password: None to ask for it."""

    username: str
    display_name: str
    password: str | None


@app.command()
def init(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="Folder to make; it must not hold anything.")
    ],
    username: Username = None,
    display_name: DisplayName = None,
    password_file: PasswordFile = None,
) -> None:
    """Make a system: settings, keys, first administrator."""
    refuse_if_taken(folder)
    administrator = _who(username, display_name, password_file)
    with new_system(folder) as made:
        load_environment(made)
        os.environ.pop(DEMONSTRATION, None)
        _let_in(made / "workspace", administrator)
    try:
        read_system(folder)
        missing: tuple[object, ...] = ()
    except SettingsError as unready:
        missing = unready.mistakes
    printed.what_to_do_next(folder, administrator.username, [str(each) for each in missing])


@app.command("add-administrator")
def add_administrator(
    username: Username = None,
    display_name: DisplayName = None,
    password_file: PasswordFile = None,
    system: SystemFolder = HERE,
) -> None:
    """Let one more administrator in.

    For when nobody else can: the other administrators have left, or the accounts moved to another database.
    """
    opened = open_system(system)
    if opened.demonstration:
        raise AdministratorError(
            "This is a demonstration: `stewardship demo` lets its members in. Make a system with `stewardship init`."
        )
    administrator = _who(username, display_name, password_file)
    _let_in(opened.workspace, administrator)
    printed.said(f"{administrator.username} can sign in, and sets up a second factor then.")


@app.command("new-key")
def new_key_printed() -> None:
    """Print a new key, for a line of stewardship.env."""
    printed.said(new_key())


def _who(username: str | None, display_name: str | None, password_file: str | None) -> Administrator:
    asked = sys.stdin.isatty()
    if not asked and not (username and display_name and password_file):
        raise AdministratorError(
            "Nobody is there to be asked. Give --username, --display-name and --password-file (- for standard "
            "input) of the first administrator."
        )
    return Administrator(
        username or typer.prompt("User name of the administrator"),
        display_name or typer.prompt("Name as others see it"),
        None if password_file is None else _password_in(password_file),
    )


def _password_in(file: str) -> str:
    """The first line of a file or of standard input."""
    try:
        lines = (sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8-sig")).splitlines()
    except (OSError, UnicodeDecodeError):
        raise AdministratorError(
            f"The file {file} cannot be read. Name one whose first line is the password."
        ) from None
    if not lines or not lines[0]:
        raise AdministratorError("There is no password: its file's first line is empty.")
    return lines[0]


def _let_in(workspace: Path, wanted: Administrator) -> None:
    """Make the account. A password that was typed and is refused is asked for again."""
    site.migrate(workspace)
    from django.db import connections  # Django's models load only after migrate

    try:
        while not _made(wanted, wanted.password or _typed()):
            pass
    finally:
        connections.close_all()  # else their files could not be moved on Windows


def _made(wanted: Administrator, password: str) -> bool:
    """Whether the account could be made; raises where asking again for a password would not help."""
    from django.core.exceptions import ValidationError

    from stewardship.site import roles
    from stewardship.site.members import create_member

    try:
        create_member(
            username=wanted.username,
            display_name=wanted.display_name,
            password=password,
            roles=[roles.Administrator],
            by=None,
        )
    except ValidationError as error:
        of_password = not hasattr(error, "error_dict")
        if wanted.password is None and of_password:
            printed.mistake(" ".join(error.messages))
            return False
        raise AdministratorError(f"{wanted.username} was not let in. {' '.join(error.messages)}") from None
    return True


def _typed() -> str:
    password: str = typer.prompt("Password", hide_input=True, confirmation_prompt="The same password again")
    return password
