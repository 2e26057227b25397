"""Published figures against the same figures worked out by hand, resident by resident and day by day."""

import math
from collections import Counter, defaultdict
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from stewardship.build import figures, place_cards
from stewardship.measures import statistics
from stewardship.measures.layout import PUBLISHED_GROUPS
from stewardship.measures.months import write_months
from stewardship.measures.published import write_figures
from stewardship.people.expressions import Answer
from stewardship.people.table import AGE_BANDS, people_of
from stewardship.records.engine import Engine
from stewardship.records.model import PLACE
from support.evaluator import Resident, answer, last_day_there, number, whole_years
from support.small_records import opened, write_records
from support.tiny_system import ABOVE, CARE_AREA, FIFTHS, MEASURES, MISSING, PLACES, YEARS, rows

MADE = [key for key in MEASURES if key not in MISSING]
STANDARDISED = [key for key in MADE if MEASURES[key].statistic == "standardised rate"]
HIDDEN = "Hidden: small numbers"
ESP_2013 = (5000, 5500, 5500, 5500, 6000, 6000, 6500, 7000, 7000, 7000, 7000, 6500, 6000, 5500, 5000, 4000,
            2500, 1500, 1000)  # fmt: skip


def build(folder, threads):
    """The published figures of the tiny system, written and read back."""
    write_records(folder / "records", rows())
    engine = Engine(scratch=folder / "scratch", memory="1GB", threads=threads)
    records = opened(folder, engine)
    places = place_cards(
        pa.Table.from_pylist(rows()["place"], schema=_nullable(PLACE.schema)), as_of=YEARS[-1].end
    )
    people = people_of(records, YEARS).kept(engine)
    made = figures(people, records, [CARE_AREA], YEARS, places)
    engine.close()
    write_figures(folder, "tiny", made.figures["tiny"])
    write_months(folder, "tiny", made.months["tiny"])
    return folder / "tiny.parquet"


def _nullable(schema):
    return pa.schema([field.with_nullable(True) for field in schema])


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The folder of the published figures."""
    return build(tmp_path_factory.mktemp("tiny"), threads=2).parent


@pytest.fixture(scope="module")
def published(built):
    """Each published figure by measure, year, place, characteristic and group."""
    table = pq.read_table(built / "tiny.parquet").to_pylist()
    keys = [(f["measure"], f["period_end"].year, f["place"], f["by"], f["group"]) for f in table]
    assert max(Counter(keys).values()) == 1, "a figure stands once"
    return dict(zip(keys, table, strict=True))


# By hand: who was there, for how long, and what each adds.


def residents():
    """Every resident with their homes."""
    mine = defaultdict(lambda: defaultdict(list))
    for table, lines in rows().items():
        for row in lines:
            if "person_id" in row:
                mine[row["person_id"]][table].append({"specialty": None, "code": None, "system": None, **row})
    for tables in mine.values():
        who = Resident(
            birth_date=tables["person"][0]["birth_date"],
            sex=tables["person"][0]["sex"],
            conditions=tables["condition"],
            observations=tables["observation"],
            activities=tables["activity"],
            characteristics=tables["characteristic"],
            death=next(iter(tables["death"]), None),
            registrations=tables["registration"],
        )
        yield who, tables["person"][0]["ethnic_group"], tables["address"]


def days_there(who, year):
    """On how many days of the year the resident was alive and registered, counted one by one."""
    days = (year.start + timedelta(days=n) for n in range(year.days))
    return sum(last_day_there(who, day, day) is not None for day in days)


def age_group(band):
    """The broad group of ages, written out, that a band of five years lies in."""
    oldest = {4: "0-4", 14: "5-14", 24: "15-24", 44: "25-44", 64: "45-64", 74: "65-74", 84: "75-84"}
    youngest = int(band.rstrip("+").split("-")[0])
    return next((name for last, name in oldest.items() if youngest <= last), "85+")


def included(who, year):
    """Whether the resident was of an inclusion group on a day of the year; veterans are of none."""
    return any(
        row["characteristic"] == "sex worker"
        and row["start"] <= year.end
        and (row["end"] or date.max) >= year.start
        for row in who.characteristics
    )


def places_and_groups(who, ethnic_group, homes, last_day, year):
    """The places and the groups that a resident's year is counted in."""
    spells = [s for s in who.registrations if s["start"] <= last_day <= (s.get("end") or date.max)]
    practice = max(spells, key=lambda spell: spell["start"])["practice"]
    lived = [home for home in homes if home["start"] <= last_day]
    home = max(lived, key=lambda home: home["start"])["small_area"] if lived else None
    band = AGE_BANDS[min(whole_years(who.birth_date, last_day) // 5, 18)]
    groups = [
        ("everyone", "everyone"), ("sex", who.sex), ("age band", age_group(band)), ("ethnic group", ethnic_group),
        ("deprivation fifth", str(FIFTHS[home]) if home else "Not known"),
        ("inclusion health", "recorded in an inclusion group" if included(who, year) else "not recorded in one"),
    ]  # fmt: skip
    return ["SYS", *ABOVE[practice], *ABOVE[home]], groups, band


@pytest.fixture(scope="module")
def sums():
    """By measure, year, place, characteristic and group, by age: people, days, what was added, and by how many."""
    found = defaultdict(lambda: defaultdict(lambda: np.zeros(4, np.int64)))
    for who, ethnic_group, homes in residents():
        for year in YEARS:
            last_day = last_day_there(who, year.start, year.end)
            if last_day is None:
                continue
            days = days_there(who, year)
            places, groups, band = places_and_groups(who, ethnic_group, homes, last_day, year)
            at_end = last_day == year.end and not (who.death and who.death["date"] <= year.end)
            for key in MADE:
                measure = MEASURES[key]
                of_those_at_end = measure.statistic in ("count", "proportion") and not measure.during
                if (of_those_at_end and not at_end) or not answer(measure.who, who, year.end, last_day):
                    continue
                added = adds(measure.numerator, who, year.end, last_day)
                there = (1, days)
                if measure.over is not None:  # of those who had any of the events, and these for their days
                    over = number(measure.over, who, year.end, last_day)
                    there = (bool(over), over)
                for place in places:
                    for by, group in groups:
                        found[key, year.end.year, place, by, group][band] += (*there, added, bool(added))
    return found


def adds(numerator, who, on, last_day):
    """What a resident's year adds to the numerator."""
    if numerator is None:
        return 1
    if isinstance(numerator, Answer):
        return answer(numerator, who, on, last_day)
    return number(numerator, who, on, last_day)


def bands_of(measure):
    """The age bands that a measure is about."""
    return AGE_BANDS if measure.ages is None else AGE_BANDS[: (measure.ages[1] + 1) // 5]


def pooled(sums, key):
    """People of the fullest year; days, what was added, by how many, and all by age, over the years put together."""
    measure_key, year, *where = key
    measure, total = MEASURES[measure_key], defaultdict(lambda: np.zeros(4, np.int64))
    people = 0
    for back in range(measure.pool):
        of_year = sums.get((measure_key, year - back, *where), {})
        people = max(people, sum(int(v[0]) for band, v in of_year.items() if band in bands_of(measure)))
        for band, values in of_year.items():
            if band in bands_of(measure):
                total[band] += values
    _, days, added, behind = sum(total.values(), np.zeros(4, np.int64)).tolist()
    return people, days, added, behind, total


# By hand: what may be shown, and the arithmetic.


def to_5(count):
    return 5 * math.floor(count / 5 + 0.5)


def few(count, fewest=8):
    return 0 < count < fewest


def worked_out(measure, people, days, added, behind, by_band):
    """Numerator, denominator and value that the rule lets be shown; a state in words where there are none."""
    years = round(days / 365.25)
    match measure.statistic:
        case "proportion":
            if few(people) or few(added) or few(people - added):
                return HIDDEN
            return shared(to_5(added), to_5(people), 100)
        case "share of events" | "ratio of events" | "mean of events":
            over, is_share = days, measure.statistic == "share of events"
            if few(people) or few(over) or few(added) or few(behind) or (is_share and few(over - added)):
                return HIDDEN
            if measure.statistic == "ratio of events" and not (added and over):
                return "No figure"
            return shared(to_5(added), to_5(over), 100 if is_share else 1)
        case "rate":
            if few(years) or few(added) or few(people) or few(behind):
                return HIDDEN
            return shared(to_5(added), to_5(years), measure.per)
        case "standardised rate":
            if few(years) or few(added, 10) or few(people) or few(behind):
                return HIDDEN
            if added == 0 or years == 0:
                return "No figure"
            return to_5(added), to_5(years), standardised(measure, by_band)
        case "mean":
            if few(people) or few(behind) or (added and people < 8):
                return HIDDEN
            return shared(100_000 * math.floor(added / 100_000 + 0.5), to_5(people), 0.01)
        case "amount" if measure.unit == "£":
            if few(people) or few(behind) or (added and people < 8):
                return HIDDEN
            pence = 100_000 * math.floor(added / 100_000 + 0.5)
            return pence, to_5(people), pence / 100
        case "amount":
            if few(added) or few(people) or few(behind):
                return HIDDEN
            return (to_5(added), to_5(people), to_5(added))
    return HIDDEN if few(people) else (to_5(people), to_5(people), to_5(people))


def shared(numerator, denominator, per):
    return (numerator, denominator, per * numerator / denominator) if denominator else "No figure"


def standardised(measure, by_band):
    """The directly standardised rate; a band with nobody gives its weight to the one below it."""
    bands = range(len(bands_of(measure)))
    years = {band: by_band[AGE_BANDS[band]][1] / 365.25 for band in bands}
    populated = [band for band in bands if years[band]]
    weights = Counter()
    for band in bands:
        weights[max((b for b in populated if b <= band), default=min(populated))] += ESP_2013[band]
    rates = {band: by_band[AGE_BANDS[band]][2] / years[band] for band in populated}
    return measure.per * sum(weights[band] * rates[band] for band in populated) / sum(weights.values())


def true_estimate(measure, people, days, added, behind, by_band):
    """The estimate from counts that are not rounded, with its limits."""
    years = round(days / 365.25)
    if measure.statistic in ("proportion", "share of events"):
        of = people if measure.over is None else days
        return statistics.proportions([added], [of], multiplier=100)
    if measure.statistic == "rate":
        return statistics.rates([added], [years], multiplier=measure.per)
    events = [[by_band[band][2] for band in AGE_BANDS]]
    person_years = [[by_band[band][1] / 365.25 for band in AGE_BANDS]]
    ages = statistics.standard_weights(0, None if measure.ages is None else measure.ages[1] + 1)
    return statistics.directly_standardised(events, person_years, weights=ages, multiplier=measure.per)


@pytest.mark.parametrize("key", MADE)
def test_every_figure_is_the_one_worked_out_by_hand(published, sums, key):
    measure, outcomes = MEASURES[key], Counter()
    for where, figure in published.items():
        if where[0] != key or where[1] < YEARS[measure.pool - 1].end.year:
            continue
        expected = worked_out(measure, *pooled(sums, where))
        if measure.headline and where[2:] == ("SYS", "everyone", "everyone"):
            expected = (pooled(sums, where)[0],) * 3  # the whole system's is not rounded
        outcomes[figure["state"]] += 1
        if figure["state"] == "shown":
            shown = figure["numerator"], figure["denominator"], figure["value"]
            # a standardised rate is rounded to its first digits, so that its events cannot be worked back
            assert shown[:2] == expected[:2], where
            assert shown[2] == pytest.approx(expected[2], rel=0.5 if key in STANDARDISED else 1e-6), where
        elif figure["state"] == "suppressed":
            outcomes["hidden with another"] += expected != HIDDEN
            assert figure["reason"] == HIDDEN
            assert figure["value"] is None
        else:
            assert expected == "No figure", where
            assert figure["reason"].startswith("No figure: ")
        if expected == HIDDEN:
            assert figure["state"] == "suppressed", where
    # of some thirty deaths among 240 residents hardly one figure can be shown
    assert outcomes["shown"] >= (15 if "death" not in key else 0), outcomes
    assert outcomes["suppressed"] > outcomes["hidden with another"], outcomes


@pytest.mark.parametrize("key", MADE)
def test_every_place_group_and_year_has_one_row(published, key):
    found = {where[1:] for where in published if where[0] == key}
    groups = [
        (by, group)
        for by, names in PUBLISHED_GROUPS.items()
        for group in names
        if not (by == "age band" and key in STANDARDISED)
    ]
    places = [code for code, level, *_ in PLACES if level != "small_area" and code != "H"]
    assert found == {
        (y.end.year, place, by, group) for y in YEARS for place in places for by, group in groups
    }


@pytest.mark.parametrize("key, reason", MISSING.items())
def test_a_measure_without_data_says_why_at_every_place(published, key, reason):
    found = {where: figure for where, figure in published.items() if where[0] == key}
    assert {where[1:2] + where[3:] for where in found} == {(2024, "everyone", "everyone")}
    assert {(f["state"], f["reason"], f["value"], f["numerator"]) for f in found.values()} == {
        ("missing", reason, None, None)
    }
    assert len(found) == 10


@pytest.mark.parametrize("key", [key for key in MADE if MEASURES[key].pool == 3])
def test_years_that_are_put_together_start_three_years_back_and_are_missing_before(published, key):
    for (_, year, *_where), figure in ((w, f) for w, f in published.items() if w[0] == key):
        if year < 2022:
            assert (figure["state"], figure["reason"]) == ("missing", "Missing: needs 3 years of records")
            assert (figure["numerator"], figure["denominator"]) == (None, None)
        else:
            assert figure["period_start"] == date(year - 3, 4, 1)
        assert figure["period_end"] == date(year, 3, 31)


@pytest.mark.parametrize("key", MADE)
def test_a_figure_is_told_from_the_whole_system_only_where_the_true_counts_tell_it_too(published, sums, key):
    measure = MEASURES[key]
    better, said = MEASURES[key].better, Counter()
    words = {"higher": ("better", "worse"), "lower": ("worse", "better"), "neither": ("higher", "lower")}
    up, down = words[better]
    for where, figure in published.items():
        if where[0] != key:
            continue
        whole = (where[0], where[1], "SYS", "everyone", "everyone")
        word = figure["compared"]
        said[word] += 1
        if (
            figure["lower95"] is None
            or where == whole
            or measure.repeats
            or published[whole]["value"] is None
        ):
            assert word == "", where
            continue
        assert word in (up, down, "similar"), where
        system = true_estimate(measure, *pooled(sums, whole)).value[0]
        here = true_estimate(measure, *pooled(sums, where))
        assert word != up or here.lower95[0] > system, where
        assert word != down or here.upper95[0] < system, where
    systems = [published[key, year.end.year, "SYS", "everyone", "everyone"]["value"] for year in YEARS]
    if measure.statistic in ("proportion", "rate") and not measure.repeats and any(systems):
        assert said["similar"] > 0


def test_a_share_has_changed_only_where_the_true_shares_have(published, sums):
    said = Counter()
    for where, figure in published.items():
        if where[0] != "hba1c-at-target":
            continue
        first = published[where[0], 2020, *where[2:]]
        word = figure["change"]
        said[word] += 1
        if where[1] == 2020 or not figure["state"] == first["state"] == "shown":
            assert word == "", where
            continue
        now, then = (pooled(sums, (where[0], year, *where[2:])) for year in (where[1], 2020))
        gap = statistics.difference_of_proportions([now[2]], [now[0]], [then[2]], [then[0]])
        assert word in ("better", "worse", "similar"), where
        assert word != "better" or gap.lower95[0] > 0, where
        assert word != "worse" or gap.upper95[0] < 0, where
    assert said[""] > 0
    assert said["similar"] > 0


def test_nothing_is_said_of_change_where_there_is_no_interval(published):
    without = [key for key in MADE if MEASURES[key].statistic in ("count", "amount", "mean")]
    assert {figure["change"] for where, figure in published.items() if where[0] in without} == {""}


def test_limits_enclose_their_value(published):
    shown = [figure for figure in published.values() if figure["lower95"] is not None]
    assert len(shown) > 200
    for figure in shown:
        order = ("lower99_8", "lower95", "value", "upper95", "upper99_8")
        assert [figure[name] for name in order] == sorted(figure[name] for name in order)


def test_small_groups_bear_a_caution(published):
    for figure in published.values():
        few_people = figure["denominator"] is not None and 0 < figure["denominator"] < 50
        assert (figure["caution"] != "") == (figure["state"] == "shown" and few_people)


def test_the_same_records_give_the_same_bytes_whatever_the_threads(tmp_path):
    files = [build(tmp_path / name, threads).read_bytes() for name, threads in (("a", 1), ("b", 2), ("c", 2))]
    assert files[0] == files[1] == files[2]


BY_MONTH = ("admissions", "admissions-per-1-000", "contacts-standardised")


@pytest.fixture(scope="module")
def months_by_hand():
    """Events, and who had them, by measure, first day of the month, and place."""
    found = defaultdict(lambda: [0, set()])
    for number_of_resident, (who, ethnic_group, homes) in enumerate(residents()):
        for year in YEARS:
            last_day = last_day_there(who, year.start, year.end)
            if last_day is None:
                continue
            places, _, _ = places_and_groups(who, ethnic_group, homes, last_day, year)
            for key in BY_MONTH:
                if not answer(MEASURES[key].who, who, year.end, last_day):
                    continue
                for row in who.activities:
                    emergency = (
                        row["point_of_delivery"] == "emergency_admission" or key == "contacts-standardised"
                    )
                    if emergency and year.start <= row["start"] <= year.end:
                        for place in places:
                            month = found[key, row["start"].replace(day=1), place]
                            month[0] += 1
                            month[1].add(number_of_resident)
    return found


@pytest.mark.parametrize("key", BY_MONTH)
def test_every_month_is_the_one_counted_by_hand(built, months_by_hand, key):
    rows = [row for row in pq.read_table(built / "tiny-months.parquet").to_pylist() if row["measure"] == key]
    places = [code for code, level, *_ in PLACES if level != "small_area" and code != "H"]
    first_days = {
        date(year + (month > 12), (month - 1) % 12 + 1, 1)
        for year in range(2019, 2024)
        for month in range(4, 16)
    }
    assert {(row["place"], row["month"]) for row in rows} == {(p, m) for p in places for m in first_days}
    outcomes = Counter()
    for row in rows:
        events, behind = months_by_hand[key, row["month"], row["place"]]
        outcomes[row["state"]] += 1
        if row["state"] == "shown":
            assert row["count"] == (events + 2) // 5 * 5, row
            assert not 0 < len(behind) < 8 and not 0 < events < 8, row
        else:
            assert row["count"] is None and row["reason"] == HIDDEN
    assert outcomes["shown"] > 20 and outcomes["suppressed"] > 20, outcomes


def test_only_events_of_one_year_are_told_by_month(built):
    assert {row["measure"] for row in pq.read_table(built / "tiny-months.parquet").to_pylist()} == set(
        BY_MONTH
    )
