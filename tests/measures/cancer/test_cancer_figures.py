"""Cancer waits of a made system: the rules are the national ones, and the planted backlog is found."""

import json
from datetime import date, timedelta

import numpy as np
import pyarrow.compute as pc
import pytest

from stewardship.build.measuring import figures, place_cards
from stewardship.care_areas.registry import care_areas
from stewardship.measures.cancer.case_finding import STEPS, _controlled
from stewardship.measures.cancer.courses import NEVER, days_of
from stewardship.measures.cancer.figures import CancerWaits
from stewardship.measures.cancer.forecast_published import moves_of
from stewardship.measures.cancer.grid import Spans
from stewardship.measures.cancer.judging import facts
from stewardship.measures.cancer.published import FILES, cancer_file, read_cancer, write_cancer
from stewardship.measures.cancer.weekly import backlog, weeks_of
from stewardship.measures.layout import Layout
from stewardship.people.periods import years_ending
from stewardship.people.table import linked_levels, people_of
from stewardship.records.engine import Engine
from stewardship.rules.cancer.judge import judge
from stewardship.rules.cancer.judgement import Standard
from stewardship.synthetic.synthesise import TRUTH
from support.made_records import LAST_DAY, write_made_records
from support.small_records import opened

RESIDENTS, YEARS = 8_000, 3
PERIODS = years_ending(LAST_DAY)
SIXTY_TWO = "people-waiting-over-62-days"


class Made:
    """Pathways of a small made system, judged, and what is published of them."""

    def __init__(self, folder):
        write_made_records(folder, RESIDENTS, years=YEARS)
        self.records = opened(folder, Engine(scratch=folder / "scratch", memory="1GB", threads=2))
        engine = self.records.engine
        people = people_of(self.records, PERIODS).kept(engine)
        linked = linked_levels(people, engine)
        cards = place_cards(
            engine.ibis.to_pyarrow(self.records.table("place")), as_of=LAST_DAY, linked=linked
        )
        self.layout = Layout(len(PERIODS), cards)
        self.waits = CancerWaits(self.records, people, self.layout, PERIODS)
        areas = [area for area in care_areas() if area.key in ("cancer", "dermatology")]
        self.made = figures(people, self.records, areas, PERIODS, cards)
        self.cancer = self.made.cancer()
        truth = json.loads((folder / "files" / TRUTH).read_text(encoding="utf-8"))["planted"]
        (planted,) = (each for each in truth if each["key"] == "cancer-backlog")
        self.planted = {
            date.fromisoformat(week): n for week, n in planted["realised"]["over_62_days"].items()
        }


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    found = Made(tmp_path_factory.mktemp("cancer"))
    yield found
    found.records.engine.close()


def over_62(made, week):
    courses = made.waits.judged.courses
    day = days_of(week)
    return int((courses.headline & courses.open_on(day) & (day - courses.start > 62)).sum())


def test_the_backlog_of_every_week_is_the_one_that_was_planted(made):
    weeks = [week for week in made.planted if PERIODS[0].start <= week <= LAST_DAY]
    assert len(weeks) > 150
    assert [over_62(made, week) for week in weeks] == [made.planted[week] for week in weeks]


def test_the_planted_backlog_rises_and_falls_in_what_is_published(made):
    """Ten systems of this size side by side: one alone has fewer than 20 people waiting in most weeks."""
    courses = made.waits.judged.courses
    ten = courses.taken(np.tile(np.arange(len(courses)), 10))
    weeks = weeks_of(PERIODS[-YEARS].start, LAST_DAY)
    rows = backlog(ten, weeks).to_pylist()
    told = {row["week"]: row["count"] for row in rows if row["by"] == "everyone" and row["band"] == "over 62"}
    shown = {week: count for week, count in told.items() if count is not None}
    assert len(shown) > 0.9 * len(told)
    assert {week: 10 * made.planted[week] for week in shown} == shown
    highest = max(shown, key=shown.get)
    assert highest == max(made.planted, key=made.planted.get)
    assert shown[max(shown)] < 0.8 * shown[highest]


def test_the_forecast_is_made_from_the_weeks_that_were_planted_and_knows_their_steps(made):
    courses = made.waits.judged.courses
    weeks = weeks_of(PERIODS[-YEARS].start, LAST_DAY)
    moves = moves_of(courses.taken(courses.headline), weeks)
    planted = [made.planted[date(1970, 1, 1) + timedelta(int(week))] for week in weeks]
    assert moves.over_62.tolist() == planted
    before_test, awaiting_result, _, awaiting_treatment = moves.open.sum(axis=(0, 2)).tolist()
    assert min(before_test, awaiting_result) > awaiting_treatment > len(weeks)


def test_who_is_open_is_who_the_rules_say_waits(made):
    courses = made.waits.judged.courses
    judged = [judge(each, as_of=LAST_DAY) for each in facts(made.waits.pathways)]
    days = np.full(len(judged), -1)
    days[courses.person] = np.where(courses.ended == NEVER, days_of(LAST_DAY) - courses.start, -1)
    waiting = [-1 if each.waiting is None else each.waiting.days for each in judged]
    differ = [
        at for at, (mine, theirs) in enumerate(zip(days.tolist(), waiting, strict=True)) if mine != theirs
    ]
    assert differ == []


def test_waits_counted_are_those_that_the_rules_met_or_breached(made):
    judged = [judge(each, as_of=LAST_DAY) for each in facts(made.waits.pathways)]
    for standard, clock in (
        (Standard.FASTER_DIAGNOSIS, "faster_diagnosis"),
        (Standard.REFERRAL_TO_TREATMENT, "referral_to_treatment"),
        (Standard.DECISION_TO_TREATMENT, "decision_to_treatment"),
    ):
        clocks = [getattr(each, clock) for each in judged]
        waits = made.waits.judged.waits[standard]
        assert len(waits.row) == sum(each.result in ("MET", "BREACH") for each in clocks) > 50
        assert int(waits.within.sum()) == sum(each.result == "MET" for each in clocks)


def test_every_patient_is_shared_out_whole(made):
    for waits in made.waits.judged.waits.values():
        assert (np.bincount(waits.of, waits.patients, len(waits.row)) == 2).all()
        assert (np.bincount(waits.of, waits.met, len(waits.row)) == 2 * waits.within).all()


def rows_of(made, name):
    return made.cancer[name].to_pylist()


def test_months_and_groups_add_up_wherever_all_are_shown(made):
    rows = [row for row in rows_of(made, "standards") if row["state"] == "shown"]
    everyone = {
        (row["standard"], row["period"], row["end"]): row["total"] for row in rows if row["by"] == "everyone"
    }
    hidden = {
        (row["standard"], row["period"], row["end"], row["by"])
        for row in rows_of(made, "standards")
        if row["state"] != "shown"
    }
    checked = 0
    for by in ("provider", "route", "tumour group"):
        for (standard, period, end), total in everyone.items():
            if (standard, period, end, by) in hidden:
                continue
            parts = [
                row["total"] for row in rows
                if (row["standard"], row["period"], row["end"], row["by"]) == (standard, period, end, by)
            ]  # fmt: skip
            checked += 1
            assert sum(parts) == total
    assert checked > 5


def test_nothing_of_fewer_than_twenty_people_is_shown(made):
    for row in rows_of(made, "standards"):
        assert row["state"] != "shown" or row["total"] == 0 or row["total"] >= 20
    assert all(row["count"] in (None, 0) or row["count"] >= 20 for row in rows_of(made, "backlog"))
    for row in rows_of(made, "steps"):
        assert row["people"] in (None, 0) or row["people"] >= 20
        assert row["people"] is not None or row["median_days"] is None


def test_how_many_have_cancer_follows_the_rule_of_all_other_measures(made):
    rows = [row for row in rows_of(made, "found") if row["state"] == "shown"]
    assert "conversion" in {row["measure"] for row in rows}
    for row in rows:
        assert row["numerator"] % 5 == 0 or row["numerator"] == row["denominator"]
        assert row["numerator"] >= 8 or row["numerator"] == 0


def test_a_year_stands_alike_in_the_measure_and_in_the_table(made):
    told = {
        row["end"]: row
        for row in rows_of(made, "standards")
        if (row["standard"], row["period"], row["by"]) == ("faster_diagnosis", "year", "everyone")
    }
    table = made.made.figures["cancer"]
    chosen = pc.and_(
        pc.equal(table["measure"], "told-within-28-days-whether-it-is-cancer"),
        pc.and_(pc.equal(table["by"], "everyone"), pc.equal(table["place"], made.layout.places[0].code)),
    )
    years = [row for row in table.filter(chosen).to_pylist() if row["state"] == "shown"]
    alike = [
        (told[year["period_end"]]["total"], told[year["period_end"]]["within"])
        == (year["denominator"], year["numerator"])
        for year in years
        if year["period_end"] in told and told[year["period_end"]]["state"] == "shown"
    ]
    assert alike and all(alike)


def test_emergency_presentation_is_missing_with_its_reason(made):
    (row,) = [row for row in rows_of(made, "found") if row["measure"] == "emergency"]
    assert row["state"] == "missing" and row["reason"].startswith("Missing: cancer pathways do not tell")


def test_thresholds_and_ambitions_are_those_of_the_day(made):
    rows = {
        (row["standard"], row["end"]): (row["threshold"], row["ambition"])
        for row in rows_of(made, "standards")
        if row["by"] == "everyone"
    }
    assert rows["faster_diagnosis", date(2025, 3, 31)] == (75.0, 77.0)
    assert rows["faster_diagnosis", date(2026, 3, 31)] == (75.0, 80.0)
    assert rows["decision_to_treatment", date(2026, 3, 31)] == (96.0, None)


def test_what_is_written_is_read_back(made, tmp_path):
    for name, table in made.cancer.items():
        write_cancer(tmp_path, name, table)
        assert len(read_cancer(tmp_path, name)) == table.num_rows
        assert cancer_file(tmp_path, name).is_file() and table.schema.equals(FILES[name])
    one = read_cancer(tmp_path, "steps", by="everyone")
    assert {row["by"] for row in one} == {"everyone"}
    assert read_cancer(tmp_path / "elsewhere", "steps") == []


def test_a_year_that_ends_within_a_month_keeps_the_rest_apart():
    spans = Spans.of(years_ending(date(2025, 3, 15)))
    assert (spans.months[-1], len(spans.months)) == ((date(2025, 2, 1), date(2025, 2, 28)), 5 * 11)
    days = np.array([days_of(date(2025, 2, 10)), days_of(date(2025, 3, 10)), days_of(date(2025, 3, 16))])
    month = spans.month(days)
    assert month[0] == len(spans.months) - 1
    assert not spans.published[:-1].all() and month[1] == len(spans) - 1
    assert month[2] == -1


def test_weeks_end_on_sundays():
    weeks = weeks_of(date(2026, 3, 2), date(2026, 3, 31))
    assert [date(1970, 1, 1) + timedelta(int(week)) for week in weeks] == [
        date(2026, 3, 8), date(2026, 3, 15), date(2026, 3, 22), date(2026, 3, 29),
    ]  # fmt: skip
    assert all((date(1970, 1, 1) + timedelta(int(week))).weekday() == 6 for week in weeks)


def test_case_finding_tells_how_many_reached_each_step(made):
    rows = {(row["by"], row["group"], row["step"]): row for row in rows_of(made, "case-finding")}
    invited, consented = (rows["everyone", "everyone", step] for step in ("invited", "consented"))
    assert invited["count"] > 300 and 28 < consented["value"] < 42
    assert {row["step"] for row in rows_of(made, "case-finding")} == set(STEPS)
    for row in rows.values():
        assert row["count"] is None or row["count"] == 0 or row["count"] >= 5
        assert row["of"] is None or row["count"] is None or row["count"] <= row["of"]


def test_steps_of_case_finding_hide_the_few_and_what_tells_of_them():
    groups = [("everyone", "everyone"), *(("deprivation fifth", each) for each in ("1", "2"))]
    counts = np.array([[100, 60, 40], [50, 47, 3], [20, 20, 0], [12, 12, 0], [10, 10, 0], [9, 9, 0]])
    table = _controlled(counts, groups, PERIODS[-1]).to_pylist()
    told = {(row["step"], row["group"]): row["count"] for row in table}
    assert told["consented", "2"] is None and told["consented", "1"] == 45
    assert told["invited", "everyone"] == 100
