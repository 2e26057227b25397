"""The telephony list: read row by row, linked with records where there is no doubt, and what has none shown."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from support.advice_calls import answers, call_at, consultant, ends, follows, page

HEAD = "REFERENCE,STATUS,STARTED,ANSWERED,ENDED,CHANNEL\r\n"
NOW = datetime(2026, 4, 16, 22, tzinfo=UTC)


@pytest.fixture
def line(vault):
    return consultant()


def read(*rows, head=HEAD):
    from stewardship.frailty.line_list import read_list

    return read_list((head + "".join(f"{row}\r\n" for row in rows)).encode(), UTC, NOW)


def row(
    reference,
    status="answered",
    started="2026-04-16 09:13:40",
    answered="2026-04-16 09:14:22",
    ended="",
    channel="phone",
):
    return f"{reference},{status},{started},{answered},{ended},{channel}"


def sends(line, *rows, head=HEAD):
    """What the page says after a list was sent."""
    content = (head + "".join(f"{each}\r\n" for each in rows)).encode()
    file = SimpleUploadedFile("calls.csv", content, "text/csv")
    return page(line, follows(line.post("/advice/line/", {"list": file})))


def at(when):
    return timezone.localtime(when).strftime("%Y-%m-%d %H:%M:%S")


def near(reference, call, minutes=0):
    """A row of the list for a call that was answered so many minutes before its record was begun."""
    answered = call.answered_at - timedelta(minutes=minutes)
    return row(
        reference,
        started=at(answered - timedelta(seconds=42)),
        answered=at(answered),
        ended=at(call.ended_at),
    )


def test_a_row_is_read_with_its_wait_and_length():
    (one,) = read(row("A1", ended="2026-04-16T09:24:22+00:00")).calls
    assert (one.answered_at - one.started_at).total_seconds() == 42 and one.ended_at.minute == 24
    (missed,) = read(row("A2", status="Missed", answered="")).calls
    assert missed.status == "missed" and missed.answered_at is None


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (row(""), "REFERENCE is empty"), (row("A", status="lost"), "STATUS is none of"),
        (row("A", started=""), "STARTED is empty"), (row("A", answered=""), "ANSWERED is empty"),
        (row("A", answered="9 o'clock"), "ANSWERED is no time"), (row("A", channel="fax"), "CHANNEL is none of"),
        (row("A", answered="2026-04-16 09:10:00"), "not in this order"),
        (row("A", started="2027-04-16 09:10:00", answered="2027-04-16 09:10:01"), "not happened yet"),
        (row("A0"), "earlier row"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_is_set_aside_with_its_reason(wrong, said):
    found = read(row("A0"), wrong, row("A9"))
    assert [one.reference for one in found.calls] == ["A0", "A9"]
    ((number, why),) = found.rejected
    assert number == 3 and said in why


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"NAME,AGE\r\nx,1\r\n", HEAD.encode()])
def test_what_is_no_list_is_refused_whole(content):
    from stewardship.frailty.line_list import ListError, read_list

    with pytest.raises(ListError):
        read_list(content, UTC, NOW)


MINUTES = st.dictionaries(st.integers(1, 8), st.integers(0, 60), max_size=6)


@given(calls=MINUTES, records=MINUTES)
def test_only_what_can_belong_to_nothing_else_is_paired(calls, records):
    from stewardship.frailty.line_list import NEAR, paired

    calls = {key: NOW + timedelta(minutes=minute) for key, minute in calls.items()}
    records = {key: NOW + timedelta(minutes=minute) for key, minute in records.items()}
    found = paired(calls, records)
    assert len(set(found.values())) == len(found)
    for call, record in found.items():
        assert [one for one, when in records.items() if abs(when - calls[call]) <= NEAR] == [record]
        assert [one for one, when in calls.items() if abs(when - records[record]) <= NEAR] == [call]


def test_a_call_and_its_record_are_linked_by_their_time(line):
    made = call_at(ends(line, answers(line)))
    assert "1 linked with their records" in sends(line, near("A1", made, minutes=1))
    made.refresh_from_db()
    assert (made.line.reference, made.line_sure, made.line.waited) == ("A1", False, 42)
    words = page(line, f"/advice/calls/{made.pk}/")
    assert "A1, answered after 42 seconds" in words
    assert "Every answered call" in page(line, "/advice/line/")


def test_answered_calls_with_no_record_are_shown_until_linked_or_explained(line):
    made = [call_at(ends(line, answers(line))) for _ in range(2)]
    words = sends(line, near("A1", made[0]), near("A2", made[0]), row("M1", status="missed", answered=""))
    assert "2 answered calls have no record of advice" in words and "0 linked" in words
    assert "2 answered calls have no record" in page(line, "/advice/")
    from stewardship.frailty.models import LineCall

    first, second = (LineCall.objects.get(reference=each) for each in ("A1", "A2"))
    assert "Choose which record" in page(line, follows(line.post(f"/advice/line/{first.pk}/link/")))
    chosen = {"record": f"{made[1].pk}-{made[1].version}"}
    assert "is linked" in page(line, follows(line.post(f"/advice/line/{first.pk}/link/", chosen)))
    assert "already" in page(line, follows(line.post(f"/advice/line/{first.pk}/link/", chosen))).lower()
    assert "Say why" in page(
        line, follows(line.post(f"/advice/line/{second.pk}/no-record/", {"because": ""}))
    )
    line.post(f"/advice/line/{second.pk}/no-record/", {"because": "A test of the line"})
    assert "Every answered call has its record" in page(line, "/advice/line/")
    second.refresh_from_db()
    assert second.no_record_because == "A test of the line" and second.no_record_by is not None


def test_the_same_list_again_changes_nothing_and_a_later_one_brings_up_to_date(line):
    from stewardship.frailty.models import LineCall, LineLoad

    sends(line, row("A1", status="missed", answered=""))
    assert "0 new, 1 known before" in sends(line, row("A1", status="missed", answered=""))
    assert LineLoad.objects.count() == 1
    sends(line, row("A1", status="called back"))
    assert LineCall.objects.get().status == "called back"


def test_a_list_of_another_line_is_not_mixed_with_it(line):
    sends(line, row("A1"))
    other = consultant("other", "RZ9")
    assert "No list of calls was loaded yet" in page(other, "/advice/line/")
    from stewardship.frailty.models import LineCall

    one = LineCall.objects.get()
    words = page(other, follows(other.post(f"/advice/line/{one.pk}/no-record/", {"because": "not mine"})))
    assert "not on the list of your line" in words


def test_rows_that_were_set_aside_are_told_with_their_numbers(line):
    words = sends(line, row("A1"), row("A2", status="lost"))
    assert "Row 3: STATUS is none of" in words
    assert "There is a problem" in page(line, follows(line.post("/advice/line/")))


def test_the_template_has_the_columns_that_are_read(line):
    head = line.get("/advice/line/template.csv").content.decode()
    assert head == HEAD and read(row("A1"), head=head).calls


def test_the_line_s_own_figures_are_told(line):
    made = call_at(ends(line, answers(line)))
    soon = at(made.answered_at)
    words = sends(line, near("A1", made), row("M1", status="missed", started=soon, answered=""))
    assert "2 calls: 50% answered" in words and "100% of those answered have a whole record" in words
