"""Telling how far a long piece of work is."""

from collections.abc import Callable

Progress = Callable[[str, float], None]
"""Called with what is being done, in words, and the fraction of this step that is done, 0 to 1."""


def silent(_doing: str, _done: float) -> None:
    """Report no progress."""
