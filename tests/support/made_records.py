"""The records of a small made-up system, as a build has them before it counts anything."""

from contextlib import closing
from datetime import date
from pathlib import Path

from stewardship.build.feeds import Feeds
from stewardship.build.options import areas_known, places_of
from stewardship.build.written import write_records
from stewardship.cli.demonstrating import sources_of
from stewardship.records.engine import Engine
from stewardship.records.progress import silent
from stewardship.synthetic.lives import Plan
from stewardship.synthetic.partners import PLACES
from stewardship.synthetic.synthesise import synthesise
from stewardship.system.settings import PlacesSettings
from support.systems import IDENTITIES, system_of

LAST_DAY = date(2026, 3, 31)


def write_made_records(folder: Path, residents: int, years: int = 2, seed: int = 3) -> None:
    """What partners would send of so many residents, and `records` made of it."""
    files = folder / "files"
    synthesise(Plan(residents=residents, years=years, seed=seed, last_day=LAST_DAY), files, threads=2)
    system = system_of(folder / "workspace", *sources_of(files), places=PlacesSettings((files / PLACES,)))
    places = places_of(system.places)
    with closing(Engine(scratch=folder / "reading", memory="1GB", threads=2)) as engine:
        feeds = Feeds(system.workspace).read(
            system, engine, identities=IDENTITIES, small_areas=areas_known(system.places, places), today=LAST_DAY,
            progress=silent,
        )  # fmt: skip
        write_records(
            folder / "records", feeds, [feed.reading for feed in feeds], places, system, engine,
            identities=IDENTITIES, opt_outs=None, as_of=LAST_DAY, today=LAST_DAY,
        )  # fmt: skip
