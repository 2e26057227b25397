"""Partners' own extracts, such as SUS and HES, read into canonical tables."""

from stewardship.records.extracts.numbers import Numbers
from stewardship.records.extracts.options import ExtractOptions
from stewardship.records.extracts.read import check_extracts, read_extracts, tables_of
from stewardship.records.extracts.shelf import Shelf

__all__ = ["ExtractOptions", "Numbers", "Shelf", "check_extracts", "read_extracts", "tables_of"]
