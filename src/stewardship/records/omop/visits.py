"""What kind of contact a visit is: point of delivery, specialty and how a stay began, as SQL.

OMOP says inpatient, outpatient or emergency, not how a stay began. A stay counts as an emergency only where
the source says so: in its own words, by where the person was admitted from, or by the emergency visit that
the stay names as the one before it; and as planned only by the source's own words. Any other is unclassified: to
call it planned would be a guess. Aliases: `s` the staged visit, `site` its care site, `er` the emergency
visit before it.
"""

from stewardship.records.engine import quoted
from stewardship.records.model import POINTS_OF_DELIVERY

EMERGENCY = (9203, 8870, 581381)  # emergency room visit, hospital emergency room, emergency critical care
INPATIENT = 9201
EMERGENCY_THEN_INPATIENT = 262
GENERAL_PRACTICE = (581477, 38004453, 38004446)  # office visit; family and general practice
EMERGENCY_WORDS = r"\b(non[- ]?elective|unplanned|urgent|emergency|a ?& ?e|a and e|ed|er)\b"
PLANNED_WORDS = r"\b(elective|planned|day ?case)\b"
# Admission method of the NHS data dictionary, where it is the whole of what the source says.
EMERGENCY_METHODS = ("21", "22", "23", "24", "25", "28", "2a", "2b", "2c", "2d")
PLANNED_METHODS = ("11", "12", "13")
NEITHER_METHODS = {"maternity_admission": ("31", "32", "82", "83"), "other_admission": ("81", "84", "89")}
PRACTICE_WORDS = r"\b(general practice|gp|gp practice|gp surgery|family practice)\b"

OF_CONCEPT = {
    "emergency_department": EMERGENCY,
    "emergency_admission": (EMERGENCY_THEN_INPATIENT,),
    "gp_appointment": GENERAL_PRACTICE,
    "community": (581476,),  # home visit
    "diagnostic": (32036,),  # laboratory visit
    "ambulance": (581478,),
}
OUTPATIENT = 9202

# What is not urgent is no emergency, though the word is in it.
OWN_WORDS = (
    "regexp_replace(lower(concat_ws(' ', s.admitted_from_source_value, s.visit_source_value)), "
    "'(non|not)[- ]?urgent', '', 'g')"
)
SAID = "lower(split_part(s.visit_source_value, ':', 1))"
TREATMENT_FUNCTION = "[1-9][0-9]{2}"


def point_of_delivery() -> str:
    """The source's own word where it is one of ours, else by the visit concept."""
    ours = ", ".join(quoted(name) for name in POINTS_OF_DELIVERY)
    by_concept = " ".join(
        f"WHEN s.visit_concept_id IN ({_listed(ids)}) THEN '{name}'" for name, ids in OF_CONCEPT.items()
    )
    return (
        f"CASE WHEN {SAID} IN ({ours}) THEN {SAID} {by_concept} "
        f"WHEN s.visit_concept_id = {INPATIENT} THEN CASE WHEN {_began_as_emergency()} THEN "
        f"'emergency_admission' {_neither()} "
        f"WHEN NOT {_said_to_be_planned()} THEN 'unclassified_admission' "
        "WHEN s.visit_end_date = s.visit_start_date THEN 'day_case' ELSE 'planned_admission' END "
        f"WHEN s.visit_concept_id = {OUTPATIENT} AND {_general_practice('site')} THEN 'gp_appointment' "
        f"WHEN s.visit_concept_id = {OUTPATIENT} THEN 'outpatient' ELSE 'other_contact' END"
    )


def _said_to_be_planned() -> str:
    return f"(regexp_matches({OWN_WORDS}, {quoted(PLANNED_WORDS)}) OR {_method_in(PLANNED_METHODS)})"


def _neither() -> str:
    """Births, other maternity and transfers, where the source tells them by their code."""
    return " ".join(f"WHEN {_method_in(codes)} THEN '{name}'" for name, codes in NEITHER_METHODS.items())


def _method_in(codes: tuple[str, ...]) -> str:
    """Whether either of the source's own values is one of these codes, and nothing else."""
    wanted = ", ".join(quoted(code) for code in codes)
    return " OR ".join(
        f"coalesce(lower(s.{column}) IN ({wanted}), false)"
        for column in ("admitted_from_source_value", "visit_source_value")
    )


def _began_as_emergency() -> str:
    return (
        f"(s.admitted_from_concept_id IN ({_listed(EMERGENCY)}) "
        f"OR regexp_matches({OWN_WORDS}, {quoted(EMERGENCY_WORDS)}) OR {_method_in(EMERGENCY_METHODS)} "
        "OR er.visit_occurrence_id IS NOT NULL)"
    )


def emergency_before() -> str:
    """The join to the emergency visit that a stay names as the one before it, if it ended that day or the day
    before."""
    return (
        f"LEFT JOIN er ON s.visit_concept_id = {INPATIENT} "
        "AND er.visit_occurrence_id = s.preceding_visit_occurrence_id "
        "AND er.person_id = s.person_id "
        "AND s.visit_start_date - er.visit_end_date BETWEEN 0 AND 1"
    )


def emergency_visits(staged: str) -> str:
    """The emergency visits, for that join."""
    return (
        "SELECT visit_occurrence_id, person_id, coalesce(visit_end_date, visit_start_date) AS visit_end_date "
        f"FROM {staged} WHERE fault IS NULL AND visit_concept_id IN ({_listed(EMERGENCY)}) "
        "QUALIFY row_number() OVER (PARTITION BY visit_occurrence_id ORDER BY source_row) = 1"
    )


def specialty() -> str:
    """A treatment function code of three digits, after the visit's word ("outpatient:307") or given by its
    care site."""
    after = "split_part(s.visit_source_value, ':', 2)"
    return (
        f"CASE WHEN regexp_full_match({after}, '{TREATMENT_FUNCTION}') THEN {after} "
        f"WHEN regexp_full_match(site.service, '{TREATMENT_FUNCTION}') THEN site.service END"
    )


def admission_method(point: str) -> str:
    """How a stay began, as far as its point of delivery tells."""
    return (
        f"CASE WHEN {point} = 'emergency_admission' THEN 'emergency' "
        f"WHEN {point} IN ('planned_admission', 'day_case') THEN 'elective' "
        f"WHEN {point} = 'maternity_admission' THEN 'maternity' WHEN {point} = 'other_admission' THEN 'other' END"
    )


def is_general_practice(site: str) -> str:
    """Whether a care site is a general practice, by its place of service."""
    return _general_practice(site)


def _general_practice(site: str) -> str:
    return (
        f"coalesce({site}.service_concept IN ({_listed(GENERAL_PRACTICE)}) "
        f"OR regexp_matches(lower({site}.service), {quoted(PRACTICE_WORDS)}), false)"
    )


def _listed(ids: tuple[int, ...]) -> str:
    return ", ".join(str(number) for number in ids)
