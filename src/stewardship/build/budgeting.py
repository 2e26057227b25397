"""The budgets of care areas in a build: care allocated, put beside ledgers and burden, and fit to be published."""

from collections.abc import Sequence

from stewardship.care_areas.area import CareArea
from stewardship.measures.allocation import allocate
from stewardship.measures.allocation_claims import Claimant
from stewardship.measures.allocation_costs import UnitCost, UnitCostError, unit_costs
from stewardship.measures.budget import budget
from stewardship.measures.budget_published import BudgetFigure
from stewardship.measures.published import PlaceCard
from stewardship.people.periods import Period
from stewardship.people.table import People
from stewardship.records.opened import Records
from stewardship.records.progress import Progress
from stewardship.system.mistakes import SettingsError
from stewardship.system.settings import System

_OF_CARE = {"activity", "medication", "social_care"}


def unit_costs_of(system: System) -> tuple[UnitCost, ...]:
    """The unit costs beside the settings, or the package's own; SettingsError where they cannot be used."""
    try:
        return unit_costs(system.folder)
    except UnitCostError as error:
        raise SettingsError([str(error)]) from None


def budget_figures(
    people: People,
    records: Records,
    areas: Sequence[CareArea],
    periods: Sequence[Period],
    places: Sequence[PlaceCard],
    *,
    costs: Sequence[UnitCost],
    children_first: bool,
    progress: Progress,
) -> list[BudgetFigure]:
    """The budgets of the care areas that claim anything; none where no care or no registrations were sent.

    people: the people table, kept in the engine. costs: of care that was sent without any. children_first: as in the
    settings.
    """
    claimants = [
        Claimant(area.key, area.name, area.population, area.claims)
        for area in areas
        if area.claims is not None
    ]
    if not claimants or not _OF_CARE & records.present or "registration" not in records.present:
        return []
    progress("Allocating care and money", 0.0)
    allocated = allocate(people, records, claimants, periods, costs=costs, by_age=children_first)
    progress("Allocating care and money", 0.7)
    figures = budget(allocated, people, records, places, periods)
    progress("Allocating care and money", 1.0)
    return figures
