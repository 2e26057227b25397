"""Every rule on worked cases, boundaries among them, through the rows that the command reads."""

import csv
from pathlib import Path

import pytest

from stewardship.rules.cancer.codes import MODALITIES, TREATMENT_EVENTS
from stewardship.rules.cancer.judge import judge
from stewardship.rules.cancer.table import case_of, conclusions
from support.cancer_worked import Worked, cancer, later
from support.cancer_worked_treated import GROUPS

EXAMPLES = Path(__file__).parents[4] / "shared" / "domain" / "cwt_examples.csv"
CASES = [case for cases in GROUPS.values() for case in cases]


def concluded(row: dict[str, str]) -> dict[str, str]:
    case_id, pathway, as_of = case_of(row)
    return conclusions(case_id, judge(pathway, as_of=as_of))


def in_short(found: dict[str, str]) -> Worked:
    """The conclusions as a worked case writes them."""
    shares = found["alloc_method"]
    if found["inv_den"]:
        investigating, treating = (f"{found[p + '_den']}/{found[p + '_breach']}" for p in ("inv", "treat"))
        shares = f"{shares} {found['scenario'] or '-'} {investigating} {treating}"
    return Worked(
        found["case_id"],
        "",
        {},
        *(f"{found[clock + '_days']} {found[clock + '_result']}".strip() for clock in ("fds", "d31", "d62")),
        shares,
        f"{found['open_days']} {found['backlog_band']} {found['in_headline_backlog']}".strip(),
        f"{found['adj_first_seen_days']} {found['adj_treatment_days']}",
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_a_worked_case_is_judged_as_the_rules_say(case):
    expected = Worked(
        case.title, "", {}, case.fds, case.d31, case.d62, case.shares, case.waiting, case.adjusted
    )
    assert in_short(concluded(case.row())) == expected


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_every_conclusion_says_why_and_names_its_rule(case):
    _, pathway, as_of = case_of(case.row())
    found = judge(pathway, as_of=as_of)
    clocks = (found.faster_diagnosis, found.decision_to_treatment, found.referral_to_treatment)
    for conclusion in (*clocks, found.allocation, *filter(None, [found.waiting])):
        assert conclusion.why
        assert all(why.rule in {f"R{n}" for n in range(1, 12)} and why.words for why in conclusion.why)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_the_62_days_start_on_receipt_or_upgrade_and_stand_where_they_run_or_ran(case):
    row = case.row()
    start = row["upgrade_date"] if row["route"] == "UPGRADE" else row["referral_received"]
    runs_or_ran = case.d62.endswith(("MET", "BREACH", "OPEN"))
    assert concluded(row)["d62_start"] == (start if runs_or_ran else "")


FIRST = ("01", "07", "12")
PALLIATIVE_OR_MONITORED = ("07", "08", "09")


@pytest.mark.parametrize("event", TREATMENT_EVENTS)
@pytest.mark.parametrize("modality", MODALITIES)
def test_which_treatments_have_31_and_62_days(event, modality):
    """R6 and R7, for every kind of treatment: on day 63 of an urgent referral, and on day 32 with no route."""
    row = cancer("2025-03-03", "2025-03-27", "2025-04-07", "2025-05-05")
    kind = {"treatment_event_type": event, "treatment_modality": modality}
    urgent = concluded(Worked("urgent", "", row | kind).row())
    no_route = concluded(Worked("none", "", later("2025-08-04", "2025-09-05") | kind).row())
    if modality == "98":
        days_31, days_62 = "EXCLUDED", "EXCLUDED"
    elif event in FIRST:
        days_31, days_62 = "counted", "BREACH"
    else:
        days_31 = "EXCLUDED" if modality in PALLIATIVE_OR_MONITORED else "counted"
        days_62 = "NOT_APPLICABLE"
    assert urgent["d31_result"] == days_31.replace("counted", "MET")
    assert no_route["d31_result"] == days_31.replace("counted", "BREACH")
    assert (urgent["d62_result"], no_route["d62_result"]) == (days_62, "NOT_APPLICABLE")
    assert urgent["alloc_method"] == ("SOLO" if days_62 == "BREACH" else "NOT_APPLICABLE")


def test_no_two_cases_have_one_name():
    assert len({case.title for case in CASES}) == len(CASES)


@pytest.mark.skipif(not EXAMPLES.exists(), reason="the examples lie beside the project, and are not of it")
def test_the_ten_examples_come_out_as_they_are_written():
    with EXAMPLES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 10
    for row in rows:
        expected = {
            name.removeprefix("exp_"): value for name, value in row.items() if name.startswith("exp_")
        }
        assert concluded(row) == {"case_id": row["case_id"]} | expected
