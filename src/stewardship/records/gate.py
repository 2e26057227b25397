"""The gate: the only way to people's records. It takes a use and a source, and gives the rows that the use may see.

Whoever wants records states a use, the row of the decision table that it was ruled to be, and its lawful basis; then
`permit` says yes or, in a sentence, no, and `open_records` opens what the permit allows. Whatever is not stated is
refused. What a use may not see is as if it had never been sent: nothing later can count it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

import pyarrow as pa

from stewardship.records.decisions import DECISIONS, LONGEST_DAYS, USES, Decision, Use
from stewardship.records.engines import ExpressionEngine
from stewardship.records.manifest import SourceEntry, read_manifest
from stewardship.records.opened import Records
from stewardship.records.opt_outs import OptOutList
from stewardship.records.seen import Seen, Who

SOURCE_KINDS = (
    "general practice", "hospital", "community", "mental health", "social care", "urgent care", "cancer", "deaths",
    "linked",
)  # fmt: skip
# In a feed that was joined before it came, nobody can tell which rows general practice sent.
OF_GENERAL_PRACTICE = ("general practice", "linked")

Ruling = Literal["", "applies", "does not apply"]


class GateError(Exception):
    """The use may not see any records; the message says what is lacking and who can give it."""


@dataclass(frozen=True, eq=False)
class Permit:
    """What a use may see. Made by `permit` alone.

    national: whether the national opt-out applies. opt_outs: the list that was found fresh enough; None where none
    is needed. consented: person_id of the only people seen; None for everyone.
    """

    use: Use
    decision: Decision
    basis: str
    national: bool
    opt_outs: OptOutList | None
    today: date
    consented: frozenset[int] | None = field(default=None, repr=False)

    def removes(self, source_kind: str) -> frozenset[str]:
        """The kinds of opt-out that remove a person's rows from a source of this kind."""
        applies = {
            "type 1": self.decision.type_1 and source_kind in OF_GENERAL_PRACTICE,
            "national": self.national,
            "risk stratification objection": self.decision.objection and self.use.scores,
        }
        return frozenset(kind for kind, removed in applies.items() if removed)


def use_named(key: str) -> Use:
    """The use of that key. GateError if there is none."""
    if key not in USES:
        raise GateError(f'There is no use called "{key}". The uses are: {", ".join(USES)}.')
    return USES[key]


def permit(
    use: Use,
    *,
    row: int | None,
    basis: str,
    today: date,
    opt_outs: OptOutList | None,
    anonymised: str = "",
    national_opt_out: Ruling = "",
    consented: Collection[int] | None = None,
) -> Permit:
    """What the use may see, or GateError.

    row: of the decision table. basis: the lawful basis, in words. anonymised: the basis on which the data count as
    anonymised, in words, where the row rests on that. national_opt_out: what was ruled, where the row leaves it to a
    ruling. consented: person_id of everyone who consented, for research with consent.
    """
    decision = _decision(use, row)
    if not basis.strip():
        raise _refused(use, "its lawful basis is not stated. Say in `basis` what it rests on.")
    national = _national(use, decision, national_opt_out)
    _rests_on_anonymised_data(use, decision, national_opt_out, anonymised)
    if (consented is None) == (decision.row == 9):
        raise _refused(
            use, "row 9, and no other, sees those who consented: give the list of them for that row only."
        )
    fresh = _fresh(use, decision, opt_outs, today)
    only = None if consented is None else frozenset(consented)
    return Permit(use, decision, basis.strip(), national, fresh, today, only)


def open_records(records: Path, engine: ExpressionEngine, permitted: Permit) -> Records:
    """The canonical tables of a snapshot as far as the permit goes.

    records: the snapshot's folder `records`, with its manifest. GateError for a source of a kind nobody ruled on.
    """
    sources = read_manifest(records)
    unknown = [f"{source.key} ({source.kind})" for source in sources if source.kind not in SOURCE_KINDS]
    if unknown:
        raise GateError(
            f"Nobody has ruled on sources of this kind: {', '.join(unknown)}. Their kind must be one of: "
            f"{', '.join(SOURCE_KINDS)}."
        )
    return Records(_seen(sources, records, permitted), records / "shared", engine)


def _seen(sources: Sequence[SourceEntry], records: Path, permitted: Permit) -> list[Seen]:
    """Each source with whom the use sees in it; sources under the same rule share one answer."""
    rules: dict[frozenset[str], Who] = {}
    for source in sources:
        kinds = permitted.removes(source.kind)
        if kinds not in rules:
            rules[kinds] = _who(permitted, kinds)
    return [
        Seen(
            folder=records / "sources" / source.key,
            filled=source.present,
            registers=source.kind in OF_GENERAL_PRACTICE,
            who=rules[permitted.removes(source.kind)],
        )
        for source in sources
    ]


def _who(permitted: Permit, kinds: frozenset[str]) -> Who:
    only = permitted.consented
    listed = None if only is None else pa.array(sorted(only), pa.int64())
    if not kinds or permitted.opt_outs is None:
        return Who(only=listed)
    left_out = permitted.opt_outs.standing(kinds, permitted.today)
    return Who(without=left_out if len(left_out) else None, only=listed)


def _decision(use: Use, row: int | None) -> Decision:
    if row is None:
        raise _refused(use, "it names no row of the decision table. Name the row that it was ruled to be.")
    if row not in DECISIONS:
        raise _refused(use, f"the decision table has no row {row}. Its rows are 1 to {len(DECISIONS)}.")
    if row not in use.rows:
        may_be = " or ".join(map(str, use.rows))
        raise _refused(use, f"it cannot be row {row} ({DECISIONS[row].use}). It can be row {may_be}.")
    if row == 8:
        raise _refused(
            use, "it sees no records: it shows what another use has counted. Name that use and its row."
        )
    return DECISIONS[row]


def _national(use: Use, decision: Decision, ruled: Ruling) -> bool:
    """Whether the national opt-out applies."""
    if decision.national != "by ruling":
        if ruled:
            raise _refused(
                use,
                f"row {decision.row} leaves no ruling on the national opt-out: the answer is {decision.national}. "
                "Leave `national_opt_out` out.",
            )
        return decision.national == "yes"
    if ruled not in ("applies", "does not apply"):
        raise _refused(
            use,
            f'row {decision.row} asks for a ruling: "{decision.ruling}" State whether the national opt-out '
            '"applies" or "does not apply" in `national_opt_out`.',
        )
    return ruled == "applies"


def _rests_on_anonymised_data(use: Use, decision: Decision, ruled: Ruling, anonymised: str) -> None:
    rests = decision.row == 6 or (decision.row == 12 and ruled == "does not apply")
    if rests and not anonymised.strip():
        raise _refused(
            use,
            f"row {decision.row} rests on data that are anonymised. State on what basis they are, in `anonymised`.",
        )


def _fresh(use: Use, decision: Decision, opt_outs: OptOutList | None, today: date) -> OptOutList | None:
    """The list of opt-outs, if it is true enough to be applied. Anonymised data were cleaned where they came from:
    a list is applied to them if there is one."""
    if decision.own_care or decision.row == 9:
        return None
    if opt_outs is None:
        if decision.row == 6:
            return None
        raise _refused(
            use, "there is no list of opt-outs. Give its file in `opt_outs`, even if nobody has opted out."
        )
    age = (today - opt_outs.as_of).days
    if age < 0:
        raise _refused(
            use,
            f"the list of opt-outs is dated {_day(opt_outs.as_of)}, which is in the future. Correct its date.",
        )
    if opt_outs.oldest_days > LONGEST_DAYS:
        raise _refused(
            use,
            f"opt-outs are to be applied within {LONGEST_DAYS} days, and the age allowed is "
            f"{opt_outs.oldest_days} days. Lower `oldest_days`.",
        )
    if age > opt_outs.oldest_days:
        raise _refused(
            use,
            f"the list of opt-outs is of {_day(opt_outs.as_of)}, {age} days old, and {opt_outs.oldest_days} are "
            "allowed. Fetch a new one.",
        )
    return opt_outs


def _refused(use: Use, why: str) -> GateError:
    return GateError(f"{use.words} ({use.key}): {why}")


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
