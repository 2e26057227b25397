"""Performance by provider: called by name where the places files list it, else by code."""

import pytest
from django.test import override_settings

from stewardship.measures.published import Published
from stewardship.profiles.cancer_backlog import backlog_by
from stewardship.profiles.cancer_page import cancer_page
from stewardship.profiles.cancer_providers import performance_by
from stewardship.profiles.cancer_read import CancerFigures
from support.cancer_drawn import write_cancer_drawn
from support.site import workspace
from support.snapshots import publish


@pytest.fixture(scope="module")
def figures(tmp_path_factory):
    folder = publish(tmp_path_factory.mktemp("cancer"))
    write_cancer_drawn(folder)
    workspace()
    return CancerFigures(Published(folder))


@pytest.fixture
def system(tmp_path, figures):
    """A system whose places files list the first of the providers."""
    first = figures.latest("faster_diagnosis", "provider")[0]["group"]
    (tmp_path / "organisations.csv").write_text(
        f"OrganisationCode,OrganisationName\n{first},Mockbourne Hospitals\n"
    )
    (tmp_path / "system.toml").write_text('[places]\nfolders = ["."]\n')
    with override_settings(SYSTEM=str(tmp_path)):
        yield first


def test_a_listed_provider_is_named_and_another_keeps_its_code(figures, system):
    called = [row[0] for row in performance_by(figures, "provider").rows]
    codes = [row["group"] for row in figures.latest("faster_diagnosis", "provider")]
    assert f"Mockbourne Hospitals ({system})" in called
    assert {code for code in codes if code != system} <= set(called)
    assert f"Mockbourne Hospitals ({system})" in [row[0] for row in backlog_by(figures, "provider").rows]


def test_each_figure_of_a_provider_is_the_published_one(figures):
    table = performance_by(figures, "provider")
    assert table.columns[1:] == (
        "Told within 28 days whether it is cancer", "Treated within 62 days of referral",
        "Treated within 31 days of the decision",
    )  # fmt: skip
    held = {row["group"]: row for row in figures.latest("faster_diagnosis", "provider")}
    for name, told, *_ in table.rows:
        row = held[name]
        shown = "Hidden" if row["value"] is None else f"{row['value']:.1f}% ("
        assert told.startswith(shown)


@pytest.mark.parametrize("by", ["provider", "route", "tumour group"])
def test_the_page_holds_performance_by_each(figures, by):
    performance = cancer_page(figures).sections[0]
    assert f"by {by}, latest year" in [name for name, _ in performance.tables]


def test_nothing_published_by_something_is_no_table(figures):
    assert performance_by(figures, "phase of the moon") is None
