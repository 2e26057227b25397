"""The whole matrix of the gate, worked out on records: who is left, by use, row, ruling, opt-out and source.

`cd tests && python -m support.gate_matrix` writes it into docs/opt-outs.md anew.
"""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa

from stewardship.records import gate
from stewardship.records.decisions import DECISIONS, USES, Decision, Use
from stewardship.records.engine import Engine
from stewardship.records.model import OPT_OUT, OPT_OUT_KINDS
from stewardship.records.opt_outs import OptOutList
from support.small_records import TODAY, SmallSource, write_sources

PAGE = Path(__file__).parents[2] / "docs" / "opt-outs.md"
BEGINS, ENDS = "<!-- the matrix: written by tests/support/gate_matrix.py -->", "<!-- end of the matrix -->"
GP, LINKED, OTHERS = "general practice", "linked", "others"
SOURCES = {
    GP: (GP,),
    LINKED: (LINKED,),
    OTHERS: ("hospital", "community", "mental health", "social care", "urgent care", "cancer", "deaths"),
}
NOBODY_OPTED_OUT = 1
OPTED_OUT = {kind: number for number, kind in enumerate(OPT_OUT_KINDS, start=NOBODY_OPTED_OUT + 1)}


@dataclass(frozen=True)
class Line:
    """One line of the matrix: a row of the decision table, the answer to its ruling, and how the use treats people."""

    decision: Decision
    ruling: str
    use: Use

    @property
    def scores(self) -> str:
        """Whether the use scores people, as the matrix says it."""
        return "scores" if self.use.scores else ""


def lines() -> Iterator[Line]:
    """Every row, with each answer to its ruling, once for uses that score people and once for those that do not."""
    for row, decision in DECISIONS.items():
        rulings = ("applies", "does not apply") if decision.national == "by ruling" else ("",)
        uses = {use.scores: use for use in USES.values() if row in use.rows}
        for ruling in rulings:
            for scores in sorted(uses):
                yield Line(decision, ruling, uses[scores])


def opt_outs(rows: dict[int, str], as_of: date = TODAY) -> OptOutList:
    """A list of opt-outs that stand: kind by person."""
    columns = {"person_id": list(rows), "kind": list(rows.values())}
    columns |= {"source": ["list"] * len(rows), "source_file": ["list"] * len(rows)}
    columns |= {"source_row": list(range(1, len(rows) + 1))}
    empty = [None] * len(rows)
    arrays = [pa.array(columns.get(field.name, empty), field.type) for field in OPT_OUT.schema]
    return OptOutList(pa.table(arrays, schema=OPT_OUT.schema), as_of, 21)


def seen(line: Line, engine: Engine, folder: Path) -> dict[tuple[str, str], str]:
    """Whether the rows of whoever has each kind of opt-out are kept, by kind and source; and those of anybody else."""
    cells: dict[tuple[str, str], str] = {}
    for heading, kinds in SOURCES.items():
        for kind in kinds:
            left = _left(line, kind, engine, folder)
            for choice, person in {"no opt-out": NOBODY_OPTED_OUT, **OPTED_OUT}.items():
                found = "refused" if left is None else "kept" if person in left else "removed"
                assert cells.setdefault((choice, heading), found) == found, "the others are treated alike"
    return cells


def _left(line: Line, kind: str, engine: Engine, folder: Path) -> set[int] | None:
    """Whose conditions the use sees in a source of that kind; None if the gate refuses it."""
    everyone = [NOBODY_OPTED_OUT, *OPTED_OUT.values()]
    rows = [
        {"event_id": n, "person_id": n, "system": "ICD10", "code": "E119", "start": date(2020, 1, 1)}
        for n in everyone
    ]
    write_sources(folder, {"feed": SmallSource(kind, {"condition": rows})})
    try:
        permitted = gate.permit(
            line.use, row=line.decision.row, basis="in words", today=TODAY, anonymised="in words",
            national_opt_out=line.ruling, opt_outs=opt_outs({n: kind for kind, n in OPTED_OUT.items()}),
            consented=everyone if line.decision.row == 9 else None,
        )  # fmt: skip
    except gate.GateError:
        return None
    table = gate.open_records(folder, engine, permitted).table("condition")
    return set(engine.ibis.to_pyarrow(table.person_id).to_pylist())


def matrix() -> str:
    """The matrix as a table of text."""
    heads = [("national", GP), ("type 1", GP), ("type 1", LINKED), ("type 1", OTHERS)]
    heads += [("risk stratification objection", GP)]
    with tempfile.TemporaryDirectory() as name:
        engine = Engine(scratch=Path(name) / "scratch", memory="1GB", threads=1)
        drawn = [_line(line, seen(line, engine, Path(name) / "records"), heads) for line in lines()]
        engine.close()
    columns = ["#", "use", "national opt-out ruled", "", *_HEADINGS]
    return "\n".join(["| " + " | ".join(cells) + " |" for cells in [columns, ["---"] * len(columns), *drawn]])


_HEADINGS = (
    "has the national opt-out", "type 1: data of general practice", "type 1: a linked feed",
    "type 1: other sources", "objects to risk stratification",
)  # fmt: skip


def _line(line: Line, cells: dict[tuple[str, str], str], heads: list[tuple[str, str]]) -> list[str]:
    for choice in ("national", "risk stratification objection", "no opt-out"):
        assert len({cells[choice, source] for source in SOURCES}) == 1, "only type 1 depends on the source"
    assert cells["no opt-out", GP] in ("kept", "refused")
    return [
        str(line.decision.row),
        line.decision.use,
        line.ruling,
        line.scores,
        *(cells[head] for head in heads),
    ]


def page() -> str:
    """The page on opt-outs, its matrix written anew."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGINS)
    return f"{before}{BEGINS}\n{matrix()}\n{ENDS}{rest.partition(ENDS)[2]}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
