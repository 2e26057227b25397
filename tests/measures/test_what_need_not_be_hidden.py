"""Small numbers at the bottom are no reason to hide the large ones at the top."""

import numpy as np
import pytest

from stewardship.measures.columns import Laid
from stewardship.measures.disclosure import People
from stewardship.measures.layout import CELLS, GROUPS, Layout
from stewardship.measures.measure import proportion
from stewardship.measures.published import PlaceCard
from stewardship.measures.together import control_together
from stewardship.people.language import EVERYONE, aged, of_sex

PRACTICES = 36


def places():
    """One system of 3 alliances, each with 6 networks of 2 practices."""
    cards = [PlaceCard("SYS", "System", "system", "", "")]
    cards += [PlaceCard(f"A{a}", f"A{a}", "alliance", "SYS", "") for a in range(3)]
    cards += [PlaceCard(f"N{n}", f"N{n}", "network", f"A{n // 6}", "") for n in range(18)]
    cards += [PlaceCard(f"P{p}", f"P{p}", "practice", f"N{p // 2}", "") for p in range(PRACTICES)]
    return cards


LAYOUT = Layout(1, places())


def on_the_grid(practice, groups, counted):
    """The counted people in every cell of the grid."""
    rows = []
    for card in LAYOUT.places:
        step = {"system": PRACTICES, "alliance": 12, "network": 2, "practice": 1}[card.level]
        here = (
            (practice // step == int(card.code[1:] or 0))
            if card.level != "system"
            else np.ones(len(practice), bool)
        )
        rows += [
            (counted & here & ((groups[by] == group) if by != "everyone" else True)).sum()
            for by, group in CELLS
        ]
    return np.array(rows)


def laid_out(seed, share, people=3_600):
    """Two measures: some among all, and a share among those."""
    rng = np.random.default_rng(seed)
    practice = rng.integers(0, PRACTICES, people)
    likely = {"ethnic group": [0.06, 0.03, 0.02, 0.86, 0.015, 0.015], "inclusion health": [0.03, 0.97]}
    groups = {
        by: np.array(values)[rng.choice(len(values), people, p=likely.get(by))]
        for by, values in GROUPS.items()
        if by != "everyone"
    }
    some = rng.random(people) < 0.6
    few = some & (rng.random(people) < share)
    everyone, among, counted = (
        on_the_grid(practice, groups, who) for who in (np.ones(people, bool), some, few)
    )
    outer = proportion("Some", who=EVERYONE, achieved=aged(18), better="neither", numerator_in_words="some")
    inner = proportion(
        "Few", who=aged(18), achieved=of_sex("female"), better="neither", numerator_in_words="few"
    )
    return inner, {
        outer: Laid(among, everyone, everyone, People(everyone, among)),
        inner: Laid(counted, among, among, People(among, counted)),
    }


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("share", [0.07, 0.65])
def test_what_many_are_counted_in_is_shown_of_the_system_and_its_alliances(seed, share):
    inner, laid = laid_out(seed, share)
    shown = control_together(laid, LAYOUT)[inner].numerator.shown.reshape(LAYOUT.shape)[0, :, 0]
    assert shown[:4].all(), "the system and its three alliances"
