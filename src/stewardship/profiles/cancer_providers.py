"""Performance of the latest year by provider, route and tumour group, with providers called by their names."""

from django.conf import settings

from stewardship.profiles import words
from stewardship.profiles.cancer_groups import NONE_THERE
from stewardship.profiles.cancer_read import STANDARDS, CancerFigures, Row
from stewardship.profiles.charts import Rows
from stewardship.system.provider_names import provider_named, provider_names

HIDDEN = "Hidden: small numbers"


def performance_by(figures: CancerFigures, by: str) -> Rows | None:
    """The three standards by group, each with its interval and patients; None where nothing is published by that."""
    held = {each.key: {row["group"]: row for row in figures.latest(each.key, by)} for each in STANDARDS}
    groups = sorted(
        {group for rows in held.values() for group in rows}, key=lambda one: (one == "Not known", one)
    )
    if not groups:
        return None
    cells = [
        (words.group(by, called(by, group)), *(_share(held[each.key].get(group)) for each in STANDARDS))
        for group in groups
    ]
    return Rows((words.group("", by), *(each.name for each in STANDARDS)), tuple(cells))


def called(by: str, group: str) -> str:
    """A group as it is called: a provider by name and code, as far as its name is known."""
    if by != "provider":
        return group
    return provider_named(group, provider_names(settings.SYSTEM))


def _share(row: Row | None) -> str:
    if row is None or row["state"] == "missing":
        return NONE_THERE
    if row["value"] is None:
        return HIDDEN
    interval = f"{row['lower95']:.1f} to {row['upper95']:.1f}"
    return f"{row['value']:.1f}% ({interval}), {row['within']:,g} of {row['total']:,g}"
