"""A curious member of another provider: every address and action of the list, with ids of somebody else’s people."""

import pytest
from django.urls import reverse
from django.utils import timezone

from stewardship.site.roles import CancerManager, CancerTracker, MdtCoordinator
from support.people import events
from support.site import client, member, sign_in_as
from support.tracked import PROVIDER
from support.tracked_people import PEOPLE, tracked_people

OTHER = "RZ7"


@pytest.fixture
def people(vault):
    now = timezone.now()
    return tracked_people(timezone.localdate(now), now)


def as_(role, provider, name="curious"):
    browser = client()
    sign_in_as(browser, member(role, username=name, organisation=provider))
    return browser


def addresses(pk, letter_id, difference_id):
    """Every address about one pathway, and whether it is sent to."""
    from stewardship.cancer.acts import LEAVING, TRACKING

    yield reverse("cancer-pathway", args=[pk]), False
    for name, acts in (("cancer-act", TRACKING), ("cancer-leave", LEAVING)):
        for what in acts:
            yield reverse(name, args=[pk, what]), False
            yield reverse(name, args=[pk, what]), True
            yield reverse("cancer-conflict", args=[pk, what]), False
    for to in ("patient", "practice"):
        yield reverse("cancer-letter", args=[pk, to]), False
        yield reverse("cancer-letter-sent", args=[pk, to]), True
    yield reverse("cancer-difference", args=[pk, difference_id]), True


def ruled_out(pk):
    """With letters that could be fetched, and a difference that could be settled."""
    from stewardship.cancer.actions import rule_out
    from stewardship.cancer.models import Difference, Letter, TrackedPathway
    from support.tracked import tracker

    one, now = TrackedPathway.objects.get(pk=pk), timezone.now()
    rule_out(
        pathway_id=pk, told_on=timezone.localdate(now), told_how="phone", told_whom="patient", by=tracker(),
        seen_version=one.version, now=now,
    )  # fmt: skip
    made = Difference.objects.create(pathway=one, record="pathway", field="first_seen_on", found_at=now)
    return Letter.objects.filter(removal__pathway=one).first().pk, made.pk


def everything_typed(version):
    """One body that every form could take as its own."""
    return {
        "version": version, "text": "hello", "kind": "tracking", "verb": "chase", "owner_group": "tracker",
        "due_on": "1 1 2027", "told_on": "2 11 2026", "told_how": "phone", "told_whom": "patient", "reason": "died",
        "on": "2 11 2026", "wanted": "yes", "level": "5", "to": "me", "code": "MDT", "done_on": "2 11 2026",
        "take": "yes", "referring_site": "RZ701", "receiving_site": "RZ101", "requested_on": "2 11 2026",
    }  # fmt: skip


@pytest.mark.parametrize("role", [CancerTracker, CancerManager, MdtCoordinator])
def test_another_provider_s_pathway_is_nowhere_to_be_read_or_changed(people, role):
    from support.nightly_files import everything

    pk = people[7]
    ids = ruled_out(pk)
    browser, before, seen = as_(role, OTHER), everything(), len(events())
    for address, sent in addresses(pk, *ids):
        answer = browser.post(address, everything_typed(1)) if sent else browser.get(address)
        assert answer.status_code in {403, 404}, (address, answer.status_code)
        words = answer.content.decode()
        assert not [family for family, *_ in PEOPLE if family.upper() in words], address
    assert everything() == before
    shown = [one for one in events()[seen:] if one.about.strip(",") and one.result == "allowed"]
    assert shown == []


def test_a_saved_view_or_an_open_row_of_another_s_shows_nobody(people):
    browser = as_(CancerTracker, OTHER)
    for query in (
        f"open={people[0]}",
        "worklist=over-62",
        f"provider={PROVIDER}",
        "worklist=meeting",
        "page=2",
    ):
        words = browser.get(f"/cancer/?{query}").content.decode()
        assert "PLACEHOLDER" not in words and "action_id" not in words, query
        meeting = browser.get(f"/cancer/meeting/?{query}").content.decode()
        assert "PLACEHOLDER" not in meeting and "Nobody is on this list" in meeting, query


def test_a_view_is_removed_by_its_owner_alone(people):
    from stewardship.cancer.models import SavedView

    owner, other = as_(CancerTracker, PROVIDER, "owner"), as_(CancerManager, PROVIDER, "other")
    owner.post(reverse("cancer-view-keep"), {"name": "Skin first", "query": "group=skin", "shared": ""})
    view = SavedView.objects.get()
    other.post(reverse("cancer-view-forget", args=[view.pk]))
    assert SavedView.objects.get() == view
    assert "Skin first" not in other.get("/cancer/").content.decode()


def test_files_of_another_provider_show_nothing_of_what_is_known_of_its_pathways(people):
    from io import BytesIO

    from stewardship.cancer.models import TrackedPathway
    from support.nightly_files import contents, pathway_row
    from support.people import number

    one = TrackedPathway.objects.get(pk=people[0])
    sent = contents(
        [pathway_row(0, pathway_identifier=one.identifier, nhs_number=number(3000), received="2026-05-02")]
    )
    browser = as_(CancerTracker, OTHER)
    given = {name: BytesIO(content) for name, content in zip(("pathways", "events"), sent, strict=True)}
    for name, file in given.items():
        file.name = f"{name}.csv"
    words = browser.post(reverse("cancer-nightly"), given, follow=True).content.decode()
    assert "hold pathways of RZ1" in words and str(one.received_on) not in words and "Changed" not in words


def test_every_name_that_a_page_shows_is_an_event_of_who_saw_it(people):
    browser, pk = as_(CancerTracker, PROVIDER), people[0]
    for address in (
        reverse("cancer-pathway", args=[pk]), reverse("cancer-act", args=[pk, "comment"]),
        reverse("cancer-meeting"), reverse("cancer-list"),
    ):  # fmt: skip
        before = len(events())
        assert "PLACEHOLDER" in browser.get(address).content.decode(), address
        (made,) = events()[before:]
        assert made.about.strip(",") and made.result == "allowed", address


@pytest.mark.parametrize(
    "query", ["group=%00", "owner=%00", "worklist=%00", "page=99999999999", "page=0", "sort=%00"]
)
def test_nothing_written_in_an_address_breaks_the_list(people, query):
    browser = as_(CancerTracker, PROVIDER)
    assert browser.get(f"/cancer/?{query}").status_code == 200
    assert browser.get(f"/cancer/meeting/?{query}").status_code == 200
