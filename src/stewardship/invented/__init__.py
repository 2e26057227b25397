"""Residents who do not exist, as an OMOP folder, so that a demonstration goes the way of partners' data.

A few rows are wrong on purpose, so that the checks have something to find: see `blemishes`.
"""

from stewardship.invented.write import write_invented_omop

__all__ = ["write_invented_omop"]
