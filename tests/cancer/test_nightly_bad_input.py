"""Whatever is sent in place of a good file: it is refused whole, or its wrong rows are set aside with their reasons.

Nothing that is said of it holds anything of a person.
"""

import re

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as drawn
from hypothesis import strategies as st

from support.nightly_files import TODAY, event_row, everything, files, load, pathway_row, preview, settings

pytestmark = pytest.mark.usefixtures("vault")

TREATED = {"decided": "2026-05-10", "started": "2026-05-20", "event_type": "01", "modality": "23"}


def of_pathways(content):
    """A pair in which the file of pathways is these bytes."""
    from dataclasses import replace

    return replace(files([pathway_row(0)]), pathways=content)


def good():
    return files([pathway_row(0)]).pathways


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"received": "2026-05-01", "first_seen": "2026-04-30"}, "DATE FIRST SEEN: .*before the referral was received"),
        ({"faster_diagnosis_end": "2026-04-30", "faster_diagnosis_end_reason": "02"}, "END DATE: .*before the"),
        ({"dna": "2026-05-12", "rebooked": "2026-05-08"}, "REBOOKED DATE: .*before the first appointment was missed"),
        ({"decided": "2026-04-10"}, "PERIOD START DATE: .*before the referral was received"),
        (TREATED | {"started": "2026-06-20"}, "TREATMENT START DATE .*not come yet"),
        (TREATED | {"pause_days": "40", "pause_reason": "8"}, "(?i)pause|ADJUSTMENT"),
        (TREATED | {"pause_days": "3"}, "A pause needs its reason"),
        ({"first_seen": "2026-05-05", "first_seen_adjustment": "9", "first_seen_adjustment_reason": "3"}, "FIRST SEEN"),
        ({"decision_to_refer": "2026-05-20"}, "came after the referral was received"),
        ({"received": ""}, "needs the day its referral was received"),
        ({"birth_date": "2026-05-20"}, "BIRTH DATE: .*after the referral was received"),
        ({"transfer_received": "2026-04-02", "referring_site": "RZ101", "receiving_site": "RZ909"}, "TRANSFER"),
    ],
)  # fmt: skip
def test_an_impossible_order_of_dates_is_set_aside(change, says):
    told = [f"{each.column}: {each.reason}" for each in preview(files([pathway_row(0, **change)])).rejected]
    assert any(re.search(says, each) for each in told), told


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"referral_type": "99"}, "REFERRAL TYPE"),
        ({"priority_type": "7"}, "PRIORITY TYPE CODE"),
        ({"patient_status": "55"}, "PATIENT STATUS"),
        (TREATED | {"modality": "77"}, "MODALITY"),
        (TREATED | {"event_type": "13"}, "EVENT TYPE"),
        ({"faster_diagnosis_end_reason": "09"}, "END REASON"),
        ({"diagnosis": "cancer"}, "PRIMARY DIAGNOSIS"),
        ({"told_delay": "44"}, "DELAY REASON"),
        ({"told_delay": "98"}, "COMMENT"),
        ({"told_delay": "03", "dna": "2026-05-06", "rebooked": "2026-05-08"}, "DELAY REASON"),
        ({"first_seen_site": "The Harbour Hospital"}, "PROVIDER FIRST SEEN"),
        ({"first_seen": "12/05/2026"}, "DATE FIRST SEEN"),
        ({"first_seen": "2026-02-30"}, "DATE FIRST SEEN"),
        ({"pause_days": "-3"}, "ADJUSTMENT"),
        ({"nhs_number": "9990000019"}, "NHS NUMBER"),
        ({"nhs_number": "999000001"}, "NHS NUMBER"),
        ({"family_name": ""}, "FAMILY NAME"),
        ({"birth_date": ""}, "BIRTH DATE"),
        ({"pathway_identifier": ""}, "PATHWAY IDENTIFIER"),
        ({"issuer": ""}, "ISSUER"),
    ],
)
def test_an_unknown_code_or_a_field_that_is_none_is_set_aside_with_its_column(change, column):
    plan = preview(files([pathway_row(0, **change), pathway_row(1)]))
    assert {each.row for each in plan.rejected if each.file == "pathways.csv"} == {2}
    assert any(column in each.column for each in plan.rejected)
    assert [each.pathway.identifier for each in plan.new] == ["PW00001"]


def test_a_nought_that_a_spreadsheet_took_away_is_put_back():
    (night,) = preview(files([pathway_row(0, referral_type="7", source_of_referral="3")])).new
    assert (night.pathway.referral_type, night.pathway.source_of_referral) == ("07", "03")


@pytest.mark.parametrize(
    "second", [pathway_row(0), pathway_row(0, first_seen="2026-05-09"), pathway_row(0, **TREATED)]
)
def test_a_pathway_twice_is_set_aside_both_times(second):
    plan = preview(files([pathway_row(0), second, pathway_row(1)]))
    aside = [each for each in plan.rejected if each.file == "pathways.csv"]
    assert [each.row for each in aside] == [2, 3]
    assert "rows 2, 3" in aside[0].reason
    assert [each.pathway.identifier for each in plan.new] == ["PW00001"]


@pytest.mark.parametrize(
    ("event", "says"),
    [
        ({"milestone": "FSEEN", "done": "2026-06-02"}, "marked as done on a day that has not come yet"),
        (
            {"milestone": "TEST1", "reported": "2026-06-02"},
            "marked as reported on a day that has not come yet",
        ),
        ({"milestone": "TEST1", "requested": "2026-05-09", "done": "2026-05-08"}, "before it was requested"),
        ({"milestone": "BX", "done": "2026-05-09", "reported": "2026-05-08"}, "reported before it was done"),
        ({"milestone": "MDT", "done": "2026-04-08"}, "before the referral was received"),
        ({"milestone": "XYZ", "done": "2026-05-08"}, "unknown milestone"),
        ({"milestone": "TEST1", "test": "telepathy"}, "unknown code"),
        ({"milestone": "FSEEN", "done": "yesterday"}, "not a day"),
    ],
)
def test_an_event_that_cannot_be_is_set_aside(event, says):
    plan = preview(files([pathway_row(0)], [event_row(0, **event), event_row(0, "REF", done="2026-05-01")]))
    (aside,) = plan.rejected
    assert (aside.file, aside.row) == ("events.csv", 2) and says in aside.reason
    assert [each.code for each in plan.new[0].merged.new] == ["REF"]


def test_a_booked_day_may_lie_ahead():
    assert not preview(files([pathway_row(0)], [event_row(0, booked="2026-06-09")])).rejected


def test_events_of_no_pathway_and_milestones_twice_are_set_aside():
    sent = [event_row(7, done="2026-05-08"), event_row(0, done="2026-05-08"), event_row(0, done="2026-05-09")]
    plan = preview(files([pathway_row(0)], sent))
    assert [(each.row, each.reason) for each in plan.rejected] == [
        (2, "its pathway is not in the file of pathways"),
        (3, "the milestone came twice, in rows 3, 4"),
        (4, "the milestone came twice, in rows 3, 4"),
    ]


def test_an_event_that_is_set_aside_takes_nothing_away():
    load(files([pathway_row(0)], [event_row(0, done="2026-05-08")]))
    plan = preview(files([pathway_row(0)], [event_row(0, done="2026-06-08")]))
    assert (plan.unchanged, len(plan.rejected)) == (1, 1)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (lambda: good()[:-9], "ends in the middle of a line"),
        (lambda: good().replace(b"\r\n", b"", 1), "lacks the column"),
        (lambda: good() + b'"open quotation mark\n', "was it cut off"),
        (lambda: b"", "is empty"),
        (lambda: good().splitlines()[0] + b"\n", "has no rows"),
        (lambda: good().decode().encode("utf-16"), "is not UTF-8"),
        (lambda: good().decode().replace("O'Brien", "Müller").encode("latin-1"), "is not UTF-8 in line 2"),
        (lambda: b"PK\x03\x04\x00\x00\n", "holds bytes that no text has"),
        (lambda: good().replace(b"FAMILY NAME", b"NHS NUMBER"), "has the column NHS NUMBER twice"),
        (lambda: good() + b"END,7\r\n", "its line END gives another number"),
        (lambda: good() + b"END,1\r\n" + good().splitlines()[1] + b"\r\n", "goes on after its line END"),
    ],
)
def test_a_file_that_is_not_whole_is_refused_and_nothing_of_it_is_loaded(content, says):
    from stewardship.cancer.nightly.errors import FileError

    with pytest.raises(FileError, match=says) as error:
        load(of_pathways(content()))
    assert "pathways.csv" in str(error.value)
    assert everything()["TrackedPathway"] == []


def test_where_every_file_has_to_have_its_end_line_one_cut_off_between_two_lines_is_noticed():
    from dataclasses import replace

    from stewardship.cancer.nightly.errors import FileError

    sent = files([pathway_row(0), pathway_row(1)])
    whole = replace(sent, pathways=sent.pathways + b"END,2\r\n", events=sent.events + b"END,1\r\n")
    assert len(preview(whole, end_line=True).new) == 2
    with pytest.raises(FileError, match="has no line END"):
        preview(sent, end_line=True)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(monkeypatch):
    from stewardship.cancer.nightly import errors, reading

    monkeypatch.setattr(reading, "MOST_BYTES", 100)
    with pytest.raises(errors.FileError, match="is larger than"):
        load(files([pathway_row(0)]))


def test_too_many_rows_are_refused(monkeypatch):
    from stewardship.cancer.nightly import errors, reading

    monkeypatch.setattr(reading, "MOST_ROWS", 3)
    with pytest.raises(errors.FileError, match="more than 3 rows"):
        load(files([pathway_row(place) for place in range(4)]))


def test_a_row_with_a_field_too_many_is_set_aside_and_the_others_are_loaded():
    lines = files([pathway_row(0), pathway_row(1)]).pathways.splitlines()
    plan = preview(of_pathways(b"\r\n".join([lines[0], lines[1] + b",x", lines[2]]) + b"\r\n"))
    assert [(each.row, each.reason) for each in plan.rejected if each.file == "pathways.csv"] == [
        (2, "the row has more or fewer fields than the head")
    ]
    assert len(plan.new) == 1


def test_own_headings_and_days_are_read_by_the_settings():
    from dataclasses import replace

    sent = files(
        [pathway_row(0, received="01/05/2026", birth_date="03/02/1950")], [event_row(0, done="01/05/2026")]
    )
    own = replace(sent, pathways=sent.pathways.replace(b"NHS NUMBER", b"NHSNo"))
    plan = preview(own, pathways={"nhs_number": "NHSNo"}, days="day/month/year")
    assert (len(plan.new), plan.rejected) == (1, [])


def test_nothing_that_is_said_of_a_row_holds_anything_of_a_person():
    """Each field of a row, put into each other column: a file whose columns are shifted."""
    row = pathway_row(0, address="17 Verysingular Passage", postcode="ZZ99 1ZZ")
    private = {
        row[key] for key in ("nhs_number", "family_name", "birth_date", "contact", "address", "postcode")
    }
    for value in private:
        for column in row:
            told = repr(preview(files([row | {column: value}])).rejected)
            assert not any(each in told for each in private), (column, told)


ROWS = st.fixed_dictionaries(
    {},
    optional={
        name: st.one_of(st.text(max_size=12), st.dates().map(str), st.sampled_from(["", "01", "3", "98"]))
        for name in pathway_row(0)
    },
)


@drawn(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ROWS, min_size=1, max_size=4))
def test_every_row_is_either_planned_or_set_aside_with_a_reason(changes):
    rows = [pathway_row(place, **{name: text.replace("\0", "") for name, text in change.items()})
            for place, change in enumerate(changes)]  # fmt: skip
    from stewardship.cancer.nightly.errors import FileError

    try:
        plan = preview(files(rows))
    except FileError:
        return
    planned = {each.merged.sent.row for each in plan.nights}
    aside = {each.row for each in plan.rejected if each.file == "pathways.csv"}
    assert not planned & aside
    assert all(each.reason for each in plan.rejected)
    assert planned | aside == set(range(2, len(rows) + 2))


@drawn(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300))
def test_any_bytes_are_refused_in_words(content):
    from stewardship.cancer.nightly.errors import FileError

    with pytest.raises(FileError, match=r"pathways\.csv"):
        preview(of_pathways(content))


def test_the_templates_can_be_filled_and_loaded():
    from stewardship.cancer.nightly.columns import EVENTS, PATHWAYS
    from stewardship.cancer.nightly.reading import read_events, read_pathways, template

    for columns, read in ((PATHWAYS, read_pathways), (EVENTS, read_events)):
        head = template(columns)
        assert (
            read("t.csv", (head + "," * (len(columns) - 1) + "\r\n").encode(), settings()).columns == columns
        )


def test_a_preview_is_of_the_day_that_it_is_asked_for():
    sent = files([pathway_row(0)], [event_row(0, done=TODAY.isoformat())])
    assert not preview(sent).rejected
