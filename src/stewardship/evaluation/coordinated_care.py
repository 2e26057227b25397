"""The study of coordinated care: people enrolled for a year of high use, beside people elsewhere chosen alike."""

import pyarrow as pa
import pyarrow.compute as pc

from stewardship.evaluation.matched import Comparison, compare_rates
from stewardship.evaluation.pool import pool_of
from stewardship.evaluation.rates import PersonMonths
from stewardship.evaluation.reading import Words

EXACT = ("sex", "admitted_before")
NEAR = ("age", "deficits", "deprivation_fifth", "attendances_year_before", "emergency_admissions_year_before")
MOST_COUNTED = 4  # admissions of the year before, above which people need not have had as many exactly
WORDS = Words(
    "people whose care was coordinated",
    "people elsewhere chosen by the same rule",
    "emergency admissions",
    "in the year after",
)


def after_enrolment(people: pa.Table, person_months: pa.Table) -> Comparison:
    """Emergency admissions of the year after enrolment.

    people: a row a person who was enrolled or might have been: `person`, `enrolled`, `index` (day of enrolment, or the
    day on which the others were chosen), `known_until`, `sex`, and the columns of NEAR. person_months: `person`,
    `month`, `days`, `emergency_admissions`.
    """
    before = pc.min_element_wise(people["emergency_admissions_year_before"], MOST_COUNTED)
    pool = pool_of(
        people.append_column("admitted_before", before),
        person="person",
        exposed="enrolled",
        index="index",
        known_until="known_until",
        exact=EXACT,
        near=NEAR,
    )
    months = PersonMonths.of(
        person_months, person="person", month="month", days="days", events="emergency_admissions"
    )
    return compare_rates(pool, months, WORDS)
