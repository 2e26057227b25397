"""The nightly files on the page: sent, looked at, loaded; and somebody put on the list by hand."""

from datetime import timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from stewardship.site.roles import CancerTracker, MdtCoordinator, SystemCancerManager
from support.nightly_files import event_row, files, pathway_row
from support.people import number
from support.site import client, member, sign_in_as
from support.tracked import PROVIDER

NIGHTLY = "/cancer/nightly/"


@pytest.fixture(autouse=True)
def nothing_waits():
    """No files wait that another test sent."""
    for path in waiting():
        path.unlink()


def as_(role, provider=PROVIDER):
    browser = client()
    sign_in_as(browser, member(role, username=f"a-{role.key}-{provider.lower()}", organisation=provider))
    return browser


def page(browser, address):
    answer = browser.get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def rows(many, **changed):
    """Rows of people referred three weeks ago."""
    today = timezone.localdate()
    received = (today - timedelta(days=21)).isoformat()
    return [pathway_row(place, received=received, **changed) for place in range(many)]


def send(browser, sent, **more):
    """Send a pair of files; where that leads."""
    upload = {
        "pathways": SimpleUploadedFile("night.csv", sent.pathways, "text/csv"),
        "events": SimpleUploadedFile("events.csv", sent.events, "text/csv"),
        **more,
    }
    answer = browser.post(NIGHTLY, {name: file for name, file in upload.items() if file})
    assert answer.status_code == 302
    return answer.headers["Location"]


def pair(many, **changed):
    return files(rows(many, **changed), [event_row(0, "TRI", done=timezone.localdate().isoformat())])


def open_pathways():
    from stewardship.cancer.models import TrackedPathway

    return TrackedPathway.objects.open().count()


def waiting():
    from django.conf import settings

    return list((settings.WORKSPACE.folder / "files-to-load").glob("*"))


def test_what_the_files_would_do_is_shown_first_and_only_then_done(vault):
    browser = as_(CancerTracker)
    where = send(browser, pair(3))
    words = page(browser, where)
    assert "Nothing is changed yet" in words and "come onto the list" in words and open_pathways() == 0
    assert browser.post(f"{where}load/").headers["Location"] == f"{NIGHTLY}?done=loaded"
    assert open_pathways() == 3 and "3 new, 0 changed" in page(browser, NIGHTLY)
    assert "O'BRIEN" in page(browser, "/cancer/")


def test_the_files_wait_sealed_are_their_sender_s_alone_and_are_gone_once_loaded(vault):
    browser = as_(CancerTracker)
    where = send(browser, pair(2))
    (kept,) = waiting()
    assert b"Brien" not in kept.read_bytes() and kept.stat().st_mode & 0o077 == 0
    other = as_(CancerTracker, "RZ9")
    assert other.get(where).status_code == 302 and other.post(f"{where}load/").status_code == 302
    assert open_pathways() == 0
    browser.post(f"{where}load/")
    assert waiting() == []


def test_files_that_waited_for_longer_than_an_hour_have_to_be_sent_again(vault):
    import os
    import time

    browser = as_(CancerTracker)
    where = send(browser, pair(1))
    os.utime(waiting()[0], (time.time() - 3700,) * 2)
    assert "Send them again" in page(browser, browser.get(where).headers["Location"])
    assert waiting() == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"referral_type": "77"}, "unknown code"),
        ({"first_seen": "2026-01-01"}, "before"),
        ({"nhs_number": "9990000000"}, "NHS"),
    ],
)
def test_a_row_that_cannot_be_is_set_aside_with_its_row_and_reason_and_nobody_s_name(vault, changed, said):
    browser = as_(CancerTracker)
    bad = pathway_row(1, received=rows(1)[0]["received"], **changed)
    words = page(browser, send(browser, files([rows(1)[0], bad])))
    table = words.split("Rows that are set aside, with reasons")[1].split("</table>")[0]
    assert 'data-label="Row"' in table and said.lower() in table.lower()
    assert "Núñez" not in words and bad["nhs_number"] not in words


def test_half_a_file_and_a_missing_one_are_said_at_their_field(vault):
    browser = as_(CancerTracker)
    sent = pair(2)
    cut = SimpleUploadedFile("night.csv", sent.pathways[:-20], "text/csv")
    for more in ({"pathways": cut}, {"events": None}):
        words = page(browser, send(browser, sent, **more))
        assert "There is a problem" in words and "nhsuk-error-message" in words
    assert open_pathways() == 0 and waiting() == []


def test_a_file_that_would_lose_most_of_the_list_is_loaded_only_by_somebody_who_says_how_many(vault):
    browser = as_(CancerTracker)
    browser.post(f"{send(browser, pair(30))}load/")
    where = send(browser, pair(5))
    words = page(browser, where)
    assert "There is a problem" in words and "If so many are really missing" in words
    assert "problem" in page(browser, browser.post(f"{where}load/").headers["Location"])
    assert browser.post(f"{where}load/", {"vanished": "25"}).headers["Location"] == f"{NIGHTLY}?done=loaded"
    listed = page(browser, "/cancer/?worklist=vanished")
    assert "25 people" in listed and "Vanished from the file" in listed


def test_nobody_loads_pathways_of_another_provider(vault):
    browser = as_(CancerTracker)
    where = send(browser, pair(2, issuer="RZ9"))
    assert "you load those of RZ1" in page(browser, where)
    browser.post(f"{where}load/")
    assert open_pathways() == 0


def test_templates_have_the_headings_that_are_read_and_the_page_explains_them(vault):
    browser = as_(CancerTracker)
    head = browser.get(reverse("cancer-nightly-template", args=["pathways"])).content.decode()
    assert head.startswith("PATIENT PATHWAY IDENTIFIER") or "PATHWAY" in head.split(",")[0]
    assert all(heading.strip('"') in page(browser, NIGHTLY) for heading in head.strip().split(",")[:5])
    assert browser.get("/cancer/nightly/template/letters.csv").status_code == 404


@pytest.mark.parametrize("role", [MdtCoordinator, SystemCancerManager])
def test_who_does_not_load_files_is_refused(vault, role):
    browser = as_(role)
    assert browser.get(NIGHTLY).status_code == 403 and browser.get("/cancer/add/").status_code == 403
    assert "Load the nightly files" not in page(browser, "/cancer/")


SOMEBODY = {
    "nhs_number": number(4000), "family_name": "Handwritten", "given_names": "Ada", "birth_date": "3 4 1950",
    "sex": "2", "practice": "P81001", "route": "urgent", "referral_type": "07", "on": "2 11 2026",
    "reason": "Referred on paper",
}  # fmt: skip


def add(browser, **changed):
    answer = browser.post("/cancer/add/", SOMEBODY | changed)
    assert answer.status_code == 302
    return answer.headers["Location"]


def test_somebody_added_by_hand_is_on_the_list_and_need_not_be_in_the_files(vault):
    browser = as_(CancerTracker)
    assert "HANDWRITTEN, Ada" in page(browser, add(browser))
    browser.post(f"{send(browser, pair(1))}load/")
    words = page(browser, "/cancer/")
    assert (
        "HANDWRITTEN, Ada" in words and "Vanished from the file" not in words and "Referred on paper" in words
    )


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"nhs_number": "999 000 0000"}, "number"),
        ({"birth_date": "31 2 1950"}, "such as 21 4 2026"),
        ({"reason": ""}, "Say why this is done by hand"),
        ({"on": "1 1 2094"}, "There is a problem"),
    ],
)
def test_what_is_wrong_with_somebody_added_by_hand_is_said_and_what_was_typed_is_kept(vault, changed, said):
    browser = as_(CancerTracker)
    words = page(browser, add(browser, **changed))
    assert said in words and "Handwritten" in words and open_pathways() == 0


def test_the_same_person_is_not_put_on_the_same_list_twice(vault):
    browser = as_(CancerTracker)
    add(browser)
    assert "has an open pathway" in page(browser, add(browser)) and open_pathways() == 1


def test_a_large_file_lies_nowhere_in_the_open_while_it_is_sent_and_is_refused_in_words(
    vault, tmp_path, monkeypatch
):
    """Ten megabytes are spooled to the disk under no name; what is larger than the limit is told at its field."""
    from django.core.files import uploadhandler

    from stewardship.cancer import views_nightly
    from stewardship.cancer.nightly.loading import Files
    from stewardship.site.uploads import NamelessFileUploadHandler

    left = []
    complete = NamelessFileUploadHandler.file_complete

    def looked_at(self, size):
        left.extend(each.name for each in tmp_path.iterdir())
        return complete(self, size)

    monkeypatch.setattr(NamelessFileUploadHandler, "file_complete", looked_at)
    monkeypatch.setattr(views_nightly, "LARGEST", 9_000_000)
    monkeypatch.setattr(uploadhandler.settings, "FILE_UPLOAD_TEMP_DIR", str(tmp_path))
    large = b"FAMILY NAME\r\n" + b"Placeholder\r\n" * 800_000
    browser = as_(CancerTracker)
    where = send(browser, Files("night.csv", large, "events.csv", b"x\r\n"))
    assert left == [] and list(tmp_path.iterdir()) == []
    assert "larger than 9 MB" in page(browser, where)
