"""A care area: who it is about and the five parts by which stewards know it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from stewardship.care_areas.claims import Claims
from stewardship.measures.measure import OF_EVENTS, Measure
from stewardship.people.expressions import Answer


class CareAreaError(Exception):
    """A care area that cannot be used; the message is for the person who wrote it."""


_TAKEN = ("all", "budget", "unallocated")  # names in the results


@dataclass(frozen=True)
class CareArea:
    """A care area, declared.

    population: the residents it is about; at_risk: those it may yet be about, or None.
    population_measures to outcomes: the measures of the five parts, the most telling first.
    claims: what activity and money is its own; None: nothing is, and no budget is made of it.
    """

    key: str
    name: str
    phase: int
    definition: str
    population: Answer
    at_risk: Answer | None
    population_measures: Sequence[Measure] = field(default=())
    resources: Sequence[Measure] = field(default=())
    activity: Sequence[Measure] = field(default=())
    burden: Sequence[Measure] = field(default=())
    outcomes: Sequence[Measure] = field(default=())
    claims: Claims | None = None

    def __post_init__(self) -> None:
        if self.key in _TAKEN or (self.key == "strategy") != isinstance(self, Strategy):
            raise CareAreaError(f'{self.name}: the key "{self.key}" has another meaning. Give it another.')
        keys = [measure.key for _, measure in self.measures()]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        if twice:
            raise CareAreaError(
                f"{self.name}: two measures have the same name ({', '.join(twice)}). Rename one."
            )
        for _, measure in self.measures():
            _check_words(measure)

    def measures(self) -> list[tuple[str, Measure]]:
        """Every measure with the part that it stands in, in order."""
        parts = {
            "population": self.population_measures,
            "resources": self.resources,
            "activity": self.activity,
            "burden": self.burden,
            "outcomes": self.outcomes,
        }
        return [(part, measure) for part, measures in parts.items() for measure in measures]


@dataclass(frozen=True)
class Strategy(CareArea):
    """What the whole system wants to change: measures of everyone, which are no care area's and belong to no team."""


def _check_words(measure: Measure) -> None:
    """Every card says what is counted in words that fit the sentence made of them."""
    what = measure.numerator_in_words
    if not what and measure.statistic != "count":
        raise CareAreaError(
            f'measure "{measure.name}" has no `numerator_in_words`. '
            "Say what is counted, as it stands in a sentence."
        )
    if measure.statistic in OF_EVENTS and not measure.over_in_words:
        raise CareAreaError(
            f'measure "{measure.name}" has no `over_in_words`. Say which events it is of, as in "emergency admissions".'
        )
    if measure.statistic == "proportion" and not what.startswith("people "):
        raise CareAreaError(
            f'measure "{measure.name}": `numerator_in_words` of a share starts with "people", such as '
            f'"people with diabetes", but is "{what}".'
        )
