"""The commands that pages tell people to run are there, with the options that they are given."""

import re
import shlex
from itertools import takewhile
from pathlib import Path

import pytest
import typer

from stewardship.cli import app

DOCS = Path(__file__).parents[1] / "docs"
COMMAND = re.compile(r"(?:^|[\s/;&|])(?:step|stewardship)[ \t]+(?![({])(.*)")


def commands(page: Path) -> list[str]:
    """What stands after `stewardship`, or after the nightly script's `step`, in the page's blocks of shell."""
    blocks = re.findall(r"^```sh\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    lines = [
        line
        for block in blocks
        for line in block.splitlines()
        if not line.lstrip().startswith(("#", "step()"))
    ]
    return [found for line in lines for found in COMMAND.findall(re.sub(r"\$\([^)]*\)", "X", line))]


def words_of(line: str) -> list[str]:
    """The words of a command, up to the next command of the line."""
    return list(
        takewhile(lambda word: word not in ("|", "&&", "||", ";", "&"), shlex.split(line, comments=True))
    )


def known(words: list[str]) -> str:
    """What of a command is not there; nothing if all of it is."""
    command, words = typer.main.get_command(app), list(words)
    while words and hasattr(command, "commands"):
        name = words.pop(0)
        if name not in command.commands:
            return name
        command = command.commands[name]
    options = {option for each in command.params for option in each.opts}
    return " ".join(word for word in words if word.startswith("-") and word not in options)


@pytest.mark.parametrize(
    "page", ["operations.md", "guide/analyst.md", "guide/data-manager.md", "guide/identity.md"]
)
def test_every_command_of_a_page_is_there_with_its_options(page):
    told = [words_of(each) for each in commands(DOCS / page)]
    assert {" ".join(words): missing for words in told if (missing := known(words))} == {}


def test_the_nightly_script_is_among_what_is_checked():
    told = commands(DOCS / "operations.md")
    for each in (
        "backup --to",
        "log verify --holds",
        "build --summary",
        "attack",
        "vault sweep",
        "log watch",
    ):
        assert any(line.startswith(each) for line in told), each


@pytest.mark.parametrize(
    "words, missing", [("vault wash", "wash"), ("build --twice", "--twice"), ("dance", "dance")]
)
def test_what_is_not_there_would_be_found(words, missing):
    assert known(words.split()) == missing
