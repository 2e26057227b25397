"""Loading the two nightly files: what comes of good rows, what is refused, and that nothing is lost."""

import pytest

from support.nightly_files import NOW, TODAY, event_row, everything, files, load, pathway_row, preview

pytestmark = pytest.mark.usefixtures("vault")


def pathways():
    from stewardship.cancer.models import TrackedPathway

    return {one.identifier: one for one in TrackedPathway.objects.all()}


def test_a_new_pathway_is_on_the_list_with_its_milestones_and_its_person_in_the_vault_alone():
    from datetime import date

    from support.people import find, number

    loaded = load(
        files(
            [pathway_row(0)], [event_row(0, "TEST1", requested="2026-05-03", booked="2026-06-09", test="ct")]
        )
    )
    one = pathways()["PW00000"]
    assert (loaded.new, one.provider, one.received_on, one.age_band) == (
        1,
        "RZ1",
        date(2026, 5, 1),
        "80 and over",
    )
    assert one.milestones.get().booked_on == date(2026, 6, 9)
    assert (one.row.tumour_group, one.row.day_62_on) == ("lower gastrointestinal", date(2026, 7, 2))
    assert [each.person_id for each in find(nhs_number=number(0))] == [one.person_id]
    assert "Brien" not in repr(everything())


def test_loading_the_same_files_twice_changes_nothing():
    from stewardship.vault.models import Identity

    sent = files(
        [
            pathway_row(0),
            pathway_row(1, decided="2026-05-20", event_type="01", modality="23", diagnosis="C18.7"),
        ],
        [event_row(0, "REF", done="2026-05-01"), event_row(1, "MDT", done="2026-05-18")],
    )
    load(sent)
    before, kept = everything(), list(Identity.objects.order_by("pk").values_list("pk", "version", "made_at"))
    again = load(sent)
    assert (again.new, again.changed, again.closed, again.vanished) == (0, 0, 0, 0)
    assert everything() == before
    assert list(Identity.objects.order_by("pk").values_list("pk", "version", "made_at")) == kept


def test_a_preview_writes_nothing_and_tells_what_would_come():
    load(files([pathway_row(0), pathway_row(1), pathway_row(2)]))
    before = everything()
    plan = preview(
        files(
            [
                pathway_row(0, first_seen="2026-05-09"),
                pathway_row(1, faster_diagnosis_end="2026-05-20", faster_diagnosis_end_reason="02"),
                pathway_row(3), pathway_row(4, referral_type="99"),
            ]
        )
    )  # fmt: skip
    assert everything() == before
    assert [each.pathway.identifier for each in plan.new] == ["PW00003"]
    assert {each.pathway.identifier for each in plan.changed} == {"PW00000", "PW00001"}
    (change,) = plan.changed[0].merged.changes
    assert (change.field, change.old, change.new) == ("first_seen_on", "", "2026-05-09")
    assert [each.closes[0] for each in plan.closed] == ["ruled out"]
    assert [each.identifier for each in plan.vanished] == ["PW00002"]
    assert [(each.row, each.column) for each in plan.rejected] == [
        (5, "URGENT CANCER OR SYMPTOMATIC BREAST REFERRAL TYPE")
    ]


def test_a_changed_field_keeps_its_old_value_and_who_changed_it():
    from datetime import date

    load(files([pathway_row(0, first_seen="2026-05-12")]))
    load(files([pathway_row(0, first_seen="2026-05-09")]))
    one = pathways()["PW00000"]
    now, before = one.history.order_by("-version")[:2]
    assert (before.first_seen_on, now.first_seen_on) == (date(2026, 5, 12), date(2026, 5, 9))
    assert (now.history_user.name, now.history_change_reason, one.version) == ("N. Loader", "nightly file", 2)


def test_a_treated_cancer_leaves_the_list_and_one_without_a_diagnosis_stays():
    treated = {"decided": "2026-05-10", "started": "2026-05-20", "event_type": "01", "modality": "23"}
    load(files([pathway_row(0, diagnosis="C187", **treated), pathway_row(1, **treated)]))
    found = pathways()
    assert (found["PW00000"].removals.get().reason, found["PW00000"].diagnosis) == ("treated", "C18.7")
    assert found["PW00001"].closed_at is None


def test_several_treatments_of_one_pathway_come_in_rows_of_their_own():
    first = {"decided": "2026-05-10", "started": "2026-05-20", "event_type": "01", "modality": "23"}
    later = {"decided": "2026-05-25", "event_type": "02", "modality": "02"}
    load(files([pathway_row(0, diagnosis="C18.7", **later), pathway_row(0, diagnosis="C18.7", **first)]))
    one = pathways()["PW00000"]
    assert [each.modality for each in one.treatments.all()] == ["23", "02"]
    assert one.closed_at is None  # the second has been decided on and has not begun


def test_a_transfer_that_was_received_moves_the_pathway():
    load(
        files(
            [pathway_row(0, referring_site="RZ101", receiving_site="RZ909", transfer_received="2026-05-20")]
        )
    )
    one = pathways()["PW00000"]
    assert (one.provider, one.row.also_provider) == ("RZ9", "RZ1")
    load(
        files(
            [pathway_row(0, referring_site="RZ101", receiving_site="RZ909", transfer_received="2026-05-20")]
        )
    )
    assert (one.transfers.count(), pathways()["PW00000"].provider) == (1, "RZ9")


def test_a_ruling_out_of_which_the_patient_does_not_know_is_on_the_list_of_the_untold():
    load(files([pathway_row(0, patient_status="03")]))
    one = pathways()["PW00000"]
    assert (one.ruled_out_on, one.row.untold, one.closed_at) == (TODAY, True, None)


RULED_OUT = {"faster_diagnosis_end": "2026-05-20", "faster_diagnosis_end_reason": "02"}


def test_a_file_that_takes_an_ending_back_puts_the_pathway_back_on_the_list():
    load(files([pathway_row(0, **RULED_OUT)]))
    assert pathways()["PW00000"].closed_at == NOW
    load(files([pathway_row(0)]))
    one = pathways()["PW00000"]
    assert (one.closed_at, one.removals.get().undone_because, one.row.closed) == (None, "nightly file", False)


def test_what_somebody_put_back_on_the_list_is_not_closed_again_by_the_same_word():
    from stewardship.cancer.actions import put_back
    from support.tracked import told

    load(files([pathway_row(0, **RULED_OUT)]))
    put_back(**told(pathways()["PW00000"], reason="the letter was about somebody else"))
    loaded = load(files([pathway_row(0, **RULED_OUT)]))
    assert (loaded.closed, pathways()["PW00000"].closed_at) == (0, None)


def test_a_reason_for_delay_comes_with_the_file_once():
    late = {"faster_diagnosis_end": "2026-05-31", "faster_diagnosis_end_reason": "02", "told_delay": "02"}
    for _ in range(2):
        load(files([pathway_row(0, **late)]))
    reason = pathways()["PW00000"].delay_reasons.get()
    assert (reason.standard, reason.code, reason.by.name) == ("28", "02", "N. Loader")


def test_leaving_the_list_by_the_file_ends_open_actions():
    from datetime import date

    from stewardship.cancer.actions import set_next_action
    from support.tracked import told

    load(files([pathway_row(0)]))
    form = told(pathways()["PW00000"], verb="book", owner_group="booking", due_on=date(2026, 6, 3))
    set_next_action(**form)
    load(files([pathway_row(0, **RULED_OUT)]))
    action = pathways()["PW00000"].actions.get()
    assert (action.dropped, action.ended_by.name) == ("the pathway left the list", "N. Loader")


def test_two_loads_at_once_are_told_apart(monkeypatch):
    from django.db import IntegrityError, transaction

    from stewardship.cancer.nightly.errors import FileError

    def beaten(*_given, **_named):
        raise IntegrityError("a_pathway_is_one_row")

    monkeypatch.setattr("stewardship.cancer.nightly.loading.apply", beaten)
    with pytest.raises(FileError, match="at the same time"), transaction.atomic():
        load(files([pathway_row(0)]))


# who vanishes


def test_somebody_who_vanishes_goes_to_the_worklist_and_comes_back_when_sent_again():
    from stewardship.cancer.models import TrackedPathway, WorklistDays

    both = files([pathway_row(0), pathway_row(1)])
    load(both)
    assert load(files([pathway_row(0)])).vanished == 1
    one = pathways()["PW00001"]
    on = WorklistDays.objects.filter(pathway=one, worklist="vanished", first__lte=TODAY, last__gte=TODAY)
    assert one.row.vanished and on.exists() and TrackedPathway.objects.all().vanished().get() == one
    assert load(files([pathway_row(0)])).vanished == 0  # it is missing already
    assert load(both).returned == 1
    assert not on.exists() and not pathways()["PW00001"].row.vanished


def test_a_pathway_with_a_reason_does_not_vanish():
    from stewardship.cancer.actions import remove
    from support.tracked import told

    load(files([pathway_row(0), pathway_row(1)]))
    from datetime import date

    remove(**told(pathways()["PW00001"], reason="private", on=date(2026, 5, 20)))
    assert load(files([pathway_row(0)])).vanished == 0


def test_a_row_that_is_set_aside_does_not_make_its_pathway_vanish():
    load(files([pathway_row(0), pathway_row(1)]))
    loaded = load(files([pathway_row(0), pathway_row(1, first_seen="2026-04-01")]))
    assert (loaded.rejected, loaded.vanished) == (1, 0)


def test_a_file_without_much_of_the_list_is_refused_until_somebody_says_that_it_is_so():
    from stewardship.cancer.nightly.errors import FileError

    load(files([pathway_row(place) for place in range(30)]))
    before, short = everything(), files([pathway_row(place) for place in range(15)])
    with pytest.raises(FileError, match="15 of 30 open pathways are not in the file"):
        load(short)
    assert everything() == before
    assert load(short, vanished=15).vanished == 15


def test_files_of_an_earlier_night_are_refused():
    from datetime import timedelta

    from stewardship.cancer.nightly.errors import FileError

    load(files([pathway_row(0)]))
    with pytest.raises(FileError, match="1 June 2026 were loaded already"):
        load(files([pathway_row(0)]), now=NOW - timedelta(days=1))


# corrections by hand


def corrected(**fields):
    from stewardship.cancer.actions import correct_pathway
    from support.tracked import told

    return correct_pathway(**told(pathways()["PW00000"], fields=fields, reason="the clinic’s own list"))


def test_a_correction_outlives_the_next_nights_file():
    from datetime import date

    sent = files([pathway_row(0, first_seen="2026-05-12")])
    load(sent)
    corrected(first_seen_on=date(2026, 5, 9))
    assert load(sent).changed == 0
    assert pathways()["PW00000"].first_seen_on == date(2026, 5, 9)


def test_a_file_that_contradicts_a_correction_is_settled_by_somebody():
    from datetime import date

    from stewardship.cancer.actions import settle_difference
    from support.tracked import told

    load(files([pathway_row(0, first_seen="2026-05-12")]))
    corrected(first_seen_on=date(2026, 5, 9))
    loaded = load(files([pathway_row(0, first_seen="2026-05-14")]))
    one = pathways()["PW00000"]
    difference = one.differences.get()
    assert (loaded.differences, loaded.changed, one.first_seen_on) == (1, 0, date(2026, 5, 9))
    assert (difference.field, difference.ours, difference.sent) == (
        "first_seen_on",
        "2026-05-09",
        "2026-05-14",
    )
    settle_difference(**told(one, difference_id=difference.pk, take=True))
    assert pathways()["PW00000"].first_seen_on == date(2026, 5, 14)
    assert load(files([pathway_row(0, first_seen="2026-05-14")])).differences == 0


def test_a_file_that_comes_to_say_what_was_corrected_agrees():
    from datetime import date

    load(files([pathway_row(0, first_seen="2026-05-12")]))
    corrected(first_seen_on=date(2026, 5, 9))
    load(files([pathway_row(0, first_seen="2026-05-09")]))
    assert not pathways()["PW00000"].differences.exists()
    load(files([pathway_row(0, first_seen="2026-05-10")]))  # from then on the file's word is taken again
    assert pathways()["PW00000"].first_seen_on == date(2026, 5, 10)


def test_somebody_with_the_form_open_meanwhile_sees_what_the_file_changed():
    from datetime import date

    from stewardship.cancer.actions import StaleError, set_next_action
    from support.tracked import told

    load(files([pathway_row(0)]))
    form = told(pathways()["PW00000"], verb="book", owner_group="booking", due_on=date(2026, 6, 3))
    load(files([pathway_row(0, first_seen="2026-05-09")]))
    with pytest.raises(StaleError) as stale:
        set_next_action(**form)
    assert [(each.did, each.by) for each in stale.value.since] == [("nightly file", "N. Loader")]
    assert stale.value.tried["verb"] == "book"


def test_a_milestone_recorded_by_hand_stays_when_the_file_does_not_know_it():
    from datetime import date

    from stewardship.cancer.actions import record_milestone
    from support.tracked import told

    load(files([pathway_row(0)]))
    record_milestone(**told(pathways()["PW00000"], code="MDT", done_on=date(2026, 5, 18)))
    load(files([pathway_row(0)]))
    assert pathways()["PW00000"].milestones.get(code="MDT").done_on == date(2026, 5, 18)


# the vault first


def test_a_crash_between_the_databases_leaves_an_orphan_that_is_swept(monkeypatch):
    from datetime import UTC, datetime, timedelta

    from django.db import transaction

    from stewardship.vault.models import Identity
    from stewardship.vault.sweep import sweep
    from support.tracked import tracker

    def dies(*_given, **_named):
        raise RuntimeError("the machine stopped")

    with monkeypatch.context() as broken, pytest.raises(RuntimeError), transaction.atomic():
        broken.setattr("stewardship.cancer.nightly.loading.apply", dies)
        load(files([pathway_row(0)]))
    assert (Identity.objects.count(), pathways()) == (1, {})
    load(files([pathway_row(1)]))
    swept = sweep(now=datetime.now(UTC) + timedelta(days=2), by=tracker())
    assert (swept, Identity.objects.get().person_id) == (1, pathways()["PW00001"].person_id)


def test_where_the_vault_cannot_be_written_nothing_is_loaded(monkeypatch):
    from stewardship.vault.errors import VaultError

    monkeypatch.setenv("STEWARDSHIP_VAULT_KEYS", "")
    with pytest.raises(VaultError):
        load(files([pathway_row(0)]))
    assert pathways() == {}


def test_a_new_name_goes_to_the_vault_and_changes_nothing_else():
    from support.people import find, number

    load(files([pathway_row(0)]))
    assert load(files([pathway_row(0, family_name="Okonkwo")])).changed == 0
    assert [each.who.family_name for each in find(nhs_number=number(0))] == ["Okonkwo"]


def test_a_pathway_does_not_pass_to_another_person():
    from support.people import number

    load(files([pathway_row(0)]))
    loaded = load(files([pathway_row(0, nhs_number=number(500))]))
    assert (loaded.rejected, loaded.changed, loaded.vanished) == (1, 0, 0)


def test_a_load_is_in_the_access_log_by_whom_and_about_whom():
    from support.people import events

    load(files([pathway_row(0)]))
    person = pathways()["PW00000"].person_id
    assert [(each.did, each.about, each.name) for each in events()[-2:]] == [
        ("create", f",{person},", "N. Loader"),
        ("change", f",{person},", "N. Loader"),
    ]
