"""Each check on records in which all is sound, and on the same with faults planted in it: counts to the row."""

from datetime import date
from pathlib import Path
from unittest.mock import patch

import pytest

from stewardship.records.quality import checking
from stewardship.records.quality.checks import CHECKS
from stewardship.records.quality.counts import Checked
from stewardship.records.quality.judging import judged
from stewardship.records.quality.keys import CHECK_KEYS
from support.small_records import open_records
from support.sound_records import AS_OF, BABY, DEAD, later, sound_places, sound_rows

DIED = date(2024, 1, 20)
CHECKED_TABLES = [(check.card.key, table) for check in CHECKS for table in check.tables]


class Look:
    """The checks' outcomes for some rows."""

    def __init__(self, folder, rows, places=None, *, broken=None, only=None):  # only: the key of one check
        records = open_records(folder, rows)
        if broken:
            (path,) = (folder / "records").rglob(f"{broken}.parquet")
            path.write_bytes(b"PAR1 no parquet PAR1")
        wanted = [check for check in CHECKS if only in (None, check.card.key)]
        with patch.object(checking, "CHECKS", wanted):  # the others would only take time
            counts = checking.check_records(records, places=places or sound_places(), as_of=AS_OF)
        self.reads = dict(records.reads)
        records.engine.close()
        self.judged = judged(Checked(checking.cards(), tuple(counts)))

    def of(self, check, table):
        return [each for each in self.judged if (each.card.key, each.counted.table) == (check, table)]

    def outcomes(self, check, table):
        return {each.outcome for each in self.of(check, table)}

    def counts(self, check, table):
        return sum(e.counted.count for e in self.of(check, table)), sum(
            e.counted.examined for e in self.of(check, table)
        )


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    return Look(tmp_path_factory.mktemp("sound"), sound_rows())


# What is put right by every row: the check, its table, and how many were examined.
SOUND = [
    ("keys", "person", 40), ("keys", "registration", 40), ("keys", "activity", 278), ("nobody", "address", 40),
    ("nobody", "condition", 40), ("no-activity", "activity_code", 278), ("practices", "registration", 39),
    ("small-areas", "address", 39), ("before-birth", "observation", 40), ("after-death", "medication", 40),
    ("two-practices", "registration", 40), ("other-sex", "activity_code", 278),
    ("filler", "activity_code", 278), ("grown-babies", "activity", 7), ("coverage", "activity", 240),
    ("diagnoses", "activity_code", 200), ("costs", "activity", 278), ("residents", "registration", 80),
    ("practice-lists", "registration", 40), ("ethnicity", "person", 40), ("sex", "person", 40),
    ("homes", "registration", 39), ("registered", "registration", 39),
    ("keys", "pathway_event", 80), ("nobody", "social_care", 40), ("before-birth", "characteristic", 40),
    ("after-death", "assessment", 40), ("pathway-order", "pathway_event", 40), ("care-costs", "social_care", 40),
    ("ledger-months", "spend", 7000), ("limits", "published_figure", 1),
]  # fmt: skip


@pytest.mark.parametrize("check, table, examined", SOUND)
def test_a_check_passes_where_all_is_sound(sound, check, table, examined):
    assert sound.outcomes(check, table) == {"pass"}
    assert sound.counts(check, table) == (0 if check != "coverage" else 2, examined)


def test_settings_can_name_every_check_and_no_other():
    assert tuple(check.card.key for check in CHECKS) == CHECK_KEYS


def test_every_check_has_its_case(sound):
    assert (
        {check for check, *_ in SOUND} == {check.card.key for check in CHECKS} == {key for key, *_ in FAULTS}
    )


def changed(table, number, **values):
    """Changes one row."""

    def change(rows):
        rows[table][number].update(values)

    return change


def added(table, **values):
    """Adds a row like the first."""

    def change(rows):
        rows[table].append({**rows[table][0], **values})

    return change


def without(table, number, more=1):
    """Takes rows away."""

    def change(rows):
        del rows[table][number : number + more]

    return change


def everyone(table, **values):
    def change(rows):
        for row in rows[table]:
            row.update(values)

    return change


def everyone_of(table, first, **values):
    """Changes the first rows."""

    def change(rows):
        for row in rows[table][:first]:
            row.update(values)

    return change


def month_missing(rows):
    gone = {row["activity_id"] for row in rows["activity"] if row["start"] == date(2023, 12, 5)}
    rows["activity"] = [row for row in rows["activity"] if row["activity_id"] not in gone]
    rows["activity_code"] = [row for row in rows["activity_code"] if row["activity_id"] not in gone]


def fewer_registered(rows):
    del rows["registration"][:10]


def uncosted(rows):
    for row in rows["activity"][:40]:
        row["cost_pence"] = None


def month_of_ledger_missing(rows):
    del rows["spend"][3]


FAULTS = [
    ("keys", "condition", added("condition"), (1, 41)),
    ("keys", "address", added("address", small_area="A2"), (1, 41)),
    ("nobody", "condition", added("condition", event_id=99, person_id=999), (1, 41)),
    ("nobody", "registration", added("registration", person_id=999), (1, 41)),
    ("no-activity", "activity_code", without("activity", 0, 5), (5, 278)),
    ("practices", "registration", changed("registration", 0, practice="P9"), (1, 39)),
    ("small-areas", "address", everyone("address", small_area="E9"), (39, 39)),
    ("before-birth", "observation", changed("observation", 0, date=date(1979, 12, 30)), (1, 40)),
    ("before-birth", "activity", changed("activity", BABY - 1, start=date(2023, 8, 28)), (1, 278)),
    ("after-death", "observation", changed("observation", DEAD - 1, date=later(DIED, 3)), (1, 40)),
    ("after-death", "condition", changed("condition", DEAD - 1, start=later(DIED, 29)), (1, 40)),
    ("after-death", "medication", changed("medication", DEAD - 1, date=later(DIED, 29)), (1, 40)),
    ("two-practices", "registration", added("registration", practice="P2", start=date(2024, 1, 1)), (1, 40)),
    ("other-sex", "activity_code", changed("activity_code", 0, code="C61"), (1, 278)),
    ("other-sex", "condition", changed("condition", 1, code="77386006"), (1, 1)),
    ("filler", "condition", changed("condition", 0, system="ICD10", code="I10X"), (1, 1)),
    ("grown-babies", "activity", changed("activity", 0, specialty="424"), (1, 8)),
    ("coverage", "activity", month_missing, (42, 240)),
    ("diagnoses", "activity_code", without("activity_code", 0, 20), (20, 200)),
    ("costs", "activity", uncosted, (40, 278)),
    ("residents", "registration", fewer_registered, (16, 80)),
    ("practice-lists", "registration", fewer_registered, (8, 40)),
    ("ethnicity", "person", everyone("person", ethnic_group="Not known"), (40, 40)),
    ("sex", "person", changed("person", 0, sex="unknown"), (1, 40)),
    ("homes", "registration", without("address", 0, 2), (2, 39)),
    ("registered", "registration", changed("registration", 0, practice=None), (1, 39)),
    ("keys", "pathway_event", added("pathway_event"), (1, 81)),
    ("keys", "characteristic", added("characteristic"), (1, 41)),
    ("nobody", "assessment", added("assessment", event_id=99, person_id=999), (1, 41)),
    ("before-birth", "social_care", changed("social_care", 0, start=date(1979, 12, 30)), (1, 40)),
    ("after-death", "assessment", changed("assessment", DEAD - 1, date=later(DIED, 3)), (1, 40)),
    ("after-death", "pathway_event", changed("pathway_event", 2 * DEAD - 1, date=later(DIED, 29)), (1, 80)),
    ("pathway-order", "pathway_event", changed("pathway_event", 1, date=date(2023, 12, 4)), (1, 40)),
    ("care-costs", "social_care", everyone_of("social_care", 5, weekly_cost_pence=None), (5, 40)),
    ("ledger-months", "spend", month_of_ledger_missing, (1000, 7000)),
    ("ledger-months", "spend", changed("spend", 0, amount_pence=-60_000), (1600, 7000)),
    ("limits", "published_figure", changed("published_figure", 0, value=79.5), (1, 1)),
]  # fmt: skip


@pytest.mark.parametrize("check, table, spoil, counted", FAULTS)
def test_a_check_fails_on_a_planted_fault_and_counts_it(tmp_path, check, table, spoil, counted):
    rows = sound_rows()
    spoil(rows)
    look = Look(tmp_path, rows, only=check)
    assert look.counts(check, table) == counted
    assert "fail" in look.outcomes(check, table)


ALLOWED = [
    ("before-birth", "activity", changed("activity", BABY - 1, start=date(2023, 8, 29))),
    ("after-death", "observation", changed("observation", DEAD - 1, date=later(DIED, 2))),
    ("after-death", "medication", changed("medication", DEAD - 1, date=later(DIED, 28))),
    ("after-death", "pathway_event", changed("pathway_event", 2 * DEAD - 1, date=later(DIED, 28))),
    ("pathway-order", "pathway_event", changed("pathway_event", 1, date=date(2023, 12, 5))),
    ("pathway-order", "pathway_event", changed("pathway_event", 0, event="first_seen")),
    ("costs", "activity", changed("activity", 0, point_of_delivery="nhs_111", cost_pence=None)),
    ("limits", "published_figure", changed("published_figure", 0, value=500.0, lower=None, upper=None)),
    ("two-practices", "registration", changed("registration", 0, end=date(2024, 1, 31))),
    ("other-sex", "activity_code", changed("person", 0, sex="unknown")),
    ("before-birth", "condition", changed("person", 0, birth_date=date(2023, 7, 1), birth_precision="year")),
]  # fmt: skip


@pytest.mark.parametrize("check, table, spoil", ALLOWED)
def test_what_the_tolerance_allows_is_not_counted(tmp_path, check, table, spoil):
    rows = sound_rows()
    spoil(rows)
    if check == "two-practices":
        added("registration", practice="P2", start=date(2024, 1, 1))(rows)
    if rows["person"][0]["birth_date"].year == 2023:
        rows["condition"][0]["start"] = date(2023, 1, 1)
    assert Look(tmp_path, rows, only=check).counts(check, table)[0] == 0


@pytest.mark.parametrize("start", [date(2023, 12, 31), date(2024, 1, 1)])
def test_being_with_two_practices_is_counted_from_the_32nd_day_on(tmp_path, start):
    rows = sound_rows()
    changed("registration", 0, end=date(2024, 1, 31))(rows)
    added("registration", practice="P2", start=start, end=None)(rows)
    assert Look(tmp_path, rows, only="two-practices").counts("two-practices", "registration")[0] == (
        start.year == 2023
    )


def test_nothing_is_checked_where_nobody_sent_a_table(tmp_path):
    look = Look(tmp_path, {})
    assert {each.outcome for each in look.judged} == {"not applicable"}
    assert len(look.judged) == len(CHECKED_TABLES)
    assert {each.counted.note for each in look.judged} == {"nobody sent this table"}


@pytest.mark.parametrize("check, table, spoil, note", [
    ("costs", "activity", everyone("activity", cost_pence=None), "this source sends no costs with its activity"),
    ("coverage", "condition", lambda rows: None, "no provider has 30 rows in a usual month"),
    ("care-costs", "social_care", everyone("social_care", weekly_cost_pence=None), "this source sends no costs with"),
    ("ledger-months", "spend", everyone("spend", amount_pence=0), "no organisation has a usual month"),
    ("other-sex", "condition", lambda rows: None, ""),
    ("filler", "condition", lambda rows: None, ""),
    ("diagnoses", "activity_code", everyone("activity", point_of_delivery="outpatient"), ""),
    ("grown-babies", "activity", everyone("activity", specialty=None), ""),
    ("no-activity", "activity_code", everyone("activity_code", activity_id=None), ""),
    ("practices", "registration", everyone("registration", practice=None), ""),
    ("two-practices", "registration", everyone("registration", practice=None), ""),
])  # fmt: skip
def test_a_check_with_nothing_to_look_at_is_not_applicable(tmp_path, check, table, spoil, note):
    rows = sound_rows()
    spoil(rows)
    look = Look(tmp_path, rows, only=check)
    assert look.outcomes(check, table) == {"not applicable"}
    assert look.of(check, table)[0].counted.note.startswith(note)


@pytest.mark.parametrize("check, table, places, rows, why", [
    ("practices", "registration", sound_places(practices=False), {}, "no practices have been supplied"),
    ("small-areas", "address", sound_places(areas=False), {}, "no small areas have been supplied"),
    ("after-death", "activity", None, {"death": []}, "no deaths have been sent"),
    ("residents", "registration", sound_places(population=None), {}, "no population of any small area"),
    ("residents", "registration", sound_places(population=1000), {}, "fewer than half of the people"),
    ("residents", "registration", None, {"address": []}, "nobody's home lies in a small area"),
    ("practice-lists", "registration", sound_places(lists=False), {}, "no published lists of practices"),
])  # fmt: skip
def test_a_check_that_lacks_what_it_needs_says_so(tmp_path, check, table, places, rows, why):
    look = Look(tmp_path, {**sound_rows(), **rows}, places, only=check)
    assert look.outcomes(check, table) == {"could not run"}
    assert why in look.of(check, table)[0].counted.not_run


@pytest.mark.parametrize("table", sorted({table for _, table in CHECKED_TABLES}))
def test_a_table_that_cannot_be_read_stops_no_check_of_another(tmp_path, table):
    look = Look(tmp_path, sound_rows(), broken=table)
    for check, other in CHECKED_TABLES:
        if other == table:
            assert look.outcomes(check, table) == {"could not run"}, check
    why = {each.counted.not_run for each in look.judged if each.counted.table == table}
    assert why == {"the table cannot be read: build again, and look at the disk if it says so again"}
    still = [each.outcome for each in look.judged if each.card.key == "keys" and each.counted.table != table]
    assert set(still) == {"pass"}


def test_each_table_of_events_is_read_once_for_its_rows_and_once_for_its_keys(sound):
    assert sound.reads["observation"] == sound.reads["medication"] == 2
    assert sound.reads["condition"] == 3  # once more for the codes that occur, which measures need as well
    assert max(sound.reads.values()) <= 6, sound.reads  # of codes, once more for their activity and for stays


def test_the_page_for_data_managers_has_every_check_with_its_threshold():
    page = (Path(__file__).parents[3] / "docs" / "quality.md").read_text(encoding="utf-8")
    for card in (check.card for check in CHECKS):
        share = "none" if card.at_most == 0 else f"{100 * card.at_most:.3g}%"
        assert f"| `{card.key}` | {card.title} | {share} |" in page
