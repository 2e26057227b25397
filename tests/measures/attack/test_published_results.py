"""Nothing is recovered from results that are really published, and the truth is always within what the attack says."""

import pytest

from stewardship.measures.attack import attack, bounds
from stewardship.measures.columns import columns_of
from support.grown_results import grown

DAYS_A_YEAR = 365.25
SIZES = [(400, 1), (3_000, 2), (12_000, 3)]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("grown")
    return {
        (size, placed): grown(folder / f"{size}-{placed}", residents=size, seed=seed, placed=placed)
        for size, seed in SIZES
        for placed in (1.0, 0.98)
    }


@pytest.mark.parametrize("size", [size for size, _ in SIZES])
@pytest.mark.parametrize("placed", [1.0, 0.98])
def test_nothing_is_recovered(made, size, placed):
    published, _, _ = made[size, placed]
    report = attack([published], everyone_is_placed=placed == 1, seconds=1)
    assert [recovery.in_words for recovery in report.recovered] == []
    assert sum(report.tried.values()) > 5_000
    assert report.safe


@pytest.mark.parametrize("size", [size for size, _ in SIZES])
@pytest.mark.parametrize("placed", [1.0, 0.98])
def test_the_true_number_lies_within_the_bounds_of_the_attack(made, size, placed):
    published, laid, layout = made[size, placed]
    reading = bounds(published, everyone_is_placed=placed == 1)
    columns = columns_of(laid, layout)
    assert set(reading.known) == {quantity.name for quantity in columns}
    for quantity, column in columns.items():
        known = reading.known[quantity.name]
        true = column.counts / (DAYS_A_YEAR if quantity.kind == "person-years" else 1)
        within = (known.low - 1e-6 <= true) & (true <= known.high + 1e-6)
        assert (within | ~column.published).all(), quantity


def test_more_people_means_less_hidden(made):
    def hidden(size):
        shares = attack([made[size, 1.0][0]], seconds=0).shares
        return sum(share.hidden for share in shares) / sum(share.figures for share in shares)

    few, some, many = (hidden(size) for size, _ in SIZES)
    assert few > some > many


def test_some_figures_are_shown_at_every_level(made):
    for share in attack([made[12_000, 1.0][0]], seconds=0).shares:
        assert share.hidden < share.figures, share


def test_two_snapshots_of_residents_who_differ_by_a_few_tell_nothing_of_them(made, tmp_path):
    first, laid, layout = made[3_000, 1.0]
    headline = next(measure for measure in laid if measure.headline)
    counts = laid[headline].numerator[layout.undivided]
    before = {(headline.key, back): {int(counts[-1 - back]) + 3} for back in range(len(counts))}
    second, _, _ = grown(tmp_path / "later", residents=3_003, seed=2, exact_before=before)
    report = attack([first, second], seconds=0)
    assert [recovery.in_words for recovery in report.recovered] == []
    assert report.tried["two snapshots subtracted"] > 1_000


def test_an_exact_total_is_rounded_beside_one_that_differs_by_a_few(made, tmp_path):
    _, laid, layout = made[3_000, 1.0]
    headline = next(measure for measure in laid if measure.headline)
    counts = laid[headline].numerator[layout.undivided]
    exact, before = (
        {(headline.key, back): {int(counts[-1 - back]) + gap} for back in range(5)} for gap in (0, 3)
    )
    for number, (known, rounded) in enumerate(((exact, False), (before, True))):
        published, _, _ = grown(tmp_path / str(number), residents=3_000, seed=2, exact_before=known)
        shown = [
            figure.numerator
            for figure in published.figures("grown", measure=headline.key, place="SYS", by="everyone")
        ]
        assert all(count % 5 == 0 for count in shown) == rounded
        assert len(set(shown) & set(counts.tolist())) >= (0 if rounded else 3)
