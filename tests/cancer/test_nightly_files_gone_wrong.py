"""Nightly files of another day, another provider or another program, and what must not come of them."""

from datetime import timedelta

import pytest

from support.nightly_files import NOW, contents, event_row, everything, files, load, pathway_row, preview
from support.tracked import again, told

pytestmark = pytest.mark.usefixtures("vault")


def one_of(identifier):
    from stewardship.cancer.models import TrackedPathway

    return TrackedPathway.objects.get(identifier=identifier)


def test_files_of_an_earlier_night_that_come_again_take_nothing_back():
    from stewardship.cancer.nightly.errors import FileError

    monday, tuesday = (
        files([pathway_row(0)]),
        files([pathway_row(0, first_seen="2026-05-11"), pathway_row(1)]),
    )
    load(monday)
    load(tuesday, now=NOW + timedelta(days=1))
    before = everything()
    with pytest.raises(FileError, match="loaded on 1 June 2026, and what came after would be taken back"):
        load(monday, now=NOW + timedelta(days=2))
    assert everything() == before
    load(tuesday, now=NOW + timedelta(days=2))  # the hospital had nothing new to say
    assert everything() == before


@pytest.mark.parametrize("many", [11, 40])
def test_a_file_of_which_most_rows_cannot_be_read_is_not_taken_for_tonight_s(many):
    mangled = [pathway_row(place, received="01/05/2026") for place in range(many)]
    plan = preview(files([*mangled, pathway_row(50)]))
    assert len(plan.rejected) >= many and len(plan.new) == 1
    assert f"{many} of the {many + 1} rows of pathways.csv cannot be used" in plan.stops[0]


def test_events_of_which_most_cannot_be_read_are_not_taken_for_tonight_s():
    rows = [pathway_row(place) for place in range(12)]
    mangled = [event_row(place, "TRI", done="01/05/2026") for place in range(12)]
    assert "12 of the 12 rows of events.csv cannot be used" in preview(files(rows, mangled)).stops[0]


@pytest.mark.parametrize(("mark", "said"), [(";", "semicolons"), ("\t", "tabs"), ("|", "upright lines")])
def test_a_file_with_other_marks_between_its_fields_says_which(mark, said):
    from stewardship.cancer.nightly.errors import FileError
    from stewardship.cancer.nightly.loading import Files

    pathways, events = contents([pathway_row(0)])
    with pytest.raises(FileError, match=f"pathways.csv has {said} between its fields"):
        preview(Files("pathways.csv", pathways.replace(b",", mark.encode()), "events.csv", events))


@pytest.mark.parametrize("coding", ["utf-16", "cp1252"])
def test_a_file_in_another_encoding_is_refused_with_its_line(coding):
    from stewardship.cancer.nightly.errors import FileError
    from stewardship.cancer.nightly.loading import Files

    pathways, events = contents([pathway_row(0, given_name="Zoë")])
    with pytest.raises(FileError, match=r"pathways.csv is not UTF-8 in line \d"):
        preview(Files("pathways.csv", pathways.decode().encode(coding), "events.csv", events))


def test_a_pathway_that_another_provider_received_does_not_vanish_when_its_file_leaves_it_out():
    moved = pathway_row(0, referring_site="RZ101", receiving_site="RZ901", transfer_received="2026-05-20")
    load(files([moved, pathway_row(1)]))
    assert one_of("PW00000").provider == "RZ9"
    assert load(files([pathway_row(1)]), now=NOW + timedelta(days=1)).vanished == 0
    assert one_of("PW00000").vanished_at is None


def test_somebody_under_two_providers_has_a_pathway_with_each_and_is_one_person():
    from stewardship.vault.models import Identity

    theirs = pathway_row(0, issuer="RZ2", referral_type="08")
    load(files([pathway_row(0)]))
    load(files([theirs], [event_row(0, "REF", issuer="RZ2", done="2026-05-01")]))
    from stewardship.cancer.models import TrackedPathway

    both = TrackedPathway.objects.filter(identifier="PW00000").order_by("issuer")
    assert [(one.provider, one.vanished_at) for one in both] == [("RZ1", None), ("RZ2", None)]
    assert both[0].person_id == both[1].person_id and Identity.objects.count() == 1
    assert load(files([pathway_row(0)]), now=NOW + timedelta(days=1)).vanished == 0


def test_an_edit_made_while_the_files_were_looked_at_stands():
    """The preview was of the evening before; what was corrected since is neither lost nor taken back."""
    from stewardship.cancer.actions import correct_pathway

    load(files([pathway_row(0)]))
    tonight = files([pathway_row(0, first_seen="2026-05-12")])
    assert len(preview(tonight).changed) == 1
    one = one_of("PW00000")
    correct_pathway(
        **told(one, fields={"first_seen_on": one.received_on + timedelta(days=9)}, reason="the clinic")
    )
    load(tonight)
    one = again(one)
    assert str(one.first_seen_on) == "2026-05-10"
    assert [(each.ours, each.sent) for each in one.differences.all()] == [("2026-05-10", "2026-05-12")]
