"""Figures of other publishers: shown as published with their source, and as the number that people found are of."""

from dataclasses import replace
from datetime import date

import pyarrow as pa
import pytest

from stewardship.care_areas.area import CareArea
from stewardship.measures.card import card_of
from stewardship.measures.coverage import Coverage
from stewardship.measures.explained import explain
from stewardship.measures.lacks import Effort
from stewardship.measures.layout import Layout
from stewardship.measures.measure import against_expected, people, published
from stewardship.measures.needing import tables_of
from stewardship.measures.published import PlaceCard
from stewardship.measures.published_figures import (
    NOT_PUBLISHED,
    NOTHING_EXPECTED,
    PublishedFigure,
    counted_as,
    figures_against_expected,
    figures_as_published,
    latest_of,
    supplied,
)
from stewardship.people.expressions import ExpressionError
from stewardship.people.language import aged
from stewardship.people.periods import years_ending
from support.small_records import drawn, open_records

AS_OF = date(2026, 3, 31)
LAST, BEFORE = years_ending(AS_OF, 2)[::-1]
PLACES = [
    PlaceCard("ZZS", "All", "system", "", ""),
    PlaceCard("A1", "One", "alliance", "ZZS", "by GP practice"),
    PlaceCard("A2", "Two", "alliance", "ZZS", "by GP practice"),
]
LAYOUT = Layout(2, PLACES)
SHARE = published(
    "Ready for school", figure="FT:90631", unit="%", better="higher", who_in_words="children assessed",
    numerator_in_words="children who are ready",
)  # fmt: skip
FOUND = against_expected(
    "Dementia found", who=aged(65), expected="EXP:dementia", who_in_words="people of 65 and over",
    numerator_in_words="people of 65 and over",
)  # fmt: skip


def figure(place, end, value, lower=None, upper=None, *, published="2026-05-01", start=None, by="A bureau"):
    end = date.fromisoformat(end)
    first = date.fromisoformat(start) if start else date(end.year - 1, 4, 1)
    return PublishedFigure(place, first, end, value, lower, upper, by, date.fromisoformat(published))


def shown(*figures):
    """Rows as they are shown, by place and the year of the period's end."""
    rows = figures_as_published(SHARE, figures, LAYOUT, [BEFORE, LAST]).to_pylist()
    return {(row["place"], row["period_end"].year): row for row in rows}


def test_a_figure_stands_as_it_was_published_with_its_limits_and_its_source():
    row = shown(figure("ZZS", "2026-03-31", 68.44, 68.1, 68.8))["ZZS", 2026]
    assert (row["value"], row["lower95"], row["upper95"], row["state"]) == (68.44, 68.1, 68.8, "shown")
    assert (row["numerator"], row["denominator"], row["lower99_8"]) == (None, None, None)
    assert row["source"] == "A bureau, published 1 May 2026, for 1 April 2025 to 31 March 2026"
    assert (row["by"], row["group"], row["caution"], row["change"]) == ("everyone", "everyone", "", "")


@pytest.mark.parametrize(
    "figures, value",
    [
        ([figure("A1", "2025-12-31", 1.0), figure("A1", "2026-03-31", 2.0)], 2.0),  # the later period
        ([figure("A1", "2025-04-01", 1.0)], 1.0),  # the first day of the year is in it
        ([figure("A1", "2026-03-31", 1.0, start="2023-04-01")], 1.0),  # three years that end in the year
        ([figure("A1", "2025-03-31", 1.0)], None),  # the year before
        ([figure("A1", "2026-04-01", 1.0)], None),  # the year after
        ([figure("A2", "2026-03-31", 1.0)], None),  # another place
    ],
)
def test_of_a_year_the_latest_figure_counts_whose_period_ends_in_it(figures, value):
    row = shown(*figures)["A1", 2026]
    assert row["value"] == value
    assert (row["state"], row["reason"]) == (("missing", NOT_PUBLISHED) if value is None else ("shown", ""))


def test_a_figure_published_anew_takes_the_place_of_the_former(tmp_path):
    records = open_records(tmp_path, {"published_figure": drawn(
        """
        measure  | place | start      | end        | value | publisher | published
        FT:90631 | A1    | 2025-04-01 | 2026-03-31 | 7     | A bureau  | 2026-06-01
        FT:90631 | A1    | 2025-04-01 | 2026-03-31 | 5     | A bureau  | 2026-05-01
        FT:1     | A1    | 2025-04-01 | 2026-03-31 | 9     | A bureau  | 2026-05-01
        """, "published_figure",
    )})  # fmt: skip
    try:
        found = supplied(records, ["FT:90631", "FT:nobody"])
    finally:
        records.engine.close()
    assert list(found) == ["FT:90631"]
    assert shown(*found["FT:90631"])["A1", 2026]["value"] == 7


@pytest.mark.parametrize(
    "better, word",
    [("higher", ("better", "worse")), ("lower", ("worse", "better")), ("neither", ("higher", "lower"))],
)
def test_a_figure_is_compared_with_that_of_the_whole_system_by_its_published_limits(better, word):
    figures = [
        figure("ZZS", "2026-03-31", 50.0, 49.0, 51.0),
        figure("A1", "2026-03-31", 60.0, 55.0, 65.0),
        figure("A2", "2026-03-31", 45.0, 43.0, 47.0),
        figure("ZZS", "2025-03-31", 50.0),
        figure("A1", "2025-03-31", 60.0),
        figure("A2", "2025-03-31", 51.0, 40.0, 60.0),
    ]
    rows = figures_as_published(replace(SHARE, better=better), figures, LAYOUT, [BEFORE, LAST]).to_pylist()
    said = {(row["place"], row["period_end"].year): row["compared"] for row in rows}
    assert (said["A1", 2026], said["A2", 2026]) == word
    assert (said["A1", 2025], said["A2", 2025], said["ZZS", 2026]) == ("", "similar", "")


def counts(*numbers, state="shown"):
    """The figures of people counted, as disclosure control leaves them."""
    layout_rows = [
        {"measure": FOUND.key, "by": "everyone", "place": place.code, "period_end": period.end, "caution": "",
         "state": state, "reason": "" if state == "shown" else "Hidden: small numbers",
         "numerator": number if state == "shown" else None}
        for period in (BEFORE, LAST)
        for place, number in zip(PLACES, numbers, strict=True)
    ]  # fmt: skip
    return pa.Table.from_pylist(layout_rows)


def held(counted, *expected):
    rows = figures_against_expected(FOUND, counted, expected, LAYOUT, [BEFORE, LAST]).to_pylist()
    return {(row["place"], row["period_end"].year): row for row in rows}


def test_people_found_are_per_cent_of_the_number_expected_of_the_same_place_and_year():
    row = held(counts(640, 320, 320), figure("A1", "2026-03-31", 400.0))["A1", 2026]
    assert (row["value"], row["numerator"], row["denominator"]) == (80.0, 320, None)
    # Byar's limits of 320: 285.9 and 357.0
    assert (round(row["lower95"], 2), round(row["upper95"], 2)) == (71.47, 89.26)
    assert row["source"] == "400 expected: A bureau, published 1 May 2026, for 1 April 2025 to 31 March 2026"


def test_without_an_expected_number_or_a_count_to_show_there_is_no_figure():
    expected = figure("A1", "2026-03-31", 400.0), figure("A2", "2026-03-31", 0.0)
    found = held(counts(640, 320, 320), *expected)
    assert [found[place, 2026]["reason"] for place in ("ZZS", "A2")] == [NOTHING_EXPECTED] * 2
    assert found["A1", 2025]["reason"] == NOTHING_EXPECTED
    hidden = held(counts(640, 320, 320, state="suppressed"), *expected)["A1", 2026]
    assert (hidden["state"], hidden["reason"], hidden["value"]) == (
        "suppressed",
        "Hidden: small numbers",
        None,
    )
    assert (hidden["numerator"], hidden["source"]) == (None, "")


@pytest.mark.parametrize("found, word", [(260, "worse"), (300, "similar"), (358, "similar"), (360, "better")])
def test_shares_of_the_expected_differ_only_where_they_do_for_every_count_that_is_shown_alike(found, word):
    # The system stands at 80, or up to 80.05 as rounding may have it. Of 400 expected 358 found have a lower limit of
    # 80.5 per cent, but it may be 356, whose limit is 79.99; 360 may be 358.
    expected = figure("ZZS", "2026-03-31", 4_000.0), figure("A1", "2026-03-31", 400.0)
    assert held(counts(3_200, found, 0), *expected)["A1", 2026]["compared"] == word


def test_what_is_counted_for_it_is_the_people_as_any_count_of_them():
    twin = people("Dementia found", who=aged(65), who_in_words="people of 65 and over")
    assert counted_as(FOUND).statistic == "count"
    as_card = {"care_area": "x", "part": "outcomes", "missing": ""}
    assert card_of(FOUND, **as_card).numerator_is == card_of(twin, **as_card).numerator_is != ""
    assert card_of(FOUND, **as_card).denominator_is == ""


def test_its_card_says_whose_figure_it_is_and_that_nothing_of_it_is_hidden():
    card = card_of(SHARE, care_area="cyp", part="outcomes", missing="")
    assert card.definition == (
        "Children who are ready, of children assessed, as published for a period that ends in the year (FT:90631)."
    )
    assert (card.of_people, card.numerator_is, card.denominator_is) == (False, "", "")
    assert card.scheme.startswith("Figures that somebody else has published stand as they were published")
    assert tables_of(SHARE) == explain(SHARE, care_area="cyp", part="outcomes").reads == ("published_figure",)
    assert tables_of(FOUND) == ("person", "registration", "published_figure")


def test_without_the_figure_it_says_what_would_unlock_it(tmp_path):
    registered = {"registration": drawn("person_id | practice | start\n1 | P1 | 2010-01-01", "registration")}
    head = "measure | place | start | end | value | publisher | published\n"
    other = drawn(
        head + "FT:1 | ZZS | 2025-04-01 | 2026-03-31 | 9 | A bureau | 2026-05-01", "published_figure"
    )
    none = open_records(tmp_path / "none", registered)
    some = open_records(tmp_path / "some", registered | {"published_figure": other})
    try:
        for measure in (SHARE, FOUND):
            assert Coverage(none).missing(measure) == "no published figures have been supplied"
            (lack,) = Coverage(none).lacks(measure)
            assert (lack.effort, lack.table) == (Effort.TABLE, "published_figure")
            assert lack.what.endswith("Name their folder in [published_figures] of the settings.")
        assert Coverage(some).missing(SHARE) == "no published figure FT:90631 has been supplied"
        assert Coverage(some).lacks(FOUND)[0].effort is Effort.CODES
        assert Coverage(some).missing(replace(SHARE, figure="FT:1")) == ""
    finally:
        none.engine.close()
        some.engine.close()


def test_the_latest_figure_of_a_comparator_has_ended_by_the_day_of_the_figures():
    figures = [figure("N", "2025-03-31", 1.0), figure("N", "2026-03-31", 2.0), figure("N", "2026-09-30", 3.0)]
    assert latest_of(figures, "N", AS_OF).value == 2.0
    assert latest_of(figures, "N", date(2020, 1, 1)) is None
    assert latest_of(figures, "elsewhere", AS_OF) is None


def test_an_id_that_names_no_list_is_refused_in_words():
    with pytest.raises(ExpressionError, match='such as "FT:90631"; it is "90631"'):
        published("Ready", figure="90631", unit="%", better="higher")
    with pytest.raises(ExpressionError, match="`expected` is the id of a published figure"):
        against_expected("Found", who=aged(65), expected="dementia")


def test_a_care_area_may_have_them_among_its_outcomes():
    area = CareArea(
        key="x", name="X", phase=1, definition="Everybody.", population=aged(0), at_risk=None,
        outcomes=(SHARE, FOUND),
    )  # fmt: skip
    assert [measure.name for _, measure in area.measures()] == ["Ready for school", "Dementia found"]
