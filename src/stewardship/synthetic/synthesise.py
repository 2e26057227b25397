"""A synthetic system as its partners would send it: all batches made, their files written, and the truth told."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from string import Template

from stewardship.records.progress import Progress, silent
from stewardship.synthetic.batches import Making
from stewardship.synthetic.delivering import USUAL, Delivery, Format, in_order
from stewardship.synthetic.listed import Listed
from stewardship.synthetic.lives import Plan, Whole
from stewardship.synthetic.sending import periods
from stewardship.synthetic.truth import Planted, together, write_truth

TRUTH, README = "truth.json", "README.txt"
_README = files("stewardship.synthetic") / "readme.txt"


@dataclass(frozen=True)
class Synthesised:
    """What was written: rows by `partner/kind`, and what was planted, by key."""

    rows: Mapping[str, int]
    planted: Mapping[str, Planted]


def synthesise(
    plan: Plan, into: Path, *, form: Format = USUAL, threads: int = 1, progress: Progress = silent
) -> Synthesised:
    """Write what the partners of a system send into a folder, and truth.json and README.txt beside it.

    The same plan and form give the same bytes, whatever the threads; a batch more than there are threads is kept in
    memory, whatever the number of residents.
    """
    progress("Settling how much is used", 0.0)
    making = Making.of(plan)
    delivery = Delivery(into, periods(plan), form, threads)
    planted: dict[str, Planted] = {}
    costs: dict[str, Whole] = {}
    listed = Listed.nobody(making.places)
    for number, batch in enumerate(in_order(making.batch, making.batches, threads)):
        delivery.take(batch.extracts)
        planted = together([*planted.values(), *batch.planted])
        costs = {point: costs.get(point, 0) + pence for point, pence in batch.costs.items()}
        listed += batch.listed
        progress("Making residents and what is sent of them", (number + 1) / making.batches)
    delivery.take(making.of_nobody(costs, listed))
    delivery.close()
    write_truth(into / TRUTH, made_with(plan), planted)
    (into / README).write_text(_readme(plan, form), encoding="utf-8")
    return Synthesised(delivery.rows, planted)


def made_with(plan: Plan) -> dict[str, object]:
    """What a plan says, as truth.json tells it."""
    return {
        "residents": plan.residents,
        "years": plan.years,
        "seed": plan.seed,
        "first_day": str(plan.last_day.fromordinal(plan.last_day.toordinal() - plan.last + plan.first)),
        "last_day": str(plan.last_day),
    }


def _readme(plan: Plan, form: Format) -> str:
    told = {**made_with(plan), "residents": f"{plan.residents:,}", "form": form}
    return Template(_README.read_text(encoding="utf-8")).substitute(told)
