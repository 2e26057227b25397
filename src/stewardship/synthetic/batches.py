"""One batch after another: who its residents are, what they have, what is sent of them, and what was planted in it."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from stewardship.synthetic.as_sent import as_sent
from stewardship.synthetic.cancer.case_finding import planted_gap
from stewardship.synthetic.cancer.pathways import CancerRates, cancer, cancer_rates
from stewardship.synthetic.cancer_waits import cancer_waits
from stewardship.synthetic.care.assessments import assessments
from stewardship.synthetic.care.medications import Prescribing, medications, prescribing
from stewardship.synthetic.care.readings import Measuring, measuring, readings
from stewardship.synthetic.costs import costs_of
from stewardship.synthetic.extracts import Extract
from stewardship.synthetic.health.of_people import health_of
from stewardship.synthetic.listed import Listed, listed_of
from stewardship.synthetic.lives import Health, People, Plan
from stewardship.synthetic.lives_sent import records_of_lives
from stewardship.synthetic.money import Costs, ledger
from stewardship.synthetic.place_files import places_sent
from stewardship.synthetic.places import Places, places_of
from stewardship.synthetic.planted_lives import planted_in_lives
from stewardship.synthetic.population import RESIDENTS_OF_A_BATCH, batches_of, people_of
from stewardship.synthetic.published_figures import published_figures
from stewardship.synthetic.truth import Planted
from stewardship.synthetic.use.making import Prepared, prepared, use_of
from stewardship.synthetic.use.rates import Expected, expected_of

REFERENCE_SEED, REFERENCE_BATCHES = 0, 4
UNUSUAL_PRACTICE = 7


@dataclass(frozen=True)
class Made:
    """The people of a batch, what they have, what is to be sent about them, and what was planted in it."""

    people: People
    health: Health
    extracts: tuple[Extract, ...]
    planted: tuple[Planted, ...]


@dataclass(frozen=True)
class Batch:
    """What is sent about one batch of residents, what that cost, who is on lists, and what was planted in it."""

    extracts: tuple[Extract, ...]
    costs: Costs
    listed: Listed
    planted: tuple[Planted, ...]


@dataclass(frozen=True)
class Settled:
    """What is worked out once, of people of reference, and then holds for every batch.

    They are the same whatever the residents and the seed, so a batch is the same however many others there are.
    """

    use: Prepared
    prescribing: Prescribing
    measuring: Measuring
    cancer: CancerRates


@dataclass(frozen=True)
class Making:
    """A system in the making."""

    plan: Plan
    places: Places
    settled: Settled

    @classmethod
    def of(cls, plan: Plan) -> "Making":
        """The system of a plan, with what is worked out once."""
        return cls(plan, places_of(plan), _settled(plan.years, plan.last_day))

    @cached_property
    def batches(self) -> int:
        """How many batches there are."""
        return batches_of(self.plan)

    def who(self, number: int) -> tuple[People, Health]:
        """The people of a batch, with what they have."""
        return _who(self.plan, self.places, number)

    def expected(self, number: int) -> Expected:
        """The people of a batch with what they are expected to use."""
        return expected_of(self.plan, self.places, *self.who(number), self.settled.use.scales)

    def made(self, number: int) -> Made:
        """A batch by its number, from 0, before anything is wrong with it; the same whenever and wherever."""
        plan, places, settled = self.plan, self.places, self.settled
        people, health = self.who(number)
        used, changes = use_of(plan, places, people, health, settled.use)
        items, unusual = medications(
            plan,
            people,
            health,
            settled.prescribing,
            UNUSUAL_PRACTICE,
            places.practices.code[UNUSUAL_PRACTICE],
        )
        pathways, backlog = cancer(
            plan, people, health, settled.cancer, places.organisations.of("hospital trust")
        )
        extracts = (
            *records_of_lives(plan, places, people, health),
            *used,
            items,
            readings(plan, people, health, settled.measuring),
            assessments(plan, people, health),
            *pathways,
        )
        planted = (
            *planted_in_lives(plan, places, people, health),
            *changes,
            unusual,
            backlog,
            planted_gap(plan, people),
        )
        return Made(people, health, extracts, planted)

    def batch(self, number: int) -> Batch:
        """A batch by its number, from 0, as it is sent."""
        made = self.made(number)
        sent, wrong = as_sent(self.plan, made.people, made.extracts)
        costs, listed = costs_of(self.plan, made.extracts), listed_of(self.plan, self.places, made.people)
        return Batch(tuple(sent), costs, listed, (*made.planted, *wrong))

    def of_nobody(self, costs: Costs, listed: Listed) -> list[Extract]:
        """What is sent of nobody in particular: places, ledgers of what all batches cost, published
        figures and cancer waits."""
        figures = published_figures(self.plan, self.places, listed)
        waits = cancer_waits(self.plan)
        return [*places_sent(self.plan, self.places, listed), ledger(self.plan, costs), figures, *waits]


@lru_cache(maxsize=4)
def _settled(years: int, last_day: date) -> Settled:
    reference = Plan(RESIDENTS_OF_A_BATCH * REFERENCE_BATCHES, years, REFERENCE_SEED, last_day)
    places = places_of(reference)
    batches = [_who(reference, places, batch) for batch in range(REFERENCE_BATCHES)]
    people, health = batches[0]
    return Settled(
        use=prepared(reference, places, batches),
        prescribing=prescribing(reference, people, health),
        measuring=measuring(reference, people, health),
        cancer=cancer_rates(reference, batches),
    )


def _who(plan: Plan, places: Places, batch: int) -> tuple[People, Health]:
    people = people_of(plan, places, batch)
    return people, health_of(plan, people)
