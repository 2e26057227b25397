"""Records in the OMOP common data model, versions 5.3 and 5.4, read into canonical tables."""

from stewardship.records.files import SourceError
from stewardship.records.omop.options import Options
from stewardship.records.omop.read import check_omop, read_omop

__all__ = ["Options", "SourceError", "check_omop", "read_omop"]
