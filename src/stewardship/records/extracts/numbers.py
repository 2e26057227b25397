"""The people that files name: each identifier is checked and hashed once, however many rows and files it stands in.

What has been hashed is held in the engine while a build reads, and nowhere else.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock

import pyarrow as pa

from stewardship.records.engine import Engine, name_of
from stewardship.records.identity import Naming, settled

_CHUNK = 200_000
_LENT = "hashed_numbers"


@dataclass
class Numbers:
    """The numbers of the identifiers met so far, for each way of naming people: tables (written, person_id,
    identity_check), where person_id is empty for what is no identifier. Several threads may learn at a time."""

    engine: Engine
    _tables: dict[tuple[str, ...], str] = field(default_factory=dict)
    _one_at_a_time: Lock = field(default_factory=Lock)

    def _table(self, naming: Naming) -> str:
        way = naming.fingerprint()
        if way not in self._tables:
            name = f"memory.main.{name_of(f'numbers_{len(self._tables)}')}"
            self.engine.run(
                f"CREATE OR REPLACE TABLE {name} (written VARCHAR, person_id BIGINT, identity_check BIGINT)"
            )
            self._tables[way] = name
        return self._tables[way]

    def forget(self) -> None:
        """Let go of all of them."""
        for name in self._tables.values():
            self.engine.run(f"DROP TABLE {name}")
        self._tables.clear()

    def learn(self, naming: Naming, written: str, engine: Engine) -> str:
        """Add the identifiers of a relation of the engine with a column `written` that are not known yet;
        `is_nhs_number` has to be there (see `records.withheld`). The name of the table of that way of naming people."""
        with self._one_at_a_time:
            table = self._table(naming)
            self._add(naming, written, table, engine)
        return table

    def _add(self, naming: Naming, written: str, table: str, engine: Engine) -> None:
        plain = (
            "CASE WHEN regexp_full_match(written, '[0-9]{10}') THEN is_nhs_number(written) END"
            if naming.kind == "nhs number"
            else "NULL::BOOLEAN"
        )
        new = engine.arrow(
            f"SELECT written, {plain} AS plain FROM {written} ANTI JOIN {table} USING (written) "
            "WHERE written IS NOT NULL"
        )
        for start in range(0, new.num_rows, _CHUNK):
            with engine.lent(_LENT, _hashed(naming, new.slice(start, _CHUNK))):
                engine.run(f"INSERT INTO {table} SELECT * FROM {_LENT}")


def _hashed(naming: Naming, new: pa.Table) -> pa.Table:
    """Identifiers as written with their numbers. plain: whether it is an NHS number of ten digits and nothing else;
    empty where only `settled` can tell."""
    written: Sequence[str] = new["written"].to_pylist()
    plain: Sequence[bool | None] = new["plain"].to_pylist()
    known = [
        (each if right else None) if right is not None else settled(naming.kind, each)
        for each, right in zip(written, plain, strict=True)
    ]
    people, checks = naming.identities.numbers(naming.namespace, [each for each in known if each is not None])
    numbers = iter(zip(people, checks, strict=True))
    found = [(None, None) if each is None else next(numbers) for each in known]
    columns = {
        "written": new["written"].cast(pa.string()),
        "person_id": pa.array([each[0] for each in found], pa.int64()),
        "identity_check": pa.array([each[1] for each in found], pa.int64()),
    }
    return pa.table(columns)
