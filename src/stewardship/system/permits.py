"""What a system's settings say of a use, brought to the gate."""

from collections.abc import Mapping
from datetime import date

from stewardship.records.decisions import USES
from stewardship.records.gate import GateError, Permit, permit, use_named
from stewardship.records.identity import Identities
from stewardship.records.newest_list import newest
from stewardship.records.opt_out_files import check_reach, read_opt_outs
from stewardship.records.opt_outs import OptOutList
from stewardship.system.settings import System

PLANNING = USES["planning-results"]


def listed_opt_outs(
    system: System, identities: Identities, namespaces: Mapping[str, str]
) -> OptOutList | None:
    """The list of opt-outs that the settings name, read as it is now; None if they name none.

    namespaces: of the identifiers of each source that it is to be applied to, by its key. Raises OptOutError where
    nobody can say which list is the newest, a row of it cannot be read, or it cannot name the people of a source.
    """
    named = system.opt_outs
    if named is None:
        return None
    check_reach(named.identifier, namespaces, identities)
    file, as_of = (named.file, named.as_of) if named.as_of else newest(named.file)
    rows = read_opt_outs(file, identities, named.identifier)
    return OptOutList(rows, as_of, named.oldest_days, file.name)


def permit_for(system: System, use: str, opt_outs: OptOutList | None, *, today: date) -> Permit:
    """What a use may see by the system's settings. GateError if they do not name it, or name too little.

    use: its key. opt_outs: the list as it is now, or as a snapshot keeps it.
    """
    wanted = use_named(use)
    ruled = next((each for each in system.uses if each.use == use), None)
    if ruled is None:
        raise GateError(
            f"{wanted.words} ({use}): system.toml does not name this use. Add [uses.{use}] with its row, its lawful "
            "basis, and whose ruling that is."
        )
    return permit(
        wanted,
        row=ruled.row,
        basis=ruled.basis,
        today=today,
        opt_outs=opt_outs,
        anonymised=system.anonymised,
        national_opt_out=ruled.national_opt_out,
    )
