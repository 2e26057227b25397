"""Measures of residents grown at random, added up, controlled and published; and what is true of them."""

from datetime import date

import numpy as np
import pyarrow as pa

from stewardship.measures.card import card_of
from stewardship.measures.figures import figures_together, lay_out
from stewardship.measures.layout import GROUPS, PUBLISHED_GROUPS, Layout
from stewardship.measures.measure import cost, cost_a_person, events_counted, people, proportion, rate
from stewardship.measures.published import (
    AreaCard,
    PlaceCard,
    Published,
    Snapshot,
    write_figures,
    write_snapshot,
)
from stewardship.measures.sums import IN_A_GROUP, IN_NONE, WHOLE_SYSTEM, Sums
from stewardship.people.language import aged, contacts, deaths, has, latest
from stewardship.people.periods import YEAR, years_ending
from support.tiny_system import DIABETES, HBA1C

PERIODS = years_ending(date(2024, 3, 31))
WITH_DIABETES = has(DIABETES)
STAYS = contacts(point_of_delivery="emergency_admission")
PRACTICES, NEIGHBOURHOODS = 9, 6
ABOVE = {"practice": lambda n: n, "network": lambda n: n // 3, "alliance": lambda n: n // 6}
HOMES = {"neighbourhood": lambda n: n, "local_authority": lambda n: n // 3}


def measures():
    """Of every kind; by which of the grown facts each is counted (who, what is added)."""
    share = {"better": "higher", "numerator_in_words": "x"}
    return {
        people("People", who=WITH_DIABETES, who_in_words="p", headline=True): ("diabetes", None),
        proportion("Prevalence", who=aged(17), achieved=WITH_DIABETES, **share): ("adult", "diabetes"),
        proportion("Target", who=WITH_DIABETES, achieved=latest(HBA1C, within=YEAR) <= 58, **share):
            ("diabetes", "target"),
        events_counted("Stays", events=STAYS, who=WITH_DIABETES, unit="stays", numerator_in_words="x"):
            ("diabetes", "stays"),
        rate("Stays rate", events=STAYS, who=WITH_DIABETES, better="lower", numerator_in_words="x"):
            ("diabetes", "stays"),
        rate("Stays, three years", events=STAYS, who=WITH_DIABETES, better="lower", pool=3, numerator_in_words="x"):
            ("diabetes", "stays"),
        rate("Deaths", events=deaths(), standardised=True, per=100_000, better="lower", numerator_in_words="x"):
            ("everyone", "deaths"),
        cost("Cost", of=contacts().cost(), who=WITH_DIABETES, numerator_in_words="x"): ("diabetes", "pence"),
        cost_a_person("Mean cost", of=contacts().cost(), who=WITH_DIABETES, numerator_in_words="x"):
            ("diabetes", "pence"),
    }  # fmt: skip


def grown(folder, *, residents, seed, placed=1.0, exact_before=None):
    """Publish the results of so many residents; returns them and each measure's true sums on the grid."""
    random = np.random.default_rng(seed)
    rows = _residents(random, residents, placed)
    layout = Layout(len(PERIODS), _places())
    laid = {
        measure: lay_out(measure, _sums(rows, rows[who], rows[what] if what else None, measure), layout)
        for measure, (who, what) in measures().items()
    }
    tables, _ = figures_together(laid, layout, PERIODS, exact_before)
    folder.mkdir(parents=True)
    write_figures(folder, "grown", pa.concat_tables(tables.values()))
    cards = tuple(card_of(measure, care_area="grown", part="outcomes", missing="") for measure in laid)
    write_snapshot(
        folder,
        Snapshot(
            "grown", PERIODS[-1].end, "", (), (), (), (), tuple((p.start, p.end) for p in PERIODS), "", None,
            tuple(layout.places), (AreaCard("grown", "Grown", 1, "", cards),),
            PUBLISHED_GROUPS,
        ),
    )  # fmt: skip
    return Published(folder), laid, layout


def _residents(random, residents, placed):
    """One element a resident and year, all years after each other."""
    years = len(PERIODS)
    once = {
        # uneven, as practices are
        "practice": random.choice(PRACTICES, residents, p=np.arange(1, 10) / 45),
        "neighbourhood": random.choice(NEIGHBOURHOODS, residents, p=np.arange(1, 7) / 21),
        "sex": random.choice(["female", "male"], residents),
        "age band": random.integers(0, 19, residents),
        "ethnic group": random.choice(GROUPS["ethnic group"][:5], residents, p=[0.08, 0.04, 0.02, 0.06, 0.8]),
        "deprivation fifth": random.choice(["1", "2", "3", "4", "5"], residents),
        "inclusion health": random.choice([IN_A_GROUP, IN_NONE], residents, p=[0.03, 0.97]),
        "placed": random.random(residents) < placed,
        "everyone": np.ones(residents, bool),
    }
    names = {by: np.unique(once[by].astype(str), return_inverse=True) for by in GROUPS if by != "everyone"}
    names["everyone"] = (np.array(["everyone"]), np.zeros(residents, np.int64))
    diabetes = random.random(residents) < 0.02 + 0.01 * once["age band"]
    rows = {name: np.tile(values, years) for name, values in once.items()}
    rows |= {("names", by): (known.tolist(), np.tile(number, years)) for by, (known, number) in names.items()}
    size = residents * years
    rows["period"] = np.repeat(np.arange(years), residents)
    rows["adult"] = rows["age band"] >= 4
    rows["diabetes"] = np.tile(diabetes, years) & (random.random(size) < 0.95)
    rows["target"] = random.random(size) < 0.6
    rows["stays"] = random.poisson(0.2, size)
    rows["deaths"] = (random.random(size) < 0.002 * (1 + rows["age band"])).astype(int)
    rows["pence"] = random.integers(0, 60, size) ** 3
    return rows


def _places():
    cards = [PlaceCard("SYS", "System", "system", "", "")]
    for level, above, count in (
        ("alliance", "SYS", 2),
        ("network", "alliance", 3),
        ("practice", "network", 9),
    ):
        parent = {"SYS": lambda n: "SYS", "alliance": lambda n: f"alliance{n // 2}",
                  "network": lambda n: f"network{n // 3}"}[above]  # fmt: skip
        cards += [PlaceCard(f"{level}{n}", level, level, parent(n), "by GP practice") for n in range(count)]
    cards += [
        PlaceCard(f"local_authority{n}", "la", "local_authority", "elsewhere", "by home") for n in range(2)
    ]
    cards += [
        PlaceCard(f"neighbourhood{n}", "n", "neighbourhood", f"local_authority{n // 3}", "by home")
        for n in range(NEIGHBOURHOODS)
    ]
    return cards


def _sums(rows, who, what, measure):
    banded = measure.statistic == "standardised rate"
    added = who.astype(np.int64) if what is None else np.where(who, what, 0).astype(np.int64)
    levels = {WHOLE_SYSTEM: np.zeros(len(who), np.int64)}
    levels |= {level: above(rows["practice"]) for level, above in ABOVE.items()}
    levels |= {level: above(rows["neighbourhood"]) for level, above in HOMES.items()}
    found = []
    for level, place in levels.items():
        there = who & (rows["placed"] | (level == WHOLE_SYSTEM))
        for by in GROUPS:
            names, group = rows["names", by]
            sizes = (PRACTICES, len(names), len(PERIODS), 20)
            band = rows["age band"] if banded else np.full(len(who), 19)
            key = np.ravel_multi_index((place, group, rows["period"], band), sizes)[there]
            unique, of = np.unique(key, return_inverse=True)

            def total(values, of=of, there=there):
                return np.bincount(of, weights=values[there]).astype(np.int64)

            at, of_group, period, in_band = np.unravel_index(unique, sizes)
            code = [level if level == WHOLE_SYSTEM else f"{level}{number}" for number in at]
            one = np.ones(len(who))
            found.append({
                "level": np.full(len(at), level, object), "by": np.full(len(at), by, object),
                "place": np.array(code, object), "group": np.array(names, object)[of_group], "period": period,
                "band": in_band if banded else np.full(len(at), -1), "people": total(one), "days": total(365 * one),
                "added": total(added), "behind": total(added != 0),
            })  # fmt: skip
    return Sums(**{name: np.concatenate([each[name] for each in found]) for name in found[0]})
