"""Each measure declares its scheme, and what is published follows it."""

from dataclasses import replace

import numpy as np
import pytest

from stewardship.care_areas.registry import care_areas
from stewardship.measures.card import card_of
from stewardship.measures.columns import Laid
from stewardship.measures.controlled import NO_VALUE
from stewardship.measures.disclosure import People
from stewardship.measures.layout import CELLS, GROUPS, Layout
from stewardship.measures.measure import people, proportion
from stewardship.measures.published import PlaceCard
from stewardship.measures.schemes import (
    HOSPITAL_STATISTICS,
    NATIONAL_CANCER_WAITS,
    SCHEMES,
    SENSITIVE,
    strictest,
)
from stewardship.measures.together import control_together
from stewardship.people.language import EVERYONE, aged

LAYOUT = Layout(1, [PlaceCard("SYS", "System", "system", "", "")])
WHO = people("Residents", who=EVERYONE, who_in_words="residents")
SHARE = proportion("Grown up", who=EVERYONE, achieved=aged(18), better="neither", numerator_in_words="adults")


def laid(top, below=None):
    """Counts of everyone in the system, in one group of each characteristic so that all sums hold."""
    size = int(np.prod(LAYOUT.shape))
    first = np.zeros(size, bool)
    first[0] = True
    for by, groups in GROUPS.items():
        first[CELLS.index((by, groups[0]))] = True
    x, n = (np.where(first, count, 0) for count in (top, top if below is None else below))
    return Laid(x, n, n, People(n, x))


def shown(measure, top, below=None):
    """Numerator and denominator as they are shown for everyone; None where hidden."""
    pair = control_together({measure: laid(top, below)}, LAYOUT)[measure]
    values = pair.numerator.value[0], pair.denominator.value[0]
    return tuple(None if value == NO_VALUE else int(value) for value in values)


@pytest.mark.parametrize("scheme, counts", [
    (HOSPITAL_STATISTICS, {0: 0, 1: None, 7: None, 8: 10, 12: 10, 13: 15, 1003: 1005}),
    (SENSITIVE, {0: 0, 1: None, 8: None, 9: None, 10: 10, 12: 10, 13: 15}),
    (NATIONAL_CANCER_WAITS, {0: 0, 1: None, 19: None, 20: 20, 21: 21, 1003: 1003}),
])  # fmt: skip
def test_a_count_follows_the_scheme_of_its_measure(scheme, counts):
    for true, expected in counts.items():
        assert shown(replace(WHO, scheme=scheme), true)[0] == expected, true


@pytest.mark.parametrize("scheme, x, n, expected", [
    (HOSPITAL_STATISTICS, 13, 27, (15, 25)),
    (HOSPITAL_STATISTICS, 20, 28, (20, 30)),
    (HOSPITAL_STATISTICS, 3, 40, (None, 40)),
    (SENSITIVE, 31, 40, (None, 40)),  # 9 are left
    (SENSITIVE, 30, 40, (30, 40)),
    (NATIONAL_CANCER_WAITS, 22, 25, (22, 25)),  # three were not seen in time, as the national figures say too
    (NATIONAL_CANCER_WAITS, 3, 25, (3, 25)),
    (NATIONAL_CANCER_WAITS, 3, 19, (None, None)),
])  # fmt: skip
def test_a_proportion_follows_the_scheme_of_its_measure(scheme, x, n, expected):
    assert shown(replace(SHARE, scheme=scheme), x, n) == expected


def test_a_count_under_two_schemes_follows_the_stricter_in_both():
    sensitive, usual = replace(WHO, name="Sensitive", scheme=SENSITIVE), WHO
    pairs = control_together({sensitive: laid(9), usual: laid(9)}, LAYOUT)
    assert [pair.numerator.shown[0] for pair in pairs.values()] == [False, False]
    assert strictest(SCHEMES) == SENSITIVE
    assert strictest([HOSPITAL_STATISTICS, NATIONAL_CANCER_WAITS]) == HOSPITAL_STATISTICS


def test_a_card_names_the_scheme_with_its_version():
    for area in care_areas():
        for part, measure in area.measures():
            made = card_of(measure, care_area=area.key, part=part, missing="")
            assert made.scheme == measure.scheme.in_words
            assert made.scheme.endswith(f"version {measure.scheme.version})")


def test_measures_of_the_same_people_name_the_same_quantity():
    cards = {
        measure.key: card_of(measure, care_area=area.key, part=part, missing="")
        for area in care_areas()
        for part, measure in area.measures()
        if not measure.unavailable
    }
    everyone = cards["people-with-diabetes"].numerator_is
    assert cards["diabetic-eye-disease"].denominator_is == everyone
    grown_up = cards["residents-aged-17-and-over-with-diabetes"].numerator_is
    assert cards["hba1c-58-mmol-mol-or-under"].denominator_is == grown_up
    assert grown_up != everyone


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: scheme.name)
def test_a_scheme_says_what_it_is_and_where_it_comes_from(scheme):
    assert scheme.words[0].isupper()
    assert scheme.source.endswith(".")
    assert scheme.fewest == scheme.largest_hidden + 1
