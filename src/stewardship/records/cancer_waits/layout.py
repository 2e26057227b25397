"""How the national workbooks are laid out since October 2023: eleven sheets, the headings of each, and its words.

Source: the workbooks themselves, October 2023 to March 2025, provider and commissioner.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime

from stewardship.records.cancer_waits.figures import LIMIT_DAYS, Standard

FIRST_MONTH = date(2023, 10, 1)  # from which the three standards are published
FRONT_PAGE = "FRONTPAGE"
FOOTNOTE = re.compile(r"\s*\((\d|[a-z])\)$")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WRITTEN_MONTH = re.compile(r"([a-z]{3})[a-z]*[\s-]+(\d{4}|\d{2})", re.IGNORECASE)

CODE, NAME, TOTAL = "ODS CODE", "organisation", "TOTAL"
NAMES = ("ACCOUNTABLE PROVIDER", "INTEGRATED CARE BOARD (ICB)/COMMISSIONING HUB")
ROUTE, STAGE, MODALITY = "REFERRAL ROUTE", "TREATMENT STAGE", "TREATMENT MODALITY"

ROUTES = {
    "all routes": "ALL", "urgent suspected cancer": "USC", "breast symptomatic": "BREAST_SYMPTOMATIC",
    "breast symptomatic, cancer not suspected": "BREAST_SYMPTOMATIC", "screening": "SCREENING",
    "urgent screening": "SCREENING", "national screening programme": "SCREENING", "consultant upgrade": "UPGRADE",
}  # fmt: skip
STAGES = {
    "all stages": "ALL", "first treatment": "FIRST", "first treatments": "FIRST",
    "subsequent treatment": "SUBSEQUENT", "subsequent treatments": "SUBSEQUENT",
}  # fmt: skip


@dataclass(frozen=True)
class Layout:
    """One sheet. cancer: its heading of cancer types, empty where it has none. routed: the route of all its rows,
    where no column says it."""

    sheet: str
    standard: Standard
    by: str = ""
    cancer: str = ""
    modality: str = ""
    routed: str = ""

    @property
    def judged(self) -> bool:
        """Whether it says how many were within the standard, and how many after it."""
        return self.standard in LIMIT_DAYS

    @property
    def within(self) -> str:
        """Its heading of those within the standard; of first appointments, of those seen within 14 days."""
        return f"WITHIN {LIMIT_DAYS.get(self.standard, 14)} DAYS"

    @property
    def after(self) -> str:
        """Its heading of those whom the standard was not met for."""
        return f"AFTER {LIMIT_DAYS[self.standard]} DAYS" if self.judged else ""

    @property
    def share(self) -> str:
        """Its heading of the percentage."""
        if not self.judged:
            return ""
        return f"{'TOLD' if self.standard == '28-day' else 'TREATED'} {self.within}"

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings that it has to have, beside that of the organisation's name."""
        named = (CODE, self.by, self.cancer, self.modality, TOTAL, self.within, self.after, self.share)
        return tuple(filter(None, named))


LAYOUTS = {
    layout.sheet.upper(): layout
    for layout in (
        Layout("28-DAY FDS (ALL ROUTES)", "28-day", ROUTE),
        Layout("28-DAY FDS (BY ROUTE)", "28-day", ROUTE, cancer="SUSPECTED CANCER OR BREAST SYMPTOMATIC"),
        Layout("31-DAY (ALL CANCER)", "31-day", STAGE, cancer="CANCER TYPE"),
        Layout("31-DAY (BY CANCER)", "31-day", STAGE, cancer="CANCER TYPE"),
        Layout("31-DAY (BY TREATMENT MODALITY)", "31-day", STAGE, modality=MODALITY),
        Layout("62-DAY (ALL CANCER)", "62-day", ROUTE, cancer="CANCER TYPE"),
        Layout("62-DAY (BY CANCER)", "62-day", ROUTE, cancer="CANCER TYPE"),
        Layout("62-DAY (BY TREATMENT MODALITY)", "62-day", ROUTE, modality=MODALITY),
        Layout("USC referral to FOA", "cancer-first-seen", cancer="SUSPECTED TYPE OF CANCER", routed="USC"),
        Layout(
            "UBS referral to FHA", "breast-first-seen", cancer="REFERRAL REASON", routed="BREAST_SYMPTOMATIC"
        ),
    )
}


def plain(value: object) -> str:
    """A cell's words: without blanks around and doubled, and without the mark of a footnote."""
    return FOOTNOTE.sub("", " ".join(str(value).split())) if isinstance(value, str) else ""


def heading(value: object) -> str:
    """A heading as it is compared: in capitals, trimmed, without the mark of its footnote."""
    return plain(value).upper()


def month_of(value: object) -> date | None:
    """The first day of a month written as Mar-25 or March 2025, or as a date; None for anything else."""
    if isinstance(value, datetime):
        return value.date().replace(day=1)
    found = WRITTEN_MONTH.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None or found[1][:3].lower() not in MONTHS:
        return None
    year = int(found[2])
    return date(year + 2000 if year < 100 else year, MONTHS.index(found[1][:3].lower()) + 1, 1)
