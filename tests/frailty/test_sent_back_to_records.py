"""The register and the calls go back to records as one more source: measured by the next build, with no word typed."""

import csv
import stat
from datetime import UTC, date, datetime, timedelta

import pytest

from stewardship.build import build
from stewardship.measures.frailty.calls_published import read_frailty
from stewardship.measures.published import Published
from stewardship.records.snapshot import latest_snapshot
from stewardship.system.settings import Identifier, OptOutSettings, SourceSettings, UseSettings
from support.advice_calls import about, answers, call_at, consultant, ends
from support.people import number
from support.register_people import register_people, with_everything
from support.systems import IDENTITIES, system_of

NUMBER = Identifier("nhs number", "nhs-number", "NHSNumber")
NOW = datetime.now(UTC)
PEOPLE = tuple(("Specimen", f"Person {place}", {"frailty": "moderate"}) for place in range(20))
NUMBERS = [number(7000 + place * 40) for place in range(len(PEOPLE))]
CALLS = 12
SECTION_251 = UseSettings("planning-results", 5, "a test", "the tests", date(2026, 1, 1))


def rows_of(path):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def sends(into, now=NOW):
    from stewardship.frailty.sending_back import send_back
    from support.register import coordinator

    return send_back(into=into, by=coordinator(), now=now)


@pytest.fixture
def entries(vault):
    return register_people(NOW, PEOPLE)


def calls(entries, many=CALLS):
    line = consultant()
    for place in range(many):
        call = answers(line)
        about(line, call, NUMBERS[place])
        call_at(ends(line, call, question="Words that only she would say", said="Typed advice"))


def written(folder):
    """What general practice would send of the people of the register, and of as many who are on none."""
    folder.mkdir()
    everybody = [*NUMBERS, *(number(9000 + 40 * place) for place in range(20))]
    with (folder / "patients.csv").open("w", newline="") as file:
        csv.writer(file).writerows(
            [("NHSNumber", "DateOfBirth", "Sex"), *((one, "1936-03-12", "1") for one in everybody)]
        )
    with (folder / "registrations.csv").open("w", newline="") as file:
        csv.writer(file).writerows(
            [
                ("NHSNumber", "PracticeCode", "RegistrationStartDate"),
                *((one, "P81001", "2010-01-01") for one in everybody),
            ]
        )
    # the last day of the data
    with (folder / "problems.csv").open("w", newline="") as file:
        today = NOW.date().isoformat()
        csv.writer(file).writerows(
            [
                ("NHSNumber", "EventID", "SNOMEDConceptID", "RecordedDate"),
                (everybody[-1], "1", "38341003", today),
            ]
        )


def results_of(tmp_path, *, sent=True, **settings):
    practice = SourceSettings("practice", "extracts", tmp_path / "practice", "general practice", NUMBER)
    back = SourceSettings("sent-back", "extracts", tmp_path / "sent-back", "linked", NUMBER)
    system = system_of(
        tmp_path / "workspace", practice, *([back] if sent else []), areas=("ageing-well",), **settings
    )
    build(system, now=NOW, identities=IDENTITIES)
    return latest_snapshot(system.workspace) / "results"


def counted(results, measure):
    published = Published(results)
    card = next(card for card in published.snapshot.areas[0].measures if card.name == measure)
    return published.figures("ageing-well", measure=card.key, by="everyone")[-1]


FRAIL = "People aged 65 and over with moderate or severe frailty"


def test_the_register_and_the_calls_turn_up_in_the_measures_of_the_next_build(entries, tmp_path):
    written(tmp_path / "practice")
    before = counted(results_of(tmp_path, sent=False), FRAIL)
    assert before.numerator in (0, None)
    calls(entries)
    done = sends(tmp_path / "sent-back")
    assert (done.rows["problems"], done.rows["advice-line"]) == (20, CALLS)
    results = results_of(tmp_path)
    assert counted(results, FRAIL).numerator == 20
    year = [
        row for row in read_frailty(results, "calls") if row["period"] == "year" and row["by"] == "everyone"
    ]
    assert year[-1]["calls"] == 10  # 12, rounded to 5
    register = read_frailty(results, "register")
    assert [
        row["count"] for row in register if row["what"] == "on the register" and row["by"] == "everyone"
    ] == [20]


def test_whoever_opted_out_is_left_out_by_the_gate(entries, tmp_path):
    written(tmp_path / "practice")
    sends(tmp_path / "sent-back")
    listed = tmp_path / "opt-outs.csv"
    with listed.open("w", newline="") as file:
        head = ("nhs_number", "kind", "start", "end")
        csv.writer(file).writerows([head, *((one, "national", "2020-01-01", "") for one in NUMBERS[:10])])
    opted = OptOutSettings(listed, NOW.date(), 21, Identifier("nhs number", "nhs-number", "nhs_number"))
    results = results_of(tmp_path, anonymised="", uses=(SECTION_251,), opt_outs=opted)
    assert counted(results, FRAIL).numerator == 10


def test_no_word_that_was_typed_goes_back_and_only_the_owner_may_read(entries, tmp_path):
    calls(entries, 1)
    with_everything(entries[0], NOW)
    sends(tmp_path / "sent-back")
    files = sorted((tmp_path / "sent-back").iterdir())
    assert [file.name for file in files] == [
        "advice-line.csv",
        "assessments.csv",
        "problems.csv",
        "readings.csv",
    ]
    text = "".join(file.read_text() for file in files)
    for typed in (
        "Words that only she",
        "Typed advice",
        "Seen at home",
        "my dog",
        "Heart failure, severe",
        "Specimen",
    ):
        assert typed not in text
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in files)
    assert stat.S_IMODE((tmp_path / "sent-back").stat().st_mode) == 0o700


def test_who_is_only_a_candidate_is_not_sent_and_what_ends_is_sent_anew_with_its_end(vault, tmp_path):
    from stewardship.frailty.models import Held

    register_people(NOW, (("Specimen", "One", None), ("Specimen", "Two", {"frailty": "severe"})))
    assert sends(tmp_path).rows["problems"] == 1
    Held.objects.update(ended_on=NOW.date(), ended_because="No longer frail")
    sends(tmp_path, NOW + timedelta(days=1))
    (row,) = rows_of(tmp_path / "problems.csv")
    assert (row["SNOMEDConceptID"], row["EndDate"]) == ("925861000000102", NOW.date().isoformat())


def test_a_file_that_cannot_be_written_leaves_nothing_half_written(entries, tmp_path):
    (tmp_path / "advice-line.csv").mkdir()  # so that no file can take its place
    with pytest.raises(OSError, match=r"advice-line\.csv"):
        sends(tmp_path)
    assert len(rows_of(tmp_path / "problems.csv")) == 20
    assert not list(tmp_path.glob(".*"))


def test_everybody_whose_number_is_written_stands_in_the_access_log(entries, tmp_path):
    from support.people import events

    before = len(events())
    sends(tmp_path)
    (event,) = events()[before:]
    assert (event.did, event.shown) == ("export", 20)
