"""Tables of published figures: each says where its figures come from."""

from pathlib import Path

import pytest

from stewardship.synthetic import tables

FOLDER = Path(tables.__file__).with_name("published")
NAMES = sorted(file.stem for file in FOLDER.glob("*.csv") if file.read_text(encoding="utf-8").startswith("#"))

PUBLISHERS = (
    "NHS",
    "ONS",
    "MHCLG",
    "Public Health England",
    "general knowledge",
    "remembered",
    "invented",
    "made up",
)


@pytest.mark.parametrize("name", NAMES)
def test_a_table_names_its_source_or_says_that_it_is_made_up(name):
    said = tables.source_of(name)
    assert any(word in said for word in PUBLISHERS)
    assert tables.published(name)
    assert all(None not in row and None not in row.values() for row in tables.published(name)), "uneven rows"
