"""Who a PERSON row is: date of birth, sex and ethnic group, as SQL over the staged table `s`.

A wrong but plausible guess is worse than "Not known": what these tables do not list is not known.
"""

from stewardship.records.engine import quoted

MALE, FEMALE = 8507, 8532
SEX_WORDS = {"male": ("m", "male", "1"), "female": ("f", "female", "2")}  # 1 and 2: NHS data dictionary

# Race concepts of the OMOP vocabulary. Hispanic is none of the five groups, so it is not here.
RACE_CONCEPTS = {
    "White": (8527,),
    "Black": (8516, 38003598, 38003599, 38003600),
    "Asian": (8515, 38003574, 38003575, 38003579, 38003589),
    "Other": (8522, 8557, 8657),
}

# NHS data dictionary, ethnic category code 2001.
NHS_CODES = {
    "White": ("a", "b", "c"),
    "Mixed": ("d", "e", "f", "g"),
    "Asian": ("h", "j", "k", "l", "r"),
    "Black": ("m", "n", "p"),
    "Other": ("s",),
}

# Census 2021 categories and the group names, lower case, letters only; a group name may stand before a
# category.
WORDS = {
    "White": ("white", "british", "white british", "english", "scottish", "welsh", "northern irish", "irish",
              "white irish", "gypsy or irish traveller", "roma", "any other white background",
              "english welsh scottish northern irish or british", "white any other white background"),
    "Mixed": ("mixed", "mixed or multiple", "mixed or multiple ethnic groups", "white and black caribbean",
              "white and black african", "white and asian", "any other mixed background",
              "mixed white and black caribbean", "mixed white and black african", "mixed white and asian",
              "mixed any other mixed background"),
    "Asian": ("asian", "asian or asian british", "asian asian british or asian welsh", "indian", "pakistani",
              "bangladeshi", "chinese", "any other asian background", "asian or asian british indian",
              "asian or asian british pakistani", "asian or asian british bangladeshi",
              "asian or asian british chinese", "asian or asian british any other asian background",
              "other ethnic groups chinese"),
    "Black": ("black", "black or black british", "black black british caribbean or african", "african",
              "caribbean", "any other black background", "black or black british african",
              "black or black british caribbean", "black or black british any other black background"),
    "Other": ("other", "other ethnic group", "other ethnic groups", "arab", "any other ethnic group",
              "other ethnic groups any other ethnic group"),
}  # fmt: skip


def birth_date() -> str:
    """The day, else the first of the month, else 1 July of the year; null where there is no year or no such
    day."""
    year, month, day = (f"s.{part}_of_birth" for part in ("year", "month", "day"))
    whole = f"printf('%04d-%02d-%02d', {year}, {month}, {day})"
    return (
        f"CASE WHEN {year} IS NULL THEN s.birth_datetime "
        f"WHEN {month} IS NULL THEN coalesce(s.birth_datetime, TRY_CAST(printf('%04d-07-01', {year}) AS "
        "DATE)) "
        f"WHEN {day} IS NULL THEN coalesce(s.birth_datetime, TRY_CAST(printf('%04d-%02d-01', {year}, "
        f"{month}) AS DATE)) "
        f"ELSE TRY_CAST({whole} AS DATE) END"
    )


def birth_precision() -> str:
    """How much of the date was given."""
    return (
        "CASE WHEN s.birth_datetime IS NOT NULL OR (s.day_of_birth IS NOT NULL AND s.month_of_birth IS "
        "NOT NULL) "
        "THEN 'day' WHEN s.month_of_birth IS NOT NULL THEN 'month' ELSE 'year' END"
    )


def sex() -> str:
    """From the concept, else from the source's own word."""
    words = " ".join(
        f"WHEN lower(s.gender_source_value) IN ({_listed(ways)}) THEN '{sex}'"
        for sex, ways in SEX_WORDS.items()
    )
    return (
        f"CASE WHEN s.gender_concept_id = {MALE} THEN 'male' WHEN s.gender_concept_id = {FEMALE} THEN "
        "'female' "
        f"{words} ELSE 'unknown' END"
    )


def ethnic_group() -> str:
    """From the race concept; else from an NHS code or the words of race, or of ethnicity where race is empty.

    The concept goes first because a letter alone may be another country's code: "A" is White here, Asian
    elsewhere.
    """
    concepts = " ".join(
        f"WHEN s.race_concept_id IN ({', '.join(map(str, ids))}) THEN '{group}'"
        for group, ids in RACE_CONCEPTS.items()
    )
    said = "coalesce(s.race_source_value, s.ethnicity_source_value)"
    plain = f"trim(regexp_replace(lower({said}), '[^a-z]+', ' ', 'g'))"
    words = " ".join(
        f"WHEN {plain} IN ({_listed((*NHS_CODES[group], *ways))}) THEN '{group}'"
        for group, ways in WORDS.items()
    )
    return f"CASE {concepts} {words} ELSE 'Not known' END"


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(quoted(word) for word in words)
