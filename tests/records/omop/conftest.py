from pathlib import Path

import pytest

from support.omop_feed import Feed


@pytest.fixture
def feed(tmp_path: Path) -> Feed:
    return Feed(tmp_path)
