"""A snapshot's records as far as one use may see them by the system's settings."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

from stewardship.records.gate import open_records
from stewardship.records.opened import Records
from stewardship.records.opt_outs import kept_opt_outs
from stewardship.records.snapshot import scratch_folder
from stewardship.system.engines import expression_engine
from stewardship.system.permits import permit_for
from stewardship.system.settings import System


@contextmanager
def records_for(system: System, snapshot: Path, use: str, *, today: date) -> Iterator[Records]:
    """The records that a use may see, under the opt-outs that the snapshot was built with.

    use: its key. Raises GateError where the settings do not name the use or the opt-outs are too old, and EngineError
    for what the engine cannot do.
    """
    oldest = system.opt_outs.oldest_days if system.opt_outs else 0
    opt_outs = kept_opt_outs(snapshot / "records", oldest_days=oldest)
    permitted = permit_for(system, use, opt_outs, today=today)
    with (
        scratch_folder(system.workspace) as scratch,
        closing(expression_engine(system, scratch)) as engine,
        engine.failures(),
    ):
        yield open_records(snapshot / "records", engine, permitted)
