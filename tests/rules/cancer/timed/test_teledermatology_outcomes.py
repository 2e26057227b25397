"""What follows from a teledermatology review."""

from datetime import date

import pytest

from stewardship.rules.cancer.codes import END_REASONS
from stewardship.rules.cancer.timed.milestones import owner_words
from stewardship.rules.cancer.timed.teledermatology import (
    clock_effect,
    outcome_of,
    outcomes,
    pictures_repeated,
)
from stewardship.rules.cancer.timed.tracked import Triaged

DECIDED, TOLD, LATER = date(2026, 3, 4), date(2026, 3, 6), date(2026, 3, 9)


@pytest.mark.parametrize("code, stops, next_step", [
    ("TD1", True, "discharge"),
    ("TD2", True, "routine dermatology list"),
    ("TD3", True, "pathway of basal cell carcinoma"),
    ("TD4", False, "urgent face-to-face"),
    ("TD5", False, "biopsy or excision"),
    ("TD6", False, "new pictures"),
    ("TD7", False, "plastics or maxillofacial"),
])  # fmt: skip
def test_each_outcome_has_its_next_step_and_its_effect_on_the_clock(code, stops, next_step):
    assert next_step in outcome_of(code).next_step
    effect = clock_effect(Triaged(outcome=code, decided=DECIDED, patient_told=TOLD), LATER)
    assert (effect.stop, effect.end_reason) == ((TOLD, "02") if stops else (None, ""))


@pytest.mark.parametrize(
    "told, as_of, stop", [(None, LATER, None), (TOLD, DECIDED, None), (TOLD, TOLD, TOLD)]
)
def test_no_clock_stops_before_the_person_is_told(told, as_of, stop):
    effect = clock_effect(
        Triaged(outcome="TD1", decided=DECIDED, patient_told=told, practice_told=DECIDED), as_of
    )
    assert effect.stop == stop
    assert effect.words.startswith("The clock stopped" if stop else "The clock runs until")


def test_outcomes_name_known_owners_and_reasons():
    for outcome in outcomes().values():
        assert outcome.words and owner_words(outcome.owner) != outcome.owner
        assert outcome.tells == "" or outcome.tells in END_REASONS


def test_repeated_pictures_are_counted():
    reviews = [Triaged(outcome=code, decided=DECIDED) for code in ("TD6", "TD6", "TD4")]
    assert pictures_repeated(reviews) == 2


def test_an_unknown_outcome_is_said_with_those_there_are():
    with pytest.raises(ValueError, match=r'"TD8" is no outcome.*TD1.*TD7'):
        outcome_of("TD8")
