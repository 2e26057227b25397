"""What cannot be made is said in one sentence."""

from datetime import date

import pytest

from stewardship.synthetic.asked import PlanError, planned

ASKED = {
    "residents": 60_000,
    "years": 5,
    "seed": 1,
    "last_day": date(2026, 3, 31),
    "today": date(2026, 7, 1),
}


@pytest.mark.parametrize(
    "wrong, said",
    [
        (
            {"residents": 0},
            "A system of 0 residents cannot be made: its practices and small areas need at least",
        ),
        ({"residents": -5}, "A system of -5 residents cannot be made"),
        ({"residents": 60_000_000}, "A system of 60,000,000 residents cannot be made"),
        ({"years": 0}, "0 years of records cannot be made: ask for 1 to 20."),
        ({"years": -1}, "-1 years of records cannot be made"),
        ({"seed": -1}, "The seed -1 is below 0"),
        (
            {"last_day": date(2027, 1, 1)},
            "Records up to 2027-01-01 cannot be made: the last day must not lie in the",
        ),
    ],
)
def test_what_cannot_be_made_is_refused(wrong, said):
    with pytest.raises(PlanError) as refused:
        planned(**{**ASKED, **wrong})
    assert str(refused.value).startswith(said)


def test_the_last_day_may_be_today():
    assert planned(**{**ASKED, "last_day": date(2026, 7, 1)}).last_day == date(2026, 7, 1)
