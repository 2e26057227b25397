"""Worked cases of the cancer waiting-time rules: what happened, and what the rules make of it.

The tests judge them and the page of the rules shows them. Columns are those of `stewardship cancer judge`.
"""

from dataclasses import dataclass

from stewardship.rules.cancer.table import COLUMNS


@dataclass(frozen=True)
class Worked:
    """A case: clocks as "days RESULT", shares as "METHOD case investigating treating", waiting as "days band Y"."""

    title: str
    rules: str
    happened: dict[str, str]
    fds: str = "NOT_APPLICABLE"
    d31: str = "NOT_APPLICABLE"
    d62: str = "NOT_APPLICABLE"
    shares: str = "NOT_APPLICABLE"
    waiting: str = ""
    adjusted: str = "0 0"

    def row(self) -> dict[str, str]:
        """The case as a row of the table that the command reads."""
        return dict.fromkeys(COLUMNS, "") | {"case_id": self.title} | self.happened


def facts(route: str, /, *, judged: str = "", **columns: str) -> dict[str, str]:
    """Columns of a row; `judged` is its snapshot_date."""
    return {"route": route, **columns, "snapshot_date": judged}


def usc(received: str, **columns: str) -> dict[str, str]:
    """An urgent suspected cancer, first seen by provider A."""
    return facts(
        "USC", **{"referral_received": received, "referral_type": "07", "first_seen_org": "A"} | columns
    )


def cancer(received: str, told: str, decided: str, treated: str, **columns: str) -> dict[str, str]:
    """A bowel cancer investigated and operated on by provider A."""
    found = {
        "fds_end_date": told, "fds_end_reason": "01", "dtt_date": decided, "treatment_start": treated,
        "treatment_event_type": "01", "treatment_modality": "23", "icd10": "C18.7", "investigating_org": "A",
        "treating_org": "A",
    }  # fmt: skip
    return usc(received, **found | columns)


def told(received: str, on: str, reason: str = "02", **columns: str) -> dict[str, str]:
    """An urgent referral whose 28 days have ended, without treatment."""
    return usc(received, **{"fds_end_date": on, "fds_end_reason": reason} | columns)


def later(
    decided: str, treated: str, event: str = "02", modality: str = "05", **columns: str
) -> dict[str, str]:
    """A subsequent treatment, of no route."""
    found = {
        "dtt_date": decided, "treatment_start": treated, "treatment_event_type": event, "icd10": "C50.4",
        "treatment_modality": modality, "treating_org": "A",
    }  # fmt: skip
    return facts("NONE", **found | columns)


def transferred(on: str, treated: str, **columns: str) -> dict[str, str]:
    """Received by A on 1 May 2025, treated by B."""
    found = {"transfer_date": on, "treating_org": "B"}
    return cancer("2025-05-01", "2025-05-20", "2025-06-01", treated, **found | columns)


ONE = "SOLO - 1/0 0/0"
ONE_BREACH = "SOLO - 1/1 0/0"

TOLD = (
    Worked("Told on day 28", "R1 R2", told("2025-06-02", "2025-06-30"), fds="28 MET"),
    Worked("Told on day 29", "R1 R2", told("2025-06-02", "2025-07-01"), fds="29 BREACH"),
    Worked("29 February counts", "R1", told("2024-02-01", "2024-02-29"), fds="28 MET"),
    Worked("Clocks go forward between", "R1", told("2025-03-10", "2025-04-07"), fds="28 MET"),
    Worked("Told on the day of receipt", "R1", told("2025-06-02", "2025-06-02"), fds="0 MET"),
    Worked("An interval scan is planned", "R2", told("2025-06-02", "2025-06-20", "04"), fds="18 MET"),
    Worked(
        "Decided before told: the decision stops the 28 days", "R2",
        cancer("2025-03-03", "2025-04-07", "2025-03-31", "2025-04-20"),
        fds="28 MET", d31="20 MET", d62="48 MET", shares=ONE,
    ),
    Worked(
        "Decided, and the telling never recorded", "R2",
        cancer("2025-03-03", "", "2025-04-07", "2025-04-20", fds_end_reason=""),
        fds="35 BREACH", d31="13 MET", d62="48 MET", shares=ONE,
    ),
    Worked("Breast symptoms, cancer not suspected", "R2", told("2025-06-02", "2025-06-20")
           | {"route": "BREAST_SYMPTOMATIC", "referral_type": "16"}, fds="18 MET"),
    Worked("Screening", "R2", told("2025-06-02", "2025-07-04") | {"route": "SCREENING", "referral_type": ""},
           fds="32 BREACH"),
    Worked("Excluded", "R3", told("2025-06-02", "2025-07-20", "03", fds_exclusion_reason="02"), fds="48 EXCLUDED"),
    Worked("Excluded for reason 01 within 28 days", "R3",
           told("2025-06-02", "2025-06-30", "03", fds_exclusion_reason="01"), fds="28 EXCLUDED"),
    Worked("Excluded for reason 01 on day 29", "R3",
           told("2025-06-02", "2025-07-01", "03", fds_exclusion_reason="01"), fds="29 BREACH"),
    Worked("An upgrade is told late", "R3", told("2025-06-02", "2025-08-01") | {"route": "UPGRADE",
           "upgrade_date": "2025-06-10"}),
    Worked("No cancer route", "R3", told("2025-06-02", "2025-06-20") | {"route": "NONE"}),
    Worked("Died before being told", "R3", usc("2025-06-02", judged="2025-07-31", other_events="died:2025-06-20"),
           fds="18 EXCLUDED"),
    Worked("Admitted in an emergency before being seen", "R3", usc("2025-06-02", judged="2025-07-31",
           other_events="emergency_admission:2025-06-05"), fds="3 EXCLUDED"),
)  # fmt: skip

ADJUSTED = (
    Worked(
        "First appointment missed and rebooked", "R2 R4",
        told("2025-01-06", "2025-02-10", first_appt_dna_date="2025-01-15", dna_rebooked_date="2025-01-17",
             first_seen="2025-01-24"),
        fds="24 MET", adjusted="11 0",
    ),
    Worked(
        "The missed appointment lowers 28 and 62 days, not 31", "R4",
        cancer("2025-01-06", "2025-02-10", "2025-02-20", "2025-03-24", first_appt_dna_date="2025-01-15",
               dna_rebooked_date="2025-01-20", first_seen="2025-01-24"),
        fds="21 MET", d31="32 BREACH", d62="63 BREACH", shares=ONE_BREACH, adjusted="14 0",
    ),
    Worked("Missed and not rebooked", "R4", usc("2025-01-06", first_appt_dna_date="2025-01-15", judged="2025-02-05"),
           fds="30 OPEN", d31="OPEN", d62="30 OPEN", shares="OPEN", waiting="30 29-62 N"),
    Worked(
        "Other events take nothing off", "R4 R5",
        told("2025-06-02", "2025-07-01", other_events="cancelled_with_notice:2025-06-10;holiday:2025-06-12/2025-06-20"),
        fds="29 BREACH",
    ),
    Worked(
        "An emergency after being seen takes nothing off", "R4",
        told("2025-06-02", "2025-07-01", first_seen="2025-06-10", other_events="emergency_admission:2025-06-12"),
        fds="29 BREACH",
    ),
    Worked(
        "Patient choice between decision and surgery", "R5",
        cancer("2025-04-01", "2025-04-22", "2025-05-12", "2025-06-11", pause_from="2025-05-20", pause_to="2025-06-03",
               pause_reason="8"),
        fds="21 MET", d31="16 MET", d62="57 MET", shares=ONE, adjusted="0 14",
    ),
    Worked(
        "A pause brings 63 days to 62", "R5",
        cancer("2025-03-03", "2025-03-27", "2025-04-07", "2025-05-05", pause_from="2025-04-10", pause_to="2025-04-11",
               pause_reason="9"),
        fds="24 MET", d31="27 MET", d62="62 MET", shares=ONE, adjusted="0 1",
    ),
    Worked(
        "A pause before the decision takes nothing off", "R5",
        cancer("2025-03-03", "2025-03-27", "2025-04-07", "2025-05-05", pause_from="2025-03-20", pause_to="2025-04-01",
               pause_reason="8"),
        fds="24 MET", d31="28 MET", d62="63 BREACH", shares=ONE_BREACH,
    ),
    Worked(
        "Of a pause over the decision, the days after it", "R5",
        cancer("2025-03-03", "2025-03-27", "2025-04-07", "2025-05-05", pause_from="2025-04-01", pause_to="2025-04-10",
               pause_reason="10"),
        fds="24 MET", d31="25 MET", d62="60 MET", shares=ONE, adjusted="0 3",
    ),
    Worked(
        "A pause without a reason takes nothing off", "R5",
        cancer("2025-03-03", "2025-03-27", "2025-04-07", "2025-05-05", pause_from="2025-04-10", pause_to="2025-04-20"),
        fds="24 MET", d31="28 MET", d62="63 BREACH", shares=ONE_BREACH,
    ),
    Worked(
        "A missed appointment and a pause", "R4 R5",
        cancer("2025-01-06", "2025-02-10", "2025-02-20", "2025-04-03", first_appt_dna_date="2025-01-15",
               dna_rebooked_date="2025-01-20", pause_from="2025-03-01", pause_to="2025-03-12", pause_reason="8"),
        fds="21 MET", d31="31 MET", d62="62 MET", shares=ONE, adjusted="14 11",
    ),
    Worked("A pause of a subsequent treatment", "R5 R7", later("2025-08-04", "2025-09-08", pause_from="2025-08-10",
           pause_to="2025-08-14", pause_reason="8"), d31="31 MET", adjusted="0 4"),
)  # fmt: skip
