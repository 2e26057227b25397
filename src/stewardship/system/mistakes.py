"""What is wrong with a system's settings: sentences for the data manager, all of them at once."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Mistake:
    """One mistake: the line of the file that it stands in, from 1, and what to do about it."""

    line: int
    sentence: str
    file: str = "system.toml"

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.sentence}"


class SettingsError(Exception):
    """A system's settings cannot be used. Its message has one line a mistake, in the order of the file."""

    def __init__(self, mistakes: Iterable[Mistake | str]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))
