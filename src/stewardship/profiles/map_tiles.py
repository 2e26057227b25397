"""Names as they fit into tiles."""

import textwrap

from stewardship.profiles.drawings import WIDE

LETTER = 6.0  # pixels of a letter of 12 pixels, about


def tiles_across(width: int) -> int:
    """How many tiles stand beside each other."""
    return 5 if width >= WIDE else 3


def short_names(names: list[str]) -> list[str]:
    """Names without the words that all of them end with, such as Surgery; as they are where nothing would be left."""
    words = [name.split() for name in names]
    ends = 0
    while min(map(len, words), default=0) > ends + 1 and len({each[-1 - ends] for each in words}) == 1:
        ends += 1
    return [" ".join(each[: len(each) - ends]) for each in words] if len(names) > 1 else names


def name_lines(name: str, width: float) -> list[str]:
    """A name in two lines at most, cut with an ellipsis."""
    fits = max(int(width / LETTER), 4)
    lines = textwrap.wrap(" ".join(_broken(word, fits) for word in name.split()), fits) or [name]
    rest = " ".join(lines[1:])
    if len(rest) > fits:
        rest = f"{rest[: fits - 1].rstrip()}…"
    return [lines[0], rest] if rest else lines


def _broken(word: str, fits: int) -> str:
    """A word too long for a line, broken with a hyphen."""
    return word if len(word) <= fits else f"{word[: fits - 1]}- {word[fits - 1 :]}"
