"""Further worked cases of the cancer waiting-time rules: what the sentences of each rule come to at their edges."""

from support.cancer_worked import (
    ONE,
    ONE_BREACH,
    Worked,
    cancer,
    facts,
    later,
    told,
    transferred,
    usc,
)

MISSED = {"first_appt_dna_date": "2025-06-10", "dna_rebooked_date": "2025-06-12"}
PAUSED = {"pause_from": "2025-04-10", "pause_to": "2025-04-11"}
MARCH = ("2025-03-03", "2025-03-27", "2025-04-07")  # received, told, decided
CASES = {"fds": "24 MET", "d31": "27 MET", "d62": "62 MET", "shares": ONE}


def counted(title: str, rules: str, **columns: str) -> Worked:
    """A treatment on day 62 that counts, whatever else is recorded."""
    return Worked(title, rules, cancer(*MARCH, "2025-05-04", **columns), **CASES)


def not_reportable(title: str, diagnosis: str) -> Worked:
    """A treatment of what is no reportable cancer."""
    row = cancer(*MARCH, "2025-05-04", icd10=diagnosis)
    return Worked(title, "R6", row, fds="24 MET", d31="EXCLUDED", d62="EXCLUDED")


TOLD_AT_THE_EDGES = (
    Worked("Clocks go back between", "R1", told("2025-10-13", "2025-11-10"), fds="28 MET"),
    Worked("Over the turn of the year", "R1", told("2024-12-05", "2025-01-03"), fds="29 BREACH"),
    Worked("Told and decided on one day", "R2", cancer("2025-03-03", "2025-03-31", "2025-03-31", "2025-04-20"),
           fds="28 MET", d31="20 MET", d62="48 MET", shares=ONE),
    Worked("Treated before told", "R2", cancer("2025-03-03", "2025-04-20", "2025-03-10", "2025-03-17"),
           fds="7 MET", d31="7 MET", d62="14 MET", shares=ONE),
    Worked("Interval scan after day 28", "R2", told("2025-06-02", "2025-07-10", "04"), fds="38 BREACH"),
    Worked("A letter in time has told nobody", "R2", told("2025-06-02", "2025-07-03",
           other_events="letter_sent:2025-06-25;mdt:2025-06-20;report:2025-06-18"), fds="31 BREACH"),
    Worked("Excluded for reason 01, 28 days after the missed appointment", "R3 R4",
           told("2025-06-02", "2025-07-10", "03", fds_exclusion_reason="01", **MISSED), fds="28 EXCLUDED",
           adjusted="10 0"),
    Worked("Excluded for reason 01, 29 days after the missed appointment", "R3 R4",
           told("2025-06-02", "2025-07-11", "03", fds_exclusion_reason="01", **MISSED), fds="29 BREACH",
           adjusted="10 0"),
    Worked("Not yet told, and no day to judge on", "R2 R9", usc("2025-07-01"), fds="OPEN", d31="OPEN", d62="OPEN",
           shares="OPEN"),
)  # fmt: skip

ADJUSTED_AT_THE_EDGES = (
    Worked("Rebooked on the day it was missed", "R4", told("2025-01-06", "2025-02-12",
           first_appt_dna_date="2025-01-15", dna_rebooked_date="2025-01-15"), fds="28 MET", adjusted="9 0"),
    Worked("Rebooked on the day it was missed, told a day later", "R4", told("2025-01-06", "2025-02-13",
           first_appt_dna_date="2025-01-15", dna_rebooked_date="2025-01-15"), fds="29 BREACH", adjusted="9 0"),
    Worked("Missed, and of no cancer route", "R4", later("2025-08-04", "2025-09-05",
           first_appt_dna_date="2025-07-15", dna_rebooked_date="2025-07-20"), d31="32 BREACH"),
    Worked("Paused from the decision to treatment", "R5", cancer("2025-04-01", "2025-04-22", "2025-05-12",
           "2025-06-11", pause_from="2025-05-12", pause_to="2025-06-11", pause_reason="8"), fds="21 MET",
           d31="0 MET", d62="41 MET", shares=ONE, adjusted="0 30"),
    Worked("A medical delay brings 32 days to 31", "R5", cancer(*MARCH, "2025-05-09", pause_reason="10", **PAUSED),
           fds="24 MET", d31="31 MET", d62="66 BREACH", shares=ONE_BREACH, adjusted="0 1"),
    Worked("Paused for another reason", "R5", cancer(*MARCH, "2025-05-05", pause_reason="7", **PAUSED),
           fds="24 MET", d31="28 MET", d62="63 BREACH", shares=ONE_BREACH),
    Worked("A pause whose end was never recorded", "R5", cancer(*MARCH, "2025-05-05", pause_reason="8",
           pause_from="2025-04-10"), fds="24 MET", d31="28 MET", d62="63 BREACH", shares=ONE_BREACH),
    Worked("Paused before July 2020", "R5", cancer("2020-03-02", "2020-03-27", "2020-04-20", "2020-06-01",
           pause_from="2020-05-01", pause_to="2020-05-15", pause_reason="8"), fds="25 MET", d31="28 MET",
           d62="77 BREACH", shares=ONE_BREACH, adjusted="0 14"),
    Worked("A pause comes off the 31 days alone where there are no 62", "R5 R7", cancer(*MARCH, "2025-05-09",
           treatment_event_type="02", pause_reason="8", **PAUSED), fds="24 MET", d31="31 MET", adjusted="0 1"),
)  # fmt: skip

ROUTES_AND_CANCERS = (
    Worked("Breast symptoms, and it is cancer", "R6", cancer(*MARCH, "2025-05-05", icd10="C50.4")
           | {"route": "BREAST_SYMPTOMATIC", "referral_type": "16"}, fds="24 MET", d31="28 MET", d62="63 BREACH",
           shares=ONE_BREACH),
    Worked("Screening, and upgraded since: from receipt", "R6", cancer(*MARCH, "2025-05-05",
           upgrade_date="2025-03-20") | {"route": "SCREENING"}, fds="24 MET", d31="28 MET", d62="63 BREACH",
           shares=ONE_BREACH),
    Worked("Upgraded, receipt not recorded", "R6", facts("UPGRADE", upgrade_date="2025-03-10", dtt_date="2025-04-14",
           treatment_start="2025-05-12", treatment_event_type="01", treatment_modality="02", icd10="C34.1",
           first_seen_org="A", investigating_org="A", treating_org="A"), d31="28 MET", d62="63 BREACH",
           shares=ONE_BREACH),
    counted("A cancer of another site than suspected", "R6", icd10="C34.1"),
    counted("The last of the reportable codes, in small letters", "R6", icd10="c97"),
    counted("In situ of the breast, without its dot", "R6", icd10="d051"),
    counted("Specialist palliative care as first treatment", "R7", treatment_modality="07"),
    counted("Other palliative care as first treatment", "R7", treatment_modality="09"),
    counted("An event of a person admitted in an emergency after treatment", "R6",
            other_events="emergency_admission:2025-05-20;died:2025-06-01"),
    not_reportable("In situ of the cervix", "D06.9"),
    not_reportable("In situ of the skin", "D04.3"),
    not_reportable("Polycythaemia", "D45"),
    Worked("Declined before any date of treatment", "R6 R7", told("2025-03-03", "2025-03-27", "01",
           treatment_modality="98", judged="2025-06-30"), fds="24 MET", d31="EXCLUDED", d62="EXCLUDED"),
    Worked("Basal cell carcinoma, cancer ruled out, waits for its excision", "R6 R9", told("2025-03-03",
           "2025-03-27", icd10="C44.3", morphology_flag="BCC", dtt_date="2025-04-07", judged="2025-06-30"),
           fds="24 MET", d31="EXCLUDED"),
    Worked("No reportable diagnosis yet, cancer not ruled out", "R9", told("2025-03-03", "2025-03-27", "01",
           icd10="D37.4", dtt_date="2025-04-07", judged="2025-05-05"), fds="24 MET", d31="28 OPEN", d62="63 OPEN",
           shares="OPEN", waiting="63 63-104 Y"),
)  # fmt: skip

SHARED_AT_THE_EDGES = (
    Worked("A site of the trust that investigated", "R8", transferred("2025-06-08", "2025-07-03",
           investigating_org="RZ9", treating_org="RZ955"), fds="19 MET", d31="32 BREACH", d62="63 BREACH",
           shares=ONE_BREACH),
    Worked("Two sites of one trust, one in small letters", "R8", transferred("2025-06-08", "2025-07-03",
           investigating_org="rz901", treating_org="RZ955"), fds="19 MET", d31="32 BREACH", d62="63 BREACH",
           shares=ONE_BREACH),
    Worked("Only the treating provider is known", "R8", transferred("2025-06-08", "2025-07-03", first_seen_org="",
           investigating_org=""), fds="19 MET", d31="32 BREACH", d62="63 BREACH", shares=ONE_BREACH),
    Worked("A pause before the transfer comes off the treating provider's days too", "R5 R8",
           transferred("2025-06-08", "2025-07-09", dtt_date="2025-05-25", pause_from="2025-05-28",
                       pause_to="2025-06-04", pause_reason="8"), fds="19 MET", d31="38 BREACH", d62="62 MET",
           shares="SIX_SCENARIO 1 0.5/0 0.5/0", adjusted="0 7"),
    Worked("Upgraded: the investigating phase runs from the upgrade", "R6 R8", transferred("2025-06-17", "2025-07-11",
           dtt_date="2025-06-14", upgrade_date="2025-05-10") | {"route": "UPGRADE"}, d31="27 MET", d62="62 MET",
           shares="SIX_SCENARIO 1 0.5/0 0.5/0"),
    Worked("Upgraded, transferred on day 39", "R6 R8", transferred("2025-06-18", "2025-07-11",
           dtt_date="2025-06-14", upgrade_date="2025-05-10") | {"route": "UPGRADE"}, d31="27 MET", d62="62 MET",
           shares="SIX_SCENARIO 3 0/0 1/0"),
    Worked("Transferred, and all treatment declined", "R6 R8", transferred("2025-06-08", "2025-07-03",
           treatment_modality="98"), fds="19 MET", d31="EXCLUDED", d62="EXCLUDED"),
    Worked("Transferred, not yet treated", "R8 R9", transferred("2025-06-08", "", judged="2025-07-03"), fds="19 MET",
           d31="32 OPEN", d62="63 OPEN", shares="OPEN", waiting="63 63-104 Y"),
)  # fmt: skip

WAITING_AT_THE_EDGES = (
    Worked("The missed appointment brings 114 days to 104", "R4 R9", usc("2025-07-01", judged="2025-10-23",
           first_appt_dna_date="2025-07-08", dna_rebooked_date="2025-07-11"), fds="104 OPEN", d31="OPEN",
           d62="104 OPEN", shares="OPEN", waiting="104 63-104 Y", adjusted="10 0"),
    Worked("The missed appointment brings 115 days to 105", "R4 R9", usc("2025-07-01", judged="2025-10-24",
           first_appt_dna_date="2025-07-08", dna_rebooked_date="2025-07-11"), fds="105 OPEN", d31="OPEN",
           d62="105 OPEN", shares="OPEN", waiting="105 >104 Y", adjusted="10 0"),
    Worked("A pause that still runs counts up to the day", "R5 R9", told("2025-07-01", "2025-07-20", "01",
           dtt_date="2025-08-01", pause_from="2025-08-10", pause_to="2025-09-20", pause_reason="8",
           judged="2025-09-05"), fds="19 MET", d31="9 OPEN", d62="40 OPEN", shares="OPEN", waiting="66 63-104 Y",
           adjusted="0 26"),
    Worked("A pause without an end yet counts up to the day", "R5 R9", told("2025-07-01", "2025-07-20", "01",
           dtt_date="2025-08-01", pause_from="2025-08-10", pause_reason="8", judged="2025-09-05"), fds="19 MET",
           d31="9 OPEN", d62="40 OPEN", shares="OPEN", waiting="66 63-104 Y", adjusted="0 26"),
    Worked("Ruled out before the day", "R9", told("2025-07-01", "2025-07-20", judged="2025-09-05"), fds="19 MET"),
    Worked("To be told after the day", "R2 R9", told("2025-07-01", "2025-09-10", judged="2025-09-05"), fds="66 OPEN",
           d31="OPEN", d62="66 OPEN", shares="OPEN", waiting="66 63-104 Y"),
    Worked("Treated on the day itself", "R9", cancer("2025-07-01", "2025-07-20", "2025-08-01", "2025-09-01",
           judged="2025-09-01"), fds="19 MET", d31="31 MET", d62="62 MET", shares=ONE),
    Worked("Non-specific symptoms within 62 days", "R9", usc("2025-07-01", referral_type="17", judged="2025-07-31"),
           fds="30 OPEN", d31="OPEN", d62="30 OPEN", shares="OPEN", waiting="30 29-62 N"),
    Worked("An emergency after being seen ends no waiting", "R9", usc("2025-07-01", first_seen="2025-07-10",
           other_events="emergency_admission:2025-07-12/2025-07-15", judged="2025-09-05"), fds="66 OPEN", d31="OPEN",
           d62="66 OPEN", shares="OPEN", waiting="66 63-104 Y"),
    Worked("Subsequent treatment decided, not begun", "R7 R9", later("2025-08-04", "", judged="2025-09-05"),
           d31="32 OPEN"),
)  # fmt: skip
