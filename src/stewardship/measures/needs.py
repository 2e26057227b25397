"""What each measure reads and what it lacks: published beside the figures, for whoever can send more.

Nothing here counts people: it names measures, canonical tables and sources.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from stewardship.measures.lacks import Effort, Lack

NEEDS = "needs.json"


@dataclass(frozen=True)
class Need:
    """One measure of one care area. tables: the canonical tables that it reads. lacks: none where it is made."""

    area: str
    measure: str
    tables: tuple[str, ...]
    lacks: tuple[Lack, ...] = ()


@dataclass(frozen=True)
class Needs:
    """All measures in the order of the care areas; senders: canonical table to the sources that fill it."""

    measures: tuple[Need, ...]
    senders: Mapping[str, tuple[str, ...]]


def write_needs(results: Path, measures: Sequence[Need], senders: Mapping[str, Sequence[str]]) -> None:
    """Write them into a results folder."""
    told = {"senders": senders, "measures": [asdict(need) for need in measures]}
    (results / NEEDS).write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")


def read_needs(results: Path) -> Needs:
    """What `write_needs` wrote."""
    told = json.loads((results / NEEDS).read_text(encoding="utf-8"))
    return Needs(
        tuple(
            Need(
                row["area"],
                row["measure"],
                tuple(row["tables"]),
                tuple(Lack(**{**lack, "effort": Effort(lack["effort"])}) for lack in row["lacks"]),
            )
            for row in told["measures"]
        ),
        {table: tuple(sources) for table, sources in told["senders"].items()},
    )
