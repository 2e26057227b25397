"""What a matched comparison says, in plain words."""

from collections.abc import Callable
from dataclasses import dataclass

from stewardship.evaluation.hidden import e_value_of_limits
from stewardship.evaluation.result import Effect


@dataclass(frozen=True)
class Words:
    """How the people and the events of a study are called, in the plural.

    exposed: "people about whom the advice line was called". others: "people in a crisis about whom nobody called".
    events: "emergency admissions". over: "within 7 days".
    """

    exposed: str
    others: str
    events: str
    over: str

    @property
    def question(self) -> str:
        """The question of the study, in one sentence."""
        return f"Do {self.exposed} have fewer {self.events} {self.over} than {self.others} who are like them?"


@dataclass(frozen=True)
class Naive:
    """After beside before, with no comparison: of those who had the event, and of people like them."""

    exposed: Effect
    others: Effect


def of_shares(words: Words, cases: float, controls: float, difference: Effect, naive: Naive | None) -> str:
    """A comparison of shares (0 to 1). naive: None where nothing can have happened before."""
    said = (
        f"{words.events.capitalize()} {words.over}: {cases:.1%} of {words.exposed}, and {controls:.1%} of "
        f"{words.others} who are like them. The difference is {_points(difference)}: {_verdict(difference)}."
    )
    if naive is None:
        return said
    return (
        f"{said} That {1 - cases:.0%} had none does not mean that so many were avoided, for {1 - controls:.0%} of the "
        f"others had none either. {_naive(words, naive, _points)}"
    )


def of_rates(words: Words, ratio: Effect, naive: Naive) -> str:
    """A comparison of rates."""
    return (
        f"{words.events.capitalize()} {words.over}: {words.exposed} had {_percent(ratio)} than they would have had, "
        f"going by {words.others} who are like them: {_verdict(ratio)}. {_naive(words, naive, _percent)}"
    )


def refused(words: Words) -> str:
    """What is said where no effect may be told."""
    return (
        f"Nothing can be said yet of {words.events} {words.over}: the checks tell why. It does not mean that there is "
        "no effect."
    )


def hidden(low: float, high: float) -> str:
    """The warning that people were not drawn by lot, and how strong a hidden reason would have to be.

    low, high: limits of a ratio of rates or shares, above 0.
    """
    said = "Who had it was not drawn by lot, and the reason may be something that nobody recorded."
    strength = e_value_of_limits(low, high)
    if strength == 1:
        return said
    return (
        f"{said} To explain the effect away, such a thing would have to make both the event and the outcome "
        f"{strength:.1f} times as likely, over and above all that people were matched on."
    )


def _naive(words: Words, naive: Naive, told: Callable[[Effect], str]) -> str:
    return (
        f"Before and after alone would have said {told(naive.exposed)}. That is not the effect: over the same time "
        f"{words.others}, who did not have it, had {told(naive.others)}."
    )


def _verdict(effect: Effect) -> str:
    if effect.told_apart_from_none:
        return "more than chance would bring"
    return "it may be chance, and any effect between the limits is possible"


def _points(effect: Effect) -> str:
    return _ranged(effect.value, effect.low, effect.high, " percentage points", 1)


def _percent(effect: Effect) -> str:
    value, low, high = (100 * (each - 1) for each in (effect.value, effect.low, effect.high))
    return _ranged(value, low, high, "%", 0)


def _ranged(value: float, low: float, high: float, unit: str, digits: int) -> str:
    """A change with its limits, the end nearer to none first: "24% fewer (95% interval 8% to 37% fewer)"."""
    near, far = (low, high) if abs(low) <= abs(high) else (high, low)
    same = _way(near) == _way(far)
    first = f"{abs(near):.{digits}f}{unit if unit == '%' else ''}" + ("" if same else f" {_way(near)}")
    last = f"{abs(far):.{digits}f}{unit if unit == '%' else ''} {_way(far)}"
    return f"{abs(value):.{digits}f}{unit} {_way(value)} (95% interval {first} to {last})"


def _way(change: float) -> str:
    return "more" if change > 0 else "fewer"
