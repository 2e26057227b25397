"""What an invented snapshot's checks found and what its measures need: a few of each kind."""

from datetime import date
from pathlib import Path

from stewardship.measures.lacks import Effort, Lack, without_supply
from stewardship.measures.needs import Need, write_needs
from stewardship.measures.published import AreaCard
from stewardship.records.quality.counts import CHECKED, CheckCard, CheckCount, Checked, write_checked

AFTER_DEATH = CheckCard(
    "after-death",
    "Rows dated after the person's death",
    0.001,
    "letters follow a death",
    "Ask the sender which is right.",
)
COVERAGE = CheckCard(
    "coverage", "Rows short of the provider's usual month", 0.5, "a month under half was not sent whole",
    "Ask the provider to send the month again.",
)  # fmt: skip
ETHNICITY = CheckCard(
    "ethnicity", "People whose ethnic group is not known", 0.1, "of more, nobody can say", "Record it.",
    bears_on="figures by ethnic group",
)  # fmt: skip
COUNTS = (
    CheckCount(
        "after-death", "activity", "acute", 55, 1080, note="up to 28 days after the death are allowed"
    ),
    CheckCount("after-death", "condition", "gp", 0, 9000),
    CheckCount("after-death", "medication", note="nobody sent this table"),
    CheckCount("after-death", "observation", not_run="no deaths have been sent"),
    *(
        CheckCount("coverage", "activity", "acute", 0, 400, "RXX", date(2025, month, 1))
        for month in range(1, 12)
    ),
    CheckCount("coverage", "activity", "acute", 400, 400, "RXX", date(2025, 12, 1)),
    CheckCount("coverage", "activity", "acute", 300, 400, "RYY", date(2025, 12, 1)),
    CheckCount("ethnicity", "person", "gp", 20_000, 64_000),
)
NO_UNITS = Lack(
    "3,500 results of HbA1c came without a unit", "Sending units with HbA1c results", Effort.COLUMN,
    "Columns value and unit of observation; wanted: mmol/mol.", "observation",
)  # fmt: skip
NO_ITEMS = Lack(
    "no prescriptions have been sent",
    "Sending prescriptions",
    Effort.TABLE,
    "Rows of medication.",
    "medication",
)
LACKING = {"hba1c-at-target": (NO_UNITS,)}
READS_ACTIVITY = ("emergency-admissions", "falls", "cost-emergency", "cost-outpatient")
SENDERS = {
    "person": ("gp",),
    "condition": ("gp",),
    "observation": ("gp", "laboratory"),
    "activity": ("acute",),
}


def write_found(
    results: Path, areas: tuple[AreaCard, ...], lacking: dict[str, tuple[Lack, ...]] = LACKING
) -> None:
    """Write checks and needs beside invented figures."""
    write_checked(results / CHECKED, Checked((AFTER_DEATH, COVERAGE, ETHNICITY), COUNTS))
    needs = [
        Need(
            area.key, card.key,
            ("person", "registration", "activity" if card.key in READS_ACTIVITY else "condition"),
            lacking.get(card.key, ()),
        )
        for area in areas
        for card in area.measures
    ]  # fmt: skip
    write_needs(results, needs, SENDERS)


def supply(because: str) -> Lack:
    """The lack of a measure that no source can carry."""
    return without_supply(because)
