"""What the checks found, beside the records exactly and beside the results as it may be published."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

from stewardship.care_areas.area import CareArea
from stewardship.measures.coverage import Coverage
from stewardship.measures.disclosure import counts_to_publish
from stewardship.measures.needing import need_of
from stewardship.measures.needs import write_needs
from stewardship.records.manifest import SourceEntry
from stewardship.records.opened import Records
from stewardship.records.places import Places
from stewardship.records.progress import Progress
from stewardship.records.quality.checking import cards, check_records
from stewardship.records.quality.counts import CHECKED, CheckCount, Checked, write_checked
from stewardship.records.quality.thresholds import Threshold


def check(
    records: Records,
    places: Places,
    thresholds: tuple[Threshold, ...],
    *,
    as_of: date,
    progress: Progress,
) -> Checked:
    """Run every check over the records of a snapshot. thresholds: the system's own, kept beside the counts."""
    counts = check_records(records, places=places, as_of=as_of, progress=progress)
    return Checked(cards(), tuple(counts), thresholds)


def write_found(
    folder: Path,
    checked: Checked,
    records: Records,
    areas: Iterable[CareArea],
    sources: Sequence[SourceEntry],
) -> None:
    """Write into a snapshot what was counted, and what each measure reads and lacks.

    `records/checked.json` is exact; what stands in `results` has been through disclosure control.
    """
    write_checked(folder / "records" / CHECKED, checked)
    results = folder / "results"
    public = tuple(to_publish(count) for count in checked.counts)
    write_checked(results / CHECKED, Checked(checked.cards, public, checked.thresholds))
    coverage = Coverage(records)
    measures = [need_of(area.key, measure, coverage) for area in areas for _, measure in area.measures()]
    tables = dict.fromkeys(table for source in sources for table in sorted(source.present))
    senders = {table: [each.key for each in sources if table in each.present] for table in tables}
    write_needs(results, measures, senders)


def to_publish(count: CheckCount) -> CheckCount:
    """A count as anybody may see it: rounded, or None where it is 1 to 7."""
    return CheckCount(**counts_to_publish(asdict(count)))  # type: ignore[arg-type]
