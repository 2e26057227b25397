"""Orders that cannot be and unknown codes, in sentences that name the field."""

from dataclasses import replace
from datetime import date

import pytest

from stewardship.rules.cancer.codes import Route
from stewardship.rules.cancer.judge import judge
from stewardship.rules.cancer.mistakes import mistakes
from stewardship.rules.cancer.pathway import Pathway, Treatment

SOUND = Pathway(
    route=Route.URGENT,
    referral_type="07",
    received=date(2025, 3, 3),
    missed=date(2025, 3, 8),
    rebooked=date(2025, 3, 9),
    first_seen=date(2025, 3, 12),
    told=date(2025, 3, 27),
    end_reason="01",
    diagnosis="C18.7",
    transferred=date(2025, 4, 4),
    treatment=Treatment(
        decided=date(2025, 4, 7),
        started=date(2025, 5, 4),
        event_type="01",
        modality="23",
        pause_from=date(2025, 4, 10),
        pause_to=date(2025, 4, 12),
        pause_reason="8",
    ),
)


def changed(**fields: object) -> Pathway:
    """The sound pathway with other fields, of its treatment too."""
    of_pathway = {name: value for name, value in fields.items() if hasattr(SOUND, name)}
    of_treatment = {name: value for name, value in fields.items() if not hasattr(SOUND, name)}
    return replace(SOUND, **of_pathway, treatment=replace(SOUND.treatment, **of_treatment))


def test_a_sound_pathway_has_none():
    assert mistakes(SOUND) == ()


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"started": date(2025, 3, 2)}, "started",
         "treatment started on 2 March 2025, before the referral was received on 3 March 2025"),
        ({"first_seen": date(2025, 3, 1)}, "first_seen",
         "the person was first seen on 1 March 2025, before the referral was received on 3 March 2025"),
        ({"told": date(2025, 3, 1)}, "told",
         "the 28-day pathway ended on 1 March 2025, before the referral was received on 3 March 2025"),
        ({"decided": date(2025, 3, 1)}, "decided",
         "the decision to treat was made on 1 March 2025, before the referral was received on 3 March 2025"),
        ({"missed": date(2025, 3, 10)}, "rebooked",
         "the first appointment was rebooked on 9 March 2025, before the first appointment was missed on 10 March"),
        ({"rebooked": date(2025, 3, 13)}, "first_seen",
         "the person was first seen on 12 March 2025, before the first appointment was rebooked on 13 March 2025"),
        ({"pause_to": date(2025, 4, 9)}, "pause_to",
         "the pause ended on 9 April 2025, before the pause began on 10 April 2025"),
        ({"pause_to": date(2025, 5, 5)}, "started",
         "treatment started on 4 May 2025, before the pause ended on 5 May 2025"),
        ({"transferred": date(2025, 5, 5)}, "started",
         "treatment started on 4 May 2025, before the transfer was received on 5 May 2025"),
        ({"route": Route.UPGRADE, "upgraded": date(2025, 4, 8)}, "decided",
         "the decision to treat was made on 7 April 2025, before the consultant's upgrade was made on 8 April 2025"),
        ({"route": Route.UPGRADE}, "upgraded", "an upgrade needs the day on which the consultant made it"),
        ({"received": None}, "received", "the route USC needs the day its referral was received"),
        ({"modality": "77"}, "modality", "that is no code of it"),
        ({"event_type": "13"}, "event_type", "that is no code of it"),
        ({"end_reason": "05"}, "end_reason", "that is no code of it: it can be 01, 02, 03 or 04"),
        ({"referral_type": "18"}, "referral_type", "that is no code of it"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_of_its_field(fields, field, words):
    found = mistakes(changed(**fields))
    assert found[0].field == field
    assert found[0].words.startswith(words)


@pytest.mark.parametrize(
    "fields",
    [
        {"decided": date(2025, 5, 6), "pause_from": None, "pause_to": None},  # R7: the wait is 0 days
        {"route": Route.UPGRADE, "upgraded": date(2025, 3, 20)},  # first seen before the upgrade
        {"pause_from": date(2025, 4, 1)},  # R5: only the days after the decision count
        {"pause_reason": "7"},  # R5: a pause for any other reason takes nothing off; registers differ in their codes
        {"started": date(2025, 3, 3), "decided": date(2025, 3, 3), "transferred": None, "pause_from": None,
         "pause_to": None},  # all on one day
    ],
)  # fmt: skip
def test_what_the_rules_provide_for_is_no_mistake(fields):
    assert mistakes(changed(**fields)) == ()


@pytest.mark.parametrize("lacking", ["rebooked", "end_reason", "pause_reason", "diagnosis"])
def test_what_is_lacking_is_no_mistake_and_stops_nothing(lacking):
    pathway = changed(**{lacking: None if lacking == "rebooked" else ""})
    assert mistakes(pathway) == ()
    judge(pathway, as_of=date(2025, 6, 1))


def test_a_pathway_without_a_treatment_can_be_sound():
    assert mistakes(replace(SOUND, treatment=None)) == ()
