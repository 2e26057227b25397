"""What several rows tell of one person, made one row: of each attribute the latest that is known."""

from stewardship.records.model import PROVENANCE

_ORIGIN = ", ".join(column.name for column in PROVENANCE)
_DAYS = "least(greatest(coalesce(seen, DATE '1700-01-01') - DATE '1700-01-01', 0), 131071)"


def latest_known(rows: str, rank: str = "0") -> str:
    """SQL of one row a person out of rows of `DEMOGRAPHICS`: birth, sex and ethnic group as last told.

    rank: SQL of the place of a row's file among the files. The latest day counts, then the latest file, then the
    latest row.
    """
    order = f"(({_DAYS})::BIGINT << 46) + (({rank})::BIGINT << 34) + source_row"
    return (
        "SELECT person_id, born.birth_date AS birth_date, born.birth_precision AS birth_precision, "
        "coalesce(sex, 'unknown') AS sex, coalesce(ethnic_group, 'Not known') AS ethnic_group, seen, "
        + ", ".join(f"born.{each} AS {each}" for each in _ORIGIN.split(", "))
        + " FROM (SELECT person_id, "
        "arg_max(struct_pack(birth_date := birth_date, birth_precision := birth_precision, "
        + ", ".join(f"{each} := {each}" for each in _ORIGIN.split(", "))
        + "), ord) AS born, arg_max(sex, ord) FILTER (sex <> 'unknown') AS sex, "
        "arg_max(ethnic_group, ord) FILTER (ethnic_group <> 'Not known') AS ethnic_group, max(seen) AS seen "
        f"FROM (SELECT *, {order} AS ord FROM {rows} WHERE birth_date IS NOT NULL) GROUP BY person_id)"
    )
