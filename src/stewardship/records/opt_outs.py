"""The list of people's choices about the use of their data, with the day it was true."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from stewardship.records.model import OPT_OUT

FILE = "opt_outs.parquet"
_AS_OF = b"as_of"


@dataclass(frozen=True, eq=False)
class OptOutList:
    """Everybody's opt-outs on a day.

    rows: canonical table `opt_out`; none if nobody has opted out. as_of: the day the list was true. oldest_days:
    the age in days at which it is no longer to be relied on. file: the name that it came under.
    """

    rows: pa.Table = field(repr=False)
    as_of: date
    oldest_days: int
    file: str = ""

    def standing(self, kinds: Collection[str], today: date) -> pa.Array:
        """person_id, each once in order, of whoever has an opt-out of one of these kinds that has not ended.

        An opt-out counts from the moment the list knows it. One that stands under any identifier of a person stands,
        whatever has ended under another; and death ends none.
        """
        of_kind = pc.is_in(self.rows["kind"], value_set=pa.array(sorted(kinds), pa.string()))
        ended = pc.fill_null(pc.less(self.rows["end"], pa.scalar(today, pa.date32())), False)
        people = self.rows.filter(pc.and_(of_kind, pc.invert(ended)))["person_id"]
        return pc.unique(people).sort()


def write_opt_outs(records: Path, opt_outs: OptOutList) -> None:
    """Keep the opt-outs of the day of a build with its records."""
    schema = OPT_OUT.schema.with_metadata({_AS_OF: opt_outs.as_of.isoformat().encode()})
    pq.write_table(
        opt_outs.rows.cast(OPT_OUT.schema).replace_schema_metadata(schema.metadata), records / FILE
    )


def kept_opt_outs(records: Path, *, oldest_days: int) -> OptOutList | None:
    """The opt-outs that a build kept with its records; None if it had none."""
    if not (records / FILE).is_file():
        return None
    rows = pq.read_table(records / FILE)
    as_of = date.fromisoformat(rows.schema.metadata[_AS_OF].decode())
    return OptOutList(rows.cast(OPT_OUT.schema), as_of, oldest_days)
