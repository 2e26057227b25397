"""Every measure of every care area gives a figure of a small made-up system, or says why it gives none."""

import pytest

from stewardship.build.measuring import figures, place_cards
from stewardship.care_areas.registry import care_areas, strategy
from stewardship.people.periods import years_ending
from stewardship.people.table import people_of
from stewardship.records.engine import Engine
from support.made_records import LAST_DAY, write_made_records
from support.measures_page import made_from
from support.small_records import opened

RESIDENTS = 3_000
AREAS = {area.key: area for area in (*care_areas(), strategy())}


@pytest.fixture(scope="module")
def counted(tmp_path_factory):
    """The figures of the whole system by care area, and why measures are missing. No money, no published figures."""
    folder = tmp_path_factory.mktemp("made")
    write_made_records(folder, RESIDENTS, years=3)
    records = opened(folder, Engine(scratch=folder / "scratch", memory="1GB", threads=2))
    years = years_ending(LAST_DAY)
    cards = place_cards(records.engine.ibis.to_pyarrow(records.table("place")), as_of=LAST_DAY)
    system = [card for card in cards if card.level == "system"]
    made = figures(people_of(records, years), records, list(AREAS.values()), years, system)
    records.engine.close()
    return made.figures, made.missing


@pytest.mark.parametrize("key", AREAS)
def test_every_measure_gives_a_figure_or_says_why_not(counted, key):
    tables, _ = counted
    rows = tables[key].to_pylist()
    latest = {
        row["measure"]: row for row in rows if row["by"] == "everyone" and row["period_end"] == LAST_DAY
    }
    assert set(latest) == {measure.key for _, measure in AREAS[key].measures()}
    for measure, row in latest.items():
        if row["state"] == "shown":
            assert row["value"] is not None and row["reason"] == "", measure
        else:
            assert row["value"] is None and row["reason"], measure


@pytest.mark.parametrize("key", AREAS)
def test_what_is_worked_out_from_records_lacks_no_data_here(counted, key):
    _, missing = counted
    from_records = [
        each for _, each in AREAS[key].measures() if made_from(each) == "from records" and not each.programme
    ]
    assert {each.name: missing[each] for each in from_records if each in missing and not each.expected} == {}


def test_figures_are_of_the_size_that_such_figures_have(counted):
    tables, _ = counted
    expected = {
        "Residents aged 18 and over who smoke": (8, 20),
        "Diabetic eye screening": (60, 95),
        "Residents aged 18 and over with depression": (9, 17),
        "Children and young people seen by mental health services": (2, 15),
        "Follow-ups for each first attendance, dermatology": (1, 3),
        "Residents with hypertension": (12, 20),
        "Hypertension treated to target, under 80": (55, 85),
        "Residents with asthma": (4, 9),
        "Too many reliever inhalers": (8, 30),
        "Bowel cancer screening": (60, 85),
        "Residents who have had a stroke or transient ischaemic attack": (1, 3.5),
        "Four hours in the emergency department": (60, 90),
        "Same-day emergency care": (12, 40),
        "Emergency bed days, per 1,000 residents": (200, 800),
    }
    rows = [row for table in tables.values() for row in table.to_pylist()]
    shown = {
        row["measure"]: row["value"]
        for row in rows
        if row["by"] == "everyone" and row["period_end"] == LAST_DAY
    }
    names = {each.name: each.key for area in AREAS.values() for _, each in area.measures()}
    for name, (least, most) in expected.items():
        assert least <= shown[names[name]] <= most, name
