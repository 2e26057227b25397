from pathlib import Path

from stewardship.records.dictionary import data_dictionary
from stewardship.records.model import TABLES

PAGE = Path(__file__).resolve().parents[2] / "docs" / "data-dictionary.md"


def test_the_page_in_docs_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == data_dictionary(), (
        "Write it anew: python -m stewardship.records.dictionary > docs/data-dictionary.md"
    )


def test_every_column_of_every_table_is_on_the_page():
    page = data_dictionary()
    for table in TABLES.values():
        section = page.split(f"## {table.name}\n")[1].split("\n## ")[0]
        assert all(f"| `{column.name}` |" in section for column in table.columns)
