"""The hazard log: each control of the makers names a test that exists; no hazard is left too likely or too grave."""

import pytest

from support import hazard_log

VERSION, HAZARDS = hazard_log.read()
IN_USE = [hazard for hazard in HAZARDS if hazard.status != "not yet built"]


def test_the_page_is_made_from_the_log():
    assert hazard_log.PAGE.read_text(encoding="utf-8") == hazard_log.page()


def test_hazards_are_numbered_once():
    ids = [hazard.id for hazard in HAZARDS]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("hazard", IN_USE, ids=lambda hazard: hazard.id)
def test_every_control_of_the_makers_names_tests_that_are_written(hazard):
    made = [control for control in hazard.controls if control.by == "maker"]
    assert made
    for control in made:
        assert control.kind == "design"
        assert control.shown_by
        for name in control.shown_by:
            assert hazard_log.test_exists(name), name


@pytest.mark.parametrize("hazard", IN_USE, ids=lambda hazard: hazard.id)
def test_controls_leave_a_risk_that_is_lower_and_not_4_or_5(hazard):
    assert hazard.residual is not None
    assert hazard.residual.level <= min(hazard.initial.level, 3)


@pytest.mark.parametrize("hazard", HAZARDS, ids=lambda hazard: hazard.id)
def test_what_is_not_built_claims_no_control(hazard):
    if hazard.status == "not yet built":
        assert not hazard.controls
        assert hazard.residual is None


def test_controls_are_the_makers_or_the_deploying_organisations():
    for hazard in HAZARDS:
        for control in hazard.controls:
            assert (control.kind, control.by) in {
                ("design", "maker"), ("training", "deploying organisation"),
                ("process", "deploying organisation"),
            }  # fmt: skip


def test_a_test_that_is_not_written_is_noticed():
    assert not hazard_log.test_exists("tests/test_clinical_safety.py::test_that_nobody_wrote")
    assert not hazard_log.test_exists("tests/test_nowhere.py::test_the_page_is_made_from_the_log")
    assert hazard_log.test_exists("tests/test_clinical_safety.py::test_the_page_is_made_from_the_log")
