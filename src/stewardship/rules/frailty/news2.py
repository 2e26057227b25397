"""The National Early Warning Score 2, worked out from what was measured, with the parts that make it up.

Source: Royal College of Physicians, National Early Warning Score (NEWS) 2, December 2017: the chart of parameters, the
second scale for oxygen in hypercapnic respiratory failure, and the thresholds of response.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Alertness(StrEnum):
    """ACVPU: alert, or the first of the others that holds."""

    ALERT = "alert"
    CONFUSION = "confusion"
    VOICE = "voice"
    PAIN = "pain"
    UNRESPONSIVE = "unresponsive"


ALERTNESS_WORDS: Mapping[Alertness, str] = {
    Alertness.ALERT: "alert",
    Alertness.CONFUSION: "new confusion",
    Alertness.VOICE: "answers to voice only",
    Alertness.PAIN: "answers to pain only",
    Alertness.UNRESPONSIVE: "unresponsive",
}


@dataclass(frozen=True)
class Signs:
    """What was measured; None where it was not.

    breaths: a minute. oxygen: saturation in per cent. on_oxygen: whether oxygen is given. systolic: mmHg. pulse: beats
    a minute. temperature_tenths: tenths of a degree Celsius. second_scale: the target is 88 to 92 per cent, as a
    competent clinician decided for somebody with hypercapnic respiratory failure.
    """

    breaths: int | None = None
    oxygen: int | None = None
    on_oxygen: bool = False
    systolic: int | None = None
    pulse: int | None = None
    temperature_tenths: int | None = None
    alertness: Alertness | None = None
    second_scale: bool = False


@dataclass(frozen=True)
class News2:
    """A score. total: None while something was not measured; missing: what. parts: those above 0, highest first."""

    total: int | None
    parts: tuple[tuple[str, int], ...]
    missing: tuple[str, ...]
    second_scale: bool
    on_oxygen: bool

    @property
    def single(self) -> bool:
        """Whether one part alone scores 3, which asks for an urgent look whatever the total."""
        return any(points == 3 for _, points in self.parts)

    @property
    def response(self) -> str:
        """The clinical risk that the total and its parts stand for; empty while there is no total."""
        if self.total is None:
            return ""
        if self.total >= 7:
            return "high"
        if self.total >= 5:
            return "medium"
        return "low to medium" if self.single else "low"


MEASURED = {
    "breaths": "breaths a minute",
    "oxygen": "oxygen saturation",
    "systolic": "systolic blood pressure",
    "pulse": "pulse",
    "temperature_tenths": "temperature",
    "alertness": "alertness",
}
BREATHS = ((8, 3), (11, 1), (20, 0), (24, 2))
OXYGEN = ((91, 3), (93, 2), (95, 1))
OXYGEN_SECOND = ((83, 3), (85, 2), (87, 1), (92, 0))
OXYGEN_SECOND_GIVEN = ((94, 1), (96, 2))  # above 92 per cent while oxygen is given
SYSTOLIC = ((90, 3), (100, 2), (110, 1), (219, 0))
PULSE = ((40, 3), (50, 1), (90, 0), (110, 1), (130, 2))
TEMPERATURE = ((350, 3), (360, 1), (380, 0), (390, 1))


def news2(signs: Signs) -> News2:
    """The score of what was measured. Nothing is taken for normal: while a part is missing there is no total."""
    missing = tuple(words for name, words in MEASURED.items() if getattr(signs, name) is None)
    scored = [(name, points) for name, points in _parts(signs) if points]
    parts = tuple(sorted(scored, key=lambda part: -part[1]))
    total = None if missing else sum(points for _, points in parts)
    return News2(total, parts, missing, signs.second_scale, signs.on_oxygen)


def in_words(score: News2) -> str:
    """The score as a page tells it: what made it up, or what it still needs."""
    if score.total is None:
        return f"No NEWS2 yet: it needs {_listed(score.missing)}."
    made_up = ", ".join(f"{name} {points}" for name, points in score.parts)
    given = "on oxygen" if score.on_oxygen else "on air"
    return (
        f"NEWS2: {score.total}{f' ({made_up})' if made_up else ''}. "
        f"Worked out from what you typed; oxygen scale {2 if score.second_scale else 1}, {given}."
    )


def _parts(signs: Signs) -> list[tuple[str, int]]:
    alertness = signs.alertness or Alertness.ALERT
    return [
        (ALERTNESS_WORDS[alertness], 0 if alertness is Alertness.ALERT else 3),
        ("breaths", _points(signs.breaths, BREATHS, 3)),
        ("oxygen", _oxygen(signs)),
        ("oxygen is given", 2 if signs.on_oxygen else 0),
        ("systolic", _points(signs.systolic, SYSTOLIC, 3)),
        ("pulse", _points(signs.pulse, PULSE, 3)),
        ("temperature", _points(signs.temperature_tenths, TEMPERATURE, 2)),
    ]


def _oxygen(signs: Signs) -> int:
    if not signs.second_scale:
        return _points(signs.oxygen, OXYGEN, 0)
    if signs.on_oxygen and signs.oxygen is not None and signs.oxygen > OXYGEN_SECOND[-1][0]:
        return _points(signs.oxygen, OXYGEN_SECOND_GIVEN, 3)
    return _points(signs.oxygen, OXYGEN_SECOND, 0)


def _points(value: int | None, bands: tuple[tuple[int, int], ...], above: int) -> int:
    """The points of the first band whose upper limit the value does not pass; those above the last band else."""
    if value is None:
        return 0
    return next((points for upper, points in bands if value <= upper), above)


def _listed(words: tuple[str, ...]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
