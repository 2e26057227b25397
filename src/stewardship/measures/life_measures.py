"""Measures of life tables: life expectancy at birth, and how it differs by deprivation."""

from stewardship.measures.fact import parts_of
from stewardship.measures.measure import Better, Measure, Statistic
from stewardship.measures.schemes import LIFE_TABLES
from stewardship.people.answers import Aged
from stewardship.people.expressions import Answer, Expression, ExpressionError, describe_grain
from stewardship.people.language import EVERYONE, deaths


def life_expectancy(
    name: str, *, who: Answer = EVERYONE, better: Better = "higher", pool: int = 3, **card: object
) -> Measure:
    """The years that a newborn can expect to live, at the death rates of so many years put together.

    It is told of everyone, each sex and each fifth of deprivation.
    """
    return _of_life(name, "life expectancy", who, better, pool, **card)


def slope_of_life_expectancy(
    name: str, *, who: Answer = EVERYONE, better: Better = "lower", pool: int = 3, **card: object
) -> Measure:
    """By how many years life expectancy rises from the most to the least deprived: the slope index of the fifths."""
    return _of_life(name, "slope of life expectancy", who, better, pool, **card)


def _of_life(
    name: str, statistic: Statistic, who: Answer, better: Better, pool: int, **card: object
) -> Measure:
    if not isinstance(who, Answer):
        raise ExpressionError(f'measure "{name}": `who` {describe_grain(who)}.')
    if _asks_age(who):
        raise ExpressionError(
            f'measure "{name}": life expectancy at birth is of people of all ages. Leave aged(…) out of `who`.'
        )
    about = {"unit": "years", "pool": pool, "scheme": LIFE_TABLES, **card}
    return Measure(name, statistic, who, deaths().any(), better, **about)  # type: ignore[arg-type]


def _asks_age(expression: Expression) -> bool:
    return isinstance(expression, Aged) or any(_asks_age(part) for part in parts_of(expression))
