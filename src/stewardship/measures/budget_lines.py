"""The lines of a budget: an area's money by organisation, point of delivery and basis; small ones put together.

A line that fewer than 8 residents stand behind is put together with others of its area: first with those of its kind of
care, then with those of any. So lines add up to their area, and none tells of a few people.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from stewardship.measures.allocation import UNALLOCATED, Allocated
from stewardship.measures.allocation_costs import BASES
from stewardship.measures.allocation_events import POINTS
from stewardship.measures.budget_totals import Rows, of_overlay
from stewardship.measures.disclosure import FEWEST_PEOPLE

SEVERAL = "several"
NOT_TOLD = "not told"
GENERAL_PRACTICES = "general practices"


@dataclass(frozen=True)
class Line:
    """Money of a row of the budget in a year. bits: as in Allocated, of who stands behind it.

    organisation: who gave the care; SEVERAL where lines are put together, NOT_TOLD where the source does not say, ''
    where all who gave it are one line, as of an overlay that looks at all care of its people.
    point: SEVERAL likewise. bases: how the money is known, more than one where lines are put together.
    """

    year: int
    row: int
    organisation: str
    point: str
    bases: tuple[str, ...]
    contacts: int
    pence: int
    bits: int

    @property
    def people(self) -> int:
        """How many residents stand behind it at least."""
        return (self.bits & (2**64 - 1)).bit_count()

    @property
    def few(self) -> bool:
        """Whether it may not be shown by itself."""
        return self.people < FEWEST_PEOPLE


def every_line(allocated: Allocated) -> list[Line]:
    """The lines of every year and area, and of what is nobody's, before any are put together; not fit to be shown."""
    area = allocated.by_practice["area"].to_numpy()
    return list(_lines(allocated.by_practice, np.where(area == UNALLOCATED, len(allocated.areas), area)))


def lines_of(allocated: Allocated, every: Sequence[Line]) -> list[Line]:
    """The lines of every year and row of the budget, none behind which stand few people but those of a whole row.

    every: those of `every_line`; overlays come besides.
    """
    rows, found = Rows(allocated.areas), list(every)
    for number, claimant in enumerate(rows.areas):
        if claimant.claims.overlay:
            part = of_overlay(claimant, number, allocated.by_practice, allocated.tags_by_practice)
            found += _lines(part, np.full(part.num_rows, number, np.int64))
    whole: dict[tuple[int, int], list[Line]] = {}
    for line in found:
        whole.setdefault((line.year, line.row), []).append(line)
    return [line for key in sorted(whole) for line in put_together(whole[key])]


def _lines(cube: pa.Table, row: np.ndarray) -> Iterator[Line]:
    told = "provider" in cube.column_names
    table = cube.append_column("row", pa.array(row))
    for name in ("provider", "basis"):  # tags do not tell who gave the care, nor how its cost is known
        if name not in table.column_names:
            empty = pa.nulls(table.num_rows, pa.string() if name == "provider" else pa.int64())
            table = table.append_column(name, empty)
    grouped = table.group_by(["period", "row", "provider", "point", "basis"]).aggregate(
        [("contacts", "sum"), ("pence", "sum"), ("bits", "list")]
    )
    for line in grouped.to_pylist():
        point = POINTS[line["point"]]
        yield Line(
            line["period"], line["row"], line["provider"] or (_unnamed(point) if told else ""), point,
            () if line["basis"] is None else (BASES[line["basis"]],), line["contacts_sum"], line["pence_sum"],
            int(np.bitwise_or.reduce(line["bits_list"])),
        )  # fmt: skip


def _unnamed(point: str) -> str:
    return GENERAL_PRACTICES if point in ("gp_appointment", "prescription") else NOT_TOLD


def put_together(lines: Sequence[Line]) -> list[Line]:
    """The lines of one row and year with small ones put together; a single line that is left may be of few people."""
    kept: list[Line] = []
    left: list[Line] = []
    for point in sorted({line.point for line in lines}):
        fine, few = _pooled([line for line in lines if line.point == point])
        kept += fine
        left += few
    if left:
        rest = _joined(left)
        for line in sorted(kept, key=lambda line: (line.contacts, line.point, line.organisation)):
            if not rest.few:
                break
            kept.remove(line)
            rest = _joined([rest, line])
        kept.append(rest)
    return sorted(kept, key=lambda line: (line.point == SEVERAL, line.point, line.organisation, line.bases))


def _pooled(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Lines of one kind of care: those that may be shown, the small ones put together among them if together they may
    be, else left over."""
    few = [line for line in lines if line.few]
    fine = [line for line in lines if not line.few]
    if not few:
        return fine, []
    rest = _joined(few)
    return ([*fine, rest], []) if not rest.few else (fine, [rest])


def _joined(lines: Iterable[Line]) -> Line:
    """Several lines as one."""
    first, *others = lines
    for line in others:
        first = replace(
            first,
            organisation=first.organisation if first.organisation == line.organisation else SEVERAL,
            point=first.point if first.point == line.point else SEVERAL,
            bases=tuple(sorted({*first.bases, *line.bases})),
            contacts=first.contacts + line.contacts,
            pence=first.pence + line.pence,
            bits=first.bits | line.bits,
        )
    return first
