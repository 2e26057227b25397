"""Whatever is not stated is refused, in one plain sentence that says who can mend it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from stewardship.records.decisions import USES
from stewardship.records.gate import GateError, open_records, permit, use_named
from stewardship.records.manifest import SourceEntry, write_manifest
from support.gate_matrix import opt_outs
from support.small_records import TODAY, anybody

FRESH = opt_outs({})
BASIS = "section 251 approval 21/CAG/0001"


def asked(use="planning-results", **given):
    """A request that the gate grants, but for what is given."""
    sound = {"row": 5, "basis": BASIS, "opt_outs": FRESH, "today": TODAY}
    return permit(USES[use], **{**sound, **given})


def refusal(use="planning-results", **given):
    with pytest.raises(GateError) as error:
        asked(use, **given)
    words, _, said = str(error.value).partition(f" ({use}): ")
    assert words == USES[use].words
    return said


def test_a_sound_request_is_granted():
    assert asked().basis == BASIS


@pytest.mark.parametrize("row, said", [
    (None, "it names no row of the decision table. Name the row that it was ruled to be."),
    (0, "the decision table has no row 0. Its rows are 1 to 12."),
    (13, "the decision table has no row 13. Its rows are 1 to 12."),
    (1, "it cannot be row 1 (A trust tracks its own cancer patients). It can be row 5 or 6 or 12."),
])  # fmt: skip
def test_a_use_names_a_row_that_it_can_be(row, said):
    assert refusal(row=row) == said


@pytest.mark.parametrize("basis", ["", "  \n"])
def test_a_use_states_its_lawful_basis(basis):
    assert refusal(basis=basis) == "its lawful basis is not stated. Say in `basis` what it rests on."


def test_published_figures_open_nothing():
    said = "it sees no records: it shows what another use has counted. Name that use and its row."
    assert refusal("published-aggregate", row=8) == said


@pytest.mark.parametrize("use, row, question", [
    ("case-finding", 4, "Is this case finding individual care?"),
    ("first-5000-scoring", 10, "Is this scoring individual care?"),
    ("service-evaluation", 11, "Does the care team evaluate its own service, on its own patients only?"),
    ("board-evaluation", 12, "Are the linked data anonymised to the ICO's code?"),
])  # fmt: skip
@pytest.mark.parametrize("ruled", ["", "perhaps"])
def test_what_a_row_leaves_to_a_ruling_is_stated(use, row, question, ruled):
    assert refusal(use, row=row, national_opt_out=ruled) == (
        f'row {row} asks for a ruling: "{question}" State whether the national opt-out "applies" or '
        '"does not apply" in `national_opt_out`.'
    )


@pytest.mark.parametrize("ruled", ["applies", "does not apply"])
def test_what_a_row_decides_cannot_be_ruled_otherwise(ruled):
    said = "row 5 leaves no ruling on the national opt-out: the answer is yes. Leave `national_opt_out` out."
    assert refusal(national_opt_out=ruled) == said


@pytest.mark.parametrize("row, ruled", [(6, ""), (12, "does not apply")])
@pytest.mark.parametrize("stated", ["", " "])
def test_whatever_rests_on_anonymised_data_states_the_basis(row, ruled, stated):
    said = f"row {row} rests on data that are anonymised. State on what basis they are, in `anonymised`."
    assert refusal(row=row, national_opt_out=ruled, anonymised=stated) == said
    assert asked(row=row, national_opt_out=ruled, anonymised="k-anonymity of 5, reviewed") is not None


NEEDS_NO_LIST = [("cancer-tracking", 1), ("practice-list", 2), ("frailty-register", 3)]
NEEDS_A_LIST = [("risk-scoring", 5, ""), ("case-finding", 4, "does not apply"), ("national-return", 7, ""),
                ("first-5000-scoring", 10, "does not apply"), ("service-evaluation", 11, "does not apply"),
                ("board-evaluation", 12, "does not apply")]  # fmt: skip


@pytest.mark.parametrize("use, row, ruled", NEEDS_A_LIST)
def test_without_a_list_of_opt_outs_nothing_opens(use, row, ruled):
    said = refusal(use, row=row, national_opt_out=ruled, anonymised="in words", opt_outs=None)
    assert said == "there is no list of opt-outs. Give its file in `opt_outs`, even if nobody has opted out."


@pytest.mark.parametrize("use, row", NEEDS_NO_LIST)
def test_direct_care_waits_for_no_list(use, row):
    old = opt_outs({1: "national"}, as_of=date(2020, 1, 1))
    assert [asked(use, row=row, opt_outs=given).opt_outs for given in (None, old)] == [None, None]


def test_data_anonymised_before_they_came_need_no_list_and_obey_one():
    assert asked(row=6, anonymised="in words", opt_outs=None).opt_outs is None
    assert asked(row=6, anonymised="in words").opt_outs is FRESH
    assert "5 January" in refusal(row=6, anonymised="in words", opt_outs=opt_outs({}, as_of=date(2026, 1, 5)))


@pytest.mark.parametrize("age, said", [
    (-1, "the list of opt-outs is dated 2 July 2026, which is in the future. Correct its date."),
    (22, "the list of opt-outs is of 9 June 2026, 22 days old, and 21 are allowed. Fetch a new one."),
])  # fmt: skip
def test_a_list_is_neither_old_nor_of_tomorrow(age, said):
    listed = opt_outs({}, as_of=TODAY - timedelta(days=age))
    assert refusal(opt_outs=listed) == said


@pytest.mark.parametrize("age", [0, 1, 21])
def test_a_list_of_today_or_of_the_days_allowed_is_applied(age):
    listed = opt_outs({}, as_of=TODAY - timedelta(days=age))
    assert asked(opt_outs=listed).opt_outs is listed


def test_no_setting_makes_a_list_last_longer_than_opt_outs_may_wait():
    lax = replace(opt_outs({}), oldest_days=22)
    said = "opt-outs are to be applied within 21 days, and the age allowed is 22 days. Lower `oldest_days`."
    assert refusal(opt_outs=lax) == said


@pytest.mark.parametrize(
    "use, row, consented", [("research-with-consent", 9, None), ("planning-results", 5, [1])]
)
def test_consent_goes_with_research_with_consent_and_with_nothing_else(use, row, consented):
    said = "row 9, and no other, sees those who consented: give the list of them for that row only."
    assert refusal(use, row=row, consented=consented) == said


def test_a_use_that_nobody_knows_is_refused():
    with pytest.raises(
        GateError, match='There is no use called "marketing"\\. The uses are: planning-results, '
    ):
        use_named("marketing")
    assert use_named("risk-scoring") is USES["risk-scoring"]


def test_a_source_of_a_kind_that_nobody_ruled_on_opens_nothing(tmp_path, engine):
    write_manifest(tmp_path, [SourceEntry("pharmacies", "pharmacy", "x", frozenset(), TODAY)])
    with pytest.raises(GateError) as error:
        open_records(tmp_path, engine, anybody())
    assert str(error.value) == (
        "Nobody has ruled on sources of this kind: pharmacies (pharmacy). Their kind must be one of: "
        "general practice, hospital, community, mental health, social care, urgent care, cancer, deaths, linked."
    )
