"""What a demonstration shows, and whether it is there already."""

import json
import tempfile
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import cast

import stewardship
from stewardship.measures.published import Published
from stewardship.records.cancer_waits.figures import Shown as Waits
from stewardship.records.engine import Engine
from stewardship.records.extracts.invented import names_somebody_else
from stewardship.records.files import SourceError
from stewardship.records.kept import key_of, version_of
from stewardship.records.snapshot import snapshots
from stewardship.synthetic.asked import LAST_DAY, planned
from stewardship.synthetic.cancer_waits import any_published
from stewardship.synthetic.lives import Plan
from stewardship.synthetic.partners import (
    CANCER_WAITS,
    FINANCE,
    NHS_NUMBER,
    OPT_OUTS,
    PARTNERS,
    PLACES,
    PUBLISHED,
)
from stewardship.synthetic.places import SYSTEM_CODE
from stewardship.synthetic.published_figures import NATION, NATION_NAME
from stewardship.synthetic.synthesise import made_with
from stewardship.system.made_up import made_with as made_before
from stewardship.system.making import Shown, cancer_waits_lines, comparator_lines, source_lines
from stewardship.system.settings import (
    NHS_NUMBERS,
    CancerWaitsSettings,
    ComparatorPlace,
    Identifier,
    PlacesSettings,
    SourceKind,
    SourceSettings,
)

MADE_UP_NOTE = (
    "Everybody here is made up: these figures show how the pages work, and nothing about real people."
)
NOT_INVENTED = "stated by whoever runs this demonstration: the data hold no real people, or were anonymised"
STATE = "shown.json"
RESIDENTS, YEARS, SEED = 60_000, 5, 1


@dataclass(frozen=True)
class Asked:
    """What was asked for; None for what is there, or what is usual."""

    residents: int | None
    years: int | None
    seed: int | None

    def plan(self, there: Path, today: date) -> Plan:
        """The plan of that: what is not asked for is as in the system made before, if there is one."""
        before = made_before(there)
        residents = self.residents if self.residents is not None else before.get("residents", RESIDENTS)
        years = self.years if self.years is not None else before.get("years", YEARS)
        seed = self.seed if self.seed is not None else before.get("seed", SEED)
        return planned(residents=residents, years=years, seed=seed, last_day=LAST_DAY, today=today)


def is_made(plan: Plan, there: Path) -> bool:
    """Whether the system of a plan is there."""
    return made_before(there) == made_with(plan)


def of_extracts(
    folder: Path, *, seed: int, today: date, as_of: date | None, to_make: Plan | None = None
) -> Shown:
    """Partners' files as `stewardship synthesise` writes them, with their opt-outs and places.

    to_make: the plan by which they will be made; None where they are there.
    """
    waits = any_published(to_make.last_day) if to_make else (folder / CANCER_WAITS).is_dir()
    lists = sorted((folder / OPT_OUTS).glob("*.csv"))
    return Shown(
        sources=sources_of(folder),
        anonymised="",
        opt_outs=lists[-1] if lists else folder / OPT_OUTS / f"opt-outs-{LAST_DAY}.csv",
        seed=seed,
        today=today,
        places=PlacesSettings((folder / PLACES,)),
        as_of=as_of,
        notes=(MADE_UP_NOTE,),
        finance=folder / FINANCE,
        published_figures=folder / PUBLISHED,
        comparator=ComparatorPlace(NATION, NATION_NAME),
        cancer_waits=_waits_in(folder) if waits else None,
    )


def _waits_in(folder: Path) -> CancerWaitsSettings:
    return CancerWaitsSettings(folder / CANCER_WAITS, Waits((), (SYSTEM_CODE,)))


def sources_of(folder: Path) -> tuple[SourceSettings, ...]:
    """The partners' folders of a made-up system as sources."""
    named = Identifier("nhs number", NHS_NUMBERS, NHS_NUMBER)
    return tuple(
        SourceSettings(
            key=name, reader="extracts", folder=folder / name, kind=cast(SourceKind, kind), identifier=named
        )
        for name, kind in PARTNERS.items()
    )


def refuse_real_people(shown: Shown) -> None:
    """SourceError if partners' files that are to be shown as made up hold an NHS number that may be somebody's.

    Whatever stands beside them, a demonstration lets everybody in.
    """
    with (
        tempfile.TemporaryDirectory(prefix="stewardship-demo-") as scratch,
        closing(Engine(scratch=Path(scratch))) as engine,
    ):
        for source in shown.sources:
            file = names_somebody_else(source.folder, source.kind, source.identifier.column, engine)
            if file is not None:
                raise SourceError(
                    f"{source.folder / file} holds an NHS number that does not begin with 9, so it may be a real "
                    "person's, and a demonstration lets everybody in: nothing was built. For a partner's own extracts, "
                    "make a system with `stewardship init`."
                )


def example_of(folder: Path, last_day: date) -> str:
    """Settings of a system that is fed with a made-up system's files. folder: where they stand, as a whole path."""
    tables = "\n\n".join(source_lines(source) for source in sources_of(folder))
    waits = cancer_waits_lines(_waits_in(folder)) if any_published(last_day) else ""
    return f"""{_EXAMPLE}
{tables}

# A build refuses a list older than 21 days. Of people who were made up it is true on any day: write today's.
[opt_outs]
file = {json.dumps(str(folder / OPT_OUTS / f"opt-outs-{last_day}.csv"), ensure_ascii=False)}
as_of = {last_day}
identifier = {{ kind = "nhs number", column = "{NHS_NUMBER}" }}

[finance]
folder = {json.dumps(str(folder / FINANCE), ensure_ascii=False)}

[published_figures]
folder = {json.dumps(str(folder / PUBLISHED), ensure_ascii=False)}

{comparator_lines(ComparatorPlace(NATION, NATION_NAME))}
{waits}
[places]
folders = [{json.dumps(str(folder / PLACES), ensure_ascii=False)}]
"""


_EXAMPLE = """# How the folders of this made-up system are named as sources of a system. Make one with
# `stewardship init`, and put these tables in the place of those in its system.toml. Correct the paths if this folder is
# moved.
"""


def of_omop(
    key: str,
    folder: Path,
    *,
    places: PlacesSettings,
    seed: int,
    today: date,
    as_of: date | None,
    future_days: int,
) -> Shown:
    """A folder of OMOP that holds no real people."""
    named = Identifier("pseudonym", "demonstration", "person_id")
    return Shown(
        sources=(SourceSettings(key, "omop", folder, "linked", named, future_days),),
        anonymised=NOT_INVENTED,
        seed=seed,
        today=today,
        places=places,
        as_of=as_of,
        notes=(),
    )


class Current:
    """What was built last in a demonstration's workspace, so that it is not built again for nothing."""

    def __init__(self, workspace: Path, shown: Shown) -> None:
        self._workspace, self._shown = workspace, shown

    def stands(self) -> bool:
        """Whether the latest snapshot was made of the same files, settings and version."""
        try:
            told = json.loads((self._workspace / STATE).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
        latest = snapshots(self._workspace)
        return bool(latest) and told == {"made_of": self._made_of(), "snapshot": latest[-1].name}

    @property
    def built(self) -> str:
        """When the latest snapshot was built, in words."""
        return Published(snapshots(self._workspace)[-1] / "results").snapshot.built_at

    def keep(self) -> None:
        """Take note of the latest snapshot."""
        told = {"made_of": self._made_of(), "snapshot": snapshots(self._workspace)[-1].name}
        (self._workspace / STATE).write_text(json.dumps(told), encoding="utf-8")

    def _made_of(self) -> str:
        shown = replace(self._shown, today=date.min)
        waits = shown.cancer_waits and shown.cancer_waits.folder
        others = (each for each in (shown.opt_outs, shown.finance, shown.published_figures, waits) if each)
        folders = (*(source.folder for source in shown.sources), *shown.places.folders, *others)
        version = version_of(Path(stewardship.__file__).parent)
        return key_of(repr(shown), version, [_stamps(folder) for folder in folders])


def _stamps(path: Path) -> list[tuple[str, int, int]]:
    """What changes with the files of a folder, or with one file."""
    files: Iterable[Path] = sorted(path.rglob("*")) if path.is_dir() else (path,)
    told = ((each.name, each.stat()) for each in files if each.is_file())
    return [(name, stat.st_size, stat.st_mtime_ns) for name, stat in told]
