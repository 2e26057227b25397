"""A snapshot with everything that the pages of a site under test read: figures, budget, cancer pathways, forecast,
national statistics."""

from pathlib import Path

from stewardship.measures.budget_published import write_budget
from support.budget_of_areas import BUDGET_OF_AREAS
from support.cancer_drawn import write_cancer_drawn
from support.cancer_forecast import write_forecast
from support.national_drawn import write_national_drawn
from support.register_drawn import write_register_drawn
from support.site import NOTE
from support.snapshots import publish


def publish_whole(workspace: Path, snapshot_id: str = "2026-04-14") -> None:
    """Publish it in a workspace. Whoever publishes on a server that other tests share publishes all that they read."""
    results = publish(workspace, snapshot_id, notes=(NOTE,))
    write_budget(results, BUDGET_OF_AREAS)
    write_cancer_drawn(results)
    write_register_drawn(results)
    write_forecast(results)
    write_national_drawn(results)
