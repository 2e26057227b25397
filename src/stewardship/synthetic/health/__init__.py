"""What the people of a batch have, from published shares, and how it goes together in the same people."""

from stewardship.synthetic.health.conditions import CONDITIONS, Condition, shares_of
from stewardship.synthetic.health.of_people import health_of

__all__ = ["CONDITIONS", "Condition", "health_of", "shares_of"]
