"""Snapshots that are kept: listed, cleared, and returned to under today's opt-outs and rules."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from stewardship.build import build, rollback, snapshots
from stewardship.build.reach import refuse_cut_off
from stewardship.measures.published import Published
from stewardship.printed import snapshots_kept, summary
from stewardship.records.gate import GateError
from stewardship.records.identity import Identities
from stewardship.records.manifest import OptOutsApplied, Ruled
from stewardship.records.opt_out_files import OptOutError
from stewardship.records.opt_outs import write_opt_outs
from stewardship.records.snapshot import SnapshotError, latest_snapshot
from stewardship.system.permits import listed_opt_outs
from stewardship.system.settings import Identifier, OptOutSettings, System, UseSettings
from support import two_feeds
from support.systems import IDENTITIES, NHS_NUMBER, PLANNING, source_of, system_of

NOW = datetime(2026, 7, 1, 6, 30, tzinfo=UTC)
COMMISSIONED = UseSettings("planning-results", 5, "approval under section 251", "the lead", date(2026, 6, 1))
DIABETIC = [two_feeds.NUMBERS[i] for i in range(0, 120, 2)]


@pytest.fixture
def system(tmp_path) -> System:
    sources = (
        source_of(
            two_feeds.practice(tmp_path / "practice"), "north-practice", "general practice", NHS_NUMBER
        ),
        source_of(two_feeds.hospital(tmp_path / "hospital"), "north-hospital", "hospital", NHS_NUMBER),
    )
    listed = OptOutSettings(
        tmp_path / "opt-outs.csv", NOW.date(), 14, replace(NHS_NUMBER, column="nhs_number")
    )
    opted_out(tmp_path / "opt-outs.csv")
    return system_of(tmp_path / "workspace", *sources, uses=(COMMISSIONED,), opt_outs=listed, anonymised="")


def opted_out(file: Path, *numbers: str) -> None:
    file.write_text("nhs_number,kind\n" + "".join(f"{number},type 1\n" for number in numbers))


def diabetic(system: System) -> float | None:
    published = Published(latest_snapshot(system.workspace) / "results")
    return published.figures(
        "diabetes", measure="people-with-diabetes", place=published.system.code, by="everyone"
    )[-1].value


def at(system: System, day: int) -> tuple[System, datetime]:
    """The system as it is so many days later, with a list of opt-outs of that day."""
    now = NOW + timedelta(days=day)
    assert system.opt_outs
    return replace(system, opt_outs=replace(system.opt_outs, as_of=now.date())), now


def test_so_many_of_the_last_are_kept_and_listed_with_what_a_manager_asks_and_the_last_is_served(system):
    for day in range(3):
        later, now = at(replace(system, keep_snapshots=2), day)
        build(later, now=now, identities=IDENTITIES)
    first, second = snapshots(system)
    assert (first.id, second.id) == ("20260702T063000Z", "20260703T063000Z")
    assert (first.served, second.served) == (False, True)
    assert (first.built, first.as_of) == ("2026-07-02T06:30:00+00:00", date(2024, 6, 30))
    assert (first.sources, first.people, first.note) == (("north-practice", "north-hospital"), 160, "")
    kept = sorted(path.name for path in (system.workspace / "snapshots").iterdir())
    assert kept == [first.id, second.id]


def test_a_rollback_serves_a_former_snapshots_records_under_todays_opt_outs(system):
    build(system, now=NOW, identities=IDENTITIES)
    assert diabetic(system) == 60
    former = latest_snapshot(system.workspace)

    (system.sources[0].folder / "CONDITION_OCCURRENCE.csv").write_text(
        two_feeds.CONDITION
    )  # a feed gone wrong
    later, now = at(system, 1)
    build(later, now=now, identities=IDENTITIES)
    assert diabetic(system) is None  # nobody sent conditions

    later, now = at(system, 2)
    opted_out(system.opt_outs.file, *DIABETIC[:20])  # who have opted out meanwhile
    made = rollback(later, former.name, now=now, identities=IDENTITIES)
    assert diabetic(system) == 40
    assert made.snapshot.id == latest_snapshot(system.workspace).name == "20260703T063000Z"
    assert made.snapshot.as_of == date(2024, 6, 30)
    said = (
        "On 3 July 2026 the records of the snapshot 20260701T063000Z were returned to; opt-outs and rules are those "
        "of that day."
    )
    assert said in made.snapshot.notes
    assert [one.note for one in snapshots(system)] == ["", "", said]

    again = latest_snapshot(system.workspace)
    assert linked(former / "records", again / "records", "sources/north-practice/person.parquet")
    assert pq.read_table(again / "records" / "opt_outs.parquet").num_rows == 20
    assert pq.read_table(former / "records" / "opt_outs.parquet").num_rows == 0


def linked(former: Path, again: Path, file: str) -> bool:
    return (former / file).stat().st_ino == (again / file).stat().st_ino


def test_a_rollback_of_the_same_opt_outs_gives_the_same_figures_and_others_are_refused(system):
    build(system, now=NOW, identities=IDENTITIES)
    former = latest_snapshot(system.workspace)
    rollback(system, former.name, now=NOW + timedelta(hours=1), identities=IDENTITIES)
    again = latest_snapshot(system.workspace)
    for file in ("diabetes.parquet", "needs.json", "checked.json"):
        assert (again / "results" / file).read_bytes() == (former / "results" / file).read_bytes()

    with pytest.raises(SnapshotError) as refused:
        rollback(system, "20200101T000000Z", now=NOW, identities=IDENTITIES)
    there = f"{former.name}, {again.name}"
    assert str(refused.value) == f"There is no snapshot 20200101T000000Z. Those that are kept: {there}."

    # Fails closed where the opt-outs are late or cannot be read.
    with pytest.raises(GateError, match="Fetch a new one"):
        rollback(system, former.name, now=NOW + timedelta(days=15), identities=IDENTITIES)
    system.opt_outs.file.unlink()
    with pytest.raises(OptOutError, match="There is no file"):
        rollback(system, former.name, now=NOW, identities=IDENTITIES)
    assert latest_snapshot(system.workspace) == again


@pytest.mark.parametrize("listed, gone, refused", [
    (100, 100, True),  # the heading alone
    (100, 50, True), (100, 8, True), (100, 7, False), (160, 8, False), (160, 9, True), (7, 7, False),
])  # fmt: skip
def test_a_list_that_lost_many_opt_outs_since_the_last_snapshot_builds_nothing(system, listed, gone, refused):
    opted_out(system.opt_outs.file, *two_feeds.NUMBERS[:listed])
    keep_lists(system)
    opted_out(system.opt_outs.file, *two_feeds.NUMBERS[gone:listed])
    now = listed_opt_outs(system, IDENTITIES, {})
    if not refused:
        refuse_cut_off(system, now, today=NOW.date())
        return
    with pytest.raises(OptOutError, match="it may have been cut off"):
        refuse_cut_off(system, now, today=NOW.date())


def keep_lists(system: System, folder: str = "20260630T063000Z") -> None:
    """A snapshot that was made under the list as it is now, as far as a list is compared with it."""
    for part in ("records", "results"):
        (system.workspace / "snapshots" / folder / part).mkdir(parents=True)
    (system.workspace / "snapshots" / folder / "results" / "snapshot.json").touch()
    write_opt_outs(
        system.workspace / "snapshots" / folder / "records", listed_opt_outs(system, IDENTITIES, {})
    )


def test_opt_outs_that_had_ended_anyhow_are_not_missed_and_a_snapshot_without_a_list_hides_none(system):
    ended = "".join(f"{number},type 1,2026-06-30\n" for number in two_feeds.NUMBERS[:50])
    system.opt_outs.file.write_text("nhs_number,kind,end\n" + ended)
    keep_lists(system, "20260629T063000Z")
    opted_out(system.opt_outs.file)
    refuse_cut_off(system, listed_opt_outs(system, IDENTITIES, {}), today=NOW.date())

    opted_out(system.opt_outs.file, *two_feeds.NUMBERS[:50])
    keep_lists(system, "20260630T063000Z")
    keep_lists(system, "20260630T073000Z")
    (system.workspace / "snapshots" / "20260630T073000Z" / "records" / "opt_outs.parquet").unlink()
    opted_out(system.opt_outs.file)
    with pytest.raises(OptOutError, match="it may have been cut off"):
        refuse_cut_off(system, listed_opt_outs(system, IDENTITIES, {}), today=NOW.date())


def test_a_build_and_a_rollback_refuse_a_list_cut_off_until_its_number_of_rows_is_stated(system):
    opted_out(system.opt_outs.file, *DIABETIC[:40])
    build(system, now=NOW, identities=IDENTITIES)
    former = latest_snapshot(system.workspace)
    opted_out(system.opt_outs.file, *DIABETIC[:10])
    said = (
        "Of about 40 opt-outs that stood when the last snapshot was made, about 30 are gone from opt-outs.csv: it may "
        "have been cut off, and those people would be counted again. Nothing is built. Send the list again, whole. "
        "Where its sender says that they have ended, state under [opt_outs] how many rows it has by the sender's "
        "count, such as rows = 1204."
    )
    for rows in (None, 40):
        stated = replace(system, opt_outs=replace(system.opt_outs, rows=rows))
        with pytest.raises(OptOutError) as refused:
            build(stated, now=NOW, identities=IDENTITIES)
        assert str(refused.value) == said
        with pytest.raises(OptOutError, match="it may have been cut off"):
            rollback(stated, former.name, now=NOW, identities=IDENTITIES)
    assert latest_snapshot(system.workspace) == former

    stated = replace(system, opt_outs=replace(system.opt_outs, rows=10))
    build(stated, now=NOW + timedelta(hours=1), identities=IDENTITIES)
    assert diabetic(system) == 50
    last = snapshots(system)[-1]
    assert last.about.ruled == Ruled(
        "planning-results", 5, "approval under section 251", "the lead", date(2026, 6, 1)
    )
    assert last.about.opt_outs == OptOutsApplied("opt-outs.csv", NOW.date(), 10)


def test_what_a_snapshot_was_made_for_and_under_is_told_of_it(system, capsys):
    keep = replace(
        system, anonymised="Ruled so.", uses=(replace(COMMISSIONED, row=12, national_opt_out="applies"),)
    )
    built = build(keep, now=NOW, identities=IDENTITIES)
    snapshots_kept(snapshots(keep))
    assert (
        "Made for planning-results, row 12 of the decision table, and the national opt-out applies: ruled by the lead "
        "on 1 June 2026. Lawful basis: approval under section 251. Anonymised: Ruled so. Opt-outs were applied as "
        "listed on 1 July 2026 (opt-outs.csv, 0 rows)."
    ) in " ".join(capsys.readouterr().out.split())
    summary(keep, built, before=None, seconds=1)
    said = "Opt-outs were applied as listed on 1 July 2026 (opt-outs.csv, 0 rows). They leave out nobody."
    assert said in " ".join(capsys.readouterr().out.split())

    # Going back is under what is ruled that day.
    later, now = at(system, 1)
    rollback(later, latest_snapshot(system.workspace).name, now=now, identities=IDENTITIES)
    about = snapshots(system)[-1].about
    assert (about.ruled.row, about.opt_outs.as_of) == (5, date(2026, 7, 2))


def test_a_snapshot_of_other_pseudonyms_is_not_returned_to_as_todays_opt_outs_would_not_find_its_people(
    system,
):
    linked = Identities(IDENTITIES.key, {"nhs-number": {two_feeds.NUMBERS[3]: 77}})
    build(system, now=NOW, identities=linked)
    former = latest_snapshot(system.workspace)
    opted_out(system.opt_outs.file, *DIABETIC[:20])
    said = (
        f"The pseudonyms of the snapshot {former.name} are not those of today (north-practice, north-hospital): the "
        "key or the crosswalk has changed since it was built, and today's opt-outs would not find everybody in it. "
        "Build anew instead."
    )
    for today in (
        Identities(b"another key", linked.crosswalk),
        Identities(IDENTITIES.key, {"nhs-number": {two_feeds.NUMBERS[3]: 78}}),  # a changed link
        IDENTITIES,
    ):
        with pytest.raises(SnapshotError) as refused:
            rollback(system, former.name, now=NOW, identities=today)
        assert str(refused.value) == said
    assert latest_snapshot(system.workspace) == former
    assert IDENTITIES.key.hex() not in (former / "records" / "manifest.json").read_text()
    rollback(system, former.name, now=NOW + timedelta(hours=1), identities=linked)
    assert diabetic(system) == 40


def before_it_had(table: Path, column: str) -> None:
    """Write a table again as a version wrote it that had no such column."""
    rows = pq.read_table(table).drop_columns(column)
    table.unlink()  # it is linked to what was read
    pq.write_table(rows, table)


@pytest.mark.parametrize("file, column, lacking", [
    ("sources/north-practice/person.parquet", "ethnic_group", "ethnic_group of person"),
    ("sources/north-hospital/activity.parquet", "specialty", "specialty of activity"),
    ("shared/place.parquet", "hierarchy", "hierarchy of place"),
])  # fmt: skip
def test_a_snapshot_from_before_there_was_a_column_is_not_returned_to_and_the_last_is_served(
    system, file, column, lacking
):
    build(system, now=NOW, identities=IDENTITIES)
    former = latest_snapshot(system.workspace)
    later = NOW + timedelta(hours=1)
    build(system, now=later, identities=IDENTITIES)
    served = latest_snapshot(system.workspace)
    before_it_had(former / "records" / file, column)
    with pytest.raises(SnapshotError) as refused:
        rollback(system, former.name, now=later + timedelta(hours=1), identities=IDENTITIES)
    assert str(refused.value) == (
        f"The snapshot {former.name} was built by another version, whose tables lack {lacking}: it cannot be returned "
        "to, and the snapshot before is served as it was. Build anew instead."
    )
    assert latest_snapshot(system.workspace) == served
    assert sorted(path.name for path in served.parent.iterdir()) == [former.name, served.name]
    assert diabetic(system) == 60


@pytest.mark.parametrize("file", ["manifest.json", "sources/north-practice/reading.json"])
@pytest.mark.parametrize("text", ["{", "null", '{"sources": [{"new": 1}], "new": 1}'])
def test_a_snapshot_whose_notes_another_version_wrote_is_not_returned_to(system, file, text):
    build(system, now=NOW, identities=IDENTITIES)
    former = latest_snapshot(system.workspace)
    (former / "records" / file).write_text(text)
    with pytest.raises(
        SnapshotError, match=r"cannot be returned to: it is damaged, or another version made it\. Build"
    ):
        rollback(system, former.name, now=NOW + timedelta(hours=1), identities=IDENTITIES)
    assert latest_snapshot(system.workspace) == former


def test_a_list_has_to_reach_the_records_returned_to_and_not_only_those_of_todays_sources(system):
    council = replace(system.sources[1], identifier=Identifier("pseudonym", "council", "person_source_value"))
    before = replace(
        system, sources=(system.sources[0], council), uses=(PLANNING,), opt_outs=None, anonymised="Test data."
    )
    build(before, now=NOW, identities=IDENTITIES)
    former = latest_snapshot(system.workspace)
    with pytest.raises(OptOutError, match="these sources do not: north-hospital"):
        rollback(system, former.name, now=NOW, identities=IDENTITIES)


def test_people_of_a_source_whom_no_link_reaches_stop_a_build_unless_their_share_is_put_up_with(system):
    """The hospital's hundred people have pseudonyms, and the crosswalk names all of them but ten."""
    hospital = replace(system.sources[1], identifier=Identifier("pseudonym", "lake", "person_source_value"))
    lake = replace(system, sources=(system.sources[0], hospital))
    seen = [two_feeds.NUMBERS[i] for i in two_feeds.SEEN]
    links = dict(zip(seen, IDENTITIES.person_ids("nhs-number", seen), strict=True))
    partly = Identities(IDENTITIES.key, {"lake": dict(list(links.items())[10:])})
    with pytest.raises(OptOutError) as refused:
        build(lake, now=NOW, identities=partly)
    assert str(refused.value) == (
        "The crosswalk has no link for about 10 people of north-hospital, out of about 100 people: should they have "
        "opted out, they would be counted. Load a crosswalk that names them, with `stewardship vault "
        "load-crosswalk`, then build again. Where it is ruled that some may stay without a link, state their share "
        "under that [[source]], such as unlinked_at_most = 0.02."
    )
    assert snapshots(system) == []

    def allowing(share: float) -> System:
        return replace(lake, sources=(system.sources[0], replace(hospital, unlinked_at_most=share)))

    with pytest.raises(OptOutError, match="no link for about 10 people"):
        build(allowing(0.09), now=NOW, identities=partly)
    build(allowing(0.1), now=NOW, identities=partly)
    with pytest.raises(OptOutError, match="no link for about 10 people"):  # neither is it returned to
        rollback(lake, latest_snapshot(system.workspace).name, now=NOW, identities=partly)
    build(lake, now=NOW, identities=Identities(IDENTITIES.key, {"lake": links}))


def test_a_build_asks_for_its_use_and_opt_outs_before_any_data_are_touched(system):
    refused = replace(system, uses=(), sources=(replace(system.sources[0], folder=Path("nowhere")),))
    with pytest.raises(GateError, match="does not name this use"):
        build(refused, now=NOW, identities=IDENTITIES)
    with pytest.raises(GateError, match="15 days old, and 14 are allowed"):
        build(replace(system, sources=refused.sources), now=NOW + timedelta(days=15), identities=IDENTITIES)
    assert not system.workspace.exists()
