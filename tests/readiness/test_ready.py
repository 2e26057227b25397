"""Measures are usable, doubtful or not yet; what unlocks the most for its effort comes first."""

from dataclasses import replace

from stewardship.measures.lacks import Effort, Lack
from stewardship.measures.needs import Needs, read_needs
from stewardship.readiness.doubts import lines
from stewardship.readiness.ready import by_area, readiness, unlocks
from stewardship.records.quality.counts import Checked
from stewardship.records.quality.judging import judged
from support.checked import (
    AFTER_DEATH,
    COUNTS,
    COVERAGE,
    ETHNICITY,
    NO_ITEMS,
    NO_UNITS,
    SENDERS,
    supply,
    write_found,
)
from support.snapshots import DIABETES, FRAILTY, snapshot

AREAS = (DIABETES, FRAILTY)


def failed():
    found = lines(judged(Checked((AFTER_DEATH, COVERAGE, ETHNICITY), COUNTS)))
    return [line for line in found if line.outcome == "fail"]


def ready(tmp_path, lacking, doubts=()):
    write_found(tmp_path, AREAS, lacking)
    needs = read_needs(tmp_path)
    plain = replace(DIABETES, measures=tuple(replace(card, missing="") for card in DIABETES.measures))
    shown = replace(snapshot("one"), areas=(plain, FRAILTY))
    return readiness(shown, needs, doubts), needs


def states(measures):
    return {each.card.key: each.state for each in measures}


def test_a_measure_is_doubtful_where_a_check_failed_on_a_table_it_reads(tmp_path):
    measures, _ = ready(tmp_path, {"foot-check": (NO_UNITS,), "cost-outpatient": (NO_ITEMS,)}, failed())
    found = states(measures)
    assert found["emergency-admissions"] == found["falls"] == "usable with caution"
    assert found["foot-check"] == found["cost-outpatient"] == "not yet"
    assert found["smoking"] == "usable now"  # ethnic group bears on figures by ethnic group alone
    doubts = next(each.doubts for each in measures if each.card.key == "falls")
    assert [(line.card.key, line.found) for line in doubts] == [
        ("after-death", "55 of 1,080"),
        ("coverage", "RXX: December 2025; RYY: December 2025"),
    ]


def test_care_areas_say_how_many_measures_stand_how(tmp_path):
    measures, _ = ready(tmp_path, {"foot-check": (NO_UNITS,)}, failed())
    diabetes, frailty = by_area(measures)
    assert dict(diabetes.counts) == {"usable now": 13, "usable with caution": 3, "not yet": 1}
    assert dict(frailty.counts) == {"usable now": 1, "usable with caution": 1}
    assert (diabetes.usable, frailty.usable) == (16, 2)


def test_measures_that_stand_alike_for_the_same_reasons_are_told_together(tmp_path):
    lacking = {"foot-check": (NO_UNITS,), "smoking": (NO_UNITS,), "people": (NO_ITEMS,)}
    measures, _ = ready(tmp_path, lacking, failed())
    diabetes, _ = by_area(measures)
    assert [(together[0].state, len(together)) for together in diabetes.alike] == [
        ("not yet", 1), ("not yet", 2), ("usable with caution", 3), ("usable now", 11),
    ]  # fmt: skip


def said(tmp_path, lacking):
    measures, needs = ready(tmp_path, lacking)
    return unlocks(measures, needs)


def test_the_same_mending_is_told_once_with_all_that_it_unlocks(tmp_path):
    found = said(tmp_path, {"foot-check": (NO_UNITS,), "smoking": (NO_UNITS,), "falls": (NO_UNITS,)})
    assert [each.sentence for each in found] == [
        "Sending units with HbA1c results would unlock 2 measures in Diabetes and 1 in Frailty"
    ]
    assert found[0].who == "gp, laboratory: sends observation today"


def test_one_measure_is_not_several(tmp_path):
    (one,) = said(tmp_path, {"foot-check": (NO_UNITS,)})
    assert one.sentence == "Sending units with HbA1c results would unlock 1 measure in Diabetes"


def test_what_is_needed_among_other_things_unlocks_nothing_alone(tmp_path):
    both, alone = (NO_UNITS, NO_ITEMS), (NO_ITEMS,)
    items, units = said(tmp_path, {"foot-check": both, "smoking": alone})
    assert (len(items.measures), len(items.also)) == (1, 1)
    assert (len(units.measures), len(units.also)) == (0, 1)
    assert (
        units.sentence
        == "Sending units with HbA1c results is one of the things that 1 measure in Diabetes needs"
    )
    assert items.who == "No source yet; usually general practice"


def test_what_unlocks_the_most_for_its_effort_comes_first(tmp_path):
    ledger = supply("no finance ledger has been sent")
    codes = Lack("none", "Sending foot checks", Effort.CODES, table="observation")
    lacking = {
        "programme-budget": (ledger,), "cost-a-person": (ledger,), "prevalence": (ledger,), "smoking": (codes,),
        "falls": (NO_UNITS,), "people": (NO_ITEMS,), "at-risk": (NO_ITEMS,), "contacts": (NO_ITEMS,),
        "sight-loss": (NO_ITEMS,),
    }  # fmt: skip
    assert [each.lack.unlock for each in said(tmp_path, lacking)] == [
        "Sending prescriptions",  # 4 and more measures for an effort of 3
        "Sending units with HbA1c results",  # 1 for 1
        "Supplying a finance ledger",  # 3 for 4
        "Sending foot checks",  # 1 for 2
    ]


def test_a_measure_of_which_no_need_was_kept_is_judged_by_its_card():
    measures = readiness(snapshot("one"), Needs((), SENDERS), [])
    assert states(measures)["hba1c-at-target"] == "not yet"
    assert states(measures)["smoking"] == "usable now"


def test_lines_tell_what_failed_first_and_months_by_provider():
    found = lines(judged(Checked((AFTER_DEATH, COVERAGE, ETHNICITY), COUNTS)))
    assert [line.outcome for line in found] == [
        "fail",
        "fail",
        "fail",
        "could not run",
        "pass",
        "not applicable",
    ]
    told = {(line.card.key, line.first.counted.table): line for line in found}
    assert told["after-death", "medication"].why == "Nobody sent this table."
    assert told["after-death", "observation"].why == "No deaths have been sent."
    assert told["after-death", "medication"].found == ""


def test_many_months_are_told_by_number():
    whole = [replace(each, count=each.examined) for each in COUNTS if each.check == "coverage"]
    (line,) = lines(judged(Checked((COVERAGE,), tuple(whole))))
    assert line.found.startswith("RXX: 6 months before and July 2025, August 2025")
