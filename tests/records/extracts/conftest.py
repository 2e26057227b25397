"""Folders of extracts for the tests of their reader."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from support.extract_feed import ExtractFeed


@pytest.fixture
def feed(tmp_path: Path) -> Callable[..., ExtractFeed]:
    """Makes the folder of one partner of a kind."""
    made: list[ExtractFeed] = []

    def make(kind: str = "general practice", **options: Any) -> ExtractFeed:
        made.append(ExtractFeed(tmp_path / str(len(made)), kind, **options))
        return made[-1]

    return make
