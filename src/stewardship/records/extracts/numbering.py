"""The number of a row of another kind of file, as a row names it."""

from stewardship.records.extracts.typed import hashed


def number_of(kind: str, heading: str) -> str:
    """SQL of the `event_id` of the row of that kind whose own number stands under the heading; null where none does.

    As in `FileKind.key`: a whole number as it stands, and anything else a number of 63 bits.
    """
    whole = f"TRY_CAST({heading} AS BIGINT)"
    plain = f"{whole}::VARCHAR = {heading} AND NOT is_nhs_number_whole({whole})"
    return f"CASE WHEN {plain} THEN {whole} ELSE {hashed(kind, heading)} END"
