"""What planning may see of a system's records today: asked before any of them is read."""

from datetime import date

from stewardship.records.decisions import USES
from stewardship.records.gate import Permit, permit
from stewardship.records.identity import Identities
from stewardship.records.opt_out_files import check_reach, read_opt_outs
from stewardship.records.opt_outs import OptOutList
from stewardship.system.settings import System

PLANNING = USES["planning-results"]


def planning_permit(system: System, *, identities: Identities, today: date) -> Permit:
    """The permit of planning, with the opt-outs as they are listed today.

    Raises GateError where the settings do not allow the use, OptOutError where the list cannot be relied on.
    """
    ruled = next((use for use in system.uses if use.use == PLANNING.key), None)
    return permit(
        PLANNING,
        row=ruled.row if ruled else None,
        basis=ruled.basis if ruled else "",
        today=today,
        opt_outs=_listed(system, identities),
        anonymised=system.anonymised,
        national_opt_out=ruled.national_opt_out if ruled else "",
    )


def _listed(system: System, identities: Identities) -> OptOutList | None:
    told = system.opt_outs
    if told is None:
        return None
    namespaces = {source.key: source.identifier.namespace for source in system.sources}
    check_reach(told.identifier, namespaces, identities)
    rows = read_opt_outs(told.file, identities, told.identifier)
    return OptOutList(rows, told.as_of, told.oldest_days)
