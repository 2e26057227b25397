"""The strategy's life expectancy and its slope find the gap in length of life that is planted in a made system."""

import json

import pytest

from stewardship.build.measuring import figures, place_cards
from stewardship.care_areas.registry import strategy
from stewardship.people.periods import years_ending
from stewardship.people.table import people_of
from stewardship.records.engine import Engine
from stewardship.synthetic.synthesise import TRUTH
from support.made_records import LAST_DAY, write_made_records
from support.small_records import opened

RESIDENTS, YEARS = 30_000, 3
FIFTHS = ["1", "2", "3", "4", "5"]
NUMBERED = {measure.id: measure.key for _, measure in strategy().measures()}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The latest figures of the system by measure, characteristic and group; and the planted expectancies."""
    folder = tmp_path_factory.mktemp("lives")
    write_made_records(folder, RESIDENTS, years=YEARS)
    engine = Engine(scratch=folder / "scratch", memory="1GB", threads=2)
    records = opened(folder, engine)
    years = years_ending(LAST_DAY)
    cards = place_cards(engine.ibis.to_pyarrow(records.table("place")), as_of=LAST_DAY)
    table = figures(people_of(records, years).kept(engine), records, [strategy()], years, cards).figures
    engine.close()
    rows = [row for row in table["strategy"].to_pylist() if row["period_end"] == LAST_DAY]
    system = next(card.code for card in cards if card.level == "system")
    found = {(row["measure"], row["by"], row["group"]): row for row in rows if row["place"] == system}
    planted = json.loads((folder / "files" / TRUTH).read_text(encoding="utf-8"))["planted"]
    return found, next(each for each in planted if each["key"] == "life-expectancy-gap"), rows


def of(made, number, by="everyone", group="everyone"):
    return made[0][NUMBERED[number], by, group]


def test_life_expectancy_is_as_long_as_lives_are_in_england(made):
    everyone = of(made, "STR02")
    assert everyone["state"] == "shown"
    assert 79 < everyone["value"] < 85
    assert everyone["lower95"] < everyone["value"] < everyone["upper95"]
    assert of(made, "STR02", "sex", "female")["value"] > of(made, "STR02", "sex", "male")["value"]


def test_each_fifth_lives_about_as_long_as_was_planted(made):
    """Those whose figure is shown, within its widest interval and the half year that it may be rounded by."""
    shown = [(fifth, of(made, "STR02", "deprivation fifth", fifth)) for fifth in FIFTHS]
    shown = [(fifth, row) for fifth, row in shown if row["state"] == "shown"]
    assert len(shown) >= 4
    for fifth, row in shown:
        of_sexes = [each[fifth] for each in made[1]["parameters"].values() if isinstance(each, dict)]
        assert row["lower99_8"] - 0.5 <= sum(of_sexes) / len(of_sexes) <= row["upper99_8"] + 0.5, fifth


def test_it_falls_with_deprivation_and_its_slope_has_the_sign_of_the_planted_gap(made):
    most, least = (of(made, "STR02", "deprivation fifth", fifth) for fifth in ("1", "5"))
    assert most["compared"] == "worse"
    assert least["value"] - most["value"] > 3
    slope = of(made, "STR01")
    assert slope["state"] == "shown"
    assert slope["lower95"] > 0
    assert slope["lower95"] <= slope["value"] <= slope["upper95"]


def test_no_count_stands_beside_any_of_them(made):
    keys = {NUMBERED["STR01"], NUMBERED["STR02"]}
    assert all(row["numerator"] is row["denominator"] is None for row in made[2] if row["measure"] in keys)
