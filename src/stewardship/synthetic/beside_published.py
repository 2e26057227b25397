"""A made system beside the published figures: `python -m stewardship.synthetic.beside_published [RESIDENTS [SEED]]`.

Prints the tables of docs/synthetic-data.md, counted of the rows that would be sent before anything is wrong with them.
Without residents, of 1.2 million.
"""

import os
import sys
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import add

from stewardship.synthetic.asked import LAST_DAY
from stewardship.synthetic.batches import Made, Making
from stewardship.synthetic.cancer import standards
from stewardship.synthetic.care import beside_published as cared
from stewardship.synthetic.compared import Compared, table_of
from stewardship.synthetic.delivering import in_order
from stewardship.synthetic.extracts import Extract
from stewardship.synthetic.lives import Plan
from stewardship.synthetic.lives_compared import compare_lives
from stewardship.synthetic.lives_counted import CountedLives, count_lives
from stewardship.synthetic.places import places_of
from stewardship.synthetic.use.counting import Counted, compared_use


@dataclass
class Beside:
    """What was counted of some batches."""

    plan: Plan
    use: Counted = field(default_factory=Counted)
    lives: list[CountedLives] = field(default_factory=list)
    care: list[cared.Counts] = field(default_factory=list)
    cancer: list[standards.Counts] = field(default_factory=list)

    def add(self, made: Made) -> None:
        """Count one more batch."""
        plan, people, health = self.plan, made.people, made.health
        self.lives.append(count_lives(plan, places_of(plan), made.extracts))
        self.use.add(plan, people, made.extracts)
        items, read = _one(made, "medications"), _one(made, "readings")
        self.care.append(cared.care_counted(plan, people, health, items, read))
        self.cancer.append(standards.standards_met(plan, _one(made, "pathways").rows))

    def rows(self) -> list[Compared]:
        """All of them beside what is published."""
        return [
            *compare_lives(reduce(add, self.lives)),
            *_with_all_costs(compared_use(self.use)),
            *cared.compared_with_published(self.plan, cared.added(self.care)),
            *standards.compared_with_published(standards.added(self.cancer)),
            standards.first_treatments(self.plan, standards.added(self.cancer), self.use.years),
        ]


def beside_published(plan: Plan, *, batches: int | None = None, threads: int = 1) -> list[Compared]:
    """The figures of a plan beside the published ones. batches: of how many of its batches; None for all."""
    making, beside = Making.of(plan), Beside(plan)
    for made in in_order(making.made, batches or making.batches, threads):
        beside.add(made)
    return beside.rows()


def _with_all_costs(rows: list[Compared]) -> list[Compared]:
    """One row more, of the costs of every kind together."""
    costs = [row for row in rows if row.topic == "Cost"]
    published, made = sum(row.published for row in costs), sum(row.made for row in costs)
    error = sum(row.error**2 for row in costs) ** 0.5
    words, source = "all of these, pounds a person-year", "the sum of these"
    return [
        *rows,
        replace(costs[0], figure=words, published=published, made=made, source=source, error=error),
    ]


def _one(made: Made, kind: str) -> Extract:
    return next(extract for extract in made.extracts if extract.kind == kind)


if __name__ == "__main__":
    residents, seed = ([int(word) for word in sys.argv[1:]] + [1_200_000, 1][len(sys.argv) - 1 :])[:2]
    rows = beside_published(Plan(residents, 5, seed, LAST_DAY), threads=os.cpu_count() or 1)
    sys.stdout.write(table_of(rows) + "\n")
