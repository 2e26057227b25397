"""Invented national statistics of cancer waits, written into a results folder: fifteen months of four organisations."""

from datetime import date
from pathlib import Path

from stewardship.records.cancer_waits.figures import ENGLAND, PublishedWait
from stewardship.records.cancer_waits.kept import write_national

SOURCE = "Invented for the tests"
MONTHS = [date(2024 + number // 12, number % 12 + 1, 1) for number in range(15)]
ORGANISATIONS = (
    ("commissioner", "ZZS", "NHS Exampleshire Integrated Care Board", "integrated care board", "own", 600.0),
    ("provider", "ZZT01", "Notional NHS Trust", "provider", "own", 420.0),
    ("provider", "ZZT02", "Pretend NHS Trust", "provider", "neighbour", 380.0),
    ("provider", ENGLAND, "All English Providers", "England", "England", 20_000.0),
)
SHARES = {"28-day": 0.72, "31-day": 0.93, "62-day": 0.64}
LATEST = {"28-day": 0.86}
"""Of the last three months, where they differ from those before."""


def write_national_drawn(results: Path) -> None:
    """Write them."""
    write_national(results, [
        _wait(standard, number, organisation)
        for standard in SHARES
        for number in range(len(MONTHS))
        for organisation in ORGANISATIONS
    ])  # fmt: skip


def _wait(standard: str, number: int, organisation: tuple[str, str, str, str, str, float]) -> PublishedWait:
    basis, code, name, level, belongs, total = organisation
    recent = number >= len(MONTHS) - 3 and belongs == "own"
    share = (LATEST if recent else SHARES).get(standard, SHARES[standard]) + 0.01 * (number % 3 - 1)
    within = float(round(total * share))
    return PublishedWait(
        MONTHS[number], basis, standard, "" if standard == "31-day" else "ALL", "ALL" if standard == "31-day" else "",
        "ALL", "ALL", code, name, level, total, within, total - within, within / total, (), "final", 0, SOURCE,
        "invented.csv", None, belongs,
    )  # type: ignore[arg-type]  # fmt: skip
