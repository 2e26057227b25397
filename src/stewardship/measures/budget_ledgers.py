"""The budget beside the ledgers: what the costs of care come to, what organisations say they spent, and the difference.

Nothing is spread: a difference stands as one. Care stands beside the ledger of the organisation that gave it. Where
that organisation keeps no ledger, or is not told, it stands beside the one ledger that pays for that kind of care, if
there is one alone, and otherwise beside none.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from stewardship.measures.allocation_claims import Claimant
from stewardship.measures.budget_lines import NOT_TOLD, SEVERAL, Line, put_together
from stewardship.measures.budget_totals import NOBODYS, Rows
from stewardship.measures.ledgers import MONTHS, ledger_lines
from stewardship.people.periods import Period
from stewardship.records.opened import Records

NO_POINT = ""  # of a ledger's line that buys no one kind of care


@dataclass(frozen=True)
class Ledger:
    """A year of all ledgers: pence by organisation and point of delivery (NO_POINT where it has none), by programme.

    months: how many of the year's months they hold. estimated: organisations, and programmes, with an estimated month.
    """

    months: int = 0
    by_organisation: Mapping[tuple[str, str], int] = field(default_factory=dict)
    by_programme: Mapping[str, int] = field(default_factory=dict)
    estimated: frozenset[str] = frozenset()

    @property
    def whole(self) -> bool:
        """Whether the ledgers hold the whole year."""
        return self.months >= MONTHS


@dataclass(frozen=True)
class Compared:
    """What care cost beside what ledgers say, in pence; None where there is none of it.

    bases: how the cost of care is known. few: whether fewer than 8 residents stand behind that cost.
    """

    name: str
    point: str
    cost: int | None
    ledger: int | None
    bases: tuple[str, ...] = ()
    few: bool = False


def ledgers_of(records: Records, periods: Sequence[Period]) -> list[Ledger]:
    """The ledgers of each year: of the months that begin in it."""
    lines = ledger_lines(records.table("spend"))
    sums = lines.group_by("organisation", "programme", "point_of_delivery", "month").aggregate(
        pence=lines.pence.sum().cast("int64"), estimated=lines.estimated.any()
    )
    rows = records.engine.ibis.to_pyarrow(sums).to_pylist()
    found = []
    for period in periods:
        of_year = [row for row in rows if period.start <= row["month"] <= period.end]
        by_organisation: Counter[tuple[str, str]] = Counter()
        by_programme: Counter[str] = Counter()
        for row in of_year:
            by_organisation[row["organisation"], row["point_of_delivery"] or NO_POINT] += row["pence"]
            by_programme[row["programme"] or NO_POINT] += row["pence"]
        guessed = frozenset(
            name
            for row in of_year
            if row["estimated"]
            for name in (row["organisation"], row["programme"] or NO_POINT)
        )
        found.append(Ledger(len({row["month"] for row in of_year}), by_organisation, by_programme, guessed))
    return found


def by_organisation(lines: Sequence[Line], ledger: Ledger) -> list[Compared]:
    """A year's costs by the organisation that pays and point of delivery, beside its ledger.

    lines: of one year, and of the rows that everything is divided into.
    """
    of_payer: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        of_payer.setdefault((_payer(line, ledger), line.point), []).append(line)
    found: dict[tuple[str, str], list[Line]] = {}
    for payer in sorted({payer for payer, _ in of_payer}):
        merged = [_as_one(payer, point, of) for (one, point), of in of_payer.items() if one == payer]
        for line in put_together(merged):
            found.setdefault((payer, line.point), []).append(line)
    shown = {key for key in found if key[1] != SEVERAL}
    told: Counter[tuple[str, str]] = Counter()
    for (payer, point), pence in ledger.by_organisation.items():
        # What small lines were put together of stands beside the ledger's lines of the same care, together too.
        together = (payer, SEVERAL) in found and (payer, point) in of_payer and (payer, point) not in shown
        told[payer, SEVERAL if together else point] += pence
    return [
        Compared(
            payer, point,
            sum(line.pence for line in found[payer, point]) if (payer, point) in found else None,
            told.get((payer, point)),
            tuple(sorted({basis for line in found.get((payer, point), ()) for basis in line.bases})),
            any(line.few for line in found.get((payer, point), ())),
        )
        for payer, point in sorted({*found, *told})
    ]  # fmt: skip


def _as_one(payer: str, point: str, lines: Sequence[Line]) -> Line:
    bits = 0
    for line in lines:
        bits |= line.bits
    first = lines[0]
    return Line(
        first.year, first.row, payer, point, tuple(sorted({basis for line in lines for basis in line.bases})),
        sum(line.contacts for line in lines), sum(line.pence for line in lines), bits,
    )  # fmt: skip


def _payer(line: Line, ledger: Ledger) -> str:
    if any(organisation == line.organisation for organisation, _ in ledger.by_organisation):
        return line.organisation
    paying = {organisation for organisation, point in ledger.by_organisation if point == line.point}
    return paying.pop() if len(paying) == 1 else NOT_TOLD


def by_programme(pence: Sequence[int], areas: Sequence[Claimant], ledger: Ledger) -> list[Compared]:
    """A year's costs of each care area beside what ledgers say of its programmes, then what is nobody's beside all
    programmes that no area claims. Overlays are left out: nothing is added twice.

    pence: by row of the budget, of the whole system.
    """
    rows = Rows(areas)
    claimed = {programme for row in rows.own[:-1] for programme in areas[row].claims.programmes}
    found = []
    for row in rows.own[:-1]:
        of_it = areas[row].claims.programmes
        told = sum(ledger.by_programme.get(programme, 0) for programme in of_it)
        found.append(Compared(areas[row].key, ", ".join(of_it), pence[row], told if of_it else None))
    rest = sum(pence for programme, pence in ledger.by_programme.items() if programme not in claimed)
    return [*found, Compared(NOBODYS, "", pence[len(areas)], rest)]
