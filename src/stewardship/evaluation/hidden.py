"""How strong something that nobody recorded would have to be to explain a result away: the E-value.

Source: VanderWeele and Ding 2017.
"""

import math


def e_value(ratio: float) -> float:
    """How many times as likely a hidden thing would have to make both the event and the outcome, at least.

    ratio: of rates or shares, above 0; one below 1 is turned about. 1 where there is nothing to explain.
    """
    above = max(ratio, 1 / ratio)
    return above + math.sqrt(above * (above - 1))


def e_value_of_limits(low: float, high: float) -> float:
    """The same for the limit that is nearer to no difference; 1 where the limits hold it."""
    if low <= 1 <= high:
        return 1.0
    return e_value(low if low > 1 else high)
