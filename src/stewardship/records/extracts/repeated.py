"""Numbers that stand more than once among very many: put in order, which is cheaper than to group them."""

import numpy as np
import numpy.typing as npt

from stewardship.records.engine import Engine, name_of

Numbers = npt.NDArray[np.int64]
AT_ONCE = 40_000_000  # numbers compared at a time: 8 bytes each, and as many again to put them in order


def repeated_in(rows: str, column: str, engine: Engine) -> Numbers:
    """The whole numbers that stand more than once in a column of some rows (SQL of a relation), each once; a share of
    them at a time, so that memory stays small."""
    name = name_of(column)
    ((count,),) = engine.rows(f"SELECT count(*) FROM {rows}")
    shares = int(count) // AT_ONCE + 1
    found = []
    for share in range(shares):
        of_share = f"{name} IS NOT NULL" + f" AND abs({name} % {shares}) = {share}" * (shares > 1)
        numbers = engine.arrow(f"SELECT {name} AS number FROM {rows} WHERE {of_share}")["number"].to_numpy()
        ordered = np.sort(numbers)
        found.append(np.unique(ordered[1:][ordered[1:] == ordered[:-1]]))
    return np.concatenate(found)
