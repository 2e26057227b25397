"""Residents who do not exist, as an OMOP folder, so that tests go the way of partners' data.

A few rows are wrong on purpose, so that the checks have something to find: see `blemishes`.
"""

from support.invented_omop.write import write_invented_omop

__all__ = ["write_invented_omop"]
