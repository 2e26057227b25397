"""Worked cases of treatment, of two providers and of open pathways; and all cases by what they are about."""

from datetime import date, timedelta

from support.cancer_worked import (
    ADJUSTED,
    ONE,
    ONE_BREACH,
    TOLD,
    Worked,
    cancer,
    facts,
    later,
    told,
    transferred,
    usc,
)
from support.cancer_worked_further import (
    ADJUSTED_AT_THE_EDGES,
    ROUTES_AND_CANCERS,
    SHARED_AT_THE_EDGES,
    TOLD_AT_THE_EDGES,
    WAITING_AT_THE_EDGES,
)


def upgraded(**columns: str) -> dict[str, str]:
    """A routine referral of 3 February 2025, upgraded on 10 March, seen on 3 March, treated by provider A."""
    found = {
        "route": "UPGRADE",
        "upgrade_date": "2025-03-10",
        "first_seen": "2025-03-03",
        "fds_end_reason": "",
    }
    return cancer("2025-02-03", "", "2025-04-14", "2025-05-09") | found | columns


TREATED = (
    Worked("Treated on day 62", "R6", cancer("2025-03-03", "2025-03-27", "2025-04-07", "2025-05-04"),
           fds="24 MET", d31="27 MET", d62="62 MET", shares=ONE),
    Worked("Treated on day 63", "R6", cancer("2025-03-03", "2025-03-27", "2025-04-07", "2025-05-05"),
           fds="24 MET", d31="28 MET", d62="63 BREACH", shares=ONE_BREACH),
    Worked("Upgraded after being seen", "R3 R6", upgraded(), d31="25 MET", d62="60 MET", shares=ONE),
    Worked("Upgraded after being seen: the missed appointment is ignored", "R6",
           upgraded(first_appt_dna_date="2025-02-10", dna_rebooked_date="2025-02-12"),
           d31="25 MET", d62="60 MET", shares=ONE),
    Worked("Upgraded before being seen: the missed appointment counts from the upgrade", "R4 R6",
           upgraded(first_seen="2025-03-24", first_appt_dna_date="2025-03-17", dna_rebooked_date="2025-03-18"),
           d31="25 MET", d62="52 MET", shares=ONE, adjusted="8 0"),
    Worked("Upgraded on the day of being seen", "R4 R6",
           upgraded(first_seen="2025-03-10", first_appt_dna_date="2025-02-17", dna_rebooked_date="2025-02-18"),
           d31="25 MET", d62="60 MET", shares=ONE),
    Worked("Upgraded and ruled out", "R6", upgraded(fds_end_date="2025-04-01", fds_end_reason="02", dtt_date="",
           treatment_start="", treatment_event_type="", treatment_modality="", icd10="")),
    Worked("Metastasis of unknown primary", "R6", cancer("2025-03-03", "2025-03-27", "2025-04-07", "2025-05-04",
           treatment_event_type="07", icd10="C80.9"), fds="24 MET", d31="27 MET", d62="62 MET", shares=ONE),
    Worked("Metastasis of a known primary", "R6", cancer("2025-03-03", "2025-03-27", "2025-04-07", "2025-05-05",
           treatment_event_type="12", icd10="C79"), fds="24 MET", d31="28 MET", d62="63 BREACH", shares=ONE_BREACH),
    Worked("Enabling surgery stops both clocks", "R6 R7", cancer("2025-03-03", "2025-03-27", "2025-04-07", "2025-05-04",
           treatment_modality="24"), fds="24 MET", d31="27 MET", d62="62 MET", shares=ONE),
    Worked("Active monitoring as first treatment", "R6 R7", cancer("2025-03-03", "2025-03-27", "2025-04-07",
           "2025-04-07", treatment_modality="08", icd10="C61"), fds="24 MET", d31="0 MET", d62="35 MET", shares=ONE),
    Worked("Cancer of the breast in situ", "R6", cancer("2025-03-03", "2025-03-27", "2025-04-07", "2025-05-04",
           icd10="D05.1"), fds="24 MET", d31="27 MET", d62="62 MET", shares=ONE),
    Worked("Basal cell carcinoma", "R6", cancer("2025-03-03", "2025-03-27", "2025-04-07", "2025-05-04", icd10="C44.3",
           morphology_flag="BCC", fds_end_reason="02"), fds="24 MET", d31="EXCLUDED", d62="EXCLUDED"),
    Worked("Another cancer of the skin", "R6", cancer("2025-03-03", "2025-03-27", "2025-04-07", "2025-05-04",
           icd10="C44.3"), fds="24 MET", d31="27 MET", d62="62 MET", shares=ONE),
    Worked("No reportable cancer", "R6", cancer("2025-03-03", "2025-03-27", "2025-04-07", "2025-05-04", icd10="D12.6"),
           fds="24 MET", d31="EXCLUDED", d62="EXCLUDED"),
    Worked("A recurrence found on an urgent referral", "R6 R7", cancer("2025-03-03", "2025-03-27", "2025-04-07",
           "2025-05-09", treatment_event_type="03"), fds="24 MET", d31="32 BREACH"),
    Worked("All treatment declined", "R6 R7", cancer("2025-03-03", "2025-03-27", "2025-04-07", "2025-05-04",
           treatment_modality="98"), fds="24 MET", d31="EXCLUDED", d62="EXCLUDED"),
    Worked("Treated, diagnosis not recorded", "R6", cancer("2025-03-03", "2025-03-27", "2025-04-07", "2025-05-04",
           icd10="", judged="2025-05-31"), fds="24 MET", d31="27 MET", d62="62 OPEN", shares="OPEN"),
    Worked("First treatment without a cancer route", "R6 R7", cancer("2025-03-03", "2025-03-27", "2025-04-07",
           "2025-05-08") | {"route": "NONE"}, d31="31 MET"),
    Worked("Decided after treatment", "R7", cancer("2025-03-03", "2025-03-27", "2025-04-20", "2025-04-07"),
           fds="24 MET", d31="0 MET", d62="35 MET", shares=ONE),
    Worked("Subsequent treatment on day 31", "R7", later("2025-08-04", "2025-09-04"), d31="31 MET"),
    Worked("Subsequent treatment on day 32", "R7", later("2025-08-04", "2025-09-05"), d31="32 BREACH"),
    Worked("Treatment of progression", "R7", later("2025-08-04", "2025-09-05", "10"), d31="32 BREACH"),
    Worked("Subsequent specialist palliative care", "R7", later("2025-08-04", "2025-09-05", "02", "07"),
           d31="EXCLUDED"),
    Worked("Subsequent active monitoring", "R7", later("2025-08-04", "2025-09-05", "02", "08"), d31="EXCLUDED"),
    Worked("Subsequent palliative care, not specialist", "R7", later("2025-08-04", "2025-09-05", "09", "09"),
           d31="EXCLUDED"),
    Worked("Subsequent treatment declined", "R7", later("2025-08-04", "2025-09-05", "02", "98"), d31="EXCLUDED"),
)  # fmt: skip

SHARED = (
    Worked("Case 1: all in time", "R8", transferred("2025-06-08", "2025-07-02"), fds="19 MET", d31="31 MET",
           d62="62 MET", shares="SIX_SCENARIO 1 0.5/0 0.5/0"),
    Worked("Case 2: treated late, 62 days met", "R8", transferred("2025-06-01", "2025-06-26"), fds="19 MET",
           d31="25 MET", d62="56 MET", shares="SIX_SCENARIO 2 0.5/0 0.5/0"),
    Worked("Case 3: transferred late, 62 days met", "R8", transferred("2025-06-09", "2025-07-02"), fds="19 MET",
           d31="31 MET", d62="62 MET", shares="SIX_SCENARIO 3 0/0 1/0"),
    Worked("Case 4: transferred in time, breach", "R8", transferred("2025-06-08", "2025-07-03"), fds="19 MET",
           d31="32 BREACH", d62="63 BREACH", shares="SIX_SCENARIO 4 0/0 1/1"),
    Worked("Case 5: transferred late, treated in time, breach", "R8", transferred("2025-06-09", "2025-07-03"),
           fds="19 MET", d31="32 BREACH", d62="63 BREACH", shares="SIX_SCENARIO 5 1/1 0/0"),
    Worked("Case 6: both late", "R8", transferred("2025-06-09", "2025-07-04"), fds="19 MET", d31="33 BREACH",
           d62="64 BREACH", shares="SIX_SCENARIO 6 0.5/0.5 0.5/0.5"),
    Worked("The pause comes off the treating provider's days", "R5 R8", transferred("2025-06-08", "2025-07-09",
           pause_from="2025-06-10", pause_to="2025-06-17", pause_reason="8"), fds="19 MET", d31="31 MET", d62="62 MET",
           shares="SIX_SCENARIO 1 0.5/0 0.5/0", adjusted="0 7"),
    Worked("The missed appointment comes off the investigating provider's days", "R4 R8",
           transferred("2025-06-12", "2025-07-06", first_appt_dna_date="2025-05-04", dna_rebooked_date="2025-05-05"),
           fds="15 MET", d31="35 BREACH", d62="62 MET", shares="SIX_SCENARIO 1 0.5/0 0.5/0", adjusted="4 0"),
    Worked("Transferred on day 35, treated 34 days later", "R8", cancer("2025-05-01", "2025-05-27", "2025-06-20",
           "2025-07-09", transfer_date="2025-06-05", treating_org="B", treatment_modality="05", icd10="C61"),
           fds="26 MET", d31="19 MET", d62="69 BREACH", shares="SIX_SCENARIO 4 0/0 1/1"),
    Worked("Two sites of one trust", "R8", transferred("2025-06-08", "2025-07-03", investigating_org="RZ901",
           treating_org="RZ955"), fds="19 MET", d31="32 BREACH", d62="63 BREACH", shares=ONE_BREACH),
    Worked("Sites of two trusts", "R8", transferred("2025-06-08", "2025-07-03", investigating_org="RZ901",
           treating_org="RZ801"), fds="19 MET", d31="32 BREACH", d62="63 BREACH", shares="SIX_SCENARIO 4 0/0 1/1"),
    Worked("Investigating provider not known: half each with who saw first", "R8",
           transferred("2025-06-08", "2025-07-03", investigating_org=""), fds="19 MET", d31="32 BREACH",
           d62="63 BREACH", shares="SHARED_50_50 - 0.5/0.5 0.5/0.5"),
    Worked("Investigating provider not known, and the treating one saw first", "R8",
           transferred("2025-06-08", "2025-07-02", investigating_org="", first_seen_org="B"), fds="19 MET",
           d31="31 MET", d62="62 MET", shares=ONE),
    Worked("No transfer recorded", "R8", transferred("", "2025-07-02"), fds="19 MET", d31="31 MET", d62="62 MET",
           shares="SHARED_50_50 - 0.5/0 0.5/0"),
)  # fmt: skip


def still_open(age: int, band: str, headline: str) -> Worked:
    """A referral of 1 July 2025 that nothing has happened to for so many days."""
    on = (date(2025, 7, 1) + timedelta(age)).isoformat()
    return Worked(
        f"Open on day {age}", "R9", usc("2025-07-01", judged=on), fds=f"{age} OPEN", d31="OPEN", d62=f"{age} OPEN",
        shares="OPEN", waiting=f"{age} {band} {headline}",
    )  # fmt: skip


WAITING = (
    still_open(0, "0-28", "N"),
    still_open(28, "0-28", "N"),
    still_open(29, "29-62", "N"),
    still_open(62, "29-62", "N"),
    still_open(63, "63-104", "Y"),
    still_open(104, "63-104", "Y"),
    still_open(105, ">104", "Y"),
    Worked("Non-specific symptoms are not in the headline", "R9", usc("2025-07-01", referral_type="17",
           judged="2025-10-14"), fds="105 OPEN", d31="OPEN", d62="105 OPEN", shares="OPEN", waiting="105 >104 N"),
    Worked("Told that it is cancer, not yet treated", "R9", told("2025-07-01", "2025-07-20", "01",
           judged="2025-09-05"), fds="19 MET", d31="OPEN", d62="66 OPEN", shares="OPEN", waiting="66 63-104 Y"),
    Worked("Decided, not yet treated", "R7 R9", told("2025-07-01", "2025-07-20", "01", dtt_date="2025-08-01",
           judged="2025-09-05"), fds="19 MET", d31="35 OPEN", d62="66 OPEN", shares="OPEN", waiting="66 63-104 Y"),
    Worked("The missed appointment comes off the age", "R4 R9", usc("2025-07-01", first_appt_dna_date="2025-07-08",
           dna_rebooked_date="2025-07-11", judged="2025-09-05"), fds="56 OPEN", d31="OPEN", d62="56 OPEN",
           shares="OPEN", waiting="56 29-62 N", adjusted="10 0"),
    Worked("A pause does not come off the age of an open pathway", "R5 R9", told("2025-07-01", "2025-07-20", "01",
           dtt_date="2025-08-01", pause_from="2025-08-10", pause_to="2025-08-20", pause_reason="8",
           judged="2025-09-05"), fds="19 MET", d31="25 OPEN", d62="56 OPEN", shares="OPEN", waiting="66 63-104 Y",
           adjusted="0 10"),
    Worked("Treatment is booked, and has not happened", "R9", cancer("2025-07-01", "2025-07-20", "2025-08-01",
           "2025-09-10", judged="2025-09-05"), fds="19 MET", d31="35 OPEN", d62="66 OPEN", shares="OPEN",
           waiting="66 63-104 Y"),
    Worked("An open upgrade counts from its day", "R6 R9", facts("UPGRADE", referral_received="2025-05-01",
           upgrade_date="2025-07-01", judged="2025-09-02"), d31="OPEN", d62="63 OPEN", shares="OPEN",
           waiting="63 63-104 Y"),
    Worked("Died after being told", "R6", told("2025-07-01", "2025-07-20", "01", judged="2025-10-05",
           other_events="died:2025-08-20"), fds="19 MET"),
    Worked("Went private before a decision", "R6", told("2025-07-01", "2025-07-20", "01", judged="2025-10-05",
           other_events="went_private:2025-08-20"), fds="19 MET"),
)  # fmt: skip

GROUPS = {
    "The 28 days (R1 to R3)": (*TOLD, *TOLD_AT_THE_EDGES),
    "Adjustments (R4, R5)": (*ADJUSTED, *ADJUSTED_AT_THE_EDGES),
    "The 62 and the 31 days (R6, R7)": (*TREATED, *ROUTES_AND_CANCERS),
    "Two providers (R8)": (*SHARED, *SHARED_AT_THE_EDGES),
    "Open pathways and the backlog (R9)": (*WAITING, *WAITING_AT_THE_EDGES),
}
