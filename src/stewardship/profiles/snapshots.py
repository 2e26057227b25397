"""Which published results the pages show."""

from stewardship.measures.current import current as current
from stewardship.measures.current import latest as latest
