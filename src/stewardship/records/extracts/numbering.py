"""Numbers of rows, where another kind of file comes in: as a row names one of another kind, and told apart from it."""

from stewardship.records.extracts.typed import hashed


def number_of(kind: str, heading: str) -> str:
    """SQL of the `event_id` of the row of that kind whose own number stands under the heading; null where none does.

    As in `FileKind.key`: a whole number as it stands, and anything else a number of 63 bits.
    """
    whole = f"TRY_CAST({heading} AS BIGINT)"
    return f"CASE WHEN {whole}::VARCHAR = {heading} THEN {whole} ELSE {hashed(kind, heading)} END"


_KINDS = 16
_HASHED = 2**50  # and more: a number made of a text


def apart(place: int) -> str:
    """SQL of a row's `event_id`, never that of a row of another kind that fills the same table: partners number
    ambulance incidents and calls each from 1. place: below 16, the kind's own among those kinds."""
    return f"CASE WHEN event_id BETWEEN 0 AND {_HASHED} THEN event_id * {_KINDS} + {place} ELSE event_id END"
