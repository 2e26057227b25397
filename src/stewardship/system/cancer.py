"""[cancer] of `system.toml`: how the nightly files of the tracking list are written, and what stops a load."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, cast

from stewardship.system.section import Section

DayOrder = Literal["year-month-day", "day/month/year"]
DAY_ORDERS = ("year-month-day", "day/month/year")

OF_PATHWAYS = (
    "pathway_identifier", "issuer", "nhs_number", "family_name", "given_name", "birth_date", "address", "postcode",
    "contact", "sex", "practice", "source_of_referral", "priority_type", "decision_to_refer", "received",
    "referral_type", "upgraded", "upgrade_site", "dna", "rebooked", "first_seen", "first_seen_site",
    "first_seen_adjustment", "first_seen_adjustment_reason", "first_seen_delay", "first_seen_delay_comment",
    "mdt_discussed", "mdt", "patient_status", "diagnosis", "morphology", "laterality", "faster_diagnosis_end",
    "faster_diagnosis_end_reason", "faster_diagnosis_exclusion", "faster_diagnosis_site", "told_how", "told_by",
    "told_delay", "told_delay_comment", "referring_site", "receiving_site", "transfer_received",
    "accountable_provider", "decided", "decided_site", "event_type", "modality", "trial", "setting",
    "radiotherapy_priority", "started", "treatment_site", "pause_days", "pause_reason",
    "decision_to_treatment_delay", "decision_to_treatment_delay_comment", "referral_to_treatment_delay",
    "referral_to_treatment_delay_comment", "upgrade_delay", "upgrade_delay_comment",
)  # fmt: skip
OF_EVENTS = (
    "pathway_identifier", "issuer", "milestone", "requested", "booked", "done", "reported", "provider", "test",
)  # fmt: skip
"""The columns of the two files, by the names that the settings give other headings to."""


@dataclass(frozen=True)
class CancerSettings:
    """How the two nightly files are written.

    pathways, events: a column's key, and the heading that it has in this system's files; the others have the usual
    ones. days: how days are written. end_line: each file ends with a line END and the number of its rows.
    vanished_at_most: the share of open pathways that may be missing from a file before it is taken for a broken one.
    """

    pathways: Mapping[str, str] = field(default_factory=dict)
    events: Mapping[str, str] = field(default_factory=dict)
    days: DayOrder = "year-month-day"
    end_line: bool = False
    vanished_at_most: float = 0.1


def cancer(top: Section) -> CancerSettings:
    """The table [cancer]; the usual where there is none."""
    section = top.inner("cancer")
    if section is None:
        return CancerSettings()
    settings = CancerSettings(
        pathways=_headings(section, "pathways", OF_PATHWAYS),
        events=_headings(section, "events", OF_EVENTS),
        days=cast(DayOrder, section.choice("days", DAY_ORDERS, "year-month-day")),
        end_line=section.yes("end_line"),
        vanished_at_most=section.share("vanished_at_most", 0.1),
    )
    section.end()
    return settings


def _headings(section: Section, name: str, columns: tuple[str, ...]) -> dict[str, str]:
    """Own headings by column. Two columns of one heading are a mistake."""
    inner = section.inner(name)
    if inner is None:
        return {}
    found = {column: inner.text(column) for column in columns if column in inner.values}
    inner.asked.extend(columns)
    inner.end()
    for column, heading in found.items():
        if list(found.values()).count(heading) > 1:
            inner.wrong(
                column, f'{column} has the heading "{heading}", as another column has. Each has its own.'
            )
    return found
