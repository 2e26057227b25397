"""A cancer pathway as its register sends it: each day becomes an event, and nothing that was sent is lost."""

from datetime import date

import pytest

from stewardship.records.extracts.cancer import MILESTONES
from stewardship.records.model import PATHWAY_EVENTS
from support.services_sent import ANN, BEN, sent

D = date.fromisoformat
HEADINGS = (
    "PathwayID|NHSNumber|SourceOfReferral|PriorityType|ReferralType|ReferralReceivedDate|ConsultantUpgradeDate|"
    "DateFirstSeen|FirstSeenProvider|FirstSeenAdjustmentDays|FasterDiagnosisEndDate|FasterDiagnosisEndReason|"
    "FasterDiagnosisProvider|PatientStatus|PrimaryDiagnosisICD|Stage|TransferDate|DecisionToTreatDate|"
    "TreatmentStartDate|TreatmentEventType|TreatmentModality|TreatmentAdjustmentDays|TreatmentProvider|"
    "FasterDiagnosisExclusionReason|MorphologyFlag|AccountableInvestigatingProvider"
)
TREATED = (
    f"11|{ANN}|03|3|07|2025-06-02||2025-06-12|ZZT01|4|2025-07-01|01|ZZT01|08|C18.7|3|2025-07-10|2025-07-15|"
    "2025-08-01|01|23|2|ZZT02|||ZZT01"
)
RULED_OUT = f"12|{BEN}|03|3|08|2025-06-02||2025-06-10|ZZT01|0|2025-06-25|02|ZZT01|03||||||||0||||"
UPGRADED = f"13|{BEN}|01|1|06|2025-05-01|2025-05-20|||||||14||||||||||||"
OF_PATHWAY = (
    "source_of_referral", "priority", "referral_type", "status", "diagnosis", "morphology", "stage",
    "investigating_provider",
)  # fmt: skip
OF_EVENT = ("event", "date", "provider", "reason", "adjustment_days", "treatment_event", "modality")


@pytest.fixture
def read(tmp_path):
    """Reads files of a cancer register, given as lines by name."""
    open_ones = []

    def reading(**files):
        context = sent(tmp_path, "cancer", {name: "\n".join(lines) for name, lines in files.items()})
        open_ones.append(context)
        return context.__enter__()

    yield reading
    for context in open_ones:
        context.__exit__(None, None, None)


def test_each_day_of_a_pathway_is_an_event_with_what_was_said_of_it(read):
    found = read(pathways=[HEADINGS, TREATED])
    assert found.rows("pathway_event", "date", *OF_EVENT[:1], *OF_EVENT[2:]) == [
        (D("2025-06-02"), "referral_received", None, None, None, None, None),
        (D("2025-06-12"), "first_seen", "ZZT01", None, 4, None, None),
        (D("2025-07-01"), "told", "ZZT01", "01", None, None, None),
        (D("2025-07-10"), "transferred", None, None, None, None, None),
        (D("2025-07-15"), "decision_to_treat", None, None, None, None, None),
        (D("2025-08-01"), "treated", "ZZT02", None, 2, "01", "23"),
    ]
    of_all = set(found.rows("pathway_event", "person_id", "pathway_id", "kind", *OF_PATHWAY))
    assert of_all == {("Ann", 11, "cancer", "03", "3", "07", "08", "C187", None, "3", "ZZT01")}


def test_a_wide_pathway_can_be_rebuilt_from_its_events(read):
    """Every value that was sent stands in some event, but for the number of the person."""
    found = read(pathways=[HEADINGS, TREATED])
    columns = (*OF_EVENT[1:], *OF_PATHWAY, "pathway_id")
    kept = {str(value) for row in found.rows("pathway_event", *columns) for value in row}
    told = [cell for cell in TREATED.replace("C18.7", "C187").split("|") if cell and cell != ANN]
    assert [cell for cell in told if cell not in kept] == []


def test_a_pathway_that_goes_on_has_the_events_there_are(read):
    found = read(pathways=[HEADINGS, RULED_OUT, UPGRADED])
    assert found.rows("pathway_event", "pathway_id", "date", "event", "reason") == [
        (12, D("2025-06-02"), "referral_received", None),
        (12, D("2025-06-10"), "first_seen", None),
        (12, D("2025-06-25"), "told", "02"),
        (13, D("2025-05-01"), "referral_received", None),
        (13, D("2025-05-20"), "upgraded", None),
    ]
    assert found.failing == []


def test_why_a_pathway_was_left_out_and_what_the_cells_were_stay_with_it(read):
    left_out = RULED_OUT.replace("2025-06-25|02", "2025-06-25|03").removesuffix("||") + "01|BCC|"
    found = read(pathways=[HEADINGS, left_out])
    told = {
        row[0]: row[1:]
        for row in found.rows("pathway_event", "event", "reason", "exclusion_reason", "morphology")
    }
    assert told["told"] == ("03", "01", "BCC")
    assert told["referral_received"] == (None, None, "BCC")


def test_what_is_told_of_an_event_without_its_day_is_counted(read):
    undated = RULED_OUT.replace("2025-06-25|02", "|02")
    found = read(pathways=[HEADINGS, TREATED, undated])
    (told,) = found.failing
    assert (told.check, told.count) == ("Pathways that tell of an event without its day", 1)


def test_a_pathway_sent_again_takes_the_place_of_itself(read):
    again = RULED_OUT.replace("2025-06-25|02", "2025-06-30|02")
    found = read(**{"pathways_2025-05_2025-06": [HEADINGS, RULED_OUT],
                    "pathways_2025-07_2025-07": [HEADINGS, again]})  # fmt: skip
    told = [row for row in found.rows("pathway_event", "event", "date") if row[0] == "told"]
    assert told == [("told", D("2025-06-30"))]


EVENTS = "PathwayEventID|PathwayID|NHSNumber|EventType|EventDate|Provider|Detail"


def test_milestones_are_events_of_their_pathway_under_the_code_that_was_sent(read):
    found = read(
        pathways=[HEADINGS, TREATED],
        events=[
            EVENTS,
            f"1|11|{ANN}|TRI|2025-06-03|ZZT01|",
            f"2|11|{ANN}|TEST2|2025-06-14|ZZT01|Computed tomography reported",
            f"3|11|{ANN}|LUNCH|2025-06-14|ZZT01|",
        ],
    )
    columns = ("date", "event", "milestone", "provider", "detail", "person_id", "pathway_id")
    assert [row for row in found.rows("pathway_event", *columns) if row[2]] == [
        (D("2025-06-03"), "triaged", "TRI", "ZZT01", None, "Ann", 11),
        (D("2025-06-14"), "test", "TEST2", "ZZT01", "Computed tomography reported", "Ann", 11),
    ]
    (aside,) = found.failing
    assert aside.check.startswith("Rows set aside: EventType is not one of: REF, TRI, FSEEN")


def test_every_milestone_is_an_event_that_the_model_knows():
    assert set(MILESTONES.values()) <= set(PATHWAY_EVENTS)
